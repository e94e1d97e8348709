"""Stage 16b: search over all names, of activities too: each word as it stands, as a beginning, or with a slip of the pen.

Every word of the question must be found in one name. What is spelt alike comes first, and among equals what takes part in
more activities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from oscegraph.directory import AREA_CLASSES, INSTRUMENT_CLASSES, Directory, Thing, fold
from oscegraph.namespaces import PREFIXES, expand
from oscegraph.tellings import Activity

# The groups of results, in the order in which a page lists them.
GROUPS = (
    "Actors",
    "States, territories and regions",
    "Places",
    "Decisions and other instruments",
    "Themes",
    "Chapters",
    "Activities",
    "Other concepts",
)
_NAMES = ("prefLabel", "acronym", "symbol", "altLabel", "printedName", "hiddenLabel", "weakName", "iso2", "iso3", "notation")
# Longer questions are cut: nobody's name has so many letters.
LONGEST, WORDS = 200, 12


@dataclass(frozen=True)
class Found:
    """A thing that fits a question: its group, and the name that fits, where that is not its label."""

    iri: str
    label: str
    kind: str
    group: str
    name: str = ""
    events: int = 0


@dataclass(frozen=True)
class _Entry:
    words: tuple[str, ...]
    found: Found


def group_of(thing: Thing) -> str:
    """Return the group in which a thing is listed."""
    if thing.cls in AREA_CLASSES:
        return GROUPS[1]
    if thing.is_actor:
        return GROUPS[0]
    if thing.cls == "Place":
        return GROUPS[2]
    if thing.cls in INSTRUMENT_CLASSES:
        return GROUPS[3]
    if thing.cls == "Section":
        return GROUPS[5]
    return GROUPS[4] if thing.iri.startswith(PREFIXES["theme"]) else GROUPS[7]


def kind_of(thing: Thing) -> str:
    """Return the type of a thing in words."""
    words = {"osce-body": "OSCE body", "facility": "OSCE facility", "ngo": "civil society organization"}
    return words.get(thing.type, thing.type.replace("-", " "))


class Search:
    """All names, by their words."""

    def __init__(self, directory: Directory, activities: Iterable[Activity]) -> None:
        self.things = directory.things
        self._entries: list[_Entry] = []
        self._by_word: dict[str, set[int]] = defaultdict(set)
        for thing in directory.things.values():
            events = thing.events if thing.is_actor else 0
            for name in dict.fromkeys(name for kind in _NAMES for name in thing.names.get(kind, ())):
                other = name if name != thing.label else ""
                kind = kind_of(thing)
                self._add(name, Found(thing.iri, thing.label, kind, group_of(thing), other, events))
        for activity in activities:
            titles = dict.fromkeys((activity.label, *(telling.title for telling in activity.tellings)))
            for title in titles:
                other = title if title != activity.label else ""
                self._add(title, Found(activity.id, activity.label, "activity", GROUPS[6], other))

    def _add(self, name: str, found: Found) -> None:
        words = tuple(fold(name).split())
        for word in words:
            self._by_word[word].add(len(self._entries))
        self._entries.append(_Entry(words, found))

    def _alike(self, asked: str) -> dict[str, int]:
        """Return the words that a word of the question may mean: 0 the same, 1 its beginning, 2 and more with slips."""
        slips = 0 if len(asked) < 4 or asked.isdecimal() else 1 if len(asked) < 8 else 2
        found = {}
        for word in self._by_word:
            if word == asked:
                found[word] = 0
            elif word.startswith(asked):
                found[word] = 1
            elif slips and word[0] == asked[0]:
                distance = OSA.distance(asked, word, score_cutoff=slips)
                if distance <= slips:
                    found[word] = 1 + distance
        return found

    def find(self, text: str, most: int = 0) -> list[Found]:
        """Return what fits, the best first, each thing once; at most `most` things if it is not 0."""
        iri = expand(text.strip())
        if iri in self.things:
            thing = self.things[iri or ""]
            return [Found(thing.iri, thing.label, kind_of(thing), group_of(thing))]
        asked = fold(text[:LONGEST]).split()[:WORDS]
        if not asked:
            return []
        alike = [self._alike(word) for word in asked]
        numbers = None
        for words in alike:
            having = set().union(*(self._by_word[word] for word in words))
            numbers = having if numbers is None else numbers & having
        ranked: dict[str, tuple[tuple[int, int, int, str, str], Found]] = {}
        for number in numbers or ():
            entry = self._entries[number]
            cost = sum(min(words[word] for word in entry.words if word in words) for words in alike)
            # The same words, then the same beginning, then those with fewest other words.
            whole = 0 if list(entry.words) == asked else 1 if entry.words[0] in alike[0] else 2
            found = entry.found
            rank = (cost + 2 * whole, -min(found.events, 99), len(entry.words), found.label, found.iri)
            if found.iri not in ranked or rank < ranked[found.iri][0]:
                ranked[found.iri] = (rank, found)
        best = [found for _, found in sorted(ranked.values(), key=lambda item: item[0])]
        return best[:most] if most else best
