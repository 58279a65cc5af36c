"""An article's text: Markdown read into a small tree of known kinds, and the tree as HTML and as plain text. Pure.

There is no way for a text to become a tag, a script or an address that runs something: raw HTML is text, pictures are their words,
links lead to web pages, mail and telephone alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

SAFE_LINK = re.compile(r"^(https?://|mailto:|tel:)[^\s\"'<>\\]+$", re.IGNORECASE)
TAGS = {
    "paragraph": "p",
    "list": "ul",
    "numbered": "ol",
    "item": "li",
    "quote": "blockquote",
    "code_block": "pre",
    "strong": "strong",
    "emphasis": "em",
    "code": "code",
    "table": "table",
    "row": "tr",
    "head_cell": "th",
    "cell": "td",
}
KINDS = {
    "paragraph": "paragraph",
    "bullet_list": "list",
    "ordered_list": "numbered",
    "list_item": "item",
    "blockquote": "quote",
    "strong": "strong",
    "em": "emphasis",
    "table": "table",
    "tr": "row",
    "th": "head_cell",
    "td": "cell",
}
TRANSPARENT = frozenset({"root", "inline", "thead", "tbody"})
BLOCKS = frozenset({"paragraph", "heading", "list", "numbered", "quote", "code_block", "rule", "table"})


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a text. `kind`: text, break, rule, link (`href`), heading (`level` from 1) or one of TAGS."""

    kind: str
    text: str = ""
    href: str = ""
    level: int = 0
    children: tuple[Node, ...] = ()


@lru_cache(maxsize=1024)
def parse(markdown: str) -> tuple[Node, ...]:
    """The text as a tree; whatever is not known stays as it was written."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["html_block", "html_inline"])
    return _children(SyntaxTreeNode(reader.parse(markdown)))


def to_html(nodes: tuple[Node, ...]) -> str:
    """The tree as HTML; headings begin at the second level, since the title is the first."""
    return "".join(map(_html, nodes))


def to_text(nodes: tuple[Node, ...]) -> str:
    """The tree as people would write it into a message: no signs of Markdown, lists with strokes and numbers, links with address."""
    return re.sub(r"\n{3,}", "\n\n", _text_of(nodes)).strip()


def plain(markdown: str) -> str:
    """The words of a text without any form, for searching and excerpts."""
    return to_text(parse(markdown))


def _children(node: SyntaxTreeNode) -> tuple[Node, ...]:
    return tuple(made for child in node.children for made in _nodes(child))


def _nodes(node: SyntaxTreeNode) -> tuple[Node, ...]:
    if node.type in TRANSPARENT:
        return _children(node)
    if node.type in KINDS:
        return (Node(KINDS[node.type], children=_children(node)),)
    match node.type:
        case "heading":
            return (Node("heading", level=min(int(node.tag[1:]), 4), children=_children(node)),)
        case "text" | "html_block" | "html_inline":
            return (Node("text", node.content),) if node.content else ()
        case "softbreak" | "hardbreak":
            return (Node("break"),)
        case "code_inline":
            return (Node("code", children=(Node("text", node.content),)),)
        case "fence" | "code_block":
            return (Node("code_block", children=(Node("text", node.content.rstrip("\n")),)),)
        case "hr":
            return (Node("rule"),)
        case "link":
            return _link(node)
        case _:
            return (Node("text", node.content),) if node.content else _children(node)


def _link(node: SyntaxTreeNode) -> tuple[Node, ...]:
    href = str(node.attrs.get("href", ""))
    return (Node("link", href=href, children=_children(node)),) if SAFE_LINK.match(href) else _children(node)


def _html(node: Node) -> str:
    inner = to_html(node.children)
    match node.kind:
        case "text":
            return escape(node.text)
        case "break":
            return "<br>"
        case "rule":
            return "<hr>"
        case "heading":
            return f"<h{node.level + 1}>{inner}</h{node.level + 1}>"
        case "link":
            return f'<a href="{escape(node.href)}" rel="noopener noreferrer nofollow">{inner}</a>'
    tag = TAGS[node.kind]
    return f"<{tag}>{inner}</{tag}>"


def _text_of(nodes: tuple[Node, ...], number: int = 0, indent: str = "") -> str:
    parts: list[str] = []
    for node in nodes:
        inner = _text_of(node.children, indent=indent)
        match node.kind:
            case "text":
                parts.append(node.text)
            case "break":
                parts.append("\n" + indent)
            case "list" | "numbered":
                parts.append(
                    "\n"
                    + "".join(_item(item, place if node.kind == "numbered" else 0, indent) for place, item in enumerate(node.children, 1))
                )
            case "row":
                parts.append(" | ".join(_text_of(cell.children).strip() for cell in node.children) + "\n")
            case "link":
                address = re.sub(r"^(mailto:|tel:)", "", node.href, flags=re.IGNORECASE)
                parts.append(inner if _alike(inner, address) else f"{inner} ({address})")
            case "rule":
                parts.append("\n----\n")
            case kind:
                parts.append(f"{inner}\n\n" if kind in BLOCKS and number == 0 else inner)
    return "".join(parts)


def _alike(words: str, address: str) -> bool:
    """Whether the address says nothing more than its words, such as a number without its strokes."""
    return words == address or words.replace("-", "").replace(" ", "") == address


def _item(item: Node, number: int, indent: str) -> str:
    sign = f"{number}. " if number else "- "
    inner = _text_of(item.children, indent=indent + "   ").strip()
    return f"{indent}{sign}" + re.sub(r"\n{2,}", "\n", inner) + "\n"
