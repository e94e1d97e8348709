"""Stage 10e6a: what rows of values are made of: which columns a question asks for, an activity with its towns and days."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from oscegraph.asking.candidates import spell
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.statements import Event, Told, areas_of

DAY = lazy_pattern(r"\b(?:when|dates?|dated|days?|months?|timing|schedule|calendar|took place)\b", re.IGNORECASE)
PEOPLE = lazy_pattern(
    r"\b(?:how many|numbers?|people|participants?|attend\w*|trainees?|head ?counts?|persons?|officers|breakdown|split)\b",
    re.IGNORECASE,
)
CHAPTER = lazy_pattern(r"\b(?:sub-?)?chapters?\b", re.IGNORECASE)
# Longer tables are not given as an answer.
MOST = 30
# Roles that are told together.
ORGANIZERS = frozenset({"organizer"})
PARTNERS = frozenset({"organizer", "partner"})
SUPPORTERS = frozenset({"partner", "facilitator", "funder", "host"})
SPEAKERS = frozenset({"speaker", "trainer"})
ATTENDEES = frozenset({"attendee", "beneficiary"})
SIDES = (
    ("organizers", ORGANIZERS, "organize run who"),
    ("partners", PARTNERS, "organize run partner together withwhom who support"),
    ("funders", frozenset({"funder"}), "fund who"),
    ("accreditors", frozenset({"accreditor"}), "accredit who"),
    ("supporters", SUPPORTERS, "support partner fund host who"),
    ("speakers", SPEAKERS, "speak train who"),
    ("attendees", ATTENDEES, "attend takepart people benefit who train"),
)
EACH = lazy_pattern(
    r"\b(?:each|every|per|respective\w*|all|both|two|three|four|five|six|list|pair|match|compare|breakdown|chapters?|by|and"
    r"|their|its|with|dates|places|towns|cities)\b|[,:;]",
    re.IGNORECASE,
)


# What stands in a row for what is not told of one thing, so that the others stay in their columns.
NOT_TOLD = "not told"


def in_columns(columns: Sequence[Sequence[Any]]) -> list[Any]:
    """Return what is told of one thing by column as one row; of which nothing is told says so, if any other says more.

    >>> in_columns([["Kiev"], [], ["2011-05-02", "2011-05-04"]]), in_columns([[], []])
    (['Kiev', 'not told', '2011-05-02', '2011-05-04'], [])
    """
    return [value for held in columns for value in (held or [NOT_TOLD])] if any(columns) else []


class Rows:
    """Makes parts of rows over one set of facts."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming

    def wide(self, event: Event) -> list[Any]:
        """Return an activity with its towns and days."""
        return [event.label, *self.towns(event), *(spell(event.days[0]) if event.days else ())]

    def towns(self, event: Event) -> list[str]:
        """Return the names of the towns of an activity."""
        return self.labels(self.naming.towns(areas_of(event.told)))

    def labels(self, iris: list[str]) -> list[str]:
        """Return names, each once."""
        return list(dict.fromkeys(self.naming.labels(iris)))


def roles_had(event: Event) -> dict[str, list[str]]:
    """Return everybody who had a part in an activity, with the roles that are told, each once."""
    had: dict[str, list[str]] = {}
    for part in (part for told in event.told for part in told.parts):
        roles = had.setdefault(part.actor, [])
        roles += [] if part.role in roles else [part.role]
    return had


def came(tellings: Sequence[Told]) -> dict[str, int | None]:
    """Return who came by some tellings, each with how many people it sent, if that is told."""
    return {part.actor: part.people for told in tellings for part in told.parts if part.role in ATTENDEES}


def with_people(naming: Naming, sent: Mapping[str, int | None]) -> list[str]:
    """Return the names of those who came, with how many they sent behind each of whom that is told."""
    return [f"{naming.label(one)} ({people})" if people else naming.label(one) for one, people in sent.items()]


def of_telling(told: Told) -> int | None:
    """Return of how many people of single bodies a telling tells, or of how many in all."""
    people = [part.people for part in told.parts if part.people is not None]
    return sum(people) if people else told.people


def people(event: Event) -> int | None:
    """Return how many people came to an activity, if it is told."""
    return people_in(event.told)


def people_in(tellings: Sequence[Told]) -> int | None:
    """Return how many people came by several tellings of one activity, if any says so."""
    found = [told.people for told in tellings if told.people is not None]
    parts = [part.people for told in tellings for part in told.parts if part.people is not None]
    return max(found) if found else sum(parts) if parts else None
