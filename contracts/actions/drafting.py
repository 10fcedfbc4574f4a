"""Writing a contract that is a draft still: making it, its rows, and throwing it away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from accounts import history
from accounts.constants import OrganisationKind
from accounts.models import Organisation, User
from agenda.constants import Origin
from contracts.actions.locks import FIRST_TITLE, NotEditable, lock_draft
from contracts.changes import note_rows, of_contract
from contracts.constants import ContractStatus
from contracts.fingerprint import fingerprint
from contracts.models import (
    KPI,
    Amendment,
    BudgetLine,
    Contract,
    ContractDate,
    ContractDocument,
    ContractTheme,
    DataAgreement,
    Delivery,
    Expectation,
    ExtensionOption,
    KPITarget,
    MeetingRhythm,
    Party,
    PersonalData,
    Provision,
    ReportingAgreement,
    SubAssignment,
    Supply,
    Term,
    Transition,
)
from core.edits import RevisedForm
from core.slugs import free_slug

#: Words that stand in an address where the name of a contract stands as well.
RESERVED = frozenset({"nieuw", "persoonsgegevens", "uitwisseling", "termijnen", "organisaties"})

TWICE = (
    "Er is al een concept met deze titel. Ga daarmee verder vanuit de lijst, of kies een andere "
    "titel."
)

Rows = Sequence[Mapping[str, Any]]
#: What the form over the parties holds of each.
PARTY_FIELDS = (
    *("organisation", "role", "part", "contributes"),
    *("valid_from", "valid_until", "note"),
)


def add_organisation(
    *, name: str, kvk_number: str, kind: str = OrganisationKind.PARTNER, seat: str = "", user: User
) -> Organisation:
    """A partner that the municipality had no agreement with before. Raises ``ValidationError``."""
    organisation = Organisation(
        name=name.strip(),
        slug=free_slug(Organisation.objects.all(), name, otherwise="organisatie"),
        kvk_number=kvk_number,
        kind=kind,
        seat=seat,
    )
    organisation.full_clean()
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise ValidationError(
            "Deze organisatie is zojuist al toegevoegd. Kies haar uit de lijst."
        ) from error
    return organisation


NewPartner = Mapping[str, str]


def create_contract(
    form: RevisedForm, *, user: User, new_partner: NewPartner | None = None
) -> Contract:
    """A new contract as a draft, with its amendment 0, and with a partner that is new here.

    The form is valid. Raises ``ValidationError`` when the partner cannot be made, or when a draft
    with this title is there already: a second click makes no second one.
    """
    try:
        return _create(form, user, new_partner)
    except IntegrityError as error:
        raise ValidationError(TWICE) from error


def _create(form: RevisedForm, user: User, new_partner: NewPartner | None) -> Contract:
    with transaction.atomic():
        contract: Contract = form.instance
        if Contract.objects.drafts().filter(title__iexact=contract.title.strip()).exists():
            raise ValidationError(TWICE)
        if new_partner is not None:
            contract.partner = add_organisation(**new_partner, user=user)
        contract.slug = free_slug(
            Contract.objects.all(), contract.title, otherwise="overeenkomst", reserved=RESERVED
        )
        contract.status = ContractStatus.DRAFT
        contract.origin = Origin.SYSTEM
        form.save()
        Amendment.objects.create(contract=contract, number=0, title=FIRST_TITLE)
        history.added(contract, of_contract(contract), user=user)
    return contract


def save_draft(form: RevisedForm, *, user: User, new_partner: NewPartner | None = None) -> bool:
    """Write the valid form over a draft, with a partner that is new here.

    False, with nothing written, when somebody else wrote meanwhile. Raises ``NotEditable``, and
    ``ValidationError`` when the partner cannot be made.
    """
    with transaction.atomic():
        lock_draft(form.instance)
        if new_partner is not None:
            form.instance.partner = add_organisation(**new_partner, user=user)
        saved = history.save(form, of_contract(form.instance), user=user)
        if not saved:
            transaction.set_rollback(True)
    return saved


def replace_rows(
    contract: Contract,
    model: type[models.Model],
    *,
    held: Callable[[], Rows],
    seen: str,
    rows: Rows,
    user: User,
) -> bool:
    """Put ``rows`` in the place of the rows of ``model`` that the draft has.

    ``held`` reads them as the page shows them; False, with nothing written, when their mark is no
    longer the one that the page was opened with (``seen``). Raises ``NotEditable``.
    """
    with transaction.atomic():
        lock_draft(contract)
        before = held()
        now = fingerprint(before)
        if now == fingerprint(rows):
            return True  # a second click on the same page
        if now != seen:
            return False
        if model is Party:
            _keep_who_reports(contract, rows)
        model._base_manager.filter(contract=contract).delete()
        # Who contributes comes first: an organisation may stand there in another role as well, and
        # the database asks of each row whether who reports on a KPI contributes.
        for order, row in sorted(
            enumerate(rows, start=1), key=lambda one: not one[1].get("contributes")
        ):
            extra = {} if model is ContractTheme else {"order": order}
            model._base_manager.create(contract=contract, **row, **extra)
        note_rows(contract, model, before, rows, user=user)
    return True


def _keep_who_reports(contract: Contract, rows: Rows) -> None:
    """Who reports on a KPI goes on contributing. Raises ``NotEditable``. One query."""
    contributing = {row["organisation"].pk for row in rows if row["contributes"]}
    kpis = KPI.objects.filter(contract=contract, member__isnull=False).select_related("member")
    left = kpis.exclude(member__in=contributing).order_by("order").first()
    if left is not None:
        raise NotEditable(
            f"{left.member} rapporteert over prestatie-indicator {left.number}, en schrijft dus "
            "mee aan de rapportage. Kies bij die indicator eerst wie anders rapporteert. Van u is "
            "niets bewaard."
        )


def delete_draft(contract: Contract, *, user: User) -> None:
    """Throw a draft away, with all that was written in it. Raises ``NotEditable``."""
    with transaction.atomic():
        lock_draft(contract)
        if contract.events.exists():
            raise NotEditable("Wat in het logboek staat, wordt niet verwijderd.")
        if contract.tender_notices.exists():
            raise NotEditable("Partners kregen hierover bericht. Dit concept blijft bewaard.")
        if hanging := what_hangs_on(contract):
            raise NotEditable(
                f"Bij dit concept hoort nog: {'; '.join(hanging)}. Haal dat eerst weg, of kies "
                "daar een andere overeenkomst."
            )
        KPITarget.objects.filter(kpi__contract=contract).delete()
        Delivery.objects.filter(supply__contract=contract).delete()
        for model in (
            *(KPI, BudgetLine, ReportingAgreement, Term, Provision, ContractTheme, Party),
            *(Expectation, SubAssignment, DataAgreement, PersonalData),
            *(ContractDocument, ExtensionOption, Transition, Supply, MeetingRhythm),
        ):
            model._base_manager.filter(contract=contract).delete()
        ContractDate.objects.filter(contract=contract).delete()
        contract.amendments.all().delete()
        contract.delete()


def what_hangs_on(contract: Contract) -> list[str]:
    """What others keep under ``contract``, in Dutch: it goes before a draft does. Four queries."""
    kinds: tuple[tuple[str, str], ...] = (
        ("allocations", "budgetpost"),
        ("subsidies", "subsidie"),
        ("pass_on_frames", "doorgegeven subsidies"),
        ("additional_contracts", "aanvullende opdracht"),
    )
    return [
        f"{word} ‘{row}’" for name, word in kinds for row in getattr(contract, name).order_by("pk")
    ]


def add_party(contract: Contract, organisation: Organisation, role: str, *, user: User) -> Party:
    """One more party of a draft. Raises ``NotEditable``, ``ValidationError`` on a second lead."""
    with transaction.atomic():
        lock_draft(contract)
        party = Party(
            contract=contract,
            organisation=organisation,
            role=role,
            order=contract.parties.count() + 1,
        )
        party.full_clean()
        before = _parties(contract)
        party.save()
        note_rows(contract, Party, before, _parties(contract), user=user)
    return party


def _parties(contract: Contract) -> Rows:
    rows = Party.objects.filter(contract=contract).select_related("organisation")
    names = PARTY_FIELDS
    return [{name: getattr(row, name) for name in names} for row in rows.order_by("order", "pk")]
