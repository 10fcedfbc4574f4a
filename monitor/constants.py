"""The words of the monitor."""

from __future__ import annotations

from django.db import models

from agenda.constants import AgendaStatus

# How addresses name an edition over half a year.
HALF_YEAR_WORD = "halfjaar"


class MonitorKind(models.TextChoices):
    ANNUAL = "annual", "jaarlijks"
    HALF_YEAR = "half_year", "halfjaarlijks"


class MonitorStatus(models.TextChoices):
    DRAFT = "draft", "concept"
    JUDGED = "judged", "beoordeeld"
    ADOPTED = "adopted", "vastgesteld door het college"
    PUBLISHED = "published", "aangeboden aan de raad"


# An agenda is judged once the council adopted it; one from a source document may have no status.
JUDGEABLE = (AgendaStatus.ADOPTED, AgendaStatus.SUPERSEDED)


class Verdict(models.TextChoices):
    GOOD = "good", "goed"
    NEUTRAL = "neutral", "neutraal"
    NEGATIVE = "negative", "negatief"


# What a verdict says of a goal, as the reading guide of an edition tells it.
VERDICT_MEANING = {
    Verdict.GOOD: "Het doel is bereikt, of het gaat de goede kant op.",
    Verdict.NEUTRAL: "Er is geen duidelijke vooruitgang of achteruitgang. Neutraal is geen "
    "waarschuwing.",
    Verdict.NEGATIVE: "Het doel raakt verder weg.",
}

# From worst to best; used to tell better from worse, never to average.
VERDICT_RANK = {Verdict.NEGATIVE: 0, Verdict.NEUTRAL: 1, Verdict.GOOD: 2}


class Movement(models.TextChoices):
    IMPROVED = "improved", "verbeterd"
    WORSENED = "worsened", "verslechterd"
    SAME = "same", "gelijk"
    NEW = "new", "niet eerder beoordeeld"


class ChangeReason(models.TextChoices):
    """Why a verdict differs from last year's or from the suggestion."""

    NONE = "", "geen"
    PERFORMANCE = "performance", "prestatie"
    DEFINITION = "definition", "andere definitie"
    TARGET = "target", "andere streefwaarde"
    MISSING_DATA = "missing_data", "ontbrekende gegevens"
    OTHER = "other", "anders"


class BottleneckState(models.TextChoices):
    NOT_STATED = "", "niet vermeld in de bron"
    OPEN = "open", "open"
    RUNNING = "running", "loopt"
    SOLVED = "solved", "opgelost"


class NoteKind(models.TextChoices):
    """What an edition says outside the goals."""

    TREND = "trend", "trends"
    WENT_WELL = "went_well", "wat goed ging"
    WENT_LESS_WELL = "went_less_well", "wat niet goed ging"
    MEASURE = "measure", "wat de gemeente gaat doen"


class DocumentVariant(models.TextChoices):
    FULL = "full", "volledig omslag"
    LEAN = "lean", "zuinig omslag"


class SteeringLevel(models.TextChoices):
    """At which level is steered, from the top down: in this order on the page."""

    COUNCIL = "council", "raad"
    COLLEGE = "college", "college"
    MANAGEMENT = "management", "management"
    EXECUTION = "execution", "uitvoering"
    INHABITANT = "inhabitant", "inwoner"


class SteeringManner(models.TextChoices):
    """On what is steered, from general goals to single cases."""

    GOALS = "goals", "op doelen en kaders"
    RESULTS = "results", "op resultaten"
    MONEY = "money", "op geld"
    EXECUTION = "execution", "op de uitvoering"
    SIGNALS = "signals", "op signalen en casussen"


class Product(models.TextChoices):
    """The information that somebody gets; all but the last this application makes."""

    AGENDA = "agenda", "maatschappelijke agenda"
    PARTICIPATION = "participation", "wie aan de agenda meededen"
    CONTRACTS = "contracts", "overeenkomsten met partners"
    PARTNER_REPORT = "partner_report", "rapportage van een partner"
    INBOX = "inbox", "ingediende halfjaarrapportages"
    MONITOR = "monitor", "Monitor Sociaal Domein"
    DOCUMENT = "document", "raadsdocument (pdf)"
    BOTTLENECKS = "bottlenecks", "knelpunten en acties"
    MONEY = "money", "begroting en besteding"
    EXPERIENCE = "experience", "ervaringen van cliënten"
    OTHER = "other", "ander stuk"
