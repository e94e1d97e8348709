"""The wheel carries ontology, graphs and queries, and works in an empty folder with no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import oscegraph

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked where no checkout is near."""
    target = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def _run(installed: Path, folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run([sys.executable, *args], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_wheel_holds_all_data_files(wheel: Path) -> None:
    """Every file under ontology/, graphs/ and queries/ is in the wheel, byte for byte."""
    with zipfile.ZipFile(wheel) as archive:
        for folder in ("ontology", "graphs", "queries"):
            for path in (p for p in (ROOT / folder).rglob("*") if p.is_file()):
                assert archive.read(f"oscegraph/data/{path.relative_to(ROOT).as_posix()}") == path.read_bytes()


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    """Tests, benchmarks and documentation stay out of the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {"oscegraph", f"oscegraph-{oscegraph.__version__}.dist-info"}


def test_installed_package_answers_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    """The command line answers from the wheel's own data and writes nothing into the folder."""
    where = _run(installed, tmp_path, "-c", "import oscegraph.resources as r; print(r.data_root())")
    assert Path(where.stdout.strip()) == installed / "oscegraph" / "data"
    answer = _run(installed, tmp_path, "-m", "oscegraph", "who", "UNODC", "--format", "json")
    assert answer.returncode == 0
    assert '"label": "International Organization for Migration"' in answer.stdout
    assert list(tmp_path.iterdir()) == []


def test_installed_package_validates_itself(installed: Path, tmp_path: Path) -> None:
    """Shapes and checks are in the wheel too."""
    answer = _run(installed, tmp_path, "-m", "oscegraph", "validate")
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_public_names() -> None:
    """What the package says it exports is there."""
    assert all(hasattr(oscegraph, name) for name in oscegraph.__all__)
    with pytest.raises(AttributeError):
        oscegraph.nothing_of_the_kind  # noqa: B018
