"""Stage 8d: how drafts say what the graph calls otherwise, by `queries/drafts.txt`: short forms, kinds, empty words."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from oscegraph import resources
from oscegraph.directory import fold


@dataclass
class Forms:
    """What the file says.

    - `read`: patterns with the words that they are read as, the longest first.
    - `bodies`: names of bodies without their state by a short form; `themes` and `kinds`: slugs by words.
    - `none`: words of kinds that say no kind alone; `nobody`: words that end a phrase for an audience and are no people.
    - `empty`: words that say nothing; `general`: those that say nothing of a theme; `company`: those that say something only
      beside another word; `deeds`: what is done to people; `trafficked`: those for people to whom it is done; `written`:
      adjectives of states with capitals only.
    """

    read: list[tuple[re.Pattern[str], str]] = field(default_factory=list)
    bodies: dict[str, list[str]] = field(default_factory=dict)
    themes: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    none: set[str] = field(default_factory=set)
    nobody: set[str] = field(default_factory=set)
    empty: set[str] = field(default_factory=set)
    general: set[str] = field(default_factory=set)
    company: set[str] = field(default_factory=set)
    deeds: set[str] = field(default_factory=set)
    trafficked: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)

    def spelled_out(self, text: str) -> str:
        """Return a draft with the words that its short forms stand for.

        >>> forms().spelled_out("ToT for FIU staff, hand-over")
        'training of trainers for Financial Intelligence Unit staff, handover'
        """
        for pattern, words in self.read:
            text = pattern.sub(words, text)
        return text


@functools.cache
def forms() -> Forms:
    """Return what `queries/drafts.txt` says."""
    found = Forms()
    patterns: list[tuple[str, str]] = []
    for line in resources.word_lines("drafts.txt"):
        head, _, said = line.partition(" <- ")
        what, _, of = head.partition(" ")
        words = said.split(", ")
        if what == "read":
            patterns += [(form, of) for form in words]
        elif what == "body":
            for form in words:
                found.bodies.setdefault(form, []).append(of)
        elif what in ("kind", "theme"):
            (found.kinds if what == "kind" else found.themes).update(dict.fromkeys(words, of))
        else:
            getattr(found, what).update(map(fold, words))
    for form, of in sorted(patterns, key=lambda one: (-len(one[0]), one[0])):
        flags = re.NOFLAG if form != form.lower() else re.IGNORECASE
        found.read.append((re.compile(rf"(?<![\w-]){re.escape(form)}(?![\w-])", flags), of))
    return found


def says_nothing(words: list[str]) -> bool:
    """Whether words say nothing of a theme: all are general, or one stands alone that needs company."""
    known = forms()
    return all(word in known.general | known.empty for word in words) or (len(words) == 1 and words[0] in known.company)
