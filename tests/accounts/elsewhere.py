"""A small server on this machine that speaks ORCID's sign-in and OpenID Connect, with signed tokens."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "our-client", "our-secret"
ORCID = "0000-0002-1825-0097"


class Elsewhere:
    """What the server knows, and what a test bends."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {"sub": "person-7", "name": "Josiah Carberry"}
        self.userinfo: dict[str, Any] | None = None
        self.signed_by: Any = self.key
        self.algorithm = "RS256"
        self.orcid_answer: Any = {"orcid": ORCID, "name": "Josiah Carberry"}
        self.challenges: dict[str, str] = {}
        self.url = ""

    def jwks(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, **self.claims}
        return jwt.encode(claims, self.signed_by, algorithm=self.algorithm, headers={"kid": "one"})


@contextmanager
def serving() -> Iterator[Elsewhere]:
    place = Elsewhere()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path == "/.well-known/openid-configuration":
                self.answer(place.discovery())
            elif path == "/jwks":
                self.answer(place.jwks())
            elif path == "/userinfo":
                self.answer(place.userinfo or {"sub": place.claims["sub"]})
            elif path == f"/v3.0/{ORCID}/personal-details":
                name = {"given-names": {"value": "Josiah"}, "family-name": {"value": "Carberry"}}
                self.answer({"name": {**name, "credit-name": None, "visibility": "public"}})
            else:
                self.answer({"error": "not here"}, 404)

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            one = {name: values[0] for name, values in sent.items()}
            if (one.get("client_id"), one.get("client_secret")) != (CLIENT, SECRET):
                self.answer({"error": "invalid_client"}, 401)
            elif one.get("code") != "the-code":
                self.answer({"error": "invalid_grant"}, 400)
            elif urlsplit(self.path).path == "/oauth/token":
                self.answer({"access_token": "t", "token_type": "bearer", **place.orcid_answer})
            elif not self.proves(one.get("code_verifier", "")):
                self.answer({"error": "invalid_grant"}, 400)
            else:
                self.answer({"access_token": "t", "token_type": "Bearer", "id_token": place.id_token()})

        def proves(self, verifier: str) -> bool:
            digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode()
            return digest.rstrip("=") in place.challenges.values()

        def answer(self, told: Any, status: int = 200) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Tests read no log of it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    place.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield place
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def providers(place: Elsewhere) -> dict[str, Any]:
    """The settings that name the server as ORCID and as the sign-in of an organization."""
    openid = {
        "provider_id": "garden",
        "name": "Botanic Garden",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": place.url, "domains": ["garden.example"]},
    }
    return {
        "orcid": {
            "provider_class": "network.accounts.identities.orcid.Provider",
            "APPS": [{"name": "ORCID", "client_id": CLIENT, "secret": SECRET}],
        },
        "openid_connect": {
            "provider_class": "network.accounts.identities.openid.Provider",
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [openid],
        },
    }


def go_and_come_back(client: Any, place: Elsewhere, door: str, *, process: str = "login", **more: str) -> Any:
    """Press the button, be sent there, come back with a code; what our page answers."""
    left = client.post(f"{door}?process={process}")
    assert left.status_code == 302, left.content.decode()
    sent = {name: values[0] for name, values in parse_qs(urlsplit(left["Location"]).query).items()}
    place.challenges[sent["state"]] = sent.get("code_challenge", "")
    back = urlsplit(sent["redirect_uri"]).path
    return client.get(back, {"code": "the-code", "state": sent["state"], **more})
