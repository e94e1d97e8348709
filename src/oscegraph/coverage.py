"""Stage 8b: the ledger. Every non-blank line of chapter II is told of by something, or there is a reason why not."""

from __future__ import annotations

from dataclasses import dataclass, field

from oscegraph import query
from oscegraph.errors import ReportError
from oscegraph.evidence import Report, read_passages
from oscegraph.store import Store

CHAPTER = "II"


@dataclass
class Coverage:
    """What covers the non-blank lines of chapter II: numbers by kind, and the lines that nothing covers."""

    lines: int = 0
    by_cover: dict[str, int] = field(default_factory=dict)
    by_chapter: dict[str, tuple[int, int]] = field(default_factory=dict)
    uncovered: list[tuple[int, str]] = field(default_factory=list)


def cover(store: Store, report: Report) -> Coverage:
    """Return the coverage of chapter II by the tellings and ledger entries of the graph.

    Raises ReportError if the lines of this copy are not the lines that the graph counts.
    """
    if not report.exact:
        raise ReportError(f"{report.remark} Coverage counts lines, so it needs the copy whose lines are counted.")
    sections = list(query.run(store, "sections"))
    whole = next((row for row in sections if row["number"] == CHAPTER), None)
    if whole is None:
        raise ReportError("The data name no section II of the report, so there is nothing to cover.")
    first, last = int(whole["first"] or 0), int(whole["last"] or 0)
    told: dict[int, str] = {}
    for passage in read_passages(store):
        # A telling outranks a ledger entry for the same line, so that the numbers add up to the lines.
        what = "telling" if passage.cls == "Telling" else passage.reason
        if what:
            for line in range(passage.first, passage.last + 1):
                if what == "telling" or line not in told:
                    told[line] = what
    result = Coverage()
    chapters = [row for row in sections if row["structure"]]
    for number in range(first, last + 1):
        text = report.lines[number - 1] if number <= len(report.lines) else ""
        if not text.strip():
            continue
        result.lines += 1
        what = told.get(number)
        chapter = next(
            (str(r["number"]) for r in chapters if int(r["first"] or 0) <= number <= int(r["last"] or 0)), CHAPTER
        )
        covered, all_ = result.by_chapter.get(chapter, (0, 0))
        result.by_chapter[chapter] = (covered + bool(what), all_ + 1)
        if what:
            result.by_cover[what] = result.by_cover.get(what, 0) + 1
        else:
            result.uncovered.append((number, text.strip()))
    return result
