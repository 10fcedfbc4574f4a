"""The report of a coalition in which everybody began, and what its people ask of the site."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.models import User
from core.values import Value
from tests.reporting.cycle import Cycle, Member, cycle, fill, submit, typed_value, write
from tests.reporting.test_portal_pages import as_

LEADS = "De wachttijd bij de penvoerder."
OTHERS = "Wat de tweede partner schreef."


def began() -> Cycle:
    """The report of a coalition of a lead and two members, in which everybody began."""
    made = cycle(4, members=2)
    first, second = made.members
    write(made, {"results-text": LEADS})
    write(made, {first.key("results-text"): "Wat de eerste deed."}, first.reporter)
    write(made, {second.key("results-text"): OTHERS}, second.reporter)
    return made


def page(user: User, made: Cycle, name: str, *args: Any) -> Any:
    return as_(user).get(reverse(name, args=[made.report.pk, *args]))


def text_of(user: User, made: Cycle, name: str, *args: Any) -> str:
    answer = page(user, made, name, *args)
    assert answer.status_code == 200
    return str(answer.content.decode())


def save(user: User, made: Cycle, **typed: str) -> Any:
    return as_(user).post(
        reverse("report_autosave", args=[made.report.pk]), {**typed, "revisions": "{}"}
    )


def handed_in(made: Cycle) -> Any:
    """The round that the lead hands in with everything filled in."""
    fill(made)
    return submit(made)


def ready(user: User, made: Cycle) -> Any:
    return as_(user).post(reverse("report_part_ready", args=[made.report.pk]), follow=True)


def fill_part(made: Cycle, member: Member, kpi: int = 0) -> None:
    write(made, typed_value(f"kpi-{made.kpis[kpi].pk}", Value.count(60)), member.reporter)
