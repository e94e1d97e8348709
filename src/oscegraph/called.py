"""Stage 5b: what people call things by that is no name of theirs: an operation by its place, people by their state."""

from __future__ import annotations

from collections.abc import Iterable

from oscegraph import resources
from oscegraph.directory import Directory, Thing, fold
from oscegraph.errors import NameAmbiguous, NameNotFound

# The executive structures of the OSCE, and what may be a part of one.
STRUCTURES = {"SecretariatUnit", "Institution", "FieldOperation"}
_PARTS = {"Post", "Department"}


def find_structure(directory: Directory, name: str, what: str = "structure") -> Thing:
    """Return the executive structure of that name; the name of a place means the one field operation that is called by it.

    A post or department ("SR/CTHB") stands for the structure that it belongs to.

    Raises NameNotFound with the nearest names, in which `what` says what was looked for, and NameAmbiguous.
    """
    try:
        return find_called(directory, name, STRUCTURES, what)
    except NameNotFound:
        try:
            above = directory.things.get(structure_of(directory, directory.find(name, _PARTS, what).iri))
        except (NameNotFound, NameAmbiguous):
            above = None
        if above is None or above.cls not in STRUCTURES:
            raise
        return above


def structure_of(directory: Directory, iri: str) -> str:
    """Return the executive structure that a post or department belongs to, or the actor itself."""
    things, at = directory.things, iri
    while at in things and things[at].cls in _PARTS:
        wholes = [*things[at].facts.get("postIn", ()), *things[at].facts.get("subOrganizationOf", ())]
        at = wholes[0] if wholes else ""
    return at if at in things and things[at].cls in STRUCTURES else iri


def find_called(directory: Directory, name: str, classes: Iterable[str] | None = None, what: str = "actor") -> Thing:
    """Return what `Directory.find` does, or the field operation that is called by the place of that name.

    Raises NameNotFound with the nearest names, and NameAmbiguous.
    """
    try:
        return directory.find(name, classes, what)
    except NameNotFound:
        called = called_by_place(directory, name)
        if called is None:
            raise
        return called


def called_by_place(directory: Directory, name: str) -> Thing | None:
    """Return the one field operation that has the name of a place, state or territory in a name of its own, or None."""
    try:
        directory.area(name)
    except (NameNotFound, NameAmbiguous):
        return None
    words = f" {fold(name)} "
    found = [t for t in directory.actors() if t.cls == "FieldOperation"]
    found = [t for t in found if any(words in f" {fold(known)} " for known in (t.label, *t.aliases))]
    return found[0] if len(found) == 1 else None


def read_demonyms(directory: Directory) -> dict[str, str]:
    """Return the adjectives of states and territories, folded, such as "ukrainian", with the IRI of whom they mean."""
    bearers: dict[str, str] = {}
    for thing in directory.things.values():
        if thing.cls in {"State", "Territory"}:
            bearers |= {fold(name): thing.iri for names in thing.names.values() for name in names}
    found: dict[str, str] = {}
    for line in resources.word_lines("demonyms.txt"):
        name, _, forms = line.partition(":")
        if fold(name) in bearers:
            found |= {fold(form): bearers[fold(name)] for form in forms.split()}
    return found
