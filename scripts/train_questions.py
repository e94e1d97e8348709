"""Find the weights of `oscegraph ask` from `tests/questions/training.jsonl`: `weights.json`, `asked.json`, `trust.json`.

    python scripts/train_questions.py           find the weights from all questions and write them
    python scripts/train_questions.py --check   find them from four fifths, score the last fifth, five times; write nothing

A log-linear model over the candidates of each question: what is made large is the probability of all candidates whose answer
is right (P. Liang and C. Potts 2015, "Bringing Machine Learning and Compositional Semantics Together", section 3.2), by
AdaGrad (J. Duchi et al. 2011) with a penalty on large weights. Questions that no candidate answers teach nothing and are
left out. They are found twice: first without the memory of questions (`asking/memory.py`), which says which of the right
candidates each question means; then with a memory of all questions but the one that is looked at. How far an answer is
to be believed (`asking/trust.py`) is told by trees that LightGBM grows on the outcomes of questions that weights from four
fifths of the others were not found from. The same questions, graph and code give the same files.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

import oscegraph
from oscegraph import resources
from oscegraph.asking import memory, ranking, scoring, trust
from oscegraph.asking.ask import ANSWERED, SILENT, Asker

sys.path.insert(0, str(Path(__file__).resolve().parent))
import score_questions

# A feature counts from so many questions on.
LEAST = 20
EPOCHS, RATE, PENALTY, SEED = 16, 0.1, 0.01, 0
# Questions are cut into so many parts; a feature of readings counts from so many of them on; the trees.
PARTS, LEAST_READINGS, ROUNDS = 5, 300, 250
TREES = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 24,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": SEED,
    "verbose": -1,
}
Features = dict[str, float]


@dataclass
class Example:
    """A question with its candidates, the features of each key and of none, and which candidates are right, last none.

    `near` holds for each candidate the features that the memory gives it, apart from the others, as they are many.
    """

    item: dict[str, Any]
    scored: trust.Scored
    near: list[Features]
    none: Features
    groups: dict[str, Features]
    right: list[bool]
    words: list[str]


@dataclass
class Table:
    """An example as arrays: features in use, the weight of each entry, its row, and which rows make up which candidate."""

    used: np.ndarray
    place: np.ndarray
    value: np.ndarray
    row: np.ndarray
    candidate: np.ndarray
    group: np.ndarray
    right: np.ndarray
    groups: int

    def scores(self, weights: np.ndarray) -> np.ndarray:
        """Return the score of each candidate and of none."""
        count = len(self.right)
        sums = np.bincount(self.row, weights=weights[self.used][self.place] * self.value, minlength=count + self.groups)
        return sums[:count] + np.bincount(self.candidate, weights=sums[count:][self.group], minlength=count)


def example(asker: Asker, keys: score_questions.Keys, item: dict[str, Any]) -> Example:
    """Return a question as an example."""
    question, candidates = asker.read(item["question"])
    words, known = scoring.lexical(question), scoring.asked(question)
    cover = max((c.hit.matched / (question.total or 1.0) for c in candidates if c.hit), default=0.0)
    scored = ranking.scored(question, candidates)
    # Names of features that are held once take far less memory.
    scored.shapes = [{sys.intern(name): value for name, value in shape.items()} for shape in scored.shapes]
    right: dict[str, bool] = {}
    for candidate, name in zip(candidates, scored.names, strict=True):
        if name not in right:
            status = ANSWERED if candidate.answer else SILENT
            right[name] = keys.score(item, status, candidate.answer) == "right"
    return Example(
        item,
        scored,
        [],
        scoring.none_features(words, known, cover),
        {key: scoring.group(words, known, key) for key in sorted({key for some in scored.keys for key in some})},
        [*(right[name] for name in scored.names), item["status"] != "answered"],
        memory.words(question),
    )


def number(examples: list[Example]) -> dict[str, int]:
    """Return a number for each feature that enough questions have."""
    counts: Counter[str] = Counter()
    for one in examples:
        counts.update({name for some in (*one.scored.shapes, *one.near, one.none, *one.groups.values()) for name in some})
    return {name: i for i, name in enumerate(sorted(name for name, count in counts.items() if count >= LEAST))}


def table(one: Example, numbers: dict[str, int]) -> Table:
    """Return an example as arrays."""
    count = len(one.right)
    rows = {key: count + i for i, key in enumerate(one.groups)}
    entries = [
        (numbers[name], value, row)
        for row, some in (
            *enumerate([*one.scored.shapes, one.none]),
            *enumerate(one.near),
            *((rows[key], some) for key, some in one.groups.items()),
        )
        for name, value in some.items()
        if name in numbers and value
    ]
    used, place = np.unique(np.array([e[0] for e in entries], dtype=int), return_inverse=True)
    pairs = [(i, rows[key] - count) for i, keys in enumerate(one.scored.keys) for key in keys]
    return Table(
        used,
        place,
        np.array([e[1] for e in entries], dtype=float),
        np.array([e[2] for e in entries], dtype=int),
        np.array([p[0] for p in pairs], dtype=int),
        np.array([p[1] for p in pairs], dtype=int),
        np.array(one.right),
        len(rows),
    )


def _softmax(scores: np.ndarray) -> np.ndarray:
    parts = np.exp(scores - scores.max())
    found: np.ndarray = parts / parts.sum()
    return found


def train(tables: list[Table], size: int) -> np.ndarray:
    """Return the weights that make right answers likely."""
    generator = np.random.default_rng(SEED)
    weights, squares = np.zeros(size), np.full(size, 1e-3)
    for _ in range(EPOCHS):
        for i in generator.permutation(len(tables)):
            one = tables[i]
            found = _softmax(one.scores(weights))
            wanted = np.where(one.right, found, 0.0)
            wanted = wanted / wanted.sum() if wanted.sum() > 1e-12 else one.right / one.right.sum()
            wrong = found - wanted
            of_groups = np.bincount(one.group, weights=wrong[one.candidate], minlength=one.groups)
            slope = np.bincount(
                one.place, weights=np.concatenate([wrong, of_groups])[one.row] * one.value, minlength=len(one.used)
            )
            slope += PENALTY * weights[one.used]
            squares[one.used] += slope * slope
            weights[one.used] -= RATE * slope / np.sqrt(squares[one.used])
    return weights


def fit(examples: list[Example]) -> tuple[dict[str, int], np.ndarray]:
    """Return the number and the weight of each feature."""
    told = [one for one in examples if any(one.right)]
    numbers = number(told)
    return numbers, train([table(one, numbers) for one in told], len(numbers))


def meant(examples: list[Example]) -> list[memory.Entry | None]:
    """Return which candidate each question means: of those that are right the likeliest without a memory."""
    numbers, weights = fit(examples)
    found: list[memory.Entry | None] = []
    for one in examples:
        scores = np.where(one.right, table(one, numbers).scores(weights), -np.inf)[:-1]
        right = scores.size and scores.max() > -np.inf
        found.append(memory.Entry(one.scored.marks[int(scores.argmax())], one.words) if right else None)
    return found


def remembering(examples: list[Example], known: list[memory.Entry | None], use: set[int]) -> list[Example]:
    """Return the questions with the features that the memory of those in `use` gives; none is in its own memory."""
    numbers = [i for i, entry in enumerate(known) if entry is not None and i in use]
    held = memory.Memory.of(entry for i in numbers if (entry := known[i]) is not None)
    return [_with_memory(held, one, lambda n, i=i: numbers[n] != i) for i, one in enumerate(examples)]  # type: ignore[misc]


def _with_memory(held: memory.Memory, one: Example, use: Callable[[int], bool]) -> Example:
    near = held.near(one.words, use)
    found = [near.features(marks, one.scored.polar) for marks in one.scored.marks]
    return replace(one, near=found, none=one.none | near.none_features())


@dataclass
class Outcome:
    """What weights that were not found from a question make of it: its first readings with features, answers and truth."""

    item: dict[str, Any]
    features: list[Features]
    answers: list[list[Any]]
    right: list[bool]


def outcome(one: Example, scores: np.ndarray) -> Outcome:
    """Return the first readings of a question with these scores."""
    readings = trust.read(scores.tolist(), one.scored)
    first = [reading.first for reading in readings.all[: trust.MOST]]
    shapes = list(one.scored.shapes)
    for i in first:
        shapes[i] = shapes[i] | one.near[i]
    scored = replace(one.scored, shapes=shapes)
    features = [trust.features(readings, place, scored) for place in range(len(first))]
    return Outcome(one.item, features, [one.scored.answers[i] for i in first], [one.right[i] for i in first])


def crossed(examples: list[Example], known: list[memory.Entry | None]) -> list[Outcome]:
    """Return the outcome of each question by weights that were found from four fifths of the others."""
    found: dict[int, Outcome] = {}
    order = np.random.default_rng(SEED).permutation(len(examples))
    for part in range(PARTS):
        aside = {int(i) for i in order[part::PARTS]}
        others = set(range(len(examples))) - aside
        remembered = remembering(examples, known, others)
        numbers, weights = fit([remembered[i] for i in sorted(others)])
        found |= {i: outcome(remembered[i], table(remembered[i], numbers).scores(weights)) for i in sorted(aside)}
    return [found[i] for i in range(len(examples))]


def columns(outcomes: list[Outcome]) -> list[str]:
    """Return the features that enough readings have."""
    counts = Counter(name for one in outcomes for some in one.features for name in some)
    return sorted(name for name, count in counts.items() if count >= LEAST_READINGS)


def grow(outcomes: list[Outcome], names: list[str]) -> lightgbm.Booster:
    """Return trees that tell which readings are right."""
    rows = np.array([[some.get(name, 0.0) for name in names] for one in outcomes for some in one.features])
    data = lightgbm.Dataset(rows, label=[int(value) for one in outcomes for value in one.right], free_raw_data=False)
    return lightgbm.train(TREES, data, num_boost_round=ROUNDS)


def nodes(tree: dict[str, Any]) -> list[list[float]]:
    """Return a tree of LightGBM as `trust.trees` reads it."""
    found: list[list[float]] = []

    def add(node: dict[str, Any]) -> int:
        place = len(found)
        found.append([])
        if "leaf_value" in node:
            found[place] = [round(node["leaf_value"], 5)]
        else:
            sides = add(node["left_child"]), add(node["right_child"])
            found[place] = [node["split_feature"], node["threshold"], *sides]
        return place

    add(tree["tree_structure"])
    return found


def check(outcomes: list[Outcome], keys: score_questions.Keys) -> None:
    """Print how questions do that neither weights nor trees were found from, for several bounds of confidence."""
    names = columns(outcomes)
    order = np.random.default_rng(SEED + 1).permutation(len(outcomes))
    best: dict[int, tuple[float, int]] = {}
    for part in range(PARTS):
        aside = {int(i) for i in order[part::PARTS]}
        booster = grow([one for i, one in enumerate(outcomes) if i not in aside], names)
        for i in sorted(aside):
            rows = [[some.get(name, 0.0) for name in names] for some in outcomes[i].features]
            sure = booster.predict(np.array(rows)) if rows else np.zeros(1)
            best[i] = (float(np.max(sure)), int(np.argmax(sure)))
    for bound in (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9):
        counts: Counter[str] = Counter()
        for i, one in enumerate(outcomes):
            sure, place = best[i]
            given = sure >= bound and one.answers
            counts[keys.score(one.item, ANSWERED if given else SILENT, one.answers[place] if given else [])] += 1
        print(f"{bound:.2f}", {kind: round(counts[kind] / len(outcomes), 3) for kind in score_questions.KINDS})


def write(examples: list[Example], known: list[memory.Entry | None], outcomes: list[Outcome]) -> None:
    """Find the weights and trees from all questions and write the files."""
    numbers, weights = fit(remembering(examples, known, set(range(len(examples)))))
    packed = ranking.packed({name: float(weights[i]) for name, i in numbers.items()})
    entries = [entry for entry in known if entry is not None]
    folder = resources.queries_dir()
    (folder / "asked.json").write_text(memory.Memory.of(entries).dump(), encoding="utf-8")
    lines = [f"{json.dumps(key)}: {json.dumps(held, sort_keys=True)}" for key, held in packed.items()]
    (folder / "weights.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    names = columns(outcomes)
    grown = [nodes(tree) for tree in grow(outcomes, names).dump_model()["tree_info"]]
    held = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in grown)
    text = f'{{"features": {json.dumps(names)},\n"trees": [\n{held}\n]}}\n'
    (folder / "trust.json").write_text(text, encoding="utf-8")
    print(f"{sum(map(len, packed.values()))} weights, {len(grown)} trees")


def main() -> None:
    """Find the weights, or check how well they do on questions that they were not found from."""
    parser = argparse.ArgumentParser(description="Find the weights of `oscegraph ask`.")
    parser.add_argument("--check", action="store_true", help="cross-validate, and write nothing")
    only_check = parser.parse_args().check
    osce = oscegraph.load()
    asker = Asker(osce.store, osce.directory)
    keys = score_questions.Keys(asker)
    examples = [example(asker, keys, item) for item in score_questions.read("training.jsonl")]
    told = sum(any(one.right) for one in examples)
    print(f"{len(examples)} questions, {told} with a right candidate")
    known = meant(examples)
    outcomes = crossed(examples, known)
    if only_check:
        check(outcomes, keys)
        return
    write(examples, known, outcomes)


if __name__ == "__main__":
    main()
