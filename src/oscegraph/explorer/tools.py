"""Stage 17i: the tools of the explorer: matrix, overlaps, gaps, network, questions, the editor, and the data as files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from starlette.routing import Route

from oscegraph.explorer import ask_pages, gap_pages, map_pages, matrix_pages, overlap_pages, query_pages
from oscegraph.explorer.tool import Memo, Tool, serve

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from oscegraph.explorer.site import Site


def routes(site: Site) -> list[Route]:
    """Return the routes of all tools."""
    memo = Memo()
    tools: dict[str, Tool] = {
        "/matrix": matrix_pages.TOOL,
        "/overlaps": overlap_pages.TOOL,
        "/gaps": gap_pages.TOOL,
        "/network": map_pages.NETWORK,
        "/map": map_pages.MAP,
        "/ask": ask_pages.tool(site),
        "/query": query_pages.tool(),
    }
    found = [site.route(path, partial(serve, site, memo, tool)) for path, tool in tools.items()]
    files = Memo(len(query_pages.FILES) + 1)
    found.append(site.route("/data", partial(query_pages.data_page, site)))
    found.append(Route("/data/{name}", partial(query_pages.data_file, site, files), methods=["GET"]))
    for path, content, media_type in (
        ("/map/map.js", map_pages.script(), "text/javascript; charset=utf-8"),
        ("/map/map.css", map_pages.style(), "text/css; charset=utf-8"),
    ):
        found.append(site.route(path, partial(_asset, site, content.encode(), media_type)))
    return found


def _asset(site: Site, content: bytes, media_type: str, request: Request) -> Response:
    return site.answer(request, content, media_type)
