"""Stage 10e12: how well a candidate fits a question: its features, and the weights that were learned for them.

A candidate's score is the sum of weight x feature; its probability is the softmax over all candidates of the question and
over none of them (a log-linear model, as in Berant et al. 2013, "Semantic Parsing on Freebase from Question-Answer Pairs").
"""

from __future__ import annotations

from oscegraph.asking import asked_roles, wording
from oscegraph.asking.asked_links import Link
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.chosen import ANY_THEME, BODY, COMPLETE, SAME_DAYS
from oscegraph.asking.on_events import OWN
from oscegraph.asking.retrieval import Question

Features = dict[str, float]


def _kind(link: Link) -> str:
    """Return what stands for a name among the words of a question."""
    thing = link.thing
    if "/vocab/" in thing.iri:
        return "THEME"
    if thing.cls in ("Place", "Region"):
        return "PLACE"
    if thing.cls in ("State", "Territory"):
        return "STATE"
    return "ACTOR" if thing.is_actor else "DOC"


def lexical(question: Question) -> list[str]:
    """Return the words of a question, and again those at its beginning; names and days stand as what they are."""
    linked = question.linked
    kinds: dict[int, str] = {}
    for link in linked.links:
        kind = _kind(link)
        for place in range(link.start, link.end):
            kinds[place] = kind
    words: list[str] = ["^"]
    for place, word in enumerate(linked.words):
        said = kinds.get(place) or (
            "DEMONYM" if place in linked.adjectives else "NUMBER" if word.plain.isdigit() else word.stem
        )
        if said.isupper() and words[-1] == said:
            continue
        words.append(said)
    words = words[:45]
    return [*dict.fromkeys(words[1:]), *dict.fromkeys(f"^^{w}" for w in words[1:4])]


# What is known of a set or an activity that words may count for.
_FLAGS = frozenset({BODY, ANY_THEME, COMPLETE, SAME_DAYS, "told", OWN}) | frozenset(
    ("several", "of state", "chapter", "kind", "sized", "part", "group named", "after many", "in D", "in W", "in M")
)


def keys(candidate: Candidate) -> tuple[str, ...]:
    """Return the names under which words count for a candidate: what it asks for, and of what kind it is."""
    if candidate.parts:
        return (*dict.fromkeys(keys(part)[0] for part in candidate.parts), "*both")
    projection = (
        candidate.projection
        if candidate.family not in ("detail", "any")
        else candidate.family + " about" * (candidate.projection == "about")
    )
    family = candidate.family + (" by word" if "narrowed" in candidate.flags else "")
    return (
        projection,
        f"*{family}",
        *(f"+{flag}" for flag in candidate.flags if flag in _FLAGS),
    )


def asked(question: Question) -> list[str]:
    """Return what is known of a question as a whole."""
    linked, target = question.linked, question.target
    found = [f"cue={cue}" for cue in sorted(linked.cues)]
    found += [f"first={cue}" for cue in question.roles[:1]]
    found += [f"target={one}" for one in sorted(target.asked)] or ["target=none"]
    found += [f"type={one}" for one in question.types]
    if target.noun:
        found.append(f"noun={target.noun}")
    if linked.words:
        found.append(f"last={linked.words[-1].plain}")
    words = [w.plain for w in linked.words]
    places = [i for i, one in enumerate(words) if one in _WH]
    if places:
        found.append(f"ask={' '.join(words[places[0] : places[0] + 2])}")
        found.append(f"before={words[places[0] - 1] if places[0] else '^'} {words[places[0]]}")
    roles = [
        (i, cue)
        for i, word in enumerate(linked.words)
        for cue in sorted(wording.cues().get(word.plain, ()))
        if cue in _ROLES
    ]
    after = [cue for i, cue in roles if places and i > places[-1]]
    found += [f"after={cue}" for cue in after[:1]] + [f"final={cue}" for _, cue in roles[-1:]]
    if target.counted:
        found.append(f"counted={target.counted}")
    found.append(f"wh={'-'.join(w.plain for w in linked.words if w.plain in _WH)[:24]}")
    return found


_ROLES = frozenset({*asked_roles.ROLES, "partner", "withwhom"})
_WH = {"who", "whom", "whose", "which", "what", "when", "where", "many", "long", "often"}


def group(words: list[str], known: list[str], key: str) -> Features:
    """Return the features that all candidates under one key share."""
    return {f"{one}|{key}": 1.0 for one in (*words, *known, "")}


def none_features(words: list[str], known: list[str], best: float) -> Features:
    """Return the features of no answer: the words of the question, and how well the best activity fits."""
    return {f"{one}|none": 1.0 for one in (*known, *words, "")} | {"none:best cover": best}
