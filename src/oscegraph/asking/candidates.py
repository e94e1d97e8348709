"""Stage 10e: everything that a question may ask, as candidates: an operation on what it may mean, with its answer.

A candidate is not yet believed: `scoring` weighs how well it fits the words of the question.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from oscegraph.asking import asked_roles, retrieval, targets
from oscegraph.asking.asked_links import Link, Linked
from oscegraph.asking.asked_names import AREAS, INSTRUMENTS
from oscegraph.asking.asked_types import TYPES, wanted
from oscegraph.asking.facts import Detail, Event, Facts, Told
from oscegraph.asking.retrieval import Found, Hit, Question
from oscegraph.namespaces import expand

# Sets of roles that are asked for together, and the cues that ask for them.
ROLES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    name: (frozenset(roles.split()), frozenset(cues.split()))
    for name, roles, cues in (
        ("funder", "funder", "fund"),
        ("organizer", "organizer", "organize run activity"),
        ("organizers", "organizer partner", "organize run partner together withwhom activity"),
        ("partner", "partner", "partner support together withwhom"),
        ("partners", "organizer partner facilitator host", "partner withwhom together organize run support host"),
        ("host", "host", "host visited where"),
        ("trainer", "trainer", "train"),
        ("speaker", "speaker", "speak"),
        ("trainers", "trainer speaker", "train speak sent"),
        ("attendee", "attendee", "attend takepart people"),
        ("attendees", "attendee beneficiary", "attend takepart people benefit sent train"),
        ("participants", "attendee beneficiary speaker partner trainer", "attend takepart people benefit"),
        ("supporters", "partner facilitator", "support partner"),
        ("facilitator", "facilitator", "support sent"),
        ("accreditor", "accreditor", "accredit"),
        ("beneficiary", "beneficiary", "benefit people train support visited"),
        (
            "anybody",
            "funder organizer partner host trainer speaker attendee facilitator accreditor beneficiary",
            "takepart partner support organize together withwhom",
        ),
    )
}
ACTIVITY, SOME = "activity", frozenset({"activity", "many", "people", "typed", "who", "which"})


@dataclass
class Candidate:
    """One way to take a question: the operation, the answer, what it leaves open, and on which activities it rests.

    `query`, `values` and `columns` are the named query that gives the answer; `facts` what else is known of the fit.
    """

    family: str
    projection: str
    answer: list[Any]
    cues: frozenset[str] = frozenset()
    query: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    events: tuple[str, ...] = ()
    hit: Hit | None = None
    found: Found | None = None
    open_words: list[retrieval.Token] = field(default_factory=list)
    open_links: list[Link] = field(default_factory=list)
    types: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    numbers: dict[str, float] = field(default_factory=dict)
    things: tuple[str, ...] = ()

    @property
    def left(self) -> float:
        """The weight of the words that nothing accounts for."""
        return sum(t.weight for t in self.open_words if not t.cues & self.cues)


def days_of(told: Told) -> list[str]:
    """Return the first and the last day of a telling."""
    return [] if told.days is None else list(dict.fromkeys(day.isoformat() for day in told.days))


# Words without which some things are not asked for.
_WANTS = {
    "month": r"\bmonths?\b",
    "bounds": r"\b(?:first|last|start\w*|beg[aiu]n\w*|end\w*|open\w*|clos\w*|until|final|from)\b",
    "differ": r"\b(?:differ\w*|chapters?|contradict\w*|disagree\w*|two|both|each|account|versions?|discrepan\w*|dates|titles|names|inconsisten\w*|conflict\w*|sections?|told|sides?)\b",
    "duration": r"\b(?:long|days|weeks|months|last\w*|duration|length|many)\b",
    "country": r"\b(?:countr\w*|states?|nations?|territor\w*)\b",
    "theme": r"\b(?:themes?|topics?|fields?|subjects?|headings?|area)\b",
    "kind": r"\b(?:kinds?|types?|sorts?|formats?|forms?)\b",
    "titles": r"\b(?:titles?|names?|called|named|headed|headings?|known|under)\b",
    "chapters": r"\b(?:chapters?|sections?|parts?|told|tells?|mention\w*|describ\w*|report\w*|cover\w*|where|passages?|places|find|read|appear\w*)\b",
    "omitted": r"\b(?:left out|leaves? out|omit\w*|miss\w*|only|not|without|fails?|unmentioned|names?|absent|forg\w*)\b",
    "total": r"\b(?:total|altogether|in all|together|overall|combined|sum)\b",
}
WANTS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _WANTS.items()}


def wants(question: Question, name: str) -> bool:
    """Whether a question has a word without which it cannot ask for something."""
    return bool(WANTS[name].search(question.linked.text))


_NUMBER = re.compile(
    r"\bhow (?:many|long|large|big|much)\b|\bnumbers? of\b|\bhead ?count\b|\bby how\b|\bcount of\b|\btotal (?:attendance|number)\b"
    r"|\bwhat (?:was|is|were) (?:the|their|its|his)?\s*(?:total |exact |overall )?(?:number|count|attendance|strength|size)\b"
    r"|\bstaff (?:strength|number|count|size)\b|^\W*count\b|\bnumber what\b|\bwhat number\b",
    re.IGNORECASE,
)
# What kinds of details can be the answer.
ANSWERS = {"number": {"number", "date"}, "day": {"date"}, "other": {"thing", "text"}, "place": {"thing", "text"}}
_DAY = re.compile(
    r"\b(?:(?:exact|precise|start|end|opening|closing|which|what|on|the)\s+)(?:days?|dates?|timing)\b|^\W*(?:days?|dates?)\b|\bdates?\W*$|\bwhen\b",
    re.I,
)
_OTHER = re.compile(r"\b(?:who|whom|whose|which|what)\b(?!\s+(?:\w+\s+)?(?:days?|dates?|month|year)\b)", re.IGNORECASE)


def asks(question: Question) -> set[str]:
    """Return what kinds of answer a question can have by the word that asks: number, day, place, other."""
    words = [w.plain for w in question.linked.words]
    text = question.linked.text
    if re.search(r"\bhow often\b", text, re.I):
        return {"number", "other"}
    if _NUMBER.search(text):
        return {"number"}
    first = next((w for w in words[:6] if w in ("who", "whom", "whose", "which", "what", "when", "where")), "")
    if first == "when":
        return {"day", "place"} if "where" in words else {"day"}
    if first == "where":
        return {"place", "other", "day"}
    if first in ("who", "whom", "whose"):
        return {"other"}
    if _DAY.search(text) and not _OTHER.search(text):
        return {"day", "place"} if re.search(r"\b(?:where|place|venue|town|city)\b", text, re.I) else {"day"}
    return {"number", "day", "place", "other"}


class Maker:
    """Makes the candidates of questions over one set of facts."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.directory = facts, facts.directory

    def make(self, question: Question) -> list[Candidate]:
        """Return all candidates of a question."""
        makers = (self._polar,) if question.polar else (self._on_events, self._on_sets, self._on_details)
        return [candidate for maker in makers for candidate in maker(question)]

    # Whom an answer names

    def _label(self, iri: str) -> str:
        return self.directory.label(iri)

    def kept(self, question: Question, actors: list[str], types: tuple[str, ...]) -> list[str]:
        """Leave out whom the question names itself, parts of bodies that are there, and who is of another type."""
        things, linked = self.directory.things, question.linked
        out: set[str] = set()
        inside: set[str] = set()
        for link in linked.links:
            if not link.thing.is_actor or (link.thing.cls in AREAS and not link.excluded):
                continue
            circle = self.directory.circle(link.thing.iri)
            if types == ("departments",):
                inside |= circle
                out.add(link.thing.iri)
            else:
                out |= circle
        actors = [a for a in dict.fromkeys(actors) if a not in out and (not inside or a in inside)]
        if not types:
            # A unit and its department, told together, are the department of that unit.
            there = set(actors)
            wholes = {
                w for a in actors if things[a].type == "department" for w in things[a].facts.get("subOrganizationOf", ())
            }
            actors = [a for a in actors if a not in wholes]
            parts = {iri for whole in there - wholes for iri in self.directory.circle(whole) if iri != whole}
            return [a for a in actors if a not in parts]
        found: list[str] = []
        for iri in actors:
            thing = things.get(iri)
            if thing is None or wanted(list(types), thing):
                found.append(iri)
            elif "states" in types and thing.type in ("national-body", "academic-body"):
                found += thing.facts.get("jurisdiction", ())[:1]
            elif "units" in types and (unit := self.unit(iri)):
                found.append(unit)
        there = set(found)
        parts = {iri for whole in there for iri in self.directory.circle(whole) if iri != whole}
        return [iri for iri in dict.fromkeys(found) if iri not in parts or types == ("departments",)]

    def unit(self, iri: str) -> str | None:
        """Return the unit that a department or post of the OSCE belongs to."""
        thing = self.directory.things.get(iri)
        while thing is not None and thing.type in ("department", "post", "facility"):
            up = next((v for kind in ("subOrganizationOf", "postIn") for v in thing.facts.get(kind, ())), "")
            thing = self.directory.things.get(up)
        return thing.iri if thing and thing.type in ("secretariat-unit", "institution", "field-operation") else None

    def of_state(self, question: Question, actors: list[str]) -> list[str]:
        """Return those that are of the states whose adjectives the question has, or are these states."""
        states = question.linked.demonyms
        things = self.directory.things
        return [a for a in actors if a in states or states & set(things[a].facts.get("jurisdiction", ()))]

    def _types(self, question: Question) -> list[tuple[str, ...]]:
        return [(), tuple(question.types)] if question.types else [()]

    # One activity, or several that a question means together

    def _on_events(self, question: Question) -> Iterator[Candidate]:
        hits = retrieval.activities(question)
        for hit in hits:
            yield from self._of_events(question, [hit.event], hit, ())
        best = hits[0] if hits else None
        alike = [h for h in hits if best and h.matched > 0.97 * best.matched and h.event.fits_like(best.event)]
        if len(alike) > 1 and best:
            yield from self._of_events(question, [h.event for h in alike], best, ("several",))

    def _of_events(self, question: Question, events: list[Event], hit: Hit, flags: tuple[str, ...]) -> Iterator[Candidate]:
        iris = tuple(e.iri for e in events)
        told = [t for e in events for t in e.told]
        chapters = set(question.linked.chapters)
        within = [t for t in told if t.chapter in chapters]
        if within:
            told, flags = within, (*flags, "chapter")
        elif chapters:
            flags = (*flags, "no chapter")

        def one(
            projection: str,
            answer: list[Any],
            cues: str,
            query: str,
            types: tuple[str, ...] = (),
            *more: str,
            things: Iterable[str] = (),
            **values: Any,
        ) -> Candidate:
            return Candidate(
                "event", projection, list(answer), frozenset(cues.split()) | SOME, query, {"activity": list(iris), **values},
                iris, hit, None, hit.open_words, hit.open_links, types, (*flags, *more), {}, tuple(things),
            )  # fmt: skip

        kinds = asks(question)
        for name, (roles, cues) in self._roles(question) if kinds & {"other", "number", "place"} else ():
            parts = [p.actor for t in told for p in t.parts if p.role in roles]
            for types in self._types(question):
                kept = self.kept(question, parts, types)
                if kinds == {"number"}:
                    if types and kept and question.target.types:
                        yield one(
                            f"number of:{name}",
                            [len(kept)],
                            " ".join(cues),
                            "activity_participants",
                            types,
                            role=sorted(roles),
                        )
                    continue
                yield one(
                    f"role:{name}",
                    list(map(self._label, kept)),
                    " ".join(cues),
                    "activity_participants",
                    types,
                    things=kept,
                    role=sorted(roles),
                )
                if question.linked.demonyms and (ours := self.of_state(question, kept)) != kept:
                    yield one(
                        f"role:{name}",
                        list(map(self._label, ours)),
                        " ".join(cues),
                        "activity_participants",
                        types,
                        "of state",
                        things=ours,
                        role=sorted(roles),
                    )
        exact = sorted({t.days for t in told if t.days}, key=lambda d: ((d[1] - d[0]).days, d))
        near = [d for d in exact if (d[1] - d[0]).days < 62] or exact
        places = list(dict.fromkeys(a for t in told for a in t.areas))
        towns = [a for a in places if self.directory.things[a].cls == "Place"] or places
        if "day" in kinds:
            best = near[:1] if len(events) == 1 and not within and _nested(near) else near
            days = list(dict.fromkeys(day.isoformat() for d in sorted(best) for day in d))
            yield one("when", days, "when", "activity_told")
            if (
                near
                and (near[0][1] - near[0][0]).days < 32
                and (wants(question, "month") or (near[0][1] - near[0][0]).days > 26)
            ):
                yield one("month", [near[0][0].isoformat()[:7]], "when month", "activity_told")
            if near and wants(question, "bounds"):
                yield one("first day", [min(d[0] for d in near).isoformat()], "when", "activity_told")
                yield one("last day", [max(d[1] for d in near).isoformat()], "when", "activity_told")
            if "where" in question.linked.cues or "where" in [w.plain for w in question.linked.words]:
                pairs = [[self._label(a), *days_of(t)] for e in events for t in e.told for a in t.areas[:1] if t.days]
                both = pairs if len(events) > 1 and len(pairs) > 1 else [*days, *map(self._label, towns)]
                yield one("when and where", both, "when where towns", "activity_told")
        if kinds & {"place", "other"}:
            yield one("where", [self._label(a) for a in towns], "where towns", "activity_told", things=towns)
            if wants(question, "country"):
                states = list(dict.fromkeys(v for a in places for v in self._states(a)))
                yield one("country", [self._label(a) for a in states], "where states", "activity_told", things=states)
            if wants(question, "chapters"):
                yield one("chapters", list(dict.fromkeys(t.chapter for t in told)), "chapter where tells", "activity_told")
        if "number" in kinds:
            yield from self._numbers(question, events, told, near, one)
        if "other" in kinds:
            basis = list(dict.fromkeys(b for t in told for b in t.basis))
            yield one(
                "basis", [self._symbol(b) for b in basis], "decision rest provision task", "activity_basis", things=basis
            )
            if self._asks_activity(question):
                yield one("label", [e.label for e in events], "activity", "activity_told", things=iris)
            if wants(question, "titles"):
                yield one(
                    "titles", list(dict.fromkeys(t.title for t in told)), "activity theme", "activity_told", things=iris
                )
            if wants(question, "theme"):
                yield one("themes", [self._label(x) for e in events for x in sorted(e.themes)], "theme", "activity_told")
            if wants(question, "kind"):
                yield one("kind", sorted({k for e in events for k in e.kinds}), "activity", "activity_told")
        if len({t.chapter for t in told}) > 1 and wants(question, "differ"):
            yield one(
                "chapters and days",
                [[t.chapter, *days_of(t)] for t in told if t.days],
                "chapter when differ",
                "activity_told",
            )
            yield one(
                "chapters and titles", [[t.chapter, t.title] for t in told], "chapter activity differ", "activity_told"
            )
            sides = [[t.chapter, ", ".join(self._label(p.actor) for p in t.parts if p.role == "organizer")] for t in told]
            yield one("chapters and organizers", sides, "chapter organize who differ", "activity_participants")
            yield one(
                "all days", list(dict.fromkeys(d for t in told for d in days_of(t))), "when differ chapter", "activity_told"
            )
            starts = list(dict.fromkeys(t.days[0].isoformat() for t in told if t.days))
            yield one("first days", starts, "when differ chapter", "activity_told")
        if chapters and within and wants(question, "omitted"):
            there = {
                p.actor
                for e in events
                for t in e.told
                if t.chapter not in chapters
                for p in t.parts
                if p.role == "organizer"
            }
            here = {p.actor for t in within for p in t.parts if p.role == "organizer"}
            anyhow = {p.actor for t in within for p in t.parts}
            out = self.kept(question, sorted(there - anyhow), ())
            yield one(
                "organizers left out",
                list(map(self._label, out)),
                "organize partner chapter",
                "activity_organizers_omitted",
                things=out,
            )
            only = self.kept(question, sorted(here - there), ())
            yield one(
                "organizers only there",
                list(map(self._label, only)),
                "organize partner chapter",
                "activity_organizers_omitted",
                things=only,
            )

    def _numbers(
        self,
        question: Question,
        events: list[Event],
        told: list[Told],
        near: list[tuple[date, date]],
        one: Callable[..., Candidate],
    ) -> Iterator[Candidate]:
        """Numbers of an activity: people, those of one group, events, days, chapters."""
        cues = "many people attend benefit train takepart"
        people = [t.people for t in told if t.people is not None]
        named = {p.actor for t in told for p in t.parts if p.people is not None}
        circles = [self.directory.circle(k.thing.iri) | self.facts.of_area(k.thing.iri) for k in question.links]
        circles += [self.facts.of_area(state) | {state} for state in question.linked.demonyms]
        more = ("group named",) if any(circle & named for circle in circles) else ()
        places = [
            *(k.start for k, circle in zip(question.links, circles, strict=False) if circle & named),
            *(question.linked.adjectives if named else ()),
        ]
        if more and any(self._after_many(question, i) for i in places):
            more = ("group named", "after many")
        yield one("people", [max(people)] if people else [], cues, "activity_told", (), *more)
        if len(events) > 1 and people:
            yield one("people in all", [sum(people)], cues, "activity_told")
        groups = [p for t in told for p in t.parts if p.people is not None]
        for link in question.links:
            circle = self.directory.circle(link.thing.iri) | self.facts.of_area(link.thing.iri)
            if mine := [p.people or 0 for p in groups if p.actor in circle]:
                close = ("after many",) if self._after_many(question, link.start) else ()
                yield one("people of", [max(mine)], cues, "activity_participants", (), link.thing.type, *close)
        for state in sorted(question.linked.demonyms):
            if mine := [p.people or 0 for p in groups if p.actor in self.facts.of_area(state) | {state}]:
                close = ("after many",) if any(self._after_many(question, i) for i in question.linked.adjectives) else ()
                yield one("people of", [max(mine)], cues, "activity_participants", (), "demonym", *close)
        for group in {p.people for p in groups} if len(groups) < 4 else ():
            yield one("people of some", [group], cues, "activity_participants")
        number = [t.events for t in told if t.events]
        yield one(
            "events", [max(number)] if number else ([len(events)] if len(events) > 1 else []), "many", "activity_series"
        )
        if wants(question, "duration"):
            lasted = [t.duration for t in told if t.duration]
            unit = next((u for u in "DWM" if lasted and u in lasted[0]), "D")
            yield one("duration", [_duration(lasted[0])] if lasted else [], "many when", "activity_told", (), f"in {unit}")
            if length := _length(near):
                yield one("length", length, "many when", "activity_told")
        if wants(question, "chapters"):
            yield one("number of chapters", [len({t.chapter for t in told})], "chapter many", "activity_told")
        basis = {b for t in told for b in t.basis}
        if basis:
            yield one("number of decisions", [len(basis)], "decision many rest", "activity_basis")

    def _roles(self, question: Question) -> list[tuple[str, tuple[frozenset[str], frozenset[str]]]]:
        """Return the roles that a question may ask for: those of its cues, or all if it has none."""
        said = question.linked.cues & asked_roles.ROLES.keys()
        if "partner" in question.linked.cues or "withwhom" in question.linked.cues or "together" in question.linked.cues:
            said = said | {"partner"}
        return [(name, two) for name, two in ROLES.items() if not said or name == "anybody" or two[1] & said]

    def _asks_activity(self, question: Question) -> bool:
        """Whether a question can be answered by an activity: by what it asks for, or as it does not say."""
        asked = question.target.asked
        return targets.ACTIVITY in asked or not asked - {targets.OTHER, targets.THEME} or wants(question, "titles")

    def _can_be(self, question: Question, iri: str) -> bool:
        """Whether a thing is of the kind that a question asks for."""
        asked = question.target.asked
        if iri in self.facts.events:
            return self._asks_activity(question)
        thing = self.directory.things.get(iri)
        if thing is None:
            return False
        if thing.cls in INSTRUMENTS:
            return targets.DECISION in asked or not asked - {targets.OTHER}
        if question.types:
            return wanted(list(question.types), thing)
        return targets.WHO in asked or not asked - {targets.OTHER}

    def _after_many(self, question: Question, place: int) -> bool:
        """Whether a word stands close behind "how many"."""
        return any(w.plain in ("many", "number") and 0 < place - i <= 6 for i, w in enumerate(question.linked.words))

    def _states(self, area: str) -> list[str]:
        """Return the state or territory of an area."""
        thing = self.directory.things[area]
        return [area] if thing.cls != "Place" else list(thing.facts.get("inArea", ()))

    def _symbol(self, iri: str) -> str:
        thing = self.directory.things.get(iri)
        return (thing.names.get("symbol") or [thing.label])[0] if thing else iri

    # Yes or no

    def _polar(self, question: Question) -> Iterator[Candidate]:
        yield from self._is_so(question)
        yield from self._had_role(question)
        yield from self._was_there(question)
        yield from self._any_at_all(question)
        for found in retrieval.details(question, 2):
            for truth in (True, False):
                one = self._of_detail(question, found, str(truth), [truth])
                one.family, one.things = "is told", ()
                yield one

    def _is_so(self, question: Question) -> Iterator[Candidate]:
        """All that is said fits one activity, or it does not."""
        for hit in retrieval.activities(question, 3):
            for truth in (True, False):
                yield Candidate(
                    "is so", str(truth), [truth], frozenset(asked_roles.ROLES) | SOME | {"partner", "withwhom"}, "activity_told", {"activity": [hit.event.iri]},
                    (hit.event.iri,), hit, None, hit.open_words, hit.open_links,
                )  # fmt: skip

    def _had_role(self, question: Question) -> Iterator[Candidate]:
        for link in question.links:
            if not (link.thing.is_actor or link.thing.cls in INSTRUMENTS) or link.quiet:
                continue
            circle = self.directory.circle(link.thing.iri) | self.facts.of_area(link.thing.iri)
            for hit in retrieval.activities(question, 3, [link]):
                found = {p.role for t in hit.event.told for p in t.parts if p.actor in circle}
                for name, (roles, cues) in ROLES.items():
                    if not (cues & set(question.roles) or name == "anybody"):
                        continue
                    yield Candidate(
                        "had role", name, [bool(found & roles)], cues | SOME, "activity_participants",
                        {"activity": [hit.event.iri], "role": sorted(roles)}, (hit.event.iri,), hit, None,
                        hit.open_words, hit.open_links, (), ("by",) if link.by else (link.thing.type,),
                    )  # fmt: skip
                if link.thing.cls in INSTRUMENTS:
                    so = any(link.thing.iri in t.basis for t in hit.event.told)
                    yield Candidate("had role", "basis", [so], frozenset({"decision", "rest", "task"}) | SOME, "activity_basis",
                        {"activity": [hit.event.iri]}, (hit.event.iri,), hit, None, hit.open_words, hit.open_links)  # fmt: skip

    def _was_there(self, question: Question) -> Iterator[Candidate]:
        """An activity was in that place, in that time, in that chapter, with so many people."""
        linked = question.linked
        for link in question.links:
            if link.thing.cls not in AREAS or link.quiet:
                continue
            for hit in retrieval.activities(question, 3, [link]):
                if not hit.event.areas:
                    continue
                yield self._truth(question, "where", link.thing.iri in hit.event.areas, hit)
        if linked.days:
            for hit in retrieval.activities(question, 3, dated=False):
                if hit.event.days:
                    yield self._truth(question, "when", bool(hit.event.fits(linked.days)), hit)
        if linked.chapters:
            for hit in retrieval.activities(question, 3):
                for number, chapter in enumerate(linked.chapters):
                    which = "only" if len(linked.chapters) == 1 else "first" if not number else "last"
                    yield self._truth(question, f"{which} chapter", any(t.chapter == chapter for t in hit.event.told), hit)
        for hit in retrieval.activities(question, 2):
            people = [t.people for t in hit.event.told if t.people is not None]
            days = {tuple(days_of(t)) for t in hit.event.told if t.days}
            titles = {t.title for t in hit.event.told}
            if len(hit.event.told) > 1:
                yield self._truth(question, "days differ", len(days) > 1, hit, "differ when chapter")
                yield self._truth(question, "days agree", len(days) <= 1, hit, "agree when chapter")
                yield self._truth(question, "titles differ", len(titles) > 1, hit, "differ activity chapter")
                yield self._truth(question, "titles agree", len(titles) <= 1, hit, "agree activity chapter")
            for number in linked.numbers[:1]:
                if people:
                    most = max(people)
                    for name, so in (("equal", most == number), ("more", most > number), ("fewer", most < number)):
                        yield self._truth(question, f"people {name}", so, hit, "many people attend")

    def _truth(
        self, question: Question, projection: str, so: bool, hit: Hit, cues: str = "when where towns chapter tells"
    ) -> Candidate:
        return Candidate("was there", projection, [so], frozenset(cues.split()) | SOME, "activity_told",
            {"activity": [hit.event.iri]}, (hit.event.iri,), hit, None, hit.open_words, hit.open_links)  # fmt: skip

    def _any_at_all(self, question: Question) -> Iterator[Candidate]:
        for chosen in self._sets(question):
            if chosen.role and chosen.actor is None:
                continue
            values = chosen.values()
            yield Candidate(
                "any", chosen.shape, [bool(chosen.events)], chosen.cues, "actor_activities" if chosen.actors else "activities_filtered",
                values, tuple(e.iri for e in chosen.events), None, None, chosen.open_words, chosen.open_links, (), chosen.flags, chosen.numbers,
            )  # fmt: skip

    # Sets of activities

    def _sets(self, question: Question) -> Iterator[Chosen]:
        """Yield the ways to take the names of a question as whom, where, what and when it asks about."""
        facts, linked = self.facts, question.linked
        free = [k for k in question.links if not k.quiet]
        sides = []
        for link in free:
            thing = link.thing
            if thing.cls in ("Place",):
                sides.append(("where",))
            elif thing.cls in AREAS:
                sides.append(("where",) if link.at else ("where", "actor"))
            elif thing.is_actor:
                sides.append(("actor",))
            elif "/vocab/theme/" in thing.iri:
                sides.append(("unused",) if link.broad else ("theme", "unused"))
            else:
                sides.append(("unused",))
        roles = [name for name, (_, cues) in ROLES.items() if cues & set(question.roles) and name != "anybody"]
        for taken in itertools.islice(itertools.product(*sides), 12):
            actors = [k for k, side in zip(free, taken, strict=True) if side == "actor"]
            where = [k for k, side in zip(free, taken, strict=True) if side == "where"]
            themes = [k for k, side in zip(free, taken, strict=True) if side == "theme"]
            unused = [k for k, side in zip(free, taken, strict=True) if side == "unused" and not k.broad]
            by_role: list[tuple[str, Link | None]] = [("", None)]
            by_role += [(role, actor) for actor in actors[:2] for role in roles]
            by_role += [(role, None) for role in roles if len(actors) > 1]
            for role, actor in by_role:
                events = [e for e in facts.events.values() if self._fits(question, e, actors, where, themes, role, actor)]
                base = Chosen(question, events, actors, where, themes, role, actor, question.tokens, unused, ())
                yield base
                words = [t for t in question.tokens if t.word.stem in facts.weights and not t.cues & (SOME - {ACTIVITY})]
                if not words or not events:
                    continue
                held = {e.iri: {t.word.stem for t in words if t.word.stem in e.bag} for e in events}
                strong = [t for t in words if not t.cues]
                best = max(sum(t.weight for t in words if t.word.stem in held[e.iri]) for e in events)
                if best <= 0:
                    continue
                kept = [e for e in events if sum(t.weight for t in words if t.word.stem in held[e.iri]) > 0.99 * best]
                stems = set.union(*(held[e.iri] for e in kept))
                if len(kept) < len(events):
                    left = [t for t in question.tokens if t.word.stem not in stems]
                    yield Chosen(question, kept, actors, where, themes, role, actor, left, unused, ("narrowed",))
                full = [e for e in events if all(t.word.stem in held[e.iri] for t in strong)]
                if strong and full and len(full) != len(kept) and len(full) < len(events):
                    left = [t for t in question.tokens if t.cues]
                    yield Chosen(question, full, actors, where, themes, role, actor, left, unused, ("narrowed", "by all"))

    def _fits(
        self, question: Question, event: Event, actors: list[Link], where: list[Link], themes: list[Link], role: str, actor: Link | None
    ) -> bool:  # fmt: skip
        linked = question.linked
        if linked.days and event.fits(linked.days) < 2:
            return False
        if linked.chapters and not any(t.chapter in linked.chapters for t in event.told):
            return False
        if any(k.thing.iri not in event.areas for k in where) or any(k.thing.iri not in event.themes for k in themes):
            return False
        for link in actors:
            circle = self.directory.circle(link.thing.iri)
            if link.thing.cls in AREAS:
                circle = circle | self.facts.of_area(link.thing.iri)
            if not circle & event.involved:
                return False
            if role and (link is actor or actor is None):
                wanted_roles = ROLES[role][0]
                if not any(p.actor in circle and p.role in wanted_roles for t in event.told for p in t.parts):
                    return False
        return True

    def _on_sets(self, question: Question) -> Iterator[Candidate]:
        roles = [name for name, (_, cues) in ROLES.items() if cues & set(question.roles)]
        asked = list(dict.fromkeys(["anybody", "partners", "organizers", *roles]))
        for chosen in self._sets(question):
            if not (
                chosen.actors
                or chosen.where
                or chosen.themes
                or question.linked.days
                or question.linked.chapters
                or "narrowed" in chosen.flags
            ):
                if not (question.types or question.linked.demonyms):
                    continue
            yield from self._of_set(question, chosen, asked)

    def _of_set(self, question: Question, chosen: Chosen, asked: list[str]) -> Iterator[Candidate]:
        events = sorted(chosen.events, key=lambda e: ((e.days or [(_LAST, _LAST)])[0], e.label))
        iris = tuple(e.iri for e in events)

        def one(
            projection: str,
            answer: list[Any],
            cues: str,
            query: str,
            types: tuple[str, ...] = (),
            *more: str,
            things: Iterable[str] = (),
            **values: Any,
        ) -> Candidate:
            return Candidate(
                "set", projection, list(answer), chosen.cues | frozenset(cues.split()), query, {**chosen.values(), **values},
                iris, None, None, chosen.open_words, chosen.open_links, types, (*chosen.flags, *more), chosen.numbers | {"shape " + chosen.shape: 1.0}, tuple(things),
            )  # fmt: skip

        act = "actor_activities" if chosen.actors else "activities_filtered"
        kinds = asks(question)
        many = kinds == {"number"}
        if many:
            yield one("number of activities", [len(events)], "many activity", act)
        if "other" in kinds and self._asks_activity(question):
            yield one("activities", [e.label for e in events], "activity", act, things=iris)
        if "place" in kinds:
            areas = list(dict.fromkeys(a for e in events for t in e.told for a in t.areas))
            towns = sorted((a for a in areas if self.directory.things[a].cls == "Place"), key=self._label)
            yield one("towns", list(map(self._label, towns)), "where towns", act, things=towns)
            if wants(question, "country"):
                states = sorted({v for a in areas for v in self._states(a)}, key=self._label)
                yield one("countries", list(map(self._label, states)), "where states", act, things=states)
            if wants(question, "chapters"):
                yield one(
                    "chapters", list(dict.fromkeys(t.chapter for e in events for t in e.told)), "chapter where tells", act
                )
        if "day" in kinds:
            if wants(question, "month"):
                yield one("months", sorted({d[0].isoformat()[:7] for e in events for d in e.days[:1]}), "when month", act)
            if len(events) < 5:
                yield one(
                    "days", list(dict.fromkeys(d.isoformat() for e in events for p in e.days[:1] for d in p)), "when", act
                )
                pairs = [[e.label, *(d.isoformat() for p in e.days[:1] for d in dict.fromkeys(p))] for e in events if e.days]
                yield one("activities and days", pairs, "when activity", act)
        if "other" in kinds and set(question.types) & {"units", "operations", "secretariat", "bodies"}:
            tellers = list(dict.fromkeys(s for e in events for t in e.told if (s := self.facts.teller(t.chapter))))
            tellers = self.kept(question, tellers, tuple(question.types))
            yield one(
                "tellers",
                list(map(self._label, tellers)),
                "chapter units tells typed operations",
                act,
                tuple(question.types),
                things=tellers,
            )
        if not kinds & {"other", "number"}:
            return
        for name in asked:
            held, cues = ROLES[name]
            parts = [p.actor for e in events for t in e.told for p in t.parts if p.role in held]
            for types in self._types(question):
                kept = self.kept(question, parts, types)
                variants = [(kept, ())]
                if question.linked.demonyms and (ours := self.of_state(question, kept)) != kept:
                    variants.append((ours, ("of state",)))
                for found, more in variants:
                    if many:
                        if types and question.target.types:
                            yield one(
                                f"number of:{name}",
                                [len(found)],
                                " ".join(cues),
                                "participants_filtered",
                                types,
                                *more,
                                role=sorted(held),
                            )
                        continue
                    found = sorted(found, key=self._label)
                    yield one(
                        f"role:{name}",
                        list(map(self._label, found)),
                        " ".join(cues),
                        "participants_filtered",
                        types,
                        *more,
                        things=found,
                        role=sorted(held),
                    )
                    if question.linked.cues & {"most", "second"} and found:
                        totals = {a: len({e.iri for e in events if self._in(e, a, held)}) for a in found}
                        top = max(totals.values())
                        yield one(
                            f"most:{name}",
                            [self._label(a) for a, n in totals.items() if n == top],
                            "most activity " + " ".join(cues),
                            "participants_filtered",
                            types,
                            *more,
                            role=sorted(held),
                        )
        if question.linked.cues & {"most"}:
            people = {e.label: max((t.people or 0 for t in e.told), default=0) for e in events}
            top = max(people.values(), default=0)
            if top:
                yield one(
                    "most people",
                    [label for label, n in people.items() if n == top],
                    "most people attend many activity",
                    "activity_told",
                )

    def _in(self, event: Event, actor: str, roles: frozenset[str]) -> bool:
        circle = self.directory.circle(actor) | (
            self.facts.of_area(actor) if self.directory.things[actor].cls in AREAS else set()
        )
        return any(p.actor in circle and p.role in roles for t in event.told for p in t.parts)

    # Details

    def _on_details(self, question: Question) -> Iterator[Candidate]:
        kinds = asks(question)
        for found in retrieval.details(question, 8, ANSWERS[next(iter(kinds))] if len(kinds) == 1 else None):
            detail = found.detail
            yield self._of_detail(question, found, detail.kind, self.told(detail))
            if "other" in kinds:
                about = [iri for iri in detail.about if self._can_be(question, iri)]
                labels = [self.facts.events[i].label if i in self.facts.events else self._symbol(i) for i in about]
                yield self._of_detail(question, found, "about", labels[:1], about[:1])

    def told(self, detail: Detail) -> list[Any]:
        """Return the values of a detail as they are answered: numbers, days, names."""
        if detail.kind == "number":
            return [int(v) for v in detail.values]
        if detail.kind == "date":
            return list(dict.fromkeys(part for v in detail.values for part in v.split("/")))
        return [self._name(v) for v in detail.values]

    def _name(self, value: str) -> str:
        if value in self.facts.events:
            return self.facts.events[value].label
        return self._symbol(value) if value.startswith("http") else value

    def _of_detail(
        self, question: Question, found: Found, projection: str, answer: list[Any], things: list[str] | None = None
    ) -> Candidate:
        detail = found.detail
        left = [t for t in question.tokens if t.word.stem not in detail.bag | detail.heads | detail.wide]
        left_links = [k for k in question.links if not self.facts.is_about(detail, k, question.linked.stems(k))]
        if things is None:
            things = [v for v in detail.values if v.startswith("http")]
        return Candidate(
            "detail", projection, answer, frozenset({"many", "when", "where", "people", "who"}), "detail_values", {"detail": detail.iri},
            tuple(i for i in detail.about if i in self.facts.events), None, found, left, left_links, (), (detail.cls,), {}, tuple(things),
        )  # fmt: skip


@dataclass
class Chosen:
    """A set of activities: those that fit whom, where, what and when, of which some words may narrow it."""

    question: Question
    events: list[Event]
    actors: list[Link]
    where: list[Link]
    themes: list[Link]
    role: str
    actor: Link | None
    open_words: list[retrieval.Token]
    open_links: list[Link]
    flags: tuple[str, ...]

    @property
    def shape(self) -> str:
        """What the set is made of: how many actors, in which role, a place, a theme, a period."""
        parts = [
            f"{len(self.actors)} actors",
            self.role,
            "all" * bool(self.role and self.actor is None),
            "where" * bool(self.where),
            "theme" * bool(self.themes),
        ]
        parts += ["days" * bool(self.question.linked.days), "chapter" * bool(self.question.linked.chapters)]
        return " ".join(part for part in parts if part)

    @property
    def cues(self) -> frozenset[str]:
        """The cues of the words that the set accounts for."""
        cues = {"activity", "partner", "together", "takepart"} | ({"units", "typed"})
        return frozenset(cues) | (ROLES[self.role][1] if self.role else frozenset())

    @property
    def numbers(self) -> dict[str, float]:
        """What is known of the set."""
        return {"size": float(len(self.events))}

    def values(self) -> dict[str, Any]:
        """Return the parameters of a named query."""
        linked = self.question.linked
        found: dict[str, Any] = {}
        for name, link in zip(("actor", "also"), self.actors, strict=False):
            found[name] = link.thing.iri
        if self.where:
            found["where"] = self.where[0].thing.iri
        if self.themes:
            found["theme"] = self.themes[0].thing.iri
        if linked.chapters:
            found["section"] = [expand(f"sec:{number}") for number in linked.chapters]
        if linked.days:
            found["from"], found["to"] = linked.days.start.isoformat(), linked.days.end.isoformat()
        return found


_LAST = date(9999, 1, 1)


def _nested(days: list[tuple[date, date]]) -> bool:
    """Whether all periods hold the first one, which then says it best."""
    return (
        bool(days)
        and all(d[0] <= days[0][0] and d[1] >= days[0][1] for d in days)
        and all((d[1] - d[0]).days > 20 for d in days[1:])
    )


def _duration(text: str) -> int:
    digits = "".join(c for c in text if c.isdigit())
    return int(digits or 0)


def _length(days: list[tuple[date, date]]) -> list[int]:
    return [(days[0][1] - days[0][0]).days + 1] if days and (days[0][1] - days[0][0]).days < 20 else []
