"""Give somebody an account, also where nobody can sign in yet."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import give_account
from accounts.constants import PARTNER_ROLES, Role
from accounts.models import Organisation

ROLES = ", ".join(f"{role.value} ({role.label})" for role in Role)


class Command(BaseCommand):
    help = (
        "Maakt een account met een rol. De eigenaar krijgt een mail met een link om een "
        "wachtwoord te kiezen; tot dan kan niemand ermee inloggen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="het adres om mee in te loggen")
        parser.add_argument("name", metavar="NAAM", help="de naam die anderen zien")
        parser.add_argument("--role", required=True, metavar="ROL", help=f"een van: {ROLES}")
        parser.add_argument(
            "--organisation",
            metavar="SLUG",
            help="de korte naam van de organisatie; alleen en altijd bij een rol van een partner",
        )
        parser.add_argument(
            "--authority",
            metavar="BEWIJS",
            default="",
            help="waaruit blijkt dat een tekenbevoegde mag tekenen, zoals 'uittreksel KvK van 12 "
            "maart 2026'; altijd bij een tekenbevoegde",
        )

    def handle(
        self,
        *args: Any,
        email: str,
        name: str,
        role: str,
        organisation: str | None,
        authority: str,
        **options: Any,
    ) -> None:
        held = _role(role)
        try:
            user = give_account(
                email=email,
                name=name,
                role=held,
                organisation=_organisation(held, organisation),
                authority=authority,
            )
        except ValidationError as problem:
            raise CommandError(f"{_words(problem)} Er is geen account gemaakt.") from problem
        self.stdout.write(
            f"{user.name} ({user.email}) heeft een account als {held.label}. De mail om een "
            "wachtwoord te kiezen gaat uit zodra de worker loopt."
        )


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError as problem:
        raise CommandError(f"De rol {word!r} bestaat niet. Kies uit: {ROLES}.") from problem


def _organisation(role: Role, slug: str | None) -> Organisation | None:
    if role in PARTNER_ROLES and not slug:
        raise CommandError(
            f"De rol {role.label} hoort bij een organisatie. Noem haar met --organisation."
        )
    if role not in PARTNER_ROLES and slug:
        raise CommandError(
            f"De rol {role.label} hoort bij geen organisatie. Laat --organisation weg."
        )
    if not slug:
        return None
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise CommandError(f"Er is geen organisatie met de korte naam {slug!r}.")
    return organisation


def _words(problem: ValidationError) -> str:
    if not hasattr(problem, "error_dict"):
        return " ".join(problem.messages)
    fields = {"email": "E-mailadres: ", "name": "Naam: "}
    return " ".join(
        f"{fields.get(field, '')}{message.rstrip('.')}."
        for field, messages in problem.message_dict.items()
        for message in messages
    )
