"""Stage 8d: the days that a draft names: single days, spans, months, weeks and years, as people write them.

A day that does not exist, or a span that ends before it begins, is said and never widened to its month or year.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from oscegraph.dates import REPORT_YEAR, SEASONS, DateError, first_day, last_day

_MONTH = (
    r"(?:[Jj]anuary|[Ff]ebruary|March|[Aa]pril|May|[Jj]une|[Jj]uly|[Aa]ugust|[Ss]eptember|[Oo]ctober|[Nn]ovember|[Dd]ecember"
    r"|[Jj]an|[Ff]eb|Mar|[Aa]pr|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ept?|[Oo]ct|[Nn]ov|[Dd]ec|(?<=\d\s)(?:may|march|mar))\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?\b"
_TO = r"\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b|\bthrough\b)\s*"
_AND = r"\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b|\bthrough\b|\band\b|&)\s*"
_YEAR = r"(?:,?\s+\d{4}\b)"
_SPOKEN = rf"{_DAY}(?:\s+of)?\s+{_MONTH}{_YEAR}?"
_TURNED = rf"{_MONTH}\s+(?:the\s+)?{_DAY}(?!\s*\d){_YEAR}?"
_ISO = r"\d{4}-\d{1,2}-\d{1,2}"
_POINT = r"(?:\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}/\d{1,2}/\d{4})"
_ONE_DAY = rf"(?:{_ISO}|{_POINT}|{_SPOKEN}|{_TURNED})"
_ANY = rf"(?:{_ONE_DAY}|{_MONTH}{_YEAR}?|(?:19|20)\d\d\b)"
_NTH = r"(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[1-4](?:st|nd|rd|th))"
_BEFORE, _BEFORE_HALF = (rf"(?:(?P<{name}>(?:19|20)\d\d)\s*[/-]?\s*)?" for name in ("year_before", "half_of"))
_BEHIND = r"(?:(?:,?\s+|\s*/\s*)\d{4})?"
_THIRD = r"(?:(?:[Mm]id|[Ee]arly|[Ll]ate)[\s-]+|(?:[Ee]nd|[Mm]iddle|[Bb]eginning|[Ss]tart)\s+of\s+)"
_ABOUT = rf"(?:{_THIRD}(?=[A-Z]))?"
# Which months of a year are its early, its middle and its late part.
_THIRDS = {"ear": (1, 4), "beg": (1, 4), "sta": (1, 4), "mid": (5, 8), "lat": (9, 12), "end": (9, 12)}
# A winter goes on in the next year.
_WINTER, _WINTER_ENDS, _HALF_A_YEAR = "winter", 2, 183
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
# The longest way of writing stands first: each span before the single days that it is made of.
_WAYS = (
    r"(?P<i_month>\d{4}-\d{1,2})-(?P<i1>\d{1,2})\s*(?:/|-|–|—|\bto\b)\s*(?P<i2>\d{1,2})(?![\w-])",
    rf"between\s+(?P<b_first>{_ANY})\s+and\s+(?P<b_last>{_ANY})(?![\w-])",
    rf"(?P<first>{_ANY})(?:{_TO}|/)(?P<last>{_ANY})(?![\w-])",
    rf"(?P<d1>{_DAY}){_AND}(?P<d2>{_DAY})(?:\s+of)?\s+(?P<d_of>{_MONTH}{_YEAR}?)",
    rf"(?P<t_of>{_MONTH})\s+(?:the\s+)?(?P<t1>{_DAY}){_TO}(?P<t2>{_DAY})(?!\s+{_MONTH})(?P<t_year>{_YEAR}?)",
    rf"(?P<p1>\d{{1,2}})[./]?(?P<p_month>(?<=[./])\s?\d{{1,2}}[./])?{_TO}(?P<p2>{_POINT})",
    rf"(?:(?:early|late)\s+)?(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)(?:\s+of)?(?P<season_year>{_YEAR}?)\b",
    rf"{_BEFORE}(?:Q(?P<quarter>[1-4])|(?P<nth>{_NTH})\s+quarter)(?:\s+of)?(?P<quarter_year>{_BEHIND})\b",
    rf"(?P<nth_part>[Ff]irst|[Ss]econd)\s+half\s+of\s+(?P<part_month>{_MONTH}{_YEAR}?)",
    rf"{_BEFORE_HALF}(?:H(?P<half>[12])|(?P<nth_half>[Ff]irst|[Ss]econd)\s+half)(?:\s+of)?(?P<half_year>{_BEHIND})\b",
    rf"(?:[Ww]eek\s+(?:of|commencing|beginning)|w/c)\s+(?P<week_from>{_ONE_DAY})",
    rf"(?:{_NTH}|last)\s+week\s+(?:of|in)\s+(?P<week_month>{_MONTH}{_YEAR}?)",
    r"(?:(?:calendar\s+)?[Ww]eek|CW)\s+(?P<week>\d{1,2})\b(?:(?:\s+of|,|\s*/)?\s*(?P<week_year>\d{4})\b)?",
    rf"(?P<third>{_THIRD})(?P<third_of>(?:19|20)\d\d)\b",
    r"(?P<s_day>\d{1,2})(?:\.\s?(?P<s_month>[01]\d)\.(?!\d)|/(?P<of_month>[01]\d)\b)",
    rf"{_ABOUT}(?P<one>{_ONE_DAY}|\d{{4}}-\d{{1,2}}|{_MONTH}{_YEAR}?|(?:19|20)\d\d)",
)
_DATE = re.compile(rf"(?<![\w./-])(?:{'|'.join(_WAYS)})(?![\w/])")
Days = tuple[str, str, str]


def _plain(words: str) -> str:
    """Return one day or month as `dates` reads it."""
    points = re.fullmatch(r"(\d{1,2})[./]\s?(\d{1,2})[./]\s?(\d{4})", words)
    if points:
        return f"{points[3]}-{points[2]}-{points[1]}"
    words = re.sub(r"\bof\s+|\bthe\s+|\.", "", words)
    other = re.fullmatch(r"([A-Za-z]+)\s+(\d{1,2})(?:st|nd|rd|th)?(,?\s+\d{4})?", words)
    if other:
        words = f"{other[2]} {other[1]}{other[3] or ''}"
    return " ".join(words.split())


def _ends(part: dict[str, str | None]) -> tuple[str, str]:
    """Return the first and the last day, month or year of a date, as `dates` reads them."""
    one, other = part["first"] or part["b_first"], part["last"] or part["b_last"]
    if one and other:
        return _both(one, other)
    if part["i_month"]:
        return f"{part['i_month']}-{part['i1']}", f"{part['i_month']}-{part['i2']}"
    if part["s_day"]:
        day = f"{REPORT_YEAR}-{part['s_month'] or part['of_month']}-{part['s_day']}"
        return day, day
    if part["d_of"]:
        return _plain(f"{part['d1']} {part['d_of']}"), _plain(f"{part['d2']} {part['d_of']}")
    if part["t_of"]:
        return _plain(f"{part['t1']} {part['t_of']}{part['t_year']}"), _plain(f"{part['t2']} {part['t_of']}{part['t_year']}")
    if part["season"]:
        months = SEASONS[part["season"].casefold()]
        of_year = (part["season_year"] or "").strip(" ,") or str(REPORT_YEAR)
        if part["season"].casefold() == _WINTER:
            return f"{of_year}-{months[0]:02}", f"{int(of_year) + 1}-{_WINTER_ENDS:02}"
        return f"{of_year}-{months[0]:02}", f"{of_year}-{months[1]:02}"
    if part["third"]:
        months = _THIRDS[part["third"][:3].casefold()]
        return f"{part['third_of']}-{months[0]:02}", f"{part['third_of']}-{months[1]:02}"
    if named := _named_part(part):
        return named
    if part["p2"]:
        last = _plain(part["p2"])
        of_year, month, _ = last.split("-")
        return f"{of_year}-{(part['p_month'] or month).strip(' ./')}-{part['p1']}", last
    return _plain(part["one"] or ""), _plain(part["one"] or "")


def _both(one: str, other: str) -> tuple[str, str]:
    """Return the ends of a span: a year that one end has is that of both, unless the span crosses the turn of a year."""
    said, behind = (re.search(r"\b\d{4}\b", end) for end in (one, other))
    first = f"{one} {behind[0]}" if behind and not said else one
    ends = (_plain(first), _plain(other))
    back = first_day(ends[0]) - last_day(ends[1])
    if said or back.days < _HALF_A_YEAR:
        # What ends a little before it begins is a mistake, and no span of nearly a year.
        return ends
    if behind:
        return _plain(f"{one} {int(behind[0]) - 1}"), _plain(other)
    return _plain(one), _plain(f"{other} {REPORT_YEAR + 1}")


def _named_part(part: dict[str, str | None]) -> tuple[str, str] | None:
    """Return the ends of a quarter, of half a year or month, of the week that begins on a day, or the month of some week."""
    for *names, months in (
        ("quarter", "nth", "quarter_year", "year_before", 3),
        ("half", "nth_half", "half_year", "half_of", 6),
    ):
        number, nth, behind, before = (part[str(name)] or "" for name in names)
        if number or nth:
            which = int(number or _NUMBERS.get(nth.casefold()) or nth[0])
            of_year = behind.strip(" ,/") or before or str(REPORT_YEAR)
            return f"{of_year}-{int(months) * (which - 1) + 1:02}", f"{of_year}-{int(months) * which:02}"
    if part["part_month"]:
        first, last = first_day(_plain(part["part_month"])), last_day(_plain(part["part_month"]))
        if (part["nth_part"] or "").casefold() == "second":
            return first.replace(day=16).isoformat(), last.isoformat()
        return first.isoformat(), first.replace(day=15).isoformat()
    if part["week_from"]:
        first = first_day(_plain(part["week_from"]))
        return first.isoformat(), (first + timedelta(days=6)).isoformat()
    return (_plain(part["week_month"]), _plain(part["week_month"])) if part["week_month"] else None


def _week(number: int, year: int) -> tuple[str, str]:
    """Return the first and the last day of a calendar week; raises DateError if the year has no such week."""
    try:
        return date.fromisocalendar(year, number, 1).isoformat(), date.fromisocalendar(year, number, 7).isoformat()
    except ValueError:
        raise DateError(f"{year} has no week {number}.") from None


def take_dates(text: str) -> tuple[str, list[Days], list[tuple[str, str]]]:
    """Return the text without its dates, the dates as words with first and last day, and those that are none, with why.

    >>> take_dates("workshop, 15 to 17 June")[1:]
    ([('15 to 17 June', '2011-06-15', '2011-06-17')], [])
    >>> take_dates("seminar, autumn 2012")[1]
    [('autumn 2012', '2012-09-01', '2012-11-30')]
    >>> take_dates("course, 28 December - 3 January")[1]
    [('28 December - 3 January', '2011-12-28', '2012-01-03')]
    """
    found: list[Days] = []
    wrong: list[tuple[str, str]] = []

    def take(match: re.Match[str]) -> str:
        words = " ".join(match[0].split())
        try:
            if match["week"]:
                first, last = _week(int(match["week"]), int(match["week_year"] or REPORT_YEAR))
            else:
                start, end = _ends(match.groupdict())
                first, last = first_day(start).isoformat(), last_day(end).isoformat()
            if first > last:
                wrong.append((words, f"it ends ({last}) before it begins ({first})"))
            else:
                found.append((words, first, last))
        except DateError as error:
            why = str(error).rstrip(".")
            if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", words):
                why += "; the day stands before the month"
            wrong.append((words, why))
        return " , "

    return _DATE.sub(take, text), found, wrong
