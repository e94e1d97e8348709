"""Stage 8b: what each activity reaches: its structures, areas, people, kind and days, for overlaps and gaps.

What counts is in `queries/lookup/overlap-*.rq` and `gap-groups.rq`; here it is only put together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from oscegraph import query
from oscegraph.directory import AREA_CLASSES, Directory, fold
from oscegraph.store import Store
from oscegraph.tellings import cited

# What people are called in words of which a part alone, or without its last letter, would say something else.
_NAMES = re.compile(
    r"\b(law enforcement|civil society|border (?:guard|police)|trade union|financial intelligence|labour migrant"
    r"|special operation|customs)s?\b"
)
# Words of an audience that say nothing of who it is.
_EMPTY = frozenset(
    """above abroad accredited across action actor administration advanced affair agencies agency all among analysis and
    another anti appointed area assessment asset assistance authority average based bodies body both branch business
    card central centre chief child citizen city combat combating command commission committee community completed
    completing compliance computer conduct control cooperation corruption council counter countries country course crime
    criminal cyber department different director directorate district division document drafted drafting drug each
    eastern economic eight elected enforcement entry especially european executive expert external field financial five
    for foreign foundation four from future general government governmental group had head headquarter headquarters high
    human identified identity included including industry institute institution intelligence inter interior internal
    international investigation issue joint justice key large later law leader legal level line local main mainly maker
    management manager many mechanism meeting member mid ministries ministry mission money more most municipal mutual
    named national newly non northern off office officer official one operation operational ordinator organization
    organized osce other over own owned participant participating partner partnership people person personnel pilot plan
    point policy population potential practitioner presumed prevention private professional programme protection
    provider province public recovery referral region regional related relevant remote representative response right
    risk rural same sector security seeking senior service several smuggling social society some special specialist
    specialized staff stakeholder state suppression supreme system team technical terrorism terrorist than that the
    their them those three trafficking trainee training travel two unit various week who wider with work working
    year""".split()  # noqa: SIM905 - a list of one word a line would hide the rest
)


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

    `wider` are its structures and those of an activity that it is part of. `start` and `end` are set only where the date is
    known to the day or the month; `dated` are the readings of chapters that contradict each other. `areas` are states and
    territories, `named_regions` the regions that it names, `regions` these and those of its areas, `near` only those of the
    people and operations that it is for, not of a venue abroad, `venues` the states and territories where it took place,
    `stated` all that it reaches by more than the host area of an organizer.
    """

    id: str
    units: set[str] = field(default_factory=set)
    wider: set[str] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    precision: str | None = None
    start: date | None = None
    end: date | None = None
    dated: list[str] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    named_regions: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)
    venues: set[str] = field(default_factory=set)
    stated: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)

    def reaches(self, where: str) -> bool:
        """Whether it reaches a place, state, territory or region."""
        return where in self.places | self.areas | self.regions


def content_words(text: str) -> set[str]:
    """Return the words of an audience that say who it is, in the singular.

    >>> sorted(content_words("Senior police officers, judges and law enforcement agencies"))
    ['judge', 'law enforcement', 'police']
    """
    plain = fold(text)
    found = {match[1] for match in _NAMES.finditer(plain)}
    singular = (re.sub(r"(?<!s)s$", "", re.sub("ies$", "y", word)) for word in _NAMES.sub(" ", plain).split())
    return found | {word for word in singular if len(word) > 2 and not word.isdigit() and word not in _EMPTY}


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
        scope.regions = scope.named_regions | regions_of(directory, scope.areas)
        scope.near = scope.named_regions | regions_of(directory, _meant(directory, scope, people[iri]))
    _read_audience(store, directory, found)
    return dict(found)


def _read_facts(store: Store, found: dict[str, Scope]) -> None:
    sets = {"unit": "units", "wider": "wider", "theme": "themes", "kind": "kinds", "kind group": "groups"}
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
    for row in query.run(store, "overlap-dates"):
        found[row["activity"] or ""].dated.append(f"{row['dated']} ({cited(row)})")


def regions_of(directory: Directory, areas: Iterable[str]) -> set[str]:
    """Return the regions in which any of the areas lies."""
    things = [directory.things[area] for area in areas if area in directory.things]
    return {region for thing in things for region in thing.facts.get("inRegion", ())}


def _meant(directory: Directory, scope: Scope, people: set[str]) -> set[str]:
    """Return the areas that an activity is for: a venue is one of them only if nobody from elsewhere is said to be meant."""
    things = [directory.things[unit] for unit in scope.units if unit in directory.things]
    homes = {area for thing in things for area in thing.facts.get("hostArea", ())}
    return people | (scope.areas & homes if people or homes else scope.areas)


def _read_audience(store: Store, directory: Directory, found: dict[str, Scope]) -> None:
    """Fill in the words of the audiences, and of bodies those by which the report says for whom anything was."""
    rows = [(row["activity"] or "", row["words"] or "", row["body"]) for row in query.run(store, "overlap-audience")]
    # An adjective of an area begins as its name does.
    areas = {w[:5] for t in directory.things.values() if t.cls in {"Place", *AREA_CLASSES} for w in fold(t.label).split()}
    known = {word for _, words, body in rows if not body for word in content_words(words) if word[:5] not in areas}
    for iri, words, body in rows:
        found[iri].words |= content_words(words) & known
        found[iri].bodies |= {body} if body else set()


def read_groups(store: Store) -> list[Group]:
    """Return the activities at which field operations were as a group without names, by the first telling that says so."""
    made: dict[tuple[str, bool], Group] = {}
    rows = [(r, r["activity"] or "", r["how"] == "of the region") for r in query.run(store, "gap-groups")]
    for row, activity, named in sorted(
        rows, key=lambda r: (r[1], not r[2], int(r[0]["first"] or 0), -int(r[0]["last"] or 0))
    ):
        group = made.setdefault((activity, named), Group(activity, frozenset(), named, row["words"] or "", cited(row)))
        made[activity, named] = group._replace(units=group.units | {row["unit"] or ""})
    return list(made.values())


def meeting(groups: Iterable[Group], scopes: dict[str, Scope], one: str, other: str) -> list[Group]:
    """Return where two structures may have met: one had a share and the other may be of the group, or both may."""
    return [
        group
        for group in groups
        if (one in group.units and (other in scopes[group.activity].units or (group.named and other in group.units)))
        or (other in group.units and one in scopes[group.activity].units)
    ]
