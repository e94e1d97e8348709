"""Stage 10g1b: the readings of a question, the likeliest first, and how likely one lets another one be."""

from __future__ import annotations

import functools

from oscegraph.asking import asked_days, asked_forms, asked_parts, on_all, ranking, titles
from oscegraph.asking.answering import Answerer
from oscegraph.asking.asked import VERY_SURE
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.doubts import Doubts
from oscegraph.asking.retrieval import Question
from oscegraph.directory import Directory
from oscegraph.store import Store

# How sure it is that the number of all activities is asked for where nothing narrows it.
PLAIN = 0.98
# As likely another reading is not overruled by what is told of the one activity that fits; if one is less, it may be meant.
_AS_LIKELY, _MAY_BE = 0.5, 0.15
ROLE, DETAIL = "role:", "detail"
_TITLES = frozenset({("event", "label"), ("detail", "about")})


class Ranks(Answerer):
    """Ranks the readings of questions."""

    def __init__(self, store: Store, directory: Directory | None = None) -> None:
        super().__init__(store, directory)
        self.titles = titles.Titles(self.facts)
        self.doubts = Doubts(self.facts, self.maker.naming, self.linker.known)
        # The pieces of a question may be asked twice, the second time of certain things.
        self._last_ranked = functools.lru_cache(maxsize=8)(self._ranked)

    def _likeliest(self, text: str) -> ranking.Ranked | None:
        return next(iter(self._last_ranked(text, frozenset(), "")), None)

    def _unless(self, found: Candidate, sure: float, best: ranking.Ranked | None) -> ranking.Ranked | None:
        """Return what is told of an activity, as sure as another reading lets it be; None if that is likelier."""
        if best and asked_forms.flat(best.candidate.answer) == asked_forms.flat(found.answer):
            return ranking.Ranked(found, max(sure, best.probability))
        same = best is not None and best.candidate.about == found.about and best.candidate.projection.startswith(ROLE)
        if best and best.probability >= _AS_LIKELY and not (same and found.projection.startswith(ROLE)):
            return None
        return ranking.Ranked(found, min(sure, VERY_SURE) if best and best.probability >= _MAY_BE else sure)

    def _ranked(self, text: str, about: frozenset[str], besides: str) -> list[ranking.Ranked]:
        """Return the readings of a question, the likeliest first; if given, of certain things only, without one answer."""
        question, candidates = self.read(text)
        if about:
            candidates = [c for c in candidates if about & c.about and str(c.answer) != besides]
        # The words of a title say which activity is meant, and nothing of what is asked of it.
        titled = [one for one in self.titles.said(text) if one.iri in about] if about else []
        if len(titled) == 1 == len(about):
            # What is about others, too, is not what is asked.
            candidates = [c for c in candidates if c.about == about]
        asking = self._question(titles.without(text, titled)) if titled else question
        # What else fits is told by all words, those of the title, too.
        said = list(filter(self._tells_more, candidates)) if asked_parts.asks_what_was_done(text) else []
        ranked = ranking.rank(asking, said or candidates, question)
        if ranked and ranked[0].candidate.kind in _TITLES and asked_parts.asks_laws(text):
            # An activity that was on laws is none of them.
            ranked = ranking.rank(asking, [one for one in candidates if one.kind not in _TITLES], question)
        if ranked and not question.polar and asked_parts.asks_days(text):
            ranked = self._dated(asking, candidates, ranked, question)
        plain = None if about else on_all.of_all(question, candidates) or on_all.staff_in_all(question, candidates)
        if plain:
            ranked = [ranking.Ranked(plain, PLAIN), *ranked]
        return ranking.without_length(text, ranked)

    def _tells_more(self, candidate: Candidate) -> bool:
        """Whether it is said more than which activity it was, where or on which basis: what was done there."""
        return (
            candidate.family == DETAIL
            and candidate.kind not in _TITLES
            and self.facts.events.keys().isdisjoint(candidate.things)
        )

    def _dated(
        self, asking: Question, candidates: list[Candidate], ranked: list[ranking.Ranked], question: Question
    ) -> list[ranking.Ranked]:
        """Return the readings of a question for days: what tells none is no answer, but says what is meant."""
        best = ranked[0].candidate
        if not best.answer or asked_days.tells_day(best.answer):
            return ranked
        dated = [c for c in candidates if c.about and c.about == best.about and asked_days.tells_day(c.answer)]
        return ranking.rank(asking, dated, question)
