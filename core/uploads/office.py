"""Whether a Word or Excel file is safe to open, and which of the two it is.

A file of either kind is a zip with XML in it (ECMA-376, part 2). The sizes in its directory are
what Python's ``zipfile`` reads at most, so that a lie in it makes a damaged file and no bomb.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import Element
from xml.parsers import expat

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from core.uploads.kinds import OLE, ZIP, Kind
from core.uploads.refusals import Refused

MOST_PARTS = 5_000
MOST_BYTES = 300 * 1024 * 1024  # of all parts together, unpacked, with those of files inside
SMALL = 4 * 1024 * 1024  # a part that stays below this may be packed as tightly as it likes
HIGHEST_RATIO = 150
CHUNK = 256 * 1024
MOST_CONTENT_TYPES = 2 * 1024 * 1024
_MACROS = re.compile(
    r"vbaproject|vbadata|/macrosheets/|/dialogsheets/|/intlmacrosheets/", re.IGNORECASE
)
_OBJECTS = re.compile(
    r"/activex/|/oleobject|\.(?:exe|dll|js|vbs|bat|cmd|ps1|lnk|hta)$", re.IGNORECASE
)
# The same by what a part is for: it may have any name.
_MACRO_LINK = re.compile(r"vbaproject|vbadata|macrosheet|dialogsheet", re.IGNORECASE)
_OBJECT_LINK = re.compile(r"/(?:control|activexcontrolbinary|oleobject)$", re.IGNORECASE)
_INSIDE = re.compile(r"(?:word|xl)/embeddings/[^/]+\.(?:docx|xlsx)$", re.IGNORECASE)
# Links in a text that somebody clicks on may lead outside; what is fetched at opening may not.
_CLICKED = "/hyperlink"
_FIELD = re.compile(
    rb"<(?:\w+:)?instrText\b[^>]*>([^<]*)|\b(?:\w+:)?instr=[\"']([^\"']*)", re.IGNORECASE
)
_DDE = re.compile(rb"\bdde(?:auto)?\b", re.IGNORECASE)
_DDE_LINK = re.compile(rb"<(?:\w+:)?ddeLink\b")
_MAIN = {
    "wordprocessingml.document.main+xml": Kind.DOCX,
    "spreadsheetml.sheet.main+xml": Kind.XLSX,
}


@dataclass
class Budget:
    """What is left of the parts and bytes that one upload may unpack to."""

    parts: int = MOST_PARTS
    size: int = MOST_BYTES

    def take(self, parts: list[zipfile.ZipInfo]) -> None:
        self.parts -= len(parts)
        self.size -= sum(part.file_size for part in parts)
        if self.parts < 0 or self.size < 0:
            raise Refused("bomb")


def check_office(file: IO[bytes], budget: Budget | None = None) -> Kind:
    """The kind of a Word or Excel file. Raises ``Refused`` for what may not come in."""
    return _check(file, budget or Budget(), depth=0)


def check_ole(file: IO[bytes]) -> None:
    """Raises ``Refused``: the old container holds an old document, or one behind a password."""
    file.seek(0)
    held = file.read()
    raise Refused("encrypted" if "EncryptedPackage".encode("utf-16-le") in held else "old_office")


def _check(file: IO[bytes], budget: Budget, *, depth: int) -> Kind:
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            budget.take(parts)
            _check_directory(parts)
            kind = _kind(package)
            for part in parts:
                _check_part(package, part, budget, depth)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        NotImplementedError,
        OSError,
        RuntimeError,  # a part behind a password that its flags do not tell of
        ValueError,
    ):
        raise Refused("damaged") from None
    return kind


def _check_directory(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.casefold().replace("\\", "/") for part in parts]
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused("encrypted")
    if any(_MACROS.search(f"/{name}") for name in names):
        raise Refused("macros")
    if any(_OBJECTS.search(f"/{name}") for name in names):
        raise Refused("object")
    for part in parts:
        tight = part.file_size > HIGHEST_RATIO * max(part.compress_size, 1)
        if part.file_size > SMALL and tight:
            raise Refused("bomb")
    known = all(part.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts)
    inside = all(not name.startswith("/") and ".." not in name.split("/") for name in names)
    if not known or not inside or len(set(names)) < len(names):
        # Two programs that open such a file may each see another: what was checked must be what
        # is opened.
        raise Refused("damaged")


def _kind(package: zipfile.ZipFile) -> Kind:
    """What the list of content types says that the file is."""
    try:
        entry = package.getinfo("[Content_Types].xml")
    except KeyError:
        raise Refused("nested") from None  # a zip with something else in it
    if entry.file_size > MOST_CONTENT_TYPES:
        raise Refused("bomb")
    types = [node.get("ContentType", "").strip() for node in _parsed(package.read(entry))]
    if any(re.search(r"macroenabled|vbaproject|binary\.macro", each, re.I) for each in types):
        raise Refused("macros")
    for each in types:
        for ending, kind in _MAIN.items():
            if each.endswith(ending):
                return kind
    raise Refused("kind")


def _parsed(content: bytes) -> Element:
    """The root of a small part. Raises ``Refused``."""
    try:
        root: Element = defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Refused("markup") from None
    except defusedxml.ElementTree.ParseError:
        raise Refused("damaged") from None
    return root


def _check_part(
    package: zipfile.ZipFile, part: zipfile.ZipInfo, budget: Budget, depth: int
) -> None:
    if part.is_dir():
        return
    with package.open(part) as opened:
        head = opened.read(CHUNK)
        if head.startswith(OLE):
            raise Refused("object")
        if head.startswith(ZIP):
            if depth or not _INSIDE.search(part.filename):
                raise Refused("nested")
            # The numbers behind a chart: a workbook of its own.
            _check(io.BytesIO(head + opened.read()), budget, depth=depth + 1)
            return
        name = part.filename.casefold()
        if name == "xl/connections.xml":
            raise Refused("outside")  # what a workbook fetches, perhaps each time it is opened
        if name.endswith(".rels") or name.startswith(("word/", "xl/externallinks/")):
            content = head + opened.read()
            _check_links(name, content)
            head, opened = content, io.BytesIO()
        if _is_markup(part.filename, head):
            _check_prolog(head, opened)
        while opened.read(CHUNK):
            pass  # to its end: the sum that the zip keeps of each part must be right


def _check_links(name: str, content: bytes) -> None:
    """Refuse what a program fetches or starts when the file is opened: a template or picture
    elsewhere, a link to another workbook, a field that starts a program (DDE), macros and objects
    under another name."""
    if name.endswith(".rels"):
        for link in _parsed(content):
            kind = link.get("Type", "").strip()
            if _MACRO_LINK.search(kind):
                raise Refused("macros")
            elsewhere = link.get("TargetMode", "").strip().casefold() == "external"
            if elsewhere and not kind.endswith(_CLICKED):
                raise Refused("outside")
            if not elsewhere and _OBJECT_LINK.search(kind):
                raise Refused("object")
        return
    # The words of a field may be spread over many runs of text.
    fields = b"".join(b"".join(found) for found in _FIELD.findall(content))
    if _DDE.search(fields) or _DDE_LINK.search(content):
        raise Refused("outside")


def _is_markup(name: str, head: bytes) -> bool:
    if name.lower().endswith((".xml", ".rels", ".vml", ".svg")):
        return True
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


class _RootReached(Exception):
    """A document type stands before the root element, or nowhere."""


def _check_prolog(head: bytes, opened: IO[bytes]) -> None:
    """Refuse a document type declaration, and with it every entity that can be declared."""

    def root(name: str, attributes: dict[str, str]) -> None:
        raise _RootReached

    def doctype(name: str, system: str | None, public: str | None, internal: bool) -> None:
        raise Refused("markup")

    parser = expat.ParserCreate()
    parser.StartElementHandler = root
    parser.StartDoctypeDeclHandler = doctype
    try:
        chunk = head
        while chunk:
            parser.Parse(chunk, False)
            chunk = opened.read(CHUNK)
        parser.Parse(b"", True)
    except _RootReached:
        return
    except expat.ExpatError:
        raise Refused("damaged") from None
