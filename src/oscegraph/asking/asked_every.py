"""Stage 7d15: whether all of some structures did something: "did every field operation in Central Asia work on drugs?"."""

from __future__ import annotations

from dataclasses import dataclass

from oscegraph.asking.patterns import lazy_pattern

_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen")
_NUMBER = "|".join([r"\d{1,2}", *_WORDS])
# A question is on whatever these did.
_DOES, _PLURAL = frozenset({"did", "do", "does"}), {"was": "were", "is": "are", "has": "have"}
_TYPES = (
    r"(?i:field operation|operation|field mission|mission|field presence|secretariat unit|unit of the secretariat|unit"
    r"|executive structure|structure)"
)
_AREA = r"(?: (?:in|of) (?P<area>(?:the )?[A-Z][\w-]+(?:[ -](?:(?:and|of|the) )?[A-Z][\w-]+)*))?"
_EVERY = lazy_pattern(
    r"(?P<did>did|do|does|have|has|had|were|was|are|is) (?:really )?"
    r"(?:every single|every|each|all)(?: one)?(?: of)?(?: the)?"
    rf"(?: (?P<number>{_NUMBER}))? (?:OSCE )?(?P<from>(?:(?!Secretariat)[A-Z][\w-]+ )*)"
    rf"(?P<types>{_TYPES}s?(?: of the Secretariat)?){_AREA} (?P<what>[^?]+)\?*"
)
# What is asked for by what somebody does is told by what it did.
_WITH = lazy_pattern(r"^(?P<verb>work|co-?operate|collaborate) with\b")


@dataclass(frozen=True)
class Every:
    """Which of some structures do what, as a question; what these are called, where they are, how many are said to be."""

    question: str
    types: str
    area: str
    number: int | None


def read(text: str) -> Every | None:
    """Return whether all of some structures did something as the question which of them did; None if that is not asked.

    >>> read("Did every field operation in Central Asia work on drugs?")
    Every(question='Which field operations work on drugs?', types='field operations', area='Central Asia', number=None)
    >>> read("Were all five Secretariat units involved in trainings?").question
    'Which Secretariat units were involved in trainings?'
    >>> read("Did all participants come from Serbia?") is None
    True
    """
    match = _EVERY.fullmatch(text[:1].lower() + text[1:])
    if match is None:
        return None
    unit, of, secretariat = match["types"].partition(" of the ")
    types = f"{unit if unit.endswith('s') else f'{unit}s'}{of}{secretariat}"
    did = f"{_PLURAL.get(match['did'], match['did'])} " if match["did"] not in _DOES else ""
    said = match["number"] or ""
    number = int(said) if said.isdigit() else _WORDS.index(said) + 2 if said else None
    what = _WITH.sub(lambda verb: f"{verb['verb'].removesuffix('e')}ed with", match["what"].strip())
    return Every(f"Which {types} {did}{what}?", types, match["area"] or match["from"].strip(), number)
