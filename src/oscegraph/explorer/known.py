"""Stage 16c: the graph as the explorer needs it, read once: activities, who is in which, instruments, names, ontology."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import pyoxigraph as ox

from oscegraph import query
from oscegraph.answers import Instrument, find_instruments
from oscegraph.api import Oscegraph
from oscegraph.directory import AREA_CLASSES, INSTRUMENT_CLASSES, Thing
from oscegraph.explorer import listing
from oscegraph.explorer.listing import Ref, Source
from oscegraph.explorer.search import Search
from oscegraph.namespaces import local_name
from oscegraph.tellings import Activity, Telling, read_activities


class Known:
    """What pages look up again and again. The data never change while they are served."""

    def __init__(self, graph: Oscegraph) -> None:
        self.graph = graph

    @cached_property
    def activities(self) -> dict[str, Activity]:
        """All activities with their tellings by IRI, in the order of their dates."""
        iris = [row["activity"] or "" for row in query.run(self.graph.store, "activities")]
        return {found.id: found for found in read_activities(self.graph.store, self.graph.directory, iris)}

    @cached_property
    def shares(self) -> dict[str, set[str]]:
        """The activities in which each executive structure has a share, told by its own chapter or naming it."""
        found: dict[str, set[str]] = {}
        for row in query.run(self.graph.store, "plan-units"):
            found.setdefault(row["structure"] or "", set()).add(row["activity"] or "")
        return found

    def activities_of(self, thing: Thing) -> list[Activity]:
        """Return the activities that involve an actor or what belongs to it, and those of its own chapter, by date."""
        own = {activity.id for activity in self.involving(self.inside(thing))} | self.shares.get(thing.iri, set())
        return [activity for iri, activity in self.activities.items() if iri in own]

    @cached_property
    def tellings(self) -> dict[str, Telling]:
        """All tellings by IRI, in the order of their lines."""
        found = [telling for activity in self.activities.values() for telling in activity.tellings]
        return {telling.id: telling for telling in sorted(found, key=lambda telling: (telling.lines, telling.id))}

    @cached_property
    def instruments(self) -> dict[str, Instrument]:
        """All instruments with their facts by IRI, by date of adoption."""
        found = find_instruments(self.graph.store, self.graph.directory, INSTRUMENT_CLASSES)
        return {instrument.thing.iri: instrument for instrument in found}

    @cached_property
    def _involved(self) -> dict[str, list[str]]:
        """The activities by each actor to whom a telling gives a role."""
        found: dict[str, list[str]] = {}
        for activity in self.activities.values():
            for actor in {p.actor for telling in activity.tellings for p in telling.participations}:
                found.setdefault(actor, []).append(activity.id)
        return found

    def involving(self, actors: Iterable[str]) -> list[Activity]:
        """Return the activities in which any of the actors has a role, by date."""
        found = {iri for actor in actors for iri in self._involved.get(actor, ())}
        return [activity for iri, activity in self.activities.items() if iri in found]

    def sources(self, activities: Iterable[str]) -> list[Source]:
        """Return where the report tells of activities, in the order of the lines, each place once."""
        tellings = [telling for iri in activities for telling in self.activities[iri].tellings]
        ordered = sorted(tellings, key=lambda telling: (telling.lines, telling.id))
        return list({source.text: source for source in map(listing.source_of, ordered)}.values())

    @cached_property
    def known(self) -> dict[str, list[str]]:
        """Every IRI of which the graph says what it is, with its classes."""
        found: dict[str, list[str]] = {}
        for row in query.run(self.graph.store, "known"):
            found.setdefault(row["thing"] or "", []).append(local_name(row["class"] or ""))
        return found

    @cached_property
    def terms(self) -> dict[str, dict[str, list[str]]]:
        """The ontology by term: its facts by the local names of their properties."""
        found: dict[str, dict[str, list[str]]] = {}
        for triple in sorted(self.graph.store.construct(query.named("ontology").text), key=str):
            facts = found.setdefault(str(getattr(triple.subject, "value", "")), {})
            facts.setdefault(local_name(triple.predicate.value), []).append(str(getattr(triple.object, "value", "")))
        return found

    def term(self, iri: str) -> str:
        """Return the label of a term of the ontology, or its local name."""
        return next(iter(self.terms.get(iri, {}).get("label", ())), local_name(iri))

    def describe(self, iri: str) -> list[ox.Triple]:
        """Return the triples of a thing, as its RDF has them, in a fixed order."""
        found = self.graph.store.construct(query.named("described").bind({"thing": iri}))
        return sorted(set(found), key=str)

    @cached_property
    def search(self) -> Search:
        """All names, to be searched."""
        return Search(self.graph.directory, self.activities.values())

    def inside(self, thing: Thing) -> set[str]:
        """Return an actor with what belongs to it; to a state or territory also its public bodies."""
        things = self.graph.directory.things.values() if thing.cls in AREA_CLASSES else ()
        bodies = {t.iri for t in things if t.cls == "PublicBody" and thing.iri in t.facts.get("jurisdiction", ())}
        return self.graph.directory.circle(thing.iri) | bodies

    def thing(self, iri: str) -> Thing | None:
        """Return a named thing, or None."""
        return self.graph.directory.things.get(iri)

    def ref(self, iri: str, note: str = "") -> Ref:
        """Return a thing, an activity or anything else as a link under its label."""
        activity = self.activities.get(iri)
        return Ref(activity.label if activity else self.graph.directory.label(iri), iri, note)
