"""Printed numbers beside the graph's: each way of counting against a count made in another way."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable

import pytest
from click.testing import Result

from oscegraph import counts
from oscegraph.api import Oscegraph
from oscegraph.counts_figures import Counts

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def found(graph: Oscegraph) -> Counts:
    """The counts of the packaged graph."""
    return counts.count(graph.store, graph.directory)


def way(found: Counts, name: str) -> int:
    """Return the number of a way of counting."""
    return next(w.number or 0 for w in found.ways if w.name == name)


def test_tellings_and_activities_are_those_of_the_objects(found: Counts, graph: Oscegraph) -> None:
    """A count of objects gives the same numbers as the queries."""
    tellings = graph.tellings()
    assert way(found, "tellings") == len(tellings)
    assert way(found, "activities") == len({t.activity for t in tellings})
    assert way(found, "told") == len({(t.activity, t.told_by) for t in tellings})


def test_series_count_as_often_as_they_were_held(found: Counts, graph: Oscegraph) -> None:
    """Each activity, and each share in it, counts as many times as its tellings say at most."""
    times: Counter[str] = Counter()
    for telling in graph.tellings():
        times[telling.activity] = max(times[telling.activity], telling.events)
    shares = {(t.activity, t.told_by) for t in graph.tellings()}
    assert way(found, "activities, series as events") == times.total()
    assert way(found, "told, series as events") == sum(times[activity] for activity, _ in shares)


def test_told_and_named_is_what_the_question_holds(found: Counts, graph: Oscegraph) -> None:
    """The ready question on figures gives the same number."""
    rows = {row["counted"]: row for row in graph.query("figure_counts") if row["year"] == "2011"}
    assert str(way(found, "told and named")) == rows["structure-activities"]["held"]


def test_printed_numbers_have_their_lines(found: Counts) -> None:
    """353 and 336 are printed where the graph says, and differences are held less printed."""
    printed = {w.year: w.printed for w in found.ways}
    assert printed[2011] and (printed[2011].value, printed[2011].source) == (353, "I.1, lines 77-96")
    assert printed[2010] and (printed[2010].value, printed[2010].source) == (336, "I.1, lines 77-78")
    assert all(w.difference == (w.number or 0) - 353 for w in found.ways if w.year == 2011)
    assert [w.number for w in found.ways if w.year == 2010] == [None]
    assert all(w.why.endswith(".") for w in found.ways)


def test_nothing_is_tuned(found: Counts) -> None:
    """No way of counting meets the printed number, and none is left out for it."""
    assert {w.name for w in found.ways} == {*counts.WHY, "any"}
    assert 0 not in {w.difference for w in found.ways}


def test_themes_by_telling_are_those_of_the_objects(found: Counts, graph: Oscegraph) -> None:
    """Numbers, shares and ranks of themes by tellings and by told shares agree with a count of objects."""
    tellings = graph.tellings()
    numbers = Counter(theme for t in tellings for theme in t.themes)
    shares: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for telling in tellings:
        for theme in telling.themes:
            shares[theme].add((telling.activity, telling.told_by))
    themes = found.of("theme")
    assert len(themes) == 10
    for theme in themes:
        held = theme.held["tellings"]
        assert held.number == numbers[counts.slug(theme)]
        assert held.share == round(100 * held.number / len(tellings), 1)
        assert held.rank == 1 + sum(n > held.number for n in numbers.values())
        assert theme.held["told"].number == len(shares[counts.slug(theme)])


def test_ranks_beside_printed_ranks(found: Counts) -> None:
    """Only themes with a printed number have a difference of ranks; the year before is not mixed in."""
    themes = {counts.slug(theme): theme for theme in found.of("theme")}
    assert {slug for slug, theme in themes.items() if theme.difference("told") is not None} == {"thb", "drugs", "terrorism"}
    rank = themes["drugs"].figure("rank")
    assert rank and (rank.value, rank.year) == (7, 2011)
    assert themes["drugs"].difference("told") == themes["drugs"].held["told"].rank - 7
    assert themes["general"].printed == []


def test_every_row_has_a_reason_or_says_that_none_is_known(found: Counts) -> None:
    """Each theme and kind has words on its difference; what the report prints no number of differs from nothing."""
    whys = {counts.slug(concept): concept.why for concept in found.concepts}
    assert all(why.endswith(".") for why in whys.values()) and len(whys) == 13
    assert "as printed by each way. Share: 35.7 % agrees" in whys["thb"]
    assert "without organized crime in general" in whys["terrorism"] and "-2.9 percentage points" in whys["terrorism"]
    assert "it is 4 or 5, printed 7; no reason is known" in whys["drugs"]
    assert "+10.0 percentage points" in whys["training"] and "alone" in whys["training"]
    for slug in ("investigations", "financial", "cyber", "corruption", "travel-docs", "forensics"):
        assert "none is printed" in whys[slug]
    assert "nothing to differ from" in whys["general"]


def test_reasons_on_ranks_hold(found: Counts) -> None:
    """Without the themes that the report does not rank, the rank by each way is what the reason says."""
    themes = found.of("theme")
    for slug, places in (("terrorism", {2, 3, 4}), ("drugs", {4, 5})):
        seen = set()
        for name in counts.BY_CONCEPT:
            numbers = {counts.slug(t): t.held[name].number for t in themes if t.figure("rank")}
            seen.add(1 + sum(number > numbers[slug] for number in numbers.values()))
        assert seen == places


def test_an_order_of_naming_is_no_rank(found: Counts, run: Run) -> None:
    """Where no number is printed the rank says so; a change told in words stands with its lines and is not "not said"."""
    themes = {counts.slug(theme): theme for theme in found.of("theme")}
    for slug in ("investigations", "financial", "cyber", "corruption"):
        rank = themes[slug].figure("rank")
        assert rank and rank.value is None and rank.text.startswith("no rank, an order of naming: ")
        assert "more attention. (I.1, lines 84-86)" in themes[slug].change
    assert themes["general"].change == "not said" and themes["drugs"].change == "a fall by more than half"
    shown = run("counts").stdout
    assert "In brackets the places" in shown and shown.count("no rank, an order of naming") == 6


def test_what_counts_twice_is_said(found: Counts, graph: Oscegraph) -> None:
    """Pairs that may be one event, parts of others, and activities on several themes are counted and said."""
    pairs = {tuple(sorted(map(str, row.values()))) for row in graph.sparql("SELECT ?a ?b { ?a osg:possiblySameAs ?b }")}
    assert len(pairs) == 6 and any("6 pairs of activities" in line for line in found.unsaid)
    several = {t.activity: set[str]() for t in graph.tellings()}
    for telling in graph.tellings():
        several[telling.activity] |= set(telling.themes)
    number = sum(len(themes) > 1 for themes in several.values())
    assert any(f"here {number} count on each" in line for line in found.unsaid)
    assert any("27 parts" in line for line in found.unsaid)


def test_ways_say_what_they_leave_out(found: Counts) -> None:
    """Attendance of structures named only together, and series without a number, are said with their lines."""
    whys = {w.name: w.why for w in found.ways}
    assert "named only together" in whys["told and named"] and "1222-1223" in whys["told and named"]
    assert "1754 and 2252" in whys["told and named, series as events"]


def test_table_names_ways_and_what_is_not_said(run: Run) -> None:
    """The table has both numbers, the themes, and a list of what the report does not say."""
    result = run("counts")
    assert result.exit_code == 0
    for words in ("353", "336", "I.1, lines 77-96", "told and named", "first by far", "What the report does not say"):
        assert words in result.stdout


@pytest.mark.parametrize("name", ["table", "md", "csv", "json", "jsonl"])
def test_formats(run: Run, name: str) -> None:
    """Every format can be read."""
    import csv
    import io

    result = run("counts", "--format", name)
    assert result.exit_code == 0 and result.stdout
    if name == "csv":
        rows = list(csv.reader(io.StringIO(result.stdout)))
        assert {len(row) for row in rows} == {11}
        told = next(row for row in rows if row[:2] == ["number", "told"])
        assert told[3:7] == ["2011", "363", "353", "+10"]
        assert all(row[10] for row in rows[1:])
    if name == "json":
        written = json.loads(result.stdout)
        assert set(written) == {"ways", "themes", "assistance", "unsaid"}
        assert all(item["number"] - 353 == item["difference"] for item in written["ways"] if item["year"] == 2011)
    if name == "jsonl":
        assert {json.loads(line)["what"] for line in result.stdout.splitlines()} == {"ways", "themes", "assistance"}
