"""Columns that a customer's and a company's numbers and addresses have alike, mixed into the tables of both."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column


class NumberColumns:
    """A telephone number in E.164, with a free label."""

    number: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    main: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class AddressColumns:
    """An address. Whatever is not known apart stands in `street`."""

    kind: Mapped[str] = mapped_column(default="home")
    province: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    district: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    usual: Mapped[bool] = mapped_column(default=False)
    """The one to take when nothing is said."""
    position: Mapped[int] = mapped_column(default=0)
