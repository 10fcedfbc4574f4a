"""Managing indicators: the passports, and what was observed."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from accounts.history import key_of
from agenda import actions
from agenda.access import managed_indicator_or_404, observation_or_404
from agenda.edit_forms import IndicatorForm, ObservationForm
from agenda.filters import ManagedIndicatorFilter
from agenda.manage_views import METHODS, PER_PAGE, READERS, WRITER, may_write
from agenda.models import Indicator
from core.edits import RevisedForm
from core.filters import is_chosen
from core.guards.frozen import MESSAGE


@require_role(*READERS)
@require_safe
def indicator_manage_list(request: HttpRequest) -> HttpResponse:
    """Every indicator, to search and to choose from."""
    rows = Indicator.objects.with_counts().order_by("name")
    chosen = ManagedIndicatorFilter(request.GET, queryset=rows, request=request)
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "chosen": is_chosen(chosen),
        "may_write": may_write(request),
    }
    return render(request, "agenda/indicator_manage_list.html", context)


AGREED = (
    "Met deze indicator is in een overeenkomst iets afgesproken. Definitie, soort, eenheid, "
    "richting, bandbreedte en samenneming veranderen daarom niet meer; naam, wie meet, wanneer en "
    "opmerking wel. Moet het anders, maak dan een nieuwe indicator en neem die op in een addendum."
)


@require_role(WRITER)
@require_http_methods(METHODS)
def indicator_add(request: HttpRequest) -> HttpResponseBase:
    """A new passport."""
    form = IndicatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        indicator = actions.create_indicator(form, user=signed_in(request))
        messages.success(request, f"Bewaard: indicator ‘{indicator}’.")
        return redirect("indicator_manage", indicator.slug)
    return render(request, "agenda/indicator_add.html", {"form": form})


@require_role(*READERS)
@require_safe
def indicator_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """A passport with its values, newest first."""
    indicator = managed_indicator_or_404(slug)
    rows = indicator.observations.select_related("area", "source").order_by("-period", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"indicator": indicator, "page": page, "may_write": may_write(request)}
    return render(request, "agenda/indicator_manage.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def indicator_edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The passport that is there."""
    indicator = managed_indicator_or_404(slug)
    form = IndicatorForm(request.POST or None, instance=indicator)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_of_indicator(form, indicator, user=signed_in(request))
        except IntegrityError as error:
            if MESSAGE not in str(error):
                raise
            form.add_error(None, AGREED)
        else:
            if saved:
                messages.success(request, f"Bewaard: indicator ‘{form.instance}’.")
                return redirect("indicator_manage", slug)
    context = {"form": form, "indicator": managed_indicator_or_404(slug)}
    return render(request, "agenda/indicator_edit.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def observation_add(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A new value of an indicator."""
    indicator = managed_indicator_or_404(slug)
    if not indicator.value_type:
        messages.warning(request, "Kies eerst welke soort waarde deze indicator heeft.")
        return redirect("indicator_edit", slug)
    form = ObservationForm(request.POST or None, indicator=indicator)
    return _observation_page(request, indicator, form, "agenda/observation_add.html")


@require_role(WRITER)
@require_http_methods(METHODS)
def observation_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A value that is there: a provisional one becomes final, or a mistake is mended."""
    indicator = managed_indicator_or_404(slug)
    row = observation_or_404(indicator, pk)
    form = ObservationForm(request.POST or None, instance=row, indicator=indicator)
    return _observation_page(request, indicator, form, "agenda/observation_edit.html")


def _observation_page(
    request: HttpRequest, indicator: Indicator, form: RevisedForm, page: str
) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid() and _saved(request, form, indicator):
        messages.success(request, "De meetwaarde is bewaard.")
        return redirect("indicator_manage", indicator.slug)
    context = {
        "form": form,
        "indicator": indicator,
        "back": reverse("indicator_manage", args=[indicator.slug]),
        "key": key_of(form.instance),
    }
    return render(request, page, context)


def _saved(request: HttpRequest, form: RevisedForm, indicator: Indicator) -> bool:
    """Write the value; a second click on a new one finds it there already."""
    try:
        return actions.save_of_indicator(form, indicator, user=signed_in(request))
    except IntegrityError:
        form.add_error(None, "Voor deze periode is er al een waarde van deze bron. Wijzig die.")
        return False
