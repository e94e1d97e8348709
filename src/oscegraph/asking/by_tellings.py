"""Stage 10g5: what is told in which chapter, and of everybody in one activity, by its tellings."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from oscegraph.asking import asked_chapters, asked_of_one, asked_roles, asked_told, joined, of_one, plain_words, ranking
from oscegraph.asking.asked import ANSWERED, CERTAIN, SILENT, VERY_SURE, Asked, once
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.candidates import ROLES, Candidate, roles_of
from oscegraph.asking.directed import parts_of
from oscegraph.asking.papers import ADOPTION
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.set_aside import SetAside
from oscegraph.asking.statements import rows
from oscegraph.called import called_by_place
from oscegraph.directory import Thing
from oscegraph.tellings import differently_dated, read_activities

# "By the chapter on the ATU and that on the Mission" is answered by chapters, "by the ATU and the Mission" by structures.
_CHAPTER = lazy_pattern(r"\bchapters?\b|\bI{1,3}\.\d", re.IGNORECASE)
_THE, _OF_NAMED = frozenset({"the", "osce", "a", "an"}), "column of named"
_ROLE, _CAME = "role:", "role:attendees"
_MONTH = len("2011-01")
_WITH_LENGTH = "chapters with length and days"
_PHRASE, _WHERE = "phrase", {*AREAS, "Place", "Concept"}


class ByTellings(SetAside):
    """Answers questions for chapters, and for what each telling of one activity says; `given` is one as it was put."""

    given = ""

    def _rephrased(self, question: str, text: str) -> Asked:
        """Answer a question as it stands or, if it is not sure enough, in plainer words."""
        raise NotImplementedError

    def _is_told(self, question: str, what: str, where: str) -> Asked:
        """Answer whether something is told in a chapter by the chapters that tell it; ask back if no chapter is named.

        That an actor or area has no part in an activity there does not mean that the chapter does not name it.
        """
        asking = f"In which chapters is {what} told?"
        if not (there := asked_told.appendix(where) or self._chapter(where)):
            return joined.back(question, [asking])
        papers = self.papers.known.papers
        named = plain_words.named(self._question(f"{what}?"))
        if len(named) == 1 and named[0].thing.iri in papers:
            paper = papers[named[0].thing.iri]
            candidate = Candidate("paper so", "told there", [True], query=ADOPTION, values={"instrument": paper.iri})
            asked = self._answer(asking, self._question(asking), ranking.Ranked(candidate, CERTAIN))
            told, asked.reading = sorted(paper.chapters), f"Chapters: {paper.name}"
        elif (
            (asked := self._asked(asking)).status == ANSWERED
            and asked.source is not None
            and (asked.source.family == _PHRASE or len(asked.source.events) == 1)
            and all(isinstance(one, str) and asked_chapters.CHAPTER.fullmatch(one) for one in asked.answer)
        ):
            told = list(map(str, asked.answer))
        else:
            # A no may be on something else that is not told there.
            asked = self._rephrased(question, question)
            return asked if asked.answer == [True] else joined.back(question, [asking], asked.confidence)
        so = any(one == there or one.startswith(f"{there}.") for one in told)
        said = self._question(f"{what}?").linked
        only_where = bool(said.links) and not (said.rest or said.days) and all(k.thing.cls in _WHERE for k in said.links)
        if not so and asked.source is not None and (asked.source.family == _PHRASE or only_where):
            # What has no part in an activity, or only a place or theme without a day, may be named all the same.
            return joined.back(question, [asking])
        asked.answer, asked.reading = [so], f"{asked.reading}: {', '.join(told)}"
        asked.evidence = [one for one in asked.evidence if not so or str(one.get("chapter", "")).startswith(there)]
        asked.whole = True
        return asked

    def _are_told(self, question: str, what: str, wheres: list[str]) -> Asked:
        """Answer whether something is told in each of several chapters: as one if all do or none does, else by chapter."""
        asking = [f"Does {where} mention {what}?" for where in wheres]
        every = [self._is_told(one, what, where) for one, where in zip(asking, wheres, strict=True)]
        if any(one.status != ANSWERED for one in every):
            return joined.back(question, asking, min(one.confidence for one in every))
        asked, confidence = every[0], min(one.confidence for one in every)
        asked.evidence = once([row for one in every for row in one.evidence])
        if len({one.answer == [True] for one in every}) > 1:
            asked.answer = [[self._chapter(where), *one.answer] for one, where in zip(every, wheres, strict=True)]
            confidence = min(confidence, VERY_SURE)
        asked.confidence = confidence
        return asked

    def _chapter(self, where: str) -> str:
        """Return the chapter that words mean, by its number or the structure that it describes; "" if none, or several."""
        linked = self._question(f"What is told in {where}?").linked
        named = called_by_place(self.directory, asked_told.OF.sub("", where))
        units = [link.thing for link in linked.links] + ([named] if named else [])
        found = linked.chapters or [
            self.linker.papers.sections[unit.iri] for unit in units if unit.iri in self.linker.papers.sections
        ]
        return found[0] if len(set(found)) == 1 else ""

    def _agree(self, question: str, what: str, same: bool, by_month: bool) -> Asked | None:
        """Answer whether chapters agree on when an activity was by the days of each; `same` is whether "yes" says that.

        If it is asked for months, other days in the same ones do not matter.
        """
        asking = f"Which chapters tell of {what}, and on which days does each put it?"
        asked = self._asked(asking)
        if asked.status != ANSWERED or asked.source is None or asked.source.projection != asked_chapters.DAYS:
            return joined.back(question, [asking], asked.confidence)
        if len(asked.answer) < 2:
            asked.status, asked.answer = SILENT, []
            asked.hints = ["Only one chapter dates it."]
            return asked
        activities = read_activities(self.facts.store, self.directory, list(asked.source.events))
        named = self._question(question).linked.chapters
        rows = [row for row in asked.answer if row[0] in named] if len(named) > 1 else asked.answer
        if by_month and (len(rows) < max(len(named), 2) or any(len(str(day)) < _MONTH for row in rows for day in row[1:])):
            # Of a chapter that does not tell of it, or says no month, nothing is known.
            return joined.back(question, [asking], asked.confidence)
        months = {frozenset(str(day)[:_MONTH] for day in row[1:]) for row in rows}
        differ = len(months) > 1 if by_month else any(map(differently_dated, activities))
        asked.answer, asked.confidence = [differ is not same], min(asked.confidence, VERY_SURE)
        titles = "; ".join(activity.label for activity in activities)
        asked.reading = (
            f"Whether the chapters {'agree' if same else 'differ'} on the {'month' if by_month else 'days'}: {titles}"
        )
        return asked

    def _on_agreement(self, question: str, on: str) -> Asked:
        """Answer whether chapters agree on another point where that is what is told; else, or if "that" is so, ask back."""
        asked = self._rephrased(question, question)
        told = on == "on" and asked.source is not None and asked.source.projection.endswith((" agree", " differ"))
        if asked.status != ANSWERED or told or asked.answer not in ([True], [False]):
            return asked
        return joined.back(question, [], asked.confidence)

    def _of_each_chapter(self, question: str, first: str, told: str) -> Asked | None:
        """Return what each chapter tells of an activity that a question for chapters means; None if that is not sure."""
        asked = (self._rephrased(one, one) for one in (first, question))
        one = next((one for one in asked if one.status == ANSWERED and len(one.about) == 1), None)
        if one is None:
            return None
        asking, candidates = self.read(question)
        same = [each for each in candidates if each.about == one.about and each.answer]
        found = next((each for each in same if each.projection == told), None)
        if found is None and told == asked_chapters.DAYS:
            # How long it was stands between chapter and days, and is not asked for.
            longer = next((each for each in same if each.projection == _WITH_LENGTH), None)
            rows = [[row[0], *row[2:]] for row in longer.answer if len(row) > 2] if longer else []
            found = replace(longer, projection=told, answer=rows) if longer and rows else None
        if found is None:
            return None
        if not _CHAPTER.search(self.given):
            found = replace(found, answer=self._by_structure(asking, found.answer))
        return self._answer(question, asking, ranking.Ranked(found, one.confidence))

    def _by_all_chapters(self, text: str, asked: Asked) -> Asked | None:
        """Return who came to an activity by all chapters, if a statement of one tells some and all are asked for; else None.

        Whom a statement names that has no role in it ("NGOs") is told behind those.
        """
        told = asked.status == ANSWERED and asked.kind[0] == "detail" and asked_chapters.takes_all(self.given)
        if not told or not asked_roles.WHO_CAME.match(text) or not all(isinstance(one, str) for one in asked.answer):
            return None
        question, candidates = self.read(text)
        same = (one for one in candidates if one.about == asked.about and one.projection.startswith(_ROLE))
        of_it, events = next(same, None), self.facts.known(asked.about)
        roles = ROLES["attendees"][0]
        came = tuple(roles_of(events[0].told, roles)) if len(events) == 1 else ()
        names = self.maker.naming.in_order(came)
        if of_it is None or set(names).isdisjoint(asked.answer):
            return None
        answer = [*names, *(one for one in asked.answer if one not in names)]
        values = {**of_it.values, "role": sorted(roles)}
        both = replace(of_it, projection=_CAME, answer=answer, things=came, values=values)
        return self._answer(text, question, ranking.Ranked(both, min(asked.confidence, VERY_SURE)))

    def _by_structure(self, asking: Question, rows: list[Any]) -> list[Any]:
        """Return rows by chapter as rows by the structures that a question names, if it names all of them."""
        tellers = [self.facts.teller(row[0]) for row in rows]
        said = {chapter for chapter in asking.linked.chapters if chapter not in asking.linked.text}
        said |= {row[0] for row, one in zip(rows, tellers, strict=True) if any(k.thing.iri == one for k in asking.links)}
        if not all(tellers) or not said.issuperset(row[0] for row in rows):
            return rows
        return [[self.maker.naming.label(str(one)), *row[1:]] for one, row in zip(tellers, rows, strict=True)]

    def _part_of(self, question: str, ways: list[asked_of_one.OfOne]) -> Asked | None:
        """Return which part one body had in one activity; None if it is not plain who and what are meant.

        What the report says of it in words ("observer") is told as it says it, if that is said of this body.
        """
        for way in ways:
            if (actor := self._one_actor(way.who)) is None:
                continue
            asked = self._rephrased(question, question)
            if asked.status == ANSWERED and asked.source is not None and self._says_part(asked.source, actor.iri):
                return asked
            event, sure = self._meant(way.questions)
            if event is not None:
                found = of_one.part(self.maker.naming, event, actor.iri)
                # Who alone tells of it made it.
                found.answer = found.answer or sorted(parts_of(self.maker.naming, event, actor.iri))
                told = self._answer(question, self._question(question), ranking.Ranked(found, min(sure, VERY_SURE)))
                told.reading = f"Part of {actor.label}: {event.label}"
                return told
            if asked.status == ANSWERED:
                return joined.back(question, way.questions, asked.confidence)
        return None

    def _one_thing(self, who: str) -> Thing | None:
        """Return the one thing that words name, if they say nothing else."""
        linked = self._question(who).linked
        covered = {n for link in linked.links for n in range(link.start, link.end)}
        more = any(word.plain not in _THE and n not in covered for n, word in enumerate(linked.words))
        return linked.links[0].thing if len(linked.links) == 1 and not more else None

    def _one_actor(self, who: str) -> Thing | None:
        thing = self._one_thing(who)
        return thing if thing and thing.is_actor else None

    def _chapters_naming(self, question: str, ways: list[asked_of_one.OfOne]) -> Asked | None:
        """Return which chapters name one body at one activity; None if it is not plain who and what are meant."""
        known = False
        for way in ways:
            if (actor := self._one_actor(way.who)) is None:
                continue
            # "In the list" is in no activity.
            known = known or bool(way.side) or not way.loose
            event, sure = self._meant(way.questions)
            found = of_one.chapters_naming(self.maker.naming, event, actor.iri, way.side) if event else None
            if event is None or found is None or not found.answer:
                continue
            told = self._answer(question, self._question(question), ranking.Ranked(found, min(sure, VERY_SURE)))
            told.reading = f"Chapters naming {actor.label}: {event.label}"
            told.evidence = [row for row in told.evidence if row.get("chapter") in found.answer] or told.evidence
            return told
        # All chapters that name it are more than those that do so there.
        return joined.back(question, [ways[0].questions[0]]) if known else None

    def _says_part(self, source: Candidate, actor: str) -> bool:
        """Whether words of the report answer which part an actor had: one text, or the row of a table that is on it."""
        if source.found is None:
            return False
        circle = self.maker.naming.circle(actor)
        if source.projection != _OF_NAMED:
            return not circle.isdisjoint(source.found.detail.about)
        own = [value for label, value in rows(source.found.detail.values) if self.directory.bearers(label).keys() & circle]
        return own == source.answer

    def _of_one(self, question: str, asked: asked_of_one.OfOne) -> Asked | None:
        """Return what is asked of everybody in one activity, or of each chapter on it; None if none is surely meant."""
        named = [link.thing.iri for link in self._question(asked.who).linked.links if link.thing.is_actor]
        actors = list(dict.fromkeys(named))
        if asked.who and len(actors) < asked.fewest:
            return None
        event, sure = self._meant(asked.questions)
        found = of_one.rows(self.maker.naming, event, asked, actors) if event else None
        if event is None or found is None:
            return None
        answer = self._answer(question, self._question(question), ranking.Ranked(found, min(sure, VERY_SURE)))
        answer.hints += of_one.beside(self.maker.naming, event, asked)
        return answer
