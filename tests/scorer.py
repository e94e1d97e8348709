"""The scripts that score questions and find the weights, as modules."""

from __future__ import annotations

import functools
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"


@functools.cache
def script(name: str) -> ModuleType:
    """Return a file in `scripts/` as a module."""
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec and spec.loader
    found = importlib.util.module_from_spec(spec)
    sys.modules[name] = found
    spec.loader.exec_module(found)
    return found


def module() -> ModuleType:
    """Return `scripts/score_questions.py` as a module."""
    return script("score_questions")
