"""Stage 10h0: what is asked besides of what answers a question, in rows or of one thing, and questions in plainer words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from oscegraph.asking import asked_after, asked_columns, asked_laid_out, joined, on_all, polar, rephrased, side_by_side
from oscegraph.asking.asked import ANSWERED, UNCLEAR, VERY_SURE, Asked
from oscegraph.asking.asked_days import MONTH
from oscegraph.asking.by_parts import ByParts
from oscegraph.asking.columns import Columns
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.dates import REPORT_YEAR

_REPORT_YEAR = str(REPORT_YEAR)
# How sure it takes that a question in plainer words is read as it is in its own.
ALIKE = 0.62
_DAYS, _DAY_TOLD = "days", lazy_pattern(rf"\b\d{{4}}-\d\d|\b{MONTH}", re.IGNORECASE)


class ByColumns(ByParts):
    """Answers what is asked of each thing that a question asks for."""

    @cached_property
    def _rows_of(self) -> Columns:
        return Columns(self.maker.naming, self.plain_sets, self.linker.demonyms)

    def _behind(self, text: str) -> tuple[str, list[str]]:
        """Return a question and what is to be given of each behind it, with what it asks of each itself; "" if none is."""
        first, columns = asked_laid_out.behind(text)
        inner, asked = asked_columns.besides(first) if first else ("", [])
        return (inner, list(dict.fromkeys((*columns, *asked)))) if inner else (first, columns)

    def _lacks_days(self, text: str, asked: Asked) -> bool:
        """Whether days are to be given behind a question, and no value of its answer is, or has in it, a day or a month."""
        values = (value for row in asked.answer for value in (row if isinstance(row, list) else [row]))
        told = not asked.answer or any(_DAY_TOLD.search(str(value)) for value in values)
        return not told and _DAYS in self._behind(text)[1]

    def _besides_each(
        self, question: str, first: str, columns: Sequence[str], single: bool = False, worked_out: bool = False
    ) -> Asked | None:
        """Return what answers the first question, with what is told of each besides; None if it is not told of most.

        If it has to be `worked_out` a reading that is only likely is not enough.
        """
        asked = self._or_turned(self._rephrased(first, first), first)
        if worked_out and asked.ranked:
            return None
        return self._rows_of.told(question, self._question(first), asked, columns, single)

    def _besides(self, question: str, text: str) -> Asked | None:
        """Answer a question for a thing and its day, place, length or size, which is asked of what answers the first."""
        first, more = asked_after.besides(text)
        one = self._or_turned(self._rephrased(first, first), first) if first else Asked(question, UNCLEAR)
        if one.status != ANSWERED or len(one.answer) != 1:
            return None
        # Of all that was looked at it is the one that the answer names, if it names one.
        titles = {iri: self.facts.events[iri].label for iri in one.about or self.facts.events if iri in self.facts.events}
        named = {iri: title for iri, title in titles.items() if title == one.answer[0]}
        about, name = (frozenset(named), one.answer[0]) if len(named) == 1 else (one.about, self._called(one, ""))
        if len(about) != 1 or not name:
            return None
        # These are few, and plain: the length of a title is no reason not to read them.
        self._pieces().clear()
        return joined.besides(question, one, [self._one(way.format(name), about) for way in more])

    def _rephrased(self, question: str, text: str) -> Asked:
        """Answer a question as it stands or, if it is not sure enough, in plainer words, read alike or surely."""
        asked = self._one(question)
        if asked.status == UNCLEAR and asked.nearest:
            for plain in rephrased.rephrased(text):
                if polar.is_polar(text) and _REPORT_YEAR in text and _REPORT_YEAR not in plain:
                    # That it was in that year is what is asked.
                    continue
                other = self._one(plain, least=ALIKE)
                if other.status == ANSWERED and (other.answer == asked.nearest or other.confidence >= VERY_SURE):
                    # A sum may be among the words that go without saying.
                    other.question, other.answer = question, on_all.added_up(self._question(text), other.answer)
                    return other
        return asked

    def _called(self, asked: Asked, side: str) -> str:
        """Return what an answer is on: its activity, structure or decision, or what the question calls it."""
        values = asked.source.values if asked.source else {}
        named = values.get("structure") or values.get("instrument")
        return asked.title or (self.sayer.name(named) if named else side)

    def _counted(self, text: str) -> tuple[Asked, tuple[int, ...]] | None:
        """Return the number of activities that a question asks for, and all numbers that may be meant."""
        question = self._question(text)
        found = self.filtered.counts(question)
        if found is None:
            return None
        plain, numbers = found
        return self._plain(text, question, plain), numbers

    def _counts_of(self, texts: Sequence[str]) -> tuple[Asked, tuple[int, ...]] | None:
        """Return what the first of several questions counts that is read."""
        return next(filter(None, map(self._counted, texts)), None)

    def _counted_of(self, counted: side_by_side.Counted, side: str) -> str:
        """Return whose activities are counted, or what the question calls it."""
        actor = counted[0].source.values.get("actor") if counted and counted[0].source else None
        return self.sayer.name(actor) if actor else side
