"""matrix: Appendix 2 rebuilt from what each structure's own chapter tells, by area, and by month."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oscegraph import output
from oscegraph.cli import common
from oscegraph.errors import EXIT_FINDINGS

if TYPE_CHECKING:
    from oscegraph.filters import Filters
    from oscegraph.matrix import Matrix
    from oscegraph.matrix_cells import Cell, Entry

FILES = (".csv", ".xlsx", ".html")


@click.command(
    epilog=common.examples(
        "oscegraph matrix",
        "oscegraph matrix -o matrix.xlsx",
        "oscegraph matrix --cell SPMU cyber training",
        "oscegraph matrix --by where --on thb",
        "oscegraph matrix --by month --cell ODIHR June",
    )
)
@click.argument("assistance", required=False)
@click.option(
    "--by",
    type=click.Choice(["appendix", "where", "month"]),
    default="appendix",
    show_default=True,
    help="appendix: themes and kinds of assistance; where: themes, with the areas; month: months in which activities begin.",
)
@click.option(
    "--cell",
    nargs=2,
    metavar="STRUCTURE THEME",
    help="Only the activities behind one cell; a kind of assistance may follow. With --by month: STRUCTURE MONTH.",
)
@common.filter_options
@click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path), help="Write the whole matrix to this .csv, .xlsx or .html."
)
@common.format_option
@common.data_option
def matrix(
    assistance: str | None,
    by: str,
    cell: tuple[str, str] | None,
    target: Path | None,
    format_name: str,
    data: tuple[str, ...],
    timeout: float,
    **words: Any,
) -> None:
    """Show who worked on what: Appendix 2 of the report, rebuilt from each structure's own tellings.

    The marks of Appendix 2 are lost in the text of the report. A cell has the number of activities that the structure's own
    chapter tells (other chapters, if it has none); or it is silent, if it has a chapter or a row of the printed appendix and
    none is told there; or outside, if it has neither, so that the report does not set out to tell of its work. What other
    chapters alone tell of a structure is no part of the number: --cell lists it.

    Where a field operation tells an activity without a place, --in and --by where take its own area for it, and say so.
    """
    _check(assistance, by, cell, target)
    graph = common.open_graph(data, timeout)
    from oscegraph import matrix as matrices
    from oscegraph.filters import run_filtered

    with common.names_given():
        filters = graph.filters(**words)
    found = matrices.build(graph.store, graph.directory, by, filters)

    def count(changed: Filters) -> int:
        rows = run_filtered(graph.store, matrices.LAYOUTS[by][0], changed)
        return len({row["activity"] for row in rows})

    why = common.explain_empty(filters, len(found.activities), count, "activity")
    if cell is not None:
        asked = [cell[1], *([assistance] if assistance else [])]
        with common.names_given():
            cells = matrices.pick(found, graph.directory, cell[0], asked)
        common.finish(cell_answer(found, cells, _vague(why)), format_name)
        return

    notes = [*why, *found.remarks()]
    answer = matrix_answer(found, notes)
    if target is None:
        common.finish(answer, format_name)
        return
    if not answer.found:
        for note in (*notes, f"{target}: not written, as no activity is left."):
            click.echo(note, err=True)
        raise click.exceptions.Exit(EXIT_FINDINGS)
    from oscegraph.export import write_whole

    assert answer.table is not None
    suffix = target.suffix.casefold()
    write_whole(target, _csv(answer.table) if suffix == ".csv" else getattr(matrices, suffix[1:])(found))
    for note in notes:
        click.echo(note, err=True)
    click.echo(f"{target}: {_summary(found)}.", err=True)


def _check(assistance: str | None, by: str, cell: tuple[str, str] | None, target: Path | None) -> None:
    """Refuse options that do not go together, before anything is read."""
    if target is not None:
        common.check_file(target, "kind of file that a matrix is written to", FILES)
    if target is not None and cell is not None:
        raise click.UsageError("--cell lists one cell; -o writes the whole matrix. Take one of them out.")
    if assistance is not None and (cell is None or by != "appendix"):
        raise click.UsageError(
            f'"{assistance}" is left over: a kind of assistance follows only --cell STRUCTURE THEME, in the layout appendix.'
        )


def _vague(notes: list[str]) -> list[str]:
    """Say beside one cell how many activities of the whole matrix are dated too vaguely for its period."""
    return [f"Of the whole matrix: {note}" for note in notes if "--possible" in note]


def _csv(table: output.Table) -> bytes:
    return output.to_csv(table).encode("utf-8", errors="replace")


def _summary(found: Matrix) -> str:
    cells = ", ".join(f"{number} {value}" for value, number in found.counts().items())
    return f"{len(found.activities)} activities; {len(found.cells)} cells: {cells}"


def _evidence(entries: list[Entry]) -> str:
    """Return activities in one text: title, date, chapter and lines."""
    return " | ".join(
        f"{e.say('title')} [{e.say('date') or 'no date'}] ({e.say('chapter')}, lines {e.say('lines')})" for e in entries
    )


def _tidy(found: Matrix, cells: list[Cell]) -> output.Table:
    """Return one row for each cell, for spreadsheets and programs."""
    where = ["areas"] if found.by == "where" else []
    columns = ["structure", "chapter", *found.names, "value", "number", "told", *where, "ids", "evidence", "elsewhere"]
    rows = []
    for cell in cells:
        ids = " ".join(entry.activity for entry in cell.entries)
        areas = [cell.areas] if where else []
        head = [cell.row.thing.label, cell.row.chapter, *cell.column.codes, cell.value, len(cell.entries), len(cell.told)]
        rows.append([*head, *areas, ids, _evidence(cell.entries), _evidence(cell.elsewhere)])
    return output.Table(columns, rows, ["number", "told"])


def _mark(cells: list[Cell], by: str) -> str:
    """Return what the screen shows for one or more cells of a row under one heading."""
    from oscegraph.matrix_cells import FILTERED, OUTSIDE, REPORTED

    if by == "where":
        return cells[0].areas if cells[0].entries else _mark(cells, "")
    full = [cell for cell in cells if cell.value == REPORTED]
    if full and len(cells) > 1:
        return " ".join(f"{cell.column.codes[-1][:1].upper()}{len(cell.entries)}" for cell in full)
    if full:
        return str(len(full[0].entries))
    hidden = {activity for cell in cells if cell.value == FILTERED for activity in cell.told}
    return f"({len(hidden)})" if hidden else OUTSIDE if cells[0].value == OUTSIDE else "-"


def matrix_answer(found: Matrix, notes: list[str]) -> output.Answer:
    """Return the matrix: one column a theme or month to read, one row a cell for spreadsheets, all for programs."""
    from oscegraph.matrix import KINDS_MEAN
    from oscegraph.matrix_cells import FILTERED, OUTSIDE, SILENT, TAKEN_MEANS, VALUES

    heads = list(dict.fromkeys(column.codes[0] for column in found.columns))
    rows = []
    for row in found.rows:
        cells = found.of(row)
        marks = [_mark([cell for cell in cells if cell.column.codes[0] == head], found.by) for head in heads]
        rows.append([row.chapter, row.thing.short, *marks])
    kinds = dict.fromkeys((column.codes[-1], column.labels[-1]) for column in found.columns)
    signs = [f"{code[:1].upper()}: {label}" for code, label in kinds] if found.by == "appendix" else []
    signs += [f"-: {VALUES[SILENT]}", f"outside: {VALUES[OUTSIDE]}"]
    signs += [f"(n): {VALUES[FILTERED]}"] if FILTERED in found.counts() else []
    signs += [TAKEN_MEANS] if found.by == "where" else []
    signs += [KINDS_MEAN] if found.by == "appendix" else []
    signs.append("A structure without a chapter has what other chapters tell of it.")
    blocks: list[output.Block] = [
        output.Heading(f"{found.title}: {_summary(found)}", 1),
        output.Table(["chapter", "structure", *heads], rows, [] if found.by == "where" else heads),
        output.Lines(signs),
    ]
    items = [cell.as_dict(found.names) for cell in found.cells.values()]
    whole = {
        "by": found.by,
        "filters": dict(found.filters.labels),
        "counts": found.counts(),
        "activities": len(found.activities),
        "columns": [dict(zip(found.names, column.labels, strict=True)) for column in found.columns],
        "cells": items,
        "notes": notes,
    }
    table = _tidy(found, list(found.cells.values()))
    return output.Answer(blocks, whole, items, table, notes, bool(found.activities))


def cell_answer(found: Matrix, cells: list[Cell], more: list[str]) -> output.Answer:
    """Return the activities behind one cell, or behind all kinds of assistance of one theme, with the evidence."""
    from oscegraph.filters import count_of
    from oscegraph.matrix_cells import ELSEWHERE, TAKEN_MEANS, VALUES

    row, full = cells[0].row, [cell for cell in cells if cell.entries]
    where = cells[0].column.labels[0] if len(cells) > 1 else ", ".join(cells[0].column.labels)
    number = len({entry.activity for cell in full for entry in cell.entries})
    blocks: list[output.Block] = [output.Heading(f"{row.thing.label}, {where}: {count_of(number, 'activity')}", 1)]

    def listed(last: str, told: list[tuple[Entry, str]]) -> output.Table:
        rows = [[e.say("title"), e.when, middle, e.say("chapter"), e.say("lines"), e.activity] for e, middle in told]
        return output.Table(["title", "date", last, "chapter", "lines", "activity"], rows)

    by_area = found.by == "where"
    own = [
        (entry, (", ".join(entry.where) or "no area") if by_area else cell.column.codes[-1])
        for cell in full
        for entry in cell.entries
    ]
    table = listed("areas" if by_area else found.names[-1], own)
    if own:
        blocks.append(table)
    if others := [(entry, cell.column.codes[-1]) for cell in cells for entry in cell.elsewhere]:
        blocks += [output.Heading(f"{ELSEWHERE[0].upper()}{ELSEWHERE[1:]}"), listed(found.names[-1], others)]
    notes = [TAKEN_MEANS] if by_area and any(e.taken for cell in full for e in cell.entries) else []
    notes += found.places_taken(full)
    values = dict.fromkeys(cell.value for cell in cells) if not full else {}
    for value in values:
        hidden = len({activity for cell in cells if cell.value == value for activity in cell.told})
        of = ", ".join(cell.column.codes[-1] for cell in cells if cell.value == value) + ": " if len(values) > 1 else ""
        notes.append(f"{of}{value}: {VALUES[value]}" + (f"; without filters {hidden}." if hidden else "."))
    notes += more
    objects = [cell.as_dict(found.names) for cell in cells]
    return output.Answer(blocks, {"cells": objects, "notes": notes}, objects, table, notes, bool(full))
