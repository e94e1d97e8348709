"""Questions in plain words for several things, with what is asked besides of each: units, and at which activities."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph.asking import asked_columns
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, UNCLEAR, VERY_SURE

TADOC = [
    [
        "OSCE Mission to Montenegro",
        "Controlled delivery course for narcotics police and prosecutors in Montenegro",
        "Narcotics Division of the Police of Montenegro, Prosecutor's Office of Montenegro",
    ],
    ["Strategic Police Matters Unit", "Counter-Narcotics Train-the-Trainer Course", "Afghan National Police (11)"],
]
CARICC = [
    ["OSCE Centre in Ashgabat", "State Service for Combating Drugs of Turkmenistan (2)"],
    ["OSCE Centre in Astana", "National Security Committee of Kazakhstan (1), Russia (1)"],
]
EUROPE = [
    [
        "Bringing Terrorists to Justice: European Standards Promotion and Sharing of Best Practices",
        "Action against Terrorism Unit",
    ],
    ["Octopus Conference", "OSCE Office in Yerevan"],
    ["Council of Europe seminar on cyber-legislation", "OSCE Office in Baku"],
]
VISITS = [
    ["OSCE Mission in Kosovo", "United Kingdom"],
    ["OSCE Mission to Moldova", "United Kingdom"],
    ["OSCE Mission to Serbia", "Sweden, United Kingdom"],
    ["OSCE Mission to Skopje", "Tajikistan"],
    ["OSCE Office in Baku", "Italy"],
    ["OSCE Office in Yerevan", "Russia"],
    ["OSCE Project Co-ordinator in Ukraine", "Serbia"],
    ["OSCE Project Co-ordinator in Uzbekistan", "Canada, Germany, United States"],
]
CHAIRMANSHIP = [
    ["Expert Seminar on Anti-Corruption Policy and Integrity Training", "2011-03-23", "2011-03-25"],
    [
        "OSCE Conference on a Comprehensive Approach to Cyber Security: Exploring the Future OSCE Role",
        "2011-05-09",
        "2011-05-10",
    ],
    [
        "Combating Drug Trafficking and Enhancing Border Security and Management in the OSCE Area",
        "2011-06-16",
        "2011-06-17",
    ],
]
ITALIAN = [
    [
        "OSCE Mission to Serbia",
        "Training and exchange of experience for the Directorate for the Management of Seized Assets",
        "Agency for the Management of Confiscated Assets of Italy",
    ],
    [
        "OSCE Office in Baku",
        "Study visit of senior Azerbaijani officials and civil society members to Rome on the counter-trafficking response",
        "Ministry of Interior of Italy",
    ],
    [
        "Office of the Special Representative and Co-ordinator for Combating Trafficking in Human Beings",
        "SR/CTHB address to the University of Rome La Sapienza",
        "Sapienza University of Rome",
    ],
]
NORWAY = {
    "Regional Workshop on Computer Forensics and Digital Evidence for Police, Prosecutors and Judges in Southeastern Europe",
    "International Co-operation in Criminal Matters for Legal Experts in Central Asia",
    "Use of the Nordic Mule Software in the Fight against Child Pornography on the Internet for Police Services in the "
    "Western Balkans Region",
    "Technical assessment visit to connect ten border crossing points of Tajikistan to INTERPOL's I-24/7",
}


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which OSCE units ran a course with Turkey's TADOC academy, on what and for whom?", TADOC),
        ("Which field operations sent people to the surveillance course at CARICC in December, and whom?", CARICC),
        (
            "For the surveillance workshop at the CARICC in Almaty in December 2011: which OSCE Centres enabled people "
            "to take part, and who were they?",
            CARICC,
        ),
        ("To which events run by the Council of Europe did an OSCE unit go or send somebody, and which unit?", EUROPE),
        ("Which field operations arranged study visits, and to which countries?", VISITS),
        # What is to be added stands in a sentence behind it.
        (
            "For which events of 2011 is the Lithuanian Chairmanship given as a co-operating party? Add the days.",
            CHAIRMANSHIP,
        ),
        # Of units that are asked for "which" behind it are the others.
        ("Which units worked with Italian bodies, and with which?", ITALIAN),
    ],
)
def test_each_thing_has_a_row(asker: Asker, question: str, rows: list[list[Any]]) -> None:
    """The first question is answered, and of each thing it is told what is asked besides."""
    asked = asker.ask(question)
    assert (asked.status, sorted(asked.answer)) == (ANSWERED, sorted(rows))
    assert asked.evidence and asked.confidence <= VERY_SURE


def test_units_that_are_asked_for_by_name_are_units(asker: Asker) -> None:
    """Only "with which" without a noun is whoever was not asked for first."""
    asked = asker.ask("Which field operations worked with UNODC, and with which units?")
    assert asked.status == ANSWERED and ["Strategic Police Matters Unit" in row[-1] for row in asked.answer].count(True) == 2


def test_whoever_comes_first_has_rows_too(asker: Asker) -> None:
    """Of the government that paid most often it is told for which activities."""
    asked = asker.ask(
        "Which government does the report name most often as paying for activities, and which activities are they?"
    )
    assert {row[0] for row in asked.answer} == {"Norway"} and {row[1] for row in asked.answer} == NORWAY
    asked = asker.ask(
        "For which activities of 2011 did Norwegian money pay, wholly or in part, and which OSCE unit ran each?"
    )
    assert {row[0] for row in asked.answer} == NORWAY


def test_the_part_is_that_of_whoever_is_named(asker: Asker) -> None:
    """What part somebody had is told by its role in each activity."""
    asked = asker.ask("At which events did the American programme ICITAP have a part, and what part?")
    assert sorted(row[1] for row in asked.answer) == ["attendee", "partner", "speaker"]


def test_one_activity_has_no_rows_for_what_is_the_same(asker: Asker) -> None:
    """Where one activity was is not told of each who organized it."""
    asked = asker.ask("Who organized the course at Jahorina, and on which days?")
    assert not any(isinstance(value, list) for value in asked.answer)


def test_what_is_not_answered_has_no_rows(asker: Asker) -> None:
    """If the first question is not understood, nothing is told of each."""
    assert asker.ask("Which units frobnicated the gizmos of Vienna, and with whom?").status == UNCLEAR


@pytest.mark.parametrize(
    "text",
    [
        "Which units worked with the IOM, and which paid more than Norway?",
        "Did the ATU work with the WCO, and when?",
        "Who paid for it?",
        f"Which units {'and which ' * 300}?",
    ],
)
def test_other_questions_ask_for_no_columns(text: str) -> None:
    """Only what is asked of each thing makes rows."""
    assert asked_columns.besides(text) == ("", [])
