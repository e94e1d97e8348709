"""Stage 10e3: candidates from the phrases in the headers of queries: counts, ranks and figures that no single activity tells.

A phrase is a candidate if the question has its cues and names what fills its slots. Adding a question is adding such a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from oscegraph import query
from oscegraph.asking import asked_forms
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import AREAS, INSTRUMENTS
from oscegraph.asking.candidates import Candidate, Maker
from oscegraph.asking.candidates import ROLES as ROLE_SETS
from oscegraph.asking.phrases import Phrase, catalogue
from oscegraph.asking.retrieval import Question
from oscegraph.dates import REPORT_YEAR
from oscegraph.namespaces import OSG, expand

# Words that every phrase accounts for.
_ALWAYS = frozenset({"activity", "typed", "units", "people", "many"})


class Phrased:
    """Makes the candidates of questions that phrases of the catalogue give."""

    def __init__(self, maker: Maker) -> None:
        self.maker, self.facts, self.directory = maker, maker.facts, maker.directory

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the candidates of all phrases whose cues and slots a question has."""
        if question.polar:
            return
        cues = set(question.linked.cues)
        if question.types:
            cues.add("typed")
        for phrase in catalogue():
            if any(not self._said(one, cues, question) for one in phrase.cues):
                continue
            if (filled := self._fill(phrase, question)) is not None:
                yield self._candidate(phrase, question, *filled)

    def _said(self, one: frozenset[str], cues: set[str], question: Question) -> bool:
        return bool(one & cues) or ("[role]" in one and bool(question.roles))

    def _fill(self, phrase: Phrase, question: Question) -> tuple[dict[str, Any], list[Link]] | None:
        """Return the values of the parameters and the links that give them, or None if the question names too few."""
        linked = question.linked
        free = [link for link in question.links if not link.quiet]
        values: dict[str, Any] = {}
        used: list[Link] = []
        for slot in phrase.slots:
            match slot:
                case "osce":
                    if any(not k.broad and k.thing.cls not in ("Concept", "OsceBody") for k in linked.links):
                        return None
                    used += linked.links
                    values["year"] = REPORT_YEAR - 1 if str(REPORT_YEAR - 1) in linked.text else REPORT_YEAR
                    continue
                case "number":
                    if len(linked.numbers) != 1:
                        return None
                    values["number"] = linked.numbers[0]
                    continue
                case "year":
                    if not linked.other_year:
                        return None
                    values["year"] = int(linked.other_year)
                    continue
                case "instrument":
                    pool = [k for k in free if k.thing.cls in INSTRUMENTS]
                case "theme":
                    pool = [k for k in free if "/vocab/theme/" in k.thing.iri]
                case "where":
                    pool = [k for k in free if k.thing.cls in AREAS]
                case _:
                    pool = [k for k in free if k.thing.is_actor and not k.at] or [k for k in free if k.thing.is_actor]
            pool = [k for k in pool if k not in used]
            if not pool:
                return None
            values[slot] = pool[0].thing.iri
            used.append(pool[0])
        for link in free:
            # A theme, a place or a period may narrow it, where the query can be narrowed by it.
            name = "theme" if "/vocab/theme/" in link.thing.iri else "where" if link.thing.cls in AREAS else ""
            if link not in used and name in phrase.parameters and name not in values and not link.broad:
                values[name] = link.thing.iri
                used.append(link)
        roles = sorted({role for name, (held, cues) in ROLE_SETS.items() if cues & set(question.roles[:1]) and name != "anybody" for role in held})  # fmt: skip
        for name, value in phrase.fixed.items():
            if value == "[role]":
                values[name] = [expand(f"role:{role}") for role in roles]
            elif value in values:
                values[name] = values[value]
            else:
                values[name] = [expand(part.replace("osg:", OSG)) or part for part in value.split(",")]
        return values, used

    def _candidate(self, phrase: Phrase, question: Question, values: dict[str, Any], used: list[Link]) -> Candidate:
        given = {name: value for name, value in values.items() if name in phrase.parameters}
        rows = [dict(row) for row in query.run(self.facts.store, phrase.query, **given)]
        types: tuple[str, ...] = ()
        if (who := asked_forms.whose(phrase)) and question.types:
            types = tuple(question.types)
            kept = set(self.maker.kept(question, [row.get(who) or "" for row in rows], types))
            rows = [row for row in rows if row.get(who) in kept]
        answer = asked_forms.answer(phrase, rows, int(values.get("number") or 0))
        cues = frozenset(cue for one in phrase.cues for cue in one) | _ALWAYS
        left = [link for link in question.links if link not in used and not link.broad]
        projection = f"{phrase.query.name} {phrase.form} {' '.join(phrase.columns)}"
        things = tuple(row[who] for row in rows if who and row.get(who)) if answer and len(rows) < 60 else ()
        return Candidate("phrase", projection, answer, cues, phrase.query.name, given, (), None, None, question.tokens, left, types, (), {}, things)  # fmt: skip
