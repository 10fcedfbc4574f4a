"""Names in addresses: what is taken or reserved gets a number behind it."""

from __future__ import annotations

import pytest

from accounts.models import Organisation
from core.slugs import LONGEST, free_slug, unused_slug
from tests.factories import OrganisationFactory


@pytest.mark.parametrize(
    ("words", "taken", "slug"),
    [
        ("Één thuis!", set(), "een-thuis"),
        ("Wonen", {"wonen"}, "wonen-2"),
        ("Wonen", {"wonen", "wonen-2"}, "wonen-3"),
        ("Nieuw", set(), "nieuw-2"),
        ("?!", set(), "thema"),
        ("?!", {"thema"}, "thema-2"),
        ("a" * 100, set(), "a" * LONGEST),
    ],
)
def test_a_name_for_the_address_is_of_nobody_else(words: str, taken: set[str], slug: str) -> None:
    assert unused_slug(words, taken, otherwise="thema", reserved={"nieuw"}) == slug


@pytest.mark.django_db
def test_rows_that_are_there_keep_their_address() -> None:
    OrganisationFactory.create(slug="gemiva")
    OrganisationFactory.create(slug="gemiva-2")
    rows = Organisation.objects.all()
    assert free_slug(rows, "Gemiva", otherwise="organisatie") == "gemiva-3"
    assert free_slug(rows, "Gemiva Noord", otherwise="organisatie") == "gemiva-noord"
