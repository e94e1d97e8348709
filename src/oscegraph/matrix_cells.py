"""Stage 9b: one cell of a matrix: which structure and which column, its value, and the activities that are told in it.

The marks of Appendix 2 are lost in the text of the report. What counts for a cell is a query in `queries/lookup/`; a cell is

- `reported`: the structure's own chapter tells of activities of this kind; of a structure without a chapter, any other does;
- `silent`: it has a chapter that tells of no such activity, or only a row of the printed Appendix 2, and no chapter does.
  That is no statement that the structure did nothing, and other chapters may name it in some (`elsewhere`);
- `outside`: it has neither (`matrix-structures.rq`), and no chapter names it in such an activity: the report does not set
  out to tell of its work. It is the only rule that the report supports: nowhere does it say that a theme is outside of a
  structure's scope. Chapters that name their fields tell of others too, and where ODIHR is said to have no specific mandate,
  activities follow. So no cell of a structure with a chapter or a row is ever `outside`;
- `filtered`, with filters only: some are told (`told`), but the filters leave none.

Where the own telling gives no place, that of other chapters stands for it, or the area of the field operation that tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from oscegraph.dates import in_words
from oscegraph.directory import Thing
from oscegraph.tellings import Telling

REPORTED, SILENT, OUTSIDE, FILTERED = "reported", "silent", "outside", "filtered"
VALUES = {
    REPORTED: "the structure's own chapter tells of this many activities; other chapters do, where it has none",
    SILENT: "the structure's own chapter tells of none; or it has only a row of Appendix 2, and no chapter does",
    OUTSIDE: "the structure has neither a chapter nor a row of Appendix 2, and no chapter tells of any",
    FILTERED: "some are told, but the filters leave none",
}
ELSEWHERE = "told by other chapters alone, with a part of the structure"
TAKEN = "*"
TAKEN_MEANS = (
    f"{TAKEN}: the structure's own telling gives no place; the area is that of another chapter's telling, or of the field "
    "operation that tells of it"
)


@dataclass(frozen=True)
class Row:
    """One executive structure; `chapter` is empty where there is none, `scope` is chapter, listed or outside."""

    thing: Thing
    chapter: str
    scope: str


@dataclass(frozen=True)
class Column:
    """One column: its key as the query gives it, and for each part of it the short name and the label."""

    key: tuple[str, ...]
    codes: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass
class Entry:
    """One activity in one cell, with the tellings that put it there: those of the structure's own chapter, if it has one.

    `areas` are those that these tellings give, `taken` those that stand for them where they give none.
    """

    activity: str
    tellings: list[Telling] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    @property
    def where(self) -> list[str]:
        """The areas, those that are taken for them with a mark."""
        return self.areas or [area + TAKEN for area in self.taken]

    @property
    def when(self) -> str:
        """The date by its tellings as it is read, "no date" without one."""
        return "; ".join(dict.fromkeys(in_words(t.date) for t in self.tellings if t.date)) or "no date"

    def say(self, name: str) -> str:
        """Return the title, the chapter, the lines (such as 343-359) or the date (EDTF, or nothing) by its tellings."""
        values = (getattr(telling, name) or "" for telling in self.tellings)
        texts = ("-".join(map(str, dict.fromkeys(v))) if isinstance(v, tuple) else str(v) for v in values)
        return "; ".join(dict.fromkeys(filter(None, texts)))


@dataclass
class Cell:
    """One cell: its value, its activities, those that are told without filters, and those that other chapters alone tell."""

    row: Row
    column: Column
    value: str
    entries: list[Entry] = field(default_factory=list)
    told: frozenset[str] = frozenset()
    elsewhere: list[Entry] = field(default_factory=list)

    def add(self, activity: str, telling: Telling, area: str, taken: str) -> None:
        """Put a telling of an activity into the cell, with the area that it gives or that is taken for it."""
        self.value = REPORTED
        entry = enter(self.entries, activity, telling)
        entry.areas = sorted({*entry.areas, area} - {""})
        entry.taken = sorted({*entry.taken, taken} - {""})

    @property
    def areas(self) -> str:
        """The areas by the number of activities, such as "Serbia 2, Albania* 1"; "no area" where none is known."""
        counts = Counter(area for entry in self.entries for area in entry.where or ["no area"])
        return ", ".join(f"{area} {n}" for area, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def shown(self, by: str) -> int | str:
        """Return the number of activities, or their areas in the layout `where`; the value in a word if there are none."""
        return self.value if not self.entries else self.areas if by == "where" else len(self.entries)

    def as_dict(self, names: Sequence[str]) -> dict[str, Any]:
        """Return an object with its activities and their places in the report; `names` says what its column is made of."""
        return {
            "structure": self.row.thing.iri,
            "label": self.row.thing.label,
            "chapter": self.row.chapter or None,
            **dict(zip(names, self.column.codes, strict=True)),
            "value": self.value,
            "number": len(self.entries),
            "told": len(self.told),
            "activities": [
                {**_told(entry), "areas": entry.areas, "areas_taken": entry.taken, "evidence": _places(entry)}
                for entry in self.entries
            ],
            "elsewhere": [{**_told(entry), "evidence": _places(entry)} for entry in self.elsewhere],
        }


def enter(entries: list[Entry], activity: str, telling: Telling) -> Entry:
    """Return the entry of an activity, put there if it is new, with the telling."""
    entry = next((entry for entry in entries if entry.activity == activity), None)
    if entry is None:
        entry = Entry(activity)
        entries.append(entry)
    if telling not in entry.tellings:
        entry.tellings.append(telling)
    return entry


def _told(entry: Entry) -> dict[str, Any]:
    return {"activity": entry.activity, "title": entry.say("title"), "date": entry.say("date") or None}


def _places(entry: Entry) -> list[dict[str, Any]]:
    return [{"telling": t.id, "chapter": t.chapter, "lines": list(t.lines)} for t in entry.tellings]
