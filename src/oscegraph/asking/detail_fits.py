"""Stage 7g2: which details the words of a question may mean, the likeliest first, by an index from words to details.

A detail is meant by its own words, by those of its activities, by what it is said to be asked for, by the nouns for what it
tells, and by the names that it is about; if its activities were at another time, it hardly is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from oscegraph.asking.asked_days import Days
from oscegraph.asking.asked_links import Link
from oscegraph.asking.facts import Facts
from oscegraph.asking.postings import Postings
from oscegraph.asking.retrieval import STRANGE, Fits, Question, first_of
from oscegraph.asking.statements import SAID, Detail
from oscegraph.asking.wording import EMPTY


@dataclass
class Found:
    """A detail that may be meant, and how well: by its descriptions, by all its words, by the names that it is about."""

    detail: Detail
    score: float
    asked: float
    words: float
    names: float
    head: bool
    wide: float = 0.0
    covered: float = 0.0
    rank: int = 0
    margin: float = 0.0


def details(question: Question, most: int = 5, kinds: set[str] | None = None) -> list[Found]:
    """Return the details that a question may mean, the likeliest first; of these kinds of answers only."""
    facts, index = question.facts, question.facts.postings
    # Several look for details of their own kinds: how well all fit is found once.
    fits = question.fits = question.fits or _fits(question)
    found = [one for one in fits.found if index.kinds[one[1]] in kinds] if kinds else fits.found
    first = []
    for score, number, named in found[:most]:
        best, covered = fits.asked.get(number, (0.0, 0.0))
        shares = best / fits.total, fits.words.get(number, 0.0) / fits.total, named / fits.total
        detail = facts.details[index.iris[number]]
        wide = fits.wide.get(number, 0.0) / fits.total
        first.append(Found(detail, score, *shares, number in fits.heads, wide, covered))
    return first_of(first, [one[0] for one in found], most)


def _fits(question: Question) -> Fits:
    """Return how well each detail fits that bears a word of a question or is asked for by its noun."""
    facts, linked, index = question.facts, question.linked, question.facts.postings
    weigh = facts.detail_weights
    weights = {t.word.stem: weigh.get(t.word.stem, STRANGE) * (0.6 if t.cues else 1.0) for t in question.tokens}
    said = dict(weights)
    for link in question.links:
        for stem in linked.stems(link) - EMPTY:
            said.setdefault(stem, weigh.get(stem, STRANGE))
    weight_of = [facts.weight(k.thing.iri) for k in question.links]
    named: dict[int, float] = {}
    for weight, link in zip(weight_of, question.links, strict=True):
        for number in _about(facts, link, linked.stems(link)):
            named[number] = named.get(number, 0.0) + weight
    words, wide = _borne(facts, weights)
    asked, heads, late = _asked(index, said), _headed(facts, _heads(question)), _late(facts, linked.days)
    found: list[tuple[float, int, float, float]] = []
    for number in words.keys() | heads.keys():
        if index.iris[number] in facts.alone:
            continue
        best, covered = asked.get(number, (0.0, 0.0))
        of_names = named.get(number, 0.0)
        score = words.get(number, 0.0) + 0.4 * best + 4.0 * covered + 0.6 * wide.get(number, 0.0)
        score += of_names + 0.9 * heads.get(number, 0.0) - 4.0 * (number in late)
        found.append((-round(score, 6), number, score, of_names))
    found.sort()
    total = sum(weights.values()) + sum(weight_of) or 1.0
    return Fits([(score, number, of_names) for _, number, score, of_names in found], total, words, wide, asked, heads)


def _borne(facts: Facts, weights: dict[str, float]) -> tuple[dict[int, float], dict[int, float]]:
    """Return how much of the words of a question each detail bears itself, and how much more its activities do."""
    words: dict[int, float] = defaultdict(float)
    wide: dict[int, float] = defaultdict(float)
    for stem, weight in weights.items():
        bearing = facts.postings.bag.get(stem, ())
        for number in bearing:
            words[number] += weight
        events = (iri for iri, event in facts.events.items() if event.bag.get(stem, 0.0) >= SAID)
        for number in facts.postings.on(events).difference(bearing):
            wide[number] += weight
    return words, wide


def _asked(index: Postings, said: dict[str, float]) -> dict[int, tuple[float, float]]:
    """Return how much of a question the best of the descriptions of each detail bears, and which share of it that is."""
    sums: dict[int, float] = defaultdict(float)
    for stem, weight in said.items():
        for description in index.asks.get(stem, ()):
            sums[description] += weight
    found: dict[int, tuple[float, float]] = {}
    for description in sorted(sums):
        number, shared = index.described[description], round(sums[description], 6)
        if shared > found.get(number, (0.0,))[0]:
            found[number] = shared, shared / index.full[description]
    return found


def _headed(facts: Facts, heads: set[str]) -> dict[int, float]:
    """Return the details that have one of these nouns for what is asked, with the weight of the rarest of them."""
    found: dict[int, float] = {}
    for stem in heads:
        weight = facts.head_weights.get(stem, 0.0)
        for number in facts.postings.heads.get(stem, ()):
            found[number] = max(weight, found.get(number, 0.0))
    return found


def _about(facts: Facts, link: Link, stems: set[str]) -> set[int]:
    """Return the details on what a name means: the thing itself, an activity that bears it, or whose words say it."""
    iri, index = link.thing.iri, facts.postings
    circle = facts.directory.circle(iri) if link.thing.is_actor else {iri}
    bearing = (e.iri for e in facts.events.values() if circle & e.involved or iri in e.areas or iri in e.themes)
    found = index.on([*circle, *bearing])
    if stems:
        found |= set.intersection(*(set(index.bag.get(stem, ())) for stem in stems))
    return found


def _late(facts: Facts, days: Days | None) -> set[int]:
    """Return the details whose activities were at another time."""
    if days is None:
        return set()
    dated = [event for event in facts.events.values() if event.days]
    fitting = (event.iri for event in dated if event.fits(days))
    return facts.postings.on(event.iri for event in dated) - facts.postings.on(fitting)


def _heads(question: Question) -> set[str]:
    """Return the stems that say what is asked for: after "which", "what", "how many", and the word that asks."""
    found = {question.target.noun} - {""}
    words = question.linked.words
    for place, word in enumerate(words):
        if word.plain in ("which", "what", "many", "much"):
            found |= {w.stem for w in words[place + 1 : place + 5]}
        if word.plain in ("who", "whom", "when", "where"):
            found.add(word.plain)
        if place < 3 and word.plain in ("list", "name", "give", "number", "date", "dates"):
            found |= {w.stem for w in words[place : place + 4]}
    return found
