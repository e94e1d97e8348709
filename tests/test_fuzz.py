"""Any text for any word: an answer or a message, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oscegraph import query, show
from oscegraph.api import Oscegraph
from oscegraph.cli import cli, common
from oscegraph.dates import Period, first_day, last_day, read_period
from oscegraph.directory import Thing, fold
from oscegraph.errors import FilterError, NameAmbiguous, NameNotFound, OscegraphError, QueryError
from oscegraph.filters import Filters
from oscegraph.query import Query, parse_query

SMALL = str(Path(__file__).parent / "data" / "small.ttl")
GRAPH = Oscegraph.open([SMALL])
# Text of all kinds, and text that is nearly right.
WORDS = st.sampled_from(
    [
        "UNODC",
        "body:org",
        "OOE",
        "Mission to Xland",
        "the",
        "body:",
        "http://",
        ":",
        "--",
        "-",
        "II.3.8",
        "A.1-L1",
        "act:twice",
        "June",
        "2011-06",
        "2011-06-31",
        "9999",
        "drugs",
        "theme:drugs",
        "Xtown",
        "state",
        "funder",
        "workshop",
        "MC.DEC/1/01",
    ]
)
TEXTS = (
    st.text()
    | WORDS
    | st.tuples(WORDS, st.text(max_size=3)).map("".join)
    | st.binary(max_size=8).map(lambda b: b.decode("latin-1"))
)
DATES = TEXTS | st.from_regex(r"\A[0-9]{1,4}(-[0-9]{1,2}){0,2}\Z") | st.from_regex(r"\A[0-9]{1,2}(st|th)? [A-Za-z]{3,9}\Z")
QUICK = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def outcome(call: Callable[[], Any]) -> Any:
    """Return what a call gives, or the error that a user may meet; anything else is a bug and comes through."""
    try:
        return call()
    except OscegraphError as error:
        assert str(error).strip()
        return error


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_names(name: str) -> None:
    """Any text as a name is a thing, unknown, or ambiguous."""
    names = GRAPH.directory
    for call in (
        lambda: names.find(name),
        lambda: names.area(name),
        lambda: names.instrument(name),
        lambda: names.find(name, {"Section"}, "chapter"),
    ):
        assert isinstance(outcome(call), (Thing, NameNotFound, NameAmbiguous))
    assert isinstance(outcome(lambda: names.any_iri(name)), (str, NameNotFound, NameAmbiguous))
    assert isinstance(outcome(lambda: names.concept("theme", name)), (str, FilterError))
    assert isinstance(outcome(lambda: names.type_class(name)), (str, FilterError))
    assert fold(name) == fold(name.upper().lower()) or not name.isascii()


@QUICK
@given(TEXTS)
def test_show(name: str) -> None:
    """Any text can be asked for; what is found can be shown."""
    outcome(lambda: show.show(GRAPH.store, GRAPH.directory, name, None))


@given(DATES)
def test_dates(text: str) -> None:
    """Any text is a date or none; the first day is not after the last."""
    first = outcome(lambda: first_day(text))
    last = outcome(lambda: last_day(text))
    assert isinstance(first, OscegraphError) == isinstance(last, OscegraphError)
    if not isinstance(first, OscegraphError):
        assert first <= last


@given(st.none() | DATES, st.none() | DATES)
def test_periods(start: str | None, end: str | None) -> None:
    """Any two texts are a period in the right order, or an error."""
    found = outcome(lambda: read_period(start, end))
    if isinstance(found, Period) and found.start and found.end:
        assert found.start <= found.end


@QUICK
@given(st.sampled_from(query.catalogue() + query.catalogue("lookup")), st.data())
def test_query_parameters(found: Query, data: st.DataObject) -> None:
    """Any text as value of any parameter is bound, and the query still runs, or it is refused."""
    values = {p.name: data.draw(TEXTS | st.just("x:y"), p.name) for p in found.parameters}
    bound = outcome(lambda: found.bind(values))
    if isinstance(bound, str):
        if found.form == "SELECT":
            columns, rows = GRAPH.store.select(bound)
            assert all(len(row) == len(columns) for row in rows)
        else:
            list(GRAPH.store.construct(bound))
    else:
        assert isinstance(bound, QueryError)


@given(st.text(), TEXTS)
def test_query_texts(text: str, header: str) -> None:
    """Any text may be read as a query; a header that is none is ignored or refused."""
    for whole in (text, f"#+ {header}\n{text}", f"#+ param: {header}\n{text}"):
        found = outcome(lambda: parse_query("fuzz", whole))  # noqa: B023 - called at once
        assert isinstance(found, (Query, QueryError))
        if isinstance(found, Query):
            assert found.form in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
            outcome(lambda: query.run(GRAPH.store, found))  # noqa: B023 - called at once


@QUICK
@given(
    st.dictionaries(
        st.sampled_from(["on", "place", "start", "end", "role", "own_role", "partner_type", "kind", "basis"]), TEXTS
    )
)
def test_filters(words: dict[str, str]) -> None:
    """Any words as filters are filters or an error."""
    assert isinstance(outcome(lambda: GRAPH.filters(**words)), (Filters, OscegraphError))


OPTIONS = {
    "who": ["--on", "--in", "--from", "--to", "--role", "--as", "--partner-type", "--limit", "--format", "--possible"],
    "between": ["--on", "--in", "--from", "--to", "--format", "--possible"],
    "show": ["--format"],
    "tellings": ["--chapter", "--actor", "--role", "--kind", "--assistance", "--basis", "--from", "--format"],
    "activities": ["--actor", "--role", "--kind", "--assistance", "--basis", "--to", "--format"],
    "actors": ["--type", "--area", "--named", "--format"],
    "decisions": ["--on", "--body", "--tasks", "--all", "--format"],
    "query": ["-e", "-p", "--sparql", "--format"],
    "queries": ["--format"],
}
FLAGS = ("--possible", "--named", "--all", "--sparql", "--unit-only", "--evidence")


@st.composite
def command_lines(draw: st.DrawFn, name: str) -> list[str]:
    """Draw the words of a command with random options and random texts."""
    numbers = {"who": 1, "show": 1, "between": 2, "query": draw(st.integers(0, 1)), "queries": 1, "actors": 1}
    known = draw(st.booleans())
    good = {"who": ["OOE"], "between": ["OOE", "body:mission"], "show": ["OOE"], "query": ["actor_names"]}
    words = good[name] if known and name in good else [draw(TEXTS) for _ in range(numbers.get(name, 0))]
    for option in draw(st.lists(st.sampled_from(OPTIONS[name]), max_size=3, unique=True)):
        if option in FLAGS:
            words = [*words, option]
        elif option == "--format":
            words = [*words, option, draw(st.sampled_from(["table", "json", "jsonl", "csv", "md", "turtle", "x"]))]
        else:
            words = [*words, option, draw(TEXTS)]
    return [name, *words]


@pytest.mark.parametrize("name", OPTIONS)
@QUICK
@given(st.data())
def test_command_lines(name: str, data: st.DataObject) -> None:
    """Whatever is typed, a command ends with 0, 1 or 2, and with an error that has a message or none."""
    words = data.draw(command_lines(name))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(common, "open_graph", lambda *_: GRAPH)
        result = CliRunner().invoke(cli, words)
    if isinstance(result.exception, OscegraphError):
        assert str(result.exception).strip() and result.exception.exit_code in (1, 2)
    else:
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        assert result.exit_code in (0, 1, 2)


@pytest.mark.parametrize("change", [str, str.upper, "  {}. ".format], ids=["as it is", "upper case", "blanks and dots"])
def test_every_name_of_the_graph_leads_somewhere(graph: Oscegraph, change: Callable[[str], str]) -> None:
    """Each name of each thing, however it is written, is found or ambiguous: none is lost."""
    names = graph.directory
    everything = {thing.cls for thing in names.things.values()}
    for thing in names.things.values():
        for word in (thing.label, *thing.aliases):
            try:
                found = names.find(change(word), everything)
            except NameAmbiguous as error:
                assert len(error.candidates) > 1
            else:
                assert fold(word) in {fold(name) for kind in found.names.values() for name in kind}


# Arguments that are no UTF-8 reach Python as surrogates, which are no characters.
HALVES = st.tuples(st.text(max_size=5), st.characters(categories=["Cs"]), st.text(max_size=5)).map("".join)


@QUICK
@given(HALVES)
def test_half_characters(text: str) -> None:
    """Half a character in a name is a name that nothing bears, and cannot be sent as a value of a query."""
    outcome(lambda: GRAPH.directory.find(text))
    outcome(lambda: GRAPH.filters(on=text))
    outcome(lambda: show.show(GRAPH.store, GRAPH.directory, text, None))
    for kind in ("string", "iri", "date", "integer"):
        echo = parse_query("echo", f"#+ param: x {kind} -- anything\nSELECT ?x {{ VALUES ?x {{ UNDEF }} }}")
        assert isinstance(outcome(lambda: echo.bind({"x": text})), QueryError)  # noqa: B023 - called at once
