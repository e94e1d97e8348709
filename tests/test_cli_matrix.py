"""matrix on the command line."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from oscegraph import spreadsheet
from oscegraph.api import Oscegraph

Run = Callable[..., Result]
FORMATS = ("table", "md", "csv", "json", "jsonl")


@pytest.mark.parametrize("by", ["appendix", "where", "month"])
@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format(run: Run, by: str, format_name: str) -> None:
    """Each layout in each format has every structure and every cell."""
    result = run("matrix", "--by", by, "--format", format_name)
    assert result.exit_code == 0, result.output
    cells = {"appendix": 660, "where": 220, "month": 308}[by]
    if format_name == "json":
        found = json.loads(result.stdout)
        assert len(found["cells"]) == cells == sum(found["counts"].values()) and found["by"] == by
        assert all(e["evidence"] for cell in found["cells"] for e in cell["activities"])
        assert all((cell["value"] == "reported") == bool(cell["activities"]) for cell in found["cells"])
        assert all(cell["number"] == len(cell["activities"]) == cell["told"] for cell in found["cells"])
    elif format_name == "jsonl":
        assert len([json.loads(line) for line in result.stdout.splitlines()]) == cells
    elif format_name == "csv":
        rows = list(csv.DictReader(io.StringIO(result.stdout)))
        assert len(rows) == cells
        assert all(len(row["ids"].split()) == int(row["number"]) for row in rows)
        assert all((row["value"] == "reported") == ("lines" in row["evidence"]) for row in rows)
    else:
        assert "II.3.14" in result.stdout and "Gender Section" in result.stdout and f"{cells} cells" in result.stdout
        assert f"{cells} cells" in result.stdout


def test_screen_shows_the_kinds_of_assistance(run: Run) -> None:
    """On the screen a theme is one column, with a letter for each kind of assistance that is told."""
    lines = run("matrix", "--on", "drugs").stdout.splitlines()
    assert next(line for line in lines if line.startswith("II.3.2 ")).split()[-2:] == ["L3", "T5"]
    assert next(line for line in lines if line.startswith("II.1.2 ")).split()[-1] == "-"
    assert next(line for line in lines if "Gender Section" in line).split()[-1] == "-"
    assert next(line for line in lines if "Bosnia and Herzegovina" in line).split()[-1] == "outside"


def test_cell(run: Run, graph: Oscegraph) -> None:
    """The activities behind a cell are those that the chapter tells under the theme, with title, chapter and lines."""
    result = run("matrix", "--cell", "SPMU", "drugs", "--format", "json")
    found = {a["activity"] for cell in json.loads(result.stdout)["cells"] for a in cell["activities"]}
    told = {t.activity for t in graph.tellings(on="drugs") if t.told_by == "Strategic Police Matters Unit"}
    assert found == told != set()
    result = run("matrix", "--cell", "SPMU", "cyber", "study")
    assert result.exit_code == 0 and "1 activity" in result.stdout and "428-435" in result.stdout
    shown = run("matrix", "--by", "month", "--cell", "SPMU", "June", "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(shown.stdout)))) == 6
    shown = run("matrix", "--by", "where", "--cell", "Office in Baku", "thb", "--format", "jsonl")
    assert json.loads(shown.stdout)["number"] == 15


def test_empty_cells_say_why(run: Run) -> None:
    """Nothing told, no chapter and all filtered are three answers, each with exit code 1."""
    for words, said in (
        (("--cell", "ATU", "drugs"), "silent: the structure's own chapter tells of none"),
        (("--cell", "Gender Section", "thb"), "silent: the structure's own chapter tells of none"),
        (("--cell", "Mission to Bosnia and Herzegovina", "drugs"), "outside: the structure has neither a chapter nor a row"),
        (("--cell", "PCUz", "drugs", "--from", "December"), "filtered: "),
    ):
        result = run("matrix", *words)
        assert result.exit_code == 1 and said in result.stdout
        assert "0 activities" in result.stdout
    assert "without filters 6." in result.stdout
    told = run("matrix", "--cell", "PCU", "drugs")
    assert told.exit_code == 1 and "Told by other chapters alone" in told.stdout and "470-474" in told.stdout


def test_a_place_is_that_of_the_field_operation(run: Run) -> None:
    """What tells no place is where its field operation is; note, mark and legend say so."""
    shown = run("matrix", "--in", "Kosovo").stdout
    assert next(line for line in shown.splitlines() if line.startswith("II.3.2 ")).split()[3:5] == ["T3", "L3"]
    assert "own chapter: 30 of 36;" in shown
    shown = run("matrix", "--in", "Kosovo", "--cell", "OMIK", "drugs").stdout
    assert "own chapter: 7 of 8;" in shown
    cell = run("matrix", "--by", "where", "--cell", "OMIK", "investigations").stdout
    assert "areas" in cell and "Kosovo*" in cell and "*: the structure's own telling gives no place" in cell
    found = json.loads(run("matrix", "--by", "where", "--in", "Kosovo", "--format", "json").stdout)
    entries = [entry for cell in found["cells"] for entry in cell["activities"]]
    assert any(entry["areas_taken"] == ["Kosovo"] and not entry["areas"] for entry in entries) and len(found["notes"]) == 2


def test_filters_that_leave_nothing(run: Run, tmp_path: Path) -> None:
    """The message says what the filters excluded and that no file is written; nothing is printed in its place."""
    result = run("matrix", "--on", "forensics", "--in", "Vienna", "-o", str(tmp_path / "m.xlsx"))
    assert result.exit_code == 1 and "The filters leave no activity" in result.stderr
    assert result.stdout == "" and "m.xlsx: not written" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_period_says_what_is_too_vague(run: Run) -> None:
    """With a period, activities that are dated too vaguely are counted, and --possible adds them."""
    result = run("matrix", "--from", "June", "--to", "June")
    assert "--possible adds them" in result.stdout
    more = run("matrix", "--from", "June", "--to", "June", "--possible", "--format", "json")
    less = run("matrix", "--from", "June", "--to", "June", "--format", "json")
    assert json.loads(more.stdout)["activities"] > json.loads(less.stdout)["activities"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "html", "HTML"])
def test_files(run: Run, tmp_path: Path, suffix: str) -> None:
    """A file is written by its suffix, twice with the same bytes, and nothing else is left in the folder."""
    target, again = tmp_path / f"m.{suffix}", tmp_path / f"n.{suffix}"
    result = run("matrix", "--by", "where", "-o", str(target))
    assert result.exit_code == 0 and result.stdout == "" and "220 cells" in result.stderr
    run("matrix", "--by", "where", "-o", str(again))
    assert target.read_bytes() == again.read_bytes()
    assert sorted(tmp_path.iterdir()) == [target, again]
    if suffix == "xlsx":
        assert len(spreadsheet.read(target.read_bytes())["matrix"]) == 23
    elif suffix == "csv":
        shown = run("matrix", "--by", "where", "--format", "csv").stdout
        assert target.read_text(encoding="utf-8") == shown
    else:
        assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_bad_input_writes_nothing(run: Run, tmp_path: Path) -> None:
    """A wrong suffix, an unknown name, and options that do not go together leave an earlier file as it was."""
    target = tmp_path / "m.html"
    target.write_text("mine", encoding="utf-8")
    for words, code, said in (
        (("-o", str(tmp_path / "m.pdf")), 2, "Valid: .csv, .xlsx, .html."),
        (("-o", str(tmp_path / "m")), 2, "Valid: .csv, .xlsx, .html."),
        (("-o", str(target), "--on", "dugs"), 2, '"drugs"'),
        (("-o", str(target), "--in", "Vienn"), 2, "Vienna"),
        (("-o", str(tmp_path / ".xlsx")), 2, "no name before its ending"),
        (("-o", str(target), "--from", "soon"), 2, "soon"),
        (("-o", str(target), "--cell", "SPMU", "drugs"), 2, "--cell lists one cell"),
        (("-o", str(target), "--data", str(tmp_path / "none.ttl")), 2, "none.ttl"),
        (
            (
                "-o",
                str(tmp_path / "no" / "m.html"),
            ),
            2,
            "cannot be written",
        ),
        (("training",), 2, "left over"),
        (("--by", "month", "--cell", "SPMU", "June", "training"), 2, "left over"),
        (("--cell", "SPMU", "dugs"), 2, '"drugs"'),
        (("--cell", "ODIR", "drugs"), 2, "Office for Democratic Institutions and Human Rights"),
        (("--by", "theme"), 2, "appendix"),
    ):
        result = run("matrix", *words)
        assert result.exit_code == code, words
        assert said in result.output + str(result.exception), words
    assert target.read_text(encoding="utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_is_no_target(run: Run, tmp_path: Path) -> None:
    """A folder with the name of a file is refused and stays."""
    (tmp_path / "m.xlsx").mkdir()
    result = run("matrix", "-o", str(tmp_path / "m.xlsx"))
    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["m.xlsx"]


def test_without_a_file_no_spreadsheet_is_loaded(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command answers on the screen without openpyxl."""
    for name in [name for name in sys.modules if name.split(".")[0] == "openpyxl"]:
        monkeypatch.delitem(sys.modules, name)
    assert run("matrix").exit_code == 0
    assert "openpyxl" not in sys.modules
