"""Drafts: how they are read, what fits them, and the rows of spreadsheets."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

import oscegraph
from oscegraph.api import Oscegraph
from oscegraph.drafts import Planner
from oscegraph.drafts_areas import read_areas
from oscegraph.drafts_ask import FROM, THERE, VISITED
from oscegraph.drafts_dates import take_dates
from oscegraph.drafts_found import CIRCLES, Fit
from oscegraph.drafts_read import Reader
from oscegraph.drafts_rows import read_row, read_sheet
from oscegraph.drafts_words import LIMIT, DraftError, Reading, stem
from oscegraph.namespaces import local_name

SKOPJE = "Regional workshop on seized assets for prosecutors, Skopje, April"


@pytest.fixture(scope="module")
def planner(graph: Oscegraph) -> Planner:
    """A planner on the packaged graph."""
    return Planner(graph.store, graph.directory)


@pytest.fixture(scope="module")
def reader(planner: Planner) -> Reader:
    """Its reader."""
    return planner.reader


def slugs(reading: Reading, name: str) -> list[str]:
    """Return the short names of what was read."""
    return [local_name(found.iri) for found in getattr(reading, name)]


def test_draft_is_read_in_all_parts(reader: Reader) -> None:
    """Kind, theme by titles, place, month, audience; words that activities bear are looked for."""
    found = reader.read(SKOPJE)
    assert (slugs(found, "kinds"), slugs(found, "themes")) == (["workshop"], ["financial"])
    assert slugs(found, "places") == ["skopje"]
    assert found.themes[0].words == "seized assets" and "titles" in found.themes[0].how
    assert found.dates == [("April", "2011-04-01", "2011-04-30")] and found.months == {4}
    assert found.audience == ["prosecutors"]
    assert found.unknown == [] and found.words == ["regional", "seized", "assets"]


def test_title_words_are_counted_not_written_down(reader: Reader, graph: Oscegraph) -> None:
    """The number in the reason is that of the activities whose titles bear both words."""
    wanted = {stem("seized"), stem("assets")}
    bearing = {t.activity for t in graph.tellings() if wanted <= {stem(word) for word in t.title.casefold().split()}}
    assert reader.read("seized assets").themes[0].how.endswith(f"of {len(bearing)} titles with these words")


@pytest.mark.parametrize(
    ("draft", "themes"),
    [
        ("cybercrime", ["cyber"]),
        ("AML and drug trafficking", ["financial", "drugs"]),
        ("precursors", ["drugs"]),
        ("human trafficking", ["thb"]),
        ("forged passports", ["travel-docs"]),
        ("forensic science", ["forensics"]),
        ("organized crime", ["general"]),
        ("witness protection", []),
        ("border management", []),
        ("illegal migration", []),
        ("migration", []),
        ("firearms trafficking", []),
        ("arms trafficking", []),
        ("trafficking in weapons", []),
        ("tobacco trafficking", []),
        ("child trafficking", ["thb"]),
        ("combating trafficking in Moldova", ["thb"]),
        ("trafficking", ["thb"]),
        ("training against trafficking", ["thb"]),
        ("narcotics trafficking", ["drugs"]),
        ("gardening", []),
    ],
)
def test_themes(reader: Reader, draft: str, themes: list[str]) -> None:
    """Labels, other names, parts of labels and title words lead to themes."""
    assert slugs(reader.read(draft), "themes") == themes


def test_units_partners_and_guests(reader: Reader) -> None:
    """Acronyms and full names are linked; states after "from" are guests, not the place."""
    found = reader.read("Seminar of SPMU, UNODC, the Council of Europe for judges from Serbia and Montenegro in Vienna")
    assert slugs(found, "units") == ["spmu"]
    assert slugs(found, "partners") == ["unodc", "council-of-europe", "srb", "mne"]
    assert (slugs(found, "places"), slugs(found, "areas")) == (["vienna"], [])


def test_body_without_its_state_is_that_of_the_place(reader: Reader) -> None:
    """A ministry is that of the state that the draft names; without one it is not guessed."""
    assert slugs(reader.read("meeting with the Ministry of Interior, Belgrade"), "partners") == ["srb-ministry-of-interior"]
    assert slugs(reader.read("meeting with the MoI"), "partners") == []
    assert "may mean" in dict(reader.read("meeting with the MoI").unknown)["MoI"]


def test_short_names_in_capitals_are_no_words(reader: Reader) -> None:
    """What is spelled like an acronym but not written like one is no name."""
    found = reader.read("see us, and it may march")
    assert slugs(found, "areas") == [] and slugs(found, "partners") == [] and found.dates == []


def test_place_of_a_named_field_operation(reader: Reader) -> None:
    """Where no place is said, the area of the field operation that is named counts as it, and says so."""
    found = reader.read("round table with OSCE Office in Baku")
    assert slugs(found, "areas") == ["aze"] and found.areas[0].how == "area of the unit"


@pytest.mark.parametrize("words", ["31 February", "2011-13-01", "31 April 2012"])
def test_dates_that_do_not_exist(reader: Reader, words: str) -> None:
    """They are listed with the reason, and the rest of the draft is read."""
    found = reader.read(f"workshop on drugs, {words}")
    assert found.dates == [] and slugs(found, "themes") == ["drugs"]
    assert any(words in part and "no such day" in why for part, why in found.unknown)


def test_span_of_days(reader: Reader) -> None:
    """Days of one month are a span."""
    assert reader.read("workshop, 12-14 May 2026").dates == [("12-14 May 2026", "2026-05-12", "2026-05-14")]


@pytest.mark.parametrize("draft", ["", "   ", "\x00\x1b[31m\n", ",,,;;;", "and of the", "…", "\ud800"])
def test_empty_drafts(planner: Planner, draft: str) -> None:
    """Nothing is read, nothing fits, and the notes say which parts are missing."""
    found = planner.plan(planner.reader.read(draft))
    assert found.fits == [] and len(found.notes) >= 4


def test_long_and_hostile_drafts(planner: Planner) -> None:
    """100 kB are read; control characters never come back; more than the limit is an error."""
    found = planner.plan(planner.reader.read("seized assets\x1b[31m Skopje blub\x00 " * 3000))
    assert slugs(found.reading, "themes") == ["financial"] and slugs(found.reading, "places") == ["skopje"]
    assert "\x1b" not in found.reading.text and "\x00" not in found.reading.text
    with pytest.raises(DraftError, match="at most"):
        planner.reader.read("a" * (LIMIT + 1))
    assert planner.plan(planner.reader.read('"} UNION { ?s ?p ?o } # <x> \\ %s')).fits == []


def test_circles_are_what_they_say(planner: Planner, graph: Oscegraph) -> None:
    """On the theme in the state, in its regions or elsewhere, by points; by words; and what was done there."""
    found = planner.plan(planner.reader.read(SKOPJE))
    order = [-fit.points for fit in found.fits]
    assert order == sorted(order)
    on_theme = {row["activity"] for row in graph.query("theme_activities", theme="theme:financial")}
    by_words = {fit.activity.id for fit in found.fits if CIRCLES[fit.circle] == "words"}
    assert {fit.activity.id for fit in found.fits} - by_words == on_theme and not by_words & on_theme
    assert {CIRCLES[fit.circle] for fit in found.there} == {"place"}
    assert not {fit.activity.id for fit in found.there} & {fit.activity.id for fit in found.fits}
    for fit in (*found.fits, *found.there):
        here = any("North Macedonia" in t.countries or t.told_by == "OSCE Mission to Skopje" for t in fit.activity.tellings)
        if CIRCLES[fit.circle] == "theme and place":
            assert here
        if CIRCLES[fit.circle] in {"theme and region", "theme"}:
            assert all("North Macedonia" not in t.countries for t in fit.activity.tellings)
        assert fit.sources and fit.reasons


def test_units_are_counted_as_shares(planner: Planner, graph: Oscegraph) -> None:
    """Units have the numbers of their shares in the activities on the theme."""
    found = planner.plan(planner.reader.read("workshop on seized assets"))
    fitting = {fit.activity.id for fit in (*found.fits, *found.there)}
    told = {(t.told_by, t.activity) for t in graph.tellings() if t.activity in fitting}
    for unit in found.units:
        assert unit.roles["told"] == sum(name == unit.label for name, _ in told)
        assert unit.numbers.total() == unit.roles.total()


def test_whom_to_ask_first(planner: Planner) -> None:
    """The field operation there with work on the theme is first, with lines of its activities and its focal point."""
    found = planner.plan(planner.reader.read(SKOPJE))
    first = found.ask[0]
    assert local_name(first.iri) == "mission-skopje" and first.numbers[0] > 0
    assert first.words[0] == "works there"
    assert ("appendix-3", 2715, 2810) in first.sources
    assert found.focal_points[0].words[0] == first.label
    assert [row.numbers[0] for row in found.ask] == sorted((row.numbers[0] for row in found.ask), reverse=True)


def test_mandates_are_those_of_the_question(planner: Planner, graph: Oscegraph) -> None:
    """Only who is tasked or called upon has a mandate among the reasons."""
    on_theme = {row["instrument"] for row in graph.query("decision_themes", theme="theme:thb")}
    asked = {row["addressee"] for row in graph.query("decision_tasks") if row["instrument"] in on_theme}
    found = planner.plan(planner.reader.read("human trafficking"))
    with_mandate = {
        row.iri for row in found.ask if any(word.endswith((" tasks it", " calls upon it")) for word in row.words)
    }
    assert with_mandate and len(with_mandate) < len(found.ask)
    assert asked & {row.iri for row in found.ask} <= with_mandate


def test_mandate_of_a_head_above_is_told_apart(planner: Planner) -> None:
    """What the Secretary General is asked is said as such, and only of units of the Secretariat."""
    found = planner.plan(planner.reader.read("workshop on drugs"))
    above = {row.label for row in found.ask if any(word.endswith(", above it") for word in row.words)}
    assert "Strategic Police Matters Unit" in above
    assert not any(label.startswith("OSCE ") for label in above)


def test_every_row_says_where_it_stands(planner: Planner) -> None:
    """No row is without chapter and lines."""
    found = planner.plan(planner.reader.read("human trafficking in Azerbaijan"))
    rows = [*found.units, *found.partners, *found.decisions, *found.focal_points, *found.ask]
    assert rows and all(row.sources for row in rows)
    assert {row.words[0] for row in found.decisions} == {"stated", "by rule"}


def test_draft_with_a_place_only(planner: Planner) -> None:
    """Without a theme, what was done there comes first, whatever it is on."""
    found = planner.plan(planner.reader.read("meeting in Tirana"))
    assert found.fits[0].circle == CIRCLES.index("place")


@pytest.mark.parametrize(
    ("draft", "unit", "line"),
    [
        ("Training course on cybercrime for police, Dushanbe, May 2011", "office-tajikistan", 2192),
        ("Workshop on money laundering for prosecutors in Dushanbe", "office-tajikistan", 2192),
        ("Forensics training for police, Tashkent", "project-coordinator-uzbekistan", 2329),
        ("Seminar on corruption, Yerevan", "office-yerevan", 1969),
        ("Workshop on travel documents, Baku", "office-baku", 1837),
        ("Seminar on drugs, Macedonia", "mission-skopje", 1639),
        ("Seminar on drugs, Sarajevo", "mission-bosnia-herzegovina", 555),
        ("Seminar on gardening, Podgorica", "mission-montenegro", 1356),
    ],
)
def test_who_works_there_is_asked_first(planner: Planner, draft: str, unit: str, line: int) -> None:
    """Whether or not it did anything on the theme; with the head of its chapter, or where it is named if it has none."""
    first = planner.plan(planner.reader.read(draft)).ask[0]
    assert local_name(first.iri) == unit and first.words[0] == "works there"
    assert line in {start for _, start, _ in first.sources}


@pytest.mark.parametrize(
    ("draft", "first", "visited", "whence"),
    [
        ("Study visit of Kyrgyz police officers to Skopje on cybercrime", "centre-bishkek", "mission-skopje", "Kyrgyzstan"),
        (
            "Study tour to Germany on drugs for the Ministry of Interior of Uzbekistan",
            "project-coordinator-uzbekistan",
            None,
            "Uzbekistan",
        ),
        ("Study visit to Baku on surveillance, Mission in Kosovo", "mission-kosovo", "office-baku", "Kosovo"),
        ("Study visit of Serbian police to Turkey, funded by Norway", "mission-serbia", None, "Serbia"),
    ],
)
def test_study_visits_are_planned_where_visitors_come_from(
    planner: Planner, draft: str, first: str, visited: str | None, whence: str
) -> None:
    """Who works there is asked first; who works where the visit leads to stands by what was done, and not first."""
    found = planner.plan(planner.reader.read(draft))
    assert local_name(found.ask[0].iri) == first and found.ask[0].words[0] == FROM
    assert {local_name(row.iri) for row in found.ask if VISITED in row.words} == {visited} - {None}
    assert [note for note in found.notes if note.startswith("The visitors")] == [
        f"The visitors come from {whence}; what was done there counts as done in the place, too."
    ]
    assert all(THERE not in row.words for row in found.ask)


def test_a_study_visit_with_one_side_says_so(planner: Planner) -> None:
    """Where the draft does not say where the visitors come from, who works there is asked, and a note says why."""
    found = planner.plan(planner.reader.read("Study visit to Skopje on corruption"))
    assert local_name(found.ask[0].iri) == "mission-skopje" and found.ask[0].words[0] == THERE
    assert any("one side of the study visit only" in note for note in found.notes)
    workshop = planner.plan(planner.reader.read("Workshop in Skopje on corruption for the Serbian police"))
    assert local_name(workshop.ask[0].iri) == "mission-skopje" and not any("visit" in note for note in workshop.notes)


def test_works_in_a_region(planner: Planner) -> None:
    """For a region those who work in it are asked, too, in the order of what they did."""
    found = planner.plan(planner.reader.read("workshop on drugs in Central Asia"))
    there = {local_name(row.iri) for row in found.ask if "works in the region Central Asia" in row.words}
    assert there == {
        "centre-ashgabat",
        "centre-astana",
        "centre-bishkek",
        "office-tajikistan",
        "project-coordinator-uzbekistan",
    }


def starts(fits: list[Fit]) -> list[int]:
    """Return the first line of each activity, in order."""
    return [fit.sources[0][1] for fit in fits]


def test_done_there_on_something_else(planner: Planner) -> None:
    """What was done in the place on other themes stands in a circle of its own, what names the town first."""
    found = planner.plan(planner.reader.read(SKOPJE))
    assert {673, 1070, 1686} <= set(starts(found.there)[:4])
    assert all(fit.reasons[0] == "in Skopje" for fit in found.there[:4])


@pytest.mark.parametrize(
    ("draft", "line", "rank"),
    [
        (SKOPJE, 1573, 5),
        (SKOPJE, 1587, 8),
        (SKOPJE, 470, 8),
        ("intelligence-led policing, Prishtina", 1243, 3),
        ("National Referral Mechanism, Kiev", 1831, 4),
        ("THB seminar for judges, Chisinau", 2094, 8),
        ("hostage negotiation, Podgorica", 1407, 1),
        ("Workshop on firearms trafficking, Chisinau", 719, 3),
        ("Workshop on firearms trafficking, Chisinau", 724, 3),
        ("Training on arms trafficking, Dushanbe", 719, 1),
        ("Training on arms trafficking, Dushanbe", 724, 2),
        ("Seminar on illegal migration, Skopje", 1710, 1),
        ("Seminar on illegal migration, Skopje", 1719, 4),
        ("witness protection", 1351, 1),
    ],
)
def test_words_of_the_draft_raise_what_bears_them(planner: Planner, draft: str, line: int, rank: int) -> None:
    """Rare words of titles and search terms bring an activity to the front, also from another circle."""
    assert line in starts(planner.plan(planner.reader.read(draft)).fits)[:rank]


def test_words_are_a_reason(planner: Planner) -> None:
    """Which words an activity bears is said, and a unit's activity that is most like the draft."""
    found = planner.plan(planner.reader.read(SKOPJE))
    fit = next(fit for fit in found.fits if fit.sources[0][1] == 1573)
    assert "bears “seized”, “assets” or other forms in a title" in fit.reasons
    serbia = next(row for row in found.ask if local_name(row.iri) == "mission-serbia")
    assert "nearest: “Management of Seized Assets” (theme and region)" in serbia.words
    judges = planner.plan(planner.reader.read("THB seminar for judges, Chisinau"))
    assert "centre-astana" in [local_name(row.iri) for row in judges.ask[:5]]


def test_rare_words_say_more(planner: Planner) -> None:
    """The fewer activities bear a word, the more it says; what none bears says nothing."""
    titles = planner.reader.titles
    assert titles.number("firearm") < titles.number("asset") < titles.number("polic")
    assert titles.weight("firearm") > titles.weight("asset") > titles.weight("polic") > titles.weight("garden") == 0
    assert titles.rare("firearm") and not titles.rare("polic") and not titles.rare("garden")


def test_common_words_and_audiences_find_nothing_alone(planner: Planner) -> None:
    """A frequent word, and for whom something was, are no theme."""
    for draft in ("something regional", "for prosecutors", "Regional gardening"):
        assert planner.plan(planner.reader.read(draft)).fits == []


def test_sub_headings_stand_for_a_theme(planner: Planner) -> None:
    """A sub-heading that no theme is called by finds what stands under it, in whatever chapter."""
    found = planner.plan(planner.reader.read("Seminar on border management, Tashkent"))
    assert [item.label for item in found.reading.headings] == ["Border Management"]
    under = [fit for fit in found.fits if "under the sub-heading Border Management" in fit.reasons]
    assert {fit.activity.tellings[0].chapter for fit in under} == {"II.3.3", "II.3.5", "II.3.13"}
    assert planner.reader.read("trafficking in human beings").headings == []


@pytest.mark.parametrize(("draft", "line"), [("THB, Chisinau", 396), ("THB, Chisinau", 428), ("cybercrime, Belgrade", 360)])
def test_for_a_body_elsewhere_is_not_there(planner: Planner, draft: str, line: int) -> None:
    """What was held elsewhere for people from the place is on the theme, not in the place."""
    found = planner.plan(planner.reader.read(draft))
    fit = next(fit for fit in found.fits if fit.sources[0][1] == line)
    assert CIRCLES[fit.circle] == "theme" and any(reason.endswith(", elsewhere") for reason in fit.reasons)


@pytest.mark.parametrize(
    ("unit", "titles"),
    [
        ("spmu", ["Adviser on Fight Against Crime", "Adviser on Research and Analysis"]),
        ("osr-cthb", ["Deputy Co-ordinator", "Senior Adviser"]),
        ("mission-serbia", ["Legal Advisor on Organized Crime", "Organized Crime Programme Manager"]),
        ("centre-astana", ["Political Officer", "Senior Project Assistant"]),
        ("mission-skopje", ["Organized Crime, Police Training Adviser"]),
    ],
)
def test_focal_points_have_the_titles_of_their_posts(planner: Planner, unit: str, titles: list[str]) -> None:
    """All of them, of every structure that has a focal point."""
    focal = {local_name(iri): row.words[1:] for iri, row in planner.askers.focal.items()}
    assert focal[unit] == titles and len(focal) == 21 and all(focal.values())


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("15.06.2011", "2011-06-15", "2011-06-15"),
        ("15/06/2011", "2011-06-15", "2011-06-15"),
        ("7.-8.9.2011", "2011-09-07", "2011-09-08"),
        ("30.6.-2.7.2011", "2011-06-30", "2011-07-02"),
        ("30 June - 2 July", "2011-06-30", "2011-07-02"),
        ("30 June - 2 July 2012", "2012-06-30", "2012-07-02"),
        ("15 June to 17 June", "2011-06-15", "2011-06-17"),
        ("15 to 17 June", "2011-06-15", "2011-06-17"),
        ("June 5-7, 2011", "2011-06-05", "2011-06-07"),
        ("3rd of May", "2011-05-03", "2011-05-03"),
        ("May 3rd", "2011-05-03", "2011-05-03"),
        ("week 23", "2011-06-06", "2011-06-12"),
        ("week 23 of 2012", "2012-06-04", "2012-06-10"),
        ("2011-06-15 to 2011-06-17", "2011-06-15", "2011-06-17"),
        ("May-June 2011", "2011-05-01", "2011-06-30"),
        ("2011-2012", "2011-01-01", "2012-12-31"),
        ("June 2012", "2012-06-01", "2012-06-30"),
    ],
)
def test_dates_as_people_write_them(words: str, first: str, last: str) -> None:
    """Days, spans, weeks and months, each as a whole."""
    assert take_dates(f"workshop ({words}) in Skopje")[1:] == ([(words, first, last)], [])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("31/06/2011", "no such day"),
        ("06/15/2011", "day stands before the month"),
        ("31.04.2011", "no such day"),
        ("February 30", "no such day"),
        ("June 31", "no such day"),
        ("20-10 June", "before it begins"),
        ("week 60", "no week 60"),
    ],
)
def test_dates_that_are_none_are_not_widened(reader: Reader, words: str, why: str) -> None:
    """Neither the month nor the year is taken instead."""
    found = reader.read(f"workshop on drugs, {words}")
    assert found.dates == [] and why in dict(found.unknown)[words] and found.audience == []


@pytest.mark.parametrize(
    ("spelt", "place"),
    [
        ("Bakuu", "Baku"),
        ("Kishinev", "Chisinau"),
        ("Kichinau", "Chisinau"),
        ("Belgrad", "Belgrade"),
        ("Ashkhabad", "Ashgabat"),
    ],
)
def test_misspelt_places_get_the_nearest(reader: Reader, spelt: str, place: str) -> None:
    """They are not understood, and the nearest names are said; what is near to none gets none."""
    found = reader.read(f"Seminar on drugs, {spelt}")
    assert found.places == [] and f"nearest places: {place}" in dict(found.unknown)[spelt]
    assert dict(reader.read("Gardening in Atlantis").unknown)["Atlantis"] == "no known name or word"


@pytest.mark.parametrize(
    ("draft", "themes", "kinds", "partners"),
    [
        ("Capacity building for customs officers, Bishkek", [], [], []),
        ("Round table on NRM in Dushanbe with IOM", ["thb"], ["round-table"], ["iom"]),
        ("Study visit of Ukrainian NRM stakeholders to Serbia", ["thb"], ["study-visit"], ["ukr"]),
        ("FIU training for Turkmenistan", ["financial"], ["training-course"], ["tkm-fiu"]),
        ("ToT on drugs", ["drugs"], ["training-of-trainers"], []),
        ("TADOC train-the-trainer course", [], ["training-of-trainers"], ["tur-tadoc"]),
        ("Trafficking of cultural property, Rome", [], [], []),
        ("Trafficking in women, Tirana", ["thb"], [], []),
        ("Workshop on trafficking of Moldovan women, Chisinau", ["thb"], ["workshop"], ["mda"]),
        ("Trafficking of young girls, Tirana", ["thb"], [], []),
        ("Trafficking in organs", ["thb"], [], []),
        ("Training for passport offices, Tashkent", ["travel-docs"], ["training-course"], []),
        ("CT workshop with the PGO, Dushanbe", ["terrorism"], ["workshop"], ["tjk-prosecutor-general"]),
        ("K-9 dog handlers course, Podgorica, 2nd week of June", [], ["training-course"], []),
        ("Workshop on regional cooperation and co-ordination, Vienna", [], ["workshop"], []),
        ("Workshop on small arms and light weapons trafficking, Bishkek", [], ["workshop"], []),
        ("Cybercrime study on online grooming", ["cyber"], [], []),
        ("Study tour on cybercrime to London", ["cyber"], ["study-visit"], []),
        ("Hand-over of computers to passport offices in Uzbekistan", ["travel-docs"], ["equipment"], []),
        (
            "Legal review of the trafficking law of Moldova for the MIA",
            ["thb"],
            ["legal-opinion"],
            ["mda-ministry-of-internal-affairs"],
        ),
        ("Workshop on implementing MC.DEC/5/08, Tirana", ["thb"], ["workshop"], []),
        ("Study visit for Kp officers to London", [], ["study-visit"], ["kosovo-police"]),
    ],
)
def test_what_desk_officers_write(
    reader: Reader, draft: str, themes: list[str], kinds: list[str], partners: list[str]
) -> None:
    """Short forms, words that say nothing of a theme, and what a decision is on."""
    found = reader.read(draft)
    assert (slugs(found, "themes"), slugs(found, "kinds"), slugs(found, "partners")) == (themes, kinds, partners)
    assert not {"co", "operation", "capacity", "building"} & {*found.words, *found.audience, *dict(found.unknown)}


def test_visitors_and_who_is_visited_are_told_apart(planner: Planner) -> None:
    """Who works where the visit leads to is no home of visitors, nor an organization that comes with them."""
    directory = planner.directory
    reading = planner.reader.read("Study visit of Kyrgyz police to Skopje with the Mission to Skopje and La Strada")
    areas = read_areas(reading, directory)
    assert [local_name(one) for one in areas.homes] == ["kgz"] and areas.whence == areas.homes
    judges = planner.plan(planner.reader.read("Study visit of Moldovan police to Vienna with La Strada"))
    assert local_name(judges.ask[0].iri) == "mission-moldova"
    german = planner.plan(planner.reader.read("Study visit of German police officers to Skopje on cybercrime"))
    assert "No field operation works where the visitors come from: Germany." in german.notes
    assert not any("one side" in note for note in german.notes)


def test_a_named_unit_is_asked_before_others(planner: Planner) -> None:
    """Though others did more that is like it."""
    draft = "Cybercrime training for police with ODIHR"
    found = planner.plan(planner.reader.read(draft))
    assert local_name(found.ask[0].iri) == "odihr"
    without = planner.plan(planner.reader.read(draft.removesuffix(" with ODIHR")))
    assert local_name(without.ask[0].iri) != "odihr"


def test_units_of_a_users_own_graph(tmp_path: Path) -> None:
    """Wholes that go round in a circle, or that nothing describes, neither stop nor break a plan."""
    path = tmp_path / "own.ttl"
    path.write_text(
        """@prefix e: <http://example.org/> .
        @prefix osg: <https://w3id.org/oscegraph/ontology#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        e:a a osg:FieldOperation ; skos:prefLabel "Mission Alpha"@en ; osg:subOrganizationOf e:b .
        e:b a osg:FieldOperation ; skos:prefLabel "Mission Beta"@en ; osg:subOrganizationOf e:a .
        e:c a osg:FieldOperation ; skos:prefLabel "Mission Gamma"@en ; osg:subOrganizationOf e:nowhere .
        """,
        encoding="utf-8",
    )
    own = oscegraph.load(str(path))
    planner = Planner(own.store, own.directory)
    for unit in ("Alpha", "Gamma"):
        reading = planner.reader.read(f"Workshop by Mission {unit}")
        assert [found.label for found in reading.units] == [f"Mission {unit}"]
        assert unit != "Gamma" or planner.plan(reading).ask[0].label == "Mission Gamma"


def test_the_nearest_is_shown_where_nothing_fits_well(planner: Planner) -> None:
    """Words that no place, theme or title takes up do not hide what bears some of them; that it is weak is said."""
    found = planner.plan(planner.reader.read("Irregular migration and asylum Roma visa-free, guidebook, orphanages"))
    assert any(fit.sources[0][0] == "II.3.5" and 1700 < fit.sources[0][1] < 1715 for fit in found.fits[:3])
    assert all("bears less than half of what the words say" in fit.reasons for fit in found.fits)
    assert not any("tells of nothing" in note for note in found.notes)
    nothing = planner.plan(planner.reader.read("Gardening course for florists"))
    assert not nothing.fits or all(CIRCLES[fit.circle] != "words" for fit in nothing.fits)


@pytest.mark.parametrize(
    ("draft", "areas", "partners"),
    [
        ("Course for the State Customs Service of Turkmenistan on drugs", ["tkm"], ["tkm-state-customs-service"]),
        ("Study visit to Bishkek for the Tajik MIA on customs", [], ["tjk-ministry-of-internal-affairs", "tjk"]),
        ("Study visit to Kiev for the MIA of Moldova on cybercrime", [], ["mda-ministry-of-internal-affairs", "mda"]),
        ("Study visit to Serbia for prosecutors of Montenegro", ["srb"], ["mne"]),
        ("Training for Central Asian FIUs on AML", ["central-asia"], []),
        ("Publication of a guide on community policing, in Russian", [], []),
        ("Workshop in Russian Federation on drugs", ["rus"], []),
    ],
)
def test_whose_people_they_are(reader: Reader, draft: str, areas: list[str], partners: list[str]) -> None:
    """A body is that of the state beside it, and its state the place where none is said; a language is no place."""
    found = reader.read(draft)
    assert (slugs(found, "areas"), slugs(found, "partners")) == (areas, partners)


def test_border_police_of_another_state_are_not_those_of_the_host(reader: Reader) -> None:
    """The report has border police of Montenegro, and none of Serbia."""
    found = reader.read("Study visit to Montenegro for border police of Serbia on forged documents")
    assert "mne-border-police" not in slugs(found, "partners") and slugs(found, "areas") == ["mne"]


@pytest.mark.parametrize(
    ("draft", "kinds"),
    [
        ("Training on sport events security for police, Kiev", ["training-course"]),
        ("Training on cybercrime equipment for the police of Ukraine", ["training-course"]),
        ("Equipment for the police of Ukraine", ["equipment"]),
    ],
)
def test_what_a_training_is_about_is_no_kind(reader: Reader, draft: str, kinds: list[str]) -> None:
    """Events, equipment and assessments are subjects beside another kind."""
    assert slugs(reader.read(draft), "kinds") == kinds


def test_every_match_of_a_unit_or_partner_counts(planner: Planner) -> None:
    """The same visit comes before what else was at the same college."""
    found = planner.plan(planner.reader.read("Study visit to BMSC in Dushanbe for border police of North Macedonia"))
    assert found.fits[0].sources[0] == ("II.3.5", 1733, 1735)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2012 Q1", "2012-01-01", "2012-03-31"),
        ("Q1/2012", "2012-01-01", "2012-03-31"),
        ("first quarter of 2012", "2012-01-01", "2012-03-31"),
        ("second half of 2012", "2012-07-01", "2012-12-31"),
        ("H1", "2011-01-01", "2011-06-30"),
        ("second half of May", "2011-05-16", "2011-05-31"),
        ("mid-May", "2011-05-01", "2011-05-31"),
        ("end of March 2012", "2012-03-01", "2012-03-31"),
        ("week of 14 November", "2011-11-14", "2011-11-20"),
        ("2nd week of June", "2011-06-01", "2011-06-30"),
        ("CW 23", "2011-06-06", "2011-06-12"),
    ],
)
def test_parts_of_years_and_months(reader: Reader, words: str, first: str, last: str) -> None:
    """They are one date, and none of their words is looked for."""
    found = reader.read(f"Workshop on drugs, Tirana, {words}")
    assert found.dates == [(words, first, last)] and not found.words and not found.unknown


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("Q2 2012", "2012-04-01", "2012-06-30"),
        ("3rd quarter", "2011-07-01", "2011-09-30"),
        ("Q4", "2011-10-01", "2011-12-31"),
    ],
)
def test_quarters(reader: Reader, words: str, first: str, last: str) -> None:
    """A quarter is three months."""
    assert [(a, b) for _, a, b in reader.read(f"Workshop on drugs, Tirana, {words}").dates] == [(first, last)]


def test_a_title_comes_first(planner: Planner) -> None:
    """Of whatever a draft bears the whole title, that is most like it."""
    for title in ("Counter-Narcotics Train-the-Trainer Course", "FIU Development Workshop"):
        found = planner.plan(planner.reader.read(title))
        assert found.fits[0].activity.label == title and "has this title" in found.fits[0].reasons


def test_the_unit_of_a_part_is_asked_and_gives_the_place(planner: Planner) -> None:
    """A department stands for its mission; co-operation is no operation."""
    found = planner.plan(planner.reader.read("LED drugs course for Serbian police"))
    assert local_name(found.ask[0].iri) == "mission-serbia" and found.ask[0].words[0] == THERE
    assert "named in the draft" in found.ask[0].words
    both = planner.reader.read("LED and OSCE Mission to Serbia drugs course")
    assert slugs(both, "areas") == ["srb"]
    meeting = planner.reader.read("Regional co-operation meeting on borders, Podgorica")
    assert meeting.audience == [] and "co" not in dict(meeting.unknown)


def test_who_goes_from_a_town_comes_from_its_state(planner: Planner) -> None:
    """A town that visitors come from is no venue."""
    reading = planner.reader.read("Study visit from Skopje border police to Dushanbe")
    assert slugs(reading, "places") == ["dushanbe"] and "mkd" in slugs(reading, "partners")
    assert local_name(planner.plan(reading).ask[0].iri) == "mission-skopje"


def test_what_a_unit_is_only_named_in_is_not_there(planner: Planner) -> None:
    """The Office in Yerevan is a partner of a project told by Baku: that is nothing done in Armenia."""
    found = planner.plan(planner.reader.read("Training of trainers on THB for labour inspectors, Yerevan"))
    handbook = next(fit for fit in found.fits if "ILO Handbook" in fit.activity.label)
    assert CIRCLES[handbook.circle] == "theme and region" and not any("by OSCE" in reason for reason in handbook.reasons)
    assert found.fits[0].circle == 0


def test_towns_of_field_operations(reader: Reader) -> None:
    """A town that is no place of the report but the seat of a field operation, or of a part of one, says its area."""
    for town, area in (("Podgorica", "mne"), ("Khujand", "tjk"), ("Ashgabat", "tkm")):
        found = reader.read(f"Seminar, {town}")
        assert slugs(found, "areas") == [area] and found.areas[0].how.startswith("seat of OSCE")


def test_adjectives_in_small_letters(reader: Reader) -> None:
    """A nationality is a place, in capitals or not, and no theme; what is another word in small letters is none."""
    assert slugs(reader.read("training for tajik prosecutors on THB"), "areas") == ["tjk"]
    police = reader.read("training for ukrainian police")
    assert (slugs(police, "areas"), police.themes) == (["ukr"], [])
    assert reader.read("workshop to polish skills").areas == []


@pytest.mark.parametrize(
    ("draft", "decision"),
    [
        ("drugs workshop, Permanent Council Decision No. 813 (2007), Baku", "pc-dec-813"),
        ("PC Decision 813", "pc-dec-813"),
        ("seminar on Decision 5/08", "mc-dec-5-08"),
        ("Decision No. 8/07", "mc-dec-8-07"),
        ("Decision 02/09, Kiev", "mc-dec-2-09"),
    ],
)
def test_decisions_as_officers_write_them(reader: Reader, draft: str, decision: str) -> None:
    """With or without the organ, and the year behind a number is no date of the draft."""
    found = reader.read(draft)
    assert (slugs(found, "decisions"), found.dates) == ([decision], [])


def test_years_of_names_are_no_dates(reader: Reader) -> None:
    """A name that the report has keeps its year; that of a place is a date."""
    assert reader.read("Euro 2012 football").dates == [] == reader.read("Donbass 2012 exercise").dates
    assert [start for _, start, _ in reader.read("training, Kosovo 2009").dates] == ["2009-01-01"]


@pytest.mark.parametrize(
    ("draft", "theme"),
    [
        ("human resources management course for police, Tirana", ""),
        ("labour market seminar", ""),
        ("illicit enrichment seminar", ""),
        ("legal documents drafting", ""),
        ("Training of border guards, Tashkent", ""),
        ("seminar on labour exploitation", "thb"),
        ("seminar on illicit drugs", "drugs"),
        ("seminar on forged documents", "travel-docs"),
    ],
)
def test_ordinary_words_are_no_theme(reader: Reader, draft: str, theme: str) -> None:
    """A word that titles on a theme bear, too, says nothing of it alone."""
    assert slugs(reader.read(draft), "themes") == ([theme] if theme else [])


@pytest.mark.parametrize(
    ("draft", "line"),
    [
        ("Training of Afghan border police in Dushanbe", 753),
        ("Training of Afghan customs in Bishkek", 767),
        ("Study visit of Uzbek officials to Germany", 2364),
    ],
)
def test_a_kind_alone_finds_nothing(planner: Planner, draft: str, line: int) -> None:
    """A "training" does not bring all trainings before the one there; a State has what its bodies did."""
    assert planner.plan(planner.reader.read(draft)).fits[0].sources[0][1] == line


@pytest.mark.parametrize(
    ("words", "first"),
    [("training, oct 2012", "2012-10-01"), ("workshop 5-6 may", "2011-05-05"), ("course 3 mar", "2011-03-03")],
)
def test_months_in_small_letters(reader: Reader, words: str, first: str) -> None:
    """Short forms of months, and those that are other words behind a day only."""
    assert [start for _, start, _ in reader.read(words).dates] == [first]
    assert reader.read("they may march").dates == []


def test_towns_of_regions(planner: Planner) -> None:
    """A town by which a region is called is read as the region."""
    found = planner.plan(planner.reader.read("drugs seminar in Kumanovo"))
    assert found.ask[0].label == "OSCE Mission to Skopje" and not found.reading.unknown
    assert slugs(planner.reader.read("training in Jalal-Abad"), "places") == ["jalal-abad-province"]


def test_adjectives_of_states(reader: Reader) -> None:
    """They are the place where the draft names none, otherwise who comes from there."""
    alone = reader.read("Training for Kyrgyz police")
    assert (slugs(alone, "areas"), slugs(alone, "partners")) == (["kgz"], [])
    away = reader.read("Training for Serbian prosecutors in Vienna")
    assert (slugs(away, "places"), slugs(away, "areas"), slugs(away, "partners")) == (["vienna"], [], ["srb"])
    body = reader.read("Seminar of the Tajik Drug Control Agency")
    assert slugs(body, "partners") == ["tjk-drug-control-agency"] and slugs(body, "themes") == []


def test_body_named_without_a_state_is_not_torn(reader: Reader) -> None:
    """A name that bodies bear with their state is no theme; whose it is, is not guessed."""
    found = reader.read("Training for the Drug Control Agency")
    assert (slugs(found, "themes"), slugs(found, "partners")) == ([], [])
    assert "Drug Control Agency of Tajikistan" in dict(found.unknown)["Drug Control Agency"]
    assert reader.read("Training for Border Police, Podgorica").partners[0].label == "Border Police of Montenegro"


def test_kinds_in_one_word_and_no_media_work(reader: Reader) -> None:
    """A kind may be written without its blank; "work" is no kind; control characters do not part a word."""
    assert slugs(reader.read("Roundtable on drugs"), "kinds") == ["round-table"]
    assert slugs(reader.read("Support to the work of police"), "kinds") == []
    assert slugs(reader.read("Work\x07shop on drugs"), "kinds") == ["workshop"]


def test_symbols_of_unknown_decisions(reader: Reader) -> None:
    """No part of one is a unit; those that the report names are decisions."""
    found = reader.read("Seminar on MC.DEC/15/06")
    assert found.units == [] and "MC.DEC/15/06" in dict(found.unknown)
    assert len(reader.read("Seminar on MC.DEC/3/05").decisions) == 1


def test_other_languages(planner: Planner) -> None:
    """If nothing is found, or nothing but the place, it is said that only English is read."""
    for draft in ("Atelier sur les avoirs saisis", "Семинар по наркотикам"):
        assert "Drafts are read in English only." in planner.plan(planner.reader.read(draft)).notes
    placed = planner.plan(planner.reader.read("Séminaire sur les drogues à Tirana"))
    assert placed.fits and "What the draft is about was not read. Drafts are read in English only." in placed.notes
    assert not any("English" in note for note in planner.plan(planner.reader.read("drugs, Atlantis")).notes)


def sheet(tmp_path: Path, content: str | bytes, name: str = "drafts.csv") -> Path:
    """Write a file."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_columns_in_any_order_and_case(tmp_path: Path, reader: Reader) -> None:
    """Columns are known in any case and order, others are named; a byte order mark and empty rows do not matter."""
    found = read_sheet(sheet(tmp_path, "﻿PLACE,Budget, theme \n\n,,\nSkopje,10,seized assets\n"))
    assert found.ignored == ["Budget"] and found.rows == [(4, {"place": "Skopje", "theme": "seized assets"})]
    reading = read_row(reader, found.rows[0][1])
    assert (slugs(reading, "places"), slugs(reading, "themes")) == (["skopje"], ["financial"])


def test_column_wins_over_title(reader: Reader) -> None:
    """A place column says the place, whatever the title names."""
    reading = read_row(reader, {"title": "Workshop in Vienna on drugs", "place": "Skopje"})
    assert slugs(reading, "places") == ["skopje"] and slugs(reading, "themes") == ["drugs"]


def test_words_of_a_title_are_known_beside_columns(reader: Reader) -> None:
    """What a title says in words that another column covers is no gap."""
    row = {"title": "Seminar on seized assets", "kind": "seminar", "theme": "seized assets", "place": "Skopje"}
    reading = read_row(reader, row)
    assert reading.unknown == [] and reading.words == ["seized", "assets"]
    assert (slugs(reading, "kinds"), slugs(reading, "themes")) == (["seminar"], ["financial"])


@pytest.mark.parametrize("words", ["31 February", "soon"])
def test_date_column_without_a_date(reader: Reader, words: str) -> None:
    """What is no date is said."""
    assert words in dict(read_row(reader, {"title": "drugs", "date": words}).unknown)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ("a,b\n1,2\n", 'no known column, only "a", "b". Valid: title, kind, theme, place, date, audience, partners'),
        ('title\n"open\n', "cannot be read as CSV"),
        (b"title\n\xff\xfe\n", "no text in UTF-8"),
        ("title\nx\0y\n", "null characters"),
        ("title\n" + "drugs\n" * 1001, "more than 1000 rows"),
        ("title\n" + ("x" * 100_000 + "\n") * 11, "more than 1 MB"),
        (b"PK\x03\x04broken", "cannot be read as XLSX"),
    ],
)
def test_malformed_files(tmp_path: Path, content: str | bytes, message: str) -> None:
    """One line says what is wrong."""
    with pytest.raises(DraftError, match=message) as error:
        read_sheet(sheet(tmp_path, content))
    assert "\n" not in str(error.value)


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there, or is a folder, is one line too."""
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(DraftError, match="cannot be read"):
            read_sheet(path)


def test_what_of_a_file_is_not_read_is_said(tmp_path: Path) -> None:
    """Rows that only unknown columns fill, and all sheets but the first."""
    file = tmp_path / "drafts.csv"
    file.write_text("title,budget\nDrugs seminar,5\n,7\n", encoding="utf-8")
    sheet = read_sheet(file)
    assert [number for number, _ in sheet.rows] == [2]
    assert sheet.notes() == ["Column ignored: budget.", "Row 3 has cells in ignored columns alone, and is not read."]
    book = openpyxl.Workbook()
    book.active.append(["title"])
    book.active.append(["Drugs seminar"])
    book.create_sheet("next year").append(["title"])
    book.save(tmp_path / "drafts.xlsx")
    assert read_sheet(tmp_path / "drafts.xlsx").notes() == ["Only the first sheet is read; not read: next year."]


def test_xlsx(tmp_path: Path, reader: Reader) -> None:
    """Cells are read as values: dates as days, formulas by their saved value, which a new file does not have."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Title", "Date", "Note", "Place"])
    page.append(["Workshop on drugs", datetime(2026, 4, 3), 1, "Skopje"])
    page.append([None, None, None, None])
    page.append(["Workshop on drugs", date(2026, 4, 3), 2, '=HYPERLINK("x")'])
    path = tmp_path / "drafts.xlsx"
    book.save(path)
    found = read_sheet(path)
    assert found.ignored == ["Note"] and [number for number, _ in found.rows] == [2, 4]
    assert found.rows[0][1] == {"title": "Workshop on drugs", "date": "2026-04-03", "place": "Skopje"}
    assert "place" not in found.rows[1][1]
    assert read_row(reader, found.rows[0][1]).months == {4}
