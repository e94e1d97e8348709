"""Stage 7a: a store that answers the same query once while one question is answered.

A question that is read in several pieces, or in other words, shows the same rows again and again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pyoxigraph as ox

from oscegraph.store import Row, Store


class Again:
    """A store over another one; each thread keeps what was asked for until it clears that."""

    def __init__(self, store: Store) -> None:
        self.store, self.origin = store, store.origin
        self._kept = threading.local()

    def clear(self) -> None:
        """Forget what was asked for so far: the next question may come after a change of the data."""
        self._kept.__dict__.clear()

    def select(self, query: str) -> tuple[list[str], Iterator[Row]]:
        """Return the names of the variables and the rows of a SELECT query."""
        held = self._kept.__dict__
        if query not in held:
            columns, rows = self.store.select(query)
            held[query] = columns, list(rows)
        columns, rows = held[query]
        return columns, iter(rows)

    def ask(self, query: str) -> bool:
        """Return the answer to an ASK query."""
        return self.store.ask(query)

    def construct(self, query: str) -> Iterator[ox.Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query."""
        return self.store.construct(query)
