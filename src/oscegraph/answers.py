"""Stage 7: the answers of the command line: who co-operated with whom, what two actors share, all that is known of a thing.

An answer that is empty says which of these it is: the report tells of no such co-operation, or a filter excluded it.
Names that are unknown or ambiguous are errors of `directory`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from oscegraph import query
from oscegraph.directory import Directory, Thing, fold
from oscegraph.filters import Filters, explain, run_filtered
from oscegraph.namespaces import local_name
from oscegraph.store import Store
from oscegraph.tellings import ROLES, Activity, Participation, Telling, cited, read_activities, read_tellings


@dataclass
class Partner:
    """One partner of an actor: the shared activities, and the partner's roles in them by number of activities."""

    thing: Thing
    activities: set[str] = field(default_factory=set)
    roles: Counter[str] = field(default_factory=Counter)
    themes: Counter[str] = field(default_factory=Counter)
    first: str | None = None
    last: str | None = None
    evidence: list[Activity] = field(default_factory=list)


@dataclass
class Who:
    """The answer to `who`: the partners by number of shared activities, and why there are none or fewer."""

    actor: Thing
    filters: Filters
    partners: list[Partner] = field(default_factory=list)
    activities: int = 0
    notes: list[str] = field(default_factory=list)
    circle: set[str] = field(default_factory=set)


def who(
    store: Store,
    directory: Directory,
    actor: Thing,
    filters: Filters,
    evidence: bool = False,
    known: Iterable[Activity] = (),
) -> Who:
    """Return with whom an actor, its departments and posts included, shared activities; `known` need not be read again."""
    rows = run_filtered(store, "ties", filters, actor=actor.iri)
    partners: dict[str, Partner] = {}
    for row in rows:
        iri = row["partner"] or ""
        partner = partners.setdefault(iri, Partner(directory.things.get(iri) or Thing(iri, "", iri)))
        partner.activities.add(row["activity"] or "")
        partner.roles[local_name(row["partnerRole"] or "")] += 1
        if row["precision"]:
            partner.first = min(filter(None, (partner.first, row["earliest"])))
            partner.last = max(filter(None, (partner.last, row["latest"])))
    shared = sorted({activity for partner in partners.values() for activity in partner.activities})
    found = {activity.id: activity for activity in known}
    unread = [iri for iri in shared if iri not in found]
    found |= {activity.id: activity for activity in read_activities(store, directory, unread)}
    for partner in partners.values():
        for iri in partner.activities:
            partner.themes.update(local_name(theme) for theme in found[iri].facts.get("theme", ()))
        if evidence:
            partner.evidence = [activity for iri, activity in found.items() if iri in partner.activities]
    ranked = sorted(partners.values(), key=lambda p: (-len(p.activities), p.thing.label, p.thing.iri))
    answer = Who(actor, filters, ranked, len(shared), circle=directory.circle(actor.iri))
    answer.notes = explain(
        filters,
        bool(ranked),
        lambda changed: len({row["partner"] for row in run_filtered(store, "ties", changed, actor=actor.iri)}),
        lambda changed: len({row["activity"] for row in run_filtered(store, "ties", changed, actor=actor.iri)}),
        "" if ranked else _silent(store, directory, actor),
        "partner",
        len(shared),
    )
    return answer


def _silent(store: Store, directory: Directory, actor: Thing) -> str:
    """Say that no activity is told, and with whom the report says in general that an actor worked."""
    places: dict[str, list[str]] = {}
    for row in query.run(store, "portrait-general", actor=actor.iri):
        places.setdefault(directory.label(row["partner"] or ""), []).append(cited(row))
    said = "; ".join(f"{name} ({', '.join(dict.fromkeys(at))})" for name, at in sorted(places.items()))
    if not said:
        return f"The report tells of no co-operation of {actor.label} with anybody."
    silent = f"The report tells of no activity of {actor.label} with anybody."
    return f"{silent} In general, without an activity, it names: {said}."


@dataclass
class Between:
    """The answer to `between`: the activities that two actors share."""

    first: Thing
    second: Thing
    filters: Filters
    activities: list[Activity] = field(default_factory=list)
    circles: tuple[set[str], set[str]] = (set(), set())
    statements: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def between(store: Store, directory: Directory, first: Thing, second: Thing, filters: Filters) -> Between:
    """Return the activities that involve both actors, each with what its tellings say of the two."""
    rows = run_filtered(store, "ties", filters, actor=first.iri, other=second.iri)
    iris = sorted({row["activity"] or "" for row in rows})
    answer = Between(first, second, filters, read_activities(store, directory, iris))
    answer.circles = (directory.circle(first.iri), directory.circle(second.iri))

    def count(changed: Filters) -> int:
        found = run_filtered(store, "ties", changed, actor=first.iri, other=second.iri)
        return len({row["activity"] for row in found})

    silent = f"The report names no activity that {first.label} and {second.label} share."
    answer.notes = explain(filters, bool(iris), count, count, silent, "shared activity", len(iris))
    # A list of partners of one body says nothing of the partners among themselves.
    answer.statements = [
        item
        for item in read_statements(store, directory, first.iri)
        if item["class"] == "CooperationStatement"
        and any(
            of in item["facts"].get("saidOf", ()) and partner in item["facts"].get("namesPartner", ())
            for of, partner in ((first.iri, second.iri), (second.iri, first.iri))
        )
    ]
    return answer


def read_statements(store: Store, directory: Directory, iri: str) -> list[dict[str, Any]]:
    """Return the statements other than tellings about a thing: class, chapter, lines, and facts by property."""
    found: dict[str, dict[str, Any]] = {}
    for row in query.run(store, "statements", thing=iri):
        key = row["statement"] or ""
        item = found.setdefault(
            key,
            {
                "id": key,
                "class": local_name(row["class"] or ""),
                "chapter": local_name(row["section"] or ""),
                "lines": [int(row["first"] or 0), int(row["last"] or 0)],
                "facts": defaultdict(list),
            },
        )
        # A statement in the ledger of a chapter has a second class; the telling one is kept.
        if item["class"] == "LedgerEntry":
            item["class"] = local_name(row["class"] or "")
        values = item["facts"][local_name(row["property"] or "")]
        if row["value"] not in values:
            values.append(row["value"])
    return list(found.values())


def find_tellings(store: Store, directory: Directory, filters: Filters, **more: Any) -> list[Telling]:
    """Return the tellings that fit the filters and `actor`, `section`, `activity` or `telling`."""
    rows = run_filtered(store, "tellings", filters, **more)
    return read_tellings(store, directory, [row["telling"] or "" for row in rows])


def find_activities(store: Store, directory: Directory, filters: Filters, **more: Any) -> list[Activity]:
    """Return the activities that fit the filters and `actor` or `activity`."""
    rows = run_filtered(store, "activities", filters, **more)
    return read_activities(store, directory, [row["activity"] or "" for row in rows])


def find_actors(
    store: Store, directory: Directory, cls: str | None = None, area: str | None = None, words: str = "", named: bool = False
) -> list[Thing]:
    """Return actors by type and label: of a class, of or in an area, with all `words` in one name, with an activity."""
    found = directory.actors()
    if cls:
        inside = {row["actor"] for row in query.run(store, "actors-of-class", type=cls)}
        found = [thing for thing in found if thing.iri in inside]
    if area:
        found = [t for t in found if area in (*t.facts.get("jurisdiction", ()), *t.facts.get("hostArea", ()), t.iri)]
    wanted = fold(words).split()
    found = [t for t in found if any(all(w in fold(name) for w in wanted) for name in (t.label, *t.aliases))]
    return [thing for thing in found if thing.events or not named]


@dataclass
class Instrument:
    """A decision or other instrument with its facts by property; `basis` is the number of activities that rest on it."""

    thing: Thing
    facts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def first(self, name: str) -> str | None:
        """Return the first value of a fact by the local name of its property, or None."""
        return next(iter(self.facts.get(name, ())), None)

    def fits(self, theme: str | None, adopter: str | None, tasked: str | None) -> bool:
        """Whether it is on the theme, of the adopting body, and tasks the actor; None means any."""
        wanted = (("concernsTheme", theme), ("adoptedBy", adopter), ("tasks", tasked))
        return all(iri is None or iri in self.facts.get(name, ()) for name, iri in wanted)


def find_instruments(store: Store, directory: Directory, classes: set[str]) -> list[Instrument]:
    """Return the instruments of some classes by date of adoption, undated ones last."""
    found: dict[str, Instrument] = {}
    for row in query.run(store, "instruments"):
        thing = directory.things.get(row["instrument"] or "")
        if thing is not None and thing.cls in classes:
            item = found.setdefault(thing.iri, Instrument(thing))
            item.facts[local_name(row["property"] or "")].append(row["value"] or "")
    return sorted(found.values(), key=lambda i: (i.first("adoptedOn") or "9999", i.first("symbol") or "", i.thing.label))


def differences(activity: Activity) -> list[str]:
    """Say in which points the tellings of an activity differ: dates, places, kinds, numbers of people, organizers."""
    found = []

    def compare(what: str, read: Callable[[Telling], Any]) -> None:
        said: dict[Any, list[str]] = defaultdict(list)
        for telling in activity.tellings:
            value = read(telling)
            if value:
                said[value].append(telling.chapter)
        if len(said) > 1:
            found.append(f"{what}: " + "; ".join(f"{value} ({', '.join(who)})" for value, who in said.items()))

    compare("date", lambda telling: telling.date)
    compare("place", lambda telling: telling.place)
    compare("kind", lambda telling: telling.kind)
    compare("people", lambda telling: telling.people)
    compare("organizers", lambda t: ", ".join(p.short or p.label for p in t.participations if p.role == "organizer"))
    return found


def roles_in(activity: Activity, actors: set[str]) -> list[str]:
    """Return the roles that any telling gives to any of `actors`."""
    return [role for role in ROLES if any(role in telling.roles_of(actors) for telling in activity.tellings)]


def counts_by_role(activities: list[Activity], actors: set[str]) -> Counter[str]:
    """Return in how many of the activities the actors have each role."""
    return Counter(role for activity in activities for role in roles_in(activity, actors))


def everyone(activity: Activity) -> list[Participation]:
    """Return the participations of all tellings, each role and actor once."""
    seen: dict[tuple[str, str], Participation] = {}
    for telling in activity.tellings:
        for participation in telling.participations:
            seen.setdefault((participation.role, participation.actor), participation)
    return sorted(seen.values(), key=lambda p: (ROLES.index(p.role), p.label))
