"""Makes the people who sign in during the browser tests: ``python -m tests.browser.cast``.

Runs in a process of its own, because the browser tests have a database of their own.
"""

from __future__ import annotations

import os

PEOPLE = {
    "officer": "officer@voorbeeld.test",
    "outsider": "outsider@voorbeeld.test",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from accounts.constants import Role
    from tests.factories import UserFactory

    UserFactory.create(email=PEOPLE["officer"], name="Olga Beleid", holds=[Role.POLICY_OFFICER])
    UserFactory.create(email=PEOPLE["outsider"], name="Bas Buitenstaander")


if __name__ == "__main__":
    main()
