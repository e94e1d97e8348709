"""Shared fixtures: the packaged graph, a runner for the command line, and where a copy of the report may lie."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chromium import ADVICE, executable
from oscegraph.api import Oscegraph
from oscegraph.asking.ask import Asker
from oscegraph.cli import GARBAGE
from oscegraph.errors import OscegraphError

ROOT = Path(__file__).resolve().parent.parent
# The report is not part of the project. Its tests are collected when a copy is at hand: named by OSCEGRAPH_REPORT, or beside
# the checkout.
REPORT = Path(os.environ.get("OSCEGRAPH_REPORT") or ROOT.parent / "shared" / "source" / "osce-report-2011.txt")
collect_ignore = [] if REPORT.is_file() else ["test_report.py"]
# What a machine may lack, and the tests that need it. In continuous integration all are there, or the run fails.
LEFT_OUT: dict[str, str] = {}
if not os.environ.get("CI"):
    if executable() is None:
        LEFT_OUT["browser"] = ADVICE
    if not (ROOT / "build" / "comunica.js").is_file():
        LEFT_OUT["browser/test_comunica.py"] = "no Comunica found: run `make comunica`, which needs npm"
collect_ignore += LEFT_OUT
# Garbage is looked for as seldom as by the command line.
gc.set_threshold(*GARBAGE)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which tests are left out, and why, at the end, where it is seen in quiet runs, too."""
    left_out = LEFT_OUT if REPORT.is_file() else LEFT_OUT | {"test_report.py": "no copy of the report: set OSCEGRAPH_REPORT"}
    for name, why in left_out.items():
        terminalreporter.write_line(f"left out: tests/{name} ({why})")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden files are renewed by `pytest --update-golden`, and the change is read in the diff."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew instead of comparing")


@pytest.fixture(scope="session")
def graph() -> Oscegraph:
    """The packaged graph in memory."""
    return Oscegraph.open()


@pytest.fixture(scope="session")
def asker(graph: Oscegraph) -> Asker:
    """An asker over the packaged graph: one for all tests of a process, as what it keeps must change no answer."""
    return Asker(graph.store, graph.directory)


@pytest.fixture(scope="session")
def report_path() -> Path:
    """The user's copy of the report; only tests in test_report.py ask for it."""
    return REPORT


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run `oscegraph ARGS` in this process; an OscegraphError becomes its exit code with its message as stderr."""
    from oscegraph.cli import cli

    def invoke(*args: str) -> Result:
        result = CliRunner().invoke(cli, list(args))
        if isinstance(result.exception, OscegraphError):
            result.exit_code = result.exception.exit_code
        return result

    return invoke
