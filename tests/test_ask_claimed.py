"""Claims that the answer to another question tells: the only one, the most, two alike; what chapters and rows leave out."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph.asking import asked_claims
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, CERTAIN, UNCLEAR

BAKU, BISHKEK, TAJIKISTAN = "OSCE Office in Baku", "OSCE Centre in Bishkek", "OSCE Office in Tajikistan"
KOSOVO, ASTANA, UKRAINE = "OSCE Mission in Kosovo", "OSCE Centre in Astana", "OSCE Project Co-ordinator in Ukraine"
TWICE_PAID = [
    "Counter-Narcotics Train-the-Trainer Course",
    "International Co-operation in Criminal Matters for Legal Experts in Central Asia",
]
REPORT = "the decision that tasks the Secretary General to draw up a report on police-related activities?"
TRAINED = ["Cybercrime Research Institute", "Prosecutors Association of Serbia"]


@pytest.mark.parametrize(
    ("question", "so"),
    [
        ("Is the Office in Tajikistan the field operation with the most staff?", True),
        ("Does the Office in Tajikistan have more staff than any other field operation?", True),
        ("Does the Office in Baku have more staff than any other field operation?", False),
        ("Was Skopje the only place where the module of ODIHR and the SPMU was tried out?", False),
        ("Was the Office in Baku the only field operation with just two staff members?", False),
        ("Was the Octopus Conference the only event in Strasbourg?", True),
        # Decision 914 asked for it.
        (
            f"Is PC.DEC/758 {REPORT}",
            False,
        ),
        (
            f"Is PC.DEC/914 {REPORT}",
            True,
        ),
        ("Was the Alliance conference in June the event with the most participants?", True),
        # Finland paid for the one, the United States for the other.
        (
            "Was the Linux course in Belgrade paid for by the same country as the IT forensics course in Wiesbaden?",
            False,
        ),
        ("Did the ATU watch the Donbass 2012 exercise at the invitation of the Ukrainian Security Service?", False),
        ("Is it true that more activities dealt with terrorism than with human trafficking?", False),
        ("Did the SPMU have more staff than the OSR/CTHB had on trafficking?", False),
        (
            "Does the chapter on the Mission to Serbia put the Linux training in another month than the SPMU chapter does?",
            True,
        ),
        (
            "Does either the Centre in Bishkek or the Office in Tajikistan report the Almaty workshop of November "
            "in its own chapter?",
            False,
        ),
        ("Is there any event for which the report names both the ATU and the OSR/CTHB as taking part?", False),
    ],
)
def test_a_claim_is_held_against_the_answer(asker: Asker, question: str, so: bool) -> None:
    """Whether it is so is told by who or what answers the question for it, and never as certain beyond that."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, [so])
    # Where nobody is told to have done so there is no place in the report.
    assert asked.evidence or "both the ATU" in question


def test_who_is_not_named_alone_is_not_held_against_an_answer(asker: Asker) -> None:
    """Of what is not known, or said with more words, nothing is claimed."""
    claims = ("Was Zorgland the only State that paid for the course?", "Was it the only event in Vienna?")
    assert all(asker.ask(one).answer in ([], [False]) for one in claims)
    assert asked_claims.the_one("Was the SPMU the only organizer of it?") is None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which chapter names the SPMU as a supporter of the Baku cybercrime conference of October?", ["II.3.8"]),
        ("Which chapter names Norway as a donor of the workshop on computer forensics in Belgrade?", ["II.1.1"]),
        ("Which chapters name the OCEEA in connection with the seminar in Kiev of 6-8 September?", ["II.1.1"]),
        (
            "Which field operations organized, attended or sent someone to the Kiev seminar of 6-8 September?",
            [ASTANA, KOSOVO, UKRAINE],
        ),
        ("Which events were paid for by more than one State?", TWICE_PAID),
        ("Which events did more than one State pay for?", TWICE_PAID),
        ("Which two events in the chapter of the SPMU were paid for by more than one government?", TWICE_PAID),
        ("Which organizations trained police?", TRAINED),
        ("Which Turkish bodies trained police officers?", ["Turkish National Police"]),
        (
            "In which months did the SPMU and the OSCE Project Co-ordinator in Ukraine appear in the same activity?",
            ["2011-05", "2011-06", "2011-09", "2011-10", "2011-11"],
        ),
        (
            "On which days did the SPMU contribute to events of the Office in Baku?",
            ["2011-04-18", "2011-04-19", "2011-06-09", "2011-06-10", "2011-10-06", "2011-10-07"],
        ),
        (
            "Which Italian towns are named as places of events or workshops to which the OSR/CTHB contributed?",
            ["Cesena", "Otranto", "Palermo", "Rome"],
        ),
    ],
)
def test_what_is_asked_is_told(asker: Asker, question: str, answer: list[Any]) -> None:
    """Chapters by whom they name there, parts by all that are listed, teachers by who taught."""
    asked = asker.ask(question)
    assert (asked.status, sorted(map(str, asked.answer))) == (ANSWERED, sorted(map(str, answer)))


def test_columns_behind_a_question(asker: Asker) -> None:
    """Days and donors are told of each."""
    days = asker.ask("Which events did the Office in Baku hold, and on what days was each held?").answer
    assert ["Eighth steering committee meeting of the ILO", "2011-02-15"] in days
    paid = asker.ask(
        "Which events in chapter II.1.1 were paid for by more than one State, and which States shared the bill?"
    )
    assert [row[0] for row in paid.answer] == TWICE_PAID
    assert paid.answer[0][1] == "Belgium, Türkiye"
    alone = asker.ask("Which events did Norway pay for, alone or with other donors, and when?")
    assert alone.answer == asker.ask("Which events did Norway pay for and when?").answer


def test_two_activities_side_by_side(asker: Asker) -> None:
    """Names that both have are told by title, and not as one list."""
    question = (
        "Which Tajik authorities had asked for the project to link border crossing points to INTERPOL, and which for the "
        "workshop on identity management?"
    )
    answer = asker.ask(question).answer
    assert [row[1].count("Tajikistan") for row in answer] == [3, 2]


@pytest.mark.parametrize(
    "question",
    [
        # Who is on the list of the SPMU and not on the general one is no list of the others.
        "To which ENFSI meetings did the Mission to Montenegro send experts, with town, days and number of experts?",
        "Which chapters name the SPMU on the cybercrime conference in Baku in October 2011?",
        "Which British bodies attended OSCE events?",
    ],
)
def test_what_lacks_something_is_asked_back(asker: Asker, question: str) -> None:
    """Rows without the number that is asked for, chapters that name somebody else, all bodies of a State."""
    assert asker.ask(question).status == UNCLEAR


@pytest.mark.parametrize(
    "question",
    [
        # ODIHR is; the report tells of no other, and a statement on one is no answer.
        "Was ODIHR the only institution that issued an opinion on a draft law?",
        "Was the UK study visit in the same week as the Linux course?",
        "Was the Nordic Mule training NOT paid for by the same State as the Linux course?",
        # In Chisinau it was in September.
        "Did the SPMU attend the Kiev seminar at the invitation of UNODC?",
        "Did Turkey and the United States both train the Kosovo police?",
        "Did Europol and UCD both accredit the Linux course?",
        "Which field is first by number of activities?",
        "Which chapter names Norway as funder of the border crossing project?",
    ],
)
def test_what_nothing_decides_is_asked_back(asker: Asker, question: str) -> None:
    """The only one, the same, what is denied: a guess is no answer; nor is a unit one for a field."""
    assert asker.ask(question).status == UNCLEAR


def test_what_limits_both_places_limits_each(asker: Asker) -> None:
    """The workshop in Chisinau was in September, that in Yerevan in June."""
    assert asker.ask("Did the ATU hold workshops in both Chisinau and Yerevan in June?").answer != [True]


def test_the_other_list(asker: Asker) -> None:
    """Missing from the general list is not the same as on it."""
    question = "Which partners in the SPMU's list for police development are missing from the general list in I.4?"
    assert "NATO" not in asker.ask(question).answer


def test_lists_of_bodies_by_adjective(asker: Asker) -> None:
    """Bodies of a State are called by its adjective, by its letters and by its name."""
    ways = ("Which American bodies does the report name?", "Which US bodies does the report name?")
    told = asker.ask("Which bodies of the United States does the report name?").answer
    assert len(told) > 5
    assert all(asker.ask(way).answer == told for way in ways)
    certain = asker.ask("Which US agencies worked with the Mission to Serbia?")
    assert certain.status == UNCLEAR or (certain.confidence < CERTAIN and set(certain.answer) < set(told))
