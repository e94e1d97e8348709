"""Stage 10g: questions that the answers to several ones answer.

One answer is put together of several: of their names, of their roles, of what is so of each. What stands beside each other,
rows and numbers, is in `side_by_side`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from oscegraph.asking import asked_forms
from oscegraph.asking.asked import ANSWERED, SILENT, UNCLEAR, VERY_SURE, Asked, once
from oscegraph.asking.candidates import ROLES
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.ranking import SURE

Ask = Callable[..., Asked]
# How a piece of a question is put that is to be asked by itself.
ONE = "Ask one thing at a time: "
# What is left of a clause that was cut out: "by which decision, was it adopted".
_COMMA = lazy_pattern(r"\s*,\s*(?=(?:was|were|is|are|did|does|do|has|have|had)\b)", re.IGNORECASE)
# How sure it is that not all of some did something, as it may be told in other words.
UNTOLD = 0.75
# Longer answers are not put beside others.
MOST = 8
# What whoever has one of several roles is called, if it is not by the first of them.
_ROLES_SAID = {"supporters": "supporter", "trainers": "speaker", "participants": "attendee", "anybody": "participant"}
# What looks up who was in an activity, in which role.
_LOOKED_UP = frozenset({"any", "had role", ""})
# The roles that "led" and "partner" tell apart.
_PARTED = {"organized": "organizer", "led": "organizer", "partner": "partner", "supported": "supporters"}


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
