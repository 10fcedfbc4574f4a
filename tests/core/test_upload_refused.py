"""What could do harm is refused, each with a sentence that says what is wrong and what to do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from pikepdf import Array, Dictionary, Name
from PIL import ImageFile

from core.uploads.child import check
from core.uploads.kinds import OLE, Kind
from core.uploads.office import Budget, check_office
from core.uploads.refusals import SENTENCES, Refused
from tests.uploaded import (
    content_types,
    docx,
    paragraph,
    pdf,
    picture,
    with_parts,
    word_part,
    xlsx,
    zipped,
)

MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
BOMB = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    f'<w:document xmlns:w="{"http://x"}">&b;</w:document>'
)


def refusal(content: bytes, kind: Kind) -> str:
    """The code of the refusal; empty when the file may come in."""
    try:
        check(io.BytesIO(content), kind)
    except Refused as refused:
        return refused.code
    return ""


def _word_in_a_text(made: pikepdf.Pdf) -> None:
    made.Root.Lang = "niet /JS en geen /Launch"
    made.pages[0].Contents = made.make_stream(b"% /JavaScript", Iets="/EF")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf(), Kind.PDF),
        (pdf("", "twee"), Kind.PDF),
        (pdf(change=_word_in_a_text), Kind.PDF),
        (docx(), Kind.DOCX),
        (xlsx(), Kind.XLSX),
        (docx(more={"word/embeddings/Microsoft_Excel_Sheet.xlsx": xlsx()}), Kind.DOCX),
        (docx(more={"word/media/image1.png": picture()}), Kind.DOCX),
        (docx(more={"word/a.xml": word_part(paragraph("tekst " * 50_000))}), Kind.DOCX),
        (picture(), Kind.PNG),
        (picture("JPEG"), Kind.JPG),
        ("naam;aantal\r\nKaag;3".encode("cp1252"), Kind.CSV),
        ("één".encode("utf-16"), Kind.TXT),
    ],
)
def test_a_good_file_comes_in(content: bytes, kind: Kind) -> None:
    assert refusal(content, kind) == ""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (docx(more={"word/vbaProject.bin": b"x"}), "macros"),
        (docx(more={"word/VBAPROJECT.BIN": b"x"}), "macros"),
        (docx(more={"word/vbaData.xml": "<x/>"}), "macros"),
        (docx(more={"xl/macrosheets/sheet1.xml": "<x/>"}), "macros"),
        (
            zipped({"[Content_Types].xml": content_types(MACRO_MAIN), "word/document.xml": "<x/>"}),
            "macros",
        ),
        (docx(more={"word/activeX/activeX1.xml": "<x/>"}), "object"),
        (docx(more={"word/embeddings/oleObject1.bin": b"x"}), "object"),
        (docx(more={"word/embeddings/iets.bin": OLE + b"x" * 600}), "object"),
        (docx(more={"word/media/start.exe": b"MZ"}), "object"),
        (docx(more={"word/media/bijlage.zip": zipped({"a": "b"})}), "nested"),
        (
            docx(
                more={
                    "word/embeddings/a.docx": docx(more={"word/embeddings/b.docx": docx()}),
                }
            ),
            "nested",
        ),
        (docx(more={"word/embeddings/a.docx": docx(more={"word/vbaProject.bin": b""})}), "macros"),
        (zipped({"zomaar.txt": "tekst"}), "nested"),
        (zipped({"[Content_Types].xml": content_types("application/presentation")}), "kind"),
        (docx(more={"word/groot.xml": "<x>" + " " * (5 * 1024 * 1024) + "</x>"}), "bomb"),
        (zipped({"[Content_Types].xml": content_types(), "word/document.xml": BOMB}), "markup"),
        (docx(more={"word/a.rels": "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"}), "markup"),
        (docx(more={"customXml/item.bin": "\ufeff" + BOMB}), "markup"),
        (docx(more={"word/b.xml": BOMB.encode("utf-16")}), "markup"),
        (zipped({"[Content_Types].xml": "<!DOCTYPE a><Types/>"}), "markup"),
        (docx(more={"word/stuk.xml": "<begin"}), "damaged"),
        (docx(more={"../boven.xml": "<x/>"}), "damaged"),
        (docx(more={"word/Document.xml": "<x/>"}), "damaged"),
        (docx()[:-40], "damaged"),
        (b"PK\x03\x04" + b"\x00" * 50, "damaged"),
        (OLE + b"\x00" * 600, "old_office"),
        (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ],
)
def test_a_word_file_that_could_do_harm_is_refused(content: bytes, code: str) -> None:
    assert refusal(content, Kind.DOCX) == code


def test_a_workbook_with_macros_is_refused() -> None:
    assert refusal(with_parts(xlsx(), {"xl/vbaProject.bin": b"x"}), Kind.XLSX) == "macros"


def test_a_word_file_is_no_excel_file() -> None:
    with pytest.raises(Refused, match=r"heet \.xlsx, maar de inhoud is een Word-bestand;"):
        check(io.BytesIO(docx()), Kind.XLSX)


def test_a_part_behind_a_password_is_refused() -> None:
    content = bytearray(docx())
    place = content.index(b"PK\x01\x02")  # the directory: the flags of its first file
    content[place + 8] |= 1
    assert refusal(bytes(content), Kind.DOCX) == "encrypted"


def test_a_part_of_which_the_sum_is_wrong_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        package.writestr("[Content_Types].xml", content_types())
        package.writestr("word/document.xml", "<x>" + " " * 900_000 + "einde</x>")
    assert refusal(out.getvalue(), Kind.DOCX) == ""
    assert refusal(out.getvalue().replace(b"einde", b"EINDE", 1), Kind.DOCX) == "damaged"


@pytest.mark.parametrize("little", [{"parts": 15}, {"size": 4_500}])
def test_parts_count_together_with_those_of_files_inside(little: dict[str, int]) -> None:
    inside = docx(more={f"word/media/{n}.txt": "x" * 200 for n in range(10)})
    content = docx(more={"word/embeddings/a.docx": inside})
    enough = {"parts": 20, "size": len(inside) + 5_000}
    assert check_office(io.BytesIO(content), Budget(**enough)) is Kind.DOCX
    with pytest.raises(Refused, match="veel te groot"):
        check_office(io.BytesIO(content), Budget(**{**enough, **little}))


def _acts(**action: Any) -> Callable[[pikepdf.Pdf], None]:
    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = Dictionary({f"/{key}": value for key, value in action.items()})

    return change


def _script_in_names(made: pikepdf.Pdf) -> None:
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([])))


def _script_on_page(made: pikepdf.Pdf) -> None:
    made.pages[0].AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="app.alert(1)"))


def _script_nothing_leads_to(made: pikepdf.Pdf) -> None:
    made.Root.Iets = made.make_indirect(Dictionary(Diep=Array([Dictionary(S=Name.JavaScript)])))


def _script_spelled(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name("/JavaScript"))


def _script_in_a_stream(made: pikepdf.Pdf) -> None:
    made.Root.Iets = made.make_stream(b"", JS="app.alert(1)")


def _file_in_it(made: pikepdf.Pdf) -> None:
    made.attachments["virus.exe"] = b"MZ"


def _file_on_page(made: pikepdf.Pdf) -> None:
    made.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment)])


def _smart_form(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = Dictionary(XFA="<xdp/>")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdf(change=_acts(S=Name.JavaScript, JS="app.alert(1)")), "script"),
        (pdf(change=_script_in_names), "script"),
        (pdf(change=_script_on_page), "launch"),  # what acts by itself, whatever it does
        (
            pdf(
                change=_script_nothing_leads_to,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            ),
            "script",
        ),
        (pdf(change=_script_in_a_stream), "script"),
        (pdf(change=_script_spelled).replace(b"/JavaScript", b"/J#61vaScript"), "script"),
        (pdf(change=_smart_form), "script"),
        (pdf(change=_file_in_it), "embedded"),
        (pdf(change=_file_on_page), "embedded"),
        (pdf(change=_acts(S=Name.Launch, F="cmd.exe")), "launch"),
        (pdf(change=_acts(S=Name.SubmitForm, F="http://elders.example/")), "launch"),
        (pdf(change=_acts(S=Name.GoToR, F="//elders.example/deel/x.pdf")), "launch"),
        (pdf(change=_acts(S=Name.URI, URI="http://elders.example/")), "launch"),
        (pdf() + zipped({"kwaad.exe": b"MZ"}), "nested"),
        (pdf(encryption=pikepdf.Encryption(owner="x", user="y")), "encrypted"),
        (pdf(encryption=pikepdf.Encryption(owner="x", user="")), "encrypted"),
        (b"%PDF-1.7", "damaged"),
        (b"%PDF-1.7\n" + b"\xff" * 500, "damaged"),
    ],
)
def test_a_pdf_that_does_more_than_show_is_refused(content: bytes, code: str) -> None:
    assert refusal(content, Kind.PDF) == code


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (picture(size=(300, 300))[:200], Kind.PNG, "damaged"),
        (picture("JPEG", (300, 300))[:400], Kind.JPG, "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, Kind.PNG, "damaged"),
        (b"\xff\xd8\xff" + b"\x00" * 100, Kind.JPG, "damaged"),
        (picture("JPEG"), Kind.PNG, "damaged"),
        (picture(size=(8_000, 7_501)), Kind.PNG, "pixels"),
        (b"naam;\x01", Kind.CSV, "damaged"),
        (b"\xff\xfex", Kind.TXT, "damaged"),
    ],
)
def test_an_image_or_text_that_is_none_is_refused(content: bytes, kind: Kind, code: str) -> None:
    assert refusal(content, kind) == code


def test_the_page_holds_every_sentence() -> None:
    page = (Path(settings.BASE_DIR) / "docs/regels/bijlagen.md").read_text()
    told = re.findall(r"^\| [^|]+ \| ([^|]+) \|$", page, re.MULTILINE)[1:]
    assert told == list(SENTENCES.values())


def test_every_refusal_is_one_sentence() -> None:
    for code, sentence in SENTENCES.items():
        assert re.fullmatch(r"[A-Z][^.!?]*; [^.!?]*\.", sentence), code


RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _linked(kind: str, target: str = "http://elders.example/x", mode: str = "External") -> str:
    return (
        f'<Relationships xmlns="{RELS}"><Relationship Id="rId9" Type="{OFFICE_RELS}/{kind}" '
        f'Target="{target}" TargetMode="{mode}"/></Relationships>'
    )


def _field(*words: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{word}</w:instrText></w:r>" for word in words)
    return f"<w:p>{runs}</w:p>"


@pytest.mark.parametrize(
    "content",
    [
        docx(more={"word/_rels/settings.xml.rels": _linked("attachedTemplate")}),
        docx(more={"word/_rels/document.xml.rels": _linked("oleObject")}),
        docx(more={"word/_rels/document.xml.rels": _linked("image", mode="EXTERNAL")}),
        docx(_field("DDEAUTO c:\\windows\\system32\\cmd.exe")),
        docx(_field("D", "DE", "AUTO cmd")),
        docx('<w:p><w:fldSimple w:instr="DDE cmd"/></w:p>'),
    ],
)
def test_a_text_that_fetches_or_starts_something_is_refused(content: bytes) -> None:
    assert refusal(content, Kind.DOCX) == "outside"


MICROSOFT_RELS = "http://schemas.microsoft.com/office/2006/relationships"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (f"{MICROSOFT_RELS}/vbaProject", "macros"),
        (f" {MICROSOFT_RELS}/VBAPROJECT ", "macros"),
        (f"{MICROSOFT_RELS}/wordVbaData", "macros"),
        (f"{MICROSOFT_RELS}/xlMacrosheet", "macros"),
        (f"{OFFICE_RELS}/control", "object"),
        (f"{OFFICE_RELS}/oleObject", "object"),
        (f"{OFFICE_RELS}/image", ""),
    ],
)
def test_what_a_part_is_for_counts_and_not_its_name(kind: str, code: str) -> None:
    link = f'<Relationship Id="rId9" Type="{kind}" Target="zzz.bin"/>'
    links = f'<Relationships xmlns="{RELS}">{link}</Relationships>'
    parts: dict[str, bytes | str] = {"word/_rels/document.xml.rels": links, "word/zzz.bin": b"iets"}
    assert refusal(docx(more=parts), Kind.DOCX) == code


def test_a_workbook_that_is_linked_to_another_is_refused() -> None:
    link = {"xl/externalLinks/_rels/externalLink1.xml.rels": _linked("externalLinkPath")}
    assert refusal(with_parts(xlsx(), link), Kind.XLSX) == "outside"
    dde = {"xl/externalLinks/externalLink1.xml": '<externalLink><ddeLink ddeService="cmd"/>'}
    dde = {name: f"{text}</externalLink>" for name, text in dde.items()}
    assert refusal(with_parts(xlsx(), dde), Kind.XLSX) == "outside"


def test_a_workbook_that_fetches_figures_is_refused() -> None:
    web = {"xl/connections.xml": '<connections><connection refreshOnLoad="1"/></connections>'}
    assert refusal(with_parts(xlsx(), web), Kind.XLSX) == "outside"


def test_a_link_to_click_on_and_a_page_number_may_stay() -> None:
    links = {"word/_rels/document.xml.rels": _linked("hyperlink")}
    body = _field("PAGE") + paragraph("De DDE-code van de gemeente")
    assert refusal(docx(body, more=links), Kind.DOCX) == ""


def test_half_an_image_is_damaged_where_a_library_lets_it_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert refusal(picture(size=(300, 300))[:200], Kind.PNG) == "damaged"
    assert ImageFile.LOAD_TRUNCATED_IMAGES
