"""Stage 14: what a map holds beside the drawing: who a node is, which activities a tie stands for, where they are told.

All of it goes into the page as one JSON text; the page computes what its filters leave from it, by the same rules as the
queries do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from oscegraph.directory import Directory
from oscegraph.errors import TooLarge
from oscegraph.events import Events, months_of
from oscegraph.layout import radius
from oscegraph.namespaces import local_name
from oscegraph.networks import describe, share
from oscegraph.store import Store
from oscegraph.tellings import ROLES, Activity, read_activities

if TYPE_CHECKING:
    import networkx as nx

GROUPS = ("OSCE unit", "organization", "state", "national body", "other", "thing")
SHAPES = dict(zip(GROUPS, ("square", "dot", "diamond", "triangle", "hexagon", "star"), strict=True))
DOTS = ("place", "activity")
# Of more activities than this only the facts that the network itself holds are in the page: labels, dates, chapters, themes.
MOST_TOLD = 3000
# What Chromium on two cores still draws and moves in good time; see docs/performance.md.
MOST_NODES = 8_000
MOST_TIES = 40_000


@dataclass
class Drawing:
    """A network with what its map shows besides nodes and ties.

    `events` are the activities behind the ties; `statements` stands in for them where ties rest on other statements.
    `mine` gives the activities of each node. `actor` and `panel` say, where an actor is drawn several times, whom a node
    stands for and in which panel it is.
    """

    graph: nx.Graph
    positions: Mapping[Hashable, tuple[int, int]]
    title: str
    events: Events
    mine: dict[Hashable, set[str]]
    noun: str = "actor"
    nouns: str = "actors"
    role_title: str = "Role of either end"
    roles: tuple[str, ...] = ROLES
    statements: dict[str, dict[str, Any]] = field(default_factory=dict)
    actor: dict[Hashable, str] = field(default_factory=dict)
    panel: dict[Hashable, str] = field(default_factory=dict)
    panels: list[dict[str, Any]] = field(default_factory=list)
    outline: list[list[tuple[int, int]]] = field(default_factory=list)
    help: list[str] = field(default_factory=list)


def check_size(graph: nx.Graph) -> None:
    """Raise TooLarge, with advice, for a network that no browser draws in good time."""
    nodes, ties = len(graph), graph.number_of_edges()
    if nodes > MOST_NODES or ties > MOST_TIES:
        raise TooLarge(
            f"The network has {nodes} nodes and {ties} ties; a browser draws at most {MOST_NODES} and {MOST_TIES} in "
            "good time. Leave out weak ties (--least 2), look at one actor (--around NAME) or one theme (--on THEME), or "
            "take it to Gephi: oscegraph network --to-format gexf -o network.gexf"
        )


def radii(graph: nx.Graph) -> dict[Hashable, float]:
    """Return how much room each node needs around its centre; squares and stars reach further than their radius."""
    room = {"square": 1.35, "star": 1.2, "triangle": 1.25}
    return {
        node: radius(data.get("events", 1)) * room.get(shape(data["group"], data["type"]), 1.0)
        for node, data in graph.nodes(data=True)
    }


def words(slug: str) -> str:
    """Return a slug as words.

    >>> words("field-operation"), words("osce-body")
    ('field operation', 'OSCE body')
    """
    return " ".join(part.upper() if part in ("osce", "ngo") else part for part in slug.split("-"))


def shape(group: str, type_: str) -> str:
    """Return the shape of a group of actors; of what is no actor, decisions are stars, places and activities dots."""
    return "dot" if type_ in DOTS else SHAPES.get(group, SHAPES["thing"])


def payload(drawing: Drawing, store: Store, directory: Directory) -> dict[str, Any]:
    """Return everything that the page needs, as plain values; the order of nodes and ties is that of the graph."""
    graph = drawing.graph
    number = {node: index for index, node in enumerate(graph)}
    known = {iri for *_, data in graph.edges(data=True) for iri in data["events"]}.union(*drawing.mine.values())
    activities = _activities(store, directory, sorted(iri for iri in known if iri in drawing.events))
    order = sorted(known, key=lambda iri: _date_key(drawing, iri))
    place = {iri: index for index, iri in enumerate(order)}
    themes = sorted(
        {theme for iri in order for theme in _event(drawing, iri).themes}, key=lambda t: _theme_key(directory, t)
    )
    decisions: dict[str, int] = {}
    counted = Counter(data["type"] for _, data in graph.nodes(data=True))
    groups = {data["type"]: data["group"] for _, data in graph.nodes(data=True)}
    types = sorted(counted, key=lambda t: (_group(groups[t]), t))
    options = graph.graph["options"]
    roles = [words(role) for role in drawing.roles]
    return {
        "title": drawing.title,
        "noun": drawing.noun,
        "nouns": drawing.nouns,
        "event": "statement" if drawing.statements else "activity",
        "event_many": "statements" if drawing.statements else "activities",
        "role_many": "relations" if drawing.statements else "roles",
        "sizes": "number of statements" if drawing.statements else "number of activities",
        "weighting": options["weighting"],
        "roles": roles,
        "parts": [words(role) for role in ROLES],
        "groups": list(GROUPS),
        "types": [
            {"id": t, "label": words(t), "group": _group(groups[t]), "shape": shape(groups[t], t), "count": counted[t]}
            for t in types
        ],
        "themes": [{"id": theme, "label": _theme_label(directory, theme)} for theme in themes],
        "months": [list(month) for month in months_of({i: drawing.events[i] for i in order if i in drawing.events})],
        "nodes": _nodes(drawing, directory, number, place, types),
        "ties": _ties(drawing, number, place),
        "events": [
            _told(drawing, directory, iri, activities.get(iri), themes, decisions, number, options["weighting"])
            for iri in order
        ],
        "decisions": list(decisions),
        "outline": drawing.outline,
        "panels": drawing.panels,
        "help": drawing.help,
        "file": f"oscegraph-{graph.graph['name']}",
    }


def mine(graph: nx.Graph, events: Events) -> dict[Hashable, set[str]]:
    """Return the activities of each node, those included that no tie stands for."""
    found: dict[Hashable, set[str]] = {node: set() for node in graph}
    for iri, event in events.items():
        for actor in event.everyone():
            if actor in found:
                found[actor].add(iri)
        if iri in found:
            found[iri].add(iri)
    return found


@dataclass(frozen=True)
class _Plain:
    """What is said of a statement that is no activity, in the shape of an event."""

    themes: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    label: str = ""


def _event(drawing: Drawing, iri: str) -> Any:
    return drawing.events.get(iri) or _Plain()


def _date_key(drawing: Drawing, iri: str) -> tuple[str, str, str, str]:
    event = _event(drawing, iri)
    label = drawing.statements[iri]["label"] if iri in drawing.statements else event.label
    return (event.first or "9999", event.last or "9999", label, iri)


def _group(group: str) -> int:
    return GROUPS.index(group if group in GROUPS else "thing")


def _theme_key(directory: Directory, theme: str) -> tuple[int, str]:
    found = next((t for t in directory.concepts("theme") if local_name(t.iri) == theme), None)
    notation = (found.names.get("notation") or ["99"])[0] if found else "99"
    return (int(notation) if notation.isdigit() else 99, theme)


def _theme_label(directory: Directory, theme: str) -> str:
    return next((t.label for t in directory.concepts("theme") if local_name(t.iri) == theme), theme)


def _activities(store: Store, directory: Directory, iris: list[str]) -> dict[str, Activity]:
    if len(iris) > MOST_TOLD:
        return {}
    return {activity.id: activity for activity in read_activities(store, directory, iris) if activity.tellings}


def _nodes(
    drawing: Drawing, directory: Directory, number: Mapping[Hashable, int], place: Mapping[str, int], types: list[str]
) -> list[dict[str, Any]]:
    found = []
    for node, data in drawing.graph.nodes(data=True):
        iri = drawing.actor.get(node, str(node))
        thing = directory.things.get(iri)
        x, y = drawing.positions[node]
        item = {
            "id": str(node),
            "iri": iri,
            "label": data["label"],
            "short": data["short"] or data["label"],
            "names": thing.aliases[:12] if thing else [],
            "type": types.index(data["type"]),
            "group": _group(data["group"]),
            "shape": shape(data["group"], data["type"]),
            "r": radius(data["events"]),
            "x": x,
            "y": y,
            "e": sorted(place[iri] for iri in drawing.mine[node]),
        }
        found.append(item | ({"area": data["area"]} if data.get("area") else {}) | _panel(drawing, node))
    return found


def _panel(drawing: Drawing, node: Hashable) -> dict[str, str]:
    return {"panel": drawing.panel[node]} if node in drawing.panel else {}


def _mask(names: Sequence[str], roles: Iterable[str]) -> int:
    """Return roles as a whole number, a bit for each of the names."""
    return sum(1 << names.index(role) for role in set(roles) if role in names)


def _ties(drawing: Drawing, number: Mapping[Hashable, int], place: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return each tie with [activity, roles, share if not that of the activity] for each of its activities."""
    found = []
    for a, b, data in drawing.graph.edges(data=True):
        items: list[list[Any]] = []
        for iri in data["events"]:
            event = drawing.events.get(iri)
            if event is None or iri in drawing.statements:
                items.append([place[iri], _mask(drawing.roles, drawing.statements[iri]["roles"]), 1])
                continue
            one, other = drawing.actor.get(a, str(a)), drawing.actor.get(b, str(b))
            roles = event.ties.get((one, other)) or event.ties.get((other, one))
            if roles is None:
                roles = event.actors.get(one, set()) | event.actors.get(other, set())
            items.append([place[iri], _mask(drawing.roles, roles)])
        tie = {"a": number[a], "b": number[b], "w": data["weight"], "e": items}
        found.append(tie | ({"dashes": True} if data.get("inferred") else {}))
    return found


def _told(
    drawing: Drawing,
    directory: Directory,
    iri: str,
    activity: Activity | None,
    themes: list[str],
    decisions: dict[str, int],
    number: Mapping[Hashable, int],
    weighting: str,
) -> dict[str, Any]:
    """Return an activity with its evidence: date, place, roles, chapters with lines, and the decisions it rests on."""
    if iri in drawing.statements:
        said = drawing.statements[iri]
        return {"label": said["label"], "kind": "statement", "themes": [], "actors": [], "told": said["told"], "basis": []}
    event = drawing.events[iri]
    people: dict[str, set[str]] = {}
    told: list[list[Any]] = [[chapter] for chapter in event.chapters]
    basis: list[str] = []
    more: dict[str, Any] = {}
    if activity is not None:
        told = [[t.chapter, *t.lines] for t in activity.tellings]
        basis = list(dict.fromkeys(b for t in activity.tellings for b in t.basis))
        spots = [t.place or t.country for t in activity.tellings]
        more = {
            "place": next((p for p in spots if p), None),
            "kind": words(activity.tellings[0].kind) if activity.tellings else "",
        }
        for telling in activity.tellings:
            for part in telling.participations:
                people.setdefault(part.actor, set()).add(part.role)
    else:
        people = {actor: set(roles) for actor, roles in event.actors.items()}
    at = (
        {drawing.actor.get(node, str(node)): index for node, index in reversed(list(number.items()))}
        if drawing.actor
        else number
    )
    actors = [
        [at.get(actor, describe(directory, actor)["label"]), _mask(ROLES, people[actor])]
        for actor in sorted(people, key=lambda a: (_mask(ROLES, people[a]) & -_mask(ROLES, people[a]), a))
    ]
    return {
        "label": event.label,
        "first": event.first,
        "last": event.last,
        "sure": event.precision == "day",
        "precision": event.precision,
        "themes": [themes.index(theme) for theme in event.themes],
        "actors": actors,
        "told": told,
        "basis": [decisions.setdefault(name, len(decisions)) for name in basis],
        "times": event.times,
        "share": share(event, weighting),
        **more,
    }
