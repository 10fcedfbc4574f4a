"""The rows of the municipality's budget, for the table of who may ask what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.constants import OFFICER_ROLES, PARTNER_ROLES, STAFF_ROLES
from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
    TableImportFactory,
    ThemeFactory,
)
from tests.factories_contracts import BudgetItemFactory
from tests.factories_money import (
    AllocationFactory,
    PassOnFactory,
    PassOnFrameFactory,
    ProductRowFactory,
    RateFactory,
    SubsidyFactory,
    closed,
    granted,
)
from tests.guards.project_pages import WRITERS, Makes, _read_by, _written
from tests.guards.rows import MISSING, NOT_ALLOWED, REDIRECT, Row, only


def a_line() -> Mapping[str, Any]:
    return {"pk": AllocationFactory.create().pk}


def a_year() -> Mapping[str, Any]:
    """A year with a line for a goal."""
    version = AgendaVersionFactory.create(adopted=True)
    goal = GoalFactory.create(theme=ThemeFactory.create(version=version))
    row = AllocationFactory.create(goal=goal, label=goal.label)
    return {"year": row.first_year}


def a_closed_year() -> Mapping[str, Any]:
    return {"year": closed(2019).year}


def a_draft() -> Mapping[str, Any]:
    return {"pk": SubsidyFactory.create().pk}


def a_granted() -> Mapping[str, Any]:
    return {"pk": granted().pk}


def a_frame() -> Mapping[str, Any]:
    return {"pk": PassOnFrameFactory.create().pk}


def a_passed_on() -> Mapping[str, Any]:
    row = PassOnFactory.create()
    return {"pk": row.frame.pk, "number": row.pk}


def a_table() -> Mapping[str, Any]:
    return {"slug": ProductRowFactory.create().table.slug}


def a_budget() -> Mapping[str, Any]:
    return {"slug": BudgetItemFactory.create().budget.slug}


def an_item() -> Mapping[str, Any]:
    item = BudgetItemFactory.create()
    return {"slug": item.budget.slug, "number": item.pk}


def a_rate() -> Mapping[str, Any]:
    RateFactory.create()
    return {}


def a_row() -> Mapping[str, Any]:
    row = ProductRowFactory.create()
    return {"slug": row.table.slug, "number": row.pk}


def a_file_of_rows() -> Mapping[str, Any]:
    """A file that somebody else handed in: nobody but he sees it."""
    table = ProductRowFactory.create().table
    held = TableImportFactory.create(kind="products", version=None, about=str(table.pk))
    return {"slug": table.slug, "pk": held.pk}


def a_file_of_rates() -> Mapping[str, Any]:
    return {"pk": TableImportFactory.create(kind="rates", version=None).pk}


def one_rate() -> Mapping[str, Any]:
    return {"pk": RateFactory.create().pk}


def _of_another(kwargs: Makes) -> Row:
    row = only(*WRITERS, answer=MISSING)
    return Row(get=row, post=row, kwargs=kwargs)


def _downloaded(kwargs: Makes = dict) -> Row:
    return Row(get=only(*WRITERS), post=only(*WRITERS, answer=NOT_ALLOWED), kwargs=kwargs)


def of(by: str) -> Makes:
    return lambda: {**a_year(), "by": by}


ROWS: dict[str, Row] = {
    "budget_home": Row(
        get=only(*sorted(STAFF_ROLES), answer=REDIRECT),
        post=only(*sorted(STAFF_ROLES), answer=405),
    ),
    "budget_year": _read_by(STAFF_ROLES, a_year),
    "budget_year_total": _written(a_year),
    "budget_year_close": _written(a_year),
    "budget_year_reopen": _written(a_closed_year),
    "budget_line_add": _written(),
    "budget_line_edit": _written(a_line),
    "budget_line_delete": _written(a_line, post=REDIRECT),
    "budget_line_history": _read_by(OFFICER_ROLES, a_line),
    "budget_line_figures": _written(a_line),
    "budget_growth": _read_by(STAFF_ROLES, a_year),
    "budget_growth_csv": _read_by(STAFF_ROLES, a_year),
    "budget_growth_xlsx": _read_by(STAFF_ROLES, a_year),
    "budget_growth_edit": _written(a_line),
    "budget_spent": _read_by(STAFF_ROLES, a_year),
    "budget_spent_csv": _read_by(STAFF_ROLES, a_year),
    "budget_spent_xlsx": _read_by(STAFF_ROLES, a_year),
    "budget_proposal": _read_by(STAFF_ROLES, a_year),
    "budget_by": _read_by(STAFF_ROLES, of("partner")),
    "budget_chain": _read_by(STAFF_ROLES, a_year),
    "budget_agreed": _read_by(STAFF_ROLES),
    "budget_csv": _read_by(STAFF_ROLES, of("posten")),
    "budget_xlsx": _read_by(STAFF_ROLES, of("posten")),
    "budget_agreed_csv": _read_by(STAFF_ROLES),
    "budget_agreed_xlsx": _read_by(STAFF_ROLES),
    "subsidy_list": _read_by(STAFF_ROLES),
    "subsidy_detail": _read_by(STAFF_ROLES, a_granted),
    "subsidy_add": _written(),
    "subsidy_edit": _written(a_draft),
    "subsidy_delete": _written(a_draft, post=REDIRECT),
    "subsidy_step": _written(a_draft),
    "subsidy_history": _read_by(OFFICER_ROLES, a_draft),
    "subsidy_portal": _read_by(PARTNER_ROLES),
    "pass_on_list": _read_by(STAFF_ROLES),
    "pass_on_detail": _read_by(STAFF_ROLES, a_frame),
    "pass_on_frame_add": _written(),
    "pass_on_frame_edit": _written(a_frame),
    "pass_on_frame_delete": _written(a_frame, post=REDIRECT),
    "pass_on_add": _written(a_frame),
    "pass_on_edit": _written(a_passed_on),
    "pass_on_delete": _written(a_passed_on, post=REDIRECT),
    "pass_on_history": _read_by(OFFICER_ROLES, a_frame),
    "wmo_budget_list": _read_by(STAFF_ROLES),
    "wmo_budget_detail": _read_by(STAFF_ROLES, a_budget),
    "wmo_budget_add": _written(),
    "wmo_budget_edit": _written(a_budget),
    "wmo_budget_delete": _written(a_budget, post=REDIRECT),
    "wmo_budget_history": _downloaded(a_budget),
    "wmo_item_add": _written(a_budget),
    "wmo_item_edit": _written(an_item),
    "wmo_item_delete": _written(an_item, post=REDIRECT),
    "product_list": _read_by(STAFF_ROLES),
    "product_detail": _read_by(STAFF_ROLES, a_table),
    "product_csv": _read_by(STAFF_ROLES, a_table),
    "product_xlsx": _read_by(STAFF_ROLES, a_table),
    "product_table_add": _written(),
    "product_table_edit": _written(a_table),
    "product_table_delete": _written(a_table, post=REDIRECT),
    "product_history": _downloaded(a_table),
    "product_row_add": _written(a_table),
    "product_row_edit": _written(a_row),
    "product_row_delete": _written(a_row, post=REDIRECT),
    "product_template": _downloaded(a_table),
    "product_import": _written(a_table),
    "product_preview": _of_another(a_file_of_rows),
    "rate_add": _written(),
    "rate_edit": _written(one_rate),
    "rate_delete": _written(one_rate, post=REDIRECT),
    "rate_history": _downloaded(one_rate),
    "rate_template": _downloaded(a_rate),
    "rate_import": _written(),
    "rate_preview": _of_another(a_file_of_rates),
    "rate_list": _read_by(STAFF_ROLES, a_rate),
    "rate_csv": _read_by(STAFF_ROLES, a_rate),
    "rate_xlsx": _read_by(STAFF_ROLES, a_rate),
}
