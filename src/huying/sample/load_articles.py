"""Fills in the sample business's articles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.knowledge.content import Content
from huying.crm.knowledge.service import make_article, publish_article
from huying.sample.articles import ARTICLES


async def add_articles(session: AsyncSession, business_id: str, queues: Mapping[str, str], person_id: str | None, now: datetime) -> None:
    """Write them, and publish those that are no drafts; the last one as the newest. `queues`: code -> id."""
    for number, article in enumerate(ARTICLES):
        at = now - timedelta(days=30, minutes=-number)
        content = Content(
            title=article.title,
            body=article.body,
            language=article.language,
            customer_part=article.customer_part,
            category=article.category,
            keywords=article.keywords,
            queue_ids=tuple(queues[code] for code in article.queues),
            classes=article.classes,
            products=article.products,
            choices=article.choices,
        )
        made = await make_article(session, business_id, content, person_id, at)
        if not article.draft:
            await publish_article(session, made.row.id, at)
