"""Several values of one thing that a question lists, and the first or the last day of it."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph.asking import asked_values, in_turn
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, UNCLEAR, Asked
from oscegraph.asking.asked_values import Value

COURSE = "the regional workshop on computer forensics in June"


@pytest.mark.parametrize(
    ("question", "values"),
    [
        (
            f"Give the first day, the last day, the city and the number of experts of {COURSE}.",
            [
                Value(f"When was {COURSE}?", 0),
                Value(f"When was {COURSE}?", -1),
                Value(f"In which city was {COURSE}?"),
                Value(f"How many experts were at {COURSE}?"),
            ],
        ),
        (
            "State the opening and closing days and the subject of the course in Kiev.",
            [Value("When was the course in Kiev?"), Value("What was the subject of the course in Kiev?")],
        ),
        (
            "For the course in Kiev, please give the duration, the donors and the attendance.",
            [
                Value("How many days did the course in Kiev last?"),
                Value("Who funded the course in Kiev?"),
                Value("How many participants did the course in Kiev have?"),
            ],
        ),
        ("List the events in Vienna and Kiev.", []),
        ("State the dates and the venue of each of the two courses.", []),
        ("Give the subject and the purpose of the course in Kiev.", []),
        ("Which dates and places are told of what UNODC did?", []),
    ],
)
def test_what_is_listed_is_asked_one_by_one(question: str, values: list[Value]) -> None:
    """Only of one thing, and if at least one noun says plainly what asks for it."""
    assert asked_values.values(question) == values


@pytest.mark.parametrize(
    "text", ["give " + "start, " * 250, "give " + "start and " * 180 + "end of", "for the " + "a, " * 500]
)
def test_a_hostile_list_is_read_in_one_way(text: str) -> None:
    """Each of its items may be two things: in all ways together it would never end."""
    assert asked_values.values(text + "x") == [] and asked_values.end(text) is None


def test_values_of_one_activity_are_told_with_evidence(asker: Asker) -> None:
    """All of them."""
    asked = asker.ask(f"Give the first day, the last day, the city and the number of experts of {COURSE}.")
    assert asked.status == ANSWERED and {"2011-06-02", "2011-06-03", 25, "Belgrade"} <= set(asked.answer)
    assert asked.evidence and asked.sparql


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("On which day did the Octopus Conference begin?", ["2011-11-21"]),
        ("When did the Octopus Conference end?", ["2011-11-23"]),
        ("What was the last day of the Profiling Training Course?", ["2011-04-08"]),
        ("The first day of the Profiling Training Course?", ["2011-04-04"]),
    ],
)
def test_the_first_or_the_last_day_is_told_alone(asker: Asker, question: str, answer: list[Any]) -> None:
    """Of a title nearly all such questions had been asked back, or answered by both days."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer, asked.question) == (ANSWERED, answer, question)


def test_a_month_has_no_first_day(asker: Asker) -> None:
    """Where only the month is told, no day is made up."""
    asked = asker.ask("On what date did the small-arms training in Nepal start?")
    assert not any(str(value).count("-") == 2 for value in asked.answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "Where did the first Sughd dialogue about human trafficking convene, and how many people attended?",
            ["OSCE Office in Tajikistan, Field Office in Khujand", 35],
        ),
        (
            "State the first day, the last day, the city, the minimum number of experts and the number of countries of the "
            "workshop on countering the financing of terrorism.",
            ["2011-09-27", "2011-09-29", "Chisinau", 50, 20],
        ),
        (
            "Who commissioned a study on whether a country's anti-trafficking law complies with the Council of Europe "
            "convention, and when in 2011?",
            ["OSCE Presence in Albania", "2011-03"],
        ),
        (
            'On which dates was the "Forged Documents Training Course" in Montenegro held, with whom did the Mission '
            "organize it, and how many officers were trained?",
            [
                "2011-04-11",
                "2011-04-12",
                "Police Academy of Montenegro",
                "Turkish Cooperation and Coordination Agency",
                20,
            ],
        ),
        # The first and the last day are two of three things.
        (
            "On which day did the Uzbek delegation's study visit to North America start, on which day did it finish, and "
            "which two OSCE units organized it?",
            ["2011-04-25", "2011-05-05", "OSCE Project Co-ordinator in Uzbekistan", "Action against Terrorism Unit"],
        ),
    ],
)
def test_pieces_are_told_together_if_each_is_told_what_it_asks_for(asker: Asker, question: str, answer: list[Any]) -> None:
    """None of them is sure enough by itself; all are on one activity, and of the kinds that are asked for."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer, asked.certain) == (ANSWERED, answer, False)


@pytest.mark.parametrize(
    "question",
    [
        # Departments are no edition.
        "What was the edition of the South East European Cooperation Process ministerial conference that the Serbian "
        "mission backed, and which city hosted it?",
        # 34 are victims, and no regions.
        "How many months did the Kazakh project of checking jails for trafficking victims go on, and how many regions did "
        "it cover?",
        # Three visits.
        "Study visits to the UK (London included): who on the OSCE side arranged them and in which month or on which days?",
        # The title of a course is no place.
        "When and where was the three-week course which the Wiesbaden training followed up?",
        # Nobody is asked for by one name who is asked for as several.
        "Which OSCE structures had an Italian state body as host, organizer, supporter or partner in an exchange, and which "
        "body was it?",
        # States are no organization.
        "In July 2011, legal experts from Central Asia and its neighbours met for a workshop on co-operation in criminal "
        "matters. From which three States, and from which organization, did the experts come according to the SPMU chapter?",
    ],
)
def test_pieces_that_are_told_something_else_are_asked_back(asker: Asker, question: str) -> None:
    """One of the answers is not of the kind that is asked for."""
    assert asker.ask(question).status != ANSWERED


def _told(answer: list[Any], confidence: float, about: str = "course", reading: str = "") -> Asked:
    asked = Asked("", ANSWERED, reading or f"{about}: {answer}", answer, confidence=confidence)
    asked.about = frozenset({about})
    return asked


def test_values_are_given_if_they_are_sure_together_or_the_whole_bears_them_out() -> None:
    """A reading of the whole with the same values is enough; its title says nothing."""
    texts = {"when": _told(["2011-06-02", "2011-06-03"], 0.6), "how many": _told([25], 0.7)}
    values = [Value("when", 0), Value("when", -1), Value("how many")]

    def ask(text: str, *_: Any, **__: Any) -> Asked:
        return texts[text]

    assert in_turn.told("", values, ask, []) is None
    asked = in_turn.told("", values, ask, ["2011-06-02", "2011-06-03", 25])
    assert asked is not None and asked.answer == ["2011-06-02", "2011-06-03", 25]
    texts["how many"] = _told([25], 0.99)
    texts["when"] = _told(["2011-06-02", "2011-06-03"], 0.8)
    assert in_turn.told("", values, ask, []) is not None
    assert in_turn.told("", values, ask, [], alone=False) is None
    texts["how many"] = _told([25], 0.99, "another")
    assert in_turn.told("", values, ask, []) is None
    texts["how many"] = Asked("", UNCLEAR)
    assert in_turn.told("", values, ask, []) is None
    assert in_turn.end("", Value("when", 0), _told(["2011-06"], 0.9)) is None
