"""Stage 10g1a7: another year than what is told is of: "how many victims were found in 2009?".

Most of the report is on its own year, so that few ways of asking look at one.
"""

from __future__ import annotations

import re

from oscegraph.asking.asked_days import MONTH
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.dates import REPORT_YEAR

_YEAR = lazy_pattern(r"(?<![-\d/.])(?:19|20)\d\d(?![-\d/.])")
# Of a year, or in it.
_THEN = lazy_pattern(rf"\b(?:in|since|by|until|during)\s+(?:{MONTH}\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)
_IN = lazy_pattern(r"\b(?:in|during|for) ((?:19|20)\d\d)\b(?![-/])", re.IGNORECASE)
_STAFF = "figure_staff"


def named(text: str) -> set[str]:
    """Return the years that a text names, but for that of the report.

    >>> sorted(named("Was it more in 2010 than in 2011, by MC.DEC/5/2008?"))
    ['2010']
    """
    return set(_YEAR.findall(text)) - {str(REPORT_YEAR)}


def is_told(question: Question, best: Candidate) -> bool:
    """Whether a question is on another year than what is told."""
    if question.polar:
        return False
    if best.family in ("set", "event"):
        return bool(best.answer) and _is_of_other_activities(question, best)
    years = named(question.linked.text)
    if best.found is not None:
        return bool(years) and _is_of_another_statement(question, best)
    if best.family == "papers":
        return bool(years) and best.projection == "papers" and "year" not in best.flags
    return bool(years) and (best.family == "heading" or best.query == _STAFF)


def _is_of_other_activities(question: Question, best: Candidate) -> bool:
    """Whether "in" and a year are said, and no activity that is told of was then, nor has it in its title."""
    years = {int(year) for year in _THEN.findall(question.linked.text)} - {REPORT_YEAR}
    events = question.facts.known(best.events)
    days = [days for event in events for days in event.days]
    titles = " ".join(event.label for event in events)
    return bool(years and days) and not any(
        str(year) in titles or any(first.year <= year <= last.year for first, last in days) for year in years
    )


def _is_of_another_statement(question: Question, best: Candidate) -> bool:
    """Whether a year is said that neither a statement nor what it is about has: "the Donbass 2012 exercise" limits none."""
    facts, linked = question.facts, question.linked
    detail = best.found.detail if best.found else None
    if detail is None:
        return False
    labels = map(facts.directory.label, detail.about)
    titles = (event.label for event in facts.known(detail.about))
    told = " ".join([*labels, *titles, detail.summary, *map(str, detail.values), *map(str, best.answer)])
    known = named(told) | {stem for stem in detail.bag | detail.heads if stem.isdigit()}
    of_names = {word.plain for link in question.links for word in linked.words[link.start : link.end]}
    return not set(_IN.findall(linked.text)) <= known | of_names | {str(REPORT_YEAR)}
