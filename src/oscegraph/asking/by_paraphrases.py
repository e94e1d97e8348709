"""Stage 10g6a: a question that is not understood as it stands, as the plain question that people ask in these words."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from oscegraph.asking import asked_days, asked_plainly, paraphrases, plain_words, polar, targets
from oscegraph.asking.asked import ANSWERED, EXCLUDED, SILENT, VERY_SURE, Asked
from oscegraph.asking.by_topics import ByTopics
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question

# How sure it makes an answer that a question is in the words for a plain one, and from which on silence is told.
SURE, SILENCE = 0.8, 0.85
# From where on a plain question is more to be trusted than a reading that was ranked, if a known wording is so alike, and
# from where on than whatever is only likely, as the wording is (nearly) the known one.
OVERRULES, KNOWN = 0.4, 0.9
# So sure is at most what is found by words, where nothing else is open.
FOUND_WORDS = 0.75
# What is said in a sentence of its own limits the question.
_SENTENCES = lazy_pattern(r"[.;!?]\s+(?!(?:and )?if so\b)\w", re.IGNORECASE)
# A field that is asked for, if it is no field operation; a unit that is.
_FIELD = lazy_pattern(
    r"\b(?:which|what) (?:thematic )?(?:fields?|themes?|topics?)\b(?! (?:operation|mission|office|presence)s?\b)",
    re.IGNORECASE,
)
_UNITS = lazy_pattern(r"^\W*(?:which|what) (?:OSCE )?(?:units?|structures?)\b", re.IGNORECASE)


class Plain(NamedTuple):
    """A plain question ("" if there is none), and how alike the nearest wording is that is known for it: 1 if it is one."""

    question: str
    alike: float


NOT_PLAIN = Plain("", 0.0)


class ByParaphrases(ByTopics):
    """Answers questions in other words by the plain questions of `queries/paraphrases.txt`."""

    def _paraphrased(self, text: str) -> Asked | None:
        """Return what the plain question is answered with that a question is likeliest to be; None if it is none."""
        return self._in_plain_words(text, self.plainly(text))

    def _in_plain_words(self, text: str, plain: Plain, least: float = 0.0) -> Asked | None:
        """Return what a plain question is answered with, as a question in other words; None if that is nothing.

        What goes before other readings is an answer to a wording that is at `least` so alike to a known one. Whether there
        is anything is not told by silence on what it is.
        """
        if not plain.question or plain.alike < least or plain.question.casefold() == text.casefold():
            return None
        asked = self._asked(plain.question)
        asked = asked if asked.status == ANSWERED else self._openly(plain.question) or self._turned(plain.question) or asked
        if asked.status in (SILENT, EXCLUDED):
            if least or asked.confidence < SILENCE or polar.is_polar(text):
                return None
        elif asked.status != ANSWERED or not asked.answer:
            return None
        asked.hints, asked.choices, asked.ranked = [f"In plainer words: {plain.question}", *asked.hints], 0, False
        asked.confidence = min(asked.confidence, VERY_SURE if plain.alike == 1 else SURE)
        return asked

    def _plainer(self, text: str, likely: Asked) -> Asked | None:
        """Return another answer to a question that was answered as `likely`, if it is nearly worded as a plain one is.

        All of its words are those of the plain question, where a reading that was ranked may leave some of them open. One
        that leaves none open gives way if it only found words, and the wording is known. Whether it is so is not told by
        what it is.
        """
        closed = likely.whole and not likely.ranked
        truth = [type(value) for value in likely.answer] == [bool]
        if truth or (closed and likely.confidence > FOUND_WORDS):
            return None
        return self._in_plain_words(text, self.plainly(text), KNOWN if closed else OVERRULES)

    def plainly(self, text: str) -> Plain:
        """Return the plain question that a text is likeliest to be."""
        question = self._question(self.linker.from_states(self._question(text).linked))
        linked = question.linked
        # What is known of a month or year is not known of a part of it.
        part = bool(linked.days and asked_days.PART_OF.search(text))
        other = linked.other_year or linked.chapters or linked.ambiguous or any(link.excluded for link in linked.links)
        if part or other or _SENTENCES.search(text):
            return NOT_PLAIN
        said = asked_plainly.said(_spoken(question))
        found = paraphrases.likeliest(said) if said else None
        plain = asked_plainly.put(found.question, found.said) if found else ""
        if targets.asks_two(text) and not targets.asks_two(plain):
            # "..., and in which month?" is not in it.
            return NOT_PLAIN
        if polar.is_polar(text) and plain and not (polar.is_polar(plain) or polar.first_of(text)):
            # Whether it is so is not answered by who did it.
            return NOT_PLAIN
        if _FIELD.search(text) and _UNITS.search(plain):
            # A field of work is no unit.
            return NOT_PLAIN
        return Plain(plain[:1].upper() + plain[1:], found.alike) if found else NOT_PLAIN


def _spoken(question: Question) -> list[tuple[str, str]]:
    """Return the words of a question and the kinds of its names, each with its text; days, which are no words, as well."""
    linked = question.linked
    found: list[tuple[str, str]] = []
    place, days = 0, linked.days
    for link in (*plain_words.named(question), None):
        last = link.start if link else len(linked.words)
        for at in range(place, last):
            word = linked.words[at]
            before = linked.words[at - 1].end if at else 0
            if days and any(letter.isalnum() for letter in linked.text[before : word.start]):
                found.append(("{days}", _said(days.start, days.end)))
                days = None
            found.append((plain_words.NUMBERED if plain_words.is_number(word.plain) else word.plain, word.typed))
        if link:
            some = linked.words[link.start : link.end]
            text = linked.text[some[0].start : some[-1].end] if some else link.thing.label
            found.append((plain_words.kind(link), text))
            place = link.end
    return [*found, ("{days}", _said(days.start, days.end))] if days else found


def _said(first: date, last: date) -> str:
    """Return a period as a plain question has it.

    >>> _said(date(2011, 4, 18), date(2011, 4, 18)), _said(date(2011, 3, 1), date(2011, 3, 31))
    ('on 18 April 2011', 'from 1 March 2011 to 31 March 2011')
    """
    begin, end = (f"{day.day} {day:%B %Y}" for day in (first, last))
    return f"on {begin}" if first == last else f"from {begin} to {end}"
