"""What a consultation round, an advice and an answer can never be, by the name of the rule."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone

from agenda.models import AdviceAnswer, AdviceDocument, RoundEvent
from core.files import store
from tests.constraints import Spoilt, spoil, spoilt, twin
from tests.factories import OrganisationFactory, UserFactory
from tests.factories_advice import (
    AdviceFactory,
    AdvicePointFactory,
    ConsultationRoundFactory,
    InvitationFactory,
)


def _answer(**wrong: str) -> Spoilt:
    return lambda: spoil(AdviceAnswer.objects.create(point=AdvicePointFactory.create()), **wrong)


def _council_twice() -> models.Model:
    first = InvitationFactory.create(sent_at=None)
    second = InvitationFactory.create(sent_at=None, organisation=OrganisationFactory.create())
    return spoil(second, round=first.round, organisation=None)


def _partner_twice() -> models.Model:
    first = InvitationFactory.create(sent_at=None, organisation=OrganisationFactory.create())
    return spoil(
        InvitationFactory.create(sent_at=None), round=first.round, organisation=first.organisation
    )


def _uncounted() -> models.Model:
    file = store(b"%PDF-1.7", name="brief.pdf", content_type="application/pdf")
    return spoil(AdviceDocument.objects.create(round=ConsultationRoundFactory.create()), file=file)


ADVICE_CASES: dict[str, Spoilt] = {
    "agenda_round_status": spoilt(ConsultationRoundFactory, status="vergeten"),
    "agenda_round_title_unique": twin(ConsultationRoundFactory, "version", "title"),
    "agenda_round_closes_after_opening": spoilt(
        ConsultationRoundFactory, closes_on=datetime.date(2000, 1, 1)
    ),
    "agenda_round_has_days": spoilt(ConsultationRoundFactory, opens_on=None),
    "agenda_round_answered_when": spoilt(ConsultationRoundFactory, status="answered"),
    "agenda_round_event_status": lambda: RoundEvent(
        round=ConsultationRoundFactory.create(), actor=UserFactory.create(), to_status="slapend"
    ),
    "agenda_invitation_unique": _partner_twice,
    "agenda_invitation_of_council_unique": _council_twice,
    "agenda_invitation_sent_before_withdrawn": lambda: spoil(
        InvitationFactory.create(sent_at=None), withdrawn_at=timezone.now()
    ),
    "agenda_advice_letter_unique": twin(AdviceFactory, "round", "body", "given_on"),
    "agenda_advice_submitted_by_whom_when": spoilt(AdviceFactory, is_submitted=True, given_on=None),
    "agenda_advice_point_kind": spoilt(AdvicePointFactory, kind="klacht"),
    "agenda_advice_point_says_something": spoilt(AdvicePointFactory, text=""),
    "agenda_advice_point_about": spoilt(AdvicePointFactory, about_key="goal-1"),
    "agenda_advice_answer_outcome": _answer(outcome="misschien", reason="Daarom."),
    "agenda_advice_answer_with_reason": _answer(outcome="adopted"),
    "agenda_advice_document_counted": _uncounted,
}
