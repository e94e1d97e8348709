"""Questions on names that nothing bears, on whether chapters agree or mention something, and chosen readings."""

from __future__ import annotations

import pytest

from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, UNCLEAR, UNKNOWN


@pytest.mark.parametrize("name", ["Peru", "Syria", "Nairobi"])
def test_a_name_that_nothing_bears_is_denied_as_that(asker: Asker, name: str) -> None:
    """A "no" on a name that the report does not have says so, and rests on nothing else."""
    asked = asker.ask(f"Did the OSCE train police from {name}?")
    assert asked.answer == [False] and not asked.certain and not asked.evidence
    assert asked.hints == [f'No name "{name}" is known.']


@pytest.mark.parametrize(
    "question",
    [
        "Which activities were in Syria?",
        "Was there a workshop in Peru?",
        "What did the OSCE Mission to Georgia do?",
        "Did the OSCE Office in Norway organize a seminar?",
    ],
)
def test_unknown_names(asker: Asker, question: str) -> None:
    """Whatever else is asked, the name is unknown, and so is a field operation where none works."""
    asked = asker.ask(question)
    assert asked.status == UNKNOWN and asked.hints[0].startswith("No ") and not asked.answer


def test_a_heading_has_no_unknown_names(asker: Asker) -> None:
    """Where most words are written large none is a name for that."""
    assert asker.ask("Which Units Worked With UNODC?").answer == asker.ask("Which units worked with UNODC?").answer


@pytest.mark.parametrize(
    ("question", "so"),
    [
        ("Do the chapters agree on when the Linux course in Belgrade took place?", False),
        ("Does the report agree with itself on when the Linux course in Belgrade took place?", False),
        ("Do the chapters differ on the dates of the Linux course in Belgrade?", True),
        ("Does the report contradict itself on when the Linux course in Belgrade took place?", True),
        ("Do the chapters agree on when the Alliance conference took place?", True),
        ("Do the chapters disagree on the dates of the Alliance conference?", False),
    ],
)
def test_whether_chapters_agree_on_days(asker: Asker, question: str, so: bool) -> None:
    """By the days that each chapter gives, which stand in the evidence."""
    asked = asker.ask(question)
    assert asked.answer == [so] and not asked.certain and asked.reading.startswith("Whether the chapters ")
    assert len({row["chapter"] for row in asked.evidence}) > 1


def test_one_chapter_alone_does_not_differ(asker: Asker) -> None:
    """What one chapter alone dates is no matter of agreement: asked back, or said to be told once."""
    asked = asker.ask("Does the report agree with itself on when the Donbass exercise took place?")
    assert asked.status != ANSWERED


@pytest.mark.parametrize(
    ("question", "so"),
    [
        ("Does the Montenegro chapter mention the controlled delivery exercise in Kosovo?", True),
        ("Does the Moldova chapter tell of the study visit to the UK?", True),
        ("Does the SPMU chapter mention the controlled delivery exercise in Kosovo?", False),
        ("Does the chapter on Serbia mention UNODC?", True),
    ],
)
def test_whether_a_chapter_mentions_something(asker: Asker, question: str, so: bool) -> None:
    """By the chapters that tell of it, wherever the words for the chapter stand."""
    asked = asker.ask(question)
    assert asked.answer == [so]
    assert asked.reading.startswith(("Chapters: ", "In which chapters"))


def test_what_a_chapter_may_name_without_a_part_is_asked_back(asker: Asker) -> None:
    """An actor without a part in an activity of a chapter may be named there all the same."""
    assert asker.ask("Does the ATU chapter mention the SPMU?").status == UNCLEAR


def test_a_chosen_reading_is_likely_at_most(asker: Asker) -> None:
    """It may leave out words of the question."""
    question = "Who organized the training in Pristina?"
    back = asker.ask(question)
    assert back.choices > 1
    chosen = asker.choose(question, 2)
    assert chosen.status == ANSWERED and not chosen.certain


def test_a_theme_before_training_is_that_of_any(asker: Asker) -> None:
    """What is said of "cybercrime training" is asked of trainings on cybercrime."""
    assert asker.ask("Which governments funded cybercrime training?").answer == ["Finland", "Norway", "United States"]


def test_activities_without_a_row_are_named(asker: Asker) -> None:
    """Where it is asked where and when, what has no town or day told is said."""
    asked = asker.ask("Where and when did ODIHR hold its trainings on human rights and counter-terrorism?")
    assert len(asked.answer) == 4
    [left] = [hint for hint in asked.hints if hint.startswith("No town, or no day, is told of 3 more: ")]
    assert "Annual Staff Courses" in left


def test_either_of_two_conditions_is_not_one_of_them(asker: Asker) -> None:
    """What is asked for a place or for bodies from there is not told by the place alone."""
    asked = asker.ask("Which field operations are told to have done something in Turkey or with Turkish institutions?")
    assert asked.status == UNCLEAR


def test_who_dealt_with_somebody_is_told_in_general_too(asker: Asker) -> None:
    """As is said where it is asked who worked with somebody."""
    asked = asker.ask("Which field operations dealt with ICITAP?")
    assert "OSCE Mission in Kosovo" not in asked.answer and any("OSCE Mission in Kosovo" in hint for hint in asked.hints)


@pytest.mark.parametrize(
    "question",
    [
        "Do the chapters agree that the Vilnius seminar was in May?",
        "Do the Serbia and SPMU chapters disagree on when the Linux training took place?",
        "Do the chapters not agree on when the Vilnius seminar took place?",
        "Does the Ashgabat chapter mention the Istanbul event?",
        "Does the Introduction mention UNODC?",
        "Does Appendix 1 mention Bucharest?",
        "Does the Croatia chapter mention INTERPOL?",
    ],
)
def test_what_is_not_known_of_chapters_is_asked_back(asker: Asker, question: str) -> None:
    """Nothing on an activity stands for it."""
    assert asker.ask(question).status == UNCLEAR


def test_refer_to_is_mention(asker: Asker) -> None:
    """And is told by the chapters, too."""
    assert asker.ask("Does the ATU chapter refer to the Donbass exercise?").answer == [True]


@pytest.mark.parametrize(
    "question",
    [
        "Did the SPMU work with WHO?",
        "Did the SPMU work with ASEAN?",
        "Did Finland and Peru fund the Linux training?",
        "Did police from Peru attend the computer forensics workshop in Belgrade?",
        "Did the OCEEA work with Egmund?",
        "Which activities did the OSCE Office in Rome organize?",
        "Did the OSCE Mission in Turkey work on drugs?",
    ],
)
def test_names_beside_known_ones_and_in_capitals(asker: Asker, question: str) -> None:
    """A name that nothing bears is not dropped beside one that is known, nor an acronym taken for a word."""
    asked = asker.ask(question)
    assert asked.status == UNKNOWN and not asked.answer


def test_adjectives_of_states_are_known(asker: Asker) -> None:
    """Iran is named as where some came from."""
    assert asker.ask("Did Iranian experts take part in any activity?").answer == [True]
