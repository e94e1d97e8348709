"""Stage 10c: what a question asks for: whom, which activities, where, when, how many of what.

The word after "which", "what" or "how many" says it: "with which organizations", "how many participants".
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass, field

from oscegraph.asking import polar, wording
from oscegraph.asking.asked_links import Linked
from oscegraph.asking.asked_types import TYPES
from oscegraph.asking.patterns import lazy_pattern

WHO, ACTIVITY, DECISION, CHAPTER, THEME, PLACE, WHEN, MONTH, MANY, PEOPLE = (
    "who",
    "activity",
    "decision",
    "chapter",
    "theme",
    "place",
    "when",
    "month",
    "many",
    "people",
)
# Something that no answer is: "which presidential decree".
OTHER = "other"
_AUXILIARY = frozenset(
    ["did", "do", "does", "was", "were", "is", "are", "has", "have", "had", "will", "would", "can", "could"]
)
_TOLD = lazy_pattern(r"\b(?:in the report|told|described|mentioned|reported on|written)\b", re.IGNORECASE)
_WORDS = "who|whom|whose|which|what|when|where|how"
# "..., and how many", "who and when", "where and on what day": two things are asked that belong together.
_TWO = lazy_pattern(
    rf"\b(?:{_WORDS})\b.*(?:\band|,|;|\+|&)\s+(?:(?:with|by|for|to|of|from|on|in|at|also)\s+)?(?:the\s+)?(?:{_WORDS}|its|their|dates?|places?"
    r"|towns?|numbers?)\b|\b(?:dates?|places?|towns?|numbers?|days)\s+(?:and|\+|&)\s+(?:\w+\s+)?(?:dates?|places?|towns?|numbers?|organi[sz]ers?"
    r"|partners?|hosts?|days)\b|\bwith (?:the |their |its )?(?:exact )?(?:dates?|numbers?|places?|days)\b|\beach\b",
    re.IGNORECASE | re.DOTALL,
)
_NOUNS = r"numbers?|figures?|dates?|days?|places?|town|city|years?|month|rank"
_AND = r"(?:\band\b|[,/&+])"
_SEVERAL = lazy_pattern(
    rf"\bhow (?:many|much|long)\b.*{_AND}|[:;].*{_AND}|\b(?:{_NOUNS})\b.*{_AND}|(?:{_AND}|:).*\b(?:{_NOUNS})\b"
    r"|\b(?:both|respective|in that order|in one row|from (?:which|what) \w+ to (?:which|what))\b",
    re.IGNORECASE | re.DOTALL,
)
# What kind of value a word of a question asks for.
_ASPECTS = lazy_pattern(
    r"\b(?:(?P<number>how\W(?:many|much|long|often|large|big)|numbers?|figures?|head ?counts?|size|amount|sum|share"
    r"|percentage|rank|length|duration)|(?P<day>when|dates?|days?|months?|years?|period)"
    r"|(?P<place>where|places?|towns?|city|cities|venues?)"
    r"|(?P<name>who|whom|whose|which|what|partners?|organi[sz]ers?|funders?|donors?|hosts?|titles?|subjects?"
    r"|names?(?=\s*(?:[,;&+/?]|and\b|$))))\b",
    re.IGNORECASE,
)
_NEXT = 14
# What is known of so many texts is kept: each candidate of a question asks for it.
_KEPT = 64
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SAID = lazy_pattern(rf"\b({'|'.join(_NUMBERS[1:])}|both|twice)\b", re.IGNORECASE | re.ASCII)
_COUNTED = lazy_pattern(rf"\b(?:which|what)\s+({'|'.join(_NUMBERS[1:])})\s+(?!of\b)\w+", re.IGNORECASE | re.ASCII)
_ASKS = lazy_pattern(r"\b(?:who|whom|whose|which|what|when|where|how)\b", re.IGNORECASE | re.ASCII)
# "When the unit met in Kiev, which two ...", "..., in which two ...": a clause stands before what asks.
_CLAUSE = lazy_pattern(r"^\W*(?:when|where|in the \w+ where)\b[^?]*,\s*(?:\w+\s+)?$", re.IGNORECASE | re.ASCII)
_FROM = lazy_pattern(r"\bwhere\b.*\b(?:come|came|coming)\s+from\b", re.IGNORECASE)
_ROLE_NOUNS = frozenset({"support", "organize", "fund", "host", "train", "attend", "speak", "partner"})
_BREAKS = frozenset(["of", "from", "for", "in", "at", "to", "on", "with", "by", "under", "that", "who", "which"])
_DETERMINERS = frozenset(["the", "a", "an", "its", "their", "his", "her", "this", "these", "those"])
# What asks for a thing whose kind stands behind it, in so many words.
_ASK_FOR, _BEHIND = frozenset({"which", "what", "whose", "many"}), 6
# What a cue makes of the word that bears it; the first that fits decides.
_HEADS = (
    ({"partner"}, WHO),
    ({"chapter"}, CHAPTER),
    ({"decision"}, DECISION),
    ({"staff"}, "staff"),
    ({"people"}, PEOPLE),
    ({"month"}, MONTH),
    ({"when"}, WHEN),
    ({"towns", "where"}, PLACE),
    (set(TYPES), WHO),
    ({"theme"}, THEME),
    ({"activity"}, ACTIVITY),
)


@dataclass
class Target:
    """What is asked for: `types` of actors, or what is `counted`; `noun` is the stem of the last word that says of what."""

    asked: set[str] = field(default_factory=set)
    noun: str = ""
    counted: str = ""
    types: list[str] = field(default_factory=list)


@functools.lru_cache(maxsize=_KEPT)
def expected(text: str) -> int:
    """Return how many answers a question expects: 2 for "which two bodies", 0 if it does not say."""
    match = _COUNTED.search(text)
    if match is None:
        return 0
    before = text[: match.start()]
    if _ASKS.search(before) and not _CLAUSE.search(before):
        # "Who paid for the project by which ten posts ...": another word asks.
        return 0
    return _NUMBERS.index(match[1].casefold()) + 1


def without_number(text: str) -> str:
    """Return a question without the number of answers that it expects: "which two bodies" as "which bodies".

    >>> without_number("Which two bodies paid for it?"), without_number("Who paid for the two courses?")
    ('Which bodies paid for it?', 'Who paid for the two courses?')
    """
    match = _COUNTED.search(text) if expected(text) else None
    return " ".join(f"{text[: match.start(1)]}{text[match.end(1) :]}".split()) if match else text


@functools.lru_cache(maxsize=_KEPT)
def numbers(text: str) -> frozenset[int]:
    """Return the small numbers that a question says in words.

    >>> sorted(numbers("Where were the three trainings for both departments?"))
    [2, 3]
    """
    return frozenset(_NUMBERS.index(word) + 1 if word in _NUMBERS else 2 for word in map(str.casefold, _SAID.findall(text)))


@functools.lru_cache(maxsize=_KEPT)
def asks_two(text: str) -> bool:
    """Whether a question asks for two things that belong together, or for one of each of several.

    >>> asks_two("Who came to the workshop, and when was it?"), asks_two("Who came to the workshop?")
    (True, False)
    """
    return bool(_TWO.search(text))


@functools.lru_cache(maxsize=_KEPT)
def asks_several(text: str) -> bool:
    """Whether a question may ask for several values, by wider signs than those of `asks_two`.

    >>> asks_several("NRM pilot: victims found, presumed victims?"), asks_several("Who came to the workshop?")
    (True, False)
    """
    return asks_two(text) or bool(_SEVERAL.search(text))


@functools.lru_cache(maxsize=_KEPT)
def aspects(text: str) -> tuple[tuple[int, str], ...]:
    """Return where a question asks for something, and of what kind it is: number, day, place or name.

    >>> aspects("How many came, in which month, and who paid?")
    ((0, 'number'), (24, 'day'), (35, 'name'))
    """
    found = [(match.start(), str(match.lastgroup)) for match in _ASPECTS.finditer(text)]
    # "which month" asks for one thing.
    wide = {
        place
        for (place, kind), (after, other) in itertools.pairwise(found)
        if kind == "name" != other and after - place < _NEXT
    }
    return tuple((place, kind) for place, kind in found if place not in wide)


def read(linked: Linked) -> Target:
    """Return what a question asks for; nothing of it is known where it has no such word."""
    target = Target()
    words = linked.words
    names = {i for link in linked.links for i in range(link.start, link.end)}
    for place, word in enumerate(words):
        before = words[place - 1].plain if place else ""
        if word.plain in ("who", "whom", "whose"):
            target.asked.add(WHO)
        elif word.plain == "when":
            # "when the SPMU spoke there" only tells which event is meant.
            if place == 0 or not target.asked or before in ("and", "or"):
                target.asked.add(WHEN)
        elif word.plain == "where":
            if place == 0 or not target.asked or before in ("and", "or"):
                if before == "from" or _FROM.search(linked.text):
                    target.asked.add(WHO)
                    target.types.append("states")
                    continue
                target.asked.add(CHAPTER if _TOLD.search(linked.text) else PLACE)
        elif word.plain in ("which", "what", "many", "number", "often") and (
            not target.asked or before in ("and", "by", "in", "of", "how")
        ):
            if word.plain in ("many", "often") and before != "how":
                continue
            known = set(target.asked)
            _head(linked, place, names, target)
            if target.asked == known and word.plain == "which" and target.noun:
                target.asked.add(OTHER)
        elif word.plain in ("list", "name", "give") and place == 0:
            _head(linked, place, names, target)
    if not target.asked and words:
        _bare(linked, names, target)
    return target


def phrases(linked: Linked) -> list[list[str]]:
    """Return for each word that asks for a thing the stems of the words behind it that say which kind of thing."""
    words, found = linked.words, []
    for place, word in enumerate(words):
        if word.plain not in _ASK_FOR:
            continue
        phrase: list[str] = []
        for one in words[place + 1 : place + 1 + _BEHIND]:
            if one.plain in _AUXILIARY or one.plain in _BREAKS:
                break
            phrase.append(one.stem)
        if phrase:
            found.append(phrase)
    return found


def _bare(linked: Linked, names: set[int], target: Target) -> None:
    """Read a question without a word that asks: "partners of UNODC", "workshop in Yerevan, dates?"."""
    if polar.is_polar(linked.text):
        return
    for word in (linked.words[-1], *linked.words[:2]):
        cues = wording.cues().get(word.plain, frozenset())
        if (word is linked.words[-1] and linked.words.index(word) in names) or not cues:
            continue
        meaning = next((meaning for wanted, meaning in _HEADS if cues & wanted), "")
        if not meaning and word is linked.words[-1] and cues & _ROLE_NOUNS:
            meaning = WHO
        if meaning and (word is not linked.words[-1] or meaning in (WHEN, PLACE, WHO)):
            target.asked.add(meaning)
            target.types += [cue for cue in TYPES if cue in cues]
            return


def _head(linked: Linked, place: int, names: set[int], target: Target) -> None:
    """Add what the word after "which", "what" or "how many" asks for."""
    counts = linked.words[place].plain in ("many", "number", "often")
    if counts:
        target.asked.add(MANY)
    if linked.words[place].plain == "often":
        target.counted = ACTIVITY
        return
    what = linked.words[place].plain == "what"
    nearby = [i for i in range(place + 1, min(place + 8, len(linked.words))) if i not in names]
    for number, index in enumerate(nearby):
        word = linked.words[index]
        cues = wording.cues().get(word.plain, frozenset())
        if word.plain in _AUXILIARY and (number or not counts):
            if not target.asked and what and word.plain in ("did", "does", "do", "has", "have"):
                target.asked.add(ACTIVITY)
            return
        if number and (
            word.plain in _BREAKS or (word.plain in _DETERMINERS and linked.words[index - 1].plain not in _BREAKS)
        ):
            return
        if word.plain == "field" and linked.words[min(index + 1, len(linked.words) - 1)].plain.startswith(
            ("operation", "mission", "presence", "office")
        ):
            continue
        ahead = linked.words[index + 1].plain if index + 1 < len(linked.words) else ""
        if counts and "activity" in cues and wording.cues().get(ahead, frozenset()) & {"people", "attend"}:
            # "seminar participants"
            continue
        target.noun = word.stem
        meaning = next((meaning for wanted, meaning in _HEADS if cues & wanted), "")
        if meaning == WHO:
            target.types += [cue for cue in TYPES if cue in cues]
        if meaning and counts:
            target.counted = target.counted or meaning
        elif meaning:
            target.asked.add(meaning)
        if meaning and counts and meaning != WHO:
            return
        if meaning and not (index + 1 < len(linked.words) and linked.words[index + 1].plain in ("and", "or")):
            return
