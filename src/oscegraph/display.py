"""Stage 10f: tables that show themselves in a notebook, and turn into data frames of pandas or polars.

Nothing here needs a notebook, pandas or polars before it is asked for.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from oscegraph import output, resources

MOST_ROWS = 50


@dataclass(frozen=True)
class Link:
    """A cell that stands for a thing: its words, and the IRI behind them."""

    text: str
    iri: str


@dataclass
class Sheet:
    """A table to be looked at: a title, columns, cells (texts, numbers or links), and remarks below."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    notes: Sequence[str] = ()


@dataclass
class Frame:
    """A table to compute with: columns, and rows of numbers, days and texts."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


class Shown:
    """What a result needs to show itself: a sheet to look at and a frame to compute with."""

    def sheet(self) -> Sheet:
        """Return the table that a notebook shows."""
        raise NotImplementedError

    def frame(self) -> Frame:
        """Return the table that becomes a data frame."""
        raise NotImplementedError

    def __repr__(self) -> str:
        sheet = self.sheet()
        number = len(sheet.rows)
        return f"<{sheet.title or type(self).__name__}: {number} row{'' if number == 1 else 's'}>"

    def _repr_html_(self) -> str:
        return html(self.sheet())

    def to_pandas(self) -> Any:
        """Return all rows as a pandas DataFrame; raises ModuleNotFoundError, with advice, if pandas is not there."""
        pandas, frame = _module("pandas"), self.frame()
        return pandas.DataFrame(
            {name: _for_pandas(pandas, *_typed(values)) for name, values in _by_column(frame)}, columns=list(frame.columns)
        )

    def to_polars(self) -> Any:
        """Return all rows as a polars DataFrame; raises ModuleNotFoundError, with advice, if polars is not there."""
        polars, frame = _module("polars"), self.frame()
        types = {int: polars.Int64, float: polars.Float64, bool: polars.Boolean, date: polars.Date, str: polars.String}
        made = {name: _typed(values) for name, values in _by_column(frame)}
        return polars.DataFrame([polars.Series(name, values, types[kind]) for name, (kind, values) in made.items()])


def html(sheet: Sheet) -> str:
    """Return a sheet as HTML: nothing in a cell is markup, and of many rows the first are there, with a remark."""
    rows, notes = sheet.rows[:MOST_ROWS], list(sheet.notes)
    if len(sheet.rows) > len(rows):
        notes.append(f"The first {len(rows)} of {len(sheet.rows)} rows; to_pandas() or to_polars() gives all of them.")
    cells = [[{"text": _words(cell), "href": _href(cell)} for cell in row] for row in rows]
    title, columns = output.clean(sheet.title), [output.clean(name) for name in sheet.columns]
    return render("table.html", title=title, columns=columns, rows=cells, notes=[output.clean(note) for note in notes])


def render(name: str, **words: Any) -> str:
    """Return one of the templates for notebooks, filled; nothing in `words` becomes markup."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resources.PACKAGE / "assets" / "display"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    return environment.get_template(name).render(**words)


def _words(cell: Any) -> str:
    if isinstance(cell, Link):
        return output.clean(cell.text)
    return f"{cell:.4g}" if isinstance(cell, float) else output.clean(cell)


def _href(cell: Any) -> str:
    """Return where a cell leads: the web only, since a notebook would run a `javascript:` address."""
    iri = cell.iri if isinstance(cell, Link) else ""
    return iri if iri.startswith(("http://", "https://")) and output.clean(iri) == iri else ""


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise ModuleNotFoundError(
            f"to_{name}() needs {name}, which is not installed: pip install {name}", name=name
        ) from None


def _by_column(frame: Frame) -> Iterable[tuple[str, list[Any]]]:
    for index, name in enumerate(frame.columns):
        yield name, [row[index] for row in frame.rows]


def _typed(values: list[Any]) -> tuple[type, list[Any]]:
    """Return the one type that all values of a column have, or text."""
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) == 1 and (kind := kinds.pop()) in (float, bool, date):
        return kind, values
    if kinds == {int, float}:
        return float, [None if value is None else float(value) for value in values]
    if all(value is None or (type(value) is int and abs(value) < 2**63) for value in values) and any(
        value is not None for value in values
    ):
        return int, values
    return str, [None if value is None else output.text(value) for value in values]


def _for_pandas(pandas: Any, kind: type, values: list[Any]) -> Any:
    if kind is date:
        return pandas.to_datetime(pandas.Series(values, dtype="object"))
    return pandas.Series(values, dtype={int: "Int64", float: "Float64", bool: "boolean"}.get(kind, "object")).infer_objects()


@dataclass(repr=False)
class Table(Shown):
    """Any table: columns, rows, and remarks below."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    title: str = ""
    notes: Sequence[str] = field(default_factory=list)

    def sheet(self) -> Sheet:
        """Return it as it is."""
        return Sheet(self.title, self.columns, self.rows, self.notes)

    def frame(self) -> Frame:
        """Return it as it is, links as their words."""
        return Frame(self.columns, [[cell.text if isinstance(cell, Link) else cell for cell in row] for row in self.rows])


def table(data: output.Table | Sequence[Mapping[str, Any]], title: str = "") -> Table:
    """Return a table of the command line, or a list of mappings with the same keys, as a table that shows itself."""
    if isinstance(data, output.Table):
        return Table(data.columns, data.rows, title)
    columns = list(dict.fromkeys(key for row in data for key in row))
    return Table(columns, [[row.get(name) for name in columns] for row in data], title)
