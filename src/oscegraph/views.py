"""Stage 10b: one telling or one activity with its tellings, put into blocks to read and objects for programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from oscegraph import answers
from oscegraph.evidence import Report
from oscegraph.namespaces import local_name, shorten
from oscegraph.output import Block, Heading, Lines, Quote, Table
from oscegraph.tellings import Activity, Telling

_SIGNS = {"over": "over ", "about": "about ", "nearly": "nearly ", "at-least": "at least ", "up-to": "up to "}
_LENGTH = re.compile(r"P(\d+)([DWMY])")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
# How an activity is related to another one, and that one to it.
RELATIONS = {
    "partOf": ("part of", "has the part"),
    "followUpOf": ("follow-up of", "followed up by"),
    "alongside": ("on the sidelines of", "on its sidelines"),
    "possiblySameAs": ("possibly the same as", "possibly the same as"),
}


def when(start: str | None, end: str | None, precision: str | None) -> str:
    """Return a date as precise as it is known: a day, days, a month, months, a year, or "no date".

    >>> when("2011-07-11", "2011-07-13", "day")
    '2011-07-11 to 2011-07-13'
    >>> when("2011-03-01", "2011-03-31", "month")
    '2011-03'
    """
    if not start or not end:
        return "no date"
    length = {"year": 4, "month": 7}.get(precision or "", 10)
    first, last = start[:length], end[:length]
    return first if first == last else f"{first} to {last}"


def lasted(duration: str | None) -> str:
    """Return a stated length in words, such as "10 days"; nothing for none.

    >>> lasted("P10D"), lasted("P1W"), lasted(None)
    ('10 days', '1 week', '')
    """
    match = _LENGTH.fullmatch(duration or "")
    return f"{match[1]} {_UNITS[match[2]]}{'s' if match[1] != '1' else ''}" if match else ""


def when_was(activity: Activity) -> str:
    """Return the date of an activity as precise as it is known."""
    return when(activity.start, activity.end, activity.first("datePrecision"))


def people(telling: Telling) -> str:
    """Return the number of people with its qualifier, or an empty text."""
    return f"{_SIGNS.get(telling.people_qualifier or '', '')}{telling.people}" if telling.people else ""


def telling_lines(telling: Telling, only: set[str] | None = None) -> list[str]:
    """Return a telling in lines: where it stands, then date, place, people and roles; `only` limits the actors shown."""
    start = telling.date_text or when(telling.start, telling.end, telling.precision)
    head = [start, telling.place or telling.country or "no place", telling.kind.replace("-", " ")]
    if people(telling):
        head.append(f"{people(telling)} people")
    if telling.events > 1:
        head.append(f"{telling.events} events")
    lines = [f"{telling.source}: {'; '.join(head)}"]
    for role, parts in telling.by_role():
        named = [p for p in parts if only is None or p.actor in only]
        if named:
            names = ", ".join(p.label + (f" ({p.people})" if p.people else "") for p in named)
            lines.append(f"  {role}: {names}")
    if telling.audience and only is None:
        lines.append(f"  audience: {telling.audience}")
    if telling.basis:
        lines.append(f"  basis: {', '.join(telling.basis)}")
    if telling.note and only is None:
        lines.append(f"  note: {telling.note}")
    return lines


def quote(report: Report | None, first: int, last: int, anchor: str | None) -> list[Block]:
    """Return the passage of the user's copy as a block, or say that it cannot be placed there."""
    if report is None:
        return []
    words = report.passage(first, last, anchor)
    return [Quote(words)] if words else [Lines([f"    (lines {first}-{last} cannot be placed in {report.path})"])]


def activity_blocks(activity: Activity, report: Report | None, only: set[str] | None = None) -> list[Block]:
    """Return an activity with all its tellings, their passages, and the points in which they differ."""
    span = when_was(activity)
    blocks: list[Block] = [Heading(f"{activity.label} [{span}]", 3)]
    for telling in activity.tellings:
        blocks.append(Lines(telling_lines(telling, only)))
        blocks += quote(report, *telling.lines, telling.anchor)
    differing = answers.differences(activity)
    if differing and len(activity.tellings) > 1:
        blocks.append(Lines(["the tellings differ:", *(f"  {line}" for line in differing)]))
    if activity.first("resolution"):
        blocks.append(Lines([f"how to take it: {activity.first('resolution')}"]))
    return blocks


def activity_dict(activity: Activity, report: Report | None = None) -> dict[str, Any]:
    """Return an activity as an object, its tellings inside."""
    return {
        "id": activity.id,
        "label": activity.label,
        "start": activity.start,
        "end": activity.end,
        "precision": activity.first("datePrecision"),
        "kinds": sorted(local_name(iri) for iri in activity.facts.get("kind", ())),
        "themes": sorted(local_name(iri) for iri in activity.facts.get("theme", ())),
        "differences": answers.differences(activity) if len(activity.tellings) > 1 else [],
        "resolution": activity.first("resolution"),
        "tellings": [telling_dict(telling, report) for telling in activity.tellings],
    }


def telling_dict(telling: Telling, report: Report | None = None) -> dict[str, Any]:
    """Return a telling as an object, with the passage of the user's copy if there is one."""
    found = telling.as_dict()
    if report is not None:
        found["passage"] = report.passage(*telling.lines, telling.anchor)
    return found


def tellings_table(found: Iterable[Telling]) -> Table:
    """Return tellings as a table, one a line."""
    columns = ["telling", "lines", "date", "place", "kind", "people", "title"]
    rows = [
        [
            shorten(t.id).removeprefix("tell:"),
            f"{t.lines[0]}-{t.lines[1]}",
            when(t.start, t.end, t.precision),
            t.place or t.country or "",
            t.kind,
            people(t),
            t.title,
        ]
        for t in found
    ]
    return Table(columns, rows)
