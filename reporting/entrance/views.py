"""Where an inhabitant goes with a question: for everybody, and the desk of the officers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.constants import STAFF_ROLES, Role
from core.edits import RevisedForm, saved_or_told
from core.filters import whole_number
from reporting.actions.entrances import remove_entrance, save_entrance
from reporting.entrance.forms import EntranceForm
from reporting.entrance.reading import by_theme, elsewhere, municipal, once
from reporting.models import Entrance

METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 25
WRITERS = (Role.CONTRACT_MANAGER, Role.POLICY_OFFICER)
TWIN = "Deze organisatie heeft al een plek met deze naam. Ga terug naar de lijst."


@login_not_required
@require_safe
def entrance_list(request: HttpRequest) -> HttpResponse:
    """Where one can go: the municipality first, then the partners by theme. Five queries."""
    themes = by_theme()
    context = {
        "municipal": municipal(),
        "themes": themes,
        "partners": once(themes),
        "elsewhere": elsewhere(themes),
    }
    return render(request, "reporting/entrance_list.html", context)


@require_role(*sorted(STAFF_ROLES))
@require_safe
def entrance_manage(request: HttpRequest) -> HttpResponse:
    """Every entrance, to work on."""
    rows = Entrance.objects.select_related("organisation")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    writes = bool(roles_of(request.user) & frozenset(WRITERS))
    return render(request, "reporting/entrance_manage.html", {"page": page, "may_write": writes})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def entrance_add(request: HttpRequest) -> HttpResponseBase:
    """One more entrance; ``?van=`` names its organisation."""
    start = {"organisation": whole_number(request.GET.get("van", ""))}
    form = EntranceForm(request.POST or None, initial=start)
    if _saved(request, form):
        return redirect("entrance_manage")
    return render(request, "reporting/entrance_add.html", {"form": form})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def entrance_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Mend how one gets there."""
    form = EntranceForm(request.POST or None, instance=_entrance_or_404(pk))
    if _saved(request, form):
        return redirect("entrance_manage")
    return render(request, "reporting/entrance_edit.html", {"form": form})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def entrance_delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take out an entrance that is closed, after asking."""
    row = _entrance_or_404(pk)
    if request.method == "POST":
        remove_entrance(row, user=signed_in(request))
        messages.success(request, f"‘{row}’ staat niet meer op de site.")
        return redirect("entrance_manage")
    return render(request, "reporting/entrance_delete.html", {"row": row})


def _entrance_or_404(pk: int) -> Entrance:
    row = Entrance.objects.select_related("organisation", "source").filter(pk=pk).first()
    if row is None:
        raise Http404("Deze plek staat er niet.")
    return row


def _saved(request: HttpRequest, form: RevisedForm) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    user = signed_in(request)
    saved = saved_or_told(form, lambda: save_entrance(form, user=user), twin=TWIN)
    if saved:
        messages.success(request, "Het is bewaard, en staat meteen op de site.")
    return saved
