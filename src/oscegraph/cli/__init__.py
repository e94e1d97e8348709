"""The last stage: the command line. Each command parses, calls one function of the library, and prints."""

from __future__ import annotations

import os
import sys

import click

from oscegraph import __version__
from oscegraph.errors import EXIT_FAILED, OscegraphError

# Command -> module; a module is imported only when one of its commands is asked for.
COMMANDS = {
    "who": "answer",
    "between": "answer",
    "show": "answer",
    "actors": "lists",
    "activities": "lists",
    "tellings": "lists",
    "decisions": "lists",
    "queries": "queries",
    "query": "queries",
    "coverage": "data",
    "validate": "data",
    "build": "data",
    "export": "data",
}
_HELP = {
    "who": "With whom did an actor co-operate, and in which roles?",
    "between": "What did two actors do together?",
    "show": "Everything known of an actor, activity, decision, place or theme.",
    "actors": "List actors: units, organizations, states, national bodies.",
    "activities": "List activities, whichever chapters tell of them.",
    "tellings": "List tellings: what a chapter says of an activity.",
    "decisions": "List decisions and other instruments.",
    "queries": "List the named SPARQL queries.",
    "query": "Run a named query, a query file, or a query text.",
    "coverage": "Show which lines of chapter II are covered by what.",
    "validate": "Check syntax, shapes and cross-graph rules.",
    "build": "Make an on-disk store of the graph.",
    "export": "Write the graph as Turtle, N-Quads, JSON-LD or CSV.",
}


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are used, so that the command line starts in a blink."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        import importlib

        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command = getattr(importlib.import_module(f"oscegraph.cli.{module}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _HELP[name]) for name in COMMANDS])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from oscegraph.errors import did_you_mean

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(f'There is no command "{args[0]}".{did_you_mean(args[0], COMMANDS)}', ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 fine, 1 nothing found or findings, 2 could not run. Not affiliated with the OSCE.",
)
@click.version_option(__version__, message="oscegraph %(version)s")
def cli() -> None:
    """Who co-operated with whom against organized crime, by the OSCE's report on 2011, with the place of each fact.

    \b
    oscegraph who UNODC
    oscegraph between ODIHR "OSR/CTHB"
    oscegraph tellings --on drugs --in Vienna
    """


def main() -> None:
    """Run the command line; every error that a user can meet becomes one message and an exit code."""
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = EXIT_FAILED
    except OscegraphError as error:
        click.echo(f"Error: {error}" if error.exit_code == EXIT_FAILED else str(error), err=True)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        code = 130
    except BrokenPipeError:
        # The reader of the pipe went away; nothing is wrong, and nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        if os.environ.get("OSCEGRAPH_DEBUG"):
            raise
        click.echo(
            f"Error: something went wrong inside oscegraph ({type(error).__name__}: {error}). "
            "Run it again with OSCEGRAPH_DEBUG=1 and report what it prints.",
            err=True,
        )
        code = EXIT_FAILED
    sys.exit(code if isinstance(code, int) else 0)
