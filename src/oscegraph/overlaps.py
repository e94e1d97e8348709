"""Stage 8b: overlaps: activities of different executive structures that look alike and name no co-operation.

A pair is compared only if no structure has a share in both, or in what they are part of, if they have a theme in common, and
if their periods are at most WINDOW days apart. It must reach the same area or region or name the same body; where an area is
unknown, words of the audience that both use will do. The score says how alike the two are, each component from 0 to 1:

    score = sum over components of WEIGHTS[component] * value

- theme: themes that both have / themes that either has.
- area: SAME_AREA * areas in common / sqrt(areas of one * areas of the other), plus SAME_PLACE for a town in common. Without
  an area in common: REGION_NAMED if one names a region in which the other lies or that it names too, else NEIGHBOURS *
  regions in common / sqrt(regions of one * regions of the other).
- audience: the larger of bodies in common / sqrt(bodies of one * bodies of the other), of those that attend or benefit, and
  2 * words in common / (words of one + words of the other), of the audience and those names, without words that say little.
- kind: 1 for the same kind of activity, 1/2 for the same group of kinds.
- time: 1 - days between the two / WINDOW; 0 where one is dated to the year only or not at all.

What each activity reaches, and who has a share in it, are queries: `queries/lookup/overlap-*.rq`.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations, permutations

from oscegraph import query
from oscegraph.answers import Filters, run_filtered
from oscegraph.directory import AREA_CLASSES, Directory, fold
from oscegraph.store import Store

WEIGHTS = {"theme": 0.2, "area": 0.3, "audience": 0.2, "kind": 0.15, "time": 0.15}
SAME_AREA, SAME_PLACE, REGION_NAMED, NEIGHBOURS = 0.8, 0.2, 0.6, 0.3
WINDOW = 90
LEAST = 0.5
UNIT_CLASSES = {"SecretariatUnit", "Institution", "FieldOperation"}
# Words of an audience that say nothing of who it is.
_EMPTY = frozenset(
    """all among and agency authority body central country course different expert field for from government group high law
    governmental institution international key level local member mid ministry national newly non office officer official
    organization osce other participant participating person personnel practitioner regional relevant representative sector
    senior service several some staff stakeholder state that the their them unit various with work working""".split()  # noqa: SIM905 - a list of one word a line would hide the rest
)


@dataclass
class Scope:
    """What one activity is, for the comparison: its structures, what it reaches, for whom, of what kind and when.

    `wider` are its structures and those of an activity that it is part of. `start` and `end` are set only where the date is
    known to the day or the month. `areas` are states and territories, `named_regions` the regions that it names, `regions`
    these and those of its areas, `stated` all that it reaches by more than the host area of an organizer.
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
    places: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    named_regions: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    stated: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)

    def reaches(self, where: str) -> bool:
        """Whether it reaches a place, state, territory or region."""
        return where in self.places | self.areas | self.regions


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
    """The pairs by score, those that may be one event, and how many pairs a lower score or `possible` would add."""

    pairs: list[Overlap] = field(default_factory=list)
    linked: list[Overlap] = field(default_factory=list)
    below: int = 0
    vague: int = 0
    units: dict[str, set[str]] = field(default_factory=dict)


def content_words(text: str) -> set[str]:
    """Return the words of an audience that say who it is, in the singular.

    >>> sorted(content_words("Senior police officers, judges and agencies"))
    ['judge', 'police']
    """
    singular = (re.sub(r"(?<!s)s$", "", re.sub("ies$", "y", word)) for word in fold(text).split())
    return {word for word in singular if len(word) > 2 and not word.isdigit() and word not in _EMPTY}


def read_scopes(store: Store, directory: Directory) -> dict[str, Scope]:
    """Return the scope of every activity by its IRI."""
    found: dict[str, Scope] = defaultdict(lambda: Scope(""))
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
    for row in query.run(store, "overlap-areas"):
        scope, area = found[row["activity"] or ""], row["area"] or ""
        cls = directory.things[area].cls if area in directory.things else ""
        (scope.named_regions if cls == "Region" else scope.places if cls == "Place" else scope.areas).add(area)
        scope.stated |= {area} if row["how"] != "host area" else set()
    for scope in found.values():
        things = [directory.things[area] for area in scope.areas if area in directory.things]
        scope.regions = scope.named_regions | {region for thing in things for region in thing.facts.get("inRegion", ())}
    areas = {word for thing in directory.things.values() if thing.cls in AREA_CLASSES for word in content_words(thing.label)}
    for row in query.run(store, "overlap-audience"):
        scope = found[row["activity"] or ""]
        scope.words |= content_words(row["words"] or "") - areas
        scope.bodies |= {row["body"]} if row["body"] else set()
    return dict(found)


def days_apart(one: Scope, other: Scope) -> int | None:
    """Return the days from the end of the earlier to the start of the later, 0 if they overlap, None if one is vague."""
    if not (one.start and one.end and other.start and other.end):
        return None
    return max(0, (other.start - one.end).days, (one.start - other.end).days)


def compare(one: Scope, other: Scope, directory: Directory) -> Overlap:
    """Return the pair with its score, the components of it, and a reason in words for each that is above 0."""
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
    named = (one.named_regions & other.regions) | (other.named_regions & one.regions)
    if areas or towns:
        guess = " (by the host area of an organizer)" if areas - one.stated | areas - other.stated else ""
        value = SAME_AREA * cosine(one.areas, other.areas) + (SAME_PLACE if towns else 0.0)
        add("area", value, f"both reach {names(areas | towns)}{guess}")
    elif named:
        add("area", REGION_NAMED, f"one names {names(named)}, which the other names or reaches")
    elif one.regions & other.regions:
        value = NEIGHBOURS * cosine(one.regions, other.regions)
        add("area", value, f"different areas of {names(one.regions & other.regions)}")
    words, bodies = one.words & other.words, one.bodies & other.bodies
    if words or bodies:
        value = max(cosine(one.bodies, other.bodies), 2 * len(words) / max(1, len(one.words) + len(other.words)))
        add("audience", value, f"{names(bodies)} in both" if bodies else f"both for: {', '.join(sorted(words))}")
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
        add("time", 1 - days / WINDOW, gap)
    score = round(sum(WEIGHTS[part] * value for part, value in parts.items()), 3)
    return Overlap(min(one.id, other.id), max(one.id, other.id), score, parts, reasons)


def is_candidate(one: Scope, other: Scope, possible: bool = False) -> bool:
    """Whether two activities are compared at all; see the head of this module."""
    if not one.themes & other.themes or not one.units or not other.units or one.wider & other.wider:
        return False
    days = days_apart(one, other)
    if not possible if days is None else days > WINDOW:
        return False
    if one.regions & other.regions or one.areas & other.areas or one.places & other.places or one.bodies & other.bodies:
        return True
    return not (one.regions | one.areas and other.regions | other.areas) and bool(one.words & other.words)


def find_overlaps(
    store: Store, directory: Directory, filters: Filters, unit: str | None = None, least: float = LEAST
) -> Overlaps:
    """Return the pairs with a score of at least `least`, and those that are linked as perhaps one event.

    Theme and period must hold for both activities; the place of a filter must be reached by both. `filters.possible` adds
    pairs that are not dated to the month or better. `unit` must have a share in one of the two.
    """
    scopes, where = read_scopes(store, directory), filters.where
    fit = {row["activity"] for row in run_filtered(store, "activities", replace(filters, where=None))}
    kept = {iri: scope for iri, scope in scopes.items() if iri in fit and (where is None or scope.reaches(where))}
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
            pair.met = sum(met[a, b] for a in one.units for b in other.units)
            found.pairs.append(pair)
    for (first, second), link in links.items():
        one, other = kept.get(first, Scope("")), kept.get(second, Scope(""))
        if one.id and other.id and one.units != other.units and unit in one.units | other.units | {None}:
            found.linked.append(replace(compare(one, other, directory), link=link))
    for pairs in (found.pairs, found.linked):
        pairs.sort(key=lambda pair: (-pair.score, pair.one, pair.other))
    return found
