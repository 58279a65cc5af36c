"""Writes the API description: `python -m huying.web.openapi > ui/packages/api/openapi.json`; a test compares them."""

from __future__ import annotations

import json
import sys
from typing import Any

from huying.web.app import describe_app
from huying.web.errors import ERROR_SCHEMA


def description() -> dict[str, Any]:
    """OpenAPI 3.1 of every route of the API, with the one form of errors."""
    app = describe_app()
    found = app.openapi()
    found["components"]["schemas"] = {**found["components"]["schemas"], **ERROR_SCHEMA}
    for path in found["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = {
                "description": "An error",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorAnswer"}}},
            }
    for unused in ("HTTPValidationError", "ValidationError"):
        found["components"]["schemas"].pop(unused, None)
    return found


def text() -> str:
    """The description as it is kept in the repository."""
    return json.dumps(description(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
