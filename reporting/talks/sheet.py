"""The agenda sheet of a talk, made of what is known: nobody has to look anything up.

Deviating KPIs and money come from the newest round of each contract; see docs/regels/agendablad.md.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, Q

from agenda.story import Story
from contracts.constants import OptionOutcome, SectionKind
from contracts.models import ActionPoint, BudgetLine, Contract, ExtensionOption, Meeting, Transition
from contracts.talk_querysets import ActionPointQuerySet
from contracts.talks.access import told_actions
from contracts.talks.reading import needed, partners_of, rhythm_of
from core.wording import in_words
from reporting.models import DecidedReport, Remark, Report, Round, TalkedReport
from reporting.reading import content_of, text_of

#: What ends within this time is told.
ENDS_WITHIN = datetime.timedelta(days=365)
#: Reports that are due within this time are told.
DUE_WITHIN = datetime.timedelta(days=92)


def sheet(meeting: Meeting) -> Story:
    """All that the sheet tells, as plain data that can be hashed; ``meeting`` comes from
    ``contracts.talks.access.whole``. Sixteen queries, however many contracts it is about.

    What is open and what ends is counted from the day of the talk, so that the sheet of one day
    stays the same.
    """
    contracts = sorted(meeting.contracts.all(), key=lambda row: (row.title, row.pk))
    keys = [row.pk for row in contracts]
    actions = told_actions(ActionPoint.objects.open().about(keys).by_term())
    return {
        "title": meeting.title,
        "kind": str(meeting.get_kind_display()).capitalize(),
        "day": in_words(meeting.day),
        "hour": meeting.starts_at.strftime("%H.%M") if meeting.starts_at else "",
        "place": meeting.place,
        "is_example": meeting.is_example,
        "partners": partners_of(meeting),
        "points": [
            {
                "title": row.title,
                "text": row.text,
                "by": row.raised_by.name if row.raised_by else "",
            }
            for row in meeting.points.all()
        ],
        "contracts": _contracts(contracts, meeting.day),
        "actions": [_action(row, meeting.day) for row in actions],
        "elsewhere": [
            _action(row, meeting.day) | {"about": _about(row)} for row in _elsewhere(meeting, keys)
        ],
    }


def _action(row: ActionPoint, day: datetime.date) -> Story:
    return {
        "text": row.text,
        "owner": str(row.organisation) if row.organisation else "gemeente",
        "due": in_words(row.due_on),
        "is_overdue": row.due_on < day,
    }


def _about(row: ActionPoint) -> list[str]:
    """The contracts of the talk in which it was agreed; none where there was no contract."""
    contracts = row.meeting.contracts.all() if row.meeting else ()
    return sorted(contract.title for contract in contracts)


def _elsewhere(meeting: Meeting, contracts: list[int]) -> ActionPointQuerySet:
    """What is open with the same partners from talks that were not about ``contracts``, or from no
    talk at all. Four queries."""
    partners = {row.pk for row in meeting.partners.all()}
    partners |= {row.partner_id for row in meeting.contracts.all() if row.partner_id}
    theirs = Q(organisation__in=partners) | Q(meeting__contracts__partner__in=partners)
    here = ActionPoint.objects.about(contracts).order_by()
    rows = ActionPoint.objects.open().filter(theirs).exclude(pk__in=here.values("pk"))
    told = told_actions(rows.distinct().by_term())
    return told.prefetch_related(Prefetch("meeting__contracts", Contract.objects.order_by("pk")))


def _contracts(contracts: list[Contract], day: datetime.date) -> list[Story]:
    """What is known of each of ``contracts`` on ``day``. Ten queries."""
    keys = [row.pk for row in contracts]
    rounds = _newest_rounds(keys)
    remarks = _open_remarks(rounds)
    money = _agreed_money(keys, day.year)
    held = _talks(keys, day.year)
    rhythms = _rhythms(keys)
    coming = _coming(keys, day)
    notices = _notices(keys, day)
    transitions = _transitions(keys, day)
    return [
        {
            "title": row.title,
            "slug": row.slug,
            "round": _round(rounds.get(row.pk)),
            "deviations": _deviations(rounds.get(row.pk)),
            "questions": remarks.get(row.pk, []),
            "spending": _spending(rounds.get(row.pk)),
            "money": money.get(row.pk, []),
            "ends": _ends(row, day),
            "notices": notices.get(row.pk, []),
            "transitions": transitions.get(row.pk, []),
            "coming": coming.get(row.pk, []),
            "talks": [
                f"{line['label']}: {line['counted'].held} van {line['needed']} gehouden"
                for line in needed(
                    rhythm_of(row, rhythms.get(row.pk, []), day.year), held.get(row.pk, [])
                )
            ],
        }
        for row in contracts
    ]


def _newest_rounds(contracts: list[int]) -> dict[int, Round]:
    """The newest round of the last report of each contract, by the key of it. Two queries."""
    rows = (
        Round.objects.filter(report__contract__in=contracts)
        .order_by("report__due_on", "report_id", "number")
        .values_list("report__contract", "pk")
    )
    newest = dict(rows)  # the last one of each contract stays
    found = Round.objects.filter(pk__in=newest.values()).select_related("report__contract")
    return {row.report.contract_id: row for row in found}


def _round(made: Round | None) -> Story | None:
    if made is None:
        return None
    return {
        "title": made.report.title,
        "report": made.report.pk,
        "number": made.number,
        "day": in_words(made.submitted_on),
        "state": str(made.report.get_status_display()),
    }


def _blocks(made: Round | None) -> list[tuple[str, Mapping[str, Any]]]:
    """The blocks of a round, each with the kind of its section."""
    if made is None:
        return []
    content = content_of(made)
    return [
        (section["kind"], block) for section in content["sections"] for block in section["blocks"]
    ]


def _deviations(made: Round | None) -> list[Story]:
    """The KPIs that are further off their target than the band allows, with what was said."""
    return [
        {
            "name": block["title"],
            "words": block["kpi"]["words"],
            "explanation": block["kpi"]["explanation"],
            "improvement": block["kpi"]["improvement"],
        }
        for _, block in _blocks(made)
        if block.get("kpi") and block["kpi"]["deviates"]
    ]


def _spending(made: Round | None) -> list[Story]:
    """What was spent and what is expected, as the round says it."""
    return [
        {
            "name": block["title"],
            "rows": [
                {"label": row["label"].removesuffix(" (€)"), "text": text_of(row, block, kind)}
                for row in block["rows"]
                if row["text"]
            ],
        }
        for kind, block in _blocks(made)
        if kind == SectionKind.SPENDING
    ]


def _open_remarks(rounds: dict[int, Round]) -> dict[int, list[Story]]:
    """Questions of the municipality that the partner did not answer with a new round. One query."""
    contract_of = {row.pk: key for key, row in rounds.items()}
    found: dict[int, list[Story]] = {}
    returned = [row.pk for row in rounds.values() if row.report.is_returned]
    for remark in Remark.objects.filter(round__in=returned).order_by("pk"):
        found.setdefault(contract_of[remark.round_id], []).append(
            {"label": remark.label, "text": remark.text}
        )
    return found


def _agreed_money(contracts: list[int], year: int) -> dict[int, list[Story]]:
    """The agreed amounts over ``year``, or without a year; not what was only available, and no
    earmarked part of another amount. One query."""
    found: dict[int, list[Story]] = {}
    lines = BudgetLine.objects.in_force().agreed().filter(contract__in=contracts)
    for line in lines.order_by("contract", "pk"):
        period = line.period
        if period is not None and not period.start.year <= year <= period.end.year:
            continue
        found.setdefault(line.contract_id, []).append(
            {"label": line.label, "amount": line.value.display(), "per_year": line.per_year}
        )
    return found


def _talks(contracts: list[int], year: int) -> dict[int, list[Meeting]]:
    """The talks of ``year`` that count, by contract. Two queries."""
    found: dict[int, list[Meeting]] = {}
    rows = Meeting.objects.filter(contracts__in=contracts).standing().counted().in_year(year)
    for meeting in rows.distinct().prefetch_related("contracts"):
        for contract in meeting.contracts.all():
            found.setdefault(contract.pk, []).append(meeting)
    return found


def _rhythms(contracts: list[int]) -> dict[int, list[Any]]:
    """The rhythms that were raised, by contract. Two queries."""
    rows = Contract.objects.filter(pk__in=contracts).prefetch_related("rhythms")
    return {row.pk: list(row.rhythms.all()) for row in rows}


def _coming(contracts: list[int], day: datetime.date) -> dict[int, list[Story]]:
    """Reports that were never handed in and are due soon, or were due. One query."""
    found: dict[int, list[Story]] = {}
    rows = Report.objects.filter(contract__in=contracts).to_remind(day, ahead=DUE_WITHIN)
    for report in rows.order_by("due_on", "pk"):
        due: datetime.date = report.due_until  # type: ignore[attr-defined] # of the selection
        found.setdefault(report.contract_id, []).append(
            {"title": report.title, "due": in_words(due), "is_late": due < day}
        )
    return found


def _notices(contracts: list[int], day: datetime.date) -> dict[int, list[Story]]:
    """The options to extend on which nobody decided, where the last day to tell the partner is soon
    or was, by contract. One query."""
    found: dict[int, list[Story]] = {}
    rows = ExtensionOption.objects.filter(
        contract__in=contracts, outcome=OptionOutcome.OPEN, notice_by__lte=day + ENDS_WITHIN
    )
    for row in rows.order_by("notice_by", "pk"):
        found.setdefault(row.contract_id, []).append(
            {
                "by": in_words(row.notice_by),
                "until": in_words(row.until),
                "is_late": row.notice_by < day,
            }
        )
    return found


def _transitions(contracts: list[int], day: datetime.date) -> dict[int, list[Story]]:
    """The transition arrangements that are not finished and end soon, or did, by contract. One
    query."""
    found: dict[int, list[Story]] = {}
    rows = Transition.objects.filter(
        contract__in=contracts, finished_on=None, ends_on__lte=day + ENDS_WITHIN
    )
    for row in rows.order_by("ends_on", "pk"):
        ends: datetime.date = row.ends_on  # type: ignore[assignment] # of the selection
        found.setdefault(row.contract_id, []).append(
            {"group": row.group, "until": in_words(ends), "is_over": ends < day}
        )
    return found


def _ends(contract: Contract, day: datetime.date) -> str:
    """The day on which the contract ends, where that is soon or was."""
    ends = contract.ends_on
    return in_words(ends) if ends is not None and ends <= day + ENDS_WITHIN else ""


def reports_of(meeting: Meeting) -> list[Report]:
    """The reports that a talk is about. One query."""
    rows = TalkedReport.objects.filter(meeting=meeting).select_related("report__contract")
    return [row.report for row in rows.order_by("report__due_on", "pk")]


def about_report(report: Report) -> Story:
    """The talks about ``report`` and the decisions on it, for who works with both. Two queries."""
    talks = TalkedReport.objects.filter(report=report).select_related("meeting")
    decided = DecidedReport.objects.filter(report=report).select_related("decision")
    return {
        "reads_talks": True,
        "talks": [row.meeting for row in talks.order_by("meeting__day", "pk")],
        "decided": [row.decision for row in decided.order_by("decision__decided_on", "pk")],
    }
