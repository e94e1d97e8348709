"""Stage 7d4: two questions in one, such as how many went to Vienna, and who paid.

Each is asked by itself, with what the other says of the thing that is meant, and without what the other asks.
"""

from __future__ import annotations

import functools
import re

from oscegraph.asking import wording

_FLAGS = re.IGNORECASE | re.DOTALL
_TO = (
    r"(?:as part of|in the frame(?:work)? of|on (?:the )?(?:basis|behalf|initiative|request) of|together with|along with"
    r"|by|to|from|with|in|on|of|at|for|into|within|under|until|since|through|during|between|before|after)"
)
_WORD = r"(?:who|whom|whose|which|what|when|where|how (?:many|much|long|often))"
_AUX = r"(?:did|do|does|was|were|is|are|has|have|had)"
_CLAUSE = r"(?:when|where)\s+(?!(?:and|or)\b)\w"
# "which the ATU observed", "which UNODC organized in October": they tell of what was named. "Which Ministry hosted it" asks.
_NAME = r"(?-i:[A-Z][\w/-]*(?:\s+[A-Z][\w/-]*){0,3})"
_DONE = r"(?:(?:co-?)?organi[sz]ed|hosted|observed|attended|held|conducted|supported|funded|financed|facilitated|ran|led)"
_OBJECT = r"(?:it|them|this|the|an?|each|both|that)"
_RELATIVE = rf"(?:which|whom)\s+(?:(?:the|an?|its|they|their)\b|{_NAME}\s+{_DONE}\b(?!\s+{_OBJECT}\b))"
_OF_NAMED = rf"{_TO}\s+(?:which|whom|whose)\b|{_WORD}\s+(?:{_AUX}|will)\b|{_CLAUSE}"
_ASK = rf"(?:{_TO}\s+)?(?:about\s+|roughly\s+)?{_WORD}\b"
# What asks for that which a noun names.
_NOUNS = {
    "how many people took part in": r"attendance|number of (?:participants|people|trainees|attendees)|participants?"
    r"|participant numbers?|people|trainees",
    "when was": r"(?:exact )?(?:dates?|days?)|period|time",
    "where was": r"places?|towns?|city|cities|venues?|location",
    "who organized": r"organi[sz]ers?",
    "with whom was": r"partners?|co-?organi[sz]ers?",
    "who funded": r"funders?|donors?",
    "who hosted": r"hosts?",
    "how long was": r"length|duration",
    "which chapters tell of": r"chapters?",
}
_NOUN = rf"(?:(?:its|the|their)\s+)?(?:{'|'.join(_NOUNS.values())})"
_LIST = rf"{_NOUN}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*[&+/]\s*){_NOUN})+"
# Without any of these nothing is joined.
_JOINED = re.compile(r"[,;&+/]|\band\b", _FLAGS)


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns; they are large, and most questions do not need them."""
    found = {
        # Where another question begins; ", who was", ", at which" and ", when it began" tell of what was named before.
        "next": rf"(?:\s*[,;]?\s*(?:\band\b|[&+])\s*(?:also\s+|then\s+)?"
        rf"|\s*;\s*(?!{_OF_NAMED})|\s*,\s*(?!{_OF_NAMED}|{_RELATIVE}))(?={_ASK})",
        "first": rf"^\W*(?:please\W+)?(?:tell me\s+|say\s+)?{_ASK}",
        # The words that ask, with the noun that says for what.
        "asked": rf"^\W*(?:{_TO}\s+)?(?:about\s+|roughly\s+)?"
        rf"(?:(?:which|what|whose|how many|how much)\b(?:\s+(?-i:(?!{_AUX}\b)[a-z][\w-]*))?|{_WORD}\b)(?:\s+{_AUX}\b)?",
        # A sentence or title that says what is meant, before what is asked.
        "before": rf"^(.{{8,}}?)(?:[.?!:;]|\s[-–—])\s+(?={_ASK})",
        "after": rf"^(?P<said>.{{8,}}?)(?:\s*[:;,.?]|\s[-–—])\s+(?P<list>{_LIST})\s*(?:,?\s*please)?\s*[?.]*\s*$",
        "of": rf"^\W*(?:the\s+|give\s+(?:me\s+)?(?:the\s+)?)?(?P<list>{_LIST})\s+(?:of|for)\s+(?P<said>.{{8,}}?)"
        r"\s*[?.]*\s*$",
        "item": rf"\b(?:{'|'.join(_NOUNS.values())})\b",
    }
    return {name: re.compile(pattern, _FLAGS) for name, pattern in found.items()}


# So many words have to say what is meant; a question that has fewer takes them from the next one as well.
_ENOUGH, _MOST = 3, 4
_ROLES = frozenset(
    ["fund", "organize", "host", "train", "speak", "attend", "takepart", "support", "partner", "benefit", "sent", "run"]
)
_SMALL = "the a an of in on at to for from by with and or it its they them there each this that these those was were did"
_PLAIN = frozenset(_SMALL.split())


def parts(text: str) -> list[str]:
    """Return the questions that are asked in one, or nothing if it is one.

    >>> parts("How many police went to Gothenburg in October, and on which dates?")
    ['How many police went to Gothenburg in October?', 'on which dates went to Gothenburg in October?']
    >>> parts("Seminar on Seized Assets in Skopje: dates and organizer?")
    ['when was Seminar on Seized Assets in Skopje?', 'who organized Seminar on Seized Assets in Skopje?']
    >>> parts("Who paid for the seminar, which was held in Kiev?"), parts("How many came in May, when it began?")
    ([], [])
    >>> parts("Whose police came to the exercise, which the ATU observed in Donetsk?")
    []
    """
    if not _JOINED.search(text):
        return []
    text, known = " ".join(text.split()), _patterns()
    match = known["after"].match(text) or known["of"].match(text)
    if match and not re.search(rf"\b{_WORD}\b", match["said"], _FLAGS):
        asked = dict.fromkeys(_question(noun) for noun in known["item"].findall(match["list"]))
        return [f"{one} {match['said'].strip(' ?.')}?" for one in asked]
    before = known["before"].match(text)
    context, asking = (before[1].strip(), text[before.end() :]) if before else ("", text)
    if not known["first"].match(asking):
        return []
    asking = asking.rstrip(" ?.!")
    pieces = [piece.strip(" ,;") for piece in known["next"].split(asking)]
    if not 2 <= len(pieces) <= _MOST:
        return []
    said = [_said(piece) for piece in pieces]
    found = []
    for place, piece in enumerate(pieces):
        others = [context] if context else []
        if place and not context:
            others.append(said[0])
        if len(_words(" ".join([said[place], *others]))) < _ENOUGH:
            others += [one for i, one in enumerate(said) if i not in (0, place)]
        found.append(" ".join(filter(None, [piece, *others])) + "?")
    return found


def _question(noun: str) -> str:
    """Return what asks for that which a noun names."""
    return next(words for words, pattern in _NOUNS.items() if re.fullmatch(pattern, noun, _FLAGS))


def _said(piece: str) -> str:
    """Return what a question says of the thing that is meant, without what it asks."""
    rest = _patterns()["asked"].sub("", piece).strip()
    words = rest.split()
    kept = [word for word in words if not wording.cues().get(word.casefold().strip(",;"), frozenset[str]()) & _ROLES]
    return " ".join(kept if len(_words(" ".join(kept))) >= _ENOUGH else words)


def _words(text: str) -> list[str]:
    """Return the words that say something."""
    return [word for word in re.findall(r"\w+", text) if word.casefold() not in _PLAIN]
