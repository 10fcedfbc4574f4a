"""Who may be written now: the draft of a contract, or the draft amendment of one that runs.

Each is asked inside the transaction that writes, with the row of the contract locked: so that
nobody writes in a contract that was activated a moment before.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError

from agenda.constants import Origin
from contracts.constants import ContractStatus
from contracts.models import Amendment, Contract

FIRST_TITLE = "Zoals eerst overeengekomen"
FROM_SOURCE = (
    "Deze overeenkomst is overgenomen uit een bronstuk en is hier niet te wijzigen: zij hoort te "
    "zeggen wat in de bron staat."
)
NOT_A_DRAFT = (
    "Deze overeenkomst is intussen actief. Wat is afgesproken, verandert alleen nog met een "
    "addendum. Van u is niets bewaard."
)
NO_DRAFT_AMENDMENT = (
    "Deze overeenkomst is actief en heeft geen addendum in concept. Maak eerst een addendum. Van u "
    "is niets bewaard."
)
ENDED = "Deze overeenkomst is beëindigd. Er verandert niets meer aan. Van u is niets bewaard."


class NotEditable(ValidationError):
    """The contract cannot be written now; the message says why and what to do."""


def locked(contract: Contract) -> Contract:
    """The row as it stands now, held for this transaction. Raises ``NotEditable``."""
    held = Contract.objects.select_for_update().filter(pk=contract.pk).first()
    if held is None:
        raise NotEditable("Deze overeenkomst is intussen verwijderd. Van u is niets bewaard.")
    if held.origin == Origin.SOURCE:
        raise NotEditable(FROM_SOURCE)
    return held


def lock_draft(contract: Contract) -> Contract:
    """The contract, if it is a draft still. Raises ``NotEditable``."""
    held = locked(contract)
    if held.status != ContractStatus.DRAFT:
        raise NotEditable(NOT_A_DRAFT)
    return held


def lock_amendment(contract: Contract) -> Amendment:
    """The amendment that is written now: number 0 of a draft, or the draft amendment of an active
    contract. Raises ``NotEditable``.
    """
    held = locked(contract)
    amendment = open_amendment(held)
    if amendment is None:
        raise NotEditable(ENDED if held.status == ContractStatus.ENDED else NO_DRAFT_AMENDMENT)
    return amendment


def open_amendment(contract: Contract) -> Amendment | None:
    """The amendment that may be written now, if any. At most two queries."""
    if contract.origin == Origin.SOURCE or contract.status == ContractStatus.ENDED:
        return None
    if contract.status == ContractStatus.DRAFT:
        return Amendment.objects.get_or_create(
            contract=contract, number=0, defaults={"title": FIRST_TITLE}
        )[0]
    return contract.amendments.drafts().first()
