"""The log-linear model of `train_questions.py`: examples as arrays, and the weights that make right candidates likely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

# A feature counts from so many examples on.
LEAST = 20
# Found by trying on a part of the questions; what is kept is the mean of the weights after each of the last epochs.
EPOCHS, KEPT, RATE, PENALTY, SEED = 12, 8, 0.05, 0.003, 0
Features = dict[str, float]


@dataclass
class Vocabulary:
    """The names of all features, each with its number."""

    names: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """Return the number of a feature; a new one gets the next."""
        if name not in self.numbers:
            self.numbers[name] = len(self.names)
            self.names.append(name)
        return self.numbers[name]


@dataclass
class Packed:
    """Features of several rows as arrays of one length: the number of the feature, its value, the row that has it."""

    feature: np.ndarray
    value: np.ndarray
    row: np.ndarray

    @classmethod
    def of(cls, rows: Iterable[tuple[int, Features]], known: Vocabulary) -> Packed:
        """Return the features of rows as arrays, without those that are zero."""
        found = [(known.number(name), value, row) for row, some in rows for name, value in some.items() if value]
        feature, value, row = zip(*found, strict=True) if found else ((), (), ())
        # Rows and places are few in each example, values need few digits: two bytes each let all examples fit into memory.
        if row and max(row) >= 1 << 16:
            raise ValueError(f"an example has {max(row) + 1} rows, more than 65,536")
        values = np.array(value, np.float16)
        if not np.isfinite(values).all():
            raise ValueError("an example has a value that needs more than two bytes")
        return cls(np.array(feature, np.int32), values, np.array(row, np.uint16))

    def of_row(self, row: int, known: Vocabulary) -> Features:
        """Return the features of one row by their names."""
        here = self.row == row
        return {known.names[n]: float(v) for n, v in zip(self.feature[here], self.value[here], strict=True)}


@dataclass
class Groups:
    """Which rows behind those of the candidates count for which candidate, as arrays of one length."""

    candidate: np.ndarray
    group: np.ndarray
    count: int


@dataclass
class Table:
    """An example as arrays: features in use, the weight of each entry, its value and row, and which candidates are right."""

    used: np.ndarray
    place: np.ndarray
    value: np.ndarray
    row: np.ndarray
    groups: Groups
    right: np.ndarray

    @classmethod
    def of(cls, parts: list[Packed], lookup: np.ndarray, groups: Groups, right: np.ndarray) -> Table:
        """Return an example as arrays; `lookup` is the number under which each feature is weighed, -1 if it is not."""
        numbers = lookup[np.concatenate([one.feature for one in parts])]
        kept = numbers >= 0
        used, place = np.unique(numbers[kept], return_inverse=True)
        value = np.concatenate([one.value for one in parts])[kept]
        row = np.concatenate([one.row for one in parts])[kept]
        if used.size > 1 << 16:
            raise ValueError(f"an example has {used.size} features, more than 65,536")
        return cls(used, place.astype(np.uint16), value, row, groups, right)

    def scores(self, weights: np.ndarray) -> np.ndarray:
        """Return the score of each candidate and of none."""
        count = len(self.right)
        sums = np.bincount(
            self.row, weights=weights[self.used][self.place] * self.value, minlength=count + self.groups.count
        )
        more = np.bincount(self.groups.candidate, weights=sums[count:][self.groups.group], minlength=count)
        found: np.ndarray = sums[:count] + more
        return found


def lookup(examples: Iterable[list[Packed]], known: Vocabulary) -> tuple[list[str], np.ndarray]:
    """Return the features that enough examples have, and for each feature its place among them, or -1."""
    counts = np.zeros(len(known.names), int)
    for parts in examples:
        counts[np.unique(np.concatenate([one.feature for one in parts]))] += 1
    names = sorted(known.names[n] for n in np.flatnonzero(counts >= LEAST))
    places = np.full(len(known.names), -1, np.int32)
    for place, name in enumerate(names):
        places[known.numbers[name]] = place
    return names, places


def _softmax(scores: np.ndarray) -> np.ndarray:
    parts = np.exp(scores - scores.max())
    found: np.ndarray = parts / parts.sum()
    return found


def train(tables: list[Table], size: int) -> np.ndarray:
    """Return the weights that make right candidates likely, by AdaGrad, averaged over the last epochs."""
    generator = np.random.default_rng(SEED)
    weights, squares, sums = np.zeros(size), np.full(size, 1e-3), np.zeros(size)
    for epoch in range(EPOCHS):
        for i in generator.permutation(len(tables)):
            one = tables[i]
            found = _softmax(one.scores(weights))
            wanted = np.where(one.right, found, 0.0)
            wanted = wanted / wanted.sum() if wanted.sum() > 1e-12 else one.right / one.right.sum()
            wrong = found - wanted
            of_groups = np.bincount(one.groups.group, weights=wrong[one.groups.candidate], minlength=one.groups.count)
            slope = np.bincount(
                one.place, weights=np.concatenate([wrong, of_groups])[one.row] * one.value, minlength=len(one.used)
            )
            slope += PENALTY * weights[one.used]
            squares[one.used] += slope * slope
            weights[one.used] -= RATE * slope / np.sqrt(squares[one.used])
        if epoch >= EPOCHS - KEPT:
            sums += weights
    found: np.ndarray = sums / KEPT
    return found
