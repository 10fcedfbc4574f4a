"""The evidence desk, the bottlenecks of a draft, and what it says outside its goals."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import require_role, roles_of, signed_in
from core.filters import whole_number
from monitor.access import (
    DRAFT_READERS,
    JUDGES,
    bottleneck_or_404,
    monitor_or_404,
    posted,
    reads_history,
    unsolved_or_404,
)
from monitor.actions import NO_DRAFT, Closed, remove_bottleneck, set_bottleneck_state
from monitor.constants import BottleneckState, MonitorStatus
from monitor.desk import ALL, Desk, Queue
from monitor.editions import EditionKey
from monitor.forms import BottleneckForm, JudgementForm, NotesForm
from monitor.judging import judge, save_bottleneck
from monitor.models import Bottleneck, Monitor
from monitor.notes import notes_form, write_notes


# -- the desk --------------------------------------------------------------------------------------
@require_role(*DRAFT_READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def monitor_judge(request: HttpRequest, edition: EditionKey, slug: str) -> HttpResponseBase:
    """One goal: the queue, the evidence and the decision, all in view at once."""
    monitor = monitor_or_404(request.user, edition)
    queue = Queue(monitor, request.GET.get("toon", ALL))
    row = queue.find(slug)
    if row is None:
        raise Http404("Dit doel hoort niet bij de agenda die deze monitor beoordeelt.")
    judges = bool(roles_of(request.user) & frozenset(JUDGES))
    desk = Desk(row)
    form = None
    if judges and (monitor.is_draft or request.method == "POST"):
        suggested = desk.suggestion.verdict
        form = JudgementForm(posted(request), instance=row, suggested=suggested)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied("Alleen een beleidsmedewerker geeft een oordeel.")
        if form.is_valid():
            answer = _decide(request, form, queue)
            if answer is not None:
                return answer
    return _desk_page(request, queue, desk, form)


def _decide(request: HttpRequest, form: JudgementForm, queue: Queue) -> HttpResponseBase | None:
    """Write the verdict and go on to the next open goal; ``None`` to show the form again."""
    row = form.instance
    try:
        if not judge(form, user=signed_in(request)):
            return None
    except Closed as closed:
        form.add_error(None, f"{closed} Uw oordeel is niet bewaard; uw tekst staat er nog.")
        return None
    follower = queue.next_open(row)
    told = f"Het oordeel over ‘{row.label}’ is bewaard."
    if follower is None:
        messages.success(request, f"{told} Alle doelen hebben nu een oordeel.")
        return redirect("monitor_manage", edition=EditionKey.of(queue.monitor))
    messages.success(request, told)
    return redirect(queue.address(follower))


def _desk_page(
    request: HttpRequest, queue: Queue, desk: Desk, form: JudgementForm | None
) -> HttpResponse:
    monitor, row = queue.monitor, desk.row
    # A form that was not valid has put what was typed on the row: the queue shows what is kept.
    if form is not None and form.is_bound:
        row.verdict = form.initial["verdict"]
    after = queue.after(row)
    context = {
        "monitor": monitor,
        "edition_key": EditionKey.of(monitor),
        "queue": queue,
        "groups": queue.groups(row),
        "row": row,
        "desk": desk,
        "suggestion": desk.suggestion,
        "form": form,
        "after_url": queue.address(after) if after else "",
        "closed": "" if monitor.is_draft else NO_DRAFT[MonitorStatus(monitor.status)],
        "writes": form is not None and monitor.is_draft,
        "reads_history": reads_history(request.user),
    }
    return render(request, "monitor/monitor_judge.html", context)


# -- bottlenecks -----------------------------------------------------------------------------------
def _back(request: HttpRequest, monitor: Monitor) -> str:
    """Where the officer came from: the desk of a goal of this edition, or else the edition."""
    key = EditionKey.of(monitor)
    goal = request.GET.get("terug", "")
    if goal and monitor.judgements.filter(goal__slug=goal).exists():
        return reverse("monitor_judge", args=[key, goal])
    return reverse("monitor_manage", args=[key]) + "#knelpunten"


@require_role(*JUDGES)
@require_http_methods(["GET", "HEAD", "POST"])
def bottleneck_add(request: HttpRequest, edition: EditionKey) -> HttpResponseBase:
    """A new bottleneck; ``?terug=`` names the goal it is about, ``?vervolg=`` what it continues."""
    monitor = monitor_or_404(request.user, edition)
    row = Bottleneck(monitor=monitor, state=BottleneckState.OPEN)
    continued = whole_number(request.GET.get("vervolg"))
    if continued is not None:
        earlier = unsolved_or_404(monitor, continued)
        row.continues, row.text, row.action = earlier, earlier.text, earlier.action
        row.owner, row.due_on = earlier.owner, earlier.due_on
    goal = monitor.judgements.filter(goal__slug=request.GET.get("terug", "")).first()
    form = BottleneckForm(posted(request), instance=row, place=f"g{goal.goal_id}" if goal else "")
    return _bottleneck_page(request, form, "bottleneck_add", "Knelpunt toevoegen")


@require_role(*JUDGES)
@require_http_methods(["GET", "HEAD", "POST"])
def bottleneck_edit(request: HttpRequest, edition: EditionKey, pk: int) -> HttpResponseBase:
    """What hampers, who does what about it, and when it is done."""
    monitor = monitor_or_404(request.user, edition)
    form = BottleneckForm(posted(request), instance=bottleneck_or_404(monitor, pk))
    return _bottleneck_page(request, form, "bottleneck_edit", "Knelpunt wijzigen")


def _bottleneck_page(
    request: HttpRequest, form: BottleneckForm, page: str, heading: str
) -> HttpResponseBase:
    monitor = form.instance.monitor
    back = _back(request, monitor)
    if request.method == "POST" and form.is_valid():
        try:
            if save_bottleneck(form, user=signed_in(request)):
                messages.success(request, "Het knelpunt is bewaard.")
                return redirect(back)
        except Closed as closed:
            form.add_error(None, f"{closed} Uw tekst is niet bewaard, maar staat er nog.")
    elif request.method != "POST" and not monitor.is_draft:
        messages.warning(request, NO_DRAFT[MonitorStatus(monitor.status)])
        return redirect(back)
    context = {
        "monitor": monitor,
        "edition_key": EditionKey.of(monitor),
        "form": form,
        "heading": heading,
        "back": back,
    }
    return render(request, f"monitor/{page}.html", context)


@require_role(*JUDGES)
@require_http_methods(["GET", "HEAD", "POST"])
def bottleneck_state(
    request: HttpRequest, edition: EditionKey, pk: int, state: str
) -> HttpResponseBase:
    """Say how far a bottleneck is. Whoever had to sign in on the way finds the button again."""
    monitor = monitor_or_404(request.user, edition)
    row = bottleneck_or_404(monitor, pk)
    if state not in BottleneckState.values:
        raise Http404("Deze voortgang bestaat niet.")
    if request.method == "POST":
        try:
            set_bottleneck_state(row, BottleneckState(state), user=signed_in(request))
        except Closed as closed:
            messages.warning(request, str(closed))
        else:
            messages.success(request, f"Het knelpunt staat op {BottleneckState(state).label}.")
    return redirect(_back(request, monitor))


@require_role(*JUDGES)
@require_http_methods(["GET", "HEAD", "POST"])
def bottleneck_delete(request: HttpRequest, edition: EditionKey, pk: int) -> HttpResponseBase:
    """Asks, and takes a bottleneck out of a draft."""
    monitor = monitor_or_404(request.user, edition)
    row = bottleneck_or_404(monitor, pk)
    back = _back(request, monitor)
    if request.method == "POST":
        try:
            remove_bottleneck(row, user=signed_in(request))
        except Closed as closed:
            messages.warning(request, str(closed))
        else:
            messages.success(request, "Het knelpunt is uit deze monitor gehaald.")
        return redirect(back)
    context = {"monitor": monitor, "edition_key": edition, "row": row, "back": back}
    return render(request, "monitor/bottleneck_delete.html", context)


# -- outside the goals -----------------------------------------------------------------------------
@require_role(*JUDGES)
@require_http_methods(["GET", "HEAD", "POST"])
def monitor_notes(request: HttpRequest, edition: EditionKey) -> HttpResponseBase:
    """Trends, what went well and not, what will be done, and who else must act."""
    monitor = monitor_or_404(request.user, edition)
    back = reverse("monitor_manage", args=[edition]) + "#buiten-de-doelen"
    form = NotesForm(request.POST) if request.method == "POST" else notes_form(monitor)
    if form.is_bound and form.is_valid():
        try:
            if write_notes(monitor, form, user=signed_in(request)):
                messages.success(request, "Bewaard wat de monitor buiten de doelen zegt.")
                return redirect(back)
        except Closed as closed:
            form.add_error(None, f"{closed} Uw tekst is niet bewaard, maar staat er nog.")
    elif not form.is_bound and not monitor.is_draft:
        messages.warning(request, NO_DRAFT[MonitorStatus(monitor.status)])
        return redirect(back)
    context = {"monitor": monitor, "edition_key": edition, "form": form, "back": back}
    return render(request, "monitor/monitor_notes.html", context)
