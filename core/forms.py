"""Form fields for Dutch numbers and typed values; what was typed stays on the screen on an error.

They read through ``Value.parse`` and ``parse_number``: a form takes exactly what an import takes.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from core.bsn import find_bsn
from core.periods import FIRST_YEAR, LAST_YEAR
from core.values import (
    Absence,
    Basis,
    InvalidValue,
    Qualifier,
    Value,
    ValueType,
    format_number,
    parse_number,
)

MOST_DIGITS = 18  # of the number of a row


class DayInput(forms.DateInput):
    """The browser's own calendar; it wants the day as ``2019-07-01``."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def not_too_far(day: datetime.date) -> None:
    """Raise ``ValidationError`` for a day that nobody means: a year that was mistyped."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(f"Kies een dag van {FIRST_YEAR} tot en met {LAST_YEAR}.")


# Signs that turn the direction of the text around them: a name with one rewrites the sentence that
# it stands in. Marks inside an emoji or a word of another script are none of these.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def no_turning_signs(text: str) -> None:
    """Raise ``ValidationError`` for signs that nobody sees and that turn a sentence around."""
    if _TURNS.search(text):
        raise ValidationError(
            "Hierin staat een onzichtbaar teken dat de leesrichting omdraait. Typ de tekst over."
        )


class DayField(forms.DateField):
    """A day in the years that this application is about."""

    widget = DayInput
    default_validators = [not_too_far]


class GroupedCheckboxes(forms.CheckboxSelectMultiple):
    """Boxes to tick under headings: each box knows the heading of its group."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        for heading, boxes, _ in groups:
            for box in boxes:
                box["group"] = heading
        return groups


class DutchNumberField(forms.Field):
    """A number as a Dutch reader writes it (``1.234,5``); cleaned data holds a ``Decimal``.

    ``lowest`` and ``highest`` are allowed themselves; ``decimals`` is the most that may be given.
    """

    widget = forms.TextInput

    def __init__(
        self,
        *,
        lowest: Decimal | int | None = None,
        highest: Decimal | int | None = None,
        decimals: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.lowest, self.highest, self.decimals = lowest, highest, decimals
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return format_number(value) if isinstance(value, int | Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        try:
            number = parse_number(str(value))
        except InvalidValue as error:
            raise ValidationError(str(error), code="invalid") from error
        return number

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.lowest is not None and value < self.lowest:
            raise ValidationError(
                f"Geef een getal van {format_number(self.lowest)} of hoger.", code="lowest"
            )
        if self.highest is not None and value > self.highest:
            raise ValidationError(
                f"Geef een getal van {format_number(self.highest)} of lager.", code="highest"
            )
        if self.decimals is not None and value != round(value, self.decimals):
            message = (
                "Geef een heel getal."
                if self.decimals == 0
                else f"Geef ten hoogste {self.decimals} cijfers na de komma."
            )
            raise ValidationError(message, code="decimals")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(self.prepare_value(initial)) != self.to_python(data)
        except ValidationError:
            return True


PART_LABELS = {
    "number": "Waarde",
    "text": "Tekst",
    "numerator": "Teller",
    "denominator": "Noemer",
    "qualifier": "Aanduiding",
    "absence": "Geen waarde, omdat",
}
REPORTED_LABEL = "Of: percentage zonder teller en noemer"
PARTS = {
    ValueType.TEXT: ("text", "absence"),
    ValueType.PERCENTAGE: ("numerator", "denominator", "number", "qualifier", "absence"),
}
NUMBER_PARTS = ("number", "qualifier", "absence")
ABSENCE_CHOICES = [("", "—"), *((a.value, a.label) for a in Absence if a)]


def _input() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})


def _part_widget(part: str) -> forms.Widget:
    if part == "text":
        return forms.Textarea(attrs={"rows": 3})
    if part == "qualifier":
        return forms.Select(choices=Qualifier.choices)
    if part == "absence":
        return forms.Select(choices=ABSENCE_CHOICES)
    return _input()


class ValueWidget(forms.MultiWidget):
    """The parts of a value, each with a label of its own, in one fieldset."""

    template_name = "core/widgets/value.html"
    use_fieldset = True

    def __init__(self, value_type: ValueType, attrs: dict[str, Any] | None = None) -> None:
        self.value_type = value_type
        self.parts = PARTS.get(value_type, NUMBER_PARTS)
        super().__init__({part: _part_widget(part) for part in self.parts}, attrs)

    def decompress(self, value: Any) -> list[str | None]:
        if not isinstance(value, Value):
            return [None for _ in self.parts]
        typed = {
            "number": " tot ".join(
                format_number(n) for n in (value.number, value.number_to) if n is not None
            ),
            "text": value.text,
            "numerator": "" if value.numerator is None else format_number(value.numerator),
            "denominator": "" if value.denominator is None else format_number(value.denominator),
            "qualifier": value.qualifier.value,
            "absence": value.absence.value,
        }
        return [typed[part] for part in self.parts]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, subwidget in zip(self.parts, context["widget"]["subwidgets"], strict=True):
            reported = part == "number" and self.value_type is ValueType.PERCENTAGE
            subwidget["part_label"] = REPORTED_LABEL if reported else PART_LABELS[part]
            if part == "absence" or not self.is_required:
                subwidget["attrs"].pop("required", None)
        return context


class ValueField(forms.MultiValueField):
    """A typed value; cleaned data holds a ``Value``, or ``None`` when nothing was filled in.

    A required field takes a reason for absence too: empty is not zero, and not a silence either.
    """

    widget: ValueWidget

    def __init__(self, *, value_type: ValueType, **kwargs: Any) -> None:
        self.value_type = value_type
        self.parts = PARTS.get(value_type, NUMBER_PARTS)
        choices = {"qualifier": Qualifier.values, "absence": Absence.values}
        parts = [
            forms.ChoiceField(choices=[(v, v) for v in choices[part]], required=False)
            if part in choices
            else forms.CharField(required=False)
            for part in self.parts
        ]
        kwargs.setdefault("widget", ValueWidget(value_type))
        kwargs.setdefault(
            "error_messages", {"required": "Vul een waarde in, of kies waarom die ontbreekt."}
        )
        super().__init__(parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> Value | None:
        typed = dict(zip(self.parts, data_list, strict=True)) if data_list else {}
        written = {name: text for name, text in typed.items() if text}
        if not written.keys() - {"qualifier"}:
            if written:
                raise ValidationError("Vul ook een waarde in.", code="invalid_value")
            return None
        try:
            return self._value(written)
        except InvalidValue as error:
            raise ValidationError(str(error), code="invalid_value") from error

    def _value(self, written: dict[str, str]) -> Value:
        qualifier = Qualifier(written.get("qualifier", ""))
        if "absence" in written:
            if len(written) > 1:
                raise InvalidValue("Er is een waarde én een reden waarom die ontbreekt. Kies één.")
            return Value.absent(self.value_type, Absence(written["absence"]))
        if "numerator" in written or "denominator" in written:
            if "number" in written:
                raise InvalidValue("Vul een teller en noemer in, of een percentage; niet beide.")
            return Value(
                self.value_type,
                numerator=_part("teller", written.get("numerator")),
                denominator=_part("noemer", written.get("denominator")),
                qualifier=qualifier,
            )
        value = Value.parse(self.value_type, written.get("text") or written["number"])
        if qualifier and value.qualifier and value.qualifier is not qualifier:
            raise InvalidValue(
                f"De waarde zegt ‘{value.qualifier.label}’ en de aanduiding "
                f"‘{qualifier.label}’. Kies één."
            )
        return _qualified(value, qualifier) if qualifier else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.clean(data) != initial)
        except ValidationError:
            return True


def _part(name: str, typed: str | None) -> Decimal:
    if not typed:
        raise InvalidValue(f"Vul ook de {name} in.")
    return parse_number(typed)


def _qualified(value: Value, qualifier: Qualifier) -> Value:
    if value.absence:
        raise InvalidValue("Een aanduiding zoals ‘bijna’ hoort bij een getal.")
    return Value(
        value.type,
        number=value.number,
        number_to=value.number_to,
        numerator=value.numerator,
        denominator=value.denominator,
        qualifier=qualifier,
        basis=value.basis if value.type is ValueType.PERCENTAGE else Basis.COMPUTED,
    )


if TYPE_CHECKING:
    ModelMultipleChoiceField = forms.ModelMultipleChoiceField[Any]
else:
    ModelMultipleChoiceField = forms.ModelMultipleChoiceField


class RowsField(ModelMultipleChoiceField):
    """Several rows of a table. A number that no row can have is no row, and not a server error."""

    def clean(self, value: Any) -> Any:
        longest = max((len(str(one)) for one in value or ()), default=0)
        if longest > MOST_DIGITS:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": "…"}
            )
        return super().clean(value)


def clean_text(text: str) -> str:
    """A text that was posted outside a form, as it may be kept: lines end alike, and the character
    that no database keeps (NUL) is left out."""
    return text.replace("\r\n", "\n").replace("\x00", "")


# -- free texts ------------------------------------------------------------------------------------
NUMBER = (
    "‘%s’ kan een burgerservicenummer zijn. Haal gegevens van personen weg: zij horen niet in deze "
    "toepassing. Is het een ander nummer, zet er dan voor welk, zoals ‘KvK’ of ‘telefoon’."
)


def about_nobody(text: str) -> None:
    """A validator: no citizen service number stands in ``text``. Raises ``ValidationError``."""
    found = find_bsn(text)
    if found:
        raise ValidationError(NUMBER % found[0], code="number")


def keep_sane(form: forms.BaseForm, *, no_prose: frozenset[str] = frozenset()) -> None:
    """What holds for whatever a person types in ``form``: a text is about nobody and turns no
    sentence around, a day lies in reach. ``no_prose`` names texts that are none, such as the number
    of an organisation."""
    for name, field in form.fields.items():
        if isinstance(field, forms.DateField) and not_too_far not in field.validators:
            field.validators.append(not_too_far)
        if not isinstance(field, forms.CharField) or field.widget.is_hidden:
            continue
        field.validators.append(no_turning_signs)
        if name not in no_prose and not isinstance(field, forms.URLField):
            field.validators.append(about_nobody)


class TextForm(forms.Form):
    """A form without a row of its own in which a person writes (see ``keep_sane``)."""

    no_prose: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_sane(self, no_prose=self.no_prose)
