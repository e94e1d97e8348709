"""Stage 11d: what measures of networks compute: the value of each node, by the formula of its source.

networkx is the API. Where a faster implementation is at hand, networkx's own backend dispatch reaches it (see `fast`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

Values = dict[Hashable, float]
BROKER_ROLES = ("coordinator", "gatekeeper", "representative", "consultant", "liaison")
DAMPING = 0.85


def degree(graph: nx.Graph) -> Values:
    """Return the number of partners of each node."""
    return {node: float(degree) for node, degree in graph.degree()}


def strength(graph: nx.Graph) -> Values:
    """Return the sum of the weights of the ties of each node."""
    return {node: float(degree) for node, degree in graph.degree(weight="weight")}


def betweenness(graph: nx.Graph) -> Values:
    """Betweenness to 12 decimals: beyond them, the order in which parallel code adds up would show."""
    import networkx as nx

    from oscegraph import fast

    with nx.config(cache_converted_graphs=False):
        values = nx.betweenness_centrality(graph, normalized=True, **fast.backend(graph))
    return {node: round(value, 12) for node, value in values.items()}


def harmonic(graph: nx.Graph) -> Values:
    """Return the mean of 1 / distance to all others of each node; 0 of a single node."""
    import networkx as nx

    from oscegraph import fast

    size = len(graph)
    with nx.config(cache_converted_graphs=False):
        values = nx.harmonic_centrality(graph, **fast.backend(graph))
    return {node: value / (size - 1) if size > 1 else 0.0 for node, value in values.items()}


def eigenvector(graph: nx.Graph) -> Values:
    """Leading eigenvector of the weighted adjacency matrix of the largest component; 0 outside of it."""
    import networkx as nx
    import numpy as np

    values = dict.fromkeys(graph, 0.0)
    if graph.number_of_edges() == 0:
        return values
    largest = max(nx.connected_components(graph), key=lambda c: (len(c), sorted(map(str, c))))
    nodes = [node for node in graph if node in largest]
    matrix = nx.to_numpy_array(graph, nodelist=nodes, weight="weight")
    _, vectors = np.linalg.eigh(matrix)
    leading = np.abs(vectors[:, -1])
    return values | dict(zip(nodes, map(float, leading / np.linalg.norm(leading)), strict=True))


def pagerank(graph: nx.Graph) -> Values:
    """PageRank by power iteration; who has no tie restarts anywhere. networkx's own would need scipy."""
    import numpy as np

    size = len(graph)
    if not size:
        return {}
    number = {node: index for index, node in enumerate(graph)}
    ties = [(number[a], number[b], w) for a, others in graph.adjacency() for b, w in _weights(others)]
    start = np.array([a for a, _, _ in ties], dtype=np.int64)
    end = np.array([b for _, b, _ in ties], dtype=np.int64)
    weight = np.array([w for _, _, w in ties], dtype=np.float64)
    strength = np.bincount(start, weights=weight, minlength=size)
    share = weight / strength[start]
    idle = strength == 0
    values = np.full(size, 1.0 / size)
    for _ in range(1000):
        before = values
        moved = np.bincount(end, weights=values[start] * share, minlength=size)
        values = DAMPING * (moved + values[idle].sum() / size) + (1.0 - DAMPING) / size
        if np.abs(values - before).sum() < 1e-13:
            break
    return dict(zip(graph, map(float, values), strict=True))


def _weights(neighbours: Any) -> list[tuple[Hashable, float]]:
    return [(other, data["weight"]) for other, data in neighbours.items()]


def core(graph: nx.Graph) -> Values:
    """Return the greatest k such that a node is in a part where all have k partners."""
    import networkx as nx

    return {node: float(core) for node, core in nx.core_number(graph).items()}


def clustering(graph: nx.Graph) -> Values:
    """Return the share of pairs of partners of each node that are partners of each other."""
    import networkx as nx

    return {node: float(value) for node, value in nx.clustering(graph).items()}


def _proportions(graph: nx.Graph) -> dict[Hashable, dict[Hashable, float]]:
    """Return p_ij: the share of i's strength that goes to j."""
    found = {}
    for node, neighbours in graph.adjacency():
        total = sum(data["weight"] for data in neighbours.values())
        found[node] = {other: data["weight"] / total for other, data in neighbours.items()} if total else {}
    return found


def constraint(graph: nx.Graph) -> Values:
    """Burt's constraint: the sum over contacts j of (p_ij + sum over q of p_iq p_qj) squared; NaN without contact."""
    share = _proportions(graph)
    values: Values = {}
    for node, own in share.items():
        if not own:
            values[node] = math.nan
            continue
        total = 0.0
        for other, direct in own.items():
            indirect = sum(p * share[via].get(other, 0.0) for via, p in own.items() if via != other)
            total += (direct + indirect) ** 2
        values[node] = total
    return values


def effective_size(graph: nx.Graph) -> Values:
    """Burt's effective size: the sum over contacts j of 1 - sum over q of p_iq m_jq, q another contact than j.

    m_jq is the weight of j's tie to q as a share of j's strongest tie. NaN without contact.
    """
    share = _proportions(graph)
    strongest = {node: max((d["weight"] for d in nb.values()), default=0.0) for node, nb in graph.adjacency()}
    values: Values = {}
    for node, own in share.items():
        if not own:
            values[node] = math.nan
            continue
        values[node] = sum(
            1.0
            - sum(
                p * graph[other][via]["weight"] / strongest[other]
                for via, p in own.items()
                if via not in (other, node) and graph.has_edge(other, via)
            )
            for other in own
        )
    return values


def brokerage(graph: nx.Graph, side: str = "group") -> dict[Hashable, dict[str, int]]:
    """Return the five Gould-Fernandez roles of each node: in how many open two-paths a - v - b it is the broker.

    Ties have no direction, so a path and its reverse are one, and what separates gatekeeper from representative in directed
    networks falls together: both count the paths that enter or leave v's own side, and are equal. coordinator: a, v, b on
    one side; gatekeeper and representative: v on the side of exactly one end; consultant: both ends on one side, v on
    another; liaison: three sides.
    """
    sides = {node: data.get(side) for node, data in graph.nodes(data=True)}
    found: dict[Hashable, dict[str, int]] = {}
    for node in graph:
        counts = dict.fromkeys(BROKER_ROLES, 0)
        neighbours = sorted(graph[node], key=str)
        for index, a in enumerate(neighbours):
            for b in neighbours[index + 1 :]:
                if a == node or b == node or graph.has_edge(a, b):
                    continue
                own, one, other = sides[node], sides[a], sides[b]
                if own == one == other:
                    counts["coordinator"] += 1
                elif one == other:
                    counts["consultant"] += 1
                elif own in (one, other):
                    counts["gatekeeper"] += 1
                    counts["representative"] += 1
                else:
                    counts["liaison"] += 1
        found[node] = counts
    return found


def broker(role: str) -> Callable[[nx.Graph], Values]:
    """Return what counts how often each node has one of the roles of `brokerage`."""
    return lambda graph: {node: float(counts[role]) for node, counts in brokerage(graph).items()}
