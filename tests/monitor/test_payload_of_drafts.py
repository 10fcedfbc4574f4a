"""Publishing freezes nothing that stands in a draft agenda."""

from __future__ import annotations

import pytest

from agenda.models import GoalSuccession, ThemeSuccession
from monitor.models import Monitor
from monitor.snapshots import canonical, read
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, ThemeFactory
from tests.monitor.edition import agenda_with_goals, edition

pytestmark = pytest.mark.django_db


def frozen(monitor: Monitor) -> str:
    snapshot = monitor.snapshots.get()
    return canonical(read(snapshot))


@pytest.mark.parametrize("readable", [False, True])
def test_a_thread_does_not_lead_through_a_draft(readable: bool) -> None:
    version = agenda_with_goals()
    theme = version.themes.get()
    earlier = AgendaVersionFactory.create(agenda__year=2012, adopted=readable)
    before = ThemeFactory.create(version=earlier, name="Geheim thema")
    goal = GoalFactory.create(theme=before, label="Geheim doel")
    GoalSuccession.objects.create(
        predecessor=goal, successor=theme.goals.get(), kind="reworded", reason="Geheime reden"
    )
    ThemeSuccession.objects.create(predecessor=before, successor=theme, kind="reworded")
    content = frozen(edition(2016, version))
    assert ("Geheim" in content) == readable
    assert ("Geheime reden" in content) == readable


def test_the_themes_of_a_draft_are_no_step_either() -> None:
    version = agenda_with_goals()
    before = ThemeFactory.create(
        version=AgendaVersionFactory.create(agenda__year=2012), name="Geheim thema"
    )
    ThemeSuccession.objects.create(
        predecessor=before, successor=version.themes.get(), kind="reworded"
    )
    assert "Geheim" not in frozen(edition(2016, version))
