"""Stage 7d8: which of two things is the larger, longer or earlier: "which was bigger, A or B?" as a question on each.

What is measured is read off the question: people, staff, days, length, or what is counted. Each side is asked for by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from oscegraph.asking.patterns import lazy_pattern

_PEOPLE = r"people|participants|trainees|attendees|guests|visitors|listeners"
# What may stand between "which" and the comparison: nouns, no verb that asks for something else.
_FREE = (
    r"(?!(?:not|no|never|did|do|does|is|are|was|were|has|have|had|got|the|a|an|in|by|paid|gave|led|ran|ends?|finish\w*|clos\w*"
    r"|stops?|\w+ed|\w+n['’]t)\b)[\w/'’-]+ "
)
_NOUN = rf"(?P<noun>(?:{_FREE}){{1,4}}?)"
_VERB = r"(?:is|are|was|were|has|have|had|got|drew|saw|took)"
_MORE = r"(?P<more>more|fewer|less|(?:a|the) (?:larger|smaller) number of|(?:the )?most|(?:the )?fewest)"
_STAFF = r"(?:(?:(?:anti-)?organi[sz]ed[- ]crime )?staff|people working|people on it|people on organi[sz]ed crime|employees)"
# By how each kind of comparison is said: what is larger first, then what is smaller.
_SAID = {
    "people": (
        rf"bigger|larger|better attended|(?:more|most) (?:{_PEOPLE})",
        rf"smaller|(?:fewer|less|fewest) (?:{_PEOPLE})",
    ),
    "staff": (
        rf"(?:more|most) {_STAFF}|(?:larger|bigger) staff",
        rf"(?:fewer|less|fewest) {_STAFF}|smaller staff",
    ),
    "length": (r"longer|longest", r"shorter|shortest"),
    "days": (r"later|last|second|newer|more recent|younger", r"earlier|first|before the other|older|sooner"),
}
_BEHIND = r"(?P<behind>[^,:;?]*?)"
_SIDES = (
    r"(?:[,:;]|\s[-–—]\s?|\s(?=between\b))\s*(?P<of>of |between )?(?P<one>[^?]+?),?\s+(?P<joint>or|and)\s+(?P<other>[^?]+?)"
)
_ASKED = {
    (kind, place): lazy_pattern(
        rf"^\W*(?:which|what|who|whose)\s+(?:of (?:the )?(?:two|both)\s+)?{_NOUN}??"
        rf"(?:(?:{_VERB}|came|took place|lasted|happened|began|started)\s+)?(?:held\s+|adopted\s+)?"
        rf"(?:the\s+)?(?:{said[place]})\b"
        rf"{_BEHIND}{_SIDES}\W*$",
        re.IGNORECASE,
    )
    for kind, said in _SAID.items()
    for place in (0, 1)
}
# "Who trained more people, A or B?"
_COUNTED = lazy_pattern(
    rf"^\W*(?:which|what|who)\s+(?:[\w/'’-]+\s+){{0,3}}?(?P<verb>\w+ed|held|sent|ran|gave|taught|has|have|had)\s+{_MORE}\s+"
    rf"(?P<what>[^,:;?]+?){_SIDES}\W*$",
    re.IGNORECASE,
)
# "Did A or B have more people?"
_DID = lazy_pattern(
    r"^\W*(?:did|does|do)\s+(?P<one>[^?,]+?)\s+or\s+(?P<other>[^?,]+?)\s+(?:have|draw|get)\s+"
    rf"(?P<more>more|fewer|most|fewest)\s+(?P<what>{_PEOPLE}|staff)\b[^?]*\W*$",
    re.IGNORECASE,
)
# "Which of A and B was bigger?", "Of A and B, which was bigger?"
_OF_BOTH = lazy_pattern(
    r"^\W*(?:(?:which|who)\s+of|of|between)\s+(?P<one>[^?,]+?)\s+(?:and|or)\s+(?P<other>[^?,]+?)(?:,\s+(?:which|who))?\s+"
    r"(?P<rest>(?:is|are|was|were|has|have|had|got|drew|saw|took|came|lasted|happened|began|started)\b[^?]*?)\W*$",
    re.IGNORECASE,
)
_WHOSE = lazy_pattern(r"^\W*whose\s+staff\s+(?:is|was)\s+(?:the\s+)?(bigger|larger|smaller)\b", re.IGNORECASE)
# Of two things the one that is not the larger is the smaller.
_NEGATED = lazy_pattern(
    r"\b(?:did|does|do)(?:\s+not|n['’]t)\s+(?P<have>have)\b|\b(?P<verb>is|are|was|were|has|have|had)(?:\s+(?:not|no)\b|n['’]t\b)",
    re.IGNORECASE,
)
NOT = lazy_pattern(r"\b(?:not|no|never|neither|nor|without)\b|n['’]t\b", re.IGNORECASE)
# What may follow a comparison: of people or days what they are, and a place or a period; of staff what it works on.
_PLAIN = lazy_pattern(
    r"(?:(?i:one|events?|courses?|seminars?|workshops?|trainings?|conferences?|meetings?|visits?|activit(?:y|ies))\s*)?"
    r"(?:(?:in|on|at|of|from)\s+(?:the\s+)?[A-Z\d][\w'’-]*(?:\s+[\w'’-]+){0,2})?"
)
_PLAIN_STAFF = lazy_pattern(
    r"(?:members?\s*)?(?:(?:directly\s+)?(?:working|involved|engaged|active)\s*)?(?:(?:on|in|with|against|for)\s+)?"
    r"(?:it|(?:anti-)?organi[sz]ed[- ]crime(?:\s+(?:issues|activities|work|matters|projects))?)?(?:\s*in\s+2011)?",
    re.IGNORECASE,
)
# A comparison of two is short; what has more alternatives is none.
_LETTERS, _JOINTS = 300, 4
ALTERNATIVES = lazy_pattern(r"\b(?:or|and)\b", re.IGNORECASE)
_MORE_SIDES = lazy_pattern(r"[,;:]|\b(?:or|both|how|who|which|what|when|why)\b", re.IGNORECASE)
_HAVING = frozenset({"has", "have", "had"})
_DECISION = lazy_pattern(r"\b(?:decisions?|DEC|resolutions?|declarations?|documents?)\b")
# The kind of what is counted: activities, people who were trained.
COUNTED = "counted"
FEWER = ("few", "less", "the few", "the smaller", "a smaller")
# Nouns that do not say what the two are.
_BARE = frozenset(
    {
        "one",
        "event",
        "which",
        "side",
        "two",
        "unit",
        "mission",
        "operation",
        "office",
        "structure",
        "body",
        "country",
        "state",
    }
)


@dataclass
class Either:
    """What two things are compared by: the questions on each, to be asked until one is answered; whether most wins."""

    kind: str
    sides: tuple[str, str]
    questions: tuple[tuple[str, ...], tuple[str, ...]]
    most: bool


def read(text: str) -> Either | None:
    """Return the comparison of two things that a question asks for, or None.

    >>> read("Which was bigger, the seminar in Kiev or the one in Vilnius?").questions[1]
    ('How many participants did the one in Vilnius have?',)
    >>> read("Who has fewer staff, the Mission to Skopje or that to Serbia?").most
    False
    >>> read("Which is the larger of all events?") is None
    True
    """
    text = " ".join(text.split())
    # Without "or" and "and" there are no two; most questions have neither, and need none of the patterns.
    if len(text) > _LETTERS or not 1 <= len(ALTERNATIVES.findall(text)) <= _JOINTS:
        return None
    plain = _NEGATED.sub(lambda match: match["verb"] or "have", text, count=1)
    if NOT.search(plain):
        return None
    found = _read(_WHOSE.sub(lambda match: f"Who has {'fewer' if match[1] == 'smaller' else 'more'} staff", plain))
    if found and plain != text:
        found.most = not found.most
    return found


_NUMBERS = lazy_pattern(
    r"\s*,?\s*and\s+(?:how\s+many(?:\s+(?:people|participants|staff|members))?\s+(?:(?:did|does|do|had|has|have|were|was|are|is|came)\s*)?"
    r"(?:there\s*)?(?:(?:each|both|the two)\s*)?(?:have|had|has|there|at each|of them|attract)?\s*(?:each)?"
    r"|(?:with|by)\s+(?:what|which)\s+(?:numbers?|figures?)|what\s+(?:were|are)\s+(?:the|their)\s+(?:numbers?|figures?))"
    r"(?P<end>\s*(?:[:?]|$))",
    re.IGNORECASE,
)
_INSIDE = lazy_pattern(r"\s*,?\s*and\s+how\s+many\s+(?:did|does|do)\s+(?:each|both)\s+have\s*(?=[:,])", re.IGNORECASE)


def without_numbers(text: str) -> tuple[str, bool]:
    """Return a question without "and how many had each?", and whether that is asked.

    >>> without_numbers("Which had more staff, A or B, and how many had each?")
    ('Which had more staff, A or B?', True)
    >>> without_numbers("Which had more staff, and how many did each have: A or B?")
    ('Which had more staff: A or B?', True)
    """
    plain = _INSIDE.sub("", _NUMBERS.sub(lambda match: match["end"].strip() or "?", text))
    return (plain, True) if plain != text else (text, False)


def _read(text: str) -> Either | None:
    """Return the comparison that a question without a negation asks for."""
    if both := _OF_BOTH.match(text):
        text = f"Which {both['rest']}, {both['one']} or {both['other']}?"
    if match := _DID.match(text):
        kind = "staff" if match["what"].casefold() == "staff" else "people"
        return _of(kind, match, "", not match["more"].casefold().startswith(FEWER))
    for kind in ("staff", "people", "length", "days"):
        for place, most in ((0, True), (1, False)):
            if match := _ASKED[kind, place].match(text):
                return _of(kind, match, match["noun"] or "", most, match["behind"].strip())
    if (match := _COUNTED.match(text)) and (match["verb"].casefold() in _HAVING or "staff" not in match["what"].casefold()):
        return _of(COUNTED, match, "", not match["more"].casefold().startswith(FEWER))
    return None


def _of(kind: str, match: re.Match[str], noun: str, most: bool, behind: str = "") -> Either | None:
    sides = match["one"].strip(), match["other"].strip()
    if match.groupdict().get("joint", "or").casefold() == "and" and not match["of"]:
        return None
    # "A, B or C" are three, and "A and B" may be one.
    if any(_MORE_SIDES.search(side) for side in sides):
        return None
    if not (_PLAIN_STAFF if kind == "staff" else _PLAIN).fullmatch(behind):
        # "The larger number of speakers", "longer ago"
        return None
    named = tuple(_named(side, noun, behind if kind != "staff" else "") for side in sides)
    return Either(kind, sides, (_questions(kind, named[0], match), _questions(kind, named[1], match)), most)


def _named(side: str, noun: str, behind: str) -> str:
    """Return one side with what the question calls both: "Kiev" is "the seminar, Kiev" behind "which seminar"."""
    words = [w for w in noun.split() if w.casefold() not in _BARE]
    more = re.match(r"(?:in|at|on|of) .+", behind)
    named = f"the {' '.join(words)} {side}" if words and words[-1].casefold() not in side.casefold() else side
    return f"{named} {more[0]}" if more else named


def _questions(kind: str, side: str, match: re.Match[str]) -> tuple[str, ...]:
    if kind == "people":
        return (f"How many participants did {side} have?",)
    if kind == "staff":
        return (f"How many staff does {side} have on organized crime?",)
    if kind == "days":
        return (f"When was {side} adopted?" if _DECISION.search(side) else f"When was {side}?",)
    if kind == "length":
        return f"How long did {side} last?", f"When was {side}?"
    verb, what = match["verb"].casefold(), match["what"].strip()
    if verb in _HAVING:
        return (f"How many {what} does {side} have?",)
    return f"How many {what} were {verb} by {side}?", f"How many {what} {verb} {side}?"
