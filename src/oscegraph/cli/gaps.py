"""gaps: where the report is silent: units that never meet, States without a theme, decisions and activities apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from oscegraph import gap_places, output
from oscegraph import gaps as silent
from oscegraph.api import Oscegraph
from oscegraph.cli import common
from oscegraph.cli.desk import shown_rows, unit_iri, unit_option
from oscegraph.filters import count_of
from oscegraph.namespaces import local_name

_ROWS = 10


@click.command(
    epilog=common.examples('oscegraph gaps --kind states --on cyber --in "Central Asia"', "oscegraph gaps --unit ODIHR")
)
@click.option("--kind", type=click.Choice(silent.KINDS), help="Only this kind of gap.")
@click.option("--on", metavar="THEME", help="Only on this theme (thb, drugs, cyber …).")
@click.option(
    "--in", "place", metavar="AREA", help="Only in this state or region, or the state of a town; leaves decisions out."
)
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

    units: two units on one theme in the same area, or region, told together in no activity. states: participating
    States that nothing on a theme brings in. decisions: those that no activity is said to rest on, with activities that
    may by rule, and units that name one in their own chapter for no single activity. activities: those without a stated
    decision, by unit, or listed with --unit. Two units may have met, and a State may have come, in a group that is told
    without names: these stand last, or are counted beside. Silence is not proof that nothing happened.
    """
    graph = common.open_graph(data, timeout)
    names = graph.directory
    with common.names_given():
        theme = None if on is None else names.concept("theme", on)
        where, notes = _area(graph, place)
        who = unit_iri(graph, unit)
    # A decision lies nowhere, and a State without activities has no unit: these blocks are left out.
    senseless = {"decisions": "--in: a decision lies nowhere"} if where else {}
    senseless |= {"states": "--unit: a State without activities has no unit"} if who else {}
    if kind in senseless:
        raise click.UsageError(f"--kind {kind} does not go with {senseless[kind]}. Leave one of the two out.")
    kinds = [kind] if kind else [name for name in silent.KINDS if name not in senseless]
    limit = limit if limit is not None else _ROWS if format_name in ("table", "md") else 0
    made = {name: _BLOCKS[name](graph, theme, where, who) for name in kinds}
    blocks: list[output.Block] = []
    items: list[dict[str, Any]] = []
    for name, (title, rows, said) in made.items():
        shown = shown_rows(rows, limit)
        blocks.append(output.Heading(title, 2))
        if rows:
            blocks.append(_table(shown))
        if len(shown) < len(rows):
            notes.append(f"{name}: {count_of(len(rows) - len(shown), 'more row')}; --kind {name} --limit 0 shows all.")
        notes += [f"{name}: {note}" for note in said]
        items += [{"gap": name, **row} for row in shown]
    found = any(rows for _, rows, _ in made.values())
    # Where nothing could be asked, "no gap" would be taken for an answer.
    asked = kinds != ["states"] or where is None or names.label(where) not in silent.not_asked(names, where)
    notes += [silent.SILENCE] if found else ["No gap under these filters."] if asked else []
    answer = {"counts": {name: len(rows) for name, (_, rows, _) in made.items()}, "gaps": items, "notes": notes}
    common.finish(output.Answer(blocks, answer, items, _table(items), notes, found), format_name)


# Title, rows, and what has to be said beside them.
Rows = tuple[str, list[dict[str, Any]], list[str]]


def _area(graph: Oscegraph, name: str | None) -> tuple[str | None, list[str]]:
    """Return the area that is asked for, with a word where it is that of a town."""
    if name is None:
        return None, []
    thing, where = graph.directory.area(name), silent.area_of(graph.directory, name)
    return where, [] if thing.iri == where else [f"{thing.label} is a town; asked of {graph.directory.label(where)}."]


def _table(rows: Sequence[dict[str, Any]]) -> output.Table:
    """Return rows as a table; one column for each key that any of them has."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    numbers = [c for c in columns if all(isinstance(row.get(c, 0), int) for row in rows)]
    return output.Table(columns, [[row.get(column) for column in columns] for row in rows], numbers)


def _theme_words(graph: Oscegraph, theme: str | None) -> str:
    return f" on {graph.directory.label(theme)}" if theme else ""


def _units(graph: Oscegraph, theme: str | None, where: str | None, unit: str | None) -> Rows:
    told, label = gap_places.places(graph.store), graph.directory.label
    found = silent.strangers(graph.store, graph.directory, theme, where, unit)
    said = gap_places.told_areas(graph.store, graph.directory)

    def proof(item: silent.Strangers, side: int, unit: str) -> str:
        reach = {area: both[side] for area, both in item.reach.items()}
        shown = gap_places.evidence_by_area(told, said, reach, unit)
        return "; ".join(
            f"{' and '.join(place.source for place in places)} ({', '.join(map(label, areas))})" for places, areas in shown
        )

    rows = [
        {
            "unit": label(item.one),
            "other_unit": label(item.other),
            "theme": local_name(item.theme),
            "same": item.level,
            "where": [label(area) for area in item.areas],
            "activities": len(item.of_one),
            "of_other": len(item.of_other),
            "told": proof(item, 0, item.one),
            "other_told": proof(item, 1, item.other),
            "may_have_met": "; ".join(f"“{group.words}” ({group.source})" for group in item.may_meet),
        }
        for item in found
    ]
    pairs, unsure = len({(item.one, item.other) for item in found}), sum(bool(item.may_meet) for item in found)
    title = (
        f"{count_of(pairs, 'pair')} of units on the same theme in the same area or region, told together in no activity: "
    )
    notes = [f"in {count_of(unsure, 'row')}, the last, the two may have met in a group without names."] if unsure else []
    return title + count_of(len(rows), "row"), rows, notes


def _states(graph: Oscegraph, theme: str | None, where: str | None, unit: str | None) -> Rows:
    found, label = silent.silences(graph.store, graph.directory, theme, where), graph.directory.label
    outside = silent.not_asked(graph.directory, where)
    notes = [f"{name} is no participating State and is not asked here." for name in outside]
    rows: list[dict[str, Any]] = []
    if where and label(where) in outside:
        return "No participating State is asked for", rows, notes
    if theme is None:
        for item in found:
            counts = {local_name(its): len(activities) for its, activities in item.active.items()}
            rows.append({"state": label(item.state), "silent": len(item.silent), **counts})
        if rows:
            notes.append("a group of States without names is counted for none of them; --on THEME counts these beside.")
        return (
            f"{_states_count(rows)} with themes on which no activity names them: activities by theme",
            rows,
            notes,
        )
    told = gap_places.places(graph.store)
    for item in found:
        region, group = (gap_places.evidence(told, own[theme]) for own in (item.by_region, item.by_group))
        rows.append(
            {
                "state": label(item.state),
                "naming_only_its_region": len(region),
                "told": "; ".join(place.source for place in region),
                "groups_without_names": len(group),
                "groups_told": "; ".join(place.source for place in group),
                "in_words_under_another_theme": "; ".join(place.source for place in item.mentions),
            }
        )
    if rows:
        notes.append("States that came as a group without names may have been among those that are silent here.")
        notes.append("an activity counts for the theme under which its chapter puts it.")
    return f"{_states_count(rows)} that no activity{_theme_words(graph, theme)} names", rows, notes


def _states_count(rows: Sequence[Any]) -> str:
    return count_of(len(rows), "participating State")


def _decisions(graph: Oscegraph, theme: str | None, where: str | None, unit: str | None) -> Rows:
    rows, label = [], graph.directory.label
    found = silent.unused(graph.store, graph.directory, theme, unit)
    for item in (item for item in found if item.mandate):
        thing = graph.directory.things.get(item.instrument)
        rows.append(
            {
                "decision": label(item.instrument),
                "symbol": ", ".join(thing.names.get("symbol", ())) if thing else "",
                "type": thing.type if thing else "",
                "stated": 0,
                "by_rule": item.inferred,
                "named_by": ", ".join(map(label, item.named_by)),
                "named_at": "; ".join(place.source for place in item.places),
            }
        )
    others, notes = len(found) - len(rows), []
    if any(row["named_by"] for row in rows):
        notes.append(
            "a unit that names one in its own chapter may follow it in all of its work; no activity is singled out."
        )
    if others:
        notes.append(
            f"{others} treaties, protocols, reports and resolutions are left out, as they are no decisions of the OSCE; "
            "oscegraph query decision_unused lists them."
        )
    return (
        f"Decisions, declarations and plans{_theme_words(graph, theme)} that no activity is said to rest on: {len(rows)}",
        rows,
        notes,
    )


def _activities(graph: Oscegraph, theme: str | None, where: str | None, unit: str | None) -> Rows:
    told, label = gap_places.places(graph.store), graph.directory.label
    rows: list[dict[str, Any]] = []
    found = silent.ungrounded(graph.store, graph.directory, theme, where, unit)
    for item in found:
        proof = gap_places.evidence(told, item.without, item.unit)
        if unit is not None:
            rows += [{"activity": p.label, "by_rule": int(p.activity in item.by_rule), "told": p.source} for p in proof]
        else:
            counts = {"told": len(item.told), "without": len(item.without), "of_these_by_rule": len(item.by_rule)}
            rows.append({"unit": label(item.unit), **counts, "first_told": proof[0].source})
    number = len({activity for item in found for activity in item.without})
    return f"{number} activities{_theme_words(graph, theme)} without a stated decision", rows, []


_BLOCKS = {"units": _units, "states": _states, "decisions": _decisions, "activities": _activities}
