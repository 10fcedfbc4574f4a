"""Form fields: Dutch numbers and typed values, read as an import reads them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms

from core.forms import DutchNumberField, ValueField
from core.values import Absence, Basis, Qualifier, Value, ValueType


class NumberForm(forms.Form):
    number = DutchNumberField(label="Getal", lowest=0, highest=10_000, decimals=2)
    spare = DutchNumberField(label="Reserve", required=False, decimals=0)


def test_a_number_is_taken_the_dutch_way() -> None:
    form = NumberForm({"number": "1.234,5", "spare": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"number": Decimal("1234.5"), "spare": None}


def test_a_number_from_the_database_is_shown_the_dutch_way() -> None:
    assert 'value="1.234,5"' in str(NumberForm(initial={"number": Decimal("1234.5")})["number"])


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("veel", "‘veel’ is geen getal. Schrijf bijvoorbeeld 1.234,5."),
        ("-1", "Geef een getal van 0 of hoger."),
        ("10.001", "Geef een getal van 10.000 of lager."),
        ("1,234", "Geef ten hoogste 2 cijfers na de komma."),
        ("", "Dit veld is verplicht."),
    ],
)
def test_a_wrong_number_stays_on_the_screen_with_what_to_do(typed: str, message: str) -> None:
    form = NumberForm({"number": typed})
    assert form.errors["number"] == [message]
    if typed:
        assert f'value="{typed}"' in str(form["number"])


def test_a_whole_number_is_asked_for_by_name() -> None:
    form = NumberForm({"number": "1", "spare": "1,5"})
    assert form.errors["spare"] == ["Geef een heel getal."]


@pytest.mark.parametrize(
    ("typed", "changed"), [("1.234,50", []), ("1.235", ["number"]), ("veel", ["number"])]
)
def test_another_way_of_writing_is_no_change(typed: str, changed: list[str]) -> None:
    form = NumberForm({"number": typed}, initial={"number": Decimal("1234.5")})
    assert form.changed_data == changed


def value_form(value_type: ValueType, *, required: bool = True) -> type[forms.Form]:
    field = ValueField(value_type=value_type, label="Waarde", required=required)
    return type("ValueForm", (forms.Form,), {"value": field})


#: The suffixes that the parts carry in a posted form.
SUFFIX = {
    ValueType.COUNT: ("number", "qualifier", "absence"),
    ValueType.PERCENTAGE: ("numerator", "denominator", "number", "qualifier", "absence"),
    ValueType.TEXT: ("text", "absence"),
}


def posted(**parts: str) -> dict[str, str]:
    return {f"value_{name}": text for name, text in parts.items()}


@pytest.mark.parametrize(
    ("value_type", "parts", "expected"),
    [
        (ValueType.COUNT, {"number": "1.280"}, Value.count(1280)),
        (ValueType.COUNT, {"number": "bijna 1.280"}, Value.count(1280, Qualifier.ALMOST)),
        (
            ValueType.COUNT,
            {"number": "1.280", "qualifier": "almost"},
            Value.count(1280, Qualifier.ALMOST),
        ),
        (
            ValueType.COUNT,
            {"number": "bijna 1.280", "qualifier": "almost"},
            Value.count(1280, Qualifier.ALMOST),
        ),
        (
            ValueType.COUNT,
            {"number": "10 tot 20", "qualifier": "about"},
            Value(
                ValueType.COUNT,
                number=Decimal(10),
                number_to=Decimal(20),
                qualifier=Qualifier.ABOUT,
            ),
        ),
        (
            ValueType.COUNT,
            {"absence": "not_yet"},
            Value.absent(ValueType.COUNT, Absence.NOT_YET),
        ),
        (ValueType.PERCENTAGE, {"numerator": "3", "denominator": "4"}, Value.fraction(3, 4)),
        (ValueType.PERCENTAGE, {"number": "3 van 4"}, Value.fraction(3, 4)),
        (ValueType.PERCENTAGE, {"number": "76,5%"}, Value.reported_percentage(Decimal("76.5"))),
        (
            ValueType.PERCENTAGE,
            {"number": "76", "qualifier": "just_over"},
            Value.reported_percentage(76, Qualifier.JUST_OVER),
        ),
        (ValueType.TEXT, {"text": "groeit"}, Value(ValueType.TEXT, text="groeit")),
    ],
)
def test_a_value_is_put_together_from_its_parts(
    value_type: ValueType, parts: dict[str, str], expected: Value
) -> None:
    form = value_form(value_type)(posted(**parts))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == expected


@pytest.mark.parametrize(
    ("value_type", "parts", "message"),
    [
        (ValueType.COUNT, {}, "Vul een waarde in, of kies waarom die ontbreekt."),
        (ValueType.COUNT, {"qualifier": "about"}, "Vul ook een waarde in."),
        (ValueType.COUNT, {"number": "veel"}, "‘veel’ is geen getal."),
        (ValueType.COUNT, {"number": "1,5"}, "Een aantal is een heel getal van 0 of meer."),
        (ValueType.COUNT, {"number": "5", "absence": "not_yet"}, "Kies één."),
        (ValueType.COUNT, {"qualifier": "about", "absence": "not_yet"}, "Kies één."),
        (ValueType.COUNT, {"number": "bijna 5", "qualifier": "about"}, "Kies één."),
        (ValueType.COUNT, {"number": "niet gemeten", "qualifier": "about"}, "bij een getal"),
        (ValueType.PERCENTAGE, {"numerator": "5", "denominator": "4"}, "groter dan de noemer"),
        (ValueType.PERCENTAGE, {"numerator": "5"}, "Vul ook de noemer in."),
        (ValueType.PERCENTAGE, {"denominator": "5"}, "Vul ook de teller in."),
        (ValueType.PERCENTAGE, {"numerator": "veel", "denominator": "4"}, "geen getal"),
        (
            ValueType.PERCENTAGE,
            {"numerator": "3", "denominator": "4", "number": "75"},
            "niet beide",
        ),
        (ValueType.PERCENTAGE, {"number": "120%"}, "tussen 0 en 100"),
    ],
)
def test_a_wrong_value_is_refused_and_stays_on_the_screen(
    value_type: ValueType, parts: dict[str, str], message: str
) -> None:
    form = value_form(value_type)(posted(**parts))
    assert message in str(form.errors["value"])
    html = str(form["value"])
    for name, text in parts.items():
        kept = f'value="{text}" selected' if name in {"qualifier", "absence"} else text
        assert kept in html


def test_a_choice_that_does_not_exist_is_refused() -> None:
    form = value_form(ValueType.COUNT)(posted(number="5", qualifier="bogus"))
    assert "value" in form.errors


def test_a_value_that_may_be_left_out_is_none() -> None:
    form = value_form(ValueType.COUNT, required=False)(posted(number="", qualifier=""))
    assert form.is_valid()
    assert form.cleaned_data["value"] is None


@pytest.mark.parametrize(
    "value",
    [
        Value.count(1280, Qualifier.ALMOST),
        Value.parse(ValueType.COUNT, "10 tot 20"),
        Value.fraction(3, 4),
        Value.reported_percentage(Decimal("76.5")),
        Value.absent(ValueType.COUNT, Absence.NOT_MEASURED),
        Value(ValueType.TEXT, text="groeit"),
    ],
    ids=str,
)
def test_a_kept_value_comes_back_from_its_own_form(value: Value) -> None:
    form_class = value_form(value.type)
    field = form_class(initial={"value": value})["value"]
    parts = dict(
        zip(
            SUFFIX[value.type],
            field.field.widget.decompress(field.value()),
            strict=True,
        )
    )
    form = form_class(posted(**parts), initial={"value": value})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == value
    assert form.changed_data == []


def test_a_change_is_seen() -> None:
    form = value_form(ValueType.COUNT)(posted(number="6"), initial={"value": Value.count(5)})
    assert form.changed_data == ["value"]


def test_a_reported_percentage_stays_reported() -> None:
    form = value_form(ValueType.PERCENTAGE)(posted(number="75", qualifier="about"))
    assert form.is_valid()
    assert form.cleaned_data["value"].basis is Basis.REPORTED


def test_every_part_has_a_label_in_one_fieldset() -> None:
    html = render_crispy_form(value_form(ValueType.PERCENTAGE)())
    assert "<fieldset" in html
    for index, label in enumerate(
        ["Teller", "Noemer", "Of: percentage zonder teller en noemer", "Aanduiding"]
    ):
        assert f'for="id_value_{index}">{label}</label>' in html
    assert "style=" not in html
