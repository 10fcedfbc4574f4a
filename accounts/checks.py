"""What must be so in the database before an installation may run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from accounts.models import User


@register(Tags.database)
def no_demonstration_accounts(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Production has no open account of the demonstration. ``migrate`` asks before anything starts.

    One query, for the commands that check a database; none while settings are read.
    """
    if settings.DEMO or not databases:
        return []
    try:
        found = User.objects.filter(is_demonstration=True, is_active=True).count()
    except DatabaseError:  # before the first migration
        return []
    if not found:
        return []
    return [
        Error(
            f"In deze database staan {found} open accounts van de demonstratie. Hun wachtwoord "
            "is gedeeld, en zij hebben geen tweede stap.",
            hint="Sluit ze met manage.py close_demo_accounts, of gebruik een lege database.",
            id="accounts.E001",
        )
    ]
