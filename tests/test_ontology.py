"""The ontology: files that parse, complete headers, well-made terms, no invented or redefined foreign term."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SH, SKOS, VANN, VOID, XSD, Graph, URIRef
from rdflib.term import Literal, Node

import oscegraph
from oscegraph import loading
from oscegraph.namespaces import BASE, OSG, PREFIXES

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
TURTLE = sorted([*ONTOLOGY.rglob("*.ttl"), *(ROOT / "graphs").rglob("*.ttl")])
QUERIES = sorted((ROOT / "queries").rglob("*.rq"))

# Foreign terms that rdflib has no closed list for, each read in the vocabulary's own file or in its published use.
PINNED = {
    "http://data.europa.eu/m8g/": {"PublicOrganisation", "Participation", "hasParticipation", "role", "hasParticipant"},
    "http://data.europa.eu/eli/ontology#": {"Work", "cites", "id_local"},
    "http://www.openarchives.org/ore/terms/": {"Proxy", "proxyFor"},
    "http://www.cidoc-crm.org/cidoc-crm/": {"E7_Activity"},
    "http://id.loc.gov/datatypes/edtf/": {"EDTF"},
}
CLOSED = (DCAT, DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SH, SKOS, VANN, VOID, XSD)
# IRIs of things, not of terms, which the files refer to; and of whole vocabularies, which the data set names.
THINGS = (
    "https://creativecommons.org/licenses/by/4.0/",
    "https://www.iana.org/assignments/media-types/text/turtle",
    "https://sws.geonames.org/",
    "http://publications.europa.eu/resource/authority/country/1A0",
)
VOCABULARIES = {"http://www.w3.org/2004/02/skos/core", "http://purl.org/dc/terms/"}
CLASS_KINDS, PROPERTY_KINDS = {OWL.Class}, {OWL.ObjectProperty, OWL.DatatypeProperty}


def _parse(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def _is_own(node: Node) -> bool:
    return isinstance(node, URIRef) and node.startswith(BASE)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    """The terms."""
    return _parse(ONTOLOGY / "oscegraph.ttl")


@pytest.fixture(scope="module")
def vocabularies() -> Graph:
    """The SKOS schemes."""
    return _parse(ONTOLOGY / "vocabularies.ttl")


@pytest.fixture(scope="module")
def alignments() -> Graph:
    """The mappings to other vocabularies."""
    return _parse(ONTOLOGY / "alignments.ttl")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """The SHACL shapes."""
    return _parse(ONTOLOGY / "shapes.ttl")


@pytest.fixture(scope="module")
def terms(ontology: Graph) -> list[URIRef]:
    """All own classes and properties."""
    found = {s for kind in CLASS_KINDS | PROPERTY_KINDS for s in ontology.subjects(RDF.type, kind)}
    return sorted(term for term in found if isinstance(term, URIRef))


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """The packaged graph, derived facts included."""
    return loading.packaged_store()


# ---------------------------------------------------------------- files


def test_every_turtle_file_parses_in_two_engines() -> None:
    """Oxigraph and rdflib read each ontology file as the same triples; every other Turtle file parses in Oxigraph."""
    assert len(TURTLE) > 100
    for path in TURTLE:
        triples = list(loading.parse_file(path))
        assert triples, path
        if path.parent == ONTOLOGY:
            assert len(_parse(path)) == len({str(t) for t in triples}), path


def test_every_query_parses() -> None:
    """Each .rq file is SPARQL that Oxigraph runs on an empty store."""
    empty, broken = ox.Store(), []
    for path in QUERIES:
        try:
            empty.query(path.read_text(encoding="utf-8"))
        except SyntaxError as error:
            broken.append((path.name, str(error)))
    assert len(QUERIES) > 80
    assert not broken


def test_prefixes_mean_the_same_everywhere() -> None:
    """A prefix that a Turtle file or a query declares is that of namespaces.PREFIXES, or at least the same in all files."""
    declared: dict[str, set[str]] = defaultdict(set)
    wrong = []
    for path in [*TURTLE, *QUERIES]:
        for prefix, iri in re.findall(
            r"^\s*@?prefix\s+([\w-]*):\s+<([^>]*)>", path.read_text("utf-8"), re.MULTILINE | re.IGNORECASE
        ):
            declared[prefix].add(iri)
            if iri != PREFIXES.get(prefix, iri):
                wrong.append((path.name, prefix, iri))
    assert not wrong
    others = {prefix: iris for prefix, iris in declared.items() if prefix not in PREFIXES}
    assert {prefix for prefix, iris in others.items() if len(iris) > 1} <= {"ex"}
    assert all(iri.startswith("https://example.org/") for iri in others.get("ex", set()))
    taken = {iri: prefix for prefix, iri in PREFIXES.items()}
    assert len(taken) == len(PREFIXES)
    assert {iri for iris in others.values() for iri in iris} & set(taken) == set()


def test_curated_turtle_declares_what_it_uses_and_no_more() -> None:
    """No Turtle file of the ontology or of the graphs declares a prefix that it does not use."""
    idle = []
    for path in TURTLE:
        text = path.read_text(encoding="utf-8")
        body = "\n".join(line for line in text.splitlines() if not line.startswith(("@prefix", "#")))
        for prefix in re.findall(r"^@prefix ([\w-]+):", text, re.MULTILINE):
            if not re.search(rf"(?<![\w-]){prefix}:", re.sub(r'"(?:[^"\\]|\\.)*"', '""', body)):
                idle.append((path.name, prefix))
    assert not idle


# ---------------------------------------------------------------- headers and versions


def test_header_is_complete(ontology: Graph) -> None:
    """The ontology says what it is, who made it when, under which licence, and which prefix it prefers."""
    iri = URIRef(OSG.removesuffix("#"))
    assert (iri, RDF.type, OWL.Ontology) in ontology
    single = (DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.publisher, DCTERMS.license, DCTERMS.created)
    single += (DCTERMS.issued, DCTERMS.bibliographicCitation, OWL.versionIRI, OWL.versionInfo)
    single += (VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri)
    assert {p: len(list(ontology.objects(iri, p))) for p in single if len(list(ontology.objects(iri, p))) != 1} == {}
    assert str(ontology.value(iri, VANN.preferredNamespaceUri)) == OSG
    assert PREFIXES[str(ontology.value(iri, VANN.preferredNamespacePrefix))] == OSG
    assert ontology.value(iri, OWL.versionIRI) != iri
    assert str(ontology.value(iri, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
    assert (iri, OWL.imports, None) not in ontology


def test_every_ontology_file_has_title_and_licence(alignments: Graph, shapes: Graph, vocabularies: Graph) -> None:
    """Alignments, shapes and each SKOS scheme carry a title or label and the licence; nothing is imported."""
    for graph in (alignments, shapes):
        (iri,) = graph.subjects(RDF.type, OWL.Ontology)
        assert graph.value(iri, DCTERMS.title)
        assert graph.value(iri, DCTERMS.license)
        assert (None, OWL.imports, None) not in graph
    for scheme in vocabularies.subjects(RDF.type, SKOS.ConceptScheme):
        assert vocabularies.value(scheme, DCTERMS.license), scheme


def test_version_is_the_same_everywhere(ontology: Graph) -> None:
    """pyproject, package, ontology, data set, citation file and change log name one version."""
    iri = URIRef(OSG.removesuffix("#"))
    version = oscegraph.__version__
    dataset = (ROOT / "graphs" / "dataset.ttl").read_text(encoding="utf-8")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    found = {
        "pyproject.toml": tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"],
        "ontology versionInfo": str(ontology.value(iri, OWL.versionInfo)),
        "ontology versionIRI": str(ontology.value(iri, OWL.versionIRI)).removeprefix(BASE).split("/")[0],
        "ontology citation": re.findall(r"version (\S+?)\.?$", str(ontology.value(iri, DCTERMS.bibliographicCitation)))[0],
        "dataset.ttl": re.findall(r'owl:versionInfo "([^"]+)"', dataset)[0],
        "CITATION.cff": re.findall(r"^version: \"?([^\"\n]+)", citation, re.MULTILINE)[0],
    }
    assert found == dict.fromkeys(found, version)
    assert re.search(rf"^## \[?{re.escape(version)}\b", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)


# ---------------------------------------------------------------- terms


def test_each_term_has_one_label_and_one_definition(ontology: Graph, terms: list[URIRef]) -> None:
    """A label in English; a definition that is a sentence, differs from the label and is no copy of another term's."""
    assert len(terms) > 100
    wrong = []
    for term in terms:
        labels, definitions = list(ontology.objects(term, RDFS.label)), list(ontology.objects(term, SKOS.definition))
        ok = len(labels) == len(definitions) == 1 and all(
            isinstance(o, Literal) and o.language == "en" for o in labels + definitions
        )
        if not ok:
            wrong.append((term, "not one label and one definition in English"))
            continue
        label, definition = str(labels[0]), str(definitions[0])
        if label != " ".join(label.split()) or definition != " ".join(definition.split()):
            wrong.append((term, "loose white space"))
        if not definition[0].isupper() or not definition.endswith("."):
            wrong.append((term, "the definition is no sentence"))
        if definition.rstrip(".").casefold() == label.casefold():
            wrong.append((term, "the definition is the label"))
    assert not wrong


def test_labels_and_definitions_are_unique(ontology: Graph, terms: list[URIRef]) -> None:
    """No two terms share a label or a definition."""
    for predicate in (RDFS.label, SKOS.definition):
        count = Counter(str(ontology.value(term, predicate)).casefold() for term in terms)
        assert {text for text, number in count.items() if number > 1} == set()


def test_names_follow_the_convention(ontology: Graph, terms: list[URIRef]) -> None:
    """Classes are UpperCamel, properties lowerCamel, all in the one namespace; no two of a sort differ by case only."""
    classes = {term for term in terms if (term, RDF.type, OWL.Class) in ontology}
    for sort, pattern in ((classes, r"[A-Z][A-Za-z]+"), (set(terms) - classes, r"[a-z][A-Za-z0-9]+")):
        assert [term for term in sort if not re.fullmatch(pattern, term.removeprefix(OSG))] == []
        assert len({term.casefold() for term in sort}) == len(sort)


def test_nothing_is_declared_twice_or_in_a_foreign_namespace(ontology: Graph) -> None:
    """A term is either a class or one kind of property; every subject of the file is our own."""
    several = [s for s in set(ontology.subjects()) if len(set(ontology.objects(s, RDF.type)) - {OWL.SymmetricProperty}) != 1]
    assert not several
    assert [subject for subject in ontology.subjects() if not _is_own(subject)] == []


def test_each_property_has_one_domain_and_one_range(ontology: Graph, terms: list[URIRef]) -> None:
    """One domain and one range each; the range of a datatype property is a datatype, that of an object property a class."""
    wrong = []
    known = {*terms, RDFS.Resource, SKOS.Concept}
    for term in terms:
        if (term, RDF.type, OWL.Class) in ontology:
            continue
        domains, ranges = list(ontology.objects(term, RDFS.domain)), list(ontology.objects(term, RDFS.range))
        literal = all(r == RDFS.Literal or str(r).startswith(str(XSD)) for r in ranges)
        if len(domains) != 1 or len(ranges) != 1 or not set(domains) <= known:
            wrong.append((term, "not one domain and one range"))
        elif literal != ((term, RDF.type, OWL.DatatypeProperty) in ontology) or not (literal or set(ranges) <= known):
            wrong.append((term, "range of the wrong sort"))
    assert not wrong


def test_sub_properties_fit_their_super_properties(ontology: Graph) -> None:
    """A sub-property is of the same sort as its super-property, and its domain and range are the same or narrower."""
    ancestors = _closure(_edges(ontology, RDFS.subClassOf))
    wrong = []
    for sub, above in ontology.subject_objects(RDFS.subPropertyOf):
        if set(ontology.objects(sub, RDF.type)) != set(ontology.objects(above, RDF.type)):
            wrong.append((sub, above, "sort"))
        for predicate in (RDFS.domain, RDFS.range):
            narrow, wide = ontology.value(sub, predicate), ontology.value(above, predicate)
            if narrow != wide and wide not in ancestors.get(narrow, set()):
                wrong.append((sub, above, predicate))
    assert not wrong


def _edges(graph: Graph, predicate: URIRef) -> dict[Node | None, set[Node]]:
    found: dict[Node | None, set[Node]] = defaultdict(set)
    for subject, value in graph.subject_objects(predicate):
        found[subject].add(value)
    return found


def _closure(edges: Mapping[Node | None, set[Node]]) -> dict[Node | None, set[Node]]:
    """What can be reached from each node in one step or more."""
    reached: dict[Node | None, set[Node]] = {}
    for start in edges:
        seen: set[Node] = set()
        stack = list(edges[start])
        while stack:
            node = stack.pop()
            if node not in seen:
                seen.add(node)
                stack += edges.get(node, set())
        reached[start] = seen
    return reached


def test_no_hierarchy_has_a_cycle(ontology: Graph, vocabularies: Graph, alignments: Graph) -> None:
    """Sub-classes, sub-properties and broader concepts never come back to where they started."""
    for graph in (ontology + alignments, vocabularies):
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader):
            reached = _closure(_edges(graph, predicate))
            assert [node for node, above in reached.items() if node in above] == [], predicate


def test_no_structure_of_the_data_has_a_cycle(store: ox.Store) -> None:
    """No body, post or activity is part of itself, or follows itself, by some way round."""
    for path in ("(osg:subOrganizationOf|osg:postIn)+", "osg:partOf+", "osg:followUpOf+", "osg:recalls+", "osg:inArea+"):
        found = store.query(f"PREFIX osg: <{OSG}> SELECT DISTINCT ?node {{ ?node {path} ?node }}")
        assert [str(row[0]) for row in found] == [], path  # type: ignore[union-attr]


def _used_own_terms() -> set[str]:
    """Local names of the osg: terms that occur outside of the file that declares them."""
    used: set[str] = set()
    places = [path for path in TURTLE if path != ONTOLOGY / "oscegraph.ttl" and "examples" not in path.parts]
    for path in [*places, *QUERIES]:
        # Labels, comments and messages may speak of a term without using it.
        text = re.sub(r'"(?:[^"\\\n]|\\.)*"|^\s*#.*$', "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        used |= set(re.findall(r"\bosg:([A-Za-z]\w*)", text))
    return used


def test_used_and_declared_terms_are_the_same(ontology: Graph, terms: list[URIRef]) -> None:
    """Every osg: term in graphs, shapes, queries and vocabularies is declared, and every declared one is used."""
    declared, used = {term.removeprefix(OSG) for term in terms}, _used_own_terms()
    assert used - declared == set()
    # A super-class may be there for its sub-classes alone.
    abstract = {str(o).removeprefix(OSG) for o in ontology.objects(None, RDFS.subClassOf)}
    assert declared - used - abstract == set()


def test_own_terms_in_examples_and_code_are_declared(terms: list[URIRef]) -> None:
    """Examples, docs and the library speak of no osg: term that does not exist."""
    declared = {term.removeprefix(OSG) for term in terms}
    places = [
        *(ONTOLOGY / "examples").rglob("*.ttl"),
        *(ROOT / "docs").glob("*.md"),
        *ROOT.glob("*.md"),
        *(ROOT / "src").rglob("*.py"),
    ]
    unknown = {
        (path.name, name)
        for path in places
        for name in re.findall(r"\bosg:([A-Za-z]\w*)(?![\w…])", path.read_text(encoding="utf-8"))
        if name not in declared
    }
    assert not unknown


def test_domains_and_ranges_hold_in_the_data_as_it_stands(store: ox.Store) -> None:
    """Without any inference, each subject is of the domain of its property, and each value of the range."""
    prefixes = f"PREFIX osg: <{OSG}> PREFIX rdfs: <{RDFS}> PREFIX xsd: <{XSD}>"
    questions = {
        "domain": """?p rdfs:domain ?c . FILTER(?c != rdfs:Resource) ?s ?p ?o
            FILTER NOT EXISTS { ?s a/rdfs:subClassOf* ?c }""",
        "range": """?p rdfs:range ?c . FILTER(?c NOT IN (rdfs:Resource, rdfs:Literal)) ?s ?p ?o
            FILTER(!ISLITERAL(?o)) FILTER NOT EXISTS { ?o a/rdfs:subClassOf* ?c }""",
        "datatype": """?p rdfs:range ?c . FILTER(?c != rdfs:Literal) ?s ?p ?o FILTER(ISLITERAL(?o) && DATATYPE(?o) != ?c)""",
        "literal": """?p rdfs:range rdfs:Literal . ?s ?p ?o FILTER(!ISLITERAL(?o))""",
    }
    for name, where in questions.items():
        rows = store.query(f"{prefixes} SELECT DISTINCT ?p {{ ?p a ?sort . FILTER(STRSTARTS(STR(?p), STR(osg:))) {where} }}")
        assert [str(row[0]) for row in rows] == [], name  # type: ignore[union-attr]


# ---------------------------------------------------------------- foreign terms


def test_every_axiom_is_about_our_own_terms(alignments: Graph) -> None:
    """No foreign term is the subject of an axiom: loading the alignments changes the meaning of nothing but our own."""
    assert [subject for subject in alignments.subjects() if not _is_own(subject)] == []


def test_alignments_map_declared_terms_by_known_relations(alignments: Graph, terms: list[URIRef]) -> None:
    """Alignments say sub-class, sub-property or close match of a declared term; classes go to classes by subClassOf."""
    header = {RDF.type, DCTERMS.title, DCTERMS.license}
    relations = {RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch}
    assert set(alignments.predicates()) - header == relations
    mapped = {s for p in relations for s in alignments.subjects(p)} - {URIRef(PREFIXES["area"] + "kosovo")}
    assert mapped - set(terms) == set()
    for predicate, upper in ((RDFS.subClassOf, True), (RDFS.subPropertyOf, False)):
        for own in alignments.subjects(predicate):
            assert str(own).removeprefix(OSG)[0].isupper() == upper, own
    # An exact match or an identity with a foreign term would be a claim about what somebody else means.
    assert not {SKOS.exactMatch, OWL.sameAs, OWL.equivalentClass, OWL.equivalentProperty} & set(alignments.predicates())


def test_no_foreign_term_is_invented() -> None:
    """Each foreign IRI is in the closed list of its namespace, or among the pinned terms that were read in their source."""
    unknown = set()
    for path in (path for path in TURTLE if "examples" not in path.parts):
        for quad in loading.parse_file(path):
            nodes = [quad.subject, quad.predicate, quad.object]
            nodes += [quad.object.datatype] if isinstance(quad.object, ox.Literal) else []
            for node in nodes:
                iri = node.value if isinstance(node, ox.NamedNode) else BASE
                if not iri.startswith((BASE, *THINGS)) and iri not in VOCABULARIES and not _is_known(iri):
                    unknown.add((path.name, iri))
    assert not unknown


def _is_known(iri: str) -> bool:
    for namespace in CLOSED:
        if iri.startswith(str(namespace)):
            return URIRef(iri) in namespace
    return any(iri.startswith(base) and iri.removeprefix(base) in names for base, names in PINNED.items())


def test_unknown_foreign_terms_would_be_found() -> None:
    """The lists are closed: a misspelt term of each namespace is unknown."""
    assert [str(namespace) for namespace in CLOSED if _is_known(f"{namespace}noSuchTerm")] == []
    assert [base for base in PINNED if _is_known(f"{base}noSuchTerm")] == []
    assert not _is_known("https://unheard-of.example/term")


# ---------------------------------------------------------------- vocabularies


def test_each_concept_is_well_made(vocabularies: Graph) -> None:
    """One English label, one definition that is a sentence, one scheme, a name in the scheme's namespace, nothing else."""
    allowed = {RDF.type, SKOS.inScheme, SKOS.prefLabel, SKOS.altLabel, SKOS.definition, SKOS.notation, SKOS.broader}
    allowed |= {
        SKOS.topConceptOf,
        SKOS.scopeNote,
        SKOS.hiddenLabel,
        URIRef(OSG + "printedName"),
        URIRef(OSG + "roleProperty"),
    }
    wrong = []
    for concept in vocabularies.subjects(RDF.type, SKOS.Concept):
        labels, definitions = (
            list(vocabularies.objects(concept, SKOS.prefLabel)),
            list(vocabularies.objects(concept, SKOS.definition)),
        )
        schemes = list(vocabularies.objects(concept, SKOS.inScheme))
        if [getattr(label, "language", None) for label in labels] != ["en"] or len(schemes) != 1 or len(definitions) != 1:
            wrong.append((concept, "not one label, definition and scheme"))
        elif not re.fullmatch(r"[a-z]+(-[a-z]+)*", str(concept).removeprefix(f"{schemes[0]}/")):
            wrong.append((concept, "name"))
        elif not str(definitions[0])[0].isupper() or not str(definitions[0]).endswith("."):
            wrong.append((concept, "the definition is no sentence"))
        if extra := set(vocabularies.predicates(concept)) - allowed:
            wrong.append((concept, str(extra)))
    assert not wrong
    assert len(set(vocabularies.subjects(RDF.type, SKOS.Concept))) > 60


def test_each_scheme_is_known_by_its_prefix(vocabularies: Graph) -> None:
    """Each scheme has a label and a definition, and its concepts' namespace is a prefix of the library."""
    schemes = set(vocabularies.subjects(RDF.type, SKOS.ConceptScheme))
    assert {f"{scheme}/" for scheme in schemes} == {iri for iri in PREFIXES.values() if iri.startswith(BASE + "vocab/")}
    for scheme in schemes:
        assert (
            len(list(vocabularies.objects(scheme, SKOS.prefLabel)))
            == len(list(vocabularies.objects(scheme, SKOS.definition)))
            == 1
        )
        assert list(vocabularies.subjects(SKOS.inScheme, scheme)), scheme


def test_names_and_notations_are_unique_in_a_scheme(vocabularies: Graph) -> None:
    """In one scheme no label or other name means two concepts, and no notation is given twice; the themes are 1 to 10."""
    for scheme in vocabularies.subjects(RDF.type, SKOS.ConceptScheme):
        names, notations = [], []
        for concept in vocabularies.subjects(SKOS.inScheme, scheme):
            own = {str(o).casefold() for p in (SKOS.prefLabel, SKOS.altLabel) for o in vocabularies.objects(concept, p)}
            names += sorted(own)
            notations += [str(o) for o in vocabularies.objects(concept, SKOS.notation)]
        assert [name for name, number in Counter(names).items() if number > 1] == [], scheme
        assert len(set(notations)) == len(notations), scheme
        if str(scheme).endswith("/theme"):
            assert sorted(map(int, notations)) == list(range(1, 11))


def test_each_concept_hangs_from_a_top_concept_of_its_scheme(vocabularies: Graph) -> None:
    """A concept is a top concept, or leads by broader, inside of its scheme, to one; it is never both."""
    for concept in vocabularies.subjects(RDF.type, SKOS.Concept):
        scheme, top = vocabularies.value(concept, SKOS.inScheme), vocabularies.value(concept, SKOS.topConceptOf)
        broader = list(vocabularies.objects(concept, SKOS.broader))
        assert (top is None) == (len(broader) == 1), concept
        assert top in (None, scheme), concept
        for above in broader:
            assert vocabularies.value(above, SKOS.inScheme) == scheme, concept
            assert vocabularies.value(above, SKOS.topConceptOf) == scheme, concept


def test_roles_and_role_properties_match_one_to_one(ontology: Graph, vocabularies: Graph) -> None:
    """Each role has a direct property of its own name, and each sub-property of osg:involves is that of a role."""
    pairs = dict(vocabularies.subject_objects(URIRef(OSG + "roleProperty")))
    assert {str(role).rsplit("/", 1)[-1] for role in pairs} == {str(p).removeprefix(OSG) for p in pairs.values()}
    assert set(pairs.values()) == set(ontology.subjects(RDFS.subPropertyOf, URIRef(OSG + "involves")))
    assert set(pairs) == set(vocabularies.subjects(SKOS.inScheme, URIRef(BASE + "vocab/role")))


def test_each_concept_is_used_or_groups_others(store: ox.Store, vocabularies: Graph) -> None:
    """A concept is the value of something in the graph, groups narrower ones, or has a note that it is unused."""
    used = {
        quad.object.value for quad in store if isinstance(quad.object, ox.NamedNode) and quad.predicate.value.startswith(OSG)
    }
    used |= {str(o) for o in vocabularies.objects(None, SKOS.broader)}
    unused = {concept for concept in vocabularies.subjects(RDF.type, SKOS.Concept) if str(concept) not in used}
    marked = {s for s, note in vocabularies.subject_objects(SKOS.scopeNote) if "Not used for the report on 2011" in note}
    assert unused == marked


# ---------------------------------------------------------------- shapes


def test_each_class_that_has_instances_has_a_shape(shapes: Graph, ontology: Graph, store: ox.Store) -> None:
    """Each class of the data is targeted by a shape, itself or by a super-class; targets are declared or banned classes."""
    ancestors = _closure(_edges(ontology, RDFS.subClassOf))
    targets = set(shapes.objects(None, SH.targetClass))
    rows = store.query(f"SELECT DISTINCT ?c {{ ?x a ?c FILTER(STRSTARTS(STR(?c), '{OSG}')) }}")
    bare = [
        c
        for c in (URIRef(row["c"].value) for row in rows)
        if not ({c} | ancestors.get(c, set())) & targets  # type: ignore[union-attr]
    ]
    assert not bare
    assert {t for t in targets if _is_own(t)} <= set(ontology.subjects(RDF.type, OWL.Class))
    assert {t for t in targets if not _is_own(t)} == {FOAF.Person, SDO.Person}


def test_shapes_agree_with_the_declared_ranges(shapes: Graph, ontology: Graph) -> None:
    """A class or datatype that a shape demands of a property is its declared range, or narrower."""
    ancestors = _closure(_edges(ontology, RDFS.subClassOf))
    wrong = []
    for constraint, path in shapes.subject_objects(SH.path):
        declared = ontology.value(path, RDFS.range) if isinstance(path, URIRef) else None
        for demanded in [*shapes.objects(constraint, SH["class"]), *shapes.objects(constraint, SH.datatype)]:
            fits = declared in (None, demanded, RDFS.Resource, RDFS.Literal) or declared in ancestors.get(demanded, set())
            if not fits:
                wrong.append((path, demanded, declared))
    assert not wrong


def test_shapes_are_shacl(shapes: Graph) -> None:
    """The shapes pass SHACL's own shape of shapes; each demand has one message, an English sentence."""
    import pyshacl

    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True, inference="none")
    assert conforms, text
    for shape in {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}:
        constraints = list(shapes.objects(shape, SH.property))
        assert constraints or shapes.value(shape, SH.message), shape
        for constraint in constraints:
            (message,) = shapes.objects(constraint, SH.message)
            assert isinstance(message, Literal)
            assert message.language == "en"
            assert str(message).endswith("."), message
            assert shapes.value(constraint, SH.severity) == SH.Violation


# ---------------------------------------------------------------- reasoning


def _disjoint_pairs(ontology: Graph) -> set[tuple[str, str]]:
    return {(str(a), str(b)) for a, b in ontology.subject_objects(OWL.disjointWith)}


def test_nothing_is_in_two_disjoint_classes(store: ox.Store, ontology: Graph) -> None:
    """With sub-classes, sub-properties, domains and ranges applied, no node of the graph is in two disjoint classes."""
    prefixes = f"PREFIX rdfs: <{RDFS}> PREFIX owl: <{OWL}>"
    rows = store.query(
        f"""{prefixes} SELECT DISTINCT ?node ?class {{
            {{ ?node a/rdfs:subClassOf* ?class }}
            UNION {{ ?p rdfs:subPropertyOf*/rdfs:domain/rdfs:subClassOf* ?class . ?node ?p ?any }}
            UNION {{ ?p rdfs:subPropertyOf*/rdfs:range/rdfs:subClassOf* ?class . ?any ?p ?node FILTER(!ISLITERAL(?node)) }}
        }}"""
    )
    classes: dict[str, set[str]] = defaultdict(set)
    for row in rows:  # type: ignore[union-attr]
        classes[row["node"].value].add(row["class"].value)
    pairs = _disjoint_pairs(ontology)
    assert len(pairs) > 15
    clashes = [(node, a, b) for node, found in classes.items() for a, b in pairs if a in found and b in found]
    assert not clashes
    assert len(classes) > 3000


@pytest.fixture(scope="module")
def closed(ontology: Graph, alignments: Graph) -> Graph:
    """The OWL RL closure of the terms, the alignments and the stand-alone example with its derived facts."""
    from oscegraph import derive

    made = ox.Store()
    loading.fill(made, [*loading.ontology_files(), ONTOLOGY / "examples" / "valid" / "standalone.ttl"])
    derive.derive(made)
    content = made.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""
    graph = Graph().parse(data=content.decode(), format="nt")
    # Annotations say nothing to a reasoner and would only cost time.
    for predicate in (SKOS.definition, SKOS.prefLabel, SKOS.altLabel, SKOS.notation, SKOS.scopeNote, DCTERMS.license):
        graph.remove((None, predicate, None))
    graph += alignments
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def test_owl_reasoner_finds_no_contradiction(closed: Graph, ontology: Graph) -> None:
    """The OWL RL closure has no error, nothing in owl:Nothing, and nothing in two disjoint classes."""
    errors = [str(o) for o in closed.objects(None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error"))]
    assert not errors
    assert list(closed.subjects(RDF.type, OWL.Nothing)) == []
    for a, b in ontology.subject_objects(OWL.disjointWith):
        assert set(closed.subjects(RDF.type, a)) & set(closed.subjects(RDF.type, b)) == set(), (a, b)


def test_owl_reasoner_sees_what_the_alignments_promise(closed: Graph) -> None:
    """By the alignments alone, data are readable in PROV, ORG, ORE, CPEV and schema.org."""
    alone = "https://example.org/alone/"
    for node, predicate, value in (
        ("activity", RDF.type, PROV.Activity),
        ("unit", RDF.type, ORG.Organization),
        ("telling", URIRef("http://www.openarchives.org/ore/terms/proxyFor"), URIRef(alone + "activity")),
        ("telling.organizer", RDF.type, URIRef("http://data.europa.eu/m8g/Participation")),
        ("activity", SDO.organizer, URIRef(alone + "unit")),
        ("activity", PROV.wasAssociatedWith, URIRef(alone + "police")),
        ("activity", DCTERMS.subject, URIRef(PREFIXES["theme"] + "terrorism")),
    ):
        assert (URIRef(alone + node), predicate, value) in closed, (node, predicate)
