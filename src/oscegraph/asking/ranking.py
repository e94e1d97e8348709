"""Stage 10e15: the weights of features, and which candidate a question means, with what probability.

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
from oscegraph.asking import fitting, lines, memory, scoring, targets, trust
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.retrieval import Question

# By what the probability of a kind of candidate counts when it is chosen which of several with one answer is shown.
SHOWN = {"is told": 0.05, "is so": 0.3, "papers": 0.01, "phrase": 1.5}


# From which probability on an answer is given.
SURE = 0.75


@functools.cache
def _lines() -> lines.Lines:
    path = resources.queries_dir() / "weights.json"
    return lines.Lines(path.read_text(encoding="utf-8") if path.is_file() else "")


def weights(key: str) -> dict[str, float]:
    """Return the weights under one of `scoring.keys`: those of the words; under "" those of the shape."""
    held: dict[str, float] = _lines().get(key, {})
    return held


@dataclass
class Ranked:
    """Candidates that give one answer: the one of them that is shown, and how likely the answer is right."""

    candidate: Candidate
    probability: float


def same_answer(candidate: Candidate) -> str:
    """Return what tells one answer from another: its values, in any order unless they are pairs."""
    pairs = bool(candidate.answer) and isinstance(candidate.answer[0], list)
    return json.dumps(candidate.answer if pairs else sorted(map(str, candidate.answer)), default=str)


def scored(question: Question, candidates: list[Candidate]) -> trust.Scored:
    """Return candidates with what is known of their fit, as lists."""
    names = [same_answer(candidate) for candidate in candidates]
    return trust.Scored(
        names,
        [candidate.answer for candidate in candidates],
        [scoring.keys(candidate) for candidate in candidates],
        [memory.marks(candidate, name) for candidate, name in zip(candidates, names, strict=True)],
        [memory.of_parts(candidate) for candidate in candidates],
        [fitting.shape(question, candidate) for candidate in candidates],
        len(question.linked.words),
        question.polar,
        targets.asks_two(question.linked.text),
        trust.of_text(question.linked.text),
        trust.words(question.linked.text),
    )


def remembered(near: memory.Near, known: trust.Scored) -> list[scoring.Features]:
    """Return the features that the memory of questions gives each candidate; those with the same marks share them."""
    held = {marks: near.features(marks, known.polar) for marks in known.marks}
    return [
        held[marks] | near.of_parts(parts) if parts else held[marks]
        for marks, parts in zip(known.marks, known.parts, strict=True)
    ]


def rank(question: Question, candidates: list[Candidate]) -> list[Ranked]:
    """Return the answers of a question, the likeliest first."""
    if not candidates:
        return []
    own = weights("")
    said = [*scoring.lexical(question), *scoring.asked(question), ""]
    cover = max((c.hit.matched / (question.total or 1.0) for c in candidates if c.hit), default=0.0)

    @functools.cache
    def of_key(key: str) -> float:
        held = weights(key)
        return sum(held[word] for word in said if word in held)

    def of_shape(features: scoring.Features) -> float:
        return sum(own.get(name, 0.0) * value for name, value in features.items())

    near = memory.kept().near(memory.words(question))
    known = scored(question, candidates)
    more = remembered(near, known)
    known.sides = [(of_shape(shape), of_shape(held)) for shape, held in zip(known.shapes, more, strict=True)]
    known.shapes = [shape | held for shape, held in zip(known.shapes, more, strict=True)]
    scores = [sum(sides) + sum(map(of_key, keys)) for sides, keys in zip(known.sides, known.keys, strict=True)]
    scores.append(of_key("none") + of_shape({"none:best cover": cover, **near.none_features()}))
    readings = trust.read(scores, known)
    found = []
    for reading, probability in zip(readings.all, trust.believed(readings, known), strict=True):
        # Of readings with the same answer that is shown whose evidence says most.
        shown = max(reading.members, key=lambda i: scores[i] + math.log(SHOWN.get(candidates[i].family, 1.0)))
        found.append(Ranked(candidates[shown], probability))
    return sorted(found, key=lambda one: (-round(one.probability, 9), same_answer(one.candidate)))


def packed(found: dict[str, float], least: float = 0.015) -> dict[str, dict[str, Any]]:
    """Return weights by feature as `weights.json` holds them; those near zero are left out."""
    table: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, weight in sorted(found.items()):
        if abs(weight) < least:
            continue
        word, bar, key = name.rpartition("|")
        table[key if bar else ""][word if bar else name] = round(weight, 3)
    return {key: table[key] for key in sorted(table)}
