"""What stands in an article, checked; and what a published one is found by and is about. Pure but for the words' dictionary."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from huying.crm.knowledge.rich_text import plain
from huying.crm.knowledge.suggesting import CHOICE, CLASS, PRODUCT, QUEUE
from huying.crm.knowledge.tokens import title_vector, vector
from huying.foundation.errors import InvalidInput

LONGEST_TITLE, LONGEST_TEXT, MOST_OF_EACH, LONGEST_WORD = 200, 40_000, 50, 80
LANGUAGES = ("zh-CN", "en")
CHOICE_FORM = re.compile(r"^[^=\s]{1,60}=[0-9*#a-z_]{1,20}$")


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in an article. `body` is for agents, `customer_part` for customers to read; both Markdown. Empty lists mean: for all."""

    title: str
    body: str
    language: str
    customer_part: str = ""
    category: str = ""
    keywords: tuple[str, ...] = ()
    queue_ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    def as_row(self) -> dict[str, object]:
        """The fields of a version's row."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


def content_from(values: Mapping[str, Any]) -> Content:
    """The content of plain values, such as a row's; lists become tuples."""
    plain_values: dict[str, Any] = {name: tuple(values[name]) if isinstance(values[name], list) else values[name] for name in FIELDS}
    return Content(**plain_values)


FIELDS = tuple(field.name for field in fields(Content))


def checked(given: Content) -> Content:
    """The content as it is kept: without blanks around, nothing twice. Raises InvalidInput."""
    tidy = replace(
        given,
        title=" ".join(given.title.split()),
        body=_text("body", given.body),
        customer_part=_text("customer_part", given.customer_part),
        category=" ".join(given.category.split())[:LONGEST_WORD],
        keywords=_list("keywords", given.keywords),
        queue_ids=_list("queue_ids", given.queue_ids),
        classes=_list("classes", given.classes),
        products=_list("products", given.products),
        choices=_list("choices", given.choices),
    )
    if not tidy.title or len(tidy.title) > LONGEST_TITLE:
        raise InvalidInput(f"An article has a title of at most {LONGEST_TITLE} letters.", field="title")
    if tidy.language not in LANGUAGES:
        raise InvalidInput(f"The language is one of {', '.join(LANGUAGES)}.", field="language")
    wrong = [choice for choice in tidy.choices if not CHOICE_FORM.match(choice)]
    if wrong:
        raise InvalidInput("A choice of a menu is written node=key, such as menu=1.", field="choices")
    return tidy


def vectors(content: Content) -> Mapping[str, str]:
    """What it is found by: `title`, `head` (title and keywords) and `document` (all)."""
    texts = (plain_text(content), content.category, *content.products)
    head = title_vector(content.title, *content.keywords)
    return {"title": title_vector(content.title), "head": head, "document": vector(content.title, *content.keywords, *texts)}


def plain_text(content: Content) -> str:
    """All that stands in it, without any form."""
    return " ".join(filter(None, (plain(content.body), plain(content.customer_part))))


def topics(content: Content) -> set[tuple[str, str]]:
    """What it is about, as (kind, value)."""
    named: tuple[tuple[str, Sequence[str]], ...] = ((QUEUE, content.queue_ids), (CLASS, content.classes), (CHOICE, content.choices))
    return {(kind, value) for kind, values in named for value in values} | {(PRODUCT, product.lower()) for product in content.products}


def _text(name: str, text: str) -> str:
    tidy = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\0", "").split("\n")).strip()
    if len(tidy) > LONGEST_TEXT:
        raise InvalidInput(f"A text has at most {LONGEST_TEXT} letters.", field=name)
    return tidy


def _list(name: str, given: Sequence[str]) -> tuple[str, ...]:
    tidy = tuple(dict.fromkeys(filter(None, (" ".join(one.split()) for one in given))))
    if len(tidy) > MOST_OF_EACH or any(len(one) > LONGEST_WORD for one in tidy):
        raise InvalidInput(f"At most {MOST_OF_EACH} of them, each of at most {LONGEST_WORD} letters.", field=name)
    return tidy
