"""Stage 10e16b: which activities are left by names, kinds, words and a period, and what is said of these in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from oscegraph.asking import wording
from oscegraph.asking.asked_days import Days
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.candidates import ROLES, roles_of, spell
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.rows import people, people_in
from oscegraph.asking.statements import Event, Told

# How a name limits activities, in words; by any other name here an actor had that role in them.
SAID = {
    "any": "with",
    "run": "carried out by",
    "organizer": "organized by",
    "organizers": "organized or co-organized by",
    "funder": "paid for by",
    "host": "hosted by",
    "attendees": "attended by",
    "trainer": "taught by",
    "trainers": "taught or addressed by",
    "facilitator": "attended with the help of",
    "theme": "",
    "where": "in",
    "outside": "outside of",
    "for": "for bodies of",
}
# What is no actor, and what is an area.
THEME, WHERE, OUTSIDE, FOR = "theme", "where", "outside", "for"
# What else activities may have to be, beside names: organized by others than the actors, in another State than where these
# are, and outside of the States that participate in the OSCE.
OTHERS, ABROAD, BEYOND = "others", "abroad", "beyond"
_FLAGS = {
    OTHERS: "organized by others",
    ABROAD: "abroad",
    BEYOND: "outside of the OSCE area",
    "undated": "of which no exact day is told",
    "unplaced": "of which no place is told",
    "unfunded": "of which nobody is told to have paid",
    "unnumbered": "of which no number of people is told",
}
_RAN = frozenset({"organizer", "host"})
_PARTICIPATING = "/participating-state"
STATES = ("State", "Territory")
# Who organized or co-operated; who had any part.
LED, ANYBODY = "organizers", "anybody"
LAWS, TRAINING, OF_TRAINERS = "legislative support", "training course", "training of trainers"
EQUIPMENT = "equipment"
_CALLED = {TRAINING: "trainings", OF_TRAINERS: "trainings of trainers", LAWS: LAWS, EQUIPMENT: EQUIPMENT}
# What may be a training, if somebody taught.
_TAUGHT, _GATHERINGS = frozenset({"trainer"}), frozenset({"workshop", "seminar", "online workshop"})
# What is mostly abroad, if no place is told.
_AWAY = frozenset({"study visit"})
FACILITATOR = "facilitator"
# Words count that stand in titles, search terms or names.
_BORNE = 0.9
_LAST = date(9999, 1, 1)
# A longer period is a month or a year; lengths that are told, and how many days a unit has.
_MONTH = 26
_DURATION, _DAYS = lazy_pattern(r"P(\d+)([DW])"), {"D": 1, "W": 7}


@dataclass(frozen=True)
class Bound:
    """What a number that is told of an activity has to keep to, and how that is said."""

    number: Callable[[Event], int | None]
    keeps: Callable[[float], bool]
    said: str

    def fits(self, event: Event) -> bool:
        """Whether the number is told of an activity, and keeps to it."""
        number = self.number(event)
        return number is not None and self.keeps(number)


@dataclass(frozen=True)
class Limits:
    """What activities have to have: names, each with how it limits them, one of some kinds, words, a period.

    Of several choices of words they have to have all of one, of names of which `either` is meant one, and of those that are
    meant `apart` one as well: these have each activities of their own.
    """

    names: tuple[tuple[str, Link], ...]
    kinds: tuple[str, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    days: Days | None = None
    bounds: tuple[Bound, ...] = ()
    either: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    apart: tuple[tuple[str, Link], ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def hows(self) -> set[str]:
        """How names limit them."""
        return {how for how, _ in (*self.names, *self.either, *self.apart)}

    @property
    def actors(self) -> list[tuple[str, Link]]:
        """The names that are actors."""
        return [(how, link) for how, link in (*self.names, *self.apart) if how not in (THEME, WHERE, OUTSIDE, FOR)]

    @property
    def called(self) -> str:
        """What the kinds are called, "" for any kind."""
        kinds = (kind for kind in self.kinds if kind != OF_TRAINERS or TRAINING not in self.kinds)
        return " or ".join(_CALLED.get(kind, f"{kind}s") for kind in kinds)

    def renamed(self, hows: dict[str, str]) -> Limits:
        """Return these with names that limit in another way."""
        names, apart = (tuple((hows.get(how, how), link) for how, link in some) for some in (self.names, self.apart))
        either = tuple((hows.get(how, how), links) for how, links in self.either)
        return replace(self, names=names, either=either, apart=apart)


class Filtering:
    """Filters activities, over one set of facts."""

    def __init__(self, naming: Naming) -> None:
        self.naming, self.facts = naming, naming.facts

    def events(self, limits: Limits) -> list[Event]:
        """Return the activities that have all of it, in the order of their days."""
        stems = [set(map(wording.stem, words)) for words in limits.words]
        found = (event for event in self.facts.events.values() if _fits(event, limits) and _bears(event, stems))
        kept = (event for event in found if all(self.has(event, *name) for name in limits.names))
        kept = (e for e in kept if all(any(self.has(e, how, link) for link in links) for how, links in limits.either))
        if limits.apart:
            kept = (event for event in kept if any(self.has(event, *name) for name in limits.apart))
        kept = (event for event in kept if all(self._is(event, flag, limits) for flag in limits.flags))
        return sorted(kept, key=lambda event: ((event.days or [(_LAST, _LAST)])[0], event.label))

    def tellers(self, event: Event) -> list[str]:
        """Return whose chapters tell of an activity."""
        return [teller for told in event.told if (teller := self.facts.teller(told.chapter))]

    def are_plain(self, limits: Limits, both: Collection[tuple[str, Link]] = ()) -> bool:
        """Whether it is plain how names of one kind go together: a town in a state, but not two themes, two states.

        Of two that are asked for as `both` it is.
        """
        for how in (THEME, WHERE, OUTSIDE):
            things = {link.thing.iri for name, link in limits.names if name == how and (name, link) not in both}
            if len(things) > 1 and (how == THEME or not any(all(map(self._within(one), things)) for one in things)):
                return False
        return True

    def unplaced(self, events: list[Event], limits: Limits) -> list[Event]:
        """Return the activities of which no place is told, where a place is named."""
        there = [link for how, link in limits.names if how == WHERE]
        there += [link for how, links in limits.either if how == WHERE for link in links]
        return [event for event in events if any(self.is_at_home(event, link) for link in there)]

    def said(self, limits: Limits) -> str:
        """Return in words what activities have to have."""
        names = [self._said(name) for name in limits.names]
        names += [" and, be it elsewhere, ".join(map(self._said, limits.apart))] if limits.apart else []
        names += map(self._said_either, limits.either)
        choices = " or ".join(f'"{" ".join(words)}"' for words in limits.words)
        words = [f"with the words {choices}"] if choices else []
        words += [_FLAGS[flag] for flag in limits.flags]
        period = [" to ".join(spell((limits.days.start, limits.days.end)))] if limits.days else []
        return "; ".join([*names, *words, *(bound.said for bound in limits.bounds), *period])

    def without_one(self, limits: Limits) -> Iterator[str]:
        """Yield in words how many activities there are without one of several limits."""
        every = [
            (f'"{self._said(name)}"', replace(limits, names=tuple(one for one in limits.names if one is not name)))
            for name in limits.names
        ]
        every += [
            (f'"{self._said_either(some)}"', replace(limits, either=tuple(one for one in limits.either if one is not some)))
            for some in limits.either
        ]
        every += [("the kind", replace(limits, kinds=()))] * bool(limits.kinds)
        every += [
            (f'"{bound.said}"', replace(limits, bounds=tuple(one for one in limits.bounds if one is not bound)))
            for bound in limits.bounds
        ]
        every += [("the period", replace(limits, days=None))] * bool(limits.days)
        for said, others in every if len(every) > 1 else ():
            if number := len(self.events(others)):
                yield f"Without {said}: {counted(number)}."

    def _said(self, name: tuple[str, Link]) -> str:
        how, link = name
        return f"{SAID[how]} {self.naming.name(link.thing.iri)}".strip()

    def _said_either(self, some: tuple[str, tuple[Link, ...]]) -> str:
        how, links = some
        return " or ".join(self._said((how, link)) for link in links)

    def is_within(self, area: str, link: Link) -> bool:
        """Whether an area is the one that is named, or in it."""
        return self._within(area)(link.thing.iri)

    def _within(self, one: str) -> Callable[[str], bool]:
        """Return what tells whether an area is another one, or in it: a town in a state, a state in a region."""
        around = {one}
        for kind in ("inArea", "inRegion"):
            around |= {area for name in around for area in self.facts.directory.things[name].facts.get(kind, ())}
        return around.__contains__

    def has(self, event: Event, how: str, link: Link) -> bool:
        """Whether an activity is limited so by a name."""
        iri = link.thing.iri
        if how == THEME:
            return iri in event.themes
        if how == OUTSIDE:
            return bool(event.areas) and iri not in event.areas
        if how == WHERE:
            return iri in event.areas or self.is_at_home(event, link)
        if how == FOR:
            return not event.areas and not self.naming.circle(iri).isdisjoint(event.involved)
        if how == "host" and link.thing.cls in AREAS and iri in event.areas:
            # A state hosts what is in it.
            return True
        circle = self.naming.circle(iri)
        if how == "run":
            # Who carried out what is told without a role is whose chapter tells it.
            return not circle.isdisjoint(roles_of(event.told, ROLES[LED][0]) or self.tellers(event))
        return not circle.isdisjoint(event.involved if how == "any" else roles_of(event.told, ROLES[how][0]))

    def homes(self, limits: Limits) -> set[str]:
        """Return the states and territories where the actors are, by the places of field operations."""
        things = self.facts.directory.things
        return {area for _, link in limits.actors for area in things[link.thing.iri].facts.get("hostArea", ())}

    def _is(self, event: Event, flag: str, limits: Limits) -> bool:
        """Whether an activity is what a flag says: only if it is told where it was, or who organized it."""
        if flag == OTHERS:
            ran = roles_of(event.told, _RAN)
            return bool(ran) and all(self.naming.circle(link.thing.iri).isdisjoint(ran) for _, link in limits.actors)
        if flag in _UNTOLD:
            return _UNTOLD[flag](event)
        states = self.naming.states(event.areas)
        if flag == ABROAD:
            return bool(states) and self.homes(limits).isdisjoint(states)
        return any(self._is_beyond(state) for state in states)

    def _is_beyond(self, state: str) -> bool:
        """Whether a State does not participate in the OSCE; a status-neutral territory is none."""
        thing = self.facts.directory.things[state]
        return thing.cls == "State" and not any(
            status.endswith(_PARTICIPATING) for status in thing.facts.get("osceStatus", ())
        )

    def is_at_home(self, event: Event, link: Link) -> bool:
        """Whether no place is told of an activity, and a field operation in this area tells it as its own."""
        if event.areas or link.thing.cls == "Place" or event.kinds & _AWAY or any(map(_sends, event.told)):
            # To make it possible to attend something is to send somebody there.
            return False
        led = roles_of(event.told, ROLES[LED][0])
        for teller in self.tellers(event):
            hosts = self.facts.directory.things[teller].facts.get("hostArea", ())
            own = not led or not self.naming.circle(teller).isdisjoint(led)
            # What others did for bodies of that area is told there, too.
            own = own or not event.involved.isdisjoint(self.naming.circle(link.thing.iri))
            if own and any(self._within(host)(link.thing.iri) for host in hosts):
                return True
        return False


def ranked(events: list[Event], rank: str, single: bool = False) -> tuple[list[Event], str]:
    """Return the activities that are the longest, largest or first of several, with that in words: of those that tell it.

    None are if they are others where what is told as several events counts, too: that has no number of people of its own,
    and does not count if a `single` event is asked for.
    """
    if rank in ("first", "last"):
        dated = [event for event in events if event.days and (event.days[0][1] - event.days[0][0]).days < _MONTH]
        ends = {event.iri: event.days[0][0].toordinal() for event in dated}
        best, said = (min if rank == "first" else max)(ends.values(), default=0), ""
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


def counted(number: int) -> str:
    """Return a number of activities in words.

    >>> counted(1), counted(2)
    ('1 activity', '2 activities')
    """
    return f"{number} activit{'y' if number == 1 else 'ies'}"


def is_taught(event: Event) -> bool:
    """Whether an activity is called otherwise than a training, but somebody taught there."""
    return bool(roles_of(event.told, _TAUGHT)) and not event.kinds.isdisjoint(_GATHERINGS)


def _fits(event: Event, limits: Limits) -> bool:
    """Whether an activity lies in the period, and is of one of the kinds."""
    if (limits.days and event.fits(limits.days) < 2) or not all(bound.fits(event) for bound in limits.bounds):
        return False
    kinds = limits.kinds
    return not kinds or not event.kinds.isdisjoint(kinds) or (TRAINING in kinds and is_taught(event))


def people_at(event: Event) -> int | None:
    """Return how many people came; what is told as several events has no number of its own."""
    return None if _is_several(event) else came(event)


def came(event: Event) -> int | None:
    """Return how many people came, if it is told; who was sent to an activity of others was not all of them."""
    return people_in([told for told in event.told if event.kinds & _AWAY or not _sends(told)])


def length(event: Event) -> int | None:
    """Return how many days an activity lasted, by its days or by its length, if either is told."""
    exact = [(last - first).days + 1 for first, last in event.days if (last - first).days < _MONTH]
    told = (_DURATION.fullmatch(told.duration) for told in event.told)
    return min([*exact, *(int(match[1]) * _DAYS[match[2]] for match in told if match)], default=None)


def sent_alone(event: Event) -> bool:
    """Whether nothing is told of how many came to an activity but how many were sent there."""
    return came(event) is None and people(event) is not None


# What is not told of an activity.
_UNTOLD: dict[str, Callable[[Event], bool]] = {
    "undated": lambda event: all((last - first).days >= _MONTH for first, last in event.days),
    "unplaced": lambda event: not event.areas,
    "unfunded": lambda event: not roles_of(event.told, ROLES["funder"][0]),
    "unnumbered": lambda event: people(event) is None,
}


def _sends(told: Told) -> bool:
    """Whether somebody made it possible to attend, by a telling."""
    return any(part.role == FACILITATOR for part in told.parts)


def _is_several(event: Event) -> bool:
    """Whether an activity is told as several events."""
    return any(told.events and told.events > 1 for told in event.told)


def is_one(event: Event) -> bool:
    """Whether an activity is not told as several, and did not last for months."""
    return not _is_several(event) and not any((last - first).days >= _MONTH for first, last in event.days)


def _bears(event: Event, choices: list[set[str]]) -> bool:
    """Whether an activity has all words of a choice in its title, its search terms or the names of who took part."""
    return not choices or any(all(event.bag.get(stem, 0.0) >= _BORNE for stem in stems) for stems in choices)
