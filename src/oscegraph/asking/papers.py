"""Stage 10e1: candidates on decisions and other instruments: who adopted them, where and when, whom they task, what they recall."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from oscegraph import query
from oscegraph.asking import wording
from oscegraph.asking.asked_names import INSTRUMENTS
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.facts import Event, Facts
from oscegraph.asking.retrieval import Hit, Question

# A question is about decisions if it has one of these cues, or names one.
CUES = frozenset({"decision", "adopt", "recall", "task", "rest", "ratify", "signed", "provision", "force"})
_WORDS = re.compile(
    r"\b(?:decisions?|declarations?|plans?|protocols?|conventions?|treat(?:y|ies)|documents?|resolutions?|charter|instruments?|texts?|ministers|mandates?|council|summits?)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NAMED = 8.0


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


class Papers:
    """All instruments of one set of facts, and the candidates that they give."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.directory = facts, facts.directory

    @cached_property
    def papers(self) -> dict[str, Paper]:
        """All instruments."""
        store, found = self.facts.store, {}
        for row in query.run(store, "decision_adoption"):
            iri = row["instrument"] or ""
            paper = found.setdefault(iri, Paper(iri, row["instrumentLabel"] or ""))
            paper.symbol, paper.cls, paper.date = row["symbol"] or "", row["classLabel"] or "", row["adoptedOn"] or ""
            paper.organ, paper.place = row["adoptedBy"] or "", row["place"] or ""
            paper.chapters.add(row["chapter"] or "")
        for name, column, into in (
            ("decision_tasks", "addressee", "tasks"),
            ("decision_recalls", "recalled", "recalls"),
            ("decision_activities", "activity", "activities"),
        ):
            for row in query.run(store, name):
                if (paper := found.get(row["instrument"] or "")) and row[column] and row[column] not in getattr(paper, into):
                    if name != "decision_recalls" or row["how"] == "itself":
                        getattr(paper, into).append(row[column])
        for row in query.run(store, "decision_themes"):
            if paper := found.get(row["instrument"] or ""):
                paper.themes.add(row["theme"] or "")
        words: dict[str, set[str]] = defaultdict(set)
        for row in query.run(store, "ask-instruments"):
            words[row["instrument"] or ""] |= wording.stems(row["value"] or "")
        for detail in self.facts.details.values():
            for iri in detail.about:
                words[iri] |= detail.bag
        for paper in found.values():
            for recalled in paper.recalls:
                if recalled in found:
                    found[recalled].recalled_by.append(paper.iri)
            said = [paper.label, paper.cls, paper.year, self.directory.label(paper.organ) if paper.organ else ""]
            said.append(self.directory.label(paper.place) if paper.place else "")
            thing = self.directory.things.get(paper.iri)
            said += thing.aliases if thing else []
            paper.bag = words[paper.iri].union(*map(wording.stems, said))
        return found

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
        linked = question.linked
        years = set(_YEAR.findall(linked.text))
        found = []
        for paper in self.papers.values():
            matched, words, links = 0.0, [], []
            for token in question.tokens:
                if token.word.stem in paper.bag:
                    matched += token.weight
                else:
                    words.append(token)
            for link in question.links:
                stems = linked.stems(link)
                if link.thing.iri == paper.iri:
                    matched += _NAMED
                elif link.thing.iri in (paper.organ, paper.place, *paper.tasks, *paper.recalls) or (
                    stems and stems <= paper.bag
                ):
                    matched += self.facts.weight(link.thing.iri)
                elif link.thing.cls in INSTRUMENTS:
                    matched -= 2.0
                    links.append(link)
                else:
                    links.append(link)
            matched += 3.0 if paper.year in years else -1.5 if years - {"2011", "2012"} and paper.year else 0.0
            if matched > 0:
                found.append((paper, Hit(Event(paper.iri, paper.label), matched, words, links, 2)))
        found.sort(key=lambda pair: (-round(pair[1].matched, 6), pair[0].iri))
        for rank, (_, hit) in enumerate(found[:most]):
            other = found[1 if rank == 0 else 0][1].matched if len(found) > 1 else 0.0
            hit.rank, hit.margin = rank, hit.matched - other
        return found[:most]

    def _label(self, iri: str) -> str:
        if paper := self.papers.get(iri):
            return paper.name
        event = self.facts.events.get(iri)
        return event.label if event else self.directory.label(iri)

    def _single(self, question: Question) -> Iterator[Candidate]:
        for paper, hit in self.hits(question):
            day = [paper.date] if paper.date and "/" not in paper.date else paper.date.split("/") if paper.date else []
            place = [self._label(paper.place)] if paper.place else []
            told: list[tuple[str, list[Any], list[str], str, str]] = [
                ("paper", [paper.name], [paper.iri], "decision adopt rest task recall provision", "decision_adoption"),
                ("adopted by", [self._label(paper.organ)] if paper.organ else [], [paper.organ], "adopt decision", "decision_adoption"),
                ("adopted where", place, [paper.place], "adopt where towns decision", "decision_adoption"),
                ("adopted when", day, [], "adopt when decision", "decision_adoption"),
                ("adopted where and when", [*place, *day], [], "adopt when where towns decision", "decision_adoption"),
                ("year adopted", [int(paper.year)] if paper.year else [], [], "adopt when decision", "decision_adoption"),
                ("tasks", [self._label(i) for i in paper.tasks], paper.tasks, "task decision provision", "decision_tasks"),
                ("recalls", [self._label(i) for i in paper.recalls], paper.recalls, "recall decision", "decision_recalls"),
                ("recalled by", [self._label(i) for i in paper.recalled_by], paper.recalled_by, "recall decision", "decision_recalls"),
                ("rests on it", [self._label(i) for i in paper.activities], paper.activities, "rest decision activity", "decision_activities"),
                ("themes of paper", [self._label(i) for i in sorted(paper.themes)], [], "theme decision", "decision_themes"),
            ]  # fmt: skip
            for projection, answer, things, cues, name in told:
                parameter = "recalled" if projection == "recalled by" else "instrument"
                yield Candidate(
                    "paper", projection, answer, frozenset(cues.split()), name, {parameter: paper.iri}, tuple(paper.activities) if name == "decision_activities" else (),
                    hit, None, hit.open_words, hit.open_links, (), (), {}, tuple(t for t in things if t),
                )  # fmt: skip

    def _several(self, question: Question) -> Iterator[Candidate]:
        """Instruments by organ, place, year and theme."""
        linked = question.linked
        links = [k for k in question.links if not k.quiet and k.thing.cls not in INSTRUMENTS]
        years = set(_YEAR.findall(linked.text))
        if not years and linked.days and not linked.days.exact:
            years = {str(linked.days.start.year)}
        appendix = re.search(r"\bappendix (\d)\b", linked.text, re.IGNORECASE)
        within = f"appendix-{appendix[1]}" if appendix else ""
        kinds = {"decision"} if re.search(r"\bdecisions?\b", linked.text, re.I) else set()
        for use_year in (True, False) if years else (False,):
            for by_word in (True, False):
                kept = []
                for paper in self.papers.values():
                    facts = {paper.organ, paper.place, *paper.themes, *paper.tasks}
                    if not all(k.thing.iri in facts for k in links):
                        continue
                    if within and within not in paper.chapters:
                        continue
                    if (use_year and paper.year not in years) or (kinds and paper.cls not in kinds):
                        continue
                    kept.append(paper)
                stems = [t for t in question.tokens if not t.cues]
                words = [t for t in stems if any(t.word.stem in p.bag for p in kept)]
                full = [p for p in kept if all(t.word.stem in p.bag for t in words)] if by_word else kept
                if not full:
                    continue
                left = [t for t in question.tokens if t not in words] if by_word else question.tokens
                full = sorted(full, key=lambda p: (p.date or "9", p.name))
                values = {"instrument": [p.iri for p in full]}
                flags = ("narrowed",) * by_word + ("year",) * use_year
                numbers = {"size": float(len(full)), f"shape {len(links)} names": 1.0}
                cues = frozenset("decision adopt when where many task provision".split())
                things = tuple(p.iri for p in full)
                yield Candidate("papers", "papers", [p.name for p in full], cues, "decision_adoption", values, (), None, None, left, [], (), flags, numbers, things)  # fmt: skip
                yield Candidate("papers", "number of papers", [len(full)], cues, "decision_adoption", values, (), None, None, left, [], (), flags, numbers)  # fmt: skip
                pairs = [[p.name, *filter(None, (self._label(p.organ) if p.organ else "", self._label(p.place) if p.place else "", p.date))] for p in full]  # fmt: skip
                yield Candidate("papers", "papers and adoption", pairs, cues, "decision_adoption", values, (), None, None, left, [], (), flags, numbers)  # fmt: skip

    def _pairs(self, question: Question) -> Iterator[Candidate]:
        """Which instrument recalls which, and which tasks whom."""
        cues = frozenset("recall task decision provision chapter rest".split())
        for projection, column, name in (
            ("pairs of recalls", "recalls", "decision_recalls"),
            ("pairs of tasks", "tasks", "decision_tasks"),
        ):
            pairs = [[p.name, self._label(iri)] for p in self.papers.values() for iri in getattr(p, column)]
            yield Candidate(
                "papers", projection, pairs, cues, name, {}, (), None, None, question.tokens, list(question.links)
            )

    def _polar(self, question: Question) -> Iterator[Candidate]:
        years = [y for y in _YEAR.findall(question.linked.text) if y != "2011"]
        for paper, hit in self.hits(question, 2):
            for link in question.links:
                if link.thing.iri == paper.iri or link.quiet:
                    continue
                iri = link.thing.iri
                for projection, held in (
                    ("organ", {paper.organ}),
                    ("place", {paper.place}),
                    ("tasked", set(paper.tasks)),
                    ("recalled", set(paper.recalls)),
                    ("recalling", set(paper.recalled_by)),
                ):
                    right = (
                        link.thing.cls in INSTRUMENTS
                        if projection.startswith("recall")
                        else link.thing.is_actor or projection == "place"
                    )
                    if right:
                        yield Candidate("paper so", projection, [iri in held], CUES, "decision_adoption", {"instrument": paper.iri}, (), hit, None, hit.open_words,
                            [k for k in hit.open_links if k is not link], (), (str(iri in held),))  # fmt: skip
            for year in years:
                yield Candidate("paper so", "year", [paper.year == year], CUES, "decision_adoption", {"instrument": paper.iri}, (), hit, None, hit.open_words, hit.open_links)  # fmt: skip
            for truth in (True, False):
                yield Candidate("paper so", "all", [truth], CUES, "decision_adoption", {"instrument": paper.iri}, (), hit, None, hit.open_words, hit.open_links)  # fmt: skip
