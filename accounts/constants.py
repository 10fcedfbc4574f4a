"""The roles of the policy cycle (docs/rollen.md explains each)."""

from __future__ import annotations

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


def excluded_by(role: str) -> frozenset[Role]:
    """The roles that nobody holds on the same day as ``role``."""
    if role == Role.SUPERVISOR:
        return SUPERVISED_ROLES
    return frozenset({Role.SUPERVISOR}) if role in SUPERVISED_ROLES else frozenset()


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", "gemeente"
    PARTNER = "partner", "partner"
    COALITION = "coalition", "coalitie van partners"
    OTHER = "other", "overig"


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
