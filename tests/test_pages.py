"""The explorer's pages: what they show, their links, tables and RDF, and what they do with bad addresses."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pyoxigraph as ox
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from oscegraph import query
from oscegraph.api import Oscegraph
from oscegraph.explorer import linked, listing, pages
from oscegraph.explorer.listing import Column, Ref, Source, Table
from oscegraph.explorer.site import PAGES, Site
from oscegraph.namespaces import BASE, PREFIXES

KIEV = "/id/activity/2011-09-06-criminal-assets-seizure-asset-recovery-drug"
# One page of each sort, and the ones that are read most.
ADDRESSES = (
    "/",
    "/search?q=drug",
    "/about",
    "/actors",
    "/activities",
    "/activities?theme=thb&from=2011-06&to=2011-09",
    "/decisions",
    "/themes",
    "/places",
    "/chapters",
    "/id/body/unodc",
    "/id/body/spmu",
    "/id/body/osce",
    "/id/area/kosovo",
    "/id/area/kaz",
    "/id/area/central-asia",
    "/id/place/vienna",
    "/id/post/deputy-coordinator-cthb",
    KIEV,
    "/id/instrument/mc-dec-3-11",
    "/id/instrument/mc-dec-5-06",
    "/id/section/II.1.1",
    "/id/section/appendix-3",
    "/id/statement/count-2011",
    "/vocab/theme/thb",
    "/vocab/role/organizer",
    "/vocab/status/participating-state",
    "/vocab/kind",
    "/dataset/2011",
    "/ontology",
)
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}",
    "javascript:alert(1)",
    "' OR 1=1 --",
    "\u202edcba",
    "a" * 5000,
    "\x00\x07",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
)


@pytest.fixture(scope="module")
def site(graph: Oscegraph) -> Site:
    """The site of the packaged graph."""
    return Site(graph)


@pytest.fixture(scope="module")
def client(site: Site) -> Iterator[TestClient]:
    """A client of the pages alone, without the server around them."""
    with TestClient(Starlette(routes=[*pages.routes(site), *linked.routes(site)]), follow_redirects=False) as found:
        yield found


class Page(HTMLParser):
    """What a test asks of a page: its elements, ids, links, headings, and whether every element is closed."""

    EMPTY = frozenset({"meta", "link", "input", "br", "img", "hr", "line", "rect"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.levels: list[int] = []
        self.found: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        found = dict(attrs)
        self.found[tag] += 1
        self.attributes |= set(found)
        if found.get("id"):
            self.ids.append(found["id"] or "")
        if tag == "a":
            self.links.append(found.get("href") or "")
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note the end of an element."""
        if tag in self.EMPTY:
            return
        if not self.open or self.open[-1] != tag:
            self.unbalanced.append(tag)
        else:
            self.open.pop()


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_is_sound(address: str, client: TestClient) -> None:
    """Each page is well-formed, has one main heading and ordered ones, unique ids, and nothing that its policy forbids."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert len(answer.content) < 100_000
    page = Page(answer.text)
    assert page.unbalanced == [] and set(page.open) <= {"p"}
    assert page.levels[0] == 1 and page.levels.count(1) == 1
    assert all(after - before < 2 for before, after in zip(page.levels, page.levels[1:], strict=False))
    assert [name for name, number in Counter(page.ids).items() if number > 1] == []
    assert page.found["style"] == 0 and "style" not in page.attributes
    assert not any(name.startswith("on") for name in page.attributes)
    assert re.findall(r"<script(?! src=)", answer.text) == []
    assert '<html lang="en">' in answer.text and 'class="skip" href="#main"' in answer.text
    assert page.found["caption"] == page.found["table"] and page.found["main"] == 1
    missing = {to[1:] for to in page.links if to.startswith("#")} - set(page.ids)
    assert missing == set()


def test_links_lead_somewhere(client: TestClient) -> None:
    """Every link of these pages to a thing or a list stands, and what it points to in the page is there."""
    tools = ("/ask", "/matrix", "/overlaps", "/gaps", "/network", "/map", "/query", "/sparql", "/static")
    found = {to for address in ADDRESSES[:22] for to in Page(client.get(address).text).links if to.startswith("/")}
    bad = []
    for to in sorted(found)[::5]:
        path, _, mark = to.partition("#")
        if path.startswith(tools):
            continue
        answer = client.get(path)
        if answer.status_code not in (200, 303) or (mark and f'id="{mark}"' not in answer.text):
            bad.append(to)
    assert bad == []


def test_every_iri_of_the_graph_has_a_page(site: Site, client: TestClient) -> None:
    """Each IRI has a page at its path, or leads to the page that tells of it; a sample of each class is opened."""
    seen: Counter[str] = Counter()
    for iri, classes in site.known.items():
        seen[classes[0]] += 1
        if seen[classes[0]] % 25 != 1 or iri.startswith(PREFIXES["osg"]):
            continue
        answer = client.get(site.href(iri))
        if answer.status_code == 303:
            path, _, mark = answer.headers["location"].partition("#")
            answer = client.get(path)
            assert not mark or f'id="{mark}"' in answer.text
        assert answer.status_code == 200, iri


def test_start_page_has_the_ways_in(client: TestClient) -> None:
    """A search and an ask box, the figures of the graph, four ways in, and who is not behind it."""
    text = client.get("/").text
    assert 'action="/search"' in text and 'action="/ask"' in text
    assert "<b>336</b>" in text and "<b>368</b>" in text
    assert text.count('class="card"') == 4
    assert "not affiliated with the OSCE" in text and "without prejudice to its status" in text


def test_search_is_grouped_and_forgives_slips(client: TestClient) -> None:
    """One exact hit is a list, too; words with slips are found; what is not found has its nearest names."""
    assert "/id/body/unodc" in client.get("/search?q=UNODC").text
    assert "/id/body/unodc" in client.get("/search?q=united nations office on durgs").text
    assert "/vocab/theme/thb" in client.get("/search?q=trafikking in human").text
    vienna = client.get("/search?q=vienna").text
    assert vienna.index("Actors") < vienna.index("Places") and KIEV not in vienna
    assert KIEV in client.get("/search?q=Seizing Recovering").text
    assert "Nothing in the graph" in client.get("/search?q=xyzzyx").text
    assert client.get("/search").status_code == 200


def test_suggestions(client: TestClient) -> None:
    """Suggestions are JSON with what to show and where to go, the best first, and few."""
    found = client.get("/suggest?q=unod").json()
    assert found["results"][0] == {
        "label": "United Nations Office on Drugs and Crime",
        "kind": "organization",
        "found_as": "UNODC",
        "href": "/id/body/unodc",
    }
    assert client.get("/suggest?q=MC.DEC/3/11").json()["results"][0]["href"] == "/id/instrument/mc-dec-3-11"
    assert client.get("/suggest?q=Kazakhstan").json()["results"][0]["href"] == "/id/area/kaz"
    assert len(client.get("/suggest?q=a").json()["results"]) == 12
    assert client.get("/suggest?q=").json()["results"] == [] == client.get("/suggest").json()["results"]


def table(client: TestClient, address: str) -> list[dict[str, str]]:
    """Return a table as it is downloaded."""
    return list(csv.DictReader(io.StringIO(client.get(address).text)))


@pytest.mark.parametrize(
    "iri", ["body:unodc", "body:spmu", "body:mission-kosovo", "area:kaz", "area:kosovo", "post:deputy-coordinator-cthb"]
)
def test_panels_give_what_their_queries_give(iri: str, client: TestClient, graph: Oscegraph) -> None:
    """The SPARQL behind a panel gives the rows of the panel."""
    full = PREFIXES[iri.partition(":")[0]] + iri.partition(":")[2]
    path = full.removeprefix(BASE.rstrip("/"))

    def rows(name: str, *columns: str, **more: str) -> set[tuple[str, ...]]:
        return {tuple(row[c] or "" for c in columns) for row in query.run(graph.store, name, actor=full, **more)}

    def shown(name: str, *columns: str) -> set[tuple[str, ...]]:
        return {tuple(row[c] for c in columns) for row in table(client, f"{path}?format=csv&table={name}")}

    assert shown("activities", "activity_iri") == rows("panel-activities", "activity")
    assert shown("themes", "what_iri", "activities") == rows("panel-themes", "theme", "activities")
    assert shown("places", "what_iri", "activities") == rows("panel-places", "place", "activities")
    assert shown("roles", "role_iri", "activities") == rows("panel-roles", "role", "activities")
    assert shown("partners", "partner_iri") == rows("actor_ties", "partner")
    decisions = {("stated", *row) for row in shown("stated", "instrument_iri", "activities")}
    decisions |= {("by rule", *row) for row in shown("ruled", "instrument_iri", "activities")}
    assert decisions == rows("panel-decisions", "how", "instrument", "activities")
    months = sum(int(number) for _, number in rows("panel-months", "month", "activities"))
    apart = table(client, f"{path}?format=csv&table=months")
    assert months == sum(int(row["activities"]) for row in apart if re.search(r"\d", row["month"]))


@pytest.mark.parametrize("name", ["spmu", "mission-serbia", "iom", "presence-albania"])
def test_numbers_lead_to_their_activities(name: str, client: TestClient) -> None:
    """A number in a panel leads to a list with as many rows: a partner there is one without its bodies and parts."""
    text = client.get(f"/id/body/{name}").text
    found = re.findall(r'href="(/activities\?[^"]+)" aria-label="(\d+), the list', text)
    assert len(found) > 20
    for to, number in found:
        assert len(table(client, to.replace("&amp;", "&") + "&format=csv")) == int(number), to


def test_tellings_stand_side_by_side(client: TestClient) -> None:
    """The seminar of 6-8 September is told three times; what differs is marked, and how to take it is said."""
    text = client.get(KIEV).text
    assert "3 tellings side by side" in text
    assert "They differ in: title, date, theme, assistance, attendee, people reached." in text
    assert "<mark>2011-09</mark>" in text and "<mark>2011-09-06/2011-09-08</mark>" in text
    assert "How to take it: Three chapters give three titles" in text
    assert "II.3.2, lines 1301-1304" in text and 'id="II.3.2-L1301"' in text
    alone = client.get("/id/activity/2011-continued-spmu-work-organized-crime-under").text
    assert "side by side" not in alone and "the report does not say" in alone


def test_a_telling_leads_to_its_activity(client: TestClient) -> None:
    """Tellings, participations and shares lead to the activity, 303, but have RDF of their own."""
    for path in ("/id/telling/II.3.2-L1301", "/id/telling/II.1.1-L470.organizer", f"{KIEV}/by/spmu"):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 303 and answer.headers["location"].startswith(KIEV)
        assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 200


def test_decision_keeps_the_stated_and_the_inferred_apart(client: TestClient) -> None:
    """What rests on a decision by rule is no part of what rests on it as stated."""
    stated = {row["activity_iri"] for row in table(client, "/id/instrument/mc-dec-5-06?format=csv&table=stated")}
    ruled = {row["activity_iri"] for row in table(client, "/id/instrument/mc-dec-5-06?format=csv&table=ruled")}
    assert stated and ruled and not stated & ruled
    text = client.get("/id/instrument/mc-dec-3-11").text
    assert "MC.DEC/3/11" in text and "OSCE Ministerial Council" in text and "Vilnius" in text
    assert "The report does not say that the activity rests on it." in client.get("/id/instrument/mc-dec-5-06").text


def test_kosovo_is_a_territory(client: TestClient) -> None:
    """It is no state, and its page says how it is named."""
    text = client.get("/id/area/kosovo").text
    assert '<p class="kind">territory</p>' in text and "Security Council Resolution 1244" in text


@pytest.mark.parametrize(
    ("kind", "media_type", "parse"),
    [
        ("ttl", "text/turtle", ox.RdfFormat.TURTLE),
        ("nt", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("jsonld", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("rdf", "application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_rdf_by_negotiation(kind: str, media_type: str, parse: Any, client: TestClient, graph: Oscegraph) -> None:
    """By header or by suffix each format has the same triples, all of them in the graph, with those of participations."""
    by_header = client.get("/id/telling/II.1.1-L470", headers={"Accept": f"{media_type}, text/html;q=0.5"})
    by_suffix = client.get(f"/id/telling/II.1.1-L470?format={kind}", headers={"Accept": "text/html"})
    assert by_header.content == by_suffix.content and by_header.headers["vary"] == "Accept"
    assert by_header.headers["content-type"].split(";")[0] == media_type
    triples = {quad.triple for quad in ox.parse(by_header.content, format=parse)}
    subjects = {str(triple.subject) for triple in triples}
    assert f"<{PREFIXES['tell']}II.1.1-L470>" in subjects and f"<{PREFIXES['tell']}II.1.1-L470.organizer>" in subjects
    assert len(triples) > 20
    assert all(graph.store.ask(f"ASK {{ {triple} }}") for triple in triples)


def test_rdf_of_what_much_points_to_is_bounded(client: TestClient) -> None:
    """A theme that hundreds of things point to is served with at most a thousand of them."""
    triples = list(ox.parse(client.get("/vocab/theme/thb?format=nt").content, format=ox.RdfFormat.N_TRIPLES))
    assert 100 < len(triples) < 1100


@pytest.mark.parametrize(
    ("accept", "status", "media_type"),
    [
        ("", 200, "text/html"),
        ("*/*", 200, "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 200, "text/html"),
        ("text/turtle;q=0.4, application/ld+json", 200, "application/ld+json"),
        ("application/rdf+xml;q=0.9, */*;q=0.1", 200, "application/rdf+xml"),
        ("image/png", 406, "text/plain"),
        ("text/turtle;q=0", 406, "text/plain"),
    ],
)
def test_accept(accept: str, status: int, media_type: str, client: TestClient) -> None:
    """What the client likes most is served, a page among equals, and 406 where it likes nothing."""
    answer = client.get("/id/body/unodc", headers={"Accept": accept})
    assert answer.status_code == status and answer.headers["content-type"].startswith(media_type)
    assert answer.headers["vary"] == "Accept"


def test_pages_name_their_rdf(client: TestClient) -> None:
    """A page has links to its RDF in its head."""
    text = client.get("/id/body/unodc").text
    assert '<link rel="alternate" type="text/turtle" href="/id/body/unodc?format=ttl">' in text


def test_ontology(client: TestClient, graph: Oscegraph) -> None:
    """Each term has an anchor in one page, and the RDF has all triples of the ontology; its version leads there."""
    text = client.get("/ontology").text
    terms = {row["thing"] for row in query.run(graph.store, "known") if (row["thing"] or "").startswith(PREFIXES["osg"])}
    assert terms and all(f'id="{(term or "").partition("#")[2]}"' in text for term in terms)
    triples = ox.parse(client.get("/ontology?format=ttl").content, format=ox.RdfFormat.TURTLE)
    assert {quad.subject.value for quad in triples if isinstance(quad.subject, ox.NamedNode)} >= terms
    assert client.get("/0.1.0/ontology").headers["location"] == "/ontology"


def test_unknown_things_have_near_names(client: TestClient) -> None:
    """404 names what may have been meant, and repeats nothing as markup."""
    answer = client.get("/id/body/unodcc")
    assert answer.status_code == 404 and '<a href="/id/body/unodc">' in answer.text
    assert client.get("/vocab/nothing").status_code == 404
    assert client.get("/id/body/unodcc", headers={"Accept": "text/turtle"}).status_code == 404
    assert client.get("/id/body/unodc?format=exe").status_code == 406
    assert client.get("/id/body/unodc?format=csv&table=none").status_code == 404


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_of_the_address_is_only_text(attack: str, client: TestClient) -> None:
    """Whatever stands in an address is shown as text, in every place that shows it, and breaks nothing."""
    asked = quote(attack, safe="")
    addresses = [
        f"/search?q={asked}",
        f"/suggest?q={asked}",
        f"/activities?theme={asked}",
        f"/activities?actor={asked}&q={asked}&from={asked}",
        f"/actors?q={asked}&type={asked}",
        f"/decisions?by={asked}",
        f"/activities?sort={asked}&page={asked}",
        f"/id/body/{asked}",
        f"/vocab/{asked}",
        f"/id/body/unodc?all={asked}",
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in (200, 400, 404), address
        assert "<script>alert" not in answer.text and "<img src=x" not in answer.text and ">49<" not in answer.text
        assert 'href="javascript:' not in answer.text and "Traceback" not in answer.text and "/src/" not in answer.text


def test_only_web_addresses_become_links(site: Site) -> None:
    """Own IRIs become paths, others stay as they are, and anything else is no link."""
    assert site.href(BASE + "id/body/unodc") == "/id/body/unodc"
    assert site.href(PREFIXES["osg"] + "Telling") == "/ontology#Telling"
    assert site.href("https://sws.geonames.org/1/") == "https://sws.geonames.org/1/"
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        "JaVaScRiPt:x",
        "//evil.example",
        "file:///etc/passwd",
        "http://[",
        "x",
    ):
        assert site.href(bad) == ""


def test_lists_are_filtered_sorted_and_cut(client: TestClient) -> None:
    """Choices narrow a list, the head of a column sorts it, and long ones have pages that hold every row once."""
    everything = table(client, "/activities?format=csv")
    assert len(everything) == 336
    some = table(client, "/activities?theme=thb&where=Kazakhstan&format=csv")
    assert 0 < len(some) < 20
    both = table(client, "/activities?actor=SPMU&with=UNODC&format=csv")
    assert len(both) == 4
    by_unit = table(client, "/activities?unit=body:spmu&from=2011-06&to=2011-06&format=csv")
    assert by_unit and all(row["when"].startswith("2011-06") for row in by_unit)
    names = [row["actor"] for row in table(client, "/actors?sort=-activities&format=csv")]
    assert names[0] == "Organization for Security and Co-operation in Europe"
    seen = [
        to
        for number in range(1, len(names) // 100 + 2)
        for to in re.findall(r'data-head="actor"><a href="([^"]+)"', client.get(f"/actors?page={number}").text)
    ]
    assert len(seen) == len(set(seen)) == len(names)
    first = client.get("/activities?sort=-when").text
    assert 'aria-sort="descending"' in first and first.index("2011-12") < first.index("Page")
    assert client.get("/activities?theme=nonsense").status_code == 400
    assert "The report tells of nothing that fits all of this" in client.get("/activities?q=xyzzy").text


def test_downloads_have_iris_and_lines(client: TestClient) -> None:
    """A row of a download has the IRI of each thing, and chapter and lines apart; JSON has the same rows."""
    row = next(r for r in table(client, "/activities?format=csv") if r["activity_iri"] == BASE.rstrip("/") + KIEV)
    assert row["chapter"] == "II.1.1; II.3.2; II.3.11" and row["lines"] == "470-474; 1301-1304; 2118-2121"
    assert row["place"] == "Kiev" and row["place_iri"] == PREFIXES["place"] + "kiev"
    answer = client.get("/activities?format=json")
    assert answer.headers["content-type"] == "application/json"
    found = next(r for r in json.loads(answer.text)["rows"] if r["activity"]["iri"] == BASE.rstrip("/") + KIEV)
    assert found["told"][1] == {"chapter": "II.3.2", "lines": [1301, 1304]}
    assert 'filename="activities.csv"' in client.get("/activities?format=csv").headers["content-disposition"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    """A text that a spreadsheet would run is marked; numbers stay numbers."""
    found = Table(
        "t", "T", [Column("a", "a"), Column("n", "n", number=True)], [{"a": Ref(cell, "https://x.example/"), "n": -1}]
    )
    row = next(csv.DictReader(io.StringIO(listing.to_csv(found))))
    assert row["a"] == f"'{cell}" and row["n"] == "-1"


def test_sorting_puts_what_is_missing_last() -> None:
    """Rows without a value come last in both directions; sources are sorted by line, not as text."""
    rows: list[dict[str, Any]] = [{"a": None}, {"a": Source("II", 20, 21)}, {"a": Source("I", 3, 4)}]
    found = Table("t", "T", [Column("a", "a")], rows)
    assert [row["a"] for row in listing.ordered(found, "a")] == [rows[2]["a"], rows[1]["a"], None]
    assert [row["a"] for row in listing.ordered(found, "-a")] == [rows[1]["a"], rows[2]["a"], None]


def test_pages_are_kept_and_not_sent_twice(client: TestClient, site: Site) -> None:
    """A page has an entity tag; who has it already gets 304; a page that was kept is the same; what is kept is bounded."""
    first = client.get("/id/body/unodc")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/id/body/unodc", headers={"If-None-Match": f'"x", W/{first.headers["etag"]}'})
    assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == first.headers["etag"]
    assert client.get("/id/body/unodc").content == first.content
    assert client.head("/id/body/unodc").headers["content-length"] == str(len(first.content))
    for number in range(PAGES + 20):
        client.get(f"/suggest?q=u&n={number}")
    assert len(site._made) <= PAGES


def test_queries_open_in_the_editor(client: TestClient, graph: Oscegraph) -> None:
    """The link beside a query holds the query itself, which runs."""
    text = client.get("/id/body/unodc").text
    links = [to for to in Page(text).links if to.startswith("/query?")]
    assert len(links) >= 7
    for to in links:
        _, rows = graph.store.select(parse_qs(urlsplit(to).query)["query"][0])
        assert next(rows, None) is not None
