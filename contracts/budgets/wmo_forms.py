"""The forms over a budget table of the municipality and its items, each with its posts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from contracts.budgets.forms import year_field
from contracts.budgets.product_forms import MoneyField, choose_source
from contracts.models import Budget, BudgetItem, BudgetPost
from core.edits import RevisedForm
from core.forms import about_nobody, no_turning_signs

Posts = list[tuple[str, bool]]  # by name, and whether it is outside the Wmo
SPARE = 3  # empty rows under the posts that are there
MOST_POSTS = 50
NATIONAL = "Van alle gemeenten samen. Schrijf 3.000.000.000 of 0,17 miljard."


class PostsInput(forms.Widget):
    """A row for each post: its name, and a box to tick when it is not part of the Wmo."""

    template_name = "contracts/_posts_input.html"
    use_fieldset = True

    def id_for_label(self, id_: str) -> str:
        return ""  # a legend names the group; each row has labels of its own

    def get_context(self, name: str, value: Posts | None, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"]["rows"] = [*(value or []), *[("", False)] * SPARE]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Posts:
        ticked = set(_list(data, f"{name}_outside"))
        names = _list(data, f"{name}_name")
        rows = [(held, str(place) in ticked) for place, held in enumerate(names)]
        return [row for row in rows if row[0].strip() or row[1]]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}_name" not in data


def _list(data: Mapping[str, Any], name: str) -> list[str]:
    """Every value of ``name`` in what was posted."""
    if hasattr(data, "getlist"):
        return list(data.getlist(name))
    held = data.get(name, [])
    return list(held) if isinstance(held, list | tuple) else [held]


class PostsField(forms.Field):
    """The posts of an item; cleaned data holds ``Posts`` in the order of the page."""

    widget = PostsInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.name = forms.CharField(max_length=200, validators=[no_turning_signs, about_nobody])

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, tuple):  # one post, in words
            return BudgetPost(name=value[0], outside_wmo=value[1]).in_words
        return value

    def to_python(self, value: Posts | None) -> Posts:
        found: Posts = []
        for name, outside in value or []:
            if not name.strip():
                raise ValidationError("Een vinkje staat bij een lege regel. Vul de post in.")
            found.append((self.name.clean(name), outside))
        if len({name.casefold() for name, _ in found}) < len(found):
            raise ValidationError("Een post staat er twee keer. Haal er een weg.")
        if len(found) > MOST_POSTS:
            raise ValidationError(f"Een onderdeel heeft ten hoogste {MOST_POSTS} posten.")
        return found


class BudgetForm(RevisedForm):
    """What a budget is, the one year that it counts for, and the total to hold its items to."""

    year = year_field(
        "Begrotingsjaar",
        help_text=(
            "Het jaar waarvoor de bedragen gelden; dit jaar telt overal. Noemt de bron twee jaren? "
            "Kies het jaar van de tabel zelf, en schrijf het andere jaar bij de opmerking."
        ),
    )
    stated_total = MoneyField(label="Totaal volgens de bron, in euro", required=False)

    class Meta:
        model = Budget
        fields = ["title", "year", "stated_total", "source", "locator", "note", "national_note"]
        labels = {"national_note": "Landelijke cijfers: bron en toelichting"}
        help_texts = {
            "locator": "Waar in de bron, zoals: hoofdstuk 2.",
            "note": "Bijvoorbeeld welk ander jaar de bron noemt.",
            "national_note": (
                "Verplicht zodra bij een onderdeel landelijke cijfers staan, zoals: rapport van de "
                "rekenkamer, hoofdstuk 4.4."
            ),
        }
        widgets = {
            "note": forms.Textarea(attrs={"rows": 3}),
            "national_note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_source(self)

    def clean_national_note(self) -> str:
        """No national figure without where it comes from. One query."""
        told: str = self.cleaned_data["national_note"]
        national = Q(national_spending__isnull=False) | Q(national_income__isnull=False)
        if not told and self.instance.pk and self.instance.items.filter(national).exists():
            raise ValidationError(
                "Bij een onderdeel staan landelijke cijfers. Zeg waar zij vandaan komen."
            )
        return told


class BudgetItemForm(RevisedForm):
    """An item of ``budget``: its amount, its posts, and the national figures beside it."""

    amount = MoneyField(label="Bedrag in euro")
    posts = PostsField(
        label="Posten",
        help_text=(
            "Eén post per regel. Zet een vinkje bij wat in het bedrag zit maar niet tot de Wmo "
            "hoort, zoals schuldhulpverlening. Een lege regel vervalt."
        ),
    )
    national_spending = MoneyField(
        label="Landelijke uitgaven, in euro", help_text=NATIONAL, required=False
    )
    national_income = MoneyField(
        label="Landelijke inkomsten, in euro", help_text=NATIONAL, required=False
    )
    field_order = ["number", "name", "amount", "is_custom_care", "note", "posts"]

    class Meta:
        model = BudgetItem
        fields = [
            *("number", "name", "amount", "is_custom_care", "note"),
            *("national_spending", "national_income"),
        ]
        labels = {"is_custom_care": "Dit is maatwerk, na een besluit voor één inwoner"}
        widgets = {"number": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})}

    def __init__(self, *args: Any, budget: Budget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.budget = self.instance.budget = budget
        if self.instance.pk is not None:
            held = self.instance.posts.order_by("order", "pk")
            self.initial["posts"] = list(held.values_list("name", "outside_wmo"))

    def over(self, instance: Any) -> RevisedForm:
        return type(self)(instance=instance, budget=self.budget)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("national_spending", "national_income"):
            if cleaned.get(name) is not None and not self.budget.national_note:
                self.add_error(
                    name, "Vul eerst bij de begroting in waar de landelijke cijfers vandaan komen."
                )
        return cleaned

    def _save_m2m(self) -> None:
        """Also write the posts, in the transaction of the item. Two queries."""
        super()._save_m2m()  # type: ignore[misc] # Django's own, not in its stubs
        BudgetPost.objects.filter(item=self.instance).delete()
        BudgetPost.objects.bulk_create(
            BudgetPost(item=self.instance, name=name, outside_wmo=outside, order=order)
            for order, (name, outside) in enumerate(self.cleaned_data["posts"], start=1)
        )
