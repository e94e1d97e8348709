"""Stage 10e11c: candidates on names: what an acronym stands for, and by which acronym an actor or instrument is known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscegraph.asking.candidates import Candidate, cue_set
from oscegraph.asking.facts import Facts
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.directory import Directory

_ASKED = lazy_pattern(
    r"\b(?:stands? for|spell(?:ed)? out|writ(?:e|ten) out|full (?:name|form|title)|long (?:name|form)|abbreviat\w*|acronyms?"
    r"|initials|letters|what (?:is|are)|what['\u2019]?s|who is|meaning of|mean|short for|name behind)\b",
    re.IGNORECASE,
)
_CUES = cue_set("who many title partner theme")


def printed(directory: Directory, candidate: Candidate) -> str:
    """Return the name that the report prints, where the full one that a candidate tells never stands there; "" otherwise."""
    thing = directory.things.get(str(candidate.values.get("actor"))) if candidate.family == "name" else None
    return next(iter(thing.names.get("printedName", [])), "") if thing and candidate.answer == [thing.label] else ""


class Names:
    """Makes the candidates of questions on names."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the full and the short name of each actor that a question names, if it asks for names."""
        if question.polar or not _ASKED.search(question.linked.text):
            return
        for link in [k for k in question.links if k.thing.is_actor][:2]:
            thing = link.thing
            left = [k for k in question.links if k is not link]
            for projection, names in (("full name", [thing.label]), ("acronym", thing.names.get("acronym", [])[:1])):
                found = Candidate("name", projection, list(names), _CUES, "actor_chapters", {"actor": thing.iri})
                found.open_words, found.open_links = question.tokens, left
                yield found
        yield from self._of_several(question)

    def _of_several(self, question: Question) -> Iterator[Candidate]:
        """Yield the full names of all who bear an acronym, if several do: "what does RoLD stand for?"."""
        linked = question.linked
        named = {place for link in linked.links for place in range(link.start, link.end)}
        for word in (w for place, w in enumerate(linked.words) if w.is_capital and place not in named):
            things = [t for t in self.facts.directory.things.values() if word.typed in t.names.get("acronym", ())]
            if len(things) > 1 and all(thing.is_actor for thing in things):
                iris = sorted(thing.iri for thing in things)
                names = sorted(thing.label for thing in things)
                found = Candidate("name", "full name", list(names), _CUES, "actor_chapters", {"actor": iris})
                found.open_words = [token for token in question.tokens if token.word is not word]
                found.open_links = list(question.links)
                yield found
