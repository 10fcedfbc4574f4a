"""A KPI holds one partner to what that partner does."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from agenda.constants import IndicatorLevel
from tests.factories_contracts import KPIFactory

pytestmark = pytest.mark.django_db


def test_a_partner_is_not_held_to_a_figure_of_the_whole_municipality() -> None:
    kpi = KPIFactory.create()
    kpi.indicator.level = IndicatorLevel.POPULATION
    with pytest.raises(ValidationError, match="cijfer over de hele gemeente"):
        kpi.full_clean()


def test_a_partner_is_held_to_its_own_performance() -> None:
    kpi = KPIFactory.create()
    kpi.indicator.level = IndicatorLevel.PERFORMANCE
    kpi.full_clean()
