"""The peer: what a user of plain rdflib would write to ask who worked with UNODC. Same Turtle files, same query."""

import sys
from pathlib import Path

import rdflib

root = Path(__file__).resolve().parent.parent
graph = rdflib.Graph()
for path in [
    root / "ontology" / "oscegraph.ttl",
    root / "ontology" / "vocabularies.ttl",
    *sorted((root / "graphs").rglob("*.ttl")),
]:
    graph.parse(path, format="turtle")
for path in sorted((root / "graphs" / "derived").glob("*.nt")):
    graph.parse(path, format="nt")
text = (root / "queries" / "lookup" / "ties.rq").read_text()
text = text.replace("VALUES ?actor { UNDEF }", "VALUES ?actor { <https://w3id.org/oscegraph/id/body/unodc> }")
partners = {str(row.partner) for row in graph.query(text)}
print(len(partners), "partners", file=sys.stderr)
