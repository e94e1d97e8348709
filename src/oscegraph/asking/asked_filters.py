"""Stage 7d10: what a plain question asks that is put together from the phrases of a file: `filters` or `papers`.

"Which units carried out trainings on drugs in Kosovo?" is put together from phrases: what is asked, a kind, a theme, a
place. Names stand as their kinds. If a word is left over, or a name belongs to no phrase, it is no plain question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from oscegraph.asking.filter_phrases import ASKING, BOUND, WORDS, Phrase, Phrases, catalogue
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.wording import EMPTY

_NAMED = re.compile(r"\{\w+\}")
_BY_WORDS, AUDIENCE, _PLACED = "words", "audience", frozenset({"where", "when"})
# A type that anybody is of.
# Of these kinds all are told, without anything that limits the activities.
NAMED_ALL = frozenset({"ngos", "states", "participating", "cooperating", "international", "companies", "academies"})
_ANY, NGOS, _HOW_MANY = "bodies", "ngos", "how many "
_JOINS, _OR = frozenset({"and", "of", "on", "in", "or"}), "or"
# Who worked with somebody did so in what both made.
_LED, _WORK = "organizers", lazy_pattern(r"(?<!\S)(?:work|co ?operate|collaborate|partner) with (?!.* in (?:event|activit))")
_ALSO = lazy_pattern(r"(?:and|or) (?:which |other )?")
# Of bodies that are named somewhere the whole list is asked for.
_LISTED = lazy_pattern(r"(?<!\S)(?:named|mentioned|listed) ")
# Where actors are that are asked for.
SEAT, _SEATED, _IN_AREA = "seat", ("operations",), lazy_pattern(r"(?:in|of|from) \{(?:place|state)\} ")
# So few words or names at least are a question by themselves.
_FEWEST = 2
# Words of no phrase may stand in so many places, and are so many at most if these are two.
_TWO, _FEW = 2, 4
# How names limit activities if nothing but names is said.
_BARE = {"{theme}": "theme", "{place}": "where", "{state}": "where", "{unit}": "any", "{body}": "any"}


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


# Words that ask for yes or no, and what is one of several there: "is there any workshop ...?".
_POLAR = frozenset({"is", "are", "was", "were", "has", "have", "had", "did", "does", "do", "any"})
_ONE = lazy_pattern(
    r"(?<!\S)(activity|event|action|thing|initiative|workshop|seminar|conference|round table|roundtable|study visit|campaign"
    r"|publication|training course|training event|training session|training|course) "
)
_ONE_ON = lazy_pattern(r"(?<=\{theme\} )(activity|event|workshop|seminar|course|training|conference) ")
# Of what is the longest or the first of several, one is named.
RANKING = frozenset({"longest", "shortest", "largest", "biggest", "smallest", "first", "earliest", "last", "latest"}) | {
    *("most", "fewest", "best", "recent", "final")
}
# The sections of what is told besides, of numbers and ranks, and of what a name limits, by file.
COLUMNS, BOUNDS, RANKS = ("column",), ("people", "days", "weeks", "week", "funders", "states", "within"), ("rank",)
_ACTIVITIES = "filters"
# Ranks that may be asked for: "the longest workshop".
RANKED = frozenset({"longest", "shortest", "largest", "smallest", "first", "last"})
# What else limits activities, and decisions; and how names do.
FLAGS = {
    _ACTIVITIES: (
        "others",
        "colleagues",
        "abroad",
        "beyond",
        "elsewhere",
        "retold",
        "told",
        "exact",
        "dated",
        "funded",
        "numbered",
        "undated",
        "inexact",
        "unplaced",
        "unfunded",
        "unnumbered",
    ),
    "papers": ("recalling_decisions", "recalling", "tasking", "grounding", "absent", "unnoted", "noted", "there"),
}
HOW = {
    _ACTIVITIES: (
        *("named", "trainers", "facilitator", "run", "organizer", "funder", "host", "attendees", "trainer", "involved"),
        *("any", "theme"),
        *("outside", "where", AUDIENCE, _BY_WORDS),
    ),
    "papers": ("recalls", "recalled", "mandate", "tasks", "names", "cited", "basis", "organ", "place", "theme", "of"),
}


def read(words: Sequence[str], of: str = _ACTIVITIES) -> Filtered | None:
    """Return what a question asks, names as their kinds; None if it is not put together from phrases alone.

    `of` is the file of phrases.

    >>> [(one.how, one.name) for one in read("which units carried out trainings on {theme} in {place}".split()).filters]
    [('theme', 0), ('where', 1)]
    >>> read("which trainings in {place} were secretly paid".split()), read("which units".split())
    (None, None)
    """
    # "Its own chapter" is its chapter.
    kept = words if of == _ACTIVITIES else [word for word in words if word != "own"]
    phrases, said = catalogue(of), " ".join(kept).replace("{bound}", BOUND) + " "
    for phrase in phrases.section("lead", said):
        said = phrase.pattern.sub("", said, count=1) if phrase.pattern.match(said) else said
    for phrase in phrases.section("tail", said):
        said = phrase.pattern.sub("", said)
    if said.split(" ", 1)[0] not in ASKING:
        # "Which training" is one, "fingerprint training for police" is any.
        said = said.replace(" training ", " trainings ")
    words = said.split()
    if of == _ACTIVITIES and (bare := _bare(phrases, words)):
        return bare
    if RANKING.intersection(words) or (words[:1] and words[0] in _POLAR):
        said = _ONE.sub(r"\1s ", said).replace("activitys", "activities")
    said = _ONE_ON.sub(r"\1s ", said).replace("activitys", "activities")
    # "Workshops or seminars" are of either kind, "workshops or other events" are events.
    said = re.sub(rf"(?<!\S)({phrases.noun})or (?={phrases.noun})", r"\1", said)
    said = re.sub(rf"(?<!\S){phrases.noun}(?:and|or) (?:other )?(?={phrases.general})", "", said)
    said = re.sub(rf"(?<!\S)({phrases.general})(?:and|or) {phrases.noun}", r"\1", said)
    # "Dated workshops" are workshops that are dated.
    said = re.sub(rf"(?<!\S)dated (?P<what>{phrases.noun})", r"\g<what>that are dated ", said) if of == _ACTIVITIES else said
    text, unknown = _without_unknown(phrases, said.split())
    whole, asked = text, _ask(phrases, text)
    if asked is None:
        return None
    found, end = asked
    # A name of what is asked, "which bodies did the unit work with", limits it as any other.
    how = found.hows or ("where" if found.ask == "towns" else "any")
    found.filters += [Filter(how, number) for number in _numbers(whole, [m.start() for m in _NAMED.finditer(whole[:end])])]
    text = " " * end + text[end:]
    if found.types == _SEATED and (seat := _IN_AREA.match(text, end)):
        # "Field operations in Central Asia" are there, whatever place their activities had.
        found.filters += [Filter(SEAT, number) for number in _numbers(whole, [seat.start() + seat[0].index("{")])]
        text = " " * seat.end() + text[seat.end() :]
    if found.ask == "truth" and found.types and _WORK.search(whole):
        found.role = _LED
    found.kinds = _kinds(phrases, text)[1]
    text, ranks = _said(phrases, text, RANKS)
    text, columns = _said(phrases, text, COLUMNS)
    text, found.bounds = _said(phrases, text, BOUNDS)
    text, found.flags = _said(phrases, text, FLAGS[of])
    found.ranks = (*found.ranks, *ranks)
    if found.role in FLAGS[of]:
        found.flags, found.role = (*found.flags, found.role), ""
    found.columns = tuple(dict.fromkeys((*found.columns, *(name for said in columns for name in said.split(",")))))
    also: list[str] = []
    for how, left, places, either in _filters(phrases, text, HOW[of]):
        text = left
        if how in (WORDS, AUDIENCE):
            found.words = tuple(unknown)
            found.flags += (AUDIENCE,) * (how == AUDIENCE)
        elif how.startswith(WORDS):
            also.append(how.removeprefix(WORDS))
        numbers = _numbers(whole, places)
        if either and len(numbers) > 1:
            found.filters.append(Filter(how, numbers[0], tuple(numbers[1:])))
        else:
            found.filters += [Filter(how, number) for number in numbers]
            found.both += tuple(numbers) if len(numbers) > 1 else ()
    found.words = tuple((*words, *also) for words in found.words or ((),)) if also else found.words
    for phrase in phrases.section("made", text) if found.ask == "partners" else ():
        text = phrase.pattern.sub(" ", text)
    text, nouns = re.subn(rf"(?<!\S){phrases.noun}", " ", text)
    found.noun = nouns > 0 or bool(found.kinds)
    for phrase in phrases.section("rest", text):
        text = phrase.pattern.sub(" ", text)
    limited = (
        found.filters
        or found.kinds
        or found.words
        or found.bounds
        or found.flags
        or found.columns
        or (NGOS in found.types and not found.noun)
        # What is named may be so without a part in anything.
        or (NAMED_ALL.intersection(found.types) and not _LISTED.search(f"{whole} "))
        or (found.everybody and not found.noun)
        or found.ask in ("activities", "most")
        or (found.ask == "days" and found.ranks and found.noun)
        or (found.ask == "role" and found.types and len(whole.split()) > _TWO and not _LISTED.search(whole))
    )
    if text.strip() or not limited or (found.columns[:1] == ("towns",) and words[0] in _PLACED and not found.noun):
        # "Where and when was the draft reviewed?" asks for one.
        return None
    found.filters.sort(key=lambda one: one.name)
    return found


def _bare(phrases: Phrases, words: Sequence[str]) -> Filtered | None:
    """Return what names, kinds and words alone ask for, "drug trafficking Uzbekistan": activities with all of them."""
    text, unknown = _without_unknown(phrases, list(words))
    text, kinds = _kinds(phrases, text)
    text, nouns = re.subn(rf"(?<!\S){phrases.noun}", " ", text)
    # "Drugs in Serbia" is "drugs Serbia", while "in Serbia" alone asks nothing.
    text = re.sub(r"(?<=\}) in (?=\{(?:place|state)\} )", " ", text)
    left = [word for word in text.split() if word != WORDS]
    if len(words) < _FEWEST or len(left) + bool(unknown) < 1 or any(word not in _BARE for word in left):
        return None
    if (nouns or kinds) and "{place}" in left:
        # "Yerevan workshops" may be those of the Office there.
        return None
    filters = [Filter(_BARE[word], number) for number, word in enumerate(left)]
    return Filtered("activities", filters=filters, kinds=kinds, words=tuple(unknown), bare=True, noun=bool(nouns or kinds))


def _kinds(phrases: Phrases, text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without kinds of activities, and these."""
    named: list[str] = []
    for phrase in phrases.section("kind", text):
        if phrase.pattern.search(text):
            named += phrase.says.replace("_", " ").split(",")
            text = phrase.pattern.sub(" ", text)
    return text, tuple(dict.fromkeys(named))


def _without_unknown(phrases: Phrases, words: list[str]) -> tuple[str, list[tuple[str, ...]]]:
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
    if not places or len(starts) > _TWO or several:
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


def _ask(phrases: Phrases, text: str) -> tuple[Filtered, int] | None:
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


def _said(phrases: Phrases, text: str, sections: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return a text without the phrases of these sections, and what they say or, if that is nothing, their sections."""
    found = []
    for section in sections:
        for phrase in phrases.section(section, text):
            if match := phrase.pattern.search(text):
                text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
                found.append((match.start(), phrase.says or section))
    return text, tuple(dict.fromkeys(said for _, said in sorted(found)))


def _filters(phrases: Phrases, text: str, hows: Sequence[str]) -> Iterator[tuple[str, str, list[int], bool]]:
    """Yield how names limit what is asked, with the text without the phrase, and where in it the names stand.

    Words are no names: they yield the mark of words, with the one that a phrase says itself.
    """
    for how in hows:
        for phrase in phrases.section(how, text):
            says = f"{WORDS}{phrase.says}" if how == _BY_WORDS else phrase.says or how
            while match := _found(phrases, phrase, text):
                places = [match.start() + one.start() for one in _NAMED.finditer(match[0])]
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


def _numbers(whole: str, places: Sequence[int]) -> list[int]:
    """Return which of all names stand at these places."""
    return [whole.count("{", 0, place) for place in places]
