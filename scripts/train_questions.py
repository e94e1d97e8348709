"""Find the weights of `oscegraph ask` from `tests/questions/training.jsonl`; write `queries/weights.json` and `asked.json`.

    python scripts/train_questions.py           find the weights from all questions and write them
    python scripts/train_questions.py --check   find them from four fifths, score the last fifth, five times; write nothing

A log-linear model over the candidates of each question: what is made large is the probability of all candidates whose answer
is right (P. Liang and C. Potts 2015, "Bringing Machine Learning and Compositional Semantics Together", section 3.2), by
AdaGrad (J. Duchi et al. 2011) with a penalty on large weights. Questions that no candidate answers teach nothing and are
left out. They are found twice: first without the memory of questions (`asking/memory.py`), which says which of the right
candidates each question means; then with a memory of all questions but the one that is looked at. Needs numpy; the same
questions, graph and code give the same files.
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

import numpy as np

import oscegraph
from oscegraph import resources
from oscegraph.asking import memory, ranking, scoring
from oscegraph.asking.ask import ANSWERED, SILENT, Asker

sys.path.insert(0, str(Path(__file__).resolve().parent))
import score_questions

# A feature counts from so many questions on.
LEAST = 20
EPOCHS, RATE, PENALTY, SEED = 16, 0.1, 0.01, 0
Features = dict[str, float]


@dataclass
class Example:
    """A question with the features of its candidates and of each key, and which candidates are right; the last is none."""

    item: dict[str, Any]
    shapes: list[Features]
    keys: list[tuple[str, ...]]
    groups: dict[str, Features]
    right: list[bool]
    answers: list[list[Any]]
    bounds: list[float]
    marks: list[memory.Marks]
    words: list[str]
    polar: bool


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
    used = [scoring.keys(candidate) for candidate in candidates]
    right: dict[str, bool] = {}
    for candidate in candidates:
        name = ranking.same_answer(candidate)
        if name not in right:
            status = ANSWERED if candidate.answer else SILENT
            right[name] = keys.score(item, status, candidate.answer) == "right"
    none = scoring.none_features(words, known, cover)
    return Example(
        item,
        [*(scoring.shape(question, candidate) for candidate in candidates), none],
        used,
        {key: scoring.group(words, known, key) for key in sorted({key for some in used for key in some})},
        [*(right[ranking.same_answer(candidate)] for candidate in candidates), item["status"] != "answered"],
        [candidate.answer for candidate in candidates],
        [ranking.bound(candidate) for candidate in candidates],
        [memory.marks(candidate, ranking.same_answer(candidate)) for candidate in candidates],
        memory.words(question),
        question.polar,
    )


def number(examples: list[Example]) -> dict[str, int]:
    """Return a number for each feature that enough questions have."""
    counts: Counter[str] = Counter()
    for one in examples:
        counts.update({name for some in (*one.shapes, *one.groups.values()) for name in some})
    return {name: i for i, name in enumerate(sorted(name for name, count in counts.items() if count >= LEAST))}


def table(one: Example, numbers: dict[str, int]) -> Table:
    """Return an example as arrays."""
    count = len(one.shapes)
    rows = {key: count + i for i, key in enumerate(one.groups)}
    entries = [
        (numbers[name], value, row)
        for row, some in (*enumerate(one.shapes), *((rows[key], some) for key, some in one.groups.items()))
        for name, value in some.items()
        if name in numbers and value
    ]
    used, place = np.unique(np.array([e[0] for e in entries], dtype=int), return_inverse=True)
    pairs = [(i, rows[key] - count) for i, keys in enumerate(one.keys) for key in keys]
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
        found.append(memory.Entry(one.marks[int(scores.argmax())], one.words) if right else None)
    return found


def remembering(examples: list[Example], known: list[memory.Entry | None], use: set[int]) -> list[Example]:
    """Return the questions with the features that the memory of those in `use` gives; none is in its own memory."""
    numbers = [i for i, entry in enumerate(known) if entry is not None and i in use]
    held = memory.Memory([entry for i in numbers if (entry := known[i]) is not None])
    return [_with_memory(held, one, lambda n, i=i: numbers[n] != i) for i, one in enumerate(examples)]  # type: ignore[misc]


def _with_memory(held: memory.Memory, one: Example, use: Callable[[int], bool]) -> Example:
    near = held.near(one.words, use)
    more = [*(near.features(marks, one.polar) for marks in one.marks), near.none_features()]
    return replace(one, shapes=[shape | new for shape, new in zip(one.shapes, more, strict=True)])


@dataclass
class Outcome:
    """What came of a question that the weights were not found from: the best answer, how likely it is, and its bound."""

    item: dict[str, Any]
    sure: float
    answer: list[Any]
    bound: float


def outcome(one: Example, found: np.ndarray) -> Outcome:
    """Return the best answer by the probability of each candidate; that of candidates with the same answer is added."""
    mass: dict[str, float] = {}
    first: dict[str, int] = {}
    for i, (answer, probability) in enumerate(zip(one.answers, found, strict=False)):
        name = json.dumps(answer if answer and isinstance(answer[0], list) else sorted(map(str, answer)))
        mass[name] = mass.get(name, 0.0) + float(probability)
        if name not in first or probability > found[first[name]]:
            first[name] = i
    if not mass:
        return Outcome(one.item, 0.0, [], ranking.SURE)
    best = max(mass, key=lambda name: mass[name])
    return Outcome(one.item, mass[best], one.answers[first[best]], one.bounds[first[best]])


def check(examples: list[Example], keys: score_questions.Keys) -> None:
    """Print how the weights from four fifths of the questions do on the last fifth, for several bounds of confidence."""
    outcomes: list[Outcome] = []
    order = np.random.default_rng(SEED).permutation(len(examples))
    known = meant(examples)
    for part in range(5):
        aside = {int(i) for i in order[part::5]}
        others = set(range(len(examples))) - aside
        remembered = remembering(examples, known, others)
        numbers, weights = fit([remembered[i] for i in sorted(others)])
        for i in sorted(aside):
            outcomes.append(outcome(remembered[i], _softmax(table(remembered[i], numbers).scores(weights))))
    for bound in (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, None):
        counts: Counter[str] = Counter()
        for one in outcomes:
            given = one.sure >= (one.bound if bound is None else bound)
            counts[keys.score(one.item, ANSWERED if given else SILENT, one.answer if given else [])] += 1
        name = "own " if bound is None else f"{bound:.2f}"
        print(name, {kind: round(counts[kind] / len(outcomes), 3) for kind in score_questions.KINDS})


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
    if only_check:
        check(examples, keys)
        return
    known = meant(examples)
    numbers, weights = fit(remembering(examples, known, set(range(len(examples)))))
    packed = ranking.packed({name: float(weights[i]) for name, i in numbers.items()})
    entries = [entry for entry in known if entry is not None]
    (resources.queries_dir() / "asked.json").write_text(memory.Memory(entries).dump(), encoding="utf-8")
    path = resources.queries_dir() / "weights.json"
    lines = [f"{json.dumps(key)}: {json.dumps(held, sort_keys=True)}" for key, held in packed.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{path.name}: {sum(map(len, packed.values()))} weights")


if __name__ == "__main__":
    main()
