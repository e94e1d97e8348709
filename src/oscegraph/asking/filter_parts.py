"""Stage 7d10a: the pieces of a plain question that phrases make: what is asked, kinds, words, and how names limit it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from oscegraph.asking.filter_phrases import BOUND, WORDS, Phrase, Phrases
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.wording import EMPTY

NAMED = re.compile(r"\{\w+\}")
BY_WORDS = "words"
# Ranks that may be asked for: "the longest workshop".
RANKED = frozenset({"longest", "shortest", "largest", "smallest", "first", "last"})
_JOINS, _OR = frozenset({"and", "of", "on", "in", "or"}), "or"
_ALSO = lazy_pattern(r"(?:and|or) (?:which |other )?")
# Words of no phrase may stand in so many places, and are so many at most if these are two.
TWO, _FEW = 2, 4
# A type that anybody is of.
_ANY, _HOW_MANY = "bodies", "how many "


class Filter(NamedTuple):
    """By what activities are filtered: how a name limits them, which of the names of a question it is, and any others.

    If there are others one of them has to limit.
    """

    how: str
    name: int
    others: tuple[int, ...] = ()


@dataclass
class Filtered:
    """What a plain question on filtered activities asks: what to tell, of whom, which kinds of activities, which filters.

    `noun` says whether activities are named at all; `words` are those that activities have to bear, all
    of one of several choices; `bare` that nothing else is said but these and names;
    `columns` are what is to be told of each activity, `bounds` for what a number is set: people, days, weeks, "week", and
    `ranks` which of them is asked for: the first, the last. `both` are names that are joined by "and",
    and `flags` what else limits activities and decisions: that they recall anything, or stand in no appendix;
    `everybody` says that all who had a role are asked for, in whatever: "the donors". `hows` is how names limit activities
    that are part of what is asked, if not by any part.
    """

    ask: str
    role: str = ""
    types: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    filters: list[Filter] = field(default_factory=list)
    noun: bool = False
    words: tuple[tuple[str, ...], ...] = ()
    bare: bool = False
    columns: tuple[str, ...] = ()
    bounds: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    both: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()
    everybody: bool = False
    hows: str = ""


def kinds_of(phrases: Phrases, text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without kinds of activities, and these."""
    named: list[str] = []
    for phrase in phrases.section("kind", text):
        if phrase.pattern.search(text):
            named += phrase.says.replace("_", " ").split(",")
            text = phrase.pattern.sub(" ", text)
    return text, tuple(dict.fromkeys(named))


def without_unknown(phrases: Phrases, words: list[str]) -> tuple[str, list[tuple[str, ...]]]:
    """Return a question with `WORDS` for words that no phrase has, which may be joined by "of" or "or", and these.

    They may stand in two places if there is no choice: "dog training for customs".
    """
    known = [word.startswith("{") or word == BOUND or word in phrases.words or word in EMPTY for word in words]
    for place in range(1, len(words) - 1):
        if words[place] in _JOINS and not known[place - 1] and not known[place + 1]:
            known[place] = False
    places = [place for place, one in enumerate(known) if not one]
    starts = [place for place in places if place - 1 not in places]
    several = len(starts) > 1 and (len(places) > _FEW or any(words[place] == _OR for place in places))
    if not places or len(starts) > TWO or several:
        # None, or in more places: the latter are left to be in the way.
        return " ".join(words) + " ", []
    choices: list[list[str]] = [[]]
    for place in places:
        if words[place] == _OR:
            choices.append([])
        elif words[place] not in _JOINS:
            choices[-1].append(words[place])
    if len(set(map(len, choices))) > 1:
        # "Seized or recovered assets" are no choice of two.
        return " ".join(words) + " ", []
    left = [WORDS if place in starts else word for place, word in enumerate(words) if place in starts or known[place]]
    return " ".join(left) + " ", list(map(tuple, choices))


def asked_first(phrases: Phrases, text: str) -> tuple[Filtered, int] | None:
    """Return what is asked at the beginning of a question, and where that ends."""
    for phrase in phrases.section("ask", text):
        match = phrase.pattern.match(text)
        if match and (not phrase.noun or phrases.named.match(text, match.end())):
            if match[0].endswith(" of ") and phrase.typed and text.startswith("{", match.end()):
                # "Which department of the mission ...?"
                return None
            says = phrase.says.replace("role", "count", 1) if match[0].startswith(_HOW_MANY) else phrase.says
            return _asking(says, _types(phrases, match[0])), match.end()
    return (Filtered("activities"), 0) if phrases.named.match(text) else None


def _types(phrases: Phrases, text: str) -> tuple[str, ...]:
    """Return the type that is asked for, and another one that is joined to it: "NGOs", "States or organizations"."""
    said: list[str] = []
    joined: re.Match[str] | None = None
    while not said or joined:
        text = text[joined.end() :] if joined else text
        every = ((found, one.says) for one in phrases.section("type", text) if (found := one.pattern.search(text)))
        # The first type that is named, by its longest name: "which NGOs were partners".
        first, name = min(every, key=lambda one: (one[0].start(), -len(one[0][0])), default=(None, ""))
        if first is None or (said and first.start()):
            break
        said += name.split(",")
        joined = _ALSO.match(text, first.end())
    return () if _ANY in said else tuple(dict.fromkeys(said))


def _asking(says: str, types: tuple[str, ...]) -> Filtered:
    """Return what a phrase asks for: "role funder", "rows funders", "longest", "days first"."""
    ask, _, role = says.partition(" ")
    if ask == "role" and " " in role:
        # How the names that are part of it limit activities.
        role, _, hows = role.partition(" ")
        return Filtered("role", role, types, hows=hows)
    if ask == "every":
        return Filtered("role", role, types, everybody=True)
    if ask == "rows":
        return Filtered("activities", types=types, columns=tuple(role.split(",")))
    if ask in RANKED:
        return Filtered("activities", types=types, ranks=(ask,))
    return Filtered(ask, types=types, ranks=(role,)) if role in RANKED else Filtered(ask, role, types)


def said_in(phrases: Phrases, text: str, sections: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return a text without the phrases of these sections, and what they say or, if that is nothing, their sections."""
    found = []
    for section in sections:
        for phrase in phrases.section(section, text):
            if match := phrase.pattern.search(text):
                text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
                found.append((match.start(), phrase.says or section))
    return text, tuple(dict.fromkeys(said for _, said in sorted(found)))


def filters_in(phrases: Phrases, text: str, hows: Sequence[str]) -> Iterator[tuple[str, str, list[int], bool]]:
    """Yield how names limit what is asked, with the text without the phrase, and where in it the names stand.

    Words are no names: they yield the mark of words, with the one that a phrase says itself.
    """
    for how in hows:
        for phrase in phrases.section(how, text):
            says = f"{WORDS}{phrase.says}" if how == BY_WORDS else phrase.says or how
            while match := _found(phrases, phrase, text):
                places = [match.start() + one.start() for one in NAMED.finditer(match[0])]
                text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
                yield says, text, places, " or " in match[0]


def _found(phrases: Phrases, phrase: Phrase, text: str) -> re.Match[str] | None:
    """Return where a phrase stands first, and is not but a part of a noun: "software" in "equipment or software"."""
    found = [*phrase.pattern.finditer(text)]
    nouns = [one.span() for one in re.finditer(rf"(?<!\S){phrases.noun}", text)] if found else []
    for one in found:
        if not any(start <= one.start() and one.end() <= end and (start, end) != one.span() for start, end in nouns):
            return one
    return None


def numbers_of(whole: str, places: Sequence[int]) -> list[int]:
    """Return which of all names stand at these places."""
    return [whole.count("{", 0, place) for place in places]
