"""Stage 10e3: candidates on one activity, or on several that are meant together: roles, days, places, numbers, chapters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from oscegraph.asking import audiences, retrieval
from oscegraph.asking.candidates import Candidate, days_of, roles_of, spell
from oscegraph.asking.kinds import asks_activity, no_more_than_said, wants
from oscegraph.asking.meant import COURSE, NEAR, OfEvents, length
from oscegraph.asking.naming import Naming, asked_for, types
from oscegraph.asking.retrieval import Hit, Question
from oscegraph.asking.statements import Event, Told
from oscegraph.namespaces import expand

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
# A month is at most so long, and not shorter than that if it is meant.
_MONTH, _WHOLE_MONTH = 32, 26


def nested(days: list[tuple[date, date]]) -> bool:
    """Whether all periods hold the first one, which then says it best."""
    return (
        bool(days)
        and all(d[0] <= days[0][0] and d[1] >= days[0][1] for d in days)
        and all(length(d) > COURSE for d in days[1:])
    )


def stated_days(days: list[tuple[date, date]]) -> list[str]:
    """Return the days of one activity, as chapters state them: those of the closest, or of each where they contradict it."""
    near = [some for some in days if length(some) < NEAR] or days
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


class Meant(OfEvents):
    """Makes the candidates on such activities."""

    def make(self) -> Iterator[Candidate]:
        """Yield the candidates that fit the word that asks."""
        if self.kinds & {"other", "number", "place"}:
            yield from self._roles()
        if "day" in self.kinds:
            yield from self._days()
        if self.kinds & {"place", "other"}:
            yield from self._places()
        if "number" in self.kinds:
            yield from self.people_told()
            yield from self.numbers_told()
        if "other" in self.kinds:
            yield from self._said()
        if len({told.chapter for told in self.told}) > 1 and wants(self.question, "differ"):
            yield from self._differences()
        if self.within and wants(self.question, "omitted"):
            yield from self._left_out()

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
                yield self.named(f"role:{name}", found, cues, "activity_participants", *flags, *by, **more)

    def _days(self) -> Iterator[Candidate]:
        question, near = self.question, self.near
        days = stated_days(near) if len(self.events) == 1 and not self.within else _spelt(near)
        yield self.one("when", [] if no_more_than_said(question, days) else days, "when")
        if near and length(near[0]) < _MONTH and (wants(question, "month") or length(near[0]) > _WHOLE_MONTH):
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
        yield self.named("where", self.towns, "where towns", "activity_told")
        if wants(self.question, "country"):
            yield self.named("country", self.naming.states(self.places), "where states", "activity_told")
        if wants(self.question, "chapters"):
            yield self.one("chapters", list(dict.fromkeys(t.chapter for t in self.told)), "chapter where tells")

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
            yield self.named(projection, kept, "organize partner chapter", "activity_organizers_omitted")
