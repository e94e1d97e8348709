"""Stage 10g1a2: what limits any other question, and whether an answer heeds it.

"The events of the unit without UNODC", "the second most staff", "began on 11 April": an answer that is found by names, days
and words alone would be one to another question, often the opposite.
"""

from __future__ import annotations

import re

from oscegraph.asking import asked_forms, bounds, targets, wording
from oscegraph.asking.asked_days import MONTH
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.asked_roles import EXTERNAL
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.heeded import is_of_other_months
from oscegraph.asking.patterns import lazy_pattern, lazy_words
from oscegraph.asking.retrieval import Question
from oscegraph.asking.staff import said_numbers

_ALONE = lazy_pattern(
    r"\b(?:(?<!not )only|solely|exclusively|alone|by (?:it|them)sel(?:f|ves)|on (?:its|their) own)\b"
    r"(?! (?:or|in the|said|told|stated|in chapter)\b)",
    re.IGNORECASE,
)
_ONLY_THERE = lazy_words(r"only (?:in|by) (?:the |an? )?(?:footnote|appendix|annex)")
# "On 8 September alone" limits nothing but the day.
_ON_A_DAY_ALONE = lazy_pattern(rf"(?:\d|\b{MONTH})\s+alone\b", re.IGNORECASE)
_WITHOUT = lazy_words(
    r"without(?! (?:a |any |the )?(?:date|day|place|number|month|name|title|basis|year)s?\b)|except those|excluding"
    r"|(?<!inside and )(?<!within and )outside(?! (?:bod(?:y|ies)|partners?|organi[sz]ations?|actors?)\b)"
    r"|not (?:co-?)?(?:organi[sz]ed|held|run|funded|paid|hosted|attended|supported)?\s*(?:in|by|with|at|from|for|on)"
)
# "In which months were there no activities?"
_NONE = lazy_words(
    r"(?:was|were|is|are|had|has|have|did|saw|with) (?:there )?(?:no|not any)(?! (?:more|fewer|less|later|date|day|place)\b)"
)
_OUTSIDE = lazy_words(r"outside (?:of )?(?:the )?(?!report)\w+")
# Whom a ranking is to leave out.
_EXCEPT = lazy_words(r"except(?:ing)?|excluding|outside|leav(?:e|ing) out|not in|other than|apart from|aside from|besides")
_ANOTHER = lazy_words(r"another|others? (?:state|country|unit|body|organi[sz]ation)")
_OR_LATER = lazy_words(r"\d{4} or (?:later|earlier|before|after|since)|(?:later|earlier|older|younger|newer) than")
_BOTH, _ONLY_ONE = lazy_words("both"), lazy_words("only one|several")
# Whoever is "the only one to mention UNHCR" does so alone if nobody else is told, and several are not the only one.
_THE_ONLY_ONE = lazy_words(
    r"the (?:only|sole) (?:one|(?:\w+ ){0,2}?"
    r"(?:unit|structure|operation|mission|institution|state|country|body|organi[sz]ation|NGO))"
)
_SIZE = "most|fewest|least|largest|biggest|highest|lowest|smallest|longest|shortest|greatest"
_RANK = lazy_words(rf"(?:second|third|fourth|fifth|2nd|3rd|4th)[- ]+(?:{_SIZE})")
_HIGH = lazy_words("(?<!at )most|largest|biggest|highest|longest|greatest")
_LOW = lazy_words("(?<!at )least|fewest|smallest|lowest|shortest|rarest|seldom")
_LATER_RANK = lazy_words("second|third")
_OFFICE = lazy_words(r"(?:which|what) (?:OSCE |of the )?(mission|centre|center|office|presence|institution)s?")
# Parts of a period, and how something lies in it.
_PARTLY = lazy_words(
    r"early|late|mid|mid-\w+|beginning of|end of|(?:last|first|second|third) week|later than|up to|neither|winter"
    r"|began|begins?|started?|ended|ends?|both(?! (?:took|were|had|have|began|fell|are)\b)"
)
_KINDS = lazy_words(r"(workshops|seminars|conferences|round ?tables|study visits|lectures)")
# The largest of all is not asked for.
_ONE_KIND = lazy_words(
    r"(?:conference|workshop|seminar|round ?table|study visit|lecture|course|training|meeting|campaign|exercise)s?"
)
_ANY_KIND = lazy_words(r"events?|activit\w+|trainings?|courses?|meetings?")
# Groups of States that no region here is called by, and kinds of bodies that are told by their names alone.
_GROUP = lazy_pattern(
    r"^\W*(?:which|what|how many|list|name|from (?:which|what))\s+(?:of the\s+)?(?:[\w-]+\s+)?"
    r"(?P<group>Baltic|Balkan|EU|Nordic|Scandinavian|Benelux|Schengen|post-Soviet|(?:former|ex-?)[\s-]?(?:Soviet|Yugoslav)|Soviet"
    r"|neighbou?r(?:ing|s)?|non-(?:OSCE|EU|participating|police))\b",
    re.IGNORECASE,
)
_KIND = lazy_pattern(
    r"^\W*(?:which|what)\s+(?:(?P<kind>police|prosecutors?['\u2019]?|prosecution|financial|anti-?corruption|security|customs)"
    r"\s+(?:bod(?:y|ies)|offices?|agenc(?:y|ies)|institutions?|services?|authorit(?:y|ies))|(?P<alone>embass(?:y|ies)))\s",
    re.IGNORECASE,
)
# "In Turkey or with Turkish institutions" is either of two, of which a set heeds one.
_OR_OTHERWISE = lazy_pattern(
    r"\b(?:in|to|from) (?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)*,? or (?:with|involving) [A-Z]\w+ "
    r"(?:bod|institution|authorit|agenc|partner|police|ministr)"
)
_STEM = 5
# A tie of more than so many is no one who comes first; a set that is put in order has so many at least.
_TIED, _SHORT, _SEVERAL = 4, 3, 2
_STATE, _TOWN = "State", "Place"


def _is_of_other_group(question: Question, best: Candidate) -> bool:
    """Whether a group of States or a kind of bodies is asked for by a word that the answer does not heed."""
    text, detail = question.linked.text, best.found.detail if best.found else None
    group, match = _GROUP.search(text), _KIND.search(text)
    if group is None and (match is None or best.family not in ("event", "detail")):
        return False
    held = _values(best)
    if len(held) < _SEVERAL:
        return False
    if group:
        said = wording.stems(group["group"])
        return best.family in ("event", "detail", "set") and not (detail and said <= detail.bag | detail.heads)
    stem = (match["kind"] or match["alone"]).casefold().rstrip("s'")[:_STEM] if match else ""
    return any(stem not in value.casefold() for value in held)


def _values(best: Candidate) -> set[str]:
    """Return the values of an answer, those of lists one by one."""
    return {value for one in asked_forms.flat(best.answer) for value in one.split(", ")}


def limits_more(question: Question, best: Candidate) -> bool:
    """Whether a question for anything else has a word that limits what is meant, and the answer is found without it."""
    text, family = question.linked.text, best.family
    if question.polar or not best.answer:
        return False
    if _THE_ONLY_ONE.search(text):
        if not isinstance(best.answer[0], list) and len(_values(best)) >= _SEVERAL:
            return True
        text = _THE_ONLY_ONE.sub(" ", text)
    if _is_another_rank(best, text) or is_of_another_office(question, best) or _leaves_nobody_out(question, best):
        return True
    states = (link for link in best.open_links if link.thing.cls == _STATE and not link.quiet and not link.broad)
    if family == "detail" and any(states):
        return True
    if family == "event" and _is_elsewhere(question, best):
        return True
    if family == "set" and question.linked.days is not None and _PARTLY.search(text):
        return True
    if _is_of_other_group(question, best):
        return True
    plain = best.projection.startswith(("activities", "role:", "number of", "tellers"))
    if family in ("set", "event") and plain and _ALONE.search(_ON_A_DAY_ALONE.sub(" ", text)):
        return True
    if family == "set" and best.types != (EXTERNAL,) and (_WITHOUT.search(text) or _ANOTHER.search(text)):
        return True
    if family in ("papers", "paper") and any(words.search(text) for words in (_OR_LATER, _ALONE, _ONLY_THERE)):
        return True
    if family == "set" and plain and _is_of_no_such_kind(question, best, text):
        return True
    if family == "set" and (_NONE.search(text) or _OR_OTHERWISE.search(text)):
        return True
    if family in ("set", "phrase") and is_of_other_months(question):
        return True
    if family == "phrase" and _OUTSIDE.search(text):
        return True
    if family == "phrase":
        form = best.projection.removeprefix(f"{best.query} ").split()
        asked = question.target.asked
        if "activityLabel" in form and "activity" not in asked and ("chapter" in asked or question.types):
            return True
        if best.query == "role_ranking" and form[0] == "top" and len(best.answer) > _TIED:
            return True
        if best.query == "activity_largest" and _ONE_KIND.search(text):
            return True
        if "instrumentLabel" in form and "activity" in asked and "decision" not in asked:
            return True
        if form[0] == "equals" and targets.expected(text) and (_HIGH.search(text) or _LOW.search(text)):
            # "Which two have the most staff?" is not asked for those that have two.
            return True
        numbers = set(said_numbers(question)) - ({2} if _BOTH.search(text) else set())
        bound = bool(numbers) or bounds.bound(text) is not None or bool(_ONLY_ONE.search(text))
        heeds = form[0] in ("bounded", "many", "equals", "pair") or {"number", "year", "minimum"} & set(best.values)
        return bound and not heeds and not _as_many(question, best)
    return family == "tally" and best.projection.startswith(("most", "fewest")) and bounds.bound(text) is not None


def _as_many(question: Question, best: Candidate) -> bool:
    """Whether the numbers of a question are as many as the answer has values: "which two structures ...?"."""
    return len(best.answer) in said_numbers(question)


def _is_elsewhere(question: Question, best: Candidate) -> bool:
    """Whether a town, or the state where it was, is named that nothing tells of an activity, or a time when it was not."""
    there = (link for link in best.open_links if link.thing.cls == _TOWN or (link.thing.cls in AREAS and link.at))
    if any(not link.quiet for link in there):
        return True
    return best.hit is not None and question.linked.days is not None and not best.hit.days


def _is_another_rank(best: Candidate, text: str) -> bool:
    """Whether a rank is asked for, and another one is told: who comes second, or last instead of first."""
    detail = best.found.detail if best.found else None
    told = " ".join([detail.summary, *map(str, detail.values)]) if detail else ""
    if _RANK.search(text):
        return " second" not in best.projection and not _LATER_RANK.search(told)
    high, low = bool(_HIGH.search(text)), bool(_LOW.search(text))
    if high == low:
        return False
    if detail is None:
        return low and best.comes_first
    if _LATER_RANK.search(detail.summary) and not _LATER_RANK.search(text) and targets.expected(text) < _SEVERAL:
        return True
    asked, other = (_HIGH, _LOW) if high else (_LOW, _HIGH)
    if other.search(detail.summary) and not asked.search(detail.summary):
        return True
    return not asked.search(told) and len(best.answer) < _SHORT and best.projection in ("thing", "text", "labels", "column")


def is_of_another_office(question: Question, best: Candidate) -> bool:
    """Whether a mission, a centre or an office is asked for by its staff, and one is told that is called otherwise."""
    match = _OFFICE.search(question.linked.text) if "staff" in question.linked.cues else None
    word = match[1].casefold().replace("center", "centre") if match else ""
    return bool(word) and any(word not in value.casefold() for value in asked_forms.flat(best.answer) if " " in value)


def _leaves_nobody_out(question: Question, best: Candidate) -> bool:
    """Whether a ranking is to leave somebody out, and does not: the Project Co-ordinator is in Ukraine."""
    linked = question.linked
    if not best.is_ranking or not _EXCEPT.search(linked.text):
        return False
    said = " ".join(map(str, asked_forms.flat(best.answer))).casefold()
    out = {stem for link in linked.links if link.excluded for stem in linked.own_stems(link)}
    return not out or any(stem in said for stem in out)


def _is_of_no_such_kind(question: Question, best: Candidate, text: str) -> bool:
    """Whether activities of one kind are asked for, and none of those that are told is of it: study visits."""
    kinds = {kind.casefold() for kind in _KINDS.findall(text)}
    if "kind" in best.flags or len(kinds) != 1 or _ANY_KIND.search(text):
        return False
    kind = kinds.pop().removesuffix("s").replace("roundtable", "round table")
    events = question.facts.known(best.events)
    called = [" ".join((event.label.casefold(), *event.kinds)) for event in events]
    return bool(called) and not any(kind in words for words in called)
