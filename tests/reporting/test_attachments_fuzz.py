"""Whatever somebody sends as a file, the page answers: never with an error of ours."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pytest_django import Settings

from core.models import StoredFile
from core.uploads import child
from core.uploads.kinds import EXTENSIONS, OLE
from core.uploads.refusals import Refused
from reporting.models import Attachment
from tests.reporting.cycle import Cycle, cycle
from tests.uploaded import NUMBER, docx, paragraph, pdf, picture, table, xlsx

pytestmark = pytest.mark.django_db

GOOD = {
    ".pdf": pdf("een", f"is {NUMBER}"),
    ".docx": docx(paragraph("x") + table(("a", "b"), ("c", NUMBER))),
    ".xlsx": xlsx(),
    ".png": picture(size=(40, 40)),
    ".jpg": picture("JPEG", (40, 40)),
    ".csv": f"naam;bsn\nJan;{NUMBER}\n".encode(),
    ".txt": f"nummer {NUMBER}".encode("utf-16"),
}
MAGIC = [b"%PDF-1.7\n", b"PK\x03\x04", OLE, b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"\xff\xfe", b""]
OFTEN = examples(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[str, bytes]:
    """A good file that was cut off, or of which bytes were changed; or nothing but a beginning."""
    extension = draw(st.sampled_from(sorted(GOOD)))
    if draw(st.integers(0, 3)) == 0:
        return extension, draw(st.sampled_from(MAGIC)) + draw(st.binary(max_size=400))
    content = bytearray(GOOD[extension])
    for _ in range(draw(st.integers(0, 6))):
        content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
    keep = draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))
    return extension, bytes(content[:keep])


NAMES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["..", "/", "CON", "x" * 900, "é" * 300, "\u202e", "a\x00b", "", '"; x="']),
)


@pytest.fixture(scope="module")
def held(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cycle]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield cycle(1)
        transaction.set_rollback(True)


@pytest.fixture
def client(held: Cycle, settings: Settings, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = str(tmp_path)
    settings.REPORT_MAX_FILES = 200
    made = Client(raise_request_exception=True)
    made.force_login(held.reporter)
    return made


@examples(OFTEN, max_examples=30)
@given(spoiled(), NAMES, st.sampled_from(["", *EXTENSIONS, ".exe", ".docm"]))
@example((".docx", GOOD[".docx"]), "x" * 5_000, "")
@example((".txt", b"\x00" * 10), "..", ".txt")
def test_the_page_answers_to_any_file(
    held: Cycle, client: Client, file: tuple[str, bytes], stem: str, other: str
) -> None:
    extension, content = file
    url = reverse("report_files", args=[held.report.pk])
    name = stem + (other or extension)
    sent = io.BytesIO(content)
    sent.name = name
    answer = client.post(url, {"file": SimpleUploadedFile(name, content) if name else sent})
    assert answer.status_code in (200, 302, 400)
    for page in ("report_files", "report_check"):
        assert client.get(reverse(page, args=[held.report.pk])).status_code == 200
    for attachment in Attachment.objects.all():
        got = client.get(reverse("report_file", args=[held.report.pk, attachment.pk]))
        assert got.status_code == 200
        assert got.headers["Content-Disposition"].startswith("attachment")
        assert "\n" not in got.headers["Content-Disposition"]
    assert StoredFile.objects.count() <= Attachment.objects.count()
    Attachment.objects.all().delete()
    StoredFile.objects.all().delete()


@examples(OFTEN, max_examples=10)
@given(st.binary(max_size=600), st.text(max_size=40))
def test_the_page_answers_to_any_body(
    held: Cycle, client: Client, body: bytes, boundary: str
) -> None:
    url = reverse("report_files", args=[held.report.pk])
    kind = f"multipart/form-data; boundary={boundary.encode('ascii', 'ignore').decode()}"
    client.raise_request_exception = False
    answer = client.generic(
        "POST", url, body, content_type=kind.replace("\n", "").replace("\r", "")
    )
    assert answer.status_code in (200, 302, 400)


@examples(OFTEN, max_examples=300)
@given(spoiled())
def test_a_file_is_refused_or_safe_and_nothing_else(file: tuple[str, bytes]) -> None:
    """Without the other process around it: there, any other error would mean ‘too complicated’."""
    extension, content = file
    with contextlib.suppress(Refused):
        child.check(io.BytesIO(content), EXTENSIONS[extension])
