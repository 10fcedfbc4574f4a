"""Telling the workers that there is work. The message may get lost: the rows are the work."""

from __future__ import annotations

import logging
from typing import Any

from celery import current_app
from kombu.exceptions import KombuError

logger = logging.getLogger(__name__)


def wake(task: str, *arguments: Any) -> bool:
    """Send one message; when the broker does not answer, say so in the log and return False.

    The caller's work is saved already, and the sweep sends the message again, so a broker that is
    down costs time and never an error page.
    """
    try:
        current_app.send_task(task, args=arguments, retry=False)
    except (KombuError, OSError) as error:
        logger.warning("The broker did not take %s: %s", task, type(error).__name__)
        return False
    return True
