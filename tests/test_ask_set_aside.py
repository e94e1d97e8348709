"""Questions in plain words that set something aside at their beginning, or ask what all chapters tell together."""

from __future__ import annotations

import pytest

from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, VERY_SURE

SEMINAR = "Leveraging Anti-Money Laundering Regimes to Combat Trafficking in Human Beings"
ALMATY = (
    "Fourth Annual Workshop on Promoting Law Enforcement and Judicial Co-operation in Response to Human Trafficking and "
    "Migrant Smuggling in Central Asia"
)


@pytest.mark.parametrize(
    ("question", "rest", "out"),
    [
        (
            "Apart from the October seminar on laundering and trafficking, which events did OSCE units organize in Vienna?",
            "Which events did OSCE units organize in Vienna?",
            SEMINAR,
        ),
        (
            "Besides the annual workshop in Almaty, what did the Centre in Astana do against trafficking, and with whom?",
            "What did the Centre in Astana do against trafficking, and with whom?",
            ALMATY,
        ),
    ],
)
def test_what_is_set_aside_first_is_left_out(asker: Asker, question: str, rest: str, out: str) -> None:
    """The answer is that to the rest of the question, without it."""
    asked, whole = asker.ask(question), asker.ask(rest)
    heads = [str(value[0]) if isinstance(value, list) else value for value in whole.answer]
    kept = [value for value, head in zip(whole.answer, heads, strict=True) if head != out]
    assert asked.status == ANSWERED and out in heads and asked.answer == kept
    assert out in asked.reading and asked.confidence <= VERY_SURE


@pytest.mark.parametrize(
    "question",
    [
        "Leaving out the SPMU, which OSCE units taught at the staff college?",
        "Leaving out the SPMU, which units and institutions taught at the college in Dushanbe?",
        "Leaving out the SPMU, which OSCE units and institutions taught at the Border Management Staff College?",
    ],
)
def test_an_actor_by_any_name_is_left_out(asker: Asker, question: str) -> None:
    """Details tell units by their acronyms: they are left out by these, too."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and "ATU" in asked.answer and "SPMU" not in asked.answer


def test_an_actor_by_its_name_is_left_out(asker: Asker) -> None:
    """Who taught is told by the full names of the units, where their roles are looked up."""
    asked = asker.ask("Leaving out the SPMU, which OSCE units taught at the Border Management Staff College in Dushanbe?")
    assert asked.status == ANSWERED and asked.answer == ["Action against Terrorism Unit", "Operations Service, Borders Team"]


def test_nothing_is_left_of_what_is_not_told(asker: Asker) -> None:
    """A theme is no part of an answer: such a question is not answered by the rest of it."""
    asked = asker.ask("Leaving corruption aside, which organizations did the ATU work with?")
    assert asked.status != ANSWERED or "corruption" in asked.reading


@pytest.mark.parametrize(
    "question",
    [
        "Whom did the SR/CTHB meet in Moldova between 31 October and 2 November, taking every chapter together?",
        "Taking both chapters together, whom did the Special Representative on trafficking meet on her visit to Moldova?",
    ],
)
def test_all_chapters_together_tell_more_than_one(asker: Asker, question: str) -> None:
    """What one chapter says is not what both say."""
    asked = asker.ask(question)
    assert asked.status != ANSWERED or {"II.1.5", "II.3.6"} <= {item["chapter"] for item in asked.evidence}


def test_roles_are_told_with_those_who_had_them(asker: Asker) -> None:
    """Where several had each of two roles, who had which is told."""
    asked = asker.ask(
        "Who organized the December symposium on terrorism in Antalya that the Baku office attended, and who supported it?"
    )
    assert {row[0] for row in asked.answer} == {"organizer", "partner"}
    assert [row[1] for row in asked.answer if row[0] == "organizer"] == [
        "International Centre for Terrorism and Transnational Crime"
    ]
