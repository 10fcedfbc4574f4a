"""An earlier edition that is offered when the next was opened already: its verdicts count."""

from __future__ import annotations

import pytest

from accounts.models import User
from agenda.models import AgendaVersion
from monitor.actions import TransitionError, adopt, back_to_draft, mark_judged, publish
from monitor.constants import MonitorStatus, Verdict
from monitor.models import Monitor
from monitor.payload import build_payload
from tests.factories_monitor import offer
from tests.monitor.making import agenda, draft, judge_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> AgendaVersion:
    return agenda(goals=2)


@pytest.fixture
def before(version: AgendaVersion, officer: User) -> Monitor:
    """The edition over 2018, all negative, which the clerk did not offer yet."""
    monitor = draft(version, officer, year=2018)
    judge_all(monitor, Verdict.NEGATIVE)
    offer(monitor, MonitorStatus.ADOPTED)
    return monitor


def test_a_draft_gets_its_verdicts_when_it_is_offered(
    version: AgendaVersion, before: Monitor, officer: User
) -> None:
    after = draft(version, officer)
    assert set(after.judgements.values_list("previous", flat=True)) == {None}
    publish(before, user=officer)
    assert set(after.judgements.values_list("previous", flat=True)) == {"negative"}
    judge_all(after)
    content = build_payload(after, version=1)
    assert content["counts"]["improved"] == 2
    assert "niet te vergelijken" not in content["finding"]["lede"]


def test_a_verdict_that_differs_without_a_reason_is_open_again_and_keeps_its_text(
    version: AgendaVersion, before: Monitor, officer: User
) -> None:
    after = draft(version, officer)
    first, second = after.judgements.in_order()
    after.judgements.filter(pk=first.pk).update(verdict="good", explanation="Het ging goed.")
    after.judgements.filter(pk=second.pk).update(verdict="negative")
    publish(before, user=officer)
    rows = after.judgements.in_order().values_list("previous", "verdict", "explanation")
    assert list(rows) == [("negative", None, "Het ging goed."), ("negative", "negative", "")]


def test_what_lies_at_the_college_goes_back_first(
    version: AgendaVersion, before: Monitor, officer: User
) -> None:
    after = draft(version, officer)
    judge_all(after)
    mark_judged(after, user=officer)
    publish(before, user=officer)
    with pytest.raises(TransitionError, match="terug naar concept"):
        adopt(after, user=officer)
    back_to_draft(after, user=officer, note="Vergelijken met 2018.")
    assert set(after.judgements.values_list("previous", flat=True)) == {"negative"}
    mark_judged(after, user=officer)
    adopt(after, user=officer)
    assert after.status == MonitorStatus.ADOPTED
