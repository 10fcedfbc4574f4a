"""Selections of accounts data; views and templates never spell these filters."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from accounts.models import RoleAssignment  # noqa: F401 - named in the base class below


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def valid_on(self, day: datetime.date) -> RoleAssignmentQuerySet:
        """Assignments that hold on ``day``, first and last day included."""
        return self.filter(valid_from__lte=day).filter(
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=day)
        )
