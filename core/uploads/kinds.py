"""The kinds of files that may come in, told by their content. No Django: the child reads it too."""

from __future__ import annotations

import enum
from pathlib import PurePosixPath

HEAD = 4096  # bytes that tell what a file is, as far as that can be told without opening it
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = "application/vnd.openxmlformats-officedocument."


class Kind(enum.Enum):
    """A kind of file: its extensions, its content type, and what a reader calls it."""

    PDF = ((".pdf",), "application/pdf", "een pdf")
    DOCX = ((".docx",), f"{_OFFICE}wordprocessingml.document", "een Word-bestand")
    XLSX = ((".xlsx",), f"{_OFFICE}spreadsheetml.sheet", "een Excel-bestand")
    CSV = ((".csv",), "text/csv", "een tekstbestand")
    TXT = ((".txt",), "text/plain", "een tekstbestand")
    PNG = ((".png",), "image/png", "een afbeelding (png)")
    JPG = ((".jpg", ".jpeg"), "image/jpeg", "een afbeelding (jpg)")

    def __init__(self, extensions: tuple[str, ...], content_type: str, words: str) -> None:
        self.extensions = extensions
        self.content_type = content_type
        self.words = words

    @property
    def is_picture(self) -> bool:
        return self in (Kind.PNG, Kind.JPG)

    @property
    def is_plain(self) -> bool:
        return self in (Kind.CSV, Kind.TXT)

    @property
    def is_office(self) -> bool:
        return self in (Kind.DOCX, Kind.XLSX)


EXTENSIONS = {extension: kind for kind in Kind for extension in kind.extensions}
_MACRO = {".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".xlam"}
_OLD = {".doc", ".dot", ".xls", ".xlt"}


def extension_of(name: str) -> str:
    return PurePosixPath(name.strip()).suffix.lower()


def said(name: str) -> Kind | str:
    """The kind that ``name`` says, or the code of the refusal (refusals.py)."""
    extension = extension_of(name)
    if extension in _MACRO:
        return "macros"
    if extension in _OLD:
        return "old_office"
    return EXTENSIONS.get(extension, "kind")


def told(head: bytes) -> frozenset[Kind]:
    """The kinds that a file which begins with ``head`` can be; none when it can be none of them.

    That a zip is a Word or an Excel file, and of which of the two, is found out by opening it.
    """
    if head.startswith(b"%PDF-"):
        return frozenset({Kind.PDF})
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return frozenset({Kind.PNG})
    if head.startswith(b"\xff\xd8\xff"):
        return frozenset({Kind.JPG})
    if head.startswith(ZIP):
        return frozenset({Kind.DOCX, Kind.XLSX})
    if head.startswith((OLE, b"MZ", b"\x7fELF", b"PK", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf")):
        return frozenset()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in head:
        return frozenset({Kind.CSV, Kind.TXT})
    return frozenset()
