"""A typed value as one field of text, which ``Value.parse`` reads back the same."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.values import Basis, InvalidValue, Value, ValueType, format_number


def as_typed(value: Value | None) -> str:
    """``Value.parse`` reads this text back as ``value``; nothing for no value."""
    if value is None:
        return ""
    if value.absence:
        return str(value.absence.label)
    if value.type is ValueType.TEXT:
        return value.text
    before = f"{value.qualifier.label} " if value.qualifier else ""
    if value.numerator is not None and value.denominator is not None:
        return f"{before}{format_number(value.numerator)} van {format_number(value.denominator)}"
    numbers = [format_number(n) for n in (value.number, value.number_to) if n is not None]
    after = "%" if value.type is ValueType.PERCENTAGE and value.basis is Basis.REPORTED else ""
    return before + " tot ".join(numbers) + after


class TypedTextField(forms.CharField):
    """One text field for a typed value; cleaned data holds a ``Value``, or ``None`` when empty."""

    def __init__(self, *, value_type: ValueType, **kwargs: Any) -> None:
        self.value_type = value_type
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return as_typed(value) if isinstance(value, Value) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return Value.parse(self.value_type, text)
        except InvalidValue as error:
            raise ValidationError(str(error), code="invalid_value") from error

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError("Vul een waarde in.", code="required")

    def run_validators(self, value: Any) -> None:
        """The parsing is the validation: the text validators of a CharField fit no ``Value``."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((self.prepare_value(initial) or "") != (data or "").strip())
