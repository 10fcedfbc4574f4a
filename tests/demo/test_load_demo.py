"""The command that fills a database with the demonstration: all of it, once, or nothing."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from accounts.constants import OrganisationKind
from accounts.models import Organisation, User
from agenda.models import (
    Advice,
    Agenda,
    AgendaDocument,
    AgendaVersion,
    ConsultationRound,
    CouncilTalk,
    CouncilTalkPoint,
    DevelopmentTask,
    Goal,
    Indicator,
    Invitation,
    Measure,
    Observation,
    Reading,
    SituationFact,
    Source,
    Sourced,
    Statement,
    StatementResult,
    Survey,
    Target,
    TaskStep,
    Theme,
)
from contracts.models import (
    KPI,
    Allocation,
    Amendment,
    BudgetLine,
    Contract,
    ContractDate,
    ContractTheme,
    DataAgreement,
    Exchange,
    Expectation,
    ExtensionOption,
    KPITarget,
    Party,
    PassOn,
    PassOnFrame,
    PersonalData,
    Project,
    ProjectEvaluation,
    Provision,
    ReportingAgreement,
    SubAssignment,
    Subsidy,
    Supply,
    Term,
    Transition,
)
from demo.loading.everything import models_of_the_cycle
from monitor.models import FollowUp, PlannedInvestigation, SteeringArrangement
from reporting.models import Entrance, Report
from tests.demo.conftest import Edited

pytestmark = pytest.mark.django_db


def run(data: Path | None = None) -> str:
    out = StringIO()
    call_command("load_demo", *([f"--data={data}"] if data else []), stdout=out)
    return out.getvalue()


def rows() -> dict[type[models.Model], list[object]]:
    """Every row of every model, as plain values."""
    return {
        model: list(model._default_manager.order_by("pk").values()) for model in apps.get_models()
    }


def everything_is_empty() -> bool:
    return not any(model._default_manager.exists() for model in models_of_the_cycle())


def test_the_first_run_says_what_it_loaded() -> None:
    told = run()
    assert told.startswith("De demonstratie is geladen:")
    assert "     113  doelstellingen" in told
    assert "     110  metingen" in told


def test_a_second_run_changes_nothing_and_says_so() -> None:
    run()
    before = rows()
    told = run()
    assert told == "De demonstratie was al geladen. Er is niets veranderd.\n"
    assert rows() == before


def test_what_people_added_to_the_demonstration_survives_a_second_run() -> None:
    run()
    owner = Organisation.objects.get(slug="gemeente-kaag-en-braassem")
    Agenda.objects.create(slug="mag-3-0", short_name="MAG 3.0", name="N", owner=owner, year=2024)
    Agenda.objects.filter(slug="mag").update(note="Door iemand aangevuld.")
    before = rows()
    assert "was al geladen" in run()
    assert rows() == before


def test_an_account_made_before_does_not_stop_it() -> None:
    User.objects.create_user("beheer@example.org", name="Beheerder")
    assert run().startswith("De demonstratie is geladen:")


@pytest.mark.parametrize("kind", ["agenda", "organisation", "source"])
def test_it_refuses_on_a_database_with_other_data(kind: str) -> None:
    owner = Organisation.objects.create(
        name="Gemeente Elders", slug="gemeente-elders", kind=OrganisationKind.MUNICIPALITY
    )
    if kind == "agenda":
        Agenda.objects.create(slug="sma", short_name="SMA", name="SMA", owner=owner, year=2020)
    if kind == "source":
        Organisation.objects.all().delete()
        Source.objects.create(slug="begroting", title="Begroting", phase="strategy")
    before = rows()
    with pytest.raises(CommandError, match="andere gegevens dan de demonstratie"):
        run()
    assert rows() == before


def test_it_refuses_when_the_marker_is_there_but_an_agenda_is_not() -> None:
    Source.objects.create(slug="demonstratie-kaag-en-braassem", title="Iets", phase="result")
    with pytest.raises(CommandError, match="Er is niets veranderd"):
        run()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "surveys.yaml",
            'value: "30%"',
            'value: "130%"',
            r"surveys\.yaml, regel \d+: Een percentage ligt tussen 0 en 100\.",
        ),
        (
            "surveys.yaml",
            'value: "30%"',
            'value: "veel"',
            r"surveys\.yaml, regel \d+: ‘veel’ is geen getal\.",
        ),
        (
            "observations.yaml",
            'value: "6,8"',
            'value: "hoog"',
            r"observations\.yaml, regel \d+: ‘hoog’ is geen getal\.",
        ),
        (
            "agendas.yaml",
            "2012-10-08",
            "2012-10-38",
            r"agendas\.yaml, regel \d+: ‘2012-10-38’ bij ‘adopted_on’ is geen bestaande datum",
        ),
        (
            "agendas.yaml",
            'period: "2017/2020"',
            'period: "2020/2017"',
            r"agendas\.yaml, regel \d+: Bij ‘period’: De periode eindigt voor zij begint",
        ),
        (
            "agendas.yaml",
            "short_name:",
            "bijnaam:",
            r"agendas\.yaml, regel \d+: Het veld ‘bijnaam’ hoort hier niet",
        ),
        (
            "agendas.yaml",
            "year: 2014",
            "year: veertien",
            r"agendas\.yaml, regel \d+: Bij ‘year’ hoort een heel getal",
        ),
        (
            "agendas.yaml",
            "slug: mag-1-ii\n",
            "slug: mag-1-i\n",
            r"agendas\.yaml, regel \d+: korte naam in adressen: Er bestaat al een",
        ),
        (
            "agendas.yaml",
            "value_type: percentage",
            "value_type: procent",
            r"agendas\.yaml, regel \d+: ‘procent’ bij ‘value_type’ bestaat niet\. Kies uit: count",
        ),
        (
            "succession.yaml",
            "successor: mag-3d/1/integrale-toegang",
            "successor: mag-3d/1/toegang",
            r"succession\.yaml, regel \d+: Er is geen thema ‘mag-3d/1/toegang’",
        ),
        (
            "succession.yaml",
            "kind: replaced",
            "kind: new",
            r"succession\.yaml, regel \d+: Nieuw heeft geen voorganger",
        ),
        (
            "sources.yaml",
            "phase: goals",
            "phase: doelen",
            r"sources\.yaml, regel \d+: ‘doelen’ bij ‘phase’ bestaat niet",
        ),
        (
            "contradictions.yaml",
            "source: bestuurlijke-reactie-2020",
            "source: krant",
            r"contradictions\.yaml, regel \d+: Er is geen bron ‘krant’",
        ),
    ],
)
def test_a_mistake_in_a_data_file_is_named_and_nothing_is_loaded(
    edited: Edited, file: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(CommandError, match=message + r".*Er is niets geladen\.$"):
        run(edited(file, old, new))
    assert everything_is_empty()


def test_the_line_in_the_message_is_the_line_of_the_mistake(edited: Edited) -> None:
    folder = edited("surveys.yaml", 'value: "39%"', 'value: "139%"')
    lines = (folder / "surveys.yaml").read_text(encoding="utf-8").splitlines()
    wrong = next(number for number, line in enumerate(lines, start=1) if "139%" in line)
    with pytest.raises(CommandError, match=rf"surveys\.yaml, regel {wrong}: "):
        run(folder)


def test_a_missing_file_is_named(edited: Edited) -> None:
    folder = edited("surveys.yaml", "BMC", "BMC")
    (folder / "surveys.yaml").unlink()
    with pytest.raises(CommandError, match=r"surveys\.yaml ontbreekt"):
        run(folder)
    assert everything_is_empty()


# What belongs to an invented contract has no source, and says "voorbeeld".
INVENTED: dict[type[models.Model], str] = {
    **dict.fromkeys(
        (
            *(Contract, Exchange, Project, SteeringArrangement),
            *(Allocation, Subsidy, PassOnFrame),
        ),
        "is_example",
    ),
    **dict.fromkeys(
        (
            *(DataAgreement, PersonalData),
            *(Report, Amendment, ContractDate, ContractTheme, KPI, Term, ReportingAgreement),
            *(BudgetLine, Party, SubAssignment, Expectation, Provision),
            *(ExtensionOption, Transition, Supply),
        ),
        "contract__is_example",
    ),
    KPITarget: "kpi__contract__is_example",
    CouncilTalk: "is_example",
    Entrance: "is_example",
    CouncilTalkPoint: "talk__is_example",
    Indicator: "kpis__contract__is_example",
    ProjectEvaluation: "project__is_example",
    PassOn: "frame__is_example",
    FollowUp: "finding__report__is_example",
    PlannedInvestigation: "is_example",
    Survey: "is_example",
    Statement: "survey__is_example",
    StatementResult: "statement__survey__is_example",
}
# The way to the agenda that was invented, from each of its parts.
EXAMPLE_AGENDA: dict[type[models.Model], str] = {
    Agenda: "slug",
    AgendaVersion: "agenda__slug",
    SituationFact: "version__agenda__slug",
    Theme: "version__agenda__slug",
    Goal: "theme__version__agenda__slug",
    Measure: "goal__theme__version__agenda__slug",
    Target: "measure__goal__theme__version__agenda__slug",
    Indicator: "measures__goal__theme__version__agenda__slug",
    Observation: "indicator__measures__goal__theme__version__agenda__slug",
    ConsultationRound: "version__agenda__slug",
    Advice: "round__version__agenda__slug",
    DevelopmentTask: "version__agenda__slug",
    TaskStep: "task__version__agenda__slug",
}


@pytest.mark.usefixtures("demonstration")
def test_every_fact_names_its_source_and_the_place_in_it() -> None:
    sourced = [model for model in apps.get_models() if issubclass(model, Sourced)]
    assert Reading in sourced
    for model in sourced:
        without = model._default_manager.filter(
            models.Q(source__isnull=True) | models.Q(locator="")
        )
        if model in INVENTED:
            without = without.exclude(**{INVENTED[model]: True})
        if model in EXAMPLE_AGENDA:
            without = without.exclude(**{EXAMPLE_AGENDA[model]: "voorbeeldagenda"})
        assert not without.exists(), model


@pytest.mark.usefixtures("demonstration")
def test_the_invented_agenda_says_so_and_waits_for_advice() -> None:
    agenda = Agenda.objects.get(slug="voorbeeldagenda")
    indicators = Indicator.objects.filter(measures__goal__theme__version__agenda=agenda)
    invented = [agenda.name, agenda.short_name]
    invented += [row.name for row in (*indicators, *Theme.objects.filter(version__agenda=agenda))]
    invented += [row.topic for row in SituationFact.objects.filter(version__agenda=agenda)]
    closed, still_open = ConsultationRound.objects.filter(version__agenda=agenda)
    invented += [closed.title, still_open.title]
    assert len(invented) == 11
    assert all("(verzonnen)" in name for name in invented)
    assert (closed.status, still_open.status) == ("closed", "open")
    assert Invitation.objects.get(round=still_open).organisation is None
    answers = closed.advices.get().points.values_list("answer__reason", flat=True)
    assert [bool(reason) for reason in answers] == [True, True, False]
    assert Observation.objects.filter(indicator__in=indicators, withheld=True).exists()


@pytest.mark.usefixtures("demonstration")
def test_every_row_keeps_the_rules_of_its_model() -> None:
    for model in models_of_the_cycle():
        for row in model._default_manager.order_by("pk"):
            # A document that the worker has yet to make has no file.
            unmade = isinstance(row, AgendaDocument) and row.file is None
            row.full_clean(exclude={"file", "pages"} if unmade else None)


def test_loading_takes_few_queries() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        run()
    # The sources take some 2,000; the invented half-year, talks and subsidies go the long way, by
    # the real actions.
    assert len(queries) < 9000
