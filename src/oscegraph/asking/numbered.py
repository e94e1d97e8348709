"""Stage 10e17: who or what comes first, and by which number: where that number can be told.

Only rankings count whose number the report prints, or that count the activities of a role, and only if nothing in the
question narrows or shifts them: the reading of "who has the second most staff, and how many" may be that of "the most".
"""

from __future__ import annotations

import re
from typing import Any

from oscegraph.asking import asked_forms, wording
from oscegraph.asking.asked_names import INSTRUMENTS
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question

# By the queries of the rankings what may be said to be counted, and how many words that say nothing known may be left.
COUNTED = {
    "figure_staff": (("", "people", "staff"), 2),
    "activity_largest": (("", "people"), 2),
    "figure_ratification": (("", "states"), 5),
    "role_ranking": (("", "activities"), 2),
    "structure_mention_ranking": (("", "units", "structures"), 6),
}
# What makes another ranking of it.
_SHIFTED = lazy_pattern(
    r"\b(?:second|third|fourth|fifth|next|2nd|3rd|other|but one|runner|except|excluding|apart|besides|not|international"
    r"|national|local|department|workshops?|seminars?|courses?|trainings?|meetings?|20(?:0\d|10))\b",
    re.IGNORECASE,
)


def is_plain(text: str, question: Question, source: Candidate, counted: str) -> bool:
    """Whether the number of a ranking is that which is asked for: `question` is the part that asks who comes first."""
    if source.query not in COUNTED or _SHIFTED.search(text):
        return False
    known, loose = COUNTED[source.query]
    left = [t for t in question.tokens if not (t.cues or t.word.is_name or t.word.plain in wording.ignored())]
    linked = question.linked
    # "The three Protocols to the UNTOC"
    links = [link for link in source.open_links if link.thing.cls not in INSTRUMENTS]
    return counted in known and len(left) <= loose and not (links or linked.days or linked.chapters or linked.other_year)


def told_by_ranking(candidates: list[Candidate], names: list[Any]) -> Candidate | None:
    """Return the ranking with a printed number that comes to these names, if there is one."""
    return next((one for one in candidates if one.query in COUNTED and one.family == "phrase" and one.answer == names), None)


def totals(source: Candidate, rows: list[dict[str, Any]]) -> dict[str, int]:
    """Return the numbers by which the rows of a phrase for who comes first or last were put in order; else none."""
    form, *columns = source.projection.removeprefix(f"{source.query} ").split()
    return asked_forms.totals((columns[0], columns[1]), rows) if form in ("top", "bottom") else {}


def in_order(source: Candidate, rows: list[dict[str, Any]], names: list[Any]) -> list[list[Any]]:
    """Return names with the numbers by which the rows of a phrase were put in order; nothing if one is not there."""
    held = totals(source, rows)
    return [[name, held[name]] for name in names] if all(name in held for name in names) else []


def with_numbers(candidates: list[Candidate], source: Candidate, names: list[Any]) -> Candidate | None:
    """Return the candidate of the same query that tells these names with a number each."""
    for one in (held for held in candidates if held.query == source.query):
        rows = [row for row in one.answer if isinstance(row, list) and len(row) == 2 and isinstance(row[1], int)]
        if rows and len(rows) == len(one.answer) and [name for name, _ in rows] == names:
            return one
    return None
