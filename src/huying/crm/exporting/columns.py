"""What of a customer stands in an export, under names that an import understands again. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from huying.crm.customers.document import Address, Customer

HEADINGS: dict[str, tuple[str, ...]] = {
    "zh-CN": (
        "姓名",
        "客户编号",
        "客户等级",
        "公司",
        "职务",
        "电话",
        "邮箱",
        "省",
        "市",
        "区县",
        "详细地址",
        "邮编",
        "语言",
        "标签",
        "勿扰",
        "提醒",
        "备注",
    ),
    "en": (
        *("Name", "Customer code", "Class", "Company", "Role", "Phone", "Email", "Province", "City", "District", "Street", "Postcode"),
        *("Language", "Tags", "Do not call", "Warning", "Note"),
    ),
}
BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field of the business's own: its code, its name for people, and the names of what can be chosen."""

    code: str
    name: str
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExportForm:
    """How an export is written. `classes`: code -> name."""

    language: str
    classes: Mapping[str, str]
    fields: Sequence[OwnField]

    @property
    def heading(self) -> list[str]:
        """The names of the columns."""
        return [*HEADINGS[self._spoken], *(one.name for one in self.fields)]

    @property
    def _spoken(self) -> str:
        return "zh-CN" if self.language.startswith("zh") else "en"

    def row(self, customer: Customer) -> list[str]:
        """The customer's cells."""
        usual = next((one for one in customer.addresses if one.default), customer.addresses[0] if customer.addresses else Address())
        company = customer.company
        refused = ("是" if self._spoken == "zh-CN" else "yes") if customer.do_not_call else ""
        return [
            customer.name,
            customer.code,
            self.classes.get(customer.customer_class, customer.customer_class),
            company.name if company else "",
            company.role if company else "",
            BETWEEN.join(one.number for one in customer.numbers),
            BETWEEN.join(one.email for one in customer.emails),
            *(usual.province, usual.city, usual.district, usual.street, usual.postcode),
            customer.language,
            BETWEEN.join(one.name for one in customer.tags),
            refused,
            BETWEEN.join(one.text for one in customer.warnings if one.active and one.level == "warning"),
            customer.note,
            *(self._value(one, customer.fields.get(one.code)) for one in self.fields),
        ]

    def _value(self, own: OwnField, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return ("是" if value else "否") if self._spoken == "zh-CN" else ("yes" if value else "no")
        if isinstance(value, list | tuple):
            return BETWEEN.join(own.choices.get(str(one), str(one)) for one in value)
        return own.choices.get(str(value), str(value))
