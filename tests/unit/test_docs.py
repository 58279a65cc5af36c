"""What the documents name is there: proofs, links, commands, benches. A document that names what is gone misleads whoever begins."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from huying.cli import _parser

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "ui").glob("*/README.md"))]
FEATURES = ROOT / "docs/features.md"
ROW = re.compile(r"^\| ([A-Z]\d[^|]*) \| ([^|]+) \|(.*)\|([^|]*)\|$", re.MULTILINE)
"""Ids, state, what works, proof."""


def names(document: Path) -> str:
    return str(document.relative_to(ROOT))


def test_every_proof_is_there_and_nothing_works_without_one() -> None:
    rows = ROW.findall(FEATURES.read_text(encoding="utf-8"))
    assert len(rows) > 50
    for ids, state, _, proof in rows:
        tests = re.findall(r"`([^`]+)`", proof)
        assert bool(tests) == (state != "not yet"), f"{ids}: {state}, proof {tests}"
        assert [name for name in tests if not is_proof(name)] == [], ids


@pytest.mark.parametrize("document", DOCUMENTS, ids=names)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=names)
def test_every_named_file_is_somewhere(document: Path) -> None:
    """A path that begins at the root of the repository, or beside the page; others are told from the wing that the page is about."""
    paths = re.findall(r"`((?:src|tests|docs|ui|bench|deploy)/[\w./-]+)`", document.read_text(encoding="utf-8"))
    places = (ROOT, document.parent)
    assert [path for path in paths if not any((place / path).exists() for place in places) and "/dist" not in path] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=names)
def test_every_command_is_one(document: Path) -> None:
    told = document.read_text(encoding="utf-8")
    assert set(re.findall(r"\./huying ([a-z][a-z-]*)", told)) <= commands()
    benches = set(re.findall(r"\./huying bench ([a-z_]+)", told))
    assert {name for name in benches if not (ROOT / "bench" / f"{name}.py").exists()} == set()


def is_proof(name: str) -> bool:
    """A test or a folder of tests, or the command of a measurement."""
    bench = name.removeprefix("./huying bench ")
    return (ROOT / "bench" / f"{bench}.py").exists() if bench != name else (ROOT / "tests" / name).exists()


def commands() -> set[str]:
    """What `./huying` takes: the program's own, and those of the script that stands before it."""
    own = re.findall(r"^ {4}([a-z][a-z-]*)", _parser().format_help(), re.MULTILINE)
    return {*own, "test", "bench"}
