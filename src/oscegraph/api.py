"""The Python face: `oscegraph.load()` gives an object with rdflib, names, answers and named queries on one store."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from oscegraph import answers, query
from oscegraph.dates import read_period
from oscegraph.directory import Directory, Thing
from oscegraph.display_results import Partners, Rows, Shared, Tellings
from oscegraph.filters import Filters
from oscegraph.store import EmbeddedStore, EndpointStore, Store
from oscegraph.store_files import open_store

if TYPE_CHECKING:
    import networkx
    import rdflib

    from oscegraph.display_networks import Page


class Oscegraph:
    """A graph of tellings, opened from the package, from files, from a store folder or from an endpoint."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(cls, data: Sequence[str] = (), timeout: float = 60.0) -> Oscegraph:
        """Open what `--data` names; see `store_files.open_store`."""
        return cls(open_store(data, timeout))

    @cached_property
    def directory(self) -> Directory:
        """All names of actors, places, instruments and concepts."""
        return Directory(self.store)

    @cached_property
    def graph(self) -> rdflib.Graph:
        """An rdflib Graph on the same store: an embedded store through oxrdflib, an endpoint through SPARQLStore."""
        import rdflib

        from oscegraph.namespaces import PREFIXES

        if isinstance(self.store, EndpointStore):
            from rdflib.plugins.stores.sparqlstore import SPARQLStore

            graph = rdflib.Graph(store=SPARQLStore(self.store.url, returnFormat="json"))
        else:
            from oxrdflib import OxigraphStore
            from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

            assert isinstance(self.store, EmbeddedStore)
            backend = OxigraphStore(store=self.store.inner)
            graph = rdflib.Graph(store=backend, identifier=DATASET_DEFAULT_GRAPH_ID)
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        return graph

    def actor(self, name: str) -> Thing:
        """Return the actor of that name; raises NameNotFound or NameAmbiguous."""
        return self.directory.find(name)

    def query(self, name: str, **parameters: Any) -> Rows:
        """Run a named query with its parameters."""
        found = query.run(self.store, name, **parameters)
        return Rows(found.columns, found.rows)

    def sparql(self, text: str) -> Rows:
        """Run a SELECT query of your own; the prefixes of the project need no declaration. Raises QueryError."""
        found = query.run(self.store, query.parse_query("of your own", query.with_prefixes(text)))
        return Rows(found.columns, found.rows)

    def who(self, actor: str, evidence: bool = False, **filters: Any) -> Partners:
        """Return the partners of an actor; with `evidence` each has the shared activities; filters as in `filters`."""
        found = answers.who(self.store, self.directory, self.actor(actor), self.filters(**filters), evidence=True)
        told = {partner.thing.iri: partner.evidence for partner in found.partners}
        if not evidence:
            for partner in found.partners:
                partner.evidence = []
        return Partners(**vars(found), told=told)

    def between(self, first: str, second: str, **filters: Any) -> Shared:
        """Return the activities that two actors share."""
        found = answers.between(self.store, self.directory, self.actor(first), self.actor(second), self.filters(**filters))
        return Shared(**vars(found))

    def tellings(self, actor: str | None = None, **filters: Any) -> Tellings:
        """Return the tellings that fit, all if there is no filter."""
        more = {} if actor is None else {"actor": self.actor(actor).iri}
        return Tellings(answers.find_tellings(self.store, self.directory, self.filters(**filters), **more))

    def network(
        self,
        name: str = "actors",
        weighting: str = "raw",
        series: str = "once",
        types: Sequence[str] = (),
        roles: Sequence[str] = (),
        least: float = 0.0,
        **filters: Any,
    ) -> networkx.Graph:
        """Return a declared network as a plain networkx graph; see `networks.build` for its attributes."""
        from oscegraph import display_networks, events, networks

        display_networks.show_networks()
        options = events.Options(name, weighting, series, tuple(types), tuple(roles), least, self.filters(**filters))
        return networks.build(self.store, self.directory, options)

    def map(
        self,
        name: str = "actors",
        around: str | None = None,
        weighting: str = "raw",
        least: float = 0.0,
        **filters: Any,
    ) -> Page:
        """Return a network, or the surroundings of one actor, as a map: a notebook shows it, `save` writes it to a file.

        Raises EmptyNetwork if there is no tie, TooLarge if no browser would draw it.
        """
        from oscegraph import display_networks, drawings, events, maps

        options = events.Options(name, weighting, least=least, filters=self.filters(**filters))
        if around is None:
            drawing = drawings.of_network(self.store, self.directory, options)
        else:
            drawing = drawings.around(self.store, self.directory, options, self.actor(around))
        nodes, ties = len(drawing.graph), drawing.graph.number_of_edges()
        page = maps.html(drawing, self.store, self.directory)
        return display_networks.Page(drawing.title, page, f"{nodes} nodes, {ties} ties")

    def filters(
        self,
        on: str | None = None,
        place: str | None = None,
        start: str | None = None,
        end: str | None = None,
        role: str | None = None,
        own_role: str | None = None,
        partner_type: str | None = None,
        assistance: str | None = None,
        kind: str | None = None,
        basis: str | None = None,
        unit_only: bool = False,
        possible: bool = False,
    ) -> Filters:
        """Return filters from words; raises FilterError, NameNotFound or DateError for a word that means nothing."""
        names = self.directory
        theme = None if on is None else names.concept("theme", on)
        area = None if place is None else names.area(place)
        period = read_period(start, end)
        ends = [f"{word} {day}" for word, day in (("from", period.start), ("to", period.end)) if day]
        labels = {
            "theme": theme and f"on {names.label(theme)}",
            "where": area and f"in {area.label}",
            "period": " ".join(ends),
            "role": role and f"as {role}",
            "own_role": own_role and f"with its own role {own_role}",
            "type": partner_type and f"type {partner_type}",
            "assistance": assistance and f"assistance {assistance}",
            "kind": kind and f"kind {kind}",
            "basis": basis and f"resting on {basis}",
            "unit_only": "whole units only" if unit_only else "",
        }
        return Filters(
            theme=theme,
            where=None if area is None else area.iri,
            period=period,
            role=None if role is None else names.concept("role", role),
            own_role=None if own_role is None else names.concept("role", own_role),
            type=None if partner_type is None else names.type_class(partner_type),
            assistance=None if assistance is None else names.concept("assistance", assistance),
            kind=None if kind is None else names.concept("kind", kind),
            basis=None if basis is None else names.instrument(basis).iri,
            unit_only=unit_only,
            possible=possible,
            labels=tuple((name, words) for name, words in labels.items() if words),
        )
