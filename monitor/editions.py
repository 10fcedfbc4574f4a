"""A published edition as it was frozen: the only thing that public pages of the monitor read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse

from agenda.story import Story
from monitor.constants import HALF_YEAR_WORD, DocumentVariant, MonitorKind
from monitor.models import Monitor, Snapshot
from monitor.snapshots import read


@dataclass(frozen=True)
class EditionKey:
    """Which edition an address names: ``2018`` or ``2018/halfjaar``."""

    year: int
    kind: MonitorKind = MonitorKind.ANNUAL

    @classmethod
    def of(cls, monitor: Monitor) -> EditionKey:
        return cls(monitor.year, MonitorKind(monitor.kind))

    def __str__(self) -> str:
        half = f"/{HALF_YEAR_WORD}" if self.kind == MonitorKind.HALF_YEAR else ""
        return f"{self.year}{half}"


def edition_words(key: EditionKey) -> str:
    half = "het eerste halfjaar van " if key.kind == MonitorKind.HALF_YEAR else ""
    return f"{half}{key.year}"


def pdf_url(key: EditionKey, variant: str = DocumentVariant.FULL) -> str:
    """The address of the council document of an edition."""
    half = "_half_year" if key.kind == MonitorKind.HALF_YEAR else ""
    lean = "_lean" if variant == DocumentVariant.LEAN else ""
    return reverse(f"monitor_pdf{half}{lean}", args=[key.year, key.year])


class EditionConverter:
    """Path converter for an edition; accepts a key, a year or the text of either."""

    regex = r"[0-9]{4}(?:/halfjaar)?"

    def to_python(self, value: str) -> EditionKey:
        year, _, half = value.partition("/")
        return EditionKey(int(year), MonitorKind.HALF_YEAR if half else MonitorKind.ANNUAL)

    def to_url(self, value: EditionKey | int | str) -> str:
        return str(value)


@lru_cache(maxsize=16)
def _content(sha256: str) -> Story:
    """The verified content with this SHA-256; kept per process, because it can never change."""
    return read(Snapshot.objects.get(sha256=sha256))


@dataclass(frozen=True)
class Edition:
    """A published edition: its newest frozen version, with quick ways into the content."""

    key: EditionKey
    version: int
    sha256: str
    others: tuple[EditionKey, ...]

    @property
    def title(self) -> str:
        """How a sentence names the edition, without reading its content."""
        return edition_words(self.key)

    @property
    def pdf_url(self) -> str:
        """The address of the council document with the full cover."""
        return pdf_url(self.key)

    @property
    def content(self) -> Story:
        return _content(self.sha256)

    @cached_property
    def goals(self) -> dict[str, Story]:
        return {goal["slug"]: goal for goal in self.content["goals"]}

    @cached_property
    def themes(self) -> dict[str, Story]:
        return {theme["slug"]: theme for theme in self.content["themes"]}

    @cached_property
    def partners(self) -> dict[str, Story]:
        return {partner["slug"]: partner for partner in self.content["partners"]}

    @property
    def etag(self) -> str:
        """Changes with all that a page is made of.

        That is the content, the release, the static files, what the frame says of the site, and the
        editions that the page links to.
        """
        parts = [
            self.sha256,
            settings.VERSION,
            # Storages without a manifest (while developing) have no hash of it.
            str(getattr(staticfiles_storage, "manifest_hash", "")),
            settings.MUNICIPALITY_NAME,
            str(settings.DEMO),
            *map(str, self.others),
        ]
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]
