"""rank, communities, path, ties: what can be measured in a network of co-operation."""

from __future__ import annotations

import math
from typing import Any

import click

from oscegraph import events, output
from oscegraph.cli import common
from oscegraph.cli.networks import build, heading, label, network_options
from oscegraph.errors import OscegraphError
from oscegraph.namespaces import shorten


@click.command(epilog=common.examples("oscegraph rank", "oscegraph rank betweenness constraint --network units"))
@click.argument("measures", nargs=-1)
@click.option("--definitions", is_flag=True, help="Say what each measure is, how it is normalised, and where it comes from.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(0), help="Show the first N actors; 0 for all.")
@network_options
@common.format_option
@common.data_option
def rank(
    measures: tuple[str, ...],
    definitions: bool,
    limit: int,
    format_name: str,
    **words: Any,
) -> None:
    """Rank actors by MEASURES, value and rank side by side; without any: degree, strength, betweenness, harmonic."""
    from oscegraph import measures as known

    if definitions:
        objects = [
            {"measure": m.name, "definition": m.definition, "normalisation": m.normalisation, "source": m.source}
            for m in known.MEASURES.values()
        ]
        table = output.Table(["measure", "definition", "normalisation", "source"], [list(o.values()) for o in objects])
        common.finish(output.Answer([table], objects, objects, table), format_name)
        return
    names = list(dict.fromkeys(measures)) or ["degree", "strength", "betweenness", "harmonic"]
    _, found = build(words)
    with common.working("Measuring"):
        rows = known.table(found, names)
    items = [
        {"id": str(row["node"]), "label": label(found, row["node"]), "type": found.nodes[row["node"]]["type"]}
        | {
            key: (None if isinstance(value, float) and math.isnan(value) else value)
            for key, value in row.items()
            if key != "node"
        }
        for row in rows
    ]
    items = items[:limit] if limit else items
    columns = ["actor", "type", *(part for n in names for part in (n, "#"))]
    cells = [
        [i["label"], i["type"], *(c for n in names for c in ("" if i[n] is None else f"{i[n]:.4g}", i[f"{n}_rank"]))]
        for i in items
    ]
    shown = output.Table(columns, cells, [*names, "#"])
    exact = output.Table(list(items[0]), [list(item.values()) for item in items])
    head = heading(found)
    notes = [f"{len(rows) - len(items)} more; --limit 0 shows all."] if len(rows) > len(items) else []
    common.finish(output.Answer([head, shown], items, items, exact, notes), format_name)


@click.command(epilog=common.examples("oscegraph communities --network co-organizers --weighting newman"))
@click.option("--seeds", default=50, show_default=True, type=click.IntRange(2, 1000), help="How many runs are compared.")
@click.option("--resolution", default=1.0, show_default=True, help="More than 1 gives more and smaller communities.")
@network_options
@common.format_option
@common.data_option
def communities(
    seeds: int,
    resolution: float,
    format_name: str,
    **words: Any,
) -> None:
    """Find communities by consensus over many seeds, with the stability of each."""
    from oscegraph.communities import consensus

    _, found = build(words)
    with common.working("Comparing runs"):
        result = consensus(found, seeds, resolution=resolution)
    items: list[dict[str, Any]] = [
        {
            "community": number,
            "size": len(c.members),
            "stability": c.stability,
            "members": [{"id": str(node), "label": label(found, node)} for node in c.members],
        }
        for number, c in enumerate(result.communities, 1)
    ]
    rows = [
        [
            i["community"],
            i["size"],
            f"{i['stability']:.2f}",
            "; ".join(str(found.nodes[m["id"]]["short"]) for m in i["members"]),
        ]
        for i in items
    ]
    table = output.Table(["community", "size", "stability", "members"], rows, ["community", "size", "stability"])
    facts = {"agreement": result.agreement, "modularity": result.modularity, "seeds": seeds, "resolution": resolution}
    head = output.Heading(
        f"{len(items)} communities; agreement between runs {result.agreement:.2f}, modularity {result.modularity:.2f}, "
        f"{seeds} seeds",
        1,
    )
    common.finish(output.Answer([head, table], {**facts, "communities": items}, items, table), format_name)


@click.command(epilog=common.examples("oscegraph path TADOC FRONTEX"))
@click.argument("start_actor", metavar="A", shell_complete=common.complete_actor)
@click.argument("end_actor", metavar="B", shell_complete=common.complete_actor)
@network_options
@common.format_option
@common.data_option
def path(
    start_actor: str,
    end_actor: str,
    format_name: str,
    **words: Any,
) -> None:
    """Show the shortest and the strongest path of co-operation from A to B, with the activities behind each tie."""
    from oscegraph import communities as paths
    from oscegraph.tellings import read_activities

    graph, found = build(words)
    ends = [graph.actor(start_actor), graph.actor(end_actor)]
    for thing in ends:
        if thing.iri not in found:
            raise OscegraphError(f"{thing.label} is not in this network: no activity in it involves {thing.label} itself.")
    blocks: list[output.Block] = []
    items, rows = [], []
    for kind, search in (("shortest", paths.shortest), ("strongest", paths.strongest)):
        way = search(found, ends[0].iri, ends[1].iri)
        if way is None:
            continue
        blocks.append(output.Heading(f"{kind}: " + " - ".join(str(found.nodes[n]["short"]) for n in way.nodes), 2))
        steps = []
        for a, b, tie in zip(way.nodes, way.nodes[1:], way.ties, strict=False):
            activities = read_activities(graph.store, graph.directory, tie["events"])
            sources = [f"  {x.label} ({'; '.join(t.source for t in x.tellings)})" for x in activities]
            blocks.append(output.Lines([f"{label(found, a)} and {label(found, b)}, weight {tie['weight']:.4g}", *sources]))
            steps.append({"source": str(a), "target": str(b), **tie})
            rows.append([kind, label(found, a), label(found, b), tie["weight"], [shorten(e) for e in tie["events"]]])
        items.append({"path": kind, "nodes": [str(n) for n in way.nodes], "cost": way.cost, "ties": steps})
    notes = [] if items else [f"No path leads from {ends[0].label} to {ends[1].label} in this network."]
    table = output.Table(["path", "actor", "and", "weight", "events"], rows)
    common.finish(output.Answer(blocks, items, items, table, notes, bool(items)), format_name)


@click.command(epilog=common.examples("oscegraph ties --significant --draws 2000 --level 0.05"))
@click.option(
    "--draws", default=1000, show_default=True, type=click.IntRange(10, 100_000), help="How many random networks are drawn."
)
@click.option("--seed", default=0, show_default=True, help="Where the random numbers begin.")
@click.option("--level", default=0.05, show_default=True, help="Keep ties up to this false discovery rate.")
@click.option(
    "--significant/--all",
    default=True,
    show_default=True,
    help="Only the ties that exceed chance, or all.",
)
@network_options
@common.format_option
@common.data_option
def ties(
    draws: int,
    seed: int,
    level: float,
    significant: bool,
    format_name: str,
    **words: Any,
) -> None:
    """Test which ties exceed what chance gives when every actor and every activity keeps its number of meetings.

    q is the false discovery rate at which a tie is just kept; disparity is the p-value of the disparity filter, which does
    not see the activities.
    """
    from oscegraph import significance

    if words["least"]:
        raise click.UsageError("--least would take out meetings before they are tested; use --level to keep fewer ties.")
    modes = {n.name: n.mode for n in events.networks()}
    if modes.get(words["name"]) not in (None, "one-mode", "two-mode"):
        fitting = [key for key, mode in modes.items() if mode in ("one-mode", "two-mode")]
        raise click.UsageError(
            f'"{words["name"]}" ties two kinds of nodes and is no set of meetings. Test one of: {", ".join(fitting)}.'
        )

    _, found = build(words)
    with common.working("Drawing random networks") as progress:
        tests = significance.ties(significance.incidence_of(found), draws, seed, lambda done: progress(f"{done} of {draws}"))
    kept = [test for test in tests if not significant or test.q <= level]
    items = [
        {
            "source": str(t.pair[0]),
            "target": str(t.pair[1]),
            "source_label": label(found, t.pair[0]),
            "target_label": label(found, t.pair[1]),
            "observed": t.observed,
            "expected": t.expected,
            "p": t.p,
            "q": t.q,
            "disparity": t.disparity,
        }
        for t in kept
    ]
    rows = [
        [
            i["source_label"],
            i["target_label"],
            i["observed"],
            f"{i['expected']:.2f}",
            f"{i['p']:.4f}",
            f"{i['q']:.4f}",
            f"{i['disparity']:.4f}",
        ]
        for i in items
    ]
    columns = ["actor", "and", "met", "expected", "p", "q", "disparity"]
    table = output.Table(columns, rows, columns[2:])
    kept_count = sum(test.q <= level for test in tests)
    head = output.Heading(
        f"{kept_count} of {len(tests)} ties exceed chance at a false discovery rate of {level:g} "
        f"({draws} draws, seed {seed})",
        1,
    )
    blocks: list[output.Block] = [head, *([table] if rows else [])]
    common.finish(output.Answer(blocks, items, items, table, [], bool(kept)), format_name)
