"""An OpenID provider as a process: the server of Authlib, and what the tests want it to say.

``python -m tests.sign_on.provider <redirect address>`` listens on a free port of this machine and
writes its address as the first line. It knows one client and holds that client to its address, its
secret and its proof (PKCE). ``PUT /says`` tells what it says next (``SAYS``).
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

# It speaks over http, to this machine alone. Authlib reads it when it is imported.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, OAuth2Error, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from flask import Flask, Response, jsonify, request
from joserfc.jwk import OctKey, RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "monitor", "geheim-van-de-monitor"
KEYS: dict[str, Any] = {
    "own": RSAKey.generate_key(2048, {"kid": "sleutel", "use": "sig", "alg": "RS256"}),
    # Says that it is the same key.
    "other": RSAKey.generate_key(2048, {"kid": "sleutel", "use": "sig", "alg": "RS256"}),
    "shared": OctKey.import_key(SECRET.ljust(32, "."), {"kid": "sleutel"}),
}
# user: the claims of who signs in. token: over those, in the token alone. info: in place of those,
# in the second answer. config: over what it says of itself. key and alg: what signs.
START: dict[str, Any] = {
    "user": {},
    "token": {},
    "info": None,
    "config": {},
    "key": "own",
    "alg": "RS256",
}
SAYS = dict(START)
CODES: dict[str, Code] = {}
TOKENS: set[str] = set()
ASKED: dict[str, str] = {}


class Client(ClientMixin):  # type: ignore[misc] # Authlib ships no types
    client_id = CLIENT

    def __init__(self, redirect_uri: str) -> None:
        self.redirect_uri = redirect_uri

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in {"client_secret_post", "client_secret_basic"}

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class Code(AuthorizationCodeMixin):  # type: ignore[misc] # Authlib ships no types
    def __init__(self, asked: Any) -> None:
        self.redirect_uri = asked.payload.redirect_uri
        self.scope = asked.payload.scope
        self.nonce = asked.payload.data.get("nonce")
        self.code_challenge = asked.payload.data["code_challenge"]
        self.code_challenge_method = asked.payload.data["code_challenge_method"]

    def get_redirect_uri(self) -> str:
        return str(self.redirect_uri)

    def get_scope(self) -> str:
        return str(self.scope)

    def get_nonce(self) -> str:
        return str(self.nonce)

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


class Grant(grants.AuthorizationCodeGrant):  # type: ignore[misc] # Authlib ships no types
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_post", "client_secret_basic"]

    def save_authorization_code(self, code: str, asked: Any) -> None:
        CODES[code] = Code(asked)

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        return CODES.get(code)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        for code in [code for code, held in CODES.items() if held is authorization_code]:
            del CODES[code]

    def authenticate_user(self, authorization_code: Code) -> dict[str, Any]:
        return dict(SAYS["user"])


class Told(OpenIDCode):  # type: ignore[misc] # Authlib ships no types
    def __init__(self, issuer: str) -> None:
        super().__init__(require_nonce=True)
        self.issuer = issuer

    def exists_nonce(self, nonce: str, asked: Any) -> bool:
        return any(code.nonce == nonce for code in CODES.values())

    def get_jwt_config(self, grant: Any, client: Any = None) -> dict[str, Any]:
        key = None if SAYS["alg"] == "none" else KEYS[SAYS["key"]]
        return {"key": key, "alg": SAYS["alg"], "iss": self.issuer, "exp": 300}

    def get_encode_header(self, client: Any) -> dict[str, str]:
        return {"alg": SAYS["alg"], "kid": "sleutel"}

    def get_client_algorithm(self, client: Any) -> str:
        return str(SAYS["alg"])

    def resolve_client_private_key(self, client: Any) -> Any:
        return KEYS[SAYS["key"]]

    def get_client_claims(self, client: Any) -> dict[str, Any]:
        return {"iss": self.issuer}

    def generate_user_info(self, user: dict[str, Any], scope: str) -> dict[str, Any]:
        return {**user, **SAYS["token"]}


def made(issuer: str, redirect_uri: str) -> Flask:
    app = Flask(__name__)
    client = Client(redirect_uri)

    def save_token(token: dict[str, Any], asked: Any) -> None:
        TOKENS.add(token["access_token"])

    server = AuthorizationServer(
        app,
        query_client=lambda client_id: client if client_id == CLIENT else None,
        save_token=save_token,
    )
    server.register_grant(Grant, [Told(issuer), CodeChallenge(required=True)])

    @app.get("/.well-known/openid-configuration")
    def config() -> Response:
        return jsonify(
            {
                "issuer": issuer,
                "authorization_endpoint": f"{issuer}/inloggen",
                "token_endpoint": f"{issuer}/token",
                "userinfo_endpoint": f"{issuer}/wie",
                "jwks_uri": f"{issuer}/sleutels",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
                **SAYS["config"],
            }
        )

    @app.get("/sleutels")
    def keys() -> Response:
        return jsonify({"keys": [KEYS["own"].as_dict(private=False)]})

    @app.route("/inloggen", methods=["GET", "POST"])
    def sign_in() -> Any:
        ASKED.clear()
        ASKED.update(request.args.to_dict())
        grant = server.get_consent_grant(end_user=SAYS["user"])
        if request.method == "GET":
            return (
                '<!doctype html><html lang="nl"><title>Werkaccount</title>'
                '<link rel="icon" href="data:,"><h1>Werkaccount</h1>'
                '<form method="post"><button>Akkoord</button>'
                '<button name="weiger" value="1">Weiger</button></form></html>'
            )
        allowed = None if request.form.get("weiger") else SAYS["user"]
        try:
            return server.create_authorization_response(grant=grant, grant_user=allowed)
        except OAuth2Error as error:
            return server.handle_error_response(request, error)

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    @app.get("/wie")
    def who() -> Any:
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in TOKENS:
            return "", 401
        return jsonify(SAYS["user"] if SAYS["info"] is None else SAYS["info"])

    @app.put("/says")
    def says() -> Any:
        SAYS.clear()
        SAYS.update(START | request.get_json())
        return "", 204

    @app.get("/asked")
    def asked() -> Response:
        return jsonify(ASKED)

    return app


def main() -> None:
    server = make_server("127.0.0.1", 0, Flask(__name__), threaded=True)
    issuer = f"http://127.0.0.1:{server.server_port}"
    server.app = made(issuer, sys.argv[1])
    sys.stdout.write(f"{issuer}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
