"""Questions that are laid out like a table, list roles or kinds, or put all parts of the OSCE in a row."""

from __future__ import annotations

import pytest

from oscegraph.asking import asked_columns, asked_laid_out
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, UNCLEAR, VERY_SURE


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        (
            "For each event in Minsk in 2011: the unit and the days.",
            "Which events were in Minsk, with their units and with their days?",
        ),
        (
            "At which events outside Azerbaijan was the OSCE Office in Baku involved? Give the town and the days.",
            "Which events outside Azerbaijan did the OSCE Office in Baku have, with their towns and with their days?",
        ),
        (
            "October to December 2011 in Kazakhstan: list the events with their days.",
            "Which events took place in Kazakhstan from October to December 2011, with their days?",
        ),
        (
            "Which field operations organized, sponsored or supported a study visit or study tour abroad?",
            "Which field operations took part in study visits?",
        ),
        (
            "The IOM: list every part of the OSCE that worked with it.",
            "Which OSCE units worked with the IOM?",
        ),
        (
            "Which OSCE units, institutions and field operations did something together with the OSCE Office in Tajikistan?",
            "Which OSCE units worked with the OSCE Office in Tajikistan?",
        ),
        (
            "Is there any activity that ODIHR and the OCEEA are reported to have carried out together?",
            "Is there any activity that ODIHR and the OCEEA carried out together?",
        ),
        ("Which single conference had more participants than any other?", "Which conference had the most participants?"),
        ("Which town occurs most often as the venue of events?", "Which town had the most events?"),
    ],
)
def test_it_is_answered_as_a_plain_question_is(asker: Asker, question: str, plain: str) -> None:
    """It has the same answer, and is not certain if it was read in other words."""
    asked, same = asker.ask(question), asker.ask(plain)
    assert same.status == ANSWERED and same.answer
    assert sorted(map(str, asked.answer)) == sorted(map(str, same.answer))
    read_so = asked.hints and asked.hints[0].startswith("In plainer words: ")
    assert not read_so or (asked.confidence <= VERY_SURE and not asked.certain)


@pytest.mark.parametrize(
    "text",
    [
        # What is to be told is none of the columns that are known.
        "For each event in Minsk: the weather and the day.",
        # One role is no list of roles.
        "Which units attended the seminar?",
        # Words before the colon that neither names nor a period account for.
        "Rabbits in Kazakhstan: list the events.",
        "",
    ],
)
def test_what_is_not_known_is_left(text: str) -> None:
    """A question with anything else is not turned into one without it."""
    kinds = lambda said: [("in", "Kazakhstan")] * ("Kazakhstan" in said)  # noqa: E731
    assert not asked_laid_out.with_columns(text, kinds)
    assert not asked_laid_out.headed(text, kinds)
    assert asked_laid_out.any_part(text, kinds) == text


def test_who_worked_with_whom(asker: Asker) -> None:
    """Both sides by their kinds give a row for each two, and nobody who is of neither."""
    asked = asker.ask("Which Italian bodies worked with which field operations?")
    assert asked.answer == [
        ["OSCE Mission to Serbia", "Agency for the Management of Confiscated Assets of Italy"],
        ["OSCE Office in Baku", "Ministry of Interior of Italy"],
    ]
    assert asked.evidence and asked.confidence <= VERY_SURE
    assert not asked_columns.pairs("Which Italian bodies worked with which ministries?")


def test_who_works_with_an_organization_in_general_counts(asker: Asker) -> None:
    """Who organized something with it is named whoever tells it; who names it as a partner in general, too."""
    with_iom, with_interpol = (
        asker.ask(f"Which OSCE units and field operations name {name} as a partner?") for name in ("the IOM", "INTERPOL")
    )
    # Only the chapter on Baku tells of what the Office in Yerevan did with it.
    assert "OSCE Office in Yerevan" in with_iom.answer and len(with_iom.answer) == 8
    # Its partners are listed without an activity.
    assert "Strategic Police Matters Unit" in with_interpol.answer and len(with_interpol.answer) == 5
    assert {"activity", "chapter", "lines"} <= set(with_iom.evidence[0])


def test_whose_unit_reached_the_most_operations(asker: Asker) -> None:
    """What is counted are others, not activities, and the kinds of both are heeded."""
    asked = asker.ask("Which Secretariat unit worked with the most field operations?")
    assert asked.answer == ["Strategic Police Matters Unit"]
    assert asked.source is not None and asked.source.query == "structure_reach"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What was the Uzbek course of 24-28 January about?", "clandestine laboratories"),
        ("What were the courses for Kyrgyz forensic experts about?", "electronic fingerprinting"),
        ("What was the September training-of-trainers course in Tajikistan for?", "trainer team"),
        ("What came out of the Swedish expert's assessment in Kyrgyzstan?", "recommendations"),
        # A hundred who came are no outcome, and no basis is asked for.
        ("What came out of the forensic roundtables in Issyk-kul and Jalal-Abad?", "recommendations"),
        ("What was the result of the visit of the University at Albany to Yerevan?", "curriculum"),
        ('What was the "Tactical Strategic Planning Workshop" about?', "Rules of Engagement"),
    ],
)
def test_what_is_said_of_an_activity(asker: Asker, question: str, words: str) -> None:
    """What it was about, for, or what came of it is told by a detail, and never for certain."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and not asked.certain
    assert any(words in str(value) for value in asked.answer) and asked.evidence


@pytest.mark.parametrize(
    "question",
    [
        # Several activities are as likely.
        "What was the training about?",
        # No detail has anything of the sort.
        "What came out of the Octopus Conference?",
    ],
)
def test_what_is_not_said_is_not_made_up(asker: Asker, question: str) -> None:
    """It is asked back, or told that the report is silent."""
    asked = asker.ask(question)
    assert asked.status != ANSWERED or not asked.answer or asked.kind[0] != "detail", asked.answer
    assert asked.status != UNCLEAR or asked.hints
