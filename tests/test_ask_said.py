"""Questions with a sentence before them, on all of some structures, and answers that said more than they rest on."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph.asking import asked_every, asked_said
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, UNCLEAR

# ---------------------------------------------------------------- what is said before


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "Two Council decisions lay behind the conference. Which ones?",
            "Which two Council decisions lay behind the conference?",
        ),
        ("Two courses built on it. Which are they, and who paid?", "Which two courses built on it, and who paid?"),
        ("One unit has no chapter. Which unit?", "Which unit has no chapter?"),
        ("Belgium and Turkey paid for one course. Which one?", "Belgium and Turkey paid for which course?"),
        ("It turns up in exactly two chapters. Which ones?", "It turns up in which two chapters?"),
        ("The WCO held two workshops in May. Where were they?", "Where were the workshops that the WCO held in May?"),
        ("Three seminars were held in Kiev. Who paid for them?", "Who paid for the seminars that were held in Kiev?"),
        (
            "The mission is small. What does it do, and what is its seat?",
            "What does the mission do, and what is the mission's seat?",
        ),
    ],
)
def test_a_sentence_and_a_question_are_one_question(text: str, whole: str) -> None:
    """What the sentence says stands in the question."""
    assert list(asked_said.in_one(text, lambda said: "The mission" if said.startswith("The mission") else "")) == [whole]


@pytest.mark.parametrize(
    "text",
    [
        "Who paid for the workshop in Skopje?",
        "Who paid? Which ones?",
        # "One of" several is not that.
        "The unit paid for one of the courses. Which one?",
        "The U.S. embassy paid for it.",
        # It is the workshop, not the unit.
        "The mission held a workshop on 3 May. Who attended it?",
        "One thing. And another. Which ones?",
    ],
)
def test_what_is_not_known_to_be_meant_is_left(text: str) -> None:
    """Other sentences are read as they stand."""
    assert not list(asked_said.in_one(text, lambda _: "The mission"))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "The ATU ran two workshops jointly with the World Customs Organization in 2011."
            " How many participants did they have in all?",
            [35],
        ),
        (
            "Three chapters on the work of the executive structures quote numbered decisions of the Ministerial or Permanent"
            " Council. Which ones?",
            ["II.1.1", "II.1.2", "II.1.5"],
        ),
    ],
)
def test_what_was_asked_back_is_answered_as_one_question(asker: Asker, question: str, answer: list[Any]) -> None:
    """It says as what it was read, and is likely only."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, answer)
    assert asked.hints[0].startswith("Read as one question: ") and not asked.certain and asked.question == question


def test_it_is_whoever_the_sentence_is_on(asker: Asker) -> None:
    """A sentence on what the actor is, and not on an event."""
    asked = asker.ask(
        "The OSCE Mission to Bosnia and Herzegovina has no chapter of its own."
        " Which events does the report say it organized?"
    )
    assert asked.status == ANSWERED and len(asked.answer) == 3 and asked.evidence


# ---------------------------------------------------------------- all of them


@pytest.mark.parametrize(
    ("text", "question", "area", "number"),
    [
        ("Does every mission work on drugs?", "Which missions work on drugs?", "", None),
        ("Did all 14 field operations co-operate with UNODC?", "Which field operations co-operated with UNODC?", "", 14),
        ("Has each of the units of the Secretariat met it?", "Which units of the Secretariat have met it?", "", None),
        ("Did every one of the five Central Asian operations act?", "Which operations act?", "Central Asian", 5),
    ],
)
def test_all_of_them_is_which_of_them(text: str, question: str, area: str, number: int | None) -> None:
    """The question, where they are, and how many they are said to be."""
    every = asked_every.read(text)
    assert every is not None and (every.question, every.area, every.number) == (question, area, number)


@pytest.mark.parametrize(
    "text", ["Did all participants come from Serbia?", "Did the units all attend?", "Which units all did it?"]
)
def test_all_of_anything_else_is_not_asked_so(text: str) -> None:
    """Only structures with chapters of their own are looked up one by one."""
    assert asked_every.read(text) is None


def test_all_did_it_if_each_is_told(asker: Asker) -> None:
    """And no is no more than likely, with those of whom it is not told."""
    yes = asker.ask("Did every field operation in Central Asia work on trafficking in human beings?")
    assert yes.answer == [True] and "Told of all 5: " in yes.hints[0] and yes.evidence
    no = asker.ask("Did all South-East European missions work on corruption?")
    assert no.answer == [False] and "OSCE Mission to Montenegro" in no.hints[0] and not no.certain
    assert asker.ask("Did all six field operations in Central Asia work on trafficking?").answer != [True]
    back = asker.ask("Did every field operation plant trees?")
    assert back.status != ANSWERED or back.answer == [False]


def test_who_did_it_in_general_did_it(asker: Asker) -> None:
    """Of the SPMU it is told without an activity that it worked with INTERPOL."""
    asked = asker.ask("Did every unit of the Secretariat co-operate with INTERPOL?")
    assert asked.answer == [False] and "Strategic Police Matters Unit" not in asked.hints[0]


# ---------------------------------------------------------------- more than it rests on


def test_over_a_hundred_is_more_than_a_hundred(asker: Asker) -> None:
    """The report says so of the seminar in Tashkent."""
    asked = asker.ask("Which conferences or seminars had more than 100 participants?")
    assert "Countering Money Laundering and Financing of Terrorism" in asked.answer and len(asked.answer) == 4
    assert len(asker.ask("Which conferences or seminars had exactly 100 participants?").answer) == 0


@pytest.mark.parametrize(
    "question",
    [
        # 350 came in all.
        "How many Ukrainian officials attended the 11th Alliance conference in June?",
        # That service organized it.
        "With whom was the exercise of 29 September in Donetsk organized?",
        # These taught.
        "Who ran the five-day training on protecting witnesses in Kosovo?",
    ],
)
def test_what_says_more_is_asked_back(asker: Asker, question: str) -> None:
    """The number of all, who organized it, or who taught is none of these."""
    assert asker.ask(question).status == UNCLEAR


def test_who_taught_or_was_sent_is_told_where_that_is_asked(asker: Asker) -> None:
    """The number is that of those who were sent."""
    assert asker.ask("How many Serbian policemen were sent to the Vienna conference on drug trafficking?").answer == [2]


def test_a_span_of_chapters_is_heeded_by_counts_over_all(asker: Asker) -> None:
    """The Presence in Albania does not name it either, in II.3.1."""
    asked = asker.ask("Which of the field operation chapters II.3.8-II.3.14 do not mention the SPMU at all?")
    assert asked.answer == ["OSCE Centre in Bishkek", "OSCE Office in Tajikistan"]


@pytest.mark.parametrize(
    ("aside", "left"),
    [("the OSCE", True), ("the 14 EU representatives and the OSR/CTHB", True), ("the EU representatives", False)],
)
def test_what_is_set_aside_is_all_of_it(asker: Asker, aside: str, left: bool) -> None:
    """Parts of the OSCE with the OSCE, and the second of two names."""
    asked = asker.ask(f"Which organizations provided experts for the FRONTEX manual's working group, apart from {aside}?")
    assert len(asked.answer) >= 7 and all("Special Representative" not in one for one in asked.answer) == left


def test_units_and_authorities_are_no_ngos(asker: Asker) -> None:
    """However sure the reading is that names them."""
    asked = asker.ask("Which NGOs took part in the Jahorina training course on combating terrorism of 11-12 May 2011?")
    assert asked.status == UNCLEAR


def test_a_number_of_a_title_limits_nothing(asker: Asker) -> None:
    """The visit was to ten crossing points; to six it was not."""
    question = (
        "At the end of 2011, was the final approval for the INTERPOL link at {} border crossing points still outstanding?"
    )
    assert asker.ask(question.format("ten")).answer == [True]
    assert asker.ask(question.format("six")).answer != [True]


def test_what_somebody_needs_is_asked_for(asker: Asker) -> None:
    """Which of them did it is the question."""
    asked = asker.ask("I need the German institutions that received the Uzbek delegation in December 2011.")
    assert asked.status == ANSWERED and len(asked.answer) == 4


# ---------------------------------------------------------------- days


def test_days_that_differ_between_chapters_are_said(asker: Asker) -> None:
    """Both are told, with which chapter says which."""
    asked = asker.ask("When was the SPMU's training seminar in Vilnius about child abuse on the Internet?")
    assert {*asked.answer} == {"2011-05-24", "2011-05-25", "2011-05-27"}
    assert (
        asked.hints[0] == "The chapters differ: II.1.1 says 2011-05-25 to 2011-05-27; II.3.7 says 2011-05-24 to 2011-05-27."
    )
    other = asker.ask("When was the Octopus Conference?")
    assert other.answer and not any("differ" in hint for hint in other.hints)


# ---------------------------------------------------------------- staff


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("How many staff does each field operation have?", 14),
        ("How many staff members did each field operation have, national and international together?", 14),
        ("What is the number of staff of each secretariat unit?", 4),
        ("List the staff numbers of all field operations.", 14),
    ],
)
def test_staff_of_each_is_no_sum(asker: Asker, question: str, rows: int) -> None:
    """One row each, national and international together."""
    asked = asker.ask(question)
    assert asked.certain and len(asked.answer) == rows and all(type(number) is int for _, number in asked.answer)


def test_the_most_staff_are_no_sum(asker: Asker) -> None:
    """National and international staff are added up, not those of all operations."""
    asked = asker.ask(
        "Which field operation states the largest number of staff at the beginning of its chapter, and how many are they"
        " (international and national together)?"
    )
    assert asked.answer == [["OSCE Office in Tajikistan", 12]]
    assert asker.ask("How many staff do all field operations have together?").answer == [73]


# ---------------------------------------------------------------- lists that are none


def test_one_unit_has_both(asker: Asker) -> None:
    """Two things that one unit has are no list of two."""
    asked = asker.ask("Which unit is listed with a focal point in Appendix 3 and a row in Appendix 2, yet has no chapter?")
    assert asked.answer == ["Gender Section"]


def test_numbers_of_those_who_are_named_are_added_up(asker: Asker) -> None:
    """Two from each of the two, also where "in total" goes without saying in plainer words."""
    asked = asker.ask(
        "How many people in total did the Centres in Ashgabat and Astana help to attend the December 2011 surveillance and"
        " controlled delivery training run by CARICC in Almaty?"
    )
    assert asked.answer == [4]
    each = asker.ask("How many people did the Centres in Ashgabat and Astana help to attend the CARICC training in Almaty?")
    assert each.answer != [4]


@pytest.mark.parametrize(
    "question",
    [
        "In the chapters of which OSCE units does the Egmont Group of Financial Intelligence Units turn up?",
        "In whose chapters is the Egmont Group of Financial Intelligence Units mentioned?",
    ],
)
def test_in_whose_chapters_somebody_appears(asker: Asker, question: str) -> None:
    """In whatever words."""
    assert len(asker.ask(question).answer) == 4


def test_who_put_up_money_funded(asker: Asker) -> None:
    """For what a unit hosted or organized."""
    asked = asker.ask("Which governments put up money for events that the SPMU hosted, co-hosted or organized in 2011?")
    assert {*asked.answer} == {"Australia", "Belgium", "Finland", "Norway", "Türkiye", "United States"}


# ---------------------------------------------------------------- what says no more, and whose chapters these are


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "Leaving aside general lists of partners: which OSCE units worked with INTERPOL?",
            "Which OSCE units worked with INTERPOL?",
        ),
        ("Which event had the most participants, as far as numbers are given?", "Which event had the most participants?"),
        (
            "Which executive structures, Secretariat units included, report on corruption under a heading that names it?",
            "Which executive structures report on corruption under a heading that names it?",
        ),
    ],
)
def test_what_says_no_more_changes_nothing(asker: Asker, question: str, answer: str) -> None:
    """What asks for all that is told is answered as the plain question is."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED
    assert asked.answer == asker.ask(answer).answer


def test_what_is_asked_besides_is_not_dropped(asker: Asker) -> None:
    """Dates that are asked for behind a question for events are told with them."""
    asked = asker.ask("Which events were in Vienna in June? Give all dates.")
    assert asked.status != ANSWERED or all(len(row) > 1 and row[1].startswith("2011-06") for row in asked.answer)


def test_whether_several_chapters_tell_it_is_asked_of_each(asker: Asker) -> None:
    """Where one of two chapters tells it, neither yes nor no is so."""
    asked = asker.ask("Do the chapters of the SPMU and the Centre in Astana mention the July workshop for legal experts?")
    assert asked.answer == [["II.1.1", True], ["II.3.11", False]] and not asked.certain
    asked = asker.ask(
        "The Centre in Bishkek and the Office in Tajikistan co-organized the workshop on migrant smuggling in Almaty. "
        "Do their own chapters mention it?"
    )
    assert (asked.status, asked.answer) == (ANSWERED, [False])
    assert asker.ask("Do the chapters on the ATU and the OCEEA mention the workshop in Chisinau?").answer == [True]


def test_to_be_among_those_who_did_it_is_yes_or_no(asker: Asker) -> None:
    """Nobody's name is asked for."""
    asked = asker.ask("The workshop of 31 May - 1 June for police from Astara: was the ILO among those who conducted it?")
    assert (asked.status, asked.answer) == (ANSWERED, [False])


def test_the_number_of_a_decision_is_no_count(asker: Asker) -> None:
    """That it was the 14th council does not say which number its decision has."""
    asked = asker.ask("What is the number of the Ministerial Council decision on combating sexual exploitation of children?")
    assert asked.status != ANSWERED
    assert asker.ask("What is the number of the decisions in Appendix 1?").answer != []


def test_what_two_wrote_together_is_no_sum(asker: Asker) -> None:
    """A number of what two made together is one number."""
    question = (
        "How many recommendations does the report on economic crime suppression contain that the Law Enforcement Department "
        "and the FIU wrote together?"
    )
    assert asker.ask(question).answer == [16]


def test_in_which_role_is_not_at_what(asker: Asker) -> None:
    """What tells no role is no answer where a role is asked for."""
    asked = asker.ask(
        "In which role did the Office in Baku take part in the seminar on cyber-legislation, and who sponsored it?"
    )
    assert asked.status == UNCLEAR or "speaker" in str(asked.answer)
