"""Rules of editions that cross tables, as the database keeps them (core/guards/rules.py)."""

from __future__ import annotations

from core.guards.rules import Rule

_GOAL_IN_EDITION = {
    "edition": "monitor_monitor",
    "goal": "agenda_goal",
    "theme": "agenda_theme",
}
_OTHER_AGENDA = "edition.agenda_version_id IS NULL OR edition.agenda_version_id <> theme.version_id"

RULES = [
    Rule(
        name="monitor_judgement_of_agenda",
        message="Dit doel hoort bij een andere agenda dan deze monitor beoordeelt.",
        tables={"judgement": "monitor_judgement", **_GOAL_IN_EDITION},
        linked=(
            "edition.id = judgement.monitor_id AND goal.id = judgement.goal_id"
            " AND theme.id = goal.theme_id"
        ),
        broken=_OTHER_AGENDA,
    ),
    Rule(
        name="monitor_bottleneck_of_agenda",
        message="Dit thema hoort bij een andere agenda.",
        tables={
            "bottleneck": "monitor_bottleneck",
            "edition": "monitor_monitor",
            "theme": "agenda_theme",
        },
        linked="edition.id = bottleneck.monitor_id AND theme.id = bottleneck.theme_id",
        broken=_OTHER_AGENDA,
    ),
    Rule(
        name="monitor_bottleneck_goal_of_theme",
        message="Dit doel hoort bij een ander thema.",
        tables={"bottleneck": "monitor_bottleneck", "goal": "agenda_goal"},
        linked="goal.id = bottleneck.goal_id",
        broken="goal.theme_id <> bottleneck.theme_id",
    ),
    Rule(
        name="monitor_challenge_goal_of_agenda",
        message="Deze uitdaging noemt een doel van een andere agenda.",
        tables={
            "named": "monitor_challenge_goals",
            "challenge": "monitor_challenge",
            **_GOAL_IN_EDITION,
        },
        linked=(
            "challenge.id = named.challenge_id AND edition.id = challenge.monitor_id"
            " AND goal.id = named.goal_id AND theme.id = goal.theme_id"
        ),
        broken=_OTHER_AGENDA,
    ),
    Rule(
        name="monitor_bottleneck_continues_earlier",
        message="Een knelpunt vervolgt er een uit een eerdere monitor.",
        tables={
            "bottleneck": "monitor_bottleneck",
            "continued": "monitor_bottleneck",
            "edition": "monitor_monitor",
            "earlier": "monitor_monitor",
        },
        linked=(
            "continued.id = bottleneck.continues_id AND edition.id = bottleneck.monitor_id"
            " AND earlier.id = continued.monitor_id"
        ),
        broken=(
            "earlier.year > edition.year OR (earlier.year = edition.year"
            " AND (earlier.kind <> 'half_year' OR edition.kind <> 'annual'))"
        ),
    ),
]
