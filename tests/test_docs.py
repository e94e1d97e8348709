"""The generated pages of docs/ are fresh, and the generator says so when they are not."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "scripts" / "generate_docs.py"
PAGES = ("ontology.md", "vocabularies.md", "queries.md", "cli.md")


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("generate_docs", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_committed_pages_are_fresh(generator: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """The pages in docs/ are what the ontology, the queries and the commands give today."""
    code = generator.main(["--check"])
    assert (code, capsys.readouterr().err) == (0, "")


def test_check_names_each_stale_page(generator: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed page and a missing one are named, the exit code is 1, and nothing is written."""
    assert generator.main(["--folder", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(PAGES)
    with (tmp_path / "cli.md").open("a", encoding="utf-8") as page:
        page.write("one more line\n")
    (tmp_path / "queries.md").unlink()
    before = (tmp_path / "cli.md").read_bytes()
    assert generator.main(["--check", "--folder", str(tmp_path)]) == 1
    message = capsys.readouterr().err
    assert "queries.md, cli.md" in message
    assert "make docs" in message
    assert "'one more line' should be ''" in message
    assert "ontology.md" not in message
    assert (tmp_path / "cli.md").read_bytes() == before
    assert not (tmp_path / "queries.md").exists()


def test_pages_depend_on_no_terminal_and_no_hash_seed(tmp_path: Path) -> None:
    """Another width of the terminal and another hash seed give the same bytes."""
    environment = {**os.environ, "COLUMNS": "43", "PYTHONHASHSEED": "7", "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, SCRIPT, "--folder", tmp_path], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    for name in PAGES:
        assert (tmp_path / name).read_bytes() == (ROOT / "docs" / name).read_bytes(), name


@pytest.mark.parametrize("name", PAGES)
def test_tables_are_well_formed(name: str) -> None:
    """Each row of a table has as many cells as its head; a bar inside of a cell is escaped."""
    wrong, columns = [], 0
    for number, line in enumerate((ROOT / "docs" / name).read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("|"):
            columns = 0
            continue
        cells = len(re.findall(r"(?<!\\)\|", line)) - 1
        columns = columns or cells
        if cells != columns:
            wrong.append((number, cells, columns))
    assert not wrong


def test_links_between_pages_lead_somewhere() -> None:
    """Each relative link in docs/ and in the files beside README leads to a file of the repository."""
    broken = []
    for page in [*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append((page.name, target))
    assert not broken


def test_pages_name_every_term_concept_and_query() -> None:
    """Each term has a row in ontology.md, each concept one in vocabularies.md, each query a heading in queries.md."""
    ontology, vocabularies, queries, cli = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in PAGES)
    source = (ROOT / "ontology" / "oscegraph.ttl").read_text(encoding="utf-8")
    terms = re.findall(r"^(osg:\w+) a owl:", source, re.MULTILINE)
    assert len(terms) > 100
    assert [term for term in terms if f"\n| `{term}` |" not in ontology] == []
    concepts = re.findall(
        r"^([\w-]+:[\w-]+) a skos:Concept ", (ROOT / "ontology" / "vocabularies.ttl").read_text("utf-8"), re.MULTILINE
    )
    assert len(concepts) > 60
    assert [concept for concept in concepts if f"| `{concept}` |" not in vocabularies] == []
    names = [path.stem for path in (ROOT / "queries" / "questions").glob("*.rq")]
    assert [name for name in names if f"\n### {name}\n" not in queries] == []
    from oscegraph.cli import COMMANDS

    assert [command for command in COMMANDS if f"\n## oscegraph {command}\n" not in cli] == []
