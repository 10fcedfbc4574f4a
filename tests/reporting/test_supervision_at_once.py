"""Two clicks at the same moment take the document of a report back once."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from pytest_django import Settings

from reporting.actions import supervising
from reporting.models import SupervisionDocument, SupervisionWithdrawal
from tests.connections import meanwhile, needs_connections
from tests.factories import UserFactory
from tests.reporting.supervised import published

pytestmark = [needs_connections, pytest.mark.django_db(transaction=True)]
PATIENCE = 60


def test_two_clicks_take_it_back_once(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    user = UserFactory.create()
    for year in range(2018, 2021):
        report = published(year=year, document=True)
        clicks = [
            meanwhile(partial(supervising.withdraw_document, report, "Verkeerd.", user=user))
            for _ in range(2)
        ]
        for click in clicks:
            click.result(PATIENCE)
        assert SupervisionWithdrawal.objects.filter(report=report).count() == 1
        assert not SupervisionDocument.objects.filter(report=report).exists()
