"""What reporting keeps and for how long: drafts that were never handed in, and contracts."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest

from agenda.constants import Origin
from contracts.constants import ContractStatus
from contracts.models import Contract
from core.retention import Kind, found_in
from reporting.constants import ReportStatus
from reporting.models import Answer, Attachment, Report


def _drafts(before: datetime.datetime) -> models.QuerySet[Report]:
    """Reports that nobody can hand in any more, never did, and that hold something typed."""
    written = models.Exists(Answer.objects.filter(report=models.OuterRef("pk")))
    attached = models.Exists(Attachment.objects.filter(report=models.OuterRef("pk")))
    return (
        Report.objects.of_system()
        .filter(written | attached, status=ReportStatus.OPEN, rounds__isnull=True)
        .annotate(last_extension=Max("extensions__until"))
        .annotate(last_day=Greatest("locks_on", Coalesce("last_extension", "locks_on")))
        .filter(last_day__lt=before.date())
    )


def _delete_drafts(before: datetime.datetime) -> int:
    """The report stays, as something that was due and never came; what was typed goes."""
    keys = list(_drafts(before).values_list("pk", flat=True))
    Answer.objects.filter(report__in=keys).delete()
    Attachment.objects.filter(report__in=keys).delete()
    return len(keys)


def _contracts(before: datetime.datetime) -> models.QuerySet[Contract]:
    return Contract.objects.filter(
        origin=Origin.SYSTEM, status=ContractStatus.ENDED, ends_on__lt=before.date()
    )


KINDS = [
    Kind(
        key="drafts",
        label="Rapportages die nooit zijn ingediend",
        setting="RETAIN_DRAFTS_MONTHS",
        starts="de dag waarop indienen niet meer kon",
        deed="verliezen hun getypte tekst en bijlagen; dat de rapportage uitbleef, blijft staan",
        ground="Wat niet is ingediend, heeft de gemeente nooit ontvangen en is geen archiefstuk.",
        find=lambda before: found_in(_drafts(before), "locks_on"),
        close=_delete_drafts,
    ),
    Kind(
        key="contracts",
        label="Beëindigde overeenkomsten, met hun rapportages",
        setting="RETAIN_CONTRACTS_MONTHS",
        starts="het einde van de overeenkomst",
        deed="blijven staan: een vastgestelde monitor rust erop, en vernietigen mag alleen volgens "
        "de selectielijst, met een verklaring van vernietiging; de namen van wie eraan werkte gaan "
        "weg met hun accounts",
        ground="Zeven jaar, zoals voor de financiële administratie (Algemene wet inzake "
        "rijksbelastingen, artikel 52); de selectielijst van de gemeente gaat voor.",
        find=lambda before: found_in(_contracts(before), "ends_on"),
    ),
]
