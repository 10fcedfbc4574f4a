"""Beginning a new agenda as a copy, and a new version of an adopted one; and what came over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from accounts.history import key_of
from agenda import actions
from agenda.access import managed_version_or_404
from agenda.copy_counts import counts_of
from agenda.copy_forms import AmendForm, CopyForm, VersionReasonForm
from agenda.following import following, former_of
from agenda.manage_views import METHODS, READERS, WRITER, at_part, closed, may_write
from agenda.models import AgendaVersion

THERE = "Dit concept stond er al; er is geen tweede gemaakt."


def _back(version: AgendaVersion) -> str:
    return reverse("agenda_manage", args=[version.agenda.slug, version.number])


def _to_copied(version: AgendaVersion) -> HttpResponseBase:
    return redirect("agenda_copied", version.agenda.slug, version.number)


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_copy(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A new agenda that follows this one and begins as a copy of it."""
    former = managed_version_or_404(slug, number)
    if problem := actions.why_no_copy(former):
        messages.warning(request, problem)
        return at_part(former)
    counts = counts_of(former)
    form = CopyForm(request.POST or None, former=former, counts=counts.pieces)
    if request.method == "POST" and form.is_valid():
        pieces = form.cleaned_data.get("pieces", [])
        try:
            version, is_made = actions.start_from(form, former, pieces, user=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            if is_made:
                messages.success(request, "De agenda staat klaar als concept.")
            else:
                messages.info(request, THERE)
            return _to_copied(version)
    context = {"form": form, "version": former, "counts": counts, "back": _back(former)}
    return render(request, "agenda/agenda_copy.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_amend(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A new version of an agenda that was adopted: why, and then a draft that says the same."""
    version = managed_version_or_404(slug, number)
    form = AmendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, is_made = actions.amend(
                version, form.cleaned_data["reason"], user=signed_in(request)
            )
        except actions.NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if is_made:
                messages.success(request, f"Versie {made.number} staat klaar als concept.")
            else:
                messages.info(
                    request,
                    f"Versie {made.number} is al in de maak; er is geen tweede gemaakt. Uw reden "
                    "is niet bewaard.",
                )
            return at_part(made)
    problem = actions.why_no_new_version(version)
    context = {
        "form": form,
        "version": version,
        "problem": "" if form.errors else problem,
        "counts": counts_of(version),
        "back": _back(version),
    }
    return render(request, "agenda/agenda_amend.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_reason(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Why a version that is being written is there."""
    version = managed_version_or_404(slug, number)
    if version.number == 1:
        raise Http404("De eerste versie van een agenda heeft geen reden nodig.")
    form = VersionReasonForm(request.POST or None, instance=version)
    if request.method == "POST" and form.is_valid():
        try:
            if actions.save_reason(form, version, user=signed_in(request)):
                messages.success(request, "Bewaard: waarom deze versie er komt.")
                return at_part(version)
        except actions.NotEditable as error:
            form.add_error(None, error.messages)
    if request.method != "POST" and not version.is_editable:
        messages.info(request, closed(version))
        return at_part(version)
    context = {"form": form, "version": version, "back": _back(version), "key": key_of(version)}
    return render(request, "agenda/agenda_reason.html", context)


@require_role(*READERS)
@require_safe
def agenda_copied(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What came over from the former agenda and what did not, with why."""
    version = managed_version_or_404(slug, number)
    if version.copied_from_id is None:
        raise Http404("Deze agenda is niet als kopie begonnen.")
    former = AgendaVersion.objects.select_related("agenda").get(pk=version.copied_from_id)
    context: dict[str, Any] = {
        "version": version,
        "former": former,
        "counts": counts_of(version),
        "edits": may_write(request) and version.is_editable,
        "held": following(version) if former_of(version) == former else None,
    }
    return render(request, "agenda/agenda_copied.html", context)
