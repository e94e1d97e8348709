"""Stage 10g1b: what speaks against the likeliest reading of a question, however likely it is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from oscegraph.asking import (
    directed,
    headings,
    heeded,
    limits,
    misread,
    misread_values,
    narrowed,
    of_each,
    of_others,
    other_kind,
    other_things,
    other_year,
    overstated,
    passed_over,
    role_heeded,
    unasked,
)
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.facts import Facts
from oscegraph.asking.naming import Naming
from oscegraph.asking.retrieval import Hit, Question
from oscegraph.asking.wording import Word
from oscegraph.dates import REPORT_YEAR

# The report is only called silent on an activity that bears so much of the words of the question.
MEANT = 0.5
# A word singles an activity out if it weighs as much: fewer than one in four have it.
RARE = 1.5
# From here on it is not looked at by which words a reading is asked for.
CERTAIN = 0.9
_RANKED = frozenset({"top", "bottom", "second", "bounded"})
# What may speak against what is claimed.
_CLAIMS = (
    *of_others.ALL,
    *unasked.ALL,
    *overstated.ALL,
    *of_each.ALL,
    *role_heeded.ALL,
    *misread.ALL,
    *misread_values.ALL,
    *directed.ALL,
    *passed_over.ALL,
    *narrowed.ALL,
)


def _of_people(best: Candidate) -> bool:
    """Whether a reading tells how many people came."""
    return best.family == "event" and best.projection.startswith("people")


class Doubts:
    """Says of a reading whether it must not be given; `known` are the words of all names."""

    def __init__(self, facts: Facts, naming: Naming, known: Collection[str]) -> None:
        self.facts, self.naming, self.known = facts, naming, known

    def is_meant(self, question: Question, candidate: Candidate) -> bool:
        """Whether what a candidate is about is named well enough to say that the report is silent on it.

        It is not, if a word is left open that nothing here bears.
        """
        known = (self.facts.weights, self.facts.detail_weights)
        if any(not t.cues and all(t.word.stem not in words for words in known) for t in candidate.open_words):
            return False
        if candidate.hit is not None:
            # What is asked of the year before, too, is not asked of one activity of the report's year.
            if str(REPORT_YEAR - 1) in question.linked.text or not self._is_singled_out(question, candidate.hit):
                return False
            return candidate.hit.matched > MEANT * (question.total or 1.0)
        return candidate.found is None

    def leaves_out(self, question: Question, best: Candidate, sure: float) -> bool:
        """Whether a reading does not heed what a question says: the answer would be another one, or there are several.

        Of some doubts a reading that is very sure is free.
        """
        if best.family == "phrase" and question.linked.days and "from" not in best.values:
            return True
        if best.family == "phrase" and question.linked.chapters and _RANKED.intersection(best.projection.split()):
            # What comes first in the report need not in a chapter.
            return True
        if [type(value) for value in best.answer] == [int] and self.naming.cannot_set_aside(question, _of_people(best)):
            return True
        doubts: list[Callable[[Question, Candidate], bool]] = [other_year.is_told]
        doubts += [partial(is_told, self.facts) for is_told in (other_kind.is_told, other_things.is_told)]
        doubts += [partial(claims, self.naming) for claims in _CLAIMS]
        doubts += [headings.is_denied_otherwise, heeded.is_unheeded, limits.limits_more]
        if sure < CERTAIN or not best.answer:
            doubts += [partial(claims, self.naming) for claims in unasked.IF_UNSURE]
        elif unasked.NGOS in question.target.types:
            # No authority and no unit is one.
            doubts.append(partial(unasked.is_of_another_kind, self.naming))
        return any(doubt(question, best) for doubt in doubts)

    def _is_singled_out(self, question: Question, hit: Hit) -> bool:
        """Whether a day, a name that is no theme, or a word that few activities bear says that this activity is meant."""
        named = any("/vocab/" not in k.thing.iri for k in question.links if k not in hit.open_links)
        rare = any(not t.cues and t.weight >= RARE for t in question.tokens if t not in hit.open_words)
        return named or rare or question.linked.days is not None

    def is_strange(self, word: Word, names: bool = False) -> bool:
        """Whether a word is written like a name, and nothing here bears it; with `names` one capital letter is enough."""
        return (
            (word.is_capital or (names and word.is_name))
            and len(word.plain) > 2
            and word.start > 0
            and word.stem not in self.facts.weights
            and word.stem not in self.facts.detail_weights
            and word.plain not in self.known
        )

    def says_nothing(self, question: Question) -> bool:
        """Whether the words that say what is meant are all borne by nothing here: "who paid for xyzzy?"."""
        known = (self.facts.weights, self.facts.detail_weights)
        said = [token.word.stem for token in question.tokens if not token.cues]
        return bool(said) and not any(stem in words for stem in said for words in known)
