"""Stage 10g1d: rows of what answers a question, with what is told of each besides: units, and at which activities.

However the first question was read, its answer rests on activities; of these it is told with whom, where and when they were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from oscegraph.asking import asked_classes, joined, targets
from oscegraph.asking.asked import ANSWERED, VERY_SURE, Asked
from oscegraph.asking.candidates import ROLES, roles_of
from oscegraph.asking.filter_rows import FilterRows
from oscegraph.asking.naming import Naming
from oscegraph.asking.plain_sets import PlainSets
from oscegraph.asking.retrieval import Question
from oscegraph.asking.rows import MOST, ORGANIZERS, came, in_columns, of_telling, with_people
from oscegraph.asking.statements import Event, Told

_ROLE = "role:"
# What is told of an actor by all of its activities, and not by each.
_OVERALL = ("towns", "countries", "themes", "partners")
_EVENTS, _ROLES, CAME, _NUMBER = "events", "roles", "attendees", "sent"
# What is asked of a single activity by its title (`asked_after`), and what differs from one actor to another in it.
_OF_ONE = frozenset({"days", "towns", "people"})
_OF_ACTOR = frozenset({_ROLES, CAME, _NUMBER})
_HELPED = frozenset({"facilitator"})
_SENT = _HELPED | ORGANIZERS
# Which tellings say where or when an activity was, or how many came, by what is told of it.
_TELLS: dict[str, Callable[[Told], bool]] = {
    **dict.fromkeys(("where", "towns", "country"), lambda told: bool(told.areas)),
    **dict.fromkeys(("when", "days", "month"), lambda told: told.days is not None),
    "people": lambda told: told.people is not None,
}
_DETAIL, _PEOPLE = "detail", "people"
_SAID = {
    "attendees": "who came",
    "days": "when",
    "towns": "where",
    "people": "how many came",
    "roles": "in which role",
    _NUMBER: "how many it sent",
}


class Columns:
    """Makes rows of answers, over one set of facts."""

    def __init__(self, naming: Naming, sets: PlainSets, states: Mapping[str, str]) -> None:
        self.naming, self.sets, self.facts, self.states = naming, sets, naming.facts, states

    def told(self, text: str, question: Question, one: Asked, columns: Sequence[str], single: bool = False) -> Asked | None:
        """Return what answers the first question, with what is told of each; None if that is not told of most.

        One thing on one activity makes a row only if a row of each is what is asked for (`single`).
        """
        source = one.source
        if one.status != ANSWERED or source is None or not source.events or not one.answer:
            return None
        events = self.facts.known(source.events, question.chapters)
        if len(events) == 1 and ((len(one.answer) == 1 and not single) or not _OF_ACTOR.issuperset(columns)):
            # Where one activity was is asked of it, and not of each who organized it.
            return None
        labels = {event.label: event for event in events}
        if len(one.answer) == 1 and one.answer[0] in labels and _OF_ONE.issuperset(columns):
            # Where the first of all was is told behind it.
            return None
        heads = [value if isinstance(value, list) else [value] for value in one.answer]
        if all(head and isinstance(head[0], str) and head[0] in labels for head in heads):
            named = [name if name != _EVENTS else "themes" for name in columns]
            if all(any(type(value) is int for value in head) for head in heads):
                # How many came is told by the first question.
                named = [name for name in named if name != _PEOPLE]
            whose = [link.thing.iri for link in question.linked.links if link.thing.is_actor and not link.excluded]
            whom = whose[0] if len(whose) == 1 and not _OF_ACTOR.isdisjoint(columns) else ""
            rows = [
                [
                    *head,
                    *self._of(labels[head[0]], named, question, whom if self._sees(labels[head[0]], whom, columns) else ""),
                ]
                for head in heads
            ]
        else:
            actors = self._actors(one.answer)
            if source.family == _DETAIL and not all(any(actor in event.involved for event in events) for actor in actors):
                # Whom a statement names need not have taken part.
                return None
            rows = [row for actor in actors for row in self._of_actor(actor, events, source.projection, columns, question)]
        untold = sum(len(row) <= 1 for row in rows)
        if untold and targets.expected(question.linked.text):
            # "Which three dated events, and when?"
            return None
        if not rows or 2 * untold > len(rows) or len(rows) > MOST:
            return None
        asked = _in_rows(text, one, rows, f"of each: {', '.join(_SAID.get(name, name) for name in columns)}")
        if untold:
            asked.hints.append(f"Of {untold} none of this is told.")
        return asked

    def _sees(self, event: Event, actor: str, columns: Sequence[str]) -> bool:
        """Whether what is told of an activity is that of one actor: its roles, or whom it sent."""
        helped = roles_of(event.told, _HELPED)
        return _ROLES in columns or (bool(actor and helped) and not self.naming.circle(actor).isdisjoint(helped))

    def pairs(self, text: str, question: Question, one: Asked) -> Asked | None:
        """Return who worked with whom of a class that a question names, a row for each two; None if it is not told."""
        source = one.source
        if one.status != ANSWERED or source is None or not source.events or not one.answer:
            return None
        events, found = self.facts.known(source.events), set[tuple[str, str]]()
        for actor in self._actors(one.answer):
            for event in self._held(actor, events, source.projection):
                # What a part of a body did is not told of the whole.
                took_part = {self.naming.label(part.actor) for told in event.told for part in told.parts}
                found |= {(self.naming.label(actor), name) for name in self._members(event, question) if name in took_part}
        if not 0 < len(found) <= MOST:
            return None
        return _in_rows(text, one, list(map(list, sorted(found))), "each with whom")

    def chapters(self, text: str, one: Asked) -> Asked | None:
        """Return what is told of one activity with the chapters that say it; None if it is neither where nor when it was."""
        events = self.facts.known(one.about)
        tells = _TELLS.get(one.kind[1])
        if one.status != ANSWERED or tells is None or len(events) != 1 or not one.answer:
            return None
        asked = joined.combined(text, [one], [*one.answer, *sorted(told.chapter for told in events[0].told if tells(told))])
        asked.reading, asked.whole = f"{one.reading}; and in which chapters that is told", True
        asked.evidence = [item for item in one.evidence if item.get("chapter") in asked.answer] or one.evidence
        asked.confidence = min(one.confidence, VERY_SURE)
        return asked

    def _actors(self, answer: Sequence[Any]) -> list[str]:
        """Return whom an answer names; none if it names anything else."""
        found = [self.naming.actor(value) if isinstance(value, str) else None for value in answer]
        return [iri for iri in found if iri] if all(found) else []

    def _of_actor(
        self, actor: str, events: Sequence[Event], projection: str, columns: Sequence[str], question: Question
    ) -> list[list[Any]]:
        """Return the rows of an actor: one for each of its activities, or one for all."""
        held, label = self._held(actor, events, projection), self.naming.label(actor)
        if set(columns) <= set(_OVERALL):
            rows = FilterRows(self.naming, self.sets, question)
            return [[label, *(value for name in columns for value in rows.of_all(actor, held, name))]]
        found = []
        for event in held:
            values = self._of(event, [name for name in columns if name != _EVENTS], question, actor)
            # Which activity it is goes without saying if there is but one for all.
            title = [event.label] if _EVENTS in columns or len(events) > 1 else []
            if values or _EVENTS in columns:
                found.append([label, *title, *values])
        return found or [[label]]

    def _held(self, actor: str, events: Sequence[Event], projection: str) -> list[Event]:
        """Return the activities in which an actor had the role that is asked for; if in none, any part, or told by it."""
        circle, role = self.naming.circle(actor), projection.removeprefix(_ROLE)
        roles = ROLES[role][0] if projection.startswith(_ROLE) and role in ROLES else None
        held = [event for event in events if roles and circle & {*roles_of(event.told, roles)}]
        return held or [e for e in events if circle & e.involved or circle & {*self.sets.filtering.tellers(e)}]

    def _of(self, event: Event, columns: Sequence[str], question: Question, actor: str = "") -> list[Any]:
        """Return what is told of an activity, and of the part that an actor had in it."""
        rows = FilterRows(self.naming, self.sets, question)
        circle = self.naming.circle(actor) if actor else set()
        found: list[list[Any]] = []
        # How many somebody sent is told where it did so, and of nobody else.
        sent = [told for told in event.told if circle & {*roles_of([told], _SENT)}] if circle else []
        for name in columns:
            if name == _ROLES and actor:
                roles = {part.role for told in event.told for part in told.parts if part.actor in circle}
                found.append([", ".join(sorted(roles))] if roles else [])
            elif name == CAME and actor:
                found.append(self._came(sent, question))
            elif name == _NUMBER:
                found.append([number for told in sent[:1] if (number := of_telling(told)) is not None])
            elif name == CAME:
                found.append(self._came(event.told, question))
            elif name == "bodies":
                found.append(self._bodies(event, question))
            elif name == "organizers":
                held = list(roles_of(event.told, ORGANIZERS)) or self.sets.filtering.tellers(event)
                found.append([", ".join(self.naming.in_order(held))] if held else [])
            else:
                found.append(rows.activity(event, [name], [])[1:])
        return in_columns(found)

    def _bodies(self, event: Event, question: Question) -> list[str]:
        """Return who had a part in an activity of those whose class a question names, as one value."""
        held = self._members(event, question)
        return [", ".join(held)] if held else []

    def _members(self, event: Event, question: Question) -> list[str]:
        """Return who had a part in an activity of those whose class a question names."""
        classed = asked_classes.named(question, self.naming, self.states)
        links = classed.linked.links if classed else []
        members = {iri for link in links for iri in self.naming.classes.get(link.thing.iri, ())}
        # The units are what is asked for with them.
        return self.naming.in_order(members & event.involved - set(self.sets.filtering.tellers(event)))

    def _came(self, tellings: Sequence[Told], question: Question) -> list[str]:
        """Return who came by some tellings: bodies, each with how many people it sent, or in words who they were."""
        sent = came(tellings)
        kept = self.naming.kept(question, list(sent), ())
        names = with_people(self.naming, {one: sent[one] for one in kept})
        said = sorted(names) or list(dict.fromkeys(told.audience for told in tellings if told.audience))
        return [", ".join(said)] if said else []


def _in_rows(text: str, one: Asked, rows: list[list[Any]], said: str) -> Asked:
    """Return an answer as rows, in which it is told with what is `said`: no more than likely."""
    asked = joined.combined(text, [one], rows)
    asked.reading, asked.whole = f"{one.reading}; {said}", True
    asked.confidence, asked.hints = min(one.confidence, VERY_SURE), list(one.hints[one.choices :])
    return asked
