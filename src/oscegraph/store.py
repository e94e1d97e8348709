"""Stage 3: one way to ask, whatever holds the data: memory, a folder on disk, or a SPARQL 1.1 endpoint.

Every store answers `select`, `ask` and `construct` for a query in text. The same text goes to each of them. Where a store
comes from is the next stage's.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import pyoxigraph as ox

from oscegraph import __version__
from oscegraph.errors import QueryError, StoreError

if TYPE_CHECKING:
    import http.client

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = tuple[Term | None, ...]
T = TypeVar("T")


def one_line(words: object, limit: int = 300) -> str:
    """Return words that somebody else wrote as one line without control characters, so that they cannot steer a terminal."""
    line = " ".join("".join(c if c.isprintable() else " " for c in str(words)).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _what_is_wrong(error: SyntaxError, query: str) -> str:
    """Return the position of a syntax error in a query, and the prefixes that it lacks.

    The parser's own list of what it expected is left out: it names what it tried last, mostly not what is wrong.
    """
    found = re.match(r"error at \d+:\d+", str(error))
    words = f"{found[0]} (line:column)." if found else f"{one_line(error)}."
    bare = re.sub(r"<[^<>\s]*>|\"[^\"\n]*\"|'[^'\n]*'|#.*", " ", query)
    declared = set(re.findall(r"(?i)\bPREFIX\s+([\w.-]*):", bare))
    missing = sorted(set(re.findall(r"(?<![\w?$@:.-])([A-Za-z][\w.-]*):", bare)) - declared)
    if missing:
        words += f" Not declared: {', '.join(f'PREFIX {prefix}:' for prefix in missing)}."
    return words


class Store(Protocol):
    """What every source of data can do."""

    origin: str

    def select(self, query: str) -> tuple[list[str], Iterator[Row]]:
        """Return the names of the variables and the rows of a SELECT query."""

    def ask(self, query: str) -> bool:
        """Return the answer to an ASK query."""

    def construct(self, query: str) -> Iterator[ox.Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query."""


class EmbeddedStore:
    """A pyoxigraph store, in memory or in a folder; or what gives one, called when it is first needed."""

    def __init__(self, store: ox.Store | Callable[[], ox.Store], origin: str) -> None:
        self._given, self.origin = store, origin

    @cached_property
    def inner(self) -> ox.Store:
        """The pyoxigraph store itself."""
        return self._given if isinstance(self._given, ox.Store) else self._given()

    def _query(self, query: str) -> Any:
        try:
            return self.inner.query(query)
        except SyntaxError as error:
            raise QueryError(f"the query is no SPARQL 1.1: {_what_is_wrong(error, query)}") from None
        except (OSError, RuntimeError, ValueError) as error:
            raise self._broke_off(error) from error

    def _broke_off(self, error: Exception) -> QueryError:
        return QueryError(f"{self.origin}: the query could not be run ({one_line(error)}).")

    def _each(self, items: Iterator[T]) -> Iterator[T]:
        """Yield what a query gives; rows are read while they are asked for, so a broken store shows only here."""
        try:
            yield from items
        except (OSError, RuntimeError, ValueError) as error:
            raise self._broke_off(error) from error

    def select(self, query: str) -> tuple[list[str], Iterator[Row]]:
        """Return variables and rows; raises QueryError if the query is no SELECT or breaks off."""
        result = self._query(query)
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("the query is no SELECT query.")
        # Read at once: what reads them belongs to this thread, and may not be given up by another one.
        return [variable.value for variable in result.variables], iter(list(self._each(map(tuple, result))))

    def ask(self, query: str) -> bool:
        """Return the answer to an ASK query; raises QueryError for any other kind."""
        result = self._query(query)
        if not isinstance(result, ox.QueryBoolean):
            raise QueryError("the query is no ASK query.")
        return bool(result)

    def construct(self, query: str) -> Iterator[ox.Triple]:
        """Return the triples of a graph query; raises QueryError for any other kind."""
        result = self._query(query)
        if not isinstance(result, ox.QueryTriples):
            raise QueryError("the query is no CONSTRUCT or DESCRIBE query.")
        return self._each(result)


class EndpointStore:
    """A SPARQL 1.1 endpoint asked over HTTP, with a time limit for each query."""

    def __init__(self, url: str, timeout: float = 60.0) -> None:
        if not timeout > 0:
            raise StoreError(f"a time limit of {timeout:g} s leaves no time for an answer. Give --timeout more than 0.")
        self.url = self.origin = url
        self.timeout = min(timeout, 1e6)

    def _post(self, query: str, accept: str) -> tuple[bytes, str]:
        # Imported here: with them come TLS and e-mail, which the packaged graph does not need.
        import http.client
        import urllib.error
        import urllib.parse
        import urllib.request

        headers = {
            "Accept": accept,
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": f"oscegraph/{__version__}",
        }
        deadline = time.monotonic() + self.timeout
        try:
            data = urllib.parse.urlencode({"query": query}).encode()
            request = urllib.request.Request(self.url, data=data, headers=headers)
            with urllib.request.urlopen(request, timeout=self.timeout) as response:
                return self._body(response, deadline), response.headers.get_content_type()
        except urllib.error.HTTPError as error:
            with error:
                detail = ""
                with contextlib.suppress(OSError, http.client.HTTPException):
                    detail = error.read(300).decode("utf-8", "replace")
            # urllib's own words on a redirect loop come in several lines.
            reason = "a redirect without end" if "infinite loop" in str(error.reason) else error.reason
            said = one_line(f"{error.code} {reason}. {detail}")
            raise StoreError(f"{self.url}: the endpoint answered {said}") from None
        except TimeoutError:
            raise self._too_slow() from None
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._too_slow() from None
            raise StoreError(
                f"{self.url}: the endpoint cannot be reached ({one_line(error.reason)}). "
                "Is it running, and is the address right?"
            ) from None
        except (http.client.HTTPException, OSError, ValueError) as error:
            raise StoreError(f"{self.url}: the endpoint broke off ({one_line(error) or type(error).__name__}).") from None

    def _body(self, response: http.client.HTTPResponse, deadline: float) -> bytes:
        """Return the whole body; the limit holds for all of it, however small the pieces in which it trickles in."""
        pieces = []
        while piece := response.read1(1 << 16):
            pieces.append(piece)
            if time.monotonic() > deadline:
                raise TimeoutError
        if response.length:
            import http.client

            raise http.client.IncompleteRead(b"".join(pieces), response.length)
        return b"".join(pieces)

    def _too_slow(self) -> StoreError:
        return StoreError(f"{self.url}: no answer within {self.timeout:g} s. Give it longer with --timeout.")

    def _results(self, query: str) -> Any:
        body, media_type = self._post(query, "application/sparql-results+json, application/sparql-results+xml;q=0.8")
        kind = ox.QueryResultsFormat.from_media_type(media_type) or ox.QueryResultsFormat.JSON
        try:
            return ox.parse_query_results(body, format=kind)
        except (SyntaxError, ValueError) as error:
            raise self._rubbish(media_type, error) from None

    def _rubbish(self, media_type: str, error: Exception) -> StoreError:
        return StoreError(
            f"{self.url}: what came back ({media_type}) is no SPARQL result: {one_line(error)}. Is this a SPARQL endpoint?"
        )

    def select(self, query: str) -> tuple[list[str], Iterator[Row]]:
        """Return variables and rows; raises StoreError if the endpoint fails or answers something else."""
        result = self._results(query)
        if not isinstance(result, ox.QuerySolutions):
            raise StoreError(f"{self.url}: the endpoint answered a SELECT query with something else.")
        try:
            return [variable.value for variable in result.variables], iter([tuple(row) for row in result])
        except (SyntaxError, ValueError) as error:
            raise self._rubbish("results", error) from None

    def ask(self, query: str) -> bool:
        """Return the answer to an ASK query; raises StoreError if the endpoint fails or answers something else."""
        result = self._results(query)
        if not isinstance(result, ox.QueryBoolean):
            raise StoreError(f"{self.url}: the endpoint answered an ASK query with something else.")
        return bool(result)

    def construct(self, query: str) -> Iterator[ox.Triple]:
        """Return the triples of a graph query; raises StoreError if the endpoint fails or answers something else."""
        body, media_type = self._post(query, "application/n-triples, text/turtle;q=0.9")
        kind = ox.RdfFormat.from_media_type(media_type) or ox.RdfFormat.TURTLE
        try:
            return iter([quad.triple for quad in ox.parse(body, format=kind)])
        except (SyntaxError, ValueError) as error:
            raise self._rubbish(media_type, error) from None
