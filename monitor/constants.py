"""The words of the monitor."""

from __future__ import annotations

from django.db import models

from accounts.constants import Role
from agenda.constants import AgendaStatus, IndicatorLevel

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


class InvestigationKind(models.TextChoices):
    AUDIT_OFFICE = "audit_office", "onderzoek van de rekenkamer"
    OF_THE_COLLEGE = "of_the_college", "onderzoek van het college (artikel 213a Gemeentewet)"
    OTHER = "other", "ander onderzoek"


class InvestigationStatus(models.TextChoices):
    """Where an investigation stands; docs/regels/wederhoor.md tells what may be done in each."""

    DRAFT = "draft", "in voorbereiding"
    CHECK = "check", "voorgelegd aan de gemeente"
    SETTLED = "settled", "wacht op de bestuurlijke reactie"
    PUBLISHED = "published", "openbaar"


class InvestigationPartKind(models.TextChoices):
    FINDING = "finding", "bevinding"
    CONCLUSION = "conclusion", "conclusie"
    ADVICE = "advice", "aanbeveling"


class CheckOutcome(models.TextChoices):
    """What the investigator did with a reaction on the facts."""

    NOT_STATED = "", "nog niet verwerkt"
    ADOPTED = "adopted", "overgenomen"
    PARTLY = "partly", "deels overgenomen"
    NOT_ADOPTED = "not_adopted", "niet overgenomen"


class InformationRole(models.TextChoices):
    """Who needs information (report 004, H5.4), nearest to the work first."""

    EXECUTION = "uitvoerder", "uitvoerder"
    MANAGEMENT = "manager", "manager"
    POLICY = "beleidsmaker", "beleidsmaker"
    BOARD = "bestuurder", "bestuurder"


# Where each of them stands in the arrangements about steering.
LEVELS_OF_ROLE = {
    InformationRole.EXECUTION: (SteeringLevel.EXECUTION,),
    InformationRole.MANAGEMENT: (SteeringLevel.MANAGEMENT,),
    InformationRole.POLICY: (),
    InformationRole.BOARD: (SteeringLevel.COLLEGE, SteeringLevel.COUNCIL),
}
# Near the work it is about what one partner does; further off about the whole municipality.
INDICATORS_OF_ROLE = {
    InformationRole.EXECUTION: IndicatorLevel.PERFORMANCE,
    InformationRole.MANAGEMENT: IndicatorLevel.PERFORMANCE,
    InformationRole.POLICY: IndicatorLevel.POPULATION,
    InformationRole.BOARD: IndicatorLevel.POPULATION,
}


class NormRef(models.TextChoices):
    """A norm of the 213a framework or a part of it (report 004, H3.2); monitor/normlist.py says
    what each asks."""

    PART_A = "A", "deel A: beleid"
    NORM_1 = "1", "norm 1: beleid vastgelegd"
    NORM_2 = "2", "norm 2: meetbare doelen"
    NORM_3 = "3", "norm 3: voortgang te meten"
    NORM_4 = "4", "norm 4: wie waarvoor verantwoordelijk is"
    PART_B = "B", "deel B: uitwerking van beleid"
    NORM_5 = "5", "norm 5: vertaald in maatregelen"
    NORM_6 = "6", "norm 6: bijdrage per maatregel"
    NORM_7 = "7", "norm 7: wie uitvoert"
    NORM_8 = "8", "norm 8: geld per maatregel"
    PART_C = "C", "deel C: concreetheid van afspraken"
    NORM_9 = "9", "norm 9: geld in de afspraken"
    NORM_10 = "10", "norm 10: resultaten in de afspraken"
    PART_D = "D", "deel D: monitoring en besluiten"
    NORM_11 = "11", "norm 11: op tijd gerapporteerd"
    NORM_12 = "12", "norm 12: maatregelen in de rapportages"
    NORM_13 = "13", "norm 13: gesprekken gevoerd"
    NORM_14 = "14", "norm 14: besluiten vastgelegd"


class NormAnswer(models.TextChoices):
    """Whether a norm is met, in the words of the report (004, H5.2)."""

    YES = "yes", "ja"
    PARTLY = "partly", "deels"
    NO = "no", "nee"


class FollowUpState(models.TextChoices):
    """How far a recommendation is carried out."""

    NOT_STARTED = "not_started", "nog niet begonnen"
    STARTED = "started", "in uitvoering"
    DONE = "done", "uitgevoerd"
    DROPPED = "dropped", "wordt niet uitgevoerd"


class Keeper(models.TextChoices):
    """The roles that can have to tell how far a recommendation is."""

    POLICY_OFFICER = Role.POLICY_OFFICER.value, "beleidsmedewerker"
    CONTRACT_MANAGER = Role.CONTRACT_MANAGER.value, "accounthouder"
    COLLEGE = Role.COLLEGE.value, "college"
    COUNCIL_CLERK = Role.COUNCIL_CLERK.value, "griffie"


class ResearchKind(models.TextChoices):
    """What the college investigates itself each year (Gemeentewet, article 213a)."""

    EFFICIENCY = "efficiency", "doelmatigheid"
    EFFECTIVENESS = "effectiveness", "doeltreffendheid"


class Quarter(models.TextChoices):
    """When in its year an investigation is to begin."""

    FIRST = "1", "eerste kwartaal"
    SECOND = "2", "tweede kwartaal"
    THIRD = "3", "derde kwartaal"
    FOURTH = "4", "vierde kwartaal"
