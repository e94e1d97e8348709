"""Plain questions on decisions and other instruments: put together from phrases and worked out."""

from __future__ import annotations

import pytest

from oscegraph.asking import asked_filters
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, CERTAIN, SILENT, UNCLEAR


@pytest.mark.parametrize(
    ("words", "ask", "kinds", "filters"),
    [
        ("which decisions did {body} adopt in {place}", "papers", ("decision",), [("organ", 0), ("place", 1)]),
        ("which {body} decisions concern {theme}", "papers", ("decision",), [("organ", 0), ("theme", 1)]),
        ("how many decisions task {body}", "number", ("decision",), [("tasks", 0)]),
        ("which documents recall {document}", "papers", (), [("recalls", 0)]),
        ("which earlier decisions does {document} recall", "papers", ("decision",), [("recalled", 0)]),
        ("which declarations name {body}", "papers", ("declaration",), [("names", 0)]),
        ("is there any decision on {theme}", "truth", ("decision",), [("theme", 0)]),
        ("on which decisions does {unit} base its work", "papers", ("decision",), [("basis", 0)]),
        ("what is {body} asked to do in {document}", "provisions", (), [("any", 0), ("any", 1)]),
    ],
)
def test_a_question_on_decisions_is_put_together_from_phrases(
    words: str, ask: str, kinds: tuple[str, ...], filters: list[tuple[str, int]]
) -> None:
    """What is asked, the kinds of documents and what limits them are read off the words."""
    asked = asked_filters.read(words.split(), "papers")
    assert asked is not None and (asked.ask, asked.kinds) == (ask, kinds)
    assert [(one.how, one.name) for one in asked.filters] == filters


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which decisions did the Permanent Council adopt in 2007?", {"PC.DEC/810", "PC.DEC/813"}),
        ("Which Ministerial Council decisions were adopted after 2008?", {"MC.DEC/2/09", "MC.DEC/3/11", "MC.DEC/9/11"}),
        ("How many decisions did the Ministerial Council adopt in Vilnius?", {2}),
        ("Which decisions name the UNTOC?", {"MC.DEC/3/05", "PC.DEC/810"}),
        ("Which decisions mention UNODC?", {"PC.DEC/758", "MC.DEC/5/06", "PC.DEC/810", "PC.DEC/813"}),
        ("Which decisions were adopted in Athens?", {"MC.DEC/2/09", "PC.DEC/914"}),
        ("Which decision recalls the Charter of the United Nations?", {"MC.DEC/3/11"}),
        ("Which of the decisions task the Permanent Council?", {"MC.DEC/3/05"}),
        ("What was the latest decision of the Permanent Council?", {"PC.DEC/914"}),
        ("On which decisions are the ATU's activities based?", {"PC.DEC/991", "PC.DEC/992"}),
        ("Which decisions concern drugs?", {"PC.DEC/758", "PC.DEC/813", "MC.DEC/4/07"}),
        ("Is there any decision on cybercrime?", {True}),
        ("Which decisions recall others?", {"PC.DEC/810", "MC.DEC/3/11", "MC.DEC/9/11"}),
        ("Which decisions adopted in Madrid are missing from Appendix 1?", {"MC.DEC/8/07"}),
        (
            "Which of the mandating decisions listed in the note on the UNTOC are not described in Appendix 1?",
            {"MC(8).DEC/1", "MC(9).DEC/6", "MC.DEC/2/03", "MC.DEC/15/05", "MC.DEC/8/07"},
        ),
    ],
)
def test_decisions_are_those_that_fit(asker: Asker, question: str, answer: set[object]) -> None:
    """All that fits is told and nothing else, with where the report tells it."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and {*asked.answer} == answer, question
    assert asked.evidence and asked.sparql


def test_what_appendix_1_describes_is_all_that_it_describes(asker: Asker) -> None:
    """The footnote of chapter I.3 lists others, which are not described there."""
    asked = asker.ask("Which decisions does Appendix 1 describe?")
    assert len(asked.answer) == 12 and "MC.DEC/8/07" not in asked.answer
    assert asked.confidence >= CERTAIN


def test_decisions_on_a_theme_are_told_with_the_other_documents_beside(asker: Asker) -> None:
    """Titles do not settle what a decision is on: such an answer is likely only."""
    asked = asker.ask("Which decisions concern terrorism?")
    # There is no decision on it, but other documents.
    assert "Bucharest Plan of Action for Combating Terrorism" in asked.answer
    asked = asker.ask("Which decisions concern drugs?")
    assert not asked.certain and any("Bucharest Plan of Action" in hint for hint in asked.hints)


def test_columns_of_decisions(asker: Asker) -> None:
    """Each is told with its place and day."""
    asked = asker.ask("Which decisions were adopted in Madrid, and when?")
    assert sorted(asked.answer) == [["MC.DEC/4/07", "2007"], ["MC.DEC/8/07", "2007-11-30"]]


def test_what_a_decision_asks_of_somebody(asker: Asker) -> None:
    """What it says is told in the words of the graph, of one body alone if it names one."""
    asked = asker.ask("What did the Permanent Council task the Secretary General with in PC.DEC/914?")
    assert asked.status == ANSWERED and "report on police-related activities" in str(asked.answer)
    asked = asker.ask("Whom does MC.DEC/3/05 task, and with what?")
    assert [row[0] for row in asked.answer] == ["OSCE Secretary General", "OSCE Permanent Council"]
    assert asker.ask("What does PC.DEC/810 ask of the SPMU?").status == SILENT


def test_where_no_activity_rests_on_a_decision_the_report_does_not_say(asker: Asker) -> None:
    """The Borders Team names no decision, nor does anybody say to rest on the ninth decision of 2009."""
    assert asker.ask("On which decision does the Borders Team base its work?").status == SILENT
    assert asker.ask("Which activities are based on MC.DEC/2/09?").status == SILENT


@pytest.mark.parametrize(
    "question",
    [
        # Who is asked is no body of the graph.
        "Which decisions task the participating States?",
        # No word says how it limits.
        "Which numbered decisions task nobody new?",
    ],
)
def test_a_word_that_nothing_accounts_for_makes_it_none(asker: Asker, question: str) -> None:
    """It is asked back, or left to the ranking."""
    assert asker.paper_sets.read(asker.read(question)[0]) is None
    assert asker.ask(question).status in (UNCLEAR, SILENT)


def test_only_documents_of_the_osce_are_recalled_where_these_are_asked_for(asker: Asker) -> None:
    """The Charter of the United Nations is recalled, but is none of them."""
    asked = asker.ask("Which OSCE decision recalls which earlier OSCE document?")
    assert len(asked.answer) == 3 and "Charter of the United Nations" not in str(asked.answer)


def test_by_which_decision_a_plan_was_adopted_is_not_told_by_the_plan(asker: Asker) -> None:
    """The report names no such decision."""
    asked = asker.ask("By which decision was the OSCE Action Plan to Combat Trafficking in Human Beings adopted?")
    assert asked.status == UNCLEAR, asked.reading


def test_decisions_name_states(asker: Asker) -> None:
    """Two speak of Afghanistan, one of them of what comes from there."""
    asked = asker.ask("Which decisions in Appendix 1 mention Afghanistan?")
    assert sorted(asked.answer) == ["MC.DEC/4/07", "PC.DEC/813"]


def test_which_decision_gives_a_task_is_told_with_it(asker: Asker) -> None:
    """What is asked of whom stands in a row with the decision; two councils adopted them."""
    asked = asker.ask(
        "Which decision described in Appendix 1 gave a task to the Permanent Council itself, and what was the task?"
    )
    assert [row[0] for row in asked.answer] == ["MC.DEC/3/05"] and asked.answer[0][1].startswith("Tasks with designing")
    number = asker.ask(
        "How many of the Ministerial and Permanent Council decisions of Appendix 1 give the Secretary General a task?"
    )
    assert number.answer == [7]
    asked = asker.ask("Whom did the Ljubljana decision MC.DEC/3/05 task, and with what?")
    assert [row[0] for row in asked.answer] == ["OSCE Secretary General", "OSCE Permanent Council"]
    assert asker.ask("Whom did the Madrid decision MC.DEC/3/05 task, and with what?").status != ANSWERED


def test_mandates_that_an_appendix_leaves_out_are_told(asker: Asker) -> None:
    """The note on mandates is in the executive summary."""
    expected = ["MC(8).DEC/1", "MC(9).DEC/6", "MC.DEC/2/03", "MC.DEC/15/05", "MC.DEC/8/07"]
    for question in (
        "Which decisions does the report cite as mandates for supporting the UNTOC that Appendix 1 does not describe?",
        "Which decisions listed in the executive summary are not described in Appendix 1?",
    ):
        assert asker.ask(question).answer == expected, question


def test_decisions_that_chapters_cite(asker: Asker) -> None:
    """They stand with the activities that rest on them, or with the units that tell; where no activity does is said."""
    cited = ["MC.DEC/5/06", "MC.DEC/4/07", "PC.DEC/813", "MC.DEC/5/08", "MC.DEC/2/09", "PC.DEC/991", "PC.DEC/992"]
    asked = asker.ask("Which numbered decisions do the chapters of part II name as a basis of their work?")
    assert (sorted(asked.answer), asked.certain) == (sorted(cited), False)
    assert "Cited, while no single activity rests on it: MC.DEC/2/09 (II.1.1)." in asked.hints
    assert {(e["chapter"], *e["lines"]) for e in asked.evidence} == {
        ("II.1.1", 324, 325),
        ("II.1.1", 450, 454),
        ("II.1.2", 606, 616),
        ("II.1.5", 955, 960),
    }
    rows = asker.ask(
        "Which decisions does chapter II name as the basis of an activity, and in the account of which unit?"
    ).answer
    assert sorted(row[0] for row in rows) == sorted(cited)
    for decision, unit in (
        ("MC.DEC/5/06", "Strategic Police Matters Unit"),
        ("MC.DEC/2/09", "Strategic Police Matters Unit"),
        ("PC.DEC/992", "Action against Terrorism Unit"),
    ):
        assert [decision, unit] in rows
    of_each = asker.ask("Which decisions does chapter II give as the basis, and for which activity?").answer
    assert [row[0] for row in of_each if len(row) == 1] == ["MC.DEC/2/09"]


def test_a_number_and_work_that_is_assigned(asker: Asker) -> None:
    """Decisions without a number are no numbered ones; work that is assigned is a task."""
    asked = asker.ask("Which numbered Ministerial Council decisions does Appendix 1 describe?")
    assert "Combating Sexual Exploitation of Children" not in asked.answer
    work = asker.ask("Which Ministerial Council decision assigned work to the Permanent Council itself?")
    assert work.answer == ["MC.DEC/3/05"]


@pytest.mark.parametrize("place", ["Istanbul in 1999", "Athens in 2009"])
def test_what_is_called_by_a_town_and_year_is_not_all_that_was_adopted_there(asker: Asker, place: str) -> None:
    """The Charter for European Security is of Istanbul, too."""
    assert not asker.ask(f"Which document was adopted in {place}?").certain


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Whom does MC.DEC/5/06 task?", ["OSCE Secretary General", "relevant OSCE executive structures"]),
        ("Who is tasked by PC.DEC/758?", ["OSCE Secretary General", "relevant OSCE institutions"]),
        ("Whom does MC.DEC/5/08 urge?", ["participating States"]),
        (
            "Who is encouraged by the Decision on Combating Sexual Exploitation of Children?",
            ["relevant OSCE executive structures"],
        ),
        (
            "Whom do MC.DEC/3/05, MC.DEC/5/06 and PC.DEC/758 task?",
            [
                ["MC.DEC/3/05", "OSCE Secretary General"],
                ["MC.DEC/3/05", "OSCE Permanent Council"],
                ["MC.DEC/5/06", "OSCE Secretary General"],
                ["MC.DEC/5/06", "relevant OSCE executive structures"],
                ["PC.DEC/758", "OSCE Secretary General"],
                ["PC.DEC/758", "relevant OSCE institutions"],
            ],
        ),
        (
            "Which decisions task the relevant OSCE executive structures?",
            [
                "Combating Transnational Organized Crime (2006)",
                "Combating Sexual Exploitation of Children",
                "Elements of the Conflict Cycle",
            ],
        ),
    ],
)
def test_groups_that_are_addressed_are_told(asker: Asker, question: str, answer: list[str | list[str]]) -> None:
    """Executive structures, institutions and States that no name is given of are addressees like others."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and asked.answer == answer and asked.certain


def test_what_groups_are_called_is_no_name_in_a_question(asker: Asker) -> None:
    """The participating States that organized something are States, not the group of all of them."""
    question = "Which participating States, executive structures or institutions organized a training?"
    assert [link.thing.cls for link in asker.read(question)[0].links] == []
