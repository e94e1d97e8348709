"""README's examples are executed: what it prints is what the command prints."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


def _steps(block: str) -> list[tuple[str, str]]:
    """Return (command, expected output) of a console block."""
    parts = re.split(r"^\$ (.+)\n", block, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def test_readme_has_examples() -> None:
    """At least three commands are shown with their output."""
    assert sum(len(_steps(block)) for block in EXAMPLES) >= 3


@pytest.mark.parametrize("block", EXAMPLES)
def test_example_prints_what_readme_shows(block: str, tmp_path: Path) -> None:
    """Each command runs in an empty folder, and prints the shown lines; a line `...` stands for lines left out."""
    for command, expected in _steps(block):
        words = shlex.split(command)
        assert words[0] == "oscegraph"
        run = subprocess.run([sys.executable, "-m", *words], cwd=tmp_path, capture_output=True, text=True, check=False)
        printed = [line.rstrip() for line in (run.stdout + run.stderr).splitlines()]
        pattern = "\n".join(".*" if line.strip() == "..." else re.escape(line.rstrip()) for line in expected.splitlines())
        assert re.fullmatch(pattern, "\n".join(printed), re.DOTALL), "\n".join(printed)


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_python_example_runs(block: str) -> None:
    """Each Python block runs as it stands."""
    run = subprocess.run([sys.executable, "-c", block], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_make_commands_named_first() -> None:
    """The two commands that do everything stand first, and exist."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert README.index("make demo") < README.index("make test") < README.index("```console")
    assert re.search(r"^demo:", makefile, re.MULTILINE) and re.search(r"^test:", makefile, re.MULTILINE)


def test_ci_runs_the_same_command() -> None:
    """What CI does is what README says."""
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
