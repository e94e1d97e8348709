"""Stage 10e17b: what is told of activities that filters leave: titles, numbers, days, places, and who had a role in them.

Each answer names the query that finds the activities, and its parameters.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from oscegraph.asking.candidates import ROLES, Candidate, Place, roles_of, spell
from oscegraph.asking.filter_limits import ABROAD, ANYBODY, EQUIPMENT, LED, OUTSIDE, THEME, WHERE, Limits
from oscegraph.asking.filter_measures import AWAY, FACILITATOR, came
from oscegraph.asking.filter_parts import Filtered
from oscegraph.asking.filter_rows import BY_EVENT, FilterRows
from oscegraph.asking.naming import Naming
from oscegraph.asking.plain_sets import PlainSets
from oscegraph.asking.retrieval import Question
from oscegraph.asking.rows import people_in, roles_had
from oscegraph.asking.statements import Event, areas_of
from oscegraph.namespaces import expand
from oscegraph.tellings import ROLES as ROLE_ORDER

FILTERED, OF_ONE = "filtered", "of one"
# Structures have a share in what their chapters tell.
SHARES = frozenset({"units", "operations", "secretariat"})
# An exact day has so many letters; what takes so many days or more is of no month.
_DAY, _MONTH = len("2011-01-01"), 32
# What may be counted besides actors.
_TOWNS, _MONTHS, COUNTRIES = "towns", "months", "countries"
COUNT = "count"
_STATES, _TERRITORY = ("states",), "Territory"
_THEMES, _SENDS = "themes", frozenset({FACILITATOR})
PLACED = frozenset({_TOWNS, _MONTHS, COUNTRIES, THEME})


class Telling:
    """What is told of activities that fit a question."""

    def __init__(
        self,
        naming: Naming,
        sets: PlainSets,
        question: Question,
        limits: Limits,
        asked: Filtered,
    ) -> None:
        self.naming, self.sets, self.filtering = naming, sets, sets.filtering
        self.question, self.limits, self.asked = question, limits, asked
        self.rows = FilterRows(naming, sets, question)
        self.values: dict[str, Any] = {how: link.thing.iri for how, link in limits.names if how in (THEME, WHERE)}
        self._sections = [expand(f"sec:{number}") for number in question.chapters]
        if self._sections:
            self.values["section"] = self._sections
        if limits.days:
            self.values |= {"from": limits.days.start.isoformat(), "to": limits.days.end.isoformat()}

    def told(self, events: list[Event]) -> Candidate:
        """Return what is asked of the activities, or how many values that is."""
        found = self._told(events)
        if self.asked.role != COUNT or not found.answer:
            return found
        return replace(found, projection=f"number of {found.projection}", answer=[len(found.answer)])

    def _told(self, events: list[Event]) -> Candidate:
        """Return what is asked of the activities."""
        asked, placed = self.asked, [event for event in events if event.areas]
        areas = areas_of(told for event in events for told in event.told)
        match asked.ask:
            case "number" if events:
                beside = self.rows.beside(events, asked.columns[0]) if asked.columns else []
                return self._one("number of activities", [len(events), *beside], events)
            case "people":
                numbers = {event.iri: number for event in events if (number := self._came(event)) is not None}
                return self._one(
                    "people of", [sum(numbers.values())] if numbers else [], [e for e in events if e.iri in numbers]
                )
            case "truth":
                types = asked.types
                role, shares = asked.role or ANYBODY, not asked.role and bool(SHARES & {*types})
                events = [event for event in events if not types or self._actors(event, role, shares)]
                return self._one("any", [bool(events)], events)
            case "days":
                dated = [event for event in events if event.days]
                return self._one("activities with days", [[event.label, *spell(event.days[0])] for event in dated], dated)
            case "dates":
                dated = [event for event in events if event.days and all(len(day) == _DAY for day in spell(event.days[0]))]
                dates = dict.fromkeys(day for event in dated for day in spell(event.days[0]))
                return self._one("days", list(dates), dated)
            case "towns":
                # Some were in other states as well.
                towns = [town for town in self.naming.towns(areas) if self._is_there(town)]
                return self._one("towns", self.naming.in_order(towns), placed)
            case "where" if towns := [town for town in self.naming.towns(areas) if self._is_there(town)]:
                # Of some the State alone is told.
                wide = (areas_of(event.told) for event in placed if not self.naming.towns(areas_of(event.told)))
                states = [one for one in self.naming.states([area for some in wide for area in some]) if self._is_there(one)]
                return self._one("towns", self.naming.in_order([*towns, *states]), placed)
            case "countries" if not (ABROAD in self.limits.flags or self._areas_named()):
                # Of most no place may be told: what a field operation tells as its own is in the State where it is.
                homes = (
                    {event.iri: self.filtering.homes_of(event) for event in events} if 2 * len(placed) < len(events) else {}
                )
                states = self.naming.states([*areas, *(area for some in homes.values() for area in some)])
                at_home = [event for event in events if event.areas or homes.get(event.iri)]
                return self._one("countries", self.naming.in_order(states), at_home)
            case "countries" | "where":
                return self._one("countries", self.naming.in_order(self.naming.states(areas)), placed)
            case "months":
                dated = [event for event in events if event.days and (event.days[0][1] - event.days[0][0]).days < _MONTH]
                months = {day.isoformat()[:7] for event in dated for day in event.days[0]}
                return self._one("months", sorted(months), dated)
            case "roles":
                circle = self.naming.official(self.limits.actors[0][1].thing.iri)
                had = [(event, {role for one in circle for role in roles_had(event).get(one, ())}) for event in events]
                roles = {role for _, some in had for role in some}
                return self._one(
                    "roles", [role for role in ROLE_ORDER if role in roles], [event for event, some in had if some]
                )
            case "themes":
                themes = {theme for event in events for theme in event.themes}
                return self._one("themes", self.naming.in_order(themes), events)
            case "most":
                return self._most(events)
            case "role" | "partners" | "count":
                return self._of_role(events, self._role, self._by_event(events, self._role))
        if asked.columns:
            rows = [(event, self._row(event)) for event in events]
            told = [(event, row) for event, row in rows if len(row) > 1]
            projection, answer = f"activities with {' and '.join(asked.columns)}", [row for _, row in told]
            # Of the one that comes first, or last, this is told one after the other.
            single = bool(asked.ranks) and len(answer) == 1
            return self._one(projection, answer[0] if single else answer, [event for event, _ in told])
        return self._one("activities", [event.label for event in events], events)

    def of_role(self, events: list[Event], role: str) -> Candidate:
        """Return who had a role in the activities, whatever role is asked for."""
        return self._of_role(events, role, self._by_event(events, role))

    def _is_there(self, area: str) -> bool:
        """Whether an area is in all that are named."""
        return all(self.filtering.is_within(area, link) for how, link in self.limits.names if how == WHERE)

    @property
    def _classed(self) -> bool:
        """Whether a class of actors limits the activities."""
        return any(link.thing.iri in self.naming.classes for _, link in self.limits.actors)

    def _areas_named(self) -> bool:
        return any(how in (WHERE, OUTSIDE) for how in self.limits.hows)

    def _came(self, event: Event) -> int | None:
        """Return how many people came to an activity; of one to which an actor only sent people so many as it sent."""
        circles = [self.naming.circle(link.thing.iri) for _, link in self.limits.actors]
        sent = [told for told in event.told if any(circle & {*roles_of([told], _SENDS)} for circle in circles)]
        made = any(circle & {*roles_of(event.told, ROLES[LED][0])} for circle in circles)
        return people_in(sent) if sent and not made and not event.kinds & AWAY else came(event)

    def _row(self, event: Event) -> list[Any]:
        """Return an activity with what is told of it; of actors with those of the types that are asked for."""
        columns = list(self.asked.columns)
        if not self.asked.types or columns not in (["funders"], ["anybody"]):
            return self.rows.activity(event, columns, self.limits.actors)
        actors = self._actors(event, "funder" if columns == ["funders"] else "organizer", False)
        return [event.label, *([", ".join(self.naming.in_order(actors))] if actors else [])]

    def of_each(self, sets: Sequence[list[Event]]) -> Candidate:
        """Return who had a role in activities of each of several sets: who worked with both of two."""
        role = self._role
        found = [self._by_event(events, role) for events in sets]
        every = [{actor for some in by_event.values() for actor in some} for by_event in found]
        common = set.intersection(*every)
        events = list({event.iri: event for some in sets for event in some}.values())
        # An activity with both is in both sets, with the same actors.
        by_event = {iri: actors for some in found for iri, actors in some.items()}
        told = [event for event in events if common.intersection(by_event[event.iri])]
        return self._of_role(told, role, by_event, common)

    @property
    def _role(self) -> str:
        """The role that is asked for; who organized something with somebody is who co-operated."""
        asked, actors = self.asked, bool(self.limits.actors)
        if asked.role == LED and not actors and SHARES.intersection(asked.types):
            # Who worked on something had a share in it.
            return ANYBODY
        return LED if asked.ask == "partners" or (asked.role == "organizer" and actors) else asked.role

    def _by_event(self, events: list[Event], role: str) -> dict[str, list[str]]:
        """Return who had a role in each activity; of units each that had a share in it, which may be by its chapter."""
        shares = role == ANYBODY and bool(SHARES.intersection(self.asked.types))
        # Who gave something is told; whose chapter tells of a gift did not.
        or_teller = EQUIPMENT not in self.limits.kinds
        return {event.iri: self._actors(event, role, shares, or_teller) for event in events}

    def _of_role(
        self, events: list[Event], role: str, by_event: Mapping[str, list[str]], only: Collection[str] | None = None
    ) -> Candidate:
        """Return who had a role in the activities, as `by_event` has it of each, of some actors if these are given."""
        types, shares = self.asked.types, role == ANYBODY and bool(SHARES.intersection(self.asked.types))
        actors = [actor for event in events for actor in by_event[event.iri] if only is None or actor in only]
        kept = self.filtering.are_seated(self.naming.kept(self.question, actors, types), self.limits)
        told = [event for event in events if by_event[event.iri]]
        query = "participants_filtered"
        if shares:
            query = "structure_themes" if set(self.values) == {THEME} else "activity_told"
        known = self.values | {"role": sorted(ROLES[role][0]), "activity": [event.iri for event in told]}
        if self.limits.is_one_name and not self._classed:
            # With whom it works may be told in general, too.
            known["actor"] = self.limits.names[0][1].thing.iri
        more: dict[str, Any] = {"types": types, "things": tuple(kept), "query": query, "values": known}
        if self.asked.ask == "count":
            return self._one(f"number of:{role}", [len(kept)] if kept else [], told, **more)
        if self.asked.columns in BY_EVENT:
            return self._one("activities of actors", self.rows.by_event(told, by_event, self.asked.columns), told, **more)
        if self.asked.columns:
            rows = self.rows.of_each(kept, by_event, self.asked.columns[0])
            return self._one(f"actors with {self.asked.columns[0]}", rows, told, **more)
        return self._one(f"role:{role}", self.naming.in_order(kept), told, **more)

    def _most(self, events: list[Event]) -> Candidate:
        """Return who had a role in most of the activities, or in which town most were."""
        held: dict[str, list[Event]] = {}
        role = self.asked.role
        shares = role in (ANYBODY, _THEMES) and bool(SHARES.intersection(self.asked.types))
        # Who is named is not who did most with it, but where it is may be where most was.
        named = [] if role in PLACED else [link.thing.iri for _, link in self.limits.actors]
        own = {one for iri in named for one in (iri, *self.naming.circle(iri))}
        for event in events:
            part = ANYBODY if role == _THEMES else role
            found = self._placed(event, role) if role in PLACED else self._with_wholes(event, part, shares)
            for one in dict.fromkeys(found):
                if one not in own:
                    held.setdefault(one, []).append(event)
        if self.asked.types == _STATES:
            # A territory is no State.
            things = self.naming.directory.things
            held = {one: some for one, some in held.items() if one not in things or things[one].cls != _TERRITORY}
        sizes = {one: len(some) for one, some in held.items()}
        if role == _THEMES:
            sizes = {one: len({theme for event in some for theme in event.themes}) for one, some in held.items()}
        most = max(sizes.values(), default=0)
        best = [one for one, size in sizes.items() if size == most]
        told = [event for event in events if any(event in held[one] for one in best)]
        more: dict[str, Any] = {
            "types": self.asked.types,
            "things": () if role == _MONTHS else tuple(best),
            "numbers": {"most": float(most)},
        }
        more |= {"query": "activity_told", "values": self.values | {"activity": [event.iri for event in told]}}
        labels = sorted(best) if role == _MONTHS else self.naming.in_order(best)
        names = {one: one if role == _MONTHS else self.naming.directory.label(one) for one in held}
        ranks = sorted(held, key=lambda one: (-sizes[one], names[one]))
        more["order"] = tuple(Place(names[one], sizes[one], tuple(event.iri for event in held[one])) for one in ranks)
        return self._one(f"most:{role}", labels, told, **more)

    def _with_wholes(self, event: Event, role: str, shares: bool) -> list[str]:
        """Return who had a role in an activity, with what they are parts of: what a department did its ministry did."""
        found = self._actors(event, role, shares)
        wholes = [whole for one in found for whole in self.naming.all_wholes(one)]
        more = self.filtering.are_seated(self.naming.kept(self.question, wholes, self.asked.types), self.limits)
        return list(dict.fromkeys([*found, *more]))

    def _placed(self, event: Event, role: str) -> list[str]:
        """Return the towns or states where an activity was, or the month in which it was."""
        if role == _MONTHS:
            return [first.isoformat()[:7] for first, last in event.days[:1] if first.isoformat()[:7] == last.isoformat()[:7]]
        if role == THEME:
            return sorted(event.themes)
        areas = areas_of(event.told)
        return self.naming.states(areas) if role == COUNTRIES else self.naming.towns(areas)

    def _actors(self, event: Event, role: str, shares: bool, or_teller: bool = False) -> list[str]:
        """Return who had a role in an activity, or a share in it, and is of the types that are asked for.

        If no unit is told to have organized it, that is with `or_teller` who supported it, or whose chapter tells it.
        """
        ways = [[*roles_of(event.told, ROLES[role][0]), *(self.filtering.tellers(event) if shares else ())]]
        if or_teller and role == "organizer" and SHARES.intersection(self.asked.types):
            ways += [list(roles_of(event.told, ROLES["supporters"][0])), self.filtering.tellers(event)]
        if or_teller and role == LED and SHARES.intersection(self.asked.types) and not ways[0]:
            # Who carried out what is told without a role is whose chapter tells it.
            ways = [self.filtering.tellers(event)]
        found = (self.naming.kept(self.question, one, self.asked.types) for one in ways)
        seated = (self.filtering.are_seated(one, self.limits) for one in found)
        return next(filter(None, seated), [])

    def _one(self, projection: str, answer: list[Any], events: list[Event], **more: Any) -> Candidate:
        """Return what is told, with the named query that finds the activities."""
        actors, values = self.limits.actors, dict(self.values)
        values |= {name: link.thing.iri for name, (_, link) in zip(("actor", "also"), actors, strict=False)}
        if actors and actors[0][0] in ROLES:
            values["role"] = sorted(ROLES[actors[0][0]][0])
        if self.limits.kinds:
            values["kind"] = [expand(f"kind:{kind.replace(' ', '-')}") for kind in self.limits.kinds]
        known = {"query": "actor_activities" if actors else "activities_filtered", "values": values} | more
        if self._classed:
            # A class is no value of the query.
            of_chapters = {"section": self._sections} if self._sections else {}
            known |= {"query": "activity_told", "values": {"activity": [event.iri for event in events], **of_chapters}}
        family = "any" if projection == "any" else "set"
        # Words, bounds and choices are no values of the query.
        flags = (FILTERED, *((OF_ONE,) if self.limits.is_one_name else ()))
        return Candidate(family, projection, answer, events=tuple(event.iri for event in events), flags=flags, **known)
