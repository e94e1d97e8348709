"""What several commands share: options, opening data, reading the report, printing, completion."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from oscegraph import output
from oscegraph.api import Oscegraph
from oscegraph.errors import EXIT_FAILED, EXIT_FINDINGS, FilterError, NameAmbiguous, NameNotFound, OutputError
from oscegraph.filters import Filters, explain
from oscegraph.namespaces import local_name
from oscegraph.tellings import ROLES

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])


def complete_actor(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of an actor by its label or acronym."""
    from click.shell_completion import CompletionItem

    with contextlib.suppress(Exception):
        names = {n: t.label for t in Oscegraph.open().directory.actors() for n in (t.label, *t.names.get("acronym", ()))}
        start = incomplete.casefold()
        return [CompletionItem(n, help=label) for n, label in sorted(names.items()) if n.casefold().startswith(start)]
    return []


def _themes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    with contextlib.suppress(Exception):
        themes = {local_name(t.iri): t.label for t in Oscegraph.open().directory.concepts("theme")}
        return [CompletionItem(slug, help=label) for slug, label in themes.items() if slug.startswith(incomplete)]
    return []


def _roles(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(role) for role in ROLES if role.startswith(incomplete)]


def examples(*lines: str) -> str:
    """Return examples for the end of the help of a command."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def compose(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    """Return one decorator out of several, applied so that options appear in the order given."""

    def apply(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return apply


data_option = compose(
    click.option(
        "--data",
        multiple=True,
        metavar="SOURCE",
        help="Ask this instead of the packaged graph: RDF files or folders, a store made by `build`, or the URL of a "
        "SPARQL endpoint. May be given several times for files.",
    ),
    click.option("--timeout", default=60.0, show_default=True, metavar="SECONDS", help="Wait this long for an endpoint."),
)
format_option = click.option(
    "--format",
    "format_name",
    type=click.Choice(output.FORMATS),
    default="table",
    show_default=True,
    help="How to print the answer.",
)
report_option = click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Your own copy of the report as plain text: adds the passages word by word.",
)
filter_options = compose(
    click.option("--on", metavar="THEME", help="Only this theme (thb, drugs, cyber …).", shell_complete=_themes),
    click.option("--in", "place", metavar="PLACE", help="Only what took place in this town, state or region."),
    click.option(
        "--from", "start", metavar="DATE", help="Only what was not over before this date: 2011-03-15, 2011-03, March."
    ),
    click.option("--to", "end", metavar="DATE", help="Only what had begun by this date."),
    click.option("--possible", is_flag=True, help="With a period: also what is dated too vaguely to be sure."),
)
more_filter_options = compose(
    click.option("--actor", metavar="NAME", help="Only what involves this actor.", shell_complete=complete_actor),
    click.option(
        "--role", metavar="ROLE", help="Only what has somebody (or the actor) in this role.", shell_complete=_roles
    ),
    click.option("--kind", metavar="KIND", help="Only this kind of activity (workshop, study-visit …)."),
    click.option("--assistance", metavar="KIND", help="Only this kind of assistance: legislative, training, study."),
    click.option("--basis", metavar="DECISION", help="Only what rests on this decision, as stated."),
)
role_option = click.option("--role", metavar="ROLE", help="Only partners in this role.", shell_complete=_roles)


class Number(click.FloatRange):
    """A number within bounds; click alone would take "nan", which is within none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number; fails as click does."""
        number = super().convert(value, param, ctx)
        if number != number:
            self.fail(f"{value!r} is no number.", param, ctx)
        return number


def open_graph(data: tuple[str, ...], timeout: float) -> Oscegraph:
    """Open what `--data` names."""
    if not data:
        return Oscegraph.open()
    with working("Reading"):
        return Oscegraph.open(data, timeout)


def open_report(graph: Oscegraph, path: Path | None) -> Any:
    """Open the user's copy of the report, or return None if there is none."""
    if path is None:
        return None
    from oscegraph.evidence import Report

    return Report(path, graph.store)


def finish(answer: output.Answer, format_name: str) -> None:
    """Print an answer and end with exit code 1 if it is empty."""
    output.write(answer, format_name)
    if not answer.found:
        raise click.exceptions.Exit(EXIT_FINDINGS)


@contextlib.contextmanager
def names_given() -> Iterator[None]:
    """Make a name among the options that nothing bears, or several things, an error like any other wrong option."""
    try:
        yield
    except (NameNotFound, NameAmbiguous) as error:
        error.exit_code = EXIT_FAILED
        raise


def check_file(target: Path, what: str, suffixes: Sequence[str]) -> None:
    """Refuse a file of another kind, or without a name before its suffix, before anything is read."""
    if target.name.casefold() in suffixes:
        raise OutputError(f"{target}: the file has no name before its ending. Name it, for example, desk{target.name}.")
    if target.suffix.casefold() not in suffixes:
        raise FilterError(what, target.suffix or target.name, suffixes)


def explain_empty(filters: Filters, found: int, count: Callable[[Filters], int], noun: str) -> list[str]:
    """Say why a list is empty: nothing of the kind is told, or a filter excludes it, and what it would be without."""
    return explain(filters, bool(found), count, count, f"No {noun} fits: the report tells of none.", noun, found)


@contextlib.contextmanager
def working(words: str) -> Iterator[Callable[[str], None]]:
    """Show on a terminal that something longer goes on, and at which step."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status(words) as status:
        yield lambda step: status.update(f"{words}: {step}")
