"""The yearly reports of supervision of the example, each step by who does that."""

from __future__ import annotations

from accounts.models import User
from demo.loading.example.rows import FindingRow, SupervisionRow
from demo.loading.example.steps import done, moment, posted, told_at, valid
from demo.loading.lookups import Known
from reporting.actions.supervising import answer, publish, save_finding, save_report
from reporting.models import SupervisionFinding, SupervisionReport
from reporting.supervision_forms import (
    SupervisionAnswerForm,
    SupervisionFindingForm,
    SupervisionReportForm,
)


def supervise(row: SupervisionRow, known: Known, *, supervisor: User, officer: User) -> None:
    """Write and publish the report of ``row``, and answer it. Raises ``DataFileError``."""
    with told_at(row.place):
        form = SupervisionReportForm(
            posted(year=row.year, title=row.title, summary=row.summary),
            instance=SupervisionReport(is_example=True),
        )
        done(row.place, save_report(valid(row.place, form), user=supervisor))
        report: SupervisionReport = form.instance
        findings = [_finding(report, each, known, supervisor) for each in row.findings]
        publish(report, user=supervisor, at=moment(row.published_on))
    for finding, told in zip(findings, row.findings, strict=True):
        for each in told.answers:
            reply = valid(each.place, SupervisionAnswerForm({"text": each.text}))
            text = reply.cleaned_data["text"]
            answer(finding, text, user=officer, at=moment(each.on, hour=15))


def _finding(
    report: SupervisionReport, row: FindingRow, known: Known, user: User
) -> SupervisionFinding:
    partner = known.organisation(row.place, row.partner) if row.partner else ""
    form = SupervisionFindingForm(
        posted(text=row.text, advice=row.advice, partner=partner),
        instance=SupervisionFinding(report=report),
    )
    done(row.place, save_finding(valid(row.place, form), user=user))
    finding: SupervisionFinding = form.instance
    return finding
