"""Stage 10e9: decisions and other instruments as questions may mean them: adopted by whom, where, when; tasking whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from oscegraph.asking import wording
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import INSTRUMENTS
from oscegraph.asking.facts import Facts
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Hit, Question, Token, first_of
from oscegraph.asking.statements import Event

YEAR = lazy_pattern(r"\b(?:19|20)\d\d\b")
ADOPTION, PROVISIONS, MENTIONS = "decision_adoption", "decision_provisions", "decision_mentions"
# How much it tells that an instrument is named, that another one is, that its year is, and that another year is.
_NAMED, _OTHER, _SAME_YEAR, _OTHER_YEAR = 8.0, -2.0, 3.0, -1.5
# Labels that are no titles, and the year behind one of two with the same title.
_NUMBERED = lazy_pattern(r"\b(?:Decision No\.|[Rr]esolution) ?\d")
_YEAR_BEHIND = lazy_pattern(r" \(\d{4}\)$")
# Years that say when the report tells of, not which instrument is meant.
_OF_REPORT = frozenset({"2011", "2012"})
# The chapter whose note lists decisions.
NOTE = "I.3"
# Which list of a paper the rows of a query fill, by which column.
_LISTS = (
    ("decision_tasks", "addressee", "tasks"),
    ("decision_recalls", "recalled", "recalls"),
    ("decision_activities", "activity", "activities"),
)
_DECISION = "decision"


@dataclass
class Provision:
    """What an instrument says in one place: of which kind it is, to whom it is said, and whom or what it names."""

    iri: str
    kind: str
    summary: str
    addressees: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@dataclass
class Paper:
    """An instrument as it may be asked for."""

    iri: str
    label: str
    symbol: str = ""
    cls: str = ""
    organ: str = ""
    place: str = ""
    date: str = ""
    themes: set[str] = field(default_factory=set)
    tasks: list[str] = field(default_factory=list)
    recalls: list[str] = field(default_factory=list)
    recalled_by: list[str] = field(default_factory=list)
    # Those that it recalls which are decisions.
    decisions: list[str] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    provisions: list[Provision] = field(default_factory=list)
    bag: set[str] = field(default_factory=set)
    chapters: set[str] = field(default_factory=set)
    # Why it has its theme, if the report does not tell it.
    theme_note: str = ""

    @property
    def name(self) -> str:
        """The symbol, or the title where it has none."""
        return self.symbol or self.label

    @property
    def of_part_two(self) -> list[str]:
        """The chapters on activities that name it, in their order."""
        return sorted(number for number in self.chapters if number.startswith("II."))

    @property
    def titles(self) -> list[str]:
        """The title, if it has one beside what it is numbered by; a year that tells it from another one is no part of it."""
        return [] if _NUMBERED.search(self.label) else [_YEAR_BEHIND.sub("", self.label)]

    @property
    def year(self) -> str:
        """The year in which it was adopted, or ""."""
        return self.date[:4]

    @property
    def is_noted(self) -> bool:
        """Whether the note on mandates lists it."""
        return NOTE in self.chapters and bool(self.date)

    @property
    def days(self) -> list[str]:
        """The days on which it was adopted."""
        return self.date.split("/") if self.date else []


class Papers:
    """All instruments of one set of facts, and which of them a question may mean."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.directory = facts, facts.directory

    @cached_property
    def papers(self) -> dict[str, Paper]:
        """All instruments."""
        found: dict[str, Paper] = {}
        for row in self.facts.listed(ADOPTION):
            iri = row["instrument"] or ""
            paper = found.setdefault(iri, Paper(iri, row["instrumentLabel"] or ""))
            paper.symbol, paper.cls, paper.date = row["symbol"] or "", row["classLabel"] or "", row["adoptedOn"] or ""
            paper.organ, paper.place = row["adoptedBy"] or "", row["place"] or ""
            paper.chapters.add(row["chapter"] or "")
        self._add_lists(found)
        for paper in found.values():
            paper.decisions = [iri for iri in paper.recalls if iri in found and found[iri].cls == _DECISION]
        self._add_provisions(found)
        self._add_words(found)
        return found

    def _add_lists(self, found: dict[str, Paper]) -> None:
        """Add whom the instruments task, what they recall, what rests on them and their themes."""
        for name, column, into in _LISTS:
            for row in self.facts.listed(name):
                paper, value = found.get(row["instrument"] or ""), row[column]
                if paper and value and (name != "decision_recalls" or row["how"] == "itself"):
                    held = getattr(paper, into)
                    held += [value] if value not in held else []
        for row in self.facts.listed("decision_themes"):
            if paper := found.get(row["instrument"] or ""):
                paper.themes.add(row["theme"] or "")
        for paper in found.values():
            for recalled in paper.recalls:
                if recalled in found:
                    found[recalled].recalled_by.append(paper.iri)

    def _add_provisions(self, found: dict[str, Paper]) -> None:
        """Add what the instruments say, in the order of the report."""
        held: dict[str, Provision] = {}
        for row in self.facts.listed(PROVISIONS):
            iri, paper = row["provision"] or "", found.get(row["instrument"] or "")
            if paper and iri not in held:
                held[iri] = Provision(iri, row["provisionKind"] or "", row["summary"] or "")
                paper.provisions.append(held[iri])
            for column, into in (("addressee", "addressees"), ("named", "names")):
                value, values = row[column], getattr(held[iri], into) if iri in held else []
                values += [value] if value and value not in values else []

    def _add_words(self, found: dict[str, Paper]) -> None:
        """Add the words by which the instruments are meant, their chapters, and why they have their themes."""
        words: dict[str, set[str]] = defaultdict(set)
        for row in self.facts.listed("ask-instruments"):
            iri, value = row["instrument"] or "", row["value"] or ""
            if row["fact"] == "chapter" and iri in found:
                found[iri].chapters.add(value)
            elif row["fact"] == "theme" and iri in found:
                found[iri].theme_note = value
            elif row["fact"] == "words":
                words[iri] |= wording.stems(value)
        index = self.facts.postings
        for iri in found:
            for number in index.about.get(iri, ()):
                words[iri] |= self.facts.details[index.iris[number]].bag
        for paper in found.values():
            said = [paper.label, paper.cls, paper.year]
            said += [self.directory.label(iri) for iri in (paper.organ, paper.place) if iri]
            said += [*self.aliases(paper.iri), *self.aliases(paper.organ)]
            paper.bag = words[paper.iri].union(*map(wording.stems, said))

    def aliases(self, iri: str) -> list[str]:
        """Return the other names of a thing."""
        thing = self.directory.things.get(iri)
        return thing.aliases if thing else []

    def titles(self, paper: Paper) -> list[str]:
        """Return the title of an instrument, the whole of one that is known by its beginning."""
        return [
            max([title, *(a for a in self.aliases(paper.iri) if a.startswith(f"{title},"))], key=len)
            for title in paper.titles
        ]

    def hits(self, question: Question, most: int = 3) -> list[tuple[Paper, Hit]]:
        """Return the instruments that a question may mean, the likeliest first."""
        found = [self._hit(question, paper) for paper in self.papers.values()]
        found = [hit for hit in found if hit.matched > 0]
        found.sort(key=lambda hit: (-round(hit.matched, 6), hit.event.iri))
        best = first_of(found, [hit.matched for hit in found], most)
        return [(self.papers[hit.event.iri], hit) for hit in best]

    def _hit(self, question: Question, paper: Paper) -> Hit:
        matched = 0.0
        words: list[Token] = []
        links: list[Link] = []
        for token in question.tokens:
            if token.word.stem in paper.bag:
                matched += token.weight
            else:
                words.append(token)
        tied = {paper.organ, paper.place, *paper.tasks, *paper.recalls}
        for link in question.links:
            stems = question.linked.stems(link)
            if link.thing.iri == paper.iri:
                matched += _NAMED
            elif link.thing.iri in tied or (stems and stems <= paper.bag):
                matched += self.facts.weight(link.thing.iri)
            else:
                matched += _OTHER if link.thing.cls in INSTRUMENTS else 0.0
                links.append(link)
        years = set(YEAR.findall(question.linked.text))
        if paper.year in years:
            matched += _SAME_YEAR
        elif years - _OF_REPORT and paper.year:
            matched += _OTHER_YEAR
        return Hit(Event(paper.iri, paper.label), matched, words, links, 2)

    def label(self, iri: str) -> str:
        """Return the symbol or title of an instrument, or the label of anything else."""
        if paper := self.papers.get(iri):
            return paper.name
        event = self.facts.events.get(iri)
        return event.label if event else self.directory.label(iri)

    def labels(self, iris: Iterable[str]) -> list[str]:
        """Return the labels of those that are given."""
        return [self.label(iri) for iri in iris if iri]
