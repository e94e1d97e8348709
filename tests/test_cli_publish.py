"""bundle and verify on the command line."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from oscegraph import resources

Run = Callable[..., Result]
SMALL = ("--measures", "degree,strength", "--seeds", "3", "--draws", "10", "--bootstrap", "10")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle made on the command line, of a part of the graph."""
    from click.testing import CliRunner

    from oscegraph.cli import cli

    target = tmp_path_factory.mktemp("made") / "bundle"
    words = ["bundle", str(target), *SMALL, "--on", "drugs", "--from", "March", "--possible"]
    result = CliRunner().invoke(cli, [*words, "--type", "organization", "--type", "osce-unit", "--weighting", "newman"])
    assert result.exit_code == 0, result.output
    assert f"{len(json.loads((target / 'manifest.json').read_bytes())['files']) + 1} files" in result.output
    return target


def test_words_are_kept_as_given(made: Path) -> None:
    """The manifest has the words of the user, so that they can be read and run again."""
    options = json.loads((made / "manifest.json").read_bytes())["options"]
    chosen = ("on", "types", "start", "end", "possible", "weighting", "measures", "place")
    assert [options[key] for key in chosen] == [
        "drugs", ["organization", "osce-unit"], "March", None, True, "newman", ["degree", "strength"], None,
    ]  # fmt: skip


@pytest.mark.parametrize("format_name", ["table", "md", "csv", "json", "jsonl"])
def test_verify_in_every_format(run: Run, made: Path, format_name: str) -> None:
    """A bundle as it was made is reproduced, and each format says so."""
    result = run("verify", str(made), "--format", format_name)
    assert result.exit_code == 0, result.output
    if format_name == "json":
        assert json.loads(result.stdout)["reproduced"] is True
    elif format_name == "jsonl":
        assert all(json.loads(line)["fine"] for line in result.stdout.splitlines())
    elif format_name == "csv":
        assert len(list(csv.reader(io.StringIO(result.stdout)))) > 20
    else:
        assert "All reproduced." in result.stdout


def test_a_changed_number_is_a_finding(run: Run, made: Path, tmp_path: Path) -> None:
    """Exit code 1, with the file in the table and the cell in JSON."""
    folder = Path(shutil.copytree(made, tmp_path / "b"))
    text = (folder / "months.csv").read_text(encoding="utf-8")
    (folder / "months.csv").write_text(text.replace("2011-03,", "2011-03,1"), encoding="utf-8")
    result = run("verify", str(folder), "--format", "json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    wrong = [check for check in found["checks"] if not check["fine"]]
    assert not found["reproduced"] and [check["file"] for check in wrong] == ["months.csv"]
    assert wrong[0]["cells"] == 1 and wrong[0]["first"]["column"] == "activities"


def test_other_data_are_a_finding(run: Run, made: Path) -> None:
    """Data without one chapter are named as other data, and the numbers that change with them are shown."""
    files = [path for path in resources.graphs_dir().rglob("*.ttl") if path.parent.name != "derived"]
    largest = max((path for path in files if path.parent.name == "chapters"), key=lambda path: path.stat().st_size)
    rest = [word for path in sorted(files) if path != largest for word in ("--data", str(path))]
    result = run("verify", str(made), "--format", "json", *rest)
    assert result.exit_code == 1, result.output
    wrong = {check["file"]: check for check in json.loads(result.stdout)["checks"] if not check["fine"]}
    assert wrong["data"]["status"] == "differs" and wrong["manifest.json"]["cells"] > 0
    assert "METHODS.md" in wrong


def test_what_cannot_run(run: Run, made: Path, tmp_path: Path) -> None:
    """Exit code 2 and a line of advice, never a traceback."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    for words in (
        ("verify", str(tmp_path)),
        ("verify", str(tmp_path / "none")),
        ("bundle", str(tmp_path / "file")),
        ("bundle", str(tmp_path / "file" / "below")),
        ("bundle", str(made)),
        ("bundle", str(tmp_path / "b"), "--measures", "foo"),
        ("bundle", str(tmp_path / "b"), "--measure", "foo"),
        ("bundle", str(tmp_path / "b"), "--network", "foo"),
        ("bundle", str(tmp_path / "b"), "--in", "Melanesia"),
        ("bundle", str(tmp_path / "b"), "--least", "nan"),
        ("bundle", str(tmp_path / "b"), "--draws", "1"),
    ):
        result = run(*words)
        assert result.exit_code == 2, words
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
