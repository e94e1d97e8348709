"""Stage 10g1e: the answer of a reading, with its evidence, its SPARQL, and what is to be said beside it."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date
from typing import Any

from oscegraph import query
from oscegraph.asking import (
    asked_aside,
    asked_forms,
    behind,
    cautions,
    in_general,
    joined,
    on_all,
    on_names,
    plain_sets,
    ranking,
)
from oscegraph.asking.asked import ANSWERED, EXCLUDED, SILENT, VERY_SURE, Asked, once
from oscegraph.asking.asked_chapters import CHAPTER
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.asked_roles import EXTERNAL
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.filter_measures import open_to
from oscegraph.asking.passed_over import WITH_THE_OSCE
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.reading import Reader
from oscegraph.asking.retrieval import Question
from oscegraph.asking.saying import Sayer
from oscegraph.called import STRUCTURES
from oscegraph.directory import Directory
from oscegraph.namespaces import expand
from oscegraph.store import Store

# The rows of a query, and its SPARQL.
Rows = tuple[list[dict[str, Any]], str]
# Readings on decisions and other documents; parameters that limit activities.
PAPERS, FILTERS = frozenset({"paper", "papers", "paper so"}), ("theme", "where", "from")
_SAID = {"theme": "the theme", "where": "the place"}
# Parameters that set something beside what is asked about: another theme, another actor.
_BESIDE = frozenset({"also", "other", "without"})
# Who worked with an actor may be said in general, too.
# Whose chapters tell of activities, which may be found by where they were.
_TELLERS = ("set", "tellers")
_PARTNERS, _ANYBODY = frozenset({"role:organizers", "role:partners"}), "role:anybody"
# Words for co-operation of any kind, which general statements tell, too.
_DEALT = lazy_pattern(
    r"\b(?:deal(?:s|t|ings?)? with|(?:had|have|has) (?:anything )?(?:to do|contacts?|dealings) with)\b", re.IGNORECASE
)
_TASKS = "decision_tasks"
# Whom a decision asks without naming one structure.
_WHOLES = ("body:osce", "body:osce-executive-structures", "body:osce-institutions")
_BOTH, _CHAPTERS, _DETAIL, _PHRASE = "both", "chapters", "detail", "phrase"
_OF_REPORT = lazy_pattern(
    r"\b(?:chapters?|sections?|report\w*|told|mention\w*|describ\w*|parts?|passages?)\b", re.IGNORECASE
)
_ONLY_IN_GENERAL = "No activity is told; the report says in general that they co-operate."


class Answerer(Reader):
    """Answers readings of questions over one store."""

    def __init__(self, store: Store, directory: Directory | None = None) -> None:
        super().__init__(store, directory)
        self.plain_sets = plain_sets.PlainSets(self.maker.naming)
        self.in_general = in_general.InGeneral(self.again, self.maker.naming, self.plain_sets.filtering)
        self.cautions = cautions.Cautions(self.maker.naming, self.plain_sets.filtering)
        self.sayer = Sayer(self.facts)

    def _answer(self, text: str, question: Question, best: ranking.Ranked, told: Rows | None = None) -> Asked:
        """Return the answer of a reading; `told` are its rows and SPARQL, if they are known."""
        candidate = best.candidate
        if told is None and candidate.kind == _TELLERS and candidate.events:
            candidate, told = self._as_told(candidate)
        rows, sparql = told or self.rows(candidate)
        answer, reading = self._kept(text, question, candidate), self.sayer.say(candidate)
        if answer == [False] and (general := self.in_general.both(question, candidate)):
            # No activity of both is told, but that they co-operated is.
            answer, reading, (evidence, sparql) = [True], f"{reading}; or that they co-operate in general", general
        else:
            evidence = self._evidence(candidate, rows)
        asked = Asked(text, ANSWERED, reading, answer, evidence, sparql)
        asked.confidence, asked.about = best.probability, candidate.about
        asked.kind, asked.source = candidate.kind, candidate
        asked.open = any(not link.quiet for link in candidate.open_links)
        asked.whole = bool(candidate.parts) or isinstance((candidate.answer or [0])[0], list)
        # What is said of one activity, and of nobody else, is of it.
        on = candidate.events or (tuple(candidate.about) if len(candidate.about) == 1 else ())
        if len(on) == 1 and on[0] in self.facts.events:
            event = self.facts.events[on[0]]
            asked.title, asked.days = event.label, event.days[:1]
        self._place(asked.evidence)
        asked.evidence = once(asked.evidence)
        dealt = candidate.projection == _ANYBODY and bool(asked.answer) and bool(_DEALT.search(question.linked.text))
        of_partners = candidate.projection in _PARTNERS or candidate.query == in_general.SHARED or dealt
        if of_partners and self._partners(question, candidate, asked):
            return asked
        self._hint(candidate, asked, rows)
        for caution, likely in self.cautions.of(question, candidate, asked.answer):
            asked.cautions.append(caution)
            asked.confidence = min(asked.confidence, VERY_SURE) if likely else asked.confidence
        asked.hints = [*asked.hints, *asked.cautions]
        if candidate.parts and [value for part in candidate.parts for value in part.answer] == asked.answer:
            asked.answer = joined.by_roles([(part.projection, part.answer) for part in candidate.parts])
        return asked

    def _plain(self, text: str, question: Question, plain: plain_sets.Plain) -> Asked:
        """Return the answer that is worked out for a plain question."""
        candidate, told = self._as_told(plain.candidate)
        asked = self._answer(text, question, ranking.Ranked(candidate, plain.sure), told)
        asked.reading, asked.whole = plain.reading, True
        if asked.answer:
            asked.hints = [*asked.hints, *plain.hints]
        else:
            general = self.in_general.on_any_theme(question, candidate)
            more = [f"In general, whatever the theme, the report says so of {', '.join(general)}."] if general else []
            asked.status, asked.hints = SILENT if plain.told else EXCLUDED, [*more, *plain.hints, *asked.cautions]
        return asked

    def _as_told(self, candidate: Candidate) -> tuple[Candidate, Rows]:
        """Return a reading on a set, with its rows and SPARQL.

        If its query finds other activities, too, it is given by the query that is told these alone.
        """
        told = self.rows(candidate)
        if candidate.family not in PAPERS and {row.get("activity") for row in told[0]} != set(candidate.events):
            values = candidate.values | {"activity": list(candidate.events)}
            candidate = replace(candidate, query="activity_told", values=values)
            told = self.rows(candidate)
        return candidate, told

    def _kept(self, text: str, question: Question, candidate: Candidate) -> list[Any]:
        """Return the answer of a reading without what the question sets aside, or does not ask for."""
        said, words = question.linked.text, question.linked.words
        start, end = asked_aside.span(said)
        within = [k for k in question.linked.links if k.end > k.start and start <= words[k.start].start < end]
        between = ((one, said[words[one.end - 1].end : words[k.start].start]) for one, k in itertools.pairwise(within))
        listed = list(itertools.takewhile(lambda one: asked_aside.are_joined(one[1]), between))
        aside = [k for k in question.linked.links if k.excluded or k in within[: len(listed) + 1]]
        out = [name for link in aside for name in (link.thing.label, *link.thing.aliases)]
        # "Other than Baku" sets the Office there aside.
        there = tuple(f" {link.thing.label}" for link in aside if link.thing.cls in (*AREAS, "Place"))
        out += [one for one in candidate.answer if there and str(one).startswith("OSCE ") and str(one).endswith(there)]
        if asked_aside.OSCE.fullmatch(said[start:end]):
            # With the OSCE all parts of it are set aside.
            out += self._of_osce(candidate.answer)
        answer = asked_aside.kept(said, candidate.answer, out)
        if WITH_THE_OSCE.match(said):
            # None of its parts is whom it worked with.
            ours = self._of_osce(answer)
            answer = [value for value in answer if value not in ours] or answer
        if candidate.family == _DETAIL and not candidate.parts:
            answer = self.maker.naming.ngos_alone(question, self.maker.naming.units_alone(question, answer))
        if candidate.family == _BOTH and _CHAPTERS in candidate.projection and not _OF_REPORT.search(text):
            # "When and where?" asks for no chapters.
            answer = [value for value in answer if not CHAPTER.fullmatch(str(value))] or answer
        return on_all.added_up(question, answer)

    def _of_osce(self, answer: list[Any]) -> list[str]:
        """Return the structures of the OSCE that an answer names."""
        things = (thing for thing in self.directory.things.values() if thing.label in answer)
        return [thing.label for thing in things if thing.is_actor and not wanted((EXTERNAL,), thing)]

    def _partners(self, question: Question, candidate: Candidate, asked: Asked) -> bool:
        """Add who worked with an actor in general, or had any part; return whether that is the answer."""
        others = self.in_general.named(question, candidate, asked.answer)
        asked.in_general = list(others)
        if others and (asked.answer or candidate.query == in_general.SHARED):
            asked.hints = [f"In general, without an activity, the report also says so of {', '.join(others)}."]
            asked.confidence = min(asked.confidence, VERY_SURE)
            return False
        if others:
            # No activity is told, but that they co-operate is.
            asked.answer, asked.reading = list(others), f"{asked.reading}; in general"
            asked.evidence, asked.sparql = self.in_general.told(candidate, others)
            asked.hints = [_ONLY_IN_GENERAL]
        elif not asked.answer and candidate.projection in _PARTNERS:
            # Nobody organized it with them, but somebody may have had a part.
            asked.answer = self.in_general.with_part(question, candidate)
            asked.reading = f"{asked.reading}; or had any other part" if asked.answer else asked.reading
        else:
            return False
        asked.confidence = min(asked.confidence, VERY_SURE) if asked.answer else asked.confidence
        return bool(asked.answer)

    def _hint(self, candidate: Candidate, asked: Asked, rows: list[dict[str, Any]]) -> None:
        """Say beside an answer what it rests on, or which kind of no it is."""
        if printed := on_names.printed(self.directory, candidate):
            asked.hints = [f"The report prints only {printed}: this name is not from there."]
            asked.confidence = min(asked.confidence, VERY_SURE)
        elif asked.answer == [True] and candidate.answer == [False]:
            asked.hints = [_ONLY_IN_GENERAL]
        elif candidate.answer == [False] and not rows:
            asked.hints = ["The report names none; that is not to say that there was none."]
        elif candidate.answer and candidate.family == _PHRASE and (note := behind.note(query.named(candidate.query))):
            asked.hints = [note]
        elif not candidate.answer:
            given = [name for name in FILTERS if name in candidate.values]
            if candidate.family == _PHRASE and _BESIDE.intersection(candidate.values):
                asked.status, asked.hints = EXCLUDED, ["Nothing has all that is asked for.", *asked.hints]
            elif candidate.family == "set" and given and not candidate.events:
                asked.status, asked.hints = EXCLUDED, [f"Nothing fits {' and '.join(self._filter(candidate, given))}."]
                asked.hints += self._vague(candidate)
            else:
                asked.status = SILENT
                asked.hints = ["The report tells of it, but not this."] if rows else self._of_all(candidate)

    def _vague(self, candidate: Candidate) -> list[str]:
        """Return how many activities of an actor have no day that would leave out the period that is asked for."""
        actor, days = candidate.values.get("actor"), [candidate.values.get(name) for name in ("from", "to")]
        if not isinstance(actor, str) or not all(isinstance(day, str) for day in days):
            return []
        return open_to(self.maker.naming.events_of(actor), *(date.fromisoformat(str(day)) for day in days))

    def _of_all(self, candidate: Candidate) -> list[str]:
        """Return what is asked of the OSCE as a whole, where one of its structures is not asked by name."""
        body = self.directory.things.get(str(candidate.values.get("body", "")))
        if candidate.query != _TASKS or body is None or body.cls not in STRUCTURES:
            return []
        rows = [row for whole in _WHOLES for row in query.run(self.again, _TASKS, body=expand(whole))]
        said = sorted({str(row["symbol"] or row["instrumentLabel"]) for row in rows})
        return [f"Asked of the OSCE or its executive structures as a whole: {', '.join(said)}."] if said else []

    def _evidence(self, candidate: Candidate, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return where the rows of a candidate are told; of a count or ranking where what it counts is."""
        if candidate.parts:
            return [item for part in candidate.parts for item in self._evidence(part, self.rows(part)[0])]
        if found := asked_forms.evidence(asked_forms.of_answer(candidate.projection, rows, candidate.answer)):
            return found
        named, told = query.named(candidate.query), asked_forms.flat(candidate.answer)
        return asked_forms.evidence(behind.rows(self.again, named, candidate.values, rows, told))

    def _filter(self, candidate: Candidate, given: list[str]) -> list[str]:
        """Return the filters of a candidate in words."""
        return [
            f"{_SAID[name]} {self.sayer.name(candidate.values[name])}" if name in _SAID else "the period" for name in given
        ]
