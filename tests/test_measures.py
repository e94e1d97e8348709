"""Measures equal independent computations: networkx, rustworkx, numpy and graphs worked out by hand."""

from __future__ import annotations

import math
import random

import networkx as nx
import numpy as np
import pytest
import rustworkx

from oscegraph import fast
from oscegraph.errors import FilterError
from oscegraph.formulas import BROKER_ROLES, brokerage
from oscegraph.measures import MEASURES, measure, ranked, table

SEEDS = range(4)


def compute(graph: nx.Graph, name: str) -> dict:
    """The values of a measure."""
    return MEASURES[name].compute(graph)


def weighted(seed: int, nodes: int = 30, ties: int = 55, whole: bool = False) -> nx.Graph:
    """A random network with weights and sides, with isolated nodes and, as a rule, several parts."""
    generator = random.Random(seed)
    graph = nx.gnm_random_graph(nodes, ties, seed=seed)
    graph = nx.relabel_nodes(graph, {node: f"n{node:03}" for node in graph})
    for _, _, data in graph.edges(data=True):
        data["weight"] = 1.0 if whole else generator.choice((0.25, 0.5, 1.0, 2.0, 3.5, 7.0))
    for node in graph:
        graph.nodes[node]["group"] = generator.choice("XYZ")
    graph.add_node("alone", group="X")
    return graph


def plain(*ties: str) -> nx.Graph:
    """A network of ties such as "ab", each of weight 1."""
    graph = nx.Graph()
    for a, b in ties:
        graph.add_edge(a, b, weight=1.0)
    return graph


STAR = plain("ca", "cb", "cd", "ce")
PATH = plain("ab", "bc", "cd")
TAIL = plain("ab", "bc", "ac", "cd")

BY_HAND = [
    (STAR, "degree", {"c": 4, "a": 1}),
    (STAR, "strength", {"c": 4, "a": 1}),
    (STAR, "betweenness", {"c": 1, "a": 0}),
    (STAR, "harmonic", {"c": 1, "a": (1 + 3 / 2) / 4}),
    (STAR, "eigenvector", {"c": 1 / math.sqrt(2), "a": 1 / math.sqrt(8)}),
    (STAR, "pagerank", {"c": 0.132 / 0.2775, "a": (1 - 0.132 / 0.2775) / 4}),
    (STAR, "core", {"c": 1, "a": 1}),
    (STAR, "clustering", {"c": 0, "a": 0}),
    (STAR, "constraint", {"c": 1 / 4, "a": 1}),
    (STAR, "effective-size", {"c": 4, "a": 1}),
    (PATH, "degree", {"a": 1, "b": 2, "c": 2, "d": 1}),
    (PATH, "betweenness", {"a": 0, "b": 2 / 3, "c": 2 / 3, "d": 0}),
    (PATH, "harmonic", {"a": (1 + 1 / 2 + 1 / 3) / 3, "b": 5 / 6, "c": 5 / 6}),
    (PATH, "eigenvector", {"a": math.sqrt(0.4) * math.sin(math.pi / 5), "b": math.sqrt(0.4) * math.sin(2 * math.pi / 5)}),
    (PATH, "constraint", {"a": 1, "b": 1 / 2}),
    (PATH, "effective-size", {"a": 1, "b": 2}),
    (TAIL, "degree", {"a": 2, "b": 2, "c": 3, "d": 1}),
    (TAIL, "betweenness", {"a": 0, "b": 0, "c": 2 / 3, "d": 0}),
    (TAIL, "harmonic", {"a": 5 / 6, "c": 1, "d": 2 / 3}),
    (TAIL, "core", {"a": 2, "b": 2, "c": 2, "d": 1}),
    (TAIL, "clustering", {"a": 1, "b": 1, "c": 1 / 3, "d": 0}),
    (TAIL, "constraint", {"a": 4 / 9 + 9 / 16, "c": 1 / 4 + 1 / 4 + 1 / 9, "d": 1}),
    (TAIL, "effective-size", {"a": 1, "c": 7 / 3, "d": 1}),
]


@pytest.mark.parametrize(("graph", "name", "expected"), BY_HAND)
def test_values_worked_out_by_hand(graph: nx.Graph, name: str, expected: dict) -> None:
    """Star, path and triangle with tail have the values that pencil and paper give."""
    found = compute(graph, name)
    assert {node: found[node] for node in expected} == pytest.approx(expected, abs=1e-9)


def test_weights_count_where_they_should_and_only_there() -> None:
    """A heavy tie changes strength, eigenvector, pagerank, constraint and effective size, and nothing else."""
    heavy = TAIL.copy()
    heavy.edges["c", "d"]["weight"] = 10.0
    changed = {name for name in MEASURES if compute(heavy, name) != pytest.approx(compute(TAIL, name), abs=1e-9)}
    assert changed == {"strength", "eigenvector", "pagerank", "constraint", "effective-size"}
    assert compute(heavy, "strength") == {"a": 2.0, "b": 2.0, "c": 12.0, "d": 10.0}


@pytest.mark.parametrize("seed", SEEDS)
def test_networkx_gives_the_same(seed: int) -> None:
    """Degree, strength, harmonic, core and clustering are networkx's."""
    graph = weighted(seed)
    assert compute(graph, "degree") == dict(graph.degree())
    assert compute(graph, "strength") == pytest.approx(dict(graph.degree(weight="weight")))
    harmonic = {node: value / (len(graph) - 1) for node, value in nx.harmonic_centrality(graph).items()}
    assert compute(graph, "harmonic") == pytest.approx(harmonic)
    assert compute(graph, "core") == nx.core_number(graph)
    assert compute(graph, "clustering") == pytest.approx(nx.clustering(graph))


@pytest.mark.parametrize("seed", SEEDS)
def test_structural_holes_are_those_of_networkx(seed: int) -> None:
    """Constraint and effective size are networkx's, with weights and without, NaN for the isolated included."""
    graph, whole = weighted(seed), weighted(seed, whole=True)
    nodes = list(graph)
    assert compute(graph, "constraint") == pytest.approx(nx.constraint(graph, nodes=nodes, weight="weight"), nan_ok=True)
    assert compute(graph, "effective-size") == pytest.approx(
        nx.effective_size(graph, nodes=nodes, weight="weight"), nan_ok=True
    )
    assert compute(whole, "constraint") == pytest.approx(nx.constraint(whole, nodes=nodes), nan_ok=True)
    assert compute(whole, "effective-size") == pytest.approx(nx.effective_size(whole, nodes=nodes), nan_ok=True)
    assert math.isnan(compute(graph, "constraint")["alone"])


@pytest.mark.parametrize("seed", SEEDS)
def test_eigenvector_is_the_limit_of_power_iteration(seed: int) -> None:
    """On the largest part it is what power iteration reaches, of length 1; elsewhere it is 0."""
    graph = weighted(seed, ties=40)
    largest = max(nx.connected_components(graph), key=len)
    nodes = sorted(largest)
    matrix = nx.to_numpy_array(graph, nodelist=nodes, weight="weight") + np.eye(len(nodes))
    vector = np.ones(len(nodes))
    for _ in range(20_000):
        vector = matrix @ vector
        vector /= np.linalg.norm(vector)
    found = compute(graph, "eigenvector")
    assert [found[node] for node in nodes] == pytest.approx(vector.tolist(), abs=1e-7)
    assert {found[node] for node in graph if node not in largest} == {0.0}
    assert math.fsum(value**2 for value in found.values()) == pytest.approx(1)


@pytest.mark.parametrize("seed", SEEDS)
def test_pagerank_solves_its_equation(seed: int) -> None:
    """It is the solution of the linear equations of the walk, is rustworkx's too, and sums to 1."""
    graph = weighted(seed)
    nodes = list(graph)
    size = len(nodes)
    matrix = nx.to_numpy_array(graph, nodelist=nodes, weight="weight")
    matrix[matrix.sum(axis=1) == 0] = 1.0
    walk = (matrix / matrix.sum(axis=1, keepdims=True)).T
    exact = np.linalg.solve(np.eye(size) - 0.85 * walk, np.full(size, 0.15 / size))
    found = compute(graph, "pagerank")
    assert [found[node] for node in nodes] == pytest.approx(exact.tolist(), abs=1e-10)
    directed = rustworkx.PyDiGraph()
    directed.add_nodes_from(nodes)
    number = {node: index for index, node in enumerate(nodes)}
    for a, b, weight in graph.edges(data="weight"):
        directed.add_edge(number[a], number[b], weight)
        directed.add_edge(number[b], number[a], weight)
    other = rustworkx.pagerank(directed, alpha=0.85, weight_fn=float, tol=1e-12, max_iter=1000)
    assert [found[node] for node in nodes] == pytest.approx([other[index] for index in range(size)], abs=1e-8)
    assert math.fsum(found.values()) == pytest.approx(1)


@pytest.mark.parametrize("seed", SEEDS)
def test_betweenness_is_that_of_rustworkx(seed: int) -> None:
    """rustworkx, written apart from networkx, finds the same normalised betweenness."""
    graph = weighted(seed)
    nodes = list(graph)
    inner = rustworkx.PyGraph()
    inner.add_nodes_from(nodes)
    inner.add_edges_from_no_data([(nodes.index(a), nodes.index(b)) for a, b in graph.edges()])
    other = rustworkx.betweenness_centrality(inner, normalized=True)
    assert compute(graph, "betweenness") == pytest.approx({node: other[index] for index, node in enumerate(nodes)})


@pytest.mark.parametrize("name", ["betweenness", "harmonic"])
def test_large_network_is_measured_as_a_small_one_is(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the size where the fast backend takes over, values are networkx's own, asked twice or after a change."""
    graph = weighted(1, nodes=fast.SMALL + 40, ties=420)
    before = compute(graph, name)
    assert compute(graph, name) == pytest.approx(before)
    graph.remove_edges_from(list(graph.edges("n001")))
    after = compute(graph, name)
    monkeypatch.setenv("OSCEGRAPH_BACKEND", "networkx")
    assert after == pytest.approx(compute(graph, name))
    assert before["n001"] > after["n001"] == 0


def test_normalisation_is_as_defined() -> None:
    """Betweenness and harmonic reach 1 in the middle of a star of any size; clustering reaches 1 in a clique."""
    for leaves in (3, 8):
        star = nx.star_graph(leaves)
        nx.set_edge_attributes(star, 1.0, "weight")
        assert compute(star, "betweenness")[0] == pytest.approx(1)
        assert compute(star, "harmonic")[0] == pytest.approx(1)
    assert set(compute(nx.complete_graph(5), "clustering").values()) == {1.0}


def broker_example() -> nx.Graph:
    """Node v of side X with partners x1, x2 (X), y1, y2 (Y), z (Z); x1 and y1 are tied, so that their pair is closed."""
    graph = plain()
    for node, side in {"v": "X", "x1": "X", "x2": "X", "y1": "Y", "y2": "Y", "z": "Z"}.items():
        graph.add_node(node, group=side)
    graph.add_edges_from([("v", node) for node in ("x1", "x2", "y1", "y2", "z")] + [("x1", "y1")], weight=1.0)
    return graph


def test_brokerage_worked_out_by_hand() -> None:
    """Nine of ten pairs around v are open: x1-x2; y1-y2; three X-Y and two X-Z; two Y-Z. All others broker nothing."""
    found = brokerage(broker_example())
    assert found["v"] == {"coordinator": 1, "consultant": 1, "gatekeeper": 5, "representative": 5, "liaison": 2}
    assert all(set(counts.values()) == {0} for node, counts in found.items() if node != "v")
    assert {role: compute(broker_example(), role)["v"] for role in BROKER_ROLES} == found["v"]


def test_brokerage_by_another_side() -> None:
    """Any attribute can be the side; where all are of one side, all brokers are coordinators."""
    graph = broker_example()
    nx.set_node_attributes(graph, "here", "area")
    assert brokerage(graph, "area")["v"] == dict.fromkeys(BROKER_ROLES, 0) | {"coordinator": 9}


@pytest.mark.parametrize("seed", SEEDS)
def test_brokerage_counts_each_open_two_path_once(seed: int) -> None:
    """Coordinator, gatekeeper, consultant and liaison add up to pairs of partners less triangles."""
    graph = weighted(seed, ties=90)
    triangles = nx.triangles(graph)
    for node, counts in brokerage(graph).items():
        assert counts["gatekeeper"] == counts["representative"]
        open_paths = math.comb(graph.degree(node), 2) - triangles[node]
        assert sum(counts.values()) - counts["representative"] == open_paths


def test_ranks_share_places_and_put_undefined_last() -> None:
    """Equal values share the best rank, the next rank is left out, NaN comes last and shares its rank, names break ties."""
    values = {"e": math.nan, "d": 1.0, "b": 2.0, "a": 2.0 + 1e-12, "c": 3.0, "f": math.nan}
    assert [(r.node, r.rank) for r in ranked(values)] == [("c", 1), ("a", 2), ("b", 2), ("d", 4), ("e", 5), ("f", 5)]
    assert ranked({}) == []


def test_table_holds_value_and_rank_of_each_measure_in_the_order_of_the_first() -> None:
    """One row a node, ordered by the first measure."""
    rows = table(TAIL, ["degree", "constraint"])
    assert [row["node"] for row in rows] == ["c", "a", "b", "d"]
    assert [(row["degree"], row["degree_rank"]) for row in rows] == [(3, 1), (2, 2), (2, 2), (1, 4)]
    assert [row["constraint_rank"] for row in rows] == [4, 1, 1, 3]


@pytest.mark.parametrize("name", MEASURES)
def test_node_order_plays_no_part(name: str) -> None:
    """A copy with nodes and ties in another order has the same values and ranks."""
    graph = weighted(2)
    nodes, ties = list(graph.nodes(data=True)), list(graph.edges(data=True))
    random.Random(5).shuffle(nodes)
    random.Random(6).shuffle(ties)
    copy = nx.Graph()
    copy.add_nodes_from(nodes)
    copy.add_edges_from((b, a, data) for a, b, data in ties)
    assert compute(copy, name) == pytest.approx(compute(graph, name), nan_ok=True, abs=1e-10)
    assert [(r.node, r.rank) for r in measure(copy, name)] == [(r.node, r.rank) for r in measure(graph, name)]


@pytest.mark.parametrize("name", MEASURES)
def test_smallest_networks_are_measured(name: str) -> None:
    """No node gives no value; a single one gives 0, NaN where undefined, all of the pagerank; two pairs work too."""
    assert compute(nx.Graph(), name) == {}
    assert measure(nx.Graph(), name) == []
    alone = nx.Graph()
    alone.add_node("a", group="X")
    expected = {"constraint": math.nan, "effective-size": math.nan, "pagerank": 1.0}.get(name, 0.0)
    assert compute(alone, name) == pytest.approx({"a": expected}, nan_ok=True)
    pairs = compute(plain("ab", "cd"), name)
    assert pairs["a"] == pytest.approx(pairs["b"])
    assert all(map(math.isfinite, pairs.values()))


def test_unreached_actors_count_nothing_in_harmonic() -> None:
    """In two separate pairs each actor reaches one of three others."""
    assert compute(plain("ab", "cd"), "harmonic") == pytest.approx(dict.fromkeys("abcd", 1 / 3))


def test_equal_parts_have_one_eigenvector() -> None:
    """Of two largest parts of one size, the one with the greater names is taken, whatever the order."""
    expected = {"a": 0, "b": 0, "c": 1 / math.sqrt(2), "d": 1 / math.sqrt(2)}
    assert compute(plain("ab", "cd"), "eigenvector") == pytest.approx(expected)
    assert compute(plain("dc", "ba"), "eigenvector") == pytest.approx(expected)


def test_every_measure_says_what_it_is() -> None:
    """Definition, normalisation and source are there, and the source has a year."""
    for name, found in MEASURES.items():
        assert found.name == name
        assert found.definition
        assert found.normalisation
        assert any(part.strip(",;").isdigit() and len(part.strip(",;")) == 4 for part in found.source.split()), name


def test_unknown_measure_is_refused_with_the_list() -> None:
    """The message names what was asked, the nearest measure and all measures."""
    with pytest.raises(FilterError) as caught:
        measure(TAIL, "betweeness")
    assert caught.value.valid == list(MEASURES)
    assert '"betweeness" is no measure. Did you mean "betweenness"' in str(caught.value)
