"""Stage 8d: the words by which a draft is read: names of the directory, and words of titles and audiences.

What a word without a name is about is read off the titles of activities that bear it; nothing is decided here by hand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from oscegraph import query
from oscegraph.directory import ACTOR_CLASSES, AREA_CLASSES, INSTRUMENT_CLASSES, Directory, Thing, fold
from oscegraph.errors import OscegraphError
from oscegraph.namespaces import PREFIXES
from oscegraph.store import Store

LIMIT = 200_000
FACETS = ("title", "kind", "theme", "place", "date", "audience", "partners")
NAME_KINDS = ("prefLabel", "acronym", "altLabel", "printedName", "hiddenLabel", "symbol")
SCHEMES = ("theme", "kind")
_ENDINGS = re.compile(r"(?:ations?|ating|ated|ates?|ators?|ures?|ings?|ions?|ers?|ed|es|e|s)$")
_SMALL = (
    "a an and are as at be by for from in into is it its of on or our that the their this to under with within during "
    "against between about"
)
STOP = frozenset(_SMALL.split())


class DraftError(OscegraphError):
    """A draft that cannot be read."""


@dataclass(frozen=True)
class Found:
    """One thing that a draft says: its IRI, its label, the words that say it, and how they were read."""

    iri: str
    label: str
    words: str
    how: str = "name"


@dataclass
class Reading:
    """How a draft was read; `unknown` pairs each part that was not understood with the reason."""

    text: str
    kinds: list[Found] = field(default_factory=list)
    themes: list[Found] = field(default_factory=list)
    places: list[Found] = field(default_factory=list)
    areas: list[Found] = field(default_factory=list)
    units: list[Found] = field(default_factory=list)
    partners: list[Found] = field(default_factory=list)
    decisions: list[Found] = field(default_factory=list)
    audience: list[str] = field(default_factory=list)
    dates: list[tuple[str, str, str]] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)

    @property
    def months(self) -> set[int]:
        """The months that the dates fall into; a date of more than a month has none."""
        return {int(start[5:7]) for _, start, end in self.dates if start[:7] == end[:7]}

    def add(self, other: Reading) -> None:
        """Take over what another part of the same draft says."""
        for name in ("kinds", "themes", "places", "areas", "units", "partners", "decisions", "audience", "dates", "unknown"):
            mine = getattr(self, name)
            mine += [item for item in getattr(other, name) if item not in mine]


def stem(word: str) -> str:
    """Return what a word shares with its other forms.

    >>> stem("seized"), stem("seizure"), stem("confiscation"), stem("confiscated")
    ('seiz', 'seiz', 'confisc', 'confisc')
    """
    short = _ENDINGS.sub("", word)
    return short if len(short) >= 4 else word


def stems(words: str) -> set[str]:
    """Return the stems of the words of a text that mean something."""
    return {stem(word) for word in fold(words).split() if len(word) > 2 and word not in STOP}


def _parts(name: str, scheme: str) -> list[str]:
    """Return a name, and for a theme also the fields that it joins."""
    return [name, *re.split(r",|/|\band\b", name)] if scheme == "theme" else [name]


class Vocabulary:
    """The names, titles and audiences of one graph, each read when it is first asked for."""

    def __init__(self, store: Store, directory: Directory) -> None:
        self.store, self.directory = store, directory

    @cached_property
    def names(self) -> dict[str, list[tuple[Thing, str]]]:
        """Folded name -> the things that bear it, each with the name as it is written."""
        names: dict[str, list[tuple[Thing, str]]] = defaultdict(list)
        for thing in self.directory.things.values():
            scheme = next((s for s in SCHEMES if thing.iri.startswith(PREFIXES[s])), "")
            if (
                thing.cls not in ACTOR_CLASSES
                and thing.cls not in INSTRUMENT_CLASSES
                and thing.cls != "Place"
                and not scheme
            ):
                continue
            for kind in NAME_KINDS:
                parts = [part for name in thing.names.get(kind, ()) for part in _parts(name, scheme)]
                for name in parts:
                    key = fold(name)
                    if key and all(thing is not other for other, _ in names[key]):
                        names[key].append((thing, name))
                    if scheme == "kind" and key and not key.endswith("s"):
                        names[key + "s"].append((thing, name + "s"))
        return dict(names)

    @cached_property
    def longest(self) -> int:
        """The number of words of the longest name."""
        return max((key.count(" ") + 1 for key in self.names), default=0)

    @cached_property
    def titles(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """Stem -> sources whose title or definition bears it; source -> its themes."""
        bearers: dict[str, set[str]] = defaultdict(set)
        themes: dict[str, set[str]] = defaultdict(set)
        for row in query.run(self.store, "plan-words"):
            source = row["source"] or ""
            themes[source].add(row["theme"] or "")
            for one in stems(row["words"] or ""):
                bearers[one].add(source)
        return dict(bearers), dict(themes)

    @cached_property
    def audiences(self) -> dict[str, list[tuple[str, set[str]]]]:
        """Activity -> its tellings that say for whom it was, with the stems of these words."""
        found: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
        for row in query.run(self.store, "plan-audiences"):
            found[row["activity"] or ""].append((row["telling"] or "", stems(row["audience"] or "")))
        return dict(found)

    @cached_property
    def audience_stems(self) -> set[str]:
        """The stems of all words that say for whom an activity was."""
        return {one for tellings in self.audiences.values() for _, found in tellings for one in found}

    @cached_property
    def people(self) -> set[str]:
        """The words that end a phrase for an audience, such as prosecutors or police."""
        texts = [row["audience"] or "" for row in query.run(self.store, "plan-audiences")]
        ends = (fold(part).split()[-1:] for text in texts for part in re.split(r"[,;()]|\band\b|\bof\b|\bfrom\b", text))
        return {word for end in ends for word in end if word.isalpha() and word not in STOP}

    @cached_property
    def kind_words(self) -> dict[str, Thing]:
        """A single word of the name of a kind -> the kind that most activities with that word are."""
        numbers = {row["kind"] or "": int(row["activities"] or 0) for row in query.run(self.store, "kind_ranking")}
        found: dict[str, Thing] = {}
        for thing in sorted(self.directory.concepts("kind"), key=lambda t: (numbers.get(t.iri, 0), t.iri)):
            words = fold(thing.label).split()
            if thing.iri in numbers and len(words) > 1:
                found.update({form: thing for word in words if word not in STOP for form in (word, word + "s")})
        return found

    def theme_of(self, words: Sequence[str]) -> tuple[str, str] | None:
        """Return the theme of most titles that bear all the words, and by how many; None if too few or too divided."""
        bearers, themes = self.titles
        wanted = {stem(word) for word in words}
        if len(wanted) < len(words):
            return None
        sources = set.intersection(*(bearers.get(one, set()) for one in wanted))
        votes = Counter(theme for source in sources for theme in themes[source])
        if not votes:
            return None
        theme, number = min(votes.items(), key=lambda item: (-item[1], item[0]))
        usual = sum(theme in own for own in themes.values()) / len(themes)
        sure = (number + 2 * usual) / (len(sources) + 2)
        if number < 2 or number / len(sources) < 0.6 or sure < max(0.5, 1.5 * usual):
            return None
        return theme, f"{number} of {len(sources)} titles with {'these words' if len(words) > 1 else 'this word'}"


def written(name: str, spoken: str) -> bool:
    """Whether a name is written as it must be: short ones in capitals count only as they stand."""
    capitals = sum(c.isupper() for c in name)
    return capitals < 2 or len(name) > 3 or " " in name or name == spoken


def narrow(things: list[Thing], areas: set[str]) -> list[Thing]:
    """Among several bearers of a name, prefer concepts, then places to actors, then those of the areas that are named."""
    for cls in ({"Concept"}, {"Place"}, AREA_CLASSES):
        if any(thing.cls in cls for thing in things):
            return [thing for thing in things if thing.cls in cls][:1]
    inside = [t for t in things if areas & {*t.facts.get("jurisdiction", ()), *t.facts.get("hostArea", ())}]
    return inside or things
