"""Managing agendas: the list, the outline, the parts, and the steps to adoption."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.constants import Role
from accounts.history import key_of
from agenda import actions
from agenda.access import kind_or_404, managed_version_or_404, part_or_404
from agenda.actions.locks import CLOSED, FROM_SOURCE
from agenda.adopt_forms import AdoptForm
from agenda.constants import Origin
from agenda.copy_counts import counts_of
from agenda.document_status import document_context
from agenda.edit_forms import AgendaForm, PartForm, ReasonForm
from agenda.following import following
from agenda.measuring import measurability
from agenda.models import AgendaVersion, EditStep, Indicator, Measure
from agenda.outline import outline
from agenda.parts import PARTS, Part
from core.filters import whole_number

PER_PAGE = 25
WRITER = Role.POLICY_OFFICER
READERS = (Role.POLICY_OFFICER, Role.FUNCTIONAL_MANAGER, Role.CONTRACT_MANAGER)
METHODS = ["GET", "HEAD", "POST"]


def may_write(request: HttpRequest) -> bool:
    return WRITER in roles_of(request.user)


def closed(version: AgendaVersion) -> str:
    """Why nothing in ``version`` can be changed any more."""
    return FROM_SOURCE if version.origin == Origin.SOURCE else CLOSED


def not_to_adopt(version: AgendaVersion) -> str:
    """Why there is nothing to adopt; empty while the version is open for consultation."""
    if version.origin == Origin.SOURCE:
        return FROM_SOURCE
    if version.is_draft:
        return "Deze versie is nog een concept. Leg haar eerst ter inspraak."
    if version.adopted_on is not None:
        day = formats.date_format(version.adopted_on, "j F Y")
        return f"Deze versie is al vastgesteld, op {day} door {version.adopted_by}."
    return ""


def at_part(version: AgendaVersion, row: models.Model | None = None) -> HttpResponseBase:
    """Back to the outline, at the part that was written."""
    url = reverse("agenda_manage", args=[version.agenda.slug, version.number])
    return redirect(f"{url}#{row._meta.model_name}-{row.pk}" if row is not None else url)


@require_role(*READERS)
@require_safe
def agenda_manage_list(request: HttpRequest) -> HttpResponse:
    """Every agenda in every version, drafts too."""
    rows = AgendaVersion.objects.with_counts().order_by("-agenda__year", "agenda_id", "-number")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_write": may_write(request)}
    return render(request, "agenda/agenda_manage_list.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_add(request: HttpRequest) -> HttpResponseBase:
    """A new agenda, as a draft."""
    form = AgendaForm(request.POST or None)
    to_copy = (
        AgendaVersion.objects.newest()
        .decided()
        .filter(themes__isnull=False)
        .with_counts()
        .order_by("-agenda__year")
    )
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.create_agenda(form, user=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "De agenda staat klaar als concept.")
            return at_part(version)
    return render(request, "agenda/agenda_add.html", {"form": form, "to_copy": to_copy})


@require_role(*READERS)
@require_safe
def agenda_manage(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version, whole, with what is missing and the next step."""
    version = managed_version_or_404(slug, number)
    context = outline(version)
    context["may_write"] = may_write(request)
    context["edits"] = context["may_write"] and version.is_editable
    context["last_step"] = (
        actions.last_step(version, signed_in(request)) if context["edits"] else None
    )
    context["closed"] = closed(version)
    context["is_shared"] = actions.shared(version)
    decides = context["may_write"] and not version.is_editable
    context["may_amend"] = decides and not actions.why_no_new_version(version)
    context["may_copy"] = decides and not actions.why_no_copy(version)
    context["measurability"] = measurability(version)
    context |= document_context(version, may_make=context["may_write"])
    return render(request, "agenda/agenda_manage.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_edit(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """What the agenda is: name, owner, period, why."""
    version = managed_version_or_404(slug, number)
    if request.method != "POST" and actions.shared(version):
        messages.info(request, actions.SHARED)
        return at_part(version)
    form = AgendaForm(request.POST or None, instance=version.agenda)
    if request.method == "POST" and form.is_valid():
        try:
            if actions.save_agenda(form, version, user=signed_in(request)):
                return at_part(version)
        except actions.NotEditable as error:
            form.add_error(None, error.messages)
    context = {"form": form, "version": version, "key": key_of(version.agenda)}
    return render(request, "agenda/agenda_edit.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_delete(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Throw a draft away; asks first."""
    version = managed_version_or_404(slug, number)
    if request.method != "POST" and not version.is_editable:
        messages.info(request, closed(version))
        return at_part(version)
    context: dict[str, Any] = {"version": version}
    if version.copied_from_id is not None:
        context["counts"] = counts_of(version)
    if request.method == "POST":
        try:
            actions.delete_draft(version, user=signed_in(request))
        except actions.NotEditable as error:
            context["problem"] = " ".join(error.messages)
        else:
            messages.success(request, "Het concept is verwijderd.")
            return redirect("agenda_manage_list")
    return render(request, "agenda/agenda_delete.html", context)


# -- parts -----------------------------------------------------------------------------------------
@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_part_add(request: HttpRequest, slug: str, number: int, word: str) -> HttpResponseBase:
    """A new part; ``?doel=``, ``?thema=`` or ``?meting=`` names what it stands under, and
    ``?indicator=`` the one that a new measure was chosen for in the library."""
    version, part = managed_version_or_404(slug, number), kind_or_404(word)
    parent = _parent(request, version, part)
    begins = part.form.proposed(version, parent) if request.method != "POST" else {}
    begins |= _from_library(request, part)
    form = part.form(request.POST or None, version=version, parent=parent, initial=begins)
    return _part_page(request, version, part, form, added=True)


def _parent(request: HttpRequest, version: AgendaVersion, part: Part) -> models.Model | None:
    """What the address says the new part stands under. Raises ``Http404`` when it must and does
    not, or when that belongs to another agenda."""
    for word in part.parents:
        told = whole_number(request.GET.get(word))
        if told is not None:
            found: models.Model = part_or_404(version, PARTS[word], told)
            return found
    if part.parents and part.word != "doel":
        raise Http404("Kies eerst waar dit onder hoort.")
    return None


def _from_library(request: HttpRequest, part: Part) -> dict[str, Any]:
    """What a measure starts with that an indicator of the library was chosen for."""
    key = whole_number(request.GET.get("indicator")) if part.model is Measure else None
    chosen = Indicator.objects.filter(pk=key).first() if key is not None else None
    if chosen is None:
        return {}
    length = Measure._meta.get_field("text").max_length
    return {"indicator": chosen.pk, "text": chosen.name[:length]}


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_part_edit(
    request: HttpRequest, slug: str, number: int, word: str, pk: int
) -> HttpResponseBase:
    """A part that is there."""
    version, part = managed_version_or_404(slug, number), kind_or_404(word)
    row = part_or_404(version, part, pk)
    form = part.form(request.POST or None, instance=row, version=version)
    return _part_page(request, version, part, form, added=False)


def is_inline(request: HttpRequest) -> bool:
    """Whether the editor on the page of the whole agenda asks, which takes the form alone."""
    return request.headers.get("X-Requested-With") == "fetch"


def _part_page(
    request: HttpRequest, version: AgendaVersion, part: Part, form: PartForm, *, added: bool
) -> HttpResponseBase:
    is_conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            is_conflict = not actions.save_part(form, version, user=signed_in(request))
            if not is_conflict and is_inline(request):
                return _saved(form, actions.last_step(version, signed_in(request)))
            if not is_conflict:
                messages.success(request, f"Bewaard: {part.label} ‘{form.instance}’.")
                return at_part(version, form.instance)
        except actions.NotEditable as error:
            form.add_error(None, error.messages)
    if request.method != "POST" and not version.is_editable:
        if is_inline(request):
            return JsonResponse({"error": closed(version)}, status=409)
        messages.info(request, closed(version))
        return at_part(version, None if added else form.instance)
    context = {
        "form": form,
        "version": version,
        "part": part,
        "parent": form.parent,
        "back": reverse("agenda_manage", args=[version.agenda.slug, version.number]),
        "can_delete": not added and version.is_editable,
        "key": "" if added else key_of(form.instance),
    }
    if is_inline(request):
        status = 409 if is_conflict else 422 if form.errors else 200
        return render(request, "agenda/_part_inline.html", context, status=status)
    page = "agenda/agenda_part_add.html" if added else "agenda/agenda_part_edit.html"
    return render(request, page, context)


def _saved(form: PartForm, step: EditStep | None) -> JsonResponse:
    """What the editor needs to go on: where the part is, its revision, what can be taken back."""
    row: Any = form.instance
    row.refresh_from_db(fields=["revision"])
    return JsonResponse(
        {
            "id": f"{row._meta.model_name}-{row.pk}",
            "revision": row.revision,
            "time": timezone.localtime().strftime("%H.%M"),
            "step": {"pk": step.pk, "label": step.label} if step else None,
        }
    )


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_part_delete(
    request: HttpRequest, slug: str, number: int, word: str, pk: int
) -> HttpResponseBase:
    """Throw a part of a draft away; asks first."""
    version, part = managed_version_or_404(slug, number), kind_or_404(word)
    row = part_or_404(version, part, pk)
    context: dict[str, Any] = {"version": version, "part": part, "row": row}
    if request.method == "POST":
        try:
            actions.delete_part(row, version, user=signed_in(request))
        except actions.NotEditable as error:
            context["problem"] = " ".join(error.messages)
        else:
            messages.success(request, f"Verwijderd: {part.label}.")
            return at_part(version)
    return render(request, "agenda/agenda_part_delete.html", context)


@require_role(WRITER)
@require_POST
def agenda_part_move(
    request: HttpRequest, slug: str, number: int, word: str, pk: int
) -> HttpResponseBase:
    """One place up or down among its neighbours; or, with ``voor``, before the one with that key,
    and last when it is empty."""
    version, part = managed_version_or_404(slug, number), kind_or_404(word)
    if not part.may_move:
        raise Http404("Dit onderdeel heeft geen vaste plaats.")
    row = part_or_404(version, part, pk)
    try:
        if "voor" in request.POST:
            before = whole_number(request.POST["voor"])
            if before is None and request.POST["voor"]:
                raise Http404("Zet dit voor een ander onderdeel.")
            actions.place_part(row, version, before=before, user=signed_in(request))
        else:
            actions.move_part(row, version, up="omhoog" in request.POST, user=signed_in(request))
    except actions.NotEditable as error:
        messages.warning(request, " ".join(error.messages))
    return at_part(version, row)


@require_role(WRITER)
@require_POST
def agenda_undo(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Take back one's own last step in this version."""
    version = managed_version_or_404(slug, number)
    try:
        step = whole_number(request.POST.get("stap")) or 0
        label = actions.undo(version, step, user=signed_in(request))
    except actions.NotEditable as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, f"Ongedaan gemaakt: {label}.")
    return at_part(version)


# -- steps -----------------------------------------------------------------------------------------
@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_consult(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """draft -> consultation: shows what is missing, and asks."""
    version = managed_version_or_404(slug, number)
    if request.method != "POST" and not version.is_editable:
        messages.info(request, closed(version))
        return at_part(version)
    context = outline(version)
    if request.method == "POST":
        try:
            actions.submit_for_consultation(version, user=signed_in(request))
        except actions.TransitionError as error:
            context["problem"] = " ".join(error.messages)
        else:
            messages.success(request, "De agenda ligt ter inspraak: iedereen kan hem lezen.")
            return at_part(version)
    return render(request, "agenda/agenda_consult.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_take_back(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """consultation -> draft, with a reason."""
    version = managed_version_or_404(slug, number)
    if request.method != "POST" and not version.is_editable:
        messages.info(request, closed(version))
        return at_part(version)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_back(version, user=signed_in(request), note=form.cleaned_data["note"])
        except actions.TransitionError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "De agenda is weer een concept.")
            return at_part(version)
    return render(request, "agenda/agenda_take_back.html", {"form": form, "version": version})


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_adopt(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """consultation -> adopted, by which decision; shows what is missing, and asks."""
    version = managed_version_or_404(slug, number)
    sent = request.method == "POST"
    typed = (request.POST, request.FILES) if sent else ()
    form = AdoptForm(*typed, version=version)
    if sent and form.is_valid():
        try:
            actions.adopt(version, user=signed_in(request), **form.decided)
        except actions.TransitionError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "De agenda is vastgesteld.")
            return at_part(version)
    context = {
        **outline(version),
        "form": form,
        "succession": following(version),
        "not_now": not_to_adopt(version),
    }
    return render(request, "agenda/agenda_adopt.html", context)
