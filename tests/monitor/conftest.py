"""A published municipality for the public pages."""

from __future__ import annotations

import pytest

from monitor.models import Monitor
from tests.monitor.edition import two_editions


@pytest.fixture
def editions(db: None) -> tuple[Monitor, Monitor]:
    """The editions of 2015 and 2016."""
    return two_editions()
