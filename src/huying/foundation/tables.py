"""The declarative base of all tables: names of constraints, types of columns, and the `business_id` every table carries."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import DateTime, MetaData, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from huying.foundation.ids import new_id
from huying.foundation.rooms import load_rooms

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Id = Annotated[str, mapped_column(Uuid(as_uuid=False))]
"""A reference to a row: uuid in the database, text in Python."""

NewId = Annotated[str, mapped_column(Uuid(as_uuid=False), primary_key=True, default=new_id)]
"""The usual primary key: a UUID version 7 made by us."""


class Base(DeclarativeBase):
    """All tables. Python's str is text, dict and list are jsonb, datetime is timestamptz."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        str: Text(),
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB(),
        dict[str, str]: JSONB(),
        list[str]: JSONB(),
        list[float]: JSONB(),
        list[dict[str, Any]]: JSONB(),
    }


class OfBusiness:
    """Mixed into every table: the business that the row belongs to. Row-level security is applied by this column."""

    business_id: Mapped[Id] = mapped_column(index=True)


def load_models() -> MetaData:
    """Import the `model` modules of all wings and return the metadata with every table."""
    load_rooms("model")
    return Base.metadata
