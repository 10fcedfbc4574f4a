"""What every test gets: a header that names the servers, no network, and the named cast."""

from __future__ import annotations

import gc
import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db.backends.base.operations import BaseDatabaseOperations

from accounts import journal
from accounts.constants import Role
from accounts.models import Organisation, User
from core.guards import frozen
from tests.factories import OrganisationFactory, UserFactory


def pytest_report_header() -> str:
    database = settings.DATABASES["default"]
    engine = "PostgreSQL" if "postgresql" in database["ENGINE"] else "SQLite"
    broker = urlsplit(settings.CELERY_BROKER_URL).scheme
    return f"database: {engine}; broker: {broker}"


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    host = str(address[0])
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def pytest_collection_finish() -> None:
    """What was collected stays until the end: the garbage collector need not look at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Nothing here talks to another machine; the test servers listen on this one."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if not _is_local(address):
            raise AssertionError(f"A test reached for the network: {address!r}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session", autouse=True)
def emptied_broker() -> Iterator[None]:
    """The keys that this run leaves on a shared Redis go with it."""
    yield
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("global_keyprefix")
    if prefix and settings.CELERY_BROKER_URL.startswith("redis"):
        import redis

        with redis.Redis.from_url(settings.CELERY_BROKER_URL) as server:
            for key in server.scan_iter(match=f"{prefix}*"):
                server.delete(key)


@pytest.fixture(scope="session", autouse=True)
def flush_past_append_only_tables() -> Iterator[None]:
    """A test with real transactions ends with a flush, which append-only tables refuse."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def lifted(self: BaseDatabaseOperations, sql_list: Any) -> None:
        frozen.remove_all(self.connection)
        try:
            flush(self, sql_list)
        finally:
            frozen.install_all(self.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", lifted)
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """The sign-in rate limits count in the cache: no test inherits the tries of another."""
    cache.clear()


@pytest.fixture(autouse=True)
def empty_journal() -> None:
    """A chain that another test really committed is no part of the one of this test."""
    for path in Path(default_storage.path(journal.FOLDER)).glob(f"{journal.PREFIX}*.txt"):
        path.unlink()


# --- The cast -------------------------------------------------------------------------------------


@pytest.fixture
def partner(db: None) -> Organisation:
    """The lead partner of the cast."""
    return OrganisationFactory.create(name="Stichting De Brug", slug="de-brug")


@pytest.fixture
def coalition_partner(db: None) -> Organisation:
    """Another partner, in the same coalition."""
    return OrganisationFactory.create(name="Welzijn Braassem", slug="welzijn-braassem")


@pytest.fixture
def functional_manager(db: None) -> User:
    return UserFactory.create(name="Femke Beheer", holds=[Role.FUNCTIONAL_MANAGER])


@pytest.fixture
def officer(db: None) -> User:
    """Policy officer."""
    return UserFactory.create(name="Olga Beleid", holds=[Role.POLICY_OFFICER])


@pytest.fixture
def manager(db: None) -> User:
    """Contract manager."""
    return UserFactory.create(name="Mohamed Contract", holds=[Role.CONTRACT_MANAGER])


@pytest.fixture
def signatory(partner: Organisation) -> User:
    return UserFactory.create(name="Sanne Tekent", holds=[Role.SIGNATORY], of=partner)


@pytest.fixture
def reporter(partner: Organisation) -> User:
    return UserFactory.create(name="Ruben Rapporteert", holds=[Role.REPORTER], of=partner)


@pytest.fixture
def member(coalition_partner: Organisation) -> User:
    """Reads along at a coalition partner."""
    return UserFactory.create(name="Lotte Leest", holds=[Role.READER], of=coalition_partner)


@pytest.fixture
def councillor(db: None) -> User:
    return UserFactory.create(name="Roos Raadslid", holds=[Role.COUNCIL_MEMBER])


@pytest.fixture
def clerk(db: None) -> User:
    return UserFactory.create(name="Gijs Griffie", holds=[Role.COUNCIL_CLERK])


@pytest.fixture
def auditor(db: None) -> User:
    return UserFactory.create(name="Anna Rekenkamer", holds=[Role.AUDITOR])


@pytest.fixture
def supervisor(db: None) -> User:
    """Independent of the municipality and of its partners."""
    return UserFactory.create(name="Tess Toezicht", holds=[Role.SUPERVISOR])


@pytest.fixture
def outsider(db: None) -> User:
    """Has an account and no role at all."""
    return UserFactory.create(name="Bas Buitenstaander")
