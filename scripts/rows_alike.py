"""Whether rows say the same where their labels are put in other words: "seminar in Kiev, May" and the title of that seminar.

Each row that is wanted has to stand for another one that is given, with its numbers, days, names and chapters; only words
that name nothing may be others, and then half of those that tell the rows apart have to be there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from oscegraph.asking import wording

SMALL = frozenset({"of", "the", "and", "in", "s", "u", "for", "on"})
_BRACKETS, _DAY = re.compile(r"\s*\(.*?\)"), re.compile(r"\d{4}-\d\d(?:-\d\d)?")


@dataclass(frozen=True)
class Alike:
    """Says whether rows say the same.

    `same` compares two values, `is_exact` says whether a value is a number, a day, a chapter or a name that is known,
    `titles` and `days` are the words and the days of each activity by its title.
    """

    same: Callable[[Any, Any], bool]
    is_exact: Callable[[str], bool]
    titles: dict[str, set[str]]
    days: dict[str, set[tuple[str, ...]]]

    def rows(self, wanted: list[list[str]], given: list[list[str]]) -> bool:
        """Whether each row that is wanted stands for another one that is given, and none is left."""
        if len(wanted) != len(given) or not all(wanted):
            return False
        soft = [frozenset().union(*(self._stems(part) for part in row if not self.is_exact(part))) for row in wanted]
        shared = frozenset.intersection(*soft)
        fits = [[place for place, row in enumerate(given) if self._row(one, row, shared)] for one in wanted]
        return _paired(fits)

    def _row(self, wanted: list[str], given: list[str], shared: frozenset[str]) -> bool:
        """Whether a row has all values of another one; of its words that are not `shared` by all rows half."""
        exact = 0
        words = frozenset().union(*(self._stems(part) | self.titles.get(part, set()) for part in given))
        days = {day for part in given for some in self.days.get(part, ()) for day in some}
        for part in wanted:
            if any(self.same(part, one) for one in given):
                exact += self.is_exact(part)
                continue
            if _DAY.fullmatch(part) and part in days:
                # The days of an activity are told by its title.
                continue
            own = self._stems(part) - shared
            if self.is_exact(part) or 2 * len(own & words) < len(own):
                return False
        return exact > 0

    def _stems(self, text: str) -> frozenset[str]:
        return frozenset(wording.stems(_BRACKETS.sub("", text) or text)) - SMALL


def _paired(fits: list[list[int]]) -> bool:
    """Whether each can have one of those that fit it for itself.

    >>> _paired([[0, 1], [0]]), _paired([[0], [0]])
    (True, False)
    """
    taken: dict[int, int] = {}

    def place(one: int, seen: set[int]) -> bool:
        for fit in fits[one]:
            if fit not in seen:
                seen.add(fit)
                if fit not in taken or place(taken[fit], seen):
                    taken[fit] = one
                    return True
        return False

    return all(place(one, set()) for one in range(len(fits)))
