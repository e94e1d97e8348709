"""Stage 8b3: what `counts` tells: figures as the report prints them, and what the graph holds beside each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from oscegraph.dates import REPORT_YEAR
from oscegraph.tellings import cite

UNSAID = (
    "The report does not say which activities its number is made of, nor how many each structure or chapter has.",
    "Shares add up to more than 100 %, as an activity on two themes counts for both.",
    "It does not say whether a series is one activity or several.",
    "It gives no number of activities for any theme or kind of assistance, and shares of two themes and one kind only.",
    "Appendix 2 draws structures against themes; in a copy as text the marks of the drawing are lost.",
    "It gives no rank of organized crime in general, and numbers for three themes only; of the others it gives an order.",
)
_THIRDS = {"a third": 100 / 3, "two thirds": 200 / 3}


@dataclass(frozen=True)
class Printed:
    """A figure as the report prints it: a number or words of ours for it, with chapter and lines."""

    kind: str
    about: str
    year: int
    value: int | None
    words: str
    chapter: str
    lines: tuple[int, int]

    @property
    def source(self) -> str:
        """Where it stands."""
        return cite(self.chapter, *self.lines)

    @property
    def text(self) -> str:
        """The number, or the words where there is none."""
        words = self.words or ("" if self.value is None else str(self.value))
        return f"no rank, an order of naming: {words}" if "rank" in self.kind.split() and self.value is None else words

    @property
    def percent(self) -> float | None:
        """The share that the words give, in percent, or None where they give no number."""
        found = re.search(r"(\d+) per cent", self.words)
        return float(found[1]) if found else next((n for word, n in _THIRDS.items() if word in self.words), None)


@dataclass
class Way:
    """One way of counting beside the printed number; `number` is None where the graph holds nothing to count."""

    name: str
    year: int
    number: int | None
    printed: Printed | None
    why: str

    @property
    def difference(self) -> int | None:
        """What the graph holds more than the report prints."""
        if self.number is None or self.printed is None or self.printed.value is None:
            return None
        return self.number - self.printed.value


@dataclass(frozen=True)
class Held:
    """What the graph holds of a theme or kind of assistance by one way: number, share of all in percent, and rank."""

    number: int
    share: float
    rank: int


@dataclass
class Concept:
    """A theme or kind of assistance: what the report prints of it, and what the graph holds by each way of counting.

    `said` is what the report says of it in words, each with where, `why` the reason for a difference or that none is known.
    """

    iri: str
    label: str
    scheme: str
    printed: list[Printed] = field(default_factory=list)
    held: dict[str, Held] = field(default_factory=dict)
    said: list[tuple[str, str]] = field(default_factory=list)
    why: str = ""

    def figure(self, kind: str, year: int = REPORT_YEAR) -> Printed | None:
        """Return the printed figure of a kind (rank, share, change) about a year, or None."""
        return next((p for p in self.printed if kind in p.kind.split() and p.year == year), None)

    def figures(self, *kinds: str) -> list[Printed]:
        """Return those of the printed figures of some kinds that there are, in the order of `kinds`."""
        return [figure for figure in map(self.figure, kinds) if figure]

    @property
    def where(self) -> str:
        """Where the printed rank, share and change stand, each place once."""
        return "; ".join(dict.fromkeys(figure.source for figure in self.figures("rank", "share", "change")))

    @property
    def change(self) -> str:
        """The printed change against the year before; without a figure what the report says in words, with where."""
        if figure := self.figure("change"):
            return figure.text
        return "no figure; " + " ".join(f"{words} ({place})" for words, place in self.said) if self.said else "not said"

    def difference(self, way: str) -> int | None:
        """Return by how many places the graph's rank is below the printed one; negative if above."""
        rank = self.figure("rank")
        if rank is None or rank.value is None or way not in self.held:
            return None
        return self.held[way].rank - rank.value


@dataclass
class Counts:
    """The answer to `counts`."""

    ways: list[Way]
    concepts: list[Concept]
    unsaid: tuple[str, ...] = UNSAID

    def of(self, scheme: str) -> list[Concept]:
        """Return the themes or the kinds of assistance, by their number told and named."""
        return [concept for concept in self.concepts if concept.scheme == scheme]
