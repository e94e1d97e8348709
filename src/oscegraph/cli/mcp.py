"""mcp: the graph as tools for assistants."""

from __future__ import annotations

import click

from oscegraph.cli import common
from oscegraph.errors import StoreError


@click.command(
    epilog=common.examples(
        "oscegraph mcp",
        "oscegraph mcp --http --port 8765",
    )
)
@click.option("--http", is_flag=True, help="Serve over streamable HTTP at /mcp, not over standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen here; only this machine can reach the default.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="Listen here; 0 for any free.")
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="Also answer to this name of this machine.")
@click.option(
    "--timeout",
    "seconds",
    metavar="SECONDS",
    default=10.0,
    show_default=True,
    type=common.Number(0.1, 60),
    help="Stop a SPARQL query then.",
)
@click.option(
    "--data",
    multiple=True,
    metavar="SOURCE",
    help="Offer this instead of the packaged graph: RDF files or folders, or a store made by `build`.",
)
def mcp(http: bool, host: str, port: int, hosts: tuple[str, ...], seconds: float, data: tuple[str, ...]) -> None:
    """Offer the graph to an assistant that speaks MCP, the Model Context Protocol.

    The tools read only: find a name, who worked with whom, ask in plain words, all of a thing, SPARQL. Each answer has
    the chapter and lines of the report.
    """
    try:
        from oscegraph.assistants import mcp_http, mcp_server
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("oscegraph"):
            raise
        package = (error.name or "").split(".")[0]
        raise StoreError(f'oscegraph mcp needs the package {package}: pip install "oscegraph[mcp]"') from None
    if any(source.startswith(("http://", "https://")) for source in data):
        raise StoreError("oscegraph mcp takes files, folders or a store, no endpoint: its SPARQL runs in own processes.")
    from oscegraph.endpoint.workers import Limits, Pool

    graph = common.open_graph(data, 60.0)
    server = mcp_server.make(graph, Pool(data, limits=Limits(seconds=seconds)))
    if http:
        mcp_http.serve(server, host, port, hosts)
    else:
        server.run("stdio")
