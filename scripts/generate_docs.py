"""Write the reference pages docs/ontology.md, vocabularies.md, queries.md and cli.md from what they describe.

    python scripts/generate_docs.py           write them
    python scripts/generate_docs.py --check   write nothing; exit 1 and name the pages that are stale

The same sources give the same bytes: no clock, no width of a terminal, no order of a hash table.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
OSG = Namespace("https://w3id.org/oscegraph/ontology#")
MADE = "<!-- Made by scripts/generate_docs.py from {}. Do not edit: run `make docs`. -->"
WIDTH = 100

_PREFIX = re.compile(r"^@prefix (\w+): <([^>]+)> \.$", re.MULTILINE)
_GROUP = re.compile(r"^# -+ (.+)$")
_TERM = re.compile(r"^(osg:\w+) a owl:(Class|ObjectProperty|DatatypeProperty)\b")
_HEADER = re.compile(r"^#\+ (\w+): (.+)$", re.MULTILINE)
_PARAM = re.compile(r"^(\w+) (\w+)( required)?(?: -- (.+))?$")


class Sources:
    """The ontology's files, parsed once, with the prefixes that they declare."""

    def __init__(self) -> None:
        names = ("oscegraph", "vocabularies", "alignments", "shapes")
        self.text = {name: (ONTOLOGY / f"{name}.ttl").read_text(encoding="utf-8") for name in names}
        self.graph = {name: Graph().parse(data=text, format="turtle") for name, text in self.text.items()}
        prefixes = {iri: prefix for text in self.text.values() for prefix, iri in _PREFIX.findall(text)}
        self._longest_first = sorted(prefixes.items(), key=lambda item: (-len(item[0]), item[0]))

    def short(self, node: Node) -> str:
        """Return `prefix:local` of an IRI where one of the files declares the prefix, else the IRI or the literal."""
        for iri, prefix in self._longest_first:
            if isinstance(node, URIRef) and node.startswith(iri) and len(node) > len(iri):
                return f"{prefix}:{node[len(iri) :]}"
        return str(node)

    def code(self, nodes: Iterable[Node]) -> str:
        """Return the short names of `nodes`, sorted, as code, and none for the properties of labels and the like."""
        return ", ".join(f"`{name}`" for name in sorted(self.short(node) for node in nodes))

    def groups(self) -> list[tuple[str, list[URIRef]]]:
        """Return the terms in the order of the file, under the headings of its comments."""
        found: list[tuple[str, list[URIRef]]] = []
        for line in self.text["oscegraph"].splitlines():
            if heading := _GROUP.match(line):
                found.append((heading[1], []))
            elif term := _TERM.match(line):
                found[-1][1].append(OSG[term[1].removeprefix("osg:")])
        return found


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    head = list(head)
    lines = [head, ["---"] * len(head), *([_cell(cell) for cell in row] for row in rows)]
    return [f"| {' | '.join(cells)} |" for cells in lines] + [""]


def _prose(text: str) -> list[str]:
    return [*textwrap.wrap(text, 120, break_long_words=False, break_on_hyphens=False), ""]


def _predicates(*patterns: str) -> set[str]:
    """Return the predicates of some files; Oxigraph parses them in a fraction of rdflib's time."""
    import pyoxigraph as ox

    return {
        quad.predicate.value
        for pattern in patterns
        for path in sorted(ROOT.glob(pattern))
        for quad in ox.parse(path=str(path))
    }


def _origins() -> Callable[[URIRef], str]:
    """Return a function that says whether the facts of a property are curated, derived by rule or inferred."""
    found = {
        "curated": _predicates(
            "ontology/vocabularies.ttl", "graphs/*.ttl", "graphs/chapters/*.ttl", "graphs/reference/*.ttl"
        ),
        "derived": _predicates("graphs/derived/derived.nt"),
        "inferred": _predicates("graphs/derived/inferred.nt"),
    }

    def origin(term: URIRef) -> str:
        return ", ".join(name for name, used in found.items() if str(term) in used)

    return origin


def _aligned(sources: Sources, term: URIRef) -> str:
    """Return what alignments.ttl says of a term: sub-classes and sub-properties as ⊑, close matches as ≈."""
    graph = sources.graph["alignments"]
    parts = []
    for sign, predicates in (("⊑", (RDFS.subClassOf, RDFS.subPropertyOf)), ("≈", (SKOS.closeMatch,))):
        objects = sorted(sources.short(o) for predicate in predicates for o in graph.objects(term, predicate))
        parts += [f"{sign} `{name}`" for name in objects]
    return ", ".join(parts)


def _path(sources: Sources, graph: Graph, path: Node | None) -> str:
    assert path is not None
    inverse = graph.value(path, SH.inversePath)
    return f"inverse of `{sources.short(inverse)}`" if inverse is not None else f"`{sources.short(path)}`"


def _demands(sources: Sources, graph: Graph, shape: Node) -> str:
    """Return the constraints of a property shape in short: how many, and of which class, scheme, datatype or range."""
    least, most = graph.value(shape, SH.minCount), graph.value(shape, SH.maxCount)
    parts = []
    if least is not None or most is not None:
        low, high = str(least or 0), str(most) if most is not None else "*"
        parts.append(low if low == high else f"{low}..{high}")
    for predicate in (SH["class"], SH.datatype, SH.nodeKind):
        parts += [f"`{sources.short(o)}`" for o in sorted(graph.objects(shape, predicate), key=str)]
    for node in sorted(graph.objects(shape, SH.node), key=str):
        schemes = sorted(sources.short(o) for p in graph.objects(node, SH.property) for o in graph.objects(p, SH.hasValue))
        parts += [f"of the scheme {scheme.rsplit('/', 1)[-1]}" for scheme in schemes]
    for predicate, sign in (
        (SH.minInclusive, "≥"),
        (SH.maxInclusive, "≤"),
        (SH.minLength, "length ≥"),
        (SH.lessThan, "<"),
        (SH.lessThanOrEquals, "≤"),
    ):
        parts += [f"{sign} {sources.short(o)}" for o in sorted(graph.objects(shape, predicate), key=str)]
    parts += [f"`{pattern}`" for pattern in sorted(graph.objects(shape, SH.pattern), key=str)]
    for excluded in graph.objects(shape, SH["not"]):
        parts += [f"not `{pattern}`" for pattern in sorted(graph.objects(excluded, SH.pattern), key=str)]
    for values in graph.objects(shape, SH["in"]):
        parts.append("one of " + ", ".join(str(item) for item in Collection(graph, values)))
    return "; ".join(parts)


def _constraints(sources: Sources) -> list[str]:
    graph = sources.graph["shapes"]
    lines: list[str] = []
    shapes = [(sources.short(shape), shape) for shape in graph.subjects(RDF.type, SH.NodeShape)]
    for name, shape in sorted(shapes):
        targets = sorted(graph.objects(shape, SH.targetClass), key=str) + sorted(
            graph.objects(shape, SH.targetSubjectsOf), key=str
        )
        if not targets:
            continue
        rows = []
        for constraint in graph.objects(shape, SH.property):
            path, message = graph.value(constraint, SH.path), str(graph.value(constraint, SH.message))
            rows.append([_path(sources, graph, path), _demands(sources, graph, constraint), message])
        rows.sort(key=lambda row: (row[0].startswith("inverse"), row))
        own = graph.value(shape, SH.message)
        if own is not None:
            rows.append(["(the node itself)", "", str(own)])
        if graph.value(shape, SH.closed) is not None:
            rows.append(["(any other property)", "0", "Not allowed: the shape is closed."])
        lines += [f"### {', '.join(f'`{sources.short(t)}`' for t in targets)}", "", f"Shape `{name}`.", ""]
        lines += _table(["property", "demands", "message of a violation"], rows)
    return lines


def ontology_page(sources: Sources) -> str:
    """Return docs/ontology.md: header, classes, properties by group, disjointness, constraints."""
    graph, origin = sources.graph["oscegraph"], _origins()
    ontology = graph.value(predicate=RDF.type, object=OWL.Ontology)
    version, versioned = graph.value(ontology, OWL.versionInfo), graph.value(ontology, OWL.versionIRI)
    lines = [
        MADE.format("ontology/*.ttl"),
        "# The ontology",
        "",
        f"`{ontology}`, version {version} (`{versioned}`), prefix `osg:` for `{OSG}`, licence CC BY 4.0.",
        "Why it is as it is: [model.md](model.md). The concepts: [vocabularies.md](vocabularies.md).",
        "",
        *_prose(
            "⊑ is a sub-class or sub-property of a term of another vocabulary, ≈ a close match; they stand in "
            "`ontology/alignments.ttl`, and nothing is imported. Facts are *curated* (written by hand, with their lines), "
            "*derived* (by a rule in `queries/rules/`, they follow from what the source says) or *inferred* (guesses by "
            "rule, in a file of their own)."
        ),
    ]
    for heading, terms in sources.groups():
        lines += [f"## {heading[0].upper()}{heading[1:]}", ""]
        if (terms[0], RDF.type, OWL.Class) in graph:
            lines += _table(
                ["class", "label", "sub-class of", "definition", "aligned with"],
                (
                    [
                        f"`{sources.short(term)}`",
                        str(graph.value(term, RDFS.label)),
                        sources.code(graph.objects(term, RDFS.subClassOf)),
                        str(graph.value(term, SKOS.definition)),
                        _aligned(sources, term),
                    ]
                    for term in terms
                ),
            )
        else:
            lines += _table(
                ["property", "label", "domain", "range", "sub-property of", "facts", "definition", "aligned with"],
                (
                    [
                        f"`{sources.short(term)}`",
                        str(graph.value(term, RDFS.label)),
                        sources.code(graph.objects(term, RDFS.domain)),
                        sources.code(graph.objects(term, RDFS.range)),
                        sources.code(graph.objects(term, RDFS.subPropertyOf)),
                        origin(term),
                        str(graph.value(term, SKOS.definition)),
                        _aligned(sources, term),
                    ]
                    for term in terms
                ),
            )
    pairs = sorted((sources.short(a), sources.short(b)) for a, b in graph.subject_objects(OWL.disjointWith))
    lines += ["## Disjoint classes", "", "Nothing is both. Sub-classes inherit it.", ""]
    left = dict.fromkeys(a for a, _ in pairs)
    lines += _table(["class", "disjoint with"], ([f"`{a}`", ", ".join(f"`{y}`" for x, y in pairs if x == a)] for a in left))
    lines += [
        "## Constraints",
        "",
        *_prose(
            "From `ontology/shapes.ttl`, run by `oscegraph validate` after the rules. `ontology/examples/invalid/` has a "
            "file that breaks each of them. Rules over several nodes are the queries in `queries/checks/`."
        ),
        *_constraints(sources),
    ]
    return "\n".join(lines)


def vocabularies_page(sources: Sources) -> str:
    """Return docs/vocabularies.md: each SKOS scheme with its concepts, in the order of the file."""
    graph, text = sources.graph["vocabularies"], sources.text["vocabularies"]

    def place(node: Node) -> tuple[int, str]:
        """Where a concept is defined in the file; a scheme is found by its IRI."""
        name = sources.short(node)
        return text.find(f"\n{name} a ") if not name.startswith("http") else text.find(f"\n<{name}> a "), name

    schemes = sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=place)
    lines = [MADE.format("ontology/vocabularies.ttl"), "# The vocabularies", ""]
    lines += _prose(
        f"{len(schemes)} schemes of SKOS concepts, in the order of the file. The *printed name* is the report's own, where "
        "the label is ours; *other names* are ours too, for `--on` and the like."
    )
    for scheme in schemes:
        concepts = sorted(graph.subjects(SKOS.inScheme, scheme), key=place)
        columns: dict[str, Callable[[Node], str]] = {
            "no.": lambda c: str(graph.value(c, SKOS.notation) or ""),
            "concept": lambda c: f"`{sources.short(c)}`",
            "IRI": lambda c: f"`{c}`",
            "label": lambda c: str(graph.value(c, SKOS.prefLabel)),
            "printed name": lambda c: str(graph.value(c, OSG.printedName) or ""),
            "other names": lambda c: ", ".join(sorted(str(o) for o in graph.objects(c, SKOS.altLabel))),
            "broader": lambda c: sources.code(graph.objects(c, SKOS.broader)),
            "direct property": lambda c: sources.code(graph.objects(c, OSG.roleProperty)),
            "definition": lambda c: str(graph.value(c, SKOS.definition)),
            "note": lambda c: str(graph.value(c, SKOS.scopeNote) or ""),
        }
        used = {name: cell for name, cell in columns.items() if any(cell(concept) for concept in concepts)}
        lines += [f"## {graph.value(scheme, SKOS.prefLabel)}", "", str(graph.value(scheme, SKOS.definition)), ""]
        lines += [f"Scheme: `{scheme}`", ""]
        lines += _table(used, ([cell(concept) for cell in used.values()] for concept in concepts))
    return "\n".join(lines)


def queries_page(sources: Sources) -> str:
    """Return docs/queries.md: the named queries by topic, with question and parameters."""
    topics: dict[str, list[str]] = {}
    count = 0
    for path in sorted((ROOT / "queries" / "questions").glob("*.rq")):
        headers = _HEADER.findall(path.read_text(encoding="utf-8"))
        fields = dict(headers)
        entry = [f"### {path.stem}", "", fields["question"], ""]
        rows = []
        for value in (value for key, value in headers if key == "param"):
            match = _PARAM.match(value)
            assert match, f"{path}: {value}"
            rows.append([f"`{match[1]}`", match[2], "yes" if match[3] else "", match[4] or ""])
        entry += _table(["parameter", "type", "needed", "meaning"], rows) if rows else []
        topics.setdefault(fields["topic"], []).extend(entry)
        count += 1
    lines = [
        MADE.format("the headers in queries/questions/"),
        "# The named queries",
        "",
        *_prose(
            f"{count} questions that the graph answers, each a file in `queries/questions/` that runs as it stands in any "
            "SPARQL 1.1 engine. `oscegraph queries` lists them, `oscegraph query NAME -p parameter=value` runs one. An "
            "`iri` may be written by any name that the actor, place, theme or decision has: `-p actor=UNODC`, "
            "`-p theme=thb`, `-p decision=MC.DEC/5/06`."
        ),
    ]
    for topic in sorted(topics):
        lines += [f"## {topic[0].upper()}{topic[1:]}", "", *topics[topic]]
    return "\n".join(lines)


def cli_page(sources: Sources) -> str:
    """Return docs/cli.md: the help of every command, at a fixed width."""
    from click.testing import CliRunner

    from oscegraph.cli import COMMANDS, cli

    lines = [
        MADE.format("the command line's own --help"),
        "# The command line",
        "",
        *_prose("Exit codes: 0 fine, 1 nothing found or findings, 2 could not run. Answers go to stdout, errors to stderr."),
    ]
    for args in ([], *([name] for name in COMMANDS)):
        result = CliRunner().invoke(cli, [*args, "--help"], prog_name="oscegraph", terminal_width=WIDTH)
        if result.exception or result.exit_code:
            raise SystemExit(f"oscegraph {' '.join(args)} --help: {result.exception or result.output}")
        help_text = "\n".join(line.rstrip() for line in result.output.rstrip().splitlines())
        lines += [f"## {' '.join(['oscegraph', *args])}", "", "```text", help_text, "```", ""]
    return "\n".join(lines)


PAGES: dict[str, Callable[[Sources], str]] = {
    "ontology.md": ontology_page,
    "vocabularies.md": vocabularies_page,
    "queries.md": queries_page,
    "cli.md": cli_page,
}


def _first_difference(held: str, text: str) -> str:
    """Return the number of the first line that is another one than it should be, and both."""
    pairs = itertools.zip_longest(held.split("\n"), text.split("\n"), fillvalue="(no line)")
    return next(f"{number}: {one!r} should be {other!r}" for number, (one, other) in enumerate(pairs, 1) if one != other)


def main(arguments: list[str] | None = None) -> int:
    """Write or check the pages; return the exit code."""
    parser = argparse.ArgumentParser(description="Write the generated pages of docs/, or check that they are fresh.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is stale")
    parser.add_argument("--folder", type=Path, default=ROOT / "docs", help="where the pages are (docs/)")
    options = parser.parse_args(arguments)
    sources, stale = Sources(), []
    for name, page in PAGES.items():
        path, text = options.folder / name, page(sources).rstrip("\n") + "\n"
        if options.check:
            held = path.read_bytes().decode() if path.is_file() else ""
            if held != text:
                stale.append(name)
                print(f"{path}:{_first_difference(held, text)}", file=sys.stderr)
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
    if stale:
        print(f"Stale: {', '.join(stale)}. Run `make docs` and commit the result.", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
