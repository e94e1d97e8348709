"""Stage 10g1c01: what is to be said beside a set of activities: others may be meant, too, which it leaves out.

They are told without a place, of a whole structure or a part of it, of bodies of a State, or only of a longer time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from oscegraph.asking.candidates import ROLES, Candidate, roles_of, spell
from oscegraph.asking.filter_answers import FILTERED
from oscegraph.asking.filter_measures import counted, some
from oscegraph.asking.filtering import Filtering
from oscegraph.asking.naming import Naming
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Event

# The types of what has a chapter, or is a part of what has one.
UNITS = frozenset({"field-operation", "secretariat-unit", "institution", "department", "post"})
_AREAS = ("State", "Territory", "Region")
# What lasted longer is in no list of a month; what is told of a year only is in none.
LONG, _YEAR = 25, 360
_IN, _FEW = 2, 3
_STATE_BODIES = "state_bodies"
_PERIODS = frozenset({"from", "to", "theme", "where", "actor"})
_OF_ACTIVITIES = frozenset({("set", "activities"), ("set", "number of activities")})
_WITH, _MADE = frozenset({"role:organizers", "role:partners"}), ROLES["organizers"][0]


class OnSets:
    """Says so, over one set of facts."""

    def __init__(self, naming: Naming, filtering: Filtering) -> None:
        self.naming, self.facts, self.filtering = naming, naming.facts, filtering
        self.makers = (
            self._unplaced,
            self._own_chapter,
            self._departments,
            self._partners,
            self._from_there,
            self._under_way,
            self._of_state,
        )

    def _of_state(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that what else is from a State is left out of its bodies."""
        if candidate.query == _STATE_BODIES and answer and not isinstance(answer[0], int):
            yield "Public bodies alone: academies, NGOs and companies from there are left out.", True

    def _unplaced(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that activities in a state are left out of which the field operation there tells no place."""
        where = candidate.values.get("where")
        link = next((link for link in question.linked.links if link.thing.iri == where), None)
        if (
            FILTERED in candidate.flags
            or candidate.family != "set"
            or link is None
            or link.thing.cls not in _AREAS
            or set(candidate.values) - _PERIODS
        ):
            return
        home = [
            e
            for e in self.facts.events.values()
            if self.filtering.is_at_home(e, link) and self._fits(e, question, candidate)
        ]
        if home and not {event.iri for event in home} & set(candidate.events):
            more = counted(len(home)).replace(" ", " more ")
            yield f"Besides, {more} of the field operation there, without a place.", True

    def _own_chapter(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield what the chapter of a unit tells besides, without a part of the unit."""
        values = candidate.values
        actor, thing = values.get("actor"), self.naming.directory.things.get(str(values.get("actor", "")))
        if (
            FILTERED in candidate.flags
            or candidate.kind not in _OF_ACTIVITIES
            or thing is None
            or thing.type not in UNITS
            or set(values) - _PERIODS
        ):
            return
        rest = {name: value for name, value in values.items() if name != "actor"}
        days = question.linked.days
        said = sorted(
            event.label
            for event in self.facts.events.values()
            if event.iri not in candidate.events and actor in self.filtering.tellers(event) and self._is_on(event, rest)
            if days is None or event.fits(days) == _IN
        )
        if said:
            yield f"Its chapter tells besides of: {some(said)}.", False

    def _departments(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that what a department did may be told of the whole operation."""
        thing = self.naming.directory.things.get(str(candidate.values.get("actor", "")))
        if candidate.family == "set" and thing is not None and thing.type == "department":
            yield "What is told of the whole structure without naming the department is not among these.", True

    def _partners(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield who organized what an actor only came to, spoke at or sent people to, if it is asked with whom it worked."""
        actor = candidate.values.get("actor")
        if (
            candidate.family != "set"
            or candidate.projection not in _WITH
            or not isinstance(actor, str)
            or "also" in candidate.values
        ):
            return
        circle = self.naming.circle(actor)
        events = self.facts.known(candidate.events)
        made = ({*roles_of(event.told, _MADE)} for event in events)
        makers = {one for some in made if not circle.isdisjoint(some) for one in some}
        # Departments stand for their units, and units for their departments.
        makers |= {up for one in makers if (up := self.naming.unit(one))}
        with_it = {*self.naming.labels(makers)}
        said = [one for one in map(str, answer) if one not in with_it]
        if said:
            yield f"These organized what it only came to, spoke at or sent people to: {'; '.join(said)}.", True

    def _from_there(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield activities with bodies of a state in which nothing fits: they may have been for it."""
        values = candidate.values
        where, thing = values.get("where"), self.naming.directory.things.get(str(values.get("where", "")))
        empty = answer == [False] or not answer
        if (
            not empty
            or candidate.family not in ("set", "any")
            or thing is None
            or thing.cls not in _AREAS
            or "actor" not in values
            or set(values) - _PERIODS
        ):
            return
        circle = self.naming.circle(str(where))
        said = sorted(
            e.label for e in self.facts.events.values() if self._fits(e, question, candidate) and circle & e.involved
        )
        if said:
            yield f"With bodies of {self.naming.label(str(where))}: {some(said)}.", True

    def _under_way(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield long activities that were under way in a period, and what else is told of its days."""
        days, values = question.linked.days, candidate.values
        if days is None or candidate.family not in ("set", "any") or "from" not in values or set(values) - _PERIODS:
            return
        long = [
            (event, event.days[0])
            for event in self.facts.events.values()
            if event.days and event.iri not in candidate.events and self._is_on(event, values)
            if LONG < (event.days[0][1] - event.days[0][0]).days < _YEAR
            if event.days[0][0] <= days.end and event.days[0][1] >= days.start and len(spell(event.days[0])) > 1
        ]
        if long:
            said = [
                f"{event.label} ({' to '.join(spell(span))})" for event, span in sorted(long, key=lambda one: one[0].label)
            ]
            yield f"Under way as well: {some(said)}.", False
        if set(values) <= {"from", "to"} and (days.end - days.start).days <= _FEW:
            index = self.facts.postings
            dated = (index.iris[number] for number, kind in enumerate(index.kinds) if kind == "date")
            held = sorted(
                detail.summary
                for detail in map(self.facts.details.__getitem__, dated)
                if detail.summary and not set(detail.about) & set(candidate.events)
                if any(days.start.isoformat() <= value <= days.end.isoformat() for value in detail.values)
            )
            if held:
                yield f"Told of that day as well: {some([one.rstrip('.') for one in dict.fromkeys(held)])}.", False

    def _fits(self, event: Event, question: Question, candidate: Candidate) -> bool:
        """Whether an activity is on all of a reading but its place, in the days that are asked for."""
        days, values = question.linked.days, {k: v for k, v in candidate.values.items() if k != "where"}
        return self._is_on(event, values) and (days is None or event.fits(days) == _IN)

    def _is_on(self, event: Event, values: dict[str, Any]) -> bool:
        """Whether an activity is on the theme, with the actor and in the place of a reading."""
        theme, actor, where = (values.get(name) for name in ("theme", "actor", "where"))
        on = not isinstance(theme, str) or theme in event.themes
        by = not isinstance(actor, str) or not self.naming.circle(actor).isdisjoint(event.involved)
        return on and by and (not isinstance(where, str) or where in event.areas)
