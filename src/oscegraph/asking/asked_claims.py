"""Stage 7d19: claims that the answer to another question tells: who is the only one, or did most; whether two are alike.

"Was Skopje the only place where it was tried out?" is so if that is the answer to "in which places was it tried out?".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from oscegraph.asking.patterns import lazy_pattern

_IS = r"^\W*(?:is|was|are|were)\s+"
_WHO = (
    r"(?P<who>(?:the\s+)?(?-i:[A-Z\"\u201c])[^,;:?]{1,120}?|the\s(?:(?!\bthe\b)[^,;:?]){8,120}?"
    r"|(?!(?:there|it|this|that|they|he|she|any|all|every|each|one|both)\b)[a-z][\w-]+(?:\s[\w-]+){0,3}?)"
)
_NOUN = r"(?P<noun>(?:[\w-]+\s+){0,2}?[\w-]+)"
# "Was A the only unit that worked with B?", "Is A the field operation with the most staff?"
_THE_ONE = lazy_pattern(
    rf"{_IS}{_WHO}\s+(?:the\s+)(?P<only>only\s+|sole\s+|single\s+)?(?:one\s+)?(?!same\b){_NOUN}\s+"
    r"(?P<link>that|which|who|with|where|in which|for which|to which|at which|in|on|of)\s+(?P<rest>[^?;:]{6,}?)\W*$",
    re.IGNORECASE,
)
# "Does A have more staff than any other field operation?"
_THAN_ANY = lazy_pattern(
    r"^\W*(?:did|does|do|has|have|had)\s+(?P<who>(?:the\s+)?(?-i:[A-Z])[^,;:?]{1,80}?)\s+"
    r"(?P<verb>have|report|organi[sz]ed?|host(?:ed)?|held|hold|fund(?:ed)?|attend(?:ed)?|run|ran|had)\s+"
    r"(?:more\s+(?P<what>[^,;:?]{3,60}?)|a\s+(?:higher|larger)\s+(?P<figure>staff)\s+(?:figure|number)[^,;:?]{0,20}?)"
    r"\s+than\s+(?:any|all|every)\s+other\s+(?P<noun>[^,;:?]{3,40}?)\W*$",
    re.IGNORECASE,
)
# "Did A watch the exercise at the invitation of B?"
_AT_INVITATION = lazy_pattern(
    r"^\W*(?:did|does|was|were)\s+(?P<guest>(?:the\s+)?(?-i:[A-Z])[^,;:?]{1,60}?)\s+(?:attend(?:ed)?|watch(?:ed)?|observed?|visit(?:ed)?|join(?:ed)?"
    r"|take\s+part\s+in|present\s+at|at)\s+(?P<what>(?:the|an?)\s[^,;:?]{4,}?)\s+(?:at\s+the\s+invitation\s+of|on\s+invitation\s+(?:by|of|from)"
    r"|invited\s+by)\s+(?P<who>(?:the\s+)?(?-i:[A-Z])[^,;:?]{1,80}?)\W*$",
    re.IGNORECASE,
)
_BY = r"paid for|funded|financed|sponsored|organi[sz]ed|hosted|held|run|taught|accredited"
# "Was A paid for by the same country as B?", "Was A held in the same town as B?"
_SAME = lazy_pattern(
    rf"^\W*(?:was|were)\s+(?P<one>(?:the|an?)\s[^,;:?]{{6,}}?)\s+"
    rf"(?:(?P<verb>{_BY})\s+by\s+the\s+same\s+[\w-]+|(?:held\s+|given\s+)?in\s+the\s+same\s+(?P<where>town|city|place|country|month))"
    r"\s+as\s+(?P<other>(?:the|an?|that|those)\s[^,;:?]{6,}?)\W*$",
    re.IGNORECASE,
)
# "Did A arrange study visits to both B and C?"; what limits it behind these is of both.
_BOTH = lazy_pattern(
    r"^\W*(?P<ask>(?:did|does|has|have|had|was|were)\s+[^,;:?]+?)\s+(?P<to>to|in|from)\s+both\s+"
    r"(?P<one>(?:the\s+)?(?-i:[A-Z])[^,;:?]*?)\s+and\s+(?P<other>(?:the\s+)?(?-i:[A-Z])[^,;:?]*?)"
    r"(?P<tail>\s+(?:in|on|during|at|for|with)\s+[^,;:?]*?)?\W*$",
    re.IGNORECASE,
)
# "Did A and B both train the police?"
_EACH_DID = lazy_pattern(
    r"^\W*(?P<aux>did|does|do|has|have)\s+(?P<one>(?:the\s+)?(?-i:[A-Z])[^,;:?]*?)\s+and\s+(?P<other>(?:the\s+)?(?-i:[A-Z])[^,;:?]*?)"
    r"\s+(?:both|each)\s+(?P<rest>(?:(?!\bboth\b)[^;:?]){6,}?)\W*$",
    re.IGNORECASE,
)
# What is denied is not claimed; what is "the same as" something is no statement on one of the two.
DENIED = lazy_pattern(r"\bnot\b|n['\u2019]t\b|\bnever\b", re.IGNORECASE)
SAME_AS = lazy_pattern(r"\b(?:the|one and the|this) same (?:[\w-]+ ){1,3}as\b", re.IGNORECASE)
# What says no kind of what is asked for, or is asked otherwise.
_NO_NOUN = lazy_pattern(
    r"^(?:(?:first|last|second|third|main|chief|only)\b.*|one|ones|(?:co-?)?organi[sz]ers?|funders?|donors?|hosts?|trainers?|partners?"
    r"|basis|subject|topic|title|name|aim|head|part|member|author|end|beginning|case|result)$",
    re.IGNORECASE,
)
_MORE = lazy_pattern(r"\b(?:who|whom|which|what|when|how|or|not|and\s+(?:did|was|were|is))\b", re.IGNORECASE)
_OFTEN = lazy_pattern(r"\b(?:most|fewest|largest|smallest|longest|highest|lowest)\b", re.IGNORECASE)


class TheOne(NamedTuple):
    """Who is claimed to be the one that a question asks for; `only` if there is claimed to be no other one.

    `invited` says that it is claimed who invited somebody.
    """

    who: str
    question: str
    only: bool
    invited: bool = False


def the_one(text: str) -> TheOne | None:
    """Return who is claimed to be the answer to which question; None if nothing of the kind is claimed.

    >>> the_one("Was Skopje the only place where the module was tried out?")
    TheOne(who='Skopje', question='In which places the module was tried out?', only=True, invited=False)
    >>> the_one("Is the Office in Tajikistan the field operation with the most staff?").question
    'Which field operation has the most staff?'
    >>> the_one("Is PC.DEC/758 the decision that tasks the ODIHR?")
    TheOne(who='PC.DEC/758', question='Which decision tasks the ODIHR?', only=False, invited=False)
    >>> the_one("Does the Office in Tajikistan have more staff than any other field operation?").question
    'Which field operation has the most staff?'
    >>> the_one("Did the ATU watch the exercise in Donetsk at the invitation of the Ukrainian police?")[:2]
    ('the Ukrainian police', 'Who invited the ATU to the exercise in Donetsk?')
    >>> the_one("Was the Octopus Conference in Strasbourg?"), the_one("Was Norway the only funder of the workshop?")
    (None, None)
    """
    text = " ".join(text.split())
    if match := _THAN_ANY.match(text):
        verb = "has" if match["verb"].casefold() in ("have", "had", "report") else match["verb"]
        return TheOne(match["who"], f"Which {match['noun']} {verb} the most {match['what'] or match['figure']}?", False)
    if match := _AT_INVITATION.match(text):
        return TheOne(match["who"], f"Who invited {match['guest']} to {match['what']}?", False, True)
    match = _THE_ONE.match(text)
    if match is None or _NO_NOUN.match(match["noun"]) or _MORE.search(match["rest"]) or " the only " in match["who"]:
        return None
    link, only = match["link"].casefold(), bool(match["only"])
    if link in ("in", "on", "of") and not only:
        # "Was it the workshop on drugs in Vienna?" describes one, and claims nothing else.
        return None
    noun = _several(match["noun"]) if only else match["noun"]
    if link == "with":
        asked = f"Which {noun} {'have' if only else 'has'} {match['rest']}"
    elif link in ("in", "on", "of"):
        asked = f"Which {noun} were {link} {match['rest']}"
    elif link == "where" or link.endswith(" which"):
        asked = f"{link.removesuffix(' which').replace('where', 'in').capitalize()} which {noun} {match['rest']}"
    else:
        asked = f"Which {noun} {match['rest']}"
    return TheOne(match["who"], f"{asked}?", only)


def _several(noun: str) -> str:
    """Return a noun as of several: "field operations", "countries"."""
    if noun.endswith("s"):
        return noun
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("ch", "sh")) else f"{noun}s"


def superlative(asked: TheOne) -> bool:
    """Whether the one that is most something is asked for: of whoever is not told there it is not so."""
    return bool(_OFTEN.search(asked.question))


def same(text: str) -> tuple[str, str] | None:
    """Return the questions on two things whose answers are claimed to be the same; None if that is not asked.

    >>> same("Was the course in Bonn paid for by the same country as the course in Wiesbaden?")
    ('Who paid for the course in Bonn?', 'Who paid for the course in Wiesbaden?')
    >>> same("Was the course on Linux held in the same town as the course on forensics?")[1]
    'In which town was the course on forensics held?'
    """
    match = _SAME.match(" ".join(text.split()))
    if match is None:
        return None
    sides = (match["one"], match["other"])
    if match["verb"]:
        first, other = (f"Who {match['verb']} {side}?" for side in sides)
    else:
        first, other = (f"In which {match['where']} was {side} held?" for side in sides)
    return first, other


def each_did(text: str) -> tuple[str, str] | None:
    """Return the questions on each of two who are both claimed to have done something; None if that is not claimed.

    >>> each_did("Did Turkey and the United States both train the Kosovo police?")
    ('Did Turkey train the Kosovo police?', 'Did the United States train the Kosovo police?')
    >>> each_did("Did the ATU and the SPMU work together?") is None
    True
    """
    match = _EACH_DID.match(" ".join(text.split()))
    if match is None:
        return None
    aux = {"do": "does", "have": "has"}.get(match["aux"].casefold(), match["aux"])
    first, other = (f"{aux.capitalize()} {match[side]} {match['rest']}?" for side in ("one", "other"))
    return first, other


def both(text: str) -> tuple[str, str, tuple[str, str]] | None:
    """Return the questions on each of two places that something is claimed of both of, and the places; None if it is not.

    >>> both("Did the Mission arrange study visits to both Sweden and Italy in 2011?")[:2]
    ('Did the Mission arrange study visits to Sweden in 2011?', 'Did the Mission arrange study visits to Italy in 2011?')
    """
    match = _BOTH.match(" ".join(text.split()))
    if match is None:
        return None
    first, other = (f"{match['ask']} {match['to']} {match[side]}{match['tail'] or ''}?" for side in ("one", "other"))
    return first, other, (match["one"], match["other"])
