"""overlaps, gaps: what a desk officer checks before planning: similar work without co-operation, and silence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from oscegraph import gaps as silent
from oscegraph import output
from oscegraph import overlaps as alike
from oscegraph.api import Oscegraph
from oscegraph.cli import common
from oscegraph.namespaces import local_name
from oscegraph.tellings import Activity, read_activities
from oscegraph.views import when

unit_option = click.option(
    "--unit", metavar="NAME", help="Only with this unit (SPMU, ODIHR, a mission …).", shell_complete=common.complete_actor
)
limit_option = click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Show the first N only; 0 shows all.")
_ROWS = 10
_SIDES, _FIELDS = ("one", "other"), ("label", "units", "date", "told")
_QUESTION = "An overlap is a question to ask, no finding: co-operation that is not named may have taken place."
_SILENCE = "The report is silent on these; that does not say that nothing happened."


def _unit(graph: Oscegraph, name: str | None) -> str | None:
    return None if name is None else graph.directory.find(name, alike.UNIT_CLASSES, "unit").iri


def _shown(rows: Sequence[Any], limit: int | None) -> Sequence[Any]:
    return rows[:limit] if limit else rows


def _count(number: int, noun: str) -> str:
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"


@click.command(
    epilog=common.examples("oscegraph overlaps --on thb --unit ODIHR", 'oscegraph overlaps --in "Central Asia" --least 0.4')
)
@common.filter_options
@unit_option
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=alike.LEAST,
    show_default=True,
    metavar="SCORE",
    help="Only pairs with at least this score.",
)
@limit_option
@common.format_option
@common.data_option
def overlaps(
    unit: str | None,
    least: float,
    limit: int | None,
    format_name: str,
    data: tuple[str, ...],
    timeout: float,
    **words: Any,
) -> None:
    """Pairs of similar activities of different units that name no co-operation with each other.

    Both have a theme in common, reach the same area or people, and lie at most 90 days apart; no unit has a share in both.
    The score is 0.2 theme + 0.3 area + 0.2 audience + 0.15 kind + 0.15 time, each part from 0 to 1. --possible also adds
    pairs that are not dated to the month; their part for time is 0. --in keeps what reaches the area by place, bodies or
    states taking part. What may be one event told twice, or belongs together, stands apart.
    """
    graph = common.open_graph(data, timeout)
    filters = graph.filters(**words)
    found = alike.find_overlaps(graph.store, graph.directory, filters, _unit(graph, unit), least)
    pairs, linked = _shown(found.pairs, limit), _shown(found.linked, limit)
    both = [*pairs, *linked]
    iris = sorted({iri for pair in both for iri in (pair.one, pair.other)})
    acts = {activity.id: activity for activity in read_activities(graph.store, graph.directory, iris)}
    items = [_pair(graph, found, acts, pair) for pair in both]
    title = f"{_count(len(found.pairs), 'overlap')} with a score of at least {least:g}"
    blocks: list[output.Block] = [output.Heading(title, 1)]
    for number, item in enumerate(items):
        if number == len(pairs):
            blocks.append(output.Heading(f"{_count(len(found.linked), 'pair')} may be one event, or belong together", 2))
        blocks += _blocks(item)
    notes = [f"filters: {filters.in_words()}"] if filters.in_words() else []
    if found.below:
        notes.append(f"{_count(found.below, 'more pair')} scored less; a lower --least adds them.")
    if found.vague:
        notes.append(f"{_count(found.vague, 'more pair')} would do, but not dated to the month; --possible adds them.")
    if len(both) < len(found.pairs) + len(found.linked):
        notes.append(f"{len(found.pairs) + len(found.linked) - len(both)} more are not shown; --limit 0 shows all.")
    notes.append(_QUESTION if items else "No pair fits: the report tells of none that is alike enough under these filters.")
    answer = {
        "filters": dict(filters.labels),
        "weights": alike.WEIGHTS,
        "total": len(found.pairs),
        "overlaps": items[: len(pairs)],
        "may_be_one_event": items[len(pairs) :],
        "notes": notes,
    }
    columns = ["score", "link", *(f"{side}_{name}" for side in _SIDES for name in _FIELDS), "reasons", "met_elsewhere"]
    rows = [[_cell(item, column) for column in columns] for item in items]
    common.finish(output.Answer(blocks, answer, items, output.Table(columns, rows), notes, bool(items)), format_name)


def _cell(item: dict[str, Any], column: str) -> Any:
    side, _, name = column.partition("_")
    return item[side][name] if side in _SIDES else "; ".join(item[column]) if column == "reasons" else item[column]


def _blocks(item: dict[str, Any]) -> list[output.Block]:
    lines = [f"{', '.join(side['units'])}: {side['date']}; {side['told']}" for side in (item["one"], item["other"])]
    lines += [f"  link: {item['link']}"] if item["link"] else []
    lines += [f"  {reason}" for reason in item["reasons"]]
    if item["met_elsewhere"]:
        lines.append(f"  elsewhere: the units share {_count(item['met_elsewhere'], 'other activity')}")
    heading = f"{item['score']:.3f}  {item['one']['label']} | {item['other']['label']}"
    return [output.Heading(heading, 3), output.Lines(lines)]


def _pair(graph: Oscegraph, found: alike.Overlaps, acts: dict[str, Activity], pair: alike.Overlap) -> dict[str, Any]:
    """Return a pair as an object, with both places in the report."""
    sides = []
    for activity in (acts[pair.one], acts[pair.other]):
        things = [graph.directory.things[unit] for unit in found.units[activity.id]]
        sides.append(
            {
                "id": activity.id,
                "label": activity.label,
                "date": when(activity.start, activity.end, activity.first("datePrecision")),
                "units": sorted(thing.short for thing in things),
                "told": "; ".join(telling.source for telling in activity.tellings),
                "tellings": [{"id": t.id, "chapter": t.chapter, "lines": list(t.lines)} for t in activity.tellings],
            }
        )
    more = {"reasons": pair.reasons, "met_elsewhere": pair.met}
    return {"score": pair.score, "link": pair.link, "one": sides[0], "other": sides[1], "parts": pair.parts, **more}


@click.command(
    epilog=common.examples('oscegraph gaps --kind states --on cyber --in "Central Asia"', "oscegraph gaps --unit ODIHR")
)
@click.option("--kind", type=click.Choice(silent.KINDS), help="Only this kind of gap.")
@click.option("--on", metavar="THEME", help="Only on this theme (thb, drugs, cyber …).")
@click.option("--in", "place", metavar="AREA", help="Only in this state or region; decisions lie nowhere and are left out.")
@unit_option
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="Rows a block; 0 shows all. By default 10 in tables and Markdown, all in the other formats.",
)
@common.format_option
@common.data_option
def gaps(
    kind: str | None,
    on: str | None,
    place: str | None,
    unit: str | None,
    limit: int | None,
    format_name: str,
    data: tuple[str, ...],
    timeout: float,
) -> None:
    """Where the report is silent: units that never meet, states without a theme, decisions and activities without the other.

    units: two units on one theme in the same area, or region, that share no activity. states: participating States that
    nothing on a theme brings in. decisions: those that no activity is said to rest on, with activities that may by rule.
    activities: those without a stated decision, by unit, or listed with --unit. Silence is not proof that nothing happened.
    """
    graph = common.open_graph(data, timeout)
    names = graph.directory
    theme = None if on is None else names.concept("theme", on)
    where = None if place is None else names.area(place).iri
    who = _unit(graph, unit)
    # A decision lies nowhere, and a State without activities has no unit: without --kind these blocks are left out.
    senseless = {"decisions" if where else "", "states" if who else ""}
    kinds = [kind] if kind else [name for name in silent.KINDS if name not in senseless]
    limit = limit if limit is not None else _ROWS if format_name in ("table", "md") else 0
    made = {name: _BLOCKS[name](graph, theme, where, who) for name in kinds}
    blocks: list[output.Block] = []
    items: list[dict[str, Any]] = []
    notes = []
    for name, (title, rows) in made.items():
        shown = _shown(rows, limit)
        blocks.append(output.Heading(title, 2))
        if rows:
            blocks.append(_table(shown))
        if len(shown) < len(rows):
            notes.append(f"{name}: {len(rows) - len(shown)} more rows; --kind {name} --limit 0 shows all.")
        items += [{"gap": name, **row} for row in shown]
    found = any(rows for _, rows in made.values())
    notes.append(_SILENCE if found else "No gap under these filters.")
    answer = {"counts": {name: len(rows) for name, (_, rows) in made.items()}, "gaps": items, "notes": notes}
    common.finish(output.Answer(blocks, answer, items, _table(items), notes, found), format_name)


Rows = tuple[str, list[dict[str, Any]]]


def _table(rows: Sequence[dict[str, Any]]) -> output.Table:
    """Return rows as a table; one column for each key that any of them has."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    numbers = [c for c in columns if all(isinstance(row.get(c, 0), int) for row in rows)]
    return output.Table(columns, [[row.get(column) for column in columns] for row in rows], numbers)


def _theme_words(graph: Oscegraph, theme: str | None) -> str:
    return f" on {graph.directory.label(theme)}" if theme else ""


def _units(graph: Oscegraph, theme: str | None, where: str | None, unit: str | None) -> Rows:
    told, label = silent.places(graph.store), graph.directory.label
    found = silent.strangers(graph.store, graph.directory, theme, where, unit)
    rows = []
    for item in found:
        sides = ((item.one, item.of_one), (item.other, item.of_other))
        first, second = (silent.evidence(told, activities, side)[0].source for side, activities in sides)
        rows.append(
            {
                "unit": label(item.one),
                "other_unit": label(item.other),
                "theme": local_name(item.theme),
                "same": item.level,
                "where": [label(area) for area in item.areas],
                "activities": len(item.of_one),
                "of_other": len(item.of_other),
                "told": first,
                "other_told": second,
            }
        )
    pairs = len({(item.one, item.other) for item in found})
    return f"{pairs} pairs of units on the same theme in the same area or region share no activity: {len(rows)} rows", rows


def _states(graph: Oscegraph, theme: str | None, where: str | None, unit: str | None) -> Rows:
    found, label = silent.silences(graph.store, graph.directory, theme, where), graph.directory.label
    rows: list[dict[str, Any]] = []
    if theme is None:
        for item in found:
            counts = {local_name(its): len(activities) for its, activities in item.active.items()}
            rows.append({"state": label(item.state), "silent": len(item.silent), **counts})
        return f"{len(rows)} participating States with themes on which no activity names them: activities by theme", rows
    told = silent.places(graph.store)
    for item in found:
        region = silent.evidence(told, item.by_region[theme])
        rows.append(
            {"state": label(item.state), "naming_only_its_region": len(region), "told": "; ".join(p.source for p in region)}
        )
    return f"{len(rows)} participating States without any activity{_theme_words(graph, theme)}", rows


def _decisions(graph: Oscegraph, theme: str | None, where: str | None, unit: str | None) -> Rows:
    rows = []
    for item in silent.unused(graph.store, graph.directory, theme, unit):
        thing = graph.directory.things.get(item.instrument)
        rows.append(
            {
                "decision": graph.directory.label(item.instrument),
                "symbol": ", ".join(thing.names.get("symbol", ())) if thing else "",
                "type": thing.type if thing else "",
                "stated": 0,
                "by_rule": item.inferred,
                "named_at": "; ".join(place.source for place in item.places),
            }
        )
    title = f"{len(rows)} decisions and other instruments{_theme_words(graph, theme)} that no activity is said to rest on"
    return title, rows


def _activities(graph: Oscegraph, theme: str | None, where: str | None, unit: str | None) -> Rows:
    told, label = silent.places(graph.store), graph.directory.label
    rows: list[dict[str, Any]] = []
    found = silent.ungrounded(graph.store, graph.directory, theme, where, unit)
    for item in found:
        proof = silent.evidence(told, item.without, item.unit)
        if unit is not None:
            rows += [{"activity": p.label, "by_rule": int(p.activity in item.by_rule), "told": p.source} for p in proof]
        else:
            counts = {"told": len(item.told), "without": len(item.without), "of_these_by_rule": len(item.by_rule)}
            rows.append({"unit": label(item.unit), **counts, "first_told": proof[0].source})
    number = len({activity for item in found for activity in item.without})
    return f"{number} activities{_theme_words(graph, theme)} without a stated decision", rows


_BLOCKS = {"units": _units, "states": _states, "decisions": _decisions, "activities": _activities}
