"""Stage 7d14: activities without somebody, or outside of a place: "the events in Vienna that the SPMU did not organize"."""

from __future__ import annotations

import re
from typing import NamedTuple

from oscegraph.asking.patterns import lazy_pattern

_DONE = r"(?:co-?)?(?:organi[sz]ed|held|run|conducted|carried out)"
_HOW = (
    rf"(?P<role>(?:(?:that|which)\s+)?(?:but\s+)?(?:were|was)?\s*not\s+{_DONE}\s+by"
    rf"|except\s+(?:those|the ones|what\s+was)\s+(?:{_DONE}\s+)?by)"
    r"|(?P<place>outside(?:\s+of)?|(?:but\s+)?(?:were\s+|was\s+)?not\s+(?:held\s+)?in|except\s+(?:those\s+)?in)"
    r"|(?P<all>without(?:\s+(?:the\s+)?(?:participation|involvement|help|share)\s+of)?|(?:but\s+)?not\s+(?:together\s+)?with)"
)
_WITHOUT = lazy_pattern(
    rf"^(?P<main>.{{8,}}?)\s*,?\s*\b(?:{_HOW})\s+(?P<out>[^,;?]+?)\s*(?:in\s+2011\s*)?\??\s*$", re.IGNORECASE
)
_ASKS = lazy_pattern(
    r"^\W*(?:which|what|how many|list|name)\b|^\W*(?:\w+\s+){0,2}(?:events|activities|workshops|trainings)\b", re.IGNORECASE
)


class Without(NamedTuple):
    """A question for activities, the name that is set aside, and how: by whom not, where not, or without whom at all."""

    question: str
    name: str
    how: str


def read(text: str) -> Without | None:
    """Return a question without what it sets aside at its end, and that; None if it sets nothing aside.

    >>> read("Which events did the OCEEA organize without the SPMU?")
    Without(question='Which events did the OCEEA organize?', name='the SPMU', how='all')
    >>> read("events in Vienna not organised by the SPMU").how, read("SPMU events outside Vienna").how
    ('role', 'place')
    >>> read("Who organized the workshop without dates?") is None
    True
    """
    match = _WITHOUT.match(text)
    if match is None or not _ASKS.match(match["main"]):
        return None
    how = next(name for name in ("role", "place", "all") if match[name])
    return Without(f"{match['main'].strip()}?", match["out"], how)
