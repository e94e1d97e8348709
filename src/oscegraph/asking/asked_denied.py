"""Stage 7d12: what did not happen: "did not work with" and "had no joint activity with" are "never worked with".

Who did not is asked in many words, and answered by who did if nobody heeds them. What is said in other words than these is
told from what is only set aside ("the SPMU, but not the ATU").
"""

from __future__ import annotations

import re

from oscegraph.asking.patterns import lazy_pattern

_NOT = r"(?:\s+not|n['’]t)(?:\s+(?:ever|once|actually))?"
_WORK = (
    r"(?:work(?:ed)?|co-?operated?|collaborated?|partner(?:ed)?|have anything to do|deal|dealt|join(?:ed)? forces"
    r"|share(?:d)? (?:any|an?|one|a single) (?:\w+ )?(?:activity|activities|events?)"
    r"|(?:organi[sz]ed?|conduct(?:ed)?|have|had|hold|held|carry out|carried out|do|done|run)"
    r" (?:any|an|a single) (?:(?:joint|common|shared) )?(?:activity|activities|events?|things?|anything)"
    r"|(?:do|done) anything)"
)
_WITH = r"(?:\s+(?:together|jointly|in common|in 2011|at all))*\s+(?:together\s+)?with\b"
_OTHERS = r"(?:(?:joint|common|shared|single|such|told|OSCE|reported)\s+)*"
_DEED = r"(?:activit(?:y|ies)|events?|co-?operation|projects?|workshops?|trainings?|contacts?|ties|links?)"
_ASKS = r"(?:who|which|what|whom|how many)\b"
# "Which units did not work with it?", "with which units did it not work?", "which units had no joint activity with it?"
_DENIED = (
    (lazy_pattern(rf"\b(?:did|do|does|has|have|had){_NOT}\s+{_WORK}{_WITH}", re.IGNORECASE), "never worked with"),
    (
        lazy_pattern(
            r"^(?P<ask>\W*with\s+(?:which|what|whom|how many)\b[^,;?]*?\b(?:did|does|has|have)\s+[^,;?]*?)"
            rf"\s+not(?:\s+(?:ever|once))?\s+{_WORK}\b(?P<end>(?:\s+(?:together|in 2011|at all))*\s*\??\s*)$",
            re.IGNORECASE,
        ),
        r"\g<ask> never work\g<end>",
    ),
    (
        lazy_pattern(
            r"\b(?:ha[sd]|have|shared?|shares|organi[sz]ed|held|shows?|reports?|names?|tells?(?: of)?|with)"
            rf"\s+no\s+{_OTHERS}{_DEED}{_WITH}",
            re.IGNORECASE,
        ),
        "never worked with",
    ),
    (
        lazy_pattern(
            rf"\b(?:took no part|did{_NOT} take part|did{_NOT} participate|had no part)\s+in\s+(?:any\s+)?"
            rf"{_OTHERS}{_DEED}\s+(?:of|with)\b",
            re.IGNORECASE,
        ),
        "never worked with",
    ),
)
_BEGINS = lazy_pattern(
    rf"^\W*(?:(?:please|and)\W+)?(?:(?:tell me|say|list|name)\s+)?(?:(?:with|for|of)\s+)?{_ASKS}", re.IGNORECASE
)
# What denies that which is asked for: the verb itself, or what somebody has.
DENIED = lazy_pattern(
    rf"^\W*(?:(?:with|for|in|at|on|from|of|by)\s+)?{_ASKS}"
    r"(?:(?!\b(?:though|although|but|while|whereas|which|that|who|whose|where|when|because|besides|except)\b)[^,;:?(])*?"
    r"(?:\b(?:did|does|do|has|have|had|was|were|is|are)(?:\s+(?:the\s+)?[\w/-]+(?:\s+[\w/-]+){0,6}?)?"
    r"(?:\s+not(?!\s+(?:only|match|agree|fit|correspond)\b)|\s+never|n['’]t)\b"
    r"|\b(?:ha[sd]|have|share[sd]?|took|takes?|organi[sz]ed|held|hosted|carried out|ran|conducted|gave|sent|made|reports?"
    r"|reported|(?:tells?|told) of|mentions?|mentioned)\s+(?:no(?!\.| less| fewer| more)|neither)\b"
    r"|\b(?:did|do|does|done)\s+nothing\b|\black(?:s|ed|ing)?\b"
    r"|\bnever\b|\b(?:work(?:ed|s)?|were|are|was|is|go|went)\s+without\b)",
    re.IGNORECASE,
)


def as_never(text: str) -> str:
    """Return a question for who did not work with somebody in the words "never worked with"; any other as it is.

    >>> as_never("Which units did not work with UNODC?"), as_never("Which units have no joint activity with the IOM?")
    ('Which units never worked with UNODC?', 'Which units never worked with the IOM?')
    >>> as_never("With which missions did the ATU not work?"), as_never("Did the SPMU not work with the ATU?")
    ('With which missions did the ATU never work?', 'Did the SPMU not work with the ATU?')
    """
    if not _BEGINS.match(text):
        return text
    for pattern, words in _DENIED:
        text = pattern.sub(words, text)
    return text
