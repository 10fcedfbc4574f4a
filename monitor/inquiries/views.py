"""Investigations: for everybody, and the desk of who investigates and of who is heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from accounts.history_pages import history_context
from agenda.story import provenance
from core.edits import RevisedForm, saved_or_told
from monitor.actions import investigations as actions
from monitor.constants import InvestigationStatus
from monitor.framework.reading import framework_of
from monitor.inquiries import access, forms
from monitor.inquiries.reading import NextStep, next_step, parts_of
from monitor.models import Investigation, InvestigationPart

METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 25
TWIN = "Dit staat er net al. Ga terug naar het onderzoek."
WHY = (
    "Aan een onderzoek werken de auditor, een beleidsmedewerker en het college. Wat openbaar is, "
    "leest iedereen bij Onderzoeken."
)
WRITES = "Alleen de auditor schrijft een onderzoek."
REACTS = "Alleen een beleidsmedewerker of het college reageert namens de gemeente."
NOT_NOW = "In deze stand van het onderzoek verandert u hier niets aan."
CHECK, SETTLED = InvestigationStatus.CHECK, InvestigationStatus.SETTLED
Save = Callable[..., bool]


# -- everybody -------------------------------------------------------------------------------------
@login_not_required
@require_safe
def investigation_list(request: HttpRequest) -> HttpResponse:
    """Every public investigation. Two queries."""
    rows = Investigation.objects.published().counted().newest_first()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "monitor/investigation_list.html", {"page": page})


@login_not_required
@require_safe
def investigation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One investigation with all that was said about it. Three queries."""
    row = access.published_or_404(pk)
    context = {
        "row": row,
        "source": provenance(row),
        "groups": parts_of(row),
        "framework": framework_of(row),
    }
    return render(request, "monitor/investigation_detail.html", context)


# -- the desk --------------------------------------------------------------------------------------
@require_role(*access.WORKS, why=WHY)
@require_safe
def investigation_manage_list(request: HttpRequest) -> HttpResponse:
    """All that one may know of; drafts for the investigator alone."""
    rows = access.known_to(request.user).counted().newest_first()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "writes": access.investigates(request.user)}
    return render(request, "monitor/investigation_manage_list.html", context)


@require_role(*access.WORKS, why=WHY)
@require_safe
def investigation_manage(request: HttpRequest, pk: int) -> HttpResponse:
    """An investigation with what one can do with it now."""
    row = access.investigation_or_404(request.user, pk)
    writes, reacts = access.investigates(request.user), access.is_heard(request.user)
    context = {
        "row": row,
        "groups": parts_of(row),
        "writes": writes,
        "reacts": reacts,
        "step": next_step(row) if writes else None,
        "in_check": row.status == CHECK,
        "in_reaction": row.status == SETTLED,
        "framework": framework_of(row),
        "events": list(row.events.select_related("actor")),
    }
    return render(request, "monitor/investigation_manage.html", context)


@require_role(access.INVESTIGATOR, why=WRITES)
@require_http_methods(METHODS)
def investigation_add(request: HttpRequest) -> HttpResponseBase:
    """Begin an investigation: a draft that nobody else reads."""
    form = forms.InvestigationForm(request.POST or None, instance=Investigation())
    if _saved(request, form, actions.save_investigation, status=InvestigationStatus.DRAFT):
        messages.success(request, "Het onderzoek is begonnen. Voeg nu uw bevindingen toe.")
        return redirect("investigation_manage", form.instance.pk)
    return render(request, "monitor/investigation_add.html", {"form": form})


@require_role(access.INVESTIGATOR, why=WRITES)
@require_http_methods(METHODS)
def investigation_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a draft is about."""
    row = access.draft_or_404(pk)
    form = forms.InvestigationForm(request.POST or None, instance=row)
    if _saved(request, form, actions.save_investigation, status=InvestigationStatus.DRAFT):
        return _done(request, pk, "Het onderzoek is bewaard.")
    return _page(request, "investigation_edit", pk, form=form)


@require_role(access.INVESTIGATOR, why=WRITES)
@require_http_methods(METHODS)
def investigation_delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Throw a draft away, after asking."""
    row = access.draft_or_404(pk)
    if request.method == "POST":
        title = str(row)
        try:
            actions.delete_draft(row, user=signed_in(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"‘{title}’ is verwijderd.")
        return redirect("investigation_manage_list")
    return _page(request, "investigation_delete", pk, row=row, parts=row.parts.count())


@require_role(access.INVESTIGATOR, why=WRITES)
@require_http_methods(METHODS)
def investigation_part_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One more finding, conclusion or recommendation."""
    row = access.draft_or_404(pk)
    form = forms.PartForm(request.POST or None, instance=InvestigationPart(investigation=row))
    if _saved(request, form, actions.save_part, status=InvestigationStatus.DRAFT):
        return _done(request, pk, "Het onderdeel is toegevoegd.")
    return _page(request, "investigation_part_add", pk, form=form)


@require_role(*access.WORKS, why=WHY)
@require_http_methods(METHODS)
def investigation_part_edit(request: HttpRequest, pk: int, part: int) -> HttpResponseBase:
    """What one may write at a part now: its text, a reaction, or what is done with a reaction."""
    row = access.investigation_or_404(request.user, pk)
    held = access.part_or_404(row, part)
    status = row.status
    kind = _form_at(held, writes=access.investigates(request.user))
    if kind is None:
        raise PermissionDenied(NOT_NOW)
    heard = held.heard
    form = kind(request.POST if request.method == "POST" else None, instance=held)
    if _saved(request, form, actions.save_part, status=status):
        return _done(request, pk, "Het onderdeel is bewaard.")
    shown = {"heard": heard if kind is forms.OutcomeForm else "", "text": ""}
    if "text" not in form.fields:
        shown["text"] = held.text
    return _page(request, "investigation_part_edit", pk, form=form, part=held, **shown)


def _form_at(part: InvestigationPart, *, writes: bool) -> type[RevisedForm] | None:
    status = part.investigation.status
    if writes:
        if status == InvestigationStatus.DRAFT:
            return forms.PartForm
        return forms.OutcomeForm if status == CHECK and part.heard else None
    return {CHECK: forms.HeardForm, SETTLED: forms.BoardPartForm}.get(InvestigationStatus(status))


@require_role(access.INVESTIGATOR, why=WRITES)
@require_http_methods(METHODS)
def investigation_part_delete(request: HttpRequest, pk: int, part: int) -> HttpResponseBase:
    """Take a part out of a draft, after asking."""
    held = access.part_or_404(access.draft_or_404(pk), part)
    if request.method == "POST":
        try:
            actions.remove_part(held, user=signed_in(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("investigation_manage", pk)
        return _done(request, pk, "Het onderdeel is weggehaald.")
    return _page(request, "investigation_part_delete", pk, part=held)


@require_role(*access.HEARD, why=REACTS)
@require_http_methods(METHODS)
def investigation_reaction(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The reaction of the board, once the check on facts is closed."""
    row = access.investigation_or_404(request.user, pk)
    if row.status != SETTLED:
        raise PermissionDenied(NOT_NOW)
    form = forms.ReactionForm(request.POST or None, instance=row)
    if _saved(request, form, actions.save_investigation, status=SETTLED):
        return _done(request, pk, "De bestuurlijke reactie is bewaard.")
    return _page(request, "investigation_reaction", pk, form=form)


@require_role(access.INVESTIGATOR, why=WRITES)
@require_http_methods(METHODS)
def investigation_step(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The next step, which the page explains before it is taken."""
    row = access.investigation_or_404(request.user, pk)
    step: NextStep | None = next_step(row)
    if step is None:
        messages.info(request, "Dit onderzoek is openbaar. Er verandert niets meer aan.")
        return redirect("investigation_manage", pk)
    kind, take = {
        InvestigationStatus.CHECK: (forms.PresentForm, actions.present),
        InvestigationStatus.SETTLED: (forms.SettleForm, actions.settle),
        InvestigationStatus.PUBLISHED: (forms.PublishForm, actions.publish),
    }[step.to]
    form = kind(request.POST if request.method == "POST" else None, instance=row)
    if _saved(request, form, take):
        return _done(request, pk, step.done)
    return _page(request, "investigation_step", pk, form=form, step=step)


@require_role(*access.WORKS, why=WHY)
@require_safe
def investigation_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed in an investigation."""
    row = access.investigation_or_404(request.user, pk)
    context = {"row": row, **history_context(request, row)}
    return render(request, "monitor/investigation_history.html", context)


# -- what these views share ------------------------------------------------------------------------
def _saved(request: HttpRequest, form: RevisedForm, save: Save, **more: Any) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    return saved_or_told(form, lambda: save(form, user=signed_in(request), **more), twin=TWIN)


def _done(request: HttpRequest, pk: int, words: str) -> HttpResponseBase:
    messages.success(request, words)
    return redirect("investigation_manage", pk)


def _page(request: HttpRequest, name: str, pk: int, **context: Any) -> HttpResponse:
    context["back"] = reverse("investigation_manage", args=[pk])
    return render(request, f"monitor/{name}.html", context)
