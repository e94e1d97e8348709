"""network_files: every format is read back with the same nodes, ties and values, whatever a label holds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oscegraph import events, network_files, networks
from oscegraph.api import Oscegraph
from oscegraph.errors import FilterError

READERS: dict[str, Callable[[str], nx.Graph]] = {
    "gexf": lambda text: nx.read_gexf(io.BytesIO(text.encode())),
    "graphml": lambda text: nx.read_graphml(io.BytesIO(text.encode())),
}
# What XML 1.0 forbids even as a character reference.
FORBIDDEN = "\x00\x01\x08\x0b\x0c\x0e\x1b\x1f\ufffe\uffff"
AWKWARD = [
    "\"double\" and 'single' quotes",
    "a < b & c > d ]]> <!-- no comment -->",
    "two\nlines\tand a tab",
    "an emoji \N{FIRE} and Ni\u0161 \u2028 end",
    "a; b, c; d",
    "&amp; &#0; %s {}",
    "=1+1",
]


@pytest.fixture(scope="module", params=[n.name for n in events.networks()])
def net(request: pytest.FixtureRequest, graph: Oscegraph) -> nx.Graph:
    """Each declared network of the real graph."""
    return networks.build(graph.store, graph.directory, events.Options(request.param))


def small(label: str = "Alpha") -> nx.Graph:
    """Two nodes and a tie, one of each with values missing."""
    made = nx.Graph(name="small", options={"types": []})
    made.add_node("http://example.org/a", label=label, type="state", area=None, events=2, share=0.5, core=True)
    made.add_node("http://example.org/b", label="Beta", type="state", area="Northland", events=1, share=1.0, core=False)
    made.add_node("http://example.org/c", label="Gamma", type="state", area=None, events=0, share=0.0, core=False)
    made.add_edge(
        "http://example.org/a",
        "http://example.org/b",
        weight=1.5,
        events=[label, "two"],
        roles=[],
        first="2011-03-01",
        last="2011-03-02",
    )
    made.add_edge("http://example.org/b", "http://example.org/c", weight=1.0, events=["one"], roles=["host"], first=None)
    return made


def expected(data: dict[str, Any]) -> dict[str, Any]:
    """Return attributes as flat formats hold them: lists joined, what is missing left out."""
    plain = {key: "; ".join(value) if isinstance(value, list) else value for key, value in data.items()}
    return {key: value for key, value in plain.items() if value not in (None, "")}


def read_back(format_name: str, made: nx.Graph) -> nx.Graph:
    """Return the network after a way through a format, without what its reader adds by itself."""
    found = READERS[format_name](network_files.text(made, format_name))
    for *_, data in found.edges(data=True):
        for key in ("id", "start", "end"):
            data.pop(key, None)
    return found


@pytest.mark.parametrize("format_name", READERS)
def test_xml_is_read_back_whole(format_name: str, net: nx.Graph) -> None:
    """Networkx reads the same nodes, ties and values in the same order of nodes."""
    found = read_back(format_name, net)
    assert not found.is_directed() and not found.is_multigraph()
    assert list(found) == list(net)
    assert {frozenset(tie) for tie in found.edges} == {frozenset(tie) for tie in net.edges}
    for node, data in net.nodes(data=True):
        assert found.nodes[node] == expected(data)
    for a, b, data in net.edges(data=True):
        assert found.edges[a, b] == expected(data)


@pytest.mark.parametrize("format_name", READERS)
def test_xml_keeps_the_types_of_values(format_name: str) -> None:
    """Whole numbers, fractions and truth values come back as such."""
    found = read_back(format_name, small())
    assert found.nodes["http://example.org/a"] == {
        "label": "Alpha",
        "type": "state",
        "events": 2,
        "share": 0.5,
        "core": True,
    }
    assert found.nodes["http://example.org/c"]["core"] is False
    assert found.edges["http://example.org/a", "http://example.org/b"]["weight"] == 1.5


def test_gexf_column_of_mixed_values_is_read_back() -> None:
    """Whole numbers among fractions are read as fractions, numbers among texts as texts."""
    made = nx.Graph()
    made.add_node("a", share=1, mark=1)
    made.add_node("b", share=0.5, mark="x")
    made.add_node("c", share=2, mark=True)
    found = READERS["gexf"](network_files.to_gexf(made))
    assert [share for _, share in found.nodes(data="share")] == [1.0, 0.5, 2.0]
    assert [mark for _, mark in found.nodes(data="mark")] == ["1", "x", "true"]


def test_gexf_says_when_each_tie_was() -> None:
    """A tie with days has them as start and end, one without has neither."""
    found = READERS["gexf"](network_files.to_gexf(small()))
    dated = found.edges["http://example.org/a", "http://example.org/b"]
    assert (dated["start"], dated["end"]) == ("2011-03-01", "2011-03-02")
    assert not {"start", "end"} & set(found.edges["http://example.org/b", "http://example.org/c"])


def test_graphml_holds_the_recipe(graph: Oscegraph) -> None:
    """Options and the hash of the query are in the file, so that the network can be made again."""
    made = graph.network("units", weighting="newman")
    found = READERS["graphml"](network_files.to_graphml(made))
    assert json.loads(found.graph["options"]) == made.graph["options"]
    assert found.graph["query_sha256"] == made.graph["query_sha256"]


def test_json_is_read_back_as_the_same_graph(net: nx.Graph) -> None:
    """Node-link JSON keeps lists, missing values and what the graph says of itself."""
    found = nx.node_link_graph(json.loads(network_files.text(net, "json")), edges="edges")
    assert list(found.nodes(data=True)) == list(net.nodes(data=True))
    assert nx.utils.graphs_equal(found, net)
    assert found.graph == net.graph


def test_cytoscape_ids_resolve(net: nx.Graph) -> None:
    """Each tie has an id of its own, and names nodes that are there, with all values."""
    read = json.loads(network_files.text(net, "cyjs"))
    nodes = [item["data"] for item in read["elements"]["nodes"]]
    ties = [item["data"] for item in read["elements"]["edges"]]
    ids = [item["id"] for item in nodes + ties]
    assert len(ids) == len(set(ids)) == len(net) + net.number_of_edges()
    assert {node["id"]: {k: v for k, v in node.items() if k != "id"} for node in nodes} == dict(net.nodes(data=True))
    for tie in ties:
        data = {key: value for key, value in tie.items() if key not in ("id", "source", "target")}
        assert net.edges[tie["source"], tie["target"]] == data
    assert read["data"] == net.graph


def table(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_csv_has_a_row_for_each_node_and_tie(net: nx.Graph) -> None:
    """Rows are in the order of the graph, lists joined, what is missing empty."""
    nodes, ties = table(network_files.text(net, "nodes-csv")), table(network_files.text(net, "edges-csv"))
    assert [row.pop("Id") for row in nodes] == list(net)
    assert [(row.pop("Source"), row.pop("Target")) for row in ties] == list(net.edges)
    for rows, items in ((nodes, net.nodes(data=True)), (ties, net.edges(data=True))):
        for row, (*_, data) in zip(rows, items, strict=True):
            assert {key: value for key, value in row.items() if value} == {k: str(v) for k, v in expected(data).items()}


def test_csv_of_a_network_without_ties_is_a_head() -> None:
    """An empty network is a table without rows, not an error."""
    assert network_files.text(nx.Graph(), "nodes-csv") == "Id\n"
    assert network_files.text(nx.Graph(), "edges-csv") == "Source,Target\n"


@pytest.mark.parametrize("format_name", READERS)
def test_xml_of_an_empty_network_is_read_back(format_name: str) -> None:
    """An empty network is a file that programs read."""
    assert len(READERS[format_name](network_files.text(nx.Graph(), format_name))) == 0


def check_text(label: str, clean: str) -> None:
    """Check that a label comes back from every format, cleaned where the format cannot hold it."""
    made, node, tie = small(label), "http://example.org/a", ("http://example.org/a", "http://example.org/b")
    for format_name in READERS:
        found = read_back(format_name, made)
        assert len(found) == 3
        assert found.edges[tie]["events"] == f"{clean}; two"
        # GEXF has a label for every node: the node itself where there is none.
        assert found.nodes[node].get("label", "") == (clean or ("" if format_name == "graphml" else node))
    rows = table(network_files.to_nodes_csv(made))
    assert [row["label"] for row in rows] == [clean, "Beta", "Gamma"]
    assert table(network_files.to_edges_csv(made))[0]["events"] == f"{clean}; two"
    assert json.loads(network_files.to_cytoscape(made))["elements"]["nodes"][0]["data"]["label"] == label
    assert json.loads(network_files.to_json(made))["nodes"][0]["label"] == label


@pytest.mark.parametrize("label", AWKWARD)
def test_awkward_text_survives(label: str) -> None:
    """Quotes, markup, line ends, emoji and separators come back from every format."""
    check_text(label, label)


@pytest.mark.parametrize("character", FORBIDDEN, ids=lambda c: f"U+{ord(c):04X}")
def test_characters_that_xml_forbids_are_dropped(character: str) -> None:
    """They stay in JSON, and leave XML and CSV without breaking them."""
    check_text(f"one{character}two", "onetwo")
    check_text(character, "")


@pytest.mark.parametrize("end", ("\r", "\r\n"))
def test_line_ends_become_newlines(end: str) -> None:
    """XML and CSV know one line end; every other becomes that one."""
    check_text(f"one{end}two", "one\ntwo")


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_any_text_leaves_files_readable(label: str) -> None:
    """No text breaks a file."""
    check_text(label, network_files.readable(label))


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"])))
def test_readable_leaves_printable_text_alone(text: str) -> None:
    """Only control characters and line ends are touched."""
    assert network_files.readable(text) == text


@pytest.mark.parametrize("format_name", network_files.FORMATS)
def test_same_bytes_twice(format_name: str, graph: Oscegraph) -> None:
    """The same network made twice is the same file."""
    first, second = (
        network_files.text(networks.build(graph.store, graph.directory, events.Options("co-organizers")), format_name)
        for _ in range(2)
    )
    assert first == second
    assert first.endswith("\n") and "\r" not in first


def test_writing_leaves_the_network_as_it_was() -> None:
    """No format changes the graph that it writes."""
    made = small("a\x00\r\n")
    for format_name in network_files.FORMATS:
        network_files.text(made, format_name)
    assert nx.utils.graphs_equal(made, small("a\x00\r\n"))


def test_sets_and_objects_are_flattened_in_a_fixed_order() -> None:
    """Lists and sets are joined, sets sorted; objects become JSON with sorted keys."""
    assert network_files.flat(["b", "a"]) == "b; a"
    assert network_files.flat({"b", "a", "c"}) == "a; b; c"
    assert network_files.flat({"b": 1, "a": [2]}) == '{"a": [2], "b": 1}'
    assert network_files.flat(1.5) == 1.5


def test_unknown_format_is_an_error_with_the_valid() -> None:
    """The message lists the formats and guesses the one meant."""
    with pytest.raises(FilterError, match='Did you mean "graphml"') as error:
        network_files.text(nx.Graph(), "graphm")
    assert error.value.valid == list(network_files.FORMATS)
    assert set(network_files.WRITERS) == set(network_files.FORMATS)
