"""Themes and goals, and how they continue from one agenda or version to the next."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format

from agenda.constants import DueKind, GoalLevel, MunicipalRole, SuccessionKind
from agenda.models.agendas import AgendaVersion
from agenda.models.sources import Sourced
from agenda.querysets import (
    GoalQuerySet,
    GoalSuccessionQuerySet,
    ThemeQuerySet,
    ThemeSuccessionQuerySet,
)
from core.edits import Revised
from core.fields import words


class Theme(Revised, Sourced):
    """A theme (opgave) of an agenda version, or a subtheme of one; two levels at most."""

    version = models.ForeignKey(AgendaVersion, on_delete=models.PROTECT, related_name="themes")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="subthemes"
    )
    number = models.CharField("nummer", max_length=10, blank=True)
    name = models.CharField("naam", max_length=120)
    slug = models.SlugField("korte naam in adressen", max_length=80)
    result = models.TextField("gewenst maatschappelijk resultaat", blank=True)
    role = models.CharField("rol van de gemeente", max_length=12, choices=MunicipalRole, blank=True)
    role_note = models.TextField("toelichting op de rol", blank=True)
    note = models.TextField("opmerking", blank=True)
    order = models.PositiveSmallIntegerField("volgorde")

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema’s"
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "slug"],
                name="agenda_theme_slug_unique",
                violation_error_message="Deze agenda heeft al een thema met deze naam.",
            ),
            models.UniqueConstraint(
                fields=["version", "order"],
                name="agenda_theme_order_unique",
                violation_error_message="Er staat al een thema op deze plaats.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="agenda_theme_not_own_parent",
                violation_error_message="Een thema kan niet onder zichzelf vallen.",
            ),
            words(
                "role", MunicipalRole, name="agenda_theme_role", message="Deze rol bestaat niet."
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.parent is None:
            return
        if self.parent.version_id != self.version_id:
            raise ValidationError(
                {"parent": "Het bovenliggende thema hoort bij een andere versie."}
            )
        if self.parent.parent_id is not None:
            raise ValidationError({"parent": "Thema’s hebben hoogstens twee niveaus."})


def in_tree_order(themes: Iterable[Theme]) -> list[Theme]:
    """Each main theme with its subthemes after it; their own order was asked before."""
    rows = list(themes)
    return [
        row
        for theme in rows
        if theme.parent_id is None
        for row in [theme, *(sub for sub in rows if sub.parent_id == theme.pk)]
    ]


class Goal(Revised, Sourced):
    """What is to be reached. A goal belongs to one version; succession tells how it continues."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="goals")
    number = models.CharField("nummer", max_length=10)
    label = models.CharField("korte naam", max_length=80)
    # Empty where the source gives no more than the number of the goal.
    text = models.TextField("doel", blank=True)
    slug = models.SlugField("korte naam in adressen", max_length=100, unique=True)
    level = models.CharField(
        "niveau in de doelenboom", max_length=12, choices=GoalLevel, blank=True
    )
    due_kind = models.CharField(
        "op of vanaf de doeldatum", max_length=4, choices=DueKind, blank=True
    )
    due_on = models.DateField("doeldatum", null=True, blank=True)
    contributes_to = models.ManyToManyField(
        "self",
        through="agenda.Contribution",
        through_fields=("contributor", "effect"),
        symmetrical=False,
        blank=True,
        related_name="contributors",
        verbose_name="draagt bij aan",
    )
    direction_reason = models.TextField(
        "waarom als richting",
        blank=True,
        help_text="Vul dit in als het doel niet te meten is en daarom een richting geeft.",
    )
    target_groups = models.ManyToManyField(
        "agenda.TargetGroup", related_name="goals", blank=True, verbose_name="doelgroepen"
    )
    areas = models.ManyToManyField(
        "agenda.Area", related_name="goals", blank=True, verbose_name="kernen en wijken"
    )
    note = models.TextField("opmerking", blank=True)
    order = models.PositiveSmallIntegerField("volgorde")
    # What it began as; what became of that one is for people to say (GoalSuccession).
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = "doelstelling"
        verbose_name_plural = "doelstellingen"
        ordering = ["theme", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "number"],
                name="agenda_goal_number_unique",
                violation_error_message="Dit thema heeft al een doel met dit nummer.",
            ),
            models.UniqueConstraint(
                fields=["theme", "order"],
                name="agenda_goal_order_unique",
                violation_error_message="Er staat al een doel op deze plaats.",
            ),
            models.CheckConstraint(
                condition=Q(level__in=GoalLevel.values),
                name="agenda_goal_level",
                violation_error_message="Dit niveau bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(due_kind="", due_on__isnull=True)
                | Q(due_kind__in=["by", "from"], due_on__isnull=False),
                name="agenda_goal_due_whole",
                violation_error_message=(
                    "Een doeldatum is een dag met ‘op’ of ‘vanaf’. Vul beide in, of geen van beide."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def due(self) -> str:
        """``op 1 januari 2022`` or ``vanaf 1 januari 2021``; empty without a date."""
        if self.due_on is None:
            return ""
        return f"{self.get_due_kind_display()} {date_format(self.due_on, 'j F Y')}"


class Succession(Sourced):
    """How something continues. An empty side means: it came from nowhere, or it went nowhere."""

    kind = models.CharField("aard", max_length=16, choices=SuccessionKind)
    reason = models.TextField("reden", blank=True)
    decision = models.CharField("besluit", max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SuccessionKind.values),
                name="%(app_label)s_%(class)s_kind",
                violation_error_message="Deze aard van opvolging bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(predecessor__isnull=False) | Q(successor__isnull=False),
                name="%(app_label)s_%(class)s_two_sides",
                violation_error_message="Een opvolging heeft ten minste een begin of een eind.",
            ),
            models.CheckConstraint(
                condition=Q(predecessor__isnull=True)
                | Q(successor__isnull=True)
                | ~Q(predecessor=F("successor")),
                name="%(app_label)s_%(class)s_not_itself",
                violation_error_message="Iets kan zichzelf niet opvolgen.",
            ),
            models.CheckConstraint(
                condition=Q(kind="not_in_source")
                | Q(kind="new", predecessor__isnull=True)
                | (Q(kind="dropped", successor__isnull=True) & ~Q(reason=""))
                | (
                    ~Q(kind__in=["new", "dropped", "not_in_source"])
                    & Q(predecessor__isnull=False, successor__isnull=False)
                ),
                name="%(app_label)s_%(class)s_sides_fit_kind",
                violation_error_message=(
                    "Nieuw heeft geen voorganger, vervallen geen opvolger maar wel een reden, en "
                    "elke andere opvolging heeft beide."
                ),
            ),
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="%(app_label)s_%(class)s_unique",
                violation_error_message="Deze opvolging is al vastgelegd.",
            ),
            # A database takes two empty sides for different ones: each is counted apart.
            models.UniqueConstraint(
                fields=["successor"],
                condition=Q(predecessor__isnull=True),
                name="%(app_label)s_%(class)s_starts_once",
                violation_error_message="Hiervan is al vastgelegd dat het geen voorganger heeft.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


ENDS_TWICE = "Hiervan is al vastgelegd dat het niet verdergaat."


def check_order(predecessor: AgendaVersion, successor: AgendaVersion) -> None:
    """Raise ``ValidationError`` unless ``predecessor`` stands in an earlier version.

    Earlier is: an agenda of an earlier year, or of the same year with a lower version number.
    """
    before = (predecessor.agenda.year, predecessor.number)
    if before >= (successor.agenda.year, successor.number):
        raise ValidationError(
            {"predecessor": "Een voorganger staat in een eerdere agenda of een eerdere versie."}
        )


class ThemeSuccession(Succession):
    predecessor = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="continuations"
    )
    successor = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="origins"
    )

    objects = ThemeSuccessionQuerySet.as_manager()

    class Meta(Succession.Meta):
        verbose_name = "opvolging van een thema"
        verbose_name_plural = "opvolging van thema’s"
        constraints = [
            *Succession.Meta.constraints,
            models.UniqueConstraint(
                fields=["predecessor"],
                condition=Q(successor__isnull=True),
                name="agenda_themesuccession_ends_once",
                violation_error_message=ENDS_TWICE,
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.predecessor is not None and self.successor is not None:
            check_order(self.predecessor.version, self.successor.version)


class GoalSuccession(Succession):
    """How a goal continues. One that a version made here drops says in which version.

    So a draft that drops a goal hides that until it may be read, and two drafts that follow the
    same agenda each decide for themselves.
    """

    predecessor = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="continuations"
    )
    successor = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="origins"
    )
    dropped_in = models.ForeignKey(
        AgendaVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="dropped"
    )

    objects = GoalSuccessionQuerySet.as_manager()

    class Meta(Succession.Meta):
        verbose_name = "opvolging van een doel"
        verbose_name_plural = "opvolging van doelen"
        constraints = [
            *Succession.Meta.constraints,
            models.UniqueConstraint(
                fields=["predecessor"],
                condition=Q(successor__isnull=True, dropped_in__isnull=True),
                name="agenda_goalsuccession_ends_once",
                violation_error_message=ENDS_TWICE,
            ),
            models.UniqueConstraint(
                fields=["predecessor", "dropped_in"],
                condition=Q(dropped_in__isnull=False),
                name="agenda_goalsuccession_dropped_once",
                violation_error_message=ENDS_TWICE,
            ),
            models.CheckConstraint(
                condition=Q(dropped_in__isnull=True) | Q(kind="dropped"),
                name="agenda_goalsuccession_dropped_in_a_version",
                violation_error_message="Alleen een doel dat vervalt, vervalt in een versie.",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.predecessor is not None and self.successor is not None:
            check_order(self.predecessor.theme.version, self.successor.theme.version)
