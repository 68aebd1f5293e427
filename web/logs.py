"""Structured logs: one event a line, as JSON or for a terminal, the server's own included.

Tracebacks are printed without local variables, which may hold what a client sent.
"""

import logging
import sys
from typing import Literal, TextIO

import orjson
import structlog
from structlog.typing import EventDict, Processor

from auth.noting import request_id


def set_up_logs(
    log_format: Literal["json", "console"] = "console",
    level: str = "INFO",
    stream: TextIO | None = None,
) -> None:
    """Configure structlog and the standard library's root logger, to standard error by default."""
    stream = stream or sys.stderr
    shared: list[Processor] = [
        _of_request,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.MaybeTimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info if log_format == "json" else _unchanged,
    ]
    renderer = _renderer(log_format)
    _set_up_libraries(shared, renderer, level, stream)
    # our own lines go straight to the stream: through the standard library each costs four times as much
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level.lower()),
        logger_factory=lambda *name: _NamedLogger(stream, *name),
        cache_logger_on_first_use=False,
    )


class _NamedLogger(structlog.WriteLogger):
    """Writes lines to a stream, and knows its name as the standard library's loggers do."""

    def __init__(self, stream: TextIO, name: str = "root") -> None:
        super().__init__(stream)
        self.name = name


def _set_up_libraries(
    shared: list[Processor], renderer: Processor, level: str, stream: TextIO
) -> None:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    # they log whole URLs, whose queries may hold secrets, and what proves a sign-on
    for client in ("httpx2", "httpcore2", "authlib"):
        logging.getLogger(client).setLevel(logging.WARNING)


def _renderer(log_format: str) -> Processor:
    if log_format == "json":
        return structlog.processors.JSONRenderer(serializer=_json)
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )


def _json(event: EventDict, **_: object) -> str:
    return orjson.dumps(event, default=repr).decode()


def _of_request(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Names the request in whose course something happened."""
    if (id_ := request_id()) is not None:
        event.setdefault("request_id", id_)
    return event


def _unchanged(_logger: object, _method: str, event: EventDict) -> EventDict:
    return event
