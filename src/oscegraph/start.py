"""Where a process begins: the packaged graph is loaded beside the import of the command line.

Loading takes longer than all imports together, and needs none of them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

# Commands that answer from the graph whatever their options are, but for other data and help.
_ASKING = frozenset(
    {"ask", "who", "between", "show", "actors", "activities", "tellings", "decisions", "matrix", "overlaps", "gaps", "plan"}
    | {"counts", "profile", "report", "network", "rank", "communities", "path", "ties", "robustness", "map"}
)
_WITHOUT = ("--data", "--help", "-h")


def needs_graph(arguments: Sequence[str]) -> bool:
    """Whether a command line is sure to ask the packaged graph, unless it is wrong.

    >>> needs_graph(["who", "UNODC"]), needs_graph(["who", "--help"]), needs_graph(["ask", "--data=my.ttl", "Who?"])
    (True, False, False)
    """
    return bool(arguments) and arguments[0] in _ASKING and not any(one.startswith(_WITHOUT) for one in arguments)


def main() -> None:
    """Run the command line."""
    if needs_graph(sys.argv[1:]):
        from oscegraph import store_files

        store_files.load_ahead()
    from oscegraph import cli

    cli.main()
