"""Stage 7d9: what is asked besides of the thing that a question asks for: "which was the last event, and where was it?".

Only when, where, how long and how many people: what words ask for something else is a question of its own (`asked_twice`).
"""

from __future__ import annotations

import re

from oscegraph.asking.patterns import lazy_pattern

_IT = r"(?:it|this|that|the (?:event|activity|decision|document))"
_HELD = r"(?:held|adopted|taken|signed|agreed)"
# What is asked of a thing, by how it is asked.
_ASKED = {
    "When was {}?": rf"(?:when|(?:on|in|at)?\s*(?:which|what) (?:exact )?(?:days?|dates?|month)) ?"
    rf"(?:(?:was|is) {_IT}(?: {_HELD})?|did {_IT} (?:take place|happen))?",
    "Where was {}?": rf"(?:where|(?:in|at)? ?(?:which|what) (?:city|town|place|venue)) ?"
    rf"(?:(?:was|is) {_IT}(?: {_HELD})?|did {_IT} (?:take place|happen))?",
    "How long did {} last?": rf"how (?:long|many days) ?(?:(?:was|is) {_IT}|did {_IT} (?:last|take))?",
    "How many participants did {} have?": rf"how many (?:people|participants|trainees|attendees|persons) ?"
    rf"(?:attended(?: {_IT})?|came(?: to {_IT})?|took part(?: in {_IT})?|were there|did {_IT} have)?",
}
_SECOND = lazy_pattern(
    r"^\W*(?P<first>.{8,}?),?\s+and\s+(?:exactly\s+)?(?:"
    + "|".join(f"(?P<way{place}>{pattern})" for place, pattern in enumerate(_ASKED.values()))
    + r")\s*\W*$",
    re.IGNORECASE,
)
# "How many" is of people where the first question speaks of them.
_BARE = lazy_pattern(
    r"^(?P<first>.*\b(?:participants|people|attended|trainees)\b.*?),?\s+and\s+how\s+many\W*$", re.IGNORECASE
)
_ASKING = lazy_pattern(r"^(?:which|what|who|whose|when|where|how|in which|at which|on which|by whom)\b", re.IGNORECASE)


def ways() -> list[str]:
    """Return in which words each is asked of a thing."""
    return list(_ASKED)


def besides(text: str) -> tuple[str, str]:
    """Return the first of two questions, and what the second asks of the same thing with {} for it; "" twice if it does not.

    >>> besides("Which event of 2011 is the last one, and where was it held?")
    ('Which event of 2011 is the last one?', 'Where was {}?')
    >>> besides("Which course had the most participants, and how many?")[1]
    'How many participants did {} have?'
    >>> besides("Which course was the longest, and who paid for it?"), besides("Who paid in Kiev, and where in Minsk?")
    (('', ''), ('', ''))
    """
    text = " ".join(text.split())
    match, way = _SECOND.match(text), ""
    if match:
        way = next(asked for place, asked in enumerate(_ASKED) if match[f"way{place}"] is not None)
    elif match := _BARE.match(text):
        way = "How many participants did {} have?"
    if not match or not _ASKING.match(match["first"]) or "{" in text:
        return "", ""
    return f"{match['first']}?", way
