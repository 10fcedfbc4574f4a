"""The doors to partners: who has no public contract is not there."""

from __future__ import annotations

from django.http import Http404

from accounts.models import Organisation
from contracts.models import Contract, Party


def organisation_or_404(slug: str) -> Organisation:
    """An organisation in a contract that the public may read. Raises ``Http404``. One query."""
    held = Contract.objects.readable()
    organisation = (
        (
            Organisation.objects.filter(contracts__in=held)
            | Organisation.objects.filter(parties__in=Party.objects.filter(contract__in=held))
        )
        .filter(slug=slug)
        .first()
    )
    if organisation is None:
        raise Http404("Deze partner is er niet, of heeft nog geen openbare overeenkomst.")
    return organisation
