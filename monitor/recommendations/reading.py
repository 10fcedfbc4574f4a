"""Recommendations of public investigations and of the supervisor, with what became of each.

Both kinds are one to a reader: somebody recommended it, the municipality reacted, and somebody sees
to it. Reads only.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse

from agenda.story import Story, provenance
from monitor.constants import FollowUpState, InvestigationPartKind, InvestigationStatus
from monitor.models import FollowUp, FollowUpUpdate, InvestigationPart
from reporting.models import SupervisionFinding

INQUIRY, SUPERVISION = "onderzoek", "toezicht"
OVER = frozenset({FollowUpState.DONE, FollowUpState.DROPPED})
ICONS = {
    FollowUpState.NOT_STARTED: "question",
    FollowUpState.STARTED: "half",
    FollowUpState.DONE: "check",
    FollowUpState.DROPPED: "cross",
}


@dataclass(frozen=True)
class Reaction:
    """What the municipality said to a recommendation; ``day`` is empty where no source names it."""

    by: str
    text: str
    day: datetime.date | None = None


@dataclass(frozen=True)
class Recommendation:
    """One recommendation: ``number`` counts within its investigation or report."""

    origin: str
    pk: int
    number: int
    text: str
    title: str
    page: str
    by: str
    is_example: bool
    source: Story | None
    reactions: list[Reaction] = field(default_factory=list)
    follow_up: FollowUp | None = None
    updates: list[FollowUpUpdate] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"Aanbeveling {self.number}"

    @property
    def told_last(self) -> FollowUpUpdate | None:
        return self.updates[0] if self.updates else None

    @property
    def state_label(self) -> str:
        if self.told_last is not None:
            return str(self.told_last.get_state_display())
        return "nog geen stand vastgelegd" if self.follow_up else "nog niet toegewezen"

    @property
    def icon(self) -> str:
        return ICONS[FollowUpState(self.told_last.state)] if self.told_last else "question"

    @property
    def due_on(self) -> datetime.date | None:
        return self.follow_up.due_on if self.follow_up is not None else None

    def is_late(self, today: datetime.date) -> bool:
        """Whether its day went by while it was neither carried out nor dropped."""
        over = self.told_last is not None and self.told_last.state in OVER
        return self.due_on is not None and self.due_on < today and not over


# -- selections ------------------------------------------------------------------------------------
def _newest(path: str) -> Subquery:
    rows = FollowUpUpdate.objects.filter(**{path: OuterRef("pk")})
    return Subquery(rows.order_by("-day", "-pk").values("state")[:1])


def advised() -> QuerySet[InvestigationPart]:
    """What public investigations recommend, the newest first, each with ``state``: what was told
    last of how far it is."""
    rows: QuerySet[InvestigationPart] = InvestigationPart.objects.recommendations()
    newest = F("investigation__published_on").desc(nulls_last=True)
    return rows.annotate(state=_newest("follow_up__part")).order_by(newest, "-investigation", "pk")


def supervised() -> QuerySet[SupervisionFinding]:
    """What the supervisor recommended, the newest year first, with ``state``."""
    rows = SupervisionFinding.objects.filter(report__published_at__isnull=False)
    return rows.annotate(state=_newest("follow_up__finding")).order_by("-report__year", "pk")


def to_do(keeper: Q) -> QuerySet[FollowUp]:
    """The follow-ups of ``keeper`` that were neither carried out nor dropped, by their day."""
    rows = FollowUp.objects.filter(keeper).annotate(state=_newest("follow_up"))
    return rows.filter(
        Q(state__isnull=True) | ~Q(state__in=[each.value for each in OVER])
    ).order_by("due_on", "pk")


def unassigned() -> int:
    """How many published recommendations have nobody who sees to them. Two queries."""
    return (
        advised().filter(follow_up__isnull=True).count()
        + supervised().filter(follow_up__isnull=True).count()
    )


# -- as a page shows them --------------------------------------------------------------------------
def told(
    parts: QuerySet[InvestigationPart], findings: QuerySet[SupervisionFinding]
) -> list[Recommendation]:
    """Those of ``parts`` and then of ``findings``, each with what became of it. Seven queries,
    however many there are."""
    updates = Prefetch(
        "follow_up__updates", queryset=FollowUpUpdate.objects.select_related("actor")
    )
    with_keeper = ("follow_up__user", "follow_up__organisation")
    held = list(
        parts.select_related("investigation", "source", *with_keeper).prefetch_related(updates)
    )
    seen = list(
        findings.select_related("report", "partner", *with_keeper).prefetch_related(
            updates, "answers"
        )
    )
    places = _places(
        InvestigationPart.objects.filter(
            kind=InvestigationPartKind.ADVICE,
            investigation__status=InvestigationStatus.PUBLISHED,
        ),
        "investigation",
    )
    found = [_of_part(row, places[row.pk]) for row in held]
    if seen:
        years = _places(SupervisionFinding.objects.all(), "report")
        found += [_of_finding(row, years[row.pk]) for row in seen]
    return found


def recommendation_or_none(origin: str, pk: int) -> Recommendation | None:
    """One published recommendation. At most six queries."""
    parts, findings = advised().none(), supervised().none()
    if origin == INQUIRY:
        parts = advised().filter(pk=pk)
    elif origin == SUPERVISION:
        findings = supervised().filter(pk=pk)
    return next(iter(told(parts, findings)), None)


def _places(rows: QuerySet[Any], whole: str) -> dict[int, int]:
    """Which place each row has within its ``whole``, from 1. One query."""
    counted: dict[int, int] = defaultdict(int)
    found = {}
    for pk, key in rows.order_by("pk").values_list("pk", f"{whole}_id"):
        counted[key] += 1
        found[pk] = counted[key]
    return found


def _of_part(row: InvestigationPart, number: int) -> Recommendation:
    whole = row.investigation
    reactions = []
    if row.reaction:
        reactions.append(Reaction(whole.reaction_by or "het college", row.reaction,
                                  whole.reaction_on))  # fmt: skip
    return Recommendation(
        origin=INQUIRY,
        pk=row.pk,
        number=number,
        text=row.text,
        title=whole.title,
        page=f"{reverse('investigation_detail', args=[whole.pk])}#advice-{number}",
        by=whole.performed_by,
        is_example=whole.is_example,
        source=provenance(row),
        reactions=reactions,
        **_followed(row),
    )


def _of_finding(row: SupervisionFinding, number: int) -> Recommendation:
    report = row.report
    return Recommendation(
        origin=SUPERVISION,
        pk=row.pk,
        number=number,
        text=row.advice,
        title=report.title,
        page=f"{reverse('supervision_detail', args=[report.year])}#aanbeveling-{number}",
        by="de toezichthouder",
        is_example=report.is_example,
        source=None,
        reactions=[
            Reaction("de gemeente", each.text, each.at.date()) for each in row.answers.all()
        ],
        **_followed(row),
    )


def _followed(row: InvestigationPart | SupervisionFinding) -> dict[str, Any]:
    held: FollowUp | None = getattr(row, "follow_up", None)
    return {
        "follow_up": held,
        "updates": list(held.updates.all()) if held is not None else [],
    }


def responsible_choices() -> list[tuple[str, str]]:
    """Who is responsible for any recommendation, by name. One query."""
    rows: Iterable[str] = FollowUp.objects.order_by("responsible").values_list(
        "responsible", flat=True
    )
    return [(name, name) for name in dict.fromkeys(rows)]
