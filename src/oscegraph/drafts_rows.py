"""Stage 8f: drafts as rows of a spreadsheet, CSV or XLSX, under any of the known columns."""

from __future__ import annotations

import csv
import importlib
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oscegraph.directory import fold
from oscegraph.drafts_read import NOT_KNOWN, Reader
from oscegraph.drafts_words import FACETS, DraftError, Reading

# So many cells of a row that are not read are shown.
SHOWN = 3
# What stands for a formula of a workbook whose value was not saved.
_FORMULA = "\0="
MAX_ROWS, MAX_TEXT, MAX_FILE, MAX_COLUMNS = 1_000, 1_000_000, 20_000_000, 200


@dataclass
class Sheet:
    """The rows of a file: line number and cells by column.

    `ignored` names the columns that mean nothing here, `unread` the lines with nothing in any other, `further` the sheets
    of a workbook behind the first, which alone is read. `beyond` are the cells of a line under no name of a column,
    `formulas` the columns of a line with formulas whose values were not saved.
    """

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    further: list[str] = field(default_factory=list)
    beyond: dict[int, list[str]] = field(default_factory=dict)
    formulas: dict[int, list[str]] = field(default_factory=dict)

    def notes(self) -> list[str]:
        """Say what of the file is not read."""
        said = [f"Column ignored: {name}." for name in self.ignored]
        said += [f"Row {number} has cells in ignored columns alone, and is not read." for number in self.unread]
        for number, cells in sorted(self.beyond.items()):
            quoted = ", ".join(f'"{cell}"' for cell in cells[:SHOWN]) + ("" if len(cells) <= SHOWN else ", ...")
            said.append(f"Row {number} has cells under no name of a column, and they are not read: {quoted}.")
        for number, cells in sorted(self.formulas.items()):
            said.append(
                f"Row {number} has formulas without a value: {', '.join(cells)}. Save the sheet in a spreadsheet program, "
                "or put the values there."
            )
        if self.further:
            said.append(f"Only the first sheet is read; not read: {', '.join(self.further)}.")
        return said if self.rows else [*said, "The file has no row below the names of its columns."]


def _cells_of_csv(path: Path, content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DraftError(f"{path}: is no text in UTF-8. Save the sheet as CSV in UTF-8, or as XLSX.") from None
    if "\0" in text:
        raise DraftError(f"{path}: has null characters, so it is no CSV. Save the sheet as CSV in UTF-8, or as XLSX.")
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    except csv.Error as error:
        raise DraftError(f"{path}: cannot be read as CSV ({error}).") from None


def _cell(value: Any) -> str:
    """Return a cell as text; a day without a time is a day."""
    if value is None:
        return ""
    if hasattr(value, "date") and hasattr(value, "isoformat"):
        return str(value.date().isoformat())
    return str(value)


def _is_open(value: Any, written: Any) -> bool:
    """Whether a cell has a formula, and no value of it."""
    return value is None and isinstance(written, str) and written.startswith("=")


def _cells_of_xlsx(path: Path, content: bytes, further: list[str]) -> Iterator[list[str]]:
    try:
        openpyxl: Any = importlib.import_module("openpyxl")
    except ImportError:
        raise DraftError(f"{path}: reading XLSX needs openpyxl. Run `pip install openpyxl`, or save it as CSV.") from None
    import warnings
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
        if unpacked > 10 * MAX_FILE:
            raise DraftError(f"{path}: is {unpacked // 1_000_000} MB when unpacked; that is too much for {MAX_ROWS} rows.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Values and formulas are two readings of the same cells.
            books = [openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=only) for only in (True, False)]
            further += [page.title for page in books[0].worksheets[1:]]
            try:
                ways = (book.worksheets[0].iter_rows(max_col=MAX_COLUMNS, values_only=True) for book in books)
                for values, written in zip(*ways, strict=False):
                    yield [_FORMULA if _is_open(*both) else _cell(both[0]) for both in zip(values, written, strict=False)]
            finally:
                for book in books:
                    with suppress(Exception):
                        book.close()
    except DraftError:
        raise
    # openpyxl and zipfile raise whatever a malformed file makes them stumble over.
    except Exception as error:
        raise DraftError(f"{path}: cannot be read as XLSX ({type(error).__name__}).") from None


def read_sheet(path: Path) -> Sheet:
    """Return the rows of a CSV or XLSX file; raises DraftError if it is malformed, too long or has no known column."""
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise DraftError(f"{path}: has {size // 1_000_000} MB; at most {MAX_FILE // 1_000_000} MB are read.")
        content = path.read_bytes()
    except OSError as error:
        raise DraftError(f"{path}: cannot be read ({error.strerror}).") from None
    packed = content.startswith(b"PK") or path.suffix.casefold() in {".xlsx", ".xlsm"}
    sheet = Sheet()
    cells = _cells_of_xlsx(path, content, sheet.further) if packed else _cells_of_csv(path, content)
    return _fill(sheet, path, cells)


def _fill(sheet: Sheet, path: Path, rows: Iterable[list[str]]) -> Sheet:
    columns, text = dict[int, str](), 0
    head: list[str] | None = None
    for number, cells in enumerate(rows, 1):
        if not any(cell.strip() for cell in cells):
            continue
        if head is None:
            head = [" ".join(cell.split()) for cell in cells]
            columns, sheet.ignored = _columns(path, head)
            continue
        text += sum(map(len, cells))
        if text > MAX_TEXT:
            raise DraftError(f"{path}: has more than {MAX_TEXT // 1_000_000} MB of text in its cells.")
        if formulas := [columns[at] for at, cell in enumerate(cells) if cell == _FORMULA and at in columns]:
            sheet.formulas[number] = formulas
        told = {at: cell.strip() for at, cell in enumerate(cells) if cell.strip() and cell != _FORMULA}
        if beyond := [cell for at, cell in told.items() if not any(head[at : at + 1])]:
            sheet.beyond[number] = beyond
        row = {columns[at]: cell for at, cell in told.items() if at in columns}
        if row:
            sheet.rows.append((number, row))
        elif not formulas:
            sheet.unread.append(number)
        if len(sheet.rows) > MAX_ROWS:
            raise DraftError(f"{path}: has more than {MAX_ROWS} rows.")
    if head is None:
        raise DraftError(f"{path}: is empty. Give a first row with any of: {', '.join(FACETS)}.")
    return sheet


def _columns(path: Path, head: list[str]) -> tuple[dict[int, str], list[str]]:
    columns: dict[int, str] = {}
    ignored = []
    for at, name in enumerate(head):
        known = name.casefold()
        if known in FACETS and known not in columns.values():
            columns[at] = known
        elif name:
            ignored.append(f"{name} (given twice)" if known in FACETS else name)
    if not columns:
        seen = ", ".join(f'"{name}"' for name in ignored)
        raise DraftError(f"{path}: has no known column, only {seen}. Valid: {', '.join(FACETS)}.")
    return columns, ignored


def read_row(reader: Reader, row: dict[str, str]) -> Reading:
    """Return how a row is read: each column for what it is, the title for what no column says."""
    whole = Reading("; ".join(row[name] for name in FACETS if name in row))
    for name in (name for name in FACETS if name in row):
        if name == "title":
            only = [facet for facet in FACETS if facet == "title" or facet not in row]
            # Words of a title that other columns speak of are no gap.
            part, alone = reader.read(row[name], only), reader.read(row[name])
            part.unknown, part.words = alone.unknown, alone.words
        else:
            part = reader.read(row[name], [name])
        if name == "date" and not part.dates and not part.unknown:
            part.unknown.append((row[name], "is no date"))
        whole.add(part)
    # What one column does not know another may have read.
    read = {*whole.words, *whole.audience}
    whole.unknown = [one for one in whole.unknown if not (one[1] == NOT_KNOWN and {*fold(one[0]).split()} <= read)]
    return whole
