"""The fourteen norms: which follow from what is recorded, which somebody judges, and who reads
that (docs/regels/normenkader.md)."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.constants import Role
from accounts.models import Change
from core.periods import Period
from monitor.actions.investigations import delete_draft
from monitor.actions.norms import judge_norm
from monitor.constants import NormAnswer, NormRef
from monitor.framework.reading import recorded_in
from monitor.framework.rules import answer_of
from monitor.models import Investigation, NormVerdict
from monitor.normlist import NORMS, PARTS
from tests.factories import UserFactory
from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
    MeasureFactory,
    TargetFactory,
    ThemeFactory,
)
from tests.factories_contracts import ContractFactory, KPIFactory, KPITargetFactory
from tests.factories_inquiries import InvestigationFactory, NormVerdictFactory, public_investigation
from tests.factories_talks import DecisionFactory, recorded_meeting

pytestmark = pytest.mark.django_db
PAGE = "/beheer/normen/kader/"
YEAR, AFTER = 2019, datetime.date(2020, 2, 1)
RULES = Path(settings.BASE_DIR) / "docs" / "regels" / "normenkader.md"


def signed_in(*roles: Role) -> Client:
    client = Client()
    client.force_login(UserFactory.create(holds=list(roles)))
    return client


@pytest.fixture
def auditor(db: None) -> Client:
    return signed_in(Role.AUDITOR)


def text_of(answer: Any) -> str:
    html: str = answer.content.decode()
    return html


JUDGED = {
    "year": "2026",
    "answer": "partly",
    "ground": "De rollen staan in de agenda, de afstemming niet.",
    "judged_on": "2026-06-01",
}


def test_the_rules_name_the_norms_of_the_list() -> None:
    """docs/regels/normenkader.md has a row for each norm, with who answers it."""
    rows = re.findall(r"^\| (\d+) \| .* \| (systeem|mens) \|", RULES.read_text(), re.MULTILINE)
    assert [(int(number), who == "systeem") for number, who in rows] == [
        (norm.number, norm.by_system) for norm in NORMS.values()
    ]
    assert list(NORMS) == list(range(1, 15))
    assert {part.letter for part in PARTS} | {str(number) for number in NORMS} == set(
        NormRef.values
    )


@pytest.mark.parametrize(
    ("met", "total", "expected"),
    [
        (0, 0, None),
        (0, 3, NormAnswer.NO),
        (1, 3, NormAnswer.PARTLY),
        (3, 3, NormAnswer.YES),
    ],
)
def test_what_is_counted_gives_yes_partly_or_no(
    met: int, total: int, expected: NormAnswer | None
) -> None:
    assert answer_of(met, total) == expected


def test_exactly_the_norms_of_the_system_follow_from_what_is_recorded() -> None:
    found = recorded_in(YEAR, AFTER)
    assert set(found) == {number for number, norm in NORMS.items() if norm.by_system}
    assert found[1].answer is NormAnswer.NO
    assert found[11].answer is None


def test_an_agenda_answers_the_norms_about_policy() -> None:
    version = AgendaVersionFactory.create(
        adopted=True, agenda__year=2018, agenda__period=Period.parse("2018/2021")
    )
    AgendaVersionFactory.create(
        origin="source", status=None, agenda__year=2019, agenda__period=Period.parse("2019")
    )
    theme = ThemeFactory.create(version=version)
    first, _ = GoalFactory.create_batch(2, theme=theme)
    found = recorded_in(YEAR, AFTER)
    assert found[1].answer is NormAnswer.YES
    assert found[2].answer is NormAnswer.NO
    TargetFactory.create(measure=MeasureFactory.create(theme=None, goal=first), kind="target")
    assert recorded_in(YEAR, AFTER)[2].answer is NormAnswer.PARTLY
    assert recorded_in(2030, AFTER)[1].answer is NormAnswer.NO


def test_an_agenda_without_a_term_runs_until_another_follows_it() -> None:
    AgendaVersionFactory.create(adopted=True, agenda__year=2015, agenda__period=None)
    assert recorded_in(2016, AFTER)[1].answer is NormAnswer.YES
    AgendaVersionFactory.create(
        adopted=True, agenda__year=2016, agenda__period=Period.parse("2017/2018")
    )
    assert recorded_in(2016, AFTER)[1].answer is NormAnswer.YES
    assert recorded_in(2018, AFTER)[1].answer is NormAnswer.YES
    assert recorded_in(2025, AFTER)[1].answer is NormAnswer.NO


def test_a_norm_that_asks_nothing_is_not_met() -> None:
    ContractFactory.create(running=True)
    found = recorded_in(YEAR, AFTER)[14]
    assert found.answer is None
    assert found.words == "In dit jaar is van geen overeenkomst iets gevraagd."


def test_contracts_answer_the_norms_about_agreements_and_talks() -> None:
    first = ContractFactory.create(running=True)
    second = ContractFactory.create(running=True)
    KPITargetFactory.create(
        kpi=KPIFactory.create(contract=first), kind="target", period=Period.parse("2019")
    )
    found = recorded_in(YEAR, AFTER)
    assert found[10].answer is NormAnswer.PARTLY
    assert found[13].answer is NormAnswer.NO
    for at, kind in enumerate(("official", "official", "executive"), start=1):
        recorded_meeting(kind=kind, contracts=[first], day=datetime.date(YEAR, at, 5))
    assert recorded_in(YEAR, AFTER)[13].answer is NormAnswer.PARTLY
    running = recorded_in(YEAR, datetime.date(YEAR, 6, 1))[13]
    assert running.answer is None
    assert "Het jaar loopt nog." in running.words
    DecisionFactory.create(contracts=[second], decided_on=datetime.date(YEAR, 3, 1))
    assert recorded_in(YEAR, AFTER)[14].answer is NormAnswer.YES


def test_an_auditor_judges_and_a_later_verdict_stands_above_the_earlier_one(
    auditor: Client,
) -> None:
    assert auditor.post(f"{PAGE}4/?jaar=2026", JUDGED).status_code == 302
    later = {**JUDGED, "answer": "yes", "ground": "Nu wel.", "judged_on": "2026-07-01"}
    assert auditor.post(f"{PAGE}4/", later).headers["Location"] == f"{PAGE}?jaar=2026"
    page = text_of(auditor.get(f"{PAGE}?jaar=2026"))
    row = page.split('id="norm-4"')[1].split('id="norm-5"')[0]
    assert row.index("Nu wel.") < row.index("Eerdere oordelen") < row.index("De rollen staan")
    assert "1 juli 2026" in row
    assert "1 juni 2026" in row
    assert "Ja: 1." in page
    assert "Nu wel." not in text_of(auditor.get(f"{PAGE}?jaar=2025"))
    assert Change.objects.filter(whole="normverdict-2026-4").count() == 2


def test_a_verdict_of_somebody_goes_before_what_is_recorded(auditor: Client) -> None:
    auditor.post(f"{PAGE}1/", {**JUDGED, "answer": "yes", "ground": "Het koersdocument."})
    page = text_of(auditor.get(f"{PAGE}?jaar=2026"))
    row = page.split('id="norm-1"')[1].split('id="norm-2"')[0]
    assert "Ja</td>" in row
    assert "Uit wat is vastgelegd: nee. Er is geen vastgestelde agenda" in row


def test_who_judges_sees_what_follows_from_what_is_recorded(auditor: Client) -> None:
    page = text_of(auditor.get(f"{PAGE}1/?jaar=2026"))
    told = page.split("Uit wat is vastgelegd over 2026")[1].split("Uw oordeel</h2>")[0]
    assert "<b>Nee.</b> Er is geen vastgestelde agenda die in dit jaar loopt." in told
    assert "Eerder geoordeeld" not in told
    by_somebody = text_of(auditor.get(f"{PAGE}4/?jaar=2026"))
    assert "Dit beoordeelt een mens." in by_somebody
    auditor.post(f"{PAGE}4/", JUDGED)
    again = text_of(auditor.post(f"{PAGE}4/?jaar=2020", JUDGED | {"ground": ""}))
    assert "Uit wat is vastgelegd over 2026" in again
    assert "Eerder geoordeeld: <b>Deels.</b> De rollen staan in de agenda" in again


def test_a_second_click_judges_nothing_twice_and_nothing_is_changed(auditor: Client) -> None:
    auditor.post(f"{PAGE}4/", JUDGED)
    assert "niet nog eens bewaard" in text_of(auditor.post(f"{PAGE}4/", JUDGED))
    verdict = NormVerdict.objects.get()
    for change in (lambda: verdict.delete(), lambda: NormVerdict.objects.update(ground="Nee.")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"answer": ""}, "Kies ja, deels of nee."),
        ({"ground": ""}, "Een oordeel heeft een onderbouwing."),
        ({"judged_on": "2999-01-01"}, "2999"),
        ({"year": "1800"}, "1800"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    auditor: Client, wrong: dict[str, str], words: str
) -> None:
    answer = text_of(auditor.post(f"{PAGE}4/", {**JUDGED, **wrong}))
    assert words in answer
    assert "ground" in wrong or JUDGED["ground"] in answer
    assert not NormVerdict.objects.exists()


def test_there_are_fourteen_norms(auditor: Client) -> None:
    assert auditor.get(f"{PAGE}15/").status_code == 404
    assert auditor.get(f"{PAGE}0/").status_code == 404


def test_a_verdict_in_a_draft_is_its_investigators_until_everybody_reads_it(
    auditor: Client, client: Client
) -> None:
    row = InvestigationFactory.create(title="Nog geheim")
    auditor.post(f"{PAGE}4/", {**JUDGED, "investigation": str(row.pk)})
    assert JUDGED["ground"] in text_of(auditor.get(f"{PAGE}?jaar=2026"))
    assert JUDGED["ground"] in text_of(auditor.get(f"/beheer/onderzoeken/{row.pk}/"))
    officer = signed_in(Role.POLICY_OFFICER)
    assert JUDGED["ground"] not in text_of(officer.get(f"{PAGE}?jaar=2026"))
    assert Change.objects.get().is_private
    public = public_investigation()
    NormVerdictFactory.create(investigation=public, ground="De stukken zeggen het.")
    page = text_of(client.get(f"/onderzoeken/{public.pk}/"))
    assert "Getoetst aan veertien normen" in page
    assert "De stukken zeggen het." in page
    other = public_investigation()
    assert "veertien normen" not in text_of(client.get(f"/onderzoeken/{other.pk}/"))


def test_nothing_is_judged_in_what_is_public_already(auditor: Client) -> None:
    row = public_investigation()
    answer = auditor.post(f"{PAGE}4/", {**JUDGED, "investigation": str(row.pk)})
    assert answer.status_code == 200
    with pytest.raises(ValidationError, match="intussen openbaar"):
        judge_norm(
            4,
            year=2026,
            answer="yes",
            ground="Te laat.",
            judged_on=datetime.date(2026, 6, 1),
            investigation=row,
            user=UserFactory.create(holds=[Role.AUDITOR]),
        )
    assert not NormVerdict.objects.exists()


def test_a_draft_in_which_norms_were_judged_is_not_thrown_away() -> None:
    row = InvestigationFactory.create()
    NormVerdictFactory.create(investigation=row)
    with pytest.raises(ValidationError, match="oordelen over normen"):
        delete_draft(row, user=UserFactory.create(holds=[Role.AUDITOR]))
    assert Investigation.objects.filter(pk=row.pk).exists()


def test_only_the_auditor_is_shown_the_way_to_judge(auditor: Client) -> None:
    way = f'href="{PAGE}4/?jaar=2026"'
    assert way in text_of(auditor.get(f"{PAGE}?jaar=2026"))
    assert way not in text_of(signed_in(Role.COLLEGE).get(f"{PAGE}?jaar=2026"))


def test_the_page_takes_as_many_queries_for_one_contract_as_for_many(auditor: Client) -> None:
    counts = []
    for number in (1, 4):
        for _ in range(number):
            contract = ContractFactory.create(running=True)
            recorded_meeting(contracts=[contract], day=datetime.date(YEAR, 3, 5))
            NormVerdictFactory.create(year=YEAR)
        with CaptureQueriesContext(connection) as queries:
            auditor.get(f"{PAGE}?jaar={YEAR}")
        counts.append(len(queries))
    assert counts[0] == counts[1]
