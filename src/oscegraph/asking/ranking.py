"""Stage 10e15: which candidate a question means, with what probability."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from itertools import repeat
from operator import mul
from typing import NamedTuple

from oscegraph.asking import asked_forms, fitting, heeded, memory, odds, rivals, scoring, targets, trust, weights
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.near import Near
from oscegraph.asking.patterns import lazy_words
from oscegraph.asking.retrieval import Question

# By what the probability of a kind of candidate counts when it is chosen which of several with one answer is shown.
SHOWN = {"is told": 0.05, "is so": 0.3, "papers": 0.01, "phrase": 1.5}

# A yes or no rests on what bears so much of a question; what does not counts by so much less.
BORNE, UNMEANT = 1.2, 1e-12
# What is shown instead of an answer that does not heed what limits the question bears as much.
SOUND = 0.8

# Of so many readings of a question for yes or no it is looked at whether they heed what limits it.
_LOOKED_AT = 3

# What a feature without a weight counts.
_NOTHING = repeat(0.0)

# From which probability on an answer is given.
SURE = 0.725
# How sure it is that a number is meant which is told of what is counted, if it is that likely by itself.
_COUNTED, _TOLD, _HOW_MANY_EVENTS = 0.8, 0.02, ("event", "events")


class Ranked(NamedTuple):
    """Candidates that give one answer: the one of them that is shown, and how likely the answer is right."""

    candidate: Candidate
    probability: float


def same_answer(candidate: Candidate) -> str:
    """Return what tells one answer from another: its values, in any order unless they are pairs."""
    pairs = bool(candidate.answer) and isinstance(candidate.answer[0], list)
    return json.dumps(candidate.answer if pairs else sorted(map(str, candidate.answer)), default=str)


def borne(question: Question, candidate: Candidate) -> float:
    """Return how much of a question what a candidate rests on bears, and its operation accounts for, from 0 to 2."""
    total = question.total or 1.0
    held = 1.0 - min(candidate.left / total, 1.0)
    if candidate.hit is not None:
        return held + min(candidate.hit.matched / total, 1.0)
    if candidate.found is not None:
        return held + min(candidate.found.words + candidate.found.names + candidate.found.wide, 1.0)
    return 2.0 * held


def scored(question: Question, candidates: list[Candidate], whole: Question | None = None) -> trust.Scored:
    """Return candidates with what is known of their fit, as lists; `whole` is the question with the words of titles."""
    names = [same_answer(candidate) for candidate in candidates]
    return trust.Scored(
        names,
        [candidate.answer for candidate in candidates],
        [scoring.keys(candidate) for candidate in candidates],
        [memory.marks(candidate, name) for candidate, name in zip(candidates, names, strict=True)],
        [memory.of_parts(candidate) for candidate in candidates],
        [
            fitting.shape(question, candidate) | others
            for candidate, others in zip(candidates, rivals.features(whole or question, candidates, names), strict=True)
        ],
        len(question.linked.words),
        question.polar,
        targets.asks_two(question.linked.text),
        trust.of_text(question.linked.text),
        trust.words(question.linked.text),
    )


def remembered(near: Near, likely: odds.Odds, known: trust.Scored) -> list[scoring.Features]:
    """Return the features that the memory of questions gives each candidate; those with the same marks share them."""
    held = {
        marks: near.features(marks, known.polar) | likely.features(marks, known.polar)
        for marks in dict.fromkeys(known.marks)
    }
    return [
        held[marks] | near.of_parts(parts) if parts else held[marks]
        for marks, parts in zip(known.marks, known.parts, strict=True)
    ]


def _shown(question: Question, candidate: Candidate) -> float:
    """Return by what the probability of a candidate counts when it is chosen which of several is shown."""
    # A yes or no of what is not meant is as good as any other, and shown last.
    strange = question.polar and borne(question, candidate) < BORNE
    return SHOWN.get(candidate.family, 1.0) * (UNMEANT if strange else 1.0)


def rank(question: Question, candidates: list[Candidate], whole: Question | None = None) -> list[Ranked]:
    """Return the answers of a question, the likeliest first; `whole` is the question with the words of titles."""
    if not candidates:
        return []
    own = weights.kept().shape
    said = [*scoring.lexical(question), *scoring.asked(question), ""]
    cover = max((c.hit.matched / (question.total or 1.0) for c in candidates if c.hit), default=0.0)

    of_words = weights.kept().of_words(said)

    def of_key(key: str) -> float:
        return of_words.get(key, 0.0)

    def of_shape(features: scoring.Features) -> float:
        # Without code of Python's own: a question has a million of these products.
        total: float = sum(map(mul, map(own.get, features, _NOTHING), features.values()))
        return total

    words = memory.words(question)
    near, known = memory.kept().near(words), scored(question, candidates, whole)
    more = remembered(near, odds.odds(memory.kept(), words, known.marks), known)
    known.sides = [(of_shape(shape), of_shape(held)) for shape, held in zip(known.shapes, more, strict=True)]
    known.shapes = [shape | held for shape, held in zip(known.shapes, more, strict=True)]
    scores = [sum(sides) + sum(map(of_key, keys)) for sides, keys in zip(known.sides, known.keys, strict=True)]
    scores.append(of_key("none") + of_shape({"none:best cover": cover, **near.none_features()}))
    readings = trust.read(scores, known)
    found = []
    for place, (reading, probability) in enumerate(zip(readings.all, trust.believed(readings, known), strict=True)):
        # Of readings with the same answer that is shown whose evidence says most, and that heeds what limits the question.
        members = reading.members
        shown = max(members, key=lambda i: scores[i] + math.log(_shown(question, candidates[i])))
        asking = whole or question
        if question.polar and place < _LOOKED_AT and heeded.is_unheeded(asking, candidates[shown]):
            sound = [
                i for i in members if heeded.is_sound(asking, candidates[i]) and borne(question, candidates[i]) >= SOUND
            ]
            shown = max(sound, key=lambda i: scores[i], default=shown)
        found.append(Ranked(candidates[shown], probability))
    return sorted(found, key=lambda one: (-round(one.probability, 9), same_answer(one.candidate)))


_ASKS_LENGTH = lazy_words(
    r"how long|lengths?|last(?:ed|s)?|durations?|how many (?:days|weeks|months)|days? long|longest|shortest"
)
_NEXT = 8


def without_length(text: str, ranked: list[Ranked]) -> list[Ranked]:
    """Return readings with the same answer without its length first, if a question does not ask how long something was.

    It is as likely as the one that tells more.
    """
    best = ranked[0].candidate if ranked else None
    told = asked_forms.flat(best.answer) if best else set()
    lengths = {value for value in told if asked_forms.LENGTH.fullmatch(value)}
    if best is None or not lengths or lengths == told or _ASKS_LENGTH.search(text):
        return ranked
    for one in ranked[1:_NEXT]:
        if one.candidate.about == best.about and asked_forms.flat(one.candidate.answer) == told - lengths:
            first = Ranked(one.candidate, ranked[0].probability)
            return [first, *(other for other in ranked if other is not one)]
    return ranked


def counted(ranked: Sequence[Ranked]) -> Ranked | None:
    """Return the number that is told of what is counted on the activity that is meant, if that has no number of its own.

    "How many criminals were arrested in the operation?" does not ask for how many events the operation had.
    """
    best = ranked[0].candidate
    if best.kind != _HOW_MANY_EVENTS or best.answer:
        return None
    told = [
        one
        for one in ranked
        if one.probability >= _TOLD
        and [type(value) for value in one.candidate.answer] == [int]
        and one.candidate.found is not None
        and one.candidate.found.head
        and one.candidate.found.names
        and best.about & one.candidate.about
    ]
    if len({one.candidate.answer[0] for one in told}) != 1:
        return None
    return told[0]._replace(probability=min(ranked[0].probability, _COUNTED))
