"""Write what questions need of the graph into files, so that a process need not find it anew.

The files are `queries/stems.txt` and `queries/asking.json`.

python scripts/keep_words.py
"""

from __future__ import annotations

import json
from pathlib import Path

import oscegraph
from oscegraph import query, resources
from oscegraph.asking import kept, wording
from oscegraph.asking.facts import Facts
from oscegraph.directory import Directory
from oscegraph.store import Store


def words(store: Store, directory: Directory) -> list[str]:
    """Return the words of all names, titles, details, terms, cues, topics and questions, folded and in order."""
    texts = [name for thing in directory.things.values() for name in (thing.label, *thing.aliases)]
    for name in ("ask-activities", "ask-details", "ask-instruments"):
        texts += [row["value"] or "" for row in query.run(store, name)]
    questions = Path(__file__).resolve().parent.parent / "tests" / "questions" / "training.jsonl"
    texts += [json.loads(line)["question"] for line in questions.read_text(encoding="utf-8").splitlines()]
    texts += [line for line in resources.word_lines("paraphrases.txt") if not line.startswith("=")]
    matters = {word for line in resources.word_lines("topics.txt") for word in wording.tokens(line.replace("_", " "))}
    found = matters | {word for text in texts for word in wording.tokens(text)} | wording.cues().keys()
    return sorted(word for word in found if word.isalpha() or word in matters)


def main() -> None:
    """Write the files."""
    osce = oscegraph.load()
    lines = [f"{word} {wording.find_stem(word)}" for word in words(osce.store, osce.directory)]
    head = "# The stems (Porter 2) of all words of the graph and of known questions: `make derived` writes this file."
    (resources.queries_dir() / "stems.txt").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    print(f"stems.txt: {len(lines)} words")
    wording.kept_stems.cache_clear()
    wording.stems.cache_clear()
    facts = Facts(osce.store, osce.directory)
    kept.path().write_text(kept.dump(facts), encoding="utf-8")
    print(f"asking.json: {len(facts.events)} activities, {len(facts.details)} details")


if __name__ == "__main__":
    main()
