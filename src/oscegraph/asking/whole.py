"""Stage 10g2: a question taken as a whole: the likeliest of its readings as the answer, or which kind of no it gets.

The candidates are ranked (`ranking`), and the best answer is given only if it is sure enough; otherwise the question is
asked back. The SPARQL of the answer is that of its candidate's named query.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import Any

from oscegraph.asking import (
    alone,
    asked_days,
    asked_parts,
    heeded,
    in_place,
    limits,
    of_each,
    ranking,
    targets,
)
from oscegraph.asking.answering import PAPERS
from oscegraph.asking.asked import (
    CERTAIN,
    LONGEST,
    NOT_UNDERSTOOD,
    UNCLEAR,
    VERY_SURE,
    Asked,
)
from oscegraph.asking.asked_links import Linked
from oscegraph.asking.asked_names import INSTRUMENTS
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.plainly import Plainly
from oscegraph.asking.ranked import DETAIL
from oscegraph.asking.refused import CHOICES
from oscegraph.asking.retrieval import Question
from oscegraph.directory import Directory
from oscegraph.store import Store

# How sure it takes to be to call the report silent: a question that was not understood easily finds what it does not tell.
SILENCE = 0.95
# How sure it is that the only sum of money that is told is meant; among so many readings it has to be, and no more weight of
# words may be left.
_SUM, _SUMS, _WEIGHS = 0.8, 6, 2.5
_QUANTITY, _COST, _OF_OSCE = "quantity", "cost", lazy_pattern(r"\bOSCE\b")
# So many letters are read in the pieces of a question, and each piece counts so many more, as each takes its time: of 812
# long questions four lose their answer by that, none of those set aside. A piece beyond that is asked back.
MOST_READ, EACH_READ = 1000, 30
# Nor is a further piece read if those before it have so many readings together: of 2,532 questions of readers that ask
# twice, or are hard, one loses its answer by that.
MOST_WEIGHED = 2300
# So many words at least have to say what is meant, if no name does.
_FEWEST = 2
# What is said of readings that leave out what limits a question.
_LIMITED = "What limits the question (only, all, or, not, a number, a year, a rank) is not looked at in these."
_DECIDED = {"decision", "adopt"}
_SET, _OUTSIDE = "set", "outside"


def _as_many(candidate: Candidate, number: int) -> bool:
    """Whether an answer has so many values, or more of which some are asked for besides: "which two, and when?"."""
    count = len(candidate.answer)
    return count == number or (count > number and bool(candidate.parts))


_BY_CHAPTER = lazy_pattern(r"\b(?:according to|as told (?:in|by)|by) (?:chapter |section )?[IVX]+\.\d", re.IGNORECASE)


class Whole(Plainly):
    """Answers questions, each as one."""

    def __init__(self, store: Store, directory: Directory | None = None) -> None:
        super().__init__(store, directory)
        # The pieces of one question that were read so far: several may be asked at a time, each in its thread.
        self._so_far = threading.local()

    def _one(
        self,
        text: str,
        about: frozenset[str] = frozenset(),
        least: float = ranking.SURE,
        besides: Sequence[Any] = (),
    ) -> Asked:
        """Answer a question that is taken as a whole, if it is sure enough.

        If `about` is given, of these things only, and not by what is told already, `besides`.
        """
        if not text.strip() or not any(c.isalpha() for c in text):
            return Asked(text, NOT_UNDERSTOOD, hints=["Ask, for instance: Who funded the workshop in Belgrade in June?"])
        if missing := asked_days.no_such_day(text[:LONGEST]):
            return Asked(text, UNCLEAR, hints=[f"There is no {missing}."])
        pieces, piece = self._pieces(), text[:LONGEST]
        letters = sum(EACH_READ + len(one) for one in {*pieces, piece})
        if pieces and (letters > MOST_READ or (piece not in pieces and sum(pieces.values()) > MOST_WEIGHED)):
            return Asked(text, UNCLEAR)
        question, candidates = self.read(text)
        pieces[piece] = len(candidates)
        linked = question.linked
        if unknown := self._unknown(text, linked, False):
            return unknown.asked()
        said = self.titles.said(text)
        if plainly := self._without_ranks(text, question, candidates, said, about):
            return plainly
        ranked = self._last_ranked(text, about, str(besides) if besides else "")
        sure = ranked[0].probability if ranked else 0.0
        if sure < least and said and not about:
            # What is named by its whole title is meant, and nothing else.
            return self._one(text, frozenset(one.iri for one in said), least)
        another = False
        if ranked and ranked[0].candidate.answer and not question.polar and (number := targets.expected(text)):
            # "Which two countries" has two answers: another number is not given as if it were these.
            fitting = [one for one in ranked if _as_many(one.candidate, number)]
            if another := not fitting or (fitting[0] is not ranked[0] and fitting[0].probability < least):
                fitting = ranked
            ranked, sure = fitting, fitting[0].probability
        allowed = asked_parts.asks_name(text) or asked_parts.asks_post(text)
        outside = not allowed and (self._is_beyond(text, linked) or asked_parts.asks_person(text))
        empty = not ranked or not ranked[0].candidate.answer
        # Decisions are of earlier years.
        decided = linked.cues & _DECIDED or any(link.thing.cls in INSTRUMENTS for link in linked.links)
        decided = decided or (bool(ranked) and ranked[0].candidate.family in PAPERS)
        # A year in a title says nothing of when it is asked for.
        other = linked.other_year and not decided and not any(linked.other_year in one.text for one in said)
        other = other and not any(str(linked.other_year) in in_place.told_words(one.candidate) for one in ranked[:CHOICES])
        if (
            outside
            and not _OF_OSCE.search(text)
            and (sums := [one for one in ranked[:_SUMS] if self._is_sum(one.candidate)])
        ):
            # The one sum that is told is told where nothing but its own words is asked for.
            return self._answer(text, question, sums[0]._replace(probability=_SUM))
        if (outside and (sure < VERY_SURE or empty)) or (other and (sure < ranking.SURE or empty)):
            return self._outside(text)
        if another:
            return self._back(text, linked, question, ranked)
        if sure < least and (excluded := self._excluded(text, ranked)):
            return excluded
        # One word that names nothing says too little, unless it is very sure what it means: "when was the concert?".
        named, few = linked.links or linked.days or linked.chapters, _FEWEST - (sure >= SILENCE)
        if (not named and (len(question.tokens) < few or self.doubts.says_nothing(question))) or sure < least:
            return self._back(text, linked, question, ranked)
        if empty and (counted := ranking.counted(ranked)):
            return self._answer(text, question, counted)
        if empty and (sure < max(least, SILENCE) or not self.doubts.is_meant(question, ranked[0].candidate)):
            return self._back(text, linked, question, ranked)
        return self._by_rank(text, question, candidates, ranked, about)

    def _by_rank(
        self,
        text: str,
        question: Question,
        candidates: list[Candidate],
        ranked: list[ranking.Ranked],
        about: frozenset[str],
    ) -> Asked:
        """Answer a question by the likeliest of its readings, or ask it back if that leaves out what limits it."""
        linked, (best, sure), naming = question.linked, ranked[0], self.maker.naming
        if sole := alone.answered(naming, question, best):
            asked = self._answer(text, question, ranking.Ranked(sole, sure))
            asked.reading = f"{asked.reading}; and nobody else"
            return asked
        if those := alone.of_kind(naming, question, best):
            return self._answer(text, question, ranking.Ranked(those, min(sure, VERY_SURE)))
        if apart := in_place.without_units(question, candidates, best):
            return self._answer(text, question, ranking.Ranked(apart, sure))
        if states := in_place.as_states(naming, question, candidates, best):
            return self._answer(text, question, ranking.Ranked(states, min(sure, VERY_SURE)))
        if sure < CERTAIN and (more := in_place.fuller(candidates, best)):
            return self._answer(text, question, ranking.Ranked(more, min(sure, VERY_SURE)))
        worded = best.family == _SET and not about and self.filtered.has_words(question)
        if worded or self.doubts.leaves_out(question, best, sure):
            back = self._back(text, linked, question, ranked)
            if heeded.is_unheeded(question, best) or limits.limits_more(question, best):
                back.hints.append(_LIMITED)
            if group := of_each.group(naming, question, best):
                back.hints.append(f"The report tells of a group that came, and not of each in it: {group}.")
            return back
        truth = best.answer if question.polar else []
        if truth in ([False], [True]) and (unknown := self._unknown(text, linked, True)):
            # A "no" of a name that nothing bears is one on something else, and a "yes" one on others.
            if truth == [False]:
                return unknown.denied()
            if unknown.is_joined(linked):
                return unknown.asked()
        asked = self._answer(text, question, ranked[0])
        asked.ranked = not about
        if best.family == DETAIL and _BY_CHAPTER.search(text) and in_place.is_told_elsewhere(asked, linked.chapters):
            # "Whom did it meet according to II.1.5?" is not answered by what another chapter says.
            back = self._back(text, linked, question, ranked)
            back.hints.append(_LIMITED)
            return back
        return asked

    def _is_sum(self, candidate: Candidate) -> bool:
        """Whether a reading tells a sum of money, and leaves nothing open that weighs anything."""
        detail = candidate.found.detail if candidate.found else None
        told = detail is not None and detail.sort == _QUANTITY and _COST in detail.summary.casefold()
        return told and candidate.left < _WEIGHS and not candidate.open_links

    def _is_beyond(self, text: str, linked: Linked) -> bool:
        """Whether a question has words for what the report does not tell, beside offices that it only mentions."""
        plain = asked_parts.without_offices(text) if _OUTSIDE in linked.cues else text
        return _OUTSIDE in (linked.cues if plain == text else self._question(plain).linked.cues)

    def _pieces(self) -> dict[str, int]:
        """Return what was read so far of the question that is asked, each with the number of its readings."""
        held: dict[str, int] = self._so_far.__dict__.setdefault("pieces", {})
        return held
