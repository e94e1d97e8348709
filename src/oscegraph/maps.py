"""Stage 15: a drawing as one HTML file that needs nothing else: pyvis builds it, the template is ours.

pyvis's own page loads style sheets from the network, lets titles become HTML, and computes the layout while the reader
waits. Here everything is inside of the file, text stays text, and a policy in the page forbids any request and any script
but the two whose hashes it names.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from oscegraph import __version__, resources
from oscegraph.directory import Directory
from oscegraph.map_data import Drawing, check_size, payload
from oscegraph.store import Store

ASSETS = resources.PACKAGE / "assets"
CONTAINER = "network"
SOURCE = (
    "Facts: OSCE Activities in the Fight against Organized Crime in 2011, OSCE Transnational Threats Department, Strategic "
    "Police Matters Unit, 2012. Data CC BY 4.0. Not affiliated with the OSCE. References to Kosovo are status-neutral."
)


def block(value: Any) -> str:
    r"""Return a value as JSON that can stand in a script block of a page: nothing in it ends the block or starts a comment.

    >>> block("</script><!--")
    '"\\u003c/script\\u003e\\u003c!--"'
    """
    text = (
        value
        if isinstance(value, str) and value[:1] in "{["
        else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    )
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    # Half of a surrogate pair has no UTF-8.
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text)


def _read(*parts: str) -> str:
    return ASSETS.joinpath(*parts).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"


def html(drawing: Drawing, store: Store, directory: Directory) -> str:
    """Return the page. The same drawing gives the same text."""
    check_size(drawing.graph)
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup
    from pyvis.edge import Edge
    from pyvis.network import Network

    data = payload(drawing, store, directory)
    net = Network(height="100%", width="100%")
    for index, node in enumerate(data["nodes"]):
        net.add_node(index, shape=node["shape"], size=round(node["r"], 1), x=node["x"], y=node["y"], group=node["group"])
    # Network.add_edge compares each new tie with all before it, which takes minutes for 25,000.
    net.edges.extend(Edge(tie["a"], tie["b"], False).options for tie in data["ties"])
    net.options = {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "nodes": {"borderWidth": 1, "chosen": False},
        "edges": {"smooth": False, "chosen": False},
    }
    # In the page the places stand with the nodes of pyvis only.
    for node in data["nodes"]:
        del node["x"], node["y"]
    data["container"] = CONTAINER
    library = re.sub(r"\n?//# sourceMappingURL=.*\s*$", "\n", _read("vendor", "vis-network", "vis-network.min.js"))
    parts = "\n".join(_read("map", name) for name in ("state.js", "draw.js", "page.js"))
    script = f'"use strict";\n(() => {{\n{parts}}})();\n'
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(library)} {_hash(script)}",
            "style-src 'unsafe-inline'",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    environment = Environment(loader=FileSystemLoader(ASSETS / "map"), autoescape=True, undefined=StrictUndefined)
    environment.filters["block"] = lambda value: Markup(block(value))
    environment.globals["page"] = {
        "title": drawing.title,
        "noun": drawing.noun,
        "nouns": drawing.nouns[:1].upper() + drawing.nouns[1:],
        "role_title": drawing.role_title,
        "container": CONTAINER,
        "version": __version__,
        "policy": policy,
        "method": _method(drawing),
        "source": SOURCE,
        "style": Markup(_read("map", "map.css")),
        "library": Markup(library),
        "script": Markup(script),
        "payload": Markup(block(data)),
    }
    net.templateEnv, net.path = environment, "map.html"
    return str(net.generate_html())


def _method(drawing: Drawing) -> str:
    graph = drawing.graph.graph
    options = graph["options"]
    chosen = [f"weighting {options['weighting']}", f"series counted {options['series']}"]
    for key in ("types", "roles"):
        if options[key]:
            chosen.append(f"{key} {', '.join(options[key])}")
    if options["least"]:
        chosen.append(f"ties from weight {options['least']:g}")
    chosen += list(options["filters"].values())
    who = f"Network {graph['name']}: {graph['title']} " if graph["title"] else ""
    return f"{who}{'; '.join(chosen)}. Made by oscegraph {__version__}."


def write(drawing: Drawing, store: Store, directory: Directory, target: Path) -> int:
    """Write the page so that the file is there whole or not at all; return its size in bytes. Raises OutputError."""
    from oscegraph.export import write_whole

    content = html(drawing, store, directory).encode("utf-8", errors="replace")
    write_whole(target, content)
    return len(content)
