"""Stage 10g2a: questions that are plain: of a form, worked out, or on the one activity that they name or describe."""

from __future__ import annotations

from collections.abc import Sequence

from oscegraph.asking import (
    asked_days,
    asked_forms,
    asked_parts,
    asked_said,
    dated,
    described,
    filtered,
    limits,
    on_all,
    paper_sets,
    plain_activity,
    plain_forms,
    plain_sets,
    ranking,
    targets,
    titles,
)
from oscegraph.asking.asked import SILENT, Asked
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.partner_lists import PartnerLists
from oscegraph.asking.ranked import PLAIN
from oscegraph.asking.refused import Refusing
from oscegraph.asking.retrieval import Question
from oscegraph.directory import Directory
from oscegraph.store import Store

# What may be told closer than by roles and places.
_TOLD_CLOSER, _BODIES = frozenset({"role:trainer", "role:speaker", "role:host", "where"}), ("bodies",)
_ADOPTED, _SET = ("paper", "adopted when"), "set"


class Plainly(Refusing):
    """Answers plain questions."""

    def __init__(self, store: Store, directory: Directory | None = None) -> None:
        super().__init__(store, directory)
        self.filtered = filtered.FilteredSets(self.maker.naming, self.plain_sets, self.linker.demonyms)
        self.dated = dated.Dated(self.facts, self._question)
        self.described = described.Described(self.plain_sets.filtering, self._question)
        self.paper_sets = paper_sets.PaperSets(self.maker.naming, self.papers.known)
        self.partner_lists = PartnerLists(self.maker.naming, self.facts)

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
        if found is None and (plain := targets.without_number(text)) != text:
            # "Which two events ...?": another number of answers than is expected is none.
            found = self.filtered.read(self._question(plain))
            return found if found and len(found.candidate.answer) == targets.expected(text) else None
        if found or (turned := self.linker.from_states(question.linked)) == question.linked.text:
            return found
        return self.filtered.read(self._question(turned))

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
