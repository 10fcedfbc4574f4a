"""What became of goals from agenda to agenda, with the verdicts on them: picture and tables."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agenda.filters import PassageForm
from agenda.succession import families
from core.charts import draw_lineage
from monitor.lineage import key_of_picture, lineage_picture, verdicts_on, with_verdicts


@login_not_required
@require_safe
def agenda_lineage(request: HttpRequest) -> HttpResponse:
    """What became of themes and goals, from agenda to agenda, and how they were judged."""
    held = families()
    form = PassageForm(request.GET, [passage for family in held for passage in family.passages])
    verdicts = verdicts_on(goal for family in held for goal in family.goal_ids)
    shown = []
    for number, family in enumerate(held, start=1):
        passages = form.chosen(family.passages)
        if not passages:
            continue
        chart = lineage_picture(family, passages, verdicts, number)
        shown.append(
            {
                "chart": chart,
                "picture": draw_lineage(chart),
                **key_of_picture(chart),
                "passages": [with_verdicts(passage, verdicts) for passage in passages],
            }
        )
    return render(request, "monitor/agenda_lineage.html", {"form": form, "families": shown})
