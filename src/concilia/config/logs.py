"""
Logs for machines: one JSON object a line on standard error, ours and the libraries' alike.

A log is read by people who have no business with the records. So it names things by their ids,
and the keys below never get into it, whoever writes them.
"""

from __future__ import annotations

import logging.config
import re
from typing import Any

import structlog

PERSONAL = frozenset(
    {"address", "body", "email", "iban", "ip", "name", "password", "phone", "query", "subject",
     "text", "token", "username"}
)  # fmt: skip
# Addresses of links are secrets, whoever quotes one: Django does, when a page fails.
LINK = re.compile(r"/([akv])/[\w-]{20,}")
# `DETAIL:  Key (email)=(somebody@…) already exists.`
QUOTED = re.compile(r"^(DETAIL|CONTEXT|QUERY|STATEMENT):.*$", re.MULTILINE)


def leave_out_personal(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """This will drop what says who somebody is or what they wrote."""
    return {key: value for key, value in event.items() if key.lower() not in PERSONAL}


def leave_out_quoted(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """This will drop what PostgreSQL quotes from a row when it refuses one."""
    told = event.get("exception")
    if isinstance(told, str):
        event["exception"] = QUOTED.sub(r"\1: (left out)", told)
    return event


def leave_out_links(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """This will take the token out of every address of a link, wherever it stands."""
    return {
        key: LINK.sub(r"/\1/…", value) if isinstance(value, str) else value
        for key, value in event.items()
    }


def configure(*, level: str) -> None:
    """This will send the standard library's logging and structlog's to one JSON stream."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        leave_out_personal,
        structlog.processors.format_exc_info,
        leave_out_quoted,
        leave_out_links,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.JSONRenderer(),
                    ],
                },
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {
                # Its own line for each request is ours, with the route instead of the path.
                "django.server": {"level": "ERROR"},
                "django.request": {"level": "ERROR"},
                "axes": {"level": "ERROR"},
                "procrastinate": {"level": "WARNING"},
                "pdfminer": {"level": "ERROR"},
                "fontTools": {"level": "ERROR"},
            },
        }
    )
