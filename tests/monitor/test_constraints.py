"""What an edition, its verdicts and its frozen versions can never be."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from agenda.constants import Origin
from monitor.constants import ChangeReason, NoteKind, Verdict
from monitor.models import Bottleneck, Judgement, Monitor, MonitorNote, OtherParty
from tests.constraints import Spoilt, assert_refused, constraint_names, spoil, spoilt, twin
from tests.factories_agenda import GoalFactory, ThemeFactory
from tests.factories_inquiries import (
    FollowUpFactory,
    FollowUpUpdateFactory,
    InformationNeedFactory,
    InvestigationEventFactory,
    InvestigationFactory,
    InvestigationPartFactory,
    NormVerdictFactory,
    PlannedInvestigationFactory,
)
from tests.factories_monitor import (
    BottleneckFactory,
    CouncilDocumentFactory,
    EditionReportFactory,
    JudgementFactory,
    MonitorEventFactory,
    MonitorFactory,
    MonitorUserFactory,
    SnapshotFactory,
    SteeringFactory,
    goal_of,
)
from tests.factories_reporting import ReportFactory

pytestmark = pytest.mark.django_db


def new_update(**fields: object) -> models.Model:
    """One that is not saved: what is saved never changes."""
    made = {"follow_up": FollowUpFactory.create(), "actor": MonitorUserFactory.create()}
    return FollowUpUpdateFactory.build(**{**made, **fields})


def new_verdict(**fields: object) -> models.Model:
    return NormVerdictFactory.build(**{"actor": MonitorUserFactory.create(), **fields})


def unexplained(**changes: object) -> models.Model:
    return spoil(JudgementFactory.create(), **changes)


def second_judgement() -> models.Model:
    first = JudgementFactory.create()
    return spoil(JudgementFactory.create(monitor=first.monitor), goal=first.goal)


# Events and snapshots are append-only: their second row cannot be changed into a wrong one, so it
# is wrong from the start.
def event(**fields: object) -> models.Model:
    known = {"monitor": MonitorFactory.create(), "actor": MonitorUserFactory.create()}
    return MonitorEventFactory.build(**{**known, **fields})


def note_of_no_kind() -> models.Model:
    monitor = MonitorFactory.create()
    row = MonitorNote.objects.create(monitor=monitor, kind=NoteKind.TREND, text="Meer.")
    return spoil(row, kind="roddel")


def snapshot(**fields: object) -> models.Model:
    return SnapshotFactory.build(monitor=MonitorFactory.create(published=True), **fields)


def based_on(**fields: object) -> models.Model:
    report = ReportFactory.create(accepted=True)
    return EditionReportFactory.build(monitor=MonitorFactory.create(), report=report, **fields)


def the_same_report() -> models.Model:
    first = EditionReportFactory.create()
    return EditionReportFactory.build(monitor=first.monitor, report=first.report, round_number=2)


def same_version() -> models.Model:
    return SnapshotFactory.build(monitor=SnapshotFactory.create().monitor)


def of_itself() -> models.Model:
    row = BottleneckFactory.create()
    return spoil(row, continues=row)


def other_party_twice() -> models.Model:
    monitor = MonitorFactory.create()
    OtherParty.objects.create(monitor=monitor, name="de jeugdzorg")
    row = OtherParty.objects.create(monitor=monitor, name="het Serviceplein")
    return spoil(row, name="de jeugdzorg")


def steering_of_itself() -> models.Model:
    row = SteeringFactory.create()
    return spoil(row, replaces=row)


CASES: dict[str, Spoilt] = {
    "monitor_steering_level": spoilt(SteeringFactory, level="keizer"),
    "monitor_steering_manner": spoilt(SteeringFactory, manner="op gevoel"),
    "monitor_steering_product": spoilt(SteeringFactory, product="krant"),
    "monitor_steering_product_named": spoilt(SteeringFactory, product_name="Krant"),
    "monitor_steering_decided": spoilt(SteeringFactory, decision=""),
    "monitor_steering_end_decided": spoilt(SteeringFactory, until=datetime.date(2020, 1, 1)),
    "monitor_steering_dates": spoilt(
        SteeringFactory, until=datetime.date(2018, 1, 1), ended_by="Raadsbesluit"
    ),
    "monitor_steering_unique": twin(SteeringFactory, "who"),
    "monitor_steering_replaces_another": steering_of_itself,
    "monitor_need_role": spoilt(InformationNeedFactory, role="keizer"),
    "monitor_need_unique": twin(InformationNeedFactory, "need"),
    "monitor_need_says_what_for": spoilt(InformationNeedFactory, used_for=""),
    "monitor_investigation_kind": spoilt(InvestigationFactory, kind="roddel"),
    "monitor_investigation_status": lambda: spoil(
        InvestigationFactory.create(in_check=True), status="kwijt"
    ),
    "monitor_investigation_asked": spoilt(InvestigationFactory, status="check"),
    "monitor_investigation_answered_after_asking": lambda: spoil(
        InvestigationFactory.create(in_check=True), answered_on=datetime.date(2026, 1, 1)
    ),
    "monitor_investigation_reaction_by_whom_when": spoilt(InvestigationFactory, reaction="Eens."),
    "monitor_investigation_url": spoilt(InvestigationFactory, reaction_url="brief.pdf"),
    "monitor_investigation_public_with_reaction": lambda: spoil(
        InvestigationFactory.create(settled=True), status="published"
    ),
    "monitor_investigation_part_kind": spoilt(InvestigationPartFactory, kind="roddel"),
    "monitor_investigation_part_outcome": lambda: spoil(
        InvestigationPartFactory.create(heard="Nee."), outcome="kwijt", outcome_reason="Zomaar."
    ),
    "monitor_investigation_part_says_something": spoilt(InvestigationPartFactory, text=""),
    "monitor_investigation_part_outcome_with_reason": lambda: spoil(
        InvestigationPartFactory.create(heard="Nee."), outcome="adopted"
    ),
    "monitor_investigation_event_status": lambda: InvestigationEventFactory.build(
        investigation=InvestigationFactory.create(),
        actor=MonitorUserFactory.create(),
        to_status="kwijt",
    ),
    "monitor_follow_up_of_one": spoilt(FollowUpFactory, part=None),
    "monitor_follow_up_norm": spoilt(FollowUpFactory, norm="15"),
    "monitor_follow_up_role": spoilt(FollowUpFactory, role="keizer"),
    "monitor_follow_up_responsible": spoilt(FollowUpFactory, responsible=""),
    "monitor_follow_up_one_keeper": spoilt(FollowUpFactory, role=""),
    "monitor_follow_up_update_state": lambda: new_update(state="kwijt"),
    "monitor_follow_up_update_says": lambda: new_update(text=""),
    "monitor_follow_up_update_url": lambda: new_update(evidence_url="brief.pdf"),
    "monitor_follow_up_update_by_whom": lambda: new_update(actor=None),
    "monitor_planned_kind": spoilt(PlannedInvestigationFactory, kind="roddel"),
    "monitor_planned_quarter": spoilt(PlannedInvestigationFactory, quarter="5"),
    "monitor_planned_when": spoilt(PlannedInvestigationFactory, quarter=""),
    "monitor_planned_year": spoilt(PlannedInvestigationFactory, year=1800),
    "monitor_planned_says_what": spoilt(PlannedInvestigationFactory, subject=""),
    "monitor_planned_begun_or_dropped": lambda: spoil(
        PlannedInvestigationFactory.create(investigation=InvestigationFactory.create()),
        dropped_because="Te duur.",
    ),
    "monitor_planned_unique": twin(PlannedInvestigationFactory, "subject"),
    "monitor_norm_verdict_answer": lambda: new_verdict(answer="soms"),
    "monitor_norm_verdict_number": lambda: new_verdict(number=15),
    "monitor_norm_verdict_year": lambda: new_verdict(year=1800),
    "monitor_norm_verdict_ground": lambda: new_verdict(ground=""),
    "monitor_norm_verdict_by_whom_when": lambda: new_verdict(judged_on=None),
    "monitor_edition_unique": twin(MonitorFactory, "year"),
    "monitor_words": spoilt(MonitorFactory, kind="eeuw"),
    "monitor_origin": spoilt(MonitorFactory, origin="droom"),
    "monitor_judgement_previous": spoilt(JudgementFactory, previous="prima"),
    "monitor_judgement_suggested": spoilt(JudgementFactory, suggested="prima"),
    "monitor_judgement_origin": spoilt(JudgementFactory, origin="droom"),
    "monitor_bottleneck_state": spoilt(BottleneckFactory, state="kwijt"),
    "monitor_bottleneck_continues_another": of_itself,
    "monitor_other_party_unique": other_party_twice,
    "monitor_note_kind": note_of_no_kind,
    "monitor_event_from_status": lambda: event(from_status="vergeten"),
    "monitor_event_to_status": lambda: event(to_status="vergeten"),
    "monitor_event_origin": lambda: event(origin="droom"),
    "monitor_document_variant": spoilt(CouncilDocumentFactory, variant="duur"),
    "monitor_document_whole": spoilt(CouncilDocumentFactory, pages=12),
    "monitor_judges_an_agenda": spoilt(MonitorFactory, agenda_version=None),
    "monitor_judgement_unique": second_judgement,
    "monitor_judgement_verdict": spoilt(JudgementFactory, verdict="prima"),
    "monitor_judgement_reason_when_different": lambda: unexplained(previous=Verdict.NEUTRAL),
    "monitor_judgement_reason": spoilt(JudgementFactory, reason="zomaar"),
    "monitor_event_has_actor": lambda: event(actor=None),
    "monitor_snapshot_version_unique": same_version,
    "monitor_snapshot_version_from_one": lambda: snapshot(version=0),
    "monitor_snapshot_sha256": lambda: snapshot(sha256="x" * 64),
    "monitor_edition_report_unique": the_same_report,
    "monitor_edition_report_round_from_one": lambda: based_on(round_number=0),
    "monitor_edition_report_sha256": lambda: based_on(sha256="x" * 64),
    "monitor_document_unique": twin(CouncilDocumentFactory, "snapshot"),
}


@pytest.mark.parametrize("name", CASES)
def test_validation_and_database_refuse_what_breaks_a_rule(name: str) -> None:
    assert_refused(CASES[name](), name)


def test_every_constraint_of_the_monitor_is_tried() -> None:
    assert set(CASES) == constraint_names("monitor")


def test_two_versions_never_have_the_same_content() -> None:
    first = SnapshotFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        SnapshotFactory.create(payload=first.payload)


def test_a_verdict_that_differs_from_the_suggestion_needs_a_reason() -> None:
    judgement = JudgementFactory.create()
    judgement.suggested = Verdict.NEGATIVE
    with pytest.raises(ValidationError, match="Kies een reden"):
        judgement.full_clean()
    judgement.reason = ChangeReason.PERFORMANCE
    judgement.full_clean()


def test_history_from_a_source_has_no_invented_reason() -> None:
    judgement = JudgementFactory.create(origin=Origin.SOURCE, previous=Verdict.NEGATIVE)
    judgement.full_clean()
    assert judgement.reason == ""


def test_a_goal_of_another_agenda_is_not_judged() -> None:
    judgement = Judgement(
        monitor=MonitorFactory.create(),
        goal=GoalFactory.create(),
        number="i",
        label="Vreemd",
        verdict=Verdict.GOOD,
    )
    with pytest.raises(ValidationError, match="hoort bij een andere agenda"):
        judgement.full_clean()


def test_a_bottleneck_hangs_on_a_theme_of_the_agenda_and_a_goal_of_that_theme() -> None:
    monitor = MonitorFactory.create()
    theme = ThemeFactory.create(version=monitor.agenda_version)
    elsewhere = Bottleneck(monitor=monitor, theme=ThemeFactory.create(), text="Vreemd.")
    with pytest.raises(ValidationError, match="Dit thema hoort bij een andere agenda"):
        elsewhere.full_clean()
    wrong_goal = Bottleneck(monitor=monitor, theme=theme, goal=goal_of(monitor), text="Vreemd.")
    with pytest.raises(ValidationError, match="Dit doel hoort bij een ander thema"):
        wrong_goal.full_clean()


def test_only_published_editions_are_for_the_public() -> None:
    for state in ({}, {"judged": True}, {"adopted": True}):
        MonitorFactory.create(**state)
    shown = MonitorFactory.create()
    hampered = BottleneckFactory.create(monitor=shown, offered=True)
    BottleneckFactory.create()
    assert list(Monitor.objects.published()) == [shown]
    assert list(Bottleneck.objects.published()) == [hampered]
