"""Stage 14b: the drawings that there are: a network, the surroundings of an actor, theme by theme, decisions, places."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from oscegraph import events as events_
from oscegraph import layout, query, resources
from oscegraph.directory import Directory, Thing
from oscegraph.errors import EmptyNetwork
from oscegraph.events import Event, Options, chapter_key, read_events
from oscegraph.map_data import Drawing, check_size, mine, radii
from oscegraph.namespaces import local_name
from oscegraph.networks import describe, project
from oscegraph.store import Store

if TYPE_CHECKING:
    import networkx as nx

HELP = [
    "Each sign is {node}, each line a tie: {title}",
    "Choose a sign to see what surrounds it; choose a line to read the activities that it stands for, with the chapter and "
    "the lines of the report and the decisions that they rest on.",
    "Near each other means tied to each other or to the same others; left, right, above and below mean nothing.",
    "The tables below say the same as the drawing.",
]
RELATIONS = ("recalls", "tasks", "calls upon", "stated basis", "basis by rule")
# West, south, east, north of the outline in degrees: the area of the participating States from Portugal to Central Asia.
WINDOW = (-25.0, 24.0, 96.0, 71.5)


def of_network(store: Store, directory: Directory, options: Options, title: str | None = None) -> Drawing:
    """Return the drawing of a network; raises EmptyNetwork if it has no tie."""
    found = read_events(store, directory, options)
    graph = project(found, directory, options)
    _refuse_empty(graph, store, directory, options)
    check_size(graph)
    positions: Mapping[Hashable, tuple[int, int]]
    if graph.graph["mode"] == "decision-unit":
        positions = layout.layers(graph, {node: data["bipartite"] for node, data in graph.nodes(data=True)})
    else:
        positions = layout.Later(lambda: layout.force(graph, radii(graph)))
    help_ = [line.format(node=_noun(graph), title=graph.graph["title"]) for line in HELP]
    drawing = Drawing(graph, positions, title or _title(options), found, mine(graph, found), help=help_)
    if graph.graph["mode"] == "two-mode":
        drawing.noun, drawing.nouns = "actor or activity", "actors and activities"
    return drawing


def _noun(graph: nx.Graph) -> str:
    return "an actor or an activity" if graph.graph["mode"] == "two-mode" else "an actor"


def _title(options: Options, start: str = "Co-operation against organized crime, 2011") -> str:
    more = [options.network] if options.network != "actors" else []
    return ": ".join([start, *more]) + "".join(f", {words}" for _, words in options.filters.labels)


def _refuse_empty(graph: nx.Graph, store: Store, directory: Directory, options: Options) -> None:
    if not graph.number_of_edges():
        bare = project(read_events(store, directory, Options(options.network)), directory, Options(options.network))
        raise EmptyNetwork(bare.number_of_edges())


def around(store: Store, directory: Directory, options: Options, actor: Thing) -> Drawing:
    """Return the drawing of an actor, with what belongs to it, its partners, and the ties between all of them.

    Raises EmptyNetwork if it has no partner under the options.
    """
    found = read_events(store, directory, options)
    graph = project(found, directory, options)
    centres = [node for node in graph if node in directory.circle(actor.iri)]
    nodes: set[Hashable] = set(centres).union(*(graph[node] for node in centres))
    part = _in_order(graph, nodes)
    if not part.number_of_edges():
        raise EmptyNetwork(graph.number_of_edges(), actor.label)
    check_size(part)
    title = _title(options, f"{actor.label}: who it worked with, 2011")
    help_ = [line.format(node="an actor", title=graph.graph["title"]) for line in HELP]
    positions = layout.Later(lambda: layout.force(part, radii(part)))
    return Drawing(part, positions, title, found, mine(part, found), help=help_)


def _in_order(whole: nx.Graph, part: set[Hashable]) -> nx.Graph:
    """Return the part of a network between some nodes, in the order of the whole; networkx's own takes it from a set."""
    import networkx as nx

    found = nx.Graph(**whole.graph)
    found.add_nodes_from((node, data) for node, data in whole.nodes(data=True) if node in part)
    found.add_edges_from((a, b, data) for a, b, data in whole.edges(data=True) if a in part and b in part)
    return found


def by_theme(store: Store, directory: Directory, options: Options) -> Drawing:
    """Return one drawing with a panel for each theme; an actor is drawn in each theme on which it was active with others."""
    import networkx as nx

    found = read_events(store, directory, options)
    drawing = Drawing(nx.Graph(), {}, _title(options, "Theme by theme: co-operation in 2011"), found, {})
    parts: list[tuple[str, nx.Graph, dict[Hashable, str]]] = []
    for theme in sorted(directory.concepts("theme"), key=lambda t: int((t.names.get("notation") or ["99"])[0])):
        slug = local_name(theme.iri)
        under = {iri: event for iri, event in found.items() if slug in event.themes}
        graph = project(under, directory, options)
        graph.remove_nodes_from([node for node, degree in list(graph.degree()) if degree == 0])
        if not graph.number_of_edges():
            continue
        drawing.graph.graph.update(graph.graph)
        own = mine(graph, under)
        name = {node: f"{slug}|{node}" for node in graph}
        for node, data in graph.nodes(data=True):
            drawing.graph.add_node(name[node], **data)
            drawing.actor[name[node]], drawing.panel[name[node]] = str(node), theme.label
            drawing.mine[name[node]] = own[node]
        drawing.graph.add_edges_from((name[a], name[b], data) for a, b, data in graph.edges(data=True))
        check_size(drawing.graph)
        parts.append((theme.label, graph, name))
    if not parts:
        raise EmptyNetwork(project(found, directory, options).number_of_edges())
    drawing.positions = layout.Later(partial(_panels, drawing, parts))
    drawing.help = [line.format(node="an actor", title=drawing.graph.graph["title"]) for line in HELP]
    drawing.help.insert(1, "Each theme has a panel of its own; an actor stands in each panel where it worked with others.")
    return drawing


def _panels(drawing: Drawing, parts: list[tuple[str, nx.Graph, dict[Hashable, str]]]) -> layout.Positions:
    """Return the positions of all parts beside each other, and give the drawing a panel for each."""
    boxes: list[layout.Positions] = [
        {name[n]: spot for n, spot in layout.force(graph, radii(graph)).items()} for _, graph, name in parts
    ]
    placed = layout.pack(boxes, margin=180)
    for (title, *_), box in zip(parts, boxes, strict=True):
        xs, ys = zip(*(placed[node] for node in box), strict=True)
        x, y = min(xs) - 60, min(ys) - 60
        drawing.panels.append({"title": title, "x": x, "y": y, "w": max(xs) + 60 - x, "h": max(ys) + 60 - y})
    return placed


def decisions(store: Store, directory: Directory) -> Drawing:
    """Return the drawing of instruments: what they recall, whom they task, and whose activities rest on them."""
    import networkx as nx

    options = Options("decision-unit")
    graph = nx.Graph(name="decisions", title="", mode="mandates", options=options.as_dict())
    found: dict[str, Event] = {}
    statements: dict[str, dict[str, Any]] = {}
    ties: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in query.run(store, "mandates"):
        relation, source, target = row["relation"] or "", row["source"] or "", row["target"] or ""
        if activity := row["activity"]:
            found.setdefault(activity, Event()).ties.setdefault((source, target), set()).add(relation)
            ties[source, target][relation].add(activity)
            continue
        key = f"{relation} {source} {target} {row['statement'] or ''}"
        lines = [row["chapter"], int(row["first"]), int(row["last"] or row["first"])] if row["first"] else None
        label = row["summary"] or f"{directory.label(source)} {relation} {directory.label(target)}"
        statements[key] = {"label": label, "roles": [relation], "told": [lines] if lines else []}
        ties[source, target][relation].add(key)
    events_.add_facts(store, found)
    recalled: dict[str, set[str]] = defaultdict(set)
    for (source, target), relations in ties.items():
        if "recalls" in relations:
            recalled[source].add(target)
    nodes = sorted({node for pair in ties for node in pair})
    for node in nodes:
        symbol = directory.things[node].names.get("symbol") if node in directory.things else None
        named = describe(directory, node) | ({"short": symbol[0]} if symbol else {})
        graph.add_node(node, **named, events=sum(node in pair for pair in ties))
    for (a, b), relations in sorted(ties.items()):
        items = sorted(set().union(*relations.values()))
        chapters = {c for iri in items if iri in found for c in found[iri].chapters}
        graph.add_edge(
            a,
            b,
            weight=float(len(items)),
            events=items,
            roles=[r for r in RELATIONS if r in relations],
            inferred=set(relations) == {"basis by rule"},
            first=None,
            last=None,
            chapters=sorted(chapters, key=chapter_key),
            themes=sorted({t for iri in items if iri in found for t in found[iri].themes}),
        )
    if not ties:
        raise EmptyNetwork(0)
    instruments = {source for source, _ in ties} | {other for others in recalled.values() for other in others}
    positions = layout.layers(graph, _depths(graph, instruments, recalled))
    own: dict[Hashable, set[str]] = {n: {i for *_, d in graph.edges(n, data=True) for i in d["events"]} for n in graph}
    help_ = [
        "Stars are decisions and other instruments: those that others recall on the left, then the others; whom they "
        "address and whose activities rest on them on the right.",
        "A dashed line is a guess by rule: the instrument is older, on the same theme, and tasks a structure that had a "
        "share in the activity; the report does not say so. The filter for relations takes these out.",
        *HELP[1:2],
        *HELP[3:],
    ]
    drawing = Drawing(graph, positions, "Decisions and what rests on them, 2011", found, own, help=help_)
    drawing.noun, drawing.nouns, drawing.role_title = "instrument or body", "instruments and bodies", "Relation"
    drawing.roles, drawing.statements = RELATIONS, statements
    return drawing


def _depths(graph: nx.Graph, instruments: set[str], recalled: dict[str, set[str]]) -> dict[Hashable, int]:
    """Return the column of each node: an instrument stands right of all that it recalls, bodies stand right of all."""

    def depth(instrument: str, seen: tuple[str, ...] = ()) -> int:
        earlier = [
            depth(other, (*seen, instrument)) for other in recalled.get(instrument, ()) if other not in (*seen, instrument)
        ]
        return 1 + max(earlier, default=-1)

    chained = set(recalled) | {other for others in recalled.values() for other in others}
    found = {i: depth(i) if i in chained else None for i in instruments}
    last = max((d for d in found.values() if d is not None), default=0)
    return {n: last + 1 if n not in instruments else last if found[str(n)] is None else found[str(n)] for n in graph}  # type: ignore[misc]


def places(store: Store, directory: Directory, options: Options) -> Drawing:
    """Return the drawing of towns on a geographic outline; the units stand beside it, tied to where they were active."""
    import numpy as np

    found = read_events(store, directory, options)
    graph = project(found, directory, options)
    spots = _coordinates(store)
    graph.remove_nodes_from([n for n, data in list(graph.nodes(data=True)) if data["bipartite"] == 1 and n not in spots])
    graph.remove_nodes_from([n for n, degree in list(graph.degree()) if degree == 0])
    _refuse_empty(graph, store, directory, options)
    radius = radii(graph)
    towns = [n for n, data in graph.nodes(data=True) if data["bipartite"] == 1]
    points = np.array([layout.project(*spots[str(n)]) for n in towns])
    points = layout.spread(points, np.array([radius[n] for n in towns]))
    at = {n: (round(float(x)), round(float(y))) for n, (x, y) in zip(towns, points, strict=True)}
    units = [n for n in graph if n not in at]
    units.sort(key=lambda n: (sum(at[t][1] for t in graph[n]) / len(graph[n]), str(n)))
    left, middle, step = int(points[:, 0].min()) - 420, (points[:, 1].min() + points[:, 1].max()) / 2, 58
    for i, unit in enumerate(units):
        at[unit] = (left, round(middle + step * (i - (len(units) - 1) / 2)))
    help_ = [
        "Dots are the towns and regions where activities took place, moved a little apart where they would cover each "
        "other; squares beside the map are the units that had a share in them.",
        *HELP[1:2],
        "Coasts by Natural Earth; no borders are drawn. Activities without a place are not in this drawing.",
        *HELP[3:],
    ]
    title = _title(options, "Where OSCE units were active with others, 2011").replace(": unit-place", "")
    drawing = Drawing(graph, at, title, found, mine(graph, found), "unit or place", "units and places", help=help_)
    drawing.role_title = "Role of the unit"
    drawing.outline = outline()
    return drawing


def _coordinates(store: Store) -> dict[str, tuple[float, float]]:
    rows = query.run(store, "coordinates")
    return {row["place"] or "": (float(row["latitude"] or 0), float(row["longitude"] or 0)) for row in rows}


def outline() -> list[list[tuple[int, int]]]:
    """Return the coasts inside of WINDOW as rings of pixels, from the TopoJSON of Natural Earth's land at 1:50 million."""
    path = resources.PACKAGE / "assets" / "vendor" / "world-atlas" / "land-50m.json"
    topology = json.loads(path.read_text(encoding="utf-8"))
    (dx, dy), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * dx + x0, y * dy + y0))
        arcs.append(points)
    shapes = topology["objects"]["land"]["geometries"]
    polygons = [
        polygon for shape in shapes for polygon in (shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]])
    ]
    rings = [ring for polygon in polygons for ring in polygon]
    made = map(partial(_ring, arcs), rings)
    return [ring for ring in made if len(ring) > 3]


def _ring(arcs: list[list[tuple[float, float]]], numbers: Iterable[int]) -> list[tuple[int, int]]:
    west, south, east, north = WINDOW
    points = [point for n in numbers for point in (arcs[n] if n >= 0 else arcs[~n][::-1])]
    if not any(west < x < east and south < y < north for x, y in points):
        return []
    found: list[tuple[int, int]] = []
    for x, y in points:
        px, py = layout.project(min(max(y, south), north), min(max(x, west), east))
        spot = (round(px), round(py))
        # Nearer than three pixels at scale 1 nobody sees; it halves the file.
        if not found or abs(spot[0] - found[-1][0]) + abs(spot[1] - found[-1][1]) > 3:
            found.append(spot)
    return found
