"""Stage 16d: the site of the explorer: pages from templates with an entity tag, made once and kept, and tables for download.

Nothing of the graph changes while it is served, so a page is the same for the same address. Only this module and those after
it know of Starlette and Jinja.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from oscegraph import __version__, query, resources
from oscegraph.api import Oscegraph
from oscegraph.errors import DataError, OscegraphError, QueryError, StoreError
from oscegraph.explorer import listing
from oscegraph.explorer.known import Known
from oscegraph.explorer.listing import Ref, Table, View, address
from oscegraph.explorer.search import kind_of
from oscegraph.namespaces import BASE, PREFIXES, shorten
from oscegraph.output import clean

FOLDER = resources.PACKAGE / "assets" / "site"
MENU = (
    ("/actors", "Actors"),
    ("/activities", "Activities"),
    ("/decisions", "Decisions"),
    ("/themes", "Themes"),
    ("/places", "Places"),
    ("/chapters", "Chapters"),
    ("/ask", "Ask"),
    ("/matrix", "Matrix"),
    ("/overlaps", "Overlaps"),
    ("/gaps", "Gaps"),
    ("/network", "Network"),
    ("/map", "Map"),
    ("/query", "SPARQL"),
    ("/data", "Data"),
    ("/about", "About"),
)
# The part of the menu to which the pages under a path belong.
_PARTS = (
    ("/id/place/", "/places"),
    ("/id/activity/", "/activities"),
    ("/id/instrument/", "/decisions"),
    ("/id/section/", "/chapters"),
    ("/id/statement/", "/chapters"),
    ("/id/", "/actors"),
    ("/vocab/theme", "/themes"),
    ("/vocab/", "/data"),
    ("/ontology", "/data"),
    ("/dataset", "/data"),
)
# The tools, and under which name each has the filters that they share.
_PERIOD = {"from": "from", "to": "to", "theme": "theme"}
_TOOLS = (
    ("/activities", "Activities", {**_PERIOD, "in": "where", "unit": "unit"}),
    ("/matrix", "Matrix", {**_PERIOD, "in": "in"}),
    ("/overlaps", "Overlaps", {**_PERIOD, "in": "in", "unit": "unit"}),
    ("/gaps", "Gaps", {"theme": "theme", "in": "in", "unit": "unit"}),
    ("/network", "Network", {**_PERIOD, "in": "in", "unit": "around"}),
)
# What messages say of options and commands, in words of a page.
_SAID = {
    "--possible adds": "the box for vague dates adds",
    "Swap --from and --to": "Swap the two dates",
    "lower --least": "lower the least weight",
    " (--least 2)": "",
    " (--around NAME)": "",
    " (--on THEME)": "",
    "`oscegraph queries` lists them": "All queries are listed below",
    "; `oscegraph query figure_staff` names the structures that they are on": "",
}
_COMMAND = re.compile(r"`oscegraph [^`]*`(?: and `oscegraph [^`]*`)? lists?\b[^.]*\.")
# How much of what was made is kept.
PAGES, BYTES = 512, 32_000_000
_DOWNLOADS = {
    "csv": ("text/csv; charset=utf-8", listing.to_csv),
    "json": ("application/json", listing.to_json),
}
Endpoint = Callable[[Request], Response]


class NotFound(OscegraphError):  # noqa: N818 - an answer, not a failure
    """An address under which nothing stands; `near` has what may have been meant."""

    def __init__(self, detail: str, near: Sequence[Ref] = ()) -> None:
        self.near = list(near)
        super().__init__(detail)


class Site(Known):
    """The graph with everything that its pages have in common."""

    def __init__(self, graph: Oscegraph) -> None:
        super().__init__(graph)
        self._made: OrderedDict[tuple[str, str, str], Response] = OrderedDict()
        self._size, self._lock = 0, threading.Lock()
        self._hrefs: dict[str, str] = {}
        self.templates = Environment(
            loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self.templates.filters |= {"clean": _printable, "values": listing.values, "words": listing.words, "kind": kind_of}
        self.templates.globals |= {
            "site_menu": MENU,
            "part_of": part_of,
            "version": __version__,
            "href": self.href,
            "ref": self.ref,
            "label": graph.directory.label,
            "short": shorten,
            "address": address,
            "silent": listing.SILENT,
            "elsewhere": self.elsewhere,
        }

    def href(self, iri: str) -> str:
        """Return the local address of an IRI of the graph, any other http(s) IRI as it is, and nothing for the rest."""
        made = self._hrefs.get(iri)
        if made is None:
            made = _href(iri)
            # Those of the graph come again and again; others must not fill the memory.
            if iri in self.graph.directory.things or iri in self.activities:
                self._hrefs[iri] = made
        return made

    def elsewhere(self, given: Mapping[str, str], here: str = "") -> list[tuple[str, str]]:
        """Return the other tools, each with its address under the same theme, place, unit and period.

        `given` are the words of a form; places and units may be named in any way.
        """
        names, said = self.graph.directory, {key: value for key, value in given.items() if value}
        if not said:
            return []
        iris = {}
        try:
            if "in" in said:
                iris["in"] = names.area(said["in"]).iri
                said["in"] = names.label(iris["in"])
            if "unit" in said:
                unit = self.graph.actor(said["unit"])
                iris["unit"], said["unit"] = unit.iri, unit.short
        except OscegraphError:
            return []
        found = []
        for path, title, keys in _TOOLS:
            if path == here or ("unit" in said and "unit" not in keys):
                continue
            values = {keys[key]: value for key, value in said.items() if key in keys}
            if path == "/activities":
                values |= {keys[key]: shorten(iri) for key, iri in iris.items()}
            found.append((title, address(path, values)))
        return found

    def query_panel(self, name: str, **parameters: Any) -> dict[str, str]:
        """Return the text of a named query with its values, and the address that opens it in the editor."""
        found = query.named(name)
        text = "\n".join(line for line in found.bind(parameters).splitlines() if not line.startswith("#+"))
        return {"name": name, "question": found.question, "text": text, "address": address("/query", {"query": text})}

    def render(self, template: str, **context: Any) -> bytes:
        """Return a page made from a template."""
        return self.templates.get_template(template).render(context).encode("utf-8", errors="replace")

    def page(self, request: Request, template: str, status: int = 200, **context: Any) -> Response:
        """Return a page; templates have `path`, the path that was asked for, besides the context."""
        content = self.render(template, path=request.url.path, **context)
        return self.answer(request, content, "text/html; charset=utf-8", status)

    def answer(self, request: Request, content: bytes, media_type: str, status: int = 200, **headers: str) -> Response:
        """Return content with an entity tag."""
        tag = f'"{hashlib.sha256(media_type.encode() + content).hexdigest()[:24]}"'
        return Response(content, status, {"ETag": tag, "Cache-Control": "no-cache", **headers}, media_type)

    def chosen(self, request: Request) -> dict[str, str]:
        """Return the choices of the query string, the last of each name, without `format`, `table` and empty ones."""
        given = request.query_params
        return {key: value.strip() for key, value in given.items() if value.strip() and key not in ("format", "table")}

    def view(self, request: Request, table: Table, sortable: bool = False) -> View:
        """Return what a page shows of a table; sorting and pages are for a page with one table."""
        return listing.view(table, request.url.path, self.chosen(request), sortable)

    def download(self, request: Request, *tables: Table) -> Response | None:
        """Return the table that `?format=` asks for as CSV or JSON, the first or the one named by `?table=`; or None."""
        kind, name = request.query_params.get("format", ""), request.query_params.get("table", "")
        if kind not in _DOWNLOADS or not tables:
            return None
        table = next((table for table in tables if table.name == name), None) if name else tables[0]
        if table is None:
            raise NotFound(f"This page has no such table. It has: {', '.join(table.name for table in tables)}.")
        media_type, write = _DOWNLOADS[kind]
        content = write(table, request.query_params.get("sort", "")).encode("utf-8", errors="replace")
        file = {"Content-Disposition": f'attachment; filename="{table.name}.{kind}"'}
        return self.answer(request, content, media_type, 200, **file)

    def error(self, request: Request, status: int, title: str, detail: str, near: Sequence[Ref] = ()) -> Response:
        """Return an error as a page that says what to do."""
        return self.page(request, "error.html", status, title=title, detail=in_page_words(detail), near=near)

    def redirect(self, iri: str, mark: str = "") -> Response:
        """Return 303 to the page that tells of a thing."""
        to = self.href(iri) + (f"#{quote(mark)}" if mark else "")
        return RedirectResponse(to, 303, {"Cache-Control": "no-cache"})

    def route(self, path: str, endpoint: Endpoint, kind: Callable[[Request], str] | None = None) -> Route:
        """Return a route whose answers are kept by path, query string and `kind`; errors of the graph become pages.

        `kind` is what the client's `Accept` header chooses, where an address has several answers.
        """

        def answer(request: Request) -> Response:
            made = fresh(request)
            if kind is not None:
                made.headers["Vary"] = "Accept"
            return made

        def fresh(request: Request) -> Response:
            key = (request.url.path, request.url.query, kind(request) if kind else "")
            with self._lock:
                made = self._made.get(key)
                if made is not None:
                    self._made.move_to_end(key)
            if made is None:
                try:
                    made = endpoint(request)
                except NotFound as error:
                    return self.error(request, 404, "Nothing stands here", str(error), error.near)
                except (DataError, QueryError, StoreError):
                    # Their text may name files of this machine.
                    return self.error(request, 503, "No answer", "The data could not be read. Try again in a moment.")
                except OscegraphError as error:
                    return self.error(request, 400, "This cannot be answered", str(error))
                if made.status_code == 200:
                    self._keep(key, made)
            return _unless_held(request, made)

        return Route(path, answer, methods=["GET"])

    def _keep(self, key: tuple[str, str, str], made: Response) -> None:
        with self._lock:
            if key not in self._made:
                self._made[key] = made
                self._size += len(made.body)
            while self._made and (len(self._made) > PAGES or self._size > BYTES):
                _, old = self._made.popitem(last=False)
                self._size -= len(old.body)


def part_of(path: str) -> str:
    """Return the address in the menu to which a page belongs, or nothing.

    >>> part_of("/id/body/unodc"), part_of("/vocab/theme/thb"), part_of("/matrix"), part_of("/")
    ('/actors', '/themes', '/matrix', '')
    """
    if any(path == address for address, _ in MENU):
        return path
    return next((part for start, part in _PARTS if path.startswith(start)), "")


def in_page_words(text: str) -> str:
    """Return a message of the library without what only a command line has.

    >>> in_page_words("no actor is named X. `oscegraph actors` lists all names.")
    'no actor is named X. The search above finds all names.'
    """
    for said, instead in _SAID.items():
        text = text.replace(said, instead)
    return _COMMAND.sub("The search above finds all names.", text)


def _href(iri: str) -> str:
    if iri.startswith(BASE):
        path, mark, fragment = iri[len(BASE) - 1 :].partition("#")
        return quote(path, safe="/.:-_~@!$&'()*+,;=") + mark + quote(fragment, safe="/.:-_~?")
    try:
        return iri if urlsplit(iri).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _printable(value: Any) -> str:
    """Return a value as text without control characters; nearly every text has none."""
    return value if isinstance(value, str) and value.isprintable() else clean(value)


def _unless_held(request: Request, made: Response) -> Response:
    """Return a copy of an answer, as what sends it may add headers to it, or 304 where the client has it already."""
    held = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if made.status_code == 200 and ("*" in held or made.headers.get("etag", "none") in held):
        kept = {key: value for key, value in made.headers.items() if key not in ("content-length", "content-type")}
        return Response(status_code=304, headers=kept)
    return Response(bytes(made.body), made.status_code, dict(made.headers))


def iri_of_path(path: str) -> str:
    """Return the IRI that has a path.

    >>> iri_of_path("/id/body/unodc")
    'https://w3id.org/oscegraph/id/body/unodc'
    """
    return BASE + path.lstrip("/")


def local(iri: str, kind: str) -> str:
    """Return what follows the namespace of a kind, such as `act`, in an IRI."""
    return iri.removeprefix(PREFIXES[kind])
