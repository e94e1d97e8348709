"""Stage 7d3b: the second of two questions, with what it leaves out of the first: "and who for the one in Minsk?"."""

from __future__ import annotations

import re

from oscegraph.asking.patterns import lazy_pattern

_FLAGS = re.IGNORECASE | re.DOTALL
_SHORT = lazy_pattern(r"^(?:and\s+)?how\s+(many|much|long)\s+(?=(in|at|to|from|for|by|on|with)\b)", _FLAGS)
# "And who for the one in Minsk", "and which came second": what stands for what is plain.
_WHICH = lazy_pattern(r"^(?:and\s+)?(?:who|whom|which|what)\s+(?=(for|to|from|with|by)\b)", _FLAGS)
_DID = (
    r"(?:came|drew|attracted|topped|accounted|led|moved|lost|gained|received|got|had|ranked|fell|rose|grew|dropped|shrank"
    r"|stood|took|saw|sent|paid|hosted|held|ran|organi[sz]ed(?! crime)|has|have|was|were|is|are)"
)
_WHICH_NOUN = lazy_pattern(rf"^\W*(?:which|what)\s+(?!{_DID}\b)[^,;?]+?(?=\s+{_DID}\b)", _FLAGS)
_WHICH_DID = lazy_pattern(
    rf"^(?:and\s+)?which\s+(?=(?:{_DID}|(?:the\s+)?(?:most|least|fewest|first|second|third|last))\b)", _FLAGS
)
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# "How many six years later", and what it is later than.
_LATER = lazy_pattern(
    rf"^(?:and\s+)?how\s+many(?:\s+had(?:\s+done\s+so)?)?\s+(?:(?P<count>{'|'.join(_COUNTS)})\s+years\s+later"
    r"|(?:in|by)\s+(?:(?-i:[A-Z]\w+)\s+)?(?P<year>20\d\d))\W*$",
    _FLAGS,
)
_SINCE = lazy_pattern(r"\s+(?:when\b[^,;?]*?\s+)?(?:in|by)\s+(?:(?-i:[A-Z]\w+)\s+)?(?P<year>20\d\d)\W*$", _FLAGS)
# "And how many by the time of the report": that is what the report tells without a time.
_NOW = lazy_pattern(
    r"^(?:and\s+)?how\s+many(?:\s+had)?(?:\s+done\s+so)?\s+(?:by|at|when)\s+(?:the\s+time\s+of\s+)?(?:this|the)\s+(?:report|writing)"
    r"(?:\s+was\s+written)?\W*$",
    _FLAGS,
)
# "How many officers attended the course, and from which two bodies": these attended it.
_WHENCE = lazy_pattern(
    r"^(?:and\s+)?(?:from|of)\s+(?P<which>(?:which|what)\s+(?:[\w-]+\s+){0,2}?(?:bod(?:y|ies)|authorit(?:y|ies)|agenc(?:y|ies)"
    r"|institutions?|organi[sz]ations?|ministr(?:y|ies)|services?))(?:\s+(?:were|are|came)\s+(?:they|these))?\W*$",
    _FLAGS,
)
_MANY_CAME = lazy_pattern(
    r"^\W*how\s+many\s+(?:[^,;?]+?\s+)?(?P<came>(?:attended|came to|took part in|participated in)\s.+)$", _FLAGS
)
# "How many courses did the Mission hold, and for how many officers": these courses were for them.
_FOR_MANY = lazy_pattern(r"^(?:and\s+)?for\s+how\s+many\s+(?P<who>[\w-]+)\W*$", _FLAGS)
_MANY_DID = lazy_pattern(r"^\W*how\s+many\s+(?P<what>[^,;?]+?)\s+(?:did|has|have)\s+(?P<rest>[^,;?]+)$", _FLAGS)
# "Who financed the course in Kiev, and who the one in Minsk": the second one did what the first one did.
_NO_VERB = lazy_pattern(
    r"^(?:and\s+)?(?P<asks>who|whom|which\s+\w+|what|when|where)\s+(?P<rest>(?:the|that|those)\s+"
    r"(?!.*\b(?:was|were|is|are|did|does|do|has|have|had)\b).+)$",
    _FLAGS,
)
_PLACED = lazy_pattern(r"\b(?:in|at|to|from|for|by|on|with|during|within|between)\b", _FLAGS)


def filled(piece: str, first: str) -> str:
    """Return "how many to Vienna" with what the first question has there: "how many went to Vienna"; "" if it is not short.

    Only if it is plain what stands for what: the same is asked, and one phrase with a preposition ends the first question.

    >>> filled("how many at the one in Kiev", "How many people came at the invitation of the OSCE")
    'How many people came at the one in Kiev'
    >>> filled("how many six years later", "How many States had ratified it when the work began in March 2006")
    'How many States had ratified it in 2012'
    >>> filled("how many by the time of this report", "How many States had ratified it when the work began in March 2006")
    'How many States had ratified it'
    >>> filled("which moved up to second place", "Which area of organized crime lost most ground in 2011")
    'Which area of organized crime moved up to second place'
    >>> filled("which for the one in Minsk in May", "Which state paid for the course in Kiev in April")
    'Which state paid for the one in Minsk in May'
    >>> filled("from which two bodies", "How many officers attended the course in Kiev")
    'which two bodies attended the course in Kiev'
    >>> filled("for how many officers", "How many courses on drugs did the Mission hold in May")
    'for how many officers were the courses on drugs that the Mission hold in May'
    >>> filled("who the one in Minsk", "Who financed the course in Kiev")
    'Who financed the one in Minsk'
    >>> filled("how many in May", "How many events were held in Vienna in June")
    ''
    """
    if later := _LATER.match(piece):
        when = _SINCE.search(first)
        year = later["year"] or (when and str(int(when["year"]) + _COUNTS.index(later["count"].casefold()) + 2)) or ""
        return f"{first[: when.start()]} in {year}" if when else ""
    if _NOW.match(piece) and (when := _SINCE.search(first)):
        return first[: when.start()]
    if (whence := _WHENCE.match(piece)) and (many := _MANY_CAME.match(first)):
        return f"{whence['which']} {many['came']}"
    if (bare := _WHICH_DID.match(piece)) and (noun := _WHICH_NOUN.match(first)):
        # "Which field came first, and which came second?"
        return f"{noun[0]} {piece[bare.end() :]}"
    if (short := _WHICH.match(piece)) and (place := re.search(rf"\b{short[1]}\b", first, _FLAGS)):
        # "Who paid for the course in Kiev, and who for the one in Minsk?"
        return first[: place.start()] + piece[short.end() :]
    if (number := _FOR_MANY.match(piece)) and (many := _MANY_DID.match(first)):
        return f"for how many {number['who']} were the {many['what']} that {many['rest']}"
    if bare := _NO_VERB.match(piece):
        done = re.match(
            rf"\W*{re.escape(bare['asks'])}\s+(?:was|were|did)?\s*(?:\w+\s+){{0,3}}?(?=(?:the|that|those)\b)", first, _FLAGS
        )
        return f"{done[0]}{bare['rest']}" if done and done[0].strip().casefold() != bare["asks"].casefold() else ""
    match = _SHORT.match(piece)
    same = re.match(rf"how\s+{match[1]}\b", first, _FLAGS) if match else None
    places = list(_PLACED.finditer(first))
    if not match or not same or len(places) != 1 or places[0][0].casefold() != match[2].casefold():
        return ""
    return first[: places[0].start()] + piece[match.end() :]
