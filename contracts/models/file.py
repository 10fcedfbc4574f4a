"""What is kept beside the agreements of a contract: its file. It may be written at any time.

Options, transitions, contracts with suppliers, documents, notices, and whether agreements are kept.
"""

from __future__ import annotations

import datetime

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Organisation, User
from agenda.models import Sourced
from contracts.constants import DocumentKind, OptionOutcome, TermOutcome
from contracts.models.agreements import Term
from contracts.models.contracts import Amendment, Contract
from contracts.models.privacy import WEB_ADDRESS
from core.edits import Revised
from core.fields import words
from core.models import StoredFile

REMIND_DAYS = 90  # before the last day; longer than the summer
MOST_REMIND_DAYS = 730  # two years: a tender takes no longer


class RemindedOf(models.Model):
    """A row with a day before which somebody has to do something."""

    remind_days = models.PositiveSmallIntegerField(
        "herinneren, zoveel dagen vooraf",
        default=REMIND_DAYS,
        validators=[
            MaxValueValidator(MOST_REMIND_DAYS, "Kies ten hoogste %(limit_value)s dagen vooraf.")
        ],
        help_text="Dan staat het op ‘Mijn werk’ van de accounthouder en gaat er een mail uit.",
    )

    class Meta:
        abstract = True


def remind_in_reach(name: str) -> models.CheckConstraint:
    """A day far before all days cannot be counted back to."""
    return models.CheckConstraint(
        condition=Q(remind_days__lte=MOST_REMIND_DAYS),
        name=name,
        violation_error_message=f"Kies ten hoogste {MOST_REMIND_DAYS} dagen vooraf.",
    )


class ExtensionOption(Revised, RemindedOf, Sourced):
    """An option to extend a contract, with the last day on which the partner is to be told."""

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="extension_options"
    )
    until = models.DateField("verlengen tot en met")
    notice_by = models.DateField(
        "opzeggen of melden voor", help_text="De laatste dag om het de partner te laten weten."
    )
    outcome = models.CharField(
        "wat ermee is gedaan", max_length=8, choices=OptionOutcome, default=OptionOutcome.OPEN
    )
    decided_on = models.DateField("besloten op", null=True, blank=True)
    reason = models.CharField("waarom", max_length=300, blank=True)

    class Meta:
        verbose_name = "mogelijkheid om te verlengen"
        verbose_name_plural = "mogelijkheden om te verlengen"
        ordering = ["contract", "until"]
        constraints = [
            words(
                "outcome",
                OptionOutcome,
                name="contracts_option_outcome",
                message="Kies wat ermee is gedaan.",
            ),
            models.CheckConstraint(
                condition=Q(notice_by__lte=F("until")),
                name="contracts_option_days",
                violation_error_message="De laatste dag om te melden ligt na de nieuwe einddatum.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", decided_on__isnull=True)
                | (~Q(outcome="open") & Q(decided_on__isnull=False) & ~Q(reason="")),
                name="contracts_option_decided",
                violation_error_message=(
                    "Een keuze heeft een dag en een reden; zolang zij open is, heeft zij geen dag."
                ),
            ),
            models.UniqueConstraint(
                fields=["contract", "until"],
                name="contracts_option_unique",
                violation_error_message="Deze mogelijkheid staat er al.",
            ),
            remind_in_reach("contracts_option_remind"),
        ]

    def __str__(self) -> str:
        return f"verlengen tot en met {self.until:%d-%m-%Y}"


class Transition(Revised, RemindedOf, Sourced):
    """What goes on for a group of clients or a kind of trajectory, and until when."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="transitions")
    group = models.CharField("groep of soort traject", max_length=200)
    text = models.TextField("wat er geldt")
    ends_on = models.DateField("geldt tot en met", null=True, blank=True)
    finished_on = models.DateField("afgerond op", null=True, blank=True)

    class Meta:
        verbose_name = "overgangsregeling"
        verbose_name_plural = "overgangsregelingen"
        ordering = ["contract", "ends_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "group"],
                name="contracts_transition_unique",
                violation_error_message="Voor deze groep staat er al een overgangsregeling.",
            ),
            remind_in_reach("contracts_transition_remind"),
        ]

    def __str__(self) -> str:
        return self.group


class Supply(Revised, RemindedOf, Sourced):
    """A contract of the municipality with a supplier whose deliveries a partner watches."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="supplies")
    supplier = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="leverancier"
    )
    subject = models.CharField("wat er wordt geleverd", max_length=200)
    delivery_days = models.PositiveSmallIntegerField(
        "levertermijn (dagen)", null=True, blank=True, help_text="Hele dagen na de bestelling."
    )
    watcher = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wie de levering bewaakt",
        help_text="Leeg: de gemeente zelf.",
    )
    ends_on = models.DateField("loopt tot en met", null=True, blank=True)
    note = models.TextField("opmerking", blank=True)

    class Meta:
        verbose_name = "contract met een leverancier"
        verbose_name_plural = "contracten met leveranciers"
        ordering = ["contract", "subject"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "supplier", "subject"],
                name="contracts_supply_unique",
                violation_error_message="Dit contract met deze leverancier staat er al.",
            ),
            remind_in_reach("contracts_supply_remind"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {self.supplier}"


class Delivery(Revised):
    """How long deliveries took in practice, on average, up to a day."""

    supply = models.ForeignKey(Supply, on_delete=models.PROTECT, related_name="deliveries")
    measured_on = models.DateField("gemeten op")
    days = models.PositiveSmallIntegerField("levertijd (dagen)")
    note = models.CharField("opmerking", max_length=300, blank=True)

    class Meta:
        verbose_name = "levertijd"
        verbose_name_plural = "levertijden"
        ordering = ["supply", "-measured_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["supply", "measured_on"],
                name="contracts_delivery_unique",
                violation_error_message="Van deze dag staat er al een levertijd.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.days} dagen op {self.measured_on:%d-%m-%Y}"

    @property
    def is_late(self) -> bool:
        """Whether it took longer than was agreed; without a term nothing is late."""
        return self.supply.delivery_days is not None and self.days > self.supply.delivery_days


class ContractDocument(Revised, Sourced):
    """A document of a contract or of one of its amendments, for who manages contracts."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="documents")
    amendment = models.ForeignKey(
        Amendment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="hoort bij addendum",
    )
    kind = models.CharField("soort", max_length=12, choices=DocumentKind)
    title = models.CharField("titel", max_length=200)
    dated_on = models.DateField("datum van het document", null=True, blank=True)
    document_url = models.CharField(
        "adres van het document", max_length=500, blank=True, validators=[WEB_ADDRESS]
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    file_name = models.CharField("naam van het bestand", max_length=100, blank=True)
    note = models.TextField("opmerking", blank=True)

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        ordering = ["contract", "dated_on", "id"]
        constraints = [
            words(
                "kind",
                DocumentKind,
                name="contracts_document_kind",
                message="Deze soort document bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True, file_name="")
                | (Q(file__isnull=False) & ~Q(file_name="")),
                name="contracts_document_file_named",
                violation_error_message="Een bestand heeft een naam.",
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=False) | ~Q(document_url=""),
                name="contracts_document_somewhere",
                violation_error_message="Kies een bestand, of geef het adres van het document.",
            ),
            models.UniqueConstraint(
                fields=["contract", "title"],
                name="contracts_document_unique",
                violation_error_message="Er is al een document met deze titel.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TermCheck(models.Model):
    """Somebody looked whether an agreement is kept; the newest counts. Append-only."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="checks")
    outcome = models.CharField("uitkomst", max_length=6, choices=TermOutcome)
    checked_on = models.DateField("nagegaan op")
    note = models.CharField("toelichting", max_length=300, blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "controle van een afspraak"
        verbose_name_plural = "controles van afspraken"
        ordering = ["term", "-checked_on", "-id"]
        constraints = [
            words(
                "outcome",
                TermOutcome,
                name="contracts_term_check_outcome",
                message="Kies of de afspraak is nagekomen.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="kept") | ~Q(note=""),
                name="contracts_term_check_says_why",
                violation_error_message="Schrijf wat er nog niet gebeurt.",
            ),
            models.UniqueConstraint(
                fields=["term", "checked_on", "outcome"],
                name="contracts_term_check_unique",
                violation_error_message="Dit is van deze dag al vastgelegd.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} op {self.checked_on:%d-%m-%Y}"


class TenderNotice(models.Model):
    """Partners were told of a new tender: when, who, and what. Append-only."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="tender_notices")
    subject = models.CharField("waar gaat de aanbesteding over?", max_length=200)
    starts_on = models.DateField("de aanbesteding begint op")
    text = models.TextField("bericht")
    organisations = models.ManyToManyField(Organisation, related_name="+", verbose_name="aan wie")
    told_on = models.DateField("verteld op")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "bericht over een aanbesteding"
        verbose_name_plural = "berichten over aanbestedingen"
        ordering = ["contract", "-told_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(told_on__lte=F("starts_on")),
                name="contracts_notice_in_time",
                violation_error_message="Een bericht gaat uit voordat de aanbesteding begint.",
            ),
            models.UniqueConstraint(
                fields=["contract", "subject", "told_on"],
                name="contracts_notice_unique",
                violation_error_message="Dit bericht is vandaag al verstuurd.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def days_ahead(self) -> int:
        """How many days before the start partners knew."""
        return (self.starts_on - self.told_on).days

    @property
    def is_soon(self) -> bool:
        """Whether that was less than half a year: small providers need that long."""
        return self.days_ahead < datetime.timedelta(days=182).days
