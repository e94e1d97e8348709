"""Stage 7d13b: whether several chapters, or the own ones of those who did something, tell of it.

"A and B organized a conference in Belgrade; do their own chapters say anything about it?" What one organized is read by
`asked_told.is_told`, which holds that it did.
"""

from __future__ import annotations

import re

from oscegraph.asking.patterns import lazy_pattern

_DID = (
    r"(?:(?:co-)?organi[sz]ed|held|hosted|supported|ran|funded|attended|took\s+part\s+in|participated\s+in|initiated|started"
    r"|launched|conducted|prepared|carried\s+out)"
)
_WHO = r"(?P<who>(?:the\s+)?(?-i:[A-Z])[^.:;?]{2,100}?)"
_WHAT = r"(?P<what>(?:an?|the)\s[^.;:?]{8,}?)"
_ASKS = (
    r"\s*[;:.,]\s+(?:but\s+|and\s+)?(?:does|did|do)\s+(?:its|their)(?:\s+own)?\s+(?P<chapters>chapters?)\s+"
    r"(?:also\s+)?(?:mention|tell|say|report|describe)s?(?:\s+(?:anything|something))?(?:\s+(?:of|about|on))?"
    r"\s+(?:it|this|that)\W*$"
)
_OWN = (
    lazy_pattern(rf"^\W*(?=[^.;:?]*\band\b){_WHO}\s+{_DID}\s+{_WHAT}{_ASKS}", re.IGNORECASE),
    lazy_pattern(rf"^\W*{_WHAT}\s+was\s+{_DID}\s+by\s+{_WHO}{_ASKS}", re.IGNORECASE),
)


def as_theirs(text: str) -> str:
    """Return whether own chapters tell of it as a question that names whose chapters these are, any other as it is.

    >>> as_theirs("The ATU and the SPMU held the workshop in Almaty. Do their own chapters mention it?")
    'Do the chapters of the ATU and the SPMU mention the workshop in Almaty?'
    >>> as_theirs("The workshop in Almaty was held by the ATU. Does its own chapter mention it?")
    'Does the chapter of the ATU mention the workshop in Almaty?'
    >>> as_theirs("The ATU held the workshop in Almaty. Does it mention the SPMU?")
    'The ATU held the workshop in Almaty. Does it mention the SPMU?'
    """
    match = next(filter(None, (pattern.match(text) for pattern in _OWN)), None)
    if match is None:
        return text
    who, what = (re.sub("^(?:[Tt]he|[Aa]n?) ", "the ", match[part]) for part in ("who", "what"))
    return f"{'Do' if match['chapters'][-1] == 's' else 'Does'} the {match['chapters'].lower()} of {who} mention {what}?"


_SEVERAL = lazy_pattern(
    r"^\W*(?:do|did)\s+(?:both\s+|all\s+)?(?:the\s+)?chapters\s+(?:of|on|about)\s+(?:both\s+)?(?P<whose>[^,;:?]+?(?:,\s+[^,;:?]+?)*?"
    r",?\s+and\s+[^,;:?]+?)\s+(?:both\s+|all\s+|also\s+)?(?:mention|tell|describe|report|name|cover|speak|refer)"
    r"(?:\s+(?:of|on|about|to))?\s+(?P<what>[^,;:?]+?)(?:\s+that\s+(?:they|both)\b[^?]*)?\W*$",
    re.IGNORECASE,
)
# "Does either A or B report the workshop in its own chapter?"
_EITHER = lazy_pattern(
    r"^\W*(?:do|does|did)\s+(?:(?:either|any)\s+(?:of\s+)?)?(?P<whose>(?:the\s+)?(?-i:[A-Z])[^,;:?]+?\s+(?:and|or)\s+(?:the\s+)?(?-i:[A-Z])[^,;:?]+?)"
    r"\s+(?:also\s+)?(?:mention|tell|describe|report|name|cover)(?:\s+(?:of|on|about))?\s+(?P<what>(?:the|an?)\s[^,;:?]+?)"
    r"\s+in\s+(?:its|their)(?:\s+own)?\s+chapters?\W*$",
    re.IGNORECASE,
)
# "Bosnia and Herzegovina" is one.
_NEXT = lazy_pattern(r",\s+(?:and\s+)?|(?<!Bosnia)(?<!Economic)\s+(?:and|or)\s+(?=the\s|that\s|[A-Z])")


def of_several(text: str) -> tuple[str, list[str]] | None:
    """Return what is asked of whether several chapters tell it, and the words for each of these.

    >>> of_several("Do the chapters of the SPMU and the Centre in Astana mention the workshop in July?")
    ('the workshop in July', ['the chapter of the SPMU', 'the chapter of the Centre in Astana'])
    >>> of_several("Does either the Centre in Bishkek or the Office in Baku report the course in its own chapter?")[1]
    ['the chapter of the Centre in Bishkek', 'the chapter of the Office in Baku']
    >>> of_several("Do the chapters of the Mission to Bosnia and Herzegovina mention it?") is None
    True
    """
    match = _SEVERAL.match(text) or _EITHER.match(text)
    whose = _NEXT.split(match["whose"]) if match else []
    return (match["what"], [f"the chapter of {one}" for one in whose]) if match and len(whose) > 1 else None
