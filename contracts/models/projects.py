"""Projects and pilots: what was agreed beforehand, how it goes, and what was decided on it."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import Organisation, User
from agenda.constants import Origin
from agenda.models import Goal, Indicator, Sourced
from contracts.constants import (
    RUNNING,
    CriterionResult,
    Duration,
    InterventionBase,
    Obligation,
    ProjectDecision,
    ProjectKind,
    ProjectStatus,
)
from contracts.models.contracts import Contract
from contracts.querysets import ProjectQuerySet
from core.edits import Revised
from core.fields import words


class Project(Revised, Sourced):
    """A project, pilot, measure or assignment; what it is to do stands in its plan.

    ``elsewhere`` is the municipality whose project it was, for one that is told to learn from.
    """

    slug = models.SlugField("korte naam in adressen", max_length=80, unique=True)
    title = models.CharField("titel", max_length=150)
    kind = models.CharField("soort", max_length=10, choices=ProjectKind)
    status = models.CharField("stand", max_length=9, choices=ProjectStatus, null=True, blank=True)
    origin = models.CharField("herkomst", max_length=8, choices=Origin, default=Origin.SYSTEM)
    owner = models.CharField("eigenaar (functie of afdeling)", max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisatie van de eigenaar",
    )
    officer = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wie volgt het bij de gemeente",
    )
    elsewhere = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="project van een andere gemeente",
    )
    goals = models.ManyToManyField(
        Goal, blank=True, related_name="projects", verbose_name="doelen waaraan het bijdraagt"
    )
    contracts = models.ManyToManyField(
        Contract, blank=True, related_name="projects", verbose_name="overeenkomsten"
    )
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="projects", verbose_name="wie het uitvoert"
    )
    municipalities = models.ManyToManyField(
        Organisation, blank=True, related_name="+", verbose_name="andere gemeenten die meedoen"
    )
    intervention = models.CharField("erkende aanpak", max_length=200, blank=True)
    intervention_base = models.CharField(
        "databank", max_length=8, choices=InterventionBase, blank=True
    )
    intervention_url = models.URLField("adres van de aanpak", blank=True)
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)
    note = models.TextField("opmerking", blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "project"
        verbose_name_plural = "projecten"
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ProjectKind.values)
                & Q(intervention_base__in=InterventionBase.values),
                name="contracts_project_words",
                violation_error_message="Deze soort project of databank bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(status__isnull=True) | Q(status__in=ProjectStatus.values),
                name="contracts_project_status",
                violation_error_message="Deze stand bestaat niet.",
            ),
            words(
                "origin",
                Origin,
                name="contracts_project_origin",
                message="Deze herkomst bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(origin="source") | Q(status__isnull=False, elsewhere__isnull=True),
                name="contracts_project_system",
                violation_error_message=(
                    "Een project uit dit systeem heeft een stand, en is van de gemeente zelf."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(intervention="") | Q(intervention_base="", intervention_url=""),
                name="contracts_project_intervention",
                violation_error_message="Noem ook de erkende aanpak.",
            ),
            models.UniqueConstraint(
                Lower("title"),
                name="contracts_project_title_unique",
                violation_error_message=(
                    "Er is al een project met deze titel. Ga daarmee verder, of kies een andere."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.status == ProjectStatus.DRAFT

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    @property
    def is_closed(self) -> bool:
        return self.status == ProjectStatus.CLOSED

    @property
    def is_from_source(self) -> bool:
        return self.origin == Origin.SOURCE


def _filled(*names: str) -> Q:
    """Each of these texts says something."""
    found = Q()
    for name in names:
        found &= ~Q(**{name: ""})
    return found


class ProjectPlan(Revised):
    """The five questions and how success is told, answered beforehand.

    Plan 1 is written in draft and stands fast from the start on; a later plan changes it, with its
    reason. The plan with the highest number holds. Amounts are euros, over the whole term.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField("nummer", default=1)
    what = models.TextField("wat gaan we doen", blank=True)
    who = models.TextField("wie doet het", blank=True)
    place = models.CharField("waar", max_length=200, blank=True)
    starts_on = models.DateField("eerste dag", null=True, blank=True)
    ends_on = models.DateField("laatste dag", null=True, blank=True)
    term_note = models.CharField("looptijd, in woorden", max_length=150, blank=True)
    aim = models.TextField("wat willen we bereiken", blank=True)
    incidental = models.DecimalField(
        "eenmalig geld (incidenteel)", max_digits=14, decimal_places=2, null=True, blank=True
    )
    incidental_until = models.DateField("eenmalig geld is er tot en met", null=True, blank=True)
    structural = models.DecimalField(
        "vast geld (structureel)", max_digits=14, decimal_places=2, null=True, blank=True
    )
    funding = models.CharField("waaruit wordt het betaald", max_length=200, blank=True)
    obligation = models.CharField("verplichting", max_length=6, choices=Obligation, blank=True)
    effect = models.TextField("verwacht effect", blank=True)
    measuring = models.TextField("hoe we dat meten", blank=True)
    indicators = models.ManyToManyField(
        Indicator, blank=True, related_name="+", verbose_name="indicatoren uit de bibliotheek"
    )
    criterion = models.TextField("wanneer is het geslaagd", blank=True)
    evaluating = models.TextField("hoe we evalueren", blank=True)
    decide_by = models.DateField("besluit uiterlijk op", null=True, blank=True)
    if_succeeds = models.TextField("wat gebeurt er als het slaagt", blank=True)
    payer = models.TextField("wie betaalt het dan", blank=True)
    is_agreed = models.BooleanField("staat vast", default=False, editable=False)
    holds_from = models.DateField("geldt vanaf", null=True, blank=True, editable=False)
    reason = models.TextField("waarom het plan verandert", blank=True)
    actor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = "plan van een project"
        verbose_name_plural = "plannen van projecten"
        ordering = ["project", "number"]
        constraints = [
            words(
                "obligation",
                Obligation,
                name="contracts_plan_obligation",
                message="Deze verplichting bestaat niet.",
            ),
            models.UniqueConstraint(
                fields=["project", "number"],
                name="contracts_plan_number_unique",
                violation_error_message="Iemand anders wijzigde dit plan intussen.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="contracts_plan_days",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            models.CheckConstraint(
                condition=Q(decide_by__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(decide_by__gte=F("starts_on")),
                name="contracts_plan_decided_after_start",
                violation_error_message="Het besluit valt niet voor de eerste dag.",
            ),
            models.CheckConstraint(
                condition=(Q(incidental__isnull=True) | Q(incidental__gte=0))
                & (Q(structural__isnull=True) | Q(structural__gte=0)),
                name="contracts_plan_money_not_negative",
                violation_error_message="Wat het mag kosten, is 0 of meer.",
            ),
            models.CheckConstraint(
                condition=Q(is_agreed=False)
                | (
                    _filled("what", "who", "place", "aim", "funding", "obligation", "effect")
                    & _filled("measuring", "criterion", "evaluating", "if_succeeds", "payer")
                    & Q(starts_on__isnull=False, ends_on__isnull=False, decide_by__isnull=False)
                    & (Q(incidental__isnull=False) | Q(structural__isnull=False))
                    & (
                        Q(incidental__isnull=True)
                        | Q(incidental=0)
                        | Q(incidental_until__isnull=False)
                    )
                    & Q(holds_from__isnull=False, actor__isnull=False)
                ),
                name="contracts_plan_agreed_complete",
                violation_error_message=(
                    "Een project start pas als de vijf vragen zijn beantwoord en vooraf vastligt "
                    "hoe u meet, wanneer het is geslaagd en wat er dan gebeurt."
                ),
            ),
            models.CheckConstraint(
                condition=Q(number=1) | (Q(number__gt=1) & ~Q(reason="")),
                name="contracts_plan_changed_with_reason",
                violation_error_message="Schrijf waarom het plan verandert.",
            ),
        ]

    def __str__(self) -> str:
        return f"Plan {self.number}"

    @property
    def cost(self) -> Decimal | None:
        """What it may cost in all; None where nothing is said of money."""
        parts = [part for part in (self.incidental, self.structural) if part is not None]
        return sum(parts, Decimal(0)) if parts else None


class ProjectEvent(models.Model):
    """A transition of a project; append-only."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="events")
    from_status = models.CharField("van", max_length=9, choices=ProjectStatus)
    to_status = models.CharField("naar", max_length=9, choices=ProjectStatus)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("toelichting", max_length=300, blank=True)
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "gebeurtenis van een project"
        verbose_name_plural = "logboek van projecten"
        ordering = ["project", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_status__in=ProjectStatus.values)
                & Q(to_status__in=ProjectStatus.values),
                name="contracts_project_event_words",
                violation_error_message="Deze stand bestaat niet.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class ProjectStep(Revised):
    """A step of a project, with the day it has to be done and the day it was."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="steps")
    text = models.CharField("wat er gebeurt", max_length=300)
    due_on = models.DateField("klaar uiterlijk op", null=True, blank=True)
    done_on = models.DateField("afgerond op", null=True, blank=True)

    class Meta:
        verbose_name = "stap van een project"
        verbose_name_plural = "stappen van projecten"
        ordering = ["project", F("due_on").asc(nulls_last=True), "id"]
        constraints = [
            models.UniqueConstraint(
                "project",
                Lower("text"),
                name="contracts_project_step_unique",
                violation_error_message="Deze stap staat al bij dit project.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="contracts_project_step_says",
                violation_error_message="Een stap zegt wat er gebeurt.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ProjectUpdate(models.Model):
    """How a project stood on a day; append-only, so a mistake is mended by a next one."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="updates")
    day = models.DateField("datum")
    text = models.TextField("stand van zaken")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("vastgelegd op", default=timezone.now)

    class Meta:
        verbose_name = "stand van zaken van een project"
        verbose_name_plural = "standen van zaken van projecten"
        ordering = ["project", "-day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="contracts_project_update_says",
                violation_error_message="Schrijf hoe het ervoor staat.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.project}, {self.day:%d-%m-%Y}"


class ProjectSpending(Revised):
    """Money that a project cost, in euros, out of its incidental or its structural money."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="spendings")
    spent_on = models.DateField("datum")
    label = models.CharField("waaraan", max_length=200)
    amount = models.DecimalField("bedrag", max_digits=14, decimal_places=2)
    duration = models.CharField(
        "uit welk geld",
        max_length=10,
        choices=[choice for choice in Duration.choices if choice[0]],
    )

    class Meta:
        verbose_name = "besteding van een project"
        verbose_name_plural = "bestedingen van projecten"
        ordering = ["project", "spent_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(duration__in=("structural", "incidental")),
                name="contracts_project_spending_duration",
                violation_error_message="Kies structureel of incidenteel.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(label=""),
                name="contracts_project_spending_amount",
                violation_error_message="Een besteding heeft een omschrijving en is meer dan 0.",
            ),
            models.UniqueConstraint(
                fields=["project", "spent_on", "label", "amount", "duration"],
                name="contracts_project_spending_unique",
                violation_error_message="Deze besteding staat er al.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ProjectEvaluation(Sourced):
    """What came of a project and what was decided; append-only. One from a source says less.

    Costs and savings are euros; an empty one could not be determined, and ``balance_note`` says
    why.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="evaluations")
    number = models.PositiveSmallIntegerField("nummer")
    results = models.TextField("wat kwam eruit", blank=True)
    criterion_result = models.CharField(
        "is het criterium gehaald", max_length=8, choices=CriterionResult, blank=True
    )
    criterion_reason = models.TextField("waaruit blijkt dat", blank=True)
    costs = models.DecimalField(
        "wat het kostte", max_digits=14, decimal_places=2, null=True, blank=True
    )
    savings = models.DecimalField(
        "wat het bespaarde", max_digits=14, decimal_places=2, null=True, blank=True
    )
    balance_note = models.TextField("waarom niet te bepalen", blank=True)
    lessons = models.TextField("wat we leerden", blank=True)
    decision = models.CharField("besluit", max_length=8, choices=ProjectDecision, blank=True)
    decision_reason = models.TextField("waarom dit besluit", blank=True)
    follow_up = models.TextField("hoe het verdergaat, en wie betaalt", blank=True)
    decided_on = models.DateField("besloten op", null=True, blank=True)
    decided_by = models.CharField("besloten door", max_length=100, blank=True)
    actor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("vastgelegd op", default=timezone.now)

    class Meta:
        verbose_name = "evaluatie van een project"
        verbose_name_plural = "evaluaties van projecten"
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"],
                name="contracts_project_evaluation_number_unique",
                violation_error_message="Iemand anders legde intussen een besluit vast.",
            ),
            models.CheckConstraint(
                condition=Q(criterion_result__in=CriterionResult.values)
                & Q(decision__in=ProjectDecision.values),
                name="contracts_project_evaluation_words",
                violation_error_message="Deze uitkomst of dit besluit bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False)
                | (
                    _filled("results", "criterion_result", "criterion_reason", "lessons")
                    & _filled("decision", "decision_reason", "decided_by")
                    & Q(decided_on__isnull=False, actor__isnull=False)
                    & (Q(decision="stop") | ~Q(follow_up=""))
                    & (Q(costs__isnull=False, savings__isnull=False) | ~Q(balance_note=""))
                ),
                name="contracts_project_evaluation_complete",
                violation_error_message=(
                    "Een evaluatie zegt wat eruit kwam, of het criterium is gehaald, wat u leerde, "
                    "wat is besloten en waarom. Wat niet te bepalen is, heeft een reden."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(costs__isnull=True) | Q(costs__gte=0))
                & (Q(savings__isnull=True) | Q(savings__gte=0)),
                name="contracts_project_evaluation_money_not_negative",
                violation_error_message="Kosten en besparingen zijn 0 of meer.",
            ),
        ]

    def __str__(self) -> str:
        return f"Evaluatie {self.number}"
