"""The provider as a process, started once; each test finds it with Eva who may sign in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from accounts.constants import OrganisationKind
from accounts.models import Organisation
from tests.factories import OrganisationFactory
from tests.sign_on.running import BACK, Provider


@pytest.fixture(scope="session")
def running() -> Iterator[Provider]:
    provider = Provider()
    try:
        provider.start(f"http://localhost:8000{BACK}")
        yield provider
    finally:
        provider.stop()


@pytest.fixture
def provider(running: Provider, settings: Settings) -> Provider:
    running.says()
    for name, value in running.settings().items():
        setattr(settings, name, value)
    return running


@pytest.fixture
def municipality(db: None) -> Organisation:
    return OrganisationFactory.create(
        name="Gemeente Voorbeeld", kind=OrganisationKind.MUNICIPALITY, email_domains="gemeente.nl"
    )
