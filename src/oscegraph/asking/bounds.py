"""Stage 7d2: bounds that a question sets for numbers: "fewer than fifty", "at least one", "seven or more"."""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Callable

_WORDS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {word: 10 * number for number, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty"], 2)}
_NUMBER = rf"(?P<number>\d+|{'|'.join(_WORDS)})"
_BOUNDS: tuple[tuple[Callable[[int, int], bool], re.Pattern[str]], ...] = tuple(
    (keeps, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for keeps, pattern in (
        (operator.ge, rf"(?:at least|no fewer than|not fewer than|a minimum of) {_NUMBER}"),
        (operator.ge, rf"{_NUMBER}(?: \w+)? or more"),
        (operator.le, rf"(?:at most|no more than|not more than|a maximum of) {_NUMBER}"),
        (operator.le, rf"{_NUMBER}(?: \w+)? or (?:fewer|less)"),
        (operator.lt, rf"(?:fewer than|less than|under|below) {_NUMBER}"),
        (operator.gt, rf"(?:more than|over|above|exceeding|exceeds?) {_NUMBER}"),
        (operator.eq, rf"(?:exactly|precisely) {_NUMBER}"),
    )
)


def _keeps(compare: Callable[[int, int], bool], number: int, value: int) -> bool:
    return compare(value, number)


def bound(text: str) -> Callable[[int], bool] | None:
    """Return what a number has to keep to by a text, or None if it sets no bound.

    >>> keeps = bound("Which had been ratified by fewer than fifty States?")
    >>> keeps is not None and (keeps(49), keeps(50))
    (True, False)
    >>> bound("How many had ratified it?") is None
    True
    """
    for keeps, pattern in _BOUNDS:
        if match := pattern.search(text):
            said = match["number"].casefold()
            number = int(said) if said.isdigit() else _WORDS[said]
            return functools.partial(_keeps, keeps, number)
    return None
