"""The public page of an article's part for customers: plain HTML with a style of its own, no script, nothing from elsewhere. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from huying.crm.knowledge.rich_text import Node, to_html

WORDS = {
    "zh-CN": {
        "updated": "更新于",
        "until": "本页有效至",
        "gone": "这个页面已经不存在",
        "ask": "链接可能已过期，请向客服重新索取。",
    },
    "en": {
        "updated": "Updated",
        "until": "This page can be read until",
        "gone": "This page is not there any more",
        "ask": "Its time may be over: please ask for it again.",
    },
}
STYLE = """
:root{color-scheme:light dark;--ink:#1c2430;--quiet:#5b6675;--line:#dfe3e8;--paper:#fff;--link:#0b57c2}
@media (prefers-color-scheme:dark){:root{--ink:#e8ebf0;--quiet:#a3adba;--line:#39424f;--paper:#161b22;--link:#7fb2ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink)}
body{font:1.0625rem/1.75 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:42rem;margin:0 auto;padding:1.5rem 1.25rem 3rem;overflow-wrap:anywhere}
header{color:var(--quiet);font-size:.95rem;border-bottom:1px solid var(--line);padding-bottom:.6rem;margin-bottom:1.4rem}
h1{font-size:1.6rem;line-height:1.35;margin:0 0 1rem}
h2,h3,h4,h5{line-height:1.4;margin:1.6rem 0 .5rem}h2{font-size:1.25rem}h3,h4,h5{font-size:1.1rem}
a{color:var(--link)}
blockquote{margin:1rem 0;padding:.1rem 1rem;border-left:4px solid var(--line);color:var(--quiet)}
pre,code{font-family:ui-monospace,Consolas,monospace;font-size:.95em}
pre{overflow:auto;padding:.8rem;border:1px solid var(--line);border-radius:6px}
table{border-collapse:collapse;display:block;overflow:auto}th,td{border:1px solid var(--line);padding:.35rem .7rem;text-align:left}
footer{margin-top:2.5rem;padding-top:.6rem;border-top:1px solid var(--line);color:var(--quiet);font-size:.9rem}
"""
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


@dataclass(frozen=True, slots=True)
class PublicArticle:
    """What the page shows. `business`: whose it is."""

    business: str
    title: str
    language: str
    part: tuple[Node, ...]
    updated: date
    until: date


def article_page(article: PublicArticle) -> str:
    """The page of an article."""
    words = WORDS.get(article.language, WORDS["en"])
    foot = f"{words['updated']} {article.updated.isoformat()} · {words['until']} {article.until.isoformat()}"
    text = f"<article><h1>{escape(article.title)}</h1>{to_html(article.part)}</article>"
    return _page(article.language, article.title, f"<header>{escape(article.business)}</header>{text}<footer>{foot}</footer>")


def gone_page() -> str:
    """The page instead of one that is not there (any more), in both languages."""
    parts = "".join(
        f'<section lang="{language}"><h1>{words["gone"]}</h1><p>{words["ask"]}</p></section>' for language, words in WORDS.items()
    )
    return _page("zh-CN", WORDS["zh-CN"]["gone"], parts)


def _page(language: str, title: str, body: str) -> str:
    head = f'<meta charset="utf-8">{VIEWPORT}<meta name="robots" content="noindex"><title>{escape(title)}</title>'
    return (
        f'<!doctype html><html lang="{escape(language)}"><head>{head}<style>{STYLE}</style></head><body><main>{body}</main></body></html>'
    )
