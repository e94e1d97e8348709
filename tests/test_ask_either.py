"""Questions in plain words: which of two things is the larger, longer or earlier."""

from __future__ import annotations

import time
from typing import Any

import pytest

from oscegraph.asking import asked_either, side_by_side
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, UNCLEAR, Asked


@pytest.mark.parametrize(
    ("text", "kind", "most"),
    [
        ("Which was bigger, the seminar in Kiev or the one in Vilnius?", "people", True),
        ("Which seminar had fewer participants: Kiev in September or Vilnius in March?", "people", False),
        ("Who has more staff on organized crime, Serbia or Skopje?", "staff", True),
        ("Of the SPMU and the ATU, who has fewer staff?", "staff", False),
        ("Which of the Rome visit and the London visit lasted longer?", "length", True),
        ("Which came first, the course in Jahorina or the cyber conference?", "days", False),
        ("Which decision is newer, MC.DEC/3/05 or MC.DEC/5/06?", "days", True),
        ("Who trained more officers, the Mission to Serbia or the Mission to Skopje?", "counted", True),
        ("Did the seminar in Kiev or the conference in Vienna have more people?", "people", True),
        ("Whose staff is smaller, the SPMU's or the ATU's?", "staff", False),
        ("Which was not bigger, the seminar in Kiev or the one in Vilnius?", "people", False),
        ("Who did not have more staff, Skopje or Serbia?", "staff", False),
        ("Who has no fewer staff, Skopje or Serbia?", "staff", True),
        ("Which unit has more national staff, Kosovo or Tajikistan?", "counted", True),
    ],
)
def test_what_two_things_are_compared_by(text: str, kind: str, most: bool) -> None:
    """The measure and its direction are read off the question, whatever its form."""
    way = asked_either.read(text)
    assert way and (way.kind, way.most) == (kind, most) and len({*way.questions}) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Which is the largest event?",
        "Which units had more people, and how many were local?",
        "Which was bigger, A, B or C?",
        "Which was bigger, A; B or C?",
        "Which was bigger, A or B and by how much?",
        "Who was first, and when?",
        "Who funded the larger seminar, Kiev in September or Vilnius in March?",
        "Which seminar was in the larger city, Kiev or Vilnius?",
        "Which ended first, the visit to Rome or the workshop in Kiev?",
        "Which seminar had the larger number of guests from Rome, Kiev or Vilnius, and when?",
        "Which was bigger in budget, Kiev or Vilnius?",
        "Which was the second largest, Kiev or Vilnius?",
        "Which was longer ago, Kiev or Vilnius?",
        "Which mission had more staff in 2010, Skopje or Serbia?",
        "Which unit has more staff working on cybercrime, the SPMU or Serbia?",
        "Which mission gained more staff, Skopje or Serbia?",
        "Which was never bigger, Kiev or Vilnius?",
        "Which of them was bigger?",
        "",
    ],
)
def test_what_compares_no_two_things_is_left_alone(text: str) -> None:
    """Rankings, two questions in one and three things are read otherwise."""
    assert asked_either.read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "which was bigger" + ", a or b" * 200,
        "Who trained more " + "a " * 400 + ", b or c" * 99,
        "of " + "a and " * 300,
        "who has more a a staff" + " - a or b" * 108 + "?x",
        "which x x x x was the last" + " - a" * 66 + " or b?x",
    ],
)
def test_long_texts_are_read_at_once(text: str) -> None:
    """No pattern looks at a text again and again; measured is the work of this thread, with much to spare."""
    begun = time.thread_time()
    asked_either.read(text[:1000])
    assert time.thread_time() - begun < 1


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who had more staff on organized crime, Skopje or Serbia?", ["OSCE Mission to Skopje"]),
        ("Which decision is older, PC.DEC/758 or PC.DEC/810?", ["PC.DEC/758"]),
        ("Which seminar had more participants, Kiev in September or Vilnius in March?", ["Criminal Assets Seizure"]),
        ("Which was earlier, the Ganja workshop or the Belgrade computer forensics workshop?", ["Forced Labour"]),
    ],
)
def test_two_things_are_compared(asker: Asker, question: str, answer: list[str]) -> None:
    """Each side is asked by itself, and the evidence is that of both."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and len(asked.answer) == 1 and answer[0] in asked.answer[0]
    assert len(asked.evidence) > 1 and asked.sparql and "; " in asked.reading


def test_what_is_not_told_of_one_is_asked_back(asker: Asker) -> None:
    """Of a thing without a number nothing is said, and the other one is no answer."""
    asked = asker.ask("Which was bigger, the seminar in Kiev in September or the wedding in Baku?")
    assert asked.status != ANSWERED


def _told(answers: dict[str, list[Any]]) -> Any:
    def ask(text: str) -> Asked:
        value = next(value for word, value in answers.items() if word in text)
        return Asked(text, ANSWERED if value else UNCLEAR, reading=text, answer=value, confidence=0.9)

    return ask


@pytest.mark.parametrize(
    ("question", "answers", "wanted"),
    [
        ("Which was bigger, Kiev or Rome?", {"Kiev": [20], "Rome": [30]}, ["Rome"]),
        ("Which was smaller, Kiev or Rome?", {"Kiev": [20], "Rome": [30]}, ["Kiev"]),
        # Numbers of people are rounded, those of staff are not.
        ("Which was bigger, Kiev or Rome?", {"Kiev": [20], "Rome": [20]}, None),
        ("Who has more staff, Kiev or Rome?", {"Kiev": [2], "Rome": [2]}, ["Kiev", "Rome"]),
        ("Which was bigger, Kiev or Rome?", {"Kiev": [20], "Rome": ["20 and 30"]}, None),
        ("Which was bigger, Kiev or Rome?", {"Kiev": [20], "Rome": []}, None),
        ("Which came first, Kiev or Rome?", {"Kiev": ["2011-05-09", "2011-05-10"], "Rome": ["2011-06"]}, ["Kiev"]),
        # A day in May may be before or after what was in May.
        ("Which came first, Kiev or Rome?", {"Kiev": ["2011-05-09"], "Rome": ["2011-05"]}, None),
        ("Which came first, Kiev or Rome?", {"Kiev": ["2011"], "Rome": ["2011-05"]}, None),
        ("Which came first, Kiev or Rome?", {"Kiev": ["2011-05"], "Rome": ["2011-05"]}, None),
        ("Which came first, Kiev or Rome?", {"Kiev": ["2011-05-01"], "Rome": ["2011-05"]}, None),
        (
            "Which came first, Kiev or Rome?",
            {"Kiev": ["2011-05-01"], "Rome": ["2011-05-01", "2011-05-02"]},
            ["Kiev", "Rome"],
        ),
        ("Which lasted longer, Kiev or Rome?", {"Kiev": ["2 weeks"], "Rome": ["2011-05-01", "2011-05-10"]}, ["Kiev"]),
        ("Which lasted longer, Kiev or Rome?", {"Kiev": ["3 days"], "Rome": ["2011-05"]}, None),
    ],
)
def test_numbers_days_and_lengths_are_compared(
    question: str, answers: dict[str, list[Any]], wanted: list[str] | None
) -> None:
    """The larger number, the earlier first day, the longer stay; both if alike; nothing where it cannot be told."""
    way = asked_either.read(question)
    assert way
    asked = side_by_side.either(question, way, _told(answers), lambda _, side: side)
    assert (asked.answer if asked else None) == wanted
