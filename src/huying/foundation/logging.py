"""How the processes log: one event name and fields a line, JSON for machines or a readable form for a terminal. Secrets never pass."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRET_KEYS = re.compile(r"(secret|password|token|cookie|authorization|credential|_url$|^dsn$)", re.IGNORECASE)
IN_ADDRESS = re.compile(r"(?<=://)[^/\s@]+@")
HIDDEN = "***"
NOISY = ("nats", "sqlalchemy.pool", "uvicorn.access", "websockets", "httpx", "httpcore", "asyncio", "alembic")


def set_up_logging(process: str, *, as_json: bool = True, debug: bool = False) -> None:
    """Log to standard error from now on; `process` is a field of every line."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.format_exc_info,
        hide_secrets,
    ]
    last: structlog.types.Processor = structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else structlog.dev.ConsoleRenderer()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)


def hide_secrets(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank the values of secret keys, at any depth, and the credentials inside addresses."""
    for key, value in event.items():
        event[key] = _hidden(key, value)
    return event


def _hidden(key: str, value: Any) -> Any:
    if SECRET_KEYS.search(key):
        return HIDDEN
    if isinstance(value, dict):
        return {name: _hidden(str(name), item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_hidden("", item) for item in value]
    if isinstance(value, str):
        return IN_ADDRESS.sub(f"{HIDDEN}@", value)
    return value
