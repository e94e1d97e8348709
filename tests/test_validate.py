"""validate: the packaged graph is clean, and each kind of fault is found with its place, node, message and rule."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from oscegraph import derive, loading, resources
from oscegraph.errors import DataError
from oscegraph.namespaces import PREFIXES, expand, shorten
from oscegraph.validate import INFO, VIOLATION, WARNING, Finding, ValidationReport, validate

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
CHAPTER = resources.graphs_dir() / "chapters" / "II.3.1.ttl"
CLEAN = Path(__file__).resolve().parent.parent / "ontology" / "examples" / "valid" / "standalone.ttl"
CHECKS = sorted(path.stem for path in (resources.queries_dir() / "checks").glob("*.rq"))
# A small graph for each check that it must fire on, and the node that it must name.
BROKEN = {
    "activity_dates_contradict": (
        "act:x a osg:Activity . tell:a a osg:Telling ; osg:tells act:x ; osg:statedDate '2011-03-01'^^edtf:EDTF ."
        "tell:b a osg:Telling ; osg:tells act:x ; osg:statedDate '2011-04'^^edtf:EDTF .",
        "act:x",
    ),
    "activity_is_possible_duplicate": (
        "".join(
            f"act:{n} a osg:Activity . tell:{n} a osg:Telling ; osg:tells act:{n} ; osg:statedDate '2011-03-01'^^edtf:EDTF ;"
            f"osg:statedPlace place:p ; osg:participation tell:{n}.o ."
            f"tell:{n}.o osg:role role:organizer ; osg:actor body:b ."
            for n in ("one", "two")
        ),
        "act:one",
    ),
    "actor_is_orphan": ("body:x a osg:Company ; skos:prefLabel 'X' .", "body:x"),
    "actor_label_collides": (
        "body:x a osg:Company ; skos:prefLabel 'Acme'@en ."
        "body:y a osg:Company ; skos:prefLabel 'Y' ; skos:altLabel 'ACME' .",
        "body:x",
    ),
    "basis_is_younger": (
        "tell:a a osg:Telling ; osg:tells act:x ; osg:statedDate '2011-03'^^edtf:EDTF ; osg:statedBasis ins:y ."
        "ins:y osg:adoptedOn '2011-12'^^edtf:EDTF .",
        "act:x",
    ),
    "inferred_repeats_stated": ("act:x osg:basis ins:y ; osg:inferredBasis ins:y .", "act:x"),
    "instrument_recalls_younger": (
        "ins:x osg:adoptedOn '2003'^^edtf:EDTF ; osg:recalls ins:y . ins:y osg:adoptedOn '2005'^^edtf:EDTF .",
        "ins:x",
    ),
    "instrument_symbol_year": ("ins:x osg:symbol 'MC.DEC/5/06' ; osg:adoptedOn '2007-12-05'^^edtf:EDTF .", "ins:x"),
    "literal_is_contact_data": ("body:x skos:editorialNote 'write to someone@example.org' .", "body:x"),
    "node_is_undefined": ("tell:a a osg:Telling ; osg:tells act:nowhere .", "act:nowhere"),
    "part_is_its_own_whole": ("body:x osg:subOrganizationOf body:y . body:y osg:subOrganizationOf body:x .", "body:x"),
    "parties_do_not_add_up": (
        "".join(
            f"stmt:{n} osg:figureKind figure:parties ; osg:about ins:x ; osg:stateGroup category:participating ;"
            f"osg:refYear 2012 ; osg:value {n} ; osg:lastLine 200 ."
            for n in (50, 3, 2)
        ),
        "ins:x",
    ),
    "place_is_orphan": ("place:x a osg:Place .", "place:x"),
    "state_code_is_shared": ("area:x osg:iso3 'XXX' . area:y osg:iso3 'XXX' .", "area:x"),
    "telling_date_outside_year": ("tell:a a osg:Telling ; osg:statedDate '2010-12'^^edtf:EDTF .", "tell:a"),
    "telling_is_duplicate": (
        "".join(f"tell:{n} osg:tells act:x ; osg:inSection sec:s ; osg:firstLine 7 ; osg:lastLine 9 ." for n in "ab"),
        "tell:a",
    ),
    "telling_lines_outside_section": (
        "tell:a osg:inSection sec:s ; osg:firstLine 7 ; osg:lastLine 9 . sec:s osg:firstLine 1 ; osg:lastLine 8 .",
        "tell:a",
    ),
    "telling_people_exceed_total": (
        "tell:a osg:people 10 ; osg:participation tell:a.one , tell:a.two ."
        "tell:a.one osg:role role:attendee ; osg:personCount 6 . tell:a.two osg:role role:beneficiary ; osg:personCount 5 .",
        "tell:a",
    ),
    "term_is_undeclared": ("act:x osg:organiser body:y .", "osg:organiser"),
}


@pytest.fixture(scope="module")
def packaged() -> ValidationReport:
    """One run over the packaged graph."""
    return validate()


@pytest.fixture(scope="module")
def alone() -> ValidationReport:
    """One run over a chapter without the reference data."""
    return validate([CHAPTER])


def write(folder: Path, turtle: str, name: str = "x.ttl") -> Path:
    """Write Turtle under all known prefixes, its first line being that after the prefixes."""
    path = folder / name
    path.write_text(HEAD + turtle, encoding="utf-8")
    return path


def filled(turtle: str) -> ox.Store:
    """Return a store with the ontology, a snippet, and what the rules derive from them."""
    store = ox.Store()
    loading.fill(store, loading.ontology_files())
    store.load(HEAD + turtle, format=ox.RdfFormat.TURTLE)
    derive.derive(store)
    return store


def check_text(check: str) -> str:
    """Return the query of a check."""
    return (resources.queries_dir() / "checks" / f"{check}.rq").read_text(encoding="utf-8")


def rows(check: str, turtle: str) -> list[tuple[str, str]]:
    """Run one check over the ontology, a snippet, and what the rules derive from them."""
    return [(row["node"].value, row["message"].value) for row in filled(turtle).query(check_text(check))]


def test_packaged_graph_has_no_findings(packaged: ValidationReport) -> None:
    """What is shipped has no violation and no warning, and something was really checked."""
    assert [f for f in packaged.findings if f.severity != INFO] == []
    assert packaged.conforms
    assert packaged.files > 25
    assert packaged.triples > 20_000


def test_every_check_has_a_broken_graph() -> None:
    """A new check needs a graph here that it fires on, and no graph stays behind a check that is gone."""
    assert sorted(BROKEN) == CHECKS


@pytest.mark.parametrize("check", CHECKS)
def test_check_fires(check: str) -> None:
    """Each check names the broken node, once, with a message, and is silent on the ontology alone."""
    turtle, node = BROKEN[check]
    found = rows(check, turtle)
    messages = [message for where, message in found if where == expand(node)]
    assert messages
    assert all(len(message) > 20 for message in messages)
    assert len(set(found)) == len(found)
    assert [shorten(where) for where, _ in rows(check, "") if where == expand(node)] == []


@pytest.mark.parametrize("check", CHECKS)
def test_no_other_check_fires(check: str) -> None:
    """The fault is reported by its own check only, but for what the small graph leaves undefined or unused."""
    store = filled(BROKEN[check][0])
    fired = {name for name in CHECKS if any(True for _ in store.query(check_text(name)))}
    assert fired - {"node_is_undefined", "actor_is_orphan"} == {check} - {"node_is_undefined", "actor_is_orphan"}
    assert check in fired


@pytest.mark.parametrize(
    ("check", "turtle"),
    [
        (
            "activity_dates_contradict",
            BROKEN["activity_dates_contradict"][0] + "act:x osg:resolution 'one is a slip'@en .",
        ),
        (
            "activity_is_possible_duplicate",
            BROKEN["activity_is_possible_duplicate"][0] + "act:one osg:possiblySameAs act:two .",
        ),
        (
            "activity_is_possible_duplicate",
            BROKEN["activity_is_possible_duplicate"][0] + "act:one osg:alongside act:two .",
        ),
        ("actor_is_orphan", BROKEN["actor_is_orphan"][0] + "tell:a.o osg:actor body:x ."),
        (
            "actor_label_collides",
            "body:x a osg:Company ; skos:prefLabel 'Acme' . sec:s a osg:Section ; skos:prefLabel 'Acme' .",
        ),
        ("basis_is_younger", BROKEN["basis_is_younger"][0].replace("2011-12", "2010-12")),
        ("inferred_repeats_stated", "act:x osg:basis ins:y ; osg:inferredBasis ins:z ."),
        ("instrument_recalls_younger", BROKEN["instrument_recalls_younger"][0].replace("2005", "2001")),
        ("instrument_symbol_year", BROKEN["instrument_symbol_year"][0].replace("2007", "2006")),
        ("literal_is_contact_data", "body:x skos:editorialNote 'lines 1123-1130, 2011-03-01/2011-03-05, $1,250,000' ."),
        ("node_is_undefined", BROKEN["node_is_undefined"][0] + "act:nowhere a osg:Activity ."),
        ("part_is_its_own_whole", "body:x osg:subOrganizationOf body:y . body:y osg:subOrganizationOf body:z ."),
        ("parties_do_not_add_up", BROKEN["parties_do_not_add_up"][0].replace("osg:value 2 ", "osg:value 3 ")),
        ("place_is_orphan", BROKEN["place_is_orphan"][0] + "tell:a osg:statedPlace place:x ."),
        ("state_code_is_shared", "area:x osg:iso3 'XXX' . area:y osg:iso3 'YYY' ."),
        (
            "telling_date_outside_year",
            BROKEN["telling_date_outside_year"][0] + "tell:a skos:editorialNote 'so printed'@en .",
        ),
        ("telling_is_duplicate", BROKEN["telling_is_duplicate"][0].replace("act:x", "act:y", 1)),
        ("telling_lines_outside_section", BROKEN["telling_lines_outside_section"][0].replace("Line 8", "Line 9")),
        ("telling_people_exceed_total", BROKEN["telling_people_exceed_total"][0].replace("people 10", "people 11")),
        ("term_is_undeclared", "act:x osg:organizer body:y ."),
    ],
)
def test_check_is_silent_once_mended(check: str, turtle: str) -> None:
    """A check does not fire on the graph that its message asks for."""
    assert [shorten(node) for node, _ in rows(check, turtle) if shorten(node) == BROKEN[check][1]] == []


PLUS = "+"  # apart, so that no line looks like a telephone number itself


@pytest.mark.parametrize("number", [f"{PLUS}43 1 555 360", f"{PLUS}4315553600", f"fax: {PLUS}1 (202) 555-0100"])
def test_telephone_numbers_are_contact_data(number: str) -> None:
    """Telephone numbers are found in the ways in which they are written."""
    assert rows("literal_is_contact_data", f"body:x skos:editorialNote '{number}' .")


def test_syntax_error_says_file_line_and_column(tmp_path: Path) -> None:
    """A syntax error is the only finding, and is no exception."""
    path = write(tmp_path, "act:x a osg:Activity\nact:y a osg:Activity .\n")
    report = validate([path])
    assert [(f.severity, f.rule, f.node) for f in report.findings] == [(VIOLATION, "syntax", "")]
    assert report.findings[0].where == f"{path}:{len(PREFIXES) + 2}:1"
    assert not report.conforms


def test_syntax_errors_of_all_files_are_reported(tmp_path: Path) -> None:
    """One broken file does not hide another one, while a whole one beside them is not checked further."""
    paths = [write(tmp_path, "act:x a", "a.ttl"), write(tmp_path, "act:x no:y 1 .", "b.ttl")]
    paths.append(write(tmp_path, "act:x osg:organiser body:y .", "c.ttl"))
    assert [f.where.split(":")[0] for f in validate(paths).findings] == [str(path) for path in paths[:2]]


def test_syntax_error_on_the_command_line(run, tmp_path: Path) -> None:
    """Findings of syntax end in exit code 1 and are printed with their place."""
    path = write(tmp_path, "act:x a osg:Activity\nact:y a osg:Activity .\n")
    result = run("validate", str(path))
    assert result.exit_code == 1
    assert f"{path}:{len(PREFIXES) + 2}:1" in result.stdout
    assert "1 violation," in result.stdout


def test_wrong_encoding_says_file_line_and_column(run, tmp_path: Path) -> None:
    """Latin-1 is a finding with its place, the byte and what to do, and exit code 1."""
    path = tmp_path / "latin.ttl"
    path.write_bytes((HEAD + "body:x skos:prefLabel 'Zoë' .\n").encode("latin-1"))
    result = run("validate", str(path), "--format", "json")
    assert result.exit_code == 1
    (finding,) = json.loads(result.stdout)
    assert finding["where"] == f"{path}:{len(PREFIXES) + 1}:26"
    assert "0xeb" in finding["message"]


def test_missing_file_could_not_run(run, tmp_path: Path) -> None:
    """A file that does not exist is exit code 2, in the message by name."""
    missing = tmp_path / "missing.ttl"
    result = run("validate", str(missing))
    assert result.exit_code == 2
    assert str(missing) in str(result.exception)
    with pytest.raises(DataError, match="no such file"):
        validate([missing])


def test_other_suffix_could_not_run(run, tmp_path: Path) -> None:
    """A file that is no RDF by its suffix is exit code 2, with the suffixes that are."""
    path = tmp_path / "report.txt"
    path.write_text("words", encoding="utf-8")
    result = run("validate", str(path))
    assert result.exit_code == 2
    assert ".ttl" in str(result.exception)


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ValidationReport, list[str]]:
    """A file with two faults, checked with the reference data: its path, the report, and the stages that were told of."""
    text = "body:acme a osg:Company ; skos:prefLabel 'Acme'@en .\nact:x a osg:Activity ; osg:organiser body:spmu ."
    path = write(tmp_path_factory.mktemp("beside"), text)
    stages: list[str] = []
    return path, validate([path], with_reference=True, progress=stages.append), stages


def test_undeclared_term_is_found(beside: tuple[Path, ValidationReport, list[str]]) -> None:
    """A misspelt property is found, with its name and what to mind."""
    found = [f for f in beside[1].findings if f.rule == "term_is_undeclared"]
    assert [(f.severity, shorten(f.node)) for f in found] == [(VIOLATION, "osg:organiser")]
    assert "spelling" in found[0].message


def test_shapes_find_what_is_missing(tmp_path: Path) -> None:
    """An activity without a label breaks its shape, at the line where its name first stands."""
    path = write(tmp_path, "\nact:x a osg:Activity .\n")
    found = [f for f in validate([path]).findings if f.rule.startswith("shape")]
    assert "shape prefLabel" in {f.rule for f in found}
    assert {f.where for f in found} == {f"{path}:{len(PREFIXES) + 2}"}


def test_chapter_alone_points_to_the_reference_data(alone: ValidationReport) -> None:
    """A chapter alone lacks the actors that it names, and the finding says which option adds them."""
    undefined = [f for f in alone.findings if f.rule == "node_is_undefined" and shorten(f.node) == "area:alb"]
    assert undefined
    assert all("--with-reference" in f.message for f in undefined)
    assert not alone.conforms


def test_findings_are_not_repeated(alone: ValidationReport) -> None:
    """The same thing is said once."""
    assert len(set(alone.findings)) == len(alone.findings)


def test_chapter_with_reference_passes(run) -> None:
    """With the reference data a chapter has no finding; what it does not use of them is no fault of it."""
    result = run("validate", str(CHAPTER), "--with-reference")
    assert result.exit_code == 0, result.stdout[:2000]
    assert "0 violations, 0 warnings" in result.stdout


def test_shapes_that_look_at_given_nodes_find_what_they_find_in_the_whole_graph(tmp_path: Path) -> None:
    """A chapter without one kind of statement gives a finding for each of its tellings, and none for those of others."""
    text = CHAPTER.read_text(encoding="utf-8")
    path = tmp_path / CHAPTER.name
    path.write_text(text.replace("osg:statedTheme ", "osg:statedBasis "), encoding="utf-8")
    found = {shorten(f.node) for f in validate([path], with_reference=True).findings if f.rule == "shape statedTheme"}
    assert found == {shorten(q.subject.value) for q in loading.parse_file(CHAPTER) if q.object.value.endswith("#Telling")}
    assert len(found) > 10


def test_orphans_of_the_given_file_are_found_with_reference(beside: tuple[Path, ValidationReport, list[str]]) -> None:
    """An actor of the given file that nothing refers to is still found, and none of the reference data."""
    path, report, _ = beside
    found = [f for f in report.findings if f.rule == "actor_is_orphan"]
    assert [(shorten(f.node), f.where) for f in found] == [("body:acme", f"{path}:{len(PREFIXES) + 1}")]


def test_unknown_node_gets_no_hint(tmp_path: Path) -> None:
    """A node that the package does not define either is said to be defined nowhere."""
    path = write(tmp_path, "act:x a osg:Activity ; skos:prefLabel 'X'@en ; osg:partOf act:nowhere .")
    (found,) = (f for f in validate([path]).findings if f.rule == "node_is_undefined")
    assert shorten(found.node) == "act:nowhere"
    assert "--with-reference" not in found.message


def test_findings_are_sorted_worst_first(alone: ValidationReport, tmp_path: Path) -> None:
    """Violations come before warnings, and two runs give the same order."""
    path = write(tmp_path, "body:acme a osg:Company ; skos:prefLabel 'Acme'@en ; osg:organiser body:nowhere .")
    first, second = validate([path]), validate([path])
    severities = [f.severity for f in first.findings]
    assert severities == sorted(severities, key=[VIOLATION, WARNING, INFO].index)
    assert {VIOLATION, WARNING} <= set(severities)
    assert first.findings == second.findings


def test_info_does_not_count() -> None:
    """A report with infos only conforms; one with a warning does not."""
    info, warning = (Finding("x", "y", severity, "z", "rule") for severity in (INFO, WARNING))
    assert ValidationReport(findings=[info]).conforms
    assert not ValidationReport(findings=[info, warning]).conforms


def test_progress_names_the_stages(beside: tuple[Path, ValidationReport, list[str]]) -> None:
    """Who waits is told the stages in their order."""
    assert beside[2] == ["syntax", "checks", "shapes"]


def test_json_has_one_object_for_each_finding(run, tmp_path: Path) -> None:
    """--format json gives a list of objects with where, node, severity, message and rule."""
    path = write(tmp_path, "act:x a osg:Activity ; skos:prefLabel 'X'@en ; osg:organiser body:nowhere .")
    result = run("validate", str(path), "--format", "json")
    assert result.exit_code == 1
    findings = json.loads(result.stdout)
    assert {tuple(finding) for finding in findings} == {("where", "node", "severity", "message", "rule")}
    assert {"term_is_undeclared", "node_is_undefined"} <= {finding["rule"] for finding in findings}
    assert expand("osg:organiser") in {finding["node"] for finding in findings}


def test_json_of_a_clean_file_is_an_empty_list(run) -> None:
    """Nothing wrong is an empty list and exit code 0."""
    result = run("validate", str(CLEAN), "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_csv_has_one_row_for_each_finding(run, tmp_path: Path) -> None:
    """--format csv has the same columns as the table."""
    path = write(tmp_path, "act:x a osg:Activity ; skos:prefLabel 'X'@en ; osg:organiser body:nowhere .")
    found = list(csv.DictReader(io.StringIO(run("validate", str(path), "--format", "csv").stdout)))
    assert list(found[0]) == ["severity", "where", "node", "message", "rule"]
    assert "osg:organiser" in {row["node"] for row in found}


def test_table_says_file_node_and_message(run, tmp_path: Path) -> None:
    """The printed table names the file with its line, the node in its short form, the message and the rule."""
    path = write(
        tmp_path, "act:x a osg:Activity ; skos:prefLabel 'X'@en .\nbody:acme a osg:Company ; skos:prefLabel 'Acme'@en ."
    )
    result = run("validate", str(path))
    assert result.exit_code == 1
    (line,) = (line for line in result.stdout.splitlines() if "actor_is_orphan" in line)
    for words in (f"{path}:{len(PREFIXES) + 2}", "body:acme", "nothing in the graph refers to it", "warning"):
        assert words in line
    assert result.stdout.startswith("1 files, ")
