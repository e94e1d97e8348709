"""Stage 10g1: a question with all that it may ask, and the rows of the named query of each.

A question is linked (`linking`), and everything that it may ask is made as a candidate with its answer (`making`, `papers`,
`phrased`, `tallies` and the rest).
"""

from __future__ import annotations

import functools
from typing import Any

from oscegraph import query
from oscegraph.asking import asked_each, asked_roles, asked_sides, kept, memory, polar, retrieval, targets, weights
from oscegraph.asking.again import Again
from oscegraph.asking.asked import LONGEST
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.facts import Facts
from oscegraph.asking.headings import Headings
from oscegraph.asking.linking import Linker
from oscegraph.asking.making import Maker
from oscegraph.asking.on_names import Names
from oscegraph.asking.on_papers import OnPapers
from oscegraph.asking.on_parties import OnParties
from oscegraph.asking.on_posts import OnPosts
from oscegraph.asking.phrased import Phrased
from oscegraph.asking.retrieval import Listed, Question
from oscegraph.asking.tallies import Tallies
from oscegraph.directory import Directory
from oscegraph.namespaces import expand
from oscegraph.store import Store


class Reader:
    """Reads questions over one store."""

    def __init__(self, store: Store, directory: Directory | None = None) -> None:
        self.store, self.facts = store, Facts(store, directory)
        # What shows an answer is asked for again and again where a question is read in pieces.
        self.again = Again(store)
        # What is kept in files is read first: the packaged graph is loaded meanwhile.
        kept.load(self.facts, store)
        weights.kept()
        memory.kept()
        self.directory = self.facts.directory
        self.linker = Linker(self.directory, self.facts.known_names, self.facts.listed)
        self.maker = Maker(self.facts)
        self.papers = OnPapers(self.facts)
        self.phrased = Phrased(self.maker)
        self.tallies, self.parties, self.posts = Tallies(self.facts), OnParties(self.facts), OnPosts(self.facts)
        self.headings, self.names = Headings(self.facts), Names(self.facts)
        # The pieces of a question may be asked twice.
        self._last_read = functools.lru_cache(maxsize=8)(self._read)

    def read(self, text: str) -> tuple[Question, list[Candidate]]:
        """Return a question with all its candidates."""
        return self._last_read(text[:LONGEST])

    def _read(self, text: str) -> tuple[Question, list[Candidate]]:
        question = self._question(text)
        if not question.polar:
            for way in asked_each.listed(text, loose=True):
                question.listed.append(list(map(Listed, way.items, map(self._question, way.questions))))
        question.sides = [(self._question(one), self._question(other)) for one, other in asked_sides.sides(text)]
        makers = (self.maker, self.papers, self.phrased, self.tallies, self.parties, self.posts, self.headings, self.names)
        found = [candidate for maker in makers for candidate in maker.make(question)]
        found += self.maker.both.make(question, [one for one in found if one.family == "paper"])
        return question, found if question.polar else self._fitting(question, found)

    def _fitting(self, question: Question, found: list[Candidate]) -> list[Candidate]:
        """Return the candidates without those that are on what is set aside, or name it."""
        apart = self.maker.naming.apart(question)
        found = [one for one in found if not apart & one.about]
        if aside := self.maker.naming.aside(question):
            found = [one for one in found if not any(isinstance(value, str) and value in aside for value in one.answer)]
        return found

    def _question(self, text: str) -> Question:
        """Return a question with its names and words."""
        linked = self.linker.link(text)
        target = targets.read(linked)
        types = retrieval.types(linked, target)
        question = Question(self.facts, linked, target, asked_roles.roles(linked), types, polar.is_polar(linked.text))
        question.tokens = retrieval.tokens(self.facts, linked)
        return question

    def rows(self, candidate: Candidate) -> tuple[list[dict[str, Any]], str]:
        """Return the rows of the named query of a candidate, and the SPARQL; of each of its parts, if it has any."""
        if candidate.parts:
            both = [self.rows(part) for part in candidate.parts]
            return [row for rows, _ in both for row in rows], "\n".join(dict.fromkeys(sparql for _, sparql in both))
        named = query.named(candidate.query)
        known = {parameter.name for parameter in named.parameters}
        given: dict[str, Any] = {}
        for name, value in candidate.values.items():
            if name in known:
                several = value if isinstance(value, list) else [value]
                given[name] = [expand(f"role:{v}") if name == "role" and ":" not in str(v) else v for v in several]
        if "activity" in known and candidate.events and "activity" not in given:
            given["activity"] = list(candidate.events)
        if any(parameter.required and parameter.name not in given for parameter in named.parameters):
            return [], ""
        return [dict(row) for row in query.run(self.again, named, **given)], named.bind(given)

    def _place(self, evidence: list[dict[str, Any]]) -> None:
        """Add day and place of its activity to each place in the report, where the row of the answer has none."""
        for item in evidence:
            event = self.facts.events.get(item["iri"] or "")
            if event is None:
                continue
            if "days" not in item and event.days:
                item["days"] = " to ".join(dict.fromkeys(day.isoformat() for day in event.days[0]))
            towns = [
                iri for iri in event.areas if iri in self.directory.things and self.directory.things[iri].cls == "Place"
            ]
            if "place" not in item and towns:
                item["place"] = ", ".join(sorted(map(self.directory.label, towns)))
