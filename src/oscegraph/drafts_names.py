"""Stage 8d: the names by which a draft is read: those of the directory, in the forms in which drafts use them.

A body may be named without its state, a state by its adjective, an area by the town from which a field operation works.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from functools import cached_property

from oscegraph import query
from oscegraph.called import read_demonyms
from oscegraph.directory import ACTOR_CLASSES, AREA_CLASSES, GROUP, INSTRUMENT_CLASSES, Directory, Thing, fold
from oscegraph.drafts_forms import forms
from oscegraph.drafts_titles import Titles
from oscegraph.drafts_words import STOP
from oscegraph.namespaces import PREFIXES, local_name
from oscegraph.store import Store

NAME_KINDS = ("prefLabel", "acronym", "altLabel", "printedName", "hiddenLabel", "symbol")
SCHEMES = ("theme", "kind")
_NEAR = 0.8
# Letters that spellings of one town in different alphabets exchange.
_SOUNDS = (("ch", "k"), ("kh", "k"), ("sh", "s"), *zip("cgqdvwyjz", "kkktuuiis", strict=True))


def _parts(name: str) -> list[str]:
    """Return a name, and the fields that it joins."""
    return [name, *(part.strip() for part in re.split(r",|/|\band\b", name))]


class Vocabulary:
    """The names of one graph, each read when it is first asked for."""

    def __init__(self, store: Store, directory: Directory, titles: Titles) -> None:
        self.store, self.directory, self.titles = store, directory, titles
        self._near: dict[str, list[str]] = {}

    @cached_property
    def names(self) -> dict[str, list[tuple[Thing, str]]]:
        """Folded name -> the things that bear it, each with the name as it is written; concepts also without blanks."""
        names: dict[str, list[tuple[Thing, str]]] = defaultdict(list)
        for thing in self.directory.things.values():
            scheme = next((s for s in SCHEMES if thing.iri.startswith(PREFIXES[s])), "")
            if thing.cls == GROUP or not (
                thing.cls in ACTOR_CLASSES or thing.cls in INSTRUMENT_CLASSES or thing.cls == "Place" or scheme
            ):
                continue
            for kind in NAME_KINDS:
                for name in thing.names.get(kind, ()):
                    for part in _parts(name) if scheme == "theme" else [name]:
                        self._bear(names, thing, part, scheme)
        return dict(names)

    @staticmethod
    def _bear(names: dict[str, list[tuple[Thing, str]]], thing: Thing, name: str, scheme: str) -> None:
        key = fold(name)
        keys = [key, key.replace(" ", "")] if scheme and len(key) > 3 else [key]
        if scheme == "kind" and not key.endswith("s"):
            keys += [one + "s" for one in keys]
        for one in dict.fromkeys(keys):
            if one and all(thing is not other for other, _ in names[one]):
                names[one].append((thing, name))

    @cached_property
    def headings(self) -> dict[str, list[str]]:
        """Folded sub-heading, or field that it joins -> the sub-headings with it that are a subject of no theme.

        A single word is none, nor what a theme is called. The theme for whatever has no field of its own has names of
        such subjects among its further names; these are subjects.
        """
        rest = self.titles.titles[2]
        found: dict[str, list[str]] = defaultdict(list)
        for row in query.run(self.store, "chapter_headings"):
            heading = row["heading"] or ""
            keys = list(dict.fromkeys(map(fold, _parts(heading))))
            if len(keys) > 1 and all(key in self.names for key in keys[1:]):
                continue
            for key in keys:
                bearers = [thing for thing, _ in self.names.get(key, ())]
                further = all(t.iri in rest and key not in map(fold, self._titled(t)) for t in bearers)
                if " " in key and further and heading not in found.get(key, ()):
                    found[key].append(heading)
        return dict(found)

    @staticmethod
    def _titled(thing: Thing) -> list[str]:
        return [name for kind in ("prefLabel", "printedName") for name in thing.names.get(kind, ())]

    @cached_property
    def longest(self) -> int:
        """The number of words of the longest name."""
        return max((key.count(" ") + 1 for key in [*self.names, *self.headings]), default=0)

    @cached_property
    def open_names(self) -> set[str]:
        """Names of a theme, of one word, that its other names complete: "trafficking" is short for "trafficking in ..."."""
        return {
            key
            for key, bearers in self.names.items()
            if " " not in key
            for thing, _ in bearers
            if thing.iri.startswith(PREFIXES["theme"])
            and any(fold(name).startswith((f"{key} in ", f"{key} of ")) for names in thing.names.values() for name in names)
        }

    @cached_property
    def bases(self) -> dict[str, list[Thing]]:
        """Folded name of a body without the state that it ends with -> the bodies that are so called."""
        found: dict[str, list[Thing]] = defaultdict(list)
        for key, bearers in self.names.items():
            for thing, _ in bearers:
                for area in thing.facts.get("jurisdiction", ()):
                    known = self.directory.things.get(area)
                    ends = {" of " + fold(n) for names in (known.names if known else {}).values() for n in names}
                    base = next((key.removesuffix(end) for end in sorted(ends) if key.endswith(end)), "")
                    if " " in base and thing not in found.get(base, ()):
                        found[base].append(thing)
        return dict(found)

    @cached_property
    def seats(self) -> dict[str, tuple[str, str]]:
        """Folded town from which a field operation or a part of it works, unless it has a name -> the area, and of whom."""
        found: dict[str, tuple[str, str]] = {}
        for thing in self.directory.things.values():
            if thing.cls not in {"FieldOperation", "Facility"}:
                continue
            wholes = [thing, *(self.directory.things.get(w) for w in thing.facts.get("subOrganizationOf", ()))]
            areas = [area for whole in wholes if whole for area in whole.facts.get("hostArea", ())]
            for name in (name for names in thing.names.values() for name in names) if areas else ():
                town = fold(name.rpartition(" in ")[2]) if " in " in name else ""
                if town and town not in self.names:
                    found.setdefault(town, (areas[0], thing.label))
        return found

    @cached_property
    def adjectives(self) -> dict[str, str]:
        """Adjectives of states and territories, folded -> whom they mean."""
        return read_demonyms(self.directory)

    @cached_property
    def kind_words(self) -> dict[str, Thing]:
        """A single word of the name of a kind -> the kind that most activities with that word are.

        Only where most titles with the word are of that kind: "work" is no media work.
        """
        numbers = {row["kind"] or "": int(row["activities"] or 0) for row in query.run(self.store, "kind_ranking")}
        found: dict[str, Thing] = {}
        for thing in sorted(self.directory.concepts("kind"), key=lambda t: (numbers.get(t.iri, 0), t.iri)):
            words = fold(thing.label).split()
            if thing.iri in numbers and len(words) > 1:
                sure = (word for word in words if word not in STOP and thing.iri in self.titles.kinds.get(word, ()))
                found.update({form: thing for word in sure for form in (word, word.removesuffix("s") + "s")})
        by_slug = {local_name(thing.iri): thing for thing in self.directory.concepts("kind")}
        more = {word: by_slug[slug] for word, slug in forms().kinds.items() if slug in by_slug}
        return {word: thing for word, thing in (found | more).items() if word not in forms().none}

    @cached_property
    def _towns(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key, bearers in self.names.items():
            if len(key) > 3:
                found[key] += [thing.label for thing, _ in bearers if thing.cls == "Place" or thing.cls in AREA_CLASSES]
        for town, (_, unit) in self.seats.items():
            found[town] += [f"{town.title()} ({unit})"]
        return {key: labels for key, labels in found.items() if labels}

    def nearest(self, words: str) -> list[str]:
        """Return up to three places and areas whose names look or sound nearly like some words, the nearest first."""
        key = fold(words)
        if key in self._near:
            return self._near[key]
        if len(key) < 4:
            return []
        scores: dict[str, float] = {}
        for name, labels in self._towns.items():
            looks = difflib.SequenceMatcher(None, key, name).ratio()
            sounds = difflib.SequenceMatcher(None, _sound(key), _sound(name)).ratio()
            near = max(looks, sounds if key[0] == name[0] or _sound(key)[0] == _sound(name)[0] else 0.0)
            for label in labels if near >= _NEAR else ():
                scores[label] = max(near, scores.get(label, 0.0))
        self._near[key] = sorted(scores, key=lambda label: (-scores[label], label))[:3]
        return self._near[key]


def _sound(key: str) -> str:
    for letters, other in _SOUNDS:
        key = key.replace(letters, other)
    return key


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
