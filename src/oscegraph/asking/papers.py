"""Stage 10e9: candidates on decisions and other instruments: adopted by whom, where, when; tasking and recalling what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from oscegraph import query
from oscegraph.asking import wording
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import INSTRUMENTS
from oscegraph.asking.candidates import Candidate, cue_set, on_hit
from oscegraph.asking.facts import Facts
from oscegraph.asking.retrieval import Hit, Question, Token, first_of
from oscegraph.asking.statements import Event

# A question is about decisions if it has one of these cues, or names one.
CUES = frozenset({"decision", "adopt", "recall", "task", "rest", "ratify", "signed", "provision", "force"})
_WORDS = re.compile(
    r"\b(?:decisions?|declarations?|plans?|protocols?|conventions?|treat(?:y|ies)|documents?|resolutions?|charter"
    r"|instruments?|texts?|ministers|mandates?|council|summits?)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_APPENDIX = re.compile(r"\bappendix (\d)\b", re.IGNORECASE)
_DECISIONS = re.compile(r"\bdecisions?\b", re.IGNORECASE)
_ADOPTION = "decision_adoption"
# How much it tells that an instrument is named, that another one is, that its year is, and that another year is.
_NAMED, _OTHER, _SAME_YEAR, _OTHER_YEAR = 8.0, -2.0, 3.0, -1.5
# Years that say when the report tells of, not which instrument is meant.
_OF_REPORT = frozenset({"2011", "2012"})
# Which list of a paper the rows of a query fill, by which column.
_LISTS = (
    ("decision_tasks", "addressee", "tasks"),
    ("decision_recalls", "recalled", "recalls"),
    ("decision_activities", "activity", "activities"),
)


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
    activities: list[str] = field(default_factory=list)
    bag: set[str] = field(default_factory=set)
    chapters: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The symbol, or the title where it has none."""
        return self.symbol or self.label

    @property
    def year(self) -> str:
        """The year in which it was adopted, or ""."""
        return self.date[:4]

    @property
    def days(self) -> list[str]:
        """The days on which it was adopted."""
        return self.date.split("/") if self.date else []


class Papers:
    """All instruments of one set of facts, and the candidates that they give."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.directory = facts, facts.directory

    @cached_property
    def papers(self) -> dict[str, Paper]:
        """All instruments."""
        found: dict[str, Paper] = {}
        for row in query.run(self.facts.store, _ADOPTION):
            iri = row["instrument"] or ""
            paper = found.setdefault(iri, Paper(iri, row["instrumentLabel"] or ""))
            paper.symbol, paper.cls, paper.date = row["symbol"] or "", row["classLabel"] or "", row["adoptedOn"] or ""
            paper.organ, paper.place = row["adoptedBy"] or "", row["place"] or ""
            paper.chapters.add(row["chapter"] or "")
        self._add_lists(found)
        self._add_words(found)
        return found

    def _add_lists(self, found: dict[str, Paper]) -> None:
        """Add whom the instruments task, what they recall, what rests on them and their themes."""
        for name, column, into in _LISTS:
            for row in query.run(self.facts.store, name):
                paper, value = found.get(row["instrument"] or ""), row[column]
                if paper and value and (name != "decision_recalls" or row["how"] == "itself"):
                    held = getattr(paper, into)
                    held += [value] if value not in held else []
        for row in query.run(self.facts.store, "decision_themes"):
            if paper := found.get(row["instrument"] or ""):
                paper.themes.add(row["theme"] or "")
        for paper in found.values():
            for recalled in paper.recalls:
                if recalled in found:
                    found[recalled].recalled_by.append(paper.iri)

    def _add_words(self, found: dict[str, Paper]) -> None:
        """Add the words by which the instruments are meant."""
        words: dict[str, set[str]] = defaultdict(set)
        for row in query.run(self.facts.store, "ask-instruments"):
            iri, value = row["instrument"] or "", row["value"] or ""
            if row["fact"] == "chapter" and iri in found:
                found[iri].chapters.add(value)
            elif row["fact"] == "words":
                words[iri] |= wording.stems(value)
        index = self.facts.postings
        for iri in found:
            for number in index.about.get(iri, ()):
                words[iri] |= self.facts.details[index.iris[number]].bag
        for paper in found.values():
            said = [paper.label, paper.cls, paper.year]
            said += [self.directory.label(iri) for iri in (paper.organ, paper.place) if iri]
            thing = self.directory.things.get(paper.iri)
            said += thing.aliases if thing else []
            paper.bag = words[paper.iri].union(*map(wording.stems, said))

    def make(self, question: Question) -> list[Candidate]:
        """Return the candidates that a question has on instruments; none if it is not about any."""
        linked = question.linked
        named = [k.thing.iri for k in linked.links if k.thing.cls in INSTRUMENTS]
        if not (named or CUES & linked.cues or _WORDS.search(linked.text)):
            return []
        makers = (self._polar,) if question.polar else (self._single, self._several, self._pairs)
        return [candidate for maker in makers for candidate in maker(question)]

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
        years = set(_YEAR.findall(question.linked.text))
        if paper.year in years:
            matched += _SAME_YEAR
        elif years - _OF_REPORT and paper.year:
            matched += _OTHER_YEAR
        return Hit(Event(paper.iri, paper.label), matched, words, links, 2)

    def _label(self, iri: str) -> str:
        if paper := self.papers.get(iri):
            return paper.name
        event = self.facts.events.get(iri)
        return event.label if event else self.directory.label(iri)

    def _labels(self, iris: Iterable[str]) -> list[str]:
        return [self._label(iri) for iri in iris if iri]

    def _single(self, question: Question) -> Iterator[Candidate]:
        """Yield what is told of one instrument."""
        for paper, hit in self.hits(question):
            place, when = self._labels([paper.place]), paper.days
            year = [int(paper.year)] if paper.year else []
            adopted: list[tuple[str, list[Any], list[str], str]] = [
                ("paper", [paper.name], [paper.iri], "decision adopt rest task recall provision"),
                ("adopted by", self._labels([paper.organ]), [paper.organ], "adopt decision"),
                ("adopted where", place, [paper.place], "adopt where towns decision"),
                ("adopted when", when, [], "adopt when decision"),
                ("adopted where and when", [*place, *when], [], "adopt when where towns decision"),
                ("year adopted", year, [], "adopt when decision"),
                ("paper and adoption", [self._adopted(paper)], [], "adopt when where towns decision who"),
            ]
            for projection, answer, things, cues in adopted:
                yield self._one(paper, hit, projection, answer, cues, _ADOPTION, things)
            for projection, things, cues, name in (
                ("tasks", paper.tasks, "task decision provision", "decision_tasks"),
                ("recalls", paper.recalls, "recall decision", "decision_recalls"),
                ("recalled by", paper.recalled_by, "recall decision", "decision_recalls"),
                ("rests on it", paper.activities, "rest decision activity", "decision_activities"),
            ):
                yield self._one(paper, hit, projection, self._labels(things), cues, name, things)
            if paper.recalls:
                rows = [
                    self._adopted(self.papers[iri]) if iri in self.papers else [self._label(iri)] for iri in paper.recalls
                ]
                yield self._one(
                    paper, hit, "recalls and adoption", rows, "recall adopt where when decision", "decision_recalls"
                )
            if paper.tasks:
                rows = [[paper.name, ", ".join(self._labels(paper.tasks))]]
                yield self._one(paper, hit, "paper and tasks", rows, "task who decision provision", "decision_tasks")
            themes = self._labels(sorted(paper.themes))
            yield self._one(paper, hit, "themes of paper", themes, "theme decision", "decision_themes")

    def _one(
        self, paper: Paper, hit: Hit, projection: str, answer: list[Any], cues: str, name: str, things: Iterable[str] = ()
    ) -> Candidate:
        values = {"recalled" if projection == "recalled by" else "instrument": paper.iri}
        events = tuple(paper.activities) if name == "decision_activities" else ()
        things = tuple(iri for iri in things if iri)
        return on_hit("paper", projection, answer, cue_set(cues), name, hit, values=values, events=events, things=things)

    def _several(self, question: Question) -> Iterator[Candidate]:
        """Yield instruments that are named together, and those by organ, place, year and theme."""
        linked = question.linked
        named = [self.papers[iri] for iri in dict.fromkeys(k.thing.iri for k in question.links) if iri in self.papers]
        if len(named) > 1:
            yield from self._listed(named, question.tokens, ("named",), len(named))
        years = set(_YEAR.findall(linked.text))
        if not years and linked.days and not linked.days.exact:
            years = {str(linked.days.start.year)}
        links = [k for k in question.links if not k.quiet and k.thing.cls not in INSTRUMENTS]
        fitting = [paper for paper in self.papers.values() if self._fits(question, paper, links)]
        for by_year in (True, False) if years else (False,):
            kept = [paper for paper in fitting if not by_year or paper.year in years]
            words = [t for t in question.tokens if not t.cues and any(t.word.stem in paper.bag for paper in kept)]
            for by_word in (True, False):
                full = [p for p in kept if not by_word or all(t.word.stem in p.bag for t in words)]
                if full:
                    left = [t for t in question.tokens if not by_word or t not in words]
                    flags = ("narrowed",) * by_word + ("year",) * by_year
                    yield from self._listed(sorted(full, key=lambda p: (p.date or "9", p.name)), left, flags, len(links))

    def _adopted(self, paper: Paper) -> list[Any]:
        """Return a row: the instrument, which organ adopted it, where and when."""
        return [paper.name, *self._labels([paper.organ, paper.place]), *([paper.date] if paper.date else [])]

    def _fits(self, question: Question, paper: Paper, links: list[Link]) -> bool:
        """Whether an instrument has all that is named, is in the appendix that is, and of the kind."""
        tied = {paper.organ, paper.place, *paper.themes, *paper.tasks}
        # "Ministerial Council and Permanent Council decisions" are those of either.
        organs = {link.thing.iri for link in links if link.thing.cls == "DecisionBody"}
        if not all(link.thing.iri in tied or link.thing.iri in organs for link in links):
            return False
        if organs and paper.organ not in organs and "task" not in question.linked.cues:
            return False
        appendix = _APPENDIX.search(question.linked.text)
        if appendix and f"appendix-{appendix[1]}" not in paper.chapters:
            return False
        return paper.cls == "decision" or not _DECISIONS.search(question.linked.text)

    def _listed(self, papers: list[Paper], left: list[Token], flags: tuple[str, ...], names: int) -> Iterator[Candidate]:
        """Yield several instruments, their number, and each with its adoption."""
        iris = [paper.iri for paper in papers]
        pairs = [self._adopted(paper) for paper in papers]
        answers: list[tuple[str, list[Any], list[str]]] = [
            ("papers", [paper.name for paper in papers], iris),
            ("number of papers", [len(papers)], []),
            ("papers and adoption", pairs, []),
        ]
        for projection, answer, things in answers:
            yield Candidate(
                "papers",
                projection,
                answer,
                cue_set("decision adopt when where many task provision"),
                _ADOPTION,
                {"instrument": iris},
                open_words=left,
                flags=flags,
                numbers={"size": float(len(papers)), f"shape {names} names": 1.0},
                things=tuple(things),
            )

    def _pairs(self, question: Question) -> Iterator[Candidate]:
        """Yield which instrument recalls which, and which tasks whom."""
        cues = cue_set("recall task decision provision chapter rest")
        left, links = question.tokens, list(question.links)
        for column in ("recalls", "tasks"):
            pairs = [[p.name, self._label(iri)] for p in self.papers.values() for iri in getattr(p, column)]
            yield Candidate(
                "papers", f"pairs of {column}", pairs, cues, f"decision_{column}", open_words=left, open_links=links
            )

    def _polar(self, question: Question) -> Iterator[Candidate]:
        """Yield whether what is named adopted an instrument, is tasked by it and so on."""
        for paper, hit in self.hits(question, 2):
            for link in question.links:
                if link.thing.iri != paper.iri and not link.quiet:
                    yield from self._is_tied(paper, hit, link)
            for year in _YEAR.findall(question.linked.text):
                if year != "2011":
                    yield self._so(paper, hit, "year", paper.year == year)
            for truth in (True, False):
                yield self._so(paper, hit, "all", truth)

    def _is_tied(self, paper: Paper, hit: Hit, link: Link) -> Iterator[Candidate]:
        thing = link.thing
        left = [k for k in hit.open_links if k is not link]
        for projection, held, can_be in (
            ("organ", [paper.organ], thing.is_actor),
            ("place", [paper.place], True),
            ("tasked", paper.tasks, thing.is_actor),
            ("recalled", paper.recalls, thing.cls in INSTRUMENTS),
            ("recalling", paper.recalled_by, thing.cls in INSTRUMENTS),
        ):
            if can_be:
                so = thing.iri in held
                yield self._so(paper, hit, projection, so, open_links=left, flags=(str(so),))

    def _so(self, paper: Paper, hit: Hit, projection: str, so: bool, **more: Any) -> Candidate:
        values = {"instrument": paper.iri}
        return on_hit("paper so", projection, [so], CUES, _ADOPTION, hit, values=values, events=(), **more)
