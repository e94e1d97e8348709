"""Stage 9a: tables as a workbook for spreadsheets (XLSX), and read back from one. The same tables give the same bytes.

Texts stay texts: what begins with `=`, `+`, `-` or `@`, or looks like an error value, is marked so that no spreadsheet takes
it for a formula, neither when the file is opened nor when the cell is edited.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from oscegraph.errors import DataError

Value = str | int | float | None
# Every workbook bears this date: it says nothing of when the file was made, and bytes do not change from day to day.
EPOCH = datetime(2011, 1, 1)
_ZIP_DATE = (2011, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
# What Excel holds in one cell.
MOST_CHARACTERS = 32_767


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of which the first `heads` are headings; the first `fixed` columns stay in sight."""

    name: str
    rows: Sequence[Sequence[Value]]
    heads: int = 1
    fixed: int = 1
    widths: Sequence[int] = ()


def plain(value: str) -> str:
    r"""Return a text as a cell can hold it: without control characters or halves of characters, and not too long.

    >>> plain("a\x07b")
    'a b'
    """
    kept = "".join(c if c.isprintable() or c == "\n" else " " for c in value)
    return kept if len(kept) <= MOST_CHARACTERS else kept[: MOST_CHARACTERS - 1] + "…"


def write(sheets: Sequence[Sheet], title: str) -> bytes:
    """Return a workbook; its document properties have the title, and dates that are always the same."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = plain(title), "oscegraph"
    book.properties.created = EPOCH
    head, top = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for number, row in enumerate(sheet.rows, 1):
            for place, value in enumerate(row, 1):
                if value is None:
                    continue
                cell = page.cell(number, place)
                _put(cell, value)
                cell.alignment = top
                if number <= sheet.heads:
                    cell.font = head
        page.freeze_panes = page.cell(sheet.heads + 1, sheet.fixed + 1)
        for place, width in enumerate(sheet.widths, 1):
            page.column_dimensions[get_column_letter(place)].width = width
    buffer = io.BytesIO()
    book.save(buffer)
    return _same_bytes(buffer.getvalue())


def _put(cell: Any, value: Value) -> None:
    """Put a value into a cell; a text is never a formula."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = plain(value)
    cell.data_type = "s"
    cell.quotePrefix = value.lstrip()[:1] in ("=", "+", "-", "@")


def _same_bytes(content: bytes) -> bytes:
    """Pack a workbook anew, with fixed times and without compression, which differs between versions of zlib."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), part)
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.create_system, info.external_attr = 3, 0o644 << 16
            new.writestr(info, part)
    return buffer.getvalue()


def read(content: bytes, where: str = "workbook") -> dict[str, list[list[Value]]]:
    """Return the rows of each sheet of a workbook by its name; raises DataError for what is none."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content))
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise DataError(where, f"is no XLSX workbook ({error}).") from None
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book.worksheets}
