"""Stage 7d9d: in which other words plain questions are asked, and which of them a question is likeliest to be.

`queries/paraphrases.txt` holds plain questions and below each what people say instead. What only limits (a theme, a place,
days) is taken out, each name stands as its kind, and a kind of activity as activities. Each plain question then has a model
of which word follows which (bigrams, smoothed by how many different words follow: I. Witten and T. Bell 1991). A question is
the one whose model makes it likeliest (F. Peng, D. Schuurmans and S. Wang 2004, "Augmenting Naive Bayes Classifiers with
Statistical Language Models"), if it has no word that none of the wordings has, and no other one is nearly as likely.
"""

from __future__ import annotations

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from oscegraph import resources
from oscegraph.asking import lines as kept_lines
from oscegraph.asking import wording
from oscegraph.asking.asked_plainly import BODY, NAME, PLACE, Said, said

# By so much (in natural logarithms) a question has to be likelier than as any other one.
AHEAD = 1.5
# How much it counts how alike a question is to the nearest wording, beside the logarithm of its likelihood.
ALIKE = 10.0
# So many words, names among them, a wording that is not known has at least, and so alike it is to one that is; more if it
# has no more of them.
_FEWEST, _NEAR, _NEARER = 3, 0.3, 0.4
# The ends of a question.
_START, _END = "<", ">"
# In the file: how many words are known.
_KNOWN = "~words"
# So much of any word is thought to have been seen with each plain question.
_UNSEEN = 0.1
# What denies, ranks and counts, asks when or where, or for money or training: where most wordings have one of these words, a
# question without it is another one, and where hardly any has one, a question with it.
_TURNS = (
    "not never no nothing none without neither nobody didn't hasn't haven't wasn't weren't don't doesn't nowhere"
    " lack lacks fail failed missing miss inactive ignored ignore zero untouched neglected except",
    "most more largest biggest highest greatest maximum top best longest busiest longer leading lead first rank peak"
    " over exceed above beyond",
    "many number count total often times figure much tally sum size headcount staffing",
    "when date dates day days month months time year period",
    "where town city place venue location country countries cities destination",
    "pay paid fund funded finance financed sponsor sponsored donor donors money bankrolled support bill funding",
    "teach taught train trained trainer instruct instructor lecturer teacher lecture teaching training trainee",
)
_MOSTLY, _DENY = 0.75, 0
# So many of the wordings are some, by share and by number.
_SPOKEN_OF, _SOME = 0.05, 2
# "Signed but not ratified": so alike a wording that denies is to a known one, where most do not deny.
_DENIED = 0.6
# What stands behind "which": of two such kinds a question and the plain one ask for the same, and of each kind that a
# question speaks of, some wordings do.
_HEADS = (
    "unit units structure structures operation operations mission missions office offices",
    "body bodies agency agencies authority authorities",
    "state states country countries government governments",
    "theme themes topic topics subject subjects",
    "town towns city cities place places",
    "activities {activities}",
    "decision decisions document documents",
    "international",
    "partner partners",
    "ngo ngos",
    "who whom whose",
)
# Words that may stand in any wording.
_LINKING = frozenset(["of", "that", "those", "who", "which", "it", "there", "and", "as", "such"])


class Model:
    """A plain question, and the words that follow each other in what people say for it."""

    def __init__(self, question: str, wordings: Iterable[Sequence[str]]) -> None:
        self.question, self.said = question, list(wordings)
        self.words: Counter[str] = Counter()
        self.before: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.following: dict[str, set[str]] = defaultdict(set)
        self.wordings: list[frozenset[Any]] = []
        for words in self.said:
            self.wordings.append(_parts(words))
            for first, then in _pairs(words):
                self.words[then] += 1
                self.pairs[first, then] += 1
                self.before[first] += 1
                self.following[first].add(then)
        turns = list(zip(*(_turns(words) for words in self.said), strict=True))
        # Each list follows the turns: whether most wordings have one, and whether some do.
        self.turns = [sum(has) >= _MOSTLY * len(has) for has in turns]
        self.turning = [self._is_said(sum(has)) for has in turns]
        kinds = Counter(kind for words in self.said for kind in _kinds(words))
        self.kinds = {kind for kind, times in kinds.items() if self._is_said(times)}
        heads = Counter(head for words in self.said if (head := _head(words)) is not None)
        self.heads = {kind for kind, times in heads.items() if self._is_said(times)}
        plain = said((word, word) for word in question.rstrip("?").replace("[", " ").replace("]", " ").split())
        self.head = _head(plain.words) if plain else None

    def _is_said(self, times: int) -> bool:
        """Whether so many wordings are enough for what a question may have."""
        return times >= max(_SOME, _SPOKEN_OF * len(self.said))

    def fits(self, words: Sequence[str]) -> bool:
        """Whether words that are all said for it ask for such a thing, and have of each turn what it needs and may have."""
        head = _head(words)
        if head is not None and (head != self.head if self.head is not None else head not in self.heads):
            return False
        if not _kinds(words) <= self.kinds:
            return False
        turns = _turns(words)
        if turns[_DENY] and not self.turns[_DENY] and self.alike(words) < _DENIED:
            return False
        return all(may if has else not needs for has, needs, may in zip(turns, self.turns, self.turning, strict=True))

    def likelihood(self, words: Sequence[str], known: int) -> float:
        """Return the logarithm of the likelihood of words; so many words are `known` in all."""
        found, total = 0.0, sum(self.words.values())
        for first, then in _pairs(words):
            alone = (self.words[then] + _UNSEEN) / (total + _UNSEEN * known)
            kinds = len(self.following.get(first, ())) or 1
            found += math.log((self.pairs[first, then] + kinds * alone) / (self.before[first] + kinds))
        return found

    def alike(self, words: Sequence[str]) -> float:
        """Return how alike words are to the nearest wording, by their share of common words and pairs (P. Jaccard 1901)."""
        parts = _parts(words)
        return max(len(parts & one) / len(parts | one) for one in self.wordings)


_BODIES, _STATES, _ACTIVITIES = 1, 2, 5


@functools.cache
def _heads() -> dict[str, int]:
    return {wording.stem(word): number for number, words in enumerate(_HEADS) for word in words.split()}


def _head(words: Sequence[str]) -> int | None:
    """Return the kind of thing that is asked for behind "which", "what" or "how many" at the beginning."""
    place = next((at for at, word in enumerate(words, 1) if word in ("which", "what", "mani")), len(words))
    first, then = (_heads().get(word) for word in (*words[place : place + 2], "", "")[:2])
    # "Which state bodies" are bodies.
    return then if first == _STATES and then == _BODIES else first


def _kinds(words: Iterable[str]) -> set[int]:
    """Return the kinds of things that words speak of, besides activities, of which most do."""
    return {kind for word in words if (kind := _heads().get(word)) is not None and kind != _ACTIVITIES}


@functools.cache
def _stems() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(map(wording.stem, words.split())) for words in _TURNS)


def _turns(words: Iterable[str]) -> tuple[bool, ...]:
    """Return of which of the turns words have one."""
    some = set(words)
    return tuple(not turn.isdisjoint(some) for turn in _stems())


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip((_START, *words), (*words, _END), strict=True)


def _parts(words: Sequence[str]) -> frozenset[Any]:
    return frozenset([*words, *_pairs(words)])


def read(lines: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """Return the plain questions in some lines, each behind "=", with what people say for it, as it is compared."""
    held: dict[str, list[tuple[str, ...]]] = {}
    question = ""
    for line in filter(None, map(str.strip, lines)):
        if line.startswith("= "):
            question = line.removeprefix("= ")
            held[question] = []
        elif not line.startswith("#") and (one := said((word, word) for word in line.split())):
            held[question].append(one.words)
    return held


def dump(lines: Iterable[str]) -> str:
    """Return the text of `queries/paraphrases.json`: by the names in them, plain questions with what is said for them."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    held = read(lines)
    for question, wordings in held.items():
        for words in dict.fromkeys(wordings):
            found[_names(words)][question].append(" ".join(words))
    known = {word for wordings in held.values() for words in wordings for word in words}
    return kept_lines.dump({_KNOWN: len(known), **{names: found[names] for names in sorted(found)}})


@functools.cache
def _kept() -> Mapping[str, Any]:
    return kept_lines.Lines(resources.text_of(resources.queries_dir() / "paraphrases.json"))


@functools.cache
def _model(names: str, question: str) -> Model:
    return Model(question, map(str.split, _kept()[names][question]))


@functools.cache
def _vocabularies(names: str) -> dict[str, frozenset[str]]:
    held: dict[str, list[str]] = _kept().get(names, {})
    return {question: frozenset(" ".join(wordings).split()) for question, wordings in held.items()}


def _models(words: Sequence[str]) -> list[Model]:
    """Return the plain questions for which each of some words is said: the others are not read, which takes longer."""
    names, needed = _names(words), set(words) - _LINKING
    return [_model(names, question) for question, known in _vocabularies(names).items() if needed <= known]


def _names(words: Iterable[str]) -> str:
    return " ".join(sorted(filter(NAME.match, words)))


class Found(NamedTuple):
    """A plain question that another one is, what that says, and how alike the nearest known wording is: 1 if it is known."""

    question: str
    said: Said
    alike: float


def likeliest(question: Said) -> Found | None:
    """Return the plain question that a question is; None if it is none of them, or nearly as likely another one.

    What stands for a State may be meant as a place, and the other way round, if it fits nothing as it is.
    """
    known: int = _kept()[_KNOWN]
    for one in (question, *_otherwise(question)):
        models = _models(one.words)
        exact = [model for model in models if _parts(one.words) in model.wordings]
        if len(exact) == 1:
            return Found(exact[0].question, one, 1.0)
        fitting = [model for model in models if model.fits(one.words)]
        alike = {model.question: model.alike(one.words) for model in fitting}
        ranked = sorted(
            ((model.likelihood(one.words, known) + ALIKE * alike[model.question], model.question) for model in fitting),
            reverse=True,
        )
        near = _NEAR if len(one.words) > _FEWEST else _NEARER
        if len(one.words) >= _FEWEST and max(alike.values(), default=0.0) >= near:
            ahead = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= AHEAD
            return Found(ranked[0][1], one, alike[ranked[0][1]]) if ahead else None
    return None


def _otherwise(question: Said) -> list[Said]:
    """Return what a question says with each other body as a place, or each place as one."""
    found = []
    for kind, other in ((BODY, PLACE), (PLACE, BODY)):
        token = f"{{{kind}}}"
        if question.words.count(token) == 1 and len(question.names.get(kind, ())) == 1 and other not in question.names:
            words = tuple(f"{{{other}}}" if word == token else word for word in question.words)
            names = {other if name == kind else name: held for name, held in question.names.items()}
            found.append(Said(words, names, question.kind))
    return found
