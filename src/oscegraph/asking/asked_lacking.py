"""Stage 7d15c: which of the structures did nothing of a kind: "which field operations held no workshop in March?".

It is told by which of them did, and by all that have a chapter.
"""

from __future__ import annotations

import re

from oscegraph.asking.asked_every import TYPE
from oscegraph.asking.patterns import lazy_pattern

_TYPES = rf"(?P<types>{TYPE}s?(?: of the secretariat)?)(?:['\u2019]s? (?:own )?chapters| chapters)?"
# Verbs as they are said without "not", by how they stand behind it.
_PAST = {
    "organize": "organized",
    "organise": "organized",
    "hold": "held",
    "run": "ran",
    "conduct": "conducted",
    "carry out": "carried out",
    "host": "hosted",
    "have": "had",
    "tell of": "had",
    "report": "had",
    "mention": "had",
    "describe": "had",
    "send": "sent",
    "give": "gave",
    "provide": "provided",
    "hand over": "handed over",
    "donate": "donated",
    "issue": "issued",
    "publish": "published",
    "support": "supported",
    "fund": "funded",
    "train": "trained",
    "attend": "attended",
    "take part in": "took part in",
    "participate in": "took part in",
    "work with": "had activities with",
    "co-operate with": "had activities with",
    "cooperate with": "had activities with",
}
_SAID = {
    # Who had any part in something with them did not do without.
    "worked with": "had activities with",
    "has": "had",
    "reports": "had",
    "reported": "had",
    "tells of": "had",
    "told of": "had",
    "mentions": "had",
    "mentioned": "had",
    "describes": "had",
    "described": "had",
    "co-operated with": "had activities with",
    "cooperated with": "had activities with",
    "organised": "organized",
    "participated in": "took part in",
}
_BASE = "|".join(sorted(_PAST, key=lambda verb: (-len(verb), verb)))
# The longest first, in the same order in every process.
_DID = "|".join(sorted({*_PAST.values(), *_SAID, *_PAST} - {"had activities with"}, key=lambda verb: (-len(verb), verb)))
_NOBODY = r"(?:nobody|no one|no people|no officers|no officials|no participants)"
_NO = (
    lazy_pattern(
        rf"^\W*(?:which|what) (?:of the )?(?:OSCE )?{_TYPES} (?:has |have |had )?(?P<did>{_DID}) (?:no|not a single|not one)"
        r" (?:(?:single|such) )?(?P<what>[^,;:?]+?)(?: at all)?\W*$",
        re.IGNORECASE,
    ),
    lazy_pattern(rf"^\W*(?:which|what) (?:OSCE )?{_TYPES} (?P<did>sent) (?P<what>{_NOBODY}\b[^,;:?]*?)\W*$", re.IGNORECASE),
    lazy_pattern(
        rf"^\W*(?:which|what) (?:of the )?(?:OSCE )?{_TYPES} (?:(?:did|do|have|has) not|didn['\u2019]t|never) (?:ever )?"
        rf"(?P<verb>{_BASE}|{'|'.join(dict.fromkeys(_PAST.values()))}) (?:(?:any|an?|a single|one) )?"
        r"(?P<what>[^,;:?]+?)(?: at all)?\W*$",
        re.IGNORECASE,
    ),
)
# One of a kind is said of none, several of those who had some.
_NOUNS = (
    r"study visit|study tour|study trip|activity|event|workshop|seminar|conference|training course|training|course|meeting"
    r"|round table|exercise|project|publication|campaign|lecture|ngo|donor|embassy"
)
_ONE = lazy_pattern(
    rf"^(?P<before>(?:(?!an? |any )[\w-]+ ){{0,3}}?)(?:an? |any )?(?P<noun>{_NOUNS})\b(?!s)",
    re.IGNORECASE,
)
_MANY = {"activity": "activities", "embassy": "embassies"}


def read(text: str) -> str:
    """Return the question which structures did what the others lack; "" if that is not asked.

    >>> read("Which field operations held no workshop in March?")
    'Which field operations held workshops in March?'
    >>> read("Which field operations' chapters tell of no study visit?")
    'Which field operations had study visits?'
    >>> read("Which thematic units did not organize any conference?")
    'Which thematic units organized conferences?'
    >>> read("Which field operations sent nobody to conferences?")
    'Which field operations sent people to conferences?'
    >>> read("Which field operations held workshops?"), read("Which States held no workshop?")
    ('', '')
    """
    text = " ".join(text.split())
    match = next(filter(None, (pattern.match(text) for pattern in _NO)), None)
    if match is None:
        return ""
    found = match.groupdict()
    said = (found.get("did") or found.get("verb") or "").casefold()
    did = _PAST.get(said) or _SAID.get(said) or said
    what = re.sub(rf"^{_NOBODY}\b", "people", found["what"], flags=re.IGNORECASE)
    what = _ONE.sub(lambda one: f"{one['before']}{_MANY.get(one['noun'].casefold(), one['noun'] + 's')}", what, count=1)
    types = re.sub(r"^(?=operations|missions)", "field ", found["types"])
    return f"Which {types} {did} {what}?"
