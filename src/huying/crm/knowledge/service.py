"""Articles and their versions: writing, publishing, withdrawing, going back. Never commits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, and_, case, cast, delete, func, or_, select
from sqlalchemy.dialects.postgresql import TSVECTOR, insert
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.customers.search import like_pattern
from huying.crm.knowledge.content import FIELDS, Content, checked, content_from, plain_text, topics, vectors
from huying.crm.knowledge.model import ArticleFeedbackRow, ArticleRow, ArticleSearchRow, ArticleTopicRow, ArticleVersionRow
from huying.foundation.errors import Conflict, NotFound
from huying.foundation.ids import new_id


class ChangedMeanwhile(Conflict):
    """Somebody else has saved this article meanwhile: look at the newest version and save again."""

    code = "article-changed"


class PublishedOnce(Conflict):
    """This article was published: it can be withdrawn, and its versions stay."""

    code = "article-was-published"


@dataclass(frozen=True, slots=True)
class Article:
    """An article with one of its versions, and whom it helped."""

    row: ArticleRow
    version: ArticleVersionRow
    helped: int = 0
    not_helped: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """Which articles an editor wants to see.

    `status`: published, changed (newer than what is published), draft (never published), withdrawn.
    """

    search: str = ""
    status: str = ""
    language: str = ""
    category: str = ""
    queue_id: str = ""


async def make_article(session: AsyncSession, business_id: str, content: Content, person_id: str | None, now: datetime) -> Article:
    """A new article, a draft. Raises InvalidInput."""
    row = ArticleRow(id=new_id(), business_id=business_id, version=0, published=None, created_at=now, changed_at=now)
    session.add(row)
    await session.flush()
    return Article(row, await _save(session, row, checked(content), person_id, now, None))


async def change_article(
    session: AsyncSession, article_id: str, content: Content, person_id: str | None, now: datetime, base: int | None = None
) -> Article:
    """A new version; `base` is the one that was changed. The same content makes none. Raises NotFound, ChangedMeanwhile, InvalidInput."""
    row = await _held(session, article_id)
    if base is not None and base != row.version:
        raise ChangedMeanwhile(version=row.version)
    newest, tidy = await find_version(session, article_id, row.version), checked(content)
    if content_of(newest) == tidy:
        return Article(row, newest)
    return Article(row, await _save(session, row, tidy, person_id, now, None))


async def restore_version(session: AsyncSession, article_id: str, version: int, person_id: str | None, now: datetime) -> Article:
    """A new version with what stood in an older one. Raises NotFound."""
    row = await _held(session, article_id)
    older = await find_version(session, article_id, version)
    return Article(row, await _save(session, row, content_of(older), person_id, now, version))


async def publish_article(session: AsyncSession, article_id: str, now: datetime) -> Article:
    """From now on agents read the newest version. Raises NotFound."""
    row = await _held(session, article_id)
    version = await find_version(session, article_id, row.version)
    row.published, row.published_at = row.version, now
    await _write_search(session, row.business_id, article_id, content_of(version))
    await session.flush()
    return Article(row, version)


async def withdraw_article(session: AsyncSession, article_id: str) -> Article:
    """Agents do not find it any more, and its public pages are gone. Raises NotFound."""
    row = await _held(session, article_id)
    row.published = None
    await _forget_search(session, article_id)
    await session.flush()
    return Article(row, await find_version(session, article_id, row.version))


async def delete_draft(session: AsyncSession, article_id: str, version: int) -> None:
    """An article that never was published is gone, with all its versions; `version`: the newest that was seen.

    Raises NotFound, PublishedOnce, ChangedMeanwhile.
    """
    row = await _held(session, article_id)
    if row.published_at is not None:
        raise PublishedOnce
    if row.version != version:
        raise ChangedMeanwhile(version=row.version)
    await session.delete(row)
    await session.flush()


async def find_version(session: AsyncSession, article_id: str, version: int) -> ArticleVersionRow:
    """One version. Raises NotFound."""
    found = await session.get(ArticleVersionRow, (article_id, version))
    if found is None:
        raise NotFound("There is no such version of this article.")
    return found


async def list_versions(session: AsyncSession, article_id: str) -> list[ArticleVersionRow]:
    """All versions, the newest first."""
    row = ArticleVersionRow
    return list(await session.scalars(select(row).where(row.article_id == article_id).order_by(row.version.desc())))


async def newest(session: AsyncSession, article_id: str) -> Article:
    """The article as editors see it. Raises NotFound."""
    row = await session.get(ArticleRow, article_id)
    if row is None:
        raise NotFound("There is no such article.")
    helped, not_helped = (await feedback_of(session, [article_id])).get(article_id, (0, 0))
    return Article(row, await find_version(session, article_id, row.version), helped, not_helped)


async def published(session: AsyncSession, article_id: str) -> Article:
    """The article as agents read it. Raises NotFound when it is not published."""
    found = (await published_ones(session, [article_id])).get(article_id)
    if found is None:
        raise NotFound("There is no such article, or it is not published (any more).")
    return found


async def published_ones(session: AsyncSession, article_ids: Collection[str]) -> dict[str, Article]:
    """Those of these articles that are published, with the version that is."""
    if not article_ids:
        return {}
    row, version = ArticleRow, ArticleVersionRow
    joined = select(row, version).join(version, and_(version.article_id == row.id, version.version == row.published))
    told = await feedback_of(session, article_ids)
    rows = await session.execute(joined.where(row.id.in_(article_ids)))
    return {one.id: Article(one, content, *told.get(one.id, (0, 0))) for one, content in rows}


async def list_articles(session: AsyncSession, wanted: Listed, limit: int, offset: int) -> tuple[list[Article], int]:
    """Articles with their newest versions, those that changed last first, and how many there are."""
    row, version = ArticleRow, ArticleVersionRow
    conditions = [version.version == row.version]
    if wanted.search.strip():
        pattern = like_pattern(wanted.search)
        conditions.append(
            or_(*(func.lower(text).like(pattern) for text in (version.title, cast(version.keywords, Text), version.category)))
        )
    if wanted.status:
        is_published = row.published.is_not(None)
        statuses = {
            "published": is_published,
            "changed": and_(is_published, row.published < row.version),
            "draft": and_(~is_published, row.published_at.is_(None)),
            "withdrawn": and_(~is_published, row.published_at.is_not(None)),
        }
        conditions.append(statuses[wanted.status])
    conditions += [version.language == wanted.language] if wanted.language else []
    conditions += [version.category == wanted.category] if wanted.category else []
    conditions += [version.queue_ids.contains([wanted.queue_id])] if wanted.queue_id else []
    joined = select(row, version).join(version, version.article_id == row.id).where(*conditions)
    total = await session.scalar(select(func.count()).select_from(joined.subquery())) or 0
    rows = (await session.execute(joined.order_by(row.changed_at.desc(), row.id.desc()).limit(limit).offset(offset))).all()
    told = await feedback_of(session, [one.id for one, _ in rows])
    return [Article(one, content, *told.get(one.id, (0, 0))) for one, content in rows], total


async def known_words(session: AsyncSession) -> tuple[list[str], list[str]]:
    """Categories and products that articles name already, for choosing."""
    row, version = ArticleRow, ArticleVersionRow
    newest_ones = select(version).join(row, and_(row.id == version.article_id, row.version == version.version)).subquery()
    categories = await session.scalars(select(newest_ones.c.category).where(newest_ones.c.category != "").distinct().limit(200))
    product = func.jsonb_array_elements_text(newest_ones.c.products).label("product")
    products = await session.scalars(select(product).distinct().limit(500))
    return sorted(categories), sorted(products)


async def feedback_of(session: AsyncSession, article_ids: Collection[str]) -> Mapping[str, tuple[int, int]]:
    """Article -> how many people it helped, and how many not."""
    row = ArticleFeedbackRow
    counts = [func.sum(case((row.helped.is_(said), 1), else_=0)) for said in (True, False)]
    found = await session.execute(select(row.article_id, *counts).where(row.article_id.in_(article_ids)).group_by(row.article_id))
    return {article_id: (int(yes), int(no)) for article_id, yes, no in found}


async def say_helped(session: AsyncSession, business_id: str, article_id: str, person_id: str, helped: bool, now: datetime) -> None:
    """Whether a published article helped this person; the latest word counts. Raises NotFound."""
    await published(session, article_id)
    told: dict[str, Any] = {"helped": helped, "at": now}
    row = {"business_id": business_id, "article_id": article_id, "person_id": person_id, **told}
    statement = insert(ArticleFeedbackRow).values(row)
    await session.execute(statement.on_conflict_do_update(index_elements=["article_id", "person_id"], set_=told))


def content_of(version: ArticleVersionRow) -> Content:
    """What stands in a version."""
    return content_from({name: getattr(version, name) for name in FIELDS})


async def _held(session: AsyncSession, article_id: str) -> ArticleRow:
    row = await session.scalar(select(ArticleRow).where(ArticleRow.id == article_id).with_for_update())
    if row is None:
        raise NotFound("There is no such article.")
    return row


async def _save(
    session: AsyncSession, row: ArticleRow, content: Content, person_id: str | None, now: datetime, restored_from: int | None
) -> ArticleVersionRow:
    row.version, row.changed_at = row.version + 1, now
    of = {"business_id": row.business_id, "article_id": row.id, "version": row.version}
    version = ArticleVersionRow(**of, person_id=person_id, at=now, restored_from=restored_from, **content.as_row())
    session.add(version)
    await session.flush()
    return version


async def _write_search(session: AsyncSession, business_id: str, article_id: str, content: Content) -> None:
    await _forget_search(session, article_id)
    found_by = {name: cast(text, TSVECTOR) for name, text in vectors(content).items()}
    of = {"business_id": business_id, "article_id": article_id}
    await session.execute(insert(ArticleSearchRow).values(**of, **found_by, text=plain_text(content)))
    about = [{**of, "kind": kind, "value": value} for kind, value in sorted(topics(content))]
    if about:
        await session.execute(insert(ArticleTopicRow).values(about))


async def _forget_search(session: AsyncSession, article_id: str) -> None:
    for row in (ArticleSearchRow, ArticleTopicRow):
        await session.execute(delete(row).where(row.article_id == article_id))
