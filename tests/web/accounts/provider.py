"""A small OpenID provider on this machine: discovery, authorisation, token, keys; it signs what it is told to."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "craftpath", "between-us"


class Provider:
    """What it says of whoever signs in (`claims`), and how it may lie (`lie`, laid over the token)."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.issuer = f"http://127.0.0.1:{server.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.other_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {}
        self.lie: dict[str, Any] = {}
        self.forge = ""  # "key": signed by somebody else; "none": not signed at all; "missing": no token
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[dict[str, str]] = []
        self.more: dict[str, Any] | None = None  # what it tells only where it is asked for more
        self.said: dict[str, Any] = {}  # laid over what it says of itself
        self.basic = False  # it takes its secret by Basic only
        self.head: dict[str, Any] = {}  # laid over the head of a token
        self.listed: list[dict[str, Any]] = []  # its keys, where they are others

    def keys(self) -> dict[str, Any]:
        if self.listed:
            return {"keys": self.listed}
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "1", "alg": "RS256", "use": "sig"}]}

    def authorise(self, query: dict[str, str]) -> str:
        """Sign the browser in, as a person would there, and send it back."""
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        told = {"code": code, "state": query["state"]}
        return f"{query['redirect_uri']}?{urlencode(told)}"

    def described(self) -> dict[str, Any]:
        """What it says of itself."""
        told: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorise",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": [
                "client_secret_basic" if self.basic else "client_secret_post"
            ],
        }
        return (
            told | ({"userinfo_endpoint": f"{self.issuer}/me"} if self.more is not None else {}) | self.said
        )

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """A code for a token, once, to whoever can show the secret and the verifier."""
        self.asked.append(form)
        query = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        fits = query is not None and query["code_challenge"] == challenge
        if (
            query is None
            or not fits
            or form.get("client_secret") != SECRET
            or form.get("client_id") != CLIENT
        ):
            return 400, {"error": "invalid_grant"}
        answer = {"access_token": "a", "token_type": "Bearer", "expires_in": 60}
        return 200, answer if self.forge == "missing" else {**answer, "id_token": self.sign(query["nonce"])}

    def sign(self, nonce: str) -> str:
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": nonce, "sub": "s-1"}
        said = {
            name: value for name, value in {**said, **self.claims, **self.lie}.items() if value is not None
        }
        if self.forge == "none":
            return jwt.encode(said, None, algorithm="none", headers={"kid": "1"})
        key = self.other_key if self.forge == "key" else self.key
        head = {"kid": "9" if self.forge == "kid" else "1"} | self.head
        return jwt.encode(said, key, algorithm=head.pop("alg", "RS256"), headers=head)


class _Door(BaseHTTPRequestHandler):
    provider: Provider

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def _send(self, status: int, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        at, query = urlsplit(self.path).path, urlsplit(self.path).query
        own = self.provider
        if at == "/.well-known/openid-configuration":
            self._send(200, own.described())
        elif at == "/me" and self.headers["Authorization"] == "Bearer a":
            self._send(200, own.more)
        elif at == "/keys":
            self._send(200, own.keys())
        elif at == "/authorise":
            self.send_response(302)
            self.send_header("Location", own.authorise({k: v[0] for k, v in parse_qs(query).items()}))
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send(404, {})

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        told = {name: values[0] for name, values in form.items()}
        if self.provider.basic:
            assert "client_secret" not in told
            pair = base64.b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode().split(":")
            told |= dict(zip(("client_id", "client_secret"), map(unquote, pair), strict=True))
        self._send(*self.provider.token(told))


@contextmanager
def running() -> Iterator[Provider]:
    """The provider for the time of a test, on a port of its own."""
    door = type("Door", (_Door,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), door)
    door.provider = Provider(server)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield door.provider  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
