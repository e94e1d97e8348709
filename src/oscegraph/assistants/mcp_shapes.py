"""Stage 16: what the tools for assistants give back: typed, small, and with the place in the report of each fact.

Only the MCP server imports this; pydantic comes with its SDK. What was found is put into it in `mcp_filled`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field


class Evidence(BaseModel):
    """One place in the report that tells of an activity; the activity is null where the place tells of something else."""

    activity: str | None = Field(description="IRI of the activity")
    label: str | None = Field(description="what the activity is called")
    day: str | None = Field(description="day or days as precise as the report is, or 'no date'")
    place: str | None
    chapter: str
    first_line: int
    last_line: int


class Named(BaseModel):
    """A thing with a name."""

    iri: str
    label: str
    type: str
    other_names: list[str] = []
    activities: Annotated[int | None, Field(description="activities that involve it itself")] = None


class Resolved(BaseModel):
    """What a name may mean."""

    name: str
    status: Literal["found", "ambiguous", "unknown"]
    things: list[Named] = []
    nearest: Annotated[list[str], Field(description="known names that are nearest to an unknown one")] = []
    note: str = ""


class PartnerOf(BaseModel):
    """One partner of an actor."""

    iri: str
    label: str
    type: str
    shared_activities: int
    roles: Annotated[dict[str, int], Field(description="the partner's roles, by number of activities")]
    first: str | None
    last: str | None
    evidence: list[Evidence]
    more_evidence: Annotated[int, Field(description="further places that are not shown")]


class Partners(BaseModel):
    """The partners of an actor, the most frequent first."""

    told: Annotated[bool, Field(description="false: the report tells of none that fits; the notes say which kind of none")]
    actor: Named
    filters: dict[str, str]
    all_partners: int
    all_shared_activities: int
    partners: list[PartnerOf]
    more_partners: int
    notes: list[str]


class SharedActivity(BaseModel):
    """An activity that two actors share."""

    iri: str
    label: str
    roles_of_first: list[str]
    roles_of_second: list[str]
    differences: Annotated[list[str], Field(description="in what the tellings of it contradict each other")]
    evidence: list[Evidence]


class Statement(BaseModel):
    """What the report states besides activities."""

    kind: str
    says: str
    chapter: str
    first_line: int
    last_line: int


class Between(BaseModel):
    """What two actors share."""

    told: Annotated[bool, Field(description="false: the report names no activity that both share")]
    first: Named
    second: Named
    activities: list[SharedActivity]
    more_activities: int
    general_statements: Annotated[list[Statement], Field(description="co-operation stated in general, without an activity")]
    notes: list[str]


class Answered(BaseModel):
    """The answer to a question in plain words."""

    status: Annotated[
        str,
        Field(description="answered, silent (the report does not say), excluded by a filter, unknown name, ..."),
    ]
    told: bool
    reading: Annotated[str, Field(description="how the question was read; check that it is what was asked")]
    answer: list[str]
    evidence: list[Evidence]
    more_evidence: int
    hints: list[str]
    confidence: float
    certain: bool
    sparql: str


class Rows(BaseModel):
    """The result of a query."""

    kind: Literal["select", "ask", "graph"]
    columns: list[str] = []
    rows: Annotated[list[list[str | None]], Field(description="cells: IRIs and literals as text, null where unbound")] = []
    triples: Annotated[list[str], Field(description="N-Triples, for CONSTRUCT and DESCRIBE")] = []
    answer: Annotated[bool | None, Field(description="for ASK")] = None
    more: Annotated[bool, Field(description="true: there are more rows; raise limit, or add LIMIT and OFFSET")] = False
    evidence: Annotated[list[Evidence], Field(description="where the report tells of the activities in the rows")] = []
    notes: list[str] = []


class TellingOf(BaseModel):
    """What one chapter says of an activity."""

    iri: str
    title: str
    kind: str
    date_as_printed: str | None
    people: str
    roles: Annotated[dict[str, list[str]], Field(description="role -> names of the actors")]
    themes: list[str]
    basis: list[str]
    note: str | None
    evidence: Evidence


class Facts(BaseModel):
    """All that is known of one thing."""

    iri: str
    label: str
    type: str
    other_names: list[str]
    facts: dict[str, list[str]]
    statements: list[Statement]
    more_statements: int
    tellings: list[TellingOf]
    all_tellings: int
    more_tellings: int
    differences: list[str]
    notes: list[str]
