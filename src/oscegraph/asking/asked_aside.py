"""Stage 7d13: what a question sets aside, "besides the head of the mission", "outside II.3.4", is no part of its answer."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from oscegraph.asking import wording
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.directory import fold

_WORDS = (
    r"(?:besides?|apart from|aside from|other than|except(?: for)?|excluding|not counting|(?:leaving|setting) (?:out|aside))"
)
_CHAPTER = r"(?:I{1,3}(?:\.\d{1,2})+)"
# "In which chapters outside II.3.4 ...": the chapter is no filter then.
_CHAPTERS = lazy_pattern(
    rf",?\s*\b(?:{_WORDS}|outside(?: of)?|beyond)\s+(?:in\s+)?(?:chapters?\s+|sections?\s+)?"
    rf"(?P<out>{_CHAPTER}(?:\s*(?:,|and|or)\s*{_CHAPTER})*)\s*,?",
    re.IGNORECASE,
)
_ASKS_CHAPTERS = lazy_pattern(r"\b(?:which|what)\s+(?:other\s+)?(?:chapters?|sections?)\b|\bwhere\b", re.IGNORECASE)
_ASIDE = lazy_pattern(
    rf"\b{_WORDS}\s+(?P<out>[^,;:?()]+?)(?=\s+(?:did|does|was|were|is|are|has|have|had|which|who|whom|what|that|went|took|sent|came"
    r"|attended|spoke|taught|organi[sz]ed|there)\b|\s*[,;:?()]|$)",
    re.IGNORECASE,
)
OSCE = lazy_pattern(r"\s*(?:the\s+)?OSCE(?:\s+(?:itself|units|structures|bodies))?\s*")
_AND = lazy_pattern(r"\s*(?:,|\band\b|\bor\b)\s*")
_SMALL = frozenset({"a", "an", "another", "first", "in", "for", "of", "on", "second", "the", "third", "to"})
_JOINED = lazy_pattern(r"(?:,|\b(?:and|or|nor)\b)\s*(?:the|an?|in|of)?\s*$", re.IGNORECASE)
# What is left of a value that is set aside has so much of its words there, and so many.
_MOST, _LEAST = 0.99, 2


def without_chapters(text: str) -> tuple[str, list[str]]:
    """Return a question for chapters without those that it sets aside, and these.

    >>> without_chapters("In which chapters other than II.3.4 is the mission named?")
    ('In which chapters is the mission named?', ['II.3.4'])
    >>> without_chapters("Who is named in II.3.4?")
    ('Who is named in II.3.4?', [])
    """
    match = _CHAPTERS.search(text)
    if match is None or not _ASKS_CHAPTERS.search(text[: match.start()]):
        return text, []
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    return re.sub(r"\s+(?=[?.,])", "", " ".join(rest.split())), re.findall(_CHAPTER, match["out"])


def kept(text: str, answer: list[Any], named: Collection[str]) -> list[Any]:
    """Return the values of a list that a question does not set aside; `named` are the names of what it sets aside.

    All of it is returned if nothing were left.

    >>> kept("Who came, apart from a forensic expert?", ["Head of the Centre", "another forensic expert"], ())
    ['Head of the Centre']
    >>> kept("Who came, apart from the police?", ["Police of Armenia", "Police Academy of Armenia"], ())
    ['Police Academy of Armenia']
    """
    match = _ASIDE.search(text)
    if match is None or len(answer) < _LEAST or not all(isinstance(value, str) for value in answer):
        return answer
    out = _stems(match["out"])
    pieces = [some for piece in _AND.split(match["out"]) if (some := _stems(piece)) and _is_name(piece)]
    left = [
        value
        for value in answer
        if value not in named
        and not _is_out(held := _stems(value), out)
        and _stems(value.partition(" of ")[0]) != out
        and not any(some <= held for some in pieces)
    ]
    return left or answer


def _is_name(piece: str) -> bool:
    """Whether what is set aside is a name or a number, which a value may have as a part: "besides Kukes", "besides 810"."""
    return bool(piece.strip()) and all(
        word[0].isupper() or word[0].isdigit() for word in piece.split() if word not in _SMALL
    )


_LEADING = lazy_pattern(
    r"^\W*(?:(?:leaving|setting|putting) (?:aside|out)|apart from|aside from|besides|other than|except for|excluding"
    r"|not counting) (?P<out>[^?:]{3,120}?),\s+(?P<asked>(?:which|what|who|whom|where|with|in|at|to|on|for|by|how)\b.*)$"
    r"|^\W*(?:leaving|setting|putting) (?P<before>[^?:,]{3,120}?) (?:aside|out),\s+"
    r"(?P<then>(?:which|what|who|whom|where|with|in|at|to|on|for|by|how)\b.*)$",
    re.IGNORECASE | re.DOTALL,
)


def leading(text: str) -> tuple[str, str]:
    """Return a question without what it sets aside at its beginning, and that; "" twice if it does not.

    >>> leading("Apart from the ATU, which units worked with the WCO?")
    ('which units worked with the WCO?', 'the ATU')
    >>> leading("Leaving the SPMU aside, who paid?"), leading("Which units apart from the ATU worked with the WCO?")
    (('who paid?', 'the SPMU'), ('', ''))
    """
    match = _LEADING.match(text)
    return (match["asked"] or match["then"], match["out"] or match["before"]) if match else ("", "")


_THAT_RAN = lazy_pattern(
    r"(?:the |its )?(?:field operation|mission|operation|office|unit|structure|body|one|state|country)s?"
    r" (?:that|which|who) (?:co-?)?(?:organi[sz]ed|hosted|held|ran) (?:it|them|the [a-z ]+)"
    r"|(?:the |its )?(?:co-?)?organi[sz]ers?",
    re.IGNORECASE,
)


def organizers(text: str) -> str:
    """Return a question without the organizers of an event that it sets aside at its beginning; "" if it does not.

    >>> organizers("Leaving aside the field operation that co-organized it, which missions attended the seminar in Kiev?")
    'which missions attended the seminar in Kiev?'
    >>> organizers("Leaving aside the ATU, which missions attended it?")
    ''
    """
    rest, out = leading(text)
    return rest if rest and _THAT_RAN.fullmatch(out) else ""


def span(text: str) -> tuple[int, int]:
    """Return where in a question stands what it sets aside, (0, 0) if it sets nothing aside."""
    match = _ASIDE.search(text)
    return match.span("out") if match else (0, 0)


def are_joined(between: str) -> bool:
    """Whether what stands between two names joins them, so that both are set aside: the second is no town of an event.

    >>> are_joined(", "), are_joined(" representatives and the "), are_joined(" as partner of the workshop in ")
    (True, True, False)
    """
    return bool(_JOINED.search(between))


def _stems(text: str) -> set[str]:
    return {wording.stem(word) for word in fold(text).split() if word not in _SMALL}


def _is_out(value: set[str], out: set[str]) -> bool:
    """Whether a value is what is set aside."""
    return len(value) >= _LEAST and len(value & out) / len(value) > _MOST
