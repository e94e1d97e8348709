"""Stage 9: the graph as files: Turtle, N-Quads, JSON-LD, or CSV tables. The same data give the same bytes."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from oscegraph.answers import find_tellings
from oscegraph.directory import Directory
from oscegraph.errors import OutputError
from oscegraph.filters import Filters
from oscegraph.namespaces import BASE, PREFIXES
from oscegraph.store import Store

FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "json-ld": ox.RdfFormat.JSON_LD,
}
GRAPH = ox.NamedNode(BASE + "graph/2011")
EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
CSV_COLUMNS = (  # noqa: SIM905
    "telling activity chapter first_line last_line heading title kind date start end place country themes assistance basis "
    "people people_qualifier events role actor actor_label actor_type group_people"
).split()


def _named_alike(triples: set[ox.Triple]) -> set[ox.Triple]:
    """Give blank nodes, whose names are new in each run, names that depend on the data only (RDFC-1.0)."""
    if not any(isinstance(node, ox.BlankNode) for triple in triples for node in (triple.subject, triple.object)):
        return triples
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {quad.triple for quad in dataset}


def serialize(triples: Iterable[ox.Triple], format_name: str) -> bytes:
    """Return triples in an RDF format, sorted; N-Quads get the graph name of the edition of 2011."""
    unique = sorted(_named_alike(set(triples)), key=str)
    if format_name == "nquads":
        quads = [ox.Quad(t.subject, t.predicate, t.object, GRAPH) for t in unique]
        return ox.serialize(quads, format=FORMATS[format_name]) or b""
    prefixes = PREFIXES if format_name == "turtle" else None
    return ox.serialize(unique, format=FORMATS[format_name], prefixes=prefixes) or b""


def participation_rows(store: Store, directory: Directory) -> Iterator[list[str]]:
    """Yield one row for each actor in each role in each telling, under CSV_COLUMNS."""
    for telling in find_tellings(store, directory, Filters()):
        head = [
            telling.id,
            telling.activity,
            telling.chapter,
            str(telling.lines[0]),
            str(telling.lines[1]),
            telling.heading,
            telling.title,
            telling.kind,
            telling.date or "",
            telling.start or "",
            telling.end or "",
            telling.place or "",
            telling.country or "",
            "; ".join(telling.themes),
            telling.assistance,
            "; ".join(telling.basis),
            str(telling.people or ""),
            telling.people_qualifier or "",
            str(telling.events),
        ]
        for part in telling.participations:
            thing = directory.things.get(part.actor)
            yield [*head, part.role, part.actor, part.label, thing.type if thing else "", str(part.people or "")]


def export(store: Store, directory: Directory, format_name: str) -> bytes:
    """Return the whole graph in one of the formats turtle, nquads, jsonld, csv."""
    if format_name == "csv":
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(CSV_COLUMNS)
        writer.writerows(participation_rows(store, directory))
        return buffer.getvalue().encode()
    return serialize(store.construct(EVERYTHING), format_name)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all; an earlier one stays until then. Raises OutputError.

    What is no file, such as /dev/stdout or a named pipe, is written to as it stands.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)
            return
        path = path.resolve()
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}).") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}). An earlier file is untouched.") from None
    finally:
        Path(name).unlink(missing_ok=True)
