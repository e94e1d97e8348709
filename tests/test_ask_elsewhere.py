"""Questions on what other chapters tell of a structure, where each activity is told, and what decisions ask of whom."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph import query
from oscegraph.api import Oscegraph
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED


@pytest.mark.parametrize(
    "question",
    [
        "What did the OSCE Mission to Serbia do in 2011 that is told in other chapters but not in its own?",
        "Which activities in which the OSCE Mission to Serbia took part are told only in chapters other than its own?",
        "Which activities of the OSCE Mission to Serbia are missing from its own chapter?",
    ],
)
def test_what_only_others_tell_of_a_mission(asker: Asker, question: str) -> None:
    """Readers found these three."""
    asked = asker.ask(question)
    assert len(asked.answer) == 3 and not asked.certain
    assert asked.answer[1:] == [
        "Street involved children in SEE - Our Responsibility",
        "Study visit of Ukrainian National Referral Mechanism stakeholders to Serbia",
    ]


def test_told_by_others_too_is_not_told_by_others_alone(asker: Asker) -> None:
    """What its own chapter tells as well is among the former only."""
    too = asker.ask("Which activities of the OSCE Mission to Serbia are told in other chapters?").answer
    alone = asker.ask("Which activities of the OSCE Mission to Serbia are told only in other chapters?").answer
    assert set(alone) < set(too) and len(alone) == 3
    assert "Combating Drug Trafficking and Enhancing Border Security and Management in the OSCE Area" in set(too) - set(
        alone
    )


def test_in_which_chapter_each_is_told(asker: Asker) -> None:
    """A row for each activity, with all chapters that tell it."""
    asked = asker.ask(
        "Which events in which the OSCE Centre in Bishkek is named as organizer or co-operator are told in other chapters "
        "but not in its own, and in which?"
    )
    assert [row[1] for row in asked.answer] == ["II.3.11", "II.1.2"]
    told = asker.ask("Which activities did the ATU organize with UNODC, and in which chapters are they told?")
    assert ["Preventing and Countering the Financing of Terrorism", "II.1.2, II.1.4"] in told.answer


@pytest.mark.parametrize(
    ("unit", "iri"),
    [("OSCE Office in Baku", "office-baku"), ("OSCE Centre in Astana", "centre-astana"), ("OCEEA", "oceea")],
)
def test_it_is_all_that_the_graph_holds(graph: Oscegraph, asker: Asker, unit: str, iri: str) -> None:
    """Held against the chapters in which a query lists it with its activities."""
    body = f"https://w3id.org/oscegraph/id/body/{iri}"
    rows = [row for row in query.run(graph.store, "actor_chapters", actor=body) if row["activity"]]
    own = {row["activityLabel"] for row in rows if row["structure"] == body}
    elsewhere = {row["activityLabel"] for row in rows} - own
    asked = asker.ask(f"Which activities of the {unit} are told in other chapters but not in its own?")
    assert set(asked.answer) == elsewhere and elsewhere and own


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "Which field operations report under both a cyber heading and a drug trafficking heading?",
            [
                *("OSCE Mission in Kosovo", "OSCE Mission to Montenegro", "OSCE Mission to Serbia"),
                *("OSCE Office in Yerevan", "OSCE Centre in Ashgabat"),
            ],
        ),
        (
            "In which two activities did the Austrian Ministry of Interior help the OSCE, and how?",
            [
                [
                    "Seminar for Ukrainian law enforcement on THB at big sport events, Austrian Interior Ministry",
                    "host",
                ],
                ["Training course on the detection of forged documents for border officials, Novopokrovka", "trainer"],
            ],
        ),
        ("In which chapters of part II is ICAO named?", ["II.1.2"]),
    ],
)
def test_both_how_and_where(asker: Asker, question: str, answer: list[Any]) -> None:
    """Both headings, and the role in each."""
    assert asker.ask(question).answer == answer


@pytest.mark.parametrize(
    "question",
    [
        "What exactly did Permanent Council Decision 810 task the Secretary General to do?",
        "What did Permanent Council Decision 810 ask the Secretary General to do?",
    ],
)
def test_what_a_decision_asks_of_somebody(asker: Asker, question: str) -> None:
    """The organ is a part of the name of its decision, so that both tasks are found."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and len(asked.answer) == 2 and any("UNODC" in one for one in asked.answer)
