"""Stage 7d: the period that the words of a question name: days, spans, months, halves, quarters and seasons."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Any, NamedTuple

from oscegraph.asking.patterns import lazy_pattern
from oscegraph.dates import REPORT_YEAR, SEASONS

_MONTHS = {name.casefold(): n for n in range(1, 13) for name in (calendar.month_name[n], calendar.month_abbr[n])}
_MONTHS["sept"] = 9
MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_D = r"(\d{1,2})(?:st|nd|rd|th)?"
_Y = r"(?:,?\s+(\d{4}))?"
_TO = r"\s*(?:-|–|to|and|until|till|through)\s*(?:the\s+)?"
# Parts of a month do not narrow it: what is dated to the month only would be lost.
_PART = r"(?:the\s+)?(?:(?:very\s+)?(?:early|mid|late|beginning|start|middle|end)\b[\s-]*(?:of\s+)?)?"
PART_OF = lazy_pattern(
    r"\b(?:early|late|mid|beginning of|start of|middle of|end of|(?:last|first|second|third|fourth) week)\b", re.IGNORECASE
)
_ISO = lazy_pattern(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_TWO = lazy_pattern(rf"\b{_D}\s+(?:of\s+)?({MONTH}){_Y}{_TO}{_D}\s+(?:of\s+)?({MONTH}){_Y}", re.IGNORECASE)
_DAYS = lazy_pattern(rf"\b{_D}(?:{_TO}{_D})?\s+(?:of\s+)?({MONTH}){_Y}", re.IGNORECASE)
_TURNED = lazy_pattern(rf"\b({MONTH})\s+{_D}(?!\d)(?:{_TO}{_D}(?!\d))?{_Y}", re.IGNORECASE)
_SPAN = lazy_pattern(rf"\b(?:(?:between|from)\s+)?{_PART}({MONTH}){_Y}{_TO}{_PART}({MONTH}){_Y}", re.IGNORECASE)
# "In March or April": months that follow one another, in one period.
_EITHER = lazy_pattern(rf"\b({MONTH}){_Y}\s+(?:or|and)\s+(?:in\s+)?({MONTH}){_Y}", re.IGNORECASE)
_SIZE = lazy_pattern(
    r"\b(first|second|1st|2nd|third|fourth|3rd|4th|last)\s+(half|quarter)\b(?:\s+of(?:\s+the)?\s+year)?", re.IGNORECASE
)
_SEASON = lazy_pattern(r"\b(spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
# "to which rank did it fall" is no season.
_SAID_WHEN = lazy_pattern(
    r"\b(?:in|this|last|early|late|during|since|until|by|before|after)(?:\s+the)?(?:\s+(?:early|late))?\s+$", re.IGNORECASE
)
_OF_YEAR = lazy_pattern(r"\s+(?:of\s+)?20\d\d\b", re.IGNORECASE)
_OPEN = lazy_pattern(rf"\b(after|since|before|until)\s+{_PART}({MONTH}){_Y}", re.IGNORECASE)
# "After 1 December": from the next day on. "After the 1 December seminar" names the seminar.
_OPEN_DAY = lazy_pattern(
    rf"\b(after|since|before|until|till)\s+(?:the\s+)?{_D}\s+(?:of\s+)?({MONTH}){_Y}"
    rf"(?=\s*(?:[?!.,;:]|$|onwards?\b|(?:in|at|with|by|on|involving|did|were|was)\b))",
    re.IGNORECASE,
)
_ONE = lazy_pattern(rf"\b{_PART}({MONTH}){_Y}", re.IGNORECASE)
_YEAR = lazy_pattern(r"\b(?:19|20)\d\d\b")
_MONTH_NAME = lazy_pattern(rf"\b{MONTH}", re.IGNORECASE)
_ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": 3}


class Days(NamedTuple):
    """A period that a question names; `exact` if it names days."""

    start: date
    end: date
    exact: bool = False


def is_month(word: str) -> bool:
    """Whether a folded word is the name of a month.

    >>> is_month("may"), is_month("day")
    (True, False)
    """
    return word in _MONTHS


def _month(name: str) -> int:
    return _MONTHS[name.rstrip(".").casefold()]


def _day(year: int, month: int, number: int) -> date | None:
    return date(year, month, number) if 1 <= number <= calendar.monthrange(year, month)[1] else None


def _exact(first: date | None, last: date | None) -> Days | None:
    return Days(first, last, True) if first and last and first <= last else None


def _months(low: int, high: int) -> Days | None:
    if low > high:
        return None
    return Days(date(REPORT_YEAR, low, 1), date(REPORT_YEAR, high, calendar.monthrange(REPORT_YEAR, high)[1]))


def _beside(word: str, day: date) -> Days | None:
    """Return the days of the year after a day, since it, before it or until it."""
    if word in ("after", "since"):
        first, last = day + timedelta(days=word == "after"), date(REPORT_YEAR, 12, 31)
    else:
        first, last = date(REPORT_YEAR, 1, 1), day - timedelta(days=word == "before")
    return Days(first, last) if first <= last else None


def _other(*years: str | None) -> bool:
    """Whether a year is named that is not the report's."""
    return any(year and int(year) != REPORT_YEAR for year in years)


def _year(*years: str | None) -> int:
    return next((int(year) for year in years if year and 1900 < int(year) < 2100), REPORT_YEAR)


def _read(pattern: re.Pattern[str], m: re.Match[str]) -> Days | None:
    """Return the period of a match, or None if there is no such day or the words are no months after all."""
    if pattern is _ISO:
        month, number = int(m[2]), int(m[3])
        one = _day(int(m[1]), month, number) if 1 <= month <= 12 and int(m[1]) else None
        return _exact(one, one)
    if pattern is _TWO:
        year = _year(m[3], m[6])
        return _exact(_day(year, _month(m[2]), int(m[1])), _day(year, _month(m[5]), int(m[4])))
    if pattern is _DAYS:
        year, month = _year(m[4]), _month(m[3])
        return _exact(_day(year, month, int(m[1])), _day(year, month, int(m[2] or m[1])))
    if pattern is _TURNED:
        year, month = _year(m[4]), _month(m[1])
        return _exact(_day(year, month, int(m[2])), _day(year, month, int(m[3] or m[2])))
    if pattern is _OPEN_DAY:
        day = None if _other(m[4]) else _day(REPORT_YEAR, _month(m[3]), int(m[2]))
        return _beside(m[1].casefold(), day) if day else None
    if pattern in (_EITHER, _SPAN, _OPEN, _ONE) and _other(*(group for group in m.groups() if group and group.isdigit())):
        # Months of other years are no period of the report.
        return None
    if pattern is _EITHER and _month(m[3]) - _month(m[1]) != 1:
        return None
    if pattern in (_EITHER, _SPAN):
        return _months(_month(m[1]), _month(m[3]))
    if pattern is _SIZE:
        length = 6 if m[2].casefold() == "half" else 3
        place = min(_ORDINALS[m[1].casefold()], 12 // length - 1)
        return _months(place * length + 1, (place + 1) * length)
    if pattern is _SEASON:
        if m[1].casefold() == "fall" and not (_SAID_WHEN.search(m.string[: m.start()]) or _OF_YEAR.match(m.string, m.end())):
            return None
        return _months(*SEASONS[m[1].casefold()])
    if pattern is _OPEN:
        month = _month(m[2])
        low, high = {"after": (month + 1, 12), "since": (month, 12), "before": (1, month - 1), "until": (1, month)}[
            m[1].casefold()
        ]
        return _months(low, high)
    if m[1].casefold() == "may" and not m[1][0].isupper():
        return None
    return _months(_month(m[1]), _month(m[1]))


def read_days(text: str) -> tuple[Days | None, str, str | None]:
    """Return the period that a text names, the text with those words blanked, and a year that is not the report's."""
    other = next((y for y in _YEAR.findall(text) if abs(int(y) - REPORT_YEAR) > 1), None)
    if other:
        # A day of another year says which decision is meant, not when something was.
        text = re.sub(
            rf"\b(?:{_D}\s+)?(?:of\s+)?{MONTH}\s+{other}\b", lambda m: re.sub(r"\S", " ", m[0]), text, flags=re.IGNORECASE
        )
    for pattern in (_ISO, _TWO, _OPEN_DAY, _DAYS, _TURNED, _EITHER, _SPAN, _SIZE, _SEASON, _OPEN, _ONE):
        for match in pattern.finditer(text):
            if found := _read(pattern, match):
                blank = re.sub(r"\S", " ", match[0])
                return found, text[: match.start()] + blank + text[match.end() :], other
    return None, text, other


_MAY = lazy_pattern(r"\bmay\b(?! \d)", re.IGNORECASE)


def names_month(text: str) -> bool:
    """Whether a text names a month, which may be one more than a period that was read; "may" has to be in capitals.

    >>> names_month("How many in October compared with November?"), names_month("It may be so.")
    (True, False)
    """
    return any(not _MAY.fullmatch(one[0]) or (one[0][0].isupper() and one.start()) for one in _MONTH_NAME.finditer(text))


def no_such_day(text: str) -> str | None:
    """Return the words of a text that name a day which does not exist, such as "31 February"."""
    for pattern in (_ISO, _DAYS, _TURNED):
        for match in pattern.finditer(text):
            if _read(pattern, match) is None:
                return match[0].strip()
    return None


_FULL = lazy_pattern(r"\d{4}-\d\d-\d\d")
_DATED = lazy_pattern(r"\d{4}(?:-\d\d){0,2}")
_TOLD = lazy_pattern(
    rf"\b\d{{4}}-\d\d\b|\b\d{{1,2}}\s+{MONTH}(?!\w)|\b{MONTH}\s+\d{{4}}\b|^(?:\d{{4}}|{MONTH})$", re.IGNORECASE
)


def tells_exactly(answer: list[Any]) -> bool:
    """Whether all values of an answer are days, and none a month or a year alone.

    >>> tells_exactly(["2011-12-06"]), tells_exactly(["2007"])
    (True, False)
    """
    return bool(answer) and all(isinstance(value, str) and _FULL.fullmatch(value) for value in answer)


def are_days(answer: list[Any]) -> bool:
    """Whether all values of an answer are days, months or years as the graph writes them.

    >>> are_days(["2011-12-06", "2012-01"]), are_days(["6 December 2011"]), are_days([2011])
    (True, False, False)
    """
    return bool(answer) and all(isinstance(value, str) and _DATED.fullmatch(value) for value in answer)


def tells_day(answer: list[Any]) -> bool:
    """Whether an answer has a day, month or year in one of its values.

    >>> tells_day([["Kiev", "2011-09-06"]]), tells_day(["6-8 September"]), tells_day([2011, "3 days", "MC.DEC/2/05"])
    (True, True, False)
    """
    values = [part for value in answer for part in (value if isinstance(value, list) else [value])]
    return any(_TOLD.search(value) for value in values if isinstance(value, str))
