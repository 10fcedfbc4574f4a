"""Subsidies that a coalition passes on to volunteers, with the frame for the height."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.constants import OFFICER_ROLES
from accounts.history_pages import history_context
from contracts.actions import NotEditable
from contracts.actions import pass_on as actions
from contracts.budgets.subsidy_forms import FrameForm, PassOnForm
from contracts.budgets.sums import Check, add_up, in_one_year
from contracts.exchange_views import METHODS, WRITERS, may_write
from contracts.manage_views import PER_PAGE, READERS
from contracts.models import PassOn, PassOnFrame


@dataclass(frozen=True)
class FrameStory:
    """A frame with its rows held against it. No query when the rows are prefetched."""

    frame: PassOnFrame

    @property
    def check(self) -> Check:
        amounts = [
            (in_one_year(row.value, 1, 1, True), bool(row.qualifier))
            for row in self.frame.rows.all()
        ]
        return Check(self.frame.ceiling, add_up(amounts))

    @property
    def rows(self) -> list[tuple[PassOn, bool]]:
        """Each row, and whether it is above what one organisation may get."""
        most = self.frame.each_at_most
        return [
            (row, most is not None and row.number is not None and row.number > most)
            for row in self.frame.rows.all()
        ]

    @property
    def vision_is_late(self) -> bool:
        row = self.frame
        return row.vision_on is None and bool(
            row.vision_by and row.vision_by < timezone.localdate()
        )


def frame_or_404(pk: int) -> PassOnFrame:
    """A frame with its rows. Raises ``Http404``. Two queries."""
    rows = PassOnFrame.objects.select_related("contract__partner", "source")
    row = rows.prefetch_related("rows").filter(pk=pk).first()
    if row is None:
        raise Http404("Dit kader is er niet.")
    return row


def pass_on_or_404(frame: PassOnFrame, row: int) -> PassOn:
    held = frame.rows.filter(pk=row).first()
    if held is None:
        raise Http404("Deze doorgegeven subsidie is er niet, of zij is verwijderd.")
    held.frame = frame
    return held


@require_role(*READERS)
@require_safe
def pass_on_list(request: HttpRequest) -> HttpResponse:
    """Every frame, newest first."""
    rows = PassOnFrame.objects.select_related("contract__partner").prefetch_related("rows")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "stories": [FrameStory(row) for row in page],
        "may_write": may_write(request),
        "year": timezone.localdate().year,
    }
    return render(request, "contracts/pass_on_list.html", context)


@require_role(*READERS)
@require_safe
def pass_on_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A frame, and who gets what within it."""
    story = FrameStory(frame_or_404(pk))
    context = {"story": story, "frame": story.frame, "may_write": may_write(request)}
    return render(request, "contracts/pass_on_detail.html", context)


def _frame(request: HttpRequest, form: FrameForm, page: str, **more: Any) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_frame(form, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if saved:
                messages.success(request, "Het kader is bewaard.")
                return redirect("pass_on_detail", form.instance.pk)
    return render(request, page, {"form": form, **more})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def pass_on_frame_add(request: HttpRequest) -> HttpResponseBase:
    """A new frame, for a contract in a year."""
    return _frame(request, FrameForm(request.POST or None), "contracts/pass_on_frame_add.html")


@require_role(*WRITERS)
@require_http_methods(METHODS)
def pass_on_frame_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A frame that is there."""
    frame = frame_or_404(pk)
    name = str(frame)
    form = FrameForm(request.POST or None, instance=frame)
    return _frame(request, form, "contracts/pass_on_frame_edit.html", frame=frame, name=name)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def pass_on_frame_delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a frame without organisations away, after asking."""
    frame = frame_or_404(pk)
    if request.method == "POST":
        try:
            actions.remove_frame(frame, user=signed_in(request))
        except NotEditable as error:
            messages.warning(request, error.messages[0])
            return redirect("pass_on_detail", pk)
        messages.success(request, f"Verwijderd: het kader van {frame}.")
        return redirect("pass_on_list")
    return render(request, "contracts/pass_on_frame_delete.html", {"frame": frame})


def _row(request: HttpRequest, form: PassOnForm, page: str, **more: Any) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_pass_on(form, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if saved:
                messages.success(request, f"Bewaard: {form.instance}.")
                return redirect("pass_on_detail", form.frame.pk)
    return render(request, page, {"form": form, "frame": form.frame, **more})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def pass_on_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What one more organisation gets."""
    form = PassOnForm(request.POST or None, frame=frame_or_404(pk))
    return _row(request, form, "contracts/pass_on_add.html")


@require_role(*WRITERS)
@require_http_methods(METHODS)
def pass_on_edit(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """What an organisation gets."""
    frame = frame_or_404(pk)
    row = pass_on_or_404(frame, number)
    form = PassOnForm(request.POST or None, instance=row, frame=frame)
    return _row(request, form, "contracts/pass_on_edit.html", name=str(row))


@require_role(*WRITERS)
@require_http_methods(METHODS)
def pass_on_delete(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Take a row away, after asking."""
    frame = frame_or_404(pk)
    row = pass_on_or_404(frame, number)
    if request.method == "POST":
        try:
            actions.remove_pass_on(row, user=signed_in(request))
        except NotEditable as error:
            messages.warning(request, error.messages[0])
        else:
            messages.success(request, f"Verwijderd: {row}.")
        return redirect("pass_on_detail", pk)
    return render(request, "contracts/pass_on_delete.html", {"row": row, "frame": frame})


@require_role(*sorted(OFFICER_ROLES))
@require_safe
def pass_on_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what in a frame and its rows."""
    frame = frame_or_404(pk)
    context = history_context(request, frame) | {"frame": frame}
    context["may_manage"] = bool(roles_of(request.user) & frozenset(READERS))
    return render(request, "contracts/pass_on_history.html", context)
