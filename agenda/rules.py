"""Rules of the agenda that cross tables, as the database keeps them (core/guards/rules.py)."""

from __future__ import annotations

from agenda.constants import TREE_LEVELS
from core.guards.rules import Rule

_THEME_AND_PARENT = {"theme": "agenda_theme", "parent": "agenda_theme"}
_PARENT_OF_THEME = "parent.id = theme.parent_id"

# Earlier is: an agenda of an earlier year, or of the same year with a lower version number.
_ORDER_MESSAGE = "Een voorganger staat in een eerdere agenda of een eerdere versie."
_VERSIONS = {
    "earlier": "agenda_agendaversion",
    "later": "agenda_agendaversion",
    "first": "agenda_agenda",
    "second": "agenda_agenda",
}
_AGENDAS_OF_VERSIONS = "first.id = earlier.agenda_id AND second.id = later.agenda_id"
_NOT_BEFORE = (
    "first.year > second.year OR (first.year = second.year AND earlier.number >= later.number)"
)

_TREE = {
    "link": "agenda_contribution",
    "lower": "agenda_goal",
    "higher": "agenda_goal",
}
_ENDS = "lower.id = link.contributor_id AND higher.id = link.effect_id"


_BOUNDS = (
    "{row}.number < indicator.lowest OR {row}.number > indicator.highest"
    " OR {row}.number_to > indicator.highest"
)
_OF_MEASURE = {
    "target": "agenda_target",
    "measure": "agenda_measure",
    "indicator": "agenda_indicator",
}
_TO_INDICATOR = "measure.id = target.measure_id AND indicator.id = measure.indicator_id"


def _rank(goal: str) -> str:
    """The place of the level of ``goal`` in the tree; nothing, which breaks no rule, without."""
    cases = " ".join(f"WHEN '{level.value}' THEN {n}" for n, level in enumerate(TREE_LEVELS))
    return f"CASE {goal}.level {cases} END"


def _start(version: str) -> str:
    """When the meaning after ``version`` began, as digits that sort in time."""
    half = f"CASE substr({version}.replaced_from, 5) WHEN '-H2' THEN '2' ELSE '1' END"
    return f"substr({version}.replaced_from, 1, 4) || {half}"


RULES = [
    Rule(
        name="agenda_theme_parent_of_version",
        message="Het bovenliggende thema hoort bij een andere versie.",
        tables=_THEME_AND_PARENT,
        linked=_PARENT_OF_THEME,
        broken="parent.version_id <> theme.version_id",
    ),
    Rule(
        name="agenda_theme_two_levels",
        message="Thema’s hebben hoogstens twee niveaus.",
        tables=_THEME_AND_PARENT,
        linked=_PARENT_OF_THEME,
        broken="parent.parent_id IS NOT NULL",
    ),
    Rule(
        name="agenda_theme_succession_order",
        message=_ORDER_MESSAGE,
        tables={
            "link": "agenda_themesuccession",
            "before": "agenda_theme",
            "after": "agenda_theme",
            **_VERSIONS,
        },
        linked=(
            "before.id = link.predecessor_id AND after.id = link.successor_id"
            " AND earlier.id = before.version_id AND later.id = after.version_id"
            f" AND {_AGENDAS_OF_VERSIONS}"
        ),
        broken=_NOT_BEFORE,
    ),
    Rule(
        name="agenda_goal_succession_order",
        message=_ORDER_MESSAGE,
        tables={
            "link": "agenda_goalsuccession",
            "goal": "agenda_goal",
            "next": "agenda_goal",
            "before": "agenda_theme",
            "after": "agenda_theme",
            **_VERSIONS,
        },
        linked=(
            "goal.id = link.predecessor_id AND next.id = link.successor_id"
            " AND before.id = goal.theme_id AND after.id = next.theme_id"
            " AND earlier.id = before.version_id AND later.id = after.version_id"
            f" AND {_AGENDAS_OF_VERSIONS}"
        ),
        broken=_NOT_BEFORE,
    ),
    Rule(
        name="agenda_task_goal_of_version",
        message="Het doel hoort bij een andere versie dan de opdracht.",
        tables={
            "link": "agenda_developmenttask_goals",
            "task": "agenda_developmenttask",
            "goal": "agenda_goal",
            "theme": "agenda_theme",
        },
        linked=(
            "task.id = link.developmenttask_id AND goal.id = link.goal_id"
            " AND theme.id = goal.theme_id"
        ),
        broken="theme.version_id <> task.version_id",
    ),
    Rule(
        name="agenda_target_fits_passport",
        message="De streefwaarde heeft niet de soort waarde die de indicator vraagt.",
        tables=_OF_MEASURE,
        linked=_TO_INDICATOR,
        broken="target.value_type <> indicator.value_type",
    ),
    Rule(
        name="agenda_observation_fits_passport",
        message="De meetwaarde heeft niet de soort waarde die de indicator vraagt.",
        tables={"observation": "agenda_observation", "indicator": "agenda_indicator"},
        linked="indicator.id = observation.indicator_id",
        broken="observation.value_type <> indicator.value_type",
    ),
    Rule(
        name="agenda_target_within_bounds",
        message="Deze streefwaarde kan niet: het paspoort noemt een laagste en hoogste waarde.",
        tables=_OF_MEASURE,
        linked=_TO_INDICATOR,
        broken=_BOUNDS.format(row="target"),
    ),
    Rule(
        name="agenda_observation_within_bounds",
        message="Deze meetwaarde kan niet: het paspoort noemt een laagste en hoogste waarde.",
        tables={"observation": "agenda_observation", "indicator": "agenda_indicator"},
        linked="indicator.id = observation.indicator_id",
        broken=_BOUNDS.format(row="observation"),
    ),
    Rule(
        name="agenda_target_after_baseline",
        message="De nulmeting is van een later jaar dan een streefwaarde.",
        tables={"base": "agenda_target", "aim": "agenda_target"},
        linked="aim.measure_id = base.measure_id",
        broken=(
            "base.kind = 'baseline' AND aim.kind = 'target'"
            " AND SUBSTR(base.period, 1, 4) > SUBSTR(aim.period, 1, 4)"
        ),
    ),
    Rule(
        name="agenda_indicator_version_in_time",
        message="Een nieuwe omschrijving gaat later in dan de vorige.",
        tables={"later": "agenda_indicatorversion", "earlier": "agenda_indicatorversion"},
        linked="earlier.indicator_id = later.indicator_id AND earlier.number < later.number",
        broken=f"({_start('earlier')}) >= ({_start('later')})",
    ),
    Rule(
        name="agenda_contribution_of_version",
        message="Een doel draagt bij aan een doel van dezelfde versie van de agenda.",
        tables={**_TREE, "before": "agenda_theme", "after": "agenda_theme"},
        linked=f"{_ENDS} AND before.id = lower.theme_id AND after.id = higher.theme_id",
        broken="before.version_id <> after.version_id",
    ),
    Rule(
        name="agenda_contribution_goes_up",
        message="Een doel draagt bij aan een doel van een hoger niveau.",
        tables=_TREE,
        linked=_ENDS,
        broken=f"{_rank('lower')} >= {_rank('higher')}",
    ),
    Rule(
        name="agenda_advice_answer_fits_point",
        message="Een advies is overgenomen of niet; alleen een vraag of steun wordt beantwoord.",
        tables={"answer": "agenda_adviceanswer", "point": "agenda_advicepoint"},
        linked="point.id = answer.point_id",
        broken="answer.outcome = 'replied' AND point.kind = 'advice'",
    ),
    Rule(
        name="agenda_advice_answer_stated",
        message="Kies wat er met dit punt gebeurde. Alleen een bronstuk mag dat openlaten.",
        tables={
            "answer": "agenda_adviceanswer",
            "point": "agenda_advicepoint",
            "advice": "agenda_advice",
        },
        linked="point.id = answer.point_id AND advice.id = point.advice_id",
        broken="answer.reason <> '' AND answer.outcome = '' AND advice.source_id IS NULL",
    ),
    Rule(
        name="agenda_advice_of_round",
        message="De uitnodiging hoort bij een andere adviesronde.",
        tables={"advice": "agenda_advice", "invitation": "agenda_invitation"},
        linked="invitation.id = advice.invitation_id",
        broken="invitation.round_id <> advice.round_id",
    ),
]
