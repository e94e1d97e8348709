"""robustness on the command line, on the real graph."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from click.testing import Result

from oscegraph.api import Oscegraph
from oscegraph.cli.robust import is_wide
from oscegraph.errors import OscegraphError
from oscegraph.events import WEIGHTINGS, Options, read_events
from oscegraph.robustness import Interval, bootstrap, without_chapters

Run = Callable[..., Result]
QUICK = ("robustness", "--network", "units", "--draws", "20")


@pytest.mark.parametrize("format_name", ["table", "md", "csv", "json", "jsonl"])
def test_every_format_can_be_read(run: Run, format_name: str) -> None:
    """Each format is printed, by default for strength, and programs can read it; twice the same bytes."""
    result = run(*QUICK, "--format", format_name)
    assert result.exit_code == 0, result.output
    assert result.stdout == run(*QUICK, "--format", format_name).stdout
    if format_name == "json":
        assert json.loads(result.stdout)["measure"] == "strength"
    elif format_name == "jsonl":
        assert all(json.loads(line)["label"] for line in result.stdout.splitlines())
    elif format_name == "csv":
        rows = list(csv.reader(io.StringIO(result.stdout)))
        assert len(rows) == 21 and len({len(row) for row in rows}) == 1
    else:
        headings = ["Between weightings", "Bootstrap over activities", "Without one chapter"]
        places = [result.stdout.index(heading) for heading in headings]
        assert places == sorted(places)
        assert result.stdout.count("How to read it") == 3


def test_json_is_what_the_library_finds(run: Run, graph: Oscegraph) -> None:
    """All digits, names beside identifiers, and how it was made."""
    data = json.loads(run(*QUICK, "--seed", "3", "--level", "0.8", "--limit", "0", "--format", "json").stdout)
    options = Options("units")
    events = read_events(graph.store, graph.directory, options)
    found = bootstrap(events, graph.directory, options, "strength", 20, 3, 0.8)
    assert [(i["id"], i["low"], i["rank_high"]) for i in data["bootstrap"]] == [(i.node, i.low, i.rank_high) for i in found]
    assert all(item["label"] for item in data["bootstrap"])
    assert (data["network"], data["options"]["draws"], data["options"]["seed"], data["options"]["level"]) == (
        "units",
        20,
        3,
        0.8,
    )
    left = without_chapters(events, graph.directory, options, "strength")
    assert [(c["chapter"], c["tau"]) for c in data["chapters"]] == [(c.chapter, c.tau) for c in left]
    assert len(data["weightings"]["agreement"]) == 6
    assert all(
        -1 <= pair["tau"] <= 1 and {pair["a"], pair["b"]} < set(WEIGHTINGS) for pair in data["weightings"]["agreement"]
    )
    assert [row["id"] for row in data["weightings"]["rows"]] == [i.node for i in found]
    assert "node" not in data["weightings"]["rows"][0]


def test_csv_joins_intervals_with_ranks(run: Run) -> None:
    """One line an actor, with the digits of JSON and the ranks under each weighting."""
    rows = list(csv.DictReader(io.StringIO(run(*QUICK, "--format", "csv", "--limit", "5").stdout)))
    data = json.loads(run(*QUICK, "--format", "json", "--limit", "5").stdout)
    assert len(rows) == len(data["bootstrap"]) == len(data["weightings"]["rows"]) == len(data["chapters"]) == 5
    for row, interval, weighted in zip(rows, data["bootstrap"], data["weightings"]["rows"], strict=True):
        assert {key: row[key] for key in interval} == {key: str(value) for key, value in interval.items()}
        assert [row[f"{name}_rank"] for name in WEIGHTINGS] == [str(weighted[f"{name}_rank"]) for name in WEIGHTINGS]


def test_undefined_is_null(run: Run) -> None:
    """The constraint of who has no partner is nothing, not a word that JSON does not know."""
    arguments = ("robustness", "constraint", "--network", "co-organizers", "--draws", "10", "--limit", "0")
    text = run(*arguments, "--format", "json").stdout
    data = json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    undefined = [item for item in data["bootstrap"] if item["value"] is None]
    assert undefined and all(item["low"] is None and item["rank"] for item in undefined)
    table = run(*arguments)
    assert table.exit_code == 0 and "nan" not in table.stdout.split()


def test_wide_ranks_are_marked(run: Run) -> None:
    """A rank that says little is marked in the table, and how many there are is told."""
    arguments = ("robustness", "--draws", "20", "--network", "co-organizers")
    marked = run(*arguments).stdout.count("(wide)")
    wide = [i for i in json.loads(run(*arguments, "--format", "json").stdout)["bootstrap"] if far(i)]
    assert marked == len(wide) > 0
    assert f"Wide are the ranks of {marked} of these 20 actors" in run(*arguments).stdout


def far(item: dict) -> bool:
    """The rule as the table words it."""
    return item["rank_high"] >= 2 * item["rank_low"] and item["rank_high"] - item["rank_low"] >= 10


@pytest.mark.parametrize(
    ("low", "high", "wide"), [(1, 10, False), (1, 11, True), (10, 19, False), (10, 20, True), (40, 79, False)]
)
def test_wide_worked_out_by_hand(low: int, high: int, wide: bool) -> None:
    """Ten places apart and twice as far down."""
    assert is_wide(Interval("a", 1.0, low, 1.0, 1.0, low, high, 1.0)) is wide


def test_the_rest_is_announced(run: Run) -> None:
    """A list that is cut says so; one that is whole does not."""
    assert "16 more actors; --limit 0 shows all." in run(*QUICK, "--limit", "5").stdout
    assert "more actors" not in run(*QUICK, "--limit", "0").stdout


def test_filters_and_weighting_are_used(run: Run) -> None:
    """The network is the chosen one, in the order of the chosen weighting."""
    arguments = ("robustness", "--on", "drugs", "--weighting", "newman", "--draws", "10", "--format", "json", "--limit", "0")
    data = json.loads(run(*arguments).stdout)
    assert data["options"]["weighting"] == "newman" and data["options"]["filters"]
    ranks = [row["newman_rank"] for row in data["weightings"]["rows"]]
    assert ranks == sorted(ranks)


def test_chapters_are_not_needed(run: Run) -> None:
    """A network of few activities in one chapter is shown as well."""
    result = run("robustness", "--network", "decision-unit", "--draws", "10")
    assert result.exit_code == 0, result.output


def test_an_empty_network_says_why(run: Run) -> None:
    """Filters that leave no tie are named as the cause."""
    result = run("robustness", "--in", "Melanesia")
    assert result.exit_code == 2 and "no tie" in str(result.exception)


@pytest.mark.parametrize(
    "arguments", [("foo",), ("--network", "foo"), ("--weighting", "foo"), ("--type", "foo"), ("--role", "foo")], ids=" ".join
)
def test_unknown_values_list_the_valid_ones(run: Run, arguments: tuple[str, ...]) -> None:
    """A value that means nothing is refused with what could have been meant."""
    result = run("robustness", *arguments)
    assert isinstance(result.exception, OscegraphError)
    assert any(word in str(result.exception) for word in ("Valid", "Networks:"))


@pytest.mark.parametrize(
    "arguments", [("--draws", "0"), ("--level", "1"), ("--level", "0"), ("--limit", "-1")], ids=" ".join
)
def test_numbers_out_of_range(run: Run, arguments: tuple[str, ...]) -> None:
    """No draws and no level are refused before anything is read."""
    result = run("robustness", *arguments)
    assert result.exit_code == 2 and arguments[0] in result.output
