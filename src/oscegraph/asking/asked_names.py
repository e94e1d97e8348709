"""Stage 7d2: the names that questions use: with and without "OSCE", turned round, national bodies without their state.

"The Interior Ministry" is the name of many; it is linked only where the question says of which state.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from oscegraph.asking import wording
from oscegraph.directory import GROUP, INSTRUMENT_CLASSES, Directory, Thing, fold

AREAS = ("Place", "State", "Territory", "Region")
INSTRUMENTS = tuple(sorted(INSTRUMENT_CLASSES))
_NATIONAL = ("PublicBody", "AcademicBody", "Facility")
# What ties a thing to an area or to what it belongs to.
_TIES = ("subOrganizationOf", "postIn", "jurisdiction", "hostArea", "inArea")


def _turned(thing: Thing, name: str) -> list[str]:
    """Return how a name is said as well: "the Astana Centre" of the Centre in Astana, "Central Asian" of Central Asia."""
    if thing.cls == "FieldOperation" and (match := re.match(r"(?:OSCE )?([\w -]+?) (?:in|to) (.+)$", name)):
        kinds = (
            [match[1], "Office", "Mission"] if match[1] != "Project Co-ordinator" else [match[1], "Office", "Co-ordinator"]
        )
        if match[1] in ("Centre", "Center"):
            kinds = ["Centre", "Center", "Office"]
        kinds += ["Field Operation", "Field Office", "Field Presence", "Team"]
        turned = [form for kind in kinds for form in (f"{match[2]} {kind}", f"{kind} {match[2]}", f"{kind} in {match[2]}")]
        return [*turned, f"OSCE {match[2]}", f"OSCE in {match[2]}"]
    if thing.cls == "Region" and re.search(r"(?:Asia|Europe)$", name):
        return [re.sub(r"Asia$", "Asian", re.sub(r"Europe$", "European", name))]
    return []


@dataclass
class Names:
    """Folded names with the IRIs of those that bear them, those without a state, and all words that are known.

    The words are those of names and cues, and those of titles and terms: what may be meant where one is mistyped.
    """

    full: Mapping[str, list[str]]
    short: Mapping[str, list[str]]
    words: list[str]

    @classmethod
    def of(cls, directory: Directory, words: Iterable[str]) -> Names:
        """Return the names of a directory; `words` are those of titles and terms."""
        names = full(directory)
        every = {word for name in names for word in name.split()} | wording.cues().keys() | set(words)
        return cls(names, short(directory), sorted(word for word in every if word.isalpha()))


def full(directory: Directory) -> dict[str, list[str]]:
    """Return folded names -> things; names without their leading "OSCE" as well."""
    found: dict[str, list[str]] = defaultdict(list)
    for thing in directory.things.values():
        if thing.cls == GROUP or not (thing.is_actor or thing.cls in (*AREAS, *INSTRUMENTS) or "/vocab/theme/" in thing.iri):
            continue
        for name in dict.fromkeys([thing.label, *thing.aliases]):
            for form in (name, re.sub(r"^OSCE ", "", name), re.sub(r"\s*\(.*?\)", "", name), *_turned(thing, name)):
                key = fold(form)
                if key and thing.iri not in found[key]:
                    found[key].append(thing.iri)
    return dict(found)


def short(directory: Directory) -> dict[str, list[str]]:
    """Return names of national bodies without their state, at least two words long or an acronym -> the bodies."""
    found: dict[str, list[str]] = defaultdict(list)
    for thing in directory.things.values():
        if thing.cls not in _NATIONAL:
            continue
        areas = [directory.things[iri] for iri in thing.facts.get("jurisdiction", ()) if iri in directory.things]
        states = {fold(name) for area in areas for name in (area.label, *area.aliases)}
        for name in dict.fromkeys([thing.label, *thing.aliases]):
            head, of, state = name.rpartition(" of ")
            if not of or fold(state) not in states:
                continue
            for form in (head, re.sub(r"^(?:National|Federal) ", "", head)):
                key = fold(form)
                if (" " in key or form.isupper()) and thing.iri not in found[key]:
                    found[key].append(thing.iri)
    return dict(found)


def ties(directory: Directory, iri: str) -> set[str]:
    """Return the areas and wholes of a thing, and those around them."""
    found: set[str] = set()
    new = [iri]
    while new:
        thing = directory.things.get(new.pop())
        for value in (v for kind in _TIES for v in (thing.facts.get(kind, ()) if thing else ())):
            if value not in found:
                found.add(value)
                new.append(value)
    return found


def of_state(directory: Directory, things: Iterable[Thing], named: Iterable[str]) -> Thing | None:
    """Return the one of several national bodies whose state is named, or is that of what is named, the nearest first."""
    things = list(things)
    for iri in named:
        near = {iri} | ties(directory, iri)
        inside = [thing for thing in things if near & set(thing.facts.get("jurisdiction", ()))]
        if len(inside) == 1:
            return inside[0]
    return None
