"""Stage 8d: the words of a draft, and the names in them, the longest first."""

from __future__ import annotations

from dataclasses import dataclass, field

from oscegraph.directory import AREA_CLASSES, Thing, fold
from oscegraph.drafts_forms import forms
from oscegraph.drafts_names import Vocabulary, written
from oscegraph.drafts_titles import Titles
from oscegraph.drafts_words import STOP, Reading, stem
from oscegraph.namespaces import PREFIXES

SPLIT = frozenset(",;:.()\n")
# A theme is told by part of its name only if so much of what bears the word beside it is on the theme.
_OPEN = 0.25


@dataclass
class Word:
    """One word of a draft as it is written and as it is compared, and whether it has been read as something."""

    text: str
    plain: str
    used: bool = False
    # Whether the word is looked for in activities, though it has been read as something.
    sought: bool = False


@dataclass
class Link:
    """Some words and what bears their name; `sure` is False where only a guess could say which of them is meant.

    `headings` are the sub-headings that are so called, where the words name nothing else.
    """

    at: int
    length: int
    things: list[Thing]
    how: str = "name"
    sure: bool = True
    headings: list[str] = field(default_factory=list)


class Linker:
    """Finds the names of one graph in the words of drafts."""

    def __init__(self, names: Vocabulary, titles: Titles) -> None:
        self.names, self.titles = names, titles

    def link(self, words: list[Word]) -> tuple[list[Link], set[str]]:
        """Find names in the words, the longest first, and the areas that they name or are in.

        A short name in capitals counts only if it is so written. A body without its state is that of the state which the
        draft names; without one, what is written as a name is not guessed.
        """
        links = self._linked(words, set())
        things = [thing for link in links for thing in link.things]
        areas = {thing.iri for thing in things if thing.cls in AREA_CLASSES}
        areas |= {area for thing in things if thing.cls == "Place" for area in thing.facts.get("inArea", ())}
        taken = {at for link in links for at in range(link.at, link.at + link.length)}
        areas |= {self.names.adjectives[w.plain] for at, w in enumerate(words) if self.is_adjective(w) and at not in taken}
        return self._linked(words, areas), areas

    def is_adjective(self, word: Word) -> bool:
        """Whether a word is the adjective of a state, in capitals or not; some are other words in small letters."""
        written = word.text[0].isupper() or word.plain not in forms().written
        return not word.used and written and word.plain in self.names.adjectives

    def _linked(self, words: list[Word], areas: set[str]) -> list[Link]:
        found, at = [], 0
        while at < len(words):
            for length in range(min(self.names.longest, len(words) - at), 0, -1):
                part = words[at : at + length]
                if part[0].plain in STOP or part[0].plain in SPLIT:
                    break
                if part[-1].plain in SPLIT:
                    continue
                key = " ".join(word.plain for word in part if word.plain not in SPLIT)
                beside = self._beside(words, at, length)
                link = self._named(key, at, part, areas if beside is None else beside)
                if link:
                    found.append(link)
                    at += length - 1
                    break
            at += 1
        return found

    def _beside(self, words: list[Word], at: int, length: int) -> set[str] | None:
        """Return whose a body is by the words beside it, "Tajik MIA" or "border police of Serbia"; None if none says so."""
        end = at + length
        behind = (
            [words[end + 1 : end + 1 + n] for n in (4, 3, 2, 1)] if end < len(words) and words[end].plain == "of" else []
        )
        before = [words[max(0, at - n) : at] for n in (4, 3, 2, 1)]
        for part in (*behind, *before):
            key = " ".join(word.plain for word in part)
            things = [thing for thing, name in self.names.names.get(key, ()) if thing.cls in {*AREA_CLASSES, "Place"}]
            found = {area for thing in things for area in thing.facts.get("inArea", [thing.iri])}
            if len(part) == 1 and self.is_adjective(part[0]):
                found.add(self.names.adjectives[key])
            if found:
                return found
        return None

    def _named(self, key: str, at: int, part: list[Word], areas: set[str]) -> Link | None:
        spoken = " ".join(word.text for word in part)
        if key in self.names.headings:
            return Link(at, len(part), [], headings=self.names.headings[key])
        # Several ministries have the same short form; it is that of the state named, be it its own in the report or not.
        short = [body for name in forms().bodies.get(spoken, ()) for body in self.names.bases.get(name, ())]
        own = [body for body in short if areas & set(body.facts.get("jurisdiction", ()))]
        if own:
            return Link(at, len(part), own[:1], "body of a state named")
        things = [thing for thing, name in self.names.names.get(key, ()) if written(name, spoken)]
        if things:
            return Link(at, len(part), things)
        if key in self.names.seats:
            area, unit = self.names.seats[key]
            return Link(at, len(part), [self.names.directory.things[area]], f"seat of {unit}")
        bodies = self.names.bases.get(key, [])
        own = [thing for thing in bodies if areas & set(thing.facts.get("jurisdiction", ()))]
        if own:
            return Link(at, len(part), own, "body of a state named")
        if bodies and areas == set() and all(word.text[0].isupper() for word in part if word.plain not in STOP):
            return Link(at, len(part), bodies, sure=False)
        return None

    def is_other(self, words: list[Word], link: Link, links: list[Link], reading: Reading) -> bool:
        """Whether a short name of a theme has something else beside it than the theme is about, as arms trafficking has."""
        at = link.at
        theme = next((thing for thing in link.things if thing.iri.startswith(PREFIXES["theme"])), None)
        if link.length > 1 or theme is None or words[at].plain not in self.names.open_names:
            return False
        iri = theme.iri
        linked, headed = (
            {place for one in some for place in range(one.at, one.at + one.length)}
            for some in (links, [one for one in links if one.headings])
        )

        def free(place: int) -> bool:
            return place not in linked and words[place].plain not in STOP and words[place].plain not in SPLIT

        def own(place: int) -> bool:
            """Whether a word is one of the names of the theme."""
            return any(words[place].plain in fold(name).split() for names in theme.names.values() for name in names)

        beside = [at - 1] if at and free(at - 1) and not words[at - 1].plain.endswith("ing") else []
        other = [one for one in beside if (self.titles.on(stem(words[one].plain), iri) or 0.0) < _OPEN]
        behind = []
        if at + 1 < len(words) and words[at + 1].plain in {"in", "of"}:
            ends = (n for n in range(at + 2, len(words)) if words[n].plain in SPLIT or words[n].plain in STOP)
            behind = list(range(at + 2, next(ends, len(words))))
        if behind and not any(own(one) or words[one].plain in forms().trafficked for one in behind):
            # What is named as trafficked must be people: "trafficking of cultural property" is another theme.
            other += [one for one in behind if one not in linked]
        if not other and at and at - 1 in headed:
            other = [at - 1]
        named = [one for one in links if behind and one.at in behind]
        if not other and any(thing.iri.startswith(PREFIXES["theme"]) for one in named for thing in one.things):
            # Trafficking in drugs is what its other words are a name of.
            words[at].used = True
            return not any(own(one) or words[one].plain in forms().trafficked for one in behind)
        if other:
            spoken = " ".join(word.text for word in words[min(at, *other) : max(at, *other) + 1])
            reading.unknown.append((spoken, f"not read as {theme.label}; its words are looked for instead"))
        for one in (at, *other) if other else ():
            words[one].used = words[one].sought = True
        return bool(other)
