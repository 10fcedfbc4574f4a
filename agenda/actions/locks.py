"""Who may be written now: an agenda that was made here and is not adopted yet.

It is asked inside the transaction that writes, with the row of the version locked: so that nobody
writes in an agenda that was adopted a moment before.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError

from agenda.constants import Origin
from agenda.models import AgendaVersion

FROM_SOURCE = (
    "Deze agenda is overgenomen uit een bronstuk en is hier niet te wijzigen: hij hoort te zeggen "
    "wat in de bron staat."
)
CLOSED = (
    "Deze agenda is vastgesteld en verandert niet meer. Maak een nieuwe versie, of een nieuwe "
    "agenda die deze opvolgt."
)
ADOPTED = f"{CLOSED} Van u is niets bewaard."


class NotEditable(ValidationError):
    """The agenda cannot be written now; the message says why and what to do."""


def lock_version(version: AgendaVersion) -> AgendaVersion:
    """The version as it stands now, held for this transaction. Raises ``NotEditable``."""
    held = AgendaVersion.objects.select_for_update().filter(pk=version.pk).first()
    if held is None:
        raise NotEditable("Deze agenda is intussen verwijderd. Van u is niets bewaard.")
    if held.origin == Origin.SOURCE:
        raise NotEditable(FROM_SOURCE)
    if not held.is_editable:
        raise NotEditable(ADOPTED)
    return held
