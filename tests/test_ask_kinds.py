"""Questions in plain words for all of a kind: structures, States, police services, and those of which nothing is told."""

from __future__ import annotations

import pytest

from oscegraph import query
from oscegraph.api import Oscegraph
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, SILENT
from oscegraph.gaps import silences


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("How many field operations are there?", 14),
        ("How many field operations does the report cover?", 14),
        ("How many OSCE units have a chapter of their own?", 20),
        ("How many Secretariat units are there?", 5),
        ("How many institutions have a chapter?", 1),
    ],
)
def test_structures_are_counted_by_their_chapters(asker: Asker, question: str, number: int) -> None:
    """They are no numbers of staff."""
    asked = asker.ask(question)
    assert asked.certain and asked.answer == [number] and len(asked.evidence) == number


def test_structures_without_a_chapter(asker: Asker) -> None:
    """Those that only other chapters name, with the places where they do."""
    asked = asker.ask("Which field operations have no chapter of their own?")
    assert asked.answer == ["OSCE Mission to Bosnia and Herzegovina", "OSCE Office in Minsk"] and asked.evidence
    with_chapter = asker.ask("Which field operations have a chapter of their own?")
    assert len(with_chapter.answer) == 14 and set(with_chapter.answer).isdisjoint(asked.answer)


def test_a_closed_office_did_nothing(asker: Asker) -> None:
    """It is known by its name, and the report tells of no activity of its own."""
    asked = asker.ask("What did the OSCE Office in Minsk do in 2011?")
    assert asked.status == SILENT and asked.answer == []
    assert asker.ask("Which OSCE office was closed in 2011?").answer == ["OSCE Office in Minsk"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which field operation writes only about trafficking in human beings?", ["OSCE Mission to Moldova"]),
        ("Which field operations only work on trafficking in human beings?", ["OSCE Mission to Moldova"]),
        ("Which units work exclusively on cybercrime?", []),
    ],
)
def test_structures_with_one_theme(asker: Asker, question: str, answer: list[str]) -> None:
    """All tellings of their chapters are on it."""
    asked = asker.ask(question)
    assert asked.status == (ANSWERED if answer else SILENT) and asked.answer == answer


@pytest.mark.parametrize(
    ("theme", "said"), [("cyber", "cybercrime"), ("drugs", "drugs"), ("thb", "trafficking in human beings")]
)
def test_states_without_an_activity_are_those_of_the_desk(graph: Oscegraph, asker: Asker, theme: str, said: str) -> None:
    """`ask` and `gaps --kind states` name the same ones."""
    iri = next(thing.iri for thing in graph.directory.concepts("theme") if thing.iri.endswith(f"/{theme}"))
    told = silences(graph.store, graph.directory, iri)
    expected = sorted(graph.directory.label(one.state) for one in told)
    asked = asker.ask(f"Which countries had no activity on {said}?")
    assert asked.status == ANSWERED and sorted(asked.answer) == expected and len(expected) > 5


def test_states_that_no_activity_names(graph: Oscegraph, asker: Asker) -> None:
    """None of them is named in any, by a theme or without."""
    asked = asker.ask("Which participating States took part in no activity?")
    assert "Andorra" in asked.answer and "Kosovo" not in asked.answer
    rows = [row["stateLabel"] for row in query.run(graph.store, "state_strangers")]
    assert asked.answer == rows


def test_territories_are_said_where_states_are_counted(asker: Asker) -> None:
    """Kosovo is counted with those that took part, and is no State."""
    asked = asker.ask("How many States took part in activities?")
    listed = asker.ask("Which States took part in activities?")
    assert asked.answer == [len(listed.answer)] and "Kosovo" in listed.answer
    assert all(any("no State" in hint for hint in one.hints) for one in (asked, listed))


@pytest.mark.parametrize(
    ("question", "some", "none"),
    [
        ("Which police services worked on terrorism?", "Kosovo Police", "Ministry of Interior of Serbia"),
        (
            "Which police services took part in activities on drugs?",
            "Police of Serbia",
            "All-Russian Advanced Police Academy",
        ),
    ],
)
def test_police_services(asker: Asker, question: str, some: str, none: str) -> None:
    """They are bodies with that name, and no schools."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and some in asked.answer and none not in asked.answer
    assert all("olice" in name for name in asked.answer)


def test_units_that_worked_together(asker: Asker) -> None:
    """Pairs, with how often; of a kind alone if it is said."""
    asked = asker.ask("Which field operations worked together?")
    assert asked.certain and ["OSCE Mission to Moldova", "OSCE Project Co-ordinator in Ukraine", "2"] in asked.answer
    assert not any("SPMU" in str(row) or "Strategic" in str(row) for row in asked.answer)
    assert asker.ask("Which two Secretariat units worked together most often?").answer == [
        "Office of the Co-ordinator of OSCE Economic and Environmental Activities",
        "Strategic Police Matters Unit",
    ]
    assert asker.ask("Which three field operations worked together most often?").status != ANSWERED


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("To what rank did anti-drug work fall on the OSCE's list of activities in 2011?", [7]),
        ("What rank did trafficking in human beings have?", [1]),
        (
            "Which OSCE units taught at the Border Management Staff College in Dushanbe in 2011?",
            "Operations Service, Borders Team",
        ),
    ],
)
def test_plain_facts(asker: Asker, question: str, answer: object) -> None:
    """A rank that is told, and who taught at a body whose town is said with its name."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and (asked.answer == answer or answer in asked.answer)


@pytest.mark.parametrize(
    "question",
    ["What rank did anti-corruption have?", "Which ministries took part in activities?", "Which States are named?"],
)
def test_what_is_not_told_so_is_not_answered(asker: Asker, question: str) -> None:
    """No rank by number is printed of it; a unit of a ministry is none; who is named need not have taken part."""
    assert asker.ask(question).status != ANSWERED


def test_states_by_their_status(graph: Oscegraph, asker: Asker) -> None:
    """Participating States and Partners for Co-operation part the States that took part; Iran is neither."""
    named = {
        kind: set(asker.ask(f"Which {kind} took part in activities?").answer)
        for kind in ("States", "participating States", "Partners for Co-operation")
    }
    members, partners = named["participating States"], named["Partners for Co-operation"]
    assert partners == {"Afghanistan", "Australia", "Israel", "Mongolia"}
    assert members and members.isdisjoint(partners) and members | partners < named["States"]
    statuses = {thing.label: thing.facts.get("osceStatus", [""])[0] for thing in graph.directory.things.values()}
    assert all(statuses[name].endswith("/participating-state") for name in members)
    assert {"Iran", "Kosovo"} <= named["States"] - members - partners


def test_a_section_in_chapters_of_a_kind(asker: Asker) -> None:
    """So many chapters of field operations have it as those that are named with it."""
    listed = asker.ask("Which field operation chapters have a section on counter-terrorism?")
    asked = asker.ask('In how many field operation chapters is there a section headed "Counter-terrorism"?')
    assert asked.answer == [len(listed.answer)] == [5] and asked.hints[0].startswith("These: ")


@pytest.mark.parametrize(
    ("question", "last"),
    [
        ("On which day was the last event of 2011?", "2011-12-22"),
        ("When was the first event?", "2011-01-28"),
    ],
)
def test_the_ends_of_the_year(asker: Asker, question: str, last: str) -> None:
    """The day is told with the event."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and asked.answer[0][-1] == last


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("How many activities on each theme were held?", "How many activities were there per theme?"),
        ("Give the number of activities by month", "How many activities were held in each month?"),
    ],
)
def test_numbers_of_each(asker: Asker, question: str, other: str) -> None:
    """All of them are told, in whatever order the words stand."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and len(asked.answer) >= 10 and asked.answer == asker.ask(other).answer
