"""Investigations: the check on facts, what became of it, the reaction of the board, and who sees
what when."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.constants import Role
from accounts.models import Change, User
from monitor.actions import investigations as actions
from monitor.constants import InvestigationStatus
from monitor.inquiries.forms import PresentForm
from monitor.models import Investigation, InvestigationEvent, InvestigationPart
from tests.factories import UserFactory
from tests.factories_agenda import SourceFactory
from tests.factories_inquiries import (
    InvestigationFactory,
    InvestigationPartFactory,
    public_investigation,
)

pytestmark = pytest.mark.django_db
LIST, DESK = "/onderzoeken/", "/beheer/onderzoeken/"


def signed_in(*roles: Role) -> Client:
    client = Client()
    client.force_login(UserFactory.create(holds=list(roles)))
    return client


@pytest.fixture
def auditor(db: None) -> Client:
    return signed_in(Role.AUDITOR)


@pytest.fixture
def heard(db: None) -> Client:
    return signed_in(Role.POLICY_OFFICER)


@pytest.fixture
def college(db: None) -> Client:
    return signed_in(Role.COLLEGE)


def text_of(answer: Any) -> str:
    html: str = answer.content.decode()
    return html


def page(row: Investigation, more: str = "") -> str:
    return f"{DESK}{row.pk}/{more}"


def sent(row: Investigation | InvestigationPart, **fields: Any) -> dict[str, Any]:
    row.refresh_from_db()
    return {"revision": row.revision, **fields}


PRESENTED = {
    "presented_to": "de afdeling Samenleving",
    "asked_on": "2026-03-02",
    "answer_by": "2026-03-30",
}
REACTION = {
    "reaction_by": "het college",
    "reaction_on": "2026-04-14",
    "reaction": "Het college neemt dit over.",
    "reaction_url": "https://raad.voorbeeld.test/brief",
}


def test_an_investigation_goes_from_finding_to_reaction_and_is_public_with_all_of_it(
    auditor: Client, heard: Client, college: Client
) -> None:
    about = {"title": "Toegang", "kind": "audit_office", "performed_by": "de rekenkamer"}
    assert auditor.post(f"{DESK}nieuw/", about).status_code == 302
    row = Investigation.objects.get()
    part_page = page(row, "onderdeel/")
    for kind, text in (("finding", "De wachttijd is 9 weken."), ("advice", "Kort de wachttijd.")):
        assert auditor.post(part_page, {"kind": kind, "text": text}).status_code == 302
    finding, advice = row.parts.all()
    assert auditor.post(page(row, "stap/"), sent(row, **PRESENTED)).status_code == 302

    reaction = sent(finding, heard="Het zijn 7 weken.")
    assert heard.post(page(row, f"onderdeel/{finding.pk}/"), reaction).status_code == 302
    blocked = auditor.post(page(row, "stap/"), sent(row, answered_on="2026-03-20"))
    assert "Op één reactie is nog geen antwoord gegeven" in text_of(blocked)
    answer = sent(
        finding,
        text="De wachttijd is 7 weken.",
        outcome="adopted",
        outcome_reason="De gemeente liet de lijst zien.",
    )
    assert auditor.post(page(row, f"onderdeel/{finding.pk}/"), answer).status_code == 302
    closed = auditor.post(page(row, "stap/"), sent(row, answered_on="2026-03-20"))
    assert closed.status_code == 302

    silent = auditor.post(page(row, "stap/"), sent(row, afterword="", without_reaction=""))
    assert "Er is nog geen bestuurlijke reactie" in text_of(silent)
    assert college.post(page(row, "reactie/"), sent(row, **REACTION)).status_code == 302
    board = sent(advice, reaction="Dat doen wij in 2027.")
    assert college.post(page(row, f"onderdeel/{advice.pk}/"), board).status_code == 302
    assert auditor.post(page(row, "stap/"), sent(row, afterword="Dank.")).status_code == 302

    shown = text_of(Client().get(f"{LIST}{row.pk}/"))
    for words in (
        *("De wachttijd is 7 weken.", "Het zijn 7 weken.", "Overgenomen."),
        *("De gemeente liet de lijst zien.", "de afdeling Samenleving", "2 maart 2026"),
        *("20 maart 2026", "Het college, 14 april 2026", "Het college neemt dit over."),
        *("https://raad.voorbeeld.test/brief", "Dat doen wij in 2027.", "Dank."),
    ):
        assert words in shown
    steps = list(InvestigationEvent.objects.values_list("to_status", flat=True))
    assert steps == ["check", "settled", "published"]


def test_until_it_is_put_before_the_municipality_only_the_auditor_knows_of_it(
    auditor: Client, heard: Client
) -> None:
    row = InvestigationPartFactory.create().investigation
    for client in (heard, Client()):
        assert client.get(f"{LIST}{row.pk}/").status_code == 404
    assert heard.get(page(row)).status_code == 404
    assert heard.get(page(row, "geschiedenis/")).status_code == 404
    assert row.title not in text_of(heard.get(DESK))
    assert row.title in text_of(auditor.get(DESK))


def test_what_is_written_in_a_draft_stays_out_of_the_list_of_all_changes(auditor: Client) -> None:
    row = InvestigationFactory.create()
    typed = {"kind": "finding", "text": "Geheim."}
    assert auditor.post(page(row, "onderdeel/"), typed).status_code == 302
    assert Change.objects.get().is_private
    assert "Geheim." in text_of(auditor.get(page(row, "geschiedenis/")))


def test_what_is_before_the_municipality_is_not_public(heard: Client) -> None:
    for state in ("in_check", "settled", "reacted"):
        row = InvestigationFactory.create(**{state: True})
        assert heard.get(page(row)).status_code == 200
        assert Client().get(f"{LIST}{row.pk}/").status_code == 404
    assert "Er is nog geen onderzoek openbaar" in text_of(Client().get(LIST))


def test_without_a_finding_nothing_is_put_before_anybody(auditor: Client) -> None:
    row = InvestigationFactory.create()
    answer = auditor.post(page(row, "stap/"), sent(row, **PRESENTED))
    assert "Voeg eerst een bevinding toe" in text_of(answer)
    row.refresh_from_db()
    assert row.is_draft


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("presented_to", "", "verplicht"),
        ("asked_on", "2099-01-01", "Deze dag is nog niet geweest."),
        ("answer_by", "2026-03-01", "Kies een dag na de dag waarop u dit voorlegt."),
    ],
)
def test_to_whom_and_until_when_is_asked(
    auditor: Client, field: str, value: str, words: str
) -> None:
    row = InvestigationPartFactory.create().investigation
    answer = auditor.post(page(row, "stap/"), sent(row, **{**PRESENTED, field: value}))
    assert words in str(answer.context["form"].errors[field])
    assert not InvestigationEvent.objects.exists()


def test_an_answer_does_not_come_before_the_question(auditor: Client) -> None:
    row = InvestigationFactory.create(in_check=True)
    answer = auditor.post(page(row, "stap/"), sent(row, answered_on="2026-03-01"))
    assert "U legde dit pas voor op 02-03-2026." in text_of(answer)


@pytest.mark.parametrize("outcome", ["adopted", "partly", "not_adopted"])
def test_whatever_is_done_with_a_reaction_has_its_reason(auditor: Client, outcome: str) -> None:
    part = InvestigationPartFactory.create(investigation__in_check=True, heard="Het zijn 7 weken.")
    address = page(part.investigation, f"onderdeel/{part.pk}/")
    answer = auditor.post(address, sent(part, text="x", outcome=outcome, outcome_reason=""))
    assert "Schrijf waarom u dit wel of niet overneemt." in text_of(answer)
    reason = "De lijst klopt niet."
    kept = auditor.post(address, sent(part, text="x", outcome=outcome, outcome_reason=reason))
    assert kept.status_code == 302
    part.refresh_from_db()
    assert (part.outcome, part.outcome_reason) == (outcome, reason)


def test_a_part_that_is_right_needs_no_answer(auditor: Client) -> None:
    part = InvestigationPartFactory.create(investigation__in_check=True)
    row = part.investigation
    assert auditor.get(page(row, f"onderdeel/{part.pk}/")).status_code == 403
    assert auditor.post(page(row, "stap/"), sent(row, answered_on="2026-03-20")).status_code == 302


def test_the_board_reacts_after_the_check_and_not_before(college: Client) -> None:
    row = InvestigationFactory.create(in_check=True)
    assert college.post(page(row, "reactie/"), sent(row, **REACTION)).status_code == 403
    row = InvestigationFactory.create(settled=True)
    assert college.get(page(row, "reactie/")).status_code == 200


@pytest.mark.parametrize("field", ["reaction_by", "reaction_on", "reaction"])
def test_a_reaction_has_its_sender_day_and_text(college: Client, field: str) -> None:
    row = InvestigationFactory.create(settled=True)
    answer = college.post(page(row, "reactie/"), sent(row, **{**REACTION, field: ""}))
    assert field in answer.context["form"].errors


def test_where_the_board_is_silent_the_auditor_says_so(auditor: Client) -> None:
    row = InvestigationFactory.create(settled=True)
    why = "Het college reageerde niet binnen acht weken."
    assert auditor.post(page(row, "stap/"), sent(row, without_reaction=why)).status_code == 302
    shown = text_of(Client().get(f"{LIST}{row.pk}/"))
    assert "Er is geen bestuurlijke reactie." in shown
    assert why in shown


def test_a_second_click_takes_no_second_step(auditor: Client) -> None:
    part = InvestigationPartFactory.create()
    row = part.investigation
    user: User = UserFactory.create(holds=[Role.AUDITOR])
    first, second = (PresentForm(sent(row, **PRESENTED), instance=row) for _ in range(2))
    assert first.is_valid()
    assert second.is_valid()
    assert actions.present(first, user=user)
    with pytest.raises(ValidationError, match="intussen een stap verder"):
        actions.present(second, user=user)
    assert InvestigationEvent.objects.count() == 1


def test_of_two_who_react_the_second_sees_both_texts(heard: Client, college: Client) -> None:
    part = InvestigationPartFactory.create(investigation__in_check=True)
    address = page(part.investigation, f"onderdeel/{part.pk}/")
    stale = sent(part, heard="Negen.")
    assert heard.post(address, sent(part, heard="Zeven.")).status_code == 302
    answer = college.post(address, stale)
    assert "Nu staat er: ‘Zeven.’" in text_of(answer)
    assert answer.context["form"]["heard"].value() == "Negen."


@pytest.mark.parametrize("new", ["Het zijn 8 weken.", ""])
def test_another_reaction_waits_for_another_answer(
    heard: Client, auditor: Client, new: str
) -> None:
    part = InvestigationPartFactory.create(
        investigation__in_check=True,
        heard="Het zijn 7 weken.",
        outcome="adopted",
        outcome_reason="De lijst klopt.",
    )
    address = page(part.investigation, f"onderdeel/{part.pk}/")
    assert heard.post(address, sent(part, heard=new)).status_code == 302
    part.refresh_from_db()
    assert (part.heard, part.outcome, part.outcome_reason) == (new, "", "")


def test_the_board_does_not_react_before_the_facts_stood(college: Client) -> None:
    row = InvestigationFactory.create(settled=True)
    early = {"reaction_by": "college", "reaction_on": "2020-01-01", "reaction": "Eens."}
    told = text_of(college.post(page(row, "reactie/"), sent(row, **early)))
    assert "Het college reageert die dag of later." in told


def test_what_is_public_changes_no_more(auditor: Client, college: Client) -> None:
    row = public_investigation()
    part = row.parts.get()
    assert college.post(page(row, "reactie/"), sent(row, **REACTION)).status_code == 403
    assert auditor.post(page(row, f"onderdeel/{part.pk}/"), {"text": "x"}).status_code == 403
    assert auditor.post(page(row, "wijzigen/"), {"title": "x"}).status_code == 404
    with pytest.raises(DatabaseError), transaction.atomic():
        InvestigationPart.objects.filter(pk=part.pk).update(text="Anders")
    with pytest.raises(DatabaseError), transaction.atomic():
        Investigation.objects.filter(pk=row.pk).update(reaction="Anders")


def test_a_draft_is_thrown_away_after_asking(auditor: Client) -> None:
    part = InvestigationPartFactory.create()
    row = part.investigation
    assert "Dat kunt u niet terugdraaien" in text_of(auditor.get(page(row, "verwijderen/")))
    assert auditor.post(page(row, f"onderdeel/{part.pk}/weghalen/")).status_code == 302
    assert auditor.post(page(row, "verwijderen/")).status_code == 302
    assert not Investigation.objects.exists()
    shown = InvestigationFactory.create(in_check=True)
    assert auditor.post(page(shown, "verwijderen/")).status_code == 404


def test_what_a_source_does_not_tell_is_said(client: Client) -> None:
    row = InvestigationFactory.create(source=SourceFactory.create(), check_note="Eind maart.")
    InvestigationPartFactory.create(investigation=row, reaction="Eens.")
    actions.settle_from_source(row)
    shown = text_of(client.get(f"{LIST}{row.pk}/"))
    for words in ("geen datum vermeld", "Eind maart.", "De bron noemt geen bestuurlijke reactie."):
        assert words in shown


def test_my_work_says_what_waits(auditor: Client, heard: Client, college: Client) -> None:
    InvestigationFactory.create(in_check=True, title="Toegang")
    InvestigationFactory.create(settled=True, title="Kosten")
    InvestigationFactory.create(reacted=True, title="Wonen")
    for client in (heard, college):
        work = text_of(client.get(reverse("work_home")))
        assert "Kloppen de feiten? Toegang" in work
        assert "Reageer uiterlijk op 30 maart 2026." in work
        assert "Onderzoek: Kosten" in work
        assert "Onderzoek: Wonen" not in work
    assert "Onderzoek: Wonen" in text_of(auditor.get(reverse("work_home")))


def test_it_is_found_by_what_was_said(client: Client) -> None:
    row = public_investigation()
    InvestigationFactory.create(title="Een geheim onderzoek naar de toegang")
    found = text_of(client.get(reverse("search"), {"zoek": "onderzoek toegang"}))
    assert reverse("investigation_detail", args=[row.pk]) in found
    assert "geheim" not in found


@pytest.mark.parametrize("where", ["list", "detail", "desk", "manage"])
def test_a_page_costs_the_same_at_one_and_at_many(auditor: Client, where: str) -> None:
    row = InvestigationFactory.create(in_check=True)
    pages = {"list": LIST, "detail": "", "desk": DESK, "manage": page(row)}

    def more() -> int:
        shown = public_investigation()
        InvestigationPartFactory.create_batch(2, investigation=row)
        address = pages[where] or f"{LIST}{shown.pk}/"
        with CaptureQueriesContext(connection) as asked:
            assert auditor.get(address).status_code == 200
        return len(asked)

    more()  # the first time that somebody reads is noted
    counts = [more(), more(), more()]
    assert counts[0] == counts[1] == counts[2]


def test_the_day_that_it_became_public_is_kept(auditor: Client) -> None:
    row = InvestigationFactory.create(reacted=True)
    assert auditor.post(page(row, "stap/"), sent(row, afterword="")).status_code == 302
    row.refresh_from_db()
    assert row.status == InvestigationStatus.PUBLISHED
    assert isinstance(row.published_on, datetime.date)
