"""The yearly report of the supervisor: for everybody, at the supervisor's desk, and its answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.constants import Role
from accounts.history_pages import history_context
from contracts.models import Contract
from contracts.querysets import organisations_in
from core.downloads import download
from core.edits import RevisedForm, saved_or_told
from reporting.access import (
    document_of,
    document_or_404,
    finding_or_404,
    published_supervision_or_404,
    supervision_draft_or_404,
    supervision_or_404,
    withdrawable_or_404,
    withdrawal_of,
)
from reporting.actions import supervising
from reporting.models import SupervisionFinding, SupervisionReport
from reporting.supervision_forms import (
    PublishForm,
    SupervisionAnswerForm,
    SupervisionDocumentForm,
    SupervisionFindingForm,
    SupervisionReportForm,
    WithdrawalForm,
)

SUPERVISOR, ANSWERS = Role.SUPERVISOR, Role.POLICY_OFFICER
METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 25
WRITES = "Alleen de toezichthouder schrijft en publiceert een jaarverslag van het toezicht."
REPLIES = "Alleen een beleidsmedewerker antwoordt namens de gemeente op een aanbeveling."
WORKS = (
    "Alleen de toezichthouder en een beleidsmedewerker werken aan een jaarverslag van het "
    "toezicht. Wat is gepubliceerd, leest iedereen op de openbare site, bij Toezicht."
)
TWIN = "Dit staat er net al. Ga terug naar de lijst."


# -- everybody -------------------------------------------------------------------------------------
@login_not_required
@require_safe
def supervision_list(request: HttpRequest) -> HttpResponse:
    """Every published report, with how many recommendations have an answer. Two queries."""
    rows = SupervisionReport.objects.published().counted().newest_first()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reporting/supervision_list.html", {"page": page})


@login_not_required
@require_safe
def supervision_detail(request: HttpRequest, year: int) -> HttpResponse:
    """One report with its findings, and what the municipality did with them. Six queries."""
    report = published_supervision_or_404(year)
    findings = list(report.findings.told())
    partners = {one.partner_id for one in findings if one.partner_id is not None}
    public = organisations_in(Contract.objects.readable()).filter(pk__in=partners)
    context = {
        "report": report,
        "findings": findings,
        "document": document_of(report),
        "withdrawal": withdrawal_of(report),
        "has_page": set(public.values_list("pk", flat=True)) if partners else set(),
    }
    return render(request, "reporting/supervision_detail.html", context)


@login_not_required
@require_safe
def supervision_document(request: HttpRequest, year: int) -> HttpResponseBase:
    """The document of a published report."""
    kept = document_or_404(published_supervision_or_404(year))
    return download(kept.file, kept.name)


# -- the desk --------------------------------------------------------------------------------------
@require_role(SUPERVISOR, ANSWERS, why=WORKS)
@require_safe
def supervision_manage_list(request: HttpRequest) -> HttpResponse:
    """Every report for the supervisor; for who answers, what is published."""
    writes = SUPERVISOR in roles_of(request.user)
    rows = SupervisionReport.objects.counted().newest_first()
    page = Paginator(rows if writes else rows.published(), PER_PAGE)
    context = {"page": page.get_page(request.GET.get("page")), "writes": writes}
    return render(request, "reporting/supervision_manage_list.html", context)


@require_role(SUPERVISOR, ANSWERS, why=WORKS)
@require_safe
def supervision_manage(request: HttpRequest, pk: int) -> HttpResponse:
    """A report with what can be done with it: writing in a draft, or answering."""
    report = supervision_or_404(request.user, pk)
    roles = roles_of(request.user)
    context = {
        "report": report,
        "findings": list(report.findings.told()),
        "document": document_of(report),
        "withdrawal": withdrawal_of(report),
        "supervises": SUPERVISOR in roles,
        "writes": SUPERVISOR in roles and not report.is_published,
        "answers": ANSWERS in roles and report.is_published,
    }
    return render(request, "reporting/supervision_manage.html", context)


@require_role(SUPERVISOR, why=WRITES)
@require_http_methods(METHODS)
def supervision_add(request: HttpRequest) -> HttpResponseBase:
    """Begin the report over a year."""
    form = SupervisionReportForm(_posted(request), initial={"year": timezone.localdate().year - 1})
    if _saved(request, form, supervising.save_report):
        messages.success(request, "Het jaarverslag staat klaar als concept.")
        return redirect("supervision_manage", form.instance.pk)
    return render(request, "reporting/supervision_add.html", {"form": form})


@require_role(SUPERVISOR, why=WRITES)
@require_http_methods(METHODS)
def supervision_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Year, title and summary of a draft."""
    report = supervision_draft_or_404(pk)
    form = SupervisionReportForm(_posted(request), instance=report)
    if _saved(request, form, supervising.save_report):
        messages.success(request, "Het jaarverslag is bewaard.")
        return redirect("supervision_manage", pk)
    return _page(request, "supervision_edit", pk, form=form)


@require_role(SUPERVISOR, why=WRITES)
@require_http_methods(METHODS)
def supervision_finding_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One more finding with its recommendation."""
    finding = SupervisionFinding(report=supervision_draft_or_404(pk))
    form = SupervisionFindingForm(_posted(request), instance=finding)
    if _saved(request, form, supervising.save_finding):
        messages.success(request, "De bevinding is toegevoegd.")
        return redirect("supervision_manage", pk)
    return _page(request, "supervision_finding_add", pk, form=form)


@require_role(SUPERVISOR, why=WRITES)
@require_http_methods(METHODS)
def supervision_finding_edit(request: HttpRequest, pk: int, finding: int) -> HttpResponseBase:
    """A finding of a draft."""
    row = finding_or_404(supervision_draft_or_404(pk), finding)
    form = SupervisionFindingForm(_posted(request), instance=row)
    if _saved(request, form, supervising.save_finding):
        messages.success(request, "De bevinding is bewaard.")
        return redirect("supervision_manage", pk)
    return _page(request, "supervision_finding_edit", pk, form=form, finding=row)


@require_role(SUPERVISOR, why=WRITES)
@require_http_methods(METHODS)
def supervision_finding_delete(request: HttpRequest, pk: int, finding: int) -> HttpResponseBase:
    """Take a finding out of a draft, after asking."""
    row = finding_or_404(supervision_draft_or_404(pk), finding)
    if request.method == "POST":
        done = "De bevinding is weggehaald."
        return _step(
            request, pk, done, lambda: supervising.remove_finding(row, user=signed_in(request))
        )
    return _page(request, "supervision_finding_delete", pk, finding=row)


@require_role(SUPERVISOR, why=WRITES)
@require_http_methods(METHODS)
def supervision_file_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put the document with a draft, in the place of an earlier one."""
    report = supervision_draft_or_404(pk)
    sent = request.method == "POST"
    form = (
        SupervisionDocumentForm(request.POST, request.FILES)
        if sent
        else (SupervisionDocumentForm())
    )
    if sent and form.is_valid():
        upload = form.cleaned_data["file"]
        done = f"‘{upload.name}’ is toegevoegd."
        return _step(
            request,
            pk,
            done,
            lambda: supervising.keep_document(report, upload, user=signed_in(request)),
        )
    return _page(request, "supervision_file_add", pk, form=form)


@require_role(SUPERVISOR, why=WRITES)
@require_safe
def supervision_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The document, for the supervisor: also before it is published."""
    kept = document_or_404(supervision_or_404(request.user, pk))
    return download(kept.file, kept.name)


@require_role(SUPERVISOR, why=WRITES)
@require_POST
def supervision_file_remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the document off a draft."""
    report = supervision_draft_or_404(pk)
    done = "Het document is weggehaald."
    return _step(
        request, pk, done, lambda: supervising.remove_document(report, user=signed_in(request))
    )


@require_role(SUPERVISOR, why=WRITES)
@require_http_methods(METHODS)
def supervision_delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Throw a draft away, after asking."""
    report = supervision_draft_or_404(pk)
    if request.method == "POST":
        try:
            supervising.delete_draft(report, user=signed_in(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"Het concept over {report.year} is verwijderd.")
        return redirect("supervision_manage_list")
    return _page(request, "supervision_delete", pk, findings=report.findings.count())


@require_role(SUPERVISOR, why=WRITES)
@require_http_methods(METHODS)
def supervision_publish(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Make a report public for good; the page says what that means, and asks."""
    report = supervision_draft_or_404(pk)
    document = document_of(report)
    form = None
    if document is not None and document.asks_a_look:
        form = PublishForm(_posted(request), initial={"document": document.pk})
    if request.method == "POST" and (form is None or form.is_valid()):
        done = f"Het jaarverslag over {report.year} is openbaar."
        looked_at = form.cleaned_data["document"] if form is not None else None
        return _step(
            request,
            pk,
            done,
            lambda: supervising.publish(report, user=signed_in(request), looked_at=looked_at),
        )
    findings = report.findings.count()
    more = {"report": report, "form": form, "document": document, "findings": findings}
    return _page(request, "supervision_publish", pk, **more)


@require_role(SUPERVISOR, why=WRITES)
@require_http_methods(METHODS)
def supervision_document_withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the document of a published report back; the page says what that means, and asks."""
    report = withdrawable_or_404(pk)
    form = WithdrawalForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        reason, user = form.cleaned_data["reason"], signed_in(request)
        done = "Het document is ingetrokken. Op de openbare bladzijde staat wanneer en waarom."
        action = partial(supervising.withdraw_document, report, reason, user=user)
        return _step(request, pk, done, action)
    more = {"form": form, "report": report, "document": document_of(report)}
    return _page(request, "supervision_document_withdraw", pk, **more)


@require_role(SUPERVISOR, why=WRITES)
@require_safe
def supervision_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed in a report, for the supervisor alone."""
    report = supervision_or_404(request.user, pk)
    context = {"report": report, **history_context(request, report)}
    return render(request, "reporting/supervision_history.html", context)


@require_role(ANSWERS, why=REPLIES)
@require_http_methods(METHODS)
def supervision_answer(request: HttpRequest, pk: int, finding: int) -> HttpResponseBase:
    """What the municipality did with a published recommendation."""
    row = finding_or_404(supervision_or_404(request.user, pk), finding)
    form = SupervisionAnswerForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        supervising.answer(row, form.cleaned_data["text"], user=signed_in(request))
        messages.success(request, "Het antwoord is openbaar.")
        return redirect("supervision_manage", pk)
    return _page(
        request, "supervision_answer", pk, form=form, finding=row, replies=list(row.answers.all())
    )


# -- what these views share ------------------------------------------------------------------------
def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _saved(request: HttpRequest, form: RevisedForm, save: Callable[..., bool]) -> bool:
    """Whether ``form`` was sent, valid and written; what was refused stands on the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    return saved_or_told(form, lambda: save(form, user=signed_in(request)), twin=TWIN)


def _step(
    request: HttpRequest, pk: int, done: str, action: Callable[[], object]
) -> HttpResponseBase:
    """Do ``action`` and go back to the report, with ``done`` or with why it did not."""
    try:
        action()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("supervision_manage", pk)


def _page(request: HttpRequest, name: str, pk: int, **context: Any) -> HttpResponse:
    """The page ``name`` about the report ``pk``, with the way back to it."""
    context["back"] = reverse("supervision_manage", args=[pk])
    return render(request, f"reporting/{name}.html", context)
