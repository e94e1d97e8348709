"""Stage 10e10: candidates from phrases in the headers of queries: counts, ranks and figures that no single activity tells.

A phrase is a candidate if the question has its cues and names what fills its slots. Adding a question is adding such a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from oscegraph import query
from oscegraph.asking import asked_forms, bounds
from oscegraph.asking.asked_chapters import chapters_within, span_of_chapters
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import AREAS, INSTRUMENTS
from oscegraph.asking.candidates import ROLES, Candidate
from oscegraph.asking.making import Maker
from oscegraph.asking.phrases import Phrase, catalogue
from oscegraph.asking.retrieval import Question
from oscegraph.dates import REPORT_YEAR
from oscegraph.namespaces import OSG, expand

# Words that every phrase accounts for.
_ALWAYS = frozenset({"activity", "typed", "units", "people", "many"})
# Of longer lists it is not looked at whom they name; so many names are tried for a slot.
_LONG, _TRIED = 60, 3
# Two that a row names, as they are told and as they are named.
_SIDES, _SIDE = ("oneLabel", "otherLabel"), ("one", "other")


def _is_theme(link: Link) -> bool:
    return "/vocab/theme/" in link.thing.iri


def _is_of_osce(link: Link) -> bool:
    """Whether a name leaves it open that the OSCE as a whole is asked about."""
    return link.broad or link.thing.cls in ("Concept", "OsceBody")


def _is_plain(link: Link) -> bool:
    """Whether a name stands for no actor, theme or place, or for the OSCE as a whole."""
    return not _is_theme(link) and link.thing.cls not in AREAS and (not link.thing.is_actor or _is_of_osce(link))


class Phrased:
    """Makes the candidates of questions that phrases of the catalogue give."""

    def __init__(self, maker: Maker) -> None:
        self.naming, self.store = maker.naming, maker.facts.store

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the candidates of all phrases whose cues and slots a question has."""
        if question.polar:
            return
        cues = set(question.linked.cues)
        if question.types:
            cues.add("typed")
        if question.roles:
            cues.add("[role]")
        for phrase in catalogue():
            if "unnamed" in cues and not any("unnamed" in one for one in phrase.cues):
                # "Which chapters do not mention it?" is not answered by those that do.
                continue
            for place in range(_TRIED if phrase.slots in (("actor",), ("body",)) else 1):
                if not all(one & cues for one in phrase.cues) or (filled := self._fill(phrase, question, place)) is None:
                    break
                candidate = self.candidate(phrase, question, *filled)
                # What is asked of a unit, a theme or a town is not answered by what holds for all.
                if phrase.slots or all(link.broad or _is_plain(link) for link in candidate.open_links):
                    yield candidate

    def _fill(self, phrase: Phrase, question: Question, place: int = 0) -> tuple[dict[str, Any], list[Link]] | None:
        """Return the values of the parameters and the links that give them, or None if the question names too few.

        Of several names that may fill the only slot the one at `place` does.
        """
        free = [link for link in question.links if not link.quiet]
        values: dict[str, Any] = {}
        used: list[Link] = []
        for slot in phrase.slots:
            if slot in ("osce", "number", "year"):
                value = self._number(slot, question)
                if value is None:
                    return None
                values["year" if slot == "osce" else slot] = value
                used += question.linked.links if slot == "osce" else []
                continue
            pool = [link for link in self._pool(slot, free) if link not in used]
            if place >= len(pool):
                return None
            link = pool[place]
            values[slot] = link.thing.iri
            used.append(link)
        for link in free:
            # A theme, a place or a period may narrow it, where the query can be narrowed by it.
            name = "theme" if _is_theme(link) else "where" if link.thing.cls in AREAS else ""
            if link not in used and name in phrase.parameters and name not in values and not link.broad:
                values[name] = link.thing.iri
                used.append(link)
        self._fix(phrase, question, values)
        return values, used

    def _number(self, slot: str, question: Question) -> int | None:
        """Return the number or year that fills a slot, or None if the question does not name one."""
        linked = question.linked
        if slot == "number":
            # "Seven or more" is not answered by those that have seven.
            return linked.numbers[0] if len(linked.numbers) == 1 and bounds.bound(linked.text) is None else None
        if slot == "year":
            return int(linked.other_year) if linked.other_year else None
        if not all(map(_is_of_osce, linked.links)):
            return None
        return REPORT_YEAR - 1 if str(REPORT_YEAR - 1) in linked.text else REPORT_YEAR

    def _pool(self, slot: str, free: list[Link]) -> list[Link]:
        """Return the names that can fill a slot; actors that are no place first."""
        match slot:
            case "instrument":
                return [k for k in free if k.thing.cls in INSTRUMENTS]
            case "theme":
                return [k for k in free if _is_theme(k)]
            case "where":
                return [k for k in free if k.thing.cls in AREAS]
        actors = [k for k in free if k.thing.is_actor and (slot != "body" or k.thing.cls not in AREAS)]
        return [k for k in actors if not k.at] or actors

    def _fix(self, phrase: Phrase, question: Question, values: dict[str, Any]) -> None:
        """Add the parameters that the phrase gives: a value, that of a slot, or the roles of the question."""
        for name, value in phrase.fixed.items():
            if value == "[role]":
                asked = set(question.roles[:1])
                held = {role for key, (roles, cues) in ROLES.items() if cues & asked and key != "anybody" for role in roles}
                values[name] = [expand(f"role:{role}") for role in sorted(held)]
            elif value in values:
                values[name] = values[value]
            else:
                values[name] = [expand(part.replace("osg:", OSG)) or part for part in value.split(",")]

    def candidate(
        self,
        phrase: Phrase,
        question: Question,
        values: dict[str, Any],
        used: list[Link],
        keeps: Callable[[float], bool] | None = None,
    ) -> Candidate:
        """Return what a phrase gives with these values, which these names of a question are; `keeps` is a bound it sets."""
        given = {name: value for name, value in values.items() if name in phrase.parameters}
        rows = [dict(row) for row in query.run(self.store, phrase.query, **given)]
        if phrase.columns == ("chapter",):
            # "Which chapters on field operations name it?"
            within = chapters_within(question.linked, [row["chapter"] or "" for row in rows])
            rows = [row for row in rows if (row["chapter"] or "") in within]
        types: tuple[str, ...] = ()
        if (who := asked_forms.whose(phrase)) and question.types:
            types = tuple(question.types)
            kept = set(self.naming.kept(question, [row.get(who) or "" for row in rows], types))
            rows = [row for row in rows if row.get(who) in kept]
        if phrase.columns == _SIDES and question.types:
            # Of each pair the one that is not named itself is the answer.
            types = tuple(question.types)
            kept = set(self.naming.kept(question, [row[side] or "" for row in rows for side in _SIDE], types))
            rows = [row for row in rows if not kept.isdisjoint(row[side] for side in _SIDE)]
        if who and (span := span_of_chapters(question.linked.text)):
            # "Which of the operations in II.3.8 to II.3.14 do not name it?"
            there = {self.naming.facts.teller(chapter) for chapter in span}
            rows = [row for row in rows if row.get(who) in there]
        answer = asked_forms.answer(phrase, rows, int(values.get("number") or 0), keeps)
        if phrase.form == "list":
            # Of two sides that a row names, the one that is asked about is not the answer.
            named_here = {self.naming.label(link.thing.iri) for link in used}
            answer = [value for value in answer if value not in named_here]
        named = (row.get(who) for row in rows if who) if answer and len(rows) < _LONG else ()
        return Candidate(
            "phrase",
            f"{phrase.query.name} {phrase.form} {' '.join(phrase.columns)}",
            answer,
            frozenset(cue for one in phrase.cues for cue in one) | _ALWAYS,
            phrase.query.name,
            given,
            open_words=question.tokens,
            open_links=[link for link in question.links if link not in used and not link.broad],
            types=types,
            things=tuple(iri for iri in named if iri),
        )
