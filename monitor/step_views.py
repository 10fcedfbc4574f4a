"""The steps of an edition, each on a page that shows what it is about and asks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import require_role, signed_in
from accounts.constants import Role
from monitor.access import JUDGES, monitor_or_404, posted
from monitor.actions import TransitionError, adopt, back_to_draft, mark_judged, publish
from monitor.concept import concept_of
from monitor.constants import MonitorStatus
from monitor.desk import Queue
from monitor.editions import EditionKey
from monitor.forms import BackForm, StepForm
from monitor.models import Monitor
from monitor.reports import ground_of

steps = require_http_methods(["GET", "HEAD", "POST"])


def _refused(request: HttpRequest, monitor: Monitor, error: TransitionError) -> HttpResponseBase:
    messages.warning(request, error.messages[0])
    return redirect("monitor_manage", edition=EditionKey.of(monitor))


@require_role(*JUDGES)
@steps
def monitor_mark_judged(request: HttpRequest, edition: EditionKey) -> HttpResponseBase:
    """The officer puts a draft before the college; names the goals that are still open."""
    monitor = monitor_or_404(request.user, edition)
    if request.method == "POST":
        try:
            mark_judged(monitor, user=signed_in(request))
        except TransitionError as error:
            messages.warning(request, error.messages[0])
            # With goals still open, the page itself names them.
            if monitor.is_draft:
                return redirect("monitor_mark_judged", edition=edition)
            return redirect("monitor_manage", edition=edition)
        messages.success(request, f"{monitor.title} ligt nu bij het college.")
        return redirect("monitor_manage", edition=edition)
    if not monitor.is_draft:
        return _refused(request, monitor, TransitionError("Deze monitor is al beoordeeld."))
    queue = Queue(monitor)
    context = {
        "monitor": monitor,
        "edition_key": edition,
        "queue": queue,
        "waiting": [(queue.address(row), row) for row in queue.open_rows],
        "concept": concept_of(monitor, queue.rows),
    }
    return render(request, "monitor/monitor_mark_judged.html", context)


@require_role(*JUDGES)
@steps
def monitor_reopen(request: HttpRequest, edition: EditionKey) -> HttpResponseBase:
    """Back from judged to draft, with a reason, as long as the college did not adopt it."""
    monitor = monitor_or_404(request.user, edition)
    form = BackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            back_to_draft(monitor, user=signed_in(request), note=form.cleaned_data["note"])
        except TransitionError as error:
            return _refused(request, monitor, error)
        messages.success(request, f"{monitor.title} is weer een concept.")
        return redirect("monitor_manage", edition=edition)
    if monitor.status != MonitorStatus.JUDGED:
        word = "een concept" if monitor.is_draft else "door het college vastgesteld"
        return _refused(request, monitor, TransitionError(f"Deze monitor is al {word}."))
    context = {"monitor": monitor, "edition_key": edition, "form": form}
    return render(request, "monitor/monitor_reopen.html", context)


@require_role(Role.COLLEGE)
@steps
def monitor_adopt(request: HttpRequest, edition: EditionKey) -> HttpResponseBase:
    """The college reads what it adopts: the counts, what changed, and what it stands on."""
    monitor = monitor_or_404(request.user, edition)
    form = StepForm(posted(request))
    if request.method == "POST" and form.is_valid():
        note, seen = form.cleaned_data["note"], form.cleaned_data["last_event"]
        try:
            adopt(monitor, user=signed_in(request), note=note, last_event=seen or 0)
        except TransitionError as error:
            return _refused(request, monitor, error)
        messages.success(request, f"{monitor.title} is vastgesteld. De griffie is nu aan zet.")
        return redirect("monitor_manage", edition=edition)
    if monitor.status != MonitorStatus.JUDGED:
        word = "nog niet beoordeeld" if monitor.is_draft else "al vastgesteld"
        return _refused(request, monitor, TransitionError(f"Deze monitor is {word}."))
    queue = Queue(monitor)
    newest = monitor.events.order_by("-pk").first()
    context = {
        "monitor": monitor,
        "edition_key": edition,
        "queue": queue,
        "rows": [(queue.address(row), row) for row in queue.rows],
        "concept": concept_of(monitor, queue.rows),
        "ground": ground_of(monitor),
        "form": form,
        "last_event": newest.pk if newest else 0,
        "bottlenecks": monitor.bottlenecks.in_order().select_related("theme", "goal"),
    }
    return render(request, "monitor/monitor_adopt.html", context)


@require_role(Role.COUNCIL_CLERK)
@steps
def monitor_publish(request: HttpRequest, edition: EditionKey) -> HttpResponseBase:
    """The clerk offers an adopted edition to the council; then the document is made."""
    monitor = monitor_or_404(request.user, edition)
    form = StepForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            publish(monitor, user=signed_in(request), note=form.cleaned_data["note"])
        except TransitionError as error:
            return _refused(request, monitor, error)
        messages.success(request, f"{monitor.title} is aangeboden aan de raad.")
        return redirect("document_status", edition=edition)
    if monitor.status == MonitorStatus.PUBLISHED:
        return _refused(request, monitor, TransitionError("Deze monitor is al aangeboden."))
    queue = Queue(monitor)
    context = {
        "monitor": monitor,
        "edition_key": edition,
        "queue": queue,
        "concept": concept_of(monitor, queue.rows),
        "ground": ground_of(monitor),
        "form": form,
        "adopted": monitor.events.filter(to_status=MonitorStatus.ADOPTED).last(),
    }
    return render(request, "monitor/monitor_publish.html", context)
