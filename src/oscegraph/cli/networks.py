"""network, rank, communities, path, ties: networks of co-operation and what can be measured in them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oscegraph import events, network_files, networks, output
from oscegraph.api import Oscegraph
from oscegraph.cli import common
from oscegraph.errors import EmptyNetwork, OscegraphError
from oscegraph.events import Options
from oscegraph.namespaces import shorten

if TYPE_CHECKING:
    import networkx as nx

network_options = common.compose(
    click.option(
        "--network", "name", default="actors", show_default=True, help="Which network: see `oscegraph network --list`."
    ),
    click.option(
        "--weighting", default="raw", show_default=True, help=f"How an event weighs: {', '.join(events.WEIGHTINGS)}."
    ),
    click.option(
        "--series", default="once", show_default=True, help="Count a series told as one once, or n times: once, n."
    ),
    click.option(
        "--type", "types", multiple=True, metavar="TYPE", help="Only actors of this type; may be given several times."
    ),
    click.option(
        "--role", "roles", multiple=True, metavar="ROLE", help="Only actors in this role; may be given several times."
    ),
    click.option("--least", default=0.0, metavar="WEIGHT", help="Leave out ties below this weight, and actors left alone."),
    common.filter_options,
)


def open_options(words: dict[str, Any]) -> tuple[Oscegraph, Options]:
    """Return the opened data and the options of a network, from what the user typed."""
    graph = common.open_graph(words.pop("data"), words.pop("timeout"))
    name = words.pop("name")
    chosen = {key: words.pop(key) for key in ("weighting", "series", "types", "roles", "least")}
    return graph, Options(name, **chosen, filters=graph.filters(**words))


def refusal(graph: Oscegraph, options: Options) -> EmptyNetwork:
    """Return what to say of a network without any tie."""
    bare = networks.build(graph.store, graph.directory, Options(options.network))
    return EmptyNetwork(bare.number_of_edges())


def build(words: dict[str, Any]) -> tuple[Oscegraph, nx.Graph]:
    """Return the opened data and the network; raises OscegraphError for a network without any tie."""
    graph, options = open_options(words)
    found = networks.build(graph.store, graph.directory, options)
    if not found.number_of_edges():
        raise refusal(graph, options)
    return graph, found


def _heading(graph: nx.Graph) -> output.Heading:
    size = f"{len(graph)} nodes, {graph.number_of_edges()} ties"
    return output.Heading(f"{graph.graph['title']} {size}, weighting {graph.graph['options']['weighting']}", 1)


def _name(graph: nx.Graph, node: Any) -> str:
    return str(graph.nodes[node]["label"])


@click.command(
    epilog=common.examples("oscegraph network --list", "oscegraph network --on drugs --to-format gexf -o drugs.gexf")
)
@click.option("--list", "listing", is_flag=True, help="List the declared networks.")
@click.option(
    "--to-format", type=click.Choice(network_files.FORMATS), help="Export for Gephi, Cytoscape, networkx or a spreadsheet."
)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write the export to this file.")
@click.option("--by-month", is_flag=True, help="The network of each month: its size, or its ties as edges-csv.")
@network_options
@common.format_option
@common.data_option
def network(
    listing: bool,
    by_month: bool,
    to_format: str | None,
    target: Path | None,
    format_name: str,
    **words: Any,
) -> None:
    """Make a network: its ties by weight, or the whole as a file. Every tie keeps its events, dates, roles and chapters."""
    if listing:
        rows = [[n.name, n.mode, n.title] for n in events.networks()]
        objects = [{"name": key, "mode": mode, "title": title} for key, mode, title in rows]
        table = output.Table(["network", "mode", "who is tied"], rows)
        common.finish(output.Answer([table], objects, objects, table), format_name)
        return
    if target is not None and to_format is None:
        raise click.UsageError("-o needs --to-format, so that the file is what you expect.")
    if by_month:
        _by_month(to_format, target, format_name, words)
        return
    _, found = build(words)
    if to_format:
        _write(network_files.text(found, to_format), target, f"{len(found)} nodes, {found.number_of_edges()} ties")
        return
    ties = sorted(found.edges(data=True), key=lambda tie: (-tie[2]["weight"], _name(found, tie[0]), _name(found, tie[1])))
    cells: list[list[Any]] = [
        [
            _name(found, a),
            _name(found, b),
            f"{d['weight']:.4g}",
            len(d["events"]),
            d["roles"],
            d["first"] or "",
            d["last"] or "",
        ]
        for a, b, d in ties
    ]
    table = output.Table(["actor", "and", "weight", "events", "roles", "first", "last"], cells, ["weight", "events"])
    items = [{"source": str(a), "target": str(b), **d} for a, b, d in ties]
    head = _heading(found)
    data_ = {"network": found.graph, "nodes": [{"id": n, **d} for n, d in found.nodes(data=True)], "ties": items}
    common.finish(output.Answer([head, table], data_, items, table), format_name)


def _write(text: str, target: Path | None, what: str) -> None:
    if target is None:
        click.echo(text, nl=False)
        return
    from oscegraph.export import write_whole

    write_whole(target, text.encode())
    click.echo(f"{target}: {what}.", err=True)


def _by_month(to_format: str | None, target: Path | None, format_name: str, words: dict[str, Any]) -> None:
    """Print or export the network of each month."""
    if to_format not in (None, "edges-csv"):
        raise click.UsageError("The networks of all months are exported as edges-csv; in GEXF each tie has its days anyway.")
    graph, options = open_options(words)
    found = events.read_events(graph.store, graph.directory, options)
    months = networks.by_month(found, graph.directory, options, options.filters.possible)
    dated = {iri for made in months.values() for *_, data in made.edges(data=True) for iri in data["events"]}
    if not dated:
        raise refusal(graph, options)
    if to_format:
        _write(network_files.months_csv(months), target, f"{len(months)} months")
        return
    known: set[tuple[Any, Any]] = set()
    items = []
    for month, made in months.items():
        ties = set(made.edges)
        acts = {iri for *_, data in made.edges(data=True) for iri in data["events"]}
        size = {
            "month": month,
            "activities": len(acts),
            "actors": len(made),
            "ties": len(ties),
            "new_ties": len(ties - known),
        }
        known |= ties
        items.append(size)
    table = output.Table(list(items[0]), [list(item.values()) for item in items], list(items[0])[1:])
    tied = [event for event in found.values() if len(event.everyone()) > 1]
    vague = sum(not any(e.within(a, b, options.filters.possible) for _, a, b in events.months_of(found)) for e in tied)
    notes = [f"{vague} of {len(tied)} activities with a tie are in no month: their date is unknown or vaguer than a month."]
    head = output.Heading(f"{events.declared(options.network).title} By month, weighting {options.weighting}", 1)
    common.finish(output.Answer([head, table], items, items, table, notes), format_name)


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
        {"id": str(row["node"]), "label": _name(found, row["node"]), "type": found.nodes[row["node"]]["type"]}
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
    head = _heading(found)
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
            "members": [{"id": str(node), "label": _name(found, node)} for node in c.members],
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
            blocks.append(output.Lines([f"{_name(found, a)} and {_name(found, b)}, weight {tie['weight']:.4g}", *sources]))
            steps.append({"source": str(a), "target": str(b), **tie})
            rows.append([kind, _name(found, a), _name(found, b), tie["weight"], [shorten(e) for e in tie["events"]]])
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
            "source_label": _name(found, t.pair[0]),
            "target_label": _name(found, t.pair[1]),
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
