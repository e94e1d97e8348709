"""Stage 10c6: the number of all activities, asked for by a question in which nothing narrows it.

Words such as "crime" stand in the titles of single activities, but are no sign that one of these is meant.
"""

from __future__ import annotations

import re

from oscegraph.asking import wording
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.dates import REPORT_YEAR

_OF_ALL = r"(?:(?:the|all|OSCE|OSCE['\u2019]s|anti|organi[sz]ed|crime)[\s-]+)*"
_ACTIVITIES = lazy_pattern(rf"\b(?:how many|(?:total|overall)? ?number of)\s+{_OF_ALL}activities\b", re.IGNORECASE)
# Different ones, or more of one kind than of another, are counted in another way.
_OTHER = lazy_pattern(
    r"\b(?:different|distinct|separate|unique|individual|single|more|fewer|less|than|average|each|every|per)\b"
    r"|^\W*by how (?:much|many)\b",
    re.IGNORECASE,
)
_GROWTH = lazy_pattern(r"\b(?:gr(?:ow|ew)\w*|increas\w*|rise|rose|risen|difference)\b", re.IGNORECASE)
_CUES, _BESIDES = {"many", "activity"}, {"tells", "organize", "run"}
_YEARS = {REPORT_YEAR - 1, REPORT_YEAR}


def of_all(question: Question, candidates: list[Candidate]) -> Candidate | None:
    """Return the candidate that tells the number of all activities, in one year or both; None if something narrows it."""
    linked, text = question.linked, question.linked.text
    if question.polar or linked.cues - _BESIDES != _CUES or not _ACTIVITIES.search(text) or _OTHER.search(text):
        return None
    if any(not link.broad for link in question.links) or linked.days or linked.chapters or linked.other_year:
        return None
    said = [t.word.plain for t in question.tokens if not t.cues and t.word.plain not in wording.ignored()]
    if not all(map(_GROWTH.search, said)) or set(linked.numbers) - _YEARS:
        return None
    grown, before = bool(_GROWTH.search(text)), str(REPORT_YEAR - 1) in text
    if before and str(REPORT_YEAR) in text:
        wanted = "activities by year and growth" if grown else "activities by year"
    else:
        wanted = "" if grown else "activities counted before" if before else "activities counted"
    return next((one for one in candidates if one.family == "tally" and one.projection == wanted), None)
