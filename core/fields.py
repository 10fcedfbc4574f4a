"""Typed values and provenance in the database: abstract models whose rules are constraints too."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q, TextChoices
from django.db.models.functions import Cast

from core.values import Absence, Basis, InvalidValue, Qualifier, Value, ValueType

_NAME = "%(app_label)s_%(class)s_"
_EMPTY = Q(number__isnull=True, number_to__isnull=True, numerator__isnull=True) & Q(
    denominator__isnull=True, text=""
)


def _whole(name: str) -> Cast:
    """The column without its decimals (PostgreSQL rounds, SQLite cuts: equal only when whole)."""
    return Cast(name, models.BigIntegerField())


def words(field: str, choices: type[TextChoices], *, name: str, message: str) -> CheckConstraint:
    """The check that ``field`` holds a word of ``choices`` and nothing else.

    A column that may be NULL may stay so: a check passes on NULL. A column that may be blank names
    the empty word among its choices, or is given its check without this function.
    """
    return CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}),
        name=name,
        violation_error_message=message,
    )


# A check passes on NULL: a condition that compares a column that may be NULL must ask for a value.
class Withholdable(models.Model):
    """A value that is not published when it would show a small number of people.

    Decided when the value becomes public, and kept: two versions can be compared
    (core/disclosure.py).
    """

    withheld = models.BooleanField("niet openbaar", default=False, editable=False)

    class Meta:
        abstract = True


class TypedValue(models.Model):
    """One typed value a row (core/values.py); the database refuses what ``Value`` refuses.

    Read and write it through ``value``; ``full_clean`` reports a broken rule in Dutch.
    """

    value_type = models.CharField("soort waarde", max_length=12, choices=ValueType.choices)
    number = models.DecimalField("getal", max_digits=18, decimal_places=4, null=True, blank=True)
    number_to = models.DecimalField(
        "bovengrens", max_digits=18, decimal_places=4, null=True, blank=True
    )
    numerator = models.DecimalField(
        "teller", max_digits=18, decimal_places=4, null=True, blank=True
    )
    denominator = models.DecimalField(
        "noemer", max_digits=18, decimal_places=4, null=True, blank=True
    )
    text = models.TextField("tekst", blank=True)
    qualifier = models.CharField("aanduiding", max_length=12, choices=Qualifier.choices, blank=True)
    absence = models.CharField(
        "reden van ontbreken", max_length=16, choices=Absence.choices, blank=True
    )
    basis = models.CharField(
        "grondslag", max_length=10, choices=Basis.choices, default=Basis.COMPUTED
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(Q(absence="") & ~_EMPTY) | (~Q(absence="") & _EMPTY & Q(qualifier="")),
                name=_NAME + "present_or_reason",
                violation_error_message=(
                    "Vul een waarde in, of kies waarom die ontbreekt; niet beide."
                ),
            ),
            models.CheckConstraint(
                condition=Q(value_type__in=ValueType.values)
                & Q(absence__in=Absence.values)
                & Q(qualifier__in=Qualifier.values)
                & Q(basis__in=Basis.values),
                name=_NAME + "value_words",
                violation_error_message="Deze soort waarde, aanduiding of reden bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(absence__gt="")
                | Q(
                    ~Q(text=""),
                    value_type="text",
                    qualifier="",
                    number__isnull=True,
                    number_to__isnull=True,
                )
                | (~Q(value_type="text") & Q(text="")),
                name=_NAME + "text_or_number",
                violation_error_message="Hier hoort een getal, geen tekst, of andersom.",
            ),
            models.CheckConstraint(
                condition=Q(absence__gt="")
                | (
                    ~Q(value_type="percentage")
                    & Q(numerator__isnull=True, denominator__isnull=True, basis="computed")
                )
                | Q(
                    value_type="percentage",
                    basis="computed",
                    number__isnull=True,
                    numerator__isnull=False,
                    denominator__isnull=False,
                    numerator__gte=0,
                    denominator__gt=0,
                    numerator__lte=models.F("denominator"),
                )
                | Q(
                    value_type="percentage",
                    basis="reported",
                    numerator__isnull=True,
                    denominator__isnull=True,
                    number__isnull=False,
                    number__gte=0,
                    number__lte=100,
                )
                & (Q(number_to__isnull=True) | Q(number_to__lte=100)),
                name=_NAME + "percentage",
                violation_error_message=(
                    "Een percentage heeft een teller van 0 tot en met de noemer, of is "
                    "gerapporteerd tussen 0 en 100."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(value_type="count")
                | Q(number__isnull=True)
                | (
                    Q(number__gte=0, number=_whole("number"))
                    & (Q(number_to__isnull=True) | Q(number_to=_whole("number_to")))
                ),
                name=_NAME + "count",
                violation_error_message="Een aantal is een heel getal van 0 of meer.",
            ),
            models.CheckConstraint(
                condition=Q(number_to__isnull=True)
                | Q(number__isnull=False, number_to__gt=models.F("number")),
                name=_NAME + "range",
                violation_error_message="De bovengrens moet hoger zijn dan de ondergrens.",
            ),
        ]

    @property
    def value(self) -> Value:
        """The row's value. Raises ``InvalidValue`` when the row breaks a rule."""
        try:
            words: dict[str, Any] = {
                "type": ValueType(self.value_type),
                "qualifier": Qualifier(self.qualifier),
                "absence": Absence(self.absence),
                "basis": Basis(self.basis),
            }
        except ValueError as error:
            raise InvalidValue(
                "Deze soort waarde, aanduiding, reden of grondslag bestaat niet."
            ) from error
        return Value(
            number=self.number,
            number_to=self.number_to,
            numerator=self.numerator,
            denominator=self.denominator,
            text=self.text,
            **words,
        )

    @value.setter
    def value(self, value: Value) -> None:
        self.value_type = value.type.value
        for name in VALUE_COLUMNS:
            setattr(self, name, getattr(value, name))

    def clean(self) -> None:
        super().clean()
        try:
            _ = self.value
        except InvalidValue as error:
            raise ValidationError(str(error), code="invalid_value") from error


VALUE_COLUMNS = (
    "number",
    "number_to",
    "numerator",
    "denominator",
    "text",
    "qualifier",
    "absence",
    "basis",
)


def value_columns(value: Value) -> dict[str, Any]:
    """``value`` as keyword arguments for a ``TypedValue`` row."""
    return {
        "value_type": value.type.value,
        **{
            name: str(held) if isinstance(held := getattr(value, name), str) else held
            for name in VALUE_COLUMNS
        },
    }
