"""Questions in plain words with a clause that leaves out its verb, with columns, and with what rows have to tell."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph.asking import asked_filled, asked_listing, misread_values
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, UNCLEAR
from oscegraph.asking.rows import NOT_TOLD

TASKS = "Which tasks did MC.DEC/3/05 give to the Secretary General and which to the Permanent Council?"
MARCH, OCTOBER, AUGUST = ("2011-03-28", "2011-03-30"), ("2011-10-10", "2011-10-14"), "2011-08-25"
SKOPJE = [
    "SAFE Framework of Standards to Secure and Facilitate Global Trade",
    "Pilot training on human rights-compliant investigations of terrorism, Skopje",
    "Evidence Recovery from Live Computer",
]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "Who financed the IT forensics course in Wiesbaden in October, and who the Linux course in Belgrade?",
            ["United States", "Finland"],
        ),
        (
            "Which field of organized crime drew most activities in 2011, and which came second?",
            ["trafficking in human beings", "counter-terrorism"],
        ),
        (
            "How many courses on special investigative techniques did the Mission to Skopje hold in 2011,"
            " and for how many participants?",
            [12, 336],
        ),
    ],
)
def test_a_second_question_takes_its_verb_from_the_first(asker: Asker, question: str, answer: list[Any]) -> None:
    """Who paid for the one, and who the other; and each value is told once."""
    assert asker.ask(question).answer == answer


@pytest.mark.parametrize(
    ("piece", "first"),
    [
        ("who the donors were", "Who financed the course in Kiev"),
        ("who the course in Minsk", "When was the course in Kiev"),
        ("for how many officers", "Which courses did the Mission hold in May"),
    ],
)
def test_a_second_question_with_a_verb_or_of_another_kind_stays(piece: str, first: str) -> None:
    """What has its own verb, or asks for something else, is not put together."""
    assert asked_filled.filled(piece, first) == ""


@pytest.mark.parametrize(
    "question",
    [
        "Which activities had participants from Afghanistan, and how many?",
        "For which activities does the report state a number of participants from Afghanistan, and what are the numbers?",
    ],
)
def test_how_many_came_from_a_state(asker: Asker, question: str) -> None:
    """The numbers are those of the State, where one is told, and not of all who came."""
    asked = asker.ask(question)
    assert sorted(row[1] for row in asked.answer) == [8, 11, 111]
    assert "came from there" in asked.reading


def test_how_many_came_is_of_all_where_no_state_is_named(asker: Asker) -> None:
    """No State is named, so that nobody is "from there"."""
    rows = asker.ask("Which events had 100 or more participants, and how many came?").answer
    assert rows and all(len(row) == 2 and row[1] >= 100 for row in rows)


def test_a_value_that_is_not_told_keeps_its_place(asker: Asker) -> None:
    """In rows with two columns what is told stands in its own."""
    asked = asker.ask("Which activities were held in August 2011, who organized them and where?")
    assert [row[1:] for row in asked.answer] == [["Russia", NOT_TOLD], [NOT_TOLD, "OSCE Office in Baku"]]


def test_days_by_the_structures_that_a_question_names(asker: Asker) -> None:
    """The chapters of both date the course otherwise."""
    asked = asker.ask(
        'When did the course "Using Linux as an Investigative Tool" take place according to the SPMU,'
        " and when according to the Mission to Serbia?"
    )
    assert asked.answer == [
        ["Strategic Police Matters Unit", "2011-11-14", "2011-11-18"],
        ["OSCE Mission to Serbia", "2011-09"],
    ]


@pytest.mark.parametrize(
    "question",
    [
        "The law enforcement agencies of which neighbour took part in the joint operation that followed the controlled"
        " delivery exercise?",
        "How much marihuana did the Kosovo police seize and how many people did they arrest in the joint operation that"
        " followed the controlled delivery exercise, and the law enforcement agencies of which neighbour took part?",
        "The Special Representative's visit to Moldova in autumn 2011 is told in two chapters. What dates does each give,"
        " and whom did she meet according to each?",
    ],
)
def test_values_of_another_number_or_kind_are_asked_back(asker: Asker, question: str) -> None:
    """Seven States are no neighbour, 47 kg is none, and who tells of a visit is not who was met."""
    asked = asker.ask(question)
    assert asked.status == UNCLEAR and not asked.answer


@pytest.mark.parametrize(
    ("answer", "twice"),
    [(["drugs", "drugs: 15 percent"], True), (["drugs", "drug courses"], False), ([47, 17, 47], False)],
)
def test_a_value_that_is_told_twice(answer: list[Any], twice: bool) -> None:
    """Once with more is twice; the same number may be that of two things."""
    assert misread_values.says_twice(answer) is twice


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which dated trainings and workshops were held in Skopje?", SKOPJE),
        ("Dated trainings and workshops held in Skopje: who ran them and when?", SKOPJE),
        (
            "Which workshops with a stated number of participants did the ATU hold?",
            [
                "National workshop on simplified and more secure customs procedures (Single Window), Yerevan",
                "Preventing and Countering the Financing of Terrorism",
            ],
        ),
    ],
)
def test_activities_of_which_something_is_told(asker: Asker, question: str, titles: list[str]) -> None:
    """A day, a donor or a number of people limits which ones are meant."""
    asked = asker.ask(question)
    told = [row[0] if isinstance(row, list) else row for row in asked.answer]
    assert asked.status == ANSWERED and set(titles) <= set(told) and "told" in asked.reading


def test_trainings_with_a_donor_are_those_that_somebody_paid_for(asker: Asker) -> None:
    """None of them is without one."""
    rows = asker.ask("Which trainings had a donor, and who paid for them?").answer
    assert ["Counter-Narcotics Train-the-Trainer Course", "Belgium, Türkiye"] in rows
    assert all(len(row) == 2 for row in rows)


@pytest.mark.parametrize(
    ("question", "row"),
    [
        (
            "What did ODIHR do in February 2011? Date and event, one line each.",
            ["First training course on human rights while countering terrorism, Pristina", "2011-02-14", "2011-02-15"],
        ),
        (
            "Anti-trafficking trainings of the Office in Yerevan, February to June: days of each | number of participants.",
            ["Training-of-trainers on the Anti-Trafficking Training Manual for law enforcement agencies", "2011-02-22", 10],
        ),
        (
            "The Centre in Astana held two larger anti-trafficking events in November. What are the dates, the co-organizers"
            " or partners, and the number of participants of each?",
            [
                "Training seminar for judges of Kazakhstan on legislative and judicial practices against THB",
                "2011-11-29",
                "2011-11-30",
                "Academy of Public Administration of Kazakhstan, Supreme Court of Kazakhstan,"
                " Embassy of the United States in Kazakhstan",
                35,
            ],
        ),
    ],
)
def test_columns_behind_what_is_meant(asker: Asker, question: str, row: list[Any]) -> None:
    """A heading, a statement or a question with what is to be told of each behind it."""
    assert row in asker.ask(question).answer


@pytest.mark.parametrize("said", ["the dates and why it was held", "town, and anything else"])
def test_columns_with_more_are_none(said: str) -> None:
    """What is not known as a column is not left out in silence."""
    assert asked_listing.columns(said) == []


def test_what_a_decision_gives_each_to_do(asker: Asker) -> None:
    """Two are named, so that it is said which is whose; whom it tasks is no answer to what one is tasked with."""
    assert [row[0] for row in asker.ask(TASKS).answer] == ["OSCE Secretary General", "OSCE Permanent Council"]
    one = asker.ask("What does MC.DEC/3/05 task the Secretary General with?")
    assert [one.answer[0]] == [asker.ask(TASKS).answer[0][1]]


@pytest.mark.parametrize("said", ["Please take all chapters together.", "I need everybody named in either chapter."])
def test_everybody_by_all_chapters(asker: Asker, said: str) -> None:
    """Where a statement of one chapter tells some, those of the other come first, and whom it names without a role last."""
    question = "Whom did the SR/CTHB meet on her visit to Moldova in the autumn of 2011?"
    asked = asker.ask(f"{question} {said}")
    alone, whole = asker.ask(question).answer, asked.answer
    assert set(alone) < set(whole) and "Superior Council of Magistrates of Moldova" in whole
    assert whole[-2:] == ["NGOs from both sides of the Dniestr", "UN agencies"]
    # The query that is shown is for these roles, and the lines are those of both chapters.
    assert "role/attendee>" in asked.sparql and "role/organizer>" not in asked.sparql
    assert {item["chapter"] for item in asked.evidence} == {"II.1.5", "II.3.6"}


@pytest.mark.parametrize(
    ("question", "number", "row"),
    [
        (
            "Which study visits of 2011 are dated with exact days? Give country visited, first day, last day.",
            7,
            ["Study visit of four police officers to the Surveillance and Drug Unit in Gothenburg", "Sweden", *OCTOBER],
        ),
        (
            "Which events in Italy are dated with exact days? Give town, first day, last day, unit.",
            4,
            [
                *("First workshop on the FRONTEX manual on THB for border guards", "Cesena", "2011-02-23", "2011-02-24"),
                "Office of the Special Representative and Co-ordinator for Combating Trafficking in Human Beings",
            ],
        ),
        (
            "Which activities in Turkey does the report date with exact days, and which OSCE unit organized, supported or "
            "attended each? Give unit, first day, last day.",
            4,
            ["Regional event for lawyers and NGOs on trafficking cases, Istanbul", "OSCE Centre in Ashgabat", *MARCH],
        ),
        (
            "Which activities fall into August 2011, whose are they, and on which days (first, last)?",
            2,
            [
                "Meeting with the U.S. Embassy and ABA on anti-trafficking training for prosecutors, judges and lawyers",
                *("OSCE Office in Baku", AUGUST),
            ],
        ),
        (
            "Which workshops of the OSCE Office in Tajikistan state how many people attended? Give month and number.",
            3,
            ["Workshop on creating a National Referral Mechanism for trafficking victims in Tajikistan", 20, "2011-06"],
        ),
        (
            "Which activities fall into August 2011, and on which days?",
            2,
            [
                "Meeting with the U.S. Embassy and ABA on anti-trafficking training for prosecutors, judges and lawyers",
                AUGUST,
            ],
        ),
    ],
)
def test_first_and_last_days_as_columns(asker: Asker, question: str, number: int, row: list[Any]) -> None:
    """They are the days; what is worked out, with these columns, goes before what some statement or ranking tells."""
    asked = asker.ask(question)
    assert len(asked.answer) == number
    assert row in asked.answer


def test_numbers_are_no_days(asker: Asker) -> None:
    """A statement that tells numbers alone is no answer where days are to be given, too; events are worked out with both."""
    of_any = asker.ask("Which workshops had 100 or more participants? Give first day, last day, number.")
    assert of_any.status == UNCLEAR
    events = asker.ask("Which events had at least 100 participants? Give first day, last day, number.")
    assert [*("Countering Money Laundering and Financing of Terrorism", "2011-11-03", "2011-11-04"), 100] in events.answer


def test_exact_days_are_no_months(asker: Asker) -> None:
    """What is told to a month is dated, too, but not with exact days."""
    asked = [asker.ask(f"Which study visits are dated{how}?").answer for how in ("", " with exact days")]
    assert set(asked[1]) < set(asked[0])


def test_fewer_staff_than_a_number(asker: Asker) -> None:
    """Whoever has fewer is known where each tells its number; of units that tell none this is said."""
    operations, units = (
        asker.ask(f"Which {kind} have fewer than four staff members?") for kind in ("field operations", "units")
    )
    assert operations.certain and len(operations.answer) == 6 and "OSCE Office in Yerevan" in operations.answer
    assert not units.certain and "no number of staff is told" in " ".join(units.hints)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "How many activities does the chapter on the Project Co-ordinator in Uzbekistan date with exact days in 2011?",
            [8],
        ),
        ("Who paid for activities in chapter II.3.8?", ["European Union"]),
        (
            "Which workshops in the chapter on the OSCE Office in Tajikistan state how many persons attended? Give number.",
            [
                ["Tactical Strategic Planning Workshop", 22],
                ["Workshop on creating a National Referral Mechanism for trafficking victims in Tajikistan", 20],
            ],
        ),
    ],
)
def test_what_a_chapter_tells_alone(asker: Asker, question: str, answer: list[Any]) -> None:
    """A chapter limits activities as a name does: those that it tells, with what it tells of them."""
    asked = asker.ask(question)
    assert asked.answer == answer
    assert "told in II.3." in asked.reading


def test_days_lines_and_query_are_those_of_the_chapter(asker: Asker) -> None:
    """Another chapter tells other days of the same course; they, its lines, and a query for both are no answer here."""
    asked = asker.ask("Which trainings in chapter II.3.4 were in Belgrade, and when?")
    course = "Regional Cyber-Crime Training Course: Using Linux as an Investigative Tool"
    assert asked.answer == [[course, "2011-09"]]
    assert {item["chapter"] for item in asked.evidence} == {"II.3.4"}
    assert "section/II.3.4" in asked.sparql
    # So they are in columns behind it, however it was read first.
    behind = asker.ask("Which trainings in chapter II.3.4 were in Belgrade? Give days.")
    assert behind.answer == asked.answer


def test_chapters_of_a_group_are_all_of_them(asker: Asker) -> None:
    """What stands in "chapters II.3" stands in any of its parts; where a chapter is no limit it is not taken for one."""
    one, every = (
        asker.ask(f"Which activities in chapter {number} have exact days?").answer for number in ("II.3.8", "II.3")
    )
    assert one and set(one) < set(every)
    told = asker.ask("How many activities are told in chapter II.3?")
    parts = {f"II.3.{number}" for number in range(1, 15)}
    activities = {
        event.iri for event in asker.facts.events.values() if any(telling.chapter in parts for telling in event.told)
    }
    assert told.answer == [len(activities)] and told.reading.endswith("told in II.3")
    assert "told in" not in asker.ask("In which chapters is UNODC named?").reading
