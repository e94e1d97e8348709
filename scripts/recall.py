"""The memory of questions for `train_questions.py`, which asks it about all of them six times: the same by arrays."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np

from oscegraph.asking import memory, odds
from oscegraph.asking.near import Marks, Near


class Recall(memory.Memory):
    """A memory that finds what is alike with numpy, which takes a third of the time once it is loaded.

    What is shared is counted in whole numbers, so that the sums are the same to the last digit; `odds` are rounded.
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

    def near(self, said: list[str], without: int = -1) -> Near:
        """Return how alike these words are to those of the questions, of all but the one with that number."""
        said, found = list(dict.fromkeys(said)), Near()
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

    @cached_property
    def _of_marks(self) -> list[tuple[dict[int, int], np.ndarray, np.ndarray]]:
        """For each kind of marks the place of each, the place by the number of the question, and how many have it."""
        found = []
        for marks in self.borne_marks:
            names, places, counts = np.unique(np.array(marks, np.int64), return_inverse=True, return_counts=True)
            found.append(({name: place for place, name in enumerate(names.tolist())}, places, counts))
        return found

    def odds(self, said: list[str], known: list[Marks], without: int = -1) -> odds.Odds:
        """Return the log odds of these marks as `odds.odds` does, by all questions but the one with that number."""
        others = self.count - (without != -1)
        words = []
        for word in said:
            numbers = self._places.get(word)
            own = numbers is not None and without != -1 and bool((numbers == without).any())
            if numbers is not None and len(numbers) > own:
                words.append((numbers, own, (len(numbers) - own) / others))
        found = odds.Odds([{}, {}, {}], [(share, ()) for _, _, share in words])
        # A question may have no candidates.
        of_kinds = zip(*known, strict=True) if known else ((), (), ())
        for kind, (of_kind, (index, places, every)) in enumerate(zip(of_kinds, self._of_marks, strict=True)):
            marks = [mark for mark in dict.fromkeys(of_kind) if mark in index]
            at = np.array([index[mark] for mark in marks], np.int64)
            mine = at == places[without] if without != -1 else np.zeros(len(at), bool)
            totals, sums = every[at] - mine, np.zeros(len(at))
            for numbers, own, share in words:
                counts = np.bincount(places[numbers], minlength=len(every))[at] - (mine & own)
                sums += np.log((counts + odds.PRIOR * share) / ((totals + odds.PRIOR) * share))
            values = np.where(totals > 0, np.round(sums, 3), 0.0).tolist()
            found.totals[kind].update(zip(marks, totals.tolist(), strict=True))
            found.held.update({(kind, mark): value for mark, value in zip(marks, values, strict=True)})
        return found
