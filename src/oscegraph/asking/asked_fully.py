"""Stage 7d3a: what asks for all that is told, or as far as it is, and what says that lists of partners are none of it.

That says nothing more than the question: every answer is all that is told, and in activities alone.
"""

from __future__ import annotations

import re

from oscegraph.asking.patterns import lazy_pattern

_TOLD = (
    r"(?:the )?(?:report|text|chapters?|source|document) (?:itself )?"
    r"(?:offers?|gives?|tells?|names?|has|have|contains?|mentions?|states?|provides?|lists?)"
)
_IS = r"(?:is|are) (?:given|named|told|stated|known|mentioned|printed)"
# "Give every date the text offers.", "Name all organizers of a joint visit separately.": of nothing that is not asked for.
_EVERY = lazy_pattern(
    r"(?<=[?.])\s*(?:please )?(?:give|name|list|state|take|count|mention) (?:me )?(?:every|all|each)"
    r"(?: of (?:them|these|it))?"
    r"(?: (?:(?P<date>dates?|days?)|(?P<number>figures?|numbers?)|(?P<organizer>organi[sz]ers?)"
    r"|readings?|values?|ones?|answers?))?"
    r"(?: of (?:a|each|every) (?:joint|shared) (?:event|visit|activity|course))?"
    rf"(?:,? (?:that )?{_TOLD}| in the (?:report|text)| that {_IS})?"
    r"(?:,? (?:separately|one by one|by name|once|singly))?\s*\.?\s*$",
    re.IGNORECASE,
)
# What asks for these before; else they are asked for besides.
_ASKED = {
    "date": lazy_pattern(r"\b(?:when|dates?|days?)\b", re.IGNORECASE),
    "number": lazy_pattern(r"\b(?:how many|figures?|numbers?)\b", re.IGNORECASE),
    "organizer": lazy_pattern(r"\b(?:organi[sz]\w*|arranged|held|ran)\b", re.IGNORECASE),
}
_FAR = lazy_pattern(
    rf",?\s*\(?\b(?:in )?(?:as|so) far as (?:{_TOLD}"
    r"(?: (?:numbers|figures|them|it|that|so|both|days|dates|places|names|this))?"
    rf"|(?:they|numbers?|figures?|dates?|days?|places?|names?|it|that|this) {_IS}(?: in (?:it|the report|its chapters?))?)"
    r"\)?(?=\s*[?.]|$)",
    re.IGNORECASE,
)
_LISTS = (
    r"(?:(?:its|their|the|a|any) )?(?:(?:mere )?(?:name|naming|mention|entry|place)s? (?:in|on|from) )?"
    r"(?:(?:the|general|its|their|mere) )*"
    r"(?:lists? of (?:general )?partners|partner lists?|(?:general )?statements of co-?operation)"
)
_BESIDES_LISTS = lazy_pattern(
    rf"^\W*(?:leaving|setting) aside {_LISTS}\s*[:,]\s*(?=\w)"
    rf"|,?\s*\b(?:beyond|apart from|leaving aside|not counting|outside|other than (?:in|on)) {_LISTS}(?=\s*[?.]|$)",
    re.IGNORECASE,
)

# "How much did Norway pay?" is how much money, which stays unsaid.
_PAY = lazy_pattern(
    r"^(?P<ask>\W*how much)(?= (?:did|does|do|has|have|had) [^?]*"
    r"\b(?:pay|paid|spend|spent|donated?|contributed?|invest\w*)\b)",
    re.IGNORECASE,
)

# "Have they been trained yet?" is whether they have, "they still haven't" that they have not.
# "What did Norway pay for, alone or with others?": with whom is not asked.
_ALONE_OR_NOT = lazy_pattern(
    r",?\s*\b(?:(?:either|whether) )?(?:alone|by itself|on its own|on their own|singly) or (?:(?:together|jointly) )?with "
    r"(?:any )?(?:others?(?: [a-z]+s)?|somebody else|another [a-z]+|co-[a-z]+s)\b,?"
    r"(?=\s*[?.]|$|\s+(?:and|in|on|did|was|were)\b)",
    re.IGNORECASE,
)
_YET = lazy_pattern(r"^(?P<asked>\W*(?:has|have|did|is|are|was|were)\b[^?]*?)\s+yet(?=\s*\?*\s*$)", re.IGNORECASE)
_STILL = lazy_pattern(r"\b(?:(?:still )?(have|has)n['’]t|(have|has) still not)(?: yet)?\b", re.IGNORECASE)


def without_more(text: str) -> str:
    """Return a question without what says no more than that all of it is asked for, in activities.

    >>> without_more("When did the group meet? Give every date the text offers.")
    'When did the group meet?'
    >>> without_more("Which event was the largest, as far as numbers are given?")
    'Which event was the largest?'
    >>> without_more("Leaving aside general lists of partners: which units worked with INTERPOL?")
    'which units worked with INTERPOL?'
    >>> without_more("Have judges been trained yet?"), without_more("Which States still haven't ratified it?")
    ('Have judges been trained?', 'Which States have not ratified it?')
    >>> without_more("Which events did Norway pay for, alone or with other donors, and when?")
    'Which events did Norway pay for and when?'
    >>> without_more("How much did Norway pay for it?")
    'How much money did Norway pay for it?'
    >>> without_more("Is the SCO a partner in anything, beyond its name in lists of partners?")
    'Is the SCO a partner in anything?'
    >>> without_more("Which events were in Minsk? Give all dates."), without_more("Is it on a list beyond the general one?")
    ('Which events were in Minsk? Give all dates.', 'Is it on a list beyond the general one?')
    """
    every = _EVERY.search(text)
    if every and all(asked.search(text[: every.start()]) for name, asked in _ASKED.items() if every[name]):
        text = text[: every.start()]
    text = _ALONE_OR_NOT.sub("", text)
    text = _STILL.sub(lambda match: f"{match[1] or match[2]} not", _YET.sub(r"\g<asked>", text))
    return _PAY.sub(r"\g<ask> money", _BESIDES_LISTS.sub("", _FAR.sub("", text)))
