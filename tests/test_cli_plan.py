"""The command `plan`: its formats, exit codes and messages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
DRAFT = "Regional workshop on seized assets for prosecutors, Skopje, April"


def test_plan_in_words(run: Run) -> None:
    """The answer says how the draft was read, what was done, by whom, and whom to ask, with lines."""
    result = run("plan", DRAFT)
    assert result.exit_code == 0
    for words in (
        "How the draft was read",
        "seized assets",
        "Ask first",
        "OSCE Mission to Skopje",
        "II.3.5, lines 1670-1673",
    ):
        assert words in result.stdout
    for words in ("Done there and on that", "By whom", "With which partners", "Focal points", "words looked for: regional"):
        assert words in result.stdout


@pytest.mark.parametrize("name", ["table", "md", "csv", "json", "jsonl"])
def test_formats(run: Run, name: str) -> None:
    """Every format can be read, and has chapter and lines in every row."""
    result = run("plan", DRAFT, "--format", name, "--limit", "3")
    assert result.exit_code == 0 and result.stdout
    if name == "csv":
        rows = list(csv.DictReader(io.StringIO(result.stdout)))
        read = [row for row in rows if row["list"] in ("How the draft was read", "Notes")]
        assert any(row["name"].startswith("place: Skopje") for row in read)
        assert len(rows) > len(read) and all(row["where"] and row["name"] for row in rows if row not in read)
    if name in ("json", "jsonl"):
        written = json.loads(result.stdout)
        assert [len(written[key]) for key in ("ask", "activities", "units", "partners")] == [3, 3, 3, 3]
        for key in ("ask", "activities", "units", "partners", "decisions", "focal_points"):
            assert all(source["chapter"] and source["lines"][0] for item in written[key] for source in item["sources"])
        assert written["reading"]["unknown"] == [] and "regional" in written["reading"]["words"]
        assert written["focal_points"][0]["titles"] == ["Organized Crime, Police Training Adviser"]
        assert len(written["there"]) == 3 and {item["fits"] for item in written["there"]} == {"place"}


def test_what_was_not_understood_is_said(run: Run) -> None:
    """With the reason, in words and as data."""
    draft = "Workshop on drugs, Bakuu"
    assert "not understood: “Bakuu” (no known name or word; nearest places: Baku)" in run("plan", draft).stdout
    written = json.loads(run("plan", draft, "--format", "json").stdout)
    assert written["reading"]["unknown"] == [{"words": "Bakuu", "why": "no known name or word; nearest places: Baku"}]


def test_focal_points_by_unit_and_posts(run: Run) -> None:
    """The table has the titles of the posts and no empty column, and the pairing is said to be the likeliest."""
    result = run("plan", "workshop on drugs", "--limit", "0")
    table = result.stdout.split("Focal points", 1)[1]
    assert "Adviser on Fight Against Crime, Adviser on Research and Analysis" in table
    assert "activities" not in table.split("\n")[2] and "likeliest pairing" in result.output
    assert "has a focal point" not in result.stdout


def test_limit(run: Run) -> None:
    """The first rows are shown, and how many more there are; 0 shows all."""
    few = json.loads(run("plan", DRAFT, "--format", "json", "--limit", "1").stdout)
    every = json.loads(run("plan", DRAFT, "--format", "json", "--limit", "0").stdout)
    assert len(few["activities"]) == 1 and few["found"] == every["found"]
    assert len(every["activities"]) == every["found"]["activities"]
    assert "more; --limit 0 shows all." in run("plan", DRAFT, "--limit", "1").stdout


@pytest.mark.parametrize("name", ["table", "csv", "json"])
def test_nothing_found(run: Run, name: str) -> None:
    """Exit code 1, and which part the report does not know."""
    result = run("plan", "Gardening in Atlantis", "--format", name)
    assert result.exit_code == 1
    assert "Atlantis" in result.output and "no place that the report knows" in result.output


def test_control_characters_do_not_come_back(run: Run) -> None:
    """A draft cannot steer the terminal."""
    assert "\x1b" not in run("plan", "drugs \x1b[31m\x07 in Skopje").stdout


def test_draft_or_file(run: Run, tmp_path: Path) -> None:
    """One of the two is needed, and not both."""
    assert run("plan").exit_code == 2
    assert run("plan", DRAFT, "--row", str(tmp_path / "x.csv")).exit_code == 2


def test_rows_of_a_file(run: Run, tmp_path: Path) -> None:
    """Each row is answered under its number; unknown columns are named and left aside."""
    path = tmp_path / "drafts.csv"
    path.write_text("title,Budget,place\nWorkshop on seized assets,5,Skopje\n,,\nGardening,1,Atlantis\n", encoding="utf-8")
    result = run("plan", "--row", str(path), "--format", "json", "--limit", "1")
    assert result.exit_code == 0
    written = json.loads(result.stdout)
    assert written["notes"] == ["Column ignored: Budget."]
    assert [draft["row"] for draft in written["drafts"]] == ["Row 2", "Row 4"]
    assert [bool(draft["activities"]) for draft in written["drafts"]] == [True, False]
    assert any("Atlantis" in note for note in written["drafts"][1]["notes"])
    lines = run("plan", "--row", str(path), "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["row"] for line in lines if line.startswith("{")] == ["Row 2", "Row 4"]
    table = run("plan", "--row", str(path)).stdout
    assert "Row 2: " in table and "Column ignored: Budget." in table


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", 'title\n"open\n'])
def test_malformed_file(run: Run, tmp_path: Path, content: str) -> None:
    """Exit code 2."""
    path = tmp_path / "drafts.csv"
    path.write_text(content, encoding="utf-8")
    assert run("plan", "--row", str(path)).exit_code == 2


def test_file_without_rows(run: Run, tmp_path: Path) -> None:
    """A file with columns and no row is an empty answer."""
    path = tmp_path / "drafts.csv"
    path.write_text("title,place\n\n", encoding="utf-8")
    result = run("plan", "--row", str(path))
    assert result.exit_code == 1 and "no row" in result.stdout


def test_decisions_on_other_themes_are_not_denied(run: Run) -> None:
    """What rests by rule on decisions on another theme than the draft's is counted, and not said to rest on none."""
    said = run("plan", "Regional workshop on seized assets for prosecutors, Skopje, April").stdout
    assert "none that is so by rule is on this theme. By rule 3 activities may rest on decisions on other themes." in said
