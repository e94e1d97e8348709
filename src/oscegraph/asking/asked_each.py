"""Stage 7d6: one question on each of several things: "How many came to the seminar in Kiev, the one in Minsk and ...?".

What is listed is taken out, and the question is asked of each item by itself, with the words before and after the list.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from oscegraph.asking.asked_days import MONTH, read_days
from oscegraph.asking.patterns import lazy_pattern

_FLAGS = re.IGNORECASE | re.DOTALL
_MONTH = rf"{MONTH}(?:\s+\d{{4}})?"
_DATE = rf"\d{{1,2}}(?:\s*[-\u2013]\s*\d{{1,2}})?\s+{_MONTH}(?:\s*(?:[-\u2013]|to)\s*\d{{1,2}}\s+{_MONTH})?"
# "25 August, 13 September and 18 October"; "on" may be said again.
_DATES = lazy_pattern(rf"{_DATE}(?:\s*(?:[,;]|,?\s*\band\b)\s*(?:on\s+|of\s+)?{_DATE})+", _FLAGS)
_ONE_DATE = lazy_pattern(_DATE, _FLAGS)
# "(a) the visit and (b) the workshop"
_LETTER = lazy_pattern(r"\s*[,;]?\s*(?:\band\b\s*)?\(([a-e])\)\s*", _FLAGS)
# What begins an item, and what cannot stand in one: a verb, or what is said of all items.
_LEAD = lazy_pattern(r"(?:on|of|in|for|at|by|from|to|with|the|a|an|its|his|their)\b|\d|(?=[A-Z])", re.IGNORECASE)
_AFTER = lazy_pattern(
    r"\s+(?:each|respectively|were|was|are|is|did|do|does|have|has|had|hold|held|adopted|take|took|taken|about|according|as"
    r"|attend|give|gave|report|go|went|come|came|receive[ds]?|organi[sz]ed?|trained|made|named?|bring|sent|send|stand"
    r"|begin|began|start|end|ended|last|lasted|run|ran|deal|dealt|concern|cover|reach|yield|involve|involved|serve|say|tell"
    r"|hosted|funded|financed|co-organi[sz]ed|convened|opened|closed|concentrate|help|helped|meet|met|conclude)\b"
    rf"|\s*[?;:]|\s*\((?!{_DATE}|{_MONTH})|\.(?=\s|$)|\s[-\u2013\u2014]\s"
    r"|\s*,?\s+(?:with\s+)?(?:one|a)\s+(?:row|line|per|for)\b|\s*,?\s+line by line\b"
    r"|\s*,\s+(?:all|what|which|how|who|whom|where|when)\b",
    _FLAGS,
)
# What is said before the list of all items together, and not of each.
_EACH = lazy_pattern(
    r"\b(?:each|every|all|both) of (?:the |these |those )?(?:following |(?:two|three|four|five|six) )?"
    r"|\b(?:each|respectively|both)\b|\bthe following\b|\b(?:two|three|four|five|six)\b",
    re.IGNORECASE,
)
_SMALL = lazy_pattern(
    r"\b(?:the|of|on|in|for|at|by|from|to|many|were|was|did|with|and|abbreviations?|decisions?|numbered)\s+", re.IGNORECASE
)
# An item does not ask itself, nor say what was done or with whom else; what is asked of two together is not asked of each.
_ASKING = r"\b(?:who|whom|whose|which|what|when|where|how)\b"
_ASKS = lazy_pattern(_ASKING, re.IGNORECASE)
_NO_ITEM = lazy_pattern(
    rf"{_ASKING}|\b(?:open (?:for|to)|ratif(?:y|ied)|launched)\b|^(?:together|along|jointly) with\b", re.IGNORECASE
)
_TOGETHER = lazy_pattern(
    r"\bboth\b(?!\s+of\b)|\badd(?:ed|ing)? (?:up|together)\b|\b(?:altogether|taken together|combined|sum)\b"
    r"|\b(?:joint|shared|common)\s+(?:activities|events|work|projects|trainings)\b",
    re.IGNORECASE,
)
# "in all", but not "in all three towns".
_IN_ALL = lazy_pattern(
    r"\bin (?:all|total)\b"
    r"(?!\s+(?!(?:does|was|has|is|persons|people)\b)(?:the|these|those|of|two|three|four|five|six|\w+s)\b)",
    re.IGNORECASE,
)
_SAID_EACH = lazy_pattern(
    r"\b(?:each|every|respective(?:ly)?|following|both|rows?|one (?:per|for)|line by line|pair|match)\b", re.IGNORECASE
)
# What stands between quotation marks is one piece: its commas and its "and" part nothing.
_QUOTED = lazy_pattern('"[^"]{1,150}"(?!\\w)|\u201c[^\u201d]{1,150}\u201d(?!\\w)|\u2018.{1,150}?\u2019(?!\\w)', re.DOTALL)
_HIDDEN = {",": "\ue000", ";": "\ue001", ":": "\ue002", "?": "\ue003", ".": "\ue004", " ": "\ue005"}
_BRACKETS = lazy_pattern(r"\s*\([^()]{1,80}\)")
_ARTICLE = lazy_pattern(r"^(?:(?:and|on|of|in|for|at|by|from|to|with|the|a|an|its|their|that|those)\s+)+", re.IGNORECASE)
_SPAN = lazy_pattern(r"\b(?:between|from)\s+$", re.IGNORECASE)
# "and to that in Minsk": it is not the other end of what is between two.
_APART = lazy_pattern(r"(?:to|in|at|of|on|for|with|by)\b", re.IGNORECASE)
# What stands between two things is asked of both together.
_BETWEEN = lazy_pattern(r"\bbetween\b(?:(?!\band\b)[^,;:?])*$", re.IGNORECASE)
# So many items at most, so long an item.
MOST, _LONGEST = 8, 110
# So many letters at most in the questions on all items: each of them is asked, and a long one takes longer.
_LETTERS = 1300
# So many ways to take a list are tried: each takes as many questions as it has items.
_WAYS = 2


class Each(NamedTuple):
    """What is listed, and the question on each item."""

    items: tuple[str, ...]
    questions: tuple[str, ...]


def listed(text: str, loose: bool = False) -> list[Each]:
    """Return how a question may be one on each of several things, the likeliest way first.

    Two things that are joined by "and" are taken for a list if something is asked of each, or if it is read `loose`ly.

    >>> [way.questions for way in listed("Who came to Kiev, to Minsk and to Riga?")]
    [('Who came to Kiev?', 'Who came to Minsk?', 'Who came to Riga?')]
    >>> [way.items for way in listed("Whom did it meet on 2 May and 3-4 June 2011? One row per day.")]
    [('2 May', '3-4 June 2011')]
    >>> listed("Who came to Kiev?")
    []
    """
    text = _QUOTED.sub(_hide, " ".join(text.split()))
    ask, mark, _ = text.partition("?")
    each = (said := bool(_SAID_EACH.search(text))) or loose
    ask = f"{ask}{mark}" if mark else text
    if not re.search(r",|;|:|\band\b", ask) or _TOGETHER.search(ask) or (_IN_ALL.search(ask) and not said):
        return []
    ways: dict[tuple[str, ...], Each] = {}
    for way in (_by_dates(ask), _by_letters(ask), *_by_commas(ask, each)):
        if way is not None:
            ways.setdefault(way.items, way)
    if not ways and (plain := _BRACKETS.sub("", text)) != text:
        # "2-3 June (Belgrade), 10-14 October (Wiesbaden) and ...": what stands in brackets only adds to an item.
        return listed(plain, loose)
    return list(ways.values())[:_WAYS]


def _hide(match: re.Match[str]) -> str:
    """Return what is quoted with other marks in the place of those that part items."""
    return "".join(_HIDDEN.get(mark, mark) for mark in match[0])


def _show(text: str) -> str:
    """Return a text with the marks that `_hide` put away."""
    for mark, hidden in _HIDDEN.items():
        text = text.replace(hidden, mark)
    return text


def _way(before: str, items: list[str], after: str) -> Each | None:
    items = [item.strip(" ,;.") for item in items]
    if not 2 <= len(items) <= MOST or any(not item or len(item) > _LONGEST or _NO_ITEM.search(item) for item in items):
        return None
    if len({bool(_ONE_DATE.match(item)) for item in items}) > 1:
        return None
    if any(item.count("(") != item.count(")") for item in items):
        # "In the meetings (plenary and workshop)": what stands in brackets is no list.
        return None
    before, after = _EACH.sub(" ", before), re.sub(r"\b(?:each|respectively)\b", " ", after, flags=re.IGNORECASE)
    asked = (" ".join(f"{before} {item} {after}".split()) for item in items)
    questions = tuple(re.sub(r"\s+([?.,])", r"\1", one.strip(" :,;.")) for one in asked)
    if sum(map(len, questions)) > _LETTERS:
        return None
    return Each(tuple(_show(_ARTICLE.sub("", item)) for item in items), tuple(map(_show, questions)))


def _by_dates(ask: str) -> Each | None:
    match = _DATES.search(ask)
    if match is None or _SPAN.search(ask[: match.start()]):
        return None
    return _way(ask[: match.start()], _ONE_DATE.findall(match[0]), ask[match.end() :])


def _by_letters(ask: str) -> Each | None:
    parts = _LETTER.split(ask)
    if len(parts) < 5 or parts[1::2] != sorted(parts[1::2]):
        return None
    return _way(parts[0], [part.strip(" ?") for part in parts[2::2]], "?")


def _by_commas(ask: str, each: bool) -> list[Each | None]:
    """Return the ways to read the items of a list, of which only those in the middle have clear ends.

    Two things that are joined by "and" are only a list if something is asked of `each` of them.
    """
    colon = re.search(r":\s", ask)
    found: list[Each | None] = []
    if colon:
        said = re.split(r"[?.](?=\s|$)", ask[colon.end() :])[0]
        items = re.split(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+", said.strip())
        if " or " not in said:
            found.append(_way(ask[: colon.start()], items, "?"))
    # "In Serbia, how many came to ...": what stands before the word that asks is no item of a list behind it.
    asking = _ASKS.search(ask)
    for last in re.finditer(r"\s*,?\s+and\s+", ask):
        if _BETWEEN.search(ask[: last.start()]) and not _APART.match(ask, last.end()):
            continue
        begin = max(colon.end() if colon else 0, asking.start() if asking and asking.start() < last.start() else 0)
        commas = [m for m in re.finditer(r",\s+", ask[: last.start()]) if m.start() > begin]
        end = _AFTER.search(ask, last.end())
        final = ask[last.end() : end.start() if end else len(ask)]
        after = ask[end.start() :] if end else ""
        if commas:
            ends = [*(comma.start() for comma in commas[1:]), last.start()]
            middle = [ask[comma.end() : end] for comma, end in zip(commas, ends, strict=True)]
            head = ask[: commas[0].start()]
            found += [_way(head[:at], [head[at:], *middle, final], after) for at in _starts(head, middle[0])]
        elif each:
            head = ask[: last.start()]
            found += [_way(head[:at], [head[at:], final], after) for at in _starts(head, final)]
    return found


def _starts(head: str, like: str) -> list[int]:
    """Return where the first item may begin: at the word that the next one begins with, or behind the last small word."""
    lead = _LEAD.match(like)
    word = lead[0].strip() if lead else ""
    if word and not word.isdigit():
        places = [m.start() for m in re.finditer(rf"\b{re.escape(word)}\b", head, re.IGNORECASE)]
    elif word:
        places = [m.start() for m in re.finditer(r"(?<!\S)\d", head)]
    else:
        places = []
    if places:
        return places[-1:]
    small = list(_SMALL.finditer(head))
    return [small[-1].end()] if small else []


def row_label(item: str) -> str:
    """Return what is listed as it stands in a row: a day as its first day, anything else as it is said.

    >>> row_label("2-3 June"), row_label("June")
    ('2011-06-02', 'June')
    """
    days, _, _ = read_days(item)
    return days.start.isoformat() if days is not None and days.exact and item[:1].isdigit() else item
