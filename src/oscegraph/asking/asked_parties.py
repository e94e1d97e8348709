"""Stage 7d10: several roles in one activity that a question asks for at once: who trained, accredited and paid for it.

Each is a question of its own; the answer has a row for whoever had the role.
"""

from __future__ import annotations

import re

from oscegraph.asking.patterns import lazy_pattern

# What is done, as a question on the activity; the verb is the label of a row.
_VERBS = {
    "organized": (r"organi[sz]ed|held|ran|convened", "Who organized {}?"),
    "trained": (r"trained(?: at)?|taught(?: at)?|gave|delivered", "Who taught at {}?"),
    "accredited": (r"accredited", "Who accredited {}?"),
    "paid": (r"paid(?: for)?|funded|financed|sponsored", "Who paid for {}?"),
    "hosted": (r"hosted", "Who hosted {}?"),
    "supported": (r"supported|backed", "Who supported {}?"),
    "spoke": (r"spoke(?: at)?|lectured(?: at)?", "Who spoke at {}?"),
    "attended": (r"attended|took part in|participated in", "Who attended {}?"),
    "led": (r"led|headed", "Who organized {}?"),
    "partner": (r"(?:was|were)\s+(?:the\s+|its\s+)?partners?\s+(?:in|of|for)", "Who were the partners in {}?"),
    "donor": (r"(?:was|were)\s+(?:the\s+|its\s+)?(?:donors?|funders?)\s+(?:of|for)", "Who funded {}?"),
}
_VERB = "|".join(pattern for pattern, _ in _VERBS.values())
_AND = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+)"
_ROLES = lazy_pattern(
    rf"^\W*(?P<verbs>who\s+(?:{_VERB})(?:{_AND}(?:who\s+)?(?:{_VERB}))+)\s+(?P<said>(?:the|a|an)\b.{{8,}}?)\W*$",
    re.IGNORECASE,
)
# Whoever co-organized something with somebody is among those who organized it.
_CO = r"organi[sz]e(?:d|rs?)?"
_OR_CO = lazy_pattern(
    rf"(?:\b(?P<one>{_CO}),? (?:or|and|and/or) co-?{_CO}\b|\bco-?{_CO} (?:or|and|and/or) (?P<other>{_CO})\b)"
    r"(?=[^?]*\b(?:together|jointly|with)\b)",
    re.IGNORECASE,
)


# Whoever held events organized them: "How many events did the unit hold in May?"
_HELD = lazy_pattern(
    r"(?P<ask>^\W*how many (?:[\w-]+ ){0,3}?(?:events|activities|workshops|seminars|conferences|meetings|trainings|courses"
    r"|round ?tables)\b(?: on [\w -]+?)? did (?:the )?[A-Z][^?,;]*?) hold\b",
    re.IGNORECASE,
)


# Whoever works at one event works together.
_AT_ONE = lazy_pattern(
    r"^(?P<who>\W*did [^?,;]*?) (?:ever )?(?:both )?(?:work|meet|appear|take part|have a part|participate) (?:at|in) "
    r"(?:the same|one and the same) (?:event|activity|workshop|meeting)(?: at least once)?\b",
    re.IGNORECASE,
)

# "Is there any event for which the report names both A and B as taking part?"
_NAMED_AS_PART = lazy_pattern(
    r"\b(?:for|in|at|of) which the report (?:names|mentions|lists) (?P<both>(?:both )?[^?,;]+?) as "
    r"(?:taking part|participating|participants|involved|partners)\b",
    re.IGNORECASE,
)

# "OSCE unit with the most activities organized" is who organized the most.
_WITH_MOST = lazy_pattern(
    r"^\W*(?:(?:which|what|name|show|give|list)\s+)?(?:the\s+)?"
    r"(?P<who>(?:OSCE )?(?:unit|structure|field operation|mission)s?)\s+(?:with|that has|has|had) "
    r"the (?P<most>most|fewest) (?P<what>\w+) (?:organi[sz]ed|held|run|arranged)\b",
    re.IGNORECASE,
)

# "Which units organized, attended or sent somebody to it?" is who had any part: those who made it, and those who came.
_PEOPLE = r"some(?:body|one)|any(?:body|one)|people|participants|officers|officials|experts|staff|representatives|delegates"
MADE = r"(?:help(?:ed)? (?:to )?)?(?:co-?)?(?:organi[sz]ed?|hosted|held|ran|supported|paid for|funded)"
CAME = r"(?:attended|took part in|participated in)"
_ANY_PART = lazy_pattern(
    rf"(?P<who>^\W*(?:who|(?:which|what) [^?,;]*?)) (?:{MADE}(?:,? or |, ))+(?:{CAME}(?:,? or |, ))*"
    rf"(?:{CAME}|sent (?:{_PEOPLE}) to)(?= [^,]*$)",
    re.IGNORECASE,
)


def organized(text: str) -> str:
    """Return a question with one word for who organized, held and co-organized something, and for who worked at one event.

    >>> organized("Which missions helped to organize, attended or sent someone to the seminar in Kiev?")
    'Which missions had any part in the seminar in Kiev?'

    >>> organized("Which units organized or co-organized a workshop with the IOM?"), organized("Who co-organized it?")
    ('Which units organized a workshop with the IOM?', 'Who co-organized it?')
    >>> organized("How many events did the SPMU hold in May?")
    'How many events did the SPMU organize in May?'
    >>> organized("Did the SPMU and the ATU work at the same event at least once in 2011?")
    'Did the SPMU and the ATU work together in 2011?'
    >>> organized("Is there any event for which the report names both the ATU and the SPMU as taking part?")
    'Is there any event in which both the ATU and the SPMU took part?'
    >>> organized("OSCE unit with the most activities organised")
    'Which OSCE unit organized the most activities'
    """
    text = _NAMED_AS_PART.sub(r"in which \g<both> took part", text)
    text = _ANY_PART.sub(r"\g<who> had any part in", text)
    text = _WITH_MOST.sub(r"Which \g<who> organized the \g<most> \g<what>", text)
    text = _AT_ONE.sub(r"\g<who> work together", _HELD.sub(r"\g<ask> organize", text))
    return _OR_CO.sub(lambda match: match["one"] or match["other"], text)


# "What role did each body play in the seminar: who organized it, and who only supported it?"
_BEHIND = lazy_pattern(
    r"^\W*(?:(?:(?:in )?(?:what|which) (?:role|part)s? did each (?:\w+ )?(?:play|have|take|had) in"
    r"|for|in|at|of|regarding|as to)\s+)?"
    rf"(?P<said>(?:the|a|an)\b[^:]{{8,}}?):\s*(?P<verbs>who\s+(?:only\s+)?(?:{_VERB})(?:\s+it)?"
    rf"(?:{_AND}(?:who\s+)?(?:only\s+|merely\s+)?(?:{_VERB})(?:\s+it)?)+)\W*$",
    re.IGNORECASE,
)
_SMALL = lazy_pattern(r"\b(?:who|it|only|merely)\b\s*", re.IGNORECASE)


def roles(text: str) -> list[tuple[str, str]]:
    """Return the roles that a question asks for, each with the question for it; none if it asks for one only.

    >>> for one in roles("Who trained, who accredited and who paid for the course in Bonn?"): print(one)
    ('trained', 'Who taught at the course in Bonn?')
    ('accredited', 'Who accredited the course in Bonn?')
    ('paid', 'Who paid for the course in Bonn?')
    >>> [name for name, _ in roles("Who led, who funded and who were the partners in the project?")]
    ['led', 'paid', 'partner']
    >>> roles("What role did each body play in the round table: who organized it, who only supported it?")[1]
    ('supported', 'Who supported the round table?')
    >>> roles("Who paid for the course in Bonn?")
    []
    """
    text = " ".join(text.split())
    match = _ROLES.match(text) or _BEHIND.match(text)
    if match is None:
        return []
    said = re.split(_AND, _SMALL.sub("", match["verbs"]).strip())
    named = [
        next(name for name, (words, _) in _VERBS.items() if re.fullmatch(words, one.strip(), re.IGNORECASE)) for one in said
    ]
    return [(name, _VERBS[name][1].format(match["said"])) for name in named] if len(set(named)) == len(named) else []
