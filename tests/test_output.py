"""Answers on terminals, in pipes and in files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from oscegraph.export import FORMATS as FORMATS_OF_GRAPHS
from oscegraph.output import FORMATS, Answer, Heading, Lines, Quote, Table, clean, text, to_csv, to_json, write

SMALL = str(Path(__file__).parent / "data" / "small.ttl")
EVIL = "a\x1b[31mred\x9b2J\x07\x00\u202eb\nc\td\r"
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
COMMANDS: dict[str, list[str]] = {
    "who": ["who", "OOE", "--data", SMALL],
    "between": ["between", "UOS", "OOE", "--data", SMALL],
    "show": ["show", "UOS", "--data", SMALL],
    "actors": ["actors", "--data", SMALL],
    "activities": ["activities", "--data", SMALL],
    "tellings": ["tellings", "--data", SMALL],
    "decisions": ["decisions", "--data", SMALL],
    "queries": ["queries", "actor"],
    "query": ["query", "actor_names", "-p", "actor=UOS", "--data", SMALL],
}


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def written(answer: Answer, format_name: str = "table", out: io.StringIO | None = None) -> str:
    """Return what is written of an answer."""
    stream = out or io.StringIO()
    write(answer, format_name, stream)
    return stream.getvalue()


def table(*rows: list[Any]) -> Answer:
    """Return an answer of one table with the columns a and b, b of numbers."""
    found = Table(["a", "b"], rows, ["b"])
    return Answer([Heading("Title", 1), found], [dict(zip("ab", row, strict=True)) for row in rows], table=found)


def test_text() -> None:
    """Nothing is shown for None, and lists are joined."""
    assert (text(None), text(["a", None, 2]), text(0), text(())) == ("", "a, , 2", "0", "")


@given(st.text())
def test_clean_leaves_nothing_that_steers(value: str) -> None:
    """Whatever is not printable becomes a blank; the rest stays, so that nothing shifts."""
    assert len(clean(value)) == len(value) and clean(value).isprintable()
    assert clean(clean(value)) == clean(value)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_means_the_same_and_steers_nothing(value: str) -> None:
    """JSON keeps every character, those that could steer a terminal as escapes."""
    for made in (to_json([value]), to_json([value], 2), to_json([value], None, True)):
        assert json.loads(made) == [value] and not STEERING.search(made)


def test_json_keeps_letters() -> None:
    """Letters of all languages are written as they are, unless the stream knows only ASCII."""
    assert to_json("Niš 🕊") == '"Niš 🕊"'
    assert to_json("Niš 🕊", None, True) == '"Ni\\u0161 \\ud83d\\udd4a"'


def test_json_on_a_stream_without_unicode() -> None:
    """On a stream of another encoding JSON stays JSON."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="latin-1")
    write(Answer(data={"a": "Niš"}), "json", out)
    out.flush()
    assert json.loads(raw.getvalue().decode("latin-1")) == {"a": "Niš"}


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2)))
def test_csv_can_be_read_back(rows: list[list[str]]) -> None:
    """Whatever is in the cells comes back out of the CSV."""
    assert list(csv.reader(io.StringIO(to_csv(Table(["a", "b"], rows)), newline=""))) == [["a", "b"], *rows]


def test_csv_lines_end_plainly() -> None:
    """Lines end with a line feed on each system, and numbers and lists are texts."""
    assert to_csv(Table(["a", "b"], [[1, ["x", "y"]], [None, 'q"']])) == 'a,b\n1,"x, y"\n,"q"""\n'


def test_csv_without_a_table_has_the_first_block() -> None:
    """An answer without a table of its own gives the first one that it shows, or an empty header."""
    assert written(Answer([Heading("x"), Table(["c"], [["1"]])]), "csv") == "c\n1\n"
    assert written(Answer([Heading("x")]), "csv") == "\n"


def test_plain_table_is_aligned_and_never_cut() -> None:
    """Columns are as wide as they need, numbers to the right, no blanks at the end of lines."""
    long = "x" * 500
    lines = written(table(["short", 5], [long, 12])).splitlines()
    assert lines[:2] == ["Title", ""]
    assert lines[2] == "a" + " " * 501 + " b" and lines[4] == f"{long}  12" and lines[3].endswith("   5")
    assert all(line == line.rstrip() for line in lines)


def test_plain_blocks() -> None:
    """Headings, lines, quotes and remarks stand apart; a quote belongs to the line above it."""
    answer = Answer([Heading("H"), Lines(["one", "  two"]), Quote("said\nso")], notes=["remark"])
    assert written(answer) == "H\n\none\n  two\n    | said\n    | so\n\nremark\n"


def test_markdown() -> None:
    """Headings by level, lists with an indent, quotes, and pipe tables with aligned numbers."""
    answer = Answer([Heading("H", 1), Lines(["one", "  two"]), Quote("said\nso"), Table(["a", "b"], [["x", 1]], ["b"])])
    assert written(answer, "md") == "# H\n\n- one\n  - two\n\n> said\n> so\n\n| a | b |\n| --- | ---: |\n| x | 1 |\n"


@pytest.mark.parametrize("cell", ["a|b", "a\\|b", "|", "\\", "a\\", "x\ny|z", "||\\\\||"])
def test_markdown_cells_stay_in_their_column(cell: str) -> None:
    """A pipe, a backslash before a pipe, or a newline in a cell does not make another cell or line."""
    line = written(table([cell, 1]), "md").splitlines()[-1]
    cells = re.findall(r"((?:\\.|[^|\\])*)\|", line.removeprefix("|"))
    assert len(cells) == 2 and cells[1] == " 1 "
    assert re.sub(r"\\(.)", r"\1", cells[0]).strip() == cell.replace("\n", " ").strip()


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("kind", [io.StringIO, Terminal])
def test_control_characters_of_data_reach_no_terminal(
    format_name: str, kind: type[io.StringIO], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Titles, lines, quotes, columns, cells and remarks cannot steer the terminal; CSV in a file keeps its data."""
    monkeypatch.setenv("TERM", "xterm")
    found = Table([EVIL, "b"], [[EVIL, EVIL]], ["b"])
    answer = Answer([Heading(EVIL), Lines([EVIL]), Quote(EVIL), found], {"x": EVIL}, [EVIL], found, [EVIL])
    made = written(answer, format_name, kind())
    said = capsys.readouterr()
    assert not STEERING.search(said.out + said.err)
    if kind is Terminal and format_name == "table":
        made = re.sub(r"\x1b\[[0-9;]*m", "", made)
        assert "[31mred" in made
    if format_name != "csv" or kind is Terminal:
        assert not STEERING.search(made)
    if format_name in ("json", "jsonl"):
        assert EVIL in str(json.loads(made)) or EVIL in json.loads(made).values()


def test_markup_and_emoji_codes_are_only_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words in brackets, a trailing backslash and :names: are data, not commands to the library that draws."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    word = "[red]x[/red] :smile: [/] \\"
    made = written(Answer([Heading(word), Lines([word]), Quote(word), Table([word], [[word]])]), "table", Terminal())
    assert made.count(word) == 5


@pytest.mark.parametrize("columns", ["1", "2", "5", "10", "39", "80", "300"])
def test_any_width_of_terminal(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However narrow the window, an answer is drawn, and no line is wider than it."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", columns)
    wide = Table([f"column {number}" for number in range(8)], [["a long cell of words"] * 8] * 3)
    made = written(Answer([Heading("A heading"), Lines(["one line of words"]), wide, Quote("words")]), "table", Terminal())
    bare = re.sub(r"\x1b\[[0-9;]*m", "", made)
    assert made and (int(columns) < 39 or max(map(len, bare.splitlines())) <= int(columns))
    assert "".join(bare.split()).startswith("Aheading")


def test_terminal_has_bold_and_pipe_has_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal gets styles; a pipe and a dumb terminal plain text."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[1m" in written(table(["x", 1]), "table", Terminal())
    assert "\x1b" not in written(table(["x", 1]))
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in written(table(["x", 1]), "table", Terminal())


def test_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR set no colour is written, to a terminal neither."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1")
    made = written(Answer([Heading("H"), Lines(["x"]), Quote("q"), Table(["a"], [["b"]])]), "table", Terminal())
    codes = {code for found in re.findall(r"\x1b\[([0-9;]*)m", made) for code in found.split(";")}
    assert codes <= {"", "0", "1", "2", "22"}


def test_remarks_go_where_they_disturb_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """In tables and Markdown remarks are part of the answer; beside JSON lines and CSV they go to standard error."""
    answer = Answer([Heading("H")], [1], [1], Table(["a"], []), ["remark"])
    assert written(answer, "table").endswith("\nremark\n") and written(answer, "md").endswith("\n- remark\n")
    assert capsys.readouterr().err == ""
    for format_name in ("json", "jsonl", "csv"):
        assert "remark" not in written(answer, format_name)
        assert capsys.readouterr().err == "remark\n"


def test_remarks_are_said_once_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Objects that have their remarks inside do not say them again; other objects do."""
    assert "remark" in written(Answer(data={"notes": ["remark"]}, notes=["remark"]), "json")
    assert capsys.readouterr().err == ""
    written(Answer(data={"x": 1}, notes=["remark"]), "json")
    assert capsys.readouterr().err == "remark\n"


def test_json_lines() -> None:
    """One object a line: the items of a list, or the one object."""
    assert written(Answer(data=[{"a": "x\ny"}, {"a": 2}]), "jsonl") == '{"a": "x\\ny"}\n{"a": 2}\n'
    assert written(Answer(data={"a": [1, 2]}), "jsonl") == '{"a": [1, 2]}\n'
    assert written(Answer(data={"a": 1}, items=[]), "jsonl") == ""


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_in_every_format(run: Callable[..., Result], name: str, format_name: str) -> None:
    """Each listing command prints a table, JSON, JSON lines, CSV and Markdown that can be read, and no escapes in a pipe."""
    result = run(*COMMANDS[name], "--format", format_name)
    assert result.exit_code == 0 and result.exception is None
    assert result.stdout.endswith("\n") and "\x1b" not in result.stdout
    if format_name == "json":
        assert json.loads(result.stdout)
    elif format_name == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in result.stdout.splitlines())
    elif format_name == "csv":
        header, *rows = csv.reader(io.StringIO(result.stdout))
        assert rows and all(len(row) == len(header) for row in rows) and len(set(header)) == len(header)
    elif format_name == "md":
        assert re.search(r"^# |^\| .* \|$", result.stdout, re.MULTILINE)
        for line in result.stdout.splitlines():
            assert not line.startswith("|") or line.endswith("|")


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"show", "between", "who"}))
def test_all_formats_hold_the_same(run: Callable[..., Result], name: str) -> None:
    """JSON, JSON lines and CSV have as many items."""
    found = {name_: run(*COMMANDS[name], "--format", name_).stdout for name_ in ("json", "jsonl", "csv")}
    number = len(json.loads(found["json"]))
    assert number == len(found["jsonl"].splitlines()) == len(list(csv.reader(io.StringIO(found["csv"])))) - 1


@pytest.mark.parametrize("format_name", ["turtle", "json-ld"])
def test_graph_formats(run: Callable[..., Result], format_name: str) -> None:
    """`show` and CONSTRUCT print triples in the format."""
    construct = "CONSTRUCT { ?a osg:funder ?b } WHERE { ?a osg:funder ?b }"
    for arguments in (["show", "act:twice"], ["query", "-e", construct]):
        result = run(*arguments, "--data", SMALL, "--format", format_name)
        assert result.exit_code == 0
        assert len(list(ox.parse(result.stdout.encode(), format=FORMATS_OF_GRAPHS[format_name]))) >= 2


def test_evidence_is_in_objects_and_tables(run: Callable[..., Result]) -> None:
    """`--evidence` adds the activities to the partners, with chapter and lines."""
    plain = json.loads(run(*COMMANDS["who"], "--format", "json").stdout)
    full = json.loads(run(*COMMANDS["who"], "--evidence", "--format", "json").stdout)
    assert "evidence" not in plain["partners"][0]
    assert [len(p["evidence"]) for p in full["partners"]] == [p["shared"] for p in plain["partners"]]
    said = run(*COMMANDS["who"], "--evidence").stdout
    assert "A.1, lines 1-3: on 10 June; Xtown; workshop; 20 people" in said and "the tellings differ:" in said
