"""Stage 10g6b: questions that no answer tells alone: the same of two, the first of a ranking, a rank and its number."""

from __future__ import annotations

import re

from oscegraph.asking import (
    asked_apart,
    asked_but_not,
    asked_within,
    joined,
    leading,
    limits,
    numbered,
    plain_forms,
    plain_words,
    ranking,
    rephrased,
    side_by_side,
)
from oscegraph.asking.asked import ANSWERED, UNCLEAR, VERY_SURE, Asked
from oscegraph.asking.by_paraphrases import ByParaphrases
from oscegraph.asking.candidates import ROLES, roles_of
from oscegraph.asking.patterns import lazy_pattern

_ALL_IN_BOTH = "All who are told of the first are told of the second, too."
# All who had any part are those who were involved.
_ANY_PART = "role:anybody"
_INVOLVED = lazy_pattern(r"\binvolved\b|\bany (?:part|role|way)\b|\bsomething to do with\b", re.IGNORECASE)
# Of a ranking so many are shown at most where they are alike.
_SHOWN = 12


class ByParts(ByParaphrases):
    """Answers them by those on each of the two, or by the ranking."""

    def _apart(self, text: str) -> Asked | None:
        """Answer a question that asks the same of two things, by that on each; None if it does not, or is unsure."""
        if both := asked_apart.both(text):
            return joined.of_both(text, [self._asked(one) for one in both.questions])
        each = asked_apart.of_each(text)
        asked = side_by_side.each(text, each, self._one, sure_of_one=False, of_one=True) if each else None
        if asked is not None:
            asked.confidence = min(asked.confidence, VERY_SURE)
        return asked

    def _but_not(self, text: str) -> Asked | None:
        """Answer a question for who was in one of two and not in the other, by who was in each.

        None if it asks nothing of the kind, if either is not sure, or if a State is told of one and its bodies of the other.
        """
        asked = asked_but_not.read(text)
        if asked and any(plain_forms.of_words(plain_words.words(self._question(text)))):
            # There is a query for that.
            return None
        one = self._read_openly(asked.first) if asked else None
        if asked is None or one is None or not self._names(one):
            return None
        for second in asked.seconds:
            other = self._read_openly(second)
            if not self._names(other) or other.kind[1] != one.kind[1] or other.reading == one.reading:
                continue
            things = {thing for asked_of in (one, other) for thing in (asked_of.source.things if asked_of.source else ())}
            if any(not things.isdisjoint(self._wholes(thing)) for thing in things):
                continue
            told = {*other.answer, *other.in_general}
            left = [name for name in one.answer if name not in told]
            found = joined.kept(text, (one, other), left, asked.counted, _ALL_IN_BOTH)
            found.reading = f"{one.reading}; but not: {other.reading}"
            found.evidence = [item for item in one.evidence if self._is_of(item.get("iri", ""), left)] or found.evidence
            return found
        return None

    def _neither(self, text: str) -> Asked | None:
        """Answer a question for those that did something with neither of two, by those that did not with each."""
        questions, counted = asked_but_not.neither(text)
        found = [self._read_openly(question) for question in questions]
        if not found or any(one.status != ANSWERED or one.confidence < ranking.SURE for one in found):
            return None
        if len({one.kind for one in found}) > 1 or found[0].reading == found[1].reading:
            return None
        if any(not isinstance(value, str) for one in found for value in one.answer):
            return None
        first, second = found
        return joined.kept(text, found, [name for name in first.answer if name in second.answer], counted)

    def _how_many(self, text: str) -> Asked | None:
        """Answer a question for how many took part in something by who did, if that is known; None if not.

        Of all who had any part, States that paid or were hosts are not counted with those that took part.
        """
        which = asked_but_not.which(text)
        one = self._read_openly(which) if which and self._question(text).types else None
        if one is None or one.confidence < VERY_SURE or not self._names(one):
            return None
        if one.kind[1] == _ANY_PART and not _INVOLVED.search(text):
            return None
        one.question, one.answer, one.hints = text, [len(one.answer)], [f"These: {', '.join(one.answer)}.", *one.hints]
        one.choices, one.ranked, one.confidence, one.whole = 0, False, min(one.confidence, VERY_SURE), True
        one.reading = f"How many: {one.reading}"
        return one

    def _read_openly(self, text: str) -> Asked:
        asked = self._asked(text)
        return asked if asked.status == ANSWERED else self._openly(text) or self._or_turned(asked, text)

    @staticmethod
    def _names(asked: Asked) -> bool:
        """Whether an answer surely names those who had a part, one thing each."""
        things = asked.source.things if asked.source else ()
        sure = asked.status == ANSWERED and asked.confidence >= ranking.SURE
        return sure and 0 < len(things) == len(asked.answer)

    def _wholes(self, iri: str) -> set[str]:
        """Return of what an actor is a part, or the State that it is a body of."""
        facts = self.directory.things[iri].facts if iri in self.directory.things else {}
        return {*facts.get("subOrganizationOf", ()), *facts.get("jurisdiction", ())}

    def _is_of(self, event: str, names: list[str]) -> bool:
        """Whether one of these had a part in an activity."""
        known = self.facts.events.get(event)
        return known is not None and any(self.directory.label(iri) in names for iri in known.involved)

    def _leading(self, text: str) -> Asked | None:
        """Answer a question for the first two or more of a ranking, or both ends; None if it is none, or they are alike."""
        if ends := leading.both_ends(text):
            return self._ends(text, ends)
        asked = leading.read(text)
        one = self._or_turned(self._rephrased(asked.first, asked.first), asked.first) if asked else None
        if asked is None or one is None or one.status != ANSWERED or one.source is None:
            return None
        question = self._question(asked.first)
        places = leading.order(self.maker.naming, question, one.source, self.rows(one.source)[0])
        if same := leading.alike(places, asked.number):
            said = ", ".join(f"{place.name} ({place.number})" for place in same[:_SHOWN])
            return Asked(text, UNCLEAR, one.reading, hints=[f"So many cannot be told apart from the next: {said}."])
        if (first := leading.of_ranking(one.source, places, asked)) is None:
            return None
        told = self._answer(text, question, ranking.Ranked(first, min(one.confidence, VERY_SURE)))
        told.reading, told.whole = f"The first {asked.number} of: {one.reading}", True
        return told

    def _ends(self, text: str, ends: leading.Ends) -> Asked | None:
        """Answer a question for who comes first and who comes last; None if the ranking does not tell both."""
        one = self._or_turned(self._rephrased(ends.first, ends.first), ends.first)
        if one.status != ANSWERED or one.source is None:
            return None
        question = self._question(ends.first)
        places = leading.order(self.maker.naming, question, one.source, self.rows(one.source)[0])
        both = leading.at_ends(one.source, places, ends.numbered)
        if both is None or limits.is_of_another_office(question, both):
            return None
        told = self._answer(text, question, ranking.Ranked(both, min(one.confidence, VERY_SURE)))
        told.reading, told.whole = f"First and last of: {one.reading}", True
        return told

    def _had(self, activities: frozenset[str], role: str) -> list[str]:
        """Return the names of those who had a role in some activities."""
        told = [told for event in self.facts.known(activities) for told in event.told]
        return self.maker.naming.labels(dict.fromkeys(roles_of(told, ROLES[role][0])))

    def _numbered(self, question: str) -> Asked | None:
        """Return who or what comes first or last, with the number by which it does, if a question asks for both."""
        first, counted = asked_within.asks_its_number(question)
        first = rephrased.without_empty(first)
        one = self._one(first) if first else Asked(question, UNCLEAR)
        if one.status != ANSWERED or not one.answer or one.source is None:
            return None
        asking, candidates = self.read(first)
        if one.source.query not in numbered.COUNTED and (same := numbered.told_by_ranking(candidates, one.answer)):
            # Another ranking names the same; this one has a number that the report prints.
            one = self._answer(question, asking, ranking.Ranked(same, one.confidence))
        if one.source is None or not numbered.is_plain(question, asking, one.source, counted):
            return None
        if one.source.family == "phrase":
            one.question, one.answer = question, numbered.in_order(one.source, self.rows(one.source)[0], one.answer)
            return one if one.answer else None
        asking, candidates = self.read(question)
        if same := numbered.with_numbers(candidates, one.source, one.answer):
            return self._answer(question, asking, ranking.Ranked(same, one.confidence))
        return None
