"""One town for all who walk through it, made once; what they do there is undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from accounts.constants import Role
from reporting.constants import ReportStatus
from reporting.models import Report
from tests.edge.walking import Walk, Walker
from tests.edge.world import STRANGER, build


@dataclass(frozen=True)
class Town:
    """Who walks here, with the browser of each, and what each of them met."""

    browsers: dict[str, Client]
    walks: dict[str, Walk]


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    with django_db_blocker.unblock(), transaction.atomic():
        people = build()
        browsers = {}
        for name, person in people.items():
            browsers[name] = Client()
            if person is not None:
                browsers[name].force_login(person)
        cache.clear()
        yield Town(browsers, {name: _walk(name, browser) for name, browser in browsers.items()})
        transaction.set_rollback(True)


def _walk(name: str, browser: Client) -> Walk:
    walker = Walker(browser, reads_public=name == STRANGER)
    return walker.go(*_first(name), "/", "/account/login/", "/werk/", "/portaal/")


def _first(name: str) -> list[str]:
    """What stands so far down a list that no walk would come there."""
    if name == Role.FUNCTIONAL_MANAGER:
        return [reverse("account_list") + "?stand=closed"]
    if name == Role.CONTRACT_MANAGER:
        accepted = Report.objects.of_system().filter(status=ReportStatus.ACCEPTED)
        return [reverse("report_review", args=[report.pk]) for report in accepted[:1]]
    return []
