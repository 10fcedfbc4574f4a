"""What follows from talks: action points, decisions, notes to the college, and the rhythm."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.constants import OFFICER_ROLES, STAFF_ROLES, Role
from accounts.history_pages import history_context
from contracts.access import managed_contract_or_404
from contracts.actions import NotEditable
from contracts.actions import talks as actions
from contracts.models import (
    ActionPoint,
    CollegeNote,
    Contract,
    Decision,
    Meeting,
    MeetingRhythm,
)
from contracts.talk_constants import ActionStatus
from contracts.talks.access import (
    READERS,
    WRITERS,
    action_or_404,
    decision_or_404,
    listed,
    meeting_or_404,
    told_actions,
    told_decisions,
)
from contracts.talks.desk_views import METHODS, PER_PAGE, closed, may_write
from contracts.talks.filters import ActionFilter, DecisionFilter
from contracts.talks.forms import (
    ActionDoneForm,
    ActionForm,
    ActionReasonForm,
    CollegeNoteForm,
    DecisionForm,
    RhythmForm,
)
from contracts.talks.reading import (
    action_rows,
    context_of,
    decision_rows,
    months,
    needed,
    rhythm_of,
)
from core.filters import is_chosen, whole_number
from core.periods import FIRST_YEAR, LAST_YEAR


def _is_staff(request: HttpRequest) -> bool:
    """Whether the reader may open contracts and projects in the making."""
    return bool(roles_of(request.user) & STAFF_ROLES)


# -- action points ---------------------------------------------------------------------------------
@require_role(*READERS)
@require_safe
def action_list(request: HttpRequest) -> HttpResponse:
    """Every action point and every bottleneck between partners, what is open first."""
    today = timezone.localdate()
    chosen = ActionFilter(request.GET, queryset=ActionPoint.objects.by_term(), request=request)
    paginator = Paginator(told_actions(chosen.qs), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "rows": action_rows(page, today),
        "total": paginator.count,
        "chosen": is_chosen(chosen),
        "may_write": may_write(request),
    }
    return render(request, "contracts/action_list.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def action_add(request: HttpRequest) -> HttpResponseBase:
    """A new action point; ``?overleg=`` is the talk that it comes from, ``?soort=`` what it is."""
    meeting = _asked_meeting(request)
    initial = {"kind": "bottleneck" if request.GET.get("soort") == "knelpunt" else "action"}
    form = ActionForm(request.POST or None, instance=ActionPoint(meeting=meeting), initial=initial)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        messages.success(request, "Het actiepunt is toegevoegd. De eigenaar krijgt bericht.")
        return redirect("meeting_manage", meeting.pk) if meeting else redirect("action_list")
    return render(request, "contracts/action_add.html", {"form": form, "meeting": meeting})


def _asked_meeting(request: HttpRequest) -> Meeting | None:
    """The talk that ``?overleg=`` names. Raises ``Http404`` where it is not there."""
    asked = request.GET.get("overleg")
    return meeting_or_404(whole_number(asked) or 0) if asked else None


def _saved(request: HttpRequest, form: ActionForm) -> bool:
    try:
        return actions.save_action(form, user=signed_in(request))
    except NotEditable as error:
        form.add_error(None, error.messages)
        return False


@require_role(*READERS)
@require_safe
def action_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One action point, with what became of it."""
    action = action_or_404(pk)
    row = action_rows([action], timezone.localdate())[0]
    context = row | {
        "row": row,
        "events": list(action.events.all()),
        "may_write": may_write(request),
        "reads_history": bool(roles_of(request.user) & OFFICER_ROLES),
    }
    return render(request, "contracts/action_detail.html", context)


@require_role(*sorted(OFFICER_ROLES))
@require_safe
def action_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed in an action point."""
    action = action_or_404(pk)
    context = history_context(request, action) | {"action": action}
    return render(request, "contracts/action_history.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def action_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An open action point: reworded, moved, or given to another."""
    action = action_or_404(pk)
    name = action.text
    if not action.is_open and request.method != "POST":
        messages.warning(request, "Dit actiepunt is afgerond. Open het eerst opnieuw.")
        return redirect("action_detail", pk)
    form = ActionForm(request.POST or None, instance=action)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        messages.success(request, "Het actiepunt is bewaard.")
        return redirect("action_detail", pk)
    return render(
        request, "contracts/action_edit.html", {"form": form, "action": action, "name": name}
    )


@require_role(*WRITERS)
@require_http_methods(METHODS)
def action_done(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Finish an action point, and say what came of it."""
    return _moved(request, pk, ActionStatus.DONE, "Het actiepunt is klaar.")


@require_role(*WRITERS)
@require_http_methods(METHODS)
def action_drop(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Drop an action point, with the reason."""
    return _moved(request, pk, ActionStatus.DROPPED, "Het actiepunt is vervallen.")


@require_role(*WRITERS)
@require_http_methods(METHODS)
def action_reopen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open an action point again, with the reason."""
    return _moved(request, pk, ActionStatus.OPEN, "Het actiepunt staat weer open.")


def _moved(request: HttpRequest, pk: int, to: ActionStatus, done: str) -> HttpResponseBase:
    action = action_or_404(pk)
    if action.is_open == (to == ActionStatus.OPEN) and request.method != "POST":
        messages.warning(request, actions.OTHER_STATE)
        return redirect("action_detail", pk)
    kind = ActionDoneForm if to == ActionStatus.DONE else ActionReasonForm
    form = kind(request.POST or None, initial={"seen": action.status})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.move_action(
                action, to, seen=typed["seen"], note=typed["note"], user=signed_in(request)
            )
        except NotEditable as error:
            messages.warning(request, error.messages[0])
        else:
            messages.success(request, done)
        return redirect("action_detail", pk)
    page = {"done": "done", "dropped": "drop", "open": "reopen"}[to.value]
    return render(request, f"contracts/action_{page}.html", {"form": form, "action": action})


# -- decisions -------------------------------------------------------------------------------------
@require_role(*READERS)
@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    """Every decision, the newest first."""
    chosen = DecisionFilter(request.GET, queryset=Decision.objects.newest_first(), request=request)
    paginator = Paginator(told_decisions(chosen.qs), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "rows": decision_rows(page),
        "total": paginator.count,
        "chosen": is_chosen(chosen),
        "may_write": may_write(request),
    }
    return render(request, "contracts/decision_list.html", context)


@require_role(*READERS)
@require_safe
def decision_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: what, why, by whom, and about what."""
    row = decision_rows([decision_or_404(pk)])[0]
    context = row | {"row": row, "may_write": may_write(request), "is_staff": _is_staff(request)}
    return render(request, "contracts/decision_detail.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def decision_add(request: HttpRequest) -> HttpResponseBase:
    """Lay a decision down; ``?overleg=`` is where it was taken, ``?overeenkomst=`` about what,
    ``?vervangt=`` the decision that it takes the place of."""
    meeting = _asked_meeting(request)
    contracts = list(meeting.contracts.all()) if meeting else []
    if slug := request.GET.get("overeenkomst"):
        contracts = list(Contract.objects.readable().filter(slug=slug))
    initial: dict[str, Any] = {
        "meeting": meeting,
        "contracts": contracts,
        "decided_on": meeting.day if meeting else timezone.localdate(),
        "is_shared": bool(meeting and meeting.is_shared),
        "replaces": whole_number(request.GET.get("vervangt")),
    }
    form = DecisionForm(request.POST or None, initial=initial, about=contracts)
    if request.method == "POST" and form.is_valid():
        try:
            decision = actions.decide(form, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Het besluit is vastgelegd.")
            return redirect("decision_detail", decision.pk)
    return render(request, "contracts/decision_add.html", {"form": form, "meeting": meeting})


# -- the college -----------------------------------------------------------------------------------
@require_role(*READERS)
@require_safe
def college_note_list(request: HttpRequest) -> HttpResponse:
    """What was told to the college about talks, the newest first."""
    rows = CollegeNote.objects.select_related("meeting", "actor").order_by("-at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "is_college": Role.COLLEGE in roles_of(request.user)}
    return render(request, "contracts/college_note_list.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def college_note_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A short note to the college about a talk."""
    meeting = meeting_or_404(pk)
    if meeting.is_cancelled:
        return closed(request, meeting, "Dit overleg is vervallen.")
    form = CollegeNoteForm(request.POST or None, initial={"seen": meeting.notes.count()})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.note_college(
                meeting, text=typed["text"], seen=typed["seen"], user=signed_in(request)
            )
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Het bericht is verstuurd aan het college, en bewaard.")
            return redirect("meeting_manage", pk)
    return render(request, "contracts/college_note_add.html", context_of(meeting, form=form))


# -- a year of a contract --------------------------------------------------------------------------
def asked_year(request: HttpRequest, *, first: int = FIRST_YEAR, last: int | None = None) -> int:
    """The year that ``?jaar=`` names, or else this year: the nearest from ``first`` up to and
    including ``last``, this year where none is given."""
    now = timezone.localdate().year
    year = whole_number(request.GET.get("jaar")) or now
    return max(min(year, now if last is None else last), first)


def _year_of_talks(request: HttpRequest, contract: Contract) -> int:
    """As ``asked_year``, within the years of ``contract`` and this one; a talk to look back comes
    in the year after."""
    now = timezone.localdate().year
    starts, ends = contract.starts_on, contract.ends_on
    first = min(now, starts.year) if starts else FIRST_YEAR
    last = max(now, ends.year) if ends else now
    return asked_year(request, first=max(first - 1, FIRST_YEAR), last=min(last + 1, LAST_YEAR))


@require_role(*READERS)
@require_safe
def contract_talks(request: HttpRequest, slug: str) -> HttpResponse:
    """A year of talks about a contract, month by month, beside how many there have to be."""
    contract = managed_contract_or_404(slug)
    year, today = _year_of_talks(request, contract), timezone.localdate()
    rows = Meeting.objects.filter(contracts=contract).standing().in_year(year).by_day()
    meetings = list(listed(rows))
    rhythms = list(contract.rhythms.all())
    rhythm = rhythm_of(contract, rhythms, year)
    about = ActionPoint.objects.open().about([contract.pk]).by_term()
    context = {
        "contract": contract,
        "year": year,
        "years": (year - 1, year + 1),
        "months": months(meetings, year, today),
        "rhythm": rhythm,
        "needed": needed(rhythm, meetings),
        "rhythms": rhythms,
        "actions": action_rows(told_actions(about), today),
        "decisions": decision_rows(
            told_decisions(Decision.objects.filter(contracts=contract).newest_first())[:10]
        ),
        "may_write": may_write(request),
        "is_staff": _is_staff(request),
    }
    return render(request, "contracts/contract_talks.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def contract_rhythm(request: HttpRequest, slug: str) -> HttpResponseBase:
    """How often is met from a year on; ``?jaar=`` names the year."""
    contract = managed_contract_or_404(slug)
    year = _year_of_talks(request, contract)
    held = contract.rhythms.filter(from_year=year).first()
    now = rhythm_of(contract, contract.rhythms.all(), year)
    initial = {} if held else {"official": now.official, "executive": now.executive}
    row = held or MeetingRhythm(contract=contract, from_year=year)
    form = RhythmForm(request.POST or None, instance=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_rhythm(form, contract, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if saved:
                messages.success(request, "Het overlegritme is bewaard.")
                return redirect("contract_talks", slug)
    context = {"contract": contract, "form": form, "now": now, "year": year}
    return render(request, "contracts/contract_rhythm.html", context)
