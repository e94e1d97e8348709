"""network: co-operation as a network: its ties, each month, or a file; and what commands on networks have in common."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oscegraph import events, network_files, networks, output
from oscegraph.api import Oscegraph
from oscegraph.cli import common
from oscegraph.errors import EmptyNetwork
from oscegraph.events import Options

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


def heading(graph: nx.Graph) -> output.Heading:
    """Return what stands above what is said of a network: which it is, how large, and how its events weigh."""
    size = f"{len(graph)} nodes, {graph.number_of_edges()} ties"
    return output.Heading(f"{graph.graph['title']} {size}, weighting {graph.graph['options']['weighting']}", 1)


def label(graph: nx.Graph, node: Any) -> str:
    """Return the label of a node."""
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
    ties = sorted(found.edges(data=True), key=lambda tie: (-tie[2]["weight"], label(found, tie[0]), label(found, tie[1])))
    cells: list[list[Any]] = [
        [
            label(found, a),
            label(found, b),
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
    head = heading(found)
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
