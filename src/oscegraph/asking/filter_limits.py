"""Stage 10e16a: what activities have to have that a question asks for: names, kinds, words, a period, numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from oscegraph.asking.asked_days import Days
from oscegraph.asking.asked_links import Link
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.statements import Event

# How a name limits activities, in words; by any other name here an actor had that role in them.
SAID = {
    "any": "with",
    "involved": "involving",
    "run": "carried out by",
    "organizer": "organized by",
    "organizers": "organized or co-organized by",
    "funder": "paid for by",
    "host": "hosted by",
    "attendees": "attended by",
    "trainer": "taught by",
    "trainers": "taught or addressed by",
    "facilitator": "attended with the help of",
    "embassy": "with an embassy of",
    "seat": "of the operations in",
    "nation": "of bodies of",
    "theme": "",
    "where": "in",
    "outside": "outside of",
    "for": "for bodies of",
}
# Any part, be it that others who are named organized it.
ANY = frozenset({"any", "involved"})
# What is no actor, and what is an area.
THEME, WHERE, OUTSIDE, FOR = "theme", "where", "outside", "for"
# Of whom is asked: where operations are, and of which State bodies are.
SEAT, NATION, ATTENDEES = "seat", "nation", "attendees"
# What else activities may have to be, beside names: organized by others than the actors, by other units of the OSCE, in
# another State than where these are, and outside of the States that participate in the OSCE.
OTHERS, OTHER_UNITS, ABROAD, BEYOND = "others", "colleagues", "abroad", "beyond"
# Not told in the chapter of the structure that is named, or told in others, too.
ELSEWHERE, RETOLD = "elsewhere", "retold"
# Told in the chapters that are named.
TOLD = "told"
# By two or more of a class together, and how that is said.
JOINT, JOINTLY = "joint", "by two or more of them together"
# For whom they are, by words; and that they are events, where others give or write something.
AUDIENCE, EVENTS = "audience", "events"
NO_EVENTS = frozenset(
    {"publication", "equipment", "policy support", "legislative support", "legal opinion", "advice", "research"}
    | {"curriculum development", "membership", "online portal", "media work", "agreement", "programme", "project"}
)
# "Events" are asked for, and not activities of all kinds.
EVENTS_ASKED = lazy_pattern(r"\bevents?\b(?!.*\bactivit)", re.IGNORECASE)
FLAGS_SAID = {
    OTHERS: "organized by others",
    OTHER_UNITS: "organized by other units of the OSCE",
    ABROAD: "abroad",
    BEYOND: "outside of the OSCE area",
    ELSEWHERE: "which its own chapter does not tell",
    RETOLD: "which other chapters tell",
    TOLD: "told in",
    "exact": "of which an exact day is told",
    "dated": "of which a day or month is told",
    "funded": "of which somebody is told to have paid",
    "numbered": "of which a number of people is told",
    "undated": "of which no date is told, but the year at most",
    "inexact": "of which no exact day is told",
    "unplaced": "of which no place is told",
    "unfunded": "of which nobody is told to have paid",
    "unnumbered": "of which no number of people is told",
}
STATES = ("State", "Territory")
# Who organized or co-operated; who had any part.
LED, ANYBODY = "organizers", "anybody"
LAWS, TRAINING, OF_TRAINERS = "legislative support", "training course", "training of trainers"
EQUIPMENT = "equipment"
# One of a State: of what it had a part in.
EMBASSY = "embassy"
_CALLED = {TRAINING: "trainings", OF_TRAINERS: "trainings of trainers", LAWS: LAWS, EQUIPMENT: EQUIPMENT}


class Bound(NamedTuple):
    """What a number that is told of an activity has to keep to, and how that is said."""

    number: Callable[[Event], float | None]
    keeps: Callable[[float], bool]
    said: str

    def fits(self, event: Event) -> bool:
        """Whether the number is told of an activity, and keeps to it."""
        number = self.number(event)
        return number is not None and self.keeps(number)


@dataclass(frozen=True)
class Limits:
    """What activities have to have: names, each with how it limits them, one of some kinds, words, a period.

    Of several choices of words they have to have all of one, of names of which `either` is meant one, and of those that are
    meant `apart` one as well: these have each activities of their own. Of what is told in some `chapters` that counts alone.
    """

    names: tuple[tuple[str, Link], ...]
    kinds: tuple[str, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    days: Days | None = None
    bounds: tuple[Bound, ...] = ()
    either: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    apart: tuple[tuple[str, Link], ...] = ()
    flags: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()

    @property
    def is_one_name(self) -> bool:
        """Whether nothing but one actor limits them."""
        return self == Limits(self.names) and len(self.names) == len(self.actors) == 1

    @property
    def hows(self) -> set[str]:
        """How names limit them."""
        return {how for how, _ in (*self.names, *self.either, *self.apart)}

    @property
    def actors(self) -> list[tuple[str, Link]]:
        """The names that are actors."""
        return [
            (how, link) for how, link in (*self.names, *self.apart) if how not in (THEME, WHERE, OUTSIDE, FOR, SEAT, NATION)
        ]

    @property
    def called(self) -> str:
        """What the kinds are called, "" for any kind."""
        kinds = (kind for kind in self.kinds if kind != OF_TRAINERS or TRAINING not in self.kinds)
        return " or ".join(_CALLED.get(kind, f"{kind}s") for kind in kinds)

    def renamed(self, hows: dict[str, str]) -> Limits:
        """Return these with names that limit in another way."""
        names, apart = (tuple((hows.get(how, how), link) for how, link in some) for some in (self.names, self.apart))
        either = tuple((hows.get(how, how), links) for how, links in self.either)
        return replace(self, names=names, either=either, apart=apart)
