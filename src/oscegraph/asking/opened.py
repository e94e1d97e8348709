"""Stage 10g2b: plain questions that are open in what they mean, of which nothing else is open: answered as likely.

What makes the difference is said first. They come last, if a question would be asked back otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from oscegraph.asking import (
    asked_days,
    asked_filters,
    asked_roles,
    asked_said,
    filter_parts,
    open_activity,
    plain_activity,
    plain_words,
    ranking,
    titles,
)
from oscegraph.asking.asked import ANSWERED, UNCLEAR, Asked
from oscegraph.asking.candidates import ROLES, Candidate, roles_of
from oscegraph.asking.on_events import ATTENDANCE
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Event
from oscegraph.asking.whole import Whole

# What partners may be, from those who ran something together to whoever was there.
_PARTS = {
    "organizers": "who organized or co-operated in its activities",
    "partners": "who hosted or made them possible, too",
    "anybody": "whoever had any part, also those who only came",
}
# How likely readings on an activity have to be together for what is said of it, and for who had a part in it, and those on
# others at most for the latter: of 25 questions that were asked back before 22 have the former as their key, 12 of 13 the
# latter.
MEANT, HAD_PART, MEANT_ELSE = 0.5, 0.8, 0.1
# Words that ask for something else, or limit what is asked.
_MORE = frozenset(
    {"which", "what", "when", "where", "who", "whom", "whose", "how", "why", "name", "list", "give", "through", "besides"}
    | {"except", "apart", "other", "only", "each", "alone", "both", "without", "not", "than", "second", "third"}
)
_QUOTED = lazy_pattern(r"[\"\u201c\u201d\u201e]")
# How sure it is that an activity is meant that is named or described, while other readings are about as likely.
_ON_ONE, _DETAIL = 0.75, "detail"


class Opened(Whole):
    """Answers such questions."""

    def _openly(self, text: str) -> Asked | None:
        """Return what a plain question asks that may be meant in two ways, with what makes the difference; None if none."""
        if asked_days.no_such_day(text):
            return None
        question = self._question(text)
        if plain := self.filtered.read(question, openly=True):
            return self._plain(text, question, plain)
        if partners := self._partner_counts(question):
            return Asked(text, UNCLEAR, hints=partners)
        found = self._on_one(text, question) or self._on_likeliest(text, question)
        return self._told_openly(text, question, *found) if found else None

    def _on_likeliest(self, text: str, question: Question) -> tuple[Candidate, tuple[str, ...]] | None:
        """Return what is asked of the activity that the likeliest readings are on, if the question is plain but for it.

        What it was about, for, or what came of it takes less: of that there are few other readings.
        """
        words, naming = plain_words.words(question), self.maker.naming
        event, most, others = self._likeliest_event(text)
        if event is None or question.polar or others >= most or most < MEANT:
            return None
        # The form that leaves the fewest words for the activity is meant.
        start, end = min(plain_activity.places(words, openly=True), key=lambda one: one[1] - one[0], default=(0, 0))
        if start == end or not _MORE.isdisjoint(words[start:end]):
            # Something else is asked, too, or not of all of it.
            return None
        titled = bool(_QUOTED.search(text))
        found = open_activity.of_it(self.described.asked_of(question, start, end), event, naming, titled)
        sure = most >= HAD_PART and others <= MEANT_ELSE
        return (found, ()) if found and (sure or found.family == _DETAIL) else None

    def _fuller(self, text: str, asked: Asked) -> Asked | None:
        """Return all who came to an activity where the answer is a statement that tells of some of them; else None."""
        told = asked.status == ANSWERED and asked.kind[0] == _DETAIL
        if not told or not asked_roles.WHO_CAME.match(text) or not all(isinstance(one, str) for one in asked.answer):
            return None
        question = self._question(text)
        found = self._on_one(text, question)
        if found is None or found[0].projection not in ATTENDANCE or not {*asked.answer} < {*found[0].answer}:
            return None
        return self._told_openly(text, question, *found)

    def _told_openly(self, text: str, question: Question, candidate: Candidate, said: tuple[str, ...]) -> Asked:
        """Answer a question by an open reading, with what else may be meant before all else."""
        asked = self._answer(text, question, ranking.Ranked(candidate, _ON_ONE))
        asked.hints = [*said, *asked.hints]
        return asked

    def _on_one(self, text: str, question: Question) -> tuple[Candidate, tuple[str, ...]] | None:
        """Return what is asked of one activity that is named or described, and what else may be meant.

        What is plain was overruled already by what is likelier, and is nothing here; who came is told in several ways.
        """
        plain, said = asked_said.of_topic(text) or text, self.titles.said(text)
        if len(said) > 1:
            return None
        asking = self._question(titles.without(plain, said)) if said or plain != text else question
        if not said:
            closed = self.described.read(asking)
            return self.described.openly(asking) if closed is None or closed[0].projection in ATTENDANCE else None
        event, naming = self.facts.events[said[0].iri], self.maker.naming
        found, certain = plain_activity.read(asking, event, naming)
        if found and certain and found.projection not in ATTENDANCE:
            return None
        return open_activity.read(asking, event, naming, titled=True) or self.described.openly(asking, event)

    def _partner_counts(self, question: Question) -> list[str]:
        """Return how many partners an actor has, by each part that these may have had, if that is asked and not what kind.

        Which of them is meant is not known, so that none is told as the answer.
        """
        links = plain_words.named(question)
        if len(links) != 1 or not links[0].thing.is_actor:
            return []
        said = asked_filters.read(plain_words.words(question))
        if said is None or said.ask != "count" or said.types:
            return []
        if said.filters != [filter_parts.Filter("any", 0)] or said.kinds or said.words or question.linked.days:
            return []
        naming, actor = self.maker.naming, links[0].thing
        counts, events = [], naming.events_of(actor.iri)
        for role, part in _PARTS.items():
            met = (naming.kept(question, list(roles_of(event.told, ROLES[role][0])), ()) for event in events)
            counts.append(f"{len(set().union(*met))}, counting {part}.")
        return [
            *counts,
            f"With a kind it is answered: how many organizations (States, units, NGOs) did {actor.short} work with?",
        ]

    def _meant(self, questions: Sequence[str]) -> tuple[Event | None, float]:
        """Return the activity that questions are on, and how sure that is: by an answer, or by all likely readings."""
        for text in questions:
            one = self._one(text)
            events = self.facts.known(one.about)
            if one.status == ANSWERED and len(events) == 1:
                return events[0], one.confidence
        for text in questions:
            event, most, others = self._likeliest_event(text)
            if event and most >= ranking.SURE and others <= MEANT_ELSE:
                return event, most
        return None, 0.0

    def _likeliest_event(self, text: str) -> tuple[Event | None, float, float]:
        """Return the activity that the likeliest readings are on, how likely these are together, and all others."""
        shares: dict[frozenset[str], float] = {}
        for ranked in self._last_ranked(text, frozenset(), ""):
            shares[ranked.candidate.about] = shares.get(ranked.candidate.about, 0.0) + ranked.probability
        about, most = max(shares.items(), key=lambda share: share[1], default=(frozenset[str](), 0.0))
        events = self.facts.known(about)
        return events[0] if len(events) == 1 else None, most, sum(shares.values()) - most
