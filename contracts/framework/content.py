"""What result agreements say, as one content that is shown, compared and signed off."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Prefetch, Q

from agenda.constants import TargetKind
from agenda.story import Story
from contracts.actions.agreed import agreement_under
from contracts.models import (
    Amendment,
    BudgetLine,
    Contract,
    KPITarget,
    Provision,
    SignOff,
    Term,
)
from core.values import format_number


@dataclass(frozen=True)
class Content:
    """The KPIs and the reporting that hold under an amendment, what else it starts and ends, and a
    mark of it all."""

    kpis: list[Story]
    reporting: Story
    frame: Story
    others: Story

    @property
    def sha256(self) -> str:
        """In hexadecimals: equal content has an equal mark."""
        text = json.dumps(
            [self.kpis, self.reporting, self.frame, self.others],
            sort_keys=True,
            ensure_ascii=False,
        )
        return hashlib.sha256(text.encode()).hexdigest()


def content_of(contract: Contract, amendment: Amendment) -> Content:
    """What is agreed when ``amendment`` holds. Nine queries, however much it is."""
    number = amendment.number
    targets = Prefetch(
        "targets",
        KPITarget.objects.as_amended_by(number).select_related("started_by").order_by("period"),
        to_attr="held",
    )
    rows = contract.kpis.as_amended_by(number).select_related("indicator", "member")
    agreement = agreement_under(contract, amendment)
    reporting: Story = {}
    if agreement is not None:
        reporting = {
            "frequency": str(agreement.get_frequency_display()),
            "annual_accounts": agreement.annual_accounts,
            "due_days": agreement.due_days,
            "lock_days": agreement.lock_days,
            "sections": [str(row.get_kind_display()) for row in agreement.sections.all()],
            "note": agreement.note,
        }
    rows = rows.prefetch_related(targets, "goals").order_by("order", "pk")
    kpis = [_kpi(row, number) for row in rows]
    frame = {
        "title": amendment.title,
        "holds_from": amendment.holds_from.isoformat() if amendment.holds_from else "",
        "ends_on": amendment.ends_on.isoformat() if amendment.ends_on else "",
    }
    others = {model.__name__: _others(model, amendment) for model in (BudgetLine, Term, Provision)}
    return Content(kpis, reporting, frame, others)


def _others(model: type[models.Model], amendment: Amendment) -> Story:
    """The rows of ``model`` that ``amendment`` starts and ends. One query.

    Those that it starts by what they say, because saving their page makes them anew.
    """
    rows = model._base_manager.filter(Q(started_by=amendment) | Q(ended_by=amendment))
    started, ended = [], []
    for row in rows.order_by("order", "pk").values():
        if row["started_by_id"] == amendment.pk:
            says = {name: value for name, value in row.items() if name != "id"}
            started.append({name: str(value) for name, value in says.items()})
        else:
            ended.append(row["id"])
    return {"started": started, "ended": ended}


def _kpi(row: Any, number: int) -> Story:
    band = row.indicator.band if row.band is None else row.band
    unit = row.indicator.unit
    return {
        "pk": row.pk,
        "number": row.number,
        "name": row.name,
        "definition": row.indicator.definition,
        "unit": unit,
        "aspect": str(row.get_aspect_display()) if row.aspect else "",
        "obligation": str(row.get_obligation_display()) if row.obligation else "",
        "band": "" if band is None else format_number(band),
        "rationale": row.rationale,
        "note": row.note,
        "goals": sorted(goal.pk for goal in row.goals.all()),
        "reporter": str(row.member or ""),
        "baseline": [_target(each, unit) for each in row.held if each.kind == TargetKind.BASELINE],
        "targets": [_target(each, unit) for each in row.held if each.kind == TargetKind.TARGET],
    }


def _target(row: KPITarget, unit: str) -> Story:
    return {"period": row.period.label, "value": row.value.display(unit=unit)}


@dataclass(frozen=True)
class Agreed:
    """Who agrees with the content as it stands now; ``lapsed`` are those of an earlier content."""

    municipality: SignOff | None
    partner: SignOff | None
    lapsed: list[SignOff]

    @property
    def is_complete(self) -> bool:
        return self.municipality is not None and self.partner is not None


def agreed_on(rows: Iterable[SignOff], sha256: str) -> Agreed:
    """What ``rows``, the oldest first, say about the content with the mark ``sha256``."""
    municipality = partner = None
    lapsed = []
    for row in rows:
        if row.sha256 != sha256:
            lapsed.append(row)
        elif row.organisation_id is None:
            municipality = row
        else:
            partner = row
    return Agreed(municipality, partner, lapsed)
