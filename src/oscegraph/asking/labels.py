"""Stage 10e1e: labels of things, and what belongs to them: bodies of a State, departments of a unit, areas around a town."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Set

from oscegraph.asking.facts import Facts
from oscegraph.asking.statements import Event
from oscegraph.namespaces import expand

_OF_UNITS = ("department", "post", "facility")
_UNITS = ("secretariat-unit", "institution", "field-operation")
_STATES, _PRIVATE = ("State", "Territory"), ("CivilSocietyOrganization", "Company")


class Labels:
    """Names things, over one set of facts, and knows what belongs to them."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.directory = facts, facts.directory
        # Whoever is of a class that questions name, by what it is called: "field operations", "bodies of Italy".
        self.classes: dict[str, frozenset[str]] = {}
        self._parts = functools.lru_cache(maxsize=20_000)(self._find_parts)

    def label(self, iri: str) -> str:
        """Return the label of a thing."""
        return self.directory.label(iri)

    def labels(self, iris: Iterable[str]) -> list[str]:
        """Return the label of each thing."""
        return [self.directory.label(iri) for iri in iris]

    def in_order(self, iris: Iterable[str]) -> list[str]:
        """Return the label of each thing, in the order of the alphabet."""
        return sorted(self.labels(iris))

    def symbol(self, iri: str) -> str:
        """Return the symbol of an instrument, or the label of what has none."""
        thing = self.directory.things.get(iri)
        return (thing.names.get("symbol") or [thing.label])[0] if thing else iri

    def name(self, value: str) -> str:
        """Return the label of an activity, the symbol or label of a thing, and any other value as it is."""
        if value in self.facts.events:
            return self.facts.events[value].label
        return self.symbol(value) if value.startswith("http") else value

    def actor(self, label: str) -> str | None:
        """Return the actor that a label names, if it names one."""
        return self.of_label.get(label)

    @functools.cached_property
    def of_label(self) -> dict[str, str]:
        """All actors by their labels."""
        return {thing.label: iri for iri, thing in self.directory.things.items() if thing.is_actor}

    def circle(self, iri: str) -> set[str]:
        """Return an actor or area with all that belongs to it, or whoever is of a class."""
        if iri in self.classes:
            return set(self.classes[iri])
        return self.directory.circle(iri) | self.facts.of_area(iri)

    def events_of(self, iri: str) -> list[Event]:
        """Return the activities in which an actor, or what belongs to it, had any part."""
        circle = self.circle(iri)
        return [event for event in self.facts.events.values() if not circle.isdisjoint(event.involved)]

    def official(self, iri: str) -> set[str]:
        """Return what `circle` does, of a State or territory without the NGOs and companies from there: these are not it."""
        found, things = self.circle(iri), self.directory.things
        if iri not in things or things[iri].cls not in _STATES:
            return found
        return {one for one in found if one not in things or things[one].cls not in _PRIVATE}

    def wholes(self, iri: str) -> set[str]:
        """Return what an actor is a part of, as a department of a structure."""
        return set(self.directory.things[iri].facts.get("subOrganizationOf", ()))

    def all_wholes(self, iri: str) -> list[str]:
        """Return what an actor is a part of, and what that is one of; the OSCE and its Secretariat say nothing."""
        found: list[str] = []
        new = [iri]
        while new:
            new = [whole for one in new for whole in sorted(self.wholes(one)) if whole not in found]
            found += new
        return [one for one in found if self.directory.things[one].cls != "OsceBody"]

    def around(self, area: str) -> set[str]:
        """Return an area with the State that a town is in, and the regions of that."""
        around, things = {area}, self.directory.things
        for kind in ("inArea", "inRegion"):
            around |= {one for name in around for one in things[name].facts.get(kind, ())}
        return around

    def states(self, areas: Iterable[str]) -> list[str]:
        """Return the state or territory of each area, none twice."""
        things = self.directory.things
        found = ([a] if things[a].cls != "Place" else things[a].facts.get("inArea", ()) for a in areas)
        return list(dict.fromkeys(state for some in found for state in some))

    def towns(self, areas: Iterable[str]) -> list[str]:
        """Return the areas that are towns or other places."""
        return [a for a in areas if self.directory.things[a].cls == "Place"]

    def without_wholes(self, actors: list[str]) -> list[str]:
        """Leave out units whose department is there: told together, they are the department of that unit."""
        things = self.directory.things
        wholes = {whole for a in actors if things[a].type == "department" for whole in self.wholes(a)}
        return [a for a in actors if a not in wholes]

    def without_parts(self, actors: list[str]) -> list[str]:
        """Leave out parts of others that are there; the OSCE as a whole says nothing of which of its units are."""
        osce = expand("body:osce")
        parts = set[str]().union(*(self._parts(whole) for whole in actors if whole != osce))
        return [a for a in actors if a not in parts] if parts else actors

    def _find_parts(self, whole: str) -> frozenset[str]:
        return frozenset(self.directory.circle(whole) - {whole})

    def unit(self, iri: str) -> str | None:
        """Return the unit that a department or post of the OSCE belongs to."""
        thing = self.directory.things.get(iri)
        while thing is not None and thing.type in _OF_UNITS:
            up = next((v for kind in ("subOrganizationOf", "postIn") for v in thing.facts.get(kind, ())), "")
            thing = self.directory.things.get(up)
        return thing.iri if thing and thing.type in _UNITS else None

    def of_state(self, states: Set[str], actors: list[str]) -> list[str]:
        """Return those that are of some states, or are these states."""
        things = self.directory.things
        return [a for a in actors if a in states or states & set(things[a].facts.get("jurisdiction", ()))]
