"""Stage 7d7: the two sides of a question that compares two things: "sent somebody to the one, but not to the other"."""

from __future__ import annotations

import re

from oscegraph.asking import asked_each
from oscegraph.asking.patterns import lazy_pattern

_BUT = lazy_pattern(
    r",?\s+(?:but|although|though|whereas|while|yet|unlike|and not|and yet"
    r"|(?:which|who) (?:is|are|was|were) (?:missing|absent|not))\b",
    re.IGNORECASE,
)
# Two things that are named with "and" are compared by such a word.
_ALIKE = lazy_pattern(
    r"\b(?:same|both|common|equally|alike|agree|differ\w*|identical|also|shared?|each other)\b", re.IGNORECASE
)
# So many words at least stand on either side.
_LEAST = 4


def sides(text: str) -> list[tuple[str, str]]:
    """Return a text cut into what it says of either of two things, for each way to cut it.

    >>> sides("Which state sent people to the course in Bonn but nobody to that in Rome?")
    [('Which state sent people to the course in Bonn', ' nobody to that in Rome?')]
    >>> sides("Did the same state pay for the course in Bonn and the one in Rome?")
    [('Did the same state pay for the course in Bonn?', 'Did the same state pay for the one in Rome?')]
    """
    found = []
    text = " ".join(text.split())
    if cut := _BUT.search(text):
        one, other = text[: cut.start()], text[cut.end() :]
        if min(len(one.split()), len(other.split())) >= _LEAST:
            found.append((one, other))
    if _ALIKE.search(text):
        for way in asked_each.listed(re.sub(r"\bboth\s+", "", text, flags=re.IGNORECASE), loose=True):
            if len(way.questions) == 2:
                found.append((way.questions[0], way.questions[1]))
    return found
