"""Questions in plain words: two questions in one, and how far an answer is believed."""

from __future__ import annotations

import random
from array import array
from pathlib import Path
from typing import Any

import pytest

import scorer
from oscegraph.asking import asked_after, asked_twice, trust
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, UNCLEAR
from oscegraph.asking.forest import LEAF, Forest, Tree

ROOT = Path(__file__).resolve().parent.parent


# ---------------------------------------------------------------- two questions in one


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "When and where was the Octopus Conference held, and how many people came?",
            [
                "When was the Octopus Conference held?",
                "where was the Octopus Conference held?",
                "how many people came to the Octopus Conference?",
            ],
        ),
        (
            "For the seminar in Kiev: who organized it, when was it, and how many people came?",
            [
                "who organized the seminar in Kiev?",
                "when was the seminar in Kiev?",
                "how many people came to the seminar in Kiev?",
            ],
        ),
        (
            "When was the study visit to London, in which city was it held, with whom did the ATU organize it?",
            [
                "When was the study visit to London?",
                "in which city was the study visit to London held?",
                "with whom did the ATU organize the study visit to London?",
            ],
        ),
        # What was named before is told more of, and nothing is asked.
        ("When was the seminar, at which officials were trained, which the ATU held?", []),
        (
            "Who organized the Octopus Conference, and who took part?",
            ["Who organized the Octopus Conference?", "who took part in the Octopus Conference?"],
        ),
    ],
)
def test_each_of_several_questions_can_be_read_by_itself(text: str, parts: list[str]) -> None:
    """They are shown where a question is asked back."""
    assert asked_twice.parts(text) == parts


def test_what_is_not_told_of_several_things_is_said(asker: Asker) -> None:
    """The others are told, as likely; two whom somebody sent to a conference are not all who came."""
    asked = asker.ask("When was the Octopus Conference, and how many people attended it?")
    assert (asked.status, asked.answer, asked.certain) == (ANSWERED, ["2011-11-21", "2011-11-23"], False)
    assert asked.hints == ["The report does not tell: how many people attended the Octopus Conference?"]
    assert asked.evidence and asked.sparql
    assert asker.ask("How many participants did the Lisbon seminar of 17-18 March have?").status == UNCLEAR
    assert asker.ask("How many officers attended the course in Turkey on 4-15 April?").answer == [12]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "In which month was the witness protection training in Kosovo, and how long was it?",
            [
                "In which month was the witness protection training in Kosovo?",
                "how long was the witness protection training in Kosovo?",
            ],
        ),
        (
            "The July workshop in Tashkent: who paid, and how many came?",
            ["who paid The July workshop in Tashkent?", "how many came The July workshop in Tashkent?"],
        ),
        (
            "Date, place and organizers of the seminar on seized assets",
            [
                "when was the seminar on seized assets?",
                "where was the seminar on seized assets?",
                "who organized the seminar on seized assets?",
            ],
        ),
        ("Who spoke at the seminar, which was held in Kiev?", []),
        ("Who attended the workshop, at which the OCEEA spoke?", []),
        ("Which activities did the ATU run with the WCO? Dates and places.", []),
        ("Who funded the workshop?", []),
        ("", []),
    ],
)
def test_what_is_asked_twice(text: str, parts: list[str]) -> None:
    """Each part keeps what says which thing is meant; what only tells more of a thing is no question."""
    assert asked_twice.parts(text) == parts


def test_both_parts_are_answered_with_their_evidence(asker: Asker) -> None:
    """What is asked besides is asked of the same activity, and the answers follow one another."""
    asked = asker.ask("Who hosted the meeting of anti-trafficking co-ordinators on 8 June, and as part of which process?")
    assert asked.status == ANSWERED and asked.answer == ["Ministry of Interior of Serbia", "Brdo process"]
    assert asked.reading.count(";") == 1 and asked.sparql.count("SELECT") > 1
    assert asked.evidence and len({str(item) for item in asked.evidence}) == len(asked.evidence)


@pytest.mark.parametrize(
    "question",
    [
        "How many zebras came to Gothenburg in October, and what did they eat?",
        "Who is it, and where, and when, and how many?",
    ],
)
def test_one_part_alone_is_no_answer(asker: Asker, question: str) -> None:
    """A part that is not understood leaves the whole unanswered."""
    asked = asker.ask(question)
    assert asked.status != ANSWERED and asked.hints


def test_two_parts_that_are_read_alike_are_asked_back(asker: Asker) -> None:
    """If both are read as one question, it was not understood; each is offered by itself."""
    asked = asker.ask(
        "How many Afghan customs officers were trained in Bishkek, and how many Afghan customs officers were trained?"
    )
    assert asked.status == UNCLEAR and all(hint.startswith("Ask one thing at a time") for hint in asked.hints)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "Which event with an exact date is the last one of 2011, and where was it held?",
            ["Workshop in Lankaran on THB and forced labour for the southern regions of Azerbaijan", "Lankaran"],
        ),
        (
            "Which financial investigations event of the Mission to Serbia had the most participants, and how many?",
            ["Management of Seized Assets", 40],
        ),
    ],
)
def test_what_is_asked_besides_is_asked_of_what_answers_the_first(asker: Asker, question: str, answer: list[Any]) -> None:
    """Of all activities that were looked at, where or how large that one was which comes out, with evidence of both."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, answer)
    assert asked.evidence and asked.sparql.count("SELECT") > 1


@pytest.mark.parametrize("way", asked_after.ways())
def test_how_each_is_asked_of_a_thing_is_understood(asker: Asker, way: str) -> None:
    """The words in which the second is put give what they are to give of a plain activity."""
    title = "Regional Workshop on Computer Forensics and Digital Evidence for Police, Prosecutors and Judges"
    event = next(iri for iri, one in asker.facts.events.items() if one.label.startswith(title))
    asked = asker.ask(way.format(asker.facts.events[event].label))
    assert asked.status == ANSWERED and asked.answer and asked.about == frozenset({event})


# ---------------------------------------------------------------- how far it is believed


def _scored(names: list[str]) -> trust.Scored:
    count = len(names)
    answers: list[list[Any]] = [[name] for name in names]
    marks = [(i % 2, i, i) for i in range(count)]
    shapes = [{"x": float(i)} for i in range(count)]
    return trust.Scored(
        names, answers, [("role", "*event")] * count, marks, [[] for _ in names], shapes, 5, False, False, {}, frozenset()
    )


def test_candidates_with_one_answer_are_one_reading() -> None:
    """Their probabilities are added; the likeliest of them stands for all; nothing is lost."""
    readings = trust.read([1.0, 0.0, 1.0, 0.5, 0.0], _scored(["a", "b", "a", "c"]))
    assert [(one.members, one.first) for one in readings.all] == [([0, 2], 0), ([3], 3), ([1], 1)]
    assert sum(one.probability for one in readings.all) + readings.none == pytest.approx(1)
    assert sum(readings.about.values()) + readings.none == pytest.approx(1)


def test_trees_are_followed_to_their_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """At most the bound goes left; a feature that is not there is 0; the leaves are added as log odds."""
    grown = Forest.of(["place"], [(0, 0.5, -1.0, (0, 0.75, 1.0, 2.0)), 0.25])
    monkeypatch.setattr(trust, "trees", lambda: grown)
    assert trust.weigh([0.5]) == pytest.approx(1 / (1 + 2.718281828 ** (1 - 0.25)))
    assert trust.weigh([0.7]) == pytest.approx(1 / (1 + 2.718281828 ** -(1 + 0.25)))
    assert trust.weigh([1.0]) == pytest.approx(1 / (1 + 2.718281828 ** -(2 + 0.25)))
    assert trust.rows([{}, {"place": 0.5}], ["place"]) == [[0.0], [0.5]]


def test_readings_are_held_against_the_others() -> None:
    """What is ahead of all others is more than 0, what is behind the best less; a single reading is ahead of nothing."""
    found: list[dict[str, float]] = [{"score": 4.0}, {"score": 1.5}, {}]
    assert trust.rows(found, [f"{trust.AHEAD}score"]) == [[2.5], [-2.5], [-4.0]]
    assert trust.rows(found[:1], [f"{trust.AHEAD}score", "score"]) == [[4.0, 4.0]] and trust.rows([], ["score"]) == []


def test_the_words_of_a_question_are_counted() -> None:
    """Whole words, in capitals or not; where it asks, and how long it is."""
    found = trust.of_text("In June: which States, and which two bodies besides the OSCE, paid?")
    counted = {name.removeprefix("text "): value for name, value in found.items() if value}
    assert counted["which"] == 2 and counted["month"] == counted["and"] == counted["besides"] == counted["bodies"] == 1
    assert counted["signs"] == 3 and counted["before"] == 9 and "each" not in counted and "or" not in counted
    assert trust.of_text("")["text before"] == 0


def test_what_is_not_weighed_is_no_likelier_than_what_is() -> None:
    """Beyond the first few readings nothing is put before them."""
    scored = _scored([chr(97 + i) for i in range(12)])
    readings = trust.read([3.0, *([0.0] * 12)], scored)
    believed = trust.believed(readings, scored)
    assert len(believed) == 12 and max(believed[trust.MOST :]) <= min(believed[: trust.MOST])


def test_the_packaged_trees_are_whole() -> None:
    """Every node has a feature with a name, or is a leaf; each step stays in its tree; all features are in use."""
    grown = trust.trees()
    assert len(grown.sizes) >= 100 and len(grown.features) > 100
    assert sum(grown.sizes) == len(grown.places) == len(grown.values) == len(grown.steps)
    assert set(grown.places) == {*range(len(grown.features)), LEAF}
    start = 0
    for size in grown.sizes:
        # All nodes of a tree are reached from the first, each once.
        below, seen = [start], []
        while below:
            node = below.pop()
            seen.append(node)
            if grown.places[node] != LEAF:
                below += [node + 1, node + grown.steps[node]]
            else:
                assert abs(grown.values[node]) < 10
        assert sorted(seen) == list(range(start, start + size))
        start += size


@pytest.mark.parametrize("seed", range(4))
def test_trees_are_kept_as_they_are(seed: int) -> None:
    """Kept as arrays and read again, they lead every row of four-byte values to the same leaves as before."""
    chance = random.Random(seed)

    def tree(depth: int) -> Tree:
        if not depth or chance.random() < 0.2:
            return chance.uniform(-1, 1)
        return chance.randrange(5), chance.choice([chance.uniform(-2, 2), 0.0, 1e-35]), tree(depth - 1), tree(depth - 1)

    def followed(node: Tree, row: list[float]) -> float:
        while isinstance(node, tuple):
            node = node[2] if row[node[0]] <= node[1] else node[3]
        return node

    trees = [tree(6) for _ in range(20)]
    grown = Forest.read(Forest.of(list("abcde"), trees).dump())
    assert grown == Forest.of(list("abcde"), trees) and grown.features == list("abcde")
    for _ in range(200):
        row = array("f", [chance.choice([chance.uniform(-2, 2), 0.0, 1.0]) for _ in range(5)]).tolist()
        assert grown.sum(row) == pytest.approx(sum(followed(one, row) for one in trees), abs=1e-5)


@pytest.mark.parametrize("bound", [0.1, -0.1, 0.0, 1e-35, -1e-50, 1e-50, 3.0000000001, -3.0000000001])
def test_a_bound_parts_the_same_values(bound: float) -> None:
    """Values of four bytes that are at most the bound still are, the others are not, however near they come."""
    grown = Forest.of(["x"], [(0, bound, -1.0, 1.0)])
    near = array("f", [bound])[0]
    step = max(abs(near) * 2**-22, 1e-44)
    for value in array("f", [near, near - step, near + step, bound]):
        assert grown.sum([value]) == (-1.0 if value <= bound else 1.0)


# ---------------------------------------------------------------- how answers are scored


@pytest.mark.parametrize(
    ("wanted", "given", "outcome"),
    [
        (["Astana", "14 September"], [["Astana", "2011-09-14"]], "right"),
        (["OSCE Ministerial Council"], [["MC.DEC/5/06", "OSCE Ministerial Council", "Brussels"]], "more than asked"),
        (["Norway"], [["Belgrade", "2011-06-02"]], "wrong"),
        ([["date", "14 September"], ["place", "Astana"]], ["2011-09-14", "Astana"], "right"),
        (["U.S. Embassy in Kazakhstan"], ["Embassy of the United States in Kazakhstan"], "right"),
        (["Ljubljana 2005"], ["Brussels"], "wrong"),
        # A field operation and its chapter.
        (["II.3.1", "II.3.12"], ["OSCE Presence in Albania", "OSCE Centre in Bishkek"], "right"),
        (["II.3.1"], ["OSCE Centre in Bishkek"], "wrong"),
        (["OSCE Office in Baku"], ["II.3.9"], "wrong"),
        # A town beside its country, a ministry by its short form.
        ([["Gothenburg, Sweden", "2011-10-10"]], [["Sweden (Gothenburg)", "10 October"]], "right"),
        ([["Gothenburg, Sweden", "2011-10-10"]], [["Sweden", "10 October"]], "wrong"),
        ([["20 June", "Ministry of Interior, SBU"]], [["20 June", "MoI, SBU"]], "right"),
        # Roles in the order of the question.
        ([["UNODC", "host"], ["Norway", "funder"]], ["UNODC", "Norway"], "right"),
        ([["UNODC", "host"], ["Norway", "funder"]], ["Norway", "UNODC"], "wrong"),
        # The month of a label, if the row tells no other day; what stands in brackets has to be there, too.
        ([["Vilnius, May", 12]], [["seminar in May", "Vilnius", 12]], "right"),
        ([["Vienna", "2011-05"]], [["Mayor of Vienna: Vienna", 12]], "wrong"),
        ([["Kiev", "2011-05"]], [["Kiev", "Follow-up to the meeting in May", "2011-09-01"]], "wrong"),
        ([["October (asset recovery)", 38]], [["asset recovery (October)", "2011-10", 38]], "right"),
        ([["Vienna", "2 June (12 officers)"]], [["Vienna", "2011-06-02"]], "wrong"),
    ],
)
def test_rows_and_values_are_compared(asker: Asker, wanted: list, given: list, outcome: str) -> None:
    """One row of just these values is right; rows with more are more than asked."""
    keys = scorer.module().Keys(asker)
    assert keys.score({"status": "answered", "answer": wanted}, ANSWERED, given) == outcome


# ---------------------------------------------------------------- questions on the whole graph


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Which events are told in more than one chapter?", "activity_retold"),
        ("Which events have different dates in different chapters?", "activity_tellings_differ"),
        ("Which OSCE units never worked with UNODC?", "actor_strangers"),
        ("Which partners do the SPMU and the ATU share?", "actor_partners_shared"),
        ("On which decisions does no activity rest?", "decision_unused"),
        ("Which two OSCE units work together most often?", "structure_pairs"),
        ("How many activities have no stated place?", "activity_gaps"),
        ("With whom did the SPMU work most often?", "actor_partners"),
    ],
)
def test_questions_on_the_whole_graph_are_named_queries(asker: Asker, question: str, name: str) -> None:
    """Shared and missing co-operation, contradictions, gaps and superlatives are answered by the query of that name."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED, asked.hints
    assert f"#+ question: {_question(name)}" in asked.sparql


def _question(name: str) -> str:
    text = (ROOT / "queries" / "questions" / f"{name}.rq").read_text(encoding="utf-8")
    return text.partition("#+ question: ")[2].partition("\n")[0]
