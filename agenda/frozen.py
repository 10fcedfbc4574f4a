"""What the database never lets anybody change here: logs, how tasks stood, advice and answers.

Of an answered round nothing changes any more, and no answer is added to it.
"""

from __future__ import annotations

from core.guards.frozen import FrozenRows

ROWS = FrozenRows(
    append_only=("agenda_agendaversionevent", "agenda_roundevent", "agenda_taskupdate"),
    locked={
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
        "agenda_consultationround": ("{row}.status = 'answered'", ()),
        "agenda_advice": ("{row}.is_submitted", ()),
        "agenda_invitation": ("{row}.sent_at IS NOT NULL", ("sent_at", "withdrawn_at")),
    },
)
