"""Questions in plain words on what rose and fell, what the report printed, and what is told of each with its evidence."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph import query
from oscegraph.api import Oscegraph
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, SILENT, Asked

BY_NOTE = ["MC(8).DEC/1", "MC(9).DEC/6", "MC.DEC/2/03", "MC.DEC/15/05", "MC.DEC/8/07", "PC.DEC/991", "PC.DEC/992"]


@pytest.mark.parametrize(
    ("question", "so"),
    [
        ("Did the OSCE's activities against drug trafficking increase in 2011?", False),
        ("Did the OSCE's activities against drug trafficking decrease in 2011?", True),
        ("Did anti-trafficking activities increase compared to 2010?", True),
        ("Did work on cybercrime decline in 2011?", False),
        ("Has human trafficking work increased?", True),
    ],
)
def test_whether_a_theme_rose_or_fell(asker: Asker, question: str, so: bool) -> None:
    """As the report says it of the theme that is named; a fall is no rise."""
    asked = asker.ask(question)
    assert asked.answer == [so] and asked.confidence >= 0.9
    assert [(item["chapter"], item["lines"][0] in range(79, 88)) for item in asked.evidence] == [("I.1", True)]


@pytest.mark.parametrize(
    "question", ["Did work on border security increase in 2011?", "Did activities on drugs in Serbia increase?"]
)
def test_what_is_not_told_to_have_changed(asker: Asker, question: str) -> None:
    """Neither yes nor no is said of a theme, or of a State, of which the report does not say it."""
    assert asker.ask(question).status != ANSWERED


def test_which_themes_rose_and_fell(asker: Asker, graph: Oscegraph) -> None:
    """All that the report names, and no theme among both."""
    rose, fell = (
        asker.ask("Which themes gained more attention?"),
        asker.ask("Which areas received less attention than in 2010?"),
    )
    assert fell.answer == ["illicit drugs and precursors"] and len(rose.answer) == 8
    told = {row["themeLabel"] for row in query.run(graph.store, "theme_changes")}
    assert told == {*rose.answer, *fell.answer}


@pytest.mark.parametrize(
    "question",
    [
        "Exactly how many activities against drug trafficking did the OSCE count in 2011?",
        "How many activities on drug trafficking are counted in the report?",
    ],
)
def test_what_the_report_counted_of_one_theme_is_not_printed(asker: Asker, question: str) -> None:
    """What the graph holds is no number of the report's."""
    asked = asker.ask(question)
    assert asked.status == SILENT and "not broken down" in asked.hints[0]
    assert asker.ask("How many activities did the OSCE count in 2011?").answer == [353]


@pytest.mark.parametrize(
    "question",
    [
        "Which OSCE decisions are cited in the body of the report, footnotes included, but not described in Appendix 1?",
        "Which OSCE decisions are cited in the report, including the footnotes, but not described in Appendix 1?",
    ],
)
def test_footnotes_that_are_included_limit_nothing(asker: Asker, question: str) -> None:
    """Decisions that only the text cites are told as well as those of a footnote."""
    assert asker.ask(question).answer == BY_NOTE


def test_what_is_counted_on_one_activity(asker: Asker) -> None:
    """Who was arrested is no event of a series, of which no number is told."""
    asked = asker.ask(
        "How many criminals were arrested in the joint operation in which the Kosovo police seized 47 kg of marihuana?"
    )
    assert asked.answer == [17] and not asked.certain
    assert asker.ask("How many Ukrainian officers came to the 22 June seminar on EURO 2012?").status == SILENT


def test_chapters_of_several_parts(asker: Asker) -> None:
    """Partners that only the general list has besides are in fewer chapters on structures."""
    everywhere = asker.ask("Which chapters mention CARICC?").answer
    assert everywhere == ["I.4", "II.1.1", "II.3.10", "II.3.11"]
    assert asker.ask("In how many chapters from II.1.1 to II.3.14 does CARICC appear?").answer == [3]
    assert asker.ask("In how many chapters on executive structures does CARICC appear?").answer == [3]


def test_with_which_of_two_is_told(asker: Asker) -> None:
    """Of those that are named as a choice each row says which it was; whom all rows are with is not repeated."""
    rows = asker.ask("Which workshops did the ATU organize with UNODC or the WCO, and with which partners?").answer
    named = ("World Customs Organization", "United Nations Office on Drugs and Crime", "UNODC Terrorism Prevention Branch")
    assert [sum(name in row[-1] for name in named) for row in rows] == [1, 1, 1, 1]


def _titles(asked: Asked, titles: set[str]) -> set[str]:
    flat: list[Any] = [value for row in asked.answer for value in (row if isinstance(row, list) else [row])]
    return {value for value in flat if value in titles}


@pytest.mark.parametrize(
    "question",
    [
        "Which units organized or supported study visits to the United Kingdom, and when was each?",
        "Which field operations supported study visits to the United Kingdom, and when?",
        "Which field operations organized, facilitated or supported study visits of national officers to the United "
        "Kingdom, and when did each visit take place?",
    ],
)
def test_each_activity_of_an_answer_has_its_evidence(asker: Asker, question: str) -> None:
    """Whatever way activities are found, by actors or by where they led, each is shown with its lines."""
    asked = asker.ask(question)
    titles = _titles(asked, {event.label for event in asker.facts.events.values()})
    assert asked.status == ANSWERED and len(titles) >= 3
    assert titles <= {item["activity"] for item in asked.evidence}


def test_who_held_each_is_no_title(asker: Asker) -> None:
    """Days and titles of talks are told of other questions; here each has its host."""
    asked = asker.ask(
        "On which days did the SPMU give presentations on trafficking or child abuse at events held by others in 2011, and "
        "who held each event?"
    )
    assert len(asked.answer) == 5 and all(days for _, days in asked.answer)
    hosts = (
        "Border Management Staff College",
        "OSCE Office in Baku",
        "International Training Centre",
        "OSCE Mission to Moldova",
    )
    assert all(any(host in days for host in hosts) for _, days in asked.answer)


def test_one_number_is_none_for_each_country(asker: Asker) -> None:
    """The number of one project is not told where one for each country is asked for."""
    asked = asker.ask("How many victims of trafficking were identified through field operations' projects, by country?")
    assert sorted(asked.answer) == [["Kazakhstan", 34], ["Ukraine", 49]]


def test_those_who_were_trained_are_no_trainers(asker: Asker) -> None:
    """Whom a question says something was done with did not do it, and how long it was is no number of chapters."""
    asked = asker.ask(
        "Who trained the Kyrgyz border guards in early identification of trafficking victims at border-crossing points?"
    )
    assert asked.status != ANSWERED and asked.nearest == ["border guards of Kyrgyzstan"]
    asked = asker.ask("In how many chapters on the OSCE executive structures (II.1.1 to II.3.14) does CARICC appear?")
    assert asked.answer == [3]
