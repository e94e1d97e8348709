"""The command line: help, messages, exit codes, pipes, completion, and what it costs to start."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

from oscegraph import __version__, output, query, start
from oscegraph.cli import COMMANDS, cli, common, main
from oscegraph.errors import OscegraphError
from oscegraph.namespaces import PREFIXES

SMALL = str(Path(__file__).parent / "data" / "small.ttl")
HEAVY = ("rdflib", "networkx", "pyvis", "pyshacl", "rich", "oxrdflib", "jinja2")


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m oscegraph` as a real process."""
    return subprocess.run(
        [sys.executable, "-m", "oscegraph", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )


def message(result: Result) -> str:
    """Return what the user reads of a failure."""
    return f"{result.exception}" if isinstance(result.exception, OscegraphError) else result.stderr


# help


def test_help_names_every_command(run: Callable[..., Result]) -> None:
    """The first help has all commands with a line each, examples, and the exit codes."""
    result = run("--help")
    assert result.exit_code == 0
    assert all(f"\n  {name} " in result.stdout for name in COMMANDS)
    assert "oscegraph who UNODC" in result.stdout and "1 nothing found or findings" in " ".join(result.stdout.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(run: Callable[..., Result], name: str) -> None:
    """`--help` and `-h` say what the command does, its options, and a line to copy; its short help is not cut."""
    result = run(name, "--help")
    assert result.exit_code == 0 and result.stdout == run(name, "-h").stdout
    assert result.stdout.startswith(f"Usage: cli {name} ")
    assert f"\n    oscegraph {name}" in result.stdout, "no example"
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    options = [p for p in command.params if isinstance(p, click.Option)]
    assert all(option.help for option in options)


def test_examples_of_the_help_run(run: Callable[..., Result]) -> None:
    """The examples in the help of the commands that answer give an answer."""
    import shlex

    for name in ("who", "between", "show", "actors", "activities", "tellings", "decisions", "queries", "query"):
        lines = [line.strip() for line in run(name, "--help").stdout.splitlines() if line.startswith("    oscegraph ")]
        for line in lines:
            if "--report" not in line:
                assert run(*shlex.split(line)[1:]).exit_code == 0, line


def test_version(run: Callable[..., Result]) -> None:
    """`--version` says name and version."""
    assert run("--version").stdout == f"oscegraph {__version__}\n"


# messages


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["whoo"], 2, 'There is no command "whoo". Did you mean "who"'),
        (["who"], 2, "Missing argument 'ACTOR'"),
        (["who", "UNODC", "UNODC"], 2, "unexpected extra argument (UNODC)"),
        (["who", "UNODC", "--onn", "drugs"], 2, "No such option '--onn'"),
        (["who", "UNODC", "--format", "xml"], 2, "'table', 'json', 'jsonl', 'csv', 'md'"),
        (["who", "UNODC", "--limit", "-1"], 2, "not in the range"),
        (["who", "UNODC", "--on", "drgs"], 2, 'Did you mean "drugs"? Valid: corruption, cyber, drugs,'),
        (["who", "UNODC", "--on", ""], 2, '"" is no theme. Valid:'),
        (["who", "UNODC", "--in", "Viena"], 1, "Nearest names: Vienna"),
        (["who", "UNODC", "--role", "boss"], 2, '"boss" is no role. Valid: accreditor,'),
        (["who", "UNODC", "--as", "boss"], 2, '"boss" is no role. Valid: accreditor,'),
        (["who", "UNODC", "--partner-type", "states"], 2, 'Did you mean "state"'),
        (["who", "UNODC", "--from", "soon"], 2, '"soon" is no date. Write 2011-06-30'),
        (["who", "UNODC", "--from", "June", "--to", "May"], 2, "Swap --from and --to"),
        (["who", "UNODCC"], 1, "Nearest names: United Nations Office on Drugs and Crime"),
        (["who", "Vienna"], 1, "It is the name of Vienna (place, place:vienna)"),
        (["who", "MoI"], 1, "ask for one of them:\n  "),
        (["who", ""], 1, "`oscegraph actors` lists all names"),
        (["between", "UNODC", "unodc"], 2, "one and the same: United Nations Office on Drugs and Crime"),
        (["between", "UNODC"], 2, "Missing argument 'SECOND'"),
        (["show", "xyzzy"], 1, 'No thing is known as "xyzzy"'),
        (["show", "UNODC", "--format", "xml"], 2, "'json-ld'"),
        (["actors", "--type", "missions"], 2, "Valid: osce-body,"),
        (["actors", "--area", "Narnia"], 1, "No place is known"),
        (["activities", "--kind", "workshops"], 2, 'Did you mean "workshop"'),
        (["activities", "--assistance", "money"], 2, "Valid: legislative, study, training"),
        (["activities", "--basis", "MC.DEC/5/66"], 1, "Nearest names: MC.DEC/"),
        (["activities", "--actor", "nobody at all"], 1, "No actor is known"),
        (["tellings", "--chapter", "II.9"], 1, "No chapter is known"),
        (["decisions", "--body", "Nobody"], 1, "No actor is known"),
        (["decisions", "--on", "peace"], 2, "is no theme"),
        (["query"], 2, "Name a query or a file"),
        (["query", "actor_names", "-e", "ASK {}"], 2, "Name a query or a file"),
        (["query", "actor_name", "-p", "actor=UNODC"], 2, 'Did you mean "actor_names"'),
        (["query", "actor_names"], 2, "needs the parameter actor"),
        (["query", "actor_names", "-p", "actor"], 2, '"-p actor" is not name=value'),
        (["query", "actor_names", "-p", "actr=UNODC"], 2, 'Did you mean "actor"'),
        (["query", "actor_names", "-p", "actor=UNODCC"], 1, "Nearest names: United Nations Office on Drugs and Crime"),
        (["query", "role_ranking", "-p", "role=funders"], 2, 'Did you mean "funder"'),
        (["query", "activity_series", "-p", "minimum=many"], 2, '"many" is no whole number'),
        (["query", "no/such/file.rq"], 2, "no/such/file.rq: the query cannot be read"),
        (["query", "-e", "SELECT"], 2, "no SPARQL"),
        (["query", "-e", "DELETE WHERE { ?s ?p ?o }"], 2, "no SPARQL"),
        (["query", "-e", "SELECT * {}", "--format", "turtle"], 2, "rows, not triples; use --format table or json"),
        (["query", "-e", "ASK {}", "--format", "json-ld"], 2, "rows, not triples"),
        (
            ["query", "-e", "CONSTRUCT WHERE { ?s a ?o }", "--format", "csv"],
            2,
            "triples, not rows; use --format table or turtle",
        ),
        (["who", "UNODC", "--data", "no/such/file.ttl"], 2, "no/such/file.ttl: there is no such file"),
        (["who", "UNODC", "--report", "no/such/report.txt"], 2, "no/such/report.txt: the report cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said(run: Callable[..., Result], arguments: list[str], code: int, said: str) -> None:
    """Each wrong word gets its exit code and a message with the valid values or the nearest names."""
    result = run(*arguments)
    assert result.exit_code == code
    assert said in message(result)
    assert isinstance(result.exception, (OscegraphError, SystemExit))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["whoo"], 2, 'Error: There is no command "whoo". Did you mean "who"?'),
        (["who", "UNODC", "--format", "xml"], 2, "Error: Invalid value for '--format'"),
        (["who", "UNODC", "--on", "drgs"], 2, 'Error: "drgs" is no theme.'),
        (["who", "UNODCC"], 1, 'No actor is known as "UNODCC". Nearest names:'),
        (["who", "the Office"], 1, '"the Office" may mean any of these; ask for one of them:\n  '),
        (["query", "nope"], 2, 'Error: there is no query "nope".'),
    ],
)
def test_messages_of_a_real_process(arguments: list[str], code: int, said: str) -> None:
    """As a process it prints one message to standard error, nothing to standard output, and no traceback."""
    result = process(*arguments)
    assert (result.returncode, result.stdout) == (code, "")
    assert said in result.stderr and "Traceback" not in result.stderr and "\x1b" not in result.stderr


def test_no_command_shows_the_help() -> None:
    """Without a command the help is printed, and the exit code says that nothing was done."""
    result = process()
    assert result.returncode == 2 and "Commands:" in result.stdout + result.stderr


def test_messages_steer_no_terminal() -> None:
    """Control characters in an argument come back as blanks, and bytes that are no text do not break the message."""
    result = process("who", "a\x1b[31mb\x07")
    assert result.returncode == 1 and "\x1b" not in result.stderr and "a [31mb" in result.stderr
    raw = subprocess.run([sys.executable, "-m", "oscegraph", "who", b"\xff\xfe"], capture_output=True, check=False)
    assert raw.returncode == 1 and b"Traceback" not in raw.stderr


def test_errors_inside_have_a_message(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A fault of the program itself is one message with exit code 2; with OSCEGRAPH_DEBUG it is raised."""

    def broken(data: object, timeout: object) -> None:
        raise ZeroDivisionError("deep inside")

    monkeypatch.setattr(common, "open_graph", broken)
    monkeypatch.setattr(sys, "argv", ["oscegraph", "actors"])
    monkeypatch.delenv("OSCEGRAPH_DEBUG", raising=False)
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert "something went wrong inside oscegraph (ZeroDivisionError: deep inside)" in capsys.readouterr().err
    monkeypatch.setenv("OSCEGRAPH_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main()


def test_interrupt_is_one_word(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C ends with exit code 130 and no traceback."""

    def interrupted(data: object, timeout: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(common, "open_graph", interrupted)
    monkeypatch.setattr(sys, "argv", ["oscegraph", "actors"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 130 and capsys.readouterr().err.strip() == "Stopped."


def test_interrupt_of_a_real_process() -> None:
    """A signal in the middle of the work has the same end."""
    program = (
        "import os, signal, sys\n"
        "from oscegraph.cli import common, main\n"
        # A process that was started in the background ignores the signal.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "common.open_graph = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.argv = ['oscegraph', 'actors']\n"
        "main()\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr.strip()) == (130, "", "Stopped.")


# answers


def test_empty_answers_have_exit_code_1(run: Callable[..., Result]) -> None:
    """Nothing found is an answer with exit code 1, in each format, and says why."""
    for arguments, said in (
        (["who", "Idle Company"], "The report tells of no co-operation of Idle Company with anybody."),
        (["who", "UOS", "--on", "cyber"], "the report is not silent"),
        (["between", "UOS", "Xland"], "The report names no activity that"),
        (["activities", "--on", "forensics"], "The filters leave no activity"),
        (["activities", "--on", "forensics"], "without any filter: 6 activities"),
        (["tellings", "--chapter", "A.2", "--on", "cyber"], "The filters leave no telling"),
        (["actors", "nobody"], "No actor fits. Without filters there are"),
        (["decisions", "--on", "thb"], "No instrument fits. Without filters there are 1."),
        (["decisions", "--on", "thb"], "--all adds them"),
        (["query", "-e", "SELECT ?x { ?x a osg:Treaty }"], "No row: the graph holds nothing that fits this query."),
        (["query", "actor_names", "-p", "actor=body:none"], "body:none does not occur in the graph."),
        (["query", "-e", "CONSTRUCT WHERE { ?x a osg:Treaty }"], "No triple: the graph holds nothing"),
        (["query", "-e", "ASK { ?x a osg:Treaty }"], "no"),
    ):
        result = run(*arguments, "--data", SMALL)
        assert result.exit_code == 1 and said in result.output, arguments
    for format_name in ("json", "jsonl", "csv", "md"):
        result = run("who", "Idle Company", "--format", format_name, "--data", SMALL)
        assert result.exit_code == 1 and "tells of no co-operation" in result.output
    result = run("queries", "nonsense")
    assert result.exit_code == 1 and "No query fits" in result.output


def test_an_empty_list_of_an_actor_without_filters_says_so(run: Callable[..., Result]) -> None:
    """An actor with no activity at all: the report tells of none."""
    result = run("activities", "--actor", "Idle Company", "--data", SMALL)
    assert result.exit_code == 1 and "No activity fits: the report tells of none." in result.stdout


def test_options_reach_the_answer(run: Callable[..., Result]) -> None:
    """Each filter of the command line narrows the answer as it should."""

    def found(*arguments: str) -> set[str]:
        items = json.loads(run(*arguments, "--data", SMALL, "--format", "json").stdout)
        items = items["partners"] if isinstance(items, dict) and "partners" in items else items
        return {item["id"].rsplit("/", 1)[1] for item in items}

    assert found("who", "OOE", "--as", "attendee") == {"mission-dep"}
    assert found("who", "body:mission", "--role", "funder", "--partner-type", "state") == {"xla"}
    assert found("who", "OOE", "--unit-only", "--on", "thb", "--in", "Xtown") == {"mission", "unit", "ngo"}
    assert found("activities", "--kind", "grp-visit") == {"month"}
    assert found("activities", "--basis", "MC.DEC/1/01") == {"twice"}
    assert found("activities", "--actor", "body:mission", "--role", "speaker") == {"twice"}
    assert found("activities", "--role", "funder") == {"days"}
    assert found("activities", "--from", "June", "--to", "June", "--possible") == {
        "twice",
        "month",
        "days",
        "months",
        "year",
    }
    assert found("activities", "--assistance", "training", "--in", "Southern Region") == {"twice", "month"}
    assert found("tellings", "--chapter", "A.2") == {"A.2-L100"}
    assert found("tellings", "--actor", "OOE", "--on", "drugs") == {"A.1-L1", "A.1-L10"}
    assert found("actors", "--type", "osce-unit", "--named") == {"mission", "unit"}
    assert found("actors", "--area", "Xland", "mission") == {"mission"}
    assert found("decisions", "--all") == found("decisions") == {"one"}


def test_limit(run: Callable[..., Result]) -> None:
    """`--limit` shows the first partners and says how many are left; the title still counts all."""
    result = run("who", "OOE", "--limit", "2", "--data", SMALL)
    assert "Organization of Everybody: 6 partners in 6 shared activities" in result.stdout
    assert result.stdout.endswith("4 more partners; --limit 0 shows all.\n")
    assert len(json.loads(run("who", "OOE", "--limit", "2", "--format", "json", "--data", SMALL).stdout)["partners"]) == 2
    assert "more partners" not in run("who", "OOE", "--limit", "6", "--data", SMALL).stdout


def test_chapter_takes_whole_parts(run: Callable[..., Result]) -> None:
    """A part of the report has the tellings of all its chapters."""
    whole = json.loads(run("tellings", "--chapter", "II", "--format", "json").stdout)
    assert len(whole) == len(json.loads(run("tellings", "--format", "json").stdout))
    parts = [json.loads(run("tellings", "--chapter", part, "--format", "json").stdout) for part in ("II.1", "II.2", "II.3")]
    assert sum(map(len, parts)) == len(whole)


def test_query_sources(run: Callable[..., Result], tmp_path: Path) -> None:
    """A query may be a name, a file, or a text whose prefixes are filled in; its names may be those of users."""
    path = tmp_path / "own.rq"
    path.write_text("#+ param: who iri required -- somebody\nSELECT ?who { VALUES ?who { UNDEF } }", encoding="utf-8")
    assert "body:org" in run("query", str(path), "-p", "who=Organization of Everybody", "--data", SMALL).stdout
    result = run("query", "-e", "SELECT ?who { ?a osg:funder ?who } ORDER BY ?who", "--data", SMALL)
    assert result.stdout.split() == ["who", "area:xla", "body:org"]
    own = "PREFIX osg: <https://w3id.org/oscegraph/ontology#> ASK { ?a osg:funder ?who }"
    assert run("query", "-e", own, "--data", SMALL).stdout == "yes\n"
    both = run(
        "query", "-e", "#+ param: x iri\nSELECT ?x { VALUES ?x { UNDEF } }", "-p", "x=UOS", "-p", "x=OOE", "--data", SMALL
    )
    assert both.stdout.split() == ["x", "body:unit", "body:org"]


def test_query_values_by_slug_and_name(run: Callable[..., Result]) -> None:
    """Themes, roles and kinds as values may be slugs or names, as in the filters of other commands."""
    by_slug, by_name, by_iri = (
        run("query", "theme_activities", "-p", f"theme={value}").stdout
        for value in ("travel-docs", "Travel Docs", "theme:travel-docs")
    )
    assert by_slug == by_name == by_iri != ""
    assert run("query", "actor_names", "-p", "actor=OSCE Office in Baku").exit_code == 0


def test_query_shows_what_would_be_sent(run: Callable[..., Result]) -> None:
    """`--sparql` prints the query with its values, which is a query itself."""
    sent = run("query", "actor_names", "-p", "actor=UNODC", "--sparql").stdout
    assert "VALUES ?actor { <https://w3id.org/oscegraph/id/body/unodc> }" in sent
    assert run("query", "-e", sent).stdout == run("query", "actor_names", "-p", "actor=UNODC").stdout


def test_query_values_are_never_pasted(run: Callable[..., Result]) -> None:
    """A value that would end the query is only a text."""
    evil = 'date" } } DROP ALL # '
    sent = run("query", "activity_gaps", "-p", f"missing={evil}", "--sparql").stdout
    assert '{ "date\\" } } DROP ALL # " }' in sent
    assert run("query", "activity_gaps", "-p", f"missing={evil}").exit_code == 1


def test_queries_lists_all_and_finds_words(run: Callable[..., Result]) -> None:
    """The list has every named query with its parameters; words narrow it."""
    found = json.loads(run("queries", "--format", "json").stdout)
    assert [item["name"] for item in found] == [q.name for q in query.catalogue()]
    few = json.loads(run("queries", "funder", "role", "--format", "json").stdout)
    assert few and len(few) < len(found)
    assert all(set(item) == {"name", "topic", "question", "parameters"} for item in found)


# pipes, completion, start


@pytest.mark.parametrize(
    "arguments", [["tellings"], ["tellings", "--format", "json"], ["who", "UNODC", "--limit", "1"], ["--help"], ["queries"]]
)
def test_a_reader_that_goes_away_is_no_error(arguments: list[str]) -> None:
    """`oscegraph tellings | head -1` is silent and fine, whether much or little is written."""
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run(
        [sys.executable, "-m", "oscegraph", *arguments], stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (result.returncode, result.stderr) == (0, b"")


def test_a_reader_that_goes_away_after_a_line() -> None:
    """The first line is read; the rest is nobody's."""
    child = subprocess.Popen(
        [sys.executable, "-m", "oscegraph", "tellings", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdout is not None and child.stderr is not None
    assert child.stdout.readline() == b"[\n"
    child.stdout.close()
    with child.stderr:
        assert (child.stderr.read(), child.wait()) == (b"", 0)


def test_a_stream_that_knows_only_ascii() -> None:
    """On a system without Unicode letters are escaped, JSON stays JSON, and nothing breaks."""
    plain = process("show", "area:tur", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert plain.returncode == 0 and "T\\xfcrkiye" in plain.stdout
    objects = process("show", "area:tur", "--format", "json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert json.loads(objects.stdout)["label"] == "Türkiye"


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """When standard output cannot be written there is a message and not a traceback."""

    def full(answer: object, format_name: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(output, "write", full)
    monkeypatch.setattr(sys, "argv", ["oscegraph", "queries"])
    monkeypatch.delenv("OSCEGRAPH_DEBUG", raising=False)
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert capsys.readouterr().err == "Error: the output: cannot be read or written (No space left on device).\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell: str) -> None:
    """The script for the shell is printed."""
    result = process(_OSCEGRAPH_COMPLETE=f"{shell}_source")
    assert result.returncode == 0 and "_OSCEGRAPH_COMPLETE" in result.stdout and result.stderr == ""


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("oscegraph w", "who"),
        ("oscegraph who UNO", "UNODC"),
        ("oscegraph who osce office in b", "OSCE Office in Baku"),
        ("oscegraph between SPMU osr", "OSR/CTHB"),
        ("oscegraph who UNODC --on tr", "travel-docs"),
        ("oscegraph who UNODC --role fu", "funder"),
        ("oscegraph who UNODC --format js", "jsonl"),
        ("oscegraph who UNODC --ev", "--evidence"),
    ],
)
def test_completion(typed: str, offered: str) -> None:
    """Commands, options, actors, themes and roles are completed; spaces in a name do not matter."""
    from click.shell_completion import ShellComplete

    words = typed.split(" ")
    start = 2 if words[1] in ("who", "between") else 1
    arguments, incomplete = words[1:-1], words[-1]
    if "osce" in words:
        arguments, incomplete = words[1:start], " ".join(words[start:])
    completed = ShellComplete(cli, {}, "oscegraph", "_OSCEGRAPH_COMPLETE").get_completions(arguments, incomplete)
    assert offered in [item.value for item in completed]


def test_completion_never_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph that cannot be opened means no completions, not a traceback in the prompt."""
    from click.shell_completion import ShellComplete

    def broken() -> None:
        raise OSError

    monkeypatch.setattr(common.Oscegraph, "open", broken)
    for arguments in (["who"], ["who", "UNODC", "--on"]):
        assert ShellComplete(cli, {}, "oscegraph", "_X").get_completions(arguments, "a") == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["who", "UNODC", "--format", "json"],
        ["who", "UNODC", "--evidence"],
        ["between", "SPMU", "ATU"],
        ["show", "UNODC"],
        ["tellings", "--format", "csv"],
        ["query", "actor_names", "-p", "actor=UNODC"],
        ["--help"],
    ],
)
def test_nothing_heavy_is_imported_for_an_answer(arguments: list[str]) -> None:
    """An answer into a pipe needs no RDF, graph, drawing or validation library."""
    program = (
        "import sys\n"
        "from oscegraph.cli import main\n"
        f"sys.argv = ['oscegraph', *{arguments!r}]\n"
        "try:\n    main()\n"
        "except SystemExit:\n"
        f"    print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=False)
    assert result.stdout and result.stderr == "[]\n"


def test_import_times_name_nothing_heavy() -> None:
    """The same by Python's own list of imports."""
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "oscegraph", "who", "UNODC", "--format", "json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    imported = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in result.stderr.splitlines() if "|" in line}
    assert "pyoxigraph" in imported and not imported & set(HEAVY)


def test_the_script_is_installed() -> None:
    """The command `oscegraph` begins where the package says."""
    from importlib.metadata import entry_points

    (script,) = [point for point in entry_points(group="console_scripts") if point.name == "oscegraph"]
    assert script.load() is start.main


# the same question, one's own data, every format


OWN = (
    "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    + """
@prefix ex: <https://example.org/> .
sec:II a osg:Section ; skos:notation "II" ; skos:prefLabel "Activities"@en ; osg:firstLine 1 ; osg:lastLine 4 .
sec:II.9 a osg:Section ; skos:notation "II.9" ; skos:prefLabel "League chapter"@en ; osg:firstLine 2 ; osg:lastLine 4 ;
    dcterms:isPartOf sec:II ; osg:describes ex:league .
ex:land a osg:State ; skos:prefLabel "Invented Land"@en ; osg:iso2 "XA" ; osg:iso3 "XAA" ; osg:m49 "998" .
ex:league a osg:InternationalOrganization ; skos:prefLabel "League of Invented Rivers"@en ; osg:acronym "LIR" .
ex:ministry a osg:PublicBody ; skos:prefLabel "Ministry of Invented Affairs"@en ; osg:jurisdiction ex:land .
ex:act a osg:Activity ; skos:prefLabel "Workshop on invented cargo"@en .
ex:told a osg:Telling ; osg:tells ex:act ; osg:inSection sec:II.9 ; osg:firstLine 3 ; osg:lastLine 4 ;
    osg:anchor "workshop was held" ; dcterms:title "Workshop on cargo"@en ;
    osg:statedKind kind:workshop ; osg:statedAssistance assistance:training ; osg:statedTheme theme:drugs ;
    osg:statedDate "2015-05-06"^^edtf:EDTF ; osg:statedCountry ex:land ; skos:editorialNote "of another year"@en ;
    osg:participation ex:told.organizer , ex:told.attendee .
ex:told.organizer a osg:Participation ; osg:role role:organizer ; osg:actor ex:league .
ex:told.attendee a osg:Participation ; osg:role role:attendee ; osg:actor ex:ministry ; osg:personCount 12 .
"""
)
OWN_REPORT = "Activities of 2015\nThe League\n\nA workshop was held for twelve officials.\n"


@pytest.fixture
def own(tmp_path: Path) -> str:
    """A Turtle file of one's own, of another year."""
    path = tmp_path / "own.ttl"
    path.write_text(OWN, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "line",
    [
        "actors",
        "activities",
        "tellings",
        "decisions --all",
        "queries",
        "who SPMU --evidence",
        "between SPMU UNODC",
        "show UNODC --format turtle",
        "export --format csv",
        "matrix --by where --format json",
        "overlaps --format json",
        "gaps --format json",
        "counts --format json",
        "plan 'Seminar in Yerevan on anti-corruption and asset recovery for judges' --format json",
        "ask 'Who worked with ODIHR?' --format json",
        "ask 'Which activities were held in Vienna in June?' --format json",
    ],
)
def test_same_question_same_bytes(line: str) -> None:
    """Two runs, with Python's sets in another order, give the same bytes."""
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "oscegraph", *shlex.split(line)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        for seed in ("1", "2")
    ]
    first, second = (child.communicate()[0] for child in children)
    assert [child.returncode for child in children] == [0, 0]
    assert first == second and len(first) > 500


def test_own_data_answer_who(own: str) -> None:
    """`--data` with a file of another year: its facts are derived, its names and the packaged themes filter."""
    filters = ["--on", "drugs", "--in", "Invented Land", "--from", "2015-05", "--to", "2015-05-06"]
    result = process("who", "LIR", "--data", own, *filters, "--format", "json")
    assert (result.returncode, result.stderr) == (0, "")
    (partner,) = json.loads(result.stdout)["partners"]
    assert (partner["label"], partner["shared"], partner["roles"]) == ("Ministry of Invented Affairs", 1, {"attendee": 1})
    assert (partner["first"], partner["last"]) == ("2015-05-06", "2015-05-06")


def test_own_data_are_all_there_is(run: Callable[..., Result], own: str) -> None:
    """With `--data` nothing of the packaged report is asked."""
    (telling,) = json.loads(run("tellings", "--data", own, "--format", "json").stdout)
    assert (telling["chapter"], telling["lines"], telling["kind"]) == ("II.9", [3, 4], "workshop")
    assert (telling["themes"], telling["country"], telling["start"]) == (["drugs"], "Invented Land", "2015-05-06")
    assert [(p["role"], p["label"], p["people"]) for p in telling["participations"]] == [
        ("organizer", "League of Invented Rivers", None),
        ("attendee", "Ministry of Invented Affairs", 12),
    ]
    actors = json.loads(run("actors", "--data", own, "--format", "json").stdout)
    assert {"id", "label", "aliases", "type", "area"} <= set(actors[0])
    assert {(actor["label"], actor["type"], actor["area"]) for actor in actors} == {
        ("Invented Land", "state", "Invented Land"),
        ("League of Invented Rivers", "organization", None),
        ("Ministry of Invented Affairs", "national-body", "Invented Land"),
    }
    assert run("who", "UNODC", "--data", own).exit_code == 1


@pytest.mark.parametrize("format_name", ["table", "json", "jsonl", "csv", "md"])
def test_coverage_in_every_format(run: Callable[..., Result], own: str, tmp_path: Path, format_name: str) -> None:
    """Coverage of one's own text in each format; a line that nothing covers is a finding, exit code 1."""
    path = tmp_path / "report.txt"
    path.write_text(OWN_REPORT, encoding="utf-8")
    result = run("coverage", "--data", own, "--report", str(path), "--format", format_name)
    assert result.exit_code == 1
    if format_name in ("json", "jsonl"):
        data = json.loads(result.stdout)
        assert (data["lines"], data["by_cover"]) == (3, {"telling": 1})
        assert [item["line"] for item in data["uncovered"]] == [1, 2]
    elif format_name == "csv":
        assert list(csv.reader(io.StringIO(result.stdout))) == [["covered by", "lines"], ["telling", "1"]]
    else:
        assert "3 non-blank lines, 2 not covered" in result.stdout and "The League" in result.stdout


@pytest.mark.parametrize("noun", ["tellings", "activities"])
def test_numbers_without_filters_are_true(run: Callable[..., Result], noun: str) -> None:
    """An empty list says how many there are without each filter and without all: these lists are as long as that."""
    result = run(noun, "--on", "cyber", "--in", "Baku")
    assert result.exit_code == 1
    numbers = [int(number) for number in re.findall(rf": (\d+) {noun}$", result.stdout, re.MULTILINE)]
    lists = [["--in", "Baku"], ["--on", "cyber"], []]
    assert numbers == [len(json.loads(run(noun, *filters, "--format", "json").stdout)) for filters in lists]


@pytest.mark.parametrize(("format_name", "expected"), [("json", "[]\n"), ("jsonl", "")])
def test_empty_list_for_programs(format_name: str, expected: str) -> None:
    """A program gets an empty list, and the reason stands on standard error."""
    result = process("tellings", "--on", "cyber", "--in", "Baku", "--format", format_name)
    assert (result.returncode, result.stdout) == (1, expected)
    assert "without any filter: " in result.stderr


def test_argument_that_is_no_unicode() -> None:
    """Bytes that are no UTF-8 in an argument end in a message as well."""
    line = [os.fsencode(sys.executable), b"-m", b"oscegraph", b"show", b"Ni\xff"]
    result = subprocess.run(line, capture_output=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith(b"No thing is known as") and b"Traceback" not in result.stderr


def test_printed_query_runs_as_it_is(run: Callable[..., Result], tmp_path: Path) -> None:
    """What --sparql prints is a whole query: as a file and as a text it gives the same rows, and asks for no parameter."""
    path = tmp_path / "printed.rq"
    arguments = ["query", "actor_partners", "-p", "actor=UNODC"]
    printed = run(*arguments, "--sparql").stdout
    path.write_text(printed, encoding="utf-8")
    rows = run(*arguments, "--format", "json").stdout
    assert json.loads(rows)
    assert run("query", str(path), "--format", "json").stdout == rows
    assert run("query", "-e", printed, "--format", "json").stdout == rows


def test_short_names_with_dots_are_understood(run: Callable[..., Result], tmp_path: Path) -> None:
    """A telling's short name works in a query text and in a file, though pyoxigraph's parser refuses it; strings stay."""
    text = 'SELECT ?title ("tell:II.1.1-L329" AS ?x) { tell:II.1.1-L329 dcterms:title ?title } # tell:II.1.1-L329'
    (tmp_path / "mine.rq").write_text(text, encoding="utf-8")
    for source in (["-e", text], [str(tmp_path / "mine.rq")]):
        result = run("query", *source, "--format", "json")
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout)[0]["x"] == "tell:II.1.1-L329"
