"""The memory of questions for `train_questions.py`, which asks it about all of them six times: the same by arrays."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np

from oscegraph.asking import memory


class Recall(memory.Memory):
    """A memory that finds what is alike with numpy, which takes a third of the time once it is loaded.

    What is shared is counted in whole numbers, so that the sums are the same to the last digit.
    """

    @cached_property
    def _places(self) -> dict[str, np.ndarray]:
        found = {word: np.array(numbers, np.int64) for word, numbers in self.having.items()}
        for word, bits in self.often.items():
            found[word] = np.flatnonzero(np.unpackbits(np.frombuffer(bits, np.uint8), bitorder="little"))
        return found

    @cached_property
    def _long(self) -> np.ndarray:
        return np.array(self.lengths)

    def near(self, said: list[str], without: int = -1) -> memory.Near:
        """Return how alike these words are to those of the questions, of all but the one with that number."""
        said, found = list(dict.fromkeys(said)), memory.Near()
        squares = {word: self._square(word) for word in said}
        length = math.sqrt(sum(squares.values())) or memory.UNIT
        self._bear(found, [word for word in said if word not in self.often], without)
        shared = np.zeros(self.count, np.int64)
        for word in said:
            if word in self._places:
                shared[self._places[word]] += squares[word]
        alike = shared / self._long
        about, asked, answer = self.marks
        for number in np.flatnonzero(alike >= memory.LEAST * length).tolist():
            if number != without:
                found.add((about[number], asked[number], answer[number]), round(float(alike[number]) / length, 4))
        return found
