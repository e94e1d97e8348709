"""Names: whatever a user calls somebody or something, the right thing is found, or the reason why not is said."""

from __future__ import annotations

import pytest

from oscegraph.api import Oscegraph
from oscegraph.directory import ACTOR_CLASSES, TYPES, Thing, fold
from oscegraph.errors import FilterError, NameAmbiguous, NameNotFound
from oscegraph.namespaces import PREFIXES, expand


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("UNODC", "body:unodc"),
        ("United Nations Office on Drugs and Crime", "body:unodc"),
        ("body:unodc", "body:unodc"),
        ("https://w3id.org/oscegraph/id/body/unodc", "body:unodc"),
        ("OMIK", "body:mission-kosovo"),
        ("Strategic Police Matters Unit", "body:spmu"),
        ("SPMU", "body:spmu"),
        ("IOM", "body:iom"),
        ("OIM", "body:iom"),
        ("oim", "body:iom"),
        ("FYROM", "area:mkd"),
        ("the former Yugoslav Republic of Macedonia", "area:mkd"),
        ("TURKIYE", "area:tur"),
        ("Türkiye", "area:tur"),
        ("turkey", "area:tur"),
        ("OSR/CTHB", "body:osr-cthb"),
        ("osr cthb", "body:osr-cthb"),
        ("OSCE Office in Baku", "body:office-baku"),
        ("  osce   office in BAKU. ", "body:office-baku"),
        ("Secretary General", "post:secretary-general"),
        ("KOSOVO", "area:kosovo"),
    ],
)
def test_actor_is_found_by_any_name(graph: Oscegraph, name: str, iri: str) -> None:
    """Acronyms, old names, other languages, short IRIs; case, accents, punctuation and articles do not matter."""
    assert graph.directory.find(name).iri == expand(iri)


def test_every_actor_is_found_by_its_label_and_iri(graph: Oscegraph) -> None:
    """The label and the short IRI of each actor lead to it; aliases lead to it or list it among the candidates."""
    names = graph.directory
    for thing in names.actors():
        assert names.find(thing.label) is thing
        assert names.find(thing.iri) is thing
        for alias in thing.aliases:
            try:
                found = [names.find(alias).iri]
            except NameAmbiguous as error:
                found = [thing.iri] if any(thing.label in candidate for candidate in error.candidates) else []
            if thing.iri not in found:
                stronger = names.things[found[0]] if found else None
                assert stronger is not None and fold(alias) in map(fold, [stronger.label, *stronger.aliases])


def test_fold() -> None:
    """What does not count is dropped; what distinguishes stays."""
    assert fold("The Office") == fold("OFFICE") == "office"
    assert fold("OSR/CTHB") == fold("osr cthb")
    assert fold("Niš") == fold("NIS")
    assert fold("İstanbul ıstanbul") == "istanbul istanbul"
    assert fold("the") == "the"
    assert fold("MC.DEC/5/06") != fold("MC.DEC/50/6")
    assert fold("!?") == ""


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("MoI", {"body:srb-ministry-of-interior", "body:mne-ministry-of-interior", "body:ukr-ministry-of-interior"}),
        ("ATC", {"body:cis-anti-terrorism-center", "body:kgz-anti-terrorist-center"}),
        ("the Office", {"body:office-baku", "body:oceea", "body:osr-cthb", "body:office-yerevan"}),
    ],
)
def test_ambiguous_names_are_never_guessed(graph: Oscegraph, name: str, candidates: set[str]) -> None:
    """All bearers are listed with type and short IRI, by which each can be asked for."""
    with pytest.raises(NameAmbiguous) as error:
        graph.directory.find(name)
    listed = [line.rsplit(", ", 1)[1].rstrip(")") for line in error.value.candidates]
    assert candidates <= set(listed)
    assert all(graph.directory.find(short).iri == expand(short) for short in listed)
    assert error.value.exit_code == 1 and all(candidate in str(error.value) for candidate in error.value.candidates)


def test_candidates_come_the_most_active_first(graph: Oscegraph) -> None:
    """The order of candidates is by activities, so that the likely one is read first."""
    with pytest.raises(NameAmbiguous) as error:
        graph.directory.find("MoI")
    shorts = [line.rsplit(", ", 1)[1].rstrip(")") for line in error.value.candidates]
    events = [graph.directory.find(short).events for short in shorts]
    assert events == sorted(events, reverse=True)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("UNODDC", "United Nations Office on Drugs and Crime"),
        ("Strategic Police Maters Unit", "Strategic Police Matters Unit"),
        ("Europl", "European Police Office"),
        ("Baku", "OSCE Office in Baku"),
    ],
)
def test_misses_suggest_the_nearest_names(graph: Oscegraph, name: str, near: str) -> None:
    """A misspelt name, or a word of a name, brings the names that were likely meant."""
    classes = set(ACTOR_CLASSES)
    assert near in graph.directory.nearest(name, classes)
    assert len(graph.directory.nearest(name, classes, 2)) <= 2


def test_a_miss_without_anything_near_says_where_names_are(graph: Oscegraph) -> None:
    """When nothing is near, the message says which command lists all names."""
    with pytest.raises(NameNotFound, match="`oscegraph actors`") as error:
        graph.directory.find("xyzzy plugh")
    assert error.value.near == [] and error.value.exit_code == 1


@pytest.mark.parametrize("name", ["Vienna", "place:vienna", "MC.DEC/5/06", "thb"])
def test_a_name_of_something_else_says_of_what(graph: Oscegraph, name: str) -> None:
    """A place, a decision or a theme given as actor is called what it is."""
    with pytest.raises(
        NameNotFound, match=r"No actor is known as .* It is the name of .*\((place|decision|concept), "
    ) as error:
        graph.directory.find(name)
    assert error.value.others


def test_an_actor_as_place_says_what_it_is(graph: Oscegraph) -> None:
    """The other way round too: an organization is no place; a state is both."""
    with pytest.raises(NameNotFound, match=r"No place is known as \"UNODC\"\. It is the name of .*organization"):
        graph.directory.area("UNODC")
    assert graph.directory.area("Serbia").type == "state"
    assert graph.directory.area("Central Asia").type == "region"
    assert graph.directory.area("VIENNA").type == "place"


@pytest.mark.parametrize("name", ["MC.DEC/5/06", "mc dec 5 06", "Ministerial Council Decision No. 5/06", "ins:mc-dec-5-06"])
def test_decisions_by_symbol_and_title(graph: Oscegraph, name: str) -> None:
    """A decision is found by its symbol, with any punctuation, by its title and by its short IRI."""
    assert graph.directory.instrument(name).iri == expand("ins:mc-dec-5-06")


def test_unknown_decision_suggests_symbols(graph: Oscegraph) -> None:
    """The nearest decisions are named with their symbols."""
    with pytest.raises(NameNotFound, match=r"MC\.DEC/5/06 ") as error:
        graph.directory.instrument("MC.DEC/5/66")
    assert "No decision" in str(error.value)


@pytest.mark.parametrize(
    ("scheme", "value", "slug"),
    [
        ("theme", "thb", "thb"),
        ("theme", "THB", "thb"),
        ("theme", "trafficking in human beings", "thb"),
        ("theme", "human trafficking", "thb"),
        ("theme", "theme:travel-docs", "travel-docs"),
        ("theme", "travel docs", "travel-docs"),
        ("theme", "9", "thb"),
        ("role", "Funder", "funder"),
        ("assistance", "training", "training"),
        ("kind", "study visit", "study-visit"),
        ("kind", "grp-event", "grp-event"),
    ],
)
def test_concept_by_slug_label_alias_and_number(graph: Oscegraph, scheme: str, value: str, slug: str) -> None:
    """A concept has many names, all of which do."""
    assert graph.directory.concept(scheme, value) == PREFIXES[scheme] + slug


@pytest.mark.parametrize("scheme", ["theme", "role", "kind", "assistance"])
def test_every_valid_value_is_valid(graph: Oscegraph, scheme: str) -> None:
    """What the message of a wrong value lists as valid can be used."""
    with pytest.raises(FilterError) as error:
        graph.directory.concept(scheme, "nonsense")
    assert error.value.valid == sorted(error.value.valid) and len(error.value.valid) > 2
    assert all(value in str(error.value) for value in error.value.valid)
    assert [graph.directory.concept(scheme, value) for value in error.value.valid] == [
        PREFIXES[scheme] + value for value in error.value.valid
    ]


@pytest.mark.parametrize("value", ["", "!", "role:funder", "osg:Theme", "theme:"])
def test_concept_refuses_what_is_none(graph: Oscegraph, value: str) -> None:
    """Nothing, signs, and concepts of another scheme are no themes."""
    with pytest.raises(FilterError, match="is no theme"):
        graph.directory.concept("theme", value)


def test_filter_error_suggests(graph: Oscegraph) -> None:
    """A misspelt value brings the nearest valid one."""
    with pytest.raises(FilterError, match=r'"drgs" is no theme. Did you mean "drugs"'):
        graph.directory.concept("theme", "drgs")


def test_types(graph: Oscegraph) -> None:
    """Each type of actor means a class, in any case; others are refused with the valid ones."""
    assert graph.directory.type_class("NGO") == TYPES["ngo"]
    with pytest.raises(FilterError, match=r"Valid: .*field-operation"):
        graph.directory.type_class("mission")
    assert {thing.type for thing in graph.directory.actors()} <= set(TYPES)


def test_chapters_by_number_and_title(graph: Oscegraph) -> None:
    """A chapter is found by its number, and by its title when a chapter is asked for; else the title means the structure."""
    names = graph.directory
    assert names.find("II.3.8", {"Section"}, "chapter").iri == expand("sec:II.3.8")
    assert names.find("OSCE Office in Baku", {"Section"}, "chapter").iri == expand("sec:II.3.8")
    assert names.find("OSCE Office in Baku", {thing.cls for thing in names.things.values()}).iri == expand(
        "body:office-baku"
    )
    with pytest.raises(NameNotFound, match="Chapters are"):
        names.find("xyzzy", {"Section"}, "chapter")


def test_any_iri(graph: Oscegraph) -> None:
    """As a value of a query anything with a name will do, and any IRI."""
    names = graph.directory
    assert names.any_iri("Vienna") == expand("place:vienna")
    assert names.any_iri("UNTOC") == expand("ins:untoc")
    assert names.any_iri("osg:Body") == expand("osg:Body")
    with pytest.raises(NameNotFound, match="No thing"):
        names.any_iri("xyzzy")


def test_labels(graph: Oscegraph) -> None:
    """What has no label is called by its short IRI."""
    assert graph.directory.label(str(expand("body:unodc"))) == "United Nations Office on Drugs and Crime"
    assert graph.directory.label(str(expand("body:nobody"))) == "body:nobody"


def test_actors_come_by_type_and_label(graph: Oscegraph) -> None:
    """The list of actors has a fixed order and no other things."""
    found = graph.directory.actors()
    order = list(ACTOR_CLASSES)
    keys = [(order.index(thing.cls), thing.label) for thing in found]
    assert keys == sorted(keys) and len(found) > 300
    assert all(thing.is_actor for thing in found)


def test_thing() -> None:
    """Types are in the words of the command line; the label is no alias; the acronym is the short name."""
    thing = Thing("x:y", "ActionPlan", "Label")
    thing.names["acronym"].append("LBL")
    thing.names["altLabel"] += ["Label", "Other"]
    assert (thing.type, thing.is_actor, thing.aliases, thing.short, thing.events) == (
        "action-plan",
        False,
        ["LBL", "Other"],
        "LBL",
        0,
    )
