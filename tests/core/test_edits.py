"""Two people edit the same row: nothing is lost, and the second one sees both texts."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from contracts.constants import ContractStatus
from contracts.models import Contract
from core.edits import MEANWHILE, RevisedForm
from tests.factories_agenda import PartnerFactory
from tests.factories_contracts import ContractFactory

pytestmark = pytest.mark.django_db


class ContractForm(RevisedForm):
    class Meta:
        model = Contract
        fields = ["title", "kind", "agenda_versions", "partner"]


def typed(contract: Contract, **changes: Any) -> ContractForm:
    """The form as the page of ``contract`` posts it, with ``changes`` typed over it."""
    data = QueryDict(mutable=True)
    held = ContractForm(instance=contract)
    for name in held.fields:
        data.setlist(name, [str(held[name].value() or "")])
    data.setlist("agenda_versions", [str(v.pk) for v in contract.agenda_versions.all()])
    data.update(changes)
    for name, value in changes.items():
        data[name] = value
    form = ContractForm(data, instance=Contract.objects.get(pk=contract.pk))
    form.fields["agenda_versions"].required = False
    assert form.is_valid(), form.errors
    return form


def test_a_save_counts_one_revision() -> None:
    contract = ContractFactory.create(title="Oud")
    assert typed(contract, title="Nieuw").save_if_current()
    contract.refresh_from_db()
    assert (contract.title, contract.revision) == ("Nieuw", 2)


def test_the_second_writer_sees_both_texts_and_nothing_is_written() -> None:
    contract = ContractFactory.create(title="Oud")
    first, second = typed(contract, title="Van Olga"), typed(contract, title="Van Mohamed")
    assert first.save_if_current()
    assert not second.save_if_current()
    contract.refresh_from_db()
    assert contract.title == "Van Olga"
    assert MEANWHILE in second.non_field_errors()
    assert second.errors["title"] == ["Nu staat er: ‘Van Olga’."]
    assert 'value="Van Mohamed"' in str(second["title"])


def test_only_what_differs_is_named_and_a_choice_by_its_label() -> None:
    contract = ContractFactory.create(title="Oud", kind="agreement")
    first, second = typed(contract, kind="tender"), typed(contract, title="Van Mohamed")
    assert first.save_if_current()
    assert not second.save_if_current()
    assert second.errors["kind"] == ["Nu staat er: ‘aanbesteding’."]
    assert "partner" not in second.errors


def test_the_partner_of_the_other_text_is_named() -> None:
    contract = ContractFactory.create()
    other = PartnerFactory.create()
    first, second = typed(contract, partner=other.pk), typed(contract, title="Van Mohamed")
    assert first.save_if_current()
    assert not second.save_if_current()
    assert second.errors["partner"] == [f"Nu staat er: ‘{other.name}’."]


def test_a_second_try_after_both_texts_were_seen_is_written() -> None:
    contract = ContractFactory.create(title="Oud")
    first, second = typed(contract, title="Van Olga"), typed(contract, title="Van Mohamed")
    first.save_if_current()
    second.save_if_current()
    shown = {name: second[name].value() for name in ("revision",)}
    again = typed(contract, title="Van Mohamed", revision=shown["revision"])
    assert again.save_if_current()
    contract.refresh_from_db()
    assert (contract.title, contract.revision) == ("Van Mohamed", 3)


def test_a_form_without_its_revision_writes_nothing() -> None:
    contract = ContractFactory.create(title="Oud")
    assert not typed(contract, title="Nieuw", revision="").save_if_current()
    contract.refresh_from_db()
    assert contract.title == "Oud"


def test_a_new_row_is_added() -> None:
    data = {"title": "Nieuw", "kind": "agreement", "partner": "", "agenda_versions": []}
    form = ContractForm(data, instance=Contract(status=ContractStatus.DRAFT))
    form.fields["agenda_versions"].required = False
    assert form.is_valid(), form.errors
    assert form.save_if_current()
    assert Contract.objects.get().revision == 1


class StampedForm(ContractForm):
    def also_written(self) -> dict[str, Any]:
        return {"note": "Gezien door Olga"}


def test_columns_that_are_no_fields_go_along_in_the_same_write() -> None:
    contract = ContractFactory.create(title="Oud")
    data = typed(contract, title="Nieuw").data
    form = StampedForm(data, instance=Contract.objects.get(pk=contract.pk))
    form.fields["agenda_versions"].required = False
    assert form.is_valid(), form.errors
    assert form.save_if_current()
    contract.refresh_from_db()
    assert (contract.title, contract.note, contract.revision) == ("Nieuw", "Gezien door Olga", 2)


def test_a_second_click_is_no_conflict() -> None:
    contract = ContractFactory.create(title="Oud")
    first, second = typed(contract, title="Nieuw"), typed(contract, title="Nieuw")
    assert first.save_if_current()
    assert second.save_if_current()
    assert not second.errors
    contract.refresh_from_db()
    assert (contract.title, contract.revision) == ("Nieuw", 2)


def test_that_nothing_was_chosen_is_said_in_words() -> None:
    class Chosen(RevisedForm):
        class Meta:
            model = Contract
            fields = ("kind", "partner", "basic_contract")

    form = Chosen(instance=Contract())
    assert "---------" not in str(form)
    assert dict(form.fields["kind"].choices)[""] == "kies"  # type: ignore[attr-defined] # it has
    assert form.fields["basic_contract"].empty_label == "niet gekozen"  # type: ignore[attr-defined]
