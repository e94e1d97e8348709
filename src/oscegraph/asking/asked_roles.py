"""Stage 10d3: which roles and kinds of actors a question asks for."""

from __future__ import annotations

import re

from oscegraph.asking import targets, wording
from oscegraph.asking.asked_links import Linked
from oscegraph.asking.asked_types import TYPES
from oscegraph.asking.patterns import lazy_pattern

# Cues of words that ask for a role.
ROLES = (
    "fund",
    "organize",
    "run",
    "host",
    "visited",
    "train",
    "attend",
    "takepart",
    "support",
    "accredit",
    "speak",
    "benefit",
    "sent",
)
# "Who organized it?", "which bodies held it?"
WHO_MADE = lazy_pattern(
    r"\b(?:who|which [\w ]{3,30}?) (?:jointly )?(?:organi[sz]ed|ran|held|put on|arranged(?! for))\b", re.IGNORECASE
)
# "Who came to it?", "whom did the unit meet?"
WHO_CAME = lazy_pattern(
    r"^\W*(?:who (?:attended|took part|came|participated|(?:was|were) (?:present|at))|whom? did [^?;]{3,80}? meet)\b",
    re.IGNORECASE,
)
# What asks who worked with somebody.
WORKED = lazy_pattern(r"\b(?:work(?:ed|s)?|co-?operat\w+|jointly|together|partner\w*|joint)\b", re.IGNORECASE)
_JOINED = lazy_pattern(r"^[\s,/]*(?:and|or|and/or|&)?[\s,/]*(?:also\s+|co-?)?$", re.IGNORECASE)
_OR_WIDE = lazy_pattern(
    r"\b(?:NGOs?|organi[sz]ations) (?:and|or) (?:\w+ )?(?:bodies|organi[sz]ations|institutions|agencies)\b", re.I
)


# Bodies that are not of the OSCE.
EXTERNAL = "external"
_OPERATIONS = r"(?:field\s+)?(?:operations?|missions?|presences?)"
_ALL_UNITS = lazy_pattern(
    rf"\b(?:units?|institutions?|structures?)\b(?:\s+of\s+the\s+Secretariat)?\s*(?:,|,?\s*\b(?:and|or)\b)"
    rf"\s*(?:(?:institutions?|units?)\s*,?\s*(?:and|or)\s+)?(?:other\s+|the\s+)*{_OPERATIONS}\b"
    rf"|\b{_OPERATIONS}\s*(?:,|,?\s*\b(?:and|or)\b)\s*(?:other\s+|the\s+|Secretariat\s+)*(?:units?|institutions?)\b",
    re.IGNORECASE,
)
# "Of the Secretariat or in the field" are all of them, too.
_THERE_TOO = lazy_pattern(
    r"\bsecretariat\s+(?:and|or)\s+(?:(?:in|of)\s+)?the\s+field\b|\bthe\s+field\s+(?:and|or)\s+(?:(?:in|of|at)\s+)?the\s+secretariat\b",
    re.IGNORECASE,
)


def roles(linked: Linked) -> list[str]:
    """Return the role cues that say who is asked for: the first one, and those joined to it by "and" or "or"."""
    found: list[str] = []
    end = 0
    if re.search(r"\b(?:who|which \w+) (?:else )?trained\b", linked.text, re.IGNORECASE):
        return ["train"]
    names = {i for link in linked.links for i in range(link.start, link.end)}
    for place, word in enumerate(linked.words):
        cues = [cue for cue in ROLES if cue in wording.cues().get(word.plain, ())]
        if not cues or place in names:
            continue
        if found and not _JOINED.match(linked.text[end : word.start]):
            break
        found += cues
        end = word.end
    return found or [cue for cue in ROLES if cue in linked.cues]


def types(linked: Linked, target: targets.Target, cues: set[str]) -> list[str]:
    """Return what the answer has to be; of several words for it the narrower."""
    if targets.WHO in target.asked and not target.types:
        return []
    found = target.types or [cue for cue in TYPES if cue in cues]
    wide = {
        "secretariat": {"units"},
        "operations": {"units"},
        "international": {"organizations", "bodies"},
        "ngos": {"bodies", "organizations"},
    }
    if _THERE_TOO.search(linked.text):
        found = [cue for cue in found if cue not in ("secretariat", "operations")] or ["units"]
    elif "secretariat" in cues and "units" in found:
        found = ["secretariat", *found]
    if "international" in cues and _OR_WIDE.search(linked.text):
        # "NGOs and international bodies"
        found = ["international", *found]
    elif _OR_WIDE.search(linked.text):
        wide.pop("ngos")
    if EXTERNAL in cues and set(found) <= {"bodies", EXTERNAL}:
        # "Which bodies outside the OSCE" are no units of it.
        found = [EXTERNAL]
    if {"operations", "units"} <= set(found) and _ALL_UNITS.search(linked.text):
        # "Units and field operations" are all of them.
        found = [cue for cue in found if cue != "operations"]
    without = {cue for one in found for cue in wide.get(one, ())}
    return [cue for cue in dict.fromkeys(found) if cue not in without]
