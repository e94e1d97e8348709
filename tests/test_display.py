"""Results in a notebook: what they show, that nothing in them is markup, and the data frames that they become."""

from __future__ import annotations

import datetime
import html.parser
import importlib
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest

from oscegraph import answers, display, display_networks, output, query
from oscegraph.api import Oscegraph
from oscegraph.display_results import Partners, Rows, Shared, Tellings
from oscegraph.errors import EmptyNetwork, FilterError, QueryError
from oscegraph.tellings import Telling

_XSD = "http://www.w3.org/2001/XMLSchema#"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></table></iframe><b>",
    "{{ 7*7 }}{% include 'x' %}",
    "see href <a href='javascript:alert(1)'>x</a>",
    "a\u202eb\x1b[31m\x00c\u2028d",
)


class _Seen(html.parser.HTMLParser):
    """The elements, addresses and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


def _shown(result: Any) -> _Seen:
    return _Seen(result._repr_html_())


def test_partners_show_roles_and_evidence(graph: Oscegraph) -> None:
    """`who` shows a row a partner, with the places that tell of it; it stays the answer that it was."""
    found = graph.who("UNODC", on="thb")
    assert isinstance(found, (Partners, answers.Who)) and all(not partner.evidence for partner in found.partners)
    seen = _shown(found)
    assert "20 partners in 3 shared activities, on trafficking in human beings" in seen.words
    assert "II.3.11, lines 2088-2093; II.3.12, lines 2165-2172" in seen.words
    assert "https://w3id.org/oscegraph/id/body/iom" in seen.addresses
    assert seen.elements == {"div", "p", "strong", "table", "thead", "tr", "th", "tbody", "td", "a"}
    assert repr(found).endswith("20 rows>") and len(repr(found)) < 200
    assert graph.who("UNODC", on="thb", evidence=True).partners[0].evidence


def test_nobody_is_said(graph: Oscegraph) -> None:
    """An empty answer says which kind of none it is."""
    seen = _shown(graph.between("ODIHR", "OSR/CTHB"))
    assert "The report names no activity that" in seen.words and "table" not in seen.elements
    assert "The filters leave no partner" in _shown(graph.who("UNODC", on="cyber", role="funder")).words
    assert "No row" in _shown(graph.sparql("SELECT ?x { ?x a osg:Nothing }")).words


def test_shared_activities_and_tellings(graph: Oscegraph) -> None:
    """`between` and `tellings` show a row a telling, with chapter and lines."""
    shared = graph.between("UNODC", "IOM")
    assert isinstance(shared, (Shared, answers.Between)) and "II.3.11, lines 2088-2093" in _shown(shared).words
    tellings = graph.tellings("UNODC", on="thb")
    assert isinstance(tellings, Tellings) and isinstance(tellings, list) and isinstance(tellings[0], Telling)
    assert tellings[0].source in _shown(tellings).words and tellings[:1] == [tellings[0]]


def test_rows_put_labels_and_places_together(graph: Oscegraph) -> None:
    """A label stands for its thing, and chapter and lines become one place; the data frame has every column."""
    found = graph.query("decision_activities")
    assert isinstance(found, (Rows, query.Result))
    sheet = found.sheet()
    assert list(sheet.columns) == ["instrument", "symbol", "activity", "earliest", "latest", "evidence"]
    assert sheet.rows[0][-1] == "II.1.1, lines 324-325"
    assert list(found.frame().columns) == found.columns
    assert next(iter(found))["chapter"] == "II.1.1"


def test_own_sparql(graph: Oscegraph) -> None:
    """Prefixes need no declaration; what is no SELECT is refused in words."""
    found = graph.sparql("SELECT (COUNT(?a) AS ?n) { ?a a osg:Activity }")
    assert found.frame().rows == [[336]]
    with pytest.raises(QueryError, match=r"no SPARQL 1\.1"):
        graph.sparql("SELECT")
    with pytest.raises(QueryError, match="no SELECT"):
        graph.sparql("ASK {}")


def test_long_tables_are_cut_and_say_so(graph: Oscegraph) -> None:
    """Fifty rows are shown; the data frame has all."""
    found = graph.tellings()
    text = found._repr_html_()
    assert text.count("<tr>") == 51 and "The first 50 of 368 rows" in text and len(found.to_pandas()) == 368
    assert "The first" not in display.Table(["x"], [[number] for number in range(50)])._repr_html_()


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_becomes_markup(words: str) -> None:
    """Whatever stands in a title, a column, a cell, a link or a remark is shown as text."""
    plain = display.Table([words], [["x"]])._repr_html_()
    table = display.Table([words], [[words], [display.Link(words, "https://example.org/")]], words, [words])
    seen = _shown(table)
    assert seen.elements <= {"div", "p", "strong", "table", "thead", "tr", "th", "tbody", "td", "a"}
    assert seen.attributes <= {"class", "scope", "href", "target", "rel"}
    assert seen.words.count(output.clean(words)) == 5 and output.clean(words) in _Seen(plain).words
    assert not any(c in table._repr_html_() for c in "\u202e\x1b\x00\u2028")
    page = display_networks.Page(words, f"<p>{words}</p>")
    assert _shown(page).elements == {"iframe"}


@pytest.mark.parametrize(
    ("iri", "leads"),
    [
        ("https://example.org/a?b=c&d", True),
        ("http://example.org/", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/", False),
        ("file:///etc/passwd", False),
        ("https://example.org/\u202ex", False),
        ("urn:x", False),
    ],
)
def test_only_web_addresses_are_links(iri: str, leads: bool) -> None:
    """Any other IRI is shown as text."""
    assert _shown(display.Table(["x"], [[display.Link("x", iri)]])).addresses == ([iri] if leads else [])
    assert _shown(Rows(["x"], [(ox.NamedNode(iri),)] if leads else [])).addresses == ([iri] if leads else [])


def _literals(*values: tuple[str, str]) -> Rows:
    return Rows(["x"], [(ox.Literal(value, datatype=ox.NamedNode(_XSD + kind)),) for value, kind in values] + [(None,)])


@pytest.mark.parametrize(
    ("rows", "kind", "values"),
    [
        (_literals(("1", "integer"), ("-2", "int")), "Int64", [1, -2, None]),
        (_literals(("1", "integer"), ("0.5", "decimal")), "Float64", [1.0, 0.5, None]),
        (_literals(("true", "boolean"), ("0", "boolean")), "Boolean", [True, False, None]),
        (_literals(("2011-03-01", "date")), "Date", [datetime.date(2011, 3, 1), None]),
        (_literals(("2011-03-01", "date"), ("x", "string")), "String", ["2011-03-01", "x", None]),
        (_literals((str(2**70), "integer")), "String", [str(2**70), None]),
        (_literals(("no number", "integer"), ("2011-99-99", "date")), "String", ["no number", "2011-99-99", None]),
        (Rows(["x"], [(None,)]), "String", [None]),
        (Rows(["x"], []), "String", []),
    ],
)
def test_values_keep_their_type(rows: Rows, kind: str, values: list[Any]) -> None:
    """Numbers, days and truth values are such in a data frame; a column of several types, or of wrong ones, is text."""
    polars = rows.to_polars()
    assert str(polars.schema["x"]) == kind and polars["x"].to_list() == values
    pandas = rows.to_pandas()
    expected = {"Date": "datetime64", "Int64": "Int64", "Float64": "Float64", "Boolean": "boolean"}
    assert str(pandas["x"].dtype).startswith(expected.get(kind, ("str", "object"))) and len(pandas) == len(values)
    assert pandas["x"].isna().tolist() == [value is None for value in values]


def test_data_frames_of_each_result(graph: Oscegraph) -> None:
    """Each result becomes a frame in both libraries, with the same columns and rows."""
    network = graph.network("units")
    results: list[display.Shown] = [
        graph.who("UNODC"),
        graph.between("UNODC", "IOM"),
        graph.between("ODIHR", "OSR/CTHB"),
        graph.tellings("UNODC"),
        graph.query("decision_activities"),
        display.table([{"a": 1, "b": None}, {"b": "x"}]),
        display.table(output.Table(["a"], [[["one", "two"]]])),
        display_networks.Ties(network),
        display_networks.ranks(network, "degree", "constraint"),
    ]
    for result in results:
        pandas, polars = result.to_pandas(), result.to_polars()
        assert list(pandas.columns) == polars.columns == list(result.frame().columns)
        assert len(pandas) == len(polars) == len(result.frame().rows)


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_missing_package_is_named(name: str, monkeypatch: pytest.MonkeyPatch, graph: Oscegraph) -> None:
    """Without the package the error says which to install."""

    def missing(wanted: str, *_: object) -> None:
        raise ModuleNotFoundError(f"No module named '{wanted}'", name=wanted)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(ModuleNotFoundError, match=f"pip install {name}"):
        getattr(graph.tellings("UNODC"), f"to_{name}")()


def test_nothing_heavy_is_imported_for_results() -> None:
    """Results show themselves without pandas, polars or networkx, and Jinja2 only when they do."""
    code = (
        "import sys, oscegraph; found = oscegraph.load().who('UNODC')\n"
        "print(sorted({'pandas', 'polars', 'jinja2', 'networkx', 'IPython'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_network_shows_figures_and_heaviest_ties(graph: Oscegraph) -> None:
    """A network shows what it is, its size, its heaviest ties, and what a tie does not mean."""
    network = graph.network("units", on="drugs", weighting="newman")
    ties = display_networks.Ties(network)
    words = _shown(ties).words
    assert f"{len(network)} nodes, {network.number_of_edges()} ties; density" in words
    assert "weighting newman, series once, on " in words and "no tie means that it tells of none" in words
    weights = [row[2] for row in ties.sheet().rows]
    assert weights == sorted(weights, reverse=True)
    assert "0 nodes, 0 ties" in _shown(display_networks.Ties(nx.Graph())).words


def test_two_mode_and_decision_networks_show_too(graph: Oscegraph) -> None:
    """Networks of other kinds have a table as well."""
    for name in ("two-mode", "decision-unit", "unit-place"):
        assert _shown(display_networks.Ties(graph.network(name))).addresses


def test_ranks_say_what_they_measure(graph: Oscegraph) -> None:
    """Value and rank of each measure, with definition and source below."""
    found = display_networks.ranks(graph.network("units"), "betweenness")
    assert found.rows[0][0].text == "Strategic Police Matters Unit" and found.rows[0][2] == 1
    assert "Freeman 1977" in _shown(found).words
    with pytest.raises(FilterError):
        display_networks.ranks(graph.network("units"), "nonsense")


def test_networks_show_themselves_in_a_notebook_only(graph: Oscegraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a notebook a network of oscegraph shows itself, and any other graph stays as it was."""
    printers: dict[type, Any] = {}
    formatter = SimpleNamespace(type_printers=printers, for_type=printers.__setitem__)
    shell = SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": formatter}))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))  # type: ignore[arg-type]
    network = graph.network("units")
    assert type(network) is nx.Graph
    assert "Network units" in printers[nx.Graph](network) and printers[nx.Graph](nx.Graph()) is None
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))  # type: ignore[arg-type]
    display_networks.show_networks()


def test_map_is_kept_apart(graph: Oscegraph, tmp_path: Path) -> None:
    """A map stands in a frame that may run its own script and nothing else, and can be saved as a file."""
    page = graph.map("units", on="drugs")
    text = page._repr_html_()
    seen = _Seen(text)
    assert seen.elements == {"iframe"} and 'sandbox="allow-scripts allow-downloads"' in text
    assert "allow-same-origin" not in text and "<script" not in text
    assert page.page.startswith("<!DOCTYPE html>") and repr(page).startswith("<Map ")
    assert page.save(tmp_path / "map.html").read_text(encoding="utf-8") == page.page
    with pytest.raises(EmptyNetwork):
        graph.map("units", on="cyber", place="Vienna", start="January", end="January")
