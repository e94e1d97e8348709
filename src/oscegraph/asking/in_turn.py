"""Stage 10g1b: several values of one thing, each asked by itself, where the question as a whole is not sure enough.

What a question lists ("the first day, the venue and the number of trainees of ...") is told by questions that are easier to
read; and a reading of the whole that all of them bear out is believed with less.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from oscegraph.asking import asked_days
from oscegraph.asking.asked import ANSWERED, Asked
from oscegraph.asking.asked_forms import flat
from oscegraph.asking.asked_values import Value
from oscegraph.asking.in_one import CERTAIN, LIKELY
from oscegraph.asking.joined import combined, names_twice

Ask = Callable[..., Asked]
# So sure each has to be by itself, and asked of the thing that the surest one is about.
LEAST, OF_IT = 0.3, 0.5
# So sure they have to be together, if the reading of the whole has the same values.
BORNE = 0.3


def told(question: str, values: Sequence[Value], ask: Ask, nearest: Sequence[Any], alone: bool = True) -> Asked | None:
    """Return the values one after the other, if all are told of one thing and sure enough together; else None.

    `nearest` is the answer of the likeliest reading of the question as a whole, which has to have the same values unless
    the others are sure enough `alone`.
    """
    found = {one.question: ask(one.question, least=LEAST) for one in values}
    sure = max(found.values(), key=lambda one: (one.status == ANSWERED and bool(one.about)) * one.confidence)
    if sure.status != ANSWERED or not sure.about:
        return None
    for text, one in found.items():
        if one.status != ANSWERED or one.about != sure.about:
            found[text] = ask(text, sure.about, least=OF_IT)
    if any(one.status != ANSWERED or not one.answer or one.about != sure.about for one in found.values()):
        return None
    answer: list[Any] = []
    for value in values:
        meant = picked(value, found[value.question].answer)
        if not meant or any(isinstance(one, list) for one in meant):
            return None
        answer += meant
    if names_twice([answer]) or len({one.reading for one in found.values()}) < len(found):
        # Nobody is asked for twice.
        return None
    confidence = math.prod(one.confidence for one in found.values())
    titles = {one.title for one in found.values()}
    least = BORNE if flat(nearest) - titles == flat(answer) else LIKELY if alone and sure.confidence >= CERTAIN else 2.0
    if confidence < least:
        return None
    asked = combined(question, list(found.values()), answer)
    asked.confidence = confidence
    return asked


def end(question: str, value: Value, one: Asked) -> Asked | None:
    """Return the first or the last day of an answer that tells on which days something was; None if it does not."""
    meant = picked(value, one.answer) if one.status == ANSWERED else []
    return replace(one, question=question, answer=meant) if meant else None


def picked(value: Value, answer: list[Any]) -> list[Any]:
    """Return the values that are meant: all, or the first or last of the days."""
    if value.pick is None:
        return answer
    return [answer[value.pick]] if asked_days.tells_exactly(answer) and len(answer) < 3 else []
