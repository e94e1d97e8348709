"""queries, query: SPARQL by name, by file or by text."""

from __future__ import annotations

from pathlib import Path

import click

from oscegraph import output, query as queries_module
from oscegraph.cli import common
from oscegraph.errors import QueryError
from oscegraph.namespaces import shorten


@click.command()
@click.argument("words", nargs=-1)
@common.format_option
def queries(words: tuple[str, ...], format_name: str) -> None:
    """List the named queries, or those with WORDS in name or question."""
    found = queries_module.catalogue()
    wanted = [word.casefold() for word in words]
    found = [q for q in found if all(word in f"{q.name} {q.topic} {q.question}".casefold() for word in wanted)]
    objects = [
        {
            "name": q.name,
            "topic": q.topic,
            "question": q.question,
            "parameters": [
                {"name": p.name, "type": p.type, "required": p.required, "meaning": p.meaning} for p in q.parameters
            ],
        }
        for q in found
    ]
    rows = [[q.name, q.question, ", ".join(p.name + ("*" if p.required else "") for p in q.parameters)] for q in found]
    table = output.Table(["query", "question", "parameters (* needed)"], rows)
    notes = [] if rows else ["No query fits; `oscegraph queries` lists all."]
    common.finish(output.Answer([table] if rows else [], objects, objects, table, notes, bool(rows)), format_name)


def _parameters(pairs: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise click.UsageError(f'"-p {pair}" is not name=value.')
        values[name] = value
    return values


@click.command()
@click.argument("source", required=False)
@click.option("-e", "--text", metavar="SPARQL", help="Run this text instead of a named query or file.")
@click.option("-p", "--parameter", "pairs", multiple=True, metavar="NAME=VALUE", help="Give a parameter its value.")
@click.option("--sparql", is_flag=True, help="Print the query that would be sent, and do not run it.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice([*output.FORMATS, *output.GRAPH_FORMATS]),
    default="table",
    show_default=True,
    help="How to print the answer; turtle and json-ld for CONSTRUCT and DESCRIBE.",
)
@common.data_option
def query(
    source: str | None,
    text: str | None,
    pairs: tuple[str, ...],
    sparql: bool,
    format_name: str,
    data: tuple[str, ...],
    timeout: float,
) -> None:
    """Run a query: SOURCE is the name of one (see `oscegraph queries`) or a file; -e gives a text.

    An actor, place, theme or decision as a value may be written by any of its names.

    \b
    oscegraph query actor_partners -p actor=UNODC
    oscegraph query -e "SELECT ?who { ?a osg:funder ?who } ORDER BY ?who"
    """
    if (source is None) == (text is None):
        raise click.UsageError("Name a query or a file, or give a text with -e.")
    if text is not None:
        found = queries_module.parse_query("of -e", _with_prefixes(text))
    elif source is not None and (source.endswith((".rq", ".sparql")) or "/" in source):
        found = queries_module.read_query(Path(source))
    else:
        found = queries_module.named(source or "")
    values = _parameters(pairs)
    graph = common.open_graph(data, timeout)
    by_name = {parameter.name: parameter for parameter in found.parameters}
    for name, value in values.items():
        if name in by_name and by_name[name].type == "iri":
            values[name] = graph.directory.any_iri(value)
    bound = found.bind(values)
    if sparql:
        click.echo(bound)
        return
    if found.form in ("CONSTRUCT", "DESCRIBE"):
        _print_graph(graph.store.construct(bound), format_name)
        return
    if found.form == "ASK":
        yes = graph.store.ask(bound)
        words = output.Lines(["yes" if yes else "no"])
        common.finish(output.Answer([words], yes, [yes], output.Table(["answer"], [[yes]]), [], yes), format_name)
        return
    if format_name in output.GRAPH_FORMATS:
        raise QueryError(f"a SELECT query has rows, not triples; --format {format_name} is for CONSTRUCT and DESCRIBE.")
    result = queries_module.run(graph.store, found, **values)
    objects = list(result)
    rows = [[shorten(value or "") for value in row.values()] for row in objects]
    exact = output.Table(result.columns, [list(row.values()) for row in objects])
    notes = [] if rows else ["No row: the graph holds nothing that fits this query."]
    blocks: list[output.Block] = [output.Table(result.columns, rows)] if rows else []
    common.finish(output.Answer(blocks, objects, objects, exact, notes, bool(rows)), format_name)


def _with_prefixes(text: str) -> str:
    """Put the project's prefixes before a text that uses them without declaring them."""
    import re

    from oscegraph.namespaces import PREFIXES

    declared = set(re.findall(r"PREFIX\s+(\w+):", text, re.IGNORECASE))
    used = [p for p in PREFIXES if re.search(rf"(?<![\w<]){p}:", text) and p not in declared]
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used) + text


def _print_graph(triples: object, format_name: str) -> None:
    from oscegraph.export import serialize

    name = format_name if format_name in output.GRAPH_FORMATS else "turtle"
    click.echo(serialize(triples, name).decode(), nl=False)  # type: ignore[arg-type]
