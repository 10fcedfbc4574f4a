"""A passkey in software: it answers what a browser's would, for tests without a browser."""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import sha256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

FLAG = AuthenticatorData.FLAG


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class SoftKey:
    """``verifies``: it asks who holds it for a finger, a face or a PIN."""

    def __init__(self, host: str = "testserver", *, verifies: bool = True) -> None:
        self.host = host
        self.flags = FLAG.UP | FLAG.UV if verifies else FLAG.UP
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.user_handle = ""

    def register(self, asked: dict[str, Any]) -> str:
        """The answer to the options of a registration, as the form field takes it."""
        options = asked["creation_options"]["publicKey"]
        self.user_handle = options["user"]["id"]
        held = AttestedCredentialData.create(
            b"\0" * 16,
            self.id,
            ES256.from_cryptography_key(self.key.public_key()),  # type: ignore[no-untyped-call]
        )
        data = AuthenticatorData.create(
            sha256(self.host.encode()), self.flags | FLAG.AT, 0, bytes(held)
        )
        return self._answer(
            {
                "clientDataJSON": self._client("webauthn.create", options["challenge"]),
                "attestationObject": _text(bytes(AttestationObject.create("none", data, {}))),
            }
        )

    def sign(self, asked: dict[str, Any]) -> str:
        """The answer to the options of a sign-in."""
        client = self._client("webauthn.get", asked["request_options"]["publicKey"]["challenge"])
        data = bytes(AuthenticatorData.create(sha256(self.host.encode()), self.flags, 1))
        signature = self.key.sign(
            data + sha256(urlsafe_b64decode(client + "==")), ec.ECDSA(SHA256())
        )
        return self._answer(
            {
                "clientDataJSON": client,
                "authenticatorData": _text(data),
                "signature": _text(signature),
                "userHandle": self.user_handle,
            }
        )

    def _client(self, kind: str, challenge: str) -> str:
        told = {"type": kind, "challenge": challenge, "origin": f"https://{self.host}"}
        return _text(json.dumps(told).encode())

    def _answer(self, response: dict[str, Any]) -> str:
        return json.dumps(
            {
                "type": "public-key",
                "id": _text(self.id),
                "rawId": _text(self.id),
                "response": response,
                "clientExtensionResults": {"credProps": {"rk": True}},
            }
        )
