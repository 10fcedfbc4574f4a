"""A whole town to walk through: the demonstration, drafts of everything, and everybody."""

from __future__ import annotations

import datetime

from django.utils import timezone

from accounts.constants import PARTNER_ROLES, OrganisationKind, Role
from accounts.models import Organisation, User
from agenda.actions import amend
from agenda.constants import AdviceOutcome, AgendaStatus, GoalLevel
from agenda.models import AdviceAnswer, AgendaVersion
from contracts.constants import ContractStatus, PartyRole
from contracts.models import BudgetPost, Contract, Remark
from contracts.talk_constants import ActionStatus
from core.constants import MailState
from core.files import store
from core.models import OutboxMail
from demo.loading.everything import load_everything
from monitor.constants import MonitorKind, MonitorStatus
from reporting.models import Report
from reporting.talks.documents import request_sheet
from tests.agenda import adopting
from tests.factories import OrganisationFactory, RoleAssignmentFactory, UserFactory
from tests.factories_advice import (
    AdviceFactory,
    AdvicePointFactory,
    ConsultationRoundFactory,
    InvitationFactory,
    answered,
    laid_down,
)
from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
    GroupFactory,
    IndicatorFactory,
    ObservationFactory,
    PolicyLinkFactory,
    StatementResultFactory,
    SurveyFactory,
    TaskStepFactory,
    ThemeFactory,
)
from tests.factories_contracts import (
    AmendmentFactory,
    BudgetItemFactory,
    ContractFactory,
    DataAgreementFactory,
    KPIFactory,
    PartyFactory,
    ReportingAgreementFactory,
    ReportingSectionFactory,
    SubAssignmentFactory,
    TermFactory,
)
from tests.factories_council import CouncilTalkFactory, CouncilTalkPointFactory
from tests.factories_file import (
    ContractDocumentFactory,
    DeliveryFactory,
    ExtensionOptionFactory,
    ProvisionFactory,
    TransitionFactory,
)
from tests.factories_inquiries import (
    InformationNeedFactory,
    InvestigationFactory,
    InvestigationPartFactory,
    NormVerdictFactory,
    PlannedInvestigationFactory,
)
from tests.factories_money import (
    AllocationFactory,
    PassOnFactory,
    SubsidyFactory,
    closed,
    granted,
)
from tests.factories_monitor import BottleneckFactory, JudgementFactory, MonitorFactory, offer
from tests.factories_projects import (
    ProjectSpendingFactory,
    ProjectStepFactory,
    ready_project,
    started_project,
)
from tests.factories_reporting import (
    AttachmentFactory,
    EntranceFactory,
    ReportFactory,
    RoundFactory,
    RoundFileFactory,
    SupervisionFindingFactory,
    SupervisionReportFactory,
)
from tests.factories_talks import (
    ActionPointFactory,
    MeetingFactory,
    MeetingPointFactory,
    held_meeting,
    recorded_meeting,
    shared_with,
)
from tests.reporting.supervised import published, with_document

STRANGER, OUTSIDER = "stranger", "outsider"
# Partners of the demonstration; a coalition comes on top.
OWN, OTHER = "kwadraad", "gemiva-svg"
EMPTY_ROUND = '{"sections": [], "warnings": [], "answers": {}, "terms": {"kpis": []}}'


def build() -> dict[str, User | None]:
    """The town, and who walks through it, by name; nobody is signed in as the stranger."""
    assert load_everything() is not None
    own, other = (Organisation.objects.get(slug=slug) for slug in (OWN, OTHER))
    _budget(own)
    people: dict[str, User | None] = {STRANGER: None, OUTSIDER: UserFactory.create()}
    for role in Role:
        of = own if role in PARTNER_ROLES else None
        people[role.value] = UserFactory.create(holds=[role], of=of)
    people["signatory elsewhere"] = UserFactory.create(holds=[Role.SIGNATORY], of=other)
    lead, member, contributor = _coalition()
    people["lead of a coalition"] = UserFactory.create(holds=[Role.SIGNATORY], of=lead)
    people["member of a coalition"] = UserFactory.create(holds=[Role.REPORTER], of=member)
    people["contributor to a coalition"] = UserFactory.create(holds=[Role.REPORTER], of=contributor)
    for partner in (own, other):
        _files_of(partner)
    for number in (1, 2):
        _drafted_contract()
        drafted = _drafted_agenda()
        _drafted_agenda(consulted=True)
        ObservationFactory.create(indicator__name=f"Aa, de eerste van de lijst ({number})")
        _account(number)
        _advice_asked(drafted, own, other)
    _renewed_agenda(people[Role.POLICY_OFFICER.value])
    _projects()
    _talks(own, other)
    GroupFactory.create()
    AmendmentFactory.create(contract=ContractFactory.create(running=True), number=1)
    _editions()
    _supervision()
    _investigations()
    _council()
    InformationNeedFactory.create_batch(2)
    _surveys()
    EntranceFactory.create_batch(2)
    return people


def _coalition() -> tuple[Organisation, Organisation, Organisation]:
    """A lead, a member that takes part, and one that writes its own part as well."""
    coalition = OrganisationFactory.create(kind=OrganisationKind.COALITION)
    lead, member, contributor = OrganisationFactory.create_batch(3)
    contract = ContractFactory.create(partner=coalition)
    PartyFactory.create(contract=contract, organisation=lead, role=PartyRole.LEAD)
    PartyFactory.create(contract=contract, organisation=member)
    PartyFactory.create(contract=contract, organisation=contributor, contributes=True)
    agreement = ReportingAgreementFactory.create(contract=contract)
    ReportingSectionFactory.create(agreement=agreement)
    Contract.objects.filter(pk=contract.pk).update(
        status=ContractStatus.ACTIVE,
        starts_on=datetime.date(2019, 1, 1),
        ends_on=datetime.date(2020, 12, 31),
    )
    contract.refresh_from_db()
    AttachmentFactory.create(report=ReportFactory.create(contract=contract))
    return lead, member, contributor


def _files_of(partner: Organisation) -> None:
    """A draft with a file, and a report with two rounds and a file, which waits to be read."""
    draft = Report.objects.of_partners([partner.pk]).filter(status="open").first()
    AttachmentFactory.create(report=draft)
    contract = ContractFactory.create(running=True, partner=partner)
    waiting = ReportFactory.create(contract=contract, submitted=True)
    for number in (1, 2):
        made = RoundFactory.create(report=waiting, number=number, payload=EMPTY_ROUND)
        RoundFileFactory.create(round=made)


def _drafted_contract() -> None:
    kpi = KPIFactory.create(indicator=IndicatorFactory.create(performance=True))
    file = store(b"%PDF-1.7", name="afspraak.pdf", content_type="application/pdf")
    DataAgreementFactory.create(contract=kpi.contract, file=file, file_name="afspraak.pdf")
    _filed(kpi.contract)
    amendment = AmendmentFactory.create(contract=ContractFactory.create(running=True), drafted=True)
    assert amendment.is_draft
    _framework(Organisation.objects.get(slug=OWN))


def _framework(partner: Organisation) -> None:
    """Result agreements that are being made with a partner, with a remark to answer."""
    contract = ContractFactory.create(running=True, partner=partner)
    KPIFactory.create(contract=contract)
    amendment = AmendmentFactory.create(
        contract=contract, drafted=True, year=2020, shared_at=timezone.now()
    )
    Remark.objects.create(
        amendment=amendment, organisation=partner, user=UserFactory.create(), text="Liever meer."
    )


def _filed(contract: Contract) -> None:
    """Something of everything that the file of a contract holds."""
    SubAssignmentFactory.create(contract=contract)
    ProvisionFactory.create(contract=contract)
    ExtensionOptionFactory.create(contract=contract)
    TransitionFactory.create(contract=contract)
    DeliveryFactory.create(supply__contract=contract)
    TermFactory.create(contract=contract, kind="cooperation")
    plan = store(b"%PDF-1.7", name="plan.pdf", content_type="application/pdf")
    ContractDocumentFactory.create(
        contract=contract, file=plan, file_name="plan.pdf", document_url=""
    )


def _drafted_agenda(**state: bool) -> AgendaVersion:
    """With a goal on a level, so that it has a goal tree; and after an agenda, so that it is to be
    said what becomes of the goals of that one."""
    former = AgendaVersionFactory.create(adopted=True, agenda__year=2000)
    GoalFactory.create(theme=ThemeFactory.create(version=former))
    version = AgendaVersionFactory.create(agenda__predecessor=former.agenda, **state)
    GoalFactory.create(theme=ThemeFactory.create(version=version), level=GoalLevel.IMPACT)
    TaskStepFactory.create(task__version=version)
    PolicyLinkFactory.create(version=version)
    return version


def _renewed_agenda(officer: User | None) -> None:
    """An agenda that was adopted here, with its decision and document, and a new version of it."""
    assert officer is not None
    version = AgendaVersionFactory.create(consulted=True, agenda__year=2026)
    GoalFactory.create(theme=ThemeFactory.create(version=version))
    adopting.adopt(version, officer)
    amend(version, "Motie 12", user=officer)


def _projects() -> None:
    """Two that are being prepared and two that run, with something of everything."""
    for _ in range(2):
        ready_project()
        running = started_project()
        ProjectStepFactory.create(project=running)
        ProjectSpendingFactory.create(project=running)


def _talks(own: Organisation, other: Organisation) -> None:
    """Two that are shared and to come, two that were held, and one with its minutes; with action
    points, finished ones too."""
    for partner in (own, other):
        coming = shared_with(partner, day=datetime.date(2090, 1, 1))
        MeetingPointFactory.create(meeting=coming)
        ActionPointFactory.create(meeting=coming, user=None, organisation=partner)
        ActionPointFactory.create(meeting=coming, status=ActionStatus.DONE)
        held = held_meeting()
        MeetingPointFactory.create(meeting=held)
        request_sheet(MeetingFactory.create())  # of a day that is over: held, or not?
    recorded_meeting()


def _budget(partner: Organisation) -> None:
    """Two lines of an open year, a year that is closed, and subsidies; of one contract, the last of
    every list, so that a walk still meets the others."""
    AllocationFactory.create_batch(2, first_year=2024)
    AllocationFactory.create(first_year=2023)
    contract = ContractFactory.create(running=True, partner=partner, order=999)
    SubsidyFactory.create_batch(2, contract=contract)
    granted(contract=contract)
    for year in (2019, 2020):
        PassOnFactory.create(frame__contract=contract, frame__year=year)
    closed(2023)
    item = BudgetItemFactory.create(note="Los van het aantal cliënten.")
    BudgetPost.objects.create(item=item, name="Schuldhulpverlening", outside_wmo=True)


def _advice_asked(version: AgendaVersion, own: Organisation, other: Organisation) -> None:
    """Rounds in every state, with advice under way at two partners and the advisory council."""
    asked = ConsultationRoundFactory.create(version=version, put_out=True)
    for body in (None, own, other):
        invitation = InvitationFactory.create(round=asked, organisation=body)
        advice = AdviceFactory.create(round=asked, invitation=invitation, given_on=None)
        AdvicePointFactory.create(advice=advice)
    prepared = ConsultationRoundFactory.create(version=version)
    InvitationFactory.create(round=prepared, organisation=own, sent_at=None)
    ConsultationRoundFactory.create(version=version)
    AdvicePointFactory.create(advice__round=prepared)
    laid_down(2, version=version)
    AdviceAnswer.objects.update_or_create(
        point=laid_down(version=version).points.get(),
        defaults={"outcome": AdviceOutcome.ADOPTED, "reason": "Een goed idee."},
    )
    public = AgendaVersionFactory.create(status=AgendaStatus.CONSULTATION)
    document = answered(version=public).document
    document.file = store(b"%PDF-1.7", name="brief.pdf", content_type="application/pdf")
    document.pages = 1
    document.save(update_fields=["file", "pages"])


def _account(number: int) -> None:
    RoleAssignmentFactory.create()
    UserFactory.create(is_active=False)
    OutboxMail.objects.create(
        key=f"geweigerd-{number}",
        to="iemand@example.org",
        subject="Teruggestuurd",
        text="…",
        state=MailState.FAILED,
        error="De mailserver weigert dit bericht.",
    )


def _editions() -> None:
    """An edition in every state but published: the demonstration has three of those."""
    states = (None, None, MonitorStatus.JUDGED, MonitorStatus.ADOPTED)
    for year, state in enumerate(states, start=2019):
        monitor = MonitorFactory.create(year=year)
        judgement = JudgementFactory.create(monitor=monitor)
        BottleneckFactory.create(monitor=monitor, theme=judgement.goal.theme)
        if state:
            offer(monitor, state)
    MonitorFactory.create(year=2019, kind=MonitorKind.HALF_YEAR)


def _supervision() -> None:
    """Two drafts and two published reports, each with a document; the demonstration has another."""
    for year in (2024, 2025):
        draft = with_document(SupervisionReportFactory.create(year=year))
        SupervisionFindingFactory.create(report=draft)
    for year in (2022, 2023):
        published(year=year, document=True)


def _investigations() -> None:
    """Two in every state but public: the demonstration has two of those."""
    for state in ({}, {"in_check": True}, {"settled": True}, {"reacted": True}):
        for _ in range(2):
            row = InvestigationFactory.create(**state)
            InvestigationPartFactory.create_batch(2, investigation=row, heard="Het klopt niet.")
    PlannedInvestigationFactory.create_batch(2)
    for _ in range(2):
        NormVerdictFactory.create()


def _council() -> None:
    """Talks with points and without; the demonstration has others."""
    for _ in range(2):
        CouncilTalkPointFactory.create_batch(2, promised=True)
        CouncilTalkFactory.create()


def _surveys() -> None:
    """Without questions, with some, and public; the demonstration has one of a source."""
    for _ in range(2):
        SurveyFactory.create(is_public=False)
        for public in (False, True):
            StatementResultFactory.create(statement__survey=SurveyFactory.create(is_public=public))
