"""queries, query: SPARQL by name, by file or by text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pyoxigraph as ox

from oscegraph import output
from oscegraph import query as queries_module
from oscegraph.cli import common
from oscegraph.directory import Directory
from oscegraph.errors import EXIT_FINDINGS, QueryError
from oscegraph.namespaces import expand, shorten
from oscegraph.query import Query
from oscegraph.store import Store


@click.command(epilog=common.examples("oscegraph queries", "oscegraph queries funder"))
@click.argument("words", nargs=-1)
@common.format_option
def queries(words: tuple[str, ...], format_name: str) -> None:
    """List the named queries, or those with WORDS in name, topic or question."""
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


# Parameters of these names take a concept of the scheme of that name, by its slug or any of its names.
_SCHEMES = ("theme", "role", "kind", "assistance")


def _parameters(pairs: tuple[str, ...], query: Query, names: Directory) -> dict[str, list[str]]:
    """Return the values of each parameter, names put into IRIs; a parameter given twice has two values."""
    iris = {parameter.name for parameter in query.parameters if parameter.type == "iri"}
    values: dict[str, list[str]] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise click.UsageError(f'"-p {pair}" is not name=value.')
        if name in iris and not expand(value):
            value = names.concept(name, value) if name in _SCHEMES else names.any_iri(value)
        values.setdefault(name, []).append(value)
    return values


@click.command(
    epilog=common.examples(
        "oscegraph query actor_partners -p actor=UNODC",
        'oscegraph query -e "SELECT ?who { ?a osg:funder ?who } ORDER BY ?who"',
    )
)
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
    """
    if (source is None) == (text is None):
        raise click.UsageError("Name a query or a file, or give a text with -e.")
    if text is not None:
        found = queries_module.parse_query("of -e", queries_module.with_prefixes(text))
    elif source is not None and (source.endswith((".rq", ".sparql")) or "/" in source):
        read = queries_module.read_query(Path(source))
        found = queries_module.parse_query(read.name, queries_module.with_prefixes(read.text))
    else:
        found = queries_module.named(source or "")
    makes_graph = found.form in ("CONSTRUCT", "DESCRIBE")
    fitting = ("table", *output.GRAPH_FORMATS) if makes_graph else output.FORMATS
    if format_name not in fitting:
        what = "triples, not rows" if makes_graph else "rows, not triples"
        raise QueryError(f"{found.form} queries have {what}; use --format {' or '.join(fitting)}.")
    graph = common.open_graph(data, timeout)
    values = _parameters(pairs, found, graph.directory) if pairs else {}
    bound = found.bind(values)
    if sparql:
        click.echo(re.sub(r"^#\+ param: .*\n", "", bound, flags=re.MULTILINE))
        return
    if makes_graph:
        _print_graph(graph.store.construct(bound), format_name)
        return
    if found.form == "ASK":
        yes = graph.store.ask(bound)
        words = output.Lines(["yes" if yes else "no"])
        common.finish(output.Answer([words], yes, [yes], output.Table(["answer"], [[yes]]), [], yes), format_name)
        return
    result = queries_module.run(graph.store, found, **values)
    objects = list(result)
    rows = [[shorten(value or "") for value in row.values()] for row in objects]
    exact = output.Table(result.columns, [list(row.values()) for row in objects])
    notes = [] if rows else ["No row: the graph holds nothing that fits this query.", *_unknown(graph.store, found, values)]
    blocks: list[output.Block] = [output.Table(result.columns, rows)] if rows else []
    common.finish(output.Answer(blocks, objects, objects, exact, notes, bool(rows)), format_name)


def _unknown(store: Store, query: Query, values: dict[str, list[str]]) -> list[str]:
    """Say which of the IRIs given as values do not occur in the graph at all."""
    iris = [iri for p in query.parameters if p.type == "iri" for iri in values.get(p.name, ())]
    missing = [shorten(expand(iri) or iri) for iri in iris if not len(queries_module.run(store, "things", thing=iri))]
    return [f"{iri} does not occur in the graph." for iri in missing]


def _print_graph(triples: Iterator[ox.Triple], format_name: str) -> None:
    """Print triples, and end with exit code 1 if there are none."""
    from oscegraph.export import serialize

    found = list(triples)
    if not found:
        click.echo("No triple: the graph holds nothing that fits this query.", err=True)
        raise click.exceptions.Exit(EXIT_FINDINGS)
    click.echo(serialize(found, format_name if format_name in output.GRAPH_FORMATS else "turtle").decode(), nl=False)
