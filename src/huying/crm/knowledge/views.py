"""Articles as they travel over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from huying.crm.knowledge.content import LONGEST_TEXT, LONGEST_TITLE, LONGEST_WORD, MOST_OF_EACH, Content, content_from
from huying.crm.knowledge.excerpts import Piece
from huying.crm.knowledge.finding import Found
from huying.crm.knowledge.model import ArticleVersionRow
from huying.crm.knowledge.rich_text import Node, parse, to_text
from huying.crm.knowledge.service import Article

Language = Literal["zh-CN", "en"]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TITLE)]
Markdown = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_WORD)]
Words = Annotated[list[Word], Field(max_length=MOST_OF_EACH)]


class TextNode(BaseModel):
    """A part of a text. `kind`: text, break, rule, paragraph, heading (`level`), list, numbered, item, quote, code_block, code, strong,
    emphasis, link (`href`: web, mail or telephone), table, row, head_cell, cell."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    text: str
    href: str
    level: int
    children: list[TextNode]


class TextPiece(BaseModel):
    """A piece of a text; `mark`: it was met by what was typed."""

    model_config = ConfigDict(from_attributes=True)

    text: str
    mark: bool


class ArticleLine(BaseModel):
    """A published article in one line. `for_customer`: it has something that customers may read."""

    id: str
    version: int
    title: str
    language: str
    category: str
    products: list[str]
    helped: int
    not_helped: int
    for_customer: bool
    changed_at: datetime


class FoundArticle(ArticleLine):
    """An article that was found, with what was met."""

    title_pieces: list[TextPiece]
    excerpt: list[TextPiece]


class FoundPage(BaseModel):
    """Articles, the closest first. With `more` there are more than `total`."""

    items: list[FoundArticle]
    total: int
    more: bool


class ArticleView(ArticleLine):
    """A published article as agents read it. `customer_text`: the customers' part as plain text, to be copied."""

    keywords: list[str]
    body: list[TextNode]
    customer_part: list[TextNode]
    customer_text: str


class ContentIn(BaseModel):
    """What stands in an article. Empty lists mean: for all. `choices` of voice menus as node=key; `base`: the version that was changed."""

    model_config = ConfigDict(extra="forbid")

    title: Title
    body: Markdown = ""
    customer_part: Markdown = ""
    language: Language
    category: Word = ""
    keywords: Words = []
    queue_ids: Words = []
    classes: Words = []
    products: Words = []
    choices: Words = []
    base: int | None = None

    def content(self) -> Content:
        """The content as a value."""
        return content_from(self.model_dump(exclude={"base"}))


class ContentView(BaseModel):
    """What stands in an article, as it was written."""

    model_config = ConfigDict(from_attributes=True)

    title: str
    body: str
    customer_part: str
    language: Language
    category: str
    keywords: list[str]
    queue_ids: list[str]
    classes: list[str]
    products: list[str]
    choices: list[str]


class EditedLine(BaseModel):
    """An article in the editors' list. `published`: the version that agents read, if any; `version` the newest; `was_published`: ever."""

    id: str
    version: int
    published: int | None
    was_published: bool
    title: str
    language: str
    category: str
    queue_ids: list[str]
    helped: int
    not_helped: int
    changed_at: datetime
    changed_by: str | None


class EditedPage(BaseModel):
    """Articles, those that changed last first."""

    items: list[EditedLine]
    total: int


class EditedArticle(EditedLine):
    """An article as its editors see it."""

    content: ContentView


class VersionLine(BaseModel):
    """A version: who saved it and when; `restored_from`: it brought back that one."""

    version: int
    title: str
    at: datetime
    person_id: str | None
    person_name: str
    restored_from: int | None
    published: bool


class VersionPage(BaseModel):
    """All versions, the newest first."""

    items: list[VersionLine]


class LineView(BaseModel):
    """A line: same, added, removed."""

    model_config = ConfigDict(from_attributes=True)

    kind: Literal["same", "added", "removed"]
    text: str


class FieldChangeView(BaseModel):
    """A field that differs between two versions."""

    model_config = ConfigDict(from_attributes=True)

    field: str
    lines: list[LineView]


class Difference(BaseModel):
    """What differs."""

    changes: list[FieldChangeView]


class KnowledgeChoices(BaseModel):
    """What articles name already."""

    categories: list[str]
    products: list[str]


def nodes(markdown: str) -> list[TextNode]:
    """A text as a tree."""
    return [_node(node) for node in parse(markdown)]


def pieces(given: tuple[Piece, ...]) -> list[TextPiece]:
    """A text in pieces."""
    return [TextPiece.model_validate(piece) for piece in given]


def line_view(article: Article) -> ArticleLine:
    """A published article in one line."""
    return ArticleLine.model_validate(_line(article))


def found_view(found: Found) -> FoundArticle:
    """A found article."""
    return FoundArticle.model_validate({**_line(found.article), "title_pieces": pieces(found.title), "excerpt": pieces(found.excerpt)})


def article_view(article: Article) -> ArticleView:
    """An article to read."""
    version = article.version
    texts = {"body": nodes(version.body), "customer_part": nodes(version.customer_part), "keywords": version.keywords}
    return ArticleView.model_validate({**_line(article), **texts, "customer_text": customer_text(version)})


def customer_text(version: ArticleVersionRow) -> str:
    """The customers' part as plain text, with the title; empty when there is none."""
    return f"{version.title}\n\n{to_text(parse(version.customer_part))}" if version.customer_part else ""


def edited_line(article: Article) -> EditedLine:
    """An article in the editors' list."""
    return EditedLine.model_validate(_edited(article))


def edited_view(article: Article) -> EditedArticle:
    """An article to edit."""
    return EditedArticle.model_validate({**_edited(article), "content": ContentView.model_validate(article.version)})


def _line(article: Article) -> dict[str, object]:
    version = article.version
    return {
        "id": article.row.id,
        "version": version.version,
        "title": version.title,
        "language": version.language,
        "category": version.category,
        "products": version.products,
        "helped": article.helped,
        "not_helped": article.not_helped,
        "for_customer": bool(version.customer_part),
        "changed_at": version.at,
    }


def _edited(article: Article) -> dict[str, object]:
    row, version = article.row, article.version
    counts = {"helped": article.helped, "not_helped": article.not_helped}
    own = {name: getattr(version, name) for name in ("title", "language", "category", "queue_ids")}
    times = {"changed_at": version.at, "changed_by": version.person_id}
    state = {"version": row.version, "published": row.published, "was_published": row.published_at is not None}
    return {"id": row.id, **state, **own, **counts, **times}


def _node(node: Node) -> TextNode:
    return TextNode(kind=node.kind, text=node.text, href=node.href, level=node.level, children=[_node(child) for child in node.children])
