"""What was agreed is kept by the database itself: an amendment may end it, and nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agenda.models import Indicator
from contracts.actions import activate, end
from contracts.models import (
    KPI,
    BudgetLine,
    Contract,
    ContractTheme,
    KPITarget,
    Party,
    ReportingAgreement,
    ReportingSection,
    Term,
)
from tests.contracts.drafts import complete_draft, draft_amendment, running, the_kpi
from tests.factories_contracts import ContractFactory, KPIFactory, KPITargetFactory, TermFactory

pytestmark = pytest.mark.django_db
LAST = datetime.date(2028, 6, 30)

AGREED: list[tuple[type[models.Model], str, dict[str, Any]]] = [
    (KPI, "contract", {"name": "Anders"}),
    (KPITarget, "kpi__contract", {"number": 1}),
    (BudgetLine, "contract", {"number": 1}),
    (ReportingAgreement, "contract", {"due_days": 1}),
    (ReportingSection, "agreement__contract", {"kind": "trends"}),
    (Party, "contract", {"part": "anders"}),
    (ContractTheme, "contract", {"note": "anders"}),
    (Term, "contract", {"text": "anders"}),
]
IDS = [model.__name__ for model, _, _ in AGREED]


@pytest.fixture
def contract(manager: User) -> Contract:
    made = complete_draft()
    made.themes.create(theme=the_kpi(made).goals.get().theme)
    TermFactory.create(contract=made, kind="privacy", text="Niemand is herkenbaar")
    activate(made, user=manager)
    return made


def refused(change: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError, match="nooit gewijzigd"), transaction.atomic():
        change()


@pytest.mark.parametrize(("model", "path", "changes"), AGREED, ids=IDS)
def test_what_was_agreed_is_neither_changed_nor_removed(
    contract: Contract, model: type[models.Model], path: str, changes: dict[str, Any]
) -> None:
    rows = model._base_manager.filter(**{path: contract})
    assert rows.exists()
    refused(lambda: rows.update(**changes))
    refused(lambda: rows._raw_delete(rows.db))


@pytest.mark.parametrize(("model", "path", "changes"), AGREED, ids=IDS)
def test_a_draft_is_written_freely(
    model: type[models.Model], path: str, changes: dict[str, Any]
) -> None:
    draft = complete_draft()
    draft.themes.create(theme=the_kpi(draft).goals.get().theme)
    TermFactory.create(contract=draft, kind="privacy", text="Niemand is herkenbaar")
    rows = model._base_manager.filter(**{path: draft})
    assert rows.update(**changes) == rows.count()


@pytest.mark.parametrize(("model", "path", "changes"), AGREED[:4], ids=IDS[:4])
def test_only_its_end_may_be_given(
    contract: Contract, model: type[models.Model], path: str, changes: dict[str, Any]
) -> None:
    change = draft_amendment(contract)
    rows = model._base_manager.filter(**{path: contract})
    assert rows.update(ended_by=change) == 1
    assert rows.update(ended_by=None) == 1
    refused(lambda: rows.update(ended_by=change, **changes))


def test_goals_of_an_agreed_kpi_stay(contract: Contract) -> None:
    kpi = the_kpi(contract)
    refused(kpi.goals.clear)


def test_what_a_draft_amendment_started_is_written_freely_until_it_is_signed(
    contract: Contract,
) -> None:
    change = draft_amendment(contract)
    kpi = KPIFactory.create(contract=contract, started_by=change, number="2")
    KPITargetFactory.create(kpi=kpi, started_by=change)
    assert KPI.objects.filter(pk=kpi.pk).update(name="Nog anders") == 1
    change.is_draft, change.signed_on = False, datetime.date(2027, 12, 1)
    change.save()
    refused(lambda: KPI.objects.filter(pk=kpi.pk).update(name="Te laat"))
    refused(lambda: kpi.targets.update(number=3))
    refused(lambda: type(change).objects.filter(pk=change.pk).update(title="Te laat"))


def test_what_was_agreed_stays_after_the_end(contract: Contract, manager: User) -> None:
    end(contract, last_day=LAST, user=manager, note="Klaar")
    refused(lambda: contract.kpis.update(name="Te laat"))


def test_a_contract_from_a_source_may_be_corrected() -> None:
    kpi = KPIFactory.create(contract=ContractFactory.create(from_source=True))
    assert KPI.objects.filter(pk=kpi.pk).update(name="Zoals het er staat") == 1


def test_the_log_is_never_changed(manager: User) -> None:
    contract = running(manager)
    refused(lambda: contract.events.update(note="anders"))


def test_the_passport_of_an_agreed_indicator_keeps_its_meaning(
    contract: Contract, client: Client, officer: User
) -> None:
    kpi = contract.kpis.select_related("indicator").first()
    assert kpi is not None
    indicator = kpi.indicator
    refused(lambda: Indicator.objects.filter(pk=indicator.pk).update(direction="down"))
    client.force_login(officer)
    address = reverse("indicator_edit", args=[indicator.slug])
    form = client.get(address).context["form"]
    typed = {name: form.initial.get(name) or "" for name in form.fields}
    page = client.post(address, {**typed, "definition": "Iets anders."}).content.decode()
    assert "Met deze indicator is in een overeenkomst iets afgesproken." in page
    assert "Iets anders." in page
    indicator.refresh_from_db()
    assert indicator.definition != "Iets anders."
    assert client.post(address, {**typed, "measured_by": "de partner"}).status_code == 302
    indicator.refresh_from_db()
    assert indicator.measured_by == "de partner"
