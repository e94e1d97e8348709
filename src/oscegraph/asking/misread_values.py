"""Stage 10g1a7: whether an answer tells values of another sort, or another number of them, than a question asks for.

A number does not answer "who", a town is no body, and one number is none for each country.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from typing import Any

from oscegraph.asking import asked_every, targets, wording
from oscegraph.asking.asked_days import MONTH
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.misread import PLACED
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question

# What asks for a number beside what `targets.aspects` knows of.
_COUNTED = lazy_pattern(
    r"\b(?:add|attendance|combined|cost\w*|count(?:s|ed)?|crowd|difference|editions?|euros?|first|gap|kilo\w*|many|membership|no"
    r"|part(?:y|ies)|quantit\w+|ranks?|ratif\w*|series|staff|strength|totals?|turnout)\b",
    re.IGNORECASE,
)
_INDIRECTLY = lazy_pattern(r"\bindirect(?:ly)?\b", re.IGNORECASE)
_BY_NAME = frozenset({"name"})
_TOWN = lazy_pattern(r"\b(?:which|what)\s+(?:\w+\s+){0,2}?(?:cit(?:y|ies)|towns?)\b", re.IGNORECASE)
_WHO = lazy_pattern(
    r"^\W*(?:who(?:m|se)?|(?:which|what)\s+(?:experts?|trainers?|speakers?|instructors?|people))\b", re.IGNORECASE
)


def is_of_another_sort(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is told how many, where no number is asked for; who, where a town is; or where, where it is asked who."""
    text = question.linked.text
    if question.polar or not best.answer:
        return False
    if [type(value) for value in best.answer] == [int]:
        return {kind for _, kind in targets.aspects(text)} == _BY_NAME and not _COUNTED.search(text)
    if _WHO.search(text):
        return best.projection in PLACED
    things = naming.directory.things
    told = [things.get(iri) for iri in best.things] if _TOWN.search(text) else []
    return bool(told) and all(thing is not None and thing.is_actor and thing.cls not in AREAS for thing in told)


def is_of_one_kind(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether units of the Secretariat and field operations are asked for, and only such units are told."""
    if not best.things or not asked_every.of_two_parts(question.linked.text):
        return False
    things = (naming.directory.things.get(iri) for iri in best.things)
    return all(thing is not None and thing.type == "secretariat-unit" for thing in things)


# Who did something with each of several things is asked for, a number for each, or how many chapters there are.
_WHO_OF_EACH = lazy_pattern(
    r"[,;]?\s+and\s+(?:by\s+)?who(?:m)?\s+(?:(?:was|were|did)\s+)?"
    r"(?:held|hosted|organi[sz]ed|ran|run|convened|arranged|funded|paid for|financed|gave|taught)\s+(?:each|them|every)\b"
    r"|\band\s+by\s+whom\W*$",
    re.IGNORECASE,
)
_NUMBER_OF_EACH = lazy_pattern(
    r"^\W*how many\b[^?]*"
    r"(?:,\s*(?:broken down )?(?:by|per) (?:country|state|unit|mission|project|chapter|operation|activity)"
    r"|\b(\w+) by \1)\b",
    re.IGNORECASE,
)
_HOW_MANY_CHAPTERS = lazy_pattern(r"\bhow many (?:of (?:the|its) )?chapters\b", re.IGNORECASE)
_LENGTHS = frozenset({"length", "duration"})


def is_of_no_body(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked who held each of several events, and rows without any body are told of them."""
    if best.kind != ("detail", "rows") or not _WHO_OF_EACH.search(question.linked.text):
        return False
    told = {str(value) for row in best.answer if isinstance(row, list) for value in row}
    things, bearers = naming.directory.things, naming.directory.bearers
    return not any(things[iri].is_actor for value in told for iri in bearers(value))


def is_echo(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked who did something, and those are told whom the question says it was done with."""
    linked = question.linked
    if best.family != "detail" or not best.answer or not _WHO.search(linked.text):
        return False
    labels = " ".join(naming.label(iri) for iri in linked.demonyms)
    said = {word.stem for word in (*linked.words, *wording.words(labels))} | wording.EMPTY
    return all(isinstance(one, str) and {word.stem for word in wording.words(one)} <= said for one in best.answer)


def is_one_number(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether a number is asked for each country or project, and one is told; or how many chapters, and how long it was."""
    text = question.linked.text
    if best.projection in _LENGTHS and _HOW_MANY_CHAPTERS.search(text):
        return True
    return [type(value) for value in best.answer] == [int] and bool(_NUMBER_OF_EACH.match(text))


# One of a kind that is told by its name is asked for.
_ONE_OF_A_KIND = lazy_pattern(
    r"\b(?:which|what)\s+(?:(?!of\b)[\w-]+\s+){0,2}?(?:neighbour|neighbor|country|state|city|town|ministry|agency|organi[sz]ation)\b"
    r"(?!\s+(?:and|or)\b)",
    re.IGNORECASE,
)
_MANY_NAMES = 3


def is_of_many(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether one neighbour, State or body is asked for, and one text that names many is told."""
    if best.family != "detail" or len(best.answer) != 1 or not isinstance(best.answer[0], str):
        return False
    names = best.answer[0].split(", ")
    # The name of a ministry may have commas itself.
    many = len(names) >= _MANY_NAMES and all(map(naming.directory.bearers, names))
    return many and bool(_ONE_OF_A_KIND.search(question.linked.text))


def says_twice(answer: Sequence[Any]) -> bool:
    """Whether one of several values is told twice, once with more: "drugs; drugs: 15 percent"."""
    told = [value for value in answer if isinstance(value, str)]
    return any(other.startswith(f"{one}: ") for one, other in itertools.permutations(told, 2))


_NUMBERS_ALONE = lazy_pattern(r"^\W*how many\b[^?]*\band (?:\w+ )?how many\b[^?]*\?\W*$", re.IGNORECASE)
_ASKS_ELSE = lazy_pattern(r"\b(?:who|whom|whose|which|what|where|when|how (?!many\b))", re.IGNORECASE)


def tells_no_number(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether numbers alone are asked for, and values without any number are told beside them."""
    text = question.linked.text
    if best.family != "both" or not _NUMBERS_ALONE.match(text) or _ASKS_ELSE.search(text):
        return False
    return any(not any(sign.isdigit() for sign in str(value)) for value in best.answer)


_WHO_ASKED = lazy_pattern(
    r"\b(?:(?:co-?|joint )?(?:organi[sz]ers?|hosts?)|partners?|donors?|funders?|(?:with|by) whom)\b",
    re.IGNORECASE,
)


_WHEN_AND_WHERE = lazy_pattern(r"\b(?:when\s+and\s+where|where\s+and\s+when)\b", re.IGNORECASE)
_STATED_FIRST = lazy_pattern(r"^[^?]*(?:(?<=[a-z0-9)])\.|:)\s+(?=[A-Za-z])")
_OF_EVENTS = frozenset({"set", "event", "detail"})


# Days, years and editions are no number of people.
_NO_NUMBER = lazy_pattern(
    rf"\b(?:\d{{4}}(?:-\d\d)*|\d{{1,2}}(?:st|nd|rd|th)|\d{{1,2}}(?:\s*[-\u2013]\s*\d{{1,2}})?\s+{MONTH}|[IVX]+(?:\.\d+)+)",
    re.IGNORECASE,
)
_PEOPLE_BESIDE = lazy_pattern(
    r"(?:,|:|\band|\bwith)\s+(?:and\s+)?(?:(?:the|its|their)\s+)?(?:numbers?\s+of|how\s+many)\s+(?:[\w-]+\s+)?"
    r"(?:people|persons|participants|attendees|trainees|officers|officials|experts|specialists|judges|prosecutors|travell?ers)\b",
    re.IGNORECASE,
)


def lacks_people(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked besides how many people there were of each, and a statement tells rows without any number."""
    rows = [row for row in best.answer if isinstance(row, list)]
    if question.polar or not rows or best.family != "detail" or not _PEOPLE_BESIDE.search(question.linked.text):
        return False
    return not any(sign.isdigit() for row in rows for value in row for sign in _NO_NUMBER.sub("", str(value)))


# "Rows of decision and the two addressees": so many values behind the first.
_WIDE_ROWS = lazy_pattern(r"\brows?\s+(?:of|with)\s+[^.;:?]*?\band\s+the\s+(?P<number>two|three|four)\b", re.IGNORECASE)


def is_too_narrow(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether rows with two or more values of a kind are asked for, and all that are told have fewer."""
    match = _WIDE_ROWS.search(question.linked.text)
    rows = [row for row in best.answer if isinstance(row, list)]
    if match is None or not rows:
        return False
    # One value stands before so many; the first of these words is two.
    width = 1 + wording.NUMBERS.index(match["number"].casefold()) + 2
    return all(len(row) < width for row in rows)


def lacks_column(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether rows are told, none of which has a value of a kind that is asked for: who, where, when or how many."""
    rows = [row for row in best.answer if isinstance(row, list)]
    if question.polar or not rows or len(rows) < len(best.answer):
        return False
    text, kinds = question.linked.text, {kind for _, kind in targets.aspects(question.linked.text)}
    values = [str(value) for row in rows for value in row]
    if kinds & {"day", "number"} and not any(sign.isdigit() for value in values for sign in value):
        return True
    named = {name for value in values for name in (value, *value.split(", "))}
    things = [naming.directory.things[iri] for name in named for iri in naming.directory.bearers(name)]
    if best.family == "detail" and _WHEN_AND_WHERE.search(text) and not any(thing.cls in AREAS for thing in things):
        return True
    if best.family not in _OF_EVENTS or not _WHO_ASKED.search(_STATED_FIRST.sub("", text)):
        # Partners for Co-operation are parties to treaties, and no partners of anybody; nor is what is said first asked.
        return False
    return not any(thing.is_actor for thing in things)


_TELLINGS, _WHOM = "tellings naming", lazy_pattern(r"\bwhom\b", re.IGNORECASE)


def is_of_tellers(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked whom somebody met, and the chapters are told that tell of it."""
    return best.projection == _TELLINGS and bool(_WHOM.search(question.linked.text))


def is_of_those_direct(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked how many staff were involved indirectly: numbers are told of those who were so directly."""
    staff = best.projection.startswith("staff") or best.query == "figure_staff"
    return staff and bool(_INDIRECTLY.search(question.linked.text))


ALL: tuple[Callable[[Naming, Question, Candidate], bool], ...] = (
    is_of_another_sort,
    is_of_one_kind,
    is_of_no_body,
    is_echo,
    is_one_number,
    is_of_many,
    tells_no_number,
    lacks_column,
    lacks_people,
    is_too_narrow,
    is_of_tellers,
    is_of_those_direct,
)
