"""Stage 10g1a8: what an answer passes over: that a deed did not come about, whom it was done to, one of two groups."""

from __future__ import annotations

import re
from collections.abc import Callable

from oscegraph.asking import on_papers, wording
from oscegraph.asking.asked_chapters import CHAPTER
from oscegraph.asking.asked_days import MONTH
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern, lazy_words
from oscegraph.asking.retrieval import Question

_LEFT, _LEFT_OUT = "left", lazy_words(r"(?:is|are|was|were|been|get|got|leave[sd]?) left (?:out|behind|off)")
# What is told of a matter that was left out, and of one that came to an end.
_SAYS_SO = lazy_words(r"not?|none|never|nothing|nobody|neither|without|lacks?|missing|left out|only|except|omit\w*|drops?")
_SAYS_END = lazy_words(r"end(?:s|ed)?|stop\w*|clos\w+|early|until|interrupt\w*|cut short")
_ENDING = ("stop", "ceas", "suspend", "terminat", "discontinu", "interrupt")
_FUTURE = lazy_words(r"(?:who|which [\w ]+|what|where|when) will|should have|(?:nearly|almost) \w+ed")
# "Which units sent whom to the course?": in the clause that asks who did, and not at the head of another one.
_WHOM = lazy_pattern(
    r"^\W*(?:who|which|what)\b(?:(?!\band\b)[^,;:?])*(?<!with )(?<!by )\bwhom\b"
    r"(?=\s*(?:[?,]|$)| (?:in|at|to|on|for|from)\b)",
    re.IGNORECASE,
)
_NUMBER = "|".join(wording.NUMBERS)
_NOUN = r"(?:[\w-]+\s+){1,5}?[\w-]{3,}s\b"
_TWO_GROUPS = lazy_words(
    rf"(?P<one>{_NUMBER})\s+{_NOUN}[^?,;]*?\s+and\s+(?:the\s+|its\s+|their\s+)?(?P<other>{_NUMBER})\s+{_NOUN}"
)


# The OSCE as a whole, and no field operation or unit of it.
WITH_THE_OSCE = lazy_pattern(
    r"^\W*(?:together )?with (?:whom|who|which [\w ]+?) (?:did|does|has|had|was|is) the OSCE (?:jointly )?"
    r"(?:co-?)?(?:organi[sz]|h[eo]ld|work|operat|ran|run|conduct|arrang|partner|conven|deliver|train|cooperat)",
    re.IGNORECASE,
)


def is_of_the_deed(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked who refused, cancelled or missed something, and nothing that is told says that anybody did.

    "Which States refused to take part?" is not answered by those that did; `queries/changes.txt` has the words.
    """
    text, told = question.linked.text, best.found.detail.summary if best.found else ""
    if best.family in ("event", "set") and best.answer and _FUTURE.search(text):
        return True
    said = {token.word.plain for token in best.open_words}
    undone = {word for word in said & wording.undoing() if not (_SAYS_END.search(told) and word.startswith(_ENDING))}
    if undone:
        return True
    left_out = _LEFT in said and best.family in ("detail", "paper", "papers") and bool(_LEFT_OUT.search(text))
    return left_out and not _SAYS_SO.search(told)


def is_without_whom(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked who did something for whom, and only the first is told."""
    if question.polar or not best.answer or isinstance(best.answer[0], list) or best.parts:
        return False
    return best.family in ("event", "set") and bool(_WHOM.match(question.linked.text))


def is_of_one_group(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether two groups are asked for, "its two courses and the two pilots", and as many are told as one of them has."""
    if not (match := _TWO_GROUPS.search(question.linked.text)):
        return False
    one, other = (wording.NUMBERS.index(match[name].casefold()) + 2 for name in ("one", "other"))
    rows = bool(best.answer) and all(isinstance(row, list) for row in best.answer)
    return rows and len(best.answer) in (one, other) and len(best.answer) != one + other


# That somebody was kept away, asked for yes or no; "any of" several, "only" two, in two months, both of two parts.
_KEPT_AWAY = lazy_words(
    r"(?:left|kept|shut) out of|absent|omitted|missing|barred|disinvited|uninvited|excluded"
    r"|lack(?:s|ed)?|(?:did|was|were|has|have) neither"
)
_ANY_OF = lazy_words(r"any of (?:the )?(?-i:[A-Z])[^?]*?(?:,| and| or)")
_ONLY_TWO = lazy_words(r"only (?:the )?(?-i:[A-Z])[\w -]*? and (?:the )?(?-i:[A-Z])")
_TWO_MONTHS = lazy_words(
    rf"the {MONTH} and (?:(?:in|of) )?the {MONTH}|(?:courses|trainings|workshops|seminars) of {MONTH} and {MONTH}"
)
_BOTH_PARTS = lazy_words(r"both (?:an? |the )?[a-z]+ and (?:an? |the )?[a-z]+ (?:of|at|for|in)")
_PAIR = 2
_YES_OR_NO = frozenset({"any", "had role", "is so", "is told", "was there"})


# "How many trainers and officers were trained?" asks for two numbers.
_TWO_COUNTED = lazy_words(
    r"how many (?:[\w-]+ ){0,2}?[\w-]+s and (?:[\w-]+ ){0,2}?[\w-]+s "
    r"(?:were|was|came|took|attended|received|did|got|went|had|have)"
)


def is_one_of_two(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether two groups are counted, and a statement that has a number for each of several tells one."""
    if best.found is None or [type(value) for value in best.answer] != [int]:
        return False
    return len(best.found.detail.values) > 1 and bool(_TWO_COUNTED.search(question.linked.text))


def is_of_less(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked if somebody was kept away, if any or only some of several came, or of two parts or months."""
    if not question.polar or best.family not in _YES_OR_NO:
        return False
    text, told = question.linked.text, best.found.detail.summary if best.found else ""
    if _KEPT_AWAY.search(text):
        return not _SAYS_SO.search(told)
    several = sum(link.thing.is_actor and not link.at for link in question.links) > 1
    if several and ((_ANY_OF.search(text) and best.answer == [False]) or _ONLY_TWO.search(text)):
        return True
    if _TWO_MONTHS.search(text) and len(best.events) < _PAIR:
        return True
    return bool(_BOTH_PARTS.search(text))


def is_of_no_partner(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked with whom the OSCE did something, and a statement tells no body."""
    if best.family != "detail" or not WITH_THE_OSCE.match(question.linked.text):
        return False
    labels = {thing.label for thing in naming.directory.things.values() if thing.is_actor}
    return not any(str(value) in labels for value in best.answer)


# "In which activities", "in the chapter on ... but not in that of ...".
_ACTIVITIES = lazy_pattern(
    r"^\W*(?:in|at|on) (?:which|what) (?:(?!chapters?\b|sections?\b)[\w-]+ ){0,2}?"
    r"(?:activities|events|trainings|workshops|seminars|courses)\b",
    re.IGNORECASE,
)
_BUT_NOT_IN = lazy_words(r"chapter but not in|(?:chapter|section)\b[^?]*\bbut not in (?:the|its|that|\w+'s)")
# "Which of the SPMU and the ATU", "the SPMU or the ATU" ask for what is named; "with the SPMU alone" may be answered by it.
_OF_THESE = lazy_words(r"or|which (?:one )?of|either|whether|alone|only|abbreviat\w+|stands? for|full name|called|both")


# What comes before or behind something is not that.
_BESIDE_IT = lazy_words(
    r"(?:right|just|directly|immediately|shortly|straight|next) (?:before|after)|came (?:next|before|after)"
    r"|(?:that|which) (?:\w+ )?(?:followed|preceded)"
    r"|(?:decision|event|meeting|workshop|seminar|course|conference)s? (?:followed|preceded|succeeded)"
)


def is_the_named_one(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked what came before or behind something, and that itself is told."""
    if question.polar or not best.answer or not _BESIDE_IT.search(question.linked.text):
        return False
    named = {link.thing.label for link in question.links} | {link.thing.iri for link in question.links}
    return named.issuperset(map(str, best.answer)) or best.family in ("paper", "set", "event")


def is_of_another_matter(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether chapters are told for activities, a statement for what two chapters say, or who is named for who it was."""
    text = question.linked.text
    told = [str(value) for value in best.answer]
    if _ACTIVITIES.match(text) and told and all(map(CHAPTER.fullmatch, told)):
        return True
    if best.parts:
        return any(is_of_another_matter(naming, question, part) for part in best.parts)
    if best.family != "detail":
        return False
    if _BUT_NOT_IN.search(text) and not _SAYS_SO.search(best.found.detail.summary if best.found else ""):
        return True
    named = {link.thing.label for link in question.links if link.thing.is_actor and not link.excluded}
    # "Who submitted the report in which the unit was named?", "when was the unit made the contact?" is not the unit.
    return not _OF_THESE.search(text) and bool(told) and named.issuperset(told)


# A decision "not on drugs"; claims of none and only.
_DENIED = lazy_words(r"not|never|nowhere|n['\u2019]t")
_CLAIM = lazy_pattern(r"^\W*(?:is it (?:true|right|correct|so|the case)|true or false|did no\b)", re.IGNORECASE)
_OF_NONE = lazy_words("no|none|nothing|nobody|only|never|nowhere")
_IS_FALSE = lazy_pattern(r"^\W*is it (?:false|wrong|untrue|incorrect|a lie)\b", re.IGNORECASE)
# Whole kinds of activities, and what is counted in a town besides these, of which no ranking of all tells.
_KINDS = lazy_words("workshops|seminars|conferences|round ?tables|study visits|lectures|trainings|courses")
_COUNTED_THERE = lazy_words("decisions?|partners?|participants?|people")
_BY_MONTH, _BY_PLACE = "month_activities", "place_ranking"


def is_of_the_opposite(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether those are told that are on what a decision is not to be on, or a claim of none or only is just denied."""
    text = question.linked.text
    if best.family in ("papers", "paper") and not question.polar and best.answer and _DENIED.search(text):
        return not on_papers.WITHOUT.search(text)
    if not question.polar:
        return False
    return bool(_IS_FALSE.match(text)) or (
        best.answer == [False] and bool(_CLAIM.match(text)) and bool(_OF_NONE.search(text)) and best.family != "paper so"
    )


def is_of_all_kinds(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether a month or town is asked for by workshops or decisions, and ranked by all activities."""
    text = question.linked.text
    if best.family != "phrase" or "kind" in best.values:
        return False
    return (best.query == _BY_MONTH and bool(_KINDS.search(text))) or (
        best.query == _BY_PLACE and bool(_COUNTED_THERE.search(text))
    )


_ORGANIZED = lazy_pattern(r"\bhow many\b[^?]*\bdid\b[^?]*\b(?:organi[sz]e|hold|run)\b", re.IGNORECASE)


def is_counted_loosely(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked how many activities somebody held, and those are counted that it had any part in."""
    counted = best.kind == ("set", "number of activities") and "actor" in best.values and "role" not in best.values
    return counted and bool(_ORGANIZED.search(question.linked.text))


ALL: tuple[Callable[[Naming, Question, Candidate], bool], ...] = (
    is_of_the_deed,
    is_without_whom,
    is_of_one_group,
    is_one_of_two,
    is_of_less,
    is_of_no_partner,
    is_of_another_matter,
    is_the_named_one,
    is_of_the_opposite,
    is_of_all_kinds,
    is_counted_loosely,
)
