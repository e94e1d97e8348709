"""Stage 15c: what the pages of the desk are made of: sections of sentences, plots and tables, and the evidence.

A number in a table is a link to the activities behind it: to the row of the one activity, or to a line of the index that
lists their rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup

from oscegraph import __version__, plots, resources
from oscegraph.answers import roles_in
from oscegraph.api import Oscegraph
from oscegraph.dates import in_words
from oscegraph.directory import Thing
from oscegraph.output import clean
from oscegraph.tellings import Activity, Telling, differently_dated
from oscegraph.views import lasted, when, when_was

NO_ROLE = "no role of its own is named"
_IN_DAYS, _SPAN = re.compile(r"P(\d+)D"), re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True)
class Link:
    """A number with the anchor of its evidence and a mark before it; without an anchor there is nothing to show."""

    number: int
    anchor: str
    what: str
    mark: str = ""


@dataclass
class Table:
    """A table of texts, links and lists of links; the first column is the head of its row.

    The rows after the first `shown` are folded; a reader opens them without script.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    more: str = ""
    shown: int | None = None


@dataclass
class Section:
    """A part of a page: sentences, plots with their titles, tables, and parts of it."""

    anchor: str
    title: str
    says: list[str] = field(default_factory=list)
    plots: list[tuple[str, Markup]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    parts: list[Section] = field(default_factory=list)


class Evidence:
    """The activities that a page rests on, numbered, and the index of those behind each of its numbers."""

    def __init__(self, graph: Oscegraph, activities: Sequence[Activity]) -> None:
        self.graph, self.activities = graph, activities
        self.number = {activity.id: number for number, activity in enumerate(activities, 1)}
        self.index: list[tuple[str, str, list[int]]] = []

    def link(self, what: str, iris: Iterable[str], number: int | None = None, mark: str = "") -> Link:
        """Return a number, that of the activities if none is given, as a link; `what` says what it counts.

        Of parts of the data some activities may only be named, without what they are: these have no row.
        """
        rows = sorted({self.number[iri] for iri in iris if iri in self.number})
        if len(rows) < 2:
            return Link(len(rows) if number is None else number, f"a{rows[0]}" if rows else "", what, mark)
        known = next((anchor for anchor, words, numbers in self.index if (words, numbers) == (what, rows)), "")
        if not known:
            known = f"s{len(self.index) + 1}"
            self.index.append((known, what, rows))
        return Link(len(rows) if number is None else number, known, what, mark)

    def rows(self, inside: set[str] | None = None) -> list[dict[str, str]]:
        """Return for each activity what a row shows; the roles are those of `inside`."""
        label = self.graph.directory.label
        return [
            {
                "title": activity.label,
                "date": dated(activity),
                "place": "; ".join(label(i) for i in (*activity.facts.get("place", ()), *activity.facts.get("country", ()))),
                "roles": ", ".join(roles_in(activity, inside or set())) or NO_ROLE,
                "told": "; ".join(telling.source for telling in activity.tellings),
            }
            for activity in self.activities
        ]


def dated(activity: Activity) -> str:
    """Return the date of an activity as precise as it is told, the length where the days do not make it, and contradictions.

    A set of days, and a day with which a longer time begins, stand as told.
    """
    said = when_was(activity)
    own = [t for t in activity.tellings if (t.start, t.end) == (activity.start, activity.end)]
    said = next((in_words(t.date) for t in own if t.date), said)
    lengths = dict.fromkeys(lasted(t.duration) for t in own if t.duration and (t.start == t.end or _is_other_length(t)))
    said += "".join(f" ({length} by the report)" for length in lengths if length and length != "1 day")
    others = (when(t.start, t.end, t.precision) + f" by {t.source}" for t in differently_dated(activity))
    return "; ".join([said, *(other for other in dict.fromkeys(others) if not other.startswith(f"{said} by "))])


def _is_other_length(telling: Telling) -> bool:
    """Whether a telling states another number of days than those from its first to its last one."""
    days, span = _IN_DAYS.fullmatch(telling.duration or ""), _SPAN.fullmatch(telling.date or "")
    if days is None or span is None:
        return False
    return (date.fromisoformat(span[2]) - date.fromisoformat(span[1])).days + 1 != int(days[1])


def by_month(activities: Iterable[Activity], teller: str | None = None) -> tuple[dict[str, list[str]], list[str], list[str]]:
    """Return the activities by the month in which they begin, none left out; those of a year only; those without a date.

    Where the chapter of the `teller` gives a day or month itself, it counts.
    """
    found: dict[str, list[str]] = defaultdict(list)
    year: list[str] = []
    undated: list[str] = []
    for a in activities:
        own = [
            t
            for t in a.tellings
            if teller is not None and t.told_by == teller and t.start and t.precision in ("day", "month")
        ]
        start = min((t.start or "" for t in own), default=a.start)
        if start and (own or a.first("datePrecision") in ("day", "month")):
            found[start[:7]].append(a.id)
        else:
            (year if start else undated).append(a.id)
    if not found:
        return {}, year, undated
    first, last = (int(m[:4]) * 12 + int(m[5:7]) - 1 for m in (min(found), max(found)))
    return {m: found.get(m, []) for m in (f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(first, last + 1))}, year, undated


def months(thing: Thing, found: Iterable[Activity], proof: Evidence, prefix: str = "") -> Section:
    """Return the activities of an actor by month, by its own chapter if it has one; vague dates are counted apart."""
    section, name = Section(f"{prefix}timeline", "Timeline"), thing.short
    at, year, undated = by_month(found, thing.label)
    rows: list[list[Any]] = [[plots.month_label(m), proof.link(f"{name} in {plots.month_label(m)}", at[m])] for m in at]
    for iris, words in ((year, "dated to a year only"), (undated, "without a date")):
        rows += [[words, proof.link(f"{name}, {words}", iris)]] if iris else []
    if at:
        title = f"Activities of {name} by the month in which they begin"
        drawn = plots.months(f"{prefix}months-plot", title, [(m, len(iris)) for m, iris in at.items()])
        section.plots.append((title, drawn))
    else:
        section.says.append("Plot left out: no activity dated to a month.")
    if year or undated:
        section.says.append(f"Apart: {len(year)} dated to a year only, {len(undated)} without a date.")
    if rows:
        section.tables.append(Table(f"Activities of {name} by month", ("begins", "activities"), rows))
    return section


def render(template: str, **values: Any) -> bytes:
    """Return a page made from one of the templates of the desk; the same values give the same bytes."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = resources.PACKAGE / "assets" / "desk"
    made = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["clean"] = clean
    made.globals |= {"style": Markup((folder / "desk.css").read_text(encoding="utf-8")), "version": __version__}
    return made.get_template(template).render(values).encode("utf-8", errors="replace")
