"""Stage 10b1: answers of the command line as a whole: who, what two share, and lists, in blocks to read and as objects.

Each has a heading, a table with one row an item, and the same as objects. Where evidence is asked for, or the report is at
hand, the activities follow with all their tellings, as `views` puts them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from oscegraph import answers
from oscegraph.directory import AREA_CLASSES, Directory, Thing
from oscegraph.evidence import Report
from oscegraph.namespaces import local_name, shorten
from oscegraph.output import Answer, Block, Heading, Lines, Table
from oscegraph.tellings import Activity, Telling
from oscegraph.views import activity_blocks, activity_dict, quote, telling_dict, telling_lines, tellings_table, when_was


def _ranked(counts: Counter[str], limit: int = 4) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{name} {number}" for name, number in ordered[:limit])
    return shown + (" …" if len(ordered) > limit else "")


def who_answer(found: answers.Who, report: Report | None, evidence: bool, limit: int | None = None) -> Answer:
    """Return the partners of an actor as a table, with the shared activities below if `evidence` is asked."""
    shown = found.partners[:limit] if limit else found.partners
    columns = ["partner", "type", "shared", "roles", "themes", "first", "last"]
    rows = [
        [p.thing.label, p.thing.type, len(p.activities), _ranked(p.roles), _ranked(p.themes, 3), p.first or "", p.last or ""]
        for p in shown
    ]
    table = Table(columns, rows, ["shared"])
    words = f", {found.filters.in_words()}" if found.filters.in_words() else ""
    number, shared = len(found.partners), found.activities
    title = (
        f"{found.actor.label}: {number} partner{'' if number == 1 else 's'} in "
        f"{shared} shared {'activity' if shared == 1 else 'activities'}{words}"
    )
    blocks: list[Block] = [Heading(title, 1)]
    if shown:
        blocks.append(table)
    if evidence:
        inside = found.circle
        for partner in shown:
            blocks.append(Heading(f"{partner.thing.label}: {len(partner.activities)} shared", 2))
            for activity in partner.evidence:
                blocks += activity_blocks(activity, report, inside | {partner.thing.iri})
    notes = list(found.notes)
    if limit and number > limit:
        notes.append(f"{number - limit} more partners; --limit 0 shows all.")
    if report is not None and report.remark:
        notes.append(report.remark)
    items = [partner_dict(p, evidence, report) for p in shown]
    data = {
        "actor": {"id": found.actor.iri, "label": found.actor.label},
        "filters": dict(found.filters.labels),
        "activities": shared,
        "partners": items,
        "notes": notes,
    }
    return Answer(blocks, data, items, table, notes, bool(found.partners))


def partner_dict(partner: answers.Partner, evidence: bool, report: Report | None) -> dict[str, Any]:
    """Return a partner as an object."""
    found: dict[str, Any] = {
        "id": partner.thing.iri,
        "label": partner.thing.label,
        "type": partner.thing.type,
        "shared": len(partner.activities),
        "roles": dict(sorted(partner.roles.items(), key=lambda item: (-item[1], item[0]))),
        "themes": dict(sorted(partner.themes.items(), key=lambda item: (-item[1], item[0]))),
        "first": partner.first,
        "last": partner.last,
    }
    if evidence:
        found["evidence"] = [activity_dict(activity, report) for activity in partner.evidence]
    return found


def between_answer(found: answers.Between, report: Report | None) -> Answer:
    """Return the activities that two actors share, with what each did by each telling."""
    number = len(found.activities)
    words = f", {found.filters.in_words()}" if found.filters.in_words() else ""
    title = (
        f"{found.first.label} and {found.second.label}: {number} shared {'activity' if number == 1 else 'activities'}{words}"
    )
    blocks: list[Block] = [Heading(title, 1)]
    rows = []
    for activity in found.activities:
        blocks += activity_blocks(activity, report, found.circles[0] | found.circles[1])
        for telling in activity.tellings:
            rows.append(
                [
                    activity.label,
                    telling.date or "",
                    telling.place or telling.country or "",
                    telling.chapter,
                    telling.lines[0],
                    telling.lines[1],
                    ", ".join(telling.roles_of(found.circles[0])),
                    ", ".join(telling.roles_of(found.circles[1])),
                ]
            )
    notes = list(found.notes)
    for item in found.statements:
        first, last = item["lines"]
        summary = (item["facts"].get("summary") or ["co-operation stated"])[0]
        notes.append(f"General statement, no activity: {item['chapter']}, lines {first}-{last}: {summary}")
    if report is not None and report.remark:
        notes.append(report.remark)
    columns = ["activity", "date", "place", "chapter", "first line", "last line", found.first.short, found.second.short]
    items = [activity_dict(activity, report) for activity in found.activities]
    data = {
        "actors": [{"id": thing.iri, "label": thing.label} for thing in (found.first, found.second)],
        "filters": dict(found.filters.labels),
        "activities": items,
        "statements": [{**item, "facts": dict(item["facts"])} for item in found.statements],
        "notes": notes,
    }
    return Answer(blocks, data, items, Table(columns, rows), notes, bool(found.activities))


def tellings_answer(found: list[Telling], report: Report | None, notes: Iterable[str] = ()) -> Answer:
    """Return tellings as a table, one a line, with their passages if the report is at hand."""
    table = tellings_table(found)
    items = [telling_dict(t, report) for t in found]
    blocks: list[Block] = [Heading(f"{len(found)} telling{'' if len(found) == 1 else 's'}", 1)]
    if report is None:
        blocks += [table] if found else []
    else:
        for telling in found:
            blocks.append(Heading(f"{telling.title} ({shorten(telling.id).removeprefix('tell:')})", 3))
            blocks.append(Lines(telling_lines(telling)))
            blocks += quote(report, *telling.lines, telling.anchor)
    remarks = [*notes, *([report.remark] if report is not None and report.remark else [])]
    return Answer(blocks, items, items, table, remarks, bool(found))


def activities_answer(found: list[Activity], report: Report | None, notes: Iterable[str] = ()) -> Answer:
    """Return activities as a table, one a line, with all that is told of them if the report is at hand."""
    columns = ["date", "activity", "place", "organizers", "told in"]
    rows = [
        [
            when_was(a),
            a.label,
            ", ".join(dict.fromkeys(t.place or t.country or "" for t in a.tellings if t.place or t.country)),
            ", ".join(p.label for p in answers.everyone(a) if p.role == "organizer"),
            "; ".join(t.source for t in a.tellings),
        ]
        for a in found
    ]
    table = Table(columns, rows)
    number = len(found)
    blocks: list[Block] = [Heading(f"{number} activit{'y' if number == 1 else 'ies'}", 1)]
    if report is None:
        blocks += [table] if found else []
    else:
        for activity in found:
            blocks += activity_blocks(activity, report)
    items = [activity_dict(a, report) for a in found]
    remarks = [*notes, *([report.remark] if report is not None and report.remark else [])]
    return Answer(blocks, items, items, table, remarks, bool(found))


def actor_dict(directory: Directory, thing: Thing) -> dict[str, Any]:
    """Return an actor as the object that `actors --format json` prints."""
    facts = thing.facts
    area = next(iter(facts.get("jurisdiction") or facts.get("hostArea") or ()), None)
    if area is None and thing.cls in AREA_CLASSES:
        area = thing.iri
    whole = next(iter(facts.get("subOrganizationOf") or facts.get("postIn") or ()), None)
    return {
        "id": thing.iri,
        "label": thing.label,
        "aliases": thing.aliases,
        "type": thing.type,
        "area": directory.label(area) if area else None,
        "part_of": directory.label(whole) if whole else None,
        "activities": thing.events,
    }


def actors_answer(directory: Directory, found: list[Thing], notes: Iterable[str] = ()) -> Answer:
    """Return actors as a table, one a line."""
    items = [actor_dict(directory, thing) for thing in found]
    columns = ["actor", "type", "area", "part of", "activities", "other names"]
    rows = [
        [i["label"], i["type"], i["area"] or "", i["part_of"] or "", i["activities"], "; ".join(i["aliases"])] for i in items
    ]
    table = Table(columns, rows, ["activities"])
    blocks: list[Block] = [Heading(f"{len(found)} actor{'' if len(found) == 1 else 's'}", 1), *([table] if rows else [])]
    return Answer(blocks, items, items, table, list(notes), bool(found))


def instrument_dict(directory: Directory, item: answers.Instrument) -> dict[str, Any]:
    """Return an instrument as the object that `decisions --format json` prints."""

    def labels(name: str) -> list[str]:
        return [directory.label(iri) for iri in item.facts.get(name, ())]

    return {
        "id": item.thing.iri,
        "symbol": item.first("symbol"),
        "label": item.thing.label,
        "type": item.thing.type,
        "adopted_by": next(iter(labels("adoptedBy")), None),
        "adopted_on": item.first("adoptedOn"),
        "adopted_in": next(iter(labels("adoptedIn")), None),
        "themes": sorted(local_name(iri) for iri in item.facts.get("concernsTheme", ())),
        "tasks": sorted(labels("tasks")),
        "recalls": sorted(labels("recalls")),
        "activities": int(item.first("basis") or 0),
    }


def instruments_answer(directory: Directory, found: list[answers.Instrument], notes: Iterable[str] = ()) -> Answer:
    """Return instruments as a table, one a line."""
    items = [instrument_dict(directory, item) for item in found]
    keys = ("symbol", "label", "adopted_by", "adopted_on", "adopted_in", "themes", "tasks", "activities")
    columns = ["symbol", "title", "adopted by", "on", "in", "themes", "tasks", "activities"]
    table = Table(columns, [[item[key] for key in keys] for item in items], ["activities"])
    heading = Heading(f"{len(items)} instrument{'' if len(items) == 1 else 's'}", 1)
    return Answer([heading, *([table] if items else [])], items, items, table, list(notes), bool(items))
