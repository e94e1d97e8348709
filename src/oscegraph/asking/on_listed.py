"""Stage 10e6f: candidates on each of several things that a question lists: one row for each, all asked for the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from oscegraph.asking import detail_fits, retrieval, targets
from oscegraph.asking.asked_each import row_label
from oscegraph.asking.asked_links import Link
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.kinds import ANSWERS, asks
from oscegraph.asking.naming import Naming
from oscegraph.asking.on_details import OnDetails
from oscegraph.asking.on_events import Meant
from oscegraph.asking.retrieval import Hit, Listed, Question

# Longer answers are not put into a row; so many details of each thing are looked at.
_MOST, _DETAILS = 8, 2
# Values that are asked for together, in the order in which they are told.
_TOGETHER = (
    ("when", "people"), ("where", "when"), ("where", "people"), ("when", "role:funder"), ("where", "role:funder"),
    ("when", "role:organizers"), ("where", "role:organizers"), ("when", "role:trainers"), ("when", "chapters"),
)  # fmt: skip
# So many activities are tried for each.
_TRIED = 12


class OnListed:
    """Makes the candidates that have a row for each thing that is listed."""

    def __init__(self, naming: Naming, details: OnDetails) -> None:
        self.naming, self.details = naming, details

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the rows that a question may ask for, if it lists several things."""
        for listed in question.listed:
            yield from self._of_events(question, listed)
            yield from self._of_details(question, listed)

    def _of_events(self, question: Question, listed: list[Listed]) -> Iterator[Candidate]:
        """Yield rows on the activity that fits each thing best, if there is another one for each."""
        hits = _assigned(listed, question.linked.chapters)
        if not hits:
            return
        several = targets.asks_several(question.linked.text)
        kinds = set(ANSWERS) if several else None
        found: dict[tuple[str, tuple[str, ...]], list[Candidate]] = defaultdict(list)
        for one, hit in zip(listed, hits, strict=True):
            told: dict[tuple[str, tuple[str, ...]], Candidate] = {}
            for made in Meant(self.naming, one.question, [hit.event], hit, kinds=kinds).make():
                told.setdefault((made.projection, made.types), made)
            for key, made in told.items():
                found[key].append(made)
        titles, scores = [hit.event.label for hit in hits], [hit.matched for hit in hits]
        for some in found.values():
            if len(some) == len(hits):
                yield from self._joined(question, listed, some, scores, titles)
        for left, right in _TOGETHER if several else ():
            # "Give the days and the number of trainees of each": several values in a row.
            first, last = found.get((left, ()), []), found.get((right, ()), [])
            if len(first) == len(last) == len(hits):
                # The roles say where the activity is told, too: theirs is the query that gives both.
                both = [
                    replace(
                        a,
                        projection=f"{left} + {right}",
                        answer=[*a.answer, *b.answer],
                        cues=a.cues | b.cues,
                        query=b.query,
                        values=b.values,
                    )
                    for a, b in zip(first, last, strict=True)
                    if a.answer and b.answer
                ]
                if len(both) == len(hits):
                    yield from self._joined(question, listed, both, scores, titles)

    def _of_details(self, question: Question, listed: list[Listed]) -> Iterator[Candidate]:
        """Yield rows of the details that fit each thing best, and of those that are next."""
        kinds = asks(question)
        wanted = ANSWERS[next(iter(kinds))] if len(kinds) == 1 else None
        every = [detail_fits.details(one.question, _DETAILS, wanted) for one in listed]
        for place in range(min(map(len, every))):
            some = [found[place] for found in every]
            if len({found.detail.iri for found in some}) == len(some) and len({found.detail.kind for found in some}) == 1:
                made = [self.details.told(one.question, found) for one, found in zip(listed, some, strict=True)]
                yield from self._joined(question, listed, made, [found.score for found in some])

    def _joined(
        self,
        question: Question,
        listed: list[Listed],
        made: Sequence[Candidate],
        scores: Sequence[float],
        titles: Sequence[str] = (),
    ) -> Iterator[Candidate]:
        """Yield candidates of which each is on one thing as one, if all have an answer."""
        if any(not one.answer or len(one.answer) > _MOST or isinstance(one.answer[0], list) for one in made):
            return
        rows: list[list[Any]] = []
        for i, (thing, one) in enumerate(zip(listed, made, strict=True)):
            rows.append([row_label(thing.item), *([titles[i]] if titles else []), *one.answer])
        fits = [score / (thing.question.total or 1.0) for thing, score in zip(listed, scores, strict=True)]
        first = made[0]
        yield Candidate(
            "each",
            first.projection,
            rows,
            first.cues,
            first.query,
            _values(made),
            tuple(iri for one in made for iri in one.events),
            open_words=_open(question, listed, made),
            open_links=_open_links(question, listed, made),
            types=first.types,
            flags=first.flags,
            numbers={"least fit": min(fits), "mean fit": sum(fits) / len(fits), "size": float(len(made))},
        )


def _assigned(listed: Sequence[Listed], chapters: Sequence[str]) -> list[Hit]:
    """Return for each thing the activity that fits it best, a different one for each; nothing if one has none.

    Of two things that mean the same activity the one that does so more clearly has it. Those that a chapter tells that is
    named go before all others, and so do those that bear all names.
    """
    every: list[list[Hit]] = []
    for one in listed:
        hits = retrieval.activities(one.question, _TRIED)
        hits = [hit for hit in hits if any(told.chapter in chapters for told in hit.event.told)] or hits
        bearing = [hit for hit in hits if all(link.quiet for link in hit.open_links)]
        every.append(bearing or hits)
    if not all(every):
        return []
    margins = [hits[0].matched - (hits[1].matched if len(hits) > 1 else 0.0) for hits in every]
    taken: dict[int, Hit] = {}
    for place in sorted(range(len(every)), key=lambda i: -margins[i]):
        used = {hit.event.iri for hit in taken.values()}
        best = next((hit for hit in every[place] if hit.event.iri not in used), None)
        if best is None:
            return []
        taken[place] = best
    return [taken[place] for place in range(len(every))]


def _values(made: Sequence[Candidate]) -> dict[str, Any]:
    """Return the parameters of the queries together: those that differ as lists."""
    found: dict[str, Any] = {}
    for name, value in made[0].values.items():
        values = [one.values.get(name) for one in made]
        if all(one == value for one in values):
            found[name] = value
        else:
            found[name] = [part for one in values for part in (one if isinstance(one, list) else [one])]
    return found


def _open(question: Question, listed: Sequence[Listed], made: Sequence[Candidate]) -> list[retrieval.Token]:
    """Return the words of a question that are left open wherever they are asked."""
    bearing = [
        {token.word.stem for token in one.question.tokens} - {token.word.stem for token in candidate.open_words}
        for one, candidate in zip(listed, made, strict=True)
    ]
    borne = set[str]().union(*bearing)
    return [token for token in question.tokens if token.word.stem not in borne]


def _open_links(question: Question, listed: Sequence[Listed], made: Sequence[Candidate]) -> list[Link]:
    """Return the names of a question that no question on one thing accounts for."""
    borne = {
        link.thing.iri
        for one, candidate in zip(listed, made, strict=True)
        for link in one.question.links
        if link.thing.iri not in {left.thing.iri for left in candidate.open_links}
    }
    return [link for link in question.links if link.thing.iri not in borne]
