"""Days and periods as a user writes them: 2011-06-30, 2011-06, 2011, June, 30 June."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from oscegraph.errors import OscegraphError

REPORT_YEAR = 2011
# The first and the last month of each; of a winter the part in its year.
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 12)}
# Not those of `calendar`, which follow the locale.
_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTHS = {name.casefold(): number for number, month in enumerate(_NAMES, 1) for name in (month, month[:3])} | {"sept": 9}


class DateError(OscegraphError):
    """A date that cannot be read."""


@dataclass(frozen=True)
class Period:
    """A first and a last day, either open."""

    start: date | None = None
    end: date | None = None


def _span(text: str) -> tuple[date, date]:
    words = text.strip().casefold()
    iso = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", words)
    spoken = re.fullmatch(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]+)\.?(?:,? (\d{4}))?", words)
    if iso:
        year, month, day = (int(part) if part else None for part in iso.groups())
    elif spoken and spoken[2] in _MONTHS:
        year, month = int(spoken[3] or REPORT_YEAR), _MONTHS[spoken[2]]
        day = int(spoken[1]) if spoken[1] else None
    else:
        raise DateError(f'"{text}" is no date. Write 2011-06-30, 2011-06, 2011, "June" or "30 June".')
    assert year is not None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        raise DateError(f'"{text}": there is no such day.') from None


def in_words(date: str) -> str:
    """Return a date in EDTF as it is read aloud: sets of days one after the other, spans with "to".

    >>> in_words("{2011-04-25,2011-04-28..2011-04-29}"), in_words("2011-06-24/2011-09")
    ('2011-04-25, 2011-04-28 to 2011-04-29', '2011-06-24 to 2011-09')
    """
    parts = date.strip("{}").split(",")
    return ", ".join(" to ".join(part.replace("..", "/").split("/")) for part in parts)


def first_day(text: str) -> date:
    """Return the first day that `text` means; raises DateError.

    >>> first_day("June")
    datetime.date(2011, 6, 1)
    """
    return _span(text)[0]


def last_day(text: str) -> date:
    """Return the last day that `text` means; raises DateError.

    >>> last_day("2011-02")
    datetime.date(2011, 2, 28)
    """
    return _span(text)[1]


def read_period(start: str | None, end: str | None) -> Period:
    """Return the period from the first day of `start` to the last day of `end`; raises DateError if it is empty."""
    period = Period(None if start is None else first_day(start), None if end is None else last_day(end))
    if period.start and period.end and period.start > period.end:
        raise DateError(f"The period ends ({period.end}) before it begins ({period.start}). Swap --from and --to.")
    return period
