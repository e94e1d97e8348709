"""Stage 7d8b: whether one of two is more than the other: "did A organize more workshops than B?" as a question on each."""

from __future__ import annotations

import re
from typing import NamedTuple

from oscegraph.asking.asked_either import ALTERNATIVES, FEWER, NOT
from oscegraph.asking.patterns import lazy_pattern

_MORE = r"(?P<more>more|fewer|less)"
_END = r"(?P<other>[^?,;]+?)\W*$"
# "Did A have more staff than B and C together?"
_STAFF = lazy_pattern(
    rf"^\W*(?:did|does|do|has|have|had)\s+(?P<one>[^?,;]+?)\s+(?:have\s+|report\s+|count\s+)?{_MORE}\s+"
    r"(?P<what>staff(?:\s+members)?)\b[^?,;]*?\s+than\s+(?P<other>[^?,;]+?)"
    r"(?P<sum>\s+(?:(?:al)?together|combined|taken\s+together))?\W*$",
    re.IGNORECASE,
)
# "Did A have more participants than B?"
_PEOPLE = lazy_pattern(
    rf"^\W*(?:did|does|do|has|have|had)\s+(?P<one>[^?,;]+?)\s+(?:(?:have|draw|attract|get|reach)\s+)?{_MORE}\s+"
    rf"(?:people|participants|attendees|trainees|persons)\s+than\s+(?:did\s+)?{_END}",
    re.IGNORECASE,
)
# "Did more people come to A than to B?"
_CAME = lazy_pattern(
    rf"^\W*(?:did|have|had)\s+{_MORE}\s+(?:people|participants|persons)\s+(?:attend(?:ed)?|come to|came to|take part in"
    rf"|took part in|participate in|visit(?:ed)?)\s+(?P<one>[^?,;]+?)\s+than\s+(?:to\s+|in\s+)?{_END}",
    re.IGNORECASE,
)
# "Did A organize more workshops on drugs than B?", "Were there more workshops in A than in B?"
_DID = lazy_pattern(
    r"^\W*(?:did|does|do|has|have|had)\s+(?P<one>[^?,;]+?)\s+(?P<verb>organi[sz]ed?|fund(?:ed)?|financed?|host(?:ed)?|held|hold"
    r"|runs?|ran|have|report|conduct(?:ed)?|carry out|carried out|sponsor(?:ed)?|pay for|paid for|attend(?:ed)?"
    rf"|take part in)\s+{_MORE}\s+(?P<what>[^?,;]+?)\s+than\s+(?:did\s+)?{_END}",
    re.IGNORECASE,
)
_WERE = lazy_pattern(
    rf"^\W*(?P<head>(?:are|were|was)\s+there|(?:did|do))\s+{_MORE}\s+(?P<what>[^?,;]+?)"
    r"(?P<verb>(?:\s+(?:take place|happen|held|taking place))?)\s+"
    rf"(?P<in>in|on|about|against|with|by|during)\s+(?P<one>[^?,;]+?)\s+than\s+(?:(?P=in)\s+)?{_END}",
    re.IGNORECASE,
)
# "The one in Yerevan" is what the first one is.
_ONE = lazy_pattern(r"^(?:the one|that)\b", re.IGNORECASE)
_WHAT_IT_IS = lazy_pattern(r"^(?P<what>.+?)\s+(?:in|on|of|at|held|from|for)\b", re.IGNORECASE)
_WHEN_OR_WHERE = lazy_pattern(r"^(?P<in>in|during|on)\s+\w", re.IGNORECASE)
# "Is it true that more activities dealt with drugs than with cybercrime?"
_CLAIM = lazy_pattern(
    r"^\W*is it (?:really |in fact )?(?:true|right|correct|so|the case) that,?\s+(?:in 2011,?\s+)?(?P<what>\S.*)$",
    re.IGNORECASE,
)
_THERE = lazy_pattern(r"^there (?P<verb>are|were|was|is)\b", re.IGNORECASE)
_HAS = lazy_pattern(r"\b(?:has|had)(?= (?:more|fewer|less)\b)", re.IGNORECASE)
_HAD = lazy_pattern(r"\s+(?:had|has|did|does)\b[^?]*$", re.IGNORECASE)
_PAST = {"organised": "organise", "organized": "organize", "held": "hold", "ran": "run", "carried out": "carry out"}


class Than(NamedTuple):
    """The questions for two numbers, whether the first is to be the larger one, and whether activities are counted."""

    questions: tuple[str, str]
    more: bool
    counts: bool = False


def read(text: str) -> Than | None:
    """Return the questions for two numbers of which it is asked whether one is larger.

    >>> read("Did A have more staff than B and C together?").questions
    ('How many staff does A have?', 'How many staff do B and C have together?')
    >>> read("Did Norway fund fewer workshops on drugs than Australia?").questions
    ('How many workshops on drugs did Norway fund?', 'How many workshops on drugs did Australia fund?')
    >>> read("Were there more workshops in March than in April?").questions
    ('How many workshops were there in March?', 'How many workshops were there in April?')
    >>> read("Were there more workshops on drugs in March than in April?").questions[1]
    'How many workshops were there on drugs in April?'
    >>> read("Did the seminar in Kiev have more participants than the one in Vilnius?").questions[1]
    'How many participants did the seminar in Vilnius have?'
    >>> read("Did more people come to the seminar in Kiev than to that in Vilnius?").questions[0]
    'How many participants did the seminar in Kiev have?'
    >>> read("Is it true that the SPMU has more staff than the ATU?").questions[0]
    'How many staff does the SPMU have?'
    >>> read("Which has more staff, A or B?")
    """
    text = _asked(" ".join(text.split()))
    if " than " not in text.casefold() or NOT.search(text):
        return None
    staff = _STAFF.match(text)
    if staff and re.search(r"\bindirect", staff[0], re.IGNORECASE):
        return None
    # "More than B and C" may be more than each of them.
    if staff and (staff["sum"] or not ALTERNATIVES.search(staff["other"])):
        # "Than B had on trafficking": all of its staff worked on that.
        than = _HAD.sub("", staff["other"])
        other = f"do {than} have together" if staff["sum"] else f"does {than} have"
        return Than((f"How many staff does {staff['one']} have?", f"How many staff {other}?"), _is_more(staff))
    for pattern in () if staff else (_PEOPLE, _CAME, _DID, _WERE):
        match = pattern.match(text)
        if match and not ALTERNATIVES.search(match["other"]):
            return _of(pattern, match)
    return None


def _asked(text: str) -> str:
    """Return a claim as a question: "is it true that there were more?" as "were there more?"."""
    claim = _CLAIM.match(text)
    if claim is None:
        return text
    there = _THERE.match(claim["what"])
    return f"{there['verb']} there{claim['what'][there.end() :]}" if there else f"did {_HAS.sub('have', claim['what'])}"


def _is_more(match: re.Match[str]) -> bool:
    return not match["more"].casefold().startswith(FEWER)


def _of(pattern: object, match: re.Match[str]) -> Than:
    """Return the questions on two events, two actors, or two areas, themes or periods."""
    one, other = match["one"].strip(), match["other"].strip()
    if pattern in (_PEOPLE, _CAME):
        if (noun := _WHAT_IT_IS.match(one)) and _ONE.match(other):
            other = _ONE.sub(noun["what"], other)
        return Than((f"How many participants did {one} have?", f"How many participants did {other} have?"), _is_more(match))
    what, verb = match["what"], match["verb"].strip()
    if pattern is _DID:
        verb = _PAST.get(verb.casefold(), verb)
        return Than((f"How many {what} did {one} {verb}?", f"How many {what} did {other} {verb}?"), _is_more(match), True)
    asks = f"{what} took place" if verb.casefold() in ("take place", "happen") else f"{what} were there"
    if again := _WHEN_OR_WHERE.match(other):
        # "On drugs in March than in April" is on drugs both times.
        shared = one.rpartition(f" {again['in']} ")[0] or one
        other = f"{shared} {other}"
    return Than((f"How many {asks} {match['in']} {one}?", f"How many {asks} {match['in']} {other}?"), _is_more(match), True)
