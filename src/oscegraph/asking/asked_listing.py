"""Stage 7d15a: what is listed behind a question to be told of each thing: "date, town and number of people, each"."""

from __future__ import annotations

import re

from oscegraph.asking.patterns import lazy_pattern

# What may be told of each thing, as plain questions ask for it; "" is what they tell anyway.
_COLUMNS = {
    "": r"(?:titles?|names?|events?|activit(?:y|ies)|workshops?|topics?|subjects?|which|what(?: it was(?: about)?)?)",
    "days": r"(?:exact |told |stated )?(?:days?(?:\(s\))?|dates?|periods?|time|months?)"
    r"(?: (?:where (?:they are|it is) told|if told))?"
    r"|first(?: day)? and last days?|from when to when|(?:on )?(?:which|what) (?:days?|dates?)"
    r"|(?:first|last|opening|closing|start(?:ing)?|end) (?:day|date)s?|first|last|start|end"
    r"|when(?: (?:it was|they were|was each|were they))?",
    "towns": r"(?:country|town|city|place) or (?:country|town|city|place)"
    r"|(?:towns?|cit(?:y|ies)|places?|venues?|locations?|destinations?)|(?:in )?(?:which|what) (?:town|city|place)"
    r"|where(?: (?:it was|they were|was each|to))?",
    "countries": r"(?:countr(?:y|ies)|states?)(?: or (?:countries|states))?(?: visited| concerned)?",
    "chapters": r"(?:telling |reporting )?chapters?",
    "units": r"(?:reporting )?(?:OSCE )?(?:units?|structures?|(?:field )?operations?)"
    r"|(?:which|what) (?:unit|operation|structure)"
    r"(?: (?:reports?|tells?|was behind) (?:it|them))?",
    "organizers": r"organi[sz]ers?|by whom|who (?:organi[sz]ed|ran|held) (?:it|them|each)",
    "donors": r"donors?|funders?|payers?|who (?:paid|funded)(?: (?:for )?(?:it|them|each))?",
    "partners": r"(?:co-?organi[sz]ers? or )?partners?|(?:partners? or )?co-?organi[sz]ers?"
    r"|with (?:whom|which partners|what partners)",
    "number of people": r"(?:stated |told |exact )?numbers?"
    r"(?: of (?:participants|people|persons|trainees|attendees|travellers))?"
    r"|attendance"
    r"|(?:with |for )?how many (?:people|participants|persons)(?: (?:went|came|attended|took part|were there|there were))?",
}
# What questions for rows call otherwise.
CALLED = {"donors": "funders", "number of people": "people"}
# "First and last day" is one of these.
_ENDS = lazy_pattern(r"\bfirst(?: day)? and last days?\b", re.IGNORECASE)
# "Days (first, last)" are days.
BOTH_ENDS = lazy_pattern(r"\s*\(\s*first(?: day)?(?:,| and|, and) last(?: day)?\s*\)", re.IGNORECASE)
_AND = lazy_pattern(r"\s*[,;|/]\s*(?:and\s+)?|\s+(?:and|as well as|along with|together with)\s+", re.IGNORECASE)
_THE = lazy_pattern(r"^(?:the\s+|its\s+|their\s+|with\s+|what\s+(?:is|are|was|were)\s+)*", re.IGNORECASE)
# What is said of each of them, and how they are to be laid out.
_EACH = lazy_pattern(
    r"\s*,?\s*(?:\(?(?:where|if|when|as far as) (?:it is |they are |the report |these are )?"
    r"(?:given|told|stated|known|any|gives (?:it|them))\)?|(?:of|for) (?:each|them|every one)|each|please"
    r"|one (?:line|row) (?:each|for each|per \w+)|in (?:a )?(?:table|columns|rows))"
    r"(?=\s*(?:[,;|/]|and\b|$))",
    re.IGNORECASE,
)


def columns(said: str) -> list[str]:
    """Return what is to be told of each thing besides its name, as plain questions call it; none if more is said.

    >>> columns("date and event, one line each"), columns("town | number of people"), columns("the days of each, by whom")
    (['days'], ['towns', 'number of people'], ['days', 'organizers'])
    >>> columns("unit, first day, last day"), columns("country visited, days (first, last)")
    (['units', 'days'], ['countries', 'days'])
    >>> columns("the dates and how it went")
    []
    """
    found: list[str] = []
    plain = _EACH.sub("", _ENDS.sub(lambda one: one[0].replace(" and ", " & "), BOTH_ENDS.sub("", said.strip())))
    for part in filter(None, _AND.split(plain)):
        words = _THE.sub("", part.strip()).replace(" & ", " and ")
        name = next((name for name, known in _COLUMNS.items() if re.fullmatch(known, words, re.IGNORECASE)), None)
        if name is None:
            return []
        found.append(name)
    return list(filter(None, dict.fromkeys(found)))
