"""What the database never lets anybody change here: logs, how tasks stood, advice and answers, and
what an adopted agenda says.

Of an answered round nothing changes any more, and no answer is added to it.

An agenda that was made here stands fast from the moment that the log says it was adopted: that log
is append-only, so nothing, no change of status either, opens it again. What a source document says
has no such moment: its loader may bring the rows to what the source says, and no page writes them.

What an indicator with values means changes only after its version is kept as it stood.
"""

from __future__ import annotations

from agenda.constants import MEANING
from core.guards.frozen import FrozenRows


def _adopted(version: str) -> str:
    """SQL: the version with this key was adopted here."""
    return (
        "EXISTS (SELECT 1 FROM agenda_agendaversionevent adoption"
        f" WHERE adoption.version_id = {version} AND adoption.to_status = 'adopted')"
    )


def _of_theme(theme: str) -> str:
    return f"(SELECT held.version_id FROM agenda_theme held WHERE held.id = {theme})"


def _of_goal(goal: str) -> str:
    return (
        "(SELECT held.version_id FROM agenda_theme held, agenda_goal goal"
        f" WHERE goal.id = {goal} AND held.id = goal.theme_id)"
    )


def _of_task(task: str) -> str:
    return f"(SELECT task.version_id FROM agenda_developmenttask task WHERE task.id = {task})"


_OF_MEASURE = (
    "EXISTS (SELECT 1 FROM agenda_measure measure WHERE measure.id = {row}.measure_id AND ("
    f"{_adopted(_of_theme('measure.theme_id'))} OR {_adopted(_of_goal('measure.goal_id'))}))"
)
_DIRECTLY = _adopted("{row}.version_id")
_UNDER_GOAL = _adopted(_of_goal("{row}.goal_id"))

# By table: when a row is part of what was adopted.
ADOPTED = {
    "agenda_principle": _DIRECTLY,
    "agenda_participation": _DIRECTLY,
    "agenda_situationfact": _DIRECTLY,
    "agenda_policylink": _DIRECTLY,
    "agenda_theme": _DIRECTLY,
    "agenda_goal": _adopted(_of_theme("{row}.theme_id")),
    "agenda_goal_target_groups": _UNDER_GOAL,
    "agenda_goal_areas": _UNDER_GOAL,
    "agenda_contribution": _adopted(_of_goal("{row}.contributor_id")),
    "agenda_measure": (
        f"{_adopted(_of_theme('{row}.theme_id'))} OR {_adopted(_of_goal('{row}.goal_id'))}"
    ),
    "agenda_target": _OF_MEASURE,
    # What a version says about the goals and themes before it; what becomes of its own is for a
    # later one to say.
    "agenda_goalsuccession": (
        f"{_adopted(_of_goal('{row}.successor_id'))} OR {_adopted('{row}.dropped_in_id')}"
    ),
    "agenda_themesuccession": _adopted(_of_theme("{row}.successor_id")),
    "agenda_developmenttask_goals": _adopted(_of_task("{row}.developmenttask_id")),
}
# What goes on after adoption: how a task came out, and when a step of it was done.
GOES_ON = {
    "agenda_developmenttask": (_DIRECTLY, ("evaluated_on", "result", "evaluation", "revision")),
    "agenda_taskstep": (_adopted(_of_task("{row}.task_id")), ("done_on", "revision")),
}

_HAS_VALUES = (
    "(EXISTS (SELECT 1 FROM agenda_observation AS held WHERE held.indicator_id = {row}.id)"
    " OR EXISTS (SELECT 1 FROM agenda_target AS aim"
    " JOIN agenda_measure AS measure ON measure.id = aim.measure_id"
    " WHERE measure.indicator_id = {row}.id))"
)
# The newest kept version says the same.
_IS_KEPT = (
    "EXISTS (SELECT 1 FROM agenda_indicatorversion AS former"
    " WHERE former.indicator_id = {row}.id AND former.number ="
    " (SELECT MAX(number) FROM agenda_indicatorversion AS every"
    " WHERE every.indicator_id = {row}.id)"
    + "".join(f" AND former.{name} = {{row}}.{name}" for name in MEANING)
    + ")"
)


def of_a_closed_year(first: str, last: str) -> str:
    """SQL: a closed year of money lies from ``first`` to ``last``, texts of four digits."""
    return (
        "EXISTS (SELECT 1 FROM agenda_moneyyear AS closed WHERE closed.status = 'closed'"
        f" AND CAST(closed.year AS text) BETWEEN {first} AND {last})"
    )


def years_of(period: str) -> tuple[str, str]:
    """SQL: the first and the last year of the code of a period, as texts."""
    until = f"CASE WHEN substr({period}, 5, 1) = '/' THEN substr({period}, 6, 4)"
    return f"substr({period}, 1, 4)", f"{until} ELSE substr({period}, 1, 4) END"


# An amount of a closed year is not added, changed or removed; what is published of it may change.
_MONEY_OF_A_CLOSED_YEAR = (
    f"{{row}}.value_type = 'amount' AND {of_a_closed_year(*years_of('{row}.period'))}"
)

ROWS = FrozenRows(
    append_only=(
        "agenda_moneyyearevent",
        "agenda_agendaversionevent",
        "agenda_roundevent",
        "agenda_taskupdate",
        "agenda_indicatorversion",
    ),
    written={"agenda_indicator": (f"{_HAS_VALUES} AND NOT {_IS_KEPT}", MEANING)},
    locked={
        **ADOPTED,
        "agenda_advicepoint": (
            "EXISTS (SELECT 1 FROM agenda_advice WHERE agenda_advice.id = {row}.advice_id"
            " AND agenda_advice.is_submitted)"
        ),
        "agenda_adviceanswer": (
            "EXISTS (SELECT 1 FROM agenda_advicepoint, agenda_advice, agenda_consultationround"
            " WHERE agenda_advicepoint.id = {row}.point_id"
            " AND agenda_advice.id = agenda_advicepoint.advice_id"
            " AND agenda_consultationround.id = agenda_advice.round_id"
            " AND agenda_consultationround.status = 'answered')"
        ),
    },
    kept={
        # Only that a later version takes its place.
        "agenda_agendaversion": (_adopted("{row}.id"), ("status",)),
        "agenda_consultationround": ("{row}.status = 'answered'", ()),
        "agenda_moneyyear": ("{row}.status = 'closed'", ("status", "revision")),
        "agenda_advice": ("{row}.is_submitted", ()),
        "agenda_invitation": ("{row}.sent_at IS NOT NULL", ("sent_at", "withdrawn_at")),
    },
    settled={**GOES_ON, "agenda_observation": (_MONEY_OF_A_CLOSED_YEAR, ("withheld",))},
)
