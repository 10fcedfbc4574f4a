"""What the database never lets anybody change here: the log of an agenda, and
how its tasks stood."""

from __future__ import annotations

from core.guards.frozen import FrozenRows

ROWS = FrozenRows(append_only=("agenda_agendaversionevent", "agenda_taskupdate"))
