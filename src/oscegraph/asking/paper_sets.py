"""Stage 10e17d: plain questions on decisions and other instruments, worked out and not ranked.

"Which decisions on drugs did the Permanent Council adopt in 2007?" is put together from the phrases of `queries/papers.txt`
(`asked_filters`). Of the instruments that have all of it are told their names or number, whether there is one, the first or
the last of them, who adopted each, where and when, and what is said in them and to whom.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from oscegraph.asking import asked_days, asked_filters, plain_words
from oscegraph.asking.asked_links import Link
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.filter_parts import Filtered
from oscegraph.asking.naming import Naming
from oscegraph.asking.paper_limits import ANY_OF, SHOWN, THERE, Fitting, Limits, chapters_of, days_of, in_words, shown
from oscegraph.asking.papers import ADOPTION, MENTIONS, NOTE, PROVISIONS, Paper, Papers, Provision
from oscegraph.asking.patterns import lazy_pattern, lazy_words
from oscegraph.asking.plain_sets import Plain
from oscegraph.asking.retrieval import Question

# How sure it is that a question is meant so; if it is on a theme, which titles do not settle, or on the first or last one.
# Of 91 that are known 77 were answered as their keys do, and 9 more but for which documents count as decisions on a theme.
PLAIN, LIKELY = 0.97, 0.9
_SAID = {
    "of": "for",
    "organ": "adopted by",
    "place": "adopted in",
    "theme": "on",
    "recalls": "that recall",
    "recalled": "recalled by",
    "tasks": "that task",
    "names": "that name",
    "basis": "on which rests what is told by",
    "cited": "cited in the chapter of",
    "mandate": "that task, or that its chapter cites: for",
}
TOLD, _TASKED, _ADDRESSED = "provisions", "tasked", "addressed"
_ASKED = {
    "number": "Number of decisions",
    "truth": "Whether there are decisions",
    TOLD: "What is said",
    _TASKED: "Whom it tasks, and with what",
    _ADDRESSED: "Whom each tasks",
}
_ORGAN, _LAST, _WIDEST = "DecisionBody", "last", "widest"
# "Never" is passed over by the phrases.
_NEVER = lazy_words("never|nowhere")
_NOT, _BOUND, _A_YEAR = "not", plain_words.BOUND, lazy_pattern(r"(?:19|20)\d\d")
# That these are not so may be told in other words.
_TOLD_OTHERWISE = frozenset({"names", "theme", "basis", "mandate"})
_ASKS, _TASKS = frozenset({"tasks", "calls upon"}), "tasks"
_NO_SINGLE = "The report names no mandate of it as such: these task it, or its chapter cites them."
# If nothing fits, how else a name may limit instruments, and what is said of these: a chapter cites for all of its work.
_INSTEAD = (
    ("basis", "cited", "Cited there, while no single activity rests on it"),
    ("mandate", "mandate", "Whatever their theme, these task it, or its chapter cites them"),
)
_BASES = frozenset({"basis", "cited"})
# What is told of an instrument by the activities that rest on it, and by which query that is shown.
_RESTING, _GROUNDING = frozenset({"activities", "tellers"}), "grounding"
_RESTS, _ACTIVITIES = "decision_activities", "papers and activities"
# What names may say of one instrument: which it is, to whom it says something, and who adopted it.
_OF_ONE = frozenset({"of", "tasks", "organ", "place"})
_PLACES = ("Place", "State")
_PLURALS = {"treaty": "treaties"}


class PaperSets:
    """Reads plain questions on decisions and other instruments, over one set of facts."""

    def __init__(self, naming: Naming, known: Papers) -> None:
        self.naming, self.known, self.fitting = naming, known, Fitting(naming, known)

    def read(self, question: Question) -> Plain | None:
        """Return what such a question asks, worked out; None if it is none."""
        linked = question.linked
        if linked.ambiguous or linked.demonyms or any(link.excluded for link in linked.links):
            return None
        if asked_days.PART_OF.search(linked.text) or _NEVER.search(linked.text):
            return None
        said = [_BOUND if _A_YEAR.fullmatch(word) else word for word in plain_words.words(question, sections=True)]
        asked, denied = asked_filters.read(said, "papers"), False
        if asked is None and said.count(_NOT) == 1:
            # "Which decisions do not task the Secretary General?"
            asked, denied = asked_filters.read([word for word in said if word != _NOT], "papers"), True
        if asked is None or (asked.ask == "truth") != question.polar or (denied and question.polar):
            return None
        chapters = chapters_of(linked)
        if bool(chapters) != (THERE in asked.flags) and not (chapters == [NOTE] and "noted" in asked.flags):
            return None
        links = plain_words.named(question)
        every = [(one.how, name) for one in asked.filters for name in (one.name, *one.others)]
        if any(links[name].broad for _, name in every) or any(one.others and one.how not in ANY_OF for one in asked.filters):
            return None
        names = [self._limit(how, links[name], asked.ask) for how, name in every]
        days = list(days_of(linked.text))
        if None in names or (denied and len(names) != 1) or len(days) > 1:
            return None
        others = (*in_words(linked.text, asked.flags, chapters), *days)
        limits = Limits(tuple(filter(None, names)), asked.kinds, others, denied)
        if asked.ask in (TOLD, _TASKED):
            return self._provisions(asked, limits)
        if asked.ask == _ADDRESSED:
            return self._each_tasks(asked, limits)
        if asked.ask == "truth" and any(how == "of" for how, _ in limits.names):
            return self._is_so(asked, limits)
        return self._papers(asked, limits)

    def _limit(self, how: str, link: Link, ask: str) -> tuple[str, Link] | None:
        """Return how a name limits instruments: in what is asked, an organ adopts and others are tasked."""
        if ask == "chapters":
            return ("of", link) if link.thing.iri in self.known.papers else None
        organ, paper = link.thing.cls == _ORGAN, link.thing.iri in self.known.papers
        if how == "any":
            how = "of" if paper else "organ" if organ else "place" if link.thing.cls in _PLACES else "tasks"
        return None if (how == "organ" and not organ) else (how, link)

    def _is_so(self, asked: Filtered, limits: Limits) -> Plain | None:
        """Return whether a document is as it is said to be; None if that it is not may be told in other words."""
        own = [name for name in limits.names if name[0] == "of"]
        if len(own) != 1 or (len(limits.names) < 2 and not limits.others):
            return None
        paper, found = self.known.papers[own[0][1].thing.iri], self.fitting.papers(limits)
        hows = {how for how, _ in limits.names}
        if not found and (
            hows & _TOLD_OTHERWISE or ("place" in hows and not paper.place) or (limits.others and not paper.date)
        ):
            return None
        name, values = shown(replace(limits, names=tuple(one for one in limits.names if one[0] != "of")), [paper.iri])
        candidate = Candidate("paper so", "so", [bool(found)], query=name if found else ADOPTION, values=values)
        if not found:
            candidate = replace(candidate, values={"instrument": paper.iri})
        return Plain(candidate, self._words(asked, limits), told=True, sure=PLAIN)

    def _papers(self, asked: Filtered, limits: Limits) -> Plain | None:
        """Return instruments that fit; None if nothing limits them."""
        if not (limits.names or limits.others or limits.kinds):
            return None
        hows, others = {how for how, _ in limits.names}, False
        if hows == {"of"} and asked.ask == "papers" and not asked.columns:
            # "Which document was adopted in Istanbul in 1999?" is not answered by the one that is called so.
            return None
        found = self.fitting.papers(limits)
        if "decision" in limits.kinds and (not found or "basis" in hows):
            if "of" in hows:
                # By which decision a plan was adopted is not told by the plan.
                return None
            # "Decisions" stands for documents of any kind where there is no decision of the kind, and for mandates.
            limits, others = replace(limits, kinds=()), not found and "basis" not in hows
            found = self.fitting.papers(limits)
        rank = next(iter(asked.ranks), "")
        told = _ranked(found, rank) if rank else found
        projection, answer = self._told(asked, limits, told)
        name, values = shown(limits, [paper.iri for paper in told])
        if name == ADOPTION and not asked.columns and (asked.ask == "chapters" or rank == _WIDEST or THERE in asked.flags):
            # Of each it is shown where it is named, not where it is named first.
            name = MENTIONS
        name = _RESTS if name == ADOPTION and (_GROUNDING in asked.flags or projection == _ACTIVITIES) else name
        things = tuple(paper.iri for paper in told) if projection == "papers" else ()
        if asked.ask == "truth" and others and found:
            # Other documents are no decisions.
            answer = [False]
        candidate = Candidate("papers", projection, answer, query=name, values=values, things=things)
        sure = LIKELY if hows & {"theme", "mandate"} or rank or (others and found) or limits.denied else PLAIN
        cited = [_cited(paper) for paper in found if not paper.activities] if _GROUNDING in asked.flags else []
        sure, hints = LIKELY if cited else sure, [] if rank else self._besides(found, limits)
        hints += [f"Cited, while no single activity rests on it: {', '.join(cited)}."] if cited else []
        if others and found:
            names = f": {', '.join(paper.name for paper in found)}" if asked.ask == "truth" else ""
            hints.append(f"No decision fits; these are other documents{names}.")
        hints += self._on_basis(limits, found)
        return Plain(candidate, self._words(asked, limits), tuple(hints), told=True, sure=sure)

    def _on_basis(self, limits: Limits, found: list[Paper]) -> Iterator[str]:
        """Yield what is to be said beside where it is asked for mandates, for a basis, or for what does not have it."""
        hows = {how for how, _ in limits.names}
        if "mandate" in hows and found:
            yield _NO_SINGLE
        for how, instead, said in _INSTEAD if not found else ():
            names = tuple((instead, link) for one, link in limits.names if one == how)
            if near := [paper.name for paper in self.fitting.papers(replace(limits, names=names))] if names else []:
                yield f"{said}: {', '.join(near)}."
        if limits.denied:
            yield "Told by what is left out: of some the report gives no more than number and title."

    def _told(self, asked: Filtered, limits: Limits, papers: list[Paper]) -> tuple[str, list[Any]]:
        """Return what is told of instruments, and that."""
        if asked.ask == "truth":
            return "any", [bool(papers)]
        if asked.ask == "chapters":
            return "papers and chapters", sorted({chapter for paper in papers for chapter in paper.chapters})
        if asked.ask == "number":
            return "number of papers", [len(papers)]
        if _TASKS in asked.columns:
            to = [link.thing.iri for how, link in limits.names if how == _TASKS]
            return "papers and tasks", [row for paper in papers for row in self._asks(paper, to)]
        if not _RESTING.isdisjoint(asked.columns):
            units = {link.thing.iri for how, link in limits.names if how in _BASES}
            return _ACTIVITIES, [row for paper in papers for row in self._resting(paper, units, asked.columns)]
        if asked.columns:
            return "papers and adoption", [self._row(paper, asked.columns) for paper in papers]
        return "papers", [paper.name for paper in papers]

    def _besides(self, found: list[Paper], limits: Limits) -> list[str]:
        """Return what is said beside: themes that are not told, other documents that fit if only decisions are asked for."""
        themed = any(how == "theme" for how, _ in limits.names)
        notes = [f"{paper.name}: {paper.theme_note}" for paper in found if themed and paper.theme_note]
        if "decision" not in limits.kinds:
            return notes
        others = [paper.name for paper in self.fitting.papers(replace(limits, kinds=())) if paper not in found]
        return notes + ([f"Besides decisions: {', '.join(others)}."] if others else [])

    def _asks(self, paper: Paper, to: Sequence[str]) -> list[list[Any]]:
        """Return what an instrument asks of these, or of anybody, in rows."""
        said = [one for one in paper.provisions if one.kind in _ASKS and (not to or set(to) & {*one.addressees})]
        return [[paper.name, one.summary] for one in said]

    def _resting(self, paper: Paper, units: Collection[str], columns: Collection[str]) -> list[list[Any]]:
        """Return an instrument in rows with the activities that rest on it, or with the structures that tell them."""
        facts, rows = self.naming.facts, []
        for event in facts.known(paper.activities):
            told = [told for told in event.told if paper.iri in told.basis]
            tellers = list(dict.fromkeys(filter(None, (facts.teller(one.chapter) for one in told))))
            if not units or not {*units}.isdisjoint(tellers):
                own = [event.label] if "activities" in columns else []
                rows.append([paper.name, *own, *(self.known.labels(tellers) if "tellers" in columns else [])])
        if not rows:
            tellers = sorted(filter(None, map(facts.teller, paper.of_part_two)))
            rows.append([paper.name, *(self.known.labels(tellers) if "tellers" in columns else [])])
        return [list(row) for row in dict.fromkeys(map(tuple, rows))]

    def _row(self, paper: Paper, columns: Iterable[str]) -> list[Any]:
        """Return an instrument with what is asked of it: its organ, place, day."""
        told = {"organ": self.known.labels([paper.organ]), "place": self.known.labels([paper.place]), "date": [paper.date]}
        return [paper.name, *(value for name in columns for value in told[name] if value)]

    def _provisions(self, asked: Filtered, limits: Limits) -> Plain | None:
        """Return what one instrument says, to somebody or at all; None if it is not one."""
        papers = [link.thing.iri for how, link in limits.names if how == "of"]
        if len(papers) != 1 or limits.kinds or limits.others or {how for how, _ in limits.names} - _OF_ONE:
            return None
        paper, places = self.known.papers[papers[0]], tuple(name for name in limits.names if name[0] == "place")
        if not self.fitting.fits(paper, replace(limits, names=places)):
            return None
        to = [link.thing.iri for how, link in limits.names if how == "tasks"]
        organs = [link.thing.iri for how, link in limits.names if how == "organ"]
        # An organ adopted it, or is asked by it.
        to += [iri for iri in organs if iri != paper.organ]
        said = [one for one in paper.provisions if not to or not {*to}.isdisjoint(one.addressees)]
        if asked.ask == _TASKED or to:
            said = [one for one in said if one.kind in _ASKS]
        values: dict[str, Any] = {"instrument": paper.iri} | ({"body": to[0]} if len(to) == 1 else {})
        answer: list[Any] = [one.summary for one in said]
        if len(to) > 1:
            answer = [[self.naming.label(iri), one.summary] for iri in to for one in said if iri in one.addressees]
        if asked.ask == _TASKED:
            answer = [[self._addressees(one), one.summary] for one in said]
        candidate = Candidate("paper", asked.ask, answer, query=PROVISIONS, values=values)
        reading = f"{_ASKED[asked.ask]}: {paper.name}" + "".join(f"; to {self.naming.label(iri)}" for iri in to)
        return Plain(candidate, reading, told=True, sure=LIKELY)

    def _each_tasks(self, asked: Filtered, limits: Limits) -> Plain | None:
        """Return whom each of several instruments tasks, a row for each of them; None if one of them tasks nobody."""
        papers = [self.known.papers[link.thing.iri] for how, link in limits.names if how == "of"]
        if len(papers) != len(limits.names) or limits.others or limits.kinds or not all(paper.tasks for paper in papers):
            return None
        rows = [[paper.name, label] for paper in papers for label in self.known.labels(paper.tasks)]
        values = {"instrument": [paper.iri for paper in papers]}
        candidate = Candidate("papers", "papers and addressees", rows, query=SHOWN[_TASKS][0], values=values)
        return Plain(candidate, self._words(asked, limits), told=True, sure=PLAIN)

    def _addressees(self, one: Provision) -> str:
        return ", ".join(self.known.labels(one.addressees)) or "not told"

    def _words(self, asked: Filtered, limits: Limits) -> str:
        """Return how a question is read."""
        said = [f"{'not ' * limits.denied}{_SAID[how]} {self.naming.symbol(link.thing.iri)}" for how, link in limits.names]
        kinds = " or ".join(_PLURALS.get(kind, f"{kind}s") for kind in limits.kinds) or "documents"
        head = _ASKED[asked.ask].replace("decisions", kinds) if asked.ask in _ASKED else kinds.capitalize()
        ranks = ["named in the most chapters" if rank == _WIDEST else f"{rank} of them" for rank in asked.ranks]
        return ": ".join(filter(None, (head, "; ".join([*said, *(words for words, _ in limits.others), *ranks]))))


def _cited(paper: Paper) -> str:
    """Return an instrument with the chapters on activities that cite it."""
    return f"{paper.name} ({', '.join(paper.of_part_two)})"


def _ranked(papers: list[Paper], rank: str) -> list[Paper]:
    """Return those that were adopted first or last, or are named in the most parts of the report.

    Those without a day are neither first nor last.

    >>> _ranked([Paper("a", "A", date="2006"), Paper("b", "B", date="2007"), Paper("c", "C")], "last")[0].label
    'B'
    """
    if rank == _WIDEST:
        most = max((len(paper.chapters) for paper in papers), default=0)
        return [paper for paper in papers if len(paper.chapters) == most]
    dated = [paper for paper in papers if paper.date]
    end = (max if rank == _LAST else min)((paper.date for paper in dated), default="")
    return [paper for paper in dated if paper.date == end]
