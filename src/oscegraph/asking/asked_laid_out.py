"""Stage 7d15b: a question that is laid out like a table, or lists roles one of which is enough, as a plain one.

"For each event in Minsk: the unit and the day." is "Which events in Minsk, with their units, with their days?", and who
"organized, attended or supported" something took part in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from oscegraph.asking import asked_listing as listing
from oscegraph.asking.asked_days import MONTH, read_days
from oscegraph.asking.asked_said import KINDS
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.wording import NUMBERS

# Tells the names of a text, each with how it limits: "in", "on", "with".
Kinds = Callable[[str], list[tuple[str, str]]]

_GIVE = r"(?:(?:please\s+)?(?:give|name|state|tell|list|show|add|say)\s+(?:me\s+|us\s+)?(?:for each\s+)?)?"
_LISTED = rf"{_GIVE}(?P<columns>[^.:?]{{3,110}}?)\s*[.?!]*$"
_FOR_EACH = lazy_pattern(
    rf"^(?:for|of|regarding) (?:each|every)(?: of)?(?: the)? (?P<what>[^:;?]{{5,160}}?)\s*[:,]\s*{_LISTED}",
    re.IGNORECASE,
)
# "Which events were in Minsk? Give the unit and the day."
_BEHIND = lazy_pattern(
    rf"^(?P<asked>[^?]{{12,}}?)\s*(?:[?.]|[:,;](?= *(?:give|name|state|list|title|town|place|date|day)\b))\s+{_LISTED}",
    re.IGNORECASE,
)
# "Events of the ATU in May: date, town" and "The ATU held two events in May. Which dates, and which towns?"
_NOUN_PHRASE = lazy_pattern(
    rf"^(?P<what>(?!(?:which|what|who|whom|where|when|how|list|name|give|show|for|in|at|on)\b)[^:;?.]*?\b{KINDS}\b"
    rf"(?:(?!\b(?:which|what|who|whom|where|when|how|was|were|did)\b)[^:;?.])*?)\s*(?:[:;]|\s[-\u2013\u2014]\s)\s*{_LISTED}",
    re.IGNORECASE,
)
_DID_WHAT = {
    "held": "hold",
    "organized": "organize",
    "organised": "organize",
    "ran": "run",
    "had": "have",
    "hosted": "host",
    "conducted": "conduct",
    "funded": "fund",
    "supported": "support",
    "attended": "attend",
}
_STATED = lazy_pattern(
    rf"^(?P<who>(?:(?!\b(?:{'|'.join(_DID_WHAT)}|which|what|who|whom|that)\b)[^,:;?.])+?)\s+(?P<did>{'|'.join(_DID_WHAT)})\s+"
    rf"(?:(?:{'|'.join(NUMBERS)}|several|some|a number of|\d{{1,2}})\s+)"
    rf"(?P<what>(?:(?!in|at|on|of)[\w-]+\s+){{0,3}}?{KINDS})"
    rf"(?P<more>(?:\s[^:;?.]*?)?)(?:[.]|\s*[:;])\s+{_LISTED}",
    re.IGNORECASE,
)
_NOUNS = ("event", "training", "workshop", "seminar", "conference", "meeting", "course", "visit", "project")
_MANY = {"activity": "activities", **{noun: f"{noun}s" for noun in _NOUNS}}
_ONE = lazy_pattern(rf"\b(?:{'|'.join(_MANY)})\b(?! visits?\b)", re.IGNORECASE)
# Roles of which any is enough: "organized, attended or sent people to".
_SOMEBODY = (
    r"(?:people|participants|somebody|someone|anybody|others|officers|officials|experts|staff|representatives|a delegation"
    r"|delegations)"
)
_SENT = (
    rf"(?:sent|sends?|brought|bring|took|take|invited?|paid for|helped|help) {_SOMEBODY}"
    r"(?: to (?:attend|go to|join|take part in|one)| to| in)?"
)
_DEED = (
    r"(?:co-?)?organi[sz]e[ds]?|h[eo]lds?|ran|runs?|hosts?|hosted|attend(?:ed)?|join(?:ed)?(?! forces)|support(?:ed)?"
    r"|sponsor(?:ed)?|facilitated?|fund(?:ed)?|financed?|paid for|pay for|took part in|take part in|participated? in"
    r"|spoke at|speak at|contributed? to|carried out|carry out|conduct(?:ed)?|led|lead|were involved in"
    rf"|was involved in|accompanied|worked at|trained at|{_SENT}"
)
_DEEDS = lazy_pattern(
    rf"\b(?:{_DEED})(?:\s*,\s*(?:{_DEED}))*\s*,?\s+or\s+(?:(?:itself|themselves|only|also)\s+)?(?:{_DEED})(?!\w)",
    re.IGNORECASE,
)
# Who only paid, ran or hosted something is asked for by that; what a unit of the OSCE did for others is its part.
_CAME = lazy_pattern(
    r"\b(?:attend|join|participat|accompan|involved|(?:take|took) part|spoke|speak)" rf"|\b{_SENT}", re.IGNORECASE
)
_MADE = lazy_pattern(r"\b(?:co-?)?organi[sz]|\b(?:host|h[eo]ld|run|ran)", re.IGNORECASE)
# These say the same of whoever did it.
_SAME = r"(?:co-?)?organi[sz]e[ds]?|h[eo]lds?|ran|runs?|carried out|carry out|conduct(?:ed)?"
_SAME_DEED = lazy_pattern(rf"(?:{_SAME})(?:\s*,\s*(?:{_SAME}))*\s*,?\s+or\s+(?:{_SAME})", re.IGNORECASE)
_OURS = lazy_pattern(
    r"^\W*(?:for |to |in |at )?(?:which|what)\s+(?:(?:OSCE|field|other|executive|Secretariat)\s+)*"
    r"(?:units?|structures?|operations?|missions?|institutions?)\b"
    r"|\bdid\s+(?:the\s+)?(?:[\w/-]+\s+){0,4}?(?:unit|department|mission|office|centre|presence|co-ordinator|SPMU|ATU|OCEEA"
    r"|ODIHR|OSR/CTHB|OMIK)\b",
    re.IGNORECASE,
)
_PAST, _PERFECT = (
    lazy_pattern(r"\bdid\b(?!.*\bwho\b)", re.IGNORECASE),
    lazy_pattern(r"\b(?:has|have|had|having)\b(?!.*\bwho\b)", re.IGNORECASE),
)
# Kinds of activities: "trainings, seminars or study visits", and "an event or project", which is any.
_KIND = (
    r"(?:training(?: course)?s?|courses?|seminars?|workshops?|conferences?|meetings?|round ?tables?|events?|activit(?:y|ies)"
    r"|projects?|(?:study|assessment) (?:visits?|tours?)|visits?|trips?|exercises?)"
)
_SOME = lazy_pattern(
    rf"\b(?:an? |any )?{_KIND}(?:\s*,\s*(?:an? |any )?{_KIND})*\s*,?\s+(?:or|and)\s+(?:an? |any |other )*{_KIND}(?!\w)",
    re.IGNORECASE,
)
_ANY_KIND = lazy_pattern(r"\b(?:events?|activit(?:y|ies))\b", re.IGNORECASE)
_TOURS = lazy_pattern(r"\bstudy visits? or study (?:tours?|trips?)\b", re.IGNORECASE)
# By which words it is said that somebody did something.
REPORTED = ("reported", "said", "told", "stated", "recorded", "named", "mentioned", "listed", "shown", "described")
_SAID = rf"(?:anywhere |ever )?(?:{'|'.join(REPORTED)})(?: anywhere)?"
_REPORTED = lazy_pattern(rf"\b(?:is|are|was|were) {_SAID} (?:as having|to have)(?P<been> been)? ", re.IGNORECASE)
_IS_SAID = lazy_pattern(
    rf"^(?:is|are|was|were) (?!there\b)(?P<whom>(?:(?!\bthat\b)[^,;:?])+?) {_SAID} (?:as having|to have) (?!been)",
    re.IGNORECASE,
)
# "September 2011 at the ATU:", "8 September 2011 was a full day for the OCEEA:", "Kosovo, drugs - which units?".
_LIMITS = lazy_pattern(r"(?:from|between|after|since|before|until|till)\b", re.IGNORECASE)
_UNTIL = lazy_pattern(rf"(?<=\w)\s*[-\u2013]\s*(?={MONTH})|\s+(?:and|until)\s+(?={MONTH})", re.IGNORECASE)
_HEAD = lazy_pattern(
    r"^(?P<head>[^:?]{2,120}?)\s*(?:[:?]|\s[-\u2013\u2014]\s)\s*(?P<asked>(?:please\s+)?(?:(?:list|name|give|show)\b"
    r"|(?:in |at |on |to |with |by |for |from |of )?(?:which|what|who|whom|where|how many)\b)[^:?]*)[?.]*$",
    re.IGNORECASE,
)
_APPOSITION = lazy_pattern(r"\s*(?:the|an?)\b", re.IGNORECASE)
# It says which event is meant.
_ONE_OF = lazy_pattern(rf"\b(?:first|second|third|last|next|{_KIND})\b", re.IGNORECASE)
# What may be said there besides.
_BESIDE = (
    "a an and are as at for from in is of on s 's the to was were with its their osce activities events dated full busy"
    " day days month months year year's 2011 work all partner partners co operation organizer organizers"
)
_FILLING = frozenset(_BESIDE.split())
_IT = lazy_pattern(
    r"(?<!\bmade )(?<!\bmake )(?<!\bmakes )"
    r"\b(?P<how>(?:together |jointly )?(?:with|of|by|at|for|to|from|on|in) )?(?P<it>it|them|there)\b",
    re.IGNORECASE,
)
# "Who were its partners?", and not "which units told it in their chapters?".
_ITS = lazy_pattern(r"\b(?P<of>was|were|is|are|of|for|by) its (?P<noun>[a-z-]+)", re.IGNORECASE)
_WITH = lazy_pattern(r"(?=,? with their )")


def with_columns(text: str, kinds: Kinds) -> str:
    """Return a question that lists what is to be told of each thing as one that asks for these things with it, or "".

    >>> with_columns("For each event in Minsk in May: the unit and the day.", lambda _: [])
    'Which events in Minsk in May, with their units, with their days?'
    >>> with_columns("Which events were in Minsk? Give the title and the dates.", lambda _: [])
    'Which events were in Minsk, with their days?'
    >>> with_columns("Which events were in Minsk?", lambda _: [])
    ''
    """
    if match := _FOR_EACH.match(text):
        asked = "Which " + _ONE.sub(lambda one: _MANY[one[0].casefold()], match["what"], count=1)
        columns = listing.columns(match["columns"])
    else:
        asked, columns = _behind(text)
    return _with(asked, columns)


def as_table(text: str) -> str:
    """Return events that are named, or told of, with columns behind them as a question for these, or "".

    >>> as_table("Dated events of the ATU in May: town | number of people.")
    'Which Dated events of the ATU in May, with their towns, with their number of people?'
    >>> as_table("The ATU held two workshops in May. What were the dates and partners of each?")
    'Which workshops did The ATU hold in May, with their days, with their partners?'
    >>> as_table("The workshop of the ATU in May: dates, please")
    ''
    """
    if match := _NOUN_PHRASE.match(text):
        return _with(f"Which {match['what']}", listing.columns(match["columns"]))
    if match := _STATED.match(text):
        asked = f"Which {match['what']} did {match['who']} {_DID_WHAT[match['did'].casefold()]}{match['more']}"
        return _with(asked, listing.columns(match["columns"]))
    return ""


def _with(asked: str, columns: Sequence[str]) -> str:
    return asked + "".join(f", with their {name}" for name in columns) + "?" if columns else ""


def behind(text: str) -> tuple[str, list[str]]:
    """Return a question and the columns that are to be given behind it, as `asked_columns` calls them; "" if none are.

    >>> behind("At which events did the ATU speak? Add the days."), behind("At which events did the ATU speak? Thank you.")
    (('At which events did the ATU speak?', ['days']), ('', []))
    """
    asked, columns = _behind(text)
    return (f"{asked}?", [listing.CALLED.get(name, name) for name in columns]) if columns else ("", [])


def _behind(text: str) -> tuple[str, list[str]]:
    """Return what stands before the columns that are to be given, without its mark, and these; "" and none if none are."""
    match = _BEHIND.match(text)
    return (match["asked"].rstrip(" ,"), listing.columns(match["columns"])) if match else ("", [])


def any_part(text: str, kinds: Kinds) -> str:
    """Return a question with roles one of which is enough as having any part, and kinds of events as any.

    >>> any_part("Which units co-organized, attended or sent people to the seminar in Kiev?", lambda _: [])
    'Which units took part in the seminar in Kiev?'
    >>> any_part("What did the office attend, sponsor or host?", lambda _: [])
    'What did the office take part in?'
    >>> any_part("Which States hosted or supported the seminar?", lambda _: [])
    'Which States hosted or supported the seminar?'
    >>> any_part("Which events, seminars or courses were in Serbia?", lambda _: [])
    'Which activities were in Serbia?'
    >>> any_part("Which units organized or carried out activities with UNODC?", lambda _: [])
    'Which units organized activities with UNODC?'
    """
    verb = "take part in" if _PAST.search(text) else "taken part in" if _PERFECT.search(text) else "took part in"

    def part(deeds: re.Match[str]) -> str:
        if _SAME_DEED.fullmatch(deeds[0]):
            return "organize" if verb == "take part in" else "organized"
        ours = _OURS.search(text) and _MADE.search(deeds[0])
        return verb if ours or _CAME.search(deeds[0]) else deeds[0]

    def kinds_of(some: re.Match[str]) -> str:
        # Kinds are read exactly, unless any kind is among them: of each, whichever of them it is.
        return "activities" if _ANY_KIND.search(some[0]) else some[0].replace(" and ", " or ")

    return _SOME.sub(kinds_of, _TOURS.sub("study visits", _DEEDS.sub(part, text)))


def as_done(text: str, kinds: Kinds) -> str:
    """Return a question for what is reported to have been done as one for what was done.

    >>> as_done("Is there any activity that they are reported to have carried out together?", lambda _: [])
    'Is there any activity that they carried out together?'
    >>> as_done("Is Sweden anywhere named as having funded an activity?", lambda _: [])
    'Has Sweden funded an activity?'
    """
    text = _IS_SAID.sub(r"Has \g<whom> ", text)
    return _REPORTED.sub(lambda match: "were " if match["been"] else "", text)


def headed(text: str, kinds: Kinds) -> str:
    """Return a question with the names and the period before its colon at its end, or in the place of "it"; "" if none.

    >>> kinds = lambda said: [("in", "Kazakhstan")] * ("Kazakhstan" in said) + [("with", "ICITAP")] * ("ICITAP" in said)
    >>> headed("October to December 2011 in Kazakhstan: list the events with their days.", kinds)
    'list the events in Kazakhstan from October to December 2011 with their days?'
    >>> headed("ICITAP, the American programme: list the operations that worked with it.", kinds)
    'list the operations that worked with ICITAP?'
    """
    match = _HEAD.match(text)
    if match is None:
        return ""
    head, asked = match["head"], match["asked"].rstrip(" .?!")
    names, period = kinds(head), _period(head)
    if not names and not period:
        return ""
    first, _, apposition = head.partition(",")
    whose = {how for how, _ in kinds(first)}
    if _APPOSITION.match(apposition) and whose == {"with"} and not kinds(apposition) and not _ONE_OF.search(apposition):
        head = first
    for said in (*(name for _, name in names), period):
        head = head.replace(said, " ", 1) if said else head
    if any(word not in _FILLING for word in re.findall(r"[\w'\u2019]+|/", head.casefold())):
        # What is said besides would be lost, and one of two names is not both.
        return ""
    if names and (found := taken_up(asked, *names[0])) != asked:
        asked, names = found, names[1:]
    where = "".join(f" {how} {name}" for how, name in names) + (f" {_when(period)}" if period else "")
    before, *columns = _WITH.split(asked, maxsplit=1)
    return f"{before}{where}{''.join(columns)}?"


def _period(text: str) -> str:
    """Return the words of a text that name a period, "" if none do.

    >>> _period("8 September 2011 was a full day"), _period("Kosovo")
    ('8 September 2011', '')
    """
    days, blanked, _ = read_days(text)
    places = [place for place, (one, other) in enumerate(zip(text, blanked, strict=True)) if one != other]
    return text[places[0] : places[-1] + 1] if days and places else ""


def taken_up(asked: str, how: str, name: str) -> str:
    """Return what is asked with a name in the place of what takes it up.

    >>> taken_up("which events were there", "in", "Minsk"), taken_up("who were its partners", "with", "the ATU")
    ('which events were in Minsk', 'who were the partners of the ATU')
    """

    def put(match: re.Match[str]) -> str:
        return f"{match['how'] or f'{how} '}{name}" if match["it"].casefold() == "there" else f"{match['how'] or ''}{name}"

    def put_noun(match: re.Match[str]) -> str:
        return f"{match['of']} the {match['noun']} of {name}"

    found = _IT.sub(put, asked, count=1)
    return found if found != asked else _ITS.sub(put_noun, asked, count=1)


def _when(period: str) -> str:
    """Return a period as it limits: "from October to December 2011", "on 8 September 2011".

    >>> _when("8 September 2011"), _when("May-June 2011"), _when("from May to June")
    ('on 8 September 2011', 'from May to June 2011', 'from May to June')
    """
    if _LIMITS.match(period):
        return period
    joined = _UNTIL.sub(" to ", period)
    if " to " in joined:
        return f"from {joined}"
    return f"on {joined}" if joined[:1].isdigit() else f"in {joined}"
