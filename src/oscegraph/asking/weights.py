"""Stage 10e14b: the weights of features, as `queries/weights.json` holds them; `scripts/train_questions.py` finds them.

Most features are a word of a question under what a candidate tells (`scoring.keys`). They are kept by word, as numbers:
what a question needs are all weights of its few words.
"""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from oscegraph import resources
from oscegraph.asking import lines

# Weights are kept in thousandths, as whole numbers of two bytes; those near zero are left out.
UNIT, LEAST, MIDDLE = 1000, 0.015, 1 << 15


@dataclass
class Weights:
    """`shape` are the weights of features that are no words; `words` has for each word the numbers of keys, then weights."""

    shape: dict[str, float] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Mapping[str, float]) -> Weights:
        """Return weights by feature: "word|key", or the name of another one.

        >>> held = Weights.of({"who|fund": 0.5, "paid|fund": 1.25, "who|where": -2.0, "left": 0.25, "x|fund": 0.001})
        >>> held.shape, held.of_words(["who", "paid", "xyzzy"])
        ({'left': 0.25}, {'fund': 1.75, 'where': -2.0})
        """
        kept = {name: round(UNIT * weight) for name, weight in sorted(found.items()) if abs(weight) >= LEAST}
        shape = {name: weight / UNIT for name, weight in kept.items() if "|" not in name}
        by_word: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for name, weight in kept.items():
            word, bar, key = name.rpartition("|")
            if bar:
                by_word[word].append((key, weight))
        keys = sorted({key for held in by_word.values() for key, _ in held})
        number = {key: i for i, key in enumerate(keys)}
        words = {
            word: lines.text_of("H", [*(number[key] for key, _ in held), *(weight + MIDDLE for _, weight in held)])
            for word, held in sorted(by_word.items())
        }
        return cls(shape, keys, words)

    def of_words(self, said: Iterable[str]) -> dict[str, float]:
        """Return for each key the sum of the weights that these words have under it."""
        sums: dict[int, int] = defaultdict(int)
        for text in (self.words[word] for word in said if word in self.words):
            held = lines.array_of("H", text)
            half = len(held) // 2
            for key, weight in zip(held[:half], held[half:], strict=True):
                sums[key] += weight - MIDDLE
        return {self.keys[key]: weight / UNIT for key, weight in sums.items()}

    def __len__(self) -> int:
        """How many weights there are."""
        return len(self.shape) + sum(len(lines.array_of("H", text)) // 2 for text in self.words.values())

    def dump(self) -> str:
        """Return the text of the file."""
        return lines.dump(
            {"keys": self.keys, "shape": self.shape, **{f"|{word}": held for word, held in self.words.items()}}
        )

    @classmethod
    def read(cls, text: str) -> Weights:
        """Return the weights that `dump` wrote."""
        told = json.loads(text)
        return cls(told.pop("shape"), told.pop("keys"), {word[1:]: held for word, held in told.items()})


@functools.cache
def kept() -> Weights:
    """Return the weights of the file; none if there is no such file."""
    path = resources.queries_dir() / "weights.json"
    return Weights.read(resources.text_of(path)) if path.is_file() else Weights()
