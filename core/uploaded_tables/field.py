"""The field of a form through which a table comes in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import lazystr

from core.uploaded_tables.cells import MOST_ROWS
from core.uploads.field import Upload, UploadField, UploadInput
from core.uploads.inspecting import ask_child
from core.uploads.kinds import Kind
from core.uploads.refusals import Refused
from core.values import format_number

KINDS = (Kind.XLSX, Kind.CSV)
NO_TABLE = "Kies een Excel-bestand (xlsx) of een csv-bestand."


@dataclass(frozen=True)
class UploadedTable:
    """A file with a table: its name, the hash of its bytes, and its sheets as the child told of
    them (``reading.tables_in`` makes rows of those)."""

    name: str
    sha256: str
    sheets: list[dict[str, Any]]


class _Help:
    """Says the limits that hold when it is shown, not when this module was imported."""

    def __init__(self, words: str, rows: int) -> None:
        self.words, self.rows = words, rows

    def __str__(self) -> str:
        return (
            f"{self.words}, ten hoogste {settings.UPLOAD_MAX_MB} MB en {format_number(self.rows)} "
            "rijen op een blad. Het lezen duurt enkele seconden; er verandert nog niets."
        )


class TableInput(UploadInput):
    """Offers tables only."""

    def __init__(self, kinds: tuple[Kind, ...]) -> None:
        self.kinds = kinds
        super().__init__()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        accept = ",".join(kind.extensions[0] for kind in self.kinds)
        told = {"accept": accept, "data-upload": accept, "data-other-kind": _other(self.kinds)}
        return super().get_context(name, value, {**told, **(attrs or {})})


def _other(kinds: tuple[Kind, ...]) -> str:
    return NO_TABLE if Kind.CSV in kinds else "Kies een Excel-bestand (xlsx)."


class TableField(UploadField):
    """One Excel file, or csv unless that is not among ``kinds``; cleaned data holds an
    ``UploadedTable``. The help tells of ``rows``. Cleaning takes up to a minute."""

    def __init__(
        self, *, kinds: tuple[Kind, ...] = KINDS, rows: int = MOST_ROWS, **kwargs: Any
    ) -> None:
        self.kinds = kinds
        words = "Excel (xlsx) of csv" if Kind.CSV in kinds else "Excel (xlsx)"
        kwargs.setdefault("help_text", lazystr(_Help(words, rows)))
        kwargs.setdefault("widget", TableInput(kinds))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not isinstance(upload, Upload):
            return None
        if upload.kind not in self.kinds:
            raise forms.ValidationError(_other(self.kinds), code="kind")
        try:
            return _read(upload)
        except Refused as refused:
            raise ValidationError(str(refused), code=refused.code) from None


def _read(upload: Upload) -> UploadedTable:
    upload.file.seek(0)
    digest = hashlib.file_digest(upload.file, "sha256").hexdigest()
    answers = ask_child("core.uploaded_tables.child", upload.file, upload.kind)
    if not answers:
        raise Refused("hard")
    if "refused" in answers[0]:
        raise Refused(answers[0]["refused"])
    return UploadedTable(upload.name, digest, answers[0]["sheets"])
