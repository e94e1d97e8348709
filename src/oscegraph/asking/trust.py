"""Stage 10e14: how far a reading of a question is to be believed, beside the other readings of it.

What the weights of `ranking` call likely is not yet the share of it that is right: they do not see how well the readings
agree. Boosted trees (J. Friedman 2001, "Greedy Function Approximation") in `queries/trust.json` tell it from what is known
of the first few readings; `scripts/train_questions.py` grows them on questions that the weights were not found from.
"""

from __future__ import annotations

import functools
import math
import re
import struct
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from oscegraph import resources
from oscegraph.asking.forest import Forest
from oscegraph.asking.near import Marks
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.scoring import Features

# So many of the likeliest readings are weighed.
MOST = 7
# Before the name of a feature: by how much more of it a reading has than any other.
AHEAD = "ahead: "
_LEAST = 1e-6
_ASKING = ("who", "whom", "whose", "which", "what", "when", "where", "how")
_ALONE = ("how many", "and", "or", "each", "respectively", "only", "both", "same", "all", "report")
# What a question says by its mere words of what an answer has to be like.
_WORDS = {
    name: lazy_pattern(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in (
        *((word, word) for word in (*_ASKING, *_ALONE)),
        ("not", r"not|no(?!\.? ?\d)|never|without|neither|nor"),
        ("besides", "besides?|except|apart from|other than|excluding|else"),
        ("according", "according to|as (?:told|described|reported)"),
        ("chapter", r"chapters?|II\.\d[\d.]*"),
        ("most", "most|least|fewest|largest|biggest|highest|smallest|lowest|longest|shortest|earliest|latest|greatest"),
        ("total", "in total|altogether|in all|overall|sum"),
        ("first", "first|last|second|third"),
        ("year", r"(?:19|20)\d\d"),
        ("month", "january|february|march|april|june|july|august|september|october|november|december"),
        ("states", "countries|country|states?"),
        ("units", "units?|field operations?|structures?"),
        ("bodies", r"bodies|body|organi[sz]ations?|agenc\w+|partners?"),
        ("people", "participants|people|officers|officials|persons|experts"),
        ("list", "list|name|give|state|enumerate|identify"),
        ("row", "rows?|for each|one (?:line|row)|as well as|in which order"),
        ("alone", "only|alone|just|sole(?:ly)?|merely|exclusively"),
        ("joint", "jointly|together|both|co-\\w+|with"),
        ("dates", "dates?|days?|months?"),
        ("any", "any|some|an?|every\\w*"),
        ("the", "the|this|that"),
        (
            "event",
            "events?|workshops?|seminars?|conferences?|courses?|trainings?|meetings?|visits?|projects?|activit(?:y|ies)",
        ),
    )
}
# ASCII, as otherwise other letters stand for "i", too.
_ASKS = lazy_pattern(rf"\b(?:{'|'.join(_ASKING)})\b", re.IGNORECASE | re.ASCII)
_SIGNS = lazy_pattern(r"[,;:(\"“]")
_WORD = lazy_pattern(r"\d{4}-\d\d(?:-\d\d)?|\w+")
_JOINING = frozenset({"of", "the", "and", "in", "for", "on", "to", "a", "an", "at", "osce"})
# Answers that share so much of their words mostly say the same, in whatever order.
SAME = 0.8


@dataclass
class Scored:
    """The candidates of a question as lists: the name of the answer of each, the answer, and what is known of the fit.

    `sides` are what the fit of each and the memory of questions add to its score; words make up the rest.
    """

    names: list[str]
    answers: list[list[Any]]
    keys: list[tuple[str, ...]]
    marks: list[Marks]
    parts: list[list[Marks]]
    shapes: list[Features]
    words: int
    polar: bool
    two: bool
    text: Features
    said: frozenset[str]
    sides: list[tuple[float, float]] = field(default_factory=list)


class Reading(NamedTuple):
    """All candidates with one answer, by number: how likely they are together, and the likeliest of them."""

    members: list[int]
    first: int
    probability: float
    own: float
    score: float


class Readings(NamedTuple):
    """The readings of a question, the likeliest first; how likely none of them is, each thing, each kind of asking."""

    all: list[Reading]
    none: float
    about: dict[int, float]
    asked: dict[str, float]
    likely: list[float]


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
    return Readings(found, likely[-1], about, asked, likely)


def of_text(text: str) -> Features:
    """Return how often a question has each of some words, how long it is, and by which word it asks, and where.

    >>> found = of_text("Who paid for each?")
    >>> found["text who"], found["text each"], found["text which"], found["text asking"], found["text before"]
    (1.0, 1.0, 0.0, 0.0, 0.0)
    """
    found = {f"text {name}": float(len(pattern.findall(text))) for name, pattern in _WORDS.items()}
    asking = _ASKS.search(text)
    found["text asking"] = float(_ASKING.index(asking[0].casefold())) if asking else float(len(_ASKING))
    found["text before"] = float(asking.start()) if asking else float(len(text))
    found["text length"], found["text signs"] = float(len(text)), float(len(_SIGNS.findall(text)))
    found["text digits"] = float(sum(map(str.isdigit, text)))
    found["text capitals"] = float(sum(map(str.isupper, text)))
    return found


def words(value: Any) -> frozenset[str]:
    """Return the words of a text, or of all values of an answer, without those that join them.

    >>> sorted(words([["Kiev", 80], ["the city of Baku", 3]]))
    ['3', '80', 'baku', 'city', 'kiev']
    """
    if isinstance(value, list):
        return frozenset().union(*map(words, value))
    return frozenset(_WORD.findall(str(value).casefold())) - _JOINING


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def agreement(place: int, answers: list[list[Any]], probabilities: list[float], said: frozenset[str]) -> Features:
    """Return how much the other readings say the same as one, and how much of its answer the question says already.

    Readings that tell the same in another form ("2 and 7", "2010: 2, 2011: 7") do not speak against one another.
    """
    mine, answer = words(answers[place]), answers[place]
    found = {"agreed": 0.0, "borne by others": 0.0, "bearing others": 0.0, "likest": 0.0, "same as": 0.0}
    for i, probability in enumerate(probabilities):
        if i == place:
            continue
        other = words(answers[i])
        whole = mine | other
        alike = len(mine & other) / len(whole) if whole else 1.0
        found["agreed"] += probability * alike
        found["borne by others"] += probability * (_share(mine, other) if whole else 1.0)
        found["bearing others"] += probability * (_share(other, mine) if whole else 1.0)
        found["likest"] = max(found["likest"], alike)
        found["same as"] += probability * (alike > SAME)
    rows = [row for row in answer if isinstance(row, list) and row]
    found["agreed with it"] = found["agreed"] + probabilities[place]
    found["said"] = _share(mine, said) if mine else -1.0
    found["answer words"] = float(len(mine))
    found["rows said"] = sum(bool(words(row) & said) for row in rows) / len(rows) if rows else -1.0
    found["labels said"] = sum(_share(words(row[0]), said) for row in rows) / len(rows) if rows else -1.0
    found["columns"] = float(len(rows[0])) if rows else 0.0
    found["numbers"] = sum(map(str.isdigit, mine)) / len(mine) if mine else -1.0
    return found


def _short(value: float) -> float:
    """Return a value as two bytes hold it: the trees were grown on such values."""
    held: float = struct.unpack("e", struct.pack("e", value))[0]
    return held


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
    fit, known = scored.sides[one.first] if scored.sides else (0.0, 0.0)
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
        "score of fit": fit,
        "score of memory": known,
        "score of words": one.score - fit - known,
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
    families: dict[str, float] = defaultdict(float)
    for i in one.members:
        families[scored.keys[i][-1] if scored.parts[i] else scored.keys[i][1]] += readings.likely[i]
    found["families"] = float(len(families))
    if scored.polar:
        # By which ways it is so, or not: who took part, where it was, what is told.
        found |= {f"by {name}": _logit(probability) - _logit(0.0) for name, probability in families.items()}
    held = readings.all[:MOST]
    found |= agreement(place, [scored.answers[r.first] for r in held], [r.probability for r in held], scored.said)
    shape = {f"shape {name}": _short(value) for name, value in scored.shapes[one.first].items()}
    return found | scored.text | {f"is {name}": 1.0 for name in key} | shape


@functools.cache
def trees() -> Forest:
    """Return the trees."""
    path = resources.queries_dir() / "trust.json"
    return Forest.read(resources.text_of(path)) if path.is_file() else Forest()


def rows(found: list[Features], names: list[str]) -> list[list[float]]:
    """Return the features of readings of one question as rows; for those with `AHEAD` by how much more than any other.

    A single reading is held against 0.

    >>> rows([{"score": 3.0}, {"score": 1.0}], ["score", "ahead: score"])
    [[3.0, 2.0], [1.0, -2.0]]
    """
    places = _places(tuple(names))
    held = [[0.0] * len(names) for _ in found]
    # Of the many features most are of no reading of a question: only those that are of one are looked at.
    for name in dict.fromkeys(name for some in found for name in some):
        values = [some.get(name, 0.0) for some in found]
        if (place := places.get(name)) is not None:
            for row, value in zip(held, values, strict=True):
                row[place] = value
        if (place := places.get(AHEAD + name)) is not None:
            most = max(range(len(values)), key=values.__getitem__)
            second = max(values[:most] + values[most + 1 :], default=0.0)
            for i, (row, value) in enumerate(zip(held, values, strict=True)):
                row[place] = value - (second if i == most else values[most])
    return held


@functools.lru_cache(maxsize=4)
def _places(names: tuple[str, ...]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def weigh(row: list[float]) -> float:
    """Return how likely a reading with this row is right, by the sum of the trees as log odds."""
    return 1 / (1 + math.exp(-trees().sum(row)))


def believed(readings: Readings, scored: Scored) -> list[float]:
    """Return how likely each reading is right; of those that are not weighed, and without trees, what the weights say."""
    found = [reading.probability for reading in readings.all]
    if trees().sizes:
        first = [features(readings, place, scored) for place in range(min(MOST, len(found)))]
        found[: len(first)] = map(weigh, rows(first, trees().features))
        # What is not weighed is no likelier than what is.
        least = min(found[:MOST], default=0.0)
        found[MOST:] = [min(one, least) for one in found[MOST:]]
    return found
