"""The requirements are tried on the loaded demonstration, as a visitor reads it."""

from __future__ import annotations

from tests.demo.conftest import demonstration_to_read as demonstration_to_read
