"""What an officer types over an agenda that cannot be so, is refused with what to do."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.constants import Role
from accounts.models import User
from agenda.constants import AgendaStatus, TargetKind
from agenda.models import Agenda, AgendaVersion, DevelopmentTask, Participation, Target
from core.values import ValueType
from tests.agenda import adopting
from tests.factories import UserFactory
from tests.factories_agenda import (
    AgendaVersionFactory,
    IndicatorFactory,
    MeasureFactory,
    TargetFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
HOME = "/beheer/agenda/mag/1/"


@pytest.fixture
def desk(client: Client) -> Client:
    officer: User = UserFactory.create(holds=[Role.POLICY_OFFICER])
    client.force_login(officer)
    return client


@pytest.fixture
def version() -> AgendaVersion:
    made: AgendaVersion = AgendaVersionFactory.create(
        agenda__slug="mag", agenda__short_name="MAG", agenda__year=2026, agenda__period="2026/2029"
    )
    return made


def said_of(agenda: Agenda, **other: Any) -> dict[str, Any]:
    said = {"name": agenda.name, "short_name": agenda.short_name, "owner": agenda.owner_id}
    return {
        **said,
        "year": agenda.year,
        "period": agenda.period or "",
        "revision": agenda.revision,
        **other,
    }


def errors(client: Client, path: str, said: dict[str, Any]) -> dict[str, list[str]]:
    answer = client.post(path, said)
    assert answer.status_code == 200, "nothing was refused"
    return dict(answer.context["form"].errors)


# -- what the agenda is ----------------------------------------------------------------------------
def test_the_years_stay_while_there_are_targets(desk: Client, version: AgendaVersion) -> None:
    agenda = version.agenda
    empty = said_of(agenda, period="")
    measure = MeasureFactory.create(theme=ThemeFactory.create(version=version))
    TargetFactory.create(measure=measure, period="2028", number=5)
    told = errors(desk, f"{HOME}gegevens/", empty)
    assert told["period"] == [
        "Er zijn streefwaarden, en die vallen binnen de looptijd. Vul een looptijd in."
    ]
    Target.objects.all().delete()
    assert desk.post(f"{HOME}gegevens/", empty).status_code == 302
    agenda.refresh_from_db()
    assert agenda.period is None


def test_an_agenda_is_not_adopted_after_its_years(desk: Client, version: AgendaVersion) -> None:
    told = errors(desk, f"{HOME}gegevens/", said_of(version.agenda, year=2030))
    assert told["year"] == ["De looptijd eindigt in 2029. Kies een jaar ervoor."]


@pytest.mark.parametrize("name", ["MAG", "mag"])
def test_no_two_agendas_of_a_municipality_have_one_short_name(
    desk: Client, version: AgendaVersion, name: str
) -> None:
    told = errors(
        desk,
        "/beheer/agenda/nieuw/",
        said_of(version.agenda, name="Een andere", short_name=name, year=2030, period="2030"),
    )
    assert told["short_name"] == [f"{version.agenda.owner} heeft al een agenda die zo heet."]


def test_a_short_name_has_a_letter(desk: Client, version: AgendaVersion) -> None:
    told = errors(desk, f"{HOME}gegevens/", said_of(version.agenda, short_name="!!!"))
    assert told["short_name"] == ["Kies een naam met letters of cijfers."]


# -- its parts -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"year": "99999999999"}, "Kies een jaar tot en met"),
        ({"year": "5"}, "Kies een jaar vanaf"),
        ({"year": "1999", "held_on": "2026-05-05"}, "De dag valt in 2026."),
    ],
)
def test_participation_was_in_a_year_that_can_be(
    desk: Client, version: AgendaVersion, typed: dict[str, str], told: str
) -> None:
    said = {"who": "inwoners", "form": "avond", "unit": "deelnemers", "value_number": "12"}
    found = errors(desk, f"{HOME}participatie/nieuw/", {**said, **typed})
    assert found["year"][0].startswith(told)
    assert not Participation.objects.exists()


@pytest.mark.parametrize("number", ["0", "1000", "9" * 26])
def test_a_task_has_a_number_that_can_be_read(
    desk: Client, version: AgendaVersion, number: str
) -> None:
    found = errors(desk, f"{HOME}opdracht/nieuw/", {"number": number})
    assert "tot en met 999" in found["number"][0] or "vanaf 1" in found["number"][0]
    assert not DevelopmentTask.objects.exists()


def test_a_baseline_of_few_people_is_not_published(desk: Client, version: AgendaVersion) -> None:
    people = IndicatorFactory.create(value_type=ValueType.COUNT, counts_people=True)
    measure = MeasureFactory.create(theme=ThemeFactory.create(version=version), indicator=people)
    path = f"{HOME}streefwaarde/nieuw/?meting={measure.pk}"
    said = {"kind": TargetKind.BASELINE, "period": "2025", "value_number": "3"}
    found = errors(desk, path, said)
    assert "te weinig mensen om te publiceren" in str(found)
    cell = f"m{measure.pk}-baseline-2025"
    answer = desk.post(f"{HOME}streefwaarden/", {cell: "3", f"was-{cell}": ""})
    assert "te weinig mensen om te publiceren" in answer.content.decode()
    assert not Target.objects.exists()
    hidden = {**said, "value_number": "", "value_absence": "too_small"}
    assert desk.post(path, hidden).status_code == 302
    people.counts_people = False
    people.save()
    Target.objects.all().delete()
    assert desk.post(path, said).status_code == 302


def test_two_baselines_bound_the_targets_of_the_grid(desk: Client, version: AgendaVersion) -> None:
    measure = MeasureFactory.create(theme=ThemeFactory.create(version=version))
    for period in ("2025", "2028"):
        TargetFactory.create(measure=measure, kind="baseline", period=period, number=5)
    page = desk.get(f"{HOME}streefwaarden/")
    grid = page.context["grid"]
    cell = next(
        cell for cell in grid.rows[0].cells if cell.kind == "target" and cell.period.code == "2027"
    )
    answer = desk.post(f"{HOME}streefwaarden/", {cell.name: "8", f"was-{cell.name}": ""})
    assert "De nulmeting is van 2028. Kies voor de streefwaarde een later jaar." in (
        answer.content.decode()
    )


# -- its adoption ----------------------------------------------------------------------------------
def test_an_agenda_is_not_adopted_before_its_year(desk: Client, version: AgendaVersion) -> None:
    AgendaVersion.objects.update(status=AgendaStatus.CONSULTATION)
    found = errors(desk, f"{HOME}vaststellen/", adopting.typed(adopted_on="2025-12-31"))
    assert found["adopted_on"] == [
        "Volgens haar gegevens is deze agenda van 2026. Kies een dag in dat jaar, of later."
    ]


def test_a_version_is_not_adopted_before_the_one_that_it_changes(
    desk: Client, version: AgendaVersion
) -> None:
    AgendaVersion.objects.update(
        status=AgendaStatus.ADOPTED, adopted_on=datetime.date(2026, 3, 1), adopted_by="raad"
    )
    AgendaVersionFactory.create(agenda=version.agenda, number=2, consulted=True)
    found = errors(
        desk, "/beheer/agenda/mag/2/vaststellen/", adopting.typed(adopted_on="2026-02-01")
    )
    assert found["adopted_on"][0].startswith("De versie hiervoor is vastgesteld op 1 maart 2026.")


@pytest.mark.parametrize("step", ["verwijderen", "terug"])
def test_of_what_is_adopted_no_step_back_is_shown(
    desk: Client, version: AgendaVersion, step: str
) -> None:
    AgendaVersion.objects.update(
        status=AgendaStatus.ADOPTED, adopted_on=datetime.date(2026, 3, 1), adopted_by="raad"
    )
    answer = desk.get(f"{HOME}{step}/", follow=True)
    assert answer.redirect_chain
    assert "verandert niet meer" in answer.content.decode()
