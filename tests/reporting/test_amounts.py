"""Money in a round is read as euros, however it was typed; what the round froze stays as it is."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from reporting import actions
from reporting.comparing import compared
from reporting.reading import content_of
from tests.reporting.cycle import Cycle, cycle, fill, submit, write

pytestmark = pytest.mark.django_db
SHOWN, FORECAST = "€\N{NO-BREAK SPACE}1.234.567,50", "€\N{NO-BREAK SPACE}2.500.000"


@pytest.fixture
def held() -> Cycle:
    made = cycle()
    fill(made)
    write(made, money(made, "1234567.50", "2.500.000"))
    submit(made)
    return made


def money(made: Cycle, spent: str, forecast: str) -> dict[str, str]:
    prefix = f"budget-{made.contract.budget_lines.get().pk}"
    return {f"{prefix}-spent": spent, f"{prefix}-forecast": forecast}


def addresses(held: Cycle) -> dict[str, str]:
    pk = held.report.pk
    return {
        "partner": reverse("report_round", args=[pk, 1]),
        "municipality": reverse("report_review", args=[pk]),
        "public": reverse("report_detail", args=[held.partner.slug, pk, 1]),
    }


@pytest.mark.parametrize("reader", ["partner", "municipality", "public"])
def test_who_reads_a_round_sees_euros(client: Client, held: Cycle, reader: str) -> None:
    if reader == "public":
        actions.accept(held.report, user=held.manager, round_number=1)
    else:
        client.force_login(held.signatory if reader == "partner" else held.manager)
    html = client.get(addresses(held)[reader]).content.decode()
    assert SHOWN in html
    assert FORECAST in html
    assert "1234567.50" not in html


def test_what_the_round_froze_is_what_was_typed(held: Cycle) -> None:
    content = content_of(held.report.rounds.get())
    [typed] = [text for key, text in content["answers"].items() if key.endswith("-spent")]
    [kept] = [
        row["text"]
        for section in content["sections"]
        for block in section["blocks"]
        for row in block["rows"]
        if row["key"].endswith("-spent")
    ]
    assert typed == kept == "1234567.50"


def test_the_same_amount_in_other_figures_is_no_change(client: Client, held: Cycle) -> None:
    actions.return_(held.report, user=held.manager, round_number=1, remarks=[], note="Graag meer.")
    write(held, money(held, "1.234.567,50", "2600000"))
    submit(held)
    client.force_login(held.manager)
    html = client.get(addresses(held)["municipality"]).content.decode()
    assert html.count("Wat er in de vorige ronde stond") == 1
    assert f"<p>{FORECAST}</p>" in html
    pair = held.report.rounds.order_by("number")
    differing = [row for row in compared(*pair) if row.differs]
    assert [(row.before, row.after) for row in differing] == [
        (FORECAST, "€\N{NO-BREAK SPACE}2.600.000")
    ]
