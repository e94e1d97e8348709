"""Stage 10e6d: candidates on two activities, or on two tellings of one: whom both name, and whom only one of them names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from oscegraph.asking import retrieval
from oscegraph.asking.asked_links import Link
from oscegraph.asking.candidates import ROLES, Candidate, cue_set, roles_of
from oscegraph.asking.naming import Naming, types
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Hit, Question, Token
from oscegraph.asking.statements import Told

_TWO = lazy_pattern(
    r"\b(?:both|each of|common|shared?|also|but|not|though|although|whereas|while|missing|absent|passed over|omit\w*|only"
    r"|nowhere|compare|lists|unlike|in addition|too)\b",
    re.IGNORECASE,
)
# The roles that are compared: all, and those that the question may ask for.
_ROLES = ("anybody", "attendees", "organizers", "partners")
_FIRST = 4


def pairs(question: Question) -> Iterator[tuple[Hit, Hit, list[Token], list[Link]]]:
    """Yield the activities that the two sides of a question mean, with the words and names that neither accounts for."""
    for one, other in question.sides:
        a = next(iter(retrieval.activities(one, 1)), None)
        b = next((hit for hit in retrieval.activities(other, 2) if a and hit.event.iri != a.event.iri), None)
        if a is None or b is None:
            continue
        stems = _borne(one, a) | _borne(other, b)
        held = {k.thing.iri for side, hit in ((one, a), (other, b)) for k in side.links if k not in hit.open_links}
        words = [token for token in question.tokens if token.word.stem not in stems]
        yield a, b, words, [link for link in question.links if link.thing.iri not in held]


def _borne(side: Question, hit: Hit) -> set[str]:
    """Return the stems of the words of one side that its activity accounts for."""
    return {token.word.stem for token in side.tokens} - {token.word.stem for token in hit.open_words}


class OnTwo:
    """Makes the candidates that compare two activities or two tellings."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield whom both of two activities have, and whom only the first or the second has, if that may be asked."""
        if question.polar or not _TWO.search(question.linked.text):
            return
        yield from self._of_sides(question)
        hits = retrieval.activities(question, _FIRST)
        for one, other in itertools.combinations(hits, 2):
            yield from self._of(question, one, one.event.told, other.event.told, (one.event.iri, other.event.iri), other)
        chapters = question.linked.chapters
        for hit in hits[:2]:
            told = {chapter: [t for t in hit.event.told if t.chapter == chapter] for chapter in chapters}
            named = [chapter for chapter in chapters if told[chapter]]
            if len(named) == 2:
                yield from self._of(question, hit, told[named[0]], told[named[1]], (hit.event.iri,))
            elif not named and len(hit.event.told) == 2:
                first, second = hit.event.told
                yield from self._of(question, hit, [first], [second], (hit.event.iri,))

    def _of_sides(self, question: Question) -> Iterator[Candidate]:
        """Yield the same of the activities that either side of the question means: "at the one, but not at the other"."""
        for one, other, words, links in pairs(question):
            events = (one.event.iri, other.event.iri)
            yield from self._of(question, one, one.event.told, other.event.told, events, other, (words, links))

    def _of(
        self,
        question: Question,
        hit: Hit,
        first: list[Told],
        second: list[Told],
        events: tuple[str, ...],
        also: Hit | None = None,
        left: tuple[list[Token], list[Link]] | None = None,
    ) -> Iterator[Candidate]:
        words, links = left or (hit.open_words, hit.open_links)
        if also is not None and left is None:
            words = [token for token in words if token in also.open_words]
            links = [link for link in links if link in also.open_links]
        for name in _ROLES:
            roles, cues = ROLES[name]
            for chosen in types(question):
                one, other = (
                    self.naming.labels(self.naming.kept(question, roles_of(told, roles), chosen)) for told in (first, second)
                )
                one, other = list(dict.fromkeys(one)), list(dict.fromkeys(other))
                if not one or not other:
                    continue
                for which, found in (
                    ("both", [label for label in one if label in other]),
                    ("first only", [label for label in one if label not in other]),
                    ("second only", [label for label in other if label not in one]),
                ):
                    if found:
                        yield Candidate(
                            "two",
                            f"{which}:{name}",
                            sorted(found),
                            cues | cue_set("chapter differ omitted"),
                            "activity_participants",
                            {"activity": list(events)},
                            events,
                            hit,
                            open_words=words,
                            open_links=links,
                            types=chosen,
                            flags=("one",) if also is None else ("sides",) if left else (),
                        )
