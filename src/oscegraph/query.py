"""Stage 4: named queries with parameters, and their results as rows.

A query file is SPARQL that runs as it stands. Its header says what it answers:

    #+ question: With whom did an actor co-operate?
    #+ param: actor iri required -- the actor
    #+ param: from date -- the first day

Each parameter is a line `VALUES ?name { UNDEF }` in the query. A value is put in the place of UNDEF as an RDF term in the
syntax of N-Triples, so that the same text goes to every engine and no value can be read as anything but a term.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from oscegraph import resources
from oscegraph.errors import QueryError, did_you_mean
from oscegraph.namespaces import PREFIXES, expand
from oscegraph.store import Row, Store, Term

_XSD = "http://www.w3.org/2001/XMLSchema#"
_PROLOGUE = re.compile(r"<[^<>\s]*>|#[^\n]*|\bPREFIX\s+[^\s:]*:", re.IGNORECASE)
_SLOT = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")
_HEADER = re.compile(r"^#\+ (\w+): (.+)$", re.MULTILINE)
_PARAM = re.compile(r"^(\w+) (iri|string|date|integer)( required)?(?: -- (.+))?$")
# Strings, IRIs and comments are passed over; what is left and caught is a short name with dots in it.
_DOTTED = re.compile(
    r"""\"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|<[^<>\s]*>|\#[^\n]*|(?<![\w.:-])(tell|sec|stmt):([\w-]+(?:\.[\w-]+)+)(?![\w:-])"""
)
FOLDERS = ("questions", "lookup")
Value = str | int | date | ox.NamedNode | ox.Literal
Values = Value | Sequence[Value]


@dataclass(frozen=True)
class Parameter:
    """One parameter of a query: its name, its type (iri, string, date, integer) and what it means."""

    name: str
    type: str
    required: bool = False
    meaning: str = ""

    def term(self, value: Value) -> ox.NamedNode | ox.Literal:
        """Return the RDF term for `value`; raises QueryError if it is no value of the parameter's type.

        A term of RDF is taken as it is, whatever the type.
        """
        if isinstance(value, (ox.NamedNode, ox.Literal)):
            return value
        try:
            if self.type == "iri":
                return ox.NamedNode(expand(str(value)) or str(value))
            if self.type == "date":
                return ox.Literal(date.fromisoformat(str(value)).isoformat(), datatype=ox.NamedNode(_XSD + "date"))
            if self.type == "integer":
                return ox.Literal(str(int(str(value))), datatype=ox.NamedNode(_XSD + "integer"))
            return ox.Literal(str(value))
        except ValueError:
            shape = {"iri": "IRI such as body:unodc", "date": "date such as 2011-06-30", "integer": "whole number"}
            what = shape.get(self.type, "text in Unicode")
            raise QueryError(f'parameter {self.name}: "{value}" is no {what}.') from None


@dataclass(frozen=True)
class Query:
    """A query with its header."""

    name: str
    text: str
    question: str = ""
    topic: str = ""
    parameters: tuple[Parameter, ...] = ()

    @property
    def form(self) -> str:
        """SELECT, ASK, CONSTRUCT or DESCRIBE."""
        bare = _PROLOGUE.sub(" ", self.text)
        found = re.search(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", bare, re.IGNORECASE)
        return found.group(1).upper() if found else "SELECT"

    def bind(self, values: Mapping[str, Values | None]) -> str:
        """Return the text with each given value, or sequence of values, in its VALUES block.

        Raises QueryError for an unknown parameter, a value of the wrong type, or a required parameter without value.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                has = f"It has: {', '.join(known)}." if known else "It has no parameters."
                raise QueryError(f'query {self.name} has no parameter "{name}".{did_you_mean(name, known)} {has}')
        slots, bound = set(_SLOT.findall(self.text)), {}
        for name, parameter in known.items():
            value = values.get(name)
            if value is None:
                if parameter.required:
                    raise QueryError(f"query {self.name} needs the parameter {name}: {parameter.meaning}. Add -p {name}=…")
                continue
            if name not in slots:
                raise QueryError(
                    f"query {self.name}: there is no line `VALUES ?{name} {{ UNDEF }}` for its parameter {name}."
                )
            several = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
            terms = " ".join(str(parameter.term(item)) for item in several)
            bound[name] = f"VALUES ?{name} {{ {terms} }}"
        # All at once: a value may itself look like the slot of another parameter.
        return _SLOT.sub(lambda slot: bound.get(slot[1], slot[0]), self.text)


@dataclass
class Result:
    """The answer to a SELECT query: column names and rows of RDF terms (None where unbound)."""

    columns: list[str]
    rows: list[Row] = field(default_factory=list)

    def __iter__(self) -> Iterator[dict[str, str | None]]:
        for row in self.rows:
            yield {name: plain(term) for name, term in zip(self.columns, row, strict=True)}

    def __len__(self) -> int:
        return len(self.rows)


def plain(term: Term | None) -> str | None:
    """Return the IRI, the label of a blank node, the lexical form of a literal, or a triple term as it is written."""
    return None if term is None else str(getattr(term, "value", term))


def parse_query(name: str, text: str) -> Query:
    """Read the header of a query text; a text without header has no parameters."""
    headers = _HEADER.findall(text)
    fields = dict(headers)
    parameters = []
    for key, value in headers:
        if key == "param":
            match = _PARAM.match(value)
            if not match:
                raise QueryError(f"query {name}: the header line `param: {value}` is not `name type [required] -- meaning`.")
            parameters.append(Parameter(match[1], match[2], bool(match[3]), match[4] or ""))
    return Query(name, text, fields.get("question", ""), fields.get("topic", ""), tuple(parameters))


def read_query(path: Path) -> Query:
    """Read a query file; raises QueryError if it cannot be read."""
    try:
        return parse_query(path.stem, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: the query cannot be read ({error}).") from None


def catalogue(folder: str = "questions") -> list[Query]:
    """Return all named queries of a folder under `queries/`, in the order of their names."""
    return [read_query(path) for path in sorted((resources.queries_dir() / folder).glob("*.rq"))]


@functools.cache
def _in_folders(folder: Path) -> dict[str, Path]:
    """Return the files of all named queries by their names; of two with one name the first folder's."""
    return {path.stem: path for kind in reversed(FOLDERS) for path in (folder / kind).glob("*.rq")}


@functools.cache
def _read_once(path: Path) -> Query:
    return read_query(path)


def named(name: str) -> Query:
    """Return the named query; raises QueryError with the nearest names if there is none."""
    path = _in_folders(resources.queries_dir()).get(name)
    if path is not None:
        return _read_once(path)
    known = [query.name for query in catalogue()]
    raise QueryError(f'there is no query "{name}".{did_you_mean(name, known)} `oscegraph queries` lists them.')


def with_prefixes(text: str) -> str:
    """Put the project's prefixes before a text that uses them without declaring them.

    A short name with several dots, such as tell:II.1.1-L329, is written out: it is valid SPARQL, but pyoxigraph's parser
    does not read it.
    """
    declared = set(re.findall(r"PREFIX\s+(\w+):", text, re.IGNORECASE))

    def written_out(match: re.Match[str]) -> str:
        known = match[1] and match[1] not in declared
        return f"<{PREFIXES[match[1]]}{match[2]}>" if known else match[0]

    text = _DOTTED.sub(written_out, text)
    used = [p for p in PREFIXES if re.search(rf"(?<![\w<]){p}:", text) and p not in declared]
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used) + text


def run(store: Store, query: Query | str, /, **values: Values | None) -> Result:
    """Run a SELECT query, by object or by name, with its parameters, and return all rows."""
    found = named(query) if isinstance(query, str) else query
    columns, rows = store.select(found.bind(values))
    try:
        return Result(columns, list(rows))
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"query {found.name} broke off: {error}") from error
