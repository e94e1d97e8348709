"""Stage 7d7: the chapters that a question speaks of: those of a span, those of a part of the report."""

from __future__ import annotations

import re

from oscegraph.asking.asked_links import Linked
from oscegraph.asking.patterns import lazy_pattern

# Which chapters a word for whose they are means.
PARTS = {"operations": "II.3.", "secretariat": "II.1."}
_PART_TWO = lazy_pattern(r"\b(?:part|chapter)s? (?:II|two)\b(?!\.)", re.IGNORECASE)
_THEMATIC = lazy_pattern(r"\bthematic units?\b", re.IGNORECASE)
_FROM_TO = lazy_pattern(
    r"\b(II\.\d)\.(\d{1,2})\s*(?:-|\u2013|\bto\b|\buntil\b|\bthrough\b)\s*\1\.(\d{1,2})\b"
    r"|\bbetween\s+(?:chapters?\s+)?(II\.\d)\.(\d{1,2})\s+and\s+(?:chapter\s+)?\4\.(\d{1,2})\b",
    re.IGNORECASE,
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


def chapters_within(linked: Linked, chapters: list[str]) -> list[str]:
    """Return those chapters that a question speaks of: of a span, or of a part of the report; all if it speaks of none."""
    if span := span_of_chapters(linked.text):
        return [chapter for chapter in chapters if chapter in span]
    part = next((part for cue, part in PARTS.items() if cue in linked.cues), "")
    part = PARTS["secretariat"] if not part and _THEMATIC.search(linked.text) else part
    part = "II." if not part and _PART_TWO.search(linked.text) else part
    return [chapter for chapter in chapters if chapter.startswith(part)]
