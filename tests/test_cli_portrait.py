"""profile and report on the command line: what is written, and what is refused with nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from oscegraph import portraits
from oscegraph.api import Oscegraph
from oscegraph.cli import cli
from oscegraph.errors import EXIT_FAILED, EXIT_FINDINGS, FilterError, NameNotFound, OutputError


def test_profile_writes_the_page(tmp_path: Path, graph: Oscegraph) -> None:
    """The file is the library's page; what is said goes to standard error."""
    target = tmp_path / "spmu.HTML"
    result = CliRunner().invoke(cli, ["profile", "SPMU", "-o", str(target)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "MB." in result.stderr
    assert target.read_bytes() == portraits.profile(graph, graph.actor("SPMU"))
    assert list(tmp_path.iterdir()) == [target]


def test_report_writes_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the library makes of the data is written as it is; test_portraits.py compares the real document."""
    monkeypatch.setattr("oscegraph.survey.report", lambda graph, step: repr(len(graph.directory.actors())).encode())
    target = tmp_path / "report.html"
    result = CliRunner().invoke(cli, ["report", "-o", str(target)])
    assert result.exit_code == 0, result.output
    assert int(target.read_bytes()) > 300


def test_an_unknown_unit_has_near_names(tmp_path: Path) -> None:
    """The error is that of the directory, a wrong argument like any other, and nothing is written."""
    result = CliRunner().invoke(cli, ["profile", "ODIHRR", "-o", str(tmp_path / "x.html")])
    assert isinstance(result.exception, NameNotFound) and result.exception.exit_code == EXIT_FAILED
    assert "Office for Democratic Institutions and Human Rights" in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_place_means_its_field_operation(tmp_path: Path, graph: Oscegraph) -> None:
    """No actor is called by the town alone, and one field operation is called by it."""
    target = tmp_path / "baku.html"
    assert CliRunner().invoke(cli, ["profile", "Baku", "-o", str(target)]).exit_code == 0
    assert target.read_bytes() == portraits.profile(graph, graph.actor("OSCE Office in Baku"))
    result = CliRunner().invoke(cli, ["profile", "Vienna", "-o", str(tmp_path / "x.html")])
    assert isinstance(result.exception, NameNotFound) and result.exception.exit_code == EXIT_FAILED


def test_data_without_activities_make_no_document(tmp_path: Path) -> None:
    """Nothing found is exit code 1, said in words, and no document of zeros is written."""
    (tmp_path / "empty.ttl").write_text("", encoding="utf-8")
    result = CliRunner().invoke(cli, ["report", "-o", str(tmp_path / "x.html"), "--data", str(tmp_path / "empty.ttl")])
    assert result.exit_code == EXIT_FINDINGS and "not written, as the data tell of no activity" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["empty.ttl"]


@pytest.mark.parametrize("name", ["x.pdf", "x", "x.html.txt"])
@pytest.mark.parametrize("command", [["profile", "SPMU"], ["report"]], ids=["profile", "report"])
def test_only_html_is_written(name: str, command: list[str], tmp_path: Path) -> None:
    """Another kind of file is refused before anything is read."""
    result = CliRunner().invoke(cli, [*command, "-o", str(tmp_path / name), "--data", "/nowhere"])
    assert isinstance(result.exception, FilterError) and result.exception.exit_code == EXIT_FAILED
    assert ".html" in str(result.exception) and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["profile", "SPMU"], ["report"]], ids=["profile", "report"])
def test_a_file_needs_a_name(command: list[str], tmp_path: Path) -> None:
    """An ending alone is no name of a file, and the message does not offer it again."""
    result = CliRunner().invoke(cli, [*command, "-o", str(tmp_path / ".html")])
    assert isinstance(result.exception, OutputError) and "no name before its ending" in str(result.exception)
    assert "Did you mean" not in str(result.exception) and list(tmp_path.iterdir()) == []


def test_output_is_required_and_must_be_writable(tmp_path: Path) -> None:
    """Without -o nothing happens; a folder that is not there is named, and an earlier file stays."""
    assert CliRunner().invoke(cli, ["profile", "SPMU"]).exit_code == EXIT_FAILED
    assert CliRunner().invoke(cli, ["report"]).exit_code == EXIT_FAILED
    result = CliRunner().invoke(cli, ["profile", "SPMU", "-o", str(tmp_path / "none" / "x.html")])
    assert isinstance(result.exception, OutputError)
    folder = tmp_path / "folder.html"
    folder.mkdir()
    result = CliRunner().invoke(cli, ["profile", "Andorra", "-o", str(folder)])
    assert isinstance(result.exception, OutputError) and list(folder.iterdir()) == []
