"""Who got more time is not late before that ends, and is told of the right day."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.constants import Role
from core.models import OutboxMail
from reporting import actions
from reporting.models import Report
from reporting.portal import portal_rows
from tests.contracts.drafts import complete_draft
from tests.factories import UserFactory
from tests.reporting.cycle import MOMENT, Cycle, cycle, submitted

pytestmark = pytest.mark.django_db

UNTIL = datetime.date(2019, 10, 15)
AFTER_DUE = datetime.date(2019, 10, 1)


@pytest.fixture
def extended() -> Cycle:
    made = cycle()
    actions.extend(made.report, user=made.manager, until=UNTIL, reason="Ziekte.", at=MOMENT)
    return made


def words(report: Report, today: datetime.date) -> tuple[str, bool]:
    (row,) = portal_rows(Report.objects.filter(pk=report.pk).for_portal(), [], today)
    return row.deadline.words, row.deadline.is_late


def test_before_the_extension_ends_the_report_is_not_late(extended: Cycle) -> None:
    assert words(extended.report, AFTER_DUE) == ("nog 14 dagen, met uitstel", False)
    assert not Report.objects.late(AFTER_DUE).filter(pk=extended.report.pk).exists()


def test_the_day_that_counts_is_that_of_the_extension(extended: Cycle, client: Client) -> None:
    client.force_login(extended.manager)
    inbox = client.get(reverse("report_inbox")).content.decode()
    assert "uiterlijk 15 oktober 2019" in inbox
    assert "uiterlijk 25 augustus 2019" not in inbox


def test_a_year_that_was_mistyped_is_refused(extended: Cycle) -> None:
    wrong = datetime.date(9019, 10, 15)
    with pytest.raises(actions.ReportError, match="een jaar is het meeste"):
        actions.extend(extended.report, user=extended.manager, until=wrong, reason="Griep.")
    assert list(extended.report.extensions.values_list("until", flat=True)) == [UNTIL]


def test_after_the_extension_it_is_late_and_closed(extended: Cycle) -> None:
    day = UNTIL + datetime.timedelta(days=1)
    assert words(extended.report, day) == ("gesloten; vraag de accounthouder om uitstel", True)
    assert Report.objects.late(day).filter(pk=extended.report.pk).exists()


def test_a_late_report_comes_before_one_with_an_extension_in_the_inbox(extended: Cycle) -> None:
    late = cycle().report
    pks = [row.pk for row in Report.objects.filter(period="2019-H1").for_inbox(AFTER_DUE)]
    assert pks == [late.pk, extended.report.pk]


def test_the_reminder_names_the_day_of_the_extension(extended: Cycle) -> None:
    OutboxMail.objects.all().delete()
    assert actions.remind_due(datetime.date(2019, 9, 1)) == 0
    assert actions.remind_due(AFTER_DUE) == 1
    texts = set(OutboxMail.objects.values_list("text", flat=True))
    assert len(texts) == 1
    assert "uiterlijk 15 oktober 2019" in texts.pop()


def test_a_returned_report_brings_no_reminder_that_it_is_late() -> None:
    made = submitted()
    actions.return_(made.report, user=made.manager, round_number=1, remarks=[], note="Vul aan.")
    OutboxMail.objects.all().delete()
    late = datetime.date(2019, 12, 1)
    assert actions.remind_due(late) == 0
    assert not OutboxMail.objects.exists()


def test_an_activation_is_logged_at_the_moment_that_is_given() -> None:
    draft, manager = complete_draft(), UserFactory.create(holds=[Role.CONTRACT_MANAGER])
    at = datetime.datetime(2019, 1, 7, 10, tzinfo=datetime.UTC)
    actions.activate_contract(draft, user=manager, at=at)
    assert draft.events.get().at == at
