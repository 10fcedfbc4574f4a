"""Giving somebody an account and roles, ending them, and closing what a leaver leaves behind.

Every action checks, changes, records itself in the audit trail, and tells, in one transaction. Who
does it is ``user``; None where it is done on the command line of an installation. They raise
``ValidationError`` with what is wrong, in Dutch, and then nothing changed.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.constants import PARTNER_ROLES, Role
from accounts.email_rule import check_address
from accounts.models import Membership, Organisation, RoleAssignment, User
from accounts.trail import record
from core.constants import MailState
from core.models import OutboxMail
from core.outbox import queue_mail

NAMELESS = "Oud-medewerker"
INVITED_LATELY = datetime.timedelta(minutes=5)
# RFC 2606: no mail will ever arrive there.
NOWHERE = "verwijderd.invalid"


def give_account(
    *,
    email: str,
    name: str,
    role: Role,
    organisation: Organisation | None = None,
    valid_until: datetime.date | None = None,
    replaces: User | None = None,
    authority: str = "",
    user: User | None = None,
) -> User:
    """An account with ``role`` from today on, and a mail with which its owner chooses a password.

    Until then nobody can sign in with it. A role at a partner needs ``organisation``, and makes a
    member of it.
    """
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise ValidationError(f"Er is al een account met het adres {email}.")
    with transaction.atomic():
        person = User(email=email, name=name.strip())
        person.set_unusable_password()
        person.full_clean()
        person.save()
        record("account_given", actor=user, target=page_of(person))
        give_role(
            person=person,
            role=role,
            organisation=organisation,
            valid_from=timezone.localdate(),
            valid_until=valid_until,
            replaces=replaces,
            authority=authority,
            user=user,
        )
        _invite(person)
    return person


def give_role(
    *,
    person: User,
    role: Role,
    organisation: Organisation | None,
    valid_from: datetime.date,
    valid_until: datetime.date | None,
    replaces: User | None = None,
    authority: str = "",
    user: User | None,
) -> RoleAssignment:
    """``person`` holds ``role`` from ``valid_from`` to ``valid_until``, both days included.

    Who replaces somebody holds the role that the other holds as well, no longer than the other.
    ``authority`` is from where it appears that a signatory may sign. The address has to be at a
    domain of the organisation, where it has any (``accounts/email_rule.py``). Nobody gives a role
    to himself: who provides access does not also decide or judge.
    """
    if user is not None and person.pk == user.pk:
        raise ValidationError(
            "Een rol voor uzelf geeft een andere functioneel beheerder: zo kijken er twee mensen."
        )
    check_address(person, role, organisation)
    if valid_from < timezone.localdate():
        raise ValidationError("Een rol begint vandaag of later.")
    with transaction.atomic():
        # Two clicks wait for each other here: the second finds the role there.
        locked = User.objects.select_for_update().get(pk=person.pk)
        if not locked.is_active:
            raise ValidationError("Dit account is gesloten. Heropen het eerst.")
        held = RoleAssignment.objects.filter(user=locked, role=role, organisation=organisation)
        if held.overlapping(valid_from, valid_until).exists():
            raise ValidationError("In deze periode is deze rol al gegeven.")
        if replaces is not None:
            _check_replaced(replaces, role, organisation, valid_from, valid_until)
        given = RoleAssignment(
            replaces=replaces,
            authority=authority.strip(),
            user=person,
            role=role,
            organisation=organisation,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        given.full_clean()
        given.save()
        if organisation is not None:
            _join(person, organisation, valid_from)
        record("role_given", actor=user, target=page_of(person), details=_told(given))
    return given


def _check_replaced(
    person: User,
    role: Role,
    organisation: Organisation | None,
    first: datetime.date,
    last: datetime.date | None,
) -> None:
    """``person`` holds the role all the time in which another has it instead."""
    held = RoleAssignment.objects.filter(user=person, role=role, organisation=organisation)
    # Held on to, so that it does not end meanwhile.
    replaced = held.valid_on(first).select_for_update().first()
    if replaced is None:
        if held.after(first).exists():
            raise ValidationError(
                f"{person} heeft deze rol op {date_format(first)} nog niet. Laat de vervanging "
                "later beginnen."
            )
        raise ValidationError(f"{person} heeft deze rol zelf niet. Kies wie wordt vervangen.")
    if replaced.valid_until and last and last > replaced.valid_until:
        raise ValidationError(
            f"{person} heeft deze rol zelf tot en met {date_format(replaced.valid_until)}. "
            "Langer kan de vervanging niet duren."
        )


def end_role(*, assignment: RoleAssignment, last_day: datetime.date, user: User) -> None:
    """The role is held until ``last_day``, that day included; yesterday takes it away at once.

    A role that then was never held a whole day is taken away altogether; the audit trail keeps it.
    Who replaces its holder has it no longer either.
    """
    if last_day < timezone.localdate() - datetime.timedelta(days=1):
        raise ValidationError("De laatste dag kan niet verder terug liggen dan gisteren.")
    if assignment.valid_until is not None and last_day > assignment.valid_until:
        raise ValidationError(
            "Deze rol eindigt al eerder. Geef de rol opnieuw voor een langere tijd."
        )
    with transaction.atomic():
        if assignment.role == Role.FUNCTIONAL_MANAGER:
            _keep_a_manager(assignment.user, user, with_stand_ins=True)
        _end(assignment, last_day, user)


def _end(assignment: RoleAssignment, last_day: datetime.date, user: User) -> None:
    rows = RoleAssignment.objects.filter(pk=assignment.pk, valid_until=assignment.valid_until)
    if rows.select_for_update().first() is None:
        raise ValidationError("Iemand anders wijzigde deze rol. Open het account opnieuw.")
    for replacement in RoleAssignment.objects.replacing(assignment).after(last_day):
        _end(replacement, last_day, user)
    if last_day < assignment.valid_from:
        rows.delete()
    else:
        rows.update(valid_until=last_day)
    assignment.valid_until = last_day
    _leave(assignment, last_day)
    record("role_ended", actor=user, target=page_of(assignment.user), details=_told(assignment))


def close_account(*, person: User, user: User) -> None:
    """Nobody signs in with the account any more, and it holds no role; its work stays."""
    with transaction.atomic():
        _keep_a_manager(person, user)
        if not User.objects.filter(pk=person.pk, is_active=True).update(
            is_active=False, closed_at=timezone.now()
        ):
            raise ValidationError("Dit account was al gesloten.")
        record("account_closed", actor=user, target=page_of(person))


def open_account(*, person: User, user: User) -> None:
    """The account can be used again, with the roles that still run."""
    with transaction.atomic():
        if person.email.endswith("@" + NOWHERE):
            raise ValidationError("De naam van dit account is verwijderd. Maak een nieuw account.")
        if not User.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
            raise ValidationError("Dit account was al open.")
        record("account_opened", actor=user, target=page_of(person))


def invite_again(*, person: User, user: User) -> None:
    """A new mail to choose a password, for who did not choose one; earlier links keep working.

    Not within ``INVITED_LATELY`` of the last: a second click sends none, and no mailbox is filled.
    """
    if not person.is_active:
        raise ValidationError("Dit account is gesloten. Heropen het eerst.")
    if person.has_usable_password():
        raise ValidationError(
            f"{person.name} koos al een wachtwoord, en vraagt zelf een nieuw aan bij het inloggen."
        )
    if settings.OIDC_SERVER_URL and SocialAccount.objects.filter(user=person).exists():
        raise ValidationError(f"{person.name} logt in met een werkaccount, zonder wachtwoord.")
    with transaction.atomic():
        now = timezone.now()
        waiting = User.objects.filter(pk=person.pk).exclude(invited_at__gt=now - INVITED_LATELY)
        if not waiting.update(invited_at=now):
            raise ValidationError(
                "Er ging net al een uitnodiging uit. Wacht vijf minuten voor de volgende."
            )
        _invite(person, again=True)
        record("invitation_sent", actor=user, target=page_of(person))


def reset_second_step(*, person: User, user: User) -> None:
    """``person`` has no second step and no recovery codes any more, is signed out everywhere, hears
    of it by mail, and sets up a new one at the next sign-in."""
    if person.pk == user.pk:
        # Whoever sits at an unlocked computer could put a telephone of his own in its place.
        raise ValidationError(
            "Dit kunt u niet bij uzelf doen. Vraag een andere functioneel beheerder."
        )
    with transaction.atomic():
        gone, _per_kind = Authenticator.objects.filter(user=person).delete()
        if not gone:
            raise ValidationError(f"{person.name} heeft nog geen tweede stap.")
        User.objects.filter(pk=person.pk).update(second_step_reset_at=timezone.now())
        record("second_step_reset", actor=user, target=page_of(person))
        tell(
            person,
            "second_step_reset",
            key=f"second-step-reset:{person.pk}:{uuid.uuid4().hex}",
            by=user,
            sign_in_url=settings.BASE_URL + reverse("account_login"),
        )


def remove_name(*, person: User, user: User | None) -> None:
    """Take name and e-mail address of a closed account away; what the person did stays, nameless.

    The audit trail names people by key, so its chain stays whole. It cannot be taken back. Mails
    that went to the address keep neither it nor their text; what was not sent yet never is.
    """
    with transaction.atomic():
        mails = OutboxMail.objects.filter(to__iexact=person.email)
        mails.filter(state=MailState.QUEUED).delete()
        mails.update(to=f"account-{person.pk}@{NOWHERE}", text="")
        changed = User.objects.filter(pk=person.pk, is_active=False).update(
            name=f"{NAMELESS} {person.pk}",
            email=f"account-{person.pk}@{NOWHERE}",
            password=make_password(None),
        )
        if not changed:
            raise ValidationError("Sluit het account eerst.")
        Authenticator.objects.filter(user=person).delete()
        SocialAccount.objects.filter(user=person).delete()
        record("name_removed", actor=user, target=page_of(person))


def page_of(person: User) -> str:
    """By which the audit trail names an account."""
    return reverse("account_manage", kwargs={"pk": person.pk})


def _told(given: RoleAssignment) -> dict[str, str]:
    """The role as the audit trail keeps it, without a name of a person."""
    told = {"rol": str(given.get_role_display()), "vanaf": str(given.valid_from)}
    if given.organisation is not None:
        told["organisatie"] = given.organisation.slug
    if given.valid_until is not None:
        told["tot en met"] = str(given.valid_until)
    if given.replaces is not None:
        told["vervangt account"] = str(given.replaces_id)
    return told


def _keep_a_manager(person: User, user: User, *, with_stand_ins: bool = False) -> None:
    """Nobody locks himself out, and somebody is left who can give roles, for longer than a while.

    ``with_stand_ins``: who replaces ``person`` goes as well.
    """
    if person.pk == user.pk:
        raise ValidationError(
            "Dit kunt u niet bij uzelf doen. Vraag een andere functioneel beheerder."
        )
    # The accounts are held as well: two managers who close each other's wait for each other.
    held = list(
        RoleAssignment.objects.select_for_update()
        .filter(role=Role.FUNCTIONAL_MANAGER, user__is_active=True)
        .valid_on(timezone.localdate())
        .select_related("user")
        .order_by("pk")
    )
    if person.pk not in {one.user_id for one in held}:
        return
    going = {person.pk}
    if with_stand_ins:
        going |= _stand_ins(person, held)
        if user.pk in going:
            raise ValidationError(
                f"U bent functioneel beheerder omdat u {person} vervangt. Eindigt die rol, dan "
                "eindigt ook de uwe, en dat kunt u niet bij uzelf doen. Vraag een andere "
                "functioneel beheerder."
            )
    left = [one for one in held if one.user_id not in going]
    if not left:
        raise ValidationError(
            "Er blijft dan geen functioneel beheerder over. Geef eerst iemand anders die rol."
        )
    if all(one.replaces_id for one in left):
        last = max(left, key=lambda one: one.valid_until or datetime.date.max)
        until = f" tot en met {date_format(last.valid_until)}" if last.valid_until else ""
        raise ValidationError(
            f"Er blijft dan alleen een vervanger over: {last.user} is functioneel beheerder"
            f"{until}, en daarna is niemand het. Geef eerst iemand die rol zonder dat die een "
            "ander vervangt."
        )


def _stand_ins(person: User, held: Iterable[RoleAssignment]) -> set[int]:
    """Who holds one of ``held`` in the place of ``person``, or of who does so in turn."""
    found = {one.user_id for one in held if one.replaces_id == person.pk}
    while more := {one.user_id for one in held if one.replaces_id in found} - found:
        found |= more
    return found


def _join(person: User, organisation: Organisation, day: datetime.date) -> None:
    members = Membership.objects.filter(user=person, organisation=organisation)
    if not members.open_on(day).exists():
        members.filter(valid_from=day).delete()
        Membership.objects.create(user=person, organisation=organisation, valid_from=day)


def _leave(ended: RoleAssignment, last_day: datetime.date) -> None:
    """Who has no role at a partner any more is no member there either."""
    if ended.role not in PARTNER_ROLES:
        return
    others = RoleAssignment.objects.filter(user=ended.user, organisation=ended.organisation)
    if (
        others.exclude(pk=ended.pk)
        .overlapping(last_day + datetime.timedelta(days=1), None)
        .exists()
    ):
        return
    members = Membership.objects.filter(user=ended.user, organisation=ended.organisation)
    members.filter(valid_from__gt=last_day).delete()
    members.open_on(last_day).update(valid_until=last_day)


def _invite(person: User, *, again: bool = False) -> None:
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    occasion = f":{uuid.uuid4().hex}" if again else ""
    tell(
        person,
        "account_given",
        key=f"account-given:{person.pk}{occasion}",
        password_reset_url=settings.BASE_URL + path.replace("UID-KEY", key),
        forgotten_url=settings.BASE_URL + reverse("account_reset_password"),
    )
    User.objects.filter(pk=person.pk).update(invited_at=timezone.now())


def tell(person: User, mail: str, *, key: str, **content: object) -> None:
    """Queue the mail ``mail`` to ``person``; once for each ``key``."""
    content |= {"user": person, "municipality_name": settings.MUNICIPALITY_NAME}
    subject = render_to_string(f"account/email/{mail}_subject.txt", content).strip()
    text = render_to_string(f"account/email/{mail}_message.txt", content).strip()
    queue_mail(to=person.email, subject=subject, text=text, key=key)
