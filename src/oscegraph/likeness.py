"""Stage 8b1: how alike two activities are in theme, area, audience, kind and time, each with a reason in words.

The score is from 0 to 1:

    score = sum over components of WEIGHTS[component] * value

- theme: themes that both have / themes that either has. For the theme of what has no field of its own, sub-headings stand.
- area: SAME_AREA * areas in common / sqrt(areas of one * areas of the other), plus SAME_PLACE for a town in common. Without
  an area in common: REGION_NAMED if one names a region in which the other lies or that it names too, else NEIGHBOURS *
  regions in common / sqrt(regions of one * regions of the other), where the region of a venue abroad does not count; plus
  SAME_PLACE if both lead to the same state abroad.
- audience: the larger of bodies in common / sqrt(bodies of one * bodies of the other), of those that attend or benefit, and
  2 * groups in common / (groups of one + groups of the other), of the groups of people that the audience and those names say
  (`queries/audiences.txt`: police, judges, ...). In common are those of the areas that make the component for areas; they
  count half, OTHER_AREAS, where both have areas and none in common: the police of two States are not the same people.
- kind: 1 for the same kind of activity, 1/2 for the same group of kinds.
- time: 1 - days between the two / WINDOW; 0 where one is dated to the year only or not at all.

What each activity reaches, and who has a share in it, is read in `scopes`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from oscegraph.directory import Directory
from oscegraph.scopes import Scope

WEIGHTS = {"theme": 0.2, "area": 0.3, "audience": 0.2, "kind": 0.15, "time": 0.15}
SAME_AREA, SAME_PLACE, REGION_NAMED, NEIGHBOURS = 0.8, 0.2, 0.6, 0.3
# What people count that are of the same group, but of different areas.
OTHER_AREAS = 0.5
WINDOW = 90


@dataclass
class Overlap:
    """Two activities of different structures: how alike they are, by which components, why in words, how else linked.

    `met` is the number of other activities in which a structure of the one and a structure of the other both have a share.
    `told` says whether it is told closely enough where and for whom both were.
    """

    one: str
    other: str
    score: float
    parts: dict[str, float]
    reasons: list[str]
    met: int = 0
    link: str | None = None
    told: bool = True


def days_apart(one: Scope, other: Scope) -> int | None:
    """Return the days from the end of the earlier to the start of the later, 0 if they overlap, None if one is vague."""
    if not (one.start and one.end and other.start and other.end):
        return None
    return max(0, (other.start - one.end).days, (one.start - other.end).days)


def meet(one: Scope, other: Scope) -> bool:
    """Whether two activities reach the same area, or one reaches a region that the other names."""
    return bool(one.meant & other.meant or _named(one, other))


def of_different_areas(one: Scope, other: Scope) -> bool:
    """Whether it is known of both which areas they reach, and they do not meet."""
    return all(scope.meant or scope.named_regions for scope in (one, other)) and not meet(one, other)


def _named(one: Scope, other: Scope) -> set[str]:
    """Return the regions that one of two activities names, and the other reaches or names, too."""
    return (one.named_regions & other.near) | (other.named_regions & one.near)


def _cosine(mine: set[str], others: set[str]) -> float:
    return len(mine & others) / math.sqrt(max(1, len(mine) * len(others)))


def _names(directory: Directory, iris: Iterable[str]) -> str:
    return ", ".join(sorted(directory.label(iri) for iri in iris))


def _which(one: object, other: object) -> str:
    """Say of which of two activities nothing is told."""
    return "either" if not one and not other else "the second" if one else "the first"


def _within(directory: Directory, areas: Iterable[str], regions: set[str]) -> set[str]:
    things = (directory.things[area] for area in areas if area in directory.things)
    return {thing.iri for thing in things if regions & set(thing.facts.get("inRegion", ()))}


def compare(one: Scope, other: Scope, directory: Directory) -> Overlap:
    """Return the pair with its score, the components of it, and a reason in words for each but a kind that differs."""
    one, other = sorted((one, other), key=lambda scope: scope.id)
    themes, either = one.themes & other.themes, one.themes | other.themes | one.headings | other.headings
    headings = sorted(f"under \u201c{heading}\u201d" for heading in one.headings & other.headings)
    said = ", ".join(filter(None, (_names(directory, themes), *headings)))
    made = {"theme": ((len(themes) + len(headings)) / max(1, len(either)), said)}
    reached, said, sides = _area(one, other, directory)
    same, people, told = _audience(one, other, sides, directory)
    made |= {"area": (reached, said), "audience": (same, people)}
    if one.kinds & other.kinds:
        made["kind"] = 1.0, f"both {_names(directory, one.kinds & other.kinds)}"
    elif one.groups & other.groups:
        made["kind"] = 0.5, f"both of the group {_names(directory, one.groups & other.groups)}"
    made["time"] = _time(one, other)
    parts = {part: round(min(made[part][0], 1.0), 4) if part in made else 0.0 for part in WEIGHTS}
    score = round(sum(WEIGHTS[part] * value for part, value in parts.items()), 3)
    reasons = [f"{part}: {said}" for part, (_, said) in made.items()]
    return Overlap(one.id, other.id, score, parts, reasons, told=told and reached > 0)


Sides = tuple[set[str] | None, set[str] | None]


def _area(one: Scope, other: Scope, directory: Directory) -> tuple[float, str, Sides]:
    """Return how much two activities reach the same areas, why, and the areas of each that make it so, if not all do."""
    common, venues, towns = one.meant & other.meant, one.venues & other.venues, one.places & other.places
    sides: Sides = (common, common) if common else (None, None)
    if common:
        guess = " (by the host area of a unit)" if common - one.stated | common - other.stated else ""
        value = SAME_AREA * _cosine(one.meant, other.meant) + (SAME_PLACE if towns else 0.0)
        abroad = venues - common
        said = f"both reach {_names(directory, common if abroad else common | towns)}{guess}"
        return value, f"{said}; both lead to {_names(directory, abroad | towns)}" if abroad else said, sides
    value, said = 0.0, f"not told of {_which(one.meant, other.meant)}"
    if named := _named(one, other):
        value, said = REGION_NAMED, f"one names {_names(directory, named)}, which the other names or reaches"
    elif regions := one.near & other.near:
        mine, theirs = (_within(directory, scope.own, regions) for scope in (one, other))
        sides, listed = (mine, theirs), f"{_names(directory, mine)}; {_names(directory, theirs)}"
        value = NEIGHBOURS * _cosine(one.near, other.near)
        said = f"different areas of {_names(directory, regions)}: {listed}"
    elif one.meant and other.meant:
        said = f"different ones: {_names(directory, one.meant)}; {_names(directory, other.meant)}"
    if venues:
        value, said = value + SAME_PLACE, f"{said}; both lead to {_names(directory, venues | towns)}"
    return value, said, sides


def _audience(one: Scope, other: Scope, sides: Sides, directory: Directory) -> tuple[float, str, bool]:
    """Return how much two activities are for the same people of these areas, why, and whether that is told."""
    mine, theirs = (scope.people_from(areas) for scope, areas in zip((one, other), sides, strict=True))
    people, bodies = mine & theirs, one.bodies & other.bodies
    if people or bodies:
        apart = of_different_areas(one, other)
        alike = 2 * len(people) / max(1, len(one.people) + len(other.people)) * (OTHER_AREAS if apart else 1)
        whose = "both for people of different areas" if apart else "both for"
        said = f"{_names(directory, bodies)} in both" if bodies else f"{whose}: {', '.join(sorted(people))}"
        return max(_cosine(one.bodies, other.bodies), alike), said, True
    if mine and theirs:
        return 0.0, f"different people: {', '.join(sorted(mine))}; {', '.join(sorted(theirs))}", True
    return 0.0, f"not told closely enough of {_which(mine, theirs)}", False


def _time(one: Scope, other: Scope) -> tuple[float, str]:
    """Return how near in time two activities are, and how many days lie between, with what chapters say differently."""
    days, value = days_apart(one, other), 0.0
    if days is None:
        said = "not dated closely enough to compare"
    elif days <= WINDOW:
        vague, value = "month" in (one.precision, other.precision), 1 - days / WINDOW
        gap = f"{'at least ' if vague else ''}{days} day{'' if days == 1 else 's'} apart"
        gap = gap if days else "the periods may meet" if vague else "the periods meet"
        said = gap + (": one is dated to the month only" if vague else "")
    else:
        said = f"more than {WINDOW} days apart"
    for scope, which in ((one, "first"), (other, "second")):
        if scope.dated:
            said += f"; chapters date the {which} differently: {', '.join(scope.dated)}"
    return value, said
