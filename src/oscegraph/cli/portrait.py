"""profile, report: a unit on one page, and all of it as one document; both as one HTML file that needs nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from oscegraph.called import find_called
from oscegraph.cli import common
from oscegraph.errors import EXIT_FINDINGS
from oscegraph.filters import Filters, run_filtered

FILES = (".html",)
output_option = click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path), required=True, help="The HTML file to write."
)


def _write(target: Path, content: bytes, on: str = "") -> None:
    from oscegraph.export import write_whole

    write_whole(target, content)
    click.echo(f"{target}: {on}{len(content) / 1e6:.2f} MB.", err=True)


@click.command(epilog=common.examples("oscegraph profile SPMU -o spmu.html", "oscegraph profile ODIHR -o odihr.html"))
@click.argument("unit", shell_complete=common.complete_actor)
@output_option
@common.data_option
def profile(unit: str, target: Path, data: tuple[str, ...], timeout: float) -> None:
    """Write the portrait of a unit: figures, partners, themes, months, towns, decisions, and the evidence for each.

    UNIT is an executive structure of the OSCE or any other actor; what does not apply to it is left out, and the page says
    so. The file needs no network and nothing beside it.
    """
    common.check_file(target, "kind of file that this page is written to", FILES)
    graph = common.open_graph(data, timeout)
    from oscegraph import portraits

    with common.names_given():
        thing = find_called(graph.directory, unit)
    with common.working("Writing"):
        content = portraits.profile(graph, thing)
    _write(target, content, f"{thing.label} ({thing.type.replace('-', ' ')}), ")


@click.command(epilog=common.examples("oscegraph report -o report.html"))
@output_option
@common.data_option
def report(target: Path, data: tuple[str, ...], timeout: float) -> None:
    """Write all of it as one document: counts, matrix, networks, overlaps and gaps, and a portrait of each structure.

    The file needs no network and nothing beside it.
    """
    common.check_file(target, "kind of file that this page is written to", FILES)
    graph = common.open_graph(data, timeout)
    if not run_filtered(graph.store, "activities", Filters()):
        click.echo(f"{target}: not written, as the data tell of no activity.", err=True)
        raise click.exceptions.Exit(EXIT_FINDINGS)
    from oscegraph import survey

    with common.working("Writing") as step:
        content = survey.report(graph, step)
    _write(target, content)
