"""Stage 10c6: the number of all activities, or of all staff, asked for by a question in which nothing narrows it.

Words such as "crime" stand in the titles of single activities, but are no sign that one of these is meant.
"""

from __future__ import annotations

import re
from typing import Any

from oscegraph.asking import wording
from oscegraph.asking.asked_names import AREAS
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
# "How many of the 353 activities were the SPMU's?"
_PART = lazy_pattern(
    r"^\W*how many (?:of|out of|among) (?:(?:the|these|those|all|its|report's|OSCE['\u2019]?s?)\s+)*(\d{2,4})"
    r"\s+(?:[\w-]+\s+){0,3}?activities\b",
    re.IGNORECASE,
)
# "How many activities on drugs did the OSCE count?" asks for what is printed, and that is printed for all together only.
_BY_OSCE = lazy_pattern(
    r"^\W*(?:exactly )?how many (?:[\w-]+ ){0,2}?activities\b[^?]*?"
    r"(?:\b(?:did|does|has|have) the (?:OSCE|report|secretariat)(?: itself)? (?:counts?|counted|print|state)\b"
    r"|\b(?:are|were) (?:counted|printed|stated) (?:by|in) the (?:OSCE|report)\b)",
    re.IGNORECASE,
)
_STATED, FIGURES = "stated", "figure_counts"
_COUNTED = lazy_pattern(r"counted|recorded|reported|registered|listed", re.IGNORECASE)
# The count is told of two years.
BEFORE = lazy_pattern(
    rf"\byear (?:before|earlier|prior)\b(?!\s+(?:(?!{REPORT_YEAR})\d|last|that))"
    r"|\b(?:previous|preceding|prior|last) year\b(?!\s+of\b)|\ba year ago\b",
    re.IGNORECASE,
)
OTHER_YEAR = lazy_pattern(
    rf"\byear (?:before|earlier|prior)\s+(?:(?!{REPORT_YEAR})\d|last|that)|\btwo years\b", re.IGNORECASE
)
_BEFORE_IT = lazy_pattern(rf"\b(?:before|prior to|earlier than)\s+{REPORT_YEAR}\b", re.IGNORECASE)
# "This year and the year before", "the total, and that of the year before": both are asked for.
_BOTH = lazy_pattern(r"\w[^?]*(?:\b(?:and|both|or)\b|[,;])[^?]*\byear\b|\b(?:this|current|same) year\b", re.IGNORECASE)
_SUM = lazy_pattern(
    rf"^(?![^?]*\b(?:each|every|per|and how|more than|fewer)\b)[^?]*\b(?:{wording.IN_ALL}|together)\b",
    re.IGNORECASE,
)
_HOW_MANY = lazy_pattern(r"\W*how many\b", re.IGNORECASE)
# What the staff of all may be asked for by, and no other words.
_STAFF_WORDS = (
    "how many what is was the total number sum of staff member members people person persons employees international"
    " national and or in all altogether together combined overall taken added up do does did have has had report"
    " reports reported give given stated state states say says said according to for from by at work works worked"
    " working are were been being involved directly engaged dealing dealt with against on organized organised crime"
    " anti combating fight fighting osce its their field operation operations presence presences secretariat unit"
    " units structure structures executive thematic chapter chapters beginning head there this that who which 2011"
    " 2010"
)
_ALL_STAFF = frozenset(_STAFF_WORDS.split())
# What both make together is the staff of one.
_BOTH_KINDS = lazy_pattern(
    r"\b(?:inter)?national(?:ly)? (?:and|&) (?:inter)?national\b(?: (?:staff|members|together|combined|taken together))*",
    re.IGNORECASE,
)
_OSCE, _PAIR = "OsceBody", 2
_STAFF, _IN_ALL, _YEAR = {"many", "staff"}, (("tally", "staff in all"), ("tally", "staff of kind in all")), 360
_CUES, _BESIDES = {"many", "activity"}, {"tells", "organize", "run"}
_YEARS = {REPORT_YEAR - 1, REPORT_YEAR}


def _areas(question: Question) -> set[str]:
    return {link.thing.iri for link in question.links if link.thing.cls in (*AREAS, "Place")}


def staff_in_all(question: Question, candidates: list[Candidate]) -> Candidate | None:
    """Return the candidate that tells the staff of all structures that are named, if their sum alone is asked for."""
    linked = question.linked
    shorter = linked.days is not None and (linked.days.end - linked.days.start).days < _YEAR
    if question.polar or not linked.cues >= _STAFF or shorter or linked.chapters or linked.other_year:
        return None
    named = {link.thing.iri for link in question.links if link.thing.is_actor and link.thing.cls not in (*AREAS, _OSCE)}
    if not named and not _ALL_STAFF.issuperset(word.plain for word in linked.words):
        # "How many staff of orphanages were trained in total?" is on other people, "the Offices" are some of them.
        return None
    kind = _IN_ALL[not named]
    found = next((one for one in candidates if one.kind == kind), None)
    structures = {*found.values.get("structure", ())} if found else set()
    if named and not (named <= structures and len(structures - named) <= len(_areas(question))):
        # A department is told with its mission.
        return None
    # "The Missions in Kosovo and to Serbia" name their places, too.
    placed = found is not None and all(link.thing.cls in (*AREAS, "Place") for link in found.open_links)
    return found if placed and _SUM.match(_BOTH_KINDS.sub("", linked.text)) else None


def of_all(question: Question, candidates: list[Candidate]) -> Candidate | None:
    """Return the candidate that tells the number of all activities, in one year or both; None if something narrows it."""
    linked, text = question.linked, question.linked.text
    if question.polar or linked.cues - _BESIDES != _CUES or not _ACTIVITIES.search(text) or _OTHER.search(text):
        return None
    if any(not link.broad for link in question.links) or linked.days or linked.chapters or linked.other_year:
        return None
    called = BEFORE.search(text)
    years = range(*called.span()) if called else range(0)
    words = [token.word for token in question.tokens if not token.cues and token.word.start not in years]
    said = [word.plain for word in words if word.plain not in wording.ignored() and not _COUNTED.fullmatch(word.plain)]
    if not all(map(_GROWTH.search, said)) or set(linked.numbers) - _YEARS or OTHER_YEAR.search(text):
        return None
    grown, before = bool(_GROWTH.search(text)), str(REPORT_YEAR - 1) in text or bool(called)
    both = str(REPORT_YEAR) in _BEFORE_IT.sub(" ", text) or bool(called and _BOTH.search(text))
    if before and both:
        wanted = "activities by year and growth" if grown else "activities by year"
    else:
        wanted = "" if grown else "activities counted before" if before else "activities counted"
    return next((one for one in candidates if one.family == "tally" and one.projection == wanted), None)


def part_of_total(question: Question) -> list[dict[str, str | None]]:
    """Return where the number is printed of which a part is asked for: "how many of the 353 activities were on drugs?"."""
    text = question.linked.text
    if question.polar or all(link.broad or link.thing.cls == _OSCE for link in question.linked.links):
        return []
    match, by_osce = _PART.match(text), _BY_OSCE.match(text)
    printed = [row for row in question.facts.listed(FIGURES) if row[_STATED]] if match or by_osce else []
    if match:
        return [row for row in printed if row[_STATED] == match[1]]
    return [row for row in printed if row["year"] == str(REPORT_YEAR)]


def added_up(question: Question, answer: list[Any]) -> list[Any]:
    """Return the sum of numbers that are told of each of those whom a question names, if it asks for that alone."""
    rows = [row for row in answer if isinstance(row, list) and [type(value) for value in row] == [str, int]]
    named = {link.thing.label for link in question.links}
    alone = _HOW_MANY.match(question.linked.text) and _SUM.match(question.linked.text)
    if len(rows) < _PAIR or len(rows) < len(answer) or not alone or not named.issuperset(row[0] for row in rows):
        return answer
    return [sum(row[1] for row in rows)]
