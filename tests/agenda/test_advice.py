"""A body that is asked reads the draft, advises per part, and reads what became of each point."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.constants import Role
from accounts.history import key_of
from accounts.models import Change, User
from agenda.actions import advising
from agenda.constants import AgendaStatus, RoundStatus
from agenda.models import (
    Advice,
    AdviceAnswer,
    AdvicePoint,
    Agenda,
    ConsultationRound,
    Goal,
    Invitation,
    Theme,
)
from core.models import OutboxMail
from tests.eisen.reading import read
from tests.factories import OrganisationFactory, UserFactory
from tests.factories_advice import (
    AdvicePointFactory,
    ConsultationRoundFactory,
    InvitationFactory,
    answered,
    laid_down,
)
from tests.factories_agenda import (
    DevelopmentTaskFactory,
    GoalFactory,
    MeasureFactory,
    ParticipationFactory,
    PolicyLinkFactory,
    SituationFactFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(officer: User) -> Client:
    return sign_in(officer)


@pytest.fixture
def adviser() -> User:
    user: User = UserFactory.create(holds=[Role.ADVISORY_COUNCIL])
    return user


@pytest.fixture
def seat(adviser: User) -> Client:
    return sign_in(adviser)


@pytest.fixture
def invitation() -> Invitation:
    goal = GoalFactory.create(label="Bewegen", theme__version__agenda__slug="mag-3")
    made: Invitation = InvitationFactory.create(round__version=goal.theme.version)
    return made


def manage(round: ConsultationRound, *parts: Any) -> str:
    version = round.version
    start = f"/beheer/agenda/{version.agenda.slug}/{version.number}/adviesrondes/{round.pk}/"
    return start + "".join(f"{part}/" for part in parts)


def point(**typed: str) -> dict[str, str]:
    return {"kind": "advice", "text": "Maak dit concreet.", "about_key": "", **typed}


def words(client: Client, address: str) -> str:
    return read(client, address).text


# -- the whole way ---------------------------------------------------------------------------------
def test_a11_a_council_advises_on_a_draft_and_reads_the_answer_per_point(
    desk: Client, seat: Client, client: Client
) -> None:
    goal = GoalFactory.create(label="Bewegen", theme__version__agenda__slug="mag-3")
    version, theme = goal.theme.version, goal.theme
    made = desk.post(
        "/beheer/agenda/mag-3/1/adviesrondes/nieuw/",
        {
            "title": "Advies op MAG 3",
            "question": "Zijn de doelen helder?",
            "opens_on": TODAY().isoformat(),
            "closes_on": (TODAY() + DAY).isoformat(),
        },
    )
    round = ConsultationRound.objects.get()
    assert made.headers["Location"] == manage(round)
    desk.post(manage(round, "uitnodigen"), {"bodies": ["adviesraad"]})
    assert not OutboxMail.objects.exists()
    desk.post(manage(round, "uitzetten"))
    assert OutboxMail.objects.get().subject == "Advies gevraagd: Advies op MAG 3"
    home = f"/advies/{Invitation.objects.get().pk}/"
    assert "Advies gevraagd: Advies op MAG 3" in words(seat, "/werk/")
    read(seat, home + "agenda/").holds("Bewegen", "Concept, nog niet openbaar", "Punt toevoegen")
    assert client.get("/agenda/mag-3/").status_code == 404
    for about, kind, text in (
        (f"goal-{goal.pk}", "advice", "Noem een getal."),
        (f"theme-{theme.pk}", "question", "Wie betaalt dit?"),
        ("", "support", "Een goede richting."),
    ):
        seat.post(home + "punt/nieuw/", point(about_key=about, kind=kind, text=text))
    seat.post(home + "indienen/", {"body": "Adviesraad Sociaal domein"})
    advice = Advice.objects.get()
    assert (advice.given_on, advice.is_submitted) == (TODAY(), True)
    assert [row.about for row in advice.points.all()] == [
        f"doel {goal.number} Bewegen",
        f"thema {theme.number} {theme.name}".replace("  ", " "),
        "",
    ]
    read(desk, manage(round)).holds("3 punten hebben nog geen antwoord", "Noem een getal.")
    assert "3 punten van advies zonder antwoord" in words(desk, "/werk/")
    for row, outcome in zip(advice.points.all(), ("partly", "replied", "replied"), strict=True):
        answer = {"outcome": outcome, "reason": f"Daarom {row.pk}.", "change": "", "revision": "1"}
        desk.post(manage(round, "punt", row.pk), answer)
    desk.post(manage(round, "sluiten"))
    typed = {"answered_by": "het college", "answered_on": TODAY().isoformat()}
    desk.post(manage(round, "afronden"), typed)
    round.refresh_from_db()
    assert round.status == RoundStatus.ANSWERED
    assert OutboxMail.objects.filter(subject="Antwoord op uw advies: Advies op MAG 3").exists()
    read(seat, home).holds("Deels overgenomen. Daarom", "Beantwoord. Daarom")
    assert client.get("/agenda/mag-3/adviezen/").status_code == 404
    type(version).objects.filter(pk=version.pk).update(status=AgendaStatus.CONSULTATION)
    page = read(client, "/agenda/mag-3/adviezen/")
    page.holds("3 punten van advies", "1 deels overgenomen en 2 beantwoord", "Noem een getal.")
    chosen = read(client, "/agenda/mag-3/adviezen/?antwoord=partly")
    chosen.holds("1 van 3 punten past bij uw keuze", "Noem een getal.")
    assert "Wie betaalt dit?" not in chosen.text


# -- the doors -------------------------------------------------------------------------------------
def test_only_who_is_asked_reads_a_draft(seat: Client, invitation: Invitation) -> None:
    address = f"/advies/{invitation.pk}/agenda/"
    assert seat.get(address).status_code == 200
    partner = OrganisationFactory.create()
    other = sign_in(UserFactory.create(holds=[Role.SIGNATORY], of=partner))
    assert other.get(address).status_code == 404
    asked = InvitationFactory.create(round=invitation.round, organisation=partner)
    assert other.get(f"/advies/{asked.pk}/agenda/").status_code == 200
    assert seat.get(f"/advies/{asked.pk}/agenda/").status_code == 404


def test_an_invitation_that_was_not_sent_is_not_there(seat: Client) -> None:
    invitation = InvitationFactory.create(sent_at=None, round__status=RoundStatus.PREPARED)
    assert seat.get(f"/advies/{invitation.pk}/").status_code == 404


def test_what_a_body_writes_is_its_own_until_it_hands_it_in(
    desk: Client, seat: Client, invitation: Invitation
) -> None:
    seat.post(f"/advies/{invitation.pk}/punt/nieuw/", point(text="Nog in beraad."))
    assert AdvicePoint.objects.count() == 1
    assert not Change.objects.filter(fields__icontains="beraad").exists()
    assert "beraad" not in words(desk, manage(invitation.round))
    assert desk.get(f"/advies/{invitation.pk}/").status_code == 404
    seat.post(f"/advies/{invitation.pk}/indienen/", {"body": "Adviesraad"})
    assert "beraad" in words(desk, manage(invitation.round))


def test_who_reads_along_at_a_partner_does_not_write(invitation: Invitation) -> None:
    partner = OrganisationFactory.create()
    asked = InvitationFactory.create(round=invitation.round, organisation=partner)
    reader = sign_in(UserFactory.create(holds=[Role.READER], of=partner))
    read(reader, f"/advies/{asked.pk}/").holds("U leest mee")
    assert reader.get(f"/advies/{asked.pk}/punt/nieuw/").status_code == 403


# -- bad input -------------------------------------------------------------------------------------
def test_a_round_does_not_close_before_it_opens(desk: Client, invitation: Invitation) -> None:
    typed = {"title": "Tweede", "opens_on": "2026-05-02", "closes_on": "2026-05-01"}
    answer = desk.post("/beheer/agenda/mag-3/1/adviesrondes/nieuw/", typed)
    html = answer.content.decode()
    assert (
        html.count("De ronde sluit voordat zij opent. Kies een latere dag.") == 2
    )  # list and field
    assert 'value="Tweede"' in html
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsultationRound.objects.update(closes_on="2000-01-01")


def test_a_double_click_makes_one_round(desk: Client, invitation: Invitation) -> None:
    typed = {"title": "Tweede", "opens_on": "2026-05-01", "closes_on": "2026-05-02"}
    address = "/beheer/agenda/mag-3/1/adviesrondes/nieuw/"
    desk.post(address, typed)
    again = desk.post(address, typed)
    assert "heeft al een adviesronde met deze titel" in again.content.decode()
    assert ConsultationRound.objects.filter(title="Tweede").count() == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"status": RoundStatus.CLOSED}, "Deze ronde is gesloten"),
        ({"closes_on": TODAY() - DAY, "opens_on": TODAY() - DAY}, "Deze ronde is gesloten"),
        ({"opens_on": TODAY() + DAY, "closes_on": TODAY() + DAY}, "nog niet open"),
    ],
)
def test_outside_its_days_no_advice_is_taken_and_no_text_is_lost(
    seat: Client, invitation: Invitation, changes: dict[str, Any], told: str
) -> None:
    ConsultationRound.objects.update(**changes)
    typed = point(text="Een lange gedachte")
    html = seat.post(f"/advies/{invitation.pk}/punt/nieuw/", typed).content.decode()
    assert told in html
    assert "Een lange gedachte</textarea>" in html
    assert not AdvicePoint.objects.exists()


def test_after_a_withdrawal_nothing_of_the_draft_is_told_and_no_text_is_lost(
    desk: Client, seat: Client, invitation: Invitation
) -> None:
    desk.post(manage(invitation.round, "uitnodiging", invitation.pk))
    assert OutboxMail.objects.get().subject.startswith("Ingetrokken: ")
    home = f"/advies/{invitation.pk}/"
    read(seat, home).holds("De gemeente heeft deze uitnodiging ingetrokken.")
    assert seat.get(home + "agenda/").status_code == 404
    html = seat.post(home + "punt/nieuw/", point(text="Een gedachte")).content.decode()
    assert "Uw uitnodiging is ingetrokken." in html
    assert "Een gedachte</textarea>" in html
    assert "Bewegen" not in html
    desk.post(manage(invitation.round, "uitnodigen"), {"bodies": ["adviesraad"]})
    seat.post(home + "punt/nieuw/", point(text="Een gedachte"))
    assert AdvicePoint.objects.get().text == "Een gedachte"
    assert Invitation.objects.count() == 1


def test_an_invitation_stays_once_its_advice_is_in(
    desk: Client, seat: Client, invitation: Invitation
) -> None:
    seat.post(f"/advies/{invitation.pk}/punt/nieuw/", point())
    seat.post(f"/advies/{invitation.pk}/indienen/", {"body": "Adviesraad"})
    html = desk.post(manage(invitation.round, "uitnodiging", invitation.pk)).content.decode()
    assert "gaf al advies. Dat blijft staan." in html


def test_handing_in_twice_hands_in_once(seat: Client, invitation: Invitation) -> None:
    home = f"/advies/{invitation.pk}/"
    empty = seat.post(home + "indienen/", {"body": "Adviesraad"}).content.decode()
    assert "Uw advies is nog leeg." in empty
    seat.post(home + "punt/nieuw/", point())
    twice = seat.post(home + "punt/nieuw/", point()).content.decode()
    assert "Dit punt staat er al." in twice
    seat.post(home + "indienen/", {"body": "Adviesraad"})
    again = seat.post(home + "indienen/", {"body": "Adviesraad"}).content.decode()
    assert "al ingediend" in again
    assert AdviceAnswer.objects.count() == 1
    later = seat.post(home + f"punt/{AdvicePoint.objects.get().pk}/", point(text="Anders"))
    assert "al ingediend" in later.content.decode()


def test_two_officers_who_answer_one_point_see_both_texts(desk: Client) -> None:
    letter = laid_down()
    address = manage(letter.round, "punt", letter.points.get().pk)
    typed = {"outcome": "adopted", "reason": "De eerste.", "change": "", "revision": "1"}
    desk.post(address, typed)
    html = desk.post(address, {**typed, "reason": "De tweede."}).content.decode()
    assert "Nu staat er: ‘De eerste.’" in html
    assert "De tweede.</textarea>" in html
    assert AdviceAnswer.objects.get().reason == "De eerste."


def test_an_answer_has_a_reason_and_an_advice_is_adopted_or_not(desk: Client) -> None:
    letter = laid_down()
    address = manage(letter.round, "punt", letter.points.get().pk)
    desk.post(address, {"outcome": "adopted", "reason": " ", "revision": "1"})
    desk.post(address, {"outcome": "replied", "reason": "Daarom.", "revision": "1"})
    assert not AdviceAnswer.objects.get().is_given
    for columns in (
        {"outcome": "adopted", "reason": ""},
        {"outcome": "replied", "reason": "Daarom."},
        {"outcome": "", "reason": "Daarom."},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AdviceAnswer.objects.update(**columns)


def test_a_round_with_an_open_point_or_an_open_letter_is_not_finished(desk: Client) -> None:
    letter = laid_down(2)
    typed = {"answered_by": "het college", "answered_on": TODAY().isoformat()}
    address = manage(letter.round, "afronden")
    assert "2 punten hebben nog geen antwoord." in desk.post(address, typed).content.decode()
    other = AdvicePointFactory.create(advice__round=letter.round, advice__body="Partner").advice
    assert "Er staat nog een brief open." in desk.post(address, typed).content.decode()
    desk.post(manage(letter.round, "brief", other.pk, "verwijderen"))
    AdviceAnswer.objects.update(outcome="adopted", reason="Ja.")
    late = {**typed, "answered_on": (TODAY() + DAY).isoformat()}
    assert "Deze dag moet nog komen." in desk.post(address, late).content.decode()
    assert desk.post(address, typed).status_code == 302
    assert "Deze stap is al gezet" in desk.post(address, typed).content.decode()


def test_a_round_is_put_out_with_somebody_to_ask_and_days_to_come(officer: User) -> None:
    round = ConsultationRoundFactory.create()
    with pytest.raises(ValidationError, match="Nodig eerst iemand uit"):
        advising.open_round(round, user=officer)
    advising.invite(round, [None, None], user=officer)
    ConsultationRound.objects.update(opens_on=TODAY() - DAY, closes_on=TODAY() - DAY)
    with pytest.raises(ValidationError, match="al voorbij"):
        advising.open_round(round, user=officer)
    assert Invitation.objects.get().sent_at is None


def test_a_point_outlives_the_part_it_is_about(seat: Client, invitation: Invitation) -> None:
    goal = GoalFactory.create(theme__version=invitation.round.version, label="Eten")
    home = f"/advies/{invitation.pk}/"
    seat.post(home + "punt/nieuw/", point(about_key=f"goal-{goal.pk}"))
    goal.delete()
    row = AdvicePoint.objects.get()
    typed = point(about_key=row.about_key, text="Toch maar.", revision="1")
    assert seat.post(home + f"punt/{row.pk}/", typed).status_code == 302
    row.refresh_from_db()
    assert (row.about, row.text) == (f"doel {goal.number} Eten", "Toch maar.")


# -- what lies fast --------------------------------------------------------------------------------
def test_advice_that_was_handed_in_and_answers_that_were_given_never_change() -> None:
    letter = laid_down()
    for change in (
        lambda: Advice.objects.update(body="Anders"),
        lambda: AdvicePoint.objects.update(text="Anders"),
        lambda: AdvicePointFactory.create(advice=letter),
    ):
        with pytest.raises(IntegrityError, match="nooit gewijzigd"), transaction.atomic():
            change()
    round = answered()
    for change in (
        lambda: AdviceAnswer.objects.filter(point__advice__round=round).update(reason="Anders"),
        lambda: ConsultationRound.objects.filter(pk=round.pk).update(title="Anders"),
        lambda: round.events.update(to_status="open"),
    ):
        with pytest.raises(IntegrityError, match="nooit gewijzigd"), transaction.atomic():
            change()


def test_the_public_pages_take_as_many_queries_for_many(client: Client) -> None:
    def ask(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    version = answered().version
    type(version).objects.update(status=AgendaStatus.CONSULTATION)
    addresses = (f"/agenda/{version.agenda.slug}/adviezen/", "/agenda/plannen/")
    few = [ask(address) for address in addresses]
    for _ in range(3):
        answered(4, version=version)
    assert [ask(address) for address in addresses] == few


def test_an_adviser_reads_the_whole_draft_and_advises_on_each_part(
    seat: Client, invitation: Invitation
) -> None:
    goal = Goal.objects.get()
    theme, version = goal.theme, goal.theme.version
    Theme.objects.filter(pk=theme.pk).update(result="Iedereen doet mee.", role_note="Wij betalen.")
    Goal.objects.filter(pk=goal.pk).update(level="output")
    Agenda.objects.update(character="Minder regels.")
    goal.target_groups.add(TargetGroupFactory.create(name="mantelzorgers"))
    measure = MeasureFactory.create(goal=goal, theme=None, number="1", text="Meer beweging")
    parts = {
        "Meer beweging": measure,
        "Eén op de tien": SituationFactFactory.create(version=version, text="Eén op de tien"),
        "Anders samenwerken": DevelopmentTaskFactory.create(
            version=version, subject="Anders samenwerken", frames="Binnen het budget."
        ),
        "Open avond": ParticipationFactory.create(
            version=version, who="ouderen", form="Open avond", number=40
        ),
        "Integraal Zorgakkoord": PolicyLinkFactory.create(
            version=version, name="Integraal Zorgakkoord"
        ),
    }
    home = f"/advies/{invitation.pk}/"
    page = read(seat, f"{home}agenda/")
    page.holds(
        "Iedereen doet mee.", "Minder regels.", "mantelzorgers", "Binnen het budget.", *parts
    )
    html = seat.get(f"{home}agenda/").content.decode()
    for row in parts.values():
        assert f"?bij={key_of(row)}" in html
        seat.post(f"{home}punt/nieuw/", point(about_key=key_of(row)))
    assert set(AdvicePoint.objects.values_list("about_key", flat=True)) == {
        key_of(row) for row in parts.values()
    }
    told = set(AdvicePoint.objects.values_list("about", flat=True))
    assert {"meting 1 Meer beweging", "ander beleid ‘Integraal Zorgakkoord’"} <= told
    assert "participatie ‘ouderen’" in told
