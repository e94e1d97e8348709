"""Stage 10e12b: how alike a question is to those whose answers are known (`memory`), as features of its candidates."""

from __future__ import annotations

from functools import cached_property

# The likeness is cut into so many steps.
STEPS = 8
# A question votes by its likeness to this power, in units so small that votes are whole numbers: in any order they come to
# the same sum. Found by trying: with 8 to 12 they told most often what a question is about that was left out.
POWER, UNITS = 10, 10**12
KINDS = ("about", "asked", "answer")
Marks = tuple[int, int, int]


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
            if mark in votes:
                votes[mark] += vote
                if likeness > held[mark]:
                    held[mark] = likeness
            else:
                votes[mark], held[mark] = vote, likeness

    @cached_property
    def best(self) -> float:
        """The likeness of the likest question, once all are taken in."""
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
