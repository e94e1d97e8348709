"""What sceptical readers of the report found: answers that rest on something else, or that are less than they seem."""

from __future__ import annotations

import pytest

from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, UNCLEAR

# ---------------------------------------------------------------- one event


@pytest.mark.parametrize(
    "question",
    [
        # They taught a course in Montenegro.
        "Did the Swedish police take part in the cyber security conference?",
        # It was at a conference on other matters, or at none on these.
        "Did UNICEF take part in the anti-trafficking conference?",
        "Did NATO take part in the terrorism conference?",
        "Did EULEX take part in the terrorism conference?",
        # It paid for a course.
        "Did Belgium fund the drug conference?",
        "Did Belgium fund the drug workshop?",
    ],
)
def test_a_yes_rests_on_the_event_that_is_named(asker: Asker, question: str) -> None:
    """That somebody did it elsewhere is no yes."""
    assert asker.ask(question).answer != [True], question


def test_what_is_named_is_confirmed(asker: Asker) -> None:
    """Where it was the one that is named, it is told."""
    assert asker.ask("Did Belgium fund the Counter-Narcotics Train-the-Trainer Course?").answer == [True]


# ---------------------------------------------------------------- chapters


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is the community policing conference in Baku told in chapter II.1.1?", True),
        ("Is the community policing conference in Baku told in chapter II.3.9?", False),
        ("Does the chapter on Kosovo tell of the controlled delivery exercise?", True),
        ("Does chapter II.1.2 tell of the Single Window workshop?", True),
        ("Does the chapter on Moldova tell of the visit of the SR/CTHB?", True),
        ("Is MC.DEC/3/05 mentioned in chapter II.1.1?", False),
        ("Does chapter II.1.2 mention PC.DEC/991?", True),
        ("Does chapter II.1.5 mention NATO?", True),
        ("Is MC.DEC/8/07 described in Appendix 1?", False),
    ],
)
def test_whether_a_chapter_tells_it_is_told_by_the_chapters_that_do(asker: Asker, question: str, answer: bool) -> None:
    """A place of the event, or another event, is not what is asked."""
    assert asker.ask(question).answer == [answer], question


def test_that_a_chapter_has_no_activity_with_somebody_is_no_no(asker: Asker) -> None:
    """It may name it otherwise."""
    assert asker.ask("Is Italy mentioned in the chapter on Uzbekistan?").status == UNCLEAR
    asked = asker.ask("In which chapters is Europol mentioned?")
    assert not asked.certain and any("only mention" in hint for hint in asked.hints)
    assert asker.ask("Does the report name a chapter 4.1?").answer != [False]


# ---------------------------------------------------------------- decisions


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which decisions were adopted on 5 December 2006?", ["MC.DEC/5/06"]),
        ("How many decisions were adopted on 30 November 2007?", [1]),
        ("Which decision was adopted on 3 December 2007?", []),
        ("Which decisions were adopted on 4 December?", ["MC(9).DEC/6"]),
        ("How many decisions were adopted in Madrid or Brussels?", [4]),
        ("Was Decision 914/09 adopted by the Permanent Council?", [True]),
        ("Was MC.DEC/5/06 adopted by the Permanent Council?", [False]),
        ("Does MC.DEC/3/05 recall MC.DEC/5/06?", [False]),
        ("Does PC.DEC/810 recall MC.DEC/5/06?", [True]),
        ("Does PC.DEC/810 task the Permanent Council?", [False]),
        ("Which decisions of the Ministerial Council name Afghanistan?", ["MC.DEC/4/07"]),
    ],
)
def test_days_choices_and_claims_of_decisions_are_heeded(asker: Asker, question: str, answer: list[object]) -> None:
    """A day is no year, and "or" is either."""
    assert asker.ask(question).answer == answer, question


def test_a_denied_limit_of_decisions_is_turned_round(asker: Asker) -> None:
    """Those that do and those that do not are all."""
    do, do_not = (asker.ask(f"Which decisions {do} the Secretary General?").answer for do in ("task", "do not task"))
    assert len(do) == 7 and len(do_not) == 12
    both = asker.ask("Which decisions are told in Appendix 1 but not in footnote 2?").answer
    assert len(both) == 9 and "MC.DEC/3/05" not in both


def test_a_title_is_told_whole(asker: Asker) -> None:
    """It goes on behind a comma."""
    assert asker.ask("What is the title of MC.DEC/3/11?").answer[0].endswith("Post-Conflict Rehabilitation")


# ---------------------------------------------------------------- what is said beside


@pytest.mark.parametrize(
    ("question", "said", "certain"),
    [
        ("How many activities took place in Kyrgyzstan?", "without a place", False),
        ("Which activities took place in July?", "Drug Prevention Campaign", True),
        ("Which events had more than 80 participants?", "those who were sent", False),
        ("Whom does PC.DEC/758 task?", "as a group", True),
        ("Did the Mission to Montenegro work with the Mission in Kosovo?", "Controlled delivery live exercise", False),
        ("Which units co-operated with INTERPOL?", "Strategic Police Matters Unit", False),
        ("Which units name Eurojust as a partner?", "any part of an activity", False),
        ("Which OSCE field operations does the American ICITAP turn up with?", "OSCE Presence in Albania", False),
        ("What happened on 20 September?", "Ukrainian Parliament", False),
        ("Which drug activities took place in July?", "Drug Prevention Campaign", False),
        ("What did the ATU do on travel document security?", "Enhancing Identity Management", True),
        ("How many States have ratified the firearms protocol?", "participating States", True),
    ],
)
def test_what_an_answer_leaves_out_is_said(asker: Asker, question: str, said: str, certain: bool) -> None:
    """An answer that may be less than it seems is only likely."""
    asked = asker.ask(question)
    assert any(said in hint for hint in asked.hints), asked.hints
    assert asked.certain == certain


def test_general_co_operation_is_an_answer_where_no_activity_is_told(asker: Asker) -> None:
    """The report says so in general, with its place."""
    asked = asker.ask("Which units worked with the European Commission?")
    assert asked.status == ANSWERED and "Strategic Police Matters Unit" in asked.answer
    assert asked.evidence and not asked.certain


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Was the Drug Prevention Campaign running in August?", [True]),
        ("Did the Counter-Narcotics Train-the-Trainer Course take place in May?", [True]),
        ("Was the Drug Prevention Campaign running in December?", [False]),
    ],
)
def test_an_activity_was_under_way_on_all_of_its_days(asker: Asker, question: str, answer: list[bool]) -> None:
    """Not only on the first one."""
    assert asker.ask(question).answer == answer


@pytest.mark.parametrize(
    "question",
    [
        "Who seized 47 kg of marihuana?",
        # The number is of another one of those who came.
        "How many licences did the Ministry of National Security of Turkmenistan get?",
        # A phone that is given is no number of anybody.
        "Who received the mobile phone system?",
        # Nothing is told of this town.
        "Which events took place in Ashgabat?",
        # Who had any part did not pay.
        "Swedish experts and police turn up in several places. Is Sweden anywhere named as having funded an activity?",
    ],
)
def test_what_is_read_as_something_else_is_asked_back(asker: Asker, question: str) -> None:
    """It is not silent, not outside of the report, and nothing else is told instead."""
    assert asker.ask(question).status == UNCLEAR, question


def test_a_ranking_is_of_what_is_asked(asker: Asker) -> None:
    """Themes are no partners, and who taught is not who came."""
    assert asker.ask("Which theme did the SPMU work on most?").answer == ["trafficking in human beings"]
    assert set(asker.ask("Which State taught most often?").answer) == {"Russia", "Sweden"}


def test_only_ngos_are_told_where_they_are_asked_for(asker: Asker) -> None:
    """An intergovernmental organization is none."""
    asked = asker.ask("Which NGOs attended the workshop on the National Referral Mechanism in June?")
    assert set(asked.answer) == {"Danish Refugee Council", "Femida"}


def test_what_was_done_for_a_state_is_told_where_no_place_is(asker: Asker) -> None:
    """And that no place is told is said."""
    asked = asker.ask("What did ODIHR do in Moldova?")
    assert asked.status == ANSWERED and not asked.certain and "in Moldova" in asked.answer[0]
    assert any("No place is told" in hint for hint in asked.hints)


def test_who_arranged_a_study_visit_organized_it(asker: Asker) -> None:
    """The mission facilitated two of these."""
    assert len(asker.ask("Which study visits did the OSCE Mission to Serbia organize?").answer) > 2


def test_a_state_hosts_what_is_in_it(asker: Asker) -> None:
    """And not only what somebody is said to have hosted."""
    assert len(asker.ask("Which activities did Turkey host?").answer) > 5
    assert asker.ask("Did Italy host a study visit?").answer == [True]


def test_who_came_is_said_where_one_group_is_asked_for(asker: Asker) -> None:
    """Forty came of the judiciary and of an authority: how many judges is not told."""
    asked = asker.ask("How many judges took part in the training on the management of seized assets in Serbia?")
    assert asked.answer == [40] and not asked.certain
    assert any(hint.startswith("These are all who came: ") for hint in asked.hints)
    everybody = asker.ask("How many people took part in the training on the management of seized assets in Serbia?")
    assert everybody.answer == [40] and not any(hint.startswith("These are all") for hint in everybody.hints)


def test_whom_two_share_in_general_is_said_beside(asker: Asker) -> None:
    """The Council of Europe has activities with one of them only, and co-operates with the other in general."""
    asked = asker.ask("Which organizations worked with both the ATU and the OCEEA?")
    assert not asked.certain and "Council of Europe" not in asked.answer
    assert any("In general" in hint and "Council of Europe" in hint for hint in asked.hints)
    # Both are named in the reading.
    assert "Action against Terrorism Unit; Office of the Co-ordinator" in asked.reading


def test_that_a_theme_is_not_told_is_said(asker: Asker) -> None:
    """Two decisions stand among others on trafficking, and no title says what they are on."""
    asked = asker.ask("Which decisions are on trafficking in human beings?")
    noted = [hint.partition(":")[0] for hint in asked.hints if "taken from its place" in hint]
    assert noted == ["MC(9).DEC/6", "MC.DEC/15/05"] and set(noted) <= set(asked.answer)


def test_what_rests_on_decisions_is_told_with_them(asker: Asker) -> None:
    """Each activity with the decision or other instrument that its chapter names."""
    asked = asker.ask("Which activities rest on a decision?")
    assert len(asked.answer) == 8 and "or other instrument" in asked.reading
    assert sum("Permanent Council Decision No. 99" in row[1] for row in asked.answer) == 2


# ---------------------------------------------------------------- what a second reader of the code found


def test_a_yes_on_a_document_rests_on_it(asker: Asker) -> None:
    """Its evidence is where the document is told of, as of any other answer."""
    asked = asker.ask("Was Decision 914/09 adopted by the Permanent Council?")
    assert asked.answer == [True] and asked.evidence and all(item["lines"] for item in asked.evidence)
    asked = asker.ask("Did the Permanent Council adopt any decisions on drugs?")
    assert asked.answer == [True] and len(asked.evidence) == 2


def test_what_is_counted_by_its_kind_is_left_out_of_nothing(asker: Asker) -> None:
    """That activities of other kinds have no place says nothing of conferences."""
    asked = asker.ask("How many conferences took place in Serbia?")
    assert asked.answer == [2] and not any(hint.startswith("Besides") for hint in asked.hints)


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        # "Shorter" is a word of the report, "attached" as well.
        ("Which study visit was the shortest?", "Shortest of: study visits"),
        ("Which events attracted more than 80 participants?", "Activities: more than 80 people"),
        ("What does MC.DEC/3/11 encourage?", "What is said: MC.DEC/3/11"),
        ("How many decisions had been adopted by 2005?", "Number of decisions: until 2005"),
        ("Which decisions were adopted after 2008?", "Decisions: from 2009"),
        ("Which workshops on drugs does the report mention?", "Workshops: illicit drugs and precursors"),
        ("In which courses were trainers from Sweden used?", "Trainings: taught by Sweden"),
        ("equipment donations", "Equipment"),
    ],
)
def test_words_of_phrases_are_no_mistypings(asker: Asker, question: str, reading: str) -> None:
    """A word that questions are put together from is not put right to another one, and bounds are heeded."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and asked.reading == reading


def test_what_was_not_adopted_is_not_what_was(asker: Asker) -> None:
    """A denied adoption is none."""
    assert asker.ask("Which decisions did the Ministerial Council not adopt in Madrid?").status == UNCLEAR


def test_who_was_sent_to_an_event_is_not_all_who_came(asker: Asker) -> None:
    """Two Montenegrins at a meeting of a network do not make it the smallest one, nor are they its participants."""
    asked = asker.ask("Which conference had the fewest participants?")
    assert len(asked.answer) == 2 and "40 people" in " ".join(asked.hints)
    small = asker.ask("Which activities had two participants?").answer
    assert small == ["Study visit of two Armenian high-tech crime police specialists to the Russian Federation"]


@pytest.mark.parametrize(
    "question",
    [
        "Which publications of the Rule of Law Department in Skopje does the report name?",
        "Which publications did the Skopje mission's RoLD produce?",
        "Which publications did the Rule of Law Department of the Mission to Skopje issue?",
    ],
)
def test_a_department_is_that_of_the_operation_where_it_is(asker: Asker, question: str) -> None:
    """There is one in Belgrade that is called alike."""
    asked = asker.ask(question)
    assert len(asked.answer) == 3 and "Handbook on Confiscation of Assets" in asked.answer


# ---------------------------------------------------------------- what two more readers found


@pytest.mark.parametrize(
    "question",
    [
        # Its officers were trained; it organized other courses.
        "Did EULEX and the Mission in Kosovo hold a joint training?",
        # The Mission sent two officers.
        "Did UNODC and the Mission to Serbia organize an activity together?",
        # The Centre sent two officials.
        "Did CARICC and the Centre in Ashgabat hold a joint workshop?",
    ],
)
def test_who_came_to_it_or_sent_people_did_not_hold_it(asker: Asker, question: str) -> None:
    """A yes to two that organized something together rests on what both organized."""
    assert asker.ask(question).answer != [True]


def test_who_organized_something_together_is_confirmed(asker: Asker) -> None:
    """Where both made it, it is told."""
    assert asker.ask("Did the SPMU and UNODC ever organize something together?").answer == [True]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who did the OSCE Mission in Kosovo co-operate with?", "In general, without an activity"),
        ("With whom did the OSR/CTHB co-operate?", "In general, without an activity"),
        ("Who did the OSCE Office in Yerevan co-operate with?", "only came to, spoke at or sent people to: "),
        ("Which events did the Police Development Department in Skopje organize?", "without naming the department"),
        ("Which activities in Albania had more than 50 participants?", "Told as several events with so many in all"),
        ("Which activities had at least 100 participants?", "Special Investigative Techniques"),
        ("Which trainings did the OSCE Mission to Montenegro organize?", "workshops or seminars where somebody is told"),
    ],
)
def test_what_may_be_missing_is_said_and_makes_it_likely(asker: Asker, question: str, said: str) -> None:
    """General co-operation, events that a unit did not make, departments, series: none is left unsaid."""
    asked = asker.ask(question)
    assert any(said in hint for hint in asked.hints) and not asked.certain


def test_of_a_department_its_own_staff_is_told(asker: Asker) -> None:
    """Not that of all the mission."""
    asked = asker.ask("How many staff members worked on organized crime in the Rule of Law Department in Skopje?")
    assert asked.answer == [5]


def test_the_sum_counts_those_who_were_sent(asker: Asker) -> None:
    """Of the 120 people at the conference in Vienna the Office sent one."""
    assert asker.ask("How many people took part in the activities of the Office in Yerevan in total?").answer == [137]


def test_no_other_kind_has_the_most_people(asker: Asker) -> None:
    """The largest of all activities is no round table."""
    assert "Alliance" not in str(asker.ask("Which roundtable had the most participants?").answer)


def test_where_somebody_spoke_is_no_chapter(asker: Asker) -> None:
    """It is asked for a place."""
    assert asker.ask("Where did the Deputy Co-ordinator for Combating THB speak?").answer != ["II.1.5"]


def test_who_takes_people_somewhere_sends_them(asker: Asker) -> None:
    """A study visit that an office organized is one to which it sent people; lecturers from a State taught."""
    assert asker.ask("To which countries did the Office in Baku send people?").answer == ["Georgia", "Italy"]
    assert asker.ask("Where did experts from the Russian Federation teach?").answer == ["Tajikistan", "Tashkent", "Yerevan"]


def test_what_has_a_month_has_a_date(asker: Asker) -> None:
    """No date is less than no exact one."""
    undated = asker.ask("Which activities of the Mission to Serbia have no date?").answer
    inexact = asker.ask("Which activities of the Mission to Serbia have no exact date?").answer
    assert set(undated) < set(inexact)


# ---------------------------------------------------------------- what one more reader found


@pytest.mark.parametrize(
    "question",
    [
        "Did the OSCE work with the EMCDDA?",
        "Did anyone work with SEPCA?",
        "Did any unit work with the International Narcotics Control Board?",
        "Is NATO a partner of any unit?",
    ],
)
def test_co_operation_in_general_is_a_yes(asker: Asker, question: str) -> None:
    """With the OSCE, anybody or any unit: without an activity the report says so in general."""
    asked = asker.ask(question)
    assert asked.answer == [True] and asked.evidence


def test_who_works_with_it_in_general_is_told(asker: Asker) -> None:
    """No activity of it is told; a unit that says so is told beside the OSCE as a whole."""
    answer = asker.ask("Who works with the SCO?").answer
    assert answer == ["Organization for Security and Co-operation in Europe", "Strategic Police Matters Unit"]


def test_units_send_people_by_making_it_possible(asker: Asker) -> None:
    """They do not come themselves; States are where people come from."""
    asked = asker.ask("Which units sent people to events in Vienna?")
    assert set(asked.answer) == {
        "OSCE Centre in Ashgabat",
        "OSCE Mission to Serbia",
        "OSCE Office in Yerevan",
        "OSCE Project Co-ordinator in Ukraine",
    }


def test_ministries_of_a_state_are_its_own(asker: Asker) -> None:
    """A body of Kazakhstan that came to Kiev is none of Ukraine."""
    assert not any("Kazakhstan" in one for one in asker.ask("Which ministries of Ukraine were involved?").answer)


def test_of_how_many_no_place_is_told_is_said(asker: Asker) -> None:
    """Where a unit was active is not all told."""
    asked = asker.ask("In which countries was the ATU active?")
    assert any(hint.endswith("no place is told.") for hint in asked.hints) and not asked.certain


def test_countries_of_most_unplaced_activities_are_those_of_the_operations(asker: Asker) -> None:
    """Of four of five activities with an American embassy no place is told."""
    asked = asker.ask(
        "In which host countries did OSCE field operations co-operate with a U.S. Embassy against trafficking?"
    )
    assert asked.answer == ["Azerbaijan", "Kazakhstan", "Tajikistan"]


def test_a_rough_number_of_people_says_so(asker: Asker) -> None:
    """What the report tells as more than 350 is 350, with that said beside it; the answer is as certain as before."""
    asked = asker.ask("How many people attended the 11th Alliance conference?")
    assert asked.answer == [350] and asked.certain and "Told as over 350." in asked.cautions
    exact = asker.ask('How many people attended "Counter Drug Course"?')
    assert exact.answer == [25] and not any(caution.startswith("Told as") for caution in exact.cautions)


def test_events_are_no_bodies_where_a_town_is_named_beside(asker: Asker) -> None:
    """A question that says "no matter in what town" asks for no town: activities are told."""
    asked = asker.ask("Which events did CARICC hold, no matter in what town?")
    assert asked.status == ANSWERED and len(asked.answer) == 1 and "Almaty" in asked.answer[0]
