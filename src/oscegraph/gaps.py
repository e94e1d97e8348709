"""Stage 8c: gaps: where the report is silent. That it tells of nothing does not mean that nothing happened.

- units: two executive structures that have shares in activities on one theme in the same area, or else in areas of the same
  region, and share no activity at all. An activity reaches an area as in `overlaps`.
- states: participating States that no activity on a theme brings in: not as the scene, not in any role, by no body of
  theirs, and not as the host area of a field operation with a share. Activities that name only a region in which the State
  lies are counted beside.
- decisions: instruments that no telling names as a basis, with the number of activities that may rest on them by rule.
- activities: what the chapters of the structures tell without naming a basis.

What counts is in `queries/lookup/gap-*.rq` and `overlap-areas.rq`; here it is only set against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from oscegraph import query
from oscegraph.directory import Directory
from oscegraph.overlaps import Scope, read_scopes
from oscegraph.store import Store
from oscegraph.tellings import cite

KINDS = ("units", "states", "decisions", "activities")
_TRUE = "true"


@dataclass
class Strangers:
    """Two structures on one theme in the same areas without a shared activity, with the activities of each there.

    `areas` are states and territories that both reach, or regions where there is none (`level` is "area" or "region").
    """

    one: str
    other: str
    theme: str
    level: str
    areas: list[str]
    of_one: list[str]
    of_other: list[str]


@dataclass
class Silence:
    """A participating State: on each theme the activities that bring it in, and those that name only its region."""

    state: str
    active: dict[str, set[str]] = field(default_factory=dict)
    by_region: dict[str, set[str]] = field(default_factory=dict)

    @property
    def silent(self) -> list[str]:
        """The themes on which no activity brings it in, in the order asked."""
        return [theme for theme, activities in self.active.items() if not activities]


@dataclass
class Unused:
    """An instrument that no telling names as a basis: by how many activities it may be by rule, where it is named."""

    instrument: str
    inferred: int
    places: list[Place] = field(default_factory=list)


@dataclass
class Ungrounded:
    """A structure: what its chapter tells, of it what has no stated basis, and of that what has one by rule."""

    unit: str
    told: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    by_rule: list[str] = field(default_factory=list)


def strangers(
    store: Store, directory: Directory, theme: str | None = None, where: str | None = None, unit: str | None = None
) -> list[Strangers]:
    """Return pairs of structures on the same theme in the same area without any shared activity.

    Areas in common come before regions in common; then by the smaller number of activities, the larger one, and names.
    """
    scopes = read_scopes(store, directory)
    active: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in query.run(store, "gap-presence"):
        activity, its = row["activity"] or "", row["theme"] or ""
        if its and (theme is None or its == theme) and (where is None or scopes[activity].reaches(where)):
            active[its][row["unit"] or ""].add(activity)
    met = {pair for scope in scopes.values() for pair in combinations(sorted(scope.units), 2)}
    found = []
    for its, units in active.items():
        for one, other in combinations(sorted(units), 2):
            if (one, other) in met or (unit is not None and unit not in (one, other)):
                continue
            for level, kind in (("area", "areas"), ("region", "regions")):
                sides = [_by_area(scopes, units[side], kind) for side in (one, other)]
                shared = [area for area in set(sides[0]) & set(sides[1]) if _inside(directory, area, where)]
                common = sorted(shared, key=lambda area: (directory.label(area), area))
                if common:
                    mine, theirs = (sorted({a for area in common for a in side[area]}) for side in sides)
                    found.append(Strangers(one, other, its, level, common, mine, theirs))
                    break

    def rank(item: Strangers) -> tuple[object, ...]:
        sizes = sorted((len(item.of_one), len(item.of_other)))
        return (item.level, -sizes[0], -sizes[1], *map(directory.label, (item.one, item.other, item.theme)), item.theme)

    return sorted(found, key=rank)


def _inside(directory: Directory, area: str, where: str | None) -> bool:
    """Whether a filter by area leaves the area; one by a town leaves all that the activities there reach."""
    thing = directory.things.get(area)
    town = where in directory.things and directory.things[where].cls == "Place"
    return where is None or town or area == where or (thing is not None and where in thing.facts.get("inRegion", ()))


def _by_area(scopes: dict[str, Scope], activities: Iterable[str], kind: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for activity in activities:
        for area in getattr(scopes[activity], kind):
            found[area].add(activity)
    return found


def silences(store: Store, directory: Directory, theme: str | None = None, where: str | None = None) -> list[Silence]:
    """Return the participating States, of an area if one is given, that no activity on some theme brings in.

    Those with the most silent themes come first, then by name.
    """
    themes = [theme] if theme else [thing.iri for thing in directory.concepts("theme")]
    found: dict[str, Silence] = {}
    for row in query.run(store, "gap-states"):
        state, activity, its = row["state"] or "", row["activity"], row["theme"] or ""
        thing = directory.things.get(state)
        if where is not None and where != state and where not in (thing.facts.get("inRegion", ()) if thing else ()):
            continue
        silence = found.setdefault(state, Silence(state, {t: set() for t in themes}, {t: set() for t in themes}))
        if activity and its in silence.active:
            (silence.active if row["how"] == "state" else silence.by_region)[its].add(activity)
    for silence in found.values():
        for its, activities in silence.active.items():
            silence.by_region[its] -= activities
    silent = [silence for silence in found.values() if silence.silent]
    return sorted(silent, key=lambda s: (-len(s.silent), directory.label(s.state), s.state))


def unused(store: Store, directory: Directory, theme: str | None = None, unit: str | None = None) -> list[Unused]:
    """Return the instruments without a stated activity: decisions first, then by inferred activities, then by name."""
    found: dict[str, Unused] = {}
    for row in query.run(store, "gap-decisions", theme=theme, unit=unit):
        item = found.setdefault(row["instrument"] or "", Unused(row["instrument"] or "", int(row["inferred"] or 0)))
        place = Place("", "", None, row["chapter"] or "", (int(row["first"] or 0), int(row["last"] or 0)))
        if row["chapter"] and place not in item.places:
            item.places.append(place)
    for item in found.values():
        item.places.sort(key=lambda place: (place.lines, place.chapter))
    cls = {iri: directory.things[iri].cls if iri in directory.things else "" for iri in found}
    return sorted(
        found.values(),
        key=lambda i: (cls[i.instrument] != "Decision", -i.inferred, directory.label(i.instrument), i.instrument),
    )


def ungrounded(
    store: Store, directory: Directory, theme: str | None = None, where: str | None = None, unit: str | None = None
) -> list[Ungrounded]:
    """Return the structures with activities that no telling gives a basis for, the most first, then by name."""
    scopes = read_scopes(store, directory) if where else {}
    found: dict[str, Ungrounded] = {}
    for row in query.run(store, "gap-activities", theme=theme, unit=unit):
        activity = row["activity"] or ""
        if where and not scopes[activity].reaches(where):
            continue
        item = found.setdefault(row["unit"] or "", Ungrounded(row["unit"] or ""))
        item.told.append(activity)
        if row["stated"] != _TRUE:
            item.without.append(activity)
            if row["inferred"] == _TRUE:
                item.by_rule.append(activity)
    silent = [item for item in found.values() if item.without]
    return sorted(silent, key=lambda i: (-len(i.without), directory.label(i.unit), i.unit))


@dataclass(frozen=True)
class Place:
    """Where an activity is told: the chapter's structure, the chapter, and its lines."""

    activity: str
    label: str
    unit: str | None
    chapter: str
    lines: tuple[int, int]

    @property
    def source(self) -> str:
        """Chapter and lines in words."""
        return cite(self.chapter, *self.lines)


def places(store: Store) -> dict[str, list[Place]]:
    """Return where each activity is told, in the order of the lines."""
    found: dict[str, list[Place]] = defaultdict(list)
    for row in query.run(store, "gap-lines"):
        lines = (int(row["first"] or 0), int(row["last"] or 0))
        place = Place(row["activity"] or "", row["label"] or "", row["unit"], row["chapter"] or "", lines)
        found[place.activity].append(place)
    return dict(found)


def evidence(told: dict[str, list[Place]], activities: Iterable[str], unit: str | None = None) -> list[Place]:
    """Return one place for each activity, in the chapter of `unit` where that tells it, in the order of the lines."""
    best = [min(told[a], key=lambda p: (p.unit != unit, p.lines)) for a in activities if a in told]
    return sorted(best, key=lambda place: (place.lines, place.activity))
