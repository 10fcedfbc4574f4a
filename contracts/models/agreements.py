"""What a contract asks for: sub-assignments, expectations, KPIs, terms and reporting."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from agenda.constants import IndicatorLevel, TargetKind
from agenda.models import Goal, Indicator, Sourced, Theme, check_value_type
from contracts.constants import (
    ExpectationKind,
    Obligation,
    ReportFrequency,
    ResultAspect,
    SectionKind,
    TermHolder,
    TermKind,
)
from contracts.models.contracts import Amended, Contract
from contracts.querysets import AmendedQuerySet, offered_members
from core.edits import Revised
from core.fields import TypedValue, words
from core.periods import PeriodField


class SubAssignment(Revised, Sourced):
    """A part of an assignment with a budget and results of its own."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="sub_assignments")
    number = models.CharField("nummer", max_length=10)
    name = models.CharField("naam", max_length=150)
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    excluded = models.TextField("valt erbuiten", blank=True)
    note = models.TextField("opmerking", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "deelopdracht"
        verbose_name_plural = "deelopdrachten"
        ordering = ["contract", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"],
                name="contracts_sub_assignment_number_unique",
                violation_error_message="Er is al een deelopdracht met dit nummer.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Expectation(Sourced):
    """A result, effect or expectation that the contract names, under a theme where it says so."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="expectations")
    sub_assignment = models.ForeignKey(
        SubAssignment, on_delete=models.PROTECT, null=True, blank=True, related_name="expectations"
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="expectations"
    )
    kind = models.CharField("soort", max_length=12, choices=ExpectationKind)
    number = models.CharField("nummer", max_length=10, blank=True)
    text = models.CharField("verwachting", max_length=300)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "verwachting"
        verbose_name_plural = "verwachtingen"
        ordering = ["contract", "order"]
        constraints = [
            words(
                "kind",
                ExpectationKind,
                name="contracts_expectation_kind",
                message="Deze soort verwachting bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        check_part(self.sub_assignment, self.contract_id)


def check_part(part: SubAssignment | None, contract_id: int) -> None:
    """Raise ``ValidationError`` when ``part`` is of another contract."""
    if part is not None and part.contract_id != contract_id:
        raise ValidationError(
            {"sub_assignment": "Deze deelopdracht is van een andere overeenkomst."}
        )


NO_MEMBER = "Deze organisatie schrijft niet mee aan de rapportage. Kies opnieuw."


class KPI(Revised, Amended, Sourced):
    """An indicator applied in a contract; the goals it serves come with it."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="kpis")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="kpis")
    goals = models.ManyToManyField(Goal, related_name="kpis", blank=True, verbose_name="doelen")
    number = models.CharField("nummer", max_length=10)
    name = models.CharField("naam", max_length=200)
    member = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wie rapporteert",
        help_text="De coalitiepartner die het resultaat invult; leeg voor de penvoerder.",
    )
    aspect = models.CharField(
        "kwaliteit of kwantiteit", max_length=8, choices=ResultAspect, blank=True
    )
    obligation = models.CharField(
        "inspanning of resultaat", max_length=6, choices=Obligation, blank=True
    )
    band = models.DecimalField(
        "bandbreedte",
        max_digits=18,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Hoeveel de uitkomst mag afwijken van de streefwaarde, in de eenheid van de "
        "indicator. Leeg: zoals het paspoort zegt.",
    )
    rationale = models.TextField("waarom deze afspraak", blank=True)
    note = models.TextField("opmerking", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = AmendedQuerySet.as_manager()

    class Meta(Amended.Meta):
        verbose_name = "prestatie-indicator"
        verbose_name_plural = "prestatie-indicatoren"
        ordering = ["contract", "order"]
        constraints = [
            *Amended.Meta.constraints,
            models.UniqueConstraint(
                fields=["contract", "started_by", "number"],
                name="contracts_kpi_number_unique",
                violation_error_message="Er is al een prestatie-indicator met dit nummer.",
            ),
            models.CheckConstraint(
                condition=Q(aspect__in=ResultAspect.values) & Q(obligation__in=Obligation.values),
                name="contracts_kpi_words",
                violation_error_message="Kies kwaliteit of kwantiteit, en inspanning of resultaat.",
            ),
            models.CheckConstraint(
                condition=Q(band__isnull=True) | Q(band__gte=0),
                name="contracts_kpi_band",
                violation_error_message="Een bandbreedte is 0 of meer.",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.indicator_id and self.indicator.level == IndicatorLevel.POPULATION:
            raise ValidationError(
                {
                    "indicator": (
                        "Een partner wordt niet afgerekend op een cijfer over de hele gemeente. "
                        "Kies een indicator die de prestatie van één partner meet."
                    )
                }
            )
        if self.member_id and not offered_members(self.contract).filter(pk=self.member_id).exists():
            raise ValidationError({"member": NO_MEMBER})

    def __str__(self) -> str:
        return self.name


class KPITarget(TypedValue, Amended, Sourced):
    """The baseline of a KPI, or the value aimed at in a half-year or year (``period``)."""

    kpi = models.ForeignKey(KPI, on_delete=models.PROTECT, related_name="targets")
    kind = models.CharField("soort", max_length=10, choices=TargetKind, default=TargetKind.TARGET)
    period = PeriodField("periode")

    objects = AmendedQuerySet.as_manager()

    class Meta(TypedValue.Meta, Amended.Meta):
        verbose_name = "streefwaarde van een prestatie-indicator"
        verbose_name_plural = "streefwaarden van prestatie-indicatoren"
        ordering = ["kpi_id", "period"]
        constraints = [
            *TypedValue.Meta.constraints,
            *Amended.Meta.constraints,
            models.UniqueConstraint(
                fields=["kpi", "kind", "period", "started_by"],
                name="contracts_kpi_target_unique",
                violation_error_message="Voor deze periode is er al een streefwaarde.",
            ),
            words(
                "kind",
                TargetKind,
                name="contracts_kpi_target_kind",
                message="Deze soort streefwaarde bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi}: {self.value} in {self.period}"

    @property
    def contract_id(self) -> int:  # type: ignore[override]
        return self.kpi.contract_id

    def clean(self) -> None:
        super().clean()
        check_value_type(self.value_type, self.kpi.indicator)


class Term(Amended, Sourced):
    """An agreement that is neither money nor a KPI."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="terms")
    kind = models.CharField("soort", max_length=12, choices=TermKind)
    text = models.CharField("afspraak", max_length=400)
    holder = models.CharField("wie doet het", max_length=12, choices=TermHolder, blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = AmendedQuerySet.as_manager()

    class Meta(Amended.Meta):
        verbose_name = "afspraak"
        verbose_name_plural = "afspraken"
        ordering = ["contract", "kind", "order"]
        constraints = [
            *Amended.Meta.constraints,
            words(
                "holder",
                TermHolder,
                name="contracts_term_holder",
                message="Kies wie dit doet.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=TermKind.values),
                name="contracts_term_kind",
                violation_error_message="Deze soort afspraak bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Provision(Amended, Sourced):
    """A provision that is part of the assignment, or stays outside it, and how it is paid now."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="provisions")
    is_inside = models.BooleanField("valt binnen de opdracht", default=True)
    name = models.CharField("voorziening", max_length=200)
    parts = models.CharField("onderdelen", max_length=400, blank=True)
    funding = models.CharField("hoe het nu wordt betaald", max_length=150, blank=True)
    note = models.CharField("waarom erbinnen of erbuiten", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = AmendedQuerySet.as_manager()

    class Meta(Amended.Meta):
        verbose_name = "voorziening"
        verbose_name_plural = "voorzieningen"
        ordering = ["contract", "-is_inside", "order"]

    def __str__(self) -> str:
        where = "binnen" if self.is_inside else "buiten"
        return f"{self.name} ({where} de opdracht)"


class ReportingAgreement(Amended, Sourced):
    """How often the partner reports, and which sections."""

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="reporting_agreements"
    )
    frequency = models.CharField("hoe vaak", max_length=12, choices=ReportFrequency, blank=True)
    annual_accounts = models.BooleanField(
        "ook een jaarverantwoording",
        default=False,
        help_text="Na elk kalenderjaar, naast de halfjaarrapportages.",
    )
    due_days = models.PositiveSmallIntegerField(
        "indienen binnen (dagen)",
        default=56,
        help_text="Dagen na het einde van de periode; acht weken is gebruikelijk.",
    )
    lock_days = models.PositiveSmallIntegerField(
        "daarna nog open (dagen)",
        default=28,
        help_text="Zo lang kan een te late rapportage nog worden ingediend.",
    )
    note = models.CharField("toelichting", max_length=250, blank=True)

    objects = AmendedQuerySet.as_manager()

    class Meta(Amended.Meta):
        verbose_name = "rapportageafspraak"
        verbose_name_plural = "rapportageafspraken"
        ordering = ["contract", "id"]
        constraints = [
            *Amended.Meta.constraints,
            words(
                "frequency",
                ReportFrequency,
                name="contracts_reporting_agreement_frequency",
                message="Deze frequentie bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_frequency_display())


class ReportingSection(models.Model):
    """One section that a report under the agreement has."""

    agreement = models.ForeignKey(
        ReportingAgreement, on_delete=models.CASCADE, related_name="sections"
    )
    kind = models.CharField("onderdeel", max_length=20, choices=SectionKind)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "onderdeel van de rapportage"
        verbose_name_plural = "onderdelen van de rapportage"
        ordering = ["agreement", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind"],
                name="contracts_section_unique",
                violation_error_message="Dit onderdeel staat er al.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SectionKind.values),
                name="contracts_section_kind",
                violation_error_message="Dit onderdeel bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
