"""Stage 7d9: what the words of a plain question on activities say: how its days are meant, in which role, which columns.

Names stand as their kinds. What a question says is taken out phrase by phrase; if a word is left, it is no plain one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from oscegraph.asking.patterns import lazy_pattern

_EACH = r"(?: (?:of )?(?:each|it|them|these|those))?"
_DONE = r"(?:co )?(?:organi[sz]ed|arranged|ran|held|carried(?: (?:it|them|each))? out|conducted|stood behind|was behind|did)"
_PART = r"(?:took part|had (?:a )?part|was involved|were involved|participated|involved)"
_UNIT = r"(?:(?:which|what) )?(?:other )?(?:units?|field operations?|operations?|missions?|structures?|field missions?)"
_EVENT = r"(?:events?|activit(?:y|ies)|things?|actions?|undertakings?)"
_GIVEN = r"(?:told|stated|given|known)"
_TOWN = r"(?:towns?|city|cities|places?|venues?)"
_DAY = r"(?:(?:calendar|exact|particular|very|precise) )?(?:days?|dates?)"
# Kinds of activities by what they are called; "trainings" and "meetings" may be of any kind.
_KINDS = (
    ("study visit", r"study (?:visits|tours)"),
    ("workshop", r"workshops"),
    ("seminar", r"seminars"),
    ("conference", r"conferences"),
    ("round table", r"round ?tables"),
)
# What words ask for or say, in the order in which they are looked for; what they say of a period, of a role, or a column.
_SAID: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, lazy_pattern(rf"(?<![\w{{])(?:{pattern})(?![\w}}])"))
    for name, pattern in (
        (
            "first",
            rf"(?:earliest|first) (?:dated )?{_EVENT}|which (?:one |{{bound}} )?(?:began|started|was) (?:first|earliest)",
        ),
        ("last", rf"(?:latest|last) (?:dated )?{_EVENT}"),
        ("dated", rf"dated {_EVENT}"),
        (
            "dated",
            rf"(?:with|of|for|on) (?:an? )?{_GIVEN} {_DAY}|whose {_DAY} (?:are|is) {_GIVEN}"
            rf"|for which (?:the )?(?:report gives )?(?:an? )?{_DAY}(?: (?:are|is) {_GIVEN})?|for day of"
            rf"|(?:are |is |date )?(?:dated )?to (?:particular )?days?(?: (?:of|in))?|that (?:is|are) dated|dated to day",
        ),
        ("", r"(?:in|over|during|on|of) (?:the )?(?:same )?{bound} days"),
        ("abroad", r"outside (?:of )?{(?:state|place)}|abroad"),
        ("", r"(?:shared|had in common)(?: by)?|trips?(?= abroad)|in same days|had to do|to do"),
        (
            "",
            r"(?:sen[dt]s?|help(?:s|ed)?|support(?:s|ed)?|facilitated?)"
            r" (?:participation|participants|people|officials|experts)(?: of)?(?: to)?(?: (?:go|travel|attend|take part))?",
        ),
        ("days", r"with exact (?:dates|days)$"),
        ("dated", r"with (?:an? )?(?:exact )?(?:date|day)(?! of)|with exact (?:dates|days)"),
        ("exact", rf"(?:carry|carries|carried|bear|bears|share|shares) (?:the )?(?:same )?{_DAY}"),
        ("", r"dated(?: to)?|dates? to|(?:which|that) report dates?|report dates?|did report date|does report date"),
        (
            "if told",
            rf"where (?:they|these|it) (?:are|is) {_GIVEN}|(?:if|as far as|where|when) (?:they are |it is )?{_GIVEN}"
            rf"|or month alone if no day is given|where (?:an? )?{_DAY} (?:is|are) {_GIVEN}",
        ),
        ("days", rf"(?:and )?on (?:which|what) {_DAY} (?:did|was|were) (?:each|it|they)(?: (?:end|take place|held))?"),
        ("days", rf"(?:and )?on (?:which|what) {_DAY} (?:exactly|precisely)"),
        ("days", r"(?:and )?until when did (?:they|each|it) (?:run|last)|(?:its|their|and) last days?"),
        ("days", rf"(?:and )?from (?:when|which day) to (?:when|which day)|with (?:its|their|the) {_DAY}"),
        ("exact", rf"(?:on )?(?:exactly|precisely)(?: on)?(?: (?:the )?(?:same |these )?(?:{{bound}} )?{_DAY})?"),
        ("exact", "neither longer nor shorter"),
        ("covers", r"under ?way(?: on)?|going on|at (?:once|(?:the )?same time)|ongoing|that day"),
        ("begins", r"(?:beg[aiu]ns?|start(?:s|ed)?|opened)(?: on)?"),
        ("ends", r"(?:ended|ends?|finished|closed|came to an end)(?: on)?"),
        ("organizers", rf"(?:and )?(?:by |of )?{_UNIT} (?:it was that )?{_DONE}{_EACH}"),
        ("anybody", rf"(?:and )?who {_DONE}{_EACH}"),
        ("organizers", rf"(?:and )?by (?:which|what) {_UNIT}{_EACH}"),
        ("anybody", rf"(?:and )?(?:by whom|(?:with )?(?:its|their|the) organi[sz]ers?){_EACH}"),
        ("involved", rf"(?:and )?{_UNIT} (?:(?:from outside|of) (?!{{))?{_PART}(?: in)?{_EACH}"),
        ("partners", rf"(?:and )?(?:together )?with (?:whom|(?:which|what) partners?){_EACH}|(?:its|their) partners?"),
        (
            "people",
            r"(?:and )?how many (?:people|participants|persons|attendees)(?: (?:came|went|took part|attended|were there"
            rf"|were trained|participated|did (?:each|it|they) (?:have|attract)))?(?: (?:to|in|at|for))?{_EACH}",
        ),
        ("people", r"(?:its|their|and) (?:numbers? of (?:participants|people)|participants)"),
        (
            "role organizers",
            r"as (?:an? )?organi[sz]er or (?:co organi[sz]er|partner|co operator)|organi[sz]ed? or co organi[sz]ed?",
        ),
        ("role partners", r"as (?:an? )?organi[sz]er or supporter|organi[sz]ed? or support(?:ed)?"),
        ("role organizer", r"organi[sz]ed? by|organi[sz]ed?"),
        ("activities", rf"{_EVENT} (?:at |in )?where"),
        ("", r"{(?:place|body)} city|with participation"),
        (
            "",
            r"(?:did|does|do) report (?:expressly )?(?:place|name|mention|tell of|tell|list|describe)"
            r"|report (?:expressly )?(?:places?|tells of|names)",
        ),
        ("", rf"t(?:ake|akes|aken|aking|ook) place|{_PART}|ha(?:s|ve) part|carr(?:y|ied) out|are said to|stood|fell|fall"),
        ("", r"as (?:an? )?venue|in (?:the )?(?:city|town) of"),
        (
            "towns",
            r"(?:in )?(?:(?:which|what) )?(?:{bound} )?(?:towns?|city|cities|places?|venues?|where)(?: or prefecture)?",
        ),
        ("days", rf"when|{_DAY}|timing|months?|time"),
        *((f"kind {kind}", words) for kind, words in _KINDS),
        ("one", r"(?:event|activity|thing|action|undertaking)(?! (?:and|with|its))"),
        ("activities", _EVENT),
        ("activities", r"anything|something|everything|what"),
    )
)
# What says nothing more.
_FILLERS = frozenset(
    """
    which what in on at of to for from during by with and or was were is are did does do has have had be been each every all
    any that this these those they them its their it there then also give me list name tell state say please held hold holds
    happen happened happening occurred run ran runs conduct conducted year whole carried carry out part took take place gave
    respectively one ones itself only expressly told together over through throughout said while
    """.split()  # noqa: SIM905 - so many words are read better so
)
_KNOWN = frozenset({"{place}", "{state}", "{unit}", "{body}", "{bound}"})
_HEAD_TOWNS = lazy_pattern(rf"^(?:(?:in|at) (?:which|what)|(?:please )?(?:name|list|give|which)) (?:{{bound}} )?{_TOWN}\b")
# Days, months, places and numbers alone are read otherwise.
_HEAD_OTHER = lazy_pattern(
    rf"^(?:how many|(?:give |what (?:are|were|is|was) (?:the )?)?(?:on |in |at |to |from )?(?:the |which |what )?"
    rf"(?:when|where|months?|{_DAY}|{_TOWN})\b)"
)
_ACTORS = lazy_pattern(rf"\b(?:who|whom|bod(?:y|ies)|partners?|countr(?:y|ies)|states)\b|(?<![\w{{]){_UNIT}(?![\w}}])")
# Who came from somewhere was not there.
_FROM = lazy_pattern(r"\bfrom {(?:state|place)}|\b(?:of|by) other (?:units?|structures?)\b")
_EVENTS = lazy_pattern(rf"\b(?:{_EVENT}|{'|'.join(words for _, words in _KINDS)}|what|anything|something|everything)\b")
_COLUMNS = ("towns", "days", "organizers", "anybody", "involved", "partners", "people")
_PERIODS = ("exact", "covers", "begins", "ends")
_NOT_TOWNS, _NOT_DAYS = (frozenset(_COLUMNS) - {one} for one in ("towns", "days"))
_ENDS = frozenset({"first", "last"})


@dataclass
class Said:
    """What a plain question says: how its days are meant, in which role somebody was, what it is to tell of each."""

    signs: list[str] = field(default_factory=list)
    # Whether only towns are asked for, and whether a number is said.
    towns: bool = False
    counts: bool = False

    @property
    def columns(self) -> list[str]:
        """What is to be told of each activity; if it is anything of "dated events", that is the day as well."""
        dated = "dated" in self.signs and not self.towns and not _NOT_DAYS.isdisjoint(self.signs)
        return [name for name in _COLUMNS if name in self.signs or (name == "days" and dated)]

    @property
    def period(self) -> str:
        """How the days are meant."""
        return next((name for name in _PERIODS if name in self.signs), "")

    @property
    def kinds(self) -> frozenset[str]:
        """Of which kinds the activities are to be; any if there are none."""
        return frozenset(sign.removeprefix("kind ") for sign in self.signs if sign.startswith("kind "))

    @property
    def role(self) -> str:
        """In which role the actors were; "" for any part."""
        return next((sign.partition(" ")[2] for sign in self.signs if sign.startswith("role ")), "")


def read(words: list[str]) -> Said | None:
    """Return what the words of a question say, names as their kinds; None if there is one that says something else.

    >>> read("which events began in {place} and who organized each".split()).signs
    ['begins', 'anybody', 'activities']
    >>> read("which secret events began in {place}".split()), read("which units took part in dated events".split())
    (None, None)
    """
    whole = text = " ".join(words)
    signs: list[str] = []
    for name, pattern in _SAID:
        if pattern.search(text):
            text = pattern.sub(" ", text)
            signs += [name] if name else []
    if any(word not in _FILLERS and word not in _KNOWN for word in text.split()):
        return None
    said = Said(list(dict.fromkeys(signs)), counts="{bound}" in text)
    said.towns = bool(_HEAD_TOWNS.match(whole) and said.period and _NOT_TOWNS.isdisjoint(signs))
    if said.columns == ["towns"] and "only" in words:
        return None
    if (_HEAD_OTHER.match(whole) and not said.towns) or _asks_who(whole) or _FROM.search(whole):
        return None
    several = ({"activities", "dated"} & set(signs) or said.kinds) and "one" not in signs
    return said if several or not _ENDS.isdisjoint(signs) else None


def _asks_who(text: str) -> bool:
    """Whether a question asks for somebody before it speaks of activities.

    >>> _asks_who("which units took part in dated events"), _asks_who("which events took place and who organized each")
    (True, False)
    """
    actor, event = _ACTORS.search(text), _EVENTS.search(text)
    return actor is not None and (event is None or actor.start() < event.start())
