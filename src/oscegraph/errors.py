"""The errors that a user can meet, each with where, what, and what to do.

All are an OscegraphError, exit code 2: the command could not run. Exit code 1, an answer rather than a failure, is that of
NameNotFound and NameAmbiguous.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

EXIT_FINE, EXIT_FINDINGS, EXIT_FAILED = 0, 1, 2


def did_you_mean(word: str, known: Iterable[str], count: int = 3) -> str:
    """Return ` Did you mean "a" or "b"?` for the known words nearest to `word`, or an empty string."""
    folded = {item.casefold(): item for item in known}
    # Imported here, as below and in `store`: most commands end without it.
    import difflib

    near = difflib.get_close_matches(word.casefold(), list(folded), n=count, cutoff=0.6)
    if not near:
        return ""
    return " Did you mean " + " or ".join(f'"{folded[item]}"' for item in near) + "?"


class OscegraphError(Exception):
    """Anything that keeps a command from doing what it was asked; its text is meant for the user."""

    exit_code = EXIT_FAILED


class DataError(OscegraphError):
    """A data file that cannot be read; `where` is `file`, `file:line` or `file:line:column`."""

    def __init__(self, where: str, what: str, advice: str = "") -> None:
        self.where, self.what, self.advice = where, what, advice
        super().__init__(f"{where}: {what}" + (f" {advice}" if advice else ""))


class StoreError(OscegraphError):
    """A store folder or endpoint that cannot be used."""


class QueryError(OscegraphError):
    """A query that is unknown or malformed, or a parameter that is missing or of the wrong kind."""


class FilterError(OscegraphError):
    """A filter value that is none of the valid ones, which the message lists."""

    def __init__(self, what: str, value: str, valid: Sequence[str]) -> None:
        self.value, self.valid = value, list(valid)
        super().__init__(f'"{value}" is no {what}.{did_you_mean(value, valid)} Valid: {", ".join(valid)}.')


_LISTS = {
    "actor": "`oscegraph actors` lists all names.",
    "chapter": "Chapters are II.1.1 to II.3.14; `oscegraph query figure_staff` names the structures that they are on.",
    "decision": "`oscegraph decisions --all` lists all names.",
    "place": "`oscegraph query place_ranking` lists where anything took place.",
}


class NameNotFound(OscegraphError):  # noqa: N818 - an answer, not a failure
    """A name that nothing of the wanted sort bears; `near` has the nearest names, `others` what else bears it."""

    exit_code = EXIT_FINDINGS

    def __init__(self, name: str, near: Sequence[str], what: str = "actor", others: Sequence[str] = ()) -> None:
        self.name, self.near, self.others = name, list(near), list(others)
        if others:
            hint = "It is the name of " + "; ".join(others) + "."
        elif near:
            hint = "Nearest names: " + "; ".join(near) + "."
        else:
            hint = _LISTS.get(what, "`oscegraph actors` and `oscegraph decisions --all` list names.")
        super().__init__(f'No {what} is known as "{name}". {hint}')


class NameAmbiguous(OscegraphError):  # noqa: N818 - an answer, not a failure
    """A name that several things bear; `candidates` describes them."""

    exit_code = EXIT_FINDINGS

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        self.name, self.candidates = name, list(candidates)
        listed = "\n".join(f"  {candidate}" for candidate in candidates)
        super().__init__(f'"{name}" may mean any of these; ask for one of them:\n{listed}')


class ReportError(OscegraphError):
    """A copy of the report that cannot be read or aligned."""


class OutputError(OscegraphError):
    """A file or folder that cannot be written."""


class EmptyNetwork(OscegraphError):  # noqa: N818 - an answer, not a failure
    """A network without any tie; `without` is the number of ties without filters, `of` whose ties were looked for."""

    def __init__(self, without: int, of: str = "") -> None:
        self.without, self.of = without, of
        who = f"{of} has no tie in this network" if of else "The network has no tie"
        rest = f"in it there are {without} in all" if of else f"without any there are {without}"
        super().__init__(f"{who} under these options; {rest}. Take out a filter, a type or a role, or lower --least.")


class TooLarge(OscegraphError):  # noqa: N818 - says what is possible instead
    """A network that a browser would not draw in good time."""
