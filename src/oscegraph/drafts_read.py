"""Stage 8e: a draft of an activity in words, read as kind, themes, place, date, audience, units, partners and decisions.

Names are those of the directory. What a word without a name is about is read off the titles of activities that bear it.
Whatever is left over is listed as not understood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from oscegraph.directory import ACTOR_CLASSES, AREA_CLASSES, INSTRUMENT_CLASSES, Directory, Thing, fold
from oscegraph.drafts_dates import take_dates
from oscegraph.drafts_words import FACETS, LIMIT, STOP, DraftError, Found, Reading, Vocabulary, narrow, stem, written
from oscegraph.namespaces import PREFIXES
from oscegraph.store import Store

OSCE_CLASSES = set(list(ACTOR_CLASSES)[:7])
_TOKEN = re.compile(r"[^\W_]+|[,;:.()\n]")
_SPLIT = frozenset(",;:.()\n")


@dataclass
class _Word:
    text: str
    plain: str
    used: bool = False


class Reader:
    """Reads drafts with the names and titles of one graph."""

    def __init__(self, store: Store, directory: Directory) -> None:
        self.directory, self.words = directory, Vocabulary(store, directory)

    def read(self, text: str, only: Iterable[str] = ()) -> Reading:
        """Return how a draft is read; `only` limits it to some of FACETS, as for a column of a table."""
        if len(text) > LIMIT:
            raise DraftError(f"The draft has {len(text)} characters; at most {LIMIT} are read.")
        wanted = set(only) or set(FACETS)
        text = "".join(c if c.isprintable() or c == "\n" else " " for c in unicodedata.normalize("NFC", text))
        reading = Reading(" ".join(text.split()))
        if wanted & {"date"}:
            text, reading.dates, wrong = take_dates(text)
            reading.unknown += wrong
        words = [_Word(token, fold(token) or token) for token in _TOKEN.findall(text)]
        named = self._link(words)
        self._sort(words, named, reading, wanted)
        if "partners" in wanted:
            self._bodies_of(words, reading)
        if "kind" in wanted and not reading.kinds:
            self._kind_by_word(words, reading)
        if "audience" in wanted:
            self._for_whom(words, reading, after_for="title" in wanted)
        if "theme" in wanted:
            self._by_titles(words, reading)
        if "audience" in wanted:
            self._for_whom(words, reading, after_for=False)
        self._rest(words, reading)
        return reading

    def _link(self, words: list[_Word]) -> list[tuple[int, int, list[Thing]]]:
        """Find names in the words, the longest first; a short name in capitals counts only if it is so written."""
        found, at = [], 0
        while at < len(words):
            for length in range(min(self.words.longest, len(words) - at), 0, -1):
                part = words[at : at + length]
                if part[0].plain in STOP or part[0].plain in _SPLIT:
                    break
                bearers = self.words.names.get(" ".join(word.plain for word in part if word.plain not in _SPLIT), ())
                if not bearers or part[-1].plain in _SPLIT:
                    continue
                spoken = " ".join(word.text for word in part)
                things = [thing for thing, name in bearers if written(name, spoken)]
                if things:
                    found.append((at, length, things))
                    at += length - 1
                    break
            at += 1
        return found

    def _sort(
        self, words: list[_Word], named: list[tuple[int, int, list[Thing]]], reading: Reading, wanted: set[str]
    ) -> None:
        """Put each name that was found where it belongs."""
        here = {t.iri for _, _, things in named for t in things if t.cls in AREA_CLASSES}
        here |= {a for _, _, things in named for t in things if t.cls == "Place" for a in t.facts.get("inArea", ())}
        before = ""
        for at, length, things in named:
            spoken = " ".join(word.text for word in words[at : at + length])
            joined = at > 0 and words[at - 1].plain in {"and", ","} and before
            before = before if joined else words[at - 1].plain if at else ""
            things = narrow(things, here)
            if len(things) > 1:
                reading.unknown.append((spoken, "may mean " + ", ".join(sorted(t.label for t in things)[:6])))
            elif _place_in(reading, things[0], spoken, wanted, guest=before in {"from", "by", "with"}):
                pass
            else:
                continue
            for word in words[at : at + length]:
                word.used = True
        if "place" in wanted and "title" in wanted and not reading.places and not reading.areas:
            self._places_of_units(reading)

    def _places_of_units(self, reading: Reading) -> None:
        """Where no place is said, take the area in which a field operation works that is named."""
        for unit in reading.units:
            for area in self.directory.things[unit.iri].facts.get("hostArea", ()):
                reading.areas.append(Found(area, self.directory.label(area), unit.words, "area of the unit"))

    def _kind_by_word(self, words: list[_Word], reading: Reading) -> None:
        for word in words:
            thing = None if word.used else self.words.kind_words.get(word.plain)
            if thing is not None:
                word.used = True
                if all(kind.iri != thing.iri for kind in reading.kinds):
                    reading.kinds.append(Found(thing.iri, thing.label, word.text, "word of the name"))

    def _for_whom(self, words: list[_Word], reading: Reading, after_for: bool) -> None:
        """Read words as audience that tellings use for it: behind "for" any such word, elsewhere such as end a phrase."""
        inside = False
        for word in words:
            if word.plain in _SPLIT or (word.plain in STOP and word.plain not in {"and", "or"}):
                inside = word.plain == "for"
            fits = stem(word.plain) in self.words.audience_stems if after_for else word.plain in self.words.people
            if fits and (inside or not after_for) and not word.used and len(word.plain) > 3 and word.plain not in STOP:
                word.used = True
                if word.plain not in reading.audience:
                    reading.audience.append(word.plain)

    def _by_titles(self, words: list[_Word], reading: Reading) -> None:
        """Read themes off the titles that bear the words left over: two neighbours together, else single words."""
        left = [word for word in words if word.plain not in STOP]
        groups = [list(pair) for pair in pairwise(left)]
        if not reading.themes:
            groups += [[word] for word in left]
        for group in groups:
            if any(word.used or word.plain in _SPLIT for word in group):
                continue
            found = self.words.theme_of([word.plain for word in group])
            if found and (len(group) > 1 or not any(theme.how == "name" for theme in reading.themes)):
                theme, how = found
                if all(known.iri != theme for known in reading.themes):
                    spoken = " ".join(word.text for word in group)
                    reading.themes.append(Found(theme, self.directory.label(theme), spoken, how))
                for word in group:
                    word.used = True

    def _bodies_of(self, words: list[_Word], reading: Reading) -> None:
        """Find bodies that are named without their state, such as a ministry of interior, where the draft names a state."""
        areas = {found.iri for found in reading.areas}
        areas |= {a for found in reading.places for a in self.directory.things[found.iri].facts.get("inArea", ())}
        ends = [" of " + fold(self.directory.label(area)) for area in sorted(areas)]
        for at in range(len(words) if ends else 0):
            for length in range(min(8, len(words) - at), 1, -1):
                part = words[at : at + length]
                if any(word.used or word.plain in _SPLIT for word in part) or part[0].plain in STOP:
                    continue
                key = " ".join(word.plain for word in part)
                things = [thing for end in ends for thing, _ in self.words.names.get(key + end, ())]
                if len(things) == 1:
                    _place_in(reading, things[0], " ".join(word.text for word in part), {"partners"}, guest=True)
                    for word in part:
                        word.used = True

    def _rest(self, words: list[_Word], reading: Reading) -> None:
        """List what was not understood, neighbouring words together."""
        left: dict[str, str] = {}
        run: list[str] = []
        for word in [*words, _Word(",", ",")]:
            if not word.used and word.plain not in _SPLIT and word.plain not in STOP and len(word.plain) > 1:
                run.append(word.text)
            elif run and (word.used or word.plain in _SPLIT or word.plain in STOP):
                left.setdefault(" ".join(run), "no known name or word")
                run = []
        reading.unknown += left.items()


def _place_in(reading: Reading, thing: Thing, spoken: str, wanted: set[str], guest: bool) -> bool:
    """Put a thing into the reading; return whether it is wanted."""
    target, facet = _where(reading, thing, guest)
    if facet not in wanted:
        return False
    if all(found.iri != thing.iri for found in target):
        target.append(Found(thing.iri, thing.label, spoken))
    return True


def _where(reading: Reading, thing: Thing, guest: bool) -> tuple[list[Found], str]:
    if thing.iri.startswith(PREFIXES["theme"]):
        return reading.themes, "theme"
    if thing.iri.startswith(PREFIXES["kind"]):
        return reading.kinds, "kind"
    if thing.cls in INSTRUMENT_CLASSES:
        return reading.decisions, "title"
    if thing.cls == "Place":
        return reading.places, "place"
    if thing.cls in AREA_CLASSES and not guest:
        return reading.areas, "place"
    return (reading.units if thing.cls in OSCE_CLASSES else reading.partners), "partners"
