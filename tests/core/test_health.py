"""``/healthz`` says that the process lives; ``/readyz`` names what does not answer, and no more."""

from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, InMemoryStorage
from django.db.utils import ConnectionHandler
from django.test import Client
from pytest_django import Settings

from core import views

OK = {"database": "ok", "broker": "ok", "storage": "ok"}
DEAD_PORT = 1


class RefusingStorage(InMemoryStorage):
    """Somebody else's storage, that fails in a way of its own."""

    def _save(self, name: str, content: object) -> str:
        raise LookupError("no such bucket")


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture
def a_file(tmp_path: Path) -> Path:
    """Where a folder is expected: nobody can write below it, not even the system's manager."""
    path = tmp_path / "taken"
    path.write_text("not a folder")
    return path


def test_the_process_is_healthy_without_asking_the_database(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "CHECKS", {})
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{DEAD_PORT}/0"
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]


def test_ready_when_everything_answers_and_no_probe_stays_behind(
    client: Client, own_storage: Path
) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, OK)
    assert list(own_storage.iterdir()) == []


def test_health_can_be_asked_with_head_and_not_with_post(client: Client) -> None:
    for path in ("/healthz", "/readyz"):
        assert client.head(path).status_code == 200
        assert client.post(path).status_code == 405


def test_a_database_that_is_down_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    handler = ConnectionHandler(
        {
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "geheime-naam",
                "USER": "geheime-gebruiker",
                "HOST": "127.0.0.1",
                "PORT": str(DEAD_PORT),
            }
        }
    )
    monkeypatch.setattr(views, "connection", handler["default"])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, OK | {"database": "unavailable"})


def test_a_redis_that_is_down_is_named(client: Client, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = f"redis://:geheim@127.0.0.1:{DEAD_PORT}/0"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, OK | {"broker": "unavailable"})


def test_a_folder_broker_that_takes_no_messages_is_named(
    client: Client, settings: Settings, a_file: Path
) -> None:
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(a_file / "queue")}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, OK | {"broker": "unavailable"})


def test_a_folder_broker_is_left_as_it_was(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path / "queue")}
    assert client.get("/readyz").json() == OK
    assert list((tmp_path / "queue").iterdir()) == []


def test_storage_that_cannot_be_written_is_named(
    client: Client, settings: Settings, a_file: Path
) -> None:
    settings.MEDIA_ROOT = str(a_file / "files")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, OK | {"storage": "unavailable"})


def test_a_full_disk_is_named_and_leaves_no_probe(
    client: Client, own_storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: FileSystemStorage, name: str, content: object) -> str:
        Path(self.path(name)).parent.mkdir(parents=True, exist_ok=True)
        Path(self.path(name)).touch()
        raise OSError(28, "No space left on device", name)

    monkeypatch.setattr(FileSystemStorage, "_save", refuse)
    answer = client.get("/readyz")
    assert answer.json() == OK | {"storage": "unavailable"}
    assert list(own_storage.iterdir()) == []


def test_a_storage_that_is_no_folder_is_asked_itself(client: Client, settings: Settings) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "tests.core.test_health.RefusingStorage"},
    }
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, OK | {"storage": "unavailable"})


def test_why_something_fails_is_in_the_log_and_not_in_the_answer(
    client: Client, settings: Settings, a_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MEDIA_ROOT = str(a_file / "files")
    settings.CELERY_BROKER_URL = f"redis://:geheim@127.0.0.1:{DEAD_PORT}/0"
    answer = client.get("/readyz")
    text = answer.content.decode()
    assert not [
        word for word in ("Error", "geheim", "127.0.0.1", str(a_file), "taken") if word in text
    ]
    assert "storage does not answer" in caplog.text
    assert "broker does not answer" in caplog.text
    assert "geheim" not in caplog.text
