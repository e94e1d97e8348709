"""Stage 10d2: what of a question fills the slots of a phrase."""

from __future__ import annotations

import re
from typing import Any

from oscegraph.asking import targets
from oscegraph.asking.asked_links import Link, Linked
from oscegraph.asking.asked_names import AREAS, INSTRUMENTS
from oscegraph.asking.matching import Guess, Said
from oscegraph.asking.phrases import Phrase
from oscegraph.dates import REPORT_YEAR
from oscegraph.namespaces import expand

# Slots that a statement fills, and its class.
STATEMENTS = {"figure": "Figure", "provision": "Provision", "statement": "CooperationStatement"}


def fill(
    phrase: Phrase,
    linked: Linked,
    target: targets.Target,
    guesses: list[Guess],
    said: dict[str, tuple[Said, float] | None],
) -> tuple[dict[str, Any], list[Link]] | None:
    """Return the values of the slots of a phrase and the links that fill them, or None if the question names too few."""
    free = [link for link in linked.links if not link.excluded and not link.quiet]
    # "in Moldova" is where; who took part stands without it. A state is taken for an actor only where no other is named.
    actors = [k for k in free if k.thing.is_actor and not k.at] or [k for k in free if k.thing.is_actor]
    values: dict[str, Any] = {}
    used: list[Link] = []
    for slot in phrase.slots:
        match slot:
            case "activity":
                if not guesses:
                    return None
                values["activity"] = guesses[0].told.iri
                continue
            case "figure" | "provision" | "statement":
                fitting = said.get(slot)
                if fitting is None:
                    return None
                if slot == "figure" and target.noun not in fitting[0].stems:
                    return None
                values[slot] = fitting[0].iri
                used += [k for k in free if k.thing.iri in fitting[0].about or linked.stems(k) <= fitting[0].stems]
                continue
            case "chapter":
                if not linked.chapters:
                    return None
                values["section"] = expand(f"sec:{linked.chapters[0]}")
                continue
            case "number":
                if len(linked.numbers) != 1 or targets.MANY in target.asked:
                    return None
                values["number"] = linked.numbers[0]
                continue
            case "filter":
                themes = [k for k in free if "/vocab/theme/" in k.thing.iri and not k.broad]
                if not (linked.days or linked.chapters or themes or any(k.thing.cls in AREAS for k in free)):
                    return None
                continue
            case "osce":
                if linked.days or linked.chapters or any(not k.broad for k in linked.links):
                    return None
                used += linked.links
                values["year"] = REPORT_YEAR - 1 if str(REPORT_YEAR - 1) in linked.text else REPORT_YEAR
                continue
            case "demonym":
                if not linked.demonyms:
                    return None
                continue
            case "by":
                pool = [k for k in actors if k.by] or []
            case "year":
                if not linked.other_year or ("ratify" in linked.cues and int(linked.other_year) < REPORT_YEAR - 10):
                    return None
                values["year"] = int(linked.other_year)
                continue
            case "instrument" | "recalled":
                pool = [k for k in free if k.thing.cls in INSTRUMENTS]
                if "recalled" in phrase.slots and slot == "recalled" and "instrument" not in phrase.slots:
                    pool = [k for k in pool if _is_object(linked, k)]
            case "theme":
                pool = [k for k in free if "/vocab/theme/" in k.thing.iri]
            case "where":
                pool = [k for k in free if k.thing.cls in AREAS]
            case "organ":
                pool = [k for k in free if k.thing.cls == "DecisionBody"]
            case _:
                # Whom a question for yes or no asks about may stand behind "by": "Was the SPMU course funded by Norway?"
                last = phrase.form in ("yes", "no") and frozenset({"[role]"}) in phrase.cues
                pool = ([k for k in actors if k.by] if last else []) or actors
        pool = [k for k in pool if k not in used]
        if not pool:
            return None
        values[slot] = pool[0].thing.iri
        used.append(pool[0])
    return values, used


def _is_object(linked: Linked, link: Link) -> bool:
    """Whether a decision is what another one recalls: it stands after the verb, without "by"."""
    said = " ".join(w.plain for w in linked.words[: link.start])
    return bool(re.search(r"\b(?:recall|reiterat)\w*\b(?!.*\bby$)", said))
