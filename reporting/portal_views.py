"""The portal of partners: what is due, writing a report, checking it, handing it in."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import holders_of, partner_roles
from accounts.constants import Role
from core.downloads import download
from reporting import actions
from reporting.access import (
    Desk,
    attachment_or_404,
    desk_or_404,
    part_desk_or_404,
    round_or_404,
    whole_desk_or_404,
    whole_writing_desk_or_404,
    writing_desk_or_404,
)
from reporting.actions import Draft, ReportError, Saved, Typed
from reporting.asked import note_of_return
from reporting.checking import BSN_RULE
from reporting.editor import amended_since, editor_context, has_section, mark, repeats
from reporting.forms import AttachmentForm
from reporting.models import Report
from reporting.part_states import PartState, states_of
from reporting.portal import deadline_now, portal_rows
from reporting.reading import content_of, round_page

PAGE = 25
EMPTY = mark("")
NO_SECTION = "Dit onderdeel hoort niet bij deze rapportage."


@require_safe
def portal_home(request: HttpRequest) -> HttpResponse:
    """What is due and what came back, per report of the organisations of this user."""
    held = partner_roles(request.user)
    reports = Report.objects.of_partners(list(held)).for_portal()
    page = Paginator(reports, PAGE).get_page(request.GET.get("page"))
    context = {
        "organisations": [organisation for organisation, _ in held.values()],
        "page": page,
        "rows": portal_rows(page.object_list, held, timezone.localdate()),
    }
    return render(request, "reporting/portal_home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_edit(request: HttpRequest, pk: int, section: str) -> HttpResponseBase:
    """One section of a draft. A POST is the button of a browser without script."""
    desk = writing_desk_or_404(request.user, pk)
    if not desk.report.is_open:
        messages.info(request, "Deze rapportage is ingediend; u leest haar terug.")
        return redirect("report_rounds", pk=pk)
    if request.method == "POST":
        if not has_section(desk, section):
            raise Http404(NO_SECTION)
        return _save_page(request, pk, section)
    context = editor_context(desk, section)
    if context is None:
        raise Http404(NO_SECTION)
    return render(request, "reporting/report_edit.html", context)


def _save_page(request: HttpRequest, pk: int, section: str) -> HttpResponseBase:
    """Save all fields of a page; where somebody else wrote, show both texts."""
    typed = _typed(request)
    try:
        desk, saved = _save(request, pk, typed)
    except ReportError as error:
        messages.error(request, str(error))
        return redirect("report_rounds", pk=pk)
    if saved.conflicts:
        context = editor_context(desk, section, typed=typed, saved=saved)
        return render(request, "reporting/report_edit.html", context, status=409)
    messages.success(request, "Uw concept is bewaard.")
    return redirect(request.POST["verder"] if _is_ours(request) else request.path)


def _save(request: HttpRequest, pk: int, typed: list[Typed]) -> tuple[Desk, Saved]:
    """Write ``typed`` in the draft, held for as long as that takes. Raises ``ReportError``."""
    with transaction.atomic():
        desk = writing_desk_or_404(request.user, pk, lock=True)
        return desk, actions.save_answers(desk.report, typed, user=desk.user, part=desk.part)


def _is_ours(request: HttpRequest) -> bool:
    """Whether the next page is one of this report: an address of our own, from its root."""
    following = request.POST.get("verder", "")
    return following.startswith("/portaal/") and "//" not in following


def _typed(request: HttpRequest) -> list[Typed]:
    """The fields of a post, each with the revision that the page had of it."""
    revisions = _marks(request.POST.get("revisions", ""))
    typed = [
        Typed(key, str(text), revisions.get(key) or 0)
        for key, text in request.POST.items()
        if key not in {"csrfmiddlewaretoken", "revisions", "loaded", "verder"}
    ]
    if "loaded" not in request.POST:
        return typed
    # A whole page: what this person left alone is not written, and so is no conflict with what a
    # colleague wrote there meanwhile.
    loaded = _marks(request.POST["loaded"])
    return [each for each in typed if loaded.get(each.key, EMPTY) != mark(each.text)]


def _marks(text: str) -> dict[str, int | None]:
    """What a page says of its fields; anything else than a number, or none, by key is nothing."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(read, dict):
        return {}
    return {str(key): held for key, held in read.items() if held is None or isinstance(held, int)}


@require_POST
def report_autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """Save the fields that changed. Six queries; twenty for a field without a text so far, and
    for who writes a part.

    Answers with what was saved, and with both texts where somebody else wrote meanwhile; 409 when
    the report is not open any more.
    """
    try:
        _, saved = _save(request, pk, _typed(request))
    except ReportError as error:
        return JsonResponse({"error": str(error)}, status=409)
    moment = timezone.localtime()
    return JsonResponse(
        {
            "time": moment.strftime("%H.%M"),
            "revisions": saved.revisions,
            "conflicts": {
                key: {"text": answer.text, "revision": answer.revision, "by": str(answer.edited_by)}
                for key, answer in saved.conflicts.items()
            },
        }
    )


@require_http_methods(["GET", "HEAD", "POST"])
def report_check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is still to do; and, for who may sign, handing in."""
    desk = desk_or_404(request.user, pk)
    if not desk.report.is_open:
        return redirect("report_rounds", pk=pk)
    if request.method == "POST":
        return _submit(request, pk)
    return render(request, "reporting/report_check.html", _check_context(desk))


@require_POST
def report_bsn(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep why numbers that look like those of a person are something else."""
    own = writing_desk_or_404(request.user, pk).bsn_key
    typed = [each for each in _typed(request) if each.key == own]
    if not typed:
        messages.error(request, "Er is niets bewaard: dit veld hoort niet bij uw deel.")
        return redirect("report_check", pk=pk)
    try:
        desk, saved = _save(request, pk, typed)
    except ReportError as error:
        messages.error(request, str(error))
        return redirect("report_rounds", pk=pk)
    if not saved.conflicts:
        messages.success(request, "Uw uitleg is bewaard.")
        return redirect("report_check", pk=pk)
    context = _check_context(desk)
    context["bsn_text"] = typed[0].text
    context["bsn_conflict"] = saved.conflicts[own]
    return render(request, "reporting/report_check.html", context, status=409)


def _submit(request: HttpRequest, pk: int) -> HttpResponseBase:
    desk = desk_or_404(request.user, pk)
    try:
        made = actions.submit(desk, user=desk.user, seen=request.POST.get("seen", ""))
    except ReportError as error:
        messages.warning(request, str(error))
        return redirect("report_check", pk=pk)
    return redirect("report_submitted", pk=pk, number=made.number)


def _check_context(desk: Desk) -> dict[str, Any]:
    draft = actions.draft_of(desk.report, desk.part)
    parts = _parts(desk, draft)
    held = desk.report.answers.filter(key=desk.bsn_key).first()
    numbers = [each for each in draft.findings if each.rule == BSN_RULE]
    open_ones = [each for each in draft.findings if each.blocks and each.rule != BSN_RULE]
    return {
        "desk": desk,
        "report": desk.report,
        "draft": draft,
        "errors": [each for each in open_ones if not each.is_warning],
        "warnings": [each for each in open_ones if each.is_warning],
        "asks_bsn": bool(numbers),
        "bsn": [each for each in numbers if each.blocks],
        "bsn_key": desk.bsn_key,
        "bsn_text": held.text if held else "",
        "bsn_revisions": json.dumps({desk.bsn_key: held.revision if held else 0}),
        "unread": [each for each in draft.files if each.unread],
        "explained": [each for each in draft.findings if each.is_answered],
        "note": note_of_return(desk.report) if desk.part.is_whole else "",
        "parts": parts,
        "is_ready": all(each.is_ready for each in parts),
        "is_empty": not any(each.filled for each in parts),
        "amendment": amended_since(draft),
        "repeats": repeats(draft) if desk.part.is_whole else None,
        "signatories": holders_of(Role.SIGNATORY, organisation=desk.organisation),
        "deadline": deadline_now(desk.report),
    }


def _parts(desk: Desk, draft: Draft) -> list[PartState]:
    """How far the members are; for a member its own part alone."""
    states = states_of(desk.report, draft.terms, draft.sections)
    own = desk.part
    return [each for each in states if own.is_whole or each.member.id in own.members]


@require_POST
def report_part_ready(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A member of the coalition says that its part is ready."""
    desk = part_desk_or_404(request.user, pk)
    try:
        actions.part_ready(desk, user=desk.user)
    except ReportError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "De penvoerder weet nu dat uw deel klaar is.")
    return redirect("report_check", pk=pk)


@require_safe
def report_submitted(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The receipt of a round."""
    desk = whole_desk_or_404(request.user, pk)
    made = round_or_404(desk.report, number)
    return render(
        request, "reporting/report_submitted.html", {"report": desk.report, "round": made}
    )


@require_safe
def report_rounds(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The newest round of one's own report; before the first, the check page."""
    desk = desk_or_404(request.user, pk)
    newest = desk.report.rounds.newest_first().first()
    if newest is None:
        return redirect("report_check", pk=pk)
    return redirect("report_round", pk=pk, number=newest.number)


@require_safe
def report_round(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One's own round as it was handed in, with what the municipality said of it."""
    desk = desk_or_404(request.user, pk)
    made = round_or_404(desk.report, number)
    page = desk.part.page(round_page(made, content=desk.part.read(content_of(made))))
    context = {"desk": desk, "report": desk.report, "page": page}
    return render(request, "reporting/report_round.html", context)


# -- files -----------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def report_files(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The files of a draft, and adding one."""
    desk = whole_writing_desk_or_404(request.user, pk)
    if not desk.report.is_open:
        return redirect("report_rounds", pk=pk)
    room = actions.room_for(desk.report)
    if request.method == "POST" and room.files <= 0:
        messages.error(request, actions.full())
        return redirect("report_files", pk=pk)
    sent = request.method == "POST"
    form = AttachmentForm(request.POST, request.FILES) if sent else AttachmentForm()
    if sent and form.is_valid():
        try:
            form.attach(desk.report, user=desk.user)
        except ReportError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "De bijlage is toegevoegd.")
        return redirect("report_files", pk=pk)
    context = {
        "full": actions.full() if room.files <= 0 else "",
        "desk": desk,
        "report": desk.report,
        "form": form,
        "files": desk.report.attachments.select_related("file", "added_by"),
        "back": reverse("report_check", args=[pk]),
        "deadline": deadline_now(desk.report),
    }
    return render(request, "reporting/report_files.html", context)


@require_safe
def report_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A file of a draft, for the people of its partner alone."""
    desk = whole_desk_or_404(request.user, pk)
    attachment = attachment_or_404(desk.report, file)
    return download(attachment.file, attachment.name)


@require_POST
def report_file_remove(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """Take a file off the draft; what was handed in before keeps it."""
    desk = whole_writing_desk_or_404(request.user, pk)
    attachment = attachment_or_404(desk.report, file)
    try:
        actions.detach(attachment, user=desk.user)
    except ReportError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"‘{attachment.name}’ is weggehaald.")
    return redirect("report_files", pk=pk)
