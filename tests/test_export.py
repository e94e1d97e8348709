"""export: every format holds the whole graph, the same data give the same bytes, and a file is written whole or not."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from oscegraph import export
from oscegraph.errors import OutputError
from oscegraph.store import EmbeddedStore

RDF = ["turtle", "nquads", "jsonld"]
COUNT = """PREFIX osg: <https://w3id.org/oscegraph/ontology#>
SELECT DISTINCT ?telling ?role ?actor ?participation WHERE {
  ?telling a osg:Telling ; osg:participation ?participation . ?participation osg:role ?role ; osg:actor ?actor }"""
BLANK = "@prefix e: <http://example.org/> . e:a e:p [ e:q 1 ; e:r [ e:s 'x' ] ] , [ e:q 2 ] , ( e:b e:c ) ."


def canonical(quads) -> set[str]:
    """Return triples as text, blank nodes under names that depend on the data only."""
    dataset = ox.Dataset(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad.triple) for quad in dataset}


def parsed(content: bytes, format_name: str) -> list[ox.Quad]:
    """Return the quads of an export."""
    return list(ox.parse(content, format=export.FORMATS[format_name]))


def names(folder: Path) -> list[str]:
    """Return the names of what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="module")
def contents(graph) -> dict[str, bytes]:
    """The packaged graph in each format."""
    return {name: export.export(graph.store, graph.directory, name) for name in [*RDF, "csv"]}


@pytest.fixture(scope="module")
def table(contents) -> list[list[str]]:
    """The rows of the CSV, its header first."""
    return list(csv.reader(io.StringIO(contents["csv"].decode())))


@pytest.mark.parametrize("name", RDF)
def test_round_trip_gives_the_same_triples(graph, contents, name: str) -> None:
    """Reading an export gives exactly the triples of the store, no more and no fewer."""
    assert canonical(parsed(contents[name], name)) == canonical(graph.store.inner)


def test_nquads_are_under_one_graph_name(contents) -> None:
    """N-Quads name the edition as their graph; Turtle and JSON-LD have no graph name."""
    assert {quad.graph_name for quad in parsed(contents["nquads"], "nquads")} == {export.GRAPH}
    for name in ("turtle", "jsonld"):
        assert {quad.graph_name for quad in parsed(contents[name], name)} == {ox.DefaultGraph()}


def test_nquads_have_each_triple_once(graph, contents) -> None:
    """There is one line for each triple, in sorted order."""
    lines = contents["nquads"].decode().splitlines()
    assert len(lines) == len(set(lines)) == len(graph.store.inner)


def test_turtle_uses_the_prefixes(contents) -> None:
    """Turtle is written with the project's prefixes."""
    text = contents["turtle"].decode()
    assert "@prefix osg: <https://w3id.org/oscegraph/ontology#> ." in text
    assert "\nbody:unodc " in text


@pytest.mark.parametrize("name", [*RDF, "csv"])
def test_two_runs_give_the_same_bytes(run, contents, name: str) -> None:
    """A graph that is opened anew gives the same bytes, on the command line as in the library."""
    result = run("export", "--format", name)
    assert result.exit_code == 0
    assert result.stdout_bytes == contents[name]


@pytest.mark.parametrize("name", RDF)
def test_blank_nodes_get_the_same_names(name: str) -> None:
    """Blank nodes, named anew in each parse, are the same bytes in each run, and stay what they were."""
    twice = [[quad.triple for quad in ox.parse(BLANK, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)] for _ in "ab"]
    one, two = (export.serialize(triples, name) for triples in twice)
    assert one == two
    assert canonical(parsed(one, name)) == canonical(twice[0])
    assert len(parsed(one, name)) == len(twice[0])


@pytest.mark.parametrize("name", RDF)
def test_order_and_repetition_do_not_matter(name: str) -> None:
    """The same set of triples in another order, or with one twice, gives the same bytes."""
    triples = [quad.triple for quad in ox.parse(BLANK, format=ox.RdfFormat.TURTLE)]
    assert export.serialize(reversed([*triples, triples[0]]), name) == export.serialize(triples, name)


@pytest.mark.parametrize("name", RDF)
def test_empty_graph_is_no_error(name: str) -> None:
    """A graph without triples gives a document without triples."""
    assert parsed(export.serialize([], name), name) == []


@pytest.mark.parametrize("name", RDF)
def test_odd_literals_survive(name: str) -> None:
    """Quotes, line ends, other scripts, languages and datatypes come back as they were."""
    values = [
        ox.Literal('"quoted" \\ and\n\ttabbed\r\n'),
        ox.Literal("Қазақстан 🕊", language="kk"),
        ox.Literal("2011-03-15", datatype=ox.NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")),
        ox.Literal(""),
    ]
    triples = {ox.Triple(ox.NamedNode("http://example.org/a"), ox.NamedNode("http://example.org/p"), v) for v in values}
    assert {quad.triple for quad in parsed(export.serialize(triples, name), name)} == triples


def test_csv_header(table) -> None:
    """The first row names the columns."""
    assert table[0] == list(export.CSV_COLUMNS)
    assert {len(row) for row in table} == {len(export.CSV_COLUMNS)}


def test_csv_has_a_row_for_each_participation(graph, table) -> None:
    """There is one row for each actor in each role in each telling, as SPARQL counts them."""
    _, rows = graph.store.select(COUNT)
    wanted = sorted(tuple(term.value.rsplit("/", 1)[-1] for term in row[:3]) for row in rows)
    telling, role, actor = (export.CSV_COLUMNS.index(name) for name in ("telling", "role", "actor"))
    found = sorted((row[telling].rsplit("/", 1)[-1], row[role], row[actor].rsplit("/", 1)[-1]) for row in table[1:])
    assert len(found) > 1000
    assert [tuple(part.rsplit(":", 1)[-1] for part in row) for row in found] == wanted


def test_csv_says_what_a_telling_says(table) -> None:
    """A row carries the chapter, the lines, the title, date, place and actor of its telling."""
    rows = [dict(zip(table[0], row, strict=True)) for row in table[1:]]
    some = [row for row in rows if row["telling"].endswith("II.1.1-L329")]
    assert some
    for row in some:
        assert (row["chapter"], row["first_line"], row["last_line"]) == ("II.1.1", "329", "338")
        assert (row["date"], row["start"], row["end"]) == ("2011-07-11/2011-07-13", "2011-07-11", "2011-07-13")
        assert row["actor_label"]
        assert row["actor_type"]


def test_output_option_writes_the_file_whole(run, contents, tmp_path: Path) -> None:
    """-o writes all bytes to the file, nothing to the screen, readable by others, and leaves nothing beside it."""
    target = tmp_path / "graph.nq"
    result = run("export", "--format", "nquads", "-o", str(target))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert str(target) in result.stderr
    assert target.read_bytes() == contents["nquads"]
    assert target.stat().st_mode & 0o777 == 0o644
    assert names(tmp_path) == [target.name]


def test_output_option_replaces_an_earlier_file(run, contents, tmp_path: Path) -> None:
    """An earlier file is replaced, also one that was longer."""
    target = tmp_path / "graph.csv"
    target.write_bytes(b"old\n" * 1_000_000)
    assert run("export", "--format", "csv", "-o", str(target)).exit_code == 0
    assert target.read_bytes() == contents["csv"]


@pytest.mark.parametrize("where", ["missing/graph.ttl", "file/graph.ttl", "folder"])
def test_output_into_an_impossible_place(run, tmp_path: Path, where: str) -> None:
    """A folder that is missing, a parent that is a file, and a target that is a folder are exit code 2 with the path."""
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    target = tmp_path / where
    result = run("export", "-o", str(target))
    assert result.exit_code == 2
    assert isinstance(result.exception, OutputError)
    assert str(target) in str(result.exception)
    assert "cannot be written (" in str(result.exception)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"
    assert names(tmp_path) == ["file", "folder"]
    assert names(tmp_path / "folder") == []


def test_output_with_an_impossible_name(run, tmp_path: Path) -> None:
    """A name that the file system cannot hold is exit code 2 with a message."""
    result = run("export", "-o", str(tmp_path / ("n" * 300)))
    assert result.exit_code == 2
    assert isinstance(result.exception, OutputError)
    assert names(tmp_path) == []


@pytest.mark.parametrize("step", ["write", "chmod", "replace"])
def test_full_disk_leaves_the_earlier_file(monkeypatch, tmp_path: Path, step: str) -> None:
    """If any step of writing fails, the earlier file is unchanged and no temporary file stays."""
    target = tmp_path / "graph.ttl"
    target.write_bytes(b"old")

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    class Full(io.BytesIO):
        write = fail

    def full(handle: int, mode: str) -> Full:
        os.close(handle)
        return Full()

    with monkeypatch.context() as patch:
        if step == "write":
            patch.setattr(export.os, "fdopen", full)
        else:
            patch.setattr(export.Path, step, fail)
        with pytest.raises(OutputError, match=r"No space left on device.*untouched"):
            export.write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == [target.name]
    export.write_whole(target, b"new")
    assert target.read_bytes() == b"new"


def test_symbolic_link_stays_a_link(tmp_path: Path) -> None:
    """Writing to a link writes the file that it names."""
    real, link = tmp_path / "real.ttl", tmp_path / "link.ttl"
    real.write_bytes(b"old")
    link.symlink_to(real)
    export.write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_device_is_written_to_as_it_stands() -> None:
    """What is no file, such as the null device, is written to and stays what it is."""
    export.write_whole(Path(os.devnull), b"gone")
    assert not Path(os.devnull).is_file()


def test_export_of_other_data(run, tmp_path: Path) -> None:
    """--data files are exported with the ontology and what the rules derive from them."""
    source = tmp_path / "x.nt"
    source.write_text("<http://example.org/a> <http://example.org/p> <http://example.org/b> .\n", encoding="utf-8")
    result = run("export", "--format", "nquads", "--data", str(source))
    assert result.exit_code == 0
    assert "<http://example.org/a> <http://example.org/p> <http://example.org/b> <" in result.stdout


def test_unknown_format_lists_the_known_ones(run) -> None:
    """A format that does not exist is exit code 2 with those that do."""
    result = run("export", "--format", "xml")
    assert result.exit_code == 2
    assert "turtle" in result.stderr


def test_csv_of_a_graph_without_tellings() -> None:
    """A graph without tellings gives the header alone."""
    from oscegraph.directory import Directory

    store = EmbeddedStore(ox.Store(), "nothing")
    content = export.export(store, Directory(store), "csv")
    assert content.decode().splitlines() == [",".join(export.CSV_COLUMNS)]
