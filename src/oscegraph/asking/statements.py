"""Stage 7f: what is told: activities with their tellings, and details, each with the words by which it may be meant."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from oscegraph.asking.asked_days import Days
from oscegraph.asking.patterns import lazy_pattern

# A value behind a label, a number or a day behind what it is of.
_MONTHS = "|".join(calendar.month_name[1:])
_LABELLED = lazy_pattern(r"(?P<label>[^:]+): (?P<value>.+)")
_DATED = lazy_pattern(rf"(?P<label>.+), (?P<value>\d+|(?:[\d\u2013 -]+ )?(?:{_MONTHS})(?: \d{{4}})?)")
# How much a word counts by where an activity bears it.
TITLE, TERM, SAID, NOTE, DETAIL = 1.0, 0.9, 0.9, 0.75, 0.6


class Part(NamedTuple):
    """Who took part in one telling: role, actor, and how many people it sent, if that is said."""

    role: str
    actor: str
    people: int | None = None


@dataclass
class Told:
    """One telling: what one chapter says of an activity."""

    iri: str
    chapter: str = ""
    lines: tuple[int, int] = (0, 0)
    title: str = ""
    days: tuple[date, date] | None = None
    areas: list[str] = field(default_factory=list)
    people: int | None = None
    qualifier: str = ""
    events: int | None = None
    duration: str = ""
    basis: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    audience: str = ""


def areas_of(tellings: Iterable[Told]) -> list[str]:
    """Return the areas that tellings name, each once, in the order in which they are told."""
    return list(dict.fromkeys(area for told in tellings for area in told.areas))


@dataclass
class Event:
    """An activity as it may be asked for: its tellings, whom and what it names, of which others it is a part, and the weight
    of each word's place.
    """

    iri: str
    label: str = ""
    told: list[Told] = field(default_factory=list)
    involved: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    wholes: set[str] = field(default_factory=set)
    bag: dict[str, float] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)

    def add(self, stems: frozenset[str] | set[str], weight: float) -> None:
        """Let words count at least so much."""
        for stem in stems:
            if weight > self.bag.get(stem, 0.0):
                self.bag[stem] = weight

    def told_in(self, chapters: Collection[str]) -> Event | None:
        """Return the activity with what some chapters tell of it alone; None if they do not."""
        told = [one for one in self.told if one.chapter in chapters]
        return replace(self, told=told) if told else None

    def fits_like(self, other: Event) -> bool:
        """Whether two activities are alike: parts of one series."""
        shared = self.titles & other.titles
        return len(shared) >= 0.6 * max(len(self.titles), len(other.titles))

    @cached_property
    def days(self) -> list[tuple[date, date]]:
        """Return the periods that its tellings give, the most exact first."""
        return sorted({t.days for t in self.told if t.days}, key=lambda d: ((d[1] - d[0]).days, d))

    def fits(self, days: Days) -> int:
        """Return how a period fits: 2 if days meet, 1 if only a month or a longer time can mean it, 0 if not."""
        best = 0
        for first, last in self.days:
            if first <= days.end and last >= days.start:
                wide = (last - first).days > 25 and not (days.start <= first and last <= days.end)
                best = max(best, 1 if wide and (days.exact or (days.end - days.start).days < (last - first).days) else 2)
        return best


@dataclass
class Detail:
    """A fact beside roles, days and places: what it is on, what is asked for, its values, and its words."""

    iri: str
    about: tuple[str, ...]
    kind: str
    values: list[str]
    heads: set[str] = field(default_factory=set)
    asks: list[frozenset[str]] = field(default_factory=list)
    bag: set[str] = field(default_factory=set)
    wide: frozenset[str] = frozenset()
    cls: str = ""
    sort: str = ""
    summary: str = ""


def rows(values: list[str]) -> list[Any]:
    """Return values that are told as a label with a value each as rows, or nothing.

    >>> rows(["criminals arrested: 17", "marijuana seized: 47 kg"]), rows(["Palermo, 12-15 December 2000"])
    ([['criminals arrested', 17], ['marijuana seized', '47 kg']], [['Palermo', '12-15 December 2000']])
    >>> rows(["a, b", "c"])
    []
    """
    found = [_LABELLED.fullmatch(value) or _DATED.fullmatch(value) for value in values]
    if not all(found) or (len(values) == 1 and ": " in values[0]):
        return []
    return [[m["label"], int(m["value"]) if m["value"].isdigit() else m["value"]] for m in found if m]
