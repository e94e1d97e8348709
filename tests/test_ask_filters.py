"""Plain questions on filtered activities: put together from phrases, worked out, and how sure an answer is said to be."""

from __future__ import annotations

import pytest

from oscegraph.asking import asked_filters, filter_limits, filter_phrases, filtered
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, CERTAIN, EXCLUDED, SILENT, UNCLEAR, Asked


def _themed(asker: Asker, theme: str) -> set[str]:
    return {
        event.label for event in asker.facts.events.values() if any(one.endswith(f"/theme/{theme}") for one in event.themes)
    }


# ---------------------------------------------------------------- what the words say


@pytest.mark.parametrize(
    ("words", "ask", "role", "kinds", "filters"),
    [
        ("which activities dealt with {theme}", "activities", "", (), [("theme", 0)]),
        ("{theme} trainings in {state}", "activities", "", ("training course",), [("theme", 0), ("where", 1)]),
        ("how many workshops on {theme} were held in {place}", "number", "", ("workshop",), [("theme", 0), ("where", 1)]),
        ("who funded activities in {state}", "role", "funder", (), [("where", 0)]),
        ("which donors supported courses on {theme}", "role", "funder", ("training course",), [("theme", 0)]),
        ("what has been done on {theme} in {state}", "activities", "", (), [("theme", 0), ("where", 1)]),
        ("with whom did {unit} work in {place}", "partners", "", (), [("any", 0), ("where", 1)]),
        ("which organizations did {unit} work with on {theme}", "partners", "", (), [("any", 0), ("theme", 1)]),
        ("which events were organized by {body}", "activities", "", (), [("organizer", 0)]),
        ("which activities did {state} fund", "activities", "", (), [("funder", 0)]),
        ("show me activities where both {unit} and {unit} took part", "activities", "", (), [("any", 0), ("any", 1)]),
        ("was there any workshop on {theme} in {state}", "truth", "", ("workshop",), [("theme", 0), ("where", 1)]),
        ("which unit organized most events on {theme}", "most", "organizer", (), [("theme", 0)]),
        ("list all study visits to {state}", "activities", "", ("study visit",), [("where", 0)]),
        ("{theme} {state}", "activities", "", (), [("theme", 0), ("where", 1)]),
        ("tell me about {body}", "activities", "", (), [("any", 0)]),
        ("in which fields was {unit} active", "themes", "", (), [("any", 0)]),
        ("did {state} or {state} send officers to any training", "truth", "", ("training course",), [("attendees", 0)]),
        ("which units were active in both {state} and {state}", "role", "anybody", (), [("where", 0), ("where", 1)]),
        ("trainings {state}", "activities", "", ("training course",), [("where", 0)]),
        ("who funded what in {state}", "activities", "", (), [("where", 0)]),
    ],
)
def test_a_question_is_put_together_from_phrases(
    words: str, ask: str, role: str, kinds: tuple[str, ...], filters: list[tuple[str, int]]
) -> None:
    """What is asked, the kinds and the filters are read off the words, whatever their order."""
    asked = asked_filters.read(words.split())
    assert asked is not None
    assert (asked.ask, asked.role) == (ask, role)
    assert asked.kinds[: len(kinds)] == kinds and bool(asked.kinds) == bool(kinds)
    assert [(one.how, one.name) for one in asked.filters] == filters


@pytest.mark.parametrize(
    "words",
    [
        # A word is left over, a name belongs to no phrase, or nothing filters.
        "which activities on {theme} were the secret ones in {place}",
        "which activities on {theme} {document}",
        "which units",
        # A department of it is asked for, not a unit.
        "which unit of {unit} deals with {theme}",
        "what is {body}",
        "who paid for which of the activities of {unit}",
    ],
)
def test_what_is_not_put_together_from_phrases_is_left(words: str) -> None:
    """A word or name that no phrase accounts for makes it no such question."""
    assert asked_filters.read(words.split()) is None


def test_words_of_no_phrase_are_what_activities_are_about() -> None:
    """Unknown words behind "on" are looked for in titles and terms."""
    asked = asked_filters.read(["which", "activities", "dealt", "with", "child", "pornography", "on", "internet"])
    assert asked is not None and asked.words == (("child", "pornography", "internet"),)


@pytest.mark.parametrize(
    ("name", "sections"),
    [("filters", {"type", "tail", "made", *asked_filters.BOUNDS}), ("papers", set())],
)
def test_every_phrase_can_be_read_and_every_name_of_a_filter_has_words(name: str, sections: set[str]) -> None:
    """The files have no section that nothing reads, and no phrase that is no pattern."""
    phrases = filter_phrases.catalogue(name)
    assert all(phrase.pattern.groups == 0 for some in phrases.every.values() for phrase in some)
    read = {"lead", "ask", "kind", "rest", *asked_filters.COLUMNS, *asked_filters.RANKS, *asked_filters.HOW[name]}
    read |= {*asked_filters.FLAGS[name]}
    assert {*phrases.every} == read | sections


# ---------------------------------------------------------------- what is answered


def test_activities_on_a_theme_are_those_of_the_theme(asker: Asker) -> None:
    """All of a theme are told, and nothing else, with where each is told."""
    for question in (
        "Which activities dealt with cybercrime?",
        "list everything on cybercrime",
        "What was done on cyber security?",
    ):
        asked = asker.ask(question)
        assert asked.status == ANSWERED and set(asked.answer) == _themed(asker, "cyber"), question
        assert len(asked.evidence) >= len(set(asked.answer))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What was financed by Finland?", 2),
        ("List all study visits to the UK", 3),
        ("Which conferences dealt with terrorism?", 3),
        ("What did UNODC and the OCEEA do together?", 7),
        ("Which activities have no date?", 124),
        ("List the conferences that more than 100 people attended.", 3),
        ("Which trainings lasted longer than a week?", 7),
    ],
)
def test_so_many_activities_are_told(asker: Asker, question: str, answer: int) -> None:
    """So many the graph holds that have all of it."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and len(asked.answer) == answer
    assert asked.reading and asked.sparql and asked.evidence


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who paid for the cybercrime courses?", {"Finland", "Norway", "United States"}),
        ("Which town had the most events on human trafficking?", {"Minsk", "Rome"}),
        ("In which countries did ODIHR hold seminars on trafficking?", {"Albania", "Poland", "Türkiye", "Uzbekistan"}),
        ("Which NGO worked with the Yerevan office on victim profiling?", {"People in Need"}),
        ("Which SPMU trainings were held in Belgrade in 2011?", {"Computer Forensics", "Using Linux"}),
        # To send people to a conference to which NATO came is no co-operation.
        ("Did any field mission co-operate with NATO?", {False}),
        ("Did ODIHR do anything in Kosovo or Bosnia and Herzegovina?", {True}),
        ("In which month were most activities on trafficking in human beings?", {"2011-06"}),
        ("Which events were on drugs or on corruption in Serbia in March?", {"Signs and Symptoms"}),
        ("Which states funded activities on travel documents?", {"Norway"}),
        ("Does the report mention Frontex?", {True}),
        ("Did Germany fund anything?", {False}),
        ("Has Turkey hosted any training?", {True}),
        ("How often does CARICC appear as organizer?", {1}),
        ("Which events were paid for by more than one country?", {"Train-the-Trainer", "Legal Experts in Central Asia"}),
        ("Which States does the report name as donors?", {"Norway", "Finland", "States", "Australia", "Belgium", "kiye"}),
        ("Name every town in Azerbaijan where something took place", {"Baku", "Ganja", "Lankaran"}),
        ("What does the report record for January 2011?", {"Economic Crime Suppression", "Counter Drug Course"}),
        ("Which activities were held online?", {"Child Abuse Material", "POLIS", "e-learning"}),
        ("In which country did most workshops on cybercrime take place?", {"Serbia"}),
        ("Which cities in Turkey does the report name as places of events?", {"Ankara", "Antalya", "Istanbul"}),
        ("Was the IOM a partner in Kazakhstan, and on what?", {True, "Fourth Annual Workshop"}),
        ("Did INTERPOL attend anything in Ukraine, and where?", {False}),
    ],
)
def test_the_report_is_answered_from(asker: Asker, question: str, answer: set[object]) -> None:
    """All keys but that of the towns are by readers of the text."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and len(asked.answer) == len(answer), asked.answer
    assert all(any(str(value) in str(told) for told in asked.answer) for value in answer)


def test_what_the_field_operation_tells_without_a_place_was_there(asker: Asker) -> None:
    """Of most activities no place is told: they are those of the operation in that state, and it is said so."""
    asked = asker.ask("What has been done on asset forfeiture in Serbia?")
    assert asked.status == ANSWERED and "Management of Seized Assets" in asked.answer
    assert any("no place is told" in hint for hint in asked.hints) and not asked.certain
    # A town is where the report says that it was.
    assert asker.ask("What happened in Tashkent?").hints == []


def test_what_nothing_has_is_told_with_what_is_left_without_a_limit(asker: Asker) -> None:
    """A no says what there is beside it."""
    asked = asker.ask("How many workshops were held in Astana?")
    assert asked.status == EXCLUDED and "Without the kind: 4 activities." in asked.hints
    silent = asker.ask("Who funded activities in Ukraine?")
    assert silent.status == SILENT and any("is not told" in hint for hint in silent.hints)


def test_columns_are_told_of_each(asker: Asker) -> None:
    """A row for each activity of which any of it is told; of how many none is told is said."""
    asked = asker.ask("Give me all round tables, with date and place.")
    assert asked.status == ANSWERED and all(len(row) > 1 for row in asked.answer) and len(asked.answer) == 10
    assert ["Identification of Vic", "2011-09-14", "Astana"] in [[row[0][:21], *row[1:]] for row in asked.answer]
    paid = asker.ask("Which cybercrime courses were there, and who paid for them?")
    assert {row[1] for row in paid.answer} == {"Finland", "Norway", "United States"}
    assert any("none of this is told" in hint for hint in paid.hints)


def test_the_largest_event_is_no_series(asker: Asker) -> None:
    """450 people in two courses came to no single event."""
    assert asker.ask("What was the biggest event?").answer[0].startswith("11th Alliance")
    assert asker.ask("Which activity had the most participants?").answer == [
        "Two entry-level courses for Kyrgyz customs officers"
    ]


@pytest.mark.parametrize(
    "question",
    [
        # Not whether there is any, but whether all are so.
        "Were all trainings funded by Norway?",
        # One event, or one that is named by its title.
        "Who organized the conference in Belgrade?",
        'Who organized "Counter Drug Course" in Uzbekistan?',
        # Twelve courses are told as one activity.
        "How many anti-trafficking trainings did the Presence in Albania run?",
        # Of two themes either or both may be meant; two units may each have organized.
        "Which events were on drugs and on corruption in Serbia or Armenia?",
        "Which activities in chapter II.3.4 were on drugs?",
    ],
)
def test_what_may_be_meant_otherwise_is_not_worked_out(asker: Asker, question: str) -> None:
    """What has two senses is left to be ranked, or asked back."""
    assert asker.filtered.read(asker.read(question)[0]) is None


def test_what_is_found_by_words_says_so(asker: Asker) -> None:
    """It is called likely, and that more may be told in other words."""
    asked = asker.ask("Which activities concern witness protection?")
    assert asked.status == ANSWERED and asked.confidence == filtered.LIKELY
    assert 'with the words "witness protection"' in asked.reading and any("found by words" in hint for hint in asked.hints)
    # All that has them in its lines, and nothing else.
    assert {tuple(item["lines"]) for item in asked.evidence} == {
        (1232, 1235),
        (889, 895),
        (1134, 1138),
        (1351, 1355),
        (1949, 1955),
    }


# ---------------------------------------------------------------- states and treaties


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Which states have not ratified UNTOC?", "1 of the participating States, 3 of the Partners"),
        ("Which countries are not party to the firearms protocol?", "17 of the participating States, 5 of the Partners"),
        ("Which states signed but did not ratify the firearms protocol?", "8 of the participating States, 3"),
        ("List the States that ratified the Palermo Protocol", "54 of the participating States, 8"),
    ],
)
def test_which_states_is_not_told_but_how_many(asker: Asker, question: str, numbers: str) -> None:
    """The table of ratifications names no State."""
    asked = asker.ask(question)
    assert asked.status == SILENT and not asked.answer and numbers in asked.hints[0] and asked.evidence


def test_states_of_which_more_is_asked_are_another_question(asker: Asker) -> None:
    """Only the plain question is answered so."""
    assert asker.parties.unnamed(asker.read("Which states that ratified the UNTOC were in Vienna?")[0]) is None
    assert asker.ask("How many states have ratified the firearms protocol?").answer == [31]


# ---------------------------------------------------------------- how sure


def test_an_answer_is_certain_or_likely(asker: Asker) -> None:
    """A certain answer has no other readings beside it."""
    certain = asker.ask("Who paid for the workshop of 11-13 July for legal experts?")
    assert certain.certain and certain.choices == 0 and certain.as_dict()["certain"] is True
    assert Asked("", ANSWERED, confidence=CERTAIN).certain and not Asked("", UNCLEAR, confidence=1.0).certain


def test_beside_a_likely_answer_other_readings_can_be_taken(asker: Asker) -> None:
    """The next readings can be chosen, as those of a question that is asked back."""
    question = "Which units took part in the Vienna drugs conference?"
    asked = asker.ask(question)
    assert asked.status == ANSWERED and not asked.certain and asked.choices
    other = asker.choose(question, 1)
    assert other.status == ANSWERED and other.reading == asked.hints[0] and other.answer != asked.answer
    assert asker.choose(question, asked.choices + 1).answer == asked.answer


def test_of_what_comes_first_only_that_is_the_evidence(asker: Asker) -> None:
    """What does not keep to the bound is no evidence."""
    asked = asker.ask("Which activities had more than 100 participants?")
    assert asked.status == ANSWERED and {item["activity"] for item in asked.evidence} == set(asked.answer)


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("What happened in March or April?", True),
        ("Which events may have taken place in March?", True),
        ("Which events took place in March and in June?", False),
        ("How many events took place in October compared with November?", False),
        ("Did anything happen in January or in August?", False),
    ],
)
def test_a_second_month_is_heeded(asker: Asker, question: str, answered: bool) -> None:
    """Months that follow one another are one period; of others one alone is no answer."""
    assert (asker.ask(question).status == ANSWERED) == answered


def test_who_is_called_by_a_state_is_from_there(asker: Asker) -> None:
    """Turkish trainers are trainers from Türkiye; Turkish judges are not all who came from there."""
    asked = asker.ask("Which courses were given by Turkish trainers?")
    assert asked.reading == "Trainings: taught by Türkiye" and len(asked.answer) == 2 and not asked.certain
    assert asked.answer == asker.ask("Which courses were taught by Turkey?").answer
    assert "attended by Moldova" not in asker.ask("Which workshops were attended by Moldovan judges?").reading


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("Which training was the smallest?", "What is the smallest training?"),
        ("Which conference was the largest?", "What was the largest conference?"),
        ("Was the WCO a co-organizer of anything?", "Did the WCO organize anything?"),
        ("Was Norway a donor to any workshop?", "Did Norway fund any workshop?"),
    ],
)
def test_other_orders_of_words(asker: Asker, question: str, same: str) -> None:
    """What is asked is the same."""
    asked, other = asker.ask(question), asker.ask(same)
    assert asked.status == ANSWERED and asked.answer == other.answer, asked.reading


# ---------------------------------------------------------------- what examiners asked most


@pytest.mark.parametrize(
    ("question", "reading", "number"),
    [
        (
            "At which anti-trafficking events organized by others did the SPMU give a presentation in 2011?",
            "Activities: trafficking in human beings; taught or addressed by Strategic Police Matters Unit;"
            " organized by others",
            5,
        ),
        (
            "For which events abroad did the OSCE Centre in Ashgabat support participants from Turkmenistan in 2011?",
            "Activities: attended with the help of OSCE Centre in Ashgabat; abroad",
            5,
        ),
        (
            "To which countries did the Project Co-ordinator in Uzbekistan take Uzbek officials for study trips or courses?",
            "States of study visits or trainings: with OSCE Project Co-ordinator in Uzbekistan; abroad",
            6,
        ),
        (
            "Which other units of the Secretariat did the OCEEA work with on concrete events in 2011?",
            "Who organized or co-operated, only units of the Secretariat: with Office of the Co-ordinator of OSCE Economic"
            " and Environmental Activities",
            4,
        ),
        (
            "Which field operations gave equipment to host-country authorities?",
            "Who organized, only field operations, equipment",
            5,
        ),
        ("Which events lasted longer than one week?", "Activities: longer than one week", 10),
        ("Which activities were held outside the OSCE area?", "Activities: outside of the OSCE area", 1),
        ("What did the European Union sponsor or fund?", "Activities: paid for by European Union", 2),
        (
            "What did the OSCE Office in Yerevan organize or sponsor on cyber security and cybercrime in 2011?",
            "Activities: with OSCE Office in Yerevan; cyber security, cybercrime and sexual exploitation of children",
            4,
        ),
        ("child pornography trainings for police", 'Trainings: with the words "child pornography police"', 2),
    ],
)
def test_examiners_questions_are_put_together(asker: Asker, question: str, reading: str, number: int) -> None:
    """Roles of speakers and of those who help others to attend, places abroad, gifts, two verbs, words in two places."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and asked.reading == reading and len(asked.answer) == number


def test_of_whom_was_sent_the_number_is_told(asker: Asker) -> None:
    """Two of the two hundred at the conference came with the help of the Centre."""
    asked = asker.ask("To which events abroad did the OSCE Centre in Ashgabat help people to go, and how many each time?")
    assert sorted(row[-1] for row in asked.answer) == [1, 2, 2, 2, 3]


def test_numbers_between_two_are_heeded(asker: Asker) -> None:
    """Both ends are bounds, and of how many activities no number is told is said."""
    asked = asker.ask("Which events had between 30 and 50 participants?")
    rows = asker.ask("Which events had between 30 and 50 participants, and how many people attended each?").answer
    assert asked.answer and [row[0] for row in rows] == asked.answer and all(30 <= row[1] <= 50 for row in rows)
    assert any(hint.endswith("no such number is told.") for hint in asked.hints)


def test_no_equipment_of_one_kind_is_no_no(asker: Asker) -> None:
    """What came with a visit, and for an organization's network, was paid for as well."""
    assert asker.ask("Did Norway pay for INTERPOL equipment in Tajikistan?").answer == [True]


@pytest.mark.parametrize(
    "question",
    [
        "Does the report mention any joint activity of the OSCE Project Co-ordinator in Uzbekistan and the UNODC?",
        "Does the report tell of any joint activity of ODIHR and the OSR/CTHB?",
    ],
)
def test_whether_any_joint_activity_is_mentioned_is_told(asker: Asker, question: str) -> None:
    """A plain no, as the report names none; a project co-ordinator is no project."""
    assert asker.ask(question).answer == [False]


def test_an_answer_that_two_ways_agree_on_is_as_sure_as_the_surer_one(asker: Asker) -> None:
    """What is worked out, and likeliest by its words as well, is certain."""
    asked = asker.ask("Which events of September 2011 did the OCEEA organize, co-organize or support?")
    assert asked.certain and len(asked.answer) == 4


def test_each_flag_of_activities_is_said_in_words() -> None:
    """What limits activities is read from phrases and said in a reading: both lists name the same."""
    assert set(asked_filters.FLAGS["filters"]) == set(filter_limits.FLAGS_SAID)


EITHER = ("which", "operations", "gave", "equipment", "or", "software")
ON_SOFTWARE = ("which", "trainings", "were", "on", "analysis", "software")


def test_a_word_that_is_part_of_a_noun_is_nothing_to_bear() -> None:
    """Equipment or software is one kind, while trainings on software are not all trainings."""
    either = asked_filters.read(EITHER)
    single = asked_filters.read(ON_SOFTWARE)
    assert either and (either.kinds, either.words) == (("equipment",), ())
    assert single and single.words == (("analysis", "software"),)


def test_what_two_held_may_be_of_either_unless_it_is_said_to_be_of_both(asker: Asker) -> None:
    """What each of two organized is told of each, once; what they ran jointly is of both."""
    visits = asker.ask("Which study visits did the OSCE Mission to Moldova and the OSCE Mission to Serbia organize?")
    assert [row[0] for row in visits.answer] == ["OSCE Mission to Moldova", "OSCE Mission to Serbia"]
    assert all(len(row) == len(set(row)) > 1 for row in visits.answer)
    jointly = asker.ask("Which workshops did the ATU and the World Customs Organization run jointly in 2011?")
    assert jointly.status == ANSWERED and len(jointly.answer) == len(set(map(str, jointly.answer))) > 1


def test_a_department_ran_what_it_delivered(asker: Asker) -> None:
    """Nobody is told to have taught there, so those that it carried out are meant; and it is likely at most."""
    asked = asker.ask("Which trainings did the Law Enforcement Department of the Mission to Serbia deliver?")
    assert asked.status == ANSWERED and asked.confidence < CERTAIN
    assert "carried out by OSCE Mission to Serbia, Law Enforcement Department" in asked.reading


def test_what_was_donated_is_equipment_and_no_other_activity(asker: Asker) -> None:
    """Of a unit that gave equipment and did much else only the former is told, of another nothing."""
    given = asker.ask("What did the Centre in Bishkek donate?")
    assert (
        given.status == ANSWERED and "Crime search kits for investigators in remote districts of Kyrgyzstan" in given.answer
    )
    assert not any("workshop" in str(one).lower() or "training" in str(one).lower() for one in given.answer)
    assert asker.ask("What did the Centre in Astana donate?").status == EXCLUDED
