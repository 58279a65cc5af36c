"""Finds published articles by what is typed: titles before keywords before texts. Reads only.

Row security forbids PostgreSQL to use the indexes of words in a query of a business, so the ids come from the function
`article_candidates`, which runs as the owner and looks at the transaction's business alone; what is shown is read under row security.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.knowledge.excerpts import Piece, excerpt, marked
from huying.crm.knowledge.model import ArticleRow, ArticleSearchRow, ArticleVersionRow
from huying.crm.knowledge.service import Article, published_ones
from huying.crm.knowledge.tokens import queries, typed_words

MOST_FOUND = 120
"""So many are looked at of each kind; who wants others types more."""
CANDIDATES = text("""
    SELECT article_id::text AS id, stage, rank
    FROM article_candidates(CAST(:head AS text), CAST(:document AS text), CAST(:any_word AS text), :most)
""")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles. `language` is preferred where something was typed, and demanded with `only_language`."""

    typed: str = ""
    language: str = ""
    only_language: bool = False
    category: str = ""
    queue_id: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An article, its title in pieces, and the part of its text around what was met."""

    article: Article
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Articles, and how many there are. With `more` there are more than `total`."""

    items: list[Found]
    total: int
    more: bool = False


async def find_articles(session: AsyncSession, wanted: Wanted, limit: int, offset: int) -> Page:
    """One page: of what was typed the closest first, of all those that were published last."""
    if wanted.typed.strip():
        return await _typed(session, wanted, limit, offset)
    row, version = ArticleRow, ArticleVersionRow
    joined = select(row.id).join(version, and_(version.article_id == row.id, version.version == row.published)).where(*_conditions(wanted))
    total = await session.scalar(select(func.count()).select_from(joined.subquery())) or 0
    ids = list(await session.scalars(joined.order_by(row.published_at.desc(), row.id).limit(limit).offset(offset)))
    return Page(await _shown(session, ids, []), total)


async def _typed(session: AsyncSession, wanted: Wanted, limit: int, offset: int) -> Page:
    asked = queries(wanted.typed)
    if asked is None:
        return Page([], 0)
    told = {"head": asked.head, "document": asked.document, "any_word": asked.any_word, "most": MOST_FOUND}
    candidates = (await session.execute(CANDIDATES, told)).all()
    row, version = ArticleRow, ArticleVersionRow
    statement = select(row.id, version.language).join(version, and_(version.article_id == row.id, version.version == row.published))
    places = {one.id: (one.stage, -one.rank) for one in candidates}
    kept = (await session.execute(statement.where(row.id.in_(places), *_conditions(wanted)))).all()
    order = sorted(kept, key=lambda one: (places[one.id][0], one.language != wanted.language, places[one.id][1], one.id))
    ids = [one.id for one in order[offset : offset + limit]]
    return Page(await _shown(session, ids, typed_words(wanted.typed)), len(order), len(candidates) >= MOST_FOUND)


async def _shown(session: AsyncSession, ids: list[str], words: list[str]) -> list[Found]:
    read = await published_ones(session, ids)
    row = ArticleSearchRow
    found = await session.execute(select(row.article_id, row.text).where(row.article_id.in_(ids)))
    texts: dict[str, str] = dict(found.all())
    return [_found(read[one], texts.get(one, ""), words) for one in ids if one in read]


def _found(article: Article, text: str, words: list[str]) -> Found:
    return Found(article, tuple(marked(article.version.title, words)), tuple(excerpt(text, words)))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    version = ArticleVersionRow
    found: list[ColumnElement[bool]] = []
    if wanted.only_language and wanted.language:
        found.append(version.language == wanted.language)
    if wanted.category:
        found.append(version.category == wanted.category)
    if wanted.queue_id:
        found.append(version.queue_ids.contains([wanted.queue_id]))
    return found
