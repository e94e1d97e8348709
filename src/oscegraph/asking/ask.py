"""Stage 10h: questions in plain words, answered by named queries, with the evidence of each row.

No language model, no network. A question is answered as a whole (`whole`), unless it asks for several things: for a list of
which each item is asked for, for two things of one, for the larger of two. Then it is put together from answers on each
(`joined`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from oscegraph.asking import (
    asked_chapters,
    asked_laid_out,
    asked_said,
    asked_turned,
    joined,
    polar,
    ranking,
)
from oscegraph.asking.asked import (
    ANSWERED,
    EXCLUDED,
    LONGEST,
    NOT_UNDERSTOOD,
    SILENT,
    UNCLEAR,
    VERY_SURE,
    Asked,
)
from oscegraph.asking.by_form import UNLIKELY, ByForm
from oscegraph.asking.by_paraphrases import KNOWN
from oscegraph.asking.one_meant import on_each
from oscegraph.asking.patterns import lazy_pattern

# Words that ask, as those of a clause do not ("events to which it sent people"); what may be asked besides in a question
# that is turned round.
_ASKS, _CLAUSE = (
    lazy_pattern(r"\b(?:who|whom|whose|which|what|where|when|how|why)\b", re.IGNORECASE),
    lazy_pattern(r"(?<=\w)(?<!\band)(?<!\bor) (?:to|in|at|of|for|by|with|on|from) which\b", re.IGNORECASE),
)
_BESIDES = "and at which activities?"


class Asker(ByForm):
    """Answers questions over one store."""

    def ask(self, question: str) -> Asked:
        """Answer a question, or say which kind of no it gets."""
        self.again.clear()
        self._pieces().clear()
        self.given = question
        whole = self._in_its_words(question)
        text = whole[:LONGEST]
        asked = self._asked(text)
        if asked.status == UNCLEAR and asked.nearest and (joint := self._in_its_words(question, apart=False)) != text:
            # Named together they may be known better.
            other = self._asked(joint)
            asked = other if other.status == ANSWERED and other.answer == asked.nearest else asked
        asked = self._fuller(text, asked) or self._by_all_chapters(text, asked) or asked
        if asked.status == ANSWERED and [type(value) for value in asked.answer] == [bool]:
            asked = self._in_full(text, asked)
        if asked.status in (UNCLEAR, NOT_UNDERSTOOD):
            plain = self.plainly(text)
            more = (
                self._with_what_is_said,
                partial(self._in_plain_words, plain=plain, least=KNOWN),
                self._openly,
                self._turned,
                partial(self._in_plain_words, plain=plain),
                self._apart,
                self._lacking,
                self._without_first,
                self._how_many,
                self._on_topic,
                self._tabled,
            )
            told = (found for read in more if (found := read(text)))
            asked = next((found for found in told if not self._lacks_days(text, found)), asked)
        elif asked.status in (EXCLUDED, SILENT) and asked.confidence < UNLIKELY:
            # That nothing fits what it was hardly taken for does not mean that nothing is told of the matter.
            asked = self._on_topic(text) or asked
        elif asked.status == ANSWERED and not asked.certain:
            plainer = self._plainer(text, asked)
            asked = plainer if plainer and plainer.answer != asked.answer else asked
        led = asked_chapters.without_lead(text) if asked.status in (UNCLEAR, NOT_UNDERSTOOD) else text
        if led != text:
            # That a structure has no chapter says nothing of what is asked.
            asked = self.ask(led)
            asked.question = question
            asked.hints.insert(asked.choices, f"In plainer words: {led}")
            return asked
        asked.question = question
        if asked.status == ANSWERED and asked.ranked and not asked.certain:
            others = self._others(text, asked)
            asked.hints, asked.choices = [*others, *asked.hints], len(others)
        return self._cut(question, whole, asked)

    def _in_full(self, text: str, asked: Asked) -> Asked:
        """Return yes or no as it is, if that is all that is asked; else the question asked back.

        Where it is not so, nothing else can be told of it.
        """
        first = polar.first_of(text)
        if (first and asked.answer == [True]) or not polar.is_polar(text):
            return joined.back(text, [first] if first else [], asked.confidence)
        return asked

    def _cut(self, question: str, whole: str, asked: Asked) -> Asked:
        """Return an answer that says so if a question was cut, or its words (`whole`): the rest may limit it."""
        if max(len(" ".join(question.split())), len(whole)) > LONGEST:
            asked.hints.insert(asked.choices, f"Only the first {LONGEST} characters were read.")
            asked.confidence = min(asked.confidence, VERY_SURE)
        return asked

    def _with_what_is_said(self, text: str) -> Asked | None:
        """Answer a question with the sentence before it as one; None if there is none, or it is not sure enough."""
        for whole in asked_said.in_one(text, self._of_whom):
            asked = self._or_turned(self._asked(whole), whole)
            if asked.status == ANSWERED:
                asked.hints, asked.choices, asked.ranked = [f"Read as one question: {whole}", *asked.hints], 0, False
                asked.confidence = min(asked.confidence, VERY_SURE)
                return asked
        return None

    def _turned(self, text: str) -> Asked | None:
        """Answer a question turned round as plain ones are asked; None if it is not, or not sure enough."""
        return self._by_turns(text, asked_turned.turns(text, self._limiting))

    def _tabled(self, text: str) -> Asked | None:
        """Answer what names events with columns behind them as a question for these; None if it is none, or not sure."""
        return self._by_turns(text, [asked_laid_out.as_table(text)])

    def _by_turns(self, text: str, ways: Iterable[str]) -> Asked | None:
        """Answer a question by the last of several ways to turn it round; None if none is sure enough."""
        turns = (self.linker.from_states(self._question(one).linked) for one in filter(None, ways))
        plainer = [
            one for one in turns if one != text and len(_ASKS.findall(_CLAUSE.sub("", one.removesuffix(_BESIDES)))) <= 1
        ]
        if not plainer:
            return None
        last = plainer[-1]
        asked = self._one(last, least=VERY_SURE)
        if asked.status != ANSWERED or not asked.answer or asked.ranked:
            # What is not worked out may be on other words than the question's.
            every = ((one, self.filtered.read(self._question(one), openly=True)) for one in reversed(plainer))
            last, plain = next(((one, plain) for one, plain in every if plain and plain.candidate.answer), ("", None))
            if plain is None:
                return None
            asked = self._plain(last, self._question(last), plain)
        asked.hints, asked.choices, asked.ranked = [f"In plainer words: {last}", *asked.hints], 0, False
        asked.confidence = min(asked.confidence, VERY_SURE)
        return asked

    def choose(self, question: str, number: int) -> Asked:
        """Answer a question by one of the readings that it was asked back with, counted from 1.

        What there is no choice of is returned as it is: see `Asked.choices`.
        """
        asked = self.ask(question)
        if not 0 < number <= asked.choices:
            return asked
        hint = asked.hints[number - 1]
        if hint.startswith(joined.ONE):
            return self.ask(hint.removeprefix(joined.ONE))
        plain = self._in_its_words(question)
        asking = self.read(plain)[0]
        readings = [one.candidate for one in self._last_ranked(plain, frozenset(), "")]
        for one in (*on_each(self.maker.naming, asking, readings[0]), *readings) if readings else ():
            if self.sayer.say(one) == hint:
                return self._cut(question, plain, self._answer(question, asking, ranking.Ranked(one, VERY_SURE)))
        return asked
