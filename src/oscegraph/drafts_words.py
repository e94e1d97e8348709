"""Stage 8d: a draft as it was read, and what its words share with their other forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from oscegraph.directory import fold
from oscegraph.errors import OscegraphError

LIMIT = 200_000
FACETS = ("title", "kind", "theme", "place", "date", "audience", "partners")
_ENDINGS = re.compile(r"(?:ations?|ating|ated|ates?|ators?|ures?|ings?|ions?|ers?|ed|es|e|s)$")
_SMALL = (
    "a an and are as at be by for from in into is it its of on or our that the their this to under with within during "
    "against between about"
)
STOP = frozenset(_SMALL.split())


class DraftError(OscegraphError):
    """A draft that cannot be read."""


@dataclass(frozen=True)
class Found:
    """One thing that a draft says: its IRI, its label, the words that say it, and how they were read."""

    iri: str
    label: str
    words: str
    how: str = "name"


@dataclass
class Reading:
    """How a draft was read.

    `headings` are sub-headings of chapters that are the subject of no theme; `words` are those that activities bear and
    that are no name; `unknown` pairs each part that was not understood with the reason.
    """

    text: str
    kinds: list[Found] = field(default_factory=list)
    themes: list[Found] = field(default_factory=list)
    headings: list[Found] = field(default_factory=list)
    places: list[Found] = field(default_factory=list)
    areas: list[Found] = field(default_factory=list)
    units: list[Found] = field(default_factory=list)
    partners: list[Found] = field(default_factory=list)
    decisions: list[Found] = field(default_factory=list)
    audience: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    dates: list[tuple[str, str, str]] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)

    @property
    def months(self) -> set[int]:
        """The months that the dates fall into; a date of more than a month has none."""
        return {int(start[5:7]) for _, start, end in self.dates if start[:7] == end[:7]}

    def add(self, other: Reading) -> None:
        """Take over what another part of the same draft says."""
        for name in (name for name in vars(self) if name != "text"):
            mine = getattr(self, name)
            mine += [item for item in getattr(other, name) if item not in mine]


def stem(word: str) -> str:
    """Return what a word shares with its other forms.

    >>> stem("seized"), stem("seizure"), stem("confiscation"), stem("confiscated")
    ('seiz', 'seiz', 'confisc', 'confisc')
    """
    short = _ENDINGS.sub("", word)
    return short if len(short) >= 4 else word


def stems(words: str) -> set[str]:
    """Return the stems of the words of a text that mean something."""
    return {stem(word) for word in fold(words).split() if len(word) > 2 and word not in STOP}
