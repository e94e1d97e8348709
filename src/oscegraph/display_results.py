"""Stage 10g: the results of the Python face, as what they are and as tables that show themselves.

Each class is a result of an earlier stage that can show itself too, so whatever takes the one takes the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyoxigraph as ox

from oscegraph import answer_views, answers, output, query, views
from oscegraph.display import Frame, Link, Sheet, Shown
from oscegraph.namespaces import shorten
from oscegraph.tellings import Activity, Telling, cite

MOST_PLACES = 3
_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = {"integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger"}
_BROKEN = {"decimal", "double", "float"}
_PLACE = ("chapter", "firstLine", "lastLine")


def _value(term: Any) -> Any:
    """Return a term as a value of Python where its type has one, otherwise as text."""
    plain = query.plain(term)
    if plain is None or not isinstance(term, ox.Literal) or not term.datatype.value.startswith(_XSD):
        return plain
    kind = term.datatype.value.removeprefix(_XSD)
    try:
        if kind in _WHOLE:
            return int(plain)
        if kind in _BROKEN:
            return float(plain)
        if kind == "boolean":
            return {"true": True, "1": True, "false": False, "0": False}[plain]
        if kind == "date":
            return date.fromisoformat(plain)
    except (ValueError, KeyError):
        pass
    return plain


def _day(text: str | None) -> date | str | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return text


class Rows(Shown, query.Result):
    """The rows of a query. A label stands for the thing it names, and chapter and lines become one place in the report."""

    def sheet(self) -> Sheet:
        """Return the rows with labels linked and places joined."""
        index = {name: number for number, name in enumerate(self.columns)}
        joined = all(name in index for name in _PLACE)
        hidden = {name for name in index if f"{name}Label" in index} | (set(_PLACE) if joined else set())
        shown = [name for name in index if name not in hidden]

        def cell(row: Sequence[Any], name: str) -> Any:
            term, of = row[index[name]], index.get(name.removesuffix("Label"))
            thing = row[of] if of is not None and name.endswith("Label") else term
            if isinstance(thing, ox.NamedNode):
                return Link(
                    query.plain(term) or shorten(thing.value) if thing is not term else shorten(thing.value), thing.value
                )
            return _value(term)

        columns = [name.removesuffix("Label") if name.removesuffix("Label") in index else name for name in shown]
        rows = [[cell(row, name) for name in shown] for row in self.rows]
        if joined:
            columns.append("evidence")
            for shown_row, row in zip(rows, self.rows, strict=True):
                shown_row.append(_place(*(query.plain(row[index[name]]) for name in _PLACE)))
        notes = [] if rows else ["No row: the graph holds nothing that fits this query."]
        return Sheet("", columns, rows, notes)

    def frame(self) -> Frame:
        """Return the rows as they are, each value with its type."""
        return Frame(self.columns, [[_value(term) for term in row] for row in self.rows])


def _place(chapter: str | None, first: str | None, last: str | None) -> str:
    if not (chapter and first and last and first.isdecimal() and last.isdecimal()):
        return chapter or ""
    return cite(chapter, int(first), int(last))


@dataclass(repr=False)
class Partners(Shown, answers.Who):
    """The partners of an actor; `told` are the activities shared with each, by the IRI of the partner."""

    told: dict[str, list[Activity]] = field(default_factory=dict)

    def _evidence(self, partner: answers.Partner) -> list[str]:
        return _sources(self.told.get(partner.thing.iri) or partner.evidence)

    def sheet(self) -> Sheet:
        """Return one row a partner, with the first places that tell of what was done together."""
        answer = answer_views.who_answer(self, None, False)
        rows = [
            [
                Link(p.thing.label or shorten(p.thing.iri), p.thing.iri),
                p.thing.type,
                len(p.activities),
                _counts(p.roles),
                p.first,
                p.last,
                _some(self._evidence(p)),
            ]
            for p in self.partners
        ]
        columns = ["partner", "type", "shared activities", "roles", "first", "last", "evidence"]
        return Sheet(_title(answer), columns, rows, self.notes)

    def frame(self) -> Frame:
        """Return one row a partner, with all places."""
        columns = ["partner", "label", "type", "shared", "roles", "themes", "first", "last", "evidence"]
        rows = [
            [
                p.thing.iri,
                p.thing.label,
                p.thing.type,
                len(p.activities),
                _counts(p.roles),
                _counts(p.themes),
                _day(p.first),
                _day(p.last),
                "; ".join(self._evidence(p)),
            ]
            for p in self.partners
        ]
        return Frame(columns, rows)


class Shared(Shown, answers.Between):
    """The activities that two actors share."""

    def _rows(self) -> Iterable[tuple[Activity, Telling]]:
        return ((activity, telling) for activity in self.activities for telling in activity.tellings)

    def sheet(self) -> Sheet:
        """Return one row a telling, with what each of the two did by it."""
        answer = answer_views.between_answer(self, None)
        columns = ["activity", "day", "place", self.first.short, self.second.short, "evidence"]
        rows = [
            [
                Link(activity.label, activity.id),
                views.when(t.start, t.end, t.precision),
                t.place or t.country,
                t.roles_of(self.circles[0]),
                t.roles_of(self.circles[1]),
                t.source,
            ]
            for activity, t in self._rows()
        ]
        return Sheet(_title(answer), columns, rows, answer.notes)

    def frame(self) -> Frame:
        """Return one row a telling."""
        columns = ["activity", "label", "start", "end", "place", "roles_first", "roles_second"]
        columns += ["chapter", "first_line", "last_line"]
        rows = [
            [activity.id, activity.label, _day(t.start), _day(t.end), t.place or t.country]
            + [", ".join(t.roles_of(circle)) for circle in self.circles]
            + [t.chapter, *t.lines]
            for activity, t in self._rows()
        ]
        return Frame(columns, rows)


class Tellings(Shown, list[Telling]):
    """What chapters say of activities; a list like any other."""

    def sheet(self) -> Sheet:
        """Return one row a telling."""
        columns = ["telling", "day", "place", "kind", "people", "evidence"]
        rows = [
            [
                Link(t.title, t.id),
                views.when(t.start, t.end, t.precision),
                t.place or t.country,
                t.kind,
                views.people(t),
                t.source,
            ]
            for t in self
        ]
        return Sheet(f"{len(self)} telling{'' if len(self) == 1 else 's'}", columns, rows)

    def frame(self) -> Frame:
        """Return one row a telling, its participations as `role: actor`."""
        columns = ["telling", "activity", "title", "kind", "start", "end", "precision", "place", "country", "themes"]
        columns += ["people", "roles", "chapter", "first_line", "last_line"]
        rows = []
        for t in self:
            roles = "; ".join(f"{p.role}: {p.label}" for p in t.participations)
            when = (_day(t.start), _day(t.end), t.precision)
            where = (t.place, t.country, ", ".join(t.themes), t.people, roles, t.chapter, *t.lines)
            rows.append([t.id, t.activity, t.title, t.kind, *when, *where])
        return Frame(columns, rows)


def _title(answer: output.Answer) -> str:
    first = answer.blocks[0]
    return first.text if isinstance(first, output.Heading) else ""


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _sources(activities: Sequence[Activity]) -> list[str]:
    return list(dict.fromkeys(telling.source for activity in activities for telling in activity.tellings))


def _some(places: Sequence[str]) -> str:
    more = len(places) - MOST_PLACES
    return "; ".join(places[:MOST_PLACES]) + (f"; {more} more" if more > 0 else "")
