"""Stage 10e17a: rows of what filters leave: activities with what is told of each, actors with places, days or partners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from oscegraph.asking.asked_links import Link
from oscegraph.asking.candidates import ROLES, roles_of
from oscegraph.asking.filter_limits import ATTENDEES, LED
from oscegraph.asking.filter_measures import FACILITATOR
from oscegraph.asking.naming import Naming
from oscegraph.asking.plain_sets import PlainSets
from oscegraph.asking.retrieval import Question
from oscegraph.asking.rows import in_columns, people_in
from oscegraph.asking.statements import Event, Told, areas_of

# What may be told of actors: by activity, or of each by all of its activities.
BY_EVENT = frozenset({("days",), ("towns", "days"), ("days", "towns")})
OF_EACH = frozenset({("towns",), ("countries",), ("events",), ("partners",), ("themes",)})
# What may be told beside a number.
BESIDE_NUMBERS = frozenset({("events",), ("towns",), ("countries",)})


class FilterRows:
    """Makes rows of activities and actors, for one question."""

    def __init__(self, naming: Naming, sets: PlainSets, question: Question) -> None:
        self.naming, self.sets, self.question = naming, sets, question

    def activity(self, event: Event, columns: Sequence[str], actors: Sequence[tuple[str, Link]]) -> list[Any]:
        """Return an activity with what is told of it; `actors` are those whose roles may be asked for."""
        return [event.label, *in_columns([self._column(event, name, actors) for name in columns])]

    def _column(self, event: Event, name: str, actors: Sequence[tuple[str, Link]]) -> list[Any]:
        if name == "countries":
            return self._joined(self.naming.states(areas_of(event.told)))
        if name == "themes":
            return self._joined(event.themes)
        if name == "chapters":
            return [", ".join(dict.fromkeys(told.chapter for told in event.told))]
        if name == "people" and (sent := self._sent(event, actors)):
            # Of whom somebody made it possible to attend so many did.
            return [number] if (number := people_in(sent)) is not None else []
        if name == "sent":
            return self._came_from(event, actors)
        if name == "roles":
            circles = [self.naming.circle(link.thing.iri) for _, link in actors]
            parts = [part for told in event.told for part in told.parts]
            roles = {part.role for part in parts if any(part.actor in circle for circle in circles)}
            return [", ".join(sorted(roles))] if roles else []
        return self.sets.row(event, [name], self.question)[1:]

    def _came_from(self, event: Event, actors: Sequence[tuple[str, Link]]) -> list[Any]:
        """Return how many of those who came are told to be from where the question says: the most that a telling has."""
        circles = [self.naming.circle(link.thing.iri) for how, link in actors if how == ATTENDEES]
        numbers = [
            sum(part.people for part in told.parts if part.people is not None and any(part.actor in one for one in circles))
            for told in event.told
        ]
        return [most] if (most := max(numbers, default=0)) else []

    def _sent(self, event: Event, actors: Sequence[tuple[str, Link]]) -> list[Told]:
        """Return the tellings of an activity in which one of those made it possible to attend who are asked for as such."""
        sends = frozenset({FACILITATOR})
        circles = [self.naming.circle(link.thing.iri) for how, link in actors if how == FACILITATOR]
        return [told for told in event.told if any(circle & {*roles_of([told], sends)} for circle in circles)]

    def by_event(
        self, events: Iterable[Event], by_event: Mapping[str, list[str]], columns: Sequence[str]
    ) -> list[list[Any]]:
        """Return each activity with who had the role in it, and what is told of it, of those of which it is told."""
        rows = []
        for event in events:
            values = [self.sets.row(event, [name], self.question)[1:] for name in columns]
            if all(values):
                rows.append([event.label, self._names(by_event[event.iri]), *(one for some in values for one in some)])
        return rows

    def of_each(self, actors: Iterable[str], by_event: Mapping[str, list[str]], column: str) -> list[list[Any]]:
        """Return each actor with the places, activities, partners or themes of all in which it had its role."""
        rows = []
        for actor in sorted(actors, key=self.naming.label):
            mine = [iri for iri, some in by_event.items() if actor in some]
            held = self.naming.facts.known(mine, self.question.chapters)
            label = self.naming.label(actor)
            if column == "events":
                rows += [[label, event.label] for event in held]
            else:
                rows.append([label, *self.of_all(actor, held, column)])
        return rows

    def of_all(self, actor: str, held: Sequence[Event], column: str) -> list[str]:
        """Return the places, partners or themes of all activities in which an actor had a role, as one value."""
        areas = areas_of(told for event in held for told in event.told)
        if column == "towns":
            # Of some the state alone is told.
            return self._joined([*self.naming.towns(areas), *(one for one in self.naming.states(areas) if one in areas)])
        if column == "countries":
            return self._joined(self.naming.states(areas))
        if column == "themes":
            return self._joined({theme for event in held for theme in event.themes})
        own = self.naming.circle(actor)
        others = [one for event in held for one in roles_of(event.told, ROLES[LED][0]) if one not in own]
        return self._joined(self.naming.kept(self.question, others, ()))

    def beside(self, events: list[Event], column: str) -> list[str]:
        """Return what is told beside a number of activities: which they are, or where they were."""
        if column == "events":
            return [event.label for event in events]
        areas = areas_of(told for event in events for told in event.told)
        return self.naming.in_order(self.naming.towns(areas) if column == "towns" else self.naming.states(areas))

    def _names(self, things: Iterable[str]) -> str:
        return ", ".join(self.naming.in_order(things))

    def _joined(self, things: Iterable[str]) -> list[str]:
        """Return names as one value, none if there are none."""
        return [names] if (names := self._names(things)) else []
