"""Stage 16a: tables of the explorer: cells with links and sources, sorted and cut by the address, and as CSV and JSON.

A row is an object by the keys of its columns. The same rows are shown in a page and given for download, there with the IRIs
and with chapter and lines in columns of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload
from urllib.parse import urlencode

from oscegraph import output
from oscegraph.tellings import Telling, cite

SILENT = "the report does not say"
# Fewer rows stand on one page; more are cut into pages of PAGE rows.
MOST, PAGE = 200, 100
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Ref:
    """A text that leads to the page of a thing."""

    text: str
    iri: str
    note: str = ""


@dataclass(frozen=True)
class Source:
    """A place in the report; `anchor` is the mark of a telling in the page of its chapter."""

    chapter: str
    first: int
    last: int
    anchor: str = ""

    @property
    def text(self) -> str:
        """The place in words: II.1.1, lines 329-338."""
        return cite(self.chapter, self.first, self.last)

    @property
    def path(self) -> str:
        """The local address of the place."""
        return f"/id/section/{self.chapter}" + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True)
class Column:
    """A column: its key in the rows, its head, whether it holds numbers, and what stands where there is nothing."""

    key: str
    head: str
    number: bool = False
    empty: str = SILENT


class Rows(Sequence[Mapping[str, Any]]):
    """Rows that are made when they are asked for: a page shows the first of many."""

    def __init__(self, items: Sequence[Any], make: Callable[[Any], Mapping[str, Any]]) -> None:
        self.items, self.make = items, make

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, place: int) -> Mapping[str, Any]: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Mapping[str, Any]]: ...

    def __getitem__(self, place: int | slice) -> Any:
        """Return a row, or some rows that are not made yet."""
        return Rows(self.items[place], self.make) if isinstance(place, slice) else self.make(self.items[place])


@dataclass(frozen=True)
class Table:
    """A table; `order` is the key by which it is sorted unless the address says another, `more` leads to the whole of it."""

    name: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    more: str = ""
    total: int = 0
    note: str = ""


@dataclass(frozen=True)
class View:
    """What a page shows of a table: one page of its rows in the order that the address asks for."""

    table: Table
    rows: Sequence[Mapping[str, Any]]
    heads: Sequence[tuple[Column, str, str]]
    pages: Sequence[tuple[int, str]] = ()
    page: int = 1
    downloads: Sequence[tuple[str, str]] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)


def source_of(telling: Telling) -> Source:
    """Return where a telling stands, as a link to its place in the page of its chapter."""
    return Source(telling.chapter, *telling.lines, anchor=telling.id.rsplit("/", 1)[-1])


def values(cell: Any) -> list[Any]:
    """Return what is in a cell as a list: nothing, one value, or several."""
    if cell is None or cell == "":
        return []
    return list(cell) if isinstance(cell, (list, tuple)) else [cell]


def words(cell: Any) -> str:
    """Return a cell as text.

    >>> words([Ref("UNODC", "https://w3id.org/oscegraph/id/body/unodc"), "others"])
    'UNODC; others'
    """
    return "; ".join(str(item.text if isinstance(item, (Ref, Source)) else item) for item in values(cell))


def _sort_key(key: str) -> Callable[[Mapping[str, Any]], tuple[int, float, str]]:
    def read(row: Mapping[str, Any]) -> tuple[int, float, str]:
        first = next(iter(values(row.get(key))), None)
        if first is None:
            return (1, 0.0, "")
        if isinstance(first, (int, float)):
            return (0, float(first), "")
        if isinstance(first, Source):
            return (0, float(first.first), first.chapter)
        return (0, 0.0, words(row[key]).casefold())

    return read


def ordered(table: Table, order: str) -> Sequence[Mapping[str, Any]]:
    """Return the rows sorted by a column, descending with a minus before its key; as they stand for an unknown key.

    Rows without a value come last either way.
    """
    key = order.removeprefix("-")
    if key not in {column.key for column in table.columns}:
        return table.rows
    read = _sort_key(key)
    every = list(table.rows)
    full = sorted((row for row in every if values(row.get(key))), key=read, reverse=order.startswith("-"))
    return full + [row for row in every if not values(row.get(key))]


def address(path: str, chosen: Mapping[str, str], **changed: str | int | None) -> str:
    """Return a local address with a query string: what is chosen, some of it changed, what is empty left out."""
    wanted = {key: str(value) for key, value in {**chosen, **changed}.items() if value not in (None, "")}
    return f"{path}?{urlencode(wanted)}" if wanted else path


def view(table: Table, path: str, chosen: Mapping[str, str], sortable: bool = True) -> View:
    """Return what a page shows of a table under the choices of its address: `sort` and `page`, kept beside all others."""
    order = chosen.get("sort", "") if sortable else ""
    rows, number, pages = ordered(table, order), 1, list[tuple[int, str]]()
    if sortable and len(rows) > MOST:
        last = -(-len(rows) // PAGE)
        asked = chosen.get("page", "1")
        number = min(max(int(asked), 1), last) if asked.isdecimal() and len(asked) < 7 else 1
        pages = [(n, address(path, chosen, page=n if n > 1 else None)) for n in range(1, last + 1)]
        rows = rows[(number - 1) * PAGE : number * PAGE]
    heads = []
    for column in table.columns:
        # Numbers are asked for from the largest down, everything else from A up.
        down, up = f"-{column.key}", column.key
        turns = (down, up) if column.number else (up, down)
        turn = turns[1] if order == turns[0] else turns[0]
        state = {down: "descending", up: "ascending"}.get(order, "")
        heads.append((column, address(path, chosen, sort=turn, page=None) if sortable else "", state))
    name = {} if sortable else {"table": table.name}
    kept = {key: value for key, value in chosen.items() if key != "page"}
    downloads = [(kind.upper(), address(path, kept, **name, format=kind)) for kind in ("csv", "json")]
    return View(table, rows, heads, pages, number, downloads, chosen)


def _safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _flat(row: Mapping[str, Any], columns: Sequence[Column], kinds: Mapping[str, type]) -> Iterator[Any]:
    for column in columns:
        cell = values(row.get(column.key))
        if kinds.get(column.key) is Source:
            yield "; ".join(item.chapter for item in cell)
            yield "; ".join(f"{item.first}-{item.last}" for item in cell)
            continue
        yield cell[0] if len(cell) == 1 and isinstance(cell[0], (int, float)) else _safe(words(cell))
        if kinds.get(column.key) is Ref:
            yield "; ".join(item.iri for item in cell if isinstance(item, Ref))


def _kinds(table: Table) -> dict[str, type]:
    """Return for each column whether any of its cells has links or sources."""
    found: dict[str, type] = {}
    for row in table.rows:
        for column in table.columns:
            for item in values(row.get(column.key)):
                if isinstance(item, (Ref, Source)):
                    found[column.key] = type(item)
    return found


def to_csv(table: Table, order: str = "") -> str:
    """Return all rows as CSV: a column of links is followed by one with the IRIs, sources are chapter and lines."""
    kinds, heads = _kinds(table), list[str]()
    for column in table.columns:
        kind = kinds.get(column.key)
        heads += (
            ["chapter", "lines"] if kind is Source else [column.key, f"{column.key}_iri"] if kind is Ref else [column.key]
        )
    rows = [list(_flat(row, table.columns, kinds)) for row in ordered(table, order)]
    return output.to_csv(output.Table(heads, rows))


def _plain(item: Any) -> Any:
    if isinstance(item, Ref):
        return {"label": item.text, "iri": item.iri}
    if isinstance(item, Source):
        return {"chapter": item.chapter, "lines": [item.first, item.last]}
    return item


def to_json(table: Table, order: str = "") -> str:
    """Return all rows as JSON, with what the table is; a cell with several values is a list."""
    rows = [
        {column.key: _json(row.get(column.key)) for column in table.columns if values(row.get(column.key))}
        for row in ordered(table, order)
    ]
    return output.to_json({"table": table.caption, "rows": rows}, 1) + "\n"


def _json(cell: Any) -> Any:
    return [_plain(item) for item in cell] if isinstance(cell, (list, tuple)) else _plain(cell)
