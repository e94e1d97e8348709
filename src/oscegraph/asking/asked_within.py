"""Stage 7d3c: where another question begins within one, and which second ones ask for no more of what the first is on.

These are with whom it was done, who comes last where the first asks who comes first, and the number of what it asks for.
"""

from __future__ import annotations

import itertools
import re

from oscegraph.asking.patterns import lazy_pattern

FLAGS = re.IGNORECASE | re.DOTALL
TO = (
    r"(?:as part of|in (?:line|accordance|keeping) with|pursuant to|in the frame(?:work)? of"
    r"|on (?:the )?(?:basis|behalf|initiative|request) of|together with|along with"
    r"|by|to|from|with|in|on|of|at|for|into|within|under|until|since|through|during|between|before|after)"
)
WORD = r"(?:who|whom|whose|which|what|when|where|how (?:many|much|long|often))"
AUX = r"(?:did|do|does|was|were|is|are|has|have|had)"
_CLAUSE = r"(?:when|where)\s+(?!(?:and|or)\b)\w"
# "which the ATU observed", "which UNODC organized in October": they tell of what was named. "Which Ministry hosted it" asks.
_NAME = r"(?-i:[A-Z][\w/-]*(?:\s+[A-Z][\w/-]*){0,3})"
_DONE = r"(?:(?:co-?)?organi[sz]ed|hosted|observed|attended|held|conducted|supported|funded|financed|facilitated|ran|led)"
_OBJECT = r"(?:it|them|this|the|an?|each|both|that)"
_RELATIVE = (
    rf"whose\s+\w+\s+{AUX}\s+to\b|which\s+Appendix\b"
    rf"|(?:which|whom)\s+(?:(?:the|an?|its|they|their)\b|{_NAME}\s+{_DONE}\b(?!\s+{_OBJECT}\b))"
)
# "In which city was it", "with whom did it", "when was it": these ask.
_ASKS_SO = (
    rf"(?:{TO}\s+(?:whom\s+(?:did|was|were)|which\s+(?:\w+\s+)?"
    r"(?:city|town|country|state|place|venue|month|year|days?|dates?|decisions?|basis|language)\s+(?:was|were|did|is))"
    r"|(?:when|where)\s+(?:was|were|did)\s+it)\b"
)
# "How long was it" is never said of what was named.
_AFTER_WORD = rf"(?:who|whom|whose|which|what|when|where)\s+(?:{AUX}|will)\b"
_OF_NAMED = rf"(?!{_ASKS_SO})(?:{TO}\s+(?:which|whom|whose)\b|{_AFTER_WORD}|{_CLAUSE})"
_ASK = rf"(?:{TO}\s+)?(?:(?:about|roughly|approximately|at least|at most|exactly|some)\s+)?{WORD}\b"
# What asks, up to its verb.
_HEAD = rf"\W*(?:{TO}\s+)?(?:(?:which|what)(?:\s+(?!{AUX}\b)[a-z][\w-]*){{1,2}}|{WORD})"
# Without any of these nothing is joined.
JOINED = lazy_pattern(r"[,;&+/]|\band\b", FLAGS)
# Where another question begins; ", who was", ", at which" and ", when it began" tell of what was named before.
NEXT = lazy_pattern(
    rf"(?:\s*[,;]?\s*(?:\band\b|[&+])\s*(?:also\s+|then\s+)?"
    rf"|\s*;\s*(?!{_OF_NAMED})|\s*,\s*(?!{_OF_NAMED}|{_RELATIVE}))(?={_ASK})",
    FLAGS,
)
_FIRST = lazy_pattern(rf"^\W*(?:please\W+)?(?:tell me\s+|say\s+)?{_ASK}", FLAGS)
# A sentence or title that says what is meant, before what is asked.
_BEFORE = lazy_pattern(rf"^(.{{8,}}?)(?:[.?!:;]|\s[-–—])\s+(?={_ASK})", FLAGS)
# Words that ask and have no verb of their own, "where" in "where and when was it", and those before the verb.
_NO_VERB, _UP_TO_VERB = lazy_pattern(rf"^{_HEAD}$", FLAGS), lazy_pattern(rf"^{_HEAD}(?=\s+{AUX}\b)", FLAGS)
# So many questions at most are asked in one.
_MOST = 4


def split(text: str) -> tuple[str, list[str]]:
    """Return what is said before anything is asked, and the questions as they stand; none if there are not several."""
    before = _BEFORE.match(text)
    context, asking = (before[1].strip(), text[before.end() :]) if before else ("", text)
    if not _FIRST.match(asking):
        return context, []
    pieces = [piece.strip(" ,;") for piece in NEXT.split(asking.rstrip(" ?.!"))]
    return context, pieces if 2 <= len(pieces) <= _MOST else []


def bare(text: str) -> list[str]:
    """Return the questions that are asked in one as they stand in it.

    >>> bare("Which bodies showed their plans at the meeting, and which was to host the next one?")
    ['Which bodies showed their plans at the meeting', 'which was to host the next one']
    >>> bare("Which decision names it, and where and when was it adopted?")[1:]
    ['where was it adopted', 'when was it adopted']
    """
    pieces = split(" ".join(text.split()))[1]
    for place in reversed(range(len(pieces) - 1)):
        # "Where and when was it adopted?": the verb stands behind the last of them.
        verb = _UP_TO_VERB.match(pieces[place + 1]) if _NO_VERB.fullmatch(pieces[place]) else None
        pieces[place] += pieces[place + 1][verb.end() :] if verb else ""
    return pieces


def with_verb(pieces: list[str]) -> tuple[list[str], list[str]]:
    """Return questions of which only the last one has a verb and what it is about with these in each, and those behind.

    >>> with_verb(["Where", "when was the course held"])
    (['Where was the course held', 'when was the course held'], [])
    >>> with_verb(["When", "where was it", "who came"])
    (['When was it', 'where was it'], ['who came'])
    >>> with_verb(["Who came", "when was it"])
    ([], ['Who came', 'when was it'])
    """
    bare = list(itertools.takewhile(_NO_VERB.match, pieces))
    head = _UP_TO_VERB.match(pieces[len(bare)]) if 0 < len(bare) < len(pieces) else None
    if head is None:
        return [], pieces
    verb = pieces[len(bare)]
    return [*(f"{piece}{verb[head.end() :]}" for piece in bare), verb], pieces[len(bare) + 1 :]


_WITH_WHOM = lazy_pattern(
    r"^\W*(?:by\s+)?(?:who|whom|which)\b[^,;?]*\b(?:organi[sz]ed|held|ran|arranged|convened)\b.*?[,;]?\s+and\s+(?:together\s+)?"
    r"(?:with\s+whom(?:\s+together)?|(?:who|which\s+\w+)\s+(?:co-?organi[sz]ed|supported|backed|assisted|lent\s+its\s+support)"
    r"(?:\s+(?:it|in\s+it|to\s+it|them|this|the\s+event))?)\s*\?*\s*$",
    FLAGS,
)


def asks_partners(text: str) -> bool:
    """Whether a question asks who organized something and, as nothing else, who did so beside them.

    >>> asks_partners("Who organized the seminar in Kiev, and with whom?"), asks_partners("Who held it, and who paid?")
    (True, False)
    """
    return bool(_WITH_WHOM.match(text))


_ENDS = lazy_pattern(
    r"\b(?:(?P<asks>which|who|what)|(?P<most>most|largest|greatest|highest|biggest)"
    r"|(?P<least>(?<!at )least|fewest|smallest|lowest))\b|(?P<stop>[,;?])",
    re.IGNORECASE,
)


def asks_both_ends(text: str) -> bool:
    """Whether a question asks who comes first and who comes last.

    >>> asks_both_ends("Which unit has the most staff, which the fewest?"), asks_both_ends("Which has most, at least 5?")
    (True, False)
    """
    asking, found = False, set()
    for match in _ENDS.finditer(text):
        if match.lastgroup in ("asks", "stop"):
            asking = match.lastgroup == "asks"
        elif asking:
            found.add(match.lastgroup)
    return len(found) > 1


# "and how many were there", "and what is the total": it asks for the number of what the first question asks for.
_ABOUT = r"(?:(?:about|roughly|approximately|at least|at most|exactly)\s+)?"
_FILLER = (
    "is|are|was|were|did|has|have|had|there|it|they|its|their|the|that|this|in|all|at|least|most|exactly|of|them|stated|printed|given"
    "|attend|attended|came|come|took|take|part|drew|reached|many|each|every|one|case|alone|or|with|others|together"
)
_NUMBER = "totals?|figures?|numbers?|counts?|size|attendance|score"
_PEOPLE = "people|persons|participants?|attendees"
_COUNTED = lazy_pattern(
    rf"^\W*(?:and\s+)?(?:(?:with|by|at|to|for|in|of)\s+)?{_ABOUT}(?:how\s+(?:many|large|big)|what\b(?=.*\b(?:{_NUMBER})\b))"
    rf"(?:\W+(?:{_FILLER}|{_NUMBER}|(?P<people>{_PEOPLE})|(?P<staff>staff|employees)|(?P<states>states|parties)|(?P<activities>activities|events)))*\W*$",
    FLAGS,
)

_PAID = lazy_pattern(r"\b(?:fund\w*|paid|pays?|financ\w*|donors?|sponsor\w*)\b", FLAGS)
_PAYS = lazy_pattern(r"\b(?:fund|pay|paid|finance|sponsor)(?:ed|s)?(?:\s+for)?\b", FLAGS)


def asks_its_number(text: str) -> tuple[str, str]:
    """Return the first of two questions, if the second one asks for the number of what the first asks for; else "".

    The other word is what is said to be counted: people, staff, states, or "" if nothing is.

    >>> asks_its_number("Which operation has the most staff, and what is the total?")
    ('Which operation has the most staff?', '')
    >>> asks_its_number("Which operation has the most staff, and how many people?")[1]
    'people'
    >>> asks_its_number("Which operation has the most staff, and how many events did it hold?")
    ('', '')
    """
    if not JOINED.search(text):
        return "", ""
    context, pieces = split(" ".join(text.split()))
    if len(pieces) != 2:
        return "", ""
    # "How many did it pay for" is what is counted only where those who paid are asked for.
    match = _COUNTED.match(_PAYS.sub("", pieces[1]) if _PAID.search(pieces[0]) else pieces[1])
    if not match:
        return "", ""
    return f"{pieces[0]} {context}".strip() + "?", next((name for name, held in match.groupdict().items() if held), "")
