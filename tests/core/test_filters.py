"""Words above a list find rows whatever capitals and accents, on every database."""

from __future__ import annotations

import pytest

from accounts.models import Organisation
from core.filters import WordFilter
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[str]:
    for name, place in (("Cliëntondersteuning MEE", "Alphen"), ("Kringloop Alphen", "Woubrugge")):
        OrganisationFactory.create(name=name, seat=place)
    rows = WordFilter("Woord", ("name", "seat")).filter(Organisation.objects.all(), typed)
    return sorted(row.name for row in rows)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["Cliëntondersteuning MEE", "Kringloop Alphen"]),
        ("CLIENT", ["Cliëntondersteuning MEE"]),
        ("alphen", ["Cliëntondersteuning MEE", "Kringloop Alphen"]),
        ("alphen kring", ["Kringloop Alphen"]),
        ("alphen niets", []),
        ("%", []),
    ],
)
def test_every_word_stands_somewhere_in_the_row(typed: str, names: list[str]) -> None:
    assert found(typed) == names
