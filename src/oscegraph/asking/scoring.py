"""Stage 10e12: how well a candidate fits a question: its features, and the weights that were learned for them.

A candidate's score is the sum of weight x feature; its probability is the softmax over all candidates of the question and
over none of them (a log-linear model, as in Berant et al. 2013, "Semantic Parsing on Freebase from Question-Answer Pairs").
"""

from __future__ import annotations

import re

from oscegraph.asking import asked_roles, targets, wording
from oscegraph.asking.asked_links import ONE, Link
from oscegraph.asking.asked_names import INSTRUMENTS
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Detail

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
_FLAGS = frozenset(
    ["several", "of state", "chapter", "kind", "sized", "part", "body", "group named", "after many", "in D", "in W", "in M"]
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


def shape(question: Question, candidate: Candidate) -> Features:
    """Return how a candidate fits, apart from the words: what it leaves open, what its answer is like."""
    if candidate.parts:
        return _of_parts(question, candidate)
    linked = question.linked
    f: Features = {}
    family = candidate.family
    left = candidate.left
    total = question.total or 1.0
    f[f"{family}:left"] = min(left, 12.0) / 6.0
    f[f"{family}:left share"] = left / total
    if left == 0:
        f[f"{family}:all words"] = 1.0
    names = [k for k in candidate.open_links if not k.quiet]
    f[f"{family}:open names"] = float(len(names))
    for link in names[:2]:
        f[f"{family}:open {link.thing.cls}{' at' if link.at else ''}"] = 1.0
    capitals = sum(1 for t in candidate.open_words if t.word.is_name and not t.cues)
    f[f"{family}:open capitals"] = float(capitals)
    if (hit := candidate.hit) is not None:
        f[f"{family}:rank"] = float(min(hit.rank, 4))
        if hit.rank == 0:
            f[f"{family}:first"] = 1.0
        f[f"{family}:margin"] = max(-1.5, min(hit.margin / 4.0, 1.5))
        f[f"{family}:cover"] = hit.matched / total
        f[f"{family}:matched"] = min(hit.matched, 24.0) / 12.0
        if linked.days:
            f[f"{family}:days {hit.days}{' exact' if linked.days.exact else ''}"] = 1.0
        if hit.matched / total > 0.75:
            f[f"{family}:well"] = 1.0
    if (found := candidate.found) is not None:
        f["detail:rank"] = float(found.rank)
        if found.rank == 0:
            f["detail:first"] = 1.0
        f["detail:margin"] = max(-1.5, min(found.margin / 4.0, 1.5))
        f["detail:asked"], f["detail:words"], f["detail:names"] = found.asked, found.words, found.names
        f["detail:covered"] = found.covered
        f["detail:cover"], f["detail:wide"] = found.words + found.names, found.wide
        f[f"detail:days {question.facts.when(found.detail, linked.days)}"] = 1.0
        f["detail:matched"] = min(found.score, 30.0) / 12.0
        f[f"detail:head {found.head}"] = 1.0
        f[f"detail:kind {candidate.projection} target {_asked_for(question)}"] = 1.0
        f[f"detail:class {candidate.flags[0]}"] = 1.0
        f[f"detail:{candidate.projection}:head {found.head}"] = 1.0
    if family in ("set", "any", "papers"):
        for name in candidate.numbers:
            if name.startswith("shape"):
                f[f"{family}:{name}"] = 1.0
        size = candidate.numbers.get("size", 0.0)
        if ONE.search(linked.text):
            # "the workshop in Kiev" is one event, not all that fits.
            f[f"{family}:one event, {'one' if size == 1 else 'none' if size == 0 else 'several'}"] = 1.0
        f[f"{family}:size {'0' if size == 0 else '1' if size == 1 else '2-9' if size < 10 else '10+'}"] = 1.0
    for flag in candidate.flags:
        f[f"{family}:flag {flag}"] = 1.0
    if question.polar:
        _shared(question, candidate, f, left / total, len(names) + capitals)
    _of_answer(question, candidate, f)
    return f


def _of_parts(question: Question, candidate: Candidate) -> Features:
    """Return how a candidate for several values fits: as its parts do on average, and how they go together."""
    f: Features = {}
    for part in candidate.parts:
        if part.shape is None:
            part.shape = shape(question, part)
        for name, value in part.shape.items():
            f[name] = f.get(name, 0.0) + value / len(candidate.parts)
    f["both:left share"] = candidate.left / (question.total or 1.0)
    f["both:open names"] = float(sum(not link.quiet for link in candidate.open_links))
    for name, value in candidate.numbers.items():
        f[f"both:{name}"] = value
        if name in ("asked", "parts"):
            f[f"both:{name} {int(value)}"] = 1.0
    f[f"both:values {min(len(candidate.answer), 6)}"] = 1.0
    return f


def _shared(question: Question, candidate: Candidate, f: Features, left: float, names: int) -> None:
    """What all kinds of candidates have in common, so that it is learned from all of them."""
    side = f"polar {candidate.answer[0]}" if question.polar else "open"
    cover = 0.0
    if candidate.hit is not None:
        cover = candidate.hit.matched / (question.total or 1.0)
    elif candidate.found is not None:
        cover = candidate.found.words + candidate.found.names + candidate.found.wide
    f[f"{side}:left"], f[f"{side}:cover"] = left, cover
    if question.polar and (said := set(question.linked.numbers)):
        # A number that is told of nothing that is meant may be the wrong one.
        about = [*candidate.events, *([candidate.found.detail.iri] if candidate.found else ())]
        known = said & question.facts.numbers(about)
        told = f"{side}:numbers {'all' if known == said else 'some' if known else 'none'} told"
        f[told] = f[f"{told} {candidate.family}"] = 1.0
    if question.polar and candidate.found is not None:
        f[f"{side}:value {'said' if _is_said(question, candidate.found.detail) else 'not said'}"] = 1.0
    f[f"{side}:names {min(names, 3)}"] = 1.0
    steps = ((0.01, "0"), (0.1, "<.1"), (0.2, "<.2"), (0.4, "<.4"))
    f[f"{side}:left {next((name for bound, name in steps if left < bound), 'more')}"] = 1.0
    if (one := candidate.hit or candidate.found) is not None:
        f[f"{side}:cover {int(5 * min(cover, 0.99))}"] = 1.0
        f[f"{side}:rank {min(one.rank, 3)}"] = 1.0
        margin = one.margin
        f[f"{side}:margin {'high' if margin > 4 else 'good' if margin > 1.5 else 'thin' if margin > 0 else 'none'}"] = 1.0


def _is_said(question: Question, detail: Detail) -> bool:
    """Whether a question says the value of a detail itself."""
    if detail.kind == "number":
        numbers = set(question.linked.numbers)
        return bool(numbers and numbers & question.facts.numbers([detail.iri]))
    if any(link.thing.iri in detail.values for link in question.links):
        return True
    said = wording.stems(question.linked.text)
    return any(stems and stems <= said for stems in map(wording.stems, detail.values))


def _asked_for(question: Question) -> str:
    """Return in one word what a question asks for."""
    return "-".join(sorted(question.target.asked)) or "none"


def _of_answer(question: Question, candidate: Candidate, f: Features) -> None:
    family, answer = candidate.family, candidate.answer
    count = len(answer)
    size = "0" if count == 0 else "1" if count == 1 else "2-5" if count < 6 else "6+"
    f[f"{family}:answers {size}"] = 1.0
    f[f"{candidate.projection}:answers {size}"] = 1.0
    if candidate.types:
        f[f"typed:answers {size}"] = 1.0
    elif question.types and isinstance((answer or [0])[0], str):
        f["type ignored"] = 1.0
        f[f"type ignored {family}"] = 1.0
    _of_cues(question, candidate, f)
    _of_things(question, candidate, f)
    if candidate.projection.startswith("people") and (counted := _counted(question)):
        f[f"people, counted {counted}"] = 1.0
    if numbers := targets.numbers(question.linked.text):
        f[f"{'rows' if isinstance((answer or [0])[0], list) else family}:as many as said {count in numbers}"] = 1.0
        if candidate.events and family in ("set", "any"):
            f[f"{family}:activities as many as said {len(candidate.events) in numbers}"] = 1.0
    number = targets.expected(question.linked.text)
    if number and count:
        f[f"expected {'met' if number == count else 'not met'}"] = 1.0
    if noun := question.target.noun:
        plural = question.plural
        if plural is not None and count and isinstance(answer[0], str):
            f[f"{'plural' if plural else 'singular'}:answers {size}"] = 1.0
        if candidate.projection == _COUNTS.get(noun):
            f["counts what is asked"] = 1.0
    first = answer[0] if count else ""
    names = ((bool, "truth"), (int, "number"), (list, "pairs"))
    kind = next((name for cls, name in names if isinstance(first, cls)), "text")
    if not question.polar:
        f[f"{'two' if targets.asks_two(question.linked.text) else 'one'} asked, {kind} {'1' if count == 1 else 'more'}"] = (
            1.0
        )
    f[f"kind {kind} target {_asked_for(question)}"] = 1.0


_PEOPLE = re.compile(
    r"(?!chapters$|numbers$|papers$|orders$|borders$|letters$|centers$|quarters$)\w+(?:ers|ors|ists|ees|ants|ians)$"
    r"|(?:judges|students|representatives|women|men|children|victims|staff|nationals|afghans|guards|heads|chiefs)$"
)


def _counted(question: Question) -> str:
    """Return whether a question counts people by the words behind "how many", or something else; "" if nothing."""
    words = question.linked.words
    place = next((i for i, w in enumerate(words) if i and w.plain == "many" and words[i - 1].plain == "how"), None)
    if place is None:
        return ""
    people = wording.cues()
    named = {i for link in question.links for i in range(link.start, link.end)} | question.linked.adjectives
    for i in range(place + 1, min(place + 4, len(words))):
        if i in named or "people" in people.get(words[i].plain, ()) or _PEOPLE.match(words[i].plain):
            return "people"
    return "other"


def _of_cues(question: Question, candidate: Candidate, f: Features) -> None:
    """Whether the words that ask are those that ask for this."""
    first = question.roles[:1]
    own = candidate.cues
    if candidate.projection.startswith(("role:", "number of:", "most:")) or candidate.family == "had role":
        kind = "typed" if candidate.types else "any"
        if first:
            f[f"role first {first[0] in own}"] = 1.0
            f[f"role all {all(r in own for r in question.roles)}"] = 1.0
            f[f"role first {first[0] in own} {kind}"] = 1.0
        else:
            f["role none asked"] = 1.0
    elif first:
        f[f"no role, asked {candidate.family}"] = 1.0


def _of_things(question: Question, candidate: Candidate, f: Features) -> None:
    """Whether the answer is of the kind that is asked for."""
    things = [question.facts.directory.things[i] for i in candidate.things if i in question.facts.directory.things]
    if not things and candidate.things:
        f[f"answer activity target {_asked_for(question)}"] = 1.0
        f[f"answer activity typed {bool(question.types)}"] = 1.0
    if not things:
        return
    classes = {_class(thing.cls) for thing in things}
    f[f"answer {'+'.join(sorted(classes))} target {_asked_for(question)}"] = 1.0
    named = {k.thing.iri for k in question.linked.links}
    if any(thing.iri in named for thing in things):
        f[f"{candidate.family}:answer is named"] = 1.0
    if question.types:
        fitting = sum(wanted(question.types, thing) for thing in things)
        f[
            f"type fits {'all' if fitting == len(things) else 'some' if fitting else 'none'} {candidate.family == 'detail'}"
        ] = 1.0


def _class(cls: str) -> str:
    if cls in ("Place", "Region"):
        return "place"
    if cls in ("State", "Territory"):
        return "state"
    return "document" if cls in INSTRUMENTS else "actor"


_COUNTS = {"week": "duration", "day": "duration", "month": "duration"}


def group(words: list[str], known: list[str], key: str) -> Features:
    """Return the features that all candidates under one key share."""
    return {f"{one}|{key}": 1.0 for one in (*words, *known, "")}


def none_features(words: list[str], known: list[str], best: float) -> Features:
    """Return the features of no answer: the words of the question, and how well the best activity fits."""
    return {f"{one}|none": 1.0 for one in (*known, *words, "")} | {"none:best cover": best}
