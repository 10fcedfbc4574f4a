"""The budget tables of the municipality: items, posts outside the Wmo, and national figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from accounts.history_pages import history_context
from agenda.models import MoneyYear
from contracts.actions import NotEditable
from contracts.actions import wmo as actions
from contracts.budgets.product_edit_views import form_saved
from contracts.budgets.shares import shares
from contracts.budgets.wmo_forms import BudgetForm, BudgetItemForm
from contracts.exchange_views import METHODS, WRITERS, may_write
from contracts.manage_views import PER_PAGE, READERS
from contracts.models import Budget, BudgetItem, BudgetPost


@dataclass(frozen=True)
class BudgetStory:
    """A budget with its items, needs both and their posts at hand. No query."""

    budget: Budget

    @property
    def items(self) -> list[BudgetItem]:
        return list(self.budget.items.all())

    @property
    def total(self) -> Decimal:
        return self.budget.computed_total()

    @property
    def is_right(self) -> bool:
        stated = self.budget.stated_total
        return stated is None or stated == self.total

    @property
    def has_national(self) -> bool:
        return any(
            item.national_spending is not None or item.national_income is not None
            for item in self.items
        )

    @property
    def national(self) -> tuple[Decimal, Decimal]:
        """National spending and income of the items together, as far as they are known."""
        return (
            sum((item.national_spending or Decimal(0) for item in self.items), Decimal(0)),
            sum((item.national_income or Decimal(0) for item in self.items), Decimal(0)),
        )

    @property
    def rows(
        self,
    ) -> list[tuple[BudgetItem, list[BudgetPost], Decimal | None, Decimal | None]]:
        """Each item with its posts, and its share here and nationally, in percent (``shares``)."""
        own = shares([item.amount for item in self.items])
        national = shares([item.national_spending for item in self.items])
        posts = [list(item.posts.all()) for item in self.items]
        return list(zip(self.items, posts, own, national, strict=True))


def budget_or_404(slug: str) -> Budget:
    """A budget with its items and their posts. Raises ``Http404``. Three queries."""
    rows = Budget.objects.select_related("source").prefetch_related("items__posts")
    budget = rows.filter(slug=slug).first()
    if budget is None:
        raise Http404("Deze begroting is er niet, of zij is verwijderd.")
    return budget


def item_or_404(budget: Budget, pk: int) -> BudgetItem:
    """An item of ``budget``. Raises ``Http404``. One query."""
    item = budget.items.filter(pk=pk).first()
    if item is None:
        raise Http404("Dit onderdeel is er niet, of het is verwijderd.")
    item.budget = budget
    return item


@require_role(*READERS)
@require_safe
def wmo_budget_list(request: HttpRequest) -> HttpResponse:
    """Every budget, the newest first. Five queries at most."""
    rows = Budget.objects.prefetch_related("items").order_by("-year", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "stories": [BudgetStory(budget) for budget in page],
        "may_write": may_write(request),
        "year": timezone.localdate().year,
    }
    return render(request, "contracts/wmo_budget_list.html", context)


@require_role(*READERS)
@require_safe
def wmo_budget_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One budget: whether it adds up, what in it is not the Wmo, and the national shares."""
    budget = budget_or_404(slug)
    year = MoneyYear.objects.filter(year=budget.year).first()
    closed = year is not None and year.is_closed
    context = {
        "story": BudgetStory(budget),
        "budget": budget,
        "closed": closed,
        "may_write": may_write(request) and not closed,
        "may_read_history": may_write(request),
    }
    return render(request, "contracts/wmo_budget_detail.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def wmo_budget_add(request: HttpRequest) -> HttpResponseBase:
    """A new budget, without items yet."""
    form = BudgetForm(request.POST or None)
    if form_saved(request, form, actions.save_budget):
        messages.success(request, "De begroting is gemaakt. Vul haar onderdelen in.")
        return redirect("wmo_budget_detail", form.instance.slug)
    return render(request, "contracts/wmo_budget_add.html", {"form": form})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def wmo_budget_edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What a budget is, and for which year."""
    budget = budget_or_404(slug)
    name = str(budget)
    form = BudgetForm(request.POST or None, instance=budget)
    if form_saved(request, form, actions.save_budget):
        messages.success(request, "De begroting is bewaard.")
        return redirect("wmo_budget_detail", slug)
    context = {"form": form, "budget": budget, "name": name}
    return render(request, "contracts/wmo_budget_edit.html", context)


def _removed(request: HttpRequest, context: dict[str, Any], remove: Any, row: Any) -> bool:
    """Whether the posted removal was done; else ``context`` says why not."""
    if request.method != "POST":
        return False
    try:
        remove(row, user=signed_in(request))
    except NotEditable as error:
        context["problems"] = error.messages
        return False
    messages.success(request, f"Verwijderd: {row}.")
    return True


@require_role(*WRITERS)
@require_http_methods(METHODS)
def wmo_budget_delete(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Take a budget away with its items, after asking."""
    budget = budget_or_404(slug)
    context: dict[str, Any] = {"budget": budget, "number": len(budget.items.all())}
    if _removed(request, context, actions.remove_budget, budget):
        return redirect("wmo_budget_list")
    return render(request, "contracts/wmo_budget_delete.html", context)


@require_role(*WRITERS)
@require_safe
def wmo_budget_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed what in a budget and its items."""
    budget = budget_or_404(slug)
    context = history_context(request, budget) | {"budget": budget}
    return render(request, "contracts/wmo_budget_history.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def wmo_item_add(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One more item; its number follows the last."""
    budget = budget_or_404(slug)
    last = max((item.number for item in budget.items.all()), default=0)
    form = BudgetItemForm(request.POST or None, budget=budget, initial={"number": last + 1})
    if form_saved(request, form, actions.save_item):
        messages.success(request, f"Bewaard: {form.instance}.")
        return redirect("wmo_budget_detail", slug)
    return render(request, "contracts/wmo_item_add.html", {"form": form, "budget": budget})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def wmo_item_edit(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """An item that is there; ``number`` is its key, as the number on the page may change."""
    budget = budget_or_404(slug)
    item = item_or_404(budget, number)
    name = str(item)
    form = BudgetItemForm(request.POST or None, instance=item, budget=budget)
    if form_saved(request, form, actions.save_item):
        messages.success(request, f"Bewaard: {form.instance}.")
        return redirect("wmo_budget_detail", slug)
    context = {"form": form, "budget": budget, "item": item, "name": name}
    return render(request, "contracts/wmo_item_edit.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def wmo_item_delete(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Take an item away with its posts, after asking."""
    budget = budget_or_404(slug)
    item = item_or_404(budget, number)
    context: dict[str, Any] = {"budget": budget, "item": item}
    if _removed(request, context, actions.remove_item, item):
        return redirect("wmo_budget_detail", slug)
    return render(request, "contracts/wmo_item_delete.html", context)
