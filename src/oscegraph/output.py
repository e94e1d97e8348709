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


Block = Table | Lines | Heading | Quote


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


def _clean(value: Any) -> str:
    """Return a cell without control characters, so that data cannot steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text(value))


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
    if format_name == "json":
        out.write(json.dumps(answer.data, ensure_ascii=False, indent=2) + "\n")
    elif format_name == "jsonl":
        items = answer.items if answer.items is not None else _as_items(answer.data)
        out.writelines(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
    elif format_name == "csv":
        table = answer.table or next((block for block in answer.blocks if isinstance(block, Table)), Table([], []))
        out.write(to_csv(table))
    if not isinstance(answer.data, dict) or format_name != "json":
        for note in answer.notes:
            print(note, file=sys.stderr)


def _as_items(data: Any) -> Iterable[Any]:
    return data if isinstance(data, list) else [data]


def to_csv(table: Table) -> str:
    """Return a table as CSV with a header line."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([text(cell) for cell in row] for row in table.rows)
    return buffer.getvalue()


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


class _Plain:
    """Text without colour or frames, never cut: for pipes, files and NO_COLOR-minded readers."""

    def __init__(self, out: TextIO) -> None:
        self.out, self.started = out, False

    def line(self, content: str = "") -> None:
        self.out.write(content.rstrip() + "\n")

    def block(self, block: Block) -> None:
        if self.started and not isinstance(block, Quote):
            self.line()
        self.started = True
        if isinstance(block, Heading):
            self.line(_clean(block.text))
        elif isinstance(block, Lines):
            for content in block.lines:
                self.line(_clean(content))
        elif isinstance(block, Quote):
            for content in block.text.split("\n"):
                self.line("    | " + _clean(content))
        else:
            self.table(block)

    def table(self, table: Table) -> None:
        cells = [[_clean(name) for name in table.columns], *([_clean(cell) for cell in row] for row in table.rows)]
        widths = [max(len(row[index]) for row in cells) for index in range(len(table.columns))]
        for row in cells:
            padded = [
                cell.rjust(width) if name in table.right else cell.ljust(width)
                for cell, width, name in zip(row, widths, table.columns, strict=True)
            ]
            self.line("  ".join(padded))


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
                self.line("> " + _clean(content))
            return
        super().block(block)

    def table(self, table: Table) -> None:
        def row(cells: Iterable[Any]) -> str:
            return "| " + " | ".join(_clean(cell).replace("|", "\\|") for cell in cells) + " |"

        self.line(row(table.columns))
        self.line("|" + "|".join(" ---: " if name in table.right else " --- " for name in table.columns) + "|")
        for cells in table.rows:
            self.line(row(cells))


class _Rich:
    """A terminal: rich draws tables as wide as the window; colours follow NO_COLOR."""

    def __init__(self, out: TextIO) -> None:
        from rich.console import Console

        self.console, self.started = Console(file=out, highlight=False), False

    def block(self, block: Block) -> None:
        from rich import box
        from rich.markup import escape
        from rich.table import Table as RichTable

        if self.started and not isinstance(block, Quote):
            self.console.print()
        self.started = True
        if isinstance(block, Heading):
            self.console.print(f"[bold]{escape(_clean(block.text))}[/bold]")
        elif isinstance(block, Lines):
            for line in block.lines:
                self.console.print(escape(_clean(line)), soft_wrap=False)
        elif isinstance(block, Quote):
            for line in block.text.split("\n"):
                self.console.print(f"[dim]    │ {escape(_clean(line))}[/dim]")
        else:
            drawn = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
            for name in block.columns:
                drawn.add_column(escape(name), justify="right" if name in block.right else "left", overflow="fold")
            for row in block.rows:
                drawn.add_row(*(escape(_clean(cell)) for cell in row))
            self.console.print(drawn)
