"""The examples of the ontology: valid ones pass, and each demand of the shapes is broken by an invalid one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, SH, Graph
from rdflib.term import Node

from oscegraph import derive, loading, resources
from oscegraph.namespaces import PREFIXES
from oscegraph.validate import Finding, ValidationReport, validate

EXAMPLES = Path(__file__).resolve().parent.parent / "ontology" / "examples"
VALID = sorted((EXAMPLES / "valid").glob("*.ttl"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.ttl"))
TWICE = EXAMPLES / "valid" / "one-activity-told-twice.ttl"
STANDALONE = EXAMPLES / "valid" / "standalone.ttl"
REFERENCE = sorted((resources.graphs_dir() / "reference").glob("*.ttl"))
# What a shape consists of besides its demands.
NO_DEMAND = {
    SH.path,
    SH.severity,
    SH.message,
    SH.targetClass,
    SH.targetSubjectsOf,
    SH.property,
    SH.ignoredProperties,
    RDF.type,
}


def _named(path: Path) -> str:
    return path.stem


def _expected(path: Path) -> set[str]:
    """The messages that the head of an invalid example announces."""
    return set(re.findall(r"^# (?:breaks|also): (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE))


def _own_nodes(path: Path) -> set[str]:
    return {quad.subject.value for quad in loading.parse_file(path) if isinstance(quad.subject, ox.NamedNode)}


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """The shapes, parsed once."""
    return Graph().parse(resources.ontology_dir() / "shapes.ttl", format="turtle")


@pytest.fixture(scope="module")
def messages(shapes: Graph) -> set[str]:
    """Every sh:message of the shapes."""
    return {str(message) for message in shapes.objects(None, SH.message)}


@pytest.fixture(scope="module")
def together() -> ValidationReport:
    """What validate() finds in all invalid examples at once; their nodes are distinct, so that each finding has its file."""
    return validate([EXAMPLES / "invalid"], with_reference=True)


@pytest.fixture(scope="module")
def results(shapes: Graph) -> Graph:
    """The results of pySHACL over all invalid examples, with the components that fired."""
    store = ox.Store()
    loading.fill(store, [*loading.ontology_files(), *REFERENCE, *INVALID])
    derive.derive(store)
    content = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    data = Graph().parse(data=(content or b"").decode(), format="nt")
    conforms, found, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    assert isinstance(found, Graph)
    assert not conforms
    return found


def _message(finding: Finding, messages: set[str]) -> str:
    """The message of the shape, without the value that validate() adds to it."""
    known = [message for message in messages if finding.message.startswith(message)]
    return max(known, key=len, default=finding.message)


# ---------------------------------------------------------------- valid examples


@pytest.fixture(scope="module")
def valid_together() -> ValidationReport:
    """What validate() finds in all valid examples that need the reference data, at once: it takes as long as for one."""
    return validate([path for path in VALID if path != STANDALONE], with_reference=True)


@pytest.mark.parametrize("path", [path for path in VALID if path != STANDALONE], ids=_named)
def test_valid_example_has_no_finding(path: Path, valid_together: ValidationReport) -> None:
    """A valid example has no finding at all, and rests on nothing of another one, so that it has none alone either."""
    assert [f for f in valid_together.findings if f.where.startswith(str(path))] == []
    named = {quad.object.value for quad in loading.parse_file(path) if isinstance(quad.object, ox.NamedNode)}
    assert {node for node in named if node.startswith("https://example.org/")} <= _own_nodes(path)


def test_valid_examples_together_have_no_finding(valid_together: ValidationReport) -> None:
    """All of them are checked, and none has a finding in a place that is not told."""
    assert valid_together.findings == [] and valid_together.conforms and valid_together.files == len(VALID) - 1


@pytest.mark.parametrize("path", [STANDALONE, TWICE], ids=_named)
def test_valid_example_alone_has_no_finding(path: Path) -> None:
    """Checked as their first lines say, with the reference data and without it."""
    report = validate([path], with_reference=path != STANDALONE)
    assert report.findings == []
    assert report.conforms
    assert report.files == 1


def test_valid_examples_are_a_handful_and_explain_themselves() -> None:
    """There are examples for the main topics; each begins with a comment that says how to check it, and is invented."""
    assert 5 <= len(VALID) <= 12
    for path in VALID:
        head = path.read_text(encoding="utf-8").split("@prefix")[0]
        assert "Everything here is invented." in head, path.name
        assert re.search(rf"oscegraph validate (--with-reference )?{re.escape(path.name)}", head), path.name


def test_valid_example_without_reference_is_told_of_the_option() -> None:
    """An example that names packaged actors, checked alone, is told of --with-reference instead of being misjudged."""
    report = validate([TWICE])
    hints = {f.node for f in report.findings if "--with-reference" in f.message}
    assert PREFIXES["body"] + "spmu" in hints
    assert PREFIXES["place"] + "almaty" in hints


def test_told_twice_example_derives_one_activity() -> None:
    """The tutorial holds what it says: one activity with the roles of both tellings and the more precise days."""
    from oscegraph.api import Oscegraph

    graph = Oscegraph.open([str(TWICE), str(resources.graphs_dir() / "reference")])
    facts = defaultdict(set)
    columns, rows = graph.store.select(
        "SELECT ?p ?o WHERE { <https://example.org/twice-activity> ?p ?o }",
    )
    assert len(columns) == 2
    for predicate, value in rows:
        assert predicate is not None and value is not None
        facts[predicate.value.rsplit("#", 1)[-1]].add(value.value)
    body, area, osg = PREFIXES["body"], PREFIXES["area"], PREFIXES["osg"]
    assert facts["organizer"] == {body + "spmu", body + "unodc"}
    assert facts["facilitator"] == {body + "centre-ashgabat"}
    assert facts["funder"] == {area + "nor"}
    assert (facts["earliest"], facts["latest"], facts["datePrecision"]) == ({"2011-03-07"}, {"2011-03-11"}, {"day"})
    assert facts["assistance"] == {PREFIXES["assistance"] + "training", PREFIXES["assistance"] + "study"}
    _, shares = graph.store.select(f"SELECT ?s WHERE {{ ?s a <{osg}StructureActivity> }}")
    assert len(list(shares)) == 2


def test_contradiction_without_resolution_is_found(tmp_path: Path) -> None:
    """The same contradiction without osg:resolution is a violation of the check that asks for it."""
    path = EXAMPLES / "valid" / "contradiction-with-resolution.ttl"
    text = re.sub(r" ;\n    osg:resolution [^\n]+", " .", path.read_text(encoding="utf-8"))
    copy = tmp_path / "contradiction.ttl"
    copy.write_text(text, encoding="utf-8")
    found = [f for f in validate([copy], with_reference=True).findings if f.severity == "violation"]
    assert [f.rule for f in found] == ["activity_dates_contradict"]
    assert "osg:resolution" in found[0].message


# ---------------------------------------------------------------- invalid examples


@pytest.mark.parametrize("path", INVALID, ids=_named)
def test_invalid_example_breaks_what_it_says(path: Path, together: ValidationReport, messages: set[str]) -> None:
    """The shapes report the announced messages and no others, and each numbered case of the file has its finding."""
    head = path.read_text(encoding="utf-8").splitlines()[0]
    assert head.startswith("# breaks: ")
    assert head.removeprefix("# breaks: ") in messages
    about_it = [f for f in together.findings if f.where.startswith(f"{path}") and f.rule.startswith("shape")]
    assert {_message(f, messages) for f in about_it} == _expected(path)
    assert {f.severity for f in about_it} == {"violation"}
    number = re.compile(rf"{re.escape(path.stem)}-([0-9]+)")
    cases = set(number.findall(path.read_text(encoding="utf-8")))
    assert cases
    assert {found for f in about_it for found in number.findall(f.node)} == cases


@pytest.mark.parametrize("name", ["telling-title"])
def test_invalid_example_alone_gives_the_same(name: str, together: ValidationReport) -> None:
    """Checked alone, as a user would, an invalid example gives the same findings as among the others."""
    path = EXAMPLES / "invalid" / f"{name}.ttl"
    alone = {
        (f.node, f.message, f.rule) for f in validate([path], with_reference=True).findings if f.rule.startswith("shape")
    }
    among = {
        (f.node, f.message, f.rule)
        for f in together.findings
        if f.where.startswith(str(path)) and f.rule.startswith("shape")
    }
    assert alone == among
    assert alone


def test_blank_nodes_have_no_label_in_messages(together: ValidationReport) -> None:
    """The label of a blank node is another one in each run, and no message has one."""
    (found,) = {f.message for f in together.findings if f.node.endswith("/participation-actor-4-organizer")}
    assert found.endswith("Found: a blank node.")


def test_every_message_is_produced(results: Graph, messages: set[str]) -> None:
    """Each sh:message of the shapes appears in the results of some invalid example, the inner ones as a detail."""
    produced = {str(message) for message in results.objects(None, SH.resultMessage)}
    assert messages - produced == set()


def _demands(shapes: Graph) -> Iterator[tuple[Node, Node]]:
    """Each shape that is reachable from a target, with each of its components that demands something."""
    for shape in {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}:
        for one in (shape, *shapes.objects(shape, SH.property)):
            for predicate in set(shapes.predicates(one)) - NO_DEMAND:
                yield one, predicate


def test_every_component_of_every_shape_fires(shapes: Graph, results: Graph) -> None:
    """Mutation test of the shapes: each single demand (minCount, class, pattern …) is broken by a node of the examples.

    A demand that nothing breaks might as well be misspelt. Each demand of the shapes has been seen to fire.
    """
    fired = set()
    for result in results.subjects(RDF.type, SH.ValidationResult):
        component = (
            str(results.value(result, SH.sourceConstraintComponent)).rsplit("#", 1)[-1].removesuffix("ConstraintComponent")
        )
        fired.add((results.value(result, SH.sourceShape), component[:1].lower() + component[1:]))
    demands = set(_demands(shapes))
    silent = sorted(
        f"{shapes.value(shape, SH.message)} [{str(predicate).rsplit('#', 1)[-1]}]"
        for shape, predicate in demands
        if (shape, str(predicate).rsplit("#", 1)[-1]) not in fired
    )
    assert not silent
    assert len(demands) > 150


def test_every_message_has_a_file_of_its_own(shapes: Graph) -> None:
    """Each demand that a shape makes of a class has a file that is about it."""
    first_lines = {path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# breaks: ") for path in INVALID}
    wanted = set()
    for shape in {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}:
        for one in (shape, *shapes.objects(shape, SH.property)):
            wanted |= {str(message) for message in shapes.objects(one, SH.message)}
    assert wanted - first_lines == set()
    assert len(INVALID) >= 30


def test_nodes_of_examples_are_distinct_and_not_ours() -> None:
    """No node of an example stands in two files or in the namespace of the data, so that none passes for a fact."""
    seen: dict[str, Path] = {}
    clashes, ours = [], []
    for path in [*VALID, *INVALID]:
        for node in _own_nodes(path):
            if seen.setdefault(node, path) != path:
                clashes.append((node, path.name, seen[node].name))
            if not node.startswith("https://example.org/"):
                ours.append((node, path.name))
    assert not clashes
    assert not ours
