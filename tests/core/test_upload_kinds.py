"""A file is what its content says; its name agrees with that, and does no harm."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.uploads.kinds import Kind, said, told
from core.uploads.names import LONGEST, harmless
from tests.uploaded import docx, pdf, picture


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("plan.pdf", Kind.PDF),
        ("PLAN.PDF ", Kind.PDF),
        ("foto.jpeg", Kind.JPG),
        ("cijfers.csv", Kind.CSV),
        ("plan.exe", "kind"),
        ("plan", "kind"),
        ("plan.docx.html", "kind"),
        ("plan.docm", "macros"),
        ("cijfers.XLSM", "macros"),
        ("plan.doc", "old_office"),
        ("cijfers.xls", "old_office"),
    ],
)
def test_a_name_says_a_kind_or_why_it_cannot_come_in(name: str, kind: Kind | str) -> None:
    assert said(name) == kind


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        (pdf(), {Kind.PDF}),
        (docx(), {Kind.DOCX, Kind.XLSX}),
        (picture(), {Kind.PNG}),
        (picture("JPEG"), {Kind.JPG}),
        ("naam;aantal\nBraassem;12".encode("utf-16"), {Kind.CSV, Kind.TXT}),
        (b"naam;aantal", {Kind.CSV, Kind.TXT}),
        (b"MZ\x90\x00", set()),
        (b"MZ is ook tekst", set()),
        (b"\x7fELF", set()),
        (b"GIF89a", set()),
        (b"{\\rtf1}", set()),
        (b"tekst\x00met nul", set()),
    ],
)
def test_content_says_what_a_file_is(content: bytes, kinds: set[Kind]) -> None:
    assert told(content) == kinds


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Verslag 2019.pdf", "Verslag 2019.pdf"),
        ("Cliëntervaring – één.docx", "Cliëntervaring – één.docx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Mijn map\\plan.pdf", "plan.pdf"),
        ("factuur\u202efdp.exe.pdf", "factuurfdp.exe.pdf"),
        ("re\u200bgel\r\n\x00 twee.txt", "regel twee.txt"),
        ("wat?<is>|dit:.csv", "wat--is--dit.csv"),
        (".htaccess.txt", "htaccess.txt"),
        (".pdf", "bestand.pdf"),
        ("...", "bestand"),
        ("", "bestand"),
        ("CON.pdf", "bestand-CON.pdf"),
        ("com1.verslag.pdf", "bestand-com1.verslag.pdf"),
        ("contract.pdf", "contract.pdf"),
        ("plan.pdf. ", "plan.pdf"),
        ("-rf.txt", "rf.txt"),
    ],
)
def test_a_name_is_made_harmless(name: str, kept: str) -> None:
    assert harmless(name) == kept


def test_a_long_name_keeps_its_extension() -> None:
    kept = harmless("x" * 5_000 + ".docx")
    assert kept.endswith("x.docx")
    assert len(kept) <= LONGEST


@given(st.text(max_size=300), st.sampled_from(["", ".pdf", ".docx", ". xlsx", ".\u202etxt"]))
def test_any_name_becomes_harmless_and_stays_as_it_is_then(stem: str, extension: str) -> None:
    kept = harmless(stem + extension)
    assert 0 < len(kept) <= LONGEST
    assert harmless(kept) == kept
    assert not set(kept) & set('/\\<>:"|?*\r\n\t')
    assert not any(unicodedata.category(sign)[0] == "C" for sign in kept)
    assert kept[0] not in " .-~"
    assert kept[-1] not in " ."
    assert kept == unicodedata.normalize("NFC", kept)
