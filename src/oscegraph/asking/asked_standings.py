"""Stage 7d8: what a question says of the standing of states under a treaty: that they ratified, only signed, or neither."""

from __future__ import annotations

import re

from oscegraph.asking.patterns import lazy_pattern

RATIFIED, SIGNED, OUTSIDE = "ratified", "signed only", "not a party"
LISTED = (RATIFIED, SIGNED, OUTSIDE)
# What words say of the standing of states, the longer ones first: a standing, or several that are added up.
_NEITHER = r"neither \w+(?: it)? nor (?:merely |only |just |even )?\w+|(?:neither|nor) (?:signed|ratified)[^.,;?]*"
_MERELY = (
    r"(?:(?:only|merely|just) )?sign\w*,? (?:it )?(?:but|without|and) "
    r"(?:had |have |having |were |did |do |does |has )?(?:not )?(?:yet )?(?:having )?ratif\w*"
    r"|signatures? (?:without|not followed by)(?: a)? ratif\w*|(?:only|merely|just|mere) sign\w*|signed (?:it |them )?only"
)
_OUTSIDE = (
    r"(?:not|never|no) (?:yet |being )?(?:been |become )?(?:a )?part(?:y|ies)|non-?part\w+|outside|stayed out"
    r"|not (?:yet )?(?:join(?:ed)?|in it)|(?:done|did) neither|(?:not|never) (?:yet |even )*sign(?:ed)?(?! but| or)"
)
_LACKING = r"lack\w* (?:of )?ratif\w*|(?:not|never) (?:yet )?(?:ratified|bound|acced\w*)|without ratif\w*|yet to ratify"
_STANDINGS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (statuses, lazy_pattern(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for statuses, pattern in (
        ((OUTSIDE,), _NEITHER),
        ((SIGNED,), _MERELY),
        ((OUTSIDE,), _OUTSIDE),
        ((SIGNED, OUTSIDE), _LACKING),
        ((SIGNED,), r"sign(?:ed|ator\w*|atures?)"),
        ((RATIFIED,), r"ratif\w*|part(?:y|ies)|bound|acced\w*|joined|members?"),
    )
)
STANDINGS = tuple(pattern for _, pattern in _STANDINGS)
Standing = tuple[str, ...]


def standings(text: str) -> list[Standing]:
    """Return which standings of states a text speaks of, in its order.

    >>> standings("How many had signed but not ratified it, and how many were not a party?")
    [('signed only',), ('not a party',)]
    >>> standings("How many lacked ratification?")
    [('signed only', 'not a party')]
    """
    found: list[tuple[int, Standing]] = []
    for statuses, pattern in _STANDINGS:
        while match := pattern.search(text):
            found.append((match.start(), statuses))
            # What is read is not read again, and leaves the places of the others as they are.
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return list(dict.fromkeys(statuses for _, statuses in sorted(found)))
