"""Stage 10e16: plain questions, which are always read in the same way: `queries/plain.txt` says how.

What is likely is learned from questions that were written to be hard; a plain one must not be asked back for that.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from oscegraph import query, resources
from oscegraph.asking import bounds
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import INSTRUMENTS
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.filter_limits import EVENTS_ASKED, NO_EVENTS
from oscegraph.asking.on_events import OWN
from oscegraph.asking.papers import Papers
from oscegraph.asking.pattern_parts import Part, parts
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.phrased import Phrased
from oscegraph.asking.phrases import Phrase
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Event
from oscegraph.asking.wording import Word
from oscegraph.dates import REPORT_YEAR
from oscegraph.directory import Directory, fold
from oscegraph.namespaces import expand

# The detail that tells the posts of a structure, and the posts, by structure.
Posts = dict[str, tuple[str, list[str]]]
_PAPER = "paper"

# What says nothing in a plain question.
_FILLERS = frozenset({"the", "a", "an", "osce", "please"})
_UNITS = frozenset({"FieldOperation", "SecretariatUnit", "Institution"})
# What is said of a reading, where it is no value of a parameter.
_SAID = frozenset({"of", "param", "only", "role", "also"})
# Candidates on less or other than what is named.
OTHER = frozenset({"narrowed", OWN})
# What sets of activities are called in which one actor had a role.
_SHAPE = "shape 1 actors"
# What adopts decisions, and what may stand between its name and that of one.
_ORGAN = "DecisionBody"
_OF_ORGAN: tuple[list[str], ...] = ([], ["decision"])
# What is left before a period when that is taken out.
_BEFORE_DAYS = frozenset(
    {"in", "on", "during", "between", "from", "throughout", "after", "before", "since", "until", "till"}
)
_BEFORE_YEAR = frozenset({"in", "during", "for", "over", "of", "throughout", "the", "year"})
# What stands for a number with what makes it a bound, and what does before it; forms of answers that take one.
# What stands for the structure whose chapter is meant.
SECTION = "sectioned"
BOUND, _BOUNDED, _FIGURES = "{bound}", frozenset({"bounded", "many"}), "figure_"
NUMBERED = "{number}"
# A pair is two.
_PAIR = "pair"
_COUNTS = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "fifty"})
_BEFORE_BOUND = (
    *(("at", "least"), ("at", "most"), ("more", "than"), ("fewer", "than"), ("less", "than")),
    *(("longer", "than"), ("shorter", "than")),
    *(("exactly",), ("only",), ("over",), ("under",), ("above",), ("below",)),
)
_SEVERAL = lazy_pattern(r"\bseveral\b", re.IGNORECASE)
_NUMBER = lazy_pattern(rf"\b(?:only\s+)?(?P<number>{'|'.join(sorted(_COUNTS))}|\d+)\b", re.IGNORECASE)
# What says where it is told, which is anywhere in the report, or that a part counts as well; "the" is left out here.
_TOLD_THERE = (
    *("according to part ii", "in chapters of part ii", "in part ii", "according to report", "in report", "in all chapters"),
    *("taking all chapters together", "take all chapters together", "over all chapters", "over whole report"),
    *("going by chapters on units", "going by chapters", "across all chapters", "as far as report says"),
    *("wholly or in part", "in whole or in part", "wholly or partly"),
    *("all chapters taken together", "by report account", "as report tells", "in whole report"),
)


class Form(NamedTuple):
    """A pattern of plain questions, and of which kind the reading is, what it tells, and what else is to be so."""

    pattern: tuple[Part, ...]
    family: str
    projection: str
    typed: bool
    of: str
    param: str
    only: str
    told: bool
    acronym: bool
    role: str
    also: str
    fixed: dict[str, str]

    def phrase(self) -> Phrase:
        """The named query that tells it, with the form and the column of the answer."""
        name, form, *columns = self.projection.split()
        return Phrase(query.named(name), (), (), form, tuple(columns), {})


def matches(pattern: Sequence[Part], words: Sequence[str]) -> bool:
    """Whether words are all of a pattern. Expressions would take longer to compile than a question takes to answer.

    >>> matches(parts("when was {document} adopted (exactly)"), ["when", "was", "{document}", "adopted"])
    True
    """
    if not pattern:
        return not words
    (optional, choices), *rest = pattern
    taken = (words[len(some) :] for some in choices if tuple(words[: len(some)]) == some)
    return any(matches(rest, left) for left in taken) or (optional and matches(rest, words))


def lines(text: str) -> Iterator[str]:
    r"""Yield the lines of a text, each that has the name of several choices once for each of them, with what it fixes.

    >>> list(lines("@a <- units\n@a <- missions ; class=osg:FieldOperation\nwhich @a met -> ask met list oneLabel"))
    ['which units met -> ask met list oneLabel', 'which missions met -> ask met list oneLabel; class=osg:FieldOperation']
    """
    choices: dict[str, list[tuple[str, str]]] = {}
    for line in text.splitlines():
        if line.startswith("@"):
            name, _, said = line.partition(" <- ")
            words, _, fixed = said.partition(" ; ")
            choices.setdefault(name, []).append((words, fixed))
        elif line.strip() and not line.startswith("#"):
            name = next((name for name in choices if name in line.split()), "")
            for words, fixed in choices.get(name, [("", "")]):
                whole = line.replace(name, words) if name else line
                yield f"{whole}{' ' if ';' in whole else '; '}{fixed}" if fixed else whole


def read(text: str) -> list[Form]:
    """Return the forms that a text has, one a line."""
    found = []
    for line in lines(text):
        pattern, reading = line.split(" -> ")
        told, _, more = reading.partition(";")
        family, _, projection = told.strip().partition(" ")
        family = family.replace("_", " ")
        named = dict(part.split("=") for part in more.split() if "=" in part)
        of, param, only, role, also = (named.get(name, "") for name in ("of", "param", "only", "role", "also"))
        typed, telling, acronym = (flag in more.split() for flag in ("typed", "told", "acronym"))
        fixed = {name: value for name, value in named.items() if name not in _SAID or ":" in value}
        role = "" if "role" in fixed else role
        known = parts(pattern), family, projection, typed, of, param, only, telling, acronym, role, also
        found.append(Form(*known, fixed))
    return found


@functools.cache
def catalogue(name: str = "plain") -> list[Form]:
    """Return all forms of a file: those that are always read so, or those that are "open" in what they mean."""
    return read(resources.text_of(resources.queries_dir() / f"{name}.txt"))


@functools.cache
def _by_beginning(name: str) -> dict[str, list[Form]]:
    """Return the forms of a file by the words that they may begin with, each list in the order of the file."""
    found: dict[str, list[Form]] = {}
    for form in catalogue(name):
        for word in sorted(beginnings(form.pattern)):
            found.setdefault(word, []).append(form)
    return found


def beginnings(pattern: Sequence[Part]) -> frozenset[str]:
    """Return the words that a pattern may begin with: all of its parts up to the first that may not be missing."""
    found: set[str] = set()
    for optional, choices in pattern:
        found.update(some[0] for some in choices)
        if not optional:
            break
    return frozenset(found)


def of_words(words: Sequence[str], name: str = "plain") -> Iterator[Form]:
    """Yield the forms of a file that words have, the first of the file first."""
    return (form for form in _by_beginning(name).get(words[0] if words else "", ()) if matches(form.pattern, words))


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
    found = _with_bound(_without_where([word for word in _without_year(found) if word not in _FILLERS]))
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
    """
    text = f" {' '.join(words)} "
    for said in _TOLD_THERE:
        text = text.replace(f" {said} ", " ")
    return text.split()


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


def plain(
    question: Question, candidates: Sequence[Candidate], posts: Posts, phrased: Phrased, papers: Papers
) -> Candidate | None:
    """Return the reading of a plain question; None if it is not plain.

    `posts` are the details on posts, by structure; the organ and the themes of one of the `papers` may be named beside it.
    """
    linked = question.linked
    if linked.chapters or linked.ambiguous:
        return None
    said = words(question)
    form = next(of_words(said), None)
    links = [link for link in linked.links if not link.broad and link.thing.cls != "OsceBody"]
    if form is None or (form.family == "set" and not (links or linked.days)):
        return None
    if form.family != "ask" and question.polar != (form.family == "any"):
        # What a query tells answers "are there any ...?", too.
        return None
    if linked.days and form.family not in ("set", "any"):
        return None
    named = {link.thing.iri for link in links}
    if form.family == "ask":
        ordered = [link for link in _apart(question) if _says(link) and not link.broad]
        values = dict(zip(form.param.split(","), (link.thing.iri for link in ordered), strict=False)) if form.param else {}
        keeps = bounds.bound(bounded_text(linked.text))
        # What no query tells of has none; of figures it is not known.
        open_below = keeps is None or (keeps(0) and not form.phrase().query.name.startswith(_FIGURES))
        if len(values) != len({link.thing.iri for link in ordered}) or (form.phrase().form in _BOUNDED and open_below):
            return None
        if form.phrase().form == _PAIR and keeps is not None and not keeps(2):
            return None
        values |= {name: expand(value) or value for name, value in form.fixed.items()}
        told = phrased.candidate(form.phrase(), question, values, links, keeps)
        return None if form.told and told is not None and not told.answer else told
    if form.family == _PAPER:
        known = papers.papers
        named -= {iri for one in named & known.keys() for iri in (known[one].organ, *known[one].themes)}
    found = [one for one in candidates if _fits(one, form, question, named, posts)]
    # Of sets that are chosen in several ways the whole one is meant.
    whole = max(found, key=lambda one: len(one.events), default=None)
    if whole and EVENTS_ASKED.search(linked.text) and _is_mixed(question.facts.known(whole.events)):
        # Which of them are events is worked out.
        return None
    return only(whole, form.only, question.facts.directory) if whole and form.only else whole


def _is_mixed(events: Sequence[Event]) -> bool:
    """Whether some activities are events, and others publications, gifts or advice."""
    return len({event.kinds <= NO_EVENTS for event in events}) > 1


def only(one: Candidate, kind: str, directory: Directory) -> Candidate:
    """Return a reading with those alone that are of a kind."""
    things = tuple(iri for iri in one.things if wanted((kind,), directory.things[iri]))
    return replace(one, things=things, answer=list(map(directory.label, things)), types=(kind,))


def _is_short(question: Question, link: Link) -> bool:
    """Whether a name is said by an acronym."""
    said = " ".join(word.plain for word in question.linked.words[link.start : link.end] if word.plain not in _FILLERS)
    return said in map(fold, link.thing.names.get("acronym", ()))


def _fits(one: Candidate, form: Form, question: Question, named: set[str], posts: Posts) -> bool:
    if (one.family, one.projection) != (form.family, form.projection) or OTHER.intersection(one.flags):
        return False
    if form.family == "set" and one.types != (tuple(question.types) if form.typed else ()):
        return False
    if form.of == "focal":
        return any(one.values.get("detail") == posts[iri][0] for iri in named if iri in posts)
    if (form.projection == "parties: numbers" and len(one.answer) != 1) or (form.told and not one.answer):
        return False
    if form.acronym and not any(_is_short(question, link) for link in question.linked.links):
        return False
    if form.role and f"{_SHAPE} {form.role}" not in one.numbers:
        return False
    held = (value if isinstance(value, list) else [value] for value in one.values.values())
    known = {value for values in held for value in values if isinstance(value, str)}
    return named <= known and bool(question.linked.days) == ("from" in one.values)
