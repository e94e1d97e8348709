"""Stage 10e: what a question may ask, as a candidate: an operation on what it may mean, with its answer.

A candidate is not yet believed: `scoring` weighs how well it fits the words of the question.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from oscegraph.asking.asked_links import Link
from oscegraph.asking.detail_fits import Found
from oscegraph.asking.retrieval import Hit, Token
from oscegraph.asking.statements import Told

# Sets of roles that are asked for together, and the cues that ask for them.
ROLES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    name: (frozenset(roles.split()), frozenset(cues.split()))
    for name, roles, cues in (
        ("funder", "funder", "fund"),
        ("organizer", "organizer", "organize run activity"),
        ("organizers", "organizer partner", "organize run partner together withwhom activity"),
        ("partner", "partner", "partner support together withwhom"),
        ("partners", "organizer partner facilitator host", "partner withwhom together organize run support host"),
        ("host", "host", "host visited where"),
        ("trainer", "trainer", "train"),
        ("speaker", "speaker", "speak"),
        ("trainers", "trainer speaker", "train speak sent"),
        ("attendee", "attendee", "attend takepart people"),
        ("attendees", "attendee beneficiary", "attend takepart people benefit sent train"),
        ("participants", "attendee beneficiary speaker partner trainer", "attend takepart people benefit"),
        ("supporters", "partner facilitator", "support partner"),
        ("facilitator", "facilitator", "support sent"),
        ("accreditor", "accreditor", "accredit"),
        ("beneficiary", "beneficiary", "benefit people train support visited"),
        (
            "anybody",
            "funder organizer partner host trainer speaker attendee facilitator accreditor beneficiary",
            "takepart partner support organize together withwhom",
        ),
    )
}
# Cues that every candidate on single activities accounts for.
SOME = frozenset({"activity", "many", "people", "typed", "who", "which"})


class Place(NamedTuple):
    """A place in a ranking: who or what has it, by which number, and in which activities."""

    name: str
    number: int
    events: tuple[str, ...] = ()


@dataclass
class Candidate:
    """One way to take a question: the operation, the answer, what it leaves open, and on which activities it rests.

    `query` and `values` are the named query that gives the answer, `things` what the answer names, and `whom` whom it is on
    that somebody had a role; `flags` and `numbers` say what else is known of the fit; `parts` are the candidates for one
    value that one for several is put together from.
    """

    family: str
    projection: str
    answer: list[Any]
    cues: frozenset[str] = frozenset()
    query: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    events: tuple[str, ...] = ()
    hit: Hit | None = None
    found: Found | None = None
    open_words: list[Token] = field(default_factory=list)
    open_links: list[Link] = field(default_factory=list)
    types: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    numbers: dict[str, float] = field(default_factory=dict)
    things: tuple[str, ...] = ()
    whom: str = ""
    parts: tuple[Candidate, ...] = ()
    # All places of a ranking, of which the answer is the first one.
    order: tuple[Place, ...] = ()
    # How it fits, once that is known: a part stands in many others.
    shape: dict[str, float] | None = field(default=None, repr=False)

    @property
    def kind(self) -> tuple[str, str]:
        """The operation, and what it tells."""
        return self.family, self.projection

    @property
    def about(self) -> frozenset[str]:
        """What the answer rests on: activities, or what a detail is on."""
        return frozenset(self.events) or frozenset(self.found.detail.about if self.found else ())

    @property
    def is_ranking(self) -> bool:
        """Whether the answer is who or what comes first or last."""
        return self.comes_first or "bottom" in self.projection.split() or self.projection.startswith("fewest staff")

    @property
    def comes_first(self) -> bool:
        """Whether the answer is who or what comes first."""
        return "top" in self.projection.split() or self.projection.startswith(("most:", "most staff"))

    @property
    def left(self) -> float:
        """The weight of the words that nothing accounts for."""
        return sum(t.weight for t in self.open_words if not t.cues & self.cues)


def on_hit(
    family: str, projection: str, answer: list[Any], cues: frozenset[str], query: str, hit: Hit, **more: Any
) -> Candidate:
    """Return a candidate that rests on the activity of a hit, and leaves open what the hit does."""
    iri = hit.event.iri
    known = {"values": {"activity": [iri]}, "events": (iri,), "open_links": hit.open_links} | more
    return Candidate(family, projection, answer, cues, query, hit=hit, open_words=hit.open_words, **known)


def cue_set(cues: str | frozenset[str]) -> frozenset[str]:
    """Return cues that are written in one string as a set."""
    return frozenset(cues.split()) if isinstance(cues, str) else cues


def spell(days: tuple[date, date]) -> list[str]:
    """Return the first and the last day of a period, or the month or the years where it is one.

    >>> spell((date(2011, 6, 1), date(2011, 6, 30))), spell((date(2011, 6, 2), date(2011, 6, 3)))
    (['2011-06'], ['2011-06-02', '2011-06-03'])
    >>> spell((date(2010, 1, 1), date(2011, 12, 31)))
    ['2010', '2011']
    """
    first, last = days
    if first.day == 1 and last == date(last.year, last.month, calendar.monthrange(last.year, last.month)[1]):
        if (first.month, last.month) == (1, 12):
            return list(dict.fromkeys(str(day.year) for day in days))
        if (first.year, first.month) == (last.year, last.month):
            return [first.isoformat()[:7]]
    return list(dict.fromkeys(day.isoformat() for day in days))


def span(duration: str) -> str:
    """Return a duration in words.

    >>> span("P11D"), span("P2W"), span("")
    ('11 days', '2 weeks', '')
    """
    match = re.fullmatch(r"P(\d+)([DWMY])", duration)
    units = {"D": "day", "W": "week", "M": "month", "Y": "year"}
    return f"{match[1]} {units[match[2]]}{'s' * (match[1] != '1')}" if match else ""


def days_of(told: Told) -> list[str]:
    """Return when a telling says that it was."""
    return [] if told.days is None else spell(told.days)


def roles_of(tellings: list[Told], roles: frozenset[str]) -> list[str]:
    """Return who had one of these roles by these tellings."""
    return [part.actor for told in tellings for part in told.parts if part.role in roles]
