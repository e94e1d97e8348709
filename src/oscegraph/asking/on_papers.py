"""Stage 10e9c: candidates on decisions and other instruments: adopted by whom, where, when; tasking and recalling what."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from typing import Any

from oscegraph.asking import detail_fits, wording
from oscegraph.asking.asked_chapters import span_of_chapters
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import INSTRUMENTS
from oscegraph.asking.candidates import Candidate, cue_set, on_hit
from oscegraph.asking.papers import ADOPTION, YEAR, Paper
from oscegraph.asking.papers_so import APPENDIX, CUES, PapersSo, spans_of_years
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Hit, Question, Token

MONTHS = calendar.month_name[1:]
_WORDS = lazy_pattern(
    r"\b(?:decisions?|declarations?|plans?|protocols?|conventions?|treat(?:y|ies)|documents?|resolutions?|charter"
    r"|instruments?|texts?|ministers|mandates?|council|summits?)\b",
    re.IGNORECASE,
)
_DECADE = lazy_pattern(r"\b((?:19|20)\d)0s\b")
# "Which decisions does chapter II cite that do not stand in Appendix 1?"
WITHOUT = lazy_pattern(
    r"\b(?:not|nowhere|no place|never|without|absent|missing|lacking|outside|omit\w*)\b[^.?]*\bappendix \d\b"
    r"|\bappendix \d\b[^.?]*(?<!but )\b(?:not|omits?|lacks?|leaves? out|passes? over)\b",
    re.IGNORECASE,
)
_SUMMIT = lazy_pattern(r"\bsummits?\b|\bheads of states?\b", re.IGNORECASE)
NUMBERED = lazy_pattern(r"\bnumbered\b(?! or titled)|\bby number\b", re.IGNORECASE)
# "adopted in the month of December"; the months of 2011 are those of activities.
IN_MONTH = lazy_pattern(rf"\b(?:in|of|to) (?:the month of |a )?({'|'.join(MONTHS)})\b(?! 2011)", re.IGNORECASE | re.ASCII)
# The beginning of a symbol that is said alone: "whose symbol begins with MC.DEC".
_PREFIX = lazy_pattern(r"\b((?:MC|PC)(?:\.DEC|\(\d*\)\.DEC))\b(?!/\d)")
_ABOUT = lazy_pattern(r"\b(?:about|on)\W*$", re.IGNORECASE)
_TITLED = lazy_pattern(r"\b(?:titles?|titled|subjects?|called|speak\w* of|names? it)\b", re.IGNORECASE)
_FOOTNOTE = lazy_pattern(r"\bfootnotes?\b", re.IGNORECASE)
# "Which earlier OSCE document" is none of the United Nations; who adopts those of the OSCE.
_OF_OSCE = lazy_pattern(
    r"\b(?:which|what|earlier|older|previous|other)\s+OSCE\s+(?:documents?|decisions?|texts?|instruments?|commitments?)\b",
    re.IGNORECASE,
)
_OSCE_ORGANS = frozenset({"DecisionBody", "OsceBody"})
# "Chapter I", "part II": the chapters of it begin with its number.
_PART = lazy_pattern(r"\b(?:chapter|part|section)s? (?-i:(I{1,2}))\b(?!\.)", re.IGNORECASE)
# So many details may say which instruments are meant.
_DETAILS = 3
_BOTH = 2
_DECISION = "decis"
_NAMED = frozenset(wording.stems("named cited mentioned listed report but"))
_DECISIONS = lazy_pattern(r"\bdecisions?\b", re.IGNORECASE)


class OnPapers(PapersSo):
    """Makes the candidates on instruments."""

    def make(self, question: Question) -> list[Candidate]:
        """Return the candidates that a question has on instruments; none if it is not about any."""
        linked = question.linked
        named = [k.thing.iri for k in linked.links if k.thing.cls in INSTRUMENTS]
        if not (named or CUES & linked.cues or _WORDS.search(linked.text)):
            return []
        makers = (self.polar,) if question.polar else (self._single, self._several, self._pairs)
        return [candidate for maker in makers for candidate in maker(question)]

    def _single(self, question: Question) -> Iterator[Candidate]:
        """Yield what is told of one instrument."""
        for paper, hit in self.known.hits(question):
            place, when = self.known.labels([paper.place]), paper.days
            year = [int(paper.year)] if paper.year else []
            adopted: list[tuple[str, list[Any], list[str], str]] = [
                ("paper", [paper.name], [paper.iri], "decision adopt rest task recall provision"),
                ("adopted by", self.known.labels([paper.organ]), [paper.organ], "adopt decision"),
                ("adopted where", place, [paper.place], "adopt where towns decision"),
                ("adopted when", when, [], "adopt when decision"),
                ("adopted where and when", [*place, *when], [], "adopt when where towns decision"),
                ("year adopted", year, [], "adopt when decision"),
                ("paper and adoption", [self._adopted(paper)], [], "adopt when where towns decision who"),
            ]
            for projection, answer, things, cues in adopted:
                yield self._one(paper, hit, projection, answer, cues, ADOPTION, things)
            for projection, things, cues, name in (
                ("tasks", paper.tasks, "task decision provision", "decision_tasks"),
                ("recalls", paper.recalls, "recall decision", "decision_recalls"),
                ("recalled by", paper.recalled_by, "recall decision", "decision_recalls"),
                ("rests on it", paper.activities, "rest decision activity", "decision_activities"),
            ):
                yield self._one(paper, hit, projection, self.known.labels(things), cues, name, things)
            if _TITLED.search(question.linked.text) or _ABOUT.search(question.linked.text):
                yield self._one(paper, hit, "title", self.known.titles(paper), "decision", ADOPTION)
            if paper.recalls:
                known = self.known.papers
                rows = [self._adopted(known[iri]) if iri in known else [self.known.label(iri)] for iri in paper.recalls]
                yield self._one(
                    paper, hit, "recalls and adoption", rows, "recall adopt where when decision", "decision_recalls"
                )
            if paper.tasks:
                rows = [[paper.name, ", ".join(self.known.labels(paper.tasks))]]
                yield self._one(paper, hit, "paper and tasks", rows, "task who decision provision", "decision_tasks")
            themes = self.known.labels(sorted(paper.themes))
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
        named = [
            self.known.papers[iri] for iri in dict.fromkeys(k.thing.iri for k in question.links) if iri in self.known.papers
        ]
        if len(named) > 1:
            yield from self._listed(named, question.tokens, ("named",), len(named))
        for found in detail_fits.details(question, _DETAILS, {"thing"}):
            # Instruments that a detail tells of: those that name a certain body.
            told = [self.known.papers[value] for value in found.detail.values if value in self.known.papers]
            if len(told) > 1 and len(told) == len(found.detail.values):
                left = [token for token in question.tokens if token.word.stem not in found.detail.bag]
                yield from self._listed(told, left, ("told",), len(named))
        years = set() if spans_of_years(linked.text) else set(YEAR.findall(linked.text))
        years |= {f"{decade}{digit}" for decade in _DECADE.findall(linked.text) for digit in range(10)}
        if not years and linked.days and not linked.days.exact:
            years = {str(linked.days.start.year)}
        links = [k for k in question.links if not k.quiet and k.thing.cls not in INSTRUMENTS]
        fitting = self._fitting(question, links)
        for by_year in (True, False) if years else (False,):
            kept = [paper for paper in fitting if not by_year or paper.year in years]
            words = [t for t in question.tokens if not t.cues and any(t.word.stem in paper.bag for paper in kept)]
            if without := WITHOUT.search(linked.text):
                # Where they do not stand is no word of theirs, nor that they are named elsewhere.
                outside = (t for t in words if not without.start() <= t.word.start < without.end())
                words = [t for t in outside if t.word.stem not in _NAMED]
            for by_word in (True, False):
                full = [p for p in kept if not by_word or all(t.word.stem in p.bag for t in words)]
                # Those of two organs are not narrowed to those of one.
                organs = {k.thing.iri for k in links} & {paper.organ for paper in kept}
                if full and (len(organs) < _BOTH or organs <= {paper.organ for paper in full}):
                    left = [t for t in question.tokens if not by_word or t not in words]
                    flags = ("narrowed",) * by_word + ("year",) * by_year
                    yield from self._listed(sorted(full, key=lambda p: (p.date or "9", p.name)), left, flags, len(links))

    def _adopted(self, paper: Paper) -> list[Any]:
        """Return a row: the instrument, which organ adopted it, where and when."""
        return [paper.name, *self.known.labels([paper.organ, paper.place]), *([paper.date] if paper.date else [])]

    def _fitting(self, question: Question, links: list[Link]) -> list[Paper]:
        """Return the instruments that have all that is named, stand where it is said, and are of the kind."""
        text, words = question.linked.text, question.linked.words
        # "Ministerial Council and Permanent Council decisions" are those of either.
        organs = {link.thing.iri for link in links if link.thing.cls == "DecisionBody"}
        named = {link.thing.iri for link in links} - organs
        adopting = organs
        if any(k.thing.iri in organs and k.end < len(words) and words[k.end].stem == _DECISION for k in links):
            # In "which Permanent Council decisions task the Ministerial Council" the last one does not adopt.
            adopting = organs - {k.thing.iri for k in links if k.end == len(words)}
        elif "task" in question.linked.cues:
            adopting = set()
        appendix, without, noted = APPENDIX.search(text), WITHOUT.search(text), _FOOTNOTE.search(text)
        placed = not noted and (without or not appendix)
        chapters = (span_of_chapters(text) or question.linked.chapters or _PART.findall(text)) if placed else []
        spans = spans_of_years(text)
        month, prefix = IN_MONTH.search(text), _PREFIX.search(text)
        number = MONTHS.index(month[1].capitalize()) + 1 if month else 0
        themes = [question.linked.stems(k) - wording.EMPTY for k in links if "/vocab/theme/" in k.thing.iri]
        titled = themes if _TITLED.search(text) else []
        summit, numbered, decisions = _SUMMIT.search(text), NUMBERED.search(text), _DECISIONS.search(text)

        def fits(paper: Paper) -> bool:
            within = appendix is None or (f"appendix-{appendix[1]}" in paper.chapters) is not bool(without)
            return (
                named <= {paper.organ, paper.place, *paper.themes, *paper.tasks}
                and (not adopting or paper.organ in adopting)
                and within
                and (not noted or paper.is_noted)
                and (not summit or "summit" in " ".join(self.known.aliases(paper.organ)).casefold())
                and (not numbered or bool(paper.symbol))
                and (not decisions or paper.cls == "decision")
                and (not chapters or any(own == c or own.startswith(f"{c}.") for own in paper.chapters for c in chapters))
                and (not spans or (bool(paper.year) and all(first <= paper.year <= last for first, last in spans)))
                and (not number or paper.date[5:7] == f"{number:02}")
                and (not prefix or paper.symbol.startswith(prefix[1]))
                and (not titled or any(stems & wording.stems(paper.label) for stems in titled))
            )

        return [paper for paper in self.known.papers.values() if fits(paper)]

    def _listed(self, papers: list[Paper], left: list[Token], flags: tuple[str, ...], names: int) -> Iterator[Candidate]:
        """Yield several instruments, their number, and each with its adoption."""
        iris = [paper.iri for paper in papers]
        pairs = [self._adopted(paper) for paper in papers]
        tasks = [[p.name, *self.known.labels(p.tasks)] for p in papers if p.tasks]
        placed = [[p.name, *self.known.labels([p.place]), p.date] for p in papers if p.place and p.date]
        dated = [[p.name, p.date[:4], *self.known.labels(p.tasks)] for p in papers if p.tasks and p.date]
        answers: list[tuple[str, list[Any], list[str]]] = [
            ("papers", [paper.name for paper in papers], iris),
            ("number of papers", [len(papers)], []),
            ("papers and adoption", pairs, []),
            ("papers and titles", [[p.name, p.label, *([p.date] if p.date else [])] for p in papers if p.symbol], []),
            ("papers and years", [[p.name, p.date[:4]] for p in papers if p.date], []),
            ("papers with places and days", placed, []),
            ("papers with years and tasks", dated, []),
            ("papers and tasks", tasks, []),
            ("papers and chapters", [[p.name, *sorted(p.chapters)] for p in papers], []),
            ("papers and chapters of structures", self._told_in(papers), []),
        ]
        # Those that task several, as one may be asked for "a second addressee".
        tasking = [row for row in tasks if len(row) > 2]
        if len(tasking) > 1:
            answers.append(("papers and those tasked", tasking, []))
        for projection, answer, things in answers:
            yield Candidate(
                "papers",
                projection,
                answer,
                cue_set("decision adopt when where many task provision"),
                ADOPTION,
                {"instrument": iris},
                open_words=left,
                flags=flags,
                numbers={"size": float(len(papers)), f"shape {names} names": 1.0},
                things=tuple(things),
            )

    def _told_in(self, papers: list[Paper]) -> list[list[Any]]:
        """Return the instruments that chapters on structures name, each with these chapters and structures."""
        found: list[list[Any]] = []
        for paper in papers:
            chapters = paper.of_part_two
            tellers = [iri for iri in map(self.known.facts.teller, chapters) if iri]
            found += [[paper.name, *chapters, *self.known.labels(tellers)]] if chapters else []
        return found

    def _pairs(self, question: Question) -> Iterator[Candidate]:
        """Yield which instrument recalls which, and which tasks whom."""
        cues = cue_set("recall task decision provision chapter rest")
        left, links = question.tokens, list(question.links)
        for column in ("recalls", "tasks"):
            held = [(paper, iri) for paper in self.known.papers.values() for iri in getattr(paper, column)]
            if column == "recalls" and _OF_OSCE.search(question.linked.text):
                held = [(paper, iri) for paper, iri in held if self._is_of_osce(iri)]
            pairs = [[paper.name, self.known.label(iri)] for paper, iri in held]
            yield Candidate(
                "papers", f"pairs of {column}", pairs, cues, f"decision_{column}", open_words=left, open_links=links
            )

    def _is_of_osce(self, iri: str) -> bool:
        """Whether an organ of the OSCE adopted an instrument."""
        paper = self.known.papers.get(iri)
        organ = self.known.directory.things.get(paper.organ) if paper else None
        return organ is not None and organ.cls in _OSCE_ORGANS
