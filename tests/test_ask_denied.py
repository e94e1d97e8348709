"""Questions in plain words: what was not so, what is set aside, several places, and what counts and rankings rest on."""

from __future__ import annotations

import re
from typing import Any

import pytest

from oscegraph import query
from oscegraph.api import Oscegraph
from oscegraph.asking import behind, phrases
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, EXCLUDED, SILENT, UNCLEAR
from oscegraph.asking.asked_denied import DENIED

COUNTS = [found for found in query.catalogue() if "firstLine" not in found.text]


# ---------------------------------------------------------------- who did not


@pytest.mark.parametrize(
    "question",
    [
        "Which units never worked with UNODC?",
        "Which units did not work with UNODC?",
        "Which units didn't ever work together with UNODC?",
        "Which units have not co-operated with UNODC?",
        "Which units had no joint activity with UNODC?",
        "Which units share no activities with UNODC?",
        "Which units took no part in activities of UNODC?",
    ],
)
def test_who_did_not_is_never_answered_by_who_did(asker: Asker, question: str) -> None:
    """In any words: "did not work with UNODC" was once answered by those that did."""
    did = set(asker.ask("Which units worked with UNODC?").answer)
    asked = asker.ask(question)
    assert asked.status == ANSWERED and asked.answer and did.isdisjoint(asked.answer)
    assert asked.answer == asker.ask("Which units never worked with UNODC?").answer
    assert asked.question == question and asked.hints


def test_who_did_not_is_narrowed_by_kind_and_region(asker: Asker) -> None:
    """Units of the Secretariat are no field operations, and those of Central Asia are not all of these."""
    units = asker.ask("Which Secretariat units had no activity with ODIHR?").answer
    assert units and all(asker.directory.things[iri].cls == "SecretariatUnit" for iri in _named(asker, units))
    asked = asker.ask("Which field operations in Central Asia have no joint activity with the IOM?")
    assert asked.answer == ["OSCE Centre in Ashgabat", "OSCE Project Co-ordinator in Uzbekistan"]
    with_it = asker.ask("Which field operations in Central Asia worked with the IOM?").answer
    assert with_it and set(asked.answer).isdisjoint(with_it)


def _named(asker: Asker, labels: list[Any]) -> list[str]:
    return [iri for iri, thing in asker.directory.things.items() if thing.label in labels and thing.is_actor]


def test_both_ways_to_find_strangers_agree(graph: Oscegraph) -> None:
    """Of structures, those who never shared an activity are the same by both queries, seen from either side."""
    strangers: dict[str, set[str]] = {}
    for row in query.run(graph.store, "structure_strangers"):
        strangers.setdefault(str(row["one"]), set()).add(str(row["other"]))
        strangers.setdefault(str(row["other"]), set()).add(str(row["one"]))
    assert len(strangers) > 10
    for structure, others in strangers.items():
        found = {str(row["structure"]) for row in query.run(graph.store, "actor_strangers", actor=structure)}
        assert found == others, structure


@pytest.mark.parametrize(
    ("question", "denied"),
    [
        ("Which events did not take place in Vienna?", True),
        ("Who took no part in the exercise?", True),
        ("Which decision was not adopted in 2011?", True),
        ("Which units worked without UNODC?", True),
        ("Which body organized it, though II.1.1 does not name it?", False),
        ("Which mission, which has no chapter of its own, trained judges?", False),
        ("Who paid for no fewer than two courses?", False),
        ("Which units work not only with police?", False),
        ("Who organized the workshop?", False),
    ],
)
def test_what_is_denied(question: str, denied: bool) -> None:
    """The verb of the question itself, not that of a clause."""
    assert bool(DENIED.match(question)) == denied


@pytest.mark.parametrize(
    "question",
    ["Which events did not take place in Vienna?", "Which units worked without UNODC?", "Who did not teach in Kosovo?"],
)
def test_other_denials_are_asked_back(asker: Asker, question: str) -> None:
    """Where no query finds who did not, nobody is told who did."""
    assert asker.ask(question).status == UNCLEAR


def test_more_than_is_no_existence(asker: Asker) -> None:
    """That there was work on drugs does not say that there was more of it: what is counted does."""
    asked, turned = (
        asker.ask(f"Was there more work on {one}?") for one in ("drugs than on terrorism", "terrorism than on drugs")
    )
    assert (asked.answer, turned.answer) == ([False], [True]) and not asked.certain
    assert asked.reading.startswith("32 and 38")


# ---------------------------------------------------------------- what is set aside


def test_chapters_are_set_aside(asker: Asker) -> None:
    """A chapter that is set aside is no filter, and no answer."""
    every = asker.ask("In which chapters is the OSCE Mission to Serbia mentioned?").answer
    asked = asker.ask("In which chapters other than II.3.4 is the OSCE Mission to Serbia mentioned?")
    assert "II.3.4" in every and asked.answer == [value for value in every if value != "II.3.4"]
    assert asked.evidence and all(item["chapter"] != "II.3.4" for item in asked.evidence)


def test_values_are_set_aside(asker: Asker) -> None:
    """By their words, and by the name."""
    asked = asker.ask(
        "Whom did the Deputy Co-ordinator speak to in Bosnia and Herzegovina besides the head of the OSCE mission there?"
    )
    assert asked.status != ANSWERED or asked.answer == ["Acting Chief Prosecutor of Bosnia and Herzegovina"]
    asked = asker.ask("Which organizations provided experts for the FRONTEX manual's working group, apart from the OSCE?")
    assert asked.status != ANSWERED or not any("Security and Co-operation" in value for value in asked.answer)


@pytest.mark.parametrize(
    ("whole", "less", "name"),
    [
        (
            "Which events took place in Vienna?",
            "Which events took place in Vienna without the SPMU?",
            "Strategic Police Matters Unit",
        ),
        ("Which activities were there in Vienna?", "Which activities were there in Vienna not organized by the SPMU?", ""),
        ("What did the SPMU do?", "What did the SPMU do outside Vienna?", ""),
        ("How many events took place in Vienna?", "How many events took place in Vienna without the SPMU?", ""),
    ],
)
def test_activities_without_somebody(asker: Asker, whole: str, less: str, name: str) -> None:
    """Some are left, all of them of the whole, and what is set aside is in none of them."""
    every, some = asker.ask(whole), asker.ask(less)
    assert some.status == ANSWERED and some.evidence and "; without " in some.reading
    if isinstance(some.answer[0], int):
        assert 0 < some.answer[0] < every.answer[0]
    else:
        assert 0 < len(some.answer) < len(every.answer) and set(some.answer) <= set(every.answer)
    if name:
        unit = _named(asker, [name])[0]
        titles = {event.label: event for event in asker.facts.events.values()}
        assert all(unit not in titles[title].involved for title in some.answer)


# ---------------------------------------------------------------- several places and themes, and open periods


def test_two_places_are_either_of_them(asker: Asker) -> None:
    """What was "in Kyrgyzstan and Tajikistan" is not only what was in both."""
    told = [asker.ask(f"What did the ATU do in {place}?") for place in ("Kyrgyzstan", "Tajikistan")]
    asked = asker.ask("What did the ATU do in Kyrgyzstan and Tajikistan?")
    assert asked.status == ANSWERED
    held = {value for row in asked.answer for value in (row if isinstance(row, list) else [row])}
    assert all(set(one.answer) <= held for one in told)
    assert len(asker.ask("Which events took place in Vilnius and Riga?").answer) == 3


def test_two_themes_and_what_is_not_on_one(asker: Asker) -> None:
    """Both is one list, "but not" another; where nothing is left it is said so, and not that the report is silent."""
    drugs, thb = (set(asker.ask(f"Which units work on {theme}?").answer) for theme in ("drugs", "human trafficking"))
    both = asker.ask("Which units work on both drugs and human trafficking?")
    assert set(both.answer) == drugs & thb and both.evidence
    assert set(asker.ask("Which units work on drugs but not on human trafficking?").answer) == drugs - thb
    assert drugs.isdisjoint(asker.ask("Which units do not work on drugs?").answer)
    # Where nothing is left it is said so, and not that the report is silent.
    none = asker.ask("Which units work on travel document security but not on counter-terrorism?")
    assert (none.status, none.answer) == (EXCLUDED, []) or set(none.answer).isdisjoint(
        asker.ask("Which units work on counter-terrorism?").answer
    )


def test_periods_open_at_a_day(asker: Asker) -> None:
    """After a day is not on it, and before and since it are the rest of the year."""
    days = {
        word: asker.read(f"Which events were held {word} 10 October?")[0].linked.days
        for word in ("before", "until", "since", "after")
    }
    bounds = [(one.start.isoformat(), one.end.isoformat()) for one in days.values() if one and not one.exact]
    first, last = "2011-01-01", "2011-12-31"
    assert bounds == [(first, "2011-10-09"), (first, "2011-10-10"), ("2011-10-10", last), ("2011-10-11", last)]
    assert asker.read("Who came to the workshop after the 5 October seminar?")[0].linked.days.exact  # type: ignore[union-attr]


# ---------------------------------------------------------------- counts and rankings


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How often did the SPMU work with UNODC?", [4]),
        ("How many decisions task the SPMU?", [1]),
        ("Which state funded the most activities, and how many?", [["Norway", 4]]),
        ("How many states paid for something?", [6]),
        ("Which town hosted the most events?", ["Vienna"]),
        ("Which unit has the second most staff?", ["OSCE Mission in Kosovo"]),
        ("Which Secretariat unit had the most staff working on organized crime?", ["OSR/CTHB"]),
    ],
)
def test_counts_and_rankings(asker: Asker, question: str, answer: list[Any]) -> None:
    """Each with what it rests on."""
    asked = asker.ask(question)
    shown = (
        asked.answer
        if answer != ["OSR/CTHB"]
        else [asker.directory.things[_named(asker, asked.answer)[0]].names["acronym"][0]]
    )
    assert (asked.status, shown) == (ANSWERED, answer)
    assert asked.evidence


def test_bounds_part_what_is_counted(asker: Asker) -> None:
    """At least three and fewer than three are all, and exactly three are among the former."""
    words = "Which organizations worked with {} units?"
    least, exact, more = (asker.ask(words.format(bound)).answer for bound in ("at least 3", "exactly three", "more than 3"))
    assert set(exact) | set(more) == set(least) and set(exact).isdisjoint(more) and exact and more
    # What has none is in no row: so many or fewer are not told.
    assert asker.ask(words.format("fewer than three")).status == UNCLEAR
    one, several = (
        asker.ask(f"How many events are told in {bound} chapters?").answer for bound in ("exactly 1", "two or more")
    )
    assert one[0] + several[0] == len(asker.facts.events)


def test_shared_partners_need_no_common_event(asker: Asker) -> None:
    """Partners of both, and of one alone, are all that the one has."""
    shared = asker.ask("Which organizations worked with both the SPMU and the ATU?").answer
    apart = asker.ask("Which organizations worked with the SPMU but not with the ATU?").answer
    assert "United Nations Office on Drugs and Crime" in shared and set(shared).isdisjoint(apart) and apart


# ---------------------------------------------------------------- what they rest on


@pytest.mark.parametrize("found", COUNTS, ids=lambda found: found.name)
def test_each_count_says_what_shows_it(found: query.Query) -> None:
    """A query whose rows stand in no line names one whose rows do, with parameters that it has."""
    shown = behind.shown_by(found)
    assert shown
    for name, values in shown:
        named = query.named(name)
        assert "firstLine" in named.text
        assert set(values) <= {parameter.name for parameter in named.parameters}
        assert {p.name for p in named.parameters if p.required} <= set(values)


def test_phrases_on_counts_have_evidence(asker: Asker, graph: Oscegraph) -> None:
    """Of each count that needs no parameter the first row is shown by lines of the report."""
    seen = 0
    for phrase in phrases.catalogue():
        if phrase.query in COUNTS and not any(p.required for p in phrase.query.parameters):
            rows = [dict(row) for row in query.run(graph.store, phrase.query)][:1]
            told = [str(value) for value in rows[0].values() if value and not re.match("http|[0-9]+$", str(value))]
            if phrase.query.name == "structure_strangers":
                # Who never worked with any one says nothing of which activities were looked at.
                continue
            shown = behind.rows(graph.store, phrase.query, {}, rows, told)
            assert shown and all(row["firstLine"] for row in shown), phrase.query.name
            seen += 1
    assert seen > 10


@pytest.mark.parametrize("question", ["Who attended {}?", "Who was {} for?", "What groups attended {}?"])
def test_who_attended_is_complete(asker: Asker, question: str) -> None:
    """People without a name of their body are told beside those with one."""
    asked = asker.ask(question.format('"Advanced Compliance on AML/CFT"'))
    assert (asked.status, asked.answer) == (ANSWERED, ["compliance officers of commercial banks"]) and asked.evidence
    both = asker.ask('Who attended "Security Policy of Bosnia and Herzegovina in Combating Terrorism"?')
    assert "Strategic Police Matters Unit" in both.answer
    assert "ministry officials, police and security institutions, NGOs and the media" in both.answer


def test_silence_on_chapters(asker: Asker) -> None:
    """What is told in one chapter alone is told in no other one."""
    asked = asker.ask(
        "In which chapters other than II.2.1 is the Opinion on the draft Law on Counteracting THB of Ukraine told?"
    )
    assert asked.status in (SILENT, UNCLEAR) and not asked.answer
