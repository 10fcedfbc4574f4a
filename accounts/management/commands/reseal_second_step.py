"""``manage.py reseal_second_step``: encrypt every secret of the second step with the first key."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management import BaseCommand
from django.db import transaction

from accounts.second_step import seal, unseal

SECRETS = ("secret", "seed")


class Command(BaseCommand):
    help = "Versleutelt de geheimen van de tweede stap opnieuw, met de eerste sleutel."

    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing: one that no key opens stops it, and then nothing changed."""
        changed = 0
        with transaction.atomic():
            for held in Authenticator.objects.select_for_update().order_by("pk"):
                sealed = {name: held.data[name] for name in SECRETS if name in held.data}
                if not sealed:
                    continue
                held.data |= {name: seal(unseal(text)) for name, text in sealed.items()}
                held.save(update_fields=["data"])
                changed += 1
        self.stdout.write(f"{changed} geheimen opnieuw versleuteld.")
