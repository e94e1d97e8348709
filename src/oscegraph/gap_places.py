"""Stage 8c1: where what a gap rests on is told: chapters and lines, and few of them for many areas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from oscegraph import query
from oscegraph.directory import Directory
from oscegraph.scopes import regions_of
from oscegraph.store import Store
from oscegraph.tellings import cite


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


def place_of(row: dict[str, str | None]) -> Place:
    """Return the place that a row of `gap-*.rq` tells."""
    lines = (int(row["first"] or 0), int(row["last"] or 0))
    return Place(row.get("activity") or "", row.get("label") or "", row.get("unit"), row["chapter"] or "", lines)


def places(store: Store) -> dict[str, list[Place]]:
    """Return where each activity is told, in the order of the lines."""
    found: dict[str, list[Place]] = defaultdict(list)
    for row in query.run(store, "gap-lines"):
        place = place_of(row)
        found[place.activity].append(place)
    return dict(found)


def evidence(told: dict[str, list[Place]], activities: Iterable[str], unit: str | None = None) -> list[Place]:
    """Return one place for each activity, in the chapter of `unit` where that tells it, in the order of the lines."""
    best = [min(told[a], key=lambda p: (p.unit != unit, p.lines)) for a in activities if a in told]
    return sorted(best, key=lambda place: (place.lines, place.activity))


def told_areas(store: Store, directory: Directory) -> dict[tuple[str, str], list[Place]]:
    """Return the places that say themselves that an activity reached an area, or an area of a region."""
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for row in query.run(store, "gap-told"):
        place, area = place_of(row), row["area"] or ""
        for reached in {area, *regions_of(directory, [area])}:
            if place not in found[place.activity, reached]:
                found[place.activity, reached].append(place)
    return dict(found)


def evidence_by_area(
    told: dict[str, list[Place]],
    areas: dict[tuple[str, str], list[Place]],
    reach: dict[str, set[str]],
    unit: str | None = None,
) -> list[tuple[list[Place], list[str]]]:
    """Return few places that together show that a structure reached each area, each with the areas that it stands for.

    Where the chapter of `unit` does not itself say so of an activity, the first telling that does stands beside it. Those
    that need no second place come first, then those for most areas, then the earliest lines.
    """
    best: dict[tuple[Place, ...], set[str]] = defaultdict(set)
    for area, activities in reach.items():
        for own in evidence(told, activities, unit):
            said = areas.get((own.activity, area), [])
            alone = any((place.chapter, place.lines) == (own.chapter, own.lines) for place in said) or not said
            best[(own,) if alone else (own, said[0])].add(area)

    found, missing = [], set(reach)
    while missing and (left := [places for places, shown in best.items() if shown & missing]):
        places = min(left, key=lambda p: (len(p), -len(best[p] & missing), p[0].lines, p[0].activity))
        found.append((list(places), sorted(best[places] & missing)))
        missing -= best[places]
    return found
