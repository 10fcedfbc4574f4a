"""``manage.py close_demo_accounts``: nobody signs in with a shared account any more."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.trail import record


class Command(BaseCommand):
    help = "Sluit de gedeelde accounts van de demonstratie; wat ermee is gedaan, blijft leesbaar."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            people = list(User.objects.filter(is_demonstration=True, is_active=True))
            for person in people:
                person.set_unusable_password()
                person.is_active = False
                person.save(update_fields=["password", "is_active"])
                page = reverse("account_manage", args=[person.pk])
                record("account_closed", actor=None, target=page)
        self.stdout.write(f"{len(people)} accounts gesloten.")
