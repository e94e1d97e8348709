"""Stage 8b: what each activity reaches: its structures, areas, people, kind and days, for overlaps and gaps.

What counts is in `queries/lookup/overlap-*.rq`, `gap-groups.rq` and `queries/audiences.txt`; here it is only put together.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from oscegraph import query, resources
from oscegraph.directory import Directory, fold
from oscegraph.namespaces import STUDY_VISIT
from oscegraph.store import Store
from oscegraph.tellings import cited

_OF_REGION = "of the region"


class Group(NamedTuple):
    """Field operations told as a group at an activity: who may have been among them, in which words, and where.

    `named` says that the group is that of a region, so that two of it may have met each other there.
    """

    activity: str
    units: frozenset[str]
    named: bool
    words: str
    source: str


@dataclass
class Scope:
    """What one activity is, for the comparison: its structures, what it reaches, for whom, of what kind and when.

    - `makers`: the structures that organized or hosted it, or were partners in it; `wider`: all, and those of an activity
      that it is part of; `headings`: the sub-headings over it where it is on the theme of what has no field of its own.
    - `start` and `end`: only where the date is known to the day or the month; `dated`: readings of chapters that contradict
      each other.
    - `areas`: all states and territories that it reaches; `venues`: those where it took place; `meant`: all but a venue
      abroad, to which a field operation sends somebody or a study visit leads; `own`: those whose people and operations it
      is for.
    - `named_regions`: the regions that it names; `regions`: these and those of all areas; `near`: these and those of `own`.
    - `stated`: all that it reaches by more than the host area of a unit.
    - `people`: the groups that it is for, with the areas they are from, or "" where none is told; `bodies`: those that
      attend or benefit. Both are empty where no telling says so.
    """

    id: str
    units: set[str] = field(default_factory=set)
    makers: set[str] = field(default_factory=set)
    wider: set[str] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)
    headings: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    precision: str | None = None
    start: date | None = None
    end: date | None = None
    dated: list[str] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    meant: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    named_regions: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)
    venues: set[str] = field(default_factory=set)
    stated: set[str] = field(default_factory=set)
    people: dict[str, set[str]] = field(default_factory=dict)
    bodies: set[str] = field(default_factory=set)

    def reaches(self, where: str) -> bool:
        """Whether it reaches a place, state, territory or region, or is for people from there."""
        return where in self.places | self.areas | self.meant | self.regions | self.near

    def people_from(self, areas: set[str] | None) -> set[str]:
        """Return the groups of people that may be from any of the areas: all if none are given."""
        return {group for group, its in self.people.items() if areas is None or "" in its or its & areas}


@functools.cache
def _groups() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the groups of people of `queries/audiences.txt` by the words that say them, and a pattern of these words."""
    found: dict[str, str] = {}
    for line in resources.word_lines("audiences.txt"):
        group, _, words = line.partition(": ")
        found |= dict.fromkeys(words.split(", "), group)
    longest_first = "|".join(map(re.escape, sorted(found, key=len, reverse=True)))
    return found, re.compile(rf"\b(?:{longest_first})\b")


def people_of(text: str) -> set[str]:
    """Return the groups of people that an audience in words, or the name of a body, says.

    >>> sorted(people_of("Senior police officers, judges and other experts"))
    ['judges and courts', 'police and other law enforcement']
    """
    groups, pattern = _groups()
    return {groups[words] for words in pattern.findall(fold(text))}


def read_scopes(store: Store, directory: Directory) -> dict[str, Scope]:
    """Return the scope of every activity by its IRI."""
    found: dict[str, Scope] = defaultdict(lambda: Scope(""))
    _read_facts(store, found)
    people: dict[str, set[str]] = defaultdict(set)
    for row in query.run(store, "overlap-areas"):
        iri, area = row["activity"] or "", row["area"] or ""
        cls = directory.things[area].cls if area in directory.things else ""
        scope = found[iri]
        (scope.named_regions if cls == "Region" else scope.places if cls == "Place" else scope.areas).add(area)
        scope.stated |= {area} if row["how"] != "host area" else set()
        scope.venues |= {area} if row["how"] == "country" else set()
        people[iri] |= {area} if row["how"] in ("people", "host area") and cls != "Place" else set()
    for iri, scope in found.items():
        _read_meant(directory, scope, people[iri])
        scope.regions = scope.named_regions | regions_of(directory, scope.areas)
        scope.near = scope.named_regions | regions_of(directory, scope.own)
    _read_audience(store, found)
    return dict(found)


def _read_facts(store: Store, found: dict[str, Scope]) -> None:
    sets = {
        "unit": "units",
        "maker": "makers",
        "wider": "wider",
        "theme": "themes",
        "heading": "headings",
        "kind": "kinds",
        "kind group": "groups",
    }
    days: dict[str, dict[str, str]] = defaultdict(dict)
    for row in query.run(store, "overlap-facts"):
        iri, fact, value = row["activity"] or "", row["fact"] or "", row["value"] or ""
        if fact in sets:
            getattr(found[iri], sets[fact]).add(value)
        else:
            days[iri][fact] = value
    for iri, scope in found.items():
        scope.id, scope.precision = iri, days[iri].get("precision")
        if scope.precision in ("day", "month"):
            scope.start = date.fromisoformat(days[iri]["earliest"])
            scope.end = date.fromisoformat(days[iri]["latest"])
            if scope.precision == "day" and scope.start == scope.end:
                # Of what lasted longer a single day is the one on which it began.
                scope.end += _length(days[iri].get("duration", ""))
    for row in query.run(store, "overlap-dates"):
        found[row["activity"] or ""].dated.append(f"{row['dated']} ({cited(row)})")


def _length(duration: str) -> timedelta:
    """Return the days from the first to the last day of what lasted so many days or weeks; none for anything else.

    >>> _length("P6W").days, _length("P1D").days, _length("P6M").days
    (41, 0, 0)
    """
    found = re.fullmatch(r"P(\d+)([DW])", duration)
    return timedelta(days=int(found[1]) * (7 if found[2] == "W" else 1) - 1) if found else timedelta()


def regions_of(directory: Directory, areas: Iterable[str]) -> set[str]:
    """Return the regions in which any of the areas lies."""
    things = [directory.things[area] for area in areas if area in directory.things]
    return {region for thing in things for region in thing.facts.get("inRegion", ())}


def _read_meant(directory: Directory, scope: Scope, people: set[str]) -> None:
    """Fill in for which areas an activity was; `people` are those whose people or operations it is said to be for."""
    hosting = {
        unit: set(directory.things[unit].facts.get("hostArea", ())) for unit in scope.units if unit in directory.things
    }
    homes = {area for areas in hosting.values() for area in areas}
    # Where a unit that works in no area of its own made it, it was for those there, too; a study visit never is.
    central = any(not hosting.get(unit) for unit in scope.makers)
    abroad = scope.venues - people if STUDY_VISIT in scope.kinds else scope.venues - homes - people
    abroad = set() if STUDY_VISIT not in scope.kinds and (central or not homes) else abroad
    # Who sends somebody abroad, nobody says from where, does so from where it works.
    senders = homes if scope.areas else set()
    scope.meant = (scope.areas - abroad) or senders
    scope.own = people | (scope.meant & homes if people or homes else scope.areas) or senders


def _read_audience(store: Store, found: dict[str, Scope]) -> None:
    """Fill in for whom an activity was: groups of people, by what it is part of if nothing else is told, and bodies."""
    rows = list(query.run(store, "overlap-audience"))
    for how in ("own", "whole"):
        told = {iri for iri, scope in found.items() if scope.people}
        for row in (row for row in rows if row["how"] == how and row["activity"] not in told):
            scope, body = found[row["activity"] or ""], row["body"]
            for group in people_of(row["words"] or ""):
                scope.people.setdefault(group, set()).add(row["area"] or "")
            scope.bodies |= {body} if body else set()


def read_groups(store: Store) -> list[Group]:
    """Return the activities at which field operations were as a group without names, by the first telling that says so."""
    made: dict[tuple[str, str], Group] = {}
    rows = [(r, r["activity"] or "", r["how"] or "") for r in query.run(store, "gap-groups")]
    for row, activity, how in sorted(
        rows, key=lambda r: (r[1], r[2] != _OF_REGION, int(r[0]["first"] or 0), -int(r[0]["last"] or 0))
    ):
        group = Group(activity, frozenset(), how == _OF_REGION, row["words"] or "", cited(row))
        group = made.setdefault((activity, how), group)
        made[activity, how] = group._replace(units=group.units | {row["unit"] or ""})
    return list(made.values())


def meeting(groups: Iterable[Group], scopes: dict[str, Scope], one: str, other: str) -> list[Group]:
    """Return where two structures may have met: one had a share and the other may be of the group, or both may."""
    return [
        group
        for group in groups
        if (one in group.units and (other in scopes[group.activity].units or (group.named and other in group.units)))
        or (other in group.units and one in scopes[group.activity].units)
    ]
