"""Stage 10g: questions that the answers to several ones answer.

Two questions in one, one question on each of several things, the difference of two numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from oscegraph.asking import asked_forms
from oscegraph.asking.asked import ANSWERED, SILENT, UNCLEAR, VERY_SURE, Asked, once
from oscegraph.asking.asked_days import MONTH
from oscegraph.asking.asked_each import Each, row_label
from oscegraph.asking.asked_either import Either
from oscegraph.asking.candidates import ROLES
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.ranking import SURE

Ask = Callable[..., Asked]
# How a piece of a question is put that is to be asked by itself.
ONE = "Ask one thing at a time: "
# What is left of a clause that was cut out: "by which decision, was it adopted".
_COMMA = lazy_pattern(r"\s*,\s*(?=(?:was|were|is|are|did|does|do|has|have|had)\b)", re.IGNORECASE)
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
# each. Longer answers are not put into a row.
LEAST = 0.6
# How sure it is that not all of some did something, as it may be told in other words.
UNTOLD = 0.75
MOST = 8
# What whoever has one of several roles is called, if it is not by the first of them.
_ROLES_SAID = {"supporters": "supporter", "trainers": "speaker", "participants": "attendee", "anybody": "participant"}
# What looks up who was in an activity, in which role.
_LOOKED_UP = frozenset({"any", "had role", ""})
# The roles that "led" and "partner" tell apart.
_PARTED = {"organized": "organizer", "led": "organizer", "partner": "partner", "supported": "supporters"}
_WHICH_ONE = lazy_pattern(
    r"\W*(?:which|what|one)\s+(?:[\w-]+\s+){0,2}?(?:unit|structure|mission|operation|institution|office|centre|State|state|country"
    r"|organization|organisation|body|agency|ministry|donor)\b(?!s)",
    re.IGNORECASE,
)
_DAYS_IN, _FIRST = {"day": 1, "week": 7, "month": 30, "year": 364}, "2011-01-01"
_ISO = lazy_pattern(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def back(question: str, pieces: Sequence[str], confidence: float = 0.0) -> Asked:
    """Return a question asked back: one thing at a time."""
    hints = [f"{ONE}{_COMMA.sub(' ', piece)}" for piece in dict.fromkeys(pieces)]
    return Asked(question, UNCLEAR, hints=hints, confidence=confidence, choices=len(hints))


def of_every(question: str, asked: Asked, members: Sequence[str]) -> Asked | None:
    """Return whether all of some are among those who did something, by the answer on who did; None if that is none.

    Who is said beside it to have done so in general did it, too.
    """
    told = asked_forms.flat(asked.answer)
    if asked.status != ANSWERED or told.isdisjoint(members):
        return None
    untold = [one for one in members if one not in told and one not in asked.in_general]
    said = f"Not told of {', '.join(untold)}." if untold else f"Told of all {len(members)}: {', '.join(members)}."
    asked.question, asked.answer, asked.hints = question, [not untold], [said, *asked.hints]
    asked.choices, asked.ranked, asked.whole = 0, False, True
    asked.confidence = min(asked.confidence, UNTOLD if untold else VERY_SURE)
    return asked


def lacking(question: str, asked: Asked, members: Sequence[str]) -> Asked | None:
    """Return which of some did nothing of what an answer names others for; None if it names none of them, or all.

    Who is said beside it to have done so in general is left out. It is likely at most: it may be told in other words.
    """
    told = asked_forms.flat(asked.answer)
    did = [one for one in members if one in told]
    left = [one for one in members if one not in told and one not in asked.in_general]
    if asked.status != ANSWERED or not did or not left:
        return None
    # The places are those of the others: that something is not told stands nowhere.
    asked.question, asked.answer = question, list(left)
    said = f"Told by what is left out, of the {len(members)} with a chapter: it is told of {', '.join(did)}."
    asked.hints = [said, *asked.hints]
    asked.reading = f"Those with a chapter of which this is not told: {asked.reading}"
    asked.choices, asked.ranked, asked.whole = 0, False, True
    asked.confidence = min(asked.confidence, UNTOLD)
    return asked


def kept(question: str, found: Sequence[Asked], names: Sequence[str], counted: bool, none_left: str = "") -> Asked:
    """Return the names that are left of several answers, or how many these are; `none_left` says why none is."""
    asked = combined(question, found, [len(names)] if counted else list(names))
    asked.status = ANSWERED if names or counted else SILENT
    asked.confidence, asked.whole = min(asked.confidence, VERY_SURE), True
    asked.cautions = list(dict.fromkeys(said for one in found for said in one.cautions))
    asked.hints = asked.cautions if names or not none_left else [none_left, *asked.cautions]
    return asked


def combined(question: str, found: Sequence[Asked], answer: list[Any]) -> Asked:
    """Return an answer that rests on those to several questions."""
    asked = Asked(question, ANSWERED, "; ".join(dict.fromkeys(one.reading for one in found)), answer)
    asked.evidence = once([item for one in found for item in one.evidence])
    asked.sparql = "\n".join(dict.fromkeys(one.sparql for one in found))
    asked.confidence = min(one.confidence for one in found)
    return asked


def names_twice(answers: Iterable[list[Any]]) -> bool:
    """Whether several answers name the same: numbers and days may be alike.

    >>> names_twice([["ATU", 15], ["Skopje", 15]]), names_twice([["ATU"], ["UNODC", "ATU"]])
    (False, True)
    """
    names = [value for answer in answers for value in answer if isinstance(value, str) and not value[:1].isdigit()]
    return len(set(names)) < len(names)


def by_roles(parts: Sequence[tuple[str, list[Any]]]) -> list[Any]:
    """Return the values of several parts of an answer, each with what it tells: behind their roles, if that is not plain.

    >>> by_roles([("role:organizer", ["ATU"]), ("role:supporters", ["UNODC", "WCO"])])
    [['organizer', 'ATU'], ['supporter', 'UNODC'], ['supporter', 'WCO']]
    >>> by_roles([("role:organizer", ["ATU"]), ("when", ["2011-05-11"])])
    ['ATU', '2011-05-11']
    """
    named = [told.removeprefix("role:") for told, _ in parts]
    roles = [_ROLES_SAID.get(role, role.removesuffix("s")) if role in ROLES else "" for role in named]
    several = len(set(roles)) == len(parts) > 1 and all(roles) and any(len(values) > 1 for _, values in parts)
    if not several:
        return [value for _, values in parts for value in values]
    return [[role, value] for role, (_, values) in zip(roles, parts, strict=True) for value in values]


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


def by_role(
    question: str, roles: Sequence[tuple[str, str]], ask: Ask, had: Callable[[frozenset[str], str], list[str]]
) -> Asked | None:
    """Return a row for each role and whoever had it, if all are told of one activity and sure enough; else None.

    Who led it and who co-operated are answered by the same names if they are asked for alone: beside each other they are
    those who `had` the role.
    """
    found = [(name, ask(text)) for name, text in roles]
    every = [one for _, one in found]
    if any(one.status != ANSWERED or not one.answer for one in every) or len({one.about for one in every}) > 1:
        return None
    if not every[0].about or min(one.confidence for one in every) < SURE:
        # What is meant is the same each time: one of them bears the others out.
        return None
    rows = [(name, one.answer) for name, one in found]
    if names_twice(values for name, values in rows if name in _PARTED):
        rows = [(name, had(every[0].about, _PARTED[name]) if name in _PARTED else values) for name, values in rows]
        if names_twice(values for name, values in rows if name in _PARTED) or not all(values for _, values in rows):
            return None
    asked = combined(question, every, [[name, value] for name, values in rows for value in values])
    asked.whole = True
    return asked


def of_both(question: str, found: Sequence[Asked]) -> Asked | None:
    """Return whether something is so of both of two, by the answer on each; None if one is not told or not sure enough."""
    if any(one.status != ANSWERED or one.answer not in ([True], [False]) or one.confidence < SURE for one in found):
        return None
    if any(one.kind[0] not in _LOOKED_UP for one in found):
        # What a statement tells of one need not be what is asked of both.
        return None
    asked = combined(question, found, [all(one.answer == [True] for one in found)])
    asked.hints = [f"{'Yes' if one.answer == [True] else 'No'}: {one.question}" for one in found]
    asked.confidence = min(asked.confidence, VERY_SURE)
    asked.whole = True
    return asked


def besides(question: str, one: Asked, others: Sequence[Asked]) -> Asked | None:
    """Return the answer on a thing with others on the same thing, if it is sure enough with the least sure of them."""
    found = [one, *others]
    untold = any(other.status != ANSWERED or not other.answer for other in others)
    together = one.confidence * min((other.confidence for other in others), default=0.0)
    if untold or len({(each.reading, str(each.answer)) for each in found}) < len(found) or together < SURE:
        return None
    asked = combined(question, found, [value for each in found for value in each.answer])
    asked.confidence = together
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
