"""Questions in plain words: what a structure tells by itself, what a chapter tells at all, and how readings are believed."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from tests import scorer

from oscegraph.asking import asked_each, trust
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED
from oscegraph.asking.forest import Forest

LINUX = 'in the "Regional Cyber-Crime Training Course" held in Belgrade from 14 to 18 November'
UCD, EUROPOL = "University College Dublin", "European Police Office"


@pytest.fixture(scope="module")
def training() -> ModuleType:
    """The script that finds the weights."""
    return scorer.script("train_questions")


def answers(asker: Asker, question: str, projection: str, flag: str = "") -> list[list[Any]]:
    """Return the answers of the candidates of a question that ask for this, and have this flag."""
    found = [one for one in asker.read(question)[1] if one.projection == projection]
    return [one.answer for one in found if not flag or flag in one.flags]


# ---------------------------------------------------------------- what one chapter tells


def test_partners_by_what_the_named_structure_tells(asker: Asker) -> None:
    """Two chapters tell of the course; that of the unit that is named has two partners, the other adds the mission."""
    question = f"With which two bodies did the SPMU co-operate {LINUX}?"
    assert [EUROPOL, UCD] in answers(asker, question, "role:partner", "own telling")
    own = [one for one in asker.read(question)[1] if "own telling" in one.flags and one.projection == "role:partner"]
    rows, sparql = asker.rows(own[0])
    assert {row["actorLabel"] for row in rows} == {EUROPOL, UCD} and "section/II.1.1" in sparql


def test_a_structure_that_is_left_out_does_not_tell(asker: Asker) -> None:
    """Who else organized it is not asked of the chapter of the unit that is set aside."""
    question = "Who else other than the SPMU organized the seminar in Kiev in September?"
    assert not [one for one in asker.read(question)[1] if "own telling" in one.flags]


def test_those_for_whom_it_was_held_are_asked_for(asker: Asker) -> None:
    """The countries of those for whom a course was held are those who came, though "organized" stands there."""
    question = (
        "List the countries of the 18 investigators for whom the SPMU organized the IT forensics course of 10-14 October."
    )
    wanted = {"Albania", "Bosnia and Herzegovina", "Croatia", "Montenegro", "North Macedonia", "Serbia"}
    assert wanted in [set(map(str, answer)) for answer in answers(asker, question, "role:attendees")]


def test_how_many_each_centre_sent(asker: Asker) -> None:
    """Only the structures that sent somebody, each with its number; the unit that held it is none of them."""
    question = "For the surveillance workshop in Almaty of December 2011, which Centres sent officials, and how many each?"
    wanted = [["OSCE Centre in Ashgabat", 2], ["OSCE Centre in Astana", 2]]
    assert wanted in answers(asker, question, "sending tellers and people")


@pytest.mark.parametrize(
    ("question", "projection", "so"),
    [
        (
            "Is it stated in chapter II.1.4 who funded the seminar of 11-13 July on co-operation in criminal matters?",
            "funder",
            False,
        ),
        (
            "Is it stated in chapter II.1.1 who funded the seminar of 11-13 July on co-operation in criminal matters?",
            "funder",
            True,
        ),
    ],
)
def test_whether_a_chapter_tells_who(asker: Asker, question: str, projection: str, so: bool) -> None:
    """The funders of July stand in one of its two chapters."""
    assert answers(asker, question, f"told {projection}")[0] == [so]


def test_whether_a_decision_stands_in_an_appendix(asker: Asker) -> None:
    """Yes and no, and the other way round where it is said not to."""
    for symbol, so in (("MC.DEC/15/05", False), ("MC.DEC/3/05", True)):
        question = f"Does Appendix 1 describe {symbol}?"
        assert answers(asker, question, "told there")[0] == [so] and answers(asker, question, "not told there")[0] == [
            not so
        ]


# ---------------------------------------------------------------- decisions, days


def test_decisions_of_two_organs_are_not_narrowed_to_one(asker: Asker) -> None:
    """Words that only those of one organ bear leave the others in."""
    asked = asker.ask(
        "Which numbered or titled Ministerial Council and Permanent Council decisions does Appendix 1 describe, "
        "and which body adopted each, where and when?"
    )
    organs = {row[1] for row in asked.answer}
    assert asked.status == ANSWERED and organs == {"OSCE Ministerial Council", "OSCE Permanent Council"}


def test_decisions_with_year_and_those_tasked(asker: Asker) -> None:
    """A row for each: what, when, whom; none without a year."""
    question = "The two Permanent Council decisions on drugs in Appendix 1: give the year and the office that each tasked."
    found = answers(asker, question, "papers with years and tasks")
    assert any(row[:3] == ["PC.DEC/813", "2007", "OSCE Secretary General"] for rows in found for row in rows)
    assert all(row[1] for rows in found for row in rows)


def test_the_day_on_which_the_first_began(asker: Asker) -> None:
    """One day if the beginning is asked for, both if the days are."""
    began = "On which day did the earliest event of 2011 that the report dates to the day begin?"
    assert ["2011-01-24"] in answers(asker, began, "day of first activity")
    days = "Which days did the earliest event of 2011 take that the report dates to the day?"
    assert ["2011-01-24"] not in answers(asker, days, "day of first activity")


def test_the_osce_itself_can_be_set_aside(asker: Asker) -> None:
    """The others who held it, without the OSCE; a mission of the OSCE is another matter."""
    question = "{} the OSCE itself, who held the Tbilisi conference of 17-18 May 2011 on trafficking and forced labour?"
    others = {"International Centre for Migration Policy Development", "International Labour Organization"}
    others |= {"International Organization for Migration"}
    assert others in map(set, answers(asker, question.format("Besides"), "role:organizers"))
    all_of_them = others | {"Organization for Security and Co-operation in Europe"}
    assert all_of_them in map(set, answers(asker, question.format("With"), "role:organizers"))


def test_what_stands_in_brackets_only_adds_to_an_item() -> None:
    """A list is read without it, where it cannot be read with it."""
    events = "2-3 June (Belgrade), 10-14 October (IT forensics), 16-17 June (Vienna, about) and 12-15 December (Almaty)"
    (way,) = asked_each.listed(f"How many participants did the SPMU's events of {events} have?")
    assert way.items == ("2-3 June", "10-14 October", "16-17 June", "12-15 December")
    assert asked_each.listed("Who funded it (in May)?") == []


def test_a_list_that_is_too_long_to_be_asked_is_not_read() -> None:
    """Each item would be asked with all that stands around the list."""
    question = "Who came to the seminar in Kiev, to the course in Riga, to the visit in Rome and to the meeting in Minsk?"
    assert len(asked_each.listed(question)[0].items) == 4
    assert asked_each.listed(f"{question[:-1]} {'according to what the report says of it ' * 10}?") == []


def test_more_than_any_other_is_most(asker: Asker) -> None:
    """Who did it more often than any other did it most often."""
    question = "Which State paid for more activities than any other?"
    assert ["Norway"] in [one.answer for one in asker.read(question)[1] if one.family == "phrase"]


def test_the_evidence_of_what_an_activity_rests_on_is_the_activity(asker: Asker) -> None:
    """Of readings with one answer that is shown which says where the activity is told."""
    title = "OSCE Conference on a Comprehensive Approach to Cyber Security: Exploring the Future OSCE Role"
    asked = asker.ask(f"On which decisions does the {title} rest?")
    assert asked.answer == ["PC.DEC/991", "PC.DEC/992"] and asked.evidence[0]["activity"] == title


# ---------------------------------------------------------------- how readings are believed


def test_other_letters_that_look_like_i_do_not_break_it(asker: Asker) -> None:
    """A Turkish i is no i, and no error."""
    assert trust.of_text("Whıch or whİch")["text before"] == len("Whıch or whİch")
    assert asker.ask("Whıch bodies took part in the seminar in Kiev in September?").status


def test_the_words_of_the_question_are_known_to_the_trees(asker: Asker) -> None:
    """What is counted in the text stands beside what is known of each reading."""
    names = trust.trees().features
    assert {"text which", "text each", f"{trust.AHEAD}probability"} <= set(names)


def test_features_are_counted_whatever_their_value(training: ModuleType) -> None:
    """A feature counts by how many readings have it, also below zero; one with many values is held against the others."""
    few, many = training.LEAST_READINGS - 1, training.LEAST_READINGS
    readings = [{"probability": -1.0 - i, "is role": 1.0} | ({"rare": 50.0} if i < few else {}) for i in range(many)]
    outcomes = [training.Outcome({"id": "x"}, [one], [[]], [True]) for one in readings]
    assert training.columns(outcomes) == ["is role", "probability", f"{trust.AHEAD}probability"]


def test_questions_of_one_writer_are_in_one_part(training: ModuleType) -> None:
    """Each question is in one part, and the parts are of about one size; what is cut out of a list goes with the list."""
    names = ("A", "BA", "BB", "C-", "QA", "QB", "TZA")
    ids = [f"{name}{i:03}{cut}" for name in names for i in range(30) for cut in ("", "-1")]
    parts = training.split(ids, 0)
    assert len(parts) == training.PARTS and sorted(i for part in parts for i in part) == list(range(len(ids)))
    writers = [{ids[i].rstrip("-0123456789") for i in part} for part in parts]
    assert sum(map(len, writers)) == len(set().union(*writers)) == 7 and max(map(len, parts)) <= 2 * min(map(len, parts))
    assert parts != training.split(ids, 1)


def test_a_tree_is_written_as_it_is_read(training: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Features that no tree asks for are left out; the others keep their bounds."""
    leaf, other = {"leaf_value": -1.0}, {"leaf_value": 2.0}
    tree = training.nested({"split_feature": 7, "threshold": 0.5, "left_child": leaf, "right_child": other}, {7: 0})
    assert tree == (0, 0.5, -1.0, 2.0)
    monkeypatch.setattr(trust, "trees", lambda: Forest.of(["score"], [tree]))
    assert trust.weigh([0.4]) < 0.5 < trust.weigh([0.6])


@pytest.mark.parametrize(
    ("wanted", "given", "same"),
    [
        ("II.1.2", "II.2.1", False),
        ("II.1.1", "II.1", False),
        ("II.1.1", "II.1.1", True),
        ("2011-02-06", "2011-06-02", False),
        ("Director of the Office for Democratic Institutions and Human Rights", "Director of ODIHR", True),
        ("Secretariat of ICAO", "Secretariat of the International Civil Aviation Organization", True),
        ("Director of ODIHR", "OSCE Secretary General", False),
        ("–", "?", False),
    ],
)
def test_names_and_chapters_are_compared_as_they_are(asker: Asker, wanted: str, given: str, same: bool) -> None:
    """Acronyms stand for their names; chapters and days are the same only if all of them is."""
    assert scorer.module().Keys(asker).same(wanted, given) is same


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("In which month does the section of the OSCE Mission to Serbia place the Linux training?", ["2011-09"]),
        ("In which month does the chapter on the OSCE Mission to Serbia place the Linux training?", ["2011-09"]),
        ("How many activities does the section on the OSCE Office in Baku date with exact days?", [18]),
        (
            "Which section of the Mission to Moldova did the work?",
            ["OSCE Mission to Moldova, Anti-Trafficking and Gender Programme"],
        ),
    ],
)
def test_a_section_of_a_structure_is_its_chapter(asker: Asker, question: str, answer: list[str | int]) -> None:
    """What it tells is told of it alone; which section of a mission did something is asked of the mission."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and asked.answer == answer


@pytest.mark.parametrize(
    "question",
    ["Which field operations have a row in Appendix 2?", "Which of the structures in Appendix 2 are field operations?"],
)
def test_a_detail_of_another_kind_is_no_answer(asker: Asker, question: str) -> None:
    """Units of the Secretariat are no field operations, however well the words of a detail fit."""
    answer = asker.ask(question).answer
    assert "Action against Terrorism Unit" not in answer and "Gender Section" not in answer


def test_of_all_only_those_that_are_something_are_counted(asker: Asker) -> None:
    """How many of the rows are field operations is not how many rows there are."""
    asked = asker.ask("How many of the executive structures in Appendix 2 are field operations?")
    assert asked.status == ANSWERED and asked.answer == [14]


def test_what_is_beside_the_largest_event_is_no_other_work(asker: Asker) -> None:
    """Conferences in the same town are events as well; only what is none is told beside."""
    asked = asker.ask("Which event in Vienna had the most participants?")
    assert asked.answer and not any("no events but other work" in hint for hint in asked.hints)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "Which field operations had a hand in activities that Norway funded or co-funded?",
            ["OSCE Centre in Astana", "OSCE Mission to Serbia", "OSCE Office in Tajikistan"],
        ),
        (
            "What was the best attended single event of 2011, going by the figures in the report?",
            [
                "11th Alliance against Trafficking in Persons Conference: Preventing Trafficking in Human Beings for Labour "
                "Exploitation: Decent Work and Social Justice"
            ],
        ),
    ],
)
def test_other_words_for_parts_and_numbers(asker: Asker, question: str, answer: list[str]) -> None:
    """Whoever had a hand in something had a part; what was best attended had most participants."""
    assert asker.ask(question).answer == answer


@pytest.mark.parametrize(
    "question",
    [
        "The financial intelligence units of which countries were taken into the Egmont Group in July 2011?",
        "The financial intelligence units of which States were admitted to the Egmont Group at its July 2011 plenary?",
    ],
)
def test_new_members_are_told_by_what_became_of_them(asker: Asker, question: str) -> None:
    """They are those that the report says became members, the Uzbek one included, and nobody who came to the meeting."""
    states = {"Uzbekistan", "Azerbaijan", "Kazakhstan", "Mali", "Morocco", "Samoa", "Solomon Islands"}
    assert set(asker.ask(question).answer) == states
