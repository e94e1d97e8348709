"""Questions in plain words on one activity: by its title, or described so that only one fits."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, VERY_SURE

SKOPJE = ["Action against Terrorism Unit", "World Customs Organization"]
GANJA = [
    "Anti-Trafficking Unit of the Ministry of Internal Affairs of Azerbaijan",
    "National Bureau of Investigation of Hungary",
    "International Organization for Migration",
    "Strategic Police Matters Unit",
]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        # By kind, place and days, or much else.
        ("Which OSCE structures organized the conference in Vienna on 9-10 May 2011?", ["Action against Terrorism Unit"]),
        ("With whom did the OSCE Office in Baku organize the two-day workshop in Ganja on 18-19 April 2011?", GANJA),
        ("Who paid for the Belgrade workshop of 2-3 June?", ["Norway"]),
        ("In which chapters is the December workshop in Almaty told?", ["II.1.1", "II.3.10", "II.3.11"]),
        # By the title.
        (
            '"Workshop on creating a National Referral Mechanism for trafficking victims in Tajikistan": when was it held?',
            ["2011-06"],
        ),
        (
            'Who funded the training "Using Linux as an Investigative Tool"?',
            ["Finland"],
        ),
        # What stands before a colon.
        (
            "The May roundtable in Astana: who held it?",
            ["OSCE Centre in Astana", "Mazhilis of the Parliament of Kazakhstan"],
        ),
        # Who helped to prepare it did not organize it.
        ("Customs workshop in Skopje, May 2011: with whom did the ATU organize it?", ["World Customs Organization"]),
    ],
)
def test_the_one_that_fits_is_meant(asker: Asker, question: str, answer: list[str]) -> None:
    """What is told of it is the answer."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and sorted(asked.answer) == sorted(answer)
    assert asked.evidence


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Did the OSCE Office in Baku organize the April workshop in Ganja on trafficking?", [True]),
        ("Was the OSR/CTHB one of the organizers of the EULEX training course on THB in Pristina?", [False]),
        ("The EULEX course on THB in Pristina: was the OSR/CTHB one of its organizers?", [False]),
        ("Did Finland pay for the computer forensics workshop in Belgrade of 2-3 June?", [False]),
        ("Was the computer forensics workshop in Belgrade of 2-3 June paid for by Norway?", [True]),
    ],
)
def test_whether_somebody_had_a_role_in_it(asker: Asker, question: str, answer: list[bool]) -> None:
    """It is asked of whoever is named, and not of another name in the description."""
    assert asker.ask(question).answer == answer


def test_partners_may_be_meant_as_organizers(asker: Asker) -> None:
    """If a unit alone is told to have organized it they are, and it is said who is told to have done what."""
    asked = asker.ask('Who organized the workshop "Implementation of the Universal Anti-Terrorism Instruments (UATI)"?')
    assert len(asked.answer) == 4 and asked.confidence <= VERY_SURE
    assert any(
        "Told to have organized it: Action against Terrorism Unit; to have co-operated:" in hint for hint in asked.hints
    )
    asked = asker.ask("Who organized the SAFE Framework workshop in Skopje in May?")
    assert asked.answer == SKOPJE and not asked.certain


@pytest.mark.parametrize(
    "question",
    [
        # Of two workshops there in that time, and of none in Oslo.
        "Who organized the October workshop in Belgrade?",
        "Who paid for the June workshop in Oslo?",
        # A month is told, and no day.
        "On which days was the regional meeting in Kosovo in March?",
        # How many were sent there is not how many came.
        "How many people came to the July workshop in Yerevan?",
        # Two things are asked.
        "Who organized the workshop in Ganja on 18-19 April, and who taught?",
        # With whom it was is a part of the claim.
        "Did the OSCE Mission to Bosnia and Herzegovina organize the training in Jahorina with ODIHR?",
    ],
)
def test_what_is_not_plain_is_left_to_other_readings(asker: Asker, question: str) -> None:
    """Where none or several fit, or where what is asked is not told so."""
    assert asker.described.read(asker._question(question)) is None


def test_whom_a_question_sets_aside_is_no_other_name(asker: Asker) -> None:
    """The place of an event is not set aside with the unit beside which others stood."""
    asked = asker.ask(
        "Who stood beside the ATU as organizer or partner of the late-November workshop in Bishkek on the universal"
        " anti-terrorism instruments?"
    )
    assert "OSCE Centre in Bishkek" in asked.answer and len(asked.answer) == 3
    question = "Apart from the police, which Armenian authorities were represented at the Yerevan conference of 8 December"
    answer: list[Any] = asker.ask(f"{question} on the state of cyber security?").answer
    assert "Police of Armenia" not in answer
