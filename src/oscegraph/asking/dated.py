"""Stage 10e17e: whether an activity that is named by its whole title was under way in a period."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from oscegraph.asking import plain_words, titles
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.facts import Facts
from oscegraph.asking.retrieval import Question

# What may be said besides the title and the period.
_SAYS = frozenset(
    {"was", "is", "were", "did", "does", "running", "run", "under", "way", "underway", "held", "take", "takes", "taking"}
    | {"place", "took", "happen", "happening", "going", "on", "progress", "in", "still", "during", "at", "ongoing"}
)


class Dated:
    """Reads such questions, over one set of facts; `asking` makes a question of a text."""

    def __init__(self, facts: Facts, asking: Callable[[str], Question]) -> None:
        self.facts, self.asking = facts, asking

    def read(self, question: Question, text: str, said: Sequence[titles.Title]) -> Candidate | None:
        """Return whether the one activity that is named was then, if its days are told; None if that is not asked."""
        days = question.linked.days
        if not question.polar or days is None or len(said) != 1:
            return None
        asking = self.asking(titles.without(text, said))
        words = plain_words.words(asking)
        event = self.facts.events.get(said[0].iri)
        if event is None or not event.days or asking.links or set(words) - _SAYS - {titles.IT}:
            return None
        so = event.fits(days) > 0
        return Candidate(
            "was there", "then", [so], events=(event.iri,), query="activity_told", values={"activity": [event.iri]}
        )
