"""Stage 10g1c00: what is to be said beside a yes or no on two actors: being at one event is no co-operation, and more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from oscegraph.asking import directed
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.filter_measures import some
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.directory import Thing, fold

_ANY, _TOLD, _HAD = "any", "is told", frozenset({("had role", "anybody"), ("had role", "participants")})
_MADE = frozenset({"organizer", "partner", "host"})
# With whom one works that makes an event: those for whom it is, who pay and who teach, not those who came by themselves.
_WITH = _MADE | {"beneficiary", "funder", "trainer"}
_WORKED = lazy_pattern(
    r"\b(?:work(?:ed|s)?|co-?operat\w+|collaborat\w+|partner(?:ed)?|team(?:ed)? up|join(?:ed)? forces|joint(?:ly)?)\b",
    re.IGNORECASE,
)
_SAME_EVENT = lazy_pattern(r"\b(?:same|one|an?y?) (?:[\w-]+ ){0,2}?(?:events?|activit(?:y|ies)|meetings?)\b", re.IGNORECASE)
# Verbs by which no more is claimed than a part in it, or a part that is looked at.
_PLAIN = lazy_pattern(
    r"(?:work|co-?operate|cooperate|collaborate|partner|team|join|participate|involve|conduct|implement|(?:co-?)?organi[sz]e"
    r"|attend|host|fund|finance|sponsor|train|deal|engage|appear|contribute|support|help|assist|facilitate|lecture|represent"
    r"|act|visit|invite|donate|cover|address|play|name)(?:s|e?d)?"
    r"|(?:co-?)?(?:operat|collaborat|organi[sz])\w+"
    r"|take|took|taken|have|had|has|carry|carried|hold|held|run|ran|pay|paid|speak|spoke|teach|taught|meet|met|do|did|send"
    r"|sent|come|came|go|went|be|been|was|were|is|are|there|give|gave|ever|also|both|itself|themselves|and|or|with|in|at|on",
    re.IGNORECASE,
)
_VERB = lazy_pattern(r"^\W*(?:did|does|do|has|have|had)\b", re.IGNORECASE)
_NEAR, _LONGEST = 2, 4


class OnTruths:
    """Says so, over one set of facts."""

    def __init__(self, naming: Naming) -> None:
        self.naming, self.facts = naming, naming.facts
        self.makers = (self._together, self._verb, self._told, self._directed, self._place, self._namesakes)

    def _pair(self, question: Question, candidate: Candidate) -> tuple[str, str] | None:
        """Return the two actors whom a question for yes or no is on."""
        actors = [link.thing.iri for link in question.links if link.thing.is_actor and not link.at and not link.quiet]
        actors = list(dict.fromkeys(actors))
        return (actors[0], actors[1]) if candidate.family == _ANY and len(actors) == 2 else None

    def _together(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that one only came to an event, or both did, where it is asked if they worked together."""
        pair, text = self._pair(question, candidate), question.linked.without_names()
        if answer != [True] or pair is None or not _WORKED.search(text) or _SAME_EVENT.search(text):
            return
        events = self.facts.known(candidate.events)
        sides = [[directed.parts_of(self.naming, event, one) for one in pair] for event in events]
        if events and not any((one & _MADE and other & _WITH) or (other & _MADE and one & _WITH) for one, other in sides):
            yield f"One of them at least only came, spoke, or sent people: {some([event.label for event in events])}.", True

    def _verb(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that a part in an activity is told, and not what a verb says that stands for no part."""
        if answer != [True] or not (candidate.family == _ANY or candidate.kind in _HAD):
            return
        words = question.linked.words
        actors = sorted((k for k in question.links if k.thing.is_actor and k.end > k.start), key=lambda k: k.start)
        if not actors or not _VERB.match(question.linked.text) or actors[0].start > _LONGEST:
            return
        behind = [word.typed for word in words[actors[0].end : actors[0].end + _NEAR] if len(word.typed) > 1]
        taken = {place for link in question.linked.links for place in range(link.start, link.end)}
        if actors[0].end in taken or not behind or any(map(_PLAIN.fullmatch, behind)):
            return
        yield f'That it had a part is told; whether that was to "{behind[0]}" is not looked at.', True

    def _told(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that a yes is by what is said of a thing, where somebody is said to have done it."""
        actors = {k.thing.iri for k in question.links if k.thing.is_actor and k.thing.cls not in AREAS and not k.quiet}
        if answer == [True] and candidate.family == _TOLD and actors:
            yield "That is by what is said of it; who did it to whom is not looked at.", True

    def _directed(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that the parts that are told do not bear out who did it to whom, or where."""
        if answer == [True] and directed.is_doubtful(self.naming, question, candidate):
            yield "The parts or places that are told do not bear this out as it is said.", True

    def _place(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield what somebody did in a State with which it is not told to have worked."""
        pair = self._pair(question, candidate)
        if answer != [False] or pair is None:
            return
        things = self.naming.directory.things
        for area, other in (pair, pair[::-1]):
            if things[area].cls in AREAS and things[other].cls not in AREAS:
                circle = self.naming.circle(other)
                there = [
                    event.label for event in self.facts.events.values() if circle & event.involved and area in event.areas
                ]
                if there:
                    yield f"What it did there, without a body of that State: {some(there)}.", True

    def _namesakes(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield bodies with the name of one with which nothing was shared: missions of the European Union."""
        pair = self._pair(question, candidate)
        if answer != [False] or pair is None:
            return
        things = self.naming.directory.things
        for one, other in (pair, pair[::-1]):
            name, circle = f"{fold(things[one].label)} ", self.naming.circle(other)
            met = (event.involved for event in self.facts.events.values() if circle & event.involved)
            called = {
                iri for iri in set[str]().union(*met) - {one} if things[iri].is_actor and _is_called(name, things[iri])
            }
            if called:
                yield f"It had activities with {some(self.naming.in_order(called))}.", True


def _is_called(name: str, thing: Thing) -> bool:
    """Whether a body has a name that begins with another one's."""
    return any(f"{fold(one)} ".startswith(name) for one in (thing.label, *thing.aliases))
