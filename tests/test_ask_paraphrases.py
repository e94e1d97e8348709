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
from oscegraph.asking.asked_plainly import Said

HELD_OUT = Path(__file__).parent / "questions" / "paraphrases.jsonl"
STEP = 3


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
        "Which OSCE unit worked with the most States?",
    ],
)
def test_what_else_is_asked_in_these_words_is_asked_back(asker: Asker, question: str) -> None:
    """One activity that is meant, a share, a second question, another year: that is no plain question."""
    assert asker.ask(question).status == UNCLEAR


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("List the OSCE units with a focal point", "Which OSCE units have a focal point?"),
        ("List the subject areas covered by the OCEEA", "On which themes did the OCEEA work?"),
        ("What did the SPMU publish?", "Which publications did the SPMU produce?"),
    ],
)
def test_a_near_wording_is_more_than_a_likely_reading(asker: Asker, question: str, plain: str) -> None:
    """A reading that leaves words open gives way to the plain question that has all of them."""
    told, expected = asker.ask(question), asker.ask(plain)
    assert told.hints[0].startswith("In plainer words")
    assert (told.status, told.answer) == (ANSWERED, expected.answer)


def test_what_is_asked_for_is_not_dropped(asker: Asker) -> None:
    """A question for units is not one for all partners, and one for hosts none for activities."""
    units = asker.ask("Which OSCE units worked with the SPMU?").answer
    assert "Action against Terrorism Unit" in units
    assert "United Nations Office on Drugs and Crime" not in units
    assert "Border Management Staff College" in asker.ask("Who hosted the SPMU's activities?").answer


def test_a_period_holds_what_is_only_told_to_be_in_its_months(asker: Asker) -> None:
    """From the first to the last of March is in March; up to the tenth may be another time than "in March"."""
    march = asker.ask("Which activities took place in March 2011?").answer
    assert asker.ask("Which activities took place from 1 March 2011 to 31 March 2011?").answer == march
    assert len(asker.ask("Which activities took place from 1 March 2011 to 10 March 2011?").answer) < len(march)


def test_new_wordings_are_mostly_understood(asker: Asker) -> None:
    """Of wordings by others than those of the catalogue most are answered as the plain question is, and few otherwise."""
    items = [json.loads(line) for line in HELD_OUT.read_text(encoding="utf-8").splitlines()][::STEP]
    found: Counter[str] = Counter()
    plainly = {item["plain"]: asker.ask(item["plain"]) for item in items}
    for item in items:
        plain, told = plainly[item["plain"]], asker.ask(item["question"])
        if plain.status in (ANSWERED, SILENT):
            same = told.status == plain.status and sorted(map(str, told.answer)) == sorted(map(str, plain.answer))
            found["same" if same else "other" if told.status == ANSWERED else "back"] += 1
    assert found.total() > 200
    assert found["same"] >= 0.75 * found.total()
    assert found["other"] <= 0.2 * found.total()


def test_catalogue_is_understood() -> None:
    """Nearly each wording is taken for the plain question that it stands under, and the file that is read is up to date."""
    script = scorer.script("keep_paraphrases")
    text = script.resources.text_of(script.resources.queries_dir() / "paraphrases.txt")
    held = paraphrases.read(text.splitlines())
    assert len(held) > 80
    taken = [
        (found := paraphrases.likeliest(Said(words, {}))) is not None and found.question == question
        for question, wordings in held.items()
        for words in wordings
    ]
    assert sum(taken) >= 0.97 * len(taken) > 4000
    kept = (script.resources.queries_dir() / "paraphrases.json").read_text(encoding="utf-8")
    assert kept == paraphrases.dump(text.splitlines())
