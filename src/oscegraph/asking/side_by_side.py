"""Stage 10g0a: the answers on several things side by side: a row for each, their sum, their difference, which is larger."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from oscegraph.asking import asked_forms
from oscegraph.asking.asked import ANSWERED, UNCLEAR, Asked
from oscegraph.asking.asked_days import MONTH
from oscegraph.asking.asked_each import Each, row_label
from oscegraph.asking.asked_either import Either
from oscegraph.asking.joined import MOST, Ask, combined
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.ranking import SURE

_SUM = lazy_pattern(
    # What two wrote together is no sum.
    r"(?<!wrote )(?<!made )(?<!held )(?<!prepared )(?<!organized )"
    r"\b(?:(?:al)?together(?!\s+with\b)|combined|in (?:total|sum)|added up"
    r"|in all(?!\s+(?:the|these|those|of|two|three|four|five|six|\w+s)\b))\b",
    re.IGNORECASE,
)
# What is added up is counted.
_COUNTED = lazy_pattern(
    r"\b(?:how (?:many|much|large|big)|numbers?|totals?|sums?|what\b.*\b(?:figures?|staff|strength|size))\b", re.IGNORECASE
)
_BESIDE = lazy_pattern(r"\b(?:together|combined|along|taken) with\b|\bplus\b", re.IGNORECASE)
_OWN_PART = lazy_pattern(r"\band (?:its|their)\b", re.IGNORECASE)
# What can be added up: of activities, say, one may be among those of two themes.
_ADDED = frozenset({"staff", "people", "detail"})
_DAY = lazy_pattern(r"\b(?:when|dates?|(?<!many )(?:days?|months?))\b", re.IGNORECASE)
_TOLD = lazy_pattern(rf"\d{{4}}-\d\d|\b{MONTH}\b", re.IGNORECASE)
# So sure the readings of the questions on each thing have to be, and on average `SURE`, if they ask the same of other things
# each.
LEAST = 0.6
_WHICH_ONE = lazy_pattern(
    r"\W*(?:which|what|one)\s+(?:[\w-]+\s+){0,2}?(?:unit|structure|mission|operation|institution|office|centre|State|state|country"
    r"|organization|organisation|body|agency|ministry|donor)\b(?!s)",
    re.IGNORECASE,
)
_DAYS_IN, _FIRST = {"day": 1, "week": 7, "month": 30, "year": 364}, "2011-01-01"
_ISO = lazy_pattern(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def than(question: str, found: Sequence[Asked], more: bool) -> Asked | None:
    """Return whether the first of two numbers is the larger one, or the smaller; None if one of them is not told."""
    if any(one.status != ANSWERED or [type(value) for value in one.answer] != [int] for one in found):
        return None
    first, other = (one.answer[0] for one in found)
    asked = combined(question, found, [first > other if more else first < other])
    asked.reading = f"{first} and {other}: {asked.reading}"
    asked.whole = True
    return asked


# What a question counts, and the numbers that may be meant, each by another way to count.
Counted = tuple[Asked, tuple[int, ...]] | None


def counted(question: str, found: Sequence[Counted], more: bool, sides: Sequence[str] = ()) -> Asked | None:
    """Return whether the first of two numbers of activities is the larger one, or which of the sides it is of.

    None if one of them is not counted, or if the ways to count them do not agree; a number that is 0 was not understood.
    """
    both = [one for one in found if one is not None]
    if len(both) < 2 or not all(any(numbers) for _, numbers in both):
        return None
    ways = list(zip(*(numbers for _, numbers in both), strict=True))
    first = {one > other if more else one < other for one, other in ways}
    if len(first) > 1 or (sides and any(one == other for one, other in ways)):
        return None
    answer: list[Any] = [sides[0] if True in first else sides[1]] if sides else [True in first]
    told = [one for one, _ in both]
    asked = combined(question, told, answer)
    asked.reading = f"{' and '.join(str(numbers[0]) for _, numbers in both)}: {asked.reading}"
    asked.whole = True
    return asked


def without_sum(text: str) -> str:
    """Return a question for a sum over several things as one on each of them; "" for any other one.

    Of a thing and its own part there is no sum: the part would count twice.

    >>> without_sum("How many came to Kiev, Minsk and Riga in total?"), without_sum("How many came to Kiev?")
    ('How many came to Kiev, Minsk and Riga?', '')
    >>> without_sum("Which units together organized the visit of Moldovans and Ukrainians?")
    ''
    >>> without_sum("Who was in Kiev and Minsk in total?")
    ''
    """
    plain = _SUM.sub(" ", text)
    if plain == text or not _COUNTED.search(plain) or _OWN_PART.search(text):
        return ""
    return re.sub(r"\s+(?=[?.,])", "", " ".join(plain.split()))


def is_added(text: str, asked: Asked) -> bool:
    """Whether a question asks for a sum that an answer is none of: the number of one thing, or several numbers."""
    numbers = bool(asked.answer) and all(type(value) is int for value in asked.answer)
    several = numbers and len(asked.answer) > 1 and bool(_SUM.search(text))
    return several or (numbers and bool(asked.title) and bool(_BESIDE.search(text)))


def each(question: str, way: Each, ask: Ask, sure_of_one: bool, of_one: bool = False) -> Asked | None:
    """Return a row for each thing that is listed, if all of them are told; None if they are not, or are the same.

    Those that are listed may be actors `of_one` activity.

    If the question is answered as one on one thing, `sure_of_one`, it takes more to take it for one on each of several.
    """
    found: list[Asked] = []
    for text in way.questions:
        one = ask(text, least=LEAST)
        if one.status != ANSWERED or len(one.answer) > MOST:
            return None
        found.append(one)
    things = {one.about for one in found}
    if len({(one.about, one.reading, str(one.answer)) for one in found}) < len(found) or (
        found[0].about and len(things) == 1 and not of_one
    ):
        return None
    if of_one and len({str(one.answer) for one in found}) < len(found):
        # What each of two did is not the same.
        return None
    sure = [one.confidence for one in found]
    if len({one.kind for one in found}) == 1 and len(things) == len(found) and not sure_of_one:
        # The same asked of each, and of other things each time: one reading bears the other out.
        together = sum(sure) / len(sure)
    else:
        together = min(sure)
    if together < SURE or min(sure) < LEAST:
        return None
    if _SUM.search(question):
        # "How many have A, B and C together?"
        if _OWN_PART.search(question) or any(
            [type(value) for value in one.answer] != [int] or not _ADDED & {*one.kind} for one in found
        ):
            return None
        asked = combined(question, found, [sum(one.answer[0] for one in found)])
        asked.whole, asked.confidence = True, together
        return asked
    told = [one.answer[0] if len(one.answer) == 1 and isinstance(one.answer[0], list) else one.answer for one in found]
    if any(isinstance(value, list) for values in told for value in values):
        return None
    if _WHICH_ONE.match(question) and len(told[0]) == 1 and all(values == told[0] for values in told):
        # "Which unit has a row and a focal point?" is one unit that has both.
        asked = combined(question, found, told[0])
        asked.whole, asked.confidence = True, together
        return asked
    # Days that are asked for beside something else, and not told by the answers themselves.
    days = bool(_DAY.search(question)) and not any(_TOLD.search(str(value)) for values in told for value in values)
    rows = []
    for item, one, values in zip(way.items, found, told, strict=True):
        label = [row_label(item)]
        if days and label == [item] and one.days:
            label += [day.isoformat() for day in dict.fromkeys(one.days[0])]
        if one.title and one.title not in (*label, *values):
            label.append(one.title)
        rows.append([*label, *values])
    asked = combined(question, found, rows)
    asked.whole, asked.confidence = True, together
    return asked


def compared(question: str, one: Asked, other: Asked) -> Asked:
    """Return the difference of two numbers, if both are told."""
    if any(asked.status != ANSWERED or [type(value) for value in asked.answer] != [int] for asked in (one, other)):
        return Asked(question, UNCLEAR, hints=[f"Ask for one number: {asked.question}" for asked in (one, other)])
    asked = combined(question, (one, other), [one.answer[0] - other.answer[0]])
    asked.reading = f"{one.reading}, less {other.reading}"
    return asked


def either(question: str, way: Either, ask: Ask, name: Callable[[Asked, str], str], with_both: bool = False) -> Asked | None:
    """Return which of two things is the larger, longer or earlier, both if they are alike; None if one is not told.

    `name` says what an answer is on, or what its side of the question calls it; `with_both` asks for a row of each.
    """
    found: list[Asked] = []
    spans: list[tuple[float, float]] = []
    for questions in way.questions:
        for text in questions:
            one = ask(text)
            if one.status == ANSWERED and (span := _measured(way.kind, one)):
                found.append(one)
                spans.append(span)
                break
    if len(found) < 2 or (found[0].reading, found[0].about) == (found[1].reading, found[1].about):
        return None
    earlier, later = sorted(spans)
    if earlier[1] >= later[0] and not (earlier == later and earlier[0] == earlier[1]):
        # Of a month and a day in it none is the earlier one.
        return None
    if earlier == later and way.kind in ("people", "counted"):
        # Numbers of people are rounded.
        return None
    numbers = [first for first, _ in spans]
    best = max(numbers) if way.most else min(numbers)
    names = [name(one, side) for one, side in zip(found, way.sides, strict=True)]
    if len(set(names)) < len(names):
        return None
    asked = combined(question, found, [label for label, number in zip(names, numbers, strict=True) if number == best])
    if with_both:
        rows = sorted(zip(way.sides, names, found, strict=True), key=lambda row: row[1] != asked.answer[0])
        asked.answer = [[*dict.fromkeys((row_label(side), label)), *one.answer] for side, label, one in rows]
    asked.whole = True
    return asked


def _measured(kind: str, asked: Asked) -> tuple[float, float] | None:
    """Return by which number an answer is compared, at least and at most: what is counted, the first day, how many days."""
    answer = asked.answer
    if kind in ("people", "staff", "counted"):
        return (float(answer[0]),) * 2 if [type(value) for value in answer] == [int] else None
    if kind == "length" and len(answer) == 1 and (match := asked_forms.LENGTH.fullmatch(str(answer[0]))):
        return (float(int(match[1]) * _DAYS_IN[match[2]]),) * 2
    days = [str(value) for value in answer if isinstance(value, str) and _ISO.fullmatch(value)]
    if not days or len(days) < len(answer) or len(days) > 2 or any(days[0][:4] != day[:4] for day in days):
        return None
    first, last = (_number_of(day) for day in (days[0], days[-1]))
    exact = all(len(day) == len(_FIRST) for day in days)
    if kind == "days":
        return first, first + (0 if exact else _DAYS_IN["month"] if len(days[0]) > len("2011") else _DAYS_IN["year"])
    return (last - first + 1,) * 2 if exact else None


def _number_of(day: str) -> float:
    """Return a day as a number; of a month or a year its first."""
    return float(date.fromisoformat(day + _FIRST[len(day) :]).toordinal())
