"""Stage 8b1: overlaps: activities of different executive structures that look alike and name no co-operation.

A pair is compared only if no structure has a share in both, or in what they are part of, if they have a theme in common, and
if their periods are at most WINDOW days apart. It must reach the same area or region or name the same body; where an area is
unknown, a group of people that both are for will do. An overlap has a region and people in common; pairs of which it is not
known whether they have stand apart, and so do those that are for different people. The score says how alike the two are,
each component from 0 to 1:

    score = sum over components of WEIGHTS[component] * value

- theme: themes that both have / themes that either has.
- area: SAME_AREA * areas in common / sqrt(areas of one * areas of the other), plus SAME_PLACE for a town in common. Without
  an area in common: REGION_NAMED if one names a region in which the other lies or that it names too, else NEIGHBOURS *
  regions in common / sqrt(regions of one * regions of the other), where the region of a venue abroad does not count.
- audience: the larger of bodies in common / sqrt(bodies of one * bodies of the other), of those that attend or benefit, and
  2 * groups in common / (groups of one + groups of the other), of the groups of people that the audience and those names say
  (`queries/audiences.txt`: police, judges, ...). Groups count half, OTHER_AREAS, where both have areas and none in common:
  the police of two States are not the same people.
- kind: 1 for the same kind of activity, 1/2 for the same group of kinds.
- time: 1 - days between the two / WINDOW; 0 where one is dated to the year only or not at all.

What each activity reaches, and who has a share in it, is read in `scopes`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import combinations, permutations, product

from oscegraph import query
from oscegraph.answers import Filters, run_filtered
from oscegraph.directory import Directory
from oscegraph.scopes import Group, Scope, read_groups, read_scopes
from oscegraph.store import Store

WEIGHTS = {"theme": 0.2, "area": 0.3, "audience": 0.2, "kind": 0.15, "time": 0.15}
SAME_AREA, SAME_PLACE, REGION_NAMED, NEIGHBOURS = 0.8, 0.2, 0.6, 0.3
# What people count that are of the same group, but of different areas.
OTHER_AREAS = 0.5
WINDOW = 90
LEAST = 0.5
QUESTION = "An overlap is a question to ask, no finding: co-operation that is not named may have taken place."
# What a link is called under which a pair stands apart; every other link says that two activities belong together.
SAME, MAY_MEET = "possibly the same as", "may have met there"
UNTOLD, OTHERS = "where or for whom is not told", "for different people"
# Pairs that stand apart: the attribute of `Overlaps`, the key in JSON, and what is said of them.
APART = (
    ("same", "may_be_one_event", "may be one event, told twice under two names"),
    ("linked", "belong_together", "belong together as parts, follow-ups, side events, or parts of the same"),
    ("may_meet", "may_have_met", "may have met: a unit of the one may have been at the other in a group without names"),
    ("untold", "not_told", "do not say closely enough where or for whom one of the two was"),
    ("others", "for_different_people", "are for different people"),
)


@dataclass
class Overlap:
    """Two activities of different structures: how alike they are, by which components, why in words, how else linked.

    `met` is the number of other activities in which a structure of the one and a structure of the other both have a share.
    """

    one: str
    other: str
    score: float
    parts: dict[str, float]
    reasons: list[str]
    met: int = 0
    link: str | None = None


@dataclass
class Overlaps:
    """The pairs by score, those that stand apart, and how many pairs a lower score or `possible` would add.

    `same` may be one event told twice, `linked` are parts or follow-ups; at one of `may_meet` a group without names was to
    which a structure of the other may have belonged; of one of `untold` it is not told closely enough where or for whom it
    was; `others` were for different people.
    """

    pairs: list[Overlap] = field(default_factory=list)
    same: list[Overlap] = field(default_factory=list)
    linked: list[Overlap] = field(default_factory=list)
    may_meet: list[Overlap] = field(default_factory=list)
    untold: list[Overlap] = field(default_factory=list)
    others: list[Overlap] = field(default_factory=list)
    below: int = 0
    vague: int = 0
    units: dict[str, set[str]] = field(default_factory=dict)

    @property
    def apart(self) -> list[Overlap]:
        """All pairs that stand apart, in the order of APART."""
        return [pair for name, *_ in APART for pair in getattr(self, name)]


def days_apart(one: Scope, other: Scope) -> int | None:
    """Return the days from the end of the earlier to the start of the later, 0 if they overlap, None if one is vague."""
    if not (one.start and one.end and other.start and other.end):
        return None
    return max(0, (other.start - one.end).days, (one.start - other.end).days)


def compare(one: Scope, other: Scope, directory: Directory) -> Overlap:
    """Return the pair with its score, the components of it, and a reason in words for each that is above 0."""
    one, other = sorted((one, other), key=lambda scope: scope.id)
    parts, reasons = dict.fromkeys(WEIGHTS, 0.0), []

    def names(iris: Iterable[str]) -> str:
        return ", ".join(sorted(directory.label(iri) for iri in iris))

    def cosine(mine: set[str], others: set[str]) -> float:
        return len(mine & others) / math.sqrt(max(1, len(mine) * len(others)))

    def add(part: str, value: float, reason: str) -> None:
        parts[part] = round(min(value, 1.0), 4)
        reasons.append(f"{part}: {reason}")

    if themes := one.themes & other.themes:
        add("theme", len(themes) / len(one.themes | other.themes), names(themes))
    areas, towns = one.areas & other.areas, one.places & other.places
    named = _named(one, other)
    if areas or towns:
        guess = " (by the host area of an organizer)" if areas - one.stated | areas - other.stated else ""
        value = SAME_AREA * cosine(one.areas, other.areas) + (SAME_PLACE if towns else 0.0)
        add("area", value, f"both reach {names(areas | towns)}{guess}")
    elif named:
        add("area", REGION_NAMED, f"one names {names(named)}, which the other names or reaches")
    elif regions := one.near & other.near:
        sides = (names(_within(directory, scope.areas, regions)) for scope in (one, other))
        add("area", NEIGHBOURS * cosine(one.near, other.near), f"different areas of {names(regions)}: {'; '.join(sides)}")
    else:
        reasons.append(f"area: not told of {_which(one.areas, other.areas)}")
    people, bodies = one.people & other.people, one.bodies & other.bodies
    if people or bodies:
        alike = 2 * len(people) / max(1, len(one.people) + len(other.people))
        abroad = _of_different_areas(one, other)
        said = "both for people of different areas" if abroad else "both for"
        reason = f"{names(bodies)} in both" if bodies else f"{said}: {', '.join(sorted(people))}"
        add("audience", max(cosine(one.bodies, other.bodies), alike * (OTHER_AREAS if abroad else 1)), reason)
    elif one.people and other.people:
        said = "; ".join(", ".join(sorted(scope.people)) for scope in (one, other))
        reasons.append(f"audience: different people: {said}")
    else:
        reasons.append(f"audience: not told closely enough of {_which(one.people, other.people)}")
    if one.kinds & other.kinds:
        add("kind", 1.0, f"both {names(one.kinds & other.kinds)}")
    elif one.groups & other.groups:
        add("kind", 0.5, f"both of the group {names(one.groups & other.groups)}")
    days = days_apart(one, other)
    if days is None:
        reasons.append("time: not dated closely enough to compare")
    elif days <= WINDOW:
        vague = "month" in (one.precision, other.precision)
        gap = f"{'at least ' if vague else ''}{days} day{'' if days == 1 else 's'} apart"
        gap = gap if days else "the periods may meet" if vague else "the periods meet"
        add("time", 1 - days / WINDOW, gap + (": one is dated to the month only" if vague else ""))
    else:
        reasons.append(f"time: more than {WINDOW} days apart")
    for scope, which in ((one, "first"), (other, "second")):
        if scope.dated:
            reasons[-1] += f"; chapters date the {which} differently: {', '.join(scope.dated)}"
    score = round(sum(WEIGHTS[part] * value for part, value in parts.items()), 3)
    return Overlap(one.id, other.id, score, parts, reasons)


def _which(one: set[str], other: set[str]) -> str:
    """Say of which of two activities nothing is told."""
    return "either" if not one and not other else "the second" if one else "the first"


def _within(directory: Directory, areas: Iterable[str], regions: set[str]) -> list[str]:
    things = (directory.things[area] for area in areas if area in directory.things)
    return [thing.iri for thing in things if regions & set(thing.facts.get("inRegion", ()))]


def _meet(one: Scope, other: Scope) -> bool:
    """Whether two activities reach the same area, or one reaches a region that the other names."""
    return bool(one.areas & other.areas or one.places & other.places or _named(one, other))


def _of_different_areas(one: Scope, other: Scope) -> bool:
    """Whether it is known of both which areas they reach, and they do not meet."""
    return all(scope.areas or scope.regions for scope in (one, other)) and not _meet(one, other)


def _named(one: Scope, other: Scope) -> set[str]:
    """Return the regions that one of two activities names, and the other reaches or names, too."""
    return (one.named_regions & other.near) | (other.named_regions & one.near)


def is_candidate(one: Scope, other: Scope, possible: bool = False) -> bool:
    """Whether two activities are compared at all; see the head of this module."""
    if not one.themes & other.themes or not one.units or not other.units or one.wider & other.wider:
        return False
    days = days_apart(one, other)
    if not possible if days is None else days > WINDOW:
        return False
    common = one.near & other.near or one.bodies & other.bodies
    return bool(common or _meet(one, other) or (one.people & other.people and not _of_different_areas(one, other)))


def find_overlaps(
    store: Store, directory: Directory, filters: Filters, unit: str | None = None, least: float = LEAST
) -> Overlaps:
    """Return the pairs with a score of at least `least`, and apart those that are no overlaps as far as is told (APART).

    Theme and period must hold for both activities; the place of a filter must be reached by both. `filters.possible` adds
    pairs that are not dated to the month or better. `unit` must have a share in one of the two.
    """
    scopes, where = read_scopes(store, directory), filters.where
    fit = {row["activity"] for row in run_filtered(store, "activities", replace(filters, where=None))}
    kept = {iri: scope for iri, scope in scopes.items() if iri in fit and (where is None or scope.reaches(where))}
    groups = {group.activity: group for group in reversed(read_groups(store))}
    found = Overlaps(units={iri: scope.units for iri, scope in kept.items()})
    links: dict[tuple[str, ...], str] = {}
    for row in query.run(store, "overlap-links"):
        links.setdefault(tuple(sorted((row["one"] or "", row["other"] or ""))), row["link"] or "")
    met = Counter(pair for scope in scopes.values() for pair in permutations(scope.units, 2))
    for first, second in combinations(sorted(kept), 2):
        one, other = kept[first], kept[second]
        if not is_candidate(one, other, True) or (first, second) in links or unit not in one.units | other.units | {None}:
            continue
        pair = compare(one, other, directory)
        if pair.score < least:
            found.below += is_candidate(one, other, filters.possible)
        elif not is_candidate(one, other, filters.possible):
            found.vague += 1
        else:
            pair.met = sum(met[a, b] for a, b in product(one.units, other.units))
            there = [_guests(directory, groups.get(a.id), b.units) for a, b in ((one, other), (other, one))]
            pair.reasons += filter(None, there)
            pair.link = MAY_MEET if any(there) else _apart(pair, one, other)
            {None: found.pairs, MAY_MEET: found.may_meet, UNTOLD: found.untold, OTHERS: found.others}[pair.link].append(pair)
    for (first, second), link in links.items():
        one, other = kept.get(first, Scope("")), kept.get(second, Scope(""))
        counts = link == SAME or one.units != other.units
        if one.id and other.id and counts and unit in one.units | other.units | {None}:
            pair = compare(one, other, directory)
            pair.link = link
            (found.same if link == SAME else found.linked).append(pair)
    for pairs in (found.pairs, *(getattr(found, name) for name, *_ in APART)):
        pairs.sort(key=lambda pair: (-pair.score, pair.one, pair.other))
    return found


def _apart(pair: Overlap, one: Scope, other: Scope) -> str | None:
    """Return why it is not known that two activities reach the same people of a region, or nothing where it is."""
    if pair.parts["area"] and pair.parts["audience"]:
        return None
    return OTHERS if pair.parts["area"] and one.people and other.people else UNTOLD


def _guests(directory: Directory, group: Group | None, units: set[str]) -> str:
    """Return in words that the group at an activity may include structures of another one, or nothing."""
    if group is None or not group.units & units:
        return ""
    names = ", ".join(sorted(directory.label(unit) for unit in group.units & units))
    return f"group: “{group.words}” ({group.source}) may include {names}"
