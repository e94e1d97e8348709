"""Stage 15b: a look at a SPARQL text before it runs: no call to other servers, no update, nothing that grows beyond measure.

The guard gives clear errors early. The wall is another: the process without network that runs queries.
It cuts the text into tokens as pyoxigraph's parser does, which takes a keyword wherever one may stand, with or without space
before and behind it, and tries another reading where the first does not work out. Where there are two, the guard takes that
which leaves less unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from oscegraph.errors import OscegraphError

LETTERS, TOKENS, DEPTH, PATTERNS, OPERATORS = 100_000, 10_000, 64, 200, 400
UPDATES = ("insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with")
FORMS = ("select", "construct", "describe", "ask")

# The character classes of SPARQL 1.1, section 19.8.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_VAR = rf"[{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040]"
_CHARS = rf"[\-{_VAR[1:]}"
_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_IN_STRING = rf"\\[tbnrf\\\"']|{_ESCAPE}"
_LOCAL_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
# A local name has at most one place with dots in it for pyoxigraph: of `ex:a.b.SERVICE` it reads `ex:a.b`, a dot, a keyword.
_LOCAL = (
    rf"(?:[{_BASE}_:0-9]|{_LOCAL_ESCAPE})(?:[:{_CHARS[1:]}|{_LOCAL_ESCAPE})*+(?:\.++(?:[:{_CHARS[1:]}|{_LOCAL_ESCAPE})++)?+"
)
_TOKEN = re.compile(
    rf"""(?:[ \t\r\n]++|\#[^\r\n]*+)*+(?:
      (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_ESCAPE})*+>)
    | (?P<string>'''(?:'{{0,2}}+(?:[^'\\]|{_IN_STRING}))*+''' | \"""(?:"{{0,2}}+(?:[^"\\]|{_IN_STRING}))*+\"""
        | '(?:[^'\\\r\n]|{_IN_STRING})*+' | "(?:[^"\\\r\n]|{_IN_STRING})*+")
    | (?P<var>[?$]{_VAR}++)
    | (?P<name>(?:_|[{_BASE}]{_CHARS}*+(?:\.++{_CHARS}++)*+)?+(?P<local>:(?:{_LOCAL})?+))
    | (?P<word>[{_BASE}]{_CHARS}*+(?:\.++{_CHARS}++)*+)
    | (?P<number>(?:[0-9]++(?:\.[0-9]++)?+|\.[0-9]++)(?:[eE][+\-]?[0-9]++)?+)
    | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
    | (?P<mark>\^\^|&&|\|\||[<>!]=|.)
    | \Z
    )""",
    re.VERBOSE | re.DOTALL,
)
# What would mean something else if `<` were read as "less than": quotes, brackets and the start of a comment.
_TWO_READINGS = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.\-]*://)[^>]*['()\[\]#]")
_PLAIN_LOCAL = re.compile(r":[A-Za-z0-9_\-]+\Z")
# Half of a pair, and what is beyond Unicode: a string with that in it is none for the parser, which then reads it otherwise.
_NO_CHARACTER = re.compile(r"\\(?:u|U0000)[Dd][89A-Fa-f]|\\U(?!000[0-9A-Fa-f]{5}|0010[0-9A-Fa-f]{4})")
_UNICODE_ESCAPE = re.compile(_ESCAPE)
_OPERANDS = ("iri", "string", "var", "name", "number")
# Behind these, `<` cannot be "less than". It can behind `>`, which may be the end of a triple term.
_NO_OPERAND = ("", "(", "[", "{", ",", ";", ".", "=", "<", "!=", "<=", ">=", "&&", "||", "!", "+", "-", "*", "/", "^^")


class Refused(OscegraphError):  # noqa: N818 - an answer, not a failure
    """A query that is not run; `status` is that of HTTP, `title` a few words."""

    def __init__(self, status: int, title: str, detail: str) -> None:
        self.status, self.title = status, title
        super().__init__(detail)


def check(text: str) -> None:
    """Raise Refused for a query text that calls other servers, updates, or is larger than what is worth trying.

    >>> check("ASK { ?s ?p 'SERVICE' }")
    >>> check("ASK { SERVICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    oscegraph.endpoint.guard.Refused: SERVICE would call another server, which this endpoint does not do.
    """
    if len(text) > LETTERS:
        raise _too_large(f"it has {len(text):,} characters; {LETTERS:,} are allowed")
    if "\\" in text:
        if _NO_CHARACTER.search(text):
            raise Refused(400, "Malformed query", "An escape in the query stands for no character.")
        # SPARQL 1.1, section 19.2, has escapes resolved before anything is read; pyoxigraph as built today does not.
        plain = _UNICODE_ESCAPE.sub(lambda found: chr(int(found[0][2:], 16)), text)
        if plain != text:
            _Reading().read(plain)
    _Reading().read(text)


def _too_large(what: str) -> Refused:
    return Refused(400, "Query too large", f"The query is too large to be tried: {what}.")


def _calls_out(detail: str = "") -> Refused:
    return Refused(
        403, "SERVICE is not allowed", detail or "SERVICE would call another server, which this endpoint does not do."
    )


@dataclass
class _Reading:
    """What is known of a text at one token."""

    # The brackets that are open: { ( [, and V and v for those of a block of VALUES.
    open: list[str] = field(default_factory=list)
    before: str = ""
    values: bool = False
    begun: bool = False
    patterns: int = 0
    operators: int = 0
    local_services: bool = False
    loose_prefix: bool = False

    def read(self, text: str) -> None:
        """Read all tokens; raises Refused."""
        for number, found in enumerate(_TOKEN.finditer(text)):
            kind = found.lastgroup or ""
            if not kind:
                break
            if number == TOKENS:
                raise _too_large(f"it has more than {TOKENS:,} words and signs")
            if kind == "local":
                kind = "name"
            token = found[kind]
            if kind == "mark":
                self._mark(token)
                self.before = token
                continue
            if kind in _OPERANDS:
                self._operand(kind, token, found["local"])
            elif "service" in token.lower():
                raise _calls_out()
            elif kind == "word":
                self._word(token.lower())
            self.before = kind if kind != "name" or found["local"] != ":" else "prefix"
            if self.patterns > PATTERNS:
                raise _too_large(f"it has more than {PATTERNS} patterns")
        if self.local_services and self.loose_prefix:
            # `http://x:` with `SERVICE` behind it is no IRI, so that the parser takes the prefix alone, and then a keyword.
            raise _calls_out(
                "A name with the word service in it is taken only where all prefixes end in / or #. "
                "Write it as a whole IRI instead."
            )

    def _operand(self, kind: str, token: str, local: str | None) -> None:
        bracket = self.open[-1] if self.open else ""
        if kind == "iri":
            if self.before == "prefix" and token[-2] not in "/#":
                self.loose_prefix = True
            if bracket in ("(", "v") and self.before not in _NO_OPERAND and _TWO_READINGS.match(token):
                raise Refused(
                    400,
                    "Unclear query",
                    'What follows "<" may be an IRI or a comparison. Put a space behind "<", or write it all.',
                )
        elif kind == "name" and local is not None and "service" in token.lower():
            if "service" in token[: -len(local)].lower():
                raise _calls_out("A prefix with the word service in it can be read as a call. Choose another prefix.")
            if token[0] == "_" or not _PLAIN_LOCAL.match(local):
                raise _calls_out(
                    "A name with the word service in it can be read as a call. Write it as a whole IRI instead."
                )
            self.local_services = True
        if bracket == "(" and self.before in _OPERANDS:
            # An element of a list is two triples.
            self.patterns += 2
        if self.values and kind != "var":
            self.values = False

    def _word(self, word: str) -> None:
        self.values = word == "values"
        if not self.begun and not word.startswith(("prefix", "base", "version")):
            self.begun = True
            if word.startswith(UPDATES):
                raise Refused(403, "Read-only", "This endpoint answers queries; it takes no update.")
        self.patterns += word.count(".")
        self.operators += word.count("-")

    def _mark(self, mark: str) -> None:
        if mark in "{([":
            inside = "V" if mark == "{" and self.values else "v" if self.open and self.open[-1] in "Vv" else mark
            self.open.append(inside)
            if len(self.open) > DEPTH:
                raise _too_large(f"it is nested more than {DEPTH} deep")
            if inside == "(":
                self.operators += 1
            elif inside in "{[":
                self.patterns += 1
            self.values = self.values and mark == "("
        elif mark in "})]":
            if self.open:
                self.open.pop()
        elif mark in ".;,":
            if self.open and self.open[-1] in "{[":
                self.patterns += 1
        elif mark in ("\\", "'", '"'):
            raise Refused(
                400, "Malformed query", "A string in the query is not closed, or has an escape that SPARQL does not know."
            )
        elif mark in ("<", ">", "=") or (mark == "^^" and self.before == "string"):
            pass
        else:
            self.operators += 1
        if self.patterns > PATTERNS:
            raise _too_large(f"it has more than {PATTERNS} patterns")
        if self.operators > OPERATORS:
            raise _too_large(f"it has more than {OPERATORS} operators and calls")
