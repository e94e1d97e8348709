"""Stage 7d23: which decisions and chapters a question means that it calls by something else than their name.

A decision is called by its symbol or number, or by words of its title, its town, organ and year ("the Ljubljana decision on
transnational crime"), a chapter by the structure whose it is ("the chapter on the Mission to Serbia").
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable
from functools import cached_property

from oscegraph.asking import wording
from oscegraph.asking.asked_links import Link, Linked
from oscegraph.asking.asked_names import AREAS, INSTRUMENTS, Names
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.directory import Directory, Thing, fold

# Decisions are looked for only in questions that have one of these cues.
ABOUT_INSTRUMENTS = {"decision", "adopt", "recall", "task", "rest", "ratify", "signed", "force", "provision"}
_SYMBOL = lazy_pattern(
    r"\b(?:MC|PC)(?:\(\d+\))?\.(?:DEC|DOC)/\d+(?:/\d+)?(?:/\d+)?|\b(?:[Dd]ecision )?(?:[Nn]o\.? ?|[Nn]umber )\d+(?:/\d+)?"
    r"|\b[Dd]ecision \d+(?:/\d+)?"
)
# "the decisions 3/05, 5/06 and 5/08"
_NUMBER = lazy_pattern(r"(?<![\w/.])\d{1,4}/(?:20)?\d{2}(?![\w/])")
# "Which section of the mission" is a part of it.
_CHAPTER_ON = lazy_pattern(
    r"\b(?:chapters?|(?<![Ww]hich )(?<![Ww]hat )sections?) (?:on|of|about|for) (?:the )?|\b(?=[\w'’]+(?: \w+)? chapter\b)"
)

Listed = Callable[[str], list[dict[str, str | None]]]


class PaperLinker:
    """Finds which decisions and chapters questions mean, by names, and by the rows of named queries that `listed` gives."""

    def __init__(self, directory: Directory, names: Names, listed: Listed) -> None:
        self.directory, self._names, self._listed = directory, names, listed

    @cached_property
    def sections(self) -> dict[str, str]:
        """The chapter of each structure."""
        return {r["structure"] or "": r["number"] or "" for r in self._listed("sections") if r["structure"]}

    def symbols(self, text: str) -> tuple[list[tuple[str, int]], str]:
        """Return the symbols of decisions in a question, with where they stand, and the question without them."""
        found: list[tuple[str, int]] = []

        def take(match: re.Match[str]) -> str:
            if not self._instrument(match[0]):
                return match[0]
            found.append((match[0], match.start()))
            return re.sub(r"\S", " ", match[0])

        bare = _SYMBOL.sub(take, text)
        if "decision" in text.casefold():
            bare = _NUMBER.sub(take, bare)
        return sorted(found, key=lambda symbol: symbol[1]), bare

    def link_symbols(self, found: Linked, symbols: list[tuple[str, int]]) -> None:
        """Link decisions by their symbols, each at the word behind which it stands."""
        for symbol, at in symbols:
            if thing := self._instrument(symbol):
                place = sum(word.start < at for word in found.words)
                found.links.append(Link(thing, place, place))
                found.cues.add("decision")

    def link_titles(self, found: Linked, asked: bool, taken: set[int]) -> None:
        """Link "the Ljubljana decision on transnational crime": a decision by words of its title, town, organ and year."""
        several = any(word.plain in ("decisions", "declarations", "documents") for word in found.words)
        if not asked or several or any(link.thing.cls in INSTRUMENTS for link in found.links):
            return
        free = [w for i, w in enumerate(found.words) if i not in taken or any(k.start <= i < k.end for k in found.links)]
        stems = {w.stem for w in free if not wording.cues().get(w.plain)} | (
            {found.other_year} if found.other_year else set()
        )
        scored = []
        for iri, (strong, total) in self.words.items():
            hits = {stem: weight for stem, weight in strong.items() if stem in stems}
            if hits:
                scored.append((sum(hits.values()) / math.sqrt(total), len(hits), iri))
        scored.sort(key=lambda item: (-round(item[0], 6), item[2]))
        if not scored or scored[0][1] < 2 or (len(scored) > 1 and scored[1][0] > scored[0][0] * 0.85):
            return
        iri = scored[0][2]
        own = self.words[iri][0]
        places = [i for i, w in enumerate(found.words) if w.stem in own and w in free and not wording.cues().get(w.plain)]
        inside = [k for k in found.links if all(i in places for i in range(k.start, k.end))]
        found.links = [k for k in found.links if k not in inside]
        taken.update(places)
        found.links.append(Link(self.directory.things[iri], min(places), min(places) + 1))

    @cached_property
    def words(self) -> dict[str, tuple[dict[str, float], float]]:
        """For each instrument the words of its names, town, organ and year with their weights, and the sum of those."""
        words: dict[str, set[str]] = {}
        for row in self._listed("decision_adoption"):
            iri = row["instrument"] or ""
            said = [row["instrumentLabel"] or "", row["placeLabel"] or "", (row["adoptedOn"] or "")[:4]]
            thing = self.directory.things.get(iri)
            said += thing.aliases if thing else []
            words.setdefault(iri, set()).update(
                w.stem for text in said for w in wording.words(text) if not wording.cues().get(w.plain)
            )
        counts = Counter(stem for stems in words.values() for stem in stems)
        weights = {stem: math.log(1 + len(words) / count) for stem, count in counts.items()}
        return {iri: ({s: weights[s] for s in stems}, sum(weights[s] for s in stems) or 1.0) for iri, stems in words.items()}

    def link_chapters(self, found: Linked) -> None:
        """Take "the chapter on the Mission to Serbia" and "the Baku chapter" for the chapter of that structure."""
        for match in _CHAPTER_ON.finditer(found.text):
            near = [
                link
                for link in found.links
                if (section := self._section(link.thing))
                and link.start < link.end
                and section not in found.chapters
                and abs(found.words[link.start].start - match.end()) < 12
            ]
            for link in near[:1]:
                at = found.words[link.start].start
                before = [number for number in found.chapters if 0 <= found.text.find(number) < at]
                found.chapters.insert(len(before), self._section(link.thing))
                found.links.remove(link)
                found.sections.append(link)
                found.cues.add("chapter")

    def _section(self, thing: Thing) -> str:
        """Return the chapter of a structure, or of the one field operation in a state or town; "" if there is none."""
        if thing.iri in self.sections:
            return self.sections[thing.iri]
        hosts = [
            iri
            for iri in self.sections
            if iri in self.directory.things and thing.iri in self.directory.things[iri].facts.get("hostArea", ())
        ]
        names = [iri for iri in self.sections if thing.label in self.directory.label(iri)]
        found = hosts if len(hosts) == 1 else names
        return self.sections[found[0]] if len(found) == 1 and thing.cls in AREAS else ""

    def _instrument(self, symbol: str) -> Thing | None:
        """Return the decision with a symbol or number; of several, those of the Ministerial Council go first."""
        number = re.sub(r"[^\d/]", "", symbol.partition(" ")[2] or symbol)
        for name in (symbol, f"MC.DEC/{number}", f"PC.DEC/{number}", f"Decision {number}"):
            things = [
                t for iri in self._names.full.get(fold(name), ()) if (t := self.directory.things[iri]).cls in INSTRUMENTS
            ]
            if things:
                return things[0]
        return None
