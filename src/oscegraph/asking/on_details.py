"""Stage 10e6: candidates on details, figures and statements: their values, and what they are on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from oscegraph.asking import detail_fits, wording
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.detail_fits import Found
from oscegraph.asking.kinds import ANSWERS, asks, no_more_than_said
from oscegraph.asking.naming import Naming, set_aside
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import rows

_CUES = frozenset({"many", "when", "where", "people", "who"})
# So many details are looked at; of so many columns each is one by itself.
_MOST, _COLUMNS = 8, 4
_BESIDES = lazy_pattern(
    r"\b(?:besides|beside|apart from|other than|except|together with|along with|alongside|in addition to|next to|aside"
    r"|others?|else)\b",
    re.IGNORECASE,
)


class OnDetails:
    """Makes the candidates on details."""

    def __init__(self, naming: Naming) -> None:
        self.naming, self.facts = naming, naming.facts

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the candidates on each detail that a question may mean."""
        kinds = asks(question)
        for found in detail_fits.details(question, _MOST, ANSWERS[next(iter(kinds))] if len(kinds) == 1 else None):
            detail = found.detail
            yield self.told(question, found)
            if detail.kind == "rows":
                yield from self._of_rows(question, found)
            if _BESIDES.search(question.linked.text):
                yield from self._without_named(question, found)
            if "other" in kinds:
                about = [iri for iri in detail.about if self.naming.can_be(question, iri)][:1]
                yield self.one(question, found, "about", list(map(self.naming.name, about)), about)

    def _of_rows(self, question: Question, found: Found) -> Iterator[Candidate]:
        """Yield one column of a table, and what is told of the rows that the question names."""
        table = rows(found.detail.values)
        labels = list(dict.fromkeys(label for label, _ in table))
        if len(labels) > 1:
            yield self.one(question, found, "labels", labels)
        yield self.one(question, found, "column", list(dict.fromkeys(value for _, value in table)))
        yield from self._parts_of_rows(question, found, table)
        said = {token.word.stem for token in question.tokens}.union(
            *(question.linked.stems(link) for link in question.links)
        )
        named = [row for row in table if (stems := wording.stems(row[0]) - wording.EMPTY) and stems <= said]
        if 0 < len(named) < len(table):
            yield self.one(question, found, "column of named", [value for _, value in named])
            if len(named) > 1:
                yield self.one(question, found, "named rows", named)

    def _parts_of_rows(self, question: Question, found: Found, table: list[Any]) -> Iterator[Candidate]:
        """Yield the label with one of several values that each row tells, and the sum of numbers."""
        cut = [str(value).split(", ") for _, value in table]
        if 1 < len(cut[0]) <= _COLUMNS and len({len(parts) for parts in cut}) == 1:
            for place in range(len(cut[0])):
                values = [int(parts[place]) if parts[place].isdigit() else parts[place] for parts in cut]
                yield self.one(question, found, f"part {place + 1}", list(dict.fromkeys(values)))
                rows_of_two = [[label, value] for (label, _), value in zip(table, values, strict=True)]
                yield self.one(question, found, f"labels and part {place + 1}", rows_of_two)
        elif len(table) > 1 and all(isinstance(value, int) for _, value in table):
            yield self.one(question, found, "sum", [sum(value for _, value in table)])

    def _without_named(self, question: Question, found: Found) -> Iterator[Candidate]:
        """Yield the values of a detail but those that the question names: "together with whom was it admitted?"."""
        detail = found.detail
        named = {label.casefold() for k in question.linked.links for label in (k.thing.label, *k.thing.aliases)}
        things = self.facts.directory.things
        out = {iri for k in question.linked.links for iri in {k.thing.iri} | self.facts.directory.circle(k.thing.iri)}
        # "Which other states were admitted with the Uzbek unit?"
        out |= {state for iri in out if iri in things for state in things[iri].facts.get("jurisdiction", ())}
        out |= set_aside(question) | question.linked.demonyms
        kept = [v for v in detail.values if v not in out and v.casefold() not in named]
        if kept and len(kept) < len(detail.values):
            left = [value for value in kept if value.startswith("http")]
            yield self.one(question, found, "others", self.naming.told(replace(detail, values=kept)), left)

    def told(self, question: Question, found: Found) -> Candidate:
        """Return the candidate whose answer is the values of a detail."""
        detail = found.detail
        things = [value for value in detail.values if value.startswith("http")]
        told = self.naming.told(detail)
        if detail.kind == "date" and no_more_than_said(question, told):
            told = []
        return self.one(question, found, detail.kind, told, things)

    def one(
        self,
        question: Question,
        found: Found,
        projection: str,
        answer: list[Any],
        things: Iterable[str] = (),
        family: str = "detail",
    ) -> Candidate:
        """Return a candidate on a detail."""
        detail = found.detail
        borne = detail.bag | detail.heads | detail.wide
        return Candidate(
            family,
            projection,
            answer,
            _CUES,
            "detail_values",
            {"detail": detail.iri},
            tuple(iri for iri in detail.about if iri in self.facts.events),
            found=found,
            open_words=[t for t in question.tokens if t.word.stem not in borne],
            open_links=[k for k in question.links if not self.facts.is_about(detail, k, question.linked.stems(k))],
            flags=(detail.cls,),
            things=tuple(things),
        )
