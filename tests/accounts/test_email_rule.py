"""The addresses that an organisation takes: set by the manager, asked when a role is given."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.constants import OrganisationKind, Role
from accounts.email_rule import domains_for, set_domains
from accounts.models import AuditEntry, Organisation, User
from core.models import OutboxMail
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def municipality() -> Organisation:
    return OrganisationFactory.create(
        name="Gemeente Voorbeeld",
        kind=OrganisationKind.MUNICIPALITY,
        email_domains="gemeente.nl",
    )


@pytest.fixture
def managing(client: Client, functional_manager: User) -> Client:
    client.force_login(functional_manager)
    return client


def give(email: str, role: Role, manager: User, at: Organisation | None = None) -> User:
    return actions.give_account(
        email=email, name="Nina Nieuw", role=role, organisation=at, user=manager
    )


def test_an_account_at_a_partner_needs_an_address_of_the_partner(
    functional_manager: User, partner: Organisation, municipality: Organisation
) -> None:
    partner.email_domains = "debrug.nl"
    partner.save()
    with pytest.raises(ValidationError, match=r"bij Stichting De Brug eindigt op @debrug\.nl\."):
        give("nina@gemeente.nl", Role.REPORTER, functional_manager, partner)
    assert not User.objects.filter(name="Nina Nieuw").exists()
    assert not OutboxMail.objects.exists()
    assert give("Nina@DeBrug.nl", Role.REPORTER, functional_manager, partner).pk


def test_a_partner_without_domains_takes_every_address(
    functional_manager: User, partner: Organisation, municipality: Organisation
) -> None:
    assert give("nina@waar.ook", Role.REPORTER, functional_manager, partner).pk


@pytest.mark.parametrize(
    "role", [Role.FUNCTIONAL_MANAGER, Role.POLICY_OFFICER, Role.CONTRACT_MANAGER]
)
def test_staff_has_an_address_of_the_municipality(
    role: Role, functional_manager: User, municipality: Organisation
) -> None:
    with pytest.raises(ValidationError, match="van een medewerker van de gemeente eindigt op"):
        give("nina@elders.nl", role, functional_manager)
    assert give("nina@gemeente.nl", role, functional_manager).pk


@pytest.mark.parametrize(
    "role",
    [
        *(Role.COLLEGE, Role.COUNCIL_CLERK, Role.COUNCIL_MEMBER),
        *(Role.ADVISORY_COUNCIL, Role.AUDITOR, Role.SUPERVISOR),
    ],
)
def test_others_keep_an_address_of_their_own(
    role: Role, functional_manager: User, municipality: Organisation
) -> None:
    assert give("nina@elders.nl", role, functional_manager).pk


def test_municipalities_that_work_together_take_the_addresses_of_each(
    municipality: Organisation,
) -> None:
    OrganisationFactory.create(kind=OrganisationKind.MUNICIPALITY, email_domains="buur.nl, b.nl")
    OrganisationFactory.create(kind=OrganisationKind.OTHER, email_domains="ander.nl")
    assert domains_for(Role.POLICY_OFFICER, None) == {"gemeente.nl", "buur.nl", "b.nl"}


def test_a_role_of_who_is_here_already_asks_the_same(
    functional_manager: User, outsider: User, municipality: Organisation
) -> None:
    with pytest.raises(ValidationError, match="past niet bij deze rol"):
        actions.give_role(
            person=outsider,
            role=Role.POLICY_OFFICER,
            organisation=None,
            valid_from=timezone.localdate(),
            valid_until=None,
            user=functional_manager,
        )


def test_the_form_says_why_an_account_was_not_given(
    managing: Client, municipality: Organisation
) -> None:
    typed = {"email": "nina@elders.nl", "name": "Nina", "role": Role.POLICY_OFFICER.value}
    page = managing.post(reverse("account_add"), typed).content.decode()
    assert "eindigt op @gemeente.nl." in page
    assert 'value="nina@elders.nl"' in page


def test_the_manager_sets_where_addresses_end_and_the_trail_keeps_it(
    managing: Client, functional_manager: User, partner: Organisation
) -> None:
    typed = {"domains": "@DeBrug.nl\nwelzijn.nl"}
    address = reverse("organisation_domains", args=[partner.pk])
    page = managing.post(address, typed, follow=True).content.decode()
    partner.refresh_from_db()
    assert partner.email_domains == "debrug.nl, welzijn.nl"
    assert "eindigt een e-mailadres nu op @debrug.nl of @welzijn.nl." in page
    entry = AuditEntry.objects.get(action="email_domains_set")
    assert (entry.actor, entry.target) == (functional_manager, "organisatie de-brug")
    assert entry.details == {"was": "geen", "wordt": "debrug.nl, welzijn.nl"}
    page = managing.post(address, {"domains": ""}, follow=True).content.decode()
    partner.refresh_from_db()
    assert partner.email_domains == ""
    assert "heeft geen regel meer" in page


def test_people_who_would_fall_outside_are_asked_about_first(
    managing: Client, partner: Organisation, reporter: User, signatory: User
) -> None:
    User.objects.filter(pk=signatory.pk).update(email="sanne@debrug.nl")
    address = reverse("organisation_domains", args=[partner.pk])
    page = managing.post(address, {"domains": "debrug.nl"}).content.decode()
    partner.refresh_from_db()
    assert partner.email_domains == ""
    assert "Weet u het zeker?" in page
    assert reporter.email in page
    assert signatory.email not in page
    managing.post(address, {"domains": "debrug.nl", "agreed": "1"})
    partner.refresh_from_db()
    assert partner.email_domains == "debrug.nl"


def test_of_the_municipality_staff_alone_is_asked_about(
    managing: Client,
    functional_manager: User,
    officer: User,
    councillor: User,
    reporter: User,
    municipality: Organisation,
) -> None:
    User.objects.filter(pk=functional_manager.pk).update(email="femke@buur.nl")
    OrganisationFactory.create(kind=OrganisationKind.MUNICIPALITY, email_domains="buur.nl")
    page = managing.post(
        reverse("organisation_domains", args=[municipality.pk]), {"domains": "nieuw.nl"}
    )
    assert page.context["people"] == [officer]


def test_a_wrong_domain_keeps_what_was_typed(managing: Client, partner: Organisation) -> None:
    address = reverse("organisation_domains", args=[partner.pk])
    page = managing.post(address, {"domains": "femke@debrug.nl"}).content.decode()
    assert "‘femke@debrug.nl’ is geen einde van een e-mailadres." in page
    assert ">\nfemke@debrug.nl</textarea>" in page
    assert not AuditEntry.objects.filter(action="email_domains_set").exists()


def test_saving_the_same_changes_nothing_and_says_so(
    managing: Client, municipality: Organisation
) -> None:
    address = reverse("organisation_domains", args=[municipality.pk])
    page = managing.post(address, {"domains": "Gemeente.nl"}).content.decode()
    assert "Er is niets gewijzigd." in page
    assert not AuditEntry.objects.filter(action="email_domains_set").exists()


def test_more_domains_than_fit_are_refused(partner: Organisation, functional_manager: User) -> None:
    domains = tuple(f"{'x' * 50}{n}.nl" for n in range(12))
    with pytest.raises(ValidationError, match="te veel"):
        set_domains(organisation=partner, domains=domains, user=functional_manager)


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ({"zoek": "brug"}, ["Stichting De Brug"]),
        ({"zoek": "gemeente.nl"}, ["Gemeente Voorbeeld"]),
        ({"soort": "municipality"}, ["Gemeente Voorbeeld"]),
        ({"zoek": "bestaat niet"}, []),
        ({}, ["Gemeente Voorbeeld", "Stichting De Brug"]),
    ],
)
def test_a_choice_narrows_the_list(
    managing: Client,
    partner: Organisation,
    municipality: Organisation,
    choice: dict[str, str],
    found: list[str],
) -> None:
    page = managing.get(reverse("organisation_list"), choice)
    assert [one.name for one in page.context["page"]] == found
    assert ("Geen organisatie past bij deze keuze" in page.content.decode()) is not bool(found)


def test_the_list_has_pages_and_many_cost_as_many_queries_as_one(managing: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            managing.get(reverse("organisation_list"))
        return len(queries)

    OrganisationFactory.create()
    asked()
    few = asked()
    for number in range(30):
        OrganisationFactory.create(email_domains=f"partner{number}.nl")
    assert asked() == few
    page = managing.get(reverse("organisation_list"), {"page": 2})
    assert (len(page.context["page"]), page.context["total"]) == (6, 31)


def test_asking_about_many_people_costs_as_many_queries_as_one(
    managing: Client, partner: Organisation
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            managing.post(
                reverse("organisation_domains", args=[partner.pk]), {"domains": "debrug.nl"}
            )
        return len(queries)

    UserFactory.create(holds=[Role.READER], of=partner)
    asked()
    few = asked()
    for _number in range(9):
        UserFactory.create(holds=[Role.READER, Role.REPORTER], of=partner)
    assert asked() == few
