"""derive: each rule on a small hand-made graph, dates against an independent EDTF library, and the committed facts."""

from __future__ import annotations

import calendar
import re
import shutil
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oscegraph import derive, loading, resources
from oscegraph.namespaces import PREFIXES, shorten

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
Facts = set[tuple[str, str, str]]
# Two structures, one with a department in it, and a section for each of them.
STRUCTURES = """
body:one a osg:SecretariatUnit . body:two a osg:FieldOperation . body:osce a osg:OsceBody .
body:one osg:subOrganizationOf body:secretariat . body:secretariat a osg:OsceBody ; osg:subOrganizationOf body:osce .
body:dep a osg:Department ; osg:subOrganizationOf body:two .
post:head a osg:Post ; osg:postIn body:dep ; osg:heads body:one .
body:un a osg:InternationalOrganization .
sec:1 a osg:Section ; osg:describes body:one . sec:2 a osg:Section ; osg:describes body:two .
"""


def name(term: object) -> str:
    """Return an IRI in its short form, or the text of a literal."""
    return shorten(term.value)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def terms() -> list[ox.Quad]:
    """The ontology and the vocabularies, which the rules read classes and roles from."""
    return [quad for path in loading.ontology_files() for quad in loading.parse_file(path)]


@pytest.fixture(scope="module")
def facts(terms: list[ox.Quad]) -> Callable[..., Facts]:
    """Derive from Turtle under the project's prefixes; return the new facts, of one graph and some properties only."""

    def run(turtle: str, *properties: str, graph: str = "derived") -> Facts:
        store = ox.Store()
        store.extend(terms)
        store.load((HEAD + turtle).encode(), format=ox.RdfFormat.TURTLE)
        made = derive.derive(store)
        found = {(name(t.subject), name(t.predicate), name(t.object)) for t in made[graph]}
        return {fact for fact in found if not properties or fact[1] in properties}

    return run


def test_committed_facts_equal_a_fresh_run() -> None:
    """The files in graphs/derived are, byte for byte, what the rules give now for the curated files."""
    for file_name, text in derive.derived_texts().items():
        assert (resources.graphs_dir() / "derived" / file_name).read_bytes() == text.encode(), f"renew {file_name}"


def test_running_twice_adds_nothing() -> None:
    """The rules are complete after one run: a second run, over all facts, gives no new one."""
    store = loading.packaged_store()
    before = len(store)
    assert derive.derive(store) == {"derived": set(), "inferred": set()}
    assert len(store) == before


def test_stated_derived_and_inferred_share_no_triple() -> None:
    """No fact is in two of the three layers, so that each has one origin."""
    stated = {quad.triple for path in derive.curated_files() for quad in loading.parse_file(path)}
    folder = resources.graphs_dir() / "derived"
    derived, inferred = ({q.triple for q in loading.parse_file(folder / f"{graph}.nt")} for graph in derive.GRAPHS)
    assert stated
    assert derived
    assert inferred
    assert not stated & derived
    assert not stated & inferred
    assert not derived & inferred


def test_inferred_layer_holds_guesses_only() -> None:
    """All that is guessed is one property, so that a reader can leave it out."""
    quads = loading.parse_file(resources.graphs_dir() / "derived" / "inferred.nt")
    assert {name(quad.predicate) for quad in quads} == {"osg:inferredBasis"}


def test_rules_are_ordered_and_each_names_its_graph() -> None:
    """Rules run by the number in their names, and say in a sentence what they derive and into which graph."""
    found = derive.rules()
    assert [rule for rule, _, _ in found] == sorted(rule for rule, _, _ in found)
    assert {graph for _, graph, _ in found} == set(derive.GRAPHS)
    assert all(text.startswith("#+ rule: ") for _, _, text in found)


def test_canonical_text_does_not_depend_on_order() -> None:
    """The same triples give the same sorted text, whatever order they come in."""
    triples = [
        ox.Triple(ox.NamedNode(f"http://example.org/{n}"), ox.NamedNode("http://example.org/p"), ox.Literal("x"))
        for n in "ab"
    ]
    text = derive.canonical(triples)
    assert text == derive.canonical(reversed(triples))
    assert text.splitlines() == sorted(text.splitlines())
    assert list(ox.parse(text, format=ox.RdfFormat.N_TRIPLES)) == [ox.Quad(*triple) for triple in triples]


def test_write_derived_renews_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The maintainer's step writes what the rules give over files that have grown old, and nothing else."""
    shutil.copytree(resources.graphs_dir(), tmp_path / "graphs")
    monkeypatch.setattr(resources, "graphs_dir", lambda: tmp_path / "graphs")
    folder = tmp_path / "graphs" / "derived"
    expected = {path.name: path.read_bytes() for path in folder.iterdir()}
    for path in folder.iterdir():
        path.write_text("", encoding="utf-8")
    assert sorted(path.name for path in derive.write_derived()) == sorted(expected)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == expected


# ------------------------------------------------------------------------------------------------ dates


@pytest.fixture(scope="module")
def edtf() -> ModuleType:
    """The EDTF library; its import warns about its own grammar."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import edtf
    return edtf


def bounds(dates: list[str]) -> dict[str, tuple[str, str, str]]:
    """Return what the rule for dates gives for each EDTF string: first day, last day, precision."""
    store = ox.Store()
    turtle = "".join(f'tell:t{n} a osg:Telling ; osg:statedDate "{date}"^^edtf:EDTF .\n' for n, date in enumerate(dates))
    store.load((HEAD + turtle).encode(), format=ox.RdfFormat.TURTLE)
    rule = next(text for rule, _, text in derive.rules() if rule == "02-date-bounds")
    found: dict[str, dict[str, ox.Literal]] = {}
    for triple in store.query(rule):
        found.setdefault(name(triple.subject), {})[name(triple.predicate)] = triple.object
    result = {}
    for n, date in enumerate(dates):
        row = found[f"tell:t{n}"]
        for key in ("osg:statedEarliest", "osg:statedLatest"):
            assert shorten(row[key].datatype.value) == "xsd:date"
        result[date] = tuple(row[f"osg:stated{key}"].value for key in ("Earliest", "Latest", "Precision"))
    return result


def by_library(edtf: ModuleType, date: str) -> tuple[str, str]:
    """Return the first and the last day that the library reads out of an EDTF string."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed = edtf.parse_edtf(date)

    def day(moment: time.struct_time) -> str:
        return f"{moment[0]:04}-{moment[1]:02}-{moment[2]:02}"

    return day(parsed.lower_strict()), day(parsed.upper_strict())


@pytest.mark.parametrize(
    ("date", "earliest", "latest", "precision"),
    [
        ("2011-07-11", "2011-07-11", "2011-07-11", "day"),
        ("2011-07", "2011-07-01", "2011-07-31", "month"),
        ("2011-09", "2011-09-01", "2011-09-30", "month"),
        ("2011", "2011-01-01", "2011-12-31", "year"),
        ("2011-02", "2011-02-01", "2011-02-28", "month"),
        ("2012-02", "2012-02-01", "2012-02-29", "month"),
        ("1900-02", "1900-02-01", "1900-02-28", "month"),
        ("2000-02", "2000-02-01", "2000-02-29", "month"),
        ("2011-07-11/2011-07-13", "2011-07-11", "2011-07-13", "day"),
        ("2011-03-15/2011-04", "2011-03-15", "2011-04-30", "month"),
        ("2011-03/2011-04-02", "2011-03-01", "2011-04-02", "month"),
        ("2010/2011-02", "2010-01-01", "2011-02-28", "year"),
        ("{2011-01-05,2011-02-07}", "2011-01-05", "2011-02-07", "day"),
        ("{2011-04..2011-06}", "2011-04-01", "2011-06-30", "month"),
        ("{2011-01,2011-03..2011-05}", "2011-01-01", "2011-05-31", "month"),
    ],
)
def test_date_bounds_of_known_dates(edtf: ModuleType, date: str, earliest: str, latest: str, precision: str) -> None:
    """Days, months, years, intervals, sets and leap years have these bounds, by the rule and by the library."""
    assert bounds([date])[date] == (earliest, latest, precision)
    assert by_library(edtf, date) == (earliest, latest)


def span(point: str) -> tuple[str, str]:
    """Return the first and the last day of one day, month or year, by the calendar of Python."""
    year, month, day = (int(part) for part in f"{point}-00-00".split("-")[:3])
    last = month or 12
    return f"{year:04}-{month or 1:02}-{day or 1:02}", f"{year:04}-{last:02}-{day or calendar.monthrange(year, last)[1]:02}"


def written(points: list[str], how: str) -> str:
    """Return points in order of time as an EDTF interval, list or range; a range has both ends of one precision."""
    if how == "interval":
        return f"{points[0]}/{points[-1]}"
    if how == "range" and len(points[0]) == len(points[-1]):
        return "{" + f"{points[0]}..{points[-1]}" + "}"
    return "{" + ",".join(points) + "}"


YEARS = st.one_of(st.integers(1, 9999), st.sampled_from([1900, 2000, 2004, 2011, 2012, 2100, 2400]))
DAYS = st.tuples(YEARS, st.integers(1, 12), st.integers(1, 28)).map(lambda day: "{:04}-{:02}-{:02}".format(*day))
# A point is a day cut to a day, a month or a year; a written date is one, two or more of them in order of time.
POINTS = st.tuples(DAYS, st.sampled_from([4, 7, 10])).map(lambda point: point[0][: point[1]])
SEVERAL = st.lists(POINTS, min_size=2, max_size=3, unique=True).map(lambda points: sorted(points, key=span))
IN_ORDER = SEVERAL.filter(lambda points: [span(p)[1] for p in points] == sorted(span(p)[1] for p in points))
DATES = st.one_of(POINTS, st.builds(written, IN_ORDER, st.sampled_from(["interval", "range", "list"])))


@settings(max_examples=150, deadline=None)
@given(date=DATES)
def test_date_bounds_agree_with_the_edtf_library(edtf: ModuleType, date: str) -> None:
    """For any date, interval or set in order of time, the rule gives the bounds that the EDTF library gives."""
    earliest, latest, precision = bounds([date])[date]
    assert (earliest, latest) == by_library(edtf, date)
    points = re.findall(r"[0-9-]+", date)
    assert precision == {4: "year", 7: "month", 10: "day"}[min(len(points[0]), len(points[-1]))]


@settings(max_examples=200, deadline=None)
@given(dates=st.lists(POINTS, min_size=1, max_size=50, unique=True))
def test_date_bounds_agree_with_the_calendar(dates: list[str]) -> None:
    """For any day, month or year, the rule gives the days that Python's calendar gives."""
    assert {date: found[:2] for date, found in bounds(dates).items()} == {date: span(date) for date in dates}


def test_date_bounds_of_the_packaged_tellings(edtf: ModuleType) -> None:
    """Each dated telling of the packaged graph has the bounds that the EDTF library gives for its date."""
    query = "SELECT ?date ?e ?l { ?t osg:statedDate ?date ; osg:statedEarliest ?e ; osg:statedLatest ?l }"
    rows = loading.packaged_store().query(query, prefixes={"osg": PREFIXES["osg"]})
    found = {tuple(term.value for term in row) for row in rows}
    assert len(found) > 100
    for date, earliest, latest in found:
        assert by_library(edtf, date) == (earliest, latest), date


def test_a_telling_without_date_gets_no_bounds(facts: Callable[..., Facts]) -> None:
    """No date, no days: nothing is invented."""
    found = facts("act:a a osg:Activity . tell:a a osg:Telling ; osg:tells act:a .")
    assert found == set()


def dated(*dates: str) -> str:
    """Return one activity with a telling for each date."""
    tellings = (f'tell:{n} a osg:Telling ; osg:tells act:a ; osg:statedDate "{d}"^^edtf:EDTF .' for n, d in enumerate(dates))
    return "act:a a osg:Activity .\n" + "\n".join(tellings)


@pytest.mark.parametrize(
    ("dates", "earliest", "latest", "precision"),
    [
        (["2011-03-01/2011-03-03"], "2011-03-01", "2011-03-03", "day"),
        (["2011-03-01/2011-03-03", "2011-03"], "2011-03-01", "2011-03-03", "day"),
        (["2011-03-01/2011-03-03", "2011-03-02/2011-03-05"], "2011-03-02", "2011-03-03", "day"),
        (["2011-03/2011-05", "2011-04/2011-06"], "2011-04-01", "2011-05-31", "month"),
        # These exclude each other: the span of them.
        (["2011-03-01", "2011-05-07"], "2011-03-01", "2011-05-07", "day"),
        (["2011-03-01/2011-03-03", "2011-03-05/2011-03-06", "2011-03-02"], "2011-03-01", "2011-03-06", "day"),
        (["2011-02", "2011-04"], "2011-02-01", "2011-04-30", "month"),
    ],
)
def test_activity_days_by_its_tellings(
    facts: Callable[..., Facts], dates: list[str], earliest: str, latest: str, precision: str
) -> None:
    """An activity's days are those that its tellings allow together; the span of all where they contradict each other."""
    expected = {
        ("act:a", "osg:earliest", earliest),
        ("act:a", "osg:latest", latest),
        ("act:a", "osg:datePrecision", precision),
    }
    assert facts(dated(*dates), "osg:earliest", "osg:latest", "osg:datePrecision") == expected


# ------------------------------------------------------------------------------------------------ roles and facts


def test_told_by_the_structure_of_the_chapter(facts: Callable[..., Facts]) -> None:
    """A telling is told by the structure that its section describes; a section about none tells by nobody."""
    text = "tell:a a osg:Telling ; osg:inSection sec:1 . tell:b a osg:Telling ; osg:inSection sec:0 . sec:0 a osg:Section ."
    assert facts(STRUCTURES + text, "osg:toldBy") == {("tell:a", "osg:toldBy", "body:one")}


def test_direct_roles(facts: Callable[..., Facts]) -> None:
    """Each actor in each role of any telling is one triple of that role, and one of taking part, on the activity."""
    text = """
    act:a a osg:Activity .
    tell:a a osg:Telling ; osg:tells act:a ; osg:participation tell:a.o , tell:a.p .
    tell:b a osg:Telling ; osg:tells act:a ; osg:participation tell:b.f .
    tell:a.o osg:role role:organizer ; osg:actor body:x , body:y .
    tell:a.p osg:role role:partner ; osg:actor body:z .
    tell:b.f osg:role role:funder ; osg:actor body:x .
    """
    assert facts(text) == {
        ("act:a", "osg:organizer", "body:x"),
        ("act:a", "osg:organizer", "body:y"),
        ("act:a", "osg:partner", "body:z"),
        ("act:a", "osg:funder", "body:x"),
        *(("act:a", "osg:involves", f"body:{who}") for who in "xyz"),
    }


def test_every_role_has_its_property(facts: Callable[..., Facts], terms: list[ox.Quad]) -> None:
    """No role of the vocabulary is lost on the way to the activity."""
    roles = {name(quad.subject).removeprefix("role:") for quad in terms if name(quad.subject).startswith("role:")}
    assert len(roles) == 10
    parts = "".join(
        f"tell:{r} osg:tells act:a ; osg:participation [ osg:role role:{r} ; osg:actor body:{r} ] .\n" for r in roles
    )
    found = facts(parts)
    assert {fact[1:] for fact in found if fact[1] != "osg:involves"} == {(f"osg:{r}", f"body:{r}") for r in roles}


def test_merged_facts_of_all_tellings(facts: Callable[..., Facts]) -> None:
    """Kind, theme, assistance, place, country and basis of an activity are those of all its tellings, each once."""
    text = """
    tell:a osg:tells act:a ; osg:statedKind kind:training ; osg:statedTheme theme:drugs , theme:thb ;
        osg:statedAssistance assistance:training ; osg:statedPlace place:p ; osg:statedBasis ins:i .
    tell:b osg:tells act:a ; osg:statedKind kind:workshop ; osg:statedTheme theme:drugs ;
        osg:statedAssistance assistance:training ; osg:statedCountry area:y ; osg:statedBasis ins:j .
    place:p osg:inArea area:x .
    """
    assert facts(text) == {
        ("act:a", "osg:kind", "kind:training"),
        ("act:a", "osg:kind", "kind:workshop"),
        ("act:a", "osg:theme", "theme:drugs"),
        ("act:a", "osg:theme", "theme:thb"),
        ("act:a", "osg:assistance", "assistance:training"),
        ("act:a", "osg:place", "place:p"),
        ("act:a", "osg:country", "area:x"),
        ("act:a", "osg:country", "area:y"),
        ("act:a", "osg:basis", "ins:i"),
        ("act:a", "osg:basis", "ins:j"),
    }


def test_within_at_any_distance(facts: Callable[..., Facts]) -> None:
    """A body is within each body above it, a post within its body and all above that; heading a body puts nobody into it."""
    assert facts(STRUCTURES, "osg:within") == {
        ("body:one", "osg:within", "body:secretariat"),
        ("body:one", "osg:within", "body:osce"),
        ("body:secretariat", "osg:within", "body:osce"),
        ("body:dep", "osg:within", "body:two"),
        ("post:head", "osg:within", "body:dep"),
        ("post:head", "osg:within", "body:two"),
    }


# ------------------------------------------------------------------------------------------------ structure-activities

SHARED = (
    STRUCTURES
    + """
act:a a osg:Activity .
tell:a a osg:Telling ; osg:tells act:a ; osg:inSection sec:1 ;
    osg:statedTheme theme:thb ; osg:statedAssistance assistance:training ; osg:participation tell:a.o .
"""
)


def test_structure_activity_of_who_tells_and_who_is_named(facts: Callable[..., Facts]) -> None:
    """The teller's share is told, that of a structure which another chapter names is named; others have none."""
    found = facts(
        SHARED + "tell:a.o osg:role role:organizer ; osg:actor body:two , body:un .", "osg:structure", "osg:toldAs"
    )
    assert found == {
        ("act:a/by/one", "osg:structure", "body:one"),
        ("act:a/by/one", "osg:toldAs", "told"),
        ("act:a/by/two", "osg:structure", "body:two"),
        ("act:a/by/two", "osg:toldAs", "named"),
    }


@pytest.mark.parametrize("part", ["body:dep", "post:head"])
def test_structure_is_named_by_a_part_of_it(facts: Callable[..., Facts], part: str) -> None:
    """A department or post that takes part gives the share to its structure."""
    found = facts(SHARED + f"tell:a.o osg:role role:organizer ; osg:actor {part} .", "osg:toldAs", "osg:activity")
    assert ("act:a/by/two", "osg:toldAs", "named") in found
    assert ("act:a/by/two", "osg:activity", "act:a") in found
    assert {fact[0] for fact in found} == {"act:a/by/one", "act:a/by/two"}


def test_one_share_for_two_tellings_of_one_structure(facts: Callable[..., Facts]) -> None:
    """A structure that tells an activity twice, and is named in it too, has one share."""
    text = """
    tell:a.o osg:role role:organizer ; osg:actor body:one .
    tell:b a osg:Telling ; osg:tells act:a ; osg:inSection sec:1 .
    """
    assert facts(SHARED + text, "osg:toldAs") == {("act:a/by/one", "osg:toldAs", "told")}


def test_share_facts_are_the_structures_own(facts: Callable[..., Facts]) -> None:
    """Theme and assistance of a told share are those of the structure's own tellings; of a named one, those of all."""
    text = """
    tell:a.o osg:role role:organizer ; osg:actor body:three . body:three a osg:Institution .
    tell:b a osg:Telling ; osg:tells act:a ; osg:inSection sec:2 ;
        osg:statedTheme theme:drugs ; osg:statedAssistance assistance:study .
    """
    found = facts(SHARED + text, "osg:shareTheme", "osg:shareAssistance")
    assert found == {
        ("act:a/by/one", "osg:shareTheme", "theme:thb"),
        ("act:a/by/one", "osg:shareAssistance", "assistance:training"),
        ("act:a/by/two", "osg:shareTheme", "theme:drugs"),
        ("act:a/by/two", "osg:shareAssistance", "assistance:study"),
        *(("act:a/by/three", "osg:shareTheme", f"theme:{theme}") for theme in ("thb", "drugs")),
        *(("act:a/by/three", "osg:shareAssistance", f"assistance:{kind}") for kind in ("training", "study")),
    }


# ------------------------------------------------------------------------------------------------ instruments


def test_tasks_and_recalls_of_an_instrument(facts: Callable[..., Facts]) -> None:
    """To call upon is to task too; what is recalled is an instrument, dated or not; to stress or welcome is neither."""
    text = """
    ins:old a osg:Decision ; osg:adoptedOn "2003-12-02"^^edtf:EDTF . ins:undated a osg:Charter .
    osg:Decision rdfs:subClassOf osg:Instrument . osg:Charter rdfs:subClassOf osg:Instrument .
    stmt:1 osg:ofInstrument ins:i ; osg:provisionKind provision:tasks ; osg:addressee body:x , body:y .
    stmt:2 osg:ofInstrument ins:i ; osg:provisionKind provision:calls-upon ; osg:addressee post:z .
    stmt:3 osg:ofInstrument ins:i ; osg:provisionKind provision:recalls ; osg:refersTo ins:old , ins:undated , body:q .
    stmt:4 osg:ofInstrument ins:i ; osg:provisionKind provision:stresses ; osg:addressee body:r ; osg:refersTo ins:old .
    stmt:5 osg:ofInstrument ins:i ; osg:provisionKind provision:welcomes ; osg:addressee body:s .
    """
    assert facts(text, "osg:tasks", "osg:recalls") == {
        ("ins:i", "osg:tasks", "body:x"),
        ("ins:i", "osg:tasks", "body:y"),
        ("ins:i", "osg:tasks", "post:z"),
        ("ins:i", "osg:recalls", "ins:old"),
        ("ins:i", "osg:recalls", "ins:undated"),
    }


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2006-12-05", "2006-12-05"),
        ("2006-12", "2006-12-28"),
        ("2006", "2006-12-31"),
        ("2003-12-01/2003-12-02", "2003-12-02"),
    ],
)
def test_adopted_before(facts: Callable[..., Facts], date: str, day: str) -> None:
    """The last day on which an instrument can have been adopted is that of its date; of a month the 28th."""
    assert facts(f'ins:i osg:adoptedOn "{date}"^^edtf:EDTF .') == {("ins:i", "osg:adoptedBefore", day)}


def grounded(tasked: str = "body:one", adopted: str = "2006-12-05", more: str = "", date: str = "2011-05") -> str:
    """Return an activity on trafficking told by body:one, and an instrument on that theme that tasks somebody."""
    return (
        SHARED
        + f"""
    tell:a osg:statedDate "{date}"^^edtf:EDTF .
    ins:i a osg:Decision ; osg:concernsTheme theme:thb ; osg:adoptedOn "{adopted}"^^edtf:EDTF .
    stmt:1 osg:ofInstrument ins:i ; osg:provisionKind provision:tasks ; osg:addressee {tasked} .
    {more}
    """
    )


GUESS = {("act:a", "osg:inferredBasis", "ins:i")}


@pytest.mark.parametrize("tasked", ["body:one", "body:secretariat", "body:osce", "post:head"])
def test_inferred_basis_by_whom_the_instrument_tasks(facts: Callable[..., Facts], tasked: str) -> None:
    """It is guessed where it tasks the structure, a body that the structure is within, or the post that heads it."""
    assert facts(grounded(tasked), graph="inferred") == GUESS


def test_inferred_basis_reaches_parts_of_what_a_post_heads(facts: Callable[..., Facts]) -> None:
    """A task for the head of a body is one for the structures within it."""
    text = grounded("post:chief", more="post:chief a osg:Post ; osg:postIn body:osce ; osg:heads body:secretariat .")
    assert facts(text, graph="inferred") == GUESS


@pytest.mark.parametrize(
    "text",
    [
        grounded("body:two"),
        grounded("body:un"),
        grounded(adopted="2011-06-01"),
        grounded(adopted="2011-05-01"),
        grounded(more="").replace("concernsTheme theme:thb", "concernsTheme theme:drugs"),
        grounded(more="tell:a osg:statedBasis ins:i ."),
    ],
    ids=["other-structure", "no-structure", "younger", "same-day", "other-theme", "stated"],
)
def test_no_basis_is_inferred(facts: Callable[..., Facts], text: str) -> None:
    """Nothing is guessed for others, for what began before, on another theme, or where the same basis is stated."""
    assert facts(text, graph="inferred") == set()


def test_stated_basis_is_not_repeated_but_another_is_inferred(facts: Callable[..., Facts]) -> None:
    """A stated basis keeps only itself out of the guesses."""
    more = """
    tell:a osg:statedBasis ins:j . ins:j a osg:Decision ; osg:concernsTheme theme:thb ; osg:adoptedOn "2005"^^edtf:EDTF .
    stmt:2 osg:ofInstrument ins:j ; osg:provisionKind provision:tasks ; osg:addressee body:one .
    """
    assert facts(grounded(more=more), graph="inferred") == GUESS


def test_undated_activity_may_rest_on_any_instrument(facts: Callable[..., Facts]) -> None:
    """Without a date nothing excludes an instrument."""
    text = grounded().replace('tell:a osg:statedDate "2011-05"^^edtf:EDTF .', "")
    assert facts(text, graph="inferred") == GUESS
