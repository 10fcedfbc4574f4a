"""Who writes in a form of the municipality is told when the text holds a number of a person."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms

from core.edits import RevisedForm
from core.forms import NUMBER, TextForm, about_nobody
from monitor.steering_forms import ArrangementEndForm, ArrangementForm
from tests.uploaded import NUMBER as BSN

APPS = ("agenda", "contracts", "monitor", "reporting")
#: Forms with a text field in which nobody writes what is kept, or that look for numbers themselves.
OTHERS = {
    "monitor.styleguide.ExampleForm": "shows components, and keeps nothing",
    "agenda.filters.PassageForm": "searches",
    "agenda.goal_wizard_forms.IndicatorChoice": "searches",
    "reporting.forms.PartnerSearch": "searches",
    "contracts.forms.contract.OrganisationForm": "name, seat and number in the trade register",
}
#: What a partner fills in is kept as a draft and looked at as a whole: docs/regels/bsn.md.
OF_A_PARTNER = "reporting.sections."


def forms_of_the_apps() -> Iterator[tuple[str, type[forms.BaseForm]]]:
    for app in APPS:
        for module in pkgutil.walk_packages([app], f"{app}."):
            if ".migrations" in module.name or ".management" in module.name:
                continue
            for held in vars(importlib.import_module(module.name)).values():
                if (
                    isinstance(held, type)
                    and issubclass(held, forms.BaseForm)
                    and held.__module__ == module.name
                ):
                    yield f"{module.name}.{held.__name__}", held


def has_text(form: type[forms.BaseForm]) -> bool:
    return any(
        isinstance(field, forms.CharField) and not field.widget.is_hidden
        for field in getattr(form, "base_fields", {}).values()
    )


def test_every_form_in_which_the_municipality_writes_looks_for_numbers() -> None:
    known = dict(forms_of_the_apps())
    assert len(known) > 60
    wrong = [
        name
        for name, form in known.items()
        if has_text(form)
        and not issubclass(form, RevisedForm | TextForm)
        and name not in OTHERS
        and not name.startswith(OF_A_PARTNER)
    ]
    assert wrong == []
    assert set(OTHERS) <= set(known)


@pytest.mark.parametrize("form", [ArrangementForm, ArrangementEndForm])
def test_who_steers_by_what_names_nobody(form: type[RevisedForm]) -> None:
    texts = [name for name, field in form().fields.items() if type(field) is forms.CharField]
    assert texts
    sent = form(data=dict.fromkeys(texts, f"Over {BSN}."))
    for name in texts:
        assert NUMBER % BSN in sent.errors[name]


class Described(TextForm):
    no_prose = frozenset({"number"})

    text = forms.CharField()
    number = forms.CharField()
    address = forms.URLField(assume_scheme="https")
    seen = forms.CharField(widget=forms.HiddenInput)


def test_a_number_of_an_organisation_and_an_address_are_no_text() -> None:
    form = Described(
        {
            "text": "KvK 12345672",
            "number": BSN,
            "address": f"https://voorbeeld.nl/{BSN}",
            "seen": BSN,
        }
    )
    assert form.is_valid(), form.errors


def test_the_check_of_one_form_does_not_pile_up_in_the_next() -> None:
    for _ in range(3):
        found = [one for one in Described().fields["text"].validators if one is about_nobody]
        assert len(found) == 1
