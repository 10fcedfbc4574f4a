"""What stands around goals, as plain data: result and role of a theme, groups, areas, policy."""

from __future__ import annotations

from django.db.models import QuerySet

from agenda.models import AgendaVersion, Area, Goal, PolicyLink, TargetGroup, Theme
from agenda.story import Story, provenance


def theme_frame(theme: Theme) -> Story:
    """The desired result of a theme, and what the municipality is in it."""
    return {
        "result": theme.result,
        "role": theme.get_role_display() if theme.role else "",
        "role_note": theme.role_note,
    }


def goal_frame(goal: Goal) -> Story:
    """For whom and where a goal is. Two queries, or none where both were read before."""
    return {
        "target_groups": [_named(row) for row in goal.target_groups.all()],
        "areas": [_named(row) for row in goal.areas.all()],
    }


def _named(row: TargetGroup | Area) -> Story:
    return {"name": row.name, "slug": row.slug}


def policy_stories(version: AgendaVersion) -> list[Story]:
    """The other policy of ``version``. One query."""
    rows: QuerySet[PolicyLink] = version.policies.select_related("source").order_by("name")
    return [
        {
            "name": row.name,
            "kind": row.get_kind_display(),
            "state": row.get_state_display() if row.state else "",
            "url": row.url,
            "asks": row.asks,
            "source": provenance(row),
        }
        for row in rows
    ]
