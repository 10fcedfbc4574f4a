"""Filters above a list: words find rows on every database; what is rarely asked folds away."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation
from contracts.models import Meeting
from core.filters import WordFilter
from tests.factories import OrganisationFactory
from tests.factories_talks import MeetingFactory, MeetingPointFactory

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


def test_words_may_stand_in_two_rows_of_one() -> None:
    meeting = MeetingFactory.create(title="Najaar")
    for minutes in ("De wachtlijst is korter.", "Er komt een begeleider bij."):
        MeetingPointFactory.create(meeting=meeting, minutes=minutes)
    rows = WordFilter("Woord", ("title", "points__minutes"))
    assert rows.filter(Meeting.objects.all(), "begeleider najaar wachtlijst").get() == meeting


@pytest.mark.parametrize(
    ("typed", "state"), [("", ""), ("?zoek=eten", ""), ("?soort=pilot&van=elders", " open")]
)
def test_rare_choices_fold_away_until_one_is_made(client: Client, typed: str, state: str) -> None:
    shown = client.get(reverse("project_list") + typed).content.decode()
    assert f'<details class="more"{state}><summary>Meer keuzes</summary>' in shown
    first, rest = shown.split("Meer keuzes")
    assert 'name="soort"' in first
    for name in ("partner", "doel", "jaar", "van"):  # every filter is in the form, once
        assert f'name="{name}"' not in first
        assert rest.count(f'name="{name}"') == 1
