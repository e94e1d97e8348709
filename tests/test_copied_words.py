"""What is committed repeats no sentence of a report: what `scripts/copied_words.py` finds, and what it passes over."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import scorer

REPORT = """On Monday the police of a small town met all of its neigh-
bours there, and talked about co-
operation with them. It printed the “Handbook on Talking to All of the Neighbours of a Town in Peace”.
The Working Group on Talks between Towns and Villages of the Region came, too.
People of the town paid for a “Small Book” that nobody there had read.
"""


def _copied(text: str, tmp_path: Path, name: str = "said.txt") -> tuple[int, str]:
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    said = tmp_path / name
    said.write_text(text, encoding="utf-8")
    command = [sys.executable, str(scorer.SCRIPTS / "copied_words.py"), str(tmp_path / "report.txt"), str(said)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def test_nine_words_in_a_row_are_found_over_the_ends_of_lines(tmp_path: Path) -> None:
    """Where they stand is said, and in how many places; eight may stay."""
    code, said = _copied("one\nThe police of a small town met all of its neighbours.\n", tmp_path)
    assert code == 1
    assert "said.txt:2: the police of a small town met all of its neighbours (11 words, 1 places)" in said
    assert _copied("It met all of its neighbours there, and talked.", tmp_path)[0] == 0


def test_titles_and_names_may_be_as_long_as_they_are(tmp_path: Path) -> None:
    """Quotation marks and capitals of the report mark them; words around them count by themselves."""
    title = "the handbook on talking to all of the neighbours of a town in peace"
    group = "the Working Group on Talks between Towns and Villages of the Region came"
    assert _copied(f"{title}\n{group}\n", tmp_path)[0] == 0


def test_a_name_within_a_sentence_does_not_break_it(tmp_path: Path) -> None:
    """More than eight words before and after a name are a sentence of the report; eight are none."""
    code, said = _copied("people of the town paid for a small book that nobody there had read", tmp_path)
    assert code == 1
    assert "people of the town paid for a small book that nobody there had read (14 words, 1 places)" in said
    assert _copied("town paid for a small book that nobody there had", tmp_path)[0] == 0


def test_strings_of_a_graph_are_read_one_by_one(tmp_path: Path) -> None:
    """Values side by side are no sentence, one value may be."""
    assert _copied('"police of a small town" , "met all of its neighbours"', tmp_path, "said.ttl")[0] == 0
    assert _copied('"police of a small town met all of its neighbours"', tmp_path, "said.ttl")[0] == 1


def test_a_report_that_is_no_text_is_said(tmp_path: Path) -> None:
    """Exit code 2, and what to do."""
    command = [sys.executable, str(scorer.SCRIPTS / "copied_words.py"), str(tmp_path / "none.txt")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "Name a copy of the report as plain text" in run.stderr
    assert "Traceback" not in run.stderr
