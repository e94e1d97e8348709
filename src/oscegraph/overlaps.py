"""Stage 8b2: overlaps: activities of different executive structures that look alike and name no co-operation.

A pair is compared only if no structure has a share in both, or in what they are part of, if they have a theme in common, and
if their periods are at most WINDOW days apart. It must reach the same area or region or name the same body; where an area is
unknown, a group of people that both are for will do. An overlap has a region and people in common; pairs of which it is not
known whether they have stand apart, and so do those that are for different people. `likeness` says how alike the two are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations

from oscegraph import query
from oscegraph.directory import Directory
from oscegraph.filters import Filters, run_filtered
from oscegraph.likeness import WINDOW, Overlap, compare, days_apart, meet, of_different_areas
from oscegraph.scopes import Group, Scope, read_groups, read_scopes
from oscegraph.store import Store

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


def is_candidate(one: Scope, other: Scope, possible: bool = False) -> bool:
    """Whether two activities are compared at all; see the head of this module."""
    alike = one.themes & other.themes or one.headings & other.headings
    if not alike or not one.units or not other.units or one.wider & other.wider:
        return False
    days = days_apart(one, other)
    if not possible if days is None else days > WINDOW:
        return False
    common = one.near & other.near or one.bodies & other.bodies
    people = one.people.keys() & other.people.keys()
    return bool(common or meet(one, other) or (people and not of_different_areas(one, other)))


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
            pair.met = sum(bool(scope.units & one.units and scope.units & other.units) for scope in scopes.values())
            there = [_guests(directory, groups.get(a.id), b.units) for a, b in ((one, other), (other, one))]
            pair.reasons += filter(None, there)
            pair.link = MAY_MEET if any(there) else _apart(pair)
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


def _apart(pair: Overlap) -> str | None:
    """Return why two activities do not, or not surely, reach the same people of a region; nothing where they do."""
    if not pair.told:
        return UNTOLD
    return None if pair.parts["audience"] else OTHERS


def _guests(directory: Directory, group: Group | None, units: set[str]) -> str:
    """Return in words that the group at an activity may include structures of another one, or nothing."""
    if group is None or not group.units & units:
        return ""
    names = ", ".join(sorted(directory.label(unit) for unit in group.units & units))
    return f"group: “{group.words}” ({group.source}) may include {names}"
