"""Stage 10g1b1: whether a reading tells what is not asked for: another kind of thing, a number of others, no chapter."""

from __future__ import annotations

import re

from oscegraph.asking import asked_forms, misread, on_all
from oscegraph.asking.asked_parties import CAME, MADE
from oscegraph.asking.asked_types import staff_category, wanted
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern, lazy_words
from oscegraph.asking.retrieval import Question
from oscegraph.namespaces import PREFIXES

# The IRIs of themes begin so.
_THEMES = PREFIXES["theme"]
# Kinds of actors that are told apart by the words for them: a police force may be called an authority.
NGOS = "ngos"
_TOLD_APART = frozenset({"operations", "states", "embassies", "ministries", NGOS})
# "State bodies" are no states.
_OF_STATE = lazy_pattern(
    r"\b(?:which|what|how many)\s+(?:[\w-]+\s+){0,3}?state\s+"
    r"(?:bod(?:y|ies)|agenc(?:y|ies)|institutions?|authorit(?:y|ies)|organs?)\b",
    re.IGNORECASE,
)
# By which words it is asked for what a decision recalls, tasks, or what rests on it, and for a name.
_ASKED = {"recalls": "recall", "recalled by": "recall", "tasks": "task", "rests on it": "rest"}
_NAMING = frozenset(
    {"stand", "stands", "spell", "spelled", "spelt", "written", "full", "long", "short", "form", "name", "mean"}
)
# A word of such a weight says something else.
STRANGE = 3.0
_ASKS_CHAPTER = lazy_pattern(r"(?:^|[.?!:;]\s+)\W*(?:in\s+|and\s+)?which\s+(?:other\s+)?chapters?\b", re.IGNORECASE)
_LISTS_CHAPTERS = lazy_pattern(
    r"^\W*(?:list|name|show|give|tell|find)(?: me)?(?: the| all| every| all the)? chapters?\b", re.IGNORECASE
)
_CHAPTER = lazy_pattern(r"(?:[IVX]+(?:\.\d+)*|4\.1|Appendix.*|Introduction)$")
_OF_ALL = lazy_pattern(
    r"\b(?:where|when|cit(?:y|ies)|towns?|places?|venues?|countr(?:y|ies)|days?|dates?|months?|paid|pays?|fund\w*|financ\w*|donors?"
    r"|how many|participants?|host\w*|taught|train(?:ed|ers?)|organi[sz]\w*|attend\w*|took part|deliver\w*)\b",
    re.IGNORECASE,
)
_NO_CHAPTER = lazy_pattern(
    r"^(?!.*\b(?:exist\w*|have|has|lead\w*)\b).*\b(?:name|mention|refer|cite|point)\w*\b[^?]*\bchapter 4\.1\b"
    r"|\bchapter 4\.1\b[^?]*\b(?:named|mentioned|cited|referred)\b",
    re.IGNORECASE,
)
# Those that are something: "how many of the structures in Appendix 2 are field operations?".
_OF_THEM = lazy_pattern(r"\b(?:which|how many) of\b[^?;,]*\b(?:are|is|were|was)\s+(?P<what>[^?;,]+)\W*$", re.IGNORECASE)
# Words of so many letters say what they are with others only.
_SMALL = 3
_BASIS = lazy_pattern(
    r"\b(?:bas(?:is|es|ed)|rest(?:s|ed)?|mandat\w*|decisions?|resolutions?|documents?|according|in line|grounds?|founded"
    r"|instruments?|commitments?|follow(?:ing|s|ed)?)\b",
    re.IGNORECASE,
)
_THEME = lazy_pattern(
    r"\b(?:which|what)\s+(?:thematic\s+)?(?:themes?|fields?(?!\s+(?:operation|mission|office|presence|unit|chapter)s?)|topics?)\b",
    re.IGNORECASE,
)
_PART = lazy_pattern(
    r"\b(?:taught|teach\w*|train(?:ed|s)?|lectur\w+|fund\w*|paid|pays?|financed|sponsor\w*|hosts?|hosted|attend\w*|benefi\w+"
    r"|spoke|speak|presented|organi[sz](?:e|ed|es|ing))\b",
    re.IGNORECASE,
)
_HAD_A_PART = lazy_words(
    r"(?:had|have|has) (?:a |any |some )?(?:hand|part|share) in|took part in|participated in|w(?:as|ere) involved in"
)
# "Which units organized and supported it?"; those who came had another part than those who made it.
_DID = rf"(?:{MADE}|{CAME})"
_PARTS = lazy_words(rf"{_DID}(?:,| or| and|, or|, and) (?:{_DID}|sent|helped|contributed|spoke|taught)")
_OR_CAME = lazy_words(rf"(?:{_DID}(?:,| or|, or) )+(?:{CAME}|sent|spoke)")
_ANYBODY = "role:anybody"
_TELLS = lazy_words(r"tells?|told|reports?|reported|mention\w*|describe\w*|chapters?|writes?|names?")
# By how many units another ranking goes.
_STRUCTURES = lazy_words(r"units?|structures?|operations?|missions?|institutions?|executive")
_HOW_LONG = lazy_pattern(r"\bhow long\b(?!\s+(?:ago|before|after|until)\b)", re.IGNORECASE)
_COUNTED = lazy_pattern(r"\b(?:how many|numbers?|people|participants|persons)\b", re.IGNORECASE)
_HOW_MANY = lazy_pattern(r"\bhow many\b", re.IGNORECASE)
# What is told of one activity.
_ACTIVITIES = "activities"
# Activities are past; where something is asks for its seat.
_SEAT = lazy_pattern(r"\W*(?:where|in which (?:city|town|country|place|state))\s+(?:is|are)\b", re.IGNORECASE)


def is_no_basis(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether no basis is told where none is asked for: "what was the result of the visit?".

    Of what every activity may have, such as a place, there is as little as of a basis.
    """
    text = question.linked.text
    return best.projection == "basis" and not best.answer and not _BASIS.search(text) and not _OF_ALL.search(text)


def is_only_named(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked if a chapter is named that there is not, and not if there is one."""
    no = question.polar and best.answer == [False] and best.family != "is told"
    return no and bool(_NO_CHAPTER.search(question.linked.text))


def is_no_theme(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether what a ranking tells is no theme, where one is asked for."""
    if best.family != "phrase" or not _THEME.search(question.linked.text):
        return False
    bearers = [naming.directory.bearers(str(name)) for name in asked_forms.flat(best.answer)]
    return bool(bearers) and not any(iri.startswith(_THEMES) for held in bearers for iri in held)


def is_of_no_role(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a ranking is by any part in activities, where one part is asked for."""
    text = question.linked.text
    by_all = best.query == "role_ranking" and "role" not in best.values
    by_structures = best.is_ranking and best.query == "organization_structures" and not _STRUCTURES.search(text)
    return (by_all or by_structures) and bool(_PART.search(text))


def is_only_told(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked who had a part in activities, and it is told whose chapters tell of them."""
    return best.projection == "tellers" and bool(_HAD_A_PART.search(question.linked.text))


def is_only_told_of_parts(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked who had one of several parts, and those with one are told, or whose chapters tell of it."""
    text = question.linked.text
    if question.polar or not _PARTS.search(text):
        return False
    told = best.projection == "tellers" and not _TELLS.search(text)
    return told or (best.projection.startswith("role:") and best.projection != _ANYBODY and bool(_OR_CAME.search(text)))


def is_no_length(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a reading tells how many people came where it is asked how long something was, and not how many."""
    text = question.linked.text
    if not _HOW_LONG.search(text) or _COUNTED.search(text):
        return False
    return any("people" in one.projection for one in (best, *best.parts))


def is_no_chapter(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a chapter is asked for, and nothing that is told is one: "it is held in Rome. Which chapter says so?"."""
    values = [str(value) for row in best.answer for value in (row if isinstance(row, list) else [row])]
    text = question.linked.text
    asked = not question.polar and _ASKS_CHAPTER.search(text)
    asked = asked or (best.projection == _ACTIVITIES and _LISTS_CHAPTERS.search(text))
    return bool(asked and values) and best.family in ("set", "event") and not any(map(_CHAPTER.match, values))


def is_one_of_two_numbers(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether two numbers are asked for, "how many from how many countries", and one is told."""
    return len(best.answer) == 1 and type(best.answer[0]) is int and len(_HOW_MANY.findall(question.linked.text)) > 1


def is_all_of_them(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked which or how many of some are something, and a detail tells of all, or of others."""
    match = _OF_THEM.search(question.linked.text)
    if match is None or best.found is None:
        return False
    behind = (word for word in question.linked.words if word.start >= match.start("what"))
    said = {word.stem for word in behind if len(word.plain) > _SMALL}
    return not said <= best.found.detail.bag


def is_all_staff(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether the national or international staff are asked for, and all together are told."""
    if best.query != "figure_staff":
        return False
    if any(link.thing.iri.startswith(_THEMES) and not link.broad for link in question.links):
        # How many work on one theme is not told.
        return True
    category = staff_category(question.linked.text)
    return bool(category) and not best.projection.startswith((f"{category} staff", "staff by category"))


def is_of_the_year(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether the count of another year is asked for than is told, by words such as "the year before"."""
    text = question.linked.text
    if best.query == "figure_counts" and on_all.OTHER_YEAR.search(text):
        return True
    return best.projection == "activities counted" and bool(on_all.BEFORE.search(text))


def is_no_seat(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked where a body is, and it is told where an activity was."""
    activity = best.family in ("event", "set") and best.projection in misread.PLACED
    return activity and "activity" not in question.linked.cues and bool(_SEAT.match(question.linked.text))


def is_of_another_kind(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether field operations, states, ministries, embassies or NGOs are asked for, and none of these is told."""
    told = best.family in ("event", "set", "detail") and not best.types
    asked = _TOLD_APART.intersection(question.target.types)
    if _OF_STATE.search(question.linked.text):
        asked -= {"states"}
    if question.polar or not told or not asked:
        return False
    iris = best.things or [naming.actor(str(value)) or "" for value in best.answer]
    things = [naming.directory.things[iri] for iri in iris if iri in naming.directory.things]
    actors = [thing for thing in things if thing.is_actor]
    return bool(actors) and len(actors) == len(iris) and not any(wanted(question.types, one) for one in actors)


def is_unasked(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether nothing asks for what a reading tells: the name of a body whose role is asked for, what a text recalls."""
    if best.family == "name":
        left = (token for token in best.open_words if not token.cues and token.word.plain not in _NAMING)
        return sum(token.weight for token in left) >= STRANGE
    cue = _ASKED.get(best.projection, "") if best.family == "paper" and not question.polar else ""
    return bool(cue) and cue not in question.linked.cues


ALL = (
    is_no_chapter,
    is_one_of_two_numbers,
    is_all_of_them,
    is_no_length,
    is_no_basis,
    is_only_named,
    is_no_theme,
    is_of_no_role,
    is_all_staff,
    is_of_the_year,
    is_no_seat,
    is_only_told_of_parts,
)
# Of what is very sure it is not looked at by which words it is asked for.
IF_UNSURE = (is_of_another_kind, is_unasked, is_only_told)
