"""Stage 10g4: answers without what a question sets aside: an actor, one activity that it describes, a place, chapters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from oscegraph.asking import asked_aside, asked_chapters, asked_without, joined, ranking, wording
from oscegraph.asking.asked import ANSWERED, EXCLUDED, SILENT, UNCLEAR, VERY_SURE, Asked
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.candidates import ROLES, roles_of
from oscegraph.asking.naming import Naming
from oscegraph.asking.statements import Event
from oscegraph.asking.worded import Worded

_FIRST = (list, str)
_ACTIVITIES = frozenset({("set", "activities"), ("set", "number of activities")})
_SMALL = frozenset({"the", "a", "an", "in", "on", "of", "and", "at", "for"})


class SetAside(Worded):
    """Answers questions that set something aside, each by the rest of it."""

    def _asked(self, question: str) -> Asked:
        """Answer a question of one or several pieces."""
        raise NotImplementedError

    def _without_first(self, text: str) -> Asked | None:
        """Answer a question that sets something aside at its beginning; None if that, or the rest, is not sure enough."""
        rest, out = asked_aside.leading(text)
        if not rest:
            return None
        asked = self._asked(rest)
        links = [link for link in self.linker.link(out).links if link.thing.cls not in AREAS]
        actors = [link for link in links if link.thing.is_actor]
        activity = None
        if not actors or len(links) > len(actors):
            one = self._one(f"When was {out}?")
            activity = (
                self.facts.events.get(next(iter(one.about))) if one.status == ANSWERED and len(one.about) == 1 else None
            )
        return without(self.maker.naming, asked, actors, activity, wording.stems(out) - _SMALL)

    def _without_organizers(self, text: str) -> Asked | None:
        """Answer a question on one event without those who organized it, if it sets them aside first; None if not."""
        rest = asked_aside.organizers(text)
        asked = self._asked(rest) if rest else Asked(text, UNCLEAR)
        events = self.facts.known(asked.about)
        if asked.status != ANSWERED or len(events) != 1:
            return joined.back(text, [rest]) if rest else None
        naming = self.maker.naming
        out = {naming.label(iri) for one in roles_of(events[0].told, ROLES["organizers"][0]) for iri in naming.circle(one)}
        asked.question, asked.answer = text, [value for value in asked.answer if value not in out]
        asked.reading = f"{asked.reading}; without who organized it"
        return asked if asked.answer else joined.back(text, [rest])

    def _without(self, question: str, less: asked_without.Without) -> Asked | None:
        """Return activities, or their number, without those of somebody or in a place; None if they are not told."""
        asked, named = self._one(less.question), self.linker.link(less.name).links
        best = asked.source
        if asked.status != ANSWERED or best is None or best.kind not in _ACTIVITIES or not best.events or len(named) != 1:
            return None
        events, thing = [self.facts.events[iri] for iri in best.events], named[0].thing
        if (thing.cls in AREAS) != (less.how == "place"):
            return None
        circle, roles = self.maker.naming.circle(thing.iri), ROLES["organizers"][0]
        if less.how == "place":
            # Where the others were is not told.
            kept = [event for event in events if event.areas and thing.iri not in event.areas]
        elif less.how == "role":
            kept = [event for event in events if circle.isdisjoint(roles_of(event.told, roles))]
        else:
            kept = [event for event in events if circle.isdisjoint(event.involved)]
        iris = tuple(event.iri for event in kept)
        answer: list[Any] = [len(kept)] if best.projection.startswith("number") else [event.label for event in kept]
        one = replace(best, answer=answer, events=iris, things=iris, query="activity_told", values={"activity": list(iris)})
        told = self._answer(question, self.read(less.question)[0], ranking.Ranked(one, asked.confidence))
        told.reading = f"{asked.reading}; without {self.sayer.name(thing.iri)}"
        if less.how == "place" and any(not event.areas for event in events):
            told.hints = ["Those whose place is not told are left out."]
        if not kept:
            told.status, told.answer, told.hints = EXCLUDED, [], ["Nothing is left of them."]
        return told

    def _outside_chapters(self, question: str, rest: str, out: list[str]) -> Asked:
        """Answer a question for chapters other than some by those of all that are not set aside."""
        asked = self._one(rest)
        asked.question = question
        if asked.status != ANSWERED or not all(
            isinstance(value, str) and asked_chapters.CHAPTER.fullmatch(value) for value in asked.answer
        ):
            return asked if asked.status == UNCLEAR else joined.back(question, [rest])
        asked.answer = [value for value in asked.answer if value not in out]
        asked.evidence = [item for item in asked.evidence if item.get("chapter") not in out]
        if not asked.answer:
            asked.status, asked.hints = SILENT, ["It is told in no other chapter."]
        return asked


def without(
    naming: Naming, asked: Asked, out: Collection[Link], activity: Event | None, words: Collection[str]
) -> Asked | None:
    """Return an answer without actors, or without an activity; None if that is not what it tells.

    Of activities those are left out in which such an actor had a part, of actors only they themselves. If it is not known
    which activity is meant, it is the only one of the answer that bears all `words`, as stems.
    """
    facts = naming.facts
    if asked.status != ANSWERED or not asked.answer or not all(isinstance(value, _FIRST) for value in asked.answer):
        return None
    labels = {event.label: event for event in facts.events.values()}
    heads = [str(value[0]) if isinstance(value, list) else value for value in asked.answer]
    told = [labels[head] for head in heads if head in labels]
    if activity is None or activity.label not in heads:
        fits = [event for event in told if words and all(word in event.bag or word in event.titles for word in words)]
        activity = fits[0] if not out and len(fits) == 1 else None
    if activity is None and (not out or not all(link.thing.is_actor for link in out)):
        # A theme is no part of an answer.
        return None
    if all(head in labels for head in heads):
        circles = [naming.circle(link.thing.iri) for link in out] if activity is None else []
        gone = {head for head in heads if any(circle & labels[head].involved for circle in circles)}
        gone |= {activity.label} if activity else set()
    elif activity is None:
        # Details tell units by their acronyms.
        things = [naming.directory.things.get(iri) for link in out for iri in naming.circle(link.thing.iri)]
        gone = {naming.label(iri) for link in out for iri in naming.circle(link.thing.iri)}
        gone |= {name for thing in things if thing for name in (*thing.aliases, *thing.names.get("acronym", ()))}
    else:
        return None
    kept: list[Any] = [value for value, head in zip(asked.answer, heads, strict=True) if head not in gone]
    said = ", ".join(naming.label(link.thing.iri) for link in out) if activity is None else activity.label
    asked.answer, asked.reading = kept, f"{asked.reading}; without {said}"
    asked.evidence = [item for item in asked.evidence if item.get("activity") not in gone]
    asked.confidence, asked.choices, asked.ranked = min(asked.confidence, VERY_SURE), 0, False
    if not kept:
        asked.status, asked.hints = EXCLUDED, ["Nothing is left of them."]
    return asked
