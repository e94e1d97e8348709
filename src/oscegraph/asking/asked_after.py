"""Stage 7d9: what is asked besides of the thing that a question asks for: "which was the last event, and where was it?".

Only when, where, by whom, who paid, how long and how many people: what words ask for something else is a question of its
own (`asked_twice`).
"""

from __future__ import annotations

import re

from oscegraph.asking.patterns import lazy_pattern, lazy_words

_IT = (
    r"(?:(?:the|this|that) (?:event|activity|decision|document|seminar|workshop|course|training|conference|meeting|visit"
    r"|study visit|round ?table|exercise|session)|it|this|that)"
)
_HELD = r"(?:held|adopted|taken|signed|agreed)"
_PEOPLE = r"(?:people|participants|trainees|attendees|persons)"
# What is asked of a thing, by how it is asked.
_ASKED = {
    "When was {}?": rf"(?:when|(?:on|in|at)?\s*(?:which|what) (?:exact )?(?:days?|dates?|month)) ?"
    rf"(?:(?:was|is) {_IT}(?: {_HELD})?|did {_IT} (?:take place|happen))?",
    "Where was {}?": rf"(?:where|(?:in|at)? ?(?:which|what) (?:city|town|place|venue)) ?"
    rf"(?:(?:was|is) {_IT}(?: {_HELD})?|did {_IT} (?:take place|happen))?",
    "Who organized {}?": r"(?:who|(?:which|what) (?:OSCE )?(?:units?|structures?|bod(?:y|ies)))"
    rf" (?:organi[sz]ed|convened|held|ran|arranged|conducted)(?: {_IT})?",
    "Who paid for {}?": rf"who (?:paid(?: for)?|funded|financed|sponsored)(?: {_IT})?",
    "How long did {} last?": rf"how (?:long|many days) ?(?:(?:was|is) {_IT}|did {_IT} (?:last|take))?",
    "How many participants did {} have?": rf"how many {_PEOPLE}|how many(?: {_PEOPLE})?"
    rf" (?:attended(?: {_IT})?|came(?: to {_IT})?|took part(?: in {_IT})?|were there|did {_IT} have)",
}
_WAYS = "|".join(f"(?P<way{place}>{pattern})" for place, pattern in enumerate(_ASKED.values()))
_ABOUT = r"(?:(?:exactly|about|roughly|approximately|some|at least)\s+)?"
# What stands last is joined by "and", what stands before that may be by a comma.
_LAST = lazy_pattern(
    rf"^\W*(?P<first>.{{8,}}?),?\s+and\s+{_ABOUT}(?:{_WAYS})(?:\s+at (?:least|most))?\s*\W*$", re.IGNORECASE
)
_BEFORE = lazy_pattern(rf"^\W*(?P<first>.{{8,}}?)(?:,?\s+and\s+|\s*[,:;]\s*){_ABOUT}(?:{_WAYS})\s*\W*$", re.IGNORECASE)
# "How many" is of people where the first question speaks of them.
_BARE = lazy_pattern(
    r"^(?P<first>.*\b(?:participants|people|attended|attendance|trainees)\b.*?),?\s+and\s+"
    r"(?:how\s+many|what (?:is|was) (?:the|that|its) (?:figure|number|attendance))\W*$",
    re.IGNORECASE,
)
_ASKING = lazy_pattern(r"^(?:which|what|who|whose|when|where|how|in which|at which|on which|by whom)\b", re.IGNORECASE)

_ASKS = lazy_words("which|what|who|whom|whose|when|where|how")


def ways() -> list[str]:
    """Return in which words each is asked of a thing."""
    return list(_ASKED)


def besides(text: str) -> tuple[str, list[str]]:
    """Return the first of several questions, and what the others ask of the same thing with {} for it.

    "" and none if they do not.

    >>> besides("Which event of 2011 is the last one, and where was it held?")
    ('Which event of 2011 is the last one?', ['Where was {}?'])
    >>> besides("Which course had the most participants, and how many?")[1]
    ['How many participants did {} have?']
    >>> besides("Which course was the longest, when was it held, and how many came?")
    ('Which course was the longest?', ['When was {}?', 'How many participants did {} have?'])
    >>> besides("Which course was the longest, and who paid for it?")
    ('Which course was the longest?', ['Who paid for {}?'])
    >>> besides("Which course was the longest, and who praised it?"), besides("Who paid in Kiev, and where in Minsk?")
    (('', []), ('', []))
    """
    text = " ".join(text.split())
    found: list[str] = []
    first, match = text, _LAST.match(text)
    while match and len(found) < len(_ASKED):
        found.insert(0, next(asked for place, asked in enumerate(_ASKED) if match[f"way{place}"] is not None))
        first = match["first"]
        match = _BEFORE.match(first)
    if not found and (match := _BARE.match(text)):
        first, found = match["first"], ["How many participants did {} have?"]
    # What else is asked there would be left out.
    if not found or not _ASKING.match(first) or len(_ASKS.findall(first)) > 1 or "{" in text or len(set(found)) < len(found):
        return "", []
    return f"{first}?", found
