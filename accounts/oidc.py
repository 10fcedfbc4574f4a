"""Signing in elsewhere by OpenID Connect: what is sent there, and what may come back.

allauth keeps the state of a try, makes the proof of it (PKCE) and speaks the protocol. Checked
here, because allauth leaves it out: the signature of the token (it trusts the connection), the
nonce, that the provider is who the settings name, and that both its answers are about one person.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from secrets import compare_digest, token_urlsafe
from typing import Any

import jwt
import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.urls import reverse

from accounts.sign_on_words import Reason, Refused

logger = logging.getLogger(__name__)

# Signatures that only the provider can make: none, and one with a shared secret, are none of them.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
# Seconds that the clock of the provider may differ from ours.
LEEWAY = 60
# What a provider did, beside a password, by RFC 8176 and by what providers write. A text message
# or a call is not among them: those can be taken over.
SECOND_STEPS = frozenset({"mfa", "otp", "hwk", "fido", "phr", "phrh", "ngcmfa"})
LONGEST_SUBJECT, LONGEST_NAME, LONGEST_EMAIL = 191, 150, 254
# A provider that answers with what is no JSON, lacks a part, or has it in another shape.
MALFORMED = (OAuth2Error, jwt.PyJWTError, KeyError, ValueError, TypeError, AttributeError)


@dataclass(frozen=True)
class Identity:
    """Who signed in at the provider, by its own word.

    ``subject`` is the name of the person there, for good; an address can go to somebody else.
    ``email`` is in small letters, and empty when there is none.
    """

    issuer: str
    subject: str
    email: str
    is_verified: bool
    name: str
    did_second_step: bool


def is_on() -> bool:
    return bool(settings.OIDC_SERVER_URL)


class _Provider(OpenIDConnectProvider):  # type: ignore[misc] # allauth ships no types
    """The one provider of the settings; none is read from the database."""

    def __init__(self, request: HttpRequest) -> None:
        app = SocialApp(
            provider=self.id,
            # Keeps the accounts of one provider apart from those of the next.
            provider_id=settings.OIDC_SERVER_URL,
            name=settings.OIDC_NAME,
            client_id=settings.OIDC_CLIENT_ID,
            secret=settings.OIDC_CLIENT_SECRET,
            settings={"server_url": settings.OIDC_SERVER_URL, "oauth_pkce_enabled": True},
        )
        super().__init__(request, app=app)

    def get_oauth2_adapter(self, request: HttpRequest) -> _Exchange:
        return _Exchange(request, self)


class _Exchange(OpenIDConnectOAuth2Adapter):  # type: ignore[misc] # allauth ships no types
    def __init__(self, request: HttpRequest, provider: _Provider) -> None:
        super().__init__(request, provider.sub_id)
        self._provider = provider

    def get_provider(self) -> _Provider:
        return self._provider

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return str(settings.BASE_URL) + reverse("oidc_callback")

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if str(config["issuer"]).rstrip("/") != settings.OIDC_SERVER_URL:
            raise OAuth2Error("The provider calls itself something else than OIDC_SERVER_URL.")
        return config


def address_to_ask(request: HttpRequest, onward: str) -> str:
    """Where the browser goes to sign in. The try is kept in the session, with where it leads.

    Asks the provider for its addresses. Raises ``Refused``.
    """
    nonce = token_urlsafe(24)
    asked = {"nonce": nonce}
    if settings.OIDC_ACR:
        asked["acr_values"] = " ".join(settings.OIDC_ACR)
    try:
        answer = _Provider(request).redirect(
            request, "login", next_url=onward, nonce=nonce, auth_params=asked
        )
        return str(answer["Location"])
    except (requests.RequestException, *MALFORMED) as error:
        raise _refused(error) from error


def answer_of(request: HttpRequest) -> tuple[Identity, str]:
    """Who came back from the provider, and where that person wanted to go. Raises ``Refused``.

    A try counts once: what comes back a second time, or in another browser, is refused before
    anybody is asked anything.
    """
    provider = _Provider(request)
    state = statekit.unstash_state(
        request, provider_id=provider.sub_id, state_id=request.GET.get("state", "")
    )
    if state is None:
        raise Refused(Reason.STATE)
    if "error" in request.GET or not request.GET.get("code"):
        cancelled = request.GET.get("error") == _Exchange.login_cancelled_error
        raise Refused(Reason.CANCELLED if cancelled else Reason.ANSWER)
    exchange = provider.get_oauth2_adapter(request)
    try:
        token = exchange.get_access_token_data(
            request,
            provider.app,
            exchange.get_client(request, provider.app),
            pkce_code_verifier=state["pkce_code_verifier"],
        )
        claims = _verified(token["id_token"], exchange.openid_config, state["nonce"])
        told = _with_address(claims, exchange.openid_config, token["access_token"])
        return _identity(claims, told), str(state.get("next") or "")
    except (requests.RequestException, *MALFORMED) as error:
        raise _refused(error) from error


def _refused(error: Exception) -> Refused:
    # An answer that is no JSON and an address that is none are values that are wrong as well.
    down = isinstance(error, requests.RequestException) and not isinstance(error, ValueError)
    # Its text may hold what the provider sent: no more than its kind, and what a check of the token
    # says, which names no person.
    detail = str(error) if isinstance(error, jwt.PyJWTError) else ""
    logger.warning("Single sign-on failed: %s %s", type(error).__name__, detail)
    return Refused(Reason.DOWN if down else Reason.ANSWER)


def _verified(token: str, config: dict[str, Any], nonce: str) -> dict[str, Any]:
    """The claims of an ID token (OpenID Connect Core 1.0, section 3.1.3.7)."""
    claims: dict[str, Any] = jwt.decode(
        token,
        key=_signing_key(token, config["jwks_uri"]),
        algorithms=ALGORITHMS,
        issuer=config["issuer"],
        audience=settings.OIDC_CLIENT_ID,
        leeway=LEEWAY,
        options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
    )
    if not compare_digest(str(claims["nonce"]), nonce):
        raise OAuth2Error("The token belongs to another try.")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else settings.OIDC_CLIENT_ID) != settings.OIDC_CLIENT_ID:
        raise OAuth2Error("The token was made for another client.")
    if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise OAuth2Error("The token names nobody.")
    return claims


def _signing_key(token: str, address: str) -> jwt.PyJWK:
    with get_adapter().get_requests_session() as session:
        answer = session.get(address)
        answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
    kid = jwt.get_unverified_header(token).get("kid")
    keys = [key for key in keys if key.public_key_use in {None, "sig"}]
    found = [key for key in keys if kid is None or key.key_id == kid]
    if len(found) != 1:
        raise OAuth2Error("The provider has no such key.")
    return found[0]


def _states_verified(told: dict[str, Any]) -> bool:
    """Whether the provider vouches for the address.

    Entra ID leaves ``email_verified`` out; it tells with ``xms_edov`` that the organisation owns
    the domain of the address.
    """
    word = told.get("email_verified", told.get("xms_edov"))
    return isinstance(word, str | int) and str(word).lower() in {"true", "1"}


def _with_address(claims: dict[str, Any], config: dict[str, Any], access: str) -> dict[str, Any]:
    """The claims that tell address and name: of the token, or where those do not vouch for an
    address, of the provider's second answer. Address and vouching come from the same one."""
    if (claims.get("email") and _states_verified(claims)) or "userinfo_endpoint" not in config:
        return claims
    with get_adapter().get_requests_session() as session:
        answer = session.get(
            config["userinfo_endpoint"], headers={"Authorization": f"Bearer {access}"}
        )
        answer.raise_for_status()
        told: dict[str, Any] = answer.json()
    if told["sub"] != claims["sub"]:
        raise OAuth2Error("The provider tells of somebody else.")
    return {"name": claims.get("name"), **told} if told.get("email") else claims


def _identity(claims: dict[str, Any], told: dict[str, Any]) -> Identity:
    email = str(told.get("email") or "").strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        email = ""
    if len(email) > LONGEST_EMAIL:
        email = ""
    parts = (told.get("given_name"), told.get("family_name"))
    name = str(told.get("name") or " ".join(str(part) for part in parts if part) or email)
    return Identity(
        issuer=settings.OIDC_SERVER_URL,
        subject=claims["sub"],
        email=email,
        is_verified=bool(email) and _states_verified(told),
        name="".join(sign for sign in name if sign.isprintable()).strip()[:LONGEST_NAME] or email,
        did_second_step=_did_second_step(claims),
    )


def _did_second_step(claims: dict[str, Any]) -> bool:
    """Whether the token says that more was asked than a password. No other answer counts."""
    done, level, contexts = claims.get("amr"), claims.get("acr"), claims.get("acrs")
    ways = {done} if isinstance(done, str) else set(done or ())
    levels = {level} | ({contexts} if isinstance(contexts, str) else set(contexts or ()))
    return bool(ways & SECOND_STEPS or levels & set(settings.OIDC_ACR))
