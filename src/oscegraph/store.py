"""Stage 3: one way to ask, whatever holds the data: memory, a folder on disk, or a SPARQL 1.1 endpoint.

Every store answers `select`, `ask` and `construct` for a query in text. The same text goes to each of them.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import pyoxigraph as ox

from oscegraph import __version__, derive, loading
from oscegraph.errors import QueryError, StoreError

if TYPE_CHECKING:
    import http.client

MARKER = "oscegraph-store"
Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = tuple[Term | None, ...]
T = TypeVar("T")


def _one_line(words: object, limit: int = 300) -> str:
    """Return words that somebody else wrote as one line without control characters, so that they cannot steer a terminal."""
    line = " ".join("".join(c if c.isprintable() else " " for c in str(words)).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _what_is_wrong(error: SyntaxError, query: str) -> str:
    """Return the position of a syntax error in a query, and the prefixes that it lacks.

    The parser's own list of what it expected is left out: it names what it tried last, mostly not what is wrong.
    """
    found = re.match(r"error at \d+:\d+", str(error))
    words = f"{found[0]} (line:column)." if found else f"{_one_line(error)}."
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
        return QueryError(f"{self.origin}: the query could not be run ({_one_line(error)}).")

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
            said = _one_line(f"{error.code} {reason}. {detail}")
            raise StoreError(f"{self.url}: the endpoint answered {said}") from None
        except TimeoutError:
            raise self._too_slow() from None
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._too_slow() from None
            raise StoreError(
                f"{self.url}: the endpoint cannot be reached ({_one_line(error.reason)}). "
                "Is it running, and is the address right?"
            ) from None
        except (http.client.HTTPException, OSError, ValueError) as error:
            raise StoreError(f"{self.url}: the endpoint broke off ({_one_line(error) or type(error).__name__}).") from None

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
            f"{self.url}: what came back ({media_type}) is no SPARQL result: {_one_line(error)}. Is this a SPARQL endpoint?"
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


def _beside(load: Callable[[], ox.Store]) -> Callable[[], ox.Store]:
    """Start loading a store beside what else there is to do, and return what waits for it and returns it."""
    found: list[ox.Store] = []
    wrong: list[BaseException] = []

    def run() -> None:
        try:
            found.append(load())
        except BaseException as error:
            wrong.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()

    def wait() -> ox.Store:
        thread.join()
        if wrong:
            raise wrong[0]
        return found[0]

    return wait


# The packaged graph, on its way before it is opened.
_ahead: list[Callable[[], ox.Store]] = []


def load_ahead() -> None:
    """Start loading the packaged graph for the next `open_store` of it, which then waits the less."""
    _ahead[:] = [_beside(loading.packaged_store)]


def _is_store(folder: Path) -> bool:
    return (folder / MARKER).is_file()


def _open_folder(folder: Path) -> EmbeddedStore:
    try:
        return EmbeddedStore(ox.Store.read_only(str(folder / "db")), str(folder))
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError(f"{folder}: the store cannot be opened ({_one_line(error)}). Build it again.") from None


def open_store(sources: Sequence[str] = (), timeout: float = 60.0) -> Store:
    """Open what `--data` names: nothing (the packaged graph), an endpoint, a store folder, or RDF files and folders.

    Files get the ontology, the vocabularies and all derived facts added. Raises StoreError or DataError.
    """
    if not sources:
        return EmbeddedStore(_ahead.pop() if _ahead else _beside(loading.packaged_store), loading.PACKAGED)
    urls = [source for source in sources if source.startswith(("http://", "https://"))]
    if urls:
        if len(sources) > 1:
            raise StoreError("--data takes one endpoint, or files and folders, but not both at once.")
        return EndpointStore(urls[0], timeout)
    folder = Path(sources[0])
    if len(sources) == 1 and folder.is_dir():
        if _is_store(folder):
            return _open_folder(folder)
        if (folder / "CURRENT").exists() or (folder / "db" / "CURRENT").exists():
            raise StoreError(f"{folder}: this store was not made by `oscegraph build`, or not finished. Build it again.")
    return EmbeddedStore(store_of_files(sources), ", ".join(sources))


def store_of_files(sources: Sequence[str], into: ox.Store | None = None) -> ox.Store:
    """Return a store with the RDF of `sources`, the ontology, and all derived facts."""
    files = loading.find_files(sources)
    store = ox.Store() if into is None else into
    loading.fill(store, loading.ontology_files())
    loading.fill(store, files)
    derive.derive(store)
    return store


def build(target: Path, sources: Sequence[str] = (), force: bool = False) -> int:
    """Make an on-disk store in the folder `target` and return its number of triples.

    It is written beside the target and moved there when it is whole: a full disk, bad data or a kill leaves whatever
    stood at `target` as it was. Raises StoreError if the target exists and `force` is not set, or is something else.
    """
    import shutil
    import tempfile

    target = target.resolve()
    try:
        if target.exists():
            if not _is_store(target):
                raise StoreError(f"{target}: exists and is no oscegraph store; it is left alone. Name a new folder.")
            if not force:
                raise StoreError(f"{target}: the store exists. Add --force to replace it.")
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        fresh.chmod(0o755)
    except OSError as error:
        raise StoreError(f"{target.parent}: cannot be written ({error.strerror}).") from None
    try:
        count = _write_store(fresh, sources)
        swap(fresh, target, force)
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{target}: the store could not be written ({_one_line(error)}). Nothing was changed.") from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return count


def _write_store(folder: Path, sources: Sequence[str]) -> int:
    store = ox.Store(str(folder / "db"))
    try:
        if sources:
            store_of_files(sources, into=store)
        else:
            loading.fill(store, loading.packaged_files())
        store.optimize()
        store.flush()
        count = len(store)
    except BaseException as error:
        # The frames of an error hold the store, which writes on in the background for as long as anything does.
        traceback.clear_frames(error.__traceback__)
        raise
    finally:
        del store
    (folder / MARKER).write_text(f"oscegraph {__version__}\n", encoding="utf-8")
    return count


def swap(fresh: Path, target: Path, force: bool) -> None:
    """Put `fresh` in the place of `target` in one step; an old store is then where `fresh` was."""
    if not force or not target.exists():
        # A rename onto a folder that another build has put there meanwhile fails, and leaves it as it is.
        fresh.rename(target)
        return
    if _exchange(fresh, target):
        return
    import shutil

    # No such step on this system: the old folder is kept beside the target and comes back on failure.
    old = fresh.with_name(fresh.name + "-old")
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        try:
            old.rename(target)
        except OSError:
            raise StoreError(f"{target}: could not be replaced nor put back. What stood there is now {old}.") from None
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap the names of two folders in one step, as Linux and macOS can; return whether it was done."""
    import ctypes

    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(os.fsencode(one), os.fsencode(other), 2) == 0)
        return bool(libc.renameat2(-100, os.fsencode(one), -100, os.fsencode(other), 2) == 0)
    except (OSError, TypeError, AttributeError):
        return False
