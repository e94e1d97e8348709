"""Stage 10e6b: candidates whose answer is rows of values that belong together: each activity with place, days and people,
each chapter with what it says, each body with its role or with how many it sent.

A row may tell more than is asked: an activity stands in each, so that a reader sees what the row is about.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from oscegraph.asking import retrieval, targets
from oscegraph.asking.candidates import SOME, Candidate, cue_set, days_of, roles_of, span, spell
from oscegraph.asking.chosen import FITTING, Choosing, Chosen
from oscegraph.asking.naming import Naming
from oscegraph.asking.retrieval import Hit, Question
from oscegraph.asking.statements import Event, Told

_DAY = re.compile(r"\b(?:when|dates?|dated|days?|months?|timing|schedule|calendar|took place)\b", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:where|places?|town|towns|city|cities|venues?|locations?)\b", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\b(?:how many|numbers?|people|participants?|attend\w*|trainees?|head ?counts?|persons?|officers|breakdown|split)\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"\b(?:who|whom|whose|which|partners?|organi[sz]\w*|hosts?|host(?:ed)?|by|with|funded|units?|bodies|body|supporters?)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\b(?:roles?|capacity|part did|function|who did what)\b", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:each|every|per|respective\w*|all|both|two|three|four|five|six|list|pair|match|compare|breakdown|chapters?|by|and"
    r"|their|its|with|dates|places|towns|cities)\b|[,:;]",
    re.IGNORECASE,
)
# So many activities at most are taken together because they fit.
_FITTING = 7
# Longer tables are not given as an answer.
_MOST = 30
_LAST = date(9999, 1, 1)
_ORGANIZERS = frozenset({"organizer"})
_PARTNERS = frozenset({"organizer", "partner"})
_SUPPORTERS = frozenset({"partner", "facilitator", "funder", "host"})
_SPEAKERS = frozenset({"speaker", "trainer"})
_ATTENDEES = frozenset({"attendee", "beneficiary"})
_SIDES = (
    ("organizers", _ORGANIZERS, "organize run who"),
    ("partners", _PARTNERS, "organize run partner together withwhom who support"),
    ("funders", frozenset({"funder"}), "fund who"),
    ("accreditors", frozenset({"accreditor"}), "accredit who"),
    ("supporters", _SUPPORTERS, "support partner fund host who"),
    ("speakers", _SPEAKERS, "speak train who"),
    ("attendees", _ATTENDEES, "attend takepart people benefit who train"),
)


def _first_day(event: Event) -> date:
    return event.days[0][0] if event.days else _LAST


class OnRows:
    """Makes the candidates whose answer is rows of values."""

    def __init__(self, naming: Naming, choosing: Choosing) -> None:
        self.naming, self.choosing = naming, choosing

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the rows that a question may ask for, if it asks for several things."""
        text = question.linked.text
        if question.polar or not _EACH.search(text):
            return
        for hit in retrieval.activities(question, 4):
            yield from self._of_event(question, hit)
        for chosen in self.choosing.sets(question):
            if 1 <= len(chosen.events) <= _MOST:
                yield from self._of_set(question, chosen)
        for chosen in self._fitting(question):
            yield from self._of_set(question, chosen)

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

    def _of_event(self, question: Question, hit: Hit) -> Iterator[Candidate]:
        """Yield the rows of one activity: by chapter, by body."""
        text, event = question.linked.text, hit.event
        cues = SOME | cue_set("chapter when where towns differ who")
        rows: list[list[Any]]
        if len(event.told) > 1:
            for name, roles, said in _SIDES[1:]:
                rows = [[t.chapter, ", ".join(self._labels(roles_of([t], roles)))] for t in event.told]
                yield self._row("event", f"chapters and {name}", rows, cues | cue_set(said), hit, "activity_participants")
            titles = [[t.chapter, t.title] for t in event.told if t.title]
            if len({title for _, title in titles}) > 1:
                yield self._row("event", "chapters and titles", titles, cues | cue_set("activity title"), hit)
            people = [[t.chapter, t.people] for t in event.told if t.people is not None]
            if people:
                yield self._row("event", "chapters and people", people, cues | cue_set("many people attend"), hit)
            lasted = [[t.chapter, span(t.duration), *days_of(t)] for t in event.told if t.days or t.duration]
            yield self._row("event", "chapters with length and days", lasted, cues, hit)
            yield self._row("event", "tellers and people", self._by_teller(event), cues | cue_set("many people sent"), hit)
        sent: dict[str, int] = {}
        for part in (part for told in event.told for part in told.parts if part.people is not None):
            sent[part.actor] = max(part.people or 0, sent.get(part.actor, 0))
        if len(sent) > 1:
            rows = [[self.naming.label(actor), number] for actor, number in sent.items()]
            more = cue_set("many people attend takepart benefit train sent typed")
            yield self._row("event", "bodies and people", rows, cues | more, hit, "activity_participants")
        if _ROLE.search(text):
            had: dict[str, list[str]] = {}
            for part in (part for told in event.told for part in told.parts):
                had.setdefault(part.actor, []).append(part.role)
            rows = [[self.naming.label(actor), ", ".join(dict.fromkeys(roles))] for actor, roles in had.items()]
            yield self._row("event", "bodies and roles", rows, cues | cue_set("takepart"), hit, "activity_participants")
        if _DAY.search(text) and (event.days or event.areas):
            yield self._row("event", "activity with place and days", [self._wide(event)], cues | {"activity"}, hit)
            if (came := _people(event)) is not None and _PEOPLE.search(text):
                rows = [[*self._wide(event), came]]
                more = cue_set("activity many people attend takepart train benefit")
                yield self._row("event", "activity with place and days and people", rows, cues | more, hit)
            hosts = self._labels(roles_of(event.told, _ORGANIZERS))
            rows = [[*self._wide(event), ", ".join(hosts)]]
            yield self._row(
                "event", "activity with place and days and organizers", rows, cues | {"activity", "organize"}, hit
            )

    def _by_teller(self, event: Event) -> list[list[Any]]:
        """Return for the structure of each chapter how many people of single bodies it tells of."""
        rows = []
        for told in event.told:
            teller, people = self.naming.facts.teller(told.chapter), _of_telling(told)
            if teller and people is not None:
                rows.append([self.naming.label(teller), people])
        return rows

    def _row(
        self,
        family: str,
        projection: str,
        rows: list[list[Any]],
        cues: frozenset[str],
        hit: Hit,
        name: str = "activity_told",
    ) -> Candidate:
        iri = hit.event.iri
        return Candidate(
            family,
            projection,
            rows,
            cues,
            name,
            {"activity": [iri]},
            (iri,),
            hit,
            open_words=hit.open_words,
            open_links=hit.open_links,
        )

    def _of_set(self, question: Question, chosen: Chosen) -> Iterator[Candidate]:
        """Yield the rows of several activities: each with place and days, with people, with who had a role."""
        text = question.linked.text
        events = sorted(chosen.events, key=lambda e: (_first_day(e), e.label))
        if _DAY.search(text) or _PLACE.search(text):
            rows = [self._wide(e) for e in events if e.days or self._towns(e)]
            yield self._table(chosen, "activities with places and days", rows, "when where towns activity month")
            exact = [self._wide(e) for e in events if e.days and (e.days[0][1] - e.days[0][0]).days < _MOST]
            if len(exact) < len(rows):
                yield self._table(chosen, "activities with exact days", exact, "when where towns activity")
        if _PEOPLE.search(text):
            rows = [[*self._wide(e), people] for e in events if (people := _people(e)) is not None]
            cues = "many people attend takepart benefit train when where towns activity"
            yield self._table(chosen, "activities with people", rows, cues)
            for link in chosen.actors[:1]:
                sent = [[*self._wide(e), people] for e in events if (people := self._sent(e, link.thing.iri)) is not None]
                if sent != rows:
                    yield self._table(chosen, "activities with people of teller", sent, f"{cues} sent facilitate support")
        if _WHO.search(text):
            named = {iri for link in chosen.actors for iri in self.naming.circle(link.thing.iri)}
            for name, roles, cues in _SIDES:
                # Without those by which the set was chosen.
                others = ((e, [actor for actor in roles_of(e.told, roles) if actor not in named]) for e in events)
                held = [(e, self._labels(actors)) for e, actors in others]
                rows = [[*self._wide(e), ", ".join(found)] for e, found in held if found]
                yield self._table(chosen, f"activities with {name}", rows, f"{cues} when where towns activity")

    def _sent(self, event: Event, actor: str) -> int | None:
        """Return of how many people the chapter of an actor tells."""
        found = [told for told in event.told if self.naming.facts.teller(told.chapter) == actor]
        numbers = [people for told in found if (people := _of_telling(told)) is not None]
        return max(numbers, default=None)

    def _table(self, chosen: Chosen, projection: str, rows: list[list[Any]], cues: str) -> Candidate:
        return Candidate(
            "set",
            projection,
            rows,
            chosen.cues | cue_set(cues),
            chosen.query,
            chosen.values(),
            tuple(event.iri for event in chosen.events),
            open_words=chosen.open_words,
            open_links=chosen.open_links,
            flags=chosen.flags,
            numbers=chosen.numbers | {f"shape {chosen.shape}": 1.0},
        )

    def _wide(self, event: Event) -> list[Any]:
        """Return an activity with its towns and days."""
        return [event.label, *self._towns(event), *(spell(event.days[0]) if event.days else ())]

    def _towns(self, event: Event) -> list[str]:
        areas = dict.fromkeys(area for told in event.told for area in told.areas)
        return self._labels(self.naming.towns(areas))

    def _labels(self, iris: list[str]) -> list[str]:
        return list(dict.fromkeys(self.naming.labels(iris)))


def _of_telling(told: Told) -> int | None:
    """Return of how many people of single bodies a telling tells, or of how many in all."""
    people = [part.people for part in told.parts if part.people is not None]
    return sum(people) if people else told.people


def _people(event: Event) -> int | None:
    """Return how many people came to an activity, if it is told."""
    found = [told.people for told in event.told if told.people is not None]
    parts = [part.people for told in event.told for part in told.parts if part.people is not None]
    return max(found) if found else sum(parts) if parts else None
