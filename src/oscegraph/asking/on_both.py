"""Stage 10e9b: candidates whose answer is several values of one thing: how many came and who paid, copies and languages.

Two or three values of a thing are taken together if each accounts for words of the question that the others leave open;
where the question is a list of what is asked, each piece of it gets the value that its words ask for.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from oscegraph.asking import targets
from oscegraph.asking.asked_pieces import Piece, pieces
from oscegraph.asking.candidates import SOME, Candidate
from oscegraph.asking.naming import Naming
from oscegraph.asking.on_details import OnDetails
from oscegraph.asking.on_parts import Part, Parts, joined
from oscegraph.asking.retrieval import Question, Token

# So many parts of a thing are taken two and three at a time; so many candidates in all, and lists of them.
_PAIRS, _TRIPLES, _MOST, _LISTS = 10, 5, 20, 20
# What a word that asks, a kind and a word of a description say for a value; a piece asks for one from so much on.
_CUE, _KIND, _WORD, _LEAST = 2.0, 1.5, 0.5, 1.4
# Things of which lists are made, and the values that each piece may ask for.
_THINGS, _CHOICES = 7, 4


class OnBoth:
    """Makes the candidates for several values of one thing."""

    def __init__(self, naming: Naming, details: OnDetails) -> None:
        self.parts = Parts(naming, details)

    def make(self, question: Question, papers: Sequence[Candidate] = ()) -> list[Candidate]:
        """Return the candidates that a question may ask for, if it asks for several values; `papers` are on one decision."""
        if question.polar or not targets.asks_several(question.linked.text):
            return []
        found: dict[str, tuple[float, Candidate]] = {}
        lists: dict[str, tuple[float, Candidate]] = {}
        cut = [(piece, _tokens(question, piece)) for piece in pieces(question.linked.text) if not _tells(piece)]
        for number, parts in enumerate(self.parts.groups(question, papers)):
            if number < _THINGS and cut:
                for some in _listed(cut, [part for part in parts if not part.named]):
                    _add(lists, joined(question, some, ordered=True))
            for size, most in ((2, _PAIRS), (3, _TRIPLES)):
                for few in itertools.combinations(parts[:most], size):
                    _add(found, joined(question, few))
        best = [_best(lists, _LISTS), _best({k: v for k, v in found.items() if k not in lists}, _MOST)]
        return [candidate for some in best for candidate in some]


def _add(found: dict[str, tuple[float, Candidate]], made: tuple[float, Candidate] | None) -> None:
    """Keep a candidate, if none with its answer fits better."""
    if made is not None:
        name = repr(sorted(map(str, made[1].answer)))
        if name not in found or made[0] > found[name][0]:
            found[name] = made


def _best(found: dict[str, tuple[float, Candidate]], most: int) -> list[Candidate]:
    ranked = sorted(found.items(), key=lambda item: (-round(item[1][0], 6), item[0]))
    return [candidate for _, (_, candidate) in ranked[:most]]


def _tells(piece: Piece) -> bool:
    """Whether a piece only says what is meant: "Nordic Mule training: ..."."""
    return piece.start == 0 and not piece.kinds and piece.sign in (":", "-", "\u2013", "\u2014", ".")


def _tokens(question: Question, piece: Piece) -> list[Token]:
    return [token for token in question.tokens if piece.start <= token.word.start < piece.end]


def _listed(cut: list[tuple[Piece, list[Token]]], parts: list[Part]) -> Iterator[list[Part]]:
    """Yield for the pieces of a question that ask for something the parts that they ask for, in their order.

    The first list has the best part for each piece; each other one has another one for one of them.
    """
    asked = []
    for piece, tokens in cut:
        fits = sorted(
            ((_fit(piece, tokens, part), -i) for i, part in enumerate(parts)), key=lambda fit: (-round(fit[0], 6), -fit[1])
        )
        choices = [parts[-i] for fit, i in fits[:_CHOICES] if fit >= _LEAST]
        if choices:
            asked.append(choices)
    if len(asked) < 2:
        return
    ways = [(-1, 0), *((place, n) for place, choices in enumerate(asked) for n in range(1, len(choices)))]
    for other, number in ways:
        chosen: list[Part] = []
        for place, choices in enumerate(asked):
            part = choices[number if place == other else 0]
            if not any(part.values & held.values for held in chosen):
                chosen.append(part)
        if len(chosen) > 1:
            yield chosen


def _fit(piece: Piece, tokens: list[Token], part: Part) -> float:
    """Return how much a piece of a question asks for a part."""
    cues = part.candidate.cues - SOME if part.candidate.found is None else frozenset[str]()
    if part.candidate.projection.startswith("people"):
        cues = cues | {"people", "many"}
    # The number of a decision is its name.
    kinds = piece.kinds | {"name"} if part.candidate.projection == "paper" and "number" in piece.kinds else piece.kinds
    fit = _KIND * (part.kind in kinds) * (1.0 if part.kind != "name" else 0.5)
    for token in tokens:
        if token.cues & cues or token.word.stem in part.heads:
            fit += _CUE
        elif token.word.stem in part.words:
            fit += _WORD * token.weight
    return fit
