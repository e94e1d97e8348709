"""Stage 10e10: the staff of structures and of their departments, as figures and details tell it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from oscegraph.asking.facts import Facts

_STAFF_STEM = "staff"


class StaffTold:
    """Holds who has how many staff, over one set of facts."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.directory = facts, facts.directory

    @cached_property
    def staff(self) -> dict[str, int]:
        """The staff of each structure, all categories together."""
        found: dict[str, int] = defaultdict(int)
        for row in self.facts.listed("figure_staff"):
            found[row["structure"] or ""] += int(row["staff"] or 0)
        return dict(found)

    @cached_property
    def categories(self) -> dict[str, list[str]]:
        """The staff of each structure whose staff is told by category."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.facts.listed("figure_staff"):
            category = (row["staffCategory"] or "").removesuffix(" staff")
            if category in ("international", "national"):
                found[row["structure"] or ""].append(f"{row['staff']} {category}")
        return dict(found)

    @cached_property
    def departments(self) -> list[tuple[str, str, int]]:
        """The staff of departments: structure, department, number, as single details tell them."""
        things, found = self.directory.things, []
        for iri, thing in things.items():
            whole = next((up for up in thing.facts.get("subOrganizationOf", ()) if up in self.staff), None)
            if whole is None or iri in self.staff:
                continue
            index = self.facts.postings
            for detail in (self.facts.details[index.iris[n]] for n in index.about.get(iri, ())):
                if detail.kind == "number" and detail.about[0] == iri and _STAFF_STEM in detail.heads:
                    found.append((whole, iri, int(detail.values[0])))
                    break
        return sorted(found)

    def structures(self, iri: str) -> list[str]:
        """Return a structure, or that of a department."""
        thing = self.directory.things.get(iri)
        if iri in self.staff or thing is None:
            return [iri]
        things = self.directory.things
        hosts = {up: things[up].facts.get("hostArea", ()) for up in self.staff}
        if thing.cls in ("State", "Territory", "Place"):
            # "The staff in Moldova and in Baku": of the field operations that work there.
            here = {iri, *(thing.facts.get("inArea", ()) if thing.cls == "Place" else ())}
            return [up for up, areas in hosts.items() if here & set(areas)]
        if thing.cls == "Region":
            # Those that work in a state or territory of the region.
            return [up for up, areas in hosts.items() if any(iri in things[a].facts.get("inRegion", ()) for a in areas)]
        return [up for up in thing.facts.get("subOrganizationOf", ()) if up in self.staff]
