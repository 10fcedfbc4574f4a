"""The words of reporting."""

from __future__ import annotations

from django.db import models


class ReportKind(models.TextChoices):
    HALF_YEAR = "half_year", "halfjaarrapportage"
    ANNUAL = "annual", "jaarverantwoording"
    RESEARCH = "research", "uitvoering, beschreven door onderzoekers"


class ReportStatus(models.TextChoices):
    OPEN = "open", "open"
    SUBMITTED = "submitted", "ingediend"
    RETURNED = "returned", "teruggestuurd"
    ACCEPTED = "accepted", "geaccepteerd"


# The partner has the report in hand.
OPEN_STATUSES = frozenset({ReportStatus.OPEN, ReportStatus.RETURNED})


class NarrativeSection(models.TextChoices):
    ACHIEVED = "achieved", "behaald"
    NOT_ACHIEVED = "not_achieved", "niet behaald"
    BOTTLENECK = "bottleneck", "knelpunt"
    IMPROVEMENT = "improvement", "verbeteractie"
    DESCRIPTION = "description", "uitvoering"
    SIGNAL = "signal", "signaal van inwoners"


class Referral(models.TextChoices):
    """Whether one may come without being sent by somebody."""

    NOT_STATED = "", "niet vermeld"
    NONE = "none", "u hebt geen verwijzing nodig"
    NEEDED = "needed", "u hebt een verwijzing nodig"
