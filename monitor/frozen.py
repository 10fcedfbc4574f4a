"""What the database never lets anybody change here: an adopted edition, and its versions."""

from __future__ import annotations

from core.guards.frozen import FrozenRows

_OF_AN_ADOPTED_EDITION = (
    "EXISTS (SELECT 1 FROM monitor_monitor AS edition"
    " WHERE edition.id = {row}.monitor_id AND edition.status IN ('adopted', 'published'))"
)
ROWS = FrozenRows(
    append_only=(
        "monitor_editionreport",
        "monitor_followupupdate",
        "monitor_investigationevent",
        "monitor_monitorevent",
        "monitor_normverdict",
        "monitor_snapshot",
    ),
    locked={
        "monitor_investigationpart": (
            "EXISTS (SELECT 1 FROM monitor_investigation AS held"
            " WHERE held.id = {row}.investigation_id AND held.status = 'published')"
        ),
        "monitor_judgement": _OF_AN_ADOPTED_EDITION,
        "monitor_bottleneck": _OF_AN_ADOPTED_EDITION,
        "monitor_monitornote": _OF_AN_ADOPTED_EDITION,
        "monitor_otherparty": _OF_AN_ADOPTED_EDITION,
        "monitor_challenge": _OF_AN_ADOPTED_EDITION,
        "monitor_challenge_goals": (
            "EXISTS (SELECT 1 FROM monitor_challenge AS challenge"
            " JOIN monitor_monitor AS edition ON edition.id = challenge.monitor_id"
            " WHERE challenge.id = {row}.challenge_id"
            " AND edition.status IN ('adopted', 'published'))"
        ),
    },
    kept={"monitor_investigation": ("{row}.status = 'published'", ())},
    last={"monitor_monitor": ("status", "published")},
)
