"""Questions in plain words on everybody in one activity, on each chapter that tells it, and on who sent whom."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, SILENT, VERY_SURE

DONBASS = {
    ("Security Service of Ukraine", "organizer"),
    ("Anti-Terrorism Center of the Commonwealth of Independent States", "facilitator"),
    ("Action against Terrorism Unit", "attendee"),
    ("Belarus", "partner"),
    ("Moldova", "partner"),
    ("Poland", "partner"),
}
UK_VISIT = [
    ["II.1.1", "Ministry of Internal Affairs of Moldova, Ministry of Interior of Ukraine"],
    ["II.3.6", "Centre for Combating Trafficking in Persons of Moldova (3)"],
    ["II.3.7", "Ministry of Interior of Ukraine"],
]
FIU = [
    [
        "II.1.4",
        "Egmont Group of Financial Intelligence Units, "
        "Office of the Co-ordinator of OSCE Economic and Environmental Activities",
    ],
    ["II.3.10", "Egmont Group of Financial Intelligence Units"],
]
ALMATY = [
    ["OSCE Centre in Ashgabat", "State Service for Combating Drugs of Turkmenistan (2)"],
    ["OSCE Centre in Astana", "National Security Committee of Kazakhstan (1), Russia (1)"],
]
UKRAINIANS = [
    "Training seminar on on-line child abuse investigation and victim identification, Vilnius",
    "11th Alliance against Trafficking in Persons Conference: Preventing Trafficking in Human Beings for Labour "
    "Exploitation: Decent Work and Social Justice",
    "Leveraging Anti-Money Laundering Regimes to Combat Trafficking in Human Beings",
    "Study visit of Moldovan and Ukrainian Interior Ministry experts to the UK on anti-trafficking",
]


@pytest.mark.parametrize(
    "question",
    [
        'What part did each body have in the "Donbass 2012" anti-terrorism exercise of 29 September 2011?',
        "Which bodies took part in the Donbass 2012 exercise, and in which role?",
        "Who had which part in the Donbass 2012 exercise: who ran it, who invited, who watched?",
    ],
)
def test_everybody_is_told_with_the_role(asker: Asker, question: str) -> None:
    """Everybody in an activity is told with the role, and never called certain."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED
    assert {tuple(row) for row in asked.answer} == DONBASS
    assert asked.confidence <= VERY_SURE
    assert {(e["chapter"], *e["lines"]) for e in asked.evidence} == {("II.1.2", 567, 573)}


def test_those_who_came_are_told_in_words_where_no_body_is_named(asker: Asker) -> None:
    """Who came is told in words, with the number, if no body is named."""
    asked = asker.ask("Who had which part in the Counter Drug Course in Uzbekistan of 24-28 January 2011?")
    assert asked.answer == [
        ["OSCE Project Co-ordinator in Uzbekistan", "organizer"],
        ["Strategic Police Matters Unit", "partner"],
        ["International Training and Civilian Crisis Management Centre of Hungary", "trainer"],
        ["law enforcement practitioners from Tashkent and the regions (25)", "attendee"],
    ]


def test_the_roles_of_those_who_are_named(asker: Asker) -> None:
    """Those who are named are told with their roles, if all of them had one."""
    asked = asker.ask(
        "Which part had the Ukrainian Security Service, the Anti-Terrorism Center of the CIS and the ATU in the Donbass "
        "2012 exercise in Donetsk?"
    )
    assert {tuple(row) for row in asked.answer} == {row for row in DONBASS if row[1] != "partner"}
    # Norway had no part in it, so that the roles of all who are named are not told.
    untold = asker.ask("Which roles did Norway and the ATU have in the Donbass 2012 exercise in Donetsk?")
    assert not any(isinstance(row, list) and row[0] == "Norway" for row in untold.answer)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        (
            "Which chapters report the study visit to the United Kingdom of November 2011 on the sexual abuse of children "
            "on the Internet, and whom does each name as the travellers?",
            UK_VISIT,
        ),
        (
            "Whom do the two chapters that tell of the workshop for Financial Intelligence Units in Yerevan on 14-15 July "
            "2011 name as its organizer?",
            FIU,
        ),
        (
            "How does each of the two chapters that tell of the workshop of 29 June 2011 on crimes against children in "
            "Moldova describe the SPMU's part?",
            [["II.1.1", "speaker"], ["II.3.6", "partner"]],
        ),
    ],
)
def test_what_each_chapter_says(asker: Asker, question: str, rows: list[Any]) -> None:
    """Each chapter is told with whom it names, or in which role."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, rows)
    assert {e["chapter"] for e in asked.evidence} == {row[0] for row in rows}


def test_partners_beside_organizers_are_said(asker: Asker) -> None:
    """Whom chapters name as partners is said beside the organizers that are asked for."""
    asked = asker.ask(
        "Which chapters describe the Kiev seminar in September on asset recovery, and whom does each name as organizers?"
    )
    assert asked.answer == [
        ["II.1.1", "Strategic Police Matters Unit"],
        ["II.3.2", "Strategic Police Matters Unit"],
        ["II.3.11"],
    ]
    assert any("United Nations Office on Drugs and Crime" in hint for hint in asked.hints)


@pytest.mark.parametrize(
    "question",
    [
        "Which officials were helped by which OSCE field operation to attend the surveillance training at CARICC in Almaty "
        "in December 2011?",
        "Whom did OSCE field operations help to take part in the CARICC training in Almaty of 12-15 December 2011?",
        "Which OSCE field operations helped officials to take part in the SPMU and CARICC surveillance workshop in Almaty "
        "of December 2011, and which officials?",
    ],
)
def test_who_sent_whom(asker: Asker, question: str) -> None:
    """Both who sent people and whom are told, however that is asked."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, ALMATY)
    assert not asked.certain


def test_events_of_other_units_are_organized_by_units(asker: Asker) -> None:
    """Events of other units are organized by units; events of others by anybody else."""
    asked = asker.ask(
        "To which activities of other OSCE units did the Project Co-ordinator in Ukraine support the participation of "
        "Ukrainian officials in 2011?"
    )
    assert asked.answer == UKRAINIANS
    sent = asker.ask("To which events of other OSCE units did the Project Co-ordinator in Ukraine send people, and whom?")
    assert [row[0] for row in sent.answer] == UKRAINIANS
    assert sent.answer[3][1] == "Ministry of Interior of Ukraine"
    # It spoke at an event of the Council of Europe, which is no unit.
    assert not asker.ask("At which events of other OSCE units did the Office in Baku speak?").answer
    assert asker.ask("At which events of others did the Office in Baku speak?").answer == [
        "Council of Europe seminar on cyber-legislation"
    ]


@pytest.mark.parametrize("whose", ["carried out by the SPMU", "on trafficking in human beings", "the SPMU's"])
def test_the_total_is_not_broken_down(asker: Asker, whose: str) -> None:
    """How many of the total were somebody's is not told, and not worked out."""
    asked = asker.ask(f"How many of the 353 activities of 2011 were {whose}?")
    assert (asked.status, asked.answer) == (SILENT, [])
    assert any("more than a third" in hint for hint in asked.hints)
    assert {(e["chapter"], *e["lines"]) for e in asked.evidence} == {("I.1", 77, 96)}
    # So many are not counted, neither by the report nor as a part of it.
    assert asker.ask("How many of the 352 activities of 2011 were carried out by the SPMU?").status != SILENT


def test_the_day_of_a_decision_is_not_its_year(asker: Asker) -> None:
    """A year is no day; the organ and the theme of a decision may be named beside it."""
    untold = asker.ask("On which day did the Permanent Council adopt Decision No. 813 on illicit drugs and precursors?")
    assert (untold.status, untold.answer) == (SILENT, [])
    assert "2007" in untold.hints[0]
    assert asker.ask("When did the Permanent Council adopt Decision No. 813?").answer == ["2007"]
    assert asker.ask("On which day was MC.DEC/8/07 adopted?").answer == ["2007-11-30"]
    # Another organ is no organ of it.
    assert not asker.ask("When did the Ministerial Council adopt PC.DEC/813?").certain


@pytest.mark.parametrize("year", ["", " in 2011", " during the year 2011"])
def test_the_year_of_the_report_says_nothing(asker: Asker, year: str) -> None:
    """A plain question stays plain with the year of the report."""
    asked = asker.ask(f"How many activities did the OSCE Centre in Bishkek carry out{year}?")
    assert (asked.status, asked.answer) == (ANSWERED, [19])


KIEV = [
    ["II.1.1", "Criminal Assets Seizure and Asset Recovery from Drug Dealers"],
    ["II.3.2", "Criminal Asset Confiscation"],
    ["II.3.11", "Regional Seminar on Seizing and Recovering the Illegal Proceeds of Drugs and Crime"],
]


@pytest.mark.parametrize(
    "whose", ["the different chapters", "the chapters of the SPMU and the Centre in Astana", "each of the chapters"]
)
def test_titles_stand_with_their_chapters(asker: Asker, whose: str) -> None:
    """Titles by which chapters tell of an activity are told with the chapters."""
    asked = asker.ask(f"Under which titles do {whose} present the seminar held in Kiev on 6-8 September 2011?")
    assert (asked.status, asked.answer) == (ANSWERED, KIEV)


def test_where_people_were_sent(asker: Asker) -> None:
    """Places to which people were sent are towns, or States where no town is told; events stand with their days."""
    asked = asker.ask("To which places abroad did the OSCE Mission to Serbia send officials?")
    assert asked.answer == ["Gothenburg", "Lisbon", "United Kingdom", "Vienna"]
    dated = asker.ask(
        "To which events abroad did the OSCE Mission to Serbia make it possible for Serbian officials to travel in 2011, "
        "and when?"
    )
    assert [row[1:] for row in dated.answer] == [
        ["2011-03-17", "2011-03-18"],
        ["2011-06-16", "2011-06-17"],
        ["2011-09-26", "2011-09-30"],
        ["2011-10-10", "2011-10-14"],
    ]


def test_staff_of_the_border_police_are_no_staff_of_a_mission(asker: Asker) -> None:
    """A question on border police staff is no question on the staff of a structure."""
    asked = asker.ask(
        "Did the OSCE Mission to Skopje send border police staff on a study visit to the Border Management Staff College?"
    )
    assert (asked.status, asked.answer) == (ANSWERED, [True])
    assert {(e["chapter"], *e["lines"]) for e in asked.evidence} == {("II.3.5", 1733, 1735)}


@pytest.mark.parametrize(
    ("question", "roles", "place"),
    [
        ("In which role did the IOM take part in the workshop in Ganja on 18-19 April?", ["partner"], "II.3.8"),
        ("Which role did Norway have in the workshop on computer forensics in Belgrade?", ["funder"], "II.1.1"),
        (
            "What was the role of the Office in Baku in the Council of Europe seminar on cyber-legislation?",
            ["speaker"],
            "II.3.8",
        ),
        (
            "In what capacity did the Office in Baku attend the Council of Europe seminar on cyber-legislation?",
            ["speaker"],
            "II.3.8",
        ),
    ],
)
def test_the_part_of_one_body_is_told(asker: Asker, question: str, roles: list[str], place: str) -> None:
    """Which part one body had in one activity is told by its own, and as likely."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, roles)
    assert asked.confidence <= VERY_SURE and asked.reading.startswith("Part of ")
    assert place in {row["chapter"] for row in asked.evidence}


def test_no_part_is_told_of_a_body_that_had_none(asker: Asker) -> None:
    """A body that is named nowhere in an activity had no part that the report tells."""
    asked = asker.ask("What part did the OCEEA play in the Jahorina conference?")
    assert (asked.status, asked.answer) == (SILENT, [])


def test_words_of_the_report_say_the_part_of_whom_they_are_on(asker: Asker) -> None:
    """The unit was an observer; that somebody else moderated says nothing of UNODC."""
    assert asker.ask("In what role was the ATU at the anti-terrorism exercise in Donetsk?").answer == ["observer"]
    assert asker.ask("In which role did UNODC take part in the Kiev seminar on criminal assets?").answer == ["partner"]
