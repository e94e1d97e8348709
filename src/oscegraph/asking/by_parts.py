"""Stage 10g6b: questions that no answer tells alone: the same of two, the first of a ranking, a rank and its number."""

from __future__ import annotations

from oscegraph.asking import asked_apart, asked_twice, joined, leading, limits, numbered, ranking, rephrased
from oscegraph.asking.asked import ANSWERED, UNCLEAR, VERY_SURE, Asked
from oscegraph.asking.by_paraphrases import ByParaphrases
from oscegraph.asking.candidates import ROLES, roles_of

# Of a ranking so many are shown at most where they are alike.
_SHOWN = 12


class ByParts(ByParaphrases):
    """Answers them by those on each of the two, or by the ranking."""

    def _apart(self, text: str) -> Asked | None:
        """Answer a question that asks the same of two things, by that on each; None if it does not, or is unsure."""
        if both := asked_apart.both(text):
            return joined.of_both(text, [self._asked(one) for one in both.questions])
        each = asked_apart.of_each(text)
        asked = joined.each(text, each, self._one, sure_of_one=False, of_one=True) if each else None
        if asked is not None:
            asked.confidence = min(asked.confidence, VERY_SURE)
        return asked

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
        first, counted = asked_twice.asks_its_number(question)
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
