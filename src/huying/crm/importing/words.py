"""What is wrong with a row, in words, for reports and pages. Pure."""

from __future__ import annotations

from collections.abc import Mapping

PROBLEMS: dict[str, tuple[str, str]] = {
    "too-many-cells": ("这一行有 {cells} 个单元格，表头只有 {columns} 列", "This row has {cells} cells, the heading {columns}"),
    "too-long": ("内容太长，最多 {most} 个字符", "Too long: at most {most} characters"),
    "invalid-number": ("不是有效的电话号码：请写上区号", "Not a telephone number: write it with the area code"),
    "too-many-numbers": ("号码太多，最多 {most} 个", "Too many numbers: at most {most}"),
    "not-an-email": ("不是有效的邮箱地址", "Not a mail address"),
    "not-a-date": ("不是日期：请写成 2026-05-01", "Not a day: write it like 2026-05-01"),
    "not-yes-or-no": ("请写“是”或“否”", "Write yes or no"),
    "not-a-number": ("不是数字", "Not a number"),
    "unknown-class": ("没有这个客户等级；现有：{known}", "There is no such class; there are: {known}"),
    "unknown-language": ("没有这种语言；现有：{known}", "There is no such language; there are: {known}"),
    "unknown-choice": ("没有这个选项；现有：{known}", "There is no such choice; there are: {known}"),
    "warranty-before-purchase": ("保修截止日期早于购买日期", "The warranty ends before the purchase"),
    "name-missing": ("没有姓名，也没有已有客户与它对应", "There is no name, and no customer it belongs to"),
    "field-missing": ("必填字段没有内容：{field}", "This field must be filled in: {field}"),
    "number-taken": ("号码 {number} 已属于客户“{name}”", "The number {number} belongs to the customer {name} already"),
    "code-taken": ("编号 {code} 已属于客户“{name}”", "The code {code} belongs to the customer {name} already"),
    "serial-taken": ("序列号 {serial} 已属于其他客户", "The serial number {serial} belongs to another customer already"),
    "asset-incomplete": ("资产需要型号和序列号，车辆需要车牌号", "An appliance needs a model and a serial number, a vehicle its plate"),
    "several-match": ("有 {count} 位客户与这一行对应，无法判断是哪一位", "{count} customers fit this row: it is not clear which one"),
    "skipped-existing": ("客户已存在，按设置跳过", "The customer is there already: left out, as chosen"),
    "kept-used": ("导入后已被修改、合并或使用，保留", "Changed, merged or used since the import: kept"),
    "changed-since": ("客户“{name}”：导入后又被修改，未恢复：{parts}", "{name}: changed since the import, so not put back: {parts}"),
    "customer-gone": ("客户已不在（被合并或删除）", "The customer is not there any more: merged or removed"),
    "not-kept": ("旧版本的导入没有记下原来的内容", "Imported by an older version, which did not keep what was there before"),
    "invalid-input": ("{message}", "{message}"),
}
PARTS: dict[str, tuple[str, str]] = {
    "name": ("姓名", "name"),
    "code": ("客户编号", "customer number"),
    "customer_class": ("等级", "class"),
    "language": ("语言", "language"),
    "note": ("备注", "note"),
    "company_id": ("公司", "company"),
    "company_role": ("职务", "role"),
    "numbers": ("号码", "numbers"),
    "emails": ("邮箱", "mail addresses"),
    "addresses": ("地址", "addresses"),
    "tags": ("标签", "tags"),
    "warnings": ("提醒", "warnings"),
    "do_not_call": ("勿扰", "do-not-call"),
    "assets": ("资产", "assets"),
}


def said(problem: Mapping[str, object], language: str) -> str:
    """A stored problem in words: the column first, then what is wrong."""
    words = PROBLEMS.get(str(problem.get("code")), PROBLEMS["invalid-input"])[0 if language.startswith("zh") else 1]
    details = problem.get("details")
    values = {name: _listed(value) for name, value in details.items()} if isinstance(details, Mapping) else {}
    if "parts" in values and isinstance(details, Mapping):
        values["parts"] = _listed([_part(str(one), language) for one in details["parts"]])
    column = str(problem.get("column") or "")
    told = words.format_map(_Known(values))
    colon = "：" if language.startswith("zh") else ": "
    return f"{column}{colon}{told}" if column else told


def _part(code: str, language: str) -> str:
    return PARTS[code][0 if language.startswith("zh") else 1] if code in PARTS else code.removeprefix("fields.")


class _Known(dict[str, str]):
    """Leaves out what an older row does not say."""

    def __missing__(self, _key: str) -> str:
        return "–"


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
