"""Which subject a pattern means: `*` stands for one word, a final `>` for one or more. Pure."""

from __future__ import annotations


def matches(pattern: str, subject: str) -> bool:
    """Does the subject fall under the pattern?"""
    wanted, words = pattern.split("."), subject.split(".")
    if wanted[-1] == ">":
        wanted = wanted[:-1]
        if len(words) <= len(wanted):
            return False
        words = words[: len(wanted)]
    return len(wanted) == len(words) and all(one in ("*", word) for one, word in zip(wanted, words, strict=True))
