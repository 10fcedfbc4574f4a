"""A file comes in when it is safe, not too large, and the report still has room for it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from core.models import StoredFile
from core.uploads import field
from core.uploads.handler import MB
from core.uploads.refusals import SENTENCES, Refused
from reporting import actions
from reporting.actions import ReportError
from reporting.models import Attachment
from tests.reporting.cycle import Cycle, cycle, submitted
from tests.scanner import EICAR, scanning
from tests.uploaded import docx, pdf, picture, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture
def held() -> Cycle:
    return cycle(1)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def add(held: Cycle, name: str, content: bytes, **fields: Any) -> HttpResponse:
    """Add a file as its reporter does."""
    url = f"/portaal/rapportages/{held.report.pk}/bijlagen/"
    data = {"file": SimpleUploadedFile(name, content), **fields}
    answer: HttpResponse = as_(held.reporter).post(url, data, follow=True)  # type: ignore[assignment]
    return answer


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def nothing_stays(folder: Path) -> bool:
    return not (kept(folder) or StoredFile.objects.exists() or Attachment.objects.exists())


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("plan.pdf", pdf(), "application/pdf"),
        ("plan.docx", docx(), "wordprocessingml.document"),
        ("cijfers.xlsx", xlsx(), "spreadsheetml.sheet"),
        ("foto.PNG", picture(), "image/png"),
        ("foto.jpeg", picture("JPEG"), "image/jpeg"),
        ("cijfers.csv", b"kern;aantal\nKaag;3\n", "text/csv"),
        ("verhaal.txt", "Één jaar verder.".encode(), "text/plain"),
    ],
)
def test_a_good_file_comes_in_as_what_it_is(
    held: Cycle, folder: Path, name: str, content: bytes, content_type: str
) -> None:
    html = add(held, name, content).content.decode()
    assert "De bijlage is toegevoegd." in html
    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.added_by) == (name, held.reporter)
    assert attachment.file.content_type.endswith(content_type)
    assert [path.name for path in kept(folder)] == [attachment.file.sha256]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("plan.exe", b"MZ", SENTENCES["kind"]),
        ("plan.docm", docx(), SENTENCES["macros"]),
        ("plan.doc", b"x", SENTENCES["old_office"]),
        ("plan.pdf", b"<html>", "Dit bestand heet .pdf, maar de inhoud is een tekstbestand;"),
        ("plan.pdf", docx(), "Dit bestand heet .pdf, maar de inhoud is iets anders;"),
        ("foto.png", picture("JPEG"), "maar de inhoud is een afbeelding (jpg);"),
        ("plan.xlsx", docx(), "Dit bestand heet .xlsx, maar de inhoud is een Word-bestand;"),
        ("plan.csv", b"MZ\x00", "Dit bestand heet .csv, maar de inhoud is iets anders;"),
        ("plan.pdf", b"", "Dit bestand is leeg."),
        ("plan.pdf", b"%PDF-1.7", SENTENCES["damaged"]),
        ("plan.docx", docx(more={"word/vbaProject.bin": b"x"}), SENTENCES["macros"]),
        (
            "plan.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            SENTENCES["encrypted"],
        ),
    ],
)
def test_a_bad_file_is_refused_at_its_field_and_leaves_nothing(
    held: Cycle, folder: Path, name: str, content: bytes, told: str
) -> None:
    html = add(held, name, content).content.decode()
    assert told in html
    assert 'aria-invalid="true"' in html
    assert nothing_stays(folder)


def test_the_field_says_what_can_go_along_before_anything_is_sent(
    held: Cycle, settings: Settings
) -> None:
    settings.UPLOAD_MAX_MB = 7
    url = f"/portaal/rapportages/{held.report.pk}/bijlagen/"
    html = as_(held.reporter).get(url).content.decode()
    assert "ten hoogste 7 MB" in html
    assert f'data-most="{7 * MB}"' in html
    assert 'accept=".pdf,.docx,.xlsx,.csv,.txt,.png,.jpg,.jpeg"' in html
    assert "js/upload" in html


@pytest.mark.parametrize("size", [MB + 1, 4 * MB])
def test_a_file_that_is_too_large_is_told_its_size_and_never_written(
    held: Cycle, folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    settings.UPLOAD_MAX_MB = 1
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0  # everything to a file, were it not stopped
    written: list[int] = []
    opened: list[str] = []
    make = tempfile.NamedTemporaryFile

    def counted(*args: Any, **options: Any) -> Any:
        file = make(*args, **options)
        opened.append(file.name)
        write = file.write

        def counting(chunk: bytes) -> Any:
            written.append(len(chunk))
            return write(chunk)

        monkeypatch.setattr(file, "write", counting)
        return file

    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", counted)
    html = add(held, "groot.pdf", b"%PDF-" + b"0" * (size - 5)).content.decode()
    assert f"Dit bestand is {-(-size // MB)} MB; verklein het of deel het op" in html
    assert sum(written) <= MB
    assert bool(written) == (size < 2 * MB)  # what says that it is far too large is not begun
    assert bool(opened) == (size < 2 * MB)
    assert not any(Path(path).exists() for path in opened)
    assert nothing_stays(folder)


def test_a_file_of_the_largest_size_comes_in(held: Cycle, settings: Settings) -> None:
    settings.UPLOAD_MAX_MB = 1
    add(held, "precies.txt", b"x" * MB)
    assert Attachment.objects.get().file.size == MB


def test_a_name_is_made_harmless_before_it_is_kept(held: Cycle) -> None:
    add(held, "../../fac\u202efdp.\x07 tuur.pdf", pdf())
    assert Attachment.objects.get().name == "facfdp. tuur.pdf"
    assert upload("wat?<is>.txt", b"dit").name == "wat--is.txt"


def test_a_report_has_room_for_a_number_of_files(
    held: Cycle, folder: Path, settings: Settings
) -> None:
    settings.REPORT_MAX_FILES = 1
    add(held, "een.txt", b"een")
    html = add(held, "twee.txt", b"twee").content.decode()
    assert "Bij een rapportage gaan ten hoogste 1 bijlagen mee" in html
    assert 'type="file"' not in html
    assert len(kept(folder)) == 1


def test_a_report_has_room_for_so_much_together(
    held: Cycle, folder: Path, settings: Settings
) -> None:
    settings.REPORT_MAX_MB = 1
    add(held, "een.txt", b"1" * (MB - 10))
    html = add(held, "twee.txt", b"2" * 11).content.decode()
    assert "samen ten hoogste 1 MB" in html
    assert len(kept(folder)) == 1
    add(held, "drie.txt", b"3" * 10)
    assert len(kept(folder)) == 2


def upload(name: str, content: bytes) -> field.Upload:
    made: field.Upload = field.UploadField().clean(SimpleUploadedFile(name, content))
    return made


def test_a_report_that_was_handed_in_meanwhile_takes_no_byte(folder: Path) -> None:
    held = submitted(1)
    with pytest.raises(ReportError, match="intussen ingediend"):
        actions.attach(held.report, upload("plan.txt", b"te laat"), user=held.reporter)
    assert kept(folder) == []


def test_a_full_report_takes_no_byte_from_a_second_tab(
    held: Cycle, folder: Path, settings: Settings
) -> None:
    settings.REPORT_MAX_FILES = 1
    actions.attach(held.report, upload("een.txt", b"een"), user=held.reporter)
    with pytest.raises(ReportError, match="ten hoogste 1 bijlagen"):
        actions.attach(held.report, upload("twee.txt", b"twee"), user=held.reporter)
    assert len(kept(folder)) == 1


def test_the_virus_scanner_has_the_last_word(
    held: Cycle, folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def found(file: Any, url: str) -> None:
        asked.append(url)
        raise Refused("virus")

    monkeypatch.setattr("core.uploads.clamd.scan", found)
    add(held, "een.txt", b"een")
    assert asked == []  # without the setting nothing is asked
    Attachment.objects.all().delete()
    settings.CLAMD_URL = "tcp://127.0.0.1:3310"
    html = add(held, "twee.txt", b"twee").content.decode()
    assert asked == ["tcp://127.0.0.1:3310"]
    assert SENTENCES["virus"] in html
    assert not Attachment.objects.exists()


def test_a_page_asks_a_scanner_that_runs(held: Cycle, folder: Path, settings: Settings) -> None:
    """From the page to a server that speaks the protocol, and back."""
    with scanning() as server:
        settings.CLAMD_URL = server.url
        html = add(held, "virus.txt", EICAR).content.decode()
        assert SENTENCES["virus"] in html
        assert kept(folder) == []
        add(held, "goed.txt", b"een goed bestand")
        assert Attachment.objects.get().name == "goed.txt"
        assert server.seen == [EICAR, b"een goed bestand"]
    html = add(held, "later.txt", b"nog een bestand").content.decode()
    assert SENTENCES["scanner"] in html
    assert Attachment.objects.count() == 1


def test_a_post_without_a_file_asks_for_one(held: Cycle) -> None:
    url = f"/portaal/rapportages/{held.report.pk}/bijlagen/"
    html = as_(held.reporter).post(url).content.decode()
    assert "Kies een bestand." in html
