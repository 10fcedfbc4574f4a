"""The forms over the passport of an indicator: a new one, and one that is there."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from agenda.constants import VersionKind
from agenda.likeness import alike
from agenda.meanings import breaks_of, said_otherwise, starting
from agenda.models import Indicator, Observation, Target
from core.edits import RevisedForm
from core.forms import DutchNumberField
from core.periods import Period, PeriodFormField
from core.values import ValueType, format_number

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Wat er gemeten wordt",
        ("name", "subject", "definition", "rationale", "level", "result_kind"),
    ),
    (
        "Hoe het cijfer eruitziet",
        (
            *("value_type", "unit", "numerator", "denominator", "direction", "band"),
            *("lowest", "highest"),
        ),
    ),
    (
        "Waar het cijfer vandaan komt",
        ("supplier", "measured_by", "rhythm", "measured_when", "available_for"),
    ),
    ("Hoe ermee te rekenen is", ("aggregation", "is_cumulative", "counts_people")),
    ("Goed om te weten", ("weaknesses", "owner", "note")),
)


class IndicatorForm(RevisedForm):
    """The passport of an indicator."""

    band = DutchNumberField(
        label="Bandbreedte",
        lowest=0,
        decimals=4,
        required=False,
        help_text="Hoeveel de waarde mag afwijken, in de eenheid van de indicator.",
    )
    lowest = DutchNumberField(
        label="Laagst mogelijke waarde",
        decimals=4,
        required=False,
        help_text="Bijvoorbeeld 1, bij een schaal van 1 tot 10. Leeg: geen grens.",
    )
    highest = DutchNumberField(
        label="Hoogst mogelijke waarde",
        decimals=4,
        required=False,
        help_text="Bijvoorbeeld 10, bij een schaal van 1 tot 10. Leeg: geen grens.",
    )

    class Meta:
        model = Indicator
        fields = [name for _, names in GROUPS for name in names]
        labels = {
            "level": "Zegt iets over",
            "aggregation": "Hoe waarden samen te nemen zijn",
            "result_kind": "Effect of prestatie",
        }
        help_texts = {
            "subject": "Het onderwerp waaronder u hem terugzoekt, bijvoorbeeld eenzaamheid.",
            "definition": "Precies wat er wordt gemeten, en bij wie.",
            "rationale": "Wat dit cijfer zegt over het doel, en wat niet.",
            "numerator": "Bij een percentage: wie of wat u telt.",
            "denominator": "Bij een percentage: waarvan dat een deel is.",
            "supplier": "Waar het cijfer te vinden is, bijvoorbeeld CBS StatLine.",
            "measured_by": "De gemeente, een partner of een onderzoeksbureau.",
            "measured_when": "Bijvoorbeeld: elk voorjaar, of op 31 december.",
            "available_for": "Bijvoorbeeld: de hele gemeente, en per kern.",
            "weaknesses": "Waar een lezer op moet letten, bijvoorbeeld een lage respons.",
            "owner": "De functie die dit paspoort bijhoudt. Geen naam van een persoon.",
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("definition", "rationale", "weaknesses", "note")
        }

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings, for the page."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Indicator.objects.filter(name__iexact=name).exclude(pk=self.instance.pk)
        is_new_name = self.instance.pk is None or "name" in self.changed_data
        if is_new_name and others.exists():
            raise ValidationError(
                "Er is al een indicator met deze naam. Gebruik die, of kies een naam die het "
                "verschil zegt."
            )
        return name

    def clean_value_type(self) -> str:
        value_type: str = self.cleaned_data["value_type"]
        held = Indicator.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        if held and held.value_type and held.value_type != value_type and held.has_values():
            raise ValidationError(
                "Er zijn al waarden van deze indicator. De soort waarde kan daarom niet meer "
                "veranderen; maak een nieuwe indicator."
            )
        return value_type

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        counted = self.cleaned_data.get("value_type") == ValueType.PERCENTAGE
        over = self.cleaned_data.get("denominator")
        if counted and over and not self.cleaned_data.get("numerator"):
            self.add_error("numerator", "Zeg ook wat u telt, of laat de noemer leeg.")
        unit = self.cleaned_data.get("unit", "").lower()
        if counted and "unit" in self.changed_data and unit not in ("", "%", "procent"):
            self.add_error("unit", "Een percentage is in procenten. Laat de eenheid leeg.")
        if self.instance.pk is not None and {"lowest", "highest"} & set(self.changed_data):
            self._clean_bounds()
        return cleaned

    def _clean_bounds(self) -> None:
        """What was measured or aimed at stays possible."""
        for name, beyond in (("lowest", "lager"), ("highest", "hoger")):
            bound = self.cleaned_data.get(name)
            if bound is not None and (count := self._values_beyond(name, bound)):
                told = "is al een waarde" if count == 1 else f"zijn al {count} waarden"
                self.add_error(
                    name, f"Er {told} {beyond} dan {format_number(bound)}. Verbeter die eerst."
                )

    def _values_beyond(self, name: str, bound: Decimal) -> int:
        """Of observations and targets together. Two queries."""
        beyond = Q(number__lt=bound)
        if name == "highest":
            beyond = Q(number__gt=bound) | Q(number_to__gt=bound)
        aims = Target.objects.filter(measure__indicator=self.instance.pk)
        held = Observation.objects.filter(indicator=self.instance.pk)
        return held.filter(beyond).count() + aims.filter(beyond).count()


class NewPassportForm(IndicatorForm):
    """A new passport, which asks once whether one that looks like it will not do.

    ``similar`` after cleaning: those that look like it, and were not waved aside.
    """

    is_new = forms.BooleanField(
        label="Geen van deze is dezelfde: maak toch een nieuwe", required=False
    )

    similar: list[Indicator] = []

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors and not self.cleaned_data.get("is_new"):
            self.similar = alike(self.cleaned_data["name"], self.cleaned_data.get("definition", ""))
            if self.similar:
                self.add_error(
                    "is_new",
                    "Deze lijkt op een indicator die er al is. Gebruik die, of vink aan dat het "
                    "een andere is.",
                )
        return cleaned


class PassportForm(IndicatorForm):
    """A passport that is there. With values, what it means changes only with a reason: from a
    period on, or because the text was wrong."""

    change = forms.ChoiceField(
        label="Wat is de verandering?",
        required=False,
        choices=[
            ("", "kies"),
            (VersionKind.CHANGED, "Er wordt iets anders gemeten: de reeks breekt"),
            (VersionKind.CORRECTED, "Alleen de tekst is verbeterd: de reeks loopt door"),
        ],
    )
    since = PeriodFormField(
        label="Vanaf welke periode",
        required=False,
        max_length=9,
        help_text="Een jaar of halfjaar: 2026 of 2026-H2. Alleen als er iets anders wordt gemeten.",
    )
    reason = forms.CharField(
        label="Waarom",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Iedereen die de cijfers leest, leest dit ook.",
    )

    OF_VERSION = ("change", "since", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.has_values():
            for name in self.OF_VERSION:
                del self.fields[name]

    def version_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.OF_VERSION if name in self.fields]

    def changed_texts(self) -> list[str]:
        """The fields that said something and now say something else; needs the row as it is."""
        held = Indicator.objects.get(pk=self.instance.pk)
        return said_otherwise(held, self.cleaned_data)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "change" not in self.fields or "change" in self.errors or not self.changed_texts():
            return cleaned
        kind = self.cleaned_data.get("change")
        if not kind:
            self.add_error(
                "change",
                "Er zijn al cijfers van deze indicator. Zeg of er iets anders wordt gemeten, of "
                "dat u alleen de tekst verbetert.",
            )
        if not self.cleaned_data.get("reason"):
            self.add_error("reason", "Schrijf in één zin waarom dit verandert.")
        if kind == VersionKind.CHANGED and "since" not in self.errors:
            self._clean_since()
        return cleaned

    def _clean_since(self) -> None:
        period: Period | None = self.cleaned_data.get("since")
        if period is None:
            self.add_error("since", "Vul in vanaf welke periode er iets anders wordt gemeten.")
            return
        try:
            start = starting(period)
        except ValueError as error:
            self.add_error("since", str(error))
            return
        former = breaks_of(self.instance)
        if former and start.start <= former[-1].since.start:
            self.add_error(
                "since",
                f"De vorige verandering ging in vanaf {former[-1].since.label}. Kies een periode "
                "daarna.",
            )
        elif start.start > timezone.localdate():
            self.add_error(
                "since",
                "Die periode moet nog beginnen. Het paspoort zegt wat nu geldt: leg de "
                "verandering vast zodra zij ingaat.",
            )
        self.cleaned_data["since"] = start

    def _differences(self, theirs: RevisedForm) -> dict[str, Any]:
        """Why it changes is no field of the row: a second click does not differ in it."""
        found = super()._differences(theirs)
        return {name: value for name, value in found.items() if name not in self.OF_VERSION}
