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
    SERVICE = "service", "dienstverleningsovereenkomst"


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


class AssignmentKind(models.TextChoices):
    """What an assignment is beside others of the same partner (report 004, H4.4)."""

    NOT_STATED = "", "niet vermeld in de bron"
    BASIC = "basic", "basisopdracht"
    ADDITIONAL = "additional", "aanvullende opdracht"


class PurchasingModel(models.TextChoices):
    """The ways of buying that report 001 describes (H7.3); contracts/purchasing.py says more."""

    NOT_STATED = "", "niet vermeld in de bron"
    TENDER = "tender", "openbare of Europese aanbesteding"
    ZEELAND = "zeeland", "Zeeuws model"
    ADMINISTRATIVE = "administrative", "bestuurlijk aanbesteden"
    DIALOGUE = "dialogue", "dialoogmodel"
    DIRECTOR = "director", "regisseursmodel"
    PERFORMANCE = "performance", "prestatie-inkoop"
    SUBSIDY = "subsidy", "subsidie, zonder inkoop"
    OTHER = "other", "een andere manier"


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
    CRITERION = "criterion", "criterium voor wat erbinnen valt"
    CONTINUITY = "continuity", "behoud van professionals"


class TermHolder(models.TextChoices):
    """Who does what an agreement asks, also where it is not the municipality's."""

    NOT_STATED = "", "niet gekozen"
    MUNICIPALITY = "municipality", "gemeente"
    PARTNER = "partner", "partner"
    TOGETHER = "together", "samen"
    OTHER = "other", "een ander: de gemeente is hier niet van"


class TermOutcome(models.TextChoices):
    """How an agreement was found to be kept."""

    KEPT = "kept", "nagekomen"
    PARTLY = "partly", "deels nagekomen"
    BROKEN = "broken", "niet nagekomen"


class OptionOutcome(models.TextChoices):
    """What became of an option to extend a contract."""

    OPEN = "open", "nog open"
    USED = "used", "gebruikt"
    DECLINED = "declined", "niet gebruikt"


class DocumentKind(models.TextChoices):
    AGREEMENT = "agreement", "overeenkomst of beschikking"
    ADDENDUM = "addendum", "addendum"
    PLAN = "plan", "plan van de partner"
    STEERING = "steering", "intern sturingsplan van de partner"
    REQUIREMENTS = "requirements", "programma van eisen"
    OTHER = "other", "ander document"


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


class ProjectKind(models.TextChoices):
    PROJECT = "project", "project"
    PILOT = "pilot", "pilot"
    MEASURE = "measure", "maatregel"
    ASSIGNMENT = "assignment", "onderzoeks- of ontwikkelopdracht"


class ProjectStatus(models.TextChoices):
    DRAFT = "draft", "concept"
    STARTED = "started", "loopt"
    EVALUATED = "evaluated", "geëvalueerd, gaat door"
    CLOSED = "closed", "afgesloten"


#: Of a project that runs the steps, the money and how it stands are kept up.
RUNNING = (ProjectStatus.STARTED, ProjectStatus.EVALUATED)


class Obligation(models.TextChoices):
    """What a party promises: to do its best, or to reach the result."""

    NOT_STATED = "", "niet vermeld in de bron"
    EFFORT = "effort", "inspanningsverplichting"
    RESULT = "result", "resultaatverplichting"


class ResultAspect(models.TextChoices):
    """Whether a result agreement is about how much, or about how well."""

    NOT_STATED = "", "niet gekozen"
    QUANTITY = "quantity", "kwantiteit: hoeveel"
    QUALITY = "quality", "kwaliteit: hoe goed"


class ReplyOutcome(models.TextChoices):
    """What the municipality did with a remark of a partner."""

    NONE = "", "opmerking"
    ADOPTED = "adopted", "overgenomen"
    DECLINED = "declined", "niet overgenomen"


class InterventionBase(models.TextChoices):
    """Where an approach is listed that was shown to work."""

    NONE = "", "geen"
    NJI = "nji", "NJi, databank effectieve jeugdinterventies"
    MOVISIE = "movisie", "Movisie, databank effectieve sociale interventies"
    OTHER = "other", "een andere databank"


class CriterionResult(models.TextChoices):
    """Whether a project met what was agreed beforehand as success."""

    NOT_STATED = "", "niet vermeld in de bron"
    MET = "met", "gehaald"
    NOT_MET = "not_met", "niet gehaald"
    UNKNOWN = "unknown", "niet te bepalen"


class ProjectDecision(models.TextChoices):
    NOT_STATED = "", "niet vermeld in de bron"
    STOP = "stop", "stoppen"
    CONTINUE = "continue", "doorgaan"
    SCALE_UP = "scale_up", "uitbreiden"
    REGULAR = "regular", "wordt regulier werk"


#: After these decisions there is no project any more.
CLOSING = (ProjectDecision.STOP, ProjectDecision.REGULAR)


class MoneyOrigin(models.TextChoices):
    """Where money of the municipality comes from."""

    NOT_STATED = "", "niet vermeld in de bron"
    OWN = "own", "eigen middel"
    NATIONAL = "national", "rijksmiddel (algemene uitkering)"
    GRANT = "grant", "specifieke uitkering"
    OTHER = "other", "een ander: provincie, fonds of Europa"


class SubsidyStatus(models.TextChoices):
    """A subsidy from its draft to what became of it (Awb, title 4.2)."""

    DRAFT = "draft", "concept"
    GRANTED = "granted", "verleend"
    REQUESTED = "requested", "vaststelling gevraagd"
    SETTLED = "settled", "vastgesteld"
    RECLAIMED = "reclaimed", "teruggevorderd"
    REPAID = "repaid", "terugbetaald"


class SubsidyStep(models.TextChoices):
    """What was done with a subsidy; each is a line in its log."""

    GRANT = "grant", "verlening"
    ADVANCE = "advance", "voorschot betaald"
    INTERIM = "interim", "tussentijdse verantwoording ontvangen"
    REQUEST = "request", "aanvraag tot vaststelling ontvangen"
    SETTLE = "settle", "vaststelling"
    PAY = "pay", "laatste betaling"
    RECLAIM = "reclaim", "terugvordering"
    REPAY = "repay", "terugbetaling ontvangen"
    REVISE = "revise", "wijziging van de vaststelling"
    WITHDRAW = "withdraw", "intrekking van de vaststelling"


class LowerGround(models.TextChoices):
    """Why a subsidy is settled lower than it was granted (Awb 4:46, second paragraph)."""

    NONE = "", "niet lager"
    NOT_DONE = "a", "de activiteiten zijn niet of niet geheel gedaan (onder a)"
    OBLIGATION = "b", "niet voldaan aan de verplichtingen (onder b)"
    WRONG_INFO = "c", "onjuiste of onvolledige gegevens verstrekt (onder c)"
    WRONG_GRANT = "d", "de verlening was onjuist, en de ontvanger wist dat (onder d)"


class ReviseGround(models.TextChoices):
    """Why a settlement is lowered or withdrawn afterwards (Awb 4:49, first paragraph)."""

    NONE = "", "niet gewijzigd"
    NEW_FACTS = "a", "feiten die de gemeente bij de vaststelling niet kon kennen (onder a)"
    WRONG = "b", "de vaststelling was onjuist, en de ontvanger wist dat (onder b)"
    OBLIGATION = "c", "na de vaststelling niet voldaan aan de verplichtingen (onder c)"


class FigureKind(models.TextChoices):
    """What an amount beside a budget line says."""

    FORECAST = "forecast", "prognose"
    ACTUAL = "actual", "uitkomst volgens de administratie"


class ProductTableKind(models.TextChoices):
    PRODUCTS = "products", "aantallen en bedragen per product"
    PROVIDERS = "providers", "bedragen per aanbieder"
    COMBINATIONS = "combinations", "combinaties van voorzieningen"
