"""Questions in plain words: who was in one of two and not in the other, and how many took part in one thing."""

from __future__ import annotations

import pytest

from oscegraph.asking import asked_but_not
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, SILENT, VERY_SURE


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (
            "Which units worked with UNODC but not with the IOM?",
            "Which units worked with UNODC?",
            "Which units worked with the IOM?",
        ),
        (
            "Which field operations worked with UNODC, and never with the IOM?",
            "Which field operations worked with UNODC?",
            "Which field operations worked with the IOM?",
        ),
        (
            "Which countries attended the Wiesbaden training but not the Belgrade workshop in June?",
            "Which countries attended the Wiesbaden training?",
            "Which countries attended the Belgrade workshop in June?",
        ),
        (
            "Which police services attended the Nordic Mule training but did not attend the covert surveillance course?",
            "Which police services attended the Nordic Mule training?",
            "Which police services attended the covert surveillance course?",
        ),
    ],
)
def test_who_was_in_the_first_only(asker: Asker, question: str, first: str, second: str) -> None:
    """They are those of the first question that the second one does not name, with the evidence of the first."""
    asked, one, other = asker.ask(question), asker.ask(first), asker.ask(second)
    assert one.answer and other.answer and one.status == other.status == ANSWERED
    left = [name for name in one.answer if name not in {*other.answer, *other.in_general}]
    assert left and left != one.answer
    assert asked.status == ANSWERED and sorted(asked.answer) == sorted(left)
    assert asked.confidence <= VERY_SURE and asked.evidence and asked.sparql and "but not" in asked.reading


def test_they_are_counted(asker: Asker) -> None:
    """Their number is that of the list."""
    listed = asker.ask("Which units worked with UNODC but not with the IOM?")
    assert asker.ask("How many units worked with UNODC but not with the IOM?").answer == [len(listed.answer)]


def test_nobody_is_left(asker: Asker) -> None:
    """Six States are told of both courses: a list that is told of two others does not answer it."""
    asked = asker.ask("Which States sent participants to the Wiesbaden course but not to the Linux course in Belgrade?")
    assert asked.status == SILENT and asked.answer == []
    assert "All who are told of the first" in asked.hints[0]


@pytest.mark.parametrize(
    "question",
    [
        "Which units worked with UNODC but not only with the IOM?",
        "Which units worked with UNODC, but not what they did?",
        "Who organized the workshop in Belgrade?",
        "Did the SPMU work with UNODC but not with the IOM?",
    ],
)
def test_other_questions_are_left(question: str) -> None:
    """What asks something else is not cut in two."""
    assert asked_but_not.read(question) is None


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("How many OSCE units were involved in the Kiev seminar of 6-8 September?", 5),
        ("How many countries sent participants to the Linux course in Belgrade?", 6),
    ],
)
def test_how_many_took_part(asker: Asker, question: str, number: int) -> None:
    """Who did is known, so how many did is, too."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and asked.answer == [number] and asked.evidence
    assert asked.reading.startswith("How many: ")


def test_states_with_another_part_are_not_counted(asker: Asker) -> None:
    """Germany was host and the United States paid: neither took part as the others did."""
    asked = asker.ask("How many states took part in the Wiesbaden course?")
    assert asked.status != ANSWERED or asked.answer == [6]


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "Which units worked with neither the IOM nor UNODC?",
            "Which units never worked with the IOM?",
            "Which units never worked with UNODC?",
        ),
        (
            "Which units never worked with either the IOM or UNODC?",
            "Which units never worked with the IOM?",
            "Which units never worked with UNODC?",
        ),
        (
            "Which field operations worked on neither drugs nor cybercrime?",
            "Which field operations never worked on drugs?",
            "Which field operations never worked on cybercrime?",
        ),
    ],
)
def test_who_was_in_neither(asker: Asker, question: str, one: str, other: str) -> None:
    """They are those of both lists; one of the two names had been left out where they were counted."""
    asked, first, second = asker.ask(question), asker.ask(one), asker.ask(other)
    both = sorted({*first.answer} & {*second.answer})
    assert both and sorted(asked.answer) == both and sorted(first.answer) != both
    assert asked.status == ANSWERED and asked.confidence <= VERY_SURE
    counted = asker.ask(question.replace("Which", "How many", 1))
    assert counted.answer == [len(both)]


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        (
            "Which OSCE structures organized or carried out a concrete activity jointly with UNODC?",
            "Which OSCE units organized activities with UNODC?",
        ),
        (
            "Which units of the OSCE Secretariat organized an event together with the Lithuanian Chairmanship?",
            "Which Secretariat units organized events with the OSCE Chairmanship?",
        ),
        (
            "Which field operation reports the largest number of events with the IOM?",
            "Which field operation had the most activities with the IOM?",
        ),
        (
            "With which OSCE units did the IOM carry out concrete joint activities in 2011?",
            "With which OSCE units did the IOM work?",
        ),
        (
            "Which States are named anywhere as having financed (or co-financed) an activity?",
            "Which States financed an activity?",
        ),
        (
            "How many staff members does each field operation say it had for work on organized crime in 2011?",
            "How many staff does each field operation have?",
        ),
    ],
)
def test_what_says_the_same(asker: Asker, question: str, plain: str) -> None:
    """Two verbs for one deed, a name with an adjective, and what is reported most often are read as the plain question."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and asked.answer == asker.ask(plain).answer


def test_a_ranking_by_others_is_none_by_activities(asker: Asker) -> None:
    """From how many States money came is not how often somebody gave some."""
    assert asker.ask("Which unit got money from the greatest number of States?").status != ANSWERED


def test_all_are_not_told_by_one(asker: Asker) -> None:
    """That one decision is described there says nothing of the others: two are not."""
    asked = asker.ask(
        "Are all the decisions that chapter II names as a mandate for an activity also described in Appendix 1?"
    )
    assert asked.status != ANSWERED


def test_days_by_two_chapters(asker: Asker) -> None:
    """One of them is said by its number, the other by whom it is on."""
    first, second = "according to chapter II.1.5", "according to the chapter on the Mission to Moldova"
    asked = asker.ask(f"When did the Special Representative visit Moldova, {first} and {second}?")
    assert asked.answer == [["II.1.5", "2011-10-31", "2011-11-01"], ["II.3.6", "2011-10-31", "2011-11-02"]]
