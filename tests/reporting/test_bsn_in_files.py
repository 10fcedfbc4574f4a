"""A number in a file stands in the way like one in a text: with its place, until it is gone or
explained."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from accounts.models import AuditEntry, User
from core.bsn import passes_eleven_test
from core.uploads.numbers import MOST
from reporting.actions import NotReady, draft_of
from reporting.checking import BSN_KEY
from reporting.models import Attachment
from tests.reporting.cycle import Cycle, cycle, fill, submit, write
from tests.uploaded import NUMBER, OTHER, docx, paragraph, pdf, picture, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def held() -> Cycle:
    made = cycle(1)
    fill(made)
    return made


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def clients(book: openpyxl.Workbook) -> None:
    assert book.active is not None
    book.active.title = "Cliënten"
    for row in (["Naam", "Nummer"], ["Jan", 12], ["Piet", int(NUMBER)]):
        book.active.append(row)


def add(made: Cycle, name: str, content: bytes) -> None:
    url = reverse("report_files", args=[made.report.pk])
    answer = as_(made.reporter).post(url, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302


def open_findings(made: Cycle) -> list[tuple[str, str]]:
    made.report.refresh_from_db()
    return [(each.label, each.text) for each in draft_of(made.report).findings if each.blocks]


def html_of(made: Cycle, page: str, user: User | None = None) -> str:
    answer = as_(user or made.reporter).get(reverse(page, args=[made.report.pk]))
    return answer.content.decode()


ASKS = f"‘{NUMBER}’ kan een burgerservicenummer zijn. Haal gegevens van personen weg."


@pytest.mark.parametrize(
    ("name", "content", "label"),
    [
        ("x.xlsx", xlsx(clients), "In bestand x.xlsx, blad ‘Cliënten’, cel B3"),
        ("x.pdf", pdf("a", "b", f"van {NUMBER}"), "In bestand x.pdf, bladzijde 3"),
        ("x.docx", docx(paragraph(NUMBER)), "In bestand x.docx, de tekst"),
        ("x.txt", f"a\n{NUMBER}".encode(), "In bestand x.txt, regel 2"),
        (f"van_{NUMBER}.txt", b"a", f"In bestand van_{NUMBER}.txt, de naam"),
    ],
)
def test_it_stands_in_the_way_with_its_place(
    held: Cycle, name: str, content: bytes, label: str
) -> None:
    add(held, name, content)
    assert open_findings(held) == [(label, ASKS)]
    with pytest.raises(NotReady):
        submit(held)


def test_it_is_gone_when_the_file_is(held: Cycle) -> None:
    add(held, "x.xlsx", xlsx(clients))
    attachment = Attachment.objects.get()
    url = reverse("report_file_remove", args=[held.report.pk, attachment.pk])
    as_(held.reporter).post(url)
    assert open_findings(held) == []
    assert submit(held).number == 1


def test_an_explanation_that_names_it_goes_along_and_the_manager_reads_it(held: Cycle) -> None:
    add(held, "x.xlsx", xlsx(clients))
    write(held, {BSN_KEY: "Dit is geen BSN."})
    assert len(open_findings(held)) == 1
    write(held, {BSN_KEY: f"{NUMBER} is ons projectnummer."})
    made = submit(held)
    [warning] = json.loads(made.payload)["warnings"]
    assert warning == {
        "rule": 8,
        "label": "In bestand x.xlsx, blad ‘Cliënten’, cel B3",
        "text": f"‘{NUMBER}’ kan een burgerservicenummer zijn. "
        f"Uitleg: {NUMBER} is ons projectnummer.",
    }
    html = html_of(held, "report_review", held.manager)
    assert "In bestand x.xlsx, blad ‘Cliënten’, cel B3" in html


def test_a_nought_that_the_sheet_dropped_is_explained_too(held: Cycle) -> None:
    add(held, "x.txt", b"nummer 12345672")
    write(held, {BSN_KEY: "012345672 is een dossier."})
    assert open_findings(held) == []


def test_a_list_of_people_is_told_in_part_and_explained_by_its_name(held: Cycle) -> None:
    valid = [n for n in range(100_000_000, 100_001_200) if passes_eleven_test(str(n))]
    assert len(valid) > MOST
    add(held, "lijst.csv", "\n".join(f"a;{n}" for n in valid).encode())
    found = open_findings(held)
    assert len(found) == MOST + 1
    assert found[-1] == (
        "In bestand lijst.csv",
        f"Nog {len(valid) - MOST} nummers kunnen een burgerservicenummer zijn. Haal gegevens van "
        "personen weg, of noem in uw uitleg de naam van het bestand.",
    )
    beside = html_of(held, "report_files")
    assert f"{valid[9]}</li>" in beside
    assert str(valid[10]) not in beside
    assert f"en nog {len(valid) - 10}; die staan bij de controle" in beside
    told = " ".join(str(n) for n in valid[:MOST])
    write(held, {BSN_KEY: f"Dossiernummers: {told}"})
    assert len(open_findings(held)) == 1
    write(held, {BSN_KEY: f"Dossiernummers in lijst.csv: {told}"})
    assert open_findings(held) == []


def test_the_check_page_leads_to_the_file(held: Cycle) -> None:
    add(held, "x.xlsx", xlsx(clients))
    html = html_of(held, "report_check")
    files = reverse("report_files", args=[held.report.pk])
    anchor = f"bijlage-{Attachment.objects.get().pk}"
    assert f'href="{files}#{anchor}">In bestand x.xlsx, blad ‘Cliënten’, cel B3</a>' in html
    assert "Gaat dit over een persoon?" in html
    html = html_of(held, "report_files")
    assert f'id="{anchor}"' in html
    assert f"blad ‘Cliënten’, cel B3: {NUMBER}" in html


def test_what_could_not_be_read_is_said_and_does_not_stand_in_the_way(held: Cycle) -> None:
    add(held, "foto.png", picture())
    told = "In een afbeelding zoeken wij niet naar nummers."
    assert open_findings(held) == []
    for page in ("report_files", "report_check"):
        assert told in html_of(held, page)
    made = submit(held)
    [file] = json.loads(made.payload)["files"]
    assert file["unread"].startswith(told)
    assert told in html_of(held, "report_review", held.manager)


def test_a_file_that_was_read_says_nothing(held: Cycle) -> None:
    add(held, "x.docx", docx())
    assert "konden nalezen" not in html_of(held, "report_check")
    [file] = json.loads(submit(held).payload)["files"]
    assert file.keys() == {"name", "sha256"}


def test_a_file_is_read_once_and_not_per_page(held: Cycle, monkeypatch: pytest.MonkeyPatch) -> None:
    add(held, "x.xlsx", xlsx(clients))

    def again(*args: Any, **options: Any) -> None:
        raise AssertionError("a page read the file again")

    monkeypatch.setattr("core.uploads.inspecting._ask", again)
    monkeypatch.setattr("core.models.StoredFile.open", again)
    for page in ("report_check", "report_files"):
        html_of(held, page)


@pytest.mark.parametrize("page", ["report_check", "report_files"])
def test_a_page_asks_as_much_of_many_files_as_of_one(held: Cycle, page: str) -> None:
    asked = []
    client, url = as_(held.reporter), reverse(page, args=[held.report.pk])
    for files in (1, 4):
        for number in range(files):
            add(held, f"{number}.txt", f"{files} {number} {NUMBER} {OTHER}".encode())
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_no_log_and_no_audit_entry_holds_the_number(
    held: Cycle, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="core"):
        add(held, f"dossier {NUMBER}.xlsx", xlsx(clients))
        add(held, "x.pdf", pdf(f"van {NUMBER}"))
    assert NUMBER not in caplog.text
    entries = [str(row) for row in AuditEntry.objects.values()]
    assert entries
    assert not any(NUMBER in row for row in entries)
