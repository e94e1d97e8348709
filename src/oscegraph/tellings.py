"""Stage 6: tellings and activities as objects, read from any store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from oscegraph import query
from oscegraph.directory import Directory
from oscegraph.namespaces import PREFIXES, local_name
from oscegraph.store import Store

# The order in which roles are listed: who makes it happen first.
ROLES = (
    "organizer",
    "partner",
    "facilitator",
    "host",
    "funder",
    "trainer",
    "speaker",
    "attendee",
    "beneficiary",
    "accreditor",
)
CHUNK = 400


def cite(chapter: str, first: int, last: int) -> str:
    """Return a place in the report in words.

    >>> cite("II.1.1", 340, 342), cite("appendix-3", 715, 715)
    ('II.1.1, lines 340-342', 'appendix-3, line 715')
    """
    return f"{chapter}, line {first}" if first == last else f"{chapter}, lines {first}-{last}"


def cited(row: dict[str, str | None]) -> str:
    """Return where a row of a query with the columns chapter, first and last stands, in words."""
    return cite(row["chapter"] or "", int(row["first"] or 0), int(row["last"] or 0))


@dataclass(frozen=True)
class Participation:
    """One actor in one role in one telling; `people` is the number of people of its group, where it is said.

    `short` is the actor's acronym where it has one, otherwise its label.
    """

    role: str
    actor: str
    label: str
    people: int | None = None
    short: str = ""


@dataclass
class Telling:
    """What one chapter says of one activity. Dates are ISO days, lines count from 1, `people` leaves trainers out."""

    id: str
    activity: str = ""
    chapter: str = ""
    heading: str = ""
    lines: tuple[int, int] = (0, 0)
    anchor: str = ""
    title: str = ""
    kind: str = ""
    date: str | None = None
    date_text: str | None = None
    start: str | None = None
    end: str | None = None
    precision: str | None = None
    places: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    assistance: str = ""
    basis: list[str] = field(default_factory=list)
    people: int | None = None
    people_qualifier: str | None = None
    audience: str | None = None
    events: int = 1
    duration: str | None = None
    see: list[str] = field(default_factory=list)
    note: str | None = None
    told_by: str = ""
    participations: list[Participation] = field(default_factory=list)

    @property
    def place(self) -> str | None:
        """The places in words, or None."""
        return ", ".join(self.places) or None

    @property
    def country(self) -> str | None:
        """The states or territories in words, or None."""
        return ", ".join(self.countries) or None

    @property
    def source(self) -> str:
        """Where it stands: chapter and lines."""
        return cite(self.chapter, *self.lines)

    def by_role(self) -> list[tuple[str, list[Participation]]]:
        """Return the participations by role, in the order of ROLES."""
        return [(role, [p for p in self.participations if p.role == role]) for role in ROLES if self.has(role)]

    def has(self, role: str) -> bool:
        """Whether anybody has the role."""
        return any(p.role == role for p in self.participations)

    def roles_of(self, actors: set[str]) -> list[str]:
        """Return the roles of any of `actors`, in the order of ROLES."""
        return [role for role in ROLES if any(p.role == role and p.actor in actors for p in self.participations)]

    def as_dict(self) -> dict[str, Any]:
        """Return the object that `tellings --format json` prints."""
        return {
            "id": self.id,
            "activity": self.activity,
            "chapter": self.chapter,
            "heading": self.heading,
            "lines": list(self.lines),
            "title": self.title,
            "kind": self.kind,
            "date": self.date,
            "date_text": self.date_text,
            "start": self.start,
            "end": self.end,
            "place": self.place,
            "country": self.country,
            "themes": self.themes,
            "assistance": self.assistance,
            "basis": self.basis,
            "people": self.people,
            "people_qualifier": self.people_qualifier,
            "audience": self.audience,
            "events": self.events,
            "duration": self.duration,
            "see": self.see,
            "told_by": self.told_by,
            "note": self.note,
            "participations": [
                {"role": p.role, "actor": p.actor, "label": p.label, "people": p.people} for p in self.participations
            ],
        }


def in_chunks(store: Store, name: str, parameter: str, iris: Sequence[str]) -> Iterable[dict[str, str | None]]:
    """Run a lookup query for many IRIs, some hundred at a time, and yield its rows."""
    for start in range(0, len(iris), CHUNK):
        terms = [ox.NamedNode(iri) for iri in iris[start : start + CHUNK]]
        yield from query.run(store, query.named(name), **{parameter: terms})


def read_tellings(store: Store, directory: Directory, iris: Sequence[str]) -> list[Telling]:
    """Return the tellings with the given IRIs in the order of their lines in the report."""
    found = {iri: Telling(iri) for iri in iris}
    for row in in_chunks(store, "telling-facts", "telling", list(found)):
        _set(found[row["telling"] or ""], local_name(row["property"] or ""), row["value"] or "", directory)
    for row in in_chunks(store, "participations", "telling", list(found)):
        people = row["people"]
        found[row["telling"] or ""].participations.append(
            Participation(
                local_name(row["role"] or ""),
                row["actor"] or "",
                directory.label(row["actor"] or ""),
                int(people) if people else None,
                directory.things[row["actor"]].short if row["actor"] in directory.things else "",
            )
        )
    for telling in found.values():
        telling.participations.sort(key=lambda p: (ROLES.index(p.role) if p.role in ROLES else 99, p.label, p.people or 0))
        telling.countries = sorted(set(telling.countries))
        telling.themes.sort(key=lambda theme: _theme_number(directory, theme))
    return sorted(found.values(), key=lambda telling: (telling.lines, telling.id))


def _theme_number(directory: Directory, slug: str) -> tuple[int, str]:
    thing = directory.things.get(PREFIXES["theme"] + slug)
    number = (thing.names.get("notation") or ["99"])[0] if thing else "99"
    return (int(number) if number.isdigit() else 99, slug)


_TEXTS = {
    "title": "title",
    "subHeading": "heading",
    "anchor": "anchor",
    "statedDate": "date",
    "dateText": "date_text",
    "statedEarliest": "start",
    "statedLatest": "end",
    "statedPrecision": "precision",
    "peopleQualifier": "people_qualifier",
    "audience": "audience",
    "statedDuration": "duration",
    "editorialNote": "note",
    "tells": "activity",
}
_SLUGS = {"statedKind": "kind", "statedAssistance": "assistance", "inSection": "chapter"}


def _set(telling: Telling, name: str, value: str, directory: Directory) -> None:
    """Put one fact of a telling into the object."""
    if name in _TEXTS:
        setattr(telling, _TEXTS[name], value)
    elif name in _SLUGS:
        setattr(telling, _SLUGS[name], local_name(value))
    elif name == "firstLine":
        telling.lines = (int(value), telling.lines[1])
    elif name == "lastLine":
        telling.lines = (telling.lines[0], int(value))
    elif name == "people":
        telling.people = int(value)
    elif name == "eventCount":
        telling.events = int(value)
    elif name == "statedTheme":
        telling.themes.append(local_name(value))
    elif name == "statedPlace":
        telling.places.append(directory.label(value))
        area = directory.things[value].facts.get("inArea") if value in directory.things else None
        telling.countries += [directory.label(iri) for iri in area or ()]
    elif name == "statedCountry":
        telling.countries.append(directory.label(value))
    elif name == "statedBasis":
        thing = directory.things.get(value)
        telling.basis.append((thing.names.get("symbol") or [thing.label])[0] if thing else local_name(value))
    elif name == "seeSection":
        telling.see.append(local_name(value))
    elif name == "toldBy":
        telling.told_by = directory.label(value)


@dataclass
class Activity:
    """An activity with what all its tellings make of it, and those tellings."""

    id: str
    label: str = ""
    facts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    tellings: list[Telling] = field(default_factory=list)

    def first(self, name: str) -> str | None:
        """Return the first value of a fact by the local name of its property, or None."""
        return next(iter(self.facts.get(name, ())), None)

    @property
    def start(self) -> str | None:
        """The earliest day, ISO, or None."""
        return self.first("earliest")

    @property
    def end(self) -> str | None:
        """The latest day, ISO, or None."""
        return self.first("latest")


def read_activities(store: Store, directory: Directory, iris: Sequence[str]) -> list[Activity]:
    """Return the activities with the given IRIs, with all their tellings, by date and then by label."""
    found = {iri: Activity(iri) for iri in iris}
    for row in in_chunks(store, "activity-facts", "activity", list(found)):
        activity = found[row["activity"] or ""]
        name, value = local_name(row["property"] or ""), row["value"] or ""
        if name == "prefLabel":
            activity.label = value
        activity.facts[name].append(value)
    tellings = [row["telling"] or "" for row in in_chunks(store, "tellings", "activity", list(found))]
    for telling in read_tellings(store, directory, tellings):
        found[telling.activity].tellings.append(telling)
    return sorted(found.values(), key=by_date)


def differently_dated(activity: Activity) -> list[Telling]:
    """Return the tellings whose date contradicts that of another one, as `overlap-dates.rq` has it.

    A month beside a day of that month is no contradiction; two readings of the same closeness that differ are one.
    """
    told = [telling for telling in activity.tellings if telling.start and telling.end]

    def differ(one: Telling, other: Telling) -> bool:
        apart = (one.start or "") > (other.end or "") or (other.start or "") > (one.end or "")
        return apart or (one.precision == other.precision and (one.start, one.end) != (other.start, other.end))

    return [one for one in told if any(differ(one, other) for other in told)]


def by_date(activity: Activity) -> tuple[str, str, str, str]:
    """The order of activities: by first day, undated ones last."""
    return (activity.start or "9999", activity.end or "9999", activity.label, activity.id)
