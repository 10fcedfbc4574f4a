"""Managing indicators: the passports, and what was observed."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from accounts.history import key_of
from agenda import actions
from agenda.access import managed_indicator_or_404, observation_or_404
from agenda.completeness import lacks
from agenda.library_filters import ManagedIndicatorFilter
from agenda.manage_views import METHODS, PER_PAGE, READERS, WRITER, may_write
from agenda.meanings import breaks_of, meaning_in
from agenda.models import Indicator, IndicatorVersion, Measure
from agenda.passport_forms import NewPassportForm, PassportForm
from agenda.pictures import managed_picture, small_picture
from agenda.series import standing
from agenda.uses import users
from agenda.value_forms import ObservationForm
from core.edits import RevisedForm, saved_or_told
from core.filters import is_chosen
from core.guards.frozen import MESSAGE


@require_role(*READERS)
@require_safe
def indicator_manage_list(request: HttpRequest) -> HttpResponse:
    """Every indicator, to search and to choose from."""
    rows = Indicator.objects.with_counts().with_figures().order_by("name")
    chosen = ManagedIndicatorFilter(request.GET, queryset=rows, request=request)
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "rows": [(row, small_picture(row)) for row in page.object_list],
        "chosen": is_chosen(chosen),
        "may_write": may_write(request),
    }
    return render(request, "agenda/indicator_manage_list.html", context)


SAME_NAME = (
    "Er is al een indicator met deze naam. Gebruik die, of kies een naam die het verschil zegt."
)
TWIN = "Voor deze periode is er al een waarde van deze bron. Wijzig die."
AGREED = (
    "Met deze indicator is in een overeenkomst iets afgesproken. Definitie, teller, noemer, soort, "
    "eenheid, richting, bandbreedte en samenneming veranderen daarom niet meer; de rest van het "
    "paspoort wel. Moet het anders, maak dan een nieuwe indicator en neem die op in een addendum."
)
FILLED_MEANWHILE = (
    "Terwijl u dit typte, kwamen er cijfers bij. Bewaar nog eens: u kunt dan zeggen waarom het "
    "paspoort verandert. Uw tekst staat er nog."
)

VALUE_ADDED = (
    "Iemand anders voegde intussen een waarde toe die bij dit paspoort niet past. Er is niets "
    "bewaard. Bekijk de meetwaarden in een ander tabblad en bewaar opnieuw."
)


@require_role(WRITER)
@require_http_methods(METHODS)
def indicator_add(request: HttpRequest) -> HttpResponseBase:
    """A new passport."""
    form = NewPassportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = signed_in(request)
        if saved_or_told(
            form, lambda: bool(actions.create_indicator(form, user=user)), twin=SAME_NAME
        ):
            messages.success(request, f"Bewaard: indicator ‘{form.instance}’.")
            return redirect("indicator_manage", form.instance.slug)
    return render(request, "agenda/indicator_add.html", {"form": form})


@require_role(*READERS)
@require_safe
def indicator_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """A passport with its values, newest first, its former versions, and where it measures."""
    indicator = managed_indicator_or_404(slug)
    prefetch_related_objects(
        [indicator], Prefetch("versions", IndicatorVersion.objects.select_related("actor"))
    )
    observed = indicator.observations.select_related("area", "group__breakdown", "source")
    page = Paginator(observed.order_by("-period", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    counting = {row.pk for row in standing(indicator.observations.all())}
    breaks = breaks_of(indicator)
    starts = [held.since for held in breaks]
    context = {
        "indicator": indicator,
        "page": page,
        "rows": [
            (row, row.pk in counting, meaning_in(starts, row.period) < len(breaks))
            for row in page.object_list
        ],
        "chart": managed_picture(indicator),
        "lacks": lacks(indicator),
        "versions": sorted(indicator.versions.all(), key=lambda held: -held.number),
        "measures": list(Measure.objects.filter(indicator=indicator).with_place()),
        "uses": users().uses(indicator),
        "may_write": may_write(request),
    }
    return render(request, "agenda/indicator_manage.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def indicator_edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The passport that is there."""
    indicator = managed_indicator_or_404(slug)
    form = PassportForm(request.POST or None, instance=indicator)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_of_indicator(form, indicator, user=signed_in(request))
        except IntegrityError as error:
            filled = not form.version_fields() and indicator.has_values()
            frozen = FILLED_MEANWHILE if filled else AGREED
            form.add_error(None, frozen if MESSAGE in str(error) else VALUE_ADDED)
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
    request: HttpRequest, indicator: Indicator, form: ObservationForm, page: str
) -> HttpResponseBase:
    if request.method == "POST" and (
        _saved(request, form, indicator) if form.is_valid() else form.is_there_already()
    ):
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
    user = signed_in(request)
    return saved_or_told(
        form, lambda: actions.save_observation(form, indicator, user=user), twin=TWIN
    )
