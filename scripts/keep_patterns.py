"""Write which words each pattern needs, so that it is not compiled for a text without them.

The file is `queries/needed.txt`: a line for each pattern, its key and the words of which any text that it matches has one.

python scripts/keep_patterns.py            write it
python scripts/keep_patterns.py --check    exit with 1 if it is not up to date
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from collections.abc import Iterable
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import oscegraph
from oscegraph import asking, resources
from oscegraph.asking import patterns
from oscegraph.asking.ask import Asker

HEAD = "# The words of which a text that a pattern matches has one, behind its key: `make derived` writes this file."
# With more words, or with shorter ones, most texts have one.
MOST, SHORTEST = 60, 2
# Some patterns are only made when a question is asked: every so manieth of those that nothing is learned from.
STEP = 100
_QUESTIONS = Path(__file__).resolve().parent.parent / "tests" / "questions" / "later.jsonl"

Words = frozenset[str]


def needed(pattern: str, flags: int) -> Words:
    r"""Return words of which any text that a pattern matches has one, in small letters; none if it needs no word.

    >>> sorted(needed(r"which (?:chapter|section)s? tells?", 0)), sorted(needed(r"\ba (?:\w+ )?(?:visit|tour)\b", 0))
    (['chapter', 'section'], ['tour', 'visit'])
    >>> needed(r"\d+", 0), needed(r"(?:visit)?", 0), needed(r"(?!visit)\w+", 0)
    (frozenset(), frozenset(), frozenset())
    """
    return _of(_parser.parse(pattern, flags))


def _of(tree: Iterable[tuple[Any, Any]]) -> Words:
    """Return what a sequence needs: of its parts that one whose shortest word is longest, the fewest words first."""
    found: list[Words] = []
    run = ""
    for operation, given in tree:
        if operation is _constants.LITERAL and chr(given).isascii():
            run += chr(given).lower()
            continue
        found.append(frozenset({run}))
        run = ""
        if operation is _constants.SUBPATTERN:
            found.append(_of(given[3]))
        elif operation in (_constants.ATOMIC_GROUP, _constants.ASSERT):
            found.append(_of(given if operation is _constants.ATOMIC_GROUP else given[1]))
        elif operation is _constants.BRANCH:
            ways = [_of(way) for way in given[1]]
            found.append(frozenset().union(*ways) if all(ways) else frozenset())
        elif operation in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT) and given[0]:
            found.append(_of(given[2]))
    found.append(frozenset({run}))
    fitting = [words for words in found if 0 < len(words) <= MOST and min(map(len, words)) >= SHORTEST]
    return max(fitting, key=lambda words: (min(map(len, words)), -len(words), sorted(words)), default=frozenset())


def made() -> list[tuple[str, int]]:
    """Return all patterns that reading questions makes, with their flags."""
    for module in pkgutil.iter_modules(asking.__path__):
        importlib.import_module(f"{asking.__name__}.{module.name}")
    osce = oscegraph.load()
    asker = Asker(osce.store, osce.directory)
    for line in _QUESTIONS.read_text(encoding="utf-8").splitlines()[::STEP]:
        asker.ask(json.loads(line)["question"])
    return list(dict.fromkeys(one.given for one in patterns.every))


def text() -> str:
    """Return the text of the file.

    Two patterns with the same key are an error: one of them would be taken for the other.
    """
    found: dict[str, Words] = {}
    for pattern, flags in made():
        key = patterns.key(pattern, flags)
        if key in found:
            raise ValueError(f"two patterns have the key {key}: change one of them: {pattern}")
        found[key] = needed(pattern, flags)
    lines = ["\t".join([key, *sorted(words)]) for key, words in sorted(found.items()) if words]
    return "\n".join([HEAD, *lines]) + "\n"


def main(arguments: list[str]) -> int:
    """Write the file, or say whether it is up to date."""
    path, found = resources.queries_dir() / "needed.txt", text()
    if "--check" in arguments:
        same = path.is_file() and path.read_text(encoding="utf-8") == found
        print("needed.txt is up to date" if same else "needed.txt is out of date: run make derived")
        return 0 if same else 1
    path.write_text(found, encoding="utf-8")
    print(f"needed.txt: {len(found.splitlines()) - 1} patterns")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
