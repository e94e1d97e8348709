"""Stage 1: files and folders of RDF -> quads, with file, line and column in each error."""

from __future__ import annotations

import re
import xml.parsers.expat
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from oscegraph import resources
from oscegraph.errors import DataError

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}


def find_files(sources: Iterable[str | Path]) -> list[Path]:
    """Return the RDF files among `sources`, each once, folders searched whole, each folder's files sorted by path.

    Raises DataError for a source that does not exist, has an unknown suffix, or is a folder without RDF files.
    """
    found: list[Path] = []
    for source in map(Path, sources):
        if source.is_dir():
            inside = sorted(path for path in source.rglob("*") if path.suffix in FORMATS and path.is_file())
            if not inside:
                raise DataError(str(source), "the folder holds no RDF file.", f"Known suffixes: {', '.join(FORMATS)}.")
            found += inside
        elif not source.exists():
            raise DataError(str(source), "there is no such file or folder.")
        elif source.suffix not in FORMATS:
            raise DataError(str(source), f'"{source.suffix}" is no suffix of an RDF file.', f"Known: {', '.join(FORMATS)}.")
        else:
            found.append(source)
    once: dict[Path, Path] = {}
    for path in found:
        once.setdefault(path.resolve(), path)
    return list(once.values())


def _syntax_error(path: Path, content: bytes, error: SyntaxError) -> DataError:
    line, column = error.lineno, error.offset
    if not line and path.suffix == ".rdf":
        line, column = _xml_position(content)
    where = str(path) + (f":{line}" if line else "") + (f":{column}" if line and column else "")
    # The parser says the position again in its message, and quotes what it met as it stands.
    what = re.sub(r"^Parser error at line \d+ (between columns \d+ and \d+|column \d+)[^:]*: ", "", error.msg)
    if "LoadDocumentCallback" in what:
        return DataError(where, "its @context is a web address, and nothing is fetched.", "Put the context into the file.")
    what = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(what.split()))
    return DataError(where, f"not valid {FORMATS[path.suffix].name}: {what}.", "Mend it and run it again.")


def _xml_position(content: bytes) -> tuple[int | None, int | None]:
    """Return line and column where the XML is not well-formed; the RDF/XML parser itself does not tell."""
    try:
        xml.parsers.expat.ParserCreate().Parse(content, True)
    except xml.parsers.expat.ExpatError as error:
        return error.lineno, error.offset + 1
    return None, None


def _read(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(str(path), f"cannot be read ({error.strerror}).") from error
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:4]:
        raise DataError(f"{path}:1:1", "is UTF-16 or UTF-32; RDF files are UTF-8.", "Save it as UTF-8.")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise DataError(
            f"{path}:{line}:{column}", f"byte 0x{content[error.start]:02x} is no UTF-8.", "Save the file as UTF-8."
        ) from error
    return content.removeprefix(b"\xef\xbb\xbf")


def parse_file(path: Path) -> Iterator[ox.Quad]:
    """Yield the quads of one RDF file, its blank nodes under new names, so that those of two files never meet.

    Raises DataError with `file:line:column` where the syntax or the encoding is broken.
    """
    content = _read(path)
    try:
        yield from ox.parse(content, format=FORMATS[path.suffix], base_iri=path.resolve().as_uri(), rename_blank_nodes=True)
    except SyntaxError as error:
        raise _syntax_error(path, content, error) from None
    except ValueError as error:
        raise DataError(str(path), f"cannot be parsed ({error}).") from error


def fill(store: ox.Store, files: Iterable[Path]) -> None:
    """Add the triples of `files` to the default graph of `store`; the names of graphs are dropped.

    Queries then mean the same over files, a store folder and an endpoint, whatever graphs the files use.
    """
    for path in files:
        if path.suffix in (".ttl", ".nt"):
            content = _read(path)
            try:
                store.bulk_load(content, format=FORMATS[path.suffix], base_iri=path.resolve().as_uri())
            except SyntaxError as error:
                raise _syntax_error(path, content, error) from None
        else:
            store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in parse_file(path))


def ontology_files() -> list[Path]:
    """Return the files of the ontology that every store holds: the terms and the vocabularies."""
    return [resources.ontology_dir() / "oscegraph.ttl", resources.ontology_dir() / "vocabularies.ttl"]


def packaged_files() -> list[Path]:
    """Return the files that make the packaged graph, in a fixed order, the derived ones last."""
    graphs = [path for path in resources.graphs_dir().rglob("*") if path.suffix in (".ttl", ".nt")]
    return ontology_files() + sorted(graphs, key=lambda path: (path.parent.name == "derived", path))


# What the packaged graph is called where a store says what it holds.
PACKAGED = "the packaged graph"


def packaged_store() -> ox.Store:
    """Return the packaged graph, derived facts included, in a new in-memory store."""
    return store_of(packaged_content())


def packaged_content() -> bytes:
    """Return the files of the packaged graph as one Turtle text: N-Triples are Turtle, and no file has named blank nodes."""
    return b"\n".join(_read(path) for path in packaged_files())


def store_of(content: bytes) -> ox.Store:
    """Return what `packaged_content` gives in a new in-memory store: read at once, as that takes two thirds of the time."""
    store = ox.Store()
    try:
        store.load(content, format=ox.RdfFormat.TURTLE)
    except SyntaxError:
        # One of the files is broken: read one by one, they tell which, and where.
        store = ox.Store()
        fill(store, packaged_files())
    return store
