"""Stage 7d4b: what a question lists of one thing: "State the first day, the venue and the number of trainees of ...".

Each is a question of its own; of days it may be the first or the last one that is asked for.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from oscegraph.asking.patterns import lazy_pattern

_FLAGS = re.IGNORECASE | re.DOTALL
_DAY = r"(?:calendar )?(?:days?|dates?)"
# "The two days" of one thing are from when to when it was.
_DAYS = rf"(?:(?:two|three|four|five|both|boundary|exact|start and end) )?{_DAY}"
_HOW = r"(?:(?:exact|approximate|total|stated|minimum|maximum|rounded|given|overall) )?"
# What asks for that which a noun names, with {} for the thing, and which of the values is meant: all, the first, the last.
_NOUNS: tuple[tuple[str, str, int | None], ...] = (
    (rf"(?:opening|first|start(?:ing)?) and (?:the )?(?:closing|last|final|end(?:ing)?) {_DAY}", "When was {}?", None),
    (rf"(?:first|opening|start(?:ing)?|beginning) {_DAY}|start|opening|beginning", "When was {}?", 0),
    (rf"(?:last|closing|final|end(?:ing)?|concluding) {_DAY}|end|close|closing", "When was {}?", -1),
    (rf"{_DAYS}|(?:exact )?period", "When was {}?", None),
    (r"venue|place|location|site|premises", "Where was {}?", None),
    (r"(?:host )?(?:city|town)", "In which city was {}?", None),
    (r"country|state", "In which country was {}?", None),
    (r"(?:exact )?(?:duration|length)(?: in days)?|number of days", "How many days did {} last?", None),
    (r"organi[sz]ers?|organi[sz]ing (?:bodies|body|units?)", "Who organized {}?", None),
    (r"co-?organi[sz]ers?|partners?|partner organi[sz]ations?", "With whom was {} organized?", None),
    (r"funders?|donors?|sponsors?|funding (?:states?|bodies|body|party)", "Who funded {}?", None),
    (r"hosts?", "Who hosted {}?", None),
    (r"trainers?", "Who taught at {}?", None),
    (
        rf"{_HOW}(?:attendance|number of (?:participants|people|persons|attendees))",
        "How many participants did {} have?",
        None,
    ),
)
_NUMBER = rf"{_HOW}number of (?P<counted>[\w-]+(?: [\w-]+){{0,3}}?)"
_SMALL = (
    r"(?:of|for|at|in|by|to|that|which|what|who|whose|how|when|where|number|names?|list|table|larger|was|were|did|took)\b"
)
_OTHER = rf"(?!{_SMALL})(?-i:[a-z])[\w-]*(?: (?!{_SMALL})(?-i:[a-z])[\w-]*){{0,2}}"
_VERB = r"(?:give|state|provide|list|name|indicate|specify|tell|report|identify|supply|note|set out|quote)(?: me| us)?"
_ABOUT = r"(?:of|for|at|in|to|during|attending|present (?:at|for)|who attended|trained (?:at|in|by))"
_AND = r"\s*(?:,\s*(?:and\s+)?(?:also\s+)?|;\s*|\band\s+|&\s*)"
_THE = r"(?:the |its |their )"
# The thing begins with an article, a name or a number.
_THING = r"(?:(?:the|a|an|its|their|this|that)\b|(?-i:[A-Z]\w)|[\"\u201c\d])"


class Value(NamedTuple):
    """What is asked of a thing: the question for it, and which of the values that answer it; all if `pick` is None."""

    question: str
    pick: int | None = None


@functools.cache
def _item() -> str:
    """Return the pattern of an item: taken in one way only, as a hostile list would otherwise be tried in all."""
    nouns = "|".join(pattern for pattern, _, _ in _NOUNS)
    ends = rf"(?=\s*(?:[,;&?.]|$)|\s+(?:and|{_ABOUT})\b)"
    return rf"(?>(?:{_THE})?(?:{nouns}|{_NUMBER.replace('?P<counted>', '?:')}|{_OTHER}){ends})"


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of questions that list what they ask for, before the thing and behind it."""
    items = rf"(?P<list>{_item()}(?:{_AND}{_item()})+)"
    return (
        re.compile(
            rf"^\W*(?:please\W+)?(?:{_VERB}|(?:what|which) (?:was|were|is|are)) {items} {_ABOUT}"
            rf" (?P<said>{_THING}.{{6,}}?)\s*[?.]*$",
            _FLAGS,
        ),
        re.compile(
            rf"^\W*(?:for|at|of|about|regarding|concerning|on) (?P<said>{_THING}.{{6,}}?)\s*[,:]\s*(?:please\s+)?"
            rf"(?:{_VERB}|what (?:was|were|is|are)) {items}\s*[?.]*$",
            _FLAGS,
        ),
    )


_FIRST = r"(?P<first>first|opening|start(?:ing)?|beginning)"
_BEGIN = r"(?P<begin>begin|start|open|commence|get under ?way|kick off|start off)"
_ENDS = (
    lazy_pattern(
        rf"^\W*(?:(?:on|at) )?(?:when|(?:which|what) (?:exact |calendar )?{_DAY}) did (?P<said>.{{6,}}?)"
        rf" (?:{_BEGIN}|end|finish|close|conclude|wrap up|come to (?:an end|a close))\W*$",
        _FLAGS,
    ),
    lazy_pattern(
        rf"^\W*(?:(?:what|which) (?:was|is) )?the (?:{_FIRST}|last|closing|final|end(?:ing)?|concluding) {_DAY}"
        r" (?:of|for) (?P<said>.{6,}?)\W*$",
        _FLAGS,
    ),
)
# "When did it begin and end?" asks for both.
_BOTH_ENDS = lazy_pattern(r"\b(?:begin|start|open|commence|first|opening)(?:\s+and|\s*,)$", re.IGNORECASE)
_OF_ONE = lazy_pattern(rf"\b(?:two|three|four|five|both) {_DAY}\b", re.IGNORECASE)
# Several things, or what several say: none of this is asked of one thing.
_SEVERAL = lazy_pattern(r"\b(?:each|every|all|both|respective(?:ly)?|two|three|four|five|six)\b", re.IGNORECASE)
_ASKS = lazy_pattern(r"\b(?:who|whom|whose|which|what|when|where|how)\b", re.IGNORECASE)


def values(text: str) -> list[Value]:
    """Return the questions for each value that is listed; none if a question is not such a list.

    >>> for one in values("State the first day, the venue and the number of trainees of the course in Kiev."): print(one)
    Value(question='When was the course in Kiev?', pick=0)
    Value(question='Where was the course in Kiev?', pick=None)
    Value(question='How many trainees were at the course in Kiev?', pick=None)
    >>> values("For the course in Kiev, give the dates and the sponsor.")[1].question
    'Who funded the course in Kiev?'
    >>> values("State the day and the venue of each course."), values("Who paid for the course in Kiev?")
    ([], [])
    """
    text = " ".join(text.split())
    if "," not in text and " and " not in text:
        return []
    for pattern in _patterns():
        match = pattern.match(text)
        if match and not _SEVERAL.search(_OF_ONE.sub(" ", text)) and not _ASKS.search(match["said"]):
            # The bare noun of each, and the question for it, if it is one of those that are known.
            asked = [(noun, _known(noun, match["said"])) for noun in _items(match["list"])]
            found = [one or Value(f"What was the {noun} of {match['said']}?") for noun, one in asked]
            if len(set(found)) == len(found) > 1 and any(one for _, one in asked):
                return found
    return []


def _items(listed: str) -> list[str]:
    """Return the items of a list without articles; "opening and closing days" are one."""
    pattern = lazy_pattern(rf"{_AND}(?={_item()}(?:{_AND}|$))", _FLAGS)
    first = lazy_pattern(_NOUNS[0][0], _FLAGS)
    held = first.sub(lambda match: match[0].replace(" and ", "\ue000"), listed)
    items = (item.replace("\ue000", " and ").strip() for item in pattern.split(held))
    return [re.sub(rf"^{_THE}", "", item, flags=_FLAGS) for item in items]


_ON_DAYS = lazy_pattern(
    r"^\W*(?:on|at) (?:which|what) (?:exact |calendar )?(?:days?|dates?) (?=(?:was|were|did)\b)", re.IGNORECASE
)


def one(text: str) -> Value:
    """Return what a question asks for: all that answers it, or the first or the last day.

    >>> one("On which dates was the course held?").question, one("Who paid?").question
    ('When was the course held?', 'Who paid?')
    """
    return end(text) or Value(_ON_DAYS.sub("When ", text))


def end(text: str) -> Value | None:
    """Return when something was, of which a question asks for the first or the last day; None for any other question.

    >>> end("On which day did the course in Kiev begin?"), end("What was the last day of the course in Kiev?")
    (Value(question='When was the course in Kiev?', pick=0), Value(question='When was the course in Kiev?', pick=-1))
    >>> end("When was the course in Kiev?"), end("On which dates did the course in Kiev begin and end?")
    (None, None)
    """
    for pattern in _ENDS:
        match = pattern.match(" ".join(text.split()))
        if not match or _BOTH_ENDS.search(match["said"]):
            continue
        if not _SEVERAL.search(_OF_ONE.sub(" ", text)) and not _ASKS.search(match["said"]):
            begins = any(value for name, value in match.groupdict().items() if name != "said")
            return Value(f"When was {match['said']}?", 0 if begins else -1)
    return None


def _known(noun: str, thing: str) -> Value | None:
    """Return the question for what a noun names of a thing; None if it is not known, nor a number of something."""
    for pattern, question, pick in _NOUNS:
        if re.fullmatch(pattern, noun, _FLAGS):
            return Value(question.format(thing), pick)
    match = re.fullmatch(_NUMBER, noun, _FLAGS)
    return Value(f"How many {match['counted']} were at {thing}?") if match else None
