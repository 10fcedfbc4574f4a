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


class DataAgreementKind(models.TextChoices):
    """How a municipality and a party stand to each other when personal data are processed."""

    PROCESSOR = "processor", "verwerkersovereenkomst"
    JOINT = "joint", "regeling voor gezamenlijke verantwoordelijkheid"
    OWN = "own", "eigen verwerkingsverantwoordelijke: geen overeenkomst nodig"


class LegalGround(models.TextChoices):
    """Why personal data may be processed (GDPR article 6(1))."""

    NONE = "", "geen grondslag"
    CONSENT = "a", "toestemming (onder a)"
    AGREEMENT = "b", "uitvoering van een overeenkomst (onder b)"
    LEGAL_DUTY = "c", "wettelijke plicht (onder c)"
    VITAL = "d", "vitaal belang (onder d)"
    PUBLIC_TASK = "e", "taak van algemeen belang of openbaar gezag (onder e)"
    INTEREST = "f", "gerechtvaardigd belang (onder f)"


class SpecialGround(models.TextChoices):
    """Why special categories of personal data may be processed (GDPR article 9(2))."""

    NONE = "", "geen uitzondering"
    CONSENT = "a", "uitdrukkelijke toestemming (onder a)"
    SOCIAL_LAW = "b", "arbeidsrecht en socialezekerheidsrecht (onder b)"
    VITAL = "c", "vitaal belang (onder c)"
    OWN_MEMBERS = "d", "eigen leden van een instantie zonder winstoogmerk (onder d)"
    MADE_PUBLIC = "e", "door de persoon zelf openbaar gemaakt (onder e)"
    LEGAL_CLAIM = "f", "rechtsvordering (onder f)"
    PUBLIC_INTEREST = "g", "zwaarwegend algemeen belang (onder g)"
    CARE = "h", "zorg, hulp of sociale diensten (onder h)"
    PUBLIC_HEALTH = "i", "volksgezondheid (onder i)"
    RESEARCH = "j", "archief, onderzoek of statistiek (onder j)"


class ExchangeOutcome(models.TextChoices):
    """What a test of an exchange of information came to."""

    OPEN = "open", "wordt nog getoetst"
    ALLOWED = "allowed", "mag"
    CONDITIONS = "conditions", "mag onder voorwaarden"
    REFUSED = "refused", "mag niet"


class PrivacyState(models.TextChoices):
    """Whether a contract has the agreements about personal data that it needs, worst first."""

    MISSING = "missing", "geen afspraak"
    PARTLY = "partly", "niet met elke partij"
    ENDS_EARLY = "ends_early", "eindigt voor de overeenkomst"
    UNKNOWN = "unknown", "nog niet nagegaan"
    COVERED = "covered", "in orde"
    NOT_NEEDED = "not_needed", "geen persoonsgegevens"


# What somebody has to do something about.
PRIVACY_GAPS = (
    PrivacyState.MISSING,
    PrivacyState.PARTLY,
    PrivacyState.ENDS_EARLY,
    PrivacyState.UNKNOWN,
)
