"""Stage 11: the events of a network: who was in which activity, in which roles, when, and where that is told.

Who counts as tied, by which roles, on which events, is a query in `queries/networks/`. A query gives either incidence rows
(?activity ?actor ?role), which `networks` projects to ties between actors, or tie rows (?activity ?source ?target ?role),
which are ties between two kinds of nodes. Options choose activities, actors, roles and weights.
"""

from __future__ import annotations

import calendar
import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from oscegraph import query, resources
from oscegraph.directory import Directory
from oscegraph.errors import FilterError, QueryError, did_you_mean
from oscegraph.filters import Filters, run_filtered
from oscegraph.namespaces import local_name
from oscegraph.store import Store
from oscegraph.tellings import ROLES

WEIGHTINGS = ("raw", "fractional", "newman", "jaccard")
SERIES = ("once", "n")
_HEADER = re.compile(r"^#\+ (\w+): (.+)$", re.MULTILINE)
# So many activities are asked for by name; of more, the facts of all activities are read in one go, which is quicker.
FEW = 500


@dataclass(frozen=True)
class Options:
    """How a network is made of a query. Everything here is printed with the result, so that it can be made again."""

    network: str = "actors"
    weighting: str = "raw"
    series: str = "once"
    types: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    least: float = 0.0
    filters: Filters = field(default_factory=Filters)

    def as_dict(self) -> dict[str, Any]:
        """Return the options as plain values, the filters in words."""
        plain = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "filters"}
        return {**plain, "types": list(self.types), "roles": list(self.roles), "filters": dict(self.filters.labels)}


@dataclass(frozen=True)
class Declared:
    """A network as declared by a file in `queries/networks/`."""

    name: str
    title: str
    mode: str
    text: str


@functools.cache
def networks() -> tuple[Declared, ...]:
    """Return the declared networks, by name; read once, as resampling projects hundreds of times."""
    found = []
    for path in sorted((resources.queries_dir() / "networks").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        header = dict(_HEADER.findall(text))
        found.append(Declared(path.stem, header["network"], header["mode"], text))
    return tuple(found)


def declared(name: str) -> Declared:
    """Return the declared network of that name; raises QueryError with the nearest name if there is none."""
    known = {network.name: network for network in networks()}
    if name not in known:
        raise QueryError(f'there is no network "{name}".{did_you_mean(name, known)} Networks: {", ".join(known)}.')
    return known[name]


@dataclass(slots=True)
class Event:
    """One activity of a network: who is in it, in which roles, how often it counts, when it was, and where it is told.

    `actors` maps an actor to its roles; `ties` maps a pair (source, target) to roles, for networks that declare ties.
    `times` is how often the activity counts, 1 unless a series is counted n times. Dates are ISO days.
    """

    actors: dict[str, set[str]] = field(default_factory=dict)
    ties: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    times: float = 1
    first: str | None = None
    last: str | None = None
    precision: str | None = None
    label: str = ""
    chapters: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)

    def within(self, start: str, end: str, possible: bool = False) -> bool:
        """Whether the activity was in a period for sure, or, with `possible`, may have been.

        The same rule as for the period filters of every query: a date that is known to the day needs to overlap the
        period, a vaguer one needs to lie inside of it.
        """
        if self.first is None or self.last is None or self.last < start or self.first > end:
            return False
        return possible or self.precision == "day" or (self.first >= start and self.last <= end)

    def everyone(self) -> set[str]:
        """Return all nodes of the activity."""
        return set(self.actors).union(*self.ties) if self.ties else set(self.actors)


Events = dict[str, Event]


def months_of(events: Mapping[str, Event]) -> list[tuple[str, str, str]]:
    """Return (month, first day, last day) from the first to the last month in which a dated activity was, none left out."""
    days = [
        day for event in events.values() if event.precision in ("day", "month") for day in (event.first, event.last) if day
    ]
    if not days:
        return []
    year, month = map(int, min(days).split("-")[:2])
    found = []
    while (name := f"{year:04d}-{month:02d}") <= max(days)[:7]:
        found.append((name, f"{name}-01", f"{name}-{calendar.monthrange(year, month)[1]:02d}"))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def _check(options: Options) -> None:
    for name, value, valid in (("weighting", options.weighting, WEIGHTINGS), ("series", options.series, SERIES)):
        if value not in valid:
            raise FilterError(name, value, valid)
    for role in options.roles:
        if role not in ROLES:
            raise FilterError("role", role, ROLES)


def read_events(store: Store, directory: Directory, options: Options) -> Events:
    """Run the query of a network and return its activities by IRI, in the order of their IRIs, filters applied.

    Raises QueryError for a network that does not exist or whose query gives other columns, FilterError for an option that
    is none of the valid ones.
    """
    _check(options)
    network = declared(options.network)
    allowed = _actors_of(store, directory, options.types)
    found = _incidence(store, network, options, allowed)
    if options.filters.active():
        kept = {row["activity"] for row in run_filtered(store, "activities", options.filters)}
        found = {iri: event for iri, event in found.items() if iri in kept}
    add_facts(store, found, options.series)
    return dict(sorted(found.items()))


def _incidence(store: Store, network: Declared, options: Options, allowed: set[str] | None) -> Events:
    columns, rows = store.select(network.text)
    position = {name: index for index, name in enumerate(columns)}
    ends = ("actor",) if "actor" in position else ("source", "target")
    if "activity" not in position or not set(ends) <= set(columns):
        raise QueryError("a network query gives ?activity ?actor ?role, or ?activity ?source ?target ?role.")
    activity_at, role_at = position["activity"], position.get("role")
    first_at, second_at = position[ends[0]], position[ends[-1]]
    wanted = set(options.roles)
    roles: dict[str, str] = {"": ""}
    found: Events = {}
    for row in rows:
        term = row[role_at] if role_at is not None else None
        iri = "" if term is None else str(query.plain(term))
        role = roles.get(iri)
        if role is None:
            role = roles[iri] = local_name(iri)
        if wanted and role not in wanted:
            continue
        activity, first, second = query.plain(row[activity_at]), query.plain(row[first_at]), query.plain(row[second_at])
        if activity is None or first is None or second is None:
            continue
        if allowed is not None and first not in allowed and second not in allowed:
            continue
        event = found.get(activity)
        if event is None:
            event = found[activity] = Event()
        if ends == ("actor",):
            event.actors.setdefault(first, set()).add(role)
        else:
            event.ties.setdefault((first, second), set()).add(role)
    return found


def add_facts(store: Store, events: Events, series: str = "once") -> None:
    """Add label, dates, themes, chapters and counts of events to the activities, in place."""
    few = sorted(events) if len(events) <= FEW else None
    chapters: dict[str, set[str]] = defaultdict(set)
    themes: dict[str, set[str]] = defaultdict(set)
    if not events:
        return
    for iri, label, first, last, precision in query.run(store, "event-facts", activity=few).rows:
        event = events.get(query.plain(iri) or "")
        if event is not None:
            event.label = query.plain(label) or ""
            event.first, event.last, event.precision = query.plain(first), query.plain(last), query.plain(precision)
    short = functools.cache(local_name)
    for row in query.run(store, "event-tellings", activity=few).rows:
        activity, property_, value = (query.plain(term) or "" for term in row)
        if activity not in events:
            continue
        match short(property_):
            case "theme":
                themes[activity].add(short(value))
            case "inSection":
                chapters[activity].add(short(value))
            case "eventCount" if series == "n":
                events[activity].times = max(events[activity].times, int(value))
    for activity, event in events.items():
        told = chapters[activity]
        event.chapters = sorted(told, key=chapter_key) if len(told) > 1 else list(told)
        event.themes = sorted(themes[activity])


def chapter_key(chapter: str) -> list[tuple[int, str]]:
    """Return the order of chapters: II.3.2 before II.3.11.

    >>> sorted(["II.3.11", "II.3.2"], key=chapter_key)
    ['II.3.2', 'II.3.11']
    """
    return [(int(part), "") if part.isdigit() else (0, part) for part in chapter.split(".")]


def _actors_of(store: Store, directory: Directory, types: Sequence[str]) -> set[str] | None:
    """Return the actors of the wanted types, or None for all."""
    if not types:
        return None
    found: set[str] = set()
    for name in types:
        rows = query.run(store, "actors-of-class", type=directory.type_class(name))
        found |= {row["actor"] or "" for row in rows}
    return found


def ordered_roles(roles: Iterable[str]) -> list[str]:
    """Return roles in their fixed order, who makes it happen first."""
    return sorted(filter(None, roles), key=lambda role: ROLES.index(role) if role in ROLES else len(ROLES))
