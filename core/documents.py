"""HTML to an accessible PDF (PDF/UA-1), closed off from the network and the disk.

WeasyPrint is imported where it is used: it costs a second or two and much memory, and only the
child process that renders needs it. Nothing here touches the database.

What the HTML has to bring along: ``<html lang>``, a ``<title>``, no skipped heading levels, an
``alt`` on every image, ``scope`` on every row heading (a ``th`` without it heads a column). Sheets,
fonts and pictures are named relative to the static files (``css/document.css``), or ``asset:``
with the SHA-256 of bytes that the caller hands in. A font names static files only, never
``local()``. The date of the document is that of its contents, in
``<meta name="dcterms.created">``: the moment of rendering is nowhere in the file, so that the same
HTML gives the same bytes.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import mimetypes
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from django.conf import settings

from core.child import Progress

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

# Names in the document are relative to this address; ``.invalid`` exists nowhere, by RFC 2606, and
# the fetcher below is the only one who ever hears it.
STATIC_BASE = "https://static.invalid/"

# The web may use formats that mimetypes does not know on every machine.
CONTENT_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


class DocumentFault(Exception):
    """The document cannot be rendered as it should be; the message is for its maker."""


class RefusedResource(DocumentFault):
    """The document asks for something that is not its own."""


class ClosedFetcher:
    """Gives WeasyPrint the project's static files and the caller's assets, and nothing else.

    Raises ``RefusedResource`` for any other address, and for a path that leads out of the static
    folders, through ``..``, an encoding of it, or a symbolic link.
    """

    _fail_on_errors = True  # WeasyPrint reads this: a refusal stops the rendering

    def __init__(self, folders: Sequence[Path], assets: Mapping[str, bytes]) -> None:
        self.folders = [folder.resolve() for folder in folders]
        self.assets = assets
        self.refused: RefusedResource | None = None

    def __call__(self, url: str) -> URLFetcherResponse:
        from weasyprint.urls import URLFetcherResponse

        try:
            body, content_type = self.read(url)
        except RefusedResource as error:
            self.refused = error
            raise
        return URLFetcherResponse(url, body, {"Content-Type": content_type})

    def read(self, url: str) -> tuple[bytes, str]:
        """The bytes and their content type. Raises ``RefusedResource``."""
        if url.startswith("asset:"):
            body = self.assets.get(url.removeprefix("asset:"))
            if body is None:
                raise RefusedResource(f"Deze afbeelding is niet meegegeven: {url}")
            return body, _picture_type(body)
        if url.startswith("static:"):
            name = url.removeprefix("static:").lstrip("/")
        elif url.startswith(STATIC_BASE):
            name = url.removeprefix(STATIC_BASE)
        else:
            raise RefusedResource(f"Dit adres mag niet in een document: {url[:200]}")
        path = self._static(unquote(urlsplit(name).path))
        content_type = CONTENT_TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
        return path.read_bytes(), content_type or "application/octet-stream"

    def _static(self, name: str) -> Path:
        for folder in self.folders:
            try:
                path = (folder / name).resolve(strict=True)
            except (OSError, ValueError):  # ValueError: a null character in the name
                continue
            if path.is_relative_to(folder) and path.is_file():
                return path
        raise RefusedResource(f"Dit is geen statisch bestand van dit project: {name!r}")


def _picture_type(body: bytes) -> str:
    for start, content_type in (
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF8", "image/gif"),
    ):
        if body.startswith(start):
            return content_type
    return "image/svg+xml" if b"<svg" in body[:1000] else "application/octet-stream"


def asset_name(content: bytes) -> str:
    """How a document names these bytes in ``src``."""
    return f"asset:{hashlib.sha256(content).hexdigest()}"


def render_pdf(
    html: str,
    *,
    stylesheets: Sequence[str] = (),
    assets: Sequence[bytes] = (),
    folders: Sequence[Path] | None = None,
    progress: Progress = lambda percent, text: None,
) -> bytes:
    """``html`` as PDF/UA-1. The same arguments and the same release give the same bytes.

    ``stylesheets`` are names of static files, applied after those that the document links to;
    ``assets`` are the bytes of pictures, named in the document with ``asset_name``. ``folders``
    are the static folders (by default the project's). Raises ``RefusedResource`` when the document
    asks for anything else, and ``DocumentFault`` when it lacks what makes it accessible or holds a
    picture or font that cannot be read: nothing is left out in silence.

    Seconds of work and much memory: call it from a child (``rendering.render_in_child``), or from a
    command.
    """
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

    fetcher = ClosedFetcher(
        [Path(folder) for folder in (settings.STATICFILES_DIRS if folders is None else folders)],
        {hashlib.sha256(content).hexdigest(): content for content in assets},
    )
    if not re.search(r"<html[^>]*\slang=", html) or not re.search(r"<title>\s*[^\s<]", html):
        raise DocumentFault("Een document heeft een taal (lang) en een titel (title).")
    with _without_garbage_collection(), _listening(progress) as faults:
        try:
            fonts = FontConfiguration()
            sheets = [
                CSS(
                    url=f"{STATIC_BASE}{name}",
                    url_fetcher=fetcher,
                    font_config=fonts,
                    media_type="print",
                )
                for name in stylesheets
            ]
            pdf: bytes = _parsed(html, fetcher).write_pdf(
                stylesheets=sheets,
                font_config=fonts,
                pdf_variant="pdf/ua-1",
                finisher=_mark_headings,
            )
        except FatalURLFetchingError as error:
            raise fetcher.refused or DocumentFault(str(error)) from error
    if fetcher.refused:
        # Inside an SVG image WeasyPrint catches even a fatal error and leaves the image out.
        raise fetcher.refused
    if faults:
        raise DocumentFault("; ".join(faults))
    progress(100, "Document klaar")
    return pdf


def _parsed(html: str, fetcher: ClosedFetcher) -> Any:
    """``html`` as WeasyPrint's document.

    Well-formed XML is read by expat: WeasyPrint's own reader, in Python, takes a tenth of the time
    of a whole document. Anything else goes to that reader.
    """
    import cssselect2
    from weasyprint import HTML

    try:
        root = ElementTree.fromstring(html)  # noqa: S314 - our own templates; expat loads nothing
    except ElementTree.ParseError:
        return HTML(string=html, base_url=STATIC_BASE, url_fetcher=fetcher, media_type="print")
    parsed = HTML.__new__(HTML)
    parsed.base_url = STATIC_BASE
    parsed.url_fetcher = fetcher
    parsed.media_type = "print"
    parsed.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
    parsed.etree_element = parsed.wrapper_element.etree_element
    return parsed


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Rendering makes millions of objects that live until its end; looking for garbage among them
    takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


# Step of WeasyPrint -> per cent before it, and what the reader is told.
STEPS = {
    "1": (2, "Tekst inlezen"),
    "2": (5, "Opmaak inlezen"),
    "3": (10, "Opmaak toepassen"),
    "4": (20, "Pagina’s voorbereiden"),
    "6": (80, "PDF schrijven"),
    "7": (95, "Kenmerken en leesvolgorde toevoegen"),
}
FATAL_WARNINGS = ("Font-face",)


class _Steps(logging.Handler):
    """Translates WeasyPrint's progress log; each page moves the layout on a little less."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress
        self.percent = 0

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if page := re.match(r"Step 5 - Creating layout - Page (\d+)", message):
            number = int(page[1])
            self._report(25 + 50 * number // (number + 40), f"Pagina {number} opgemaakt")
        elif (step := re.match(r"Step (\d)", message)) and step[1] in STEPS:
            self._report(*STEPS[step[1]])

    def _report(self, percent: int, text: str) -> None:
        # Layout runs again when page numbers change; the bar never goes back.
        self.percent = max(self.percent, percent)
        self.progress(self.percent, text)


class _Faults(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.levelno >= logging.ERROR or message.startswith(FATAL_WARNINGS):
            self.found.append(message)


@contextmanager
def _listening(progress: Progress) -> Iterator[list[str]]:
    """Report WeasyPrint's steps to ``progress`` and collect what it only complains about."""
    faults = _Faults()
    changed: list[tuple[logging.Logger, logging.Handler, int, bool]] = []
    listeners: list[tuple[str, logging.Handler, int]] = [
        ("weasyprint", faults, logging.WARNING),
        ("weasyprint.progress", _Steps(progress), logging.INFO),
    ]
    for name, handler, level in listeners:
        logger = logging.getLogger(name)
        changed.append((logger, handler, logger.level, logger.propagate))
        logger.addHandler(handler)
        logger.setLevel(level)
        logger.propagate = False
    try:
        yield faults.found
    finally:
        for logger, handler, level, propagate in changed:
            logger.removeHandler(handler)
            logger.setLevel(level)
            logger.propagate = propagate


def _mark_headings(document: Any, pdf: Any) -> None:
    """Say of every TH what it heads, and index their names: PDF/UA-1 asks for both.

    WeasyPrint 70 links cells to headings but gives TH no Scope and the tree no IDTree.
    """
    import pydyf

    scopes: dict[int, str] = {}
    for page in document.pages:
        for box in page._page_box.descendants():
            element = getattr(box, "mark", None)
            if element is not None and element.get("S") == "/TH":
                scope = box.element.attrib.get("scope")
                scopes[element.number] = "/Row" if scope in ("row", "rowgroup") else "/Column"
    names = []
    root = None
    for item in pdf.objects:
        if not isinstance(item, pydyf.Dictionary):
            continue
        if item.get("Type") == "/StructTreeRoot":
            root = item
        elif item.get("S") == "/TH":
            item["A"]["Scope"] = scopes.get(item.number, "/Column")
            if "ID" in item:
                names.append((item["ID"], item.reference))
    if names and root is not None:
        # A name tree is sorted by the bytes of its keys.
        names.sort(key=lambda pair: pair[0].string)
        tree = pydyf.Dictionary(
            {
                "Names": pydyf.Array([part for pair in names for part in pair]),
                "Limits": pydyf.Array([names[0][0], names[-1][0]]),
            }
        )
        pdf.add_object(tree)
        index = pydyf.Dictionary({"Kids": pydyf.Array([tree.reference])})
        pdf.add_object(index)
        root["IDTree"] = index.reference


def page_count(pdf: bytes) -> int:
    """How many pages ``pdf`` (made by our own renderer) has, from the root of its page tree.

    Raises ``ValueError`` when there is none; a PDF library is a thing of the tests only.
    """
    # A carriage return before the line feed is the last byte of the packed data.
    packed = re.findall(rb"/ObjStm.*?stream\n(.*?)\nendstream", pdf, re.DOTALL)
    for part in [pdf, *(zlib.decompress(stream) for stream in packed)]:
        if found := re.search(rb"/Type\s*/Pages\b[^<>]*?/Count\s+(\d+)", part):
            return int(found[1])
    raise ValueError("this PDF has no page tree that can be read")


def render_here(argument: dict[str, Any], folder: Path, progress: Progress) -> dict[str, Any]:
    """The child's side of ``rendering.render_in_child``: HTML from ``folder``, PDF into it."""
    pdf = render_pdf(
        (folder / "document.html").read_text(encoding="utf-8"),
        stylesheets=argument["stylesheets"],
        assets=[(folder / name).read_bytes() for name in argument["assets"]],
        folders=[Path(path) for path in argument["folders"]],
        progress=progress,
    )
    (folder / "document.pdf").write_bytes(pdf)
    return {"size": len(pdf)}
