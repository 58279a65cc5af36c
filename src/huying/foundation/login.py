"""The database login of the application; a leaf of its own, so that what only needs an address does not load the database layer."""

from __future__ import annotations

LOGIN = "huying_runtime"
