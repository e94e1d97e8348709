"""Stage 10g1b2: several questions on one thing, each answered by what it asks for: a number, days, a place, somebody.

Where the question as a whole is not sure enough, nor each piece by itself, the kinds of the answers bear them out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from oscegraph.asking import asked_days, asked_forms, asked_parts, asked_twice, in_turn, polar, targets, wording
from oscegraph.asking.asked import ANSWERED, CERTAIN, Asked
from oscegraph.asking.asked_types import is_of
from oscegraph.asking.asked_values import Value
from oscegraph.asking.joined import combined, names_twice
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.targets import MANY, MONTH, PLACE, WHEN, WHO

Ask = Callable[..., Asked]
# So sure each has to be at least; and so sure they are together: of 25 questions that are answered so 24 are right.
LEAST, TOGETHER = 0.2, 0.75
_DAYS, _ROLE = 2, "role:"
# "Which structures": more than one is expected. "Study visits: who arranged them?" asks of several things.
_SEVERAL = lazy_pattern(
    r"^\W*(?:and\s+)?(?:\w+\s+)?(?:which|what)\s+(?:OSCE\s+|field\s+|other\s+)*(?:units|structures|institutions|operations|bodies"
    r"|organi[sz]ations|agencies|partners|states|countries|ministries)\b",
    re.IGNORECASE,
)
_NOUN = lazy_pattern(r"^\W*what\s+(?:was|were|is|are)\s+the\s+([\w\s-]+?)\s+(?:of|for)\s", re.IGNORECASE)
_ON_DECISION = lazy_pattern(r"\bon (?:which|what) (?:\w+ )?(?:decisions?|basis)\b", re.IGNORECASE)
_MONTH = lazy_pattern(r"\bmonths?\b", re.IGNORECASE)
_TOWN = lazy_pattern(r"^\W*(?:\w+\s+)?(?:in|at)\s+(?:which|what)\s+(?:town|cit)", re.IGNORECASE)
_WIDE = frozenset({"State", "Territory", "Region"})
_THEM = lazy_pattern(r"(?<!\bof )\bthem\b", re.IGNORECASE)


def told(question: str, values: Sequence[Value], ask: Ask, read: Callable[[str], Question]) -> Asked | None:
    """Return what answers several questions on one thing, if each is told what it asks for, and no two the same; else None.

    `ask` answers a question, of the thing that most are about; `read` says what one asks for.
    """
    if _THEM.search(question):
        return None
    found = [ask(one.question, least=LEAST) for one in values]
    if len({one.about for one in found if one.status == ANSWERED and one.about and one.confidence >= CERTAIN}) > 1:
        # They are surely on several things.
        return None
    about = defaultdict[frozenset[str], float](float)
    for one in found:
        if one.status == ANSWERED and one.about:
            about[one.about] += one.confidence
    if not about:
        return None
    thing = max(about, key=lambda one: (about[one], sorted(one)))
    for place, one in enumerate(found):
        if one.status != ANSWERED or one.about != thing:
            found[place] = ask(values[place].question, thing, least=LEAST)
    told = [
        in_turn.picked(value, one.answer) if one.status == ANSWERED else [] for value, one in zip(values, found, strict=True)
    ]
    if any(one.about != thing for one in found) or not all(told) or len(set(map(str, told))) < len(told):
        return None
    dated = [some for some in told if asked_days.are_days(some)]
    if asked_parts.asks_days(question) and not _MONTH.search(question) and not all(map(asked_days.tells_exactly, dated)):
        # A month is no day.
        return None
    if names_twice(told) or not all(map(_fits, map(read, (one.question for one in values)), found, told)):
        return None
    asked = combined(question, found, [one for some in told for one in some])
    asked.confidence = TOGETHER
    return asked


def lacks_decisions(text: str, asked: Asked, names: Iterable[str]) -> bool:
    """Whether decisions are asked for beside something else, and an answer has none of their `names`."""
    if not _ON_DECISION.search(text) or polar.is_polar(text):
        return False
    return any(map(_ON_DECISION.match, asked_twice.parts(text))) and asked_forms.flat(asked.answer).isdisjoint(names)


def _fits(question: Question, one: Asked, told: list[Any]) -> bool:
    """Whether an answer is of the kind, and has as many values, as a question asks for."""
    target, text = question.target, question.linked.text
    number = targets.expected(text)
    if any(isinstance(value, list) for value in told) or (number and len(told) != number):
        return False
    if _SEVERAL.match(text) and len(told) == 1:
        return False
    source = one.source
    detail = source.found.detail if source and source.found else None
    if MANY in target.asked:
        return [type(value) for value in told] == [int] and (detail is None or target.noun in detail.heads)
    if target.asked & {WHEN, MONTH}:
        return asked_days.are_days(told) and len(told) <= _DAYS
    names = [value for value in told if isinstance(value, str) and not any(map(str.isdigit, value))]
    directory = question.facts.directory
    if PLACE in target.asked:
        # Titles of activities are no places, and States are no towns.
        classes = [{directory.things[iri].cls for iri in directory.bearers(name)} for name in names]
        town = bool(_TOWN.match(text))
        return len(names) == len(told) and all(some - (_WIDE if town else frozenset()) for some in classes)
    noun = _NOUN.match(text)
    if WHO in target.asked and not noun:
        known = filter(None, map(directory.bearers, names))
        return len(names) == len(told) and all(
            any(is_of(directory, tuple(target.types), iri) for iri in some) for some in known
        )
    if target.asked and not noun:
        return detail is not None and target.noun in detail.heads
    # "What was the edition of the conference?" is told by what is said to answer it, and not by who had a role.
    said = noun is None or detail is None or not wording.stems(noun[1]).isdisjoint(detail.heads)
    return source is not None and said and not source.projection.startswith(_ROLE)
