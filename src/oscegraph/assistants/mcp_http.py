"""Stage 18: the MCP server over streamable HTTP, for this machine unless told otherwise."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import click
import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

from oscegraph.endpoint import wire
from oscegraph.errors import StoreError

LOCAL = ("127.0.0.1", "localhost", "::1")
PATH = "/mcp"
MOST_BYTES = 256 * 1024


def names(host: str, port: int, allowed: Sequence[str]) -> list[str]:
    """Return the values of the Host header that are answered; any other may come from a page whose name leads here."""
    found = [*(LOCAL if host in LOCAL else ()), *allowed]
    # An address of IPv6 stands in brackets, so that its colons are none before a port.
    bracketed = [f"[{name}]" if name.count(":") > 1 and not name.startswith("[") else name for name in found]
    return [name if ":" in name.rpartition("]")[2] else f"{name}:{port}" for name in bracketed]


def serve(server: MCPServer[None], host: str, port: int, allowed: Sequence[str] = ()) -> None:
    """Serve until stopped; port 0 takes a free one. Raises StoreError if the address cannot be used."""
    if host not in LOCAL and not allowed:
        raise StoreError(
            f"--host {host} lets other machines in. Name what they call this one, such as --allow-host graph.example.org, "
            "and put a proxy with encryption and a password in front; the server has neither."
        )
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise StoreError(f"{host}:{port} cannot be listened on ({error.strerror or error}).") from None
    with listening:
        port = listening.getsockname()[1]
        answered = names(host, port, allowed)
        security = TransportSecuritySettings(
            enable_dns_rebinding_protection=True,
            allowed_hosts=answered,
            allowed_origins=[f"{scheme}://{name}" for name in answered for scheme in ("http", "https")],
        )
        application = server.streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,
            max_request_body_size=MOST_BYTES,
            transport_security=security,
        )
        config = uvicorn.Config(
            application,
            http=wire.chosen(),
            ws="none",
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=10,
            timeout_graceful_shutdown=2,
            h11_max_incomplete_event_size=16 * 1024,
        )
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"MCP server at http://{shown}:{port}{PATH} (Ctrl+C ends it)", err=True)
        if host not in LOCAL:
            click.echo("Warning: other machines can reach it, without encryption and without a password.", err=True)
        uvicorn.Server(config).run(sockets=[listening])
