"""robustness: how far a ranking depends on the weighting, on the activities that are told, and on single chapters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from oscegraph import events, output
from oscegraph import robustness as stability
from oscegraph.cli import common
from oscegraph.cli.networks import network_options, open_options, refusal
from oscegraph.events import WEIGHTINGS
from oscegraph.networks import project

if TYPE_CHECKING:
    import networkx as nx

    from oscegraph.robustness import Interval, LeftOut, Weightings

T = TypeVar("T")
_INTERVAL = ("value", "rank", "low", "high", "rank_low", "rank_high", "present")
# A rank is called wide where the last of its interval is at least twice the first, and they are this many places apart.
WIDE = 10


@click.command(
    epilog=common.examples(
        "oscegraph robustness",
        "oscegraph robustness betweenness --network units --draws 1000",
        "oscegraph robustness strength --on drugs --weighting newman --format csv",
    )
)
@click.argument("measure", default="strength")
@click.option("--draws", default=200, show_default=True, type=click.IntRange(10, 100_000), help="How many draws.")
@click.option("--seed", default=0, show_default=True, help="Where the random numbers begin.")
@click.option(
    "--level",
    default=0.95,
    show_default=True,
    type=common.Number(0, 1, min_open=True, max_open=True),
    help="The share of the draws that an interval holds.",
)
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(0), help="Show the first N of each table; 0 for all."
)
@network_options
@common.format_option
@common.data_option
def robustness(
    measure: str,
    draws: int,
    seed: int,
    level: float,
    limit: int,
    format_name: str,
    **words: Any,
) -> None:
    """Show how far the ranking by MEASURE depends on choices: the weighting, single activities, single chapters.

    MEASURE is strength unless given; `oscegraph rank --definitions` names all. CSV has the intervals with the ranks under
    each weighting.
    """
    stability.known(measure)
    graph, options = open_options(words)
    read = events.read_events(graph.store, graph.directory, options)
    found = project(read, graph.directory, options)
    if not found.number_of_edges():
        raise refusal(graph, options)
    with common.working("Comparing") as progress:
        weightings = stability.between_weightings(read, graph.directory, options, measure)
        intervals = stability.bootstrap(
            read, graph.directory, options, measure, draws, seed, level, lambda done: progress(f"draw {done} of {draws}")
        )
        progress("chapters")
        left = stability.without_chapters(read, graph.directory, options, measure)
    ranks = {row["node"]: {f"{name}_rank": row[f"{name}_rank"] for name in WEIGHTINGS} for row in weightings.rows}
    items = [
        {**_named(found, i.node), **{key: _plain(getattr(i, key)) for key in _INTERVAL}, **ranks[i.node]} for i in intervals
    ]
    rows = [
        {**_named(found, row["node"]), **{key: _plain(value) for key, value in row.items() if key != "node"}}
        for row in weightings.rows
    ]
    data = {
        "measure": measure,
        "network": options.network,
        "options": {**options.as_dict(), "draws": draws, "seed": seed, "level": level},
        "weightings": {
            "rows": _first(rows, limit),
            "agreement": [{"a": a, "b": b, "tau": _plain(tau)} for (a, b), tau in weightings.agreement.items()],
        },
        "bootstrap": [{key: item[key] for key in ("id", "label", *_INTERVAL)} for item in _first(items, limit)],
        "chapters": [_chapter(found, item) for item in _first(left, limit)],
    }
    size = f"{len(found)} nodes, {found.number_of_edges()} ties, {len(read)} activities"
    blocks: list[output.Block] = [
        output.Heading(f"{measure}: {found.graph['title']} {size}, weighting {options.weighting}", 1),
        *_between(rows, weightings, limit),
        *_bootstrap(found, intervals, limit, f"{draws} draws, seed {seed}", level),
        *_without(found, left, limit),
    ]
    exact = output.Table(list(items[0]), [list(item.values()) for item in _first(items, limit)])
    hidden = len(items) - len(_first(items, limit))
    notes = [f"{hidden} more actors; --limit 0 shows all."] if hidden else []
    common.finish(output.Answer(blocks, data, _first(items, limit), exact, notes), format_name)


def _first(items: Sequence[T], limit: int) -> list[T]:
    return list(items[:limit] if limit else items)


def _plain(value: Any) -> Any:
    """Return a value as JSON can have it: nothing for what is undefined."""
    return None if isinstance(value, float) and math.isnan(value) else value


def _named(graph: nx.Graph, node: Any) -> dict[str, str]:
    return {"id": str(node), "label": str(graph.nodes[node]["label"])}


def _number(value: float | None, form: str = ".4g") -> str:
    """Return a number as a cell shows it: nothing for what is undefined."""
    return "" if value is None or math.isnan(value) else f"{value:{form}}"


def _between(rows: list[dict[str, Any]], weightings: Weightings, limit: int) -> list[output.Block]:
    cells = [
        [row["label"], *(cell for name in WEIGHTINGS for cell in (_number(row[name]), row[f"{name}_rank"])), row["spread"]]
        for row in _first(rows, limit)
    ]
    tau = weightings.agreement
    matrix = [
        [one, *(_number(tau.get((one, other), math.nan), ".2f") for other in WEIGHTINGS[1:])] for one in WEIGHTINGS[:-1]
    ]
    columns = ["actor", *(column for name in WEIGHTINGS for column in (name, "#")), "spread"]
    return [
        output.Heading("Between weightings"),
        output.Lines(
            ["How to read it: # is the rank under each weighting. A great spread: the rank comes of the weighting."]
        ),
        output.Table(columns, cells, columns[1:]),
        output.Lines(
            ["How far the rankings of all actors agree (Kendall's tau-b): 1 the same order, 0 none, -1 the reverse."]
        ),
        output.Table(["tau-b", *WEIGHTINGS[1:]], matrix, WEIGHTINGS),
    ]


def is_wide(interval: Interval) -> bool:
    """Whether the rank of an actor says little: from its first to its last place is far, in places and in proportion."""
    return interval.rank_high >= max(2 * interval.rank_low, interval.rank_low + WIDE)


def _bootstrap(graph: nx.Graph, intervals: list[Interval], limit: int, how: str, level: float) -> list[output.Block]:
    shown = _first(intervals, limit)
    cells = [
        [
            i.rank,
            _named(graph, i.node)["label"],
            _number(i.value),
            f"{_number(i.low)} to {_number(i.high)}" if not math.isnan(i.low) else "",
            f"{i.rank_low} to {i.rank_high}" + (" (wide)" if is_wide(i) else ""),
            f"{i.present:.0%}",
        ]
        for i in shown
    ]
    wide = sum(map(is_wide, shown))
    return [
        output.Heading("Bootstrap over activities"),
        output.Lines(
            [
                f"How to read it: activities are drawn anew, some twice, some not at all ({how}).",
                f"In {100 * level:.4g} of 100 draws, value and rank lie from .. to; in draws: how often the actor came up.",
                "Where ranks overlap, their order means little. A value above its range is that of a measure that counts",
                "what is told once, such as degree: each draw misses some of it.",
                f"Wide are the ranks of {wide} of these {len(shown)} actors: the last place is at least twice the first, "
                f"and {WIDE} or more away.",
            ]
        ),
        output.Table(
            ["#", "actor", "value", "value from .. to", "rank from .. to", "in draws"],
            cells,
            ["#", "value", "value from .. to", "in draws"],
        ),
    ]


def _without(graph: nx.Graph, left: list[LeftOut], limit: int) -> list[output.Block]:
    def move(node: Any, before: int, after: int | None) -> str:
        return f"{graph.nodes[node]['short']} {before} to {'none' if after is None else after}"

    cells = [
        [c.chapter, c.activities, c.actors, c.ties, _number(c.tau, ".3f"), "; ".join(move(*m) for m in c.moved)]
        for c in _first(left, limit)
    ]
    columns = ["chapter", "left out", "actors", "ties", "tau-b", "greatest moves of rank among the first 20"]
    lines = ["How to read it: what only this chapter tells is left out. The lower tau-b, the more the ranking hangs on it."]
    if not cells:
        return [output.Heading("Without one chapter"), output.Lines(["No activity here says which chapter tells of it."])]
    return [output.Heading("Without one chapter"), output.Lines(lines), output.Table(columns, cells, columns[1:5])]


def _chapter(graph: nx.Graph, item: LeftOut) -> dict[str, Any]:
    return {
        "chapter": item.chapter,
        "activities": item.activities,
        "actors": item.actors,
        "ties": item.ties,
        "tau": _plain(item.tau),
        "moved": [{**_named(graph, node), "before": before, "after": after} for node, before, after in item.moved],
    }
