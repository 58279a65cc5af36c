"""Routes of trunks: the carriers and gateways that bring calls. Secrets go in and never come out."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import select

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.foundation.http import GroundOf
from huying.telephony.accounts import Vault, list_trunks, put_trunk, remove_trunk
from huying.telephony.model import TrunkRow
from huying.telephony.port import Trunk

router = APIRouter(prefix="/api/trunks", tags=["settings"], dependencies=[requires("settings.manage")])

Name = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]

WIDEST = {4: 16, 6: 32}
"""The shortest prefix of a trunk's network: a trunk is known by its address alone, so it may not be half the world."""


def _network(text: str) -> str:
    network = ip_network(text, strict=False)
    if network.prefixlen < WIDEST[network.version]:
        raise ValueError("names too many addresses: whoever calls from one of them passes for this trunk")
    return text


class TrunkView(BaseModel):
    """A trunk without its secret."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    addresses: list[str]
    port: int
    transport: str
    codecs: list[str]
    username: str
    channel_limit: int
    active: bool


class TrunkPage(BaseModel):
    """Trunks and how many there are."""

    items: list[TrunkView]
    total: int


class TrunkIn(BaseModel):
    """A trunk, known by the addresses its calls come from."""

    model_config = ConfigDict(extra="forbid")

    addresses: Annotated[list[Annotated[str, AfterValidator(_network)]], Field(min_length=1, max_length=50)]
    port: Annotated[int, Field(ge=1, le=65535)] = 5060
    transport: Literal["udp", "tcp", "tls"] = "udp"
    codecs: Annotated[list[Literal["alaw", "ulaw", "g722", "opus"]], Field(min_length=1)] = ["alaw", "ulaw"]
    username: Annotated[str, StringConstraints(max_length=100)] = ""
    secret: Annotated[str, StringConstraints(max_length=200)] = Field(default="", repr=False)
    channel_limit: Annotated[int, Field(ge=0, le=10_000)] = 0


@router.get("")
async def read_trunks(caller: CallerOf, ground: GroundOf) -> TrunkPage:
    """All trunks."""
    async with ground.database.business(caller.business_id) as session:
        items = [TrunkView.model_validate(row) for row in await list_trunks(session)]
    return TrunkPage(items=items, total=len(items))


@router.put("/{name}")
async def write_trunk(caller: CallerOf, ground: GroundOf, request: Request, name: Name, given: TrunkIn) -> TrunkView:
    """Make or replace a trunk; an empty secret keeps the one that is there."""
    vault: Vault = request.app.state.phones.vault
    async with changing(ground, caller, "trunk") as change:
        await change.begin_found(select(TrunkRow.id).where(TrunkRow.name == name))
        made = not change.before
        row: TrunkRow = await put_trunk(change.session, vault, caller.business_id, Trunk(name=name, **given.model_dump()))
        change.note(row.id, "made" if made else "changed")
        return TrunkView.model_validate(row)


@router.delete("/{name}", status_code=204)
async def forget_trunk(caller: CallerOf, ground: GroundOf, name: Name) -> None:
    """Remove a trunk; its calls go on."""
    async with changing(ground, caller, "trunk") as change:
        await change.begin_found(select(TrunkRow.id).where(TrunkRow.name == name))
        change.note(await remove_trunk(change.session, name), "removed")
