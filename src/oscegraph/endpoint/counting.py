"""Stage 15d: how many rows a stream of SPARQL results has so far, whatever its format, without reading it as such.

pyoxigraph writes rows faster than Python could look at each; their number is seen in what it writes.
"""

from __future__ import annotations

import re

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_REST = re.compile(rb'(?:[^"\\]|\\.)*+"', re.DOTALL)
_BACKSLASHES = re.compile(rb"\\+\Z")
_RESULT = b"<result>"


class Rows:
    """The rows of one answer in JSON, XML, CSV or TSV; `number` grows with what is added."""

    def __init__(self, format_name: str) -> None:
        self.number = 0 if format_name == "XML" else -1 if format_name in ("CSV", "TSV") else 1
        self._count = getattr(self, f"_{format_name.lower()}")
        self._tail, self._inside = b"", False

    def add(self, chunk: bytes) -> int:
        """Count the rows in the next piece of the answer, and return how many there are so far.

        In JSON, what has no row yet counts as one.
        """
        self._count(chunk)
        return self.number

    def _xml(self, chunk: bytes) -> None:
        # In texts and attributes "<" is written as an entity.
        text = self._tail + chunk
        self.number += text.count(_RESULT)
        self._tail = text[-len(_RESULT) + 1 :]

    def _tsv(self, chunk: bytes) -> None:
        # Line breaks in values are written as \n.
        self.number += chunk.count(b"\n")

    def _csv(self, chunk: bytes) -> None:
        # Every other piece between quotes is inside of a value; a quote in a value is doubled.
        pieces = chunk.split(b'"')
        self.number += sum(piece.count(b"\n") for piece in pieces[self._inside :: 2])
        self._inside ^= len(pieces) % 2 == 0

    def _json(self, chunk: bytes) -> None:
        # Without its strings, `},{` stands only between two rows: in any object but the list of rows, a key is in between.
        if self._inside:
            end = _REST.match(self._tail + chunk)
            if end is None:
                self._tail = _odd_backslash(self._tail + chunk)
                return
            chunk, self._inside, self._tail = (self._tail + chunk)[end.end() :], False, self._before
        bare, quote, string = _STRING.sub(b"", chunk).partition(b'"')
        bare = self._tail + bare
        self.number += bare.count(b"},{")
        self._tail = bare[-2:]
        if quote:
            self._inside, self._before, self._tail = True, self._tail, _odd_backslash(string)

    _before = b""


def _odd_backslash(text: bytes) -> bytes:
    """Return the backslash at the end of an unfinished string that escapes what comes next."""
    found = _BACKSLASHES.search(text)
    return b"\\" if found and len(found[0]) % 2 else b""
