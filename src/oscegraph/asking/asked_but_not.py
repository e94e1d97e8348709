"""Stage 7d22: who was in one of two and not in the other, or in neither: "which units worked with A, but not with B?"."""

from __future__ import annotations

import re
from typing import NamedTuple

from oscegraph.asking.patterns import lazy_pattern

_BUT_NOT = lazy_pattern(
    r"^(?P<first>\W*(?:who|which|what|with whom|how many)\b[^?]{6,}?),?\s+(?:but|and|yet|though|while)\s+"
    r"(?:(?:did|do|does|was|were|is|are|has|have|had)\s+)?(?:not|never|didn't|weren't|wasn't|haven't|hasn't|nothing)"
    r"(?:\s+(?:also|ever))?\s+(?P<rest>[^?]{2,}?)\W*$",
    re.IGNORECASE,
)
# More than one of two is asked for, or something else of the second one.
_MORE = lazy_pattern(
    r"\b(?:who|whom|whose|which|what|when|where|how|but|because|although|until|yet|only|or|all|any|anything|than|as)\b",
    re.IGNORECASE,
)
_PREPOSITION = lazy_pattern(r"^(?P<it>with|at|in|to|on|from|by|for|of|against|about)\b", re.IGNORECASE)
_DETERMINER = lazy_pattern(r"^(?:the|a|an|that|this|those)\b", re.IGNORECASE)
_OBJECT = lazy_pattern(r"\b(?:the|a|an|that|this|those)\s", re.IGNORECASE)
_COUNTED = lazy_pattern(r"^\W*how many\b", re.IGNORECASE)
_HEAD = r"\W*(?:which|what|how many)\b"
# "In how many chapters is there a section on drugs?"
_IN_HOW_MANY = lazy_pattern(
    r"^\W*in how many (?P<of>[^?,]*?chapters) (?:is|are) there (?P<what>(?:an? )?(?:section|(?:sub-?)?heading)s?\b.+)",
    re.IGNORECASE,
)
_VERB = (
    r"(?:(?:have|has|had)\s+)?(?:work(?:s|ed)?|co-?operate[sd]?|partner(?:s|ed)?|deals?|dealt|took part|participated"
    r"|organi[sz]ed|held|was active|were active|is active|are active)"
)
_NOT = r"(?:never|did not|didn't|do not|don't|does not|has not|have not)"
_OTHER = r"(?:(?:with|on|in|at)\s+)?(?P<other>[^?,]+?)\W*$"
_NEITHER = lazy_pattern(
    rf"^(?P<head>{_HEAD}[^?,]*?)\s+(?P<verb>{_VERB}\b[^?,]*?)\s+neither\s+(?P<one>[^?,]+?)\s*,?\s+nor\s+{_OTHER}",
    re.IGNORECASE,
)
_NOT_EITHER = lazy_pattern(
    rf"^(?P<head>{_HEAD}[^?,]*?\s{_NOT}\s+[^?,]*?)\s+either\s+(?P<one>[^?,]+?)\s+n?or\s+{_OTHER}", re.IGNORECASE
)
# What is not done again is said in the same word, but for its ending.
_STEM, _FEWEST = 4, 3


class ButNot(NamedTuple):
    """The question for those who were in the first, the ways to put it on the second, and whether they are counted."""

    first: str
    seconds: tuple[str, ...]
    counted: bool


def read(text: str) -> ButNot | None:
    """Return a question as one for those of the first, less those of the second; None if it is none.

    >>> read("Which units worked with UNODC, but not with the IOM?")
    ButNot(first='Which units worked with UNODC?', seconds=('Which units worked with the IOM?',), counted=False)
    >>> read("Who attended the course in Bonn but did not attend the one in Rome?").seconds
    ('Who attended the one in Rome?',)
    >>> read("Which states were at the course but not the seminar?").seconds, read("Which units did A, but not when?")
    (('Which states were at the seminar?',), None)
    """
    match = _BUT_NOT.match(" ".join(text.split()))
    if match is None or _MORE.search(match["rest"]):
        return None
    counted, first, rest = bool(_COUNTED.match(match["first"])), match["first"], match["rest"]
    first = _COUNTED.sub("Which", first)
    if _MORE.search(first.split(maxsplit=1)[1]):
        return None
    ways = tuple(f"{before.rstrip()} {after}?" for before, after in _ways(first, rest))
    return ButNot(f"{first}?", ways, counted) if ways else None


def neither(text: str) -> tuple[list[str], bool]:
    """Return a question for those that did something with neither of two as one on each, and whether they are counted.

    >>> neither("Which units worked with neither the IOM nor UNODC?")
    (['Which units never worked with the IOM?', 'Which units never worked with UNODC?'], False)
    >>> neither("How many units never worked with either the IOM or UNODC?")[0][0], neither("Who worked with both?")
    ('Which units never worked with the IOM?', ([], False))
    """
    text = " ".join(text.split())
    if match := _NEITHER.match(text):
        head = f"{match['head']} never {match['verb']}"
    elif match := _NOT_EITHER.match(text):
        head = match["head"]
    else:
        return [], False
    plain = _COUNTED.sub("Which", head)
    return [f"{plain} {match[name]}?" for name in ("one", "other")], plain != head


def which(text: str) -> str:
    """Return a question for how many as one for which they are; "" if it is none.

    >>> which("How many units took part in the seminar?"), which("Who took part?")
    ('Which units took part in the seminar?', '')
    >>> which("In how many field operation chapters is there a section on drugs?")
    'Which field operation chapters have a section on drugs?'
    """
    if match := _IN_HOW_MANY.match(text):
        return f"Which {match['of']} have {match['what']}"
    return _COUNTED.sub("Which", text.strip()) if _COUNTED.match(text) else ""


def _ways(first: str, rest: str) -> list[tuple[str, str]]:
    """Return what stands before the second and what follows, for each place of the first where it may begin."""
    if same := _PREPOSITION.match(rest):
        places = [found.start() for found in re.finditer(rf"\b{same['it']}\b", first, re.IGNORECASE)]
        return [(first[:place], rest) for place in reversed(places) if len(first[:place].split()) >= _FEWEST]
    if _DETERMINER.match(rest):
        places = [found.start() for found in _OBJECT.finditer(first)]
        return [(first[:place], rest) for place in places[:1] if len(first[:place].split()) >= _FEWEST - 1]
    verb, _, object_ = rest.partition(" ")
    for found in re.finditer(r"[\w-]+", first):
        if object_ and len(verb) >= _STEM and found[0][:_STEM].casefold() == verb[:_STEM].casefold():
            return [(first[: found.end()], object_)]
    return []
