"""Stage 7g: a question with what may say what is meant, and which activities its words may mean, the likeliest first.

The fit of an activity is the weight of the words and names of the question that it bears; what it does not bear is left
open, unless the reading accounts for it in another way ("who funded": `funded` asks).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol, TypeVar

from oscegraph.asking import asked_roles, targets, wording
from oscegraph.asking.asked_links import Link, Linked
from oscegraph.asking.asked_names import INSTRUMENTS
from oscegraph.asking.facts import Facts
from oscegraph.asking.statements import SAID, Event
from oscegraph.asking.wording import EMPTY, Word

# The weight of a word that nothing bears, and how much less a word counts that may ask as well as name.
STRANGE, ASKS = 2.0, 0.4


@dataclass
class Token:
    """A word of the question that may say what is meant: its weight and the cues that it stands for."""

    word: Word
    weight: float
    cues: frozenset[str]


@dataclass
class Hit:
    """An activity that may be meant: what of the question it bears and what it leaves open, by weight."""

    event: Event
    matched: float
    open_words: list[Token]
    open_links: list[Link]
    days: int
    rank: int = 0
    margin: float = 0.0


@dataclass
class Fits:
    """How well all details fit a question, the best first, and what it is made of: words, descriptions, nouns, names."""

    found: list[tuple[float, int, float]]
    total: float
    words: dict[int, float]
    wide: dict[int, float]
    asked: dict[int, tuple[float, float]]
    heads: dict[int, float]


@dataclass
class Question:
    """A question with its links, its cues, what it asks for and the words that say what is meant."""

    facts: Facts
    linked: Linked
    target: targets.Target
    roles: list[str]
    types: list[str]
    polar: bool
    tokens: list[Token] = field(default_factory=list)
    # What is listed, for each way to take it as one question on each of several things.
    listed: list[list[Listed]] = field(default_factory=list, repr=False)
    # What is said of either of two things that are compared, for each way to cut it.
    sides: list[tuple[Question, Question]] = field(default_factory=list, repr=False)
    # All activities that may be meant, ranked once for all who ask for the first of them.
    _hits: list[Hit] | None = field(default=None, repr=False)
    # How well all details fit, found once for all who ask for some.
    fits: Fits | None = field(default=None, repr=False)
    # Whom the question names, by the types that are asked for: nearly all candidates leave them out.
    named: dict[tuple[str, ...], tuple[set[str], set[str]]] = field(default_factory=dict, repr=False)

    @cached_property
    def links(self) -> list[Link]:
        """The names that say what is meant."""
        return [link for link in self.linked.links if not link.excluded]

    @cached_property
    def chapters(self) -> list[str]:
        """The chapters that are named; of a group of chapters all that are in it."""
        return self.facts.chapters_in(self.linked.chapters)

    @cached_property
    def plural(self) -> bool | None:
        """Whether what is asked for is named in the plural; None if nothing is named."""
        for place, word in enumerate(self.linked.words):
            if word.stem == self.target.noun and place and word.plain != "series":
                return word.plain.endswith("s") and not word.plain.endswith("ss")
        return None

    @cached_property
    def nouns(self) -> list[list[str]]:
        """The stems of the words behind each word that asks for a thing: they say of what kind it is."""
        return targets.phrases(self.linked)

    @cached_property
    def asked_for(self) -> str:
        """What is asked for, in one word."""
        return "-".join(sorted(self.target.asked)) or "none"

    @cached_property
    def total(self) -> float:
        """The weight of all words and names."""
        return sum(t.weight for t in self.tokens) + sum(self.facts.weight(k.thing.iri) for k in self.links)


def besides(question: Question, things: Iterable[str]) -> list[Link]:
    """Return the names of a question that none of these things accounts for."""
    held = set(things)
    return [k for k in question.links if k.thing.iri not in held and not k.broad and k.thing.cls != "Concept"]


class Listed(NamedTuple):
    """One of several things that a question lists: its words, and the question on it alone."""

    item: str
    question: Question


def types(linked: Linked, target: targets.Target) -> list[str]:
    """Return what the answer has to be, by the words that ask for it."""
    if targets.MANY in target.asked or target.asked - {targets.WHO, targets.OTHER, targets.PLACE}:
        return asked_roles.types(linked, target, set()) if target.types else []
    return asked_roles.types(linked, target, linked.cues)


def tokens(facts: Facts, linked: Linked) -> list[Token]:
    """Return the words of a question that are no names and not empty."""
    taken = {i for link in linked.links for i in range(link.start, link.end)}
    found = []
    for place, word in enumerate(linked.words):
        if place in taken or word.plain in EMPTY or (word.plain.isdigit() and len(word.plain) == 4):
            continue
        cues = wording.cues().get(word.plain, frozenset[str]()) - {"ignored", "title"}
        weight = facts.weights.get(word.stem, STRANGE) * (ASKS if cues else 1.0)
        found.append(Token(word, weight, cues))
    return found


def bears(facts: Facts, event: Event, link: Link, stems: set[str]) -> bool:
    """Whether an activity bears a name: it is involved, where it was or what it is about, or stands in its words."""
    iri = link.thing.iri
    if iri in event.involved or iri in event.areas or iri in event.themes:
        return True
    if link.thing.is_actor and not facts.directory.circle(iri).isdisjoint(event.involved):
        return True
    if link.thing.cls in ("State", "Territory") and not facts.of_area(iri).isdisjoint(event.involved):
        return True
    if link.thing.cls in INSTRUMENTS and any(iri in told.basis for told in event.told):
        return True
    return bool(stems) and stems <= event.bag.keys()


class _Placed(Protocol):
    """What has a place among others."""

    rank: int
    margin: float


_T = TypeVar("_T", bound=_Placed)


def first_of(found: list[_T], scores: list[float], most: int) -> list[_T]:
    """Return the first few, each with its rank and by how much its score is above the best other one."""
    for rank, one in enumerate(found[:most]):
        other = scores[1 if rank == 0 else 0] if len(scores) > 1 else 0.0
        one.rank, one.margin = rank, scores[rank] - other
    return found[:most]


def activities(question: Question, most: int = 6, without: Iterable[Link] = (), dated: bool = True) -> list[Hit]:
    """Return the activities that a question may mean; `without` are names that do not count, as they are what is tested."""
    tested = list(without)
    if tested or not dated:
        hits = _activities(question, tested, dated)
    else:
        hits = question._hits = question._hits if question._hits is not None else _activities(question, tested, dated)
    return first_of(hits, [hit.matched for hit in hits], most)


def _activities(question: Question, tested: list[Link], dated: bool) -> list[Hit]:
    """Return all activities that bear anything of a question, the likeliest first."""
    facts, linked = question.facts, question.linked
    names = [_Name.of(facts, linked, link) for link in question.links if link not in tested]
    said = [(token, token.word.stem, token.weight, SAID if token.cues else 0.0) for token in question.tokens]
    hits = []
    for event in facts.events.values():
        days = event.fits(linked.days) if linked.days and dated else 2
        if linked.days and dated and not days and (event.days or linked.days.exact):
            continue
        hit = _hit(facts, event, said, names, days)
        if hit.matched > 0:
            hits.append(hit)
    hits.sort(key=lambda h: (-round(h.matched + 0.5 * (h.days == 2), 6), len(h.event.bag), h.event.iri))
    return hits


class _Name(NamedTuple):
    """A name of a question as each activity is held against it: its weight, and the words of a theme with theirs."""

    link: Link
    weight: float
    stems: dict[str, float]
    own: set[str]
    of_theme: bool
    full: float

    @classmethod
    def of(cls, facts: Facts, linked: Linked, link: Link) -> _Name:
        stems = {stem: facts.weights.get(stem, STRANGE) for stem in sorted(linked.stems(link) - EMPTY)}
        of_theme = "/vocab/" in link.thing.iri and bool(stems)
        return cls(link, facts.weight(link.thing.iri), stems, set(stems), of_theme, sum(stems.values()))


def _hit(facts: Facts, event: Event, said: list[tuple[Token, str, float, float]], names: list[_Name], days: int) -> Hit:
    """Return what of a question an activity bears, by the weight of its words and names, and what it leaves open.

    `said` are its words, each with its stem, its weight, and how much an activity has to bear it to count.
    """
    matched, bag = 0.0, event.bag
    open_words: list[Token] = []
    open_links: list[Link] = []
    for token, stem, weight, least in said:
        borne = bag.get(stem, 0.0)
        if borne and borne >= least:
            matched += weight * borne
        else:
            open_words.append(token)
    for link, weight, stems, own, of_theme, full in names:
        if of_theme:
            # The words of a theme may stand in the title, or the activity is put under it.
            words = sum(w * bag.get(s, 0.0) for s, w in stems.items())
            under = 0.6 * full if link.thing.iri in event.themes else 0.0
            matched += max(words, under)
            if words < 0.6 * full and not under:
                open_links.append(link)
        elif bears(facts, event, link, own):
            matched += weight
        else:
            open_links.append(link)
    return Hit(event, matched, open_words, open_links, days)
