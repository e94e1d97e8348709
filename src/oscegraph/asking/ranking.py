"""Stage 10e14: the weights of features, and which candidate a question means, with what probability.

`queries/weights.json` holds the weights; `scripts/train_questions.py` finds them from the questions in `tests/questions/`.
"""

from __future__ import annotations

import functools
import json
import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from oscegraph import resources
from oscegraph.asking import memory, scoring
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.retrieval import Question

# By what the probability of a kind of candidate counts when it is chosen which of several with one answer is shown.
SHOWN = {"is told": 0.05, "is so": 0.3, "phrase": 1.5}


# From which probability on an answer is given, by the kind of its candidate: so that by cross-validation about four of five
# that are given near the bound are right. Names, decisions and headings are rarely mistaken; sets of activities are.
SURE = 0.8
BOUNDS = {
    "name": 0.6,
    "paper": 0.6,
    "papers": 0.6,
    "heading": 0.65,
    "nothing": 0.7,
    "tally": 0.75,
    "role": 0.75,
    "had role": 0.75,
    "any": 0.85,
    "set": 0.85,
    "is told": 0.9,
}


def bound(candidate: Candidate) -> float:
    """Return from which probability on the answer of a candidate is given."""
    if not candidate.answer and candidate.family == "event":
        return BOUNDS["nothing"]
    if candidate.family == "event" and candidate.projection.startswith("role:"):
        return BOUNDS["role"]
    if candidate.family == "set" and isinstance((candidate.answer or [0])[0], list):
        return SURE
    return BOUNDS.get(candidate.family, SURE)


@functools.cache
def weights() -> dict[str, dict[str, float]]:
    """Return the weights: for each key of `scoring.keys` those of the words, and under "" those of the shape."""
    path = resources.queries_dir() / "weights.json"
    loaded: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return loaded


@dataclass
class Ranked:
    """Candidates that give one answer: the best of them, and the probability of all of them together."""

    candidate: Candidate
    probability: float


def same_answer(candidate: Candidate) -> str:
    """Return what tells one answer from another: its values, in any order unless they are pairs."""
    pairs = bool(candidate.answer) and isinstance(candidate.answer[0], list)
    return json.dumps(candidate.answer if pairs else sorted(map(str, candidate.answer)), default=str)


def rank(question: Question, candidates: list[Candidate]) -> list[Ranked]:
    """Return the answers of a question, the likeliest first; what is left of 1 is the probability of none of them."""
    table = weights()
    own = table.get("", {})
    said = [*scoring.lexical(question), *scoring.asked(question), ""]
    cover = max((c.hit.matched / (question.total or 1.0) for c in candidates if c.hit), default=0.0)

    @functools.cache
    def of_key(key: str) -> float:
        held = table.get(key, {})
        return sum(held[word] for word in said if word in held)

    def of_shape(features: scoring.Features) -> float:
        return sum(own.get(name, 0.0) * value for name, value in features.items())

    near = memory.kept().near(memory.words(question))
    answers = [same_answer(candidate) for candidate in candidates]
    scores = [
        of_shape(scoring.shape(question, candidate))
        + of_shape(near.features(memory.marks(candidate, answer), question.polar))
        + sum(map(of_key, scoring.keys(candidate)))
        for candidate, answer in zip(candidates, answers, strict=True)
    ]
    scores.append(of_key("none") + of_shape({"none:best cover": cover, **near.none_features()}))
    top = max(scores)
    parts = [math.exp(score - top) for score in scores]
    total = sum(parts)
    groups: dict[str, Ranked] = {}
    best: dict[str, float] = defaultdict(float)
    for candidate, key, part in zip(candidates, answers, parts, strict=False):
        probability = part / total
        if key not in groups:
            groups[key] = Ranked(candidate, 0.0)
        groups[key].probability += probability
        # Of readings with the same answer that is shown whose evidence says most.
        shown = probability * SHOWN.get(candidate.family, 1.0)
        if shown > best[key]:
            best[key], groups[key].candidate = shown, candidate
    return sorted(groups.values(), key=lambda one: (-round(one.probability, 9), same_answer(one.candidate)))


def packed(found: dict[str, float], least: float = 0.015) -> dict[str, dict[str, Any]]:
    """Return weights by feature as `weights.json` holds them; those near zero are left out."""
    table: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, weight in sorted(found.items()):
        if abs(weight) < least:
            continue
        word, bar, key = name.rpartition("|")
        table[key if bar else ""][word if bar else name] = round(weight, 3)
    return {key: table[key] for key in sorted(table)}
