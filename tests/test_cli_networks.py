"""network, rank, communities, path and ties on the command line, on the real graph."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from click.testing import Result

Run = Callable[..., Result]
COMMANDS = [
    ("network", "--network", "units"),
    ("network", "--list"),
    ("network", "--network", "units", "--by-month"),
    ("rank", "--network", "units"),
    ("rank", "--definitions"),
    ("communities", "--network", "units", "--seeds", "5"),
    ("path", "TADOC", "FRONTEX"),
    ("ties", "--network", "units", "--draws", "50", "--all"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("format_name", ["table", "md", "csv", "json", "jsonl"])
def test_every_format_can_be_read(run: Run, command: tuple[str, ...], format_name: str) -> None:
    """Each command prints each format, and programs can read it."""
    result = run(*command, "--format", format_name)
    assert result.exit_code == 0, result.output
    if format_name == "json":
        assert json.loads(result.stdout)
    elif format_name == "jsonl":
        assert [json.loads(line) for line in result.stdout.splitlines()]
    elif format_name == "csv":
        rows = list(csv.reader(io.StringIO(result.stdout)))
        assert len(rows) > 1 and len({len(row) for row in rows}) == 1
    else:
        assert result.stdout.strip()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_same_bytes_twice(run: Run, command: tuple[str, ...]) -> None:
    """The same options print the same bytes."""
    assert run(*command).stdout == run(*command).stdout


def test_evidence_stays_on_each_tie(run: Run) -> None:
    """A tie says how many activities it is made of, and names them."""
    ties = json.loads(run("network", "--on", "drugs", "--format", "json").stdout)["ties"]
    assert ties and all(tie["weight"] == len(tie["events"]) and tie["chapters"] and tie["roles"] for tie in ties)


def test_export_is_whole_and_read_back(run: Run, tmp_path: Path) -> None:
    """GraphML on disk has every node and tie of the network."""
    target = tmp_path / "net.graphml"
    result = run("network", "--network", "co-organizers", "--to-format", "graphml", "-o", str(target))
    assert result.exit_code == 0, result.output
    back = nx.read_graphml(target)
    assert f"{len(back)} nodes, {back.number_of_edges()} ties" in result.stderr


def test_export_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    """A path that cannot be written is said, and no file is begun."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run("network", "--to-format", "json", "-o", str(tmp_path / "file" / "x.json"))
    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_output_needs_its_format(run: Run, tmp_path: Path) -> None:
    """-o without --to-format is refused before anything is written."""
    assert run("network", "-o", str(tmp_path / "x")).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_an_empty_network_says_why(run: Run, tmp_path: Path) -> None:
    """Filters that leave no tie are named as the cause, and no file is written."""
    target = tmp_path / "x.gexf"
    result = run("network", "--in", "Melanesia", "--to-format", "gexf", "-o", str(target))
    assert result.exit_code == 2 and "no tie" in str(result.exception)
    assert not target.exists()


@pytest.mark.parametrize(
    "command",
    [
        ("network", "--network", "foo"),
        ("network", "--weighting", "foo"),
        ("network", "--series", "foo"),
        ("network", "--type", "foo"),
        ("network", "--role", "foo"),
        ("rank", "foo"),
        ("path", "TADOC", "Zorro"),
    ],
    ids=" ".join,
)
def test_unknown_values_list_the_valid_ones(run: Run, command: tuple[str, ...]) -> None:
    """A value that means nothing is refused with what could have been meant."""
    result = run(*command)
    assert result.exit_code in (1, 2)
    assert any(word in str(result.exception) for word in ("Valid", "Networks:", "No actor is known"))


def test_path_between_parts_of_the_network_that_do_not_meet(run: Run) -> None:
    """Two actors without a way between them get a plain no."""
    result = run("path", "CIFAS", "CNN", "--network", "co-organizers")
    assert result.exit_code in (1, 2)
    assert "No path" in result.output or "not in this network" in str(result.exception)


def test_rank_shows_value_and_rank(run: Run) -> None:
    """UNODC is the outside organization with the most partners, by value and by rank."""
    rows = json.loads(
        run("rank", "degree", "--type", "organization", "--type", "osce-unit", "--format", "json", "--limit", "0").stdout
    )
    best = min((row for row in rows if row["type"] == "organization"), key=lambda row: row["degree_rank"])
    assert best["id"].endswith("/unodc") and best["degree"] > 0


@pytest.mark.parametrize(
    "options", [("--network", "unit-partner"), ("--network", "decision-unit"), ("--least", "2")], ids=" ".join
)
def test_ties_are_tested_among_meetings_only(run: Run, options: tuple[str, ...]) -> None:
    """A network of two kinds of nodes, or one with meetings taken out, is no ground for the test, and that is said."""
    result = run("ties", "--draws", "10", *options)
    assert result.exit_code == 2 and ("Test one of" in result.output or "--level" in result.output)


def test_networks_by_month_are_counted_and_exported(run: Run, tmp_path: Path) -> None:
    """Every month of the year is a row, new ties add up to those of the dated network, and the export has a row a tie."""
    rows = json.loads(run("network", "--by-month", "--network", "units", "--format", "json").stdout)
    assert [row["month"] for row in rows] == [f"2011-{month:02}" for month in range(1, 13)]
    target = tmp_path / "months.csv"
    assert run("network", "--by-month", "--network", "units", "--to-format", "edges-csv", "-o", str(target)).exit_code == 0
    ties = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert len(ties) == sum(row["ties"] for row in rows)
    assert len({(tie["Source"], tie["Target"]) for tie in ties}) == sum(row["new_ties"] for row in rows)


def test_networks_by_month_refuse_what_cannot_be(run: Run) -> None:
    """A year without activities has no months; a format without months is named."""
    result = run("network", "--by-month", "--from", "2015")
    assert result.exit_code == 2 and "no tie" in str(result.exception)
    assert run("network", "--by-month", "--to-format", "gexf").exit_code == 2


def test_significant_ties_are_the_default(run: Run) -> None:
    """`ties --significant` says what `ties` says; `--all` shows the others as well."""
    options = ("--network", "units", "--draws", "50", "--level", "0.9", "--format", "json")
    default, named, everything = (run("ties", *more, *options).stdout for more in ((), ("--significant",), ("--all",)))
    assert default == named
    assert len(json.loads(everything)) > len(json.loads(named))
