"""Stage 7d7b: whether a chapter tells of something, and whether several chapters agree on when it was."""

from __future__ import annotations

import re

from oscegraph.asking.patterns import lazy_pattern

_FLAGS = re.IGNORECASE | re.DOTALL
_PLACE = (
    r"(?:the\s+)?(?:sub-?)?chapter\s+(?:on\s+|of\s+|about\s+)?[^,;:?]+?"
    r"|I{1,3}(?:\.\d{1,2})+|(?:the\s+)?(?:appendix\s+\d|introduction|executive\s+summary)"
)
# What stands before whom a chapter is on.
OF = lazy_pattern(r"^(?:the\s+)?(?:sub-?)?chapter\s+(?:on|of|about)\s+(?:the\s+)?", re.IGNORECASE)
_IS_TOLD = (
    lazy_pattern(
        rf"^\W*(?:is|are|was|were)\s+(?P<what>[^,;:?]+?)\s+(?:also\s+)?(?:told|mentioned|described|reported|named|covered)"
        rf"(?:\s+(?:of|on|about))?(?:\s+also)?\s+in\s+(?P<where>{_PLACE})\W*$",
        re.IGNORECASE,
    ),
    lazy_pattern(
        rf"^\W*(?:does|do|did)\s+(?P<where>{_PLACE})\s+(?:also\s+)?(?:tell|mention|describe|report|name|cover|speak|refer)"
        r"(?:\s+(?:of|on|about|to))?\s+(?P<what>[^,;:?]+?)\W*$",
        re.IGNORECASE,
    ),
)
# What says more than that it is told.
_ASKS = lazy_pattern(
    r"\b(?:who|whom|which|what|when|where|how|that|any|anything|another|other|and|or|not|among|as|at|twice|its|also)\b",
    re.IGNORECASE,
)


def appendix(words: str) -> str:
    """Return the appendix that words name, as it is numbered here, or "".

    >>> appendix("the Appendix 1"), appendix("chapter II.1.1")
    ('appendix-1', '')
    """
    match = re.fullmatch(r"(?:the\s+)?appendix\s+(\d)", words, re.IGNORECASE)
    return f"appendix-{match[1]}" if match else ""


# "The Montenegro chapter" is the chapter on Montenegro.
_WHOSE = lazy_pattern(r"\bthe\s+(?P<whose>(?!chapter\b)[A-Z][^,;:?]{1,60}?)(?:['\u2019]s?)?\s+chapter\b")
_ACCOUNTS = r"(?:chapters?|sections|report|tellings|accounts)"
_HOW = r"(?P<how>agree|disagree|differ|contradict|consistent|inconsistent)"
# Whether chapters say the same of when something was.
_AGREE = lazy_pattern(
    r"^\W*(?:do|does|is|are)\s+(?:the\s+)?(?:(?:two|both|all|different|several|various)\s+)*(?:of\s+the\s+)?"
    rf"{_ACCOUNTS}\s+(?:all\s+)?{_HOW}(?:\s+with)?"
    r"(?:\s+(?:itself|themselves|each\s+other|one\s+another))?\s+(?:on|about|as\s+to|in|over|regarding)\s+"
    r"(?:when|(?:on\s+)?which\s+(?:days?|dates?)|(?:the\s+)?(?:exact\s+)?(?:dates?|days?|timing)(?:\s+(?:of|for|on\s+which))?)\s+"
    r"(?P<what>[^,;?]{4,}?)(?:\s+(?:took\s+place|happened|ran|occurred|(?:was|were)(?:\s+held)?))?\W*$",
    re.IGNORECASE,
)
# "Does the chapter on A put the course on other days than that on B?"
_PUT = lazy_pattern(
    r"^\W*(?:do|does|did)\s+(?:the\s+)?[^,;:?]{2,60}?\bchapters?\b(?:\s+(?:on|of)\s+[^,;:?]{2,60}?)?\s+(?:each\s+)?(?:put|place|date)s?\s+"
    r"(?P<what>(?:the|an?)\s[^,;?]{4,}?)\s+(?:in|on|to|at)\s+(?P<how>another|a\s+different|different|other|the\s+same)\s+(?P<unit>month|days?|dates?)"
    r"(?:\s+(?:than|as|from)\s+[^?]*\bchapter\b[^?]*)?\W*$",
    re.IGNORECASE,
)
_SAME = frozenset({"agree", "consistent", "the same"})
# Whether they say the same of anything.
_AGREE_AT_ALL = lazy_pattern(
    rf"^\W*(?:do|does|is|are)\b[^?]{{0,60}}\b{_ACCOUNTS}\s+(?:all\s+|not\s+)*{_HOW}\b(?P<that>\s+that\b)?",
    re.IGNORECASE,
)


def on_agreement(text: str) -> str:
    """Return whether it is asked if chapters agree on a point, "on", or "that" something is so; "" if neither.

    >>> on_agreement("Do the chapters not agree on who ran it?"), on_agreement("Do the chapters agree that it was in May?")
    ('on', 'that')
    >>> on_agreement("Do the chapters tell of it?")
    ''
    """
    match = _AGREE_AT_ALL.match(text)
    return "" if match is None else "that" if match["that"] else "on"


def agreement(text: str) -> tuple[str, bool, bool] | None:
    """Return of what it is asked whether chapters agree on when it was, whether "yes" says so, and if on the month.

    >>> agreement("Do the two chapters agree on when the seminar in Kiev took place?")
    ('the seminar in Kiev', True, False)
    >>> agreement("Does the chapter on Serbia put the course in another month than the SPMU chapter does?")
    ('the course', False, True)
    >>> agreement("Does the report contradict itself on the dates of the visit?"), agreement("Do the chapters agree on it?")
    (('the visit', False, False), None)
    """
    text = " ".join(text.split())
    match = _AGREE.match(text) or _PUT.match(text)
    by_month = match is not None and match.groupdict().get("unit") == "month"
    return (match["what"], match["how"].casefold() in _SAME, by_month) if match else None


# "The Mission organized a conference in Belgrade; does its own chapter say anything about it?"
_OWN_CHAPTER = lazy_pattern(
    r"^\W*(?P<who>(?:the\s+)?(?-i:[A-Z])[^,;:?]{2,60}?)\s+(?:(?:co-)?organi[sz]ed|held|hosted|supported|ran|funded|attended"
    r"|took\s+part\s+in|participated\s+in|initiated|started|launched|conducted|prepared|carried\s+out)\s+(?P<what>(?:an?|the)\s[^;:?]{8,}?)\s*[;:.,]\s+(?:but\s+|and\s+)?(?:does|did|is)\s+"
    r"(?:its\s+own|its|the\s+unit's\s+own)\s+chapter\s+(?:also\s+)?(?:mention|tell|say|report|describe)s?"
    r"(?:\s+(?:anything|something))?(?:\s+(?:of|about|on))?\s+(?:it|this|that)\W*$",
    re.IGNORECASE,
)


def is_told(text: str) -> tuple[str, str] | None:
    """Return what is asked of whether it is told, and the words for a chapter.

    >>> is_told("Does the chapter on Kosovo tell of the Kiev seminar?"), is_told("Is Italy named in chapter II.3.14?")
    (('the Kiev seminar', 'the chapter on Kosovo'), ('Italy', 'chapter II.3.14'))
    >>> is_told("Does the Kosovo chapter mention the Kiev seminar?")
    ('the Kiev seminar', 'the chapter on Kosovo')
    >>> is_told("The Mission to Serbia organized a conference in June; does its own chapter say anything about it?")
    ('the conference in June', 'the chapter on the Mission to Serbia')
    >>> is_told("Does the chapter tell who came?") is None
    True
    """
    if own := _OWN_CHAPTER.match(text):
        what = re.sub(r"^an?\b", "the", own["what"])
        return what, f"the chapter on the {re.sub('^[Tt]he ', '', own['who'])}"
    text = _WHOSE.sub(r"the chapter on \g<whose>", " ".join(text.split()))
    match = next(filter(None, (pattern.match(text) for pattern in _IS_TOLD)), None)
    return (match["what"], match["where"]) if match and not _ASKS.search(match["what"]) else None
