"""The figures of an edition as rows: complete, and as the page says them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from agenda.story import plain, with_unit
from core.tables import csv_cell
from monitor.documents.content import money
from monitor.tables import MONEY_HEADER, money_rows
from tests.monitor.payload_fixture import notes_payload, payload

AMOUNT, STATED, WHEN, REMARK = (
    MONEY_HEADER.index(name) for name in ("bedrag in euro", "zoals vermeld", "periode", "opmerking")
)


def test_every_row_of_money_has_as_many_cells_as_the_head() -> None:
    rows = list(money_rows(payload()))
    assert {len(row) for row in rows} == {len(MONEY_HEADER)}


def test_the_budget_ends_in_its_sum() -> None:
    content = payload()
    rows = list(money_rows(content))
    parts = [row[AMOUNT] for row in rows if row[0] == "begroting"]
    [total] = [row for row in rows if row[3] == "Samen, nageteld"]
    assert total[AMOUNT] == sum(part for part in parts if isinstance(part, Decimal))
    assert total[0] == "begroting, som"
    assert not any("," in csv_cell(part) for part in parts if isinstance(part, Decimal))


def test_national_figures_are_rows_apart_and_not_in_the_sum() -> None:
    content = payload()
    rows = [row for row in money_rows(content) if str(row[0]).startswith("landelijk")]
    assert [(row[0], row[3], row[AMOUNT]) for row in rows] == [
        ("landelijk, uitgaven", "Algemene voorzieningen", Decimal(3_000_000_000)),
        ("landelijk, inkomsten", "Algemene voorzieningen", Decimal(170_000_000)),
        ("landelijk, uitgaven", "Maatwerkvoorzieningen", Decimal(3_586_000_000)),
        ("landelijk, inkomsten", "Maatwerkvoorzieningen", Decimal(227_000_000)),
    ]
    assert {row[-1] for row in rows} == {"Landelijk rapport, hoofdstuk 4.4."}


def without_national(content: dict[str, Any]) -> dict[str, Any]:
    """As an edition froze its budget before there were national figures."""
    del content["money"]["budget"]["national_note"]
    for item in content["money"]["budget"]["items"]:
        del item["national_spending"], item["national_income"]
    return content


def test_an_edition_that_was_frozen_without_national_figures_has_no_such_rows() -> None:
    content = without_national(payload())
    assert not [row for row in money_rows(content) if str(row[0]).startswith("landelijk")]
    assert money(content)["budget"]["national"] is None


def test_an_amount_is_a_number_and_stands_as_the_source_writes_it() -> None:
    content = payload()
    line = content["money"]["amounts"]["agreed"][0]
    content["money"]["amounts"]["agreed"] = [
        {
            **line,
            "when": "2014 tot en met 2018, per jaar",
            "note": "Voor vier jaar.",
            "display": "ruim € 1.550.000",
            "quantity": "1550000",
        }
    ]
    [row] = [row for row in money_rows(content) if row[0] == "overeengekomen"]
    assert row[AMOUNT] == Decimal(1550000)
    assert row[STATED] == "ruim € 1.550.000"
    assert row[WHEN] == "2014 tot en met 2018, per jaar"
    assert row[REMARK] == "Voor vier jaar."


def test_an_edition_without_money_has_no_rows() -> None:
    assert list(money_rows(notes_payload())) == []


def test_a_number_in_open_data_has_no_exponent() -> None:
    assert plain(Decimal("1720000")) == "1720000"
    assert plain(Decimal("7.50")) == "7.5"


def test_a_figure_has_its_unit_once() -> None:
    held = {"display": "50", "present": True, "unit": "deelnemers", "label": "Inloop"}
    assert with_unit(held) == "50 deelnemers"
    assert with_unit({**held, "label": "Deelnemers aan de inloop"}) == "50"
    assert with_unit({**held, "display": "50%", "unit": "%"}) == "50%"
    assert with_unit({**held, "unit": ""}) == "50"
    assert with_unit({**held, "display": "niet gemeten", "present": False}) == "niet gemeten"
