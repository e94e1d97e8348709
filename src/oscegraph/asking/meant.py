"""Stage 10e3a: activities that a question may mean together: how many people, events, days, chapters are told of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from oscegraph.asking.candidates import SOME, Candidate, cue_set, span
from oscegraph.asking.kinds import after_many, asks, wants
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Hit, Question
from oscegraph.asking.statements import Event, Part, Told, areas_of

_AVERAGE = lazy_pattern(r"\b(?:average|mean|on average|per (?:event|course|training|session))\b", re.IGNORECASE)
# A telling dated to a longer time does not say when it was, where another telling does; a course lasts less.
NEAR, COURSE = 62, 20


def length(days: tuple[date, date]) -> int:
    """Return by how many days the last day of a period is behind its first."""
    return (days[1] - days[0]).days


class OfEvents:
    """Activities that a question may mean together, with what is told of them; by the chapters that it names, if any."""

    def __init__(
        self,
        naming: Naming,
        question: Question,
        events: list[Event],
        hit: Hit,
        flags: tuple[str, ...] = (),
        kinds: set[str] | None = None,
    ) -> None:
        self.naming, self.question, self.events, self.hit, self.flags = naming, question, events, hit, flags
        self.iris = tuple(event.iri for event in events)
        self.told = [told for event in events for told in event.told]
        self.chapters = set(question.linked.chapters)
        self.within = [told for told in self.told if told.chapter in self.chapters]
        if self.within:
            self.told, self.flags = self.within, (*flags, "chapter")
        elif self.chapters:
            self.flags = (*flags, "no chapter")
        self.own = self._own()
        self.kinds = kinds or asks(question)
        exact = sorted({t.days for t in self.told if t.days}, key=lambda days: (length(days), days))
        self.near = [days for days in exact if length(days) < NEAR] or exact
        self.places = areas_of(self.told)
        self.towns = naming.towns(self.places) or self.places

    def _own(self) -> list[Told]:
        """Return the tellings of the structures that the question names, if others tell of it, too."""
        named = {link.thing.iri for link in self.question.linked.links if not link.excluded}
        own = [told for told in self.told if self.naming.facts.teller(told.chapter) in named]
        return own if len(own) < len(self.told) else []

    def one(
        self,
        projection: str,
        answer: list[Any],
        cues: str | frozenset[str],
        query: str = "activity_told",
        *flags: str,
        types: tuple[str, ...] = (),
        things: Iterable[str] = (),
        **values: Any,
    ) -> Candidate:
        """Return a candidate on these activities."""
        return Candidate(
            "event",
            projection,
            answer,
            cue_set(cues) | SOME,
            query,
            {"activity": list(self.iris), **values},
            self.iris,
            self.hit,
            open_words=self.hit.open_words,
            open_links=self.hit.open_links,
            types=types,
            flags=(*self.flags, *flags),
            things=tuple(things),
        )

    def named(
        self, projection: str, things: list[str], cues: str | frozenset[str], query: str, *flags: str, **more: Any
    ) -> Candidate:
        """Return a candidate whose answer is the names of things."""
        return self.one(projection, self.naming.labels(things), cues, query, *flags, things=things, **more)

    def people_told(self) -> Iterator[Candidate]:
        """Yield how many people came, in all and of one group."""
        question, cues = self.question, "many people attend benefit train takepart"
        people = [t.people for t in self.told if t.people is not None]
        groups = [p for t in self.told for p in t.parts if p.people is not None]
        yield self.one("people", [max(people)] if people else [], cues, "activity_told", *self._group(groups))
        if len(self.events) > 1 and people:
            yield self.one("people in all", [sum(people)], cues)
        for link in question.links:
            circle = self.naming.circle(link.thing.iri)
            if mine := [p.people or 0 for p in groups if p.actor in circle]:
                close = ("after many",) if after_many(question, link.start) else ()
                yield self.one("people of", [max(mine)], cues, "activity_participants", link.thing.type, *close)
        for state in sorted(question.linked.demonyms):
            circle = self._of_state(state)
            if mine := [p.people or 0 for p in groups if p.actor in circle]:
                close = ("after many",) if any(after_many(question, i) for i in question.linked.adjectives) else ()
                yield self.one("people of", [max(mine)], cues, "activity_participants", "demonym", *close)
        for link in question.links:
            # Of how many the chapter of a structure tells that it sent them.
            own = [t for t in self.told if self.naming.facts.teller(t.chapter) == link.thing.iri]
            sent = [p.people for t in own for p in t.parts if p.people is not None]
            if sent or any(t.people is not None for t in own):
                came = [sum(sent)] if sent else [max(t.people or 0 for t in own)]
                yield self.one("people of teller", came, f"{cues} sent facilitate support", "activity_participants")
        number = [t.events for t in self.told if t.events]
        if people and number and _AVERAGE.search(question.linked.text):
            yield self.one("people on average", [round(max(people) / max(number))], cues, "activity_told")
        for group in {p.people for p in groups} if len(groups) < 4 else ():
            yield self.one("people of some", [group], cues, "activity_participants")

    def _of_state(self, state: str) -> set[str]:
        return self.naming.facts.of_area(state) | {state}

    def _group(self, groups: list[Part]) -> tuple[str, ...]:
        """Return whether the question names a group whose number is told, and whether close behind "how many"."""
        linked = self.question.linked
        counted = {p.actor for p in groups}
        named = [link for link in self.question.links if self.naming.circle(link.thing.iri) & counted]
        if not named and not any(self._of_state(state) & counted for state in linked.demonyms):
            return ()
        close = any(after_many(self.question, i) for i in (*(link.start for link in named), *linked.adjectives))
        return ("group named", "after many") if close else ("group named",)

    def numbers_told(self) -> Iterator[Candidate]:
        """Yield how many events, days, chapters and decisions there are."""
        number = [t.events for t in self.told if t.events]
        several = [len(self.events)] if len(self.events) > 1 else []
        yield self.one("events", [max(number)] if number else several, "many", "activity_series")
        if wants(self.question, "duration"):
            by_days = f"P{length(self.near[0]) + 1}D" if self.near and length(self.near[0]) < COURSE else ""
            # What is not told in words is told by the days.
            lasted = next((t.duration for t in self.told if t.duration), by_days)
            unit = next((u for u in "DWM" if u in lasted), "D")
            told = self._lasting(lasted)
            yield self.one("duration", told, "many when", "activity_told", f"in {unit}")
            if by_days:
                yield self.one("length", self._lasting(by_days), "many when")
        if wants(self.question, "chapters"):
            yield self.one("number of chapters", [len({t.chapter for t in self.told})], "chapter many")
        if basis := {b for t in self.told for b in t.basis}:
            yield self.one("number of decisions", [len(basis)], "decision many rest", "activity_basis")

    def _lasting(self, duration: str) -> list[Any]:
        """Return a duration: the number if its unit is named ("how many weeks"), otherwise number and unit."""
        said = span(duration)
        if not said:
            return [duration] if duration else []
        number, unit = said.split()
        return [int(number)] if re.search(rf"\bhow many {unit.rstrip('s')}", self.question.linked.text, re.I) else [said]
