"""Stage 7d9c: what a question says beside the theme, place and days that limit it, and a plain question in its words.

Each name stands as its kind, and a kind of activity as activities, so that questions can be compared by their words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from oscegraph.asking import wording
from oscegraph.asking.patterns import lazy_pattern

# What limits, and how that is said behind a plain question that has no place for it.
THEME, PLACE, DAYS = "theme", "place", "days"
LIMITS = {THEME: " on {theme}", PLACE: " in {place}", DAYS: " {days}"}
# Actors of other kinds than units; in the plain question there is one kind for them.
STATE, BODY, ACTIVITIES = "state", "body", "activities"
# What a question begins with if it is to be answered by yes or no.
_WHETHER = "?"
_FILLERS = frozenset(
    {"the", "a", "an", "osce", "please", "any", "all", "some", "every", "report", "2011", "so", "then"}
    | {"just", "also", "exactly", "actually", "really", "ever", "me", "us"}
)
_AUXILIARIES = frozenset(
    {"is", "are", "was", "were", "be", "been", "being", "do", "does", "did", "has", "have", "had", "having"}
    | {"am", "can", "could", "would", "will"}
)
_NOUNS = r"activit(?:y|ies)|events?|actions?|initiatives?"
_KINDS = (
    r"(?:(?:training|expert|round|joint|technical|assessment) )?"
    r"(?:workshops?|seminars?|conferences?|trainings?|courses?|meetings?|tables?|roundtables?|lectures?"
    r"|exercises?|publications?|briefings?)"
)
# "The Vienna conference", "the Baku Office's meeting": one activity is meant, and not all.
_ONE = (
    r"(?:workshop|seminar|conference|training|course|meeting|table|roundtable|lecture|exercise|publication|briefing|event"
    r"|activity|visit|tour|trip|project|session|symposium|forum|campaign)"
)
_BETWEEN = r"(?!(?:of|in|on|at|for|with|by|who|which|what|did|was|were|most|longest|largest|biggest|\w+est) )"
_ONE_MEANT = lazy_pattern(
    rf"\b(?:the|this|that|its) (?:{_BETWEEN}[\w{{}}:-]+ ){{0,4}}?{_ONE}\b"
    r"(?<!the course)(?! (?:courses|sessions|events|activities|workshops|seminars|count|total|by activity|by event))"
    rf"|\{{(?:unit|body|state|place|days):\d+\}} (?:\{{theme:\d+\}} )?{_ONE}\b(?! count)"
)
# "What were its courses about?" asks what neither theme nor kind says, and "what is its role?" what it is for.
_ABOUT_WHAT = lazy_pattern(r"^what (?:was|were|is|are)\b(?!.*\{document).* about$|^what is (?:the )?role\b")
# "Which units worked without UNODC?" sets somebody aside, and leaves open whether always.
_SET_ASIDE = lazy_pattern(r"\b(?:without|except|excluding|besides|beyond|but) \{(?:unit|body|state|place):")
# "Who held courses, and with whom?" asks two things, unless the first is only whether.
_TWICE = lazy_pattern(
    r"\band (?:(?:with|by|in|at|on|for|to|from|of) )?(?:who|whom|which|what|where|when|how|why)\b|\bwhich\b.* which\b"
)
# What leads up to what is asked, and says nothing of it.
_LEADS = tuple(
    lazy_pattern(pattern)
    for pattern in (
        r"^(?:(?:please|kindly|hi|hello|so|ok|okay|and) )+",
        r"^(?:can|could|would|will) (?:you|i|we|someone|somebody)(?: please| kindly)*"
        r" (?:tell|say|show|give|let|find|list|name|check|explain|get|have|see|look)(?: (?:me|us))?(?: know| out| up)?"
        r"(?: about)? ",
        r"^do you(?: happen to)? (?:know|have)(?: about| of)? ",
        r"^(?:any|do you have any|have you any) idea ",
        r"^(?:i|we)(?:'d| would) (?:like|love|want)"
        r" (?:to (?:know|learn|see|find out|hear|understand|have|get) )?(?:about )?",
        r"^(?:i|we) (?:need|want|have) (?:to (?:know|find out|see|learn|have|get|establish|identify) )?(?:about )?",
        r"^(?:i'm|i am|we are|we're) (?:trying|looking|hoping|interested|curious|searching|wondering)"
        r"(?: (?:to (?:find out|know|see|learn|establish|work out|find|identify|understand)|for|in|about))? ",
        r"^(?:tell|show|give|list|name|find|get|identify|display|enumerate|say|specify|indicate|check|summari[sz]e)"
        r"(?: (?:me|us))?(?: out)? ",
        r"^i wonder ",
        r"^(?:list|overview|names?) of ",
    )
)
# What "takes place" is held; no place is meant.
_TAKES_PLACE = lazy_pattern(r"\b(?:take|takes|took|taken|taking) place\b")
_TAIL = lazy_pattern(r"(?: (?:please|thanks|thank you|for me|in report|according to report|yes or no|at all))+$")
_SEVERAL = lazy_pattern(r"\{activities\}(?: (?:(?:and|or) )?(?:other )?\{activities\})+")
_OF_THEME = lazy_pattern(
    r"(?:\b(?:(?:in|on|within) (?:field|area|subject|topic|theme|matter|question|issue|domain)s? of"
    r"|in (?:fight|struggle|work) against|(?:that )?(?:related|relating|relate|linked|connected|devoted|dedicated) to"
    r"|on|about|against|regarding|concerning|for|in|of|to|with|around|combating|fighting|countering|preventing|topic|theme"
    r") )?"
    r"\{theme:(\d+)\}(?:[ -](?:related|relevant|issues?|matters?|field|area))*"
)
_OF_CRIME = lazy_pattern(r"(?: (?:on|against|in|for|of|about|field of|fight against))? ?\{crime:\d+\}")
_IN_PLACE = lazy_pattern(r"\b(?:in|at|within|across|throughout|inside|around) \{(?:place|state):(\d+)\}")
_ON_DAYS = lazy_pattern(
    r"(?:\b(?:in|on|during|of|for|from|throughout|within|month|months|period|between|dated|days?|date) )*\{days:(\d+)\}"
    r"(?: (?:of )?2011)?"
)
_LIMITING = ((THEME, _OF_THEME), (PLACE, _IN_PLACE), (DAYS, _ON_DAYS))
_ACTIVITY = lazy_pattern(rf"(?<![\w{{])(?:(?P<kind>{_KINDS})|{_NOUNS})(?![\w:}}])")
_OPTIONAL = lazy_pattern(r"\s?\[([^\]]*)\]")
NAME = lazy_pattern(r"\{(\w+)\}")


class Said(NamedTuple):
    """What a question says: stems and kinds of names, the names of each kind in order, and what it calls activities."""

    words: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]
    kind: str = ""


def said(given: Iterable[tuple[str, str]]) -> Said | None:
    """Return what a question says, from its plain words and kinds of names, each with its text; None if it limits twice.

    >>> words = [(word, word) for word in "could you tell me who {unit} worked with on {theme}".split()]
    >>> said(words).words, sorted(said(words).names)
    (('who', '{unit}', 'work', 'with'), ['theme', 'unit'])
    """
    words, texts = zip(*given, strict=True) if (given := list(given)) else ((), ())
    numbered = [f"{word[:-1]}:{place}}}" if word.startswith("{") else word for place, word in enumerate(words)]
    themed = zip(words, texts, numbered, strict=True)
    # An article may be part of what is linked: "the Forged Documents course".
    text = " ".join(
        f"the {one}" if word == f"{{{THEME}}}" and name.casefold().startswith("the ") else one for word, name, one in themed
    )
    begins = text.split(" ", 1)[0]
    if begins not in _AUXILIARIES and (_ONE_MEANT.search(text) or _TWICE.search(text)):
        return None
    if _ABOUT_WHAT.search(text) or _SET_ASIDE.search(text):
        return None
    text = " ".join(word for word in text.split() if word not in ("the", "a", "an", "osce"))
    for lead in (*_LEADS, *_LEADS):
        text = lead.sub("", text)
    text = _TAKES_PLACE.sub("held", _OF_CRIME.sub("", _TAIL.sub("", text)))
    names: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for limit, pattern in _LIMITING:
        found = pattern.findall(text)
        if len(found) > 1:
            return None
        if found:
            names[limit] = (texts[int(found[0])],)
            text = " ".join(pattern.sub("", text).split())
    called = {match["kind"] for match in _ACTIVITY.finditer(text)}
    kinds = called - {None}
    if len(kinds) > 1 and called == kinds:
        # Workshops and courses are not all activities.
        return None
    plain = _SEVERAL.sub("{activities}", _ACTIVITY.sub("{activities}", text)).split()
    stems: list[str] = [_WHETHER] if plain and plain[0] in _AUXILIARIES else []
    for word in plain:
        if word.startswith("{") and ":" in word:
            kind, place = word.strip("{}").split(":")
            kind = BODY if kind == STATE else kind
            names[kind] += (texts[int(place)],)
            stems.append(f"{{{kind}}}")
        elif word not in _FILLERS and word not in _AUXILIARIES:
            stems.append(word if word.startswith("{") else wording.stem(word))
    if any(len(names.get(limit, ())) > 1 for limit in LIMITS):
        return None
    kind = kinds.pop() if len(kinds) == 1 else ""
    return Said(tuple(stems), dict(names), kind if not kind or kind.endswith("s") else f"{kind}s")


def put(template: str, question: Said) -> str:
    """Return a plain question with the names of another one, and all that limits it; "" if a name has no place in it.

    >>> put("which {activities} did {unit} organize[ on {theme}]?", Said((), {"unit": ("the ATU",), "days": ("in May",)}))
    'which activities did the ATU organize in May?'
    """
    left = {kind: list(held) for kind, held in question.names.items()}

    def fill(text: str) -> str:
        kind = question.kind or ACTIVITIES
        return NAME.sub(lambda match: kind if match[1] == ACTIVITIES else left[match[1]].pop(0), text)

    def has(text: str) -> bool:
        return all(left.get(name) for name in NAME.findall(text) if name != ACTIVITIES)

    if question.kind and f"{{{ACTIVITIES}}}" not in template:
        return ""
    found = _OPTIONAL.sub(lambda match: fill(match[1]) if has(match[1]) else "", template.rstrip("?"))
    if not has(found):
        return ""
    found = fill(found)
    for limit, words in LIMITS.items():
        if left.get(limit):
            found += fill(words)
    return "" if any(left.values()) else f"{found}?"
