"""Stage 8g1: where a draft would be: its states and regions, and where those come from whom a study visit is for."""

from __future__ import annotations

from dataclasses import dataclass, field

from oscegraph.called import STRUCTURES
from oscegraph.directory import Directory
from oscegraph.drafts_words import Reading
from oscegraph.namespaces import PREFIXES

STUDY_VISIT = PREFIXES["kind"] + "study-visit"


@dataclass(frozen=True)
class Areas:
    """The states and territories of a draft, the regions that it names, and the states that visitors come from: IRIs."""

    states: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    homes: set[str] = field(default_factory=set)


def is_visit(reading: Reading) -> bool:
    """Whether a draft is one of a study visit."""
    return any(kind.iri == STUDY_VISIT for kind in reading.kinds)


def read_areas(reading: Reading, directory: Directory) -> Areas:
    """Return where a draft would be.

    The visitors of a study visit come from the states of the partners, and of the field operations, that the draft names. It
    must be a state in which a field operation works: another one that is named pays or teaches.
    """
    states = {found.iri for found in reading.areas if directory.things[found.iri].cls != "Region"}
    states |= {area for found in reading.places for area in directory.things[found.iri].facts.get("inArea", ())}
    regions = {found.iri for found in reading.areas} - states
    if not is_visit(reading):
        return Areas(states, regions)
    named = [directory.things[found.iri] for found in (*reading.partners, *reading.units)]
    whence = {area for thing in named for way in ("jurisdiction", "hostArea") for area in thing.facts.get(way, ())}
    hosted = {area for thing in directory.things.values() for area in thing.facts.get("hostArea", ())}
    return Areas(states, regions, ((whence | {thing.iri for thing in named}) & hosted) - states)


def structures(reading: Reading, directory: Directory) -> set[str]:
    """Return the executive structures that a draft names, themselves or by a part of theirs."""
    found, todo = set(), [unit.iri for unit in reading.units]
    while todo:
        thing = directory.things[todo.pop()]
        found |= {thing.iri} if thing.cls in STRUCTURES else set()
        todo += [*thing.facts.get("subOrganizationOf", ()), *thing.facts.get("postIn", ())]
    return found
