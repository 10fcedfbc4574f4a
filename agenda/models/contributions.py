"""The goal tree: which goal of an agenda is to lead to which other."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from agenda.models.goals import Goal
from agenda.querysets import ContributionQuerySet
from agenda.tree import Fault, Node, faults


class Contribution(models.Model):
    """``contributor`` is to lead to ``effect``: two goals of one version, from a lower level up."""

    contributor = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="+")
    effect = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+")

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = "bijdrage"
        verbose_name_plural = "bijdragen"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(contributor=F("effect")),
                name="agenda_contribution_not_itself",
                violation_error_message="Een doel draagt niet bij aan zichzelf.",
            ),
            models.UniqueConstraint(
                fields=["contributor", "effect"],
                name="agenda_contribution_unique",
                violation_error_message="Deze bijdrage staat er al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contributor} draagt bij aan {self.effect}"

    def clean(self) -> None:
        super().clean()
        if not (self.contributor_id and self.effect_id):
            return
        if self.contributor.theme.version_id != self.effect.theme.version_id:
            raise ValidationError(
                {"effect": "Een doel draagt bij aan een doel van dezelfde versie van de agenda."}
            )
        held = Contribution.objects.filter(contributor=self.contributor_id).exclude(pk=self.pk)
        effects = {*held.values_list("effect_id", flat=True), self.effect_id}
        found = contribution_faults(self.contributor, effects)
        if found:
            raise ValidationError([fault.message for fault in found])


def contribution_faults(goal: Goal, effects: Iterable[int] | None = None) -> list[Fault]:
    """What is wrong with the contributions from and to ``goal``, a row that is there, as it stands
    in memory; ``effects`` are the keys of what it is to lead to, without them what it does now.

    Two queries, and one for its theme.
    """
    version = goal.theme.version_id
    nodes = {
        pk: Node(label, level)
        for pk, label, level in Goal.objects.filter(theme__version=version).values_list(
            "pk", "label", "level"
        )
    }
    nodes[goal.pk] = Node(goal.label, goal.level)
    links = Contribution.objects.of_version(version).pairs()
    if effects is not None:
        links = [link for link in links if link[0] != goal.pk]
        links += [(goal.pk, effect) for effect in sorted(effects)]
    return faults(goal.pk, nodes, links)
