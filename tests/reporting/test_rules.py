"""Rules of reports that cross tables: the database keeps them from every side."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Activity
from tests.database_guards import Agreed, assert_kept, every_side, rules_of
from tests.factories_reporting import FigureFactory, ReportFactory

pytestmark = pytest.mark.django_db


def activity() -> Activity:
    return Activity.objects.create(report=ReportFactory.create(), heading="Inloop", text="Koffie.")


def activity_of_report() -> Agreed:
    told = activity()
    figure = FigureFactory.create(report=told.report, activity=told)
    return {
        "figure": (figure, {"activity": activity()}),
        "activity": (told, {"report": ReportFactory.create()}),
    }


CASES = {"reporting_figure_activity_of_report": activity_of_report}


@pytest.mark.parametrize(("name", "alias"), every_side("reporting"))
def test_the_database_keeps_a_rule_from_every_side(name: str, alias: str) -> None:
    assert_kept(rules_of("reporting")[name], alias, CASES[name])


def test_an_activity_of_another_report_is_told_before_the_database_refuses() -> None:
    figure = FigureFactory.create()
    figure.refresh_from_db()
    figure.activity = activity()
    with pytest.raises(ValidationError, match="activiteit hoort bij een andere rapportage"):
        figure.clean()
