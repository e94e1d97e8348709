"""ask: questions in plain words, once or line by line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oscegraph import output
from oscegraph.api import Oscegraph
from oscegraph.cli import common
from oscegraph.errors import EXIT_FINDINGS

if TYPE_CHECKING:
    from oscegraph.asking.asked import Asked

IN_A_LINE = 4
SAYS = {
    "silent": "The report does not say.",
    "excluded by a filter": "Nothing fits all of that.",
    "unknown name": "A name is not known.",
    "not in the report": "That is not in the report.",
    "unclear": "That can be read in several ways, or has words that no reading accounts for. Is one of these meant?",
    "not understood": "The question is not understood. What can be asked, for instance:",
}


@click.command(
    epilog=common.examples(
        'oscegraph ask "With whom did the SPMU organize the seminar in Kiev in September?"',
        'oscegraph ask "Did ODIHR and the OSR/CTHB ever work together?" --format json',
        "oscegraph ask",
    )
)
@click.argument("question", required=False)
@click.option("--sparql", is_flag=True, help="Show the query that gave the answer.")
@click.option("--reading", type=click.IntRange(1), help="Take this one of the readings that it is asked back with.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(0), help="Show so much evidence; 0 for all.")
@common.report_option
@common.format_option
@common.data_option
def ask(
    question: str | None,
    sparql: bool,
    reading: int | None,
    limit: int,
    report: Path | None,
    format_name: str,
    data: tuple[str, ...],
    timeout: float,
) -> None:
    """Answer QUESTION from the report, with the evidence of each row; without QUESTION, read questions line by line.

    A question that can be read in several ways is asked back with its readings; --reading takes one of them.

    Exit code 0: answered; 1: no answer, and which kind of no; 2: could not run.
    """
    graph = common.open_graph(data, timeout)
    # Imported here: the packaged graph is loaded meanwhile.
    from oscegraph.asking.ask import Asker
    from oscegraph.asking.asked import ANSWERED

    asker = Asker(graph.store)
    passages = common.open_report(graph, report)
    if question is not None:
        asked = asker.choose(question, reading) if reading else asker.ask(question)
        if reading and reading > asked.choices > 0:
            raise click.UsageError(
                f"the question is asked back with {asked.choices} readings; there is no reading {reading}."
            )
        _show(asked, sparql, limit, passages, format_name)
        if asked.status != ANSWERED:
            raise click.exceptions.Exit(EXIT_FINDINGS)
        return
    if reading:
        raise click.UsageError("--reading goes with a question; in a conversation, type the number of the reading.")
    before, choices = "", 0
    for line in _lines(graph):
        # A number chooses one of the readings of the question before.
        if line.isdecimal() and len(line) < 3 and 0 < int(line) <= choices:
            asked = asker.choose(before, int(line))
        else:
            asked = asker.ask(line)
            before, choices = line, asked.choices
        _show(asked, sparql, limit, passages, format_name)
        click.echo()


def _lines(graph: Oscegraph) -> Iterator[str]:
    """Yield the lines that the user types, names completed by the tab key, or those of the input."""
    if not sys.stdin.isatty():
        yield from (line.strip() for line in sys.stdin if line.strip())
        return
    try:
        import readline
    except ImportError:
        pass
    else:
        names = sorted({name for thing in graph.directory.actors() for name in (thing.label, thing.short)})

        def complete(start: str, number: int) -> str | None:
            fitting = [name for name in names if start and name.casefold().startswith(start.casefold())]
            return fitting[number] if number < len(fitting) else None

        readline.set_completer_delims("\t,;?")
        readline.set_completer(complete)
        readline.parse_and_bind("tab: complete")
    click.echo("Ask about the report on 2011; an empty line ends.", err=True)
    while line := input("? ").strip():
        yield line


def _show(asked: Asked, sparql: bool, limit: int, passages: Any, format_name: str) -> None:
    blocks: list[output.Block] = []
    if asked.status == "answered":
        # Rows, and more values than can be read in one line, have a line each.
        listed = len(asked.answer) > 1 and (isinstance(asked.answer[0], list) or len(asked.answer) > IN_A_LINE)
        blocks.append(output.Lines(asked.words) if listed else output.Heading("; ".join(asked.words), 1))
    else:
        blocks.append(output.Heading(SAYS.get(asked.status, asked.status), 1))
    evidence = [dict(item) for item in {str(item): item for item in asked.evidence}.values()]
    if passages is not None:
        for item in evidence:
            item["passage"] = passages.passage(*item["lines"], None)
    shown = evidence[:limit] if limit else evidence
    quoted = ["passage"] if passages is not None else []
    keys = ["activity", "days", "place", "chapter"]
    head = ["about", *keys[1:], "lines", *quoted]
    rows = [[*(i.get(key) or "" for key in keys), "{}-{}".format(*i["lines"]), *(i[key] for key in quoted)] for i in shown]
    table = output.Table(head, rows)
    if rows:
        blocks.append(table)
    notes = [f"Read as: {asked.reading}"] if asked.reading else []
    if asked.status == "answered" and not asked.certain:
        # Numbers of readings follow.
        otherwise = " It may also be meant so:" if asked.choices else ""
        notes.append(f"Likely, not certain ({asked.confidence:.2f}).{otherwise}")
    notes += [f"{i}. {hint}" for i, hint in enumerate(asked.hints[: asked.choices], 1)] + asked.hints[asked.choices :]
    if asked.choices:
        notes.append("Take one of them: --reading 1, or type its number where questions are read line by line.")
    if len(evidence) > len(shown):
        notes.append(f"{len(evidence) - len(shown)} more places; --limit 0 shows all.")
    if sparql and asked.sparql:
        # A comment ends with its line: put on one line, all of the query would be one.
        blocks.append(output.Code(asked.sparql))
        notes += asked.sparql.splitlines() if format_name == "csv" else []
    answer = asked.as_dict() | {"evidence": evidence}
    cells = output.Table(["status", "answer", "reading"], [[asked.status, words, asked.reading] for words in asked.words])
    output.write(output.Answer(blocks, answer, [answer], cells if format_name == "csv" else table, notes, True), format_name)
