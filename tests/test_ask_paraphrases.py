"""Plain questions in other words: known wordings, new ones, and those that ask something else in the same words."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

import scorer
from oscegraph.asking import paraphrases
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, SILENT, UNCLEAR, VERY_SURE

HELD_OUT = Path(__file__).parent / "questions" / "paraphrases.jsonl"
STEP = 4


@pytest.mark.parametrize(
    ("wording", "plain"),
    [
        ("Who did the OSCE Office in Baku partner with?", "With whom did the OSCE Office in Baku work?"),
        ("Show me everything that happened in Tashkent.", "Which activities were held in Tashkent?"),
        ("who organised training against human trafficking?", "Who organized trainings on human trafficking?"),
        (
            "Do you know which NGOs worked with the OSCE Office in Yerevan?",
            "Which NGOs worked with the OSCE Office in Yerevan?",
        ),
        ("Did Germany play host to any activities, and to which?", "Which activities did Germany host?"),
        ("Which units never teamed up with UNODC?", "Which OSCE units did not work with UNODC?"),
        ("Which OSCE offices dealt with drug trafficking?", "Which OSCE units were active on drug trafficking?"),
    ],
)
def test_other_words_are_the_same_question(asker: Asker, wording: str, plain: str) -> None:
    """What is asked in other words is answered as the plain question is, and shown as that."""
    told, expected = asker.ask(wording), asker.ask(plain)
    assert expected.status == ANSWERED
    assert (told.status, told.answer) == (ANSWERED, expected.answer)
    if any(hint.startswith("In plainer words") for hint in told.hints):
        assert told.confidence <= VERY_SURE


@pytest.mark.parametrize(
    "question",
    [
        "Who organized the training of 14-18 November?",
        "Was Vienna the place of more than half of the SPMU events?",
        "Which units had the most partners in common?",
        "Which States paid for training, and for which?",
        "What were the Skopje mission's counter-terrorism courses about?",
        "Did ODIHR work with any NGOs, and which were they?",
        "An event on financial crime was held in Kiev in September 2011. Which bodies organized it?",
        "Did Finland fund as many activities as Norway?",
        "On what page does the report speak of ICITAP for the first time?",
        "On what themes did the United States fund nothing?",
        "Where is CARICC?",
        "What came out of the Forged Documents Training Course?",
        "By which decision was the OSCE Action Plan to Combat Trafficking in Human Beings adopted?",
        "Were there fewer activities on terrorism in 2011 than in 2010?",
    ],
)
def test_what_else_is_asked_in_these_words_is_asked_back(asker: Asker, question: str) -> None:
    """One activity that is meant, a share, a second question, another year: that is no plain question."""
    assert asker.ask(question).status == UNCLEAR


def test_new_wordings_are_mostly_understood(asker: Asker) -> None:
    """Of wordings by others than those of the catalogue most are answered as the plain question is, and few otherwise."""
    items = [json.loads(line) for line in HELD_OUT.read_text(encoding="utf-8").splitlines()][::STEP]
    found: Counter[str] = Counter()
    for item in items:
        plain, told = asker.ask(item["plain"]), asker.ask(item["question"])
        if plain.status in (ANSWERED, SILENT):
            same = told.status == plain.status and sorted(map(str, told.answer)) == sorted(map(str, plain.answer))
            found["same" if same else "other" if told.status == ANSWERED else "back"] += 1
    assert found.total() > 200
    assert found["same"] >= 0.66 * found.total()
    assert found["other"] <= 0.2 * found.total()


def test_catalogue_is_understood() -> None:
    """Nearly all wordings fit the plain question that they stand under, and the file that is read is up to date."""
    script = scorer.script("keep_paraphrases")
    text = script.resources.text_of(script.resources.queries_dir() / "paraphrases.txt")
    held = paraphrases.read(text.splitlines())
    assert len(held) > 80
    fitting = [
        paraphrases.Model(question, wordings).fits(words) for question, wordings in held.items() for words in wordings
    ]
    assert sum(fitting) >= 0.97 * len(fitting) > 2900
    kept = (script.resources.queries_dir() / "paraphrases.json").read_text(encoding="utf-8")
    assert kept == paraphrases.dump(text.splitlines())
