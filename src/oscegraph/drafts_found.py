"""Stage 8g: what is found for a draft, as objects: activities that fit, rows of units, partners, decisions, posts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from oscegraph.drafts_words import Reading
from oscegraph.tellings import Activity, Telling

# The circles around a draft, the innermost first. A sub-heading of a chapter stands for a theme where no theme is its own.
CIRCLES = ("theme and place", "theme and region", "theme", "words", "place", "region", "named only")


def where(telling: Telling) -> tuple[str, int, int]:
    """Return chapter and lines of a telling, as rows carry them."""
    return (telling.chapter, *telling.lines)


@dataclass
class Fit:
    """An activity that fits the draft: its circle (an index of CIRCLES), its points, and in what it fits."""

    activity: Activity
    circle: int
    points: float
    reasons: list[str]

    @property
    def sources(self) -> list[tuple[str, int, int]]:
        """Chapter and lines of all its tellings."""
        return [where(telling) for telling in self.activity.tellings]


@dataclass
class Row:
    """One row of an answer: a thing, numbers by circle, words about it, and where it stands."""

    iri: str
    label: str
    numbers: Counter[int] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)
    roles: Counter[str] = field(default_factory=Counter)
    sources: list[tuple[str, int, int]] = field(default_factory=list)

    def see(self, sources: list[tuple[str, int, int]]) -> None:
        """Add places in the report, each once."""
        self.sources += [source for source in sources if source not in self.sources]


@dataclass
class Plan:
    """The answer to `plan`; `there` is what was done in the place of the draft on other than what it is about."""

    reading: Reading
    fits: list[Fit] = field(default_factory=list)
    there: list[Fit] = field(default_factory=list)
    units: list[Row] = field(default_factory=list)
    partners: list[Row] = field(default_factory=list)
    decisions: list[Row] = field(default_factory=list)
    focal_points: list[Row] = field(default_factory=list)
    ask: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def places(sources: list[tuple[str, int, int]], limit: int = 4) -> str:
    """Return where something stands: chapter and lines, the first few of many."""
    shown = [
        f"{chapter}, line{'' if a == b else 's'} {a}" + ("" if a == b else f"-{b}") for chapter, a, b in sources[:limit]
    ]
    return "; ".join(shown) + (f"; {len(sources) - limit} more" if len(sources) > limit else "")


def as_dict(found: Plan, limit: int) -> dict[str, Any]:
    """Return a plan as an object."""

    def source(items: list[tuple[str, int, int]]) -> list[dict[str, Any]]:
        return [{"chapter": chapter, "lines": [first, last]} for chapter, first, last in items]

    def row(item: Row) -> dict[str, Any]:
        numbers = {name: item.numbers[n] for n, name in enumerate(CIRCLES) if item.numbers[n]}
        more = {"words": item.words, "roles": dict(item.roles), "sources": source(item.sources)}
        return {"id": item.iri, "label": item.label, "activities": numbers, **more}

    def post(item: Row) -> dict[str, Any]:
        of, *titles = item.words
        return {"id": item.iri, "label": item.label, "of": of, "titles": titles, "sources": source(item.sources)}

    def fit(item: Fit) -> dict[str, Any]:
        said = {"fits": CIRCLES[item.circle], "points": item.points, "reasons": item.reasons}
        return {"id": item.activity.id, "label": item.activity.label, **said, "sources": source(item.sources)}

    reading = {name: value for name, value in vars(found.reading).items() if name not in ("dates", "unknown")}
    parts: dict[str, Any] = {
        name: [vars(item) if hasattr(item, "iri") else item for item in value] if isinstance(value, list) else value
        for name, value in reading.items()
    }
    parts["dates"] = [{"words": w, "first": a, "last": b} for w, a, b in found.reading.dates]
    parts["unknown"] = [{"words": words, "why": why} for words, why in found.reading.unknown]
    end = limit or None
    return {
        "reading": parts,
        "ask": [row(item) for item in found.ask[:end]],
        "activities": [fit(item) for item in found.fits[:end]],
        "there": [fit(item) for item in found.there[:end]],
        "units": [row(item) for item in found.units[:end]],
        "partners": [row(item) for item in found.partners[:end]],
        "decisions": [{**row(item), "how": item.words[0]} for item in found.decisions[:end]],
        "focal_points": [post(item) for item in found.focal_points[:end]],
        "found": {
            "activities": len(found.fits),
            "there": len(found.there),
            "units": len(found.units),
            "partners": len(found.partners),
        },
        "notes": found.notes,
    }
