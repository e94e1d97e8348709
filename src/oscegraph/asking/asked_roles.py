"""Stage 10d3: which roles and kinds of actors a question asks for, and what of it no reading answers."""

from __future__ import annotations

import re

from oscegraph.asking import asked_parts, targets, wording
from oscegraph.asking.asked_links import Link, Linked
from oscegraph.asking.asked_types import TYPES

# Role cues, and the roles that they mean in the words of the report.
ROLES = {
    "fund": ("funder",),
    "organize": ("organizer", "partner"),
    "run": ("organizer",),
    "host": ("host",),
    "visited": ("host",),
    "train": ("trainer",),
    "attend": ("attendee", "beneficiary"),
    "takepart": ("attendee", "beneficiary", "speaker", "partner", "trainer"),
    "support": ("partner", "facilitator"),
    "accredit": ("accreditor",),
    "speak": ("speaker",),
    "benefit": ("beneficiary", "attendee"),
    "sent": ("attendee", "beneficiary"),
}
_JOINED = re.compile(r"^[\s,/]*(?:and|or|and/or|&)?[\s,/]*(?:also\s+|co-?)?$", re.IGNORECASE)
REGIONAL = re.compile(r"\b(?:sub)?-?regional (?:organi[sz]ations?|bod(?:y|ies)|institutions?)\b", re.I)
_OR_WIDE = re.compile(
    r"\b(?:NGOs?|organi[sz]ations) (?:and|or) (?:\w+ )?(?:bodies|organi[sz]ations|institutions|agencies)\b", re.I
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


def of_state(linked: Linked) -> bool:
    """Whether what is asked for is of a state: "which Lithuanian bodies"."""
    plain = [w.plain for w in linked.words]
    asking = next(
        (i for i, word in enumerate(plain) if word in ("who", "whom", "when", "where", "which", "what", "many")), -1
    )
    return (
        asking >= 0 and plain[asking] in ("which", "what", "many") and any(map(linked.is_demonym, (asking + 1, asking + 2)))
    )


def is_double(linked: Linked, target: targets.Target) -> bool:
    """Whether a question asks twice for things of the same kind."""
    parts = asked_parts.halves(linked.text)
    if parts is None or len(target.asked) > 1:
        return False
    cues = [
        {c for w in wording.words(part) for c in wording.cues().get(w.plain, ())} | wording.phrases(part) for part in parts
    ]
    return all(named & (ROLES.keys() | {"partner", "rest", "when", "where", "towns", "adopt", "chapter"}) for named in cues)


def is_near(linked: Linked, link: Link) -> bool:
    """Whether a place is only near where something was."""
    return link.start > 0 and linked.words[link.start - 1].plain in ("near", "around", "outside")


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
    if "secretariat" in cues and "units" in found:
        found = ["secretariat", *found]
    if "international" in cues and _OR_WIDE.search(linked.text):
        # "NGOs and international bodies"
        found = ["international", *found]
    elif _OR_WIDE.search(linked.text):
        wide.pop("ngos")
    without = {cue for one in found for cue in wide.get(one, ())}
    return [cue for cue in dict.fromkeys(found) if cue not in without]
