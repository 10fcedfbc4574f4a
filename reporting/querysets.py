"""Selections of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from agenda.constants import Origin
from reporting.constants import ReportStatus

if TYPE_CHECKING:
    from reporting.models import Report  # noqa: F401 - named in the base class


class ReportQuerySet(models.QuerySet["Report"]):
    def readable(self) -> ReportQuerySet:
        """What the public may read: accepted reports, and history from source documents."""
        return self.filter(Q(origin=Origin.SOURCE) | Q(status=ReportStatus.ACCEPTED))
