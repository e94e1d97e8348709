"""Hold each line of `queries/topics.txt` against all questions with keys that it answers.

    python scripts/check_topics.py              every line: how many questions it answers, how many of them as their keys say
    python scripts/check_topics.py plans        lines with that in them, and each question that is answered otherwise

The sets that are set aside are not looked at.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from score_questions import Keys, read

import oscegraph
from oscegraph.asking import topics
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import Asked

FILES = ("training.jsonl", "later.jsonl")


def name(topic: topics.Topic) -> str:
    """Return by what a topic is answered."""
    return topic.question or f"{topic.compared} {topic.told}"


def answered(asker: Asker, items: Iterator[dict[str, Any]], said: str) -> Iterator[tuple[str, dict[str, Any], Asked]]:
    """Yield the questions that a topic answers, with the answer."""
    for item in items:
        found = next(asker.by_topics(asker._in_its_words(item["question"])), None)
        if found is not None and said in name(found[0]):
            yield name(found[0]), item, found[1]


def main() -> int:
    """Print how many questions each line answers, and how many rightly."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", nargs="?", default="")
    said = parser.parse_args().name
    asker = Asker(oscegraph.load().store)
    keys = Keys(asker)
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    items = (item for file in FILES for item in read(file))
    for topic, item, asked in answered(asker, items, said):
        outcome = keys.outcome(item, asked)
        outcomes[topic][outcome] += 1
        if said and outcome != "right":
            print(f"{outcome}: {item['question']}\n    key {item['answer']}\n    told {asked.answer}")
    for topic in map(name, topics.catalogue()):
        held = outcomes.pop(topic, Counter())
        if said in topic and sum(held.values()):
            print(f"{held['right']:4} of {sum(held.values()):4}  {topic}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
