"""Stage 17f: the network as a page: a form above, the map of `oscegraph map` below it, and the same as tables.

The scripts and styles of the map are those of the file that `oscegraph map` writes. Here they are served as files, as the
policy of the site allows none inside of a page, and put under one element, so that they leave the rest of the page alone.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from oscegraph import drawings, events, map_data, maps, measures, network_files
from oscegraph.directory import TYPES
from oscegraph.errors import FilterError
from oscegraph.events import Options
from oscegraph.explorer import listing
from oscegraph.explorer.forms import FILTERS, FormError, Words, filters
from oscegraph.explorer.listing import Ref, Source
from oscegraph.explorer.tool import Found, Tool, apart, columns
from oscegraph.tellings import ROLES

if TYPE_CHECKING:
    import networkx as nx

    from oscegraph.directory import Thing
    from oscegraph.explorer.site import Site
    from oscegraph.map_data import Drawing

PRESETS = {
    "all": "the whole network",
    "themes": "a panel for each theme",
    "decisions": "decisions and what rests on them",
    "places": "towns on a geographic outline",
}
MEASURED = ("degree", "strength", "betweenness", "harmonic")
# So many rows of each table stand on the page; all are in the downloads.
ROWS = 50
# The page of networks begins with the ties that stand for several activities: these are drawn at once and can be read.
START = "/network?least=2"
# Larger networks take some seconds until they are drawn; the page says so.
SLOW = 300
SCOPE = ".map-tool"
_LEADING = {":root": SCOPE, "body": SCOPE, "main": f"{SCOPE} .map-main"}
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1, "chosen": False},
    "edges": {"smooth": False, "chosen": False},
}


def script() -> str:
    """Return the script of a map; what it would set on the whole document it sets on its own element."""
    parts = "\n".join(maps.ASSETS.joinpath("map", name).read_text("utf-8") for name in ("state.js", "draw.js", "page.js"))
    own = parts.replace("document.documentElement", f'document.querySelector("{SCOPE}")')
    # The first line ends what map-page.js does before vis-network runs.
    return f'"use strict";\ndelete document.createElement;\n(() => {{\n{own}}})();\n'


def style() -> str:
    """Return the styles of a map, each rule for what is inside of its element only."""

    def within(selector: str) -> str:
        first = re.match(r"(:root|body|main)(?![\w-])", selector)
        return f"{_LEADING[first[1]]}{selector[first.end() :]}" if first else f"{SCOPE} {selector}"

    def rule(found: re.Match[str]) -> str:
        selectors = found[0].strip()
        return (
            found[0] if selectors.startswith("@") else ", ".join(within(one.strip()) for one in selectors.split(",")) + " "
        )

    # What stands before a brace is a selector or the head of a block; declarations stand after one.
    return re.sub(r"[^{}]+(?=\{)", rule, maps.ASSETS.joinpath("map", "map.css").read_text("utf-8"))


@dataclass(frozen=True)
class Chosen:
    """What a form asks to be drawn."""

    preset: str
    around: Thing | None
    options: Options


def read(site: Site, words: Words, preset: str = "all") -> Chosen:
    """Return what a form asks for; raises OscegraphError for what does not go together."""
    options = Options(
        words.choice("network", tuple(n.name for n in events.networks()), "actors"),
        weighting=words.choice("weighting", events.WEIGHTINGS, "raw"),
        series=words.choice("series", events.SERIES, "once"),
        types=words.many("type"),
        roles=words.many("role"),
        least=words.number("least", 0, 0, 1e6),
        filters=filters(site, words),
    )
    for slug in options.types:
        if slug not in TYPES:
            raise FilterError("type of actor", slug, list(TYPES))
    for role in options.roles:
        if role not in ROLES:
            raise FilterError("role", role, ROLES)
    name = words.one("around")
    around = site.graph.actor(name) if name else None
    preset = words.choice("preset", tuple(PRESETS), "all" if around else preset)
    if around and preset != "all":
        raise FormError(f"The surroundings of one actor cannot be joined with the drawing “{PRESETS[preset]}”.")
    if preset == "decisions" and options != Options():
        raise FormError("The drawing of decisions has all decisions; it takes no filter, type, role or weighting.")
    if preset == "places":
        options = replace(options, network="unit-place")
    return Chosen(preset, around, options)


def draw(site: Site, chosen: Chosen) -> Drawing:
    """Return the drawing; raises EmptyNetwork or TooLarge."""
    store, directory = site.graph.store, site.graph.directory
    if chosen.around:
        return drawings.around(store, directory, chosen.options, chosen.around)
    if chosen.preset == "themes":
        return drawings.by_theme(store, directory, chosen.options)
    if chosen.preset == "places":
        return drawings.places(store, directory, chosen.options)
    if chosen.preset == "decisions":
        return drawings.decisions(store, directory)
    return drawings.of_network(store, directory, chosen.options)


def blocks(drawing: Drawing, data: dict[str, Any]) -> str:
    """Return what the script of a map reads as JSON: an object with a part for each of its blocks.

    Only this needs the places of the nodes, whose layout takes seconds for a large network.
    """
    nodes = []
    for index, (name, node) in enumerate(zip(drawing.graph, data["nodes"], strict=True)):
        x, y = drawing.positions[name]
        nodes.append({"id": index, "shape": node["shape"], "size": round(node["r"], 1), "x": x, "y": y})
    ties = [{"from": tie["a"], "to": tie["b"]} for tie in data["ties"]]
    parts = {"data": {**data, "container": maps.CONTAINER}, "vis-nodes": nodes, "vis-ties": ties, "vis-options": _OPTIONS}
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def _facts(site: Site, drawing: Drawing) -> dict[str, Any]:
    """Return all that a map shows but the places of its nodes."""
    unplaced = replace(drawing, positions=dict.fromkeys(drawing.graph, (0, 0)))
    data = map_data.payload(unplaced, site.graph.store, site.graph.directory)
    for node in data["nodes"]:
        del node["x"], node["y"]
    return data


def _sources(told: list[list[Any]]) -> list[Any]:
    return [Source(*item) if len(item) == 3 else item[0] for item in told]


def _ties(drawing: Drawing, data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the ties by weight, each with its activities and their places in the report."""
    rows = []
    for (a, b, tie), known in zip(drawing.graph.edges(data=True), data["ties"], strict=True):
        ends = [drawing.actor.get(node, str(node)) for node in (a, b)]
        proof: list[Any] = []
        for iri, (number, *_) in zip(tie["events"], known["e"], strict=True):
            event = data["events"][number]
            label = event["label"]
            proof += [label if iri in drawing.statements else Ref(label, iri), *_sources(event["told"])]
        rows.append(
            {
                **({"panel": drawing.panel[a]} if drawing.panel else {}),
                "actor": Ref(drawing.graph.nodes[a]["label"], ends[0]),
                "with": Ref(drawing.graph.nodes[b]["label"], ends[1]),
                "weight": _short(tie["weight"]),
                "number": len(tie["events"]),
                "roles": list(tie["roles"]),
                "first": tie["first"] or "",
                "last": tie["last"] or "",
                "activities": proof,
            }
        )
    return sorted(rows, key=lambda row: (-row["weight"], row["actor"].text, row["with"].text))


def _short(value: float) -> float | int:
    return int(value) if value == int(value) else float(f"{value:.4g}")


def _measured(graph: nx.Graph) -> list[dict[str, Any]]:
    """Return value and rank of each measure for each node, the greatest strength first."""
    rows = measures.table(graph, list(MEASURED))
    found = []
    for row in sorted(rows, key=lambda row: (row["strength_rank"], str(graph.nodes[row["node"]]["label"]))):
        data = graph.nodes[row["node"]]
        item: dict[str, Any] = {"actor": Ref(data["label"], str(row["node"])), "type": map_data.words(data["type"])}
        for name in MEASURED:
            value = row[name]
            item |= {name: None if math.isnan(value) else _short(value), f"{name}_rank": row[f"{name}_rank"]}
        found.append(item)
    return found


def make(site: Site, words: Words, preset: str = "all") -> Found:
    """Draw the network that a form asks for, and measure it."""
    chosen = read(site, words, preset)
    drawing = draw(site, chosen)
    map_data.check_size(drawing.graph)
    store, directory = site.graph.store, site.graph.directory
    data = _facts(site, drawing)
    graph = drawing.graph
    ties = _ties(drawing, data)
    # What is drawn theme by theme, and decisions with all their kinds of ties, are no single network to measure.
    rows = _measured(graph) if chosen.preset in ("all", "places") else []
    heads = ["panel"] if drawing.panel else []
    heads += ["actor", "with", "weight", "number", "roles", "first", "last", "activities", "activities_told"]
    table = listing.Table("ties", "Ties", columns(*heads, numbers=("weight", "number")), [apart(row) for row in ties])
    ranks = [name for measure in MEASURED for name in (measure, f"{measure}_rank")]
    measured = listing.Table("measures", "Measures", columns("actor", "type", *ranks, numbers=ranks), rows)
    context = {
        "preset": chosen.preset,
        "around": chosen.around,
        "drawing": drawing,
        "slow": len(graph) > SLOW,
        "bare": _bare(words),
        "ties": ties[:ROWS],
        "measured": rows[:ROWS],
        "total": len(ties),
        "size": len(graph),
        "definitions": [measures.MEASURES[name] for name in MEASURED],
        "nouns": drawing.nouns[:1].upper() + drawing.nouns[1:],
    }
    files: dict[str, Any] = {
        "map-data": lambda: blocks(drawing, data),
        "map-html": lambda: maps.html(drawing, store, directory),
        **{kind: partial(network_files.text, graph, kind) for kind in network_files.FORMATS if kind != "json"},
    }
    if rows:
        files |= {
            "measures-csv": lambda: listing.to_csv(measured),
            "measures-json": lambda: listing.to_json(measured),
        }
    whole = {
        "network": graph.graph,
        "nodes": [{"id": str(node), **attributes} for node, attributes in graph.nodes(data=True)],
        "ties": [{"source": str(a), "target": str(b), **tie} for a, b, tie in graph.edges(data=True)],
    }
    return Found(context, whole, table, files)


def _bare(words: Words) -> bool:
    """Whether a form asks for the network with which the page begins."""
    return words.key() == (("least", ("2",)),)


def _choices(site: Site) -> dict[str, Any]:
    return {
        "presets": PRESETS,
        "networks": events.networks(),
        "weightings": events.WEIGHTINGS,
        "types": list(TYPES),
        "roles": ROLES,
        "noted": maps.SOURCE,
    }


KNOWN = ("preset", "network", "around", "weighting", "series", "type", "role", "least", *FILTERS)
FILES = ("map-data", "map-html", "graphml", "gexf", "cyjs", "nodes-csv", "edges-csv", "measures-csv", "measures-json")
NETWORK = Tool("network", "network.html", KNOWN, make, _choices, FILES, start=START)
MAP = Tool("map", "network.html", KNOWN, partial(make, preset="places"), _choices, FILES)
