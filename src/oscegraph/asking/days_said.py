"""Stage 7d0: days and periods as people ask for them, said as `asked_days` reads them: "as from 3 May", "in May or June"."""

from __future__ import annotations

import calendar
import re

from oscegraph.asking import wording
from oscegraph.asking.asked_days import MONTH
from oscegraph.asking.patterns import lazy_pattern

# "From which day to which day did it last", "the first and the last day of it": both days are asked for, not one of them.
_BOTH_ENDS = lazy_pattern(
    r"\bfrom (?:which|what) (?:day|date) (?:un)?to (?:which|what) (?:day|date)\b(?P<rest>[^?]*?)"
    r"(?P<last>\s+(?:last|run|go on))?(?=\s*[,;?]|$)",
    re.IGNORECASE,
)
_FIRST_AND_LAST = lazy_pattern(
    r"^(?:(?:what|which) (?:are|were|is|was)|give|name|state) the (?:first|start|starting|opening)(?: days?| dates?)?"
    r" and (?:the )?(?:last|end|final|closing|finishing) (?:days?|dates?) of (?P<what>[^?]{4,})",
    re.IGNORECASE,
)


def as_period(text: str) -> str:
    """Return a question for the first and the last day of something as one for when it was.

    >>> as_period("From which day to which day did the visit last, by the chapter?")
    'When did the visit take place, by the chapter?'
    >>> as_period("From which date to which date was the course held?"), as_period("Who came from Kiev to Minsk?")
    ('When was the course held?', 'Who came from Kiev to Minsk?')
    >>> as_period("What were the first and last days of the conference in Kiev?")
    'When was the conference in Kiev?'
    """

    def when(match: re.Match[str]) -> str:
        return f"{'when' if match.start() else 'When'}{match['rest']}{' take place' if match['last'] else ''}"

    return _FIRST_AND_LAST.sub(r"When was \g<what>", _BOTH_ENDS.sub(when, text, count=1))


_MONTHS_LONG = tuple(calendar.month_name)[1:]
_SOME_MONTHS = lazy_pattern(
    r"\b(?:in|during|over|within) (?:the )?(?P<end>first|last) (?P<number>two|three|four|five|six|[2-6]) months"
    r"(?: of (?:the year|2011))?",
    re.IGNORECASE,
)


def as_months(text: str) -> str:
    """Return a question on the first or last months of the year as one that names them.

    >>> as_months("What did it do in the first three months of the year?")
    'What did it do from January to March?'
    >>> as_months("What did it do in the last 2 months?"), as_months("What was in the first month?")
    ('What did it do from November to December?', 'What was in the first month?')
    """

    def named(match: re.Match[str]) -> str:
        said = match["number"].casefold()
        number = int(said) if said.isdigit() else wording.NUMBERS.index(said) + 2
        first = 0 if match["end"].casefold() == "first" else len(_MONTHS_LONG) - number
        return f"from {_MONTHS_LONG[first]} to {_MONTHS_LONG[first + number - 1]}"

    return _SOME_MONTHS.sub(named, text)


# What says of a day no more than that it is one of those on which something was.
_ON = lazy_pattern(
    rf"\b(?:(?:(?:that|which) (?:was|were) )?(?:held|running|going on|taking place|under way|in progress) )?"
    rf"(?:on or over|on or around|over or on)(?= (?:the )?\d{{1,2}}(?: {MONTH}|th|st|nd|rd))"
    rf"|\b(?:running|going on|taking place|in progress) on(?= (?:the )?\d{{1,2}}(?: {MONTH}|th|st|nd|rd))",
    re.IGNORECASE,
)
_DIFFERENT = lazy_pattern(
    r"\b(?P<asks>(?:in|at) which (?:two|three|four|five|six|seven)) (?:different|distinct|separate) (?=[a-z]+s\b)",
    re.IGNORECASE,
)


# "On or after", "from ... on", "on or before": one word is enough.
_DAY_OF = rf"(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}(?:,? \d{{4}})?"
_SINCE = lazy_pattern(rf"\b(?:on or after|starting (?:on|from)|as (?:from|of)) (?={_DAY_OF})", re.IGNORECASE)
_FROM_ON = lazy_pattern(rf"\bfrom (?P<day>{_DAY_OF}) (?:on(?:wards?)?|forward)\b", re.IGNORECASE)
_UNTIL = lazy_pattern(
    rf"\b(?:on or before|up to(?: and including)?|not later than|no later than) (?={_DAY_OF})", re.IGNORECASE
)


# "In September 2011 (6-8 September)": the days are what is meant.
_IN_BRACKETS = lazy_pattern(
    rf"\bin (?P<month>{MONTH})(?: (?P<year>2011))?,? \((?P<days>\d{{1,2}}(?:\s*[-\u2013]\s*\d{{1,2}})? (?P=month))\)",
    re.IGNORECASE,
)


_MONTH_ON = lazy_pattern(
    rf"\b(?:(?:from|starting) (?:the )?(?:(?:start|beginning) of )?(?P<one>{MONTH}) (?:on(?:wards?)?|forward)"
    rf"|in or after (?P<other>{MONTH}))(?![\w-])",
    re.IGNORECASE,
)
_BY_MONTH = lazy_pattern(
    rf"\b(?:by (?:the )?(?:end of )?|(?<!to )(?<!from )up to (?:the end of )?|in or before )(?={MONTH}(?! \d))",
    re.IGNORECASE,
)


def on_a_day(text: str) -> str:
    """Return a question with the plain word for a day on which something was, and for so many things.

    >>> on_a_day("What was held on or after 15 December?"), on_a_day("What was held from 15 December on in Baku?")
    ('What was held since 15 December?', 'What was held since 15 December in Baku?')
    >>> on_a_day("Which round tables were held from October on?"), on_a_day("Which workshops were held by the end of April?")
    ('Which round tables were held since October?', 'Which workshops were held until April?')
    >>> on_a_day("Who held the seminar in Kiev in September 2011 (6-8 September)?")
    'Who held the seminar in Kiev on 6-8 September 2011?'

    >>> on_a_day("Which events held on or over 8 September did it support?")
    'Which events on 8 September did it support?'
    >>> on_a_day("In which three different events was it involved?"), on_a_day("Which course was running on Linux?")
    ('In which three events was it involved?', 'Which course was running on Linux?')
    """
    text = _BY_MONTH.sub("until ", _MONTH_ON.sub(lambda match: f"since {match['one'] or match['other']}", text))
    text = _IN_BRACKETS.sub(lambda match: f"on {match['days']} {match['year'] or ''}".rstrip(), text)
    text = _UNTIL.sub("until ", _FROM_ON.sub(r"since \g<day>", _SINCE.sub("since ", text)))
    return _DIFFERENT.sub(r"\g<asks> ", _ON.sub("on", text))
