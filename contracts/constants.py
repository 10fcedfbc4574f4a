"""The words of contracts and money."""

from __future__ import annotations

from django.db import models


class ContractKind(models.TextChoices):
    TENDER = "tender", "aanbesteding"
    SUBSIDY_PROGRAMME = "subsidy_programme", "subsidieprogramma"
    SUBSIDY_AGREEMENT = "subsidy_agreement", "subsidieovereenkomst"
    ADDENDUM = "addendum", "addendum"
    AGREEMENT = "agreement", "overeenkomst"
    SUBSIDY_DECISION = "subsidy_decision", "subsidiebeschikking"


class ContractStatus(models.TextChoices):
    DRAFT = "draft", "concept"
    ACTIVE = "active", "actief"
    ENDED = "ended", "beëindigd"


class Funding(models.TextChoices):
    """How a contract is paid for."""

    NOT_STATED = "", "niet vermeld in de bron"
    PRICE_TIMES_QUANTITY = "pxq", "prijs maal hoeveelheid (P×Q)"
    RESULT = "result", "op resultaat"
    POPULATION = "population", "per inwoner (populatie)"
    LUMP_SUM = "lump_sum", "vast bedrag (lumpsum)"


class DateKind(models.TextChoices):
    TENDER_STARTED = "tender_started", "aanbesteding gestart"
    TENDER_PUBLISHED = "tender_published", "aanbestedingsdocument"
    AWARDED = "awarded", "gegund of verleend"
    SIGNED = "signed", "ondertekend"
    EFFECTIVE = "effective", "ingegaan"
    KPIS_REDEFINED = "kpis_redefined", "prestatie-indicatoren opnieuw vastgesteld"
    ENDED = "ended", "geëindigd"
    WITHDRAWN = "withdrawn", "ingetrokken"


class PartyRole(models.TextChoices):
    LEAD = "lead", "penvoerder"
    MEMBER = "member", "coalitiepartner"
    SUBCONTRACTOR = "subcontractor", "onderaannemer"
    CONTRACTOR = "contractor", "uitvoerder"
    CO_CLIENT = "co_client", "mede-opdrachtgever"
    INVOLVED = "involved", "betrokken gemeente"


# They commission the work or are touched by it; they carry out nothing.
CLIENT_ROLES = frozenset({PartyRole.CO_CLIENT, PartyRole.INVOLVED})


class AmountKind(models.TextChoices):
    """An agreed amount binds; an available one is what the client reserved beforehand."""

    AVAILABLE = "available", "beschikbaar"
    AGREED = "agreed", "overeengekomen"


class Duration(models.TextChoices):
    NOT_STATED = "", "niet vermeld in de bron"
    STRUCTURAL = "structural", "structureel"
    INCIDENTAL = "incidental", "incidenteel"


class ExpectationKind(models.TextChoices):
    RESULT = "result", "te bereiken resultaat"
    EFFECT = "effect", "maatschappelijk effect"
    EXPECTATION = "expectation", "verwachting"


class TermKind(models.TextChoices):
    SCOPE = "scope", "wat wordt gedaan"
    FACILITY = "facility", "voorziening"
    COOPERATION = "cooperation", "samenwerking"
    DIVISION = "division", "rolverdeling"
    PARTICULAR = "particular", "bijzondere afspraak"
    EXCLUDED = "excluded", "valt erbuiten"
    PRIVACY = "privacy", "privacy"


class ReportFrequency(models.TextChoices):
    NOT_STATED = "", "niet vermeld in de bron"
    HALF_YEARLY = "half_yearly", "elk halfjaar"
    YEARLY = "yearly", "elk jaar"


class SectionKind(models.TextChoices):
    """The sections that a contract may ask for in a report."""

    TRENDS = "trends", "analyse van trends"
    RESULTS = "results", "bereikte resultaten"
    COOPERATION = "cooperation", "samenwerking"
    NUMBERS = "numbers", "aantallen"
    GOES_WELL = "goes_well", "wat goed gaat"
    GOES_LESS_WELL = "goes_less_well", "wat minder goed gaat"
    BOTTLENECKS = "bottlenecks", "knelpunten en oplossingen"
    CLIENT_EXPERIENCE = "client_experience", "ervaringen van cliënten"
    KPI_SCORES = "kpi_scores", "score op prestatie-indicatoren"
    ACTIVITIES = "activities", "activiteiten per thema"
    COMPLAINTS = "complaints", "klachten en incidenten"
    SPENDING = "spending", "besteding en prognose"
