"""Stage 7d15: whether all of some structures did something: "did every field operation in Central Asia work on drugs?".

What is asked of units, institutions and field operations together is asked of all units.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from oscegraph.asking import wording
from oscegraph.asking.asked_chapters import span_of_chapters
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.dates import REPORT_YEAR

_WORDS = (*wording.NUMBERS, "thirteen", "fourteen")
_NUMBER = "|".join([r"\d{1,2}", *_WORDS])
# A question is on whatever these did.
_DOES, _PLURAL = frozenset({"did", "do", "does"}), {"was": "were", "is": "are", "has": "have"}
# What one structure of a kind is called.
TYPE = (
    r"(?i:field (?:operation|mission|presence)|operation|mission|(?:secretariat|thematic) unit|unit of the secretariat|unit"
    r"|(?:executive )?structure)"
)
_AREA = r"(?: (?:in|of) (?P<area>(?:the )?[A-Z][\w-]+(?:[ -](?:(?:and|of|the) )?[A-Z][\w-]+)*))?"
# "Described in chapters II.3.6 to II.3.14" says which they are.
_CHAPTERS = (
    r"(?: (?:(?:described|covered|treated) )?in (?:the )?(?:chapters?|sections?) (?P<span>II\.\d[^?]*?II\.\d[\d.]*))?"
)
_EVERY = lazy_pattern(
    r"(?P<did>did|do|does|have|has|had|were|was|are|is) (?:really )?"
    r"(?:every single|every|each|all)(?: one)?(?: of)?(?: the)?"
    rf"(?: (?P<number>{_NUMBER}))? (?:OSCE )?(?P<from>(?:(?!Secretariat)[A-Z][\w-]+ )*)"
    rf"(?P<types>{TYPE}s?(?: of the Secretariat)?){_AREA}{_CHAPTERS} (?P<what>[^?]+)\?*"
)
# To report work on something is to work on it; what is asked for by what somebody does is told by what it did.
_REPORT = lazy_pattern(
    r"^(?:report|tell|give)s?(?: on| of)? (?:any |some )?(?:work|activit(?:y|ies)|efforts|action) (?=(?:on|against|in) )"
)
_YEAR = lazy_pattern(rf"\s+in {REPORT_YEAR}\s*$")
_WITH = lazy_pattern(r"^(?P<verb>work|co-?operate|collaborate) with\b")


class Every(NamedTuple):
    """Which of some structures do what, as a question; what these are called, where they are, how many they are said to be.

    `chapters` are those of a span that says which they are.
    """

    question: str
    types: str
    area: str
    number: int | None
    chapters: tuple[str, ...] = ()


def read(text: str) -> Every | None:
    """Return whether all of some structures did something as the question which of them did; None if that is not asked.

    >>> every = read("Did every field operation in Central Asia report activities on drugs?")
    >>> every and (every.question, every.types, every.area)
    ('Which field operations work on drugs?', 'field operations', 'Central Asia')
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
    chapters = tuple(span_of_chapters(match["span"])) if match["span"] else ()
    what = _WITH.sub(
        lambda verb: f"{verb['verb'].removesuffix('e')}ed with", _YEAR.sub("", _REPORT.sub("work ", match["what"].strip()))
    )
    return Every(f"Which {types} {did}{what}?", types, match["area"] or match["from"].strip(), number, chapters)


# "OSCE units, institutions and field operations" are all of its units, and so are "units and field operations"; those of the
# Secretariat, or institutions, and field operations are only these.
_SOME_UNITS = r"(?:thematic|Secretariat) units?(?: (?:of|in) the (?:Secretariat|OSCE))?"
_UNITS = rf"(?:executive structures?|structures?|units?(?: (?:of|in) the Secretariat)?|{_SOME_UNITS})"
_ANY_UNITS = r"(?<!Secretariat )(?<!thematic )(?:executive structures?|structures?|units?)"
_INSTITUTIONS, _OPERATIONS = r"institutions?", r"(?:other )?field (?:operations?|missions?|presences?)"
_AND, _NEXT = r",?\s+(?:and|or)\s+(?:which )?(?:OSCE )?", r"(?:\s*,\s*|\s+(?:and|or)\s+)"
# "Every part of the OSCE - unit, institution or field operation -" is any of them, too.
_ALL_PARTS = lazy_pattern(
    r"(?P<part>\b(?:(?:every|each|all) )?parts? of the OSCE\s+[-\u2013\u2014(]\s*)?"
    rf"\b(?:OSCE )?(?:{_UNITS}{_NEXT}{_INSTITUTIONS}|{_INSTITUTIONS}{_NEXT}{_UNITS}|{_ANY_UNITS}){_AND}{_OPERATIONS}"
    r"(?: of the OSCE)?"
    r"(?(part)\s*[-\u2013\u2014)])(?! (?:in|of)\b)",
    re.IGNORECASE,
)
# "Parts of the OSCE" by itself, but not of something else of the OSCE.
_PARTS_OF_IT = lazy_pattern(
    r"\b(?:(?P<many>parts)|(?<=\bwhich )part|(?<=\bwhat )part) of the OSCE\b"
    r"(?!['\u2019\w]| [A-Z]| (?:area|region|report|work))"
)

# "OSCE units (thematic units and field operations)", "UNODC, its Terrorism Prevention Branch included": all of it is meant.
_SPELT = lazy_pattern(
    r"(?P<units>\b(?:OSCE )?(?:units|structures))"
    r"\s*\((?:(?:thematic|Secretariat) units|institutions|field (?:operations|missions)|and|or|,|\s)+\)"
    r"|(?P<all>\b(?:executive )?structures|(?:OSCE )?units)\s*,\s*(?:(?:thematic|Secretariat) units|those of the Secretariat"
    r"|institutions|field (?:operations|missions)|and|,|\s)+ included\s*,",
    re.IGNORECASE,
)
_WITH_PARTS = lazy_pattern(
    r",\s*(?:including\s+)?its\s+[A-Z][\w -]{2,40}?(?:\s+included)?(?=[?.,]|$)"
    r"|\s+or\s+(?:with\s+)?its\s+[A-Z][\w -]{2,40}?\s+Branch\b"
)
# Units "in the Secretariat or in the field" are all of them.
_ANYWHERE = lazy_pattern(
    r"(?P<units>\b(?:units?|structures?)),?\s+(?:be they |whether )?(?:in|of|from) the Secretariat(?:,? institutions?)?"
    r",? (?:or|and) (?:in |of )?the field\b,?",
    re.IGNORECASE,
)
# "Which field office" names none of those that are called so.
_FIELD_OFFICE = lazy_pattern(r"\b(field) office(s?)\b", re.IGNORECASE)
_TWO_PARTS = lazy_pattern(rf"\b{_SOME_UNITS}{_AND}{_OPERATIONS}", re.IGNORECASE)


def of_two_parts(text: str) -> bool:
    """Whether a question is for units of the Secretariat and field operations.

    >>> of_two_parts("Which thematic units of the Secretariat and which field operations worked with it?")
    True
    >>> of_two_parts("Which Secretariat units worked with it?")
    False
    """
    return bool(_TWO_PARTS.search(text))


def with_all_parts(text: str) -> str:
    """Return a question for all kinds of units of the OSCE as one for units.

    >>> with_all_parts("Which OSCE units, institutions and field operations worked with the IOM?")
    'Which OSCE units worked with the IOM?'
    >>> with_all_parts("Which OSCE units, in the Secretariat or in the field, worked with the ILO?")
    'Which OSCE units worked with the ILO?'
    >>> with_all_parts("Which OSCE units (thematic units and field operations) worked with UNODC, its Branch included?")
    'Which OSCE units worked with UNODC?'
    >>> with_all_parts("Which executive structures, Secretariat units included, report on corruption?")
    'Which executive structures report on corruption?'
    >>> with_all_parts("Which institutions and field operations worked with it?")
    'Which institutions and field operations worked with it?'
    >>> with_all_parts("List every part of the OSCE - unit, institution or field operation - that worked with it.")
    'List OSCE units that worked with it.'
    >>> with_all_parts("Which organization worked with the most parts of the OSCE?")
    'Which organization worked with the most OSCE units?'
    """
    text = _PARTS_OF_IT.sub(lambda match: "OSCE units" if match["many"] else "OSCE unit", text)
    text = _FIELD_OFFICE.sub(r"\1 operation\2", text)
    text = _ANYWHERE.sub(r"\g<units>", _WITH_PARTS.sub("", _SPELT.sub(r"\g<units>\g<all>", text)))
    return _ALL_PARTS.sub(
        lambda match: "OSCE units" if match["part"] or match[0].split()[-1].endswith("s") else "OSCE unit", text
    )
