"""Stage 7d5: the pieces of a question that lists what it asks for: "dates, number of officers, who paid?"."""

from __future__ import annotations

import re
from typing import NamedTuple

from oscegraph.asking import targets
from oscegraph.asking.patterns import lazy_pattern

# Where a piece ends: at a comma that is not within a number, at a colon, a dash, "and".
_CUT = lazy_pattern(r"\s*[,;:?](?=\s|$)|\s[-\u2013\u2014]\s|\band\b|\bplus\b|\s[&+/]\s|/(?=\s)|\.(?=\s|$)", re.IGNORECASE)


class Piece(NamedTuple):
    """A piece of a question: where it begins and ends, what kinds of values words in it ask for, and what follows it."""

    start: int
    end: int
    kinds: frozenset[str]
    sign: str


def pieces(text: str) -> list[Piece]:
    """Return the pieces of a question.

    >>> [(text[p.start : p.end].strip(), *p.kinds) for text in ["Kiev, in May: dates, who paid?"] for p in pieces(text)]
    [('Kiev',), ('in May',), ('dates', 'day'), ('who paid', 'name')]
    """
    aspects = targets.aspects(text)
    found, start = [], 0
    for match in [*_CUT.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[start:end].strip():
            kinds = frozenset(kind for place, kind in aspects if start <= place < end)
            found.append(Piece(start, end, kinds, match[0].strip().casefold() if match else ""))
        start = match.end() if match else end
    return found
