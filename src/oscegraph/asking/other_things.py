"""Stage 10e22b2: things of another class than are asked for: organizations for units, activities for themes or a page."""

from __future__ import annotations

import re

from oscegraph.asking import asked_forms, wording
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.facts import Facts
from oscegraph.asking.patterns import lazy_pattern, lazy_words
from oscegraph.asking.retrieval import Question

_NUMBER = f"(?:{'|'.join(wording.NUMBERS)})"
_WHICH_UNITS = lazy_pattern(
    rf"^\W*(?:which|what)\s+(?:{_NUMBER}\s+)?(?:OSCE\s+)?(?:units?|structures?|field\s+(?:operations?|missions?))\b",
    re.IGNORECASE,
)
_WHICH_THEMES = lazy_pattern(
    r"^\W*(?:(?:on|in)\s+)?(?:which|what)\s+(?:themes?|topics?|fields?|kinds?\s+of\s+crime)\b", re.IGNORECASE
)
_WHICH_PAGE = lazy_words(r"(?:which|what) pages?")
_AS_MANY = lazy_words(r"as (?:many|much|often)")
_UNITS = frozenset({"FieldOperation", "SecretariatUnit", "Institution", "Department"})


def is_told(facts: Facts, question: Question, best: Candidate) -> bool:
    """Whether a reading tells things of another class than a question asks for."""
    text = question.linked.text
    # No page is told, and whether there are as many is not whether there are any.
    if _WHICH_PAGE.search(text) or (question.polar and best.answer in ([True], [False]) and _AS_MANY.search(text)):
        return True
    told = {str(value) for value in asked_forms.flat(best.answer)}
    if _WHICH_THEMES.match(text):
        return bool(told) and told <= {event.label for event in facts.events.values()}
    if best.family != "phrase" or not _WHICH_UNITS.match(text):
        return False
    classes = {thing.cls for thing in facts.directory.things.values() if thing.label in told}
    return bool(classes) and classes.isdisjoint(_UNITS)
