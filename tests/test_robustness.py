"""How far a ranking depends on choices: tau-b, weightings, bootstrap and chapters against cases worked out by hand."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscegraph import robustness
from oscegraph.api import Oscegraph
from oscegraph.errors import FilterError
from oscegraph.events import WEIGHTINGS, Event, Events, Options, read_events
from oscegraph.measures import MEASURES, measure, ranked
from oscegraph.networks import project
from oscegraph.robustness import between_weightings, bootstrap, kendall, without_chapters

RAW = Options("actors")
FEW = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=14)


def meeting(*actors: str, chapters: tuple[str, ...] = ("II.1.1",), times: float = 1) -> Event:
    """An activity of these actors, told in these chapters."""
    return Event(actors={actor: {"participant"} for actor in actors}, times=times, chapters=list(chapters))


# Strength: a 4, b 3, c 2, d 1. The last tells of d alone with a.
SMALL: Events = {
    "e1": meeting("a", "b", "c"),
    "e2": meeting("a", "b", chapters=("II.1.1", "II.3.2")),
    "e3": meeting("a", "d", chapters=("II.3.2",)),
}


def brute_force(xs: list[float], ys: list[float]) -> float:
    """tau-b by its definition, over all pairs."""
    pairs = list(combinations(zip(xs, ys, strict=True), 2))

    def sign(value: float) -> int:
        return (value > 0) - (value < 0)

    total = sum(sign(a[0] - b[0]) * sign(a[1] - b[1]) for a, b in pairs)
    differ = sum(a[0] != b[0] for a, b in pairs) * sum(a[1] != b[1] for a, b in pairs)
    return total / math.sqrt(differ) if differ else math.nan


def test_kendall_worked_out_by_hand() -> None:
    """Of 6 pairs, 1 equal in x, 1 equal in y, 3 in order, 1 against it: (3 - 1) / sqrt(5 * 5)."""
    assert kendall([1, 2, 2, 3], [1, 3, 2, 2]) == pytest.approx((3 - 1) / 5)


def test_kendall_at_its_ends() -> None:
    """1 for the same order, -1 for the reverse, whatever the distances."""
    assert kendall([1, 2, 30], [5, 6, 7]) == 1.0
    assert kendall([1, 2, 30], [7, 6, 5]) == -1.0


@pytest.mark.parametrize(
    ("xs", "ys"), [([], []), ([1], [2]), ([1, 1], [1, 2]), ([1, 2], [3, 3]), ([1, math.nan, 2], [1, 2, 3])]
)
def test_kendall_where_it_is_undefined(xs: list[float], ys: list[float]) -> None:
    """Nothing to compare gives NaN."""
    assert math.isnan(kendall(xs, ys))


def test_kendall_of_unequal_lengths() -> None:
    """Lists that do not belong together are refused."""
    with pytest.raises(ValueError, match="zip"):
        kendall([1, 2], [1])


@given(FEW)
def test_kendall_is_its_definition(pairs: list[tuple[int, int]]) -> None:
    """Counting by sorting gives what all pairs give, ties and all; swapping sides changes nothing, turning one the sign."""
    xs, ys = [float(x) for x, _ in pairs], [float(y) for _, y in pairs]
    tau = kendall(xs, ys)
    assert tau == pytest.approx(brute_force(xs, ys), nan_ok=True)
    assert tau == pytest.approx(kendall(ys, xs), nan_ok=True)
    assert tau == pytest.approx(-kendall(xs, [-y for y in ys]), nan_ok=True)


def test_weightings_worked_out_by_hand(graph: Oscegraph) -> None:
    """An activity of three under fractional adds 2/3 to each of its actors, one of two adds 1; newman adds 1 in any case."""
    found = between_weightings(SMALL, graph.directory, RAW, "strength")
    rows = {row["node"]: row for row in found.rows}
    assert [row["node"] for row in found.rows] == ["a", "b", "c", "d"]
    assert [rows[n]["raw"] for n in "abcd"] == pytest.approx([4, 3, 2, 1])
    assert [rows[n]["fractional"] for n in "abcd"] == pytest.approx([2 + 2 / 3, 1 + 2 / 3, 2 / 3, 1])
    assert [rows[n]["newman"] for n in "abcd"] == pytest.approx([3, 2, 1, 1])
    # a-b share 2 of 3, a-c 1 of 3, a-d 1 of 3, b-c 1 of 2.
    assert [rows[n]["jaccard"] for n in "abcd"] == pytest.approx([4 / 3, 7 / 6, 5 / 6, 1 / 3])
    assert [rows["c"][f"{name}_rank"] for name in WEIGHTINGS] == [3, 4, 3, 3]
    assert (rows["c"]["best"], rows["c"]["worst"], rows["c"]["spread"]) == (3, 4, 1)
    assert rows["a"]["spread"] == 0
    # raw and fractional: c and d are the one pair of six in opposite order; newman does not order them.
    assert found.agreement["raw", "fractional"] == pytest.approx(4 / 6)
    assert found.agreement["raw", "newman"] == pytest.approx(5 / math.sqrt(6 * 5))
    assert found.agreement["raw", "jaccard"] == 1.0
    assert list(found.agreement) == list(combinations(WEIGHTINGS, 2))


def test_weightings_follow_the_one_of_the_options(graph: Oscegraph) -> None:
    """Rows are in the order of the chosen weighting, which changes nothing else."""
    raw = between_weightings(SMALL, graph.directory, RAW, "strength")
    chosen = between_weightings(SMALL, graph.directory, replace(RAW, weighting="fractional"), "strength")
    assert [row["node"] for row in chosen.rows] == ["a", "b", "d", "c"]
    assert sorted(map(str, raw.rows)) == sorted(map(str, chosen.rows))
    assert raw.agreement == chosen.agreement


def test_weightings_when_a_tie_is_too_weak_under_another(graph: Oscegraph) -> None:
    """Least 1 leaves a-c and b-c under raw but not under fractional: c is missing there, and that is told."""
    found = between_weightings(SMALL, graph.directory, replace(RAW, least=1.0), "strength")
    row = next(row for row in found.rows if row["node"] == "c")
    assert math.isnan(row["fractional"]) and row["fractional_rank"] is None
    assert (row["best"], row["worst"]) == (3, 3)


def test_measure_that_does_not_see_weights_agrees_with_itself(graph: Oscegraph) -> None:
    """Degree is the same under all weightings."""
    found = between_weightings(SMALL, graph.directory, RAW, "degree")
    assert set(found.agreement.values()) == {1.0}
    assert {row["spread"] for row in found.rows} == {0}


def replay(events: Events, graph: Oscegraph, draws: int, seed: int) -> list[dict[str, float]]:
    """The strength of each actor in each draw, from the same random numbers but by listing what was drawn."""
    generator, names = random.Random(seed), sorted(events)
    found = []
    for _ in range(draws):
        listed = [names[int(generator.random() * len(names))] for _ in names]
        strength = dict.fromkeys({actor for event in events.values() for actor in event.actors}, 0.0)
        for name in listed:
            for actor in events[name].actors:
                strength[actor] += (len(events[name].actors) - 1) * events[name].times
        found.append(strength)
    return found


def test_bootstrap_equals_drawing_by_hand(graph: Oscegraph) -> None:
    """Every interval leaves 5 of 100 sorted draws at each end at a level of 0.9; present counts the draws with the actor."""
    events = {**SMALL, "e4": meeting("c", "d", times=3)}
    found = {i.node: i for i in bootstrap(events, graph.directory, RAW, "strength", draws=100, seed=7, level=0.9)}
    drawn = replay(events, graph, 100, 7)
    assert set(found) == set("abcd")
    for node, interval in found.items():
        values = sorted(draw[node] for draw in drawn)
        places = sorted(1 + sum(other > draw[node] for other in draw.values()) for draw in drawn)
        assert (interval.low, interval.high) == (values[5], values[94])
        assert (interval.rank_low, interval.rank_high) == (places[5], places[94])
        assert interval.present == sum(draw[node] > 0 for draw in drawn) / 100


def test_bootstrap_of_a_single_activity_has_no_spread(graph: Oscegraph) -> None:
    """One activity can only be drawn itself."""
    for interval in bootstrap({"e": meeting("a", "b", "c")}, graph.directory, RAW, "strength", draws=10):
        assert (interval.value, interval.low, interval.high, interval.present) == (2.0, 2.0, 2.0, 1.0)
        assert (interval.rank, interval.rank_low, interval.rank_high) == (1, 1, 1)


def test_bootstrap_of_who_is_seldom_drawn(graph: Oscegraph) -> None:
    """Two activities without anyone in common: who is not drawn has 0 and the last rank, which two of four share."""
    events = {"e": meeting("a", "b"), "f": meeting("c", "d")}
    for interval in bootstrap(events, graph.directory, RAW, "strength", draws=400, seed=3):
        # In a quarter of draws only e, in a quarter only f, else both.
        assert interval.present == pytest.approx(0.75, abs=0.1)
        assert (interval.low, interval.high, interval.rank_low, interval.rank_high) == (0.0, 2.0, 1, 3)


def test_bootstrap_leaves_undefined_values_out(graph: Oscegraph) -> None:
    """Constraint is undefined for who has no partner; not being drawn is no partner, never a constraint of 0."""
    events = {"e": meeting("a", "b"), "f": meeting("c", "d"), "g": meeting("alone")}
    found = {i.node: i for i in bootstrap(events, graph.directory, RAW, "constraint", draws=50)}
    assert (found["a"].low, found["a"].high) == (1.0, 1.0)
    assert found["a"].rank_high > found["a"].rank_low == 1
    assert math.isnan(found["alone"].value) and math.isnan(found["alone"].low) and math.isnan(found["alone"].high)
    assert 0 < found["alone"].present < 1


def test_bootstrap_applies_least_to_each_draw(graph: Oscegraph) -> None:
    """Only a-b has weight 2. A draw gives it that in 20 of 27 cases; else a-d was drawn twice or more, and a stays."""
    found = bootstrap(SMALL, graph.directory, replace(RAW, least=2.0), "strength", draws=400, seed=1)
    a, b = found
    assert (a.node, a.value, a.present) == ("a", 2.0, 1.0)
    assert (b.node, b.value, b.low) == ("b", 2.0, 0.0)
    assert b.present == pytest.approx(20 / 27, abs=0.08)
    assert {a.rank_high, b.rank_high} <= {1, 2}


def test_bootstrap_is_determined_by_seed_and_activities(graph: Oscegraph) -> None:
    """The same seed gives the same, whatever the order of the activities; another seed gives others; nothing is changed."""
    events = {f"e{n}": meeting(*"abcdefgh"[n % 5 : n % 5 + 2 + n % 3]) for n in range(12)}
    turned = dict(reversed(events.items()))
    first = bootstrap(events, graph.directory, RAW, "strength", draws=30, seed=5)
    assert first == bootstrap(turned, graph.directory, RAW, "strength", draws=30, seed=5)
    assert first != bootstrap(events, graph.directory, RAW, "strength", draws=30, seed=6)
    assert list(turned) == list(reversed(events)) and {event.times for event in events.values()} == {1}


def test_bootstrap_tells_its_progress(graph: Oscegraph) -> None:
    """Each draw is announced when it is done."""
    done: list[int] = []
    bootstrap(SMALL, graph.directory, RAW, "degree", draws=3, progress=done.append)
    assert done == [1, 2, 3]


@pytest.mark.parametrize(("draws", "level"), [(0, 0.95), (-1, 0.95), (10, 0.0), (10, 1.0), (10, math.nan)])
def test_bootstrap_refuses_what_makes_no_interval(graph: Oscegraph, draws: int, level: float) -> None:
    """No draws, or a level that is no share, is an error."""
    with pytest.raises(ValueError, match="bootstrap"):
        bootstrap(SMALL, graph.directory, RAW, "degree", draws=draws, level=level)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=60), st.floats(0.01, 0.99))
def test_percentiles_hold_their_share(values: list[float], level: float) -> None:
    """The ends came up themselves, and at least the wanted share of the draws lies between them."""
    low, high = robustness._percentiles(values, level)
    assert low in values and high in values
    assert sum(low <= value <= high for value in values) >= level * len(values) - 1e-6


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_has_intervals_around_ranks(graph: Oscegraph, name: str) -> None:
    """All measures go through; low is never above high, nor a rank outside of the network; order is as observed."""
    events = {**SMALL, "e4": meeting("c", "d"), "e5": meeting("alone"), "e6": meeting("b", "e", "f")}
    found = bootstrap(events, graph.directory, RAW, name, draws=25)
    assert [(i.node, i.rank) for i in found] == [
        (r.node, r.rank) for r in ranked(MEASURES[name].compute(project(events, graph.directory, RAW)))
    ]
    for interval in found:
        assert 1 <= interval.rank_low <= interval.rank_high <= len(found)
        assert 0 <= interval.present <= 1
        assert math.isnan(interval.low) == math.isnan(interval.high)
        assert math.isnan(interval.low) or 0 <= interval.low <= interval.high


def test_chapters_worked_out_by_hand(graph: Oscegraph) -> None:
    """e2 is told twice and stays. Without II.1.1: a 2, b 1, d 1. Without II.3.2: a 3, b 3, c 2, and d is gone."""
    one, other = without_chapters(SMALL, graph.directory, RAW, "strength")
    # The pairs a-b, a-d, b-d are in order in the whole; b and d are equal without II.1.1: 2 / sqrt(3 * 2).
    assert (one.chapter, one.activities, one.actors, one.ties) == ("II.1.1", 1, 3, 2)
    assert one.tau == pytest.approx(2 / math.sqrt(6))
    assert one.moved == [("c", 3, None), ("d", 4, 2)]
    # a-b are equal without II.3.2, a-c and b-c in order.
    assert (other.chapter, other.activities, other.actors, other.ties) == ("II.3.2", 1, 3, 3)
    assert other.tau == pytest.approx(2 / math.sqrt(6))
    assert other.moved == [("d", 4, None), ("b", 2, 1)]


def test_chapters_by_effect(graph: Oscegraph) -> None:
    """A chapter that tells nothing alone changes nothing and comes last; one without which nothing remains comes first."""
    events = {
        "e1": meeting("a", "b", "c", chapters=("II.3.11",)),
        "e2": meeting("a", "b", chapters=("II.3.11", "II.3.2")),
        "e3": meeting("a", "d", chapters=("II.3.11",)),
    }
    first, last = without_chapters(events, graph.directory, RAW, "strength")
    assert (first.chapter, first.activities, first.actors, first.ties) == ("II.3.11", 2, 2, 1)
    assert math.isnan(first.tau)
    assert (last.chapter, last.activities, last.tau, last.moved) == ("II.3.2", 0, 1.0, [])
    (only,) = without_chapters({"e": meeting("a", "b")}, graph.directory, RAW, "strength")
    assert (only.activities, only.actors, only.ties) == (1, 0, 0)
    assert only.moved == [("a", 1, None), ("b", 1, None)]


def test_activities_without_chapter_stay(graph: Oscegraph) -> None:
    """What no chapter is named for is never left out."""
    events = {"e1": meeting("a", "b", chapters=()), "e2": meeting("b", "c")}
    (only,) = without_chapters(events, graph.directory, RAW, "strength")
    assert (only.activities, only.actors) == (1, 2)


def test_nothing_gives_nothing(graph: Oscegraph) -> None:
    """No activities, or none with a tie strong enough, gives empty results."""
    for events, options in (({}, RAW), (SMALL, replace(RAW, least=100.0))):
        found = between_weightings(events, graph.directory, options, "betweenness")
        assert (found.rows, found.agreement) == ([], {})
        assert bootstrap(events, graph.directory, options, "core", draws=5) == []
        assert all(left.actors == 0 for left in without_chapters(events, graph.directory, options, "core"))
    assert without_chapters({}, graph.directory, RAW, "core") == []


@pytest.mark.parametrize("look", [between_weightings, bootstrap, without_chapters])
def test_unknown_measure(graph: Oscegraph, look: object) -> None:
    """A measure that does not exist is refused with those that do, before anything is computed."""
    with pytest.raises(FilterError, match=r'"betweeness" is no measure\. Did you mean "betweenness"'):
        look({}, graph.directory, RAW, "betweeness")  # type: ignore[operator]


@pytest.fixture(scope="module")
def real(graph: Oscegraph) -> Events:
    """The activities of the network of all actors."""
    return read_events(graph.store, graph.directory, RAW)


def test_whole_ranking_is_that_of_rank(graph: Oscegraph, real: Events) -> None:
    """Value and rank are those of `measure` on the same network, under each weighting and in the intervals."""
    found = between_weightings(real, graph.directory, RAW, "strength")
    for weighting in WEIGHTINGS:
        expected = measure(project(real, graph.directory, replace(RAW, weighting=weighting)), "strength")
        rows = {row["node"]: (row[weighting], row[f"{weighting}_rank"]) for row in found.rows}
        assert rows == {item.node: (item.value, item.rank) for item in expected}
    assert all(row["spread"] == row["worst"] - row["best"] >= 0 for row in found.rows)
    intervals = bootstrap(real, graph.directory, RAW, "strength", draws=20)
    assert [i.node for i in intervals] == [row["node"] for row in found.rows]


def test_strength_is_around_its_observed_value(graph: Oscegraph, real: Events) -> None:
    """Strength under raw adds up over activities, so the observed value of the first actors lies within their intervals."""
    for interval in bootstrap(real, graph.directory, RAW, "strength", draws=100)[:20]:
        assert interval.low <= interval.value <= interval.high
        assert interval.rank_low <= interval.rank <= interval.rank_high


def test_degree_can_only_lose(graph: Oscegraph, real: Events) -> None:
    """No draw has a partner that the whole does not have."""
    assert all(i.high <= i.value for i in bootstrap(real, graph.directory, RAW, "degree", draws=20))


def test_chapters_of_the_report(graph: Oscegraph, real: Events) -> None:
    """Each chapter is left out once, by effect; what is left out and what is told more than once add up to all."""
    found = without_chapters(real, graph.directory, RAW, "strength")
    assert {left.chapter for left in found} == {chapter for event in real.values() for chapter in event.chapters}
    assert len(found) == len({left.chapter for left in found})
    taus = [left.tau for left in found]
    assert taus == sorted(taus) and all(-1 <= tau <= 1 for tau in taus)
    assert sum(left.activities for left in found) + sum(len(event.chapters) > 1 for event in real.values()) == len(real)
    assert all(len(left.moved) <= 3 for left in found)


@pytest.mark.parametrize("network", ["two-mode", "unit-partner", "decision-unit", "units", "co-organizers"])
def test_every_network(graph: Oscegraph, network: str) -> None:
    """All declared networks go through, two kinds of nodes included."""
    options = Options(network)
    events = read_events(graph.store, graph.directory, options)
    nodes = set(project(events, graph.directory, options))
    assert {row["node"] for row in between_weightings(events, graph.directory, options, "pagerank").rows} == nodes
    assert {i.node for i in bootstrap(events, graph.directory, options, "strength", draws=5)} == nodes
    assert without_chapters(events, graph.directory, options, "degree")
