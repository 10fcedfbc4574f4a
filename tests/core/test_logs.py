"""A refusal is a line in the log; what broke says where."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from accounts.models import User


def formatter() -> logging.Formatter:
    told: dict[str, Any] = settings.LOGGING
    made: logging.Formatter = import_string(told["formatters"]["line"]["()"])()
    return made


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/beheer/accounts/", "/beheer/overeenkomsten/geen/"])
def test_a_refusal_is_one_line(
    client: Client, councillor: User, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    client.force_login(councillor)
    assert client.get(address).status_code in {403, 404}
    (record,) = [each for each in caplog.records if each.name == "django.request"]
    line = formatter().format(record)
    assert address in line
    assert "Traceback" not in line
    assert "\n" not in line


def test_what_broke_says_where() -> None:
    try:
        raise ValueError("stuk")
    except ValueError as error:
        told = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("django.request", logging.ERROR, "x.py", 1, "Fout", (), told)
    assert "Traceback" in formatter().format(record)
