"""Stage 7d10: what a plain question asks that is put together from the phrases of a file: `filters` or `papers`.

"Which units carried out trainings on drugs in Kosovo?" is put together from phrases: what is asked, a kind, a theme, a
place. Names stand as their kinds. If a word is left over, or a name belongs to no phrase, it is no plain question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from oscegraph.asking.filter_parts import (
    BY_WORDS,
    NAMED,
    TWO,
    Filter,
    Filtered,
    asked_first,
    filters_in,
    kinds_of,
    numbers_of,
    said_in,
    without_unknown,
)
from oscegraph.asking.filter_phrases import ASKING, BOUND, WORDS, Phrases, catalogue
from oscegraph.asking.patterns import lazy_pattern

AUDIENCE, _PLACED = "audience", frozenset({"where", "when"})
# Of these kinds all are told, without anything that limits the activities.
NAMED_ALL = frozenset({"ngos", "states", "participating", "cooperating", "international", "companies", "academies"})
NGOS = "ngos"
# Who worked with somebody did so in what both made.
_LED, _WORK = "organizers", lazy_pattern(r"(?<!\S)(?:work|co ?operate|collaborate|partner) with (?!.* in (?:event|activit))")
# Of bodies that are named somewhere the whole list is asked for.
_LISTED = lazy_pattern(r"(?<!\S)(?:named|mentioned|listed) ")
# Where actors are that are asked for.
SEAT, _SEATED, _IN_AREA = "seat", ("operations",), lazy_pattern(r"(?:in|of|from) \{(?:place|state)\} ")
# So few words or names at least are a question by themselves.
_FEWEST = 2
# How names limit activities if nothing but names is said.
_BARE = {"{theme}": "theme", "{place}": "where", "{state}": "where", "{unit}": "any", "{body}": "any"}


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
        *("outside", "where", AUDIENCE, BY_WORDS),
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
    text, unknown = without_unknown(phrases, said.split())
    whole, asked = text, asked_first(phrases, text)
    if asked is None:
        return None
    found, end = asked
    # A name of what is asked, "which bodies did the unit work with", limits it as any other.
    how = found.hows or ("where" if found.ask == "towns" else "any")
    found.filters += [Filter(how, number) for number in numbers_of(whole, [m.start() for m in NAMED.finditer(whole[:end])])]
    text = " " * end + text[end:]
    if found.types == _SEATED and (seat := _IN_AREA.match(text, end)):
        # "Field operations in Central Asia" are there, whatever place their activities had.
        found.filters += [Filter(SEAT, number) for number in numbers_of(whole, [seat.start() + seat[0].index("{")])]
        text = " " * seat.end() + text[seat.end() :]
    if found.ask == "truth" and found.types and _WORK.search(whole):
        found.role = _LED
    found.kinds = kinds_of(phrases, text)[1]
    text, ranks = said_in(phrases, text, RANKS)
    text, columns = said_in(phrases, text, COLUMNS)
    text, found.bounds = said_in(phrases, text, BOUNDS)
    text, found.flags = said_in(phrases, text, FLAGS[of])
    found.ranks = (*found.ranks, *ranks)
    if found.role in FLAGS[of]:
        found.flags, found.role = (*found.flags, found.role), ""
    found.columns = tuple(dict.fromkeys((*found.columns, *(name for said in columns for name in said.split(",")))))
    also: list[str] = []
    for how, left, places, either in filters_in(phrases, text, HOW[of]):
        text = left
        if how in (WORDS, AUDIENCE):
            found.words = tuple(unknown)
            found.flags += (AUDIENCE,) * (how == AUDIENCE)
        elif how.startswith(WORDS):
            also.append(how.removeprefix(WORDS))
        numbers = numbers_of(whole, places)
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
        or (found.ask == "role" and found.types and len(whole.split()) > TWO and not _LISTED.search(whole))
    )
    if text.strip() or not limited or (found.columns[:1] == ("towns",) and words[0] in _PLACED and not found.noun):
        # "Where and when was the draft reviewed?" asks for one.
        return None
    found.filters.sort(key=lambda one: one.name)
    return found


def _bare(phrases: Phrases, words: Sequence[str]) -> Filtered | None:
    """Return what names, kinds and words alone ask for, "drug trafficking Uzbekistan": activities with all of them."""
    text, unknown = without_unknown(phrases, list(words))
    text, kinds = kinds_of(phrases, text)
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
