"""Public routes of the web call: what an entry is, a one-time credential to call it, how the call stands, and its end."""

from __future__ import annotations

import time
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Path, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.requests import HTTPConnection

from huying.admin.guard import public
from huying.channels.callback.service import read_callback_settings
from huying.channels.desk.phones import DOMAIN, WS_PATH, PhonesOf
from huying.channels.desk.views import IceServer
from huying.channels.service import EntryPoint, service_number, web_entry
from huying.channels.voice.dependency import VoiceOf
from huying.channels.web_call.token import WebCallClaim, WebCallTokens
from huying.crm.knowledge.links import ArticleLinks
from huying.crm.knowledge.public_api import ArticleLinksOf
from huying.crm.knowledge.using import shown_link
from huying.foundation.database import Database
from huying.foundation.errors import NotFound, NotSignedIn, TooMany, Unavailable
from huying.foundation.http import Ground, GroundOf
from huying.foundation.throttle import Throttle
from huying.routing.service import load_queues

router = APIRouter(prefix="/public", tags=["public"], dependencies=[public()])

EntryName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]


class CallbackQueue(BaseModel):
    """A queue that calls visitors back who want it."""

    id: str
    name: dict[str, str]


class EntryView(BaseModel):
    """A web entry as its page shows it."""

    name: dict[str, str]
    language: str
    service_number: str
    callback_queues: list[CallbackQueue]
    """From where one can be called back."""


class NewWebCall(BaseModel):
    """Which entry to call, and in which language to begin. `customer_number`: who the page says its visitor is, as another system
    knows him; the agent sees this customer, and makes sure of it."""

    model_config = ConfigDict(extra="forbid")

    entry: EntryName
    language: Literal["zh-CN", "en"] = "zh-CN"
    customer_number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = Field(default="", repr=False)


class WebCallView(BaseModel):
    """All that the page's telephone needs for its one call."""

    call_id: str
    ws_path: str
    token: str = Field(repr=False)
    account: str
    secret: str = Field(repr=False)
    target: str
    domain: str
    ice_servers: list[IceServer]
    expires_in_seconds: int


class WebCallState(BaseModel):
    """How the call stands; `place` counts from 1 while waiting, else 0. `article`: path of the page that the agent sent last."""

    state: str
    place: int
    ended_cause: str
    article: str = ""


class WebCalls:
    """The tokens of web calls, and how often they may be begun: by one address and in all."""

    def __init__(self, key: bytes, *, from_one_address: int = 10, in_all: int = 300, seconds: float = 60) -> None:
        self.tokens = WebCallTokens(key)
        self._entries: dict[str, EntryPoint] = {}
        self._by_address, self._all = Throttle(from_one_address, seconds), Throttle(in_all, seconds)

    def count(self, address: str) -> None:
        """One more call is asked for. Raises TooMany."""
        now = time.monotonic()
        wait = max(self._by_address.wait_seconds(address, now), self._all.wait_seconds("", now))
        if wait > 0:
            seconds = int(wait) + 1
            raise TooMany(f"Too many calls from here: wait {seconds} s and try again.", retry_after_seconds=seconds)
        self._by_address.note(address, now)
        self._all.note("", now)

    async def entry(self, database: Database, name: str) -> EntryPoint:
        """The entry of this name; as it was last seen while the database is away. Raises NotFound, Unavailable."""
        try:
            async with database.system() as session:
                found = self._entries[name] = await web_entry(session, name)
        except Unavailable:
            if name not in self._entries:
                raise
            found = self._entries[name]
        return found


def web_calls(connection: HTTPConnection) -> WebCalls:
    """The web calls of this application."""
    found = connection.app.state.web_calls
    assert isinstance(found, WebCalls)
    return found


WebCallsOf = Annotated[WebCalls, Depends(web_calls)]


@router.get("/entries/{name}")
async def read_entry(ground: GroundOf, calls: WebCallsOf, name: Annotated[str, Path(max_length=60)]) -> EntryView:
    """What the page shows of an entry."""
    entry = await calls.entry(ground.database, name)
    async with ground.database.business(entry.business_id) as session:
        number = await service_number(session)
        offered = (await read_callback_settings(session)).web_queues
        known = await load_queues(session) if offered else {}
    queues = [CallbackQueue(id=queue, name=dict(known[queue].name)) for queue in offered if queue in known]
    return EntryView(name=dict(entry.name), language=entry.language, service_number=number, callback_queues=queues)


@router.post("/web-calls", status_code=201)
async def begin_web_call(
    request: Request, ground: GroundOf, voice: VoiceOf, phones: PhonesOf, calls: WebCallsOf, given: NewWebCall
) -> WebCallView:
    """A one-time telephone account that can call this entry and nothing else, within a minute."""
    calls.count(request.client.host if request.client else "")
    entry = await calls.entry(ground.database, given.entry)
    visitor, now = await voice.create_visitor(entry.business_id, given.entry, given.language, given.customer_number), ground.clock()
    return WebCallView(
        call_id=visitor.call_id,
        ws_path=WS_PATH,
        token=calls.tokens.make(entry.business_id, visitor.call_id, visitor.account, now),
        account=visitor.account,
        secret=visitor.secret,
        target=visitor.target,
        domain=DOMAIN,
        ice_servers=phones.ice_servers(visitor.account, now),
        expires_in_seconds=visitor.expires_in_seconds,
    )


async def claim(
    ground: GroundOf, calls: WebCallsOf, call_id: Annotated[str, Path(max_length=60)], authorization: Annotated[str, Header()] = ""
) -> WebCallClaim:
    """The claim of the request's bearer token to this very call. Raises NotSignedIn, NotFound."""
    kind, _, token = authorization.partition(" ")
    if kind.lower() != "bearer":
        raise NotSignedIn("This needs the call's token.")
    found = calls.tokens.read(token.strip(), ground.clock())
    if found.call_id != call_id:
        raise NotFound("There is no such call.")
    return found


ClaimOf = Annotated[WebCallClaim, Depends(claim)]


@router.get("/web-calls/{call_id}")
async def read_web_call(ground: GroundOf, voice: VoiceOf, links: ArticleLinksOf, mine: ClaimOf) -> WebCallState:
    """How the call stands; needs the call's token as bearer."""
    found = await voice.visitor_state(mine.business_id, mine.call_id)
    article = await _article(ground, links, mine.business_id, found.contact_id) if found.contact_id else ""
    return WebCallState(state=found.state, place=found.place, ended_cause=found.ended_cause, article=article)


@router.post("/web-calls/{call_id}/hang-up", status_code=204)
async def end_web_call(voice: VoiceOf, mine: ClaimOf) -> None:
    """Hang up; needs the call's token as bearer."""
    await voice.end_visitor_call(mine.business_id, mine.call_id)


async def _article(ground: Ground, links: ArticleLinks, business_id: str, contact_id: str) -> str:
    """The path of the page that the agent sent last; while the database is away there is none."""
    try:
        async with ground.database.business(business_id) as session:
            link = await shown_link(session, contact_id, ground.clock())
    except Unavailable:
        return ""
    return links.path(link.id) if link is not None else ""
