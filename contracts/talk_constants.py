"""The words of talks with partners, their action points and what is decided in them."""

from __future__ import annotations

from django.db import models


class MeetingKind(models.TextChoices):
    """Who meet. The first two count for the rhythm of a contract (report 004, H4.5); tables are
    held three or four times a year (report 001, H8.3)."""

    OFFICIAL = "official", "ambtelijk overleg"
    EXECUTIVE = "executive", "bestuurlijk overleg"
    PURCHASING = "purchasing", "inkooptafel"
    BOARD_TABLE = "board_table", "bestuurlijke tafel"
    CONFERENCE = "conference", "conferentie met vrijwilligersorganisaties"
    PARTNERS = "partners", "overleg met meer partners"


#: Of these each contract has so many a year.
COUNTED_KINDS = (MeetingKind.OFFICIAL, MeetingKind.EXECUTIVE)


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", "gepland"
    HELD = "held", "gehouden"
    RECORDED = "recorded", "verslag vastgesteld"
    CANCELLED = "cancelled", "vervallen"


#: It took place, with or without minutes.
TOOK_PLACE = (MeetingStatus.HELD, MeetingStatus.RECORDED)
#: Nothing of it changes any more.
SETTLED = (MeetingStatus.RECORDED, MeetingStatus.CANCELLED)


class Presence(models.TextChoices):
    """Who was there, and who was not (report 000, H7.4)."""

    INVITED = "invited", "uitgenodigd"
    PRESENT = "present", "was erbij"
    ABSENT = "absent", "was er niet"
    NOT_INVOLVED = "not_involved", "niet betrokken"


class ActionKind(models.TextChoices):
    """A bottleneck between partners is an action point whose owner directs it."""

    ACTION = "action", "actiepunt"
    BOTTLENECK = "bottleneck", "knelpunt tussen partners"


class ActionStatus(models.TextChoices):
    OPEN = "open", "open"
    DONE = "done", "klaar"
    DROPPED = "dropped", "vervallen"


class DecisionKind(models.TextChoices):
    """What a decision changes (norm 14 of report 004)."""

    APPROACH = "approach", "aanpak"
    KPI = "kpi", "prestatie-indicatoren"
    MONEY = "money", "geld"
    CONTRACT = "contract", "overeenkomst"
    AGREEMENT = "agreement", "ambtelijk akkoord op een rapportage"
    OTHER = "other", "anders"
