"""loading: RDF of every format becomes the same quads, and each error says where it is."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oscegraph import loading
from oscegraph.errors import DataError

EX = "http://example.org/"
RDF_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'
SAME = {
    "a.ttl": '@prefix e: <http://example.org/> .\ne:a e:knows e:b ; e:name "Zoë"@en ; e:count 3 .\n',
    "a.nt": "<http://example.org/a> <http://example.org/knows> <http://example.org/b> .\n"
    '<http://example.org/a> <http://example.org/name> "Zo\\u00EB"@en .\n'
    '<http://example.org/a> <http://example.org/count> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
    "a.nq": "<http://example.org/a> <http://example.org/knows> <http://example.org/b> <http://example.org/g> .\n"
    '<http://example.org/a> <http://example.org/name> "Zoë"@en .\n'
    '<http://example.org/a> <http://example.org/count> "3"^^<http://www.w3.org/2001/XMLSchema#integer> '
    "<http://example.org/h> .\n",
    "a.trig": '@prefix e: <http://example.org/> .\ne:g { e:a e:knows e:b ; e:name "Zoë"@en . }\n{ e:a e:count 3 }\n',
    "a.jsonld": '{"@id": "http://example.org/a", "http://example.org/knows": {"@id": "http://example.org/b"},\n'
    '"http://example.org/name": {"@value": "Zoë", "@language": "en"}, "http://example.org/count": 3}',
    "a.rdf": f'{RDF_XML}<rdf:Description rdf:about="http://example.org/a"><e:knows rdf:resource="http://example.org/b"/>\n'
    '<e:name xml:lang="en">Zoë</e:name><e:count rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">3</e:count>\n'
    "</rdf:Description></rdf:RDF>",
}
SAME["b.json"] = SAME["a.jsonld"]
# One blank node with the label b in each format that can name one.
LABELLED = {
    ".ttl": '_:b <http://example.org/p> "%s" .\n',
    ".nt": '_:b <http://example.org/p> "%s" .\n',
    ".nq": '_:b <http://example.org/p> "%s" <http://example.org/g> .\n',
    ".trig": '<http://example.org/g> { _:b <http://example.org/p> "%s" }\n',
    ".jsonld": '{"@id": "_:b", "http://example.org/p": "%s"}',
    ".rdf": f'{RDF_XML}<rdf:Description rdf:nodeID="b"><e:p>%s</e:p></rdf:Description></rdf:RDF>',
}
MALFORMED = [
    ("x.ttl", "@prefix e: <http://example.org/> .\ne:a e:b .\n", "2:9"),
    ("x.ttl", "@prefix e: <http://example.org/> .\ne:a no:b e:c .\n", "2:5"),
    ("x.ttl", '<http://example.org/a> <http://example.org/b> "open', "1:47"),
    ("x.ttl", "<http://example.org/no iri> <http://example.org/b> 1 .", "1:1"),
    ("x.nt", "# fine\n<http://example.org/a> <http://example.org/b> <c> .\n", "2:47"),
    ("x.nq", "<http://example.org/a> <http://example.org/b> .\n", "1:47"),
    ("x.trig", "<http://example.org/g> {\n<http://example.org/a> }\n", "2:24"),
    ("x.jsonld", '{"@id":\n }', "2:2"),
    ("x.json", "", "1:1"),
    ("x.rdf", f"{RDF_XML}\n<rdf:Description>\n</rdf:RDF>", "3:3"),
    ("x.rdf", "no XML at all", "1:1"),
]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file below `folder` and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def triples(*paths: Path) -> set[ox.Triple]:
    """Return what `fill` makes of the files."""
    store = ox.Store()
    loading.fill(store, paths)
    assert all(quad.graph_name == ox.DefaultGraph() for quad in store)
    return {quad.triple for quad in store}


@pytest.mark.parametrize("name", SAME)
def test_every_format_gives_the_same_triples(tmp_path: Path, name: str) -> None:
    """The same facts in each of the formats are the same triples in the default graph, the graph names dropped."""
    expected = triples(write(tmp_path, "a.ttl", SAME["a.ttl"]))
    assert len(expected) == 3
    assert triples(write(tmp_path, name, SAME[name])) == expected


@pytest.mark.parametrize("name", SAME)
def test_parse_file_gives_what_fill_adds(tmp_path: Path, name: str) -> None:
    """Quads read one by one are those that a store gets."""
    path = write(tmp_path, name, SAME[name])
    assert {quad.triple for quad in loading.parse_file(path)} == triples(path)


def test_named_graphs_are_kept_by_parse_file(tmp_path: Path) -> None:
    """The parser itself still tells the graphs of a file apart."""
    graphs = {str(quad.graph_name) for quad in loading.parse_file(write(tmp_path, "a.nq", SAME["a.nq"]))}
    assert graphs == {"<http://example.org/g>", "<http://example.org/h>", "DEFAULT"}


def test_folder_is_searched_whole_and_sorted(tmp_path: Path) -> None:
    """A folder stands for its RDF files at any depth, in the order of their paths; other files are passed over."""
    for name in ("b/2.ttl", "a.nt", "b/1.nq", "c/d/e.rdf"):
        write(tmp_path, name, "")
    for name in ("README.md", "b/table.csv", "a.ttl~"):
        write(tmp_path, name, "no RDF")
    (tmp_path / "folder.ttl").mkdir()
    found = [path.relative_to(tmp_path).as_posix() for path in loading.find_files([tmp_path])]
    assert found == ["a.nt", "b/1.nq", "b/2.ttl", "c/d/e.rdf"]


def test_folder_gives_the_triples_of_its_files(tmp_path: Path) -> None:
    """Loading a folder is loading its files."""
    for name, content in SAME.items():
        write(tmp_path, name, content)
    assert triples(*loading.find_files([tmp_path])) == triples(tmp_path / "a.ttl")


def test_sources_keep_their_order_and_are_read_once(tmp_path: Path) -> None:
    """Files come in the order given, and one that is named twice, or by its folder too, is read once."""
    one, two = write(tmp_path, "f/1.ttl", LABELLED[".ttl"] % 1), write(tmp_path, "f/2.ttl", LABELLED[".ttl"] % 2)
    found = loading.find_files([two, tmp_path / "f", tmp_path / "f" / ".." / "f" / "1.ttl"])
    assert found == [two, one]
    assert len(triples(*found)) == 2


def test_missing_source_is_named(tmp_path: Path) -> None:
    """A file that is not there is said to be missing."""
    with pytest.raises(DataError, match=r"nowhere\.ttl: there is no such file or folder"):
        loading.find_files([tmp_path / "nowhere.ttl"])


def test_unknown_suffix_lists_the_known_ones(tmp_path: Path) -> None:
    """A file of another kind is refused with the list of the suffixes."""
    with pytest.raises(
        DataError, match=r'table\.csv: "\.csv" is no suffix of an RDF file.*\.ttl, \.nt, \.nq, \.trig'
    ) as caught:
        loading.find_files([write(tmp_path, "table.csv", "a,b")])
    assert all(suffix in str(caught.value) for suffix in loading.FORMATS)


def test_folder_without_rdf_is_refused(tmp_path: Path) -> None:
    """An empty folder, or one without RDF files, is an error and not an empty graph."""
    write(tmp_path, "notes.txt", "nothing")
    with pytest.raises(DataError, match=r"the folder holds no RDF file.*\.ttl"):
        loading.find_files([tmp_path])


def test_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """A file that went away between finding and reading is an error with its reason."""
    with pytest.raises(DataError, match=r"gone\.ttl: cannot be read \(No such file or directory\)"):
        list(loading.parse_file(tmp_path / "gone.ttl"))


@pytest.mark.parametrize(("name", "content", "position"), MALFORMED)
@pytest.mark.parametrize("read", [lambda path: list(loading.parse_file(path)), triples], ids=["parse_file", "fill"])
def test_malformed_file_gives_file_line_column(tmp_path: Path, name: str, content: str, position: str, read: object) -> None:
    """A syntax error of any format names file, line and column, once, in one line that says what to do."""
    path = write(tmp_path, name, content)
    with pytest.raises(DataError) as caught:
        read(path)  # type: ignore[operator]
    assert caught.value.where == f"{path}:{position}"
    message = str(caught.value)
    assert message.startswith(f"{path}:{position}: not valid ")
    assert message.endswith("Mend it and run it again.")
    assert "\n" not in message
    assert "Parser error" not in message


def test_rdf_that_is_no_rdf_xml_has_a_message(tmp_path: Path) -> None:
    """XML that is well-formed but no RDF has no position, but a file and a reason."""
    path = write(tmp_path, "x.rdf", f"{RDF_XML}<loose/></rdf:RDF>")
    with pytest.raises(DataError, match=r"x\.rdf: not valid RDF/XML: \w+") as caught:
        list(loading.parse_file(path))
    assert caught.value.where == str(path)


def test_remote_context_is_not_fetched(tmp_path: Path) -> None:
    """A JSON-LD context on the web is refused, not fetched, and the message says what to do instead."""
    path = write(tmp_path, "x.jsonld", '{"@context": "http://127.0.0.1:1/c.jsonld", "@id": "http://example.org/a", "b": 1}')
    with pytest.raises(DataError, match=r"nothing is fetched\. Put the context into the file"):
        list(loading.parse_file(path))


@pytest.mark.parametrize("name", ["x.ttl", "x.nt", "x.jsonld", "x.rdf"])
def test_latin_1_is_refused_with_the_position_of_the_byte(tmp_path: Path, name: str) -> None:
    """A file in Latin-1 is an error at the very byte, whatever its format."""
    path = write(tmp_path, name, "# ü is fine\n# Zo".encode() + b"\xeb\n")
    with pytest.raises(DataError, match=r"byte 0xeb is no UTF-8\. Save the file as UTF-8") as caught:
        triples(path)
    assert caught.value.where == f"{path}:2:5"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_utf_16_is_refused(tmp_path: Path, encoding: str) -> None:
    """UTF-16 and UTF-32, with or without byte order mark, are named as what they are."""
    path = write(tmp_path, "x.ttl", SAME["a.ttl"].encode(encoding))
    with pytest.raises(DataError, match=r"is UTF-16 or UTF-32; RDF files are UTF-8\. Save it as UTF-8"):
        triples(path)


@pytest.mark.parametrize("name", SAME)
def test_byte_order_mark_is_passed_over(tmp_path: Path, name: str) -> None:
    """UTF-8 with a byte order mark reads like UTF-8 without."""
    expected = triples(write(tmp_path, "plain.ttl", SAME["a.ttl"]))
    assert triples(write(tmp_path, name, b"\xef\xbb\xbf" + SAME[name].encode())) == expected


def test_line_ends_of_windows_read_the_same(tmp_path: Path) -> None:
    """CRLF at the end of lines changes no triple."""
    expected = triples(write(tmp_path, "a.ttl", SAME["a.ttl"]))
    assert triples(write(tmp_path, "b.ttl", SAME["a.ttl"].replace("\n", "\r\n"))) == expected


@pytest.mark.parametrize("suffix", LABELLED)
def test_blank_nodes_of_two_files_never_merge(tmp_path: Path, suffix: str) -> None:
    """`_:b` in one file is another node than `_:b` in the next, in every format."""
    files = [write(tmp_path, f"{number}{suffix}", LABELLED[suffix] % number) for number in (1, 2)]
    found = triples(*files)
    assert len(found) == len({triple.subject for triple in found}) == 2
    parsed = {quad.subject for path in files for quad in loading.parse_file(path)}
    assert len(parsed) == 2


@pytest.mark.parametrize("first", LABELLED)
@pytest.mark.parametrize("second", [".ttl", ".nq"])
def test_blank_nodes_do_not_merge_across_formats(tmp_path: Path, first: str, second: str) -> None:
    """Nor do they meet between files of two formats, which are read in two ways."""
    files = [write(tmp_path, f"1{first}", LABELLED[first] % 1), write(tmp_path, f"2{second}", LABELLED[second] % 2)]
    assert len({triple.subject for triple in triples(*files)}) == 2


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".nq", ".trig"])
def test_one_blank_node_of_one_file_stays_one(tmp_path: Path, suffix: str) -> None:
    """Inside of one file the same label is the same node."""
    path = write(tmp_path, f"x{suffix}", (LABELLED[suffix] % 1) + (LABELLED[suffix] % 2))
    assert len(triples(path)) == 2
    assert len({triple.subject for triple in triples(path)}) == 1


def test_relative_iris_resolve_against_the_file(tmp_path: Path) -> None:
    """A relative IRI is one of its file, the same for `parse_file` and `fill`."""
    path = write(tmp_path, "a folder/x.ttl", "<#a> <http://example.org/p> <other> .")
    found = triples(path)
    assert found == {quad.triple for quad in loading.parse_file(path)}
    (triple,) = found
    assert triple.subject == ox.NamedNode(path.resolve().as_uri() + "#a")


def test_an_error_in_a_later_file_is_raised_as_it_is(tmp_path: Path) -> None:
    """The bulk loader hands on the error of the second file, with that file's name."""
    good, bad = write(tmp_path, "1.nq", SAME["a.nq"]), write(tmp_path, "2.nq", SAME["a.nq"] + "<broken")
    with pytest.raises(DataError) as caught:
        triples(good, bad)
    assert caught.value.where.startswith(f"{bad}:4:")


def test_control_characters_of_a_file_do_not_reach_the_screen(tmp_path: Path) -> None:
    """What a message quotes from a file cannot steer the terminal."""
    with pytest.raises(DataError) as caught:
        triples(write(tmp_path, "x.ttl", "@prefix e: <http://example.org/> .\ne:a \x1b[31m\x07 e:b ."))
    assert str(caught.value).replace(str(tmp_path), "").isprintable()


def test_packaged_files_are_ordered_and_complete() -> None:
    """The packaged graph is the ontology, the vocabularies, the curated files, and last the two derived ones."""
    files = loading.packaged_files()
    names = [path.name for path in files]
    assert names[:2] == ["oscegraph.ttl", "vocabularies.ttl"]
    assert names[-2:] == ["derived.nt", "inferred.nt"]
    assert len(set(files)) == len(files)
    assert sum(path.parent.name == "chapters" for path in files) == 21
    assert "shapes.ttl" not in names


def test_packaged_graph_has_no_blank_node() -> None:
    """Each node of the packaged graph has an IRI, so that anything in it can be named."""
    blank = [
        quad
        for path in loading.packaged_files()
        for quad in loading.parse_file(path)
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
    ]
    assert blank == []


FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
# Bytes near to Turtle reach further into the parser than bytes at random.
TOKENS = st.sampled_from(
    [
        *":<>a.;,[](){}#%\\\n\0\x1b\u2028\ufeffé",
        "@prefix",
        "@base",
        "PREFIX",
        "e:",
        "<http://example.org/>",
        "_:b",
        "e:a%2",
        '"',
        '"x"',
        "'" * 3,
        '"' * 3,
        "@en",
        "^^",
        "1",
        "-1e5",
        "true",
        "<<",
        ">>",
        "\\u0041",
        "\\U0010FFFF",
        "\\uD800",
    ]
)
NEAR = st.lists(TOKENS, max_size=25).map(lambda parts: " ".join(parts).encode())


def only_data_errors(path: Path, content: bytes) -> None:
    """Read the content in both ways; anything but success or a DataError with the file's name fails."""
    path.write_bytes(content)
    for read in (lambda: list(loading.parse_file(path)), lambda: triples(path)):
        try:
            read()
        except DataError as error:
            assert re.match(rf"{re.escape(str(path))}(:\d+(:\d+)?)?$", error.where)
            assert str(error).removeprefix(str(path)).isprintable()


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".trig", ".jsonld", ".rdf"])
@FUZZ
@given(content=st.one_of(st.binary(max_size=80), NEAR))
def test_any_bytes_give_triples_or_a_data_error(tmp_path: Path, suffix: str, content: bytes) -> None:
    """Whatever stands in a file, it is read, or a DataError says where it cannot be."""
    only_data_errors(tmp_path / f"x{suffix}", content)


@FUZZ
@given(prefix=st.text(max_size=8), iri=st.text(max_size=20), local=st.text(max_size=8))
def test_any_prefix_and_iri_give_triples_or_a_data_error(tmp_path: Path, prefix: str, iri: str, local: str) -> None:
    """The same for a file whose prefix, namespace and local name are anything."""
    text = f"@prefix {prefix}: <{iri}> .\n{prefix}:{local} {prefix}:p {prefix}:o ."
    only_data_errors(tmp_path / "x.ttl", text.encode("utf-8", "surrogatepass"))
