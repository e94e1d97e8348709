"""Stage 10e11e: how well a candidate fits a question, apart from its words: what it leaves open, what its answer is like."""

from __future__ import annotations

from typing import Any

from oscegraph.asking import checking, nouns, targets, wording
from oscegraph.asking import rows as rows_of
from oscegraph.asking.asked_links import ONE
from oscegraph.asking.asked_names import INSTRUMENTS
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Detail

Features = dict[str, float]
# What some nouns count, by the projection that tells it.
_COUNTS = {"week": "duration", "day": "duration", "month": "duration"}


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
        f[f"detail:kind {candidate.projection} target {question.asked_for}"] = 1.0
        f[f"detail:class {candidate.flags[0]}"] = 1.0
        f[f"detail:{candidate.projection}:head {found.head}"] = 1.0
    if family in ("set", "any", "papers", "each"):
        for name in candidate.numbers:
            if name.startswith("shape"):
                f[f"{family}:{name}"] = 1.0
            if name.endswith(" fit"):
                f[f"{family}:{name}"] = candidate.numbers[name]
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
    if question.polar:
        f |= checking.features(question, candidate, side)
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
    if kind == "pairs":
        _of_columns(question.linked.text, answer, f)
    if not question.polar:
        f[f"{'two' if targets.asks_two(question.linked.text) else 'one'} asked, {kind} {'1' if count == 1 else 'more'}"] = (
            1.0
        )
    f[f"kind {kind} target {question.asked_for}"] = 1.0
    found = candidate.found.detail if candidate.found else None
    f |= nouns.features(question, answer, family, question.asked_for, found)


def _of_columns(text: str, rows: list[list[Any]], f: Features) -> None:
    """Whether rows have the columns that a question asks for: days, numbers of people, chapters, places."""
    values = [value for row in rows for value in row]
    held = {
        "day": any(isinstance(value, str) and _ISO.match(value) for value in values),
        "number": any(isinstance(value, int) for value in values),
        "chapter": any(isinstance(value, str) and _NUMBERED.match(value) for value in values),
    }
    wanted = {"day": rows_of.DAY, "number": rows_of.PEOPLE, "chapter": rows_of.CHAPTER}
    states = []
    for name, pattern in wanted.items():
        asked = bool(pattern.search(text))
        f[f"rows:{name} {'asked' if asked else 'not asked'}, {'there' if held[name] else 'missing'}"] = 1.0
        states.append(f"{'-' if asked else ''}{'+' if held[name] else ''}")
    f[f"rows:columns {' '.join(states)}"] = 1.0


_ISO, _NUMBERED = lazy_pattern(r"2\d{3}-\d\d"), lazy_pattern(r"I{1,2}\.\d|appendix-")
_PEOPLE = lazy_pattern(
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
        f[f"answer activity target {question.asked_for}"] = 1.0
        f[f"answer activity typed {bool(question.types)}"] = 1.0
    if not things:
        return
    classes = {_class(thing.cls) for thing in things}
    f[f"answer {'+'.join(sorted(classes))} target {question.asked_for}"] = 1.0
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
