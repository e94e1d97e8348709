"""Questions in plain words on mandates, on who spoke, on what was done alone, and on what is not what it seems."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, OUTSIDE, SILENT, VERY_SURE

ON_DRUGS = ["MC.DEC/4/07", "PC.DEC/813"]


@pytest.mark.parametrize(
    "question",
    [
        "On what mandate does the SPMU work on drugs?",
        "Under which mandate does the SPMU act against drugs?",
        "What mandate does the SPMU have for its work on drugs?",
        "What is the basis of the SPMU's work on drugs?",
        "What is the legal basis of the work of the SPMU against drugs?",
        "On which decisions does the SPMU's work on drugs rest?",
        "On which decisions is the work of the SPMU on drugs based?",
    ],
)
def test_a_mandate_is_asked_for_in_many_words(asker: Asker, question: str) -> None:
    """It is told by the decisions, as likely, with their places."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, ON_DRUGS)
    assert asked.confidence <= VERY_SURE and asked.evidence


def test_where_no_mandate_is_told_those_of_other_work_are_named(asker: Asker) -> None:
    """That the chapter cites decisions for all of its work is said beside."""
    asked = asker.ask("On which mandate does the ATU work on travel documents?")
    assert (asked.status, asked.answer) == (SILENT, [])
    assert any("PC.DEC/991" in hint for hint in asked.hints)


def test_which_activities_of_a_unit_rest_on_a_decision(asker: Asker) -> None:
    """Each is told with the decision; of a unit whose chapter states no basis none is."""
    asked = asker.ask("Which activities of the ATU rest on a decision?")
    assert {row[1] for row in asked.answer} == {"Permanent Council Decision No. 991", "Permanent Council Decision No. 992"}
    assert asker.ask("Which activities of the Centre in Astana rest on a decision?").status == SILENT


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("Which activities did the ATU carry out without a partner?", "Which activities did the ATU organize alone?"),
        (
            "Who supported the Office in Yerevan in its work on cybercrime?",
            "Who worked with the Office in Yerevan on cybercrime?",
        ),
        ("Which field office did the most on cybercrime?", "Which field operation did most on cybercrime?"),
        ("Which governments gave money, and for what exactly?", "Which States funded activities, and at which activities?"),
        ("How did EULEX and the OSCE co-operate?", "In which activities was EULEX involved?"),
        ("What was done on drugs in Ukraine and with whose help?", "What was done on drugs in Ukraine and with whom?"),
        ("List all joint events of the SPMU and UNODC.", "Which activities did the SPMU and UNODC do together?"),
        ("What does the report say about the work of the SPMU on drugs?", "What did the SPMU do on drugs?"),
        ("Summarize what the SPMU did on drugs.", "What did the SPMU do on drugs?"),
        (
            "Which Secretariat units helped the Mission to Serbia?",
            "Which Secretariat units worked with the Mission to Serbia?",
        ),
    ],
)
def test_other_words_for_plain_questions(asker: Asker, question: str, plain: str) -> None:
    """What is said otherwise is answered as the plain question is, and never called certain."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and not asked.certain
    assert sorted(map(str, asked.answer)) == sorted(map(str, asker.ask(plain).answer))


@pytest.mark.parametrize(
    "question",
    [
        "Who spoke at events of the SPMU?",
        "Who gave presentations at events of the SPMU?",
        "Who were the speakers at events of the SPMU?",
    ],
)
def test_who_spoke_at_events_of_a_unit(asker: Asker, question: str) -> None:
    """Speakers are those who are told to have spoken, not all who came."""
    answer = asker.ask(question).answer
    assert "OSCE Mission to Moldova" in answer and "Action against Terrorism Unit" in answer
    assert "United Nations Office on Drugs and Crime" not in answer


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        # One of its trainings was for twenty.
        ("How many people attended trainings of the Mission to Serbia?", [20]),
        # The report tells when its results were to be presented.
        ("When was the research on organ removal trafficking started?", ["2012-04"]),
        # Who did it is asked, too.
        ("Is there anything on witness protection, and who did it?", [True]),
        # Its number is in the question as good as said.
        ("What is the Vilnius Ministerial decision on transnational threats about?", ["MC.DEC/9/11"]),
        ("Tell me about the controlled delivery exercise in Kosovo", ["II.3.2", "II.3.3"]),
        # Two courses on forged documents, in two places.
        ("When and where were border guards taught to spot fake passports?", ["2011-04-11", "2011-04-12", "Novopokrovka"]),
        # "Travel documents" are no documents of a council.
        ("Does the report mention any project of the OCEEA on travel documents?", [False]),
    ],
)
def test_what_is_on_something_else_is_not_told(asker: Asker, question: str, wrong: list[Any]) -> None:
    """An answer on one of many, or on another matter, is not given."""
    asked = asker.ask(question)
    assert asked.status != ANSWERED or asked.answer != wrong


def test_people_at_named_trainings_are_told(asker: Asker) -> None:
    """What singles them out makes it one number."""
    asked = asker.ask("How many people attended the courses on special investigative techniques in Skopje?")
    assert (asked.status, asked.answer) == (ANSWERED, [336])


def test_the_first_months_are_a_period(asker: Asker) -> None:
    """The first three months are the first quarter."""
    asked = asker.ask("What did the SPMU do in the first three months of the year?")
    assert asked.answer and asked.answer == asker.ask("What did the SPMU do from January to March?").answer


@pytest.mark.parametrize("question", ["How much did Norway pay?", "How much did Norway pay for the assessment visit?"])
def test_sums_of_money_are_not_told(asker: Asker, question: str) -> None:
    """How much is how much money."""
    assert asker.ask(question).status == OUTSIDE


def test_which_states_did_not_ratify_is_said_not_to_be_told(asker: Asker) -> None:
    """How many there are is told instead."""
    asked = asker.ask("Which countries still haven't ratified the UN convention against organized crime?")
    assert asked.status == SILENT and "how many, not which" in asked.hints[0]
