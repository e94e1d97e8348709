"""The load of `serve.py`: what clients ask, and the clients that ask it."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

import pyoxigraph as ox
from serve_targets import HOST

import oscegraph
from oscegraph import query
from oscegraph.namespaces import BASE, PREFIXES
from oscegraph.store import EmbeddedStore

# Named questions that take pyoxigraph at most some milliseconds and rdflib about a tenth of a second, with what is asked of.
QUESTIONS = {
    "activity_basis": {"activity": "act"},
    "activity_told": {"activity": "act"},
    "cooperation_statements": {"actor": "body"},
    "decision_activities": {"instrument": "ins"},
    "decision_recalls": {"instrument": "ins"},
    "decision_tasks": {"instrument": "ins", "body": "body"},
    "place_activities": {"where": "area"},
    "state_activities": {"area": "area", "role": "role"},
    "state_bodies": {"area": "area"},
    "theme_activities": {"theme": "theme", "structure": "body", "assistance": "assistance"},
    "theme_structures": {"theme": "theme", "structure": "body", "assistance": "assistance"},
}
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# How many texts are asked again and again, and what a client that reads pages asks among them, in parts of ten.
REPEATED = 50
PARTS = ("SPARQL",) * 5 + ("front page", "actor page", "suggestions", "activities page", "who page")


class Mix:
    """What is asked, in the same order in each run."""

    def __init__(self) -> None:
        graph = oscegraph.load()
        assert isinstance(graph.store, EmbeddedStore)
        self.store = graph.store.inner
        typed = self.store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), None, None)
        subjects = sorted({quad.subject.value for quad in typed if isinstance(quad.subject, ox.NamedNode)})
        prefixes = {prefix for wanted in QUESTIONS.values() for prefix in wanted.values()}
        self.values = {prefix: [iri for iri in subjects if iri.startswith(PREFIXES[prefix])] for prefix in prefixes}
        self.names = sorted(name for thing in graph.directory.things.values() if (name := thing.label).isascii())
        self.questions = []
        for name, wanted in QUESTIONS.items():
            found = query.named(name)
            text = re.sub(r"^#.*\n", "", found.text, flags=re.MULTILINE)
            self.questions.append((query.Query(name, text, parameters=found.parameters), wanted))

    def texts(self, seed: int) -> Iterator[str]:
        """Queries without end, most of them new."""
        chance = random.Random(seed)
        while True:
            question, wanted = chance.choice(self.questions)
            yield question.bind(
                {name: chance.sample(self.values[prefix], chance.randint(1, 3)) for name, prefix in wanted.items()}
            )

    def again(self, seed: int) -> Iterator[str]:
        """The same few queries without end."""
        chance, texts = random.Random(seed), self.texts(seed)
        few = [next(texts) for _ in range(REPEATED)]
        while True:
            yield chance.choice(few)

    def pages(self, seed: int) -> Iterator[tuple[str, str]]:
        """Pages and queries: what it is, and the path of a page or the text of a query."""
        chance, texts = random.Random(seed), self.texts(seed)
        actors = self.values["body"] + self.values["area"]
        themes = [iri.removeprefix(PREFIXES["theme"]) for iri in self.values["theme"] if iri != PREFIXES["theme"]]
        while True:
            part, name, theme = chance.choice(PARTS), chance.choice(self.names), chance.choice(themes)
            if part == "SPARQL":
                yield part, next(texts)
            elif part == "front page":
                yield part, "/"
            elif part == "actor page":
                yield part, "/" + chance.choice(actors).removeprefix(BASE)
            elif part == "suggestions":
                yield part, f"/suggest?q={quote(name[: chance.randint(2, 6)])}"
            elif part == "activities page":
                yield (
                    part,
                    f"/activities?theme={theme}&from=2011-{chance.randint(1, 6):02}&to=2011-{chance.randint(7, 12):02}",
                )
            else:
                yield part, f"/ask?q=Who%20worked%20with%20{quote(name)}%20on%20{quote(theme)}%3F"


class Answer:
    """An answer as it comes in."""

    def __init__(self) -> None:
        self.data, self.status, self._end, self._size = bytearray(), 0, 0, -1
        self.until_closed = False

    def add(self, piece: bytes) -> bool:
        """Take a piece and return whether that was the last."""
        self.data += piece
        if not self._end:
            self._end = self.data.find(b"\r\n\r\n") + 4
            if self._end < 4:
                self._end = 0
                return False
            head = bytes(self.data[: self._end]).lower()
            self.status = int(head[9:12]) if head[9:12].isdigit() else 0
            length = re.search(rb"\r\ncontent-length: *(\d+)", head)
            self._size = self._end + int(length[1]) if length else -1
            self.until_closed = not length and b"\r\ntransfer-encoding: chunked\r\n" not in head
        return len(self.data) >= self._size if self._size >= 0 else self.data.endswith(b"\r\n0\r\n\r\n")

    @property
    def title(self) -> str:
        """What an answer in JSON says is wrong."""
        found = re.search(rb'"title": *"([^"]*)"', self.data)
        return found[1].decode() if found else ""


@dataclass
class Load:
    """Clients that ask one request after the other, each on a connection that it keeps."""

    port: int
    requests: Iterator[tuple[str, bytes]]
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    done: int = 0
    over: bool = False

    async def run(self, clients: int, until: Awaitable[object]) -> Load:
        """Ask until something else has ended, and wait for the last answers."""
        begun = time.perf_counter()
        running = [asyncio.create_task(self._client()) for _ in range(clients)]
        try:
            await until
        finally:
            self.seconds, self.over = time.perf_counter() - begun, True
            self.done = sum(map(len, self.times.values()))
        _, late = await asyncio.wait(running, timeout=60)
        for task in late:
            task.cancel()
            self.errors["no answer within 60 s"] += 1
        for task in running:
            if task not in late and task.exception() is not None:
                raise task.exception() or AssertionError
        return self

    async def _client(self) -> None:
        loop = asyncio.get_running_loop()
        while not self.over:
            try:
                _, client = await loop.create_connection(lambda: _Client(self), HOST, self.port)
                await client.lost
            except OSError as error:
                self.errors[type(error).__name__] += 1
                await asyncio.sleep(0.1)

    def all(self) -> list[float]:
        """The seconds of all answers, the shortest first."""
        return sorted(one for some in self.times.values() for one in some)

    @property
    def rate(self) -> float:
        """Answers per second."""
        return self.done / self.seconds

    @property
    def failed(self) -> int:
        """How many requests had no answer, or none with status 200."""
        return sum(self.errors.values())


class _Client(asyncio.Protocol):
    """One connection."""

    def __init__(self, load: Load) -> None:
        self.load, self.answer, self.kind, self.begun = load, Answer(), "", 0.0
        self.lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        self.kind, request = next(self.load.requests)
        self.answer, self.begun = Answer(), time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        if not self.answer.add(data):
            return
        self.load.times[self.kind].append(time.perf_counter() - self.begun)
        if self.answer.status != 200:
            self.load.errors[f"{self.kind}: {self.answer.status} {self.answer.title}".rstrip()] += 1
        self.kind = ""
        if self.load.over:
            self.transport.close()
        else:
            self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.kind:
            self.load.errors[f"{self.kind}: broken off"] += 1
        if not self.lost.done():
            self.lost.set_result(None)


def percentile(times: list[float], share: float) -> float:
    """Return the value, in milliseconds, that a share of sorted times does not exceed."""
    return 1000 * times[min(len(times) - 1, int(len(times) * share))] if times else float("nan")
