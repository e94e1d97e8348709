"""Stage 7d3: what a question is made of: two numbers to compare, a clause that only says which event is meant, a reason."""

from __future__ import annotations

import re

_WHY = re.compile(
    r"^\W*(?:and\s+|but\s+|so\s+)?(?:why|how come|for (?:what|which) reasons?|what (?:was|is|were) the reasons?)\b", re.I
)
_WHY_ANYWHERE = re.compile(r"[,;]?\s+(?:and|but)\s+why\b|\bbecause of what\b", re.I)
_HOW = re.compile(r"^\W*(?:and\s+)?how\s+(?:did|do|does|was|were|is|are|has|have|had|can|could|would|will|should)\b", re.I)
_MORE = re.compile(r"\bhow many (more|fewer|less)\s+(.+?)\s+than\s+(.+?)\s*\??\s*$", re.I | re.S)
_CLAUSE = re.compile(
    r",?\s+(?:(?:to|at|in|for|on|from|with|by|of)\s+(?:which|whom)|which|that|where|when)\s+(?:the\s+)?[\w/]+\b.*$",
    re.I | re.S,
)
_ASKS = re.compile(r"\b(?:who|whom|whose|which|what|where|when|how many)\b", re.I)
_SECOND = re.compile(
    r"(?:,?\s+and\s+|,?\s+or\s+|;\s*|\s[-–—]+\s*|,\s+(?=how many|by whom|with whom|on which|on what))"
    r"(?:also\s+)?(?:(?:by|with|to|at|on|in|from|for)\s+)?(who|whom|which|what|when|where|how many)\b",
    re.I,
)
# "Who was the ambassador": a person, whom the graph does not hold.
_PERSON = re.compile(
    r"^\W*(?:who|what person|which person)\s+(?:was|is|were|are)\s+(?:the|a)\s+(?:[\w'’-]+\s+){0,4}?(?:general|minister|head"
    r"|chief|director|president|ambassador|commander|officer|prosecutor|judge|professor|official|delegate|ad[vw]is[eo]r|leader|spokes\w+"
    r"|representative|person|chairman|chairperson|man|woman)\b",
    re.I,
)


def asks_why(text: str) -> bool:
    """Whether a question asks for a reason or a manner, which no query gives."""
    return bool(_WHY.match(text) or _HOW.match(text) or _WHY_ANYWHERE.search(text))


def asks_person(text: str) -> bool:
    """Whether a question asks for the name of a person."""
    return bool(_PERSON.match(text))


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


def without_clause(text: str) -> tuple[str, str] | None:
    """Return a question without its last relative clause, and the clause; None if it has none.

    >>> without_clause("Who paid for the seminar to which the SPMU sent two officers?")
    ('Who paid for the seminar?', ' to which the SPMU sent two officers?')
    """
    first = _ASKS.search(text)
    for match in reversed(list(_CLAUSE.finditer(text, first.end() if first else 0))):
        if len(text[: match.start()].split()) >= 5:
            return f"{text[: match.start()].rstrip(' ,')}?", match[0]
    return None


def halves(text: str) -> tuple[str, str] | None:
    """Return the two parts of a question that asks twice, or None.

    >>> halves("Who organized it, and who paid?")
    ('Who organized it', 'who paid?')
    """
    first = _ASKS.search(text)
    second = _SECOND.search(text, first.end() if first else 0)
    return (text[: second.start()], text[second.start(1) :]) if first and second else None
