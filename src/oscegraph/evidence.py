"""Stage 8: passages of the report, word by word, from the copy that the user points to.

The project carries no sentence of the report. A copy with the known checksum is read by line numbers. Any other copy is
aligned by the pinning phrases, and what cannot be placed is said.
"""

from __future__ import annotations

import bisect
import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from oscegraph import query
from oscegraph.errors import ReportError
from oscegraph.namespaces import local_name
from oscegraph.store import Store


@dataclass(frozen=True)
class Passage:
    """A run of lines that some statement is taken from."""

    statement: str
    cls: str
    section: str
    first: int
    last: int
    anchor: str | None = None
    reason: str | None = None


def read_passages(store: Store) -> list[Passage]:
    """Return the passages of all statements in the order of the report; a statement with two classes comes twice."""
    return [
        Passage(
            row["statement"] or "",
            local_name(row["class"] or ""),
            local_name(row["section"] or ""),
            int(row["first"] or 0),
            int(row["last"] or 0),
            row["anchor"],
            local_name(row["reason"]) if row["reason"] else None,
        )
        for row in query.run(store, "passages")
    ]


def known_checksum(store: Store) -> str | None:
    """Return the SHA-256 of the text whose lines the graph counts, or None if the data name none."""
    for row in query.run(store, "dataset"):
        if local_name(row["property"] or "") == "sourceSha256":
            return row["value"]
    return None


def _folded(text: str) -> tuple[str, list[int]]:
    """Return letters and digits only, lower case, without accents, and for each its position in `text`."""
    letters, positions = [], []
    for position, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character).casefold():
            if part.isalnum():
                letters.append(part)
                positions.append(position)
    return "".join(letters), positions


class Report:
    """A user's copy of the report."""

    def __init__(self, path: Path, store: Store) -> None:
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise ReportError(f"{path}: the report cannot be read ({error.strerror}).") from None
        try:
            self.text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            raise ReportError(f"{path}: byte {error.start} is no UTF-8. Save the report as plain text in UTF-8.") from None
        self.path = path
        self.lines = self.text.split("\n")
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._letters, self._positions = _folded(self.text)
        self.passages = [passage for passage in read_passages(store) if passage.anchor]
        checksum = known_checksum(store)
        same = {hashlib.sha256(raw).hexdigest(), hashlib.sha256(self.text.encode()).hexdigest()}
        self.same_hash = checksum in same
        self.exact = self.same_hash or self._lines_agree()
        if not self.exact and not any(self._find(passage) is not None for passage in self.passages):
            raise ReportError(
                f"{path}: none of the {len(self.passages)} pinning phrases of the graph stands in this file. "
                "Is it the report on 2011, as plain text?"
            )

    def _lines_agree(self) -> bool:
        """Whether every pinning phrase stands at its stated lines, so that line numbers can be trusted."""
        return bool(self.passages) and all(
            _folded(passage.anchor or "")[0] in _folded("\n".join(self.lines[passage.first - 1 : passage.last]))[0]
            for passage in self.passages
        )

    def _find(self, passage: Passage) -> int | None:
        """Return the position in the text where the pinning phrase stands, or None.

        Of several occurrences the one that lies nearest to where the phrases around it put it is taken.
        """
        found = self._occurrences(passage.anchor)
        if len(found) < 2:
            return found[0] if found else None
        expected = self._expected(passage.first)
        return min(found, key=lambda position: abs(position - expected))

    def _occurrences(self, anchor: str | None) -> list[int]:
        phrase = _folded(anchor or "")[0]
        found, start = [], self._letters.find(phrase) if phrase else -1
        while start >= 0:
            found.append(self._positions[start])
            start = self._letters.find(phrase, start + 1)
        return found

    @cached_property
    def _fixed(self) -> list[tuple[int, int]]:
        """Lines and positions of the phrases that stand in the text once, in rising order of both."""
        fixed = [(0, 0)]
        for passage in sorted(self.passages, key=lambda p: p.first):
            found = self._occurrences(passage.anchor)
            if len(found) == 1 and passage.first > fixed[-1][0] and found[0] >= fixed[-1][1]:
                fixed.append((passage.first, found[0]))
        return [*fixed, (max(self._length(), fixed[-1][0]) + 1, len(self.text))]

    def _expected(self, line: int) -> float:
        """Return about where a line of the counted copy begins in this one, between the phrases that are sure."""
        at = min(max(bisect.bisect_right(self._fixed, (line, -1)), 1), len(self._fixed) - 1)
        (line_0, position_0), (line_1, position_1) = self._fixed[at - 1], self._fixed[at]
        return position_0 + (position_1 - position_0) * (line - line_0) / (line_1 - line_0)

    def _length(self) -> int:
        return max((passage.last for passage in self.passages), default=1)

    def passage(self, first: int, last: int, anchor: str | None) -> str | None:
        """Return the words of lines `first` to `last`, or None if they cannot be placed in this copy.

        In a copy that differs, the passage begins at the line of the pinning phrase and ends before the next passage that
        begins later, at most after as many characters as its lines can hold.
        """
        if self.exact:
            return _tidy("\n".join(self.lines[first - 1 : last]))
        if not anchor:
            return None
        start = self._find(Passage("", "", "", first, last, anchor))
        if start is None:
            return None
        line = bisect.bisect_right(self._starts, start) - 1
        begin = self._starts[line]
        limit = start + (last - first + 1) * 110
        later = [p for p in self.passages if p.first > last]
        following = self._find(min(later, key=lambda p: p.first)) if later else None
        end = min(limit, following if following is not None and following > start else limit)
        return _tidy(self.text[begin:end])

    @property
    def remark(self) -> str | None:
        """What a reader must know of this copy, or None if it is the one whose lines are counted."""
        if self.same_hash:
            return None
        if self.exact:
            return f"{self.path}: another checksum, but all {len(self.passages)} pinning phrases stand at their lines."
        placed = sum(self._find(passage) is not None for passage in self.passages)
        return (
            f"{self.path}: not the copy whose lines are counted. Passages are placed by their pinning phrases: {placed} of "
            f"{len(self.passages)} were found; the ends of passages are approximate."
        )


def _tidy(text: str) -> str:
    """Drop blank lines and bare page numbers, which are the page's and not the passage's."""
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line and not (line.isdigit() and len(line) < 3))
