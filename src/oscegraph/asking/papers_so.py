"""Stage 10e9b: whether an instrument was adopted by somebody, tasks or recalls what is named; which years are meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import INSTRUMENTS
from oscegraph.asking.candidates import Candidate, on_hit
from oscegraph.asking.facts import Facts
from oscegraph.asking.papers import ADOPTION, YEAR, Paper, Papers
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Hit, Question

# A question is about decisions if it has one of these cues, or names one.
CUES = frozenset({"decision", "adopt", "recall", "task", "rest", "ratify", "signed", "provision", "force"})
APPENDIX = lazy_pattern(r"\bappendix (\d)\b", re.IGNORECASE)
# No instrument is older, or newer.
EARLIEST, LATEST = "1900", "2100"
# Which years are meant by "before 2003", "by 2005", "after 2005" and "between 2003 and 2007".
_SPANS: tuple[tuple[re.Pattern[str], Callable[..., tuple[str, str]]], ...] = (
    (
        lazy_pattern(r"\b(?:between|from) (\d{4}) (?:and|to|until|till) (\d{4})\b", re.IGNORECASE),
        lambda first, last: (first, last),
    ),
    (lazy_pattern(r"\bbefore (\d{4})\b", re.IGNORECASE), lambda year: (EARLIEST, str(int(year) - 1))),
    (lazy_pattern(r"\b(?:by|until|till|up to) (\d{4})\b", re.IGNORECASE), lambda year: (EARLIEST, year)),
    (lazy_pattern(r"\bafter (\d{4})\b", re.IGNORECASE), lambda year: (str(int(year) + 1), LATEST)),
    (lazy_pattern(r"\bsince (\d{4})\b", re.IGNORECASE), lambda year: (year, LATEST)),
)


def spans_of_years(text: str) -> list[tuple[str, str]]:
    """Return the first and the last year of each period that is meant.

    >>> spans_of_years("decisions adopted by 2005")
    [('1900', '2005')]
    >>> spans_of_years("decisions adopted from 2003 until 2007")
    [('2003', '2007')]
    """
    found = []
    for pattern, make in _SPANS:
        found += [make(*match.groups()) for match in pattern.finditer(text)]
        text = pattern.sub(" ", text)
    return found


class PapersSo:
    """Makes the candidates for yes or no on instruments."""

    def __init__(self, facts: Facts) -> None:
        self.known = Papers(facts)

    def polar(self, question: Question) -> Iterator[Candidate]:
        """Yield whether what is named adopted an instrument, is tasked by it and so on."""
        for paper, hit in self.known.hits(question, 2):
            for link in question.links:
                if link.thing.iri != paper.iri and not link.quiet:
                    yield from self._is_tied(paper, hit, link)
            appendix = APPENDIX.search(question.linked.text)
            parts = [f"appendix-{appendix[1]}"] if appendix else question.linked.chapters
            if parts:
                there = any(own == part or own.startswith(f"{part}.") for own in paper.chapters for part in parts)
                yield self._so(paper, hit, "told there", there)
                yield self._so(paper, hit, "not told there", not there)
            for year in YEAR.findall(question.linked.text):
                if year != "2011":
                    yield self._so(paper, hit, "year", paper.year == year)
            for truth in (True, False):
                yield self._so(paper, hit, "all", truth)

    def _is_tied(self, paper: Paper, hit: Hit, link: Link) -> Iterator[Candidate]:
        thing = link.thing
        left = [k for k in hit.open_links if k is not link]
        for projection, held, can_be in (
            ("organ", [paper.organ], thing.is_actor),
            ("place", [paper.place], True),
            ("tasked", paper.tasks, thing.is_actor),
            ("recalled", paper.recalls, thing.cls in INSTRUMENTS),
            ("recalling", paper.recalled_by, thing.cls in INSTRUMENTS),
        ):
            if can_be:
                so = thing.iri in held
                yield self._so(paper, hit, projection, so, open_links=left, flags=(str(so),))

    def _so(self, paper: Paper, hit: Hit, projection: str, so: bool, **more: Any) -> Candidate:
        values = {"instrument": paper.iri}
        return on_hit("paper so", projection, [so], CUES, ADOPTION, hit, values=values, events=(), **more)
