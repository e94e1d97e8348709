"""Stage 7d7: the same question in plainer words: "on which date was it adopted" is "when was it adopted"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscegraph.asking.patterns import lazy_pattern

_OF = r"(?:which|what)\s+(?:exact\s+|precise\s+)?"
_MONEY = r"(?:the |some )?(?:money|funds?|funding)"
_PAID = (
    r"(?:footed|picked up) the bill for|bankrolled|underwrote|sponsored|financed|paid for"
    rf"|(?:put up|gave|provided|contributed|came up with) {_MONEY} (?:for|to|towards)"
    r"|(?:bore|met|covered|shouldered|carried|took over) (?:the )?(?:costs?|expenses?|bill) (?:of|for)"
)
_PART = r"(?:had|have|has) (?:a|any|some) (?:part|role|hand|share) in|(?:was|were) (?:involved|engaged) in|contributed to"
_WORKED = r"teamed up|joined forces|joined hands|collaborated|co-?operated|partnered"
# What asks, and what asks the same more often.
_PLAIN = tuple(
    (lazy_pattern(rf"\b(?:{pattern})\b", re.IGNORECASE), plain)
    for pattern, plain in (
        (rf"(?:on|at|during|over|between)\s+{_OF}(?:calendar\s+)?(?:dates?|days?)", "when"),
        (rf"(?:in|at)\s+{_OF}(?:town|city|place|location|venue)(?!\s+(?:names|of))(?:\s+or\s+\w+)?", "where"),
        # The number of a decision is no count.
        (
            r"(?:what\s+(?:is|was)\s+the\s+(?:total\s+|overall\s+)?number\s+of|what\s+number\s+of)"
            r"(?!\s+(?:the|that|this)\s+(?:[\w()-]+\s+){0,3}?(?:decision|resolution|chapter|section)\b)",
            "how many",
        ),
        (r"how many (?:persons|individuals)", "how many people"),
        (r"(?:in|on|at)\s+(?:which|what)\s+(?:connections?|occasions?|contexts?)", "in which activities"),
        (r"(?:gives?|gave) an account of|recounts?", "tells of"),
        (r"(?:instructors?|lecturers?|teachers?|tutors?)(?= (?:at|in|of|for)\b)", "trainers"),
        (r"executive structures", "units"),
        (r"who else (?:was|were)(?: present)? (?:at|in)", "who took part in"),
        (_PART, "took part in"),
        (_PAID, "funded"),
        (r"staged|mounted|put on|arranged|convened|was behind|were behind", "organized"),
        (r"were present at|was present at|sat in on|turned up at|showed up at|joined in", "attended"),
        (rf"(?:{_WORKED})\s+with", "worked with"),
    )
)
# "I need the institutions that received it" is which of them did.
_WANT = r"(?:need|want|like|looking for|searching for|interested in)"
_NEED = lazy_pattern(
    rf"^\W*(?:i|we)(?:['\u2019](?:d|m|re)| am| are| would)? {_WANT}(?: to know)? (?:the|all|a list of)(?: (?:the|all))*"
    r" (?P<what>[\w ]+?) (?:that|which|who) (?P<did>[^?.]+)[?.]*$",
    re.IGNORECASE,
)
# When, and of what the report tells, goes without saying.
_EMPTY = lazy_pattern(
    r",?\s*\b(?:according to (?:the|this) report|in (?:the|this) report|as (?:the report )?(?:told|stated|reported)"
    r"|(?:that|for which|of which) (?:the|this) report (?:gives|states|has|tells|prints|names) (?:a|the|any|its)"
    r" (?:figures?|numbers?)(?: (?:for|of))?"
    r"|of all (?:those|events|activities)|(?:described|told|recorded) in (?:the|this) report|(?<=largest )stated"
    r"|in total|in all|altogether|overall|all told|in the course of 2011|during 2011|in 2011|please)\b,?"
    r"|^\W*(?:please\W+)?(?:(?:can|could) you )?(?:tell|say|name|give|list)(?: me)?[,:]?\s+"
    r"(?=who|which|what|when|where|how)",
    re.IGNORECASE,
)


def without_empty(text: str) -> str:
    """Return a question without words that limit nothing, unless these are most of it.

    >>> without_empty("Which event drew the largest attendance that the report gives a figure for?")
    'Which event drew the largest attendance?'
    """
    bare = " ".join(_EMPTY.sub(" ", text).replace(" ?", "?").split())
    return bare if len(bare) > len(text) // 2 else text


def rephrased(text: str) -> Iterator[str]:
    """Yield a question in plainer words, if it has others: without empty ones, and with what is asked more often.

    >>> list(rephrased("On which date was it adopted, according to the report?"))
    ['On which date was it adopted?', 'when was it adopted?']
    >>> list(rephrased("When was it adopted?"))
    []
    >>> list(rephrased("I need the institutions that received the delegation in May."))
    ['Which institutions received the delegation in May?']
    """
    bare = _NEED.sub(r"Which \g<what> \g<did>?", without_empty(text))
    if bare != text:
        yield bare
    plain = bare
    for pattern, words in _PLAIN:
        plain = pattern.sub(words, plain)
    if plain != bare:
        yield plain
