"""The municipality that owns the agendas."""

from __future__ import annotations

from pathlib import Path

from accounts.constants import OrganisationKind
from accounts.models import Organisation

SLUG = "gemeente-kaag-en-braassem"


def load(data: Path) -> None:
    """Make the organisation of the municipality, unless it is there."""
    Organisation.objects.get_or_create(
        slug=SLUG,
        defaults={"name": "Gemeente Kaag en Braassem", "kind": OrganisationKind.MUNICIPALITY},
    )
