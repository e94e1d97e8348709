"""Stage 16b: free SPARQL for assistants: run by `workers`, read until there is enough, and traced back to the report."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

import pyoxigraph as ox

from oscegraph import query
from oscegraph.assistants import mcp_filled
from oscegraph.assistants.mcp_shapes import Evidence, Rows
from oscegraph.directory import Directory
from oscegraph.errors import QueryError
from oscegraph.namespaces import PREFIXES
from oscegraph.store import Store
from oscegraph.tellings import read_activities, read_tellings

MOST_ROWS = 500
# What an assistant reads at once; more than that is a result for a file.
MOST_CHARACTERS = 60_000
MOST_TRACED = 10
# Rows and triples a line each, so that reading can end after any of them.
_ACCEPT = "text/tab-separated-values, application/n-triples"


class Given(Protocol):
    """An answer of the workers: its kind, and its bytes as they come."""

    kind: str

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Give the bytes in pieces."""

    def close(self) -> None:
        """Stop the query if it still runs."""


class Runner(Protocol):
    """What runs a query: `workers.Pool`."""

    async def start(self) -> None:
        """Be ready for queries."""

    async def close(self) -> None:
        """Stop all processes."""

    async def run(self, text: str, accept_media_type: str) -> Given:
        """Return an answer; raises QueryFailed for what is refused, wrong, or over a limit."""


async def run(pool: Runner, text: str, limit: int) -> Rows:
    """Run a query and return at most so many rows or triples; raises QueryFailed or QueryError."""
    answer = await pool.run(query.with_prefixes(text), _ACCEPT)
    lines, more = await _lines(answer, limit + (1 if answer.kind == "select" else 0))
    if answer.kind == "ask":
        return Rows(kind="ask", answer=b"".join(lines).strip() == b"true")
    notes = ["The result is cut; raise limit, or page with ORDER BY, LIMIT and OFFSET."] if more else []
    if answer.kind == "graph":
        triples = [mcp_filled.words(line.decode("utf-8", "replace")) for line in lines]
        return Rows(kind="graph", triples=triples, more=more, notes=notes)
    columns, rows = _table(lines)
    if not rows:
        notes.append("No row: the graph holds nothing that fits this query. The report may still tell of it in other terms.")
    return Rows(kind="select", columns=columns, rows=rows, more=more, notes=notes)


async def _lines(answer: Given, most: int) -> tuple[list[bytes], bool]:
    """Return the first lines of an answer, and whether there are more; what follows is not waited for."""
    lines: list[bytes] = []
    rest, size = b"", 0
    try:
        async for piece in answer:
            *whole, rest = (rest + piece).split(b"\n")
            for line in whole:
                if len(lines) >= most or size > MOST_CHARACTERS:
                    return lines, True
                lines.append(line)
                size += len(line)
            if size + len(rest) > 50 * MOST_CHARACTERS:
                raise QueryError("a single row of the result is too long to return. Select less, or shorten it with SUBSTR.")
        if rest:
            if len(lines) >= most:
                return lines, True
            lines.append(rest)
        return lines, False
    finally:
        answer.close()


def _table(lines: list[bytes]) -> tuple[list[str], list[list[str | None]]]:
    """Return columns and cells of lines of tab-separated values."""
    found = ox.parse_query_results(b"\n".join(lines) + b"\n", format=ox.QueryResultsFormat.TSV)
    assert isinstance(found, ox.QuerySolutions)
    columns = [variable.value for variable in found.variables]
    rows = [[None if term is None else mcp_filled.words(query.plain(term)) for term in row] for row in found]
    return columns, rows


def evidence(store: Store, directory: Directory, found: Rows) -> list[Evidence]:
    """Return where the report tells of the activities and tellings that are in the rows, of the first few of them."""
    cells = dict.fromkeys(cell for row in found.rows for cell in row if cell is not None)
    activities = [iri for iri in cells if iri.startswith(PREFIXES["act"])][:MOST_TRACED]
    tellings = [iri for iri in cells if iri.startswith(PREFIXES["tell"])][:MOST_TRACED]
    told = [telling for telling in read_tellings(store, directory, tellings) if telling.activity]
    labels = {a.id: a.label for a in read_activities(store, directory, sorted({t.activity for t in told}))}
    places = mcp_filled.evidence(read_activities(store, directory, activities))
    places += [mcp_filled.evidence_of(telling, labels[telling.activity]) for telling in told]
    return list({(p.activity, p.chapter, p.first_line, p.last_line): p for p in places}.values())
