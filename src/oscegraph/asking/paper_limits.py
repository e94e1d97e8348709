"""Stage 10e17d0: what limits the instruments that a plain question asks for, and which of them keep to it.

Names limit them by how they stand in the question (adopted by, on, that task), and years, days and what they do in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from oscegraph.asking.asked_links import Link, Linked
from oscegraph.asking.naming import Naming
from oscegraph.asking.on_papers import IN_MONTH, MONTHS, NUMBERED
from oscegraph.asking.papers import ADOPTION, PROVISIONS, YEAR, Paper, Papers
from oscegraph.asking.papers_so import APPENDIX, EARLIEST, LATEST, spans_of_years
from oscegraph.asking.patterns import lazy_pattern

# By which query it is shown that names limit instruments so, and which parameter they fill.
SHOWN = {
    "tasks": ("decision_tasks", "body"),
    "names": (PROVISIONS, "names"),
    "recalls": ("decision_recalls", "recalled"),
    "recalled": ("decision_recalls", "recalled"),
    "basis": ("decision_activities", "structure"),
}
_FLAGS: dict[str, tuple[str, Callable[[Paper], bool]]] = {
    "recalling_decisions": ("that recall decisions", lambda paper: bool(paper.decisions)),
    "recalling": ("that recall others", lambda paper: bool(paper.recalls)),
    "tasking": ("that task somebody", lambda paper: bool(paper.tasks)),
    "grounding": ("cited in part II", lambda paper: bool(paper.of_part_two)),
    "unnoted": ("not listed in the note on mandates", lambda paper: not paper.is_noted),
    "noted": ("listed in the note on mandates", lambda paper: paper.is_noted),
}
_DAY = lazy_pattern(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({'|'.join(MONTHS)})(?:,? (\d{{4}}))?\b", re.IGNORECASE)
_OF_REPORT = lazy_pattern(r"\b(?:2011 report|report (?:of|for|on) 2011)\b", re.IGNORECASE)
_MANDATES = frozenset({"decision", "declaration", "action plan"})
# That a chapter is where they are named.
THERE = "there"
_OF_PART_ONE = lazy_pattern(r"(?<![\w.])I\.\d\b")
# Of several of these it is one: an instrument has one organ and one place.
ANY_OF = ("organ", "place")


@dataclass(frozen=True)
class Limits:
    """What instruments have to have: names, each with how it limits them, a class, and what else is said in words."""

    names: tuple[tuple[str, Link], ...]
    kinds: tuple[str, ...]
    others: tuple[tuple[str, Callable[[Paper], bool]], ...] = ()
    denied: bool = False


class Fitting:
    """Tells which instruments keep to limits, over one set of facts."""

    def __init__(self, naming: Naming, known: Papers) -> None:
        self.naming, self.known = naming, known

    def papers(self, limits: Limits) -> list[Paper]:
        """Return the instruments that have all that is asked for, in the order of their days."""
        papers = [paper for paper in self.known.papers.values() if self.fits(paper, limits)]
        return sorted(papers, key=lambda paper: (paper.date or "9", paper.name))

    def fits(self, paper: Paper, limits: Limits) -> bool:
        """Whether an instrument has all that is asked for."""
        return (
            (not limits.kinds or paper.cls in limits.kinds)
            and self._is_limited(paper, limits) is not limits.denied
            and all(keeps(paper) for _, keeps in limits.others)
        )

    def _is_limited(self, paper: Paper, limits: Limits) -> bool:
        """Whether all names limit an instrument so, and one of its organs and places."""
        alone = all(self._has(paper, *name) for name in limits.names if name[0] not in ANY_OF)
        return alone and all(any(self._has(paper, *name) for name in some) for some in _by_how(limits.names))

    def _has(self, paper: Paper, how: str, link: Link) -> bool:
        """Whether a name limits an instrument so."""
        iri = link.thing.iri
        match how:
            case "of":
                return paper.iri == iri
            case "organ":
                return paper.organ == iri
            case "place":
                return bool(paper.place) and iri in (paper.place, *self.naming.states([paper.place]))
            case "theme":
                return iri in paper.themes
            case "tasks":
                return iri in paper.tasks
            case "recalls":
                return iri in paper.recalls
            case "recalled":
                return paper.iri in self.known.papers[iri].recalls
            case "mandate":
                return paper.cls in _MANDATES and (iri in paper.tasks or self._has(paper, "cited", link))
            case "cited":
                return any(self.naming.facts.teller(chapter) == iri for chapter in paper.chapters)
            case "names":
                return any(iri in (*one.addressees, *one.names) for one in paper.provisions)
        facts = self.naming.facts
        tellers = {facts.teller(told.chapter) for event in facts.known(paper.activities) for told in event.told}
        return iri in tellers


def _by_how(names: Sequence[tuple[str, Link]]) -> list[list[tuple[str, Link]]]:
    """Return the names of which one has to fit, by how they limit."""
    found = ([name for name in names if name[0] == how] for how in ANY_OF)
    return [some for some in found if some]


def shown(limits: Limits, papers: list[str]) -> tuple[str, dict[str, Any]]:
    """Return the query that tells why instruments are those that are asked for, with its parameters."""
    name: str = ADOPTION
    values: dict[str, Any] = {"instrument": papers}
    for how, link in limits.names:
        if how in SHOWN:
            name, parameter = SHOWN[how]
            values = {"instrument": papers, parameter: link.thing.iri}
            if how == "recalled":
                values = {"instrument": link.thing.iri, parameter: papers}
    return name, values


def chapters_of(linked: Linked) -> list[str]:
    """Return the chapters that a question names, those of part I, too."""
    return [*_OF_PART_ONE.findall(linked.text), *linked.chapters]


def _is_there(chapter: str, paper: Paper) -> bool:
    """Whether a chapter, or one of those that a part of the report has, names an instrument."""
    return any(number == chapter or number.startswith(f"{chapter}.") for number in paper.chapters)


def in_words(text: str, flags: Collection[str], chapters: Sequence[str]) -> Iterator[tuple[str, Callable[[Paper], bool]]]:
    """Yield what limits instruments besides names, in words: years, a month, chapters, an appendix, what they do."""
    for chapter in chapters:
        yield f"named in {chapter}", partial(_is_there, chapter)
    spans = spans_of_years(text)
    for first, last in spans:
        said = f"until {last}" if first == EARLIEST else f"from {first}" if last == LATEST else f"{first} to {last}"
        yield said, partial(_is_within, first, last)
    years = set() if spans else set(YEAR.findall(_OF_REPORT.sub(" ", text)))
    if years:
        yield " or ".join(sorted(years)), lambda paper: paper.year in years
    if month := IN_MONTH.search(text):
        number = f"{MONTHS.index(month[1].capitalize()) + 1:02}"
        yield f"in {month[1]}", lambda paper: paper.date[5:7] == number
    if appendix := APPENDIX.search(text):
        there = "absent" not in flags
        said = f"{'' if there else 'not '}told in Appendix {appendix[1]}"
        yield said, lambda paper: (f"appendix-{appendix[1]}" in paper.chapters) is there
    if NUMBERED.search(text):
        yield "with a number", lambda paper: bool(paper.symbol)
    for name, (said, keeps) in _FLAGS.items():
        if name in flags:
            yield said, keeps


def days_of(text: str) -> Iterator[tuple[str, Callable[[Paper], bool]]]:
    """Yield each day of a text, with whether an instrument was adopted then."""
    for day, month, year in _DAY.findall(text):
        said = f"{MONTHS.index(month.capitalize()) + 1:02}-{int(day):02}"
        yield f"on {day} {month} {year}".strip(), partial(_is_of_day, f"{year}-{said}" if year else said)


def _is_of_day(day: str, paper: Paper) -> bool:
    """Whether an instrument was adopted on a day, of any year if none is said."""
    return any(one.endswith(day) and len(one) == len("2007-11-30") for one in paper.days)


def _is_within(first: str, last: str, paper: Paper) -> bool:
    """Whether an instrument was adopted from one year to another one."""
    return bool(paper.year) and first <= paper.year <= last
