"""Stage 10e15b: the words of a plain question, as patterns have them: names as their kinds, numbers as bounds.

What says nothing is left out: articles, the year of the report, that it is the report that tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from oscegraph.asking import bounds
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import INSTRUMENTS
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.wording import Word
from oscegraph.dates import REPORT_YEAR

# What says nothing in a plain question.
FILLERS = frozenset({"the", "a", "an", "osce", "please"})
_UNITS = frozenset({"FieldOperation", "SecretariatUnit", "Institution"})
# What adopts decisions, and what may stand between its name and that of one.
_ORGAN = "DecisionBody"
_OF_ORGAN: tuple[list[str], ...] = ([], ["decision"])
# What is left before a period when that is taken out.
_BEFORE_DAYS = frozenset(
    {"in", "on", "during", "between", "from", "throughout", "after", "before", "since", "until", "till"}
)
_BEFORE_YEAR = frozenset({"in", "during", "for", "over", "of", "throughout", "the", "year"})
# What stands for the structure whose chapter is meant.
SECTION = "sectioned"
# What stands for a number with what makes it a bound, and for one by itself.
BOUND, NUMBERED = "{bound}", "{number}"
_COUNTS = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "fifty"})
# What makes a number behind it a bound.
_BEFORE_BOUND = (
    *(("at", "least"), ("at", "most"), ("more", "than"), ("fewer", "than"), ("less", "than")),
    *(("longer", "than"), ("shorter", "than")),
    *(("exactly",), ("only",), ("over",), ("under",), ("above",), ("below",)),
)
_SEVERAL = lazy_pattern(r"\bseveral\b", re.IGNORECASE)
_NUMBER = lazy_pattern(rf"\b(?:only\s+)?(?P<number>{'|'.join(sorted(_COUNTS))}|\d+)\b", re.IGNORECASE)
_OF_SECRETARIAT = lazy_pattern(r" (?P<thematic>thematic )?(?P<units>units?|structures?) of secretariat ")
# What says where it is told, which is anywhere in the report, or that a part counts as well; "the" is left out here.
_TOLD_THERE = (
    *("according to part ii", "in chapters of part ii", "in part ii", "according to report", "in report", "in all chapters"),
    *("taking all chapters together", "take all chapters together", "over all chapters", "over whole report"),
    *("going by chapters on units", "going by chapters", "across all chapters", "as far as report says"),
    *("wholly or in part", "in whole or in part", "wholly or partly"),
    *("all chapters taken together", "by report account", "as report tells", "in whole report"),
)


def kind(link: Link) -> str:
    """Return what stands for a name in a pattern."""
    thing = link.thing
    if link.broad:
        return "{crime}"
    if "/vocab/theme/" in thing.iri:
        return "{theme}"
    if thing.cls in INSTRUMENTS:
        return "{document}"
    if thing.cls in ("Place", "Region"):
        return "{place}"
    if thing.cls in ("State", "Territory"):
        return "{state}"
    return "{unit}" if thing.cls in _UNITS else "{body}" if thing.is_actor else "{other}"


def _plain(some: Sequence[Word]) -> list[str]:
    """Return plain words; "whats" is two."""
    return [said for word in some for said in ([word.plain, "is"] if _is_short_for_is(word) else [word.plain])]


def _is_short_for_is(word: Word) -> bool:
    """Whether a word is "what's", of which only "what" is left."""
    return word.plain == "what" and word.end - word.start > len("what")


def _apart(question: Question) -> list[Link]:
    """Return the names of a question in their order, none in another one, and none again beside it: "the Unit (U)".

    Nor is one again behind "and", of a theme that has several: "cyber security and cybercrime". The organ is a part of the
    name of a decision: "Permanent Council Decision No. 810".
    """
    found: list[Link] = []
    for link in sorted(question.linked.links, key=lambda link: link.start):
        between = [word.plain for word in question.linked.words[found[-1].end : link.start]] if found else []
        if found and link.start >= found[-1].end and between in ([], ["and"]) and link.thing is found[-1].thing:
            found[-1] = replace(found[-1], end=link.end)
        elif not found or link.start >= found[-1].end:
            of_organ = found and found[-1].thing.cls == _ORGAN and link.thing.cls in INSTRUMENTS and between in _OF_ORGAN
            if of_organ or (found and between == [] and found[-1].thing.iri in _jurisdiction(link)):
                # "Ukraine's Security Service" is one name.
                link = replace(link, start=found.pop().start)
            found.append(link)
    return found


def _jurisdiction(link: Link) -> list[str]:
    return link.thing.facts.get("jurisdiction", []) if link.thing.is_actor else []


def of_bodies(question: Question) -> dict[int, str]:
    """Return the adjectives of states that only say of which state the body behind them is, by the places of their words.

    "The Ukrainian Security Service" is one name.
    """
    linked = question.linked
    of = [(place, link) for place in linked.adjectives for link in linked.links if link.start - 1 <= place < link.end]
    states = ((place, set(_jurisdiction(link)) & linked.demonyms) for place, link in of)
    return {place: next(iter(found)) for place, found in states if len(found) == 1}


def _says(link: Link) -> bool:
    """Whether a name says anything: the OSCE as a whole says nothing."""
    return link.thing.cls != "OsceBody"


def named(question: Question) -> list[Link]:
    """Return the names that stand as their kinds among the words of a question, in their order."""
    return list(filter(_says, _apart(question)))


def words(question: Question, sections: bool = False) -> list[str]:
    """Return the words of a question, each name as its kind; with `sections` those that say a chapter as one word."""
    linked = question.linked
    found, place, held = [], 0, of_bodies(question)
    of_chapters = linked.sections if sections else []
    for link in sorted((*_apart(question), *of_chapters), key=lambda one: (one.start, one.end)):
        found += _plain([word for at, word in enumerate(linked.words[place : link.start], place) if at not in held])
        # Symbols of decisions are no words: their links are as long as none.
        found += [SECTION] if link in of_chapters else [kind(link)] if _says(link) else []
        place = link.end
    found += _plain(linked.words[place:])
    found = _with_bound(_without_where([word for word in _without_year(found) if word not in FILLERS]))
    return found[:-1] if linked.days and found and found[-1] in _BEFORE_DAYS else found


def _without_year(words: list[str]) -> list[str]:
    """Return words without the year of the report, of which all is told, and what stands before it.

    >>> _without_year("how many activities did {unit} have in 2011".split())
    ['how', 'many', 'activities', 'did', '{unit}', 'have']
    """
    found: list[str] = []
    for word in words:
        if word == str(REPORT_YEAR):
            while found and found[-1] in _BEFORE_YEAR:
                found.pop()
        else:
            found.append(word)
    return found


def _without_where(words: list[str]) -> list[str]:
    """Return words without those that say only that it is the report, or all of it, that tells.

    >>> _without_where("which units work with {body} according to part ii".split())
    ['which', 'units', 'work', 'with', '{body}']
    >>> _without_where("which units of secretariat work with {body}".split())
    ['which', 'secretariat', 'units', 'work', 'with', '{body}']
    """
    text = f" {' '.join(words)} "
    for said in _TOLD_THERE:
        text = text.replace(f" {said} ", " ")
    return _OF_SECRETARIAT.sub(_secretariat, text).split()


def _secretariat(match: re.Match[str]) -> str:
    """Return "units of the Secretariat" as "Secretariat units"; thematic ones are those anyway."""
    return f" {'thematic' if match['thematic'] else 'secretariat'} {match['units']} "


def bounded_text(text: str) -> str:
    """Return a text whose only number is a bound: "in three chapters" is "in exactly three chapters".

    >>> bounded_text("Which events are told in three chapters?"), bounded_text("Who paid for more than one activity?")
    ('Which events are told in exactly three chapters?', 'Who paid for more than one activity?')
    """
    text = _SEVERAL.sub("at least two", text)
    if bounds.bound(text) is not None:
        return text
    return _NUMBER.sub(lambda match: f"exactly {match['number']}", text, count=1)


def _is_number(words: list[str]) -> bool:
    """Whether a word is a number, in figures or letters."""
    return all(word.isdigit() or word in _COUNTS for word in words) and bool(words)


def is_number(word: str) -> bool:
    """Whether a word is a number that is no year."""
    return _is_number([word]) and word != str(REPORT_YEAR)


def _with_bound(words: list[str]) -> list[str]:
    """Return words with `{bound}` in the place of a number and what makes it a bound.

    >>> _with_bound("which units have more than five staff".split()), _with_bound("told in 3 or more chapters".split())
    (['which', 'units', 'have', '{bound}', 'staff'], ['told', 'in', '{bound}', 'chapters'])
    >>> _with_bound("which courses had between 20 and 30 participants".split())
    ['which', 'courses', 'had', '{bound}', 'participants']
    """
    place = next((i for i, word in enumerate(words) if _is_number([word]) or word == "several"), None)
    if place is None:
        return words
    first, last = place, place + 1
    for some in _BEFORE_BOUND:
        if tuple(words[max(0, place - len(some)) : place]) == some:
            first = place - len(some)
            break
    if (
        words[first - 1 : first] == ["between"]
        and words[last : last + 1] == ["and"]
        and _is_number(words[last + 1 : last + 2])
    ):
        first, last = first - 1, last + 2
    if words[first:last] == ["at", "least", "one"]:
        # So many there are of whatever there is.
        return [*words[:first], *words[last:]]
    if words[last : last + 1] == ["or"] and words[last + 1 : last + 2] in (["more"], ["fewer"], ["less"]):
        last += 2
    return [*words[:first], BOUND, *words[last:]]
