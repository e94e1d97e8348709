"""Questions in plain words: the tables of the report, rows that are complete, bounds, parts of the report."""

from __future__ import annotations

from typing import Any

import pyoxigraph
import pytest

import scorer
from oscegraph.asking import asked_chapters, asked_each, asked_standings, bounds
from oscegraph.asking.ask import Asker
from oscegraph.store import EmbeddedStore

P, F = "participating States", "Partners for Co-operation"


def answers(asker: Asker, question: str, projection: str) -> list[list[Any]]:
    """Return the answers of the candidates of a question that ask for this."""
    return [one.answer for one in asker.read(question)[1] if one.projection == projection]


# ---------------------------------------------------------------- what a text says


@pytest.mark.parametrize(
    ("text", "number", "keeps"),
    [
        ("fewer than fifty", 49, True),
        ("fewer than fifty", 50, False),
        ("at least one", 1, True),
        ("no less than 50", 49, False),
        ("not exceeding 50", 51, False),
        ("not exceeding 50", 50, True),
        ("more than twenty-five", 25, False),
        ("seven staff or more", 7, True),
        ("exactly three", 3, True),
    ],
)
def test_bounds_are_read_the_right_way_round(text: str, number: int, keeps: bool) -> None:
    """What a bound says of a number is what it means."""
    bound = bounds.bound(f"Which of them had {text} of these?")
    assert bound is not None and bound(number) is keeps


@pytest.mark.parametrize(
    "text", ["", "fifty of them", "over two hundred", "at least 1,000", "at least f\u0131ve", "more than ever"]
)
def test_no_bound_is_read_where_none_is_clear(text: str) -> None:
    """Larger numbers in words, figures in groups and odd letters set no bound; nothing fails."""
    assert bounds.bound(text) is None


def test_spans_of_chapters_have_two_ends_in_one_part() -> None:
    """A list of two chapters is no span, nor are ends in different parts; no number is too large."""
    assert asked_chapters.span_of_chapters("between II.3.2 and II.3.4") == ["II.3.2", "II.3.3", "II.3.4"]
    for text in ("II.3.2 and II.3.5", "II.1.2 to II.3.4", "II.3.1 to II.3.99999999999", ""):
        assert asked_chapters.span_of_chapters(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ratified, only signed, or stayed outside", ["ratified", "signed only", "not a party"]),
        ("neither signed nor ratified it", ["not a party"]),
        ("signed but not ratified", ["signed only"]),
        ("were not bound by it", ["signed only+not a party"]),
        ("did not join it", ["not a party"]),
        ("were parties to it", ["ratified"]),
        ("took part in the seminar", []),
    ],
)
def test_standings_are_read_in_order(text: str, found: list[str]) -> None:
    """What is denied is not taken for what it denies."""
    assert ["+".join(standing) for standing in asked_standings.standings(f"How many {text}?")] == found


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ('What is meant by "EU" and "UN", one row each?', ('"EU"', '"UN"')),
        (
            "Where was the talk on \u201cCrime, Law and Order\u201d, and where that on \u201cTrade\u201d? One row each.",
            None,
        ),
        (
            "How many came to the talk in Oslo and the visit to Bergen, with one row per event?",
            ("talk in Oslo", "visit to Bergen"),
        ),
    ],
)
def test_quoted_titles_are_one_piece(text: str, items: tuple[str, ...] | None) -> None:
    """The commas and the "and" of a title part nothing, and "one row" is no item."""
    ways = asked_each.listed(text)
    assert (ways[0].items if ways else None) == items


# ---------------------------------------------------------------- the table of ratifications


@pytest.mark.parametrize(
    ("question", "layout", "answer"),
    [
        ("How many OSCE participating States had only signed the firearms Protocol?", "numbers", [8]),
        (
            "For each Protocol to the UNTOC, how many participating States and how many Partners were not a party?",
            "by instrument",
            [["firearms", 17, 5], ["Smuggling", 2, 4], ["Trafficking", 1, 1]],
        ),
        ("How many participating States lacked ratification of the Firearms Protocol?", "numbers", [25]),
        ("Which Protocols had been ratified by fewer than fifty participating States?", "within", ["firearms", "Smuggling"]),
        (
            "The Trafficking Protocol, participating States and Partners: ratified, signed only, not a party?",
            "by group",
            [[P, "54 ratified, 1 signed, 1 not a party"], [F, "8 ratified, 3 signed, 1 not a party"]],
        ),
        (
            "By how many do ratifications of the UNTOC by participating States exceed those of the Firearms Protocol?",
            "difference of instruments",
            [24],
        ),
        (
            "Over the three Protocols, how many entries of not a party for participating States and Partners?",
            "sum by group",
            [[P, 20], [F, 10]],
        ),
        (
            "How many participating States were parties to the Trafficking Protocol, by chapter?",
            "by chapter",
            [["I.3", 54], ["II.1.5", 55]],
        ),
    ],
)
def test_the_table_of_ratifications_is_laid_out(asker: Asker, question: str, layout: str, answer: list[Any]) -> None:
    """Instruments, groups and standings are those of the question; the layout is one that is asked for."""

    def short(value: Any) -> Any:
        if isinstance(value, list):
            return [short(part) for part in value]
        return next(
            (name for name in ("firearms", "Smuggling", "Trafficking") if name.casefold() in str(value).casefold()), value
        )

    found = [short(one) for one in answers(asker, question, f"parties: {layout}")]
    assert answer in found


def test_a_store_without_figures_has_no_parties() -> None:
    """Nothing is made up, and nothing fails, where there is no such table."""
    empty = Asker(EmbeddedStore(pyoxigraph.Store(), "empty"))
    made = empty.read("How many States had ratified the Convention, and which Protocol had the most?")[1]
    assert not [one for one in made if one.family == "tally" and one.answer]


# ---------------------------------------------------------------- other tables


def test_staff_by_department_and_within_bounds(asker: Asker) -> None:
    """Departments come from details; a bound is kept to, and the number that it names is not taken for all."""
    question = "How were the staff of the Mission to Skopje split between departments?"
    assert [[number for _, number in rows] for rows in answers(asker, question, "staff by department")] == [[2, 5]]
    question = "Which field operations had at least 7 staff?"
    (rows,) = answers(asker, question, "staff within bounds with number")[:1]
    assert {number for _, number in rows} == {7, 11, 12} and not answers(asker, question, "so many staff")


def test_focal_posts_of_those_that_are_named(asker: Asker) -> None:
    """A row for each structure, with all its posts."""
    question = "What are the focal point posts of the SPMU and of the ATU in Appendix 3?"
    (rows,) = answers(asker, question, "structures and posts, named")
    assert sorted(map(len, rows)) == [2, 3] and ["Action against Terrorism Unit", "Counter Terrorism Officer"] in rows


def test_ranks_of_themes_that_are_named(asker: Asker) -> None:
    """Each theme with its rank in the year of the report."""
    question = "What rank had counter-terrorism, and what rank drugs?"
    assert [["counter-terrorism", 2], ["illicit drugs and precursors", 7]] in answers(asker, question, "ranks of named")


@pytest.mark.parametrize(
    ("question", "symbols"),
    [
        ("Which decisions of footnote 2 were adopted before 2003, where and when?", ["MC(8).DEC/1", "MC(9).DEC/6"]),
        (
            "Which decisions in footnote 2 were adopted in the month of November, where and when?",
            ["MC(8).DEC/1", "MC.DEC/8/07"],
        ),
        (
            "When was each numbered Permanent Council decision of Appendix 1 adopted after 2006 and before 2009?",
            ["PC.DEC/810", "PC.DEC/813"],
        ),
    ],
)
def test_decisions_by_month_and_span_of_years(asker: Asker, question: str, symbols: list[str]) -> None:
    """All that is said of decisions holds for those that are told."""
    assert symbols in [sorted(row[0] for row in rows) for rows in answers(asker, question, "papers and adoption")]


def test_rows_that_have_all_that_is_asked(asker: Asker) -> None:
    """Activities of which the chapter gives no town or no days are left out, and so are parts of others."""
    question = "For which events does chapter II.1.4 give both the city and exact dates? List city and dates."
    complete = [
        one
        for one in asker.read(question)[1]
        if "complete" in one.flags and one.projection == "activities with places and days"
    ]
    towns = [sorted(row[1] for row in one.answer) for one in complete]
    assert ["Astana", "Chisinau", "Kiev", "Vienna", "Vilnius", "Yerevan"] in towns


def test_bodies_by_the_roles_that_are_said(asker: Asker) -> None:
    """Each body stands with the word that the question has for its role."""
    question = "Who organized and who supported the round table on new payment methods in Kiev? Give body and role."
    rows = answers(asker, question, "bodies by role")[0]
    assert ["Strategic Police Matters Unit", "supporter"] in rows and {role for _, role in rows} == {
        "organizer",
        "supporter",
    }


def test_listed_activities_each_have_a_row(asker: Asker) -> None:
    """What is asked of each is told of each, and no two have the same activity."""
    question = (
        "How many attended the Vienna conference of 16-17 June, the Kiev seminar of 6-8 September and the course in "
        "Almaty in December?"
    )
    rows = next(one.answer for one in asker.read(question)[1] if one.family == "each" and one.projection == "people")
    assert [row[-1] for row in rows] == [120, 80, 12] and len({row[1] for row in rows}) == len(rows)


def test_a_month_that_is_said_is_no_day(asker: Asker) -> None:
    """Where the report tells only the month that the question has, it is silent on the day."""
    found = answers(asker, "On which day of March was the controlled delivery live exercise in Kosovo held?", "when")
    assert [] in found and ["2011-03"] not in found


def test_chapters_of_a_part_of_the_report(asker: Asker) -> None:
    """Chapters outside of the part that is said are left out."""
    found = answers(asker, "Which chapters between II.3.9 and II.3.14 name the SPMU?", "actor_chapters list chapter")
    assert found and all(chapter.startswith("II.3.") for chapter in found[0])


def test_scorer_takes_other_forms_of_one_value() -> None:
    """A month tells its year, a decision its bare number; other numbers are others."""
    module = scorer.module()
    assert module._parts(["2008-12"]) == ["2008-12", "2008"]
