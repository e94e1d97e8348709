"""map: a network as one HTML file that works offline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oscegraph.cli import common
from oscegraph.cli.networks import network_options, open_options

if TYPE_CHECKING:
    from oscegraph.api import Oscegraph
    from oscegraph.events import Options
    from oscegraph.map_data import Drawing

PRESETS = {
    "all": "all units and partners, or the network named by --network",
    "themes": "a panel for each theme",
    "decisions": "decisions and what rests on them",
    "places": "towns on a geographic outline, with the units active there",
}


@click.command(
    "map",
    epilog=common.examples(
        "oscegraph map -o map.html --open",
        "oscegraph map --around UNODC -o unodc.html",
        "oscegraph map --preset themes -o themes.html",
        "oscegraph map --on drugs --least 2 -o drugs.html",
    ),
)
@click.option(
    "--preset",
    type=click.Choice(list(PRESETS)),
    default="all",
    show_default=True,
    help="; ".join(f"{name}: {what}" for name, what in PRESETS.items()) + ".",
)
@click.option(
    "--around",
    metavar="NAME",
    help="Only this actor, its partners, and the ties between them.",
    shell_complete=common.complete_actor,
)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, help="The HTML file to write.")
@click.option("--open", "look", is_flag=True, help="Open the file in the browser.")
@network_options
@common.data_option
def map_(preset: str, around: str | None, target: Path, look: bool, **words: Any) -> None:
    """Draw a network as one HTML file: searchable, filterable, with the activities and their place in the report.

    The file needs no network and nothing beside it.
    """
    if around and preset != "all":
        raise click.UsageError(f"--around NAME draws one actor's surroundings; it cannot be joined with --preset {preset}.")
    graph, options = open_options(words)
    from oscegraph import maps

    with common.working("Drawing") as step:
        drawing = _drawing(graph, options, preset, around)
        step(f"{len(drawing.graph)} nodes")
        size = maps.write(drawing, graph.store, graph.directory, target)
    ties = drawing.graph.number_of_edges()
    click.echo(f"{target}: {len(drawing.graph)} nodes, {ties} ties, {size / 1e6:.2f} MB.", err=True)
    if look:
        import webbrowser

        webbrowser.open(target.resolve().as_uri())


def _drawing(graph: Oscegraph, options: Options, preset: str, around: str | None) -> Drawing:
    from dataclasses import replace

    from oscegraph import drawings

    store, directory = graph.store, graph.directory
    if around:
        return drawings.around(store, directory, options, graph.actor(around))
    if preset == "themes":
        return drawings.by_theme(store, directory, options)
    if preset == "places":
        return drawings.places(store, directory, replace(options, network="unit-place"))
    if preset == "decisions":
        if options != type(options)():
            raise click.UsageError("--preset decisions draws all decisions; it takes no filter, type, role or weighting.")
        return drawings.decisions(store, directory)
    return drawings.of_network(store, directory, options)
