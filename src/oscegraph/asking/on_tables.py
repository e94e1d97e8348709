"""Stage 10e6c: candidates whose answer is a table of several activities: each with place, days, people, who had a role.

A row may tell more than is asked: an activity stands in each, so that a reader sees what the row is about.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from oscegraph.asking import retrieval, targets
from oscegraph.asking.candidates import Candidate, cue_set, days_of, roles_of
from oscegraph.asking.chosen import COMPLETE, FITTING, Choosing, Chosen, on_set
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.rows import CHAPTER, DAY, EACH, MOST, ORGANIZERS, PARTNERS, PEOPLE, SIDES, Rows, of_telling
from oscegraph.asking.rows import people as people_of
from oscegraph.asking.statements import Event

_PLACE = lazy_pattern(r"\b(?:where|places?|town|towns|city|cities|venues?|locations?)\b", re.IGNORECASE)
_WHO = lazy_pattern(
    r"\b(?:who|whom|whose|which|partners?|organi[sz]\w*|hosts?|host(?:ed)?|by|with|funded|units?|bodies|body|supporters?)\b",
    re.IGNORECASE,
)
_TELLS = lazy_pattern(r"\b(?:sub-?)?chapters?\b|\bfield (?:operations?|missions?)\b|\bmissions?\b", re.IGNORECASE)
_EXACT = lazy_pattern(r"\b(?:to the day|day-dated|dated|exact(?:ly)?|stated|given) ?(?:days?|dates?)?\b", re.IGNORECASE)
# A span that is longer is no exact date.
_COURSE = 20
# So many activities at most are taken together because they fit.
_FITTING = 7
# Of these sides it is also told whose activities have all else that is asked for.
_ASKED_FOR = frozenset({"organizers", "funders", "speakers", "attendees"})
_LAST = date(9999, 1, 1)


def _first_day(event: Event) -> date:
    return event.days[0][0] if event.days else _LAST


class OnTables:
    """Makes the candidates whose answer is rows of several activities."""

    def __init__(self, naming: Naming, choosing: Choosing) -> None:
        self.naming, self.choosing, self.rows = naming, choosing, Rows(naming)

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the tables that a question may ask for, if it asks for several things."""
        if question.polar or not EACH.search(question.linked.text):
            return
        for chosen in itertools.chain(self.choosing.sets(question), self._fitting(question)):
            if 1 <= len(chosen.events) <= MOST:
                yield from self._of_set(question, self._as_told(question, chosen))

    def _fitting(self, question: Question) -> Iterator[Chosen]:
        """Yield the activities that fit best: as many as the question says, or those before the largest step down."""
        hits = retrieval.activities(question, _FITTING + 1)
        steps = [one.matched - other.matched for one, other in itertools.pairwise(hits)]
        said = {number for number in targets.numbers(question.linked.text) if number <= len(hits)}
        for size in sorted(said or {2, max(range(1, len(steps)), key=lambda i: steps[i]) + 1} if len(steps) > 1 else ()):
            few = hits[:size]
            words = [token for token in question.tokens if all(token in hit.open_words for hit in few)]
            links = [link for link in question.links if all(link in hit.open_links for hit in few)]
            events = [hit.event for hit in few]
            yield Chosen(question, [], [], [], links, events=events, open_words=words, flags=(FITTING,))

    def _as_told(self, question: Question, chosen: Chosen) -> Chosen:
        """Return a set whose activities are as the chapters that a question names tell them."""
        chapters = question.linked.chapters
        if not chapters:
            return chosen
        told = [(event, [told for told in event.told if told.chapter in chapters]) for event in chosen.events]
        return replace(chosen, events=[replace(event, told=within) if within else event for event, within in told])

    def _of_set(self, question: Question, chosen: Chosen) -> Iterator[Candidate]:
        """Yield the rows of several activities: each with place and days, with people, with who had a role."""
        text = question.linked.text
        events = sorted(chosen.events, key=lambda e: (_first_day(e), e.label))
        full = self._full(text, events)
        if DAY.search(text) or _PLACE.search(text):
            rows = [self.rows.wide(e) for e in events if e.days or self.rows.towns(e)]
            yield self._table(chosen, "activities with places and days", rows, "when where towns activity month")
            yield from self._complete(chosen, "activities with places and days", rows, "when where towns activity", full)
            exact = [self.rows.wide(e) for e in events if e.days and (e.days[0][1] - e.days[0][0]).days < MOST]
            if len(exact) < len(rows):
                yield self._table(chosen, "activities with exact days", exact, "when where towns activity")
        if PEOPLE.search(text):
            rows = [[*self.rows.wide(e), people] for e in events if (people := people_of(e)) is not None]
            cues = "many people attend takepart benefit train when where towns activity"
            yield self._table(chosen, "activities with people", rows, cues)
            yield from self._complete(chosen, "activities with people", rows, cues, full)
            dated = {e.label for e in events if e.days and (e.days[0][1] - e.days[0][0]).days < _COURSE}
            exact = [row for row in rows if row[0] in dated]
            if _EXACT.search(text) and len(exact) < len(rows):
                yield self._table(chosen, "activities with exact days and people", exact, cues)
            if _WHO.search(text):
                held = [(e, self.rows.labels(roles_of(e.told, ORGANIZERS))) for e in events]
                both = [[*self.rows.wide(e), ", ".join(who), came] for e, who in held if (came := people_of(e)) is not None]
                yield self._table(chosen, "activities with organizers and people", both, f"{cues} organize who")
            for link in chosen.actors[:1]:
                cues = f"{cues} sent facilitate support"
                told = [(e, people) for e in events if (people := self._sent(e, link.thing.iri)) is not None]
                sent = [[*self.rows.wide(e), people] for e, people in told]
                if sent != rows:
                    yield self._table(chosen, "activities with people of teller", sent, cues)
                circle = self.naming.circle(link.thing.iri)
                abroad = [
                    row for row, (e, _) in zip(sent, told, strict=True) if circle.isdisjoint(roles_of(e.told, PARTNERS))
                ]
                if abroad and abroad != sent:
                    yield self._table(chosen, "activities of others with people of teller", abroad, cues)
        if CHAPTER.search(text):
            tellings = [(e, t) for e in events for t in e.told]
            rows = [[t.chapter, t.title or e.label, *days_of(t)] for e, t in tellings if t.days]
            yield self._table(chosen, "tellings with days", rows, "when chapter activity tells")
            rows = [[t.chapter, t.title or e.label] for e, t in tellings]
            yield self._table(chosen, "tellings", rows, "chapter activity tells")
        if chosen.actors and _TELLS.search(text):
            teller = self.naming.facts.teller
            naming = self.choosing.naming_actors(replace(chosen, events=events))
            rows = [[t.chapter, *self.rows.labels([teller(t.chapter)]), e.label, *days_of(t)] for e, t in naming]
            yield self._table(chosen, "tellings naming", rows, "when chapter activity tells units operations")
        if _WHO.search(text):
            named = {iri for link in chosen.actors for iri in self.naming.circle(link.thing.iri)}
            for name, roles, cues in SIDES:
                # Without those by which the set was chosen.
                others = ((e, [actor for actor in roles_of(e.told, roles) if actor not in named]) for e in events)
                held = [(e, self.rows.labels(actors)) for e, actors in others]
                rows = [[*self.rows.wide(e), ", ".join(found)] for e, found in held if found]
                yield self._table(chosen, f"activities with {name}", rows, f"{cues} when where towns activity")
                if name in _ASKED_FOR:
                    yield from self._complete(
                        chosen, f"activities with {name}", rows, f"{cues} when where towns activity", full
                    )
                if types := tuple(question.types):
                    # Those of their bodies that are what the question asks for: field operations, states.
                    of_kind = ((e, self.naming.kept(question, roles_of(e.told, roles), types)) for e in events)
                    rows = [[*self.rows.wide(e), ", ".join(self.rows.labels(found))] for e, found in of_kind if found]
                    cues = f"{cues} when where towns activity typed units operations"
                    yield self._table(chosen, f"activities with {name} of kind", rows, cues)

    def _full(self, text: str, events: list[Event]) -> set[str]:
        """Return the names of the activities of which the place and the days are told, as far as these are asked for.

        Parts of others of which that is told, too, are left out.
        """
        days, place = DAY.search(text), _PLACE.search(text)
        told = {
            event.iri: event
            for event in events
            if (not place or self.rows.towns(event))
            and (not days or (event.days and (event.days[0][1] - event.days[0][0]).days < _COURSE))
        }
        return {event.label for event in told.values() if event.wholes.isdisjoint(told)}

    def _complete(
        self, chosen: Chosen, projection: str, rows: list[list[Any]], cues: str, full: set[str]
    ) -> Iterator[Candidate]:
        """Yield the rows that have all that is asked for, if others have not."""
        kept = [row for row in rows if row[0] in full]
        if 0 < len(kept) < len(rows):
            yield self._table(replace(chosen, flags=(*chosen.flags, COMPLETE)), projection, kept, cues)

    def _sent(self, event: Event, actor: str) -> int | None:
        """Return of how many people the chapter of an actor tells."""
        found = [told for told in event.told if self.naming.facts.teller(told.chapter) == actor]
        numbers = [people for told in found if (people := of_telling(told)) is not None]
        return max(numbers, default=None)

    def _table(self, chosen: Chosen, projection: str, rows: list[list[Any]], cues: str) -> Candidate:
        numbers = chosen.numbers | {f"shape {chosen.shape}": 1.0}
        return on_set(chosen, "set", projection, rows, chosen.cues | cue_set(cues), flags=chosen.flags, numbers=numbers)
