"""Questions in plain words that are turned round: in another order, as a list to be given, in other words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from oscegraph.asking import asked_turned, other_words
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, VERY_SURE
from oscegraph.asking.pattern_parts import parts

ROOT = Path(__file__).resolve().parent.parent
LINES = [
    line
    for line in (ROOT / "queries" / "turns.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
NAMES = {"<x>": "SPMU", "<y>": "UNODC", "<t>": "drugs"}


@pytest.mark.parametrize("line", LINES)
def test_each_line_says_what_it_stands_for(line: str) -> None:
    """A question in its words is put into those that they stand for, with the same names."""
    stands_for, _, phrase = line.partition(" <- ")
    words = []
    for optional, choices in parts(phrase):
        word = " ".join(choices[0])
        if not optional and not word.startswith("~"):
            words.append(NAMES.get(word, word))
    match = other_words.pattern(phrase).search(" ".join(words))
    assert match and match.end() == len(" ".join(words)), phrase
    slots = set(re.findall(r"<\w>", stands_for))
    assert slots == set(re.findall(r"<\w>", phrase))
    assert {match[slot.strip("<>")].strip() for slot in slots} == {NAMES[slot] for slot in slots}


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("UNODC was a counterpart of the ATU at which activities?", "Which activities did the ATU and UNODC have together?"),
        (
            "For a network study: which activities link the ATU to UNODC?",
            "Which activities did the ATU and UNODC have together?",
        ),
        (
            "When it comes to human trafficking, which OSCE units were allies of the IOM?",
            "Which OSCE units worked with the IOM on trafficking in human beings?",
        ),
        (
            "Name the ministries that joined forces with the OSCE Mission to Serbia.",
            "Which ministries worked with the OSCE Mission to Serbia?",
        ),
        ("Kosovo, drugs: which OSCE units?", "Which OSCE units were active on drugs in Kosovo?"),
        ("OSCE units involved in drug-related activities in Kosovo", "Which OSCE units were active on drugs in Kosovo?"),
        ("The SPMU's activities were funded by whom?", "Who funded activities of the SPMU?"),
        ("Give me the activities that Australia put money into.", "Which activities did Australia fund?"),
        (
            "Which partners of the SPMU are also partners of the OCEEA?",
            "Which partners do the SPMU and the OCEEA have in common?",
        ),
        (
            "I'm looking for gaps in the network: what OSCE units lack any link to UNODC?",
            "Which units never worked with UNODC?",
        ),
        ("By which field operations was corruption tackled?", "Which field operations worked on corruption?"),
        ("Field operations that lack drug activities", "Which field operations had no activity on drugs?"),
        (
            "From which countries were there participants at activities in Belgrade?",
            "Which States took part in activities in Belgrade?",
        ),
        ("Where in the report does Europol come up? I need the chapters.", "Which chapters name Europol?"),
        ("Show me the chapters naming TADOC.", "Which chapters name TADOC?"),
        # Tables, lists of roles and kinds, a name or a period that leads up.
        (
            "For each event in Minsk in 2011: the unit and the days.",
            "Which events were in Minsk, with their units and with their days?",
        ),
        (
            "October to December 2011 in Kazakhstan: list the events with their days.",
            "Which events took place in Kazakhstan from October to December 2011, with their days?",
        ),
        (
            "Which field operations organized, sponsored or supported a study visit or study tour abroad?",
            "Which field operations took part in study visits?",
        ),
        (
            "The IOM: list every part of the OSCE that worked with it.",
            "Which OSCE units worked with the IOM?",
        ),
        (
            "Which OSCE units, institutions and field operations did something together with the OSCE Office in Tajikistan?",
            "Which OSCE units worked with the OSCE Office in Tajikistan?",
        ),
        (
            "Is there any activity that ODIHR and the OCEEA are reported to have carried out together?",
            "Is there any activity that ODIHR and the OCEEA carried out together?",
        ),
        ("Which single conference had more participants than any other?", "Which conference had the most participants?"),
        ("Which town occurs most often as the venue of events?", "Which town had the most events?"),
        # What is said to have been done, goes by one chapter, or stands in the sentence before.
        ("Is Sweden anywhere named as having funded an activity?", "Did Sweden fund an activity?"),
        (
            "Taking only the chapter on the SPMU, which States financed its activities?",
            "According to the chapter on the SPMU, which States financed its activities?",
        ),
        (
            "The Shanghai Cooperation Organization is on the list of partners. Does the report describe any particular "
            "event held with it or attended by it?",
            "Was there any event with the Shanghai Cooperation Organization?",
        ),
        (
            "The Mission to Bosnia and Herzegovina is named only in the chapters of others. Which OSCE units organized, "
            "supported or attended events with it in 2011?",
            "Which OSCE units took part in events with the OSCE Mission to Bosnia and Herzegovina?",
        ),
        (
            "In the work of which OSCE field operations does ICITAP turn up?",
            "Which field operations name ICITAP as a partner?",
        ),
    ],
)
def test_other_words_get_the_same_answer(asker: Asker, question: str, plain: str) -> None:
    """If it is the plain question that was read this is shown, and the answer is not certain."""
    asked, same = asker.ask(question), asker.ask(plain)
    assert same.status == ANSWERED and asked.answer == same.answer
    read_so = asked.hints and asked.hints[0].startswith("In plainer words: ")
    assert not read_so or (asked.confidence <= VERY_SURE and not asked.certain)


@pytest.mark.parametrize(
    "question",
    [
        # Two questions, of which one would be lost.
        "With whom did the OSCE Office in Tajikistan organize the visit, and who funded the project?",
        # Words before the colon that no name accounts for, or that say which event is meant.
        "Moonlight and rabbits in Kosovo: which OSCE units?",
        "Dushanbe, the first workshop: which units took part in it?",
        "Kosovo, the police: which events were held there?",
        # Who paid or supported did not come, and a kind is not any kind.
        "Which States funded or sponsored the controlled delivery exercise in Kosovo?",
        "Which States supported or financed the Chisinau workshop on the financing of terrorism?",
        "Who hosted, funded or supported the Octopus Conference?",
        "Is Sweden said to have hosted or supported an event?",
        # What limits, in brackets.
        "Which units worked with the IOM (and not with UNODC)?",
        # Units of the Secretariat, and institutions, are not all units; nor is a council one.
        "Which Secretariat units and institutions worked on terrorism?",
        "Which units were behind the Octopus Conference?",
        "Who in the OSCE region worked on drugs?",
        "",
        "list",
        "Who?",
    ],
)
def test_what_would_be_lost_is_not_turned(asker: Asker, question: str) -> None:
    """A question is not answered by a part of it."""
    assert asker._turned(question) is None


def test_a_month_that_stands_first_is_kept() -> None:
    """It limits as names do."""
    turned = asked_turned.turns("thb, June 2011 - which activities?", lambda _: [("on", "thb")])
    assert list(turned)[-1] == "which activities on thb in June 2011?"


def test_units_are_asked_for_inside_the_osce(asker: Asker) -> None:
    """Whoever asks, and for what, is not a part of the question."""
    asked = asker.ask(
        "I'm a desk officer for Azerbaijan. Who within the OSCE worked with the IOM on trafficking in human beings?"
    )
    assert asked.answer == asker.ask("Which OSCE units worked with the IOM on trafficking in human beings?").answer
    assert asked.answer


def test_any_unit_is_not_the_unit_of_a_chapter(asker: Asker) -> None:
    """What the report calls "the Unit" is one of many where the first of them is asked for."""
    asked = asker.ask("Name the unit with the highest number of activities on drugs.")
    assert asked.answer == ["OSCE Mission in Kosovo"]


def test_towns_are_in_the_state_that_is_named(asker: Asker) -> None:
    """What was in several states was in towns of others, too."""
    asked = asker.ask("Where did activities on trafficking in human beings take place in Azerbaijan?")
    assert {"Baku", "Ganja", "Lankaran"} <= set(asked.answer) and not {"Almaty", "Rome"} & set(asked.answer)


def test_ministries_came_where_they_did_not_organize(asker: Asker) -> None:
    """Nobody of these organized anything with it: who had another part is told, and said so."""
    asked = asker.ask("Which ministries worked with the OSCE Project Co-ordinator in Uzbekistan?")
    assert asked.status == ANSWERED and "Ministry of Interior of Uzbekistan" in asked.answer
    assert any("another part" in hint for hint in asked.hints)
