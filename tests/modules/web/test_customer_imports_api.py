"""Imports over HTTP: a file is read, looked at, written by the job, stopped, gone on with, taken back; what failed is told."""

from __future__ import annotations

import asyncio
import csv
import io
import zipfile
from collections.abc import Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from huying.channels.service import customers_met
from huying.crm.importing.job import ImportJobs
from huying.crm.importing.undoing import taker_back
from huying.crm.importing.writing import write_rows
from huying.foundation.clock import utc_now
from huying.foundation.ids import new_id

HEADING = ["姓名", "客户编号", "手机", "客户等级", "公司", "标签", "详细地址", "型号", "序列号", "购买日期"]
ROWS = [
    ["赵一鸣", "K-1", "139 0000 0001", "贵宾", "星河贸易", "老客户、需回访", "科技园1号", "HC-1", "SN-77001", "2025/5/1"],
    ["钱二", "K-2", "不详", "", "星河贸易", "", "", "", "", ""],
    ["孙三", "K-3", "13900000003", "钻石", "", "", "", "", "", ""],
    ["李四", "K-4", "13900000004; 021-65551234", "", "", "", "东街2号", "", "", ""],
]


def as_csv(rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode(encoding)


def as_xlsx(tmp_path: Path, rows: Sequence[Sequence[object]]) -> bytes:
    path = tmp_path / f"{new_id()}.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return path.read_bytes()


async def bring(browser: Any, content: bytes, name: str = "客户.csv") -> dict[str, Any]:
    answer = await browser.post("/api/customer-imports", params={"name": name}, content=content)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def begin(browser: Any, found: dict[str, Any], **choice: object) -> None:
    body = {"targets": found["targets"], "match": found["match"], "existing": found["existing"], **choice}
    answer = await browser.post(f"/api/customer-imports/{found['id']}/start", json=body)
    assert answer.status_code == 200, answer.text


async def work(house: Any) -> None:
    """All that the job has to do."""
    async with asyncio.timeout(30):
        while await house.app.state.import_jobs.step():
            pass


async def state(browser: Any, import_id: str) -> dict[str, Any]:
    return dict((await browser.get(f"/api/customer-imports/{import_id}")).json())


@asynccontextmanager
async def importer(house: Any):  # type: ignore[no-untyped-def]
    async with house.signed_in("manager") as browser:
        yield browser


async def test_a_table_becomes_customers(house: Any, tmp_path: Path) -> None:
    async with importer(house) as browser:
        found = await bring(browser, as_xlsx(tmp_path, [HEADING, *ROWS]), "客户.xlsx")
        assert (found["state"], found["rows"], found["columns"]) == ("ready", 4, HEADING)
        assert found["targets"] == [
            *("name", "code", "mobile", "class", "company", "tags", "address"),
            *("asset.model", "asset.serial", "asset.purchased_on"),
        ]
        choice = {"targets": found["targets"], "match": "code_or_number", "existing": "update"}
        seen = (await browser.post(f"/api/customer-imports/{found['id']}/preview", json=choice)).json()
        assert [line["act"] for line in seen["items"]] == ["create", "fail", "fail", "create"]
        assert (seen["failing"], seen["items"][1]["problems"][0]["column"]) == (2, "手机")
        await begin(browser, found)
        await work(house)
        done = await state(browser, found["id"])
        assert {name: done[name] for name in ("state", "done", "created", "updated", "failed")} == {
            "state": "done",
            "done": 4,
            "created": 2,
            "updated": 0,
            "failed": 2,
        }
        page = (await browser.get("/api/customers", params={"search": "zym"})).json()
        made = page["items"][0]
        assert (made["name"], made["class"], made["company"]["name"]) == ("赵一鸣", "vip", "星河贸易")
        assert sorted(tag["name"] for tag in made["tags"]) == ["老客户", "需回访"]
        assets = (await browser.get(f"/api/customers/{made['id']}/assets")).json()["items"]
        assert [(one["serial"], one["purchased_on"]) for one in assets] == [("SN-77001", "2025-05-01")]
        li = (await browser.get("/api/customers", params={"search": "K-4"})).json()["items"][0]
        assert [one["number"] for one in li["numbers"]] == ["+8613900000004", "+862165551234"]


async def test_what_failed_can_be_had_as_a_table(house: Any, tmp_path: Path) -> None:
    async with importer(house) as browser:
        found = await bring(browser, as_csv([HEADING, *ROWS], "gb18030"))
        assert found["form"] == {"kind": "csv", "encoding": "gb18030", "delimiter": ","}
        await begin(browser, found)
        await work(house)
        answer = await browser.get(f"/api/customer-imports/{found['id']}/report")
        path = tmp_path / "report.xlsx"
        path.write_bytes(answer.content)
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        assert rows[0] == [*HEADING, "行号", "未导入的原因"]
        assert [row[10] for row in rows[1:]] == ["3", "4"]
        assert "手机" in str(rows[1][11])
        assert "钻石" not in str(rows[1])
        told = (await browser.get(f"/api/customer-imports/{found['id']}/report", params={"form": "csv"})).content.decode()
        assert told.startswith("\ufeff姓名")
        assert len(told.strip().splitlines()) == 3


@pytest.mark.parametrize(("existing", "outcome"), [("update", (0, 1, 0)), ("skip", (0, 0, 1)), ("create", (1, 0, 0))])
async def test_who_is_there_already(house: Any, existing: str, outcome: tuple[int, int, int]) -> None:
    async with importer(house) as browser:
        first = await bring(browser, as_csv([HEADING, ROWS[0]]))
        await begin(browser, first)
        await work(house)
        again = await bring(browser, as_csv([["姓名", "手机", "邮箱"], ["赵一鸣", "+86 139 0000 0001", "zhao@example.com"]]))
        await begin(browser, again, existing=existing)
        await work(house)
        done = await state(browser, again["id"])
        assert (done["created"], done["updated"], done["skipped"]) == outcome, done
        held = (await browser.get("/api/customers", params={"search": "赵一鸣"})).json()["items"]
        assert len(held) == (2 if existing == "create" else 1)
        if existing == "update":
            assert (held[0]["code"], held[0]["emails"][0]["email"]) == ("K-1", "zhao@example.com")


async def test_a_family_shares_a_number(house: Any) -> None:
    async with importer(house) as browser:
        found = await bring(browser, as_csv([["姓名", "客户编号", "电话"], ["周父", "F-1", "13900000009"], ["周母", "F-2", "13900000009"]]))
        await begin(browser, found)
        await work(house)
        assert (await state(browser, found["id"]))["created"] == 2
        again = await bring(browser, as_csv([["姓名", "电话", "备注"], ["周母", "13900000009", "下午在家"], ["周爷爷", "13900000009", ""]]))
        await begin(browser, again)
        await work(house)
        done = await state(browser, again["id"])
        why = (await browser.get(f"/api/customer-imports/{again['id']}/report", params={"form": "csv"})).content.decode()
        assert (done["updated"], done["failed"]) == (1, 1), why


async def test_stopped_it_says_what_was_done_and_a_new_process_goes_on(house: Any) -> None:
    rows = [[f"客户{number}", f"M-{number}"] for number in range(1, 601)]
    async with importer(house) as browser:
        found = await bring(browser, as_csv([["姓名", "客户编号"], *rows]))
        await begin(browser, found)
        await house.app.state.import_jobs.step()
        half = await state(browser, found["id"])
        assert (half["state"], half["done"], half["created"]) == ("running", 250, 250)
        assert half["seconds_left"] >= 0
        fresh = ImportJobs(house.database, utc_now, write_rows, taker_back(customers_met))
        await fresh.step()
        answer = await browser.post(f"/api/customer-imports/{found['id']}/cancel")
        assert (answer.json()["state"], answer.json()["done"]) == ("cancelled", 500)
        await work(house)
        assert (await state(browser, found["id"]))["created"] == 500
        assert (await browser.get("/api/customers", params={"search": "M-600"})).json()["total"] == 0


async def test_taken_back_but_for_what_was_touched(house: Any) -> None:
    async with importer(house) as browser:
        found = await bring(browser, as_csv([["姓名", "客户编号"], ["甲某", "U-1"], ["乙某", "U-2"], ["丙某", "U-3"]]))
        await begin(browser, found)
        await work(house)
        touched = (await browser.get("/api/customers", params={"search": "U-2"})).json()["items"][0]
        await browser.patch(f"/api/customers/{touched['id']}", json={"note": "打过电话"})
        assert (await browser.post(f"/api/customer-imports/{found['id']}/undo")).status_code == 200
        await work(house)
        done = await state(browser, found["id"])
        assert (done["state"], done["removed"], done["kept"]) == ("undone", 2, 1)
        left = (await browser.get("/api/customers", params={"search": "U-"})).json()["items"]
        assert [one["code"] for one in left] == ["U-2"]
        assert (await browser.post(f"/api/customer-imports/{found['id']}/undo")).status_code == 409


async def test_what_it_overwrote_is_put_back_but_for_what_was_changed_since(house: Any) -> None:
    wide = ["姓名", "客户编号", "手机", "等级", "公司", "标签", "地址", "邮箱", "备注", "提醒", "勿扰", "型号", "序列号"]
    first = [
        ["甲某", "R-1", "13900001001", "", "", "", "", "", "甲备注", "", "", "HC-1", "RS-1"],
        ["乙某", "R-2", "13900001002", "", "旧公司", "老", "东街1号", "", "", "", "", "", ""],
        ["丙某", "R-3", "", "", "", "", "", "", "", "", "", "", ""],
    ]
    second = [
        ["甲某某", "R-1", "13900001011", "贵宾", "新公司", "新、老", "西街2号", "jia@example.com", "改了", "小心", "是", "HC-2", "RS-1"],
        ["乙某某", "R-2", "13900001012", "金卡", "新公司", "新", "西街3号", "", "改了", "", "", "HC-9", "RS-2"],
        ["丁某", "R-4", "", "", "", "", "", "", "", "", "", "", ""],
        ["丁某某", "R-4", "", "", "", "", "", "", "后来", "", "", "", ""],
    ]

    async def told(browser: Any, code: str) -> tuple[dict[str, Any], list[Any]]:
        item = (await browser.get("/api/customers", params={"search": code})).json()["items"][0]
        del item["matched"]
        return item, (await browser.get(f"/api/customers/{item['id']}/assets")).json()["items"]

    async with importer(house) as browser:
        for rows in (first, second):
            found = await bring(browser, as_csv([wide, *rows]))
            if rows is second:
                before = {code: await told(browser, code) for code in ("R-1", "R-2")}
            await begin(browser, found, targets=[target or "note" for target in found["targets"]])
            await work(house)
        changed, assets = await told(browser, "R-1")
        assert (changed["name"], changed["class"], changed["company"]["name"], assets[0]["model"]) == ("甲某某", "vip", "新公司", "HC-2")
        assert (len(changed["numbers"]), changed["do_not_call"] is not None, changed["warnings"][0]["text"]) == (2, True, "小心")
        second_one = (await told(browser, "R-2"))[0]
        await browser.patch(f"/api/customers/{second_one['id']}", json={"note": "打过电话", "class": "vip"})
        assert (await browser.post(f"/api/customer-imports/{found['id']}/undo")).status_code == 200
        await work(house)
        done = await state(browser, found["id"])
        counts = {name: done[name] for name in ("state", "done", "to_do", "removed", "kept", "reverted", "left_alone")}
        assert counts == {"state": "undone", "done": 4, "to_do": 4, "removed": 1, "kept": 0, "reverted": 2, "left_alone": 1}
        assert await told(browser, "R-1") == before["R-1"]
        now, assets = await told(browser, "R-2")
        was = before["R-2"][0]
        assert (now["note"], now["class"], assets) == ("打过电话", "vip", [])
        parts = ("name", "company", "numbers", "addresses", "tags")
        assert {part: now[part] for part in parts} == {part: was[part] for part in parts}
        why = (await browser.get(f"/api/customer-imports/{found['id']}/report", params={"form": "csv"})).content.decode()
        assert "等级, 备注" in why
        assert (await browser.get("/api/customers", params={"search": "R-4"})).json()["items"] == []


async def test_bad_files_are_refused_in_words(house: Any, tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(450):
                part.write(b" " * 1_000_000)
    bad = {
        "empty-table": b"\n\n",
        "not-a-table": b"\x89PNG\r\n\x00\x00\x00",
        "unknown-encoding": b"a,b\n\xff\xff,\xfe\n",
        "too-many-columns": as_csv([[f"c{number}" for number in range(200)], ["x"] * 200]),
        "old-workbook": bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 100,
        "table-too-large": bomb.getvalue(),
    }
    async with importer(house) as browser:
        for code, content in bad.items():
            answer = await browser.post("/api/customer-imports", params={"name": "x"}, content=content)
            assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)
        assert (await browser.post("/api/customer-imports", params={"name": "x"}, content=b"")).json()["error"]["code"] == "empty-table"
        assert (await browser.get("/api/customer-imports")).json()["items"] == []
        wrong = {"targets": ["", ""], "match": "none", "existing": "create"}
        found = await bring(browser, as_csv([["a", "b"], ["c", "d"]]))
        answer = await browser.post(f"/api/customer-imports/{found['id']}/start", json=wrong)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "import-columns")


async def test_only_who_may_imports_and_exports(house: Any) -> None:
    async with house.signed_in("agent1") as browser:
        assert (await browser.post("/api/customer-imports", params={"name": "x"}, content=b"a")).status_code == 403
        assert (await browser.get("/api/customer-exports")).status_code == 403


async def test_exports_can_be_imported_again_and_are_journalled(house: Any, tmp_path: Path) -> None:
    async with importer(house) as browser:
        answer = await browser.get("/api/customer-exports", params={"form": "xlsx", "class": "vip"})
        assert answer.status_code == 200
        listed = (await browser.get("/api/customers", params={"class": "vip", "limit": 200})).json()
        assert listed["total"] > 0
        found = await bring(browser, answer.content, "again.xlsx")
        assert found["rows"] == listed["total"]
        assert "" not in found["targets"][:17]
        plain = (await browser.get("/api/customer-exports", params={"search": listed["items"][0]["name"]})).content.decode()
        assert listed["items"][0]["name"] in plain
        await begin(browser, found)
        await work(house)
        done = await state(browser, found["id"])
        assert (done["updated"], done["failed"], done["created"]) == (listed["total"], 0, 0), done
    async with house.database.business(house.business_id) as session:
        kinds = list(await session.scalars(text("SELECT kind FROM journal WHERE kind LIKE 'Customers%'")))
    assert sorted(kinds) == ["CustomersExported", "CustomersExported", "CustomersImportEnded", "CustomersImportStarted"]
