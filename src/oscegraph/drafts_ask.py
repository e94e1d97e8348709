"""Stage 8h: whom to ask about a draft: who works there, who did most like it, who has a mandate; and the focal points."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

from oscegraph import query
from oscegraph.directory import Directory
from oscegraph.drafts_areas import Areas, structures
from oscegraph.drafts_found import CIRCLES, Fit, Row
from oscegraph.drafts_words import Reading
from oscegraph.store import Store

Line = tuple[str, int, int]
# Why a field operation is asked for the area in which it works. Who works where a study visit leads to does not plan it.
THERE, FROM, VISITED = "works there", "works where the visitors come from", "works where the visit leads to"


class Askers:
    """Ranks the units of one graph for drafts."""

    def __init__(self, store: Store, directory: Directory) -> None:
        self.store, self.directory = store, directory

    @cached_property
    def focal(self) -> dict[str, Row]:
        """Structure -> its focal point; its words are the structure and the titles of the posts."""
        found: dict[str, Row] = {}
        for row in query.run(self.store, "focal-posts"):
            of = row["structure"] or ""
            item = found.setdefault(of, Row(row["post"] or "", row["postLabel"] or "", words=[self.directory.label(of)]))
            if row["title"] and row["title"] not in item.words:
                item.words.append(row["title"])
                item.see([(row["chapter"] or "", int(row["first"] or 0), int(row["last"] or 0))])
        return found

    def name(self, instrument: str) -> str:
        """Return symbol and title of an instrument."""
        thing = self.directory.things.get(instrument)
        if thing is None:
            return self.directory.label(instrument)
        return " ".join([*thing.names.get("symbol", [])[:1], thing.label])

    def hosts(self, areas: Areas) -> dict[str, tuple[str, list[Line]]]:
        """Return who works in the states, or else in the regions: structure -> the reason, and where its chapter begins.

        Who works where visitors come from stands for who works in the states that they visit.
        """
        found: dict[str, tuple[str, list[Line]]] = {}
        regions = set() if areas.states | areas.homes else areas.regions
        there = VISITED if areas.homes else THERE
        for kind, given, reason in (("state", areas.homes, FROM), ("state", areas.states, there), ("region", regions, "")):
            for row in query.run(self.store, "plan-hosts", **{kind: sorted(given)}) if given else ():
                said = reason or f"works in the region {self.directory.label(row['area'] or '')}"
                lines = [(row["chapter"] or "", int(row["line"]), int(row["line"]))] if row["line"] else []
                found.setdefault(row["structure"] or "", (said, lines))
        return found

    def _mandates(self, reading: Reading, units: dict[str, Row]) -> tuple[dict[str, dict[str, list[Line]]], set[str]]:
        """Return the mandates on the themes by structure, and the structures that are themselves asked."""
        mandates: dict[str, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
        own: set[str] = set()
        for line in query.run(self.store, "plan-mandates", theme=[f.iri for f in reading.themes]) if reading.themes else ():
            place = (line["chapter"] or "", int(line["first"] or 0), int(line["last"] or 0))
            above = line["reach"] == "above"
            whom = f"{self.directory.label(line['addressee'] or '')}, above it" if above else "it"
            said = f"{self.name(line['instrument'] or '')} {line['relation']} {whom}"
            # What is asked of a head above is a reason for those that work on it, no work by itself.
            if not above or line["structure"] in units:
                mandates[line["structure"] or ""][said].append(place)
            if not above:
                own.add(line["structure"] or "")
        return mandates, own

    def ask(
        self, reading: Reading, units: dict[str, Row], best: dict[str, Fit], hosts: dict[str, tuple[str, list[Line]]]
    ) -> list[Row]:
        """Rank units: who works in the state, or whence visitors come; who is named; who did what is most like it.

        `best` is the activity of each unit that is most like the draft; its whole points count, then the activities on it
        there, then those on it, then mandates. What is left is ranked by the number of activities in each circle.
        """
        mandates, own = self._mandates(reading, {unit: row for unit, row in units.items() if unit in best})
        named = set(structures(reading, self.directory))
        rows = []
        for iri in sorted({*units, *mandates, *named, *hosts}):
            known = units.get(iri) or Row(iri, self.directory.label(iri))
            row = Row(iri, known.label, known.numbers, roles=known.roles)
            reason, lines = hosts.get(iri, ("", []))
            numbers = ", ".join(f"{known.numbers[n]} {label}" for n, label in enumerate(CIRCLES) if known.numbers[n])
            row.words += [reason] if reason else []
            row.words += [f"activities: {numbers}"] if numbers else []
            if iri in best:
                fit = best[iri]
                row.words.append(f"nearest: “{fit.activity.label}” ({CIRCLES[fit.circle]})")
                row.see(fit.sources)
            row.words += mandates.get(iri, {})
            row.words += ["named in the draft"] if iri in named else []
            row.see(lines + known.sources[:3] + [place for places in mandates.get(iri, {}).values() for place in places])
            row.see(self.focal[iri].sources if iri in self.focal else [])
            rows.append(row)

        def order(row: Row) -> tuple[Any, ...]:
            like, about = round(best[row.iri].points) if row.iri in best else 0, sum(row.numbers[n] for n in range(3))
            counts = (-row.numbers[circle] for circle in range(len(CIRCLES)))
            first = hosts.get(row.iri, ("", []))[0] not in (THERE, FROM)
            mandate = (row.iri not in own, row.iri not in mandates)
            return first, row.iri not in named, -like, -row.numbers[0], -about, *mandate, *counts, row.label

        return sorted(rows, key=order)
