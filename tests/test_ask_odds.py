"""What all questions with one mark say together, what the noun says that asks, and what is offered beside a name."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest

import scorer
from oscegraph.asking import nouns, odds, ranking, unasked, whole
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, UNCLEAR
from oscegraph.asking.memory import FEW, Entry, Memory

ENTRIES = [
    Entry((1, 11, 21), ["who", "pay", "linux"]),
    Entry((1, 12, 22), ["when", "linux"]),
    Entry((2, 13, 23), ["who", "attend", "kiev"]),
    Entry((2, 13, 23), ["who", "came", "kiev"], untrue=True),
]


def test_the_odds_of_a_mark_are_those_of_its_words() -> None:
    """By hand: of four questions two have "linux", both with mark 1; three have "who", one of them with it."""
    found = odds.odds(Memory.of(ENTRIES), ["who", "linux", "unheard"], [entry.marks for entry in ENTRIES])
    who, linux = (1 + 3 / 4) / (3 * 3 / 4), (2 + 2 / 4) / (3 * 2 / 4)
    assert found.of(0, 1) == pytest.approx(math.log(who) + math.log(linux), abs=1e-3)
    # What was asked and is not so does not count for the thing, but for the answer.
    assert (found.totals[0][2], found.totals[2][23]) == (1, 2)
    assert found.of(0, 1) > 0 > found.of(0, 2)
    told = found.features((1, 11, 21), False)
    assert told["odds open about"] == pytest.approx(found.of(0, 1) / 10) and "never asked open about" not in told


def test_of_what_nobody_asked_nothing_is_said() -> None:
    """A mark that no question has is neither likelier nor less likely, and that is a sign of its own."""
    found = odds.odds(Memory.of(ENTRIES), ["linux"], [(5, 6, 7)])
    told = found.features((5, 6, 7), True)
    assert (told["odds polar about"], told["asked before polar about"], told["never asked polar about"]) == (0.0, 0.0, 1.0)


def _many() -> list[Entry]:
    """Return questions enough for words that are common, which are held in another way."""
    seeded = random.Random(5)
    names = [f"word{number}" for number in range(30)]
    found = []
    for _ in range(4 * FEW):
        mark = seeded.randrange(6)
        words = ["who", *seeded.sample(names, 4), *(["kiev"] if mark < 3 else [])]
        found.append(Entry((mark, mark * 10 + seeded.randrange(2), mark * 100), words, seeded.random() < 0.1))
    return found


def test_arrays_give_the_same_and_leave_a_question_out() -> None:
    """What the weights are found with is what is asked with: of all questions, and of all but one."""
    entries = [*_many(), Entry((7, 70, 700), ["who", "only-here", "kiev"])]
    recall = scorer.script("recall").Recall.of(entries)
    whole = Memory.of(entries)
    assert {"who", "kiev"} <= set(whole.often) and "only-here" in whole.having
    known = list(dict.fromkeys(entry.marks for entry in entries))
    untrue = next(number for number, entry in enumerate(entries) if entry.untrue)
    for left_out in (-1, 0, 7, untrue, len(entries) - 1):
        held = Memory.of(entry for number, entry in enumerate(entries) if number != left_out)
        said = entries[left_out].words
        plain, arrays = odds.odds(held, said, known), recall.odds(said, known, left_out)
        assert [plain.features(marks, False) for marks in known] == [arrays.features(marks, False) for marks in known]
    # A question may have no candidates: "How tall is Mount Everest?".
    assert recall.odds(["who"], []).features((1, 1, 1), False) == odds.odds(whole, ["who"], []).features((1, 1, 1), False)


def _features(asker: Asker, question: str, answer: list[object]) -> nouns.Features:
    return nouns.features(asker.read(question)[0], answer, "detail", "who")


def test_the_noun_that_asks_is_looked_for_in_the_answer(asker: Asker) -> None:
    """A summit is asked for, and one of the two answers is one."""
    question = "At which summit was the link made for the first time?"
    assert "noun in all" in _features(asker, question, ["Istanbul Summit"])
    assert "noun in none" in _features(asker, question, ["Charter for European Security"])
    assert "noun in some" in _features(asker, question, ["Istanbul Summit", "Vienna"])
    # A question for yes or no has no such noun, and a number bears none.
    assert _features(asker, "Was the summit in Istanbul?", [True]) == {}
    assert not [name for name in _features(asker, question, [1999]) if name.startswith("noun")]


def test_what_is_asked_is_counted_and_what_is_told(asker: Asker) -> None:
    """Two numbers are asked for: an answer with one of them lacks the other."""
    question = "How many experts from how many countries came to the conference?"
    assert "numbers asked 2, told 1" in _features(asker, question, [200])
    assert "numbers asked 2, told 2" in _features(asker, question, [200, 55])
    assert "days asked 1, told True" in _features(asker, "When was the conference?", ["2011-05-09"])
    assert "days asked 1, told True" in _features(asker, "When was the conference?", [["Vienna", "2011-05-09"]])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many activities were there?", [353]),
        ("How many activities were there in the previous year?", [336]),
        ("And the year before, how many activities were there?", [336]),
        ("How many activities against organized crime were counted in the year before 2011?", [336]),
        ("How many activities were there this year and the year before?", [["2010", 336], ["2011", 353]]),
        ("What was the total number of activities, and that of the year before?", [["2010", 336], ["2011", 353]]),
        ("How many activities were there in the year before 2010?", []),
        ("How many activities were there the year before last year?", []),
    ],
)
def test_the_count_of_each_year_by_whatever_it_is_called(asker: Asker, question: str, answer: list[object]) -> None:
    """The report counts the activities of two years, and no others."""
    assert asker.ask(question).answer == answer


def test_as_many_as_are_asked_for_are_told(asker: Asker) -> None:
    """Of the readings of "which four districts" the first that has four values is answered, if it is sure enough."""
    question = "Which four districts were covered by the Azerbaijani workshops on 15-16 December?"
    assert asker.ask(question).answer == ["Aghstafa", "Gazakh", "Shamkir", "Tovuz"]
    four = replace(next(c for c in asker.read(question)[1] if len(c.answer) == 4), parts=())
    assert whole._as_many(four, 4) and not whole._as_many(four, 3) and not whole._as_many(four, 5)
    # Days that are asked for besides are no fifth district.
    assert whole._as_many(replace(four, parts=(four, four)), 3)


def test_state_bodies_are_no_states(asker: Asker) -> None:
    """A doubt of whether states are told is none where bodies of a state are asked for."""
    question = "Which Turkmen state bodies received passport database software licences from the OSCE Centre?"
    asking, candidates = asker.read(question)
    told = next(c for c in candidates if c.projection == "role:attendees" and len(c.answer) == 4 and not c.types)
    assert not unasked.is_of_another_kind(asker.maker.naming, asking, told)
    states = asker.read(question.replace("Turkmen state bodies", "states"))[0]
    assert unasked.is_of_another_kind(asker.maker.naming, states, told)


def test_a_verb_is_no_visit(asker: Asker) -> None:
    """Several countries answer a question that only seems to name one visit."""
    found = asker.ask("Which countries did the trafficking envoy's office visit officially?")
    assert (found.status, len(found.answer)) == (ANSWERED, 4)


@pytest.mark.parametrize(("sure", "choices"), [(0.5, 1), (0.1, 0)])
def test_readings_are_offered_beside_what_a_name_may_mean(asker: Asker, sure: float, choices: int) -> None:
    """Four field operations are called centres: if no reading comes near, that is all that is said."""
    text = "Which training centre in Domodedovo is a partner?"
    question, candidates = asker.read(text)
    told = next(candidate for candidate in candidates if candidate.answer)
    back = asker._back(text, question.linked, question, [ranking.Ranked(told, sure)])
    names = ["A name may mean" in hint for hint in back.hints]
    assert (back.status, back.choices) == (UNCLEAR, choices)
    assert names == [False] * choices + [True] * len(question.linked.ambiguous[:5]) and len(names) > choices
