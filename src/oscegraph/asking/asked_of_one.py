"""Stage 7d18: what is asked of everybody who had a part in one activity, or of each chapter that tells of it.

"Who had which part in the exercise?", "Whom do the two chapters that tell of the workshop name as its organizers?". Which
activity is meant is asked by a question of its own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from oscegraph.asking.patterns import lazy_pattern

ROLES, CHAPTERS = "roles", "chapters"
_FLAGS = re.IGNORECASE
_ROLE = r"(?:parts?|roles?|capacit(?:y|ies)|functions?)"
_WHICH = rf"(?:which|what)\s+(?:different\s+)?{_ROLE}"
_BODY = (
    r"(?P<osce>OSCE\s+)?(?:bod(?:y|ies)|organi[sz]ations?|partners?|participants?|units?|structures?|institutions?|actors?|part(?:y|ies)|sides?"
    r"|players?|agenc(?:y|ies))"
)
_IN = r"(?:in|at|during|for|on)"
_HAD = r"(?:had|played|took|have|play|take|held|fulfil(?:led)?|perform(?:ed)?)"
_PART_IN = r"(?:took\s+part|participated|(?:was|were)\s+(?:involved|engaged)|co-?operated|had\s+(?:a|any)\s+(?:part|role))"
_SAID = r"(?P<said>(?:the|a|an|its|that|this|[\"\u201cA-Z\d])[^?;]{8,}?)"


def _lazy(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(lazy_pattern(pattern, _FLAGS) for pattern in patterns)


# What is listed behind the question says again what is asked: ": who asked for it, who paid?"
_END = r"(?:\s*:\s*who\b[^?]*)?\W*$"
_OF_ALL = _lazy(
    rf"^\W*(?:who|(?:which|what)\s+{_BODY})\s+(?:each\s+)?{_HAD}\s+{_WHICH}\s+{_IN}\s+{_SAID}{_END}",
    rf"^\W*{_WHICH}\s+did\s+(?:each|every)(?:\s+(?:single\s+)?{_BODY}|\s+of\s+(?:the|those)\s+[^?,]{{4,40}}?)?\s+{_HAD}"
    rf"(?:\s+on)?\s+{_IN}\s+{_SAID}{_END}",
    rf"^\W*(?:who|(?:which|what)\s+{_BODY})\s+{_PART_IN}\s+{_IN}\s+{_SAID}\s*,?\s+(?:and\s+)?(?:each\s+)?(?:in|with|as)\s+{_WHICH}"
    rf"(?:\s+each(?:\s+time)?|\s+(?:was|were)\s+(?:each|they))?{_END}",
    rf"^\W*(?:who|(?:which|what)\s+{_BODY})\s+did\s+what\s+{_IN}\s+{_SAID}{_END}",
)
_OF_SOME = _lazy(
    rf"^\W*(?:in\s+)?{_WHICH}\s+did\s+(?P<who>[^?;]{{5,160}}?)\s+(?:each\s+)?(?:{_HAD}|act|appear)(?:\s+(?:on|part))?"
    rf"\s+{_IN}\s+{_SAID}{_END}",
    rf"^\W*{_WHICH}\s+had\s+(?P<who>[^?;]{{5,160}}?\s+and\s+[^?;]{{2,60}}?)\s+{_IN}\s+(?P<said>(?:the|a|an)\s[^?;]{{8,}}?){_END}",
)
# Of one body; where it ends and the activity begins is tried, as either may have such a word: "the Office in Baku".
_OF_A_BODY = _lazy(
    rf"^\W*(?:in|with|as)\s+{_WHICH}\s+(?:did|was|were|has|had)\s+(?P<rest>[^?;]{{10,}}?)\W*$",
    rf"^\W*{_WHICH}\s+did\s+(?P<rest>[^?;]{{10,}}?)\W*$",
    rf"^\W*what\s+(?:was|is)\s+(?:the\s+)?{_ROLE}\s+of\s+(?P<rest>[^?;]{{10,}}?)\W*$",
    rf"^\W*what\s+(?:was|is)\s+(?P<rest>[^?;]{{3,60}}?['\u2019]s?\s+{_ROLE}\s[^?;]{{8,}}?)\W*$",
)
_ACTED = (
    rf"(?:\s+(?:{_HAD}|take\s+part|participated?|appear(?:ed)?|act(?:ed)?|(?:be\s+)?involved|figured?|present|attend(?:ed)?"
    rf"|contribute[sd]?|serve[sd]?|['\u2019]s?\s+{_ROLE}))?"
)
_THERE = lazy_pattern(
    rf"(?:{_ACTED}\s+(?:in|at|during)|\s+(?:attend|join|address))\s+(?=(?:the|a|an|its|that|this)\s|[\"\u201cA-Z\d])", _FLAGS
)
_NO_BODY = lazy_pattern(rf",|\b(?:and|each|who|which|what|participate|appear|act|take part|{_HAD}|{_ROLE})\b", _FLAGS)
_ASKS_MORE = lazy_pattern(
    r"[,;:]\s*(?:and\s+)?(?:(?:by|in|on|at|to|with|for)\s+)?(?:who|whom|which|what|when|where|how)\b", _FLAGS
)
_OWNER = lazy_pattern(rf"['\u2019]s?\s+{_ROLE}\s*$", _FLAGS)
_TELLS = r"(?:report|tell|describe|mention|cover|recount|speak|deal|give\s+an\s+account)s?(?:\s+(?:of|on|about|with))?"
# Who is asked for by what bodies are called, by what the sides of an activity are called.
SIDES = {
    "organizers": r"(?:co-?)?organi[sz](?:ers?|ing\s+bod(?:y|ies))|hosts?\s+and\s+organi[sz]ers?|convenors?",
    "partners": r"(?:co-?operating\s+|co-?operation\s+)?partners?",
    "funders": r"funders?|donors?|pa(?:y|id)ers?|sponsors?",
    "speakers": r"speakers?|presenters?|moderators?",
    "attendees": r"participants?|attendees?|travell?ers?|guests?|visitors?|trainees?|beneficiar(?:y|ies)|delegates?",
}
# Whose side may be asked for only of one body.
_OTHERS = {"supporters": r"supporters?|backers?|facilitators?"}
_SIDE = rf"(?:(?:its|the|a|an|their)\s+)?(?P<side>{'|'.join(SIDES.values())})"
_NAMES = r"(?:name|give|mention|list|identify|call)s?"
_BY_CHAPTER = _lazy(
    rf"^\W*(?:in\s+)?(?:which|what)\s+chapters?\s+(?:is\s+|are\s+)?{_TELLS}\s+{_SAID}\s*,?\s+and\s+(?:whom?|(?:which|what)\s+{_BODY})"
    rf"\s+(?:does\s+each(?:\s+of\s+them|\s+chapter)?|do\s+they(?:\s+each)?)\s+{_NAMES}\s+as\s+{_SIDE}\W*$",
    rf"^\W*(?:whom?|(?:which|what)\s+{_BODY})\s+(?:do|does)\s+(?:each\s+of\s+)?(?:the|each)(?:\s+(?:two|three|four|different))?"
    rf"\s+chapters?\s+(?:that|which)\s+{_TELLS}\s+{_SAID}\s+(?:each\s+)?{_NAMES}\s+as\s+{_SIDE}\W*$",
    rf"^\W*(?:whom?|(?:which|what)\s+{_BODY})\s+(?:is|are)\s+(?:named|given|mentioned|listed)\s+as\s+{_SIDE}\s+of\s+{_SAID}\s*,?"
    r"\s+(?:in|by)\s+each(?:\s+of\s+the)?\s+chapters?(?:\s+that\s+tells?\s+of\s+it)?\W*$",
)
_ROLES_BY_CHAPTER = _lazy(
    rf"^\W*how\s+do(?:es)?\s+(?:each\s+of\s+)?the(?:\s+(?:two|three|four|different))?\s+chapters?\s+(?:that|which)\s+{_TELLS}"
    rf"\s+{_SAID}\s+(?:each\s+)?describe\s+(?:the\s+{_ROLE}\s+of\s+(?P<of>[^?]{{3,80}}?)|(?P<who>[^?]{{3,80}}?)['\u2019]s?\s+{_ROLE})\W*$",
    rf"^\W*(?:which|what)\s+chapters?\s+{_TELLS}\s+{_SAID}\s*,?\s+and\s+{_WHICH}\s+does\s+each(?:\s+of\s+them)?"
    r"\s+(?:give|ascribe|assign|attribute)(?:\s+to)?\s+(?P<who>[^?]{3,80}?)\W*$",
)
# "Which chapter names the SPMU as a supporter of the conference?"
_NAMING = lazy_pattern(
    rf"^\W*(?:in\s+)?(?:which|what)\s+chapters?\s+(?:alone\s+|also\s+)?{_NAMES}\s+(?P<rest>[^?;:]{{10,}}?)\W*$", _FLAGS
)
_AT = lazy_pattern(
    rf"\s+(?:as\s+(?:(?:the|an?|one\s+of\s+the|its)\s+)?(?P<side>{'|'.join((SIDES | _OTHERS).values())})"
    r"\s+(?:of|in|at|for)|at|in|for|in\s+connection\s+with)\s+(?=(?:the|a|an)\s)",
    _FLAGS,
)


class OfOne(NamedTuple):
    """What is asked of whom or what: the words for the activity, a row for each body or chapter, of whom, which side.

    If it is asked of bodies of the OSCE, these are its `units`.
    """

    said: str
    rows: str
    who: str = ""
    side: str = ""
    units: bool = False
    # Whether what is said may be no activity: "in the list".
    loose: bool = False

    @property
    def fewest(self) -> int:
        """How many bodies are told of at least."""
        return 2 if self.rows == ROLES else 1

    @property
    def questions(self) -> list[str]:
        """Questions by which the activity is found."""
        return [f"Which chapters tell of {self.said}?", f"Who took part in {self.said}?"]


def read(text: str) -> OfOne | None:
    """Return what a question asks of everybody in one activity, or of each chapter that tells of it; None if it does not.

    >>> read("Who had which part in the exercise in Donetsk: who organized it, who observed?")
    OfOne(said='the exercise in Donetsk', rows='roles', who='', side='', units=False, loose=False)
    >>> read("What roles did the ATU and UNODC have in the workshop in Skopje?")
    OfOne(said='the workshop in Skopje', rows='roles', who='the ATU and UNODC', side='', units=False, loose=False)
    >>> read("Which chapters report the visit to London, and whom does each name as the travellers?")
    OfOne(said='the visit to London', rows='chapters', who='', side='attendees', units=False, loose=False)
    >>> read("What part did each OSCE unit have in the seminar in Kiev?").units
    True
    >>> read("Who had a part in the exercise?"), read("Which chapters report the visit to London?")
    (None, None)
    """
    text = " ".join(text.split())
    for pattern in _OF_ALL:
        if match := pattern.match(text):
            return OfOne(match["said"].rstrip(" ,"), ROLES, units=bool(match["osce"]))
    for pattern in _OF_SOME:
        if (match := pattern.match(text)) and re.search(r",|\band\b", match["who"]):
            return OfOne(match["said"].rstrip(" ,"), ROLES, match["who"])
    for pattern in _BY_CHAPTER:
        if match := pattern.match(text):
            side = next(name for name, said in SIDES.items() if re.fullmatch(said, match["side"], _FLAGS))
            return OfOne(match["said"].rstrip(" ,"), CHAPTERS, side=side)
    for pattern in _ROLES_BY_CHAPTER:
        if match := pattern.match(text):
            named = match.groupdict()
            return OfOne(match["said"].rstrip(" ,"), CHAPTERS, named["who"] or named["of"])
    return None


def of_a_body(text: str) -> list[OfOne]:
    """Return the ways in which a question asks for the part of one body in one activity; none if it does not.

    >>> [(one.who, one.said) for one in of_a_body("In which role did the IOM take part in the workshop in Ganja?")]
    [('the IOM', 'the workshop in Ganja')]
    >>> [(one.who, one.said) for one in of_a_body("What was the role of the Office in Baku in the seminar on drugs?")]
    [('the Office', 'Baku in the seminar on drugs'), ('the Office in Baku', 'the seminar on drugs')]
    >>> [one.who for one in of_a_body("What was Norway's part in the workshop in Belgrade?")]
    ['Norway']
    >>> of_a_body("Which role did the ATU and the SPMU have in the workshop in Kiev?")
    []
    """
    match = next(filter(None, (pattern.match(" ".join(text.split())) for pattern in _OF_A_BODY)), None)
    rest = match["rest"] if match else ""
    ways = (
        OfOne(rest[found.end() :].rstrip(" ,"), ROLES, _OWNER.sub("", rest[: found.start()]))
        for found in _THERE.finditer(rest)
    )
    return [one for one in ways if one.who and not _NO_BODY.search(one.who) and not _ASKS_MORE.search(one.said)]


def of_its_chapters(text: str) -> list[OfOne]:
    """Return the ways in which a question asks for the chapters that name one body at one activity; none if it does not.

    >>> [(one.who, one.side, one.said) for one in of_its_chapters("Which chapter names the ATU as a donor of the course?")]
    [('the ATU', 'funders', 'the course')]
    >>> [one.who for one in of_its_chapters("Which chapters mention the Office in Baku at the conference on cybercrime?")]
    ['the Office in Baku']
    >>> of_its_chapters("Which chapters name the ATU?")
    []
    """
    match = _NAMING.match(" ".join(text.split()))
    rest, sides = match["rest"] if match else "", SIDES | _OTHERS
    ways = []
    for found in _AT.finditer(rest):
        side = next((name for name, said in sides.items() if re.fullmatch(said, found["side"] or "", _FLAGS)), "")
        ways.append(
            OfOne(
                rest[found.end() :].rstrip(" ,"),
                CHAPTERS,
                rest[: found.start()],
                side,
                loose=found[0].split()[0] in ("in", "for"),
            )
        )
    return [one for one in ways if one.who and not _NO_BODY.search(one.who) and not _ASKS_MORE.search(one.said)]
