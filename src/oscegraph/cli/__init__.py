"""The last stage: the command line. Each command parses, calls one function of the library, and prints."""

from __future__ import annotations

import gc
import io
import os
import sys

import click

from oscegraph import __version__
from oscegraph.errors import EXIT_FAILED, EXIT_FINE, OscegraphError

# Objects are made by the ten thousand and live as long as the process does: looking for garbage often costs a tenth.
GARBAGE = (100_000, 50, 50)
# Command -> module; a module is imported only when one of its commands is asked for.
COMMANDS = {
    "ask": "ask",
    "who": "answer",
    "between": "answer",
    "show": "answer",
    "actors": "lists",
    "activities": "lists",
    "tellings": "lists",
    "decisions": "lists",
    "matrix": "matrix",
    "overlaps": "desk",
    "gaps": "gaps",
    "plan": "plan",
    "counts": "plan",
    "profile": "portrait",
    "report": "portrait",
    "network": "networks",
    "rank": "measured",
    "communities": "measured",
    "path": "measured",
    "ties": "measured",
    "robustness": "robust",
    "bundle": "publish",
    "verify": "publish",
    "map": "maps",
    "queries": "queries",
    "query": "queries",
    "coverage": "data",
    "validate": "data",
    "build": "data",
    "export": "data",
    "serve": "serve",
    "mcp": "mcp",
}
_HELP = {
    "ask": "Ask in plain words: who did what with whom, when, where.",
    "who": "With whom did an actor co-operate, and in which roles?",
    "between": "What did two actors do together?",
    "show": "Everything known of an actor, activity, decision, place or theme.",
    "actors": "List actors: units, organizations, states, national bodies.",
    "activities": "List activities, whichever chapters tell of them.",
    "tellings": "List tellings: what a chapter says of an activity.",
    "decisions": "List decisions and other instruments.",
    "matrix": "Structures by themes and kinds of assistance, as in Appendix 2.",
    "overlaps": "Find activities of different units that may duplicate each other.",
    "gaps": "Themes, states and decisions on which the report is silent.",
    "plan": "Look up what was done before you plan an activity.",
    "counts": "The report's numbers beside the graph's, and why they differ.",
    "profile": "A one-page portrait of a unit as HTML.",
    "report": "All of it as one HTML document with plots.",
    "network": "Make a network of co-operation, and export it.",
    "rank": "Rank the actors of a network by measures.",
    "communities": "Find communities, and say how stable they are.",
    "path": "Show how two actors are connected.",
    "ties": "Test which ties are more than chance.",
    "robustness": "Show how far a ranking depends on choices.",
    "bundle": "Write a network analysis that others can rerun.",
    "verify": "Rerun a bundle, and compare.",
    "map": "Draw a network as one offline HTML file.",
    "queries": "List the named SPARQL queries.",
    "query": "Run a named query, a query file, or a query text.",
    "coverage": "Show which lines of chapter II are covered by what.",
    "validate": "Check syntax, shapes and cross-graph rules.",
    "build": "Make an on-disk store of the graph.",
    "export": "Write the graph as Turtle, N-Quads, JSON-LD or CSV.",
    "serve": "Serve the explorer and a SPARQL endpoint on this machine.",
    "mcp": "Offer the graph to an assistant as read-only tools.",
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
        found = importlib.import_module(f"oscegraph.cli.{module}")
        # A command named like something of Python has an underscore behind its name, as PEP 8 has it.
        command = getattr(found, cmd_name, None) or getattr(found, f"{cmd_name}_")
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _HELP[name]) for name in COMMANDS])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        from oscegraph.errors import did_you_mean

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(f'There is no command "{args[0]}".{did_you_mean(args[0], COMMANDS)}', ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  oscegraph who UNODC
  oscegraph between ODIHR "OSR/CTHB"
  oscegraph tellings --on drugs --in Vienna

Exit codes: 0 fine, 1 nothing found or findings, 2 could not run. Not affiliated with the OSCE.""",
)
@click.version_option(__version__, message="oscegraph %(version)s")
def cli() -> None:
    """Who co-operated with whom against organized crime, by the OSCE's report on 2011, with the place of each fact."""


def main() -> None:
    """Run the command line; every error that a user can meet becomes one message and an exit code."""
    out = sys.stdout
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    code: object = 0
    gc.set_threshold(*GARBAGE)
    try:
        code = cli.main(prog_name="oscegraph", standalone_mode=False)
        sys.stdout.flush()
    except SystemExit as error:
        # So click leaves after shell completion, and, with another stdout, when the reader of the pipe went away.
        code = error.code if sys.stdout is out else _unheard()
    except BrokenPipeError:
        code = _unheard()
    except click.ClickException as error:
        error.show()
        code = EXIT_FAILED
    except OscegraphError as error:
        _say(f"Error: {error}" if error.exit_code == EXIT_FAILED else str(error))
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("Stopped.")
        code = 130
    except OSError as error:
        if os.environ.get("OSCEGRAPH_DEBUG"):
            raise
        _say(f"Error: {error.filename or 'the output'}: cannot be read or written ({error.strerror or error}).")
        code = EXIT_FAILED
    except Exception as error:
        if os.environ.get("OSCEGRAPH_DEBUG"):
            raise
        _say(
            f"Error: something went wrong inside oscegraph ({type(error).__name__}: {error}). "
            "Run it again with OSCEGRAPH_DEBUG=1 and report what it prints."
        )
        code = EXIT_FAILED
    # What is left is not looked through for garbage: the process ends, and to free it bit by bit takes a tenth of a second.
    gc.freeze()
    sys.exit(code if isinstance(code, int) else 0)


def _say(message: str) -> None:
    """Print a message for the user, without what could steer the terminal; it may hold words of data or of a server."""
    from oscegraph.output import clean

    for line in message.split("\n"):
        click.echo(clean(line), err=True)


def _unheard() -> int:
    """Go on without output: the reader of the pipe went away; nothing is wrong, and nothing more can be said to it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return EXIT_FINE
