"""Stage 17c: the matrix as a page: each cell leads to the activities behind it, each with chapter and lines."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from oscegraph import matrix as matrices
from oscegraph import matrix_cells
from oscegraph.explorer import listing
from oscegraph.explorer.forms import FILTERS, FormError, Words, filters
from oscegraph.explorer.listing import Ref, source_of
from oscegraph.explorer.site import in_page_words
from oscegraph.explorer.tool import Found, Tool, columns
from oscegraph.filters import explain, run_filtered
from oscegraph.matrix import Matrix
from oscegraph.matrix_cells import Cell
from oscegraph.namespaces import local_name

if TYPE_CHECKING:
    from oscegraph.explorer.site import Site
    from oscegraph.filters import Filters

MARK = "/"


def key_of(cell: Cell) -> str:
    """Return the name of a cell in an address: the structure, then what its column is made of."""
    return MARK.join((local_name(cell.row.thing.iri), *cell.column.codes))


def _chosen(matrix: Matrix, name: str | None) -> list[Cell]:
    """Return the cells of a name, or of its beginning: a structure alone means its row; raises FormError for none."""
    if name is None:
        return []
    wanted = name.split(MARK)
    found = [cell for cell in matrix.cells.values() if key_of(cell).split(MARK)[: len(wanted)] == wanted]
    if not found:
        raise FormError(
            f'This matrix has no cell "{name}". A cell is named as in spmu/{MARK.join(matrix.columns[0].codes)}.'
        )
    return found


def _head(cells: list[Cell], name: str) -> str:
    """Return the heading of some cells in words: the structure, and the column or its group."""
    depth = name.count(MARK)
    return ", ".join((cells[0].row.thing.label, *cells[0].column.labels[:depth]))


def _table(matrix: Matrix, cells: list[Cell]) -> listing.Table:
    """Return one row for each activity in each cell, and one for each cell without any."""
    names = ("structure", *matrix.names, "value", "number", "told", "activity", "date", "areas", "told_in")
    rows: list[dict[str, Any]] = []
    for cell in cells:
        head = {
            "structure": Ref(cell.row.thing.label, cell.row.thing.iri),
            **dict(zip(matrix.names, cell.column.codes, strict=True)),
            "value": cell.value,
            "number": len(cell.entries),
            "told": len(cell.told),
        }
        rows += [
            {
                **head,
                "activity": Ref(entry.say("title"), entry.activity),
                "date": entry.say("date"),
                "areas": entry.where,
                "told_in": [source_of(telling) for telling in entry.tellings],
            }
            for entry in cell.entries
        ] or [head]
    return listing.Table("matrix", matrix.title, columns(*names, numbers=("number", "told")), rows)


def make(site: Site, words: Words) -> Found:
    """Build the matrix that a form asks for."""
    store, directory = site.graph.store, site.graph.directory
    by = words.choice("by", tuple(matrices.LAYOUTS), "appendix")
    chosen = filters(site, words)
    found = matrices.build(store, directory, by, chosen)
    name = words.one("cell")
    cells = _chosen(found, name)

    def count(changed: Filters) -> int:
        return len({row["activity"] for row in run_filtered(store, matrices.LAYOUTS[by][0], changed)})

    silent = "No activity fits: the report tells of none."
    held = len(found.activities)
    notes = list(map(in_page_words, explain(chosen, bool(held), count, count, silent, "activity", held)))
    notes += found.remarks()
    shown = cells or list(found.cells.values())
    groups = [(labels, len(list(same))) for labels, same in groupby(found.columns, lambda column: column.labels[:-1])]
    listed = {entry.activity: entry for cell in cells for entry in cell.entries}
    inside: dict[str, list[str]] = {}
    for cell in cells:
        for entry in cell.entries:
            inside.setdefault(entry.activity, []).append(", ".join(cell.column.labels))
    context = {
        "matrix": found,
        "groups": groups,
        "counts": found.counts(),
        "values": matrix_cells.VALUES,
        "taken": matrix_cells.TAKEN_MEANS,
        "key_of": key_of,
        "row_of": lambda row: local_name(row.thing.iri),
        "source_of": source_of,
        "cells": cells,
        "head": _head(cells, name) if cells and name else "",
        "listed": sorted(listed.values(), key=lambda entry: (entry.say("date") or "9999", entry.say("title"))),
        "inside": inside,
        "elsewhere": list({entry.activity: entry for cell in cells for entry in cell.elsewhere}.values()),
        "elsewhere_is": matrix_cells.ELSEWHERE,
        "hidden": len({activity for cell in cells for activity in cell.told} - set(listed)),
    }
    data = {
        "by": found.by,
        "filters": dict(chosen.labels),
        "counts": found.counts(),
        "activities": held,
        "columns": [dict(zip(found.names, column.labels, strict=True)) for column in found.columns],
        "cells": [cell.as_dict(found.names) for cell in shown],
        "notes": notes,
    }
    return Found(context, data, _table(found, shown), {"xlsx": lambda: matrices.xlsx(found)}, notes)


def _choices(site: Site) -> dict[str, Any]:
    return {"layouts": {name: layout[2] for name, layout in matrices.LAYOUTS.items()}}


TOOL = Tool("matrix", "matrix.html", ("by", "cell", *FILTERS), make, _choices, ("xlsx",))
