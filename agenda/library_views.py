"""From the library to an agenda, and from a standard set to the library."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from agenda import actions
from agenda.access import managed_indicator_or_404
from agenda.likeness import alike_each
from agenda.manage_views import METHODS, READERS, WRITER, may_write
from agenda.models import AgendaVersion, Goal, Indicator
from agenda.standard_sets import StandardSet, standard_sets


@require_role(WRITER)
@require_safe
def indicator_use(request: HttpRequest, slug: str) -> HttpResponse:
    """The goals and themes that may be measured with an indicator: those of agendas in the making.

    Four queries, however many goals there are.
    """
    indicator = managed_indicator_or_404(slug)
    versions = (
        AgendaVersion.objects.in_the_making()
        .in_time()
        .select_related("agenda")
        .prefetch_related("themes__goals")
    )
    measured = set(Goal.objects.filter(measures__indicator=indicator).values_list("pk", flat=True))
    agendas = [
        (
            version,
            [
                (theme, [(goal, goal.pk in measured) for goal in theme.goals.all()])
                for theme in version.themes.all()
            ],
        )
        for version in versions
    ]
    context = {"indicator": indicator, "agendas": agendas}
    return render(request, "agenda/indicator_use.html", context)


@require_role(*READERS)
@require_safe
def indicator_sets(request: HttpRequest) -> HttpResponse:
    """The standard sets, with how much of each is in the library."""
    held = _held()
    rows = [(each, sum(row.key in held for row in each.rows)) for each in standard_sets().values()]
    return render(request, "agenda/indicator_sets.html", {"sets": rows})


class SetForm(forms.Form):
    """Which indicators of a set; those that are there already are not offered."""

    rows = forms.MultipleChoiceField(
        label="Welke indicatoren",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Vink ten minste één indicator aan.",
            "invalid_choice": "Een van uw keuzes hoort niet bij deze set. Kies opnieuw.",
        },
    )


@require_role(*READERS)
@require_http_methods(METHODS)
def indicator_set(request: HttpRequest, key: str) -> HttpResponseBase:
    """One set: what is in it, and to add what is not in the library yet."""
    chosen = standard_sets().get(key)
    if chosen is None:
        raise Http404("Deze set is er niet.")
    form = SetForm(request.POST if request.method == "POST" else None)
    field = form.fields["rows"]
    field.choices = [(row.item, row.name) for row in chosen.rows]  # type: ignore[attr-defined]
    if request.method == "POST":
        return _add(request, chosen, form)
    return _set_page(request, chosen, form)


@require_role(WRITER)
def _add(request: HttpRequest, chosen: StandardSet, form: SetForm) -> HttpResponseBase:
    if not form.is_valid():
        return _set_page(request, chosen, form)
    items = form.cleaned_data["rows"]
    wanted = [row for row in chosen.rows if row.item in items]
    added = actions.add_from_set(wanted, user=signed_in(request))
    there = len(wanted) - len(added)
    told = "1 indicator toegevoegd" if len(added) == 1 else f"{len(added)} indicatoren toegevoegd"
    known = f"; {there} stond{'en' if there > 1 else ''} er al" if there else ""
    messages.success(request, f"{told}{known}. Vul de paspoorten verder aan.")
    return redirect("indicator_set", chosen.key)


def _set_page(request: HttpRequest, chosen: StandardSet, form: SetForm) -> HttpResponse:
    held = _held()
    ticked = form["rows"].value() or []
    similar = alike_each([row.name for row in chosen.rows if row.key not in held])
    rows = [
        {
            "row": row,
            "indicator": held.get(row.key),
            "similar": similar.get(row.name),
            "ticked": row.item in ticked,
        }
        for row in chosen.rows
    ]
    context = {
        "set": chosen,
        "rows": rows,
        "form": form,
        "left": any(not each["indicator"] for each in rows),
        "may_write": may_write(request),
    }
    return render(request, "agenda/indicator_set.html", context)


def _held() -> dict[str, Indicator]:
    """The indicators that came from a set, by their key in it. One query."""
    return {row.standard: row for row in Indicator.objects.exclude(standard="")}
