"""Stage 10e14: how far a reading of a question is to be believed, beside the other readings of it.

What the weights of `ranking` call likely is not yet the share of it that is right: they do not see how well the readings
agree. Boosted trees (J. Friedman 2001, "Greedy Function Approximation") in `queries/trust.json` tell it from what is known
of the first few readings; `scripts/train_questions.py` grows them on questions that the weights were not found from.
"""

from __future__ import annotations

import functools
import json
import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from oscegraph import resources
from oscegraph.asking.memory import Marks
from oscegraph.asking.scoring import Features

# So many of the likeliest readings are weighed.
MOST = 5
_LEAST = 1e-6


@dataclass
class Scored:
    """The candidates of a question as lists: the name of the answer of each, the answer, and what is known of the fit."""

    names: list[str]
    answers: list[list[Any]]
    keys: list[tuple[str, ...]]
    marks: list[Marks]
    parts: list[list[Marks]]
    shapes: list[Features]
    words: int
    polar: bool
    two: bool


@dataclass
class Reading:
    """All candidates with one answer, by number: how likely they are together, and the likeliest of them."""

    members: list[int]
    first: int
    probability: float
    own: float
    score: float


@dataclass
class Readings:
    """The readings of a question, the likeliest first; how likely none of them is, each thing, each kind of asking."""

    all: list[Reading]
    none: float
    about: dict[int, float]
    asked: dict[str, float]


def read(scores: list[float], scored: Scored) -> Readings:
    """Return the readings of a question; `scores` are those of the candidates and, last, of none of them."""
    top = max(scores)
    parts = [math.exp(score - top) for score in scores]
    total = sum(parts)
    likely = [part / total for part in parts]
    members: dict[str, list[int]] = defaultdict(list)
    about: dict[int, float] = defaultdict(float)
    asked: dict[str, float] = defaultdict(float)
    for i, name in enumerate(scored.names):
        members[name].append(i)
        about[scored.marks[i][0]] += likely[i]
        asked[scored.keys[i][0]] += likely[i]
    found = []
    for numbers in members.values():
        first = max(numbers, key=lambda i: likely[i])
        found.append(Reading(numbers, first, sum(likely[i] for i in numbers), likely[first], scores[first]))
    found.sort(key=lambda one: (-round(one.probability, 9), scored.names[one.first]))
    return Readings(found, likely[-1], about, asked)


def _logit(probability: float) -> float:
    held = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(held / (1 - held))


def features(readings: Readings, place: int, scored: Scored) -> Features:
    """Return what says whether a reading is right: how likely it is, how far ahead, how it fits, what it is."""
    one = readings.all[place]
    answer, key = scored.answers[one.first], scored.keys[one.first]
    rivals = [reading for i, reading in enumerate(readings.all[:MOST]) if i != place]
    other = max((reading.probability for reading in rivals), default=0.0)
    about, asked = readings.about[scored.marks[one.first][0]], readings.asked[key[0]]
    values = set(map(str, answer))
    others = [set(map(str, scored.answers[reading.first])) for reading in rivals[:2]]
    found = {
        "probability": _logit(one.probability),
        "own": _logit(one.own),
        "other": _logit(other),
        "ahead": _logit(one.probability) - _logit(other),
        "none": _logit(readings.none),
        "about": _logit(about),
        "of about": one.probability / max(about, _LEAST),
        "asked": _logit(asked),
        "place": float(place),
        "score": one.score,
        "members": float(len(one.members)),
        "candidates": float(len(scored.names)),
        "readings": float(len(readings.all)),
        "words": float(scored.words),
        "values": float(len(answer)),
        "polar": float(scored.polar),
        "two": float(scored.two),
        "pairs": float(bool(answer) and isinstance(answer[0], list)),
        "yes": float(answer == [True]),
        "no": float(answer == [False]),
        "part of another": float(any(values < held for held in others)),
        "more than another": float(any(values > held for held in others)),
    }
    return found | {f"is {name}": 1.0 for name in key} | {f"shape {n}": v for n, v in scored.shapes[one.first].items()}


@functools.cache
def trees() -> tuple[list[str], list[list[list[float]]]]:
    """Return the names of the features, and the trees: each a list of nodes, the first of which is its root.

    A node is [number of a feature, bound, next node if at most that, next node if more]; a leaf is [value].
    """
    path = resources.queries_dir() / "trust.json"
    if not path.is_file():
        return [], []
    held = json.loads(path.read_text(encoding="utf-8"))
    return held["features"], held["trees"]


def weigh(found: Features) -> float:
    """Return how likely a reading is right, by the sum of the trees as log odds."""
    names, grown = trees()
    row = [found.get(name, 0.0) for name in names]
    total = 0.0
    for tree in grown:
        node = tree[0]
        while len(node) > 1:
            node = tree[int(node[2] if row[int(node[0])] <= node[1] else node[3])]
        total += node[0]
    return 1 / (1 + math.exp(-total))


def believed(readings: Readings, scored: Scored) -> list[float]:
    """Return how likely each reading is right; of those that are not weighed, and without trees, what the weights say."""
    found = [reading.probability for reading in readings.all]
    if trees()[1]:
        for place in range(min(MOST, len(found))):
            found[place] = weigh(features(readings, place, scored))
        # What is not weighed is no likelier than what is.
        least = min(found[:MOST], default=0.0)
        found[MOST:] = [min(one, least) for one in found[MOST:]]
    return found
