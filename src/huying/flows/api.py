"""Routes of flows and prompts: what is published, drawn as a graph; what can be said, with its sound. Changes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse
from pydantic import BaseModel

from huying.admin.guard import CallerOf, requires
from huying.flows import service
from huying.flows.graph import Flow
from huying.flows.nodes import Node
from huying.flows.prompts.catalogue import LANGUAGES, catalogue
from huying.flows.prompts.library import sound_file
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(tags=["flows"])


class FlowView(BaseModel):
    """A flow in the list. `newest` and `published` are versions; 0 is none."""

    id: str
    code: str
    name: dict[str, str]
    newest: int
    published: int
    published_at: datetime | None


class FlowPage(BaseModel):
    """Flows by code."""

    items: list[FlowView]
    total: int


class NodeView(BaseModel):
    """A node as it is drawn.

    `exits` by name to the next node's id, `says` its texts by language, `settings` what differs from the defaults.
    """

    id: str
    kind: str
    exits: dict[str, str]
    says: dict[str, str]
    settings: dict[str, object]


class ProblemView(BaseModel):
    """A fault of a flow; `node` is empty for faults of the whole."""

    node: str
    code: str
    message: str


class GraphView(BaseModel):
    """One version of a flow."""

    flow_id: str
    version: int
    start: str
    nodes: list[NodeView]
    problems: list[ProblemView]


class PromptView(BaseModel):
    """A thing the centre can say; a word is a piece of a spoken figure. Each text has its sound."""

    key: str
    texts: dict[str, str]
    is_word: bool


class PromptPage(BaseModel):
    """Prompts: the sentences first."""

    items: list[PromptView]
    total: int


@router.get("/api/flows", dependencies=[requires("flows.manage")])
async def list_flows(caller: CallerOf, ground: GroundOf) -> FlowPage:
    """All flows of the business."""
    async with ground.database.business(caller.business_id) as session:
        found = await service.list_flows(session)
    items = [
        FlowView(
            id=flow.flow_id,
            code=flow.code,
            name=dict(flow.name),
            newest=flow.newest,
            published=flow.published,
            published_at=flow.published_at,
        )
        for flow in found
    ]
    return FlowPage(items=items, total=len(items))


@router.get("/api/flows/{flow_id}", dependencies=[requires("flows.manage")])
async def show_flow(
    flow_id: IdPath, caller: CallerOf, ground: GroundOf, version: Annotated[int | None, Query(ge=1, le=1_000_000)] = None
) -> GraphView:
    """The published graph of a flow, or the named version."""
    async with ground.database.business(caller.business_id) as session:
        flow = await (service.load_version(session, flow_id, version) if version else service.load_current(session, flow_id))
        problems = await service.problems_in(session, flow)
    return graph_view(flow, [ProblemView(node=problem.node, code=problem.code, message=problem.message) for problem in problems])


@router.get("/api/prompts", dependencies=[requires("flows.manage")])
async def list_prompts(
    search: Annotated[str, Query(max_length=100)] = "",
    words: bool = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> PromptPage:
    """The prompt catalogue; `search` looks into keys and texts, `words` adds the words of figures."""
    wanted = search.strip().lower()
    found = [
        PromptView(key=entry.key, texts=dict(entry.texts), is_word=entry.is_word)
        for entry in catalogue().values()
        if (words or not entry.is_word) and any(wanted in text.lower() for text in (entry.key, *entry.texts.values()))
    ]
    return PromptPage(items=found[offset : offset + limit], total=len(found))


@router.get(
    "/api/prompts/{language}/{key}/audio",
    dependencies=[requires("flows.manage")],
    response_class=FileResponse,
    responses={200: {"content": {"audio/wav": {}}}},
)
async def prompt_audio(language: str, key: str) -> FileResponse:
    """The sound of a prompt, as WAV."""
    return FileResponse(sound_file(key, language), media_type="audio/wav", headers={"Cache-Control": "private, max-age=3600"})


def graph_view(flow: Flow, problems: list[ProblemView]) -> GraphView:
    """The flow as it is drawn."""
    return GraphView(
        flow_id=flow.id, version=flow.version, start=flow.start, nodes=[_node(node) for node in flow.nodes.values()], problems=problems
    )


def _node(node: Node) -> NodeView:
    settings = {name: value for name, value in node.to_json().items() if name not in ("id", "kind", "exits")}
    return NodeView(
        id=node.id,
        kind=node.kind,
        exits=dict(node.exits),
        says={language: _says(node, language) for language in LANGUAGES},
        settings=settings,
    )


def _says(node: Node, language: str) -> str:
    """The node's own prompt as one text: variables by name, pieces of an unknown key left out."""
    pieces = []
    for line in node.own_prompt():
        if line.only and line.only != language:
            continue
        entry = catalogue().get(line.key)
        text = entry.texts.get(line.language or language, "") if entry else ""
        pieces.append("{" + line.variable + "}" if line.variable else text)
    return " ".join(piece for piece in pieces if piece)
