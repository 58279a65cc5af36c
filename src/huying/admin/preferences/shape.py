"""What a preference may be: the known names, the shape of each, and how much all of a person's may weigh."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from huying.foundation.errors import InvalidInput, NotFound

MOST_BYTES = 16_384
"""All preferences of a person together, as JSON in UTF-8."""

Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Keys = Annotated[str, StringConstraints(max_length=30)]


class Columns(BaseModel):
    """Widths of the desk's outer columns in pixels."""

    model_config = ConfigDict(extra="forbid", strict=True)

    left: int = Field(ge=100, le=1000)
    right: int = Field(ge=100, le=1000)


SHAPES: Mapping[str, TypeAdapter[Any]] = {
    "keys": TypeAdapter(Annotated[dict[Word, Keys], Field(max_length=200)]),
    "desk-columns": TypeAdapter(Columns),
    "desk-side": TypeAdapter(Word),
    "theme": TypeAdapter(Literal["light", "dark", "auto"]),
}


def with_choice(chosen: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """The preferences with one more chosen, or with one fewer where the value is None. Raises NotFound, InvalidInput."""
    if name not in SHAPES:
        raise NotFound(f"There is no preference {name}.")
    if value is None:
        return {key: kept for key, kept in chosen.items() if key != name}
    try:
        shaped = SHAPES[name].validate_python(value)
    except ValidationError as error:
        raise InvalidInput(f"This cannot be a value of {name}: {error.errors()[0]['msg']}.") from error
    after = {**chosen, name: shaped.model_dump() if isinstance(shaped, BaseModel) else shaped}
    if len(json.dumps(after, ensure_ascii=False).encode()) > MOST_BYTES:
        raise InvalidInput(f"A person's preferences together may have {MOST_BYTES} bytes; remove some first.")
    return after
