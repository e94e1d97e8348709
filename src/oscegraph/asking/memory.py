"""Stage 10e13: questions whose answers are known, and how alike a new one is to them by the words that both have.

`queries/asked.json` holds for each question of `tests/questions/training.jsonl` that has an answer here what it is about,
what it asks of that, and its answer, as marks (a mark stands for a text, and does not tell it), with its words.
`scripts/train_questions.py` writes it. It says which candidate is likely, never what is true: answers come from the graph.
"""

from __future__ import annotations

import base64
import functools
import json
import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from oscegraph import resources
from oscegraph.asking import lines
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.retrieval import Question
from oscegraph.namespaces import shorten

# Questions that share less are not alike; the likeness is cut into so many steps.
LEAST, STEPS = 0.15, 8
# A question votes by its likeness to this power, in units so small that votes are whole numbers: in any order they come to
# the same sum. Found by trying: with 8 to 12 they told most often what a question is about that was left out.
POWER, UNITS = 10, 10**12
# Words that a larger share of the questions have, and not only a few of them, tell nothing of what is meant.
COMMON, FEW = 0.08, 20
KINDS = ("about", "asked", "answer")
# No mark is below 0.
NONE = -1
Marks = tuple[int, int, int]


def _mark(*parts: str) -> int:
    """Return a number that stands for a text, the same at each run."""
    return zlib.crc32("\n".join(parts).encode())


def marks(candidate: Candidate, answer: str) -> Marks:
    """Return the marks of what a candidate is about, of that with what it asks of it, and of that with its answer."""
    about = _about(candidate)
    return _mark(about), _mark(about, candidate.family, candidate.projection), _mark(about, answer)


def of_parts(candidate: Candidate) -> list[Marks]:
    """Return the marks of each candidate for one value that one for several is put together from."""
    return [marks(part, " ".join(map(str, part.answer))) for part in candidate.parts]


def _about(candidate: Candidate) -> str:
    if candidate.parts:
        return " ".join(sorted(map(_about, candidate.parts)))
    if candidate.found is not None:
        return candidate.found.detail.iri
    if candidate.events and candidate.family in ("event", "set", "any", "each"):
        return " ".join(sorted(candidate.events))
    if candidate.hit is not None:
        return candidate.hit.event.iri
    return f"{candidate.query} {json.dumps(candidate.values, sort_keys=True, default=str)}"


def words(question: Question) -> list[str]:
    """Return the words of a question by which it is compared: stems, IRIs of what is named, and days."""
    linked = question.linked
    taken = {place for link in linked.links for place in range(link.start, link.end)}
    found = [word.stem for place, word in enumerate(linked.words) if place not in taken]
    found += [shorten(link.thing.iri) for link in linked.links]
    if linked.days:
        found.append(f"{linked.days.start}/{linked.days.end}")
    return list(dict.fromkeys(found))


@dataclass
class Entry:
    """A question whose answer is known: the marks of the candidate that is right, its words, and whether it is not so."""

    marks: Marks
    words: list[str]
    untrue: bool = False


class Near:
    """How alike a question is to the likest one that is about the same, that asks the same of it, or has the same answer."""

    def __init__(self) -> None:
        self.about: dict[int, float] = {}
        self.asked: dict[int, float] = {}
        self.answer: dict[int, float] = {}
        # What the questions that are alike say for each mark together, the likest the most: a kernel estimate (E. Nadaraya
        # and G. Watson 1964).
        self.votes: tuple[dict[int, int], ...] = ({}, {}, {})
        self.voted = 0
        # For each mark of the three kinds how much of a question is borne by all questions with it together.
        self.borne: tuple[dict[int, float], ...] = ({}, {}, {})
        # Which of the words of a question any of those that are about the same bears, as bits, and the share of each word.
        self.bearing: dict[int, int] = {}
        self.shares: list[float] = []

    def add(self, known: Marks, likeness: float) -> None:
        """Take in a question of that likeness."""
        vote = int(likeness**POWER * UNITS)
        self.voted += vote
        for held, votes, mark in zip((self.about, self.asked, self.answer), self.votes, known, strict=True):
            votes[mark] = votes.get(mark, 0) + vote
            if likeness > held.get(mark, 0.0):
                held[mark] = likeness

    @property
    def best(self) -> float:
        """The likeness of the likest question."""
        return max(self.about.values(), default=0.0)

    @cached_property
    def _most(self) -> list[float]:
        return [max(borne.values(), default=0.0) for borne in self.borne]

    def features(self, known: Marks, polar: bool) -> dict[str, float]:
        """Return the features of a candidate with these marks."""
        side = "polar" if polar else "open"
        found: dict[str, float] = {}
        kinds = (self.about, self.asked, self.answer)
        for name, votes, mark in zip(KINDS, self.votes, known, strict=True):
            share = round(votes.get(mark, 0) / (self.voted or 1), 4)
            found[f"vote {side} {name}"] = share
            found[f"vote {side} {name} {int(min(share, 0.999) * STEPS)}"] = 1.0
        for name, likenesses, borne, mark, best in zip(KINDS, kinds, self.borne, known, self._most, strict=True):
            if share := borne.get(mark, 0.0):
                found[f"borne {side} {name}"] = share
                found[f"borne {side} {name} {int(min(share, 0.999) * STEPS)}"] = 1.0
            found[f"borne {side} {name} gap"] = best - share
            likeness = likenesses.get(mark, 0.0)
            if likeness:
                found[f"near {side} {name}"] = likeness
            found[f"near {side} {name} {int(min(likeness, 0.999) * STEPS)}"] = 1.0
        best, mine = self.best, self.about.get(known[0], 0.0)
        found[f"near {side} gap"] = best - mine
        bits = self.bearing.get(known[0], 0)
        found[f"strange {side}"] = max((s for i, s in enumerate(self.shares) if not bits >> i & 1), default=0.0)
        if mine and mine >= best:
            found[f"near {side} first"], found[f"near {side} first by"] = 1.0, best
        return found

    def of_parts(self, parts: list[Marks]) -> dict[str, float]:
        """Return the features of a candidate for several values: how its parts are known, on average and at least."""
        found: dict[str, float] = {}
        for name, known, borne, place in zip(
            KINDS, (self.about, self.asked, self.answer), self.borne, range(2), strict=False
        ):
            for kind, held in (("near", known), ("borne", borne)):
                values = [held.get(marks[place], 0.0) for marks in parts]
                found[f"parts {kind} {name}"], found[f"least {kind} {name}"] = sum(values) / len(values), min(values)
        return found

    def none_features(self) -> dict[str, float]:
        """Return the features of no answer."""
        return {"near none": self.best}


class Memory:
    """Questions whose answers are known, found by the words that they share with another one (cosine of idf weights).

    `marks` are those of each kind by the number of the question, `lengths` those of its words, `having` the numbers of the
    questions that have a rarer word, `often` those that have another one as bits, `untrue` of those whose answer is no.
    """

    def __init__(
        self,
        marks: Sequence[Sequence[int]],
        having: Mapping[str, Sequence[int]],
        often: Mapping[str, bytes],
        lengths: Sequence[float] | None = None,
        untrue: Iterable[int] = (),
    ) -> None:
        self.marks, self.having, self.often, self.untrue = marks, having, often, frozenset(untrue)
        self.count = len(marks[0])
        self.strange = math.log(1 + self.count) ** 2
        self.lengths = self._lengths() if lengths is None else lengths
        # What was asked and is not so says nothing of what it is asked of.
        self._true = [list(held) for held in marks[:2]]
        for held in self._true:
            for number in self.untrue:
                held[number] = NONE

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Memory:
        """Return the memory of these questions."""
        marks: tuple[list[int], ...] = ([], [], [])
        having: dict[str, list[int]] = defaultdict(list)
        untrue: list[int] = []
        for number, entry in enumerate(entries):
            for held, mark in zip(marks, entry.marks, strict=True):
                held.append(mark)
            untrue += [number] if entry.untrue else []
            for word in dict.fromkeys(entry.words):
                having[word].append(number)
        most = max(COMMON * len(marks[0]), FEW)
        often = {word: _bits(having.pop(word), len(marks[0])) for word in sorted(having) if len(having[word]) > most}
        return cls(marks, having, often, untrue=untrue)

    def __contains__(self, word: str) -> bool:
        """Whether any of the questions has a word."""
        return word in self.having or word in self.often

    def _square(self, word: str) -> float:
        """Return the square of the weight of a word."""
        if word in self.often:
            return math.log(1 + self.count / int.from_bytes(self.often[word], "little").bit_count()) ** 2
        held = self.having.get(word)
        return math.log(1 + self.count / len(held)) ** 2 if held else self.strange

    def _lengths(self) -> list[float]:
        sums = [0.0] * self.count
        for word in sorted([*self.having, *self.often]):
            squared = self._square(word)
            for number in self._numbers(word):
                sums[number] += squared
        return [round(math.sqrt(one), 3) or 1.0 for one in sums]

    def _numbers(self, word: str) -> Sequence[int]:
        """Return the numbers of the questions that have a word."""
        if word in self.often:
            bits = f"{int.from_bytes(self.often[word], 'little'):b}"[::-1]
            return [number for number, bit in enumerate(bits) if bit == "1"]
        return self.having.get(word, ())

    def near(self, said: list[str], without: int = -1) -> Near:
        """Return how alike these words are to those of the questions, of all but the one with that number."""
        said, found = list(dict.fromkeys(said)), Near()
        squares = {word: self._square(word) for word in said}
        length = math.sqrt(sum(squares.values())) or 1.0
        # The commonest words are looked up only where the others come near enough, or where a question is so short that
        # these alone can do.
        rare = [word for word in said if word not in self.often]
        rest = [word for word in said if word in self.often]
        sums: dict[int, float] = defaultdict(float)
        for word in rare:
            squared = squares[word]
            for number in self.having.get(word, ()):
                sums[number] += squared
        more, least, lengths = sum(squares[word] for word in rest), LEAST * length, self.lengths
        for number in [number for number, held in enumerate(lengths) if least * held <= more]:
            sums.setdefault(number, 0.0)
        about, asked, answer = self.marks
        self._bear(found, rare, without)
        near = [(number, shared) for number, shared in sums.items() if shared + more >= least * lengths[number]]
        for word in sorted(rest, key=lambda word: -squares[word]):
            squared, bits = squares[word], self.often[word]
            more -= squared
            near = [(n, s + squared if bits[n >> 3] >> (n & 7) & 1 else s) for n, s in near]
            near = [(n, s) for n, s in near if s + more >= least * lengths[n]]
        for number, shared in near:
            likeness = shared / (length * lengths[number])
            if likeness >= LEAST and number != without:
                found.add((about[number], asked[number], answer[number]), round(likeness, 4))
        return found

    def _bear(self, found: Near, rare: list[str], without: int) -> None:
        """Tell how much of the rarer words the questions on one thing bear together; each word by how many have it."""
        whole = sum(map(self._square, rare)) or 1.0
        for place, word in enumerate(rare):
            share = self._square(word) / whole
            found.shares.append(share)
            having = self.having.get(word, ())
            if without in having:
                having = [number for number in having if number != without]
            for sums, marks in zip(found.borne, (*self._true, self.marks[2]), strict=True):
                counts = Counter(map(marks.__getitem__, having))
                counts.pop(NONE, None)
                for mark, count in counts.items():
                    sums[mark] = sums.get(mark, 0.0) + share * count / (count + 1)
                if sums is found.borne[0]:
                    for mark in counts:
                        found.bearing[mark] = found.bearing.get(mark, 0) | 1 << place

    def dump(self) -> str:
        """Return the text of the file: marks and lengths as packed numbers, and for each word the questions that have it."""
        marks = [lines.text_of("I", held) for held in self.marks]
        lengths = lines.text_of("I", [round(1000 * length) for length in self.lengths])
        often = {word: base64.b64encode(bits).decode("ascii") for word, bits in sorted(self.often.items())}
        return lines.dump(
            {"marks": marks, "lengths": lengths, "untrue": sorted(self.untrue)}
            | {"often": often, "having": lines.packed(self.having)}
        )


def _bits(numbers: Iterable[int], count: int) -> bytes:
    """Return numbers below a count as bytes in which the bits at these places are set, the lowest first."""
    return sum(1 << number for number in numbers).to_bytes(count // 8 + 1, "little")


@functools.cache
def kept() -> Memory:
    """Return the memory that `queries/asked.json` holds; an empty one if there is no such file."""
    path = resources.queries_dir() / "asked.json"
    if not path.is_file():
        return Memory.of(())
    held = lines.Lines(path.read_text(encoding="utf-8"))
    marks = [lines.array_of("I", text) for text in held["marks"]]
    lengths = [length / 1000 for length in lines.array_of("I", held["lengths"])]
    often = {word: base64.b64decode(bits) for word, bits in held["often"].items()}
    return Memory(marks, lines.Numbers(held["having"]), often, lengths, held["untrue"])
