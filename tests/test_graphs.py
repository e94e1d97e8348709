"""The data: codes, lines, dates, numbers and a net of known facts. No copy of the report is needed."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from pathlib import Path

import pycountry
import pyoxigraph as ox
import pytest

from oscegraph.api import Oscegraph
from oscegraph.namespaces import PREFIXES, local_name, shorten

ROOT = Path(__file__).resolve().parent.parent
TURTLE = sorted((ROOT / "graphs").rglob("*.ttl"))
DERIVED = sorted((ROOT / "graphs" / "derived").glob("*.nt"))
PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
TELL = PREFIXES["tell"]
ROLES = {
    "organizer",
    "partner",
    "facilitator",
    "host",
    "funder",
    "trainer",
    "speaker",
    "attendee",
    "beneficiary",
    "accreditor",
}
# What is told is counted: a change of the data changes these numbers, and is meant to be seen here.
TELLINGS, ACTIVITIES = 368, 336
# The lines of chapter II.
FIRST, LAST = 303, 2443


def _rows(graph: Oscegraph, query: str) -> list[tuple[str, ...]]:
    """The rows of a SELECT query as short names and plain values, unbound ones as an empty text."""
    found = graph.store.inner.query(PROLOGUE + query)
    return [tuple(shorten(term.value) if term is not None else "" for term in row) for row in found]


def _values(graph: Oscegraph, query: str) -> list[str]:
    return sorted(row[0] for row in _rows(graph, query))


def _activity(telling: str, pattern: str) -> str:
    """A query for what `pattern` says of the activity ?a of a telling. Full IRIs: the local name has several dots."""
    return f"SELECT DISTINCT ?x {{ <{TELL}{telling}> osg:tells ?a . {pattern} }}"


# ---------------------------------------------------------------- tellings, activities, lines


def test_numbers_of_tellings_and_activities(graph: Oscegraph) -> None:
    """As many tellings and activities as are pinned, and as many as a report of this size can hold."""
    assert len(_rows(graph, "SELECT ?t { ?t a osg:Telling }")) == TELLINGS
    assert len(_rows(graph, "SELECT ?a { ?a a osg:Activity }")) == ACTIVITIES
    assert 350 <= TELLINGS <= 380


def test_anchors_are_short(graph: Oscegraph) -> None:
    """Each telling has exactly one pinning phrase, of at most 8 words and long enough to be found."""
    anchors = _rows(graph, "SELECT ?t ?a { ?t a osg:Telling OPTIONAL { ?t osg:anchor ?a } }")
    assert len(anchors) == TELLINGS
    assert [row for row in anchors if not 2 <= len(row[1].split()) <= 8] == []


def test_statements_lie_inside_their_sections(graph: Oscegraph) -> None:
    """The lines of every statement, tellings and ledger included, lie in order and within those of its section."""
    rows = _rows(
        graph,
        """SELECT ?x ?f ?l ?sf ?sl { ?x osg:inSection ?s ; osg:firstLine ?f ; osg:lastLine ?l .
        ?s osg:firstLine ?sf ; osg:lastLine ?sl }""",
    )
    assert len(rows) > TELLINGS
    assert [row for row in rows if not int(row[3]) <= int(row[1]) <= int(row[2]) <= int(row[4])] == []
    assert len(rows) == len(_rows(graph, "SELECT ?x { ?x osg:inSection [] }"))


def test_names_of_tellings_say_where_they_stand(graph: Oscegraph) -> None:
    """The IRI of a telling holds the number of its section and its first line."""
    rows = _rows(graph, "SELECT ?t ?n ?f { ?t a osg:Telling ; osg:inSection/skos:notation ?n ; osg:firstLine ?f }")
    assert len(rows) == TELLINGS
    assert [row for row in rows if not re.fullmatch(re.escape(f"tell:{row[1]}-L{row[2]}") + "[a-z]?", row[0])] == []


def test_every_chapter_tells_of_something(graph: Oscegraph) -> None:
    """Twenty chapters describe a structure, each structure has one, and each chapter has at least 4 tellings."""
    counts = Counter(
        row[0] for row in _rows(graph, "SELECT ?s ?t { ?s osg:describes ?b . ?t a osg:Telling ; osg:inSection ?s }")
    )
    chapters = _rows(graph, "SELECT ?s ?b { ?s osg:describes ?b }")
    assert len(chapters) == len({s for s, _ in chapters}) == len({b for _, b in chapters}) == 20
    assert {s: counts[s] for s, _ in chapters if counts[s] < 4} == {}
    assert sum(counts.values()) == TELLINGS


def test_activities_have_a_label_and_a_telling(graph: Oscegraph) -> None:
    """No activity stands without a label or without a telling, and no telling tells of two."""
    told = {row[0] for row in _rows(graph, "SELECT ?a { ?t a osg:Telling ; osg:tells ?a }")}
    labelled = {row[0] for row in _rows(graph, "SELECT ?a { ?a a osg:Activity ; skos:prefLabel ?l FILTER(STRLEN(?l) > 4) }")}
    activities = {row[0] for row in _rows(graph, "SELECT ?a { ?a a osg:Activity }")}
    assert activities == told == labelled
    assert len(_rows(graph, "SELECT ?t ?a { ?t a osg:Telling ; osg:tells ?a }")) == TELLINGS


def test_participations_use_the_ten_roles(graph: Oscegraph) -> None:
    """Each participation has one of the ten roles, at least one actor, and belongs to one telling."""
    used = {local_name(row[0]) for row in _rows(graph, "SELECT DISTINCT ?r { ?p osg:role ?r }")}
    assert {role.removeprefix("role:") for role in used} == ROLES
    rows = _rows(
        graph,
        """SELECT ?p (COUNT(DISTINCT ?r) AS ?roles) (COUNT(DISTINCT ?a) AS ?actors) (COUNT(DISTINCT ?t) AS ?tellings)
        { ?p a osg:Participation
        OPTIONAL { ?p osg:role ?r } OPTIONAL { ?p osg:actor ?a } OPTIONAL { ?t osg:participation ?p } }
        GROUP BY ?p""",
    )
    assert len(rows) > TELLINGS
    assert [row for row in rows if row[1] != "1" or row[2] == "0" or row[3] != "1"] == []


def test_ledger_leaves_no_gap(graph: Oscegraph) -> None:
    """Tellings and ledger entries of chapter II cover its lines from the first to the last but for gaps of blank lines."""
    rows = _rows(
        graph,
        """SELECT ?f ?l { ?x a ?c ; osg:inSection/skos:notation ?n ; osg:firstLine ?f ; osg:lastLine ?l
        FILTER(STRSTARTS(?n, "II") && ?c IN (osg:Telling, osg:LedgerEntry)) }""",
    )
    covered = {line for first, last in rows for line in range(int(first), int(last) + 1)}
    assert min(covered) == FIRST
    assert LAST - 3 <= max(covered) <= LAST
    points = sorted(covered)
    assert [(a, b) for a, b in itertools.pairwise(points) if b - a > 4] == []


# ---------------------------------------------------------------- actors, areas, places


def test_actor_labels_are_unique(graph: Oscegraph) -> None:
    """No two actors bear the same label, capitals aside."""
    named = defaultdict(set)
    for actor, label in _rows(graph, "SELECT ?x ?l { ?x a/rdfs:subClassOf* osg:Actor ; skos:prefLabel ?l }"):
        named[label.casefold()].add(actor)
    assert len(named) > 400
    assert {label: actors for label, actors in named.items() if len(actors) > 1} == {}


def test_codes_of_states(graph: Oscegraph) -> None:
    """Every state has the three codes of ISO 3166-1 that belong together, and its IRI is the one of three letters."""
    rows = _rows(graph, "SELECT ?x ?two ?three ?m { ?x a osg:State ; osg:iso2 ?two ; osg:iso3 ?three ; osg:m49 ?m }")
    countries = {country.alpha_3: country for country in pycountry.countries}
    right = [(f"area:{three.lower()}", countries[three].alpha_2, three, countries[three].numeric) for _, _, three, _ in rows]
    assert [tuple(row) for row in rows] == right
    assert len(rows) == len({row[2] for row in rows}) == len(_rows(graph, "SELECT ?x { ?x a osg:State }"))


def test_participating_states_and_partners(graph: Oscegraph) -> None:
    """In 2011 there were 56 participating States, 6 Mediterranean and 6 Asian Partners, each once and each a state."""
    counts = Counter(status for _, status in _rows(graph, "SELECT ?x ?s { ?x a osg:State ; osg:osceStatus ?s }"))
    assert counts == {"status:participating-state": 56, "status:mediterranean-partner": 6, "status:asian-partner": 6}
    assert len(_rows(graph, "SELECT DISTINCT ?x { ?x osg:osceStatus ?s }")) == 68


def test_kosovo_is_status_neutral(graph: Oscegraph) -> None:
    """Kosovo is a territory: no state, no state's code, no OSCE status, and nothing says that it is part of a state."""
    facts = _rows(graph, "SELECT ?p ?o { area:kosovo ?p ?o }")
    assert [o for p, o in facts if p == "rdf:type"] == ["osg:Territory"]
    assert {p for p, _ in facts} == {"rdf:type", "skos:prefLabel", "osg:userAssignedCode", "osg:inRegion", "osg:statusNote"}
    assert [o for p, o in facts if p == "osg:inRegion"] == ["area:south-eastern-europe"]
    assert "1244" in next(o for p, o in facts if p == "osg:statusNote")
    assert _rows(graph, "SELECT ?x ?p { ?x a osg:State ; ?p area:kosovo }") == []


def test_bodies_and_places_of_kosovo_belong_to_no_state(graph: Oscegraph) -> None:
    """What lies in Kosovo, or has jurisdiction there, or has it as host, is said to be in no other area."""
    double = """SELECT ?x ?o { ?x osg:inArea|osg:jurisdiction|osg:hostArea area:kosovo ;
        osg:inArea|osg:jurisdiction|osg:hostArea ?o FILTER(?o != area:kosovo) }"""
    inside = _values(graph, "SELECT ?x { ?x osg:jurisdiction area:kosovo }")
    assert "body:kosovo-police" in inside
    assert len(inside) >= 10
    assert _rows(graph, double) == []
    assert _rows(graph, "SELECT ?a ?c { ?a osg:place/osg:inArea area:kosovo MINUS { ?a osg:country area:kosovo } }") == []


def test_only_one_territory(graph: Oscegraph) -> None:
    """Territories have no ISO or UN code, and there is one."""
    assert _values(graph, "SELECT ?x { ?x a osg:Territory }") == ["area:kosovo"]
    assert _rows(graph, "SELECT ?x { ?x a osg:Territory ; osg:iso2|osg:iso3|osg:m49|osg:osceStatus ?c }") == []


def test_coordinates_are_plausible(graph: Oscegraph) -> None:
    """Every place has one latitude and one longitude, in the northern half of the Earth and not beyond 70 degrees."""
    rows = _rows(graph, "SELECT ?x ?lat ?lon { ?x a osg:Place OPTIONAL { ?x osg:latitude ?lat ; osg:longitude ?lon } }")
    assert len(rows) == len({row[0] for row in rows}) > 50
    assert [row for row in rows if not (row[1] and 0 < float(row[1]) <= 70 and -180 <= float(row[2]) <= 180)] == []


@pytest.mark.parametrize(
    ("place", "latitude", "longitude"),
    [
        ("vienna", 48.2, 16.4),
        ("tashkent", 41.3, 69.2),
        ("lisbon", 38.7, -9.1),
        ("kathmandu", 27.7, 85.3),
        ("oslo", 59.9, 10.7),
    ],
)
def test_coordinates_of_known_towns(graph: Oscegraph, place: str, latitude: float, longitude: float) -> None:
    """Latitude and longitude are not swapped and have their sign."""
    ((lat, lon),) = _rows(graph, f"SELECT ?lat ?lon {{ place:{place} osg:latitude ?lat ; osg:longitude ?lon }}")
    assert (float(lat), float(lon)) == pytest.approx((latitude, longitude), abs=0.2)


def test_places_lie_in_one_area(graph: Oscegraph) -> None:
    """Each place lies in exactly one state or territory, but for the one whose status the graph leaves open."""
    rows = _rows(graph, "SELECT ?x ?c { ?x a osg:Place ; osg:inArea/a ?c }")
    assert {cls for _, cls in rows} == {"osg:State", "osg:Territory"}
    assert len(rows) == len({place for place, _ in rows})
    assert _values(graph, "SELECT ?x { ?x a osg:Place MINUS { ?x osg:inArea ?a } }") == ["place:transdniestria"]


# ---------------------------------------------------------------- no people


CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w"  # e-mail
    r"|\+\s?\d[\d ()/.-]{7,}"  # +43 1 ...
    r"|\b(?:tel|phone|fax|mobile)\b[.: ]*\+?\(?\d"
    r"|(?<![-\d])0\d{1,4}[ /]\d{3,}[ -]?\d{2,}",
    re.IGNORECASE,
)


def test_contact_pattern_finds_contact_data() -> None:
    """The pattern of the next test finds what it is meant to find, and takes no date for a telephone number."""
    plus = "+"  # apart, so that this line does not look like a telephone number itself
    found = ["x@example.org", f"{plus}43 1 555 0000", "Tel.: 555", "fax 0155", "0043 5550000"]
    assert [text for text in found if not CONTACT.search(text)] == []
    plain = ["7-8 September", "2011-09-07/2011-09-08", "100 000 people", "mobile teams", "MC.DEC/5/06", "telephone hotlines"]
    assert [text for text in plain if CONTACT.search(text)] == []


def test_no_contact_data(graph: Oscegraph) -> None:
    """No text of the graph or the ontology looks like an e-mail address or a telephone number."""
    texts = {quad.object.value for quad in graph.store.inner if isinstance(quad.object, ox.Literal)}
    assert len(texts) > 1000
    assert [text for text in sorted(texts) if CONTACT.search(text)] == []


def test_no_people(graph: Oscegraph) -> None:
    """No node is a person, by any of the usual vocabularies, nor has the properties of one."""
    words = {local_name(q.object.value) for q in graph.store.inner if local_name(q.predicate.value) == "type"}
    assert words.isdisjoint({"Person", "Individual", "Human", "VCard"})
    used = {quad.predicate.value for quad in graph.store.inner}
    strange = ("foaf", "vcard", "schema.org")
    assert [iri for iri in sorted(used) if any(word in iri for word in strange)] == []
    personal = {"givenName", "familyName", "firstName", "lastName", "surname", "birthDate", "gender", "mbox", "email"}
    assert {local_name(iri) for iri in used} & personal == set()


# ---------------------------------------------------------------- instruments and figures


def test_ratification_table_adds_up(graph: Oscegraph) -> None:
    """For the Convention and each of its three Protocols, all 56 States and 12 Partners are in one of three columns."""
    rows = _rows(
        graph,
        """SELECT ?i ?g (SUM(?v) AS ?sum) (COUNT(DISTINCT ?c) AS ?cells) { ?x osg:figureKind figure:parties ; osg:about ?i ;
        osg:stateGroup ?g ; osg:category ?c ; osg:value ?v ; osg:firstLine ?f FILTER(196 <= ?f && ?f <= 247) }
        GROUP BY ?i ?g""",
    )
    assert len(rows) == 8
    assert {row[0] for row in rows} == {
        "ins:untoc",
        "ins:trafficking-protocol",
        "ins:smuggling-protocol",
        "ins:firearms-protocol",
    }
    sums = {"category:participating-states": "56", "category:partners": "12"}
    assert [row for row in rows if row[2] != sums[row[1]] or row[3] != "3"] == []


KNOWN = {
    "funders of the Central Asian workshop": (
        _activity("II.1.1-L329", "?a osg:funder ?x"),
        ["area:aus", "area:nor", "area:usa"],
    ),
    "accreditors of the forensic course": (
        _activity("II.1.1-L360", "?a osg:accreditor ?x"),
        ["body:deu-bka", "body:iacis"],
    ),
    "town of the forensic course": (_activity("II.1.1-L360", "?a osg:place ?x"), ["place:wiesbaden"]),
    "funder of the on-line course": (_activity("II.1.1-L375", "?a osg:funder ?x"), ["area:fin"]),
    "chapters that tell of the seminar on money laundering and trafficking": (
        _activity("II.1.1-L425", "?t osg:tells ?a ; osg:inSection ?x"),
        ["sec:II.1.1", "sec:II.1.4", "sec:II.1.5", "sec:II.3.7"],
    ),
    "PC.DEC/810 recalls": (
        'SELECT ?x { ?d osg:symbol "PC.DEC/810" ; osg:recalls/osg:symbol ?x }',
        ["MC.DEC/3/05", "MC.DEC/5/06"],
    ),
    "MC.DEC/5/06 tasks": (
        "SELECT ?x { ins:mc-dec-5-06 osg:tasks ?x }",
        ["body:osce-executive-structures", "post:secretary-general"],
    ),
    "provisions that ask nobody": (
        "SELECT ?x { VALUES ?k { provision:tasks provision:calls-upon } ?x osg:provisionKind ?k "
        "FILTER NOT EXISTS { ?x osg:addressee ?y } }",
        [],
    ),
    "MC.DEC/9/11 recalls": (
        'SELECT ?x { ?d osg:symbol "MC.DEC/9/11" ; osg:recalls ?x }',
        ["ins:astana-commemorative-declaration"],
    ),
    "the three Protocols supplement the Convention": (
        "SELECT ?x { ?x osg:supplements ins:untoc }",
        ["ins:firearms-protocol", "ins:smuggling-protocol", "ins:trafficking-protocol"],
    ),
    "decisions that the cyber conference rests on": (
        _activity("II.1.2-L606", "?a osg:basis/osg:symbol ?x"),
        ["PC.DEC/991", "PC.DEC/992"],
    ),
    "decisions that the training of the Afghan police rests on": (
        'SELECT ?x { ?a a osg:Activity ; osg:basis/osg:symbol ?x ; osg:basis/osg:symbol "PC.DEC/813" }',
        ["MC.DEC/4/07", "PC.DEC/813"],
    ),
    "activities that ODIHR and OSR/CTHB share": ("SELECT ?x { ?x osg:involves body:odihr , body:osr-cthb }", []),
    "the branch of UNODC": ("SELECT ?x { ?x osg:subOrganizationOf body:unodc }", ["body:unodc-tpb"]),
    "host of the Mission in Kosovo": ("SELECT ?x { body:mission-kosovo osg:hostArea ?x }", ["area:kosovo"]),
    "parties to the Convention": (
        """SELECT ?x { ?f osg:about ins:untoc ; osg:stateGroup category:participating-states ;
        osg:category category:ratified ; osg:refYear 2006 ; osg:value ?x }""",
        ["38"],
    ),
}


@pytest.mark.parametrize("fact", KNOWN)
def test_known_facts(graph: Oscegraph, fact: str) -> None:
    """Facts that a reader can look up by hand stand in the graph, all of them and nothing more."""
    query, expected = KNOWN[fact]
    assert _values(graph, query) == expected


def test_four_workshops_on_conflict_of_interest(graph: Oscegraph) -> None:
    """One sentence tells of four workshops; each is an activity with its own province and dates."""
    rows = _rows(
        graph,
        """SELECT ?p ?e ?l { ?a osg:organizer body:alb-hidaa ; osg:kind kind:workshop ; osg:place ?p ; osg:earliest ?e ;
        osg:latest ?l } ORDER BY ?e""",
    )
    assert rows == [
        ("place:kukes-prefecture", "2011-09-07", "2011-09-08"),
        ("place:gjirokastra-prefecture", "2011-09-14", "2011-09-15"),
        ("place:dibra-prefecture", "2011-09-29", "2011-09-30"),
        ("place:vlora-prefecture", "2011-11-03", "2011-11-04"),
    ]


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: path.name)
def test_turtle_files_are_tidy(path: Path) -> None:
    """Each Turtle file is UTF-8 without BOM, with LF, without tabs or trailing blanks, and ends with one newline."""
    raw = path.read_bytes()
    text = raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert text.endswith("\n") and not text.endswith("\n\n")
    assert [number for number, line in enumerate(text.split("\n"), 1) if line != line.rstrip() or "\t" in line] == []


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: path.name)
def test_turtle_files_use_the_common_prefixes(path: Path) -> None:
    """Each Turtle file declares prefixes of the one list only, for the same IRIs, and each that it declares it uses."""
    text = path.read_text(encoding="utf-8")
    declared = dict(re.findall(r"^@prefix\s+(\S*):\s+<([^>]*)>\s*\.$", text, re.MULTILINE))
    assert declared.items() <= PREFIXES.items()
    assert len(declared) == len(re.findall(r"^\s*@?(?:prefix|base)\b", text, re.MULTILINE | re.IGNORECASE))
    body = re.sub(r'"(?:[^"\\]|\\.)*"|^[@#].*$', "", text, flags=re.MULTILINE)
    assert [prefix for prefix in declared if not re.search(rf"(?<![\w:-]){prefix}:", body)] == []


def test_there_are_chapters_to_look_at() -> None:
    """The file tests see the files: one for each of the 20 chapters and the rest of the graph."""
    names = {path.name for path in TURTLE}
    assert len([name for name in names if re.fullmatch(r"II\.\d\.\d+\.ttl", name)]) == 20
    assert {"areas.ttl", "statements.ttl", "dataset.ttl"} <= names
    assert {path.name for path in DERIVED} == {"derived.nt", "inferred.nt"}


@pytest.mark.parametrize("path", DERIVED, ids=lambda path: path.name)
def test_derived_files_are_canonical(path: Path) -> None:
    """Derived files are N-Triples, one a line with LF, sorted and each once, so that a diff shows what changed."""
    raw = path.read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b" .\n")
    lines = raw.decode("utf-8").split("\n")[:-1]
    assert lines == sorted(set(lines))
    assert len(lines) > 100


def test_chapter_files_hold_their_own_chapter() -> None:
    """The file of a chapter holds the tellings of that chapter and of no other; the ledger may add the heading above it."""
    for path in (ROOT / "graphs" / "chapters").glob("II.*.*.ttl"):
        quads = list(ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE))
        tellings = {q.subject for q in quads if q.object.value == PREFIXES["osg"] + "Telling"}
        told = {
            q.object.value for q in quads if q.subject in tellings and q.predicate.value == PREFIXES["osg"] + "inSection"
        }
        sections = {q.object.value for q in quads if q.predicate.value == PREFIXES["osg"] + "inSection"}
        own = PREFIXES["sec"] + path.stem
        assert told == {own}
        assert sections <= {own, own.rpartition(".")[0]}
