"""Find the weights of `oscegraph ask` from `tests/questions/training.jsonl`: `weights.json`, `asked.json`, `trust.json`.

    python scripts/train_questions.py           find the weights from all questions and write them
    python scripts/train_questions.py --check   find them from four fifths, score the last fifth, five times; write nothing
    python scripts/train_questions.py --jobs 1  in one process; with any number of them the files are the same

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
import gc
import multiprocessing
import pickle
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

import oscegraph
from oscegraph import resources
from oscegraph.asking import forest, memory, ranking, scoring, trust
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, SILENT, UNCLEAR
from oscegraph.asking.weights import Weights

sys.path.insert(0, str(Path(__file__).resolve().parent))
import score_questions
from log_linear import Features, Groups, Packed, Table, Vocabulary, lookup, train
from recall import Recall

# So many questions are read at a time.
CHUNK = 100
# The questions that were to ask what matters most in the report, or plainly (by the beginnings of their ids), count so much
# for the trees, as those of users are likely to be like them: more of these are answered rightly then, and no more wrongly.
SALIENT, COUNT = ("TP", "TQ", "TS", "TU", "TV", "TW", "TX", "TY", "TZ", "Q"), 4.0
# Questions are cut into so many parts; a feature of readings counts from so many of them on, and is
# held against that of the other readings if it has more than so many values; the trees.
PARTS, LEAST_READINGS, MANY, ROUNDS, SEED = 5, 300, 10, 800, 0
TREES = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 128,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "seed": SEED,
    "verbose": -1,
}


@dataclass
class Example:
    """A question with its candidates: their features, and then those of none of them; which are right, last none.

    The rows of `features` are those of the candidates, of none, and of what candidates of one kind share (`groups`).
    """

    item: dict[str, Any]
    held: bytes
    features: Packed
    groups: Groups
    right: np.ndarray
    words: list[str]

    @property
    def scored(self) -> trust.Scored:
        """The candidates as lists, which are kept as bytes: of all questions they would take 15 GB."""
        found: trust.Scored = pickle.loads(zlib.decompress(self.held))
        return found


def example(asker: Asker, keys: score_questions.Keys, item: dict[str, Any], known: Vocabulary) -> Example:
    """Return a question as an example."""
    question, candidates = asker.read(item["question"])
    words, asked = scoring.lexical(question), scoring.asked(question)
    cover = max((c.hit.matched / (question.total or 1.0) for c in candidates if c.hit), default=0.0)
    scored = ranking.scored(question, candidates)
    right: dict[str, bool] = {}
    for candidate, name in zip(candidates, scored.names, strict=True):
        if name not in right:
            status = ANSWERED if candidate.answer else SILENT
            right[name] = keys.score(item, status, candidate.answer) == "right"
    count = len(candidates) + 1
    rows = {key: row for row, key in enumerate(sorted({key for some in scored.keys for key in some}))}
    pairs = [(i, rows[key]) for i, some in enumerate(scored.keys) for key in some]
    shapes = enumerate([*scored.shapes, scoring.none_features(words, asked, cover)])
    shared = ((count + row, scoring.group(words, asked, key)) for key, row in rows.items())
    return Example(
        item,
        zlib.compress(pickle.dumps(replace(scored, shapes=[])), 1),
        Packed.of((*shapes, *shared), known),
        Groups(np.array([p[0] for p in pairs], int), np.array([p[1] for p in pairs], int), len(rows)),
        np.array([*(right[name] for name in scored.names), item["status"] not in ("answered", score_questions.AMBIGUOUS)]),
        memory.words(question),
    )


# What the processes of a pool share with the one that made them: an asker with keys, or examples with what is known.
_shared: list[Any] = []


def _ready() -> None:
    osce = oscegraph.load()
    asker = Asker(osce.store, osce.directory)
    _shared[:] = [asker, score_questions.Keys(asker)]


def _examples(items: list[dict[str, Any]]) -> tuple[list[Example], list[str]]:
    known = Vocabulary()
    return [example(*_shared, item, known) for item in items], known.names


def examples(items: list[dict[str, Any]], jobs: int) -> tuple[list[Example], Vocabulary]:
    """Return questions as examples, and their features."""
    chunks = [items[i : i + CHUNK] for i in range(0, len(items), CHUNK)]
    found: list[Example] = []
    known = Vocabulary()
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), _ready) as pool:
        for some, names in pool.map(_examples, chunks):
            places = np.array([known.number(name) for name in names], np.int32)
            for one in some:
                one.features.feature = places[one.features.feature]
            found += some
    return found, known


def fit(parts: list[list[Packed]], some: list[Example], known: Vocabulary) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return the features, the place of each, and the weights that examples with these features give."""
    told = [(packed, one) for packed, one in zip(parts, some, strict=True) if one.right.any()]
    names, places = lookup((packed for packed, _ in told), known)
    tables = [Table.of(packed, places, one.groups, one.right) for packed, one in told]
    return names, places, train(tables, len(names))


def meant(found: list[Example], known: Vocabulary) -> list[memory.Entry | None]:
    """Return which candidate each question means: of those that are right the likeliest without a memory."""
    parts = [[one.features] for one in found]
    _, places, weights = fit(parts, found, known)
    entries: list[memory.Entry | None] = []
    for packed, one in zip(parts, found, strict=True):
        scored = one.scored
        scores = np.where(one.right, Table.of(packed, places, one.groups, one.right).scores(weights), -np.inf)[:-1]
        best = int(scores.argmax()) if scores.size and scores.max() > -np.inf else None
        untrue = best is not None and scored.answers[best] == [False]
        entries.append(None if best is None else memory.Entry(scored.marks[best], one.words, untrue))
    return entries


def remembered(
    found: list[Example], entries: list[memory.Entry | None], use: Iterable[int], known: Vocabulary
) -> list[list[Packed]]:
    """Return the features of questions with those that the memory of the ones in `use` gives; none is in its own memory."""
    numbers = [i for i in use if entries[i] is not None]
    held = Recall.of(entry for i in numbers if (entry := entries[i]) is not None)
    places = {i: number for number, i in enumerate(numbers)}
    return [[one.features, _near(held, one, places.get(i, -1), known)] for i, one in enumerate(found)]


def _near(held: Recall, one: Example, without: int, known: Vocabulary) -> Packed:
    near, scored = held.near(one.words, without), one.scored
    likely = held.odds(one.words, scored.marks, without)
    return Packed.of(enumerate([*ranking.remembered(near, likely, scored), near.none_features()]), known)


@dataclass
class Outcome:
    """What weights that were not found from a question make of it: its first readings with features, answers and truth."""

    item: dict[str, Any]
    features: list[Features]
    answers: list[list[Any]]
    right: list[bool]


def outcome(one: Example, parts: list[Packed], places: np.ndarray, weights: np.ndarray, known: Vocabulary) -> Outcome:
    """Return the first readings of a question by these weights."""
    scored = one.scored
    scores = Table.of(parts, places, one.groups, one.right).scores(weights)
    readings = trust.read(scores.tolist(), scored)
    sides = [_side(packed, places, weights, len(scored.names)) for packed in parts]
    first = [reading.first for reading in readings.all[: trust.MOST]]
    shapes: list[Features] = [{}] * len(scored.names)
    for i in first:
        shapes[i] = {name: value for packed in parts for name, value in packed.of_row(i, known).items()}
    scored = replace(scored, shapes=shapes, sides=list(zip(*sides, strict=True)))
    features = [trust.features(readings, place, scored) for place in range(len(first))]
    return Outcome(one.item, features, [scored.answers[i] for i in first], [bool(one.right[i]) for i in first])


def _side(packed: Packed, places: np.ndarray, weights: np.ndarray, count: int) -> list[float]:
    """Return what these features add to the score of each candidate."""
    numbers = places[packed.feature]
    added = np.where(numbers >= 0, weights[numbers] * packed.value, 0.0)
    sums: list[float] = np.bincount(packed.row, weights=added, minlength=count)[:count].tolist()
    return sums


def split(ids: list[str], seed: int) -> list[list[int]]:
    """Return the numbers of questions in `PARTS` parts of about one size, those of one writer (by their ids) in one part.

    A writer asks for the same matter more than once: questions of users are by others than those that are known.
    """
    of_writer: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(ids):
        of_writer[name.rstrip("-0123456789")].append(number)
    writers = sorted(of_writer)
    parts: list[list[int]] = [[] for _ in range(PARTS)]
    for place in np.random.default_rng(seed).permutation(len(writers)).tolist():
        min(parts, key=len).extend(of_writer[writers[place]])
    return [sorted(part) for part in parts]


def _found(part: int) -> Any:
    """Return the outcomes of one part by weights from the others, or, for the part behind the last, weights from all."""
    found, known, entries = _shared
    every = range(len(found))
    if part == PARTS:
        names, _, weights = fit(remembered(found, entries, every, known), found, known)
        return dict(zip(names, weights.tolist(), strict=True))
    aside = split([one.item["id"] for one in found], SEED)[part]
    others = sorted(set(every) - set(aside))
    parts = remembered(found, entries, others, known)
    _, places, weights = fit([parts[i] for i in others], [found[i] for i in others], known)
    return {i: outcome(found[i], parts[i], places, weights, known) for i in aside}


def crossed(
    found: list[Example], known: Vocabulary, entries: list[memory.Entry | None], jobs: int, with_all: bool
) -> tuple[list[Outcome], dict[str, float]]:
    """Return the outcome of each question by weights from four fifths of the others, and weights from all."""
    # Processes that are forked share the examples, as long as nothing counts references to them anew.
    _shared[:] = [found, known, entries]
    gc.collect()
    gc.freeze()
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
        *parts, weights = [*pool.map(_found, range(PARTS + with_all)), *([] if with_all else [{}])]
    outcomes = {i: one for part in parts for i, one in part.items()}
    return [outcomes[i] for i in range(len(found))], weights


def columns(outcomes: list[Outcome]) -> list[str]:
    """Return the features that enough readings have, and those with many values again, against the other readings."""
    counts: Counter[str] = Counter()
    values: dict[str, set[float]] = defaultdict(set)
    for some in (some for one in outcomes for some in one.features):
        counts.update(some.keys())
        for name, value in some.items():
            if len(values[name]) <= MANY:
                values[name].add(value)
    names = sorted(name for name, count in counts.items() if count >= LEAST_READINGS)
    same = ("text ", "none", "candidates", "readings", "words")
    measured = [name for name in names if len(values[name]) > MANY and not name.startswith(same)]
    return [*names, *(f"{trust.AHEAD}{name}" for name in measured)]


def grow(outcomes: list[Outcome], names: list[str]) -> lightgbm.Booster:
    """Return trees that tell which readings are right."""
    rows = np.empty((sum(len(one.right) for one in outcomes), len(names)), np.float32)
    place = 0
    for one in outcomes:
        rows[place : place + len(one.right)] = trust.rows(one.features, names) or np.empty((0, len(names)))
        place += len(one.right)
    counts = [COUNT if one.item["id"].startswith(SALIENT) else 1.0 for one in outcomes for _ in one.right]
    right = [int(value) for one in outcomes for value in one.right]
    data = lightgbm.Dataset(rows, label=right, weight=counts, free_raw_data=False)
    return lightgbm.train(TREES, data, num_boost_round=ROUNDS)


def nested(node: dict[str, Any], places: dict[int, int]) -> forest.Tree:
    """Return a node of a tree of LightGBM with all below it; `places` are those of the features in use."""
    if "leaf_value" in node:
        return float(node["leaf_value"])
    sides = [nested(node[side], places) for side in ("left_child", "right_child")]
    return (places[node["split_feature"]], float(node["threshold"]), *sides)


def check(outcomes: list[Outcome], keys: score_questions.Keys) -> None:
    """Print how questions do that neither weights nor trees were found from, for several bounds of confidence."""
    names = columns(outcomes)
    best: dict[int, tuple[float, int]] = {}
    for part in split([one.item["id"] for one in outcomes], SEED + 1):
        aside = set(part)
        booster = grow([one for i, one in enumerate(outcomes) if i not in aside], names)
        for i in sorted(aside):
            rows = trust.rows(outcomes[i].features, names)
            sure = booster.predict(np.array(rows, np.float32)) if rows else np.zeros(1)
            best[i] = (float(np.max(sure)), int(np.argmax(sure)))
    for name, of in (("all", ""), ("salient", SALIENT)):
        chosen = [i for i, one in enumerate(outcomes) if one.item["id"].startswith(of)]
        for bound in (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9):
            counts: Counter[str] = Counter()
            for i in chosen:
                one, (sure, place) = outcomes[i], best[i]
                given = sure >= bound and one.answers
                counts[keys.score(one.item, ANSWERED if given else UNCLEAR, one.answers[place] if given else [])] += 1
            shares = {kind: round(counts[kind] / len(chosen), 3) for kind in score_questions.KINDS} if chosen else {}
            print(f"{name} {len(chosen)} {bound:.2f}", shares)


def write(found: dict[str, float], entries: list[memory.Entry | None], outcomes: list[Outcome]) -> None:
    """Write the files: weights, the memory of questions, and trees from the outcomes."""
    packed = Weights.of(found)
    folder = resources.queries_dir()
    held = memory.Memory.of(entry for entry in entries if entry is not None)
    (folder / "asked.json").write_text(held.dump(), encoding="utf-8")
    (folder / "weights.json").write_text(packed.dump(), encoding="utf-8")
    names = columns(outcomes)
    booster = grow(outcomes, names)
    used = np.flatnonzero(booster.feature_importance()).tolist()
    places = {number: place for place, number in enumerate(used)}
    trees = [nested(tree["tree_structure"], places) for tree in booster.dump_model()["tree_info"]]
    grown = forest.Forest.of([names[number] for number in used], trees)
    (folder / "trust.json").write_text(grown.dump(), encoding="ascii")
    print(f"{len(packed)} weights, {len(trees)} trees")


def main() -> None:
    """Find the weights, or check how well they do on questions that they were not found from."""
    parser = argparse.ArgumentParser(description="Find the weights of `oscegraph ask`.")
    parser.add_argument("--check", action="store_true", help="cross-validate, and write nothing")
    parser.add_argument("--jobs", type=int, default=2, help="so many processes (2)")
    given = parser.parse_args()
    found, known = examples(score_questions.read("training.jsonl"), given.jobs)
    print(f"{len(found)} questions, {sum(one.right.any() for one in found)} with a right candidate", flush=True)
    entries = meant(found, known)
    outcomes, weights = crossed(found, known, entries, given.jobs, not given.check)
    if given.check:
        osce = oscegraph.load()
        check(outcomes, score_questions.Keys(Asker(osce.store, osce.directory)))
    else:
        write(weights, entries, outcomes)


if __name__ == "__main__":
    main()
