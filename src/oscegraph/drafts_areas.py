"""Stage 8d1: where a draft would be: its states and regions, and where those come from whom a study visit is for."""

from __future__ import annotations

from dataclasses import dataclass, field

from oscegraph.called import STRUCTURES
from oscegraph.directory import Directory
from oscegraph.drafts_words import Reading
from oscegraph.namespaces import STUDY_VISIT

# Whose people visitors are: an organization that is named with them comes from wherever it is.
_OF_A_STATE = {"State", "Territory", "PublicBody", *STRUCTURES}


@dataclass(frozen=True)
class Areas:
    """The states and territories of a draft, the regions that it names, and the states that visitors come from: IRIs.

    `whence` are all states that visitors come from, `homes` those of them in which a field operation works.
    """

    states: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    homes: set[str] = field(default_factory=set)
    whence: set[str] = field(default_factory=set)


def is_visit(reading: Reading) -> bool:
    """Whether a draft is one of a study visit."""
    return any(kind.iri == STUDY_VISIT for kind in reading.kinds)


def read_areas(reading: Reading, directory: Directory) -> Areas:
    """Return where a draft would be.

    The visitors of a study visit come from the states that the draft names as partners, of whose bodies it names any, or in
    which a field operation works that it names.
    """
    things = directory.things
    states = {found.iri for found in reading.areas if things[found.iri].cls != "Region"}
    states |= {area for found in reading.places for area in things[found.iri].facts.get("inArea", ())}
    regions = {found.iri for found in reading.areas} - states
    if not is_visit(reading):
        return Areas(states, regions)
    named = [things[found.iri] for found in reading.partners if things[found.iri].cls in _OF_A_STATE]
    named += [things[unit] for unit in structures(reading, directory)]
    whence = {area for thing in named for way in ("jurisdiction", "hostArea") for area in thing.facts.get(way, ())}
    whence = (whence | {thing.iri for thing in named if thing.cls in ("State", "Territory")}) - states
    hosted = {area for thing in things.values() for area in thing.facts.get("hostArea", ())}
    return Areas(states, regions, whence & hosted, whence)


def structures(reading: Reading, directory: Directory) -> list[str]:
    """Return the executive structures that a draft names, themselves or by a part of theirs."""
    return [iri for unit in reading.units for iri in wholes(unit.iri, directory) if directory.things[iri].cls in STRUCTURES]


def wholes(iri: str, directory: Directory) -> list[str]:
    """Return a thing and all that it is a part of, as far as they are known."""
    found, todo = dict[str, None](), [iri]
    while todo:
        thing = directory.things.get(todo.pop())
        if thing is not None and thing.iri not in found:
            found[thing.iri] = None
            todo += [*thing.facts.get("subOrganizationOf", ()), *thing.facts.get("postIn", ())]
    return list(found)
