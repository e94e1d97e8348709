"""Stage 7d8: whether a question is to be answered by yes or no, by how it begins and ends."""

from __future__ import annotations

import re

from oscegraph.asking.patterns import lazy_pattern

# How questions for yes or no begin, and how they end.
_AUX = "did|do|does|is|are|was|were|has|have|had"
_TRUTH = "correct|right|true|false|yes|no|true or (?:not|false|untrue)|yes or no"
_WORDS = "who|whom|whose|which|what|when|where|how"
# How what is said before the question may begin.
_BEFORE = (
    "according to|at|as of|by|in|on|for|from|to|of|under|among|after|before|besides|beside|apart|leaving|since"
    "|until|with|within|during|over|judging|following|going by|although|though|as"
)
_POLAR = tuple(
    lazy_pattern(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        # "Did ...?", unless another question follows, or it only asks politely.
        rf"\s*(?:please,?\s*)?(?:and\s+|so,?\s+|but\s+)?(?:{_AUX}|can|could|am|would|will)\b"
        r"(?!.*[?.!-]\s*(?:which|who|what|where)\b)(?!\s+you\s+(?:please\s+)?(?:tell|list|name|give|show|say)\b)",
        r".*\b(?:is (?:it|that|this) (?:true|right|correct|so)|true or false|yes or no|right or wrong"
        r"|is that (?:what|how))\b",
        # "..., correct?"
        rf".*[,;:-]\s*(?:is it |is that )?(?:{_TRUTH})\s*\?\s*$|.*\?\s*(?:{_TRUTH})\s*\?\s*$",
        rf"(?!.*\b(?:{_WORDS})\b).*\.\s*(?:{_TRUTH})\s*\?\s*$",
        rf".*,\s*(?:{_AUX})n['\u2019]t\s+(?:it|they|he|she|there)\s*\?\s*$",
        # "The conference, was it in Vienna?"
        rf"(?!.*\b(?:{_WORDS})\b).*[,:;-]\s*(?:{_AUX})\s+(?:it|they|he|she|there|the\w*|that|any\w*)\b",
        rf"(?!.*\b(?:{_WORDS})\b).*[.;:]\s*(?:{_AUX})\s+(?:the|that|this|either|any)?\s*\w+",
        # "The conference, which the SPMU organized: was it in Vienna?"
        r"\s*(?:the|that)\b(?!.*[,;:.]\s*(?:and\s+)?(?:by|on|in|to|with|for|of|from)?\s*(?:who|what|when|where|how)\b)"
        rf"[^?:]*:\s*(?:{_AUX})\s+(?:it|that|this|they|the report)\b(?:(?!\b(?:{_WORDS})\b)[^?:])*\?\s*$",
        # "State whether ..."
        r"\s*(?:please,?\s+)?(?:state|say|tell (?:me|us)|indicate|establish)\s*:?\s+whether\b(?!.*\bor\b(?! not\b))"
        rf"(?!.*(?:[,;:.?]|\band|\bor)\s*(?:(?:by|on|in|to|at|with|for|of|from)\s+)?(?:{_WORDS}|name|list|give)\b)",
        # "According to Appendix 1, did it ...?", "By May 2012, had ...?"
        rf"\s*(?:{_BEFORE})\b(?!\s+(?:{_WORDS})\b)"
        rf"(?!.*(?:[,;:.?]|\band|\bto|\bof|\bin|\bfor|\bwith|\bby)\s*(?:{_WORDS})\b)"
        rf"(?:(?!\b(?:{_WORDS})\b)[^?:])*?,\s*(?:{_AUX}|could|can)\s[^?]*\?",
        rf"\s*when\b(?!\s+(?:in|on|exactly|precisely|and|where)\b)(?!.+\b(?:{_WORDS})\b)(?!\s+(?:{_AUX}))"
        rf"[^?,]*,\s*(?:{_AUX})\s",
        rf"(?!\s*(?:{_WORDS}|list|name|give|state)\b).*[,;.:]\s*(?:is (?:this|that) what|can (?:it|that|this|the)\b"
        r"|am I right|does (?:that|the text|the report) (?:say so|bear))\b",
        rf"\s*(?:must|should|may (?:an?|the|any|people|states?))\b(?!.*\b(?:{_WORDS})\b)",
        r"\s*may I (?:verify|confirm|rely|take|have (?:it |your )?confirm\w*|tell|ask you to (?:verify|confirm))\b",
        r"(?!.*\b(?:who|which|what|when|where|how)\b)[^:]*:\s*any\b",
        r"\W*any(?:body|one)?\b(?!.*\b(?:who|which|what|when|where|how)\b)",
        r"\W*(?:please )?(?:check|checking|verify|fact[- ]?check|confirm|a fact check|true figure|true)\b|.*\btrue figure\b",
        r"(?:.*\b)?can (?:you|it be) confirm\w*\b",
    )
)
# "one of the units with which it organized it" asks for no unit.
_OF_WHICH = lazy_pattern(
    r"\b(units?|bodies|body|organi[sz]ations?|partners?|countries|country|states?|events?|activities|activity|decisions?"
    r"|courses?|cities|places?|institutions?) (?:with|in|by|to|for|on|at) which (?=(?:the|an?|it|they)\b)",
    re.IGNORECASE,
)
# "Was it among those who held it?" asks nobody's name.
_THOSE_WHO = lazy_pattern(r"\b(those|ones) (?:who|which) (?=\w)", re.IGNORECASE)
# "Was it a partner in Kazakhstan, and on what?"
_MORE = lazy_pattern(
    r"^(?P<first>[^?;:]+?),?\s+and\s+(?P<more>where|when|(?:in|at)\s+which\s+(?:towns?|cities|city|places?)"
    r"|on\s+what|(?:in|at|on)?\s*which\s+(?:ones?|events?|activities|activity|occasions?)|in\s+what|what\s+for)\s*\?+\s*$",
    re.IGNORECASE,
)

# "Did it have partners, and if so, which ones?", "Was it visited, and on what?"
_WHICH = lazy_pattern(
    r"^(?P<first>[^?;]{8,}?),?\s+and,?\s+(?:if so,?\s+)?(?:(?:in|at|on|by|with|for|to|from|of|under) )?"
    r"(?:who|whom|which|what|when|where|how)\b[^?]*\?+\s*$",
    re.IGNORECASE,
)


def first_of(text: str) -> str:
    """Return the question for yes or no in one that asks something else besides; "" if there is none.

    >>> first_of("Did Moldova have partners, and if so, which ones?"), first_of("Who came, and when?")
    ('Did Moldova have partners?', '')
    """
    match = _WHICH.match(text)
    return f"{match['first']}?" if match and is_polar(f"{match['first']}?") else ""


def with_more(text: str) -> tuple[str, str] | None:
    """Return a question for yes or no without what it asks besides, and that: "where", "when", or which "activities".

    >>> with_more("Was the IOM a partner in Kazakhstan, and on what?")
    ('Was the IOM a partner in Kazakhstan?', 'activities')
    >>> with_more("Who was there, and when?") is None
    True
    """
    match = _MORE.match(text)
    if match is None or not is_polar(f"{match['first']}?"):
        return None
    more = match["more"].casefold()
    what = "when" if more == "when" else "where" if re.search(r"where|town|cit|place", more) else "activities"
    return f"{match['first']}?", what


def is_polar(text: str) -> bool:
    """Whether a question is to be answered by yes or no.

    >>> is_polar("According to chapter II.3.8, did the ILO take part?"), is_polar("By whom was it paid, and was it dear?")
    (True, False)
    """
    plain = _THOSE_WHO.sub(r"\1 that ", _OF_WHICH.sub(r"\1 that ", text))
    return any(pattern.match(plain) for pattern in _POLAR)
