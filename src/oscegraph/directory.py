"""Stage 5: names -> things. Everything in the graph that has a name, found by any of its names.

Case, accents, punctuation and a leading article do not matter. A name that several things bear is never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from oscegraph import query
from oscegraph.errors import FilterError, NameAmbiguous, NameNotFound
from oscegraph.namespaces import OSG, PREFIXES, expand, local_name, shorten
from oscegraph.store import Store

_WORDS = re.compile(r"\w+")
_SKOS = PREFIXES["skos"]
LABEL = _SKOS + "prefLabel"
# Which kinds of name make a thing findable, the strongest first: a name of today beats an alias, and an alias a slip.
_RANKS = {
    LABEL: 0,
    OSG + "acronym": 0,
    OSG + "symbol": 0,
    _SKOS + "altLabel": 1,
    OSG + "printedName": 1,
    OSG + "iso3": 1,
    OSG + "iso2": 2,
    _SKOS + "hiddenLabel": 2,
    OSG + "weakName": 3,
    _SKOS + "notation": 3,
}
ACTOR_CLASSES = {
    "OsceBody": "osce-body",
    "SecretariatUnit": "secretariat-unit",
    "Institution": "institution",
    "FieldOperation": "field-operation",
    "Department": "department",
    "Facility": "facility",
    "DecisionBody": "decision-body",
    "InternationalOrganization": "organization",
    "PublicBody": "national-body",
    "CivilSocietyOrganization": "ngo",
    "AcademicBody": "academic-body",
    "Company": "company",
    "State": "state",
    "Territory": "territory",
    "Region": "region",
    "Post": "post",
    "ActorGroup": "group",
}
# What a group is called, "participating States", is said of its members, too: no name, where a text is read.
GROUP = "ActorGroup"
AREA_CLASSES = {"State", "Territory", "Region"}
INSTRUMENT_CLASSES = {"Decision", "Declaration", "ActionPlan", "Treaty", "Protocol", "OtherInstrument"}
# Types that a filter may name, with the class that they mean; some mean a class with all its subclasses.
TYPES = {slug: OSG + name for name, slug in ACTOR_CLASSES.items()} | {
    "osce": OSG + "OsceBody",
    "osce-unit": OSG + "ExecutiveStructure",
    "body": OSG + "Body",
    "area": OSG + "Area",
}


def plural(noun: str) -> str:
    """Return a noun in the plural.

    >>> plural("activity"), plural("academic body"), plural("company"), plural("unit")
    ('activities', 'academic bodies', 'companies', 'units')
    """
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def fold(name: str) -> str:
    """Return what is left of a name when case, accents, punctuation and a leading article do not count.

    >>> fold("  The Organisation  de Niš (UN) ")
    'organisation de nis un'
    """
    if name.isascii():
        plain = name.lower()
    else:
        plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    words = _WORDS.findall(plain.replace("ı", "i"))
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@dataclass
class Thing:
    """Anything with a name: an actor, a place, an instrument, a concept, a section."""

    iri: str
    cls: str
    label: str = ""
    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def type(self) -> str:
        """The type in the words of the command line: field-operation, national-body, place, decision ..."""
        return ACTOR_CLASSES.get(self.cls, re.sub(r"(?<=[a-z])(?=[A-Z])", "-", self.cls).lower())

    @property
    def is_actor(self) -> bool:
        """Whether it can take part in an activity."""
        return self.cls in ACTOR_CLASSES

    @property
    def aliases(self) -> list[str]:
        """All other names, without codes and notations, in a fixed order."""
        kinds = ("acronym", "altLabel", "printedName", "symbol", "hiddenLabel", "weakName")
        found = [name for kind in kinds for name in self.names.get(kind, [])]
        return [name for name in dict.fromkeys(found) if name != self.label]

    @property
    def short(self) -> str:
        """The first acronym where there is one, otherwise the label."""
        return (self.names.get("acronym") or [self.label])[0]

    @property
    def events(self) -> int:
        """The number of activities that involve it itself."""
        return int((self.facts.get("involves") or ["0"])[0])

    def describe(self) -> str:
        """Return the label with the type and the short IRI, as candidates are listed."""
        return f"{self.label} ({self.type}, {shorten(self.iri)})"


def _weight(thing: Thing, rank: int) -> int:
    """Return the rank of a name as it counts: a chapter bears the name of its structure, and stands behind it."""
    return rank + 4 if thing.cls == "Section" else rank


def _code(thing: Thing) -> list[str]:
    """Return the symbol of an instrument or the number of a chapter, by which it is better known than by its title."""
    return (thing.names.get("symbol") or (thing.names.get("notation", []) if thing.cls == "Section" else []))[:1]


class Directory:
    """All named things of a store; read once, with two queries, or given, if they are known from it."""

    def __init__(self, store: Store, things: dict[str, Thing] | None = None) -> None:
        self.store = store
        self.things: dict[str, Thing] = {} if things is None else things
        if things is None:
            self._read(store)

    def _read(self, store: Store) -> None:
        for row in query.run(store, "names"):
            iri, cls = row["thing"] or "", local_name(row["class"] or "")
            thing = self.things.setdefault(iri, Thing(iri, cls))
            kind, name = row["property"] or "", row["name"] or ""
            if kind == LABEL and not thing.label:
                thing.label = name
            if name not in thing.names[local_name(kind)]:
                thing.names[local_name(kind)].append(name)
        for row in query.run(store, "directory"):
            if (row["actor"] or "") in self.things:
                self.things[row["actor"] or ""].facts[local_name(row["property"] or "")].append(row["value"] or "")

    @cached_property
    def _index(self) -> dict[str, dict[str, int]]:
        """Folded name -> IRI -> the best rank under which the thing bears it."""
        index: dict[str, dict[str, int]] = defaultdict(dict)
        ranks = {local_name(kind): rank for kind, rank in _RANKS.items()}
        for thing in self.things.values():
            for kind, names in thing.names.items():
                for name in names if kind in ranks else ():
                    bearers = index[fold(name)]
                    bearers[thing.iri] = min(_weight(thing, ranks[kind]), bearers.get(thing.iri, 9))
        index.pop("", None)
        return index

    @cached_property
    def _circles(self) -> dict[str, frozenset[str]]:
        """The circles that were asked for: one question asks hundreds of times."""
        return {}

    @cached_property
    def _within(self) -> dict[str, list[str]]:
        """What belongs to each actor directly: departments, branches, posts."""
        found: dict[str, list[str]] = defaultdict(list)
        for thing in self.things.values():
            for kind in ("subOrganizationOf", "postIn"):
                for whole in thing.facts.get(kind, ()):
                    found[whole].append(thing.iri)
        return dict(found)

    def circle(self, iri: str) -> set[str]:
        """Return the IRIs of an actor and of all that belongs to it."""
        if iri not in self._circles:
            inside, new = {iri}, [iri]
            while new:
                new = [part for whole in new for part in self._within.get(whole, ()) if part not in inside]
                inside.update(new)
            self._circles[iri] = frozenset(inside)
        return set(self._circles[iri])

    def label(self, iri: str) -> str:
        """Return the label of an IRI, or its short form where it has none."""
        thing = self.things.get(iri)
        return thing.label if thing and thing.label else shorten(iri)

    def actors(self) -> list[Thing]:
        """Return all actors by type and label."""
        order = {cls: number for number, cls in enumerate(ACTOR_CLASSES)}
        found = [thing for thing in self.things.values() if thing.is_actor]
        return sorted(found, key=lambda thing: (order[thing.cls], thing.label, thing.iri))

    def bearers(self, name: str) -> Mapping[str, int]:
        """Return the IRIs of all things that bear `name`, each with the kind of name that it is, the strongest 0."""
        return self._index.get(fold(name), {})

    def find(self, name: str, classes: Iterable[str] | None = None, what: str = "actor") -> Thing:
        """Return the one thing that bears `name`, by an IRI, a short IRI or any name.

        `classes` limits it to some classes, such as {"Place", "State"}. Among several bearers the strongest kind of name
        decides; if that leaves several, NameAmbiguous lists them. NameNotFound carries the nearest names.
        """
        wanted = set(classes) if classes is not None else set(ACTOR_CLASSES)
        iri = expand(name)
        bearers = {iri: 0} if iri in self.things else self.bearers(name)
        ranked = {iri: rank for iri, rank in bearers.items() if self.things[iri].cls in wanted}
        if not ranked:
            others = [self.things[iri].describe() for iri in bearers]
            raise NameNotFound(name, [] if others else self.nearest(name, wanted), what, others[:3])
        best = min(ranked.values())
        found = [self.things[iri] for iri, rank in ranked.items() if rank == best]
        if len(found) > 1:
            found.sort(key=lambda thing: (-thing.events, thing.label, thing.iri))
            raise NameAmbiguous(name, [thing.describe() for thing in found])
        return found[0]

    def nearest(self, name: str, classes: set[str], count: int = 5) -> list[str]:
        """Return the labels of the things whose names are nearest to `name`, the nearest first."""
        folded = fold(name)
        if not folded:
            return []
        known = {key: iris for key, iris in self._index.items() if any(self.things[i].cls in classes for i in iris)}
        import difflib

        keys = difflib.get_close_matches(folded, known, n=count, cutoff=0.6)
        inside = (key for key in known if f" {folded} " in f" {key} " and key not in keys)
        keys += sorted(inside, key=len)[: count - len(keys)]
        things = [self.things[iri] for key in keys for iri in known[key] if self.things[iri].cls in classes]
        return list(dict.fromkeys(" ".join([*_code(thing), thing.label]) for thing in things))[:count]

    def concepts(self, scheme: str) -> list[Thing]:
        """Return the concepts of a scheme, such as theme or role, by IRI."""
        return [thing for iri, thing in self.things.items() if iri.startswith(PREFIXES[scheme])]

    def concept(self, scheme: str, value: str) -> str:
        """Return the IRI of a concept by slug, label, alias or printed number; raises FilterError with the valid slugs."""
        concepts, wanted = self.concepts(scheme), fold(value)
        for thing in concepts:
            names = [local_name(thing.iri), *(name for names in thing.names.values() for name in names)]
            if expand(value) == thing.iri or (wanted and wanted in map(fold, names)):
                return thing.iri
        slugs = [local_name(thing.iri) for thing in concepts]
        what = {"assistance": "kind of assistance", "kind": "kind of activity"}.get(scheme, scheme)
        raise FilterError(what, value, slugs)

    def area(self, name: str) -> Thing:
        """Return the place, state, territory or region that bears `name`."""
        return self.find(name, {"Place", *AREA_CLASSES}, "place")

    def instrument(self, name: str) -> Thing:
        """Return the decision, declaration, action plan, treaty or protocol that bears `name`."""
        return self.find(name, INSTRUMENT_CLASSES, "decision")

    def type_class(self, value: str) -> str:
        """Return the class of a type of actor; raises FilterError with the valid types."""
        if value.casefold() in TYPES:
            return TYPES[value.casefold()]
        raise FilterError("type of actor", value, list(TYPES))

    def any_iri(self, name: str) -> str:
        """Return the IRI that `name` means as a value of a query: an IRI, a short IRI, or any name of any thing."""
        iri = expand(name)
        if iri:
            return iri
        return self.find(name, {thing.cls for thing in self.things.values()}, "thing").iri
