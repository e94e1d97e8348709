"""Questions in plain words: what several passages tell, what two things have in common, yes or no behind a clause."""

from __future__ import annotations

from typing import Any

import pytest
import rdflib

from oscegraph import query
from oscegraph.api import Oscegraph
from oscegraph.asking import asked_each, asked_parts, asked_sides, in_one, polar
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, LONGEST, NOT_UNDERSTOOD, SILENT, UNCLEAR, Asked
from oscegraph.namespaces import OSG

PLANS = "https://w3id.org/oscegraph/id/statement/compared-national-plans-thb"


def answers(asker: Asker, question: str, projection: str) -> list[list[Any]]:
    """Return the answers of the candidates of a question that ask for this."""
    return [one.answer for one in asker.read(question)[1] if one.projection == projection]


# ---------------------------------------------------------------- comparisons


def test_each_row_of_a_comparison_has_its_own_place(graph: Oscegraph) -> None:
    """A comparison stands nowhere; its rows do, in the chapters that tell them."""
    rows = list(query.run(graph.store, "detail_values", detail=PLANS))
    assert [(row["value"], row["chapter"]) for row in rows] == [
        ("Montenegro: 2012-2016", "II.3.3"),
        ("Kyrgyzstan: 2012-2015", "II.3.12"),
        ("Tajikistan: 2011-2013", "II.3.13"),
    ]
    assert len({row["firstLine"] for row in rows}) == 3 and {row["detail"] for row in rows} == {PLANS}


def test_rows_of_comparisons_are_found_by_what_they_are_about(graph: Oscegraph) -> None:
    """Each row once, under its comparison and not by itself."""
    rows = list(query.run(graph.store, "detail_values", about="https://w3id.org/oscegraph/id/area/mne"))
    mine = [row for row in rows if row["value"] == "Montenegro: 2012-2016"]
    assert [row["detail"] for row in mine] == [PLANS]


def test_rows_of_a_comparison_are_in_a_portrait_with_its_summary(graph: Oscegraph) -> None:
    """What is said of a state says of what it is a row."""
    found = list(query.run(graph.store, "statements", thing="https://w3id.org/oscegraph/id/area/mne"))
    here = {row["property"]: row["value"] for row in found if row["statement"] == f"{PLANS}-1"}
    assert here[f"{OSG}valueText"] == "Montenegro: 2012-2016" and "plans" in here[f"{OSG}summary"]


def test_a_comparison_answers_with_its_rows(asker: Asker) -> None:
    """Rows, one column, and what is told of those that are named."""
    question = "Which periods do the national plans against human trafficking cover in Montenegro and Tajikistan?"
    rows = [["Kyrgyzstan", "2012-2015"], ["Montenegro", "2012-2016"], ["Tajikistan", "2011-2013"]]
    assert rows in answers(asker, question, "rows")
    assert ["Kyrgyzstan", "Montenegro", "Tajikistan"] in answers(asker, question, "labels")
    assert [["Montenegro", "2012-2016"], ["Tajikistan", "2011-2013"]] in answers(asker, question, "named rows")


def test_small_words_of_a_label_need_not_be_said(asker: Asker) -> None:
    """A label with an article or "of" is named by its other words."""
    question = (
        "On which decisions do the drug trafficking and the organized crime general heading of the SPMU's chapter rest?"
    )
    assert [
        ["Drug Trafficking", "MC.DEC/4/07"],
        ["Drug Trafficking", "PC.DEC/813"],
        ["Organized Crime in General", "MC.DEC/5/06"],
    ] in answers(asker, question, "named rows")


def test_numbers_of_a_comparison_are_added_up(asker: Asker) -> None:
    """The victims that two projects found."""
    question = "How many victims did the referral pilot in Ukraine and the detention monitoring in Kazakhstan find together?"
    assert [83] in answers(asker, question, "sum")


def test_every_comparison_has_rows_in_more_than_one_place(graph: Oscegraph) -> None:
    """What one passage tells is a detail."""
    data: rdflib.Graph = graph.graph
    found = list(data.subjects(rdflib.RDF.type, rdflib.URIRef(f"{OSG}Comparison")))
    assert len(found) > 100
    lines = rdflib.URIRef(f"{OSG}firstLine")
    single = [
        str(one)
        for one in found
        if len({data.value(row, lines) for row in data.objects(one, rdflib.URIRef(f"{OSG}row"))}) < 2
    ]
    assert single == []


# ---------------------------------------------------------------- yes or no


@pytest.mark.parametrize(
    "text",
    [
        "According to Appendix 1, does PC.DEC/813 recall MC.DEC/3/05?",
        "By May 2012, had every participating State ratified the UNTOC?",
        "Besides the ATU, did both the OCEEA and the OS/Borders Team help with the workshop in Skopje?",
        "When the workshop in Bishkek was held, had Kyrgyzstan joined all of them?",
        "At the meeting that OMIK hosted in March, were both units represented?",
        "May a State join a Protocol without the Convention?",
        "The exercise took place in March: is this what chapter II.3.2 says?",
        "Please confirm that it was held in Almaty.",
        "Iran was represented there: true or not?",
        "In chapter II.1.1, is the OCEEA one of the units with which the SPMU organized the conference?",
        "The cyber conference, which the SPMU organized on behalf of the Chairmanship: is this so told?",
        "State whether the meeting in Tirana was called by the Mission to Montenegro.",
        "Although two of its officials came to Astana, is Kazakhstan missing among the visits?",
    ],
)
def test_yes_or_no_behind_a_clause(text: str) -> None:
    """What stands before the question changes nothing."""
    assert polar.is_polar(text)


@pytest.mark.parametrize(
    "text",
    [
        "In which city, and on what day, was the guidebook introduced?",
        "By which resolution, and on what date, was it adopted?",
        "On combating which crimes, named one by one, did it focus?",
        "May course in Montenegro: dates, partners?",
        "When in 2011, was the workshop in Kiev held?",
        "List the funders. Can the report name them?",
        "State whether it was paid for by Norway or by Finland.",
        "State whether Norway or Finland funded the workshop in Belgrade in June.",
        "Say whether it was in Vienna, and name the organizers.",
        "In 2011, can you tell in which cities the SPMU held workshops?",
        "The conference in Vienna: was it in May, and which bodies led it?",
        "The conference in Tbilisi: who led it, and was it in May?",
        "Any funder for the workshop in Belgrade, and how many came?",
        "For the UNTOC and each Protocol: States that ratified, signed only, are not party.",
        "With whose support, apart from the OSCE's, was it printed?",
        "",
    ],
)
def test_other_questions_are_not_for_yes_or_no(text: str) -> None:
    """A word that asks may stand within the clause."""
    assert not polar.is_polar(text)


def test_staff_of_two_structures_are_compared(asker: Asker) -> None:
    """Seven against six, from their own chapters."""
    question = "Did the Mission to Skopje have {} staff than the Mission to Serbia?"
    assert answers(asker, question.format("more"), "more staff") == [[True]]
    assert answers(asker, question.format("fewer"), "fewer staff") == [[False]]
    assert answers(asker, question.format("purple"), "more staff") == []
    assert answers(asker, question.format("no more"), "more staff") == []
    turned = "Compared with the Mission to Serbia, did the Mission to Skopje have more staff?"
    assert answers(asker, turned, "more staff") == []


# ---------------------------------------------------------------- two things


def test_sides_need_two_things_to_be_told() -> None:
    """Too few words on one side, or nothing that compares, are no two sides."""
    assert asked_sides.sides("Who came to Kiev but not to Minsk?") == []
    assert asked_sides.sides("Who came to the seminar in Kiev and to the one in Minsk?") == []
    assert asked_sides.sides("") == []


def test_who_was_at_one_activity_and_not_at_the_other(asker: Asker) -> None:
    """Each side of the question says by itself which activity it means."""
    question = (
        "Which country had investigators at the IT forensics training in Wiesbaden in October"
        " but no experts at the computer forensics workshop in Belgrade of 2-3 June?"
    )
    assert ["Albania"] in answers(asker, question, "first only:attendees")


@pytest.mark.parametrize(
    ("other", "same"), [("the Nordic Mule training of 28-30 November", True), ("the Linux course of 14-18 November", False)]
)
def test_whether_two_activities_have_the_same_funder(asker: Asker, other: str, same: bool) -> None:
    """Norway paid for the first two, Finland for the last."""
    question = f"Were the Belgrade workshop of 2-3 June and {other} financed by the same government?"
    made = [one for one in asker.read(question)[1] if one.projection == "same funder"]
    assert [one.answer for one in made] == [[same]]
    assert asker.sayer.say(made[0]).startswith("Is it the same (who paid)")
    different = question.replace("the same government", "different governments")
    assert answers(asker, different, "same funder") == [[not same]]


def test_the_others_of_a_list(asker: Asker) -> None:
    """Those that were admitted besides the one that the question names, by its adjective too."""
    question = "Which other countries' units were admitted to the Egmont Group in the same plenary as the Uzbek one?"
    found = answers(asker, question, "others")
    assert any(set(one) >= {"Mali", "Morocco", "Samoa"} and "Uzbekistan" not in one for one in found)


# ---------------------------------------------------------------- each of several, firsts and lasts


def test_several_values_of_each_of_several_things(asker: Asker) -> None:
    """Days and number of each training that is listed."""
    question = (
        "Give first day, last day and number of participants of the following trainings in chapter II.3.5: the course in"
        " Turkey for law enforcement officers and the training of the Academy's trainers on confiscation."
    )
    (rows,) = answers(asker, question, "when + people")[:1]
    assert [row[-3:] for row in rows] == [["2011-04-04", "2011-04-15", 12], ["2011-04-14", "2011-04-15", 28]]
    made = next(one for one in asker.read(question)[1] if one.projection == "when + people")
    assert asker.sayer.say(made).startswith("When, number of people: ")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "In Serbia, how many came to the seminar on assets (April) and to the course on crime (15-18 October)?",
            (),
        ),
        (
            "In Serbia, how many came to the seminar on assets, to the workshop on money and to the course (15-18 October)?",
            ("seminar on assets", "workshop on money", "course (15-18 October)"),
        ),
        (
            "For the round table of 9 May, the course of June and the visit of July, all in Skopje, what number is given?",
            ("round table of 9 May", "course of June", "visit of July"),
        ),
    ],
)
def test_what_is_no_item_of_a_list(text: str, items: tuple[str, ...]) -> None:
    """Neither a place before the question nor what is said of all of them is one of the things."""
    assert [way.items for way in asked_each.listed(text)][:1] == ([items] if items else [])


def test_numbers_that_are_to_be_added_are_no_list() -> None:
    """What is to be added up is one number."""
    assert asked_each.listed("Added up, how many staff do the SPMU, the ATU and the OCEEA have?") == []


def test_the_first_and_the_last_day_of_all(asker: Asker) -> None:
    """Of what is dated to the day, without any name."""
    assert ["2011-12-22"] in answers(asker, "On what day was the last event that is dated exactly?", "day of last activity")
    question = "Which activity is the earliest in 2011 to which the report gives exact days?"
    assert ["Counter Drug Course"] in answers(asker, question, "first activity")


def test_whose_staff_is_not_told(asker: Asker) -> None:
    """The units and institutions whose chapters give no number, and these chapters."""
    question = "Which chapter on a unit of the Secretariat gives no number of staff?"
    assert ["II.1.4"] in answers(asker, question, "chapters of staff untold of kind")
    made = next(one for one in asker.read(question)[1] if one.projection == "staff untold of kind")
    rows, _ = asker.rows(made)
    assert [row["chapter"] for row in rows] == ["II.1.4"]
    assert not answers(asker, "How many staff do the units of the Secretariat have?", "staff untold")


def test_who_does_not_name_an_actor(asker: Asker) -> None:
    """Field operations whose own chapters never name the police unit, each with the lines of its chapter."""
    question = "Which field operations' chapters do not mention the SPMU?"
    wanted = ["OSCE Presence in Albania", "OSCE Centre in Bishkek", "OSCE Office in Tajikistan"]
    assert wanted in answers(asker, question, "actor_unnamed list structureLabel")
    assert not answers(asker, question, "actor_chapters list structureLabel")
    assert not answers(asker, "Which chapters do not mention the United States?", "actor_unnamed list chapter")


def test_of_several_names_each_may_be_asked_for(asker: Asker) -> None:
    """A state and one of its bodies are named together."""
    question = "The US programme ICITAP appears in the chapters of which field operations?"
    wanted = ["OSCE Mission in Kosovo", "OSCE Mission to Montenegro", "OSCE Mission to Serbia"]
    assert wanted in answers(asker, question, "actor_chapters list structureLabel")


def test_how_often_each_paid(asker: Asker) -> None:
    """The states that paid, with the number of activities of the chapter."""
    question = "How many activities of chapter II.1.1 were paid for by each State, alone or with others?"
    assert [["Norway", 2], ["United States", 2]] in [rows[:2] for rows in answers(asker, question, "counts:funder")]
    # The SPMU taught at a part of these courses, and at no other.
    question = "How often did each body teach at the courses of the Border Management Staff College in 2011?"
    told = answers(asker, question, "counts:trainer")
    assert any("Strategic Police Matters Unit" in {name for name, _ in rows} for rows in told)


def test_those_who_are_included_are_named(asker: Asker) -> None:
    """Whom a question counts in is in the answer, too."""
    question = "Who organized the seminar on seizing assets in Kiev of 6-8 September, the SPMU {}?"
    spmu = "Strategic Police Matters Unit"
    assert any(spmu in one for one in answers(asker, question.format("included"), "role:organizers"))
    assert not any(spmu in one for one in answers(asker, question.format("aside"), "role:organizers"))
    without = "Who organized the seminar on seizing assets in Kiev of 6-8 September, not including the SPMU?"
    assert not any(spmu in one for one in answers(asker, without, "role:organizers"))


# ---------------------------------------------------------------- how, and both of two


def test_a_manner_is_only_told_where_it_is_a_value(asker: Asker) -> None:
    """How a group divides is asked for like any value; how something was done is not."""
    assert not asked_parts.asks_how("How did the participants divide by country?")
    assert asked_parts.asks_how("How did they travel?")
    asked = asker.ask("How did the zebras travel to Gothenburg?")
    assert asked.status == NOT_UNDERSTOOD and "reasons" in asked.hints[0]


def test_two_parts_are_right_only_together() -> None:
    """The doubts of both add up; what is given twice was not understood."""

    def ask(text: str, *_: Any, **__: Any) -> Asked:
        sure, value = (0.99, "a") if "who" in text else (0.8 if "when" in text else 0.7, "b" if "when" in text else "a")
        return Asked(text, ANSWERED, text, [value], confidence=sure)

    both = in_one.several("?", ["who", "when"], ask)
    assert both.status == ANSWERED and both.answer == ["a", "b"] and both.confidence == pytest.approx(0.792)
    assert in_one.several("?", ["when", "where"], ask).status == UNCLEAR
    assert in_one.several("?", ["who", "who else"], ask).status == UNCLEAR


def test_two_numbers_may_be_the_same() -> None:
    """What comes twice is only a sign of a wrong reading if it is a name."""

    def ask(text: str, *_: Any, **__: Any) -> Asked:
        return Asked(text, ANSWERED, text, [20], confidence=0.99)

    assert in_one.several("?", ["how many came to A", "how many came to B"], ask).answer == [20, 20]


def test_silence_is_not_claimed_of_the_year_before(asker: Asker) -> None:
    """The report counts the activities of both years; no single activity is meant."""
    assert asker.ask("How many anti-organized crime activities did the OSCE count in 2010 and in 2011?").status != SILENT


def test_much_white_space_takes_no_longer(asker: Asker) -> None:
    """A question is cut, and white space is one space, before anything looks at it."""
    long = "Who paid" + " " * 200_000 + "?"
    assert asker._in_its_words(long) == "Who paid ?"
    assert asker.ask(long).status != ANSWERED


def test_what_is_too_long_is_cut_and_said_to_be(asker: Asker) -> None:
    """What limits it may stand in the rest: it is never certain."""
    question = "Who is the focal point of the ATU"
    assert asker.ask(f"{question}?").certain
    cut = asker.ask(question + "?" * LONGEST)
    assert len(asker._in_its_words(cut.question)) <= LONGEST
    said = "Only the first 1000 characters were read."
    assert said in cut.hints and not cut.certain
    back = "Who organized the workshop in Almaty " + "in Almaty " * 120 + "?"
    asked, chosen = asker.ask(back), asker.choose(back, 1)
    assert asked.hints[asked.choices] == said and said in chosen.hints and not chosen.certain
