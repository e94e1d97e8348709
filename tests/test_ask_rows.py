"""Questions in plain words: rows of values, headings, names, and the memory of questions."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph import query
from oscegraph.asking import memory
from oscegraph.asking.ask import Asker
from oscegraph.asking.candidates import Candidate, span
from oscegraph.asking.memory import Entry, Memory


def _of(asker: Asker, question: str, projection: str) -> list[Candidate]:
    return [c for c in asker.read(question)[1] if c.projection == projection]


@pytest.mark.parametrize(
    ("question", "projection", "rows"),
    [
        (
            "Participants by country at the second four-week course of the Border Management Staff College in Dushanbe?",
            "bodies and people",
            [["Afghanistan", 8], ["Kyrgyzstan", 6], ["Moldova", 2], ["Mongolia", 2], ["Tajikistan", 11]],
        ),
        (
            "What dates does each chapter give for the passport study visit of Uzbek officials to North America?",
            "chapters with length and days",
            [["II.1.2", "11 days", "2011"], ["II.3.14", "", "2011-04-25", "2011-05-05"]],
        ),
        (
            "How many international and how many national staff does the Office in Tajikistan have for it?",
            "staff by category of one",
            [["international", 7], ["national", 5]],
        ),
        (
            "Where and when was decision MC.DEC/2/09 adopted, and by which body?",
            "paper and adoption",
            [["MC.DEC/2/09", "OSCE Ministerial Council", "Athens", "2009"]],
        ),
    ],
)
def test_rows_hold_what_belongs_together(asker: Asker, question: str, projection: str, rows: list[list[Any]]) -> None:
    """Chapters with what they say, bodies with their numbers, decisions with their adoption: as the report has them."""
    found = [sorted(map(str, c.answer)) for c in _of(asker, question, projection)]
    assert sorted(map(str, rows)) in found, found


def test_rows_of_a_set_name_activity_town_and_days(asker: Asker) -> None:
    """Each row begins with the activity; an activity without what is asked for has no row."""
    question = "How many people came to each event of the ATU in Vienna, with dates?"
    found = _of(asker, question, "activities with people")
    assert found
    labels = {event.label: event for event in asker.facts.events.values()}
    for candidate in found:
        for row in candidate.answer:
            event = labels[row[0]]
            told = [t.people for t in event.told if t.people is not None]
            assert row[-1] == max(told) if told else isinstance(row[-1], int)


def test_headings_are_those_of_the_query(asker: Asker) -> None:
    """A chapter is said to have a heading if and only if a statement stands under it."""
    rows = query.run(asker.store, "chapter_headings")
    held = {row["structureLabel"] for row in rows if "Border Management" in (row["heading"] or "").split("/")}
    question = "Which field operations' chapters have a section on border management?"
    (found,) = _of(asker, question, "units with of kind")
    assert found.answer and set(found.answer) <= held
    assert all("OSCE" in name for name in found.answer)
    (without,) = _of(asker, "Which field operations have no section on border management?", "units without of kind")
    assert without.answer and not set(without.answer) & held


def test_a_heading_is_there_or_not(asker: Asker) -> None:
    """The chapter on Moldova has one on trafficking, and none on forensics."""
    for theme, so in (("trafficking in human beings", True), ("forensics", False)):
        (found,) = [c for c in asker.read(f"Does chapter II.3.6 have a section on {theme}?")[1] if c.family == "heading"]
        assert found.answer == [so]


def test_an_acronym_is_written_out(asker: Asker) -> None:
    """The full name of whom the acronym means, only where names are asked for."""
    (found,) = _of(asker, "What does CARICC stand for?", "full name")
    assert found.answer == ["Central Asian Regional Information and Coordination Centre"]
    assert not _of(asker, "Who met CARICC in Almaty?", "full name")


def test_first_last_and_largest(asker: Asker) -> None:
    """Of a set the earliest, the latest and the longest by exact days, and that with most and fewest people."""
    for word, name in (("first", "first activity"), ("last", "last activity"), ("longest", "longest activity")):
        found = _of(asker, f"Which dated event of the SPMU was the {word} of 2011?", name)
        assert found and all(c.answer for c in found)
    most = _of(asker, "Which event of the ATU had the most participants?", "most people")
    least = _of(asker, "Which event of the ATU had the fewest participants?", "least people")
    assert most and least and most[0].answer != least[0].answer


@pytest.mark.parametrize(("duration", "said"), [("P11D", "11 days"), ("P1W", "1 week"), ("", ""), ("PT3H", "")])
def test_durations_have_a_unit(duration: str, said: str) -> None:
    """A number alone does not say how long."""
    assert span(duration) == said


def test_like_questions_are_found_by_shared_words() -> None:
    """The likest question is the one that shares the rarest words; a question without any is like none."""
    one, other = Entry((1, 2, 3), ["who", "fund", "linux"]), Entry((4, 5, 6), ["who", "attend", "kiev"])
    held = Memory.of([one, other])
    near = held.near(["who", "pay", "linux"])
    assert near.about[1] > near.about.get(4, 0.0)
    assert held.near(["nothing"]).best == 0.0
    assert held.near(one.words).about[1] == pytest.approx(1.0, abs=1e-3)
    # A question is not in its own memory while weights are found.
    assert 1 not in held.near(one.words, without=0).about


def test_the_memory_in_the_file_holds_no_question_word_for_word(asker: Asker) -> None:
    """The file keeps stems in no order and marks, which tell what is asked of what, not the answer."""
    held = memory.kept()
    assert held.count == len(held.lengths) > 1000
    assert all(isinstance(mark, int) for marks in held.marks for mark in marks)


def test_marks_are_the_same_at_each_run(asker: Asker) -> None:
    """Two candidates with the same answer on the same activity share two marks, those on others share none."""
    candidates = asker.read("Who funded the Linux-based cybercrime course held in Belgrade in November 2011?")[1]
    one = next(c for c in candidates if c.projection == "role:funder")
    again = next(
        c
        for c in asker.read("Who funded the Linux-based cybercrime course held in Belgrade in November 2011?")[1]
        if c.projection == "role:funder"
    )
    assert memory.marks(one, "x") == memory.marks(again, "x")
    assert memory.marks(one, "x")[:2] == memory.marks(one, "y")[:2]
    assert memory.marks(one, "x")[2] != memory.marks(one, "y")[2]
