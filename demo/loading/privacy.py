"""What is agreed about personal data, and the register of information exchange."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from contracts.constants import DataAgreementKind, ExchangeOutcome, LegalGround, SpecialGround
from contracts.models import Contract, DataAgreement, Exchange, PersonalData
from demo.loading.invented import cite, kept
from demo.loading.lookups import Known
from demo.loading.reader import Place, find, read_file, save, save_all
from demo.loading.sources import Citations


@dataclass(frozen=True)
class PersonalDataRow:
    place: Place
    contract: str
    note: str
    locator: str = ""
    example: bool = False


@dataclass(frozen=True)
class DataAgreementRow:
    place: Place
    contract: str
    organisation: str
    kind: DataAgreementKind
    signed_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    note: str = ""
    locator: str = ""
    example: bool = False


@dataclass(frozen=True)
class ExchangeRow:
    place: Place
    purpose: str
    givers: list[str]
    receivers: list[str]
    data: str
    about: str
    outcome: ExchangeOutcome
    reason: str
    contracts: list[str] = field(default_factory=list)
    ground: LegalGround = LegalGround.NONE
    is_special: bool = False
    special_ground: SpecialGround = SpecialGround.NONE
    law: str = ""
    conditions: str = ""
    tested_by: str = ""
    tested_on: datetime.date | None = None
    review_on: datetime.date | None = None
    source: str = ""
    locator: str = ""
    example: bool = False


@dataclass(frozen=True)
class PrivacyFile:
    source: str
    personal_data: list[PersonalDataRow]
    data_agreements: list[DataAgreementRow]
    exchanges: list[ExchangeRow]


def load(data: Path) -> None:
    """Insert the rows of ``privacy.yaml``: organisations and contracts are there already.

    What was invented hangs on the invented contracts, and is left out where those are: in an
    installation that is not a demonstration. Raises ``DataFileError``; nothing is kept then.
    """
    content = read_file(data / "privacy.yaml", PrivacyFile)
    with transaction.atomic():
        cited, known = Citations(content.source), Known()
        contracts = {each.slug: each for each in Contract.objects.all()}
        save_all(
            (
                row.place,
                PersonalData(
                    contract=find(row.place, contracts, row.contract, "overeenkomst"),
                    is_processed=True,
                    note=row.note,
                    **cite(cited, row),
                ),
            )
            for row in kept(content.personal_data)
        )
        save_all(
            (
                row.place,
                DataAgreement(
                    contract=find(row.place, contracts, row.contract, "overeenkomst"),
                    organisation=known.organisation(row.place, row.organisation),
                    kind=row.kind,
                    signed_on=row.signed_on,
                    ends_on=row.ends_on,
                    note=row.note,
                    **cite(cited, row),
                ),
            )
            for row in kept(content.data_agreements)
        )
        for row in kept(content.exchanges):
            _exchange(row, cited, known, contracts)


def _exchange(
    row: ExchangeRow, cited: Citations, known: Known, contracts: dict[str, Contract]
) -> None:
    made = save(
        row.place,
        Exchange(
            purpose=row.purpose,
            data=row.data,
            about=row.about,
            ground=row.ground,
            is_special=row.is_special,
            special_ground=row.special_ground,
            law=row.law,
            outcome=row.outcome,
            conditions=row.conditions,
            reason=row.reason,
            tested_by=row.tested_by,
            tested_on=row.tested_on,
            review_on=row.review_on,
            is_example=row.example,
            **cite(cited, row, row.source),
        ),
    )
    made.givers.set(known.organisation(row.place, slug) for slug in row.givers)
    made.receivers.set(known.organisation(row.place, slug) for slug in row.receivers)
    made.contracts.set(find(row.place, contracts, slug, "overeenkomst") for slug in row.contracts)
