"""Freezing an edition: canonical JSON, its SHA-256, and reading it back."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.exceptions import ValidationError

from monitor.models import Monitor, Snapshot
from monitor.payload import build_payload


class DamagedSnapshot(Exception):
    """The stored text does not match its SHA-256; it must not be shown as if it did."""


class NotPublished(ValidationError):
    """Only what was offered to the council is frozen; the message is Dutch."""


def canonical(payload: dict[str, Any]) -> str:
    """One text for one content: sorted keys, no spaces, no escapes."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def freeze(monitor: Monitor, *, release: str) -> Snapshot:
    """Store the content of ``monitor`` as its next version; call it within a transaction.

    Raises ``NotPublished`` unless the edition is published.
    """
    if not Monitor.objects.published().filter(pk=monitor.pk).exists():
        raise NotPublished(
            "Deze monitor is niet aan de raad aangeboden. Pas dan wordt een versie vastgelegd."
        )
    version = monitor.snapshots.count() + 1
    text = canonical(build_payload(monitor, version=version))
    return Snapshot.objects.create(
        monitor=monitor, version=version, payload=text, sha256=digest(text), release=release
    )


def read(snapshot: Snapshot) -> dict[str, Any]:
    """The content of ``snapshot``. Raises ``DamagedSnapshot`` when it was tampered with."""
    if digest(snapshot.payload) != snapshot.sha256:
        raise DamagedSnapshot(f"Het controlegetal van {snapshot} klopt niet.")
    payload: dict[str, Any] = json.loads(snapshot.payload)
    return payload
