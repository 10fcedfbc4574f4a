"""Amounts as people type them: in digits or with a word of size, and refused where they mislead."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.typed import TypedTextField
from core.values import Absence, InvalidValue, ValueType, format_number, parse_number

SIZES = {
    "duizend": 1_000,
    "ton": 100_000,
    "miljoen": 1_000_000,
    "mln": 1_000_000,
    "mln.": 1_000_000,
    "miljard": 1_000_000_000,
}
_SIZED = re.compile(r"(?P<number>[\d.,]+)\s*(?P<size>duizend|ton|miljoen|mln\.?|miljard)\b", re.I)
# ``750,000`` is 750 to a Dutch reader, and three quarters of a million to an English one.
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?(?![\d,])")
ABSENT = [str(reason.label) for reason in Absence if reason]
HOW = "Schrijf het bedrag in cijfers, zoals 1.255.000 of 1,3 miljoen."
HELP = (
    "Schrijf 1.255.000, ‘bijna 150.000’ of ‘1,3 miljoen’. Niet bekend? Schrijf dan ‘nog niet "
    "beschikbaar’ of ‘staat niet in de bron’."
)


def in_digits(text: str) -> str:
    """``text`` with ‘1,3 miljoen’ as ‘1300000’. Raises ``InvalidValue`` where it may mislead."""
    # Before a word of size a comma can only be a decimal one: ‘1,255 miljoen’ is clear.
    if found := _ENGLISH.search(_SIZED.sub("", text)):
        typed = found[0]
        dutch = typed.replace(",", ".")
        raise InvalidValue(
            f"‘{typed}’ kan op twee manieren worden gelezen. Bedoelt u {dutch}? Schrijf de punten "
            "dan zo. Een komma staat alleen voor centen."
        )

    def written_out(match: re.Match[str]) -> str:
        if _THOUSANDS.fullmatch(match["number"]):
            raise InvalidValue(
                f"‘{match[0]}’ kan op twee manieren worden gelezen. Schrijf het bedrag in cijfers, "
                "of met een komma vóór het woord, zoals 1,255 miljoen."
            )
        number = parse_number(match["number"]) * SIZES[match["size"].lower()]
        return format_number(number)

    return _SIZED.sub(written_out, text)


class EuroField(TypedTextField):
    """An amount as a typed value: exact or about, or the reason why it is not known."""

    takes_reasons = True  # why an amount is not known, in the place of an amount

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", HELP)
        super().__init__(value_type=ValueType.AMOUNT, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = forms.CharField.to_python(self, value)
        if not text:
            return None
        try:
            held = super().to_python(in_digits(text))
        except (InvalidValue, ValidationError) as error:
            told = error.messages[0] if isinstance(error, ValidationError) else str(error)
            if re.search(r"\d", text):
                raise ValidationError(told, code="invalid_value") from error
            said = f"‘{text}’ is geen bedrag. {HOW}"
            if self.takes_reasons:
                said += f" Is het bedrag niet bekend, schrijf dan: {', '.join(ABSENT)}."
            raise ValidationError(said, code="invalid_value") from error
        if held.number is not None and held.number < 0:
            raise ValidationError("Een bedrag is 0 of meer.", code="negative")
        if held.number is not None and held.number != round(held.number, 2):
            raise ValidationError("Een bedrag heeft ten hoogste 2 cijfers achter de komma.")
        return held


class ExactEuroField(EuroField):
    """An amount that is known to the cent; cleaned data holds a ``Decimal``, or None when empty."""

    takes_reasons = False

    def __init__(self, *, more_than_nought: bool = False, **kwargs: Any) -> None:
        self.more_than_nought = more_than_nought
        kwargs.setdefault("help_text", "Schrijf 1.255.000 of 1,3 miljoen.")
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return format_number(value) if isinstance(value, int | Decimal) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return value
        held = super().to_python(value)
        if held is None:
            return None
        if held.absence or held.qualifier or held.number_to is not None:
            raise ValidationError(f"Hier hoort een precies bedrag. {HOW}", code="inexact")
        if self.more_than_nought and not held.number:
            raise ValidationError("Vul een bedrag van meer dan 0 in.", code="nought")
        return held.number

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True
