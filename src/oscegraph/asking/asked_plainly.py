"""Stage 7d10: the plainest questions on an activity: when, where, how long, who hosted or paid for it, how many came.

Not who organized it or took part: that may mean more roles than one.
"""

from __future__ import annotations

import re

from oscegraph.asking.patterns import lazy_pattern

# What stands for the activity: "event", perhaps in quotes, behind what it is.
_IT = (
    r"(?:(?:the|an?)\s+)?(?:(?:workshop|seminar|conference|training|course|training course|meeting|project|campaign"
    r"|round ?table|study visit|event|activity)\s+)?(?:(?:called|entitled|titled|named|on)\s+)?[\"“'‘«]?event[\"”'’»]?"
)
_HELD = r"(?:\s+(?:held|conducted|organi[sz]ed|run|carried out))?"
_PLACE = r"(?:\s+(?:take place|happen))"
# By the projection that tells it.
_ASKED = {
    "when": rf"when\s+(?:(?:was|were|is)\s+{_IT}{_HELD}|did\s+{_IT}{_PLACE})"
    rf"|(?:on\s+)?(?:which|what)\s+(?:days?|dates?)\s+(?:(?:was|were)\s+{_IT}{_HELD}|did\s+{_IT}{_PLACE})"
    rf"|what\s+(?:was|were|is|are)\s+the\s+(?:exact\s+)?dates?\s+of\s+{_IT}",
    "where": rf"where\s+(?:(?:was|were|is)\s+{_IT}{_HELD}|did\s+{_IT}{_PLACE})"
    rf"|in\s+(?:which|what)\s+(?:city|town|place)\s+(?:(?:was|were)\s+{_IT}{_HELD}|did\s+{_IT}{_PLACE})",
    "country": rf"in\s+(?:which|what)\s+(?:country|state)\s+(?:(?:was|were)\s+{_IT}{_HELD}|did\s+{_IT}{_PLACE})",
    "role:funder": rf"who\s+(?:paid\s+for|funded|financed|sponsored)\s+{_IT}"
    rf"|by\s+whom\s+(?:was|were)\s+{_IT}\s+(?:funded|paid\s+for)",
    "role:host": rf"who\s+hosted\s+{_IT}",
    "people": r"how\s+many\s+(?:people|participants|persons)\s+"
    rf"(?:(?:attended|came\s+to|(?:took\s+part|participated|were)\s+(?:in|at))\s+{_IT}|did\s+{_IT}\s+have)",
    "duration": rf"how\s+(?:long|many\s+days)\s+(?:did\s+{_IT}\s+(?:last|take)|was\s+{_IT})",
}
_PLAIN = lazy_pattern(
    r"^\W*(?:please\W+)?(?:"
    + "|".join(f"(?P<way{place}>{pattern})" for place, pattern in enumerate(_ASKED.values()))
    + r")\s*\W*$",
    re.IGNORECASE,
)


def projection(text: str) -> str:
    """Return what is asked of an activity, with "event" in the place of its title; "" if it is not asked plainly.

    >>> projection('When was the workshop "event" held?'), projection("Who paid for event?")
    ('when', 'role:funder')
    >>> projection("Who paid for event in Kiev?"), projection("When was event first held?")
    ('', '')
    """
    match = _PLAIN.match(" ".join(text.split()))
    return next((name for place, name in enumerate(_ASKED) if match[f"way{place}"]), "") if match else ""
