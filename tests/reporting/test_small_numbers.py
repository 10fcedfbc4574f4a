"""A small number of people is in nothing that the public gets (docs/regels/kleine-aantallen.md)."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from core.values import Value
from reporting import actions
from reporting.models import KPIResult, Report
from reporting.story import partner_stories
from tests.reporting.cycle import MOMENT, Cycle, _value, cycle, fill, submit, write

pytestmark = pytest.mark.django_db

TOO_SMALL = "te klein om te publiceren"


def told(made: Cycle, value: Value, **more: str) -> None:
    """Report ``value`` on the one KPI and have the round accepted."""
    fill(made)
    write(made, {**_value(f"kpi-{made.kpis[0].pk}", value), **more})
    submit(made)
    made.report.refresh_from_db()
    actions.accept(made.report, user=made.manager, round_number=1)


def public(made: Cycle, client: Client) -> str:
    """Everything that a stranger gets about the partner."""
    slug = made.partner.slug
    pages = (
        reverse("partner_detail", args=[slug]),
        reverse("partner_figures_csv", args=[slug]),
        reverse("report_detail", args=[slug, made.report.pk, 1]),
        reverse("contract_detail", args=[made.contract.slug]),
    )
    found = []
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200
        body = b"".join(response) if response.streaming else response.content
        found.append(body.decode())
    return "\n".join([*found, json.dumps(partner_stories(), default=str)])


def test_a_small_number_of_people_is_nowhere_and_says_why(client: Client) -> None:
    made = cycle(1)
    told(made, Value.count(3), **{"number-1-value_number": "4"})
    assert KPIResult.objects.get().withheld
    text = public(made, client)
    assert text.count(TOO_SMALL) >= 4
    (partner,) = partner_stories()
    (report,) = partner["reports"]
    (result,) = report["results"]
    assert (result["quantity"], result["achieved"], result["present"]) == (None, None, False)
    assert (report["kpis_achieved"], report["kpis_total"]) == (None, None)
    (counted,) = [row for row in report["figures"] if row["label"] == "Aanmeldingen"]
    assert (counted["quantity"], counted["display"]) == (None, TOO_SMALL)
    assert "47" not in str(result)  # how far it is from its target tells it too


def test_a_number_that_is_large_enough_is_published(client: Client) -> None:
    made = cycle(1)
    told(made, Value.count(5), **{"number-1-value_number": "5"})
    assert not KPIResult.objects.get().withheld
    assert TOO_SMALL not in public(made, client)


def test_a_grade_that_few_people_gave_is_left_out(client: Client) -> None:
    made = cycle(1)
    told(
        made,
        Value.count(60),
        **{"client_experience-clients": "2,5", "client_experience-clients_number": "4"},
    )
    (report,) = partner_stories()[0]["reports"]
    grades = {row["label"]: row["display"] for row in report["figures"]}
    assert grades["Rapportcijfer van cliënten"] == TOO_SMALL
    assert grades["Rapportcijfer van samenwerkingspartners"] == "7,8"
    page = client.get(reverse("report_detail", args=[made.partner.slug, made.report.pk, 1]))
    assert "2,5" not in page.content.decode()


def test_what_counts_no_people_is_published(client: Client) -> None:
    made = cycle(1, counts_people=False)
    told(made, Value.count(3))
    assert not KPIResult.objects.get().withheld
    assert partner_stories()[0]["reports"][0]["results"][0]["quantity"] == "3"


def test_the_threshold_is_a_setting(settings, client: Client) -> None:  # type: ignore[no-untyped-def]
    settings.SMALL_NUMBER_THRESHOLD = 0
    made = cycle(1)
    told(made, Value.count(3))
    assert TOO_SMALL not in public(made, client)


def test_a_half_year_does_not_follow_from_the_other_half() -> None:
    """H1 20 is public, H2 is 3: then the whole year, of 23, is not published either."""
    made = cycle(1)
    told(made, Value.count(20))
    for period, number in (("2019-H2", 3), ("2019", 23)):
        report = Report.objects.filter(contract=made.contract, period=period).first()
        if report is None:
            report = Report.objects.get(contract=made.contract, period="2019-H2")
            report = _copy(report, period)
        later = _of(made, report)
        fill(later)
        write(later, _value(f"kpi-{made.kpis[0].pk}", Value.count(number)))
        moment = datetime.datetime.combine(report.period.end, MOMENT.timetz())
        submit(later, at=moment + datetime.timedelta(days=20))
        later.report.refresh_from_db()
        actions.accept(later.report, user=made.manager, round_number=1)
    held = {
        (row.round.report.period.code, int(row.number or 0)): row.withheld
        for row in KPIResult.objects.select_related("round__report")
    }
    assert held == {("2019-H1", 20): False, ("2019-H2", 3): True, ("2019", 23): True}


def _of(made: Cycle, report: Report) -> Cycle:
    return Cycle(**{**made.__dict__, "report": report})


def _copy(report: Report, period: str) -> Report:
    report.pk, report.period, report.kind = None, period, "annual"
    report.status = "open"
    report.save()
    return Report.objects.get(pk=report.pk)


def test_officers_see_the_number_with_a_mark(client: Client) -> None:
    made = cycle(1)
    told(made, Value.count(3))
    client.force_login(made.manager)
    page = client.get(reverse("report_review", args=[made.report.pk])).content.decode()
    assert "<b>3" in page
    assert TOO_SMALL not in page


def test_of_a_result_nothing_else_ever_changes() -> None:
    made = cycle(1)
    told(made, Value.count(60))
    KPIResult.objects.update(withheld=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        KPIResult.objects.update(number=Decimal(61))
    with pytest.raises(IntegrityError), transaction.atomic():
        KPIResult.objects.all().delete()
