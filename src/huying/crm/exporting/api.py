"""The route that takes customers out as a file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from huying.admin.acts import journal_act
from huying.admin.guard import CallerOf, requires
from huying.crm.callers.service import load_classes
from huying.crm.customers.document import Customer
from huying.crm.customers.finding import Wanted, chosen_after, find_customers
from huying.crm.customers.views import CustomerClass
from huying.crm.exporting.columns import ExportForm, OwnField
from huying.crm.exporting.sending import table_response
from huying.crm.fields.service import list_fields
from huying.crm.importing.events import CustomersExported
from huying.foundation.errors import InvalidInput
from huying.foundation.http import Caller, Ground, GroundOf

router = APIRouter(prefix="/api/customer-exports", tags=["customer-imports"])
PIECE = 500
MOST_IN_WORKBOOK = 200_000
TABLE_ANSWER: dict[int | str, dict[str, object]] = {200: {"content": {"application/octet-stream": {}}}}


class TooManyForWorkbook(InvalidInput):
    """So many customers do not go into one workbook: choose fewer, or take CSV."""

    code = "too-many-rows"


@router.get("", dependencies=[requires("customers.export")], response_class=Response, responses=TABLE_ANSWER)
async def export_customers(
    caller: CallerOf,
    ground: GroundOf,
    form: Literal["xlsx", "csv"] = "csv",
    search: Annotated[str, Query(max_length=100)] = "",
    customer_class: Annotated[CustomerClass | None, Query(alias="class")] = None,
    tag: Annotated[str, Query(max_length=60)] = "",
    company_id: Annotated[str, Query(pattern="^([0-9a-f-]{36})?$")] = "",
) -> Response:
    """The customers whom GET /api/customers would list with the same search and filters, with headings that an import understands."""
    wanted = Wanted(search, customer_class or "", tag, company_id)
    async with ground.database.business(caller.business_id) as session:
        shape = await _shape(session, caller.language)
    name = "客户" if caller.language.startswith("zh") else "Customers"
    return await table_response(form, name, shape.heading, _pieces(ground, caller, wanted, shape, form))


async def _pieces(ground: Ground, caller: Caller, wanted: Wanted, shape: ExportForm, form: str) -> AsyncIterator[Sequence[Sequence[str]]]:
    """The rows; at the end, also at an early one, the act is journalled with how many were taken out."""
    taken = 0
    try:
        async for found in _customers(ground, caller.business_id, wanted):
            taken += len(found)
            if form == "xlsx" and taken > MOST_IN_WORKBOOK:
                raise TooManyForWorkbook(most=MOST_IN_WORKBOOK)
            yield [shape.row(one) for one in found]
    finally:
        async with ground.database.business(caller.business_id) as session:
            await journal_act(session, caller.business_id, CustomersExported(caller.person_id, form, taken), ground.clock())


async def _customers(ground: Ground, business_id: str, wanted: Wanted) -> AsyncIterator[list[Customer]]:
    after: tuple[str, str] | None = None
    offset = 0
    while True:
        async with ground.database.business(business_id) as session:
            if wanted.typed.strip():
                page = await find_customers(session, wanted, PIECE, offset, ground.clock())
                found = [one.customer for one in page.items]
            else:
                found = await chosen_after(session, wanted, after, PIECE, ground.clock())
        if not found:
            return
        offset += len(found)
        after = (found[-1].name, found[-1].id)
        yield found


async def _shape(session: AsyncSession, language: str) -> ExportForm:
    classes = {one.code: _said(one.name, language) for one in await load_classes(session)}
    fields = [
        OwnField(row.code, _said(row.name, language), {str(one["code"]): _said(one["name"], language) for one in row.choices})
        for row in await list_fields(session, "customer")
    ]
    return ExportForm(language, classes, fields)


def _said(name: Mapping[str, str], language: str) -> str:
    return name.get(language) or next(iter(name.values()), "")
