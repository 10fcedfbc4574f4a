"""Budget lines that break one rule each, for the test of the constraints."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models

from tests.constraints import Spoilt, spoil, spoilt, twin, value_cases
from tests.factories import UserFactory
from tests.factories_money import (
    AllocationFactory,
    LineChangeFactory,
    LineFigureFactory,
    PassOnFactory,
    PassOnFrameFactory,
    ProductRowFactory,
    ProductTableFactory,
    RateFactory,
    SubsidyEventFactory,
    SubsidyFactory,
)


def event(**wrong: Any) -> Spoilt:
    """A line of a log that was not saved yet: one that was is never changed."""
    return lambda: SubsidyEventFactory.build(
        subsidy=SubsidyFactory.create(), actor=UserFactory.create(), **wrong
    )


def figure(**wrong: Any) -> Spoilt:
    """Not saved yet either, for the same reason."""
    return lambda: LineFigureFactory.build(
        allocation=AllocationFactory.create(), actor=UserFactory.create(), **wrong
    )


def same_reference() -> models.Model:
    first = SubsidyFactory.create()
    other = SubsidyFactory.create(contract=first.contract)
    return spoil(other, reference=first.reference.lower())


MONEY: dict[str, Spoilt] = {
    **value_cases(AllocationFactory),
    "contracts_allocation_is_amount": spoilt(AllocationFactory, value_type="count"),
    "contracts_allocation_not_negative": spoilt(AllocationFactory, number=-1),
    "contracts_allocation_years": spoilt(AllocationFactory, last_year=2018),
    "contracts_allocation_words": spoilt(AllocationFactory, origin="droom"),
    "contracts_allocation_stated": spoilt(AllocationFactory, origin=""),
    "contracts_allocation_ends": spoilt(AllocationFactory, duration="incidental"),
    "contracts_allocation_accounted": spoilt(AllocationFactory, origin="grant"),
    "contracts_allocation_unique": twin(AllocationFactory, "label"),
    "contracts_line_figure_kind": figure(kind="droom"),
    "contracts_line_figure_in_reach": figure(amount=-1),
    "contracts_line_figure_explained": figure(explanation=""),
    "contracts_line_change_unique": twin(LineChangeFactory, "allocation"),
    "contracts_line_change_in_reach": spoilt(LineChangeFactory, cut=-1),
    "contracts_line_change_grounds": spoilt(LineChangeFactory, cut_ground=""),
    "contracts_subsidy_status": spoilt(SubsidyFactory, status="slaapt"),
    "contracts_subsidy_years": spoilt(SubsidyFactory, last_year=2018),
    "contracts_subsidy_granted_something": spoilt(SubsidyFactory, granted=0),
    "contracts_subsidy_paid_within_grant": spoilt(SubsidyFactory, paid=100_001),
    "contracts_subsidy_settled_within_grant": spoilt(SubsidyFactory, settled=1),
    "contracts_subsidy_settled_how_much": spoilt(SubsidyFactory, status="settled"),
    "contracts_subsidy_reclaimed_what": spoilt(
        SubsidyFactory, status="reclaimed", settled=1, paid=2
    ),
    "contracts_subsidy_repaid_within_paid": spoilt(SubsidyFactory, repaid=1),
    "contracts_subsidy_days": spoilt(SubsidyFactory, settle_by=datetime.date(2019, 1, 1)),
    "contracts_subsidy_reference_unique": same_reference,
    "contracts_subsidy_event_words": event(step="dans"),
    "contracts_subsidy_event_not_negative": event(amount=-1),
    "contracts_subsidy_event_ground": event(ground="a"),
    "contracts_subsidy_event_revised_why": event(step="revise"),
    "contracts_pass_on_frame_unique": twin(PassOnFrameFactory, "contract"),
    "contracts_pass_on_frame_year": spoilt(PassOnFrameFactory, year=1066),
    "contracts_pass_on_frame_not_negative": spoilt(PassOnFrameFactory, ceiling=-1),
    **value_cases(PassOnFactory),
    "contracts_pass_on_is_amount": spoilt(PassOnFactory, number=-1),
    "contracts_pass_on_unique": twin(PassOnFactory, "frame", "receiver"),
    "contracts_product_table_kind": spoilt(ProductTableFactory, kind="raadsel"),
    "contracts_product_table_in_reach": spoilt(ProductTableFactory, year=1066),
    "contracts_product_row_unique": twin(ProductRowFactory, "table", "name"),
    "contracts_product_row_in_reach": spoilt(ProductRowFactory, percentage=101),
    "contracts_product_row_says": spoilt(ProductRowFactory, count=None, amount=None),
    **value_cases(RateFactory),
    "contracts_rate_kind": spoilt(RateFactory, value_type="count"),
    "contracts_rate_unique": twin(RateFactory, "municipality"),
}
