"""Stage 12d: how far a ranking depends on choices: on the weighting, on the activities that are told, on single chapters.

Three looks at one measure. Between weightings: ranks under each, and how they agree (Kendall's tau-b). Bootstrap: activities
are drawn anew with replacement, as many as there are (Efron 1979, Annals of Statistics 7, 1-26), which shows what hangs on
few of them. Without one chapter: what only that chapter tells is left out, which shows what hangs on one teller.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from oscegraph.directory import Directory
from oscegraph.errors import FilterError
from oscegraph.events import WEIGHTINGS, Events, Options, chapter_key
from oscegraph.formulas import Values
from oscegraph.measures import MEASURES, Measure, Ranked, ranked
from oscegraph.networks import project

if TYPE_CHECKING:
    import networkx as nx

# So many of the first actors are looked at for moves, and so many moves are named.
FIRST, MOVES = 20, 3


@dataclass(frozen=True)
class Weightings:
    """A ranking under each weighting.

    `rows` has one dict an actor: node, value and rank of each weighting ("raw", "raw_rank" ...), the best and the worst of
    the ranks, and their difference as spread; `agreement` has Kendall's tau-b of each pair of weightings.
    """

    rows: list[dict[str, Any]]
    agreement: dict[tuple[str, str], float]


@dataclass(frozen=True)
class Interval:
    """Value and rank of an actor with their intervals over the draws; `present` is the share of draws in which it was."""

    node: Hashable
    value: float
    rank: int
    low: float
    high: float
    rank_low: int
    rank_high: int
    present: float


@dataclass(frozen=True)
class LeftOut:
    """What remains without the activities that only one chapter tells: size, agreement with the whole, greatest moves.

    `activities` were left out; `actors` and `ties` remain; `moved` has (node, rank before, rank after), None if it is gone.
    """

    chapter: str
    activities: int
    actors: int
    ties: int
    tau: float
    moved: list[tuple[Hashable, int, int | None]]


def known(measure: str) -> Measure:
    """Return the measure of that name; raises FilterError for an unknown one."""
    if measure not in MEASURES:
        raise FilterError("measure", measure, list(MEASURES))
    return MEASURES[measure]


def kendall(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Return Kendall's tau-b (Kendall 1945, Biometrika 33, 239-251), counted by sorting (Knight 1966).

    tau-b = (C - D) / sqrt((N - X) (N - Y)): C and D are the pairs that both put in the same and in opposite order, N all
    pairs, X and Y the pairs that are equal in xs and in ys. 1 is the same order, -1 the reverse. NaN where it is undefined:
    fewer than two items, all equal on one side, or a NaN among them. Raises ValueError if the lengths differ.

    >>> kendall([1, 2, 3], [1, 3, 2])
    0.3333333333333333
    """
    pairs = sorted(zip(xs, ys, strict=True))
    if any(math.isnan(value) for pair in pairs for value in pair):
        return math.nan
    seen: list[float] = []
    discordant = 0
    for _, y in pairs:
        # Those before have an x that is less, or equal with a y that is not greater: a greater y is in opposite order.
        place = bisect_right(seen, y)
        discordant += len(seen) - place
        seen.insert(place, y)
    every = math.comb(len(pairs), 2)
    in_x, in_y, in_both = _equal(x for x, _ in pairs), _equal(seen), _equal(pairs)
    differ = (every - in_x) * (every - in_y)
    if not differ:
        return math.nan
    concordant = every - in_x - in_y + in_both - discordant
    return max(-1.0, min(1.0, (concordant - discordant) / math.sqrt(differ)))


def _equal(items: Iterable[Hashable]) -> int:
    """Return how many pairs of items are equal."""
    return sum(math.comb(count, 2) for count in Counter(items).values())


def _values(graph: nx.Graph, measure: Measure) -> Values:
    return measure.compute(graph) if len(graph) else {}


def _ranks(ranking: Iterable[Ranked]) -> dict[Hashable, int]:
    return {item.node: item.rank for item in ranking}


def _agreement(one: dict[Hashable, int], other: dict[Hashable, int]) -> float:
    """Return tau-b over who is in both; of ranks, not values, so that noise beyond nine decimals orders nothing."""
    both = [node for node in one if node in other]
    return kendall([one[node] for node in both], [other[node] for node in both])


def between_weightings(events: Events, directory: Directory, options: Options, measure: str) -> Weightings:
    """Return the ranking by a measure under each weighting, in the order of that of the options.

    The actors are those of the network under the options. `options.least` applies to the weights of each weighting, so an
    actor may be missing under another one: its value there is NaN and its rank None, and best, worst and tau-b go by what
    there is. What is undefined has the last rank. Raises FilterError for an unknown measure.
    """
    compute = known(measure)
    events = dict(sorted(events.items()))
    graphs = {name: project(events, directory, replace(options, weighting=name)) for name in WEIGHTINGS}
    found = {name: ranked(_values(graph, compute)) for name, graph in graphs.items()}
    ranks = {name: _ranks(ranking) for name, ranking in found.items()}
    values = {name: {item.node: item.value for item in ranking} for name, ranking in found.items()}
    rows = []
    for item in found[options.weighting]:
        row: dict[str, Any] = {"node": item.node}
        for name in WEIGHTINGS:
            row[name], row[f"{name}_rank"] = values[name].get(item.node, math.nan), ranks[name].get(item.node)
        places = [places_of[item.node] for places_of in ranks.values() if item.node in places_of]
        rows.append({**row, "best": min(places), "worst": max(places), "spread": max(places) - min(places)})
    pairs = combinations(WEIGHTINGS, 2) if rows else ()
    return Weightings(rows, {(a, b): _agreement(ranks[a], ranks[b]) for a, b in pairs})


def bootstrap(
    events: Events,
    directory: Directory,
    options: Options,
    measure: str,
    draws: int = 200,
    seed: int = 0,
    level: float = 0.95,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Interval]:
    """Return percentile intervals of value and rank over networks of activities drawn with replacement (Efron 1979).

    Each draw takes as many activities as there are. One that is drawn twice counts twice (`Event.times`): it is the same
    activity with twice the weight, not another one. An interval leaves out (1 - level) / 2 of the draws at each end, rounded
    down, so its ends are values that came up. Ranks are among the actors of the observed network. Who is not in the network
    of a draw has the value 0 there (none where the measure is undefined without partner) and so the last rank. Undefined
    values (NaN) are left out of the interval of the value, which is NaN if there are no others.

    More than a third of the activities is missing from each draw on average, so a measure that counts each partner once
    (degree, core) can only lose by it: its observed value may lie above its interval. The ranks tell more there. The same
    seed gives the same, whatever the order of the activities. Raises FilterError for an unknown measure, ValueError for less
    than one draw or a level outside of 0 to 1.
    """
    compute = known(measure)
    if draws < 1 or not 0 < level < 1:
        raise ValueError(f"a bootstrap needs at least 1 draw and a level between 0 and 1, not {draws} and {level:g}.")
    events = dict(sorted(events.items()))
    observed = ranked(_values(project(events, directory, options), compute))
    if not observed:
        return []
    absent = _alone(compute)
    values: dict[Hashable, list[float]] = {item.node: [] for item in observed}
    ranks: dict[Hashable, list[int]] = {item.node: [] for item in observed}
    present: Counter[Hashable] = Counter()
    generator, names = random.Random(seed), list(events)
    for done in range(1, draws + 1):
        # random() gives the same numbers in every version of Python, which the choosing methods do not promise.
        times = Counter(int(generator.random() * len(names)) for _ in names)
        drawn = {names[n]: replace(events[names[n]], times=events[names[n]].times * times[n]) for n in sorted(times)}
        found = _values(project(drawn, directory, options), compute)
        for item in ranked({node: found.get(node, absent) for node in values}):
            values[item.node].append(item.value)
            ranks[item.node].append(item.rank)
        present.update(node for node in found if node in values)
        progress(done)
    intervals = []
    for item in observed:
        low, high = _percentiles([value for value in values[item.node] if not math.isnan(value)], level)
        first, last = _percentiles(ranks[item.node], level)
        share = present[item.node] / draws
        intervals.append(Interval(item.node, item.value, item.rank, low, high, int(first), int(last), share))
    return intervals


def _alone(measure: Measure) -> float:
    """Return the value of who is not there: 0, or NaN for what is undefined without partner, where 0 would mean much."""
    import networkx as nx

    alone = nx.Graph()
    alone.add_node("alone", group="other")
    return math.nan if math.isnan(measure.compute(alone)["alone"]) else 0.0


def _percentiles(values: Sequence[float], level: float) -> tuple[float, float]:
    """Return the ends of what is left of the sorted values without (1 - level) / 2 of them at each end, rounded down."""
    if not values:
        return math.nan, math.nan
    # 200 * (1 - 0.95) / 2 is a little more or less than 5 in binary numbers; it must be 5.
    cut = min(math.floor(len(values) * (1 - level) / 2 + 1e-9), (len(values) - 1) // 2)
    in_order = sorted(values)
    return in_order[cut], in_order[-1 - cut]


def without_chapters(events: Events, directory: Directory, options: Options, measure: str) -> list[LeftOut]:
    """Return what the ranking is without each chapter: the least agreement with the whole first, undefined before all.

    Left out are the activities that are told in that chapter only; what another one tells too would be known without it.
    tau-b is over the actors of both rankings. Moves are those of the first 20 actors of the whole, the greatest first, who
    is gone before all. Raises FilterError for an unknown measure.
    """
    compute = known(measure)
    events = dict(sorted(events.items()))
    whole = ranked(_values(project(events, directory, options), compute))
    before = _ranks(whole)
    found = []
    for chapter in sorted({chapter for event in events.values() for chapter in event.chapters}, key=chapter_key):
        kept = {iri: event for iri, event in events.items() if set(event.chapters) != {chapter}}
        graph = project(kept, directory, options)
        after = _ranks(ranked(_values(graph, compute)))
        moves = [(item.node, item.rank, after.get(item.node)) for item in whole[:FIRST]]
        moves = sorted((move for move in moves if move[1] != move[2]), key=_length, reverse=True)
        sizes = len(events) - len(kept), len(graph), graph.number_of_edges()
        found.append(LeftOut(chapter, *sizes, _agreement(before, after), moves[:MOVES]))
    # Sorting is stable: equals stay in the order of chapters.
    return sorted(found, key=lambda left: (-math.inf if math.isnan(left.tau) else round(left.tau, 12), -left.activities))


def _length(move: tuple[Hashable, int, int | None]) -> float:
    return math.inf if move[2] is None else abs(move[2] - move[1])
