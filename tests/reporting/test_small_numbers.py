"""A small number of people is in nothing that the public gets (docs/regels/kleine-aantallen.md)."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from core.guards import frozen
from core.values import Qualifier, Value
from reporting import actions
from reporting.models import KPIResult
from reporting.story import partner_stories
from tests.factories_contracts import KPIFactory
from tests.reporting.counted import later, told
from tests.reporting.cycle import Cycle, cycle, fill, submit, typed_value, write

pytestmark = pytest.mark.django_db

TOO_SMALL = "te klein om te publiceren"


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
    told_of_it = {key: held for key, held in result.items() if key not in ("number", "name")}
    assert "47" not in str(told_of_it)  # how far it is from its target tells it too


def test_loose_numbers_that_add_up_do_not_tell_the_small_one(client: Client) -> None:
    made = cycle(1)
    loose = {
        "number-1-label": "Aanmeldingen",
        "number-1-value_number": "10",
        "number-2-label": "waarvan vrouwen",
        "number-2-value_number": "8",
        "number-3-label": "waarvan mannen",
        "number-3-value_number": "2",
    }
    told(made, Value.count(60), **loose)
    (report,) = partner_stories()[0]["reports"]
    shown = {row["label"]: row["display"] for row in report["figures"]}
    assert shown["Aanmeldingen"] == "10"
    assert shown["waarvan vrouwen"] == shown["waarvan mannen"] == TOO_SMALL


@pytest.mark.parametrize("word", [word for word in Qualifier.values if word])
def test_a_word_before_a_small_number_does_not_bring_it_out(word: str, client: Client) -> None:
    made = cycle(1)
    told(
        made,
        Value.count(60),
        **{"number-1-value_number": "3", "number-1-value_qualifier": word},
    )
    (report,) = partner_stories()[0]["reports"]
    (counted,) = [row for row in report["figures"] if row["label"] == "Aanmeldingen"]
    assert (counted["quantity"], counted["display"]) == (None, TOO_SMALL)
    page = client.get(reverse("report_detail", args=[made.partner.slug, made.report.pk, 1]))
    assert TOO_SMALL in page.content.decode()


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


def held() -> dict[tuple[str, int, int], bool]:
    return {
        (row.round.report.period.code, row.round.number, int(row.number or 0)): row.withheld
        for row in KPIResult.objects.select_related("round__report")
    }


def test_a_half_year_does_not_follow_from_the_other_half() -> None:
    """H1 20 is public, H2 is 3: then the whole year, of 23, is not published either."""
    made = cycle(1)
    told(made, Value.count(20))
    later(made, "2019-H2", 3)
    later(made, "2019", 23)
    assert held() == {
        ("2019-H1", 1, 20): False,
        ("2019-H2", 1, 3): True,
        ("2019", 1, 23): True,
    }


def test_a_half_year_that_was_not_told_yet_does_not_follow_from_the_year() -> None:
    """H1 20 and the year 22: then H2 is 2, whether anybody reports it or not."""
    made = cycle(1)
    told(made, Value.count(20))
    later(made, "2019", 22)
    assert held() == {("2019-H1", 1, 20): False, ("2019", 1, 22): True}


def test_of_a_number_that_runs_up_the_growth_is_not_told() -> None:
    made = cycle(1)
    frozen.remove_all(connection)  # what an active contract agreed on is kept
    type(made.kpis[0].indicator).objects.update(is_cumulative=True)
    told(made, Value.count(20))
    later(made, "2019-H2", 22)
    assert held() == {("2019-H1", 1, 20): False, ("2019-H2", 1, 22): True}


def test_a_round_that_holds_no_more_stays_public_and_counts() -> None:
    """H1 is 3, the year is 43; the year is opened again before H2, of 40, is accepted."""
    made = cycle(1)
    told(made, Value.count(3))
    year = later(made, "2019", 43)
    actions.reopen(year, user=made.manager, reason="Nog eens nagaan.")
    later(made, "2019-H2", 40)
    assert held() == {
        ("2019-H1", 1, 3): True,
        ("2019", 1, 43): False,
        ("2019-H2", 1, 40): True,
    }
    later(made, "2019", 44)
    assert held()["2019", 2, 44] is False  # two of its parts are out


def test_two_kpis_on_one_indicator_are_each_looked_at() -> None:
    made = cycle(1)
    first = made.kpis[0]
    frozen.remove_all(connection)  # what an active contract agreed on is kept
    second = KPIFactory.create(
        contract=made.contract,
        started_by=first.started_by,
        indicator=first.indicator,
        name="Nog eens",
    )
    fill(made)
    for kpi, number in ((first, 3), (second, 60)):
        write(made, typed_value(f"kpi-{kpi.pk}", Value.count(number)))
    submit(made)
    made.report.refresh_from_db()
    actions.accept(made.report, user=made.manager, round_number=1)
    by_kpi = dict(KPIResult.objects.values_list("kpi", "withheld"))
    assert by_kpi == {first.pk: True, second.pk: False}


def test_an_explanation_does_not_tell_whether_the_target_was_missed(client: Client) -> None:
    made = cycle(1)
    told(made, Value.count(3), **{f"kpi-{made.kpis[0].pk}-explanation": "Er waren er maar drie."})
    text = public(made, client)
    assert "Er waren er maar drie." not in text
    assert "Waarom is dit het resultaat?" not in text
    assert "Wat gaat u verbeteren?" not in text


def test_officers_see_the_number_with_a_mark(client: Client) -> None:
    made = cycle(1)
    told(made, Value.count(3))
    client.force_login(made.manager)
    page = client.get(reverse("report_review", args=[made.report.pk])).content.decode()
    assert "<b>3" in page
    assert "niet openbaar" in page
    assert TOO_SMALL not in page


def test_of_a_result_nothing_else_ever_changes() -> None:
    made = cycle(1)
    told(made, Value.count(60))
    KPIResult.objects.update(withheld=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        KPIResult.objects.update(number=Decimal(61))
    with pytest.raises(IntegrityError), transaction.atomic():
        KPIResult.objects.all().delete()
