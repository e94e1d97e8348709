"""The script that scores questions, as a module."""

from __future__ import annotations

import functools
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "score_questions.py"


@functools.cache
def module() -> ModuleType:
    """Return `scripts/score_questions.py` as a module."""
    spec = importlib.util.spec_from_file_location(SCRIPT.stem, SCRIPT)
    assert spec and spec.loader
    found = importlib.util.module_from_spec(spec)
    sys.modules[SCRIPT.stem] = found
    spec.loader.exec_module(found)
    return found
