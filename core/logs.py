"""How a line of the log looks."""

from __future__ import annotations

import logging


class LineFormatter(logging.Formatter):
    """One line an event; with the way it came about only where something broke.

    A refusal by a rule is an answer like any other, and Django tells it with a traceback.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        if record.name == "django.request" and record.levelno < logging.ERROR:
            record = logging.makeLogRecord(
                record.__dict__ | {"exc_info": None, "exc_text": None, "stack_info": None}
            )
        return super().format(record)
