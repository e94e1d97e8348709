"""Stage 10e6b: candidates whose answer is rows of values of one activity: each chapter with what it says, each body with
its role or with how many it sent.

A row may tell more than is asked: an activity stands in each, so that a reader sees what the row is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from oscegraph.asking import retrieval
from oscegraph.asking.candidates import SOME, Candidate, cue_set, days_of, on_hit, roles_of, span
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Hit, Question
from oscegraph.asking.rows import ATTENDEES, DAY, EACH, ORGANIZERS, PEOPLE, SIDES, SUPPORTERS, Rows, of_telling, roles_had
from oscegraph.asking.rows import people as people_of
from oscegraph.asking.statements import Event, Told

_ROLE = lazy_pattern(
    r"\b(?:roles?|capacity|parts?|function|who did what|organi[sz]ers?|funders?|donors?|hosts?|trainers?|supporters?"
    r"|partners?|co-?operat\w+|implement\w+)\b",
    re.IGNORECASE,
)


# What a question may call the bodies with certain roles, and which roles that are.
_CALLED: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...] = tuple(
    (name, roles, lazy_pattern(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for name, roles, pattern in (
        ("organizer", ORGANIZERS, r"(?:co-?)?organi[sz]\w*|ran|convened|convenors?|held"),
        ("funder", frozenset({"funder"}), r"fund\w*|donors?|paid|financ\w*|payers?|sponsor\w*"),
        ("host", frozenset({"host"}), r"hosts?|hosted|venue"),
        ("trainer", frozenset({"trainer"}), r"trainers?|taught|teachers?|trained|delivered"),
        ("speaker", frozenset({"speaker"}), r"speakers?|spoke|addressed|moderat\w*|present(?:ed|ers?)|panell?ists?"),
        ("supporter", SUPPORTERS - {"funder"}, r"support\w*|assist\w*|backed|helpers?|contribut\w*"),
        ("partner", frozenset({"partner"}), r"partners?|co-?operat\w*"),
        ("accreditor", frozenset({"accreditor"}), r"accredit\w*"),
        ("attendee", ATTENDEES, r"attend\w*|participa(?:nt|ting|ted)\w*|guests?|took part|trainees?|observers?"),
    )
)
_FEWEST_ROLES = 2


class OnRows:
    """Makes the candidates whose answer is rows of values on one activity."""

    def __init__(self, naming: Naming) -> None:
        self.naming, self.rows = naming, Rows(naming)

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the rows that a question may ask for, if it asks for several things."""
        text = question.linked.text
        if question.polar or not EACH.search(text):
            return
        for hit in retrieval.activities(question, 4):
            yield from self._of_event(question, hit)

    def _of_event(self, question: Question, hit: Hit) -> Iterator[Candidate]:
        """Yield the rows of one activity: by chapter, by body."""
        text, event = question.linked.text, hit.event
        cues = SOME | cue_set("chapter when where towns differ who")
        rows: list[list[Any]]
        named = [t for t in event.told if t.chapter in question.linked.chapters]
        if len(event.told) > len(named) > 1:
            yield from self._by_chapter(named, "named chapters", cues, hit)
            rows = [[t.chapter, *days_of(t)] for t in named if t.days]
            yield on_hit("event", "named chapters and days", rows, cues, "activity_told", hit)
        if len(event.told) > 1:
            yield from self._by_chapter(event.told, "chapters", cues, hit)
            titles = [[t.chapter, t.title] for t in event.told if t.title]
            if len({title for _, title in titles}) > 1:
                yield on_hit("event", "chapters and titles", titles, cues | cue_set("activity title"), "activity_told", hit)
            people = [[t.chapter, t.people] for t in event.told if t.people is not None]
            if people:
                yield on_hit(
                    "event", "chapters and people", people, cues | cue_set("many people attend"), "activity_told", hit
                )
            lasted = [[t.chapter, span(t.duration), *days_of(t)] for t in event.told if t.days or t.duration]
            yield on_hit("event", "chapters with length and days", lasted, cues, "activity_told", hit)
            yield on_hit(
                "event",
                "tellers and people",
                self._by_teller(event),
                cues | cue_set("many people sent"),
                "activity_told",
                hit,
            )
        sent: dict[str, int] = {}
        for part in (part for told in event.told for part in told.parts if part.people is not None):
            sent[part.actor] = max(part.people or 0, sent.get(part.actor, 0))
        yield from self._of_tellers(event, hit, cues)
        if len(sent) > 1:
            rows = [[self.naming.label(actor), number] for actor, number in sent.items()]
            more = cue_set("many people attend takepart benefit train sent typed")
            yield on_hit("event", "bodies and people", rows, cues | more, "activity_participants", hit)
        yield from self._by_said_roles(question, hit, cues | cue_set("takepart"))
        if _ROLE.search(text):
            yield from self._of_roles(question, hit, cues | cue_set("takepart"))
        if DAY.search(text) and (event.days or event.areas):
            yield on_hit(
                "event", "activity with place and days", [self.rows.wide(event)], cues | {"activity"}, "activity_told", hit
            )
            if (came := people_of(event)) is not None and PEOPLE.search(text):
                rows = [[*self.rows.wide(event), came]]
                more = cue_set("activity many people attend takepart train benefit")
                yield on_hit("event", "activity with place and days and people", rows, cues | more, "activity_told", hit)
            hosts = self.rows.labels(roles_of(event.told, ORGANIZERS))
            rows = [[*self.rows.wide(event), ", ".join(hosts)]]
            yield on_hit(
                "event",
                "activity with place and days and organizers",
                rows,
                cues | {"activity", "organize"},
                "activity_told",
                hit,
            )

    def _by_chapter(self, told: list[Told], name: str, cues: frozenset[str], hit: Hit) -> Iterator[Candidate]:
        """Yield for each chapter whom it names in a role."""
        for side, roles, said in SIDES[1:]:
            rows = [[t.chapter, ", ".join(self.rows.labels(roles_of([t], roles)))] for t in told]
            yield on_hit("event", f"{name} and {side}", rows, cues | cue_set(said), "activity_participants", hit)

    def _of_roles(self, question: Question, hit: Hit, cues: frozenset[str]) -> Iterator[Candidate]:
        """Yield each body with its roles: all of an activity, and those that the question names."""
        had = roles_had(hit.event)
        named = {iri for link in question.links if link.thing.is_actor for iri in self.naming.circle(link.thing.iri)}
        active = {actor for actor, roles in had.items() if set(roles) - ATTENDEES}
        for projection, kept in (("bodies and roles", set(had)), ("named and roles", named), ("active and roles", active)):
            rows = [[self.naming.label(actor), ", ".join(roles)] for actor, roles in had.items() if actor in kept]
            if len(rows) > 1 and (projection == "bodies and roles" or len(rows) < len(had)):
                yield on_hit("event", projection, rows, cues, "activity_participants", hit)

    def _by_said_roles(self, question: Question, hit: Hit, cues: frozenset[str]) -> Iterator[Candidate]:
        """Yield each body with its role, of the roles that the question speaks of, in its words; by the chapter it names."""
        said = [(name, roles) for name, roles, words in _CALLED if words.search(question.linked.text)]
        if len(said) < _FEWEST_ROLES:
            return
        within = [told for told in hit.event.told if told.chapter in question.linked.chapters]
        tellers = {self.naming.facts.teller(told.chapter) for told in within}
        for told in (within, hit.event.told) if within else (hit.event.told,):
            rows: list[list[Any]] = []
            had: set[str] = set()
            for name, roles in said:
                found = [actor for actor in dict.fromkeys(roles_of(told, roles)) if actor not in had]
                had.update(found)
                rows += [[label, name] for label in self.rows.labels(found)]
            where = " of chapter" if told is within else ""
            yield on_hit("event", f"bodies by role{where}", rows, cues, "activity_participants", hit)
            # Whose chapter it is had a part, which is not always asked for.
            names = set(self.naming.labels([teller for teller in tellers if teller]))
            others = [row for row in rows if row[0] not in names]
            if told is within and 0 < len(others) < len(rows):
                yield on_hit("event", "other bodies by role of chapter", others, cues, "activity_participants", hit)

    def _of_tellers(self, event: Event, hit: Hit, cues: frozenset[str]) -> Iterator[Candidate]:
        """Yield for each structure whose chapter tells of an activity who came by it, and how many."""
        rows: list[list[Any]] = []
        for told in event.told:
            teller = self.naming.facts.teller(told.chapter)
            came = [part for part in told.parts if part.role in ATTENDEES]
            if teller and came and teller not in roles_of(event.told, ORGANIZERS):
                for part in came:
                    row = [self.naming.label(teller), self.naming.label(part.actor), *self._from(part.actor)]
                    rows.append([*row, *([part.people] if part.people is not None else [])])
        if rows:
            more = cue_set("facilitate support sent attend takepart states many people units operations")
            yield on_hit("event", "tellers and bodies", rows, cues | more, "activity_participants", hit)
        every, sending = self._by_teller(event), {row[0] for row in rows}
        counted = [row for row in every if row[0] in sending]
        if 0 < len(counted) < len(every):
            more = cue_set("facilitate support sent attend takepart many people units operations")
            yield on_hit("event", "sending tellers and people", counted, cues | more, "activity_participants", hit)

    def _from(self, actor: str) -> list[str]:
        """Return of which state a body is."""
        thing = self.naming.facts.directory.things.get(actor)
        return self.rows.labels(list(thing.facts.get("jurisdiction", ())) if thing else [])

    def _by_teller(self, event: Event) -> list[list[Any]]:
        """Return for the structure of each chapter how many people of single bodies it tells of."""
        rows = []
        for told in event.told:
            teller, people = self.naming.facts.teller(told.chapter), of_telling(told)
            if teller and people is not None:
                rows.append([self.naming.label(teller), people])
        return rows
