"""Days and periods as users write them."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscegraph.dates import DateError, Period, first_day, last_day, read_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2011-06-30", "2011-06-30", "2011-06-30"),
        ("2011-6-3", "2011-06-03", "2011-06-03"),
        ("2011-06", "2011-06-01", "2011-06-30"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2011", "2011-01-01", "2011-12-31"),
        ("June", "2011-06-01", "2011-06-30"),
        ("jun", "2011-06-01", "2011-06-30"),
        ("Jun.", "2011-06-01", "2011-06-30"),
        ("Sept", "2011-09-01", "2011-09-30"),
        ("may", "2011-05-01", "2011-05-31"),
        ("June 2010", "2010-06-01", "2010-06-30"),
        ("30 June", "2011-06-30", "2011-06-30"),
        ("1st March, 2012", "2012-03-01", "2012-03-01"),
        ("29 February 2012", "2012-02-29", "2012-02-29"),
        ("  DECEMBER ", "2011-12-01", "2011-12-31"),
    ],
)
def test_dates_are_read(text: str, first: str, last: str) -> None:
    """ISO or in words, a day, a month or a year; without a year the year of the report is meant."""
    assert (first_day(text).isoformat(), last_day(text).isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "soon", "06/30/2011", "30.6.2011", "Juni", "June 30", "2011-06-30T00:00", "11", "20110630"]
)
def test_what_is_no_date_shows_how_to_write_one(text: str) -> None:
    """The message repeats the text and gives the ways to write a date."""
    with pytest.raises(DateError, match=r"is no date\. Write 2011-06-30, 2011-06, 2011") as error:
        first_day(text)
    assert f'"{text}"' in str(error.value) and error.value.exit_code == 2


@pytest.mark.parametrize("text", ["2011-02-29", "31 June", "2011-13", "2011-00", "0 May", "0000", "2011-06-00"])
def test_days_that_do_not_exist(text: str) -> None:
    """A date of the right shape that no calendar has is said to be none."""
    with pytest.raises(DateError, match="there is no such day"):
        last_day(text)


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_iso_dates_are_themselves(day: date) -> None:
    """Any ISO date is its own first and last day, and its month and year enclose it."""
    text = day.isoformat()
    assert first_day(text) == last_day(text) == day
    for part in (text[:7], text[:4]):
        assert first_day(part) <= day <= last_day(part)


@given(st.integers(1, 12), st.integers(1, 28))
def test_words_mean_the_year_of_the_report(month: int, day: int) -> None:
    """A day and a month in words are a day of 2011."""
    assert first_day(f"{day} {calendar.month_name[month]}") == date(2011, month, day)


def test_period_runs_from_first_to_last_day() -> None:
    """Each end may be open; a month as end means its last day."""
    assert read_period(None, None) == Period()
    assert read_period("June", None) == Period(date(2011, 6, 1), None)
    assert read_period(None, "June") == Period(None, date(2011, 6, 30))
    assert read_period("June", "June") == Period(date(2011, 6, 1), date(2011, 6, 30))


def test_period_that_ends_before_it_begins() -> None:
    """The message has both days and what to do."""
    with pytest.raises(DateError, match=r"ends \(2011-05-31\) before it begins \(2011-06-01\). Swap"):
        read_period("June", "May")


def test_empty_text_is_no_open_end() -> None:
    """An empty option, such as an unset variable of a shell, is an error and not "any date"."""
    with pytest.raises(DateError):
        read_period("", None)
    with pytest.raises(DateError):
        read_period(None, "")
