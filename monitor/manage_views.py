"""Making editions: the list, a new one, where one stands, and throwing a draft away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.constants import Role
from monitor.access import (
    DRAFT_READERS,
    JUDGES,
    READERS,
    monitor_or_404,
    posted,
    reads_history,
    versions_to_judge,
)
from monitor.actions import EditionExists, Opened, TransitionError, delete_draft, open_edition
from monitor.carrying import unsolved_before
from monitor.constants import MonitorKind, MonitorStatus
from monitor.desk import Queue
from monitor.editions import EditionKey
from monitor.forms import NotesForm, OpenEditionForm
from monitor.models import Monitor
from monitor.next_step import next_step, steps_of
from monitor.notes import lines_of
from monitor.reports import ground_of

PER_PAGE = 25
NOTES = {name: field.label for name, field in NotesForm.base_fields.items()}


@require_role(*READERS)
@require_safe
def monitor_manage_list(request: HttpRequest) -> HttpResponse:
    """Every edition with its state; for the clerk those that the college adopted."""
    roles = roles_of(request.user)
    rows = Monitor.objects.for_work(adopted_only=not roles & frozenset(DRAFT_READERS))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(EditionKey.of(row), row) for row in page],
        "may_open": bool(roles & frozenset(JUDGES)),
    }
    return render(request, "monitor/monitor_manage_list.html", context)


@require_role(*JUDGES)
@require_http_methods(["GET", "HEAD", "POST"])
def monitor_open(request: HttpRequest) -> HttpResponseBase:
    """A new edition from the last one; a second try leads to the one that is there."""
    newest = Monitor.objects.newest_first().first()
    versions = versions_to_judge()
    first = {
        "year": newest.year + 1 if newest else timezone.localdate().year,
        "kind": MonitorKind.ANNUAL,
        "version": newest.agenda_version_id if newest else None,
    }
    form = OpenEditionForm(posted(request), versions=versions, initial=first)
    if request.method == "POST" and form.is_valid():
        key = EditionKey(form.cleaned_data["year"], MonitorKind(form.cleaned_data["kind"]))
        try:
            opened = open_edition(
                year=key.year,
                kind=key.kind,
                version=form.cleaned_data["version"],
                user=signed_in(request),
            )
        except EditionExists as error:
            messages.warning(request, error.messages[0])
            return redirect("monitor_manage", edition=key)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, opened_words(opened))
            return redirect("monitor_manage", edition=key)
    return render(request, "monitor/monitor_open.html", {"form": form, "newest": newest})


def opened_words(opened: Opened) -> str:
    """What a new edition took along, in sentences."""
    told = [f"{opened.monitor.title} staat klaar."]
    if opened.carried:
        one = opened.carried == 1
        noun, verb = ("knelpunt", "kwam") if one else ("knelpunten", "kwamen")
        told.append(f"{opened.carried} {noun} {verb} mee uit de vorige monitor.")
    if opened.left_behind:
        one = len(opened.left_behind) == 1
        verb = "heeft" if one else "hebben"
        left = len(opened.left_behind)
        told.append(f"{left} {verb} in deze agenda geen vaste plek: zie onderaan.")
    return " ".join(told)


@require_role(*READERS)
@require_safe
def monitor_manage(request: HttpRequest, edition: EditionKey) -> HttpResponse:
    """Where the edition stands, who is to act, its verdicts, bottlenecks and log."""
    monitor = monitor_or_404(request.user, edition)
    roles = roles_of(request.user)
    queue = Queue(monitor)
    writes = monitor.is_draft and bool(roles & frozenset(JUDGES))
    context = {
        "monitor": monitor,
        "edition_key": edition,
        "queue": queue,
        "steps": steps_of(monitor),
        "step": next_step(monitor, queue, roles),
        "rows": [(queue.address(row), row) for row in queue.rows],
        "bottlenecks": monitor.bottlenecks.in_order().told(),
        "left_behind": unsolved_before(monitor) if writes else [],
        "outside": [(NOTES[name], lines) for name, lines in lines_of(monitor).items() if lines],
        "ground": ground_of(monitor),
        "events": monitor.events.select_related("actor"),
        "writes": writes,
        "reads_history": reads_history(request.user),
        "reads_desk": bool(roles & frozenset(DRAFT_READERS)),
        "may_delete": writes and not queue.done and monitor.origin == "system",
        "may_take_back": monitor.status == MonitorStatus.JUDGED and Role.POLICY_OFFICER in roles,
    }
    return render(request, "monitor/monitor_manage.html", context)


@require_role(*JUDGES)
@require_http_methods(["GET", "HEAD", "POST"])
def monitor_delete(request: HttpRequest, edition: EditionKey) -> HttpResponseBase:
    """Asks, and throws a draft away in which nothing was judged."""
    monitor = monitor_or_404(request.user, edition)
    queue = Queue(monitor)
    if request.method == "POST":
        try:
            delete_draft(monitor, user=signed_in(request))
        except TransitionError as error:
            messages.warning(request, error.messages[0])
            return redirect("monitor_manage", edition=edition)
        messages.success(request, f"{monitor.title} is verwijderd.")
        return redirect("monitor_manage_list")
    if not monitor.is_draft or queue.done:
        messages.warning(request, "Deze monitor kan niet meer weg: er is al een oordeel gegeven.")
        return redirect("monitor_manage", edition=edition)
    context = {
        "monitor": monitor,
        "edition_key": edition,
        "queue": queue,
        "bottlenecks": monitor.bottlenecks.count(),
    }
    return render(request, "monitor/monitor_delete.html", context)
