"""Plates of vehicles in the one form that is stored and compared. Pure."""

from __future__ import annotations

import unicodedata


def tidy_plate(plate: str) -> str:
    """A plate in capitals without blanks, points and strokes: 京A·12345 becomes 京A12345."""
    return "".join(one for one in unicodedata.normalize("NFKC", plate).upper() if one.isalnum())
