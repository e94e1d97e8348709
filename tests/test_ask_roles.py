"""Questions in plain words: several roles, numbers of two things, and what a question only mentions."""

from __future__ import annotations

from typing import Any

import pytest

import scorer
from oscegraph.asking import asked_either, asked_parties, asked_than, asked_twice
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, OUTSIDE, UNCLEAR

WIESBADEN = "the regional IT forensics course in Wiesbaden on 10-14 October 2011"


def test_each_role_is_told_with_its_verb(asker: Asker) -> None:
    """Who trained may have accredited as well, lines 360-374: each role has its rows."""
    asked = asker.ask(f"Who trained, who accredited and who paid for {WIESBADEN}?")
    roles: dict[str, set[str]] = {}
    for role, name in asked.answer:
        roles.setdefault(role, set()).add(name)
    police = "Federal Criminal Police Office of Germany"
    assert roles == {
        "trained": {police},
        "accredited": {police, "International Association of Computer Investigative Specialists"},
        "paid": {"United States"},
    }
    assert asked.status == ANSWERED and asked.evidence and asked.confidence < 1


@pytest.mark.parametrize(
    "text",
    [
        "Who paid for the course in Bonn?",
        "Who trained, who trained and who paid for the course in Bonn?",
        "Who trained and why for the course in Bonn?",
        "",
    ],
)
def test_one_role_is_left_alone(text: str) -> None:
    """A role that is asked for alone, or twice, is read otherwise."""
    assert asked_parties.roles(text) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        # Lines 1181-1185, 1358-1360 and 1482-1485: 11, 4 and 6.
        (
            "Had the OSCE Mission in Kosovo more staff in 2011 than the Missions to Montenegro and to Serbia together?",
            [True],
        ),
        # 2194-2195: 12
        ("Did the OSCE Mission in Kosovo have more staff than the OSCE Office in Tajikistan?", [False]),
        ("Did the OSCE Mission in Kosovo have fewer staff than the OSCE Office in Tajikistan?", [True]),
        # 132-136: 38 when the work began, 55 six years later.
        ("How many participating States had ratified the UNTOC in March 2006?", [38]),
        (
            "How many participating States had ratified the UNTOC when the SPMU began its work on it in March 2006, and how "
            "many six years later?",
            [38, 55],
        ),
        # 585-588 and 360-366
        ("How many experts from how many countries met in Chisinau in September on the financing of terrorism?", [50, 20]),
        # 470-474 and 475-480
        (
            "Which had more participants: the Kiev seminar on criminal assets of 6-8 September or the Almaty surveillance "
            "workshop of 12-15 December 2011, and how many had each?",
            [80, 12],
        ),
        # 660-666 and 2436-2443
        (
            "On which dates did the study visit of the Uzbek delegation to Canada and the United States begin and end?",
            ["2011-04-25", "2011-05-05"],
        ),
        # 824-828: the unit that supported is one of them.
        (
            "Who organized the Kiev round table on new payment methods of 8 September 2011, and which unit supported it?",
            [
                "Office of the Co-ordinator of OSCE Economic and Environmental Activities",
                "State Financial Monitoring Service of Ukraine",
                "Strategic Police Matters Unit",
            ],
        ),
    ],
)
def test_two_in_one_are_both_told(asker: Asker, question: str, answer: list[Any]) -> None:
    """Each is looked up by itself; keys are from the text of the report."""
    asked = asker.ask(question)
    found = [row[-1] for row in asked.answer] if isinstance(asked.answer[0], list) else asked.answer
    assert asked.status == ANSWERED and sorted(map(str, found)) == sorted(map(str, answer)) and asked.evidence


def test_each_chapter_is_told_with_its_title(asker: Asker) -> None:
    """The seminar has another title in each, lines 470-474, 1301-1304 and 2118-2121."""
    asked = asker.ask("Which chapters tell of the Kiev seminar of 6-8 September 2011, and under which title?")
    assert [row[0] for row in asked.answer] == ["II.1.1", "II.3.2", "II.3.11"] and len({row[1] for row in asked.answer}) == 3


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        # A Project Co-ordinator is no project, lines 660-666 and 2399-2401.
        (
            "Which units of the Secretariat supported or worked with the OSCE Project Co-ordinator in Uzbekistan in 2011?",
            {"Action against Terrorism Unit", "Strategic Police Matters Unit"},
        ),
        # What is said of one thing is no second question, lines 730-734.
        (
            "Which OSCE units held the experts meeting on a standardized anti-corruption training, whose pilot was to be "
            "hosted at the Border Management Staff College in 2012?",
            {
                "Office of the Co-ordinator of OSCE Economic and Environmental Activities",
                "Operations Service, Borders Team",
                "Strategic Police Matters Unit",
            },
        ),
        # Every date may be several, lines 1932-1937 and 1956-1963.
        (
            "Give every date in the Baku chapter on which the UN refugee agency held a workshop or a meeting.",
            {"2011-10-18", "2011-12-15", "2011-12-16", "2011-12-22"},
        ),
    ],
)
def test_what_is_mentioned_limits_nothing(asker: Asker, question: str, answer: set[str]) -> None:
    """Words of names and of clauses neither make it a question on one activity nor two questions."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and set(asked.answer) == answer


def test_units_and_field_operations_are_all_of_them(asker: Asker) -> None:
    """They are not field operations only, lines 917-919, 1870-1887 and 2008-2009."""
    asked = asker.ask("Which OSCE units and field operations worked with the ILO against trafficking in human beings?")
    special = "Office of the Special Representative and Co-ordinator for Combating Trafficking in Human Beings"
    assert set(asked.answer) == {special, "OSCE Office in Baku", "OSCE Office in Yerevan"}


def test_bodies_outside_the_osce_are_no_units(asker: Asker) -> None:
    """Of four that supported the conference two are units of the OSCE, lines 1853-1857."""
    asked = asker.ask(
        'Which bodies outside the OSCE supported the conference on "Tackling Cybercrime" in Baku on 6-7 October?'
    )
    assert asked.status == ANSWERED
    assert set(asked.answer) == {"Academy of Public Administration under the President of Azerbaijan", "Council of Europe"}


@pytest.mark.parametrize(
    "question",
    [
        # An office that is mentioned, and a year of which the report tells.
        "To which decision did the joint report of the Secretary General and the ODIHR Director of 13 July 2007 respond?",
        "Which documents of the Ministerial Council in Bucharest in 2001 does the report name?",
    ],
)
def test_what_is_only_mentioned_is_not_outside(asker: Asker, question: str) -> None:
    """The report tells of it, so it is not said to be beyond it."""
    assert asker.ask(question).status != OUTSIDE


@pytest.mark.parametrize("question", ["Who is the director of ODIHR?", "What did the SPMU do in 2009?"])
def test_what_is_asked_for_is_outside(asker: Asker, question: str) -> None:
    """A person and another year are."""
    assert asker.ask(question).status == OUTSIDE


@pytest.mark.parametrize(
    "question",
    [
        # Told in II.3.6 alone.
        "Whom did the SR/CTHB meet in Moldova according to II.1.5?",
        "Compare footnote 2 with Appendix 1: which decisions stand only in the footnote?",
        "The ATU's chapter does not say where the cyber security conference of May 2011 was held. Which chapter does?",
        # What comes first in the report is told in another chapter; of that year nothing is told.
        "Which event told in chapter II.3.5 had the most participants?",
        "How many participating States had ratified the UNTOC in 2009?",
        # Two numbers are asked for.
        "How many of how many invited experts came to the workshop on the financing of terrorism in Chisinau?",
    ],
)
def test_what_is_left_out_is_asked_back(asker: Asker, question: str) -> None:
    """What another chapter says, what is there besides, and one of two numbers are no answer."""
    asked = asker.ask(question)
    assert asked.status == UNCLEAR, asked.reading


def test_one_of_two_numbers_is_not_said() -> None:
    """Other words are no second number, and a sum is none of the two."""
    assert asked_than.read("Did A have more staff than B and C?") is None
    assert asked_than.read("Did A never have more staff than B?") is None
    assert asked_either.without_numbers("Which had more staff, A or B?") == ("Which had more staff, A or B?", False)
    assert asked_twice.parts("How many experts from Kiev came?") == []


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        # The titles of activities tell their days, and half the words are enough to tell which is which.
        (
            [
                ["Criminal Assets Seizure and Asset Recovery from Drug Dealers", 80],
                ["Evidence Recovery from Live Computer", 14],
            ],
            "right",
        ),
        # Numbers that are exchanged, a row that is missing, and other activities are wrong.
        (
            [
                ["Criminal Assets Seizure and Asset Recovery from Drug Dealers", 14],
                ["Evidence Recovery from Live Computer", 80],
            ],
            "wrong",
        ),
        ([["Criminal Assets Seizure and Asset Recovery from Drug Dealers", 80]], "wrong"),
        ([["Counter Drug Course", 80], ["Evidence Recovery from Live Computer", 14]], "wrong"),
    ],
)
def test_rows_are_alike_by_what_is_exact(asker: Asker, answer: list[list[Any]], kind: str) -> None:
    """A key that calls an activity by its kind and days is met by its title with the same number, and by no other."""
    wanted = [["seminar on assets of drug dealers, 6-8 September", 80], ["course on live computers, 25-28 November", 14]]
    item = {"status": "answered", "question": "", "answer": wanted}
    assert scorer.module().Keys(asker).score(item, ANSWERED, answer) == kind


@pytest.mark.parametrize(
    "question",
    [
        # 21 rows are all structures, and not the other ones, Appendix 2.
        "How many field operations and how many other executive structures are rows of the overview in Appendix 2?",
        # NGOs came, of which the report names none, lines 1759-1765; the ministries are none.
        "Which NGOs attended Moldova's June workshop on crimes against children?",
    ],
)
def test_others_and_ngos_are_heeded(asker: Asker, question: str) -> None:
    """What is told of all is no answer on the others, and bodies that are no NGOs are none on NGOs."""
    assert asker.ask(question).status == UNCLEAR
