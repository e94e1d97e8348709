"""bundle, verify: an analysis that others can check and run again."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from oscegraph import output
from oscegraph.analysis import LIMITS, Plan
from oscegraph.cli import common
from oscegraph.cli.networks import network_options


def _between(name: str) -> click.IntRange:
    return click.IntRange(*LIMITS[name])


@click.command(epilog=common.examples("oscegraph bundle analysis", "oscegraph bundle drugs --on drugs --weighting newman"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--measures", multiple=True, metavar="NAME", help="Only these measures in measures.csv; all if none is named.")
@click.option("--measure", default="strength", show_default=True, help="The measure whose ranking is tested and drawn.")
@click.option("--seeds", default=50, show_default=True, type=_between("seeds"), help="Runs for the communities.")
@click.option("--draws", default=1000, show_default=True, type=_between("draws"), help="Random networks for the ties.")
@click.option("--bootstrap", default=200, show_default=True, type=_between("bootstrap"), help="Resamples for the intervals.")
@click.option("--seed", default=0, show_default=True, type=_between("seed"), help="Where the random numbers begin.")
@click.option("--force", is_flag=True, help="Replace a bundle that is already there.")
@network_options
@common.data_option
def bundle(folder: Path, force: bool, data: tuple[str, ...], timeout: float, **words: Any) -> None:
    """Write a whole network analysis into DIR: numbers, figures, methods, citation, and a manifest to check it by.

    The same data and options give the same bytes. DIR is there whole or not at all.
    """
    from oscegraph import bundle as bundles

    words["network"] = words.pop("name")
    # Several measures may also be given in one word: --measures degree,strength.
    words["measures"] = [part for name in words["measures"] for part in name.replace(",", " ").split()]
    known = {f.name for f in fields(Plan)}
    chosen: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in words.items() if key in known}
    plan = Plan(**chosen)
    graph = common.open_graph(data, timeout)
    with common.working("Analysing") as progress:
        said = bundles.write(graph, plan, folder, force, progress)
    results = said["results"]
    click.echo(f"{folder}: {len(said['files']) + 1} files; {results['nodes']} nodes, {results['ties']} ties.")


@click.command(epilog=common.examples("oscegraph verify analysis", "oscegraph verify analysis --data other.ttl"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@common.format_option
@common.data_option
def verify(folder: Path, format_name: str, data: tuple[str, ...], timeout: float) -> None:
    """Check the bundle in DIR and run its analysis again: are the files whole, the data the same, the numbers the same?

    Exit code 0: all reproduced; 1: something differs; 2: could not run.
    """
    from oscegraph import reproduce

    said = reproduce.read(folder)
    graph = common.open_graph(data, timeout)
    with common.working("Running it again") as progress:
        found = reproduce.verify(graph, folder, said, progress)
    items = [
        {"file": f.file, "status": f.status, "fine": f.fine, "message": f.message, "cells": f.cells, "first": f.first}
        for f in found.findings
    ]
    rows = [[item["file"], item["status"], item["message"]] for item in items]
    table = output.Table(["file", "status", "what"], rows)
    wrong = sum(not item["fine"] for item in items)
    head = output.Heading("All reproduced." if not wrong else f"{wrong} of {len(items)} checks found something.", 1)
    versions = {name: {"bundle": was, "here": now} for name, (was, now) in found.versions.items()}
    notes = [f"{name}: {pair['bundle']} in the bundle, {pair['here']} here." for name, pair in versions.items()]
    objects = {"reproduced": not wrong, "checks": items, "versions_that_differ": versions}
    common.finish(output.Answer([head, table], objects, items, table, notes, not wrong), format_name)
