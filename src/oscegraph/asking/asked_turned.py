"""Stage 7d16: a question in the order in which plain ones are asked: "Kosovo: which units?" is "Which units in Kosovo?".

People lead up to what they ask, put a place or a theme first, tell somebody to list things instead of asking which, or name
a thing without a verb. Each such turn is undone by itself; what is left is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscegraph.asking.asked_laid_out import Kinds, any_part, as_done, headed, taken_up, with_columns
from oscegraph.asking.other_words import in_other_words
from oscegraph.asking.patterns import lazy_pattern

_WH = (
    r"(?:who|whom|whose|which|what|where|when|how|did|does|do|was|were|is|are|has|have|had|in|on|at|with|by|from|for|to|of)"
)
# "I'm writing on drugs:", "For a network study,": what leads up to a question, and names nothing that it takes up.
_LEAD = lazy_pattern(
    r"^(?:i(?:['\u2019]m| am| study| work| want to put)|we(?:['\u2019]re| are)|for (?:a|an|my|our)|going by|if you count"
    r"|in terms of)\b(?P<said>[^.:;?]*?)(?:[.:;]|,(?= (?:which|what|who|where|how)\b))\s+(?P<asked>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
# "Please", "could you tell me", "I need to know".
_PLEASE = lazy_pattern(
    r"^(?:(?:please|kindly|do|just|hi|hello|so|ok|okay)[,!]?\s+)*(?:"
    r"(?:(?:can|could|would|will) (?:you|someone|somebody) (?:please |kindly )?|(?:i|we)(?:['\u2019]d| would) (?:like|love)"
    r" to|(?:i|we) (?:need|want|have) to|(?:i|we)(?: a|['\u2019])(?:m|re) (?:trying|looking|hoping|keen|curious) to|let me"
    r"|do you(?: happen to)?)?"
    r"\s*(?:know|tell (?:me|us)|let (?:me|us) know|say|see|ask|find out|learn|understand|look up|establish)"
    r"|(?:do you have |have you )?any idea|i wonder)(?: about)?\s*[,:]?\s+(?=(?:"
    + _WH
    + r")\b)|^(?:please|kindly),?\s+|,?\s*(?:please|thanks|thank you)(?=\s*[.?!]*$)",
    re.IGNORECASE,
)
# What is told in footnotes is always looked at.
_WITH_NOTES = lazy_pattern(
    r",?\s*\(?(?:footnotes? (?:included|too|as well)|including (?:in )?(?:the |its )?footnotes?)\)?(?=[\s,.?]|$)",
    re.IGNORECASE,
)
_LIST = (
    r"(?:(?:please|do|kindly)\s+)?(?:(?:can|could) you\s+)?(?:list|name|show|give|tell|find|display|get|i need|i want"
    r"|i(?:['\u2019]d| would) like|looking for|i(?:['\u2019]m| am) looking for|we need)(?:\s+(?:me|us|out|to know|to see))?"
)
# "List the units that worked on drugs": which units worked on drugs?
_LISTED = lazy_pattern(
    rf"^{_LIST}\s+(?:(?:for me|all|every|each|any|the|of|those|these|a list of|an overview of)\s+)*"
    r"(?P<what>(?!(?:which|what|who|whom|whose|where|when|how|everyone|everybody|everything|anyone|all)\b)[^?]+?)\s*[.?!]*$",
    re.IGNORECASE,
)
_LISTED_WHO = lazy_pattern(
    rf"^{_LIST}\s+(?:all of\s+)?(?:(?:everyone|everybody|anyone|anybody)(?: (?:who|that|whom))?|(?:those|all) (?:who|whom)"
    r"|(?:the )?(?:people or bodies|bodies or people) (?:who|that))\s+(?P<what>[^?]+?)\s*[.?!]*$",
    re.IGNORECASE,
)
_THAT = lazy_pattern(
    r"^(?P<noun>(?:(?!\b(?:that|which|who|whose|where)\b)[^,:;])+?)\s+(?:that|which|who)\s+(?P<did>.+)$", re.I
)
# A noun without a verb: "units with activities on drugs", "Number of joint activities".
_NOUN = (
    r"(?:(?:osce|non-osce|external|outside|national|international|foreign|joint|field|partner|other)\s+)*"
    r"(?:units?|structures?|operations?|missions?|institutions?|organi[sz]ations?|ngos|states?|countries|bodies|authorities"
    r"|ministries|agencies|partners?|donors?|funders?|activities|events|trainings?|workshops?|seminars?|conferences|courses"
    r"|meetings|towns?|cities|chapters?|trainers?|departments?|embassies|counterparts?)"
)
_BARE = lazy_pattern(
    rf"^(?:the\s+|all\s+)*(?P<noun>{_NOUN})\b(?!\s*[,:]\s*(?:which|what|who))(?P<more>[^:;?]*?)\s*[.?]*$", re.I
)
# "In Kosovo, which units worked on drugs?", "When it comes to drugs, ...": what stands first belongs at the end.
_FIRST = lazy_pattern(
    r"^(?P<how>in|on|at|from|about|regarding|concerning|during|among|of|against|for|with)\s+(?P<what>[^,:;?]+?)\s*[,:]\s+"
    r"(?P<asked>(?:and\s+)?(?:which|what|who|whom|where|when|how|did|was|were|is|are|has|have|by|with|in|at)\b[^?]*)\?*$",
    re.IGNORECASE,
)
_AS_TO = lazy_pattern(
    r"^(?:when it comes to|as (?:to|for|regards)|on the (?:subject|topic|theme|matter) of"
    r"|in (?:the )?(?:matters?|field|area) of|with regard to|speaking of)\s+",
    re.IGNORECASE,
)
_IN_ITS = lazy_pattern(r"^in (?:its|their) (?:activities|work|events) ", re.IGNORECASE)
# What is said again behind a question: "Name the units.", "which ones?", "yes or no?".
_TAIL = lazy_pattern(
    r"(?<=[?.])\s+(?:and\s+)?(?:(?:please\s+)?(?:name|give(?: me)?|list|i (?:need|want|mean)|show me)\s+"
    r"(?:the|all|only|those)?\s*(?:[a-z]+\s*){0,2}|which (?:ones?|are they)|which|yes or no)[.?!]*$"
    r"|[,:]\s*(?:which ones|yes or no|taken together|any)\s*(?=\?*$)",
    re.IGNORECASE,
)
# "Piece together from the chapters concerned X: ...", "Regarding X: ...": X is what is meant.
_TOPIC_LEAD = lazy_pattern(
    r"^\W*(?:(?:piece|put|bring) together(?: from (?:the|all|both) chapters(?: concerned)?)?|regarding|concerning|as to"
    r"|with regard to)\s+(?=(?:the|an?|this|that)\b[^:?]{4,200}:\s)",
    re.IGNORECASE,
)
# "Who in the OSCE (which units) ...", who asks it, "in towns - I mean which towns - ...".
_IN_OSCE = lazy_pattern(
    r"^(?P<how>(?:with|for|by) )?whom? (?:of|from|in|within|inside) the OSCE\b(?:\s*\((?:which|what) \w+\))?"
    r"(?! (?:region|area|participating|partner|states?|countr|space|secretariat|office|mission|cent|presence|project))",
    re.IGNORECASE,
)
_TRADE = lazy_pattern(
    r"^(?:hello|hi|dear \w+)?[,.!]?\s*i(?:['\u2019]m| am) (?:a|an|the|with a|from a|writing as a)\s+(?:[\w-]+ ){0,3}?"
    r"(?:journalist|reporter|officer|adviser|advisor|researcher|student|analyst|editor|auditor|newspaper|consultant|diplomat)\b"
    r"[^.:;?]*[.:;]\s+(?=\S)",
    re.IGNORECASE,
)
_WHICH_ONES = lazy_pattern(
    r"\bwho(?P<outside> outside the OSCE)?\s+[-\u2013\u2014] i mean (?P<what>[a-z ]+?) [-\u2013\u2014]", re.I
)
_ASIDE = lazy_pattern(
    r"\s*\([^)]*\b(?:not counted|do(?:es)? not count|left out|set aside|not included)\)"
    r"|\s*\((?:(?:(?:or|and) (?:its|their)|be it|that is|i\.e\.|the same) [^)]*|[^)]* (?:itself|herself|themselves))\)"
    r"|\s*\((?:or|and|and/or) co-\w+\)"
    r"|\s+[-\u2013\u2014] i mean (?:which |the )?[a-z ]+[-\u2013\u2014]",
    re.I,
)
# What asks at the end: "was funded by whom?", "were an issue for which units?".
_LAST = lazy_pattern(
    rf"^(?P<what>(?!(?:{_WH}|together|during|can|could|which|what|count)\b)[^,:;?]*?"
    r"\b(?:was|were|is|are|had|has|have|took|got|came|appears?|turns? up|went)\b[^,:;?]*?)\s+"
    r"(?:(?P<how>by|with|of|in|for|at|to|from|through)\s+)?(?P<wh>(?:which|what|whom)\b[^,:;?]*)\?*$",
    re.IGNORECASE,
)
_MOST_TURNS = 8


def turns(text: str, kinds: Kinds = lambda _: []) -> Iterator[str]:
    """Yield a question turned round, further with each one; `kinds` tells the names of a text, each with how it limits.

    >>> list(turns("Please list the OSCE units that worked on drugs in Kosovo."))
    ['list the OSCE units that worked on drugs in Kosovo.', 'Which OSCE units worked on drugs in Kosovo?']
    >>> list(turns("In Kosovo, which units had to do with narcotics?"))
    ['which units had to do with narcotics in Kosovo?', 'which units worked on narcotics in Kosovo?']
    >>> list(turns("Kosovo, drugs: which units?", lambda _: [("in", "Kosovo"), ("on", "drugs")]))
    ['which units in Kosovo on drugs?']
    """
    seen = {text}
    for _ in range(_MOST_TURNS):
        found = next((new for turn in _TURNS if (new := " ".join(turn(text, kinds).split())) and new not in seen), "")
        if not found:
            break
        seen.add(found)
        text = found
        yield found
    if (said := f"{in_other_words(text).rstrip(' .?!')}?") not in seen:
        yield said


_EXACTLY = lazy_pattern(r"(?<=\bwhat) (?:exactly|precisely)\b", re.IGNORECASE)


def without_trade(text: str) -> str:
    """Return a question without who asks it, or what leads up to its topic, and "who in the OSCE" as which of its units.

    "What exactly" asks for no more than "what".

    >>> without_trade("I'm a desk officer for Azerbaijan. Who worked with UNODC?")
    'Who worked with UNODC?'
    >>> without_trade("Who within the OSCE worked with UNODC?")
    'Which OSCE units worked with UNODC?'
    """
    text = _TOPIC_LEAD.sub("", _TRADE.sub("", text, count=1), count=1)
    text = _IN_OSCE.sub(lambda match: f"{match['how']}which OSCE units" if match["how"] else "Which OSCE units", text)
    return _EXACTLY.sub("", text)


def _without_tail(text: str, kinds: Kinds) -> str:
    """Return a question without what is said again behind it."""
    return _TAIL.sub("", text)


def _without_aside(text: str, kinds: Kinds) -> str:
    """Return a question without what is said aside, and with which ones are meant by "who - I mean ministries -"."""
    return _ASIDE.sub("", _WHICH_ONES.sub(lambda match: f"which {match['what']}{match['outside'] or ''}", text, count=1))


def _without_lead(text: str, kinds: Kinds) -> str:
    """Return a question without what leads up to it; a single name there is what "it" or "there" takes up."""
    match = _LEAD.match(text)
    if match is None:
        return ""
    names = kinds(match["said"])
    if not names:
        return match["asked"]
    asked = match["asked"]
    if (found := taken_up(asked, *names[0])) != asked:
        return found if len(names) == 1 else ""
    return asked if kinds(asked) else ""


def without_please(text: str) -> str:
    """Return a question without what is only polite, and without what goes without saying.

    >>> without_please("Do you know who organized it?"), without_please("I'd like to find out in which town it was.")
    ('Who organized it?', 'In which town it was.')
    >>> without_please("What does the report cite, footnotes included, but not describe?")
    'What does the report cite, but not describe?'
    """
    asked = _WITH_NOTES.sub("", _PLEASE.sub("", text, count=1))
    return asked[:1].upper() + asked[1:] if asked != text else text


def _without_please(text: str, kinds: Kinds) -> str:
    return _PLEASE.sub("", text, count=1)


def _asked(text: str, kinds: Kinds) -> str:
    """Return what is to be listed as a question for it."""
    if match := _LISTED_WHO.match(text):
        return f"Who {match['what']}?"
    match = _LISTED.match(text) or _BARE.match(text)
    if match is None:
        return ""
    what = match["what"] if "what" in match.groupdict() else f"{match['noun']}{match['more']}"
    that = _THAT.match(what)
    return f"Which {that['noun']} {that['did']}?" if that else f"Which {what}?"


def _with_first_last(text: str, kinds: Kinds) -> str:
    """Return a question with the place, theme or time that stands first at its end."""
    text = _AS_TO.sub("on ", _IN_ITS.sub("", text))
    match = _FIRST.match(text)
    return f"{match['asked'].strip()} {match['how'].lower()} {match['what']}?" if match else ""


def _with_last_first(text: str, kinds: Kinds) -> str:
    """Return a question that asks at its end in the order in which others ask."""
    match = _LAST.match(text)
    if match is None:
        return ""
    how = f"{match['how']} " if match["how"] else ""
    return f"{how}{match['wh'].strip()} {match['what']}?"


_TURNS = (
    with_columns,
    any_part,
    as_done,
    _without_tail,
    _without_aside,
    _without_please,
    headed,
    _without_lead,
    _asked,
    _with_first_last,
    _with_last_first,
)
