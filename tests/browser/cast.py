"""Makes the people who sign in during the browser tests: ``python -m tests.browser.cast``.

Runs in a process of its own, because the browser tests have a database of their own.
"""

from __future__ import annotations

import os

PEOPLE = {
    "officer": "officer@voorbeeld.test",
    "outsider": "outsider@voorbeeld.test",
    "manager": "manager@voorbeeld.test",
    "reporter": "reporter@voorbeeld.test",
    "signatory": "signatory@voorbeeld.test",
    "college": "college@voorbeeld.test",
    "clerk": "clerk@voorbeeld.test",
    "councillor": "councillor@voorbeeld.test",
    "adviser": "adviser@voorbeeld.test",
    # Has no second step yet.
    "newcomer": "newcomer@voorbeeld.test",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from accounts.constants import Role
    from tests.factories import OrganisationFactory, UserFactory

    partner = OrganisationFactory.create(name="Stichting De Brug", slug="de-brug")
    for who, name, role in (
        ("officer", "Olga Beleid", Role.POLICY_OFFICER),
        ("manager", "Mohamed Contract", Role.CONTRACT_MANAGER),
        ("college", "Cora College", Role.COLLEGE),
        ("clerk", "Gijs Griffie", Role.COUNCIL_CLERK),
        ("councillor", "Roos Raadslid", Role.COUNCIL_MEMBER),
        ("adviser", "Ada Adviesraad", Role.ADVISORY_COUNCIL),
    ):
        UserFactory.create(email=PEOPLE[who], name=name, holds=[role])
    for who, name, role in (
        ("reporter", "Ruben Rapporteert", Role.REPORTER),
        ("signatory", "Sanne Tekent", Role.SIGNATORY),
    ):
        UserFactory.create(email=PEOPLE[who], name=name, holds=[role], of=partner)
    UserFactory.create(email=PEOPLE["outsider"], name="Bas Buitenstaander")
    UserFactory.create(email=PEOPLE["newcomer"], name="Nina Nieuw", second_step=False)


if __name__ == "__main__":
    main()
