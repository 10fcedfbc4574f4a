"""Contracts with partners, their amendments, dates and parties."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Organisation, User
from agenda.constants import Origin
from agenda.models import AgendaVersion, Sourced, Theme
from contracts.constants import (
    AssignmentKind,
    ContractKind,
    ContractStatus,
    DateKind,
    Funding,
    PartyRole,
    PurchasingModel,
)
from contracts.querysets import AmendmentQuerySet, ContractQuerySet, PartyManager
from core.edits import Revised
from core.fields import words
from core.periods import Period, PeriodField


class Contract(Revised, Sourced):
    """An assignment to a partner or coalition. Its content changes through amendments only."""

    slug = models.SlugField("korte naam in adressen", max_length=80, unique=True)
    title = models.CharField("titel", max_length=200)
    partner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contracts",
        help_text="De partner of de coalitie; leeg als de opdracht aan niemand is verleend.",
    )
    kind = models.CharField("soort", max_length=20, choices=ContractKind)
    kind_note = models.CharField("soort, in woorden", max_length=200, blank=True)
    status = models.CharField("stand", max_length=8, choices=ContractStatus, null=True, blank=True)
    origin = models.CharField("herkomst", max_length=8, choices=Origin, default=Origin.SYSTEM)
    term = PeriodField("looptijd", null=True, blank=True)
    term_note = models.CharField("looptijd, in woorden", max_length=150, blank=True)
    starts_on = models.DateField("ingangsdatum", null=True, blank=True)
    ends_on = models.DateField("einddatum", null=True, blank=True)
    agenda_versions = models.ManyToManyField(
        AgendaVersion, related_name="contracts", verbose_name="agenda’s"
    )
    funding = models.CharField("bekostiging", max_length=12, choices=Funding, blank=True)
    funding_note = models.CharField("waarom deze bekostiging", max_length=300, blank=True)
    purchasing = models.CharField("inkoopmodel", max_length=14, choices=PurchasingModel, blank=True)
    purchasing_note = models.CharField("waarom dit inkoopmodel", max_length=300, blank=True)
    assignment_kind = models.CharField(
        "basisopdracht of aanvullende opdracht", max_length=10, choices=AssignmentKind, blank=True
    )
    basic_contract = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="additional_contracts",
        verbose_name="aanvulling op",
        help_text="De basisopdracht waarbij deze aanvullende opdracht hoort.",
    )
    legal_frame = models.TextField(
        "juridisch kader",
        blank=True,
        help_text="Op welke wet, verordening en voorwaarden de overeenkomst rust.",
    )
    financial_frame = models.TextField(
        "financieel kader",
        blank=True,
        help_text="Wat voor de hele looptijd geldt: plafond, indexering, wat bij meer vraag.",
    )
    occasion = models.TextField("aanleiding", blank=True)
    official_meetings = models.PositiveSmallIntegerField(
        "ambtelijk overleg per jaar", null=True, blank=True
    )
    executive_meetings = models.PositiveSmallIntegerField(
        "bestuurlijk overleg per jaar", null=True, blank=True
    )
    meeting_note = models.TextField("afspraken over overleg", blank=True)
    kpi_count = models.PositiveSmallIntegerField(
        "aantal prestatie-indicatoren volgens de bron", null=True, blank=True
    )
    is_example = models.BooleanField(
        "verzonnen voorbeeld",
        default=False,
        help_text="Verzonnen voor de demonstratie; elk scherm zegt dat erbij.",
    )
    note = models.TextField("opmerking", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = "overeenkomst"
        verbose_name_plural = "overeenkomsten"
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ContractKind.values) & Q(funding__in=Funding.values),
                name="contracts_contract_words",
                violation_error_message="Deze soort overeenkomst of bekostiging bestaat niet.",
            ),
            words(
                "purchasing",
                PurchasingModel,
                name="contracts_contract_purchasing",
                message="Dit inkoopmodel bestaat niet.",
            ),
            words(
                "assignment_kind",
                AssignmentKind,
                name="contracts_contract_assignment_kind",
                message="Kies basisopdracht of aanvullende opdracht.",
            ),
            models.CheckConstraint(
                condition=Q(basic_contract__isnull=True) | Q(assignment_kind="additional"),
                name="contracts_contract_basic_of_additional",
                violation_error_message="Alleen een aanvullende opdracht hoort bij een andere.",
            ),
            models.CheckConstraint(
                condition=Q(status__isnull=True) | Q(status__in=ContractStatus.values),
                name="contracts_contract_status",
                violation_error_message="Deze stand bestaat niet.",
            ),
            words(
                "origin",
                Origin,
                name="contracts_contract_origin",
                message="Deze herkomst bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(origin="source") | Q(origin="system", status__isnull=False),
                name="contracts_contract_status_known",
                violation_error_message="Een overeenkomst uit dit systeem heeft altijd een stand.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="contracts_contract_dates",
                violation_error_message="De einddatum ligt voor de ingangsdatum.",
            ),
            models.CheckConstraint(
                condition=~Q(origin="system", status__in=["active", "ended"])
                | Q(partner__isnull=False, starts_on__isnull=False, ends_on__isnull=False),
                name="contracts_contract_active_complete",
                violation_error_message=(
                    "Een actieve overeenkomst heeft een partner, een ingangsdatum en een einddatum."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_active(self) -> bool:
        """Running: what was agreed changes with an amendment only."""
        return self.status == ContractStatus.ACTIVE

    @property
    def is_ended(self) -> bool:
        return self.status == ContractStatus.ENDED


class Amendment(Revised, Sourced):
    """The contract as first agreed (number 0), or a later change of it.

    A draft changes nothing yet: what it starts and ends counts from its signature on. An amendment
    from a source may lack the day of its signature and is no draft, so that the day alone does not
    tell (docs/decisions/0016).
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField("nummer")
    title = models.CharField("titel", max_length=200)
    signed_on = models.DateField("ondertekend op", null=True, blank=True)
    holds_from = models.DateField(
        "geldt vanaf",
        null=True,
        blank=True,
        help_text="Een rapportage volgt de afspraken die op haar eerste dag gelden.",
    )
    term = PeriodField("looptijd", null=True, blank=True)
    ends_on = models.DateField(
        "nieuwe einddatum",
        null=True,
        blank=True,
        help_text="Alleen als de overeenkomst langer of korter gaat duren.",
    )
    is_draft = models.BooleanField("concept", default=False)
    year = models.PositiveSmallIntegerField(
        "resultaatafspraken voor", null=True, blank=True, editable=False
    )
    shared_at = models.DateTimeField(
        "gedeeld met de partner", null=True, blank=True, editable=False
    )
    reason = models.TextField("aanleiding", blank=True)
    note = models.TextField("opmerking", blank=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = "addendum"
        verbose_name_plural = "addenda"
        ordering = ["contract", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(is_draft=True),
                name="contracts_amendment_one_draft",
                violation_error_message="Er is al een addendum in concept. Maak dat eerst af.",
            ),
            models.CheckConstraint(
                condition=Q(is_draft=False) | Q(number__gt=0, signed_on__isnull=True),
                name="contracts_amendment_draft_unsigned",
                violation_error_message="Een ondertekend addendum is geen concept meer.",
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True) | Q(year__isnull=False),
                name="contracts_amendment_shared",
                violation_error_message="Alleen resultaatafspraken worden met een partner gedeeld.",
            ),
            models.UniqueConstraint(
                fields=["contract", "number"],
                name="contracts_amendment_number_unique",
                violation_error_message="Deze overeenkomst heeft al een addendum met dit nummer.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ContractEvent(models.Model):
    """A transition of a contract; append-only (the database refuses changes)."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="events")
    from_status = models.CharField("van", max_length=8, choices=ContractStatus)
    to_status = models.CharField("naar", max_length=8, choices=ContractStatus)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("toelichting", max_length=300, blank=True)
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "gebeurtenis van een overeenkomst"
        verbose_name_plural = "logboek van overeenkomsten"
        ordering = ["contract", "id"]
        constraints = [
            words(
                "from_status",
                ContractStatus,
                name="contracts_event_from_status",
                message="De stand vóór deze stap bestaat niet.",
            ),
            words(
                "to_status",
                ContractStatus,
                name="contracts_event_to_status",
                message="De stand na deze stap bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class Amended(models.Model):
    """A row of a contract that an amendment started, and perhaps another one ended."""

    contract_id: int

    started_by = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(
        Amendment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | ~Q(ended_by=F("started_by")),
                name="%(app_label)s_%(class)s_ends_later",
                violation_error_message="Een afspraak kan niet eindigen waar zij begint.",
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.started_by.contract_id != self.contract_id:
            raise ValidationError({"started_by": "Dit addendum is van een andere overeenkomst."})
        if self.ended_by is not None:
            if self.ended_by.contract_id != self.started_by.contract_id:
                raise ValidationError({"ended_by": "Dit addendum is van een andere overeenkomst."})
            if self.ended_by.number <= self.started_by.number:
                raise ValidationError({"ended_by": "Een afspraak eindigt na haar begin."})


class ContractDate(Sourced):
    """A dated step in the life of a contract; ``text`` where the source gives no full date."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="dates")
    kind = models.CharField("stap", max_length=20, choices=DateKind)
    date = models.DateField("datum", null=True, blank=True)
    text = models.CharField("datum, in woorden", max_length=60, blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "datum"
        verbose_name_plural = "data"
        ordering = ["contract", "order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(date__isnull=False) | ~Q(text=""),
                name="contracts_date_given",
                violation_error_message="Geef een datum, of schrijf op wat de bron erover zegt.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DateKind.values),
                name="contracts_date_kind",
                violation_error_message="Deze stap bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.date or self.text}"


class Party(Sourced):
    """An organisation in a contract, and as what.

    A row of a contract that runs is never removed. One that was added by mistake is withdrawn:
    ``objects`` and ``contract.parties`` leave it out, as if it never took part.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField("rol", max_length=14, choices=PartyRole)
    part = models.CharField("onderdeel", max_length=80, blank=True)
    contributes = models.BooleanField(
        "schrijft mee aan de rapportage",
        default=False,
        help_text="Vult haar eigen deel van de rapportage in; de penvoerder dient het geheel in.",
    )
    valid_from = models.DateField(
        "doet mee vanaf", null=True, blank=True, help_text="Leeg: vanaf het begin."
    )
    valid_until = models.DateField("doet mee tot en met", null=True, blank=True)
    note = models.CharField("toelichting", max_length=250, blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    withdrawn_on = models.DateField("ingetrokken op", null=True, blank=True, editable=False)

    objects = PartyManager()

    class Meta:
        verbose_name = "partij"
        verbose_name_plural = "partijen"
        ordering = ["contract", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "organisation", "role"],
                condition=Q(valid_until__isnull=True, withdrawn_on__isnull=True),
                name="contracts_party_unique",
                violation_error_message="Deze organisatie heeft deze rol al.",
            ),
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(role="lead", valid_until__isnull=True, withdrawn_on__isnull=True),
                name="contracts_party_one_lead",
                violation_error_message="Een overeenkomst heeft één penvoerder.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="contracts_party_days",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=PartyRole.values),
                name="contracts_party_role",
                violation_error_message="Deze rol bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(contributes=False) | Q(role="member"),
                name="contracts_party_members_contribute",
                violation_error_message=(
                    "Alleen een coalitiepartner schrijft mee; de penvoerder vult het geheel in."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"

    def takes_part_in(self, period: Period) -> bool:
        """Whether it takes part on some day of ``period``."""
        first, last = self.valid_from, self.valid_until
        return (first is None or first <= period.end) and (last is None or last >= period.start)

    def has_left(self, today: datetime.date) -> bool:
        return self.valid_until is not None and self.valid_until < today


class ContractTheme(Sourced):
    """A theme that a contract serves, or one that could not be bid for but must be connected to."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="themes")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="contract_links")
    is_open = models.BooleanField("onderdeel van de opdracht", default=True)
    note = models.CharField("toelichting", max_length=250, blank=True)

    class Meta:
        verbose_name = "thema van een overeenkomst"
        verbose_name_plural = "thema’s van overeenkomsten"
        ordering = ["contract", "theme__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "theme"],
                name="contracts_theme_unique",
                violation_error_message="Dit thema hoort al bij deze overeenkomst.",
            )
        ]

    def __str__(self) -> str:
        return str(self.theme)
