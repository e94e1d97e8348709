"""overlaps: what a desk officer checks before planning: similar work without co-operation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from oscegraph import likeness, output
from oscegraph import overlaps as alike
from oscegraph.api import Oscegraph
from oscegraph.called import find_structure
from oscegraph.cli import common
from oscegraph.filters import count_of
from oscegraph.tellings import Activity, read_activities
from oscegraph.views import when_was


def _single(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> str | None:
    """Return the only value; click alone would take the last of several without a word."""
    if len(value) > 1:
        raise click.BadParameter(f"given {len(value)} times ({', '.join(value)}). Name one unit.")
    return value[0] if value else None


unit_option = click.option(
    "--unit",
    metavar="NAME",
    multiple=True,
    callback=_single,
    help="Only with this unit (SPMU, ODIHR, a mission …).",
    shell_complete=common.complete_actor,
)
limit_option = click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Show the first N only; 0 shows all.")
_SIDES, _FIELDS = ("one", "other"), ("label", "units", "date", "told")


def unit_iri(graph: Oscegraph, name: str | None) -> str | None:
    """Return the executive structure that `--unit` names, an operation by its place, too; raises NameNotFound."""
    return None if name is None else find_structure(graph.directory, name, "unit").iri


def shown_rows(rows: Sequence[Any], limit: int | None) -> Sequence[Any]:
    """Return the first rows, or all of them if the limit is 0 or none is set."""
    return rows[:limit] if limit else rows


@click.command(
    epilog=common.examples("oscegraph overlaps --on thb --unit ODIHR", 'oscegraph overlaps --in "Central Asia" --least 0.4')
)
@common.filter_options
@unit_option
@click.option(
    "--least",
    type=common.Number(0, 1),
    default=alike.LEAST,
    show_default=True,
    metavar="SCORE",
    help="Only pairs with at least this score; what stands apart is shown whatever its score.",
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
    **chosen: Any,
) -> None:
    """Pairs of similar activities of different units that name no co-operation with each other.

    Both have a theme in common, are for the same bodies or kinds of people in the same area or region, and lie at most
    90 days apart; no unit has a share in both. The score is 0.2 theme + 0.3 area + 0.2 audience + 0.15 kind + 0.15
    time, each part from 0 to 1. --possible also adds pairs that are not dated to the month; their part for time is 0.
    --in keeps what reaches the area by place, bodies or states taking part. What may be one event told twice stands
    apart, and so does what belongs together, where a unit of the one may have come to the other in a group that is
    told without names, where the report does not say closely enough where or for whom it was, and what is for
    different people.
    """
    graph = common.open_graph(data, timeout)
    with common.names_given():
        filters, who = graph.filters(**chosen), unit_iri(graph, unit)
    found = alike.find_overlaps(graph.store, graph.directory, filters, who, least)
    shown = {
        "overlaps": shown_rows(found.pairs, limit),
        **{key: shown_rows(getattr(found, name), limit) for name, key, _ in alike.APART},
    }
    iris = sorted({iri for pairs in shown.values() for pair in pairs for iri in (pair.one, pair.other)})
    acts = {activity.id: activity for activity in read_activities(graph.store, graph.directory, iris)}
    made = {key: [_pair(graph, found, acts, pair) for pair in pairs] for key, pairs in shown.items()}
    items = [item for some in made.values() for item in some]
    title = f"{count_of(len(found.pairs), 'overlap')} with a score of at least {least:g}"
    blocks: list[output.Block] = [output.Heading(title, 1), *(block for item in made["overlaps"] for block in _blocks(item))]
    for name, key, words in alike.APART:
        if made[key]:
            blocks.append(output.Heading(f"Pairs that {words}: {len(getattr(found, name))}", 2))
            blocks += [block for item in made[key] for block in _blocks(item)]
    notes = [f"filters: {filters.in_words()}"] if filters.in_words() else []
    if found.below:
        notes.append(f"{count_of(found.below, 'more pair')} scored less; a lower --least adds them.")
    if found.vague:
        notes.append(f"{count_of(found.vague, 'more pair')} would do, but not dated to the month; --possible adds them.")
    if cut := len(found.pairs) + len(found.apart) - len(items):
        notes.append(f"{cut} more are not shown; --limit 0 shows all.")
    notes.append(
        alike.QUESTION if items else "No pair fits: the report tells of none that is alike enough under these filters."
    )
    answer = {
        "filters": dict(filters.labels),
        "weights": likeness.WEIGHTS,
        "total": len(found.pairs),
        **made,
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
        lines.append(f"  elsewhere: the units share {count_of(item['met_elsewhere'], 'other activity')}")
    heading = f"{item['score']:.3f}  {item['one']['label']} | {item['other']['label']}"
    return [output.Heading(heading, 3), output.Lines(lines)]


def _pair(graph: Oscegraph, found: alike.Overlaps, acts: dict[str, Activity], pair: likeness.Overlap) -> dict[str, Any]:
    """Return a pair as an object, with both places in the report."""
    sides = []
    for activity in (acts[pair.one], acts[pair.other]):
        things = [graph.directory.things[unit] for unit in found.units[activity.id]]
        sides.append(
            {
                "id": activity.id,
                "label": activity.label,
                "date": when_was(activity),
                "units": sorted(thing.short for thing in things),
                "told": "; ".join(telling.source for telling in activity.tellings),
                "tellings": [{"id": t.id, "chapter": t.chapter, "lines": list(t.lines)} for t in activity.tellings],
            }
        )
    more = {"reasons": pair.reasons, "met_elsewhere": pair.met}
    return {"score": pair.score, "link": pair.link, "one": sides[0], "other": sides[1], "parts": pair.parts, **more}
