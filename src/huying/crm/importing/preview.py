"""What would become of a file's first rows, in words. Reads only."""

from __future__ import annotations

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.importing.book import book_of
from huying.crm.importing.drafting import Draft, Understanding, draft_of
from huying.crm.importing.matching import FAIL, Book, decide
from huying.crm.importing.model import CustomerImportLineRow, CustomerImportRow
from huying.crm.importing.service import Options, lines_of
from huying.crm.importing.values import Problem
from huying.crm.importing.views import ImportLineView, ImportPreview, problem_view

LOOKED_AT = 500
SHOWN = 20
WRONG_SHOWN = 10
"""So many rows that would fail are shown although they stand further below."""


async def preview_of(
    session: AsyncSession, row: CustomerImportRow, understanding: Understanding, options: Options, language: str
) -> ImportPreview:
    """The first rows, and the first that would fail."""
    lines = await lines_of(session, row.id, 0, LOOKED_AT)
    read = await asyncio.to_thread(lambda: [(line, *draft_of(line.cells or [], understanding)) for line in lines])
    book = await book_of(session, [draft for _, draft, problems in read if not problems], options.match)
    told = [_told(line, draft, problems, book, options, understanding, language) for line, draft, problems in read]
    failing = [line for line in told if line.act == FAIL]
    below = [line for line in failing if line not in told[:SHOWN]][:WRONG_SHOWN]
    return ImportPreview(items=told[:SHOWN] + below, looked_at=len(told), failing=len(failing))


def _told(
    line: CustomerImportLineRow,
    draft: Draft,
    problems: list[Problem],
    book: Book,
    options: Options,
    understanding: Understanding,
    language: str,
) -> ImportLineView:
    act, customer = FAIL, ""
    if not problems:
        decision = decide(draft, book, options.match, options.existing, understanding.required)
        act, problems = decision.act, list(decision.problems)
        customer = decision.customer.name if decision.customer else ""
    found = [problem_view(problem.to_json(), language) for problem in problems]
    return ImportLineView(number=line.number, cells=line.cells or [], act=act, customer=customer, problems=found)
