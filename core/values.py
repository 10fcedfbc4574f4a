"""Typed values: one piece of code for forms, display, storage and import. Pure Python.

Rules (docs/regels/waarden.md):

- a count, an amount in euros, a percentage, a scale score or a text; never a number kept as text;
- a percentage is computed from a numerator and a denominator; one that was only reported carries
  ``Basis.REPORTED`` and is never aggregated;
- any number may be qualified ("bijna", "ruim") and may be a range ("10 tot 20");
- empty is not zero: a missing value has a reason from a list.

Numbers are read and written the Dutch way: ``1.234,5``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models

NARROW = "\N{NO-BREAK SPACE}"
HUNDRED = Decimal(100)
LARGEST = Decimal("99999999999999")
DECIMALS = 4  # as many as the database keeps: more would be rounded without a word


class InvalidValue(ValueError):
    """A value that breaks a rule; the message is Dutch and says what to do."""


class ValueType(models.TextChoices):
    COUNT = "count", "aantal"
    AMOUNT = "amount", "bedrag in euro"
    PERCENTAGE = "percentage", "percentage"
    SCALE = "scale", "schaalscore"
    TEXT = "text", "tekst"


class Qualifier(models.TextChoices):
    EXACT = "", "precies"
    ABOUT = "about", "circa"
    ALMOST = "almost", "bijna"
    JUST_OVER = "just_over", "ruim"
    AT_LEAST = "at_least", "ten minste"
    AT_MOST = "at_most", "ten hoogste"
    MORE_THAN = "more_than", "meer dan"
    LESS_THAN = "less_than", "minder dan"


class Absence(models.TextChoices):
    PRESENT = "", "er is een waarde"
    NOT_YET = "not_yet", "nog niet beschikbaar"
    TOO_SMALL = "too_small", "te klein om te publiceren"
    NOT_MEASURED = "not_measured", "niet gemeten"
    NOT_APPLICABLE = "not_applicable", "niet van toepassing"
    NOT_IN_SOURCE = "not_in_source", "staat niet in de bron"


class Basis(models.TextChoices):
    COMPUTED = "computed", "berekend uit teller en noemer"
    REPORTED = "reported", "zo gerapporteerd, niet na te rekenen"


QUALIFIER_WORDS = {
    "circa": Qualifier.ABOUT,
    "ca.": Qualifier.ABOUT,
    "ongeveer": Qualifier.ABOUT,
    "bijna": Qualifier.ALMOST,
    "ruim": Qualifier.JUST_OVER,
    "ten minste": Qualifier.AT_LEAST,
    "minimaal": Qualifier.AT_LEAST,
    "minstens": Qualifier.AT_LEAST,
    "zeker": Qualifier.AT_LEAST,
    "ten hoogste": Qualifier.AT_MOST,
    "maximaal": Qualifier.AT_MOST,
    "meer dan": Qualifier.MORE_THAN,
    "minder dan": Qualifier.LESS_THAN,
    "lager dan": Qualifier.LESS_THAN,
}

_DUTCH = re.compile(r"-?([1-9]\d{0,2}(\.\d{3})+|[1-9]\d{0,2}( \d{3})+|\d+)(,\d+)?", re.ASCII)
_PLAIN_DECIMAL = re.compile(r"-?(?:\d+\.\d{1,2}|0\.\d{3,})", re.ASCII)
_RANGE = re.compile(r" tot (?:en met )?|(?<=\d) ?[–-] ?(?=\d)")
_PARTS = re.compile(r" van (?:de )?| ?/ ?")


def _spaced(text: str) -> str:
    """``text`` with every run of white space, no-break spaces too, as one space."""
    return re.sub(r"\s+", " ", text).strip()


def parse_number(text: str) -> Decimal:
    """The number that a Dutch reader means with ``text``.

    ``1.234,5`` is one thousand two hundred thirty-four and a half; ``1.234`` is more than a
    thousand; ``6.8`` and ``0.125`` can only have a decimal point and are read as such.
    Raises ``InvalidValue``.
    """
    cleaned = _spaced(text.replace("\N{MINUS SIGN}", "-"))
    cleaned = re.sub(r"^(-?) ?€ ?", r"\1", cleaned).removesuffix("%").rstrip()
    cleaned = re.sub(r",-+$", "", cleaned)
    # Adding zero takes the sign off a minus zero.
    if _DUTCH.fullmatch(cleaned):
        number = Decimal(re.sub(r"[. ]", "", cleaned).replace(",", ".")) + 0
    elif _PLAIN_DECIMAL.fullmatch(cleaned):
        number = Decimal(cleaned) + 0
    else:
        raise InvalidValue(f"‘{text.strip()}’ is geen getal. Schrijf bijvoorbeeld 1.234,5.")
    if abs(number) > LARGEST:
        raise InvalidValue(f"‘{text.strip()}’ is te groot.")
    if number != round(number, DECIMALS):
        raise InvalidValue(f"‘{text.strip()}’ heeft meer dan {DECIMALS} cijfers achter de komma.")
    return number


def format_number(number: Decimal | int, decimals: int | None = None) -> str:
    """``number`` the Dutch way; ``decimals`` fixed, or as many as it has."""
    value = Decimal(number)
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    elif value == value.to_integral_value():
        value = value.quantize(Decimal(1))
    else:
        value = value.normalize()
    text = f"{value + 0:,f}"  # adding zero takes the sign off a minus zero
    return text.translate(str.maketrans(",.", ".,")).replace("-", "\N{MINUS SIGN}")


def format_euro(amount: Decimal) -> str:
    """``€ 1.720.000``; cents only when there are any."""
    decimals = 0 if amount == amount.to_integral_value() else 2
    return f"€{NARROW}{format_number(amount, decimals)}"


@dataclass(frozen=True)
class Value:
    """One value of one type; construction checks every rule and raises ``InvalidValue``.

    ``number`` is in units of one: persons, euros, per cent (76 is 76%), points of a scale.
    ``number_to`` is the upper end where the source gives a range.
    """

    type: ValueType
    number: Decimal | None = None
    number_to: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    text: str = ""
    qualifier: Qualifier = Qualifier.EXACT
    absence: Absence = Absence.PRESENT
    basis: Basis = Basis.COMPUTED

    def __post_init__(self) -> None:
        self._check_size()
        filled = self.number is not None or self.numerator is not None or self.text.strip() != ""
        if self.qualifier and (self.absence or self.type is ValueType.TEXT):
            raise InvalidValue("Een aanduiding zoals ‘bijna’ hoort bij een getal.")
        if self.absence:
            if filled or self.text or self.number_to is not None or self.denominator is not None:
                raise InvalidValue("Er is een waarde én een reden waarom die ontbreekt. Kies één.")
            return
        if not filled:
            raise InvalidValue("Vul een waarde in, of kies waarom die ontbreekt.")
        if self.type is ValueType.TEXT:
            if any(number is not None for number in self._numbers()):
                raise InvalidValue("Hier hoort een tekst, geen getal.")
            if self.basis is Basis.REPORTED:
                raise InvalidValue("Alleen een percentage kan ‘zo gerapporteerd’ zijn.")
            return
        if self.text:
            raise InvalidValue("Hier hoort een getal, geen tekst.")
        if self.type is ValueType.PERCENTAGE:
            self._check_percentage()
        elif self.numerator is not None or self.denominator is not None:
            raise InvalidValue("Een teller en noemer horen alleen bij een percentage.")
        elif self.basis is Basis.REPORTED:
            raise InvalidValue("Alleen een percentage kan ‘zo gerapporteerd’ zijn.")
        if self.type is ValueType.COUNT:
            for number in (self.number, self.number_to):
                if number is not None and (number < 0 or number != number.to_integral_value()):
                    raise InvalidValue("Een aantal is een heel getal van 0 of meer.")
        if self.number_to is not None and (self.number is None or self.number_to <= self.number):
            raise InvalidValue("De bovengrens moet hoger zijn dan de ondergrens.")

    def _numbers(self) -> tuple[Decimal | None, ...]:
        return (self.number, self.number_to, self.numerator, self.denominator)

    def _check_size(self) -> None:
        for number in self._numbers():
            if number is None:
                continue
            if not number.is_finite() or abs(number) > LARGEST:
                raise InvalidValue("Dit getal is te groot.")
            if number != round(number, DECIMALS):
                raise InvalidValue(f"Een getal heeft ten hoogste {DECIMALS} cijfers na de komma.")

    def _check_percentage(self) -> None:
        if self.basis is Basis.REPORTED:
            if self.numerator is not None or self.denominator is not None or self.number is None:
                raise InvalidValue("Een gerapporteerd percentage heeft geen teller en noemer.")
            if not 0 <= self.number <= HUNDRED or (self.number_to or 0) > HUNDRED:
                raise InvalidValue("Een percentage ligt tussen 0 en 100.")
            return
        if self.numerator is None or self.denominator is None or self.number is not None:
            raise InvalidValue("Een percentage vraagt een teller en een noemer.")
        if self.denominator <= 0:
            raise InvalidValue("De noemer moet groter zijn dan 0.")
        if not 0 <= self.numerator <= self.denominator:
            raise InvalidValue(
                f"De teller ({format_number(self.numerator)}) is groter dan de noemer "
                f"({format_number(self.denominator)}) of kleiner dan 0."
            )

    # -- making ----------------------------------------------------------------------------------
    @classmethod
    def count(cls, number: int | Decimal, qualifier: Qualifier = Qualifier.EXACT) -> Value:
        return cls(ValueType.COUNT, number=Decimal(number), qualifier=qualifier)

    @classmethod
    def amount(cls, euros: int | Decimal, qualifier: Qualifier = Qualifier.EXACT) -> Value:
        return cls(ValueType.AMOUNT, number=Decimal(euros), qualifier=qualifier)

    @classmethod
    def fraction(cls, numerator: int | Decimal, denominator: int | Decimal) -> Value:
        return cls(
            ValueType.PERCENTAGE,
            numerator=Decimal(numerator),
            denominator=Decimal(denominator),
        )

    @classmethod
    def reported_percentage(
        cls, percentage: int | Decimal, qualifier: Qualifier = Qualifier.EXACT
    ) -> Value:
        return cls(
            ValueType.PERCENTAGE,
            number=Decimal(percentage),
            qualifier=qualifier,
            basis=Basis.REPORTED,
        )

    @classmethod
    def absent(cls, type: ValueType, reason: Absence) -> Value:
        return cls(type, absence=reason)

    @classmethod
    def parse(cls, type: ValueType, text: str) -> Value:
        """Read ``text`` as a person or a spreadsheet cell gives it.

        ``bijna 1.280.000``, ``10 tot 20``, ``3 van 4`` (a computed percentage), ``76%`` (a reported
        one), ``niet gemeten`` (a reason). Raises ``InvalidValue``.
        """
        words = _spaced(text)
        lowered = words.lower()
        for reason in Absence:
            if reason and lowered == reason.label:
                return cls.absent(type, reason)
        if type is ValueType.TEXT:
            return cls(type, text=text.strip())
        qualifier = Qualifier.EXACT
        for word in sorted(QUALIFIER_WORDS, key=len, reverse=True):
            if lowered.startswith(word + " "):
                qualifier, words = QUALIFIER_WORDS[word], words[len(word) :].strip()
                break
        if not words:
            raise InvalidValue("Vul een waarde in, of kies waarom die ontbreekt.")
        if "%" in words and type is not ValueType.PERCENTAGE:
            raise InvalidValue("Hier hoort geen percentage.")
        if "€" in words and type is not ValueType.AMOUNT:
            raise InvalidValue("Hier hoort geen bedrag.")
        if type is ValueType.PERCENTAGE:
            parts = _PARTS.split(words)
            if len(parts) == 2:
                if "%" in words:
                    raise InvalidValue("Een teller en noemer zijn aantallen: laat het %-teken weg.")
                return cls(
                    type,
                    numerator=parse_number(parts[0]),
                    denominator=parse_number(parts[1]),
                    qualifier=qualifier,
                )
        low, *high = _RANGE.split(words)
        if len(high) > 1:
            raise InvalidValue(f"‘{words}’ is geen getal. Schrijf bijvoorbeeld 1.234,5.")
        return cls(
            type,
            number=parse_number(low),
            number_to=parse_number(high[0]) if high else None,
            qualifier=qualifier,
            basis=Basis.REPORTED if type is ValueType.PERCENTAGE else Basis.COMPUTED,
        )

    # -- reading ---------------------------------------------------------------------------------
    @property
    def is_present(self) -> bool:
        return not self.absence

    @property
    def quantity(self) -> Decimal | None:
        """The number to draw, compare or sort by: the percentage, or the (lower) number."""
        if self.numerator is not None and self.denominator:
            return self.numerator / self.denominator * HUNDRED
        return self.number

    @property
    def may_aggregate(self) -> bool:
        """Whether a sum or mean over this value is allowed (rule: never a reported percentage)."""
        return (
            self.is_present
            and self.type is not ValueType.TEXT
            and self.basis is Basis.COMPUTED
            and self.number_to is None
        )

    def display(self, *, unit: str = "") -> str:
        """The value as a Dutch reader expects it, with its qualifier; the reason when absent."""
        if self.absence:
            return self.absence.label
        if self.type is ValueType.TEXT:
            return self.text
        prefix = f"{self.qualifier.label}{NARROW}" if self.qualifier else ""
        suffix = f"{NARROW}{unit}" if unit else ""
        if self.type is ValueType.PERCENTAGE and self.basis is Basis.COMPUTED:
            assert self.quantity is not None  # noqa: S101 - checked at construction
            return f"{prefix}{format_number(self.quantity, 0)}%"
        if self.type is ValueType.PERCENTAGE:
            suffix = "%"
        if self.type is ValueType.AMOUNT:
            ends = [format_euro(n) for n in (self.number, self.number_to) if n is not None]
        else:
            ends = [format_number(n) for n in (self.number, self.number_to) if n is not None]
        return prefix + f"{NARROW}tot{NARROW}".join(ends) + suffix

    def __str__(self) -> str:
        return self.display()

    def typed(self) -> str:
        """The value as a person types it: ``parse`` of the same type reads it back."""
        if self.absence:
            return self.absence.label
        if self.type is ValueType.TEXT:
            return self.text
        if self.numerator is not None and self.denominator is not None:
            text = f"{format_number(self.numerator)} van {format_number(self.denominator)}"
        else:
            ends = [format_number(n) for n in (self.number, self.number_to) if n is not None]
            text = " tot ".join(ends) + ("%" if self.type is ValueType.PERCENTAGE else "")
        return f"{self.qualifier.label} {text}" if self.qualifier else text

    # -- keeping ---------------------------------------------------------------------------------
    def to_json(self) -> dict[str, str]:
        """Only what is filled, numbers as text, so that nothing is rounded on the way."""
        kept: dict[str, str] = {"type": self.type.value}
        for field in fields(self):
            held: Any = getattr(self, field.name)
            if field.name == "type" or held is None or held == "":
                continue
            if field.name == "basis" and self.type is not ValueType.PERCENTAGE:
                continue
            kept[field.name] = (
                format(held.normalize(), "f") if isinstance(held, Decimal) else str(held)
            )
        return kept

    @classmethod
    def from_json(cls, kept: dict[str, str]) -> Value:
        """The value that ``to_json`` wrote. Raises ``InvalidValue``."""
        try:
            return cls(
                type=ValueType(kept["type"]),
                **{
                    name: Decimal(kept[name])
                    for name in ("number", "number_to", "numerator", "denominator")
                    if name in kept
                },
                text=kept.get("text", ""),
                qualifier=Qualifier(kept.get("qualifier", "")),
                absence=Absence(kept.get("absence", "")),
                basis=Basis(kept.get("basis", "computed")),
            )
        except InvalidValue:
            raise
        except (KeyError, ValueError, TypeError, ArithmeticError) as error:
            raise InvalidValue("Deze opgeslagen waarde is onleesbaar.") from error
