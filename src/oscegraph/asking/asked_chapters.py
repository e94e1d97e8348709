"""Stage 7d7: the chapters that a question speaks of: those of a span, those of a part of the report."""

from __future__ import annotations

import re

from oscegraph.asking.asked_links import Linked
from oscegraph.asking.patterns import lazy_pattern

# How a chapter is numbered, as it is answered.
CHAPTER = lazy_pattern(r"I{1,3}(?:\.\d{1,2})*|appendix-\d|introduction")
# Which chapters a word for whose they are means.
PARTS = {"operations": "II.3.", "secretariat": "II.1."}
_PART_TWO = lazy_pattern(
    r"\b(?:part|chapter)s? (?:II|two)\b(?!\.)|\bchapters? (?:on|of|by) (?:the )?(?:OSCE )?(?:executive )?structures\b",
    re.IGNORECASE,
)
_THEMATIC = lazy_pattern(r"\bthematic units?\b", re.IGNORECASE)
_FROM_TO = lazy_pattern(
    r"\b(II\.\d)\.(\d{1,2})\s*(?:-|\u2013|\bto\b|\buntil\b|\bthrough\b)\s*\1\.(\d{1,2})\b"
    r"|\bbetween\s+(?:chapters?\s+)?(II\.\d)\.(\d{1,2})\s+and\s+(?:chapter\s+)?\4\.(\d{1,2})\b",
    re.IGNORECASE,
)


# From one part of the report to another: "II.1.1 to II.3.14".
_OVER_PARTS = lazy_pattern(
    r"\b(II\.\d\.\d{1,2})\s*(?:-|\u2013|\bto\b|\buntil\b|\bthrough\b)\s*(II\.\d\.\d{1,2})\b", re.IGNORECASE
)


def span_of_chapters(text: str) -> list[str]:
    """Return the chapters of a span that a text names, those between included.

    >>> span_of_chapters("the chapters II.3.9 to II.3.11"), span_of_chapters("II.3.2 and II.3.5")
    (['II.3.9', 'II.3.10', 'II.3.11'], [])
    """
    match = _FROM_TO.search(text)
    if match is None:
        return []
    part, first, last = match.groups()[:3] if match[1] else match.groups()[3:]
    return [f"{part}.{number}" for number in range(int(first), int(last) + 1)]


def parts_named(linked: Linked) -> tuple[str, ...]:
    """Return with what the chapters of the parts of the report begin that a question names: "II.1." for those of II.1."""
    return tuple(f"{number}." for number in linked.chapters if number.count(".") == 1)


def _place(chapter: str) -> list[int]:
    """Return where a chapter stands among those of part II."""
    return [int(number) for number in chapter.split(".")[1:] if number.isdigit()]


def chapters_within(linked: Linked, chapters: list[str]) -> list[str]:
    """Return those chapters that a question speaks of: of a span, or of a part of the report; all if it speaks of none."""
    if span := span_of_chapters(linked.text):
        return [chapter for chapter in chapters if chapter in span]
    if ends := _OVER_PARTS.search(linked.text):
        first, last = map(_place, ends.groups())
        return [chapter for chapter in chapters if chapter.startswith("II.") and first <= _place(chapter) <= last]
    if parts := parts_named(linked):
        return [chapter for chapter in chapters if chapter.startswith(parts)]
    part = next((part for cue, part in PARTS.items() if cue in linked.cues), "")
    part = PARTS["secretariat"] if not part and _THEMATIC.search(linked.text) else part
    part = "II." if not part and _PART_TWO.search(linked.text) else part
    return [chapter for chapter in chapters if chapter.startswith(part)]


_FLAGS = re.IGNORECASE | re.DOTALL
_WHICH = r"^(?P<first>\W*(?:in\s+|please\s+)?which\s+chapters?\b.+?)\s*,?\s+and\s+"
_TITLES, DAYS = "chapters and titles", "chapters and days"
# What may be told of each chapter that tells of an activity, as the candidates for it are called.
_OF_EACH = (
    (
        lazy_pattern(
            rf"{_WHICH}(?:under|by|with)\s+(?:which|what)\s+(?:titles?|names?)(?:\s+(?:is|do|does)\b[^?]*)?\W*$", _FLAGS
        ),
        _TITLES,
    ),
    (
        lazy_pattern(
            rf"{_WHICH}(?:on\s+)?(?:which|what)\s+(?:days?|dates?)\s+(?:do|does)\s+(?:each|they)\b[^?]*\W*$", _FLAGS
        ),
        DAYS,
    ),
)
# "Under which titles do the chapters present the seminar?"
_TITLED = lazy_pattern(
    r"^\W*(?:under|by|with)\s+(?:which|what)\s+(?:titles?|names?|headings?)\s+(?:do|does)\s+(?:the|each)"
    r"(?:\s+(?:two|three|four|different|several|various))*(?:\s+of\s+the)?\s+chapters?(?:\s+(?:of|on)\s+[^?]{3,100}?)?\s+"
    r"(?:present|give|tell\s+of|describe|report|mention|announce|list)s?\s+(?P<what>(?:the|an?|its)\s[^?]{8,}?)\W*$",
    _FLAGS,
)

_NUMBERED_CHAPTER = r"(?:(?:the\s+)?(?:sub-?)?chapter\s+)?I{1,3}(?:\.\d{1,2})+"
_ITS_CHAPTER = rf"(?:[^,;:?]{{2,80}}?\bchapters?(?:\s+(?:on|of)\s+[^,;:?]{{2,60}}?)?|{_NUMBERED_CHAPTER})"
_AND_ITS = rf"{_ITS_CHAPTER},?\s+and\s+(?:(?:according to|in|by|from)\s+)?{_ITS_CHAPTER}"
# "Which days do the chapter on the ATU and the chapter on the OCEEA give for the course?"
_GIVE = lazy_pattern(
    rf"^\W*(?:which|what)\s+(?:days?|dates?)\s+(?:do|does)\s+{_AND_ITS}\s+(?:each\s+)?(?:give|state|name|tell|print)s?\s+"
    r"(?:for|of)\s+(?P<what>[^?]{8,}?)\W*$",
    _FLAGS,
)
# "When was the course, according to the chapter on the ATU and according to that on the OCEEA?"
_BY_BOTH = lazy_pattern(
    r"^\W*(?P<first>(?:when|(?:on|during)\s+(?:which|what)\s+(?:days?|dates?)|from\s+(?:which|what)\s+day\s+to\s+(?:which|what)"
    rf"\s+day)\b[^?]{{8,}}?),?\s+(?:(?:according to|by|going by)\s+{_AND_ITS}"
    # "When was it according to the SPMU, and when according to the Mission?"
    r"|according to\s+[^,;:?]{3,60}?,?\s+and\s+(?:(?:when|(?:on|during) (?:which|what) (?:days?|dates?))\s+)?according to\s+"
    r"(?!(?:the|this) report)[^,;:?]{3,60}?)\W*$",
    _FLAGS,
)


def of_each(text: str) -> tuple[str, str]:
    """Return the first of two questions, for chapters, and what is to be told of each; "" if a question does not ask so.

    >>> of_each("Which chapters tell of the seminar in Kiev, and under which title?")
    ('Which chapters tell of the seminar in Kiev?', 'chapters and titles')
    >>> of_each("Under which titles do the different chapters present the seminar in Kiev?")
    ('Which chapters tell of the seminar in Kiev?', 'chapters and titles')
    >>> of_each("Which dates do the ATU's chapter and the chapter on the OCEEA each give for the seminar in Kiev?")
    ('Which chapters tell of the seminar in Kiev?', 'chapters and days')
    >>> of_each("On which days was she in Kiev, according to her own chapter and according to the Mission's chapter?")
    ('On which days was she in Kiev?', 'chapters and days')
    >>> of_each("When was the course in Kiev according to the SPMU, and when according to the Mission to Minsk?")
    ('When was the course in Kiev?', 'chapters and days')
    >>> of_each("Which chapters tell of the seminar in Kiev?")
    ('', '')
    """
    text = " ".join(text.split())
    for pattern, told in _OF_EACH:
        if match := pattern.match(text):
            return f"{match['first']}?", told
    if match := _GIVE.match(text):
        return f"Which chapters tell of {match['what']}?", DAYS
    if match := _BY_BOTH.match(text):
        return f"{match['first']}?", DAYS
    match = _TITLED.match(text)
    return (f"Which chapters tell of {match['what']}?", _TITLES) if match else ("", "")


_FRAMEWORK = lazy_pattern(
    r"\b(?:the )?(?:framework appendix|appendix on (?:the )?(?:OSCE(?:['\u2019]s)? )?(?:strategic |legal )?framework)\b",
    re.IGNORECASE,
)
# "Taking only the chapter on the ATU, ...": what goes by one chapter.
_ONE_ALONE = lazy_pattern(
    r"^(?:taking|reading|counting|considering|looking at|going by|judging by) (?:only|just|nothing but) "
    r"(?=the chapter (?:on|of)\b)",
    re.IGNORECASE,
)
# "According to the Mission to Moldova" is by its chapter.
_BY_UNIT = lazy_pattern(
    r"\baccording to (?:the )?(?=(?:OSCE )?(?:Mission to|(?:Mission|Office|Cent(?:re|er)|Presence|Project Co-ordinator) in)"
    r" [A-Z]|(?:SPMU|ATU|OCEEA|ODIHR|OSR/CTHB|OMIK)\b)"
)
_ASKS_DAYS = lazy_pattern(r"\b(?:when|days?|dates?)\b", re.IGNORECASE)
_ASKING = lazy_pattern(r"\b(?:who|whom|which|what|when|where|how many)\b", re.IGNORECASE)


def by_chapter(text: str) -> str:
    """Return a question with the appendix on the framework by its number, and "only the chapter" as what goes by it.

    >>> by_chapter("Which decisions does the framework appendix describe?")
    'Which decisions does Appendix 1 describe?'
    >>> by_chapter("Taking only the chapter on the ATU, who paid?")
    'According to the chapter on the ATU, who paid?'
    >>> by_chapter("When was it, according to the Mission to Minsk?")
    'When was it, according to the chapter on the Mission to Minsk?'
    """
    if _ASKS_DAYS.search(text) and len(_ASKING.findall(text)) <= 1 and "chapter" not in text:
        # Days are what chapters differ in; of several things only one may be by it.
        text = _BY_UNIT.sub("according to the chapter on the ", text)
    return _ONE_ALONE.sub("According to ", _FRAMEWORK.sub("Appendix 1", text))


# "The Mission to Bosnia and Herzegovina, which has no chapter of its own, ...": that says nothing of what is asked.
_NO_CHAPTER = lazy_pattern(
    r",\s*which (?:(?:has|have|had) (?:no|neither an?)|(?:is|are) without (?:an?|any)) (?:chapter|section|entry)\b[^,?]*,"
    r"(?=\s)",
    re.IGNORECASE,
)
# Nothing else than all chapters is asked for where none is named.
_ALL_CHAPTERS = lazy_pattern(
    r",?\s*\b(?:according to|in|across|over|by) all (?:the )?chapters(?: (?:taken )?together| combined)?\b,?"
    r"|,?\s*\ball (?:the )?chapters taken together\b,?|(?<=\?)\s*take all (?:the )?chapters into account\.?\s*$",
    re.IGNORECASE,
)
# "? Please combine both chapters.": that all is told wherever it stands is so in any case.
_BOTH_CHAPTERS = lazy_pattern(
    r"(?<=\?)\s+(?:(?:please|kindly|do|combine|take|use|put|together|both|all|the|two|three|chapters?|tellings?|each|tell|tells|a"
    r"|part|of|it|into|account|them|in)\b\W*)+$"
    r"|(?<=\?)\s+I (?:need|want|mean) (?:everybody|everyone|all)(?: (?:who|that) (?:is|are|was|were))?"
    r"(?: (?:named|told|mentioned))? in (?:either|both|all) (?:the )?chapters?\W*$",
    re.IGNORECASE,
)
_IN_EITHER = lazy_pattern(r"\b(?:in|from|of|by) (?:either|both) (?:the )?chapters?\b", re.IGNORECASE)

# "The Mission to Minsk has no chapter of its own. When did it nevertheless ...?", "The report has no chapter on Minsk. ..."
_HAS_NONE = (
    r"(?:has|have|had|contains|gives) (?:no|neither an?) (?:(?:own|separate) )?(?:chapter|section|entry)\b[^.:;?]*[.:;]\s+"
    r"(?P<asked>\S.*)$"
)
_LEADS = lazy_pattern(rf"^(?:the\s+)?(?P<whose>(?!report\b)[A-Z][^,.:;?]*?) {_HAS_NONE}", _FLAGS)
_REPORT_LACKS = lazy_pattern(rf"^the report {_HAS_NONE}", _FLAGS)
_TAKES_UP = lazy_pattern(
    r"\b(?:this|that)\s+(?:mission|office|cent(?:re|er)|operation|unit|presence|structure)\b|\bit\b", re.IGNORECASE
)
_YET = lazy_pattern(r"\s+(?:nevertheless|nonetheless|all the same)\b", re.IGNORECASE)


def without_lead(text: str) -> str:
    """Return a question without the sentence before it that a structure has no chapter, and with its name for "it".

    >>> without_lead("The Mission to Minsk has no chapter. When did this Mission nevertheless organize events?")
    'When did the Mission to Minsk organize events?'
    >>> without_lead("The report has no chapter on Georgia. Was anything held there?")
    'Was anything held there?'
    """
    if match := _REPORT_LACKS.match(text):
        return _YET.sub("", match["asked"])
    match = _LEADS.match(text)
    if match is None or not _TAKES_UP.search(match["asked"]):
        return text
    return _YET.sub("", _TAKES_UP.sub(lambda _: f"the {match['whose']}", match["asked"]))


def without_asides(text: str) -> str:
    """Return a question without what it says aside of chapters: that a structure has none, that several tell of it.

    >>> without_asides("When did the Office in Minsk, which has no chapter of its own, organize events?")
    'When did the Office in Minsk organize events?'
    >>> without_asides("Whom did it meet in May? The two chapters each tell a part.")
    'Whom did it meet in May?'
    >>> without_asides("What was held in Astana, according to all chapters together, and when?")
    'What was held in Astana and when?'
    """
    if _ALL_CHAPTERS.search(text):
        text = " ".join(_ALL_CHAPTERS.sub(" ", text).replace(" ?", "?").split())
    return _BOTH_CHAPTERS.sub("", _NO_CHAPTER.sub("", text))


def takes_all(text: str) -> bool:
    """Whether a question says that all that the chapters tell is asked for.

    >>> takes_all("Whom did she meet? Please take all chapters together."), takes_all("Whom did she meet in either chapter?")
    (True, True)
    >>> takes_all("Which chapters tell of it?")
    False
    """
    return any(pattern.search(text) for pattern in (_BOTH_CHAPTERS, _ALL_CHAPTERS, _IN_EITHER))
