"""Routes of duplicates and merges."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from huying.admin.guard import CallerOf, requires
from huying.crm.customers.finding import rows_of
from huying.crm.customers.reading import documents
from huying.crm.customers.service import customer_row, get_customer
from huying.crm.customers.views import CustomerView, GivenId, customer_view
from huying.crm.merging.apart import MOST_APART, marks, tell_alike, tell_apart
from huying.crm.merging.duplicates import Likely, all_duplicates, duplicates_of
from huying.crm.merging.model import CustomerMergeRow
from huying.crm.merging.service import merge_customers, merges_of, undo_merge
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(prefix="/api", tags=["customers"])


class LikelyReasonView(BaseModel):
    """Why customers are likely the same: number, code, name_address, name_email, and what they share."""

    kind: str
    text: str


class LikelyView(BaseModel):
    """Customers who are likely the same."""

    customers: list[CustomerView]
    reasons: list[LikelyReasonView]


class LikelyPage(BaseModel):
    """Likely duplicates and how many groups there are."""

    items: list[LikelyView]
    total: int


class ApartIn(BaseModel):
    """Customers of whom each is another one than each of the others."""

    model_config = ConfigDict(extra="forbid")

    ids: Annotated[list[GivenId], Field(min_length=2, max_length=MOST_APART)]


class ApartView(BaseModel):
    """Two customers whom somebody said to be different."""

    customers: list[CustomerView]
    at: datetime
    person_id: str | None


class ApartPage(BaseModel):
    """Pairs of customers who are different, the latest first, and how many there are."""

    items: list[ApartView]
    total: int


class MergeIn(BaseModel):
    """Who becomes whom. `values`: name, code, class, company, language, note or fields.CODE -> the id of the customer whose value is kept;
    what is not chosen is the survivor's, or where he has none the others', and notes are put one below the other."""

    model_config = ConfigDict(extra="forbid")

    into: GivenId
    from_ids: Annotated[list[GivenId], Field(alias="from", min_length=1, max_length=10)]
    values: dict[Annotated[str, Field(max_length=60)], GivenId] = {}


class MergeResult(BaseModel):
    """A merge by which it can be taken back, and the customer that came of it."""

    merge_id: str
    customer: CustomerView


class MergeView(BaseModel):
    """A merge into a customer. `from_names`: what the others were called then."""

    id: str
    into_id: str
    from_ids: list[str]
    from_names: list[str]
    at: datetime
    person_id: str | None
    undone_at: datetime | None
    undone_by: str | None


class MergePage(BaseModel):
    """The merges into a customer, the latest first."""

    items: list[MergeView]
    total: int


@router.get("/customers/{customer_id}/duplicates", dependencies=[requires("customers.view")])
async def customer_duplicates(caller: CallerOf, ground: GroundOf, customer_id: IdPath) -> LikelyPage:
    """Who is likely the same as this customer; one other customer in each item."""
    async with ground.database.business(caller.business_id) as session:
        items = [_likely(one) for one in await duplicates_of(session, customer_id)]
    return LikelyPage(items=items, total=len(items))


@router.get("/duplicates", dependencies=[requires("customers.merge")])
async def duplicates(
    caller: CallerOf,
    ground: GroundOf,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> LikelyPage:
    """Groups of customers who are likely the same, in the whole business."""
    async with ground.database.business(caller.business_id) as session:
        found, total = await all_duplicates(session, limit, offset)
    return LikelyPage(items=[_likely(one) for one in found], total=total)


@router.get("/duplicates/different", dependencies=[requires("customers.merge")])
async def different(
    caller: CallerOf,
    ground: GroundOf,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> ApartPage:
    """Whom somebody said to be different, as long as neither is merged or gone."""
    async with ground.database.business(caller.business_id) as session:
        found, total = await marks(session, limit, offset)
        ids = {one for row in found for one in (row.one_id, row.other_id)}
        known = {one.id: customer_view(one) for one in await documents(session, await rows_of(session, ids))} if ids else {}
    items = [ApartView(customers=[known[row.one_id], known[row.other_id]], at=row.at, person_id=row.person_id) for row in found]
    return ApartPage(items=items, total=total)


@router.post("/duplicates/different", status_code=204, dependencies=[requires("customers.merge")])
async def say_different(caller: CallerOf, ground: GroundOf, given: ApartIn) -> None:
    """These customers are different: they are not suggested again until one of them is merged."""
    async with ground.database.business(caller.business_id) as session:
        await tell_apart(session, caller.business_id, given.ids, caller.person_id, ground.clock())


@router.post("/duplicates/different/undo", status_code=204, dependencies=[requires("customers.merge")])
async def unsay_different(caller: CallerOf, ground: GroundOf, given: ApartIn) -> None:
    """These customers may be the same after all."""
    async with ground.database.business(caller.business_id) as session:
        await tell_alike(session, caller.business_id, given.ids, caller.person_id, ground.clock())


@router.post("/customers/merge", status_code=201, dependencies=[requires("customers.merge")])
async def merge(caller: CallerOf, ground: GroundOf, given: MergeIn) -> MergeResult:
    """Make one customer of several; contacts, numbers and everything else go with it."""
    now = ground.clock()
    async with ground.database.business(caller.business_id) as session:
        row = await merge_customers(session, caller.business_id, given.into, given.from_ids, given.values, caller.person_id, now)
        return MergeResult(merge_id=row.id, customer=customer_view(await get_customer(session, given.into, now)))


@router.post("/customers/merges/{merge_id}/undo", dependencies=[requires("customers.merge")])
async def unmerge(caller: CallerOf, ground: GroundOf, merge_id: IdPath) -> MergeView:
    """Take a merge back; what was added to the survivor since stays with him."""
    async with ground.database.business(caller.business_id) as session:
        return _view(await undo_merge(session, merge_id, caller.person_id, ground.clock()))


@router.get("/customers/{customer_id}/merges", dependencies=[requires("customers.view")])
async def customer_merges(caller: CallerOf, ground: GroundOf, customer_id: IdPath) -> MergePage:
    """The merges into a customer."""
    async with ground.database.business(caller.business_id) as session:
        row = await customer_row(session, customer_id)
        items = [_view(one) for one in await merges_of(session, row.id)]
    return MergePage(items=items, total=len(items))


def _likely(likely: Likely) -> LikelyView:
    reasons = [LikelyReasonView(kind=one.kind, text=one.text) for one in likely.reasons]
    return LikelyView(customers=[customer_view(one) for one in likely.customers], reasons=reasons)


def _view(row: CustomerMergeRow) -> MergeView:
    names = [str(row.before[one]["scalars"]["name"]) for one in row.from_ids]
    told = {name: getattr(row, name) for name in ("id", "into_id", "from_ids", "at", "person_id", "undone_at", "undone_by")}
    return MergeView(from_names=names, **told)
