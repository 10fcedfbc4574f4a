"""What the pages of a subsidy tell: its days, its amounts, and what may be done next."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch
from django.http import Http404

from contracts.constants import SubsidyStatus, SubsidyStep
from contracts.models import Subsidy, SubsidyEvent
from contracts.querysets import SubsidyQuerySet

#: What may be done in each state, the most likely first.
NEXT: dict[SubsidyStatus, tuple[SubsidyStep, ...]] = {
    SubsidyStatus.DRAFT: (SubsidyStep.GRANT,),
    SubsidyStatus.GRANTED: (
        *(SubsidyStep.REQUEST, SubsidyStep.ADVANCE, SubsidyStep.INTERIM, SubsidyStep.SETTLE),
    ),
    SubsidyStatus.REQUESTED: (SubsidyStep.SETTLE,),
    SubsidyStatus.SETTLED: (
        *(SubsidyStep.PAY, SubsidyStep.RECLAIM, SubsidyStep.REVISE, SubsidyStep.WITHDRAW),
    ),
    SubsidyStatus.RECLAIMED: (SubsidyStep.REPAY, SubsidyStep.REVISE, SubsidyStep.WITHDRAW),
    SubsidyStatus.REPAID: (SubsidyStep.REVISE, SubsidyStep.WITHDRAW),
}
#: What is done on an exception only, and is no next step.
AFTERWARDS = (SubsidyStep.REVISE, SubsidyStep.WITHDRAW)
DO = {
    SubsidyStep.GRANT: "Verlenen",
    SubsidyStep.ADVANCE: "Voorschot vastleggen",
    SubsidyStep.INTERIM: "Tussentijdse verantwoording vastleggen",
    SubsidyStep.REQUEST: "Aanvraag tot vaststelling vastleggen",
    SubsidyStep.SETTLE: "Vaststellen",
    SubsidyStep.PAY: "Laatste betaling vastleggen",
    SubsidyStep.RECLAIM: "Terugvorderen",
    SubsidyStep.REPAY: "Terugbetaling vastleggen",
    SubsidyStep.REVISE: "Vaststelling verlagen",
    SubsidyStep.WITHDRAW: "Vaststelling intrekken",
}
EXPLAIN = {
    SubsidyStep.GRANT: "Na de verlening staat het besluit vast en ziet de ontvanger het in het "
    "portaal.",
    SubsidyStep.ADVANCE: "Wat de gemeente vooruit betaalde (Awb 4:95).",
    SubsidyStep.INTERIM: "Wat de ontvanger halverwege liet zien. De subsidie blijft verleend.",
    SubsidyStep.REQUEST: "De ontvanger vraagt om vaststelling en laat zien wat is gedaan (Awb "
    "4:45).",
    SubsidyStep.SETTLE: "U stelt vast zoals verleend, of lager op een grond uit de wet (Awb "
    "4:46). Zonder aanvraag kan dat pas na de uiterste dag (Awb 4:47).",
    SubsidyStep.PAY: "Wat de gemeente na de vaststelling nog betaalde (Awb 4:52).",
    SubsidyStep.RECLAIM: "U vordert terug wat boven de vaststelling is betaald (Awb 4:57).",
    SubsidyStep.REPAY: "Wat de ontvanger terugbetaalde.",
    SubsidyStep.REVISE: "U verlaagt het vastgestelde bedrag op een grond uit de wet, binnen "
    "vijf jaar (Awb 4:49). Daarna kunt u terugvorderen wat te veel is betaald.",
    SubsidyStep.WITHDRAW: "U trekt de vaststelling in op een grond uit de wet, binnen vijf jaar "
    "(Awb 4:49). Er blijft niets van over. Daarna kunt u terugvorderen wat is betaald.",
}


@dataclass(frozen=True)
class Due:
    """A day by which something has to happen."""

    what: str
    day: datetime.date
    is_late: bool


@dataclass(frozen=True)
class SubsidyStory:
    """A subsidy on a day: what is open, what is due, and what may be done."""

    row: Subsidy
    today: datetime.date

    @property
    def events(self) -> list[SubsidyEvent]:
        """Its log, oldest first; no query when it was read along."""
        return list(self.row.events.all())

    @property
    def interim_is_told(self) -> bool:
        return any(event.step == SubsidyStep.INTERIM for event in self.events)

    @property
    def dues(self) -> list[Due]:
        row, found = self.row, []

        def add(what: str, day: datetime.date | None) -> None:
            if day is not None:
                found.append(Due(what, day, day < self.today))

        if row.status == SubsidyStatus.GRANTED:
            if not self.interim_is_told:
                add("Tussentijds verantwoorden", row.interim_by)
            add("Vaststelling aanvragen", row.request_by)
        if row.status in (SubsidyStatus.GRANTED, SubsidyStatus.REQUESTED):
            add("Vaststellen", row.settle_by)
        if row.status == SubsidyStatus.RECLAIMED:
            add("Terugbetalen", row.repay_by)
        return found

    @property
    def balance(self) -> Decimal | None:
        """Settled less what was paid and not repaid; below nought it was paid too much."""
        if self.row.settled is None:
            return None
        return self.row.settled - self.row.paid + self.row.repaid

    @property
    def too_much(self) -> Decimal:
        return max(-(self.balance or Decimal(0)), Decimal(0))

    @property
    def still_to_pay(self) -> Decimal:
        return max(self.balance or Decimal(0), Decimal(0))

    @property
    def lower(self) -> Decimal:
        """How much lower it was settled than granted."""
        settled = self.row.settled
        return Decimal(0) if settled is None else self.row.granted - settled

    @property
    def steps(self) -> list[tuple[SubsidyStep, str]]:
        """What may be done, with its words; nothing that would be refused."""
        found = []
        for step in NEXT[SubsidyStatus(self.row.status)]:
            if step is SubsidyStep.RECLAIM and not self.too_much:
                continue
            if step in AFTERWARDS and not self.row.settled:
                continue
            if step is SubsidyStep.ADVANCE and self.row.paid >= self.row.granted:
                continue
            early = self.row.status == SubsidyStatus.GRANTED and self.today <= self.row.request_by
            if step is SubsidyStep.SETTLE and early:
                continue
            found.append((step, DO[step]))
        return found

    @property
    def main(self) -> list[tuple[SubsidyStep, str]]:
        """The step that is most likely, or none."""
        return [each for each in self.steps[:1] if each[0] not in AFTERWARDS]

    @property
    def others(self) -> list[tuple[SubsidyStep, str]]:
        return self.steps[len(self.main) :]


def told(rows: SubsidyQuerySet) -> SubsidyQuerySet:
    """``rows`` with what is told of them. Two queries."""
    events = SubsidyEvent.objects.select_related("actor").order_by("pk")
    return rows.select_related("contract__partner", "source").prefetch_related(
        Prefetch("events", events)
    )


def stories(rows: Iterable[Subsidy], today: datetime.date) -> list[SubsidyStory]:
    return [SubsidyStory(row, today) for row in rows]


def subsidy_or_404(pk: int) -> Subsidy:
    """A subsidy, drafts too. Raises ``Http404``. Two queries."""
    row = told(Subsidy.objects.filter(pk=pk)).first()
    if row is None:
        raise Http404("Deze subsidie is er niet, of zij is verwijderd.")
    return row


def of_partners(organisations: Collection[int]) -> SubsidyQuerySet:
    """What partners read of their own: all but drafts. Two queries when read."""
    return told(Subsidy.objects.out().of_partners(organisations))
