"""Stage 10e11g: whether an answer is of the form that is asked for, and bears the noun that says what is asked for.

"At which summit ...?" is sooner answered by the Istanbul Summit than by the charter that was adopted there, and "since which
year ...?" by a year.
"""

from __future__ import annotations

from typing import Any

from oscegraph.asking import targets, wording
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Detail

Features = dict[str, float]
_FORMS = lazy_pattern(
    r"(?P<day>[12]\d{3}-\d\d-\d\d)$|(?P<month>[12]\d{3}-\d\d)$|(?P<year>(?:19|20)\d\d)$|(?P<chapter>[IVX]+(?:\.\d+)+)$"
    r"|(?P<symbol>(?:PC|MC)\.\w+/\S+|[AS]/RES/\S+)$|(?P<counted>(?:about |over |some )?\d[\d.,]*\b.*)"
    r"|(?P<small>[a-z].*\d.*|.*\d{4})$"
)
# So many values are looked at, and so many words behind the one that asks.
_MOST, _HEAD = 12, 4
# Nouns that tell in which form they are answered.
_FORMAL = frozenset(
    {"year", "month", "day", "date", "period", "week", "number", "percent", "percentag"}
    | {"share", "rank", "place", "town", "citi", "countri", "state", "titl", "name"}
    | {"subject", "topic", "theme", "purpos", "reason", "languag", "chapter", "decis", "law"}
    | {"document", "summit"}
)


def form(value: Any) -> str:
    """Return in one word what a value looks like.

    >>> [form(v) for v in (17, True, "2011-05-03", "1992", "47 kg", "MC.DEC/3/11", "Istanbul Summit", "draft law", ["a", 1])]
    ['number', 'truth', 'day', 'year', 'counted', 'symbol', 'name', 'words', 'row']
    """
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, int):
        return "year" if 1900 < value < 2100 else "number"
    if isinstance(value, list):
        return "row"
    text = str(value)
    if match := _FORMS.match(text):
        return str(match.lastgroup)
    return "name" if text[:1].isupper() else "words"


def features(question: Question, answer: list[Any], family: str, target: str, detail: Detail | None = None) -> Features:
    """Return of which form the answer of a candidate is, and how many of its values bear the noun that asks for them.

    Also whether it tells as many numbers and days as are asked for, and of a detail, whether its words bear the noun.
    """
    if question.polar or not answer:
        return {}
    forms = [form(value) for value in answer[:_MOST]]
    looks = "+".join(sorted(set(forms))[:2])
    f = {f"form {looks}": 1.0, f"form {looks} target {target}": 1.0}
    noun = question.target.noun
    if noun in _FORMAL:
        f[f"form {looks} noun {noun}"] = 1.0
    f |= _asked(question.linked.text, answer, forms)
    phrases = question.nouns
    if detail is not None and phrases:
        borne = detail.bag | detail.heads | detail.wide
        share = max(sum(stem in borne for stem in phrase) / len(phrase) for phrase in phrases)
        f["detail:noun borne"] = share
        f[f"detail:noun {'borne' if share == 1 else 'partly borne' if share else 'not borne'} {detail.kind}"] = 1.0
    texts = [value for value in answer[:_MOST] if isinstance(value, str)]
    if phrases and len(texts) == min(len(answer), _MOST):
        f |= _borne(phrases, texts, family)
    return f


def _asked(text: str, answer: list[Any], forms: list[str]) -> Features:
    """Return how many things a question asks for and an answer tells, of what kinds."""
    asked = [kind for _, kind in targets.aspects(text)]
    values = answer[0] if isinstance(answer[0], list) else answer
    told = [form(value) for value in values[:_MOST]] if values is not answer else forms
    kinds = {"day" if one in ("day", "month", "year") else one for one in told}
    f = {f"asked {min(len(set(asked)), 4)}, kinds told {min(len(kinds), 4)}": 1.0}
    numbers = sum(one in ("number", "counted") for one in told)
    f[f"numbers asked {min(asked.count('number'), 3)}, told {min(numbers, 3)}"] = 1.0
    f[f"days asked {min(asked.count('day'), 2)}, told {'day' in kinds}"] = 1.0
    return f


def _borne(phrases: list[list[str]], texts: list[str], family: str) -> Features:
    """Return how many of the values have a word of what is asked for, and how many of its words they have."""
    held = [wording.stems(text) for text in texts]
    best = shared = 0.0
    for phrase in phrases:
        heads = set(phrase[:_HEAD])
        best = max(best, sum(bool(heads & some) for some in held) / len(held))
        shared = max(shared, sum(len(heads & some) for some in held) / (len(held) * len(heads)))
    kind = "all" if best == 1 else "some" if best else "none"
    return {f"noun in {kind}": 1.0, f"noun in {kind} {family}": 1.0, "noun shared": shared}
