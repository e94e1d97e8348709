"""Stage 10c2: what an answer has to be by the word that asks for it: units, states, ministries, embassies ..."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from oscegraph.asking.patterns import lazy_pattern
from oscegraph.directory import Directory, Thing

# "International staff members", "staff who were local"; "local police officers" are none of the staff.
_PART = r"(?:international|national|local)"
_CATEGORY = lazy_pattern(
    r"\b(?P<one>international|national|local)(?:ly)?\s+(?:(?:OSCE|mission|seconded|contracted)\s+)?"
    r"(?:staff|employees|colleagues|personnel|recruited|hired)\b"
    r"|\bstaff\b[^?]*\b(?:are|were|was|is)\s+(?P<other>international|national|local)s?\b(?!\s+(?:police|author|law|agenc|bod))",
    re.IGNORECASE,
)
_BOTH = lazy_pattern(rf"\b{_PART}(?:ly)?\s*(?:\band\b|\bor\b|,|/|&)\s*(?:\w+\s+){{0,3}}?{_PART}\b", re.IGNORECASE)


class Kind(NamedTuple):
    """What a word asks for: types of actors (none for any), a pattern of their names, ends of their OSCE status."""

    types: frozenset[str] = frozenset()
    name: str = ""
    status: tuple[str, ...] = ()

    def fits(self, thing: Thing) -> bool:
        """Whether an actor is of that kind."""
        if self.types and thing.type not in self.types:
            return False
        if self.status and not any(status.endswith(self.status) for status in thing.facts.get("osceStatus", ())):
            return False
        return not self.name or any(re.search(self.name, name, re.IGNORECASE) for name in (thing.label, *thing.aliases))


def _kind(types: str, name: str = "", *status: str) -> Kind:
    return Kind(frozenset(types.split()), name, status)


# By the cue; the narrower ones first, as the first that a question holds is what it asks for.
TYPES = {
    "secretariat": _kind("secretariat-unit"),
    "operations": _kind("field-operation"),
    # Only where they are named with other units: elsewhere anything may be an institution.
    "institutions": _kind("institution"),
    "departments": _kind("department"),
    "embassies": _kind("national-body", r"\bembass"),
    "ministries": _kind("national-body", r"\bministr"),
    "courts": _kind("national-body", r"\bcourt"),
    "academies": _kind(
        "national-body academic-body organization facility", r"\b(?:academ|universit|school|college|institute)"
    ),
    "ngos": _kind("ngo"),
    "companies": _kind("company"),
    "international": _kind("organization"),
    "organizations": _kind("organization ngo academic-body company"),
    "states": _kind("state territory"),
    "units": _kind("secretariat-unit institution field-operation"),
    "external": _kind("organization ngo academic-body company national-body state territory facility"),
    "bodies": _kind(""),
    # No word of questions asks for these but in plain ones.
    "national": _kind("national-body"),
    "participating": _kind("state", "", "/participating-state"),
    "cooperating": _kind("state", "", "/asian-partner", "/mediterranean-partner"),
    "police": _kind("national-body", r"^(?!.*\b(?:academ|school|college|institut)).*\bpolice\b"),
}


# What readings call these where the cue is not its plural.
_CALLED = {
    "secretariat": "units of the Secretariat",
    "operations": "field operations",
    "institutions": "OSCE institutions",
    "ngos": "NGOs",
    "international": "international organizations",
    "external": "others than OSCE units",
    "national": "national bodies",
    "participating": "participating States",
    "cooperating": "Partners for Co-operation",
    "police": "police services",
}


def called(cues: Iterable[str]) -> str:
    """Return in words what the words ask for: "NGOs or field operations"."""
    return " or ".join(_CALLED.get(cue, cue) for cue in cues)


def wanted(cues: Iterable[str], thing: Thing) -> bool:
    """Whether an actor is what one of the words asks for; no words ask for anything."""
    kinds = [TYPES[cue] for cue in cues]
    return not kinds or any(kind.fits(thing) for kind in kinds)


def is_of(directory: Directory, types: tuple[str, ...], iri: str) -> bool:
    """Whether a structure is of one of the types, or a part of one that is."""
    things = directory.things
    wholes = things[iri].facts.get("subOrganizationOf", ())
    return any(wanted(types, things[one]) for one in (iri, *wholes) if one in things)


def staff_category(text: str) -> str:
    """Return which part of the staff a question is on, "international" or "national"; "" if on no part, or on both.

    >>> staff_category("How many local staff has it?"), staff_category("How many of its staff were international?")
    ('national', 'international')
    >>> staff_category("How many staff support the national police?"), staff_category("How many local police staff came?")
    ('', '')
    >>> staff_category("How many national and international staff has it?")
    ''
    """
    said = {(match["one"] or match["other"]).casefold() for match in _CATEGORY.finditer(text)}
    said = {"national" if one == "local" else one for one in said}
    return next(iter(said)) if len(said) == 1 and not _BOTH.search(text) else ""
