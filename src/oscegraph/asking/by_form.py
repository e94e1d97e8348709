"""Stage 10g9: a question is answered as its form says: by what it sets aside or compares, as a whole, or in pieces.

Each way gives way to the next one where it does not fit. What is put together of several answers is in `joined` and
`side_by_side`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from oscegraph.asking import (
    asked_aside,
    asked_chapters,
    asked_columns,
    asked_each,
    asked_either,
    asked_every,
    asked_forms,
    asked_lacking,
    asked_of_one,
    asked_own,
    asked_parties,
    asked_parts,
    asked_than,
    asked_told,
    asked_twice,
    asked_values,
    asked_within,
    asked_without,
    in_one,
    in_turn,
    joined,
    memory,
    misread_values,
    of_kind,
    polar,
    retrieval,
    side_by_side,
    trust,
)
from oscegraph.asking.asked import (
    ANSWERED,
    LONGEST,
    UNCLEAR,
    VERY_SURE,
    Asked,
)
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.by_claims import ByClaims
from oscegraph.asking.candidates import spell
from oscegraph.asking.columns import CAME
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.statements import areas_of
from oscegraph.asking.whole import SILENCE

_ORGANIZERS, _SUPPORTERS = "role:organizers", "role:supporters"
_SUPPORTED = lazy_pattern(r"\b(?:support(?:ed)?|backed|assisted)\b")
# Structures of these kinds have chapters of their own; fewer are no "every".
_CHAPTERED, _SEVERAL_ARE = frozenset({"operations", "secretariat", "units"}), 2
_REASONS = frozenset({("detail", "text"), ("detail", "column of named")})
# How sure it takes that rows answer two questions in one; and values of several kinds, if each of the two asked by itself is
# not sure enough (of 44 such from 0.8 to 0.9 on new questions 37 were right).
ROWS, TOGETHER = 0.75, 0.8
# Less likely than that as a whole, two answers are not given to two questions in one (of five such four were wrong).
UNLIKELY = 0.2
# What is asked besides whether it is so.
_MORE = {"activities": "which these are", "where": "where", "when": "when"}
_UNITS = "units"
# What gives values of several kinds at once.
_SEVERAL, _COLUMNS = frozenset({"both", "tally"}), ("column", "figure_", "theme_stated_ranks")


class ByForm(ByClaims):
    """Answers questions by their form."""

    def _asked(self, question: str) -> Asked:
        text = " ".join(question[:LONGEST].split())
        for way in (self._of_form, self._claimed, self._held_against):
            if found := way(question, text):
                return found
        return self._in_pieces(question, text)

    def _of_form(self, question: str, text: str) -> Asked | None:
        """Answer a question that sets something aside, or asks for all of a kind, for roles or reasons; None if not."""
        if found := self._without_organizers(text):
            return found
        if (less := asked_without.read(text)) and (found := self._without(question, less)):
            return found
        if (every := asked_every.read(text)) and (found := self._of_every(question, every)):
            return found
        if found := self._but_not(text) or self._neither(text):
            return found
        rest, out = asked_aside.without_chapters(text)
        if out:
            return self._outside_chapters(question, rest, out)
        if (roles := asked_parties.roles(text)) and (told := joined.by_role(question, roles, self._one, self._had)):
            return told
        if (of_one := asked_of_one.read(text)) and (found := self._of_one(question, of_one)):
            return found
        if (bodies := asked_of_one.of_a_body(text)) and (found := self._part_of(question, bodies)):
            return found
        if (naming := asked_of_one.of_its_chapters(text)) and (found := self._chapters_naming(question, naming)):
            return found
        if asked_parts.asks_why(text):
            # A reason is only told where a detail is one.
            asked = self._one(question, least=SILENCE)
            return (
                asked if asked.status == ANSWERED and asked.kind in _REASONS and asked.answer else self._no_reasons(question)
            )
        if asked_parts.asks_how(text):
            asked = self._one(question, least=VERY_SURE)
            return asked if asked.status == ANSWERED and asked.answer else self._no_reasons(question)
        return None

    def _held_against(self, question: str, text: str) -> Asked | None:
        """Answer a question that holds several things, chapters or values against each other; None if it is none."""
        if pair := asked_parts.compared(text):
            return side_by_side.compared(question, *map(self._one, pair))
        first, of_each = asked_chapters.of_each(text)
        if first and (each := self._of_each_chapter(question, first, of_each)):
            return each
        if (agreed := asked_told.agreement(text)) and (found := self._agree(question, *agreed)):
            return found
        if on := asked_told.on_agreement(text):
            return self._on_agreement(question, on)
        if chapters := asked_own.of_several(text):
            return self._are_told(question, *chapters)
        if (said := asked_told.is_told(text)) and (found := self._is_told(question, *said)):
            return found
        if than := asked_than.read(text):
            if than.counts and (told := side_by_side.counted(question, [*map(self._counted, than.questions)], than.more)):
                return told
            numbers_of = [self._asked(one) for one in than.questions]
            return side_by_side.than(question, numbers_of, than.more) or joined.back(question, than.questions)
        plain, numbers = asked_either.without_numbers(text)
        if either := asked_either.read(plain):
            counts = [*map(self._counts_of, either.questions)] if either.kind == asked_either.COUNTED else []
            sides = [self._counted_of(one, side) for one, side in zip(counts, either.sides, strict=False)]
            if counts and (most := side_by_side.counted(question, counts, either.most, sides)):
                return most
            if chosen := side_by_side.either(question, either, self._one, self._called, numbers):
                return chosen
            asked = self._one(question, least=VERY_SURE)
            sure_of_it = asked.answer and (asked.whole or not asked.open)
            return asked if sure_of_it else joined.back(question, [questions[0] for questions in either.questions])
        if more := polar.with_more(text):
            return self._with_more(question, *more)
        first = asked_columns.says_so(text)
        if first and (with_chapters := self._rows_of.chapters(question, self._rephrased(first, first))):
            return with_chapters
        if (first := asked_columns.whom(text)) and (whom := self._besides_each(question, first, [CAME], single=True)):
            return whom
        if (first := asked_columns.pairs(text)) and (
            rows := self._rows_of.pairs(question, self._question(first), self._rephrased(first, first))
        ):
            return rows
        if (value := asked_values.end(text)) and (end := in_turn.end(question, value, self._one(value.question))):
            return end
        if first_ones := self._leading(text):
            return first_ones
        return None

    def _in_pieces(self, question: str, text: str) -> Asked:
        """Answer a question as a whole, or what it asks one after the other where that is understood better."""
        asked = self._rephrased(question, text)
        half = asked.status == UNCLEAR or (asked.status == ANSWERED and not asked.whole)
        if half and not polar.is_polar(text) and asked_within.asks_both_ends(text):
            # Who comes first is half of it.
            hints = ["Ask who comes first, and who comes last, one after the other."]
            return Asked(question, UNCLEAR, hints=hints, confidence=asked.confidence)
        lacks = of_kind.lacks_decisions(text, asked, (paper.name for paper in self.papers.known.papers.values()))
        twice = misread_values.says_twice(asked.answer)
        told_first, columns = self._behind(text)
        # A ranking tells who organized it, be it a unit of the OSCE or not.
        undated = self._lacks_days(text, asked)
        guessed = told_first and (undated or (asked.ranked and (not asked.certain or _UNITS in columns)))
        if guessed and (rows := self._besides_each(question, told_first, columns, worked_out=True)):
            # What is to be given behind it is told of what is worked out, and not guessed with it.
            return rows
        if asked.whole and not (lacks or twice or undated) and (asked.confidence >= ROWS or not asked_twice.parts(text)):
            return asked
        sure = asked.status == ANSWERED
        first, besides = asked_columns.besides(text)
        first, columns = (first, besides) if first else (told_first, columns)
        in_rows = asked.confidence >= ROWS and any(isinstance(value, list) for value in asked.answer)
        rows_of_each = first and (undated or not (sure and in_rows))
        if rows_of_each and (rows := self._besides_each(question, first, columns)):
            return rows
        if undated:
            return joined.back(question, [told_first], asked.confidence)
        ways = [] if polar.is_polar(text) else asked_each.listed(text, not sure or asked.open)
        one = bool(asked.open or asked.title)
        summed = asked_each.listed(side_by_side.without_sum(text), loose=True) if not ways and (one or not sure) else []
        for way in (*ways, *summed):
            if each := side_by_side.each(question, way, self._one, sure):
                return each
        if (summed and one) or side_by_side.is_added(text, asked):
            # What is asked of several things together is not told by one of them.
            return joined.back(question, summed[0].questions if summed else [])
        listed = [] if sure or polar.is_polar(text) else asked_values.values(text)
        if listed and (told := in_turn.told(question, listed, self._one, asked.nearest)):
            return told
        if listed and (told := self._of_kind(question, listed)):
            return told
        if not (pieces := asked_twice.parts(text)):
            return asked
        if sure and asked_within.asks_partners(text) and self._tells_partners(text, asked):
            return asked
        if self._has_unheard(question):
            return joined.back(question, pieces)
        if numbered := self._numbered(question):
            return numbered
        both = in_one.several(question, pieces, self._one, asked_within.bare(text))
        # Columns and numbers may be all of it, understood better together than each piece by itself; names that one role
        # gives are half of it.
        several = asked.kind[0] in _SEVERAL or asked.kind[1].startswith(_COLUMNS)
        if both.status != ANSWERED and asked.confidence >= TOGETHER and several and len(asked.answer) >= len(pieces):
            return asked
        alike = [asked_values.one(piece) for piece in pieces]
        if both.status == ANSWERED:
            if both.confidence >= VERY_SURE or not self._doubted(question, both):
                return both
            return self._of_kind(question, alike) or joined.back(question, pieces, both.confidence)
        if beside := self._besides(question, text):
            return beside
        if not sure and (told := in_turn.told(question, alike, self._one, asked.nearest, alone=False)):
            return told
        return self._of_kind(question, alike) or both

    def _with_more(self, question: str, text: str, what: str) -> Asked:
        """Answer a question for yes or no that asks besides where or when that was, or which activities those are.

        If it is not told by activities whether it is so, it is asked back.
        """
        asked = self._asked(text)
        if asked.status != ANSWERED or asked.answer != [True]:
            return asked
        source = asked.source
        events = self.facts.known(source.events if source else ())
        areas = areas_of(told for event in events for told in event.told)
        naming = self.maker.naming
        values: dict[str, list[Any]] = {
            "activities": [event.label for event in events],
            "where": naming.in_order(naming.towns(areas) or naming.states(areas)),
            "when": [[event.label, *spell(event.days[0])] for event in events if event.days],
        }
        if source is None or source.family != "any" or not values[what]:
            return joined.back(question, [text])
        asked.answer, asked.reading = [True, *values[what]], f"{asked.reading}; and {_MORE[what]}"
        asked.whole = True
        return asked

    def _of_every(self, question: str, every: asked_every.Every) -> Asked | None:
        """Return whether all structures of a kind with chapters are among those who did something; None if not known."""
        members = self._with_chapters(every.question, every.chapters)
        if every.area:
            there = asked_forms.flat(self._one(f"Which {every.types} are there in {every.area}?").answer)
            members = [one for one in members if one in there]
        if len(members) < _SEVERAL_ARE or (every.number and every.number != len(members)):
            return None
        return joined.of_every(question, self._asked(every.question), members)

    def _with_chapters(self, question: str, within: Sequence[str] = ()) -> list[str]:
        """Return the structures of the kind that a question is for, of those that have a chapter of their own."""
        types, things, chapters = self._question(question).types, self.directory.things, self.linker.papers.sections
        of_type = [iri for iri in chapters if wanted(types, things[iri])] if _CHAPTERED.issuperset(types) else []
        return [self.directory.label(iri) for iri in of_type if not within or chapters[iri] in within]

    def _lacking(self, text: str) -> Asked | None:
        """Return which structures did nothing of a kind, by those that did; None if that is not asked, or not known."""
        which = asked_lacking.read(text)
        members = self._with_chapters(which) if which else []
        return joined.lacking(text, self._asked(which), members) if len(members) >= _SEVERAL_ARE else None

    def _of_kind(self, question: str, values: Sequence[asked_values.Value]) -> Asked | None:
        """Return what several values of one thing are, if each is of the kind that is asked for; None if not."""
        return of_kind.told(question, values, self._one, self._question)

    def _doubted(self, question: str, both: Asked) -> bool:
        """Whether the same values are a reading of the question as a whole, and an unlikely one.

        Of what is named by its title nothing else is meant.
        """
        if self.titles.said(question):
            return False
        values = asked_forms.flat(both.answer)
        ranked = self._last_ranked(question, frozenset(), "")[: trust.MOST]
        same = [one.probability for one in ranked if asked_forms.flat(one.candidate.answer) == values]
        return bool(same) and max(same) < UNLIKELY

    def _tells_partners(self, text: str, asked: Asked) -> bool:
        """Whether an answer tells who organized something, with all who supported it if they are asked for."""
        if asked.kind[1] != _ORGANIZERS or not _SUPPORTED.search(text):
            return asked.kind[1] == _ORGANIZERS
        same = (one for one in self.read(text)[1] if one.about == asked.about and one.projection == _SUPPORTERS)
        return all(set(one.answer) <= set(asked.answer) for one in same)

    def _has_unheard(self, text: str) -> bool:
        """Whether a question has a word that neither the graph nor any question known so far has."""
        heard = (self.facts.weights, self.facts.detail_weights, memory.kept())
        tokens = retrieval.tokens(self.facts, self.linker.link(text[:LONGEST]))
        return any(not token.cues and all(token.word.stem not in words for words in heard) for token in tokens)
