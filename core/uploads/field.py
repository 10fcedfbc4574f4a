"""The form field through which every file from outside comes in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazystr

from core.bsn import find_bsn
from core.uploads import clamd, kinds
from core.uploads.handler import MB, Dropped, most_bytes
from core.uploads.inspecting import Inspected, Number, inspect
from core.uploads.kinds import EXTENSIONS, HEAD, OLE, Kind
from core.uploads.names import harmless
from core.uploads.refusals import SENTENCES, Refused


@dataclass(frozen=True)
class Upload:
    """A file that may come in: checked, read and, where there is a scanner, scanned."""

    file: UploadedFile[bytes]
    name: str
    kind: Kind
    read: Inspected


class _Help:
    """Says the limit that holds when it is shown, not when this module was imported."""

    def __str__(self) -> str:
        return (
            "Pdf, Word (docx), Excel (xlsx), tekst (csv, txt) of een afbeelding (png, jpg), "
            f"ten hoogste {settings.UPLOAD_MAX_MB} MB. Na het toevoegen kijken wij het bestand na; "
            "dat duurt enkele seconden."
        )


class _PdfHelp:
    """As ``_Help``, where a pdf alone will do."""

    def __str__(self) -> str:
        return (
            f"Een pdf van ten hoogste {settings.UPLOAD_MAX_MB} MB. Na het toevoegen kijken wij het "
            "bestand na; dat duurt enkele seconden."
        )


class UploadInput(forms.FileInput):
    """Tells the browser what ``static/js/upload.js`` checks before anything is sent."""

    pdf_only = False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        extensions = ",".join(Kind.PDF.extensions if self.pdf_only else EXTENSIONS)
        told = {
            "accept": extensions,
            "data-upload": extensions,
            "data-most": most_bytes(),
            "data-too-large": SENTENCES["size"].format(size="#", most=settings.UPLOAD_MAX_MB),
            "data-other-kind": SENTENCES["only_pdf" if self.pdf_only else "kind"],
        }
        return super().get_context(name, value, {**told, **(attrs or {})})


class UploadField(forms.FileField):
    """One file; cleaned data holds an ``Upload``. Cleaning takes up to half a minute.

    ``pdf_only`` is for what the public reads: everybody can, and it does not change by itself.
    """

    widget: UploadInput = UploadInput  # type: ignore[assignment]

    def __init__(self, *, pdf_only: bool = False, **kwargs: Any) -> None:
        self.pdf_only = pdf_only
        kwargs.setdefault("help_text", lazystr(_PdfHelp() if pdf_only else _Help()))
        kwargs.setdefault(
            "error_messages", {"required": "Kies een bestand.", "empty": "Dit bestand is leeg."}
        )
        super().__init__(**kwargs)
        self.widget.pdf_only = pdf_only

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return None
        try:
            if self.pdf_only and kinds.said(harmless(file.name or "")) is not Kind.PDF:
                raise Refused("only_pdf")
            return _received(file)
        except Refused as refused:
            raise ValidationError(str(refused), code=refused.code) from None


def _received(file: UploadedFile[bytes]) -> Upload:
    """``file``, looked at from cheap to dear. Raises ``Refused``."""
    size = file.size or 0
    if isinstance(file, Dropped) or size > most_bytes():
        raise Refused("size", size=-(-size // MB), most=settings.UPLOAD_MAX_MB)
    name = harmless(file.name or "")
    kind = kinds.said(name)
    if isinstance(kind, str):
        raise Refused(kind)
    file.seek(0)
    head = file.read(HEAD)
    held_old = kind.is_office and head.startswith(OLE)  # opened to tell a password from an old file
    if kind not in kinds.told(head) and not held_old:
        raise Refused("other", said=kind.extensions[0], told=_words(kinds.told(head)))
    read = _with_name(inspect(file, kind), name)
    if settings.CLAMD_URL:
        clamd.scan(file, settings.CLAMD_URL)
    return Upload(file, name, kind, read)


def _with_name(read: Inspected, name: str) -> Inspected:
    """What was read, with the numbers in the name of the file itself."""
    named = tuple(Number(number, "de naam") for number in find_bsn(name))
    return replace(read, numbers=(*named, *read.numbers))


def _words(found: frozenset[Kind]) -> str:
    words = {kind.words for kind in found}
    return words.pop() if len(words) == 1 else "iets anders"
