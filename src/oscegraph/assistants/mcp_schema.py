"""Stage 16c: the graph described for those who write SPARQL: how it is built, its terms, its queries, its caveats."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from oscegraph import query
from oscegraph.namespaces import PREFIXES, shorten
from oscegraph.store import Store

MODEL = (
    "osg:Activity is what took place. osg:Telling is what one chapter says of it: it osg:tells the activity, stands in a "
    "chapter (osg:inSection/skos:notation) at osg:firstLine to osg:lastLine, has dcterms:title, osg:statedDate, "
    "osg:statedPlace, osg:statedTheme, and one osg:participation a role (osg:role, osg:actor, osg:personCount).",
    "Derived on the activity, one triple a fact: osg:organizer, osg:partner, osg:facilitator, osg:host, osg:funder, "
    "osg:trainer, osg:speaker, osg:attendee, osg:beneficiary (each a kind of osg:involves), osg:earliest, osg:latest, "
    "osg:place, osg:country, osg:theme, osg:kind, osg:basis. Everything has skos:prefLabel.",
    "Departments and posts act for their unit: ?department osg:within ?unit.",
)
CAVEATS = (
    "Count activities, not tellings: one activity may be told by several chapters, and their dates, places and roles may "
    "contradict each other; both stay.",
    "Roles are those that the report's words give: an organizer is said to organize; a partner stands behind 'in "
    "co-operation with'; unnamed people are osg:audience and no actors.",
    "A state is an actor only where the report says 'from' or 'funded by' it; a national body is its own actor, of its "
    "osg:jurisdiction.",
    "No triple means that the report does not say. It is no proof that nothing happened, and undated activities have no "
    "osg:earliest.",
    "The report counts an activity once for each structure that had a share in it (osg:StructureActivity), so its 353 is "
    "no number of activities here.",
    "osg:basis is stated; osg:inferredBasis is a guess by rule. Never mix them.",
    "Kosovo is an osg:Territory, status-neutral: neither a state nor part of one.",
    "Towns bear the name that the report printed; states their name of today.",
    "All facts are in the default graph; do not write GRAPH or FROM.",
)
EXAMPLE = (
    "SELECT ?activity ?label ?who ?chapter ?first ?last WHERE { ?activity osg:funder ?actor ; skos:prefLabel ?label . "
    "?actor skos:prefLabel ?who . ?telling osg:tells ?activity ; osg:inSection/skos:notation ?chapter ; "
    "osg:firstLine ?first ; osg:lastLine ?last } ORDER BY ?first LIMIT 20"
)


class Term(BaseModel):
    """A class or a property."""

    term: str
    means: str
    above: Annotated[str | None, Field(description="class or property that it is a kind of")]
    domain: str | None
    range: str | None
    uses: Annotated[int, Field(description="how often the graph uses it")]


class NamedQuery(BaseModel):
    """A ready query."""

    name: str
    question: str
    parameters: list[str]


class Schema(BaseModel):
    """A part of the description."""

    part: str
    model: list[str] = []
    caveats: list[str] = []
    prefixes: dict[str, str] = {}
    counts: dict[str, int] = {}
    example: str = ""
    terms: list[Term] = []
    queries: list[NamedQuery] = []
    text: Annotated[str, Field(description="the SPARQL of the query asked for; put values in the place of UNDEF")] = ""
    next: str = ""


def describe(store: Store, part: str, name: str | None = None) -> Schema:
    """Return a part of the description, or the text of a named query; raises QueryError for a query that is not there."""
    if name is not None:
        found = query.named(name)
        text = "\n".join(line for line in found.text.split("\n") if not line.startswith("#+"))
        return Schema(part="query", queries=[_query(found)], text=text, next="Run it, changed as needed, with sparql.")
    if part == "queries":
        return Schema(part=part, queries=[_query(found) for found in query.catalogue()], next="query=NAME gives its text.")
    if part in ("classes", "properties"):
        return Schema(part=part, terms=_terms(store, classes=part == "classes"))
    counts = {row["way"] or "": int(row["number"] or 0) for row in query.run(store, "counts")}
    counts |= {term.term: term.uses for term in _terms(store, classes=True) if term.uses}
    return Schema(
        part=part,
        model=list(MODEL),
        caveats=list(CAVEATS),
        prefixes=PREFIXES,
        counts=counts,
        example=EXAMPLE,
        next="part=properties, part=classes and part=queries say more.",
    )


def _query(found: query.Query) -> NamedQuery:
    parameters = [f"{p.name} ({p.type}{', required' if p.required else ''}): {p.meaning}" for p in found.parameters]
    return NamedQuery(name=found.name, question=found.question, parameters=parameters)


def _terms(store: Store, classes: bool) -> list[Term]:
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in query.run(store, "terms"):
        if (row["kind"] or "").endswith("#Class") == classes:
            # A term may be a kind of several others.
            facts = found.setdefault(shorten(row["term"] or ""), {"above": {}, "domain": {}, "range": {}, "row": {}})
            for key in ("above", "domain", "range"):
                facts[key] |= {shorten(row[key] or ""): ""} if row[key] else {}
            facts["row"] = {key: row[key] or "" for key in ("definition", "uses")}
    return [
        Term(
            term=term,
            means=facts["row"]["definition"],
            above=", ".join(facts["above"]) or None,
            domain=", ".join(facts["domain"]) or None,
            range=", ".join(facts["range"]) or None,
            uses=int(facts["row"]["uses"] or 0),
        )
        for term, facts in found.items()
    ]
