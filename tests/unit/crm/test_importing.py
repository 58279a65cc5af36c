"""Tables from outside: letters and separators, headings, what columns become, cells as values, whom a row means."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.crm.exporting.columns import ExportForm
from huying.crm.exporting.table_writer import csv_rows
from huying.crm.importing.csv_table import CsvForm, delimiter_of, form_of, rows_of
from huying.crm.importing.drafting import Draft, Understanding, draft_of
from huying.crm.importing.heading import column_names, heading_of, letter, trimmed
from huying.crm.importing.matching import Book, Known, decide
from huying.crm.importing.targets import BY_CODE, guess, targets_with
from huying.crm.importing.values import CellWrong, day, several, yes_or_no
from huying.crm.importing.words import PROBLEMS, said
from huying.crm.importing.xlsx_table import text_of


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ("姓名,电话\n王,1\n".encode(), CsvForm("utf-8", ",")),
        ("姓名;电话\n王;1,2\n".encode("gb18030"), CsvForm("gb18030", ";")),
        ("\ufeff姓名\t电话\n王\t1\n".encode(), CsvForm("utf-8-sig", "\t")),
        ("姓名\t电话\n王\t1\n".encode("utf-16"), CsvForm("utf-16", "\t")),
    ],
)
def test_csv_however_it_is_written(tmp_path: Path, content: bytes, form: CsvForm) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert form_of(path) == form
    assert [cells[0] for _, cells in rows_of(path, form)] == ["姓名", "王"]


def test_one_column_has_no_separator() -> None:
    assert delimiter_of(["name\n", "Smith\n"]) == ","


def test_titles_above_the_heading_are_passed_over() -> None:
    assert heading_of([["客户资料"], [], ["姓名", "电话"], ["王", "1"]]) == 2
    assert heading_of([[], ["name"]]) == 1
    assert heading_of([[], [" "]]) is None
    assert column_names(["姓名", "", "姓名"]) == ["姓名", "B", "姓名 2"]
    assert [letter(0), letter(25), letter(26)] == ["A", "Z", "AA"]
    assert trimmed([" a ", "", " "]) == ["a"]


def test_cells_of_workbooks_are_read_as_people_see_them() -> None:
    assert [text_of(13800138000.0), text_of(1.5), text_of(True), text_of(date(2026, 5, 1))] == ["13800138000", "1.5", "1", "2026-05-01"]


def test_columns_are_guessed_by_name_then_by_what_stands_there() -> None:
    targets = targets_with({"birthday": ["生日", "Birthday"]})
    rows = [["王", "13800138000", "a@b.cn", "1990-01-01"], ["李", "021-65551234", "c@d.cn", "1991-02-02"]]
    assert guess(["客户姓名", "X", "Y", "生日"], rows, targets) == ["name", "number", "email", "field:birthday"]
    assert guess(["Name", "name", "20260501"], [["a", "b", "20260501"], ["a", "b", "20260502"]], targets) == ["name", "", ""]


def test_an_export_is_understood_again() -> None:
    for language in ("zh-CN", "en"):
        columns = ExportForm(language, {}, []).heading
        found = guess(columns, [], BY_CODE)
        assert "" not in found, dict(zip(columns, found, strict=True))


def test_values() -> None:
    assert {day(text) for text in ("2026-05-01", "2026/5/1", "2026年5月1日", "20260501", "2026.5.1", "2026-05-01 00:00")} == {
        date(2026, 5, 1)
    }
    for wrong in ("01/05/2026", "2026-13-01", "gestern"):
        with pytest.raises(CellWrong, match="not-a-date"):
            day(wrong)
    assert [yes_or_no("是"), yes_or_no("NO")] == [True, False]
    assert several("a；b、 a, c") == ["a", "b", "c"]


def understanding(*targets: str) -> Understanding:
    return Understanding(tuple(f"c{n}" for n in range(len(targets))), targets, {"贵宾": "vip", "vip": "vip"}, {})


def test_a_row_says_what_is_wrong_with_each_cell() -> None:
    draft, problems = draft_of(["王小明", "138 0013 8000、不详", "钻石", "x"], understanding("name", "mobile", "class"))
    assert [(one.code, one.column) for one in problems] == [("too-many-cells", ""), ("invalid-number", "c1"), ("unknown-class", "c2")]
    draft, problems = draft_of(
        ["'+8613800138000", "贵宾", "2026-05-01", "2025-05-01"],
        understanding("number", "class", "asset.purchased_on", "asset.warranty_until"),
    )
    assert (draft.numbers, draft.texts) == ([("+8613800138000", "")], {"class": "vip"})
    assert [one.code for one in problems] == ["warranty-before-purchase"]


def test_whom_a_row_means() -> None:
    father, mother = Known("f", "周父", "F-1"), Known("m", "周母", "")
    book = Book({"F-1": [father]}, {"+8613900000009": [father, mother]})

    def act(existing: str, match: str = "code_or_number", **texts: str) -> tuple[str, str]:
        draft = Draft(texts=texts, numbers=[("+8613900000009", "")])
        found = decide(draft, book, match, existing)
        return found.act, found.customer.id if found.customer else ""

    assert act("update", code="F-1") == ("update", "f")
    assert act("update", name="周母") == ("update", "m")
    assert act("update", name="周爷爷") == ("fail", "")
    assert act("update", name="周母", code="F-9") == ("update", "m")
    assert act("skip", code="F-1") == ("skip", "f")
    assert act("create", name="周父") == ("create", "")
    assert act("update", "none", name="周父") == ("create", "")
    assert act("update", "code", code="F-7") == ("fail", "")


def test_problems_have_words_in_both_languages() -> None:
    assert said({"code": "unknown-class", "column": "等级", "details": {"known": ["vip"]}}, "zh-CN") == "等级：没有这个客户等级；现有：vip"
    assert all(len(words) == 2 and all(words) for words in PROBLEMS.values())
    assert said({"code": "never-heard-of", "details": {}}, "en") == "–"


@given(st.text(max_size=30))
def test_no_cell_of_an_export_is_a_formula(text: str) -> None:
    line = csv_rows([[text]], first=False).decode()
    assert not line.lstrip('"').startswith(("=", "+", "-", "@"))
