"""Stage 10e16b: which activities are left by names, kinds, words and a period, and what is said of these in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from oscegraph.asking import wording
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.asked_types import is_of
from oscegraph.asking.candidates import ROLES, roles_of, spell
from oscegraph.asking.filter_limits import (
    ABROAD,
    ANY,
    AUDIENCE,
    ELSEWHERE,
    EMBASSY,
    EVENTS,
    FLAGS_SAID,
    FOR,
    JOINT,
    JOINTLY,
    LED,
    NATION,
    NO_EVENTS,
    OTHER_UNITS,
    OTHERS,
    OUTSIDE,
    RETOLD,
    SAID,
    SEAT,
    STATES,
    THEME,
    TOLD,
    TRAINING,
    WHERE,
    Limits,
)
from oscegraph.asking.filter_measures import AWAY, FACILITATOR, UNTOLD, counted, is_taught, sends
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.statements import Event

# Who ran an activity, if others did; what a State is that participates.
_RAN, _MADE = frozenset({"organizer", "host"}), frozenset({"organizer"})
_UNITS = ("units",)
_PARTICIPATING = "/participating-state"
# Words count that stand in titles, search terms or names.
_BORNE = 0.9
_EMBASSY = lazy_pattern(r"(?:Embassy|Consulate) of ")
_LAST = date(9999, 1, 1)


class Filtering:
    """Filters activities, over one set of facts."""

    def __init__(self, naming: Naming) -> None:
        self.naming, self.facts = naming, naming.facts

    def events(self, limits: Limits) -> list[Event]:
        """Return the activities that have all of it, in the order of their days."""
        stems = [set(map(wording.stem, words)) for words in limits.words]
        chapters = self.facts.chapters_in(limits.chapters)
        every = self.facts.events.values()
        told = filter(None, (event.told_in(chapters) for event in every)) if limits.chapters else every
        found = (event for event in told if _fits(event, limits) and _bears(event, stems))
        kept = (event for event in found if all(self.has(event, *name) for name in limits.names))
        kept = (e for e in kept if all(any(self.has(e, how, link) for link in links) for how, links in limits.either))
        if limits.apart:
            kept = (event for event in kept if any(self.has(event, *name) for name in limits.apart))
        kept = (event for event in kept if all(self._is(event, flag, limits) for flag in limits.flags))
        return in_order(kept)

    def tellers(self, event: Event) -> list[str]:
        """Return whose chapters tell of an activity."""
        return [teller for told in event.told if (teller := self.facts.teller(told.chapter))]

    def are_plain(self, limits: Limits, both: Collection[tuple[str, Link]] = ()) -> bool:
        """Whether it is plain how names of one kind go together: a town in a state, but not two themes, two states.

        Of two that are asked for as `both` it is.
        """
        for how in (THEME, WHERE, OUTSIDE):
            things = {link.thing.iri for name, link in limits.names if name == how and (name, link) not in both}
            if len(things) > 1 and (how == THEME or not any(things <= self.naming.around(one) for one in things)):
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
        of_them = "for" if AUDIENCE in limits.flags else "with the words"
        words = [f"{of_them} {choices}"] if choices else []
        words += [FLAGS_SAID[flag] for flag in limits.flags if flag in FLAGS_SAID and flag != TOLD]
        words += [f"{FLAGS_SAID[TOLD]} {', '.join(limits.chapters)}"] if limits.chapters else []
        words += [JOINTLY] * (JOINT in limits.flags)
        period = [" to ".join(spell((limits.days.start, limits.days.end)))] if limits.days else []
        return "; ".join([*names, *words, *(bound.said for bound in limits.bounds), *period])

    def elsewhere(self, limits: Limits) -> list[Event]:
        """Return what the field operation of a state tells of what it did elsewhere, of all else that is asked for."""
        states = [link for how, link in limits.names if how == WHERE and link.thing.cls in STATES]
        if len(states) != 1:
            return []
        rest = self.events(replace(limits, names=tuple(name for name in limits.names if name[0] != WHERE)))
        home = {states[0].thing.iri}
        things = self.facts.directory.things
        return [e for e in rest if any(home & set(things[t].facts.get("hostArea", ())) for t in self.tellers(e))]

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
        """Whether an area is the one that is named, or in it: a town in a state, a state in a region."""
        return link.thing.iri in self.naming.around(area)

    def has(self, event: Event, how: str, link: Link) -> bool:
        """Whether an activity is limited so by a name."""
        iri = link.thing.iri
        if how == THEME:
            return iri in event.themes
        if how in (SEAT, NATION):
            # That limits those who are asked for.
            return True
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
        if how == EMBASSY:
            return any(_EMBASSY.match(self.naming.label(one)) for one in circle & event.involved)
        if how == FACILITATOR and event.kinds & AWAY:
            # Who takes people somewhere sends them there, who has guests does not.
            thing = self.facts.directory.things.get(iri)
            at_home = thing is not None and event.areas.intersection(thing.facts.get("hostArea", ()))
            return not at_home and not circle.isdisjoint(event.involved)
        if how == FACILITATOR and event.areas and not circle.isdisjoint(roles_of(event.told, _MADE)):
            # Who organizes a course in another State than where it is sends people there.
            homes = self.facts.directory.things[iri].facts.get("hostArea", ()) if iri in self.facts.directory.things else ()
            return bool(homes) and event.areas.isdisjoint(homes)
        if how == "run":
            # Who carried out what is told without a role is whose chapter tells it.
            return not circle.isdisjoint(roles_of(event.told, ROLES[LED][0]) or self.tellers(event))
        return not circle.isdisjoint(event.involved if how in ANY else roles_of(event.told, ROLES[how][0]))

    def are_seated(self, actors: Iterable[str], limits: Limits) -> list[str]:
        """Return those of some actors that are where those have to be who are asked for, and of their State."""
        seats, nations = ([link for how, link in limits.names if how == kind] for kind in (SEAT, NATION))
        facts = {one: self.facts.directory.things[one].facts for one in actors}
        return [
            one
            for one, held in facts.items()
            if all(any(self.is_within(area, link) for area in held.get("hostArea", ())) for link in seats)
            and all(link.thing.iri in held.get("jurisdiction", ()) for link in nations)
        ]

    def homes(self, limits: Limits) -> set[str]:
        """Return the states and territories where the actors are, by the places of field operations."""
        things = self.facts.directory.things
        named = (things[link.thing.iri] for _, link in limits.actors if link.thing.iri in things)
        return {area for thing in named for area in thing.facts.get("hostArea", ())}

    def _is(self, event: Event, flag: str, limits: Limits) -> bool:
        """Whether an activity is what a flag says: only if it is told where it was, or who organized it."""
        if flag in (OTHERS, OTHER_UNITS):
            ran = roles_of(event.told, _RAN)
            ran = [one for one in ran if is_of(self.facts.directory, _UNITS, one)] if flag == OTHER_UNITS else ran
            return bool(ran) and all(self.naming.circle(link.thing.iri).isdisjoint(ran) for _, link in limits.actors)
        if flag in (ELSEWHERE, RETOLD):
            own = {one for _, link in limits.actors for one in self.naming.circle(link.thing.iri)}
            apart = (self.facts.teller(told.chapter) not in own for told in event.told)
            return bool(own) and (all(apart) if flag == ELSEWHERE else any(apart))
        if flag == JOINT:
            return all(self._are_several(event, link.thing.iri) for _, link in limits.actors)
        if flag == TOLD:
            # Of each its tellings there alone are looked at.
            return bool(limits.chapters)
        if flag in UNTOLD:
            return UNTOLD[flag](event)
        if flag == EVENTS:
            return not event.kinds <= NO_EVENTS
        if flag == AUDIENCE:
            held = self._audience(event)
            return any(held.issuperset(map(wording.stem, words)) for words in limits.words)
        states = self.naming.states(event.areas)
        if flag == ABROAD:
            return bool(states) and self.homes(limits).isdisjoint(states)
        return any(self._is_beyond(state) for state in states)

    def _are_several(self, event: Event, iri: str) -> bool:
        """Whether two or more of a class organized an activity or co-operated; what is part of one is that one."""
        members = self.naming.circle(iri)
        led = members.intersection(roles_of(event.told, ROLES[LED][0]))
        return len({max(self.naming.wholes(one) & members, default=one) for one in led}) > 1

    def _audience(self, event: Event) -> set[str]:
        """Return the stems of the words that say for whom an activity was."""
        came = roles_of(event.told, ROLES["attendees"][0])
        said = [*(told.audience for told in event.told), *self.naming.labels(came)]
        titles = (title.partition(" for ")[2] for title in (event.label, *(told.title for told in event.told)))
        return set(wording.stems(" ".join([*said, *titles])))

    def _is_beyond(self, state: str) -> bool:
        """Whether a State does not participate in the OSCE; a status-neutral territory is none."""
        thing = self.facts.directory.things[state]
        return thing.cls == "State" and not any(
            status.endswith(_PARTICIPATING) for status in thing.facts.get("osceStatus", ())
        )

    def is_at_home(self, event: Event, link: Link) -> bool:
        """Whether no place is told of an activity, and a field operation in this area tells it as its own."""
        if link.thing.cls == "Place" or not _may_be_at_home(event):
            return False
        led = roles_of(event.told, ROLES[LED][0])
        for teller in self.tellers(event):
            hosts = self.facts.directory.things[teller].facts.get("hostArea", ())
            own = not led or not self.naming.circle(teller).isdisjoint(led)
            # What others did for bodies of that area is told there, too.
            own = own or not event.involved.isdisjoint(self.naming.circle(link.thing.iri))
            if own and any(self.is_within(host, link) for host in hosts):
                return True
        return False

    def homes_of(self, event: Event) -> list[str]:
        """Return the State or territory of the field operation that tells an activity as its own, without a place."""
        if not _may_be_at_home(event):
            return []
        led, things = roles_of(event.told, ROLES[LED][0]), self.facts.directory.things
        own = [one for one in self.tellers(event) if not led or not self.naming.circle(one).isdisjoint(led)]
        return [area for teller in own for area in things[teller].facts.get("hostArea", ())]


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return activities in the order of their days."""
    return sorted(events, key=lambda event: ((event.days or [(_LAST, _LAST)])[0], event.label))


def _may_be_at_home(event: Event) -> bool:
    """Whether no place is told of an activity, and nobody was sent to it."""
    return not (event.areas or event.kinds & AWAY or any(map(sends, event.told)))


def _fits(event: Event, limits: Limits) -> bool:
    """Whether an activity lies in the period, and is of one of the kinds."""
    if (limits.days and event.fits(limits.days) < 2) or not all(bound.fits(event) for bound in limits.bounds):
        return False
    kinds = limits.kinds
    return not kinds or not event.kinds.isdisjoint(kinds) or (TRAINING in kinds and is_taught(event))


def _bears(event: Event, choices: list[set[str]]) -> bool:
    """Whether an activity has all words of a choice in its title, its search terms or the names of who took part."""
    return not choices or any(all(event.bag.get(stem, 0.0) >= _BORNE for stem in stems) for stems in choices)
