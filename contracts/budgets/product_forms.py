"""The forms over tables of products, their rows, rates, and the files that bring them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from django import forms

from agenda.models import Municipality, Source
from contracts.budgets.amounts import EuroField, ExactEuroField
from contracts.budgets.forms import NOT_CHOSEN, year_field
from contracts.constants import ProductTableKind
from contracts.models import ProductRow, ProductTable, Rate
from core.edits import RevisedForm
from core.fields import value_columns
from core.forms import DutchNumberField
from core.typed import TypedTextField
from core.uploaded_tables.field import TableField
from core.uploaded_tables.reading import folded
from core.values import ValueType

MOST_ROWS = 500  # in one file: each is saved as the screen does
HIGHEST = 999_999_999
MOST_AMOUNT = Decimal("999999999999.99")  # what the column holds
NAMED = {
    ProductTableKind.PRODUCTS: "Product",
    ProductTableKind.PROVIDERS: "Aanbieder",
    ProductTableKind.COMBINATIONS: "Combinatie",
}
#: What a row of each kind of table holds.
HOLDS: Mapping[str, tuple[str, ...]] = {
    ProductTableKind.PRODUCTS: ("name", "provider", "count", "amount", "note"),
    ProductTableKind.PROVIDERS: ("name", "count", "amount", "note"),
    ProductTableKind.COMBINATIONS: ("name", "percentage", "note"),
}


class MoneyField(ExactEuroField):
    """An exact amount that its column holds."""

    def to_python(self, value: Any) -> Any:
        held = super().to_python(value)
        if held is not None and held > MOST_AMOUNT:
            raise forms.ValidationError("Dit bedrag is te groot. Kijk het na.", code="too_much")
        return held


def count_field(label: str, **kwargs: Any) -> DutchNumberField:
    return DutchNumberField(
        label=label, lowest=0, highest=HIGHEST, decimals=0, required=False, **kwargs
    )


def choose_source(form: forms.BaseForm) -> None:
    """Offer every source; what is empty was counted here."""
    source = cast("forms.ModelChoiceField[Source]", form.fields["source"])
    source.queryset, source.empty_label = Source.objects.order_by("title"), "eigen administratie"
    source.label = "Bron"


class ProductTableForm(RevisedForm):
    """What a table is about, and the totals to hold its rows against."""

    year = year_field("Jaar")
    stated_count = count_field("Totaal aantal volgens de bron")
    stated_amount = MoneyField(label="Totaal bedrag volgens de bron, in euro", required=False)

    class Meta:
        model = ProductTable
        fields = [
            *("title", "kind", "place", "year", "period", "stated_count", "stated_amount"),
            *("source", "locator", "note"),
        ]
        labels = {"kind": "Wat staat er in de tabel?"}
        help_texts = {
            "period": "Bijvoorbeeld: heel 2025, of januari tot en met juni 2025.",
            "locator": "Waar in de bron, zoals: bijlage 1, tabel 3.",
            "stated_count": "Wij tellen de rijen na. Klopt het niet, dan staat dat bij de tabel.",
        }
        widgets = {
            "kind": forms.RadioSelect,
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_source(self)
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = ProductTableKind.choices

    def clean_kind(self) -> str:
        """Rows of one kind say other things than those of another. One query."""
        kind: str = self.cleaned_data["kind"]
        held = self.initial.get("kind")
        if self.instance.pk is not None and kind != held and self.instance.rows.exists():
            raise forms.ValidationError(
                "De tabel heeft rijen: haar soort kan niet meer veranderen. Maak een nieuwe tabel."
            )
        return kind

    def clean_stated_count(self) -> int | None:
        held = self.cleaned_data["stated_count"]
        return None if held is None else int(held)


class ProductRowForm(RevisedForm):
    """A row of ``table``: only what its kind of table holds."""

    count = count_field("Aantal")
    amount = MoneyField(label="Bedrag in euro", required=False)
    percentage = DutchNumberField(
        label="Deel van de cliënten, in procenten",
        lowest=0,
        highest=100,
        decimals=2,
        required=False,
    )

    class Meta:
        model = ProductRow
        fields = ["name", "provider", "count", "amount", "percentage", "note"]
        help_texts = {
            "provider": "Laat leeg als het om alle aanbieders samen gaat.",
            "note": "Nooit iets over één cliënt.",
        }

    def __init__(self, *args: Any, table: ProductTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = self.instance.table = table
        for name in set(self.fields) - set(HOLDS[table.kind]) - {"revision"}:
            del self.fields[name]
        self.fields["name"].label = NAMED[ProductTableKind(table.kind)]
        if "percentage" in self.fields:
            self.fields["percentage"].required = True

    def over(self, instance: Any) -> RevisedForm:
        return type(self)(instance=instance, table=self.table)

    def clean_count(self) -> int | None:
        held = self.cleaned_data["count"]
        return None if held is None else int(held)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        says_nothing = cleaned.get("count") is None and cleaned.get("amount") is None
        if "count" in self.fields and not self.errors and says_nothing:
            self.add_error("count", "Vul een aantal of een bedrag in.")
        return cleaned


class RateField(EuroField):
    """An amount in euros, or a share of the usual rate when a percentage sign follows."""

    def to_python(self, value: Any) -> Any:
        text = forms.CharField.to_python(self, value)
        if text and "%" in text:
            held = TypedTextField(value_type=ValueType.PERCENTAGE).to_python(text)
            if held.number is not None and not 0 <= held.number <= 1000:
                raise forms.ValidationError("Een percentage is 0 of meer. Kijk het na.")
            return held
        return super().to_python(value)


class RateForm(RevisedForm):
    """What a municipality pays for something, and when."""

    value = RateField(
        label="Tarief",
        help_text="Een bedrag, zoals 16,64; of een deel van het gewone tarief, zoals 95%.",
    )

    class Meta:
        model = Rate
        fields = ["municipality", "subject", "condition", "value", "source", "locator"]
        help_texts = {
            "subject": "Schrijf het zoals bij de andere gemeenten: dan staan zij naast elkaar.",
            "condition": "Alleen als het tarief niet altijd geldt, zoals: zwaardere hulp.",
            "locator": "Waar in de bron, zoals: bijlage 1, tabel 3.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_source(self)
        if self.instance.pk is not None:
            self.initial["value"] = self.instance.value
        place = cast("forms.ModelChoiceField[Municipality]", self.fields["municipality"])
        place.queryset, place.empty_label = Municipality.objects.order_by("name"), NOT_CHOSEN
        place.label = "Gemeente"

    def clean_subject(self) -> str:
        """As it is written already, whatever the capitals. One query."""
        subject: str = self.cleaned_data["subject"]
        known = Rate.objects.order_by("pk").values_list("subject", flat=True)
        same = {folded(each): each for each in known}
        return same.get(folded(subject), subject)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (value := cleaned.get("value")) is not None:
            self.instance.value = value
        return cleaned

    def also_written(self) -> dict[str, Any]:
        return value_columns(self.cleaned_data["value"])


class MoneyFileForm(forms.Form):
    """A file with rows of a table, or with rates."""

    file = TableField(label="Het bestand", rows=MOST_ROWS)
