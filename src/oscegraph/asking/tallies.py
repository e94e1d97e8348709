"""Stage 10e11: candidates on what the report counts: activities by year, staff of units and departments, ranks of themes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from oscegraph.asking.candidates import Candidate
from oscegraph.asking.facts import Facts
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.staff import OfStaff, tally

_RANKS = "rank theme activity most second many when"
_RANK = lazy_pattern(r"\b(?:rank\w*|places?|order|positions?|stand|stood|second|most attention)\b", re.IGNORECASE)
_GROWTH = lazy_pattern(r"\b(?:grow\w*|grew|increas\w*|rose|risen|difference|more than)\b", re.IGNORECASE)


class Tallies:
    """Makes the candidates of questions on counts, staff and ranks."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.directory, self.of_staff = facts, facts.directory, OfStaff(facts)

    @cached_property
    def ranks(self) -> dict[str, dict[str, int]]:
        """The rank of themes by year, where the report states a number."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for row in self.facts.listed("theme_stated_ranks"):
            if row["value"] and (row["figureKind"] or "").startswith("rank"):
                found[row["about"] or ""][row["year"] or ""] = int(row["value"])
        return dict(found)

    @cached_property
    def counts(self) -> dict[str, int]:
        """The number of activities that the report states for each year."""
        rows = self.facts.listed("figure_counts")
        return {row["year"] or "": int(row["stated"] or 0) for row in rows if row["stated"]}

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the candidates of a question on counts, staff and ranks."""
        yield from self.of_staff.make(question)
        if question.polar:
            return
        cues = question.linked.cues
        if "activity" in cues or "many" in cues:
            yield from self._counts(question)
        if _RANK.search(question.linked.text):
            yield from self._ranks(question)

    def _ranks(self, question: Question) -> Iterator[Candidate]:
        """Yield the ranks of the themes that are named, or of all, in one year or in each."""
        named = [link.thing.iri for link in question.links if link.thing.iri in self.ranks]
        years = sorted({year for ranks in self.ranks.values() for year in ranks})
        for among in dict.fromkeys((tuple(named), tuple(self.ranks))):
            if len(among) < 2 and among != tuple(self.ranks):
                continue
            for year in years:
                held = {iri: self.ranks[iri][year] for iri in among if year in self.ranks[iri]}
                rows = [[self.directory.label(iri), rank] for iri, rank in sorted(held.items(), key=lambda item: item[1])]
                of = "named" if among == tuple(named) else "all"
                last = "" if year == years[-1] else " before"
                yield tally(
                    question, f"ranks of {of}{last}", rows, _RANKS, "theme_stated_ranks", list(among), year=int(year)
                )

    def _counts(self, question: Question) -> Iterator[Candidate]:
        """Yield how many activities the report counts in each year, and by how many they grew."""
        actors = (k.thing for k in question.links if k.thing.is_actor and not k.broad and k.thing.cls != "Concept")
        years = sorted(self.counts)
        if any(actor.short != "OSCE" for actor in actors) or len(years) < 2:
            return
        first, last = years[0], years[-1]
        grown = self.counts[last] - self.counts[first]
        for year in years:
            projection = "activities counted" if year == last else "activities counted before"
            yield self._of_counts(question, projection, [self.counts[year]], year=int(year))
        yield self._of_counts(question, "growth of activities", [grown])
        rows: list[list[Any]] = [[year, self.counts[year]] for year in years]
        if not _GROWTH.search(question.linked.text):
            # Where the growth is asked for, too, these are not all of it.
            yield self._of_counts(question, "activities of each year", [self.counts[year] for year in years])
            yield self._of_counts(question, "activities by year", rows)
        yield self._of_counts(question, "activities by year and growth", [*rows, ["increase", grown]])

    def _of_counts(self, question: Question, projection: str, answer: list[Any], **values: Any) -> Candidate:
        return tally(question, projection, answer, "many activity theme when", "figure_counts", [], **values)
