"""Score `oscegraph ask` on the project's own test questions: how many are right, wrong, too long, or not answered.

    python scripts/score_questions.py            the table that docs/ask.md shows
    python scripts/score_questions.py --misses   every question that is not right, of those not set aside

The questions in `tests/questions/own.jsonl` were made from the text of the report, not from the queries. Those with `aside`
were written after the catalogue of phrases, and are only scored.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import oscegraph
from oscegraph.asking.ask import ANSWERED, Asker
from oscegraph.directory import Directory, fold
from oscegraph.errors import OscegraphError

QUESTIONS = Path(__file__).resolve().parent.parent / "tests" / "questions" / "own.jsonl"
SMALL = {"of", "the", "and", "in", "s", "u", "for", "on"}
KINDS = ("right", "more than asked", "wrong", "not answered")


def read() -> list[dict[str, Any]]:
    """Return the questions."""
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


def _same(directory: Directory, one: Any, other: Any) -> bool:
    """Whether two answers mean the same: the same number or truth, the same thing by any name, or nearly the same words."""
    if isinstance(one, (bool, int)) or isinstance(other, (bool, int)):
        return type(one) is type(other) and one == other
    classes = {thing.cls for thing in directory.things.values()}
    try:
        if directory.find(str(one), classes).iri == directory.find(str(other), classes).iri:
            return True
    except OscegraphError:
        pass
    a, b = set(fold(str(one)).split()) - SMALL, set(fold(str(other)).split()) - SMALL
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= 0.75


def score(asker: Asker, item: dict[str, Any]) -> str:
    """Return what came of a question, one of KINDS."""
    asked = asker.ask(item["question"])
    if item["status"] != "answered":
        # What the report does not tell: any kind of no is right, and so is "no" to a question that can be answered by it.
        return "right" if asked.status != ANSWERED or asked.answer == [False] else "wrong"
    if asked.status != ANSWERED:
        return "not answered"
    wanted = list(dict.fromkeys(map(str, item["answer"])))
    all_there = all(any(_same(asker.directory, w, g) for g in asked.answer) for w in item["answer"])
    if all_there and len(asked.answer) == len(wanted):
        return "right"
    return "more than asked" if all_there else "wrong"


def line(aside: bool, counts: Counter[str]) -> str:
    """Return the row of a table for the questions set aside or the others."""
    numbers = " | ".join(str(counts[kind]) for kind in KINDS)
    return f"| {'set aside' if aside else 'used while writing'} | {sum(counts.values())} | {numbers} |"


def scores(asker: Asker) -> dict[bool, Counter[str]]:
    """Return for both sets (set aside or not) how many questions are right, wrong and so on."""
    found: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for item in read():
        found[item["aside"]][score(asker, item)] += 1
    return found


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description="Score `oscegraph ask` on the project's own questions.")
    parser.add_argument("--misses", action="store_true", help="list what is not right, of those not set aside")
    misses = parser.parse_args().misses
    osce = oscegraph.load()
    asker = Asker(osce.store, osce.directory)
    if misses:
        for item in read():
            if not item["aside"] and (kind := score(asker, item)) != "right":
                print(f"{kind}: {item['id']} {item['question']}")
                print(f"  wanted {item['answer']}, got {asker.ask(item['question']).answer}")
        return
    print("| questions | number | " + " | ".join(KINDS) + " |\n| --- | --- | " + " | ".join("---" for _ in KINDS) + " |")
    for aside, counts in scores(asker).items():
        print(line(aside, counts))


if __name__ == "__main__":
    main()
