"""Regular expressions are compiled when they are needed, and find what they would find anyway."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import scorer
from oscegraph.asking import patterns
from oscegraph.asking.patterns import lazy_pattern

ROOT = Path(__file__).resolve().parent.parent
KEEP: Any = scorer.script("keep_patterns")
# Each so manieth question is looked through by all patterns.
STEP = 60


def texts() -> list[str]:
    """Return questions as they are, in capitals, and with letters that stand for those of ASCII in any case."""
    lines = (ROOT / "tests" / "questions" / "later.jsonl").read_text(encoding="utf-8").splitlines()
    plain = [json.loads(line)["question"] for line in lines[::STEP]]
    strange = str.maketrans({"i": "\u0131", "s": "\u017f", "k": "\u212a"})
    return [*plain, *(one.upper() for one in plain), *(one.translate(strange) for one in plain)]


def test_a_pattern_that_is_not_compiled_would_have_found_nothing() -> None:
    """All that are kept, on all of these texts: a word that is said to be needed is."""
    needed, found = patterns.needed(), [(text, patterns.folded(text)) for text in texts()]
    left_out = 0
    for pattern, flags in KEEP.made():
        words = needed.get(patterns.key(pattern, flags), ())
        compiled = re.compile(pattern, flags)
        for text, held in found if words else ():
            if not any(word in held for word in words):
                left_out += 1
                assert compiled.search(text) is None, (pattern, words, text)
    assert left_out > 100_000


def test_the_file_of_needed_words_is_up_to_date() -> None:
    """A pattern that was changed is compiled for every text until `make derived` has run.

    In a process of its own: others make patterns, too.
    """
    script = [sys.executable, str(ROOT / "scripts" / "keep_patterns.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "needed.txt is up to date\n", "")


def test_two_patterns_with_one_key_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of them would be taken for the other."""
    monkeypatch.setattr(KEEP, "made", lambda: [("a chapter", 0), ("a visit", 0)])
    monkeypatch.setattr(patterns, "key", lambda *_: "00000000")
    with pytest.raises(ValueError, match="two patterns have the key 00000000"):
        KEEP.text()


@pytest.mark.parametrize(
    ("method", "arguments", "nothing"),
    [
        ("search", ("no such word",), None),
        ("match", ("no such word",), None),
        ("fullmatch", ("no such word",), None),
        ("findall", ("no such word",), []),
        ("split", ("no such word",), ["no such word"]),
        ("sub", ("x", "no such word"), "no such word"),
        ("subn", ("x", "no such word"), ("no such word", 0)),
    ],
)
def test_each_method_finds_nothing_without_the_word(
    monkeypatch: pytest.MonkeyPatch, method: str, arguments: tuple[str, ...], nothing: object
) -> None:
    """And as a compiled one does with it, also once it was held."""
    pattern = r"\bchapters?\b"
    monkeypatch.setattr(patterns, "needed", lambda: {patterns.key(pattern, re.IGNORECASE): ("chapter",)})
    lazy = lazy_pattern(pattern, re.IGNORECASE)
    use = getattr(lazy, method)
    assert use(*arguments) == nothing and "_compiled" not in vars(lazy)
    assert list(lazy.finditer("no such word")) == [] and "_compiled" not in vars(lazy)
    assert lazy.search("Two CHAPTERS") and "_compiled" in vars(lazy)
    assert use(*arguments) == nothing and lazy.pattern == pattern
    assert lazy_pattern(pattern, re.IGNORECASE).sub("x", "A Chapter") == "A x"
