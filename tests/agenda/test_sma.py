"""The SMA of Vijfheerenlanden, entered through the screens as its source gives it.

Four opgaven, eleven goals of which the source gives no more than the number, and ten development
tasks: four are named and led to no result, of six it names nothing but that they are there.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from agenda.models import DevelopmentTask, Goal, Theme
from tests.agenda import adopting
from tests.eisen.reading import read
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
HOME = "/beheer/agenda/sma/1/"
PUBLIC = "/agenda/sma/"

OPGAVEN = {
    "A": ("Meedoen", 2),
    "B": ("Vitaliteit", 3),
    "C": ("Voor jezelf zorgen", 3),
    "D": ("Leven lang ontwikkelen", 3),
}
NAMED = {
    1: "Vraaggericht werken vanuit de opgaven",
    6: "Strategisch partnerschap",
    7: "Sturingsstrategie",
    9: "Kwaliteitsnormen",
}
FRAMES = {
    6: [
        "Een werkwijze waarin alle partijen tot hun recht komen.",
        "Contracten voor meer jaren, met wat het recht en het geld toelaten.",
        "Wat de gemeente zelf doet en wat de partners doen.",
        "Hoe de gemeente opdrachtgever is en ook strategisch partner.",
    ],
    7: [
        "Informatie voor alle partijen in één systeem.",
        "Welke indicatoren bij welk doel horen, en waar zij worden gemeten.",
        "De gemeentelijke teams werken ermee.",
    ],
}
EVALUATION = "Niet uitgewerkt, of nog zonder resultaat (onderzoek 2025, H5.3)."


class Desk:
    """An officer who fills in forms, each accepted at once."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def post(self, address: str, **typed: Any) -> None:
        answer = self.client.post(address, typed)
        form = (answer.context or {}).get("form")
        assert answer.status_code == 302, form.errors if form else answer.status_code


@pytest.fixture
def desk(client: Client, officer: User) -> Desk:
    client.force_login(officer)
    return Desk(client)


@pytest.fixture
def sma(desk: Desk) -> Desk:
    return enter_sma(desk)


def enter_sma(desk: Desk) -> Desk:
    """The agenda, adopted in 2020, with its tasks evaluated in 2025."""
    owner = OrganisationFactory.create(kind="municipality", name="Gemeente Vijfheerenlanden")
    desk.post(
        "/beheer/agenda/nieuw/",
        name="Sociaal Maatschappelijke Agenda",
        short_name="SMA",
        owner=owner.pk,
        year=2020,
    )
    for letter, (name, goals) in OPGAVEN.items():
        desk.post(f"{HOME}thema/nieuw/", name=name, number=letter)
        theme = Theme.objects.get(name=name)
        for goal in range(1, goals + 1):
            address = f"{HOME}doel/nieuw/?thema={theme.pk}"
            desk.post(address, theme=theme.pk, number=goal, only_number="on")
    for number in range(1, 11):
        frames, subject = "\n".join(FRAMES.get(number, [])), NAMED.get(number, "")
        desk.post(f"{HOME}opdracht/nieuw/", number=number, subject=subject, frames=frames)
    for name, kind in (
        ("Integraal Zorg Akkoord (IZA)", "national_duty"),
        ("Gezond en Actief Leven Akkoord (GALA)", "national_duty"),
        ("Actieplan armoede en schulden", "own"),
    ):
        desk.post(f"{HOME}beleid/nieuw/", name=name, kind=kind)
    desk.post(f"{HOME}inspraak/")
    desk.post(f"{HOME}vaststellen/", **adopting.typed(adopted_on="2020-10-01"))
    for task in DevelopmentTask.objects.filter(number__in=NAMED):
        desk.post(
            f"{HOME}opdrachten/{task.pk}/evaluatie/",
            evaluated_on="2025-03-03",
            result="no",
            evaluation=EVALUATION,
            revision=task.revision,
        )
    return desk


def test_a18_four_opgaven_stand_above_eleven_goals(sma: Desk) -> None:
    page = read(sma.client, PUBLIC)
    page.holds("SMA: 11 doelen in 4 thema’s", "A. Meedoen", "D. Leven lang ontwikkelen")
    assert page.text.count("De bron geeft alleen het nummer van dit doel.") == 11
    assert Goal.objects.filter(text="").count() == 11


def test_a19_ten_tasks_stand_there_unnamed_ones_too_and_four_led_to_no_result(sma: Desk) -> None:
    page = read(sma.client, f"{PUBLIC}opdrachten/")
    page.holds("10 ontwikkelopdrachten: 4 leidden niet tot een resultaat, 10 staan stil")
    for number, name in NAMED.items():
        page.holds(f"{number}. {name}")
    for number in set(range(1, 11)) - NAMED.keys():
        page.holds(f"{number}. onderwerp niet genoemd")
    page.holds(*FRAMES[6], *FRAMES[7])
    assert page.text.count("Geen resultaat, volgens de evaluatie van 3 maart 2025.") == 4
    assert page.text.count("Nog geen nieuws sinds 1 oktober 2020.") == 6


def test_a19_the_tasks_without_result_and_those_that_stand_still_are_chosen(sma: Desk) -> None:
    nothing = read(sma.client, f"{PUBLIC}opdrachten/?stand=zonder-resultaat")
    nothing.holds(*NAMED.values())
    assert "onderwerp niet genoemd" not in nothing.text
    todo = DevelopmentTask.objects.get(number=7)
    sma.post(
        f"{HOME}opdrachten/{todo.pk}/stand/",
        day=str(timezone.localdate()),
        text="Er ligt een plan.",
    )
    still = read(sma.client, f"{PUBLIC}opdrachten/?stand=stil")
    still.holds("9 staan stil", "Strategisch partnerschap")
    assert "Sturingsstrategie" not in still.text


def test_a20_the_agenda_names_the_policy_around_it(sma: Desk) -> None:
    read(sma.client, PUBLIC).holds(
        "Ander beleid",
        "Integraal Zorg Akkoord (IZA) landelijk, verplicht",
        "Actieplan armoede en schulden eigen nota",
    )
