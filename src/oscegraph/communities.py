"""Stage 12b: communities by consensus over many seeds, with the stability of each tie and community; paths.

Consensus clustering after Lancichinetti and Fortunato 2012 (Scientific Reports 2, 336): partitions from many seeds of
Louvain's method give the share of runs in which two actors fall together; ties of that network above a threshold are
partitioned again, until all runs agree. Nodes are put into the order of their names first, so that the order in which a
network was built plays no part.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx


@dataclass
class Community:
    """Actors that belong together; `stability` is the mean share of runs in which two of them fell together (1 if alone)."""

    members: list[Hashable]
    stability: float


@dataclass
class Communities:
    """The consensus, and how sure it is.

    `ties` gives for each tie the share of runs in which both ends fell together; `agreement` is the mean normalised mutual
    information between pairs of runs (1: all seeds agree); `modularity` is that of the consensus.
    """

    communities: list[Community]
    ties: dict[tuple[Hashable, Hashable], float]
    agreement: float
    modularity: float
    seeds: int
    resolution: float
    rounds: int
    sizes: Counter[int] = field(default_factory=Counter)

    def of(self, node: Hashable) -> int:
        """Return the number of a node's community, counted from 1, the largest first."""
        return next(i for i, c in enumerate(self.communities, 1) if node in c.members)


def _louvain(graph: nx.Graph, seed: int, resolution: float) -> list[frozenset[int]]:
    import networkx as nx

    return [
        frozenset(part)
        for part in nx.community.louvain_communities(graph, weight="weight", resolution=resolution, seed=seed)
    ]


def _mutual_information(one: list[frozenset[int]], other: list[frozenset[int]], size: int) -> float:
    """Return normalised mutual information of two partitions, arithmetic mean (Danon et al. 2005); 1 if both are trivial."""

    def entropy(parts: list[frozenset[int]]) -> float:
        return -sum(len(p) / size * math.log(len(p) / size) for p in parts)

    total = entropy(one) + entropy(other)
    if total == 0:
        return 1.0
    label = {node: index for index, part in enumerate(other) for node in part}
    shared = 0.0
    for part in one:
        for index, count in Counter(label[node] for node in part).items():
            shared += count / size * math.log(count * size / (len(part) * len(other[index])))
    return 2 * shared / total


def consensus(
    graph: nx.Graph, seeds: int = 50, threshold: float = 0.5, resolution: float = 1.0, most_rounds: int = 20
) -> Communities:
    """Return the consensus communities of a weighted network over `seeds` runs; the seeds are 0, 1, 2 and so on."""
    import networkx as nx

    nodes = sorted(graph, key=str)
    number = {node: index for index, node in enumerate(nodes)}
    numbered: nx.Graph = nx.Graph()
    numbered.add_nodes_from(range(len(nodes)))
    edges = sorted(
        (min(number[a], number[b]), max(number[a], number[b]), w) for a, b, w in graph.edges(data="weight", default=1.0)
    )
    numbered.add_weighted_edges_from(edges)
    runs = [_louvain(numbered, seed, resolution) for seed in range(seeds)]
    together = _together(runs)
    first, rounds = runs, 1
    while len({frozenset(run) for run in runs}) > 1 and rounds < most_rounds:
        agreed: nx.Graph = nx.Graph()
        agreed.add_nodes_from(range(len(nodes)))
        agreed.add_weighted_edges_from(
            sorted((a, b, n / seeds) for (a, b), n in _together(runs).items() if n / seeds > threshold)
        )
        runs = [_louvain(agreed, seed, resolution) for seed in range(seeds)]
        rounds += 1
    parts = sorted(runs[0], key=lambda part: (-len(part), min(part)))
    found = []
    for part in parts:
        members = sorted(part)
        pairs = list(combinations(members, 2))
        stability = sum(together.get(pair, 0) for pair in pairs) / (len(pairs) * seeds) if pairs else 1.0
        found.append(Community([nodes[index] for index in members], stability))
    ties = {(nodes[a], nodes[b]): together.get((a, b), 0) / seeds for a, b, _ in edges}
    some = first[: min(seeds, 20)]
    scores = [_mutual_information(a, b, len(nodes)) for a, b in combinations(some, 2)] if len(nodes) > 1 else []
    quality = nx.community.modularity(numbered, runs[0], weight="weight", resolution=resolution) if edges else 0.0
    return Communities(found, ties, sum(scores) / len(scores) if scores else 1.0, quality, seeds, resolution, rounds)


def _together(runs: list[list[frozenset[int]]]) -> Counter[tuple[int, int]]:
    counts: Counter[tuple[int, int]] = Counter()
    for run in runs:
        for part in run:
            counts.update(combinations(sorted(part), 2))
    return counts


@dataclass(frozen=True)
class Path:
    """A way from one actor to another, with its ties; `cost` is the number of steps, or the sum of 1 / weight."""

    nodes: list[Hashable]
    ties: list[dict[str, Any]]
    cost: float


def shortest(graph: nx.Graph, start: Hashable, end: Hashable) -> Path | None:
    """Return the path with the fewest ties; among these the strongest, then the first by name. None if there is no way."""
    return _best(graph, start, end, lambda data: (1.0, 1.0 / data["weight"]))


def strongest(graph: nx.Graph, start: Hashable, end: Hashable) -> Path | None:
    """Return the path with the least sum of 1 / weight; among these the shortest, then the first by name (Newman 2001)."""
    return _best(graph, start, end, lambda data: (1.0 / data["weight"], 1.0))


def _best(graph: nx.Graph, start: Hashable, end: Hashable, cost: Any) -> Path | None:
    queue: list[tuple[tuple[float, float], list[str], list[Hashable]]] = [((0.0, 0.0), [str(start)], [start])]
    done: set[Hashable] = set()
    while queue:
        total, names, nodes = heapq.heappop(queue)
        here = nodes[-1]
        if here == end:
            return Path(nodes, [graph.edges[a, b] for a, b in pairwise(nodes)], total[0])
        if here in done:
            continue
        done.add(here)
        for other in sorted(graph[here], key=str):
            if other not in done:
                step = cost(graph.edges[here, other])
                more = (round(total[0] + step[0], 12), round(total[1] + step[1], 12))
                heapq.heappush(queue, (more, [*names, str(other)], [*nodes, other]))
    return None
