"""Stage 10e3: candidates on one activity, or on several that are meant together: roles, days, places, numbers, chapters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from oscegraph.asking import audiences, retrieval
from oscegraph.asking.candidates import SOME, Candidate, cue_set, days_of, roles_of, span, spell
from oscegraph.asking.kinds import after_many, asks, asks_activity, no_more_than_said, wants
from oscegraph.asking.naming import Naming, asked_for, types
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Hit, Question
from oscegraph.asking.statements import Event, Part, Told, areas_of
from oscegraph.namespaces import expand

_AVERAGE = lazy_pattern(r"\b(?:average|mean|on average|per (?:event|course|training|session))\b", re.IGNORECASE)
_ORGANIZER = frozenset({"organizer"})
# Who sat there, and who may be said to have taken part, too.
CAME, HELPED = frozenset({"attendee", "beneficiary"}), frozenset({"speaker", "partner", "trainer"})
# What tells who came, by name and by what they are: of an activity the first always, the second where nobody else is meant.
ATTENDED, TOOK_PART = "attended", "took part"
ATTENDANCE = frozenset({ATTENDED, TOOK_PART})
# By what the structure tells that the question names, where others tell of it, too.
OWN = "own telling"
# Activities fit alike if one bears so much of what the other does.
_ALIKE = 0.97
# A telling dated to a longer time does not say when it was, where another telling does; a month is at most so long, and
# not shorter than that if it is meant; a course lasts less.
_NEAR, _MONTH, _WHOLE_MONTH, _COURSE = 62, 32, 26, 20


def _length(days: tuple[date, date]) -> int:
    return (days[1] - days[0]).days


def nested(days: list[tuple[date, date]]) -> bool:
    """Whether all periods hold the first one, which then says it best."""
    return (
        bool(days)
        and all(d[0] <= days[0][0] and d[1] >= days[0][1] for d in days)
        and all(_length(d) > _COURSE for d in days[1:])
    )


def stated_days(days: list[tuple[date, date]]) -> list[str]:
    """Return the days of one activity, as chapters state them: those of the closest, or of each where they contradict it."""
    near = [some for some in days if _length(some) < _NEAR] or days
    return _spelt(near[:1] if nested(near) else near)


def _spelt(spans: list[tuple[date, date]]) -> list[str]:
    return list(dict.fromkeys(day for pair in sorted(spans) for day in spell(pair)))


class OnEvents:
    """Makes the candidates on single activities."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the candidates on each activity that a question may mean, and on those together that fit alike."""
        hits = retrieval.activities(question)
        for hit in hits:
            yield from Meant(self.naming, question, [hit.event], hit).make()
        alike = [h.event for h in hits if h.matched > _ALIKE * hits[0].matched and h.event.fits_like(hits[0].event)]
        if len(alike) > 1:
            yield from Meant(self.naming, question, alike, hits[0], ("several",)).make()


def attended(naming: Naming, question: Question, event: Event) -> Iterator[Candidate]:
    """Yield who attended an activity: bodies and states with names, and people by what they are ("20 judges").

    People who are only those of the bodies are not told again. Who took part is the same only where nobody is told to have
    taught, spoken or helped.
    """
    named, (people, _) = roles_of(event.told, CAME), came_as(naming, event)
    meant = of_one(naming, question, event)
    # Two bodies of a State may bear its name.
    answer, cues = list(dict.fromkeys([*naming.labels(named), *people])), "attend takepart people benefit"
    yield meant.one(ATTENDED, answer, cues, "activity_attendance")
    if not set(roles_of(event.told, HELPED)) - set(named):
        yield meant.one(TOOK_PART, answer, cues, "activity_attendance")


def came_as(naming: Naming, event: Event) -> tuple[list[str], list[str]]:
    """Return as what people are told who attended an activity: who is told by no name, and who is of the bodies that are."""
    names = naming.labels(roles_of(event.told, CAME))
    people = dict.fromkeys(one.audience for one in event.told if one.audience)
    restated = [one for one in people if audiences.restates(one, names)]
    return [one for one in people if one not in restated], restated


def of_one(naming: Naming, question: Question, event: Event) -> Meant:
    """Return what is told of one activity, whatever words of the question fit it."""
    return Meant(naming, question, [event], Hit(event, 0.0, [], [], 0))


class Meant:
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
        exact = sorted({t.days for t in self.told if t.days}, key=lambda days: (_length(days), days))
        self.near = [days for days in exact if _length(days) < _NEAR] or exact
        self.places = areas_of(self.told)
        self.towns = naming.towns(self.places) or self.places

    def _own(self) -> list[Told]:
        """Return the tellings of the structures that the question names, if others tell of it, too."""
        named = {link.thing.iri for link in self.question.linked.links if not link.excluded}
        own = [told for told in self.told if self.naming.facts.teller(told.chapter) in named]
        return own if len(own) < len(self.told) else []

    def make(self) -> Iterator[Candidate]:
        """Yield the candidates that fit the word that asks."""
        if self.kinds & {"other", "number", "place"}:
            yield from self._roles()
        if "day" in self.kinds:
            yield from self._days()
        if self.kinds & {"place", "other"}:
            yield from self._places()
        if "number" in self.kinds:
            yield from self._people()
            yield from self._numbers()
        if "other" in self.kinds:
            yield from self._said()
        if len({told.chapter for told in self.told}) > 1 and wants(self.question, "differ"):
            yield from self._differences()
        if self.within and wants(self.question, "omitted"):
            yield from self._left_out()

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

    def _named(
        self, projection: str, things: list[str], cues: str | frozenset[str], query: str, *flags: str, **more: Any
    ) -> Candidate:
        """Return a candidate whose answer is the names of things."""
        return self.one(projection, self.naming.labels(things), cues, query, *flags, things=things, **more)

    def _roles(self) -> Iterator[Candidate]:
        """Yield who had which roles, or how many they are; also by the structure alone that the question names."""
        for name, roles, cues in asked_for(self.question):
            every = roles_of(self.told, roles)
            own = roles_of(self.own, roles)
            for actors, by in ((every, ()), (own, (OWN,))) if own and set(own) != set(every) else ((every, ()),):
                yield from self._having(name, roles, cues, actors, by)

    def _having(
        self, name: str, roles: frozenset[str], cues: frozenset[str], actors: list[str], by: tuple[str, ...]
    ) -> Iterator[Candidate]:
        """Yield these actors, who had one of these roles, by the types that a question asks for, or their number."""
        for chosen in types(self.question):
            kept = self.naming.kept(self.question, actors, chosen)
            more: dict[str, Any] = {"types": chosen, "role": sorted(roles)}
            if OWN in by:
                more["section"] = [expand(f"sec:{told.chapter}") for told in self.own]
            if self.kinds == {"number"}:
                if chosen and kept and self.question.target.types:
                    yield self.one(f"number of:{name}", [len(kept)], cues, "activity_participants", *by, **more)
                continue
            for found, flags in self.naming.choices(self.question, kept):
                yield self._named(f"role:{name}", found, cues, "activity_participants", *flags, *by, **more)

    def _days(self) -> Iterator[Candidate]:
        question, near = self.question, self.near
        days = stated_days(near) if len(self.events) == 1 and not self.within else _spelt(near)
        yield self.one("when", [] if no_more_than_said(question, days) else days, "when")
        if near and _length(near[0]) < _MONTH and (wants(question, "month") or _length(near[0]) > _WHOLE_MONTH):
            yield self.one("month", [near[0][0].isoformat()[:7]], "when month")
        if near and wants(question, "bounds"):
            yield self.one("first day", [min(first for first, _ in near).isoformat()], "when")
            yield self.one("last day", [max(last for _, last in near).isoformat()], "when")
        if "where" in question.linked.cues or any(word.plain == "where" for word in question.linked.words):
            label = self.naming.label
            pairs = [[label(a), *days_of(t)] for e in self.events for t in e.told for a in t.areas[:1] if t.days]
            together = len(self.events) > 1 and len(pairs) > 1
            yield self.one(
                "when and where", pairs if together else [*days, *self.naming.labels(self.towns)], "when where towns"
            )

    def _places(self) -> Iterator[Candidate]:
        yield self._named("where", self.towns, "where towns", "activity_told")
        if wants(self.question, "country"):
            yield self._named("country", self.naming.states(self.places), "where states", "activity_told")
        if wants(self.question, "chapters"):
            yield self.one("chapters", list(dict.fromkeys(t.chapter for t in self.told)), "chapter where tells")

    def _people(self) -> Iterator[Candidate]:
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

    def _numbers(self) -> Iterator[Candidate]:
        """Yield how many events, days, chapters and decisions there are."""
        number = [t.events for t in self.told if t.events]
        several = [len(self.events)] if len(self.events) > 1 else []
        yield self.one("events", [max(number)] if number else several, "many", "activity_series")
        if wants(self.question, "duration"):
            by_days = f"P{_length(self.near[0]) + 1}D" if self.near and _length(self.near[0]) < _COURSE else ""
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

    def _said(self) -> Iterator[Candidate]:
        """Yield the decisions that it rests on, its names, themes and kinds."""
        question, events = self.question, self.events
        basis = list(dict.fromkeys(b for t in self.told for b in t.basis))
        symbols = [self.naming.symbol(b) for b in basis]
        yield self.one("basis", symbols, "decision rest provision task", "activity_basis", things=basis)
        if asks_activity(question):
            yield self.one("label", [e.label for e in events], "activity", things=self.iris)
        if wants(question, "titles"):
            titles = list(dict.fromkeys(t.title for t in self.told))
            yield self.one("titles", titles, "activity theme", things=self.iris)
        if wants(question, "theme"):
            yield self.one("themes", self.naming.labels(x for e in events for x in sorted(e.themes)), "theme")
        if wants(question, "kind"):
            yield self.one("kind", sorted({k for e in events for k in e.kinds}), "activity")

    def _differences(self) -> Iterator[Candidate]:
        """Yield what each chapter tells, to be held against the others."""
        told = self.told
        yield self.one("chapters and days", [[t.chapter, *days_of(t)] for t in told if t.days], "chapter when differ")
        if wants(self.question, "titles"):
            yield self.one("chapters and titles", [[t.chapter, t.title] for t in told], "chapter activity differ")
        sides = [[t.chapter, ", ".join(self.naming.labels(roles_of([t], _ORGANIZER)))] for t in told]
        yield self.one("chapters and organizers", sides, "chapter organize who differ", "activity_participants")
        yield self.one("all days", list(dict.fromkeys(day for t in told for day in days_of(t))), "when differ chapter")
        starts = list(dict.fromkeys(t.days[0].isoformat() for t in told if t.days))
        yield self.one("first days", starts, "when differ chapter")

    def _left_out(self) -> Iterator[Candidate]:
        """Yield the organizers whom the chapters that are named leave out, and those whom only they name."""
        others: list[Told] = [t for e in self.events for t in e.told if t.chapter not in self.chapters]
        there, here = (set(roles_of(told, _ORGANIZER)) for told in (others, self.within))
        anyhow = {p.actor for t in self.within for p in t.parts}
        for projection, actors in (("organizers left out", there - anyhow), ("organizers only there", here - there)):
            kept = self.naming.kept(self.question, sorted(actors), ())
            yield self._named(projection, kept, "organize partner chapter", "activity_organizers_omitted")
