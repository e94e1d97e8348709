"""Plain questions over units, themes and partners tell what the commands tell, and are not asked back for want of words."""

from __future__ import annotations

import pytest

from oscegraph import answers
from oscegraph.api import Oscegraph
from oscegraph.asking import directed, filter_limits
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, EXCLUDED, SILENT, UNCLEAR
from oscegraph.asking.candidates import ROLES
from oscegraph.called import STRUCTURES
from oscegraph.directory import Thing
from oscegraph.filters import Filters, run_filtered

THEMES = {"thb": "trafficking in human beings", "drugs": "drugs", "cyber": "cybercrime", "financial": "money laundering"}
TOLD = {ANSWERED, SILENT, EXCLUDED}
_THB = "trafficking in human beings"


def units(graph: Oscegraph) -> list[Thing]:
    """The executive structures, every third: all of them take three times as long."""
    return [thing for thing in graph.directory.actors() if thing.cls in STRUCTURES][::3]


@pytest.mark.parametrize("theme", THEMES)
def test_what_a_unit_did_on_a_theme(graph: Oscegraph, asker: Asker, theme: str) -> None:
    """All of its activities on the theme, as `activities --actor --on` lists them."""
    filters = Filters(theme=graph.directory.concept("theme", theme))
    found = 0
    for unit in units(graph):
        listed = answers.find_activities(graph.store, graph.directory, filters, actor=unit.iri)
        asked = asker.ask(f"What did the {unit.label} do on {THEMES[theme]}?")
        assert sorted(asked.answer) == sorted(activity.label for activity in listed), unit.label
        found += len(listed)
    assert found


def test_what_two_did_together(graph: Oscegraph, asker: Asker) -> None:
    """What `between` lists, for each unit and each international organization among its partners."""
    compared = 0
    for unit in units(graph):
        for partner in answers.who(graph.store, graph.directory, unit, Filters()).partners:
            if partner.thing.cls == "InternationalOrganization":
                shared = answers.between(graph.store, graph.directory, unit, partner.thing, Filters()).activities
                asked = asker.ask(f"What did the {unit.label} and {partner.thing.label} do together?")
                if asked.status != UNCLEAR:
                    assert sorted(asked.answer) == sorted(activity.label for activity in shared), asked.question
                    compared += 1
    assert compared > 30


def test_with_whom_a_unit_worked_on_a_theme(graph: Oscegraph, asker: Asker) -> None:
    """Those who organized or co-operated, by the ties; others only where there are none, and then it is said so."""
    led = {f"https://w3id.org/oscegraph/vocab/role/{role}" for role in ROLES["organizers"][0]}
    told = others = 0
    for unit in units(graph):
        for slug, words in THEMES.items():
            filters = Filters(theme=graph.directory.concept("theme", slug))
            ties = run_filtered(graph.store, "ties", filters, actor=unit.iri)
            made = {row["partner"] for row in ties if row["partnerRole"] in led}
            asked = asker.ask(f"Who were the partners of the {unit.label} on {words}?")
            assert asked.status in TOLD, asked.question
            if any("had another part" in hint for hint in asked.hints):
                assert not made and ties, asked.question
                others += 1
            elif asked.status == ANSWERED:
                assert {graph.directory.label(iri or "") for iri in made} >= set(asked.answer), asked.question
                told += 1
    assert told and others


@pytest.mark.parametrize(
    "question",
    [
        "When did the {unit} and UNODC work together?",
        "Where did the {unit} work with the IOM?",
        "In which countries was the {unit} active?",
        "On which decisions do the activities of the {unit} rest?",
        "Which themes did the {unit} not work on?",
        "With how many organizations did the {unit} work?",
        "Who took part in the {unit}'s activities in Kazakhstan?",
        "Which OSCE units has the {unit} worked with?",
        "Tell me about co-operation between the {unit} and the Council of Europe.",
        "In which roles did Germany take part in activities of the {unit}?",
    ],
)
def test_plain_questions_are_not_asked_back(graph: Oscegraph, asker: Asker, question: str) -> None:
    """They are answered, or told that nothing fits or nothing is told, for every unit."""
    for unit in units(graph):
        asked = asker.ask(question.format(unit=unit.label))
        assert asked.status in TOLD, (asked.question, asked.status, asked.hints)


@pytest.mark.parametrize(
    ("question", "hint"),
    [
        ("In which countries was the OSCE Office in Baku active?", "Any part in an activity counts"),
        ("Who worked on organized crime in Serbia?", "All of the report is about organized crime"),
        (
            "Which organizations did the Project Co-ordinator in Ukraine work with on trafficking?",
            "Who hosted, or made",
        ),
        ("How many units worked with Norway?", "In 1 activity only Save the Children Norway had a part"),
        ("What gives the SPMU its mandate?", "The report names no mandate of it as such"),
        ("Which decisions mandate the SPMU to work on trafficking in human beings?", "No decision fits"),
    ],
)
def test_what_may_be_meant_in_two_ways_is_likely_and_says_the_other(asker: Asker, question: str, hint: str) -> None:
    """Nothing else of it is open, so that it is answered, with what makes the difference."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and asked.answer and not asked.certain
    assert any(one.startswith(hint) for one in asked.hints), asked.hints


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "In which roles did UNODC take part in activities of the OSCE Centre in Astana?",
            ["organizer", "partner", "attendee"],
        ),
        ("At how many different events of 2011 are the ATU and the OCEEA both named as having a part?", [3]),
        ("On which themes was the SPMU not active?", ["travel document security"]),
        ("What is the SPMU's mandate on drugs?", ["MC.DEC/4/07", "PC.DEC/813"]),
        ("Which decisions does the SPMU refer to?", ["MC.DEC/5/06", "MC.DEC/4/07", "PC.DEC/813", "MC.DEC/2/09"]),
        ("In which chapter can I read about the OCEEA?", ["II.1.4"]),
        ("Which states took part in most activities on drugs?", ["Serbia"]),
        ("Did Norway give money to the SPMU?", [True]),
        ("Was Norway a donor or an organizer?", ["funder"]),
        ("What is the most frequent theme of the ODIHR?", ["counter-terrorism"]),
        ("In how many countries did the OSCE Office in Baku work?", [4]),
        ("Which countries did the OSCE Centre in Bishkek work in?", ["Kazakhstan", "Kyrgyzstan"]),
        ("Which participants came from Ukraine to the OSCE Mission to Moldova events?", ["Ministry of Interior of Ukraine"]),
        (
            "Which ministries in Uzbekistan took part?",
            ["Ministry of Foreign Affairs of Uzbekistan", "Ministry of Interior of Uzbekistan"],
        ),
        ("Is there a Ministerial Council decision on terrorism?", [False]),
        ("Did the Council of Europe host any seminars?", [True]),
        (
            "Which was the largest event of the OSCE Office in Yerevan?",
            ["Review of the Current Situation on Cyber Security and Cybercrime Issues in Armenia"],
        ),
        ("Did Germany give money to the OSCE Office in Baku?", [False]),
        ("Does the report describe any particular event in which the Shanghai Cooperation Organization took part?", [False]),
        (
            "Which events did the Ukrainian Security Service organize or help to organize in 2011? Give place and date.",
            [
                ["Donbass 2012 anti-terrorism exercise", "Donetsk", "2011-09-29"],
                [
                    *("Bringing Terrorists to Justice: European Standards Promotion and Sharing of Best Practices", "Kiev"),
                    *("2011-10-24", "2011-10-26"),
                ],
            ],
        ),
        (
            "Which national bodies of Azerbaijan took part in activities of the SPMU?",
            ["Anti-Trafficking Unit of the Ministry of Internal Affairs of Azerbaijan"],
        ),
        (
            "Did the Office in Yerevan cover the attendance of Armenian police specialists at the Octopus Conference?",
            [True],
        ),
    ],
)
def test_readers_keys(asker: Asker, question: str, answer: list[object]) -> None:
    """Answers that readers of the text gave."""
    assert asker.ask(question).answer == answer


@pytest.mark.parametrize(
    "question",
    [
        "Who trained the judges?",
        "Which partners of Italy took part in activities of the SPMU?",
        "Did anyone train dogs in Oslo?",
    ],
)
def test_what_is_not_plain_has_no_answer(asker: Asker, question: str) -> None:
    """One event, partners of a State, words that nothing bears, a meeting that is no training, a body that is not known."""
    asked = asker.ask(question)
    assert not asked.certain and not asked.answer


def test_what_was_with_bodies_of_a_state_is_told_beside(asker: Asker) -> None:
    """No place is told of the workshop to which officials of Turkmenistan came, so that it is in no State."""
    asked = asker.ask("Which Secretariat units were active in Turkmenistan?")
    assert asked.status == ANSWERED and "Strategic Police Matters Unit" not in asked.answer
    assert any("International Co-operation in Criminal Matters" in hint for hint in asked.hints)


def test_who_had_another_part_is_no_silence(asker: Asker, graph: Oscegraph) -> None:
    """ODIHR organized nothing on trafficking with others; those for whom it did are told as that."""
    asked = asker.ask("Which partners did ODIHR have on trafficking in human beings?")
    directory = graph.directory
    filters = Filters(theme=directory.concept("theme", "thb"))
    partners = answers.who(graph.store, directory, directory.find("ODIHR"), filters).partners
    assert set(asked.answer) >= {partner.thing.label for partner in partners} and not asked.certain
    assert "None of these is told to have organized it; they had another part." in asked.hints


def test_kinds_that_are_told_apart_are_kinds(asker: Asker) -> None:
    """What is no event, and what is no training, are kinds of activities that the graph has."""
    kinds = {kind for event in asker.facts.events.values() for kind in event.kinds}
    assert kinds >= filter_limits.NO_EVENTS | directed.NO_TRAININGS


def test_themes_in_common_need_no_common_activity(asker: Asker) -> None:
    """Both work on three themes, and never together."""
    asked = asker.ask("Which themes do the OSCE Mission to Montenegro and the OSCE Office in Yerevan have in common?")
    assert [name.split(",")[0] for name in asked.answer] == ["cyber security", "illicit drugs and precursors", _THB]
    assert not asker.ask("What did the OSCE Mission to Montenegro and the OSCE Office in Yerevan do together?").answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Whom did the ATU train?", "border officials"),
        ("Who did EULEX train?", "judges, prosecutors, legal officers and advisers of EULEX, other international experts"),
        ("Whom did the OSCE Centre in Bishkek train?", "Ministry of Interior of Kyrgyzstan"),
    ],
)
def test_whom_somebody_trained_came_to_its_trainings(asker: Asker, question: str, answer: str) -> None:
    """Not who came with it to those of others; where no body is named, the words for whom they were."""
    asked = asker.ask(question)
    assert answer in asked.answer and not asked.certain
    assert "Strategic Police Matters Unit" not in asked.answer and "Kosovo Police" not in asked.answer


def test_a_no_says_what_both_chapters_tell(asker: Asker) -> None:
    """The exercise is told by both missions, while only one is named as having had a part."""
    asked = asker.ask("What did the OSCE Mission to Montenegro and the OSCE Mission in Kosovo do together?")
    assert asked.status == EXCLUDED
    assert any(hint.startswith("Told in the chapters of both") and "Controlled delivery" in hint for hint in asked.hints)


@pytest.mark.parametrize(
    ("question", "hint"),
    [
        ("What did the OSCE Mission to Moldova do in September?", "Of 2 activities no day is told that would leave out"),
        ("What was done on drugs in Armenia?", "Told by the field operation there, and held elsewhere: Combating Drug"),
        (
            "Who works with the Council of Europe on human trafficking?",
            "In general, whatever the theme, the report says so of",
        ),
        ("Which decisions task the OSCE Mission to Skopje?", "Asked of the OSCE or its executive structures as a whole:"),
    ],
)
def test_a_no_says_what_comes_near(asker: Asker, question: str, hint: str) -> None:
    """What may have been then, was elsewhere, is said in general, or asked of all structures."""
    asked = asker.ask(question)
    assert asked.status in (SILENT, EXCLUDED) and not asked.answer
    assert any(one.startswith(hint) for one in asked.hints), asked.hints
