"""The doors to contracts: what may not be read answers as if it were not there."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from accounts.models import Organisation
from contracts.models import (
    KPI,
    Amendment,
    Contract,
    ContractDocument,
    DataAgreement,
    Exchange,
    KPITarget,
    Party,
    SubAssignment,
    Term,
)
from contracts.querysets import AmendedQuerySet
from contracts.story import CONTRACT_RELATIONS, contract_relations


def contract_or_404(slug: str) -> Contract:
    """A contract that the public may read, with all its parts. Raises ``Http404``.

    The number of queries does not depend on how much was agreed.
    """
    contract = (
        Contract.objects.readable()
        .filter(slug=slug)
        .select_related("partner", "source", "basic_contract")
        .prefetch_related(*CONTRACT_RELATIONS, _targets(KPITarget.objects.signed()))
        .first()
    )
    if contract is None:
        raise Http404("Deze overeenkomst is er niet, of zij is nog niet openbaar.")
    return contract


def _targets(rows: AmendedQuerySet) -> Prefetch[Any]:
    return Prefetch("kpis__targets", rows)


def whole_contract(pk: int, *, drafts: bool) -> Contract:
    """The contract with all its parts, and with ``drafts`` what its draft amendment says too.

    The number of queries does not depend on how much was agreed.
    """
    return (
        Contract.objects.select_related("partner", "source")
        .prefetch_related(*contract_relations(drafts=drafts), _targets(KPITarget.objects.all()))
        .get(pk=pk)
    )


def amendment_or_404(contract: Contract, number: int) -> Amendment:
    """The amendment ``number`` of ``contract``, which has its parts. Raises ``Http404``."""
    for amendment in contract.amendments.all():
        if amendment.number == number:
            return amendment
    raise Http404("Dit addendum hoort niet bij deze overeenkomst.")


# -- behind the sign-in ----------------------------------------------------------------------------
def managed_contract_or_404(slug: str) -> Contract:
    """A contract as staff see it, drafts too. Raises ``Http404``. One query.

    Who may ask is decided by ``require_role`` on the view: staff read, the contract manager writes.
    """
    contract = (
        Contract.objects.filter(slug=slug)
        .select_related("partner", "source", "basic_contract")
        .prefetch_related(Prefetch("parties", Party.objects.select_related("organisation")))
        .first()
    )
    if contract is None:
        raise Http404("Deze overeenkomst is er niet, of zij is verwijderd.")
    return contract


def kpi_or_404(contract: Contract, pk: int) -> KPI:
    """A KPI of ``contract``. Raises ``Http404``. One query."""
    kpi: KPI | None = (
        contract.kpis.filter(pk=pk).select_related("started_by", "ended_by", "indicator").first()
    )
    if kpi is None:
        raise Http404("Deze prestatie-indicator is er niet, of zij is verwijderd.")
    return kpi


def managed_amendment_or_404(contract: Contract, number: int) -> Amendment:
    """An amendment of ``contract``, in draft or signed. Raises ``Http404``. One query."""
    amendment = contract.amendments.filter(number=number, number__gt=0).first()
    if amendment is None:
        raise Http404("Dit addendum is er niet, of het is verwijderd.")
    amendment.contract = contract
    return amendment


def data_agreement_or_404(contract: Contract, pk: int, *, with_file: bool = False) -> DataAgreement:
    """An agreement about personal data of ``contract``. Raises ``Http404``. One query."""
    rows = contract.data_agreements.select_related("organisation", "file", "source")
    row = rows.filter(pk=pk).first()
    if row is None or (with_file and row.file is None):
        raise Http404("Deze afspraak, of dit bestand, is er niet.")
    row.contract = contract
    return row


def party_or_404(contract: Contract, pk: int) -> Party:
    """A party of ``contract``. Raises ``Http404``. One query."""
    row = contract.parties.select_related("organisation").filter(pk=pk).first()
    if row is None:
        raise Http404("Deze partij doet hier niet mee.")
    row.contract = contract
    return row


def organisation_or_404(slug: str) -> Organisation:
    """An organisation as staff see it. Raises ``Http404``. One query."""
    row = Organisation.objects.select_related("merged_into").filter(slug=slug).first()
    if row is None:
        raise Http404("Deze organisatie is er niet.")
    return row


def part_or_404(contract: Contract, pk: int) -> SubAssignment:
    """A sub-assignment of ``contract``. Raises ``Http404``. One query."""
    row = contract.sub_assignments.filter(pk=pk).first()
    if row is None:
        raise Http404("Deze deelopdracht is er niet, of zij is verwijderd.")
    row.contract = contract
    return row


def term_or_404(contract: Contract, pk: int) -> Term:
    """An agreement of ``contract`` that was made. Raises ``Http404``. One query."""
    row: Term | None = contract.terms.signed().filter(pk=pk).first()
    if row is None:
        raise Http404("Deze afspraak is er niet, of zij is verwijderd.")
    row.contract = contract
    return row


def file_row_or_404(rows: QuerySet[Any], pk: int) -> Any:
    """One of ``rows``, which are of the file of a contract. Raises ``Http404``. One query."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404("Dit staat niet in het dossier van deze overeenkomst.")
    return row


def document_or_404(contract: Contract, pk: int) -> ContractDocument:
    """A document of ``contract`` that was uploaded. Raises ``Http404``. One query."""
    row = contract.documents.select_related("file").filter(pk=pk).first()
    if row is None or row.file is None:
        raise Http404("Dit document is er niet.")
    return row


# -- the register of information exchange ----------------------------------------------------------
def told_exchanges() -> QuerySet[Exchange]:
    """The register as everybody reads it: with its parties, and contracts that are no draft.

    Four queries, however many there are.
    """
    contracts = Prefetch("contracts", Contract.objects.readable())
    return Exchange.objects.select_related("source").prefetch_related(
        "givers", "receivers", contracts
    )


def exchange_or_404(pk: int) -> Exchange:
    """An exchange of the register. Raises ``Http404``. Four queries."""
    row = told_exchanges().filter(pk=pk).first()
    if row is None:
        raise Http404("Deze uitwisseling staat niet in het register.")
    return row


def managed_exchange_or_404(pk: int) -> Exchange:
    """An exchange to work on, with its drafts of contracts too. Raises ``Http404``. One query."""
    row = Exchange.objects.filter(pk=pk).first()
    if row is None:
        raise Http404("Deze uitwisseling staat niet in het register.")
    return row
