"""Stage 15e: the portrait of an actor: figures, partners, themes, months, towns and decisions, each with its evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from oscegraph import answers, plots, portrait_facts, query
from oscegraph.answers import roles_in
from oscegraph.api import Oscegraph
from oscegraph.called import STRUCTURES
from oscegraph.dates import REPORT_YEAR
from oscegraph.directory import Thing
from oscegraph.document import NO_ROLE, Evidence, Link, Section, Table, months, render
from oscegraph.filters import Filters, run_filtered
from oscegraph.namespaces import PREFIXES, local_name
from oscegraph.tellings import ROLES, Activity, by_date, cited, read_activities

TOLD, AREAS = "told", {"State", "Territory"}
MOST = 10
TORN = "the columns of the appendix no longer align, so that this is the likeliest pairing"
GENERAL = "The report says that they co-operated, and not at what; what it tells of both may be no part of that."
_ORGANIZER = "organizer"
_NOBODY_NAMED = (
    "Where a chapter says that something was done and not by whom, its own structure is taken as the organizer "
    "(docs/model.md)."
)
_ANY_PART = (
    "A partner is whoever had any part in an activity with it: whoever came to a conference to which it sent somebody is "
    "one, too. The roles tell these apart."
)
GUESS = (
    "By rule: an older instrument on the same theme that tasks a structure taking part, or the post that leads it. The "
    "report does not say that the activity rests on it."
)


class Portraits:
    """Makes portraits from one graph; what is the same for all is read once."""

    def __init__(self, graph: Oscegraph, known: Iterable[Activity] = ()) -> None:
        self.graph, self.known = graph, {activity.id: activity for activity in known}
        self._who: dict[str, answers.Who] = {}

    def who(self, thing: Thing, found: list[Activity]) -> answers.Who:
        """Return the partners of an actor in its activities, a part of a structure put together with it; looked up once."""
        if thing.iri not in self._who:
            told = answers.who(self.graph.store, self.graph.directory, thing, Filters(), known=found)
            own = self.graph.directory.circle(thing.iri)
            told.partners = portrait_facts.partners(self.graph, told.partners, found, own)
            self._who[thing.iri] = told
        return self._who[thing.iri]

    @cached_property
    def shares(self) -> dict[str, dict[str, str]]:
        """For each executive structure its activities, and whether its own chapter tells them or another names it."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for row in query.run(self.graph.store, "plan-units"):
            found[row["structure"] or ""][row["activity"] or ""] = row["toldAs"] or ""
        return found

    @cached_property
    def posts(self) -> dict[str, list[tuple[str, str]]]:
        """For each structure the titles of its focal points on organized crime, each with where it stands."""
        return portrait_facts.posts(self.graph)

    @cached_property
    def spots(self) -> dict[str, tuple[float, float]]:
        """The towns with their places on the globe."""
        rows = query.run(self.graph.store, "coordinates")
        return {row["place"] or "": (float(row["latitude"] or 0), float(row["longitude"] or 0)) for row in rows}

    def activities(self, thing: Thing) -> list[Activity]:
        """Return the activities that involve an actor or a part of it, and those that its own chapter tells."""
        rows = run_filtered(self.graph.store, "activities", Filters(), actor=thing.iri)
        iris = sorted({row["activity"] or "" for row in rows} | self.shares.get(thing.iri, {}).keys())
        if self.known.keys() >= set(iris):
            return sorted((self.known[iri] for iri in iris), key=by_date)
        return read_activities(self.graph.store, self.graph.directory, iris)

    def sections(self, thing: Thing, found: list[Activity], proof: Evidence, prefix: str = "") -> list[Section]:
        """Return the portrait; with a prefix for its anchors one without map and without the provisions on the structure."""
        made = [
            self.figures(thing, found, proof, prefix),
            self.partners(thing, found, proof, prefix),
            self.themes(thing, found, proof, prefix),
            months(thing, found, proof, prefix),
        ]
        if not prefix:
            made.append(self.towns(thing.short, found, proof))
        made.append(self.decisions(thing, found, proof, prefix))
        return made

    def figures(self, thing: Thing, found: list[Activity], proof: Evidence, prefix: str) -> Section:
        """Return the numbers of an actor, and its own roles."""
        name, inside = thing.short, self.graph.directory.circle(thing.iri)
        partners = self.who(thing, found).partners
        section = Section(f"{prefix}figures", "Figures")
        rows: list[list[Any]] = [["Activities", proof.link(f"activities of {name}", (a.id for a in found)), ""]]
        if thing.cls in STRUCTURES:
            shares = self.shares.get(thing.iri, {})
            told = [iri for iri, how in shares.items() if how == TOLD]
            named = [iri for iri, how in shares.items() if how != TOLD]
            rows.append(["told by its own chapter", proof.link(f"told by the chapter of {name}", told), ""])
            rows.append(["named by other chapters only", proof.link(f"naming {name} elsewhere", named), ""])
        else:
            section.says.append(
                "Told, named and staff are left out: only executive structures have chapters and staff figures."
            )
        if thing.cls in AREAS:
            section.says.append(
                f"This is {name} as such, where the report names it in a part of its own: its bodies have their own pages."
            )
        alone = len(partners) - len(portrait_facts.parts(self.graph, partners))
        number = Link(alone, f"{prefix}partners" if partners else "", f"partners of {name}")
        shared = {iri for partner in partners for iri in partner.activities}
        rows.append(["Partners", number, "bodies and states, each once; what is a part of one of them counts for it"])
        rows.append(["activities with a partner", proof.link(f"activities of {name} with a partner", shared), ""])
        for row in query.run(self.graph.store, "portrait-staff", structure=thing.iri):
            of = f", {row['category']}" if row["category"] != "all staff" else ""
            rows.append([f"Staff on organized crime{of}, as printed, {row['year']}", whole(row["staff"]), cited(row)])
        if thing.cls in STRUCTURES and not any(str(row[0]).startswith("Staff") for row in rows):
            section.says.append("Staff is left out: the report prints no number.")
        for title, where in self.posts.get(thing.iri, ()):
            rows.append(["Focal point on organized crime", title, f"{where}; {TORN}"])
        rows += self._people(thing, found, proof)
        section.tables.append(Table(f"Figures of {name}", ("figure", "number", "remark"), rows))
        had = {a.id: roles_in(a, inside) for a in found}
        roles = {role: [iri for iri, its in had.items() if role in its] for role in ROLES}
        own = [[role, proof.link(f"{name} as {role}", iris)] for role, iris in roles.items() if iris]
        if bare := [iri for iri, its in had.items() if not its]:
            own.append([NO_ROLE, proof.link(f"{name}, {NO_ROLE}", bare)])
        if own:
            section.tables.append(Table(f"Roles of {name}", ("its own role", "activities"), own))
            if thing.cls in STRUCTURES and roles[_ORGANIZER]:
                section.says.append(_NOBODY_NAMED)
        if bodies := portrait_facts.bodies(self.graph, thing):
            rows = [[body.label, body.type.replace("-", " "), body.events] for body in bodies]
            columns = ("body", "type", "activities with a part of it")
            caption = f"Bodies and organizations of {name}, each with a page of its own"
            section.tables.append(Table(caption, columns, rows, shown=MOST))
        return section

    def _people(self, thing: Thing, found: list[Activity], proof: Evidence) -> list[list[Any]]:
        """Return the rows on people, by the part that the actor played; a sum with a number that is not exact says so."""
        people, rows = portrait_facts.people(self.graph, thing, found), []
        for words, numbers, remark in (
            ("People at what it organized, hosted or was a partner in", people.made, "those whom the report counts"),
            ("People whom its projects found or helped", people.reached, "not people who came to an event"),
            ("People whom it sent to activities of others", people.sent, "by its own chapter"),
            (
                "People at other activities of others",
                people.others,
                "those whom the report counts; it spoke, taught, paid, gained or came",
            ),
        ):
            if not numbers and numbers is not people.made:
                continue
            gives = "gives" if len(numbers) == 1 else "give"
            told = f"{remark}; {len(numbers)} of its {len(found)} activities {gives} such a number"
            rough = len(people.rough & numbers.keys())
            about = f", {rough} of them with “over”, “about” or the like, so that the sum is rough" if rough else ""
            what = f"{thing.short}: {words[0].lower()}{words[1:]}, activities with a number of people"
            number = proof.link(what, numbers, sum(numbers.values()))
            rows.append([words, number, f"{told}{about}"])
        return rows

    def partners(self, thing: Thing, found: list[Activity], proof: Evidence, prefix: str) -> Section:
        """Return with whom it worked, in which roles of theirs, and with whom in general, as the report says."""
        section, name = Section(f"{prefix}partners", "Partners"), thing.short
        partners = self.who(thing, found).partners
        self._in_general(thing, partners, section, proof)
        if not partners:
            section.says.append(f"Partners in activities are left out. {' '.join(self.who(thing, found).notes)}")
            return section
        # The activities of a part are among those of the partner that it is a part of.
        above = portrait_facts.parts(self.graph, partners)
        of = {iri: f", part of {self.graph.directory.label(whole)}" for iri, whole in above.items()}
        rows = [
            [
                p.thing.label,
                p.thing.type.replace("-", " ") + of.get(p.thing.iri, ""),
                proof.link(f"{name} with {p.thing.label}", p.activities),
                ", ".join(f"{role} {n}" for role, n in sorted(p.roles.items(), key=lambda i: (-i[1], ROLES.index(i[0])))),
            ]
            for p in partners
        ]
        section.says.append(_ANY_PART)
        columns = ("partner", "type", "shared activities", "roles of the partner")
        section.tables.insert(0, Table(f"Partners of {name}", columns, rows, shown=MOST if prefix else None))
        return section

    def _in_general(self, thing: Thing, partners: list[answers.Partner], section: Section, proof: Evidence) -> None:
        """Add those with whom the report says that it worked, without saying at what."""
        shared = {partner.thing.iri: partner.activities for partner in partners}
        rows: list[list[Any]] = []
        for other, places in portrait_facts.in_general(self.graph, thing):
            link: Any = "none told"
            if iris := shared.get(other.iri):
                link = proof.link(f"{thing.short} with {other.label}", iris)
            rows.append([other.label, other.type.replace("-", " "), "; ".join(places), link])
        if rows:
            columns = ("partner", "type", "said at", "shared activities")
            caption = f"Partners of {thing.short} in general, named without an activity"
            section.tables.append(Table(caption, columns, rows, GENERAL, MOST if section.anchor != "partners" else None))

    def themes(self, thing: Thing, found: list[Activity], proof: Evidence, prefix: str) -> Section:
        """Return its themes by number of activities."""
        name, label = thing.short, self.graph.directory.label
        section = Section(f"{prefix}themes", "Themes")
        counts = Counter(local_name(theme) for a in found for theme in set(a.facts.get("theme", ())))
        ranked = sorted(counts, key=lambda slug: (-counts[slug], slug))
        if not ranked:
            section.says.append("Left out: no activity, so no theme.")
            return section
        section.says.append("An activity on two themes counts for both.")
        titles = {slug: label(PREFIXES["theme"] + slug) for slug in ranked}
        title = f"Activities of {name} by theme"
        drawn = plots.bars(f"{prefix}themes-plot", title, [(titles[slug], counts[slug]) for slug in ranked])
        section.plots.append((title, drawn))
        held = {s: [a.id for a in found if PREFIXES["theme"] + s in a.facts.get("theme", ())] for s in ranked}
        rows = [[titles[s], proof.link(f"{name} on {titles[s]}", held[s])] for s in ranked]
        section.tables.append(Table(f"{title}: table", ("theme", "activities"), rows))
        return section

    def towns(self, name: str, found: list[Activity], proof: Evidence) -> Section:
        """Return where the activities took place, on a map of the coasts."""
        label, at = self.graph.directory.label, defaultdict[str, list[str]](list)
        for activity in found:
            for place in activity.facts.get("place", ()):
                at[place].append(activity.id)
        ranked = sorted(at, key=lambda place: (-len(at[place]), label(place)))
        drawn = [plots.Town(label(p), *self.spots[p], len(at[p])) for p in ranked if p in self.spots]
        section = Section("places", "Places")
        if not drawn:
            section.says.append("Map left out: no activity with a town.")
        else:
            section.says.append("Coasts by Natural Earth; no borders are drawn. Names stand where there is room.")
            title = f"Towns and other places of the activities of {name}"
            section.plots.append((title, plots.towns("map", title, drawn)))
        if bare := [a.id for a in found if not a.facts.get("place")]:
            broad = sum(bool(a.facts.get("country")) for a in found if not a.facts.get("place"))
            more = f"; {broad} of these {'has' if broad == 1 else 'have'} a State or territory alone" if broad else ""
            section.says.append(f"{len(bare)} of {len(found)} activities have no town or other place in the report{more}.")
        if ranked:
            rows = [[label(p), proof.link(f"{name} in {label(p)}", at[p])] for p in ranked]
            section.tables.append(Table(f"Activities of {name} by place", ("town or other place", "activities"), rows))
        return section

    def decisions(self, thing: Thing, found: list[Activity], proof: Evidence, prefix: str) -> Section:
        """Return the instruments that its activities rest on, as stated and by rule apart, and those that task it."""
        name, directory, section = thing.short, self.graph.directory, Section(f"{prefix}decisions", "Decisions")
        for how, title, words in (("basis", "stated", "stated basis"), ("inferredBasis", "by rule", "basis by rule")):
            held: dict[str, list[str]] = defaultdict(list)
            for activity in found:
                for instrument in activity.facts.get(how, ()):
                    held[instrument].append(activity.id)
            ranked = sorted(held, key=lambda i: (-len(held[i]), directory.label(i), i))
            rows = [[entitled(self.graph, i), proof.link(f"{name}, {words} {code(self.graph, i)}", held[i])] for i in ranked]
            if not rows:
                section.says.append(f"{title.capitalize()}: none.")
                continue
            more, first = GUESS if title == "by rule" else "", MOST if prefix else None
            caption = f"Decisions and other instruments, {title}"
            section.tables.append(Table(caption, ("instrument", "activities"), rows, more, first))
        if thing.cls not in STRUCTURES:
            section.says.append("Tasks are left out: only executive structures are looked up in the provisions.")
        elif not prefix:
            section.tables += self._tasks(thing)
        return section

    def _tasks(self, thing: Thing) -> list[Table]:
        rows = [
            [
                entitled(self.graph, row["instrument"] or ""),
                row["relation"],
                self.graph.directory.label(row["addressee"] or ""),
                f"{row['chapter']}, lines {row['first']}-{row['last']}",
            ]
            for row in query.run(self.graph.store, "portrait-mandates", structure=thing.iri)
        ]
        columns = ("instrument", "relation", "addressee", "named at")
        return [Table(f"Provisions on {thing.short}, its head or what it belongs to", columns, rows)] if rows else []


def whole(value: str | None) -> int | str:
    """Return a printed number as a number where it is a whole one."""
    return int(value) if value and value.isdigit() else value or ""


def code(graph: Oscegraph, iri: str) -> str:
    """Return the symbol of an instrument, or its label."""
    thing = graph.directory.things.get(iri)
    return str((thing.names.get("symbol") or [thing.label])[0]) if thing else graph.directory.label(iri)


def entitled(graph: Oscegraph, iri: str) -> str:
    """Return the label of an instrument with its symbol."""
    label, symbol = graph.directory.label(iri), code(graph, iri)
    return label if symbol == label else f"{label} ({symbol})"


def profile(graph: Oscegraph, thing: Thing) -> bytes:
    """Return the portrait of an actor as one page without script that needs nothing else."""
    portraits = Portraits(graph)
    found = portraits.activities(thing)
    proof = Evidence(graph, found)
    sections = portraits.sections(thing, found, proof)
    rows = proof.rows(graph.directory.circle(thing.iri))
    return render("profile.html", thing=thing, sections=sections, rows=rows, index=proof.index, year=REPORT_YEAR)
