"""Planned investigations: what a year needs (docs/regels/onderzoeksplanning.md), and how one
begins."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.constants import Role
from accounts.models import Change
from contracts.talks.rules import Outcome
from monitor.constants import ResearchKind
from monitor.models import Investigation, PlannedInvestigation
from monitor.planning.reading import is_late, plan_years
from monitor.planning.rules import Planned, plan_outcome
from tests.factories import UserFactory
from tests.factories_agenda import SourceFactory
from tests.factories_inquiries import (
    InvestigationFactory,
    PlannedInvestigationFactory,
    public_investigation,
)

pytestmark = pytest.mark.django_db
PUBLIC, DESK = "/onderzoeken/planning/", "/beheer/onderzoeken/planning/"
RULES = Path(settings.BASE_DIR) / "docs" / "regels" / "onderzoeksplanning.md"
KINDS = {"M": ResearchKind.EFFICIENCY, "T": ResearchKind.EFFECTIVENESS}


def signed_in(*roles: Role) -> Client:
    client = Client()
    client.force_login(UserFactory.create(holds=list(roles)))
    return client


def text_of(answer: Any) -> str:
    html: str = answer.content.decode()
    return html


PLAN = {
    "year": "2026",
    "kind": "efficiency",
    "subject": "de kosten van het vervoer",
    "reason": "De kosten stijgen.",
    "performed_by": "de controller",
    "quarter": "2",
    "revision": "1",
}


def examples() -> list[tuple[str, str, str]]:
    """The rows of the table in the rules: what is planned, which year it is, and what comes out."""
    found = re.findall(r"^\| ([MTmt –]+) \| (\w+) \| ([\w ]+) \|$", RULES.read_text(), re.MULTILINE)
    assert len(found) >= 8
    return found


@pytest.mark.parametrize(("planned", "when", "expected"), examples())
def test_the_rules_give_what_their_table_says(planned: str, when: str, expected: str) -> None:
    rows = [Planned(KINDS[sign.upper()], sign.isupper()) for sign in planned if sign in "MTmt"]
    year = {"voorbij": 2025, "nu": 2026, "komt": 2027}[when]
    assert plan_outcome(rows, year=year, this_year=2026) == Outcome(expected)


def test_the_college_plans_and_everybody_reads_it(client: Client) -> None:
    assert signed_in(Role.COLLEGE).post(f"{DESK}nieuw/", PLAN).status_code == 302
    page = text_of(client.get(PUBLIC))
    for words in (
        *("De kosten van het vervoer".lower(), "De controller", "tweede kwartaal", "Gepland"),
        *("De kosten stijgen.", "Doelmatigheid: 0 van 1 klaar", "geen onderzoek gepland"),
    ):
        assert words in page


def test_the_auditor_begins_what_was_planned_and_nobody_reads_its_title(client: Client) -> None:
    plan = PlannedInvestigationFactory.create(subject="de kosten van het vervoer")
    auditor, officer = signed_in(Role.AUDITOR), signed_in(Role.POLICY_OFFICER)
    assert "de kosten van het vervoer" in text_of(auditor.get(f"{DESK}{plan.pk}/begin/"))
    about = {"title": "Titel die nog niemand kent", "kind": "of_the_college", "performed_by": "wij"}
    begun = auditor.post(f"{DESK}{plan.pk}/begin/", about)
    row = Investigation.objects.get()
    assert begun.headers["Location"] == f"/beheer/onderzoeken/{row.pk}/"
    plan.refresh_from_db()
    assert plan.investigation == row
    for page in (
        text_of(client.get(PUBLIC)),
        *(
            text_of(officer.get(f"{DESK}{more}"))
            for more in ("", f"{plan.pk}/", f"{plan.pk}/geschiedenis/")
        ),
    ):
        assert "Titel die nog niemand kent" not in page
    assert "Begonnen" in text_of(client.get(PUBLIC))
    assert not Change.objects.filter(is_private=False, name__contains="niemand kent").exists()


def test_a_draft_that_is_thrown_away_leaves_what_was_planned_to_begin() -> None:
    plan = PlannedInvestigationFactory.create(investigation=InvestigationFactory.create())
    auditor = signed_in(Role.AUDITOR)
    thrown = f"/beheer/onderzoeken/{plan.investigation_id}/verwijderen/"
    assert auditor.post(thrown).status_code == 302
    plan.refresh_from_db()
    assert plan.state_label == "gepland"
    assert f'href="{DESK}{plan.pk}/begin/"' in text_of(auditor.get(DESK))


def test_what_began_or_does_not_go_on_is_not_begun_again() -> None:
    begun = PlannedInvestigationFactory.create(investigation=InvestigationFactory.create())
    dropped = PlannedInvestigationFactory.create(dropped_because="Te duur.")
    auditor = signed_in(Role.AUDITOR)
    before = Investigation.objects.count()
    about = {"title": "Nog een", "kind": "of_the_college", "performed_by": "wij"}
    for plan in (begun, dropped):
        assert auditor.post(f"{DESK}{plan.pk}/begin/", about).headers["Location"] == DESK
    assert Investigation.objects.count() == before


def test_a_plan_leads_to_what_was_found_once_that_is_public(client: Client) -> None:
    row = public_investigation()
    PlannedInvestigationFactory.create(investigation=row, kind="effectiveness")
    page = text_of(client.get(PUBLIC))
    assert f'href="/onderzoeken/{row.pk}/"' in page
    assert "Klaar en openbaar" in page


def test_what_does_not_go_on_says_why_and_does_not_count(client: Client) -> None:
    plan = PlannedInvestigationFactory.create(year=timezone.localdate().year)
    officer = signed_in(Role.POLICY_OFFICER)
    sent = {**PLAN, "year": str(plan.year), "dropped_because": "Er is geen onderzoeker."}
    assert officer.post(f"{DESK}{plan.pk}/", sent).status_code == 302
    page = text_of(client.get(PUBLIC))
    assert "Gaat niet door" in page
    assert "Er is geen onderzoeker." in page
    assert "Doelmatigheid: geen onderzoek gepland" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"year": "1800"}, "1800"),
        ({"subject": ""}, "Schrijf wat er wordt onderzocht."),
        ({"kind": ""}, "Kies een soort."),
        ({"quarter": ""}, "Kies wanneer het begint."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(wrong: dict[str, str], words: str) -> None:
    answer = text_of(signed_in(Role.COLLEGE).post(f"{DESK}nieuw/", {**PLAN, **wrong}))
    assert words in answer
    assert "De kosten stijgen." in answer
    assert not PlannedInvestigation.objects.exists()


def test_a_linked_investigation_cannot_also_be_dropped() -> None:
    row = InvestigationFactory.create(in_check=True)
    plan = PlannedInvestigationFactory.create()
    sent = {**PLAN, "investigation": str(row.pk), "dropped_because": "Te duur."}
    answer = signed_in(Role.COLLEGE).post(f"{DESK}{plan.pk}/", sent)
    assert "Dit onderzoek is begonnen." in text_of(answer)


def test_the_same_subject_twice_in_a_year_is_told() -> None:
    college = signed_in(Role.COLLEGE)
    college.post(f"{DESK}nieuw/", PLAN)
    answer = text_of(college.post(f"{DESK}nieuw/", PLAN))
    assert "Dit onderwerp staat al in dit jaar" in answer
    assert PlannedInvestigation.objects.count() == 1


def test_a_year_of_a_source_is_not_judged(client: Client) -> None:
    source = SourceFactory.create()
    PlannedInvestigationFactory.create(year=2022, quarter="", source=source, locator="H1.2")
    (year,) = [each for each in plan_years(datetime.date(2026, 6, 1)) if each.year == 2022]
    assert year.outcome is None
    assert "Dit jaar komt uit een bronstuk" in text_of(client.get(PUBLIC))


@pytest.mark.parametrize(
    ("changes", "late"),
    [
        ({}, True),
        ({"quarter": "3"}, False),
        ({"dropped_because": "Geen geld."}, False),
    ],
)
def test_a_quarter_that_is_over_is_told(changes: dict[str, str], late: bool) -> None:
    """On the first day of July the second quarter is over."""
    plan = PlannedInvestigationFactory.create(**{"year": 2026, "quarter": "2"} | changes)
    assert is_late(plan, datetime.date(2026, 7, 1)) is late
    assert not is_late(plan, datetime.date(2026, 6, 30))


def test_a_year_says_how_many_are_late() -> None:
    PlannedInvestigationFactory.create(year=2026, quarter="2")
    told = {year.year: year.words for year in plan_years(datetime.date(2026, 7, 1))}
    assert told[2026].endswith("één onderzoek is te laat")


def test_work_names_what_is_to_begin_and_what_this_year_lacks() -> None:
    today = timezone.localdate()
    plan = PlannedInvestigationFactory.create(year=today.year, quarter="1")
    page = text_of(signed_in(Role.AUDITOR).get("/werk/"))
    assert f"Gepland onderzoek: {plan.subject}" in page
    lacking = f"De planning van onderzoeken in {today.year} is niet compleet"
    assert lacking in text_of(signed_in(Role.COLLEGE).get("/werk/"))
    PlannedInvestigationFactory.create(year=today.year, kind="effectiveness")
    assert lacking not in text_of(signed_in(Role.COLLEGE).get("/werk/"))


def test_the_list_takes_as_many_queries_for_one_as_for_many(client: Client) -> None:
    counts = []
    for number in (1, 5):
        PlannedInvestigationFactory.create_batch(number)
        PlannedInvestigationFactory.create(investigation=public_investigation())
        with CaptureQueriesContext(connection) as queries:
            client.get(PUBLIC)
        counts.append(len(queries))
    assert counts[0] == counts[1]
