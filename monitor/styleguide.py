"""The style guide: every building block of the look on one page, for those who make pages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import require_role
from accounts.constants import STAFF_ROLES
from core.forms import DayField
from core.tokens import colours, contrast

# What each colour is for; a colour that is not named here is a surface or a line.
USES = {
    "brand": "links, knoppen, lijn in een grafiek",
    "brand-dark": "knop onder de muis, voet van de bladzijde",
    "brand-tint": "wat nu gekozen is",
    "ink": "tekst, sterke lijnen",
    "ink-soft": "hulp, bronnen",
    "paper": "de bladzijde",
    "mist": "het ene bleke vlak",
    "mist-deep": "spoor van een voortgangsbalk",
    "rule": "scheidingslijn, nooit een bediening",
    "control": "rand van een veld, streepjeslijn",
    "quiet": "lijn van wat gelijk bleef",
    "goed": "oordeel goed; klaar, bewaard, gehaald",
    "goed-tint": "vlak bij verbeterd",
    "neutraal": "oordeel neutraal",
    "neutraal-tint": "vlak bij neutraal",
    "negatief": "oordeel negatief",
    "negatief-tint": "vlak bij verslechterd",
    "thread": "de draad, en niets anders",
    "thread-text": "tekst bij de draad",
    "thread-tint": "vlak bij de draad",
    "fout": "fout in een formulier",
    "fout-tint": "vlak bij een fout",
    "let-op": "waarschuwing",
    "let-op-tint": "vlak bij een waarschuwing",
}


@dataclass(frozen=True)
class Swatch:
    """A colour with what it is for and how it stands out on white and on mist."""

    name: str
    value: str
    use: str
    on_paper: str
    on_mist: str


def swatches() -> list[Swatch]:
    """Every colour of tokens.css, in its order, with computed contrast (Dutch notation)."""
    known = colours()

    def ratio(value: str, ground: str) -> str:
        return f"{contrast(value, known[ground]):.1f}".replace(".", ",")

    return [
        Swatch(name, value, USES.get(name, ""), ratio(value, "paper"), ratio(value, "mist"))
        for name, value in known.items()
    ]


class ExampleForm(forms.Form):
    """A field of every kind, to see them with and without an error."""

    name = forms.CharField(label="Naam van het project", max_length=60)
    reached = forms.IntegerField(
        label="Bereikte inwoners",
        min_value=0,
        help_text="Ieder mens telt één keer.",
        error_messages={"min_value": "Een aantal is 0 of meer. Controleer het getal."},
    )
    until = DayField(
        label="Klaar op",
        required=False,
    )
    reason = forms.ChoiceField(
        label="Reden van de wijziging",
        choices=[
            ("", "Kies een reden"),
            ("performance", "prestatie"),
            ("definition", "definitie"),
            ("target", "streefwaarde"),
        ],
        error_messages={"required": "Kies waarom dit oordeel anders is dan vorig jaar."},
    )
    explanation = forms.CharField(
        label="Toelichting",
        required=False,
        help_text="Eén of twee zinnen. Dit komt zo in de monitor.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    choice = forms.ChoiceField(
        label="Uw keuze",
        choices=[("yes", "doorgaan"), ("changed", "doorgaan met aanpassing"), ("no", "stoppen")],
        widget=forms.RadioSelect,
        initial="changed",
    )
    agreed = forms.BooleanField(label="De partner is het hiermee eens", required=False)


@require_safe
@require_role(*STAFF_ROLES)
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every building block, as its tag writes it."""
    wrong = ExampleForm(
        {"fout-name": "Welzijn", "fout-reached": "-3", "fout-reason": "", "fout-choice": "yes"},
        prefix="fout",
    )
    pages = Paginator(range(240), 20)
    saved_at = datetime.datetime(2019, 1, 28, 14, 32, tzinfo=timezone.get_default_timezone())
    return render(
        request,
        "monitor/styleguide.html",
        {
            "swatches": swatches(),
            "form": ExampleForm(prefix="leeg"),
            "wrong_form": wrong,
            "page": pages.page(4),
            "saved_at": saved_at,
        },
    )
