"""Talks from planning to minutes, action points and decisions: what may be done when, and once."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.constants import Role
from accounts.models import Change, User
from contracts.actions import NotEditable
from contracts.actions import talks as actions
from contracts.models import (
    ActionPoint,
    Attendance,
    CollegeNote,
    Decision,
    Meeting,
    MeetingPoint,
    MeetingRhythm,
)
from contracts.talk_constants import ActionStatus
from contracts.talks.changes import COLUMNS, KINDS
from contracts.talks.forms import ActionForm, MeetingForm, PointForm, RhythmForm
from contracts.talks.mails import remind_actions
from core.models import OutboxMail
from tests.contracts.drafts import text_of
from tests.factories import UserFactory
from tests.factories_agenda import PartnerFactory
from tests.factories_contracts import ContractFactory
from tests.factories_talks import (
    DAY,
    ActionPointFactory,
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    MeetingPointFactory,
    cancelled_meeting,
    held_meeting,
    manager,
    recorded_meeting,
)
from tests.uploaded import NUMBER

pytestmark = pytest.mark.django_db
DESK = "/beheer/overleg/"


@pytest.fixture
def user() -> User:
    return manager()


@pytest.fixture
def desk(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def refused(change: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def sent(**changes: Any) -> dict[str, Any]:
    """A talk as a browser posts it."""
    contract = ContractFactory.create(running=True)
    return {
        "kind": "official",
        "title": "Voortgangsgesprek voorjaar",
        "day": "2026-03-12",
        "starts_at": "10:00",
        "contracts": [contract.pk],
        **changes,
    }


# -- planning --------------------------------------------------------------------------------------
def test_a_talk_is_planned_once(desk: Client) -> None:
    typed = sent()
    answer = desk.post(f"{DESK}nieuw/", typed)
    meeting = Meeting.objects.get()
    assert answer["Location"] == f"{DESK}{meeting.pk}/"
    assert (meeting.status, meeting.starts_at) == ("planned", datetime.time(10))
    again = desk.post(f"{DESK}nieuw/", {**typed, "title": "VOORTGANGSGESPREK voorjaar"})
    assert "Dit overleg staat er al." in text_of(again)
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"contracts": []}, "contracts"),
        ({"kind": "purchasing", "contracts": []}, "partners"),
        ({"day": "9999-01-01"}, "day"),
        ({"title": f"Over {NUMBER}"}, "title"),
        ({"contracts": ["9" * 30]}, "contracts"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_lost(
    desk: Client, changes: dict[str, Any], field: str
) -> None:
    answer = desk.post(f"{DESK}nieuw/", sent(place="Gemeentehuis", **changes))
    assert field in answer.context["form"].errors
    assert "Gemeentehuis" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_a_conference_needs_no_contract(desk: Client) -> None:
    desk.post(f"{DESK}nieuw/", sent(kind="conference", contracts=[]))
    assert Meeting.objects.get().kind == "conference"


def test_two_who_change_a_talk_both_see_it(desk: Client) -> None:
    meeting = MeetingFactory.create(contracts=[ContractFactory.create(running=True)])
    typed = sent(revision=meeting.revision, contracts=[meeting.contracts.get().pk])
    assert desk.post(f"{DESK}{meeting.pk}/gegevens/", typed).status_code == 302
    later = desk.post(f"{DESK}{meeting.pk}/gegevens/", {**typed, "title": "Anders"})
    assert "Iemand anders bewaarde dit" in text_of(later)
    meeting.refresh_from_db()
    assert meeting.title == "Voortgangsgesprek voorjaar"


def test_a_talk_is_not_held_before_its_day(user: User) -> None:
    meeting = MeetingFactory.create(day=DAY)
    with pytest.raises(NotEditable, match="nog niet geweest"):
        actions.hold(meeting, user=user, today=DAY - datetime.timedelta(days=1))
    actions.hold(meeting, user=user, today=DAY)
    with pytest.raises(NotEditable, match="niet meer gepland"):
        actions.hold(meeting, user=user, today=DAY)
    assert [str(row) for row in meeting.events.all()] == ["gepland → gehouden"]


def test_a_talk_is_called_off_with_a_reason(desk: Client) -> None:
    meeting = MeetingFactory.create()
    page = f"{DESK}{meeting.pk}/vervalt/"
    assert desk.post(page, {"reason": ""}).status_code == 200
    desk.post(page, {"reason": "De partner was ziek."})
    meeting.refresh_from_db()
    assert (meeting.status, meeting.reason) == ("cancelled", "De partner was ziek.")
    assert desk.post(page, {"reason": "Nog eens."}).status_code == 302
    assert meeting.events.count() == 1
    # The same talk can be planned again.
    MeetingFactory.create(title=meeting.title, day=meeting.day)


def test_a_talk_that_was_held_by_mistake_is_called_off_and_has_no_day_to_come(
    desk: Client,
) -> None:
    meeting = held_meeting(contracts=[ContractFactory.create(running=True)])
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    typed = sent(day=tomorrow.isoformat(), revision=meeting.revision)
    answer = desk.post(f"{DESK}{meeting.pk}/gegevens/", typed)
    assert "day" in answer.context["form"].errors
    desk.post(f"{DESK}{meeting.pk}/vervalt/", {"reason": "Het ging toch niet door."})
    meeting.refresh_from_db()
    assert meeting.is_cancelled
    assert [row.to_status for row in meeting.events.all()] == ["held", "cancelled"]


# -- minutes ---------------------------------------------------------------------------------------
def test_minutes_are_laid_down_when_they_are_whole(desk: Client, user: User) -> None:
    meeting = held_meeting(user)
    page = f"{DESK}{meeting.pk}/vaststellen/"
    assert "Stel het verslag vast" not in text_of(desk.get(page))
    with pytest.raises(NotEditable) as told:
        actions.record(meeting, seen=actions.mark_of(meeting), user=user)
    assert told.value.messages == [actions.NOBODY, actions.NO_MINUTES]
    AttendanceFactory.create(meeting=meeting)
    point = MeetingPointFactory.create(meeting=meeting, minutes="De wachttijd is gedaald.")
    form = desk.get(page).context["form"]
    desk.post(page, {"seen": form.initial["seen"]})
    meeting.refresh_from_db()
    assert meeting.status == "recorded"
    assert "Er verandert niets meer aan" in text_of(
        desk.get(f"{DESK}{meeting.pk}/punten/{point.pk}/", follow=True)
    )


def test_minutes_that_changed_after_they_were_read_are_not_laid_down(user: User) -> None:
    meeting = held_meeting(user)
    AttendanceFactory.create(meeting=meeting)
    MeetingPointFactory.create(meeting=meeting, minutes="Eerst.")
    seen = actions.mark_of(meeting)
    MeetingPointFactory.create(meeting=meeting, minutes="Later.")
    with pytest.raises(NotEditable, match="intussen gewijzigd"):
        actions.record(meeting, seen=seen, user=user)


def test_the_database_keeps_what_was_laid_down(user: User) -> None:
    meeting = recorded_meeting(user)
    refused(lambda: Meeting.objects.filter(pk=meeting.pk).update(title="Anders"))
    refused(lambda: MeetingPoint.objects.filter(meeting=meeting).update(minutes="Anders"))
    refused(lambda: Attendance.objects.filter(meeting=meeting).delete())
    refused(lambda: meeting.contracts.add(ContractFactory.create()))
    refused(lambda: meeting.events.all().delete())
    gone = cancelled_meeting(user)
    refused(lambda: Meeting.objects.filter(pk=gone.pk).update(reason="Anders"))


def test_who_was_there_is_written_as_a_list(desk: Client) -> None:
    meeting = held_meeting()
    partner = PartnerFactory.create(name="Tom in de buurt")
    page = f"{DESK}{meeting.pk}/deelnemers/"
    was = desk.get(page).context["was"]
    rows: list[dict[str, Any]] = [
        {"who": "wethouder", "organisation": "", "presence": "present", "note": ""},
        {"who": "directeur", "organisation": partner.pk, "presence": "not_involved", "note": ""},
    ]
    typed: dict[str, Any] = {"was": was, "form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0}
    typed |= {f"form-{at}-{key}": held for at, row in enumerate(rows) for key, held in row.items()}
    assert "waarom deze organisatie niet is betrokken" in text_of(desk.post(page, typed))
    typed["form-1-note"] = "Het ging alleen over geld."
    for _ in range(2):  # a double click
        assert desk.post(page, typed).status_code == 302
    assert [str(row) for row in meeting.attendance.all()] == [
        "wethouder",
        "directeur, Tom in de buurt",
    ]
    told = text_of(desk.get(f"{DESK}{meeting.pk}/"))
    assert "Niet betrokken" in told
    assert "Het ging alleen over geld." in told
    typed["form-0-who"] = "burgemeester"
    assert "Iemand anders bewaarde dit" in text_of(desk.post(page, typed))


def test_a_point_is_written_and_taken_away(desk: Client) -> None:
    meeting = held_meeting()
    page = f"{DESK}{meeting.pk}/punten/"
    desk.post(f"{page}nieuw/", {"title": "Wachttijden", "minutes": "Zes weken."})
    point = MeetingPoint.objects.get()
    assert point.minutes == "Zes weken."
    again = desk.post(f"{page}nieuw/", {"title": "WACHTTIJDEN"})
    assert "Dit punt staat al op de agenda." in text_of(again)
    other = MeetingFactory.create()
    assert desk.get(f"{DESK}{other.pk}/punten/{point.pk}/").status_code == 404
    desk.post(f"{page}{point.pk}/verwijderen/")
    assert not MeetingPoint.objects.exists()
    kept = Change.objects.filter(whole=f"meeting-{meeting.pk}", action="removed").get()
    assert "Zes weken." in str(kept.fields)


# -- action points ---------------------------------------------------------------------------------
def owned(**changes: Any) -> dict[str, Any]:
    return {"kind": "action", "text": "Cijfers nasturen", "due_on": "2026-04-01", **changes}


def test_an_action_point_has_one_owner_who_hears_of_it(desk: Client) -> None:
    meeting, owner = MeetingFactory.create(), manager()
    page = f"/beheer/actiepunten/nieuw/?overleg={meeting.pk}"
    partner = PartnerFactory.create()
    for both in ({}, {"user": owner.pk, "organisation": partner.pk}):
        assert "Kies één eigenaar" in text_of(desk.post(page, owned(**both)))
    desk.post(page, owned(user=owner.pk))
    action = ActionPoint.objects.get()
    assert (action.meeting, action.owner) == (meeting, owner)
    mail = OutboxMail.objects.get()
    assert (mail.to, "Cijfers nasturen" in mail.text) == (owner.email, True)
    assert "Dit actiepunt staat er al." in text_of(desk.post(page, owned(user=owner.pk)))
    assert OutboxMail.objects.count() == 1


def test_a_bottleneck_lies_between_two_and_has_somebody_who_directs_it(desk: Client) -> None:
    one, other = PartnerFactory.create(name="Aa"), PartnerFactory.create(name="Bee")
    typed = owned(kind="bottleneck", text="Wie pakt de wachtlijst op?", user=manager().pk)
    page = "/beheer/actiepunten/nieuw/?soort=knelpunt"
    assert "ten minste twee" in text_of(desk.post(page, typed | {"between": [one.pk]}))
    desk.post(page, typed | {"between": [one.pk, other.pk]})
    told = text_of(desk.get("/beheer/actiepunten/", {"soort": "bottleneck"}))
    assert "heeft de regie" in told
    assert "Speelt tussen Aa, Bee." in told


def test_an_action_point_ends_once_and_opens_again_with_a_reason(desk: Client) -> None:
    action = ActionPointFactory.create()
    page = f"/beheer/actiepunten/{action.pk}/"
    typed = {"seen": "open", "note": "Zij zijn er."}
    for _ in range(2):  # a double click
        assert desk.post(f"{page}klaar/", typed).status_code == 302
    action.refresh_from_db()
    assert (action.status, action.events.count()) == ("done", 1)
    assert "Open het eerst opnieuw" in text_of(desk.get(f"{page}wijzigen/", follow=True))
    late = desk.post(f"{page}wijzigen/", owned(user=action.user_id, revision=2))
    assert "intussen afgerond" in text_of(late)
    desk.post(f"{page}heropenen/", {"seen": "done", "note": "Er ontbreekt een tabel."})
    desk.post(f"{page}vervalt/", {"seen": "open", "note": "Niet meer nodig."})
    action.refresh_from_db()
    assert action.status == "dropped"
    assert "Er ontbreekt een tabel." in text_of(desk.get(page))
    refused(lambda: action.events.all().delete())


def test_owners_are_reminded_once_before_the_day_and_once_after_it() -> None:
    partner = PartnerFactory.create()
    writer = UserFactory.create(holds=[Role.REPORTER], of=partner)
    UserFactory.create(holds=[Role.READER], of=partner)
    action = ActionPointFactory.create(user=None, organisation=partner, due_on=DAY)
    ActionPointFactory.create(due_on=DAY + datetime.timedelta(days=60))
    for day in (-8, -7, -1, 0, 1, 2):
        remind_actions(DAY + datetime.timedelta(days=day))
    mails = list(OutboxMail.objects.order_by("pk"))
    assert [mail.to for mail in mails] == [writer.email] * 2
    assert [mail.key.split("-")[1] for mail in mails] == ["due", "late"]
    assert "/portaal/overleg/" in mails[0].text
    actions.move_action(action, ActionStatus.DONE, seen="open", note="Klaar.", user=manager())
    assert remind_actions(DAY) == 0


def test_what_is_over_time_is_found(desk: Client, user: User) -> None:
    today = timezone.localdate()
    late = ActionPointFactory.create(due_on=today - datetime.timedelta(days=1), user=user)
    ActionPointFactory.create(due_on=today)
    rows = desk.get("/beheer/actiepunten/", {"tijd": "on"}).context["rows"]
    assert [row["action"] for row in rows] == [late]
    assert "(1 over tijd)" in text_of(desk.get(DESK))
    rows = desk.get("/beheer/actiepunten/", {"mij": "on"}).context["rows"]
    assert [row["action"] for row in rows] == [late]


# -- decisions and the college ---------------------------------------------------------------------
def test_a_decision_stands_for_good_until_another_takes_its_place(desk: Client) -> None:
    contract = ContractFactory.create(running=True)
    meeting = recorded_meeting(contracts=[contract])
    page = f"/beheer/besluiten/nieuw/?overleg={meeting.pk}"
    typed = {
        "kind": "money",
        "title": "Het budget gaat omhoog",
        "reason": "De vraag groeide.",
        "decided_on": "2026-03-12",
        "decided_by": "de wethouder",
        "meeting": meeting.pk,
        "contracts": [contract.pk],
    }
    answer = desk.post(page, typed)
    first = Decision.objects.get()
    assert answer["Location"] == f"/beheer/besluiten/{first.pk}/"
    assert (first.meeting, [*first.contracts.all()]) == (meeting, [contract])
    assert "al vastgelegd" in text_of(desk.post(page, typed))
    refused(lambda: Decision.objects.filter(pk=first.pk).update(title="Anders"))
    refused(lambda: first.contracts.clear())
    desk.post(page, typed | {"title": "Toch niet", "replaces": first.pk})
    told = text_of(desk.get(f"/beheer/besluiten/{first.pk}/"))
    assert "Dit besluit geldt niet meer." in told
    assert "Toch niet" in told


def test_a_decision_is_not_of_tomorrow(desk: Client) -> None:
    day = timezone.localdate() + datetime.timedelta(days=1)
    answer = desk.post("/beheer/besluiten/nieuw/", {"decided_on": day.isoformat()})
    assert "decided_on" in answer.context["form"].errors


def test_the_college_is_told_once_and_reads_it_back(desk: Client, client: Client) -> None:
    alderman = UserFactory.create(holds=[Role.COLLEGE])
    meeting = held_meeting()
    page = f"{DESK}{meeting.pk}/bericht/"
    typed = {"seen": "0", "text": "De wachttijd loopt op."}
    desk.post(page, typed)
    again = desk.post(page, typed)
    assert "Intussen is er een bericht verstuurd" in text_of(again)
    note = CollegeNote.objects.get()
    mail = OutboxMail.objects.get()
    assert mail.to == alderman.email
    assert "De wachttijd loopt op." in mail.text
    refused(lambda: CollegeNote.objects.filter(pk=note.pk).update(text="Anders"))
    client.force_login(alderman)
    assert "De wachttijd loopt op." in text_of(client.get(f"{DESK}berichten/"))


# -- the rhythm ------------------------------------------------------------------------------------
def test_a_rhythm_is_raised_with_a_reason_and_never_below_the_norm(desk: Client) -> None:
    contract = ContractFactory.create(running=True)
    page = f"/beheer/overeenkomsten/{contract.slug}/overlegritme/?jaar=2026"
    typed = {"from_year": 2026, "official": 12, "executive": 1, "reason": "Een grote partner."}
    assert "official" in desk.post(page, typed | {"official": 1}).context["form"].errors
    assert "reason" in desk.post(page, typed | {"reason": ""}).context["form"].errors
    desk.post(page, typed)
    assert MeetingRhythm.objects.get().official == 12
    told = text_of(desk.get(f"/beheer/overeenkomsten/{contract.slug}/overlegjaar/?jaar=2026"))
    assert "0 van 12 gehouden" in told
    assert "Een grote partner." in told


def test_the_year_of_a_contract_shows_what_was_held_and_what_is_to_come(desk: Client) -> None:
    contract = ContractFactory.create(running=True)
    recorded_meeting(contracts=[contract], title="Voorjaar")
    MeetingFactory.create(contracts=[contract], title="Najaar", day=datetime.date(2026, 10, 1))
    cancelled_meeting(contracts=[contract], title="Zomer")
    recorded_meeting(contracts=[ContractFactory.create(running=True)], title="Een ander")
    told = text_of(desk.get(f"/beheer/overeenkomsten/{contract.slug}/overlegjaar/?jaar=2026"))
    assert "1 van 2 gehouden, 1 gepland" in told
    assert "Voorjaar" in told
    assert "Najaar" in told
    assert "Zomer" not in told
    assert "Een ander" not in told
    for strange in ("x", "9" * 20, "-1", "1"):
        page = f"/beheer/overeenkomsten/{contract.slug}/overlegjaar/?jaar={strange}"
        assert desk.get(page).status_code == 200


# -- the history -----------------------------------------------------------------------------------
def test_the_history_names_every_column_that_people_write() -> None:
    forms: tuple[Any, ...] = (MeetingForm, PointForm, ActionForm, RhythmForm)
    for form in forms:
        model = form.Meta.model
        assert set(form.Meta.fields) <= set(COLUMNS[model]), model
        assert model in KINDS


def test_what_changed_in_a_talk_is_told(desk: Client) -> None:
    meeting = MeetingFactory.create(contracts=[ContractFactory.create(running=True)])
    typed = sent(revision=meeting.revision, contracts=[meeting.contracts.get().pk])
    desk.post(f"{DESK}{meeting.pk}/gegevens/", typed)
    assert "Voortgangsgesprek voorjaar" in text_of(desk.get(f"{DESK}{meeting.pk}/geschiedenis/"))
    action = ActionPointFactory.create()
    typed = owned(user=action.user_id, revision=action.revision)
    desk.post(f"/beheer/actiepunten/{action.pk}/wijzigen/", typed)
    told = text_of(desk.get(f"/beheer/actiepunten/{action.pk}/geschiedenis/"))
    assert "Cijfers nasturen" in told


def test_a_decision_is_found_by_what_it_changes(desk: Client) -> None:
    contract = ContractFactory.create(running=True)
    one = DecisionFactory.create(kind="approach", contracts=[contract], title="Anders werken")
    DecisionFactory.create(kind="money", decided_on=datetime.date(2025, 2, 1))
    page = "/beheer/besluiten/"
    for asked in ({"soort": "approach"}, {"overeenkomst": contract.pk}, {"jaar": 2026}):
        rows = desk.get(page, asked).context["rows"]
        assert [row["decision"] for row in rows] == [one], asked


def test_an_action_of_a_talk_is_not_due_before_it(user: User) -> None:
    meeting = MeetingFactory.create(day=DAY)
    partner = PartnerFactory.create()
    typed = {"kind": "action", "text": "Cijfers sturen", "organisation": partner.pk}

    def errors(day: datetime.date, row: ActionPoint) -> Any:
        return ActionForm(typed | {"due_on": day.isoformat()}, instance=row).errors

    before = DAY - datetime.timedelta(days=1)
    assert "voor het overleg van" in str(errors(before, ActionPoint(meeting=meeting))["due_on"])
    assert "due_on" not in errors(DAY, ActionPoint(meeting=meeting))
    assert "due_on" not in errors(before, ActionPoint())
    held = ActionPointFactory.create(meeting=meeting, due_on=before)
    assert "due_on" not in errors(before, held)
