"""Questions in plain words with a whole class of actors in the place of a name, in months, on dates, in a region."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, VERY_SURE

VIENNA = [
    "OSCE Conference on a Comprehensive Approach to Cyber Security: Exploring the Future OSCE Role",
    "Combating Drug Trafficking and Enhancing Border Security and Management in the OSCE Area",
    "11th Alliance against Trafficking in Persons Conference: Preventing Trafficking in Human Beings for Labour "
    "Exploitation: Decent Work and Social Justice",
    "Seminar for Ukrainian law enforcement on THB at big sport events, Austrian Interior Ministry",
    "Leveraging Anti-Money Laundering Regimes to Combat Trafficking in Human Beings",
]
COLLEGE = [
    "Action against Terrorism Unit",
    "OSCE Mission to Skopje",
    "OSCE Office in Tajikistan",
    "Office for Democratic Institutions and Human Rights",
    "Operations Service, Borders Team",
    "Strategic Police Matters Unit",
]
ITALY = [
    "OSCE Mission to Serbia",
    "OSCE Office in Baku",
    "Office of the Special Representative and Co-ordinator for Combating Trafficking in Human Beings",
]
UNDESCRIBED = ["MC(8).DEC/1", "MC(9).DEC/6", "MC.DEC/2/03", "MC.DEC/15/05", "MC.DEC/8/07"]
SERVICE = [
    "Training seminar on on-line child abuse investigation and victim identification, Vilnius",
    "11th Alliance against Trafficking in Persons Conference: Preventing Trafficking in Human Beings for Labour "
    "Exploitation: Decent Work and Social Justice",
    "Leveraging Anti-Money Laundering Regimes to Combat Trafficking in Human Beings",
]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        # Whoever organized, worked, or is asked for.
        ("Which events did OSCE units organize in Vienna?", VIENNA),
        ("Which OSCE units worked with a named Italian state body?", ITALY),
        ("Which field operations organized events with international organizations on corruption?",
         ["OSCE Mission to Moldova", "OSCE Project Co-ordinator in Ukraine"]),
        ("Did UNICEF take part in an activity of any OSCE field operation, as far as the report says?", [False]),
        ("Which OSCE units had something to do with the Border Management Staff College in 2011?", COLLEGE),
        # A body with its State in front.
        ("To which events abroad did the PCU bring people of Ukraine's Security Service?", SERVICE),
        # Months, days, a region, the appendix by its matter.
        ("In which months of 2011 did the OCEEA hold events?", ["2011-03", "2011-05", "2011-07", "2011-09", "2011-10"]),
        ("In which months did the Office in Baku work with the IOM on trafficking?",
         ["2011-02", "2011-04", "2011-05", "2011-06", "2011-09", "2011-10"]),
        ("On which dates of 2011 does UNHCR appear?", ["2011-10-18", "2011-12-15", "2011-12-16", "2011-12-22"]),
        ("Which field operations in South-Eastern Europe had no activity on drugs?",
         ["OSCE Mission to Bosnia and Herzegovina", "OSCE Mission to Skopje", "OSCE Presence in Albania"]),
        ("Which country received the largest number of study visits arranged by OSCE units?", ["United Kingdom"]),
    ],
)  # fmt: skip
def test_what_is_asked_of_a_class_is_worked_out(asker: Asker, question: str, answer: list[Any]) -> None:
    """A class stands for whoever is of it; the answer is likely at most."""
    asked = asker.ask(question)
    assert (asked.status, sorted(map(str, asked.answer))) == (ANSWERED, sorted(map(str, answer)))
    assert asked.confidence <= VERY_SURE


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        # What a part of a body did counts for it; the State is said by an adjective, or a class is asked for.
        ("Which partner worked with the OSCE Project Co-ordinator in Ukraine most often?",
         "Ministry of Interior of Ukraine"),
        ("Which Armenian body worked with the OSCE Office in Yerevan most often?", "Police of Armenia"),
        ("Which Kazakh body worked with the OSCE Centre in Astana most often?",
         "Ministry of Internal Affairs of Kazakhstan"),
        ("Which NGO worked with OSCE units most often?", "American Bar Association"),
        ("Which partner worked with the ATU most often?", "United Nations Office on Drugs and Crime"),
        ("Which international organization turns up most often beside the Office in Baku?",
         "International Organization for Migration"),
    ],
)  # fmt: skip
def test_who_worked_most_with_somebody_is_counted_with_its_parts(asker: Asker, question: str, answer: str) -> None:
    """The numbers were counted in the report by a reader; whoever only came counts, so that it is likely at most."""
    asked = asker.ask(question)
    assert asked.answer == [answer] and asked.confidence <= VERY_SURE


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which field operations in Eastern Europe worked on cybercrime?",
         ["OSCE Mission to Moldova", "OSCE Project Co-ordinator in Ukraine"]),
        ("Which field operations in the South Caucasus had activities on drug trafficking?", ["OSCE Office in Yerevan"]),
        ("Did any field operation in the South Caucasus work with UNODC?", [False]),
    ],
)  # fmt: skip
def test_operations_in_a_region_are_there(asker: Asker, question: str, answer: list[Any]) -> None:
    """Where their activities were is another thing: a visit from Yerevan went to Eastern Europe."""
    assert asker.ask(question).answer == answer


def test_whom_an_event_was_for_is_told_by_its_audience(asker: Asker) -> None:
    """A word anywhere in what is told of it says nothing of for whom it was."""
    asked = asker.ask("Which events were held for judges?")
    held = [asker.facts.events[iri] for iri in asked.about]
    came = {event.iri: [asker.directory.label(part.actor) for told in event.told for part in told.parts] for event in held}
    said = [" ".join([e.label, *came[e.iri], *(f"{t.title} {t.audience}" for t in e.told)]).casefold() for e in held]
    assert len(held) == len(asked.answer) > 1 and all("judge" in one for one in said)
    assert not any("country visits" in one for one in said)


def test_bodies_of_a_state_are_asked_for_by_its_adjective(asker: Asker) -> None:
    """Who came, taught or hosted, and did not make it, is said beside those who worked with a unit."""
    asked = asker.ask("Which Turkish bodies worked with OSCE units, and with which?")
    assert {row[0] for row in asked.answer} >= {"Turkish International Academy against Drugs and Organized Crime"}
    assert all(row[-1].startswith(("OSCE", "Strategic")) for row in asked.answer)


def test_the_appendix_on_the_framework_is_the_first(asker: Asker) -> None:
    """What it does not describe of the decisions in the note is not all that the note names."""
    asked = asker.ask(
        "Which decisions cited as mandates for supporting the UNTOC does the framework appendix leave undescribed?"
    )
    assert sorted(asked.answer) == sorted(UNDESCRIBED)


def test_all_of_several_states_came(asker: Asker) -> None:
    """All of them were at one event, if they were there alike."""
    asked = asker.ask("Which cybercrime trainings had participants from Albania, Croatia and Serbia alike?")
    found = [asker.facts.events[iri] for iri in asked.about]
    states = ("area/alb", "area/hrv", "area/srb")
    assert found and all(
        asker.maker.naming.circle(f"https://w3id.org/oscegraph/id/{one}") & e.involved for e in found for one in states
    )


def test_an_embassy_is_with_who_tells_of_it(asker: Asker) -> None:
    """Who organized something with others and an embassy may not have worked with it: that is said."""
    asked = asker.ask("Which OSCE field operations did something jointly with a U.S. Embassy in 2011?")
    assert asked.status != ANSWERED or not asked.certain


def test_a_class_together_is_two_of_it_or_more(asker: Asker) -> None:
    """What field operations organized together is not what any of them organized; with somebody else it is."""
    together = asker.ask("Which activities did field operations organize together?")
    by_any = asker.ask("Which activities did field operations organize?").answer
    assert set(together.answer) < set(by_any) and len(together.answer) == 3
    assert "by two or more of them together" in together.reading
    assert asker.ask("How many activities did field operations organize together?").answer == [3]
    workshop = asker.ask("Which activities did field operations in Central Asia organize together?").answer
    assert len(workshop) == 1 and workshop[0].startswith("Fourth Annual Workshop")
    assert asker.ask("Did field operations organize anything together with UNODC?").answer == [True]
