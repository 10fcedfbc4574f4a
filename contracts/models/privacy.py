"""What a contract says about personal data, and the register of information exchange."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from agenda.models import Sourced
from contracts.constants import DataAgreementKind, ExchangeOutcome, LegalGround, SpecialGround
from contracts.models.contracts import Contract
from contracts.querysets import ExchangeQuerySet
from core.edits import Revised
from core.fields import words
from core.models import StoredFile

WEB_ADDRESS = URLValidator(
    schemes=["https", "http"], message="Schrijf een heel adres, dat begint met https://."
)
ENDED_BEFORE_TEST = "Dat is voor de dag waarop is getoetst."


class PersonalData(Revised, Sourced):
    """Whether the work of a contract needs personal data; without a row nobody looked yet.

    It is no term of the contract, so that it can be said of one that runs or came from a source.
    """

    contract = models.OneToOneField(
        Contract, on_delete=models.PROTECT, related_name="personal_data"
    )
    is_processed = models.BooleanField("er worden persoonsgegevens verwerkt")
    note = models.CharField("welke gegevens, van wie", max_length=300, blank=True)

    class Meta:
        verbose_name = "persoonsgegevens bij een overeenkomst"
        verbose_name_plural = "persoonsgegevens bij overeenkomsten"
        ordering = ["contract"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_processed=False) | ~Q(note=""),
                name="contracts_personal_data_says_which",
                violation_error_message="Schrijf om welke soorten gegevens het gaat, en van wie.",
            )
        ]

    def __str__(self) -> str:
        return "persoonsgegevens" if self.is_processed else "geen persoonsgegevens"


class DataAgreement(Revised, Sourced):
    """What was agreed about personal data with one party of a contract, or why nothing has to be.

    The document itself is for who manages contracts; the rest is public.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="data_agreements")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="met wie"
    )
    kind = models.CharField("soort", max_length=10, choices=DataAgreementKind)
    signed_on = models.DateField("ondertekend op", null=True, blank=True)
    ends_on = models.DateField(
        "geldt tot en met",
        null=True,
        blank=True,
        help_text="Leeg als de afspraak zo lang geldt als de overeenkomst.",
    )
    reason = models.CharField("waarom is er geen overeenkomst nodig?", max_length=300, blank=True)
    document_url = models.CharField(
        "adres van het document", max_length=500, blank=True, validators=[WEB_ADDRESS]
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    file_name = models.CharField("naam van het bestand", max_length=100, blank=True)
    note = models.TextField("opmerking", blank=True)

    class Meta:
        verbose_name = "afspraak over persoonsgegevens"
        verbose_name_plural = "afspraken over persoonsgegevens"
        ordering = ["contract", "organisation__name", "signed_on", "id"]
        constraints = [
            words(
                "kind",
                DataAgreementKind,
                name="contracts_data_agreement_kind",
                message="Deze soort afspraak bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=DataAgreementKind.OWN) | ~Q(reason=""),
                name="contracts_data_agreement_says_why_none",
                violation_error_message="Schrijf waarom er geen overeenkomst nodig is.",
            ),
            models.CheckConstraint(
                condition=Q(kind=DataAgreementKind.OWN)
                | Q(signed_on__isnull=False)
                | Q(source__isnull=False),
                name="contracts_data_agreement_signed",
                violation_error_message="Vul in op welke dag de afspraak is ondertekend.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(signed_on__isnull=True)
                | Q(ends_on__gte=F("signed_on")),
                name="contracts_data_agreement_dates",
                violation_error_message="De einddatum ligt voor de dag van ondertekening.",
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True, file_name="")
                | (Q(file__isnull=False) & ~Q(file_name="")),
                name="contracts_data_agreement_file_named",
                violation_error_message="Een bestand heeft een naam.",
            ),
            models.UniqueConstraint(
                fields=["contract", "organisation", "signed_on"],
                name="contracts_data_agreement_unique",
                violation_error_message="Deze afspraak van deze dag staat er al.",
            ),
            models.UniqueConstraint(
                fields=["contract", "organisation", "kind"],
                condition=Q(signed_on__isnull=True),
                name="contracts_data_agreement_unsigned_unique",
                violation_error_message="Deze afspraak staat er al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.organisation}"


class Exchange(Revised, Sourced):
    """Personal data that partners give each other for one purpose, held against the law.

    The register is public: it names kinds of data and organisations, and never a person.
    """

    purpose = models.CharField("doel", max_length=200)
    givers = models.ManyToManyField(
        Organisation, related_name="+", verbose_name="wie geeft de gegevens"
    )
    receivers = models.ManyToManyField(
        Organisation, related_name="+", verbose_name="wie krijgt de gegevens"
    )
    data = models.TextField("welke soorten gegevens")
    about = models.CharField("over wie", max_length=200)
    ground = models.CharField(
        "grondslag (AVG, artikel 6, lid 1)", max_length=1, choices=LegalGround, blank=True
    )
    is_special = models.BooleanField(
        "bijzondere persoonsgegevens",
        default=False,
        help_text="Zoals gegevens over gezondheid.",
    )
    special_ground = models.CharField(
        "uitzondering voor bijzondere gegevens (AVG, artikel 9, lid 2)",
        max_length=1,
        choices=SpecialGround,
        blank=True,
    )
    law = models.CharField("wettelijke bepaling", max_length=200, blank=True)
    outcome = models.CharField(
        "uitkomst", max_length=10, choices=ExchangeOutcome, default=ExchangeOutcome.OPEN
    )
    conditions = models.TextField("voorwaarden", blank=True)
    reason = models.TextField("waarom", blank=True)
    tested_by = models.CharField(
        "getoetst door (functie)",
        max_length=120,
        blank=True,
        help_text="Een functie, zoals privacyfunctionaris. Het register noemt geen namen.",
    )
    tested_on = models.DateField("getoetst op", null=True, blank=True)
    review_on = models.DateField("opnieuw toetsen voor", null=True, blank=True)
    ended_on = models.DateField(
        "gestopt op",
        null=True,
        blank=True,
        help_text="Alleen als deze gegevens niet meer worden uitgewisseld.",
    )
    contracts = models.ManyToManyField(
        Contract, blank=True, related_name="exchanges", verbose_name="overeenkomsten"
    )
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = "uitwisseling van gegevens"
        verbose_name_plural = "uitwisselingen van gegevens"
        ordering = ["purpose", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=LegalGround.values)
                & Q(special_ground__in=SpecialGround.values)
                & Q(outcome__in=ExchangeOutcome.values),
                name="contracts_exchange_words",
                violation_error_message="Deze grondslag, uitzondering of uitkomst bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome=ExchangeOutcome.OPEN, tested_on__isnull=True, review_on__isnull=True
                )
                | (
                    ~Q(outcome=ExchangeOutcome.OPEN)
                    & Q(tested_on__isnull=False, review_on__isnull=False)
                    & Q(review_on__gt=F("tested_on"))
                    & ~Q(tested_by="")
                    & ~Q(reason="")
                ),
                name="contracts_exchange_tested",
                violation_error_message=(
                    "Een uitkomst heeft een reden, wie toetste, de dag, en een latere dag waarop "
                    "opnieuw wordt getoetst. Zolang er nog getoetst wordt, staan die dagen open."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(outcome=ExchangeOutcome.CONDITIONS) & ~Q(conditions=""))
                | (~Q(outcome=ExchangeOutcome.CONDITIONS) & Q(conditions="")),
                name="contracts_exchange_conditions",
                violation_error_message=(
                    "Voorwaarden horen bij ‘mag onder voorwaarden’, en alleen daarbij."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=(ExchangeOutcome.ALLOWED, ExchangeOutcome.CONDITIONS))
                | (~Q(ground="") & (Q(is_special=False) | ~Q(special_ground=""))),
                name="contracts_exchange_grounded",
                violation_error_message=(
                    "Wat mag, heeft een grondslag; voor bijzondere gegevens ook een uitzondering."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_special=True) | Q(special_ground=""),
                name="contracts_exchange_special",
                violation_error_message="Een uitzondering hoort bij bijzondere persoonsgegevens.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(tested_on__isnull=True)
                | Q(ended_on__gte=F("tested_on")),
                name="contracts_exchange_ends_after_test",
                violation_error_message=ENDED_BEFORE_TEST,
            ),
            models.UniqueConstraint(
                fields=["purpose"],
                name="contracts_exchange_purpose_unique",
                violation_error_message=(
                    "Er is al een uitwisseling met dit doel. Wijzig die, of noem het verschil."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.purpose

    def has_stopped(self, today: datetime.date) -> bool:
        """Whether nothing is exchanged any more on ``today``."""
        return self.ended_on is not None and self.ended_on <= today

    def is_overdue(self, today: datetime.date) -> bool:
        """Whether it had to be tested again before ``today``; what stopped is tested no more."""
        return self.ended_on is None and self.review_on is not None and self.review_on < today

    def clean(self) -> None:
        super().clean()
        if self.ended_on and self.tested_on and self.ended_on < self.tested_on:
            raise ValidationError({"ended_on": ENDED_BEFORE_TEST})
