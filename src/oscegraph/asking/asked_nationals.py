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
# "US agencies", "UK government bodies": states that are called by letters, as by their adjectives.
_BY_LETTERS = {"us": "American", "u.s.": "American", "uk": "British", "united states": "American"}
_LETTERS = lazy_pattern(
    r"\b(?P<which>which|what|how many|(?:the )?names? of|any) (?P<state>US|U\.S\.|UK|United States)(?: government(?:al)?)?"
    r" (?=(?:national |public |state |law[- ]enforcement |police )?"
    r"(?:bod(?:y|ies)|agenc(?:y|ies)|authorit(?:y|ies)|institutions?)\b)",
    re.IGNORECASE,
)
# "Which Turkish bodies does the report name?" is a list of the bodies of a State.
_LISTED = lazy_pattern(
    r"^(?P<which>\W*(?:which|what|list|name|show)(?: me)?(?: all)?(?: the)?) (?P<adjective>\w+) "
    r"(?:(?:national|public|state) )?(?:bodies|agencies|authorities|institutions) "
    r"(?P<told>(?:does|do) the report(?: ever)? (?:name|mention|list)"
    r"|(?:are|is) (?:there|named|mentioned)(?: in the report)?|appear in the report)\W*$",
    re.IGNORECASE,
)
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
    """Return a question with the soil of a state as the state, bodies by whose they are; `states` are labels by adjective.

    >>> within("Was anything held on Georgian soil?", {"georgian": "Georgia"}), within("Who was on home soil?", {})
    ('Was anything held in Georgia?', 'Who was on home soil?')
    >>> within("Which US agencies worked with the Mission to Serbia?", {})
    'Which American agencies worked with the Mission to Serbia?'
    >>> within("Which Turkish bodies are named in the report?", {"turkish": "Türkiye"})
    'Which bodies of Türkiye are named in the report?'
    """
    text = _LETTERS.sub(lambda match: f"{match['which']} {_BY_LETTERS[match['state'].casefold()]} ", text)
    text = _named(_LISTED, r"\g<which> bodies of {} \g<told>?", text, states)
    return _named(_SOIL, "in {}", text, states)


def _named(pattern: re.Pattern[str], way: str, text: str, states: Mapping[str, str]) -> str:
    """Return a text with what a pattern finds put in another way, if its adjective is that of a state."""

    def turned(match: re.Match[str]) -> str:
        state = states.get(match["adjective"].casefold())
        return match.expand(way.format(state)) if state else match[0]

    return pattern.sub(turned, text)
