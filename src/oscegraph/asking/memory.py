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
from itertools import compress
from operator import add, truediv

from oscegraph import resources
from oscegraph.asking import lines
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.near import Marks, Near
from oscegraph.asking.retrieval import Question
from oscegraph.namespaces import shorten

# Questions that share less are not alike.
LEAST = 0.15
# Words that a larger share of the questions have, and not only a few of them, tell nothing of what is meant.
COMMON, FEW = 0.08, 20
# Common words are looked up so many at a time: which of them a question has is a byte.
AT_ONCE = 8
# Weights are counted in thousandths, and what words bear is kept for so many of them, and for so many groups.
UNIT, COUNTED, WHICH = 1000, 512, 16
_FLAGS = bytes.maketrans(b"01", b"\x00\x01")
# No mark is below 0.
NONE = -1


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


class Memory:
    """Questions whose answers are known, found by the words that they share with another one (cosine of idf weights).

    `marks` are those of each kind by the number of the question, `lengths` those of its words, `having` the numbers of the
    questions that have a rarer word, `often` those that have another one as bits, `untrue` of those whose answer is no.
    Lengths are whole thousandths (`UNIT`), their squares whole millionths, so that sums are the same in any order.
    """

    def __init__(
        self,
        marks: Sequence[Sequence[int]],
        having: Mapping[str, Sequence[int]],
        often: Mapping[str, bytes],
        lengths: Sequence[int] | None = None,
        untrue: Iterable[int] = (),
    ) -> None:
        self.marks, self.having, self.often, self.untrue = marks, having, often, frozenset(untrue)
        self.count = len(marks[0])
        self.strange = _squared(math.log(1 + self.count))
        self.lengths = self._lengths() if lengths is None else lengths
        # What was asked and is not so says nothing of what it is asked of.
        self._true = [list(held) for held in marks[:2]]
        for held in self._true:
            for number in self.untrue:
                held[number] = NONE
        # The numbers of the questions that have each mark, by kind, once it is worth the time to find all.
        self._index: dict[int, dict[int, list[int]]] = {}
        # How many questions with a word have each mark, and which have some words: both are asked for twice a question.
        self.counted = functools.lru_cache(maxsize=COUNTED)(self._count)
        self.which = functools.lru_cache(maxsize=WHICH)(self._which)

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

    def frequency(self, word: str) -> int:
        """Return how many of the questions have a word."""
        if word in self.often:
            return int.from_bytes(self.often[word], "little").bit_count()
        return len(self.having.get(word, ()))

    def _which(self, words: tuple[str, ...]) -> bytes:
        """Return for each question a byte that says which of up to eight common words it has, the first the lowest bit."""
        found = 0
        for place, word in enumerate(words):
            found |= self._flags(word) << place
        return found.to_bytes(self.count, "little")

    def _square(self, word: str) -> int:
        """Return the square of the weight of a word."""
        held = self.frequency(word)
        return _squared(math.log(1 + self.count / held)) if held else self.strange

    def _lengths(self) -> list[int]:
        sums = [0] * self.count
        for word in [*self.having, *self.often]:
            squared = self._square(word)
            for number in self._numbers(word):
                sums[number] += squared
        return [round(math.sqrt(one)) or UNIT for one in sums]

    def _numbers(self, word: str) -> Sequence[int]:
        """Return the numbers of the questions that have a word."""
        if word in self.often:
            return [number for number, has in enumerate(self._flags(word).to_bytes(self.count, "little")) if has]
        return self.having.get(word, ())

    def _flags(self, word: str) -> int:
        """Return the bytes of all questions as one number, the first the lowest: 1 for those that have a common word."""
        bits = f"{int.from_bytes(self.often[word], 'little'):b}".encode()
        return int.from_bytes(bits.translate(_FLAGS), "big")

    def near(self, said: list[str], without: int = -1) -> Near:
        """Return how alike these words are to those of the questions, of all but the one with that number."""
        said, found = list(dict.fromkeys(said)), Near()
        squares = {word: self._square(word) for word in said}
        length = math.sqrt(sum(squares.values())) or UNIT
        rare = [word for word in said if word not in self.often]
        self._bear(found, rare, without)
        shared = self._shared([word for word in said if word in self.often], squares)
        for word in rare:
            squared = squares[word]
            for number in self.having.get(word, ()):
                shared[number] += squared
        about, asked, answer = self.marks
        # All questions are gone through by functions that are no code of Python's own: those take most of the time here.
        likenesses = list(map(truediv, shared, self.lengths))
        for number in compress(range(self.count), map((LEAST * length).__le__, likenesses)):
            if number != without:
                found.add((about[number], asked[number], answer[number]), round(likenesses[number] / length, 4))
        return found

    def _shared(self, words: list[str], squares: dict[str, int]) -> list[int]:
        """Return what each question shares of common words: of eight at once, which of them it has is a byte."""
        shared = [0] * self.count
        for first in range(0, len(words), AT_ONCE):
            some, sums = words[first : first + AT_ONCE], [0]
            for word in some:
                sums += [squares[word] + one for one in sums]
            of_these = map(sums.__getitem__, self.which(tuple(some)))
            shared = list(map(add, shared, of_these)) if first else list(of_these)
        return shared

    def _bear(self, found: Near, rare: list[str], without: int) -> None:
        """Tell how much of the rarer words the questions on one thing bear together; each word by how many have it."""
        whole = sum(map(self._square, rare)) or 1
        for place, word in enumerate(rare):
            share = self._square(word) / whole
            found.shares.append(share)
            left_out = without in self.having.get(word, ())
            for kind, (sums, counts) in enumerate(zip(found.borne, self.counted(word), strict=True)):
                if left_out and (mark := self.borne_marks[kind][without]) in counts:
                    counts = {**counts, mark: counts[mark] - 1}
                    if not counts[mark]:
                        del counts[mark]
                for mark, count in counts.items():
                    sums[mark] = sums.get(mark, 0.0) + share * count / (count + 1)
                if not kind:
                    for mark in counts:
                        found.bearing[mark] = found.bearing.get(mark, 0) | 1 << place

    @property
    def borne_marks(self) -> tuple[Sequence[int], ...]:
        """The marks of each kind by the number of the question; for what is not so only that of the answer."""
        return (*self._true, self.marks[2])

    def numbered(self, kind: int, wanted: set[int]) -> dict[int, list[int]]:
        """Return the numbers of the questions that have each of the wanted marks of a kind."""
        marks = self.borne_marks[kind]
        if kind not in self._index:
            self._index[kind] = {}
            found: dict[int, list[int]] = defaultdict(list)
            for number in compress(range(self.count), map(wanted.__contains__, marks)):
                found[marks[number]].append(number)
            return found
        if not self._index[kind]:
            # Most processes read one question and look once: all are only found for the second one.
            index: dict[int, list[int]] = defaultdict(list)
            for number, mark in enumerate(marks):
                index[mark].append(number)
            self._index[kind] = dict(index)
        index = self._index[kind]
        return {mark: index[mark] for mark in wanted if mark in index}

    def _count(self, word: str) -> tuple[dict[int, int], ...]:
        """Return how many of the questions with a rarer word have each mark of the three kinds."""
        having = self.having.get(word, ())
        found = tuple(dict(Counter(map(marks.__getitem__, having))) for marks in self.borne_marks)
        for counts in found:
            counts.pop(NONE, None)
        return found

    def dump(self) -> str:
        """Return the text of the file: marks and lengths as packed numbers, and for each word the questions that have it."""
        marks = [lines.text_of("I", held) for held in self.marks]
        lengths = lines.text_of("I", self.lengths)
        often = {word: base64.b64encode(bits).decode("ascii") for word, bits in sorted(self.often.items())}
        return lines.dump(
            {"marks": marks, "lengths": lengths, "untrue": sorted(self.untrue)}
            | {"often": often, "having": lines.packed(self.having)}
        )


def _squared(weight: float) -> int:
    return round((UNIT * weight) ** 2)


def _bits(numbers: Iterable[int], count: int) -> bytes:
    """Return numbers below a count as bytes in which the bits at these places are set, the lowest first."""
    return sum(1 << number for number in numbers).to_bytes(count // 8 + 1, "little")


@functools.cache
def kept() -> Memory:
    """Return the memory that `queries/asked.json` holds; an empty one if there is no such file."""
    path = resources.queries_dir() / "asked.json"
    if not path.is_file():
        return Memory.of(())
    held = lines.Lines(resources.text_of(path))
    marks = [lines.array_of("I", text) for text in held["marks"]]
    lengths = lines.array_of("I", held["lengths"]).tolist()
    often = {word: base64.b64decode(bits) for word, bits in held["often"].items()}
    return Memory(marks, lines.Numbers(held["having"]), often, lengths, held["untrue"])
