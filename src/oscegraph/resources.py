"""Where the ontology, the graphs and the queries are: inside of the wheel, or in the checkout."""

from __future__ import annotations

import functools
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


@functools.cache
def data_root() -> Path:
    """Return the folder that holds `ontology/`, `graphs/` and `queries/`."""
    packaged = PACKAGE / "data"
    return packaged if packaged.is_dir() else PACKAGE.parent.parent


def ontology_dir() -> Path:
    """Return the folder of the ontology, its vocabularies, shapes and examples."""
    return data_root() / "ontology"


def graphs_dir() -> Path:
    """Return the folder of the curated and derived graphs."""
    return data_root() / "graphs"


def queries_dir() -> Path:
    """Return the folder of the queries: questions, lookup, rules, checks."""
    return data_root() / "queries"


def text_of(path: Path) -> str:
    """Return the text of a file of the package: at once, which takes half as long as by pieces and line ends."""
    return path.read_bytes().decode("utf-8")


def word_lines(name: str) -> list[str]:
    """Return what a file of words in `queries/` says, line by line, without its comments and empty lines."""
    lines = text_of(queries_dir() / name).splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
