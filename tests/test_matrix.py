"""The matrix: its cells against counts of their own, the evidence, the three values, and its files."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from oscegraph import called, matrix, matrix_cells, portraits, query, spreadsheet
from oscegraph.api import Oscegraph
from oscegraph.errors import DataError, FilterError, NameNotFound, OscegraphError
from oscegraph.matrix import Matrix
from oscegraph.namespaces import local_name
from oscegraph.spreadsheet import Sheet
from oscegraph.tellings import Telling

PREFIX = "PREFIX osg: <https://w3id.org/oscegraph/ontology#>\n"
LAYOUTS = list(matrix.LAYOUTS)
NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "#N/A", "a\x07b", "\ud800", "</details><script>", "x" * 40_000]


def made(graph: Oscegraph, by: str = "appendix", **filters: str) -> Matrix:
    """The matrix of the packaged graph."""
    return matrix.build(graph.store, graph.directory, by, graph.filters(**filters))


def column_codes(telling: Telling, by: str) -> list[tuple[str, ...]]:
    """The columns of a telling, by the object and not by SPARQL; the month without regard to other tellings."""
    if by == "month":
        if telling.precision is None or telling.start is None:
            return [("undated",)]
        return [("year",)] if telling.precision == "year" else [(telling.start[:7],)]
    return [(theme, telling.assistance) if by == "appendix" else (theme,) for theme in telling.themes]


class Page(HTMLParser):
    """What stands in a page: tags, cells with their classes and headers, and ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: dict[str, int] = defaultdict(int)
        self.cells: list[dict[str, str | None]] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.links: list[tuple[str, str | None]] = []
        self.attributes: dict[str, list[dict[str, str | None]]] = defaultdict(list)
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag; a void one is not left open."""
        found = dict(attrs)
        self.tags[tag] += 1
        self.attributes[tag].append(found)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [pair for pair in attrs if pair[0] in ("href", "src", "action", "srcset")]
        if tag == "td":
            self.cells.append(found)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """What is closed is what was opened last."""
        assert self.open.pop() == tag


# ------------------------------------------------------------------ what counts


@pytest.mark.parametrize("by", LAYOUTS)
def test_cells_are_those_of_the_tellings(graph: Oscegraph, by: str) -> None:
    """Counting the tellings as objects, chapter by chapter, gives the same activities in the same cells."""
    found = made(graph, by)
    labels = {row.thing.label: row.thing.iri for row in found.rows}
    best: dict[tuple[str, str], int] = {}
    rank = {None: 0, "year": 1, "month": 2, "day": 2}
    tellings = graph.tellings()
    for telling in tellings:
        pair = (telling.told_by, telling.activity)
        best[pair] = max(best.get(pair, 0), rank[telling.precision])
    expected: dict[tuple[str, ...], set[str]] = defaultdict(set)
    bare = {row.thing.iri: graph.directory.circle(row.thing.iri) for row in found.rows if not row.chapter}
    for telling in tellings:
        named = [iri for iri, inside in bare.items() if telling.roles_of(inside)]
        if by == "month" and rank[telling.precision] < best[telling.told_by, telling.activity]:
            assert not named
            continue
        for codes in column_codes(telling, by):
            for structure in (labels[telling.told_by], *named):
                expected[structure, *codes].add(telling.activity)
    cells = {(cell.row.thing.iri, *cell.column.codes): cell for cell in found.cells.values()}
    assert {key: {e.activity for e in cell.entries} for key, cell in cells.items() if cell.entries} == expected


def test_numbers_are_those_of_another_query(graph: Oscegraph) -> None:
    """A plain GROUP BY over the sections, without the derived property that the matrix uses, counts the same."""
    _, rows = graph.store.select(
        PREFIX + "SELECT ?s ?t ?a (COUNT(DISTINCT ?x) AS ?n) { ?c osg:describes ?s . ?y osg:inSection ?c ; osg:tells ?x ; "
        "osg:statedTheme ?t ; osg:statedAssistance ?a } GROUP BY ?s ?t ?a"
    )
    counted = {tuple(query.plain(t) or "" for t in row[:3]): int(query.plain(row[3]) or 0) for row in rows}
    found = made(graph)
    assert {key: len(c.entries) for key, c in found.cells.items() if c.entries and c.row.chapter} == counted


def test_every_telling_is_somewhere(graph: Oscegraph) -> None:
    """Each layout holds all activities and all tellings of the report, and none twice in a cell."""
    tellings = {telling.id for telling in graph.tellings()}
    for by in ("appendix", "where"):
        found = made(graph, by)
        assert {t.id for cell in found.cells.values() for e in cell.entries for t in e.tellings} == tellings
    for by in LAYOUTS:
        found = made(graph, by)
        assert len(found.activities) == len({telling.activity for telling in graph.tellings()})
        for cell in found.cells.values():
            assert len({e.activity for e in cell.entries}) == len(cell.entries)


@pytest.mark.parametrize("by", LAYOUTS)
def test_evidence_is_of_the_own_chapter(graph: Oscegraph, by: str) -> None:
    """Each activity of a cell has a title, the structure's own chapter, and lines inside of it; without one, another's."""
    sections = {row["number"]: (int(row["first"] or 0), int(row["last"] or 0)) for row in graph.query("sections")}
    for cell in made(graph, by).cells.values():
        for entry in cell.entries:
            assert entry.say("title") and all(t.activity == entry.activity for t in entry.tellings)
            for telling in entry.tellings:
                first, last = sections[cell.row.chapter or telling.chapter]
                assert first <= telling.lines[0] <= telling.lines[1] <= last
                if cell.row.chapter:
                    assert telling.chapter == cell.row.chapter and telling.told_by == cell.row.thing.label
                else:
                    assert telling.roles_of(graph.directory.circle(cell.row.thing.iri))


# ------------------------------------------------------------------ rows, columns, values


def test_rows_are_in_the_order_of_the_chapters(graph: Oscegraph) -> None:
    """From II.1.1 to II.3.14, each once, then what has a row of Appendix 2 only, and what has neither."""
    rows = made(graph).rows
    numbers = [tuple(int(part) for part in row.chapter.split(".")[1:]) for row in rows if row.chapter]
    assert numbers == sorted(set(numbers)) and len(numbers) == 20
    assert [row.scope for row in rows] == ["chapter"] * 20 + ["listed", "outside"]
    assert [row.thing.label for row in rows[20:]] == ["Gender Section", "OSCE Mission to Bosnia and Herzegovina"]


def test_columns_are_those_of_the_appendix(graph: Oscegraph) -> None:
    """Ten themes in the printed order, each with three kinds of assistance in the order of the legend."""
    codes = [column.codes for column in made(graph).columns]
    assert [theme for theme, kind in codes if kind == "legislative"] == [
        "general", "investigations", "forensics", "cyber", "terrorism", "travel-docs",
        "financial", "corruption", "thb", "drugs",
    ]  # fmt: skip
    assert [kind for _, kind in codes] == ["legislative", "training", "study"] * 10


@pytest.mark.parametrize("by", LAYOUTS)
def test_values_mean_what_they_say(graph: Oscegraph, by: str) -> None:
    """Reported has activities; silent has none, but a chapter or a printed row; outside has neither; there is no fourth."""
    found = made(graph, by)
    assert len(found.cells) == len(found.rows) * len(found.columns)
    for cell in found.cells.values():
        listed = cell.row.chapter or cell.row.thing.label == "Gender Section"
        expected = "reported" if cell.entries else "silent" if listed else "outside"
        assert cell.value == expected
        assert cell.told == {entry.activity for entry in cell.entries}
    assert sum(found.counts().values()) == len(found.cells) and "filtered" not in found.counts()


def test_figures(graph: Oscegraph) -> None:
    """The cells of each value, as they were read and accepted."""
    assert made(graph).counts() == {"reported": 143, "silent": 489, "outside": 28}
    assert made(graph, "where").counts() == {"reported": 96, "silent": 116, "outside": 8}
    assert made(graph, "month").counts() == {"reported": 140, "silent": 158, "outside": 10}


def test_printed_rows_are_those_of_the_appendix(graph: Oscegraph) -> None:
    """All structures but one have a row in Appendix 2; the one without has what other chapters tell of it, with lines."""
    printed = {
        iri
        for row in graph.sparql("SELECT ?s { ?d osg:inSection/skos:notation 'appendix-2' ; osg:valueThing ?s }")
        for iri in row.values()
    }
    rows = made(graph).rows
    assert [row.thing.iri in printed for row in rows] == [row.scope != "outside" for row in rows]
    cells = {cell.column.codes: cell for cell in made(graph).of(rows[-1])}
    told = {codes: {e.say("lines") for e in cell.entries} for codes, cell in cells.items() if cell.entries}
    assert told == {("terrorism", "training"): {"555-560", "1058-1069"}, ("thb", "training"): {"978-987", "987-990"}}


def test_a_filter_never_makes_a_cell_silent(graph: Oscegraph) -> None:
    """What the filters leave out is filtered, with the number of what is told; what is silent stays silent."""
    for by in LAYOUTS:
        bare = made(graph, by)
        found = made(graph, by, place="Central Asia", start="April")
        for key, cell in found.cells.items():
            assert (cell.value == "silent") == (bare.cells[key].value == "silent")
            assert (cell.value == "filtered") == (bool(cell.told) and not cell.entries)
            assert {e.activity for e in cell.entries} <= cell.told == bare.cells[key].told
        assert found.counts()["filtered"] and found.counts()["reported"]


def test_filters_are_those_of_the_tellings(graph: Oscegraph) -> None:
    """The same filters give the tellings that `tellings` lists."""
    words = {"place": "Vienna", "start": "February", "end": "November"}
    listed = {telling.id for telling in graph.tellings(**words)}
    for by in ("appendix", "where"):
        cells = made(graph, by, **words).cells.values()
        assert {t.id for cell in cells for e in cell.entries for t in e.tellings} == listed != set()


def test_a_theme_limits_the_columns(graph: Oscegraph) -> None:
    """With --on there are the columns of that theme only; by month all months stay."""
    assert [column.codes[0] for column in made(graph, on="drugs").columns] == ["drugs"] * 3
    assert [column.codes for column in made(graph, "where", on="drugs").columns] == [("drugs",)]
    assert made(graph, "month", on="drugs").columns == made(graph, "month").columns


def test_areas_are_those_that_are_told(graph: Oscegraph) -> None:
    """By where, each activity has the states and territories of its tellings; no place is said so."""
    cells = made(graph, "where").cells.values()
    for cell in cells:
        for entry in cell.entries:
            assert entry.areas == sorted({area for t in entry.tellings for area in t.countries})
    assert any("no area" in cell.areas for cell in cells) and any("Kosovo" in cell.areas for cell in cells)


def test_a_field_operation_is_at_home(graph: Oscegraph) -> None:
    """With --in, what a field operation tells without a place is in its own area, and how many these are is said."""
    found = made(graph, place="Kosovo")
    row = next(row for row in found.rows if row.thing.short == "OMIK")
    told = {t.activity: t for t in graph.tellings() if t.told_by == row.thing.label}
    home = {entry.activity for cell in found.of(row) for entry in cell.entries}
    facts = {a.id: a.facts for a in portraits.Portraits(graph).activities(row.thing)}
    for iri, telling in told.items():
        placed = facts[iri].get("place") or facts[iri].get("country")
        expected = "Kosovo" in telling.countries if telling.countries else not placed and telling.assistance != "study"
        assert (iri in home) == expected, telling.source
    assert len(home) > 25
    (taken, left) = found.remarks()
    assert "own chapter: 30 of 36;" in taken and left.endswith("took place: 52 more.")
    (others,) = made(graph).remarks()
    assert (
        others.startswith("Other chapters name the structure") and "in 20 of the silent cells and in 24 of those" in others
    )


@pytest.mark.parametrize("by", ["appendix", "where", "month"])
def test_what_other_chapters_alone_tell_is_told_apart(graph: Oscegraph, by: str) -> None:
    """It is of a structure with a chapter, named there with a part, in no telling of its own, and no part of the number."""
    found, tellings = made(graph, by), {telling.id: telling for telling in graph.tellings()}
    own = {(row.thing.iri, t.activity) for row in found.rows for t in tellings.values() if t.told_by == row.thing.label}
    within = {row.thing.iri: graph.directory.circle(row.thing.iri) for row in found.rows}
    seen = 0
    for (structure, *_), cell in found.cells.items():
        for entry in cell.elsewhere:
            assert cell.row.scope == "chapter" and (structure, entry.activity) not in own
            assert entry.activity not in {one.activity for one in cell.entries}
            for telling in entry.tellings:
                assert within[structure] & {part.actor for part in tellings[telling.id].participations}
            seen += 1
    assert seen > 30
    # The Kiev seminar is told by the SPMU; the chapter on Ukraine is silent on drugs.
    kiev = {entry.say("lines") for key, cell in found.cells.items() if "ukraine" in key[0] for entry in cell.elsewhere}
    assert "470-474" in kiev


def test_with_filters_nothing_is_told_of_other_chapters(graph: Oscegraph) -> None:
    """Filters would cut it, so it is left out as a whole."""
    assert not any(cell.elsewhere for cell in made(graph, place="Kosovo").cells.values())


def test_nothing_is_taken_where_a_place_is_told(graph: Oscegraph) -> None:
    """An area is taken only where the own telling gives none."""
    for cell in made(graph, "where").cells.values():
        for entry in cell.entries:
            assert not (entry.taken and any(t.places or t.countries for t in entry.tellings))
    assert any("Kosovo*" in cell.areas for cell in made(graph, "where").cells.values())


def test_undated_activities_stand_apart(graph: Oscegraph) -> None:
    """Months come in order, and behind them what has no month; no activity without date is under a month."""
    found = made(graph, "month")
    keys = [column.key[0] for column in found.columns]
    assert keys == [f"2011-{month:02}" for month in range(1, 13)] + ["undated", "year"]
    for cell in found.cells.values():
        for entry in cell.entries:
            precisions = {t.precision for t in entry.tellings}
            assert precisions <= {"undated": {None}, "year": {"year"}}.get(cell.column.key[0], {"day", "month"})


# ------------------------------------------------------------------ one cell


def test_pick(graph: Oscegraph) -> None:
    """A cell is found by any name of the structure and of the theme, with or without the kind of assistance."""
    found = made(graph)
    (one,) = matrix.pick(found, graph.directory, "spmu", ["cybercrime", "training"])
    assert (one.row.chapter, one.column.codes) == ("II.1.1", ("cyber", "training"))
    assert len(matrix.pick(found, graph.directory, "Strategic Police Matters Unit", ["cyber"])) == 3
    (month,) = matrix.pick(made(graph, "month"), graph.directory, "SPMU", ["June"])
    assert month.column.key == ("2011-06",) and month.entries


def test_a_field_operation_is_found_by_its_place(graph: Oscegraph) -> None:
    """The town or the State in the name of a field operation means it, as a cell has a structure and no place."""
    found = made(graph)
    names = {"Baku": "II.3.8", "Kosovo": "II.3.2", "Uzbekistan": "II.3.14", "Tashkent": "II.3.14"}
    for name, chapter in names.items():
        assert matrix.pick(found, graph.directory, name, ["thb"])[0].row.chapter == chapter
    assert called.called_by_place(graph.directory, "Vienna") is None
    assert called.called_by_place(graph.directory, "Office") is None


def test_a_post_or_department_stands_for_its_structure(graph: Oscegraph) -> None:
    """The chapters write SR/CTHB and DSPS; the structures are those that these belong to."""
    for name, short in (("SR/CTHB", "OSR/CTHB"), ("DSPS", "OMIK")):
        assert called.find_structure(graph.directory, name).short == short


@pytest.mark.parametrize(
    ("by", "structure", "words", "error", "said"),
    [
        ("appendix", "SPMX", ["cyber"], NameNotFound, "No structure"),
        ("appendix", "Chancellery", ["cyber"], NameNotFound, "No structure"),
        ("appendix", "ODIR", ["cyber"], NameNotFound, "Office for Democratic Institutions and Human Rights"),
        ("appendix", "UNODC", ["cyber"], NameNotFound, "It is the name of"),
        ("appendix", "Vienna", ["cyber"], NameNotFound, "place:vienna"),
        ("appendix", "SPMU", ["cybr"], FilterError, '"cyber"'),
        ("appendix", "SPMU", ["cyber", "trainings"], FilterError, '"training"'),
        ("month", "SPMU", ["2011"], FilterError, "2011-01"),
        ("month", "SPMU", ["2012-01"], FilterError, "2011-01"),
        ("month", "SPMU", ["soon"], OscegraphError, "soon"),
    ],
)
def test_pick_of_nothing(
    graph: Oscegraph, by: str, structure: str, words: list[str], error: type[OscegraphError], said: str
) -> None:
    """What is unknown is said, with what is near or valid."""
    with pytest.raises(error, match=said):
        matrix.pick(made(graph, by), graph.directory, structure, words)


# ------------------------------------------------------------------ files


@pytest.mark.parametrize("by", LAYOUTS)
def test_workbook_read_back(graph: Oscegraph, by: str) -> None:
    """Every cell comes back with its number, areas or word, each activity with its evidence, and what the words mean."""
    found = made(graph, by)
    sheets = spreadsheet.read(matrix.xlsx(found))
    assert list(sheets) == ["matrix", "evidence", "other chapters", "legend"]
    assert len(sheets["other chapters"]) == 1 + sum(len(cell.elsewhere) for cell in found.cells.values())
    meanings = {str(line[1]) for line in sheets["legend"]}
    assert {matrix_cells.VALUES[value] for value in found.counts()} < meanings
    body = sheets["matrix"][len(found.names) :]
    for row, line in zip(found.rows, body, strict=True):
        assert line == [row.thing.label, row.chapter or None, *(cell.shown(by) for cell in found.of(row))]
    head, *evidence = sheets["evidence"]
    assert len(evidence) == sum(len(cell.entries) for cell in found.cells.values())
    for entry, line in zip((e for c in found.cells.values() for e in c.entries), evidence, strict=True):
        said = dict(zip(head, line, strict=True))
        assert said["activity"] == entry.activity and said["title"] == entry.say("title")
        assert said["lines"] == entry.say("lines") and said["chapter"] == entry.say("chapter")
        assert (said["date"] or "") == entry.say("date")


@pytest.mark.parametrize("by", LAYOUTS)
def test_same_data_same_bytes(graph: Oscegraph, by: str) -> None:
    """Two matrices built apart give the same workbook and the same page; no part of the workbook bears a time of today."""
    first, second = made(graph, by), made(Oscegraph.open(), by)
    assert matrix.xlsx(first) == matrix.xlsx(second)
    assert matrix.html(first) == matrix.html(second)
    with zipfile.ZipFile(io.BytesIO(matrix.xlsx(first))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2011, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2011-01-01T00:00:00Z") == 2


def test_no_text_is_a_formula() -> None:
    """Whatever a text begins with, it comes back as a text, and is marked so that editing does not make it a formula."""
    content = spreadsheet.write([Sheet("s", [["head"], *([text] for text in NASTY), [7], [None]])], "=title")
    read = spreadsheet.read(content)["s"]
    assert [row[0] for row in read[1:6]] == NASTY[:5]
    assert read[6:9] == [["#N/A"], ["a b"], [" "]]
    assert read[11] == [7]
    assert len(str(read[10][0])) == spreadsheet.MOST_CHARACTERS
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page, styles = archive.read("xl/worksheets/sheet1.xml"), archive.read("xl/styles.xml")
    assert b"<f>" not in page and b't="e"' not in page and b"quotePrefix" in styles


def test_no_workbook() -> None:
    """What is no workbook is said to be none."""
    for content in (b"", b"no zip", b"PK\x03\x04"):
        with pytest.raises(DataError, match=r"mine\.xlsx: is no XLSX workbook"):
            spreadsheet.read(content, "mine.xlsx")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "b")
    with pytest.raises(DataError, match="is no XLSX workbook"):
        spreadsheet.read(buffer.getvalue())


@pytest.mark.parametrize("by", LAYOUTS)
def test_page(graph: Oscegraph, by: str) -> None:
    """The page has each cell with its value and its headings, opens every activity, and asks for nothing."""
    found = made(graph, by)
    page = Page(matrix.html(found).decode())
    assert page.open == []
    assert [cell["class"] for cell in page.cells] == [cell.value for row in found.rows for cell in found.of(row)]
    assert all(set((cell["headers"] or "").split()) <= set(page.ids) for cell in page.cells)
    assert all(len((cell["headers"] or "").split()) == 1 + len(found.names) for cell in page.cells)
    assert len(page.ids) == len(set(page.ids))
    cells = list(found.cells.values())
    assert page.tags["details"] == page.tags["summary"] == sum(bool(cell.entries or cell.elsewhere) for cell in cells)
    assert page.tags["li"] == sum(len(cell.entries) + len(cell.elsewhere) for cell in cells)
    assert all(th["scope"] in ("row", "col", "colgroup") for th in page.attributes["th"])
    assert page.attributes["html"] == [{"lang": "en"}] and page.tags["title"] == page.tags["caption"] == 1
    assert page.tags["script"] == 0 and page.links == []
    text = matrix.html(found).decode()
    assert "prefers-color-scheme: dark" in text and "default-src &#39;none&#39;" not in text and "url(" not in text


def test_headings_of_the_page_fit_the_cells(graph: Oscegraph) -> None:
    """Each cell of the layout appendix names the heading of its theme and not that of a neighbour."""
    found = made(graph)
    page = Page(matrix.html(found).decode())
    for number, cell in enumerate(page.cells):
        row, column = divmod(number, len(found.columns))
        assert cell["headers"] == f"r{row} g{column // 3} c{column}"


def test_text_stays_text_in_the_page(graph: Oscegraph) -> None:
    """A title that looks like markup is shown and not obeyed."""
    found = made(graph)
    cell = next(cell for cell in found.cells.values() if cell.entries)
    before = cell.entries[0].tellings[0]
    cell.entries[0].tellings[0] = replace(before, title="</details><script>alert(1)</script>\ud800")
    page = Page(matrix.html(found).decode())
    assert page.tags["script"] == 0 and page.open == []
    assert before.title in matrix.html(made(graph)).decode().replace("&#39;", "'").replace("&amp;", "&")


def test_local_names_are_those_of_the_vocabulary(graph: Oscegraph) -> None:
    """Short names of columns are those that filters take."""
    for column in made(graph).columns:
        assert column.codes == tuple(local_name(iri) for iri in column.key)
        assert graph.directory.concept("theme", column.codes[0]) == column.key[0]
