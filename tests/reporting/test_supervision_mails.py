"""Who hears that the supervisor published a report, and how often."""

from __future__ import annotations

import pytest

from accounts.constants import Role
from accounts.models import User
from core.models import OutboxMail
from tests.factories import RoleAssignmentFactory
from tests.reporting.supervised import published

pytestmark = pytest.mark.django_db


def test_who_reads_and_answers_gets_one_mail(clerk: User) -> None:
    RoleAssignmentFactory.create(user=clerk, role=Role.POLICY_OFFICER)
    RoleAssignmentFactory.create(user=clerk, role=Role.ADVISORY_COUNCIL)
    report = published(year=2025)
    mail = OutboxMail.objects.get(to=clerk.email)
    assert f"/beheer/toezicht/{report.pk}/" in mail.text
