"""Questions on what chapters name: units, bodies, decisions, numbers of staff; and on which of them say nothing of it."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED

BAKU, BISHKEK, TIRANA = "OSCE Office in Baku", "OSCE Centre in Bishkek", "OSCE Presence in Albania"
OCEEA = "Office of the Co-ordinator of OSCE Economic and Environmental Activities"
OSR = "Office of the Special Representative and Co-ordinator for Combating Trafficking in Human Beings"
BORDERS = "Operations Service, Borders Team"
NOTED = ["MC(8).DEC/1", "MC(9).DEC/6", "MC.DEC/2/03", "MC.DEC/15/05", "MC.DEC/3/05", "MC.DEC/5/06", "MC.DEC/8/07"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which field operations' chapters name none of the Secretariat's thematic units?", [TIRANA, BISHKEK]),
        ("Which field operations name no unit of the Secretariat in their own chapters?", [TIRANA, BISHKEK]),
        ("Which field operation's chapter names the most different units of the Secretariat?", [BAKU]),
        ("Which field operation's chapter names the most units of the Secretariat, and how many?", [[BAKU, 3]]),
        ("Which Secretariat units are not named in any of the field operations' chapters?", [OCEEA]),
        ("Which Secretariat units do not name UNODC in their own chapter?", [BORDERS]),
        ("Which chapters in II.1 do not name UNODC?", ["II.1.3"]),
        ("Which chapters of II.1 and II.2 never mention UNODC?", ["II.1.3", "II.2.1"]),
        ("Which chapters of II.1 mention UNODC?", ["II.1.1", "II.1.2", "II.1.4", "II.1.5"]),
        ("Which Secretariat unit does not say how many staff it has?", [OCEEA]),
        ("Which chapters in II.1 do not say how many staff were involved?", ["II.1.4"]),
        ("Which OSCE units, in the Secretariat or in the field, name the ILO in their own chapters?", None),
        ("In which chapter is the OSCE Centre in Bishkek dealt with?", ["II.3.12"]),
    ],
)
def test_what_chapters_name(asker: Asker, question: str, answer: list[Any] | None) -> None:
    """Each structure is held to its own chapter; of a part of the report only the chapters of that part are told."""
    asked = asker.ask(question)
    expected = [OSR, BAKU, "OSCE Office in Yerevan"] if answer is None else answer
    assert (asked.status, asked.answer) == (ANSWERED, expected)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which Ministerial Council decisions are listed in chapter I.3?", NOTED),
        ("Which decisions are named in the chapter on the OSR/CTHB?", ["MC.DEC/5/08"]),
        ("Which decisions does chapter II.1.5 name, and when was each adopted?", [["MC.DEC/5/08", "2008-12"]]),
        ("Which decisions does the chapter on the ATU give as a basis for its work?", ["PC.DEC/991", "PC.DEC/992"]),
        ("How many decisions are mentioned in chapter II.1.1?", [4]),
        ("Which decision is named in the most chapters?", ["MC.DEC/5/06"]),
    ],
)
def test_decisions_by_chapter(asker: Asker, question: str, answer: list[Any]) -> None:
    """What a chapter names of decisions, and which of them is named in the most parts of the report."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, answer)


def test_each_chapter_that_names_a_decision_is_shown(asker: Asker) -> None:
    """The evidence is where the decision is named, not only where it is first."""
    asked = asker.ask("Which chapters mention MC.DEC/5/06?")
    assert asked.answer == ["I.3", "II.1.1", "appendix-1", "introduction"]
    assert {row["chapter"]: row["lines"] for row in asked.evidence} == {
        "introduction": [16, 32],
        "I.3": [183, 183],
        "II.1.1": [323, 325],
        "appendix-1": [2523, 2541],
    }


@pytest.mark.parametrize(
    "question",
    [
        "In which events organized by the OSCE Office in Baku did the SPMU take part in 2011, and when?",
        "Which events organized by the OSCE Office in Baku involved the SPMU, and when?",
    ],
)
def test_a_role_is_that_of_whom_it_is_said(asker: Asker, question: str) -> None:
    """Who took part in what another one organized need not have organized it, too: the SPMU spoke at a conference."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED
    assert [row[1:] for row in asked.answer] == [
        ["2011-04-18", "2011-04-19"],
        ["2011-06-09", "2011-06-10"],
        ["2011-10-06", "2011-10-07"],
    ]


def test_staff_who_were_involved_indirectly_are_not_counted(asker: Asker) -> None:
    """The number that is told is of those who were involved directly."""
    assert asker.ask("How many SPMU staff members were directly involved?").answer == [4]
    assert asker.ask("How many members of the SPMU's staff were only indirectly involved in 2011?").status != ANSWERED


def test_signed_but_not_ratified(asker: Asker) -> None:
    """It is no exception from something, but what "only signed" stands for."""
    question = "Firearms Protocol: how many participating States had signed but not ratified it by May 2012?"
    assert asker.ask(question).answer == [8]


def test_a_second_thing_that_is_asked_is_not_dropped(asker: Asker) -> None:
    """An answer in plainer words that tells the first thing alone is none."""
    question = "Which field operations organized or helped with study visits to the United Kingdom, and in which month?"
    asked = asker.ask(question)
    assert asked.status != ANSWERED or all(isinstance(row, list) for row in asked.answer)


def test_ranks_that_the_report_prints(asker: Asker) -> None:
    """Three themes have a number as their rank."""
    asked = asker.ask("For which fields of organized crime does chapter I.1 tell the rank, and what rank is it?")
    assert [row[1] for row in asked.answer] == ["1", "7", "2"]


@pytest.mark.parametrize(
    "question", ["Who is the focal point of the ATU?", "Which two people act as focal points of the OSCE Mission to Serbia?"]
)
def test_posts_are_no_people(asker: Asker, question: str) -> None:
    """Who asks for people is told that the graph holds posts."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and any("no names of people" in hint for hint in asked.hints)


def test_posts_are_told_as_posts(asker: Asker) -> None:
    """The post is told, and that no names are held."""
    asked = asker.ask("Who was the ATU's focal point on organized crime, and with what job title?")
    assert asked.answer == ["Counter Terrorism Officer"] and any("no names of people" in hint for hint in asked.hints)
