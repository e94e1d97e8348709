"""Questions in plain words: those that are always read in the same way, and activities that are named by their titles."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from oscegraph.asking import plain_forms
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, EXCLUDED, SILENT, VERY_SURE, Asked
from oscegraph.asking.ranked import PLAIN

ROOT = Path(__file__).resolve().parent.parent
LINES = list(plain_forms.lines((ROOT / "queries" / "plain.txt").read_text(encoding="utf-8")))
NAMES = {
    "unit": ["the SPMU", "the ATU"],
    "body": ["UNODC"],
    "state": ["Kazakhstan"],
    "place": ["Vienna"],
    "theme": ["trafficking in human beings", "cybercrime"],
    "crime": ["organized crime"],
    "document": ["MC.DEC/3/05"],
    "bound": ["at least two"],
}
# Of one of these each question on an activity is plain: who taught, say, is not told of all.
TITLES = [
    'the seminar "Criminal Assets Seizure and Asset Recovery from Drug Dealers"',
    "Regional Training Course on Advanced IT Forensics, Network Investigations, and Forensic Computer Skills",
    "First meeting of the International Community Forum on Economic Crime",
    "Regional Workshop on Computer Forensics and Digital Evidence for Police, Prosecutors and Judges in Southeastern Europe",
    "Workshop on creating a National Referral Mechanism for trafficking victims in Tajikistan",
    "International Community Policing Conference",
    "Security Policy of Bosnia and Herzegovina in Combating Terrorism",
    "Best Practices and Perspectives of Combating Trafficking in Human Beings",
    "Regional event for lawyers and NGOs on trafficking cases, Istanbul",
    "23rd ENFSI Annual Meeting",
]


def example(line: str, title: str = TITLES[0]) -> str:
    """Return a question that has the words of a pattern, without those that may be missing."""
    pattern, reading = line.split(" -> ")
    words: list[str] = []
    used: Counter[str] = Counter()
    for word in re.sub(r"\([^)]*\)", "", pattern).split():
        kind = word.strip("{}").split("|")[0]
        names = ["UNTOC"] if kind == "document" and "parties" in reading else {**NAMES, "activity": [title]}.get(kind, [])
        # Beside a decision stands the organ that adopted it.
        names = ["the Ministerial Council"] if kind == "body" and reading.startswith("paper") else names
        if word.startswith("{"):
            words.append(names[used[kind] % len(names)])
            used[kind] += 1
        else:
            words.append(word.split("|")[0].replace("_", " "))
    named = "{" in pattern or " set " not in f" {reading} "
    return f"{' '.join(words)}{'' if named else ' in June'}?"


def is_sure(asked: Asked) -> bool:
    """Whether an answer is read plainly; what may be less than it seems is likely, and it is said why."""
    return asked.confidence == PLAIN or (asked.confidence == VERY_SURE and bool(asked.hints))


@pytest.mark.parametrize("line", LINES)
def test_each_pattern_is_understood(asker: Asker, line: str) -> None:
    """A question in its words is read as it says, and never asked back."""
    form, asked = plain_forms.read(line)[0], asker.ask(example(line))
    for title in TITLES[1:] if "{activity}" in line else ():
        if asked.confidence != PLAIN:
            other = asker.ask(example(line, title))
            asked = other if other.confidence == PLAIN or not is_sure(asked) else asked
    assert asked.status in (ANSWERED, SILENT, EXCLUDED) and is_sure(asked), asked.question
    assert asked.kind == ("phrase" if form.family == "ask" else form.family, asked.kind[1])
    assert asked.kind[1] == form.projection
    assert asked.reading and asked.sparql


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who recalls?", None),
        ("Which decisions recall MC.DEC/3/05?", ["PC.DEC/810"]),
        ("What is the title of MC.DEC/3/05?", ["Combating Transnational Organized Crime"]),
        ("What is the title of PC.DEC/992?", []),
        ("Which decisions task the SPMU?", ["OSCE Action Plan to Combat Trafficking in Human Beings"]),
        ("Please, how many OSCE states ratified the UNTOC?", [55]),
        ("Which post is the focal point of the OSCE Mission to Moldova?", ["Politico-Military Officer"]),
        ("Did the ATU work on terrorism?", [True]),
        (
            "What did Australia fund?",
            ["International Co-operation in Criminal Matters for Legal Experts in Central Asia"],
        ),
        ("Which chapter is about the OSCE Mission to Moldova?", ["II.3.6"]),
    ],
)
def test_plain_questions_are_answered(asker: Asker, question: str, answer: list[Any] | None) -> None:
    """With what the report says, and with nothing where it says nothing."""
    asked = asker.ask(question)
    assert (asked.confidence == PLAIN) == (answer is not None)
    assert answer is None or asked.answer == answer


def test_a_ranking_of_partners_is_no_more_than_likely(asker: Asker) -> None:
    """Whoever only came counts as well, which is said beside it."""
    asked = asker.ask("Which units worked most with UNODC?")
    assert asked.answer == ["Office of the Co-ordinator of OSCE Economic and Environmental Activities"]
    assert asked.confidence == VERY_SURE and any("only came" in caution for caution in asked.cautions)


def test_kinds_of_bodies_are_told_apart(asker: Asker) -> None:
    """National bodies are no states and no structures, and international organizations no academies."""
    kinds = {"national bodies": {"national-body"}, "international organizations": {"organization"}}
    for words, types in kinds.items():
        asked = asker.ask(f"Which {words} worked with the SPMU?")
        assert asked.source and asked.source.things, words
        assert {asker.directory.things[iri].type for iri in asked.source.things} == types
        assert asked.answer == list(map(asker.directory.label, asked.source.things))


@pytest.mark.parametrize(
    "question",
    [
        "Which units did not work with UNODC?",
        "Which organizations worked with the SPMU on trafficking and paid for it?",
        "Who worked with the SPMU besides UNODC?",
        "When was MC.DEC/3/05 first adopted?",
        "Did the SPMU and the ATU never work together?",
        "What happened?",
        "",
    ],
)
def test_other_words_make_another_question(asker: Asker, question: str) -> None:
    """One word more, and it is no plain question."""
    assert plain_forms.plain(*asker.read(question), asker.posts.posts, asker.phrased, asker.papers.known) is None


@pytest.mark.parametrize(
    "question",
    [
        # Of five activities in Kosovo one tells who taught.
        "Who taught in Kosovo?",
        # It had a part in 44 activities.
        "How many partners does the SPMU have?",
        "What is the role of EULEX?",
        # It is no question for yes or no.
        "Were more trafficking victims identified in Ukraine or in Kazakhstan?",
        # Seven activities are no one event.
        "What was the Vienna event about?",
        # One activity is no answer to whether there is any.
        "Is there anything on arms trafficking?",
    ],
)
def test_what_is_not_understood_is_asked_back(asker: Asker, question: str) -> None:
    """These were answered once, on less or on more than what is asked."""
    assert asker.ask(question).status not in (ANSWERED, SILENT)


# ---------------------------------------------------------------- activities that are named by their titles


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("When was the Octopus Conference?", ["2011-11-21", "2011-11-23"]),
        ("Where did the Octopus Conference take place?", ["Strasbourg"]),
        ("In which country was Round table in Astana on Kazakhstan's draft Law on Organized Crime?", ["Kazakhstan"]),
        ("When was Drug Prevention Campaign?", ["2011-06-24", "2011-09-30"]),
        (
            "How many people attended "
            "Electronic guidelines with updated legal rules for investigators of regional police units?",
            [],
        ),
        ("Who paid for the Regional Cyber-Crime Training Course: Using Linux as an Investigative Tool?", ["Finland"]),
        ("Who paid for the Profiling Training Course?", []),
    ],
)
def test_plain_questions_on_a_title_are_answered(asker: Asker, question: str, answer: list[Any]) -> None:
    """Of that activity alone, and with nothing where the report says nothing: of the guidelines 500 copies were printed."""
    asked = asker.ask(question)
    assert (asked.answer, asked.confidence) == (answer, PLAIN)


def test_every_title_is_found(asker: Asker) -> None:
    """A title means the activity that bears it, and the parts of a longer one mean nothing."""
    for iri, event in asker.facts.events.items():
        said = asker.titles.said(f'Who came to "{event.label}"?')
        assert [one.iri for one in said] in ([iri], []), event.label
    assert asker.titles.said("Who works on asset recovery?") == []
    assert len(asker.titles.said("Who came to Asset Recovery?")) == 1


@pytest.mark.parametrize("question", ["Who paid for {} in Kiev?", "When was {} first held?", "When was {} announced?"])
def test_more_than_a_title_makes_another_question(asker: Asker, question: str) -> None:
    """It is not read as the plain one."""
    title = "Criminal Assets Seizure and Asset Recovery from Drug Dealers"
    assert asker.ask(question.format(title)).confidence != PLAIN


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("who is the focal point on organized crime in Tajikistan?", ["Counter-Terrorism and Police Adviser"]),
        ("contact point albania", ["Head of Security Co-operation Department"]),
        ("Who should I contact at the ATU about terrorism?", ["Counter Terrorism Officer"]),
        ("Whom can I ask in Moldova?", ["Politico-Military Officer"]),
    ],
)
def test_whom_to_contact_is_the_focal_point(asker: Asker, question: str, answer: list[str]) -> None:
    """A post, and no person; in a State it is that of the field operation."""
    assert asker.ask(question).answer == answer


def test_staff_in_all_is_summed_up_and_says_who_is_left_out(asker: Asker) -> None:
    """Of several structures that are named, or of a kind; who tells no number is named."""
    assert asker.ask("How many staff do the OSCE Centres in Astana and Bishkek have in total?").answer == [8]
    asked = asker.ask("How many staff do the units of the Secretariat have altogether?")
    assert asked.answer == [21] and "Economic and Environmental" in asked.hints[-1]
