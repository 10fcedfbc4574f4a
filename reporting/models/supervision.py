"""The yearly report of the Wmo supervisor, its findings, and what the municipality answered."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation, User
from core.edits import Revised
from core.periods import LAST_YEAR
from reporting.models.drafts import ReceivedFile
from reporting.querysets import SupervisionFindingQuerySet, SupervisionReportQuerySet

FIRST_YEAR = 2015  # of the Wmo 2015, which asks for a supervisor
OF_THE_WMO = f"Kies een jaar van {FIRST_YEAR} tot en met {LAST_YEAR}: toezicht begon met de Wmo."


class SupervisionReport(Revised):
    """What the supervisor saw in a year. A draft until ``published_at``, and frozen after that."""

    year = models.PositiveSmallIntegerField(
        "jaar",
        validators=[
            MinValueValidator(FIRST_YEAR, OF_THE_WMO),
            MaxValueValidator(LAST_YEAR, OF_THE_WMO),
        ],
    )
    title = models.CharField("titel", max_length=200)
    summary = models.TextField("samenvatting")
    is_example = models.BooleanField("verzonnen voorbeeld", default=False, editable=False)
    published_at = models.DateTimeField("gepubliceerd op", null=True, editable=False)
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )

    objects = SupervisionReportQuerySet.as_manager()

    class Meta:
        verbose_name = "jaarverslag van het toezicht"
        verbose_name_plural = "jaarverslagen van het toezicht"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(summary=""),
                name="reporting_supervision_says_something",
                violation_error_message="Een jaarverslag heeft een titel en een samenvatting.",
            ),
            models.UniqueConstraint(
                fields=["year"],
                name="reporting_supervision_year_unique",
                violation_error_message="Over dit jaar is er al een jaarverslag.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="reporting_supervision_year_of_the_wmo",
                violation_error_message=OF_THE_WMO,
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="reporting_supervision_published_by_somebody",
                violation_error_message="Wie publiceert en wanneer, horen bij elkaar.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"

    def clean(self) -> None:
        super().clean()
        if self.year and self.year > timezone.localdate().year:
            raise ValidationError(
                {"year": f"{self.year} is nog niet begonnen. Kies dit jaar of een eerder jaar."}
            )

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class SupervisionDocument(ReceivedFile):
    """The report as a document, beside the text on the page."""

    report = models.OneToOneField(
        SupervisionReport, on_delete=models.PROTECT, related_name="document"
    )

    class Meta:
        verbose_name = "document van een jaarverslag"
        verbose_name_plural = "documenten van jaarverslagen"

    @property
    def asks_a_look(self) -> bool:
        """Whether a person has to look before it is public: it may tell of somebody."""
        return bool(self.numbers or self.more_numbers or self.unread)


class SupervisionWithdrawal(models.Model):
    """That the document of a published report was taken back, and why; append-only.

    The document itself goes with its file, because there may be a person in it; what it was called
    and which bytes it had is kept here.
    """

    report = models.OneToOneField(
        SupervisionReport, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.TextField("reden")
    at = models.DateTimeField("tijdstip", default=timezone.now)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("naam van het document", max_length=200)
    sha256 = models.CharField("controlegetal van het document", max_length=64)

    class Meta:
        verbose_name = "ingetrokken document van een jaarverslag"
        verbose_name_plural = "ingetrokken documenten van jaarverslagen"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(name=""),
                name="reporting_supervision_withdrawal_says_why",
                violation_error_message="Een ingetrokken document heeft een naam en een reden.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$"),
                name="reporting_supervision_withdrawal_sha256",
                violation_error_message="Een controlegetal heeft 64 tekens.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, ingetrokken op {self.at:%d-%m-%Y}"


class SupervisionFinding(Revised):
    """Something the supervisor saw, and what it recommends: to a partner, or to the municipality
    where there is no ``partner``."""

    report = models.ForeignKey(SupervisionReport, on_delete=models.PROTECT, related_name="findings")
    text = models.TextField("bevinding")
    advice = models.TextField("aanbeveling")
    partner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="voor wie",
    )

    objects = SupervisionFindingQuerySet.as_manager()

    class Meta:
        verbose_name = "bevinding van het toezicht"
        verbose_name_plural = "bevindingen van het toezicht"
        ordering = ["report", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(advice=""),
                name="reporting_supervision_finding_says_something",
                violation_error_message="Een bevinding heeft een tekst en een aanbeveling.",
            ),
        ]

    def __str__(self) -> str:
        return self.advice


class SupervisionAnswer(models.Model):
    """What the municipality did with a recommendation; append-only. A later one comes beside it."""

    finding = models.ForeignKey(
        SupervisionFinding, on_delete=models.PROTECT, related_name="answers"
    )
    text = models.TextField("antwoord")
    at = models.DateTimeField("tijdstip", default=timezone.now)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "antwoord op een aanbeveling"
        verbose_name_plural = "antwoorden op aanbevelingen"
        ordering = ["finding", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="reporting_supervision_answer_not_empty",
                violation_error_message="Een antwoord heeft een tekst.",
            ),
        ]

    def __str__(self) -> str:
        return self.text
