"""Stage 10e17b: the first two or more of a ranking, or both its ends: "Which three partners work with the most units?".

Who comes first is asked for without the number; the ranking that tells it is read on. Where two at its end are alike,
so many are not told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from oscegraph.asking import asked_forms, numbered, wording
from oscegraph.asking.candidates import Candidate, Place
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question

_NUMBER = "|".join(wording.NUMBERS[:9])
_MOST = r"most(?! of\b)|fewest|largest|biggest|highest|smallest|lowest|greatest|best-attended"
_WHICH = lazy_pattern(
    rf"^\W*(?P<ask>(?:by|for|from|in|on|with|at|to)\s+)?(?:which|what)\s+(?P<number>{_NUMBER})\s+(?:of\s+the\s+)?(?!of\b)"
    rf"(?P<rest>.*\b(?<!at )(?:{_MOST})\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NAME = lazy_pattern(
    rf"^\W*(?:name|list|give|tell me|show|who are|which are|what are)\s+(?:me\s+)?the\s+(?:top\s+)?(?P<number>{_NUMBER})\s+"
    rf"(?P<noun>[\w -]+?)\s+(?P<joint>with|having|that|which|who)\s+(?P<rest>.*\b(?<!at )(?:{_MOST})\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_HOW_MANY = lazy_pattern(
    r",?\s*(?:and|with)?\s*(?:how many|what|by what)\b"
    r"(?: (?:\w+ ){0,4}?(?:each|numbers?|figures?|of them|do they have|is it|have they))?[^,;?]*(?=\?|$)",
    re.IGNORECASE,
)


_FEWEST = r"fewest|(?<!at )least|smallest|lowest"


def _ends(one: str, other: str) -> re.Pattern[str]:
    """Return the pattern of "..., and which one the smallest", "the most and the fewest staff"."""
    return lazy_pattern(
        rf"^(?P<first>\W*(?:which|what)\b.*?\b(?<!at )(?:{one})\b(?P<counted>[^,;]*?)),?\s+(?:and|or)\s+"
        r"(?:(?:which|what|with)\s+)?(?:(?:ones?|other|field operations?|units?|structures?)\s+)?"
        r"(?:(?:has|have|had|reports?|gives?|names?|with)\s+)?(?:the\s+)?"
        rf"(?:{other})\b(?:\s+number)?(?P<behind>[^,;?]*)(?P<tail>[^?]*)\?*\W*$",
        re.IGNORECASE | re.DOTALL,
    )


_AND_LAST, _AND_FIRST = _ends(_MOST, _FEWEST), _ends(_FEWEST, _MOST)
# "How many staff do the operations with the most and with the fewest report, and which are these?"
_OF_BOTH_ENDS = lazy_pattern(
    r"^\W*how many (?P<counted>staff)\b[^,;?]*?\b(?:do|does|did|have|has) the "
    r"(?P<who>[\w -]+?)\s+(?:with|having|that have)\s+"
    rf"(?:the\s+)?(?:{_MOST})\b[^,;?]*?\band\s+(?:with\s+)?(?:the\s+)?(?:{_FEWEST})\b[^?]*\?*\W*$",
    re.IGNORECASE | re.DOTALL,
)
_WHO_ELSE = lazy_pattern(r"\b(?:who|whom|why|where|when)\b", re.IGNORECASE)
_TWO, _STAFF = 2, "figure_staff"
_NUMBERS = lazy_pattern(r"\b(?:numbers?|figures?|how many|counts?|each)\b", re.IGNORECASE)


class Leading(NamedTuple):
    """A question for the first of a ranking: that for whoever comes `first`, how many, and whether with their numbers."""

    first: str
    number: int
    numbered: bool


def read(text: str) -> Leading | None:
    """Return what a question asks of a ranking; None if it is none for several that come first.

    >>> one = read("Which two field operations have the most staff, and how many each?")
    >>> one.first, one.number, one.numbered
    ('Which field operations have the most staff?', 2, True)
    >>> read("Name the three partners that work with the most units.").first
    'Which partners work with the most units?'
    >>> read("Which two decisions did it adopt?") is None, read("Which three of them have most staff?") is None
    (True, True)
    """
    text = " ".join(text.split())
    if match := _WHICH.match(text):
        first = f"{match['ask'] or ''}which {match['rest']}"
    elif match := _NAME.match(text):
        joint = "have " if match["joint"].casefold() in ("with", "having") else ""
        first = f"which {match['noun']} {joint}{match['rest']}"
    else:
        return None
    plain = _HOW_MANY.sub("", first) if "," in first or " and " in first else first
    number = wording.NUMBERS.index(match["number"].casefold()) + 2
    return Leading(f"{plain[:1].upper()}{plain[1:]}".rstrip(" ?.") + "?", number, plain != first)


class Ends(NamedTuple):
    """A question for both ends of a ranking: that for whoever comes `first`, and whether numbers are asked for."""

    first: str
    numbered: bool


def both_ends(text: str) -> Ends | None:
    """Return what a question asks of both ends of a ranking; None if it asks of none.

    >>> both_ends("Which field operation has the most staff, and which the fewest, with the numbers?")
    Ends(first='Which field operation has the most staff?', numbered=True)
    >>> both_ends("Which units have the most and which the fewest staff?").first
    'Which units have the most staff?'
    >>> both_ends("Which unit has most staff, at least ten?") is None
    True
    """
    text = " ".join(text.split())
    if match := _OF_BOTH_ENDS.match(text):
        return Ends(f"Which {match['who']} have the most {match['counted']}?", True)
    if not (match := _AND_LAST.match(text) or _AND_FIRST.match(text)) or _WHO_ELSE.search(match["tail"]):
        return None
    first = match["first"] if match["counted"].strip() else f"{match['first']}{match['behind']}"
    return Ends(f"{first}?", bool(_NUMBERS.search(match["tail"])))


def at_ends(source: Candidate, places: Sequence[Place], with_numbers: bool) -> Candidate | None:
    """Return the reading that tells who comes first and last; None if the ranking leaves out who has none.

    The staff of all is told; who is told to have done nothing of a kind stands in no ranking of activities.
    """
    if source.query != _STAFF or len({one.number for one in places}) < _TWO:
        return None
    numbers = [one.number for one in places]
    ends = (("most", max(numbers)), ("fewest", min(numbers)))
    rows = [[word, one.name, one.number] for word, end in ends for one in places if one.number == end]
    answer: list[Any] = [row[1:] if with_numbers else row[:-1] for row in rows]
    return replace(source, answer=answer, things=())


def order(naming: Naming, question: Question, source: Candidate, rows: list[dict[str, Any]]) -> list[Place]:
    """Return who comes where by which number in the ranking of a phrase, the first one first; nothing if it is none."""
    form, column, *_ = (*source.projection.removeprefix(f"{source.query} ").split(), "")
    if form not in ("top", "bottom"):
        return list(source.order)
    who = column.removesuffix("Label")
    if source.types and who in asked_forms.ACTORS:
        kept = set(naming.kept(question, [str(row.get(who) or "") for row in rows], source.types))
        rows = [row for row in rows if row.get(who) in kept]
    sign = -1 if form == "top" else 1
    ranks = sorted(numbered.totals(source, rows).items(), key=lambda one: (sign * one[1], one[0]))
    return [Place(name, number) for name, number in ranks]


def alike(places: Sequence[Place], number: int) -> list[Place]:
    """Return the places of a ranking up to those that are alike where so many end; nothing if none is.

    >>> [one.name for one in alike([Place("a", 3), Place("b", 2), Place("c", 2), Place("d", 1)], 2)]
    ['a', 'b', 'c']
    """
    if len(places) <= number or places[number - 1].number != places[number].number:
        return []
    return [one for one in places if places.index(one) < number or one.number == places[number].number]


def of_ranking(source: Candidate, places: Sequence[Place], asked: Leading) -> Candidate | None:
    """Return the reading that tells the first of a ranking, with their numbers if these are asked for; None if not clear."""
    if len(places) <= asked.number or alike(places, asked.number):
        return None
    first = places[: asked.number]
    answer: list[Any] = [[one.name, one.number] if asked.numbered else one.name for one in first]
    events = tuple(dict.fromkeys(iri for one in first for iri in one.events))
    values = source.values | ({"activity": list(events)} if events else {})
    return replace(source, answer=answer, events=events or source.events, values=values, things=())
