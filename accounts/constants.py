"""The roles of the policy cycle (docs/rollen.md explains each)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class Role(models.TextChoices):
    FUNCTIONAL_MANAGER = "functional_manager", "functioneel beheerder"
    POLICY_OFFICER = "policy_officer", "beleidsmedewerker"
    CONTRACT_MANAGER = "contract_manager", "accounthouder"
    COLLEGE = "college", "college"
    COUNCIL_CLERK = "council_clerk", "griffie"
    COUNCIL_MEMBER = "council_member", "raadslid"
    ADVISORY_COUNCIL = "advisory_council", "adviesraad"
    AUDITOR = "auditor", "auditor"
    SUPERVISOR = "supervisor", "toezichthouder"
    REPORTER = "reporter", "rapporteur van een partner"
    SIGNATORY = "signatory", "tekenbevoegde van een partner"
    READER = "reader", "lezer bij een partner"


PARTNER_ROLES = frozenset({Role.REPORTER, Role.SIGNATORY, Role.READER})
# They can give rights or read what everybody does: looked at every quarter (BIO2 5.18).
PRIVILEGED_ROLES = frozenset({Role.FUNCTIONAL_MANAGER, Role.AUDITOR})
STAFF_ROLES = frozenset({Role.FUNCTIONAL_MANAGER, Role.POLICY_OFFICER, Role.CONTRACT_MANAGER})
# Whose work the supervisor looks at, or who can open the accounts: supervision stands apart from
# policy, purchasing, the board and provision (Wmo 2015, art. 6.1; report 001, H10.1).
SUPERVISED_ROLES = STAFF_ROLES | PARTNER_ROLES | {Role.COLLEGE}


# Who works on agendas, contracts and editions, and who audits that work.
OFFICER_ROLES = STAFF_ROLES | {Role.AUDITOR}


@dataclass(frozen=True)
class Separation:
    """Nobody holds one of ``roles`` on a day with one of ``others``; ``why`` tells a reader."""

    name: str
    roles: frozenset[Role]
    others: frozenset[Role]
    why: str


# Separation of duties (BIO2 5.3): who looks at work has no hand in it, and who hands in is not who
# judges, and reads of no other partner.
SEPARATIONS = (
    Separation(
        "supervisor_is_independent",
        frozenset({Role.SUPERVISOR}),
        SUPERVISED_ROLES,
        "De toezichthouder is onafhankelijk: die rol gaat niet samen met een rol in beleid, "
        "overeenkomsten, beheer of het college, en niet met een rol bij een partner.",
    ),
    Separation(
        "auditor_is_independent",
        frozenset({Role.AUDITOR}),
        SUPERVISED_ROLES,
        "De auditor is onafhankelijk: die rol gaat niet samen met een rol in beleid, "
        "overeenkomsten, beheer of het college, en niet met een rol bij een partner.",
    ),
    Separation(
        "partner_is_no_staff",
        PARTNER_ROLES,
        STAFF_ROLES | {Role.COLLEGE},
        "Wie bij een partner rapporteert, werkt niet ook bij de gemeente die dat beoordeelt.",
    ),
)


def separation_of(one: str, other: str) -> Separation | None:
    """Why nobody holds both roles on one day; None when somebody may."""
    for each in SEPARATIONS:
        if (one in each.roles and other in each.others) or (
            other in each.roles and one in each.others
        ):
            return each
    return None


def excluded_by(role: str) -> frozenset[Role]:
    """The roles that nobody holds on the same day as ``role``."""
    return frozenset(other for other in Role if separation_of(role, other) is not None)


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", "gemeente"
    PARTNER = "partner", "partner"
    COALITION = "coalition", "coalitie van partners"
    OTHER = "other", "overig"


class MergeKind(models.TextChoices):
    """Why an organisation goes on under another one."""

    DUPLICATE = "duplicate", "dezelfde organisatie stond er twee keer in"
    MERGER = "merger", "een fusie: de organisatie ging op in een andere"


class ReviewScope(models.TextChoices):
    """Whose access was looked at."""

    ALL = "all", "alle accounts"
    PRIVILEGED = "privileged", "beheerders en auditors"


class AuditResult(models.TextChoices):
    """How an action ended."""

    DONE = "done", "gelukt"
    UNCHANGED = "unchanged", "niet bewaard"
    REFUSED = "refused", "geweigerd"
    FAILED = "failed", "mislukt"


class ChangeAction(models.TextChoices):
    """What happened to a part of an agenda, contract or edition."""

    ADDED = "added", "toegevoegd"
    CHANGED = "changed", "gewijzigd"
    REMOVED = "removed", "verwijderd"
