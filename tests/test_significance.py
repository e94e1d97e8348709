"""Ties beyond chance: the null model keeps all numbers, the corrections equal examples worked out by hand."""

from __future__ import annotations

import random
from collections import Counter

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscegraph.significance import disparity, false_discovery, incidence_of, ties, trade

EVENTS = st.lists(st.sets(st.integers(0, 9), max_size=8), min_size=2, max_size=12)


def meetings(pair: bool, seed: int = 4, events: int = 40, actors: int = 20) -> dict:
    """Random events of four out of `actors`; with `pair`, every fourth one also has p and q, who are only there together."""
    generator = random.Random(seed)
    names = [f"a{number:02}" for number in range(actors)]
    found = {f"e{number:02}": set(generator.sample(names, 4)) for number in range(events)}
    if pair:
        for number in range(0, events, 4):
            found[f"e{number:02}"] |= {"p", "q"}
    return found


@given(EVENTS, st.integers(0, 2**32), st.integers(0, 60))
def test_trade_keeps_the_numbers_of_all(events: list[set[int]], seed: int, trades: int) -> None:
    """However often is traded, every event keeps its size and every actor its number of events."""
    sizes, counts = [len(event) for event in events], Counter(actor for event in events for actor in event)
    trade(events, random.Random(seed), trades)
    assert [len(event) for event in events] == sizes
    assert Counter(actor for event in events for actor in event) == counts


def test_trade_mixes() -> None:
    """Two events of one actor each: both of the two possible networks come up about equally often."""
    generator, seen = random.Random(1), Counter()
    events = [{0}, {1}]
    for _ in range(400):
        trade(events, generator, 1)
        seen[min(events[0])] += 1
    assert set(seen) == {0, 1}
    assert min(seen.values()) > 150


def test_trade_leaves_what_cannot_change() -> None:
    """An event within another one has nothing to give."""
    events = [{0, 1}, {0, 1, 2}]
    trade(events, random.Random(0), 50)
    assert events == [{0, 1}, {0, 1, 2}]


def test_false_discovery_worked_out_by_hand() -> None:
    """Of 5: 0.01 * 5/1; 0.02 * 5/2; 0.03 * 5/3 and 0.04 * 5/4 both 0.05; 0.5 * 5/5. In the order given."""
    assert false_discovery([0.5, 0.01, 0.04, 0.02, 0.03]) == pytest.approx([0.5, 0.05, 0.05, 0.05, 0.05])
    assert false_discovery([0.001, 0.2, 0.04]) == pytest.approx([0.003, 0.2, 0.06])


def test_false_discovery_takes_the_least_of_what_follows() -> None:
    """0.03 * 3/1 = 0.09 and 0.04 * 3/2 = 0.06: the first is lowered to the later one; never above 1."""
    assert false_discovery([0.03, 0.04, 0.9]) == pytest.approx([0.06, 0.06, 0.9])
    assert false_discovery([1.0, 1.0]) == [1.0, 1.0]
    assert false_discovery([]) == []


@given(st.lists(st.floats(0.001, 1), max_size=20))
def test_false_discovery_raises_and_keeps_the_order(p_values: list[float]) -> None:
    """The q is never below p, never above 1, and grows with p."""
    adjusted = false_discovery(p_values)
    assert all(p <= q + 1e-12 and q <= 1 for p, q in zip(p_values, adjusted, strict=True))
    in_order = [q for _, q in sorted(zip(p_values, adjusted, strict=True))]
    assert in_order == sorted(in_order)


def test_disparity_worked_out_by_hand() -> None:
    """Strength a 10 (3 ties), b 9 (2), c 4 (2), d 1 (1): a-b is (1 - 8/9)^1 at b, a-c (1 - 3/4)^1 at c, a-d 0.9^2 at a."""
    found = disparity({("a", "b"): 8.0, ("a", "c"): 1.0, ("a", "d"): 1.0, ("b", "c"): 1.0})
    assert found["a", "b"] == pytest.approx(min((1 - 0.8) ** 2, 1 - 8 / 9))
    assert found["a", "c"] == pytest.approx(min((1 - 0.1) ** 2, 1 - 1 / 2))
    assert found["a", "d"] == pytest.approx(0.81)
    assert found["b", "c"] == pytest.approx(min(1 - 1 / 9, 1 - 1 / 2))


def test_disparity_of_a_single_tie_is_one() -> None:
    """Who has one tie says nothing of it."""
    assert disparity({("a", "b"): 5.0}) == {("a", "b"): 1.0}
    assert disparity({}) == {}


def test_pair_that_always_meets_is_found() -> None:
    """Actors p and q meet in ten of forty events: first in the list, far more than expected, significant."""
    tests = ties(meetings(pair=True, actors=10), draws=2000, seed=1)
    first = tests[0]
    assert (first.pair, first.observed) == (("p", "q"), 10)
    assert 2 < first.expected < 5
    assert first.p == pytest.approx(1 / 2001)
    assert first.q <= 0.05
    others = [test.pair for test in tests[1:] if test.q <= 0.05]
    assert len(others) <= 3
    assert all({"p", "q"} & set(pair) for pair in others)


def test_random_meetings_are_not_significant() -> None:
    """Events drawn at random give no tie at a false discovery rate of 5 per cent."""
    tests = ties(meetings(pair=False), draws=300, seed=1)
    assert len(tests) > 50
    assert [test for test in tests if test.q <= 0.05] == []


def test_expected_meetings_are_near_the_exact_number() -> None:
    """Two events of two out of four actors, all in one each: a and b meet in 2 of the 6 ways, which is a third."""
    (one, other) = ties({"e": {"a", "b"}, "f": {"c", "d"}}, draws=3000, seed=2)
    for test in (one, other):
        assert test.observed == 1
        assert test.expected == pytest.approx(1 / 3, abs=0.05)
        assert test.p == pytest.approx(1 / 3, abs=0.05)


def test_same_seed_gives_the_same_and_order_plays_no_part() -> None:
    """A seed fixes all numbers, whatever the order of the events; another seed gives others."""
    data = meetings(pair=True)
    first = ties(data, draws=60, seed=7)
    assert ties(data, draws=60, seed=7) == first
    assert ties(dict(reversed(data.items())), draws=60, seed=7) == first
    assert ties(data, draws=60, seed=8) != first


def test_one_event_shows_nothing() -> None:
    """With a single event nothing can be exchanged: p and q are 1."""
    tests = ties({"e": {"a", "b", "c"}}, draws=20)
    assert [(test.pair, test.observed, test.p, test.q) for test in tests] == [
        (("a", "b"), 1, 1.0, 1.0),
        (("a", "c"), 1, 1.0, 1.0),
        (("b", "c"), 1, 1.0, 1.0),
    ]
    assert ties({}, draws=5) == []


def test_one_constellation_shows_nothing() -> None:
    """Where all are in all events there is only one such network: p is 1 and the expected number the observed one."""
    for test in ties({event: {"a", "b", "c"} for event in "efg"}, draws=25):
        assert (test.observed, test.expected, test.p) == (3, 3.0, 1.0)


def test_p_lies_above_zero_and_up_to_one() -> None:
    """The p is at least 1 / (1 + draws), at most 1, and q no less; the most significant ties come first."""
    tests = ties(meetings(pair=True), draws=99, seed=3)
    assert all(1 / 100 <= test.p <= test.q <= 1 for test in tests)
    assert [test.q for test in tests] == sorted(test.q for test in tests)


def test_every_pair_that_met_is_tested_once() -> None:
    """Pairs and numbers are those counted in the events themselves."""
    data = meetings(pair=True, events=12)
    counted = Counter((a, b) for members in data.values() for a in members for b in members if a < b)
    assert {test.pair: test.observed for test in ties(data, draws=10)} == counted


def test_progress_is_told() -> None:
    """Each draw is reported, counted from 1."""
    told: list[int] = []
    ties({"e": {"a", "b"}, "f": {"b", "c"}}, draws=4, progress=told.append)
    assert told == [1, 2, 3, 4]


def test_incidence_comes_from_ties_or_from_a_two_mode_network() -> None:
    """Both kinds of network say who was in which activity."""
    projected = nx.Graph()
    projected.add_edge("a", "b", events=["e", "f"])
    projected.add_edge("b", "c", events=["f"])
    projected.add_edge("a", "c", events=["f"])
    expected = {"e": {"a", "b"}, "f": {"a", "b", "c"}}
    assert incidence_of(projected) == expected
    two_mode = nx.Graph(mode="two-mode")
    for event, members in expected.items():
        two_mode.add_node(event, bipartite=1)
        for actor in sorted(members):
            two_mode.add_node(actor, bipartite=0)
            two_mode.add_edge(event, actor)
    assert incidence_of(two_mode) == expected
