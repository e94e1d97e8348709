"""Stage 8c: gaps: where the report is silent. That it tells of nothing does not mean that nothing happened.

- units: two executive structures that have shares in activities on one theme in the same area, or else in areas of the same
  region, and share no activity at all. On "organized crime in general" they must stand under the same sub-heading. An
  activity reaches an area as in `overlaps`; who only came to it, spoke, taught or paid there, or tells of it without a part,
  reaches by it no more than the place and the own host area. By sending somebody, and by a study visit, a field operation
  reaches its own host area, and who has none where the people come from, not where they go. Where field operations came as a
  group without names to which one of the two may have belonged, the two may have met: these come last.
- states: participating States that no activity on a theme brings in: not as the scene, not in any role, by no body of
  theirs, and not as the host area of a field operation with a share. Activities that name only a region in which the State
  lies, or States as a group without names, are counted beside.
- decisions: instruments that no telling names as a basis, with the number of activities that may rest on them by rule, and
  the structures that name them in their own chapter, where it may be for their work as a whole.
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
from oscegraph.gap_places import Place, place_of
from oscegraph.namespaces import GENERAL, PREFIXES, STUDY_VISIT
from oscegraph.scopes import Group, Scope, meeting, read_groups, read_scopes, regions_of
from oscegraph.store import Store

KINDS = ("units", "states", "decisions", "activities")
MANDATES = {"Decision", "Declaration", "ActionPlan"}
PARTICIPATING = PREFIXES["status"] + "participating-state"
SILENCE = "The report is silent on these; that does not say that nothing happened."
_TRUE, _PART = "true", "part of"


@dataclass
class Strangers:
    """Two structures on one theme in the same areas without a shared activity, with the activities of each there.

    `areas` are states and territories that both reach, or regions where there is none (`level` is "area" or "region");
    `reach` has for each of them the activities of both. `may_meet` are groups without names in which the two may have met.
    """

    one: str
    other: str
    theme: str
    level: str
    areas: list[str]
    of_one: list[str]
    of_other: list[str]
    reach: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)
    may_meet: list[Group] = field(default_factory=list)


@dataclass
class Silence:
    """A participating State: on each theme the activities that bring it in, and those that name only its region.

    `by_group` are activities to which States came as a group without names, of which it may have been one; `mentions` are
    places on activities under other themes that bring it in, told in words of the theme, if one is asked for.
    """

    state: str
    active: dict[str, set[str]] = field(default_factory=dict)
    by_region: dict[str, set[str]] = field(default_factory=dict)
    by_group: dict[str, set[str]] = field(default_factory=dict)
    mentions: list[Place] = field(default_factory=list)

    @property
    def silent(self) -> list[str]:
        """The themes on which no activity brings it in, in the order asked."""
        return [theme for theme, activities in self.active.items() if not activities]


@dataclass
class Unused:
    """An instrument that no telling names as a basis: by how many activities it may be by rule, where it is named.

    `named_by` are the structures in whose own chapter it is named; `mandate` says that it is of those by which the OSCE sets
    itself tasks, no treaty, protocol, report or resolution of others.
    """

    instrument: str
    inferred: int
    places: list[Place] = field(default_factory=list)
    named_by: list[str] = field(default_factory=list)
    mandate: bool = True


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

    Those that may have met in a group without names come last, most of all where the group is that of a region. Areas in
    common come before regions in common; then by the smaller number of activities, the larger one, and names.
    """
    scopes = read_scopes(store, directory)
    active: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for row in query.run(store, "gap-presence"):
        activity, its = row["activity"] or "", row["theme"] or ""
        if its and (theme is None or its == theme) and (where is None or scopes[activity].reaches(where)):
            active[its][row["unit"] or ""][activity] = row["part"] or ""
    met = {pair for scope in scopes.values() for pair in combinations(sorted(scope.units), 2)}
    # Who has a share in a part of an activity was in it with those who have one in the whole.
    met |= {
        (min(one, other), max(one, other))
        for row in query.run(store, "overlap-links")
        if row["link"] == _PART
        for one in scopes[row["one"] or ""].units
        for other in scopes[row["other"] or ""].units
    }
    groups, found = read_groups(store), []
    for its, units in active.items():
        for one, other in combinations(sorted(units), 2):
            if (one, other) in met or (unit is not None and unit not in (one, other)):
                continue
            both = _with_headings(scopes, units[one], units[other]) if its == GENERAL else (units[one], units[other])
            for level, kind in (("area", "areas"), ("region", "near")):
                sides = [_by_area(directory, scopes, *side, kind) for side in zip((one, other), both, strict=True)]
                shared = [area for area in set(sides[0]) & set(sides[1]) if _inside(directory, area, where)]
                common = sorted(shared, key=lambda area: (directory.label(area), area))
                if common:
                    mine, theirs = (sorted({a for area in common for a in side[area]}) for side in sides)
                    reach = {area: (sides[0][area], sides[1][area]) for area in common}
                    there = meeting(groups, scopes, one, other)
                    found.append(Strangers(one, other, its, level, common, mine, theirs, reach, there))
                    break

    def rank(item: Strangers) -> tuple[object, ...]:
        sizes = sorted((len(item.of_one), len(item.of_other)))
        return (
            max((1 + group.named for group in item.may_meet), default=0),
            item.level,
            -sizes[0],
            -sizes[1],
            *map(directory.label, (item.one, item.other, item.theme)),
            item.theme,
        )

    return sorted(found, key=rank)


def _with_headings(
    scopes: dict[str, Scope], mine: dict[str, str], theirs: dict[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return those activities of two structures on what has no field of its own that are under the same sub-headings."""
    shared = set[str]().union(*(scopes[a].headings for a in mine)) & set[str]().union(*(scopes[a].headings for a in theirs))
    kept = [{a: part for a, part in own.items() if scopes[a].headings & shared} for own in (mine, theirs)]
    return kept[0], kept[1]


def _inside(directory: Directory, area: str, where: str | None) -> bool:
    """Whether a filter by area leaves the area; one by a town leaves all that the activities there reach."""
    thing = directory.things.get(area)
    town = where in directory.things and directory.things[where].cls == "Place"
    return where is None or town or area == where or (thing is not None and where in thing.facts.get("inRegion", ()))


def _by_area(
    directory: Directory, scopes: dict[str, Scope], unit: str, activities: dict[str, str], kind: str
) -> dict[str, set[str]]:
    """Return by area the activities by which a unit reaches it; `activities` has its part in each: active, came, sent."""
    home = set(directory.things[unit].facts.get("hostArea", ())) if unit in directory.things else set()
    found: dict[str, set[str]] = defaultdict(set)
    for activity, part in activities.items():
        scope = scopes[activity]
        reached: set[str] = getattr(scope, kind)
        own = scope.areas & home
        if part == "sent" or STUDY_VISIT in scope.kinds:
            there = own if home else scope.areas - scope.venues
            near = regions_of(directory, there) | (set() if home else scope.named_regions)
            reached = reached & (there if kind == "areas" else near)
        elif part == "came":
            there = own | scope.venues if kind == "areas" else regions_of(directory, own if home else scope.venues)
            reached = reached & there
        for area in reached:
            found[area].add(activity)
    return found


def area_of(directory: Directory, name: str) -> str:
    """Return the IRI of an area by its name, for a town that of its State or territory; raises NameNotFound."""
    thing = directory.area(name)
    return thing.facts.get("inArea", [thing.iri])[0] if thing.cls == "Place" else thing.iri


def not_asked(directory: Directory, where: str | None) -> list[str]:
    """Return what is asked for, or lies in the region asked for, and is no participating State: labels, sorted."""
    if where is None or where not in directory.things:
        return []
    inside = [t for t in directory.things.values() if t.cls == "Territory" and where in t.facts.get("inRegion", ())]
    asked = inside if directory.things[where].cls == "Region" else [directory.things[where]]
    return sorted(thing.label for thing in asked if PARTICIPATING not in thing.facts.get("osceStatus", ()))


def silences(store: Store, directory: Directory, theme: str | None = None, where: str | None = None) -> list[Silence]:
    """Return the participating States, of an area if one is given, that no activity on some theme brings in.

    Those with the most silent themes come first, then by name.
    """
    themes = [theme] if theme else [thing.iri for thing in directory.concepts("theme")]
    found: dict[str, Silence] = {}
    anywhere: dict[str, set[str]] = defaultdict(set)
    for row in query.run(store, "gap-states"):
        state, activity, its = row["state"] or "", row["activity"], row["theme"] or ""
        thing = directory.things.get(state)
        if where is not None and where != state and where not in (thing.facts.get("inRegion", ()) if thing else ()):
            continue
        silence = found.setdefault(state, _silence(state, themes))
        anywhere[state] |= {activity} if activity and row["how"] == "state" else set()
        how = {"state": silence.active, "region": silence.by_region, "group": silence.by_group}
        if activity and its in silence.active:
            how[row["how"] or ""][its].add(activity)
    for silence in found.values():
        for its, activities in silence.active.items():
            silence.by_region[its] -= activities
            silence.by_group[its] -= activities | silence.by_region[its]
    for row in query.run(store, "gap-mentions", theme=theme) if theme else []:
        place = place_of(row)
        for silence in found.values():
            if place.activity in anywhere[silence.state] and place not in silence.mentions:
                silence.mentions.append(place)
    silent = [silence for silence in found.values() if silence.silent]
    return sorted(silent, key=lambda s: (-len(s.silent), directory.label(s.state), s.state))


def _silence(state: str, themes: Iterable[str]) -> Silence:
    active: dict[str, set[str]] = {theme: set() for theme in themes}
    return Silence(state, active, {theme: set() for theme in active}, {theme: set() for theme in active})


def unused(store: Store, directory: Directory, theme: str | None = None, unit: str | None = None) -> list[Unused]:
    """Return the instruments without a stated activity: decisions first, then by inferred activities, then by name."""
    found: dict[str, Unused] = {}
    for row in query.run(store, "gap-decisions", theme=theme, unit=unit):
        item = found.setdefault(row["instrument"] or "", Unused(row["instrument"] or "", int(row["inferred"] or 0)))
        place = place_of(row)
        if row["chapter"] and place not in item.places:
            item.places.append(place)
        item.named_by += [row["by"]] if row["by"] and row["by"] not in item.named_by else []
    cls = {iri: directory.things[iri].cls if iri in directory.things else "" for iri in found}
    for item in found.values():
        item.places.sort(key=lambda place: (place.lines, place.chapter))
        item.named_by.sort(key=directory.label)
        item.mandate = cls[item.instrument] in MANDATES
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
