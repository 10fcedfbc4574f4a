"""Why signing in with an account of work did not go on, in words for who tried it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus


class Reason(StrEnum):
    """The values stand in the audit trail."""

    STATE = "verlopen"
    CANCELLED = "afgebroken"
    DOWN = "geen antwoord"
    ANSWER = "antwoord klopt niet"
    NO_ADDRESS = "geen e-mailadres"
    UNVERIFIED = "e-mailadres niet gecontroleerd"
    DOMAIN = "e-mailadres van buiten"
    CLOSED = "account gesloten"
    DEMONSTRATION = "account van de demonstratie"
    PARTNER = "account van een partner"
    NO_RULE = "niet gekoppeld: geen regel voor e-mailadressen"
    OTHER = "account hoort bij een ander werkaccount"
    TOO_OFTEN = "te vaak"


class Refused(Exception):
    """Signing in stops here; ``account`` is the key of the account that it was about, if any."""

    def __init__(self, reason: Reason, account: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.account = account


@dataclass(frozen=True)
class Told:
    """What the page says; ``{name}`` is what the provider is called."""

    title: str
    text: str
    status: HTTPStatus = HTTPStatus.FORBIDDEN


_ASK = "Vraag de functioneel beheerder van de gemeente om hulp."

TOLD = {
    Reason.STATE: Told(
        "Dit inloggen is verlopen",
        "U deed er langer dan tien minuten over, of deze bladzijde is al een keer gebruikt. "
        "Begin opnieuw.",
        HTTPStatus.BAD_REQUEST,
    ),
    Reason.CANCELLED: Told(
        "U brak het inloggen af",
        "U bent niet ingelogd. U kunt het opnieuw proberen.",
        HTTPStatus.OK,
    ),
    Reason.DOWN: Told(
        "Inloggen lukt nu niet",
        "Er komt geen antwoord van: {name}. Probeer het over een paar minuten opnieuw. Hebt u voor "
        "deze site ook een wachtwoord? Daarmee kunt u wel inloggen.",
        HTTPStatus.SERVICE_UNAVAILABLE,
    ),
    Reason.ANSWER: Told(
        "Inloggen is niet gelukt",
        "Het antwoord klopt niet van: {name}. Probeer het opnieuw. Gaat het weer mis? Meld het dan "
        "bij de functioneel beheerder van de gemeente.",
        HTTPStatus.BAD_REQUEST,
    ),
    Reason.NO_ADDRESS: Told(
        "Er is geen e-mailadres doorgegeven",
        "Bij uw werkaccount staat geen e-mailadres. Zonder e-mailadres kunt u hier niet inloggen. "
        "Vraag wie uw werkaccount beheert om het in te vullen.",
    ),
    Reason.UNVERIFIED: Told(
        "Uw e-mailadres is niet gecontroleerd",
        "Bij uw werkaccount staat niet dat het e-mailadres van u is. Daarom kunt u er hier niet "
        "mee inloggen. Vraag wie uw werkaccount beheert om het adres te controleren.",
    ),
    Reason.DOMAIN: Told(
        "Dit e-mailadres is niet van de gemeente",
        "Met een werkaccount loggen hier alleen medewerkers van de gemeente in. Werkt u bij een "
        "partner? Log dan in met uw e-mailadres en wachtwoord.",
    ),
    Reason.CLOSED: Told(
        "Dit account is gesloten",
        "U kunt er niet meer mee inloggen. Is dat niet de bedoeling? Vraag de functioneel "
        "beheerder van de gemeente om het account weer te openen.",
    ),
    Reason.DEMONSTRATION: Told(
        "Dit is een account voor de demonstratie",
        "Het wordt gedeeld, en hoort bij niemands werkaccount.",
    ),
    Reason.PARTNER: Told(
        "Dit account heeft een rol bij een partner",
        "Zo’n account werkt niet met een werkaccount van de gemeente. Log in met uw e-mailadres en "
        "wachtwoord.",
    ),
    Reason.NO_RULE: Told(
        "Uw account is nog niet gekoppeld",
        "U hebt hier al een account. Log in met uw e-mailadres en wachtwoord. Wilt u het "
        "werkaccount gebruiken? Dan legt de functioneel beheerder eerst vast waar de "
        "e-mailadressen van de gemeente op eindigen.",
    ),
    Reason.OTHER: Told(
        "Dit account hoort bij een ander werkaccount",
        f"Uw e-mailadres is hier al gekoppeld, maar aan een ander werkaccount dan dit. {_ASK}",
    ),
    Reason.TOO_OFTEN: Told(
        "U probeert dit te vaak",
        "Wacht een paar minuten en probeer het opnieuw.",
        HTTPStatus.TOO_MANY_REQUESTS,
    ),
}
