"""Communities are found again, the same in every run and order; paths are the ones worked out by hand."""

from __future__ import annotations

import math
import random

import networkx as nx
import pytest

from oscegraph.communities import _mutual_information, consensus, shortest, strongest


def cliques(*groups: str, bridges: tuple[str, ...] = ()) -> nx.Graph:
    """Groups in which all are tied with weight 1, and single ties between them."""
    graph = nx.Graph()
    for group in groups:
        graph.add_nodes_from(group)
        graph.add_edges_from(((a, b) for a in group for b in group if a < b), weight=1.0)
    graph.add_edges_from(bridges, weight=1.0)
    return graph


def planted(seed: int = 3) -> nx.Graph:
    """Three groups of twelve: half of all pairs inside of a group are tied, a fiftieth of those between groups."""
    graph = nx.planted_partition_graph(3, 12, 0.6, 0.02, seed=seed)
    graph = nx.relabel_nodes(graph, {node: f"{'abc'[node // 12]}{node:02}" for node in graph})
    nx.set_edge_attributes(graph, 1.0, "weight")
    return graph


def shuffled(graph: nx.Graph, seed: int) -> nx.Graph:
    """The same network, built in another order."""
    nodes, ties = list(graph), list(graph.edges(data=True))
    generator = random.Random(seed)
    generator.shuffle(nodes)
    generator.shuffle(ties)
    copy = nx.Graph()
    copy.add_nodes_from(nodes)
    copy.add_edges_from((b, a, data) for a, b, data in ties)
    return copy


def blurred() -> nx.Graph:
    """A random network in which seeds disagree."""
    graph = nx.gnm_random_graph(40, 90, seed=8)
    nx.set_edge_attributes(graph, 1.0, "weight")
    return nx.relabel_nodes(graph, {node: f"n{node:02}" for node in graph})


def test_planted_groups_are_found() -> None:
    """Groups that were planted come back, the largest first, numbered from 1."""
    found = consensus(planted(), seeds=20)
    assert sorted({node[0] for node in c.members} for c in found.communities) == [{"a"}, {"b"}, {"c"}]
    assert sorted(len(c.members) for c in found.communities) == [12, 12, 12]
    assert found.of("a00") == found.of("a05") != found.of("b12")
    assert {found.of(node) for node in planted()} == {1, 2, 3}


def test_order_and_repetition_play_no_part() -> None:
    """Two runs, and any order of nodes and ties, give the same communities, shares, agreement and modularity."""
    graph = blurred()
    first = consensus(graph, seeds=12)
    assert consensus(graph, seeds=12) == first
    for seed in range(3):
        assert consensus(shuffled(graph, seed), seeds=12) == first


def test_separate_cliques_are_certain() -> None:
    """Cliques without a tie between them: stability, agreement and every tie's share are 1, modularity is 1 - 1/2."""
    found = consensus(cliques("abcde", "fghij"), seeds=10)
    assert [(c.members, c.stability) for c in found.communities] == [(list("abcde"), 1.0), (list("fghij"), 1.0)]
    assert found.agreement == pytest.approx(1)
    assert set(found.ties.values()) == {1.0}
    assert found.modularity == pytest.approx(0.5)
    assert found.rounds == 1


def test_bridge_between_cliques_holds_nobody_together() -> None:
    """The one tie between two cliques has the share 0; modularity is worked out by hand: 20/21 - 2 (21/42)^2."""
    found = consensus(cliques("abcde", "fghij", bridges=("ef",)), seeds=10)
    assert found.ties["e", "f"] == 0
    assert [c.members for c in found.communities] == [list("abcde"), list("fghij")]
    assert found.modularity == pytest.approx(20 / 21 - 2 * 0.25)


def test_uncertainty_is_shown() -> None:
    """Where seeds disagree, agreement is below 1 and some tie is split; all shares and stabilities lie in [0, 1]."""
    graph = blurred()
    found = consensus(graph, seeds=15)
    assert 0 <= found.agreement < 1
    assert all(0 <= share <= 1 for share in found.ties.values())
    assert any(0 < share < 1 for share in found.ties.values())
    assert all(0 <= c.stability <= 1 for c in found.communities)
    assert len(found.ties) == graph.number_of_edges()
    assert found.rounds > 1


@pytest.mark.parametrize("seed", range(3))
def test_every_actor_is_in_one_community(seed: int) -> None:
    """Communities are a partition, the largest first."""
    graph = nx.gnm_random_graph(25, 40, seed=seed)
    nx.set_edge_attributes(graph, 1.0, "weight")
    found = consensus(graph, seeds=8)
    members = [node for c in found.communities for node in c.members]
    assert sorted(members) == sorted(graph)
    sizes = [len(c.members) for c in found.communities]
    assert sizes == sorted(sizes, reverse=True)


def test_isolated_actors_are_communities_of_their_own() -> None:
    """Who has no tie is alone, with stability 1."""
    graph = cliques("abcd")
    graph.add_nodes_from("xy")
    found = consensus(graph, seeds=6)
    assert [(c.members, c.stability) for c in found.communities] == [(list("abcd"), 1.0), (["x"], 1.0), (["y"], 1.0)]


def test_weights_decide() -> None:
    """A ring of four falls apart along its weak ties."""
    graph = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 10.0), ("b", "c", 0.1), ("c", "d", 10.0), ("d", "a", 0.1)])
    assert [c.members for c in consensus(graph, seeds=6).communities] == [["a", "b"], ["c", "d"]]


def test_resolution_gives_smaller_communities() -> None:
    """A high resolution leaves nobody together, a very low one joins what is connected."""
    graph = cliques("abcde", "fghij", bridges=("ef",))
    assert len(consensus(graph, seeds=6, resolution=20.0).communities) == 10
    assert len(consensus(graph, seeds=6, resolution=0.01).communities) == 1


def test_smallest_networks() -> None:
    """No actor gives no community, one actor one."""
    assert consensus(nx.Graph(), seeds=3).communities == []
    alone = nx.Graph()
    alone.add_node("a")
    found = consensus(alone, seeds=3)
    assert ([c.members for c in found.communities], found.agreement, found.modularity) == ([["a"]], 1.0, 0.0)


def parts(*groups: tuple[int, ...]) -> list[frozenset[int]]:
    """A partition."""
    return [frozenset(group) for group in groups]


def test_mutual_information_worked_out_by_hand() -> None:
    """{01}{23} against {0}{123}: 2 (1/4 ln 2 + 1/4 ln (2/3) + 1/2 ln (4/3)) / (ln 2 + 1/4 ln 4 + 3/4 ln (4/3))."""
    one, other = parts((0, 1), (2, 3)), parts((0,), (1, 2, 3))
    shared = 0.25 * math.log(2) + 0.25 * math.log(2 / 3) + 0.5 * math.log(4 / 3)
    total = math.log(2) + 0.25 * math.log(4) + 0.75 * math.log(4 / 3)
    assert _mutual_information(one, other, 4) == pytest.approx(2 * shared / total)
    assert _mutual_information(other, one, 4) == pytest.approx(2 * shared / total)
    assert _mutual_information(one, other, 4) == pytest.approx(0.3437, abs=1e-3)


def test_mutual_information_at_its_ends() -> None:
    """Equal partitions have 1, independent ones 0, two trivial ones 1."""
    one = parts((0, 1), (2, 3))
    assert _mutual_information(one, one[::-1], 4) == pytest.approx(1)
    assert _mutual_information(one, parts((0, 2), (1, 3)), 4) == pytest.approx(0)
    assert _mutual_information(parts((0, 1)), parts((0, 1)), 2) == 1


def roads(*ties: tuple[str, str, float]) -> nx.Graph:
    """A weighted network."""
    graph = nx.Graph()
    graph.add_weighted_edges_from(ties)
    return graph


def test_shortest_and_strongest_path_differ() -> None:
    """a-d is one weak tie (cost 1 / 0.5 = 2); by b and c three strong ones (1/4 + 1/2 + 1/4 = 1)."""
    graph = roads(("a", "d", 0.5), ("a", "b", 4.0), ("b", "c", 2.0), ("c", "d", 4.0))
    direct, strong = shortest(graph, "a", "d"), strongest(graph, "a", "d")
    assert direct and strong
    assert (direct.nodes, direct.cost, direct.ties) == (["a", "d"], 1.0, [{"weight": 0.5}])
    assert (strong.nodes, strong.cost) == (["a", "b", "c", "d"], pytest.approx(1.0))
    assert [tie["weight"] for tie in strong.ties] == [4.0, 2.0, 4.0]
    back = strongest(graph, "d", "a")
    assert back and back.nodes == ["d", "c", "b", "a"]


def test_equally_short_paths_are_told_apart_by_weight() -> None:
    """Of two paths of two steps, the stronger is taken, though its name comes later."""
    found = shortest(roads(("a", "b", 1.0), ("b", "z", 1.0), ("a", "c", 2.0), ("c", "z", 2.0)), "a", "z")
    assert found and found.nodes == ["a", "c", "z"]


def test_equally_strong_paths_are_told_apart_by_length() -> None:
    """A tie of 1 costs as much as two ties of 2; the single tie is taken."""
    found = strongest(roads(("a", "b", 2.0), ("b", "z", 2.0), ("a", "z", 1.0)), "a", "z")
    assert found and found.nodes == ["a", "z"]


@pytest.mark.parametrize("search", [shortest, strongest])
def test_equal_paths_are_told_apart_by_name(search) -> None:
    """Of paths equal in all else, the first by name is taken, in whatever order the network was built."""
    ties = [("a", "c", 1.0), ("c", "z", 1.0), ("a", "b", 1.0), ("b", "z", 1.0), ("a", "d", 1.0), ("d", "z", 1.0)]
    for order in (ties, ties[::-1]):
        assert search(roads(*order), "a", "z").nodes == ["a", "b", "z"]


@pytest.mark.parametrize("search", [shortest, strongest])
def test_no_way_and_no_step(search) -> None:
    """None where no path leads; a path of one node and no tie from an actor to itself."""
    graph = roads(("a", "b", 1.0), ("c", "d", 1.0))
    assert search(graph, "a", "c") is None
    found = search(graph, "a", "a")
    assert (found.nodes, found.ties, found.cost) == (["a"], [], 0.0)


@pytest.mark.parametrize("seed", range(3))
def test_lengths_are_those_of_networkx(seed: int) -> None:
    """Costs from one actor to all others are networkx's, by steps and by 1 / weight."""
    graph = nx.gnm_random_graph(20, 35, seed=seed)
    generator = random.Random(seed)
    for _, _, data in graph.edges(data=True):
        data["weight"] = generator.choice((0.5, 1.0, 3.0, 7.0))
    steps = nx.single_source_shortest_path_length(graph, 0)
    costs = nx.single_source_dijkstra_path_length(graph, 0, weight=lambda a, b, data: 1 / data["weight"])
    for node in graph:
        short, strong = shortest(graph, 0, node), strongest(graph, 0, node)
        assert (short and short.cost) == steps.get(node)
        assert (strong and strong.cost) == (pytest.approx(costs[node], abs=1e-9) if node in costs else None)
