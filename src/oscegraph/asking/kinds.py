"""Stage 10e1: which kinds of answer a question can have by its words: a number, a day, a place, a name, an activity."""

from __future__ import annotations

import re
from typing import Any

from oscegraph.asking import targets
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question

# Words without which some things are not asked for.
_WANTS = {
    "month": r"\bmonths?\b",
    "bounds": r"\b(?:first|last|start\w*|beg[aiu]n\w*|end\w*|open\w*|clos\w*|until|final|from)\b",
    "differ": (
        r"\b(?:differ\w*|chapters?|contradict\w*|disagree\w*|two|both|each|account|versions?|discrepan\w*|dates|titles"
        r"|names|inconsisten\w*|conflict\w*|sections?|told|sides?|according)\b"
    ),
    "duration": r"\b(?:long|days|weeks|months|last\w*|duration|length|many)\b",
    "country": r"\b(?:countr\w*|states?|nations?|territor\w*)\b",
    "theme": r"\b(?:themes?|topics?|fields?|subjects?|headings?|area)\b",
    "kind": r"\b(?:kinds?|types?|sorts?|formats?|forms?)\b",
    "titles": r"\b(?:titles?|names?|called|named|headed|headings?|known|under)\b",
    "chapters": (
        r"\b(?:chapters?|sections?|parts?|told|tells?|mention\w*|describ\w*|report\w*|cover\w*|where|passages?|places"
        r"|find|read|appear\w*)\b"
    ),
    "omitted": (r"\b(?:left out|leaves? out|omit\w*|miss\w*|only|not|without|fails?|unmentioned|names?|absent|forg\w*)\b"),
}
WANTS = {name: lazy_pattern(pattern, re.IGNORECASE) for name, pattern in _WANTS.items()}
# What kinds of details can be the answer.
ANSWERS = {
    "number": {"number", "date", "rows"},
    "day": {"date", "rows"},
    "other": {"thing", "text", "rows"},
    "place": {"thing", "text", "rows"},
}
_NUMBER = lazy_pattern(
    r"\bhow (?:many|long|large|big|much)\b|\bnumbers? of\b|\bhead ?count\b|\bby how\b|\bcount of\b"
    r"|\btotal (?:attendance|number)\b|\bstaff (?:strength|number|count|size)\b|^\W*count\b|\bnumber what\b|\bwhat number\b"
    r"|\bwhat (?:was|is|were) (?:the|their|its|his)?\s*(?:total |exact |overall )?"
    r"(?:number|count|attendance|strength|size)\b",
    re.IGNORECASE,
)
_DAY = lazy_pattern(
    r"\b(?:(?:exact|precise|start|end|opening|closing|which|what|on|the)\s+)(?:days?|dates?|timing)\b"
    r"|^\W*(?:days?|dates?)\b|\bdates?\W*$|\bwhen\b",
    re.IGNORECASE,
)
# A day is asked for, and a month does not tell it.
_VERY_DAY = lazy_pattern(
    r"\b(?:which|what|on what|exact|precise)\s+(?:\w+\s+){0,2}?(?:days?|dates?)\b|\b(?:exact|precise)ly when\b"
    r"|\bthe (?:days?|dates?)\b",
    re.IGNORECASE,
)
_OTHER = lazy_pattern(r"\b(?:who|whom|whose|which|what)\b(?!\s+(?:\w+\s+)?(?:days?|dates?|month|year)\b)", re.IGNORECASE)
_PLACE = lazy_pattern(r"\b(?:where|place|venue|town|city)\b", re.IGNORECASE)
_OFTEN = lazy_pattern(r"\bhow often\b", re.IGNORECASE)
_ASKING = frozenset({"who", "whom", "whose", "which", "what", "when", "where"})


def wants(question: Question, name: str) -> bool:
    """Whether a question has a word without which it cannot ask for something."""
    return bool(WANTS[name].search(question.linked.text))


def asks_often(question: Question) -> bool:
    """Whether it is asked how often something was."""
    return bool(_OFTEN.search(question.linked.text))


def asks(question: Question) -> set[str]:
    """Return what kinds of answer a question can have by the word that asks: number, day, place, other."""
    words = [w.plain for w in question.linked.words]
    text = question.linked.text
    if _OFTEN.search(text):
        return {"number", "other"}
    if _NUMBER.search(text):
        return {"number"}
    match next((w for w in words[:6] if w in _ASKING), ""):
        case "when":
            return {"day", "place"} if "where" in words else {"day"}
        case "where":
            return {"place", "other", "day"}
        case "who" | "whom" | "whose":
            return {"other"}
    if _DAY.search(text) and not _OTHER.search(text):
        return {"day", "place"} if _PLACE.search(text) else {"day"}
    return {"number", "day", "place", "other"}


def asks_activity(question: Question) -> bool:
    """Whether an activity can be the answer: by what is asked for, or as the question does not say."""
    asked = question.target.asked
    return targets.ACTIVITY in asked or not asked - {targets.OTHER, targets.THEME} or wants(question, "titles")


def after_many(question: Question, place: int) -> bool:
    """Whether a word stands close behind "how many"."""
    return any(w.plain in ("many", "number") and 0 < place - i <= 6 for i, w in enumerate(question.linked.words))


def no_more_than_said(question: Question, days: list[Any]) -> bool:
    """Whether days that are told are only the month that a question says itself, while it asks for the very day."""
    said = question.linked.days
    if said is None or said.exact or not _VERY_DAY.search(question.linked.text):
        return False
    return days == [said.start.isoformat()[:7]] and said.start.month == said.end.month
