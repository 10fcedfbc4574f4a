"""The words of the agenda: what a row can be, in English, and what the screen says, in Dutch."""

from __future__ import annotations

from django.db import models

# The name of a goal or a task of which a source gives no more than the number.
UNNAMED = "niet genoemd in de bron"
#: What a development task without a subject is called: by its source, or by who writes it here.
NO_SUBJECT = "onderwerp niet genoemd"
# What of a passport says what is measured. With values it changes only after it was kept as it was.
MEANING = ("definition", "unit", "numerator", "denominator")
# The source of an observed value that names no other.
OWN_MEASUREMENT = "eigen meting van de gemeente"


class Origin(models.TextChoices):
    """Where a row comes from. History from before the system has no rounds, signers or reasons."""

    SYSTEM = "system", "in dit systeem gemaakt"
    SOURCE = "source", "overgenomen uit een bronstuk"


class Phase(models.TextChoices):
    """The four phases of the policy cycle, in order."""

    GOALS = "goals", "doelen"
    STRATEGY = "strategy", "strategie"
    EXECUTION = "execution", "uitvoering"
    RESULT = "result", "resultaat"


class Rhythm(models.TextChoices):
    NOT_STATED = "", "niet vermeld in de bron"
    HALF_YEARLY = "half_yearly", "twee keer per jaar"
    YEARLY = "yearly", "jaarlijks"
    TWO_YEARLY = "two_yearly", "elke twee jaar"
    FOUR_YEARLY = "four_yearly", "elke vier jaar"
    ONCE = "once", "eenmalig"


class AgendaStatus(models.TextChoices):
    DRAFT = "draft", "concept"
    CONSULTATION = "consultation", "inspraak"
    ADOPTED = "adopted", "vastgesteld"
    SUPERSEDED = "superseded", "vervangen"


# Until the council adopts an agenda its content may be written.
EDITABLE_STATUSES = frozenset({AgendaStatus.DRAFT, AgendaStatus.CONSULTATION})


class CopyPiece(models.TextChoices):
    """What a new agenda may take along from the former one, besides its themes and goals."""

    PRINCIPLES = "principles", "uitgangspunten en visie"
    MEASURES = "measures", "metingen, met nulmeting en streefwaarden"
    POLICIES = "policies", "ander beleid"
    SITUATION = "situation", "het beeld van de samenleving"
    TASKS = "tasks", "ontwikkelopdrachten die nog niet af zijn, met hun stappen"


class PrincipleKind(models.TextChoices):
    PRINCIPLE = "principle", "uitgangspunt"
    VISION = "vision", "visie en rolverdeling"


class GoalLevel(models.TextChoices):
    NOT_STATED = "", "niet vermeld"
    IMPACT = "impact", "impact"
    OUTCOME = "outcome", "effect (outcome)"
    OUTPUT = "output", "prestatie (output)"
    THROUGHPUT = "throughput", "proces (throughput)"
    INPUT = "input", "inzet (input)"


# The levels of the goal tree from the lowest up: each leads to the next.
TREE_LEVELS = (
    GoalLevel.INPUT,
    GoalLevel.THROUGHPUT,
    GoalLevel.OUTPUT,
    GoalLevel.OUTCOME,
    GoalLevel.IMPACT,
)
# What somebody notices of it; something has to lead to these.
EFFECT_LEVELS = frozenset({GoalLevel.OUTCOME, GoalLevel.IMPACT})
LEVEL_MEANINGS = {
    GoalLevel.INPUT: "mensen, geld en middelen",
    GoalLevel.THROUGHPUT: "hoe er gewerkt wordt",
    GoalLevel.OUTPUT: "wat er aan diensten en producten is",
    GoalLevel.OUTCOME: "wat inwoners ervan merken",
    GoalLevel.IMPACT: "wat de hele gemeenschap ervan merkt",
}


class DueKind(models.TextChoices):
    """Whether a goal is to be reached by its date, or holds from that date on."""

    NOT_STATED = "", "niet vermeld"
    BY = "by", "op"
    FROM = "from", "vanaf"


class MunicipalRole(models.TextChoices):
    """What the municipality is in a field of policy: it does not decide the same things in each."""

    NOT_STATED = "", "niet vermeld"
    DIRECTOR = "director", "regisseur"
    CLIENT = "client", "opdrachtgever"
    EXECUTOR = "executor", "uitvoerder"
    FACILITATOR = "facilitator", "facilitator"
    PARTNER = "partner", "partner"
    SUPERVISOR = "supervisor", "toezichthouder"


class PolicyKind(models.TextChoices):
    """Who made the other policy that an agenda has to do with."""

    NATIONAL_DUTY = "national_duty", "landelijk, verplicht"
    NATIONAL = "national", "landelijk"
    REGIONAL = "regional", "regionaal"
    OWN = "own", "eigen nota"


class PolicyState(models.TextChoices):
    NOT_STATED = "", "niet vermeld"
    IN_THE_MAKING = "in_the_making", "nog vast te stellen"
    IN_FORCE = "in_force", "van kracht"
    ENDED = "ended", "vervallen"


class TaskResult(models.TextChoices):
    """Whether a development task reached its result, says its evaluation."""

    NOT_EVALUATED = "", "nog niet geëvalueerd"
    YES = "yes", "resultaat bereikt"
    PARTLY = "partly", "resultaat deels bereikt"
    NO = "no", "geen resultaat"


class SuccessionKind(models.TextChoices):
    CONTINUED = "continued", "voortgezet"
    EXTENDED = "extended", "uitgebreid"
    REWORDED = "reworded", "anders verwoord"
    SPLIT = "split", "gesplitst"
    MERGED = "merged", "samengevoegd"
    REPLACED = "replaced", "vervangen"
    NEW = "new", "nieuw"
    DROPPED = "dropped", "vervallen"
    NOT_IN_SOURCE = "not_in_source", "niet vermeld in de bron"


class Direction(models.TextChoices):
    NOT_STATED = "", "niet vermeld in de bron"
    UP = "up", "hoger is beter"
    DOWN = "down", "lager is beter"
    AT_LEAST = "at_least", "ten minste de streefwaarde"
    AT_MOST = "at_most", "ten hoogste de streefwaarde"
    STABLE = "stable", "gelijk houden"


class IndicatorLevel(models.TextChoices):
    """Whom an indicator speaks about; one partner is never held to a population figure."""

    POPULATION = "population", "de gemeente als geheel"
    PERFORMANCE = "performance", "de prestatie van één partner"


class ResultKind(models.TextChoices):
    """Whether an indicator tells what came of it, or what was done for it."""

    NOT_STATED = "", "niet vermeld in de bron"
    EFFECT = "effect", "het effect: wat inwoners ervan merken"
    OUTPUT = "output", "de prestatie: wat er is gedaan of geleverd"


class VersionKind(models.TextChoices):
    """Why a version of a passport was replaced; only after the first the figures do not compare."""

    CHANGED = "changed", "er wordt iets anders gemeten"
    CORRECTED = "corrected", "alleen de tekst is verbeterd"


class Aggregation(models.TextChoices):
    SUM = "sum", "som"
    MEAN = "mean", "gemiddelde"
    LATEST = "latest", "laatste waarde"
    MAX = "max", "hoogste waarde"
    NONE = "none", "niet samen te nemen"


class ImportKind(models.TextChoices):
    """What a file with a table is about."""

    AGENDA = "agenda", "agenda"
    VALUES = "values", "meetwaarden"
    PRODUCTS = "products", "aantallen en bedragen"
    RATES = "rates", "tarieven"


class TargetKind(models.TextChoices):
    BASELINE = "baseline", "nulmeting"
    TARGET = "target", "streefwaarde"


class Certainty(models.TextChoices):
    """How definite a figure is; which of them counts is decided in ``agenda/series.py``."""

    PROVISIONAL = "provisional", "voorlopig"
    REVISED = "revised", "nader voorlopig"
    FINAL = "final", "definitief"
    NOT_STATED = "", "niet vermeld in de bron"


class AreaKind(models.TextChoices):
    CORE = "core", "kern"
    DISTRICT = "district", "wijk"
    MUNICIPALITY = "municipality", "gemeente"


class SurveyGroup(models.TextChoices):
    MUNICIPALITY = "municipality", "gemeente"
    REFERENCE = "reference", "referentiegroep"


class SurveyClients(models.TextChoices):
    """Whom a survey asked."""

    NOT_STATED = "", "niet vermeld"
    WMO = "wmo", "cliënten van de Wmo"
    YOUTH = "youth", "jongeren en ouders met jeugdhulp"


class RoundStatus(models.TextChoices):
    """Where a consultation round stands; whether its days have passed is read from its dates."""

    PREPARED = "prepared", "in voorbereiding"
    OPEN = "open", "uitgezet"
    CLOSED = "closed", "gesloten"
    ANSWERED = "answered", "beantwoord"


class AdviceKind(models.TextChoices):
    ADVICE = "advice", "advies"
    QUESTION = "question", "vraag"
    SUPPORT = "support", "steun"


class AdviceOutcome(models.TextChoices):
    """What became of a point; an advice is adopted or not, a question or support is replied to."""

    NOT_STATED = "", "niet vermeld in de bron"
    ADOPTED = "adopted", "overgenomen"
    PARTLY = "partly", "deels overgenomen"
    NOT_ADOPTED = "not_adopted", "niet overgenomen"
    REPLIED = "replied", "beantwoord"


class ContradictionTopic(models.TextChoices):
    """On which page a contradiction between sources is shown."""

    AGENDA = "agenda", "agenda"
    CONTRACTS = "contracts", "overeenkomsten"
    RESULTS = "results", "resultaten"
    MONITOR = "monitor", "oordelen"
    EXPERIENCE = "experience", "cliëntervaring"
    MONEY = "money", "geld"


class CouncilBody(models.TextChoices):
    """Who talked about an agenda."""

    COUNCIL = "council", "gemeenteraad"
    COMMITTEE = "committee", "raadscommissie"
    SESSION = "session", "informatieavond van de raad"


class TalkPointKind(models.TextChoices):
    DISCUSSED = "discussed", "besproken"
    PROMISE = "promise", "toezegging"


class YearStatus(models.TextChoices):
    """Of a closed year no money changes any more, until it is opened again with a reason."""

    OPEN = "open", "open"
    CLOSED = "closed", "afgesloten"
