"""Where the typed words stand in a title or a text: the piece worth showing, with the words marked. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huying.crm.knowledge.tokens import folded_text, stem

EXCERPT_LETTERS = 120
BEFORE = 24
"""So many letters stand before the first word that was met."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; `mark`: it was met by what was typed."""

    text: str
    mark: bool = False


def marked(text: str, typed: Sequence[str]) -> list[Piece]:
    """The whole text in pieces, in order; together they are the text."""
    spans = _spans(text, typed)
    pieces: list[Piece] = []
    at = 0
    for begin, end in spans:
        pieces += [Piece(text[at:begin]), Piece(text[begin:end], True)]
        at = end
    pieces.append(Piece(text[at:]))
    return [piece for piece in pieces if piece.text]


def excerpt(text: str, typed: Sequence[str], letters: int = EXCERPT_LETTERS) -> list[Piece]:
    """The part of a text around the words that were met: where most different ones stand together. Of a text without them its beginning."""
    plain = " ".join(text.split())
    spans = _spans(plain, typed)
    begin = 0
    if spans:
        folded = folded_text(plain)
        best = max(spans, key=lambda span: (len({folded[b:e] for b, e in spans if span[0] <= b < span[0] + letters - BEFORE}), -span[0]))
        begin = max(0, best[0] - BEFORE)
    cut = plain[begin : begin + letters]
    pieces = marked(cut, typed)
    if begin:
        pieces.insert(0, Piece("…"))
    return [*pieces, Piece("…")] if begin + letters < len(plain) else pieces


def _spans(text: str, typed: Sequence[str]) -> list[tuple[int, int]]:
    """(begin, end) of what was met, in order, none in another. Latin letters count from the beginning of a word on."""
    folded = folded_text(text)
    if len(folded) != len(text):
        folded = text.lower() if len(text.lower()) == len(text) else text
    found: list[tuple[int, int]] = []
    for word in typed:
        for form in dict.fromkeys((word, stem(word))):
            at = folded.find(form)
            while at >= 0:
                if not form.isascii() or at == 0 or not (folded[at - 1].isascii() and folded[at - 1].isalnum()):
                    found.append((at, at + len(form)))
                at = folded.find(form, at + 1)
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined
