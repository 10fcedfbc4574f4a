"""The addresses of consultation rounds: who may ask them, and what each page needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from accounts.constants import PARTNER_ROLES, STAFF_ROLES, Role
from accounts.models import Organisation
from agenda.constants import AgendaStatus
from agenda.models import Advice, ConsultationRound
from core.files import store
from tests.factories_advice import (
    AdviceFactory,
    AdvicePointFactory,
    ConsultationRoundFactory,
    InvitationFactory,
    answered,
    laid_down,
)
from tests.factories_agenda import AgendaVersionFactory
from tests.guards import agenda_pages, reporting_pages
from tests.guards.rows import (
    MISSING,
    NOT_ALLOWED,
    OK,
    REDIRECT,
    REFUSED,
    Answer,
    Expected,
    Row,
    everyone,
    only,
    signed_in,
)

Made = Mapping[str, Any]


def _address(round: ConsultationRound, **more: int) -> Made:
    version = round.version
    return {"slug": version.agenda.slug, "number": version.number, "pk": round.pk, **more}


def a_round() -> Made:
    return _address(ConsultationRoundFactory.create())


def an_answered_round() -> Made:
    return _address(answered())


def an_invitation() -> Made:
    invitation = InvitationFactory.create(sent_at=None, round__status="prepared")
    return _address(invitation.round, invitation=invitation.pk)


def a_letter() -> Made:
    letter = AdviceFactory.create()
    return _address(letter.round, letter=letter.pk)


def a_whole_letter() -> Made:
    letter: Advice = AdvicePointFactory.create().advice
    return _address(letter.round, letter=letter.pk)


def a_letter_point() -> Made:
    point = AdvicePointFactory.create()
    return _address(point.advice.round, letter=point.advice.pk, point=point.pk)


def a_point_to_answer() -> Made:
    letter = laid_down()
    return _address(letter.round, point=letter.points.get().pk)


def a_seat() -> Made:
    """An invitation of the partner that the actors of the table work for."""
    partner = Organisation.objects.get(slug=reporting_pages.PARTNER)
    return {"invitation": InvitationFactory.create(organisation=partner).pk}


def an_own_point() -> Made:
    partner = Organisation.objects.get(slug=reporting_pages.PARTNER)
    invitation = InvitationFactory.create(organisation=partner)
    advice = AdviceFactory.create(round=invitation.round, invitation=invitation, given_on=None)
    point = AdvicePointFactory.create(advice=advice)
    return {"invitation": invitation.pk, "point": point.pk}


def advised() -> Made:
    version = AgendaVersionFactory.create(status=AgendaStatus.CONSULTATION)
    return {"slug": answered(version=version).version.agenda.slug}


def a_document() -> Made:
    version = AgendaVersionFactory.create(status=AgendaStatus.CONSULTATION)
    document = answered(version=version).document
    document.file = store(b"%PDF-1.7", name="brief.pdf", content_type="application/pdf")
    document.pages = 1
    document.save(update_fields=["file", "pages"])
    return {"slug": version.agenda.slug, "pk": document.round_id}


def _writes(make: Callable[[], Made], *, get: Answer = OK, post: Answer = OK) -> Row:
    """A page on which a policy officer works."""
    officer = Role.POLICY_OFFICER
    return Row(get=only(officer, answer=get), post=only(officer, answer=post), kwargs=make)


def _reads(make: Callable[[], Made]) -> Row:
    return Row(get=only(*STAFF_ROLES), post=only(*STAFF_ROLES, answer=NOT_ALLOWED), kwargs=make)


def _asked(make: Callable[[], Made]) -> Row:
    """A page for everybody at a partner that is asked; to others it is not there."""
    return Row(get=only(*PARTNER_ROLES, others=MISSING), post=signed_in(NOT_ALLOWED), kwargs=make)


def _advises(make: Callable[[], Made], *, post: Answer = OK) -> Row:
    """A page where a partner that is asked writes: who only reads along there is refused."""

    def of(answer: Answer) -> Expected:
        writers = only(Role.REPORTER, Role.SIGNATORY, answer=answer, others=MISSING)
        return {**writers, Role.READER.value: REFUSED}

    return Row(get=of(OK), post=of(post), kwargs=make)


ROWS: dict[str, Row] = {
    # officers
    "round_list": _reads(agenda_pages.a_version),
    "round_add": _writes(agenda_pages.a_version),
    "round_manage": _reads(a_round),
    "round_job": _reads(an_answered_round),
    **{name: _writes(a_round) for name in ("round_edit", "round_invite", "round_open")},
    "round_finish": _writes(a_round),
    "round_delete": _writes(a_round, post=REDIRECT),
    "round_close": _writes(a_round, post=REDIRECT),
    "round_withdraw": _writes(an_invitation, post=REDIRECT),
    "round_document": _writes(an_answered_round, get=NOT_ALLOWED, post=REDIRECT),
    "answer_edit": _writes(a_point_to_answer),
    "letter_add": _writes(a_round),
    "letter_manage": _writes(a_letter),
    "letter_edit": _writes(a_letter),
    "letter_delete": _writes(a_letter, post=REDIRECT),
    "letter_submit": _writes(a_whole_letter, post=REDIRECT),
    "letter_point_edit": _writes(a_letter_point),
    "letter_point_delete": _writes(a_letter_point, post=REDIRECT),
    # those who are asked
    "advice_list": Row(get=signed_in(OK), post=signed_in(NOT_ALLOWED)),
    "advice_round": _asked(a_seat),
    "advice_draft": _asked(a_seat),
    "advice_point_add": _advises(a_seat),
    "advice_point_edit": _advises(an_own_point),
    "advice_point_delete": _advises(an_own_point, post=REDIRECT),
    "advice_submit": _advises(a_seat),
    # everybody
    "agenda_plans": Row(get=everyone(OK), post=everyone(NOT_ALLOWED)),
    "agenda_advice": Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs=advised),
    "agenda_advice_pdf": Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs=a_document),
}
