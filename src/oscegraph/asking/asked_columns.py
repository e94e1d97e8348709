"""Stage 7d17: what is asked besides of each thing that a question asks for: "Which units worked with EULEX, and on what?".

The first question is asked by itself; what is told of each thing that answers it makes rows.
"""

from __future__ import annotations

import functools
import re

from oscegraph.asking.asked_listing import BOTH_ENDS
from oscegraph.asking.patterns import lazy_pattern

_IT = r"(?:each|it|they|them|these|those|that|this|(?:each|every) (?:one|time|case)|(?:each|all) of (?:them|these|those))"
_EACH = rf"(?: (?:in |at )?{_IT}| there)?"
_WAS = rf"(?: (?:was|were|is|are|did)(?: {_IT})?(?: (?:held|take place|happen|organi[sz]ed|run|involved|done|go|attend))?)?"
_ACTIVITIES = r"(?:activit(?:y|ies)|events?|courses?|trainings?|workshops?|seminars?|occasions?|ones?|projects?)"
_UNITS = r"(?:other )?(?:OSCE )?(?:executive )?(?:units?|structures?|(?:field )?operations?|(?:field )?missions?)"
_KINDS = r"bod(?:y|ies)|(?:partner )?organi[sz]ations?|authorit(?:y|ies)|agenc(?:y|ies)|institutions?"
_BODIES = rf"(?:other |outside |external )?(?:partners?|{_KINDS})"
_PEOPLE = r"(?:people|persons|officials|officers|experts|representatives|delegates|specialists|practitioners|trainees)"
_HELP = r"(?:help(?:ed)?|support(?:ed)?|enabled?|assist(?:ed)?|sponsor(?:ed)?|send|sent|bring|brought|invited?|take|took)"
_HELPED = r"(?:facilitated?|enabled?|made possible|support(?:ed)?|sponsor(?:ed)?|funded?|paid for|financed?)"
_RAN = r"(?:ran|held|put (?:it |them )?on|arranged|organi[sz]ed|conducted|led|hosted|carried out)"
_PART = rf"(?:{_RAN}|{_HELPED}|co-?organi[sz]ed|attended|took part in)"
# With which of those that are not asked for first: of units these are the others.
_WHICHEVER = "whichever"
# What may be asked of each thing, by the column of a row.
_COLUMNS = {
    "roles": rf"(?:in|with) (?:which|what) (?:role|capacity|part|function)s?{_WAS}{_EACH}|as what"
    rf"|(?:which|what) (?:part|role)s?(?: did {_IT}(?: (?:play|have|take))?)?"
    r"|what (?:was|were) (?:its|their) (?:parts?|roles?)|what (?:was|is) (?:it|that)",
    "themes": r"(?:on|about|in) (?:which|what) (?:themes?|topics?|subjects?|fields?|crimes?)",
    "events": rf"(?:(?:at|in|on|for|during|by|with|over) )?(?:which|what)(?: joint| common)? {_ACTIVITIES}{_WAS}{_EACH}"
    rf"|(?:for|on|over|about|in) what(?: purposes?)?{_WAS}{_EACH}|(?:which|what) (?:are|were) (?:they|these|those)"
    r"|(?:at|in|on|to) which(?: ones?| of them)?|which ones",
    "units": rf"(?:(?:with|by|for|in|of|through) )?(?:which|what) {_UNITS}"
    rf"(?: (?:{_RAN}|did so|took part|was behind|was there|had (?:a|what) part))?{_WAS}{_EACH}"
    rf"|in (?:which|what|whose) {_UNITS}['\u2019]s? (?:activit(?:y|ies)|work|events?)"
    rf"(?: (?:do|does|did|is|are|was|were) {_IT}(?: (?:appear|named|figure|occur|take part))?)?"
    rf"|(?:which|what) {_UNITS} {_PART}(?:,? (?:or |and )?{_PART})*{_EACH}"
    r"|whose (?:are|were|is|was) (?:they|these|those|it)"
    rf"|(?:which|what) {_UNITS} (?:was|were|is) it(?: (?:in|at) each(?: (?:case|event|one))?)?",
    _WHICHEVER: r"with which(?: ones?| of them)?",
    "bodies": rf"(?:which|what) (?:state |national |public |foreign )?(?:{_KINDS}|NGOs?|ministr(?:y|ies)|embass(?:y|ies)"
    rf"|universit(?:y|ies))(?: (?:is|was|are|were) (?:it|they|that|these))?{_EACH}",
    "partners": rf"(?:together )?with whom{_WAS}{_EACH}|with (?:which|what) {_BODIES}{_WAS}{_EACH}"
    r"|who (?:worked with|helped|co-?operated|partnered)(?: (?:with|in))?(?: (?:it|them))?(?: each time)?"
    r"|who (?:were|was) (?:its|their|the) partners?",
    "organizers": rf"who {_RAN}{_EACH}|by whom{_WAS}{_EACH}|(?:which|what) {_BODIES} {_RAN}{_EACH}",
    "funders": rf"(?:who|(?:which|what) (?:states?|countr(?:y|ies)|governments?|donors?))"
    rf" (?:paid|funded|financed|sponsored|paid for|footed the bill for){_EACH}",
    "days": rf"when{_WAS}{_EACH}|(?:on|in) (?:which|what) (?:exact )?(?:days?|dates?|months?){_WAS}{_EACH}",
    "towns": rf"(?:to )?where(?: to)?{_WAS}{_EACH}"
    rf"|(?:in|at) (?:which|what) (?:towns?|cit(?:y|ies)|places?|venues?){_WAS}{_EACH}",
    "countries": rf"(?:in|to) (?:which|what) (?:countr(?:y|ies)|states?){_WAS}{_EACH}",
    "sent": rf"how many(?: {_PEOPLE})? (?:did|has|have|had) (?:they|it|each(?: (?:one|of (?:them|these|those)))?) {_HELP}",
    "people": r"how many (?:people|participants|persons|officers|trainees)"
    rf"(?: (?:attended|came|took part|went|were there))?{_EACH}",
    "attendees": r"for whose (?:staff|officers|officials|police|people)"
    rf"|from (?:which|what) (?:{_KINDS}|states|services)(?: (?:or|and) (?:{_KINDS}|states|services))?"
    rf"|(?:for |to |of )?whom(?: did (?:they|it|each)(?: (?:send|train|invite|take|bring))?)?{_EACH}"
    rf"|(?:which|what) {_PEOPLE}(?: did (?:they|it|each)(?: {_HELP})?| (?:was|were) (?:they|it|these|sent|helped))?{_EACH}"
    rf"|who (?:went|came|attended|(?:was|were) (?:trained|sent|there)|were they|took part|participated){_EACH}",
}
# "..., and which chapter says so?"
_SAYS = lazy_pattern(
    r"^(?P<first>.{12,}?),?\s+and\s+(?:in\s+)?(?:which|what)\s+chapters?\s+(?:(?:says?|tells?|states?|gives?|names?)"
    r"\s+(?:so|it|this|that|(?:the|that|this) (?:city|town|place|date|days?|venue|number|figure|name|month))"
    r"|is (?:it|this|that) (?:told|said|stated))\W*$",
    re.IGNORECASE,
)
# "Which operations helped whom to attend the course?", "Which officials were helped by which operations to attend it?"
_WHOM = tuple(
    lazy_pattern(rf"^\W*{pattern}\s+(?P<rest>(?:to|in|at)\s+.{{8,}}?)\W*$", re.IGNORECASE)
    for pattern in (
        rf"(?:which|what)\s+(?P<units>{_UNITS})\s+(?P<help>{_HELP})\s+whom",
        rf"(?:which|what)\s+{_PEOPLE}\s+(?:was|were)\s+(?P<help>{_HELP})\s+by\s+(?:which|what)\s+(?P<units>{_UNITS})",
        rf"whom\s+did\s+(?:which\s+|the\s+)?(?P<units>{_UNITS})\s+(?P<help>{_HELP})",
        rf"(?:which|what)\s+(?P<units>{_UNITS})\s+(?P<help>{_HELPED})\s+the\s+(?:participation|attendance|travel)\s+of\s+whom",
    )
)
# "Which embassies worked with which field operations?"
_OURS = lazy_pattern(rf"(?:the )?{_UNITS}(?: of the OSCE)?", re.IGNORECASE)
_PAIRS = lazy_pattern(
    r"^\W*(?:which|what)\s+(?P<one>[^,;:?]+?)\s+(?:(?:was|were|is|are)\s+(?:a\s+)?partners?\s+of|had\s+(?:to\s+do|dealings|contacts)\s+with"
    r"|(?:work|worked|co-?operated?|dealt|partnered|teamed up|met|did something)\s+(?:together\s+)?with)\s+(?:which|what)\s+"
    r"(?P<other>[^,;:?]+?)\s*\?*$",
    re.IGNORECASE,
)
_WHICH_UNITS = lazy_pattern(rf"^\W*(?:which|what) {_UNITS}\b", re.IGNORECASE)
_SENDS = frozenset({"send", "sent", "bring", "brought", "take", "took", "invite", "invited"})
_ASKING = lazy_pattern(
    r"^\W*(?:(?:for|at|regarding|concerning|as to|on|in) [^?:;]{8,160}: )?(?:(?:at|in|to|on|for|with|by|from|of) )?"
    r"(?:which|what|who|whom|where)\b(?! (?:is|was) the\b)",
    re.IGNORECASE,
)
# "Which two ...?": so many are told, and no more.
_ASKS = lazy_pattern(r"\b(?:who|whom|which|what|when|where|how many)\b", re.IGNORECASE)
# What joins columns; how far from the end they are at most, and what is before them.
_AND = lazy_pattern(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_LONGEST, _SHORTEST, _TWICE = 100, 12, 2


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return what asks for each column."""
    return {name: lazy_pattern(said, re.IGNORECASE) for name, said in _COLUMNS.items()}


def _column(said: str) -> str:
    """Return the column that words ask for; "" if they ask for none."""
    return next((name for name, pattern in _patterns().items() if pattern.fullmatch(said)), "")


def says_so(text: str) -> str:
    """Return the first of two questions if the second asks which chapter says so; "" if it does not.

    >>> says_so("In which city was the conference held, and which chapter says so?"), says_so("Who paid, and when?")
    ('In which city was the conference held?', '')
    """
    match = _SAYS.match(" ".join(text.split()))
    return f"{match['first']}?" if match else ""


def whom(text: str) -> str:
    """Return who sent people somewhere, as a question; "" if it is not asked both who did and whom.

    >>> whom("Which field operations helped whom to attend the course in Almaty?")
    'Which field operations helped people to attend the course in Almaty?'
    >>> whom("Which officials were sent by which OSCE field operation to the course in Almaty?")
    'Which OSCE field operation sent people to the course in Almaty?'
    >>> whom("Which field operations facilitated the participation of whom in the course in Almaty?")
    'Which field operations helped people in the course in Almaty?'
    >>> whom("Which field operations helped people to attend it?")
    ''
    """
    match = next(filter(None, (pattern.match(" ".join(text.split())) for pattern in _WHOM)), None)
    if match is None:
        return ""
    verb = "sent" if match["help"].casefold() in _SENDS else "helped"
    return f"Which {match['units']} {verb} people {match['rest']}?"


def pairs(text: str) -> str:
    """Return the first half of a question for who worked with whom, both by their kinds; "" if it is none.

    It asks for the structures of the OSCE, if either side is these.

    >>> pairs("Which Hungarian bodies worked with which field operations?"), pairs("Which bodies worked with the ATU?")
    ('Which field operations worked with Hungarian bodies?', '')
    """
    match = _PAIRS.match(" ".join(text.split()))
    if match is None:
        return ""
    one, other = match["one"], match["other"]
    if not _OURS.fullmatch(other) and not _OURS.fullmatch(one):
        return ""
    ours, theirs = (other, one) if _OURS.fullmatch(other) else (one, other)
    return f"Which {ours} worked with {theirs}?"


def besides(text: str) -> tuple[str, list[str]]:
    """Return the question for things, and which columns are asked of each; "" and none if nothing is.

    >>> besides("Which units worked with EULEX in 2011, and over what?")
    ('Which units worked with EULEX in 2011?', ['events'])
    >>> besides("Which field operations sent people to Vienna, when and for whom?")
    ('Which field operations sent people to Vienna?', ['days', 'attendees'])
    >>> besides("Which events were in Minsk, and which unit organized, supported or attended each?")
    ('Which events were in Minsk?', ['units'])
    >>> besides("Which units worked with EULEX, and which paid more than Norway?"), besides("Who paid for it?")
    (('', []), ('', []))
    """
    text = BOTH_ENDS.sub("", " ".join(text.split()))
    if len(_ASKS.findall(text)) < _TWICE or not _ASKING.match(text):
        return "", []
    parts = [match.span() for match in _AND.finditer(text)]
    first = max((place for place, sign in enumerate(text, 1) if sign.isalnum()), default=0)
    found: list[str] = []
    # Columns stand one after the other at the end.
    for start, begin in reversed(parts):
        if start < max(_SHORTEST, len(text) - _LONGEST):
            break
        if not (column := _column(text[begin:first])):
            if _ASKS.match(text, begin):
                break
            # "Which unit organized, supported or attended each" is one.
            continue
        found.insert(0, column)
        first = start
    if not found or not _ASKS.search(text[first:]):
        return "", []
    others = "bodies" if _WHICH_UNITS.match(text) else "units"
    return f"{text[:first]}?", list(dict.fromkeys(others if one == _WHICHEVER else one for one in found))


# How somebody took part in activities is told by the role.
_AND_HOW = lazy_pattern(
    r"(?P<asked>\b(?:which|what)\s+(?:[\w-]+\s+){0,3}?(?:activities|events|workshops|seminars|conferences|trainings|courses)\b"
    r"[^?]*?),?\s+and\s+how\s*\?\s*$",
    re.IGNORECASE,
)


def with_how(text: str) -> str:
    """Return a question for activities with the role of somebody in each, where it asks how.

    >>> with_how("Which activities involved INTERPOL, and how?"), with_how("Which unit paid, and how?")
    ('Which activities involved INTERPOL, and in which role?', 'Which unit paid, and how?')
    """
    return _AND_HOW.sub(r"\g<asked>, and in which role?", text)
