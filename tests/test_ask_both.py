"""Questions in plain words: several values of one thing, and what the memory of questions knows of a thing."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph.asking import asked_forms, memory
from oscegraph.asking.ask import Asker
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.memory import Entry, Memory
from oscegraph.asking.naming import rows


def _both(asker: Asker, question: str) -> list[Candidate]:
    return [c for c in asker.read(question)[1] if c.family == "both"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("In how many copies and languages was the Tajik plan on trafficking printed?", [500, 3]),
        ("How many people attended the Nordic Mule training, and who paid?", [20, "Norway"]),
        ("Who paid for the Nordic Mule training, and how many people attended?", ["Norway", 20]),
        ("NRM pilot in Ukraine: victims found, presumed victims found?", [49, 289]),
        ("Firearms Protocol, participating States: numbers that ratified, signed, are not a party?", [31, 8, 17]),
    ],
)
def test_several_values_of_one_thing_are_one_answer(asker: Asker, question: str, answer: list[Any]) -> None:
    """The values stand in the order in which they are asked for."""
    found = [c.answer for c in asker.read(question)[1]]
    assert answer in found, [one for one in found if set(map(str, answer)) <= set(map(str, one))]


def test_parts_rest_on_one_thing_and_differ(asker: Asker) -> None:
    """Every part is about what the others are about, no value stands twice, and each part keeps its own query."""
    found = _both(asker, "How many people attended the Nordic Mule training, when was it, and who paid?")
    assert found
    for one in found:
        assert len(one.parts) > 1
        assert len(set(map(str, one.answer))) == len(one.answer)
        assert frozenset.intersection(*(part.about for part in one.parts)), one.projection


def test_the_answer_has_evidence_and_query_of_each_part(asker: Asker) -> None:
    """Rows and SPARQL are those of the parts, one after the other."""
    one = next(
        c
        for c in _both(asker, "Who paid for the Nordic Mule training, and how many attended?")
        if c.answer == ["Norway", 20]
    )
    found, sparql = asker.rows(one)
    assert len(found) == sum(len(asker.rows(part)[0]) for part in one.parts)
    assert all(asker.rows(part)[1] in sparql for part in one.parts)


@pytest.mark.parametrize(
    "question", ["Who paid for the Nordic Mule training?", "Did Norway pay for the Nordic Mule training, and who came?"]
)
def test_one_value_and_yes_or_no_have_no_such_candidates(asker: Asker, question: str) -> None:
    """They are for questions that ask for several values."""
    assert not _both(asker, question)


def test_labelled_values_are_rows() -> None:
    """A label with its value is a row; a title with a colon is none."""
    assert rows(["Issyk-kul province, 2", "Jalal-Abad province, 2"]) == [
        ["Issyk-kul province", 2],
        ["Jalal-Abad province", 2],
    ]
    assert rows(["Freedom Project: Ending Modern Slavery"]) == []
    assert rows(["Countering Terrorism, Protecting Human Rights"]) == []


def test_numbers_stand_in_the_order_of_the_other_column() -> None:
    """Ranks by year; rows keep the columns together."""

    class Phrase:
        form, columns = "numbers", ("value", "year")

    told = [{"value": "7", "year": "2011"}, {"value": "2", "year": "2010"}, {"value": None, "year": "2011"}]
    assert asked_forms.answer(Phrase(), told) == [2, 7]
    Phrase.form = "rows"
    assert asked_forms.answer(Phrase(), told) == [["7", "2011"], ["2", "2010"]]


def test_all_questions_on_one_thing_together_bear_a_new_one() -> None:
    """A question whose words stand in two others is borne by both together, and a word of neither is strange."""
    marks = [(1, 1, 1), (1, 2, 2), (3, 3, 3)]
    words = [["mule", "paid"], ["child", "danish"], ["visit", "trade"]]
    held = Memory.of(map(Entry, marks, words))
    memory_of = held.near(["mule", "danish"])
    assert memory_of.borne[0][1] > memory_of.borne[1][1] > 0
    assert memory_of.features((1, 1, 1), False)["strange open"] == 0
    assert held.near(["mule", "trade"]).features((1, 1, 1), False)["strange open"] > 0.4


def test_what_was_asked_and_is_not_so_says_nothing_of_the_thing() -> None:
    """The words of a question that is answered by no do not count for what it is about."""
    held = Memory.of([Entry((1, 1, 1), ["mule", "chisinau"], untrue=True), Entry((1, 2, 2), ["mule", "belgrade"])])
    assert held.near(["chisinau"]).features((1, 1, 1), True)["strange polar"] == 1
    assert held.near(["belgrade"]).features((1, 1, 1), True)["strange polar"] == 0
    assert memory.Memory(held.marks, held.having, held.often, held.lengths, held.untrue).dump() == held.dump()


@pytest.mark.parametrize(
    ("question", "projection", "row"),
    [
        (
            "Two April trainings for Montenegrin border staff: dates and number of officers?",
            "activities with people",
            ["Forged Documents Training Course", "2011-04-11", "2011-04-12", 20],
        ),
        (
            "Which events did the Centre in Ashgabat send people to, when, and how many each?",
            "activities with people of teller",
            ["FIU Development Workshop", "Yerevan", "2011-07-14", "2011-07-15", 2],
        ),
        (
            "Kiev seminar on criminal assets in September: its title in each chapter?",
            "chapters and titles",
            ["II.3.2", "Criminal Asset Confiscation"],
        ),
        (
            "In which year were the Lisbon Summit Declaration and the Charter for European Security adopted, each?",
            "papers and adoption",
            ["Charter for European Security", "Istanbul", "1999"],
        ),
    ],
)
def test_rows_of_what_fits_best(asker: Asker, question: str, projection: str, row: list[Any]) -> None:
    """As many activities as a question says, whom a chapter sent, titles by chapter, decisions that are named together."""
    found = [c for c in asker.read(question)[1] if c.projection == projection]
    rows_of = [one for c in found for one in c.answer if set(map(str, row)) <= set(map(str, one))]
    assert rows_of, [c.answer for c in found]


def test_rows_of_what_fits_best_carry_their_activities(asker: Asker) -> None:
    """The evidence of such rows is that of the activities in them, and of no other ones."""
    one = next(
        c
        for c in asker.read("Two April trainings for Montenegrin border staff: dates and number of officers?")[1]
        if "fitting" in c.flags
    )
    told, sparql = asker.rows(one)
    assert {row["activity"] for row in told} == set(one.events) and len(one.events) == 2 and sparql
