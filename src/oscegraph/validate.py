"""Stage 2: syntax, shapes and cross-graph checks -> a report of findings. Findings are values, not exceptions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from oscegraph import derive, loading, resources
from oscegraph.errors import DataError
from oscegraph.namespaces import PREFIXES, local_name, shorten

if TYPE_CHECKING:
    import rdflib

VIOLATION, WARNING, INFO = "violation", "warning", "info"
_ORDER = (VIOLATION, WARNING, INFO)
_NO_FILE = "(no file)"
_HEADER = re.compile(r"^#\+ (\w+): (.+)$", re.MULTILINE)
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where (file, or file:line), which node, how bad, what, and which rule says so."""

    where: str
    node: str
    severity: str
    message: str
    rule: str


@dataclass
class ValidationReport:
    """All findings about some files, the worst first."""

    files: int = 0
    triples: int = 0
    findings: list[Finding] = field(default_factory=list)

    def count(self, severity: str) -> int:
        """Return the number of findings of a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    @property
    def conforms(self) -> bool:
        """Whether there is no violation and no warning; an info does not count."""
        return not (self.count(VIOLATION) or self.count(WARNING))


class _Places:
    """Where a node is defined: the file that has it as a subject, and the line where its name first stands there."""

    def __init__(self) -> None:
        self._files: dict[str, Path] = {}
        self._texts: dict[Path, list[str]] = {}

    def add(self, path: Path, quads: Sequence[ox.Quad]) -> None:
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode):
                self._files.setdefault(quad.subject.value, path)

    def nodes(self) -> Set[str]:
        """All nodes that are defined somewhere."""
        return self._files.keys()

    def where(self, node: str) -> str:
        path = self._files.get(node)
        if path is None:
            return _NO_FILE
        if path not in self._texts:
            self._texts[path] = path.read_text(encoding="utf-8", errors="replace").splitlines()
        name = re.compile(rf"<{re.escape(node)}>|{re.escape(shorten(node))}(?![\w-]|\.[\w.-])")
        for number, line in enumerate(self._texts[path], 1):
            if name.match(line):
                return f"{path}:{number}"
        return str(path)


def validate(
    sources: Sequence[str | Path] = (), with_reference: bool = False, progress: Progress = lambda stage: None
) -> ValidationReport:
    """Check RDF files, or the packaged graph if there are none, and return all findings.

    Syntax errors come first; if there are any, nothing else is checked. Derived facts are made anew for given files, so
    that shapes and checks see what a store would hold. `with_reference` checks the files in the place of the packaged ones
    of the same names, together with the rest of the packaged graph. Raises DataError for a source that is missing or no RDF
    file.
    """
    files = loading.find_files(sources) if sources else [p for p in loading.packaged_files() if p.suffix == ".ttl"]
    report = ValidationReport(files=len(files))
    store, places = ox.Store(), _Places()
    progress("syntax")
    for path in files:
        try:
            quads = list(loading.parse_file(path))
        except DataError as error:
            report.findings.append(Finding(error.where, "", VIOLATION, error.what, "syntax"))
            continue
        places.add(path, quads)
        store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    if report.findings:
        return report
    extra = loading.ontology_files() if sources else []
    if sources and with_reference:
        given = {path.name for path in files}
        extra = [path for path in derive.curated_files() if path.name not in given]
    loading.fill(store, extra)
    report.findings += _run_literals(store, places)
    derive.derive(store)
    report.triples = len(store)
    progress("checks")
    report.findings += _run_checks(store, places)
    progress("shapes")
    report.findings += _run_shapes(store, places, only_theirs=bool(sources))
    if sources and not with_reference:
        packaged = _reference_iris()
        report.findings = [_hint(finding, packaged) for finding in report.findings]
    if sources:
        # What the packaged graph has or lacks is no fault of these files, but what they refer to must be somewhere.
        kept = ("node_is_undefined", "term_is_undeclared")
        report.findings = [f for f in report.findings if f.where != _NO_FILE or f.rule in kept]
    report.findings = list(dict.fromkeys(report.findings))
    report.findings.sort(key=lambda f: (_ORDER.index(f.severity), f.where, f.node, f.rule, f.message))
    return report


def _reference_iris() -> set[str]:
    store = ox.Store()
    loading.fill(store, sorted((resources.graphs_dir() / "reference").glob("*.ttl")))
    return {quad.subject.value for quad in store if isinstance(quad.subject, ox.NamedNode)}


def _hint(finding: Finding, packaged: set[str]) -> Finding:
    if finding.rule == "node_is_undefined" and finding.node in packaged:
        message = "is defined in the packaged reference data; add --with-reference to check against it"
        return Finding(finding.where, finding.node, finding.severity, message, finding.rule)
    return finding


def _literal_error(literal: ox.Literal) -> str | None:
    """Return what is wrong with a date or number that its datatype does not allow, or None."""
    kind, text = literal.datatype.value, literal.value
    try:
        if kind == PREFIXES["xsd"] + "date":
            date.fromisoformat(text)
        elif kind == PREFIXES["xsd"] + "integer":
            int(text)
        elif kind == PREFIXES["xsd"] + "decimal":
            float(text)
        elif kind == PREFIXES["edtf"] + "EDTF":
            # Only whether each day exists; the form of the whole is the shape's business.
            for part in re.findall(r"\d{4}(?:-\d{2}){0,2}", text):
                date.fromisoformat(part + "-01-01"[len(part) - 4 :])
    except ValueError:
        what = "number" if kind.endswith(("integer", "decimal")) else "day"
        return f'"{text}" is no {shorten(kind)}: there is no such {what}.'
    return None


def _run_literals(store: ox.Store, places: _Places) -> list[Finding]:
    """Find dates and numbers that are none."""
    found = []
    for quad in store:
        error = _literal_error(quad.object) if isinstance(quad.object, ox.Literal) else None
        if error:
            node = quad.subject.value
            message = f"{shorten(quad.predicate.value)} {error}"
            found.append(Finding(places.where(node), node, VIOLATION, message, "literal_is_malformed"))
    return found


def _run_checks(store: ox.Store, places: _Places) -> list[Finding]:
    """Run the queries in `queries/checks/`; each row is a finding."""
    found = []
    for path in sorted((resources.queries_dir() / "checks").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        severity = dict(_HEADER.findall(text))["severity"]
        for row in store.query(text):  # type: ignore[union-attr]
            node = row["node"].value
            found.append(Finding(places.where(node), node, severity, row["message"].value, path.stem))
    return found


def _aim(shapes: rdflib.Graph, data: rdflib.Graph, nodes: Set[str]) -> None:
    """Let the shapes look at no other nodes than these: what they find elsewhere is no fault of the files."""
    import rdflib

    given = {rdflib.URIRef(node) for node in nodes}
    for shape, targets in list(shapes.subject_objects(rdflib.SH.targetClass)):
        shapes.remove((shape, rdflib.SH.targetClass, targets))
        for kind in data.transitive_subjects(rdflib.RDFS.subClassOf, targets):
            for node in given.intersection(data.subjects(rdflib.RDF.type, kind)):
                shapes.add((shape, rdflib.SH.targetNode, node))
    for shape, predicate in list(shapes.subject_objects(rdflib.SH.targetSubjectsOf)):
        shapes.remove((shape, rdflib.SH.targetSubjectsOf, predicate))
        for node in given.intersection(data.subjects(predicate)):
            shapes.add((shape, rdflib.SH.targetNode, node))


def _run_shapes(store: ox.Store, places: _Places, only_theirs: bool) -> list[Finding]:
    """Run the SHACL shapes over the store without inference, or over what the files define."""
    # Both are slow to import, and only this function needs them.
    import pyshacl
    import rdflib

    data = rdflib.Graph()
    data.parse(data=_dump(store), format="nt")
    shapes = rdflib.Graph().parse(resources.ontology_dir() / "shapes.ttl", format="turtle")
    if only_theirs:
        _aim(shapes, data, places.nodes())
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    if not isinstance(results, rdflib.Graph):
        raise DataError("ontology/shapes.ttl", "the shapes could not be run.")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    found = []
    for result in results.subjects(rdflib.RDF.type, sh.ValidationResult):
        node, value = str(results.value(result, sh.focusNode)), results.value(result, sh.value)
        if any(True for _ in results.subjects(sh.detail, result)):
            continue
        severity = str(results.value(result, sh.resultSeverity)).rsplit("#", 1)[-1].lower()
        path = results.value(result, sh.resultPath)
        message = str(results.value(result, sh.resultMessage))
        if value is not None and str(value) != node:
            # The label of a blank node is another one each time.
            message += f" Found: {'a blank node' if isinstance(value, rdflib.BNode) else _short(value)}."
        rule = f"shape {local_name(str(path))}" if isinstance(path, rdflib.URIRef) else "shape"
        found.append(Finding(places.where(node), node, severity, message, rule))
    return found


def _short(value: Any) -> str:
    text = str(value)
    return shorten(text) if text.startswith("http") else f'"{text}"'


def _dump(store: ox.Store) -> str:
    """Return the store as N-Triples without malformed dates and numbers, which pySHACL cannot compare."""
    return "".join(
        f"{quad.triple} .\n"
        for quad in store
        if not isinstance(quad.object, ox.Literal)
        or quad.object.datatype.value == PREFIXES["edtf"] + "EDTF"
        or not _literal_error(quad.object)
    )
