"""The overview of what is being made, what was decided, and what comes (D15)."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.constants import Role
from accounts.models import User
from agenda.constants import AgendaStatus
from tests.eisen.reading import read
from tests.factories import UserFactory
from tests.factories_advice import ConsultationRoundFactory, InvitationFactory, answered
from tests.factories_agenda import AgendaVersionFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/agenda/plannen/"


def test_d15_every_agenda_stands_there_in_its_stage(client: Client) -> None:
    today = timezone.localdate()
    AgendaVersionFactory.create(
        agenda__name="De oude agenda", status=AgendaStatus.SUPERSEDED, adopted_on="2012-10-08",
        adopted_by="gemeenteraad",
    )  # fmt: skip
    AgendaVersionFactory.create(
        agenda__name="De agenda van nu",
        agenda__short_name="Nu",
        agenda__period=f"{today.year}/{today.year + 1}",
        status=AgendaStatus.ADOPTED,
        adopted_on=today,
        adopted_by="gemeenteraad",
    )
    making = AgendaVersionFactory.create(
        agenda__name="De agenda van straks", status=AgendaStatus.CONSULTATION
    )
    round = ConsultationRoundFactory.create(
        version=making, put_out=True, closes_on=today + datetime.timedelta(days=5)
    )
    answered(version=making, title="Vroeg advies")
    page = read(client, ADDRESS)
    page.holds("Eén agenda in de maak, één adviesronde", round.title, "Advies kan tot en met")
    assert page.row("De oude agenda")[1] == "Vervangen"
    assert page.row("De agenda van nu")[1] == "Vastgesteld"
    assert "De agenda van straks inspraak" in page.between("In de maak", "Lopende adviesrondes")
    past = page.between("Het afgelopen jaar", "Wat er komt")
    assert "Vastgesteld door de gemeenteraad" in past
    assert "Beantwoord: Vroeg advies" in past
    assert f"Nu loopt af op 31 december {today.year + 1}" in page.text


def test_a_draft_is_named_only_when_an_officer_announces_its_round(client: Client) -> None:
    round = ConsultationRoundFactory.create(put_out=True, version__agenda__name="Geheim concept")
    assert "Geheim concept" not in read(client, ADDRESS).text
    type(round).objects.update(is_announced=True)
    page = read(client, ADDRESS)
    page.holds("Geheim concept aangekondigd", "De inhoud is nog niet openbaar.", round.title)
    assert client.get(f"/agenda/{round.version.agenda.slug}/").status_code == 404


def test_an_empty_overview_says_so(client: Client) -> None:
    read(client, ADDRESS).holds(
        "Nu is er geen agenda in de maak",
        "De gemeente vraagt nu niemand om advies over een agenda.",
        "Er is nog geen agenda vastgesteld",
    )


def test_a_running_round_leads_each_reader_to_what_they_may_read(
    client: Client, outsider: User, officer: User
) -> None:
    council: User = UserFactory.create(holds=[Role.ADVISORY_COUNCIL])
    on_draft = ConsultationRoundFactory.create(put_out=True, is_announced=True, title="Concept")
    public = ConsultationRoundFactory.create(
        put_out=True, version__status=AgendaStatus.CONSULTATION, title="Inspraak"
    )
    seat = InvitationFactory.create(round=on_draft)
    advice = f"/agenda/{public.version.agenda.slug}/adviezen/"
    desk = "/beheer/agenda/{0.version.agenda.slug}/{0.version.number}/adviesrondes/{0.pk}/"
    for user, draft_page, public_page in (
        (None, "", advice),
        (outsider, "", advice),
        (council, f"/advies/{seat.pk}/", advice),
        (officer, desk.format(on_draft), desk.format(public)),
    ):
        if user is not None:
            client.force_login(user)
        page = client.get(ADDRESS).content.decode()
        for title, address in (("Concept", draft_page), ("Inspraak", public_page)):
            assert (f'<a href="{address}">{title}</a>' in page) is bool(address)
            assert not address or client.get(address).status_code == 200
    assert f">{on_draft.title}<" in page


def test_many_rounds_cost_as_many_queries_as_one(client: Client, officer: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as held:
            assert client.get(ADDRESS).status_code == 200
        return len(held)

    client.force_login(officer)
    ConsultationRoundFactory.create(put_out=True, is_announced=True)
    one = queries()
    ConsultationRoundFactory.create_batch(5, put_out=True, is_announced=True)
    assert queries() == one
