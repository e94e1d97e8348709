"""Score `oscegraph ask` on the project's own test questions: how many are right, wrong, too long, or not answered.

    python scripts/score_questions.py            the table that docs/ask.md shows
    python scripts/score_questions.py --misses   what is not right, of those used for the weights

The questions in `tests/questions/` were made from the text of the report, by readers who had seen neither queries nor
program. The weights of `ask` were found from those in `training.jsonl`; those in the files `aside*.jsonl` are only scored:
as all kinds of people ask, as an information specialist would to accept a database of the report, a third of them for rows
of values (formal), what seems to matter most in the report (salient), in plain words (plain), as one asks first who does not
know it yet (broad, with questions that are to be asked back), and what it does not tell at all (beyond it).
"""

from __future__ import annotations

import argparse
import calendar
import functools
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import oscegraph
from oscegraph.asking import wording
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, NOT_UNDERSTOOD, UNCLEAR, Asked
from oscegraph.dates import REPORT_YEAR
from oscegraph.directory import fold

sys.path.insert(0, str(Path(__file__).resolve().parent))
import rows_alike
from rows_alike import SMALL

QUESTIONS = Path(__file__).resolve().parent.parent / "tests" / "questions"
# Of the many that the weights were found from every eight-hundredth is scored.
USED = "used for the weights, every eight-hundredth"
SETS = {
    USED: ("training.jsonl", 800),
    "set aside": ("aside.jsonl", 1),
    "set aside, formal": ("aside-formal.jsonl", 1),
    "set aside, salient": ("aside-salient.jsonl", 1),
    "set aside, plain": ("aside-plain.jsonl", 1),
    "set aside, broad": ("aside-broad.jsonl", 1),
    "set aside, activities": ("aside-activities.jsonl", 1),
    "set aside, beyond the report": ("aside-beyond.jsonl", 1),
}
# Shorter names of states may be other words.
MANY_LETTERS = 3
# The status of questions that leave open which of several things they mean: they are to be asked back.
AMBIGUOUS = "ambiguous"
KINDS = ("right", "more than asked", "wrong", "not answered")
_SPAN = re.compile(r"(2\d{3}-\d\d-\d\d)/(2\d{3}-\d\d-\d\d)")
_YEARS = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})")
_NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_MONTHS = [name.casefold() for name in calendar.month_name[1:]]
_MONTH = f"({'|'.join(_MONTHS)})"
_SAID = re.compile(
    rf"(?:(\d\d?)\s*{_MONTH}?(?:\s*(?:[-–]|to|and|until)\s*(\d\d?))?\s+)??{_MONTH}(?:,?\s+(\d{{4}}))?", re.IGNORECASE
)
_DECISION = re.compile(
    r"(?:(?:PC|MC|(?:Permanent|Ministerial) Council)(?: |\.DEC)|A/RES/|[Dd]ecision |[Rr]esolution )[\w. ]*?/?\d+(?:/\d+)?$"
)
_SYMBOL = re.compile(r"(?:(?:PC|MC)\.DEC|[SA]/RES)/(\d+(?:/\d+)?)")
_EXACT_SYMBOL = re.compile(r"(?:PC|MC)(?:\(\d+\))?\.(?:DEC|DOC)/[\d/]+|[SA]/RES/[\d/]+")
_TWO_DIGITS = re.compile(r"/(?:19|20)(\d\d)$")
# What values of one thing are called in keys.
_LABELS = frozenset(
    {"city", "country", "date", "dates", "day", "days", "donor", "duration", "end", "funder", "funders", "host", "hosts"}
    | {"length", "number", "organizer", "organizers", "participants", "people", "period", "place", "places", "start"}
    | {"title", "town", "trainees", "until", "when", "where", "year"}
)
_ROLES = frozenset({"organize", "fund", "partner", "host", "train", "speak", "support", "attend", "facilitate", "accredit"})
_CHAPTER = re.compile(r"II\.3\.\d+")
_MINISTRY = re.compile(r"\bMo(?:I|IA)\b")
_US = re.compile(r"\b(?:U\.S\.A?\.?|USA?|American)(?!\w)")
_COUNTED = re.compile(r"(\w+)(?: (?:days?|weeks?|months?|years?))?|(\d+)(?: ?%| [a-z][^\d]*)")
_SHARE = re.compile(r"\d ?%|\d per ?cent")
_ABOUT = re.compile(
    r"^(?:about|over|some|nearly|almost|around|approximately|more than) (?=\d+(?: ?%| per ?cent)?$)", re.IGNORECASE
)
# Chapters and days are the same only if all of it is, in that order.
_EXACT = re.compile(r"[IVX]+(?:\.\d+)+|\d{4}-\d\d(?:-\d\d)?")
# A month in the label of a row: "seminar in May", "seminar (May)".
_IN_LABEL = re.compile(rf"(?:\b(?:in|of) |\(|, ){_MONTH}(?!\w)", re.IGNORECASE)
_ISO = re.compile(r"2\d{3}-\d\d")
_BRACKETS, _IN_BRACKETS = re.compile(r"\s*\(.*?\)"), re.compile(r"\((.*?)\)")


def read(name: str) -> list[dict[str, Any]]:
    """Return the questions of a file."""
    return [json.loads(line) for line in (QUESTIONS / name).read_text(encoding="utf-8").splitlines()]


class Keys:
    """Compares answers with the keys of questions: names by any alias, titles by their words, days by days."""

    def __init__(self, asker: Asker) -> None:
        self.asker, self.directory = asker, asker.directory
        self.titles: dict[str, set[str]] = {}
        self.days: dict[str, set[tuple[str, ...]]] = {}
        for event in asker.facts.events.values():
            names = {
                s for iri in event.involved if iri in self.directory.things for s in wording.stems(self.directory.label(iri))
            }
            held = {stem for stem in event.bag if stem not in names} | event.titles
            for title in (event.label, *(told.title for told in event.told)):
                self.titles.setdefault(title, held)
                self.days.setdefault(title, set()).update(
                    tuple(dict.fromkeys(day.isoformat() for day in days)) for days in event.days
                )

        self.alike = rows_alike.Alike(self.same, self._is_exact, self.titles, self.days)

    def _is_exact(self, value: str) -> bool:
        """Whether a value is a number, a day, a chapter, a truth or the name of something that is known."""
        return bool(_EXACT.fullmatch(value)) or isinstance(_number(value), int) or bool(self._bearers(value))

    @functools.cache  # noqa: B019 - one object for one run
    def _bearers(self, name: str) -> dict[str, int]:
        return self.directory._index.get(fold(name), {})

    def _one(self, name: str) -> str | None:
        held = self._bearers(name)
        best = [iri for iri, rank in held.items() if rank == min(held.values())]
        return best[0] if len(best) == 1 else None

    @functools.cache  # noqa: B019
    def _same_words(self, wanted: str, given: str) -> bool:
        one, other = self._one(wanted), self._one(given)
        if other and (other == one or other in self._bearers(wanted)):
            return True
        if other and not one:
            match = re.match(r"(.*?)\s*\((.*?)\)", wanted)
            if match and other in (self._one(match[1]), self._one(match[2])):
                return True
            state = re.sub(r"^(?:the )?(\w+) (?:government|police|delegation|experts?)$", r"\1", wanted.lower())
            if self.asker.linker.demonyms.get(state) == other:
                return True
        if self._decision(wanted) and self._decision(given):
            return self._decision(wanted) == self._decision(given)
        if _EXACT_SYMBOL.fullmatch(wanted) and _EXACT_SYMBOL.fullmatch(given):
            return _TWO_DIGITS.sub(r"/\1", wanted) == _TWO_DIGITS.sub(r"/\1", given)
        for chapter, unit in ((wanted, other), (given, one)):
            # Each field operation has a chapter of its own.
            if unit and _CHAPTER.fullmatch(chapter):
                return self.asker.facts.teller(chapter) == unit
        if _EXACT.fullmatch(wanted) and _EXACT.fullmatch(given):
            return wanted == given
        if (spelled := self._spelled(wanted)) and spelled == self._spelled(given):
            return True
        title = self.titles.get(given)
        if title and not one and len(wanted.split()) > 2:
            plain = _SAID.sub("", _BRACKETS.sub("", wanted) or wanted)
            stems = {wording.stem(w) for w in fold(plain).split()} - SMALL
            # An activity that is described with its very days may be described more freely.
            least = 0.4 if self._said_days(wanted) & self.days[given] else 0.8
            if stems and sum(stem in title for stem in stems) / len(stems) >= least:
                return True
        a, b = (self._words(_spelled_out(_BRACKETS.sub("", text) or text)) for text in (wanted, given))
        if a & self._state_iris and b & self._state_iris and not a & b & self._state_iris:
            # The embassies of two states are two.
            return False
        # "adoption" and "adopted" are one word.
        shared = max(len(a & b), len(set(map(wording.stem, a)) & set(map(wording.stem, b))))
        return bool(a and b) and shared / min(len(a), len(b)) >= 0.75

    def _words(self, text: str) -> set[str]:
        """Return the words of a text, states by any name as their IRIs: "Serbian Ministry", "Ministry of Serbia"."""
        plain = self._state_names.sub(lambda match: self.states[match[0]], fold(text))
        return set(plain.split()) - SMALL

    @functools.cached_property
    def states(self) -> dict[str, str]:
        """The IRI of each state and territory by its names and adjectives."""
        found = dict(self.asker.linker.demonyms)
        for thing in self.directory.things.values():
            if thing.cls in ("State", "Territory"):
                found.update({fold(name): thing.iri for name in (thing.label, *thing.aliases) if len(name) > MANY_LETTERS})
        return found

    @functools.cached_property
    def _state_iris(self) -> frozenset[str]:
        return frozenset(self.states.values())

    @functools.cached_property
    def _state_names(self) -> re.Pattern[str]:
        names = sorted(self.states, key=lambda name: (-len(name), name))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")

    def _spelled(self, text: str) -> tuple[str, ...]:
        """Return the words of a text, those of names in the place of their acronyms: "Director of ODIHR"."""
        found: list[str] = []
        for word in re.findall(r"[\w/-]+", _BRACKETS.sub("", text) or text):
            bearer = self._one(word) if word.isupper() and len(word) > 2 else None
            found += fold(self.directory.label(bearer) if bearer else word).split()
        return tuple(word for word in found if word not in SMALL)

    def _decision(self, text: str) -> str:
        """Return the IRI of the decision or resolution that a number means, such as "PC Decision No. 758", or ""."""
        if _EXACT_SYMBOL.fullmatch(text):
            return self._one(_TWO_DIGITS.sub(r"/\1", text)) or ""
        if not _DECISION.match(text):
            return ""
        number = re.sub(r"^.*?(\d+(?:/\d+)?)$", r"\1", text)
        year = re.sub(r"/(?:19|20)?(\d\d)$", r"/\1", number)
        kinds = (
            ("PC.DEC/",)
            if text.startswith("P")
            else ("MC.DEC/",)
            if text.startswith("M")
            else ("A/RES/", "MC.DEC/", "PC.DEC/")
        )
        tries = (f"{kind}{n}" for kind in kinds for n in (number, year.lstrip("0"), number.partition("/")[0]))
        return next((iri for name in tries if (iri := self._one(name))), "")

    def _said_days(self, text: str) -> set[tuple[str, ...]]:
        """Return the days that a description gives, as first and last."""
        return {tuple(_iso(*match.groups())) for match in _SAID.finditer(text) if match[1]}

    def same(self, wanted: Any, given: Any) -> bool:
        """Whether two values mean the same: the same number or truth, the same thing by any name, or nearly the words."""
        if isinstance(wanted, bool) or isinstance(given, bool):
            return wanted is given
        if isinstance(wanted, str) and isinstance(given, str) and _role(wanted) & _role(given):
            return True
        if isinstance(given, str) and isinstance(wanted, str) and (symbol := _SYMBOL.fullmatch(given)):
            said = re.sub(r"^(?:[Dd]ecision )?(?:[Nn]o\.? ?)?", "", wanted)
            if "RES" in given and said == symbol[1].rpartition("/")[2]:
                # "1244"
                return True
            if "RES" not in given and (symbol[1] in (said, said.partition("/")[0]) or said == symbol[1].partition("/")[0]):
                # "No. 3/11", "758", "914/09"
                return True
        one, other = (_number(v) for v in (wanted, given))
        texts = [value for value in (wanted, given) if isinstance(value, str) and not value.strip().isdigit()]
        if isinstance(one, int) and isinstance(other, int) and len({bool(_SHARE.search(text)) for text in texts}) > 1:
            # "30 %" are no 30 persons.
            return False
        if isinstance(one, int) or isinstance(other, int):
            return bool(one == other)
        return self._same_words(str(one), str(other))

    def score(self, item: dict[str, Any], status: str, answer: list[Any]) -> str:
        """Return what came of a question, one of KINDS."""
        if item["status"] == AMBIGUOUS:
            return "right" if status in (UNCLEAR, NOT_UNDERSTOOD) else "wrong"
        if item["status"] != "answered":
            # What the report does not tell: any kind of no is right, and so is "no" where that can be an answer.
            return "right" if status != ANSWERED or not answer or answer == [False] else "wrong"
        if status != ANSWERED or not answer:
            return "not answered"
        wanted, also, asked = item["answer"], item.get("also_ok", []), item.get("question", "")
        if (
            self._labelled(asked, wanted, answer)
            or self._labelled(asked, answer, wanted)
            or self._by_role(wanted, answer)
            or self._by_role(answer, wanted)
        ):
            return "right"
        values = wanted[0] if len(wanted) == 1 and isinstance(wanted[0], list) else []
        if values and (self._labelled(asked, answer, values) or self._by_role(answer, values)):
            # Several values of one thing, each behind its label or beside its role.
            return "right"
        if wanted and isinstance(wanted[0], list):
            rows = [one if isinstance(one, list) else [one] for one in wanted]
            return self._pairs(rows, answer, [one for one in also if isinstance(one, list)])
        if any(isinstance(one, list) for one in answer):
            return self._of_rows(wanted, also, answer)
        wanted, answer = _days(wanted), _days(answer)
        if all(isinstance(w, str) and re.fullmatch(r"2\d{3}-\d\d(-\d\d)?", w) for w in wanted):
            given = set(map(str, answer))
            months = len(wanted) == 1 and len(wanted[0]) == 7 and all(g[:7] == wanted[0] for g in given)
            return "right" if given == set(wanted) or months else "wrong"
        borne = [[g for g in answer if self.same(w, g)] for w in wanted]
        # One activity is not two, and not the laws that it was on.
        alone = Counter(some[0] for some in borne if len(some) == 1 and some[0] in self.titles)
        there = all(borne) and all(count == 1 for count in alone.values())
        beyond = [g for g in answer if not any(self.same(w, g) for w in (*wanted, *also))]
        return "wrong" if not there else "more than asked" if beyond else "right"

    def _labelled(self, question: str, rows: list[Any], plain: list[Any]) -> bool:
        """Whether rows of two are the plain values in their order, each behind words of the question as its label."""
        if len(rows) != len(plain) or any(not isinstance(row, list) or len(row) != 2 for row in rows):
            return False
        if any(isinstance(value, list) for value in plain):
            return False
        said = [wording.stem(word) for word in fold(question).split()]
        labels = [wording.stems(_BRACKETS.sub("", str(row[0]))) - SMALL for row in rows]
        if not all(label and label <= set(said) for label in labels):
            return False
        # What only one label says stands in the question in the order of the values.
        shared = {stem for i, label in enumerate(labels) for stem in label if any(stem in other for other in labels[:i])}
        at = [min((said.index(stem) for stem in label - shared if said.count(stem) == 1), default=-1) for label in labels]
        if -1 not in at and len(set(at)) == len(at):
            order = sorted(range(len(rows)), key=at.__getitem__)
            rows, labels = [rows[i] for i in order], [labels[i] for i in order]
        last = -1
        for i, label in enumerate(labels):
            alone = label - set().union(*(other for j, other in enumerate(labels) if j != i))
            places = [place for place, stem in enumerate(said) if stem in alone and place > last]
            if alone and not places:
                return False
            last = min(places, default=last)
        return all(self.same(row[1], value) for row, value in zip(rows, plain, strict=True))

    def _by_role(self, rows: list[Any], plain: list[Any]) -> bool:
        """Whether values are those of rows of value and role, all of the role that comes first before those of the next."""
        roles: dict[str, list[Any]] = {}
        for row in rows:
            if not isinstance(row, list) or len(row) != 2:
                return False
            value, role = row if _role(str(row[1])) else reversed(row)
            if not _role(str(role)):
                return False
            roles.setdefault(str(role), []).append(value)
        if len(rows) != len(plain) or any(isinstance(value, list) for value in plain):
            return False
        left = list(plain)
        for values in roles.values():
            given, left = left[: len(values)], left[len(values) :]
            if not all(any(self.same(value, one) for one in given) for value in values):
                return False
        return True

    def _of_rows(self, wanted: list[Any], also: list[Any], answer: list[Any]) -> str:
        """Compare values with rows that were given: one row of just these values is right."""
        wanted = _days([str(value) for value in wanted])
        given = [part for row in answer for part in _parts(row if isinstance(row, list) else [row])]
        there = all(any(self.same(w, g) for g in given) for w in wanted)
        held = _days([str(value) for value in (answer[0] if isinstance(answer[0], list) else answer)])
        beyond = [value for value in held if not any(self.same(w, value) for w in (*wanted, *also))]
        return "wrong" if not there else "more than asked" if beyond or len(answer) > 1 else "right"

    def _pairs(self, wanted: list[list[Any]], answer: list[Any], also: list[list[Any]]) -> str:
        """Compare rows of values: each row that is wanted is held by another one that is given, which may tell more."""
        flat, beside = _flat(wanted), _flat([one for one in also if one])
        if len(wanted) > 1 and all(len(one) == 2 and str(one[0]).casefold() in _LABELS for one in wanted):
            # "date: ..., participants: ..." are several values of one thing.
            flat = [[part for one in flat for part in one[1:]]]
        if not all(isinstance(one, list) for one in answer):
            given = [_parts(answer)]
        else:
            given = [_parts(one) for one in answer]
        held = [[all(any(self.same(a, b) for b in g) for a in w) for g in given] for w in flat]
        if not all(map(any, held)):
            return "right" if len(flat) > 1 and self.alike.rows(flat, given) else "wrong"
        # A row that is given may hold several that are wanted: one for each partner.
        may = [[all(any(self.same(a, b) for b in g) for a in one) for g in given] for one in beside]
        return "right" if all(map(any, zip(*held, *may, strict=True))) else "more than asked"

    def outcome(self, item: dict[str, Any], asked: Asked) -> str:
        """Return what came of a question that was asked."""
        return self.score(item, asked.status, asked.answer)


def _flat(rows: list[list[Any]]) -> list[list[str]]:
    """Return rows with each list, span and label in them as single values."""
    return [
        [part for v in _days([str(v) for v in one]) for p in _days(re.split(r", |; |: ", v)) for part in _year(p)]
        for one in rows
    ]


@functools.lru_cache(maxsize=1 << 16)
def _role(text: str) -> frozenset[str]:
    """Return the roles that a single word means: "sponsor" is a funder."""
    return wording.cues().get(text.casefold().strip(), frozenset[str]()) & _ROLES


def _spelled_out(text: str) -> str:
    """Return a text without short forms of what stands in many names."""
    return _MINISTRY.sub("Ministry of Interior", _US.sub("United States", text))


def _number(value: Any) -> Any:
    """Return the number that a text means, such as "8" or "three weeks", or the value as it is."""
    return _number_in(value) if isinstance(value, str) else value


@functools.lru_cache(maxsize=1 << 16)
def _number_in(text: str) -> int | str:
    text = _ABOUT.sub("", text)
    match = _COUNTED.fullmatch(text.strip())
    if match and match[2]:
        # "34 victims"
        return int(match[2])
    if match and (match[1].isdigit() or match[1] in _NUMBERS):
        return int(match[1]) if match[1].isdigit() else _NUMBERS.index(match[1])
    return text


def _year(text: str) -> list[str]:
    """Return a place with a year as two values: "Ljubljana 2005"."""
    match = re.fullmatch(r"([A-Z][^\d]+) (\d{4})", text)
    return [match[1], match[2]] if match and match[1].casefold() not in _MONTHS else [text]


def _parts(values: list[Any]) -> list[str]:
    """Return the single values of a row: spans as two days, lists and labels as their parts."""
    found: list[str] = []
    plain = _days([str(v) for v in values])
    if values and (said := _IN_LABEL.search(str(values[0]))) and not any(map(_ISO.match, plain)):
        # "the seminar in May" tells its month, if the row tells no other day.
        found += _iso(None, None, None, said[1], None)
    for value in plain:
        for part in dict.fromkeys((*_days(re.split(r", |; |: ", value)), value.partition(": ")[0])):
            found.append(part)
            if match := re.fullmatch(r"([A-Z]\w+) \(([A-Z]\w+)\)", part):
                # "Sweden (Gothenburg)"
                found += match.groups()
            if re.fullmatch(r"2\d{3}-\d\d-\d\d", part):
                # A day tells its month and year.
                found += [part[:7], part[:4]]
            if re.fullmatch(r"2\d{3}-\d\d", part):
                # A month tells its year.
                found.append(part[:4])
    return found


def _days(values: list[Any]) -> list[Any]:
    """Return the values with each span of days as its first and last day, none twice."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, str) and (said := _SAID.fullmatch(_BRACKETS.sub("", value).strip())):
            # "October (asset recovery workshops)" is both.
            found += [*_iso(*said.groups()), *_IN_BRACKETS.findall(value)]
            continue
        span = (_SPAN.fullmatch(value) or _YEARS.fullmatch(value)) if isinstance(value, str) else None
        found += span.groups() if span else [value]
    return [v for i, v in enumerate(found) if not any(v is w or (type(v) is type(w) and v == w) for w in found[:i])]


def _iso(first: str | None, other: str | None, last: str | None, month: str, year: str | None) -> list[str]:
    """Return days in words, such as "14-18 November", "31 May to 2 June" or "June 2011", as ISO days or month."""
    months = [f"{year or REPORT_YEAR}-{_MONTHS.index(name.casefold()) + 1:02}" for name in (other or month, month)]
    return [f"{when}-{int(day):02}" for when, day in zip(months, (first, last), strict=True) if day] or months[:1]


def line(name: str, counts: Counter[str]) -> str:
    """Return the row of a table for one set of questions."""
    numbers = " | ".join(str(counts[kind]) for kind in KINDS)
    return f"| {name} | {sum(counts.values())} | {numbers} |"


def scores(asker: Asker, name: str) -> Counter[str]:
    """Return how many questions of a set are right, wrong and so on."""
    keys, (file, step) = Keys(asker), SETS[name]
    return Counter(keys.outcome(item, asker.ask(item["question"])) for item in read(file)[::step])


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description="Score `oscegraph ask` on the project's own questions.")
    parser.add_argument("--misses", action="store_true", help="list what is not right, of those not set aside")
    misses = parser.parse_args().misses
    osce = oscegraph.load()
    asker = Asker(osce.store, osce.directory)
    if misses:
        keys = Keys(asker)
        file, step = SETS[USED]
        for item in read(file)[::step]:
            asked = asker.ask(item["question"])
            if (kind := keys.outcome(item, asked)) != "right":
                print(f"{kind}: {item['id']} {item['question']}")
                print(
                    f"  wanted {item['answer']}, got {asked.answer or asked.status}; read as: {asked.reading or asked.hints}"
                )
        return
    print("| questions | number | " + " | ".join(KINDS) + " |\n| --- | --- | " + " | ".join("---" for _ in KINDS) + " |")
    for name in SETS:
        print(line(name, scores(asker, name)))


if __name__ == "__main__":
    main()
