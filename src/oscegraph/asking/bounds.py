"""Stage 10c3: bounds that a question sets for numbers: "fewer than fifty", "at least one", "between 20 and 30"."""

from __future__ import annotations

import calendar
import operator
import re
from collections.abc import Callable

from oscegraph.asking.patterns import lazy_pattern

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: number for number, word in enumerate([*_ONES, "ten", "eleven", "twelve"])}
_WORDS |= {word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)}
# A number, in figures or words; larger ones in words, and figures in groups, are not read.
_NUMBER = (
    rf"(?P<number>\d+|(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_ONES[1:])})|{'|'.join(_WORDS)})"
    rf"(?![\w,-]*\d|[- ](?:{'|'.join(_ONES[1:])}|hundred|thousand|million)\b)"
)
_BOUNDS: tuple[tuple[Callable[[float, float], bool], re.Pattern[str]], ...] = tuple(
    (keeps, lazy_pattern(rf"\b(?:{pattern})\b", re.IGNORECASE | re.ASCII))
    for keeps, pattern in (
        (operator.ge, rf"(?:at least|(?:no|not) (?:fewer|less|shorter) than|not (?:under|below)|a minimum of) {_NUMBER}"),
        (operator.ge, rf"{_NUMBER}(?: \w+)? or more"),
        (operator.le, rf"(?:at most|(?:no|not) (?:more|longer) than|not (?:over|above|exceeding)|a maximum of) {_NUMBER}"),
        (operator.le, rf"(?:does|do|did) not exceed {_NUMBER}"),
        (operator.le, rf"{_NUMBER}(?: \w+)? or (?:fewer|less)"),
        (operator.lt, rf"(?:fewer than|less than|shorter than|under|below) {_NUMBER}"),
        (operator.gt, rf"(?:more than|longer than|over|above|exceeding|exceeds?) {_NUMBER}"),
        (operator.eq, rf"(?:exactly|precisely) {_NUMBER}"),
    )
)
# "Between 5 and 10 October" is a period, as is "between 2003 and 2005".
_MONTH = "|".join(calendar.month_name[1:])
_BETWEEN = lazy_pattern(
    rf"\bbetween {_NUMBER} and {_NUMBER.replace('number', 'most')}\b(?<!\d{{4}})(?! (?:{_MONTH})\b)",
    re.IGNORECASE | re.ASCII,
)


def bound(text: str) -> Callable[[float], bool] | None:
    """Return what a number has to keep to by a text, or None if it sets no bound.

    >>> keeps = bound("Which had been ratified by fewer than fifty-five States?")
    >>> keeps is not None and (keeps(54), keeps(55))
    (True, False)
    >>> bound("How many had ratified it?") is None, bound("Which were between 5 and 10 October?") is None
    (True, True)
    """
    if match := _BETWEEN.search(text):
        least, most = (_Bound(by, _read(match[name].casefold())) for by, name in _LIMITS)
        return lambda number: least(number) and most(number)
    for compare, pattern in _BOUNDS:
        if match := pattern.search(text):
            return _Bound(compare, _read(match["number"].casefold()))
    return None


def said(text: str) -> str:
    """Return the words of a text that set a bound, "" if there are none.

    >>> said("Which trainings had fewer than 15 participants?")
    'fewer than 15'
    """
    patterns = (_BETWEEN, *(pattern for _, pattern in _BOUNDS))
    return next((match[0] for pattern in patterns if (match := pattern.search(text))), "")


_LIMITS = ((operator.ge, "number"), (operator.le, "most"))


class _Bound:
    """Whether numbers keep to a bound."""

    def __init__(self, compare: Callable[[float, float], bool], number: int) -> None:
        self.compare, self.number = compare, number

    def __call__(self, value: float) -> bool:
        return self.compare(value, self.number)


def _read(said: str) -> int:
    """Return a number in figures or words."""
    return int(said) if said.isdigit() else sum(_WORDS[word] for word in re.split("[- ]", said))
