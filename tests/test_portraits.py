"""Portraits and the whole document: their numbers are the library's, all is evidenced, nothing is more than text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from oscegraph import (
    answers,
    called,
    counts,
    document,
    events,
    gaps,
    matrix,
    networks,
    overlaps,
    plots,
    portrait_facts,
    portraits,
    query,
    survey,
)
from oscegraph.api import Oscegraph
from oscegraph.cli import cli
from oscegraph.directory import Thing
from oscegraph.document import Evidence, Link, Section, Table, by_month, dated
from oscegraph.explorer import listing, panels
from oscegraph.filters import Filters
from oscegraph.tellings import differently_dated

UNITS = ("SPMU", "ODIHR", "OMIK", "OSCE Mission to Bosnia and Herzegovina")
OTHERS = ("UNODC", "Kazakhstan", "Ministry of Interior of Ukraine", "Andorra")
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """A page as a reader meets it; every tag must be closed in its order, every id be there once."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.levels: list[int] = []
        self.attributes: list[str] = []
        self.text = ""
        self.feed(html.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag, its id, its link and its attributes."""
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if "href" in values else []
        if tag in ("h1", "h2", "h3", "h4"):
            self.levels.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that closes itself."""
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that is open."""
        assert self.open and self.open[-1] == tag, (tag, self.open[-3:], self.getpos())
        self.open.pop()

    def handle_data(self, data: str) -> None:
        """Gather the text."""
        self.text += data

    def check(self) -> None:
        """All that holds for any page of the desk."""
        assert self.open == []
        assert len(self.ids) == len(set(self.ids))
        assert {link for link in self.links if not link.startswith("#")} == set()
        assert {link[1:] for link in self.links} <= set(self.ids)
        assert not {"script", "img", "link", "iframe", "object", "form"} & set(self.tags)
        assert not [name for name in self.attributes if name.startswith("on") or name == "src"]
        assert self.levels[0] == 1 and self.levels.count(1) == 1
        assert all(below - above <= 1 for above, below in zip(self.levels, self.levels[1:], strict=False))


@pytest.fixture(scope="module")
def whole(graph: Oscegraph) -> bytes:
    """The whole document."""
    return survey.report(graph)


def _sections(graph: Oscegraph, name: str) -> tuple[Thing, dict[str, Section], Evidence]:
    thing, made = graph.actor(name), portraits.Portraits(graph)
    found = made.activities(thing)
    proof = Evidence(graph, found)
    return thing, {section.anchor: section for section in made.sections(thing, found, proof)}, proof


def _whole(graph: Oscegraph, thing: Thing) -> str:
    """The structure of a post or department, or the thing itself."""
    structures = [t.iri for t in graph.directory.actors() if t.cls in called.STRUCTURES]
    inside = [iri for iri in structures if thing.iri in graph.directory.circle(iri)]
    return inside[0] if inside and thing.cls in ("Post", "Department") else thing.iri


def _numbers(table: Table, column: int = 1) -> dict[str, int]:
    return {row[0]: row[column].number if isinstance(row[column], Link) else row[column] for row in table.rows}


@pytest.mark.parametrize("name", [*UNITS, *OTHERS])
def test_numbers_are_those_of_the_library(name: str, graph: Oscegraph) -> None:
    """Figures, partners, themes and months say what `who`, `activities` and the shares say."""
    thing, sections, proof = _sections(graph, name)
    figures = _numbers(sections["figures"].tables[0])
    involved = answers.find_activities(graph.store, graph.directory, Filters(), actor=thing.iri)
    assert {a.id for a in involved} <= proof.number.keys()
    assert figures["Activities"] == len(proof.activities)
    who = graph.who(name)
    expected: dict[str, set[str]] = {}
    inside = graph.directory.circle(thing.iri)
    for partner in who.partners:
        one = _whole(graph, partner.thing)
        for iri in (one, *portrait_facts.wholes(graph, one)):
            if iri == one or not inside & graph.directory.circle(iri):
                expected.setdefault(iri, set()).update(partner.activities)
    assert figures["Partners"] == sum(expected.keys().isdisjoint(portrait_facts.wholes(graph, iri)) for iri in expected)
    assert figures["activities with a partner"] == who.activities
    shares = [row for row in query.run(graph.store, "plan-units") if row["structure"] == thing.iri]
    assert ("told by its own chapter" in figures) == (name in UNITS)
    if name in UNITS:
        told = sum(row["toldAs"] == "told" for row in shares)
        assert (figures["told by its own chapter"], figures["named by other chapters only"]) == (told, len(shares) - told)
        assert proof.number.keys() == {row["activity"] for row in shares}
    if who.partners:
        table = sections["partners"].tables[0]
        assert [row[2].number for row in table.rows] == sorted(map(len, expected.values()), reverse=True)
        labels = {graph.directory.label(iri): len(activities) for iri, activities in expected.items()}
        assert {row[0]: row[2].number for row in table.rows} == labels
    if sections["timeline"].tables:
        assert sum(_numbers(sections["timeline"].tables[0]).values()) == len(proof.activities)
    for theme, number in _numbers(sections["themes"].tables[0]).items() if sections["themes"].tables else ():
        iri = graph.directory.concept("theme", theme)
        assert number == sum(iri in activity.facts["theme"] for activity in proof.activities), theme


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        ("UNODC", "ATU", 5),
        ("Ministry of Interior of Ukraine", "OSCE Project Co-ordinator in Ukraine", 10),
        ("Ministry of Interior of Serbia", "OSCE Mission to Serbia", 14),
        ("Ministry of Foreign Affairs of Tajikistan", "OSCE Office in Tajikistan", 7),
    ],
)
def test_a_pair_has_one_number_on_either_side(one: str, other: str, number: int, graph: Oscegraph) -> None:
    """What a part of a body did with a unit stands under the body on the page of the unit, too."""
    for mine, theirs in ((one, other), (other, one)):
        rows = {row[0]: row for row in _sections(graph, mine)[1]["partners"].tables[0].rows}
        assert rows[graph.actor(theirs).label][2].number == number


def test_a_part_of_a_partner_says_so(graph: Oscegraph) -> None:
    """It is listed, and no partner of its own."""
    rows = {row[0]: row[1] for row in _sections(graph, "ATU")[1]["partners"].tables[0].rows}
    assert rows["UNODC Terrorism Prevention Branch"] == "organization, part of United Nations Office on Drugs and Crime"


def test_whom_a_project_helped_did_not_come(graph: Oscegraph) -> None:
    """The victims that a project found are not among those who came to what a unit organized."""
    figures = _numbers(_sections(graph, "OSCE Project Co-ordinator in Ukraine")[1]["figures"].tables[0])
    assert figures["People whom its projects found or helped"] == 338
    assert figures["People at what it organized, hosted or was a partner in"] == 80


def test_a_state_shows_its_bodies(graph: Oscegraph) -> None:
    """What the page of a State tells is of the State as such; its bodies, with how much of each, are named there."""
    _, sections, _ = _sections(graph, "Kazakhstan")
    assert "its bodies have their own pages" in " ".join(sections["figures"].says)
    rows = {row[0]: row[2] for row in sections["figures"].tables[-1].rows}
    assert rows["Supreme Court of Kazakhstan"] == 2 and "Centre in Astana" not in " ".join(rows)


def test_dates_are_as_told(graph: Oscegraph) -> None:
    """A set of days, a day with which a longer time begins, and a length that the days do not make."""
    dates = {row["title"]: row["date"] for row in _sections(graph, "OSCE Office in Yerevan")[2].rows()}
    dates |= {row["title"]: row["date"] for row in _sections(graph, "OSCE Office in Tajikistan")[2].rows()}
    pilots = next(date for title, date in dates.items() if title.startswith("Pilot training courses"))
    assert pilots == "2011-04-25, 2011-04-28 to 2011-04-29" and dates["Drug Prevention Campaign"] == "2011-06-24 to 2011-09"
    assert "2011-10-29 (1 week by the report)" in dates.values()
    two = dates["Victim Identification Indicators and Victim Profiling"]
    assert two == "2011-06-23 to 2011-06-25 (2 days by the report)"


def test_staff_and_people_of_spmu(graph: Oscegraph) -> None:
    """Staff is as printed; people are the largest number told of each activity by somebody who did not only send some."""
    _, sections, proof = _sections(graph, "SPMU")
    figures = _numbers(sections["figures"].tables[0])
    assert figures["Staff on organized crime, as printed, 2011"] == 4
    inside = graph.directory.circle(graph.actor("SPMU").iri)
    made = [a for a in proof.activities if {"organizer", "partner", "host"} & set(answers.roles_in(a, inside))]
    people = [max((t.people for t in a.tellings if t.people is not None), default=0) for a in made]
    assert figures["People at what it organized, hosted or was a partner in"] == sum(people) == 461
    rows = {row[0]: row[2] for row in sections["figures"].tables[0].rows}
    assert "4 of them with “over”, “about” or the like" in rows["People at what it organized, hosted or was a partner in"]
    assert figures["People at other activities of others"] == 29


@pytest.mark.parametrize(
    ("name", "made", "sent", "others"),
    [("OSCE Office in Yerevan", 130, 5, 2), ("OMIK", 35, None, 80), ("OSCE Centre in Ashgabat", 0, 10, 220)],
)
def test_people_at_events_of_others_are_apart(
    name: str, made: int, sent: int | None, others: int | None, graph: Oscegraph
) -> None:
    """Whoever sent one person to a conference of 120 reached one, and what it only paid for or came to is not its own."""
    figures = _numbers(_sections(graph, name)[1]["figures"].tables[0])
    assert figures["People at what it organized, hosted or was a partner in"] == made
    assert figures.get("People whom it sent to activities of others") == sent
    assert figures.get("People at other activities of others") == others


@pytest.mark.parametrize(
    ("name", "partners"),
    [
        ("OMIK", {"European Commission Liaison Office in Kosovo", "International Criminal Investigative Training"}),
        ("SPMU", {"Criminal Police", "Eurojust", "Shanghai", "World Customs", "Collective Security", "Democratic Control"}),
        ("OCEEA", {"Council of Europe"}),
        ("UNODC", {"OSCE Mission in Kosovo", "Strategic Police Matters Unit"}),
    ],
)
def test_partners_in_general_have_their_place(name: str, partners: set[str], graph: Oscegraph) -> None:
    """Whom the report names as a partner without an activity stands in a table of its own, with chapter and lines."""
    thing, sections, _ = _sections(graph, name)
    table = sections["partners"].tables[1]
    said = {row[0]: row for row in table.rows}
    inside = graph.directory.circle(thing.iri)
    named: set[str] = set()
    for statement in (s for iri in inside for s in answers.read_statements(graph.store, graph.directory, iri)):
        facts = statement["facts"]
        if statement["class"] == "CooperationStatement":
            named |= set(facts["namesPartner"] if inside & set(facts["saidOf"]) else facts["saidOf"])
    assert set(said) == {graph.directory.label(_whole(graph, graph.directory.things[iri])) for iri in named - inside}
    for words in partners:
        assert any(words in label for label in said), words
    assert all(re.match(r"I+\.[\d.]+, lines \d+-\d+", row[2]) for row in table.rows)
    shared = {p.thing.label: len(p.activities) for p in graph.who(name).partners}
    for label, row in said.items():
        assert (row[3].number if isinstance(row[3], Link) else 0) >= shared.get(label, 0)


def test_focal_points_are_posts_with_their_place(graph: Oscegraph) -> None:
    """Each structure but one has a focal point: the titles that the graph holds, and where they stand, no names."""
    for row in query.run(graph.store, "matrix-structures"):
        thing = graph.directory.things[row["structure"] or ""]
        made = portraits.Portraits(graph)
        found = made.activities(thing)
        figures = made.figures(thing, found, Evidence(graph, found), "").tables[0].rows
        posts = [line for line in figures if line[0] == "Focal point on organized crime"]
        assert bool(posts) == (row["scope"] != "outside")
        assert all(line[2].startswith("appendix-3, lines ") for line in posts)
    rows = _sections(graph, "SPMU")[1]["figures"].tables[0].rows
    titles = [line[1] for line in rows if line[0] == "Focal point on organized crime"]
    assert titles == ["Adviser on Fight Against Crime", "Adviser on Research and Analysis"]


def test_no_role_of_its_own_is_said(graph: Oscegraph) -> None:
    """What its chapter tells without naming it has words in place of its roles, in the table and in the evidence."""
    thing, sections, proof = _sections(graph, "OMIK")
    inside = graph.directory.circle(thing.iri)
    bare = sum(not answers.roles_in(activity, inside) for activity in proof.activities)
    assert bare == 2 == _numbers(sections["figures"].tables[1])[document.NO_ROLE]
    assert [row["roles"] for row in proof.rows(inside)].count(document.NO_ROLE) == bare


def test_long_tables_are_folded(graph: Oscegraph) -> None:
    """Rows beyond the first ones stand in an element that opens without script, each row once."""
    table = Table("Rows", ("a", "b"), [[str(n), n] for n in range(13)], "More.", shown=10)
    section = Section("x", "X", tables=[table])
    values = {"thing": Thing("urn:x", "State", "X"), "rows": [], "index": [], "year": 2011}
    html = document.render("profile.html", sections=[section], **values)
    Page(html).check()
    assert html.count(b"<details") == 1 and b"<summary>3 more rows: Rows</summary>" in html
    assert html.count(b'<th scope="row">') == 13 and html.count(b"More.") == 1
    table.shown = 13
    assert b"<details" not in document.render("profile.html", sections=[section], **values)


def test_towns_and_decisions_of_spmu(graph: Oscegraph) -> None:
    """Towns and instruments have the activities that rest on them; stated and by rule stand apart."""
    _, sections, proof = _sections(graph, "SPMU")
    towns = _numbers(sections["places"].tables[0])
    assert towns["Vienna"] == sum(
        graph.directory.area("Vienna").iri in activity.facts["place"] for activity in proof.activities
    )
    stated, guessed = sections["decisions"].tables[:2]
    for table, name in ((stated, "basis"), (guessed, "inferredBasis")):
        assert sum(_numbers(table).values()) == sum(len(activity.facts[name]) for activity in proof.activities)
    assert "does not say" in guessed.more and not stated.more


@pytest.mark.parametrize("name", [*UNITS, *OTHERS])
def test_every_activity_has_a_row_of_evidence(name: str, graph: Oscegraph) -> None:
    """Each activity has one row with chapter and lines, and each number leads to rows or to a line that lists as many."""
    thing, sections, proof = _sections(graph, name)
    html = portraits.profile(graph, thing).decode()
    page = Page(html.encode())
    page.check()
    rows = {int(n): row for n, row in re.findall(r'<tr role="row" id="a(\d+)">(.*?)</tr>', html)}
    assert sorted(rows) == list(range(1, len(proof.activities) + 1))
    for activity in proof.activities:
        assert activity.tellings and all(t.source in rows[proof.number[activity.id]] for t in activity.tellings)
    listed = {anchor: len(numbers) for anchor, _, numbers in proof.index}
    for table in (table for section in sections.values() for table in section.tables):
        for link in (cell for row in table.rows for cell in row if isinstance(cell, Link) and cell.number):
            assert link.anchor in page.ids
            if link.anchor in listed and not link.what.endswith("number of people"):
                assert listed[link.anchor] == link.number, link


def test_what_does_not_apply_is_said(graph: Oscegraph) -> None:
    """An actor without chapter, partners or activities has a page that says what is left out."""
    text = Page(portraits.profile(graph, graph.actor("Andorra"))).text
    assert text.count("eft out") >= 5
    assert "only executive structures have chapters" in Page(portraits.profile(graph, graph.actor("UNODC"))).text


def test_the_document_is_whole(graph: Oscegraph, whole: bytes) -> None:
    """Every activity and structure is in it, it is well formed, and it is small."""
    page = Page(whole)
    page.check()
    assert len(whole) < 4_000_000
    activities = answers.find_activities(graph.store, graph.directory, Filters())
    assert sum(bool(re.fullmatch(r"a\d+", name)) for name in page.ids) == len(activities)
    for row in query.run(graph.store, "matrix-structures"):
        assert f"#{(row['structure'] or '').rpartition('/')[2]}" in page.links
    assert page.text.count("Not affiliated with the OSCE") == 1 and "CC BY 4.0" in page.text


def test_numbers_of_the_document_are_those_of_the_library(graph: Oscegraph) -> None:
    """Counts, matrix, networks, overlaps and gaps are those of their own modules."""
    proof = Evidence(graph, answers.find_activities(graph.store, graph.directory, Filters()))
    held = _numbers(survey.introduction(graph, proof).tables[0])
    for way in counts.count(graph.store, graph.directory).ways:
        assert held[f"{way.name}, {way.year}"] == ("not said" if way.number is None else way.number)
    by_kind, elsewhere, places, begun = survey.grid(graph, proof).tables
    found = matrix.build(graph.store, graph.directory, "appendix", Filters())
    others = [cell for row in found.rows for cell in found.of(row) if cell.elsewhere]
    assert [line[4].number for line in elsewhere.rows] == [len(cell.elsewhere) for cell in others]
    for row, line in zip(found.rows, by_kind.rows, strict=True):
        full = [cell for cell in found.of(row) if cell.entries]
        shown = [(link.mark, link.number) for cell in line[1:] if not isinstance(cell, str) for link in cell]
        assert shown == [(cell.column.codes[1][0].upper(), len(cell.entries)) for cell in full], line[0]
    found = matrix.build(graph.store, graph.directory, "where", Filters())
    expected = [
        (cell.row.thing.label, cell.column.labels[0], area, sum(area in (e.where or ["no area"]) for e in cell.entries))
        for row in found.rows
        for cell in found.of(row)
        for area in {area for e in cell.entries for area in e.where or ["no area"]}
    ]
    assert sorted((*line[:3], line[3].number) for line in places.rows) == sorted(expected)
    found = matrix.build(graph.store, graph.directory, "month", Filters())
    assert begun.columns[1:] == tuple(column.labels[0] for column in found.columns)
    for row, line in zip(found.rows, begun.rows, strict=True):
        assert [cell.number if cell else 0 for cell in line[1:]] == [len(cell.entries) for cell in found.of(row)], line[0]
    made = networks.build(graph.store, graph.directory)
    who, months = survey.cooperation(graph, proof)
    assert f"{len(made)} actors, {made.number_of_edges()} ties" in who.says[0]
    strongest = max(data["weight"] for *_, data in made.edges(data=True))
    assert who.tables[1].rows[0][2].number == strongest
    read = events.read_events(graph.store, graph.directory, events.Options())
    parts = networks.by_month(read, graph.directory, events.Options())
    assert [row[3] for row in months.tables[0].rows] == [part.number_of_edges() for part in parts.values()]
    pairs = overlaps.find_overlaps(graph.store, graph.directory, Filters())
    shown = [len(table.rows) for table in survey.alike(graph, proof).tables]
    every = (pairs.pairs, pairs.same, pairs.linked, pairs.may_meet, pairs.untold, pairs.others)
    assert shown == [len(some) for some in every if some]
    store, names = graph.store, graph.directory
    all_ = [
        gaps.strangers(store, names),
        gaps.silences(store, names),
        [item for item in gaps.unused(store, names) if item.mandate],
        gaps.ungrounded(store, names),
    ]
    assert [len(table.rows) for table in survey.silent(graph, proof).tables] == list(map(len, all_))


def test_the_document_leaves_no_row_out(graph: Oscegraph, whole: bytes) -> None:
    """What is long is folded, not cut; folded tables open without script and stand in the order of their rows."""
    page, text = Page(whole), whole.decode()
    assert page.tags.count("details") == page.tags.count("summary") > 20
    proof = Evidence(graph, answers.find_activities(graph.store, graph.directory, Filters()))
    for section in (survey.alike(graph, proof), survey.silent(graph, proof), survey.grid(graph, proof)):
        for table in section.tables:
            rest = len(table.rows) - (table.shown or len(table.rows))
            assert (f"<summary>{rest} more rows: {table.caption}</summary>" in text) == (rest > 0)
    assert "are not shown" not in text


def test_the_same_graph_gives_the_same_bytes(graph: Oscegraph, whole: bytes, tmp_path: Path) -> None:
    """Nothing depends on the run, and nothing names the machine."""
    other = Oscegraph.open()
    assert portraits.profile(graph, graph.actor("SPMU")) == portraits.profile(other, other.actor("SPMU"))
    target = tmp_path / "report.html"
    assert CliRunner().invoke(cli, ["report", "-o", str(target)]).exit_code == 0
    assert target.read_bytes() == whole
    assert not re.search(rb"/(?:home|tmp|work|usr)/", whole)


def test_hostile_names_stay_text(graph: Oscegraph) -> None:
    """Labels with markup, quotes, control characters and half of a pair are shown and mean nothing."""
    bad = '</title></svg><script>alert(1)</script>"\' onload="x" {{ 7*7 }} \x1b[31m\ud800'
    assert "<script" not in plots.bars("p", bad, [(bad, 3)]) + plots.months("m", bad, [("2011-01", 1)])
    drawn = plots.towns("t", bad, [plots.Town(bad, 48.2, 16.4, 3)])
    link = Link(1, "", bad)
    section = Section("x", bad, [bad], [(bad, drawn)], [Table(bad, (bad, bad, bad), [[bad, link, bad]], bad)])
    row = dict.fromkeys(("title", "date", "place", "roles", "told"), bad)
    thing = Thing("urn:x", "State", bad)
    html = document.render("profile.html", thing=thing, sections=[section], rows=[row], index=[("s1", bad, [1])], year=2011)
    page = Page(html)
    page.check()
    assert "{{ 7*7 }}" in page.text and "\x1b" not in page.text and b"\x1b" not in html


def test_plots_are_svg_with_real_text() -> None:
    """Each plot parses as XML, has a title and a description, and its numbers are text."""
    rows = [("trafficking in human beings", 7), ("a name that is far too long for one line " * 4, 0)]
    towns = [plots.Town("Vienna", 48.2, 16.4, 3), plots.Town("Almaty", 43.2, 76.9, 1), plots.Town("Same", 43.2, 76.9, 1)]
    drawn = [
        plots.bars("b", "Bars", rows),
        plots.bars("e", "None", []),
        plots.months("m", "Months", [(f"{2010 + n // 12}-{n % 12 + 1:02d}", n) for n in range(40)]),
        plots.towns("t", "Towns", towns),
    ]
    for svg in drawn:
        root = ElementTree.fromstring(svg)
        assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]
        assert root.get("role") == "img" and root.get("aria-labelledby")
    assert ">7</text>" in drawn[0] and ">39</text>" in drawn[2] and ">Vienna</text>" in drawn[3]
    assert drawn[2].count("Jan</text>") >= 3


def test_every_rule_of_the_style_sheet_is_local(whole: bytes) -> None:
    """The page forbids all requests, and its style sheet asks for none."""
    assert b"default-src 'none'; style-src 'unsafe-inline'" in whole
    style = re.search(rb"<style>(.*?)</style>", whole, re.DOTALL)
    assert style and b"url(" not in style[1] and b"@import" not in style[1]
    for rule in (b"prefers-color-scheme: dark", b"@media print", b"max-width: 40rem"):
        assert rule in style[1]


def test_a_profile_counts_by_the_dates_of_its_own_chapter(graph: Oscegraph) -> None:
    """The Serbia chapter dates the Linux course to September; the row of the activity says both dates."""
    serbia = graph.actor("OSCE Mission to Serbia")
    found = portraits.Portraits(graph).activities(serbia)
    linux = next(a for a in found if "Using Linux" in a.label)
    at, _, _ = by_month(found, serbia.label)
    assert linux.id in at["2011-09"] and linux.id not in at["2011-11"]
    plain, _, _ = by_month(found)
    assert linux.id in plain["2011-11"]
    assert dated(linux).startswith("2011-11-14 to 2011-11-18; 2011-09 by II.3.4, line")
    assert dict(lines(panels.timeline(found, "", serbia.label)[2]))["September 2011"] == len(at["2011-09"])
    months = matrix.build(graph.store, graph.directory, "month", Filters())
    row = next(row for row in months.rows if row.thing.iri == serbia.iri)
    told = {cell.column.codes[0]: {entry.activity for entry in cell.entries} for cell in months.of(row)}
    assert told["2011-09"] <= {*at["2011-09"]} and told["2011-11"] <= {*at["2011-11"]}


def test_people_of_a_study_visit_are_all_who_went(graph: Oscegraph) -> None:
    """Another chapter numbers those of the visit to North America that the Project Co-ordinator in Uzbekistan organized."""
    thing = graph.actor("OSCE Project Co-ordinator in Uzbekistan")
    people = portrait_facts.people(graph, thing, portraits.Portraits(graph).activities(thing))
    visit = next(iri for iri in people.made if "uzbek-travel-document" in iri)
    assert people.made[visit] == 7 and sum(people.made.values()) == 132


def lines(table: listing.Table) -> list[tuple[str, int]]:
    """Return the months of a timeline of the explorer with their numbers."""
    return [(row["month"], row["activities"]) for row in table.rows]


def test_differing_dates_are_those_of_the_query(graph: Oscegraph) -> None:
    """What a profile marks is what `overlaps` marks, and each reading stands there with its place."""
    marked: dict[str, set[str]] = {}
    for row in query.run(graph.store, "overlap-dates"):
        marked.setdefault(row["activity"] or "", set()).add(row["chapter"] or "")
    activities = answers.find_activities(graph.store, graph.directory, Filters())
    found = {a.id: {t.chapter for t in differently_dated(a)} for a in activities if differently_dated(a)}
    assert found == marked and len(found) == 3
    for activity in (a for a in activities if a.id in found):
        said = dated(activity)
        assert " by II." in said and said.count(";") >= 1
