"""Find words in a row that a copy of the report has, too: what is committed is in our own words but for names and titles.

python scripts/copied_words.py REPORT [FILE ...]

Names and titles of the graph and what the report has in quotation marks or in capitals do not count, and neither do parts
of these of at least `PART` words: of a row that the report has, too, at most `MOST` words may be of none. Without files all
of the project are read. The exit code is 0 if nothing is found, otherwise 1, and 2 if the report cannot be read.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import oscegraph
from oscegraph.namespaces import shorten

# A pinning phrase may be so long.
MOST = 8
# So many words in a row of a title stand for it; a longer quotation is none.
PART, TITLE = 5, 40
ROOT = Path(__file__).resolve().parent.parent
_NAMES = frozenset({"prefLabel", "altLabel", "hiddenLabel", "acronym", "printedName", "weakName", "symbol", "title"}) | {
    *("label", "subHeading"),
}
_JOINED, _WORD = re.compile(r"[-\u2011]\s*|['\u2019]|(?:https?://|www\.)\S+"), re.compile(r"[^\W_]+")
# What a report marks as a name: quotation marks, or capitals with but small words between them.
_QUOTED = re.compile(r"“([^“”]+)”")
_CAPITALS = re.compile(
    r"[A-Z][^\W_]*(?:[-'\u2019,/.]?\s*(?:\b(?:of|on|the|and|in|for|to|with|against|by|from|or|a|an|at)\s+)*[A-Z0-9][^\W_]*)+"
)
# Strings are read one by one where a file is made of them.
_STRING, _OF_STRINGS = re.compile(r'"((?:[^"\\]|\\.)*)"'), frozenset({".ttl", ".json", ".jsonl", ".py"})


def words(text: str) -> list[str]:
    r"""Return the words of a text; "co-operation" is one, also at the end of a line.

    >>> words("The Centre’s co-\noperation")
    ['the', 'centres', 'cooperation']
    """
    return _WORD.findall(_JOINED.sub("", text).casefold())


def names(report: str) -> set[tuple[str, ...]]:
    """Return the words of all names and titles of the graph and of what a report has in quotation marks or capitals."""
    graph = oscegraph.load().graph
    known = {str(o) for _, p, o in graph if shorten(str(p)).rpartition(":")[2] in _NAMES}
    marked = (one for one in map(words, (*_QUOTED.findall(report), *_CAPITALS.findall(report))) if len(one) <= TITLE)
    return {tuple(one) for one in (*map(words, known), *marked) if len(one) > 1}


class Report:
    """The words of a report, and names that may be repeated."""

    def __init__(self, text: str, named: Iterable[tuple[str, ...]]) -> None:
        # Page numbers break into sentences.
        lines = (line for line in text.split("\n") if not line.strip().isdigit())
        self.rows = set(_rows(words("\n".join(lines)), MOST + 1))
        self.named = {part for name in named for size in range(PART, len(name) + 1) for part in _rows(name, size)} | {*named}
        self.longest = max(map(len, self.named), default=0)

    def copied(self, text: str) -> Iterator[str]:
        """Yield the longest rows that a text shares with the report in which more than `MOST` words are of no name.

        >>> list(Report("On Monday the police of a town met all of its neighbours there", [("a", "town")]).copied(
        ...     "It met all of its neighbours. The police of a town met all of its neighbours there, on Monday."))
        []
        >>> list(Report("On Monday the police of a town met all of its neighbours there", []).copied(
        ...     "The police of a town met all of its neighbours."))
        ['the police of a town met all of its neighbours']
        """
        said, place = words(text), 0
        found = [row in self.rows for row in _rows(said, MOST + 1)]
        if not any(found):
            return
        left = self._without_names(said)
        while place < len(found):
            end = place
            while end < len(found) and found[end]:
                end += 1
            if end > place and sum(map(bool, left[place : end + MOST])) > MOST:
                yield " ".join(said[place : end + MOST])
            place = end + 1

    def _without_names(self, said: list[str]) -> list[str]:
        """Return words with "" for each that is of a name."""
        left, place = said.copy(), 0
        while place < len(said):
            sizes = range(min(self.longest, len(said) - place), 1, -1)
            size = next((size for size in sizes if tuple(said[place : place + size]) in self.named), 0)
            left[place : place + size] = [""] * size
            place += size or 1
        return left


def _rows(said: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """Yield all words that stand in a row of a size."""
    held = tuple(said)
    return (held[place : place + size] for place in range(len(held) - size + 1))


def committed() -> list[Path]:
    """Return all files of the project in their order, also new ones, but for what git passes over."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a file with their lines; nothing if it is none of texts."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        return
    for number, line in enumerate(lines, 1):
        for text in _STRING.findall(line) if path.suffix in _OF_STRINGS else [line]:
            yield number, text


def main() -> None:
    """Print each row of words, in how many places it stands, and the first of them."""
    parser = argparse.ArgumentParser(description="Find words in a row that the report has, too.")
    parser.add_argument("report", type=Path, help="a copy of the report as text")
    parser.add_argument("files", type=Path, nargs="*", help="what to read (all files of the project)")
    given = parser.parse_args()
    try:
        text = given.report.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        print(f"{given.report}: cannot be read as text ({error}). Name a copy of the report as plain text.", file=sys.stderr)
        sys.exit(2)
    report, first, places = Report(text, names(text)), dict[str, str](), Counter[str]()
    for path in given.files or committed():
        for number, one in texts(path):
            for row in report.copied(one):
                first.setdefault(row, f"{path.name}:{number}")
                places[row] += 1
    for row in sorted(places, key=lambda one: (-len(one.split()), one)):
        print(f"{first[row]}: {row} ({len(row.split())} words, {places[row]} places)")
    print(f"{len(places)} rows of more than {MOST} words")
    sys.exit(1 if places else 0)


if __name__ == "__main__":
    main()
