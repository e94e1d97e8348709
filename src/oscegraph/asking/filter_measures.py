"""Stage 10e16a1: what is measured of activities: how long they lasted, how many people came, which come first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from oscegraph.asking.asked_forms import as_meant
from oscegraph.asking.candidates import ROLES, roles_of
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.rows import people, people_in
from oscegraph.asking.statements import Event, Told

FACILITATOR = "facilitator"
# So many are told by name.
_MOST = 3
# What is mostly abroad, if no place is told; who goes there is all who come.
AWAY = frozenset({"study visit"})
# What may be a training, if somebody taught.
_TAUGHT, _GATHERINGS = frozenset({"trainer"}), frozenset({"workshop", "seminar", "online workshop"})
# A longer period is a month or a year; lengths that are told, and how many days a unit has.
_MONTH, _YEAR = 26, 360
_DURATION, _DAYS = lazy_pattern(r"P(\d+)([DWM])"), {"D": 1, "W": 7, "M": 30}


def some(said: list[str]) -> str:
    """Return the first few of what is to be told, and how many more there are.

    >>> some(["a", "b", "c", "d", "e"])
    'a; b; c and 2 more'
    """
    more = f" and {len(said) - _MOST} more" if len(said) > _MOST else ""
    return f"{'; '.join(said[:_MOST])}{more}"


def counted(number: int) -> str:
    """Return a number of activities in words.

    >>> counted(1), counted(2)
    ('1 activity', '2 activities')
    """
    return f"{number} activit{'y' if number == 1 else 'ies'}"


def open_to(events: Iterable[Event], start: date, end: date) -> list[str]:
    """Return in words how many activities may have been in a period: without a day, or told as longer than it and around it.

    Nothing is said if there are none.
    """
    found = [event for event in events if not event.days or event.days[0][0] <= start <= end <= event.days[0][1]]
    return [f"Of {counted(len(found))} no day is told that would leave out this period."] if found else []


def is_taught(event: Event) -> bool:
    """Whether an activity is called otherwise than a training, but somebody taught there."""
    return bool(roles_of(event.told, _TAUGHT)) and not event.kinds.isdisjoint(_GATHERINGS)


def ranked(events: list[Event], rank: str, single: bool = False) -> tuple[list[Event], str]:
    """Return the activities that are the longest, largest or first of several, with that in words: of those that tell it.

    None are if they are others where what is told as several events counts, too: that has no number of people of its own,
    and does not count if a `single` event is asked for.
    """
    if rank in ("first", "last"):
        dated = [event for event in events if event.days and (event.days[0][1] - event.days[0][0]).days < _MONTH]
        ends = {event.iri: event.days[0][0].toordinal() for event in dated}
        best = (min if rank == "first" else max)(ends.values(), default=0)
        loose = [event.days[0] for event in events if event.days and event.iri not in ends]
        beyond = sum(last.toordinal() < best if rank == "first" else first.toordinal() > best for first, last in loose)
        said = f"{counted(beyond)} told to {'an earlier' if rank == 'first' else 'a later'} month only" if beyond else ""
    elif rank in ("longest", "shortest"):
        ends = {event.iri: days for event in events if (days := length(event)) is not None}
        best = (max if rank == "longest" else min)(ends.values(), default=0)
        said = f"{best} day{'s' * (best != 1)}"
    else:
        every = {event.iri: number for event in events if (number := came(event)) is not None}
        ends = {event.iri: every[event.iri] for event in filter(is_one, events) if event.iri in every}
        end = max if rank == "largest" else min
        best = end(ends.values(), default=0)
        said = f"{best} {'person' if best == 1 else 'people'}"
        if not single and best != end(every.values(), default=0):
            return [], ""
    untold = len(events) - len(ends)
    said = "; ".join(filter(None, (said, f"of {counted(untold)} this is not told" if untold else "")))
    return [event for event in events if ends.get(event.iri) == best], f"{said[:1].upper()}{said[1:]}." if said else ""


def people_at(event: Event) -> float | None:
    """Return how many people came, as that is meant; what is told as several events has no number of its own."""
    number = None if is_several(event) else came(event)
    if number is None:
        return None
    return as_meant(number, next((told.qualifier for told in event.told if told.people == number), ""))


def came(event: Event) -> int | None:
    """Return how many people came, if it is told; who was sent to an activity of others was not all of them."""
    return people_in([told for told in event.told if event.kinds & AWAY or not sends(told)])


def length(event: Event) -> int | None:
    """Return how many days an activity lasted, by its days or by its length, if either is told."""
    exact = [(last - first).days + 1 for first, last in event.days if (last - first).days < _MONTH]
    told = [_DURATION.fullmatch(told.duration) for told in event.told]
    lengths = [int(match[1]) * _DAYS[match[2]] for match in told if match]
    # One day of a course that lasted ten is when it began, or ended.
    return min(lengths if exact == [1] and lengths else [*exact, *lengths], default=None)


def sent_alone(event: Event) -> bool:
    """Whether nothing is told of how many came to an activity but how many were sent there."""
    return came(event) is None and people(event) is not None


# What is told of an activity, or not.
UNTOLD: dict[str, Callable[[Event], bool]] = {
    "undated": lambda event: all((last - first).days >= _YEAR for first, last in event.days),
    "inexact": lambda event: all((last - first).days >= _MONTH for first, last in event.days),
    "unplaced": lambda event: not event.areas,
    "unfunded": lambda event: not roles_of(event.told, ROLES["funder"][0]),
    "unnumbered": lambda event: people(event) is None,
    "exact": lambda event: any((last - first).days < _MONTH for first, last in event.days),
    "dated": lambda event: any((last - first).days < _YEAR for first, last in event.days),
    "funded": lambda event: bool(roles_of(event.told, ROLES["funder"][0])),
    "numbered": lambda event: people(event) is not None,
}


def sends(told: Told) -> bool:
    """Whether somebody made it possible to attend, by a telling."""
    return any(part.role == FACILITATOR for part in told.parts)


def is_several(event: Event) -> bool:
    """Whether an activity is told as several events."""
    return any(told.events and told.events > 1 for told in event.told)


def is_one(event: Event) -> bool:
    """Whether an activity is not told as several, and did not last for months."""
    return not is_several(event) and not any((last - first).days >= _MONTH for first, last in event.days)
