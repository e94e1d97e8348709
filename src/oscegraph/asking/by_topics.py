"""Stage 10g6: what is answered by the matter that a question is on, where it is not understood as it stands.

A topic answers only what it covers: a name or several words that it does not have are reasons to ask back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from oscegraph.asking import other_year, ranking, targets, topics, wording
from oscegraph.asking.asked import ANSWERED, Asked
from oscegraph.asking.asked_days import Days
from oscegraph.asking.asked_denied import DENIED
from oscegraph.asking.by_tellings import ByTellings
from oscegraph.asking.detail_fits import Found
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import rows
from oscegraph.namespaces import PREFIXES

# How sure a topic makes an answer, and which share of the words may be none of its own.
SURE, LEFT = 0.8, 0.3
_ROWS, _LABELS, _COLUMN = "rows", "labels", "column"
# Among the words that may stand beside a topic: any days may, too.
_DAYS = "~days"
# What a topic on what did not happen is known by.
_DENYING = wording.stems("no not none never nothing nobody without lack lacking missing untold omit left leave silent")


class ByTopics(ByTellings):
    """Answers questions by the topics of `queries/topics.txt`."""

    def _on_topic(self, text: str) -> Asked | None:
        """Return what answers the first topic that covers a question; None if none does, or if it asks whether."""
        return next((asked for _, asked in self.by_topics(text)), None)

    def by_topics(self, text: str) -> Iterator[tuple[topics.Topic, Asked]]:
        """Yield the topics that cover a question, each with what it answers.

        Days, which may be of another time, have to be the topic's.
        """
        question = self._question(text)
        if question.polar or question.linked.other_year:
            return
        denied, number = DENIED.match(question.linked.text), targets.expected(question.linked.text)
        years = other_year.named(question.linked.text)
        for topic in topics.of(question.linked.words):
            if not _is_then(topic, question.linked.days):
                continue
            if not years <= topic.words:
                # Of another year than that of the report nothing else is told.
                continue
            denies = not _DENYING.isdisjoint(topics.stems_of(topic.groups))
            if denied and not denies:
                # Who did is no answer to who did not.
                continue
            names = (question.linked.own_stems(link) for link in question.links if not link.broad)
            if any(stems and stems.isdisjoint(topic.words) for stems in names):
                # It is on one of those that the topic tells of, or on somebody else.
                continue
            found = self._compared(question, topic) if topic.compared else self._asked_for(question, topic)
            if found is None or (number and number != len(found.answer)):
                continue
            # What a chapter leaves out stands in others.
            if not question.linked.chapters or denies or _is_of(question.linked.chapters, found):
                yield topic, found

    def _compared(self, question: Question, topic: topics.Topic) -> Asked | None:
        """Return what a comparison tells, if it covers the question."""
        iri = f"{PREFIXES['stmt']}compared-{topic.compared}"
        if iri not in self.facts.details:
            # Another graph than the packaged one is asked.
            return None
        detail = self.facts.details[iri]
        found, details = Found(detail, 0.0, 0.0, 0.0, 0.0, head=True), self.maker.details
        table = rows(detail.values)
        answer = {
            _ROWS: table,
            _LABELS: list(dict.fromkeys(label for label, _ in table)),
            _COLUMN: list(dict.fromkeys(value for _, value in table)),
        }[topic.told]
        candidate = details.one(question, found, topic.told, answer)
        if not self._covers(question, topic, detail.bag | detail.heads | detail.wide):
            return None
        return self._answer(question.linked.text, question, ranking.Ranked(candidate, SURE))

    def _covers(self, question: Question, topic: topics.Topic, borne: AbstractSet[str]) -> bool:
        """Whether nearly all words of a question are the topic's, or borne by what answers."""
        ignored = wording.ignored()
        said = [one.word.stem for one in question.tokens if not one.cues and one.word.plain not in ignored]
        left = [stem for stem in said if not (stem in borne or stem in topic.words or stem in topics.always())]
        # "Exactly 100" limits, whatever else is covered.
        return len(left) <= LEFT * len(said) and not any(stem.isdigit() for stem in left)

    def _asked_for(self, question: Question, topic: topics.Topic) -> Asked | None:
        """Return what the plain question of a topic is answered with, if nearly all words are the topic's."""
        if not self._covers(question, topic, wording.stems(topic.question)):
            return None
        if targets.asks_two(question.linked.text) and not targets.asks_two(topic.question):
            # "..., and in which month?" is not in it.
            return None
        # However much of the question itself was read before, this one is short.
        self._pieces().clear()
        asked = self._or_turned(self._asked(topic.question), topic.question)
        if asked.status != ANSWERED or not asked.answer:
            return None
        asked.hints, asked.choices, asked.ranked = [f"In plainer words: {topic.question}", *asked.hints], 0, False
        asked.confidence = min(asked.confidence, SURE)
        return asked

    def _or_turned(self, asked: Asked, text: str) -> Asked:
        """Return what a question is answered with as it stands or, if that is nothing, turned round, or in plainer words."""
        return asked if asked.status == ANSWERED else self._turned(text) or self._paraphrased(text) or asked

    def _paraphrased(self, text: str) -> Asked | None:
        """Return what the plain question is answered with that a question is likeliest to be; None if it is none."""
        raise NotImplementedError

    def _turned(self, text: str) -> Asked | None:
        """Answer a question turned round as plain ones are asked; None if it is not, or not sure enough."""
        raise NotImplementedError


def _is_then(topic: topics.Topic, days: Days | None) -> bool:
    """Whether a topic is of the days that a question names: one of a period of no other, nor of a question without days."""
    periods = topic.periods
    if days is None:
        return not periods
    return f"~{days.start:%Y%m%d}to{days.end:%Y%m%d}" in periods if periods else _DAYS in topic.words


def _is_of(chapters: Sequence[str], asked: Asked) -> bool:
    """Whether all that an answer rests on stands in the chapters that a question names."""
    told = {str(one.get("chapter")) for one in asked.evidence}
    return bool(told) and all(any(one == named or one.startswith(f"{named}.") for named in chapters) for one in told)
