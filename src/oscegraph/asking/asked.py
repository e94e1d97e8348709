"""Stage 10f: what comes of a question: its status, its reading, the answer with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from oscegraph.asking.candidates import Candidate

# From so much on an answer is called certain. Of 627 answers to the five sets set aside that were this sure two were
# not right, of the 316 others 30.
CERTAIN = 0.97
# To take a question for money, for names of people or on another year for any other one it takes so much; what leaves
# something out is no surer.
VERY_SURE = 0.9
# A question is some words; of a longer text only so much is read.
LONGEST = 1000
ANSWERED, SILENT, EXCLUDED, UNKNOWN, OUTSIDE, UNCLEAR, NOT_UNDERSTOOD = (
    "answered",
    "silent",
    "excluded by a filter",
    "unknown name",
    "not in the report",
    "unclear",
    "not understood",
)


@dataclass
class Asked:
    """What came of a question: a status, the reading in words, the answer, its evidence, and the SPARQL that gave it.

    An answer is a list of names, numbers, ISO days, true or false, or of lists of these where values belong together.
    `hints` are nearest names, readings to choose from, or what the answer would be without a filter; `about` is what the
    answer rests on, by IRI, `kind` what of it is told, `source` the candidate that gave it; `whole` says that all of several
    values that are asked for are in it, and `open` that a name of the question is not accounted for; `title` and `days` are
    those of the one activity that it is on. Of a question that is asked back `nearest` is what the
    likeliest reading tells. So many of the first hints, `choices`, are readings that can be chosen instead; an answer that
    is not certain has them, too, unless it is worked out or put together (`ranked`). `cautions` are those of the hints
    that say what the answer may leave out.
    """

    question: str
    status: str
    reading: str = ""
    answer: list[Any] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    sparql: str = ""
    hints: list[str] = field(default_factory=list)
    confidence: float = 0.0
    about: frozenset[str] = field(default=frozenset(), repr=False)
    whole: bool = field(default=False, repr=False)
    open: bool = field(default=False, repr=False)
    kind: tuple[str, str] = field(default=("", ""), repr=False)
    title: str = field(default="", repr=False)
    days: list[tuple[date, date]] = field(default_factory=list, repr=False)
    nearest: list[Any] = field(default_factory=list, repr=False)
    choices: int = field(default=0, repr=False)
    source: Candidate | None = field(default=None, repr=False)
    ranked: bool = field(default=False, repr=False)
    cautions: list[str] = field(default_factory=list, repr=False)
    # Who is said to co-operate in general, beside those of the answer.
    in_general: list[str] = field(default_factory=list, repr=False)

    @property
    def certain(self) -> bool:
        """Whether it is answered, and hardly ever meant otherwise."""
        return self.status == ANSWERED and self.confidence >= CERTAIN

    @property
    def words(self) -> list[str]:
        """Each value of the answer in words."""
        return [_in_words(value) for value in self.answer]

    def as_dict(self) -> dict[str, Any]:
        """Return the object that `ask --format json` prints."""
        return {
            "question": self.question,
            "reading": self.reading,
            "status": self.status,
            "answer": self.answer,
            "evidence": self.evidence,
            "sparql": self.sparql,
            "hints": self.hints,
            "confidence": round(self.confidence, 3),
            "certain": self.certain,
        }


def once(evidence: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return evidence without what stands in it before: values that are asked for together may rest on the same lines."""
    first: dict[str, dict[str, Any]] = {}
    for item in evidence:
        first.setdefault(str(sorted(item.items())), item)
    return list(first.values())


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return f"{value[0]}: {', '.join(map(str, value[1:]))}" if len(value) > 1 else str(value[0])
    return "yes" if value is True else "no" if value is False else str(value)
