"""The kinds of rows in the file of a contract, each with its form and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from contracts.forms.file import (
    DeliveryForm,
    DocumentForm,
    FileForm,
    OptionForm,
    SupplyForm,
    TransitionForm,
)
from contracts.models import Contract


@dataclass(frozen=True)
class FilePart:
    """One kind of rows. ``word`` stands in addresses, ``anchor`` on the page of the contract."""

    word: str
    form: type[FileForm]
    name: str
    lede: str
    anchor: str
    of: str = "contract"

    def rows(self, contract: Contract) -> QuerySet[Any]:
        model: Any = self.form._meta.model
        rows: QuerySet[Any] = model._default_manager.filter(**{self.of: contract})
        return rows

    def new(self) -> Any:
        model: Any = self.form._meta.model
        return model()


PARTS = {
    part.word: part
    for part in (
        FilePart(
            "verlenging",
            OptionForm,
            "Mogelijkheid om te verlengen",
            "Tot wanneer de overeenkomst kan worden verlengd, en de laatste dag om dat te melden. "
            "Verlengen zelf doet u met een addendum.",
            "verlengen",
        ),
        FilePart(
            "overgang",
            TransitionForm,
            "Overgangsregeling",
            "Wat blijft gelden voor een groep die al ondersteuning kreeg, en tot wanneer.",
            "overgang",
        ),
        FilePart(
            "leverancier",
            SupplyForm,
            "Contract met een leverancier",
            "Wat een leverancier levert, binnen hoeveel dagen, en wie dat bewaakt.",
            "leveranciers",
        ),
        FilePart(
            "levertijd",
            DeliveryForm,
            "Levertijd",
            "Hoe lang leveren in de praktijk duurde. Duurt het langer dan afgesproken, dan staat "
            "dat bij het contract.",
            "leveranciers",
            of="supply__contract",
        ),
        FilePart(
            "document",
            DocumentForm,
            "Document",
            "De overeenkomst, een addendum, of een plan van de partner. Alleen medewerkers van de "
            "gemeente lezen het.",
            "documenten",
        ),
    )
}


def part_or_404(word: str) -> FilePart:
    """The kind of rows that an address names. Raises ``Http404``."""
    part = PARTS.get(word)
    if part is None:
        raise Http404("Dit onderdeel heeft een dossier niet.")
    return part
