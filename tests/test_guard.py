"""The guard: calls to other servers however they are spelt, updates, and what is too large; and nothing else."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from calls import CALLS
from oscegraph import resources
from oscegraph.endpoint import guard

ADDRESS = "http://127.0.0.1:1/"
HARMLESS = [
    "ASK { ?service a 'SERVICE <x> {}' }",
    'ASK { ?s ?p """ " SERVICE <http://x.example/> {} """ }',
    "ASK { ?s ?p '\\'SERVICE' }",
    "ASK { $SERVICE ?services ?o } # SERVICE <http://x.example/> { ?a ?b ?c }",
    "ASK { ?s a <http://x.example/SERVICE#x> }",
    "ASK { FILTER(<http://x.example/service(1)#'> = ?x) }",
    "PREFIX dcat: <http://www.w3.org/ns/dcat#> ASK { ?s a dcat:DataService ; dcat:service ?x }",
    "PREFIX e: <http://x.example/> ASK { e:SERVICE e:service-1 e:a_service }",
    "SELECT (?a < ?b AS ?c) { FILTER(?a<3 && ?b>2) FILTER(?a<?b) }",
    "SELECT * { ?s ?p ?o FILTER(?o IN (<urn:a#b>, <urn:c#d>)) }",
    "SELECT * { ?s <#a> <#b> ; <urn:x'y> <urn:(z)> }",
    "SELECT ?x { VALUES ?x { " + " ".join(map(str, range(3000))) + " } }",
    "SELECT * { VALUES (?x ?y) { " + " ".join(f"({i} UNDEF)" for i in range(1500)) + " } }",
    "ASK { FILTER(?x IN (" + ",".join(map(str, range(2000))) + ")) }",
    "ASK { ?s ?p '\\u00e9\\U0001D11E' }",
]
# The end of a triple term is no "greater than", and "less than" may follow it.
TRIPLE_TERMS = [
    "PREFIX : <{0}> PREFIX e: <http://x.example/> SELECT * {{ FILTER(<<(1 ?p 1)>><e:c)SERVICE:a#>\n{{ ?a ?b ?c }} }}",
    "PREFIX : <{0}> PREFIX e: <http://x.example/> ASK {{ FILTER(1||<<(1 ?p 1)>> <e:c)SERVICE:#)>\n{{ ?a ?b ?c }} }}",
]
ESCAPED = [
    r"ASK { \u0053ERVICE <a:b> {} }",
    r"ASK { S\U00000045RVICE <a:b> {} }",
    r"ASK { ?s ?p '\u0027 SERVICE <a:b> {} # \u0027' }",
]
UPDATES = [
    "INSERT DATA { <a:b> <a:b> 1 }",
    "PREFIX e: <a:b> DELETE WHERE { ?s ?p ?o }",
    "base <a:b>load <x>",
    "# c\nclear all",
    "DROPALL",
    "WITH <a:b> INSERT {} WHERE {}",
]
PIECES = [
    "a.",
    '"',
    "'''",
    "<",
    "\\",
    "_:a.",
    "a.b:c.",
    "@a-",
    "#\n",
    " ",
    "<a",
    "'a\\n",
    ":%",
    "1.e",
    "'''a",
    "?a.",
    "<<(",
    "\\u0041",
]
# Each makes a query that is nested, or long, by a number.
NESTED = {
    "groups": lambda n: "ASK " + "{" * n + "}" * n,
    "parentheses": lambda n: "ASK { FILTER" + "(" * n + "1" + ")" * n + " }",
    "exists": lambda n: "ASK { " + "FILTER EXISTS { " * n + "}" * n + " }",
    "functions": lambda n: "ASK { FILTER(" + "COALESCE(" * n + "1" + ")" * n + ") }",
    "lists": lambda n: "ASK { ?s ?p " + "(" * n + "1" + ")" * n + " }",
    "blank nodes": lambda n: "ASK { ?s ?p " + "[ ?p " * n + "1" + "]" * n + " }",
    "triple terms": lambda n: "ASK { ?s ?p " + "<<( ?s ?p " * n + "1" + " )>>" * n + " }",
    "subqueries": lambda n: "ASK { " + "{ SELECT * { " * n + "} }" * n + " }",
}
FLAT = {
    "triples": lambda n: "ASK { " + "?s ?p ?o . " * n + "}",
    "objects": lambda n: "ASK { ?s ?p " + ", ".join(["?o"] * n) + " }",
    "optional": lambda n: "ASK { " + "OPTIONAL { ?s ?p ?o } " * n + "}",
    "union": lambda n: "ASK { {} " + "UNION {} " * n + "}",
    "filters": lambda n: "ASK { " + "FILTER(true) " * n + "}",
    "or": lambda n: "ASK { FILTER(1" + "||1" * n + ") }",
    "not": lambda n: "ASK { FILTER(" + "!" * n + "true) }",
    "minus": lambda n: "ASK { FILTER(" + "- " * n + "1) }",
    "path": lambda n: "ASK { ?s " + "/".join(["<a:b>"] * n) + " ?o }",
    "inverse": lambda n: "ASK { ?s " + "^" * n + "<a:b> ?o }",
    "list": lambda n: "ASK { ?s ?p (" + " 1" * n + ") }",
}


def _refused(text: str) -> guard.Refused | None:
    try:
        guard.check(text)
    except guard.Refused as refused:
        return refused
    return None


@pytest.mark.parametrize("call", [*CALLS, *TRIPLE_TERMS])
def test_a_call_is_refused_however_it_is_spelt(call: str) -> None:
    """Every spelling that pyoxigraph takes for SERVICE is refused, and it does take these."""
    text = call.format(ADDRESS)
    refused = _refused(text)
    assert refused is not None
    assert refused.status in (400, 403)
    # The case shows something only if pyoxigraph takes the word for the keyword: with one letter changed, it is no SPARQL.
    assert _is_sparql(text)
    assert not _is_sparql(re.sub("servic", "servix", text, flags=re.IGNORECASE))


def _is_sparql(text: str) -> bool:
    try:
        ox.Store().query(text, base_iri=ADDRESS)
    except OSError:
        # The call, which finds nobody.
        return True
    except SyntaxError:
        return False
    return True


_BEFORE = (
    *(
        "",
        "{}",
        "?s ?p ?o.",
        "?s ?p e:.",
        "?s ?p e:a.b.",
        "?s ?p 1.",
        "?s ?p 'x'@en.",
        "?s ?p true.",
        "?s ?p 'x'^^e:.",
        "[].",
        "#c\r",
    ),
    *(
        "FILTER(1<e:c)",
        "FILTER('x'<e:c)",
        "FILTER(<<(1 ?p 1)>><e:c)",
        "FILTER(EXISTS{}<e:c)",
        "BIND(1<e:c AS ?y)",
        "?s ?p _:a.",
    ),
    *(
        "VALUES ?x{1}",
        "VALUES(?x ?y){(1 2)}",
        "OPTIONAL{}",
        "GRAPH ?g{}",
        "<<?s ?p ?o>>?p 1.",
        "?s ?p ?o{|?p 1|}.",
        "{}UNION{}",
    ),
)
_KEYWORDS = (
    "SERVICE",
    "service",
    "sErViCe ",
    "SERVICE\n",
    "SERVICESILENT",
    "SERVICE SILENT ",
    "SERVICE#c\nSILENT\t",
    "SERVICE#'\n",
)
_AFTER = ("{?a ?b ?c}", "#>\n{?a ?b ?c}", "{?a ?b ?c}#'\n", '{?a ?b ">"}', "{}#)>\n", " {SELECT*{}}")
_HEADS = (
    "SELECT*{",
    "ASK{",
    "SELECT * WHERE {",
    "CONSTRUCT{?a ?b ?c}WHERE{",
    "DESCRIBE ?a{",
    "SELECT(COUNT(*)AS?n){",
    "ASK{{",
)


def mutated(address: str, number: int, seed: int = 11) -> list[str]:
    """Return texts, made by chance of parts that a parser may read in two ways, that all call an address."""
    chance, made = random.Random(seed), dict.fromkeys([""])
    prefixes = (
        f"PREFIX:<{address}>",
        f"PREFIX : <{address}> ",
        f"BASE<{address}>PREFIX:<>",
        f"PREFIX:<http://x:>PREFIX:<{address}>",
    )
    while len(made) <= number:
        begin = chance.choice(prefixes) + "PREFIX e:<http://x.example/>" + chance.choice(_HEADS)
        inside = "".join(chance.choices(_BEFORE, k=chance.randint(0, 3))) + chance.choice(_KEYWORDS)
        text = begin + inside + chance.choice((f"<{address}>", ":", ":a", ":a.b")) + chance.choice(_AFTER)
        text += "}" * begin.count("ASK{{") + "}"
        if _calls_out(text):
            made[text] = None
    return list(made)[1:]


def _calls_out(text: str) -> bool:
    try:
        found = ox.Store().query(text)
        list(found) if isinstance(found, (ox.QuerySolutions, ox.QueryTriples)) else bool(found)
    except OSError:
        return True
    except (SyntaxError, ValueError, RuntimeError):
        return False
    return False


def test_calls_made_by_chance_are_refused() -> None:
    """Three hundred texts of which pyoxigraph makes a call, put together of odd parts, are all refused."""
    for text in mutated(ADDRESS, 300):
        refused = _refused(text)
        assert refused is not None and refused.status in (400, 403), text


@pytest.mark.parametrize("call", ESCAPED)
def test_escapes_of_the_standard(call: str) -> None:
    """An engine that resolves escapes before it reads is not called either."""
    refused = _refused(call)
    assert refused is not None
    assert refused.status == 403


@pytest.mark.parametrize("text", HARMLESS, ids=range(len(HARMLESS)))
def test_what_only_looks_like_a_call_passes(text: str) -> None:
    """The word in strings, comments, IRIs, variables and names is none, and long lists of values are no patterns."""
    guard.check(text)
    ox.Store().query(text, base_iri=ADDRESS)


@pytest.mark.parametrize("text", UPDATES)
def test_an_update_is_told_that_it_is_one(text: str) -> None:
    """An update is refused as such."""
    refused = _refused(text)
    assert refused is not None
    assert (refused.status, refused.title) == (403, "Read-only")


def test_all_queries_of_the_project_pass() -> None:
    """No query of ours is refused, the rules apart, which are updates or made to be run alone."""
    for path in sorted(resources.queries_dir().rglob("*.rq")):
        guard.check(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", NESTED)
def test_nesting_has_an_end(kind: str) -> None:
    """What is nested moderately passes; what is nested so deep that a parser breaks down does not."""
    assert _refused(NESTED[kind](20)) is None
    for depth in (65, 1000, 5000, 100_000):
        refused = _refused(NESTED[kind](depth))
        assert refused is not None
        assert refused.status == 400


@pytest.mark.parametrize("kind", FLAT)
def test_length_has_an_end(kind: str) -> None:
    """So it is with what is long: lists, operators, paths."""
    assert _refused(FLAT[kind](50)) is None
    for length in (1000, 10_000):
        refused = _refused(FLAT[kind](length))
        assert refused is not None
        assert refused.status == 400


@pytest.mark.parametrize("piece", PIECES)
def test_reading_takes_time_that_grows_with_the_length(piece: str) -> None:
    """No text makes the guard slow: 100 kB take some hundredths of a second."""
    text = (piece * 100_000)[:100_000]
    begun = time.perf_counter()
    _refused(text)
    assert time.perf_counter() - begun < 0.5


def test_a_usual_query_takes_no_time() -> None:
    """A question of ours is read in a fraction of a millisecond."""
    text = (resources.queries_dir() / "questions" / "activity_basis.rq").read_text(encoding="utf-8")
    begun = time.perf_counter()
    for _ in range(100):
        guard.check(text)
    assert (time.perf_counter() - begun) / 100 < 0.002


def test_too_many_letters() -> None:
    """A text over 100,000 characters is not looked at."""
    refused = _refused(" " * 100_001)
    assert refused is not None
    assert Path(__file__).name not in str(refused)
