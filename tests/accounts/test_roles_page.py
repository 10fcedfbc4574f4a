"""docs/rollen.md explains every role, and no other."""

from accounts.constants import PARTNER_ROLES, STAFF_ROLES, Role
from tests.ops.tables import ROOT, rows

TABLE = rows(ROOT / "docs" / "rollen.md", "rol")


def test_every_role_is_explained_once_in_the_order_of_the_code() -> None:
    assert [row[0] for row in TABLE] == [role.label for role in Role]
    assert all(row[2].endswith(".") for row in TABLE)


def test_the_page_says_which_roles_belong_to_a_partner_and_which_to_the_municipality() -> None:
    place = {Role(role): row[1] for role, row in zip(Role, TABLE, strict=True)}
    assert {role for role, word in place.items() if word == "partner"} == PARTNER_ROLES
    assert {role for role, word in place.items() if word == "gemeente"} == STAFF_ROLES
