"""Files stay small enough to be read at once. The exceptions below may only shrink and go."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMITS = {".py": 500, ".ts": 250, ".tsx": 250}
NOT_WRITTEN_BY_HAND = {"node_modules", "dist", "generated", "versions"}
EXCEPTIONS: dict[str, int] = {}
"""Path: lines it may have at most."""


def sources() -> list[Path]:
    folders = [ROOT / name for name in ("src", "tests", "bench", "deploy", "ui")]
    found = [path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.suffix in LIMITS]
    return [path for path in found if not NOT_WRITTEN_BY_HAND & set(path.parts) and not path.name.endswith(".d.ts")]


def test_no_file_has_outgrown_its_limit() -> None:
    too_long = {}
    for path in sources():
        name = str(path.relative_to(ROOT))
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > EXCEPTIONS.get(name, LIMITS[path.suffix]):
            too_long[name] = lines
    assert too_long == {}, "split these: which second thing lives there?"


def test_the_exceptions_are_still_needed() -> None:
    for name, limit in EXCEPTIONS.items():
        path = ROOT / name
        assert path.exists() and len(path.read_text(encoding="utf-8").splitlines()) > LIMITS[path.suffix], (
            f"take {name} ({limit}) off the list"
        )
