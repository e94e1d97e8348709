"""Stage 7d14: a question with a sentence before it that says what is meant, as one sentence.

"Three units sent people to it. Which ones?" is "Which three units sent people to it?", and "The unit ran two workshops. Who
paid for them?" is "Who paid for the workshops that the unit ran?".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from oscegraph.asking import wording
from oscegraph.asking.asked_links import ONE
from oscegraph.asking.patterns import lazy_pattern

# No point of an abbreviation or a symbol: "U.S. embassies", "II.1.1".
_CUT = lazy_pattern(r"(?:(?<=[a-z0-9)\"\u201d])|(?<=[A-Z]{2}))[.!]\s+(?=[A-Z])")
# "The mission has no chapter: at which events was it a partner?"
_COLON = lazy_pattern(r"(?<=[a-z0-9)]):\s+(?=(?:at|in|to|on|for|with|by|from)?\s*(?:which|what|who|whom|where|how)\b)")
_NUMBER = rf"(?P<number>{'|'.join(wording.NUMBERS)}|\d{{1,2}})"
_JUST, _SOME = r"(?:exactly |just |only )?", r"(?:one|a single|some|several)"
_COUNTED = lazy_pattern(rf"{_JUST}{_NUMBER} (?P<what>.+)", re.IGNORECASE)
_ONE_OF = lazy_pattern(rf"{_JUST}{_SOME} (?P<what>(?!of\b).+)", re.IGNORECASE)
# "It turns up in the chapter of a single operation."
_WITHIN = lazy_pattern(
    rf"(?P<before>(?!there\b).{{2,}})(?<!exactly)(?<!just)(?<!only) {_JUST}(?:{_SOME}|{_NUMBER}) (?P<what>(?!of\b)[^,;:]+)",
    re.IGNORECASE,
)
# "Which ones?", "Which units?", "Which are they, and who paid?".
_ARE = r"(?:ones?|(?:are|were) (?:they|these|those)|(?:is|was) (?:it|that))"
_WHICH = lazy_pattern(
    rf"(?:and |so )?(?:which|what)(?: (?!of\b|{_ARE})[a-z-]+){{0,2}}?(?: {_ARE})?(?P<more>,? and .+)?\s*\?", re.IGNORECASE
)
# What activities are called, several of them.
KINDS = (
    r"(?:workshops|seminars|conferences|courses|trainings|training courses|training events|events|activities|meetings|visits"
    r"|study visits|round ?tables|sessions|campaigns|projects|exercises|lectures)"
)
_KIND = rf"(?:{_NUMBER}|several|some|a number of) (?P<kind>(?:(?!in|at|on|of)[a-z-]+ ){{0,3}}?{KINDS})"
_DID = (
    r"(?:co-?)?organi[sz]ed|held|ran|conducted|funded|financed|paid for|hosted|attended|supported|carried out|took part in"
)
# What somebody did, or what was done, and by which words it is asked for afterwards.
_DEEDS = (
    lazy_pattern(rf"(?P<who>(?:(?!\b(?:{_DID})\b)[^,;])+?) (?P<did>{_DID}) {_KIND}(?P<more>\b.*)", re.IGNORECASE),
    lazy_pattern(rf"{_KIND} (?P<more>(?:were|took place)\b.*)", re.IGNORECASE),
)
# "A regional project strengthens the response to trafficking in Armenia. Who funds it?"
_THING = (
    r"(?:an?|one) (?P<thing>(?:(?!in|at|on|of|for|by|to|that|which)[\w-]+ ){0,3}?(?:workshop|seminar|conference|course"
    r"|training|meeting|study visit|visit|round ?table|session|campaign|project|programme|exercise|lecture))"
)
_VERB = r"(?:[a-z]+(?:s|ed)|was|is|took|brought|held|ran|led|dealt|met|gave|taught)"
_STATED = lazy_pattern(rf"{_THING} (?P<more>{_VERB}\b (?!to\b).{{6,}})", re.IGNORECASE)
_THEY = lazy_pattern(rf"\b(?:they|them|(?:these|those)(?: {KINDS})?(?! who| that| which))\b", re.IGNORECASE)
_IT, _ITS = lazy_pattern(r"\bit\b"), lazy_pattern(r"\bits\b")
# "The workshop in Skopje in May: who organized it?", "the course of April: was Norway one of its donors?".
_TOPIC = lazy_pattern(r"(?P<what>[^:?]{8,}):\s+(?P<asked>[^:?]*\b(?:it|its [a-z-]+)\b[^:?]*\?)", re.IGNORECASE)
_ITS_NOUN = lazy_pattern(r"\bits (?P<noun>[a-z-]+)", re.IGNORECASE)
# "The training in Minsk: who spoke?"
_BARE_TOPIC = lazy_pattern(
    r"(?P<what>[^:?]{8,}):\s+(?P<asked>(?:who|which (?:states|countries)|how many(?: people)?)\s+"
    r"(?:(?P<to>came)|(?P<at>spoke|taught|lectured"
    r"|took part|participated)|(?P<for>paid)|organi[sz]ed|funded|financed|hosted|attended|ran|held))\s*\?",
    re.IGNORECASE,
)
_DEFINITE = lazy_pattern(r"[\"\u201c]|(?:the|this|that|an?)\b", re.IGNORECASE)


def in_one(text: str, first_name: Callable[[str], str]) -> Iterator[str]:
    """Yield a question with the sentence before it as one sentence; `first_name` tells of whom a sentence is.

    >>> list(in_one("Three units sent people to the conference. Which ones?", lambda _: ""))
    ['Which three units sent people to the conference?']
    >>> list(in_one("The ATU ran two workshops with the WCO. How many people attended them in all?", lambda _: ""))
    ['How many people attended the workshops that the ATU ran with the WCO in all?']
    >>> list(in_one("The unit has no chapter. Which events did it organize?", lambda _: "The unit"))
    ['Which events did the unit organize?']
    >>> list(in_one("The team turns up in the chapter of a single field operation. Which one?", lambda _: ""))
    ['The team turns up in the chapter of which field operation?']
    >>> list(in_one("A regional project strengthens the courts in Armenia. Who funds it?", lambda _: ""))
    ['Who funds the regional project that strengthens the courts in Armenia?']
    >>> list(in_one("Who paid for the workshop in Skopje?", lambda _: ""))
    []
    """
    cut = list(_CUT.finditer(text)) or list(_COLON.finditer(text))
    if len(cut) != 1 or "?" in text[: cut[0].start()]:
        return
    said, asked = text[: cut[0].start()], text[cut[0].end() :]
    if which := _WHICH.fullmatch(asked):
        counted, one = _COUNTED.fullmatch(said), _ONE_OF.fullmatch(said)
        more = which["more"] or ""
        if counted:
            yield f"Which {counted['number'].casefold()} {counted['what']}{more}?"
        elif one:
            yield f"Which {one['what']}{more}?"
        elif within := _WITHIN.fullmatch(said):
            number = f" {within['number'].casefold()}" if within["number"] else ""
            yield f"{within['before']} which{number} {within['what']}{more}?"
        return
    for pattern in _DEEDS:
        if (match := pattern.fullmatch(said)) and _THEY.search(asked):
            found = match.groupdict()
            did = f" {_small(found['who'])} {found['did']}" if "who" in found else ""
            yield _THEY.sub(f"the {found['kind']} that{did} {found['more'].strip()}".rstrip(), asked, count=1)
            return
    if (stated := _STATED.fullmatch(said)) and _IT.search(asked):
        yield _IT.sub(f"the {stated['thing']} that {stated['more']}", asked, count=1)
        return
    name = "" if ONE.search(said) or re.search(r"\d", said) else first_name(said)
    if name and _IT.search(asked) and not ONE.search(asked):
        # What is asked besides may take up the name again.
        yield _ITS.sub(f"{_small(name)}'s", _IT.sub(_small(name), asked, count=1))


def of_topic(text: str) -> str:
    """Return a question on what stands before its colon as one on that by name, "" if it is none.

    >>> of_topic("Workshop in Skopje in May: who organized it?"), of_topic("The course: was Norway one of its donors?")
    ('who organized the Workshop in Skopje in May?', 'was Norway one of the donors of The course?')
    >>> of_topic("The training in Minsk in May: who spoke?")
    'who spoke at The training in Minsk in May?'
    >>> of_topic("Three things are asked: when, where and by whom?")
    ''
    """
    if match := _BARE_TOPIC.fullmatch(text.strip()):
        how = next((f" {name}" for name in ("to", "at", "for") if match[name]), "")
        return f"{match['asked']}{how} {_definite(match['what'])}?"
    match = _TOPIC.fullmatch(text.strip())
    if match is None:
        return ""
    what = _definite(match["what"])
    if noun := _ITS_NOUN.search(match["asked"]):
        return f"{match['asked'][: noun.start()]}the {noun['noun']} of {what}{match['asked'][noun.end() :]}"
    return _IT.sub(lambda _: what, match["asked"], count=1)


def _definite(what: str) -> str:
    return what if _DEFINITE.match(what) else f"the {what}"


def _small(name: str) -> str:
    """Return a name as it stands within a sentence: "the unit"."""
    return name[0].lower() + name[1:] if name.startswith("The ") else name
