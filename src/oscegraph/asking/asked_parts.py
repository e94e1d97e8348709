"""Stage 7d3: what a question asks for that no query tells by itself: a reason, a person, two numbers to compare."""

from __future__ import annotations

import re

from oscegraph.asking.patterns import lazy_pattern

_WHY = lazy_pattern(
    r"^\W*(?:and\s+|but\s+|so\s+)?(?:why|how come|for (?:what|which) reasons?|what (?:was|is|were) the reasons?)\b", re.I
)
_WHY_ANYWHERE = lazy_pattern(r"[,;]?\s+(?:and|but)\s+why\b|\bbecause of what\b", re.I)
_HOW = lazy_pattern(r"^\W*(?:and\s+)?how\s+(?:did|do|does|was|were|is|are|has|have|had|can|could|would|will|should)\b", re.I)
# "How were the staff split between departments", "how does it spell out HIDAA": a value is asked for.
_HOW_MANY = lazy_pattern(
    r"^\W*how\b.*\b(?:split|spread|distributed|divided|broken down|spell\w*|spelt|abbreviat\w+|called|named|rank\w*"
    r"|differ\w*|divide|date|number|count)\b",
    re.I | re.S,
)
_MORE = lazy_pattern(r"\bhow many (more|fewer|less)\s+(.+?)\s+than\s+(.+?)\s*\??\s*$", re.I | re.S)
# "Who was the ambassador": a person, whom the graph does not hold.
_PERSON = lazy_pattern(
    r"^\W*(?:who|what person|which person)\s+(?:was|is|were|are)\s+(?:the|a)\s+(?:[\w'’-]+\s+){0,4}?(?:general|minister|head"
    r"|chief|director|president|ambassador|commander|officer|prosecutor|judge|professor|official|delegate|ad[vw]is[eo]r|leader|spokes\w+"
    r"|representative|person|chairman|chairperson|man|woman)\b",
    re.I,
)
_CONTACT = lazy_pattern(r"\bcontact[- ](?:person|official)\b", re.I)
# "What is the name of the training centre": of a thing, and not of a person.
_NAME = lazy_pattern(
    r"^\W*what\s+(?:is|was)\s+the\s+name\s+of\s+(?:the|that|this)\s+(?:(?!(?:of|at|in|for|on|to|by|from|who|with)\b)[\w'\u2019-]+\s+){0,4}?(?:cent(?:re|er)|academy|institute"
    r"|project|programme|operation|exercise|network|software|handbook|manual|law|strategy|plan|body|organi[sz]ation|agency"
    r"|forum|town|city|village|course|training|workshop|seminar|conference|fund|group|committee)\b"
    r"(?!\s+(?:manager|leader|officer|head|director|trainer|expert|co-?ordinator|participant|chief|advis[eo]r|speaker)s?\b)"
    r"(?!.*\b(?:costs?|euros?|dollars?|money|budget|price)\b)",
    re.I,
)


_DAYS = lazy_pattern(
    r"\b(?:which|what)\s+(?:(?:are|were|is|was)\s+(?:the|its|their)\s+)?(?:exact\s+|stated\s+|given\s+)?(?:days?|dates?)\b",
    re.I,
)


def asks_days(text: str) -> bool:
    """Whether a question asks on which days something was: what tells no day is no answer.

    >>> asks_days("Between which days were they there?"), asks_days("How many days were they there?")
    (True, False)
    """
    return bool(_DAYS.search(text))


# Focal points are posts, which the report names.
_COUNCILS = lazy_pattern(r"\b(Ministerial|Permanent) ((?:and|or) (?:the )?(?:Ministerial|Permanent) Council)\b", re.I)
_POST = lazy_pattern(r"\b(?:focal|contact)\s+(?:points?|posts?)\b", re.I)
_PRIVATE = lazy_pattern(r"\b(?:e-?mail|(?:tele)?phone|number|address|name|salary)", re.I)


def asks_post(text: str) -> bool:
    """Whether a question asks for a focal point, which is a post and no person.

    >>> asks_post("Who is the focal point in Astana?"), asks_post("What is the e-mail of the focal point in Astana?")
    (True, False)
    """
    return bool(_POST.search(text) and not _PRIVATE.search(text))


def asks_why(text: str) -> bool:
    """Whether a question asks for a reason, which no query gives."""
    return bool(_WHY.match(text) or _WHY_ANYWHERE.search(text))


def asks_name(text: str) -> bool:
    """Whether a question asks for the name of a thing.

    >>> asks_name("What is the name of the training centre near Bishkek?"), asks_name("What is the name of the director?")
    (True, False)
    """
    return bool(_NAME.match(text))


def asks_how(text: str) -> bool:
    """Whether a question asks for a manner, which a query gives only where it is a value: how a group divides, say."""
    return bool(_HOW.match(text) and not _HOW_MANY.match(text))


_OFFICE = lazy_pattern(r"\b(?:directors?|presidents?|ambassadors?)\b", re.I)
_WHO = lazy_pattern(r"\b(?:who|whom|whose|names?|called)\b", re.I)


# What is no number of anybody.
_DEVICE = lazy_pattern(r"\bmobile (?:tele)?phones?\b", re.I)


def without_offices(text: str) -> str:
    """Return a question without the offices that it only mentions: "the report of the Director of ODIHR".

    >>> without_offices("What did the Director of ODIHR hand over?"), without_offices("Who is the director?")
    ('What did the  of ODIHR hand over?', 'Who is the director?')
    """
    text = _DEVICE.sub("device", text)
    return text if _WHO.search(text) else _OFFICE.sub("", text)


def asks_person(text: str) -> bool:
    """Whether a question asks for the name of a person."""
    return bool(_PERSON.match(text))


def with_councils(text: str) -> str:
    """Return a question with each of two councils named.

    >>> with_councils("How many Ministerial and Permanent Council decisions are there?")
    'How many Ministerial Council and Permanent Council decisions are there?'
    """
    return _COUNCILS.sub(r"\1 Council \2", text)


def with_focal_points(text: str) -> str:
    """Return a question for a contact person as one for a focal point, which is a post.

    >>> with_focal_points("Who is the contact person for drugs?")
    'Who is the focal point for drugs?'
    """
    return _CONTACT.sub("focal point", text)


def compared(text: str) -> tuple[str, str] | None:
    """Return the two questions for numbers in "how many more ... than ...", the larger first, or None.

    >>> compared("How many more people came to A than to B?")
    ('How many people came to A?', 'How many people came to B?')
    """
    match = _MORE.search(text)
    if match is None:
        return None
    first, second = f"How many {match[2]}", match[3]
    # The second half takes the place of what begins with the same word: "to the seminar in Kiev ... to that in Vilnius".
    places = [m.start() for m in re.finditer(rf"\b{re.escape(second.split()[0])}\b", first, re.IGNORECASE)]
    if not places:
        return None
    pair = f"{first}?", f"{first[: places[-1]]}{second}?"
    return pair if match[1].casefold() == "more" else (pair[1], pair[0])


# "Which draft laws did it help with": the activity that was on them is none.
_LAWS = lazy_pattern(
    r"(?:\b(?:which|what|name|list|give|state|identify|enumerate|specify|cite|tell)\s+(?:me\s+)?(?:the\s+|all\s+){0,2}|^\W*)"
    r"(?:(?:two|three|four|five|legal|legislative|draft|new|national)\s+){0,3}"
    r"(?:laws?|bills?|acts?|texts?|drafts|pieces? of legislation)\b"
    r"(?!\s+(?:enforce\w*|department|school|workshops?|trainings?|courses?))",
    re.IGNORECASE,
)


def asks_laws(text: str) -> bool:
    """Whether a question asks for laws or drafts of laws.

    >>> asks_laws("Which draft laws did it help with?"), asks_laws("draft laws it helped with")
    (True, True)
    >>> asks_laws("Who drafted the law?"), asks_laws("Which law enforcement agencies came?")
    (False, False)
    """
    return bool(_LAWS.search(text))


# "What was introduced at the meeting?"; what was held there may be an activity.
_DONE_THERE = lazy_pattern(
    r"^\W*what\s+(?:was|were|is|are)\s+(?!held|organi[sz]ed|planned|arranged|conducted|carried)"
    r"(?:\w+ed|shown|told|given|made|said|done)\s+(?:at|during)\s",
    re.IGNORECASE,
)


def asks_what_was_done(text: str) -> bool:
    """Whether a question asks what was done at an activity, and not which one was held.

    >>> asks_what_was_done("What was introduced at the meeting?"), asks_what_was_done("What was held in Astana?")
    (True, False)
    """
    return bool(_DONE_THERE.search(text))
