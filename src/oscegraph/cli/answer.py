"""who, between, show: the answers the tool is made for."""

from __future__ import annotations

from pathlib import Path

import click

from oscegraph import answer_views, answers, output
from oscegraph.cli import common
from oscegraph.directory import TYPES


@click.command(
    epilog=common.examples(
        "oscegraph who UNODC --on drugs",
        'oscegraph who "OSCE Office in Baku" --evidence --report report.txt',
        "oscegraph who SPMU --role funder",
    )
)
@click.argument("actor", shell_complete=common.complete_actor)
@common.filter_options
@common.role_option
@click.option("--as", "own_role", metavar="ROLE", help="Only where ACTOR itself has this role.")
@click.option("--partner-type", metavar="TYPE", help=f"Only partners of this type: {', '.join(TYPES)}.")
@click.option("--unit-only", is_flag=True, help="Leave out departments and posts as partners; whole units only.")
@click.option("--evidence", is_flag=True, help="List the shared activities with date, place, roles, chapter and lines.")
@click.option("--limit", type=click.IntRange(min=0), default=0, metavar="N", help="Show the first N partners only.")
@common.report_option
@common.format_option
@common.data_option
def who(
    actor: str,
    on: str | None,
    place: str | None,
    start: str | None,
    end: str | None,
    possible: bool,
    role: str | None,
    own_role: str | None,
    partner_type: str | None,
    unit_only: bool,
    evidence: bool,
    limit: int,
    report: Path | None,
    format_name: str,
    data: tuple[str, ...],
    timeout: float,
) -> None:
    """With whom did ACTOR co-operate? Partners by number of shared activities.

    ACTOR is any name, acronym or old name. What its departments and posts did is its own. An activity that several
    chapters tell counts once.
    """
    graph = common.open_graph(data, timeout)
    filters = graph.filters(on, place, start, end, role, own_role, partner_type, unit_only=unit_only, possible=possible)
    copy = common.open_report(graph, report)
    with_evidence = evidence or copy is not None
    found = answers.who(graph.store, graph.directory, graph.actor(actor), filters, with_evidence)
    common.finish(answer_views.who_answer(found, copy, with_evidence, limit or None), format_name)


@click.command(epilog=common.examples("oscegraph between SPMU ATU"))
@click.argument("first", shell_complete=common.complete_actor)
@click.argument("second", shell_complete=common.complete_actor)
@common.filter_options
@common.report_option
@common.format_option
@common.data_option
def between(
    first: str,
    second: str,
    on: str | None,
    place: str | None,
    start: str | None,
    end: str | None,
    possible: bool,
    report: Path | None,
    format_name: str,
    data: tuple[str, ...],
    timeout: float,
) -> None:
    """What did FIRST and SECOND do together? Each shared activity, with what each did by each telling."""
    graph = common.open_graph(data, timeout)
    filters = graph.filters(on, place, start, end, possible=possible)
    one, other = graph.actor(first), graph.actor(second)
    if one.iri == other.iri:
        raise click.UsageError(f'"{first}" and "{second}" are one and the same: {one.label}.')
    found = answers.between(graph.store, graph.directory, one, other, filters)
    common.finish(answer_views.between_answer(found, common.open_report(graph, report)), format_name)


@click.command(epilog=common.examples("oscegraph show UNODC", "oscegraph show MC.DEC/5/06", "oscegraph show II.1.1-L329"))
@click.argument("name", shell_complete=common.complete_actor)
@common.report_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice([*output.FORMATS, *output.GRAPH_FORMATS]),
    default="table",
    show_default=True,
    help="How to print it; csv has the tellings of it, turtle and json-ld the triples around it.",
)
@common.data_option
def show(name: str, report: Path | None, format_name: str, data: tuple[str, ...], timeout: float) -> None:
    """Everything known of NAME, with evidence: an actor, activity, telling, decision, place, area, theme or chapter."""
    from oscegraph import show as shown

    graph = common.open_graph(data, timeout)
    if format_name in output.GRAPH_FORMATS:
        from oscegraph.export import serialize
        from oscegraph.query import named

        iri = shown.iri_of(shown.resolve(graph.store, graph.directory, name))
        triples = graph.store.construct(named("around").bind({"thing": iri}))
        click.echo(serialize(triples, format_name).decode(), nl=False)
        return
    common.finish(shown.show(graph.store, graph.directory, name, common.open_report(graph, report)), format_name)
