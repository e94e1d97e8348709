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
    asked_forms,
    asked_parts,
    asked_said,
    dated,
    described,
    filtered,
    heeded,
    limits,
    of_each,
    on_all,
    paper_sets,
    plain_activity,
    plain_forms,
    plain_sets,
    ranking,
    targets,
    titles,
)
from oscegraph.asking.answering import PAPERS
from oscegraph.asking.asked import (
    LONGEST,
    NOT_UNDERSTOOD,
    SILENT,
    UNCLEAR,
    VERY_SURE,
    Asked,
)
from oscegraph.asking.asked_links import Linked
from oscegraph.asking.asked_names import INSTRUMENTS
from oscegraph.asking.asked_roles import EXTERNAL
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.naming import Naming
from oscegraph.asking.partner_lists import PartnerLists
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.ranked import DETAIL, PLAIN, ROLE
from oscegraph.asking.refused import CHOICES, Refusing
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
_STATES, _CAME = ["states"], ("role:attendees", "role:participants")
_FROM_STATES = lazy_pattern(r"\W*from (?:which|what) (?:\w+ )?(?:states|countries)\b", re.IGNORECASE)
# What may be told closer than by roles and places.
_TOLD_CLOSER, _BODIES = frozenset({"role:trainer", "role:speaker", "role:host", "where"}), ("bodies",)
# What is said of readings that leave out what limits a question.
_LIMITED = "What limits the question (only, all, or, not, a number, a year, a rank) is not looked at in these."
_DECIDED, _ADOPTED = {"decision", "adopt"}, ("paper", "adopted when")
_SET, _OUTSIDE = "set", "outside"


def _as_many(candidate: Candidate, number: int) -> bool:
    """Whether an answer has so many values, or more of which some are asked for besides: "which two, and when?"."""
    count = len(candidate.answer)
    return count == number or (count > number and bool(candidate.parts))


_BY_CHAPTER = lazy_pattern(r"\b(?:according to|as told (?:in|by)|by) (?:chapter |section )?[IVX]+\.\d", re.IGNORECASE)


def _told(candidate: Candidate) -> str:
    """Return what a reading tells, with the values of the detail that it is from."""
    held = [*candidate.found.detail.values, candidate.found.detail.summary] if candidate.found else []
    return " ".join(map(str, [*candidate.answer, *held]))


def _is_told_elsewhere(asked: Asked, chapters: Sequence[str]) -> bool:
    """Whether all places where an answer is told are in other chapters than the question names."""
    told = {str(item["chapter"]) for item in asked.evidence if item.get("chapter")}
    return len(chapters) == 1 and bool(told) and not any(one.startswith(chapter) for one in told for chapter in chapters)


def _without_units(question: Question, candidates: Sequence[Candidate], best: Candidate) -> Candidate | None:
    """Return a reading with those alone that are not of the OSCE, if these are asked for and it tells units as well."""
    if question.types != [EXTERNAL] or best.types:
        return None
    if best.projection == "column":
        # Texts of what is compared may name units, too.
        on_it = (one for one in candidates if one.about == best.about and one.types == (EXTERNAL,) and one.answer)
        return next((one for one in on_it if one.projection.startswith("role:")), None)
    if not best.projection.startswith("role:"):
        return None
    same = ((one.kind, one.about, one.types) == (best.kind, best.about, (EXTERNAL,)) for one in candidates)
    found = next((one for one, alike in zip(candidates, same, strict=True) if alike), None)
    return found if found and found.answer and set(found.answer) < set(best.answer) else None


def _as_states(naming: Naming, question: Question, candidates: Sequence[Candidate], best: Candidate) -> Candidate | None:
    """Return a reading with the States of those who came, if States are asked for and it tells others, too."""
    asked = question.types == _STATES and _FROM_STATES.match(question.linked.text)
    if not asked or best.types or not best.projection.startswith(ROLE) or best.family != "event":
        return None
    if len(naming.kept(question, list(best.things), tuple(_STATES))) >= len(best.things):
        # Each stands for its State.
        return None
    same = (one for one in candidates if one.family == best.family and one.about == best.about)
    found = [
        one for one in same if one.types == tuple(_STATES) and one.projection in (best.projection, *_CAME) and one.answer
    ]
    return max(found, key=lambda one: (one.projection == best.projection, len(one.answer)), default=None)


class Whole(Refusing):
    """Answers questions, each as one."""

    def __init__(self, store: Store, directory: Directory | None = None) -> None:
        super().__init__(store, directory)
        self.filtered = filtered.FilteredSets(self.maker.naming, self.plain_sets, self.linker.demonyms)
        self.dated = dated.Dated(self.facts, self._question)
        self.described = described.Described(self.plain_sets.filtering, self._question)
        self.paper_sets = paper_sets.PaperSets(self.maker.naming, self.papers.known)
        self.partner_lists = PartnerLists(self.maker.naming, self.facts)
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
        other = other and not any(str(linked.other_year) in _told(one.candidate) for one in ranked[:CHOICES])
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

    def _without_ranks(
        self,
        text: str,
        question: Question,
        candidates: list[Candidate],
        said: Sequence[titles.Title],
        about: frozenset[str],
    ) -> Asked | None:
        """Answer a question that is plain, worked out, or on the one activity that it names or describes; else None."""
        told = self.posts.posts, self.phrased, self.papers.known
        plain = None if about else plain_forms.plain(question, candidates, *told)
        plain = plain or (None if about else self.parties.in_year(question))
        if plain and not (plain.family == "set" and limits.limits_more(question, plain)):
            asked = self._answer(text, question, ranking.Ranked(plain, PLAIN))
            # None of its words is left to ask for more.
            asked.whole = True
            if plain.kind == _ADOPTED and asked_parts.asks_days(text) and not asked_days.tells_exactly(asked.answer):
                # "On which day" is not answered by the year.
                asked.hints = [f"Only so much is told of when it was adopted: {', '.join(asked.words)}.", *asked.hints]
                asked.status, asked.answer = SILENT, []
            return asked
        if not about and (on_lists := self.partner_lists.read(question)):
            return on_lists
        if not about and (unnamed := self.parties.unnamed(question)):
            asked = self._answer(text, question, ranking.Ranked(unnamed[0], PLAIN))
            asked.status, asked.answer, asked.reading, asked.hints = SILENT, [], unnamed[1], [unnamed[2]]
            return asked
        if not about and (printed := on_all.part_of_total(question)):
            return self._part_of_total(text, printed)
        if not about and not said and (every := self._worked_out(text, question)):
            asked = self._plain(text, question, every)
            asked.confidence = max(asked.confidence, self._agreed(text, question, asked))
            return asked
        if not about and (period := self.dated.read(question, text, said)):
            return self._answer(text, question, ranking.Ranked(period, PLAIN))
        if titled := self._plainly(text, said, about):
            return self._answer(text, question, titled)
        if not about and not said and (plainly := self._as_described(text, question)):
            return self._answer(text, question, plainly)
        return None

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
        if apart := _without_units(question, candidates, best):
            return self._answer(text, question, ranking.Ranked(apart, sure))
        if states := _as_states(naming, question, candidates, best):
            return self._answer(text, question, ranking.Ranked(states, min(sure, VERY_SURE)))
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
        if best.family == DETAIL and _BY_CHAPTER.search(text) and _is_told_elsewhere(asked, linked.chapters):
            # "Whom did it meet according to II.1.5?" is not answered by what another chapter says.
            back = self._back(text, linked, question, ranked)
            back.hints.append(_LIMITED)
            return back
        return asked

    def _agreed(self, text: str, question: Question, asked: Asked) -> float:
        """Return how sure the ranking is of an answer that is worked out, 0 if it has another one, or any doubt.

        That something is so, or not, may rest on other things; what only one of the two leaves out is no more certain.
        """
        best = self._likeliest(text)
        if best is None or not asked.answer or isinstance(asked.answer[0], bool):
            return 0.0
        same = asked_forms.flat(best.candidate.answer) == asked_forms.flat(asked.answer)
        if not same or self.doubts.leaves_out(question, best.candidate, best.probability):
            return 0.0
        if any(likely for _, likely in self.cautions.of(question, best.candidate, asked.answer)):
            return 0.0
        return best.probability

    def _worked_out(self, text: str, question: Question) -> plain_sets.Plain | None:
        """Return what a plain question on activities or on decisions asks, if it is one.

        What a decision says is told by all that it says only if no detail of it is likelier to be meant.
        """
        found = self.paper_sets.read(question)
        if found and found.candidate.projection == paper_sets.TOLD:
            best, named = self._likeliest(text), {link.thing.label for link in question.links}
            # Whom it tasks is no answer where that is named.
            told = best is not None and best.probability > found.sure and named.isdisjoint(map(str, best.candidate.answer))
            found = None if told else found
        found = found or self.plain_sets.read(question) or self.filtered.read(question)
        if found or (turned := self.linker.from_states(question.linked)) == question.linked.text:
            return found
        return self.filtered.read(self._question(turned))

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

    def _plainly(self, text: str, said: Sequence[titles.Title], about: frozenset[str]) -> ranking.Ranked | None:
        """Return what a plain question on an activity asks for, if it names the one by its whole title."""
        named = {one.iri for one in said}
        if len(said) != 1 or (about and about != named):
            return None
        asking = self._question(titles.without(asked_said.of_topic(text) or text, said))
        event = self.facts.events[said[0].iri]
        found, certain = plain_activity.read(asking, event, self.maker.naming)
        if found and certain and (found.projection in _TOLD_CLOSER or found.types == _BODIES):
            # Who taught, which bodies came, or where it was, a detail may tell closer than roles and places do.
            best = self._likeliest(text)
            of_it = best is not None and best.candidate.found is not None and best.candidate.about == found.about
            if best is None or not of_it or self.doubts.leaves_out(self._question(text), best.candidate, best.probability):
                return ranking.Ranked(found, PLAIN)
            return self._unless(found, PLAIN, best)
        if found is None or certain:
            return ranking.Ranked(found, PLAIN) if found else None
        # That nobody is told has to be the likeliest reading, too.
        likeliest = self._last_ranked(text, frozenset(named), "")[:1]
        return ranking.Ranked(found, PLAIN) if likeliest and not likeliest[0].candidate.answer else None

    def _as_described(self, text: str, question: Question) -> ranking.Ranked | None:
        """Return what is told of the one activity that a plain question describes, if nothing else is as likely meant."""
        asking = self._question(topic) if (topic := asked_said.of_topic(text)) else question
        found, sure = self.described.read(asking) or (None, 0.0)
        if found is None or found.family == plain_activity.HAD:
            # Of whom it is asked is plain; a ranked yes may be on another name.
            return ranking.Ranked(found, sure) if found else None
        return self._unless(found, sure, self._likeliest(text))
