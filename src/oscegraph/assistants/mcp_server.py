"""Stage 17: the MCP server: the graph as a few read-only tools for assistants, over standard input or over HTTP.

Each answer has the place in the report of what it says, is bounded, and says when the report is silent. What a user may
have got wrong is an error in words; anything else is one without details. Free SPARQL runs in the processes of `workers`
only, which can be stopped.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import threading
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any, Literal, ParamSpec, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from oscegraph import __version__, answers, show
from oscegraph.api import Oscegraph
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED
from oscegraph.assistants import mcp_filled, mcp_schema, mcp_shapes, mcp_sparql
from oscegraph.assistants.mcp_shapes import Evidence
from oscegraph.directory import AREA_CLASSES, INSTRUMENT_CLASSES, Thing
from oscegraph.errors import FilterError, NameAmbiguous, NameNotFound, OscegraphError
from oscegraph.filters import Filters
from oscegraph.tellings import Activity, Telling, read_activities

P = ParamSpec("P")
T = TypeVar("T")
LONGEST_NAME = 300
MOST_PLACES = 4
MOST_ANSWERS = 100
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
Actor = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_NAME, description="any name, acronym or old name of an actor, or its IRI"),
]
Day = Annotated[str | None, Field(max_length=30, description="2011-03-15, 2011-03 or March")]
Role = Literal[
    "organizer", "partner", "facilitator", "host", "funder", "trainer", "speaker", "attendee", "beneficiary", "accreditor"
]
Kind = Literal["actor", "place", "decision", "theme", "role", "activity-kind", "assistance", "chapter", "activity"]
_SCHEMES = {"theme": "theme", "role": "role", "activity-kind": "kind", "assistance": "assistance"}
INSTRUCTIONS = (
    "What the OSCE's report on its activities against organized crime in 2011 tells of co-operation: who worked with whom, "
    "on what, where, when, in which role, on which mandate. Every fact carries the chapter and lines of the report; cite "
    "them. If `told` is false, say that the report does not tell of it, not that it did not happen. Names are found by any "
    "spelling; if one is unknown or ambiguous, use resolve_name. For anything that who, between, ask and show do not "
    "answer, read describe_schema and write SPARQL. Data CC BY 4.0; not affiliated with the OSCE; references to Kosovo "
    "are status-neutral."
)


def _in_words(function: Callable[P, T]) -> Callable[P, T]:
    """Let an error that a user can meet reach the assistant as its message; the SDK withholds the text of any other."""

    @functools.wraps(function)
    def tool(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except OscegraphError as error:
            raise ToolError(mcp_filled.remark(error)) from None

    return tool


class Tools:
    """The tools over one graph; each method is one, and its docstring is what an assistant reads."""

    def __init__(self, graph: Oscegraph, pool: mcp_sparql.Runner) -> None:
        self.graph, self.pool = graph, pool
        self.store, self.directory = graph.store, graph.directory
        # One question at a time: the linker remembers what it met.
        self.asking = threading.Lock()

    @functools.cached_property
    def _asker(self) -> Asker:
        return Asker(self.store, self.directory)

    @functools.cached_property
    def _told_at(self) -> dict[tuple[str, int, int], list[Telling]]:
        """The tellings by where they stand."""
        found: dict[tuple[str, int, int], list[Telling]] = {}
        for telling in answers.find_tellings(self.store, self.directory, Filters()):
            found.setdefault((telling.chapter, *telling.lines), []).append(telling)
        return found

    def resolve_name(
        self,
        name: Name,
        kind: Annotated[Kind | None, Field(description="only things of this kind; anything if left out")] = None,
    ) -> mcp_shapes.Resolved:
        """Find what a name, acronym, old name, decision symbol or IRI means; nearest known names if nothing bears it."""
        try:
            thing = self._find(name, kind)
        except NameAmbiguous as error:
            described = {other.describe(): other for other in self.directory.things.values()}
            things = [mcp_filled.named(described[words]) for words in error.candidates if words in described]
            note = "" if things else mcp_filled.remark(error)
            return mcp_shapes.Resolved(name=name, status="ambiguous", things=things, note=note)
        except NameNotFound as error:
            return mcp_shapes.Resolved(name=name, status="unknown", nearest=error.near, note=mcp_filled.remark(error))
        except FilterError as error:
            return mcp_shapes.Resolved(name=name, status="unknown", nearest=error.valid, note=mcp_filled.remark(error))
        if isinstance(thing, Thing):
            return mcp_shapes.Resolved(name=name, status="found", things=[mcp_filled.named(thing)])
        label, what = (thing.label, "activity") if isinstance(thing, Activity) else (thing.title, "telling")
        return mcp_shapes.Resolved(
            name=name, status="found", things=[mcp_shapes.Named(iri=thing.id, label=label, type=what)]
        )

    def _find(self, name: str, kind: str | None) -> Thing | Activity | Telling:
        directory = self.directory
        if kind == "actor":
            return directory.find(name)
        if kind == "place":
            return directory.find(name, {"Place", *AREA_CLASSES}, "place")
        if kind == "decision":
            return directory.find(name, INSTRUMENT_CLASSES, "decision")
        if kind == "chapter":
            return directory.find(name, {"Section"}, "chapter")
        if kind in _SCHEMES:
            return directory.things[directory.concept(_SCHEMES[kind], name)]
        found = show.resolve(self.store, directory, name)
        if kind == "activity" and not isinstance(found, Activity):
            raise NameNotFound(name, [], "activity", [show.iri_of(found)])
        return found

    def who(
        self,
        actor: Actor,
        theme: Annotated[str | None, Field(max_length=100, description="such as drugs, thb, cyber, borders")] = None,
        where: Annotated[str | None, Field(max_length=LONGEST_NAME, description="town, state or region")] = None,
        role: Annotated[Role | None, Field(description="only partners that had this role")] = None,
        date_from: Day = None,
        date_to: Day = None,
        limit: Annotated[int, Field(ge=1, le=50, description="partners to return")] = 10,
    ) -> mcp_shapes.Partners:
        """With whom did an actor co-operate, how often, in which roles, and where is it told?

        Partners by number of shared activities. What the actor's departments and posts did is its own.
        """
        filters = self.graph.filters(on=theme, place=where, start=date_from, end=date_to, role=role)
        found = answers.who(self.store, self.directory, self.graph.actor(actor), filters, evidence=True)
        return mcp_filled.partners(found, limit, MOST_PLACES)

    def between(
        self,
        a: Actor,
        b: Actor,
        limit: Annotated[int, Field(ge=1, le=50, description="activities to return")] = 20,
    ) -> mcp_shapes.Between:
        """What did two actors do together? Each shared activity, with what each did, and where it is told.

        If `told` is false, the report names no shared activity; that is not to say that there was none.
        """
        first, second = self.graph.actor(a), self.graph.actor(b)
        if first.iri == second.iri:
            raise ToolError(f"Both names mean one and the same actor: {mcp_filled.words(first.label)}.")
        found = answers.between(self.store, self.directory, first, second, Filters())
        return mcp_filled.between(found, self.directory, limit)

    def ask(
        self,
        question: Annotated[str, Field(min_length=1, max_length=1000, description="one question in English")],
        reading: Annotated[int, Field(ge=0, le=9, description="which of the hints to take instead; 0 for none")] = 0,
    ) -> mcp_shapes.Answered:
        """Answer a question in plain English by a named query, with evidence. No language model is behind it.

        Read `status` and `reading`: a question that is not surely understood is asked back with hints, never guessed.
        If it is not `certain`, say how it was read, and that it may be meant as one of the hints.
        Only who asked can say which of them is meant: `reading` takes it.
        """
        with self.asking:
            asked = self._asker.choose(question, reading) if reading else self._asker.ask(question)
        values = [mcp_filled.words(words) for words in asked.words]
        places = [self._place(item) for item in {str(item): item for item in asked.evidence}.values()]
        hints = list(asked.hints)
        if len(values) > MOST_ANSWERS:
            hints.append(f"{len(values) - MOST_ANSWERS} more values are not shown.")
        return mcp_shapes.Answered(
            status=asked.status,
            told=asked.status == ANSWERED and asked.answer != [False],
            reading=asked.reading,
            answer=values[:MOST_ANSWERS],
            evidence=places[: 5 * MOST_PLACES],
            more_evidence=max(0, len(places) - 5 * MOST_PLACES),
            hints=[mcp_filled.words(hint) for hint in hints],
            confidence=round(asked.confidence, 3),
            certain=asked.certain,
            sparql="\n".join(line for line in asked.sparql.split("\n") if not line.startswith("#+")),
        )

    def _place(self, item: dict[str, Any]) -> Evidence:
        """Return a place that `ask` names, with the activity that is told there."""
        first, last = item["lines"]
        there = self._told_at.get((item["chapter"], first, last), [])
        ids = sorted({telling.activity for telling in there})
        labels = {activity.id: activity.label for activity in read_activities(self.store, self.directory, ids)}
        fitting = [telling for telling in there if labels[telling.activity] == item["activity"]] or there[:1]
        if fitting:
            return mcp_filled.evidence_of(fitting[0], labels[fitting[0].activity])
        return Evidence(
            activity=None,
            label=item["activity"],
            day=None,
            place=None,
            chapter=item["chapter"] or "",
            first_line=first,
            last_line=last,
        )

    async def sparql(
        self,
        query: Annotated[str, Field(min_length=1, max_length=20_000, description="SPARQL 1.1 SELECT, ASK or CONSTRUCT")],
        limit: Annotated[int, Field(ge=1, le=mcp_sparql.MOST_ROWS, description="rows or triples to return")] = 50,
    ) -> mcp_shapes.Rows:
        """Run a read-only SPARQL query; see describe_schema for classes, properties and examples.

        The prefixes of describe_schema need no declaration. All facts are in the default graph. Updates and SERVICE are
        refused; time, memory and rows are limited, and a query over a limit is an error, never half an answer.
        """
        try:
            found = await mcp_sparql.run(self.pool, query, limit)
            found.evidence = mcp_sparql.evidence(self.store, self.directory, found)
        except OscegraphError as error:
            raise ToolError(mcp_filled.remark(error)) from None
        return found

    def describe_schema(
        self,
        part: Annotated[
            Literal["overview", "classes", "properties", "queries"],
            Field(description="overview first: how the graph is built, counts, caveats, prefixes, an example"),
        ] = "overview",
        query: Annotated[str | None, Field(max_length=100, description="name of a named query whose text to give")] = None,
    ) -> mcp_schema.Schema:
        """How the graph is built, so that SPARQL can be written: classes, properties, prefixes, named queries, caveats."""
        return mcp_schema.describe(self.store, part, query)

    def show(
        self,
        iri_or_name: Name,
        limit: Annotated[int, Field(ge=1, le=50, description="tellings to return")] = 15,
    ) -> mcp_shapes.Facts:
        """All that is known of one thing: an actor, activity, telling, decision, place, theme or chapter, with tellings."""
        found = show.resolve(self.store, self.directory, iri_or_name)
        if isinstance(found, Telling):
            return mcp_filled.facts_of_telling(found)
        data = show.show(self.store, self.directory, show.iri_of(found), None).data
        if isinstance(found, Activity):
            return mcp_filled.facts_of_activity(found, data, limit)
        wanted: list[str] = []
        number = 0
        for item in data["activities"]:
            if number < limit:
                wanted.append(item["id"])
            number += len(item["tellings"])
        return mcp_filled.facts_of_thing(
            found, data, read_activities(self.store, self.directory, wanted), number, limit, self.directory
        )


def make(graph: Oscegraph, pool: mcp_sparql.Runner) -> MCPServer[None]:
    """Return the server; the pool runs while it does."""

    @contextlib.asynccontextmanager
    async def running(_: MCPServer[None]) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield None
        finally:
            await pool.close()

    server: MCPServer[None] = MCPServer(
        "oscegraph",
        title="oscegraph: who co-operated with whom against organized crime, 2011",
        instructions=INSTRUCTIONS,
        version=__version__,
        log_level="WARNING",
        lifespan=running,
    )
    tools = Tools(graph, pool)
    hints = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    quick: tuple[Callable[..., Any], ...] = (
        tools.resolve_name,
        tools.who,
        tools.between,
        tools.ask,
        tools.show,
        tools.describe_schema,
    )
    for function in quick:
        description = inspect.getdoc(function)
        server.add_tool(_in_words(function), description=description, annotations=hints, structured_output=True)
    server.add_tool(tools.sparql, description=inspect.getdoc(tools.sparql), annotations=hints, structured_output=True)
    return server
