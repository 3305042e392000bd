"""A small tool and a small platform on PyJWT: whoever is on the other side of a test."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from html import unescape
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils import timezone

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
GRADES = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
MEMBERS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
INSTRUCTOR = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"


@cache
def private(which: str = "own") -> rsa.RSAPrivateKey:
    """A key of a name; made once a run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_set(*names: str) -> dict[str, Any]:
    """The public halves of some keys, each under its name."""
    rows = []
    for name in names or ("own",):
        row = jwt.algorithms.RSAAlgorithm.to_jwk(private(name).public_key(), as_dict=True)
        rows.append(
            {part: row[part] for part in ("kty", "n", "e")} | {"kid": name, "use": "sig", "alg": "RS256"}
        )
    return {"keys": rows}


def signed(
    claims: dict[str, Any], *, key: str = "own", kid: str | None = "own", algorithm: str = "RS256"
) -> str:
    """A message of the other side."""
    head = {"kid": kid} if kid is not None else {}
    return jwt.encode(claims, private(key), algorithm=algorithm, headers=head)


def times(at: datetime | None = None, life: int = 300) -> dict[str, int]:
    """When a message was made and when it ends."""
    now = int((at or timezone.now()).timestamp())
    return {"iat": now, "exp": now + life}


def fields_of(answer: Any) -> tuple[str, dict[str, str]]:
    """(address, hidden fields) of a page that sends itself on."""
    html = answer.content.decode()
    where = re.search(r'<form method="\w+" action="([^"]*)"[^>]*data-send>(.*?)</form>', html, re.DOTALL)
    assert where, html[:2000]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', where[2])
    return unescape(where[1]), {unescape(name): unescape(value) for name, value in found}


@dataclass
class SmallTool:
    """A tool as strict as PyLTI1p3: it asks, holds the answer against everything, and calls the services."""

    client_id: str
    key_set: dict[str, Any]
    issuer: str = "https://craftpath.example"
    launch: str = "https://tool.example/launch"
    state: str = field(default_factory=lambda: secrets.token_urlsafe(8))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(8))

    def asks(self, begun: dict[str, str], **other: str) -> dict[str, str]:
        """The authentication request that answers a login."""
        return {
            "scope": "openid", "response_type": "id_token", "response_mode": "form_post", "prompt": "none",
            "client_id": self.client_id, "redirect_uri": self.launch, "login_hint": begun["login_hint"],
            "lti_message_hint": begun["lti_message_hint"], "state": self.state, "nonce": self.nonce,
        } | other  # fmt: skip

    def reads(self, token: str) -> dict[str, Any]:
        """The claims of a message, verified with the published key set."""
        kid = jwt.get_unverified_header(token)["kid"]
        key = next(jwt.PyJWK(one) for one in self.key_set["keys"] if one["kid"] == kid)
        claims: dict[str, Any] = jwt.decode(
            token, key.key, algorithms=["RS256"], audience=self.client_id, issuer=self.issuer,
            options={"require": ["iss", "aud", "iat", "exp", "nonce"]},
        )  # fmt: skip
        assert claims["nonce"] == self.nonce
        return claims

    def assertion(self, address: str, **other: Any) -> str:
        """The proof for the token address."""
        claims = {
            "iss": self.client_id, "sub": self.client_id, "aud": address, "jti": secrets.token_urlsafe(8), **times(),
        }  # fmt: skip
        return signed(claims | other)


def launched(platform: Any, asked: str, /, **changes: Any) -> dict[str, Any]:
    """The claims of a launch by a platform; a change to None takes a claim away."""
    claims: dict[str, Any] = {
        "iss": platform.issuer, "aud": platform.client_id, "sub": "moodle-7", "nonce": asked, **times(),
        "name": "Chen Yutong",
        f"{LTI}message_type": "LtiResourceLinkRequest",
        f"{LTI}version": "1.3.0",
        f"{LTI}deployment_id": "1",
        f"{LTI}target_link_uri": "https://craftpath.example/lti/launch/",
        f"{LTI}resource_link": {"id": "link-1", "title": "Safe welding"},
        f"{LTI}context": {"id": "course-1", "title": "Welding"},
        f"{LTI}roles": [LEARNER],
    }  # fmt: skip
    claims |= changes
    return {name: value for name, value in claims.items() if value is not None}


LATER = timedelta(hours=1)


def as_json(value: Any) -> str:
    """Compact."""
    return json.dumps(value, separators=(",", ":"))
