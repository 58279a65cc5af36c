"""The list of rules for callers as CSV: one rule a row. Reads what people made in a spreadsheet, and says which row is wrong. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from huying.crm.callers.rule_data import RuleData
from huying.routing.treatment.caller_rules import BY, EFFECTS

COLUMNS = ("matches", "value", "effect", "rank", "head_start_seconds", "extension", "seconds", "until", "reason")
MOST_ROWS = 1000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in a row; rows count from 1, the heading being the first."""

    row: int
    code: str
    message: str


class RowWrong(ValueError):
    """A row cannot be read; the text tells people why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def write_list(rules: Iterable[tuple[RuleData, str]], zone: tzinfo) -> str:
    """The CSV of rules, each with its agent's extension; times at the business's place. Begins with a mark by which Excel knows UTF-8."""
    target = io.StringIO()
    table = csv.writer(target, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for rule, extension in rules:
        until = rule.until.astimezone(zone).strftime("%Y-%m-%d %H:%M") if rule.until else ""
        table.writerow(
            [
                rule.matches,
                _safe(rule.value),
                rule.effect,
                rule.rank,
                rule.head_start_seconds,
                extension,
                rule.seconds,
                until,
                _safe(rule.reason),
            ]
        )
    return "\ufeff" + target.getvalue()


def read_list(text: str, agents: Mapping[str, str], zone: tzinfo) -> tuple[list[tuple[int, RuleData]], list[RowProblem]]:
    """The rules of a CSV with their rows, and what is wrong in others. `agents`: extension -> id. Values are checked later."""
    try:
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=False))
    except csv.Error as error:
        return [], [RowProblem(1, "not-csv", f"This is not CSV: {error}.")]
    heading = [name.strip().lower() for name in rows[0]] if rows else []
    if not {"matches", "value", "effect"} <= set(heading):
        return [], [RowProblem(1, "heading", f"The first row names the columns: {', '.join(COLUMNS)}.")]
    if len(rows) > MOST_ROWS + 1:
        return [], [RowProblem(MOST_ROWS + 2, "too-many", f"At most {MOST_ROWS} rows at once: part the list.")]
    found: list[tuple[int, RuleData]] = []
    problems: list[RowProblem] = []
    for number, cells in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        row = {name: _plain(cell) for name, cell in zip(heading, cells, strict=False)}
        try:
            found.append((number, _rule(row, agents, zone)))
        except RowWrong as error:
            problems.append(RowProblem(number, error.code, str(error)))
    return found, problems


def _rule(row: Mapping[str, str], agents: Mapping[str, str], zone: tzinfo) -> RuleData:
    """One row. Raises RowWrong."""
    matches, effect, extension = row.get("matches", "").lower(), row.get("effect", "").lower(), row.get("extension", "")
    if matches not in BY:
        raise RowWrong("matches", f"matches is one of {', '.join(BY)}")
    if effect not in EFFECTS:
        raise RowWrong("effect", f"effect is one of {', '.join(EFFECTS)}")
    if extension and extension not in agents:
        raise RowWrong("extension", f"no agent has the extension {extension[:20]}")
    return RuleData(
        matches,
        row.get("value", ""),
        effect,
        _whole(row, "rank", 0, 1000),
        _whole(row, "head_start_seconds", 0, 86_400),
        agents.get(extension),
        _whole(row, "seconds", 0, 600),
        row.get("reason", "")[:500],
        _until(row.get("until", ""), zone),
    )


def _whole(row: Mapping[str, str], name: str, least: int, most: int) -> int:
    text = row.get(name, "") or "0"
    if not text.isascii() or not text.isdigit() or len(text) > 6 or not least <= int(text) <= most:
        raise RowWrong("number", f"{name} is a whole number from {least} to {most}")
    return int(text)


def _until(text: str, zone: tzinfo) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.replace("/", "-"))
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise RowWrong("until", "until is a date such as 2026-12-31 or 2026-12-31 18:00") from None


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, nor for a number that loses its +."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(cell: str) -> str:
    """What the cell says, without the mark of `_safe`."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") else cell
