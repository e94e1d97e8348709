"""The tutorial is executed as a notebook, and shows what it says it shows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

TUTORIAL = Path(__file__).resolve().parent.parent / "docs" / "tutorial.ipynb"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """What each code cell shows, by media type; printed text is under `text/plain`."""
    folder = tmp_path_factory.mktemp("tutorial")
    notebook = nbformat.read(TUTORIAL, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
            patch.setenv(name, str(folder / name))
        client = NotebookClient(notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
        client.execute()
    assert not [path for path in folder.iterdir() if not path.name.isupper()], "the tutorial writes files"
    return [_shown(cell) for cell in notebook.cells if cell.cell_type == "code"]


def _shown(cell: Any) -> dict[str, str]:
    shown: dict[str, str] = {}
    for output in cell.outputs:
        data = {"text/plain": output.text} if output.output_type == "stream" else output.data
        for kind, text in data.items():
            shown[kind] = shown.get(kind, "") + text
    return shown


def test_committed_notebook_is_bare() -> None:
    """No output, no execution count and no trace of a machine is committed; each cell has a fixed name."""
    notebook = json.loads(TUTORIAL.read_text(encoding="utf-8"))
    cells = notebook["cells"]
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in cells if cell["cell_type"] == "code")
    assert [cell["id"] for cell in cells] == [f"cell-{number:02}" for number in range(1, len(cells) + 1)]
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}


def test_pages_that_the_tutorial_names_are_there() -> None:
    """Files that it speaks of exist."""
    text = TUTORIAL.read_text(encoding="utf-8")
    named = re.findall(r"`(docs/[\w.]+)`", text)
    assert named and all((TUTORIAL.parent.parent / name).is_file() for name in named)


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (0, "text/html", ["tellings", "336", "368"]),
        (1, "text/plain", ["United Nations Office on Drugs and Crime (organization, body:unodc)", "Nearest names: "]),
        (2, "text/html", ["20 partners in 3 shared activities", "II.3.11, lines 2088-2093"]),
        (3, "text/html", ["The report names no activity that"]),
        (4, "text/html", ["Norway", "evidence", "II.1.1, lines 343-359"]),
        (5, "text/html", ["Belgrade", "II.1.1, lines"]),
        (6, "text/plain", ["of 336 activities are dated to the day"]),
        (7, "text/html", ["21 nodes, 64 ties", "no tie means that it tells of none"]),
        (8, "text/html", ["Strategic Police Matters Unit", "Freeman 1977"]),
        (9, "text/html", ["raw", "newman"]),
        (10, "text/html", ['<iframe class="oscegraph" sandbox="allow-scripts allow-downloads"']),
        (11, "text/plain", ["Report on 2011, II.", "network units, query "]),
    ],
)
def test_cells_show(outputs: list[dict[str, str]], number: int, kind: str, words: list[str]) -> None:
    """Each code cell shows what the words around it promise."""
    assert len(outputs) == 12
    for expected in words:
        assert expected in outputs[number][kind]
