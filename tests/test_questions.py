"""The questions: their headers, their golden answers, and the same answers from two engines."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import rdflib

from oscegraph import loading, output, query, resources
from oscegraph.api import Oscegraph
from oscegraph.query import Query

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "queries"
SAMPLES = json.loads((HERE / "question_samples.json").read_text(encoding="utf-8"))
QUESTIONS = {found.name: found for found in query.catalogue()}
LOOKUPS = {found.name: found for found in query.catalogue("lookup")}
HEADER = re.compile(r"^#\+ (question|topic|note|param|ask|answers|evidence): \S.*$")


@pytest.fixture(scope="session")
def in_memory() -> rdflib.Graph:
    """The same files in plain rdflib, without Oxigraph."""
    graph = rdflib.Graph()
    for path in loading.packaged_files():
        graph.parse(path, format="nt" if path.suffix == ".nt" else "turtle")
    return graph


def bound(name: str) -> str:
    """Return a question with its sample parameters."""
    return QUESTIONS[name].bind(SAMPLES.get(name, {}))


def test_there_are_enough_questions() -> None:
    """At least forty questions can be asked by name."""
    assert len(QUESTIONS) >= 40


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_has_header_and_order(name: str) -> None:
    """Each has a question, a topic and meanings, is a SELECT with a fixed order, and every header line is known."""
    found = QUESTIONS[name]
    assert found.question.endswith("?") and found.topic
    assert found.form == "SELECT"
    assert re.search(r"\bORDER BY\b", found.text)
    assert all(parameter.meaning for parameter in found.parameters)
    assert all(HEADER.match(line) for line in found.text.splitlines() if line.startswith("#+"))


@pytest.mark.parametrize("found", [*QUESTIONS.values(), *LOOKUPS.values()], ids=lambda found: found.name)
def test_parameters_have_their_slots(found: Query) -> None:
    """Each parameter has its line in the query, and each such line its parameter."""
    assert set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", found.text)) == {p.name for p in found.parameters}
    assert found.text.count("UNDEF") == len(re.findall(r"VALUES \?\w+ \{ UNDEF \}", found.text))


def test_samples_fit_the_questions() -> None:
    """The samples name questions and parameters that exist, and give every required one."""
    assert set(SAMPLES) <= set(QUESTIONS)
    for name, found in QUESTIONS.items():
        given = set(SAMPLES.get(name, ()))
        assert given <= {p.name for p in found.parameters}
        assert {p.name for p in found.parameters if p.required} <= given


def test_no_golden_file_is_left_over() -> None:
    """Each golden file is that of a question."""
    assert {path.stem for path in GOLDEN.glob("*")} <= set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_golden_answer(name: str, graph: Oscegraph, request: pytest.FixtureRequest) -> None:
    """The answer is byte for byte the one that was read and accepted; `--update-golden` renews it."""
    found = query.run(graph.store, QUESTIONS[name], **SAMPLES.get(name, {}))
    written = output.to_csv(output.Table(found.columns, [list(row.values()) for row in found])).encode()
    path = GOLDEN / f"{name}.csv"
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written)
    assert path.is_file(), "no golden answer: run pytest --update-golden and read it"
    assert path.read_bytes() == written


@pytest.mark.parametrize("name", QUESTIONS)
def test_answer_is_not_empty(name: str, graph: Oscegraph) -> None:
    """Each question has rows, with its samples and without what it does not need, unless a note says why not."""
    needed = {p.name: SAMPLES[name][p.name] for p in QUESTIONS[name].parameters if p.required}
    if "#+ note:" not in QUESTIONS[name].text:
        assert len(query.run(graph.store, QUESTIONS[name], **SAMPLES.get(name, {})))
        assert len(query.run(graph.store, QUESTIONS[name], **needed))


@pytest.mark.parametrize("name", QUESTIONS)
def test_two_engines_agree(name: str, graph: Oscegraph, in_memory: rdflib.Graph) -> None:
    """Oxigraph and plain rdflib give the same columns and the same rows in the same order."""
    columns, rows = graph.store.select(bound(name))
    other = in_memory.query(bound(name))
    assert [str(variable) for variable in other.vars or ()] == columns
    mine = [tuple(query.plain(term) for term in row) for row in rows]
    assert [tuple(None if term is None else str(term) for term in row) for row in other] == mine  # type: ignore[union-attr]


@pytest.mark.parametrize("name", QUESTIONS)
def test_rows_are_distinct(name: str, graph: Oscegraph) -> None:
    """No row comes twice."""
    rows = [tuple(row.items()) for row in query.run(graph.store, QUESTIONS[name], **SAMPLES.get(name, {}))]
    assert len(set(rows)) == len(rows)


def test_every_folder_of_queries_is_packaged() -> None:
    """The four folders hold queries, each with a question."""
    for folder in ("questions", "lookup", "rules", "checks"):
        found = query.catalogue(folder)
        assert found and (resources.queries_dir() / folder).is_dir()
