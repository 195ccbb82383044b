"""Write the log as one JSON object a line, each with the id of the request that it belongs to.

Passwords, cookies, form fields and queries are never handed to a logger; only what is named here or by a caller is
written.
"""

from __future__ import annotations

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final

REQUEST_ID: Final = ContextVar("request_id", default="")
_STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """Format a record: at (UTC), level, logger, message, request_id, what the caller added, and the exception."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON; line breaks inside texts are escaped, so that nobody forges a line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := REQUEST_ID.get():
            line["request_id"] = request_id
        line |= {name: value for name, value in vars(record).items() if name not in _STANDARD}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure_logging(level: str) -> None:
    """Send everything of ours from `level` on to standard error; the second call only changes the level."""
    ours = logging.getLogger("onemap")
    ours.setLevel(level)
    ours.propagate = False
    if not any(isinstance(handler.formatter, JsonFormatter) for handler in ours.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonFormatter())
        ours.addHandler(handler)
