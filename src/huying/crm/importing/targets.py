"""What a column of a table may become in a customer, and a guess from its name and first cells. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

NOTHING = ""
FIELD_PREFIX = "field:"


@dataclass(frozen=True, slots=True)
class Target:
    """A part of a customer. `many`: several columns may become it. `words`: names people give such a column, as `plain` writes them."""

    code: str
    group: str
    many: bool = False
    words: tuple[str, ...] = field(default=(), repr=False)


def _target(code: str, group: str, words: str, *, many: bool = False) -> Target:
    return Target(code, group, many, tuple(plain(word) for word in words.split("|")))


def plain(name: str) -> str:
    """A column's name without what people write in different ways: width, case, spaces, marks."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).lower())


TARGETS: tuple[Target, ...] = (
    _target("name", "basics", "姓名|客户姓名|名称|客户名称|客户|联系人|称呼|name|customer|customer name|full name|contact"),
    _target("code", "basics", "编号|客户编号|客户号|会员号|外部编号|代码|卡号|code|customer code|customer no|id|external id|customer id"),
    _target("class", "basics", "等级|客户等级|级别|客户级别|类别|客户类别|会员等级|class|customer class|level|grade"),
    _target("language", "basics", "语言|language"),
    _target("warning", "basics", "提醒|注意|警告|警示|warning|alert"),
    _target("note", "basics", "备注|说明|描述|note|notes|remark|remarks|comment"),
    _target("mobile", "numbers", "手机|手机号|手机号码|移动电话|mobile|mobile phone|cell|cell phone", many=True),
    _target("home", "numbers", "住宅电话|家庭电话|宅电|家电话|home phone|home", many=True),
    _target("work", "numbers", "办公电话|单位电话|公司电话|work phone|office phone|work", many=True),
    _target("number", "numbers", "电话|电话号码|联系电话|固定电话|座机|固话|号码|联系方式|其他电话|phone|telephone|tel|number", many=True),
    _target("email", "numbers", "邮箱|电子邮箱|电子邮件|邮件|email|e-mail|mail", many=True),
    _target("address", "address", "地址|详细地址|联系地址|住址|家庭地址|address|street address|street"),
    _target("province", "address", "省|省份|province|state"),
    _target("city", "address", "市|城市|city|town"),
    _target("district", "address", "区|县|区县|district|county"),
    _target("postcode", "address", "邮编|邮政编码|postcode|zip|zip code|postal code"),
    _target("company", "company", "公司|公司名称|单位|单位名称|企业|企业名称|company|company name|organisation|organization|employer"),
    _target("company_role", "company", "职务|职位|岗位|role|title|job title|position"),
    _target("tags", "more", "标签|tags|tag|labels", many=True),
    _target("do_not_call", "more", "勿扰|拒绝来电|不要致电|免打扰|禁止外呼|do not call|dnc"),
    _target("asset.category", "asset", "产品类别|产品|商品|设备|家电|品类|appliance|product|category"),
    _target("asset.model", "asset", "型号|产品型号|设备型号|车型|model|product model"),
    _target("asset.serial", "asset", "序列号|机身号|产品序列号|条码|serial|serial number|serial no|sn"),
    _target("asset.vin", "asset", "车架号|车辆识别代号|vin"),
    _target("asset.plate", "asset", "车牌|车牌号|车牌号码|plate|licence plate|license plate"),
    _target("asset.purchased_on", "asset", "购买日期|购机日期|购买时间|购车日期|purchase date|purchased on|bought on"),
    _target("asset.warranty_until", "asset", "保修期|保修截止|保修到期|质保到期|保修期至|warranty|warranty until|warranty end"),
)
BY_CODE = {target.code: target for target in TARGETS}
NUMBER_TARGETS = ("mobile", "home", "work", "number")

_PHONE = re.compile(r"(\+|00)?[\d\s()\-]{7,20}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def targets_with(fields: Mapping[str, Iterable[str]]) -> dict[str, Target]:
    """All targets: the usual ones, and the business's own fields (code -> its names in any language)."""
    own = {
        FIELD_PREFIX + code: Target(FIELD_PREFIX + code, "fields", words=tuple(plain(name) for name in (code, *names)))
        for code, names in fields.items()
    }
    return BY_CODE | own


def guess(columns: Sequence[str], samples: Sequence[Sequence[str]], targets: Mapping[str, Target]) -> list[str]:
    """For each column the code of its most likely target, or nothing. Names first, the business's own fields before the usual ones."""
    by_word = {word: target for target in targets.values() for word in target.words if word}
    found: list[str] = []
    for index, column in enumerate(columns):
        cells = [row[index] for row in samples if index < len(row) and row[index]]
        target = by_word.get(plain(column)) or _by_cells(cells, targets)
        taken = target is not None and not target.many and target.code in found
        found.append(target.code if target is not None and not taken else NOTHING)
    return found


def _by_cells(cells: Sequence[str], targets: Mapping[str, Target]) -> Target | None:
    if len(cells) >= 2 and all(_EMAIL.fullmatch(cell) for cell in cells):
        return targets["email"]
    if len(cells) >= 2 and all(_PHONE.fullmatch(cell) and not _is_day(cell) for cell in cells):
        return targets["number"]
    return None


def _is_day(cell: str) -> bool:
    return re.fullmatch(r"(19|20)\d\d[-/.]?\d{1,2}[-/.]?\d{1,2}", cell) is not None
