"""Stage 9b1: who did what, as a matrix: Appendix 2 rebuilt from each structure's own tellings, by area, and by month.

Structures are its rows; its layout says what its columns are. What puts an activity into a cell is a query, and what the
value of a cell means stands in `matrix_cells`. A matrix can be written as a workbook or a page, with its evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from oscegraph import __version__, query, resources
from oscegraph.called import find_structure
from oscegraph.dates import first_day, last_day
from oscegraph.directory import Directory, Thing
from oscegraph.errors import FilterError
from oscegraph.filters import Filters, run_filtered
from oscegraph.matrix_cells import (
    ELSEWHERE,
    FILTERED,
    OUTSIDE,
    REPORTED,
    SILENT,
    TAKEN,
    TAKEN_MEANS,
    VALUES,
    Cell,
    Column,
    Row,
    enter,
)
from oscegraph.namespaces import local_name
from oscegraph.spreadsheet import Sheet, Value
from oscegraph.spreadsheet import write as write_sheets
from oscegraph.store import Store
from oscegraph.tellings import read_tellings

Key = tuple[str, ...]  # the structure, then what the column is made of
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
            enter(cell.elsewhere, line["activity"] or "", tellings[order[line["telling"] or ""]])
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
