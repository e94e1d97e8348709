"""Stage 11c: networks as files that other programs read back whole: GEXF, GraphML, Cytoscape JSON, CSV.

GEXF and GraphML know no lists and no missing values: lists are joined by "; ", and what is missing is left out. Characters
that XML 1.0 forbids are dropped there and in CSV. Node and tie order is that of the graph, so the same network gives the
same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    import networkx as nx

FORMATS = ("gexf", "graphml", "cyjs", "nodes-csv", "edges-csv", "json")
SEPARATOR = "; "
# What XML 1.0 has no way to say, not even as a character reference.
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def readable(value: str) -> str:
    r"""Return a text without the characters that XML 1.0 forbids, every line end as a newline.

    >>> readable("one\r\ntwo\x0b\x00")
    'one\ntwo'
    """
    return _FORBIDDEN.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def flat(value: Any) -> Any:
    """Return a value that every format can hold: lists joined, texts readable, everything else as it is."""
    if isinstance(value, (list, tuple, set)):
        return readable(SEPARATOR.join(map(str, sorted(value) if isinstance(value, set) else value)))
    if isinstance(value, dict):
        return readable(json.dumps(value, ensure_ascii=False, sort_keys=True))
    return readable(value) if isinstance(value, str) else value


def _attributes(data: dict[str, Any]) -> dict[str, Any]:
    plain = {flat(key): flat(value) for key, value in data.items() if value is not None}
    return {key: value for key, value in plain.items() if value != ""}


def flattened(graph: nx.Graph) -> nx.Graph:
    """Return a copy whose attributes are plain values, those without value left out."""
    import networkx as nx

    copy = nx.Graph(**_attributes(graph.graph))
    copy.add_nodes_from((flat(node), _attributes(data)) for node, data in graph.nodes(data=True))
    copy.add_edges_from((flat(a), flat(b), _attributes(data)) for a, b, data in graph.edges(data=True))
    return copy


def to_graphml(graph: nx.Graph) -> str:
    """Return GraphML, which Gephi, Cytoscape, yEd and networkx read."""
    import networkx as nx

    return "\n".join(nx.generate_graphml(flattened(graph), prettyprint=True)) + "\n"


def to_gexf(graph: nx.Graph) -> str:
    """Return GEXF 1.3 with the days of each tie as its start and end, so that Gephi can play it over time."""
    ns = "http://gexf.net/1.3"
    root = ElementTree.Element("gexf", {"xmlns": ns, "version": "1.3"})
    flat_graph = flattened(graph)
    body = ElementTree.SubElement(root, "graph", {"defaultedgetype": "undirected", "mode": "dynamic", "timeformat": "date"})
    keys: dict[tuple[str, str], str] = {}
    for cls, items in (("node", flat_graph.nodes(data=True)), ("edge", flat_graph.edges(data=True))):
        block = ElementTree.SubElement(body, "attributes", {"class": cls, "mode": "static"})
        for *_, data in items:
            for key, value in data.items():
                if key in ("label", "weight"):
                    continue
                kind = {bool: "boolean", int: "integer", float: "double"}.get(type(value), "string")
                if (cls, key) not in keys:
                    keys[cls, key] = str(len(block))
                    ElementTree.SubElement(block, "attribute", {"id": keys[cls, key], "title": key, "type": kind})
                # A column has one type: whole numbers among fractions are fractions, all else that is mixed is text.
                declared = block[int(keys[cls, key])]
                if {kind, declared.get("type")} == {"integer", "double"}:
                    declared.set("type", "double")
                elif kind != declared.get("type"):
                    declared.set("type", "string")
    number = {node: str(node) for node in flat_graph}
    nodes = ElementTree.SubElement(body, "nodes")
    for node, data in flat_graph.nodes(data=True):
        element = ElementTree.SubElement(nodes, "node", {"id": number[node], "label": str(data.get("label", node))})
        _values(element, "node", data, keys)
    edges = ElementTree.SubElement(body, "edges")
    for index, (a, b, data) in enumerate(flat_graph.edges(data=True)):
        attributes = {
            "id": str(index),
            "source": number[a],
            "target": number[b],
            "weight": repr(float(data.get("weight", 1.0))),
        }
        if data.get("first") and data.get("last"):
            attributes |= {"start": str(data["first"]), "end": str(data["last"])}
        element = ElementTree.SubElement(edges, "edge", attributes)
        _values(element, "edge", data, keys)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _values(element: ElementTree.Element, cls: str, data: dict[str, Any], keys: dict[tuple[str, str], str]) -> None:
    values = ElementTree.SubElement(element, "attvalues")
    for key, value in data.items():
        if (cls, key) in keys:
            shown = str(value).lower() if isinstance(value, bool) else str(value)
            ElementTree.SubElement(values, "attvalue", {"for": keys[cls, key], "value": shown})


def to_cytoscape(graph: nx.Graph) -> str:
    """Return Cytoscape.js JSON with all attributes, lists as lists."""
    nodes = [{"data": {"id": str(node), **data}} for node, data in graph.nodes(data=True)]
    edges = [
        {"data": {"id": f"e{index}", "source": str(a), "target": str(b), **data}}
        for index, (a, b, data) in enumerate(graph.edges(data=True))
    ]
    return (
        json.dumps({"data": graph.graph, "elements": {"nodes": nodes, "edges": edges}}, ensure_ascii=False, indent=1) + "\n"
    )


def _csv(head: list[str], rows: list[list[Any]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([["" if v is None else flat(v) for v in row] for row in rows])
    return buffer.getvalue()


def to_nodes_csv(graph: nx.Graph) -> str:
    """Return the nodes as a table: Id, then every attribute that some node has."""
    keys = list(dict.fromkeys(key for _, data in graph.nodes(data=True) for key in data))
    return _csv(["Id", *keys], [[node, *(data.get(key) for key in keys)] for node, data in graph.nodes(data=True)])


def to_edges_csv(graph: nx.Graph) -> str:
    """Return the ties as a table: Source, Target, then every attribute that some tie has."""
    keys = list(dict.fromkeys(key for *_, data in graph.edges(data=True) for key in data))
    return _csv(
        ["Source", "Target", *keys], [[a, b, *(data.get(key) for key in keys)] for a, b, data in graph.edges(data=True)]
    )


def months_csv(months: dict[str, nx.Graph]) -> str:
    """Return the ties of the networks of several months as one table: Month, Source, Target, then their attributes."""
    ties = [(month, a, b, data) for month, graph in months.items() for a, b, data in graph.edges(data=True)]
    keys = list(dict.fromkeys(key for *_, data in ties for key in data))
    rows = [[month, a, b, *(data.get(key) for key in keys)] for month, a, b, data in ties]
    return _csv(["Month", "Source", "Target", *keys], rows)


def to_json(graph: nx.Graph) -> str:
    """Return networkx's own node-link JSON, which networkx.node_link_graph reads back with lists and missing values."""
    import networkx as nx

    return json.dumps(nx.node_link_data(graph, edges="edges"), ensure_ascii=False, indent=1) + "\n"


WRITERS = {
    "gexf": to_gexf,
    "graphml": to_graphml,
    "cyjs": to_cytoscape,
    "nodes-csv": to_nodes_csv,
    "edges-csv": to_edges_csv,
    "json": to_json,
}


def text(graph: nx.Graph, format_name: str) -> str:
    """Return a network in one of FORMATS; raises FilterError for another."""
    from oscegraph.errors import FilterError

    if format_name not in WRITERS:
        raise FilterError("format of networks", format_name, FORMATS)
    return WRITERS[format_name](graph)
