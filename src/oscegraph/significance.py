"""Stage 12c: which ties are more than chance, seen in the two-mode data, with the disparity backbone beside it.

Null model: the fixed degree sequence model. Random two-mode networks in which every actor takes part in exactly as many
activities, and every activity has exactly as many actors, as in the data, drawn by curveball trades (Strona et al. 2014,
Nature Communications 5, 4114). A tie's p-value is (1 + draws in which its actors meet at least as often as in the data) /
(1 + draws); ties are kept at a false discovery rate after Benjamini and Hochberg 1995. Backbones of projections: Neal 2014,
Social Networks 39, 84-97.

The disparity filter (Serrano et al. 2009, PNAS 106, 6483) sees the projected ties only, which are dense where an activity
was large.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

Pair = tuple[Hashable, Hashable]


@dataclass(frozen=True)
class TieTest:
    """One tie: how often its actors met, how often chance would have it, p, q (adjusted p), and the disparity filter's p."""

    pair: Pair
    observed: int
    expected: float
    p: float
    q: float
    disparity: float


def false_discovery(p_values: Sequence[float]) -> list[float]:
    """Return the Benjamini-Hochberg adjusted p-values, in the order given."""
    count = len(p_values)
    order = sorted(range(count), key=lambda index: p_values[index])
    adjusted, least = [0.0] * count, 1.0
    for rank in range(count, 0, -1):
        index = order[rank - 1]
        least = min(least, p_values[index] * count / rank)
        adjusted[index] = least
    return adjusted


def trade(events: list[set[int]], generator: random.Random, trades: int) -> None:
    """Shuffle who is in which event by curveball trades, in place; every event and every actor keeps its number."""
    count = len(events)
    for _ in range(trades):
        i, j = generator.sample(range(count), 2)
        one, other = events[i], events[j]
        common = one & other
        only_one = len(one) - len(common)
        free = sorted(one ^ other)
        if only_one == 0 or only_one == len(free):
            continue
        generator.shuffle(free)
        events[i] = common | set(free[:only_one])
        events[j] = common | set(free[only_one:])


def ties(
    incidence: dict[Hashable, set[Hashable]],
    draws: int = 1000,
    seed: int = 0,
    progress: Callable[[int], None] = lambda done: None,
) -> list[TieTest]:
    """Return the test of every pair that met at least once: most significant first.

    `incidence` gives the actors of each activity. `draws` random networks are drawn, each 5 trades an activity
    after the last.
    """
    import numpy

    actors = sorted({actor for members in incidence.values() for actor in members}, key=str)
    number = {actor: index for index, actor in enumerate(actors)}
    events = [{number[actor] for actor in incidence[event]} for event in sorted(incidence, key=str)]

    def meetings() -> Any:
        table = numpy.zeros((len(events), len(actors)), dtype=numpy.float32)
        for row, members in enumerate(events):
            table[row, list(members)] = 1.0
        return table.T @ table

    observed = numpy.rint(meetings()).astype(numpy.int64)
    hits = numpy.zeros(observed.shape, dtype=numpy.int64)
    sums = numpy.zeros(observed.shape, dtype=numpy.float64)
    generator = random.Random(seed)
    if len(events) > 1:
        trade(events, generator, 50 * len(events))
        for done in range(draws):
            trade(events, generator, 5 * len(events))
            met = meetings()
            hits += met >= observed - 0.5
            sums += met
            progress(done + 1)
    pairs = [(a, b) for a in range(len(actors)) for b in range(a + 1, len(actors)) if observed[a, b]]
    p_values = [(1 + int(hits[a, b])) / (1 + draws) if len(events) > 1 else 1.0 for a, b in pairs]
    q_values = false_discovery(p_values)
    weights = {(actors[a], actors[b]): float(observed[a, b]) for a, b in pairs}
    filtered = disparity(weights)
    tests = [
        TieTest(
            (actors[a], actors[b]),
            int(observed[a, b]),
            float(sums[a, b]) / max(draws, 1),
            p,
            q,
            filtered[actors[a], actors[b]],
        )
        for (a, b), p, q in zip(pairs, p_values, q_values, strict=True)
    ]
    return sorted(tests, key=lambda test: (test.q, test.p, -test.observed, test.expected, str(test.pair)))


def disparity(weights: dict[Pair, float]) -> dict[Pair, float]:
    """Return the disparity filter's p-value of each tie: the smaller of (1 - w / s) ** (k - 1) over its two ends.

    An end with a single tie says nothing of it (p = 1).
    """
    strength: dict[Hashable, float] = {}
    degree: dict[Hashable, int] = {}
    for pair, weight in weights.items():
        for node in pair:
            strength[node] = strength.get(node, 0.0) + weight
            degree[node] = degree.get(node, 0) + 1

    def value(node: Hashable, weight: float) -> float:
        return math.pow(1.0 - weight / strength[node], degree[node] - 1) if degree[node] > 1 else 1.0

    return {pair: min(value(pair[0], weight), value(pair[1], weight)) for pair, weight in weights.items()}


def incidence_of(graph: nx.Graph) -> dict[Hashable, set[Hashable]]:
    """Return who was in which activity, from the events on the ties of a projected network or from a two-mode one."""
    if graph.graph.get("mode") == "two-mode":
        return {n: set(graph[n]) for n, data in graph.nodes(data=True) if data.get("bipartite") == 1}
    found: dict[Hashable, set[Hashable]] = {}
    for a, b, data in graph.edges(data=True):
        for event in data["events"]:
            found.setdefault(event, set()).update((a, b))
    return found
