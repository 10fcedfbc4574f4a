"""What is asked of a comparison with other municipalities, on the pages of the demonstration."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.eisen.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_to_read")]


def test_b03_sixteen_municipalities_stand_with_inhabitants_places_and_teams(
    client: Client,
) -> None:
    page = read(client, "/gemeenten/")
    assert len(page.rows) == 1 + 16
    assert page.row("Leeuwarden")[1:5] == ["108.000", "19", "10", "10.800"]
    assert page.row("Vlieland")[1:5] == ["1.000", "1", "1", "1.000"]
    page.holds("zestien Friese gemeenten", "H8.2")
