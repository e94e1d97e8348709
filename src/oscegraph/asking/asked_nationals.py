"""Stage 7d12: people who are called by their state: "Turkish trainers" are trainers from Türkiye."""

from __future__ import annotations

import re
from collections.abc import Mapping

from oscegraph.asking.patterns import lazy_pattern

# Whoever may be of any body of the state: "Turkish judges" are not.
_PEOPLE = (
    r"(?:trainers?|instructors?|lecturers?|teachers?|experts?|specialists?|officers|officials|delegates|delegations?"
    r"|representatives|participants|trainees|money|funds|funding)"
)
# "On Georgian soil" is in Georgia.
_SOIL = lazy_pattern(r"\b[io]n (?P<adjective>\w+) (?:soil|territory)\b", re.IGNORECASE)
_NEXT = lazy_pattern(rf"(?P<adjective>\b\w+)\s+(?P<people>{_PEOPLE})\b", re.IGNORECASE)


def from_states(text: str, states: Mapping[str, str]) -> str:
    """Return a question with those who are called by their state named as from there; `states` are labels by adjective.

    >>> from_states("Which courses were given by Turkish trainers?", {"turkish": "Türkiye"})
    'Which courses were given by trainers from Türkiye?'
    >>> from_states("Which courses did the Turkish Embassy fund?", {"turkish": "Türkiye"})
    'Which courses did the Turkish Embassy fund?'
    """
    return _named(_NEXT, r"\g<people> from {}", text, states)


def within(text: str, states: Mapping[str, str]) -> str:
    """Return a question with the soil of a state as the state; `states` are labels by adjective.

    >>> within("Was anything held on Georgian soil?", {"georgian": "Georgia"}), within("Who was on home soil?", {})
    ('Was anything held in Georgia?', 'Who was on home soil?')
    """
    return _named(_SOIL, "in {}", text, states)


def _named(pattern: re.Pattern[str], way: str, text: str, states: Mapping[str, str]) -> str:
    """Return a text with what a pattern finds put in another way, if its adjective is that of a state."""

    def turned(match: re.Match[str]) -> str:
        state = states.get(match["adjective"].casefold())
        return match.expand(way.format(state)) if state else match[0]

    return pattern.sub(turned, text)
