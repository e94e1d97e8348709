"""serve: the explorer and the SPARQL endpoint on this machine."""

from __future__ import annotations

import click

from oscegraph.cli import common
from oscegraph.errors import OscegraphError

LOCAL = ("127.0.0.1", "localhost", "::1")


@click.command(epilog=common.examples("oscegraph serve --open", "oscegraph serve --data mine.ttl --port 0"))
@click.option(
    "--data",
    multiple=True,
    metavar="SOURCE",
    help="Serve this instead of the packaged graph: RDF files, folders, or a store.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen at this address of the machine.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Listen at this port; 0 takes any free one.",
)
@click.option("--open", "browser", is_flag=True, help="Open the start page in the browser.")
@click.option("--allow-host", "names", multiple=True, metavar="NAME", help="Answer under this name too.")
@click.option(
    "--cors",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages of this site ask, as https://example.org, or * for all.",
)
@click.option(
    "--timeout",
    type=common.Number(0.1, 60),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop a query then.",
)
@click.option(
    "--rows", type=click.IntRange(1), default=100_000, show_default=True, help="Answer with as many rows or triples at most."
)
@click.option(
    "--memory", type=click.IntRange(64), default=1536, show_default=True, metavar="MB", help="Give a query so much memory."
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Run as many queries at once.")
def serve(
    data: tuple[str, ...],
    host: str,
    port: int,
    browser: bool,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    timeout: float,
    rows: int,
    memory: int,
    workers: int,
) -> None:
    """Serve the explorer at / and a SPARQL 1.1 endpoint at /sparql, read-only, until Ctrl+C.

    Only this machine is served unless --host says otherwise. Queries are stopped at the limits, which a client is told.
    """
    if host not in LOCAL:
        if not names:
            raise OscegraphError(
                f"--host {host} lets other machines in. Say with --allow-host NAME under which name they ask."
            )
        click.secho(
            f"WARNING: all who can reach {host} can read this graph and run queries on this machine. There is no password.",
            fg="red",
            bold=True,
            err=True,
        )
    try:
        from oscegraph import server
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("starlette", "uvicorn", "h11"):
            raise
        raise OscegraphError(f'serve needs {error.name}. Install it: pip install "oscegraph[serve]"') from None
    from oscegraph.endpoint.workers import Limits

    def listening(address: str) -> None:
        click.echo(f"Explorer: {address}  SPARQL: {address}sparql  Ctrl+C stops.")
        if browser:
            click.launch(address)

    server.run(data, host, port, names, origins, Limits(timeout, rows, memory), workers, listening)
