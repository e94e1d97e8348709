"""Named queries: their headers, and values that become terms and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscegraph import query
from oscegraph.api import Oscegraph
from oscegraph.errors import QueryError
from oscegraph.query import Query, parse_query

XSD = "http://www.w3.org/2001/XMLSchema#"
STORE = ox.Store()


def echo(kind: str, *names: str) -> Query:
    """Return a query that gives back what its parameters are bound to."""
    header = "".join(f"#+ param: {name} {kind} -- anything\n" for name in names)
    slots = " ".join(f"VALUES ?{name} {{ UNDEF }}" for name in names)
    return parse_query("echo", f"{header}SELECT {' '.join('?' + name for name in names)} {{ {slots} }}")


def rows(text: str) -> list[tuple[object, ...]]:
    """Run a query on an empty store."""
    found = STORE.query(text)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(row) for row in found]


def test_header_is_read() -> None:
    """Question, topic and parameters with type, need and meaning come from the header."""
    found = parse_query(
        "q",
        "#+ question: Who?\n#+ topic: actors\n#+ param: actor iri required -- the actor\n#+ param: from date\nSELECT * {}",
    )
    assert (found.name, found.question, found.topic) == ("q", "Who?", "actors")
    actor, start = found.parameters
    assert (actor.name, actor.type, actor.required, actor.meaning) == ("actor", "iri", True, "the actor")
    assert (start.name, start.type, start.required, start.meaning) == ("from", "date", False, "")


def test_text_without_header_has_no_parameters() -> None:
    """Any SPARQL is a query, with nothing to bind."""
    found = parse_query("q", "SELECT * {}")
    assert found.parameters == () and found.question == ""


@pytest.mark.parametrize("line", ["actor", "actor uri -- x", "actor iri needed -- x", "the actor iri", "actor iri - x"])
def test_malformed_parameter_line_is_an_error(line: str) -> None:
    """A header line that cannot be read is said with the line itself."""
    with pytest.raises(QueryError, match=f"header line `param: {line}`"):
        parse_query("q", f"#+ param: {line}\nSELECT * {{}}")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("ask {}", "ASK"),
        ("PREFIX a: <http://x/#select>\nCONSTRUCT WHERE {}", "CONSTRUCT"),
        ("# ASK me\nDESCRIBE <x:y>", "DESCRIBE"),
        ("PREFIX select: <x:> # SELECT this\nASK {}", "ASK"),
        ("BASE <http://x/ask>\nSELECT (1 AS ?a) {}", "SELECT"),
    ],
)
def test_form(text: str, form: str) -> None:
    """The form is that of the query, not a word in a comment, an IRI or a prefix."""
    assert parse_query("q", text).form == form


def test_bind_leaves_other_slots_alone() -> None:
    """A parameter without value, or with None, stays UNDEF."""
    bound = echo("string", "a", "b").bind({"a": "x", "b": None})
    assert 'VALUES ?a { "x" }' in bound and "VALUES ?b { UNDEF }" in bound


def test_bind_takes_several_values() -> None:
    """A sequence becomes all its values; an empty one fits nothing."""
    found = echo("integer", "x")
    assert [row[0].value for row in rows(found.bind({"x": [1, 2, 3]}))] == ["1", "2", "3"]
    assert rows(found.bind({"x": []})) == []


def test_bind_fills_every_slot_of_a_parameter() -> None:
    """A parameter used in two parts of a UNION is bound in both."""
    text = "#+ param: x iri\nSELECT ?x { { VALUES ?x { UNDEF } } UNION { VALUES ?x { UNDEF } } }"
    assert "UNDEF" not in parse_query("q", text).bind({"x": "body:unodc"})


def test_bind_refuses_unknown_parameters() -> None:
    """The message has the nearest name and all names."""
    with pytest.raises(QueryError, match=r'no parameter "actr". Did you mean "actor"\? It has: actor, other'):
        echo("iri", "actor", "other").bind({"actr": "x:y"})
    with pytest.raises(QueryError, match="It has no parameters"):
        parse_query("q", "SELECT * {}").bind({"a": 1})


def test_bind_asks_for_required_parameters() -> None:
    """The message says what the parameter means and how to give it."""
    found = parse_query("q", "#+ param: actor iri required -- the actor\nSELECT * { VALUES ?actor { UNDEF } }")
    with pytest.raises(QueryError, match=r"needs the parameter actor: the actor. Add -p actor="):
        found.bind({})


def test_bind_notices_a_missing_slot() -> None:
    """A header that promises a parameter which the text does not have is an error of the query."""
    found = parse_query("q", "#+ param: x iri -- y\nSELECT * {}")
    with pytest.raises(QueryError, match="no line `VALUES"):
        found.bind({"x": "x:y"})


@pytest.mark.parametrize(
    ("kind", "value", "what"),
    [
        ("iri", "UNODC", "IRI such as body:unodc"),
        ("iri", "x:y> } DROP ALL #", "IRI"),
        ("iri", "x:\ud800", "IRI"),
        ("date", "30 June", "date such as 2011-06-30"),
        ("date", "2011-02-30", "date"),
        ("integer", "two", "whole number"),
        ("integer", 1.5, "whole number"),
        ("integer", "9" * 5000, "whole number"),
        ("string", "\ud800", "text in Unicode"),
    ],
)
def test_values_of_the_wrong_type_are_refused(kind: str, value: object, what: str) -> None:
    """The message names the parameter, the value and what it should be."""
    with pytest.raises(QueryError, match=f"parameter x: .* is no {what}"):
        echo(kind, "x").bind({"x": value})  # type: ignore[dict-item]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_strings_come_back_as_they_are(value: str) -> None:
    """Any text, with quotes, newlines, backslashes and controls, is exactly one term equal to it."""
    assert rows(echo("string", "x").bind({"x": value})) == [(ox.Literal(value),)]


@pytest.mark.parametrize(
    "value",
    [
        '" } DROP ALL #',
        '"@en . ?s ?p ?o',
        'a"b',
        "a\\",
        "\\u0022",
        '\\"',
        "line\nline\r\n",
        "'''\"\"\"",
        "> } DROP",
        "\x00\x07\x1b[31m\x7f\x9b",
        "\u202e\u2028 Türkiye 🕊",
        "UNDEF",
        "VALUES ?y { UNDEF }",
        "\\1 \\g<0>",
    ],
)
def test_injection_is_only_text(value: str) -> None:
    """What would end a literal, a block or a line is part of the one term, beside another parameter too."""
    assert rows(echo("string", "x").bind({"x": value})) == [(ox.Literal(value),)]
    assert rows(echo("string", "x", "y").bind({"x": value, "y": '" } x'})) == [(ox.Literal(value), ox.Literal('" } x'))]
    assert rows(echo("string", "y", "x").bind({"x": value, "y": "z"})) == [(ox.Literal("z"), ox.Literal(value))]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_iris_are_one_term_or_refused(value: str) -> None:
    """What is no IRI is an error; what is one comes back as it is, whatever its characters."""
    try:
        bound = echo("iri", "x").bind({"x": "x:" + value})
    except QueryError:
        return
    assert rows(bound) == [(ox.NamedNode("x:" + value),)]


@pytest.mark.parametrize("character", list('<>"{}|^`\\ \n\t\x00'))
def test_iris_cannot_be_left(character: str) -> None:
    """No character that could end an IRI gets into one."""
    with pytest.raises(QueryError):
        echo("iri", "x").bind({"x": f"http://example.org/a{character}b"})


@given(st.dates())
def test_dates_come_back_as_dates(value: date) -> None:
    """A date, or its text, is one xsd:date."""
    expected = [(ox.Literal(value.isoformat(), datatype=ox.NamedNode(XSD + "date")),)]
    assert rows(echo("date", "x").bind({"x": value})) == rows(echo("date", "x").bind({"x": str(value)})) == expected


@given(st.integers(-(2**62), 2**62))
def test_integers_come_back_as_integers(value: int) -> None:
    """A whole number is one xsd:integer."""
    expected = [(ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer")),)]
    assert rows(echo("integer", "x").bind({"x": value})) == expected


def test_short_iris_and_terms_are_values() -> None:
    """A prefix of the project is expanded; a term of RDF is taken as it is."""
    found = echo("iri", "x")
    assert rows(found.bind({"x": "body:unodc"})) == [(ox.NamedNode("https://w3id.org/oscegraph/id/body/unodc"),)]
    assert rows(found.bind({"x": ox.NamedNode("x:y")})) == [(ox.NamedNode("x:y"),)]


def test_result_is_rows_of_plain_values(graph: Oscegraph) -> None:
    """A result has columns, a length, and rows as dictionaries; what is unbound is None."""
    found = query.run(graph.store, parse_query("q", "SELECT ?a ?b ?c { VALUES (?a ?b) { (<x:y> UNDEF) (1 'z') } }"))
    assert found.columns == ["a", "b", "c"] and len(found) == 2
    assert list(found) == [{"a": "x:y", "b": None, "c": None}, {"a": "1", "b": "z", "c": None}]


def test_triple_terms_are_plain_text(graph: Oscegraph) -> None:
    """A triple as a value, which SPARQL 1.2 allows, is written out."""
    found = query.run(graph.store, parse_query("q", "SELECT (TRIPLE(<x:a>, <x:b>, 1) AS ?t) {}"))
    assert "<x:a> <x:b>" in str(next(iter(found))["t"])


def test_run_takes_parameters_of_any_name(graph: Oscegraph) -> None:
    """A parameter may be called as an argument of the function."""
    found = parse_query(
        "q", "#+ param: store string\n#+ param: query string\nSELECT * { VALUES ?store { UNDEF } VALUES ?query { UNDEF } }"
    )
    assert list(query.run(graph.store, found, store="a", query="b")) == [{"store": "a", "query": "b"}]


def test_a_query_that_breaks_off_is_an_error(graph: Oscegraph) -> None:
    """Text that is no SPARQL, an update, or another form is a QueryError."""
    for text, words in (("SELECT", "no SPARQL"), ("DELETE WHERE { ?s ?p ?o }", "no SPARQL"), ("ASK {}", "no SELECT")):
        with pytest.raises(QueryError, match=words):
            query.run(graph.store, parse_query("q", text))


def test_named_finds_questions_and_lookups() -> None:
    """Both folders have named queries."""
    assert query.named("actor_partners").parameters[0].name == "actor"
    assert query.named("names").name == "names"


@pytest.mark.parametrize("name", ["../lookup/names", "names.rq", "", "*", "ACTOR_PARTNERS", "lookup/names", "\x00"])
def test_named_takes_names_only(name: str) -> None:
    """A path, a pattern or another spelling is no name."""
    with pytest.raises(QueryError, match="there is no query"):
        query.named(name)


def test_named_suggests() -> None:
    """A misspelt name brings the nearest ones."""
    with pytest.raises(QueryError, match='Did you mean "actor_partners"'):
        query.named("actor_partner")


def test_read_query_says_what_it_cannot_read(tmp_path: Path) -> None:
    """A missing file, a folder and a file in another encoding are errors with the path."""
    latin = tmp_path / "latin.rq"
    latin.write_bytes("SELECT * {} # é".encode("latin-1"))
    for path in (tmp_path / "none.rq", tmp_path, latin):
        with pytest.raises(QueryError, match="cannot be read") as error:
            query.read_query(path)
        assert str(path) in str(error.value)


def test_read_query_takes_windows_lines(tmp_path: Path) -> None:
    """A header with CRLF is read like any other."""
    path = tmp_path / "q.rq"
    path.write_bytes(b"#+ question: Who?\r\n#+ param: x iri -- it\r\nSELECT ?x { VALUES ?x { UNDEF } }\r\n")
    found = query.read_query(path)
    assert found.question == "Who?" and found.parameters[0].meaning == "it" and found.name == "q"
