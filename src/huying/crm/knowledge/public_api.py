"""The public page of an article, for whoever has its address: limited in time and in number, without a log-in, without personal data."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import HTMLResponse
from starlette.requests import HTTPConnection

from huying.admin.guard import public
from huying.admin.model import BusinessRow
from huying.crm.knowledge.links import ArticleLinks, LinkGone
from huying.crm.knowledge.public_page import HEADERS, PublicArticle, article_page, gone_page
from huying.crm.knowledge.rich_text import parse
from huying.crm.knowledge.using import open_link
from huying.foundation.http import GroundOf

router = APIRouter(prefix="/public/articles", tags=["public"], dependencies=[public()])


def article_links(connection: HTTPConnection) -> ArticleLinks:
    """The addresses of public pages of this application."""
    found = connection.app.state.article_links
    assert isinstance(found, ArticleLinks)
    return found


ArticleLinksOf = Annotated[ArticleLinks, Depends(article_links)]


@router.get("/{token}", response_class=HTMLResponse)
async def read_public_article(
    request: Request, ground: GroundOf, links: ArticleLinksOf, token: Annotated[str, Path(max_length=120)]
) -> HTMLResponse:
    """The page, or one that says that it is not there any more."""
    links.count(request.client.host if request.client else "")
    try:
        link_id = links.read(token)
        async with ground.database.system() as session:
            row, article = await open_link(session, link_id, ground.clock())
            business = await session.get_one(BusinessRow, row.business_id)
            version = article.version
            shown = PublicArticle(
                business.name, version.title, version.language, parse(version.customer_part), version.at.date(), row.expires_at.date()
            )
    except LinkGone:
        return HTMLResponse(gone_page(), 404, HEADERS)
    return HTMLResponse(article_page(shown), headers=HEADERS)
