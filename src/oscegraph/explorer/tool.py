"""Stage 17b: what every tool of the explorer does: results kept in memory, its page, and its result as a file."""

from __future__ import annotations

import json
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.responses import RedirectResponse, Response

from oscegraph import output
from oscegraph.errors import EmptyNetwork, NameNotFound, OscegraphError
from oscegraph.explorer import listing
from oscegraph.explorer.forms import Words, themes
from oscegraph.explorer.site import in_page_words

if TYPE_CHECKING:
    from starlette.requests import Request

    from oscegraph.explorer.site import Site

MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "cyjs": "application/json",
    "html": "text/html; charset=utf-8",
    "data": "application/json",
}


@dataclass
class Found:
    """What a tool found: what its page shows, an object for programs, a table for spreadsheets, other files, remarks."""

    context: dict[str, Any] = field(default_factory=dict)
    data: Any = None
    table: listing.Table = field(default_factory=lambda: listing.Table("empty", "", (), ()))
    files: Mapping[str, Callable[[], bytes | str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Tool:
    """A page with a form: the names of its fields, how its result is made, and in which formats it can be had.

    `choices` gives what the form itself needs, such as the options of a list. `start` is where a page without any words
    leads, if its whole would be too much to begin with.
    """

    name: str
    template: str
    known: tuple[str, ...]
    make: Callable[[Site, Words], Found]
    choices: Callable[[Site], dict[str, Any]] = lambda site: {}
    files: tuple[str, ...] = ()
    long: tuple[str, ...] = ()
    start: str = ""


class Memo:
    """Results by their key; the oldest go first. The same result is made once, and only some at a time."""

    def __init__(self, size: int = 24, at_once: int = 2) -> None:
        self.size = size
        self._kept: OrderedDict[Any, Any] = OrderedDict()
        self._making: dict[Any, threading.Lock] = {}
        self._lock = threading.Lock()
        self._places = threading.Semaphore(at_once)

    def get(self, key: Any, make: Callable[[], Any]) -> Any:
        """Return what is kept under a key, or make it; what fails is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            mine = self._making.setdefault(key, threading.Lock())
        with mine:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]
            try:
                with self._places:
                    made = make()
                with self._lock:
                    self._kept[key] = made
                    while len(self._kept) > self.size:
                        self._kept.popitem(last=False)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return made


def serve(site: Site, memo: Memo, tool: Tool, request: Request) -> Response:
    """Answer a request for a tool: its page, or its result as a file."""
    words = Words(request.query_params.multi_items())
    if tool.start and not words.values:
        return RedirectResponse(tool.start, 303, {"Cache-Control": "no-cache"})
    known = (*tool.known, "format")
    formats = ("html", "json", "csv", *tool.files)
    wanted = words.shown("format", "html")
    try:
        words.check(known, tool.long)
        kind = words.choice("format", formats, "html")
        found = memo.get((tool.name, words.key()), lambda: tool.make(site, words))
        if kind != "html":
            if kind.startswith("map-") and kind in found.files:
                # What is drawn has a layout, which is as costly as the result itself.
                drawn = memo.get((tool.name, words.key(), kind), found.files[kind])
                found = Found(files={kind: lambda: drawn})
            return download(site, request, tool.name, kind, found)
    except OscegraphError as error:
        status = 404 if isinstance(error, (NameNotFound, EmptyNetwork)) else 400
        said = in_page_words(str(error))
        if wanted != "html":
            return problem(status, said)
        return page(site, request, tool, words, None, said, status)
    return page(site, request, tool, words, found, "", 200)


def page(site: Site, request: Request, tool: Tool, words: Words, found: Found | None, said: str, status: int) -> Response:
    """Return the page of a tool, with the form as it was filled in, and either the result or what is wrong."""
    context = {"themes": themes(site.graph.directory), **tool.choices(site)}
    return site.page(request, tool.template, status, words=words, found=found, said=said, **context)


def download(site: Site, request: Request, name: str, kind: str, found: Found) -> Response:
    """Return a result as a file."""
    if kind in found.files:
        made = found.files[kind]()
    elif kind == "csv":
        made = listing.to_csv(found.table)
    elif kind == "json":
        made = output.to_json(found.data, 2) + "\n"
    else:
        return problem(400, f"This result cannot be had as {kind}.")
    content = made if isinstance(made, bytes) else made.encode("utf-8", errors="replace")
    ending = re.sub("-(?=csv|json)", ".", kind).removeprefix("map-")
    file = f"oscegraph-{name}.{ending}"
    media = MEDIA.get(kind.rpartition("-")[2], "application/octet-stream")
    return site.answer(request, content, media, 200, **{"Content-Disposition": f'attachment; filename="{file}"'})


def problem(status: int, detail: str) -> Response:
    """Return an error as RFC 9457 problem JSON."""
    title = {400: "Bad Request", 404: "Not Found"}.get(status, "Error")
    body = json.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail})
    return Response(body, status, media_type="application/problem+json")


def apart(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row for download: of a cell of things with their places, the things, and the places in a cell of its own."""
    made: dict[str, Any] = {}
    for key, cell in row.items():
        items = cell if isinstance(cell, list) else [cell]
        places = [item for item in items if isinstance(item, listing.Source)]
        made[key] = cell
        if places and len(places) < len(items):
            made |= {key: [item for item in items if item not in places], f"{key}_told": places}
    return made


def columns(*names: str, numbers: Sequence[str] = ()) -> list[listing.Column]:
    """Return columns of a table for download under their names."""
    return [listing.Column(name, name.replace("_", " "), name in numbers) for name in names]
