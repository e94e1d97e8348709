"""Stage 10e16a2: the bounds that a question sets for numbers of activities: people, days, weeks, who paid for them."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from oscegraph.asking import bounds, plain_words
from oscegraph.asking.asked_days import Days
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import ROLES, roles_of
from oscegraph.asking.filter_limits import Bound
from oscegraph.asking.filter_measures import length, people_at
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Event
from oscegraph.directory import Directory

_SAID = {"funders": "paid for by ", "states": "paid for by "}
_ONE_OF = lazy_pattern(r"\b((?:one|1) (?:week|day|donor|state|funder))s\b")
_WEEK, _OR_LONGER = 7, lazy_pattern(r"\bor (?:longer|more)\b", re.IGNORECASE)


def of(question: Question, named: Sequence[str], directory: Directory) -> Iterator[Bound]:
    """Yield the bounds that are set for what is named: people, days, weeks, funders; none that is not read."""
    text = plain_words.bounded_text(question.linked.text)
    numbers: dict[str, Callable[[Event], float | None]] = {
        "people": people_at,
        "funders": partial(_funders, directory, ()),
        "states": partial(_funders, directory, ("states",)),
    }
    for name in named:
        if name == "week":
            least = _WEEK if _OR_LONGER.search(text) else _WEEK + 1
            said = "a week or longer" if least == _WEEK else "longer than a week"
            yield Bound(length, partial(operator.le, least), said)
        elif name == "within":
            if days := question.linked.days:
                yield Bound(partial(_days_outside, days), partial(operator.eq, 0), "wholly in the period")
        elif keeps := bounds.bound(text):
            said = _ONE_OF.sub(r"\1", f"{_SAID.get(name, '')}{bounds.said(text)} {name}")
            yield Bound(numbers.get(name, length), partial(_keeps, keeps, _WEEK if name == "weeks" else 1), said)


def _funders(directory: Directory, types: tuple[str, ...], event: Event) -> int | None:
    """Return how many paid for an activity, of some types; None if nobody is told."""
    paid = dict.fromkeys(roles_of(event.told, ROLES["funder"][0]))
    return sum(wanted(types, directory.things[actor]) for actor in paid) or None


def _days_outside(days: Days, event: Event) -> int | None:
    """Return on how many of its first days an activity was outside of a period; None if its days are not told."""
    return sum(not (days.start <= first and last <= days.end) for first, last in event.days[:1]) if event.days else None


def _keeps(keeps: Callable[[float], bool], days: int, number: float) -> bool:
    """Whether a number of days keeps to a bound that is set in units of so many days."""
    return keeps(number / days)
