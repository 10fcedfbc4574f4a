"""The doors to the monitor: what may be seen is what was offered to the council."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from agenda.story import Story
from monitor.constants import DocumentVariant, MonitorKind, MonitorStatus
from monitor.editions import Edition, EditionKey, edition_words
from monitor.models import CouncilDocument, Snapshot


def published_editions() -> list[Edition]:
    """Every published edition in its newest version, oldest first. One query."""
    newest: dict[EditionKey, tuple[int, str]] = {}
    rows = (
        Snapshot.objects.filter(monitor__status=MonitorStatus.PUBLISHED)
        .order_by("monitor__year", "monitor__kind", "version")
        .values_list("monitor__year", "monitor__kind", "version", "sha256")
    )
    for year, kind, version, sha256 in rows:
        newest[EditionKey(year, MonitorKind(kind))] = (version, sha256)
    others = tuple(newest)
    return [Edition(key, *held, others=others) for key, held in newest.items()]


def edition_or_404(key: EditionKey) -> Edition:
    """The published edition that ``key`` names. Raises ``Http404``, in Dutch."""
    editions = published_editions()
    for edition in editions:
        if edition.key == key:
            return edition
    years = ", ".join(edition.title for edition in editions)
    raise Http404(
        f"Over {edition_words(key)} is er geen monitor. Wel over: {years}."
        if years
        else "Er is nog geen monitor aan de raad aangeboden."
    )


def find(held: dict[str, Any], slug: str, what: str) -> Story:
    """The item with ``slug`` in an edition. Raises ``Http404``."""
    if slug not in held:
        raise Http404(f"{what} staat niet in deze monitor.")
    found: Story = held[slug]
    return found


def snapshot_or_404(key: EditionKey) -> Snapshot:
    """The newest version of the published edition that ``key`` names. Raises ``Http404``."""
    snapshot = Snapshot.objects.of_published(key.year, key.kind).newest_first().first()
    if snapshot is None:
        raise Http404(f"Over {edition_words(key)} is er geen monitor.")
    return snapshot


def newest_documents() -> dict[EditionKey, list[CouncilDocument]]:
    """The council documents of the newest version of every published edition. One query."""
    found: dict[EditionKey, list[CouncilDocument]] = {}
    for document in CouncilDocument.objects.of_newest_snapshots():
        monitor = document.snapshot.monitor
        key = EditionKey(monitor.year, MonitorKind(monitor.kind))
        found.setdefault(key, []).append(document)
    return found


def document_of(snapshot: Snapshot, variant: str) -> CouncilDocument | None:
    if variant not in DocumentVariant.values:
        raise Http404("Deze uitvoering van het raadsdocument bestaat niet.")
    return snapshot.documents.filter(variant=variant).select_related("file", "job").first()
