"""Stage 10e11f: whether another activity fits a question as well, and would give another answer.

"Who paid for the training in Belgrade?" has two answers if there were two trainings: that one of them is told first says
nothing of which is meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from oscegraph.asking import retrieval
from oscegraph.asking.asked_links import ONE
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.retrieval import Question

Features = dict[str, float]
# An activity that bears so much of what another one does fits as well, or nearly.
AS_WELL, NEARLY = 0.97, 0.8
# More are not counted.
_MOST = 4
# The name of no answer, as `ranking.same_answer` has it.
EMPTY = "[]"


def features(question: Question, candidates: Sequence[Candidate], answers: Sequence[str]) -> list[Features]:
    """Return for each candidate how many other activities fit as well, and how many of these would be another answer.

    `answers` are names of the answers of the candidates; `EMPTY` is that of none.
    """
    hits = retrieval.activities(question, most=len(question.facts.events))
    matched = {hit.event.iri: hit.matched for hit in hits}
    named = {hit.event.iri for hit in hits if not hit.open_links}
    one = bool(ONE.search(question.linked.text))
    peers: dict[tuple[str, tuple[str, ...]], list[tuple[str, str]]] = defaultdict(list)
    for candidate, answer in zip(candidates, answers, strict=True):
        if candidate.family == "event" and len(candidate.events) == 1:
            peers[candidate.projection, candidate.flags].append((candidate.events[0], answer))
    counted: dict[str, Features] = {}
    found: list[Features] = []
    for candidate, answer in zip(candidates, answers, strict=True):
        iri = next(iter(candidate.about)) if len(candidate.about) == 1 else ""
        if iri not in matched:
            found.append({})
            continue
        if iri not in counted:
            counted[iri] = _of_activity(matched, named, iri, one)
        f = counted[iri]
        if candidate.family == "event":
            f = f | _of_answers(peers[candidate.projection, candidate.flags], matched, iri, answer)
        found.append(f)
    return found


def _of_activity(matched: dict[str, float], named: set[str], iri: str, one: bool) -> Features:
    """Return how many other activities fit as well as one, or bear all names as it does, and how well the best fits."""
    own = matched[iri]
    others = [value / own for other, value in matched.items() if other != iri]
    f = {
        "rivals": float(min(_MOST, sum(value >= AS_WELL for value in others))),
        "rivals nearly": float(min(_MOST, sum(value >= NEARLY for value in others))),
        "rivals by name": float(min(_MOST, len(named - {iri}))) if iri in named else -1.0,
        "rival": min(max(others, default=0.0), 1.5),
    }
    if one:
        f["rivals of one"] = f["rivals"]
    return f


def _of_answers(peers: list[tuple[str, str]], matched: dict[str, float], iri: str, answer: str) -> Features:
    """Return how many of those that fit as well would be another answer, and how well the best of these does."""
    own = matched[iri]
    other = [matched.get(peer, 0.0) / own for peer, told in peers if peer != iri and told != answer and told != EMPTY]
    same = [matched.get(peer, 0.0) / own for peer, told in peers if peer != iri and told == answer]
    return {
        "rival answers": float(min(_MOST, sum(value >= AS_WELL for value in other))),
        "rival answers nearly": float(min(_MOST, sum(value >= NEARLY for value in other))),
        "rival answer": min(max(other, default=0.0), 1.5),
        "same answers": float(min(_MOST, sum(value >= NEARLY for value in same))),
    }
