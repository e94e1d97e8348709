"""Questions in plain words: activities of a place, a unit or a period, with what is to be told of each."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph.asking import asked_sets, plain_sets
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED
from oscegraph.asking.plain_sets import PLAIN


def read(asker: Asker, question: str) -> plain_sets.Plain | None:
    """Return how a question is read as a plain one on a set."""
    return asker.plain_sets.read(asker._question(question))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        # Lines 679-682, 1441-1450 and 1460-1466 of the report.
        (
            "Which activities began on 13 June 2011, and on which day did each end?",
            [["2011-06-13", "2011-06-15"], ["2011-06-13", "2011-06-16"], ["2011-06-13", "2011-06-17"]],
        ),
        # 329-338, 2337-2343, 624-650 and the outpost of Tajikistan
        (
            "Which three activities began on 11 July 2011, and on which day did each end?",
            [["2011-07-11", "2011-07-13"], ["2011-07-11", "2011-07-15"], ["2011-07-11", "2011-07-17"]],
        ),
        # 407-410, 673-676, 1905-1907
        ("In which three towns were events under way on 17 May 2011?", ["Minsk", "Skopje", "Tbilisi"]),
        # 955-966, 1949-1955
        (
            "Which dated events of 2011 took place in Rome, and when?",
            [["2011-02-02"], ["2011-04-04", "2011-04-05"], ["2011-11-09", "2011-11-11"]],
        ),
        # 360-374 and 1518-1519
        (
            "Which two activities ran on exactly 10-14 October 2011, and in which town was each?",
            [["Wiesbaden"], ["Gothenburg"]],
        ),
        # 2395-2401; what is dated to January only is not dated to the day.
        ("Which is the earliest activity of 2011 for which the report gives the days?", ["Counter Drug Course"]),
        # Of several places it is told which of them is meant.
        (
            "Events in Tbilisi, Antalya and Strasbourg: date of each",
            [
                ["Tbilisi", "2011-05-17", "2011-05-18"],
                ["Strasbourg", "2011-11-21", "2011-11-23"],
                ["Antalya", "2011-12-09", "2011-12-11"],
            ],
        ),
        # Lines 1453-1457, 1398-1400 and 1404-1405: the host state is known, and what was there is left out.
        (
            "Which events outside Montenegro was the OSCE Mission to Montenegro involved in? Give the town and the days.",
            [
                ["Tirana", "2011-03-09"],
                ["Tallinn", "2011-05-23", "2011-05-27"],
                ["Riga", "2011-09-14", "2011-09-15"],
            ],
        ),
        # 1246-1250, 1575-1580 and 428-435
        ("Which study visits to the United Kingdom does the report tell of, and when?", 3),
        # 470-474 and 782-791, with the round table
        ("In which three events did the OCEEA have a part on 8 September 2011?", 3),
    ],
)
def test_what_is_worked_out_is_right(asker: Asker, question: str, answer: Any) -> None:
    """How the days are meant, and which columns are asked for, is heeded: keys are from the text of the report."""
    plain = read(asker, question)
    assert plain is not None, question
    found = plain.candidate.answer
    if isinstance(answer, int):
        assert len(found) == answer
    elif isinstance(answer[0], list):
        assert sorted(row[1:] for row in found) == sorted(answer)
    else:
        assert found == answer


@pytest.mark.parametrize(
    "question",
    [
        # Another number than there are.
        "Which four activities began on 31 October 2011?",
        # A word that none of the phrases accounts for.
        "Which secret events began on 13 June 2011?",
        "Which events on 17 May were not in Minsk?",
        # On a theme, with its neighbours: what is meant is a matter of judgement.
        "Which dated events on money laundering took place in Vienna, and when?",
        # One or the other.
        "On which days were the events of the SPMU or the ATU in June?",
        # What the Centre in Astana did without telling where may have been in Kazakhstan.
        "Which dated events took place in Kazakhstan in the last quarter of 2011, and when?",
        # Other things are asked for.
        "Which units took part in dated events in Minsk, and when?",
        "How many people came to dated events in Rome?",
        "When was the event in Rome?",
        # Many went to a conference of others; how many were sent is another number.
        "To which events abroad did the Centre in Ashgabat send participants, and how many people went to each?",
        # These very days, or any of them.
        "Which activities of the OSCE Mission to Serbia fell on 28-30 November 2011, and where?",
        # Another year.
        "Which events took place in Vienna in 2010, and when?",
    ],
)
def test_what_is_not_plain_is_not_worked_out(asker: Asker, question: str) -> None:
    """One word that is not accounted for, another number or another thing asked for is for the ranking."""
    assert read(asker, question) is None


def test_it_is_answered_with_evidence(asker: Asker) -> None:
    """Each activity stands in the report, and the reading says what was heeded."""
    asked = asker.ask("Which activities began on 13 June 2011, and on which day did each end?")
    assert asked.status == ANSWERED and asked.confidence == PLAIN and len(asked.answer) == 3
    assert asked.reading == "Activities with days: that began 2011-06-13"
    told = {item["iri"] for item in asked.evidence}
    assert asked.source and set(asked.source.events) <= told and all(item.get("lines") for item in asked.evidence)


def test_signs() -> None:
    """Phrases are taken out in their order: "on which day did each end" is no period."""
    said = asked_sets.read(["which", "events", "began", "on", "and", "on", "which", "day", "did", "each", "end"])
    assert said and said.signs == ["days", "begins", "activities"] and said.period == "begins"
    said = asked_sets.read(["which", "events", "organized", "by", "{unit}", "were", "under", "way", "and", "with", "whom"])
    assert said and said.role == "organizer" and said.columns == ["partners"] and said.period == "covers"
