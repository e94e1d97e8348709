"""coverage, validate, build, export: the graph itself."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from oscegraph import output
from oscegraph.cli import common
from oscegraph.errors import EXIT_FINDINGS, OscegraphError


@click.command(epilog=common.examples("oscegraph coverage --report report.txt"))
@click.option(
    "--report", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Your copy of the report as plain text."
)
@common.format_option
@common.data_option
def coverage(report: Path, format_name: str, data: tuple[str, ...], timeout: float) -> None:
    """Show what covers each line of chapter II; fail on any line that nothing covers."""
    from oscegraph.coverage import cover
    from oscegraph.evidence import Report

    graph = common.open_graph(data, timeout)
    found = cover(graph.store, Report(report, graph.store))
    by_cover = sorted(found.by_cover.items(), key=lambda item: (-item[1], item[0]))
    table = output.Table(["covered by", "lines"], by_cover, ["lines"])
    chapters = [[chapter, *numbers] for chapter, numbers in found.by_chapter.items()]
    blocks: list[output.Block] = [
        output.Heading(f"Chapter II: {found.lines} non-blank lines, {len(found.uncovered)} not covered", 1),
        table,
        output.Table(["chapter", "covered", "lines"], chapters, ["covered", "lines"]),
    ]
    if found.uncovered:
        blocks.append(output.Table(["line", "text"], found.uncovered, ["line"]))
    objects = {
        "lines": found.lines,
        "by_cover": dict(by_cover),
        "by_chapter": {chapter: {"covered": c, "lines": n} for chapter, (c, n) in found.by_chapter.items()},
        "uncovered": [{"line": number, "text": words} for number, words in found.uncovered],
    }
    common.finish(output.Answer(blocks, objects, [objects], table, [], not found.uncovered), format_name)


@click.command(epilog=common.examples("oscegraph validate", "oscegraph validate mine.ttl --with-reference"))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--with-reference",
    is_flag=True,
    help="Check FILES in the place of the packaged ones of the same names, with all others.",
)
@common.format_option
def validate(files: tuple[Path, ...], with_reference: bool, format_name: str) -> None:
    """Check FILES (or the packaged graph): syntax, SHACL shapes, and rules over the whole graph.

    Exit code 0: nothing wrong; 1: findings; 2: could not run.
    """
    from oscegraph.validate import INFO, VIOLATION, WARNING
    from oscegraph.validate import validate as run

    with common.working("Checking") as progress:
        found = run(files, with_reference, progress)
    objects = [
        {"where": f.where, "node": f.node, "severity": f.severity, "message": f.message, "rule": f.rule}
        for f in found.findings
    ]
    from oscegraph.namespaces import shorten

    rows = [[f.severity, f.where, shorten(f.node), f.message, f.rule] for f in found.findings]
    table = output.Table(["severity", "where", "node", "message", "rule"], rows)
    counts = ", ".join(f"{found.count(s)} {s}{'' if found.count(s) == 1 else 's'}" for s in (VIOLATION, WARNING, INFO))
    title = f"{found.files} files, {found.triples} triples: {counts}"
    blocks: list[output.Block] = [output.Heading(title, 1), *([table] if rows else [])]
    output.write(output.Answer(blocks, objects, objects, table), format_name)
    if not found.conforms:
        raise click.exceptions.Exit(EXIT_FINDINGS)


@click.command(epilog=common.examples("oscegraph build store", "oscegraph who UNODC --data store"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--data", multiple=True, metavar="SOURCE", help="RDF files or folders instead of the packaged graph.")
@click.option("--force", is_flag=True, help="Replace a store that is already there.")
def build(folder: Path, data: tuple[str, ...], force: bool) -> None:
    """Make an on-disk store in FOLDER, for `--data FOLDER` and for other SPARQL engines that read it.

    The store is written beside FOLDER and moved there when it is whole.
    """
    from oscegraph import store_files

    if any(source.startswith(("http://", "https://")) for source in data):
        raise OscegraphError("build takes files and folders; an endpoint already is a store. Use --data URL directly.")
    with common.working("Building"):
        count = store_files.build(folder, data, force)
    click.echo(f"{folder}: {count} triples.")


@click.command(epilog=common.examples("oscegraph export --format csv -o oscegraph.csv"))
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["turtle", "nquads", "jsonld", "csv"]),
    default="turtle",
    show_default=True,
    help="csv has one row for each actor in each role in each telling.",
)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write to this file instead of the screen.")
@common.data_option
def export(format_name: str, target: Path | None, data: tuple[str, ...], timeout: float) -> None:
    """Write the whole graph, derived facts included."""
    from oscegraph.export import export as run
    from oscegraph.export import write_whole

    graph = common.open_graph(data, timeout)
    content = run(graph.store, graph.directory, format_name)
    if target is None:
        sys.stdout.buffer.write(content)
        return
    write_whole(target, content)
    click.echo(f"{target}: {len(content)} bytes.", err=True)
