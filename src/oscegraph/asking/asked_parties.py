"""Stage 7d10: several roles in one activity that a question asks for at once: who trained, accredited and paid for it.

Each is a question of its own; the answer has a row for whoever had the role.
"""

from __future__ import annotations

import re

from oscegraph.asking.patterns import lazy_pattern

# What is done, as a question on the activity; the verb is the label of a row.
_VERBS = {
    "organized": (r"organi[sz]ed|held|ran|convened", "Who organized {}?"),
    "trained": (r"trained(?: at)?|taught(?: at)?|gave|delivered", "Who taught at {}?"),
    "accredited": (r"accredited", "Who accredited {}?"),
    "paid": (r"paid(?: for)?|funded|financed|sponsored", "Who paid for {}?"),
    "hosted": (r"hosted", "Who hosted {}?"),
    "supported": (r"supported|backed", "Who supported {}?"),
    "spoke": (r"spoke(?: at)?|lectured(?: at)?", "Who spoke at {}?"),
    "attended": (r"attended|took part in|participated in", "Who attended {}?"),
}
_VERB = "|".join(pattern for pattern, _ in _VERBS.values())
_AND = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+)"
_ROLES = lazy_pattern(
    rf"^\W*(?P<verbs>who\s+(?:{_VERB})(?:{_AND}(?:who\s+)?(?:{_VERB}))+)\s+(?P<said>(?:the|a|an)\b.{{8,}}?)\W*$",
    re.IGNORECASE,
)


def roles(text: str) -> list[tuple[str, str]]:
    """Return the roles that a question asks for, each with the question for it; none if it asks for one only.

    >>> for one in roles("Who trained, who accredited and who paid for the course in Bonn?"): print(one)
    ('trained', 'Who taught at the course in Bonn?')
    ('accredited', 'Who accredited the course in Bonn?')
    ('paid', 'Who paid for the course in Bonn?')
    >>> roles("Who paid for the course in Bonn?")
    []
    """
    match = _ROLES.match(" ".join(text.split()))
    if match is None:
        return []
    said = re.split(_AND, re.sub(r"\bwho\s+", "", match["verbs"], flags=re.IGNORECASE))
    named = [next(name for name, (words, _) in _VERBS.items() if re.fullmatch(words, one, re.IGNORECASE)) for one in said]
    return [(name, _VERBS[name][1].format(match["said"])) for name in named] if len(set(named)) == len(named) else []
