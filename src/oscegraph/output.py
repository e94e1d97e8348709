"""Stage 10: answers on the screen and in files: tables by rich on a terminal, plain when piped, Markdown, CSV, JSON."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

FORMATS = ("table", "json", "jsonl", "csv", "md")
GRAPH_FORMATS = ("turtle", "json-ld")


@dataclass
class Table:
    """A table of texts; `right` names the columns of numbers."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    right: Sequence[str] = ()


@dataclass
class Lines:
    """Lines of text; an indent of two blanks makes a line belong to the one above it."""

    lines: Sequence[str]


@dataclass
class Heading:
    """A heading within an answer."""

    text: str
    level: int = 2


@dataclass
class Quote:
    """Words of the report from the user's copy."""

    text: str


@dataclass
class Code:
    """A query, line by line as it can be run."""

    text: str


Block = Table | Lines | Heading | Quote | Code


@dataclass
class Answer:
    """What a command found: blocks to read, objects for programs, one table for spreadsheets, and remarks."""

    blocks: list[Block] = field(default_factory=list)
    data: Any = None
    items: Sequence[Any] | None = None
    table: Table | None = None
    notes: list[str] = field(default_factory=list)
    found: bool = True


def text(value: Any) -> str:
    """Return a value as a cell shows it: nothing for None, lists joined by commas."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(text(item) for item in value)
    return str(value)


def clean(value: Any) -> str:
    """Return a value as text without control characters, so that data cannot steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text(value))


def to_json(value: Any, indent: int | None = None, ascii_only: bool = False) -> str:
    """Return a value as JSON; characters that could steer a terminal are escaped, which means the same."""
    written = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in written)


def write(answer: Answer, format_name: str, stream: TextIO | None = None) -> None:
    """Write an answer to standard output; remarks go there in tables and Markdown, else to standard error."""
    out = stream or sys.stdout
    if format_name in ("table", "md"):
        render = _Markdown(out) if format_name == "md" else _Rich(out) if _is_terminal(out) else _Plain(out)
        for block in answer.blocks:
            render.block(block)
        if answer.notes:
            render.block(Lines(answer.notes))
        return
    ascii_only = not (getattr(out, "encoding", None) or "utf-8").casefold().startswith("utf")
    if format_name == "json":
        out.write(to_json(answer.data, 2, ascii_only) + "\n")
    elif format_name == "jsonl":
        items = answer.items if answer.items is not None else _as_items(answer.data)
        out.writelines(to_json(item, None, ascii_only) + "\n" for item in items)
    elif format_name == "csv":
        table = answer.table or next((block for block in answer.blocks if isinstance(block, Table)), Table([], []))
        if out.isatty():
            table = Table([clean(name) for name in table.columns], [[clean(cell) for cell in row] for row in table.rows])
        out.write(to_csv(table))
    if format_name != "json" or not (isinstance(answer.data, dict) and "notes" in answer.data):
        for note in answer.notes:
            print(clean(note), file=sys.stderr)


def _as_items(data: Any) -> Iterable[Any]:
    return data if isinstance(data, list) else [data]


def to_csv(table: Table) -> str:
    """Return a table as CSV with a header line; lines end with a line feed."""
    return "".join(_csv_line(row) for row in (table.columns, *table.rows))


def _csv_line(row: Sequence[Any]) -> str:
    buffer = io.StringIO()
    # Python quotes a carriage return in a cell only if it is part of the end of lines.
    csv.writer(buffer, lineterminator="\r\n").writerow([text(cell) for cell in row])
    return buffer.getvalue()[:-2] + "\n"


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


class _Plain:
    """Text without colour or frames, never cut: for pipes, files and dumb terminals."""

    def __init__(self, out: TextIO) -> None:
        self.out, self.started = out, False

    def line(self, content: str = "") -> None:
        self.out.write(content.rstrip() + "\n")

    def block(self, block: Block) -> None:
        if self.started and not isinstance(block, Quote):
            self.line()
        self.started = True
        if isinstance(block, Heading):
            self.line(clean(block.text))
        elif isinstance(block, Lines):
            for content in block.lines:
                self.line(clean(content))
        elif isinstance(block, Quote):
            for content in block.text.split("\n"):
                self.line("    | " + clean(content))
        elif isinstance(block, Code):
            for content in block.text.splitlines():
                self.line(clean(content))
        else:
            self.table(block)

    def table(self, table: Table) -> None:
        cells = [[clean(name) for name in table.columns], *([clean(cell) for cell in row] for row in table.rows)]
        widths = [max(len(row[index]) for row in cells) for index in range(len(table.columns))]
        for row in cells:
            padded = [
                cell.rjust(width) if name in table.right else cell.ljust(width)
                for cell, width, name in zip(row, widths, table.columns, strict=True)
            ]
            self.line("  ".join(padded))


def _escape(cell: Any) -> str:
    """Return a cell of a Markdown table: a pipe in it does not end it."""
    return clean(cell).replace("\\", "\\\\").replace("|", "\\|")


class _Markdown(_Plain):
    """Markdown: pipe tables, headings, quotes."""

    def block(self, block: Block) -> None:
        if isinstance(block, Heading):
            block = Lines(["#" * block.level + " " + block.text])
        elif isinstance(block, Lines):
            block = Lines([f"- {line}" if not line.startswith(" ") else f"  - {line.strip()}" for line in block.lines])
        elif isinstance(block, Quote):
            self.line()
            for content in block.text.split("\n"):
                self.line("> " + clean(content))
            return
        elif isinstance(block, Code):
            block = Code(f"```sparql\n{block.text.strip()}\n```")
        super().block(block)

    def table(self, table: Table) -> None:
        def row(cells: Iterable[Any]) -> str:
            return "| " + " | ".join(_escape(cell) for cell in cells) + " |"

        self.line(row(table.columns))
        self.line("|" + "|".join(" ---: " if name in table.right else " --- " for name in table.columns) + "|")
        for cells in table.rows:
            self.line(row(cells))


class _Rich:
    """A terminal: rich draws tables as wide as the window; with NO_COLOR set there is no colour."""

    def __init__(self, out: TextIO) -> None:
        from rich.console import Console

        self.console, self.started = Console(file=out, highlight=False), False

    def block(self, block: Block) -> None:
        from rich import box
        from rich.table import Table as RichTable
        from rich.text import Text

        if self.started and not isinstance(block, Quote):
            self.console.print()
        self.started = True
        if isinstance(block, Heading):
            self.console.print(Text(clean(block.text), "bold"))
        elif isinstance(block, Lines):
            for line in block.lines:
                self.console.print(Text(clean(line)))
        elif isinstance(block, Quote):
            for line in block.text.split("\n"):
                self.console.print(Text(f"    │ {clean(line)}", "dim"))
        elif isinstance(block, Code):
            for line in block.text.splitlines():
                self.console.print(Text(clean(line)), soft_wrap=True)
        else:
            drawn = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
            for name in block.columns:
                drawn.add_column(Text(clean(name)), justify="right" if name in block.right else "left", overflow="fold")
            for row in block.rows:
                drawn.add_row(*(Text(clean(cell)) for cell in row))
            self.console.print(drawn)
