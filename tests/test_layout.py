"""Where nodes stand: no disc on another, the same each time, every component and lone node in its place."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oscegraph import layout


def touching(positions: layout.Positions, radii: dict, slack: float = 1.5) -> list[tuple]:
    """Return pairs of discs that overlap by more than rounding explains."""
    nodes = list(positions)
    points = np.array([positions[node] for node in nodes], dtype=float)
    size = np.array([radii[node] for node in nodes])
    distance = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    found = np.argwhere(np.triu(distance + slack < size[:, None] + size[None], 1))
    return [(nodes[a], nodes[b]) for a, b in found]


@pytest.mark.parametrize(
    "graph",
    [
        nx.path_graph(1),
        nx.empty_graph(30),
        nx.complete_graph(40),
        nx.star_graph(60),
        nx.disjoint_union_all([nx.path_graph(n) for n in (2, 2, 3, 9, 1, 1, 30)]),
        nx.gnm_random_graph(1500, 4000, seed=3),
    ],
    ids=["one", "lone", "complete", "star", "parts", "large"],
)
def test_discs_do_not_touch(graph: nx.Graph) -> None:
    """Whatever the network, all nodes have a place of whole pixels, and no two discs overlap."""
    radii = {node: layout.radius(node % 50) for node in graph}
    positions = layout.force(graph, radii)
    assert list(positions) == list(graph)
    assert all(isinstance(value, int) for spot in positions.values() for value in spot)
    assert touching(positions, radii) == []


def test_node_order_does_not_matter() -> None:
    """The same network built in another order gets the same places."""
    graph = nx.gnm_random_graph(120, 300, seed=5)
    other = nx.Graph()
    other.add_nodes_from(reversed(list(graph)))
    other.add_edges_from((b, a) for a, b in reversed(list(graph.edges)))
    radii = dict.fromkeys(graph, 6.0)
    assert layout.force(graph, radii) == layout.force(other, radii)


def test_tied_nodes_are_nearer_than_others() -> None:
    """In two cliques joined by one tie, the mean distance inside is less than half of that between them."""
    graph = nx.barbell_graph(15, 0)
    positions = layout.force(graph, dict.fromkeys(graph, 5.0))

    def mean(pairs: list[tuple[int, int]]) -> float:
        return sum(math.dist(positions[a], positions[b]) for a, b in pairs) / len(pairs)

    inside = [(a, b) for a in range(15) for b in range(a)]
    between = [(a, b) for a in range(15) for b in range(15, 30)]
    assert mean(inside) < mean(between) / 2


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50), st.integers(2, 30)), min_size=2, max_size=25))
def test_spread_parts_any_discs(discs: list[tuple[int, int, int]]) -> None:
    """Discs in any place, in the same place too, are pushed apart; what is fixed stays."""
    points = np.array([disc[:2] for disc in discs], dtype=float)
    size = np.array([disc[2] for disc in discs], dtype=float)
    moved = layout.spread(points, size)
    assert touching({i: tuple(p) for i, p in enumerate(moved)}, dict(enumerate(size))) == []
    fixed = np.zeros(len(discs), dtype=bool)
    fixed[0] = True
    assert tuple(layout.spread(points, size, fixed)[0]) == tuple(points[0])


def test_layers_are_columns_without_two_in_one_place() -> None:
    """Each depth is a column, and neighbours pull each other to the same height."""
    graph = nx.Graph([("a", "x"), ("b", "y"), ("c", "z"), ("d", "x")])
    depth = {node: int(node in "xyz") for node in graph}
    positions = layout.layers(graph, depth)
    assert {positions[node][0] for node in "abcd"} == {0} and {positions[node][0] for node in "xyz"} == {620}
    assert len(set(positions.values())) == len(graph)
    by_height = sorted("abcd", key=lambda node: positions[node][1])
    assert abs(by_height.index("a") - by_height.index("d")) == 1


def test_projection_against_worked_values() -> None:
    """The centre maps to the origin, north is up, east is right; a quarter of the globe away is sqrt(2) radii off."""
    assert layout.project(*layout.CENTRE) == pytest.approx((0, 0), abs=1e-6)
    x, y = layout.project(layout.CENTRE[0] + 5, layout.CENTRE[1])
    assert x == pytest.approx(0, abs=1e-6)
    # Lambert azimuthal: rho = 2 R sin(c / 2), Snyder 1987, p. 182.
    assert y == pytest.approx(-2 * layout.PIXELS_PER_RADIAN * math.sin(math.radians(5) / 2))
    assert layout.project(layout.CENTRE[0], layout.CENTRE[1] + 10)[0] > 0
    assert math.hypot(*layout.project(layout.CENTRE[0] - 90, layout.CENTRE[1])) == pytest.approx(
        math.sqrt(2) * layout.PIXELS_PER_RADIAN
    )
