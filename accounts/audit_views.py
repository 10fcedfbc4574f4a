"""The audit trail on the screen and as a file, for the functional manager and the auditor."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.access import require_role
from accounts.audited import words
from accounts.constants import Role
from accounts.filters import AuditFilter
from accounts.models import AuditEntry
from core.filters import is_chosen, refused_choice
from core.tables import CellValue, csv_stream

READERS = (Role.FUNCTIONAL_MANAGER, Role.AUDITOR)
PER_PAGE = 50
HEADER = (
    *("schakel", "tijdstip", "wie", "e-mailadres", "adres", "handeling", "code"),
    *("waarop", "uitkomst", "bijzonderheden", "controlegetal"),
)


def _chosen(request: HttpRequest) -> AuditFilter:
    return AuditFilter(request.GET, queryset=AuditEntry.objects.newest_first(), request=request)


@require_role(*READERS)
@require_safe
def audit_list(request: HttpRequest) -> HttpResponse:
    """Who did, tried or read what, the newest first."""
    chosen = _chosen(request)
    paginator = Paginator(chosen.qs if chosen.is_valid() else chosen.queryset.none(), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    told = words()
    context = {
        "filter": chosen,
        "page": page,
        "rows": [(entry, told.label(entry.action)) for entry in page],
        "total": paginator.count,
        "chosen": is_chosen(chosen) or not chosen.is_valid(),
        "query": request.GET.urlencode(),
    }
    return render(request, "accounts/audit_list.html", context)


@require_role(*READERS)
@require_safe
def audit_csv(request: HttpRequest) -> HttpResponseBase:
    """The chosen entries as a table; a choice that is not understood gives no table."""
    chosen = _chosen(request)
    if not chosen.is_valid():
        return refused_choice(request, chosen.form)
    rows = (_as_row(entry) for entry in chosen.qs.with_link().iterator(2000))
    return csv_stream(f"logboek-{timezone.localdate()}.csv", HEADER, rows)


@require_role(*READERS)
@require_safe
def audit_jsonl(request: HttpRequest) -> HttpResponseBase:
    """The chosen entries, one JSON object a line, as machines that keep logs read them."""
    chosen = _chosen(request)
    if not chosen.is_valid():
        return refused_choice(request, chosen.form)

    def lines() -> Iterator[str]:
        for entry in chosen.qs.with_link().iterator(2000):
            yield json.dumps(_as_json(entry), ensure_ascii=False) + "\n"

    name = f"logboek-{timezone.localdate()}.jsonl"
    return StreamingHttpResponse(
        lines(),
        content_type="application/x-ndjson; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )


def _as_row(entry: AuditEntry) -> tuple[CellValue, ...]:
    actor = entry.actor
    number, digest = entry.place
    return (
        number,
        timezone.localtime(entry.at).isoformat(timespec="seconds"),
        actor.name if actor else "",
        actor.email if actor else "",
        entry.origin or "",
        words().label(entry.action),
        entry.action,
        entry.target,
        entry.get_result_display(),
        _details(entry),
        digest,
    )


def _details(entry: AuditEntry) -> str:
    return json.dumps(entry.details, ensure_ascii=False, sort_keys=True) if entry.details else ""


def _as_json(entry: AuditEntry) -> dict[str, object]:
    number, digest = entry.place
    return {
        "id": entry.pk,
        "link": number,
        "hash": digest,
        "at": entry.at.isoformat(),
        "actor": entry.actor_id,
        "email": entry.actor.email if entry.actor else None,
        "origin": entry.origin,
        "action": entry.action,
        "target": entry.target,
        "result": entry.result,
        "details": entry.details,
    }
