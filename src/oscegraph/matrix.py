"""Stage 9b: who did what, as a matrix: Appendix 2 rebuilt from each structure's own tellings, by area, and by month.

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
from functools import cached_property
from itertools import groupby
from typing import Any

from oscegraph import __version__, query, resources
from oscegraph.answers import Filters, run_filtered
from oscegraph.called import find_structure
from oscegraph.dates import first_day, in_words, last_day
from oscegraph.directory import Directory, Thing
from oscegraph.errors import FilterError
from oscegraph.namespaces import local_name
from oscegraph.spreadsheet import Sheet, Value
from oscegraph.spreadsheet import write as write_sheets
from oscegraph.store import Store
from oscegraph.tellings import Telling, read_tellings

Key = tuple[str, ...]  # the structure, then what the column is made of
REPORTED, SILENT, OUTSIDE, FILTERED = "reported", "silent", "outside", "filtered"
VALUES = {
    REPORTED: "the structure's own chapter tells of this many activities; other chapters do, where it has none",
    SILENT: "the structure's own chapter tells of none; or it has only a row of Appendix 2, and no chapter does",
    OUTSIDE: "the structure has neither a chapter nor a row of Appendix 2, and no chapter tells of any",
    FILTERED: "some are told, but the filters leave none",
}
# Layout -> its query, what its columns are made of, and its title.
LAYOUTS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "appendix": ("matrix", ("theme", "assistance"), "Structures by themes and kinds of assistance, as in Appendix 2"),
    "where": ("matrix-where", ("theme",), "Structures by themes, and where"),
    "month": ("matrix-month", ("month",), "Structures by the month in which activities begin"),
}
_KINDS = ("legislative", "training", "study")
_NO_MONTH = {"year": "year only", "undated": "no date"}
KINDS_MEAN = (
    "Legislative support is on laws, strategies, plans and curricula; study is for those who are sent abroad; all else is "
    "put under training and capacity building, talks, interviews and membership among it."
)
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
        entry = _entry(self.entries, activity, telling)
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


def _entry(entries: list[Entry], activity: str, telling: Telling) -> Entry:
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


@dataclass
class Matrix:
    """Rows, columns and their cells, one for each pair."""

    by: str
    filters: Filters
    rows: list[Row]
    columns: list[Column]
    cells: dict[Key, Cell]
    unplaced: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """What the columns are made of."""
        return LAYOUTS[self.by][1]

    @cached_property
    def title(self) -> str:
        """What the matrix shows, with the filters in words."""
        return ", ".join(filter(None, (LAYOUTS[self.by][2], self.filters.in_words())))

    @property
    def activities(self) -> set[str]:
        """The activities in any cell."""
        return {entry.activity for cell in self.cells.values() for entry in cell.entries}

    def remarks(self) -> list[str]:
        """Say in how many cells others tell of more, or what a filter by place rests on and leaves out."""
        if self.filters.where is None:
            silent, told = (
                sum(bool(cell.elsewhere) for cell in self.cells.values() if cell.value == value)
                for value in (SILENT, REPORTED)
            )
            said = (
                f"Other chapters name the structure with a part in activities that are in no number: in {silent} of the "
                f"silent cells and in {told} of those with a number, which list them apart."
            )
            return [said] if silent or told else []
        notes = self.places_taken(list(self.cells.values()))
        if self.unplaced:
            notes.append(f"Left out, as nothing says where they took place: {self.unplaced} more.")
        return notes

    def places_taken(self, cells: Sequence[Cell]) -> list[str]:
        """Say for how many activities of some cells a filter by place takes an area that their own telling does not give."""
        entries = [entry for cell in cells for entry in cell.entries]
        every = {entry.activity for entry in entries}
        taken = every - {entry.activity for entry in entries if not entry.taken}
        if self.filters.where is None or not taken:
            return []
        return [
            f"No place in the structure's own chapter: {len(taken)} of {len(every)}; the place that another chapter gives "
            "stands for it, or the area of the field operation that tells of it."
        ]

    def counts(self) -> dict[str, int]:
        """Return the number of cells of each value."""
        found = Counter(cell.value for cell in self.cells.values())
        return {value: found[value] for value in VALUES if found[value] or value != FILTERED}

    def of(self, row: Row) -> list[Cell]:
        """Return the cells of a row in the order of the columns."""
        return [self.cells[row.thing.iri, *column.key] for column in self.columns]


def build(store: Store, directory: Directory, by: str, filters: Filters) -> Matrix:
    """Return the matrix of a layout: appendix, where or month. Filters apply to the telling that puts it into a cell."""
    name, parts, _ = LAYOUTS[by]
    found = run_filtered(store, name, filters)
    everything = run_filtered(store, name, Filters()) if filters.active() else found
    told: dict[Key, set[str]] = {}
    for line in everything:
        told.setdefault(_key(line, parts), set()).add(line["activity"] or "")
    columns = _columns(directory, by, filters, sorted({key[1] for key in told}))
    cells, rows = dict[Key, Cell](), list[Row]()
    for line in query.run(store, "matrix-structures"):
        iri = line["structure"] or ""
        row = Row(directory.things.get(iri) or Thing(iri, "", iri), line["number"] or "", line["scope"] or "")
        rows.append(row)
        for column in columns:
            key = (iri, *column.key)
            empty = FILTERED if key in told else OUTSIDE if row.scope == OUTSIDE else SILENT
            cells[key] = Cell(row, column, empty, told=frozenset(told.get(key, ())))
    # What other chapters tell is told of cells as a whole, which filters would cut.
    others = list(query.run(store, "matrix-elsewhere")) if not filters.active() else []
    tellings = read_tellings(store, directory, sorted({line["telling"] or "" for line in (*found, *others)}))
    order = {telling.id: number for number, telling in enumerate(tellings)}
    for line in sorted(found, key=lambda line: order[line["telling"] or ""]):
        cell = cells.get(_key(line, parts))
        area, taken = (directory.label(iri) if iri else "" for iri in (line.get("area"), line["taken"]))
        if cell is not None:
            cell.add(line["activity"] or "", tellings[order[line["telling"] or ""]], area, taken)
    own = {(line["structure"], line["activity"]) for line in found}
    for line in sorted(others, key=lambda line: order[line["telling"] or ""]):
        cell = cells.get(_key(line, parts))
        if cell is not None and (line["structure"], line["activity"]) not in own:
            _entry(cell.elsewhere, line["activity"] or "", tellings[order[line["telling"] or ""]])
    unplaced = 0
    if filters.where is not None:
        lines = run_filtered(store, name, filters.without("where"))
        known = {line["activity"] for line in lines if line["taken"] or line["placed"] != "false"}
        unplaced = len({line["activity"] for line in lines} - known)
    return Matrix(by, filters, rows, columns, cells, unplaced)


def _key(line: dict[str, str | None], parts: tuple[str, ...]) -> Key:
    return (line["structure"] or "", *(line[part] or "" for part in parts))


def _columns(directory: Directory, by: str, filters: Filters, months: list[str]) -> list[Column]:
    """Return the columns: the themes in the order of Appendix 2, with its kinds of assistance, or the months."""
    if by == "month":
        return [Column((m,), (m,), (_NO_MONTH.get(m, m),)) for m in months]
    themes = [t for t in directory.concepts("theme") if filters.theme in (None, t.iri)]
    themes.sort(key=lambda thing: (len(number := "".join(thing.names.get("notation", ["999"])[:1])), number, thing.iri))
    kinds = {local_name(thing.iri): thing for thing in directory.concepts("assistance")}
    kinds = {code: kinds[code] for code in (*filter(kinds.__contains__, _KINDS), *sorted(kinds.keys() - set(_KINDS)))}
    chosen = [[theme, kind] for theme in themes for kind in kinds.values()] if by == "appendix" else [[t] for t in themes]
    return [Column(tuple(t.iri for t in c), tuple(local_name(t.iri) for t in c), tuple(t.label for t in c)) for c in chosen]


def pick(matrix: Matrix, directory: Directory, structure: str, words: Sequence[str]) -> list[Cell]:
    """Return the cells of a structure in the columns that `words` name: a theme, with a kind of assistance, or a month.

    Raises NameNotFound for a structure that is none, with the nearest names, and FilterError with the valid words.
    """
    row, wanted = find_structure(directory, structure).iri, matrix.columns
    for place, (part, word) in enumerate(zip(matrix.names, words, strict=False)):
        codes = list(dict.fromkeys(column.codes[place] for column in matrix.columns))
        key = word if word in codes else directory.concept(part, word) if part != "month" else _month(word)
        wanted = [column for column in wanted if key in (column.key[place], column.codes[place])]
        if not wanted:
            raise FilterError(f"{part} of this matrix", word, codes)
    return [matrix.cells[row, *column.key] for column in wanted]


def _month(word: str) -> str:
    """Return the month that a date lies in, or the date as it is if it is longer than a month."""
    first, last = str(first_day(word))[:7], str(last_day(word))[:7]
    return first if first == last else word


def sheets(matrix: Matrix) -> list[Sheet]:
    """Return the matrix, its evidence with one row for each activity in each cell, and what its words and marks mean.

    What other chapters alone tell of a structure stands in a sheet of its own.
    """
    heads: list[list[Value]] = [
        ["structure", "chapter", *parts] for parts in zip(*(c.labels for c in matrix.columns), strict=True)
    ]
    body: list[list[Value]] = [[r.thing.label, r.chapter, *(c.shown(matrix.by) for c in matrix.of(r))] for r in matrix.rows]
    says = ("title", "date", "chapter", "lines")
    evidence: list[list[Value]] = [["structure", *matrix.names, *says, "areas", "activity"]]
    others: list[list[Value]] = [["structure", *matrix.names, *says, "activity"]]
    for cell in matrix.cells.values():
        head = (cell.row.thing.label, *cell.column.labels)
        evidence += [[*head, *map(e.say, says), ", ".join(e.where), e.activity] for e in cell.entries]
        others += [[*head, *map(e.say, says), e.activity] for e in cell.elsewhere]
    wide = [34] * (1 + len(matrix.names))
    counts = matrix.counts()
    legend: list[list[Value]] = [["in a cell", "meaning", "cells"]]
    shown = "areas with numbers" if matrix.by == "where" else "a number"
    legend += [[shown if value == REPORTED else value, VALUES[value], number] for value, number in counts.items()]
    legend += [[TAKEN, TAKEN_MEANS.removeprefix(f"{TAKEN}: "), None], ["no area", "nothing says where", None]]
    legend += [[None, note, None] for note in (*matrix.remarks(), *([KINDS_MEAN] if matrix.by == "appendix" else []))]
    return [
        Sheet("matrix", [*heads, *body], len(heads), 2, (44, 9, *(16 for _ in matrix.columns))),
        Sheet("evidence", evidence, 1, 1, (*wide, 60, 22, 9, 14, 24, 60)),
        *([Sheet("other chapters", others, 1, 1, (*wide, 60, 22, 9, 14, 60))] if len(others) > 1 else []),
        Sheet("legend", legend, 1, 1, (24, 110, 9)),
    ]


def xlsx(matrix: Matrix) -> bytes:
    """Return the matrix as a workbook; the same matrix gives the same bytes."""
    return write_sheets(sheets(matrix), matrix.title)


def html(matrix: Matrix) -> bytes:
    """Return the matrix as one page without script that needs nothing else; each cell opens its activities."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(resources.PACKAGE / "assets" / "desk")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    groups = [(labels, len(list(same))) for labels, same in groupby(matrix.columns, lambda column: column.labels[:-1])]
    values = {"matrix": matrix, "groups": groups, "values": VALUES, "counts": matrix.counts(), "version": __version__}
    values["elsewhere"] = ELSEWHERE
    values["taken"] = TAKEN_MEANS.removeprefix(f"{TAKEN}: ")
    return made.get_template("matrix.html").render(values).encode("utf-8", errors="replace")
